"""What a law asks before a cookie is stored, as dated data that anybody can replace.

A regime is a reading, with the day on which it was read; nothing here is advice. Whatever none of its grounds permits
it forbids. ``law`` holds the readings that ship.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from attrs import Attribute, field, frozen

from cpdrules.editions import Dated, InForce, at, check_day
from cpdrules.errors import PolicyError, UnknownRefError, did_you_mean, shown
from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.cookies import CookiePurpose

#: What a regime means by consent.
Consent: TypeAlias = Literal["opt-out", "implied accepted", "affirmative opt-in"]

#: What a reading says of one cookie: nothing is asked, notice and a way to refuse, consent, an exception if its
#: conditions hold, or that it is not in use.
Treatment: TypeAlias = Literal["exempt", "notice", "consent", "conditional", "inactive"]


@frozen
class Condition:
    """A fact that must hold, or must not, for a ground to permit something.

    The statement tells by itself of ``sole_purpose``, ``opportunity_to_refuse`` and ``outlives_session``, the record of
    consent of ``consent``, and of ``refused``, ``objected`` and ``opted_out`` where it has a refusal.
    """

    fact: str
    says: str
    holds: bool = field(default=True, kw_only=True)
    #: What is taken to be so where nobody recorded it, and reported as assumed; None where the fact is then missing.
    presumed: bool | None = field(default=None, kw_only=True)
    #: What would supply it: ``consent``, ``notice``, ``objection-route``; empty where asking or telling cannot.
    needs: str = field(default="", kw_only=True)


def _each_once(holder: Ground | Reading, attribute: Attribute[Any], conditions: tuple[Condition, ...]) -> None:
    """Validate the conditions of a ground or a reading.

    Raises:
        PolicyError: two of them are about one fact.
    """
    twice = sorted(fact for fact, times in Counter(one.fact for one in conditions).items() if times > 1)
    if twice:
        raise PolicyError(
            f"The fact {shown(twice[0])} stands in two conditions of one ground",
            why="It could be asked to hold and not to hold, or be presumed both ways",
            remedy="Say it once, or write two grounds",
            facts=tuple(twice),
        )


@frozen(kw_only=True)
class PurposeKind:
    """Purposes of cookies, by the words of other vocabularies that statements tag them with; empty admits all."""

    #: Categories of the ICC's guide, and of the Open Cookie Database.
    icc: tuple[str, ...] = ()
    ocd: tuple[str, ...] = ()
    #: Terms of the W3C's Data Privacy Vocabulary.
    dpv: tuple[str, ...] = ()
    #: Categories and terms that are not admitted.
    unless: tuple[str, ...] = ()

    def admits(self, purpose: CookiePurpose) -> bool:
        """Tell whether a purpose is of this kind, as its statement tags it."""
        tags = (purpose.icc, purpose.ocd, purpose.dpv)
        admitted = zip(tags, (self.icc, self.ocd, self.dpv), strict=True)
        return all(not wanted or tag in wanted for tag, wanted in admitted) and not set(self.unless) & set(tags)


@frozen(kw_only=True)
class Ground:
    """Something that permits storage for a purpose: an exception, consent, or an opportunity to say no.

    Raises:
        PolicyError: two conditions are about one fact.
    """

    name: str
    kind: Literal["exception", "consent", "opt-out"]
    #: The purposes that it speaks of; empty for all.
    purposes: tuple[PurposeKind, ...] = ()
    #: All of them must hold, each about a fact of its own.
    conditions: tuple[Condition, ...] = field(default=(), validator=_each_once)
    source: Source

    def covers(self, purpose: CookiePurpose) -> bool:
        """Tell whether it speaks of a purpose."""
        return not self.purposes or any(kind.admits(purpose) for kind in self.purposes)


@frozen(kw_only=True)
class CookieRegime:
    """One law on cookies, in one jurisdiction, as it was from one day to another."""

    name: str
    jurisdiction: str
    since: date
    #: The last day; None while it is in force.
    until: date | None = None
    #: The rule in words.
    rule: str
    consent: Consent
    exceptions: tuple[Ground, ...] = ()
    #: What permits storage where no exception does.
    otherwise: tuple[Ground, ...]
    #: The purposes for which Global Privacy Control is an opt-out; empty where it has no effect in law.
    gpc: tuple[PurposeKind, ...] = ()
    #: What was held of it for some of the time, such as a date until which it was not enforced.
    remarks: tuple[Dated[str], ...] = ()
    source: Source
    read_on: date

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """All that can permit storage."""
        return (*self.exceptions, *self.otherwise)

    def remarks_on(self, day: date) -> tuple[Dated[str], ...]:
        """Give the remarks that hold on a day."""
        return tuple(one for one in self.remarks if one.since <= day and (one.until is None or day <= one.until))

    def __str__(self) -> str:
        return f"{self.name} ({self.source}) as read on {as_date(self.read_on)}"


@frozen(kw_only=True)
class Reading:
    """What research found of one cookie of one statement; it overrides what a regime says of its purposes.

    Raises:
        PolicyError: two conditions are about one fact.
    """

    cookie: str
    #: By the name of the regime.
    under: tuple[tuple[str, Treatment], ...]
    ground: str
    #: The fact on which this reading turns, and whether it is to hold; None for a cookie with one reading.
    when: tuple[str, bool] | None = None
    #: What makes a ``conditional`` one exempt; the regime's own exceptions where there are none.
    conditions: tuple[Condition, ...] = field(default=(), validator=_each_once)
    source: Source
    read_on: date

    def of(self, regime: str) -> Treatment | None:
        """Give what it says under a regime; None where it says nothing."""
        return dict(self.under).get(regime)


class Law(InForce, Protocol):
    """Something that is the law of one jurisdiction from one day to another."""

    @property
    def jurisdiction(self) -> str:
        """Whose law it is."""
        ...


L = TypeVar("L", bound=Law)


def law_on(day: date, law: Iterable[L], *, jurisdiction: str) -> L:
    """Give the law of a jurisdiction that was in force on a day.

    Raises:
        PeriodError: the day is no plain day.
        UnknownRefError: the jurisdiction is none of those known.
        NoEditionError: no law of it was in force, or several were.
    """
    return at(day, law_of(law, day, jurisdiction=jurisdiction))


def law_of(law: Iterable[L], day: date, *, jurisdiction: str) -> tuple[L, ...]:
    """Give the law of a jurisdiction, of whatever years, to be asked about a day.

    Raises:
        PeriodError: the day is no plain day.
        UnknownRefError: the jurisdiction is none of those known: that it wants nothing would be a guess.
    """
    check_day(day)
    law = tuple(law)
    known = tuple(dict.fromkeys(one.jurisdiction for one in law))
    if jurisdiction not in known:
        raise UnknownRefError(
            f"There is no law of {shown(jurisdiction)}",
            why=f"There is that of {', '.join(known)}" if known else "There is none at all",
            remedy=did_you_mean(str(jurisdiction), known) or "Pass the law of that jurisdiction as well",
            ref=jurisdiction,
            known=known,
        )
    return tuple(one for one in law if one.jurisdiction == jurisdiction)


def readings_for(cookie: str, regime: str, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Give the readings of a cookie under a regime: one for all cases, or one for each case of one fact.

    Raises:
        PolicyError: several speak of the same case, or turn on different facts.
    """
    found = tuple(one for one in readings if one.cookie == cookie and one.of(regime) is not None)
    cases = [one.when for one in found]
    apart = len({case[0] for case in cases if case}) == 1 and len(set(cases)) == len(cases) and None not in cases
    if len(found) > 1 and not apart:
        raise PolicyError(
            f"The cookie {shown(cookie)} has several readings for one case under {regime}",
            why="They could say different things",
            remedy="Give one reading, or one for each case of a single fact",
            cookie=cookie,
            regime=regime,
        )
    return found
