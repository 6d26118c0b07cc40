"""Words that ask for figures: at least so much of what a measure counts, or at most.

What can be measured, and which figures depend on a subject, come from a domain as a ``Measure`` and a ``Target``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from attrs import evolve, frozen

from cpdrules.amounts import Amount, Figure, Unit, grains_in
from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Batch, Bounds, Clause, Finding, Left, Note, Owed, Room, Source, Where
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Verdict


class Reading(NamedTuple):
    """What a measure found: the bounds in grains, and the entries they come from."""

    least: int
    most: int | None
    entries: tuple[Batch, ...] = ()
    unsure: tuple[Left, ...] = ()
    left_out: tuple[Left, ...] = ()
    #: What caps leave of the room below them.
    rooms: tuple[Room, ...] = ()
    notes: tuple[Note, ...] = ()
    #: How much of what is done next does not count.
    owed: Owed | None = None


class Asked(NamedTuple):
    """The figure a target asks of a subject: its bounds in grains, and what a reader should know of it."""

    bounds: Bounds
    notes: tuple[Note, ...] = ()


#: A planned measure, and a planned target.
Reader: TypeAlias = Callable[[Case, "Period | None"], Reading]
Asker: TypeAlias = Callable[[Case, "Period | None"], Asked]


@runtime_checkable
class Measure(Protocol):
    """What a clause can count: hours of one kind, entries, different categories."""

    @property
    def unit(self) -> Unit:
        """What it counts in."""
        ...

    @property
    def where(self) -> Where:
        """Which entries it speaks of."""
        ...

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


def asker(figure: Amount | Target, unit: Unit, plan: Plan) -> Asker:
    """Plan a figure: the same for everyone, or worked out for each subject."""
    if not isinstance(figure, Amount):
        return figure.planned(plan, unit)
    grains = grains_in(figure, unit)
    asked = Asked(Bounds(grains, grains))
    return lambda case, period: asked


def fixed_at(grains: int, because: str = "") -> Asked:
    """Ask for so many grains, for certain, and say why."""
    return Asked(Bounds(grains, grains), (Note("because", because),) if because else ())


@frozen
class _Figure(Policy):
    figure: Amount | Target
    measure: Measure

    def holds(self, required: Bounds, least: int, most: int | None) -> Verdict:
        """Compare what was counted with what is required, in the worst case and in the best."""
        raise NotImplementedError

    def planned(self, plan: Plan) -> Judge:
        """Plan the measure and, where it depends on the subject, the figure."""
        clause = _counting(self, self.measure)
        read, holds = self.measure.planned(plan), self.holds
        if isinstance(self.figure, Amount):
            clause = evolve(clause, figure=self.figure)
            grains = grains_in(self.figure, self.measure.unit)
            return _judge_of(clause, read, holds, Bounds(grains, grains))
        ask = asker(self.figure, self.measure.unit, plan)
        grows = getattr(self.figure, "grows", None)
        clause = evolve(clause, grows=grows, step=getattr(self.figure, "step", 0) if grows else 0)

        def judge(case: Case, period: Period | None) -> Finding:
            required, notes = ask(case, period)
            finding = _judge_of(clause, read, holds, required)(case, period)
            return evolve(finding, notes=(*notes, *finding.notes)) if notes else finding

        return judge


def _counting(policy: Policy, measure: Measure) -> Clause:
    """Give what a finding needs to know of a clause that counts."""
    clause = policy.clause(about=str(measure), unit=measure.unit, where=measure.where)
    return evolve(clause, recorded=True) if getattr(measure, "recorded", False) else clause


def _judge_of(
    clause: Clause, read: Reader, holds: Callable[[Bounds, int, int | None], Verdict], required: Bounds
) -> Judge:
    """Plan a clause that asks for a figure: most ask the same of everyone, and so nothing is worked out twice."""

    def judge(case: Case, period: Period | None) -> Finding:
        least, most, entries, unsure, left_out, rooms, notes, owed = read(case, period)
        verdict, counted = holds(required, least, most), _new(Bounds, (least, most))
        return Finding(
            clause, verdict, (), required, counted, entries, unsure, left_out, notes, period, None, rooms, owed
        )

    return judge


#: Makes a named tuple without the detour over its own ``__new__``.
_new = tuple.__new__


@frozen
class AtLeast(_Figure):
    """A floor; see ``at_least``."""

    def holds(self, required: Bounds, least: int, most: int | None) -> Verdict:
        """Met if even the least that counts reaches the figure; not met if even the most falls short."""
        if required.most is not None and least >= required.most:
            return MET
        return NOT_MET if most is not None and most < required.least else CANNOT_TELL


@frozen
class AtMost(_Figure):
    """A prohibition; see ``at_most``."""

    def holds(self, required: Bounds, least: int, most: int | None) -> Verdict:
        """Met if even the most that counts stays within the figure; not met if even the least exceeds it."""
        if most is not None and most <= required.least:
            return MET
        return NOT_MET if required.most is not None and least > required.most else CANNOT_TELL


def at_least(figure: Figure | Target, measure: Measure, *, ref: str = "", source: Source | None = None) -> AtLeast:
    """Ask for at least a figure of what a measure counts.

    A plain figure is read in the measure's unit; a target works it out for each subject.

    Raises:
        AmountError: the figure is no amount.
        UnitError: it is an amount of another unit than the measure's.
        PolicyError: the measure is nothing that can be counted, or the figure is a measure.
    """
    return AtLeast(_figure(figure, measure), measure, ref=ref, source=source)


def at_most(figure: Figure | Target, measure: Measure, *, ref: str = "", source: Source | None = None) -> AtMost:
    """Forbid more than a figure of what a measure counts.

    This can fail. Where a text says that no more than so much *counts*, cap the measure instead.

    Raises:
        AmountError: the figure is no amount.
        UnitError: it is an amount of another unit than the measure's.
        PolicyError: the measure is nothing that can be counted, or the figure is a measure.
    """
    return AtMost(_figure(figure, measure), measure, ref=ref, source=source)


@frozen
class Reported(Policy):
    """A count that asks for nothing; see ``reported``."""

    measure: Measure

    def planned(self, plan: Plan) -> Judge:
        """Plan the measure."""
        clause = _counting(self, self.measure)
        read = self.measure.planned(plan)

        def judge(case: Case, period: Period | None) -> Finding:
            least, most, entries, unsure, left_out, rooms, notes, _ = read(case, period)
            counted = Bounds(least, most)
            return Finding(
                clause, DOES_NOT_APPLY, (), None, counted, entries, unsure, left_out, notes, period, None, rooms
            )

        return judge

    def asks(self) -> bool:
        """Whether it can ever be met or not met: never."""
        return False


def reported(measure: Measure, *, ref: str = "", source: Source | None = None) -> Reported:
    """Count a measure and ask for nothing: a total to be shown where a route asks for something else.

    Raises:
        PolicyError: it is nothing that can be counted.
    """
    _figure(0, measure)
    return Reported(measure, ref=ref, source=source)


def _figure(figure: Figure | Target, measure: Measure) -> Amount | Target:
    """Read a figure in the unit of a measure, and refuse what is neither."""
    counted: object = measure
    if isinstance(counted, type) or not isinstance(counted, Measure) or isinstance(figure, (Measure, Policy)):
        raise PolicyError(
            f"A clause asks for a figure of a measure, not for {shown(figure)} of {shown(measure)}",
            why="Something must say what is counted, and something how much of it",
            remedy="Write the figure first, and the measure with its brackets: at_least(30, hours())",
            figure=figure,
            measure=measure,
        )
    return figure if isinstance(figure, Target) else Amount.of(figure, measure.unit)
