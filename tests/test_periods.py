"""Spans of days, years, cycles and rolling windows; that they are sets of days is a law, in tests/laws."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cpdrules import Period, year
from cpdrules.errors import PeriodError
from cpdrules.periods import (
    Length,
    as_date,
    common,
    cycles,
    days,
    ending,
    joined,
    membership_year,
    months,
    months_of,
    pieces,
    preceding,
    record_year,
    starting,
    stretches,
    without,
    years,
)

LEAP = date(2012, 2, 29)


class TestPeriod:
    def test_holds_its_first_day_and_its_last(self) -> None:
        """A period is inclusive; a single day is one."""
        week = Period(date(2015, 12, 28), date(2016, 1, 3))
        assert week.days == 7
        assert date(2015, 12, 28) in week
        assert date(2016, 1, 3) in week
        assert date(2015, 12, 27) not in week
        assert date(2016, 1, 4) not in week
        assert Period(LEAP, LEAP).days == 1

    def test_shares_days_with_another(self) -> None:
        """Two periods that touch share the day on which they do; two that only follow one another share none."""
        one, other = Period(date(2015, 1, 1), date(2015, 6, 1)), Period(date(2015, 6, 1), date(2015, 12, 31))
        assert one.overlap(other) == Period(date(2015, 6, 1), date(2015, 6, 1))
        assert one.overlap(year(2016)) is None
        assert year(2015).overlap(one) == one

    @pytest.mark.parametrize(
        ("period", "text"),
        [
            (year(2015), "2015"),
            (Period(date(2013, 1, 1), date(2015, 12, 31)), "2013 to 2015"),
            (Period(date(2014, 11, 1), date(2015, 10, 31)), "1 November 2014 to 31 October 2015"),
            (Period(LEAP, LEAP), "29 February 2012"),
            (Period(date(2015, 1, 1), date(2015, 12, 30)), "1 January 2015 to 30 December 2015"),
            (Period(date(2015, 1, 2), date(2015, 12, 31)), "2 January 2015 to 31 December 2015"),
        ],
    )
    def test_words(self, period: Period, text: str) -> None:
        """Whole calendar years are named by their number, everything else by its days."""
        assert str(period) == text

    def test_cannot_end_before_it_begins(self) -> None:
        """The two days are shown, and the likeliest mend."""
        with pytest.raises(PeriodError, match=r"cannot end on 2015-01-01 when it begins on 2015-01-02\.") as caught:
            Period(date(2015, 1, 2), date(2015, 1, 1))
        assert caught.value.data == {"first": date(2015, 1, 2), "last": date(2015, 1, 1)}

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            ("2015-01-01", "2015-12-31"),
            (date(2015, 1, 1), datetime(2015, 12, 31, tzinfo=UTC)),
            (None, date(2015, 1, 1)),
            (2015, 2016),
        ],
    )
    def test_is_made_of_plain_days(self, first: Any, last: Any) -> None:
        """Texts compare like days until they do not, and times of day never do."""
        with pytest.raises(PeriodError, match=r"goes from one day to another, not from .* to .*\.date\(\)"):
            Period(first, last)

    def test_is_ordered_by_its_days(self) -> None:
        """Periods sort by their first day, then by their last."""
        some = [year(2016), Period(date(2015, 1, 1), date(2016, 1, 1)), year(2015)]
        assert sorted(some) == [year(2015), some[1], year(2016)]


class TestLength:
    @pytest.mark.parametrize(
        ("length", "text"),
        [
            (months(6), "6 months"),
            (years(1), "1 year"),
            (days(1), "1 day"),
            (Length(years=2, months=1, days=3), "2 years and 1 month and 3 days"),
        ],
    )
    def test_words(self, length: Length, text: str) -> None:
        """A length is named in years, months and days, as far as it has any."""
        assert str(length) == text

    @pytest.mark.parametrize(
        "parts",
        [{}, {"months": 0}, {"months": -1}, {"years": 1, "days": -1}, {"days": 1.5}, {"months": "6"}, {"years": True},
         {"days": 3_652_060}],
    )  # fmt: skip
    def test_is_whole_and_something(self, parts: Any) -> None:
        """No length is nothing, negative, a part of a day, or longer than the calendar."""
        with pytest.raises(PeriodError, match="needs years, months or days, whole numbers of them and none") as caught:
            Length(**parts)
        assert caught.value.data["parts"] == tuple(parts.get(name, 0) for name in ("years", "months", "days"))
        assert caught.value.why.startswith("Given were ")

    @pytest.mark.parametrize(
        ("day", "length", "last_day", "next_day"),
        [
            (date(2016, 1, 31), months(1), date(2016, 2, 29), date(2016, 3, 1)),
            (date(2015, 1, 31), months(1), date(2015, 2, 28), date(2015, 3, 1)),
            (date(2015, 1, 30), months(1), date(2015, 2, 28), date(2015, 3, 1)),
            (date(2015, 1, 28), months(1), date(2015, 2, 28), date(2015, 2, 28)),
            (LEAP, years(1), date(2013, 2, 28), date(2013, 3, 1)),
            (LEAP, years(4), date(2016, 2, 29), date(2016, 2, 29)),
            (date(2015, 8, 31), months(6), date(2016, 2, 29), date(2016, 3, 1)),
            (date(2015, 1, 31), Length(months=1, days=1), date(2015, 3, 1), date(2015, 3, 2)),
            (date(2015, 12, 31), days(1), date(2016, 1, 1), date(2016, 1, 1)),
        ],
    )
    def test_after(self, day: date, length: Length, last_day: date, next_day: date) -> None:
        """Where a month has no such day, its last is taken, or the first of the next: the caller says which."""
        assert length.after(day) == length.after(day, missing="last_day") == last_day
        assert length.after(day, missing="next_day") == next_day

    @pytest.mark.parametrize(
        ("day", "length", "last_day", "next_day"),
        [
            (date(2016, 3, 31), months(1), date(2016, 2, 29), date(2016, 3, 1)),
            (date(2015, 3, 1), years(3), date(2012, 3, 1), date(2012, 3, 1)),
            (LEAP, years(1), date(2011, 2, 28), date(2011, 3, 1)),
            (date(2016, 1, 1), days(1), date(2015, 12, 31), date(2015, 12, 31)),
        ],
    )
    def test_before(self, day: date, length: Length, last_day: date, next_day: date) -> None:
        """What holds after a day holds before one."""
        assert length.before(day) == last_day
        assert length.before(day, missing="next_day") == next_day

    @pytest.mark.parametrize(
        ("act", "said"),
        [
            (lambda: years(1).after(date.max), "1 year after 31 December 9999 lies outside the calendar"),
            (lambda: days(1).after(date.max), "1 day after 31 December 9999 lies outside"),
            (lambda: years(2016).before(date(2016, 1, 1)), "2016 years before 1 January 2016 lies outside"),
            (lambda: years(3_000_000).after(date(2016, 1, 1)), "3000000 years after 1 January 2016 lies outside"),
            (lambda: days(3_652_059).after(date(2016, 1, 1)), "3652059 days after"),
        ],
    )
    def test_ends_with_the_calendar(self, act: Any, said: str) -> None:
        """No day lies outside the years 1 to 9999."""
        with pytest.raises(PeriodError, match=said) as caught:
            act()
        assert set(caught.value.data) == {"day", "length"}

    def test_wants_a_missing_day_named(self) -> None:
        """There are two ways to deal with 31 April, and no third."""
        with pytest.raises(PeriodError, match="'first_day' does not say which day to take") as caught:
            months(1).after(LEAP, missing="first_day")  # type: ignore[arg-type]
        assert caught.value.remedy == "Say last_day or next_day"

    @pytest.mark.parametrize(
        ("first", "last", "covered", "reached"),
        [
            (date(2015, 1, 1), date(2015, 6, 29), True, False),
            (date(2015, 1, 1), date(2015, 6, 30), True, True),
            (date(2015, 1, 1), date(2015, 7, 1), False, True),
            (date(2015, 8, 31), date(2016, 2, 28), True, True),
            (date(2015, 8, 31), date(2016, 2, 29), False, True),
            (date(2015, 3, 1), date(2015, 8, 31), True, True),
            (date(9999, 9, 1), date(9999, 12, 30), True, False),
            (date(9999, 9, 1), date.max, True, True),
            (date(2015, 1, 1), date.max, False, True),
        ],
    )
    def test_against_a_period(self, first: date, last: date, covered: bool, reached: bool) -> None:
        """R13: six months are not more than six months, and a day more is; what never ends is as long as may be."""
        assert months(6).covers(Period(first, last)) is covered
        assert months(6).reached_by(Period(first, last)) is reached


class TestYears:
    @pytest.mark.parametrize("number", [0, 10000, -1, "2015", 2015.0, None, pytest.param(10**5000, id="very long")])
    def test_are_those_of_the_calendar(self, number: Any) -> None:
        """A year that is none is shown, however it was given."""
        with pytest.raises(PeriodError, match="There is no calendar year ") as caught:
            year(number)
        assert caught.value.data == {"year": number}

    def test_have_their_days(self) -> None:
        """A leap year has 366."""
        assert (year(2015).days, year(2016).days) == (365, 366)
        assert year(1).first == date.min
        assert year(9999).last == date.max

    @pytest.mark.parametrize(
        ("review", "offset", "recorded"), [(2014, 1, 2013), (2022, 1, 2021), (2022, 0, 2022), (2015, 3, 2012)]
    )
    def test_of_record_and_of_review(self, review: int, offset: int, recorded: int) -> None:
        """R3: a review looks at the records of the year before, or of as many years before as a scheme says."""
        assert record_year(review, offset=offset) == year(recorded)

    def test_starting_and_ending(self) -> None:
        """A period begins on its day, or ends on it."""
        assert starting(date(2014, 11, 1), years(1)) == Period(date(2014, 11, 1), date(2015, 10, 31))
        assert starting(LEAP, years(1)) == Period(LEAP, date(2013, 2, 27))
        assert starting(LEAP, years(1), missing="next_day") == Period(LEAP, date(2013, 2, 28))
        assert ending(date(2016, 2, 29), years(3)) == Period(date(2013, 3, 1), date(2016, 2, 29))
        assert ending(date(2015, 8, 30), months(6)) == Period(date(2015, 2, 28), date(2015, 8, 30))
        assert ending(date(2015, 8, 30), months(6), missing="next_day").first == date(2015, 3, 1)


class TestMembershipYear:
    def test_begins_on_the_anniversary(self) -> None:
        """The first begins on joining; later ones on its day."""
        assert membership_year(date(2012, 5, 10), 2012) == Period(date(2012, 5, 10), date(2013, 5, 9))
        assert membership_year(date(2012, 5, 10), 2015) == Period(date(2015, 5, 10), date(2016, 5, 9))

    @pytest.mark.parametrize(
        ("number", "way", "first", "last"),
        [
            (2012, "last_day", LEAP, date(2013, 2, 27)),
            (2012, "next_day", LEAP, date(2013, 2, 28)),
            (2015, "last_day", date(2015, 2, 28), date(2016, 2, 28)),
            (2015, "next_day", date(2015, 3, 1), date(2016, 2, 28)),
            (2016, "last_day", date(2016, 2, 29), date(2017, 2, 27)),
            (2016, "next_day", date(2016, 2, 29), date(2017, 2, 28)),
        ],
    )
    def test_of_one_who_joined_on_a_leap_day(self, number: int, way: Any, first: date, last: date) -> None:
        """The anniversary of 29 February falls where the caller says, and on itself in leap years."""
        assert membership_year(LEAP, number, leap_day=way) == Period(first, last)

    def test_is_none_before_joining(self) -> None:
        """Nobody has a membership year before the year in which they joined."""
        with pytest.raises(PeriodError, match=r"Who joined on 29 February 2012 had no .* in 2011") as caught:
            membership_year(LEAP, 2011)
        assert caught.value.data == {"joined": LEAP, "number": 2011}
        with pytest.raises(PeriodError, match="There is no calendar year '2015'"):
            membership_year(LEAP, "2015")  # type: ignore[arg-type]


class TestCycles:
    def test_lie_end_to_end(self) -> None:
        """Each is of the length asked for, and the last holds the day up to which they were asked for."""
        found = cycles(date(2013, 1, 1), years(3), until=date(2018, 12, 31))
        assert [str(one) for one in found] == ["2013 to 2015", "2016 to 2018"]
        assert len(cycles(date(2013, 1, 1), years(3), until=date(2019, 1, 1))) == 3
        assert cycles(date(2013, 1, 1), years(3), until=date(2012, 12, 31)) == ()

    def test_do_not_drift_from_the_end_of_a_month(self) -> None:
        """From 31 January a month at a time: clipped where it must be, and only there."""
        found = cycles(date(2015, 1, 31), months(1), until=date(2015, 5, 1))
        assert [one.first for one in found] == [
            date(2015, 1, 31),
            date(2015, 2, 28),
            date(2015, 3, 31),
            date(2015, 4, 30),
        ]
        pushed = cycles(date(2015, 1, 31), months(1), until=date(2015, 3, 2), missing="next_day")
        assert [one.first for one in pushed] == [date(2015, 1, 31), date(2015, 3, 1)]
        mixed = cycles(date(2015, 1, 1), Length(years=1, months=1, days=1), until=date(2017, 3, 2))
        assert [one.first for one in mixed] == [date(2015, 1, 1), date(2016, 2, 2)]

    def test_months_of_a_period(self) -> None:
        """A period of whole months has so many; the rest of one is the last, shorter."""
        assert len(months_of(year(2015))) == 12
        last = months_of(Period(date(2015, 1, 15), date(2015, 3, 1)))
        assert [(one.first, one.last) for one in last] == [
            (date(2015, 1, 15), date(2015, 2, 14)),
            (date(2015, 2, 15), date(2015, 3, 1)),
        ]
        assert months_of(Period(LEAP, LEAP)) == (Period(LEAP, LEAP),)


class TestSeveralPeriods:
    def test_joined(self) -> None:
        """What overlaps or touches is one; a day between keeps two apart, and the end of the calendar is an end."""
        assert joined([year(2016), year(2015), year(2018)]) == (
            Period(date(2015, 1, 1), date(2016, 12, 31)),
            year(2018),
        )
        assert joined([year(2015), Period(date(2016, 1, 2), date(2016, 1, 3))]) == (
            year(2015),
            Period(date(2016, 1, 2), date(2016, 1, 3)),
        )
        endless = Period(date(2015, 1, 1), date.max)
        assert joined([endless, year(2016), Period(date(2017, 1, 1), date.max)]) == (endless,)
        assert joined([endless, Period(date.max, date.max)]) == (endless,)
        assert joined([]) == ()

    def test_without(self) -> None:
        """What is taken out leaves what lies before and after it."""
        middle = Period(date(2015, 3, 1), date(2015, 3, 31))
        assert without([year(2015)], [middle]) == (
            Period(date(2015, 1, 1), date(2015, 2, 28)),
            Period(date(2015, 4, 1), date(2015, 12, 31)),
        )
        assert without([middle], [year(2015)]) == ()
        assert without([year(2015), year(2017)], [year(2016)]) == (year(2015), year(2017))
        always = Period(date.min, date.max)
        assert without([always], [always]) == ()
        assert without([always], [Period(date(1, 1, 2), date.max)]) == (Period(date.min, date.min),)

    def test_common(self) -> None:
        """What lies in both, in order."""
        spring, autumn = Period(date(2015, 3, 1), date(2015, 5, 31)), Period(date(2015, 9, 1), date(2015, 11, 30))
        assert common([autumn, spring], [year(2015)]) == (spring, autumn)
        assert common((one for one in [year(2015)]), (one for one in [autumn, spring])) == (spring, autumn)
        assert common([spring], [autumn]) == ()


def test_days_are_written_as_people_do() -> None:
    """The day, the month's name, the year."""
    assert [as_date(date(2015, month, month)) for month in (1, 6, 12)] == [
        "1 January 2015",
        "6 June 2015",
        "12 December 2015",
    ]


