"""A scheme: a policy together with how it reads records."""

from __future__ import annotations

from attrs import field, frozen

from cpdrules.cpd.activities import Axis
from cpdrules.cpd.tallies import Conventions, Straddling
from cpdrules.findings import Source
from cpdrules.policies import Judge, Plan, Policy, a_policy


@frozen
class Scheme(Policy):
    """A policy under conventions; see ``scheme``."""

    policy: Policy = field(validator=a_policy)
    conventions: Conventions

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy under its conventions; the scheme adds nothing of its own to a finding."""
        return self.policy.planned(plan.under(self.conventions))


def scheme(
    policy: Policy,
    *,
    axes: tuple[Axis, ...] = (),
    straddling: Straddling | None = None,
    ref: str = "",
    source: Source | None = None,
) -> Scheme:
    """State a policy together with the axes that it tells activities apart by, and what counts across a year's end.

    Raises:
        PolicyError: it is no clause, an axis is described twice, or ``straddling`` is no way to count.
    """
    return Scheme(policy, Conventions(axes, straddling), ref=ref, source=source)
