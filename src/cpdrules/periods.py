"""Spans of days, years, cycles and rolling windows.

A period is inclusive: it holds its first day and its last. Month ends and leap days are never settled in silence:
whoever adds months or keeps an anniversary says which day to take when there is no such day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from cpdrules.errors import PeriodError, shown

#: Which day to take when a month has no such day (31 April, 29 February of a common year).
MissingDay: TypeAlias = Literal["last_day", "next_day"]

_DAY = timedelta(days=1)

#: How many days the calendar has: no length of time is longer.
_CALENDAR = (date.max - date.min).days + 1


@frozen(order=True)
class Period:
    """The days from ``first`` to ``last``, both included.

    >>> print(Period(date(2015, 12, 28), date(2016, 1, 3)))
    28 December 2015 to 3 January 2016

    Raises:
        PeriodError: the last day lies before the first, or one of them is no plain day.
    """

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        if type(self.first) is not date or type(self.last) is not date:
            raise PeriodError(
                f"A period goes from one day to another, not from {shown(self.first)} to {shown(self.last)}",
                why="Texts and times of day do not compare with days",
                remedy="Give two datetime.date values; a datetime has one in .date()",
                first=self.first,
                last=self.last,
            )
        if self.last < self.first:
            raise PeriodError(
                f"A period cannot end on {self.last} when it begins on {self.first}",
                remedy="Exchange the two days, or correct one of them",
                first=self.first,
                last=self.last,
            )

    @property
    def days(self) -> int:
        """How many days the period holds; a single day is 1."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlap(self, other: Period) -> Period | None:
        """Give the days that both periods hold, or None where they share none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def __str__(self) -> str:
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return (
                str(self.first.year) if self.first.year == self.last.year else f"{self.first.year} to {self.last.year}"
            )
        return as_date(self.first) if self.first == self.last else f"{as_date(self.first)} to {as_date(self.last)}"


@frozen
class Length:
    """A length of time as people agree on it: whole years, months and days.

    >>> print(Length(months=6), "|", Length(years=3, days=1))
    6 months | 3 years and 1 day

    Raises:
        PeriodError: a part is negative or no whole number, or all are nothing.
    """

    years: int = field(default=0, kw_only=True)
    months: int = field(default=0, kw_only=True)
    days: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        parts = (self.years, self.months, self.days)
        if not all(type(part) is int and 0 <= part <= _CALENDAR for part in parts) or not any(parts):
            raise PeriodError(
                "A length of time needs years, months or days, whole numbers of them and none negative",
                why=f"Given were {', '.join(map(shown, parts))}",
                remedy="Write for example months(6)",
                parts=parts,
            )

    def after(self, day: date, *, missing: MissingDay = "last_day") -> date:
        """Give the day that lies this long after another.

        ``missing`` says which day to take when the month has no such day: its last, or the first of the next.

        >>> months(1).after(date(2016, 1, 31)), months(1).after(date(2016, 1, 31), missing="next_day")
        (datetime.date(2016, 2, 29), datetime.date(2016, 3, 1))

        Raises:
            PeriodError: that day lies outside the calendar (years 1 to 9999).
        """
        return _shifted(day, self, 1, missing)

    def before(self, day: date, *, missing: MissingDay = "last_day") -> date:
        """Give the day that lies this long before another; see ``after``."""
        return _shifted(day, self, -1, missing)

    def covers(self, period: Period) -> bool:
        """Tell whether a period is no longer than this: six months from 1 January reach to 30 June.

        >>> months(6).covers(Period(date(2015, 1, 1), date(2015, 6, 30)))
        True
        >>> months(6).covers(Period(date(2015, 1, 1), date(2015, 7, 1)))
        False
        """
        return period.last <= self._last_from(period.first)

    def reached_by(self, period: Period) -> bool:
        """Tell whether a period is at least as long as this.

        >>> months(6).reached_by(Period(date(2015, 1, 1), date(2015, 6, 30)))
        True
        >>> months(6).reached_by(Period(date(2015, 1, 1), date(2015, 6, 29)))
        False
        """
        return period.last >= self._last_from(period.first)

    def _last_from(self, first: date) -> date:
        try:
            return self.after(first) - _DAY
        except PeriodError:
            return date.max  # the calendar ends before so long a time does

    def __str__(self) -> str:
        named = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        return " and ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in named if number)


def years(number: int) -> Length:
    """So many years."""
    return Length(years=number)


def months(number: int) -> Length:
    """So many months."""
    return Length(months=number)


def days(number: int) -> Length:
    """So many days."""
    return Length(days=number)


def year(number: int) -> Period:
    """The calendar year of that number.

    >>> year(2016).days
    366

    Raises:
        PeriodError: the calendar has no such year.
    """
    try:
        return Period(date(number, 1, 1), date(number, 12, 31))
    except (ValueError, TypeError, OverflowError):
        raise PeriodError(
            f"There is no calendar year {shown(number)}", remedy="Give a whole number from 1 to 9999", year=number
        ) from None


def starting(day: date, length: Length, *, missing: MissingDay = "last_day") -> Period:
    """The period of a length that begins on a day.

    >>> print(starting(date(2014, 11, 1), years(1)))
    1 November 2014 to 31 October 2015
    """
    return Period(day, length.after(day, missing=missing) - _DAY)


def ending(day: date, length: Length, *, missing: MissingDay = "last_day") -> Period:
    """The period of a length that ends on a day: a rolling window.

    >>> print(ending(date(2016, 2, 29), years(3)))
    1 March 2013 to 29 February 2016
    """
    return Period(length.before(day + _DAY, missing=missing), day)


def record_year(review_year: int, *, offset: int = 1) -> Period:
    """The calendar year whose records a review year looks at: by default the year before.

    >>> print(record_year(2017))
    2016
    """
    return year(review_year - offset)


def membership_year(joined: date, number: int, *, leap_day: MissingDay = "last_day") -> Period:
    """The year of membership that begins in a calendar year, on the anniversary of joining.

    ``leap_day`` says when the anniversary of 29 February falls in a common year: on the ``last_day`` of February,
    or on the ``next_day``.

    >>> print(membership_year(date(2012, 2, 29), 2015))
    28 February 2015 to 28 February 2016
    >>> print(membership_year(date(2012, 2, 29), 2015, leap_day="next_day"))
    1 March 2015 to 28 February 2016

    Raises:
        PeriodError: the year lies before the year of joining, or outside the calendar.
    """
    passed = year(number).first.year - joined.year
    if passed < 0:
        raise PeriodError(
            f"Who joined on {as_date(joined)} had no membership year in {number}",
            remedy="Ask for the year of joining or a later one",
            joined=joined,
            number=number,
        )
    begins = years(passed).after(joined, missing=leap_day) if passed else joined
    return Period(begins, years(passed + 1).after(joined, missing=leap_day) - _DAY)


def cycles(first: date, length: Length, *, until: date, missing: MissingDay = "last_day") -> tuple[Period, ...]:
    """Periods of one length, end to end from a day, up to the one that holds ``until``.

    Each begins a whole number of lengths after the first day, so that a month end is clipped once and never drifts.

    >>> [str(cycle) for cycle in cycles(date(2013, 1, 1), years(3), until=date(2018, 6, 1))]
    ['2013 to 2015', '2016 to 2018']
    """
    found: list[Period] = []
    begins = first
    while begins <= until:
        number = len(found) + 1
        times = Length(years=length.years * number, months=length.months * number, days=length.days * number)
        after = times.after(first, missing=missing)
        found.append(Period(begins, after - _DAY))
        begins = after
    return tuple(found)


def joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Merge periods that overlap or touch; the result is in order and apart by at least a day.

    >>> [str(span) for span in joined([year(2016), year(2015), year(2018)])]
    ['2015 to 2016', '2018']
    """
    merged: list[Period] = []
    for period in sorted(periods):
        if merged and (merged[-1].last == date.max or period.first <= merged[-1].last + _DAY):
            merged[-1] = Period(merged[-1].first, max(merged[-1].last, period.last))
        else:
            merged.append(period)
    return tuple(merged)


