"""Which figures there can be: how much can count for certain, and between what lies whatever is asked.

Amounts are bounded as they are known for certain: what only may count is no matter here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import ceil, floor
from typing import Any, TypeAlias

from attrs import evolve

from cpdrules.amounts import ACTIVITY, Amount, Rounding, Unit
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.carrying import Carried, MadeUp, bears
from cpdrules.cpd.durations import ProRata, Stepped, TimeWeighted
from cpdrules.cpd.filters import lies_inside
from cpdrules.cpd.measures import Different, Entries, Total
from cpdrules.cpd.targets import ByFact, FigureWhen, Fixed, Highest, Lowest, ShareOf, SumOf
from cpdrules.figures import Measure
from cpdrules.findings import Tag, Where
from cpdrules.linting.trees import bare, known


def countable(measure: object) -> int | None:
    """Give the most grains that can count for certain; None where nothing that is known limits them."""
    if not known(measure):
        return None
    if isinstance(measure, Different):
        listed = dict(measure.where).get(measure.axis)
        return len(set(listed)) * measure.unit.grain if listed else None
    if not isinstance(measure, Total):
        return None
    limits = [(cap.where, limit) for cap in measure.caps if (limit := _limit(cap, measure.unit)) is not None]
    found = [limit for where, limit in limits if lies_inside(measure.where, where)]
    found += [
        limit for axis, tags in measure.where if (limit := _by_tag(measure.where, limits, axis, tags)) is not None
    ]
    carried = _carried(measure)
    return min(found) + carried if found and carried is not None else None


def _limit(cap: Cap, unit: Unit) -> int | None:
    """Give the most that a cap lets count of all that it limits; None where it holds for parts of it one by one."""
    if not known(cap) or cap.per or cap.in_each is not None:
        return None
    return required(cap.figure, unit)[1]


def _by_tag(where: Where, limits: list[tuple[Where, int]], axis: str, tags: tuple[Tag, ...]) -> int | None:
    """Give what caps let count together that share out one axis of a filter; None where a tag is under none of them."""
    elsewhere = _beside(where, axis)
    chosen: dict[int, int] = {}
    for tag in tags:
        over = [
            (limit, place)
            for place, (capped, limit) in enumerate(limits)
            if tag in dict(capped).get(axis, ()) and lies_inside(elsewhere, _beside(capped, axis))
        ]
        if not over:
            return None
        limit, place = min(over)
        chosen[place] = limit
    return sum(chosen.values())


def _beside(where: Where, axis: str) -> Where:
    return tuple(asked for asked in where if asked[0] != axis)


def _carried(measure: Total) -> int | None:
    """Give the most that other periods hand on to a measure; None where nothing limits it."""
    found = 0
    for rule in measure.handed:
        if isinstance(rule, MadeUp) or not bears(rule.tags, measure.where):
            continue
        most = required(rule.limit, measure.unit)[1] if type(rule) is Carried else None
        if most is None:
            return None
        found += most
    return found


#: From how much to how much, in grains; None where nothing that is known limits it.
Range: TypeAlias = "tuple[int, int | None]"

_ANY: Range = (0, None)


def required(figure: object, unit: Unit) -> Range:
    """Give between which figures lies the least that may be asked of anybody, as far as it is known."""
    if isinstance(figure, Amount):
        return (figure.grains, figure.grains) if figure.unit == unit else _ANY
    work_out = _RANGES.get(type(figure))
    return work_out(figure, unit) if work_out is not None and known(figure) else _ANY


def _between(figures: Iterable[object], unit: Unit, rounding: Rounding | None = None) -> Range:
    """Give the range of what is one of several figures, or lies between them, rounded to a step either way."""
    ranges = [required(one, unit) for one in figures]
    mosts = [most for _, most in ranges if most is not None]
    step = 1 if rounding is None else max(rounding.to.grains, 1)
    least = min(least for least, _ in ranges) // step * step
    return least, -(-max(mosts) // step) * step if len(mosts) == len(ranges) else None


def _of_share(target: ShareOf, unit: Unit) -> Range:
    if target.share == 0:
        return 0, 0
    least, most = 0, None
    if not isinstance(target.of, Measure):
        least, most = required(target.of, unit)
    elif target.of.unit == unit:
        most = countable(target.of)
    step = 1 if target.rounding is None else target.rounding.to.grains
    least = ceil(least * target.share) if target.rounding is None else floor(least * target.share / step) * step
    return least, None if most is None else ceil(most * target.share / step) * step


def _of_sum(target: SumOf, unit: Unit) -> Range:
    ranges = [required(one, unit) for one in target.targets]
    mosts = [most for _, most in ranges if most is not None]
    return sum(least for least, _ in ranges), sum(mosts) if len(mosts) == len(ranges) else None


def _of_part(target: ProRata, unit: Unit) -> Range:
    # For how long a period is, nobody knows here: of a figure for a length of time, it may ask several times as much.
    return 0, None if target.per is not None else _between((target.figure,), unit, target.rounding)[1]


def _of_lowest(target: Lowest, unit: Unit) -> Range:
    ranges = [required(one, unit) for one in target.targets]
    return min(least for least, _ in ranges), min((most for _, most in ranges if most is not None), default=None)


def _of_highest(target: Highest, unit: Unit) -> Range:
    least = max(required(one, unit)[0] for one in target.targets)
    return least, _between(target.targets, unit)[1]


def _by_fact(target: ByFact, unit: Unit) -> Range:
    stated = [figure for _, figure in target.figures]
    if target.otherwise is None:  # of whom none is stated, anything may be asked
        return 0, _between(stated, unit)[1]
    return _between((*stated, target.otherwise), unit)


_RANGES: Mapping[type, Callable[[Any, Unit], Range]] = {
    Fixed: lambda target, unit: required(target.figure, unit),
    Stepped: lambda target, unit: _between((target.figure, *(figure for _, figure in target.steps)), unit),
    TimeWeighted: lambda target, unit: _between(
        (target.otherwise, *(figure for _, figure in target.figures)), unit, target.rounding
    ),
    ProRata: _of_part,
    ByFact: _by_fact,
    FigureWhen: lambda target, unit: _between((target.figure, target.otherwise), unit),
    SumOf: _of_sum,
    ShareOf: _of_share,
    Lowest: _of_lowest,
    Highest: _of_highest,
}


def within(one: object, other: object) -> bool:
    """Tell whether one measure never counts more than another, neither for certain nor at the most."""
    if not known(one) or not known(other):
        return False
    if bare(one) == bare(other):
        return True
    if isinstance(one, Total) and isinstance(other, Total):
        valued_alike = bare(evolve(one, where=(), caps=(), name="")) == bare(evolve(other, where=(), name=""))
        return valued_alike and _by_itself(one) and lies_inside(one.where, other.where)
    return isinstance(one, Entries) and isinstance(other, Entries) and lies_inside(one.where, other.where)


def _by_itself(measure: Total) -> bool:
    """Tell whether what an entry counts depends on nothing but the entry and caps over the whole period."""
    once = any(rule.every.unit == ACTIVITY for rule in measure.worth)  # of its parts, the first that falls in
    return not once and not measure.handed and all(known(cap) and cap.in_each is None for cap in measure.caps)


def apart(one: Where, other: Where) -> bool:
    """Tell whether nothing can fall to both of two filters.

    An activity may have several texts on one axis, but never both yes and no.
    """
    admitted = dict(one)
    return any(
        axis in admitted
        and not set(admitted[axis]) & set(tags)
        and any(all(isinstance(tag, bool) for tag in some) for some in (tags, admitted[axis]))
        for axis, tags in other
    )
