"""What a statement says of personal data: who holds which of it, for what, whom they tell, and what each side promises.

Each value is one thing that a text says, with the lines that say it.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.findings import Source
from cpdrules.policies import Policy
from cpdrules.privacy.cookies import UNSTATED, Modality, Severity, Silence


class Everyone(Enum):
    """A rule that speaks of whomever, or whatever, there is."""

    ANY = "any"


ANY = Everyone.ANY

#: Several ids, or all there are.
Ids: TypeAlias = "tuple[str, ...] | Everyone"


@frozen(kw_only=True)
class Component:
    """A part of a statement with a date of its own."""

    id: str
    title: str
    #: The day that it was last changed on, as it says; it speaks from then on.
    updated: date
    #: The document that citations name, and the first and last of its lines there.
    document: str
    lines: tuple[int, int]
    #: Where it says its date.
    source: Source | None = None


@frozen(kw_only=True)
class Organisation:
    """Somebody who is named, or described."""

    id: str
    name: str
    role: str
    #: Such as a charity's or a company's, each with the register that gave it.
    numbers: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    source: Source


@frozen(kw_only=True)
class DataItem:
    """One kind of personal data."""

    id: str
    title: str
    #: Whose it is, where that is not the person it was asked of.
    subject: str = ""
    collected_by: str = ""
    optional: bool = False
    #: Whether it tells one person, or one device, from all others; None where nobody has said.
    identifies: bool | None = None
    #: A key of fideslang's data categories.
    fideslang: str = ""
    note: str = ""
    sources: tuple[Source, ...]


@frozen(kw_only=True)
class Purpose:
    """What personal data is used for."""

    id: str
    title: str
    kind: Literal["service", "marketing", "analysis", "administration", "publication", "legal", "profiling", "rights"]
    #: Ids of data items that it cannot do without.
    required: tuple[str, ...] = ()
    #: Further ones that are needed of those of whom a fact holds: the fact, and the id.
    required_if: tuple[tuple[str, str], ...] = ()
    #: Further ones that may be asked for.
    may_require: tuple[str, ...] = ()
    #: Those used though not asked for.
    uses: tuple[str, ...] = ()
    #: The facts of which one must hold for somebody to be concerned at all; empty for everyone.
    applies_to: tuple[str, ...] = ()
    modality: Modality = "unstated"
    #: Ids of the organisations that do it, where that is not the controller.
    by: tuple[str, ...] = ()
    #: The id of the preference that can stop it.
    subject_to: str = ""
    #: Answers may be left out.
    optional: bool = False
    #: The legal bases that are named, as articles; none are where the text is silent.
    lawful_bases: tuple[str, ...] | Silence = UNSTATED
    note: str = ""
    sources: tuple[Source, ...]


@frozen(kw_only=True)
class DisclosureRule:
    """One rule on who may be told what for; the first that matches decides."""

    id: str
    #: Ids of organisations and of purposes.
    to: Ids
    purposes: Ids
    allows: bool
    #: What must hold, as clauses of ``given``; None where nothing must.
    when: Policy | None = None
    #: The condition in words.
    says: str
    source: Source


@frozen(kw_only=True)
class RecipientTerm:
    """What those who receive data are bound to, or what follows for the person."""

    id: str
    applies_to: tuple[str, ...]
    says: str
    #: The recipient's own policy takes over, and this one no longer applies.
    hands_over: bool = False
    source: Source


@frozen(kw_only=True)
class Transfer:
    """Personal data that goes abroad."""

    id: str
    who: str
    #: Facts that must hold of the person; empty for anyone.
    when: tuple[str, ...] = ()
    #: Ids of recipients.
    to: tuple[str, ...]
    why: str
    modality: Modality = "unstated"
    #: What protects it there, as the text names it.
    safeguard: str | Silence = UNSTATED
    source: Source


@frozen(kw_only=True)
class Preference:
    """Something that a person can choose."""

    id: str
    what: str
    #: Where, or how, it is set.
    set_by: tuple[str, ...] = ()
    effect: str = ""
    #: The fact that records that somebody said no, and the ids of the purposes that it stops.
    fact: str = ""
    stops: tuple[str, ...] = ()
    sources: tuple[Source, ...]


@frozen(kw_only=True)
class Commitment:
    """A promise that practice must not break."""

    id: str
    #: Whether it promises never to do something, or always to.
    promises: Literal["never", "always"]
    says: str
    modality: Modality = "will"
    #: Ids of the cookies that it is about, and of the cookie purposes or data items that none of them may have.
    cookies: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    #: It promises that cookies tell nobody who somebody is: those named, else those said not to identify.
    anonymous: bool = False
    source: Source


@frozen(kw_only=True)
class Duty:
    """What one side must do, or is advised to."""

    id: str
    of: Literal["institution", "visitor"]
    says: str
    kind: Literal["must", "guideline", "recommendation"] = "must"
    #: The fact that makes it matter; empty for always.
    when: str = ""
    source: Source


#: The rights that laws on personal data know, in the words of the GDPR, articles 13 to 22.
RightKind: TypeAlias = Literal[
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "objection to marketing",
    "withdrawal of consent",
    "complaint to the authority",
    "complaint to the controller",
]


@frozen(kw_only=True)
class Right:
    """What a person may ask for or do, and by which route."""

    id: str
    says: str
    who: str = "anyone"
    #: The fact that must hold of the person; empty for anyone.
    when: str = ""
    route: str | Silence
    #: The function of the site that the route needs.
    needs: str = ""
    #: Which rights of the law it answers to; none where it is another.
    kinds: tuple[RightKind, ...] = ()
    source: Source


@frozen(kw_only=True)
class Explanation:
    """What the text explains to its readers, in our own words."""

    id: str
    says: str
    source: Source


@frozen(kw_only=True)
class Route:
    """A way to be rid of cookies or tracking."""

    id: str
    how: str
    #: How far it reaches.
    scope: str = ""
    #: The id of the organisation that offers it; empty for what visitors do by themselves, as in a browser's settings.
    offered_by: str = ""
    source: Source


@frozen(kw_only=True)
class Tracking:
    """Something that records behaviour and is no cookie."""

    id: str
    what: str
    purpose: str
    #: Who does it, by id; empty for the controller.
    by: str = ""
    data: tuple[str, ...] = ()
    #: How it can be stopped; empty where it cannot.
    stopped_by: str = ""
    active: bool = True
    source: Source


@frozen(kw_only=True)
class Particular:
    """Something that a law wants a notice to say, and that no other table has a place for: a retention period, say."""

    id: str
    #: The id of the item, as the law's list has it.
    item: str
    says: str
    #: What it leaves out; empty where it says all that is asked for.
    lacks: str = ""
    source: Source


@frozen(kw_only=True)
class Gap:
    """Words that the copy has lost, and what was put there from elsewhere."""

    id: str
    #: Empty where nothing was lost, and the text left something out.
    lost: str
    filled: tuple[str, ...] = ()
    #: The name of the source that filled it.
    filled_from: str = ""
    confidence: Literal["", "high", "medium", "low"] = ""
    why: str = ""
    source: Source


@frozen(kw_only=True)
class Claim:
    """What a short version says of blocking everything; it must follow from the long one."""

    says: str
    #: Functions that it says are lost, with the severity.
    lost: tuple[tuple[str, Severity], ...] = ()
    kept: tuple[str, ...] = ()
    source: Source
