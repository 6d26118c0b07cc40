"""What differs between two policies, clause by clause."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, reject
from hypothesis import strategies as st

from cpdrules import (
    Policy,
    advise,
    all_of,
    any_of,
    at_least,
    at_least_of,
    at_most,
    each,
    exempt,
    none_of,
    unstated,
    when,
)
from cpdrules.amounts import HOUR, POINT, Amount, Rounding, Unit
from cpdrules.amounts import hours as hour
from cpdrules.cpd import (
    Axis,
    Fact,
    amounts,
    circumstance,
    counting,
    different,
    entries,
    fact,
    hours,
    lowest,
    points,
    scheme,
    share_of,
    stepped,
    up_to,
)
from cpdrules.cpd.durations import pro_rata
from cpdrules.cpd.measures import Rule, carried, each_at_least, made_up, surplus, worth
from cpdrules.cpd.targets import by_fact, figure_when, sum_of
from cpdrules.differences import Difference, diff
from cpdrules.differences.clauses import places
from cpdrules.documents import read_policy, write_policy
from cpdrules.editions import Edition, editions
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.findings import Source
from cpdrules.iet import cpd
from cpdrules.periods import months, years
from cpdrules.policies import AllOf, AnyOf
from cpdrules.scenarios import amend
from cpdrules.windows import before
from tests import document_strategies as drawn
from tests.strategies import policies

TOTAL = at_least(30, hours(), ref="hours")
PLANNED = at_least(10, hours(planned=True), ref="planned")
AREAS = advise(all_of(at_least(1, hours(area="a"), ref="a"), at_least(2, hours(area="b"), ref="b")), ref="areas")
POLICY = all_of(TOTAL, PLANNED, AREAS, ref="full")
BEYOND = surplus(hours(), above=15)


def said(before: Policy, after: Policy) -> list[str]:
    """Say what differs, a line each."""
    return str(diff(before, after)).splitlines()


class TestAddedAndRemoved:
    def test_a_clause_between_others_is_one_difference(self) -> None:
        """What stands after it is still the same clause, named or not."""
        parts = [at_least(number, hours(area=str(number))) for number in (1, 2, 3)]
        new = at_least(2, hours(topic="ethics"), ref="ethics")
        found = diff(all_of(*parts), all_of(parts[0], new, *parts[1:]))
        assert str(found) == "new clause ethics: at least 2 h, topic: ethics"
        (change,) = found
        assert (change.kind, change.ref, change.path) == ("added", "ethics", "all of[2]")
        assert (change.before, change.after) == (None, new)

    def test_a_clause_that_is_no_longer_there(self) -> None:
        """It is given with where it stood, and its own parts are not listed apart."""
        (change,) = diff(POLICY, all_of(TOTAL, PLANNED, ref="full"))
        assert (change.kind, change.path, change.before, change.after) == ("removed", "all of[3]", AREAS, None)
        assert str(change) == "areas: no longer asked"

    def test_a_clause_without_a_name_is_said(self) -> None:
        """Without a ref, words say where it stood and what it asked."""
        before = all_of(TOTAL, at_most(5, hours(planned=False)))
        assert said(before, all_of(TOTAL)) == ["all of[2].at most: no longer asked (at most 5 h, not planned)"]
        assert said(all_of(TOTAL), before) == ["new clause all of[2].at most: at most 5 h, not planned"]

    def test_a_clause_around_another(self) -> None:
        """What is advised no longer is moved, and only the advice around it is gone."""
        plain = all_of(PLANNED, ref="full")
        advised = all_of(advise(PLANNED), ref="full")
        assert said(advised, plain) == [
            "all of[1].advise: no longer around planned (advise: planned)",
            "planned: moved from all of[1].advise to full",
        ]
        assert said(plain, advised) == [
            "new clause all of[1].advise: around planned: advise: planned",
            "planned: moved from full to all of[1].advise",
        ]

    def test_a_scheme_around_it_all(self) -> None:
        """The policy as a whole may move, too; and what is kept deep inside is named."""
        inside = scheme(advise(POLICY), straddling="by_day")
        assert said(inside, POLICY) == [
            "scheme: no longer around full (scheme: advise)",
            "full: moved from scheme.policy.advise to the top",
        ]
        assert said(POLICY, inside)[-1] == "full: moved from the top to scheme.policy.advise"


class TestMoved:
    def test_only_where_the_parent_differs(self) -> None:
        """A clause that moves between two groups is moved; its new neighbours are not."""
        one, other = all_of(PLANNED, TOTAL, ref="one"), all_of(exempt("x"), ref="other")
        after = all_of(evolve(one, members=(TOTAL,)), evolve(other, members=(exempt("x"), PLANNED)))
        (change,) = diff(all_of(one, other), after)
        assert (change.kind, change.before, change.after) == (
            "moved",
            "all of[1].all of[1]",
            "all of[2].all of[2]",
        )
        assert str(change) == "planned: moved from one to other"

    def test_from_one_branch_to_the_other(self) -> None:
        """The same parent, but another place in it: the places are said."""
        condition = fact("route", "x")
        before, after = when(condition, TOTAL, otherwise=PLANNED), when(condition, PLANNED, otherwise=TOTAL)
        assert said(before, after) == [
            "planned: moved from when.otherwise to when.policy",
            "hours: moved from when.policy to when.otherwise",
        ]

    def test_another_order(self) -> None:
        """Clauses that change places stay where they are; the order of them differs."""
        (change,) = diff(all_of(TOTAL, PLANNED, exempt("x")), all_of(exempt("x"), TOTAL, PLANNED))
        assert (change.kind, change.field) == ("changed", "order")
        assert change.before == (TOTAL, PLANNED, exempt("x"))
        assert str(change) == (
            "all of: the order of its clauses changes from hours; planned; exempt: x to exempt: x; hours; planned"
        )


class TestChanged:
    @pytest.mark.parametrize(
        ("after", "words", "name"),
        [
            (at_least(12, hours(planned=True), ref="planned"), "the figure rises from 10 h to 12 h", "figure"),
            (
                at_least("9:30", hours(planned=True), ref="planned"),
                "the figure falls from 10 h to 9 h 30 min",
                "figure",
            ),
            (
                at_least(lowest(10, share_of("1/2", hours())), hours(planned=True), ref="planned"),
                "the figure changes from 10 h to the lowest of: 10 h; 1/2 of all",
                "figure",
            ),
            (at_least(10, hours(), ref="planned"), "the filter changes from planned to none", "measure.where"),
            (
                at_least(10, counting(hours(planned=True), up_to(5, area="a")), ref="planned"),
                "new cap: 5 h at most count of: area: a",
                "measure.caps",
            ),
            (
                at_most(10, hours(planned=True), ref="planned"),
                "the clause changes from at least 10 h, planned to at most 10 h, planned",
                "word",
            ),
            (
                evolve(PLANNED, source=Source("guideline", 12, "ten hours")),
                "the source changes from none to guideline, line 12: “ten hours”",
                "source",
            ),
            (evolve(PLANNED, ref="p"), "the name changes from planned to p", "ref"),
            (evolve(PLANNED, ref=""), "the name changes from planned to none", "ref"),
        ],
    )
    def test_a_field_of_a_floor(self, after: Policy, words: str, name: str) -> None:
        """The field is named, with what stood in it and what does."""
        (change,) = diff(all_of(TOTAL, PLANNED), all_of(TOTAL, after))
        assert (change.kind, change.field, change.what) == ("changed", name, words)
        assert str(change) == f"{after.ref or 'planned'}: {words}"
        assert change.path == "all of[2]"

    def test_another_measure(self) -> None:
        """Of another kind of measure all is said, since nothing of it can be compared."""
        found = said(
            all_of(at_least(2, hours(planned=True), ref="x")), all_of(at_least(2, entries(planned=True), ref="x"))
        )
        assert found == [
            "x: the figure changes from 2 h to 2 activities",
            "x: the measure changes from hours, planned to activities, planned",
        ]

    def test_another_unit(self) -> None:
        """Points in place of hours: figure and unit differ."""
        assert said(at_least(3, hours(), ref="x"), at_least(3, points(), ref="x")) == [
            "x: the figure changes from 3 h to 3 points",
            "x: the unit changes from hours to points",
        ]

    def test_what_words_leave_out(self) -> None:
        """Two units that are called the same differ in their grain, and then all of them is shown."""
        before, after = Unit("unit", grain=10), Unit("unit", grain=100)
        (figure, unit) = diff(at_least(1, amounts(before)), at_least(1, amounts(after)))
        assert figure.field == "figure"
        assert "grain=10)" in str(unit)
        assert "grain=100)" in str(unit)

    def test_a_count(self) -> None:
        """So many of several clauses."""
        assert said(at_least_of(1, TOTAL, PLANNED), at_least_of(2, TOTAL, PLANNED)) == [
            "at least of: the count rises from 1 to 2"
        ]
        assert said(at_least_of(2, TOTAL, PLANNED), at_least_of(1, TOTAL, PLANNED)) == [
            "at least of: the count falls from 2 to 1"
        ]

    def test_stretches_and_periods(self) -> None:
        """In how many stretches it must be met, and how far back it looks."""
        some = [each(years(1), TOTAL, at_least=number, ref="x") for number in (None, 2, 3)]
        assert said(some[1], some[2]) == ["x: the number of stretches in which it must be met rises from 2 to 3"]
        assert said(some[0], some[1]) == ["x: the number of stretches in which it must be met changes from none to 2"]
        back = said(before(TOTAL), before(TOTAL, periods=2))
        assert back == ["before: the number of periods before rises from 1 to 2"]

    def test_figures_of_figures(self) -> None:
        """A condition, one of the two figures, what is added up, a rounding, a length of time."""

        def of(figure: Any) -> Policy:
            return at_least(figure, hours(), ref="x")

        one = figure_when(circumstance("leave"), 10, otherwise=30)
        assert said(of(one), of(figure_when(circumstance("leave"), 12, otherwise=30))) == [
            "x: the figure rises from 10 h to 12 h"
        ]
        assert said(of(one), of(figure_when(circumstance("retired"), 10, otherwise=30))) == [
            "x: the condition of the figure changes from leave to retired"
        ]
        assert said(of(one), of(figure_when(circumstance("leave"), 10, otherwise=40))) == [
            "x: the other figure rises from 30 h to 40 h"
        ]
        assert said(of(sum_of(10, one)), of(sum_of(20, one))) == ["x: the figure rises from 10 h to 20 h"]
        assert said(of(sum_of(10)), of(sum_of(10, one))) == [
            "x: the figure changes from none to 10 h if leave, else 30 h"
        ]
        up = Rounding("up", Amount.of(1, HOUR))
        assert said(of(share_of("1/2", 30)), of(share_of("1/2", 30, rounding=up))) == [
            "x: the rounding of the figure changes from none to rounded up to 1 h"
        ]
        prorated = [of(pro_rata(30, per=per, rounding=up)) for per in (None, years(1))]
        assert said(*prorated) == ["x: the length of time that the figure is for changes from none to 1 year"]

    def test_a_condition(self) -> None:
        """The values of a condition, and another condition altogether."""
        before = when(fact("route", "x"), TOTAL)
        assert said(before, when(fact("route", "x", "y"), TOTAL)) == [
            "when.condition.fact: the choice of values gets y"
        ]
        assert said(before, when(circumstance("retired"), TOTAL)) == [
            "when.condition.circumstance: the clause changes from route x to retired"
        ]

    def test_an_otherwise_that_is_new(self) -> None:
        """Where there was no other branch there is one, and nothing else differs."""
        before, after = when(fact("route", "x"), TOTAL), when(fact("route", "x"), TOTAL, otherwise=PLANNED)
        assert said(before, after) == ["new clause planned: at least 10 h, planned"]

    def test_a_text(self) -> None:
        """What is exempt, and why."""
        assert said(exempt("retired"), exempt("on leave")) == ["exempt: the reason changes from retired to on leave"]

    def test_a_scheme_and_its_axes(self) -> None:
        """The conventions of a scheme, each for itself."""
        before = scheme(TOTAL, axes=(Axis("area", ("a", "b")),))
        after = scheme(TOTAL, axes=(Axis("area", ("a", "b", "c")), Axis("topic", every=False)), straddling="by_day")
        assert said(before, after) == [
            "scheme: the axis area gets the tag c",
            "scheme: new axis: topic, not on every activity",
            "scheme: the way to count across the edge of a period changes from none to by_day",
        ]

    def test_an_edition(self) -> None:
        """The dates of an edition; its name is how it is known."""
        one, other = date(2014, 1, 1), date(2015, 1, 1)
        before = editions(Edition("first", TOTAL, one))
        after = editions(
            Edition("first", TOTAL, one, other.replace(day=2)), Edition("second", PLANNED, date(2016, 1, 1))
        )
        assert said(before, after) == [
            "edition first: the last day changes from none to 2 January 2015",
            "new clause edition second: edition: second, planned",
        ]

    def test_a_length(self) -> None:
        """A stretch of time is written as it is."""
        assert said(each(years(1), TOTAL), each(years(2), TOTAL)) == ["each: the length changes from 1 year to 2 years"]

    def test_a_joining_word(self) -> None:
        """All of these, or any: the word is what differs, and what it joins stays."""
        assert said(all_of(TOTAL, PLANNED), any_of(TOTAL, PLANNED)) == [
            "any of: the clause changes from all of: hours, planned to any of: hours, planned"
        ]

    def test_many_categories(self) -> None:
        """Different tags of one axis are counted in the axis."""
        assert said(at_least(2, different("area")), at_least(3, different("area"))) == [
            "at least: the figure rises from 2 areas to 3 areas"
        ]


def of_rules(*rules: Rule, where: Any = None, name: str = "") -> Policy:
    """Ask for hours that are counted by some rules."""
    return at_least(10, counting(hours(**(where or {})), *rules, name=name), ref="x")


class TestRules:
    """What is said of the rules by which a measure counts, and of the conventions of a scheme."""

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            (up_to(18, kind="private"), up_to(20, kind="private"), "the cap on kind: private rises from 18 h to 20 h"),
            (up_to(18), up_to(share_of("25%", 100)), "the cap changes from 18 h to 1/4 of 100 h"),
            (
                up_to(5, per="paper", in_each=years(1)),
                up_to(4, per="paper", in_each=years(1)),
                "the cap for each paper in each year falls from 5 h to 4 h",
            ),
            (
                worth(1, every=Amount.of(1, POINT), unit=HOUR),
                worth(2, every=Amount.of(1, POINT), unit=HOUR),
                "every 1 point counts as 2 h instead of 1 h",
            ),
            (
                worth(1, every=Amount.of(1, POINT), unit=HOUR),
                worth(1, every=Amount.of(2, POINT), unit=HOUR),
                "every 2 points counts as 1 h, before: every 1 point counts as 1 h",
            ),
            (Rounding("up", hour(1)), None, "the rounding of each entry changes from rounded up to 1 h to none"),
            (each_at_least(1), each_at_least(2), "the size of the smallest entry that counts rises from 1 h to 2 h"),
            (
                carried(BEYOND, limit=14),
                carried(BEYOND, limit=10),
                "the limit of what is carried forward falls from 14 h to 10 h",
            ),
            (
                carried(BEYOND, lasting=1),
                carried(BEYOND, lasting=2),
                "the number of periods for which it is carried forward rises from 1 to 2",
            ),
            (
                carried(BEYOND),
                carried(surplus(hours(), above=20)),
                "the figure above which there is a surplus rises from 15 h to 20 h",
            ),
            (made_up(hours(), 5), made_up(hours(), 6), "the figure that is made up rises from 5 h to 6 h"),
            (None, carried(BEYOND), "new rule for what is handed on: all carried forward of hours above 15 h"),
            (up_to(5), None, "cap taken out: 5 h at most count"),
        ],
    )
    def test_one_rule(self, before: Any, after: Any, words: str) -> None:
        """A rule is told by what it speaks of, and by what changes in it."""
        one, other = (of_rules(*([rule] if rule else [])) for rule in (before, after))
        assert said(one, other) == [f"x: {words}"]

    def test_another_order_of_rates(self) -> None:
        """Of several rates the first that matches is taken, so that their order counts."""
        rates = [worth(number, every=hour(1), unit=HOUR, area=area) for number, area in ((2, "a"), (3, "b"))]
        (text,) = said(of_rules(*rates), of_rules(*reversed(rates)))
        assert text.startswith(
            "x: the list of rates changes from every 1 h, area: a, counts as 2 h; every 1 h, area: b"
        )

    def test_two_rules_that_nothing_tells_apart(self) -> None:
        """Then all of them are said."""
        (text,) = said(of_rules(up_to(5), up_to(6)), of_rules(up_to(5), up_to(7)))
        assert text.startswith("x: the list of caps changes from 5 h at most count; 6 h at most count to 5 h")

    def test_inside_a_named_measure(self) -> None:
        """It is told once, with the name of the measure, and in how many clauses it counts; as data, by clause."""
        one, other = (
            all_of(
                at_least(9, counting(hours(), up_to(limit), name="all_kinds"), ref="a"),
                at_least(5, counting(hours(planned=True), up_to(limit), name="all_kinds"), ref="b"),
            )
            for limit in (18, 20)
        )
        found = diff(one, other)
        assert str(found) == "all kinds, in 2 clauses: the cap rises from 18 h to 20 h"
        assert [(one.ref, one.measure, one.field) for one in found] == [
            ("a", "all_kinds", "measure.caps"),
            ("b", "all_kinds", "measure.caps"),
        ]
        assert said(of_rules(up_to(1), name="m"), of_rules(up_to(2), name="m")) == [
            "m, in 1 clause: the cap rises from 1 h to 2 h"
        ]

    def test_a_named_measure_deep_inside(self) -> None:
        """Words that would say the same of both go on to what differs: the surplus of a measure that has a cap."""
        one, other = (
            of_rules(carried(surplus(counting(hours(), up_to(limit), name="earned")), limit=5)) for limit in (1, 2)
        )
        assert said(one, other) == ["earned, in 1 clause: the cap rises from 1 h to 2 h"]
        one, other = (
            of_rules(up_to(share_of("1/2", counting(hours(), up_to(limit), name="earned")))) for limit in (1, 2)
        )
        assert said(one, other) == ["earned, in 1 clause: the cap rises from 1 h to 2 h"]

    def test_the_filter_and_the_name_are_the_clause_s_own(self) -> None:
        """Which hours of a named measure a clause counts is its own affair, and by which name."""
        assert said(of_rules(name="m"), of_rules(name="m", where={"area": "a"})) == [
            "x: the filter changes from none to area: a"
        ]
        assert said(of_rules(name="m"), of_rules(name="n")) == ["x: the name of the measure changes from m to n"]

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            ({"area": ("a", "b")}, {"area": ("a", "b", "c", "d")}, "the filter on area gets c, d"),
            ({"area": ("a", "b")}, {"area": ("b", "c")}, "the filter on area gets c and loses a"),
            ({"area": "a"}, {"area": "b"}, "the filter changes from area: a to area: b"),
            ({"area": "a"}, {"topic": "a"}, "the filter changes from area: a to topic: a"),
            (
                {"area": ("a", "b"), "topic": "t"},
                {"area": ("a", "c"), "topic": "u"},
                "the filter changes from area: a or b, topic: t to area: a or c, topic: u",
            ),
        ],
    )
    def test_a_filter(self, before: Any, after: Any, words: str) -> None:
        """What one axis admits now; or all of the filter."""
        assert said(of_rules(where=before), of_rules(where=after)) == [f"x: {words}"]

    def test_tables_of_figures(self) -> None:
        """A figure by a fact or by a length is told by its row."""
        one, other = by_fact("title", {"dentist": 100, "nurse": 50}), by_fact("title", {"dentist": 110, "aide": 20})
        assert said(at_least(one, hours(), ref="x"), at_least(other, hours(), ref="x")) == [
            "x: the figure for dentist rises from 100 h to 110 h",
            "x: the figure for nurse changes from 50 h to none",
            "x: the figure for aide changes from none to 20 h",
        ]
        one, other = (stepped(150, circumstance("leave"), (months(3), figure)) for figure in (90, 95))
        assert said(at_least(lowest(99, one), hours(), ref="x"), at_least(lowest(99, other), hours(), ref="x")) == [
            "x: the figure for 3 months rises from 90 h to 95 h"
        ]

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            (Axis("topic", ("art",)), Axis("topic", ("art", "law")), "the axis topic gets the tag law"),
            (
                Axis("topic", ("art", "x")),
                Axis("topic", ("art", "y", "z")),
                "the axis topic gets the tags y, z and loses the tag x",
            ),
            (Axis("topic", ("art",)), Axis("topic", ("law",)), "the axis topic has the tags law instead of art"),
            (Axis("topic"), Axis("topic", every=False), "the axis topic is not on every activity now"),
            (
                Axis("topic", ("art", "law"), every=False),
                Axis("topic", ("art",)),
                "the axis topic loses the tag law and is on every activity now",
            ),
            (Fact("route", ("x",)), Fact("route", ("x", "y")), "the fact route gets the value y"),
            (
                Fact("route"),
                Fact("route", unrecorded=False),
                "the fact route is no where nobody recorded it, before: unknown",
            ),
            (Fact("route", ("x",), unrecorded=True), None, "fact taken out: route (x), yes if not recorded"),
            (Fact("way"), Fact("route"), "fact taken out: way"),
        ],
    )
    def test_what_a_scheme_describes(self, before: Any, after: Any, words: str) -> None:
        """The tags of an axis, the values of a fact, and what silence means."""
        what = "axes" if isinstance(before, Axis) else "facts"
        one, other = (scheme(TOTAL, **{what: (value,) if value else ()}) for value in (before, after))
        assert said(one, other)[0] == f"scheme: {words}"

    def test_what_a_scheme_counts(self) -> None:
        """What counts once, and what only while a member."""
        assert said(scheme(TOTAL), scheme(TOTAL, once="talk", while_member=True)) == [
            "scheme: the list of what counts once changes from none to talk",
            "scheme: the rule that only what was done as a member counts changes from no to yes",
        ]


class TestWords:
    def test_nothing(self) -> None:
        """Where nothing differs it says so, and is false."""
        found = diff(POLICY, POLICY)
        assert not found
        assert len(found) == 0
        assert str(found) == "Nothing differs."

    def test_one_change_in_many_places(self) -> None:
        """What changes alike under one name is one line, and many changes as data."""
        found = diff(cpd.policy, amend(cpd.policy, {"hours": 35}))
        assert str(found) == f"hours, in {len(found)} places: the figure rises from 30 h to 35 h"
        assert len(found) > 20
        assert len({str(change) for change in found}) == len(found)

    def test_a_name_that_two_editions_have(self) -> None:
        """The edition tells them apart."""
        parts = [Edition(str(number), TOTAL, date(number, 1, 1), date(number, 12, 31)) for number in (2014, 2015)]
        after = [parts[0], evolve(parts[1], policy=evolve(TOTAL, figure=PLANNED.figure))]  # type: ignore[attr-defined]
        (change,) = diff(editions(*parts), editions(*after))
        assert str(change) == "hours in edition 2015: the figure falls from 30 h to 10 h"

    def test_a_clause_whose_parts_are_said_by_their_words(self) -> None:
        """A part without a name goes by its word; a clause that says nothing of itself, too."""
        assert said(all_of(TOTAL), all_of(TOTAL, none_of(exempt("x"), PLANNED), ref="whole"))[-1] == (
            "new clause all of[2].none of: none of: exempt, planned"
        )
        assert said(all_of(TOTAL), all_of(TOTAL, exempt("")))[-1] == "new clause all of[2].exempt: exempt"


class TestPairs:
    def test_a_name_that_wanders(self) -> None:
        """A name that another clause takes stays with the clause of its kind first."""
        before = all_of(advise(TOTAL, ref="a"), PLANNED)
        assert said(before, evolve(before, ref="a")) == ["a at all of: the name changes from none to a"]

    def test_another_name_for_the_same(self) -> None:
        """Two names for one clause need more alikeness than one name; what differs more are two clauses."""
        assert [one.kind for one in diff(all_of(PLANNED), all_of(at_least(2, entries(), ref="other")))] == [
            "removed",
            "added",
        ]

    def test_what_is_alike_elsewhere(self) -> None:
        """Without names, a clause that moved and changed a little is found again."""
        clause = at_least(10, hours(planned=True, area="a", topic="t"))
        before, after = all_of(advise(clause), exempt("x")), all_of(evolve(clause, figure=TOTAL.figure), exempt("x"))  # type: ignore[attr-defined]
        assert [(one.kind, one.field) for one in diff(before, after)] == [
            ("removed", ""),
            ("moved", ""),
            ("changed", "figure"),
        ]

    def test_what_stands_in_the_same_place(self) -> None:
        """Where nothing else is left to go by, the place decides."""
        assert [(one.kind, one.field) for one in diff(all_of(exempt("x")), all_of(unstated("y")))] == [
            ("changed", "word")
        ]

    def test_another_name_for_much_the_same(self) -> None:
        """Half alike is enough for one clause without names, and too little for one that changed its name."""
        other = at_least(12, hours(planned=True), ref="other")
        assert [one.kind for one in diff(all_of(PLANNED), all_of(other))] == ["removed", "added"]
        assert [one.field for one in diff(all_of(evolve(PLANNED, ref="")), all_of(other))] == ["ref", "figure"]

    def test_the_nearest_to_one_further_on(self) -> None:
        """Not the first that is alike, but the nearest."""
        before = all_of(exempt("x"), at_least(2, hours(area="a")))
        after = all_of(at_least(11, hours(area="a")), at_least(12, hours(area="a")))
        figures = [(str(one.before), str(one.after)) for one in diff(before, after) if one.field == "figure"]
        assert figures == [("2 h", "12 h")]

    def test_the_nearest_of_those_that_are_alike(self) -> None:
        """Of several alike, the one that stands nearest is taken."""
        before = all_of(*(at_least(number, hours(area="a")) for number in (1, 2, 3)))
        after = all_of(*(at_least(number, hours(area="a")) for number in (11, 12, 13)))
        assert [(str(one.before), str(one.after)) for one in diff(before, after)] == [
            ("1 h", "11 h"),
            ("2 h", "12 h"),
            ("3 h", "13 h"),
        ]


@frozen
class Halves(Policy):
    """A clause of some other domain: parts it may not have, and a value that equals by what it hides."""

    inner: tuple[Policy, ...] | None = None
    hidden: Any = None


class Opaque:
    """A value of which only it knows what differs."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and self.value == other.value

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Opaque({self.value})"

    __str__ = lambda self: "opaque"  # noqa: E731