class TestStretches:
    def test_are_counted_from_the_first_day(self) -> None:
        """The last may be shorter, and one that is longer than the period is cut to it."""
        two = Period(date(2015, 7, 1), date(2017, 3, 31))
        assert [str(one) for one in stretches(two, years(1))] == [
            "1 July 2015 to 30 June 2016",
            "1 July 2016 to 31 March 2017",
        ]
        assert stretches(two, years(5)) == (two,)
        assert stretches(year(2015), years(1)) == (year(2015),)

    def test_are_no_more_than_a_thousand(self) -> None:
        """A cap for each day of ten years is a mistake, and three years of days are not too many."""
        with pytest.raises(PeriodError, match="2010 to 2019 has more than a thousand stretches of 1 day") as caught:
            stretches(Period(date(2010, 1, 1), date(2019, 12, 31)), days(1))
        assert caught.value.data == {"period": Period(date(2010, 1, 1), date(2019, 12, 31)), "length": days(1)}
        thousand = starting(date(2013, 1, 1), days(1000))
        assert len(stretches(thousand, days(1))) == 1000
        assert len(stretches(Period(date.min, date(1000, 12, 31)), years(1))) == 1000
        with pytest.raises(PeriodError, match="thousand"):
            stretches(starting(date(2013, 1, 1), days(1001)), days(1))


