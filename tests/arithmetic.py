"""An invented domain, to prove that the kernel knows none: its subjects are whole numbers.

A number that is not known is a range of numbers that it may be, or None where it may be any.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from cpdrules.amounts import Unit
from cpdrules.figures import Asked, Asker, Reader, Reading
from cpdrules.findings import Batch, Bounds, Entry, Finding, Left, Note, Reason, Where
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy, needed
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET

Subject: TypeAlias = "int | range | None"

DIVISOR = Unit("divisor", grain=2)


def possible(subject: Subject) -> range:
    """Give the numbers that a subject may be."""
    return range(subject, subject + 1) if isinstance(subject, int) else subject or range(0)


@frozen
class Divisors:
    """A measure: how many numbers divide the subject, from one number on."""

    since: int = 1

    @property
    def unit(self) -> Unit:
        """They are counted in halves, to have a grain."""
        return DIVISOR

    @property
    def where(self) -> Where:
        """What is counted: the divisors from a number on."""
        return () if self.since == 1 else (("since", (self.since,)),)

    def __str__(self) -> str:
        return "" if self.since == 1 else f"from {self.since}"

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting."""

        def read(case: Case, period: Period | None) -> Reading:
            numbers = possible(case.subject)
            if not numbers:
                return Reading(0, None, unsure=(Left(Reason("tag", "the number is not known"), Batch(0, ())),))
            counts = [self._of(number) for number in numbers]
            entries = tuple(Entry(str(number), 2, "", None) for number in counts[0]) if len(counts) == 1 else ()
            lengths = [2 * len(count) for count in counts]
            return Reading(min(lengths), max(lengths), (Batch(2 * len(entries), entries),) if entries else ())

        return read

    def _of(self, number: int) -> list[int]:
        return [one for one in range(self.since, number + 1) if number % one == 0]


@frozen
class Digits:
    """A target: so many for each digit of the subject."""

    each: int = 2

    def __str__(self) -> str:
        return f"{self.each} a digit"

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the counting of digits."""

        def ask(case: Case, period: Period | None) -> Asked:
            digits = [len(str(number)) * self.each * unit.grain for number in possible(case.subject)]
            if not digits:
                return Asked(Bounds(0, None), (Note("missing", "the number is not known"),))
            return Asked(Bounds(min(digits), max(digits)), (Note("because", "digits were counted"),))

        return ask


@frozen
class Multiple(Policy):
    """A condition: the subject is a multiple of a number."""

    of: int = 2

    def planned(self, plan: Plan) -> Judge:
        """Plan the division."""
        clause = self.clause(about=f"a multiple of {self.of}")

        def judge(case: Case, period: Period | None) -> Finding:
            answers = {number % self.of == 0 for number in possible(case.subject)}
            if len(answers) == 1:
                return Finding(clause, MET if answers.pop() else NOT_MET)
            return Finding(clause, CANNOT_TELL, notes=(Note("missing", "the number is not known"),))

        return judge


@frozen
class Year(Policy):
    """A condition on the period: it holds as many days as the subject says."""

    def planned(self, plan: Plan) -> Judge:
        """Plan the counting of days."""
        clause = self.clause()

        def judge(case: Case, period: Period | None) -> Finding:
            days = needed(period, clause).days
            return Finding(clause, MET if days in possible(case.subject) else NOT_MET, period=period)

        return judge


even, threefold = Multiple(2, ref="even"), Multiple(3, ref="threefold")
