"""How many to review."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.review import (
    krejcie_morgan,
    size_at,
    size_for_precision,
    size_to_find,
    size_to_find_share,
    size_within,
)
from cpdrules.review.sizes import (
    SizeError,
    as_rate,
    chance_of_finding_at_most,
    chance_of_finding_at_most_by_share,
    exact,
    rounded,
    share,
)


class TestExact:
    @pytest.mark.parametrize(
        "written", ["5%", "5 %", "5.0%", "1/20", "0.05", Decimal("0.05"), Fraction(1, 20), (1, 20), (2, 40)]
    )
    def test_reads_what_people_write(self, written: Any) -> None:
        """One twentieth, however it is written."""
        assert exact(written) == Fraction(1, 20)

    def test_reads_whole_numbers(self) -> None:
        """0 and 1 are rates; nobody is everybody's none."""
        assert (share(0), share(1), exact(7)) == (0, 1, 7)

    def test_refuses_a_float_and_says_why(self) -> None:
        """0.05 is not one twentieth."""
        with pytest.raises(SizeError, match=r'The rate 0\.05 is a float.* Write it .*: "0\.05"'):
            share(0.05)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "written",
        [
            *("", "five", "-5%", "1/0", "5%%", "1e-2", "٥%", "1" * 20, "1.", ".5", "5\n"),
            *(Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), Decimal("1e-999999"), Decimal(-1)),
            *((1, 0), (1, 2, 3), (1, 2.0), (1.0, 2), (1, -2), (-1, 2), True, None, [1, 20]),
            *(Fraction(1, 10**18 + 1), Fraction(10**18 + 1), 10**18 + 1),
        ],
    )
    def test_refuses_what_is_no_number(self, written: Any) -> None:
        """Nothing is guessed, and nothing costs much."""
        with pytest.raises(SizeError, match="is no number"):
            exact(written)

    @pytest.mark.parametrize(
        ("written", "remedy"), [(5, 'write "5%"'), ("101%", 'write "101/100%"'), (500, "a part of")]
    )
    def test_refuses_more_than_everybody(self, written: Any, remedy: str) -> None:
        """Five is not five per cent."""
        with pytest.raises(SizeError, match=remedy):
            share(written)

    @given(st.fractions(0, 1, max_denominator=10**18))
    def test_as_rate_reads_back(self, rate: Fraction) -> None:
        """What is published is what was drawn at."""
        assert share(as_rate(rate)) == rate

    @pytest.mark.parametrize(
        ("rate", "text"),
        [
            *((Fraction(0), "0%"), (Fraction(1), "100%"), (Fraction(1, 20), "5%"), (Fraction(1, 40), "2.5%")),
            *((Fraction(1, 10), "10%"), (Fraction(1, 10_000), "0.01%"), (Fraction(1, 100_000), "1/100000")),
        ],
    )
    def test_as_rate_is_short(self, rate: Fraction, text: str) -> None:
        """Per cent where people would write per cent."""
        assert as_rate(rate) == text


class TestSizeAt:
    @pytest.mark.parametrize(
        ("rate", "population", "rounding", "size"),
        [
            *(("5%", 1001, "down", 50), ("5%", 1001, "half_up", 50), ("5%", 1001, "up", 51)),
            *(("7%", 100, "up", 7), ("29%", 100, "down", 29)),
            *(("5%", 617, "down", 30), ("5%", 617, "half_up", 31), ("5%", 617, "up", 31)),
            *(("5%", 10, "down", 0), ("5%", 10, "up", 1), ("5%", 10, "half_even", 0), ("5%", 10, "half_up", 1)),
            *((0, 1001, "up", 0), (1, 1001, "up", 1001), ("5%", 0, "up", 0)),
        ],
    )
    def test_vector_35_and_r39(self, rate: Any, population: int, rounding: Any, size: int) -> None:
        """Exact rates, and a rounding that is named."""
        assert size_at(rate, population, rounding=rounding) == size

    def test_has_a_minimum_that_is_never_more_than_everybody(self) -> None:
        """Five, or all."""
        assert (size_at("5%", 12, least=5), size_at("5%", 3, least=5), size_at("5%", 200, least=5)) == (5, 3, 10)

    @pytest.mark.parametrize("population", [-1, 1.0, True, "1"])
    def test_counts_whole_people(self, population: Any) -> None:
        """Anything else is refused."""
        with pytest.raises(SizeError, match="is no number of people"):
            size_at("5%", population)

    def test_names_the_rounding(self) -> None:
        """A rounding that nobody knows is refused."""
        with pytest.raises(SizeError, match="rounded 'ceil'"):
            rounded(Fraction(1, 2), "ceil")  # type: ignore[arg-type]


