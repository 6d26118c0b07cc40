"""Acceptance plans: review so many, and let the year pass if no more than so many fall short.

They answer for a whole (the returns of a branch, the work of an assessor), never for a member. Chances are exact.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from cpdrules.review.sizes import (
    Exact,
    SizeError,
    chance_of_finding_at_most,
    chance_of_finding_at_most_by_share,
    share,
    size_to_find_share,
    whole,
)

#: No plan that allows more than this is looked for.
_MOST = 200


@frozen
class AcceptancePlan:
    """Review ``size``; accept if no more than ``allowed`` fall short.

    >>> plan = AcceptancePlan(125, 3)
    >>> round(float(plan.chance_to_accept("1%")), 6), round(float(plan.chance_to_accept("5%")), 6)
    (0.962551, 0.123785)

    Raises:
        SizeError: a number is not whole, or as many are allowed as are reviewed.
    """

    size: int
    allowed: int

    def __attrs_post_init__(self) -> None:
        whole(self.size, "size", least=1)
        if whole(self.allowed, "number allowed") >= self.size:
            raise SizeError(
                f"A plan that allows {self.allowed} of {self.size} accepts everything",
                remedy="Allow fewer than are reviewed",
                plan=self,
            )

    def chance_to_accept(self, proportion: Exact) -> Fraction:
        """Give the chance to accept where such a proportion falls short, of a population without end.

        Raises:
            SizeError: the proportion is not exact, or not between 0 and 1.
        """
        return chance_of_finding_at_most_by_share(self.allowed, self.size, proportion=proportion)

    def chance_to_accept_of(self, among: int, population: int) -> Fraction:
        """Give the chance to accept where ``among`` of a population fall short.

        Raises:
            SizeError: the plan reviews more than there are, or a number is not whole.
        """
        return chance_of_finding_at_most(self.allowed, self.size, among=among, population=population)


def smallest_plan(
    good: Exact, bad: Exact, *, refused_if_good: Exact = "5%", accepted_if_bad: Exact = "10%"
) -> AcceptancePlan:
    """Give the plan with the fewest reviews that mostly accepts what is good and mostly refuses what is bad.

    ``good`` and ``bad`` are proportions that fall short; the other two are the risks to be wrong about either.

    >>> smallest_plan("1%", "5%")
    AcceptancePlan(size=132, allowed=3)

    Raises:
        SizeError: bad is not above good, or both are too near to be told apart.
    """
    if share(bad, "proportion") > share(good, "proportion"):
        least = 1 - share(refused_if_good, "risk")
        for allowed in range(_MOST):
            size = size_to_find_share(bad, confidence=1 - share(accepted_if_bad, "risk"), allowed=allowed)
            plan = AcceptancePlan(size, allowed)
            if plan.chance_to_accept(good) >= least:
                return plan
    raise SizeError(
        "No plan tells the two proportions apart",
        why=f"None that allows fewer than {_MOST} was enough",
        remedy="Let the bad proportion be well above the good one",
        good=good,
        bad=bad,
    )
