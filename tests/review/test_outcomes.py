"""How a review turned out: counts with names, and bounds for those of whom nothing is known."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Verdict
from cpdrules.errors import CountError, RateError
from cpdrules.review.intervals import Interval
from cpdrules.review.outcomes import Bounds, Outcomes, Proportion, tally
from cpdrules.review.shares import Undefined

HCPC = Outcomes(
    143, responded=128, met=128, reasons={"deferred": 8, "did not renew": 2, "left the register voluntarily": 5}
)


@st.composite
def reviews(draw: st.DrawFn) -> Outcomes:
    """Give a review in which anything may have happened."""
    selected = draw(st.integers(0, 500))
    responded = draw(st.integers(0, selected))
    assessed = draw(st.integers(0, responded))
    return Outcomes(selected, responded, assessed=assessed, met=draw(st.integers(0, assessed)))


class TestProportion:
    def test_reads_aloud(self) -> None:
        """Vector 30: both numbers, both names, the share, the interval, its method and its level."""
        accepted = HCPC.share("met", of="selected", said="were accepted")
        assert str(accepted) == "128 of 143 selected were accepted: 89.5% (83.4% to 93.5%, Wilson, 95%)"
        assert accepted.share == Fraction(128, 143)
        removed = Proportion(22, 8164, among="selected", said="were removed")
        assert str(removed) == "22 of 8,164 selected were removed: 0.27% (0.18% to 0.41%, Wilson, 95%)"

    def test_of_nobody_is_undefined(self) -> None:
        """It says of which nobody."""
        nobody = Proportion(0, 0, among="assessed")
        assert nobody.share == Undefined("nobody was assessed")
        assert isinstance(nobody.wilson, Undefined)
        assert str(nobody) == "0 of 0 assessed met: undefined: nobody was assessed"

    def test_speaks_of_everyone_by_the_exact_interval(self) -> None:
        """With the level it was given."""
        found = Proportion(3, 50, among="assessed")
        assert str(found.within(1001)) == "14 to 163 of 1,001 (1.4% to 16.3%, exact, 95%)"
        surer = Proportion(3, 50, among="assessed", level="99%")
        for narrow, wide in [(found.wilson, surer.wilson), (found.clopper_pearson, surer.clopper_pearson)]:
            assert isinstance(narrow, Interval) and isinstance(wide, Interval)
            assert wide.low < narrow.low < narrow.high < wide.high
            assert wide.level == Fraction(99, 100)
        assert str(surer.within(1001)).endswith("exact, 99%)")

    def test_misuse(self) -> None:
        """More than there are, and a level that is not exact."""
        with pytest.raises(CountError, match="of 3, number 4"):
            Proportion(4, 3, among="assessed")
        with pytest.raises(RateError):
            Proportion(1, 3, among="assessed", level=0.95)  # type: ignore[arg-type]


class TestOutcomes:
    def test_the_headline_depends_on_the_denominator(self) -> None:
        """HCPC: nine in ten of those selected, and everyone who was assessed."""
        assert HCPC.share("met", of="selected").share == Fraction(128, 143)
        assert HCPC.share("met", of="assessed").share == 1
        assert HCPC.share("responded", of="selected").share == Fraction(128, 143)
        interval = HCPC.share("met", of="assessed").clopper_pearson
        assert isinstance(interval, Interval) and interval.low == pytest.approx(1 - 0.028408, abs=5e-7)

    def test_each_group_has_its_words(self) -> None:
        """What is said of a group is its own verb."""
        review = Outcomes(9, 8, assessed=7, met=6)
        said = [str(review.share(group, of="selected")).partition(":")[0] for group in ("selected", "responded")]
        said += [str(review.share(group, of="responded")).partition(":")[0] for group in ("assessed", "met")]
        assert said == [
            "9 of 9 selected were selected",
            "8 of 9 selected responded",
            "7 of 8 responded were assessed",
            "6 of 8 responded met",
        ]
        assert review.share("met", of="selected", level="90%").level == Fraction(9, 10)

    def test_bounds_need_no_guess(self) -> None:
        """Section 3: 400 selected, 340 answered, 320 met."""
        review = Outcomes(400, responded=340, met=320)
        assert review.assessed == 340
        assert review.share("met", of="assessed").share == Fraction(320, 340)
        assert review.bounds() == Bounds(Fraction(80, 100), Fraction(95, 100))
        assert str(review.bounds()) == "between 80.0% and 95.0%"

    def test_reads_aloud(self) -> None:
        """Counts, reasons from the commonest on, both shares, and the bounds."""
        assert str(HCPC).splitlines() == [
            "143 selected, 128 responded, 128 assessed, 128 met",
            "  not assessed: 8 deferred, 5 left the register voluntarily, 2 did not renew",
            "  128 of 143 selected met: 89.5% (83.4% to 93.5%, Wilson, 95%)",
            "  128 of 128 assessed met: 100% (97.1% to 100%, Wilson, 95%)",
            "  of those selected between 89.5% and 100%, whatever the 15 not assessed did",
        ]

    def test_silence_has_no_reason(self) -> None:
        """Those without a reason are counted out; where everybody was assessed there is nothing to explain."""
        assert "not assessed: 2 deferred, 58 no reason recorded" in str(
            Outcomes(400, 350, assessed=340, met=320, reasons={"deferred": 2, "abroad": 0})
        )
        assert str(Outcomes(2, 2, met=1)).count("\n") == 2

    def test_nobody(self) -> None:
        """A review of nobody has no share and no bounds."""
        nobody = Outcomes(0, 0, met=0)
        assert nobody.bounds() == Undefined("nobody was selected")
        assert "undefined" in str(nobody)

    @pytest.mark.parametrize(
        "counts",
        [
            {"selected": 3, "responded": 4, "assessed": 2, "met": 1},
            {"selected": 4, "responded": 2, "assessed": 3, "met": 1},
            {"selected": 4, "responded": 3, "assessed": 1, "met": 2},
        ],
    )
    def test_contradictions_are_refused(self, counts: dict[str, int]) -> None:
        """Each group is among the one before it; the error carries all of them."""
        with pytest.raises(CountError, match="contradict one another") as caught:
            Outcomes(**counts)
        assert caught.value.data == counts

    def test_more_reasons_than_members_are_refused(self) -> None:
        """Nobody is missing for two reasons, whatever the reasons are called."""
        Outcomes(4, 3, met=1, reasons={"why": 1})
        with pytest.raises(CountError, match="2 have a reason for not being assessed, and only 1 were not") as caught:
            Outcomes(4, 3, met=1, reasons={"why": 2})
        assert caught.value.data["reasons"] == {"why": 2}
        assert caught.value.data["assessed"] == 3
        with pytest.raises(CountError, match="-1 is no number of those who have one reason"):
            Outcomes(4, 3, met=1, reasons={"deferred": 2, "abroad": -1})

    @given(review=reviews(), extra=st.integers(0, 1000))
    def test_the_bounds_hold_what_could_be(self, review: Outcomes, extra: int) -> None:
        """However many of those not assessed met, the share of those selected lies between the bounds."""
        bounds = review.bounds()
        if isinstance(bounds, Undefined):
            assert not review.selected
            return
        met = review.met + extra % (review.not_assessed + 1)
        assert Fraction(met, review.selected) in bounds
        assert bounds.high - bounds.low == Fraction(review.not_assessed, review.selected)
        share = review.share("met", of="assessed").share
        assert isinstance(share, Undefined) or share in bounds
        assert bounds.low - 1 not in bounds and bounds.high + 1 not in bounds


class TestTally:
    def test_counts_each_member_once(self) -> None:
        """Verdicts are judgements, or say that none was possible; texts say why there is none."""
        results = [Verdict.MET] * 5 + [Verdict.NOT_MET] * 2 + [Verdict.CANNOT_TELL, Verdict.DOES_NOT_APPLY]
        review = tally([*results, "awaiting", "awaiting", "deferred"], handed_in=["awaiting", "awaiting", "else"])
        assert review == Outcomes(
            *(12, 11),
            assessed=7,
            met=5,
            reasons={"awaiting": 2, "deferred": 1, "cannot tell": 1, "does not apply": 1},
        )

    def test_nobody(self) -> None:
        """An empty review is one."""
        assert tally([]) == Outcomes(0, 0, met=0)

    @pytest.mark.parametrize("wrong", [None, True, 1, ""])
    def test_what_says_nothing_is_refused(self, wrong: Any) -> None:
        """Neither a verdict nor a reason."""
        with pytest.raises(CountError, match="is neither a verdict nor a reason") as caught:
            tally([Verdict.MET, wrong])
        assert caught.value.data["result"] is wrong
