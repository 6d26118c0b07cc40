"""What outcomes say of everyone: R's figures, and what holds for every estimate."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import CountError, RateError
from cpdrules.review.estimates import Estimate, Stratum, by_weighting_classes, stratified
from cpdrules.review.intervals import Interval
from cpdrules.review.outcomes import Bounds
from cpdrules.review.shares import Undefined

THREE = stratified(
    [
        Stratum("CEng", 5000, 250, met=240),
        Stratum("IEng", 2500, 125, met=110),
        Stratum("EngTech", 501, 26, met=20),
    ]
)


def number(value: float | Fraction | Undefined) -> float:
    """Give a number that there is."""
    assert not isinstance(value, Undefined)
    return float(value)


def ends(interval: Interval | Undefined) -> tuple[float, float]:
    """Give both ends of an interval that there is."""
    assert not isinstance(interval, Undefined)
    return interval.low, interval.high


@st.composite
def strata(draw: st.DrawFn, *, silent: bool = False) -> Stratum:
    """Give a stratum of at least two, of whom two at least were assessed."""
    population = draw(st.integers(2, 3000))
    selected = draw(st.integers(2, min(population, 300)))
    assessed = draw(st.integers(2, selected)) if silent else selected
    name = str(draw(st.integers(0, 10**9)))
    return Stratum(name, population, selected, assessed=assessed, met=draw(st.integers(0, assessed)))


SEVERAL = st.lists(strata(), min_size=1, max_size=5, unique_by=lambda stratum: stratum.name)
SILENT = st.lists(strata(silent=True), min_size=1, max_size=5, unique_by=lambda stratum: stratum.name)


class TestPublishedFigures:
    def test_three_strata(self) -> None:
        """Vector 27, as R's survey package has it."""
        assert number(THREE.share) == pytest.approx(0.9230576947112, abs=1e-13)
        assert number(THREE.standard_error) == pytest.approx(0.0127513870571, abs=1e-13)
        assert THREE.degrees == 398
        assert ends(THREE.interval()) == pytest.approx((0.897989, 0.948126), abs=5e-7)
        assert ends(THREE.interval("normal")) == pytest.approx((0.898065, 0.948050), abs=5e-7)
        assert number(THREE.total) == pytest.approx(7385.384615, abs=5e-7)
        assert number(THREE.standard_error) * THREE.population == pytest.approx(102.02385, abs=5e-6)

    def test_one_stratum(self) -> None:
        """Vector 28: simple random sampling."""
        simple = stratified([Stratum("all", 1001, 51, met=45)])
        assert number(simple.share) == pytest.approx(0.8823529, abs=5e-8)
        assert number(simple.standard_error) == pytest.approx(0.0443886, abs=5e-8)

    def test_certainty_and_random(self) -> None:
        """Vector 29: those chosen for a reason count for themselves, the others for twenty each."""
        short = Stratum("short last year", 40, 40, met=22, certain=True)
        both = stratified([short, Stratum("others", 960, 48, met=45)])
        assert both.share == Fraction(922, 1000)
        assert number(both.standard_error) == pytest.approx(0.0330376960713, abs=1e-13)
        assert both.degrees == 47
        assert both.share != Fraction(22 + 45, 40 + 48)  # 76.1%: what mixing them would say

    def test_weighting_classes(self) -> None:
        """Vector 29: those who answered stand for the others of their class."""
        classes = [Stratum("A", 5000, 240, assessed=200, met=192), Stratum("B", 2500, 120, assessed=60, met=48)]
        weighted = by_weighting_classes(classes)
        assert number(weighted.share) == pytest.approx(0.9066667, abs=5e-8)
        assert number(weighted.standard_error) == pytest.approx(0.0194, abs=5e-5)
        assert weighted.bounds() == Bounds(
            (5000 * Fraction(192, 240) + 2500 * Fraction(48, 120)) / 7500,
            (5000 * Fraction(232, 240) + 2500 * Fraction(108, 120)) / 7500,
        )


