"""Words that look at another stretch of time than the period assessed."""

from __future__ import annotations

from attrs import evolve, frozen

from cpdrules.findings import Finding, Source
from cpdrules.periods import Length, Period, cycles, ending
from cpdrules.policies import Case, Judge, Plan, Policy, needed
from cpdrules.verdicts import all_met


@frozen
class Over(Policy):
    """A policy over another window than the period assessed; see ``over``."""

    length: Length
    policy: Policy

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy; the window follows the period."""
        clause, judged = self.clause(about=f"over the {self.length} that end with the period"), self.policy.planned(plan)

        def judge(case: Case, period: Period | None) -> Finding:
            window = ending(needed(period, clause).last, self.length)
            part = judged(case, window)
            return Finding(clause, part.verdict, (part,), period=window)

        return judge


def over(length: Length, policy: Policy, *, ref: str = "", source: Source | None = None) -> Over:
    """Assess a policy over the window of a length that ends with the period: 90 hours in three years, say."""
    return Over(length, policy, ref=ref, source=source)


@frozen
class Each(Policy):
    """A policy for each stretch of the period; see ``each``."""

    length: Length
    policy: Policy

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy once; the stretches follow the period."""
        clause, judged = self.clause(about=f"in each {self.length}"), self.policy.planned(plan)

        def judge(case: Case, period: Period | None) -> Finding:
            whole = needed(period, clause)
            stretches = cycles(whole.first, self.length, until=whole.last)
            parts = tuple(_numbered(judged(case, stretch), number) for number, stretch in enumerate(stretches, 1))
            return Finding(clause, all_met([part.verdict for part in parts]), parts)

        return judge


def each(length: Length, policy: Policy, *, ref: str = "", source: Source | None = None) -> Each:
    """Ask for a policy in each stretch of the period, counted from its first day: 20 hours in every year of a cycle.

    The clauses of stretch 2 are told apart in findings as ``ref[2]``.
    """
    return Each(length, policy, ref=ref, source=source)


def _numbered(finding: Finding, number: int) -> Finding:
    ref = finding.clause.ref
    return evolve(
        finding,
        clause=evolve(finding.clause, ref=f"{ref}[{number}]") if ref else finding.clause,
        parts=tuple(_numbered(part, number) for part in finding.parts),
    )
