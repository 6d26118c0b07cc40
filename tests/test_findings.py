"""What was concluded, as data, over whole numbers; see tests/arithmetic.py."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from cpdrules import (
    Amount,
    Source,
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
    remaining,
    rendering,
    undecided,
    unstated,
    when,
    year,
)
from cpdrules.errors import UnknownRefError
from cpdrules.findings import Clause, Finding, in_words
from cpdrules.periods import months, years
from tests.arithmetic import DIVISOR, Divisors, Multiple, even, threefold

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

five = Multiple(5, ref="five")


def floor(figure: int, ref: str = "", since: int = 1) -> Any:
    """Ask for so many divisors."""
    return at_least(figure, Divisors(since), ref=ref)


def refs(findings: tuple[Finding, ...]) -> list[str]:
    """Give the names of some findings, or the words of those that have none."""
    return [finding.ref or finding.clause.word for finding in findings]


class TestWords:
    @pytest.mark.parametrize(
        ("where", "text"),
        [
            ((), ""),
            ((("planned", (True,)),), "planned"),
            ((("planned", (False,)),), "not planned"),
            ((("planned", (True, False)),), "planned: True or False"),
            ((("level", (1,)),), "level: 1"),
            ((("level", (0,)),), "level: 0"),
            ((("area", ("soft_skills", "other")), ("planned", (True,))), "area: soft skills or other, planned"),
            ((("long_axis", ("x",)),), "long axis: x"),
        ],
    )
    def test_of_a_filter(self, where: Any, text: str) -> None:
        """Which entries a clause speaks of; yes and no are words, one and zero are numbers."""
        assert in_words(where) == text

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            (Source("S1"), "S1"),
            (Source("S1", 57), "S1, line 57"),
            (Source("S1", 57, "reduced target"), "S1, line 57: “reduced target”"),
            (Source("S1", quote="at least"), "S1: “at least”"),
            (Source("S1", 57, stated="inferred"), "S1, line 57 (inferred)"),
            (Source("S1", 57, "per year", stated="unstated"), "S1, line 57: “per year” (unstated)"),
        ],
    )
    def test_of_a_source(self, source: Source, text: str) -> None:
        """The document, the line, the quotation, and whether it says so itself."""
        assert str(source) == text


class TestAFinding:
    @pytest.mark.parametrize(
        ("verdict", "satisfied"), [(MET, True), (NOT_MET, False), (CANNOT_TELL, False), (DOES_NOT_APPLY, True)]
    )
    def test_is_satisfied(self, verdict: Verdict, satisfied: bool) -> None:
        """Nothing is outstanding where it is met, or asks nothing."""
        assert Finding(Clause("any"), verdict).satisfied is satisfied

    @pytest.mark.parametrize(
        ("policy", "number", "short"),
        [
            (floor(4), 7, 2),
            (floor(4), 6, None),
            (floor(4), range(5, 8), None),
            (floor(5), range(5, 8), 1),  # six may have as many as four
            (at_most(1, Divisors()), 7, None),
            (all_of(floor(4)), 7, None),
            (floor(4), None, None),
        ],
    )
    def test_is_short_by(self, policy: Any, number: Any, short: int | None) -> None:
        """A floor is short for certain by what is missing even in the best case; nothing else is short."""
        found = policy.assess(number).short_by
        assert found == (None if short is None else Amount(short * 2, DIVISOR))

    def test_is_found_by_its_ref(self) -> None:
        """The finding of a clause is found by its name; a condition's, and a branch not taken, is not."""
        finding = all_of(when(even, five, otherwise=floor(1, "odd"), ref="choice"), ref="whole").assess(10)
        assert finding["whole"] is finding
        assert finding["five"].verdict is MET
        assert refs(tuple(finding.walk())) == ["whole", "choice", "five"]
        for ref in ("odd", "even", "fives"):
            with pytest.raises(UnknownRefError, match=f"finding has no clause '{ref}'. It has 'choice', 'five'"):
                finding[ref]


