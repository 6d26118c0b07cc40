"""Words that look at another stretch of time than the period assessed."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, get_args

from attrs import Attribute, evolve, field, frozen, validators

from cpdrules.errors import PeriodError, PolicyError, shown
from cpdrules.findings import Finding, Source
from cpdrules.periods import Length, Period, ending, preceding, starting, stretches
from cpdrules.policies import Case, Judge, Plan, Policy, Telling, a_policy, needed, word_of
from cpdrules.verdicts import all_met, enough_met


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


#: How the stretches of ``each`` are told apart: 1, 2, 3; or by the years they touch, 2018-2019.
Named: TypeAlias = Literal["by_number", "by_year"]


@frozen
class Each(Policy):
    """A policy for each stretch of the period; see ``each``."""

    length: Length = field(validator=_a_length)
    policy: Policy = field(validator=a_policy)
    every: Length | None = field(default=None, kw_only=True, validator=validators.optional(_a_length))
    reaching_back: Length | None = field(default=None, kw_only=True, validator=validators.optional(_a_length))
    named: Named = field(default="by_number", kw_only=True)
    #: In how many of the stretches it must be met; None for all.
    at_least: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.at_least is not None and (type(self.at_least) is not int or self.at_least < 1):
            raise PolicyError(
                f"{shown(self.at_least)} does not say in how many stretches the policy must be met",
                remedy="Give a whole number, or leave it out where it must be met in all",
                at_least=self.at_least,
            )
        if self.named not in get_args(Named):
            raise PolicyError(
                f"{shown(self.named)} does not say how stretches are told apart",
                remedy=f"Say {' or '.join(get_args(Named))}",
                named=self.named,
            )
        step = self.every or self.length
        if self.named == "by_year" and step.years * 12 + step.months < 12:
            raise PolicyError(
                f"Stretches that begin every {str(step).removeprefix('1 ')} are not told apart by their years",
                remedy="Tell them apart by_number",
                named=self.named,
                every=step,
            )

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy once; the stretches follow the period."""
        count = self.at_least
        within = plan if count is None else plan.under(Telling(apart=True))
        clause, judged = evolve(self.clause(about=str(self)), count=count), self.policy.planned(within)

        def judge(case: Case, period: Period | None) -> Finding:
            whole = needed(period, clause)
            parts = tuple(
                _numbered(judged(case, stretch), number if self.named == "by_number" else _years(stretch))
                for number, stretch in enumerate(self.stretches(whole), 1)
            )
            verdicts = [part.verdict for part in parts]
            verdict = all_met(verdicts) if count is None else enough_met(count, verdicts)
            return Finding(clause, verdict, parts, period=whole)

        return judge

    def stretches(self, period: Period) -> tuple[Period, ...]:
        """Give the stretches of a period.

        Raises:
            PeriodError: the last of them reaches beyond the period.
        """
        first = period.first if self.reaching_back is None else self.reaching_back.before(period.first)
        begins = [one.first for one in stretches(Period(first, period.last), self.every or self.length)]
        found = [starting(day, self.length) for day in begins]
        while self.every is not None and len(found) > 1 and found[-1].last > period.last:
            found.pop()  # of those that overlap, the last few reach beyond
        if found[-1].last != period.last:
            raise PeriodError(
                f"{period} cannot be divided into stretches of {self.length}",
                why="The last stretch would reach beyond it, and count what lies outside",
                remedy="Assess over a period of whole stretches",
                period=period,
                length=self.length,
            )
        return tuple(found)

    def __str__(self) -> str:
        length = str(self.length)
        about = f"in every {length.removeprefix('1 ')}"
        if self.every is not None:
            about = f"in any {length}, counted every {str(self.every).removeprefix('1 ')}"
        if self.reaching_back is not None:
            about = f"{about}, from {self.reaching_back} before"
        return about if self.at_least is None else f"{about}, {self.at_least} of these are enough"


def each(
    length: Length,
    policy: Policy,
    *,
    every: Length | None = None,
    reaching_back: Length | None = None,
    named: Named = "by_number",
    at_least: int | None = None,
    ref: str = "",
    source: Source | None = None,
) -> Each:
    """Ask for a policy in each stretch of the period, counted from its first day: 20 hours in every year of a cycle.

    With ``every``, a stretch begins so often, and they overlap; with ``reaching_back``, the first begins so long before
    the period: ``each(years(2), ..., every=years(1), reaching_back=years(1))`` asks in any two years that follow one
    another, the last of the cycle before included.
    The clauses of stretch 2 are told apart in findings as ``ref[2]``, or ``by_year`` as ``ref[2018-2019]``. The period
    assessed must be so many stretches, whole: a finding says nothing of days beyond it. ``at_least=3`` asks in three of
    them, whichever; among those in which anything is asked, or all of these where they are fewer.

    Raises:
        PolicyError: the length is no length of time, or the policy no clause; or several stretches would have the name
            of one year; or the number of stretches is no whole number from 1.
    """
    return Each(
        length,
        policy,
        every=every,
        reaching_back=reaching_back,
        named=named,
        at_least=at_least,
        ref=ref,
        source=source,
    )


#: No policy looks further back.
MOST_PERIODS_BACK = 100


@frozen
class Before(Policy):
    """A policy over the period before; see ``before``."""

    policy: Policy = field(validator=a_policy)
    periods: int = 1

    def __attrs_post_init__(self) -> None:
        if type(self.periods) is not int or not 1 <= self.periods <= MOST_PERIODS_BACK:
            raise PolicyError(
                f"{shown(self.periods)} does not say how many periods before",
                remedy=f"Give a whole number from 1 to {MOST_PERIODS_BACK}",
                periods=self.periods,
            )

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy; the period before is as long as the one assessed."""
        about = "in the period before" if self.periods == 1 else f"{self.periods} periods before"
        clause, judged = self.clause(about=about), self.policy.planned(plan)

        def judge(case: Case, period: Period | None) -> Finding:
            earlier = preceding(needed(period, clause), self.periods)
            assessed = case.assessed_over(earlier)
            part = judged(case, earlier)
            case.assessed_over(assessed)
            return Finding(clause, part.verdict, (part,), period=earlier)

        return judge


def before(policy: Policy, *, periods: int = 1, ref: str = "", source: Source | None = None) -> Before:
    """Assess a policy over the period before, of the same length: mostly a condition, such as having met it last year.

    It comes to what it would have come to then; ``periods=2`` looks at the period before that one.

    Raises:
        PolicyError: the policy is no clause, or the number of periods no whole number from 1.
    """
    return Before(policy, periods, ref=ref, source=source)


def _years(stretch: Period) -> str:
    first, last = stretch.first.year, stretch.last.year
    return str(first) if first == last else f"{first}-{last}"


def _numbered(finding: Finding, name: object) -> Finding:
    ref = finding.clause.ref
    return evolve(
        finding,
        clause=evolve(finding.clause, ref=f"{ref}[{name}]") if ref else finding.clause,
        parts=tuple(_numbered(part, name) for part in finding.parts),
    )
