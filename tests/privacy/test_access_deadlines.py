"""By when a request must be answered: the four regimes, pauses, restarts, extensions and working days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdrules import Period
from cpdrules.errors import NoEditionError, PeriodError
from cpdrules.periods import Length, days, months
from cpdrules.privacy.access_deadlines import Deadline, deadline
from cpdrules.privacy.access_law import UK_ACCESS_LAW, AccessExtension, AccessRegime, ClockEffect
from cpdrules.privacy.access_requests import AccessRequest, Asked, Extended
from tests.privacy.access_cases import timed, working_day
from tests.privacy.inventory import named, rows

DPA, GDPR_2018, GDPR_2019, DUAA = UK_ACCESS_LAW
COMPLEX = ("complexity",)
JUNE = date(2026, 6, 10)


def due(received: date, *asked: Asked, **more: Any) -> Deadline:
    """Count for a request, in England and Wales."""
    return deadline(AccessRequest(received, asked=asked, **more), working_day=working_day)


def under(regime: AccessRegime, received: date, *asked: Asked, **more: Any) -> Deadline:
    """Count under one regime, where every day is a working day."""
    request = AccessRequest(received, asked=asked, **more)
    return deadline(request, regime, working_day=lambda _day: True)


def unclear(first: int, last: int | None = None, *, month: int = 6) -> Asked:
    """Ask for clarification on a day of a month of 2026, and have it on another."""
    return Asked("clarification", date(2026, month, first), date(2026, month, last) if last else None)


def said(found: Deadline) -> str:
    """Give the reasons as one text."""
    return "\n".join(reason.says for reason in found.reasons)


class TestTheInventory:
    """`sar_tests`, row by row, whatever their number."""

    @pytest.mark.parametrize("row", rows("sar_tests"), ids=named)
    def test_a_row_comes_out_as_it_says(self, row: dict[str, Any]) -> None:
        """Its regime by the day of receipt, its last day, by the other count too, and the days that it stood still."""
        found = deadline(timed(row), working_day=working_day)
        assert found.regime.name == row["regime"]
        assert row.get("due") in ((found.due,) if found.due else (found.earliest, found.latest))
        for key, value in row.items():
            if key.endswith("_by"):
                assert found.tell_extension_by == value
            if key in {"start", "starts", "relevant_time", "relevant_day"}:
                assert found.start == value
        if "due_if_exclusive_count" in row:
            assert found.due_if_exclusive_count == row["due_if_exclusive_count"]
        if "paused_days" in row:
            assert found.paused_days == row["paused_days"]

    @pytest.mark.parametrize("row", [row for row in rows("sar_tests") if row["id"] in {"sa01", "sa09"}], ids=named)
    def test_the_rows_that_are_known_leave_nothing_open(self, row: dict[str, Any]) -> None:
        """No bounds: the day itself."""
        found = deadline(timed(row), working_day=working_day)
        assert found.due == found.earliest == found.latest == row["due"]
        assert (found.awaited, found.missing) == ((), ())


class TestFortyDays:
    """DPA 1998 s.7(8),(10): forty days from the relevant day, the later of request, fee and information."""

    def test_the_relevant_day_is_the_first(self) -> None:
        """Both counts are reported; neither is moved to a working day."""
        found = due(date(2015, 11, 18))
        assert (found.start, found.due) == (date(2015, 11, 18), date(2015, 12, 27))
        assert found.due_if_exclusive_count == date(2015, 12, 28)
        assert not working_day(date(2015, 12, 27))
        assert deadline(AccessRequest(date(2015, 11, 18))).due == found.due

    @pytest.mark.parametrize("what", ["fee", "identity", "clarification"])
    def test_whatever_comes_later_begins_it(self, what: Any) -> None:
        """Fee, identity and what is needed to find the data."""
        found = due(date(2015, 11, 18), Asked(what, date(2015, 11, 20), date(2015, 12, 1)))
        assert (found.start, found.due) == (date(2015, 12, 1), date(2016, 1, 9))
        assert found.due_if_exclusive_count == date(2016, 1, 10)
        assert found.paused_days == 0

    def test_the_latest_of_them_begins_it(self) -> None:
        """In whatever order they came; the reason names it."""
        fee = Asked("fee", date(2015, 11, 18), date(2015, 12, 1))
        identity = Asked("identity", date(2015, 11, 20), date(2015, 11, 24))
        found = due(date(2015, 11, 18), fee, identity)
        assert found.start == date(2015, 12, 1)
        assert "the day on which the fee asked for was there; receipt, on 18 November 2015, was earlier" in said(found)
        assert str(found.reasons[0].source) == "DPA 1998 s.7(10)"

    def test_what_was_there_before_changes_nothing(self) -> None:
        """A fee paid in advance begins nothing."""
        found = due(date(2015, 11, 18), Asked("fee", None, date(2015, 11, 2)))
        assert found == due(date(2015, 11, 18))
        assert "1 November" not in said(found)
        assert "18 November 2015, the day of receipt" in said(found)

    def test_a_fee_beyond_the_most_is_not_waited_for(self) -> None:
        """Nobody has to wait for what nobody may ask."""
        found = due(date(2015, 11, 18), Asked("fee", date(2015, 11, 18), amount=15))
        assert (found.due, found.awaited) == (date(2015, 12, 27), ())
        assert "The time does not wait for fee asked for on 18 November 2015" in said(found)

    def test_the_law_knew_no_extension(self) -> None:
        """Whatever was told."""
        found = due(date(2015, 11, 18), extended=Extended(date(2015, 11, 20), COMPLEX))
        assert (found.due, found.extended, found.tell_extension_by) == (date(2015, 12, 27), False, None)
        assert "The time is not made longer: the law knows no extension." in said(found)
        silent = due(date(2015, 11, 18), extended=Extended(date(2015, 11, 20)))
        assert (silent.due, silent.missing) == (date(2015, 12, 27), ())
        law = evolve(DPA, clarification=ClockEffect("unstated"))
        asked = Asked("clarification", date(2015, 11, 20), date(2015, 11, 21))
        open_too = under(law, date(2015, 11, 18), asked, extended=Extended(date(2015, 11, 20)))
        assert (open_too.due, open_too.due_if_exclusive_count) == (None, None)
        assert open_too.missing == ("whether the time waits for clarification, which dpa1998, as read, does not say",)


class TestOneMonth:
    """GDPR art 12(3), by the guidance of the time."""

    @pytest.mark.parametrize(
        ("received", "last"),
        [
            (date(2018, 5, 25), date(2018, 6, 26)),  # its first day
            (date(2018, 9, 3), date(2018, 10, 4)),  # the guidance's own example
            (date(2019, 3, 30), date(2019, 4, 30)),  # from 31 March, and April has no 31st
            (date(2019, 8, 14), date(2019, 9, 16)),  # its last day; 15 September is a Sunday
            (date(2019, 8, 15), date(2019, 9, 16)),  # the new count; the same Sunday
            (date(2019, 9, 3), date(2019, 10, 3)),
            (date(2019, 11, 25), date(2019, 12, 27)),  # Christmas and Boxing Day
            (date(2020, 1, 29), date(2020, 3, 2)),  # 29 February is a Saturday
            (date(2020, 1, 31), date(2020, 3, 2)),
            (date(2020, 2, 29), date(2020, 3, 30)),  # 29 March is a Sunday
            (date(2021, 1, 31), date(2021, 3, 1)),  # 28 February is a Sunday
            (date(2023, 3, 31), date(2023, 5, 2)),  # 30 April is a Sunday, 1 May a holiday
            (date(2026, 2, 4), date(2026, 3, 4)),  # the last day of the old rule
            (date(2026, 2, 5), date(2026, 3, 5)),
            (date(2026, 3, 3), date(2026, 4, 7)),  # Good Friday to Easter Monday
            (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas on a Friday, and Boxing Day's substitute
        ],
    )
    def test_the_last_day(self, received: date, last: date) -> None:
        """By hand, with the calendar of England and Wales."""
        found = due(received)
        assert found.due == last
        assert found.due_if_exclusive_count is None

    def test_the_day_after_is_the_first_until_august_2019(self) -> None:
        """A change of guidance alone."""
        assert due(date(2018, 9, 3)).start == date(2018, 9, 4)
        assert due(date(2019, 9, 3)).start == date(2019, 9, 3)
        assert "from 4 September 2018, the day after receipt." in said(due(date(2018, 9, 3)))
        later = due(date(2018, 9, 3), Asked("identity", date(2018, 9, 4), date(2018, 9, 10)))
        assert (later.start, later.due) == (date(2018, 9, 11), date(2018, 10, 11))
        assert "from 11 September 2018, the day after the identity asked for was there; receipt, on 3" in said(later)

    def test_it_moves_to_a_working_day_and_says_so(self) -> None:
        """Only the last day, and only where it is none."""
        assert "3 April 2026 is no working day, and 7 April 2026 is the next one." in said(due(date(2026, 3, 3)))
        assert "working day" not in said(due(date(2026, 3, 9)))

    def test_without_working_days_it_has_a_lower_bound(self) -> None:
        """No week-end is assumed: the answer names what it lacks."""
        found = deadline(AccessRequest(date(2026, 3, 3)))
        assert (found.due, found.earliest, found.latest) == (None, date(2026, 4, 3), None)
        assert found.missing == ("whether 3 April 2026 is a working day, since no rule of working days was given",)
        assert str(found).startswith("Cannot tell: not before 3 April 2026: under the UK GDPR")
        assert str(found).endswith(
            "not known: whether 3 April 2026 is a working day, since no rule of working days was given"
        )

    def test_a_year_without_working_days_is_refused(self) -> None:
        """A function that is never true is a mistake."""
        with pytest.raises(PeriodError, match="No day of the year that begins on 3 April 2026"):
            deadline(AccessRequest(date(2026, 3, 3)), working_day=lambda _day: False)

    def test_a_year_is_looked_at_and_no_more(self) -> None:
        """The 366th day is the last that is asked about."""
        asked: list[date] = []
        with pytest.raises(PeriodError):
            deadline(AccessRequest(date(2026, 3, 3)), working_day=lambda day: bool(asked.append(day)))  # type: ignore[func-returns-value]
        assert (asked[0], len(asked)) == (date(2026, 4, 3), 366)

    def test_the_calendar_ends(self) -> None:
        """A month after its last day is none."""
        with pytest.raises(PeriodError):
            due(date(9999, 12, 31))
        with pytest.raises(NoEditionError):
            due(date(2000, 2, 29))
        assert due(date(2000, 3, 1)).due == date(2000, 4, 9)


class TestIdentityRestarts:
    """UK GDPR art 12A: the relevant time is the latest of the request, the information and the fee."""

    def test_the_month_begins_when_identity_is_there(self) -> None:
        """Given on 19 March, the month ends on 19 April, a Sunday: never on 10 April."""
        found = due(date(2026, 3, 3), Asked("identity", date(2026, 3, 4), date(2026, 3, 19)))
        assert (found.start, found.due, found.paused_days) == (date(2026, 3, 19), date(2026, 4, 20), 0)

    def test_until_then_there_is_no_day(self) -> None:
        """Nothing is guessed, and what is awaited is named."""
        found = due(
            date(2026, 3, 3), Asked("identity", date(2026, 3, 4)), Asked("fee", None), fee_grounds=("further copies",)
        )
        assert (found.start, found.due, found.earliest, found.latest) == (None, None, None, None)
        assert found.awaited == ("fee", "identity asked for on 4 March 2026")
        assert (found.tell_extension_by, found.extended, found.missing) == (None, False, ())
        assert str(found).startswith("No day yet, awaiting fee and identity asked for on 4 March 2026: under")
        assert "The time begins when identity is there." in said(found)
        assert due(date(2026, 3, 3), Asked("identity"), extended=Extended(date(2026, 3, 9), COMPLEX)).extended is None

    def test_a_fee_without_a_ground_leaves_two_readings(self) -> None:
        """The law lets it be asked only on a ground, and none is recorded."""
        found = due(JUNE, Asked("fee", JUNE, date(2026, 6, 15)))
        assert (found.due, found.earliest, found.latest) == (None, date(2026, 7, 10), date(2026, 7, 15))
        assert (found.start, found.missing) == (None, ("on which ground the fee is asked",))
        assert str(found).startswith("Cannot tell: not before 10 July 2026 and not after 15 July 2026: under")
        awaited = due(JUNE, Asked("fee", JUNE))
        assert (awaited.due, awaited.earliest, awaited.latest) == (None, date(2026, 7, 10), None)
        assert awaited.missing == ("on which ground the fee is asked",)

    def test_a_ground_settles_it(self) -> None:
        """One of the law's begins the time anew; another is not waited for."""
        fee = Asked("fee", JUNE, date(2026, 6, 15))
        assert due(JUNE, fee, fee_grounds=("further copies",)).due == date(2026, 7, 15)
        assert due(JUNE, fee, fee_grounds=("busy",)).due == date(2026, 7, 10)

    def test_readings_that_end_on_one_day_leave_nothing_open(self) -> None:
        """A fee paid on the day of receipt begins nothing anew."""
        found = due(JUNE, Asked("fee", JUNE, JUNE))
        assert (found.due, found.missing) == (date(2026, 7, 10), ())
        there = due(JUNE, Asked("identity", JUNE, JUNE))
        assert said(there) == said(due(JUNE))

    def test_what_is_open_is_named_once(self) -> None:
        """Two fees without a ground lack one ground; and under a law by which fees pause, no day of asking."""
        fees = (Asked("fee", JUNE, date(2026, 6, 15)), Asked("fee", date(2026, 6, 16), date(2026, 6, 17)))
        assert due(JUNE, *fees).missing == ("on which ground the fee is asked",)
        pausing = evolve(DUAA, fee=ClockEffect("pauses"))
        found = under(pausing, JUNE, *fees)
        assert found.missing == ("on which ground the fee is asked",)
        assert (found.earliest, found.latest) == (date(2026, 7, 10), date(2026, 7, 18))

    @pytest.mark.parametrize("regime", UK_ACCESS_LAW, ids=str)
    @given(received=st.dates(date(2001, 1, 1), date(2040, 1, 1)), wait=st.integers(0, 400))
    def test_a_restart_is_a_request_of_that_day(self, regime: AccessRegime, received: date, wait: int) -> None:
        """Whatever was counted before is forgotten."""
        there = received + timedelta(days=wait)
        one = under(regime, received, Asked("identity", received, there))
        other = under(regime, there)
        assert (one.start, one.due, one.tell_extension_by) == (other.start, other.due, other.tell_extension_by)


