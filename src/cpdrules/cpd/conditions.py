"""Conditions on members: circumstances by date, grades, registrations, agreements, other facts.

A condition is a policy like any other, so the same words join it: ``none_of(registered())``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.members import Agreement, Member, Record
from cpdrules.cpd.tallies import NO_CONVENTIONS
from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.findings import Finding, Note, Source, Tag
from cpdrules.periods import Length, Period, as_date, joined, without, year
from cpdrules.policies import Case, Judge, Plan, Policy, needed
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET, Verdict

#: When something must hold: on any day of the period, on all, on its first or last, or on a day of the calendar.
On: TypeAlias = "Literal['any_day', 'every_day', 'first_day', 'last_day'] | date"


@frozen
class Timing:
    """How the days on which something holds must lie to the period assessed."""

    on: On = "any_day"
    #: The stretch that touches the period must be longer than this; it may begin before the period and end after it.
    longer_than: Length | None = None
    #: The stretch that touches the period must be at least this long.
    lasting: Length | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.on) is not date and self.on not in _WHEN:
            raise PolicyError(
                f"{shown(self.on)} does not say when a circumstance must hold",
                remedy="Say any_day, every_day, first_day, last_day, or give a date",
                on=self.on,
            )

    def met_by(self, spans: tuple[Period, ...], period: Period) -> bool:
        """Tell whether stretches, in order and apart, lie so to the period."""
        long_enough = [span for span in spans if self.long_enough(span)]
        if self.on == "any_day":
            return any(span.overlap(period) for span in long_enough)
        if self.on == "every_day":
            return any(span.overlap(period) == period for span in long_enough)
        day = self.on if isinstance(self.on, date) else period.first if self.on == "first_day" else period.last
        return any(day in span for span in long_enough)

    def long_enough(self, span: Period) -> bool:
        """Tell whether a stretch lasts as long as asked; one that continues lasts to the end of the calendar."""
        if self.longer_than is not None and self.longer_than.covers(span):
            return False
        return self.lasting is None or self.lasting.reached_by(span)

    def __str__(self) -> str:
        texts = [f"on {as_date(self.on)}" if isinstance(self.on, date) else _WHEN[self.on]]
        texts += [f"for longer than {self.longer_than}"] if self.longer_than else []
        texts += [f"for at least {self.lasting}"] if self.lasting else []
        return " ".join(text for text in texts if text)


_WHEN = {"any_day": "", "every_day": "throughout", "first_day": "on the first day", "last_day": "on the last day"}


def spells(member: Member, kinds: Iterable[str], but_not: Iterable[str] = ()) -> tuple[Period, ...]:
    """Give the stretches of days on which a member was in one of some circumstances and in none of the others.

    Circumstances that touch or overlap are one stretch.
    """
    held, lifted = frozenset(kinds), frozenset(but_not)
    inside = joined(one.period for one in member.circumstances if one.kind in held)
    return without(inside, (one.period for one in member.circumstances if one.kind in lifted)) if lifted else inside


@frozen
class InCircumstances(Policy):
    """A condition on a member's dated circumstances; see ``circumstance``."""

    written_as: ClassVar[str] = "circumstance"

    kinds: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    timing: Timing = Timing()

    def __attrs_post_init__(self) -> None:
        if not self.kinds or not all(isinstance(kind, str) for kind in (*self.kinds, *self.but_not)):
            raise PolicyError(
                f"circumstance(...) names {shown((*self.kinds, *self.but_not)) if self.kinds else 'none'}",
                remedy='Name one or several, as texts: circumstance("retired")',
                kinds=self.kinds,
                but_not=self.but_not,
            )

    def planned(self, plan: Plan) -> Judge:
        """Plan the condition so that a member without circumstances costs nothing."""
        clause = self.clause(about=str(self))
        no = Finding(clause, NOT_MET)
        kinds, but_not, timing = self.kinds, self.but_not, self.timing

        def judge(case: Case, period: Period | None) -> Finding:
            member = member_of(case)
            if not member.circumstances and period is not None:
                return no
            span = needed(period, clause)
            if not timing.met_by(spells(member, kinds, but_not), span):
                return no
            because = [one for one in member.circumstances if one.kind in kinds and one.period.overlap(span)]
            return Finding(clause, MET, notes=tuple(Note("because", str(one)) for one in because))

        return judge

    def __str__(self) -> str:
        texts = [" or ".join(kind.replace("_", " ") for kind in self.kinds)]
        texts += [f"and not {' or '.join(kind.replace('_', ' ') for kind in self.but_not)}"] if self.but_not else []
        return " ".join(text for text in (*texts, str(self.timing)) if text)


