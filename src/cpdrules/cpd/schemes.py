"""A scheme: a policy together with how it reads records."""

from __future__ import annotations

from attrs import field, frozen

from cpdrules.cpd.activities import Axis
from cpdrules.cpd.members import Fact
from cpdrules.cpd.tallies import Conventions, Straddling
from cpdrules.findings import Finding, Source
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy, a_policy


@frozen
class Scheme(Policy):
    """A policy under conventions; see ``scheme``."""

    policy: Policy = field(validator=a_policy)
    conventions: Conventions

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy under its conventions; the scheme adds nothing of its own to a finding."""
        judged = self.policy.planned(plan.under(self.conventions))
        if not self.conventions.once:
            return judged

        def judge(case: Case, period: Period | None) -> Finding:
            before = case.assessed_over(period)
            finding = judged(case, period)
            case.assessed_over(before)
            return finding

        return judge


def scheme(
    policy: Policy,
    *,
    axes: tuple[Axis, ...] = (),
    straddling: Straddling | None = None,
    facts: tuple[Fact, ...] = (),
    once: str | tuple[str, ...] = (),
    while_member: bool = False,
    ref: str = "",
    source: Source | None = None,
) -> Scheme:
    """State a policy together with the axes that it tells activities apart by, and how it reads records.

    ``straddling`` says what counts of an activity across the edge of a period, ``facts`` what silence about a member
    means. ``once`` names axes whose tags say what an activity repeats (the same talk, the same course): of repeats in
    the period assessed only the largest counts. ``while_member`` leaves out what was done before joining or after
    leaving.

    Raises:
        PolicyError: it is no clause, an axis or a fact is described twice, or ``straddling`` is no way to count.
    """
    several = (once,) if isinstance(once, str) else once
    return Scheme(policy, Conventions(axes, straddling, facts, several, while_member), ref=ref, source=source)
