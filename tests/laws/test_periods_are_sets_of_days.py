"""Periods are sets of days: what is joined, cut or counted of them is what counting single days gives."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Period
from cpdrules.periods import (
    Length,
    common,
    cycles,
    ending,
    joined,
    membership_year,
    months_of,
    starting,
    without,
)
from tests import model
from tests.strategies import periods

short = periods(first=date(2030, 1, 1), longest=90)
several = st.lists(short, max_size=5)
missing = st.sampled_from(("last_day", "next_day"))
lengths = st.builds(Length, years=st.integers(0, 3), months=st.integers(0, 30), days=st.integers(1, 40))
month_lengths = st.integers(1, 40).map(lambda number: Length(months=number))
DAY = timedelta(days=1)


def days(spans: object) -> set[date]:
    """Give every day of some periods."""
    found: set[date] = set()
    for span in spans:  # type: ignore[attr-defined]
        found |= model.days_of(span.first, span.last)
    return found


class TestPeriodsAreSetsOfDays:
    @given(several)
    def test_joined(self, spans: list[Period]) -> None:
        """Merging loses and adds no day, and leaves at least one day between any two periods."""
        found = joined(spans)
        assert days(found) == days(spans)
        assert all(one.last + DAY < other.first for one, other in pairwise(found))

    @given(several, several)
    def test_without_and_common(self, spans: list[Period], others: list[Period]) -> None:
        """What is taken away and what is shared make up the first, and no day is in both."""
        assert days(without(spans, others)) == days(spans) - days(others)
        assert days(common(spans, others)) == days(spans) & days(others)
        for found in (without(spans, others), common(spans, others)):
            assert list(found) == sorted(found)
            assert sum(span.days for span in found) == len(days(found))

    @given(short, short)
    def test_overlap(self, one: Period, other: Period) -> None:
        """Two periods share the days that are in both."""
        shared = one.overlap(other)
        assert days([shared] if shared else []) == days([one]) & days([other])
        assert other.overlap(one) == shared
        assert [day in one for day in sorted(days([one, other]))] == [
            day in days([one]) for day in sorted(days([one, other]))
        ]


class TestLengths:
    @given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), lengths)
    def test_after_clips_to_the_end_of_a_month(self, day: date, length: Length) -> None:
        """A day so long after is found by counting months, and clipped to a month that is too short."""
        assert length.after(day) == model.add(day, length, 1)
        assert length.before(day) == model.add(day, length, -1)

    @given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), month_lengths)
    def test_the_two_ways_with_a_missing_day_differ_by_one(self, day: date, length: Length) -> None:
        """The next day is taken where there is no such day, and only there."""
        clipped, pushed = length.after(day), length.after(day, missing="next_day")
        assert pushed - clipped == (DAY if clipped.day < day.day else timedelta())
        clipped, pushed = length.before(day), length.before(day, missing="next_day")
        assert pushed - clipped == (DAY if clipped.day < day.day else timedelta())

    @given(periods(longest=900), lengths)
    def test_a_period_is_shorter_longer_or_as_long(self, period: Period, length: Length) -> None:
        """A period is covered by a length, reaches it, or both: then it is just as long, and ends with it."""
        exactly = starting(period.first, length)
        assert length.covers(period) == (period.last <= exactly.last)
        assert length.reached_by(period) == (period.last >= exactly.last)
        assert length.covers(exactly) and length.reached_by(exactly)
        assert not length.covers(Period(period.first, exactly.last + DAY))


class TestTiles:
    @given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), month_lengths, st.integers(0, 2000), missing)
    def test_cycles_lie_end_to_end(self, first: date, length: Length, more: int, way: object) -> None:
        """Cycles begin with the first day, leave no day out, hold the last one asked for, and never drift."""
        until = first + timedelta(days=more)
        found = cycles(first, length, until=until, missing=way)  # type: ignore[arg-type]
        assert found[0].first == first
        assert until in found[-1]
        assert all(one.last + DAY == other.first for one, other in pairwise(found))
        for number, one in enumerate(found):
            assert one.first.day == first.day or (
                one.first.day == 1 if way == "next_day" else one.first.day < first.day
            )
            assert model.add(first, length, number) in {one.first, one.first - DAY}

    @given(periods(longest=700))
    def test_months_fill_a_period(self, period: Period) -> None:
        """A period is cut into whole months from its first day, and a last one that may be shorter."""
        found = months_of(period)
        assert days(found) == days([period])
        assert [days([month]) for month in found] == model.months_in(period)

    @given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(0, 30), missing)
    def test_membership_years_lie_end_to_end(self, joining: date, passed: int, way: object) -> None:
        """One membership year ends the day before the next begins, leap days or not; all hold an anniversary."""
        one, other = (
            membership_year(joining, joining.year + number, leap_day=way)  # type: ignore[arg-type]
            for number in (passed, passed + 1)
        )
        assert one.last + DAY == other.first
        assert 365 <= one.days <= 366
        assert one.first.year == joining.year + passed

    @given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), month_lengths)
    def test_a_window_ends_where_it_should(self, day: date, length: Length) -> None:
        """A rolling window ends with its day, and begins so long before the day after."""
        window = ending(day, length)
        assert window.last == day
        assert window.first == model.add(day + DAY, length, -1)
