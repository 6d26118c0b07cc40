"""The slow obvious evaluator: what a policy says of a subject of whom everything is known.

Written from the design's laws and the docstrings, and not from the code: it plans nothing, filters the list of
activities anew for every clause, looks at single days, and adds fractions. It knows two answers to a clause that
applies; what is not known is tried out instead, in every way that it might be (``worlds``).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any, NamedTuple

from attrs import evolve, frozen
from hypothesis import assume

from cpdrules import Finding, Period, Policy, Verdict
from cpdrules.amounts import ACTIVITY, HOUR, Amount, Rounding, Unit
from cpdrules.choices import Advise, Exempt, Inferred, Undecided, Unstated, When
from cpdrules.cpd.activities import UNKNOWN, Activity
from cpdrules.cpd.caps import ShareOfCounted
from cpdrules.cpd.conditions import Agreed, Having, InCircumstances, Timing
from cpdrules.cpd.durations import ProRata, Stepped, TimeWeighted
from cpdrules.cpd.measures import Different, Entries, Total
from cpdrules.cpd.members import Agreement, Member, Record
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import NO_CONVENTIONS, Conventions
from cpdrules.cpd.targets import AgreedFigure, FigureWhen, Fixed, Highest, Lowest, ShareOf, SumOf
from cpdrules.figures import AtLeast, AtMost
from cpdrules.periods import Length
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf
from cpdrules.windows import Before, Each, Over

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

#: As good as nothing, and more than anybody did: what an amount that is not known is tried with.
TINY, HUGE = Fraction(1, 10**9), Fraction(10**15)

_MEASURES = (Total, Entries, Different)

#: No circumstance that the tests draw ends beyond this day, save those that never end.
_HORIZON = (date(2011, 1, 1), date(2018, 12, 31))


#: No more caps that have activities in common are told apart.
MOST_LIMITS = 5


# What is known --------------------------------------------------------------------------------------------------------


@frozen
class Deed:
    """An activity of which everything is known."""

    activity: Activity
    first: date
    last: date
    #: One part for each share, or one: its grains and its tags.
    parts: tuple[tuple[Fraction, Mapping[str, Any]], ...]
    unit: Unit
    #: How it is read where it crosses the edge of a period.
    reading: str

    @property
    def whole(self) -> Fraction:
        """All its grains."""
        return sum((grains for grains, _ in self.parts), Fraction(0))

    @property
    def rank(self) -> tuple[Fraction, date, str]:
        """The largest goes first, and of equals the earliest."""
        return -self.whole / self.unit.grain, self.first, self.activity.id

    def tag(self, axis: str) -> Any:
        """Give the tag of the whole on an axis."""
        return self.parts[0][1].get(axis)

    def grains_in(self, grains: Fraction, period: Period) -> Fraction:
        """Give how much of a part falls to a period."""
        days = [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]
        inside = [number for number, day in enumerate(days) if period.first <= day <= period.last]
        if len(inside) == len(days):
            return grains
        if self.reading == "by_first_day":
            return grains if period.first <= self.first <= period.last else Fraction(0)
        if self.reading == "by_last_day":
            return grains if period.first <= self.last <= period.last else Fraction(0)
        if not inside:
            return Fraction(0)
        # Day by day, whole grains, so that what falls to the days before and up to any day adds up.
        upto = [floor(grains * number / len(days)) for number in range(len(days) + 1)]
        return Fraction(sum(upto[number + 1] - upto[number] for number in inside))


@frozen
class World:
    """A subject of whom everything is known, and every decision taken."""

    member: Member
    deeds: tuple[Deed, ...]
    facts: Mapping[str, tuple[Any, ...]]
    #: The figure agreed, in grains, where the record has none.
    agreed: Fraction | None = None
    #: What is decided where a policy leaves it open, by ref: whether the clause is relaxed, or what the text means.
    decided: Mapping[str, bool] = {}
    #: How the scheme reads records, and the period that it is assessed over.
    conventions: Conventions = NO_CONVENTIONS
    assessed: Period | None = None


class Opinion(NamedTuple):
    """What the model holds of a clause."""

    policy: Policy
    verdict: Verdict
    required: Fraction | None = None
    counted: Fraction | None = None
    parts: tuple[tuple[str, Opinion], ...] = ()

    def named(self, suffix: str = "") -> Iterator[tuple[str, Opinion]]:
        """Give this and all its parts by ref."""
        if self.policy.ref:
            yield f"{self.policy.ref}{suffix}", self
        for number, part in self.parts:
            yield from part.named(f"{number}{suffix}")

    def shortfalls(self, suffix: str = "") -> dict[str, Fraction]:
        """Give, by ref, how far below its figure each clause is that makes this one fail."""
        return {
            ref: one.required - one.counted
            for ref, one in self.reasons(suffix)
            if isinstance(one.policy, AtLeast) and one.verdict is NOT_MET and None not in (one.required, one.counted)
        }

    def reasons(self, suffix: str = "") -> Iterator[tuple[str, Opinion]]:
        """Give the clauses that made the verdict what it is."""
        opposite = {MET: NOT_MET, NOT_MET: MET}.get(self.verdict, self.verdict)
        sought = opposite if isinstance(self.policy, NoneOf) else self.verdict
        found = [(number, part) for number, part in self.parts if part.verdict is sought]
        if isinstance(self.policy, Advise) or not found:
            yield f"{self.policy.ref}{suffix}", self
            return
        for number, part in found:
            yield from part.reasons(f"{number}{suffix}")


# Judging --------------------------------------------------------------------------------------------------------------


def opinion(policy: Policy, world: World, period: Period) -> Opinion:
    """Say what holds of a subject of whom everything is known."""
    for words, judge in _JUDGES:
        if isinstance(policy, words):
            return judge(policy, world, period)
    return Opinion(policy, MET if condition(policy, world, period) else NOT_MET)


def _asked(policy: AtLeast | AtMost, world: World, period: Period) -> Opinion:
    counted = count(policy.measure, world, period)
    required = figure(policy.figure, world, period)
    enough = counted >= required if isinstance(policy, AtLeast) else counted <= required
    return Opinion(policy, MET if enough else NOT_MET, required, counted)


def _chosen(policy: When, world: World, period: Period) -> Opinion:
    held = opinion(policy.condition, world, period).verdict is MET
    branch = policy.policy if held else policy.otherwise
    if branch is None:
        return Opinion(policy, DOES_NOT_APPLY)
    return _like(policy, opinion(branch, world, period))


def _advised(policy: Advise, world: World, period: Period) -> Opinion:
    return Opinion(policy, DOES_NOT_APPLY, parts=(("", opinion(policy.policy, world, period)),))


def _left_open(policy: Undecided, world: World, period: Period) -> Opinion:
    inner = opinion(policy.policy, world, period)
    relaxed = world.decided[policy.ref] and inner.verdict is NOT_MET
    return Opinion(policy, MET if relaxed else inner.verdict, parts=(("", inner),))


def _silent(policy: Unstated, world: World, _: Period) -> Opinion:
    return Opinion(policy, MET if world.decided[policy.ref] else NOT_MET)


def _over(policy: Over, world: World, period: Period) -> Opinion:
    begins = add(period.last + timedelta(days=1), policy.length, -1)
    return _like(policy, opinion(policy.policy, world, Period(begins, period.last)))


def _before(policy: Before, world: World, period: Period) -> Opinion:
    """Look at as many months before; periods of the tests are of whole months."""
    length = Length(months=len(months_in(period)) * policy.periods)
    begins = add(period.first, length, -1)
    earlier = Period(begins, add(begins, Length(months=len(months_in(period))), 1) - timedelta(days=1))
    then = world if world.assessed is None else evolve(world, assessed=earlier)
    return _like(policy, opinion(policy.policy, then, earlier))


def _each(policy: Each, world: World, period: Period) -> Opinion:
    found: list[Opinion] = []
    begins = period.first
    while begins <= period.last:
        following = add(period.first, policy.length, len(found) + 1)
        found.append(opinion(policy.policy, world, Period(begins, following - timedelta(days=1))))
        begins = following
    how, needed = (AllOf, 0) if policy.at_least is None else (AtLeastOf, policy.at_least)
    verdict = joined(how, [part.verdict for part in found], needed)
    return Opinion(policy, verdict, parts=tuple((f"[{number}]", part) for number, part in enumerate(found, 1)))


def _join(policy: AllOf | AnyOf | NoneOf | AtLeastOf, world: World, period: Period) -> Opinion:
    parts = tuple(("", opinion(part, world, period)) for part in policy.members)
    needed = policy.count if isinstance(policy, AtLeastOf) else 0
    return Opinion(policy, joined(type(policy), [part.verdict for _, part in parts], needed), parts=parts)


def _like(policy: Policy, part: Opinion) -> Opinion:
    return Opinion(policy, part.verdict, parts=(("", part),))


def _under(policy: Scheme, world: World, period: Period) -> World:
    return evolve(world, conventions=policy.conventions, assessed=period)


_JUDGES: tuple[tuple[Any, Callable[[Any, World, Period], Opinion]], ...] = (
    ((AtLeast, AtMost), _asked),
    (When, _chosen),
    (Advise, _advised),
    (Undecided, _left_open),
    (Unstated, _silent),
    (Exempt, lambda policy, world, period: Opinion(policy, DOES_NOT_APPLY)),
    (Inferred, lambda policy, world, period: opinion(policy.reading, world, period)),
    (Scheme, lambda policy, world, period: opinion(policy.policy, _under(policy, world, period), period)),
    (Over, _over),
    (Each, _each),
    (Before, _before),
    ((AllOf, AnyOf, NoneOf, AtLeastOf), _join),
)


def joined(how: type, verdicts: Sequence[Verdict], needed: int = 0) -> Verdict:
    """Join answers by counting those that hold, among those that apply."""
    applying = [verdict for verdict in verdicts if verdict is not DOES_NOT_APPLY]
    if not applying:
        return DOES_NOT_APPLY
    holding = sum(verdict is MET for verdict in applying)
    answers = {
        AllOf: holding == len(applying),
        AnyOf: holding >= 1,
        NoneOf: holding == 0,
        AtLeastOf: holding >= min(needed, len(applying)),
    }
    return MET if answers[how] else NOT_MET


def condition(policy: Policy, world: World, period: Period) -> bool:
    """Say whether a condition on the member holds."""
    if isinstance(policy, InCircumstances):
        return lies(stretches(world.member, policy.kinds, policy.but_not), policy.timing, period)
    if isinstance(policy, Having):
        values = world.facts[policy.what]
        if not policy.values:
            return any(value is not False for value in values)
        return any(value in policy.values for value in values)
    assert isinstance(policy, Agreed), policy
    return any(_in_force(one, period) for one in world.member.agreements)


# Days -----------------------------------------------------------------------------------------------------------------


def add(day: date, length: Length, times: int) -> date:
    """Give the day so many lengths later, or earlier; the last of a month that has no such day."""
    number = day.year * 12 + day.month - 1 + (length.years * 12 + length.months) * times
    year, month = divmod(number, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=length.days * times)


def days_of(first: date, last: date) -> set[date]:
    """Give every day from one to another."""
    return {date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)}


def days_in(member: Member, kinds: Sequence[str], but_not: Sequence[str] = ()) -> set[date]:
    """Give every day on which a member is in one of some circumstances and in none of the others."""
    found: set[date] = set()
    for wanted, change in ((kinds, found.update), (but_not, found.difference_update)):
        for one in member.circumstances:
            if one.kind in wanted:
                change(days_of(one.since, min(one.until or _HORIZON[1], _HORIZON[1])))
    return found


def stretches(member: Member, kinds: Sequence[str], but_not: Sequence[str]) -> list[tuple[date, date]]:
    """Give the first and last days of unbroken stretches; one that reaches the horizon never ends."""
    held = days_in(member, kinds, but_not)
    found: list[tuple[date, date]] = []
    for day in sorted(held):
        if day - timedelta(days=1) in held:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return [(first, date.max if last == _HORIZON[1] else last) for first, last in found]


def lies(spans: Sequence[tuple[date, date]], timing: Timing, period: Period) -> bool:
    """Say whether one stretch is long enough and lies as asked."""
    for first, last in spans:
        if timing.longer_than is not None and last < add(first, timing.longer_than, 1):
            continue
        if timing.lasting is not None and last < add(first, timing.lasting, 1) - timedelta(days=1):
            continue
        days = {"first_day": [period.first], "last_day": [period.last]}.get(
            str(timing.on), sorted(days_of(period.first, period.last))
        )
        if isinstance(timing.on, date):
            days = [timing.on]
        on = [first <= day <= last for day in days]
        if all(on) if timing.on == "every_day" else any(on):
            return True
    return False


def months_in(period: Period) -> list[set[date]]:
    """Cut a period into months from its first day; the last may be shorter."""
    whole = days_of(period.first, period.last)
    found: list[set[date]] = []
    while (begins := add(period.first, Length(months=1), len(found))) <= period.last:
        ends = add(period.first, Length(months=1), len(found) + 1) - timedelta(days=1)
        found.append(days_of(begins, ends) & whole)
    return found


# Figures --------------------------------------------------------------------------------------------------------------


def figure(target: Any, world: World, period: Period) -> Fraction:
    """Say how much is asked, in grains."""
    if isinstance(target, Amount):
        return Fraction(target.grains)
    for kind, work_out in _FIGURES:
        if isinstance(target, kind):
            return work_out(target, world, period)
    raise AssertionError(target)


def _extreme(target: Lowest | Highest, world: World, period: Period) -> Fraction:
    found = [figure(one, world, period) for one in target.targets]
    return min(found) if isinstance(target, Lowest) else max(found)


def _share(target: ShareOf, world: World, period: Period) -> Fraction:
    whole = count if isinstance(target.of, _MEASURES) else figure
    counted = whole(target.of, world, period)
    if target.rounding is not None and counted < HUGE:
        return rounded(counted * target.share, target.rounding)
    return counted * target.share if counted >= HUGE else Fraction(ceil(counted * target.share))


def _when(target: FigureWhen, world: World, period: Period) -> Fraction:
    held = opinion(target.condition, world, period).verdict is MET
    return figure(target.figure if held else target.otherwise, world, period)


def _sum(target: SumOf, world: World, period: Period) -> Fraction:
    return sum((figure(one, world, period) for one in target.targets), Fraction(0))


def _agreed(_: AgreedFigure, world: World, period: Period) -> Fraction:
    held = [one.figure.grains for one in world.member.agreements if _in_force(one, period)]
    return Fraction(min(held)) if held else (world.agreed or Fraction(0))


def _in_force(one: Agreement, period: Period) -> bool:
    return one.since <= period.last and period.first <= (one.until or date.max)


def _stepped(target: Stepped, world: World, period: Period) -> Fraction:
    asked = target.figure
    spans = stretches(world.member, target.circumstance.kinds, target.circumstance.but_not)
    for length, reached in sorted(target.steps, key=lambda step: add(date(2001, 1, 1), step[0], 1)):
        if lies(spans, evolve(target.circumstance.timing, lasting=length), period):
            asked = reached
    return Fraction(asked.grains)


def pro_rata(target: ProRata, member: Member, period: Period) -> Fraction:
    """Take the part of a figure that belongs to the days or months that count."""
    counting = {
        day
        for day in days_of(period.first, period.last)
        if (member.joined or date.min) <= day <= (member.left or date.max)
    }
    for held, inside in ((target.during, True), (target.outside, False)):
        if held is not None:
            long_enough = [span for span in stretches(member, held.kinds, held.but_not) if _long(span, held.timing)]
            counting = {day for day in counting if any(first <= day <= last for first, last in long_enough) is inside}
    if target.by == "day":
        taken, there = len(counting), period.days
    else:
        months = months_in(period)
        whole = target.by == "whole_month"
        taken, there = sum(month <= counting if whole else bool(month & counting) for month in months), len(months)
    if target.per is not None:
        length = Period(period.first, add(period.first, target.per, 1) - timedelta(days=1))
        there = length.days if target.by == "day" else len(months_in(length))
    exact = Fraction(target.figure.grains * taken, there)
    return exact if taken == there else rounded(exact, target.rounding)


def _long(span: tuple[date, date], timing: Timing) -> bool:
    return lies([span], evolve(timing, on="any_day"), Period(span[0], span[0]))


def time_weighted(target: TimeWeighted, member: Member, period: Period) -> Fraction:
    """Mix figures by the days on which their circumstances hold; the lowest of several is that day's."""
    held = {kind: days_in(member, (kind,)) for kind, _ in target.figures}

    def of_day(day: date) -> int | None:
        return min((figure.grains for kind, figure in target.figures if day in held[kind]), default=None)

    if target.by == "day":
        mix = [of_day(day) for day in days_of(period.first, period.last)]
    else:
        by_month = [[of_day(day) for day in month] for month in months_in(period)]
        mix = [None if None in month else max(one for one in month if one is not None) for month in by_month]
    used = {None if one is None else ("", one) for one in mix}
    grains = [target.otherwise.grains if one is None else one for one in mix]
    exact = Fraction(sum(grains), len(grains))
    return exact if len(used) == 1 or len(set(grains)) == 1 else rounded(exact, target.rounding)


