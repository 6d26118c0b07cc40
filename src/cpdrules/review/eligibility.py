"""Who can be chosen: everybody gets exactly one status and its reason, whatever the draw will be.

Rules are asked in one order, and the first that holds decides. Where a fact is missing that would decide, the status is
*cannot tell*, and the fact is named. The unit is the person: registrations, titles and roles never count twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from attrs import field, frozen

from cpdrules.errors import PolicyError, UnknownRefError, shown
from cpdrules.periods import Period
from cpdrules.policies import Policy
from cpdrules.review.histories import History, OfHistory
from cpdrules.review.identities import strict_ids, strict_text
from cpdrules.verdicts import CANNOT_TELL, MET


class Status(Enum):
    """How somebody stands before the draw, in the order in which it is asked."""

    #: Not in the scheme.
    OUT_OF_SCOPE = "not in scope"
    #: In the scheme, and asked for nothing: not professionally active, say.
    EXEMPT = "exempt"
    #: Too short a time in the scheme.
    TOO_RECENT = "joined too recently"
    #: Put off to a later year, in which they must be included.
    DEFERRED = "deferred"
    #: Chosen not long ago. Few schemes have it: it tells those just reviewed that they are safe.
    COOLING_OFF = "cooling off"
    #: Reviewed in any case, outside the random quota.
    CERTAIN = "must be included"
    #: In the pool of the random draw.
    POOL = "in the pool"
    #: Depends on a fact that is not recorded; not in the draw until somebody finds out.
    CANNOT_TELL = "cannot tell"


_ORDER = list(Status)


@frozen
class Rule:
    """Who meets the policy has the status, for the reason; see ``rule``."""

    status: Status
    policy: Policy
    reason: str

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.policy, Policy):
            raise PolicyError(
                f"{shown(self.policy)} is no policy to say who is {shown(self.reason)}",
                remedy="Write a clause: none_of(circumstance('opted_in'))",
                policy=self.policy,
            )
        if self.status in (Status.POOL, Status.CANNOT_TELL) or not isinstance(self.status, Status):
            raise PolicyError(
                f"No rule gives the status {shown(getattr(self.status, 'value', self.status))}",
                why="In the pool are those whom no rule takes out; cannot tell is what a missing fact makes",
                remedy=f"Give one of {', '.join(one.name for one in _ORDER[:-2])}",
                status=self.status,
            )
        strict_text(self.reason, "a reason")
        sides = {isinstance(part, OfHistory) for part in self.policy.walk() if not part.parts()}
        if len(sides) > 1:
            raise PolicyError(
                f"The rule {shown(self.reason)} looks at members and at their histories",
                why="They are two records, and a policy is assessed against one",
                remedy="Write two rules",
                rule=self,
            )

    @property
    def of_history(self) -> bool:
        """Whether it looks at what became of earlier reviews, and not at the member."""
        return any(isinstance(part, OfHistory) for part in self.policy.walk())


def rule(status: Status, policy: Policy, reason: str) -> Rule:
    """Give a status, for a reason, to those who meet a policy.

    The policy is asked of the member as it is, or of their ``History`` where its words look back: ``happened``.

    Raises:
        PolicyError: it is no policy, looks at both, or gives a status that no rule gives.
        IdentityError: the reason could be written in two ways.
    """
    return Rule(status, policy, reason)


@frozen
class Scope:
    """Rules that say who can be chosen; see ``scope``."""

    rules: tuple[Rule, ...]

    def __attrs_post_init__(self) -> None:
        order = [_ORDER.index(one.status) for one in self.rules]
        if order != sorted(order):
            raise PolicyError(
                "The rules stand in another order than they are asked in",
                why="Who is exempt and must be included would have two answers",
                remedy=f"Order them by status: {', '.join(one.value for one in _ORDER[:-2])}",
                rules=self.rules,
            )
        twice = sorted(reason for reason, times in Counter(one.reason for one in self.rules).items() if times > 1)
        if twice:
            raise PolicyError(
                f"Several rules give the reason {shown(twice[0])}",
                why="Counts by reason could not be traced to a rule",
                remedy="Join them with any_of, or word them apart",
                reasons=tuple(twice),
            )


def scope(*rules: Rule) -> Scope:
    """Put rules together, in the order of their statuses; of one status, in the order given.

    Raises:
        PolicyError: they stand in another order, or two give one reason.
    """
    return Scope(rules)


@frozen
class Standing:
    """How one person stands before the draw, and why."""

    id: str
    status: Status
    reason: str
    #: What is not recorded, where nobody can tell.
    missing: tuple[str, ...] = ()
    #: What they might be, where nobody can tell.
    might_be: tuple[Status, ...] = ()
    subject: Any = field(default=None, repr=False, eq=False)

    def __str__(self) -> str:
        missing = f" ({'; '.join(self.missing)})" if self.missing else ""
        return f"{self.id}: {self.status.value}: {self.reason}{missing}"


@frozen
class Eligibility:
    """How everybody stands before the draw."""

    standings: tuple[Standing, ...]

    @property
    def counts(self) -> Mapping[tuple[Status, str], int]:
        """How many there are by status and reason, in the order of statuses; they sum to everybody."""
        found = Counter((one.status, one.reason) for one in self.standings)
        return {key: found[key] for key in sorted(found, key=lambda key: (_ORDER.index(key[0]), key[1]))}

    @property
    def pool(self) -> tuple[str, ...]:
        """The ids of those who can be drawn."""
        return tuple(one.id for one in self.of(Status.POOL))

    @property
    def certain(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of those who must be included, by reason."""
        return _grouped(self.of(Status.CERTAIN), lambda one: one.reason)

    def of(self, status: Status) -> tuple[Standing, ...]:
        """Give those who have a status, in the order of the list."""
        return tuple(one for one in self.standings if one.status is status)

    def strata(self, stratum_of: Callable[[Any], str]) -> Mapping[str, tuple[str, ...]]:
        """Give the ids of those who can be drawn by stratum, which ``stratum_of`` reads off each subject."""
        return _grouped(self.of(Status.POOL), lambda one: stratum_of(one.subject))

    def __getitem__(self, who: str) -> Standing:
        """Give how one person stands.

        Raises:
            UnknownRefError: nobody has the id.
        """
        for one in self.standings:
            if one.id == who:
                return one
        raise UnknownRefError(
            f"Nobody on the list has the id {shown(who)}", remedy="Ask by the id as it stands in the list", ref=who
        )

    def __str__(self) -> str:
        lines = [f"{len(self.standings)} people"]
        lines += [f"  {status.value}: {reason}: {number}" for (status, reason), number in self.counts.items()]
        return "\n".join(lines)


