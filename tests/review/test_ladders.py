"""Ladders: what may follow when nobody replies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Verdict
from cpdrules.errors import PeriodError, PolicyError, RecordError
from cpdrules.review.ladders import Ladder, Standing, Step, days_after, standing
from cpdrules.review.returns import Event, Return, State
from examples.ladders import ENGINEERING_COUNCIL, ICE, IET, IMECHE

EVERYONE = {"registered": True, "professionally_active": True, "persistent": True}
LADDERS = (ENGINEERING_COUNCIL, IET, IMECHE, ICE)


def silent(missed: date) -> Return:
    """Give a return whose deadline was missed on a day."""
    return Return("R1").after("selected", missed).after("requested", missed).after("miss", missed)


def weekdays(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


class TestEngineeringCouncil:
    """Removal requires registered, professionally active, persistent, and no reply (R57); from 2020 (R2)."""

    def test_all_conditions_hold(self) -> None:
        """Then the member may be referred; nothing says that they were removed."""
        found = standing(ENGINEERING_COUNCIL, silent(date(2020, 3, 2)), on=date(2020, 3, 2), facts=EVERYONE)
        assert found.verdict is Verdict.MET
        assert str(found) == "R1, 2 March 2020: may be referred: removal from the register [E3]"

    @pytest.mark.parametrize("name", EVERYONE)
    def test_each_condition_is_needed(self, name: str) -> None:
        """Where one does not hold, the member may not be referred; where one is not known, nobody can tell."""
        missed = silent(date(2020, 3, 2))
        without = standing(ENGINEERING_COUNCIL, missed, on=date(2020, 3, 2), facts={**EVERYONE, name: False})
        assert (without.verdict, without.reasons) == (Verdict.NOT_MET, (f"not {name.replace('_', ' ')}",))
        assert "may not be referred" in str(without)
        for unknown in ({**EVERYONE, name: None}, {other: True for other in EVERYONE if other != name}):
            found = standing(ENGINEERING_COUNCIL, missed, on=date(2020, 3, 2), facts=unknown)
            assert found.verdict is Verdict.CANNOT_TELL
            assert "cannot tell whether it may be referred" in str(found)
            assert found.reasons == (f"whether {name.replace('_', ' ')} is not known",)

    def test_before_2020_there_was_no_such_power(self) -> None:
        """Non-response in 2018 cannot lead to removal, whenever one looks at it."""
        found = standing(ENGINEERING_COUNCIL, silent(date(2018, 3, 2)), on=date(2021, 1, 1), facts=EVERYONE)
        assert found.verdict is Verdict.NOT_MET
        assert found.reasons == ("only for deadlines missed from 1 January 2020, and this was 2 March 2018",)
        assert (
            standing(ENGINEERING_COUNCIL, silent(date(2020, 1, 1)), on=date(2021, 1, 1), facts=EVERYONE).verdict
            is Verdict.MET
        )


class TestByelaw:
    """The Board's right is reported as one, and where no days are stated nobody can tell (R58)."""

    def test_the_text_is_silent_on_days(self) -> None:
        """Silence is data."""
        found = standing(IET, silent(date(2020, 3, 2)), on=date(2030, 1, 1))
        assert found.verdict is Verdict.CANNOT_TELL
        assert found.earliest is None
        assert found.reasons == ("the text does not say how many days must pass",)


