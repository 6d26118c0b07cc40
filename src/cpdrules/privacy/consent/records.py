"""Records of consent: what somebody decided, for which purposes, and when.

A record only grows, by what can happen in its state. States are those of the W3C's Data Privacy Vocabulary (DPV). A
browser's Global Privacy Control is a signal that comes with a request; it is no decision, and never enters a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timezone
from enum import Enum
from types import MappingProxyType

from attrs import evolve, field, frozen
from attrs.converters import optional

from cpdrules.errors import RecordError, did_you_mean, shown


class ConsentState(Enum):
    """What became of consent; ``dpv`` is the term that DPV has for it.

    >>> ConsentState.GIVEN.dpv, ConsentState.DEFERRED.valid_for_processing
    ('ConsentGiven', False)
    """

    UNKNOWN = "unknown"
    #: Asked for, and not answered.
    REQUESTED = "requested"
    #: The question was put away without an answer.
    DEFERRED = "deferred"
    REFUSED = "refused"
    GIVEN = "given"
    #: Given again, of what was given before.
    RENEWED = "renewed"
    EXPIRED = "expired"
    #: Taken back by the person.
    WITHDRAWN = "withdrawn"
    #: Ended by somebody else, such as a controller who gives up the service.
    REVOKED = "revoked"
    #: Found by an authority not to be valid.
    INVALIDATED = "invalidated"

    @property
    def dpv(self) -> str:
        """The term of DPV, without its namespace."""
        return _DPV.get(self.value, f"Consent{self.value.capitalize()}")

    @property
    def valid_for_processing(self) -> bool:
        """Whether DPV counts it among the states that are valid for processing."""
        return self in (ConsentState.GIVEN, ConsentState.RENEWED)

    @property
    def refusal(self) -> bool:
        """Whether the person said no."""
        return self in (ConsentState.REFUSED, ConsentState.WITHDRAWN)

    @property
    def decides(self) -> bool:
        """Whether something was decided; a question that nobody answered leaves what was decided before."""
        return self not in (ConsentState.REQUESTED, ConsentState.DEFERRED)


_DPV = {"deferred": "ConsentRequestDeferred", "renewed": "RenewedConsentGiven"}

_OPEN = ("unknown", "refused", "expired", "withdrawn", "revoked", "invalidated")

#: Out of which states each can come. A question changes nothing that was decided, and only one that is out is deferred.
TRANSITIONS: Mapping[ConsentState, frozenset[ConsentState]] = MappingProxyType(
    {
        ConsentState(state): frozenset(map(ConsentState, before))
        for state, before in {
            "unknown": (*_OPEN, "given", "renewed"),
            "requested": (*_OPEN, "given", "renewed"),
            "deferred": ("requested", "deferred"),
            "refused": _OPEN,
            "given": _OPEN,
            "renewed": ("given", "renewed", "expired"),
            "expired": ("given", "renewed"),
            "withdrawn": ("given", "renewed", "expired", "unknown"),
            "revoked": ("given", "renewed"),
            "invalidated": ("given", "renewed", "expired", "withdrawn", "revoked"),
        }.items()
    }
)


def state_of(value: ConsentState | str) -> ConsentState:
    """Read a state by its word.

    Raises:
        RecordError: there is no such state.
    """
    try:
        return ConsentState(value)
    except ValueError:
        known = [state.value for state in ConsentState]
        raise RecordError(
            f"There is no state of consent {shown(value)}",
            why=f"There are {', '.join(known)}",
            remedy=did_you_mean(str(value), known),
            state=value,
        ) from None


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    if isinstance(ids, str):
        raise RecordError(
            f"{shown(ids)} was given where several ids belong", remedy="Give a tuple, even of one", ids=ids
        )
    return tuple(dict.fromkeys(ids))


def _at_its_offset(at: date) -> date:
    """Fix a time's offset: by zone, the hour that clocks have twice in autumn would compare as if they had it once."""
    if isinstance(at, datetime) and (offset := at.utcoffset()) is not None:
        return at.replace(tzinfo=timezone(offset), fold=0)
    return at


@frozen(kw_only=True)
class ConsentEvent:
    """Something that became of consent to some purposes.

    Raises:
        RecordError: the time has no zone, there is no such state, or no purpose is named.
    """

    #: A day, or a time with its zone, of which the offset that it had then is kept.
    at: date = field(converter=_at_its_offset)
    state: ConsentState = field(converter=state_of)
    #: Ids of cookie purposes of the statement.
    purposes: tuple[str, ...] = field(converter=_ids)
    #: Ids of those who may use what is stored; empty where that was not recorded.
    recipients: tuple[str, ...] = field(default=(), converter=_ids)
    #: The name of the statement that was read; empty where that was not recorded.
    statement: str = ""
    jurisdiction: str = ""
    #: By what it was said, such as ``button`` or ``tick-box``.
    signal: str = ""

    def __attrs_post_init__(self) -> None:
        day_of(self.at)
        if not self.purposes:
            raise RecordError("An event of consent names no purpose", remedy="Consent is for something: name it")

    @property
    def day(self) -> date:
        """Its day, which is that of UTC for a time."""
        return day_of(self.at)


def day_of(at: date) -> date:
    """Give the day of a day or time; that of UTC for a time, so that a later time never has an earlier day.

    Raises:
        RecordError: it is neither, a time without a zone, or one that lies outside the calendar in UTC.
    """
    if isinstance(at, datetime) and at.utcoffset() is not None:
        return _in_utc(at)
    if isinstance(at, datetime) or not isinstance(at, date):
        raise RecordError(
            f"Nobody can tell when {shown(at)} was",
            why="Times of records are compared with one another",
            remedy="Give a datetime.date, or a datetime with a time zone",
            at=at,
        )
    return at