_FIGURES: tuple[tuple[Any, Callable[[Any, World, Period], Fraction]], ...] = (
    (Fixed, lambda target, world, period: Fraction(target.figure.grains)),
    ((Lowest, Highest), _extreme),
    (FigureWhen, _when),
    (SumOf, _sum),
    (ShareOf, _share),
    (AgreedFigure, _agreed),
    (Stepped, _stepped),
    (ProRata, lambda target, world, period: pro_rata(target, world.member, period)),
    (TimeWeighted, lambda target, world, period: time_weighted(target, world.member, period)),
)


def rounded(exact: Fraction, rounding: Rounding) -> Fraction:
    """Round to a whole number of steps."""
    steps = exact / rounding.to.grains
    ways = {
        "up": ceil(steps),
        "down": floor(steps),
        "half_up": floor(steps + Fraction(1, 2)),
        "half_even": round(steps),
    }
    return Fraction(ways[rounding.direction] * rounding.to.grains)


# Counting -------------------------------------------------------------------------------------------------------------


class Part(NamedTuple):
    """What of an activity, or of a share of it, falls to a period."""

    deed: Deed
    grains: Fraction
    tags: Mapping[str, Any]

    def carries(self, where: Any) -> bool:
        """Say whether it has one of the tags asked for on every axis."""
        return all(self._has(axis, tags) for axis, tags in where)

    def _has(self, axis: str, tags: tuple[Any, ...]) -> bool:
        if axis == "reflected":
            return bool(self.deed.activity.reflection) in tags
        if axis.startswith("longer than "):
            limit = Amount.of(axis.removeprefix("longer than "), HOUR)
            return self.deed.unit == HOUR and self.deed.whole > limit.grains
        return any(tag in tags for tag in several(self.tags.get(axis)))