class TestOtherWords:
    def test_parts_where_there_were_none(self) -> None:
        """Nothing, no parts, and some parts are told apart."""
        assert said(Halves((), ref="x"), Halves((PLANNED,), ref="x")) == ["new clause planned: at least 10 h, planned"]
        assert said(Halves(None), Halves((PLANNED,)))[0] == "new clause planned: at least 10 h, planned"
        assert said(Halves(None), Halves(())) == ["halves: the inner changes from None to ()"]

    def test_a_value_that_nobody_knows(self) -> None:
        """It is shown as it shows itself, at length where words would not tell."""
        assert said(Halves(hidden=Opaque(1)), Halves(hidden=Opaque(2))) == [
            "halves: the hidden changes from Opaque(1) to Opaque(2)"
        ]

    def test_a_value_whose_parts_do_not_tell(self) -> None:
        """What differs in nothing that was given is given whole."""
        (change,) = diff(Halves(hidden=Settled(1)), Halves(hidden=Settled(2)))
        assert change.field == "hidden"


@frozen(init=False)
class Settled:
    """A value that is given nothing, and works itself out."""

    value: int = field(init=False)

    def __init__(self, value: int) -> None:
        object.__setattr__(self, "value", value)


any_policies = st.one_of(policies(depth=2), drawn.any_policy)


