"""Whether recorded consent still holds: for each purpose, at a time, and after a change of the statement.

Silence is no consent, and neither is a signal that was not sent. How long consent lasts is for the caller to say, since
no statute does. What holds at a time depends on nothing that was recorded later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from attrs import frozen

from cpdrules.errors import UnknownRefError, did_you_mean, shown
from cpdrules.periods import Length, as_date
from cpdrules.privacy.consent_records import ConsentEvent, ConsentRecord, ConsentState, PrivacySignal, day_of
from cpdrules.privacy.cookies import CookiePurpose
from cpdrules.privacy.law import COOKIE_LAW
from cpdrules.privacy.regimes import CookieRegime, law_on
from cpdrules.privacy.versions import MaterialChange

_DAY = timedelta(days=1)


class ConsentStatus(Enum):
    """Whether consent to one purpose can be relied on at a time, and if not, why not."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    #: Given, but not for this purpose, these recipients, or what the statement says now.
    NOT_COVERED = "not covered"
    #: Global Privacy Control says no, where that is an opt-out.
    OBJECTED = "objected"
    #: Nothing is recorded, or not enough to tell.
    UNKNOWN = "unknown"
    #: Recorded for a later time than the one asked about.
    IN_FUTURE = "in the future"
    #: Asked for, and not answered.
    UNDECIDED = "undecided"
    REVOKED = "revoked"
    INVALIDATED = "invalidated"


#: What a state means by itself; of one that is valid for processing more is asked.
_BY_STATE = {
    ConsentState.UNKNOWN: ConsentStatus.UNKNOWN,
    ConsentState.REFUSED: ConsentStatus.REFUSED,
    ConsentState.EXPIRED: ConsentStatus.EXPIRED,
    ConsentState.WITHDRAWN: ConsentStatus.WITHDRAWN,
    ConsentState.REVOKED: ConsentStatus.REVOKED,
    ConsentState.INVALIDATED: ConsentStatus.INVALIDATED,
}

#: What somebody put an end to, whatever a signal says besides.
_ENDED = (ConsentStatus.WITHDRAWN, ConsentStatus.REFUSED, ConsentStatus.REVOKED, ConsentStatus.INVALIDATED)


#: Material changes up to the statement asked about, by the name of the one they are changes from.
Changes: TypeAlias = Mapping[str, Iterable[MaterialChange]]


class _Told(NamedTuple):
    status: ConsentStatus
    why: str