def several(tag: Any) -> tuple[Any, ...]:
    """Give the tags of an axis one by one: none, one or several."""
    return tag if isinstance(tag, tuple) else () if tag in (None, UNKNOWN) else (tag,)


def parts_in(world: World, period: Period) -> list[Part]:
    """Give what falls to a period, and counts by the conventions of the scheme."""
    near = period
    if world.assessed is not None:
        near = Period(min(period.first, world.assessed.first), max(period.last, world.assessed.last))
    if world.conventions.while_member:
        since, until = world.member.joined or date.min, world.member.left or date.max
        if until < period.first or period.last < since:
            return []
        period = Period(max(since, period.first), min(until, period.last))
        near = Period(max(since, near.first), min(until, near.last))
    again = repeats(world, near)
    deeds = [deed for deed in world.deeds if deed.activity.id not in again]
    found = [Part(deed, deed.grains_in(grains, period), tags) for deed in deeds for grains, tags in deed.parts]
    return [part for part in found if part.grains]


def repeats(world: World, near: Period) -> set[str]:
    """Give the ids of what repeats something larger, or as large and earlier."""
    deeds = [deed for deed in world.deeds if deed.first <= near.last and near.first <= deed.last]
    found: set[str] = set()
    for axis in world.conventions.once:
        for one, other in product(deeds, deeds):
            same = one.tag(axis) is not None and one.tag(axis) == other.tag(axis)
            if same and one.activity.id != other.activity.id and one.rank < other.rank:
                found.add(other.activity.id)
    return found