class TestClarificationPauses:
    """Art 12A: from asking to answer the time stands still, and both days are left out."""

    def test_five_days_for_12_to_16_june(self) -> None:
        """10 July and 5 days."""
        found = due(JUNE, unclear(12, 16))
        assert (found.start, found.due, found.paused_days) == (JUNE, date(2026, 7, 15), 5)
        assert found.pauses == (Period(date(2026, 6, 12), date(2026, 6, 16)),)
        assert "It stood still for 5 days: 12 June 2026 to 16 June 2026, both included." in said(found)

    def test_asked_and_answered_on_one_day(self) -> None:
        """One day is left out."""
        assert under(DUAA, JUNE, unclear(12, 12)).due == date(2026, 7, 11)
        assert under(DUAA, JUNE, unclear(10, 10)).due == date(2026, 7, 11)

    def test_while_it_is_awaited_there_is_no_day(self) -> None:
        """The time stands still, since a day that is named."""
        found = due(JUNE, unclear(12))
        assert (found.start, found.due, found.earliest) == (JUNE, None, None)
        assert (found.awaited, found.tell_extension_by) == (("clarification asked for on 12 June 2026",), None)
        assert str(found).startswith("No day yet, awaiting clarification asked for on 12 June 2026")
        assert "It stands still for clarification asked for on 12 June 2026." in said(found)

    def test_several_are_added(self) -> None:
        """Each stretch by itself."""
        found = under(DUAA, JUNE, unclear(12, 16), unclear(20, 21))
        assert (found.due, found.paused_days, len(found.pauses)) == (date(2026, 7, 17), 7, 2)

    def test_no_day_is_left_out_twice(self) -> None:
        """Stretches that overlap are one."""
        found = under(DUAA, JUNE, unclear(12, 16), unclear(14, 18), unclear(13, 13))
        assert (found.due, found.paused_days) == (date(2026, 7, 17), 7)

    def test_one_that_begins_when_the_time_has_run_out_counts_for_nothing(self) -> None:
        """Nor does one on the day to which the last day is only moved; the reason says so."""
        last = due(JUNE, unclear(10, 12, month=7))
        assert (last.due, last.paused_days) == (date(2026, 7, 13), 3)
        late = due(JUNE, unclear(11, 12, month=7))
        assert (late.due, late.pauses) == (date(2026, 7, 10), ())
        assert "It did not stand still from 11 July 2026 to 12 July 2026: it had run out before." in said(late)
        moved = due(date(2026, 3, 3), unclear(4, 5, month=4))
        assert (moved.due, moved.pauses) == (date(2026, 4, 7), ())
        awaited = due(JUNE, unclear(11, month=7))
        assert (awaited.due, awaited.awaited) == (date(2026, 7, 10), ())
        assert "It does not stand still, having run out before, for clarification asked for on 11 July" in said(awaited)

    def test_an_earlier_one_keeps_the_time_running_for_a_later(self) -> None:
        """Asked on 13 July, when 3 days are left out already."""
        assert under(DUAA, JUNE, unclear(12, 14), unclear(13, 14, month=7)).due == date(2026, 7, 15)
        assert under(DUAA, JUNE, unclear(12, 13), unclear(13, 14, month=7)).due == date(2026, 7, 12)
        assert under(DUAA, JUNE, unclear(12, 14), unclear(13, month=7)).due is None

    def test_before_the_time_begins_nothing_stands_still(self) -> None:
        """Identity came on 15 June: what was clarified before is in no month, and of what lasted longer the rest."""
        identity = Asked("identity", date(2026, 6, 11), date(2026, 6, 15))
        found = under(DUAA, JUNE, identity, unclear(11, 14))
        assert (found.due, found.pauses) == (date(2026, 7, 15), ())
        assert "The time did not stand still for clarification asked for on 11 June 2026, there before" in said(found)
        rest = under(DUAA, JUNE, identity, unclear(11, 16))
        assert (rest.due, rest.pauses) == (date(2026, 7, 17), (Period(date(2026, 6, 15), date(2026, 6, 16)),))
        edge = under(DUAA, JUNE, identity, unclear(11, 15))
        assert (edge.due, edge.paused_days) == (date(2026, 7, 16), 1)

    def test_of_an_unknown_day_the_longest_is_a_bound(self) -> None:
        """Asked for on no day that is recorded: on that of receipt at the earliest."""
        found = under(DUAA, JUNE, Asked("clarification", None, date(2026, 6, 16)))
        assert (found.due, found.earliest, found.latest) == (None, date(2026, 7, 10), date(2026, 7, 17))
        assert found.missing == ("the day on which clarification was asked for",)
        assert (found.start, found.tell_extension_by) == (JUNE, None)
        another = under(DUAA, JUNE, Asked("clarification", None, date(2026, 6, 16)), unclear(20, 21))
        assert (another.earliest, another.latest) == (date(2026, 7, 12), date(2026, 7, 19))

    def test_readings_may_differ_in_the_time_for_telling_alone(self) -> None:
        """On the day of receipt, and the month ends on a Saturday: the answer is due on Monday in any reading."""
        received = date(2020, 1, 29)
        found = due(received, Asked("clarification", received, received))
        assert (found.due, found.tell_extension_by, len(found.missing)) == (date(2020, 3, 2), None, 1)
        request = AccessRequest(received, asked=(Asked("clarification", received, received),))
        without = evolve(GDPR_2019, extension=None)
        assert deadline(request, without, working_day=working_day).missing == ()
        assert len(deadline(request, without).missing) == 2

    def test_before_2026_the_rule_as_read_does_not_say(self) -> None:
        """It ran on, stood still or began anew: bounds, and the rule that is silent."""
        found = under(GDPR_2019, date(2020, 6, 10), Asked("clarification", date(2020, 6, 12), date(2020, 6, 16)))
        assert (found.due, found.earliest, found.latest) == (None, date(2020, 7, 10), date(2020, 7, 16))
        assert found.missing == (
            "whether the time waits for clarification, which gdpr-ico-2019, as read, does not say",
        )
        assert (found.start, found.pauses) == (None, ())
        assert "does not wait" not in said(found)

    def test_matters_that_are_open_are_combined(self) -> None:
        """The latest day is that of the worst combination: identity anew, and then a stretch; or all anew."""
        open_law = evolve(DUAA, identity=ClockEffect("unstated"), clarification=ClockEffect("unstated"))
        identity = Asked("identity", JUNE, date(2026, 6, 30))
        found = under(open_law, JUNE, identity, unclear(1, 5, month=7))
        assert (found.earliest, found.latest) == (date(2026, 7, 10), date(2026, 8, 5))
        long = under(open_law, JUNE, identity, unclear(30, 30, month=7))
        assert (long.earliest, long.latest) == (date(2026, 7, 10), date(2026, 8, 30))
        assert len(long.missing) == 2
        assert under(open_law, JUNE, unclear(30, 30, month=7), identity).missing == long.missing

    def test_a_law_may_say_that_nothing_waits(self) -> None:
        """And then the time runs on, and the reason says so."""
        found = under(evolve(DUAA, clarification=ClockEffect("none")), JUNE, unclear(12))
        assert (found.due, found.awaited) == (date(2026, 7, 10), ())
        assert "The time does not wait for clarification asked for on 12 June 2026." in said(found)