def without(periods: Iterable[Period], taken: Iterable[Period]) -> tuple[Period, ...]:
    """Give the days of some periods that lie in none of the others.

    >>> [str(span) for span in without([year(2015)], [Period(date(2015, 3, 1), date(2015, 12, 31))])]
    ['1 January 2015 to 28 February 2015']
    """
    left = list(joined(periods))
    for gone in joined(taken):
        left = [piece for period in left for piece in _cut(period, gone)]
    return tuple(left)


def common(periods: Iterable[Period], others: Iterable[Period]) -> tuple[Period, ...]:
    """Give the days that lie in one of the periods and in one of the others."""
    others = joined(others)
    return tuple(both for period in joined(periods) for other in others if (both := period.overlap(other)))


def stretches(period: Period, length: Length) -> tuple[Period, ...]:
    """Cut a period into stretches of a length, counted from its first day; the last may be shorter.

    >>> [str(one) for one in stretches(Period(date(2015, 1, 1), date(2016, 6, 30)), years(1))]
    ['2015', '1 January 2016 to 30 June 2016']

    Raises:
        PeriodError: there would be more than a thousand.
    """
    longest = Length(years=1000 * length.years, months=1000 * length.months, days=min(1000 * length.days, _CALENDAR))
    if not longest.covers(period):
        raise PeriodError(
            f"{period} has more than a thousand stretches of {length}",
            remedy="Assess over a shorter period, or look at longer stretches",
            period=period,
            length=length,
        )
    found = cycles(period.first, length, until=period.last)
    return (*found[:-1], Period(found[-1].first, min(found[-1].last, period.last)))


