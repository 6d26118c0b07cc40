"""Words that look at another stretch of time than the period assessed."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, evolve, field, frozen

from cpdrules.errors import PeriodError, PolicyError, shown
from cpdrules.findings import Finding, Source
from cpdrules.periods import Length, Period, cycles, ending
from cpdrules.policies import Case, Judge, Plan, Policy, a_policy, needed, word_of
from cpdrules.verdicts import all_met


def _a_length(holder: Policy, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, Length):
        raise PolicyError(
            f"{word_of(holder)} looks at a length of time, and {shown(value)} is none",
            remedy="Write for example years(3)",
            word=word_of(holder),
            length=value,
        )


@frozen
class Over(Policy):
    """A policy over another window than the period assessed; see ``over``."""

    length: Length = field(validator=_a_length)
    policy: Policy = field(validator=a_policy)

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy; the window follows the period."""
        clause, judged = (
            self.clause(about=f"over the {self.length} up to the end of the period"),
            self.policy.planned(plan),
        )

        def judge(case: Case, period: Period | None) -> Finding:
            window = ending(needed(period, clause).last, self.length)
            part = judged(case, window)
            return Finding(clause, part.verdict, (part,), period=window)

        return judge


def over(length: Length, policy: Policy, *, ref: str = "", source: Source | None = None) -> Over:
    """Assess a policy over the window of a length that ends with the period: 90 hours in three years, say.

    Raises:
        PolicyError: the length is no length of time, or the policy no clause.
    """
    return Over(length, policy, ref=ref, source=source)


@frozen
class Each(Policy):
    """A policy for each stretch of the period; see ``each``."""

    length: Length = field(validator=_a_length)
    policy: Policy = field(validator=a_policy)

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy once; the stretches follow the period."""
        every = str(self.length).removeprefix("1 ")
        clause, judged = self.clause(about=f"in every {every}"), self.policy.planned(plan)

        def judge(case: Case, period: Period | None) -> Finding:
            whole = needed(period, clause)
            stretches = _stretches(whole, self.length)
            parts = tuple(_numbered(judged(case, stretch), number) for number, stretch in enumerate(stretches, 1))
            return Finding(clause, all_met([part.verdict for part in parts]), parts, period=whole)

        return judge


def each(length: Length, policy: Policy, *, ref: str = "", source: Source | None = None) -> Each:
    """Ask for a policy in each stretch of the period, counted from its first day: 20 hours in every year of a cycle.

    The clauses of stretch 2 are told apart in findings as ``ref[2]``. The period assessed must be so many stretches,
    whole: a finding says nothing of days beyond it.

    Raises:
        PolicyError: the length is no length of time, or the policy no clause.
    """
    return Each(length, policy, ref=ref, source=source)


def _stretches(period: Period, length: Length) -> tuple[Period, ...]:
    stretches = cycles(period.first, length, until=period.last)
    if stretches[-1].last != period.last:
        raise PeriodError(
            f"{period} cannot be divided into stretches of {length}",
            why="The last stretch would reach beyond it, and count what lies outside",
            remedy="Assess over a period of whole stretches",
            period=period,
            length=length,
        )
    return stretches


def _numbered(finding: Finding, number: int) -> Finding:
    ref = finding.clause.ref
    return evolve(
        finding,
        clause=evolve(finding.clause, ref=f"{ref}[{number}]") if ref else finding.clause,
        parts=tuple(_numbered(part, number) for part in finding.parts),
    )
