"""Clauses that must all be met, and never are together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cpdrules.cpd.measures import Total
from cpdrules.figures import AtLeast, AtMost
from cpdrules.linting.bounds import apart, required, within
from cpdrules.linting.following import PLAIN, follows, pairs, together
from cpdrules.linting.remarks import Remark
from cpdrules.linting.trees import Tree, asking, known
from cpdrules.policies import AllOf, NoneOf, Policy


def contradictions(tree: Tree, number: int) -> Iterator[Remark]:
    """Find clauses that must all be met, and never are together."""
    if not tree.understood(number, AllOf):
        return
    found = False
    for one, other in pairs(tree, number):
        if _exclude(tree.clause(one), tree.clause(other)) or _exclude(tree.clause(other), tree.clause(one)):
            found = True
            first = tree.clause(one)
            asked = f"{asking(first)}, " if isinstance(first, (AtLeast, AtMost)) else ""
            what = f"{asked}cannot be met together with {tree.said(other)}"
            yield tree.remark("contradiction", one, what, "Change one of them", other)
    if not found:
        yield from _too_much_together(tree, number)


def _exclude(one: Policy, other: Policy) -> bool:
    """Tell whether whoever meets one clause does not meet the other."""
    if isinstance(other, NoneOf):
        plain = [part for part in other.members if type(part) in PLAIN]
        return known(other) and type(one) in PLAIN and any(follows(one, part) for part in plain)
    if not isinstance(one, AtLeast) or not isinstance(other, AtMost) or not known(one) or not known(other):
        return False
    asked, _ = required(one.figure, one.measure.unit)
    _, allowed = required(other.figure, other.measure.unit)
    return allowed is not None and asked > allowed and within(one.measure, other.measure)


def _too_much_together(tree: Tree, number: int) -> Iterator[Remark]:
    """Find floors under tags that exclude each other, which add up to more than is allowed in all."""
    members = dict(together(tree, number))
    joined = {part: tree.clause(part) for part in members if tree.understood(part, AtLeast, AtMost)}
    for ceiling, most in joined.items():
        if not isinstance(most, AtMost) or not isinstance(most.measure, Total):
            continue
        floors = {
            part: floor
            for part, floor in joined.items()
            if isinstance(floor, AtLeast) and within(floor.measure, most.measure)
        }
        chosen = max((_apart_from(first, floors) for first in floors), key=_asked_by(floors), default=[])
        allowed = required(most.figure, most.measure.unit)[1]
        inside = len({members[part] for part in (ceiling, *chosen)}) == 1  # and said there
        if allowed is not None and _asked_by(floors)(chosen) > allowed and not inside:
            what = f"{asking(most)}, cannot be met together with {'; '.join(map(tree.said, chosen))}"
            yield tree.remark("contradiction", ceiling, what, "Change one of them", *chosen)


def _apart_from(first: int, floors: Mapping[int, AtLeast]) -> list[int]:
    """Give a floor and others, each of which counts what none of those before it counts: the highest first."""
    found = [first]
    for part in sorted(floors, key=lambda part: -_asked_by(floors)([part])):
        if all(apart(floors[one].measure.where, floors[part].measure.where) for one in found):
            found.append(part)
    return found


def _asked_by(floors: Mapping[int, AtLeast]) -> Callable[[list[int]], int]:
    return lambda parts: sum(required(floors[part].figure, floors[part].measure.unit)[0] for part in parts)
