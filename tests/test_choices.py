"""Words that choose, over whole numbers; see tests/arithmetic.py."""

from __future__ import annotations

from typing import Any

import pytest

from cpdrules import (
    Source,
    Verdict,
    advise,
    all_of,
    as_stated,
    at_least,
    exempt,
    inferred,
    none_of,
    undecided,
    unstated,
    when,
)
from cpdrules.choices import Inferred
from cpdrules.errors import PolicyError, UnknownRefError
from tests.arithmetic import Divisors, Multiple, even, threefold

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

five, seven = Multiple(5, ref="five"), Multiple(7, ref="seven")


class TestWhen:
    policy = when(even, five, otherwise=seven, ref="choice")

    @pytest.mark.parametrize(
        ("number", "verdict", "taken"),
        [(10, MET, ["five"]), (4, NOT_MET, ["five"]), (7, MET, ["seven"]), (15, NOT_MET, ["seven"])],
    )
    def test_takes_one_branch(self, number: int, verdict: Verdict, taken: list[str]) -> None:
        """The branch that is taken is judged, and the other has no finding."""
        finding = self.policy.assess(number)
        assert finding.verdict is verdict
        assert [part.ref for part in finding.parts] == taken
        assert finding.ref == "choice"
        with pytest.raises(UnknownRefError, match="This finding has no clause"):
            finding["seven" if taken == ["five"] else "five"]

    def test_says_what_made_the_choice(self) -> None:
        """The condition that held stands beside the branch; where none held there is none."""
        because = self.policy.assess(10).because
        assert because is not None
        assert because.ref == "even"
        assert because.verdict is MET
        assert self.policy.assess(7).because is None

    def test_asks_nothing_where_there_is_no_other_branch(self) -> None:
        """Without an otherwise, whom the condition does not meet is asked nothing."""
        finding = when(even, five, ref="choice").assess(7)
        assert (finding.verdict, finding.parts, finding.ref) == (DOES_NOT_APPLY, (), "choice")
        assert when(even, five).assess(10).verdict is MET

    @pytest.mark.parametrize(
        ("numbers", "verdict"),
        [
            (range(70, 72), CANNOT_TELL),
            (range(12, 14), NOT_MET),
            (range(35, 36), MET),
            (range(34, 36), CANNOT_TELL),
            (None, CANNOT_TELL),
        ],
    )
    def test_that_cannot_be_told(self, numbers: Any, verdict: Verdict) -> None:
        """Both branches are judged: where they agree, that is the verdict."""
        finding = self.policy.assess(numbers)
        assert finding.verdict is verdict
        if numbers != range(35, 36):
            assert [part.ref for part in finding.parts] == ["five", "seven"]
            assert finding.because is not None
            assert finding.because.verdict is CANNOT_TELL

    def test_that_cannot_be_told_and_asks_nothing_else(self) -> None:
        """The second branch is that nothing is asked; it is nobody's finding, and the name stays with the choice."""
        finding = when(even, five, ref="choice").assess(range(12, 14))
        assert finding.verdict is CANNOT_TELL
        assert [(part.ref, part.verdict) for part in finding.parts] == [("five", NOT_MET), ("", DOES_NOT_APPLY)]
        assert [node.ref for node in finding.walk()].count("choice") == 1
        assert when(even, Multiple(1)).assess(range(12, 14)).verdict is MET

    def test_whose_condition_does_not_apply(self) -> None:
        """A condition that asks nothing does not hold."""
        assert when(exempt("nothing"), five, otherwise=seven).assess(7).parts[0].ref == "seven"


class TestChain:
    """One choice behind another: even: 5, else threefold: 7, else 11."""

    last = Multiple(11, ref="eleven")

    def chain(self, **inner: Any) -> Any:
        """Write the chain, with a name or a source for the second choice."""
        return when(even, five, otherwise=when(threefold, seven, otherwise=self.last, **inner), ref="outer")

    @pytest.mark.parametrize("inner", [{}, {"ref": "inner"}, {"source": Source("book")}])
    @pytest.mark.parametrize(
        ("number", "taken", "verdict"),
        [(10, "five", MET), (21, "seven", MET), (9, "seven", NOT_MET), (11, "eleven", MET), (5, "eleven", NOT_MET)],
    )
    def test_takes_the_first_that_holds(self, inner: Any, number: int, taken: str, verdict: Verdict) -> None:
        """The conditions are asked in order, whether the choices have names or not."""
        finding = self.chain(**inner).assess(number)
        assert finding.verdict is verdict
        assert [part.ref for part in finding.walk() if not part.parts] == [taken]
        assert finding.ref == "outer"

    def test_a_choice_with_a_name_keeps_it(self) -> None:
        """A choice that is reached has a finding of its own, with its own reason; without a name it needs none."""
        finding = self.chain(ref="inner").assess(21)
        assert finding["inner"].because is not None
        assert finding["inner"].because.ref == "threefold"
        assert finding.because is None
        flat = self.chain().assess(21)
        assert [part.ref for part in flat.parts] == ["seven"]
        assert flat.because is not None
        assert flat.because.ref == "threefold"

    def test_a_choice_with_a_source_keeps_it(self) -> None:
        """What is cited stays cited."""
        finding = self.chain(source=Source("book", 7)).assess(21)
        assert finding.parts[0].clause.source == Source("book", 7)

    @pytest.mark.parametrize(
        ("numbers", "verdict"),
        [
            (range(10, 12), CANNOT_TELL),  # 10 is even and has 5; 11 is neither, and has 11
            (range(2, 4), NOT_MET),  # neither 2 nor 3 has any of 5, 7 and 11
            (range(21, 25, 2), CANNOT_TELL),  # both are odd; 21 is threefold and has 7, 23 has no 11
            (range(13, 16, 2), NOT_MET),
        ],
    )
    def test_of_doubts(self, numbers: Any, verdict: Verdict) -> None:
        """A doubt at one choice leaves all that come after it open."""
        assert self.chain().assess(numbers).verdict is verdict
        assert self.chain(ref="inner").assess(numbers).verdict is verdict

    def test_of_doubts_names_each(self) -> None:
        """Behind a choice that cannot be told stands the rest of the chain, under no one else's name."""
        finding = self.chain().assess(range(9, 11))
        assert [part.ref for part in finding.walk()] == ["outer", "five", "", "seven", "eleven"]
        assert finding.parts[1].because is not None
        assert finding.parts[1].because.ref == "threefold"


