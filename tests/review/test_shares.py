"""Shares: read exactly, written in percent, or undefined for a reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import CountError, RateError
from cpdrules.review.shares import LARGEST, as_level, as_percentage, as_share, counts_that_fit, percent


class TestReading:
    @pytest.mark.parametrize("written", ["5%", "5.0 %", "1/20", "0.05", Fraction(1, 20), Decimal("0.050")])
    def test_one_share_is_written_in_many_ways(self, written: Any) -> None:
        """All of them are the same exact number."""
        assert as_share(written) == Fraction(1, 20)

    @pytest.mark.parametrize(
        "wrong",
        [
            *(0.05, True, None, "", "5 per cent", "1/0", "-1%", "101%", -1, 2, "1e-999999999", "٥%", Decimal("NaN")),
            *(Decimal("Infinity"), Decimal("1e-999999999"), Decimal("0." + "1" * 41), Fraction(1, 10**50)),
        ],
    )
    def test_the_rest_is_refused(self, wrong: Any) -> None:
        """What is no exact share from 0 to 1 is named in the error, and takes no time."""
        with pytest.raises(RateError, match="is no share from 0 to 1") as caught:
            as_share(wrong)
        assert caught.value.data["share"] is wrong

    def test_a_float_hears_why(self) -> None:
        """The reason is given to those who wrote a float, and only to them."""
        with pytest.raises(RateError, match=r"7% of 100 would come to 8\. Write it as"):
            as_share(0.07)
        with pytest.raises(RateError) as caught:
            as_share("?")
        assert caught.value.why == ""

    def test_nothing_and_everything_are_shares(self) -> None:
        """Both ends belong to it."""
        assert (as_share(0), as_share("100%")) == (0, 1)

    @pytest.mark.parametrize("level", [0, 1, "0%", "99.99995%"])
    def test_no_interval_is_certain(self, level: Any) -> None:
        """There is no level of confidence of nothing, nor of everything."""
        with pytest.raises(RateError, match="No interval has a level of confidence of") as caught:
            as_level(level)
        assert caught.value.data == {"share": level, "called": "level of confidence"}

    def test_a_level_is_exact(self) -> None:
        """A float is no level of confidence; the surest is 99.9999%."""
        with pytest.raises(RateError, match=r"0\.95 is no level of confidence"):
            as_level(0.95)  # type: ignore[arg-type]
        assert as_level("99.9999%") == 1 - Fraction(1, 10**6)


class TestWriting:
    @pytest.mark.parametrize(
        ("share", "text"),
        [
            *((0, "0%"), (1, "100%"), (Fraction(1, 2), "50.0%"), (Fraction(1, 100), "1.0%"), (0.995, "99.50%")),
            *((Fraction(999, 100_000), "1.00%"), (Fraction(99, 100), "99.0%"), (Fraction(1, 8000), "0.01%")),
            *((Fraction(1, 10**9), "under 0.01%"), (1 - Fraction(1, 10**9), "over 99.99%"), (Fraction(1, 3), "33.3%")),
            *((Fraction(5005, 10_000), "50.1%"), (Fraction(5004, 10_000), "50.0%"), (Fraction(5, 100_000), "0.01%")),
        ],
    )
    def test_percent(self, share: Any, text: str) -> None:
        """To a tenth, to a hundredth at either end, halves up; all or nothing only where it is."""
        assert percent(share) == text

    @pytest.mark.parametrize(
        ("share", "text"),
        [("95%", "95%"), ("99.9%", "99.9%"), ("100%", "100%"), ("0.0001%", "0.0001%"), ("2/3", "2/3"), (0, "0%")],
    )
    def test_as_stated(self, share: Any, text: str) -> None:
        """A share that somebody stated is written as it is, and never rounded."""
        assert as_percentage(as_share(share)) == text

    @given(st.fractions(0, 1, max_denominator=10**7))
    def test_a_stated_share_reads_back(self, share: Fraction) -> None:
        """What is written for it is read as the same share."""
        assert as_share(as_percentage(share)) == share


class TestCounts:
    @pytest.mark.parametrize("wrong", [-1, True, 1.0, "1", None, LARGEST + 1])
    def test_are_whole_numbers(self, wrong: Any) -> None:
        """Anything else is named."""
        with pytest.raises(CountError, match="is no number of those with a reason") as caught:
            counts_that_fit(with_a_reason=wrong)
        assert caught.value.data["with_a_reason"] is wrong

    def test_do_not_contradict_one_another(self) -> None:
        """The error carries all of them; equal ones do not."""
        counts_that_fit(0, 3, 3, a=3)
        with pytest.raises(CountError, match=r"contradict one another: of 1,000, met 1,001\.") as caught:
            counts_that_fit(1001, 1000, of=1000, met=1001)
        assert caught.value.data == {"of": 1000, "met": 1001}
        counts_that_fit(LARGEST, all_of_them=LARGEST)