class TestExtensions:
    """Two further months, three in all from the start, where that was told within the first."""

    def test_three_months_from_the_start(self) -> None:
        """Not two from the end of the first: of 30 November, 28 February and 30 April."""
        told = Extended(date(2025, 12, 1), COMPLEX)
        assert under(GDPR_2019, date(2025, 11, 30), extended=told).due == date(2026, 2, 28)
        assert under(DUAA, date(2027, 1, 31), extended=Extended(date(2027, 2, 1), COMPLEX)).due == date(2027, 4, 30)
        found = under(DUAA, JUNE, extended=Extended(date(2026, 7, 1), ("number of requests",)))
        assert (found.due, found.extended) == (date(2026, 9, 10), True)
        assert "It was told on 1 July 2026, in time, that it takes longer." in said(found)
        assert "3 months from then, it ends on 10 September 2026." in said(found)

    def test_it_must_be_told_within_the_first_month(self) -> None:
        """On its last day still; one told on the next does not count, and the last day is not moved for it."""
        assert due(JUNE).tell_extension_by == date(2026, 7, 10)
        assert due(JUNE, extended=Extended(date(2026, 7, 10), COMPLEX)).due == date(2026, 9, 10)
        late = due(JUNE, extended=Extended(date(2026, 7, 11), COMPLEX))
        assert (late.due, late.extended) == (date(2026, 7, 10), False)
        assert "that was told on 11 July 2026, and had to be told by 10 July 2026" in said(late)
        assert due(date(2026, 3, 3)).tell_extension_by == date(2026, 4, 3)

    def test_the_time_for_telling_stands_still_too(self) -> None:
        """Mirroring s.54(3C): the days that are left out count towards neither."""
        found = under(DUAA, JUNE, unclear(12, 16), extended=Extended(date(2026, 7, 15), COMPLEX))
        assert (found.tell_extension_by, found.due) == (date(2026, 7, 15), date(2026, 9, 15))
        assert under(DUAA, JUNE, unclear(12, 16), extended=Extended(date(2026, 7, 16), COMPLEX)).due == date(
            2026, 7, 15
        )

    def test_a_stretch_in_the_second_month_counts_only_where_it_is_longer(self) -> None:
        """While the time runs; and it does not reopen the time for telling."""
        late = unclear(20, 24, month=7)
        assert under(DUAA, JUNE, late).due == date(2026, 7, 10)
        found = under(DUAA, JUNE, late, extended=Extended(date(2026, 7, 1), COMPLEX))
        assert (found.due, found.tell_extension_by) == (date(2026, 9, 15), date(2026, 7, 10))

    def test_told_while_it_stands_still_is_in_time(self) -> None:
        """The month has not run out, whenever it will; and the answer is awaited."""
        found = under(DUAA, JUNE, unclear(12), extended=Extended(date(2026, 12, 1), COMPLEX))
        assert (found.due, found.extended, found.tell_extension_by) == (None, True, None)

    def test_only_on_the_laws_grounds(self) -> None:
        """One of several is enough."""
        none = under(DUAA, JUNE, extended=Extended(JUNE, ("holidays", "x" * 99)))
        assert (none.due, none.extended) == (date(2026, 7, 10), False)
        assert "'holidays' and 'xxx" in said(none)
        assert "x" * 40 not in said(none)
        assert "no ground of the law, which has complexity, number of requests" in said(none)
        assert under(DUAA, JUNE, extended=Extended(JUNE, ("holidays", "complexity"))).due == date(2026, 9, 10)

    def test_without_a_ground_nobody_can_tell(self) -> None:
        """Both days are bounds."""
        found = under(DUAA, JUNE, extended=Extended(JUNE))
        assert (found.due, found.earliest, found.latest) == (None, date(2026, 7, 10), date(2026, 9, 10))
        assert (found.extended, found.missing) == (None, ("on which ground the time was made longer",))
        assert "not made longer: no ground is recorded" in said(found)
        late = under(DUAA, JUNE, extended=Extended(date(2026, 7, 11)))
        assert (late.due, late.missing) == (date(2026, 7, 10), ())

    def test_the_lengths_of_any_law_are_added(self) -> None:
        """Years, months and days."""
        law = evolve(
            DUAA, period=Length(months=1, days=2), extension=AccessExtension(Length(years=1, days=3), COMPLEX, days(9))
        )
        found = under(law, JUNE, extended=Extended(date(2026, 6, 19), COMPLEX))
        assert (found.due, found.tell_extension_by) == (date(2027, 7, 15), date(2026, 6, 19))
        inclusive = under(evolve(law, counting="inclusive"), JUNE, unclear(12, 16))
        assert (inclusive.due, inclusive.due_if_exclusive_count) == (date(2026, 7, 16), date(2026, 7, 17))
        assert inclusive.tell_extension_by == date(2026, 6, 23)


