"""More never hurts: more activity never turns a floor, and a cap takes from nothing but what it caps."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Policy, Verdict, all_of, any_of, at_least, at_least_of, at_most
from cpdrules.amounts import HOUR, Amount
from cpdrules.cpd import Activity, Record, activity, counting, hours, lowest, record, scheme, up_to
from cpdrules.cpd.measures import Total
from cpdrules.findings import Bounds
from tests.strategies import (
    AXES,
    PERIODS,
    TAGGED,
    WAYS,
    activities,
    caps,
    crossing_caps,
    floors,
    records,
    tagged_records,
    targets,
    totals,
    valued,
)

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

#: From the worst answer to the best.
RANK = {NOT_MET: 0, CANNOT_TELL: 1, MET: 2}

period = PERIODS[0][0]


def with_more(log: Record, more: Activity) -> Record:
    """Give a record with one more activity."""
    return evolve(log, activities=(*log.activities, evolve(more, id="one more")))


def counted(measure: Total, log: Record) -> Bounds:
    """Give the bounds of what a measure counts."""
    found = at_least(1, measure).assess(log, period=period).counted
    assert found is not None
    return found


def conventions(policy: Policy, data: st.DataObject) -> Policy:
    """Give a policy under some scheme's conventions."""
    return scheme(policy, axes=AXES, straddling=data.draw(st.sampled_from((None, *WAYS))))


class TestMoreActivity:
    @given(st.data())
    def test_never_turns_a_floor(self, data: st.DataObject) -> None:
        """Of one activity more, whatever is known of it, nothing that counted counts less and no answer gets worse."""
        policy = conventions(data.draw(floors(growing=False)), data)
        log = data.draw(records(known=False))
        before = policy.assess(log, period=period)
        after = policy.assess(with_more(log, data.draw(activities(known=False))), period=period)
        assert before.counted is not None and after.counted is not None
        assert after.counted.least >= before.counted.least
        assert after.counted.most is None or (before.counted.most or 0) <= after.counted.most
        assert (before.verdict, after.verdict) != (MET, NOT_MET)
        if before.verdict is MET:
            assert after.verdict is MET

    @given(st.data())
    def test_never_lowers_a_sum_by_rules(self, data: st.DataObject) -> None:
        """Under caps of fixed figures, that may cross, one activity more lowers nothing, whatever it is worth."""
        policy = scheme(
            at_least(1, data.draw(valued(fixed=True))),
            axes=TAGGED,
            straddling=data.draw(st.sampled_from((None, *WAYS))),
            while_member=data.draw(st.booleans()),
        )
        log = data.draw(tagged_records(known=False))
        where = data.draw(st.sampled_from(PERIODS))[0]
        fewer = evolve(log, activities=log.activities[:-1])
        before, after = policy.assess(fewer, period=where).counted, policy.assess(log, period=where).counted
        assert before is not None and after is not None
        assert after.least >= before.least
        assert after.most is None or (before.most is not None and before.most <= after.most)

    @given(st.data())
    def test_known_to_the_last_never_makes_an_answer_worse(self, data: st.DataObject) -> None:
        """An activity of which everything is known leaves a floor that was short no shorter."""
        policy = conventions(data.draw(floors(growing=False)), data)
        log, more = data.draw(records(known=False)), data.draw(activities(straddling=False))
        before, after = policy.assess(log, period=period), policy.assess(with_more(log, more), period=period)
        assert RANK[after.verdict] >= RANK[before.verdict]
        if before.short_by is not None and after.short_by is not None:
            assert after.short_by <= before.short_by

    @given(st.data())
    def test_never_hurts_floors_together(self, data: st.DataObject) -> None:
        """What holds of one floor holds of any joined by all, one, or so many of them."""
        parts = data.draw(st.lists(floors(growing=False), min_size=1, max_size=3))
        inner = data.draw(st.sampled_from((all_of, any_of)))(*parts)
        policy = conventions(at_least_of(data.draw(st.integers(1, 2)), inner, data.draw(floors(growing=False))), data)
        log = data.draw(records(known=False, most=4))
        before = policy.assess(log, period=period)
        after = policy.assess(with_more(log, data.draw(activities(known=False))), period=period)
        assert before.verdict is not MET or after.verdict is MET

    @given(st.data())
    def test_never_helps_a_ceiling(self, data: st.DataObject) -> None:
        """A prohibition that was broken stays broken, whatever is done besides."""
        policy = conventions(at_most(data.draw(st.integers(0, 20)), data.draw(totals())), data)
        log = data.draw(records(known=False))
        before = policy.assess(log, period=period)
        after = policy.assess(with_more(log, data.draw(activities(known=False))), period=period)
        assert before.verdict is not NOT_MET or after.verdict is NOT_MET


