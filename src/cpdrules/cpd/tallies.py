"""One pass over a record: rows fall into cells by the tags that a policy asks about, and measures read the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import inf
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from attrs import frozen

from cpdrules.cpd.activities import UNKNOWN, Activity, Axis
from cpdrules.cpd.members import Fact, Record
from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.findings import Batch, Entry, Left, Reason, Tag
from cpdrules.periods import Period, as_date
from cpdrules.policies import Case

#: What counts of an activity that crosses the edge of a period: all by the day it begins or ends, or day by day.
Straddling: TypeAlias = Literal["by_first_day", "by_last_day", "by_day"]


@frozen
class Conventions:
    """How a scheme reads records: its axes and facts, and which of the activities count at all.

    Where the text does not say how to count across an edge, ``straddling`` is None: the finding then bounds what counts
    by the readings that there are.
    """

    axes: tuple[Axis, ...] = ()
    straddling: Straddling | None = None
    #: What the scheme asks about members, and what silence means.
    facts: tuple[Fact, ...] = ()
    #: Axes whose tags name something that counts once: of repeats in the period assessed, only the largest.
    once: tuple[str, ...] = ()
    #: Whether only what was done as a member counts.
    while_member: bool = False

    def __attrs_post_init__(self) -> None:
        if self.straddling is not None and self.straddling not in get_args(Straddling):
            raise PolicyError(
                f"{shown(self.straddling)} does not say what counts of an activity across the edge of a period",
                remedy=f"Say {', '.join(get_args(Straddling))}, or nothing where the text does not say",
                straddling=self.straddling,
            )
        for what, names in (("axis", [axis.name for axis in self.axes]), ("fact", [fact.name for fact in self.facts])):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise PolicyError(
                    f"A scheme describes the {what} {twice[0]!r} twice",
                    why="What silence means there would not be clear",
                    remedy="Keep one of the two",
                    names=tuple(twice),
                )

    def every(self, axis: str) -> bool:
        """Whether every activity has a tag on this axis, so that silence is a missing fact."""
        return all(known.every for known in self.axes if known.name == axis)

    def tags(self, axis: str) -> tuple[Tag, ...]:
        """Give the tags that the axis knows; none where it is not described, or knows any."""
        return next((known.tags for known in self.axes if known.name == axis), ())

    def unrecorded(self, fact: str) -> Tag | None:
        """Give what it means that nobody recorded a fact of a member; None where it means that nobody knows."""
        return next((known.unrecorded for known in self.facts if known.name == fact), None)


#: What holds where no scheme says otherwise.
NO_CONVENTIONS = Conventions()

#: What the rows of a cell have in common: their unit, and a tag on each axis asked about (None: untagged).
Key: TypeAlias = tuple[Any, ...]


class Loose(NamedTuple):
    """A row of which it is not known whether, or how much, it falls to the period."""

    key: Key
    why: Reason
    #: None where nothing limits it.
    most: int | None
    entry: Entry

    @property
    def certain(self) -> bool:
        """Whether the row falls to the period, and only its amount is not known."""
        return self.why.kind == "amount"

    @property
    def batch(self) -> Batch:
        """The row by itself, at the most."""
        return Batch(self.most or 0, (self.entry,))

    @property
    def left(self) -> Left:
        """The row among what may count, and why only may."""
        return Left(self.why, self.batch)


class Cells(NamedTuple):
    """A record sorted for one period."""

    settled: dict[Key, Batch]
    loose: tuple[Loose, ...]
    outside: tuple[Left, ...]


class Tally:
    """What all measures of a policy ask about, and the pass that answers it for a record and a period."""

    def __init__(self) -> None:
        self.axes: dict[str, int] = {}
        self._derived: dict[str, Callable[[Activity], Any]] = {}

    def mention(self, axis: str, derived: Callable[[Activity], Any] | None = None) -> int:
        """Ask for an axis; give its place in the keys. A derived axis is worked out from the activity itself."""
        if derived is not None:
            self._derived[axis] = derived
        return self.axes.setdefault(axis, len(self.axes) + 1)

    def cells(self, case: Case, period: Period | None, conventions: Conventions) -> Cells:
        """Sort a record for a period, once.

        Raises:
            PolicyError: no period was given.
            RecordError: the subject is no record.
        """
        latest = case.latest
        if latest is not None and latest[0] is period and latest[1] is conventions:
            return latest[2]  # type: ignore[no-any-return]
        if period is None:
            raise PolicyError(
                "A clause counts activities, and no period was given",
                why="A policy is never assessed against today",
                remedy="Say which period: policy.assess(record, period=year(2015))",
            )
        assessed = case.assessed if conventions.once else None
        known = period, assessed, id(conventions)
        found: Cells | None = case.memo.get(known)
        if found is None:
            found = case.memo[known] = self._sorted(_record(case.subject), period, conventions, assessed)
        case.latest = period, conventions, found
        return found

    def _sorted(self, record: Record, period: Period, conventions: Conventions, assessed: Period | None) -> Cells:
        activities, repeated, doubtful = record.activities, _NOBODY, _NO_IDS
        near = _both(period, assessed)
        if conventions.while_member:
            member = record.member.membership
            both = period.overlap(member)
            if both is None:
                why = Reason("period", f"outside the membership, as is all of {period}")
                return Cells({}, (), _left([], [(why, activity.entry) for activity in activities], period))
            period, near = both, near.overlap(member) or both
        if conventions.once:
            repeated, doubtful = _repeats(record, near, conventions)
            activities = tuple(activity for activity in activities if activity.id not in repeated)
        cells, outside, slowly = self._quickly(activities, period, quick=not self._derived and not doubtful)
        loose: list[Loose] = []
        apart: list[tuple[Reason, Entry]] = list(repeated.values())
        for activity in slowly:
            for row in rows_of(activity, period, conventions.straddling):
                if not isinstance(row, Row):
                    apart.append(row)
                elif activity.id in doubtful:
                    loose.append(Loose(self._key(activity, row), _PERHAPS_REPEATED, row.most_of_all, row.entry))
                elif row.why is None:
                    cells.setdefault(self._key(activity, row), []).append(row.entry)
                else:
                    loose.append(Loose(self._key(activity, row), row.why, row.most, row.entry))
        settled = {key: _batch(entries) for key, entries in cells.items()}
        return Cells(settled, tuple(loose), _left(outside, apart, period) if outside or apart else ())

    def _quickly(
        self, activities: Iterable[Activity], period: Period, *, quick: bool
    ) -> tuple[dict[Key, list[Entry]], list[Entry], list[Activity]]:
        """Sort the activities that need no further thought, as nearly all do, and give the others."""
        cells: dict[Key, list[Entry]] = {}
        outside: list[Entry] = []
        if not quick:
            return cells, outside, list(activities)
        begins, ends, axes = period.first, period.last, tuple(self.axes)
        tags_of, slowly = _getter(axes), list[Activity]()
        for activity in activities:
            if not activity.plain:
                slowly.append(activity)
            elif activity.first >= begins and activity.last <= ends:  # type: ignore[operator]
                try:
                    key = (activity.unit, *tags_of(activity.tags))
                except KeyError:
                    key = (activity.unit, *map(activity.tags.get, axes))
                if key in cells:
                    cells[key].append(activity.entry)
                else:
                    cells[key] = [activity.entry]
            elif activity.last < begins or activity.first > ends:  # type: ignore[operator]
                outside.append(activity.entry)
            else:
                slowly.append(activity)
        return cells, outside, slowly

    def _key(self, activity: Activity, row: Row) -> Key:
        return (row.unit, *(self._tag(activity, row, axis) for axis in self.axes))

    def _tag(self, activity: Activity, row: Row, axis: str) -> Any:
        if axis in self._derived:
            return self._derived[axis](activity)
        return row.tags.get(axis, activity.tags.get(axis))


# What is done once and again ------------------------------------------------------------------------------------------

_NOBODY: Mapping[str, tuple[Reason, Entry]] = MappingProxyType({})
_NO_IDS: frozenset[str] = frozenset()
_PERHAPS_REPEATED = Reason("repeat", "whether it repeats another is not known")


def _both(period: Period, assessed: Period | None) -> Period:
    """Give the days from the first of two periods to the last."""
    if assessed is None:
        return period
    return Period(min(period.first, assessed.first), max(period.last, assessed.last))


def _repeats(
    record: Record, period: Period, conventions: Conventions
) -> tuple[Mapping[str, tuple[Reason, Entry]], frozenset[str]]:
    """Give what repeats something larger in a period, and the ids of what may do so, since a fact of it is missing."""
    near = [
        activity
        for activity in record.activities
        if activity.first is None or activity.last is None or period.overlap(Period(activity.first, activity.last))
    ]
    repeated: dict[str, tuple[Reason, Entry]] = {}
    doubtful: set[str] = set()
    for axis in conventions.once:
        groups: dict[Any, list[Activity]] = {}
        blanks: list[Activity] = []
        for activity in near:
            tag = activity.tags.get(axis)
            if tag is UNKNOWN or (tag is None and conventions.every(axis)):
                blanks.append(activity)
            elif tag is not None:
                groups.setdefault((type(tag), tag), []).append(activity)
        if len(blanks) > 1 or groups:
            doubtful.update(one.id for one in blanks)
        largest_blank = max(map(_size, blanks), default=-1)
        for group in groups.values():
            known = sorted((one for one in group if one.amount is not None and one.first is not None), key=_largest)
            for one in known[1:]:
                why = f"a repeat of “{known[0].title or known[0].id}”, which counts once"
                repeated[one.id] = Reason("repeat", why), one.entry
            vague = [one for one in group if one.amount is None or one.first is None]
            if len(group) > 1 or blanks:
                doubtful.update(one.id for one in vague)
            if known and max([largest_blank, *map(_size, vague)]) >= _size(known[0]):
                doubtful.add(known[0].id)
    return repeated, frozenset(doubtful - set(repeated))


def _largest(activity: Activity) -> tuple[Fraction | float, date | None, str]:
    return -_size(activity), activity.first, activity.id


def _size(activity: Activity) -> Fraction | float:
    """Give how large an activity is, whatever its unit; one whose amount is not known may be of any size."""
    return inf if activity.amount is None else Fraction(activity.amount.grains, activity.amount.unit.grain)


# Rows -----------------------------------------------------------------------------------------------------------------


def _record(subject: object) -> Record:
    if isinstance(subject, Record):
        return subject
    raise RecordError(
        f"{shown(subject)} is no record whose activities could be counted",
        remedy="Assess a record(member, activities)",
        subject=subject,
    )


class Row(NamedTuple):
    """An activity, or a share of it, as far as it falls to a period."""

    unit: str | None
    tags: Any
    entry: Entry
    why: Reason | None = None
    most: int | None = None

    @property
    def most_of_all(self) -> int | None:
        """The most that it can amount to; None where nothing limits it."""
        return self.entry.amount if self.why is None else self.most


def rows_of(activity: Activity, period: Period, straddling: Straddling | None) -> Iterator[Row | tuple[Reason, Entry]]:
    """Give the rows of an activity that fall, or may fall, to a period, and apart from them what lies outside it."""
    unit = activity.unit
    for share in activity.shares or (None,):
        tags, amount = (share.tags, share.amount.grains) if share else (activity.tags, activity.entry.amount)
        entry = activity.entry._replace(amount=amount)
        first, last = activity.first, activity.last
        if first is None or last is None:
            yield Row(unit, tags, entry, Reason("date", "the date of it is not known"), amount)
            continue
        span = Period(first, last)
        outside = Reason("period", f"outside {period}")
        if span.overlap(period) is None:
            yield outside, entry
        elif first >= period.first and last <= period.last:
            yield Row(unit, tags, entry, None if amount is not None else _UNMEASURED)
        elif amount is None:
            yield _straddling_unmeasured(Row(unit, tags, entry), span, period, straddling) or (outside, entry)
        else:
            yield from _straddling(Row(unit, tags, entry), span, period, straddling, outside)


_UNMEASURED = Reason("amount", "the amount of it is not known")


def _straddling(
    row: Row, span: Period, period: Period, straddling: Straddling | None, outside: Reason
) -> Iterator[Row | tuple[Reason, Entry]]:
    amount = row.entry.amount or 0
    readings = {
        "by_first_day": amount if span.first in period else 0,
        "by_last_day": amount if span.last in period else 0,
        "by_day": by_day(amount, span, period),
    }
    part = max(readings.values()) if straddling is None else readings[straddling]  # at least one reading leaves it out
    if straddling is None and part:
        yield row._replace(why=_across(span, period), most=part)
        return
    if part:
        yield row._replace(entry=row.entry._replace(amount=part))
    if part < amount:
        yield outside, row.entry._replace(amount=amount - part)


def _straddling_unmeasured(row: Row, span: Period, period: Period, straddling: Straddling | None) -> Row | None:
    """Give the row of an activity whose amount is not known either; None where none of it can fall to the period."""
    if straddling is None:
        across = _across(span, period)
        return row._replace(why=Reason("straddling", f"{across.text}; nor is the amount known"))
    if straddling == "by_day" and span.last not in period:  # of the smallest amount, all falls to the last day
        return row._replace(why=Reason("straddling", f"{_UNMEASURED.text}, nor what of it falls to {period}"))
    counts = straddling == "by_day" or (span.first if straddling == "by_first_day" else span.last) in period
    return row._replace(why=_UNMEASURED) if counts else None


def _across(span: Period, period: Period) -> Reason:
    edge = f"how to count across the edge of {period} is not stated"
    return Reason("straddling", f"it runs from {as_date(span.first)} to {as_date(span.last)}, and {edge}")


def by_day(amount: int, whole: Period, period: Period) -> int:
    """Give the grains that fall to a period when an amount is spread evenly over days.

    The parts that fall to periods end to end always add up to the whole.

    >>> from cpdrules.periods import starting, year, days
    >>> from datetime import date
    >>> course = starting(date(2015, 12, 28), days(7))
    >>> by_day(36000, course, year(2015)), by_day(36000, course, year(2016))
    (20571, 15429)
    """
    shared = whole.overlap(period)
    if shared is None:
        return 0
    before, until = (shared.first - whole.first).days, (shared.last - whole.first).days + 1
    return amount * until // whole.days - amount * before // whole.days


def _left(outside: list[Entry], apart: list[tuple[Reason, Entry]], period: Period) -> tuple[Left, ...]:
    """Gather what does not fall to the period by the reason."""
    grouped: dict[Reason, list[Entry]] = {Reason("period", f"outside {period}"): outside} if outside else {}
    for why, entry in apart:
        grouped.setdefault(why, []).append(entry)
    return tuple([Left(why, _batch(entries)) for why, entries in grouped.items()])


def _batch(entries: list[Entry]) -> Batch:
    try:
        amount = sum(map(_amount, entries))
    except TypeError:  # an amount that is not known, of an activity outside the period
        amount = sum(entry.amount or 0 for entry in entries)
    return _new(Batch, (amount, tuple(entries)))


_amount: Callable[[Entry], int] = itemgetter(1)


def _getter(axes: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Iterable[Any]]:
    """Give what reads the tags of an activity on all of some axes, or raises KeyError where one is missing."""
    return itemgetter(*axes) if len(axes) > 1 else lambda tags: [tags[axis] for axis in axes]


#: Makes a named tuple without the detour over its ``__new__``: where one is made for every cell and clause, it counts.
_new = tuple.__new__
