"""One pass over a record, and what counts of an activity that crosses the edge of a period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cpdrules import Period, Verdict, all_of, at_least, at_most, each, over, year
from cpdrules.amounts import HOUR, POINT
from cpdrules.cpd import (
    UNKNOWN,
    Axis,
    Fact,
    Member,
    Record,
    activity,
    amounts,
    different,
    entries,
    hours,
    points,
    record,
    scheme,
    share,
)
from cpdrules.cpd.tallies import NO_CONVENTIONS, Conventions, Tally, by_day
from cpdrules.errors import PolicyError, RecordError
from cpdrules.periods import years
from cpdrules.policies import Case

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

H = 3600
DAY = "2015-03-02"


def counted(log: Record, measure: Any = None, way: Any = None, period: Period | None = None) -> Any:
    """Give the finding of what counts."""
    policy = scheme(at_least(1, measure or hours()), straddling=way)
    return policy.assess(log, period=period or year(2015))


class TestConventions:
    def test_of_an_axis_that_is_not_described(self) -> None:
        """Every activity has a tag on it, so that silence is a missing fact; which tags there are is not known."""
        conventions = Conventions((Axis("topic", ("a", "b"), every=False), Axis("area")))
        assert conventions.every("area")
        assert conventions.every("planned")
        assert not conventions.every("topic")
        assert conventions.tags("topic") == ("a", "b")
        assert conventions.tags("area") == conventions.tags("planned") == ()

    @pytest.mark.parametrize("way", ["by_week", "", 5, ["by_day"]])
    def test_know_three_ways_across_an_edge(self, way: Any) -> None:
        """Any other is refused where the scheme is stated, not where somebody crosses the edge."""
        with pytest.raises(PolicyError, match=r"does not say what counts .* Say by_first_day, by_l") as caught:
            scheme(at_least(1, hours()), straddling=way)
        assert caught.value.data == {"straddling": way}

    def test_describe_an_axis_once(self) -> None:
        """Two descriptions of one axis could contradict each other."""
        with pytest.raises(PolicyError, match="A scheme describes the axis 'area' twice") as caught:
            scheme(at_least(1, hours()), axes=(Axis("area"), Axis("kind"), Axis("area", every=False)))
        assert caught.value.data == {"names": ("area",)}


class TestThePass:
    def test_takes_what_lies_inside(self) -> None:
        """The first and the last day of a period are in it, the days beside it are not."""
        days = ("2014-12-31", "2015-01-01", "2015-12-31", "2016-01-01")
        finding = counted(record("7", [activity(day, 1, id=day) for day in days]))
        assert [entry.id for batch in finding.entries for entry in batch.entries] == ["2015-01-01", "2015-12-31"]
        (left,) = finding.left_out
        assert left.why == ("period", "outside 2015")
        assert [entry.id for entry in left.batch.entries] == ["2014-12-31", "2016-01-01"]
        assert left.batch.amount == 2 * H

    def test_gathers_what_is_alike(self) -> None:
        """Activities that no clause tells apart are one batch; those that some clause does are not."""
        log = record("7", [activity("2015-01-01", number, area=area) for number, area in enumerate("abab", 1)])
        assert [batch.amount // H for batch in counted(log).entries] == [10]
        both = all_of(at_least(1, hours(), ref="all"), at_least(1, hours(area="a"), ref="a"))
        finding = both.assess(log, period=year(2015))
        assert [batch.amount // H for batch in finding["all"].entries] == [4, 6]
        assert [batch.amount // H for batch in finding["a"].entries] == [4]

    def test_is_made_once_for_a_period(self) -> None:
        """Clauses share the cells of a record; another period, or another way across an edge, has its own."""
        log, case = record("7", [activity("2015-01-01", 1)]), None
        case, tally = Case(log), Tally()
        by_day = Conventions(straddling="by_day")
        cells = tally.cells(case, year(2015), NO_CONVENTIONS)
        assert tally.cells(case, year(2015), NO_CONVENTIONS) is cells
        assert tally.cells(case, year(2014), NO_CONVENTIONS) is not cells
        assert tally.cells(case, year(2015), NO_CONVENTIONS) is cells
        assert tally.cells(case, year(2015), by_day) is not cells

    def test_needs_a_period_and_a_record(self) -> None:
        """Without a period there is no answer, and of a member who is no record there are no activities."""
        with pytest.raises(
            PolicyError, match=r"A clause counts activities, and no period was given\. A policy is never"
        ):
            at_least(1, hours()).assess(record("7"))
        with pytest.raises(RecordError, match=r"Member\(.*is no record whose activities could be counted") as caught:
            at_least(1, hours()).assess(record("7").member, period=year(2015))
        assert caught.value.data == {"subject": record("7").member}

    def test_reads_shares_apart(self) -> None:
        """R24: each share falls where its tags say, and what the whole is tagged with holds of each."""
        parts = (share("60 min", area="technical"), share("30 min", area="soft"))
        log = record("7", [activity("2015-03-02", "90 min", shares=parts, planned=True)])
        assert counted(log).counted == (5400, 5400)
        assert counted(log, hours(area="soft")).counted == (1800, 1800)
        assert counted(log, hours(area="technical", planned=True)).counted == (3600, 3600)
        assert counted(log, hours(area="soft", planned=False)).counted == (0, 0)
        assert counted(log, entries()).counted == (1, 1)
        assert counted(log, different("area")).counted == (2, 2)

    def test_keeps_units_apart(self) -> None:
        """What was recorded in another unit does not count, and says so; an amount that is not known may be in any."""
        log = record(
            "7", [activity("2015-01-01", 2), activity("2015-01-01", 3, unit=POINT), activity("2015-01-01", None)]
        )
        finding = counted(log)
        assert finding.counted == (2 * H, None)
        assert [left.why for left in finding.left_out] == [("unit", "recorded in points, not in hours")]
        assert counted(log, points()).counted == (300, None)
        assert counted(log, entries()).counted == (3, 3)
        assert counted(log, amounts(HOUR)).counted == (2 * H, None)


class TestWhatIsNotKnown:
    def test_of_the_date(self) -> None:
        """An activity without a date may fall to any period, whole."""
        finding = counted(record("7", [activity(None, 2, id="x")]))
        assert finding.counted == (0, 2 * H)
        assert [(left.why.kind, left.why.text) for left in finding.unsure] == [("date", "the date of it is not known")]
        assert finding.unsure[0].batch.entries[0].id == "x"
        assert counted(record("7", [activity(None, None)])).counted == (0, None)

    def test_of_the_amount(self) -> None:
        """An activity of unknown length is there, and no limit to it is known."""
        log = record("7", [activity("2015-03-03", None, id="x")])
        finding = counted(log)
        assert finding.counted == (0, None)
        assert [(left.why.kind, left.why.text) for left in finding.unsure] == [
            ("amount", "the amount of it is not known")
        ]
        present = counted(log, entries())
        assert present.counted == (1, 1)
        assert [entry.id for batch in present.entries for entry in batch.entries] == ["x"]
        assert present.unsure == ()
        assert counted(record("7", [activity("2014-03-03", None)])).counted == (0, 0)

    def test_of_a_tag(self) -> None:
        """An activity whose area is not known counts towards what it might be; on a topic, silence is no topic."""
        log = record(
            "7", [activity("2015-03-03", 2, planned=True), activity("2015-03-03", 3, area=UNKNOWN, planned=True)]
        )
        assert counted(log, hours(area="a")).counted == (0, 5 * H)
        assert counted(log, hours(area="a", planned=False)).counted == (0, 0)
        topical = scheme(at_least(1, hours(topic="t")), axes=(Axis("topic", every=False),))
        assert topical.assess(log, period=year(2015)).counted == (0, 0)
        vague = record("7", [activity("2015-03-03", 2, topic=UNKNOWN)])
        assert topical.assess(vague, period=year(2015)).counted == (0, 2 * H)


class TestAcrossAnEdge:
    """R25: a course of seven days, four of them in 2015; seven hours."""

    course = record("7", [activity("2015-12-28", 7, until="2016-01-03", id="x")])

    @pytest.mark.parametrize(("way", "one", "other"), [("by_first_day", 7, 0), ("by_last_day", 0, 7), ("by_day", 4, 3)])
    def test_counts_as_the_scheme_says(self, way: Any, one: int, other: int) -> None:
        """All of it in one year, or day by day; what does not count in a year is left out of it."""
        for number, part in ((2015, one), (2016, other)):
            finding = counted(self.course, way=way, period=year(number))
            assert finding.counted == (part * H, part * H)
            assert sum(left.batch.amount for left in finding.left_out) == (7 - part) * H
            assert [left.why.text for left in finding.left_out] == ([f"outside {number}"] if part < 7 else [])
            assert finding.unsure == ()
            assert counted(self.course, entries(), way, year(number)).counted == ((1, 1) if part else (0, 0))

    def test_is_open_where_no_text_says(self) -> None:
        """Then it counts for something between nothing and all of it, and the finding says why."""
        finding = counted(self.course)
        assert finding.counted == (0, 7 * H)
        assert finding.unsure[0].why == (
            "straddling",
            "it runs from 28 December 2015 to 3 January 2016, and how to count across the edge of 2015 is not stated",
        )
        assert counted(self.course, entries()).counted == (0, 1)

    def test_is_bounded_by_the_readings_there_are(self) -> None:
        """A course that runs through a whole period can count there by its days only."""
        long = record("7", [activity("2014-12-29", 369, until="2016-01-01")])
        assert counted(long).counted == (0, 365 * H)
        assert counted(long, way="by_day").counted == (365 * H, 365 * H)
        assert counted(long, way="by_first_day").counted == (0, 0)
        assert counted(long, way="by_last_day").counted == (0, 0)

    def test_of_nothing_is_outside(self) -> None:
        """Where no reading leaves a grain in the period, nothing is open."""
        drop = record("7", [activity("2014-12-30", "1 s", until="2016-01-02")])
        finding = counted(drop)
        assert finding.counted == (0, 0)
        assert finding.unsure == ()
        assert counted(drop, entries()).counted == (0, 0)
        assert counted(drop, way="by_day", period=year(2016)).counted == (1, 1)

    @pytest.mark.parametrize(
        ("way", "number", "bounds", "present"),
        [
            ("by_first_day", 2015, (0, None), (1, 1)),
            ("by_first_day", 2016, (0, 0), (0, 0)),
            ("by_last_day", 2015, (0, 0), (0, 0)),
            ("by_last_day", 2016, (0, None), (1, 1)),
            ("by_day", 2015, (0, None), (0, 1)),
            ("by_day", 2016, (0, None), (1, 1)),
            (None, 2015, (0, None), (0, 1)),
            (None, 2016, (0, None), (0, 1)),
            (None, 2014, (0, 0), (0, 0)),
        ],
    )
    def test_of_an_amount_that_is_not_known_either(self, way: Any, number: int, bounds: Any, present: Any) -> None:
        """Where it counts it may be any amount; the smallest there is, day by day, falls to the last day."""
        course = record("7", [activity("2015-12-28", None, until="2016-01-03")])
        assert counted(course, way=way, period=year(number)).counted == bounds
        assert counted(course, entries(), way, year(number)).counted == present

    def test_says_of_an_amount_that_is_not_known_what_is_missing(self) -> None:
        """Both facts are named."""
        course = record("7", [activity("2015-12-28", None, until="2016-01-03")])
        assert counted(course).unsure[0].why.text.endswith("is not stated; nor is the amount known")
        assert counted(course, way="by_day").unsure[0].why == (
            "straddling", "the amount of it is not known, nor what of it falls to 2015"
        )  # fmt: skip

    def test_of_years_inside_a_cycle(self) -> None:
        """Inside a cycle there are edges, too: each year counts its days, and the cycle all of them."""
        policy = all_of(at_least(7, hours(), ref="cycle"), each(years(1), at_least(3, hours(), ref="year")))
        period = Period(date(2015, 1, 1), date(2016, 12, 31))
        finding = scheme(policy, straddling="by_day").assess(self.course, period=period)
        assert finding.verdict is MET
        assert [finding[f"year[{number}]"].counted for number in (1, 2)] == [(4 * H, 4 * H), (3 * H, 3 * H)]

    def test_of_shares(self) -> None:
        """Each share is divided by itself, so that its parts add up."""
        parts = (share("10 s", area="a"), share("11 s", area="b"))
        log = record("7", [activity("2015-12-31", "21 s", until="2016-01-01", shares=parts)])
        for area, whole in (("a", 10), ("b", 11)):
            found = [counted(log, hours(area=area), "by_day", year(number)).counted for number in (2015, 2016)]
            assert found == [(5, 5), (whole - 5, whole - 5)]

    def test_by_day_of_days_apart_is_nothing(self) -> None:
        """A period that shares no day with a course gets nothing of it."""
        course = Period(date(2015, 12, 28), date(2016, 1, 3))
        assert by_day(100, course, year(2014)) == by_day(100, course, year(2017)) == 0
        assert by_day(100, course, course) == 100

    def test_under_a_ceiling(self) -> None:
        """What may count may exceed."""
        policy = at_most(5, hours())
        assert policy.assess(self.course, period=year(2015)).verdict is CANNOT_TELL
        assert scheme(policy, straddling="by_first_day").assess(self.course, period=year(2015)).verdict is NOT_MET


class TestWhatCountsOnce:
    AXES = (Axis("talk", every=False), Axis("course", every=False))

    def counted(self, *activities: Any, measure: Any = None, period: Any = None, **conventions: Any) -> Any:
        """Give the finding of what counts where a talk counts once."""
        known = {"axes": self.AXES, "once": "talk"} | conventions
        return scheme(at_least(1, measure or hours()), **known).assess(
            record("7", activities), period=period or year(2015)
        )

    def test_is_the_largest_of_repeats(self) -> None:
        """Of equals the earliest, and then the first by its id; what has no talk repeats nothing."""
        finding = self.counted(
            activity("2015-03-01", 2, talk="x", id="a", title="Rust"),
            activity("2015-04-01", 3, talk="x", id="c"),
            activity("2015-05-01", 3, talk="x", id="b"),
            activity("2015-05-01", 1, talk="y", id="d"),
            activity("2015-05-01", 1, id="e"),
            activity("2015-05-01", 1, id="f"),
        )
        assert finding.counted == (6 * H, 6 * H)
        assert {entry.id for batch in finding.entries for entry in batch.entries} == set("cdef")
        assert {left.why for left in finding.left_out} == {("repeat", "a repeat of “c”, which counts once")}

    def test_is_asked_of_every_axis(self) -> None:
        """A repeat on either axis is one, and a title names what it repeats."""
        first = activity("2015-03-01", 3, talk="x", id="a", title="Rust")
        log = (
            first,
            activity("2015-03-02", 2, talk="x", course="k", id="b"),
            activity("2015-03-02", 1, course="k", id="c"),
        )
        finding = self.counted(*log, once=("talk", "course"))
        assert finding.counted == (3 * H, 3 * H)
        assert [left.why.text for left in finding.left_out] == [
            "a repeat of “Rust”, which counts once",
            "a repeat of “b”, which counts once",
        ]

    def test_looks_at_the_period_assessed(self) -> None:
        """In the next period it counts anew; in the years of one cycle it does not."""
        log = record("7", [activity(f"{number}-03-01", 1, talk="x", id=str(number)) for number in (2013, 2014, 2015)])
        yearly = scheme(each(years(1), at_least(1, hours(), ref="h")), axes=self.AXES, once="talk")
        cycle = Period(date(2013, 1, 1), date(2015, 12, 31))
        assert yearly.assess(log, period=year(2015)).satisfied
        counts = [part.counted for part in yearly.assess(log, period=cycle).walk() if part.ref.startswith("h")]
        assert counts == [(H, H), (0, 0), (0, 0)]
        twice = all_of(yearly, scheme(at_least(3, hours(), ref="free")))
        assert twice.assess(log, period=cycle)["free"].counted == (3 * H, 3 * H)

    def test_is_open_where_the_tag_is_not_known(self) -> None:
        """It may repeat another, and another it; alone it repeats nothing."""
        unknown = activity("2015-03-01", 2, talk=UNKNOWN, planned=True, id="u")
        small = activity("2015-03-01", 1, talk="x", planned=False, id="x")
        large = activity("2015-03-01", 3, talk="x", planned=False, id="x")
        assert self.counted(unknown).counted == (2 * H, 2 * H)
        assert self.counted(unknown, activity("2015-03-01", 1, id="e")).counted == (3 * H, 3 * H)
        assert self.counted(unknown, small).counted == (0, 3 * H)
        assert self.counted(unknown, small, measure=hours(planned=False)).counted == (0, H)
        equal = activity("2015-03-01", 2, talk="x", planned=False, id="x")
        assert self.counted(unknown, equal, measure=hours(planned=False)).counted == (0, 2 * H)
        unmeasured = activity("2015-03-01", None, talk="x", planned=False, id="x")
        assert self.counted(unmeasured, measure=entries(planned=False)).counted == (1, 1)
        assert self.counted(unknown, unmeasured, measure=entries(planned=False)).counted == (0, 1)
        finding = self.counted(unknown, large)
        assert finding.counted == (3 * H, 5 * H)
        assert [left.why.text for left in finding.unsure] == ["whether it repeats another is not known"]
        assert self.counted(activity("2015-03-01", 1), activity("2015-03-01", 1), axes=()).counted == (0, 2 * H)

    @pytest.mark.parametrize("what", ["day", "amount"])
    def test_is_open_where_the_day_or_the_amount_is_not_known(self, what: str) -> None:
        """Whether it is the largest in the period nobody can tell."""
        known = activity("2015-03-01", 2, talk="x", planned=False, id="k")
        vague = activity(None if what == "day" else DAY, 5 if what == "day" else None, talk="x", planned=True, id="v")
        assert self.counted(known, vague, measure=hours(planned=False)).counted == (0, 2 * H)
        assert self.counted(known, vague).counted == (0, 7 * H if what == "day" else None)
        smaller = activity(None, 1, talk="x", planned=True, id="s")
        assert self.counted(known, smaller).counted == (2 * H, 3 * H)
        assert self.counted(vague).counted == (0, 5 * H if what == "day" else None)


class TestWhileMember:
    def test_only_what_was_done_as_a_member_counts(self) -> None:
        """From the day of joining to the day of leaving, both included, as far as they are known."""
        log = [activity(day, 1, id=day) for day in ("2015-02-28", "2015-03-01", "2015-09-30", "2015-10-01")]
        clause = scheme(at_least(1, hours()), while_member=True)

        def counted_(**days: Any) -> Any:
            return clause.assess(record(Member("7", **days), log), period=year(2015))

        both = counted_(joined=date(2015, 3, 1), left=date(2015, 9, 30))
        assert both.counted == (2 * H, 2 * H)
        assert [left.why.text for left in both.left_out] == ["outside 1 March 2015 to 30 September 2015"]
        assert counted_().counted == (4 * H, 4 * H)
        assert counted_(joined=date(2015, 10, 1)).counted == (H, H)
        never = counted_(joined=date(2016, 1, 1))
        assert never.counted == (0, 0)
        assert [left.why.text for left in never.left_out] == ["outside the membership, as is all of 2015"]

    def test_repeats_nothing_from_before(self) -> None:
        """A larger talk before joining does not take the place of the one that counts."""
        log = [activity("2015-01-05", 5, talk="x", id="a"), activity("2015-05-05", 1, talk="x", id="b")]
        member = Member("7", joined=date(2015, 3, 1))
        policy = scheme(at_least(1, hours()), axes=(Axis("talk", every=False),), once="talk", while_member=True)
        assert policy.assess(record(member, log), period=year(2015)).counted == (H, H)
        over_two = scheme(over(years(2), at_least(1, hours())), once="talk", while_member=True)
        assert over_two.assess(record(member, log), period=year(2015)).satisfied


class TestFacts:
    def test_are_described_once(self) -> None:
        """Two descriptions of one fact could contradict each other."""
        with pytest.raises(
            PolicyError, match=r"A scheme describes the fact 'role' twice.* Keep one of the two"
        ) as caught:
            scheme(at_least(1, hours()), facts=(Fact("role"), Fact("role", unrecorded=False)))
        assert caught.value.data == {"names": ("role",)}

    def test_say_what_silence_means(self) -> None:
        """Where nothing is said of it, nobody knows."""
        conventions = Conventions(facts=(Fact("role", ("lead",)), Fact("paid", unrecorded=False)))
        assert conventions.unrecorded("paid") is False
        assert conventions.unrecorded("role") is conventions.unrecorded("other") is None