class TestALowerFigure:
    @given(targets(growing=False), st.integers(0, 40), totals(), records(known=False))
    def test_never_hurts(self, target: Any, figure: int, measure: Total, log: Record) -> None:
        """Whoever meets a figure meets any that is lower, and is short by less of it."""
        high = at_least(target, measure).assess(log, period=period)
        low = at_least(lowest(target, Amount(figure * 900, HOUR)), measure).assess(log, period=period)
        assert low.required is not None and high.required is not None
        assert low.required.least <= high.required.least
        assert RANK[low.verdict] >= RANK[high.verdict]


class TestACap:
    @given(totals(capped=False), caps(), records(known=False))
    def test_never_raises(self, measure: Total, limits: Any, log: Record) -> None:
        """Under a cap nothing counts that does not count without it."""
        free, capped = (
            at_least(1, one).assess(log, period=period).counted for one in (measure, counting(measure, *limits))
        )
        assert capped.least <= free.least
        assert free.most is None or (capped.most is not None and capped.most <= free.most)

    @given(totals(capped=False), caps(), records(known=False), st.integers(1, 20))
    def test_that_is_higher_never_hurts(self, measure: Total, limits: Any, log: Record, more: int) -> None:
        """To raise one cap of several lowers nothing."""
        raised = (evolve(limits[0], figure=limits[0].figure + Amount(more * 900, HOUR)), *limits[1:])
        low, high = (
            at_least(1, counting(measure, *some)).assess(log, period=period).counted for some in (limits, raised)
        )
        assert low.least <= high.least
        assert high.most is None or (low.most is not None and low.most <= high.most)

    @given(valued(capped=False), crossing_caps(fixed=True), tagged_records(straddling=False))
    def test_that_crosses_others_never_raises(self, measure: Total, limits: Any, log: Record) -> None:
        """Nor do caps that cross, or hold one by one; and each of them by itself leaves no less than all together."""
        free, *single, capped = (
            scheme(at_least(1, counting(measure, *some)), axes=TAGGED).assess(log, period=PERIODS[2][0]).counted
            for some in ((), *((limit,) for limit in limits), limits)
        )
        assert all(capped.least <= one.least <= free.least for one in single)

    @given(totals(capped=False), st.integers(0, 20), st.booleans(), records())
    def test_takes_from_nothing_but_what_it_caps(self, measure: Total, limit: int, planned: bool, log: Record) -> None:
        """What counts under a cap is all that lies outside it, and of what lies inside as much as it allows."""
        limit *= 900
        capped = counting(measure, up_to(Amount(limit, HOUR), planned=planned))
        found = scheme(at_least(1, capped), axes=AXES, straddling="by_day").assess(log, period=period)
        counted = [self._of(measure, log, planned=yes) for yes in (planned, not planned)]
        assert found.counted == (min(limit, counted[0]) + counted[1],) * 2

    def _of(self, measure: Total, log: Record, *, planned: bool) -> int:
        both = dict(measure.where).get("planned", (True, False))
        if planned not in both:
            return 0
        where = tuple(sorted((dict(measure.where) | {"planned": (planned,)}).items()))
        one = scheme(at_least(1, evolve(measure, where=where)), axes=AXES, straddling="by_day")
        counted = one.assess(log, period=period).counted
        assert counted is not None
        return counted.least

    @given(st.lists(st.tuples(st.integers(1, 1500), st.booleans()), max_size=12))
    def test_says_as_well_what_a_floor_says(self, log: list[tuple[int, bool]]) -> None:
        """R19: ten planned hours and thirty in all are asked for, or thirty of which twenty unplanned count at most."""
        entered = [activity("2014-03-03", f"{minutes} min", planned=planned) for minutes, planned in log]
        whole = record("1", entered)
        floors_ = all_of(at_least(10, hours(planned=True)), at_least(30, hours()))
        capped = at_least(30, counting(hours(), up_to(20, planned=False)))
        planned = sum(minutes for minutes, yes in log if yes)
        unplanned = sum(minutes for minutes, yes in log if not yes)
        expected = MET if planned + min(unplanned, 1200) >= 1800 else NOT_MET
        assert floors_.assess(whole, period=period).verdict is expected
        assert capped.assess(whole, period=period).verdict is expected
