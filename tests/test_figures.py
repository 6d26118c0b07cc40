"""Words that ask for figures, over whole numbers; see tests/arithmetic.py."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from cpdrules import Amount, Source, Verdict, all_of, any_of, at_least, at_most, exempt, none_of, year
from cpdrules.amounts import POINT
from cpdrules.errors import AmountError, PolicyError, UnitError
from cpdrules.figures import AtLeast, Measure, Target, asker, reported
from cpdrules.findings import Bounds
from cpdrules.policies import Case, Plan
from tests.arithmetic import DIVISOR, Digits, Divisors, even

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict


class TestAtLeast:
    @pytest.mark.parametrize(
        ("figure", "number", "verdict"),
        [
            (4, 6, MET),  # 1, 2, 3, 6
            (4.5, 6, NOT_MET),
            ("4", 12, MET),
            (4, 7, NOT_MET),
            (0, 7, MET),
            (2, range(5, 8), MET),  # 2, 4, 2
            (3, range(5, 8), CANNOT_TELL),
            (4, range(5, 8), CANNOT_TELL),
            (5, range(5, 8), NOT_MET),
            (1, None, CANNOT_TELL),
            (0, None, MET),
            (Amount(8, DIVISOR), 6, MET),
        ],
    )
    def test_a_floor(self, figure: Any, number: Any, verdict: Verdict) -> None:
        """Met if even the least that counts reaches it, not met if even the most falls short."""
        assert at_least(figure, Divisors()).assess(number).verdict is verdict

    @pytest.mark.parametrize(
        ("number", "verdict", "required"),
        [
            (6, MET, (4, 4)),  # one digit asks for two of its four divisors
            (11, NOT_MET, (8, 8)),
            (12, MET, (8, 8)),
            (range(8, 12), CANNOT_TELL, (4, 8)),
            (range(12, 14), CANNOT_TELL, (8, 8)),
            (range(11, 102, 90), NOT_MET, (8, 12)),
            (None, CANNOT_TELL, (0, None)),
        ],
    )
    def test_a_floor_that_depends_on_the_subject(self, number: Any, verdict: Verdict, required: Any) -> None:
        """Two divisors a digit are asked for; where the figure is not known, its worst case must be met."""
        finding = at_least(Digits(), Divisors()).assess(number)
        assert finding.verdict is verdict
        assert finding.required == required


class TestAtMost:
    @pytest.mark.parametrize(
        ("figure", "number", "verdict"),
        [
            (4, 6, MET),
            (3.5, 6, NOT_MET),
            (2, range(5, 8), CANNOT_TELL),
            (4, range(5, 8), MET),
            (1, range(5, 8), NOT_MET),
            (10**5, None, CANNOT_TELL),
            (0, None, CANNOT_TELL),
        ],
    )
    def test_a_ceiling(self, figure: Any, number: Any, verdict: Verdict) -> None:
        """Met if even the most stays within it, not met if even the least exceeds it."""
        assert at_most(figure, Divisors()).assess(number).verdict is verdict

    @pytest.mark.parametrize(
        ("number", "verdict"),
        [(11, MET), (12, NOT_MET), (range(11, 13), CANNOT_TELL), (6, NOT_MET), (None, CANNOT_TELL)],
    )
    def test_a_ceiling_that_depends_on_the_subject(self, number: Any, verdict: Verdict) -> None:
        """Where the figure is not known, it is exceeded only beyond the most it can be."""
        assert at_most(Digits(), Divisors()).assess(number).verdict is verdict

    def test_says_itself_how_it_compares(self) -> None:
        """What floors and ceilings share compares nothing by itself."""
        with pytest.raises(NotImplementedError):
            super(AtLeast, at_least(1, Divisors())).holds(Bounds(1, 1), 1, 1)

    def test_is_open_where_its_figure_is(self) -> None:
        """A range of figures leaves what lies between them open."""
        assert at_most(Digits(), Divisors(2)).assess(range(6, 13, 6)).verdict is CANNOT_TELL  # 3 of 2, or 5 of 4
        assert at_most(Digits(1), Divisors()).assess(range(12, 121, 108)).verdict is NOT_MET  # 6 of 2, or 16 of 3


class TestTheFinding:
    def test_holds_what_was_asked_and_what_counted(self) -> None:
        """The figure, the bounds of the count, the entries, and what the clause speaks of."""
        finding = at_least(2, Divisors(2), ref="some", source=Source("book")).assess(6, period=year(2015))
        assert finding.required == (4, 4)
        assert finding.counted == (6, 6)
        assert [entry.id for batch in finding.entries for entry in batch.entries] == ["2", "3", "6"]
        clause = finding.clause
        assert (clause.word, clause.ref, clause.about, clause.unit) == ("at_least", "some", "from 2", DIVISOR)
        assert (clause.where, clause.source) == ((("since", (2,)),), Source("book"))
        assert finding.period == year(2015)
        assert at_most(2, Divisors()).assess(6).clause.word == "at_most"

    def test_names_the_figure_where_it_is_the_same_for_everyone(self) -> None:
        """A fixed figure belongs to the clause; one that is worked out has its reasons in the finding."""
        fixed, asked = (at_least(figure, Divisors()).assess(6) for figure in (2, Digits()))
        assert fixed.clause.figure == Amount(4, DIVISOR)
        assert fixed.notes == ()
        assert asked.clause.figure is None
        assert asked.notes == (("because", "digits were counted"),)

    def test_holds_what_is_open(self) -> None:
        """What nobody knows stands beside what counts."""
        finding = at_least(2, Divisors()).assess(None)
        assert finding.counted == Bounds(0, None)
        assert [left.why.text for left in finding.unsure] == ["the number is not known"]


class TestMisuse:
    @pytest.mark.parametrize("word", [at_least, at_most])
    @pytest.mark.parametrize(
        ("figure", "measure"),
        [
            (3, 5),
            (3, Divisors),
            (3, None),
            (3, even),
            (Divisors(), 3),
            (Divisors(), Divisors()),
            (even, Divisors()),
            (3, Digits()),
        ],
    )
    def test_a_figure_of_a_measure_is_asked_for(self, word: Any, figure: Any, measure: Any) -> None:
        """Exchanged, forgotten brackets, or something else altogether: refused where it is written."""
        with pytest.raises(PolicyError, match=r"a figure of a measure, not for .* at_least\(30, hours") as caught:
            word(figure, measure)
        assert caught.value.data == {"figure": figure, "measure": measure}

    @pytest.mark.parametrize("word", [at_least, at_most])
    def test_a_figure_is_read_in_the_unit_of_the_measure(self, word: Any) -> None:
        """What is no amount of it is refused where it is written."""
        with pytest.raises(AmountError, match=r"0\.25 divisors is finer"):
            word(0.25, Divisors())
        with pytest.raises(AmountError, match="-1 divisors is negative"):
            word(-1, Divisors())
        with pytest.raises(UnitError, match="3 points is no amount of divisors"):
            word(Amount(300, POINT), Divisors())

    def test_what_a_measure_and_a_target_are(self) -> None:
        """A domain gives its own; the kernel asks only for what it uses."""
        assert isinstance(Divisors(), Measure)
        assert isinstance(Digits(), Target)
        assert not isinstance(Digits(), Measure)
        assert not isinstance(exempt("x"), Measure)
        assert not isinstance(5, Target)


def test_figures_are_part_of_the_value() -> None:
    """Two floors are equal where their figures are, however these were written."""
    assert at_least("2", Divisors()) == at_least(2.0, Divisors()) != at_least(3, Divisors())
    assert hash(at_least(2, Divisors())) == hash(at_least("2.0", Divisors()))
    assert at_least(2, Divisors()) != at_most(2, Divisors())
    assert evolve(at_least(2, Divisors()), figure=Amount(6, DIVISOR)) == at_least(3, Divisors())


class TestReported:
    def test_counts_and_asks_for_nothing(self) -> None:
        """It is neither met nor not met, and says what counted."""
        finding = reported(Divisors(2), ref="some", source=Source("book")).assess(6, period=year(2015))
        assert finding.verdict is DOES_NOT_APPLY
        assert finding.satisfied
        assert (finding.required, finding.counted) == (None, (6, 6))
        assert [entry.id for batch in finding.entries for entry in batch.entries] == ["2", "3", "6"]
        clause = finding.clause
        assert (clause.word, clause.ref, clause.about, clause.unit) == ("reported", "some", "from 2", DIVISOR)
        assert (clause.where, clause.source) == ((("since", (2,)),), Source("book"))
        assert finding.period == year(2015)
        assert finding.short_by is None

    def test_holds_what_is_open(self) -> None:
        """What nobody knows stands beside what counts, and hinders nothing."""
        finding = reported(Divisors()).assess(None)
        assert finding.counted == (0, None)
        assert [left.why.text for left in finding.unsure] == ["the number is not known"]
        assert finding.missing() == ()
        assert finding.remaining() == ()

    def test_changes_no_verdict(self) -> None:
        """Beside other clauses it is neutral, and no alternative to them."""
        total = reported(Divisors(), ref="total")
        assert all_of(total, even).assess(6).verdict is MET
        assert all_of(total, even).assess(7).shortfalls() == {}
        assert any_of(total, even).assess(7).verdict is NOT_MET
        assert none_of(total, even).assess(7).verdict is MET
        assert all_of(total).assess(7).verdict is DOES_NOT_APPLY
        assert not total.asks()
        assert not all_of(total).asks()
        assert any_of(total, even).all_needed()

    def test_reads_as_what_counts(self) -> None:
        """Without a verdict of its own."""
        policy = all_of(reported(Divisors(2), ref="total"), even)
        assert str(policy.assess(6)).splitlines()[1] == "  total: 3 divisors counted, from 2"
        assert str(policy.assess(range(6, 8))).splitlines()[1] == "  total: between 1 and 3 divisors counted, from 2"
        assert str(reported(Divisors()).assess(6)) == "Nothing is asked: 4 divisors counted"
        assert str(reported(Divisors(), ref="all").assess(None)) == "Nothing is asked (all): 0 or more divisors counted"

    @pytest.mark.parametrize("measure", [5, Divisors, None, even, Digits()])
    def test_counts_a_measure(self, measure: Any) -> None:
        """What cannot be counted cannot be shown."""
        with pytest.raises(PolicyError, match="A clause asks for a figure of a measure"):
            reported(measure)


class TestAsker:
    def test_of_an_amount_is_the_same_for_everyone(self) -> None:
        """Whatever the subject."""
        ask = asker(Amount(4, DIVISOR), DIVISOR, Plan())
        assert ask(Case(1), None) == ask(Case(None), year(2015)) == ((4, 4), ())

    def test_of_a_target_is_its_own(self) -> None:
        """Worked out for the subject."""
        assert asker(Digits(), DIVISOR, Plan())(Case(12), None).bounds == (8, 8)

    def test_keeps_units_apart(self) -> None:
        """An amount of another unit is no figure."""
        with pytest.raises(UnitError, match="3 points is no amount of divisors"):
            asker(Amount(300, POINT), DIVISOR, Plan())
