"""Policies and the words that join them, over whole numbers; see tests/arithmetic.py."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve, frozen

from cpdrules import (
    Period,
    Policy,
    Source,
    Verdict,
    advise,
    all_of,
    any_of,
    at_least,
    at_least_of,
    exempt,
    none_of,
    when,
    year,
)
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.policies import AllOf, Case, Plan, Telling, word_of
from tests.arithmetic import Digits, Divisors, Multiple, Year, even, threefold

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

JOINS = (all_of, any_of, none_of)


class TestJoins:
    @pytest.mark.parametrize(
        ("number", "every", "some", "none"),
        [
            (6, MET, MET, NOT_MET),
            (4, NOT_MET, MET, NOT_MET),
            (5, NOT_MET, NOT_MET, MET),
            (range(4, 6), NOT_MET, CANNOT_TELL, CANNOT_TELL),
            (range(2, 5, 2), NOT_MET, MET, NOT_MET),
            (range(6, 9, 2), CANNOT_TELL, MET, NOT_MET),
            (None, CANNOT_TELL, CANNOT_TELL, CANNOT_TELL),
        ],
    )
    def test_all_any_none(self, number: Any, every: Verdict, some: Verdict, none: Verdict) -> None:
        """Six is even and threefold; of a number that may be six or eight nobody can tell."""
        assert all_of(even, threefold).assess(number).verdict is every
        assert any_of(even, threefold).assess(number).verdict is some
        assert none_of(even, threefold).assess(number).verdict is none

    @pytest.mark.parametrize(
        ("count", "number", "verdict"),
        [
            (1, 15, MET),
            (2, 15, MET),
            (3, 15, NOT_MET),
            (2, 30, MET),
            (3, 30, MET),
            (2, 7, NOT_MET),
            (2, range(14, 16), CANNOT_TELL),
            (3, range(14, 16), CANNOT_TELL),
            (1, None, CANNOT_TELL),
        ],
    )
    def test_at_least_of(self, count: int, number: Any, verdict: Verdict) -> None:
        """So many of three divide the number."""
        policy = at_least_of(count, even, threefold, Multiple(5))
        finding = policy.assess(number)
        assert finding.verdict is verdict
        assert finding.clause.count == count

    def test_of_those_that_apply_all_are_enough(self) -> None:
        """Two are asked for, and one does not apply: the other is enough, and its failing fails them all."""
        policy = at_least_of(2, even, exempt("odd one out"))
        assert policy.assess(4).verdict is MET
        assert policy.assess(5).verdict is NOT_MET
        assert at_least_of(1, exempt("a"), exempt("b")).assess(4).verdict is DOES_NOT_APPLY

    def test_a_finding_mirrors_its_policy(self) -> None:
        """Each part has its finding, in order, and each clause its word and its name."""
        source = Source("the book", 3, "even numbers")
        finding = all_of(any_of(even, threefold, ref="some"), none_of(Multiple(5)), ref="whole", source=source).assess(
            4
        )
        assert [(node.clause.word, node.ref, node.verdict) for node in finding.walk()] == [
            ("all_of", "whole", MET),
            ("any_of", "some", MET),
            ("multiple", "even", MET),
            ("multiple", "threefold", NOT_MET),
            ("none_of", "", MET),
            ("multiple", "", NOT_MET),
        ]
        assert finding.clause.source is source

    @pytest.mark.parametrize("join", JOINS)
    def test_join_something(self, join: Any) -> None:
        """A join of no clauses would be met by everyone."""
        with pytest.raises(PolicyError, match=f"^{join.__name__} joins no clauses.* write exempt") as caught:
            join()
        assert caught.value.data == {"word": join.__name__}

    @pytest.mark.parametrize("join", JOINS)
    @pytest.mark.parametrize("part", [[even], 5, "even", None, MET])
    def test_join_clauses(self, join: Any, part: Any) -> None:
        """A list of clauses has to be unpacked, and a verdict is no clause."""
        with pytest.raises(PolicyError, match=r"joins clauses, and .* is none\. .* a list of them with \*") as caught:
            join(even, part)
        assert caught.value.data == {"word": join.__name__, "part": part}

    @pytest.mark.parametrize("count", [0, 3, -1, True, 1.5, "2", even])
    def test_ask_for_a_number_that_can_be_reached(self, count: Any) -> None:
        """One at the least, and no more than there are."""
        with pytest.raises(PolicyError, match=r"^at_least_of asks for .* of 2 clauses\. It could never") as caught:
            at_least_of(count, even, threefold)
        assert caught.value.data == {"count": count, "members": 2}


class TestWhoseAnswerDependsOnADoubt:
    """Nothing asked and all met are one where every part has to hold, and two where one part is enough."""

    doubtful = when(even, at_least(1, Divisors()))

    def test_where_all_must_hold(self) -> None:
        """Whether the number is even does not matter where it is met if it is."""
        for whole in (self.doubtful, all_of(self.doubtful), any_of(self.doubtful), at_least_of(1, self.doubtful)):
            assert whole.assess(range(4, 6)).verdict is MET
        assert at_least_of(2, self.doubtful, self.doubtful).assess(range(4, 6)).verdict is MET

    def test_beside_what_asks_nothing(self) -> None:
        """Advice and exemptions are no part that could hold instead."""
        for idle in (advise(Multiple(7)), exempt("x"), all_of(advise(even), exempt("y"))):
            assert not idle.asks()
            assert any_of(self.doubtful, idle).assess(range(4, 6)).verdict is MET
            assert at_least_of(1, self.doubtful, idle).assess(range(4, 6)).verdict is MET
            assert at_least_of(2, self.doubtful, idle, self.doubtful).assess(range(4, 6)).verdict is MET
        assert all_of(advise(even), even).asks()

    def test_where_one_is_enough(self) -> None:
        """A part that may not apply is not the one that holds, since the others may all fail."""
        assert any_of(self.doubtful, Multiple(7)).assess(range(4, 6)).verdict is CANNOT_TELL
        assert at_least_of(1, self.doubtful, Multiple(7)).assess(range(4, 6)).verdict is CANNOT_TELL
        assert any_of(all_of(self.doubtful), Multiple(7)).assess(range(4, 6)).verdict is CANNOT_TELL
        assert none_of(self.doubtful).assess(range(4, 6)).verdict is CANNOT_TELL
        assert any_of(self.doubtful, Multiple(1)).assess(range(4, 6)).verdict is MET

    def test_where_it_decides_what_is_asked(self) -> None:
        """A condition that may not apply does not hold for certain."""
        policy = when(self.doubtful, exempt("held"), otherwise=Multiple(7))
        assert policy.assess(range(4, 6)).verdict is CANNOT_TELL

    def test_the_setting_stays_inside(self) -> None:
        """A clause beside an either-or is judged as if it stood alone."""
        assert all_of(any_of(even, Multiple(1)), self.doubtful).assess(range(4, 6)).verdict is MET
        assert Plan().setting(Telling()) == Telling(apart=False)
        assert Plan().under(Telling(apart=True)).setting(Telling()) == Telling(apart=True)


class TestAssessing:
    def test_needs_no_period_where_no_clause_looks_at_dates(self) -> None:
        """A policy on numbers is assessed as it is."""
        assert even.assess(4).verdict is MET
        assert even.assess(4, period=year(2015)).verdict is MET

    def test_needs_a_period_where_a_clause_does(self) -> None:
        """Without one there is no answer, and never today's."""
        assert Year().assess(366, period=year(2016)).verdict is MET
        with pytest.raises(PolicyError, match=r"The clause 'leap' looks at dates.* against today") as caught:
            all_of(even, Year(ref="leap")).assess(366)
        assert caught.value.data["clause"].ref == "leap"
        with pytest.raises(PolicyError, match="The clause 'year' looks at dates"):
            Year().assess(366)

    @pytest.mark.parametrize("period", [2015, "2015", (date(2015, 1, 1), date(2015, 12, 31)), date(2015, 1, 1)])
    def test_takes_nothing_else_for_a_period(self, period: Any) -> None:
        """A year's number is no period, though year(2015) is."""
        with pytest.raises(PolicyError, match=r"is no period to assess over\. .* period=year\(2015\)") as caught:
            even.assess(4, period=period)
        assert caught.value.data == {"period": period}

    def test_plans_once_on_first_use(self) -> None:
        """A policy is planned when it is first asked, and never again; a copy with a change plans for itself."""
        planned: list[str] = []

        @frozen
        class Watched(Policy):
            def planned(self, plan: Plan) -> Any:
                planned.append(self.ref)
                return even.planned(plan)

        policy = all_of(Watched(ref="one"), Watched(ref="two"))
        assert planned == []
        assert [policy.assess(number).verdict for number in (2, 3, 4)] == [MET, NOT_MET, MET]
        assert planned == ["one", "two"]
        evolve(policy, ref="other").assess(2)
        assert planned == ["one", "two", "one", "two"]

    def test_shares_what_clauses_work_with(self) -> None:
        """All clauses of a policy get the same value of a kind, also those that stand under a setting."""
        plan = Plan()
        assert plan.share(list) is plan.share(list) is plan.under(Telling()).share(list)
        assert plan.share(dict) is not plan.share(list)
        assert Plan().share(list) is not plan.share(list)

    def test_a_case_starts_empty(self) -> None:
        """A case knows its subject and nothing else."""
        case = Case(7)
        assert (case.subject, case.memo) == (7, {})
        with pytest.raises(AttributeError):
            case.other = 1  # type: ignore[attr-defined]

    def test_a_bare_policy_says_nothing(self) -> None:
        """The class that all clauses share cannot be assessed, nor joins by itself."""
        with pytest.raises(NotImplementedError):
            Policy().assess(1)
        with pytest.raises(NotImplementedError):
            super(AllOf, all_of(even)).verdict([])


