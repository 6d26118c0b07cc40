"""What a linter finds in a policy, before anybody is judged by it; and that whatever it says is true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import (
    Finding,
    Policy,
    Rounding,
    Verdict,
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
from cpdrules.amounts import hours as so_many_hours
from cpdrules.choices import inferred
from cpdrules.cpd import (
    Axis,
    Fact,
    Record,
    agreed,
    agreement,
    circumstance,
    counting,
    different,
    entries,
    fact,
    figure_when,
    grade,
    highest,
    hours,
    lowest,
    points,
    pro_rata,
    registered,
    scheme,
    share_of,
    stepped,
    sum_of,
    time_weighted,
    up_to,
)
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.conditions import falls_in_period
from cpdrules.cpd.dividing import divided_among
from cpdrules.cpd.instances import for_each
from cpdrules.cpd.measures import (
    Rule,
    Total,
    amounts,
    as_tagged,
    carried,
    each_at_least,
    made_up,
    of_fact,
    share_of_counted,
    surplus,
    worth,
)
from cpdrules.cpd.tallies import Conventions
from cpdrules.cpd.targets import by_fact
from cpdrules.documents import read_policy, read_toml
from cpdrules.editions import Edition, editions
from cpdrules.figures import AtLeast, reported
from cpdrules.iet import cpd
from cpdrules.linting import Remark, lint, trees
from cpdrules.periods import months, years
from cpdrules.policies import Judge, Plan
from cpdrules.windows import before
from tests.document_strategies import any_policy
from tests.strategies import AXES, caps, filters, policies, records, targets

SCHEMES = Path(__file__).parents[1] / "examples" / "schemes"
FURTHER = Path(__file__).parent / "schemes" / "further"
X, Y = fact("route", "x"), fact("route", "y")
UP = Rounding("up", so_many_hours("1 min"))


def kinds(policy: Policy) -> list[str]:
    """Give the kinds of the remarks on a policy, with the names of the clauses they speak of."""
    return [f"{one.kind}: {', '.join(one.refs)}" for one in lint(policy)]


def only(policy: Policy) -> Remark:
    """Give the one remark on a policy."""
    (remark,) = lint(policy)
    return remark


class TestNeverMet:
    def test_more_than_caps_let_count(self) -> None:
        """Thirty hours of which only twenty count."""
        remark = only(all_of(at_least(30, counting(hours(), up_to(20)), ref="hours")))
        assert (remark.kind, remark.ref, remark.path, remark.refs) == ("never met", "hours", "all of[1]", ("hours",))
        assert str(remark) == (
            "hours: can never be met: it asks for 30 h, and no more than 20 h can count. Change it, or take it out."
        )

    def test_as_much_as_caps_let_count(self) -> None:
        """What can just be reached is no fault; nor what a cap limits only in part."""
        assert kinds(at_least(20, counting(hours(), up_to(20)))) == []
        assert kinds(at_least(21, counting(hours(), up_to(20, planned=False)))) == []
        assert kinds(at_least(21, counting(hours(planned=False), up_to(20, planned=False), up_to(30)), ref="x")) == [
            "never met: x"
        ]

    def test_caps_that_share_out_an_axis(self) -> None:
        """Five hours of each of two areas are ten in all, where nothing else counts."""
        measure = counting(hours(area=("a", "b")), up_to(5, area="a"), up_to(5, area="b"))
        assert kinds(at_least(10, measure, ref="x")) == []
        assert kinds(at_least(11, measure, ref="x")) == ["never met: x"]
        assert kinds(at_least(11, counting(hours(), *measure.caps), ref="x")) == []
        assert kinds(at_least(11, counting(hours(area=("a", "b")), up_to(5, area="a")), ref="x")) == []
        narrow = counting(hours(area=("a", "b")), up_to(5, area="a", planned=True), up_to(5, area="b"))
        assert kinds(at_least(11, narrow, ref="x")) == []

    def test_more_different_ones_than_are_named(self) -> None:
        """Three areas, of which two are named."""
        assert kinds(at_least(3, different("area", area=("a", "b")), ref="x")) == ["never met: x"]
        assert kinds(at_least(2, different("area", area=("a", "b")), ref="x")) == []

    def test_a_circumstance_taken_out_again(self) -> None:
        """Retired but not retired."""
        remark = only(circumstance("retired", but_not=("retired", "leave"), ref="x"))
        assert str(remark).startswith("x: can never be met: it takes out again all the circumstances that it names.")
        assert kinds(circumstance("retired", "leave", but_not="retired")) == []

    def test_what_is_made_of_such_clauses(self) -> None:
        """Either of two that never are; two of three of which one can be; none of what never fails."""
        never = at_least(30, counting(hours(), up_to(20)), ref="x")
        other, some = evolve(never, ref="y", figure=so_many_hours(31)), at_least(1, entries())
        assert kinds(any_of(never, other, ref="any"))[0] == "never met: any"
        assert kinds(at_least_of(2, never, other, some, ref="two"))[0] == "never met: two"
        assert kinds(at_least_of(2, never, some, exempt("e"), ref="two")) == ["never met: two", "never met: x"]
        assert kinds(at_least_of(1, never, some, ref="one")) == ["never met: x"]
        assert kinds(at_least_of(2, some, exempt("e"))) == []  # one is enough where no more apply
        assert kinds(none_of(at_least(0, hours(), ref="x"), ref="none")) == ["never met: none", "never fails: x"]
        assert "too few of its clauses can be met" in str(lint(any_of(never, ref="any"))[0])
        assert "one of its clauses never fails" in str(lint(none_of(at_least(0, hours()), ref="none"))[0])

    @pytest.mark.parametrize(
        ("target", "least"),
        [
            (stepped(5, circumstance("leave"), (months(3), 3)), 3),
            (time_weighted({"leave": 3}, otherwise=5, rounding=UP), 3),
            (time_weighted({"leave": 3}, otherwise=5, rounding=Rounding("down", so_many_hours(2))), 2),
            (lowest(4, 6), 4),
            (by_fact("route", {"x": 4, "y": 6}, otherwise=5), 4),
            (share_of("1/2", lowest(7, 9)), 4),
            (highest(4, 6, agreed()), 6),
            (figure_when(X, 4, otherwise=6), 4),
            (sum_of(1, stepped(5, circumstance("leave"), (months(3), 3))), 4),
            (share_of("3/2", lowest(4, 6)), 6),
            (share_of("1/2", 7, rounding=Rounding("down", so_many_hours(2))), 2),
        ],
    )
    def test_figures_that_depend_on_the_member(self, target: Any, least: int) -> None:
        """The least that anybody is asked for decides."""
        for limit in (least, least - 1):
            found = kinds(at_least(target, counting(hours(), up_to(limit)), ref="x"))
            assert found == ([] if limit == least else ["never met: x"])

    @pytest.mark.parametrize(
        "target",
        [
            agreed(),
            pro_rata(5, rounding=UP),
            share_of("1", hours()),
            lowest(agreed(), 5),
            highest(0, agreed()),
            figure_when(X, agreed(), otherwise=30),
            sum_of(agreed(), 1),
            pro_rata(30, per=years(1), rounding=UP),
        ],
    )
    def test_figures_that_may_be_nothing(self, target: Any) -> None:
        """Somebody may be asked for nothing, so nothing is said."""
        assert kinds(at_least(target, counting(hours(planned=True), up_to(1)), ref="x")) == []


class TestOtherStretches:
    def test_what_is_wrong_inside_is_said(self) -> None:
        """Twenty hours a year of which ten count are never met, in some of the years or in the one before."""
        never = at_least(20, counting(hours(), up_to(10)), ref="x")
        for around in (each(years(1), never, at_least=2), before(never)):
            assert kinds(around) == ["never met: x"]
            assert kinds(any_of(around, ref="any"))[0] == "never met: any"

    def test_what_holds_now_need_not_have_held_before(self) -> None:
        """A condition of this period says nothing of the period before, or of each stretch."""
        inner = when(X, at_least(1, hours()), otherwise=at_least(2, hours()))
        for around in (before(inner), each(years(1), inner, at_least=1)):
            assert kinds(when(X, around)) == []
        assert kinds(when(X, inner)) != []

    def test_the_same_of_two_periods_is_not_twice(self) -> None:
        """Ten hours now and ten hours then are two things."""
        ten = at_least(10, hours())
        assert kinds(all_of(ten, before(ten), before(ten, periods=2))) == []
        assert kinds(all_of(each(years(1), ten, at_least=1), each(years(1), ten, at_least=2))) == []
        assert kinds(all_of(before(ten, ref="a"), before(ten, ref="b"))) == ["twice: b, a"]

    def test_words_inside_a_figure(self) -> None:
        """A fact that a scheme does not know, in the condition of a figure; a cap by the day speaks of no axis."""
        known = {"facts": (Fact("route", ("x",)),), "axes": (Axis("kind"),)}
        policy = at_least(figure_when(fact("rout"), 1, otherwise=2), hours(), ref="x")
        assert kinds(scheme(policy, **known)) == ["unknown fact: x"]
        assert kinds(scheme(at_least(1, counting(hours(), up_to(8, per="day"))), **known)) == []
        assert kinds(scheme(at_least(1, counting(hours(), up_to(8, per="d")), ref="x"), **known)) == ["unknown axis: x"]


class TestNeverFails:
    @pytest.mark.parametrize(
        "figure", [0, lowest(0, 5), share_of("0", hours()), stepped(0, circumstance("leave"), (months(3), 0))]
    )
    def test_at_least_nothing(self, figure: Any) -> None:
        """Nobody has less than nothing."""
        remark = only(at_least(figure, hours(planned=True), ref="x"))
        assert str(remark) == "x: can never fail: nobody has less than 0 h. Change it, or take it out."

    def test_a_share_of_what_it_counts_itself(self) -> None:
        """Half of the planned hours is never more than all of them."""
        remark = only(at_least(share_of("1/2", hours(planned=True)), hours(), ref="x"))
        assert "it asks for a share of what it counts itself" in remark.what
        assert kinds(at_least(share_of("1/2", hours()), hours(planned=True))) == []

    def test_more_allowed_than_can_count(self) -> None:
        """Thirty allowed where twenty count at the most; and all of what is counted."""
        remark = only(at_most(30, counting(hours(), up_to(20)), ref="x"))
        assert "it allows 30 h, and no more than 20 h can count" in remark.what
        assert kinds(at_most(19, counting(hours(), up_to(20)))) == []
        remark = only(at_most(share_of("1", hours()), hours(planned=True), ref="x"))
        assert "it allows all of what it counts itself" in remark.what
        assert kinds(at_most(share_of("1/2", hours()), hours(planned=True))) == []

    def test_a_share_that_is_more_than_all(self) -> None:
        """Half as much again as was done is never reached by it, and always allowed; a rounded share may be either."""
        much, down = share_of("3/2", hours()), Rounding("down", so_many_hours(2))
        assert kinds(at_least(much, hours(), ref="x")) == []
        assert kinds(at_most(much, hours(planned=True), ref="x")) == ["never fails: x"]
        assert kinds(at_most(share_of("1", hours(), rounding=down), hours())) == []
        assert kinds(at_least(share_of("1", hours(), rounding=UP), hours())) == []

    def test_a_figure_for_a_length_of_time(self) -> None:
        """Thirty in a year may be ninety of a longer period."""
        per = pro_rata(30, per=years(1), rounding=UP)
        assert kinds(at_most(per, counting(hours(), up_to(20)))) == []
        assert kinds(at_most(pro_rata(30, rounding=UP), counting(hours(), up_to(20)))) == []
        assert kinds(all_of(at_least(40, hours(), ref="a"), at_most(per, hours(), ref="b"))) == []
        assert kinds(all_of(at_least(40, hours(), ref="a"), at_most(pro_rata(30, rounding=UP), hours(), ref="b"))) == [
            "contradiction: a, b"
        ]

    def test_what_is_carried_up_to_a_figure(self) -> None:
        """Ten of this year and five carried in are fifteen; where nobody knows how much is carried, nothing is said."""

        def limited(limit: Any, figure: int) -> list[str]:
            rule = carried(surplus(hours()), limit=limit)
            return kinds(at_least(figure, counting(hours(), up_to(10), rule), ref="x"))

        assert limited(figure_when(X, 5, otherwise=4), 16) == ["never met: x"]
        assert limited(figure_when(X, 5, otherwise=4), 15) == []
        assert limited(agreed(), 99) == limited(None, 99) == []

    def test_what_is_made_of_such_clauses(self) -> None:
        """Either of two of which one never fails, one of them at the least, and none of what is never met."""
        always, some = at_least(0, hours(), ref="x"), at_least(1, entries())
        never = at_least(30, counting(hours(), up_to(20)), ref="x")
        assert kinds(any_of(always, some, ref="any"))[0] == "never fails: any"
        assert "enough of its clauses never fail" in lint(any_of(always, some))[0].what
        assert kinds(at_least_of(1, always, some, ref="one"))[0] == "never fails: one"
        assert kinds(at_least_of(2, always, some, ref="two")) == ["never fails: x"]
        assert kinds(none_of(never, ref="none")) == ["never fails: none", "never met: x"]
        assert "none of its clauses can be met" in lint(none_of(never))[0].what

    def test_what_is_left_open_is_not_remarked_on(self) -> None:
        """Silence, open decisions, advice and exemptions are what they are on purpose."""
        some = at_least(1, entries())
        for policy in (
            unstated("x"),
            any_of(some, unstated("x")),
            all_of(some, unstated("x")),
            undecided(some, awaiting="d"),
            any_of(undecided(some, awaiting="d"), exempt("x")),
            any_of(exempt("x"), advise(some)),
            any_of(exempt("x"), reported(hours())),
            any_of(for_each("area", "a", clause=some), divided_among(hours_floor(), hours_floor())),
            none_of(agreement(), registered()),
            inferred(some, otherwise=exempt("x")),
            any_of(inferred(some, otherwise=exempt("x")), over(years(2), hours_floor())),
            any_of(each(months(6), hours_floor()), when(X, some)),
            any_of(scheme(some), editions(Edition("e", some, date(2015, 1, 1)))),
        ):
            assert kinds(policy) == []


def hours_floor() -> Policy:
    """Ask for an hour."""
    return at_least(1, hours())


class TestNeverChosen:
    def test_the_same_condition_twice_in_a_ladder(self) -> None:
        """What a condition has decided, the same condition does not decide again."""
        policy = when(X, exempt("a"), otherwise=when(evolve(X, ref="r"), exempt("b", ref="b"), otherwise=exempt("c")))
        remark = only(policy)
        assert (remark.kind, remark.ref, remark.path) == ("never chosen", "b", "when.otherwise.when.policy")
        assert "a choice around it has gone the other way by then" in remark.what

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (fact("route", "x", "y"), X),
            (circumstance("leave", "retired"), circumstance("leave")),
            (any_of(X, grade("MIET")), X),
            (at_least(5, hours()), at_least(10, hours(planned=True))),
        ],
    )
    def test_a_condition_that_was_decided_with_another(self, first: Policy, second: Policy) -> None:
        """Who is on one of two routes is decided on, and so is who is on one."""
        assert kinds(when(first, exempt("a"), otherwise=when(second, exempt("b", ref="b")))) == ["never chosen: b"]
        assert kinds(when(second, exempt("a"), otherwise=when(first, exempt("b", ref="b")))) == []

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (circumstance("leave", "retired", on="every_day"), circumstance("leave", on="every_day")),
            (circumstance("leave", "retired"), circumstance("leave", but_not="retired")),
            (fact("route", "x", "y"), fact("way", "x")),
            (fact("route"), fact("route", "x", False)),
            (fact("route", "x"), fact("route")),
            (agreement("a"), agreement("b")),
            (all_of(X, grade("MIET")), X),
            (falls_in_period("joined"), falls_in_period("left")),
        ],
    )
    def test_what_cannot_be_shown_is_not_said(self, first: Policy, second: Policy) -> None:
        """Conditions that only look as if one decided the other."""
        assert kinds(when(first, exempt("a"), otherwise=when(second, exempt("b", ref="b")))) == []

    def test_inside_the_branch_that_it_chose(self) -> None:
        """Where a condition holds already, the other branch of the same condition is idle; the other way round, too."""
        assert kinds(when(X, when(X, exempt("a"), otherwise=exempt("b", ref="b")))) == ["never chosen: b"]
        assert kinds(when(none_of(X, Y), when(Y, exempt("a", ref="a")))) == ["never chosen: a"]
        assert kinds(when(X, all_of(when(fact("route", "x", "y"), exempt("a"), otherwise=exempt("b", ref="b"))))) == [
            "never chosen: b"
        ]
        assert kinds(when(X, when(X, exempt("a")))) == []

    def test_another_period_or_scheme_decides_anew(self) -> None:
        """What holds in one year need not hold in three, nor under other conventions."""
        ladder = when(X, exempt("a"))
        for inside in (over(years(3), ladder), each(months(6), ladder), scheme(ladder)):
            assert kinds(when(X, exempt("b"), otherwise=inside)) == []

    def test_a_condition_that_always_or_never_holds(self) -> None:
        """The branch of a condition that nobody meets, and the other branch of one that everybody meets."""
        never = circumstance("leave", but_not="leave", ref="c")
        always = at_least(0, hours(), ref="c")
        some, other = at_least(1, entries(), ref="a"), at_least(2, entries(), ref="b")
        assert kinds(when(never, some, otherwise=other)) == ["never met: c"]  # it may be that nobody can tell
        assert kinds(when(always, some, otherwise=other)) == ["never fails: c", "never chosen: b"]
        assert kinds(when(none_of(always), some, otherwise=other))[2] == "never chosen: a"
        assert kinds(when(always, some)) == ["never fails: c"]

    def test_what_such_a_choice_comes_to(self) -> None:
        """The branch that is always chosen is all there is; the other cannot save it."""
        never, always = at_least(30, counting(hours(), up_to(20)), ref="n"), at_least(0, hours(), ref="a")
        some = at_least(1, entries(), ref="s")
        chosen = any_of(when(always, never, otherwise=some), ref="any")
        assert kinds(chosen)[:2] == ["never met: any", "never fails: a"]
        assert (
            kinds(any_of(when(none_of(always), never, otherwise=some), ref="any"))[0]
            == "never met: any of[1].when.condition.none of"
        )
        assert kinds(any_of(when(X, never, otherwise=some), ref="any")) == ["never met: n"]


class TestContradictions:
    def test_a_floor_inside_a_ceiling(self) -> None:
        """Ten planned hours, and five in all."""
        remark = only(all_of(at_least(10, hours(planned=True), ref="planned"), at_most(5, hours(), ref="hours")))
        assert remark.refs == ("planned", "hours")
        assert str(remark) == (
            "planned: at least 10 h, planned, cannot be met together with hours: at most 5 h. Change one of them."
        )

    @pytest.mark.parametrize(
        ("floor", "ceiling"),
        [
            (at_least(10, hours(planned=True)), at_most(10, hours())),
            (at_least(10, hours()), at_most(5, hours(planned=True))),
            (at_least(10, hours()), at_most(5, points())),
            (at_least(10, hours()), at_most(5, counting(hours(), up_to(7)))),
            (at_least(10, hours()), at_most(5, entries())),
            (at_least(10, hours()), at_most(agreed(), hours())),
            (at_least(agreed(), hours()), at_most(5, hours())),
        ],
    )
    def test_what_can_both_be_met(self, floor: Policy, ceiling: Policy) -> None:
        """Just so many hours, other hours, other units, hours under a cap."""
        assert kinds(all_of(floor, ceiling)) == []

    def test_in_joined_clauses(self) -> None:
        """What is joined twice over must all be met too, and is said where it is joined."""
        floor, ceiling = at_least(3, entries(topic="t"), ref="f"), at_most(2, entries(), ref="c")
        assert kinds(all_of(all_of(exempt("x"), ceiling), floor)) == ["contradiction: c, f"]
        assert kinds(all_of(all_of(floor, ceiling), exempt("x"))) == ["contradiction: f, c"]
        hourly = at_least(10, hours(planned=True), ref="f"), at_most(5, hours(), ref="c")
        assert kinds(all_of(all_of(*hourly), exempt("x"))) == ["contradiction: f, c"]
        assert kinds(any_of(floor, ceiling)) == []
        assert kinds(all_of(advise(ceiling), floor)) == []
        assert kinds(all_of(over(years(2), ceiling), floor)) == []

    def test_floors_apart_that_add_up(self) -> None:
        """Ten planned and ten unplanned hours are more than fifteen in all."""
        floors = at_least(10, hours(planned=True), ref="p"), at_least(10, hours(planned=False, area="a"), ref="u")
        (remark,) = lint(
            all_of(at_least(1, hours(area="a", topic="t"), ref="t"), *floors, at_most(15, hours(), ref="all"))
        )
        assert (remark.kind, remark.refs) == ("contradiction", ("all", "p", "u"))
        assert remark.what == (
            "at most 15 h, cannot be met together with"
            " p: at least 10 h, planned; u: at least 10 h, area: a, not planned"
        )
        assert kinds(all_of(*floors, at_most(20, hours()))) == []
        assert kinds(all_of(*floors, at_most(15, entries()))) == []

    def test_areas_that_one_hour_may_share(self) -> None:
        """An activity may be tagged with several texts, and then an hour of it serves both."""
        floors = at_least(10, hours(area="a")), at_least(10, hours(area="b"))
        assert kinds(all_of(*floors, at_most(15, hours()))) == []

    def test_what_is_asked_and_forbidden(self) -> None:
        """A clause, and none of what follows from it."""
        assert kinds(all_of(evolve(X, ref="x"), none_of(Y, fact("route", "x", "z"), ref="n"))) == [
            "contradiction: x, n"
        ]
        assert kinds(all_of(none_of(X, ref="n"), evolve(X, ref="x"))) == ["contradiction: n, x"]
        for one in (X, fact("route"), agreement("a"), falls_in_period("joined"), circumstance("leave", on="last_day")):
            assert kinds(all_of(evolve(one, ref="x"), none_of(one, ref="n"))) == ["contradiction: x, n"]
        assert kinds(all_of(circumstance("leave"), none_of(circumstance("leave", on="last_day")))) == []
        assert kinds(all_of(agreement("a", on="last_day"), none_of(agreement("a")))) == []
        assert kinds(all_of(X, none_of(Y))) == []
        assert kinds(all_of(when(X, hours_floor()), none_of(when(X, hours_floor())))) == []


class TestRepetitions:
    def test_the_same_twice(self) -> None:
        """One thing under two names, whatever the sources say."""
        one, other = at_least(5, hours(), ref="one"), at_least(5, hours(), ref="other")
        assert kinds(all_of(one, other)) == ["twice: other, one"]
        assert kinds(any_of(one, all_of(other))) == []
        assert kinds(all_of(one, all_of(other), evolve(one, ref="third"))) == ["twice: other, one", "twice: third, one"]
        assert kinds(at_least_of(2, one, other)) == ["twice: other, one"]
        assert kinds(none_of(one, other)) == ["twice: other, one"]
        assert str(lint(all_of(one, other))[0]) == "other: asks the same as one. Keep one of them."

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (at_least(10, hours(planned=True)), at_least(5, hours(planned=True))),
            (at_least(30, hours()), at_least(20, hours())),
            (at_least(30, hours(planned=True)), at_least(20, hours())),
            (at_least(30, counting(hours(), up_to(40))), at_least(20, hours())),
            (at_least(30, counting(hours(), up_to(40))), at_least(20, counting(hours(), up_to(40)))),
            (at_least(lowest(30, 25), hours()), at_least(20, hours())),
            (at_least(agreed(), hours(planned=True)), at_least(agreed(), hours())),
            (at_least(2, entries(topic="t", area="a")), at_least(1, entries(topic=("t", "u")))),
            (at_least(2, different("area")), at_least(1, different("area"))),
            (at_most(5, hours()), at_most(6, hours(planned=False))),
            (at_most(agreed(), hours()), at_most(agreed(), hours(planned=False))),
            (at_most(lowest(5, agreed()), hours()), at_most(6, hours())),
            (X, fact("route", "x", "y")),
            (circumstance("leave"), circumstance("leave", "retired")),
            (at_most(share_of("1/2", 10), hours()), at_most(6, hours())),
        ],
    )
    def test_what_follows(self, one: Policy, other: Policy) -> None:
        """Who meets the one meets the other, in whatever order they stand; and not the other way round."""
        one, other = evolve(one, ref="one"), evolve(other, ref="other")
        assert kinds(all_of(one, other)) == ["follows: other, one"]
        assert kinds(all_of(other, one)) == ["follows: other, one"]
        assert kinds(any_of(one, other)) == ["follows: one, other"]
        assert kinds(none_of(one, other)) == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (at_least(10, hours(planned=True)), at_least(20, hours())),
            (at_least(10, hours()), at_least(5, hours(planned=True))),
            (at_least(30, hours()), at_least(20, counting(hours(), up_to(40, planned=True)))),
            (at_least(30, hours()), at_least(20, points())),
            (at_least(30, hours()), at_least(agreed(), hours())),
            (at_least(agreed(), hours()), at_least(20, hours())),
            (at_most(5, hours(planned=False)), at_most(6, hours())),
            (at_most(agreed(), hours()), at_most(6, hours())),
            (at_most(6, hours()), at_most(agreed(), hours())),
            (at_least(1, hours(longer_than=1)), at_least(1, entries(longer_than=1))),
            (agreement("a"), agreement("b")),
        ],
    )
    def test_what_does_not_follow(self, one: Policy, other: Policy) -> None:
        """More of it, another kind, another unit, a figure that nobody knows."""
        assert kinds(all_of(one, other)) == []

    def test_in_words(self) -> None:
        """Of two that must be met the weaker adds nothing; of two of which one is enough, the stronger."""
        one, other = at_least(10, hours(), ref="ten"), at_least(5, hours(), ref="five")
        assert str(only(all_of(one, other))) == (
            "five: adds nothing, since whoever meets ten: at least 10 h, meets it too. Take it out, or advise it."
        )
        assert str(only(any_of(one, other))) == (
            "ten: adds nothing, since whoever meets it meets five: at least 5 h, too. Take it out."
        )
        three = all_of(one, other, at_least(4, hours(), ref="four"))
        assert kinds(three) == ["follows: five, ten", "follows: four, ten"]


class TestVocabulary:
    AXES = (Axis("area", ("technical", "soft_skills")), Axis("planned"), Axis("group", (1, True)))

    def schemed(self, *parts: Policy) -> Policy:
        """State clauses under the axes."""
        return scheme(all_of(*parts), axes=self.AXES)

    def test_an_axis_that_the_scheme_does_not_describe(self) -> None:
        """It is named, with the nearest; what is worked out is no axis of a scheme."""
        remark = only(self.schemed(at_least(1, hours(aera="technical", longer_than=2, reflected=True), ref="x")))
        assert (remark.kind, remark.remedy) == ("unknown axis", "Did you mean area?")
        assert str(remark) == "x: speaks of the axis aera, which the scheme does not describe. Did you mean area?"
        assert only(self.schemed(at_least(1, different("topic")))).remedy == "The scheme has area, planned, group"

    def test_a_tag_that_the_scheme_does_not_know(self) -> None:
        """It is named, with the nearest, or with all that there are."""
        remark = only(self.schemed(at_least(1, hours(area=("technicl", "soft_skills")), ref="x")))
        assert str(remark) == "x: speaks of area technicl, which the scheme does not know. Did you mean technical?"
        assert only(self.schemed(at_least(1, entries(area="law")))).remedy == "The scheme knows technical, soft_skills"
        assert kinds(self.schemed(at_least(1, hours(area="technical", planned=True, group=1)))) == []

    def test_where_tags_are_told_apart_by_their_kind(self) -> None:
        """Yes is not the number one."""
        axes = (Axis("group", (1, 2)),)
        assert [one.kind for one in lint(scheme(at_least(1, hours(group=True)), axes=axes))] == ["unknown tag"]

    def test_wherever_they_stand(self) -> None:
        """In caps, in shares of something, among several figures."""
        capped = at_least(1, counting(hours(), up_to(5, area="a")), ref="cap")
        shared = at_least(lowest(5, share_of("1/2", hours(area="b"))), hours(), ref="share")
        assert kinds(self.schemed(capped, shared)) == ["unknown tag: cap", "unknown tag: share"]

    def test_more_different_ones_than_the_scheme_knows(self) -> None:
        """Three areas of two."""
        remark = only(self.schemed(at_least(3, different("area"), ref="x")))
        assert str(remark) == (
            "x: asks for 3 areas, and the scheme knows 2 areas. Ask for fewer, or describe the others."
        )
        assert kinds(self.schemed(at_least(2, different("area")), at_least(3, different("planned")))) == []
        assert kinds(self.schemed(at_most(3, different("area")))) == []
        assert [one.kind for one in lint(self.schemed(at_least(3, different("area", area="technical"))))] == [
            "never met"
        ]

    def test_without_axes(self) -> None:
        """A scheme that describes none, and a policy that is no scheme, know whatever there is."""
        for policy in (at_least(1, hours(aera="a")), scheme(at_least(1, hours(aera="a")))):
            assert kinds(policy) == []


class TestIdleCaps:
    def test_of_what_is_not_counted(self) -> None:
        """A cap on unplanned hours limits no planned ones."""
        remark = only(at_least(10, counting(hours(planned=True), up_to(5, planned=False)), ref="x"))
        assert str(remark) == (
            "x: has a cap of 5 h on not planned that never limits: none of it is among what counts: planned."
            " Take the cap out, or correct it."
        )
        assert kinds(at_least(10, counting(hours(area="a"), up_to(5, area="b")))) == []

    def test_inside_a_lower_one(self) -> None:
        """Ten hours of one area never fill where five count in all."""
        remark = only(at_least(4, counting(hours(), up_to(10, area="a"), up_to(5)), ref="x"))
        assert "has a cap of 10 h on area: a that never limits: the cap of 5 h around it is full before" in remark.what
        assert kinds(at_least(4, counting(hours(), up_to(4, area="a"), up_to(5)))) == []
        assert kinds(at_least(4, counting(hours(), up_to(5), up_to(5)), ref="x")) == ["idle cap: x"]
        assert "has a cap of 5 h that never limits" in only(at_least(4, counting(hours(), up_to(5), up_to(5)))).what
        assert kinds(at_least(4, counting(hours(), up_to(5, area="a"), up_to(5)), ref="x")) == ["idle cap: x"]

    def test_of_another_unit(self) -> None:
        """Caps that were put there by hand, and cannot be compared."""
        measure = Total(HOUR, (), (Cap(Amount(1, POINT), ()), Cap(so_many_hours(5), ())))
        assert kinds(at_least(4, measure)) == []


class TestRules:
    """What the rules of a measure leave to be sure of."""

    @pytest.mark.parametrize(
        "rule",
        [
            up_to(5, per="topic"),
            up_to(5, per="activity"),
            up_to(5, in_each=months(6)),
            up_to(share_of_counted("1/2")),
            up_to(agreed()),
            up_to(by_fact("route", {"x": 5})),
            carried(surplus(hours()), limit=9),
            up_to(5, planned=True),
        ],
    )
    def test_caps_that_bound_nothing_for_sure(self, rule: Rule) -> None:
        """One by one, by parts of the period, of what counts itself, or as was agreed."""
        known = isinstance(rule, Cap) and rule.figure == by_fact("route", {"x": 5})
        assert kinds(at_least(9, counting(hours(), rule), ref="x")) == (["never met: x"] if known else [])

    @pytest.mark.parametrize(
        ("rules", "most"),
        [
            ((up_to(lowest(8, agreed())),), 8),
            ((up_to(share_of("1/2", 10)),), 5),
            ((up_to(by_fact("route", {"x": 3, "y": 4}, otherwise=2)),), 4),
            ((up_to(5), up_to(9, in_each=months(6))), 5),
            ((up_to(5), worth(9, every=Amount.of(1, POINT), unit=HOUR), UP, each_at_least(1)), 5),
            ((up_to(5), made_up(hours(), 3)), 5),
            ((up_to(5), carried(surplus(hours()), limit=2), carried(surplus(hours()), limit=1)), 8),
            ((up_to(5), carried(surplus(hours()))), None),
        ],
    )
    def test_what_can_still_be_bounded(self, rules: tuple[Rule, ...], most: int | None) -> None:
        """Caps with a figure that has a bound, whatever entries are worth; with what is carried in, up to a limit."""
        for figure in (5, 6, 8, 9):
            expected = ["never met: x"] if most is not None and figure > most else []
            assert kinds(at_least(figure, counting(hours(), *rules), ref="x")) == expected

    def test_what_is_carried_in_under_another_tag(self) -> None:
        """What bears no tag on an axis is not counted where the axis is asked for; in another unit, nothing is sure."""
        rules = up_to(5), carried(surplus(hours()), limit=2, planned=True)
        assert kinds(at_least(6, counting(hours(planned=False), *rules), ref="x")) == ["never met: x"]
        assert kinds(at_least(6, counting(hours(planned=True), *rules), ref="x")) == []
        other = evolve(rules[1], limit=Amount(1, POINT))  # type: ignore[arg-type]
        assert kinds(at_least(9, Total(HOUR, (), (up_to(5),), handed=(other,)), ref="x")) == []

    def test_measures_by_the_same_rules(self) -> None:
        """Where each entry is worth the same in both, the narrower counts no more than the wider."""
        rules = worth(2, every=Amount.of(1, POINT), unit=HOUR), UP, each_at_least(1)
        floor = at_least(10, counting(hours(planned=True), *rules, up_to(20)), ref="f")
        assert kinds(all_of(floor, at_most(5, counting(hours(), *rules, name="n"), ref="c"))) == ["contradiction: f, c"]
        assert kinds(all_of(floor, at_most(5, counting(hours(), *rules[1:])))) == []
        assert kinds(all_of(floor, at_most(5, hours()))) == []

    @pytest.mark.parametrize(
        "rule",
        [
            worth(2, every=Amount.of(1, ACTIVITY), unit=HOUR),
            carried(surplus(hours()), limit=2),
            made_up(hours(), 2),
            up_to(20, in_each=months(6)),
        ],
    )
    def test_rules_that_look_beyond_an_entry(self, rule: Rule) -> None:
        """The first part of an activity, other periods, parts of the period: what counts elsewhere tells nothing."""
        floor = at_least(10, counting(hours(planned=True), rule), ref="f")
        without = () if isinstance(rule, Cap) else (rule,)
        assert kinds(all_of(floor, at_most(5, counting(hours(), *without)))) == []
        assert kinds(all_of(floor, at_most(5, floor.measure, ref="c"))) == ["contradiction: f, c"]  # the very same

    def test_facts_as_figures(self) -> None:
        """What is recorded of a member is an amount that nothing limits."""
        one, other = at_least(2, of_fact("n"), ref="two"), at_least(1, of_fact("n"), ref="one")
        assert kinds(all_of(one, other)) == ["follows: one, two"]
        assert kinds(all_of(one, at_least(1, of_fact("m")))) == []
        assert kinds(at_least(by_fact("n", {"x": 0}, otherwise=0), hours(planned=True), ref="x")) == ["never fails: x"]
        assert kinds(at_least(share_of("1/2", agreed()), counting(hours(), up_to(1)), ref="x")) == []
        assert kinds(at_least(share_of("1/2", 5), counting(hours(), up_to(2)), ref="x")) == ["never met: x"]
        assert kinds(at_least(pro_rata(agreed(), rounding=UP), counting(hours(), up_to(2)), ref="x")) == []


class TestDivided:
    def test_clauses_that_share_what_counts(self) -> None:
        """Two floors alike need twice as much together, and so neither adds nothing; outside, one is still one."""
        one, other = at_least(2, hours(area="a"), ref="one"), at_least(1, hours(area="a"), ref="other")
        assert kinds(divided_among(one, other)) == []
        own = at_least(share_of("1/2", hours(area="a")), hours(area="a"), ref="own")
        assert kinds(divided_among(own, other)) == []
        assert kinds(any_of(divided_among(one, evolve(other, ref="one")), exempt("x"))) == [
            "same ref: one at any of[1].divided among[2].at least, one at any of[1].divided among[1].at least"
        ]


class TestForEach:
    AREAS = (Axis("area", ("a", "b", "c")),)

    def test_it_is_looked_at_for_what_it_stands_for(self) -> None:
        """What is wrong for several tags is told of the first."""
        never = at_least(3, counting(hours(), up_to(2, area=("a", "b")), up_to(1, area="c")), ref="core")
        remark = only(for_each("area", "a", "b", "c", clause=all_of(never), ref="each"))
        assert (remark.kind, remark.refs) == ("never met", ("core[a]",))
        assert remark.path == "for each[1].all of[1]"
        policy = all_of(for_each("area", "a", "b", clause=at_least(3, hours(), ref="f")), at_most(2, hours(), ref="c"))
        assert kinds(policy) == ["contradiction: f[a], c"]
        assert kinds(any_of(for_each("area", "a", clause=never), never, ref="any"))[0] == "never met: core[a]"
        assert kinds(any_of(for_each("area", "c", clause=never), evolve(never, ref="n"), ref="any")) == [
            "never met: core[c]"
        ]

    def test_rules_that_speak_of_some_of_the_tags(self) -> None:
        """A cap on one tag is no fault of the clauses for the others; one that is never full is, and told once."""
        clause = at_least(1, counting(hours(), up_to(2, area="a"), up_to(1, planned=True)))
        assert kinds(for_each("area", "a", "b", clause=clause)) == []
        idle = at_least(1, counting(hours(), up_to(2, planned=True), up_to(1)), ref="x")
        assert kinds(for_each("area", "a", "b", clause=idle)) == ["idle cap: x"]

    def test_among_other_clauses(self) -> None:
        """Each of its clauses is joined with those beside it; a choice by what is held is a choice."""
        policy = all_of(
            for_each("area", "a", "b", clause=at_least(2, hours(), ref="two")), at_least(1, hours(area="b"), ref="one")
        )
        assert kinds(policy) == ["follows: one, two[b]"]
        held = for_each("area", "a", "b", clause=at_least(2, hours(), ref="two"), held="route")
        assert kinds(all_of(held, at_least(1, hours(area="b"), ref="one"))) == []
        assert kinds(for_each("area", "a", "a", clause=at_least(2, hours(), ref="two"))) == [
            "twice: two[a] at for each[2].at least, two[a] at for each[1].at least"
        ]

    def test_one_inside_another(self) -> None:
        """The tag of the outer one comes first."""
        inner = for_each("topic", "t", clause=at_least(2, counting(hours(), up_to(1)), ref="x"))
        assert kinds(for_each("area", "a", "b", clause=inner)) == ["never met: x[a][t]"]

    def test_its_axis_and_tags(self) -> None:
        """They are words of the scheme as any others, and so is the fact that says which are held."""
        policy = for_each("area", "a", "bb", clause=at_least(1, hours()), held="routes", ref="each")
        found = lint(scheme(policy, axes=self.AREAS, facts=(Fact("route"),)))
        assert [(one.kind, one.refs[0], one.what) for one in found] == [
            ("unknown tag", "each", "speaks of area bb, which the scheme does not know"),
            ("unknown fact", "each", "speaks of the fact routes, which the scheme does not describe"),
        ]
        registers = for_each("area", "a", clause=at_least(1, hours(topic="t"), ref="x"), held="registrations")
        (remark,) = lint(scheme(registers, axes=self.AREAS, facts=(Fact("route"),)))
        assert (remark.kind, remark.ref) == ("unknown axis", "x")


class TestFacts:
    FACTS = (Fact("route", ("full_time", "part_time"), unrecorded="none"), Fact("hours_employed"))

    def remarks(self, policy: Policy) -> list[str]:
        """Give what is said of a policy in a scheme that describes some facts."""
        return list(map(str, lint(scheme(policy, facts=self.FACTS))))

    def test_a_fact_that_the_scheme_does_not_describe(self) -> None:
        """It is named, with the nearest, or with all that there are."""
        asked = at_least(1, hours(), ref="x")
        assert self.remarks(when(fact("rout", ref="c"), asked)) == [
            "c: speaks of the fact rout, which the scheme does not describe. Did you mean route?"
        ]
        assert self.remarks(when(fact("way", ref="c"), asked)) == [
            "c: speaks of the fact way, which the scheme does not describe. The scheme has route, hours employed."
        ]

    @pytest.mark.parametrize(
        "policy",
        [
            falls_in_period("admitted", ref="x"),
            at_least(1, of_fact("admitted"), ref="x"),
            at_least(by_fact("admitted", {"x": 1}), hours(), ref="x"),
            at_least(pro_rata(5, since="admitted", rounding=UP), hours(), ref="x"),
            at_least(1, counting(hours(), up_to(by_fact("admitted", {"x": 1}))), ref="x"),
            at_least(1, counting(hours(), carried(surplus(hours()), unless=none_of(fact("admitted")))), ref="x"),
        ],
    )
    def test_wherever_it_is_asked_about(self, policy: Policy) -> None:
        """In conditions, in figures, in measures, in rules."""
        (remark,) = lint(scheme(policy, facts=self.FACTS))
        assert (remark.kind, remark.ref) == ("unknown fact", "x")

    def test_a_value_that_the_scheme_does_not_know(self) -> None:
        """What silence means, and no, are known besides."""
        asked = at_least(1, hours(), ref="x")
        assert self.remarks(when(fact("route", "part_tim", "none", False, ref="c"), asked)) == [
            "c: speaks of route part_tim, which the scheme does not know. Did you mean part_time?"
        ]
        assert self.remarks(at_least(by_fact("route", {"part_time": 1, "x": 2}), hours(), ref="x")) == [
            "x: speaks of route x, which the scheme does not know. The scheme knows full_time, part_time."
        ]
        assert self.remarks(when(fact("hours_employed", 7), asked)) == []

    def test_what_is_recorded_of_every_member(self) -> None:
        """No scheme need describe grades, registrations, plans, declarations and dates of membership."""
        for name in ("grade", "registrations", "plan", "declared", "joined", "left"):
            assert self.remarks(when(fact(name), hours_floor())) == []
        assert kinds(when(fact("rout"), hours_floor())) == []
        assert kinds(scheme(when(fact("rout"), hours_floor()))) == []


class TestWordsOfRules:
    AXES = (Axis("area", ("a", "b")), Axis("paper"))

    @pytest.mark.parametrize(
        "rule",
        [
            worth(1, every=Amount.of(1, POINT), unit=HOUR, area="x"),
            up_to(1, area="x"),
            carried(surplus(hours()), area=("a", "x")),
            made_up(hours(), 1, area="x"),
            carried(surplus(hours(area="x"))),
        ],
    )
    def test_tags(self, rule: Rule) -> None:
        """Of what is worth something, of what is capped, and under which something is carried in."""
        assert kinds(scheme(at_least(1, counting(hours(), rule), ref="x"), axes=self.AXES)) == ["unknown tag: x"]

    @pytest.mark.parametrize("rule", [up_to(1, per="papers"), as_tagged("papers")])
    def test_axes(self, rule: Rule) -> None:
        """Of caps that hold for each, and of points that somebody gave."""
        remark = only(scheme(at_least(1, counting(hours(), rule), ref="x"), axes=self.AXES))
        assert (remark.kind, remark.remedy) == ("unknown axis", "Did you mean paper?")
        assert kinds(scheme(at_least(1, counting(hours(), up_to(1, per="activity"))), axes=self.AXES)) == []

    def test_what_counts_once(self) -> None:
        """The axes of repeats are axes of the scheme."""
        remark = only(scheme(hours_floor(), axes=self.AXES, once=("paper", "talk"), ref="s"))
        assert str(remark) == (
            "s: speaks of the axis talk, which the scheme does not describe. The scheme has area, paper."
        )
        assert kinds(evolve(scheme(hours_floor()), conventions=Told(axes=self.AXES, once=("talk",)))) == []

    def test_in_a_named_measure_it_is_told_once(self) -> None:
        """Its rules are those of many clauses; what a clause filters is its own."""
        measure = counting(hours(), up_to(5, area="x"), name="all_kinds")
        clauses = at_least(1, measure, ref="x"), at_least(2, measure.narrowed("area", "y"), ref="y")
        assert [str(one) for one in lint(scheme(all_of(*clauses), axes=self.AXES))] == [
            "x: counts by all kinds, which speaks of area x, which the scheme does not know. The scheme knows a, b.",
            "y: speaks of area y, which the scheme does not know. The scheme knows a, b.",
        ]


class TestNamedMeasures:
    ONE = counting(hours(), up_to(5, planned=False), name="one_name")
    OTHER = evolve(ONE, name="other")

    def test_two_names_for_one(self) -> None:
        """One of them will do."""
        remark = only(
            all_of(
                at_least(2, self.ONE, ref="x"),
                at_least(3, self.OTHER.narrowed("area", "a"), ref="y"),
                reported(self.OTHER, ref="z"),
            )
        )
        assert str(remark) == "y: counts by other, which is the same as one name. Keep one of the two names."
        assert remark.refs == ("y", "x")

    def test_what_only_looks_so(self) -> None:
        """Each may filter by itself what the other leaves to its clauses."""
        one, other = (measure.narrowed("area", "a") for measure in (self.ONE, self.OTHER))
        assert kinds(all_of(at_least(2, one), reported(self.OTHER), reported(other))) == []
        assert kinds(all_of(at_least(2, self.ONE), reported(evolve(self.OTHER, caps=())))) == []
        assert kinds(all_of(at_least(2, one, ref="x"), reported(other, ref="y"))) == ["same measure: y, x"]
        assert kinds(Foreign(all_of(at_least(2, one), reported(other)))) == []

    def test_one_requirement_under_two_names(self) -> None:
        """Two clauses that ask the same of the same, whatever its name."""
        assert kinds(all_of(at_least(2, self.ONE, ref="x"), at_least(2, self.OTHER, ref="y"))) == [
            "twice: y, x",
            "same measure: y, x",
        ]

    def test_units_that_differ_in_name_only(self) -> None:
        """A rate of one for one is no fault."""
        unit = Unit("unit", grain=HOUR.grain)
        measure = counting(amounts(unit), worth(1, every=so_many_hours(1), unit=unit))
        assert kinds(all_of(at_least(2, measure), at_least(2, hours()))) == []

    def test_caps(self) -> None:
        """What one clause filters out another may count; a cap that is never full is idle in all, and told once."""
        planned = self.ONE.narrowed("planned", tag=True)
        assert kinds(all_of(at_least(9, self.ONE), at_least(3, planned))) == []
        idle = counting(hours(), up_to(6, planned=False), up_to(5), name="all_kinds")
        remark = only(all_of(at_least(4, idle, ref="x"), at_least(3, idle.narrowed("area", "a"), ref="y")))
        assert str(remark).startswith("x: counts by all kinds, which has a cap of 6 h on not planned that never limits")


class TestGaps:
    def test_between_editions(self) -> None:
        """Days on which no text was in force; a day at once after is none."""
        some = at_least(1, entries())
        one, other = Edition("one", some, date(2014, 1, 1), date(2014, 12, 30)), Edition("two", some, date(2015, 1, 1))
        assert str(only(editions(other, one))) == (
            "edition two: begins later than edition one ends: no text is in force on 31 December 2014."
            " Correct a day, or add the edition between them."
        )
        assert only(editions(one, other)).refs == ("edition two", "edition one")
        assert (
            "from 31 December 2014 to 1 February 2015"
            in only(editions(one, evolve(other, since=date(2015, 2, 2)))).what
        )
        assert kinds(editions(evolve(one, until=date(2014, 12, 31)), other)) == []


class TestSameRef:
    ONE, OTHER = at_least(1, hours(), ref="x"), at_least(1, points(), ref="x")

    def test_two_clauses_with_one_name(self) -> None:
        """A finding is asked for a clause by its ref, and gives the first."""
        remark = only(all_of(self.ONE, any_of(self.OTHER)))
        assert (remark.kind, remark.path) == ("same ref", "all of[2].any of[1]")
        assert remark.what == "has the ref of another clause, so that findings['x'] gives only the first of them"
        assert remark.refs == ("x at all of[2].any of[1].at least", "x at all of[1].at least")
        assert kinds(all_of(self.ONE, all_of(self.OTHER, evolve(self.OTHER, ref="z")), ref="x"))[-2:] == [
            "same ref: x at all of[1].at least, x at all of",
            "same ref: x at all of[2].all of[1].at least, x at all of",
        ]

    def test_where_only_one_is_asked(self) -> None:
        """Branches, editions and readings: one of them is in the finding; a condition has its own place."""
        for policy in (
            when(X, self.ONE, otherwise=all_of(self.OTHER)),
            when(evolve(X, ref="x"), self.ONE),
            inferred(self.ONE, otherwise=self.OTHER),
            editions(
                Edition("a", self.ONE, date(2014, 1, 1), date(2014, 12, 31)), Edition("b", self.OTHER, date(2015, 1, 1))
            ),
            scheme(self.ONE, ref="x"),
        ):
            assert kinds(policy) == []

    def test_the_same_clause_twice(self) -> None:
        """That is said of the clauses, and not of the name."""
        assert [one.kind for one in lint(all_of(self.ONE, self.ONE))] == ["twice"]


@frozen
class Foreign(Policy):
    """A word that the linter does not know."""

    policy: Policy

    def planned(self, plan: Plan) -> Judge:
        """Plan what is inside."""
        return self.policy.planned(plan)


@frozen
class More(AtLeast):
    """A floor with more to it."""


@frozen
class Kind(Total):
    """A sum with more to it."""

    rules: tuple[str, ...] = ()
    more: dict[str, str] = field(factory=dict)


@frozen
class Told(Conventions):
    """Conventions with more to them."""


class TestWhatIsNotKnown:
    NEVER = at_least(30, counting(hours(), up_to(20)), ref="x")

    def test_a_word_around(self) -> None:
        """It may let count what does not count otherwise: nothing inside it is remarked on."""
        assert kinds(Foreign(all_of(self.NEVER, at_most(5, hours())))) == []
        assert kinds(Foreign(when(X, exempt("a"), otherwise=when(X, exempt("b"))))) == []
        assert kinds(Foreign(scheme(at_least(1, hours(aera=1)), axes=(Axis("area"),)))) == []
        assert kinds(all_of(Foreign(hours_floor()), hours_floor(), ref="x")) == []
        assert kinds(all_of(self.NEVER, Foreign(exempt("z", ref="x")))) == ["never met: x at all of[1].at least"]

    def test_a_word_inside(self) -> None:
        """It may come to any verdict."""
        assert kinds(any_of(Foreign(exempt("y")), self.NEVER, ref="any")) == ["never met: x"]
        assert kinds(none_of(Foreign(exempt("y")), ref="none")) == []
        assert kinds(all_of(Foreign(hours_floor()), Foreign(hours_floor()))) == [
            "twice: all of[2].foreign, all of[1].foreign"
        ]

    def test_a_measure_or_clause_with_more_to_it(self) -> None:
        """A kind of a kind, and fields that are not looked at."""
        capped = self.NEVER.measure
        assert kinds(at_least(30, Kind(capped.unit, (), capped.caps))) == []  # type: ignore[attr-defined]
        assert kinds(More(so_many_hours(30), capped)) == []
        assert kinds(all_of(at_least(10, Kind(HOUR)), at_most(5, Kind(HOUR)))) == []
        assert kinds(scheme(self.NEVER)) == ["never met: x"]
        told = evolve(scheme(self.NEVER), conventions=Told())
        assert kinds(told) == []
        assert kinds(any_of(told, told, ref="any")) == ["twice: any of[2].scheme, any of[1].scheme"]

    def test_a_field_that_is_new(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A known kind that has learnt something says no more than before, while it does not use it."""
        monkeypatch.setattr("cpdrules.linting.trees.KNOWN", {**trees.KNOWN, Kind: "unit where caps"})
        capped = Kind(HOUR, (), (Cap(so_many_hours(20), ()),))
        assert kinds(at_least(30, capped, ref="x")) == ["never met: x"]
        assert kinds(at_least(30, evolve(capped, rules=("two for one",)), ref="x")) == []
        assert kinds(at_least(30, evolve(capped, more={"two": "one"}), ref="x")) == []

    def test_a_figure_in_another_unit(self) -> None:
        """It is refused when it is planned; nothing is concluded from it before."""
        capped = counting(hours(), up_to(1))
        for figure in (
            Amount(500, POINT),
            lowest(5, unit=POINT),
            stepped(5, circumstance("leave"), (months(1), 5), unit=POINT),
        ):
            assert kinds(AtLeast(figure, capped)) == []
        assert kinds(AtLeast(share_of("1/2", counting(points(), up_to(0, unit=POINT))), hours())) == []