class TestClimbing:
    def test_one_step_at_a_time(self) -> None:
        """Each step waits for its days after the one before, and for nobody's reply."""
        missed = silent(date(2017, 3, 1))
        early = standing(ICE, missed, on=date(2017, 3, 28), working_days=weekdays)
        assert (early.verdict, early.earliest) == (Verdict.NOT_MET, date(2017, 3, 29))
        assert str(early) == ("R1, 28 March 2017: may not be sent: a second written request: not before 29 March 2017")
        assert standing(ICE, missed, on=date(2017, 3, 29)).verdict is Verdict.MET
        asked = missed.after(Event.STEP, date(2017, 3, 31), "second_request")
        board = standing(ICE, asked, on=date(2017, 4, 13), working_days=weekdays)
        assert (board.step and board.step.ref, board.earliest) == ("board", date(2017, 4, 14))
        assert standing(ICE, asked, on=date(2017, 4, 14), working_days=weekdays).verdict is Verdict.MET

    def test_working_days_are_the_callers(self) -> None:
        """Without a rule of working days, nobody can tell when ten of them have passed."""
        asked = silent(date(2017, 3, 1)).after(Event.STEP, date(2017, 3, 31), "second_request")
        found = standing(ICE, asked, on=date(2027, 4, 13))
        assert (found.verdict, found.reasons) == (Verdict.CANNOT_TELL, ("working days are not given",))

    def test_steps_passed_over_are_told(self) -> None:
        """A step taken before its turn leaves the others marked."""
        found = standing(ICE, silent(date(2017, 3, 1)).after("step", date(2017, 3, 2), "extended"), on=date(2017, 3, 2))
        assert found.skipped == ("second_request", "board")
        assert found.step is ICE.steps[3]

    def test_the_last_step_ends_it(self) -> None:
        """The library does not say what was decided; there is only no further step."""
        end = silent(date(2017, 3, 1)).after("step", date(2017, 3, 2), "removal")
        found = standing(ICE, end, on=date(2017, 3, 2))
        assert (found.verdict, found.step) == (Verdict.DOES_NOT_APPLY, None)
        assert str(found) == "R1, 2 March 2017: no step may follow: its last step was taken"
        assert end.state is State.NON_RESPONDER

    def test_a_missed_deadline_begins_anew(self) -> None:
        """Steps of an earlier pursuit do not count: replied, asked again, missed again."""
        again = (
            silent(date(2017, 3, 1))
            .after("step", date(2017, 3, 29), "second_request")
            .after("defer", date(2017, 4, 1))
            .after("request", date(2018, 1, 1))
            .after("miss", date(2018, 3, 1))
        )
        assert standing(ICE, again, on=date(2018, 3, 1)).taken == ()

    def test_it_is_asked_as_of_a_day(self) -> None:
        """A reply that came later does not change what might be done before it."""
        replied = silent(date(2017, 3, 1)).after("hand_in", date(2017, 4, 5))
        assert standing(ICE, replied, on=date(2017, 4, 4)).verdict is Verdict.MET
        assert standing(ICE, replied, on=date(2017, 4, 5)).verdict is Verdict.DOES_NOT_APPLY

    def test_an_unknown_step_is_refused(self) -> None:
        """A step of another ladder cannot be placed on this one."""
        wrong = silent(date(2017, 3, 1)).after("step", date(2017, 3, 2), "fine")
        with pytest.raises(RecordError, match="has no step 'fine', recorded of R1") as caught:
            standing(ICE, wrong, on=date(2017, 3, 2))
        assert caught.value.data["known"] == ("second_request", "board", "extended", "removal")

    def test_the_second_time_is_a_fact(self) -> None:
        """The first miss leads to the next draw; the committee needs a second."""
        drawn = silent(date(2020, 3, 2)).after("step", date(2020, 3, 3), "next_draw")
        first = standing(IMECHE, drawn, on=date(2020, 4, 1), facts={"missed_again": False})
        assert (first.verdict, first.reasons) == (Verdict.NOT_MET, ("not missed again",))


class TestLaws:
    @given(st.sampled_from(LADDERS), st.lists(st.sampled_from(Event), max_size=9), st.booleans())
    def test_a_power_is_never_told_as_done(self, ladder: Ladder, events: list[Event], known: bool) -> None:
        """Whatever happened, the words say what may be, never that anybody was removed."""
        one = silent(date(2020, 3, 2))
        for event in events:
            if event in one.may_follow:
                one = one.after(event, date(2020, 3, 2), ladder.steps[0].ref)
        found = standing(ladder, one, on=date(2021, 3, 2), facts=EVERYONE if known else None, working_days=weekdays)
        assert "removed" not in str(found)
        if one.state is not State.NON_RESPONDER:
            assert (found.step, found.verdict) == (None, Verdict.DOES_NOT_APPLY)
            assert one.state.value in str(found)
        elif found.verdict is Verdict.MET:
            assert found.step is not None
            assert (found.step.kind == "power") == ("may be referred" in str(found))

    @given(st.sampled_from((Event.HAND_IN, Event.DEFER, Event.EXEMPT, Event.ANSWER)))
    def test_any_reply_stops_it(self, reply: Event) -> None:
        """Reply of any kind: no step may follow (R60)."""
        found = standing(ICE, silent(date(2017, 3, 1)).after(reply, date(2017, 3, 2)), on=date(2018, 3, 2))
        assert (found.verdict, found.step) == (Verdict.DOES_NOT_APPLY, None)

    @given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
    def test_working_days_are_counted_one_by_one(self, day: date, number: int) -> None:
        """The slow way: walk on and count; and every day a working day is plain days."""
        later = days_after(day, number, weekdays)
        between = [day + timedelta(days=one) for one in range(1, (later - day).days + 1)]
        assert sum(map(weekdays, between)) == number
        assert number == 0 or weekdays(later)
        assert days_after(day, number, lambda _: True) == days_after(day, number) == day + timedelta(days=number)


class TestMisuse:
    def test_a_calendar_without_working_days(self) -> None:
        """It ends with the calendar, and says so."""
        with pytest.raises(PeriodError, match="no day is a working day"):
            days_after(date(9998, 1, 1), 1, lambda _: False)

    @pytest.mark.parametrize("days", [-1, 1.5])
    def test_days_are_not_negative(self, days: int) -> None:
        """A step cannot be taken before the one before it."""
        with pytest.raises(PolicyError, match="needs a name and a number of days"):
            Step("x", "x", days)

    def test_names(self) -> None:
        """Steps are told apart by their names."""
        with pytest.raises(PolicyError, match="needs a name"):
            Step("", "x")
        with pytest.raises(PolicyError, match="has no steps"):
            Ladder("x", ())
        with pytest.raises(PolicyError, match="has two steps 'a'"):
            Ladder("x", (Step("a", "x"), Step("a", "y")))

    def test_a_standing_is_a_value(self) -> None:
        """The same question has an equal answer."""
        ask = [standing(IET, silent(date(2020, 3, 2)), on=date(2030, 1, 1)) for _ in range(2)]
        assert ask[0] == ask[1]
        assert isinstance(ask[0], Standing)