def count(measure: Any, world: World, period: Period) -> Fraction:
    """Say how much a measure counts."""
    if isinstance(measure, Total):
        return total(measure, world, period)
    parts = [part for part in parts_in(world, period) if part.carries(measure.where)]
    if isinstance(measure, Entries):
        return Fraction(len({part.deed.activity.id for part in parts}))
    assert isinstance(measure, Different), measure
    named = dict(measure.where).get(measure.axis)
    found = {tag for part in parts for tag in several(part.tags.get(measure.axis))}
    return Fraction(len(found if named is None else found.intersection(named)))


def total(measure: Total, world: World, period: Period) -> Fraction:
    """Say how much a sum counts: what its entries are worth, as far as its caps let them count."""
    lengths = {cap.in_each for cap in measure.caps if cap.in_each is not None}
    parts = [
        (part, piece.first)
        for piece in cut(period, lengths)
        for part in parts_in(world, piece)
        if part.carries(measure.where)
    ]
    valued = worths(measure, parts)
    shares = any(isinstance(cap.figure, ShareOfCounted) for cap in measure.caps)
    whole, left = -1, floor(sum(one.grains for one in valued))
    while shares and left != whole:  # from above, until as much is left as shares are taken of
        whole, left = left, floor(as_capped(measure, valued, world, period, left))
    return Fraction(whole) if shares else as_capped(measure, valued, world, period, 0)


