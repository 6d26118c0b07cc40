"""Who did it: members, their circumstances, and what was agreed with them.

Facts are dated, and several hold at once: retired and volunteering are two circumstances, not one status.
Whether somebody is professionally active is concluded by a policy, never stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import evolve, field, frozen

from cpdrules.amounts import HOUR, Amount, Figure, Unit
from cpdrules.cpd.activities import Activity, Known, as_day
from cpdrules.errors import RecordError
from cpdrules.findings import Tag
from cpdrules.periods import Period, as_date


def _facts(facts: Mapping[str, Known | date]) -> Mapping[str, Known | date]:
    return dict(facts)


@frozen
class Circumstance:
    """Something that held of a member from one day to another.

    Raises:
        RecordError: it ends before it begins.
    """

    #: What: ``retired``, ``maternity_leave``, ``volunteering_professionally`` ...
    kind: str
    since: date
    #: The last day; None while it continues.
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise RecordError(
                f"{self.kind} cannot end on {self.until} when it begins on {self.since}",
                remedy="Exchange or correct the two days; leave the last out while it continues",
                circumstance=self,
            )

    @property
    def period(self) -> Period:
        """The days on which it holds; one that continues reaches to the end of the calendar."""
        return Period(self.since, self.until or date.max)

    def __str__(self) -> str:
        until = f"until {as_date(self.until)}" if self.until else "and continuing"
        return f"{self.kind.replace('_', ' ')} from {as_date(self.since)} {until}"


@frozen
class Agreement:
    """A case-by-case decision: the figure agreed with a member, and who decided it, when and why.

    Raises:
        RecordError: it has no reason or no decider, or ends before it begins.
    """

    figure: Amount
    reason: str
    decided_by: str
    decided_on: date
    since: date
    #: The last day; None while it holds on.
    until: date | None = None
    #: The clause whose figure it sets; empty for the whole requirement.
    clause: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.reason.strip() or not self.decided_by.strip():
            raise RecordError(
                f"An agreement on {self.figure} names no {'reason' if not self.reason.strip() else 'decider'}",
                why="A decision that overrides a rule must say why, and by whom",
                remedy="Record both",
                agreement=self,
            )
        if self.until is not None and self.until < self.since:
            raise RecordError(
                f"An agreement cannot end on {self.until} when it begins on {self.since}",
                remedy="Exchange or correct the two days",
                agreement=self,
            )

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.since, self.until or date.max)

    def __str__(self) -> str:
        return f"{self.figure} agreed by {self.decided_by} on {as_date(self.decided_on)}: {self.reason}"


@frozen
class Member:
    """One person, whatever titles they hold."""

    id: str
    #: Grade of membership, such as ``MIET``; empty where it is not known.
    grade: str = field(default="", kw_only=True)
    #: Registered titles, such as ``CEng``: none, one or several.
    registrations: tuple[str, ...] = field(default=(), kw_only=True)
    joined: date | None = field(default=None, kw_only=True)
    left: date | None = field(default=None, kw_only=True)
    circumstances: tuple[Circumstance, ...] = field(default=(), kw_only=True)
    agreements: tuple[Agreement, ...] = field(default=(), kw_only=True)
    #: Whatever else a scheme asks about: a route, a role, a date of opting in.
    facts: Mapping[str, Known | date] = field(factory=dict, converter=_facts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.joined and self.left and self.left < self.joined:
            raise RecordError(
                f"Member {self.id} cannot leave on {self.left} when they joined on {self.joined}",
                remedy="Exchange or correct the two days",
                member=self.id,
                joined=self.joined,
                left=self.left,
            )

    @property
    def membership(self) -> Period:
        """The days of membership, as far as they are known."""
        return Period(self.joined or date.min, self.left or date.max)


@frozen
class Fact:
    """Something that a scheme asks about members: its name, the values it knows, and what silence means.

    Where nothing is said of silence, a fact that nobody recorded is not known.
    """

    name: str
    values: tuple[Tag, ...] = ()
    #: What it means that nobody recorded it: mostly False. None: that nobody knows.
    unrecorded: Tag | None = field(default=None, kw_only=True)


@frozen
class Record:
    """What a member logged, whole: every activity is told apart by its id, whatever year it belongs to.

    Raises:
        RecordError: two activities have one id.
    """

    member: Member
    activities: tuple[Activity, ...] = ()
    #: What the member declared for the year, where there was a declaration.
    declared: Amount | None = None
    #: Whether a development plan was handed in; None where it is not known.
    plan: bool | None = None

    def __attrs_post_init__(self) -> None:
        ids = {activity.id for activity in self.activities}
        if len(ids) == len(self.activities) and "" not in ids:
            return
        if "" in ids:
            object.__setattr__(self, "activities", _numbered(self.activities))
        if len({activity.id for activity in self.activities}) == len(self.activities):
            return
        named = [activity.id for activity in self.activities]
        twice = sorted({name for name, times in Counter(named).items() if times > 1})
        raise RecordError(
            f"The record of member {self.member.id} holds two activities with the id {twice[0]!r}",
            why="One activity must not count twice",
            remedy="Drop the double, or give them ids of their own",
            member=self.member.id,
            ids=tuple(twice),
        )


def _numbered(activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    return tuple(one if one.id else evolve(one, id=f"#{number}") for number, one in enumerate(activities, 1))


def record(
    member: Member | str,
    activities: Iterable[Activity] = (),
    *,
    declared: Figure | None = None,
    plan: bool | None = None,
    unit: Unit = HOUR,
) -> Record:
    """Put a member and their activities together; activities without an id are numbered.

    Raises:
        AmountError: the declared amount cannot be held exactly.
        RecordError: two activities have one id.
    """
    whose = member if isinstance(member, Member) else Member(member)
    return Record(whose, tuple(activities), None if declared is None else Amount.of(declared, unit), plan)


def circumstance_of(kind: str, since: date | str, until: date | str | None = None) -> Circumstance:
    """Write a circumstance down, with days as 2015-03-02."""
    begins = as_day(since)
    assert begins is not None
    return Circumstance(kind, begins, as_day(until))