class TestPrecision:
    @pytest.mark.parametrize(
        ("population", "size"),
        [(None, 385), (160_000, 384), (8_000, 367), (1_001, 278), (600, 235), (100, 80), (1, 1), (0, 0)],
    )
    def test_vector_16(self, population: int | None, size: int) -> None:
        """Five points either way at 95 %."""
        assert size_for_precision("5%", population) == size

    @pytest.mark.parametrize(
        ("margin", "confidence", "expected", "size"),
        [("1%", "95%", "50%", 9060), ("2%", "95%", "90%", 860), ("5%", "99%", "50%", 661)],
    )
    def test_vector_16_otherwise(self, margin: str, confidence: str, expected: str, size: int) -> None:
        """Other margins, levels and proportions, of 160,000."""
        assert size_for_precision(margin, 160_000, confidence=confidence, expected=expected) == size

    @pytest.mark.parametrize(
        ("population", "size"),
        [(10, 10), (50, 44), (100, 80), (220, 140), (500, 217), (1200, 291), (2800, 338), (9000, 368), (0, 0)],
    )
    def test_vector_17(self, population: int, size: int) -> None:
        """The table of Krejcie and Morgan, which rounds to nearest."""
        assert krejcie_morgan(population) == size

    @pytest.mark.parametrize("argument", [{"confidence": 1}, {"confidence": 0}, {"expected": 0}, {"margin": 0}])
    def test_certainty_has_no_size(self, argument: dict[str, Any]) -> None:
        """0 and 1 decide nothing."""
        with pytest.raises(SizeError, match="decides nothing"):
            size_for_precision(**{"margin": "5%", **argument})


class TestFinding:
    @pytest.mark.parametrize(
        ("among", "population", "confidence", "size"),
        [
            *((80, 8000, "95%", 293), (10, 1001, "95%", 258), (50, 1001, "95%", 57), (1, 100, "95%", 95)),
            *((80, 8000, "99%", 446), (100, 100, "95%", 1), (1, 160_000, "95%", 152_000)),
        ],
    )
    def test_vector_18(self, among: int, population: int, confidence: str, size: int) -> None:
        """So many find at least one of those who are there."""
        assert size_to_find(among, population, confidence=confidence) == size

    def test_vector_18_chances(self) -> None:
        """293 are enough, 292 are not."""
        chances = [float(1 - chance_of_finding_at_most(0, size, among=80, population=8000)) for size in (293, 292)]
        assert [round(chance, 6) for chance in chances] == [0.950219, 0.949697]

    @pytest.mark.parametrize(("proportion", "size"), [("1%", 299), ("5%", 59), ("10%", 29), ("0.01%", 29_956)])
    def test_vector_18_without_end(self, proportion: str, size: int) -> None:
        """So many find at least one of a proportion."""
        assert size_to_find_share(proportion) == size

    def test_vector_19(self) -> None:
        """Attributes at a tolerable rate of 5 %, with none to three allowed."""
        assert [size_to_find_share("5%", allowed=allowed) for allowed in range(4)] == [59, 93, 124, 153]

    @given(st.integers(0, 30), st.data())
    def test_chances_are_those_of_the_definition(self, population: int, data: st.DataObject) -> None:
        """Whichever way round they are computed."""
        size, among = data.draw(st.integers(0, population)), data.draw(st.integers(0, population))
        allowed = data.draw(st.integers(0, population + 1))
        ways = sum(comb(among, hits) * comb(population - among, size - hits) for hits in range(min(allowed, size) + 1))
        found = chance_of_finding_at_most(allowed, size, among=among, population=population)
        assert found == Fraction(ways, comb(population, size))

    def test_is_impossible_where_too_few_are_there(self) -> None:
        """Who allows two does not find more among two."""
        with pytest.raises(SizeError, match="nobody finds more than 2"):
            size_to_find(2, 100, allowed=2)
        assert size_to_find(3, 100, allowed=2) == 99

    @pytest.mark.parametrize(("size", "among"), [(101, 1), (1, 101)])
    def test_looks_at_no_more_than_there_are(self, size: int, among: int) -> None:
        """Nor are more sought."""
        with pytest.raises(SizeError, match="only 100 people"):
            chance_of_finding_at_most(0, size, among=among, population=100)

    def test_too_fine_a_proportion_is_refused(self) -> None:
        """It would take long, and nobody has so many members."""
        with pytest.raises(SizeError, match="too fine"):
            size_to_find_share("1/10001")

    def test_all_are_allowed(self) -> None:
        """More may be allowed than are looked at."""
        assert chance_of_finding_at_most_by_share(5, 3, proportion="1/2") == 1


class TestCapacity:
    @pytest.mark.parametrize(
        ("capacity", "readings", "population", "size"),
        [(8100, 1, None, 8100), (8100, "1.1", None, 7363), (8100, 2, 4000, 4000), (0, 1, None, 0)],
    )
    def test_is_divided_among_readings(self, capacity: int, readings: Any, population: int | None, size: int) -> None:
        """What can be read is reviewed, and nobody is reviewed by half."""
        assert size_within(capacity, readings=readings, population=population) == size

    def test_a_return_is_read_at_least_once(self) -> None:
        """Or it is not reviewed."""
        with pytest.raises(SizeError, match="is not reviewed"):
            size_within(100, readings="1/2")
