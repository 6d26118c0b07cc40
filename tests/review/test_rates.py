"""Exact numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.review.rates import SizeError, as_percentage, exact, share


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
            *(Fraction(1, 10**40 + 1), Fraction(10**40 + 1), 10**40 + 1),
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
        assert share(as_percentage(rate)) == rate

    @pytest.mark.parametrize(
        ("rate", "text"),
        [
            *((Fraction(0), "0%"), (Fraction(1), "100%"), (Fraction(1, 20), "5%"), (Fraction(1, 40), "2.5%")),
            *((Fraction(1, 10), "10%"), (Fraction(1, 10_000), "0.01%"), (Fraction(1, 100_000), "0.001%")),
            (Fraction(1, 3), "1/3"),
        ],
    )
    def test_as_rate_is_short(self, rate: Fraction, text: str) -> None:
        """Per cent where people would write per cent."""
        assert as_percentage(rate) == text