def _in_utc(at: datetime) -> date:
    try:
        return at.astimezone(UTC).date()
    except OverflowError:
        raise RecordError(
            f"{at} lies outside the calendar in UTC",
            why="Times of records are compared in UTC",
            remedy="Give a time from year 1 to year 9999 there",
            at=at,
        ) from None


def _events(events: Iterable[ConsentEvent]) -> tuple[ConsentEvent, ...]:
    if isinstance(events, ConsentEvent):
        raise RecordError("One event was given where several belong", remedy="Give a tuple, even of one", event=events)
    return tuple(events)


@frozen
class ConsentRecord:
    """All that was recorded of one person's consent, in order of time; ``and_then`` adds to it.

    It may begin with any state, since it may continue another record.

    Raises:
        RecordError: an event comes before the one it follows, mixes days with times, or cannot happen.
    """

    #: Whose it is, as an opaque reference that nothing here reads; it is not shown.
    subject: str = field(repr=False)
    events: tuple[ConsentEvent, ...] = field(default=(), converter=_events)

    def __attrs_post_init__(self) -> None:
        decided: dict[str, ConsentState] = {}
        latest: dict[str, ConsentState] = {}
        for number, event in enumerate(self.events):
            if number:
                _follows(self.events[number - 1], event)
            for purpose in event.purposes:
                state = (latest if event.state is ConsentState.DEFERRED else decided).get(purpose)
                if state is not None and state not in TRANSITIONS[event.state]:
                    raise _impossible(purpose, state, event)
                latest[purpose] = event.state
                if event.state.decides:
                    decided[purpose] = event.state

    def and_then(self, event: ConsentEvent) -> ConsentRecord:
        """Give the record with one event more.

        >>> given = ConsentEvent(at=date(2026, 1, 10), state="given", purposes=["statistics"], statement="v5")
        >>> ConsentRecord("a7f3").and_then(given).known_on(date(2026, 1, 9)).events
        ()

        Raises:
            RecordError: it lies before the last one, mixes days with times, or cannot happen.
        """
        return evolve(self, events=(*self.events, event))

    def known_on(self, at: date) -> ConsentRecord:
        """Give the record as it was at a time, or at the end of a day.

        Raises:
            RecordError: the time has no zone.
        """
        return evolve(self, events=tuple(event for event in self.events if _by(event, at)))

    def continues(self, earlier: ConsentRecord) -> bool:
        """Tell whether this is an earlier record with nothing taken away."""
        return self.subject == earlier.subject and self.events[: len(earlier.events)] == earlier.events

    def of(self, purpose: str) -> tuple[ConsentEvent, ...]:
        """Give what became of one purpose."""
        return tuple(event for event in self.events if purpose in event.purposes)


def _by(event: ConsentEvent, at: date) -> bool:
    day = day_of(at)
    both = isinstance(event.at, datetime) and isinstance(at, datetime)
    return event.at <= at if both else event.day <= day


def _follows(last: ConsentEvent, event: ConsentEvent) -> None:
    if isinstance(last.at, datetime) is not isinstance(event.at, datetime):
        raise RecordError(
            "A record of consent has days and times of day",
            why="Which came first on one day could not be told",
            remedy="Give all events days, or all of them times",
            events=(last.at, event.at),
        )
    if event.at < last.at:
        raise RecordError(
            f"What happened at {event.at} cannot follow what happened at {last.at}",
            why="A record only grows at its end",
            remedy="Add events in the order in which they happened",
            events=(last.at, event.at),
        )


def _impossible(purpose: str, state: ConsentState, event: ConsentEvent) -> RecordError:
    possible = sorted(after.value for after, before in TRANSITIONS.items() if state in before)
    return RecordError(
        f"Consent to {shown(purpose)} cannot be {event.state.value} at {event.at}: it is {state.value}",
        why=f"What can follow is {', '.join(possible)}",
        remedy="Record what happened in between, or give each purpose an event of its own",
        purpose=purpose,
        state=state.value,
        event=event.state.value,
    )


@frozen
class PrivacySignal:
    """What a request said by Global Privacy Control; see ``gpc``.

    Raises:
        RecordError: it is known since no day, or since a time without a zone.
    """

    #: Whether a value said it. That none did says nothing, least of all consent.
    seen: bool
    #: Values that said nothing, shortened, each with the reason.
    ignored: tuple[str, ...] = ()
    #: The first day on which it is known to have been sent; that of UTC for a time.
    since: date | None = field(default=None, converter=optional(day_of))


def gpc(*values: object, since: date | None = None) -> PrivacySignal:
    """Read the values of the header ``Sec-GPC``: exactly ``1`` counts, and of several headers one is enough.

    Whoever takes a header apart leaves out the blanks around its value, which are no part of it; here they are not.
    ``since`` is the first day on which it is known to have been sent.

    >>> gpc("1").seen, gpc("true").seen, gpc("0", "1").seen, gpc().seen
    (True, False, True, False)

    Raises:
        RecordError: it is known since no day, or since a time without a zone.
    """
    ignored = tuple(f"{shown(value)} is not exactly '1'" for value in values if not _said(value))
    return PrivacySignal(any(_said(value) for value in values), ignored, since)


def _said(value: object) -> bool:
    return isinstance(value, str) and value == "1"
