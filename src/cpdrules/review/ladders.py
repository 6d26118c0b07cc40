"""Ladders: what may follow when a member who was asked does not reply, step by step, as data.

A step says how long after the one before it may be taken, and what must hold. A ladder only tells how far it has been
climbed and which step may come next: "may be referred" is the strongest thing it says, and any reply ends it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.errors import PeriodError, PolicyError, RecordError, shown
from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.review.returns import Event, Happened, Return, State
from cpdrules.verdicts import Verdict, all_met

#: Which days count as working days: the caller's calendar.
WorkingDays: TypeAlias = Callable[[date], bool]

_DAY = timedelta(days=1)

#: How a step of each kind is spoken of when it may be taken. None of them says that anything has been done.
_MAY = {"notice": "may be sent", "consequence": "may follow", "power": "may be referred"}


@frozen
class Step:
    """One step of a ladder.

    Raises:
        PolicyError: it has no name, or the number of days is negative or not whole.
    """

    ref: str
    #: In words: "a second written request", "removal from the register".
    says: str
    #: How many days after the step before, or after the missed deadline, it may be taken; None: the text does not say.
    after: int | None = None
    #: A ``power`` is what somebody else may decide; it is only ever referred to them.
    kind: Literal["notice", "consequence", "power"] = field(default="notice", kw_only=True)
    #: Whether its days are working days.
    working_days: bool = field(default=False, kw_only=True)
    #: The facts that must hold, by name.
    needs: tuple[str, ...] = field(default=(), kw_only=True)
    #: From which missed deadlines on there is such a step at all.
    since: date | None = field(default=None, kw_only=True)
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.ref or not (self.after is None or (type(self.after) is int and self.after >= 0)):
            raise PolicyError(
                f"A step needs a name and a number of days that is not negative, not {shown(self.after)}",
                remedy="Leave the days out where the text does not state them",
                step=self,
            )


@frozen
class Ladder:
    """The steps that a text allows, in their order.

    Raises:
        PolicyError: it has no steps, or two with one name.
    """

    name: str
    steps: tuple[Step, ...]
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        twice = sorted(ref for ref, times in Counter(step.ref for step in self.steps).items() if times > 1)
        if twice or not self.steps:
            raise PolicyError(
                f"The ladder of {self.name} has {f'two steps {twice[0]!r}' if twice else 'no steps'}",
                why="Steps that were taken are told by their names",
                remedy="Give each step a name of its own",
                ladder=self.name,
                refs=tuple(twice),
            )


@frozen
class Standing:
    """How far up a ladder a return is, and what may come next."""

    ladder: Ladder
    #: The return as it stood on the day that was asked about.
    returned: Return
    on: date
    taken: tuple[Happened, ...]
    #: Steps that were passed over, by name.
    skipped: tuple[str, ...]
    #: None where the ladder has ended or was never begun.
    step: Step | None
    #: Met: the step may be taken. Does not apply: there is none.
    verdict: Verdict
    #: The first day on which the step may be taken, as far as days decide; None where that is not known.
    earliest: date | None
    #: Why the step may not be taken, or what is missing to tell.
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        head = f"{self.returned.id}, {as_date(self.on)}"
        if self.step is None:
            return f"{head}: no step may follow: {'; '.join(self.reasons)}"
        text = f"{self.step.says}{f' [{self.step.source}]' if self.step.source else ''}"
        may = _MAY[self.step.kind]
        if self.verdict is Verdict.MET:
            return f"{head}: {may}: {text}"
        said = f"cannot tell whether it {may}" if self.verdict is Verdict.CANNOT_TELL else may.replace("may", "may not")
        return f"{head}: {said}: {text}: {'; '.join(self.reasons)}"


def standing(
    ladder: Ladder,
    returned: Return,
    *,
    on: date,
    facts: Mapping[str, bool | None] | None = None,
    working_days: WorkingDays | None = None,
) -> Standing:
    """Tell how far up a ladder a return is on a day, and whether the next step may be taken.

    ``facts`` are those that steps need (``registered``, ``professionally_active`` ...); one that is not given is not
    known. A reply of any kind ends the ladder; a deadline missed anew begins it anew.

    Raises:
        RecordError: a step was recorded that the ladder does not have.
    """
    known = returned.on(on)
    if known.state is not State.NON_RESPONDER:
        why = f"the return is {known.state.value}"
        return Standing(ladder, known, on, (), (), None, Verdict.DOES_NOT_APPLY, None, (why,))
    begun = max(number for number, happened in enumerate(known.history) if happened.event is Event.MISS)
    missed, taken = known.history[begun], known.history[begun + 1 :]
    places = [_place(ladder, happened, known) for happened in taken]
    reached = max(places, default=-1) + 1
    skipped = tuple(step.ref for number, step in enumerate(ladder.steps[:reached]) if number not in places)
    if reached == len(ladder.steps):
        why = "its last step was taken"
        return Standing(ladder, known, on, taken, skipped, None, Verdict.DOES_NOT_APPLY, None, (why,))
    step = ladder.steps[reached]
    earliest = _earliest(step, known.history[-1].on, working_days)
    asked = (_in_force(step, missed.on), _waited(step, earliest, on), *_facts(step, facts or {}))
    verdict = all_met([verdict for verdict, _ in asked])
    reasons = tuple(why for one, why in asked if one is not Verdict.MET and one is verdict)
    return Standing(ladder, known, on, taken, skipped, step, verdict, earliest, reasons)


def _place(ladder: Ladder, happened: Happened, returned: Return) -> int:
    refs = [step.ref for step in ladder.steps]
    if happened.detail not in refs:
        raise RecordError(
            f"The ladder of {ladder.name} has no step {shown(happened.detail)}, recorded of {returned.id}",
            why=f"It has {', '.join(refs)}",
            remedy="Record a step by its name",
            id=returned.id,
            step=happened.detail,
            known=tuple(refs),
        )
    return refs.index(happened.detail)


def _in_force(step: Step, missed: date) -> tuple[Verdict, str]:
    if step.since is None or step.since <= missed:
        return Verdict.MET, ""
    return Verdict.NOT_MET, f"only for deadlines missed from {as_date(step.since)}, and this was {as_date(missed)}"


def _earliest(step: Step, before: date, working_days: WorkingDays | None) -> date | None:
    if step.after is None or (step.working_days and working_days is None):
        return None
    return days_after(before, step.after, working_days if step.working_days else None)


def _waited(step: Step, earliest: date | None, on: date) -> tuple[Verdict, str]:
    if earliest is None:
        return Verdict.CANNOT_TELL, (
            "the text does not say how many days must pass" if step.after is None else "working days are not given"
        )
    return (Verdict.MET, "") if earliest <= on else (Verdict.NOT_MET, f"not before {as_date(earliest)}")


def _facts(step: Step, facts: Mapping[str, bool | None]) -> tuple[tuple[Verdict, str], ...]:
    said = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.CANNOT_TELL}
    words = {True: "", False: "not {}", None: "whether {} is not known"}
    return tuple((said[facts.get(name)], words[facts.get(name)].format(name.replace("_", " "))) for name in step.needs)


def days_after(day: date, number: int, working_days: WorkingDays | None = None) -> date:
    """Give the day that lies so many days, or working days, after another.

    >>> days_after(date(2017, 3, 3), 1, lambda day: day.weekday() < 5)
    datetime.date(2017, 3, 6)

    Raises:
        PeriodError: that day lies outside the calendar.
    """
    try:
        if working_days is None:
            return day + timedelta(days=number)
        while number:
            day += _DAY
            number -= bool(working_days(day))
    except OverflowError:
        raise PeriodError(
            f"{number} days after {as_date(day)} lie outside the calendar",
            why="There are too many of them, or no day is a working day",
            remedy="Correct the number or the rule of working days",
            day=day,
            number=number,
        ) from None
    return day
