"""What would still be needed: real cases with their wording, and the laws that the answer keeps."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdrules import (
    Finding,
    Period,
    Policy,
    Rounding,
    advise,
    all_of,
    any_of,
    at_least,
    at_least_of,
    at_most,
    each,
    exempt,
    none_of,
    over,
    undecided,
    unstated,
    when,
    year,
)
from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Unit
from cpdrules.cpd import (
    UNKNOWN,
    Activity,
    Member,
    Record,
    activity,
    agreed,
    by_fact,
    carried,
    circumstance,
    counting,
    different,
    divided_among,
    entries,
    fact,
    figure_when,
    grade,
    highest,
    hours,
    lowest,
    made_up,
    of_fact,
    points,
    record,
    share_of,
    sum_of,
    surplus,
    up_to,
)
from cpdrules.figures import reported
from cpdrules.findings import Bounds, Clause
from cpdrules.periods import years
from cpdrules.remaining import Need, Obstacle, in_a_sentence, least
from cpdrules.verdicts import Verdict
from cpdrules.windows import before

Y2015 = year(2015)
CYCLE = Period(date(2014, 1, 1), date(2015, 12, 31))
AREAS = ("personal_technical", "job_role_technical", "soft_skills")


def assessed(policy: Policy, *activities: Activity, period: Period = Y2015) -> Finding:
    """Assess a record of some activities."""
    return policy.assess(record("1", activities), period=period)


def said(policy: Policy, *activities: Activity, period: Period = Y2015) -> str:
    """Say what remains, in one sentence."""
    return in_a_sentence(assessed(policy, *activities, period=period).remaining())


def did(figure: Any, **tags: Any) -> Activity:
    """Do something in March 2015."""
    return activity("2015-03-02", figure, **tags)


class TestNeed:
    def test_reads_as_an_amount_of_a_kind(self) -> None:
        """A need is worded as people would say it: an amount, and of which activities."""
        assert str(Need(Amount.of(6, HOUR), (("planned", (True,)),))) == "6 h planned"
        assert str(Need(Amount.of("1.5", HOUR), (("planned", (False,)),))) == "1 h 30 min not planned"
        assert str(Need(Amount.of(2, HOUR))) == "2 h of any kind"
        assert str(Need(Amount.of(1, POINT))) == "1 point of any kind"
        assert str(Need(Amount.of(1, ACTIVITY), (("topic", ("ethics",)),))) == "1 activity with topic ethics"
        assert str(Need(Amount.of(2, ACTIVITY))) == "2 activities of any kind"

    def test_names_every_axis(self) -> None:
        """Flags come first, then what an axis admits; alternatives are joined by “or”."""
        where = (("area", ("job_role", "soft_skills")), ("level", (1,)), ("planned", (True,)))
        assert str(Need(Amount.of(4, HOUR), where)) == "4 h planned with area job role or soft skills and level 1"

    def test_names_what_would_not_do(self) -> None:
        """What no more counts of is taken out in words."""
        need = Need(Amount.of(2, HOUR), (), ((("area", ("soft_skills",)),),))
        assert str(need) == "2 h of any kind, but none with area soft skills"

    def test_a_number_of_different_tags_is_of_no_kind(self) -> None:
        """One more area is not “one area of any kind”."""
        assert str(Need(Amount(1, Unit("area")))) == "1 area more"

    def test_several_are_one_sentence(self) -> None:
        """The last comes on top of the others; nothing at all is the empty text."""
        planned = Need(Amount.of(6, HOUR), (("planned", (True,)),))
        area = Need(Amount.of(1, HOUR), (("area", ("b",)),))
        rest = Need(Amount.of(2, HOUR))
        assert in_a_sentence((planned, rest)) == "6 h planned, and 2 h more of any kind"
        assert in_a_sentence((planned, area, rest)) == "6 h planned, 1 h with area b, and 2 h more of any kind"
        assert in_a_sentence((planned, Need(Amount.of(3, POINT)))) == "6 h planned, and 3 points of any kind"
        assert in_a_sentence(()) == ""

    def test_an_obstacle_is_said_apart(self) -> None:
        """What doing more cannot mend never reads like something to do."""
        obstacle = Obstacle("plan: not met")
        assert str(obstacle) == "plan: not met, which doing more does not mend"
        assert in_a_sentence((obstacle,)) == "doing more does not mend: plan: not met"
        both = in_a_sentence((Need(Amount.of(2, HOUR)), obstacle))
        assert both == "2 h of any kind; doing more does not mend: plan: not met"


class TestAllOf:
    guideline = all_of(at_least(30, hours()), at_least(10, hours(planned=True)))

    def test_a_narrower_need_serves_a_wider_one(self) -> None:
        """Six planned hours are six of the eight that are short in all."""
        assert (
            said(self.guideline, did(4, planned=True), did(18, planned=False))
            == "6 h planned, and 2 h more of any kind"
        )
        assert said(self.guideline, did(4, planned=True), did(25, planned=False)) == "6 h planned"
        assert said(self.guideline, did(12, planned=True), did(15, planned=False)) == "3 h of any kind"

    def test_the_order_of_clauses_does_not_matter(self) -> None:
        """The total may be asked for first or last."""
        turned = all_of(at_least(10, hours(planned=True)), at_least(30, hours()))
        assert said(turned, did(4, planned=True)) == said(self.guideline, did(4, planned=True))

    def test_axes_are_laid_over_one_another(self) -> None:
        """Hours can be planned and in an area at once; areas cannot share hours."""
        policy = all_of(
            at_least(10, hours(planned=True)), *(at_least(4, hours(area=area)) for area in AREAS), at_least(15, hours())
        )
        assert said(policy) == (
            "4 h planned with area personal technical, 4 h planned with area job role technical, "
            "2 h planned with area soft skills, 2 h with area soft skills, and 3 h more of any kind"
        )

    def test_two_kinds_without_a_total(self) -> None:
        """Two clauses that have nothing to do with one another are needed side by side, or at once."""
        assert (
            said(all_of(at_least(2, hours(area="a")), at_least(3, hours(area="b"))))
            == "2 h with area a, and 3 h with area b"
        )
        crossing = all_of(at_least(2, hours(area="a")), at_least(3, hours(planned=True)))
        assert said(crossing) == "2 h planned with area a, and 1 h planned"
        assert said(all_of(at_least(2, hours()), at_least(3, hours()))) == "3 h of any kind"
        assert said(all_of(at_least(3, hours()), at_least(2, hours()))) == "3 h of any kind"

    def test_alternatives_of_one_axis_are_shared(self) -> None:
        """Where two clauses admit one tag, its hours serve both."""
        policy = all_of(at_least(2, hours(area=("a", "b"))), at_least(3, hours(area=("b", "c"))))
        assert said(policy) == "2 h with area b, and 1 h with area b or c"
        nested = all_of(at_least(2, hours(area="a")), at_least(3, hours(area=("a", "b"))), at_least(1, hours(area="c")))
        assert said(nested) == "2 h with area a, 1 h with area a or b, and 1 h with area c"

    def test_a_circle_of_alternatives_is_shared_too(self) -> None:
        """Three pairs of tags at one hour each take an hour and a half, and two whole activities."""
        pairs = (("a", "b"), ("b", "c"), ("a", "c"))
        needs = assessed(all_of(*(at_least(1, hours(area=pair)) for pair in pairs))).remaining()
        assert sum(need.amount.grains for need in needs if isinstance(need, Need)) == 5400
        counts = assessed(all_of(*(at_least(1, entries(area=pair)) for pair in pairs))).remaining()
        assert sum(need.amount.grains for need in counts if isinstance(need, Need)) == 2

    def test_units_are_apart(self) -> None:
        """An hour serves no clause that counts activities or points."""
        policy = all_of(at_least(2, hours()), at_least(1, entries(topic="ethics")), at_least(50, points()))
        assert said(policy) == "2 h of any kind, 1 activity with topic ethics, and 50 points of any kind"

    def test_advice_asks_nothing(self) -> None:
        """A recommendation that is not followed is no need."""
        assert said(all_of(at_least(2, hours()), advise(at_least(20, hours(area="a"))))) == "2 h of any kind"
        assert assessed(advise(at_least(20, hours()))).remaining() == ()

    def test_needs_beyond_counting_are_closed_one_by_one(self) -> None:
        """So many crossing clauses that they cannot be weighed still get an answer that is enough."""
        tags = "abcdefghijkl"
        policy = all_of(*(at_least(1, entries(area=tuple(tags.replace(tag, "")))) for tag in tags))
        finding = assessed(policy)
        assert sum(need.amount.grains for need in finding.remaining() if isinstance(need, Need)) <= len(tags)
        assert done(policy, record("1"), finding).satisfied


class TestMissingFacts:
    def test_the_worst_case_is_closed(self) -> None:
        """An activity that may or may not be planned is not counted on."""
        policy = at_least(10, hours(planned=True))
        assert said(policy, did(4, planned=True), did(5)) == "6 h planned"

    def test_a_tag_that_is_not_known_may_be_the_next_one(self) -> None:
        """An activity in an unknown area is in one area at least, and one new area may be the same."""
        policy = at_least(2, different("area"))
        assert said(policy, did(4)) == "2 areas more"
        assert said(policy, did(4, area="a"), did(4)) == "1 area more"

    def test_both_branches_are_closed_where_a_condition_cannot_be_told(self) -> None:
        """Whatever the grade turns out to be, the need is enough."""
        policy = when(grade("MIET"), at_least(10, hours(planned=True)), otherwise=at_least(30, hours()))
        assert said(policy, did(4, planned=True)) == "6 h planned, and 20 h more of any kind"

    def test_an_awaited_decision_leaves_the_whole_policy(self) -> None:
        """Until somebody decides, only the full figure is certainly enough."""
        assert said(undecided(at_least(30, hours()), awaiting="a decision"), did(12)) == "18 h of any kind"

    def test_a_figure_nobody_recorded_is_an_obstacle(self) -> None:
        """No amount is invented where the figure is not known."""
        finding = assessed(at_least(agreed(), hours()), did(12))
        assert finding.remaining() == (Obstacle("no case-by-case agreement is recorded"),)
        assert assessed(unstated("how many hours")).remaining() == (Obstacle("the text does not state how many hours"),)


class TestRoutes:
    def test_the_cheapest_route_is_taken(self) -> None:
        """Of two ways to meet a policy, the one with less to do."""
        policy = any_of(at_least(10, hours(planned=True)), at_least(12, hours()))
        assert said(policy, did(4, planned=True), did(5, planned=False)) == "3 h of any kind"
        assert said(policy, did(9, planned=True)) == "1 h planned"

    def test_a_route_with_an_obstacle_comes_last(self) -> None:
        """A route that cannot be gone is not cheap."""
        plan = fact("plan")
        policy = any_of(all_of(plan, at_least(1, hours())), at_least(50, hours()))
        assert said(policy) == "50 h of any kind"

    def test_so_many_routes_as_are_enough(self) -> None:
        """What is met already is counted, and the cheapest of the others are added."""
        policy = at_least_of(
            2, at_least(3, hours(area="a")), at_least(2, hours(area="b")), at_least(1, hours(area="c"))
        )
        assert said(policy) == "2 h with area b, and 1 h with area c"
        assert said(policy, did(3, area="a")) == "1 h with area c"

    def test_too_few_routes_that_apply(self) -> None:
        """Where too few clauses apply, all that do are enough."""
        policy = at_least_of(2, at_least(3, hours()), exempt("not asked"), exempt("nor this"))
        assert assessed(policy).remaining() == (Need(Amount.of(3, HOUR), period=Y2015),)
        assert assessed(policy, did(3)).satisfied

    def test_a_choice_that_stays_open_is_an_obstacle(self) -> None:
        """Among alternatives, nothing is met by a branch that may not be asked at all."""
        choice = when(grade("MIET"), exempt("not asked"), otherwise=at_least(3, hours()))
        assert said(any_of(choice, at_least(20, hours(area="a"))), did(3)) == "20 h with area a"
        finding = assessed(any_of(choice, fact("plan")), did(3))
        assert Obstacle("the member's grade is not recorded") in finding.remaining()


class TestWindows:
    def test_an_hour_serves_every_window_it_lies_in(self) -> None:
        """What is done in a year is done in the cycle too."""
        policy = all_of(each(years(1), at_least(20, hours())), over(years(2), at_least(50, hours())))
        text = said(policy, period=CYCLE)
        assert text == "20 h of any kind in 2014, 20 h of any kind in 2015, and 10 h more of any kind in 2014 to 2015"

    def test_windows_that_share_no_day_are_apart(self) -> None:
        """An hour of one year does nothing for another."""
        policy = each(years(1), all_of(at_least(5, hours(planned=True)), at_least(7, hours())))
        text = said(policy, activity("2015-02-01", 1, planned=True), period=CYCLE)
        planned, rest = (
            "5 h planned in 2014, 4 h planned in 2015",
            "2 h more of any kind in 2014, and 2 h more of any kind in 2015",
        )
        assert text == f"{planned}, {rest}"

    def test_only_as_many_stretches_as_are_missing(self) -> None:
        """Of three years two are enough: one is met, and the nearest of the others is asked for."""
        policy = each(years(1), at_least(10, hours()), at_least=2)
        cycle = Period(date(2013, 1, 1), date(2015, 12, 31))
        done = [activity("2013-03-02", 4), activity("2014-03-02", 12), activity("2015-03-02", 7)]
        assert assessed(policy, *done, period=cycle).remaining() == (Need(Amount.of(3, HOUR), period=Y2015),)
        nothing = assessed(policy, period=cycle).remaining()
        assert nothing == tuple(Need(Amount.of(10, HOUR), period=year(number)) for number in (2013, 2014))
        assert assessed(policy, *done, activity("2013-03-02", 6), period=cycle).remaining() == ()

    def test_what_is_past_cannot_be_mended(self) -> None:
        """What was not done in the period before stands in the way, by its name or as what it is."""
        policy = all_of(before(at_least(10, hours())), at_least(3, hours()))
        assert said(policy) == "3 h of any kind; doing more does not mend: in the period before: not met"
        assert said(before(at_least(10, hours()), ref="last year")) == "doing more does not mend: last year: not met"
        assert said(policy, activity("2014-03-02", 10)) == "3 h of any kind"
        unknown = assessed(before(at_least(10, hours(planned=True))), activity("2014-03-02", 10, planned=UNKNOWN))
        assert unknown.remaining() == (Obstacle("in the period before: cannot tell"),)
        either = any_of(before(at_least(10, hours()), periods=2), at_least(30, hours()))
        assert said(either, did(10)) == "20 h of any kind"

    def test_findings_without_a_period(self) -> None:
        """A domain that knows no dates is served alike, and its needs are apart from dated ones."""

        def short(where: Any, period: Period | None = None) -> Finding:
            bounds = Bounds(HOUR.grain, HOUR.grain)
            clause = Clause("at_least", unit=HOUR, where=where)
            return Finding(clause, Verdict.NOT_MET, required=bounds, counted=Bounds(0, 0), period=period)

        wide, narrow = (("area", ("a", "b")),), (("area", ("b", "c")),)
        undated = Finding(Clause("all_of"), Verdict.NOT_MET, (short(wide), short(narrow)))
        assert in_a_sentence(undated.remaining()) == "1 h with area b"
        both = Finding(Clause("all_of"), Verdict.NOT_MET, (short(wide), short(narrow), short((), Y2015)))
        assert in_a_sentence(both.remaining()) == "1 h with area b, and 1 h of any kind in 2015"


class TestObstacles:
    def test_a_prohibition_that_is_broken(self) -> None:
        """More activity never undoes what should not have been done."""
        policy = at_most(5, hours(kind="self_study"), ref="self_study")
        assert assessed(policy, did(7, kind="self_study")).remaining() == (Obstacle("self_study: 7 h of at most 5 h"),)
        assert assessed(policy, did(7)).remaining() == (Obstacle("self_study: perhaps more than 5 h"),)
        assert assessed(none_of(at_least(5, hours(), ref="long")), did(7)).remaining() == (Obstacle("none of: long"),)

    def test_a_condition_that_does_not_hold(self) -> None:
        """A fact about the member is not mended by activities."""
        subject = record("1", plan=False)
        assert least(fact("plan").assess(subject, period=Y2015)) == (Obstacle("plan: not met"),)

    def test_something_unknown_to_this_module(self) -> None:
        """A finding that is not met never looks as if nothing were needed."""
        odd = Finding(Clause("odd"), Verdict.NOT_MET, (Finding(Clause("even"), Verdict.MET),))
        assert least(odd) == (Obstacle("odd: not met"),)

    def test_findings_that_say_too_little(self) -> None:
        """A finding without its amounts, from a document say, leaves obstacles where it cannot be reckoned with."""
        silent = [Finding(Clause(word, word), Verdict.NOT_MET) for word in ("at_least", "at_most")]
        quiet = Finding(Clause("at_most", "quiet"), Verdict.MET)
        calm = Finding(Clause("none_of", "calm"), Verdict.MET, (silent[0],))
        whole = Finding(Clause("all_of"), Verdict.NOT_MET, (*silent, quiet, calm))
        assert whole.remaining() == (Obstacle("at_least: not met"), Obstacle("at_most: not met"))

    def test_room_below_a_prohibition_is_kept(self) -> None:
        """What would break a prohibition does not serve a floor."""
        policy = all_of(at_least(10, hours()), at_most(3, hours(kind="self_study")))
        assert said(policy, did(2, kind="self_study")) == "8 h of any kind, but none with kind self study"
        assert said(policy, did(9, kind="course")) == "1 h of any kind"

    def test_a_floor_below_a_prohibition_it_would_break(self) -> None:
        """Two clauses that cannot both be met are an obstacle."""
        policy = all_of(at_least(10, hours(kind="self_study")), at_most(5, hours(kind="self_study")))
        assert assessed(policy).remaining()[-1] == Obstacle(
            "no more than 5 h more with kind self study would be allowed"
        )
        both = all_of(at_least(10, hours()), at_most(5, hours()))
        assert assessed(both).remaining()[-1] == Obstacle("no more than 5 h more of any kind would be allowed")

    def test_room_below_what_must_not_be_reached(self) -> None:
        """A condition said the other way round leaves room below it."""
        policy = all_of(at_least(10, hours()), none_of(at_least(3, hours(kind="x")), fact("suspended")))
        subject = record(Member("1", facts={"suspended": False}))
        assert (
            in_a_sentence(policy.assess(subject, period=Y2015).remaining()) == "10 h of any kind, but none with kind x"
        )

    def test_a_prohibition_on_a_number_of_activities(self) -> None:
        """An hour is an activity too, and where no more of them are allowed it is of another kind."""
        policy = all_of(at_least(10, hours()), at_most(1, entries(kind="x")), at_most(1, entries(kind="y")))
        assert said(policy, did(1, kind="x"), did(1, kind="z")) == "8 h of any kind, but none with kind x"


class TestCaps:
    def test_what_is_capped_does_not_count_more(self) -> None:
        """Where a cap is reached, the need is for activities outside it."""
        policy = at_least(30, counting(hours(), up_to(10, planned=False)))
        assert said(policy, did(14, planned=True), did(15, planned=False)) == "6 h planned"
        named = at_least(30, counting(hours(), up_to(10, kind="event")))
        assert said(named, did(25, kind="event")) == "20 h of any kind, but none with kind event"

    def test_what_leaves_room_may_be_of_any_kind(self) -> None:
        """A cap that cannot be reached says nothing."""
        policy = at_least(30, counting(hours(), up_to(10, planned=False)))
        assert said(policy, did(25, planned=True)) == "5 h of any kind"

    def test_a_cap_on_all_that_would_count(self) -> None:
        """A floor above its own cap can never be met."""
        policy = at_least(30, counting(hours(planned=True), up_to(10, planned=True)))
        needs = assessed(policy, did(25, planned=True)).remaining()
        assert needs == (Obstacle("20 h planned would have to count, and no more than a cap counts of it"),)

    def test_a_cap_within_one_axis_takes_its_tag_away(self) -> None:
        """Of two admitted tags, the one that is capped is no longer one."""
        policy = at_least(30, counting(hours(area=("a", "b")), up_to(10, area="a")))
        assert said(policy, did(15, area="a")) == "20 h with area b"

    def test_a_cap_on_two_axes_is_named_whole(self) -> None:
        """Only what is both is taken out; what cannot be both needs no words."""
        capped = at_least(30, counting(hours(), up_to(10, kind="event", planned=False)))
        assert (
            said(capped, did(15, kind="event", planned=False))
            == "20 h of any kind, but none not planned with kind event"
        )
        apart = at_least(30, counting(hours(area="b"), up_to(10, area="a", planned=False)))
        assert said(apart) == "30 h with area b"

    def test_a_cap_that_another_one_makes_plain(self) -> None:
        """Two caps together leave only what is outside both."""
        policy = at_least(30, counting(hours(), up_to(5, kind="event", planned=False), up_to(9, kind="event")))
        events = [did(9, kind="event", planned=False), did(9, kind="event", planned=True)]
        assert said(policy, *events) == "21 h of any kind, but none with kind event"
        two = at_least(30, counting(hours(), up_to(5, kind="event"), up_to(9, kind="course")))
        text = said(two, did(9, kind="event"), did(9, kind="course"))
        assert text == "16 h of any kind, but none with kind event and none with kind course"
        crossed = all_of(
            at_least(9, counting(hours(planned=True), up_to(1, kind="event", long=True)), ref="one"),
            at_most(1, hours(long=False, planned=True), ref="two"),
        )
        assert said(crossed) == "9 h long planned, but none with kind event"

    def test_a_capped_kind_still_serves_the_clause_that_asks_for_it(self) -> None:
        """An hour that does not count towards one clause counts towards another."""
        policy = all_of(
            at_least(30, counting(hours(), up_to(10, kind="event")), ref="capped"), at_least(18, hours(kind="event"))
        )
        finding = assessed(policy, did(15, kind="event"))
        assert (
            in_a_sentence(finding.remaining())
            == "3 h with kind event, and 20 h more of any kind, but none with kind event"
        )


class TestHandedOn:
    def test_what_is_made_up_first_is_needed_besides(self) -> None:
        """Two hours of this year went to the last one, which lacks one more."""
        policy = at_least(10, counting(hours(), made_up(hours(), 10)))
        assert said(policy, activity("2014-03-02", 7), did(2)) == "11 h of any kind"
        assert said(policy, activity("2014-03-02", 7), did(5)) == "8 h of any kind"

    def test_what_is_carried_only_as_needed_gives_way(self) -> None:
        """Ten hours wait, and whoever does more needs fewer of them."""
        rule = carried(surplus(hours(), above=30), to_reach=30, kind="a")
        before = activity("2014-03-02", 40)
        assert said(at_least(30, counting(hours(), rule)), before, did(18)) == "2 h of any kind"
        assert said(at_least(33, counting(hours(), rule)), before, did(18)) == "15 h of any kind"
        some = at_least(12, counting(hours(kind="a"), rule))
        assert said(some, before, did(1, kind="a")) == "1 h with kind a"
        assert said(some, before, did(1, kind="a"), did(19, kind="b")) == "11 h with kind a"

    def test_what_gives_way_to_another_clause_is_needed_after_all(self) -> None:
        """Met with what was carried in, and undone by what another clause asks for."""
        rule = carried(surplus(hours(), above=30), to_reach=30, kind="a")
        policy = all_of(at_least(10, counting(hours(kind="a"), rule)), at_least(20, hours(kind="b")))
        assert said(policy, activity("2014-03-02", 40), did(15, kind="b")) == "5 h with kind b"
        more = all_of(at_least(10, counting(hours(kind="a"), rule)), at_least(31, hours(kind="b")))
        assert said(more, activity("2014-03-02", 40), did(20, kind="b")) == "10 h with kind a, and 11 h with kind b"
        either = any_of(more, at_least(99, hours(kind="c")))
        assert said(either, activity("2014-03-02", 40), did(20, kind="b")) == "10 h with kind a, and 11 h with kind b"


class TestShares:
    def test_a_share_rises_with_what_is_done(self) -> None:
        """To reach half, the missing hours and as many again."""
        policy = at_least(share_of("1/2", hours()), hours(structured=True))
        assert said(policy, did(4, structured=True), did(12, structured=False)) == "8 h structured"

    def test_a_share_that_is_rounded_may_rise_by_a_step(self) -> None:
        """A third of nine hours is three, and of what is done for it another hour and a half, which makes two."""
        up = Rounding("up", Amount.of(1, HOUR))
        policy = at_least(share_of("1/3", hours(), rounding=up), hours(planned=True))
        (need,) = assessed(policy, did(9, planned=False)).remaining()
        assert need == Need(Amount.of(6, HOUR), (("planned", (True,)),), (), Y2015)
        assert assessed(policy, did(9, planned=False), did(6, planned=True)).satisfied

    @pytest.mark.parametrize(
        "figure",
        [
            lambda share: highest(share, "1 min"),
            lambda share: lowest(share, 900),
            lambda share: by_fact("title", {"fellow": "1 min"}, otherwise=share),
            lambda share: figure_when(circumstance("retired"), "1 min", otherwise=share),
        ],
    )
    def test_a_share_among_figures_may_rise_by_its_step(self, figure: Callable[[Any], Any]) -> None:
        """Wherever the rounded share stands, what is done for it may raise it to the next hour."""
        share = share_of("1/3", hours(), rounding=Rounding("up", Amount.of(1, HOUR)))
        policy = at_least(figure(share), hours(planned=True))
        member = Member("7", facts={"title": "other"})
        log = (did(9, planned=False),)
        (need,) = policy.assess(record(member, log), period=Y2015).remaining()
        assert isinstance(need, Need)
        more = did(Amount(need.amount.grains, HOUR), planned=True)
        assert policy.assess(record(member, (*log, more)), period=Y2015).satisfied

    def test_a_share_that_is_met_must_stay_met(self) -> None:
        """Hours of any kind would dilute a share that is just reached."""
        policy = all_of(at_least(share_of("1/2", hours()), hours(structured=True)), at_least(30, hours()))
        assert (
            said(policy, did(12, structured=True), did(12, structured=False))
            == "3 h structured, and 3 h more of any kind"
        )

    def test_a_share_of_everything_that_is_missed_once(self) -> None:
        """All of it can never be reached again, and no search goes on for ever."""
        policy = at_least(share_of("1", hours()), hours(structured=True))
        assert assessed(policy, did(1, structured=False)).remaining() == (
            Obstacle("a share that is asked for is out of reach"),
        )

    def test_a_share_of_something_else(self) -> None:
        """As much structured as unstructured activity: only the one rises."""
        policy = at_least(share_of("1", hours(structured=False)), hours(structured=True))
        assert said(policy, did(4, structured=True), did(12, structured=False)) == "8 h structured"

    def test_the_highest_of_several_shares(self) -> None:
        """Of several shares the steepest is reckoned with."""
        measure = hours(structured=True)
        policy = at_least(highest(share_of("1/2", hours()), share_of("1/4", hours())), measure)
        assert said(policy, did(4, structured=False)) == "4 h structured"
        alone = at_least(highest(1, share_of("1/2", hours())), measure)
        assert said(alone, did(4, structured=False)) == "4 h structured"

    def test_a_share_that_is_exceeded_is_mended_by_more_of_other_kinds(self) -> None:
        """At most a third: the base can grow."""
        policy = at_most(share_of("1/3", hours()), hours(kind="self_study"), ref="self_study")
        assert (
            said(policy, did(6, kind="self_study"), did(6, kind="course"))
            == "6 h of any kind, but none with kind self study"
        )
        nothing = at_most(share_of("0", hours()), hours(kind="self_study"), ref="self_study")
        assert said(nothing, did(6, kind="self_study")) == "doing more does not mend: self_study: 6 h of at most 0 h"

    def test_a_share_whose_amounts_are_not_known(self) -> None:
        """Nothing can be said of a base without an end."""
        policy = at_most(share_of("1/3", hours()), hours(kind="self_study"), ref="self_study")
        text = said(policy, activity("2015-03-02", None, kind="self_study"))
        assert text == "doing more does not mend: the amount of “#1” is not known"


# The laws -----------------------------------------------------------------------------------------------------------


#: What is counted one by one is recorded in a unit of its own, so that it changes no count of hours.
TALK = Unit("talk")


def tags_for(need: Need) -> dict[str, Any]:
    """Choose the tags of an activity that is exactly what a need says, and as little more as its bars allow."""
    admitted: dict[str, tuple[Any, ...]] = dict(need.where)
    for axis, tags in (pair for bar in need.but_not for pair in bar):
        admitted.setdefault(axis, (not tags[0],) if isinstance(tags[0], bool) else ("another",))
    for chosen in product(*admitted.values()):
        fitting = dict(zip(admitted, chosen, strict=True))
        if not any(all(fitting[axis] in tags for axis, tags in bar) for bar in need.but_not):
            return fitting
    raise AssertionError(f"nobody can do {need}")


def as_done(remaining: Iterable[Need | Obstacle]) -> list[Activity]:
    """Do exactly what remains."""
    found: list[Activity] = []
    for number, need in enumerate(remaining):
        assert isinstance(need, Need)
        day = (need.period or Y2015).first
        if need.amount.unit in (HOUR, POINT):
            found.append(activity(day, need.amount, unit=need.amount.unit, id=f"n{number}", **tags_for(need)))
            continue
        for count in range(need.amount.grains):
            fresh = (
                {}
                if need.amount.unit == ACTIVITY
                else {need.amount.unit.name.replace(" ", "_"): f"new {number} {count}"}
            )
            found.append(activity(day, 1, unit=TALK, id=f"n{number}.{count}", **{**tags_for(need), **fresh}))
    return found


def done(policy: Policy, before: Record, finding: Finding, period: Period = Y2015) -> Finding:
    """Assess a record again, with all done that remained."""
    after = Record(before.member, (*before.activities, *as_done(finding.remaining())), plan=before.plan)
    return policy.assess(after, period=period)


SMALL = st.integers(1, 6)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "planned": st.booleans(),
        "area": st.sets(st.sampled_from("abc"), min_size=1, max_size=2).map(lambda tags: tuple(sorted(tags))),
    },
)


def capped(figures: tuple[int, int, str]) -> Policy:
    """Write a floor of hours under a cap."""
    figure, cap, area = figures
    return at_least(figure, counting(hours(), up_to(cap, area=area)))


def shared(figures: tuple[int, dict[str, Any]]) -> Policy:
    """Write a floor that is a share of all hours."""
    part, where = figures
    return at_least(share_of(f"1/{part}", hours()), hours(**where))


FLOORS = st.one_of(
    st.builds(lambda figure, where: at_least(figure, hours(**where)), SMALL, FILTERS),
    st.builds(lambda figure, where: at_least(figure, entries(**where)), SMALL, FILTERS),
    st.builds(lambda figure, where: at_least(figure, points(**where)), SMALL, FILTERS),
    st.builds(lambda figure: at_least(figure, different("area")), SMALL),
    st.tuples(SMALL, SMALL, st.sampled_from("abc")).map(capped),
    st.tuples(st.integers(2, 4), FILTERS).map(shared),
)
CEILINGS = st.one_of(
    st.builds(lambda figure, where: at_most(figure, hours(**where)), SMALL, FILTERS),
    st.builds(lambda figure, where: none_of(at_least(figure, hours(**where))), SMALL, FILTERS),
    st.builds(lambda part: at_most(share_of(f"1/{part}", hours()), hours(area="a")), st.integers(2, 4)),
)


def joined(parts: st.SearchStrategy[Policy]) -> st.SearchStrategy[Policy]:
    """Join policies in every way that there is."""
    several = st.lists(parts, min_size=1, max_size=4)
    conditions = st.sampled_from([fact("yes"), fact("no"), fact("unknown")])
    return st.one_of(
        several.map(lambda listed: all_of(*listed)),
        several.map(lambda listed: any_of(*listed)),
        several.map(lambda listed: at_least_of((len(listed) + 1) // 2, *listed)),
        st.builds(lambda condition, one, other: when(condition, one, otherwise=other), conditions, parts, parts),
        st.builds(when, conditions, parts),
        parts.map(advise),
        parts.map(lambda part: undecided(part, awaiting="a decision")),
        parts.map(lambda part: each(years(1), part)),
        parts.map(lambda part: over(years(1), part)),
        st.builds(lambda part, some: each(years(1), part, at_least=some), parts, st.integers(1, 3)),
        parts.map(before),
    )


def handing(where: dict[str, Any], tags: dict[str, Any], figure: int, rule: Any) -> Policy:
    """Write a floor of hours to which something is handed on, as hours of an area or of none."""
    above, limit, lasting, to_reach, unless = rule
    condition = fact("no") if unless == 1 else fact("unknown") if unless == 2 else None
    handed = (
        made_up(hours(), above, unless=condition, **tags)
        if limit == 0
        else carried(
            surplus(hours(), above=above), limit=limit, lasting=lasting, to_reach=to_reach, unless=condition, **tags
        )
    )
    return at_least(figure, counting(hours(**where), handed))


def sides(figures: list[tuple[int, dict[str, Any]]]) -> Policy:
    """Divide hours among floors, one of which may be a share of them all."""
    floors = [at_least(figure, hours(**where)) for figure, where in figures]
    return divided_among(*floors, *([at_least(share_of("1/4", hours()), hours())] if figures[0][0] == 6 else []))


NEW = st.one_of(
    st.lists(st.tuples(SMALL, FILTERS), min_size=2, max_size=3).map(sides),
    st.builds(
        handing,
        FILTERS,
        st.sampled_from([{}, {"area": "a", "planned": True}]),
        st.integers(1, 14),
        st.tuples(
            st.integers(0, 6),
            st.sampled_from([None, 0, 0, 4, 9]),
            st.integers(1, 2),
            st.none() | SMALL,
            st.integers(0, 2),
        ),
    ),
    st.builds(lambda where: reported(hours(**where)), FILTERS),
    st.builds(lambda figure: at_least(figure, of_fact("logged", unit=HOUR)), SMALL),
    st.builds(lambda figure: at_most(figure, of_fact("logged", unit=HOUR)), SMALL),
    st.builds(lambda one, other: at_least(by_fact("way", {"a": one}, otherwise=other), hours()), SMALL, SMALL),
    st.builds(
        lambda which, one, other: at_least(sum_of(figure_when(fact(which), one, otherwise=other), 1), hours()),
        st.sampled_from(["yes", "no", "unknown"]),
        SMALL,
        SMALL,
    ),
    st.builds(lambda figure: at_least(sum_of(share_of("1/3", hours()), figure), hours()), SMALL),
    st.builds(
        lambda where, part, step: at_least(
            share_of(f"1/{part}", hours(), rounding=Rounding("up", Amount.of(step, HOUR))), hours(**where)
        ),
        FILTERS,
        st.integers(2, 4),
        st.integers(1, 3),
    ),
    st.builds(
        lambda where: at_least(
            sum_of(share_of("1/3", hours()), share_of("1/4", share_of("1/2", hours()))), hours(**where)
        ),
        FILTERS,
    ),
    st.builds(
        lambda part, step: at_most(
            share_of(f"1/{part}", hours(), rounding=Rounding("down", Amount.of(step, HOUR))), hours(area="a")
        ),
        st.integers(2, 4),
        st.integers(1, 3),
    ),
)


def rejoined(parts: st.SearchStrategy[Policy]) -> st.SearchStrategy[Policy]:
    """Join policies by the words that look at other stretches, report one route, or ask for each tag."""
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        joined(parts),
        several.map(lambda listed: all_of(*listed)),
        several.map(lambda listed: any_of(*listed[1:], all_of(listed[0], ref="x"), report="x")),
        parts.map(lambda part: each(years(2), part, every=years(1), reaching_back=years(1))),
        parts.map(lambda part: all_of(each(years(1), part), over(years(2), part))),
        parts.map(lambda part: each(years(2), part, every=years(1), reaching_back=years(1), at_least=1)),
        st.builds(lambda part, other: any_of(before(part), other), parts, parts),
    )


NEW_POLICIES = st.recursive(st.one_of(NEW, NEW, NEW, FLOORS, CEILINGS), rejoined, max_leaves=5)
POLICIES = st.recursive(st.one_of(FLOORS, FLOORS, CEILINGS), joined, max_leaves=6)
ACTIVITIES = st.builds(
    lambda month, figure, planned, area, points_: activity(
        date(2014 + month // 12, 1 + month % 12, 1),
        figure,
        unit=POINT if points_ else HOUR,
        planned=planned,
        area=area,
    ),
    st.integers(0, 23),
    SMALL,
    st.sampled_from([True, False, UNKNOWN]),
    st.sampled_from(["a", "b", "c", "another", UNKNOWN]),
    st.booleans(),
)
EARLIER = st.builds(
    lambda month, figure, planned, area: activity(
        date(2012 + month // 12, 1 + month % 12, 1), figure, planned=planned, area=area
    ),
    st.integers(0, 35),
    st.integers(1, 12),
    st.sampled_from([True, True, False, UNKNOWN]),
    st.sampled_from(["a", "a", "b", UNKNOWN]),
)
RECORDS = st.lists(ACTIVITIES, max_size=5).map(
    lambda activities: record(Member("1", facts={"yes": True, "no": False, "logged": 3}), activities)
)

EARLIER_TOO = st.builds(
    lambda before, earlier: Record(before.member, tuple(evolve(one, id="") for one in (*before.activities, *earlier))),
    RECORDS,
    st.lists(EARLIER, max_size=4),
)


class TestLaws:
    @given(policy=POLICIES, before=RECORDS)
    def test_what_remains_is_sufficient(self, policy: Policy, before: Record) -> None:
        """Who does exactly what remains, and meets no obstacle, meets the policy."""
        finding = policy.assess(before, period=CYCLE)
        assume(not any(isinstance(one, Obstacle) for one in finding.remaining()))
        assert done(policy, before, finding, CYCLE).satisfied

    @given(policy=NEW_POLICIES, before=EARLIER_TOO)
    def test_what_remains_is_sufficient_for_what_is_divided_and_handed_on(self, policy: Policy, before: Record) -> None:
        """Whatever stretches overlap, and whatever of it gives way to what is done."""
        finding = policy.assess(before, period=CYCLE)
        assert (finding.remaining() == ()) is finding.satisfied
        assume(not any(isinstance(one, Obstacle) for one in finding.remaining()))
        assert done(policy, before, finding, CYCLE).satisfied

    @given(policy=POLICIES, before=RECORDS)
    def test_only_who_is_satisfied_needs_nothing(self, policy: Policy, before: Record) -> None:
        """Nothing remains exactly where nothing is outstanding."""
        finding = policy.assess(before, period=CYCLE)
        assert (finding.remaining() == ()) is finding.satisfied

    @given(
        figures=st.lists(
            st.tuples(st.integers(1, 4), st.one_of(FILTERS, FILTERS.filter(lambda where: len(where) < 2))),
            min_size=1,
            max_size=4,
        )
    )
    def test_what_remains_is_the_least(self, figures: list[tuple[int, dict[str, Any]]]) -> None:
        """No smaller number of activities would do, tried out one by one."""
        finding = assessed(all_of(*(at_least(figure, entries(**where)) for figure, where in figures)))
        needs = [need for need in finding.remaining() if isinstance(need, Need)]
        assert sum(need.amount.grains for need in needs) == fewest(figures)


def fewest(figures: list[tuple[int, dict[str, Any]]]) -> int:
    """Find the smallest number of activities that meets floors, by trying all there are of each number."""
    kinds = sorted(
        {
            tuple(
                (where.get("planned", planned) == planned and area in where.get("area", area)) for _, where in figures
            )
            for planned, area in product((True, False), "abcd")
        }
    )
    number = 0
    while True:
        for chosen in combinations_with_replacement(kinds, number):
            if all(sum(kind[place] for kind in chosen) >= figure for place, (figure, _) in enumerate(figures)):
                return number
        number += 1


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_brute_force_is_right_where_it_is_plain(number: int) -> None:
    """Disjoint tags add up, and flags do not."""
    assert fewest([(number, {"area": ("a",)}), (2, {"area": ("b",)}), (1, {"planned": True})]) == number + 2