class TestExempt:
    def test_asks_nothing_and_says_why(self) -> None:
        """R33: who is exempt is satisfied, and the reason is named; nothing is divided by nothing."""
        finding = exempt("retired", ref="gone", source=Source("book")).assess(None)
        assert finding.verdict is DOES_NOT_APPLY
        assert finding.satisfied
        assert finding.notes == (("because", "retired"),)
        assert (finding.ref, finding.clause.about, finding.clause.source) == ("gone", "retired", Source("book"))


class TestAdvise:
    def test_never_touches_the_verdict(self) -> None:
        """What is recommended is assessed and reported, and joins nothing."""
        finding = all_of(even, advise(five, ref="better")).assess(4)
        assert finding.verdict is MET
        assert finding["better"].verdict is DOES_NOT_APPLY
        assert finding["five"].verdict is NOT_MET


class TestUndecided:
    policy = undecided(five, awaiting="a decision on the number", ref="open")

    @pytest.mark.parametrize(
        ("number", "verdict", "missing"), [(10, MET, False), (7, CANNOT_TELL, True), (range(9, 11), CANNOT_TELL, True)]
    )
    def test_settles_only_what_is_met_anyway(self, number: Any, verdict: Verdict, missing: bool) -> None:
        """Of who meets it there is nothing to decide; of the others nobody can tell, and the decision is named."""
        finding = self.policy.assess(number)
        assert finding.verdict is verdict
        assert finding.notes == ((("missing", "a decision on the number"),) if missing else ())
        assert finding.parts[0].ref == "five"
        assert finding.clause.about == "a decision on the number"

    def test_leaves_alone_what_asks_nothing(self) -> None:
        """There is nothing to relax."""
        assert undecided(exempt("x"), awaiting="a decision").assess(1).verdict is DOES_NOT_APPLY


class TestUnstated:
    def test_is_neither_yes_nor_no(self) -> None:
        """Silence cannot be told, and is named."""
        finding = unstated("how many", ref="number").assess(5)
        assert finding.verdict is CANNOT_TELL
        assert finding.notes == (("missing", "the text does not state how many"),)
        assert (finding.ref, finding.clause.about) == ("number", "how many")
        assert none_of(unstated("x")).assess(1).verdict is CANNOT_TELL


class TestInferred:
    def test_is_read_until_it_is_switched_off(self) -> None:
        """The reading is assessed; as stated, the text is."""
        policy = inferred(five, otherwise=seven)
        assert policy.assess(5) == five.assess(5)
        assert as_stated(policy) is seven

    def test_is_switched_off_wherever_it_stands(self) -> None:
        """Inside joins, choices and other readings."""
        reading = inferred(five, otherwise=inferred(seven, otherwise=even))
        policy = all_of(when(reading, reading), at_least(1, Divisors()))
        assert as_stated(policy) == all_of(when(even, even), at_least(1, Divisors()))
        assert not [clause for clause in as_stated(policy).walk() if isinstance(clause, Inferred)]
        assert as_stated(even) is even


class TestMisuse:
    @pytest.mark.parametrize(
        ("write", "word"),
        [
            (lambda: when("even", five), "when"),  # type: ignore[arg-type]
            (lambda: when(even, "five"), "when"),  # type: ignore[arg-type]
            (lambda: when(even, five, otherwise=7), "when"),  # type: ignore[arg-type]
            (lambda: advise(None), "advise"),  # type: ignore[arg-type]
            (lambda: undecided(5, awaiting="x"), "undecided"),  # type: ignore[arg-type]
            (lambda: inferred(even, otherwise=None), "inferred"),  # type: ignore[arg-type]
            (lambda: inferred([even], otherwise=even), "inferred"),  # type: ignore[arg-type]
        ],
    )
    def test_a_clause_is_made_of_clauses(self, write: Any, word: str) -> None:
        """Whatever stands where a clause should is refused where it is written, not where it is used."""
        with pytest.raises(PolicyError, match=f"^{word} is made of clauses, and .* is none. Write a clause") as caught:
            write()
        assert caught.value.data["word"] == word
        assert "part" in caught.value.data
