"""Figures that depend on the member."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import (
    Amount,
    Finding,
    Period,
    Rounding,
    Verdict,
    all_of,
    any_of,
    at_least,
    at_most,
    exempt,
    none_of,
    when,
    year,
)
from cpdrules.amounts import HOUR, POINT
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import (
    UNKNOWN,
    Agreement,
    Circumstance,
    Fact,
    Member,
    activity,
    agreed,
    by_fact,
    circumstance,
    counting,
    different,
    entries,
    fact,
    figure_when,
    grade,
    highest,
    hours,
    lowest,
    of_fact,
    points,
    pro_rata,
    record,
    scheme,
    share_of,
    stepped,
    sum_of,
    time_weighted,
    up_to,
)
from cpdrules.cpd.targets import Fixed
from cpdrules.errors import AmountError, PolicyError, UnitError
from cpdrules.periods import Length, months, years

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

MINUTES = Rounding("down", so_many_hours("1 min"))
POINTS = Rounding("up", Amount.of(1, POINT))
H = 3600
cycle = Period(date(2013, 1, 1), date(2015, 12, 31))


def member(*spans: tuple[str, str, str | None], **known: Any) -> Member:
    """Give a member with circumstances."""
    return Member(
        "7",
        circumstances=tuple(
            Circumstance(kind, date.fromisoformat(since), date.fromisoformat(until) if until else None)
            for kind, since, until in spans
        ),
        **known,
    )


def asked(target: Any, whose: Member, period: Period | None = None, measure: Any = None) -> Finding:
    """Give the finding of what a target asks of a member."""
    return at_least(target, measure or hours()).assess(record(whose), period=period or year(2015))


def said(finding: Finding) -> list[str]:
    """Give the texts of the notes of a finding."""
    return [note.text for note in finding.notes]


class TestProRata:
    @pytest.mark.parametrize(
        ("rounding", "minutes"),
        [("down", 1180), ("up", 1181), ("half_up", 1180), ("half_even", 1180)],
    )
    def test_by_days(self, rounding: Any, minutes: int) -> None:
        """R16: 126 days of leave in 2016 leave 240 of 366 days: 1180.3 minutes, and somebody says which way they go."""
        target = pro_rata(30, outside=circumstance("leave"), rounding=Rounding(rounding, so_many_hours("1 min")))
        leave = member(("leave", "2016-01-01", "2016-05-05"))
        finding = asked(target, leave, year(2016))
        assert finding.required == (minutes * 60, minutes * 60)
        assert finding.notes[0].text.startswith("240 of 366 days count, rounded ")
        assert asked(target, member(), year(2016)).required == (30 * H, 30 * H)
        assert asked(target, member(), year(2016)).notes == ()

    @pytest.mark.parametrize(
        ("by", "since", "until", "hours_", "said"),
        [
            ("day", "2015-01-01", "2015-12-31", 0, "0 of 365 days"),
            ("day", "2014-01-01", "2015-03-14", 292, "292 of 365 days"),
            ("month", "2015-01-15", "2015-03-14", 334, "11 of 12 months"),
            ("whole_month", "2015-01-15", "2015-03-14", 273, "9 of 12 months"),
            ("month", "2015-01-01", "2015-02-28", 304, "10 of 12 months"),
            ("whole_month", "2015-02-28", "2015-02-28", 334, "11 of 12 months"),
        ],
    )
    def test_by_days_or_months(self, by: Any, since: str, until: str, hours_: int, said: str) -> None:
        """Days are counted; months of which any day counts, or only those that count whole."""
        target = pro_rata(365, outside=circumstance("leave"), by=by, rounding=Rounding("down", so_many_hours(1)))
        finding = asked(target, member(("leave", since, until)))
        assert finding.required == (hours_ * H, hours_ * H)
        assert finding.notes[0].text == f"{said} count, rounded down to 1 h"

    @pytest.mark.parametrize(
        ("joined", "left", "days"),
        [
            (None, None, 365),
            (date(2015, 12, 31), None, 1),
            (None, date(2015, 1, 10), 10),
            (date(2015, 2, 1), date(2015, 2, 28), 28),
            (date(2016, 1, 1), None, 0),
        ],
    )
    def test_counts_days_of_membership(self, joined: Any, left: Any, days: int) -> None:
        """Before joining and after leaving nothing is asked."""
        target = pro_rata(365, rounding=MINUTES)
        assert asked(target, member(joined=joined, left=left)).required == (days * H, days * H)

    def test_counts_only_some_days(self) -> None:
        """R12: during admits days, outside takes them out, and both together do both."""
        both = member(("practising", "2015-01-01", "2015-01-20"), ("leave", "2015-01-11", "2015-01-15"))
        for held, days in (
            ({"during": circumstance("practising")}, 20),
            ({"outside": circumstance("leave")}, 360),
            ({"during": circumstance("practising"), "outside": circumstance("leave")}, 15),
            ({"during": circumstance("practising", but_not="leave")}, 15),
            ({"during": circumstance("other")}, 0),
        ):
            assert asked(pro_rata(365, rounding=MINUTES, **held), both).required == (days * H, days * H)

    def test_counts_only_stretches_that_are_long_enough(self) -> None:
        """Leave of three months or less lowers nothing, where a scheme says so; longer leave counts whole."""
        target = pro_rata(365, outside=circumstance("leave", longer_than=months(3)), rounding=MINUTES)
        short, long = member(("leave", "2015-01-01", "2015-03-31")), member(("leave", "2015-01-01", "2015-04-01"))
        assert asked(target, short).required == (365 * H, 365 * H)
        assert asked(target, long).required == ((365 - 91) * H, (365 - 91) * H)
        lasting = pro_rata(365, outside=circumstance("leave", lasting=months(3)), rounding=MINUTES)
        assert asked(lasting, short).required == (275 * H, 275 * H)

    def test_cannot_depend_on_a_day(self) -> None:
        """To count days of what holds on the last day says two things at once."""
        for held in (
            {"outside": circumstance("leave", on="last_day")},
            {"during": circumstance("leave", on=date(2015, 1, 1))},
        ):
            with pytest.raises(PolicyError, match="A figure in proportion to days cannot depend on leave on") as caught:
                pro_rata(30, rounding=MINUTES, **held)
            assert set(caught.value.data) == {"circumstance"}

    @pytest.mark.parametrize(
        ("target", "text"),
        [
            (pro_rata(30, rounding=MINUTES), "30 h in proportion to the days of membership"),
            (pro_rata(30, by="month", rounding=MINUTES), "30 h in proportion to the months of membership"),
            (pro_rata(30, outside=circumstance("leave"), rounding=MINUTES),
             "30 h in proportion to the days of membership outside leave"),
            (pro_rata(30, during=circumstance("practising"), rounding=MINUTES),
             "30 h in proportion to the days of membership that are practising"),
        ],
    )  # fmt: skip
    def test_words(self, target: Any, text: str) -> None:
        """What is asked for, in proportion to what."""
        assert str(target) == text


class TestTimeWeighted:
    def test_mixes_figures(self) -> None:
        """R12: two years practising and one not ask for 130."""
        target = time_weighted({"non_practising": 90}, otherwise=150, rounding=MINUTES)
        one = member(("non_practising", "2015-01-01", None))
        finding = asked(target, one, cycle)
        assert finding.required == (130 * H, 130 * H)
        assert finding.notes == (("because", "non practising for 365 of 1095 days: 90 h"),)
        assert asked(target, member(), cycle).required == (150 * H, 150 * H)

    def test_takes_the_lowest_of_a_day(self) -> None:
        """R15: on a day under two circumstances the lower figure holds; they are never summed."""
        target = time_weighted({"leave": 73, "retired": 0}, otherwise=365, rounding=MINUTES)
        both = member(("leave", "2015-01-01", "2015-01-20"), ("retired", "2015-01-11", "2015-01-30"))
        finding = asked(target, both)
        assert finding.required == ((10 * 73 + 335 * 365) * H // 365 // 60 * 60,) * 2
        assert [note.text for note in finding.notes] == [
            "retired for 20 of 365 days: 0 h",
            "leave for 10 of 365 days: 73 h",
        ]

    def test_takes_a_higher_figure_too(self) -> None:
        """A circumstance may ask for more than its absence."""
        target = time_weighted({"chartered": 730}, otherwise=365, rounding=MINUTES)
        assert asked(target, member(("chartered", "2015-01-01", "2015-01-01"))).required == (366 * H, 366 * H)

    @pytest.mark.parametrize(
        ("spans", "hours_", "said"),
        [
            ([("leave", "2015-01-01", "2015-02-28")], 10, ["leave for 2 of 12 months: 0 h"]),
            ([("leave", "2015-01-01", "2015-02-27")], 11, ["leave for 1 of 12 months: 0 h"]),
            (
                [("leave", "2015-01-01", "2015-01-15"), ("ill", "2015-01-16", "2015-01-31")],
                11.5,
                ["ill for 1 of 12 months: 6 h"],
            ),
            (
                [("leave", "2015-01-01", "2015-01-31"), ("ill", "2015-01-16", "2015-01-31")],
                11,
                ["leave for 1 of 12 months: 0 h"],
            ),
        ],
    )
    def test_by_months(self, spans: Any, hours_: float, said: list[str]) -> None:
        """A month goes to what fills it, and to the highest of the figures that it takes to fill it."""
        target = time_weighted({"leave": 0, "ill": 6}, otherwise=12, by="month", rounding=MINUTES)
        finding = asked(target, member(*spans))
        assert finding.required == (int(hours_ * H),) * 2
        assert [note.text for note in finding.notes] == said

    def test_rounds_a_mix_and_nothing_else(self) -> None:
        """One figure throughout is that figure, however coarse the step."""
        target = time_weighted({"leave": "7:30"}, otherwise="15:15", rounding=Rounding("up", so_many_hours(1)))
        assert asked(target, member()).required == (54_900, 54_900)
        assert asked(target, member(("leave", "2014-01-01", None))).required == (27_000, 27_000)
        assert asked(target, member(("leave", "2015-07-01", None))).required == (12 * H, 12 * H)
        equal = time_weighted({"leave": "7:30"}, otherwise="7:30", rounding=Rounding("up", so_many_hours(1)))
        assert asked(equal, member(("leave", "2015-07-01", None))).required == (27_000, 27_000)

    @pytest.mark.parametrize(
        ("write", "said"),
        [
            (lambda: time_weighted({}, otherwise=30, rounding=MINUTES), "time_weighted names no circumstance"),
            (lambda: time_weighted({"a": 1}, otherwise=30, by="whole_month", rounding=MINUTES), "Say day or month"),  # type: ignore[arg-type]
            (
                lambda: pro_rata(30, by="week", rounding=MINUTES),
                "'week' does not say .* Say day or month or whole_month",
            ),  # type: ignore[arg-type]
        ],
    )
    def test_says_what_it_needs(self, write: Any, said: str) -> None:
        """A mix of nothing, and a share by weeks, are refused."""
        with pytest.raises(PolicyError, match=said):
            write()

    def test_words(self) -> None:
        """The figures, and what they are shared out by."""
        target = time_weighted({"long_leave": 0, "ill": 6}, otherwise=12, by="month", rounding=MINUTES)
        assert str(target) == "0 h while long leave, 6 h while ill, else 12 h, by month"


class TestStepped:
    target = stepped(150, circumstance("break"), (months(6), 60), (months(3), 90))

    @pytest.mark.parametrize(
        ("until", "hours_", "notes"),
        [
            ("2015-03-30", 150, []),
            ("2015-03-31", 90, ["break for at least 3 months: 90 h"]),
            ("2015-06-29", 90, ["break for at least 3 months: 90 h"]),
            ("2015-06-30", 60, ["break for at least 6 months: 60 h"]),
            (None, 60, ["break for at least 6 months: 60 h"]),
        ],
    )
    def test_asks_by_the_last_step_reached(self, until: str | None, hours_: int, notes: list[str]) -> None:
        """The steps are taken in the order of their lengths, in whichever order they were written."""
        finding = asked(self.target, member(("break", "2015-01-01", until)))
        assert finding.required == (hours_ * H, hours_ * H)
        assert [note.text for note in finding.notes] == notes

    def test_looks_at_stretches_that_touch_the_period(self) -> None:
        """A break before the period lowers nothing; one that began before it counts from its beginning."""
        assert asked(self.target, member(("break", "2014-01-01", "2014-12-31"))).required == (150 * H, 150 * H)
        assert asked(self.target, member(("break", "2014-07-02", "2015-01-01"))).required == (60 * H, 60 * H)

    def test_keeps_what_else_the_circumstance_asks(self) -> None:
        """A break that must hold on the last day does so at every step."""
        target = stepped(150, circumstance("break", on="last_day", but_not="working"), (months(3), 90))
        assert asked(target, member(("break", "2015-01-01", "2015-06-30"))).required == (150 * H, 150 * H)
        assert asked(target, member(("break", "2015-06-01", None))).required == (90 * H, 90 * H)
        working = member(("break", "2015-06-01", None), ("working", "2015-11-01", None))
        assert asked(target, working).required == (150 * H, 150 * H)

    def test_says_what_it_needs(self) -> None:
        """Steps, and no second word on how long they take."""
        with pytest.raises(PolicyError, match=r"stepped\(\.\.\.\) has no steps"):
            stepped(150, circumstance("break"))
        with pytest.raises(
            PolicyError, match="The steps say how long it lasts, and so does break for at least 1 month"
        ):
            stepped(150, circumstance("break", lasting=months(1)), (months(3), 90))

    def test_words(self) -> None:
        """The figure, and the table of steps."""
        assert str(self.target) == "150 h; break: 90 h from 3 months of it, 60 h from 6 months of it"


class TestAgreed:
    def with_agreements(self, *figures: Amount, clause: str = "", since: str = "2015-01-01") -> Member:
        """Give a member with whom figures were agreed."""
        return Member(
            "7",
            agreements=tuple(
                Agreement(one, "carer", "J. Doe", date(2015, 1, 1), date.fromisoformat(since), clause=clause)
                for one in figures
            ),
        )

    def test_is_the_lowest_figure_in_force(self) -> None:
        """R14: carer, agreed 15 h: the figure is 15 h, with its reason and decider."""
        finding = asked(agreed(), self.with_agreements(so_many_hours(20), so_many_hours(15)))
        assert finding.required == (15 * H, 15 * H)
        assert [note.text for note in finding.notes] == ["15 h agreed by J. Doe on 1 January 2015: carer"]
        assert str(agreed()) == "the figure agreed"

    def test_is_about_one_clause(self) -> None:
        """An agreement on another clause, or on the whole, sets no figure here."""
        one = self.with_agreements(so_many_hours(5), clause="planned")
        assert asked(agreed("planned"), one).required == (5 * H, 5 * H)
        assert asked(agreed(), one).required == (0, None)

    @pytest.mark.parametrize("since", ["2016-01-01", None])
    def test_is_never_invented(self, since: str | None) -> None:
        """Without an agreement in force nobody can tell, and the finding says what is missing."""
        one = self.with_agreements(so_many_hours(5), since=since) if since else Member("7")
        finding = asked(agreed(), one)
        assert finding.verdict is CANNOT_TELL
        assert finding.required == (0, None)
        assert finding.notes == (("missing", "no case-by-case agreement is recorded"),)

    def test_of_another_unit_sets_no_figure(self) -> None:
        """A record never raises: points agreed where hours are asked for are named as what is missing."""
        finding = asked(agreed(), self.with_agreements(Amount.of(5, POINT)))
        assert finding.verdict is CANNOT_TELL
        assert finding.notes[0].text.startswith("no figure in hours is agreed: 5 points agreed by J. Doe")
        both = self.with_agreements(Amount.of(5, POINT), so_many_hours(9))
        assert asked(agreed(), both).required == (9 * H, 9 * H)


class TestShareOf:
    @pytest.mark.parametrize(
        ("share", "exact"),
        [("1/3", Fraction(1, 3)), ("75%", Fraction(3, 4)), ("75 %", Fraction(3, 4)), ("0.75", Fraction(3, 4)),
         ("12.5%", Fraction(1, 8)), ("1", Fraction(1)), ("0", Fraction(0)), (Fraction(2, 7), Fraction(2, 7)),
         ("1 / 2", Fraction(1, 2)), ("4/3", Fraction(4, 3)), ("150%", Fraction(3, 2)), ("1000", Fraction(1000))],
    )  # fmt: skip
    def test_is_an_exact_fraction(self, share: Any, exact: Fraction) -> None:
        """As a text, in per cent or as a fraction."""
        assert share_of(share, hours()).share == exact

    @pytest.mark.parametrize(
        "share", ["", "x", "1/0", "-1/2", "1001", "100001%", "1e-9", "1e-999999999", "1/2%", "٣", 0.5, 1, None, True,
                  Fraction(1001), Fraction(-1, 2), pytest.param(Fraction(10**5000), id="very large")],
    )  # fmt: skip
    def test_is_no_other_number(self, share: Any) -> None:
        """A float is no exact share, and what is below nothing or beyond a thousand times all is none."""
        with pytest.raises(PolicyError, match="is no share of a whole") as caught:
            share_of(share, hours())
        assert caught.value.data == {"share": share}

    def test_grows_with_what_was_done(self) -> None:
        """Half of ten hours must be structured, a third of them to the second, rounded up."""
        log = record(
            "7", [activity("2015-01-01", 6, structured=True), activity("2015-01-01", "4 h 1 s", structured=False)]
        )
        policy = at_least(share_of("1/2", hours()), hours(structured=True))
        finding = policy.assess(log, period=year(2015))
        assert finding.required == (18_001, 18_001)
        assert finding.verdict is MET
        assert (
            at_least(share_of("2/3", hours()), hours(structured=True)).assess(log, period=year(2015)).verdict is NOT_MET
        )
        assert finding.clause.grows == (Fraction(1, 2), ())

    def test_of_what_is_not_known_has_bounds(self) -> None:
        """What may count towards the whole may raise the figure, and is named."""
        log = record(
            "7",
            [
                activity("2015-01-01", 4, area="a"),
                activity(None, 2, title="Talk", area="b"),
                activity("2015-01-01", None, area="b"),
            ],
        )
        finding = at_least(share_of("1/2", hours()), hours(area="a")).assess(log, period=year(2015))
        assert finding.required == (2 * H, None)
        assert finding.verdict is CANNOT_TELL
        assert [note.text for note in finding.notes] == [
            "the date of “Talk” is not known", "the amount of “#3” is not known"
        ]  # fmt: skip
        two = record("7", [activity("2015-01-01", 4, area="a"), activity(None, 2, area="a")])
        found = at_least(share_of("1/2", hours()), hours(area="a")).assess(two, period=year(2015))
        assert (found.required, found.verdict) == ((2 * H, 3 * H), MET)

    def test_names_a_straddler_that_may_count(self) -> None:
        """Whatever the reason, the activity is named in it."""
        log = record("7", [activity("2014-12-31", 4, until="2015-01-01", title="Course")])
        finding = at_least(share_of("1/2", hours()), hours(area="a")).assess(log, period=year(2015))
        assert "“Course”" in finding.notes[0].text
        assert finding.notes[0].kind == "missing"

    def test_keeps_to_one_unit(self) -> None:
        """Half the hours are no number of points, nor of activities."""
        for policy in (
            at_least(share_of("1/2", hours()), points()),
            at_least(share_of("1/2", hours()), entries()),
            at_most(share_of("1/2", entries()), different("kind")),
        ):
            with pytest.raises(UnitError, match=r"A share of .* cannot be asked for in") as caught:
                policy.assess(record("7"), period=year(2015))
            assert set(caught.value.data) == {"share", "unit"}
        assert (
            at_least(share_of("1/2", entries()), entries(area="a")).assess(record("7"), period=year(2015)).verdict
            is MET
        )

    def test_words(self) -> None:
        """The share, and what it is a share of."""
        assert str(share_of("1/2", hours(structured=True))) == "1/2 of structured"
        assert str(share_of("75%", hours())) == "3/4 of all"


class TestExtremes:
    def test_of_figures(self) -> None:
        """R15: of several reasons for a reduction the lowest figure holds."""
        retired = stepped(30, circumstance("retired"), (months(1), 10))
        leave = pro_rata(30, outside=circumstance("leave"), rounding=MINUTES)
        both = member(("retired", "2015-01-01", None), ("leave", "2015-01-01", "2015-06-30"))
        assert asked(lowest(retired, leave), both).required == (10 * H, 10 * H)
        assert asked(highest(retired, leave, 5), both).required[0] > 10 * H  # type: ignore[index]
        assert asked(lowest(retired, leave, 5), both).required == (5 * H, 5 * H)
        assert asked(highest(retired, 29, leave), member()).required == (30 * H, 30 * H)

    def test_give_the_reasons_of_the_figure_that_decides(self) -> None:
        """Why another figure is not asked is no news; while it is open which decides, what is missing is said."""
        retired = stepped(30, circumstance("retired"), (months(1), 10))
        leave = pro_rata(30, outside=circumstance("leave"), rounding=MINUTES)
        both = member(("retired", "2015-01-01", None), ("leave", "2015-01-01", "2015-06-30"))
        assert said(asked(lowest(retired, leave), both)) == ["retired for at least 1 month: 10 h"]
        assert said(asked(highest(retired, leave), both)) == ["184 of 365 days count, rounded down to 1 min"]
        assert said(asked(lowest(leave, leave), both)) == ["184 of 365 days count, rounded down to 1 min"]
        assert said(asked(lowest(0, agreed()), both)) == []
        assert said(asked(highest(retired, agreed()), both)) == [
            "retired for at least 1 month: 10 h",
            "no case-by-case agreement is recorded",
        ]

    @pytest.mark.parametrize(
        ("target", "bounds"), [(lowest(30, agreed()), (0, 30 * H)), (highest(30, agreed()), (30 * H, None))]
    )
    def test_of_a_figure_that_is_not_known(self, target: Any, bounds: Any) -> None:
        """The other one is a bound: from above for the lowest, from below for the highest."""
        finding = asked(target, Member("7"))
        assert finding.required == bounds
        assert finding.notes[0].kind == "missing"

    def test_of_shares_grow_as_fast_as_the_fastest(self) -> None:
        """How much more further activity asks for is known of a mix, too."""
        half, third = share_of("1/2", hours(area="a")), share_of("1/3", hours())
        assert lowest(half, 30).grows == (Fraction(1, 2), (("area", ("a",)),))
        assert highest(third, half).grows == (Fraction(1, 2), ())
        assert lowest(30, agreed()).grows is None
        assert highest(30).grows is None

    def test_of_none_are_refused(self) -> None:
        """There must be something to choose from."""
        for word in (lowest, highest, sum_of):
            with pytest.raises(PolicyError, match=f"{word.__name__} is given no figures") as caught:
                word()
            assert caught.value.data == {"word": word.__name__}

    def test_words(self) -> None:
        """All of them, in order."""
        assert str(lowest(30, agreed())) == "the lowest of: 30 h; the figure agreed"
        assert str(highest("7:30", 5)) == "the highest of: 7 h 30 min; 5 h"


class TestUnits:
    @pytest.mark.parametrize(
        "target",
        [
            pro_rata(30, rounding=POINTS),
            pro_rata(30, rounding=MINUTES),
            pro_rata(30, unit=POINT, rounding=MINUTES),
            time_weighted({"leave": 10}, otherwise=30, rounding=MINUTES),
            time_weighted({"leave": 10}, otherwise=30, unit=POINT, rounding=MINUTES),
            time_weighted({"leave": 10}, otherwise=30, rounding=POINTS),
            stepped(30, circumstance("leave"), (months(1), 10)),
            lowest(30),
            highest(pro_rata(30, rounding=MINUTES)),
        ],
    )
    def test_of_hours_are_no_points(self, target: Any) -> None:
        """A figure or a step in another unit than what is counted is refused of every member, not only of some."""
        with pytest.raises(UnitError, match=r"(h|min) is no amount of points|Amounts of different units"):
            asked(target, Member("7"), measure=points())

    @pytest.mark.parametrize(
        "target",
        [
            pro_rata(30, unit=POINT, rounding=POINTS),
            time_weighted({"leave": 10}, otherwise=30, unit=POINT, rounding=POINTS),
            stepped(30, circumstance("leave"), (months(1), 10), unit=POINT),
            lowest(30, unit=POINT),
            highest(30, 20, unit=POINT),
        ],
    )
    def test_of_points_are_points(self, target: Any) -> None:
        """A target is written in the unit of its measure."""
        assert asked(target, Member("7"), measure=points()).required == (3000, 3000)

    @pytest.mark.parametrize(
        "write",
        [
            lambda: pro_rata(-1, rounding=MINUTES),
            lambda: time_weighted({"leave": "x"}, otherwise=1, rounding=MINUTES),
            lambda: time_weighted({"leave": 1}, otherwise=float("nan"), rounding=MINUTES),
            lambda: stepped(True, circumstance("leave"), (months(1), 1)),
            lambda: lowest("7,5"),
        ],
    )
    def test_are_exact_amounts(self, write: Any) -> None:
        """What cannot be held exactly is refused where it is written."""
        with pytest.raises(AmountError):
            write()


@pytest.mark.parametrize(
    "target",
    [
        pro_rata(30, rounding=MINUTES),
        time_weighted({"leave": 10}, otherwise=30, rounding=MINUTES),
        stepped(30, circumstance("leave"), (years(1), 10)),
        agreed(),
    ],
)
def test_a_figure_by_dates_needs_a_period(target: Any) -> None:
    """Days are counted in a period, and none is ever today."""
    with pytest.raises(PolicyError, match="no period was given"):
        at_least(target, hours()).assess(record("7"))


def test_a_figure_may_be_of_a_sum_under_caps() -> None:
    """A share is taken of what counts, not of what was logged; and HOUR is what it is taken in."""
    log = record("7", [activity("2015-01-01", 9, planned=False), activity("2015-01-01", 3, planned=UNKNOWN)])
    capped = counting(hours(), up_to(4, planned=False))
    finding = at_least(share_of("1/2", capped), hours(planned=False)).assess(log, period=year(2015))
    assert finding.required == (2 * H, int(3.5 * H))
    assert finding.clause.unit == HOUR
    assert finding.verdict is MET


class TestByFact:
    target = by_fact("title", {"dentist": 100, "nurse": 50, "both_hands": 75})

    def test_is_the_figure_of_the_value(self) -> None:
        """A dentist is asked for 100 hours, and the finding says why."""
        finding = asked(self.target, member(facts={"title": "dentist"}))
        assert finding.required == (100 * H, 100 * H)
        assert [note.text for note in finding.notes] == ["title: dentist"]
        assert "0 h of at least 100 h, 100 h short, since title: dentist" in str(finding)

    def test_is_the_highest_of_several(self) -> None:
        """Who holds two titles is asked for the higher figure; titles that nothing is said of add nothing."""
        finding = asked(self.target, member(facts={"title": ("nurse", "both_hands", "clown")}))
        assert finding.required == (75 * H, 75 * H)
        assert [note.text for note in finding.notes] == ["title: nurse", "title: both hands"]

    def test_may_ask_the_same_of_all_others(self) -> None:
        """What is not named has its figure as well."""
        target = by_fact("title", {"dentist": 100}, otherwise=20)
        assert asked(target, member(facts={"title": "clown"})).required == (20 * H, 20 * H)
        assert asked(target, member(facts={"title": 5})).required == (20 * H, 20 * H)
        assert asked(target, member(facts={"title": UNKNOWN})).required == (20 * H, 100 * H)

    def test_a_value_without_a_figure_leaves_it_open(self) -> None:
        """No figure is invented, and the value is named."""
        finding = asked(self.target, member(facts={"title": "clown"}))
        assert finding.required == (0, None)
        assert finding.missing() == ("no figure is stated for title clown",)
        nobody = asked(by_fact("registrations", {"CEng": 3}), member())
        assert nobody.missing() == ("no figure is stated for registrations none",)

    def test_what_is_not_recorded_may_be_any(self) -> None:
        """Any figure, even one that is not stated; where all values are known, any of theirs."""
        finding = asked(self.target, member())
        assert finding.required == (0, None)
        assert finding.missing() == ("the member's title is not recorded",)
        policy = at_least(self.target, hours())
        known = scheme(policy, facts=(Fact("title", ("nurse", "both_hands")),))
        assert known.assess(record(member()), period=year(2015)).required == (50 * H, 100 * H)
        more = scheme(policy, facts=(Fact("title", ("nurse", "clown")), Fact("other")))
        assert more.assess(record(member()), period=year(2015)).required == (0, None)
        silence = scheme(policy, facts=(Fact("title", unrecorded="nurse"),))
        assert silence.assess(record(member()), period=year(2015)).required == (50 * H, 50 * H)

    def test_may_hold_figures_that_depend_on_the_member(self) -> None:
        """Each is worked out where it applies; of several, bounds are the highest of theirs."""
        part = pro_rata(100, rounding=MINUTES)
        half = member(joined=date(2015, 7, 2), facts={"title": ("dentist", "nurse")})
        target = by_fact("title", {"dentist": part, "nurse": agreed()}, otherwise=lowest(3))
        finding = asked(target, half)
        assert finding.required == (50 * H + 8 * 60, None)
        assert [note.text for note in finding.notes] == [
            "title: dentist",
            "title: nurse",
            "183 of 365 days count, rounded down to 1 min",
            "no case-by-case agreement is recorded",
        ]
        assert asked(target, member(facts={"title": UNKNOWN})).required == (0, None)
        assert asked(target, member(facts={"title": "clown"})).required == (3 * H, 3 * H)

    def test_grows_as_its_figures_do(self) -> None:
        """A share of what was done is raised by doing more."""
        assert self.target.grows is None
        grown = by_fact("title", {"a": share_of("1/2", hours()), "b": 3}, otherwise=share_of("1/3", hours(kind="x")))
        assert grown.grows == (Fraction(1, 2), ())
        assert by_fact("title", {"a": 3}, otherwise=share_of("1/3", hours(kind="x"))).grows == (
            Fraction(1, 3), (("kind", ("x",)),)
        )  # fmt: skip

    def test_reads_as_a_table(self) -> None:
        """In the order of the values, whatever order they were given in."""
        assert str(self.target) == "75 h for both hands, 100 h for dentist, 50 h for nurse"
        assert str(by_fact("x", {"a": 1}, otherwise=agreed())) == "1 h for a, else the figure agreed"
        assert self.target == by_fact("title", {"both_hands": 75, "nurse": 50, "dentist": 100})

    def test_of_no_value_is_refused(self) -> None:
        """A table without rows says nothing."""
        with pytest.raises(PolicyError, match="by_fact names no value") as caught:
            by_fact("title", {})
        assert caught.value.data == {"fact": "title"}

    @given(
        st.dictionaries(st.sampled_from("abc"), st.integers(0, 9) | st.just(agreed()), min_size=1),
        st.none() | st.integers(0, 9),
        st.lists(st.integers(1, 9), max_size=3),
    )
    def test_bounds_hold_whatever_the_fact_turns_out_to_be(
        self, figures: dict[str, Any], otherwise: int | None, done: list[int]
    ) -> None:
        """Of one value, of several, and of one that nothing is said of."""
        policy = at_least(by_fact("title", figures, otherwise=otherwise), hours())
        log = [activity("2015-03-02", figure) for figure in done]
        finding = policy.assess(record(member(), log), period=year(2015))
        assert finding.required is not None
        for value in ("a", "b", "c", "d", ("a", "b"), ("b", "d")):
            one = policy.assess(record(member(facts={"title": value}), log), period=year(2015))
            assert one.required is not None
            assert finding.required.least <= one.required.least
            assert finding.required.most is None or (one.required.most or 0) <= finding.required.most
            assert finding.verdict in (one.verdict, CANNOT_TELL)


class TestProRataSince:
    target = pro_rata(30, since="admitted", rounding=MINUTES)

    def test_counts_from_the_day_that_is_recorded(self) -> None:
        """Half a year of thirty hours is fifteen and a little."""
        finding = asked(self.target, member(facts={"admitted": date(2015, 7, 2)}))
        assert finding.required == (15 * H + 2 * 60, 15 * H + 2 * 60)
        assert [note.text for note in finding.notes] == ["183 of 365 days count, rounded down to 1 min"]
        assert asked(self.target, member(facts={"admitted": date(2014, 7, 2)})).required == (30 * H, 30 * H)
        assert asked(self.target, member(facts={"admitted": date(2016, 7, 2)})).required == (0, 0)
        assert asked(self.target, member(facts={"admitted": 2015})).required == (30 * H, 30 * H)

    def test_counts_no_days_outside_membership(self) -> None:
        """Who left counts no further."""
        left = member(left=date(2015, 12, 30), facts={"admitted": date(2015, 12, 30)})
        assert "1 of 365 days count" in str(asked(self.target, left))

    @pytest.mark.parametrize("value", [UNKNOWN, "soon", ("a", "b"), 0, False])
    def test_what_is_no_day_leaves_it_open(self, value: Any) -> None:
        """No more than the whole, and no less than nothing."""
        finding = asked(self.target, member(facts={"admitted": value}))
        assert finding.required == (0, 30 * H)
        assert finding.missing() == ("the day of the member's admitted is not recorded",)

    def test_rounding_up_may_ask_for_more_than_the_whole(self) -> None:
        """And the bounds know it: 364 days of 30 hours are 32, in steps of four."""
        fours = pro_rata(30, since="admitted", rounding=Rounding("up", so_many_hours(4)))
        assert asked(fours, member(facts={"admitted": date(2015, 1, 2)})).required == (32 * H, 32 * H)
        assert asked(fours, member()).required == (0, 32 * H)
        assert asked(pro_rata(agreed(), since="admitted", rounding=MINUTES), member()).required == (0, None)

    def test_reads_as_it_is_meant(self) -> None:
        """Since when, and which part counts."""
        assert str(self.target) == "30 h in proportion to the days since admitted"
        long = pro_rata(agreed(), by="year", longer_than=months(6), since="admitted", rounding=MINUTES)
        assert str(long) == (
            "the figure agreed in proportion to the years since admitted that are longer than 6 months"
        )


class TestProRataByYears:
    @pytest.mark.parametrize(
        ("by", "joined", "figure"),
        [
            ("year", date(2013, 1, 1), 30),
            ("year", date(2014, 12, 31), 20),
            ("whole_year", date(2014, 1, 1), 20),
            ("whole_year", date(2014, 1, 2), 10),
            ("year", date(2016, 1, 1), 0),
        ],
    )
    def test_counts_years_of_which_any_day_falls_in_or_all(self, by: Any, joined: date, figure: int) -> None:
        """Three years of ten hours each."""
        finding = asked(pro_rata(30, by=by, rounding=MINUTES), member(joined=joined), cycle)
        assert finding.required == (figure * H, figure * H)

    @pytest.mark.parametrize(
        ("joined", "left", "figure"),
        [
            (date(2013, 6, 30), None, 30),
            (date(2013, 7, 1), None, 20),
            (date(2013, 1, 1), date(2015, 6, 30), 20),
            (date(2013, 1, 1), date(2015, 7, 1), 30),
        ],
    )
    def test_counts_years_that_are_long_enough(self, joined: date, left: date | None, figure: int) -> None:
        """Only those of which more than six months count."""
        target = pro_rata(30, by="year", longer_than=months(6), rounding=MINUTES)
        finding = asked(target, member(joined=joined, left=left), cycle)
        assert finding.required == (figure * H, figure * H)

    def test_counts_months_that_are_long_enough(self) -> None:
        """More than fifteen days of a month, or it does not count."""
        target = pro_rata(12, by="month", longer_than=Length(days=15), rounding=MINUTES)
        assert asked(target, member(joined=date(2015, 1, 17))).required == (11 * H, 11 * H)
        assert asked(target, member(joined=date(2015, 1, 16))).required == (12 * H, 12 * H)

    @pytest.mark.parametrize("by", ["day", "whole_month", "whole_year"])
    def test_only_months_and_years_can_be_long_enough(self, by: Any) -> None:
        """A day is a day."""
        with pytest.raises(PolicyError, match="cannot count only if it is longer than 6 months") as caught:
            pro_rata(30, by=by, longer_than=months(6), rounding=MINUTES)
        assert caught.value.data == {"by": by}


class TestProRataOfAFigure:
    def test_shares_out_what_another_figure_asks(self) -> None:
        """First by title, and then by days; the reasons of both are told."""
        target = pro_rata(by_fact("title", {"dentist": 100}), rounding=MINUTES)
        finding = asked(target, member(joined=date(2015, 7, 2), facts={"title": "dentist"}))
        assert finding.required == (50 * H + 8 * 60,) * 2
        assert [note.text for note in finding.notes] == [
            "title: dentist", "183 of 365 days count, rounded down to 1 min"
        ]  # fmt: skip
        assert asked(target, member(facts={"title": "dentist"})).required == (100 * H, 100 * H)

    def test_bounds_are_shared_out_too(self) -> None:
        """Where the whole is not known, its part is not either."""
        target = pro_rata(by_fact("title", {"a": 100}, otherwise=50), rounding=MINUTES)
        assert asked(target, member(joined=date(2015, 7, 2), facts={"title": UNKNOWN})).required == (
            25 * H + 4 * 60, 50 * H + 8 * 60
        )  # fmt: skip
        endless = pro_rata(agreed(), rounding=MINUTES)
        assert asked(endless, member(joined=date(2015, 7, 2))).required == (0, None)

    def test_grows_as_the_whole_does(self) -> None:
        """A part of a share is a share."""
        assert pro_rata(30, rounding=MINUTES).grows is None
        growing = pro_rata(share_of("1/2", hours()), rounding=MINUTES)
        assert growing.grows == (Fraction(1, 2), ())
        assert growing.step == 60 + share_of("1/2", hours()).step

    def test_grows_by_no_more_than_the_rounding_adds(self) -> None:
        """A part that is rounded to minutes may jump by one, and by what the whole may jump."""
        assert pro_rata(30, rounding=MINUTES).step == 60
        assert pro_rata(pro_rata(30, rounding=MINUTES), rounding=MINUTES).step == 120


class TestShareOfAFigure:
    def test_is_a_part_of_it(self) -> None:
        """A third of what is asked in all; a part of a grain is asked for whole."""
        assert asked(share_of("1/3", 30), member()).required == (10 * H, 10 * H)
        title = by_fact("title", {"dentist": 100, "nurse": 50}, otherwise=10)
        assert asked(share_of("1/4", title), member(facts={"title": "nurse"})).required == (H * 25 // 2,) * 2
        finding = asked(share_of("1/4", title), member())
        assert finding.required == (H * 5 // 2, 25 * H)
        assert [note.text for note in finding.notes] == ["the member's title is not recorded"]
        assert asked(share_of("1/2", agreed()), member()).required == (0, None)
        assert asked(share_of("1/7", Amount(1, HOUR)), member()).required == (1, 1)
        assert str(share_of("1/3", 30)) == "1/3 of 30 h"
        points_ = at_least(share_of("1/2", 3, unit=POINT), points()).assess(record(member()), period=year(2015))
        assert points_.required == (150, 150)

    def test_grows_as_it_does(self) -> None:
        """A part of a share is a smaller share; a fixed figure and a fact do not grow."""
        assert share_of("1/3", 30).grows is None
        assert share_of("1/3", share_of("1/2", hours(kind="x"))).grows == (Fraction(1, 6), (("kind", ("x",)),))
        assert share_of("1/3", of_fact("practice", unit=HOUR)).grows is None


class TestShareOfMore:
    def test_may_be_more_than_all(self) -> None:
        """Half as much again."""
        assert asked(share_of("150%", 30), member()).required == (45 * H, 45 * H)
        assert share_of("3/2", hours()).grows == (Fraction(3, 2), ())

    @pytest.mark.parametrize(("direction", "figure"), [("up", 12), ("down", 9), ("half_up", 12), ("half_even", 12)])
    def test_is_rounded_as_is_said(self, direction: Any, figure: int) -> None:
        """A third of 32 hours, to three hours at a time; of what is done as of a figure."""
        threes = Rounding(direction, so_many_hours(3))
        assert asked(share_of("1/3", 32, rounding=threes), member()).required == (figure * H,) * 2
        log = record("7", [activity("2015-01-01", 32)])
        finding = at_least(share_of("1/3", hours(), rounding=threes), hours()).assess(log, period=year(2015))
        assert finding.required == (figure * H,) * 2

    def test_rounds_both_ends_of_what_is_not_known(self) -> None:
        """From nothing to whatever is agreed."""
        up = Rounding("up", so_many_hours(3))
        assert asked(share_of("1/2", agreed(), rounding=up), member()).required == (0, None)
        found = asked(share_of("1/2", by_fact("x", {"a": 10}, otherwise=20), rounding=up), member())
        assert found.required == (6 * H, 12 * H)

    def test_is_rounded_in_its_unit(self) -> None:
        """Points are no steps of hours."""
        with pytest.raises(UnitError):
            asked(share_of("1/2", 30, rounding=POINTS), member())


class TestSumOf:
    def test_asks_for_all_of_them(self) -> None:
        """Thirty-six, and eighteen for a specialty, with the reasons of both."""
        extra = by_fact("specialty", {"surgery": 18}, otherwise=0)
        surgeon = member(("leave", "2015-01-01", "2015-12-31"), facts={"specialty": "surgery"})
        finding = asked(sum_of(36, extra, stepped(1, circumstance("leave"), (months(3), 2))), surgeon)
        assert finding.required == (56 * H, 56 * H)
        assert said(finding) == ["specialty: surgery", "leave for at least 3 months: 2 h"]
        assert asked(sum_of(2, 2), member()).required == (4 * H, 4 * H)

    def test_of_what_is_not_known_has_bounds(self) -> None:
        """The least together and the most together; without an end where one has none."""
        extra = by_fact("specialty", {"surgery": 18}, otherwise=3)
        assert asked(sum_of(36, extra, extra), member()).required == (42 * H, 72 * H)
        finding = asked(sum_of(36, extra, agreed()), member())
        assert finding.required == (39 * H, None)
        assert said(finding) == ["the member's specialty is not recorded", "no case-by-case agreement is recorded"]

    def test_grows_as_all_of_them_together(self) -> None:
        """Half of what is done and a third of it; of one that grows, as it does."""
        half, third = share_of("1/2", hours(area="a")), share_of("1/3", hours())
        assert sum_of(half, 3).grows == (Fraction(1, 2), (("area", ("a",)),))
        assert sum_of(half, third).grows == (Fraction(5, 6), ())
        assert sum_of(3, agreed()).grows is None

    def test_is_in_one_unit(self) -> None:
        """Hours and points are never added."""
        with pytest.raises(UnitError):
            asked(sum_of(3, Fixed(Amount.of(1, POINT))), member())

    def test_words(self) -> None:
        """One after the other."""
        assert str(sum_of(36, agreed())) == "36 h and the figure agreed"


RETIRED = circumstance("retired")


class TestFigureWhen:
    def test_asks_for_one_figure_or_the_other(self) -> None:
        """Ten of the retired, and the dates say why; thirty of everybody else."""
        target = figure_when(RETIRED, 10, otherwise=30)
        finding = asked(target, member(("retired", "2015-03-02", None)))
        assert finding.required == (10 * H, 10 * H)
        assert said(finding) == ["retired from 2 March 2015 and continuing"]
        other = asked(target, member())
        assert (other.required, other.notes) == ((30 * H, 30 * H), ())

    def test_says_a_condition_that_gives_no_dates(self) -> None:
        """By its name, or in its own words."""
        surgeon = member(facts={"specialty": "surgery"})
        surgery = fact("specialty", "surgery")
        assert said(asked(figure_when(surgery, 10, otherwise=30), surgeon)) == ["specialty surgery"]
        named = all_of(surgery, ref="surgeons")
        assert said(asked(figure_when(named, 10, otherwise=30), surgeon)) == ["surgeons"]
        assert said(asked(figure_when(all_of(surgery), 10, otherwise=30), surgeon)) == ["a condition holds"]

    def test_gives_reasons_that_hold(self) -> None:
        """Of two ways to fulfil a condition, the one that is open gives none; those of the figure follow."""
        condition = any_of(at_least(stepped(30, RETIRED, (months(1), 10)), hours()), circumstance("leave"))
        both = member(("retired", "2015-01-01", None), ("leave", "2015-01-01", "2015-01-31"))
        target = figure_when(condition, stepped(5, RETIRED, (months(1), 1)), otherwise=30)
        assert said(asked(target, both)) == [
            "leave from 1 January 2015 until 31 January 2015", "retired for at least 1 month: 1 h"
        ]  # fmt: skip

    def test_lies_between_them_where_it_cannot_be_told(self) -> None:
        """And what would settle it is said; each fact once."""
        finding = asked(figure_when(grade("MIET"), 10, otherwise=30), member())
        assert finding.required == (10 * H, 30 * H)
        assert said(finding) == ["the member's grade is not recorded"]
        assert finding.verdict is NOT_MET  # nothing was done
        twice = figure_when(grade("MIET"), by_fact("grade", {"MIET": 5}, otherwise=6), otherwise=agreed())
        found = asked(twice, member())
        assert found.required == (0, None)
        assert said(found) == ["the member's grade is not recorded", "no case-by-case agreement is recorded"]

    def test_of_two_that_are_equal_nothing_is_missing(self) -> None:
        """Whatever the grade, it is thirty; neither has a reason that is sure."""
        reason = stepped(10, circumstance("leave"), (months(1), 30))
        away = member(("leave", "2015-01-01", "2015-12-31"))
        finding = asked(figure_when(grade("MIET"), reason, otherwise=30), away)
        assert (finding.required, finding.notes) == ((30 * H, 30 * H), ())

    def test_a_condition_that_asks_nothing_does_not_hold(self) -> None:
        """As anywhere: what does not apply is not met, also where nobody can tell which it is."""
        assert asked(figure_when(exempt("x"), 10, otherwise=30), member()).required == (30 * H, 30 * H)
        either = when(grade("MIET"), exempt("x"), otherwise=none_of(circumstance("leave")))
        assert asked(figure_when(either, 10, otherwise=30), member()).required == (10 * H, 30 * H)

    def test_may_be_of_what_was_done(self) -> None:
        """More is asked of those who did most of it alone."""
        alone = at_least(5, hours(kind="alone"))
        target = figure_when(alone, 20, otherwise=10)
        log = record("7", [activity("2015-01-01", 5, kind="alone")])
        assert at_least(target, hours()).assess(log, period=year(2015)).required == (20 * H, 20 * H)
        log = record("7", [activity("2015-01-01", 5, kind=UNKNOWN, title="X")])
        finding = at_least(target, hours()).assess(log, period=year(2015))
        assert finding.required == (10 * H, 20 * H)
        assert said(finding) == ["the kind of “X” (1 January 2015) is not known"]

    def test_grows_as_the_fastest(self) -> None:
        """Whichever it is."""
        half, third = share_of("1/2", hours(area="a")), share_of("1/3", hours())
        assert figure_when(RETIRED, half, otherwise=3).grows == (Fraction(1, 2), (("area", ("a",)),))
        assert figure_when(RETIRED, third, otherwise=half).grows == (Fraction(1, 2), ())
        assert figure_when(RETIRED, 2, otherwise=3).grows is None

    def test_words(self) -> None:
        """The condition in its own words, or by its name, if it has any."""
        assert str(figure_when(RETIRED, 10, otherwise=agreed())) == "10 h if retired, else the figure agreed"
        assert str(figure_when(all_of(RETIRED, ref="out"), 10, otherwise=30)) == "10 h if out, else 30 h"
        assert str(figure_when(all_of(RETIRED), 10, otherwise=30)) == "10 h if a condition holds, else 30 h"

    def test_needs_a_condition(self) -> None:
        """True is none."""
        with pytest.raises(PolicyError, match="figure_when asks whether a clause holds, and True is none") as caught:
            figure_when(True, 10, otherwise=30)  # type: ignore[arg-type]
        assert caught.value.data == {"condition": True}

    @given(figures=st.tuples(*(st.integers(0, 9),) * 3), known=st.sampled_from(["a", "b", "c"]))
    def test_bounds_hold_whatever_turns_out(self, figures: tuple[int, int, int], known: str) -> None:
        """What is asked of somebody whose fact is not recorded includes what is asked whatever it is."""
        one, other, more = figures
        target = sum_of(
            figure_when(fact("f", "a"), one, otherwise=by_fact("f", {"b": other}, otherwise=more)),
            share_of("3/2", figure_when(none_of(fact("f", "b")), more, otherwise=agreed())),
        )
        least, most = asked(target, member()).required or (0, 0)
        sure, certain = asked(target, member(facts={"f": known})).required or (0, 0)
        assert least <= sure
        assert most is None or (certain is not None and certain <= most)


class TestProRataForALengthOfTime:
    def test_shares_out_by_the_length(self) -> None:
        """Ninety in three years are thirty in one, and a hundred and twenty in four."""
        target = pro_rata(90, per=years(3), by="year", rounding=MINUTES)
        assert asked(target, member()).required == (30 * H, 30 * H)
        assert asked(target, member(), cycle).required == (90 * H, 90 * H)
        assert asked(target, member(), Period(date(2012, 1, 1), date(2015, 12, 31))).required == (120 * H, 120 * H)

    def test_counts_days_of_that_length(self) -> None:
        """By days, of as many as the length has from the first day of the period."""
        target = pro_rata(Amount(1096, HOUR), per=years(3), rounding=Rounding("up", Amount(1, HOUR)))
        leap = Period(date(2016, 1, 1), date(2016, 12, 31))
        assert asked(target, member(), leap).required == (366, 366)
        joined = member(joined=date(2016, 12, 31))
        finding = asked(target, joined, leap)
        assert finding.required == (1, 1)
        assert said(finding) == ["1 of 1096 days count, rounded up to 1 s"]

    @pytest.mark.parametrize(
        ("period", "most"),
        [(year(2015), 30 * H), (cycle, 90 * H), (Period(date(2012, 1, 1), date(2015, 12, 31)), 120 * H)],
    )
    def test_of_a_day_that_nobody_knows(self, period: Period, most: int) -> None:
        """No more can be asked than of somebody who was there all the time."""
        target = pro_rata(90, since="admitted", per=years(3), by="year", rounding=MINUTES)
        assert asked(target, member(), period).required == (0, most)
        always = member(facts={"admitted": date(2000, 1, 1)})
        assert asked(target, always, period).required == (most, most)
        without_end = pro_rata(agreed(), since="x", per=years(3), rounding=MINUTES)
        assert asked(without_end, member(), period).required == (0, None)
