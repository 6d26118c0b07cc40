"""How far assessors agree: the textbook's tables, other people's programs, and the paradox of kappa."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Verdict
from cpdrules.errors import CountError
from cpdrules.review.agreement import Agreement, agreement, fleiss_kappa, krippendorff_alpha
from cpdrules.review.shares import Undefined

ORACLES = "the extra `oracles` is not installed: the figures are compared with tables, and not with other programs"

TWO = ("met", "not met")
PARADOX = Agreement(TWO, [[92, 3], [4, 1]])
THREE = Agreement(("low", "fair", "good"), [[40, 5, 0], [4, 20, 3], [1, 2, 25]])

#: Ten subjects, fourteen raters, five answers.
FOURTEEN = [
    *([0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]),
    *([7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]),
]

#: Four observers, twelve units, and a gap where a point stands.
FOUR = ["123321412...", "1233224125.3", ".3332342251.", "1233244125 1.".replace(" ", "")]


def columns(*observers: str) -> list[list[int | None]]:
    """Give what each unit was called."""
    return [[None if mark == "." else int(mark) for mark in unit] for unit in zip(*observers, strict=True)]


def number(value: Fraction | Undefined) -> float:
    """Give a coefficient that there is."""
    assert isinstance(value, Fraction)
    return float(value)


@st.composite
def tables(draw: st.DrawFn) -> Agreement:
    """Give any table of two to four answers, of which somebody gave one."""
    size = draw(st.integers(2, 4))
    row = st.lists(st.integers(0, 30), min_size=size, max_size=size)
    counts = draw(st.lists(row, min_size=size, max_size=size).filter(lambda rows: any(map(any, rows))))
    return Agreement("abcd"[:size], counts)


class TestPublishedFigures:
    def test_cohen(self) -> None:
        """Vector 31."""
        assert Agreement(TWO, [[20, 5], [10, 15]]).kappa == Fraction(2, 5)

    def test_fleiss(self) -> None:
        """Vector 31."""
        assert number(fleiss_kappa(FOURTEEN)) == pytest.approx(0.20993, abs=5e-6)

    @pytest.mark.parametrize(
        ("scale", "alpha"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
    )
    def test_krippendorff(self, scale: Any, alpha: float) -> None:
        """Vector 31: four observers, twelve units, with gaps."""
        assert number(krippendorff_alpha(columns(*FOUR), scale=scale)) == pytest.approx(alpha, abs=5e-7)

    def test_the_paradox(self) -> None:
        """Vector 32: 93% agree, and kappa is 0.19; on even cases the same 93% make 0.86."""
        assert PARADOX.share == Fraction(93, 100)
        assert number(PARADOX.kappa) == pytest.approx(0.186047, abs=5e-7)
        assert PARADOX.pabak == Fraction(86, 100)
        assert number(PARADOX.ac1) == pytest.approx(0.923418, abs=5e-7)
        assert number(Agreement(TWO, [[46, 3], [4, 47]]).kappa) == pytest.approx(0.860, abs=5e-4)

    def test_weighted(self) -> None:
        """Vector 32."""
        assert number(THREE.kappa) == pytest.approx(0.767874, abs=5e-7)
        assert number(THREE.weighted_kappa()) == pytest.approx(0.821866, abs=5e-7)
        assert number(THREE.weighted_kappa("quadratic")) == pytest.approx(0.871630, abs=5e-7)

    def test_statsmodels_agrees(self) -> None:
        """Kappa, plain and weighted, and Fleiss'."""
        theirs = pytest.importorskip("statsmodels.stats.inter_rater", reason=ORACLES)
        for table in (PARADOX, THREE, Agreement("abcd", [[9, 1, 2, 3], [0, 8, 2, 1], [3, 0, 7, 1], [1, 1, 1, 6]])):
            for ours, weights in [
                (table.kappa, None),
                (table.weighted_kappa(), "linear"),
                (table.weighted_kappa("quadratic"), "quadratic"),
            ]:
                expected = theirs.cohens_kappa(list(map(list, table.counts)), wt=weights, return_results=False)
                assert number(ours) == pytest.approx(expected, abs=1e-12)
        assert number(fleiss_kappa(FOURTEEN)) == pytest.approx(theirs.fleiss_kappa(FOURTEEN), abs=1e-12)


