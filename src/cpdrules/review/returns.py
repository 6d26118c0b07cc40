"""Declarations and returns: what has happened to each, and what may happen next.

A declaration says that CPD was done and carries no record; a return is the record as handed in for review. The history
of a return only grows, and can never hold what the table of transitions does not allow. What an institution did is
written down here when people say so; nothing is ever concluded to have been done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from cpdrules.amounts import Amount
from cpdrules.errors import RecordError, shown
from cpdrules.findings import Source
from cpdrules.periods import Period, as_date


class State(Enum):
    """Where a return stands."""

    NOT_SELECTED = "not selected"
    #: Handed in before anybody was drawn.
    SUBMITTED = "submitted"
    #: Drawn, and nothing handed in yet.
    SELECTED = "selected"
    REQUESTED = "requested"
    REMINDED = "reminded"
    #: Moved to a later cycle, which is no exemption.
    DEFERRED = "deferred"
    #: Nothing is asked, by the member's reply.
    EXEMPT = "exempt"
    #: The member replied that the record is kept with an employer or another body.
    ELSEWHERE = "recorded elsewhere"
    RECEIVED = "received"
    UNDER_REVIEW = "under review"
    FED_BACK = "fed back"
    CLOSED = "closed"
    NON_RESPONDER = "non-responder"
    #: No longer a member or registrant, for whatever reason people noted.
    LEFT = "left"


class Event(Enum):
    """What can happen to a return."""

    HAND_IN = "handed in"
    SELECT = "selected"
    REQUEST = "requested"
    REMIND = "reminded"
    DEFER = "deferred"
    EXEMPT = "exempted"
    ANSWER = "answered: recorded elsewhere"
    MISS = "deadline missed"
    #: A step of a ladder was taken; which one is its ``detail``.
    STEP = "step taken"
    ALLOCATE = "given to an assessor"
    FEED_BACK = "feedback given"
    CLOSE = "closed"
    LEAVE = "left"


_REPLIES = {
    Event.HAND_IN: State.RECEIVED,
    Event.DEFER: State.DEFERRED,
    Event.EXEMPT: State.EXEMPT,
    Event.ANSWER: State.ELSEWHERE,
    Event.LEAVE: State.LEFT,
}

#: What may happen in each state, and to which state it leads. Any reply ends the pursuit of a non-responder.
TRANSITIONS: Mapping[State, Mapping[Event, State]] = MappingProxyType(
    {
        State.NOT_SELECTED: {
            Event.HAND_IN: State.SUBMITTED,
            Event.SELECT: State.SELECTED,
            Event.CLOSE: State.CLOSED,
            Event.LEAVE: State.LEFT,
        },
        State.SUBMITTED: {
            Event.HAND_IN: State.SUBMITTED,
            Event.SELECT: State.RECEIVED,  # nothing is requested of those who have handed in already
            Event.CLOSE: State.CLOSED,
            Event.LEAVE: State.LEFT,
        },
        State.SELECTED: {**_REPLIES, Event.REQUEST: State.REQUESTED},
        State.REQUESTED: {**_REPLIES, Event.REMIND: State.REMINDED, Event.MISS: State.NON_RESPONDER},
        State.REMINDED: {**_REPLIES, Event.REMIND: State.REMINDED, Event.MISS: State.NON_RESPONDER},
        State.DEFERRED: {
            Event.REQUEST: State.REQUESTED,
            Event.HAND_IN: State.RECEIVED,
            Event.EXEMPT: State.EXEMPT,
            Event.LEAVE: State.LEFT,
        },
        State.EXEMPT: {Event.CLOSE: State.CLOSED, Event.LEAVE: State.LEFT},
        State.ELSEWHERE: {
            Event.REQUEST: State.REQUESTED,  # the answer may be followed up
            Event.HAND_IN: State.RECEIVED,
            Event.CLOSE: State.CLOSED,
            Event.LEAVE: State.LEFT,
        },
        State.RECEIVED: {
            Event.HAND_IN: State.RECEIVED,
            Event.ALLOCATE: State.UNDER_REVIEW,
            Event.LEAVE: State.LEFT,
        },
        State.UNDER_REVIEW: {
            Event.ALLOCATE: State.UNDER_REVIEW,  # a second assessor, or another one
            Event.FEED_BACK: State.FED_BACK,
            Event.LEAVE: State.LEFT,
        },
        State.FED_BACK: {Event.CLOSE: State.CLOSED},
        State.CLOSED: {},
        State.NON_RESPONDER: {
            **_REPLIES,
            Event.STEP: State.NON_RESPONDER,
            Event.CLOSE: State.CLOSED,
        },
        State.LEFT: {},
    }
)


class IllegalEventError(RecordError):
    """Something was recorded of a return that cannot happen in its state; ``data`` holds what can."""


@frozen
class Happened:
    """One thing that happened to a return, on a day that somebody recorded."""

    event: Event
    on: date
    #: Which step of a ladder, which statement, whose decision: whatever tells it from others of its kind.
    detail: str = ""

    def __str__(self) -> str:
        return f"{as_date(self.on)}: {self.event.value}{f' ({self.detail})' if self.detail else ''}"


@frozen
class DeferralCap:
    """How often a return may be moved to a later cycle.

    Raises:
        RecordError: the number is negative or not whole.
    """

    most: int
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.most) is not int or self.most < 0:
            raise RecordError(
                f"A return cannot be deferred at most {shown(self.most)} times",
                remedy="Give a whole number, 0 for never; leave the cap out where no text states one",
                most=self.most,
            )


@frozen
class Return:
    """A return and its history; ``after`` gives it with one event more, and nothing takes an event away.

    >>> asked = Return("R1").after("selected", date(2017, 1, 9)).after("requested", date(2017, 1, 16))
    >>> asked.state.value, [event.value for event in asked.may_follow][:2]
    ('requested', ['handed in', 'deferred'])

    Raises:
        IllegalEventError: an event cannot happen in the state before it, or one deferral too many is recorded.
        RecordError: an event lies before the one recorded ahead of it.
    """

    id: str
    history: tuple[Happened, ...] = ()
    #: None where no text states one.
    cap: DeferralCap | None = field(default=None, kw_only=True)
    #: How often it was deferred in cycles of which the history is not kept.
    deferred_before: int = field(default=0, kw_only=True)
    #: Where it stands after all that is recorded.
    state: State = field(init=False, eq=False, default=State.NOT_SELECTED)

    def __attrs_post_init__(self) -> None:
        state, deferred, latest = State.NOT_SELECTED, self.deferred_before, None
        for happened in self.history:
            self._check_day(happened, latest)
            deferred += happened.event is Event.DEFER
            state, latest = self._next(state, happened, deferred), happened.on
        object.__setattr__(self, "state", state)

    def _check_day(self, happened: Happened, latest: date | None) -> None:
        if type(happened.on) is not date or (latest is not None and happened.on < latest):
            raise RecordError(
                f"“{happened.event.value}” on {shown(happened.on)} cannot follow an event of {latest} on {self.id}",
                why="A history is kept in the order of its days, each a plain date",
                remedy="Correct the day, or record the earlier event first",
                id=self.id,
                event=happened.event,
                on=happened.on,
                latest=latest,
            )

    def _next(self, state: State, happened: Happened, deferred: int) -> State:
        legal = TRANSITIONS[state]
        if happened.event not in legal:
            raise IllegalEventError(
                f"“{happened.event.value}” cannot happen to {self.id}, which is {state.value}",
                why=f"What can: {', '.join(event.value for event in legal)}" if legal else "Nothing more can",
                remedy="Record what happened in between, or correct the event",
                id=self.id,
                state=state,
                event=happened.event,
                legal=tuple(legal),
            )
        if happened.event is Event.DEFER and self.cap is not None and deferred > self.cap.most:
            source = f", by {self.cap.source}" if self.cap.source else ""
            raise IllegalEventError(
                f"{self.id}, which is {state.value}, cannot be deferred for the {_ordinal(deferred)} time",
                why=f"It may be deferred at most {self.cap.most} {'time' if self.cap.most == 1 else 'times'}{source}",
                remedy="Ask for the record, or decide on another answer",
                id=self.id,
                state=state,
                event=happened.event,
                legal=tuple(event for event in legal if event is not Event.DEFER),
                deferred=deferred,
            )
        return legal[happened.event]

    def after(self, event: Event | str, on: date, detail: str = "") -> Return:
        """Give the return with one event more, by its name or its words.

        Raises:
            IllegalEventError: it cannot happen in this state.
            RecordError: its day lies before the latest one, or nothing has that name.
        """
        return evolve(self, history=(*self.history, Happened(_event(event), on, detail)))

    @property
    def deferrals(self) -> int:
        """How often it was deferred, in this history and before."""
        return self.deferred_before + sum(happened.event is Event.DEFER for happened in self.history)

    @property
    def may_follow(self) -> tuple[Event, ...]:
        """What may be recorded next."""
        spent = self.cap is not None and self.deferrals >= self.cap.most
        return tuple(event for event in TRANSITIONS[self.state] if not (spent and event is Event.DEFER))

    def on(self, day: date) -> Return:
        """Give the return as it was known at the end of a day."""
        return evolve(self, history=tuple(happened for happened in self.history if happened.on <= day))

    def continues(self, earlier: Return) -> bool:
        """Tell whether this is the same return with nothing taken away or changed, and perhaps events added."""
        return self.id == earlier.id and self.history[: len(earlier.history)] == earlier.history

    def __str__(self) -> str:
        return "\n".join([f"{self.id}: {self.state.value}", *(f"  {happened}" for happened in self.history)])


def _event(name: Event | str) -> Event:
    if isinstance(name, Event):
        return name
    found = next((event for event in Event if name in (event.value, event.name.lower())), None)
    if found is None:
        raise RecordError(
            f"Nothing that can happen to a return is called {shown(name)}",
            why=f"What can: {', '.join(event.value for event in Event)}",
            remedy="Use one of these",
            event=name,
        )
    return found


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def tally(returns: Iterable[Return]) -> Mapping[State, int]:
    """Count where returns stand; every return is in one state, so the counts sum to the number of returns.

    Raises:
        RecordError: a return is among them twice.
    """
    ids: Counter[str] = Counter()
    states: Counter[State] = Counter()
    for one in returns:
        ids[one.id] += 1
        states[one.state] += 1
    refuse_doubles(ids, "return")
    return {state: states[state] for state in State if states[state]}


def refuse_doubles(ids: Mapping[str, int], what: str) -> None:
    """Refuse ids that are used more than once, naming them all.

    Raises:
        RecordError: there are some.
    """
    twice = sorted(name for name, times in ids.items() if times > 1)
    if twice:
        raise RecordError(
            f"More than one {what} has the id {', '.join(map(shown, twice[:5]))}",
            why=f"{len(twice)} {'id is' if len(twice) == 1 else 'ids are'} used more than once",
            remedy=f"Give each {what} an id of its own, and each once",
            ids=tuple(twice),
        )


@frozen
class Declaration:
    """What a member declared for a period, and when; no record comes with it."""

    member: str
    period: Period
    made: date
    #: None where only the doing was declared, and no amount.
    amount: Amount | None = None


def declared(
    members: Iterable[str], declarations: Iterable[Declaration], *, period: Period
) -> Mapping[str, Declaration | None]:
    """Give for each member what they declared for a period, the latest of several; None: not declared.

    Raises:
        RecordError: two declarations of one day differ.
    """
    found: dict[str, Declaration | None] = dict.fromkeys(members)
    for one in declarations:
        if one.member not in found or one.period != period:
            continue
        other = found[one.member]
        if other is not None and other.made == one.made and other != one:
            raise RecordError(
                f"{one.member} declared two amounts for {period} on {as_date(one.made)}",
                why="Nothing says which of the two was the later one",
                remedy="Keep the one that holds",
                **_both(other, one),
            )
        if other is None or other.made < one.made:
            found[one.member] = one
    return found


def _both(one: Declaration, other: Declaration) -> dict[str, Any]:
    return {"member": one.member, "period": one.period, "declarations": (one, other)}
