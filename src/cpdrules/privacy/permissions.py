"""What is answered when somebody asks whether a cookie may be stored, and how answers are joined.

Answers are ordered, and joining takes the worst and keeps every reason: the order in which policy, law, consent and
browser are asked changes nothing.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Literal, NamedTuple, NoReturn

from attrs import evolve, frozen

from cpdrules.errors import PolicyError, VerdictError, shown
from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.alternatives import Alternatives


class Outcome(Enum):
    """Whether a cookie may be stored, the worst answer first.

    >>> min(Outcome.ALLOW, Outcome.UNKNOWN, key=Outcome.rank)
    <Outcome.UNKNOWN: 'unknown'>
    """

    #: The statement does not know it.
    UNDECLARED = "undeclared"
    #: The statement says that it is no longer in use.
    DISCONTINUED = "discontinued"
    DENY = "deny"
    #: Facts are missing that would turn it one way or the other.
    UNKNOWN = "unknown"
    #: It may be, and the browser keeps it from being stored: ask what that does to the site's functions.
    NOT_EFFECTIVE = "not-effective"
    ALLOW = "allow"

    def rank(self) -> int:
        """Give its place in the order, from 0 for the worst."""
        return list(Outcome).index(self)

    def __bool__(self) -> NoReturn:
        raise VerdictError(
            f"The answer “{self.value}” was used as true or false",
            why="There are six answers, and four of them are neither",
            remedy="Compare it: permission.outcome is Outcome.ALLOW",
            outcome=self,
        )


def worst(*outcomes: Outcome) -> Outcome:
    """Give the worst of several answers; where there are none, nothing stands in the way."""
    return min(outcomes, key=Outcome.rank, default=Outcome.ALLOW)


class Reason(NamedTuple):
    """One thing that speaks for an answer or against it."""

    side: Literal["policy", "regime", "consent", "agent"]
    #: The id of the purpose it is about; empty for the cookie as a whole.
    purpose: str
    says: str
    source: Source | None = None

    def __str__(self) -> str:
        about = f"{self.side}, {self.purpose}" if self.purpose else self.side
        return f"{about}: {self.says}{f' [{self.source}]' if self.source else ''}"


class Assumption(NamedTuple):
    """A fact that nobody recorded, what it was taken to be, and why."""

    fact: str
    holds: bool
    why: str

    def __str__(self) -> str:
        return f"{self.fact.replace('_', ' ')}: taken to be {'so' if self.holds else 'not so'}, {self.why}"


@frozen(kw_only=True)
class Permission:
    """Whether a cookie may be stored on a day, and everything that speaks for and against it."""

    #: The id of the cookie, or what was asked for where the statement has no such cookie.
    cookie: str
    on: date
    outcome: Outcome
    #: The rules under which that is so, each with the day on which it was read.
    rules: tuple[str, ...]
    by_purpose: tuple[tuple[str, Outcome], ...] = ()
    #: What would make it allowed, as far as telling and asking can: each way is all that it takes.
    ways: Alternatives
    reasons: tuple[Reason, ...]
    #: The facts that are missing, by name, where they would turn the answer.
    unknowns: tuple[str, ...] = ()
    #: What was presumed, where another fact could turn the answer.
    assumptions: tuple[Assumption, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """What would make it allowed, the least that is enough; empty where nothing is needed, or nothing helps."""
        ways = sorted((len(term), sorted(name for name, _ in term)) for term in self.ways.terms)
        return tuple(ways[0][1]) if ways else ()

    def __and__(self, other: Permission) -> Permission:
        """Join with another answer for the same cookie and day: both must allow it, and all reasons are kept.

        Raises:
            PolicyError: they are for two cookies, or two days.
        """
        if (self.cookie, self.on) != (other.cookie, other.on):
            raise PolicyError(
                f"Answers for {shown(self.cookie)}, {self.on} and {shown(other.cookie)}, {other.on} cannot be joined",
                why="What holds of one says nothing of the other",
                remedy="Ask both for the same cookie and day",
                asked=((self.cookie, self.on), (other.cookie, other.on)),
            )
        purposes: dict[str, Outcome] = {}
        for purpose, outcome in (*self.by_purpose, *other.by_purpose):
            purposes[purpose] = worst(outcome, purposes.get(purpose, outcome))
        return evolve(
            self,
            outcome=worst(self.outcome, other.outcome),
            rules=tuple(sorted({*self.rules, *other.rules})),
            by_purpose=tuple(sorted(purposes.items(), key=lambda one: one[0])),
            ways=self.ways & other.ways,
            reasons=in_order(*self.reasons, *other.reasons),
            unknowns=tuple(sorted({*self.unknowns, *other.unknowns})),
            assumptions=tuple(sorted({*self.assumptions, *other.assumptions})),
        )

    def lines(self) -> tuple[str, ...]:
        """Say it in sentences, the answer first."""
        needs = f"; needed: {', '.join(self.needs)}" if self.needs else ""
        missing = f"; missing: {', '.join(self.unknowns)}" if self.unknowns else ""
        rules = " and ".join(self.rules)
        asked = self.cookie if self.by_purpose else shown(self.cookie)  # what no row of the statement vouches for
        return (
            f"{asked}, {as_date(self.on)}: {self.outcome.value} under {rules}{needs}{missing}",
            *map(str, self.reasons),
            *(f"assumed: {one}" for one in self.assumptions),
        )

    def __str__(self) -> str:
        return "\n  ".join(self.lines())


_SIDES = ("policy", "regime", "consent", "agent")


def in_order(*reasons: Reason) -> tuple[Reason, ...]:
    """Give each reason once: the statement's, the law's, those of consent and of the browser."""
    return tuple(sorted(set(reasons), key=lambda one: (_SIDES.index(one.side), one.purpose, one.says, str(one.source))))