class Valued(NamedTuple):
    """A part, the first day of the piece of the period it falls to, and what it is worth."""

    part: Part
    piece: date
    grains: Fraction


def cut(period: Period, lengths: Iterable[Length]) -> list[Period]:
    """Cut a period wherever a stretch of one of some lengths begins."""
    begins = sorted({period.first, *(day for length in lengths for day in begins_of(period, length))})
    ends = [day - timedelta(days=1) for day in begins[1:]] + [period.last]
    return [Period(first, last) for first, last in zip(begins, ends, strict=True)]


def begins_of(period: Period, length: Length) -> list[date]:
    """Give the first days of the stretches of a length."""
    found: list[date] = []
    while (day := add(period.first, length, len(found))) <= period.last:
        found.append(day)
    return found


def worths(measure: Total, parts: list[tuple[Part, date]]) -> list[Valued]:
    """Say what entries are worth: converted, dropped if they are small, rounded, and then weighed."""
    found: list[tuple[Valued, Fraction, bool]] = []
    for part, piece in parts:
        converted = converted_by(measure, part)
        if converted is None:
            continue
        size, each = converted
        amount = size if measure.rounding is None else rounded(size, measure.rounding)
        weights = [one for one in measure.worth if one.every.unit == measure.unit and part.carries(one.where)]
        weight = Fraction(weights[0].counts.grains, weights[0].every.grains) if weights else Fraction(1)
        found.append((Valued(part, piece, amount * weight), size, each and bool(size)))
    kept = []
    for one, size, each in found:
        others = [
            (-other.grains, -other.part.grains, str(other.part.tags.get("area")), other.piece)
            for other, _, too in found
            if too and other.part.deed is one.part.deed
        ]
        mine = (-one.grains, -one.part.grains, str(one.part.tags.get("area")), one.piece)
        if not each or mine == min(others):
            kept.append((one, size))
    sizes: dict[str, Fraction] = {}
    for one, size in kept:
        sizes[one.part.deed.activity.id] = sizes.get(one.part.deed.activity.id, Fraction(0)) + size
    limit = 0 if measure.smallest is None else measure.smallest.grains
    return [one for one, _ in kept if sizes[one.part.deed.activity.id] >= limit]