def eligibility(
    subjects: Iterable[Any],
    rules: Scope,
    *,
    id_of: Callable[[Any], str],
    period: Period,
    histories: Mapping[str, History] | None = None,
    unrecorded: History | None = None,
) -> Eligibility:
    """Say of everybody whether they can be chosen in a review year, and why.

    Subjects are whatever the policies judge; ``id_of`` gives each one's id. ``histories`` holds what became of earlier
    reviews, by id; ``unrecorded`` is what it means that it holds nothing of somebody: ``History()`` where the register
    of reviews is known to be complete, by default that nobody knows.

    Raises:
        IdentityError: an id could be written in two ways, or two people share one; see ``strict_ids``.
        PolicyError: a policy cannot judge these subjects.
    """
    everybody = tuple(subjects)
    ids = strict_ids(id_of(one) for one in everybody)
    known = histories or {}
    return Eligibility(
        tuple(
            _standing(one, who, known.get(who, unrecorded), rules, period)
            for one, who in zip(everybody, ids, strict=True)
        )
    )


def _standing(subject: Any, who: str, history: History | None, rules: Scope, period: Period) -> Standing:
    """Ask rule after rule; one that cannot be told matters only if the outcome without it is another."""
    unsure: list[Rule] = []
    missing: dict[str, None] = {}
    status, reason = Status.POOL, "no rule takes them out"
    for one in rules.rules:
        finding = one.policy.assess(history if one.of_history else subject, period=period)
        if finding.verdict is MET:
            status, reason = one.status, one.reason
            break
        if finding.verdict is CANNOT_TELL:
            unsure.append(one)
            missing.update(dict.fromkeys(finding.missing()))
    if all(one.status is status for one in unsure):
        return Standing(who, status, reason, subject=subject)
    might_be = tuple(dict.fromkeys((*(one.status for one in unsure), status)))
    open_ = f"it is not known whether: {unsure[0].reason}"
    return Standing(who, Status.CANNOT_TELL, open_, tuple(missing), might_be, subject)


def _grouped(standings: Iterable[Standing], name_of: Callable[[Standing], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in standings:
        found.setdefault(name_of(one), []).append(one.id)
    return {name: tuple(found[name]) for name in sorted(found)}
