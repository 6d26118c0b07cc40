"""By when a request for one's own data must be answered, and by when it must be told that this takes longer.

The days are counted by `access.clocks`. Last of all, and for the answer alone, the last day is moved on to a working
day where the rule does so. What is awaited gives no day, and what is not known gives bounds: a day is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias, TypeVar

from attrs import frozen

from cpdrules.errors import PeriodError
from cpdrules.periods import Period, as_date, days
from cpdrules.privacy.access.clocks import AccessReason, Reading, readings_of, unsettled
from cpdrules.privacy.access.law import UK_ACCESS_LAW, AccessRegime, in_force
from cpdrules.privacy.access.requests import AccessRequest

#: Whether a day is a working day where the controller is; holidays are the caller's.
WorkingDay: TypeAlias = Callable[[date], bool]

T = TypeVar("T")

_DAY = days(1)

#: How many days are looked at for a working day.
_LONGEST_HOLIDAY = 366


@frozen(kw_only=True)
class Deadline:
    """By when a request must be answered, and how that was counted."""

    regime: AccessRegime
    received: date
    #: The day from which the time is counted; None while something is awaited, or where it cannot be told.
    start: date | None
    #: The last day for the answer; None while something is awaited, or where it cannot be told.
    due: date | None
    #: No reading of what is not known makes it fall due before this day.
    earliest: date | None
    #: No reading makes it fall due after this day; None where nothing limits it.
    latest: date | None
    #: Where the first day counts as one of the period: the day on which it would fall due if it did not.
    due_if_exclusive_count: date | None = None
    #: The days on which the time stood still.
    pauses: tuple[Period, ...] = ()
    #: The last day for telling that it takes longer; None where the law knows no extension, or it cannot be told.
    tell_extension_by: date | None = None
    #: Whether the time was made longer; None where that cannot be told.
    extended: bool | None = False
    #: What the time waits for.
    awaited: tuple[str, ...] = ()
    #: What nobody recorded, or the law does not say, and would settle it.
    missing: tuple[str, ...] = ()
    #: How it was counted; where that cannot be told, the count that delays nothing, which `pauses` are of, too.
    reasons: tuple[AccessReason, ...] = ()

    @property
    def paused_days(self) -> int:
        """How many days the time stood still."""
        return sum(pause.days for pause in self.pauses)

    def __str__(self) -> str:
        first = f"{self._answer()}: under {self.regime}, as read on {as_date(self.regime.read)}"
        missing = (f"not known: {one}" for one in self.missing)
        return "\n".join([first, *(f"  {one}" for one in (*self.reasons, *missing))])

    def _answer(self) -> str:
        if self.due is not None:
            return f"Due by {as_date(self.due)}"
        if self.awaited:
            return f"No day yet, awaiting {' and '.join(self.awaited)}"
        bounds = (("not before", self.earliest), ("not after", self.latest))
        return f"Cannot tell: {' and '.join(f'{side} {as_date(day)}' for side, day in bounds if day)}"


def deadline(
    request: AccessRequest,
    law: AccessRegime | Iterable[AccessRegime] = UK_ACCESS_LAW,
    *,
    working_day: WorkingDay | None = None,
) -> Deadline:
    """Count by when a request must be answered, under the regime of the day on which it was received.

    >>> from cpdrules.privacy.access.requests import Asked
    >>> weekday = lambda day: day.weekday() < 5
    >>> unclear = Asked("clarification", date(2026, 6, 12), date(2026, 6, 16))
    >>> print(deadline(AccessRequest(date(2026, 6, 10), asked=(unclear,)), working_day=weekday).due)
    2026-07-15
    >>> found = deadline(AccessRequest(date(2026, 3, 3), asked=(Asked("identity", date(2026, 3, 4)),)))
    >>> found.due, found.awaited
    (None, ('identity asked for on 4 March 2026',))

    Raises:
        NoEditionError: no regime covers the day of receipt, or several do.
        PeriodError: a day lies outside the calendar, or no day of a year is a working day.
    """
    regime = in_force(law, request.received)
    readings = readings_of(request, regime)
    first, rolled = readings[0], [_rolled(reading.end, regime, working_day) for reading in readings]
    known = [day for day in rolled if day is not None]
    at_least = known or [reading.end for reading in readings if reading.end is not None]
    latest = max(known) if len(known) == len(rolled) else None
    earliest = min(at_least, default=None)
    due = earliest if earliest == latest else None
    unsure = unsettled(request, regime) if _differ(readings, rolled) else ()
    return Deadline(
        regime=regime,
        received=request.received,
        start=_agreed(reading.start for reading in readings),
        due=due,
        earliest=earliest,
        latest=latest,
        due_if_exclusive_count=_rolled(first.exclusive, regime, working_day) if due else None,
        pauses=first.pauses,
        tell_extension_by=_agreed(reading.tell_by for reading in readings),
        extended=_agreed(reading.extended for reading in readings),
        awaited=first.awaited,
        missing=(*unsure, *_unrolled(first.end, rolled[0])),
        reasons=(*first.reasons, *_rolling(first.end, rolled[0], regime)),
    )


def _differ(readings: tuple[Reading, ...], rolled: list[date | None]) -> bool:
    counted = zip(readings, rolled, strict=True)
    return len({(one.start, day or one.end, one.tell_by) for one, day in counted}) > 1


def _agreed(readings: Iterable[T | None]) -> T | None:
    """Give what all readings say; None where they differ."""
    found = set(readings)
    return found.pop() if len(found) == 1 else None


def _rolled(day: date | None, regime: AccessRegime, working_day: WorkingDay | None) -> date | None:
    """Move a day on to a working day where the rule does so; None where nobody can."""
    if day is None or not regime.rolls_to_working_day:
        return day
    if working_day is None:
        return None
    rolled = day
    for _ in range(_LONGEST_HOLIDAY):
        if working_day(rolled):
            return rolled
        rolled = _DAY.after(rolled)
    raise PeriodError(
        f"No day of the year that begins on {as_date(day)} is a working day",
        remedy="Give a function that is true of working days",
        day=day,
    )


def _unrolled(end: date | None, rolled: date | None) -> tuple[str, ...]:
    if end is None or rolled is not None:
        return ()
    return (f"whether {as_date(end)} is a working day, since no rule of working days was given",)


def _rolling(end: date | None, rolled: date | None, regime: AccessRegime) -> Iterator[AccessReason]:
    if end is not None and rolled is not None and rolled != end:
        says = f"{as_date(end)} is no working day, and {as_date(rolled)} is the next one."
        yield AccessReason(says, regime.source)