class TestUndefined:
    def test_nobody_assessed_in_a_stratum(self) -> None:
        """There is no estimate, and it says where; nor is there a standard error, a total or an interval."""
        estimate = stratified([Stratum("CEng", 600, 30, met=28), Stratum("EngTech", 101, 0, met=0)])
        nobody = Undefined("nobody in EngTech was assessed")
        assert [estimate.share, estimate.variance, estimate.standard_error, estimate.total] == [nobody] * 4
        assert estimate.interval() == nobody
        assert estimate.bounds() == Undefined("nobody in EngTech was selected")
        assert str(estimate).splitlines()[0] == "share of 701 who met: undefined: nobody in EngTech was assessed"
        assert Stratum("EngTech", 101, 0, met=0).variance == Undefined(
            "nobody of 101 in EngTech was assessed, which shows no spread"
        )

    def test_one_assessed_in_a_stratum(self) -> None:
        """There is an estimate, and nobody can say how good it is."""
        estimate = stratified([Stratum("CEng", 600, 30, met=28), Stratum("EngTech", 101, 1, met=1)])
        why = Undefined("one member of 101 in EngTech was assessed, which shows no spread")
        assert number(estimate.share) == pytest.approx((560 + 101) / 701)
        assert [estimate.variance, estimate.standard_error, estimate.interval()] == [why] * 3
        assert str(estimate).startswith(f"about 661 of 701 met: 94.3% ({why})")

    def test_one_of_one(self) -> None:
        """Where there is only one member, one is everybody."""
        assert stratified([Stratum("one", 1, 1, met=1)]).variance == 0

    def test_all_alike(self) -> None:
        """A sample without spread makes nothing certain; a census does."""
        alike = stratified([Stratum("all", 1001, 51, met=51)])
        assert alike.standard_error == 0
        assert "show no spread; use an exact interval" in str(alike.interval())
        census = stratified([Stratum("all", 51, 51, met=50)])
        assert ends(census.interval()) == (50 / 51, 50 / 51)
        assert str(census.interval()) == "98.0% to 98.0%, everyone was assessed, 95%"

    def test_nobody_at_all(self) -> None:
        """Neither strata nor members: no division by nothing. An empty stratum changes nothing."""
        nobody = Undefined("there is nobody in any stratum")
        empty = Stratum("Fellows", 0, 0, met=0)
        for estimate in (stratified([]), stratified([empty])):
            assert [estimate.share, estimate.variance, estimate.total] == [nobody] * 3
            assert [estimate.interval(), estimate.bounds()] == [nobody] * 2
        assert stratified([*THREE.strata, empty]).share == THREE.share


class TestMisuse:
    def test_silence_is_not_overlooked(self) -> None:
        """Where some were not assessed, the assumption has to be made by name."""
        silent = Stratum("CEng", 5000, 250, assessed=200, met=192)
        with pytest.raises(
            CountError, match=r"50 of the 250 selected in “CEng” were not assessed.*by_weighting"
        ) as caught:
            stratified([silent])
        assert caught.value.data["stratum"] == silent

    def test_a_certain_stratum_is_whole(self) -> None:
        """Where everybody is chosen for a reason, nobody is left to be stood for."""
        with pytest.raises(CountError, match="39 of the 40 in “short” were chosen, not all of them") as caught:
            Stratum("short", 40, 39, met=20, certain=True)
        assert caught.value.data == {"population": 40, "selected": 39, "assessed": 39, "met": 20}

    @pytest.mark.parametrize(
        ("population", "selected", "assessed", "met"), [(9, 10, 5, 5), (10, 5, 6, 5), (10, 6, 5, 6)]
    )
    def test_contradictions_are_refused(self, population: int, selected: int, assessed: int, met: int) -> None:
        """Each count is among the one before it."""
        with pytest.raises(CountError, match="contradict one another") as caught:
            Stratum("CEng", population, selected, assessed=assessed, met=met)
        assert caught.value.data["selected"] == selected

    @pytest.mark.parametrize("word", [stratified, by_weighting_classes])
    def test_one_name_is_one_stratum(self, word: object) -> None:
        """Nobody is counted twice."""
        twice = [Stratum("CEng", 9, 3, met=1), Stratum("CEng", 9, 3, met=1), Stratum("IEng", 9, 3, met=1)]
        with pytest.raises(CountError, match="more than one stratum called 'CEng'") as caught:
            word(twice)  # type: ignore[operator]
        assert caught.value.data["names"] == ("CEng",)

    def test_levels_are_exact(self) -> None:
        """A float is no level."""
        with pytest.raises(RateError):
            THREE.interval(level=0.95)  # type: ignore[arg-type]


