"""What one period hands on to the next: surplus carried forward, and what was short and is made up first."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Finding, Period, Verdict, all_of, at_least, exempt, unstated, when, year
from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Rounding
from cpdrules.cpd import (
    UNKNOWN,
    Activity,
    Fact,
    Member,
    Record,
    activity,
    agreed,
    by_fact,
    carried,
    counting,
    fact,
    falls_in_period,
    hours,
    lowest,
    made_up,
    of_fact,
    points,
    pro_rata,
    record,
    scheme,
    share_of,
    surplus,
    up_to,
    worth,
)
from cpdrules.cpd.carrying import MOST_PERIODS, Carried, MadeUp, bears
from cpdrules.errors import PolicyError, UnitError
from cpdrules.figures import reported
from cpdrules.findings import Owed
from cpdrules.periods import months

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

H = 3600
Y2015 = year(2015)


def did(number: int, figure: Any, **tags: Any) -> Activity:
    """Do something in March of a year."""
    return activity(date(number, 3, 2), figure, **tags)


def log(done: dict[int, Any], **facts: Any) -> Record:
    """Give a record of so many hours in each year."""
    return record(Member("7", facts=facts), [did(number, figure) for number, figure in done.items()])


def found(rule: Any, *done: Activity, period: Period = Y2015, figure: Any = 1, **facts: Any) -> Finding:
    """Give the finding of hours that are counted by a rule."""
    policy = at_least(figure, counting(hours(), rule), ref="hours")
    return policy.assess(record(Member("7", facts=facts), done), period=period)


class TestCarried:
    def test_is_what_was_done_beyond_a_figure_in_the_period_before(self) -> None:
        """Of 20 hours, 5 are above 15; they are added to those of the year itself."""
        finding = found(carried(surplus(hours(), above=15)), did(2014, 20), did(2015, 12), figure=17)
        assert finding.verdict is MET
        assert finding.counted == (17 * H, 17 * H)
        assert [(entry.title, entry.amount, entry.unit) for batch in finding.entries for entry in batch.entries] == [
            ("", 12 * H, HOUR),
            ("carried forward from 2014", 5 * H, HOUR),
        ]
        assert str(finding) == (
            "Met for 2015 (hours): 17 h of at least 17 h, all carried forward of hours above 15 h, "
            "since what is carried forward from 2014 adds 5 h\n"
            "Did not count (outside 2015): “#1” (2 March 2014, 20 h)"
        )

    @pytest.mark.parametrize(
        ("before", "limit", "adds"),
        [(15, None, 0), (3, None, 0), (16, None, 1), (40, 10, 10), (25, 10, 10), (20, 0, 0)],
    )
    def test_is_no_more_than_its_limit_and_never_less_than_nothing(
        self, before: int, limit: int | None, adds: int
    ) -> None:
        """A period that was short hands on nothing, and one with much of it no more than may be carried."""
        finding = found(carried(surplus(hours(), above=15), limit=limit), did(2014, before))
        assert finding.counted == (adds * H, adds * H)
        assert len(finding.entries) == (1 if adds else 0)

    def test_may_have_a_limit_that_depends_on_the_member(self) -> None:
        """Half of what is asked of a nurse; where nobody knows the title, between both limits."""
        limit = by_fact("title", {"nurse": 4, "dentist": 10})
        rule = carried(surplus(hours(), above=15), limit=limit)
        assert str(rule) == "at most 10 h for dentist, 4 h for nurse carried forward of hours above 15 h"
        assert found(rule, did(2014, 22), title="nurse").counted == (4 * H, 4 * H)
        assert found(rule, did(2014, 22), title="dentist").counted == (7 * H, 7 * H)
        assert found(rule, did(2014, 22)).counted == (0, 7 * H)
        beyond = surplus(hours(), above=15)
        assert found(carried(beyond, limit=agreed()), did(2014, 22)).counted == (0, 7 * H)
        assert found(carried(beyond, limit=lowest(agreed(), 5)), did(2014, 22)).counted == (0, 5 * H)
        share = carried(beyond, limit=share_of("1/3", hours()))
        assert found(share, did(2014, 22), did(2015, 9)).counted == (12 * H, 12 * H)

    def test_is_the_least_of_several_surpluses(self) -> None:
        """Verifiable hours above 21, but only if the year exceeded 40 in all."""
        rule = carried(surplus(hours(verifiable=True), above=21), surplus(hours(), above=40), limit=21)
        for verifiable, others, adds in ((30, 19, 9), (30, 12, 2), (30, 5, 0), (60, 40, 21), (20, 40, 0)):
            done = did(2014, verifiable, verifiable=True), did(2014, others, verifiable=False)
            assert found(rule, *done).counted == (adds * H, adds * H)

    def test_looks_at_the_last_part_of_the_period_before(self) -> None:
        """Only what was done in the last three months of it."""
        rule = carried(surplus(hours(), above=10), surplus(hours(), in_last=months(3)))
        early, late = did(2014, 12), activity("2014-10-01", 1)
        assert found(rule, early, late).counted == (H, H)
        assert found(rule, early).counted == (0, 0)
        longer = carried(surplus(hours(), above=10), surplus(hours(), in_last=months(30)))
        assert found(longer, did(2013, 9), early).counted == (2 * H, 2 * H)

    def test_counts_as_what_it_is_said_to_be(self) -> None:
        """A clause that asks for verifiable hours sees it only if it is said to be verifiable."""
        rule = carried(surplus(hours()), verifiable=True, kind=("a", "b"))
        for where, adds in (
            ({}, 5),
            ({"verifiable": True}, 5),
            ({"verifiable": False}, 0),
            ({"kind": "b"}, 5),
            ({"kind": "c"}, 0),
            ({"topic": "x"}, 0),
            ({"verifiable": True, "kind": ("c", "a")}, 5),
        ):
            finding = at_least(1, counting(hours(**where), rule)).assess(log({2014: 5}), period=year(2015))
            assert finding.counted == (adds * H, adds * H), where

    def test_one_is_not_yes(self) -> None:
        """A tag is found among its like."""
        assert bears((("level", 1),), (("level", (1,)),))
        assert not bears((("level", 1),), (("level", (True,)),))

    def test_is_limited_by_no_cap(self) -> None:
        """It is added after all caps."""
        measure = counting(hours(), up_to(3), carried(surplus(hours(), above=15)))
        finding = at_least(1, measure).assess(log({2014: 20, 2015: 9}), period=year(2015))
        assert finding.counted == (8 * H, 8 * H)

    def test_is_not_carried_on_twice(self) -> None:
        """What was carried into the period before is no surplus of it."""
        rule = carried(surplus(hours(), above=10))
        assert found(rule, did(2013, 100), did(2014, 11)).counted == (H, H)

    def test_may_be_a_surplus_of_what_is_recorded(self) -> None:
        """A fact is the same in every period."""
        rule = carried(surplus(of_fact("banked", unit=HOUR), above=2))
        assert found(rule, banked=5).counted == (3 * H, 3 * H)
        assert found(rule).counted == (0, None)

    def test_reads_as_it_is_written(self) -> None:
        """How much, and of what."""
        assert str(surplus(hours())) == "hours above 0 h"
        assert str(surplus(points(kind="a"), above=3, in_last=months(6))) == (
            "points kind: a above 3 points in the last 6 months"
        )
        both = carried(surplus(hours(), above=21), surplus(hours(kind="a"), above=agreed()), limit=9)
        assert str(both) == (
            "at most 9 h carried forward of hours above 21 h and of hours kind: a above the figure agreed"
        )

    def test_looks_back_by_the_length_of_the_period(self) -> None:
        """A cycle of three years is preceded by three years."""
        cycle = Period(date(2013, 1, 1), date(2015, 12, 31))
        finding = found(carried(surplus(hours(), above=15)), did(2010, 10), did(2012, 10), did(2009, 99), period=cycle)
        assert finding.counted == (5 * H, 5 * H)


class TestUnless:
    rule = carried(surplus(hours(), above=15), unless=falls_in_period("joined"))

    def test_holds_of_the_period_before(self) -> None:
        """Nothing is carried out of the first year."""
        for joined, adds in ((date(2013, 5, 5), 5), (date(2014, 5, 5), 0), (date(2015, 5, 5), 5)):
            member = Member("7", joined=joined)
            policy = at_least(1, counting(hours(), self.rule))
            finding = policy.assess(record(member, [did(2014, 20)]), period=year(2015))
            assert finding.counted == (adds * H, adds * H)

    def test_that_cannot_be_told_leaves_open_how_much_is_carried(self) -> None:
        """Nothing of it at worst, all of it at best, and the fact is named."""
        finding = found(self.rule, did(2014, 20), did(2015, 3), figure=5)
        assert finding.verdict is CANNOT_TELL
        assert finding.counted == (3 * H, 8 * H)
        assert finding.missing() == ("the day of the member's joined is not recorded",)
        assert "between 3 h and 8 h of at least 5 h" in str(finding)
        assert "Missing: the day of the member's joined is not recorded" in str(finding)

    def test_lets_nothing_older_pass_either(self) -> None:
        """What is nowhere carried out of a period is not carried out of it a year later."""
        rule = carried(surplus(hours(), above=15), lasting=2, unless=fact("closed"))
        assert found(rule, did(2013, 20), did(2014, 20), closed=True).counted == (0, 0)
        joined = carried(surplus(hours(), above=15), lasting=2, unless=falls_in_period("joined"))
        policy = at_least(1, counting(hours(), joined))
        member = Member("7", joined=date(2014, 5, 5))
        early = record(member, [did(2013, 20), did(2014, 20)])
        assert policy.assess(early, period=year(2015)).counted == (0, 0)
        assert policy.assess(early, period=year(2016)).counted == (0, 0)
        later = record(member, [did(2013, 20), did(2014, 20), did(2015, 18)])
        assert policy.assess(later, period=year(2016)).counted == (3 * H, 3 * H)
        unlimited = record(member, [did(2013, None)])
        assert policy.assess(unlimited, period=year(2015)).counted == (0, 0)

    def test_of_a_later_period_leaves_open_what_is_older(self) -> None:
        """Where nobody knows whether 2014 hands anything on, nobody knows what becomes of 2013 either."""
        rule = carried(surplus(hours(), above=15), lasting=2, unless=at_least(1, hours(kind="x")))
        finding = found(rule, did(2013, 20, kind="a"), did(2014, 20, kind=UNKNOWN), figure=3)
        assert finding.counted == (0, 10 * H)
        assert finding.missing() == ("the kind of “#2” (2 March 2014) is not known",)

    def test_ends_what_had_no_end(self) -> None:
        """An amount that nobody measured goes no further than a period that hands on nothing."""
        rule = carried(surplus(hours(), above=15), lasting=3, unless=falls_in_period("joined"))
        done = record(Member("7", joined=date(2013, 5, 5)), [did(2012, None), did(2014, 20)])
        finding = at_least(1, counting(hours(), rule)).assess(done, period=year(2015))
        assert finding.counted == (5 * H, 5 * H)

    def test_may_count_what_repeats(self) -> None:
        """It is assessed over the period before, repeats in that period and all."""
        rule = carried(surplus(hours()), unless=at_least(3, hours()))
        policy = scheme(at_least(1, counting(hours(), rule)), once="talk")
        twice = [did(2014, 2, talk="a"), activity("2014-06-01", 2, talk="a"), did(2015, 2, talk="a")]
        assert policy.assess(record("7", twice), period=year(2015)).counted == (4 * H, 4 * H)

    def test_that_may_not_apply_is_open(self) -> None:
        """Where nobody can tell whether it applies or holds, it may forbid."""
        either = when(fact("new"), exempt("x"), otherwise=at_least(0, hours()))
        rule = carried(surplus(hours(), above=15), unless=either)
        assert found(rule, did(2014, 20)).counted == (0, 5 * H)
        assert found(rule, did(2014, 20), new=True).counted == (5 * H, 5 * H)

    def test_that_does_not_apply_forbids_nothing(self) -> None:
        """An exemption holds of no period."""
        assert found(carried(surplus(hours()), unless=exempt("x")), did(2014, 2)).counted == (2 * H, 2 * H)


class TestLasting:
    def test_uses_the_oldest_first(self) -> None:
        """What 2013 had beyond 10 fills up 2014, and the rest of it reaches 2015."""
        rule = carried(surplus(hours(), above=10), lasting=2)
        finding = found(rule, did(2013, 14), did(2014, 9))
        assert finding.counted == (3 * H, 3 * H)
        assert finding.entries[0].entries[0].title == "carried forward from 2013 to 2014"
        assert found(rule, did(2013, 14), did(2014, 12)).counted == (6 * H, 6 * H)
        assert found(rule, did(2013, 14), did(2014, 1)).counted == (0, 0)
        assert found(rule, did(2012, 99), did(2014, 10)).counted == (0, 0)

    def test_a_period_needs_what_it_asks_for_as_a_whole(self) -> None:
        """Whatever part of it hands anything on."""
        rule = carried(surplus(hours(), above=10, in_last=months(3)), lasting=2)
        late, early = activity("2013-12-01", 20), activity("2014-01-01", 8)
        assert found(rule, late, early).counted == (8 * H, 8 * H)

    @pytest.mark.parametrize("lasting", [0, -1, MOST_PERIODS + 1, True, 1.5, "2"])
    def test_for_no_period_is_refused(self, lasting: Any) -> None:
        """A number of periods is said, and no endless one."""
        with pytest.raises(PolicyError, match=r"What is carried lasts for 1 to 20 periods, not for ") as caught:
            carried(surplus(hours()), lasting=lasting)
        assert caught.value.data == {"lasting": lasting}

    @given(
        done=st.lists(st.integers(0, 12), min_size=7, max_size=7),
        above=st.integers(0, 8),
        limit=st.none() | st.integers(0, 9),
        lasting=st.integers(1, 4),
    )
    def test_is_as_if_it_were_lived_year_by_year(
        self, done: list[int], above: int, limit: int | None, lasting: int
    ) -> None:
        """Hours are put by one by one with the year they are of, used up, and let go."""
        put_by: list[int] = []
        for number in range(2015 - lasting, 2015):
            had = done[number - 2009]
            for _ in range(above - had):
                put_by = put_by[1:]
            put_by += [number] * (had - above)
            while limit is not None and len(put_by) > limit:
                put_by = put_by[1:]
        rule = carried(surplus(hours(), above=above), limit=limit, lasting=lasting)
        finding = at_least(1, counting(hours(), rule)).assess(
            log({2009 + number: figure for number, figure in enumerate(done) if figure}), period=year(2015)
        )
        assert finding.counted == ((done[6] + len(put_by)) * H,) * 2

    @given(
        done=st.lists(st.integers(0, 12), min_size=4, max_size=4),
        more=st.integers(0, 3),
        limit=st.none() | st.integers(0, 9),
    )
    def test_more_in_any_period_never_carries_less(self, done: list[int], more: int, limit: int | None) -> None:
        """Whichever year has an hour more, no less counts in the last."""
        policy = at_least(1, counting(hours(), carried(surplus(hours(), above=6), limit=limit, lasting=3)))

        def counts(figures: list[int]) -> int:
            subject = log({2012 + number: figure for number, figure in enumerate(figures) if figure})
            counted = policy.assess(subject, period=year(2015)).counted
            assert counted is not None
            return counted.least

        raised = [figure + (number == more) for number, figure in enumerate(done)]
        assert counts(raised) >= counts(done)


class TestToReach:
    rule = carried(surplus(hours(), above=30), to_reach=30)

    @pytest.mark.parametrize(("own", "counted"), [(0, 10), (18, 28), (20, 30), (25, 30), (30, 30), (33, 33)])
    def test_uses_only_as_much_as_is_needed(self, own: int, counted: int) -> None:
        """Of ten hours, what is needed to reach 30 and no more."""
        finding = found(self.rule, did(2014, 40), *([did(2015, own)] if own else []), figure=30)
        assert finding.counted == (counted * H, counted * H)
        assert finding.verdict is (MET if counted >= 30 else NOT_MET)

    def test_reckons_with_all_of_the_measure_whatever_a_clause_asks_for(self) -> None:
        """A clause for one kind sees what the whole needed."""
        rule = carried(surplus(hours(), above=30), to_reach=30, kind="a")
        some = at_least(1, counting(hours(kind="a"), rule))
        done = record("7", [did(2014, 40), did(2015, 3, kind="a"), did(2015, 22, kind="b")])
        finding = some.assess(done, period=year(2015))
        assert finding.counted == (8 * H, 8 * H)
        assert finding.owed == Owed(5 * H, 0)

    def test_what_is_not_known_of_the_period_leaves_it_open(self) -> None:
        """An amount that nobody knows may make it needless, and the activity is named."""
        finding = found(self.rule, did(2014, 40), did(2015, None), figure=35)
        assert finding.counted == (0, None)
        assert finding.missing() == ("the amount of “#2” (2 March 2015) is not known",)
        kind = counting(hours(kind="a"), carried(surplus(hours(), above=30), to_reach=30, kind="a"))
        finding = at_least(7, kind).assess(
            record("7", [did(2014, 40), did(2015, 22, kind="b"), did(2015, None, kind="b")]), period=year(2015)
        )
        assert finding.counted == (0, 8 * H)
        assert finding.missing() == ("the amount of “#3” is not known",)

    def test_a_figure_that_is_not_known_leaves_it_open(self) -> None:
        """No more than there is, and no less than nothing."""
        rule = carried(surplus(hours(), above=30), to_reach=agreed())
        assert found(rule, did(2014, 40), did(2015, 5)).counted == (5 * H, 15 * H)
        endless = carried(surplus(hours()), to_reach=30)
        assert found(endless, did(2014, None), did(2015, 5)).counted == (5 * H, 30 * H)
        without_end = carried(surplus(hours()), to_reach=agreed())
        assert found(without_end, did(2014, None), did(2015, 5)).counted == (5 * H, None)


class TestMadeUp:
    rule = made_up(hours(), 10)

    @pytest.mark.parametrize(("before", "own", "counted"), [(10, 8, 8), (12, 8, 8), (7, 8, 5), (0, 8, 0), (0, 13, 3)])
    def test_is_taken_off_what_is_done_next(self, before: int, own: int, counted: int) -> None:
        """What was short of ten hours goes first; no more than there is."""
        done = [did(number, figure) for number, figure in ((2014, before), (2015, own)) if figure]
        finding = found(self.rule, *done)
        assert finding.counted == (counted * H, counted * H)
        taken = [left for left in finding.left_out if left.why.kind == "carried"]
        assert sum(left.batch.amount for left in taken) == (own - counted) * H
        owing = max(10 - before - own, 0) * H
        assert finding.owed == (Owed(owing) if owing else None)

    def test_takes_the_earliest_first_and_tells_them(self) -> None:
        """A reader sees which hours went where."""
        finding = found(
            self.rule,
            did(2014, 7),
            activity("2015-02-01", 2, title="First"),
            activity("2015-01-01", 2, title="Earliest"),
            activity("2015-06-01", 2, title="Last"),
            figure=3,
        )
        assert str(finding) == (
            "Met for 2015 (hours): 3 h of at least 3 h, what the period before was short of 10 h is made up first, "
            "since 2014 was short of 3 h, which goes first\n"
            "Did not count (outside 2015): “#1” (2 March 2014, 7 h)\n"
            "Did not count (made up for 2014): “Earliest” (1 January 2015, 2 h) and “First” (1 February 2015, 1 h)"
        )
        assert [entry.title for batch in finding.entries for entry in batch.entries] == ["First", "Last"]

    def test_is_taken_off_what_entries_are_worth(self) -> None:
        """Three hours that weigh double are six, and two of these go first; what is worth nothing goes nowhere."""
        rules = worth(0, every=Amount.of(1, HOUR), unit=HOUR, kind="x"), worth(2, every=Amount.of(1, HOUR), unit=HOUR)
        measure = counting(hours(), *rules, made_up(hours(), 4))
        done = [did(2014, 2, kind="y"), did(2015, 2, kind="x"), did(2015, 3, kind="y")]
        finding = at_least(1, measure).assess(record("7", done), period=year(2015))
        assert finding.counted == (4 * H, 4 * H)
        assert [left.batch.amount for left in finding.left_out if left.why.kind == "carried"] == [2 * H]

    def test_takes_whole_batches_and_leaves_whole_ones(self) -> None:
        """Batches that are needed whole go, and what comes after them stays as it is."""
        rule = made_up(hours(), 4)
        policy = all_of(at_least(1, counting(hours(), rule), ref="all"), at_least(1, hours(kind="a")))
        done = [did(2015, 4, kind="a"), did(2015, 3, kind="b"), did(2015, 1, kind="c")]
        finding = policy.assess(record("7", done), period=year(2015))["all"]
        assert [batch.amount for batch in finding.entries] == [3 * H, H]

    def test_may_be_waived(self) -> None:
        """Nothing is to be made up for a period of which a condition holds."""
        rule = made_up(hours(), 10, unless=fact("waived"))
        assert found(rule, did(2015, 12), waived=True).counted == (12 * H, 12 * H)
        assert found(rule, did(2015, 12), waived=False).counted == (2 * H, 2 * H)
        finding = found(rule, did(2015, 12), figure=5)
        assert finding.counted == (2 * H, 12 * H)
        assert finding.verdict is CANNOT_TELL
        assert finding.missing() == ("the member's waived is not recorded",)

    def test_what_is_not_known_of_the_period_before_leaves_it_open(self) -> None:
        """An hour that nobody measured may have been enough, and is named."""
        finding = found(self.rule, did(2014, None), did(2015, 12), figure=5)
        assert finding.counted == (2 * H, 12 * H)
        assert finding.missing() == ("the amount of “#1” is not known",)
        bounded = found(made_up(hours(kind="a"), 10), did(2014, 4, kind=UNKNOWN), did(2015, 12), figure=5)
        assert bounded.counted == (2 * H, 6 * H)
        assert "how much of it" not in str(bounded)
        assert "since 2014 was short of 6 h" in str(bounded)
        assert found(self.rule, did(2014, None), did(2015, None), figure=5).counted == (0, None)

    def test_a_figure_that_is_not_known_leaves_it_open(self) -> None:
        """Nobody knows what there was to be short of."""
        finding = found(made_up(hours(), agreed()), did(2015, 12))
        assert finding.counted == (0, 12 * H)
        assert finding.missing() == ("no case-by-case agreement is recorded",)

    def test_counts_only_as_what_it_is_said_to_be(self) -> None:
        """What was short of one kind is made up in that kind."""
        rule = made_up(hours(kind="a"), 10, kind="a")
        done = record("7", [did(2015, 12, kind="a"), did(2015, 12, kind="b")])
        for where, counted in (({"kind": "a"}, 2), ({"kind": "b"}, 12), ({}, 14)):
            finding = at_least(1, counting(hours(**where), rule)).assess(done, period=year(2015))
            assert finding.counted == (counted * H, counted * H)

    def test_goes_before_what_is_carried(self) -> None:
        """Short of one figure and beyond another: what is carried in is not touched."""
        measure = counting(hours(), carried(surplus(hours(), above=4)), self.rule)
        finding = at_least(9, measure).assess(log({2014: 7, 2015: 1}), period=year(2015))
        assert finding.counted == (3 * H, 3 * H)
        assert finding.owed == Owed(2 * H)

    def test_both_may_be_owed(self) -> None:
        """What is owed of either kind is owed together."""
        measure = counting(hours(), carried(surplus(hours(), above=4), to_reach=9), self.rule)
        finding = at_least(9, measure).assess(log({2014: 7, 2015: 1}), period=year(2015))
        assert finding.owed == Owed(2 * H + 3 * H, 0)

    @given(done=st.lists(st.integers(0, 12), min_size=2, max_size=2), figure=st.integers(0, 12))
    def test_is_the_figure_less_what_was_done(self, done: list[int], figure: int) -> None:
        """In plain numbers."""
        before, own = done
        subject = log({2014 + number: one for number, one in enumerate(done) if one})
        finding = at_least(1, counting(hours(), made_up(hours(), figure))).assess(subject, period=year(2015))
        assert finding.counted == (max(own - max(figure - before, 0), 0) * H,) * 2


class TestReported:
    def test_counts_what_is_carried_and_made_up(self) -> None:
        """A total that is shown is counted as one that is asked for."""
        measure = counting(hours(), carried(surplus(hours(), above=15)))
        finding = reported(measure, ref="total").assess(log({2014: 20, 2015: 12}), period=year(2015))
        assert finding.counted == (17 * H, 17 * H)


class TestMisuse:
    def test_a_surplus_is_named(self) -> None:
        """To carry nothing says nothing."""
        with pytest.raises(PolicyError, match=r"Nothing says how much is carried forward.*surplus\(hours"):
            carried(limit=3)

    def test_a_tag_is_borne_once(self) -> None:
        """Two tags of one axis are one tuple of them."""
        for kind in (
            lambda: Carried(None, (surplus(hours()),), (("kind", "a"), ("kind", "b"))),
            lambda: MadeUp(Amount.of(1, HOUR), hours(), (("kind", "a"), ("kind", "b"))),
        ):
            with pytest.raises(PolicyError, match="What is carried is tagged on 'kind' twice") as caught:
                kind()
            assert caught.value.data == {"tags": (("kind", "a"), ("kind", "b"))}
        with pytest.raises(PolicyError, match="is no tag to look for on the axis 'kind'"):
            carried(surplus(hours()), kind=1.5)

    @pytest.mark.parametrize(
        "rule",
        [
            carried(surplus(points())),
            carried(surplus(hours()), surplus(points())),
            carried(surplus(of_fact("banked"))),
            carried(surplus(hours()), limit=3, unit=POINT),
            carried(surplus(hours()), to_reach=3, unit=POINT),
            made_up(points(), 3),
            MadeUp(Amount.of(3, POINT), hours()),
        ],
    )
    def test_another_unit_is_refused_where_it_is_written(self, rule: Any) -> None:
        """Points are no surplus of hours."""
        with pytest.raises(UnitError, match="cannot be handed on as hours") as caught:
            counting(hours(), rule)
        assert caught.value.data["unit"] == HOUR
        assert caught.value.data["surplus"] in (POINT, ACTIVITY)


# What is not known ----------------------------------------------------------------------------------------------------

UNSURE = st.builds(
    lambda number, figure, kind: (2012 + number, figure, kind),
    st.integers(0, 3),
    st.sampled_from([2, 5, 9, None]),
    st.sampled_from(["a", "b", UNKNOWN]),
)
RULES = st.one_of(
    st.builds(
        lambda above, limit, lasting, unless, to_reach, tags: carried(
            surplus(hours(kind="a"), above=above),
            surplus(hours(), above=2 * above),
            limit=limit,
            lasting=lasting,
            unless=fact("closed") if unless else None,
            to_reach=to_reach,
            **tags,
        ),
        st.integers(0, 6),
        st.none() | st.integers(1, 9),
        st.integers(1, 3),
        st.booleans(),
        st.none() | st.just(8) | st.just(pro_rata(12, since="admitted", rounding=Rounding("up", Amount.of(5, HOUR)))),
        st.sampled_from([{}, {"kind": "a"}]),
    ),
    st.builds(
        lambda figure, unless, tags: made_up(
            hours(kind="a"), figure, unless=fact("closed") if unless else None, **tags
        ),
        st.integers(0, 9) | st.just(pro_rata(12, since="admitted", rounding=Rounding("up", Amount.of(5, HOUR)))),
        st.booleans(),
        st.sampled_from([{}, {"kind": "a"}]),
    ),
)


def completed(done: list[tuple[int, Any, Any]], facts: dict[str, Any]) -> list[Record]:
    """Give every record that it may turn out to be, out of a few."""
    ways = [
        [
            (number, amount, tag)
            for amount in ([figure] if figure else [1, 20])
            for tag in ([kind], ["a", "b"])[kind is UNKNOWN]
        ]
        for number, figure, kind in done
    ]
    known = [[(name, one) for one in values] for name, values in facts.items()]
    return [
        record(
            Member("7", facts=dict(chosen[len(ways) :])),
            [did(number, figure, kind=kind) for number, figure, kind in chosen[: len(ways)]],
        )
        for chosen in product(*ways, *known)
    ]


class TestMissingFacts:
    @given(
        rules=st.lists(RULES, min_size=1, max_size=2),
        done=st.lists(UNSURE, max_size=4),
        where=st.sampled_from([{}, {"kind": "a"}]),
        figure=st.integers(1, 14),
    )
    def test_bounds_hold_whatever_they_turn_out_to_be(
        self, rules: list[Any], done: list[tuple[int, Any, Any]], where: dict[str, Any], figure: int
    ) -> None:
        """What counts lies between the bounds, a verdict stays, and where there is none a fact is named."""
        policy = scheme(at_least(figure, counting(hours(**where), *rules)), facts=(Fact("closed"),))
        subject = record("7", [did(number, amount, kind=kind) for number, amount, kind in done])
        finding = policy.assess(subject, period=year(2015))
        assert finding.counted is not None
        least, most = finding.counted
        assert bool(finding.missing()) == (finding.verdict is CANNOT_TELL)
        facts = {"closed": [True, False], "admitted": [date(2010, 1, 1), date(2014, 7, 1), date(2019, 1, 1)]}
        for one in completed(done, facts):
            other = policy.assess(one, period=year(2015))
            assert other.counted is not None
            assert other.counted.least == other.counted.most
            assert least <= other.counted.least
            assert most is None or other.counted.least <= most
            assert finding.verdict in (other.verdict, CANNOT_TELL)

    def test_an_open_decision_is_named(self) -> None:
        """What the text does not state, nobody can tell."""
        finding = found(carried(surplus(hours()), unless=all_of(unstated("when it lapses"))), did(2014, 20), figure=5)
        assert finding.missing() == ("the text does not state when it lapses",)