class TestFindingAClause:
    policy = all_of(even, when(threefold, any_of(Multiple(5, ref="five"), ref="fives"), ref="choice"), ref="whole")

    def test_by_its_ref(self) -> None:
        """A clause is found by its name, however deep it stands, conditions too."""
        assert self.policy["whole"] is self.policy
        assert self.policy["five"] == Multiple(5, ref="five")
        assert self.policy["threefold"] is threefold
        with pytest.raises(UnknownRefError, match=r"This policy has no clause 'fife'.*Did you mean five\?"):
            self.policy["fife"]

    def test_by_walking(self) -> None:
        """A policy comes before its parts, and they in reading order."""
        assert [clause.ref for clause in self.policy.walk()] == [
            "whole", "even", "choice", "threefold", "fives", "five"
        ]  # fmt: skip
        assert [clause.ref for clause in self.policy.parts()] == ["even", "choice"]
        assert even.parts() == ()

    def test_words(self) -> None:
        """A clause knows the word that writes it."""
        assert [word_of(clause) for clause in (all_of(even), at_least_of(1, even), Multiple())] == [
            "all_of", "at_least_of", "multiple"
        ]  # fmt: skip


class TestRewriting:
    def test_goes_from_the_inside_out(self) -> None:
        """Each clause is passed on with its parts already changed."""
        seen: list[str] = []
        policy = all_of(any_of(even, ref="inner"), threefold, ref="outer")
        changed = policy.rewritten(lambda clause: seen.append(clause.ref) or evolve(clause, ref=f"{clause.ref}!"))
        assert seen == ["even", "inner", "threefold", "outer"]
        assert [clause.ref for clause in changed.walk()] == ["outer!", "inner!", "even!", "threefold!"]

    def test_reaches_parts_that_stand_alone_and_parts_in_a_row(self) -> None:
        """The branches of a choice are parts, and one that is not there stays away."""
        policy = when(even, threefold)
        swapped = policy.rewritten(lambda clause: Multiple(7) if clause is threefold else clause)
        assert swapped == when(even, Multiple(7))
        assert swapped.otherwise is None

    def test_refuses_what_is_no_clause(self) -> None:
        """A change that gives something else is found out at once."""
        with pytest.raises(PolicyError, match="all_of joins clauses, and None is none"):
            all_of(even).rewritten(lambda clause: None if clause is even else clause)  # type: ignore[arg-type, return-value]