def circumstance(
    *kinds: str,
    but_not: str | tuple[str, ...] = (),
    on: On = "any_day",
    longer_than: Length | None = None,
    lasting: Length | None = None,
    ref: str = "",
    source: Source | None = None,
) -> InCircumstances:
    """Hold for members who are in one of some circumstances: by default on any day of the period.

    ``but_not`` takes out the days on which another circumstance holds too: retired, but not volunteering for the
    profession.
    ``longer_than=months(6)`` and ``lasting=months(3)`` ask how long the stretch lasts, whichever years it crosses.
    """
    lifted = (but_not,) if isinstance(but_not, str) else but_not
    return InCircumstances(kinds, lifted, Timing(on, longer_than, lasting), ref=ref, source=source)


@frozen
class Having(Policy):
    """A condition on something recorded of a member; see ``grade``, ``registered`` and ``fact``."""

    written_as: ClassVar[str] = "fact"

    what: str
    #: What is admitted; empty admits anything but “no”.
    values: tuple[Tag, ...] = ()

    def planned(self, plan: Plan) -> Judge:
        """Plan the look-up; what is not recorded cannot be told."""
        clause = self.clause(about=str(self))
        found = {verdict: Finding(clause, verdict) for verdict in (MET, NOT_MET)}
        note = Note("missing", f"the member's {_named(self.what)} is not recorded")
        missing = Finding(clause, CANNOT_TELL, notes=(note,))
        unrecorded = plan.setting(NO_CONVENTIONS).unrecorded(self.what)
        return lambda case, period: found.get(self.verdict(case.subject, unrecorded), missing)

    def verdict(self, subject: Record | Member, unrecorded: Tag | None = None) -> Verdict:
        """Say whether a record or a member has it; where nothing is recorded, it is as the scheme takes silence."""
        values = recorded(subject, self.what, unrecorded)
        if values is None:
            return CANNOT_TELL
        if not self.values:
            return MET if any(value is not False for value in values) else NOT_MET
        return MET if any(value in self.values for value in values) else NOT_MET

    def __str__(self) -> str:
        return " ".join(text for text in (_named(self.what), " or ".join(map(str, self.values))) if text)


def recorded(subject: Record | Member, what: str, unrecorded: Tag | None = None) -> tuple[object, ...] | None:
    """Give what is recorded of a subject under a name; None where it is not known.

    What nobody recorded at all is what silence means to the scheme, if it says so.
    """
    value = _looked_up(subject, what)
    if value is None:
        value = unrecorded
    if value is None or value is UNKNOWN:
        return None
    return value if isinstance(value, tuple) else (value,)


def _looked_up(subject: Record | Member, what: str) -> object:
    member = _whose(subject)
    if what == "grade":
        return member.grade or None
    if what in ("registrations", "joined", "left"):
        value: object = getattr(member, what)
        return value
    if isinstance(subject, Record) and what in ("plan", "declared"):
        return subject.plan if what == "plan" else subject.declared is not None
    return member.facts.get(what)


def grade(*grades: str, ref: str = "", source: Source | None = None) -> Having:
    """Hold for members of one of some grades; cannot tell where the grade is not recorded."""
    return Having("grade", grades, ref=ref, source=source)


def registered(*titles: str, ref: str = "", source: Source | None = None) -> Having:
    """Hold for members who are registered under one of some titles, or under any where none is named."""
    return Having("registrations", titles, ref=ref, source=source)


