"""Intervals: the published figures, other people's programs, and what holds for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, comb, floor
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdrules.errors import CountError, RateError
from cpdrules.review import intervals
from cpdrules.review.intervals import (
    CountInterval,
    Interval,
    beta_quantile,
    clopper_pearson,
    hypergeometric,
    normal_quantile,
    t_quantile,
    wilson,
)
from cpdrules.review.shares import Undefined, as_level

ORACLES = "the extra `oracles` is not installed: the figures are compared with tables, and not with other programs"

LEVELS = st.sampled_from(["50%", "90%", "95%", "99%", "99.9999%"])
Method = Callable[..., Interval | Undefined]


def ends(found: Interval | CountInterval | Undefined) -> tuple[float, float]:
    """Give both ends of an interval that there is."""
    assert not isinstance(found, Undefined)
    return found.low, found.high


@st.composite
def counts(draw: st.DrawFn, *, most: int = 300, least: int = 1) -> tuple[int, int]:
    """Give so many of so many."""
    of = draw(st.integers(least, most))
    return draw(st.integers(0, of)), of


@st.composite
def samples(draw: st.DrawFn, *, most: int = 300) -> tuple[int, int, int]:
    """Give so many found, of so many drawn, from so many."""
    population = draw(st.integers(1, most))
    of = draw(st.integers(0, population))
    return draw(st.integers(0, of)), of, population


class TestPublishedFigures:
    @pytest.mark.parametrize(
        ("number", "of", "low", "high"),
        [
            *((81, 263, 0.255289, 0.366210), (15, 148, 0.062386, 0.160487), (0, 20, 0, 0.161125)),
            *((1, 29, 0.006113, 0.171755), (47, 50, 0.837829, 0.979385), (23, 60, 0.270883, 0.509824)),
            *((128, 143, 0.834142, 0.935396), (22, 8164, 0.001780, 0.004077)),
        ],
    )
    def test_wilson(self, number: int, of: int, low: float, high: float) -> None:
        """Vectors 24 and 30."""
        assert ends(wilson(number, of)) == pytest.approx((low, high), abs=5.1e-7)

    @pytest.mark.parametrize(
        ("number", "of", "low", "high"),
        [
            *((81, 263, 0.252737, 0.367622), (15, 148, 0.057844, 0.161650), (0, 20, 0, 0.168433)),
            *((1, 29, 0.000873, 0.177644), (0, 128, 0, 0.028408)),
        ],
    )
    def test_clopper_pearson(self, number: int, of: int, low: float, high: float) -> None:
        """Vector 25."""
        assert ends(clopper_pearson(number, of)) == pytest.approx((low, high), abs=5.1e-7)

    @pytest.mark.parametrize(
        ("population", "of", "number", "low", "high"),
        [
            *((1001, 50, 3, 14, 163), (1001, 51, 0, 0, 68), (1001, 51, 6, 46, 235), (8000, 400, 20, 250, 604)),
            *((600, 30, 2, 6, 130), (20, 5, 5, 11, 20), (100, 100, 5, 5, 5), (160_000, 8000, 400, 7271, 8780)),
        ],
    )
    def test_hypergeometric(self, population: int, of: int, number: int, low: int, high: int) -> None:
        """Vector 26, and the large one of section 3."""
        assert ends(hypergeometric(number, of, population)) == (low, high)

    def test_students_t(self) -> None:
        """The table of 95% that every textbook prints."""
        table = {1: 12.706, 2: 4.303, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.980, 100_000: 1.960}
        assert {n: round(t_quantile(Fraction(19, 20), n), 3) for n in table} == table
        assert normal_quantile(Fraction(19, 20)) == pytest.approx(1.959963984540054)


class TestOtherPrograms:
    @pytest.mark.parametrize("of", [1, 2, 7, 51, 400, 8000, 160_000])
    @pytest.mark.parametrize("level", ["80%", "95%", "99.9%"])
    def test_scipy_has_the_same_beta_and_t(self, of: int, level: str) -> None:
        """To ten digits, over the whole range."""
        stats = pytest.importorskip("scipy.stats", reason=ORACLES)
        tail = float((1 - as_level(level)) / 2)
        for number in sorted({0, 1, of // 20, of // 2, of - 1, of}):
            low = stats.beta.ppf(tail, number, of - number + 1) if number else 0
            high = stats.beta.ppf(1 - tail, number + 1, of - number) if number < of else 1
            assert ends(clopper_pearson(number, of, level=level)) == pytest.approx((low, high), abs=1e-10)
        assert t_quantile(as_level(level), of) == pytest.approx(stats.t.ppf(1 - tail, of), rel=1e-9)

    def test_statsmodels_has_the_same_wilson(self) -> None:
        """To twelve digits."""
        proportion = pytest.importorskip("statsmodels.stats.proportion", reason=ORACLES)
        for number, of in [(0, 1), (1, 1), (3, 50), (45, 51), (7999, 8000)]:
            theirs = proportion.proportion_confint(number, of, 0.05, "wilson")
            assert ends(wilson(number, of)) == pytest.approx(theirs, abs=1e-12)

    def test_scipy_has_the_same_hypergeometric(self) -> None:
        """The ends are kept, and their neighbours outside are not."""
        stats = pytest.importorskip("scipy.stats", reason=ORACLES)
        for population, of, number in [(600, 30, 2), (1001, 51, 45), (20_000, 900, 7), (60_000, 700, 350)]:
            low, high = map(int, ends(hypergeometric(number, of, population)))
            kept = [stats.hypergeom(population, held, of).sf(number - 1) > 0.025 for held in (low - 1, low)]
            kept += [stats.hypergeom(population, held, of).cdf(number) > 0.025 for held in (high, high + 1)]
            assert kept == [False, True, True, False]


class TestCoverage:
    @pytest.mark.parametrize(("population", "of"), [(1, 1), (5, 2), (13, 6), (40, 1), (40, 12), (60, 30), (101, 51)])
    @pytest.mark.parametrize("level", ["60%", "95%", "99%"])
    def test_the_exact_interval_covers(self, population: int, of: int, level: str) -> None:
        """Whatever the truth is, at least so many of all possible draws give an interval that holds it."""
        given_for = [hypergeometric(number, of, population, level=level) for number in range(of + 1)]
        assert not any(isinstance(found, Undefined) for found in given_for)
        for held in range(population + 1):
            ways = [comb(held, number) * comb(population - held, of - number) for number in range(of + 1)]
            covered = sum(n for n, found in zip(ways, given_for, strict=True) if held in found)  # type: ignore[operator]
            assert Fraction(covered, comb(population, of)) >= as_level(level)

    @pytest.mark.parametrize(("population", "of"), [(13, 6), (40, 12), (60, 59)])
    def test_the_exact_interval_is_no_wider_than_it_must_be(self, population: int, of: int) -> None:
        """One more on either side would be shown by less than half of what the level leaves over: in plain sums."""
        for number in range(of + 1):
            low, high = map(int, ends(hypergeometric(number, of, population)))
            for held in range(population + 1):
                ways = [comb(held, n) * comb(population - held, of - n) for n in range(of + 1)]
                tails = min(sum(ways[number:]), sum(ways[: number + 1]))
                assert (low <= held <= high) == (tails * 40 > comb(population, of))

    @pytest.mark.parametrize("share", [0.01, 0.05, 0.3, 0.5])
    def test_clopper_pearson_covers(self, share: float) -> None:
        """Of all outcomes of fifty draws, so many as the level says hold the share."""
        outcomes = [comb(50, n) * share**n * (1 - share) ** (50 - n) for n in range(51)]
        held = sum(p for n, p in enumerate(outcomes) if share in clopper_pearson(n, 50))  # type: ignore[operator]
        assert held >= 0.95


@pytest.mark.parametrize("method", [wilson, clopper_pearson])
class TestLaws:
    @given(case=counts(), level=LEVELS)
    def test_the_others_are_the_mirror(self, method: Method, case: tuple[int, int], level: str) -> None:
        """Those who met and those who did not have one interval between them."""
        number, of = case
        low, high = ends(method(number, of, level=level))
        assert ends(method(of - number, of, level=level)) == pytest.approx((1 - high, 1 - low), abs=1e-15)

    @given(case=counts(), level=LEVELS)
    def test_holds_the_share_itself(self, method: Method, case: tuple[int, int], level: str) -> None:
        """Nothing is outside of 0 and 1, and what was seen is inside."""
        number, of = case
        low, high = ends(method(number, of, level=level))
        assert 0 <= low <= number / of <= high <= 1

    @given(case=counts(least=2))
    def test_more_found_is_never_less(self, method: Method, case: tuple[int, int]) -> None:
        """Both ends rise with the number."""
        number, of = case
        assume(number < of)
        assert all(a < b for a, b in zip(ends(method(number, of)), ends(method(number + 1, of)), strict=True))

    @given(case=counts(), times=st.integers(2, 5))
    def test_more_drawn_is_never_wider(self, method: Method, case: tuple[int, int], times: int) -> None:
        """The same share of more lies within the interval of the fewer."""
        number, of = case
        (low, high), (inner, outer) = ends(method(number, of)), ends(method(number * times, of * times))
        assert low <= inner + 1e-15 and outer <= high + 1e-15

    @given(case=counts())
    def test_surer_is_wider(self, method: Method, case: tuple[int, int]) -> None:
        """A higher level holds the lower."""
        (low, high), (lower, higher) = (ends(method(*case, level=level)) for level in ("90%", "99%"))
        assert lower <= low and high <= higher and higher - lower > high - low

    def test_nobody_is_no_share(self, method: Method) -> None:
        """Nothing of nothing is undefined, and says why."""
        assert str(method(0, 0)) == "undefined: there is nobody to take a share of"

    def test_misuse(self, method: Method) -> None:
        """Counts that contradict one another, and levels that are not exact."""
        with pytest.raises(CountError, match="of 3, number 4") as caught:
            method(4, 3)
        assert caught.value.data == {"of": 3, "number": 4}
        with pytest.raises(RateError):
            method(1, 3, level=0.95)


class TestExactLaws:
    @given(case=samples(), level=LEVELS)
    def test_the_others_are_the_mirror(self, case: tuple[int, int, int], level: str) -> None:
        """Those who met and those who did not have one interval between them."""
        number, of, population = case
        low, high = ends(hypergeometric(number, of, population, level=level))
        assert ends(hypergeometric(of - number, of, population, level=level)) == (population - high, population - low)

    @given(case=samples())
    def test_holds_what_was_seen(self, case: tuple[int, int, int]) -> None:
        """As many as were found are there, and as many are not as were found without."""
        number, of, population = case
        low, high = ends(hypergeometric(number, of, population))
        assert number <= low <= high <= population - (of - number)
        expected = Fraction(number * population, max(of, 1))  # it may lie between two whole members
        assert low <= ceil(expected) and floor(expected) <= high

    @given(case=counts())
    def test_a_census_is_a_point(self, case: tuple[int, int]) -> None:
        """Where everybody was drawn, what was found is what there is."""
        number, of = case
        assert ends(hypergeometric(number, of, of)) == (number, number)

    @given(case=samples())
    def test_more_found_is_never_less(self, case: tuple[int, int, int]) -> None:
        """Neither end falls when one more was found."""
        number, of, population = case
        assume(number < of)
        fewer, more = (ends(hypergeometric(n, of, population)) for n in (number, number + 1))
        assert fewer[0] < more[0] and fewer[1] < more[1]

    @given(case=samples(most=100))
    def test_never_wider_than_without_an_end(self, case: tuple[int, int, int]) -> None:
        """A population that has an end leaves less room than Clopper and Pearson's has, but for whole members."""
        number, of, population = case
        assume(of)
        low, high = ends(hypergeometric(number, of, population))
        lower, higher = ends(clopper_pearson(number, of))
        assert lower * population <= low + 1 and high - 1 <= higher * population

    @given(case=samples(most=80), level=LEVELS)
    def test_floating_point_finds_the_same(self, case: tuple[int, int, int], level: str) -> None:
        """Where the numbers are too long to count out, the logarithms give the same answer."""
        exact = hypergeometric(*case, level=level)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(intervals, "_DIGITS", -1.0)
            assert hypergeometric(*case, level=level) == exact

    def test_whole_numbers_put_a_wrong_guess_right(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However far off the logarithms were, the count decides: here they always find the least, or the most."""
        for wrong in (0.0, -1e9):
            monkeypatch.setattr(intervals, "_log_chance_of_more", lambda *_, wrong=wrong: wrong)
            assert ends(hypergeometric(6, 51, 1001)) == (46, 235)

    def test_nobody_is_no_population(self) -> None:
        """Nobody drawn leaves everything open; nobody there is undefined."""
        assert ends(hypergeometric(0, 0, 9)) == (0, 9)
        assert isinstance(hypergeometric(0, 0, 0), Undefined)

    def test_misuse(self) -> None:
        """More drawn than there are, more found than drawn, a level that is not exact."""
        for case in ((0, 10, 9), (5, 4, 9)):
            with pytest.raises(CountError, match="contradict") as caught:
                hypergeometric(*case)
            assert caught.value.data == {"population": 9, "of": case[1], "number": case[0]}
        with pytest.raises(RateError):
            hypergeometric(1, 3, 9, level=0.95)  # type: ignore[arg-type]


class TestBoundedTime:
    @pytest.mark.parametrize(
        "work",
        [
            lambda: clopper_pearson(400, 8000),
            lambda: hypergeometric(400, 8000, 160_000),
            lambda: hypergeometric(15_000, 30_000, 60_000),
            lambda: hypergeometric(2_500_000, 5_000_000, 10_000_000),
            lambda: t_quantile(Fraction(19, 20), 10_000_000),
        ],
    )
    def test_the_largest_take_no_second(self, work: Callable[[], Any]) -> None:
        """Generously: on a busy machine, too."""
        started = process_time()
        work()
        assert process_time() - started < 2

    def test_logarithms_serve_beyond(self) -> None:
        """Ten million are too long to count out; the normal distribution agrees."""
        low, high = ends(hypergeometric(2_500_000, 5_000_000, 10_000_000))
        half = 1.96 * 0.5 * (0.5 / 5_000_000) ** 0.5 * 10_000_000
        assert (5_000_000 - low, high - 5_000_000) == pytest.approx((half, half), rel=1e-3)


class TestValues:
    def test_contain_their_ends(self) -> None:
        """Both ends belong to them."""
        one = Interval(0.25, 0.75, "Wilson", Fraction(19, 20))
        assert [share in one for share in (0.2, 0.25, Fraction(1, 2), 0.75, 0.8)] == [False, True, True, True, False]
        other = CountInterval(14, 163, 1001, Fraction(19, 20))
        assert [number in other for number in (13, 14, 163, 164)] == [False, True, True, False]
        assert other.shares == (Fraction(14, 1001), Fraction(163, 1001))

    def test_read_aloud(self) -> None:
        """With method and level."""
        assert str(Interval(0, 0.5, "Wilson", Fraction(9, 10))) == "0% to 50.0%, Wilson, 90%"
        assert str(CountInterval(14, 163, 1001, Fraction(19, 20))) == "14 to 163 of 1,001 (1.4% to 16.3%, exact, 95%)"

    def test_a_quantile_lies_where_its_chance_says(self) -> None:
        """The uniform and the square root: beta distributions that need no table."""
        assert beta_quantile(0.3, 1, 1) == pytest.approx(0.3)
        assert beta_quantile(0.25, 2, 1) == pytest.approx(0.5)