def converted_by(measure: Total, part: Part) -> tuple[Fraction, bool] | None:
    """Say what a part is in the unit of the measure, and whether whatever was recorded; None where it is nothing."""
    for one in measure.worth:
        if one.every.unit in (ACTIVITY, part.deed.unit) and one.every.unit != measure.unit and part.carries(one.where):
            if one.tagged:
                tag = part.tags.get(one.tagged)
                return Fraction(0 if tag is None else Amount.of(tag, measure.unit).grains), True
            rate = Fraction(one.counts.grains, one.every.grains)
            return (rate, True) if one.every.unit == ACTIVITY else (part.grains * rate, False)
    return (part.grains, False) if part.deed.unit == measure.unit else None


def as_capped(measure: Total, valued: list[Valued], world: World, period: Period, whole: int) -> Fraction:
    """Say how much counts under caps, where shares are taken of some whole."""
    limits: list[tuple[frozenset[int], Fraction]] = []
    for cap in measure.caps:
        shared = isinstance(cap.figure, ShareOfCounted)
        most = Fraction(floor(cap.figure.share * whole)) if shared else figure(cap.figure, world, period)
        groups: dict[Any, set[int]] = {}
        for number, one in enumerate(valued):
            if one.part.carries(cap.where):
                begins = [] if cap.in_each is None else begins_of(period, cap.in_each)
                stretch = sum(day <= one.piece for day in begins)
                for instance in instances(cap.per, one.part):
                    groups.setdefault((instance, stretch), set()).add(number)
        limits += [(frozenset(held), most) for held in groups.values()]
    return least_cover([one.grains for one in valued], limits)


def instances(per: str, part: Part) -> tuple[Any, ...]:
    """Give for what a cap holds one by one: tags, the activity itself, or all of it together."""
    if per in ("activity", "day"):
        return (part.deed.activity.id if per == "activity" else part.deed.first,)
    return several(part.tags.get(per)) if per else ("",)


