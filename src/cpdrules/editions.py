"""One policy over time: which text was in force, and why that one.

An edition is chosen by a date that the caller names (the first day of the period assessed, a complaint's date), never
by today. What was in force before the first edition is not known, and is never taken from the next one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Generic, Protocol, TypeVar

from attrs import frozen

from cpdrules.errors import NoEditionError, PeriodError, PolicyError, shown
from cpdrules.findings import Finding, Note, Source
from cpdrules.periods import Period, as_date
from cpdrules.policies import Case, Judge, Plan, Policy, needed

T = TypeVar("T")


class InForce(Protocol):
    """Something that is in force from one day to another."""

    @property
    def name(self) -> str:
        """By which reports speak of it."""
        ...

    @property
    def since(self) -> date:
        """The first day."""
        ...

    @property
    def until(self) -> date | None:
        """The last day; None while it is in force."""
        ...


D = TypeVar("D", bound=InForce)


@frozen
class Dated(Generic[T]):
    """A fact, a rule or a text that was in force from one day to another."""

    name: str
    value: T
    since: date
    #: The last day; None while it is in force.
    until: date | None = None
    source: Source | None = None


def check_day(day: object) -> None:
    """Check that something is a plain day, and not a time of day or a text.

    Raises:
        PeriodError: it is not.
    """
    if type(day) is not date:
        raise PeriodError(f"A text is in force on a day, not at {shown(day)}", remedy="Give a datetime.date", day=day)


def at(day: date, dated: Iterable[D]) -> D:
    """Give the one that was in force on a day.

    Raises:
        NoEditionError: none was, or several were.
        PeriodError: the day is no plain day.
    """
    check_day(day)
    known = tuple(dated)
    found = [one for one in known if one.since <= day and (one.until is None or day <= one.until)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.name} ({_span(one)})" for one in found or known)
    raise NoEditionError(
        f"{'Several texts were' if found else 'No text was'} in force on {as_date(day)}",
        why=f"{'They are' if found else 'Known are'} {names or 'none at all'}",
        remedy="Ask for a day that exactly one of them covers",
        day=day,
        known=known,
    )


def _span(one: InForce) -> str:
    return f"from {as_date(one.since)} {f'to {as_date(one.until)}' if one.until else 'on'}"


@frozen
class Edition(Policy):
    """A policy as one text stated it, and the days on which it was in force."""

    name: str
    policy: Policy
    since: date
    until: date | None = None
    #: Why these dates, and where this edition differs from the one before.
    why: str = ""
    #: What the text does not say, each in a few words.
    unstated: tuple[str, ...] = ()

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy; its findings name the edition, and say why it was chosen."""
        clause, judged = self.clause(about=self.name), self.policy.planned(plan)
        why = f" ({self.why})" if self.why else ""
        notes = (Note("edition", f"{self.name}, in force {_span(self)}{why}"),)

        def judge(case: Case, period: Period | None) -> Finding:
            part = judged(case, period)
            return Finding(clause, part.verdict, (part,), notes=notes, period=period)

        return judge


@frozen
class Editions(Policy):
    """A policy over time; see ``editions``."""

    members: tuple[Edition, ...]

    def __attrs_post_init__(self) -> None:
        ordered = sorted(self.members, key=lambda edition: edition.since)
        for one, following in itertools.pairwise(ordered):
            if one.until is None or one.until >= following.since:
                raise PolicyError(
                    f"{one.name} and {following.name} would both be in force on {as_date(following.since)}",
                    why="Every day has one text at most",
                    remedy=f"End {one.name} before {following.name} begins",
                    editions=(one.name, following.name),
                )
        if not ordered:
            raise PolicyError("A policy over time has no edition", remedy="Give it at least one")

    def at(self, day: date) -> Edition:
        """Give the edition in force on a day.

        Raises:
            NoEditionError: none was.
        """
        return at(day, self.members)

    def planned(self, plan: Plan) -> Judge:
        """Plan every edition in one plan, so that they share the pass over a record."""
        clause = self.clause()
        judges = {edition.name: edition.planned(plan) for edition in self.members}

        def judge(case: Case, period: Period | None) -> Finding:
            return judges[self.at(needed(period, clause).first).name](case, period)

        return judge


def editions(*members: Edition, ref: str = "", source: Source | None = None) -> Editions:
    """Put the editions of a policy in one value, which picks by the first day of the period assessed.

    Raises:
        PolicyError: there are none, or two are in force on one day.
    """
    return Editions(members, ref=ref, source=source)