@frozen
class ConsentStanding:
    """What can be said of consent to one purpose at a time."""

    purpose: str
    status: ConsentStatus
    #: What was last decided; unknown where nothing was.
    state: ConsentState
    #: The day of that decision.
    since: date | None
    #: The last day on which it can be relied on; None where no age was given, or there is nothing to rely on.
    ends: date | None
    #: All of them, that which decides first.
    reasons: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Whether it can be relied on."""
        return self.status is ConsentStatus.VALID

    def __str__(self) -> str:
        until = f" until {as_date(self.ends)}" if self.valid and self.ends else ""
        return f"{self.purpose}: {self.status.value}{until}: {'; '.join(self.reasons)}"


@frozen
class Consents:
    """What can be said of consent to several purposes at one time; see ``consent_status``."""

    at: date
    standings: tuple[ConsentStanding, ...]
    #: The signal that came with the request; None where nobody looked.
    gpc: PrivacySignal | None = None

    def __getitem__(self, purpose: str) -> ConsentStanding:
        """Give the standing of a purpose.

        Raises:
            UnknownRefError: it was not asked about.
        """
        for one in self.standings:
            if one.purpose == purpose:
                return one
        known = tuple(one.purpose for one in self.standings)
        raise UnknownRefError(
            f"Consent to {shown(purpose)} was not asked about",
            why=f"Asked about was {', '.join(known) or 'nothing'}",
            remedy=did_you_mean(str(purpose), known),
            ref=purpose,
            known=known,
        )

    def __iter__(self) -> Iterator[ConsentStanding]:
        return iter(self.standings)

    @property
    def valid_for(self) -> tuple[str, ...]:
        """The purposes for which consent can be relied on."""
        return tuple(one.purpose for one in self.standings if one.valid)

    def states(self) -> dict[str, ConsentState]:
        """Give the state of each purpose, as ``may_set`` reads it: what cannot be relied on is never given."""
        return {one.purpose: _effective(one) for one in self.standings}

    def __str__(self) -> str:
        return "\n".join(map(str, self.standings))


def _effective(standing: ConsentStanding) -> ConsentState:
    if standing.valid or not standing.state.valid_for_processing:
        return ConsentState.REFUSED if standing.status is ConsentStatus.OBJECTED else standing.state
    refused = {ConsentStatus.OBJECTED: ConsentState.REFUSED, ConsentStatus.EXPIRED: ConsentState.EXPIRED}
    return refused.get(standing.status, ConsentState.UNKNOWN)


@frozen(kw_only=True)
class _Question:
    """What is asked of every purpose."""

    #: What was recorded by then, and what later.
    known: ConsentRecord
    later: tuple[ConsentEvent, ...]
    day: date
    max_age: Length | None
    statement: str
    changes: Mapping[str, tuple[MaterialChange, ...]]
    recipients: tuple[str, ...]
    regime: CookieRegime | None
    gpc: PrivacySignal | None


def consent_status(
    record: ConsentRecord,
    *,
    at: date,
    purposes: Iterable[CookiePurpose],
    max_age: Length | None,
    statement: str = "",
    changes: Changes = MappingProxyType({}),
    recipients: Iterable[str] = (),
    jurisdiction: str = "",
    law: Iterable[CookieRegime] = COOKIE_LAW,
    gpc: PrivacySignal | None = None,
) -> Consents:
    """Say of each purpose whether recorded consent can be relied on at a time, or at the end of a day.

    ``max_age`` is how old consent may be, and None for any age: name the source of the figure where you choose it.
    With ``statement``, the name of the one in force, consent to an earlier one needs the ``changes`` since: without
    them nobody can tell. ``recipients`` are those who are to use what is stored. Global Privacy Control objects for the
    purposes, and where, the law of the ``jurisdiction`` lets it; an explicit choice that is later goes before it.

    Raises:
        RecordError: the time has no zone.
        UnknownRefError: the jurisdiction has no law among those given.
        NoEditionError: no law of the jurisdiction was in force.
        PeriodError: consent would last beyond the calendar.
    """
    day, known = day_of(at), record.known_on(at)
    question = _Question(
        known=known,
        later=record.events[len(known.events) :],
        day=day,
        max_age=max_age,
        statement=statement,
        changes={name: tuple(several) for name, several in changes.items()},
        recipients=tuple(recipients),
        regime=law_on(day, law, jurisdiction=jurisdiction) if jurisdiction else None,
        gpc=gpc,
    )
    return Consents(at, tuple(_standing(question, purpose) for purpose in purposes), gpc)


def _standing(question: _Question, purpose: CookiePurpose) -> ConsentStanding:
    last = _decided(question.known, purpose.id)
    given = last if last is not None and last.state.valid_for_processing else None
    ends = question.max_age.after(given.day) if given and question.max_age else None
    found = _faults(question, purpose.id, given, ends) if given else [_nothing_given(question, purpose.id, last)]
    signal, remarks = _signalled(question, purpose, found, given)
    told = [*signal, *found]
    if given and not told:
        told = [_Told(ConsentStatus.VALID, f"{given.state.value} on {as_date(given.day)}")]
    remarks += [
        f"later, and of no effect yet: {one.state.value}" for one in question.later if purpose.id in one.purposes
    ]
    return ConsentStanding(
        purpose.id,
        told[0].status,
        last.state if last else ConsentState.UNKNOWN,
        last.day if last else None,
        ends,
        (*(one.why for one in told), *remarks),
    )


def _decided(record: ConsentRecord, purpose: str) -> ConsentEvent | None:
    return next((event for event in reversed(record.of(purpose)) if event.state.decides), None)


def _nothing_given(question: _Question, purpose: str, last: ConsentEvent | None) -> _Told:
    """Say why there is nothing to rely on."""
    if last is not None:
        return _Told(_BY_STATE[last.state], f"{last.state.value} on {as_date(last.day)}")
    if asked := question.known.of(purpose):
        return _Told(ConsentStatus.UNDECIDED, f"{asked[-1].state.value} on {as_date(asked[-1].day)}, and not answered")
    if later := [one for one in question.later if purpose in one.purposes]:
        return _Told(ConsentStatus.IN_FUTURE, f"nothing is recorded before {as_date(later[0].day)}, in the future")
    if question.known.events:
        return _Told(ConsentStatus.NOT_COVERED, "what is recorded is for other purposes")
    return _Told(ConsentStatus.UNKNOWN, "nothing is recorded, and silence is no consent")


def _faults(question: _Question, purpose: str, given: ConsentEvent, ends: date | None) -> list[_Told]:
    """Say all that keeps consent that was given from being relied on."""
    found = []
    if ends is not None and question.day > ends:
        found.append(_Told(ConsentStatus.EXPIRED, f"given on {as_date(given.day)}, it lasted until {as_date(ends)}"))
    strangers = [one for one in question.recipients if one not in given.recipients]
    if strangers and not given.recipients:
        found.append(_Told(ConsentStatus.UNKNOWN, "it was not recorded for which recipients it was given"))
    elif strangers:
        found.append(_Told(ConsentStatus.NOT_COVERED, f"it was not given for {', '.join(strangers)}"))
    return found + _outdated(question, purpose, given)


def _outdated(question: _Question, purpose: str, given: ConsentEvent) -> list[_Told]:
    """Say what changed in the statement since consent was given to it."""
    if not question.statement or given.statement == question.statement:
        return []
    if not given.statement:
        return [_Told(ConsentStatus.UNKNOWN, "it was not recorded which statement was read")]
    if given.statement not in question.changes:
        since = f"it is not known what changed from {given.statement} to {question.statement}"
        return [_Told(ConsentStatus.UNKNOWN, since)]
    touching = [one for one in question.changes[given.statement] if purpose in one.purposes]
    return [
        _Told(
            ConsentStatus.NOT_COVERED if one.certain else ConsentStatus.UNKNOWN,
            f"changed since {given.statement}: {one}",
        )
        for one in touching
    ]


def _signalled(
    question: _Question, purpose: CookiePurpose, found: list[_Told], given: ConsentEvent | None
) -> tuple[list[_Told], list[str]]:
    """Say what Global Privacy Control does, and what there is to remark of it."""
    signal, regime = question.gpc, question.regime
    if signal is None or not signal.seen:
        return [], [f"no Global Privacy Control: {one}" for one in signal.ignored] if signal else []
    overtaken = given is not None and signal.since is not None and signal.since > given.day
    if regime is None:
        vague = "Global Privacy Control was seen; what it does depends on the jurisdiction, which was not told"
        return ([_Told(ConsentStatus.UNKNOWN, vague)], []) if overtaken and not found else ([], [vague])
    if not any(kind.admits(purpose) for kind in regime.gpc):
        return [], [f"Global Privacy Control was seen, and has no effect on this under {regime}"]
    if given is not None and not found and not overtaken:
        unsure = "" if signal.since else ", if it is the later, since nobody recorded from when the signal was sent"
        return [], [f"the explicit choice of {as_date(given.day)} goes before Global Privacy Control{unsure}"]
    objected = _Told(ConsentStatus.OBJECTED, f"Global Privacy Control is an opt-out under {regime}")
    return ([], [objected.why]) if found and found[0].status in _ENDED else ([objected], [])