class TestLaws:
    @given(several=SEVERAL)
    def test_order_changes_nothing(self, several: list[Stratum]) -> None:
        """The strata may come in any order."""
        there, back = stratified(several), stratified(reversed(several))
        assert (there.share, there.variance, there.degrees) == (back.share, back.variance, back.degrees)

    @given(several=SEVERAL)
    def test_those_who_did_not_are_the_mirror(self, several: list[Stratum]) -> None:
        """As many are estimated not to meet it as are left, with the same uncertainty."""
        other = [Stratum(one.name, one.population, one.selected, met=one.selected - one.met) for one in several]
        assert number(stratified(other).share) == pytest.approx(1 - number(stratified(several).share))
        assert stratified(other).variance == stratified(several).variance

    @given(several=SILENT)
    def test_the_bounds_hold_the_estimate(self, several: list[Stratum]) -> None:
        """Whatever those not assessed did; and where all were assessed the bounds are the estimate."""
        estimate = by_weighting_classes(several)
        bounds, share = estimate.bounds(), estimate.share
        assert not isinstance(bounds, Undefined) and not isinstance(share, Undefined)
        assert 0 <= bounds.low <= share <= bounds.high <= 1
        if all(one.assessed == one.selected for one in several):
            assert bounds == Bounds(share, share)

    @given(several=SEVERAL)
    def test_intervals_hold_the_estimate(self, several: list[Stratum]) -> None:
        """Student's t is wider than the normal, a surer one wider still, and none leaves 0 to 1."""
        estimate = stratified(several)
        if isinstance(estimate.interval(), Undefined):
            assert estimate.standard_error == 0
            return
        surer, student, normal = (
            ends(estimate.interval(level="99%")),
            ends(estimate.interval()),
            ends(estimate.interval("normal")),
        )
        assert 0 <= surer[0] <= student[0] <= normal[0] <= number(estimate.share)
        assert number(estimate.share) <= normal[1] <= student[1] <= surer[1] <= 1

    @given(several=SEVERAL)
    def test_a_census_has_no_error(self, several: list[Stratum]) -> None:
        """Where everybody was assessed the estimate is the count."""
        census = [Stratum(one.name, one.selected, one.selected, met=one.met, certain=True) for one in several]
        estimate = stratified(census)
        assert (estimate.total, estimate.standard_error) == (sum(one.met for one in several), 0)
        assert estimate.degrees == 0

    @given(one=strata())
    def test_one_stratum_is_the_textbook(self, one: Stratum) -> None:
        """The square of the standard error is (1 - n/N) p (1 - p) / (n - 1)."""
        p, n = one.met / one.assessed, one.assessed
        expected = sqrt((1 - n / one.population) * p * (1 - p) / (n - 1))
        assert number(stratified([one]).standard_error) == pytest.approx(expected, abs=1e-12)


class TestWords:
    def test_read_aloud(self) -> None:
        """The estimate, its interval, and where it comes from."""
        assert str(THREE).splitlines() == [
            "about 7,385 of 8,001 met: 92.3% (89.8% to 94.8%, Student's t with 398 degrees of freedom, 95%)",
            "  CEng: 250 drawn from 5,000, 240 met",
            "  IEng: 125 drawn from 2,500, 110 met",
            "  EngTech: 26 drawn from 501, 20 met",
        ]
        assert "normal, 95%" in str(THREE.interval("normal"))

    def test_an_assumption_is_said(self) -> None:
        """So are the bounds, where somebody was not assessed."""
        text = str(by_weighting_classes([Stratum("CEng", 5000, 250, assessed=200, met=192)]))
        assert "between 76.8% and 96.8%, whatever those not assessed did" in text
        assert "assumed: in each class, those not assessed are like those assessed" in text
        assert "CEng: 250 drawn from 5,000, 200 assessed, 192 met" in text
        assert "whatever" not in str(THREE) and "assumed" not in str(THREE)

    def test_is_a_value(self) -> None:
        """Equal strata give equal estimates."""
        assert stratified(list(THREE.strata)) == THREE == Estimate(THREE.strata)