class TestHowItReads:
    """Plain sentences, each with its source, under a rule as it was read on a day."""

    def test_it_reads_aloud(self) -> None:
        """The day, the rule, the day of reading, and how it was counted."""
        rule = "UK GDPR art 12A, 15(1A) inserted by DUAA ss.76, 78 (mirrors DPA 2018 s.54)"
        assert str(due(JUNE, unclear(12, 16))).splitlines() == [
            f"Due by 15 July 2026: under {DUAA}, as read on 21 November 2026",
            f"  The time is counted from 10 June 2026, the day of receipt. [{rule}]",
            f"  1 month from then, it ends on 10 July 2026. [{rule}]",
            f"  It stood still for 5 days: 12 June 2026 to 16 June 2026, both included. [{rule}]",
        ]

    def test_an_inferred_rule_says_so(self) -> None:
        """That identity began the time anew before 2026 is inferred."""
        found = due(date(2020, 6, 1), Asked("identity", date(2020, 6, 2), date(2020, 6, 4)))
        assert found.due == date(2020, 7, 6)  # 4 July is a Saturday
        assert str(found.reasons[0]).endswith("[ICO guidance on the right of access (inferred)]")

    def test_nothing_is_said_to_comply(self) -> None:
        """It is a reading of a rule, on a date."""
        assert "compl" not in str(due(JUNE, unclear(12, 16))).lower()

    def test_what_is_awaited_is_told_before_what_is_open(self) -> None:
        """Every reading waits: there is no bound either."""
        law = evolve(DUAA, fee=ClockEffect("unstated"))
        found = under(law, JUNE, unclear(12), Asked("fee", JUNE, date(2026, 6, 20)), fee_grounds=("further copies",))
        assert (found.due, found.earliest) == (None, None)
        assert str(found).startswith("No day yet")