class TestDecisive:
    @pytest.mark.parametrize(
        ("policy", "number", "deciding"),
        [
            (even, 4, ["even"]),
            (all_of(even, threefold, five), 10, ["threefold"]),
            (all_of(even, threefold, five), 7, ["even", "threefold", "five"]),
            (all_of(even, threefold, five), 30, ["even", "threefold", "five"]),
            (all_of(even, exempt("x", ref="x")), 4, ["even"]),
            (any_of(even, threefold), 9, ["threefold"]),
            (any_of(even, threefold), 7, ["even", "threefold"]),
            (at_least_of(2, even, threefold, five), 10, ["even", "five"]),
            (at_least_of(2, even, threefold, five), 9, ["even", "five"]),
            (none_of(even, threefold), 4, ["even"]),
            (none_of(even, threefold), 7, ["even", "threefold"]),
            (none_of(none_of(even, threefold)), 4, ["even"]),
            (all_of(none_of(even, five), threefold), 9, ["even", "five", "threefold"]),
            (all_of(any_of(even, five), threefold), 7, ["even", "five", "threefold"]),
            (all_of(even, advise(five, ref="better")), 4, ["even"]),
            (advise(five, ref="better"), 4, ["better"]),
            (all_of(advise(five, ref="better")), 4, ["better"]),
            (exempt("x", ref="gone"), 4, ["gone"]),
            (when(even, five), 10, ["five"]),
            (when(even, five), 7, ["when"]),
            (when(even, five, otherwise=threefold), range(7, 9), ["five", "threefold"]),
            (when(even, five, otherwise=Multiple(1, ref="any")), range(7, 9), ["when"]),
            (when(even, five, otherwise=threefold), range(8, 10), ["when", "threefold"]),
            (when(Multiple(1), five), range(9, 11), ["five"]),
            (undecided(five, awaiting="x", ref="open"), 4, ["open"]),
            (undecided(five, awaiting="x", ref="open"), 10, ["five"]),
            (undecided(five, awaiting="x", ref="open"), range(9, 11), ["open", "five"]),
            (unstated("x", ref="silent"), 4, ["silent"]),
            (all_of(even, unstated("x", ref="silent")), 4, ["silent"]),
            (over(years(1), five), 4, ["five"]),
            (each(months(6), five), 4, ["five[1]", "five[2]"]),
        ],
    )
    def test_are_the_clauses_that_made_it_so(self, policy: Any, number: Any, deciding: list[str]) -> None:
        """Those that fail where it fails, hold where it holds, and are open where it is open."""
        assert refs(policy.assess(number, period=year(2015)).decisive()) == deciding


class TestShortfalls:
    @pytest.mark.parametrize(
        ("policy", "number", "short"),
        [
            (floor(4, "four"), 7, {"four": 2}),
            (floor(4, "four"), 6, {}),
            (all_of(floor(4, "four"), floor(3, "three"), floor(1, "one")), 7, {"four": 2, "three": 1}),
            (any_of(floor(4, "four"), floor(3, "three")), 7, {"four": 2, "three": 1}),
            (any_of(floor(4, "four"), floor(2, "two")), 7, {}),
            (all_of(floor(4, "four"), even), 7, {"four": 2}),
            (all_of(floor(4, "four"), advise(floor(9, "nine"))), 7, {"four": 2}),
            (none_of(floor(1, "one"), floor(9, "nine")), 7, {}),
            (all_of(even, undecided(floor(4, "four"), awaiting="x")), 2, {}),
            (over(years(3), floor(4, "four")), 7, {"four": 2}),
            (each(months(6), floor(4, "four")), 7, {"four[1]": 2, "four[2]": 2}),
            (each(months(6), floor(4)), 7, {"at_least": 2, "at_least (2)": 2}),
            (all_of(floor(4), floor(3)), 7, {"at_least": 2, "at_least (2)": 1}),
            (all_of(floor(4, since=2), floor(3)), 7, {"from 2": 3, "at_least": 1}),
            (when(even, floor(5, "f"), otherwise=floor(9, "f")), range(7, 10), {"f": 1, "f (2)": 5}),
            (floor(5, "five"), range(5, 8), {"five": 1}),
        ],
    )
    def test_are_those_of_the_clauses_that_fail(self, policy: Any, number: Any, short: dict[str, int]) -> None:
        """By name; a clause without one goes by what it speaks of, and no shortfall hides another."""
        found = policy.assess(number, period=year(2015)).shortfalls()
        assert found == {ref: Amount(number * 2, DIVISOR) for ref, number in short.items()}
        assert list(found) == list(short)


