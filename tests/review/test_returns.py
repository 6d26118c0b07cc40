"""Declarations and returns: what has happened, and what may happen next."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Source, year
from cpdrules.amounts import hours
from cpdrules.errors import RecordError
from cpdrules.review.returns import (
    TRANSITIONS,
    Declaration,
    DeferralCap,
    Event,
    Happened,
    IllegalEventError,
    Return,
    State,
    declared,
    tally,
)

DAY = date(2017, 1, 9)


def after(*events: Event | str, cap: DeferralCap | None = None) -> Return:
    """Give a return to which these happened, a day after one another."""
    found = Return("R1", cap=cap)
    for number, event in enumerate(events):
        found = found.after(event, DAY + timedelta(days=number))
    return found


class TestTheTable:
    """Every state says what may happen in it, and every state can be reached."""

    def test_every_state_has_a_row(self) -> None:
        """None is forgotten."""
        assert set(TRANSITIONS) == set(State)

    def test_every_state_can_be_reached_and_every_event_happens(self) -> None:
        """From nothing selected, there is a way to each."""
        reached, waiting = {State.NOT_SELECTED}, [State.NOT_SELECTED]
        while waiting:
            new = set(TRANSITIONS[waiting.pop()].values()) - reached
            reached |= new
            waiting += new
        assert reached == set(State)
        assert {event for row in TRANSITIONS.values() for event in row} == set(Event)

    def test_only_closed_and_left_are_ends(self) -> None:
        """What is closed stays closed; who has left cannot be reviewed."""
        assert {state for state, row in TRANSITIONS.items() if not row} == {State.CLOSED, State.LEFT}

    def test_any_reply_ends_the_pursuit_of_a_non_responder(self) -> None:
        """A record, a request to defer, a statement of exemption or of a record elsewhere: each is a reply."""
        leads_on = {Event.STEP}
        assert {
            event for event, to in TRANSITIONS[State.NON_RESPONDER].items() if to is State.NON_RESPONDER
        } == leads_on

    def test_it_cannot_be_changed(self) -> None:
        """The table is read only."""
        with pytest.raises(TypeError):
            TRANSITIONS[State.CLOSED] = {}  # type: ignore[index]


class TestHistories:
    def test_submitted_before_selection_is_not_requested(self) -> None:
        """Who has handed in already is asked for nothing when drawn (R36)."""
        early = after("handed in", "selected")
        assert early.state is State.RECEIVED
        assert Event.REQUEST not in early.may_follow

    def test_the_usual_course(self) -> None:
        """Drawn, asked, reminded, received, read, fed back, closed."""
        course = after("select", "request", "remind", "remind", "hand_in", "allocate", "allocate", "feed_back", "close")
        assert course.state is State.CLOSED
        assert course.may_follow == ()

    def test_a_reply_of_exemption_closes_without_more(self) -> None:
        """A selected member who replies that nothing is asked of them: closed, no further action (R60)."""
        exempt = after("select", "request", "miss", "exempt")
        assert exempt.state is State.EXEMPT
        assert exempt.may_follow == (Event.CLOSE, Event.LEAVE)

    def test_recorded_elsewhere_may_be_followed_up(self) -> None:
        """The answer closes the matter, unless the record is asked for after all."""
        assert after("select", "request", Event.ANSWER, "request").state is State.REQUESTED
        assert after("select", "request", Event.ANSWER, "close").state is State.CLOSED

    @pytest.mark.parametrize(
        ("events", "illegal"),
        [
            ((), "allocate"),
            ((), "feed_back"),
            (("select",), "allocate"),
            (("select", "request", "leave"), "allocate"),
            (("select", "request", "hand_in", "allocate", "feed_back", "close"), "hand_in"),
            (("hand_in",), "request"),
        ],
    )
    def test_what_cannot_happen_is_refused(self, events: tuple[str, ...], illegal: str) -> None:
        """Not selected, then reviewed; left, then reviewed (R64): the error says what can happen."""
        known = after(*events)
        with pytest.raises(IllegalEventError) as caught:
            known.after(illegal, date(2018, 1, 1))
        assert caught.value.data["state"] is known.state
        assert caught.value.data["event"] is Event[illegal.upper()]
        assert caught.value.data["legal"] == known.may_follow
        assert known.state.value in str(caught.value)
        assert pickle.loads(pickle.dumps(caught.value)).data == caught.value.data  # noqa: S301 - our own

    def test_the_error_reads_aloud(self) -> None:
        """What happened, what could, and what to do."""
        with pytest.raises(IllegalEventError) as caught:
            after("select", "request", "exempt", "remind")
        assert str(caught.value) == (
            "“reminded” cannot happen to R1, which is exempt. What can: closed, left."
            " Record what happened in between, or correct the event."
        )
        with pytest.raises(IllegalEventError, match="Nothing more can"):
            after("leave", "remind")

    def test_an_unknown_event_is_refused_by_name(self) -> None:
        """Words that are no event are not guessed at."""
        with pytest.raises(RecordError, match="Nothing that can happen to a return is called 'removed'"):
            after("removed")

    def test_days_come_in_order(self) -> None:
        """Two events of one day stand in the order given; an earlier day cannot follow."""
        same = Return("R1").after("select", DAY).after("request", DAY)
        assert same.state is State.REQUESTED
        with pytest.raises(RecordError, match="kept in the order of its days"):
            same.after("remind", DAY - timedelta(days=1))
        with pytest.raises(RecordError, match="plain date"):
            same.after("remind", "2017-02-01")  # type: ignore[arg-type]

    def test_it_is_known_as_it_was_on_a_day(self) -> None:
        """What happened later was not known then."""
        course = after("select", "request", "hand_in")
        assert course.on(DAY + timedelta(days=1)).state is State.REQUESTED
        assert course.on(DAY - timedelta(days=1)).state is State.NOT_SELECTED
        assert course.on(DAY + timedelta(days=9)) == course

    def test_it_only_grows(self) -> None:
        """A history with an event taken away or changed does not continue the one before."""
        course = after("select", "request", "remind")
        assert course.continues(course.on(DAY))
        assert not course.on(DAY).continues(course)
        assert not course.continues(after("select", "request", "hand_in"))
        assert not course.continues(Return("R2"))

    def test_it_reads_aloud(self) -> None:
        """A line for the state, and one for each event."""
        text = str(Return("R1").after("select", DAY).after("defer", DAY, "illness"))
        assert text == "R1: deferred\n  9 January 2017: selected\n  9 January 2017: deferred (illness)"


class TestDeferral:
    """Deferral moves the return to a later cycle, is not an exemption, and has a cap (R61)."""

    CAP = DeferralCap(3, Source("Science Council"))

    def test_the_third_is_granted_and_the_fourth_refused(self) -> None:
        """At most three deferred years."""
        thrice = after("select", "defer", *["request", "defer"] * 2, cap=self.CAP)
        assert (thrice.state, thrice.deferrals) == (State.DEFERRED, 3)
        asked = thrice.after("request", date(2020, 1, 1))
        assert Event.DEFER not in asked.may_follow
        with pytest.raises(IllegalEventError) as caught:
            asked.after("defer", date(2020, 2, 1))
        assert "cannot be deferred for the 4th time. It may be deferred at most 3 times, by Science Council" in str(
            caught.value
        )
        assert caught.value.data["deferred"] == 4
        assert caught.value.data["legal"] == asked.may_follow

    def test_earlier_cycles_count(self) -> None:
        """Deferrals of which the history is not kept count towards the cap."""
        with pytest.raises(IllegalEventError, match="deferred at most 1 time"):
            Return("R1", cap=DeferralCap(1), deferred_before=1).after("select", DAY).after("defer", DAY)

    def test_without_a_cap_nothing_is_refused(self) -> None:
        """Where no text states a cap, the library invents none."""
        assert after("select", "defer", *["request", "defer"] * 20).deferrals == 21

    def test_it_is_no_exemption(self) -> None:
        """A deferred return is asked for again, and cannot simply be closed."""
        assert after("select", "defer").may_follow == (Event.REQUEST, Event.HAND_IN, Event.EXEMPT, Event.LEAVE)

    @pytest.mark.parametrize("most", [-1, 1.5, True])
    def test_a_cap_is_a_number(self, most: int) -> None:
        """Neither less than none, nor a half."""
        with pytest.raises(RecordError, match="cannot be deferred at most"):
            DeferralCap(most)

    @pytest.mark.parametrize(("number", "ordinal"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (112, "112th")])
    def test_ordinals(self, number: int, ordinal: str) -> None:
        """The message counts as people do."""
        with pytest.raises(IllegalEventError, match=f"for the {ordinal} time"):
            Return("R1", cap=DeferralCap(0), deferred_before=number - 1).after("select", DAY).after("defer", DAY)


# An obvious model: each state as the set of what may come next, written from the text and not from the table.
REPLIES = {"hand_in", "defer", "exempt", "answer", "leave"}
OBVIOUS = {
    "not selected": {"hand_in": "submitted", "select": "selected", "close": "closed", "leave": "left"},
    "submitted": {"hand_in": "submitted", "select": "received", "close": "closed", "leave": "left"},
}
REPLIED = {
    "hand_in": "received",
    "defer": "deferred",
    "exempt": "exempt",
    "answer": "recorded elsewhere",
    "leave": "left",
}


def obvious(state: str, event: str) -> str | None:
    """Give the state that follows, or None where the event cannot happen."""
    if state in OBVIOUS:
        return OBVIOUS[state].get(event)
    if state in ("selected", "requested", "reminded", "non-responder") and event in REPLIES:
        return REPLIED[event]
    return {
        ("selected", "request"): "requested",
        ("deferred", "request"): "requested",
        ("recorded elsewhere", "request"): "requested",
        ("requested", "remind"): "reminded",
        ("reminded", "remind"): "reminded",
        ("requested", "miss"): "non-responder",
        ("reminded", "miss"): "non-responder",
        ("non-responder", "step"): "non-responder",
        ("non-responder", "close"): "closed",
        ("deferred", "hand_in"): "received",
        ("deferred", "exempt"): "exempt",
        ("deferred", "leave"): "left",
        ("exempt", "close"): "closed",
        ("exempt", "leave"): "left",
        ("recorded elsewhere", "hand_in"): "received",
        ("recorded elsewhere", "close"): "closed",
        ("recorded elsewhere", "leave"): "left",
        ("received", "hand_in"): "received",
        ("received", "allocate"): "under review",
        ("received", "leave"): "left",
        ("under review", "allocate"): "under review",
        ("under review", "feed_back"): "fed back",
        ("under review", "leave"): "left",
        ("fed back", "close"): "closed",
    }.get((state, event))


class TestLaws:
    @given(st.lists(st.tuples(st.sampled_from(Event), st.integers(-1, 3)), max_size=12), st.integers(0, 3))
    def test_no_illegal_history_can_be_built(self, steps: list[tuple[Event, int]], most: int) -> None:
        """Event by event or all at once: what the model refuses is refused, and nothing else is."""
        state, day, deferred, events, legal = "not selected", DAY, 0, [], True
        for event, days in steps:
            follows, day = obvious(state, event.name.lower()), day + timedelta(days=days)
            deferred += event is Event.DEFER
            events.append(Happened(event, day))
            late = len(events) > 1 and days < 0
            legal = follows is not None and not late and not (event is Event.DEFER and deferred > most)
            if not legal:
                break
            state = follows or state
        if not legal:
            with pytest.raises(RecordError):
                Return("R1", tuple(events), cap=DeferralCap(most))
            events.pop()
        built = Return("R1", tuple(events), cap=DeferralCap(most))
        grown = Return("R1", cap=DeferralCap(most))
        for happened in events:
            grown = grown.after(happened.event, happened.on)
        assert grown == built
        assert grown.state.value == built.state.value == state

    @given(st.data())
    def test_what_may_follow_is_what_is_taken(self, data: st.DataObject) -> None:
        """Every event that is offered can be recorded, and no other."""
        one = Return("R1", cap=DeferralCap(1))
        for _ in range(data.draw(st.integers(0, 8))):
            if one.may_follow:
                one = one.after(data.draw(st.sampled_from(one.may_follow)), DAY)
        for event in Event:
            if event in one.may_follow:
                assert one.after(event, DAY).continues(one)
            else:
                with pytest.raises(IllegalEventError):
                    one.after(event, DAY)


class TestTally:
    def test_states_are_exclusive_and_sum_to_all(self) -> None:
        """143 = 128 + 8 + 2 + 5 (R55): a return is in one state."""
        courses = {"feed_back": 128, "defer": 8, "leave": 7}
        returns = [
            Return(f"{name}{number}")
            .after("select", DAY)
            .after(*(("defer", DAY) if name == "defer" else ("leave", DAY) if name == "leave" else ("hand_in", DAY)))
            for name, times in courses.items()
            for number in range(times)
        ]
        counts = tally(returns)
        assert counts == {State.DEFERRED: 8, State.RECEIVED: 128, State.LEFT: 7}
        assert sum(counts.values()) == 143

    def test_a_return_is_not_counted_twice(self) -> None:
        """All doubles are named."""
        with pytest.raises(RecordError) as caught:
            tally([Return(name) for name in "AABBC"])
        assert caught.value.data["ids"] == ("A", "B")
        assert "2 ids are used" in str(caught.value)
        with pytest.raises(RecordError, match="1 id is used"):
            tally([Return("A"), Return("A")])


class TestDeclarations:
    """A declaration is no return: all in the scheme declare, and it carries no record (R34)."""

    def test_declared_or_not(self) -> None:
        """Each member has the latest declaration for the period, or none."""
        first = Declaration("M1", year(2015), date(2016, 1, 4), hours(30))
        later = Declaration("M1", year(2015), date(2016, 1, 5), hours(32))
        other_year = Declaration("M2", year(2014), date(2016, 1, 4), hours(30))
        stranger = Declaration("M9", year(2015), date(2016, 1, 4))
        for order in ([first, later, other_year, stranger], [stranger, later, other_year, first]):
            assert declared(["M1", "M2"], order, period=year(2015)) == {"M1": later, "M2": None}

    def test_two_of_one_day_must_agree(self) -> None:
        """Nothing says which of the two was meant."""
        one = Declaration("M1", year(2015), date(2016, 1, 4), hours(30))
        assert declared(["M1"], [one, one], period=year(2015)) == {"M1": one}
        with pytest.raises(RecordError, match="two amounts for 2015") as caught:
            declared(["M1"], [one, Declaration("M1", year(2015), date(2016, 1, 4), hours(31))], period=year(2015))
        assert caught.value.data["member"] == "M1"
