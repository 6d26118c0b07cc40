"""The stretches of a period that caps tell apart."""

from __future__ import annotations

from datetime import date
from typing import Any

from cpdrules import Period, at_least, year
from cpdrules.cpd import UNKNOWN, activity, counting, hours, record, scheme, share, up_to
from cpdrules.cpd.stretches import WHOLE, Stretches
from cpdrules.findings import Finding
from cpdrules.periods import months, years

H = 3600
CYCLE = Period(date(2013, 1, 1), date(2015, 12, 31))
yearly = counting(hours(), up_to(5, in_each=years(1)))


def counted(*activities: Any, measure: Any = yearly, way: Any = None, period: Period = CYCLE) -> Finding:
    """Give the finding of what counts over a cycle."""
    return scheme(at_least(1, measure), straddling=way).assess(record("7", activities), period=period)


class TestStretches:
    def test_are_cut_where_any_of_them_begins(self) -> None:
        """Of years and of halves of a cycle, each piece lies in one stretch of either."""
        cut = Stretches(CYCLE, (years(1), months(18)))
        assert [piece.first for piece in cut.pieces] == [
            date(2013, 1, 1), date(2014, 1, 1), date(2014, 7, 1), date(2015, 1, 1)
        ]  # fmt: skip
        assert list(cut.numbers(years(1))) == [0, 1, 2]
        assert list(cut.numbers(months(18))) == [0, 1]
        assert [cut.number(years(1), ("unit", piece)) for piece in range(4)] == [0, 1, 1, 2]
        assert [cut.number(months(18), ("unit", piece)) for piece in range(4)] == [0, 0, 1, 1]

    def test_without_a_length_are_one(self) -> None:
        """What has no stretches is whole, and what lies nowhere for certain has no number."""
        assert list(WHOLE.numbers(None)) == [0]
        assert WHOLE.number(None, ("unit",)) == 0
        cut = Stretches(CYCLE, (years(1),))
        assert cut.number(None, ("unit", 2)) == 0
        assert cut.number(years(1), ("unit", None)) is None


class TestCapsInEach:
    def test_hold_of_each_by_itself(self) -> None:
        """Five hours in each year: 7 and 2 and 6 are 12; the last stretch may be shorter."""
        log = [activity(f"{number}-03-01", amount) for number, amount in ((2013, 7), (2014, 2), (2015, 6))]
        finding = counted(*log)
        assert finding.counted == (12 * H, 12 * H)
        assert {left.why.text for left in finding.left_out} == {"no more than 5 h count in each year"}
        assert counted(*log, period=Period(date(2013, 1, 1), date(2015, 3, 1))).counted == (12 * H, 12 * H)
        assert counted(*log, measure=counting(hours(), up_to(5, in_each=months(18)))).counted == (10 * H, 10 * H)

    def test_leave_the_room_of_all_of_them(self) -> None:
        """Two hours in the first year, none in the second, five in the third: seven more can count."""
        finding = counted(activity("2013-03-01", 3), activity("2014-03-01", 7))
        assert finding.rooms == (((), 7 * H),)

    def test_part_what_runs_across(self) -> None:
        """By day, each year has its part; by the last day, all of it falls to the one."""
        course = activity(date(2013, 12, 31), 12, until=date(2014, 1, 1))
        assert counted(course, way="by_day").counted == (10 * H, 10 * H)
        assert counted(course, way="by_last_day").counted == (5 * H, 5 * H)

    def test_leave_open_where_it_falls_if_nothing_says_so(self) -> None:
        """It may be all in one year, or in part; it counts in the cycle for certain, and the finding names the gap."""
        course = activity(date(2013, 12, 31), 12, until=date(2014, 1, 1), id="a")
        finding = counted(course, activity("2014-05-01", 4, id="b"))
        assert finding.counted == (5 * H, 16 * H)
        assert {left.why.text for left in finding.unsure} == {"which stretch of the period it falls to is not stated"}

    def test_of_an_unknown_day_are_any(self) -> None:
        """Any of three years has room for it, or none."""
        log = [activity(None, 9), *(activity(f"{number}-03-01", 5) for number in (2013, 2014))]
        assert counted(*log).counted == (10 * H, 19 * H)
        assert counted(activity("2014-01-01", None)).counted == (0, None)

    def test_keep_apart_what_carries_another_tag(self) -> None:
        """What may count, and what counts for certain, both have their years."""
        parts = (share(3, area="a"), share(9, area=UNKNOWN))
        course = activity(date(2013, 12, 31), 12, until=date(2014, 1, 1), shares=parts)
        measure = counting(hours(area="a"), up_to(2, in_each=years(1)))
        assert counted(course, measure=measure, way="by_day").counted == (3 * H, 4 * H)
        assert counted(activity("2013-05-01", 1, area=UNKNOWN), measure=measure).counted == (0, H)
        finding = counted(course, measure=measure)
        assert finding.counted is not None
        assert finding.counted.least == 2 * H
        assert finding.counted.most is not None
        assert finding.counted.most >= 4 * H

    def test_hold_of_a_tag_that_is_not_known_in_its_own_stretch(self) -> None:
        """Of whichever society it is, it is of its own year: what is full in another year takes nothing from it."""
        measure = counting(hours(), up_to(2, per="society", in_each=years(1)))
        log = [activity("2013-03-01", 3, society="s"), activity("2014-03-01", 3, society=UNKNOWN)]
        assert counted(*log, measure=measure).counted == (4 * H, 4 * H)
        same = [*log, activity("2014-03-01", 1, society="s")]
        assert counted(*same, measure=measure).counted == (4 * H, 5 * H)

    def test_cross_caps_on_kinds(self) -> None:
        """Two hours in each year, and three of area a: what the one cuts, the other need not."""
        log = [activity(f"{number}-01-0{day}", 2, area=area) for number, day, area in
               ((2013, 1, "a"), (2013, 2, "b"), (2014, 1, "a"), (2015, 1, "a"), (2015, 2, "b"))]  # fmt: skip
        measure = counting(hours(), up_to(2, in_each=years(1)), up_to(3, area="a"))
        assert counted(*log, measure=measure).counted == (6 * H, 6 * H)
        measure = counting(hours(), up_to(2, in_each=years(1)), up_to(1, area="a"))
        assert counted(*log, measure=measure).counted == (5 * H, 5 * H)
        assert counted(*log, measure=measure, period=year(2014)).counted == (H, H)