def pieces(period: Period, begins: Iterable[date]) -> tuple[Period, ...]:
    """Cut a period before each of some of its days.

    >>> [str(one) for one in pieces(year(2015), [date(2015, 7, 1)])]
    ['1 January 2015 to 30 June 2015', '1 July 2015 to 31 December 2015']
    """
    firsts = [period.first, *sorted({day for day in begins if period.first < day <= period.last})]
    lasts = [*(day - _DAY for day in firsts[1:]), period.last]
    return tuple(Period(first, last) for first, last in zip(firsts, lasts, strict=True))


def preceding(period: Period, number: int = 1) -> Period:
    """Give the period of the same length that lies so many before: last year, the cycle before.

    A period of whole months is preceded by as many months, any other by as many days.

    >>> print(preceding(year(2016)), "|", preceding(Period(date(2022, 5, 1), date(2025, 4, 30)), 2))
    2015 | 1 May 2016 to 30 April 2019

    Raises:
        PeriodError: it lies outside the calendar.
    """
    length = _length_of(period)
    far = Length(years=0, months=length.months * number, days=length.days * number)
    begins = far.before(period.first)
    return Period(begins, length.after(begins) - _DAY)


def _length_of(period: Period) -> Length:
    """Give the whole months of a period, or else its days."""
    number = 12 * (period.last.year - period.first.year) + period.last.month - period.first.month
    for whole in (number, number + 1):
        if whole and Length(months=whole)._last_from(period.first) == period.last:  # noqa: SLF001 - of its own kind
            return Length(months=whole)
    return Length(days=period.days)


def months_of(period: Period) -> tuple[Period, ...]:
    """Cut a period into months counted from its first day; the last may be shorter.

    >>> print(len(months_of(year(2015))), "|", months_of(starting(date(2015, 1, 31), months(2)))[0])
    12 | 31 January 2015 to 27 February 2015
    """
    found = cycles(period.first, months(1), until=period.last)
    return (*found[:-1], Period(found[-1].first, min(found[-1].last, period.last)))


def as_date(day: date) -> str:
    """Write a day as people do.

    >>> as_date(date(2015, 3, 1))
    '1 March 2015'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _cut(period: Period, gone: Period) -> Iterator[Period]:
    if period.first < gone.first:
        yield Period(period.first, min(period.last, gone.first - _DAY))
    if period.last > gone.last:
        yield Period(max(period.first, gone.last + _DAY), period.last)


def _shifted(day: date, length: Length, sign: int, missing: MissingDay) -> date:
    if missing not in ("last_day", "next_day"):
        raise PeriodError(
            f"{missing!r} does not say which day to take when a month has no such day",
            remedy="Say last_day or next_day",
            missing=missing,
        )
    try:
        shift = relativedelta(years=sign * length.years, months=sign * length.months)
        landed = day + shift
        if landed.day < day.day and missing == "next_day":
            landed += _DAY
        return landed + timedelta(days=sign * length.days)
    except (OverflowError, ValueError):
        raise PeriodError(
            f"{length} {'after' if sign > 0 else 'before'} {as_date(day)} lies outside the calendar",
            remedy="Use days from year 1 to year 9999",
            day=day,
            length=length,
        ) from None