def least_cover(amounts: list[Fraction], limits: list[tuple[frozenset[int], Fraction]]) -> Fraction:
    """Say how much counts of some amounts where no set of them may exceed its limit.

    No more than what it costs to cover every amount: by paying for itself, or for a limit over it, or for halves of
    both. The cheapest cover is the answer: linear programs have duals, and of so few limits these come in halves.
    """
    amounts = [min([one, *(most for held, most in limits if held == {place})]) for place, one in enumerate(amounts)]
    cost = sum(amounts, Fraction(0))
    limits = [one for one in limits if sum(amounts[place] for place in one[0]) > one[1]]
    groups: list[list[tuple[frozenset[int], Fraction]]] = []
    for one in limits:
        touching = [group for group in groups if any(one[0] & other[0] for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([one, *(other for group in touching for other in group)])
    for group in groups:
        assume(len(group) <= MOST_LIMITS)
        inside = frozenset().union(*(held for held, _ in group))
        cheapest = sum(amounts[place] for place in inside)
        cost -= cheapest
        for paid in product((Fraction(0), Fraction(1, 2), Fraction(1)), repeat=len(group)):
            price = sum(share * most for share, (_, most) in zip(paid, group, strict=True))
            for place in inside if price < cheapest else ():
                covered = sum(share for share, (held, _) in zip(paid, group, strict=True) if place in held)
                price += amounts[place] * max(0, 1 - covered)
            cheapest = min(cheapest, price)
        cost += cheapest
    return cost


# What is not known ----------------------------------------------------------------------------------------------------


def settled(record: Record, conventions: Conventions) -> World:
    """Give the one world of a record of which everything is known."""
    (only,) = worlds(record, None, conventions, Period(date(2014, 1, 1), date(2014, 12, 31)))
    return only


def worlds(record: Record, policy: Policy | None, conventions: Conventions, period: Period) -> Iterator[World]:
    """Give every way in which what is not known of a record might be.

    An unknown tag is tried as every tag that the policy or the record speaks of on its axis, and as one that nobody
    speaks of; an unknown amount as next to nothing and as huge; an unknown date inside each stretch that the policy
    looks at, and outside; what crosses an edge is read in each of the three ways, where no way is stated.
    """
    tags = _tags_spoken_of(record, policy, conventions)
    deeds = [list(_deeds(one, tags, conventions, policy, period)) for one in record.activities]
    facts = _facts(record, policy)
    open_refs = [one.ref for one in policy.walk() if isinstance(one, (Undecided, Unstated))] if policy else []
    asks_agreed = policy is not None and any(_asks_agreed(getattr(one, "figure", None)) for one in policy.walk())
    for chosen in product(
        product(*deeds),
        product(*facts.values()),
        product(*((False, True) for _ in open_refs)),
        (Fraction(0), HUGE * 1000) if asks_agreed else (None,),
    ):
        yield World(
            record.member,
            chosen[0],
            dict(zip(facts, chosen[1], strict=True)),
            chosen[3],
            dict(zip(open_refs, chosen[2], strict=True)),
        )


def how_many_worlds(record: Record, policy: Policy, conventions: Conventions, period: Period) -> int:
    """Say how many worlds there are, without visiting them."""
    tags = _tags_spoken_of(record, policy, conventions)
    number = 1
    for one in record.activities:
        number *= sum(1 for _ in _deeds(one, tags, conventions, policy, period))
    for values in _facts(record, policy).values():
        number *= len(values)
    for one in policy.walk():
        number *= 2 if isinstance(one, (Undecided, Unstated)) else 1
    return number * (2 if any(_asks_agreed(getattr(one, "figure", None)) for one in policy.walk()) else 1)


def _asks_agreed(target: Any) -> bool:
    inner = target.targets if isinstance(target, (Lowest, Highest)) else ()
    return isinstance(target, AgreedFigure) or any(_asks_agreed(one) for one in inner)


def _measures(policy: Policy | None) -> Iterator[Any]:
    def of_target(target: Any) -> Iterator[Any]:
        if isinstance(target, ShareOf):
            yield from of_measure(target.of) if isinstance(target.of, _MEASURES) else of_target(target.of)
        for one in target.targets if isinstance(target, (Lowest, Highest)) else ():
            yield from of_target(one)

    def of_measure(measure: Any) -> Iterator[Any]:
        yield measure
        for cap in getattr(measure, "caps", ()):
            yield from of_target(cap.figure)

    for clause in policy.walk() if policy else ():
        if isinstance(clause, (AtLeast, AtMost)):
            yield from of_measure(clause.measure)
            yield from of_target(clause.figure)


def _tags_spoken_of(
    record: Record, policy: Policy | None, conventions: Conventions = NO_CONVENTIONS
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {axis: [] for axis in conventions.once}
    amounts: dict[str, list[Any]] = {}
    for measure in _measures(policy):
        caps, worth = getattr(measure, "caps", ()), getattr(measure, "worth", ())
        for where in (measure.where, *(one.where for one in (*caps, *worth))):
            for axis, tags in where:
                found.setdefault(axis, []).extend(tags)
        of_each = [cap.per for cap in caps if cap.per not in ("", "activity", "day")]
        for axis in [measure.axis] if isinstance(measure, Different) else of_each:
            found.setdefault(axis, [])
            for one in record.activities:
                for tags in (one.tags, *(share.tags for share in one.shares)):
                    found[axis] += several(tags.get(axis))
        amounts.update({one.tagged: [0, "0.5", 999_999] for one in worth if one.tagged})
    for axis in conventions.once:
        found[axis] += [tag for one in record.activities if (tag := one.tags.get(axis)) not in (None, UNKNOWN)]
    return {axis: list(dict.fromkeys(tags)) for axis, tags in found.items()} | amounts


def _completed(
    tags: Mapping[str, Any], spoken_of: Mapping[str, list[Any]], conventions: Conventions, place: str
) -> Iterator[dict[str, Any]]:
    """Give every way in which unknown tags might be; ``place`` makes a tag that nobody speaks of one of its own."""
    described = {axis.name: axis for axis in conventions.axes}
    choices: dict[str, list[Any]] = {}
    for axis in (*tags, *(axis for axis in spoken_of if axis not in tags)):
        if axis == "reflected" or axis.startswith("longer than "):
            continue
        known = described.get(axis)
        tag = tags.get(axis)
        if tag is UNKNOWN or (tag is None and (known is None or known.every)):
            if axis in spoken_of:
                # Where no tag is spoken of, there is still one that several may have in common.
                others = [*(spoken_of[axis] or ["one in common"]), *([] if axis == "given" else [f"other at {place}"])]
                choices[axis] = list(known.tags) if known and known.tags else others
        else:
            choices[axis] = [tag]
    for chosen in product(*choices.values()):
        yield dict(zip(choices, chosen, strict=True))


def _deeds(
    activity: Activity,
    spoken_of: Mapping[str, list[Any]],
    conventions: Conventions,
    policy: Policy | None,
    period: Period,
) -> Iterator[Deed]:
    shares = [(share.amount, {**activity.tags, **share.tags}) for share in activity.shares]
    pieces = shares or [(activity.amount, dict(activity.tags))]
    completed = [
        list(_completed(tags, spoken_of, conventions, f"{activity.id}.{number}"))
        for number, (_, tags) in enumerate(pieces)
    ]
    whole = activity.first is not None and activity.last is not None
    spans = [(activity.first, activity.last)] if whole else [(day, day) for day in _possible_days(policy, period)]
    several = activity.first != activity.last
    readings = [conventions.straddling] if conventions.straddling else ["by_first_day", "by_last_day", "by_day"]
    sizes = [None] if activity.amount is not None else [Fraction(1) if several else TINY, HUGE]
    unit = activity.amount.unit if activity.amount is not None else HOUR
    units = [unit] if activity.amount is not None else _units(policy)
    for tags, (first, last), reading, size, one_unit in product(
        product(*completed), spans, readings if several else readings[:1], sizes, units
    ):
        assert first is not None and last is not None
        grains = [size if amount is None else Fraction(amount.grains) for amount, _ in pieces]
        yield Deed(activity, first, last, tuple(zip(grains, tags, strict=True)), one_unit, str(reading))


def _units(policy: Policy | None) -> list[Unit]:
    totals = [measure for measure in _measures(policy) if isinstance(measure, Total)]
    found = {measure.unit for measure in totals}
    found |= {one.every.unit for measure in totals for one in measure.worth if one.every.unit != ACTIVITY}
    return sorted(found, key=lambda unit: unit.name) or [HOUR]


def _possible_days(policy: Policy | None, period: Period) -> list[date]:
    """Give a day in every stretch that the policy looks at, and one that lies outside all of them."""
    found = {period.first, date(1950, 1, 1)}
    lengths = [one.length for one in policy.walk() if isinstance(one, (Over, Each))] if policy else []
    lengths += [cap.in_each for measure in _measures(policy) for cap in getattr(measure, "caps", ()) if cap.in_each]
    if lengths:
        found.add(period.last)
        for number in range(-6, 6):
            found.add(add(period.first, Length(months=6), number))
    return sorted(found)


def _facts(record: Record, policy: Policy | None) -> dict[str, list[tuple[Any, ...]]]:
    """Give, by name, every way in which the facts that the policy asks about might be."""
    member = record.member
    recorded: dict[str, Any] = {
        "route": member.facts.get("route", UNKNOWN),
        "grade": member.grade or UNKNOWN,
        "plan": UNKNOWN if record.plan is None else record.plan,
    }
    found: dict[str, list[tuple[Any, ...]]] = {"registrations": [member.registrations]}
    asked = [clause for clause in policy.walk() if isinstance(clause, Having)] if policy else []
    for what, value in recorded.items():
        named = [one for clause in asked if clause.what == what for one in clause.values]
        possible = (
            list(dict.fromkeys((*named, "another", False))) if any(clause.what == what for clause in asked) else [""]
        )
        found[what] = [(one,) for one in (possible if value is UNKNOWN else [value])]
    return found


# Findings -------------------------------------------------------------------------------------------------------------


def essence(finding: Finding) -> tuple[Any, ...]:
    """Give what a finding concludes, clause by clause, without the words and the order of what it lists."""
    listed = tuple(
        sorted(((entry.id, entry.amount or 0) for batch in batches for entry in batch.entries), key=str)
        for batches in (
            finding.entries,
            [left.batch for left in finding.unsure],
            [left.batch for left in finding.left_out],
        )
    )
    parts = tuple(essence(part) for part in finding.parts)
    return finding.ref, finding.verdict, finding.required, finding.counted, finding.period, listed, parts


def is_open(finding: Finding) -> bool:
    """Say whether a fact or a decision is missing anywhere in a finding, even where it would change nothing."""
    return any(
        (node.required is not None and node.required.least != node.required.most)
        or (node.counted is not None and node.counted.least != node.counted.most)
        or (node.because is not None and (node.because.verdict is CANNOT_TELL or is_open(node.because)))
        or node.verdict is CANNOT_TELL
        for node in finding.walk()
    )
