"""Who did it: members, circumstances, agreements and records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cpdrules import Amount, Period
from cpdrules.amounts import HOUR, POINT, hours
from cpdrules.cpd import Agreement, Circumstance, Member, Record, activity, record
from cpdrules.cpd.members import circumstance_of
from cpdrules.errors import AmountError, RecordError

FIRST, LAST = date(2015, 3, 1), date(2015, 6, 30)


def agreement(**changes: Any) -> Agreement:
    """Write an agreement on 15 hours, with some things otherwise."""
    given: dict[str, Any] = {
        "figure": hours(15), "reason": "carer", "decided_by": "J. Doe", "decided_on": FIRST, "since": FIRST, **changes
    }  # fmt: skip
    return Agreement(**given)


class TestCircumstance:
    def test_holds_from_day_to_day(self) -> None:
        """Both days are in it; one that continues reaches to the end of the calendar."""
        leave = Circumstance("maternity_leave", FIRST, LAST)
        assert leave.period == Period(FIRST, LAST)
        assert str(leave) == "maternity leave from 1 March 2015 until 30 June 2015"
        retired = Circumstance("retired", FIRST)
        assert retired.period == Period(FIRST, date.max)
        assert str(retired) == "retired from 1 March 2015 and continuing"
        assert Circumstance("ill", FIRST, FIRST).period.days == 1

    def test_cannot_end_before_it_begins(self) -> None:
        """The two days are shown."""
        with pytest.raises(RecordError, match="leave cannot end on 2015-03-01 when it begins on 2015-06-30") as caught:
            Circumstance("leave", LAST, FIRST)
        assert "leave the last out while it continues" in caught.value.remedy
        assert set(caught.value.data) == {"circumstance"}

    def test_can_be_written_down(self) -> None:
        """With days as texts, or without a last one."""
        assert circumstance_of("leave", "2015-03-01", "2015-06-30") == Circumstance("leave", FIRST, LAST)
        assert circumstance_of("leave", FIRST) == Circumstance("leave", FIRST)
        with pytest.raises(RecordError, match="'1 March' is not a day"):
            circumstance_of("leave", "1 March")


class TestAgreement:
    def test_says_what_who_when_and_why(self) -> None:
        """R14: a decision overrides a rule with its reason and its decider."""
        assert str(agreement()) == "15 h agreed by J. Doe on 1 March 2015: carer"
        assert agreement().period == Period(FIRST, date.max)
        assert agreement(until=LAST).period == Period(FIRST, LAST)
        assert agreement().clause == ""

    @pytest.mark.parametrize(
        ("changes", "said"),
        [({"reason": " "}, "names no reason"), ({"decided_by": ""}, "names no decider"),
         ({"reason": "", "decided_by": ""}, "names no reason")],
    )  # fmt: skip
    def test_without_a_reason_or_a_decider_is_refused(self, changes: Any, said: str) -> None:
        """Nobody lowers a figure without saying why, and who."""
        with pytest.raises(RecordError, match=rf"An agreement on 15 h {said}\. A decision that overrides") as caught:
            agreement(**changes)
        assert set(caught.value.data) == {"agreement"}

    def test_cannot_end_before_it_begins(self) -> None:
        """The two days are shown."""
        with pytest.raises(RecordError, match="An agreement cannot end on 2015-02-01 when it begins on 2015-03-01"):
            agreement(until=date(2015, 2, 1))


class TestMember:
    def test_is_known_by_an_id(self) -> None:
        """Everything else may be unknown: then there is nothing, or no limit."""
        one = Member("7")
        assert (one.grade, one.registrations, one.circumstances, one.agreements, one.facts) == ("", (), (), (), {})
        assert one.membership == Period(date.min, date.max)

    def test_belongs_from_joining_to_leaving(self) -> None:
        """Both days are days of membership."""
        assert Member("7", joined=FIRST, left=LAST).membership == Period(FIRST, LAST)
        assert Member("7", joined=FIRST).membership == Period(FIRST, date.max)
        assert Member("7", left=LAST).membership == Period(date.min, LAST)
        assert Member("7", joined=FIRST, left=FIRST).membership.days == 1

    def test_cannot_leave_before_joining(self) -> None:
        """The two days are shown."""
        with pytest.raises(
            RecordError, match="Member 7 cannot leave on 2015-03-01 when they joined on 2015-06-30"
        ) as caught:
            Member("7", joined=LAST, left=FIRST)
        assert caught.value.data == {"member": "7", "joined": LAST, "left": FIRST}

    def test_keeps_facts_of_their_own(self) -> None:
        """A change to the mapping that was handed in does not reach the member."""
        facts: dict[str, Any] = {"route": "x"}
        one = Member("7", facts=facts)
        facts["route"] = "y"
        assert one.facts == {"route": "x"}


class TestRecord:
    def test_puts_a_member_and_activities_together(self) -> None:
        """By id or as a member, with activities from anything that gives them."""
        one = record("7", (activity(FIRST, 1, id=str(number)) for number in (1, 2)), declared="2:30", plan=True)
        assert one.member == Member("7")
        assert [entry.id for entry in one.activities] == ["1", "2"]
        assert (one.declared, one.plan) == (Amount(9000, HOUR), True)
        assert record(Member("7", grade="MIET")).member.grade == "MIET"
        assert record("7") == Record(Member("7"))
        assert (record("7").declared, record("7").plan) == (None, None)
        assert record("7", declared=3, unit=POINT).declared == Amount(300, POINT)

    def test_numbers_activities_without_an_id(self) -> None:
        """Each is told apart by its place; those that have a name keep it."""
        one = record("7", [activity(FIRST, 1), activity(FIRST, 1, id="mine"), activity(FIRST, 1)])
        assert [entry.id for entry in one.activities] == ["#1", "mine", "#3"]
        assert [entry.entry.id for entry in one.activities] == ["#1", "mine", "#3"]

    @pytest.mark.parametrize("ids", [("a", "b", "a", "b", "c"), ("#2", ""), ("", "#1")])
    def test_counts_no_activity_twice(self, ids: tuple[str, ...]) -> None:
        """R32: two activities with one id are refused, also where one of them got it by its place."""
        with pytest.raises(
            RecordError, match=r"The record of member 7 holds two activities with the id '(a|#\d)'"
        ) as caught:
            record("7", [activity(FIRST, 1, id=id_) for id_ in ids])
        assert caught.value.data["member"] == "7"
        assert caught.value.data["ids"] == (("a", "b") if "a" in ids else (next(id_ for id_ in ids if id_),))

    def test_may_be_empty(self) -> None:
        """R33: an empty record is a record."""
        assert record("7").activities == ()

    def test_holds_an_exact_declaration(self) -> None:
        """What is declared is an amount, or refused."""
        with pytest.raises(AmountError, match="'lots' is not an amount of hours"):
            record("7", declared="lots")