class TestCounting:
    def test_pairs_are_counted(self) -> None:
        """The first assessor in rows, the second in columns, in the order of the answers."""
        pairs = [("not met", "met"), ("met", "met"), ("met", "met"), ("not met", "met")]
        assert agreement(pairs, answers=TWO) == Agreement(TWO, [[2, 0], [2, 0]])

    def test_verdicts_are_answers(self) -> None:
        """By their words; without a list of answers, those that were given, in the order of the alphabet."""
        found = agreement([(Verdict.NOT_MET, Verdict.MET), ("met", Verdict.CANNOT_TELL)])
        assert found.answers == ("cannot tell", "met", "not met")
        assert found.counts == ((0, 0, 0), (1, 0, 0), (0, 1, 0))
        assert agreement([], answers=Verdict).answers == ("met", "not met", "cannot tell", "does not apply")

    def test_counts_have_names(self) -> None:
        """How many both judged, and how many alike."""
        assert (THREE.total, THREE.alike, THREE.share) == (100, 85, Fraction(85, 100))
        assert THREE.by_chance == Fraction(45 * 45 + 27 * 27 + 28 * 28, 10_000)

    def test_an_answer_nobody_could_give_is_refused(self) -> None:
        """It is named, with those that there are; so is what is no word."""
        with pytest.raises(CountError, match="'Met' is not among the answers that could be given") as caught:
            agreement([("met", "Met")], answers=TWO)
        assert caught.value.data == {"answer": "Met", "answers": TWO}
        for wrong in (None, "", 1):
            with pytest.raises(CountError, match="is no answer"):
                agreement([("met", wrong)])  # type: ignore[list-item]

    @pytest.mark.parametrize(
        ("answers", "counts"),
        [(TWO, [[1, 2]]), (TWO, [[1, 2], [3]]), (("met", "met"), [[1, 2], [3, 4]]), (TWO, [[1, 2, 3]] * 2)],
    )
    def test_a_table_is_square(self, answers: tuple[str, ...], counts: list[list[int]]) -> None:
        """As many rows and columns as there are answers, each with its name."""
        with pytest.raises(CountError, match=r"2 answers \(.*\) need as many rows") as caught:
            Agreement(answers, counts)
        assert caught.value.data["answers"] == answers

    def test_counts_are_whole(self) -> None:
        """Not negative, and no fraction."""
        for wrong in (-1, 0.5, True):
            with pytest.raises(CountError, match="is no number of those judged so"):
                Agreement(TWO, [[1, wrong], [0, 0]])  # type: ignore[list-item]


class TestUndefined:
    def test_all_alike(self) -> None:
        """There is no kappa where there is only one answer; the others say that all agree."""
        alike = Agreement(TWO, [[50, 0], [0, 0]])
        why = Undefined("all answers are alike, so that chance alone would agree on all of them")
        assert [alike.kappa, alike.weighted_kappa()] == [why, why]
        assert (alike.share, alike.pabak, alike.ac1) == (1, 1, 1)
        assert alike.paradox == "There is no kappa, since all answers are alike. Go by the counts."
        assert "Cohen's kappa undefined, PABAK 1.000, Gwet's AC1 1.000" in str(alike)

    def test_nothing_judged_twice(self) -> None:
        """Nothing can be said at all."""
        none = Agreement(TWO, [[0, 0], [0, 0]])
        why = Undefined("no return was judged twice")
        assert [none.share, none.by_chance, none.kappa, none.pabak, none.ac1, none.weighted_kappa()] == [why] * 6
        assert str(none) == "agreement is undefined: no return was judged twice"
        assert none.paradox == ""
        assert [fleiss_kappa([]), krippendorff_alpha([]), krippendorff_alpha([[1], [None, 2]])] == [why] * 3

    def test_one_answer_to_give(self) -> None:
        """A coefficient for one answer would compare it with nothing."""
        one = agreement([("met", "met")] * 3)
        assert one.pabak == one.ac1 == Undefined("there is only one answer to give; name those that nobody gave, too")
        assert agreement([]).pabak == one.pabak

    def test_more_than_two_all_alike(self) -> None:
        """Neither Fleiss' nor Krippendorff's has anything to go by."""
        for found in (fleiss_kappa([[3, 0], [3, 0]]), krippendorff_alpha([[2, 2], [2, 2, 2]], scale="ordinal")):
            assert isinstance(found, Undefined) and "all answers are alike" in found.reason


class TestWords:
    def test_read_aloud(self) -> None:
        """The counts first; the paradox only where there is one."""
        assert str(THREE).splitlines() == [
            "85 of 100 returns were judged alike by both: 85.0%",
            "  low, low: 40; low, fair: 5; low, good: 0; fair, low: 4; fair, fair: 20; fair, good: 3; good, low: 1; "
            + "good, fair: 2; good, good: 25",
            "  Cohen's kappa 0.768, PABAK 0.775, Gwet's AC1 0.778",
        ]

    def test_the_paradox_is_said(self) -> None:
        """Where four in five agree and kappa is below 0.4, and nowhere else."""
        assert "chance would agree on 91.4% by\n  itself. Go by the counts and AC1." in str(PARADOX)
        assert Agreement(TWO, [[76, 10], [10, 4]]).paradox.startswith("Kappa is low although")
        assert Agreement(TWO, [[75, 11], [10, 4]]).paradox == ""
        assert Agreement(TWO, [[40, 10], [10, 40]]).paradox == ""
        assert Agreement(TWO, [[20, 30], [30, 20]]).paradox == ""