#: A day, and stretches of clarification after it, as days from it.
STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=5)
RECEIVED = st.dates(date(2019, 8, 15), date(2030, 12, 31))


def asked_for(received: date, stretches: list[tuple[int, int]]) -> tuple[Asked, ...]:
    """Ask for clarification so many days after receipt, and have it so many later."""
    days_of = ((received + timedelta(days=first), length) for first, length in stretches)
    return tuple(Asked("clarification", day, day + timedelta(days=length)) for day, length in days_of)


def slow(received: date, stretches: list[tuple[int, int]], number: int) -> date:
    """Walk from day to day, and count those on which the time runs; the obvious model."""
    still = {received + timedelta(days=first + day) for first, length in stretches for day in range(length + 1)}
    day, counted = received, -1
    while True:
        counted += day not in still
        if counted == number:
            return day
        day += timedelta(days=1)


def corresponding(day: date, number: int) -> date:
    """Give the day of a later month that has the same number, or the last of that month; the obvious model."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class TestLaws:
    """Promises that hold of every request."""

    @given(received=RECEIVED, stretches=STRETCHES, longer=st.booleans())
    def test_it_agrees_with_a_walk_from_day_to_day(
        self, received: date, stretches: list[tuple[int, int]], longer: bool
    ) -> None:
        """Month, stretches and extension, against a slow model."""
        extended = Extended(received, COMPLEX) if longer else None
        found = under(DUAA, received, *asked_for(received, stretches), extended=extended)
        number = (corresponding(received, 3 if longer else 1) - received).days
        assert found.due == slow(received, stretches, number)
        assert found.tell_extension_by == slow(received, stretches, (corresponding(received, 1) - received).days)

    @given(received=st.dates(date(2000, 3, 1), date(2018, 5, 24)), wait=st.integers(0, 99))
    def test_forty_days_are_forty_days(self, received: date, wait: int) -> None:
        """The relevant day and thirty-nine more."""
        there = received + timedelta(days=wait)
        found = due(received, Asked("fee", received, there))
        assert found.due == there + timedelta(days=39)
        assert found.due_if_exclusive_count == there + timedelta(days=40)

    @pytest.mark.parametrize("regime", UK_ACCESS_LAW, ids=str)
    @given(data=st.data())
    def test_it_is_monotone_in_the_day_of_receipt(self, regime: AccessRegime, data: st.DataObject) -> None:
        """Within one regime nobody who asks later is answered earlier; and never before the start."""
        one, other = sorted([data.draw(RECEIVED), data.draw(RECEIVED)])
        first = deadline(AccessRequest(one), regime, working_day=working_day)
        second = deadline(AccessRequest(other), regime, working_day=working_day)
        assert first.due is not None and second.due is not None and first.start is not None
        assert first.start <= first.due <= second.due

    @given(received=RECEIVED, stretches=STRETCHES, which=st.integers(0, 4), more=st.integers(1, 20))
    def test_a_longer_pause_never_brings_the_day_forward(
        self, received: date, stretches: list[tuple[int, int]], which: int, more: int
    ) -> None:
        """Nor does one more."""
        assume(which < len(stretches))
        longer = [*stretches]
        longer[which] = (stretches[which][0], stretches[which][1] + more)
        fewer = [one for number, one in enumerate(stretches) if number != which]
        found = [under(DUAA, received, *asked_for(received, these)).due for these in (fewer, stretches, longer)]
        assert found == sorted(found, key=lambda day: day or date.min)

    @given(received=RECEIVED, stretches=STRETCHES, told=st.integers(0, 50))
    def test_an_extension_only_adds(self, received: date, stretches: list[tuple[int, int]], told: int) -> None:
        """And nothing at all where it was told late."""
        asked = asked_for(received, stretches)
        plain = under(DUAA, received, *asked)
        longer = under(DUAA, received, *asked, extended=Extended(received + timedelta(days=told), COMPLEX))
        assert plain.due is not None and longer.due is not None and plain.tell_extension_by is not None
        in_time = received + timedelta(days=told) <= plain.tell_extension_by
        assert longer.extended is in_time
        assert (longer.due > plain.due) if in_time else (longer.due == plain.due)

    @given(
        received=RECEIVED,
        stretches=STRETCHES,
        regime=st.sampled_from(UK_ACCESS_LAW),
        identity=st.integers(0, 40) | st.none(),
        data=st.data(),
    )
    def test_the_order_of_recording_means_nothing(
        self,
        received: date,
        stretches: list[tuple[int, int]],
        regime: AccessRegime,
        identity: int | None,
        data: st.DataObject,
    ) -> None:
        """Equal answers, reasons and all."""
        came = None if identity is None else received + timedelta(days=identity)
        asked = [*asked_for(received, stretches), Asked("identity", received, came), Asked("fee", received)]
        shuffled = data.draw(st.permutations(asked))
        assert under(regime, received, *asked) == under(regime, received, *shuffled)

    @given(
        received=RECEIVED,
        stretches=STRETCHES,
        kinds=st.tuples(*[st.sampled_from(["restarts", "pauses", "none"])] * 3),
        identity=st.integers(0, 40),
        fee=st.integers(0, 40),
    )
    def test_bounds_hold_every_reading(
        self, received: date, stretches: list[tuple[int, int]], kinds: tuple[Any, Any, Any], identity: int, fee: int
    ) -> None:
        """Whatever a law that is silent turns out to say, the day lies between the bounds."""
        came = (Asked("identity", received, received + timedelta(days=identity)),)
        paid = (Asked("fee", received, received + timedelta(days=fee)),)
        asked = (*asked_for(received, stretches), *came, *paid)
        silent = evolve(DUAA, **dict.fromkeys(("fee", "identity", "clarification"), ClockEffect("unstated")))
        names = ("fee", "identity", "clarification")
        spoken = evolve(DUAA, **{name: ClockEffect(kind) for name, kind in zip(names, kinds, strict=True)})
        bounds = under(silent, received, *asked, fee_grounds=("further copies",))
        found = under(spoken, received, *asked, fee_grounds=("further copies",)).due
        assert bounds.earliest is not None and bounds.latest is not None and found is not None
        assert bounds.earliest <= found <= bounds.latest

    def test_very_many_events_are_counted(self) -> None:
        """Ten thousand stretches, one after another."""
        asked = asked_for(JUNE, [(number % 60, number % 7) for number in range(10_000)])
        assert under(DUAA, JUNE, *asked).due == slow(JUNE, [(number, 6) for number in range(60)], 30)


def test_a_month_is_the_same_by_hand() -> None:
    """The model itself, on the days that are awkward."""
    assert corresponding(date(2020, 1, 31), 1) == months(1).after(date(2020, 1, 31)) == date(2020, 2, 29)
    assert corresponding(date(2026, 12, 31), 2) == date(2027, 2, 28)
