"""Words that ask for figures: at least so much of what a measure counts, or at most.

What can be measured, and which figures depend on a subject, come from a domain as a ``Measure`` and a ``Target``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from attrs import frozen

from cpdrules.amounts import Amount, Figure, Unit
from cpdrules.findings import Batch, Bounds, Finding, Left, Note, Source, Where
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET, Verdict


class Reading(NamedTuple):
    """What a measure found: the bounds in grains, and the entries they come from."""

    least: int
    most: int | None
    entries: tuple[Batch, ...] = ()
    unsure: tuple[Left, ...] = ()
    left_out: tuple[Left, ...] = ()


class Asked(NamedTuple):
    """The figure a target asks of a subject: its bounds in grains, and what a reader should know of it."""

    bounds: Bounds
    notes: tuple[Note, ...] = ()


#: A planned measure, and a planned target.
Reader: TypeAlias = Callable[[Case, "Period | None"], Reading]
Asker: TypeAlias = Callable[[Case, "Period | None"], Asked]


class Measure(Protocol):
    """What a clause can count: hours of one kind, entries, different categories."""

    @property
    def unit(self) -> Unit: ...
    @property
    def where(self) -> Where: ...
    def __str__(self) -> str: ...
    def planned(self, plan: Plan) -> Reader:
        """Plan the measure into a function that reads a case."""
        ...


@runtime_checkable
class Target(Protocol):
    """A figure that depends on the subject: pro rata, by agreement, a share of something else."""

    def __str__(self) -> str: ...
    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the target into a function that says what it asks, in grains of the unit."""
        ...


@frozen
class _Figure(Policy):
    figure: Amount | Target
    measure: Measure

    def holds(self, required: Bounds, reading: Reading) -> Verdict:
        """Compare what was counted with what is required, in the worst case and in the best."""
        raise NotImplementedError

    def planned(self, plan: Plan) -> Judge:
        """Plan the measure and, where it depends on the subject, the figure."""
        clause = self.clause(about=str(self.measure), unit=self.measure.unit, where=self.measure.where)
        read, holds = self.measure.planned(plan), self.holds
        if isinstance(self.figure, Amount):
            fixed = Bounds(self.figure.grains, self.figure.grains)

            def judge(case: Case, period: Period | None) -> Finding:
                reading = read(case, period)
                least, most, entries, unsure, left_out = reading
                return Finding(
                    clause, holds(fixed, reading), (), fixed, Bounds(least, most), entries, unsure, left_out, (), period
                )

            return judge
        ask = self.figure.planned(plan, self.measure.unit)

        def judge_asking(case: Case, period: Period | None) -> Finding:
            required, notes = ask(case, period)
            reading = read(case, period)
            least, most, entries, unsure, left_out = reading
            verdict = holds(required, reading)
            return Finding(
                clause, verdict, (), required, Bounds(least, most), entries, unsure, left_out, notes, period
            )

        return judge_asking


@frozen
class AtLeast(_Figure):
    """A floor; see ``at_least``."""

    def holds(self, required: Bounds, reading: Reading) -> Verdict:
        """Met if even the least that counts reaches the figure; not met if even the most falls short."""
        if required.most is not None and reading.least >= required.most:
            return MET
        return NOT_MET if reading.most is not None and reading.most < required.least else CANNOT_TELL


@frozen
class AtMost(_Figure):
    """A prohibition; see ``at_most``."""

    def holds(self, required: Bounds, reading: Reading) -> Verdict:
        """Met if even the most that counts stays within the figure; not met if even the least exceeds it."""
        if reading.most is not None and reading.most <= required.least:
            return MET
        return NOT_MET if required.most is not None and reading.least > required.most else CANNOT_TELL


def at_least(figure: Figure | Target, measure: Measure, *, ref: str = "", source: Source | None = None) -> AtLeast:
    """Ask for at least a figure of what a measure counts.

    A plain figure is read in the measure's unit; a target works it out for each subject.

    Raises:
        AmountError: the figure is no amount of the measure's unit.
    """
    return AtLeast(_figure(figure, measure.unit), measure, ref=ref, source=source)


def at_most(figure: Figure | Target, measure: Measure, *, ref: str = "", source: Source | None = None) -> AtMost:
    """Forbid more than a figure of what a measure counts.

    This can fail. Where a text says that no more than so much *counts*, cap the measure instead.

    Raises:
        AmountError: the figure is no amount of the measure's unit.
    """
    return AtMost(_figure(figure, measure.unit), measure, ref=ref, source=source)


def _figure(figure: Figure | Target, unit: Unit) -> Amount | Target:
    return figure if hasattr(figure, "planned") else Amount.of(figure, unit)  # type: ignore[return-value, arg-type]