def fact(what: str, *values: Tag, ref: str = "", source: Source | None = None) -> Having:
    """Hold for members of whom a fact is recorded with one of some values: ``fact("route", "part_time")``.

    Without values, anything but “no” will do. A record's own ``plan`` and ``declared`` are facts too.
    """
    return Having(what, values, ref=ref, source=source)


@frozen
class FallsInPeriod(Policy):
    """A condition on a day or a year that is recorded of the member; see ``falls_in_period``."""

    what: str

    def planned(self, plan: Plan) -> Judge:
        """Plan the look-up; a day that is not recorded cannot be told."""
        clause = self.clause(about=f"{_named(self.what)} falls in the period")
        note = Note("missing", f"the day of the member's {_named(self.what)} is not recorded")
        missing = Finding(clause, CANNOT_TELL, notes=(note,))
        unrecorded = plan.setting(NO_CONVENTIONS).unrecorded(self.what)

        def judge(case: Case, period: Period | None) -> Finding:
            span = needed(period, clause)
            values = recorded(case.subject, self.what, unrecorded)
            if values and values[0] is False:  # there is no such day
                return Finding(clause, NOT_MET)
            day = date_of(values)
            if day is None:
                return missing
            if day.overlap(span) is None:
                return Finding(clause, NOT_MET)
            return Finding(clause, MET, notes=(Note("because", f"{_named(self.what)}: {day}"),))

        return judge


def falls_in_period(what: str, *, ref: str = "", source: Source | None = None) -> FallsInPeriod:
    """Hold where a day that is recorded of the member falls in the period: ``falls_in_period("joined")``.

    A whole number is read as a calendar year; “no” says that there is no such day. Another window is said around it:
    ``over(months(3), falls_in_period("admitted"))`` holds where it falls in the last three months of the period.
    """
    return FallsInPeriod(what, ref=ref, source=source)


def date_of(values: tuple[object, ...] | None) -> Period | None:
    """Read what is recorded as a day, or as a calendar year; None where it is neither."""
    value = values[0] if values is not None and len(values) == 1 else None
    if type(value) is date:
        return Period(value, value)
    return year(value) if type(value) is int and 1 <= value <= 9999 else None


@frozen
class Agreed(Policy):
    """A condition: something was agreed with the member case by case; see ``agreement``."""

    written_as: ClassVar[str] = "agreement"

    about: str = ""
    timing: Timing = Timing()

    def planned(self, plan: Plan) -> Judge:
        """Plan the look-up of agreements in force."""
        clause = self.clause(about="a case-by-case agreement")
        no = Finding(clause, NOT_MET)

        def judge(case: Case, period: Period | None) -> Finding:
            member = member_of(case)
            if not member.agreements and period is not None:
                return no
            held = agreements_in_force(member, needed(period, clause), self.about, self.timing)
            return Finding(clause, MET, notes=tuple(Note("because", str(one)) for one in held)) if held else no

        return judge


def agreement(clause: str = "", *, on: On = "any_day", ref: str = "", source: Source | None = None) -> Agreed:
    """Hold for members with whom a figure was agreed, for the whole requirement or for one clause by its ref."""
    return Agreed(clause, Timing(on), ref=ref, source=source)


def agreements_in_force(member: Member, period: Period, clause: str, timing: Timing) -> tuple[Agreement, ...]:
    """Give the agreements with a member about a clause that hold in a period, the lowest figure first."""
    held = (one for one in member.agreements if one.clause == clause and timing.met_by((one.period,), period))
    return tuple(sorted(held, key=lambda one: (one.figure.grains, one.decided_on)))


def member_of(case: Case) -> Member:
    """Give the member under assessment, whether the subject is a record or a member.

    Raises:
        RecordError: it is neither.
    """
    return _whose(case.subject)


def _whose(subject: object) -> Member:
    if isinstance(subject, Record):
        return subject.member
    if isinstance(subject, Member):
        return subject
    raise RecordError(
        f"{shown(subject)} is neither a record nor a member",
        why="The policy asks about members",
        remedy="Assess a record(member, activities)",
        subject=subject,
    )


def _named(what: str) -> str:
    return what.replace("_", " ")