class TestRealPolicies:
    def test_the_iet_guideline_has_no_faults(self) -> None:
        """Nothing in any edition can never be met, contradicts itself, or says nothing."""
        assert lint(cpd.policy) == ()

    @pytest.mark.parametrize(
        "path", sorted([*SCHEMES.glob("*.toml"), *FURTHER.glob("*.toml")]), ids=lambda path: path.stem
    )
    def test_the_schemes_of_others_have_none_either(self, path: Path) -> None:
        """Some thirty schemes as documents: no false alarm."""
        assert lint(read_policy(read_toml(path.read_text()))) == ()

    @given(any_policy)
    def test_any_policy_can_be_looked_at(self, policy: Policy) -> None:
        """Whatever can be written down is looked at, and every remark has words and a place."""
        for remark in lint(policy):
            assert remark.what and remark.remedy and remark.refs[0].strip()
            assert str(remark)


# The law: whatever is said is true ------------------------------------------------------------------------------------


class _Writing:
    """Policies with faults in them, likelier than chance has them; every clause has a ref of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers: Iterator[int] = count(1)

    def ref(self) -> str:
        return f"c{next(self.numbers)}"

    def figure(self) -> Any:
        some = st.integers(0, 5)
        more = (
            st.builds(lambda one, other: by_fact("route", {"x": one, "y": other}), some, targets()),
            st.builds(lambda one, other: by_fact("route", {"x": one}, otherwise=other), some, some),
            st.builds(lambda one: share_of("1/2", one), st.one_of(some, targets())),
            st.builds(lambda one: pro_rata(one, by="year", since="joined", rounding=UP), st.one_of(some, targets())),
        )
        return self.draw(st.one_of(some, some, targets(), *more))

    def total(self) -> Total:
        total = hours(longer_than=self.draw(st.sampled_from((None, None, 1))), **self.draw(filters()))
        how = self.draw(st.integers(0, 5))
        if how == 0:
            return counting(total, *self.draw(caps()))
        return counting(total, *self.rules(), name=self.draw(st.sampled_from(("", "m")))) if how == 1 else total

    def rules(self) -> list[Rule]:
        """Write some rules for counting, seldom many."""
        hour, limit = so_many_hours(1), self.draw(st.integers(0, 4))
        each_kind: tuple[Callable[[], Rule], ...] = (
            lambda: worth(2, every=hour, unit=HOUR, area=self.draw(st.sampled_from(("a", "b")))),
            lambda: worth(limit, every=Amount.of(1, POINT), unit=HOUR),
            lambda: worth(limit, every=Amount.of(1, ACTIVITY), unit=HOUR, topic="t"),
            lambda: Rounding(self.draw(st.sampled_from(("up", "down"))), hour),
            lambda: each_at_least(limit),
            lambda: up_to(limit, per=self.draw(st.sampled_from(("topic", "area", "activity")))),
            lambda: up_to(limit, in_each=months(6)),
            lambda: up_to(share_of_counted("1/2"), area="a"),
            lambda: up_to(self.figure(), planned=False),
            lambda: up_to(by_fact("route", {"x": 1}, otherwise=limit)),
            lambda: up_to(limit),
            lambda: carried(surplus(hours(), above=limit), limit=1, planned=True, area="a"),
            lambda: carried(surplus(hours()), unless=falls_in_period("joined")),
            lambda: made_up(hours(), limit),
        )
        return [make() for make in self.draw(st.lists(st.sampled_from(each_kind), min_size=1, max_size=3, unique=True))]

    def leaf(self) -> Policy:
        draw, ref = self.draw, self.ref()
        asked = draw(filters())
        leaves: tuple[Callable[[], Policy], ...] = (
            *(lambda: at_least(self.figure(), self.total(), ref=ref),) * 3,
            *(lambda: at_most(self.figure(), self.total(), ref=ref),) * 2,
            lambda: at_least(draw(st.integers(0, 3)), entries(**asked), ref=ref),
            lambda: at_most(draw(st.integers(0, 3)), entries(**asked), ref=ref),
            lambda: at_least(draw(st.integers(0, 4)), different("area", **{**asked, "area": ("a", "b")}), ref=ref),
            lambda: at_least(draw(st.integers(0, 4)), different("topic", **asked), ref=ref),
            lambda: at_least(draw(st.integers(0, 2)), of_fact("route"), ref=ref),
            self.condition,
            lambda: exempt("nothing", ref=ref),
            lambda: reported(self.total(), ref=ref),
            self.division,
        )
        return draw(st.sampled_from(leaves))()

    def division(self) -> Policy:
        """Divide hours among floors."""
        asked = self.draw(st.lists(st.sampled_from((1, 2, share_of("1/2", hours(area="a")))), min_size=2, max_size=2))
        parts = [at_least(figure, hours(**self.draw(filters())), ref=self.ref()) for figure in asked]
        return divided_among(*parts, ref=self.ref())

    def instances(self) -> Policy:
        """Ask for a clause for each of several tags."""
        axis, *tags = self.draw(st.sampled_from((("topic", "t", "u"), ("planned", True, False), ("route", "x", "y"))))
        asked = {key: tag for key, tag in self.draw(filters()).items() if key != axis}
        clause = at_least(self.draw(st.integers(0, 3)), hours(**asked), ref=self.ref())
        other = at_most(self.draw(st.integers(0, 3)), counting(hours(), *self.draw(caps())), ref=self.ref())
        if axis == "planned":  # narrowed to a tag that the caps filter on
            clause = at_least(self.draw(st.integers(0, 5)), counting(hours(), *self.draw(caps())), ref=self.ref())
        one = self.draw(st.sampled_from((clause, other, all_of(clause, other, ref=self.ref()))))
        return for_each(axis, *tags, clause=one, held="route" if axis == "route" else "", ref=self.ref())

    def condition(self) -> Policy:
        draw = self.draw
        several = st.lists(st.sampled_from(("leave", "retired")), min_size=1, unique=True).map(tuple)
        conditions: tuple[Callable[[], Policy], ...] = (
            lambda: fact("route", *draw(st.sampled_from(((), ("x",), ("x", "y")))), ref=self.ref()),
            lambda: circumstance(*draw(several), but_not=draw(st.sampled_from(((), "leave"))), ref=self.ref()),
            lambda: at_least(draw(st.integers(0, 3)), hours(**draw(filters())), ref=self.ref()),
            lambda: falls_in_period(draw(st.sampled_from(("joined", "left"))), ref=self.ref()),
            lambda: any_of(self.condition(), self.condition(), ref=self.ref()),
            lambda: none_of(self.condition(), ref=self.ref()),
        )
        return draw(st.sampled_from(conditions))()

    def clause(self, depth: int) -> Policy:
        draw = self.draw
        if depth == 0:
            return self.leaf()
        some = [self.clause(draw(st.integers(0, depth - 1))) for _ in range(draw(st.integers(1, 4)))]
        joins: tuple[Callable[[], Policy], ...] = (
            *(lambda: all_of(*some, ref=self.ref()),) * 3,
            *(lambda: all_of(*self.clash(), some[0], ref=self.ref()),) * 3,
            *(lambda: all_of(self.instances(), *some, ref=self.ref()),) * 2,
            lambda: any_of(*some, ref=self.ref()),
            lambda: any_of(*some, report=some[0].ref, ref=self.ref()),
            lambda: none_of(*some, ref=self.ref()),
            lambda: at_least_of(draw(st.integers(1, len(some))), *some, ref=self.ref()),
            lambda: self.ladder(some),
            lambda: when(self.condition(), some[0], otherwise=some[-1] if len(some) > 1 else None, ref=self.ref()),
            lambda: when(self.condition(), self.ladder(some), ref=self.ref()),
            lambda: each(months(6), some[0], ref=self.ref()),
            lambda: each(months(6), some[0], every=months(3), reaching_back=months(3), ref=self.ref()),
            lambda: over(years(2), some[0], ref=self.ref()),
        )
        return draw(st.sampled_from(joins))()

    def clash(self) -> list[Policy]:
        """Write floors and a ceiling over much the same, some deeper inside than others."""
        floors = [
            at_least(self.draw(st.integers(1, 5)), hours(**tags), ref=self.ref())
            for tags in ({"planned": True}, {"planned": False}, {})
        ]
        some = self.draw(st.permutations(floors))[: self.draw(st.integers(1, 3))]
        asked = self.draw(st.sampled_from(({}, {}, {"planned": True})))
        ceiling = at_most(self.draw(st.integers(0, 6)), hours(**asked), ref=self.ref())
        forbidden = none_of(self.condition(), ref=self.ref())
        wrapped = all_of(ceiling, ref=self.ref()) if self.draw(st.booleans()) else ceiling
        return [*some, wrapped, *((forbidden, self.condition()) if self.draw(st.booleans()) else ())]

    def ladder(self, some: list[Policy]) -> Policy:
        policy = some[0]
        for one in some[1:]:
            policy = when(self.condition(), one, otherwise=policy, ref=self.ref())
        return policy


@st.composite
def faulty(draw: st.DrawFn) -> Policy:
    """Draw a policy that likely has a fault, in a scheme."""
    return scheme(
        _Writing(draw).clause(draw(st.integers(0, 3))),
        axes=AXES,
        straddling=draw(st.sampled_from((None, "by_day"))),
        facts=draw(st.sampled_from(((), (Fact("route", ("x", "y"), unrecorded=False),)))),
        once=draw(st.sampled_from(((), "topic"))),
        while_member=draw(st.booleans()),
    )


def verdicts(finding: Finding, *, told: bool = True) -> Iterator[tuple[str, str, Verdict, bool]]:
    """Give the verdict of each clause by its ref, and by the stretch; and whether the choices around it were told."""
    match = re.fullmatch(r"(.*?)((?:\[\d+\])*)", finding.ref)
    assert match is not None
    yield match[1], match[2], finding.verdict, told
    if finding.because is not None:
        yield from verdicts(finding.because, told=told)
        told = told and finding.because.verdict is not Verdict.CANNOT_TELL
    for part in finding.parts:
        yield from verdicts(part, told=told)


#: By kind, what must not be found of the clauses that a remark names, in any one stretch of the period.
UNTRUE: dict[str, Callable[[tuple[Verdict | None, ...]], bool]] = {
    "never met": lambda side: side == (Verdict.MET,),
    "never fails": lambda side: side == (Verdict.NOT_MET,),
    "contradiction": lambda side: set(side) == {Verdict.MET},
    "twice": lambda side: side[0] is not side[1],
    "too many tags": lambda side: side == (Verdict.MET,),
    "follows": lambda side: side[1] is Verdict.MET and side[0] is not Verdict.MET,
    "follows, of any": lambda side: side[0] is Verdict.MET and side[1] is not Verdict.MET,
    "idle cap": lambda side: False,  # a law of its own, below
    "unknown axis": lambda side: False,
    "same ref": lambda side: False,
}


def true_of(remark: Remark, found: dict[tuple[str, str], Verdict], chosen: set[str]) -> bool:
    """Tell whether a remark is true of what was found."""
    if remark.kind == "never chosen":
        return remark.refs[0] not in chosen
    stretches = {stretch for ref, stretch in found if ref == remark.refs[0]}
    untrue = UNTRUE[f"{remark.kind}, of any" if "since whoever meets it" in remark.what else remark.kind]
    return not any(untrue(tuple(found.get((ref, stretch)) for ref in remark.refs)) for stretch in stretches)


#: Sums of which the first cap is idle.
IDLE = (
    counting(hours(planned=True), up_to(1, planned=False)),
    counting(hours(), up_to(3, area="a"), up_to(2)),
    counting(hours(), up_to(3, area="a"), up_to(1, area="b"), up_to(3, area=("a", "b"))),
)


class TestLaws:
    @given(st.one_of(faulty(), faulty(), policies()), st.one_of(records(), records(known=False)))
    def test_whatever_is_said_is_true(self, policy: Policy, record: Record) -> None:
        """What is never met is not met by anybody, what never fails is failed by nobody, and so on."""
        remarks = lint(policy)
        if remarks:
            rows = list(verdicts(policy.assess(record, period=year(2014))))
            found = {(ref, stretch): verdict for ref, stretch, verdict, _ in rows if ref}
            chosen = {ref for ref, _, _, told in rows if told}
            for remark in remarks:
                assert true_of(remark, found, chosen), str(remark)

    @given(st.sampled_from(IDLE), st.one_of(records(), records(known=False)))
    def test_an_idle_cap_limits_nothing(self, total: Total, record: Record) -> None:
        """Without the cap, the same counts."""
        assert [one.kind for one in lint(at_least(1, total)) if one.kind != "never fails"] == ["idle cap"]
        counted = [
            at_least(1, one).assess(record, period=year(2014)).counted
            for one in (total, evolve(total, caps=total.caps[1:]))
        ]
        assert counted[0] == counted[1]
