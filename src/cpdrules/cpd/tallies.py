"""One pass over a record: rows fall into cells by the tags that a policy asks about, and its measures read the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from attrs import frozen

from cpdrules.cpd.activities import UNKNOWN, Activity, Axis
from cpdrules.cpd.members import Record
from cpdrules.errors import PolicyError
from cpdrules.findings import Batch, Entry, Left, Reason
from cpdrules.periods import Period, as_date
from cpdrules.policies import Case

#: Which part of an activity that crosses the edge of a period counts: all of it by the day it begins or ends, or day by day.
Straddling: TypeAlias = Literal["by_first_day", "by_last_day", "by_day"]


@frozen
class Conventions:
    """How a scheme reads records: its axes, and what counts of an activity that crosses the edge of a period.

    Where the text does not say how to count across an edge, ``straddling`` is None: the finding then bounds what counts
    by the readings that there are.
    """

    axes: tuple[Axis, ...] = ()
    straddling: Straddling | None = None

    def every(self, axis: str) -> bool:
        """Whether every activity has a tag on this axis, so that silence is a missing fact."""
        return all(known.every for known in self.axes if known.name == axis)


#: What the rows of a cell have in common: their unit, and a tag on each axis asked about (None: untagged).
Key: TypeAlias = tuple[Any, ...]


class Loose(NamedTuple):
    """A row of which it is not known whether, or how much, it falls to the period."""

    key: Key
    why: Reason
    least: int
    most: int | None
    entry: Entry


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

    def cells(self, case: Case, period: Period | None, straddling: Straddling | None) -> Cells:
        """Sort a record for a period, once.

        Raises:
            PolicyError: no period was given.
        """
        latest = case.memo.get(straddling)
        if latest is not None and latest[0] is period:
            return latest[1]  # type: ignore[no-any-return]
        if period is None:
            raise PolicyError(
                "A clause counts activities, and no period was given",
                why="A policy is never assessed against today",
                remedy="Say which period: policy.assess(record, period=year(2015))",
            )
        found: Cells | None = case.memo.get((period, straddling))
        if found is None:
            found = case.memo[period, straddling] = self._sorted(case.subject, period, straddling)
        case.memo[straddling] = period, found
        return found

    def _sorted(self, record: Record, period: Period, straddling: Straddling | None) -> Cells:
        begins, ends, axes = period.first, period.last, tuple(self.axes)
        quick = not self._derived
        cells: dict[Key, list[Entry]] = {}
        loose: list[Loose] = []
        outside: list[tuple[Reason, Entry]] = []
        for activity in record.activities:
            if activity.plain and activity.first >= begins and activity.last <= ends and quick:  # type: ignore[operator]
                key = (activity.unit, *map(activity.tags.get, axes))
                if key in cells:
                    cells[key].append(activity.entry)
                else:
                    cells[key] = [activity.entry]
                continue
            for row in rows_of(activity, period, straddling):
                if isinstance(row, Row):
                    key = (row.unit, *(self._tag(activity, row, axis) for axis in axes))
                    if row.why is None:
                        cells.setdefault(key, []).append(row.entry)
                    else:
                        loose.append(Loose(key, row.why, row.least, row.most, row.entry))
                else:
                    outside.append(row)
        settled = {
            key: Batch(sum([entry.amount for entry in entries]), tuple(entries))  # type: ignore[misc]
            for key, entries in cells.items()
        }
        return Cells(settled, tuple(loose), _gathered(outside) if outside else ())

    def _tag(self, activity: Activity, row: Row, axis: str) -> Any:
        if axis in self._derived:
            return self._derived[axis](activity)
        return row.tags.get(axis, activity.tags.get(axis))


class Row(NamedTuple):
    """An activity, or a share of it, as far as it falls to a period."""

    unit: str | None
    tags: Any
    entry: Entry
    why: Reason | None = None
    least: int = 0
    most: int | None = None


def rows_of(
    activity: Activity, period: Period, straddling: Straddling | None
) -> Iterator[Row | tuple[Reason, Entry]]:
    """Give the rows of an activity that fall, or may fall, to a period, and apart from them what lies outside it."""
    unit = activity.unit
    for share in activity.shares or (None,):
        tags, amount = (share.tags, share.amount.grains) if share else (activity.tags, activity.entry.amount)
        entry = activity.entry._replace(amount=amount)
        first, last = activity.first, activity.last
        if first is None or last is None:
            yield Row(unit, tags, entry, Reason("date", "the date is not known"), 0, amount)
            continue
        within = Period(first, last).overlap(period)
        outside = Reason("period", f"outside {period}")
        if within is None:
            yield outside, entry
        elif amount is None:
            yield Row(unit, tags, entry, Reason("amount", "the amount is not known"))
        elif first >= period.first and last <= period.last:
            yield Row(unit, tags, entry)
        else:
            yield from _straddling(Row(unit, tags, entry), activity, period, straddling, outside)


def _straddling(
    row: Row, activity: Activity, period: Period, straddling: Straddling | None, outside: Reason
) -> Iterator[Row | tuple[Reason, Entry]]:
    first, last, amount = activity.first, activity.last, row.entry.amount
    assert first is not None and last is not None and amount is not None
    readings = {
        "by_first_day": amount if first in period else 0,
        "by_last_day": amount if last in period else 0,
        "by_day": by_day(amount, Period(first, last), period),
    }
    if straddling is None:
        least, most = min(readings.values()), max(readings.values())
        why = f"it runs from {as_date(first)} to {as_date(last)}, and how to count across the edge of {period} is not stated"
        yield row._replace(why=Reason("straddling", why), least=least, most=most)
        return
    part = readings[straddling]
    if part:
        yield row._replace(entry=row.entry._replace(amount=part))
    if part < amount:
        yield outside, row.entry._replace(amount=amount - part)


def by_day(amount: int, whole: Period, period: Period) -> int:
    """Give the grains that fall to a period when an amount is spread evenly over days.

    The parts that fall to periods end to end always add up to the whole.

    >>> from cpdrules.periods import starting, year, days
    >>> from datetime import date
    >>> course = starting(date(2015, 12, 28), days(7))
    >>> by_day(36000, course, year(2015)), by_day(36000, course, year(2016))
    (20571, 15429)
    """
    before = (max(period.first, whole.first) - whole.first).days
    until = (min(period.last, whole.last) - whole.first).days + 1
    return amount * until // whole.days - amount * before // whole.days


def _gathered(outside: list[tuple[Reason, Entry]]) -> tuple[Left, ...]:
    grouped: dict[Reason, list[Entry]] = {}
    for why, entry in outside:
        grouped.setdefault(why, []).append(entry)
    return tuple(
        Left(why, Batch(sum(entry.amount or 0 for entry in entries), tuple(entries))) for why, entries in grouped.items()
    )
