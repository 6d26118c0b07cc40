"""Cookies as a statement declares them: names, lifetime, purpose, and what happens to those who block them.

What a text does not say is ``UNSTATED``, what it once said and the copy has lost is ``LOST``; neither is ever "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from attrs import evolve, frozen

from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Source
from cpdrules.policies import Policy
from cpdrules.privacy.names import NamePattern


class Silence(Enum):
    """Why a text does not tell."""

    #: It says nothing.
    UNSTATED = "unstated"
    #: It said something, which the copy at hand has lost.
    LOST = "lost"


UNSTATED, LOST = Silence


class Severity(Enum):
    """How much harm it does that a function is missing, from none upwards; ``UNSTATED`` stands outside the order."""

    NONE = "none"
    NUISANCE = "nuisance"
    UNRELIABLE = "unreliable"
    DEGRADED = "degraded"
    NOT_RECOGNISED = "not-recognised"
    FAILS = "fails"
    UNSTATED = "unstated"

    @property
    def rank(self) -> int | None:
        """Its place in the order, from 0; None where the text is silent."""
        return None if self is Severity.UNSTATED else list(Severity).index(self)


#: How surely a text says what it says: "will", "may", "Normally", or not at all.
Modality: TypeAlias = Literal["will", "may", "normally", "unstated"]


@frozen
class Lifetime:
    """How long a cookie is kept, as declared; the words below write them."""

    kind: Literal["session", "until log-off or close", "permanent", "lasting", "as reused", "depends", "unstated"]
    #: For ``lasting``: how many days.
    days: int | None = None
    #: For ``depends``: the fact, the lifetime where it holds, and where it does not.
    cases: tuple[str, Lifetime, Lifetime] | None = None

    def under(self, facts: Mapping[str, bool | None]) -> Lifetime:
        """Give the lifetime under the facts of a case; it goes on to depend on a fact that is not known."""
        if self.cases is None:
            return self
        fact, held, otherwise = self.cases
        told = facts.get(fact)
        return self if told is None else (held if told else otherwise).under(facts)

    @property
    def ends_with_session(self) -> bool | None:
        """Whether it ends with the session at the latest; None where that is not told."""
        if self.kind in ("session", "until log-off or close"):
            return True
        return False if self.kind in ("permanent", "lasting") else None

    def __str__(self) -> str:
        if self.cases is not None:
            fact, held, otherwise = self.cases
            return f"{held} if {fact.replace('_', ' ')}, else {otherwise}"
        return f"{self.days} day{'' if self.days == 1 else 's'}" if self.kind == "lasting" else self.kind


SESSION = Lifetime("session")
UNTIL_LOG_OFF_OR_CLOSE = Lifetime("until log-off or close")
PERMANENT = Lifetime("permanent")
#: As long as the cookies that it makes use of.
AS_REUSED = Lifetime("as reused")
NO_LIFETIME = Lifetime("unstated")


def lasting(days: int) -> Lifetime:
    """Declare a lifetime in days.

    >>> print(lasting(365))
    365 days

    Raises:
        PolicyError: it is no whole number of days, or below one.
    """
    if type(days) is not int or days < 1:
        raise PolicyError(f"A cookie cannot last {shown(days)} days", remedy="Give a whole number from 1", days=days)
    return Lifetime("lasting", days)


def depends_on(fact: str, lifetime: Lifetime, *, otherwise: Lifetime) -> Lifetime:
    """Declare a lifetime that depends on a fact, such as whether somebody chose to be remembered.

    >>> log_on = depends_on("remember_me", NO_LIFETIME, otherwise=UNTIL_LOG_OFF_OR_CLOSE)
    >>> print(log_on.under({"remember_me": False}))
    until log-off or close
    """
    return Lifetime("depends", cases=(fact, lifetime, otherwise))


#: What stands in a field of a cookie, or of its provider, of which nothing is said.
_INFERABLE: Mapping[str, Any] = MappingProxyType(
    {"identifies": UNSTATED, "lifetime": NO_LIFETIME, "how": "", "content": "", "where": ()}
)
_INFERABLE_OF_PROVIDERS: Mapping[str, Any] = MappingProxyType(
    {"party": UNSTATED, "organisation": UNSTATED, "domains": UNSTATED, "served_by": "", "note": ""}
)


def _only_inferable(marked: tuple[str, ...], fields: Mapping[str, Any], of: str) -> None:
    unknown = sorted(set(marked) - fields.keys())
    if unknown:
        raise PolicyError(
            f"{of} has no field {shown(unknown[0])} that could be inferred",
            remedy=f"Mark one of {', '.join(fields)}; a name carries its own source",
            marked=marked,
        )


@frozen(kw_only=True)
class Provider:
    """Who sets a cookie, and for whom.

    Raises:
        PolicyError: it marks a field that cannot be inferred.
    """

    party: Literal["first", "third", "first, by a third party's script", "first and third"] | Silence = UNSTATED
    #: The id of the organisation.
    organisation: str | Silence = UNSTATED
    domains: tuple[str, ...] | Silence = UNSTATED
    #: The id of the organisation whose servers deliver it, where that is another.
    served_by: str = ""
    note: str = ""
    #: Names of fields that are concluded and not said; ``as_stated`` empties them.
    inferred: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        _only_inferable(self.inferred, _INFERABLE_OF_PROVIDERS, "A provider")

    def stated(self) -> Provider:
        """Give it without what is only inferred of it."""
        return evolve(self, inferred=(), **{name: _INFERABLE_OF_PROVIDERS[name] for name in self.inferred})


@frozen(kw_only=True)
class Blocked:
    """What a statement says happens to those who block one cookie."""

    severity: Severity = Severity.UNSTATED
    modality: Modality = "unstated"
    #: Whether the text tells visitors that they may block it if they wish.
    at_will: bool = False
    #: Ids of the functions that suffer, of the visitor's and of those who run the site.
    functions: tuple[str, ...] = ()
    controller_functions: tuple[str, ...] = ()
    #: Ids of the functions that are expressly said to go on working.
    unaffected: tuple[str, ...] = ()
    source: Source | None = None


@frozen(kw_only=True)
class CookiePurpose:
    """What a cookie is for, and the words that other vocabularies have for it; an empty one has none."""

    id: str
    title: str
    #: The neutral categories of the ICC's guide.
    icc: Literal["strictly-necessary", "performance", "functionality", "targeting"]
    #: The category of the Open Cookie Database.
    ocd: str = ""
    #: The signal of Google's Consent Mode v2.
    consent_mode: str = ""
    #: Purposes and special purposes of the IAB's TCF.
    tcf: tuple[int, ...] = ()
    tcf_special: tuple[int, ...] = ()
    #: A term of the W3C's Data Privacy Vocabulary.
    dpv: str = ""
    #: A key of fideslang's data uses.
    fideslang: str = ""


@frozen(kw_only=True)
class Group:
    """A category as the statement itself sorts its cookies."""

    id: str
    #: What the statement says of them, in our own words but for the few that decide.
    says: str
    visitor_may_block: bool = True
    #: Whether the statement calls them essential to what somebody asked for.
    essential: bool = False
    #: What blocking them does, where the statement says so of all of them.
    consequence: Severity | None = None
    source: Source | None = None


@frozen(kw_only=True)
class Cookie:
    """A cookie, or a service that sets cookies, as a statement declares it."""

    id: str
    #: What it is, in a few words for a reader.
    title: str
    #: None at all is legal: the text may not give them, or the copy has lost them.
    names: tuple[NamePattern, ...] = ()
    provider: Provider = Provider()
    #: The id of the statement's own group, and of the one it is printed under where that is another.
    group: str
    listed_under: str = ""
    #: Ids of what it is for.
    purposes: tuple[str, ...]
    content: str = ""
    #: Whether it identifies somebody, and how.
    identifies: bool | Silence = UNSTATED
    how: str = ""
    #: Ids of the data items that are processed with it.
    data: tuple[str, ...] = ()
    lifetime: Lifetime = NO_LIFETIME
    #: The facts on which it is set at all.
    applies_when: str = ""
    where: tuple[str, ...] = ()
    #: Ids of the cookies it makes use of, instead of setting one of its own.
    reuses: tuple[str, ...] = ()
    #: The day on which it was no longer in use; None while it is.
    discontinued: date | None = None
    blocked: Blocked = Blocked()
    #: Whether the text says that it can be deleted at will.
    deletable: bool = False
    #: Ids of the routes by which to be rid of it.
    opt_outs: tuple[str, ...] = ()
    #: The provider's own policy takes over; where it is found, if that is said.
    own_policy: bool = False
    further_information: str = ""
    note: str = ""
    #: Names of fields that are concluded and not said; ``as_stated`` empties them.
    inferred: tuple[str, ...] = ()
    #: The gap in the copy through which its names or domain fell.
    gap: str = ""
    sources: tuple[Source, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.purposes:
            raise PolicyError(
                f"The cookie {shown(self.id)} has no purpose",
                why="Nobody could say whether it may be set",
                remedy="Give the ids of what it is for",
                cookie=self.id,
            )
        _only_inferable(self.inferred, _INFERABLE, f"The cookie {shown(self.id)}")

    @property
    def active(self) -> bool:
        """Whether it is in use, as declared."""
        return self.discontinued is None

    def stated(self) -> Cookie:
        """Give it without what is only inferred of it: marked fields, and names that somebody assumed."""
        said = tuple(name for name in self.names if name.source is None or name.source.stated != "inferred")
        empty = {name: _INFERABLE[name] for name in self.inferred}
        return evolve(self, names=said, provider=self.provider.stated(), inferred=(), **empty)


@frozen(kw_only=True)
class Function:
    """Something that a site does, and what it needs to do it."""

    id: str
    title: str
    #: Whom it serves; those who run a site can lose a function, too.
    audience: Literal["visitor", "controller"] = "visitor"
    #: And/or clauses of ``accepts``, ``works`` and ``given``; None where nothing is needed.
    requires: Policy | None = None
    #: How bad it is where the requirement is not met.
    missing: Severity = Severity.UNSTATED
    modality: Modality = "unstated"
    source: Source
    note: str = ""