@st.composite
def changed(draw: st.DrawFn, policy: Policy) -> Policy:
    """Draw a policy that differs from another here and there."""
    chosen = draw(st.sets(st.integers(0, len(places(policy)) - 1), max_size=3))
    seen = iter(range(10**6))

    def change(clause: Policy) -> Policy:  # noqa: PLR0911 - one line for each way to change it
        if next(seen) not in chosen:
            return clause
        turns = draw(st.integers(0, 5))
        if turns == 0:
            return evolve(clause, ref=draw(st.sampled_from(("c1", "c2", "other", ""))))
        if turns == 1:
            return evolve(clause, source=draw(drawn.sources))
        if type(clause) is Edition:
            return evolve(clause, why="another reason")
        if turns == 2:
            return advise(clause)
        if turns == 3:
            return all_of(*draw(st.permutations([clause, exempt("x"), evolve(clause, ref="")])))
        if turns == 4 and isinstance(clause, (AllOf, AnyOf)):
            return evolve(clause, members=tuple(draw(st.permutations(clause.members))[:2]))
        return draw(policies(depth=0))

    try:
        return policy.rewritten(change)
    except (PolicyError, UnknownRefError):  # not every clause may stand in every other, nor every ref go
        reject()


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """Draw two policies: mostly one, and the same one changed."""
    one = draw(any_policies)
    return one, draw(st.one_of(changed(one), changed(one), any_policies))


