"""Acceptance plans."""

from __future__ import annotations

import pytest

from cpdrules.review import AcceptancePlan, smallest_plan
from cpdrules.review.sizes import SizeError


class TestAPlan:
    def test_vector_20(self) -> None:
        """The plan (125, 3), without end and of 1,001 with 20 among them."""
        plan = AcceptancePlan(125, 3)
        chances = [plan.chance_to_accept("1%"), plan.chance_to_accept("5%"), plan.chance_to_accept_of(20, 1001)]
        assert [round(float(chance), 6) for chance in chances] == [0.962551, 0.123785, 0.767316]

    @pytest.mark.parametrize(("good", "bad", "plan"), [("1%", "5%", (132, 3)), ("2%", "8%", (98, 4))])
    def test_the_smallest_is_found(self, good: str, bad: str, plan: tuple[int, int]) -> None:
        """Vector 20: risks of 5 % and 10 %."""
        found = smallest_plan(good, bad)
        assert (found.size, found.allowed) == plan

    def test_risks_may_be_others(self) -> None:
        """Larger risks need fewer reviews, and the risks are not exchanged."""
        assert smallest_plan("1%", "5%", refused_if_good="10%") != smallest_plan("1%", "5%", accepted_if_bad="5%")
        assert smallest_plan("1%", "5%", refused_if_good="20%", accepted_if_bad="20%").size < 132

    @pytest.mark.parametrize(("good", "bad"), [("5%", "5%"), ("5%", "1%"), ("10%", "10.5%")])
    def test_there_is_none_for_what_is_nearly_the_same(
        self, good: str, bad: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is refused after a bounded search."""
        monkeypatch.setattr("cpdrules.review.acceptance._MOST", 3)
        with pytest.raises(SizeError, match="No plan tells"):
            smallest_plan(good, bad)

    @pytest.mark.parametrize(("size", "allowed"), [(3, 3), (0, 0), (3, -1)])
    def test_that_accepts_everything_is_refused(self, size: int, allowed: int) -> None:
        """It would ask nothing."""
        with pytest.raises(SizeError):
            AcceptancePlan(size, allowed)
