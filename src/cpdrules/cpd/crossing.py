"""Limits that cross: how much of some rows can count under all of them at once, worked out exactly where that can be.

Two families of limits, in neither of which any cross, are two trees through which amounts flow; more are a linear
problem, or where there are too many of them, bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, TypeAlias

from cpdrules.optimum import flow, largest

_OTHER_FAMILY = -2

#: Of so many families of limits, two by two are weighed where there are too many limits to weigh them all.
_PAIRED = 4

#: No more kinds of rows, or caps that cross, are weighed against one another exactly.
_WEIGHED = 60


def nested(inner: frozenset[int], outer: frozenset[int]) -> bool:
    """Tell whether rows lie inside others, or apart from them."""
    return inner <= outer or inner.isdisjoint(outer)


def take(left: list[int], by: list[Any] | None, places: Iterable[int], limit: int, cap: Any = None) -> None:
    """Take off, from the first of some rows on, what is above a limit."""
    listed = list(places)
    excess = sum(left[place] for place in listed) - limit
    for place in listed:
        taken = min(max(excess, 0), left[place])
        if taken:
            left[place] -= taken
            excess -= taken
            if by is not None:
                by[place] = cap


#: A limit that crosses others: what it is called by, the rows under it, and how much it lets through.
Crossed: TypeAlias = tuple[Any, frozenset[int], int]


def weighed(left: list[int], by: list[Any], limits: list[Crossed], order: Sequence[int]) -> int:
    """Take off what is too much under limits that cross, so that most is left; give no less than could be left."""
    kinds: dict[tuple[int, ...], list[int]] = {}
    for place in order:
        under = tuple(number for number, (_, held, _) in enumerate(limits) if place in held)
        if under and left[place]:
            kinds.setdefault(under, []).append(place)
    supply = [sum(left[place] for place in places) for places in kinds.values()]
    figures = [figure for _, _, figure in limits]
    families = families_of(limits)
    if len(families) == 2:
        amounts, bound = _flowing(list(kinds), supply, figures, families)
    elif len(kinds) + len(limits) <= _WEIGHED:
        amounts, bound = _linear(list(kinds), supply, figures)
    else:
        amounts, bound = _bounded(list(kinds), supply, figures, families)
    bound += sum(left) - sum(supply)
    full = [
        sum(part for under, part in zip(kinds, amounts, strict=True) if number in under) == figure
        for number, figure in enumerate(figures)
    ]
    for (under, places), amount in zip(kinds.items(), amounts, strict=True):
        cutting = next((number for number in under if full[number]), under[0])
        take(left, by, places, amount, limits[cutting][0])
    return bound


def families_of(limits: list[Crossed]) -> list[list[int]]:
    """Part limits into families in which none cross, at least two, the largest first; see ``_around``."""
    members: list[list[int]] = [[], []]
    crossing = [
        {other for other, (_, those, _) in enumerate(limits) if not (nested(held, those) or those <= held)}
        for _, held, _ in limits
    ]
    for number in _reached(crossing):
        home = next((family for family in members if crossing[number].isdisjoint(family)), None)
        if home is None:
            members.append([number])
        else:
            home.append(number)
    return [_around(limits, family) for family in sorted(members, key=len, reverse=True)]


def _reached(near: list[set[int]]) -> list[int]:
    """Give numbers in an order in which each follows one that is near, if any is: two families suffice if they can."""
    found: dict[int, None] = {}
    for start in range(len(near)):
        waiting = [start]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found[number] = None
                waiting += sorted(near[number])
    return list(found)


def _around(limits: list[Crossed], family: list[int]) -> list[int]:
    """Give, by limit of a family in which none cross, the smallest other that holds all of it; -1 where none does.

    A limit of another family has `_OTHER_FAMILY` in its place.
    """
    around = [_OTHER_FAMILY] * len(limits)
    innermost: dict[int, int] = {}
    for number in sorted(family, key=lambda one: -len(limits[one][1])):
        held = limits[number][1]
        around[number] = innermost.get(next(iter(held), -1), -1)
        innermost.update(dict.fromkeys(held, number))
    return around


def _flowing(
    kinds: list[tuple[int, ...]], supply: list[int], figures: list[int], families: list[list[int]]
) -> tuple[list[int], int]:
    """Give how much of each kind can count under two families of limits: it flows through both.

    Each limit is an arc: of the one family from what lies around it, of the other back to what does.
    """
    source, sink = 2 * len(figures), 2 * len(figures) + 1
    into, out_of = families
    arcs = []
    for under, most in zip(kinds, supply, strict=True):
        begin, end = (_inmost(under, around) for around in families)
        arcs.append((source if begin is None else begin, sink if end is None else end, most))
    for number, figure in enumerate(figures):
        if into[number] != _OTHER_FAMILY:
            arcs.append((source if into[number] < 0 else into[number], number, figure))
        else:
            arcs.append((number, sink if out_of[number] < 0 else out_of[number], figure))
    amounts = flow(arcs, source, sink)[: len(kinds)]
    return amounts, sum(amounts)


def _inmost(under: tuple[int, ...], around: list[int]) -> int | None:
    """Give the limit of a family that holds a kind and lies around no other that does."""
    here = [number for number in under if around[number] != _OTHER_FAMILY]
    return next((number for number in here if number not in {around[other] for other in here}), None)


def _bounded(
    kinds: list[tuple[int, ...]], supply: list[int], figures: list[int], families: list[list[int]]
) -> tuple[list[int], int]:
    """Give amounts that can count under more families than can be weighed, and no less than could.

    No more counts than under any two of the families; and what these leave where the others have taken off theirs, and
    that is made good by what does not fall under them, does count.
    """
    best, bound = [0] * len(kinds), sum(supply)
    for pair in combinations(range(min(len(families), _PAIRED)), 2):
        two = [families[number] for number in pair]
        amounts, most = _flowing(kinds, supply, figures, two)
        rest = list(supply)
        for number, figure in enumerate(figures):
            if all(around[number] == _OTHER_FAMILY for around in two):
                under = [place for place, kind in enumerate(kinds) if number in kind]
                take(amounts, None, under, figure)
                for place in under:
                    rest[place] = amounts[place]
        best = max(best, _flowing(kinds, rest, figures, two)[0], key=sum)
        bound = min(bound, most)
    return best, bound


def _linear(kinds: list[tuple[int, ...]], supply: list[int], figures: list[int]) -> tuple[list[int], int]:
    """Give how much of each kind can count under limits of more than two families, in whole grains."""
    rows = [[int(number in under) for under in kinds] for number in range(len(figures))]
    rows += [[int(one == other) for other in kinds] for one in kinds]
    exact, _ = largest([1] * len(kinds), rows, [*figures, *supply])
    amounts = [int(amount) for amount in exact]
    for place, under in enumerate(kinds):  # what whole grains leave of the room
        rooms = [
            figures[number] - sum(amounts[other] for other, those in enumerate(kinds) if number in those)
            for number in under
        ]
        amounts[place] += min(*rooms, supply[place] - amounts[place])
    return amounts, int(sum(exact))