def essence(change: Difference) -> tuple[str, str, str, str]:
    """Give what a mirror turns round."""
    return change.kind, change.field, repr(change.before), repr(change.after)


class TestLaws:
    @given(any_policies)
    def test_nothing_differs_from_itself(self, policy: Policy) -> None:
        """A policy and the same policy, read again from its document, differ in nothing."""
        assert not diff(policy, policy)
        assert str(diff(policy, policy)) == "Nothing differs."
        assert not diff(policy, read_policy(write_policy(policy)))

    @given(pairs())
    def test_whatever_differs_is_found(self, two: tuple[Policy, Policy]) -> None:
        """There are no differences exactly where the policies are equal, sources and names included."""
        one, other = two
        assert bool(diff(one, other)) == (one != other)

    @given(pairs())
    def test_the_other_way_round(self, two: tuple[Policy, Policy]) -> None:
        """Seen from the other side, what was added is removed, and before is after."""
        one, other = two
        turned = {"added": "removed", "removed": "added"}
        there = Counter(essence(change) for change in diff(one, other))
        back = Counter(
            (turned.get(kind, kind), field, after, before)
            for kind, field, before, after in map(essence, diff(other, one))
        )
        assert there == back

    @given(pairs())
    def test_words_for_everything(self, two: tuple[Policy, Policy]) -> None:
        """Every change has words, and no change claims to be none."""
        for change in diff(*two):
            assert change.what.strip()
            assert change.label.strip()
            assert change.kind == "moved" or change.before != change.after  # another clause may stand in one place
        assert str(diff(*two))
