"""What a rate of review means over the years, and what it costs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.amounts import hours
from cpdrules.errors import AmountError, CountError, RateError
from cpdrules.review.fairness import Backstop, Chances, Cost, Wait, backstop, chances, cost
from cpdrules.review.shares import Undefined

RATES = st.fractions(Fraction(1, 1000), Fraction(1, 3), max_denominator=1000)


def waiting(found: Wait | Undefined) -> Wait:
    """Give a wait that has an end."""
    assert isinstance(found, Wait)
    return found


class TestPublishedFigures:
    @pytest.mark.parametrize(
        ("rate", "never", "years"), [("2.5%", 0.776330, 118.3), ("5%", 0.598737, 58.4), ("10%", 0.348678, 28.4)]
    )
    def test_by_lot(self, rate: str, never: float, years: float) -> None:
        """Vector 33."""
        assert float(chances(rate).never(10)) == pytest.approx(never, abs=5e-7)
        assert round(waiting(chances(rate).wait()).exactly, 1) == years

    def test_is_exact(self) -> None:
        """Vector 33: nineteen twentieths, ten times over."""
        assert chances("5%").never(10) == Fraction(19, 20) ** 10

    @pytest.mark.parametrize(("off", "never"), [(1, 0.583974), (2, 0.569710), (3, 0.556053), (5, 0.531184)])
    def test_cooling_off(self, off: int, never: float) -> None:
        """Vector 34: the rate stays 5% of all."""
        assert float(chances("5%", cooling_off=off).never(10)) == pytest.approx(never, abs=5e-7)

    @pytest.mark.parametrize(("years", "share"), [(5, 0.221), (7, 0.166), (10, 0.125), (20, 0.078)])
    def test_backstop(self, years: int, share: float) -> None:
        """Section 5: 5% by lot, and a backstop."""
        assert round(float(backstop("5%", years).share), 3) == share


class TestChances:
    def test_a_rule_by_hand(self) -> None:
        """A quarter a year, left alone for one year: of eight, two go, and then two of the six that are left."""
        rule = chances("25%", cooling_off=1)
        assert [rule.passed_over(year) for year in (1, 2, 3, 1000)] == [Fraction(3, 4), *[Fraction(2, 3)] * 3]
        assert [rule.never(years) for years in range(4)] == [1, Fraction(3, 4), Fraction(1, 2), Fraction(1, 3)]

    def test_a_wait_ends_in_whole_years(self) -> None:
        """Exactly where it can be: three quarters after two years of a half each."""
        half = chances("50%")
        assert waiting(half.wait("50%")) == Wait(1, pytest.approx(1), Fraction(1, 2))
        assert waiting(half.wait("75%")) == Wait(2, pytest.approx(2), Fraction(3, 4))
        assert waiting(half.wait("76%")).years == 3
        assert waiting(half.wait("25%")) == Wait(1, pytest.approx(0.415, abs=1e-3), Fraction(1, 4))

    @pytest.mark.parametrize("years", [1, 7, 29, 100])
    def test_a_wait_is_not_decided_by_rounding(self, years: int) -> None:
        """Where the chance is reached exactly in a year it is that year; for a shade more, the next."""
        rule = chances("10%")
        reached = 1 - rule.never(years)
        assert waiting(rule.wait(reached)).years == years if years < 30 else True
        digits = Fraction(int(reached * 10**30), 10**30)
        assert waiting(rule.wait(digits)).years == years
        assert waiting(rule.wait(digits + Fraction(1, 10**30))).years == years + (
            digits + Fraction(1, 10**30) > reached
        )

    def test_everybody_every_year(self) -> None:
        """A census leaves nobody out, and takes a year."""
        everybody = chances("100%")
        assert (everybody.never(0), everybody.never(1)) == (1, 0)
        assert waiting(everybody.wait("100%")) == Wait(1, 1.0, Fraction(1))

    def test_in_turn(self) -> None:
        """A half a year and one year off is a rota: certain after two years."""
        rota = chances("50%", cooling_off=1)
        assert rota.never(2) == 0
        assert waiting(rota.wait(1)) == Wait(2, 2.0, Fraction(1))

    def test_no_end(self) -> None:
        """Where nobody is chosen, and where nothing makes it certain, there is no number of years."""
        assert chances(0).wait() == Undefined("nobody is ever chosen")
        assert chances("5%").wait("100%") == Undefined("a draw by lot never makes it certain")
        assert str(chances(0)).endswith(
            "100% are never chosen in 10 years; a review is undefined: nobody is ever chosen"
        )

    def test_a_hair_of_a_rate_takes_no_time(self) -> None:
        """Beyond a thousand years the float is good enough."""
        assert waiting(chances("0.000001%").wait()).years == pytest.approx(2.9957e8, rel=1e-4)
        assert waiting(chances("0.1%").wait()).years == 2995

    def test_reads_aloud(self) -> None:
        """Rate, years alone, chance, wait."""
        assert str(chances("2.5%", cooling_off=3)) == (
            "2.5% of all members a year, none again for 3 years: 76.4% are never chosen in 10 years;"
            " one review takes 110 years (109.5) for a chance of 95%"
        )
        assert str(chances("100%").wait()) == "1 year (1.0) for a chance of 95%"

    def test_misuse(self) -> None:
        """Rates that are not exact or cannot be held, years that are none."""
        with pytest.raises(RateError, match=r"0\.05 is no rate"):
            chances(0.05)  # type: ignore[arg-type]
        with pytest.raises(RateError, match="25% a year cannot be held with 4 years of cooling off") as caught:
            chances("25%", cooling_off=4)
        assert caught.value.data == {"rate": Fraction(1, 4), "cooling_off": 4}
        assert chances("25%", cooling_off=3).never(4) == 0
        for wrong in (-1, 1001, 1.5, True, None):
            with pytest.raises(CountError, match="is no whole number of years from 0 to 1,000"):
                chances("5%").never(wrong)  # type: ignore[arg-type]
            with pytest.raises(CountError):
                chances("0.01%", cooling_off=wrong)  # type: ignore[arg-type]
        for wrong in (0, 1001):
            with pytest.raises(CountError, match="from 1 to 1,000"):
                chances("5%").passed_over(wrong)
        assert chances("0.01%", cooling_off=1000).never(1000) > 0
        with pytest.raises(RateError, match="A chance of nothing"):
            chances("5%").wait(0)
        with pytest.raises(RateError, match="is no chance"):
            chances("5%").wait(0.95)  # type: ignore[arg-type]

    @given(rate=RATES, off=st.integers(0, 2), years=st.integers(0, 60))
    def test_laws(self, rate: Fraction, off: int, years: int) -> None:
        """Each year leaves fewer who were never chosen; leaving others alone makes them fewer still."""
        rule = chances(rate, cooling_off=off)
        assert 0 <= rule.never(years + 1) < rule.never(years) <= 1 or rule.never(years) == 0
        assert rule.never(years) <= chances(rate).never(years)
        assert rule.never(years + 1) == rule.never(years) * rule.passed_over(years + 1)

    @given(rate=RATES, off=st.integers(0, 2), chance=st.fractions("1/100", "99/100", max_denominator=100))
    def test_the_wait_is_the_first_year(self, rate: Fraction, off: int, chance: Fraction) -> None:
        """In the year that it names the chance is reached, and not in the year before."""
        rule = chances(rate, cooling_off=off)
        found = waiting(rule.wait(chance))
        if found.years <= 1000:
            assert 1 - rule.never(found.years) >= chance > 1 - rule.never(found.years - 1)
        assert found.years - 1 - 1e-9 <= found.exactly <= found.years + 1e-9


class TestBackstop:
    def test_the_share_is_what_years_apart_make(self) -> None:
        """In the long run a member is reviewed once in so many years."""
        assert backstop("50%", 2).share == Fraction(2, 3)  # a half after one year, the others after two
        assert backstop("50%", 2).apart == Fraction(3, 2)
        assert backstop(0, 7).share == Fraction(1, 7)
        assert backstop("100%", 7).share == backstop("5%", 1).share == 1

    @given(rate=RATES, years=st.integers(1, 50))
    def test_laws(self, rate: Fraction, years: int) -> None:
        """More than the lot or a rota alone; a later backstop costs less; the years apart are a plain sum."""
        rule = backstop(rate, years)
        assert rule.share >= max(rate, Fraction(1, years)) or rule.share == 1
        assert backstop(rate, years + 1).share < rule.share
        assert rule.apart == sum((1 - rate) ** year for year in range(years))

    def test_misuse(self) -> None:
        """A rate that is not exact, no years."""
        with pytest.raises(RateError):
            backstop(0.05, 7)  # type: ignore[arg-type]
        for wrong in (0, 1001, 1.5):
            with pytest.raises(CountError, match="from 1 to 1,000"):
                backstop("5%", wrong)  # type: ignore[arg-type]

    def test_is_a_value(self) -> None:
        """However the rate is written."""
        assert backstop("5%", 10) == Backstop("1/20", 10)
        assert chances("5%") == Chances(Fraction(1, 20))


class TestCost:
    def test_is_counted_in_whole_reviews(self) -> None:
        """Rounded up, exactly: 7% of 100 is 7, where a float would make it 8."""
        assert cost(100, "7%", each=1).reviews == 7
        assert cost(1001, "5%", each="45 min") == Cost(1001, Fraction(1, 20), 51, 0, hours("38 h 15 min"))
        both = cost(1001, "5%", each="45 min", second_reviews="10%")
        assert (both.reviews, both.second_reviews, both.hours) == (51, 6, hours("42 h 45 min"))

    def test_reads_aloud(self) -> None:
        """With second reviews only where there are any."""
        assert str(cost(1001, "5%", each=1)) == "5% of 1,001 members: 51 reviews, 51 h of assessors' time a year"

    def test_takes_so_many_assessors(self) -> None:
        """Rounded up to whole ones."""
        yearly = cost(8000, "5%", each="1h30")
        assert [yearly.assessors(each) for each in (600, 599, 20, "20 h 30 min")] == [1, 2, 30, 30]
        assert cost(0, "5%", each=1).assessors(10) == 0
        with pytest.raises(CountError, match="review nothing"):
            yearly.assessors(0)

    def test_misuse(self) -> None:
        """No number of members, no exact rate, no time."""
        wrong: list[tuple[type[Exception], Any, Any, Any]] = [
            (CountError, -1, "5%", 1),
            (RateError, 10, 0.05, 1),
            (AmountError, 10, "5%", -1),
        ]
        for error, members, rate, each in wrong:
            with pytest.raises(error):
                cost(members, rate, each=each)
        with pytest.raises(RateError):
            cost(10, "5%", each=1, second_reviews=0.1)  # type: ignore[arg-type]