class TestValues:
    def test_are_equal_by_what_they_say(self) -> None:
        """Two policies are equal where their words, names and sources are; use makes no difference."""
        policy = all_of(even, at_least(Digits(), Divisors(2), ref="many"))
        other = all_of(even, at_least(Digits(), Divisors(2), ref="many"))
        policy.assess(12)
        assert policy == other
        assert len({policy, other}) == 1
        assert policy != any_of(even, at_least(Digits(), Divisors(2), ref="many"))
        assert policy != evolve(policy, ref="named")
        assert "_judge" not in repr(policy)

    def test_cannot_be_changed(self) -> None:
        """A policy is frozen."""
        with pytest.raises(AttributeError):
            even.ref = "odd"  # type: ignore[misc]

    @pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda policy: pickle.loads(pickle.dumps(policy))])  # noqa: S301
    def test_travel_after_they_were_used(self, way: Any) -> None:
        """A policy that has been planned is copied and pickled without its plan, and concludes the same."""
        policy = all_of(even, when(threefold, at_least(Digits(), Divisors(2)), ref="choice"), source=Source("book"))
        finding = policy.assess(12)
        assert way(policy) == policy
        assert way(policy).assess(12) == finding
        assert way(finding) == finding


def test_a_period_reaches_every_part() -> None:
    """What a policy is assessed over, its parts are."""
    leap = Period(date(2016, 1, 1), date(2016, 12, 31))
    finding = all_of(any_of(Year()), none_of(none_of(Year()))).assess(366, period=leap)
    assert [node.period for node in finding.walk() if node.clause.word == "year"] == [leap, leap]
    assert finding.verdict is MET


class TestReporting:
    def test_names_a_route(self) -> None:
        """It belongs to the clause, and the finding knows it."""
        policy = any_of(all_of(even, ref="full"), threefold, report="full", ref="routes")
        assert policy.report == "full"
        assert policy.assess(7).clause.report == "full"
        assert policy != any_of(all_of(even, ref="full"), threefold, ref="routes")
        assert any_of(even).assess(7).clause.report == ""

    @pytest.mark.parametrize("report", ["full", "even", "threefold", "many"])
    def test_names_any_clause_of_a_route(self, report: str) -> None:
        """The route itself, or a part of it, or what comes of it for each tag."""
        any_of(all_of(even, ref="full"), threefold, evolve(even, ref="many[a]"), report=report)

    @pytest.mark.parametrize("report", ["fall", "routes", "man", "many[b]"])
    def test_names_no_other(self, report: str) -> None:
        """A clause that no route holds is refused where it is written."""
        with pytest.raises(UnknownRefError, match=f"This policy has no clause {re.escape(repr(report))}") as caught:
            any_of(all_of(even, ref="full"), threefold, evolve(even, ref="many[a]"), report=report, ref="routes")
        assert caught.value.data == {"ref": report, "known": ("even", "full", "many[a]", "threefold")}