class TestLaws:
    @given(table=tables())
    def test_turned_round_it_is_the_same(self, table: Agreement) -> None:
        """It does not matter which assessor is the first."""
        turned = Agreement(table.answers, zip(*table.counts, strict=True))
        assert [turned.share, turned.kappa, turned.pabak, turned.ac1] == [
            *(table.share, table.kappa, table.pabak, table.ac1)
        ]
        assert turned.weighted_kappa() == table.weighted_kappa()

    @given(table=tables())
    def test_none_is_above_one(self, table: Agreement) -> None:
        """One is perfect agreement, and only that."""
        for coefficient in (table.kappa, table.pabak, table.ac1, table.weighted_kappa("quadratic")):
            if isinstance(coefficient, Fraction):
                assert coefficient <= 1
                assert (coefficient == 1) == (table.alike == table.total)

    @given(table=tables())
    def test_backwards_it_is_the_same(self, table: Agreement) -> None:
        """Answers in the opposite order are as far apart."""
        turned = Agreement(table.answers[::-1], [row[::-1] for row in table.counts[::-1]])
        assert turned.weighted_kappa() == table.weighted_kappa()
        assert turned.kappa == table.kappa

    @given(table=tables())
    def test_two_answers_have_one_weight(self, table: Agreement) -> None:
        """With two answers there is nothing to weigh."""
        small = Agreement(TWO, [row[:2] for row in table.counts[:2]])
        assert small.weighted_kappa() == small.weighted_kappa("quadratic") == small.kappa

    @given(table=tables())
    def test_alpha_of_two_is_near_their_kappa(self, table: Agreement) -> None:
        """Krippendorff's alpha of two observers: 1 - (2n - 1) / 2n times what Scott's pi leaves, in plain sums."""
        returns = [[i, j] for i, row in enumerate(table.counts) for j, n in enumerate(row) for _ in range(n)]
        both = Counter(answer for pair in returns for answer in pair)
        n = both.total()
        chance = Fraction(n * n - sum(k * k for k in both.values()), n * (n - 1))
        seen = 1 - Fraction(table.alike, table.total)
        expected = 1 - seen / chance if chance else None
        found = krippendorff_alpha(returns)
        assert found == expected if expected is not None else isinstance(found, Undefined)

    @given(rows=st.lists(st.sampled_from([[3, 0], [2, 1], [1, 2], [0, 3]]), min_size=1, max_size=30))
    def test_fleiss_in_any_order(self, rows: list[list[int]]) -> None:
        """Returns and answers may come in any order."""
        turned = [row[::-1] for row in reversed(rows)]
        assert fleiss_kappa(turned) == fleiss_kappa(rows)


class TestMisuse:
    @pytest.mark.parametrize(
        "rows", [[[3, 0], [1, 1]], [[3, 0], [1, 1, 1]], [[1, 0], [0, 1]], [[0, 0]], [[2, 0], [3, -1]]]
    )
    def test_fleiss_needs_equal_panels(self, rows: list[list[int]]) -> None:
        """As many answers, as many assessors, two at least, and nobody less than none."""
        with pytest.raises(CountError, match=r"two at least|is no number of those"):
            fleiss_kappa(rows)

    def test_the_place_is_named(self) -> None:
        """Which return it was, and what to do."""
        with pytest.raises(CountError, match=r"Return 2 was judged by 2 with 2 answers, the first by 3") as caught:
            fleiss_kappa([[3, 0], [1, 1]])
        assert caught.value.data["row"] == (1, 1)

    @pytest.mark.parametrize(
        ("wrong", "scale"), [(0.5, "nominal"), (True, "nominal"), ("met", "nominal"), (-1, "ratio")]
    )
    def test_krippendorff_takes_exact_numbers(self, wrong: Any, scale: Any) -> None:
        """Neither floats nor words; and nothing below a true nought."""
        with pytest.raises(CountError, match="is no answer on this scale") as caught:
            krippendorff_alpha([[1, wrong]], scale=scale)
        assert caught.value.data["value"] is wrong

    def test_nought_is_on_every_scale(self) -> None:
        """And negative numbers on all but one."""
        assert krippendorff_alpha([[0, 1], [1, 1]], scale="ratio") == 0
        assert krippendorff_alpha([[-1, 1], [1, 1]], scale="interval") == 0