class TestPieces:
    def test_are_cut_before_days_inside(self) -> None:
        """A first day, a day twice, and days outside cut nothing."""
        cut = [
            date(2015, 7, 1),
            date(2015, 1, 1),
            date(2015, 7, 1),
            date(2016, 1, 1),
            date(2014, 1, 1),
            date(2015, 12, 31),
        ]
        assert [(one.first, one.last) for one in pieces(year(2015), cut)] == [
            (date(2015, 1, 1), date(2015, 6, 30)),
            (date(2015, 7, 1), date(2015, 12, 30)),
            (date(2015, 12, 31), date(2015, 12, 31)),
        ]
        assert pieces(year(2015), []) == (year(2015),)


class TestPreceding:
    @pytest.mark.parametrize(
        ("period", "number", "before"),
        [
            (year(2016), 1, "2015"),
            (year(2016), 3, "2013"),
            (Period(date(2015, 3, 1), date(2015, 3, 31)), 1, "1 February 2015 to 28 February 2015"),
            (Period(date(2014, 11, 1), date(2015, 10, 31)), 1, "1 November 2013 to 31 October 2014"),
            (Period(date(2015, 3, 1), date(2015, 3, 10)), 2, "9 February 2015 to 18 February 2015"),
            (Period(date(2015, 1, 31), date(2015, 2, 27)), 1, "31 December 2014 to 30 January 2015"),
            (Period(date(2015, 3, 2), date(2015, 3, 2)), 1, "1 March 2015"),
        ],
    )
    def test_is_as_long_and_ends_where_the_other_begins(self, period: Period, number: int, before: str) -> None:
        """By whole months where the period is of whole months, else by days."""
        assert str(preceding(period, number)) == before

    def test_may_lie_outside_the_calendar(self) -> None:
        """Before the year 1 there is none."""
        with pytest.raises(PeriodError, match="outside the calendar"):
            preceding(year(1))