class TestReporting:
    routes = any_of(
        all_of(floor(4, "four"), floor(3, "three"), ref="full"), each(months(6), floor(9, "nine")), five, report="full"
    )

    def test_gives_the_shortfalls_of_one_route(self) -> None:
        """Where none is met, those of the route that is named."""
        finding = self.routes.assess(7, period=year(2015))
        assert refs(finding.decisive()) == ["four", "three"]
        assert list(finding.shortfalls()) == ["four", "three"]
        every = any_of(*self.routes.members).assess(7, period=year(2015))
        assert refs(every.decisive()) == ["four", "three", "nine[1]", "nine[2]", "five"]

    def test_says_nothing_where_a_route_is_met(self) -> None:
        """Or where nobody can tell."""
        assert refs(self.routes.assess(6, period=year(2015)).decisive()) == ["four", "three"]
        assert refs(self.routes.assess(25, period=year(2015)).decisive()) == ["five"]
        open_ = self.routes.assess(range(5, 8), period=year(2015))
        assert refs(open_.decisive()) == ["four", "three", "five"]

    def test_finds_the_clause_of_a_stretch(self) -> None:
        """Its clauses have numbers after their names."""
        finding = evolve(self.routes, report="nine").assess(7, period=year(2015))
        assert refs(finding.decisive()) == ["nine[1]", "nine[2]"]
        assert finding.holds("nine")
        assert finding.holds("nine[2]")
        assert not finding.holds("nin")
        assert not finding.parts[0].holds("nine")
        numbered = each(months(6), self.routes).assess(7, period=year(2015))
        assert refs(numbered.decisive()) == ["four[1]", "three[1]", "four[2]", "three[2]"]

    def test_gives_every_route_where_the_one_is_not_among_those_that_fail(self) -> None:
        """A route that does not apply, or a branch that was not taken, has no shortfall to report."""
        gone = any_of(exempt("x", ref="gone"), floor(4, "four"), report="gone").assess(7)
        assert refs(gone.decisive()) == ["four"]
        choice = any_of(when(even, floor(9, "nine"), otherwise=floor(8, "eight")), floor(4, "four"), report="nine")
        assert refs(choice.assess(7).decisive()) == ["eight", "four"]


class TestWording:
    def test_is_left_to_the_modules_that_word(self) -> None:
        """A finding prints, shows itself in a notebook, and says what is missing and what is still needed."""
        finding = all_of(floor(9, "nine"), even, ref="whole").assess(7)
        assert str(finding) == rendering.as_text(finding)
        assert finding._repr_html_() == rendering.as_html(finding)
        assert finding.missing() == rendering.missing(finding) == ()
        assert even.assess(None).missing() == rendering.missing(even.assess(None)) != ()
        assert finding.remaining() == remaining.least(finding) != ()


class TestAdvice:
    def test_is_what_is_not_followed_or_may_not_be(self) -> None:
        """Each recommendation by the clauses that made it so; what is followed is not mentioned."""
        policy = all_of(
            even,
            advise(all_of(five, Multiple(2, ref="followed")), ref="one"),
            when(even, advise(floor(9, "nine"))),
            when(threefold, advise(floor(8, "eight"))),
        )
        assert refs(policy.assess(4).advice()) == ["five", "nine"]
        assert refs(policy.assess(10).advice()) == ["nine"]
        assert refs(policy.assess(range(4, 6)).advice()) == ["five", "followed", "nine"]
        assert even.assess(5).advice() == ()
