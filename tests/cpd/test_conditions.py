"""Conditions on members: circumstances by date, grades, registrations, agreements, other facts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cpdrules import Period, Source, Verdict, none_of, over, year
from cpdrules.amounts import hours
from cpdrules.cpd import (
    UNKNOWN,
    Agreement,
    Circumstance,
    Fact,
    Member,
    agreement,
    circumstance,
    fact,
    falls_in_period,
    grade,
    record,
    registered,
    scheme,
)
from cpdrules.cpd.conditions import Timing, agreements_in_force, date_of, recorded, spells
from cpdrules.errors import PolicyError, RecordError
from cpdrules.periods import days, months

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict


def during(*spans: tuple[str, str, str | None]) -> Member:
    """Give a member with circumstances."""
    return Member(
        "7",
        circumstances=tuple(
            Circumstance(kind, date.fromisoformat(since), date.fromisoformat(until) if until else None)
            for kind, since, until in spans
        ),
    )


class TestCircumstance:
    @pytest.mark.parametrize(
        ("since", "until", "verdict"),
        [
            ("2014-06-01", "2014-12-31", NOT_MET),
            ("2014-06-01", "2015-01-01", MET),
            ("2015-12-31", "2016-06-01", MET),
            ("2016-01-01", "2016-06-01", NOT_MET),
            ("2015-05-05", "2015-05-05", MET),
            ("2012-01-01", None, MET),
            ("2016-01-01", None, NOT_MET),
        ],
    )
    def test_holds_on_any_day_of_the_period(self, since: str, until: str | None, verdict: Verdict) -> None:
        """One day is enough, the first and the last among them."""
        assert circumstance("retired").assess(during(("retired", since, until)), period=year(2015)).verdict is verdict

    @pytest.mark.parametrize(
        ("on", "since", "until", "verdict"),
        [
            ("every_day", "2015-01-01", "2015-12-31", MET),
            ("every_day", "2014-01-01", None, MET),
            ("every_day", "2015-01-02", "2015-12-31", NOT_MET),
            ("every_day", "2015-01-01", "2015-12-30", NOT_MET),
            ("first_day", "2014-05-01", "2015-01-01", MET),
            ("first_day", "2015-01-02", None, NOT_MET),
            ("last_day", "2015-12-31", None, MET),
            ("last_day", "2015-01-01", "2015-12-30", NOT_MET),
            (date(2015, 3, 1), "2015-03-01", "2015-03-01", MET),
            (date(2015, 3, 1), "2015-03-02", None, NOT_MET),
            (date(2010, 3, 1), "2010-01-01", "2010-12-31", MET),
        ],
    )
    def test_holds_on_the_day_asked_for(self, on: Any, since: str, until: str | None, verdict: Verdict) -> None:
        """Throughout, on the first day, on the last, or on a day of the calendar, in the period or not."""
        finding = circumstance("retired", on=on).assess(during(("retired", since, until)), period=year(2015))
        assert finding.verdict is verdict

    @pytest.mark.parametrize(
        ("asked", "since", "until", "verdict"),
        [
            ({"longer_than": months(6)}, "2015-01-01", "2015-06-30", NOT_MET),
            ({"longer_than": months(6)}, "2015-01-01", "2015-07-01", MET),
            ({"lasting": months(6)}, "2015-01-01", "2015-06-29", NOT_MET),
            ({"lasting": months(6)}, "2015-01-01", "2015-06-30", MET),
            ({"longer_than": months(6)}, "2014-09-01", "2015-03-01", MET),
            ({"longer_than": months(6)}, "2014-09-01", "2015-02-28", NOT_MET),
            ({"lasting": months(6)}, "2014-08-31", "2015-02-27", MET),
            ({"lasting": months(6)}, "2014-08-31", "2015-02-26", NOT_MET),
            ({"longer_than": months(6)}, "2014-08-31", "2015-02-27", NOT_MET),
            ({"longer_than": months(6)}, "2014-08-31", "2015-02-28", MET),
            ({"lasting": months(1)}, "2015-01-31", "2015-02-26", NOT_MET),
            ({"lasting": months(1)}, "2015-01-31", "2015-02-27", MET),
            ({"longer_than": days(10)}, "2015-12-30", None, MET),
            ({"lasting": months(600)}, "2015-12-30", None, MET),
            ({"longer_than": months(6), "lasting": months(7)}, "2015-01-01", "2015-07-01", NOT_MET),
            ({"longer_than": months(6), "on": "last_day"}, "2015-01-01", "2015-08-01", NOT_MET),
            ({"longer_than": months(6), "on": "last_day"}, "2015-01-01", None, MET),
        ],
    )
    def test_lasts_as_long_as_asked(self, asked: Any, since: str, until: str | None, verdict: Verdict) -> None:
        """R13: more than six months, or at least so many; the whole stretch counts, whichever years it crosses."""
        finding = circumstance("ill", **asked).assess(during(("ill", since, until)), period=year(2015))
        assert finding.verdict is verdict

    def test_lasts_to_the_end_of_the_calendar_and_no_further(self) -> None:
        """A stretch that ends when the calendar nearly does is assessed like any other."""
        late = during(("ill", "9999-06-01", "9999-12-30"))
        assert circumstance("ill", lasting=months(12)).assess(late, period=year(9999)).verdict is NOT_MET
        assert circumstance("ill", longer_than=months(12)).assess(late, period=year(9999)).verdict is NOT_MET

    def test_joins_what_touches(self) -> None:
        """Two leaves end to end are one stretch, of one kind or of two; a day between makes two."""
        parts = ("leave", "2015-01-01", "2015-04-30"), ("ill", "2015-05-01", "2015-07-01")
        asked = circumstance("leave", "ill", longer_than=months(6))
        assert asked.assess(during(*parts), period=year(2015)).verdict is MET
        assert asked.assess(during(parts[1], parts[0]), period=year(2015)).verdict is MET
        apart = during(parts[0], ("ill", "2015-05-02", "2015-07-02"))
        assert asked.assess(apart, period=year(2015)).verdict is NOT_MET
        assert circumstance("leave", longer_than=months(6)).assess(during(*parts), period=year(2015)).verdict is NOT_MET

    def test_is_lifted_by_another(self) -> None:
        """R10, R15: retired and volunteering is no retirement, on the days on which both hold."""
        retired = circumstance("retired", but_not="volunteering")
        for since, until, verdict in (
            ("2014-01-01", None, NOT_MET),
            ("2015-01-01", "2015-12-31", NOT_MET),
            ("2015-01-02", "2015-12-31", MET),
            ("2016-01-01", None, MET),
        ):
            both = during(("retired", "2012-01-01", None), ("volunteering", since, until))
            assert retired.assess(both, period=year(2015)).verdict is verdict
        assert circumstance("retired", but_not=("volunteering", "employed")).but_not == ("volunteering", "employed")

    def test_is_cut_by_what_lifts_it(self) -> None:
        """What lasts six months lasts less where something lifts it in between."""
        ill = ("ill", "2015-01-01", "2015-08-01")
        asked = circumstance("ill", but_not="working", lasting=months(6))
        assert asked.assess(during(ill), period=year(2015)).verdict is MET
        assert asked.assess(during(ill, ("working", "2015-04-01", "2015-04-01")), period=year(2015)).verdict is NOT_MET
        found = spells(during(ill, ("working", "2015-04-01", "2015-04-01")), ("ill",), ("working",))
        assert found == (
            Period(date(2015, 1, 1), date(2015, 3, 31)),
            Period(date(2015, 4, 2), date(2015, 8, 1)),
        )

    def test_says_why(self) -> None:
        """What held is named, and what held in other years is not."""
        both = during(
            ("ill", "2015-01-01", "2015-08-01"), ("ill", "2011-01-01", "2011-08-01"), ("other", "2015-01-01", None)
        )
        finding = circumstance("ill", ref="ill", source=Source("book")).assess(both, period=year(2015))
        assert finding.notes == (("because", "ill from 1 January 2015 until 1 August 2015"),)
        assert (finding.ref, finding.clause.source) == ("ill", Source("book"))
        assert circumstance("ill").assess(both, period=year(2013)).notes == ()

    @pytest.mark.parametrize(
        ("condition", "text"),
        [
            (circumstance("retired"), "retired"),
            (circumstance("maternity_leave", "ill"), "maternity leave or ill"),
            (circumstance("retired", but_not="volunteering"), "retired and not volunteering"),
            (circumstance("retired", but_not=("a_b", "c")), "retired and not a b or c"),
            (circumstance("ill", on="every_day"), "ill throughout"),
            (circumstance("ill", on="first_day"), "ill on the first day"),
            (circumstance("ill", on="last_day"), "ill on the last day"),
            (circumstance("ill", on=date(2015, 3, 1)), "ill on 1 March 2015"),
            (circumstance("ill", longer_than=months(6)), "ill for longer than 6 months"),
            (circumstance("ill", lasting=months(1)), "ill for at least 1 month"),
        ],
    )
    def test_words(self, condition: Any, text: str) -> None:
        """A condition says what it asks, in the clause as well."""
        assert str(condition) == text
        assert condition.assess(Member("7"), period=year(2015)).clause.about == text

    def test_needs_a_period_of_everyone(self) -> None:
        """Who has no circumstances is asked about the same days."""
        for member in (Member("7"), during(("ill", "2015-01-01", None))):
            with pytest.raises(PolicyError, match="The clause 'ill' looks at dates"):
                circumstance("ill", ref="ill").assess(member)
            with pytest.raises(PolicyError, match="The clause 'agreed' looks at dates"):
                agreement(ref="agreed").assess(member)

    @pytest.mark.parametrize("kinds", [(), (5,), (None,), ("ill", ["retired"])])
    def test_names_something(self, kinds: Any) -> None:
        """A condition on no circumstance, or on what is none, is refused."""
        with pytest.raises(PolicyError, match=r"^circumstance\(\.\.\.\) names .* as texts: circumstance") as caught:
            circumstance(*kinds)
        assert caught.value.data == {"kinds": kinds, "but_not": ()}
        with pytest.raises(PolicyError, match="names"):
            circumstance("ill", but_not=(5,))  # type: ignore[arg-type]

    @pytest.mark.parametrize("on", ["sometimes", None, 5, datetime(2015, 1, 1, tzinfo=UTC)])
    def test_knows_when(self, on: Any) -> None:
        """When it must hold is one of four, or a plain day."""
        with pytest.raises(
            PolicyError, match=r"does not say when a circumstance must hold\. Say any_day, every_day"
        ) as caught:
            circumstance("ill", on=on)
        assert caught.value.data == {"on": on}


class TestHaving:
    @pytest.mark.parametrize(
        ("condition", "member", "verdict"),
        [
            (grade("MIET", "FIET"), Member("7", grade="FIET"), MET),
            (grade("MIET"), Member("7", grade="FIET"), NOT_MET),
            (grade("MIET"), Member("7"), CANNOT_TELL),
            (grade(), Member("7", grade="any"), MET),
            (registered(), Member("7", registrations=("CEng",)), MET),
            (registered(), Member("7"), NOT_MET),
            (registered("CEng", "IEng"), Member("7", registrations=("EngTech", "IEng")), MET),
            (registered("CEng"), Member("7", registrations=("EngTech",)), NOT_MET),
            (none_of(registered()), Member("7"), MET),
            (fact("route", "x", "y"), Member("7", facts={"route": "y"}), MET),
            (fact("route", "x"), Member("7", facts={"route": "y"}), NOT_MET),
            (fact("route", "x"), Member("7", facts={"route": ("x", "y")}), MET),
            (fact("route", "x"), Member("7", facts={"route": UNKNOWN}), CANNOT_TELL),
            (fact("route", "x"), Member("7"), CANNOT_TELL),
            (fact("route"), Member("7", facts={"route": "z"}), MET),
            (fact("route"), Member("7", facts={"route": date(2015, 1, 1)}), MET),
            (fact("route"), Member("7", facts={"route": False}), NOT_MET),
            (fact("route"), Member("7"), CANNOT_TELL),
            (fact("plan"), record("7", plan=True), MET),
            (fact("plan"), record("7", plan=False), NOT_MET),
            (fact("plan"), record("7"), CANNOT_TELL),
            (fact("plan"), Member("7", facts={"plan": True}), MET),
            (fact("declared"), record("7", declared=5), MET),
            (fact("declared"), record("7"), NOT_MET),
            (fact("route", "x"), record(Member("7", facts={"route": "x"})), MET),
            (grade("MIET"), record(Member("7", grade="MIET")), MET),
        ],
    )
    def test_looks_it_up(self, condition: Any, member: Any, verdict: Verdict) -> None:
        """What is recorded is held against what is asked; what is not recorded cannot be told, and no title is none."""
        finding = condition.assess(member)
        assert finding.verdict is verdict
        if verdict is CANNOT_TELL:
            assert finding.notes == (("missing", f"the member's {condition.what} is not recorded"),)

    def test_words(self) -> None:
        """A condition says what it asks for."""
        finding = fact("career_route", "x", "y", ref="route", source=Source("book")).assess(Member("7"))
        assert (finding.clause.about, finding.ref) == ("career route x or y", "route")
        assert finding.clause.source == Source("book")
        assert finding.notes[0].text == "the member's career route is not recorded"
        assert str(grade()) == "grade"
        assert registered("CEng", ref="r", source=Source("s")).ref == "r"
        assert grade("MIET", ref="g", source=Source("s")).source == Source("s")

    @pytest.mark.parametrize("subject", [None, "7", 5, [Member("7")]])
    @pytest.mark.parametrize("condition", [grade("MIET"), circumstance("ill"), agreement()])
    def test_is_asked_of_members(self, condition: Any, subject: Any) -> None:
        """A record or a member; anything else is refused by name."""
        with pytest.raises(
            RecordError, match=r"is neither a record nor a member\. The policy asks about members"
        ) as caught:
            condition.assess(subject, period=year(2015))
        assert caught.value.data == {"subject": subject}


class TestAgreed:
    def with_agreements(self, *spans: tuple[str, str | None, int, str]) -> Member:
        """Give a member with agreements on clauses."""
        return Member(
            "7",
            agreements=tuple(
                Agreement(
                    hours(figure),
                    f"because of {figure}",
                    "J. Doe",
                    date(2014, 1, number),
                    date.fromisoformat(since),
                    date.fromisoformat(until) if until else None,
                    clause,
                )
                for number, (since, until, figure, clause) in enumerate(spans, 1)
            ),
        )

    def test_holds_where_one_is_in_force(self) -> None:
        """On any day of the period, or on the day asked for; what was agreed is named."""
        one = self.with_agreements(("2015-06-01", "2016-05-31", 15, ""))
        finding = agreement(ref="agreed").assess(one, period=year(2015))
        assert finding.verdict is MET
        assert finding.notes == (("because", "15 h agreed by J. Doe on 1 January 2014: because of 15"),)
        assert (finding.ref, finding.clause.about) == ("agreed", "a case-by-case agreement")
        assert agreement().assess(one, period=year(2014)).verdict is NOT_MET
        assert agreement(on="first_day").assess(one, period=year(2015)).verdict is NOT_MET
        assert agreement(on="last_day").assess(record(one), period=year(2015)).verdict is MET
        assert agreement().assess(Member("7"), period=year(2015)).verdict is NOT_MET

    def test_is_about_the_whole_or_a_clause(self) -> None:
        """An agreement on one clause says nothing of the whole, nor of another."""
        one = self.with_agreements(("2015-01-01", None, 5, "planned"))
        assert agreement("planned").assess(one, period=year(2015)).verdict is MET
        assert agreement().assess(one, period=year(2015)).verdict is NOT_MET
        assert agreement("hours").assess(one, period=year(2015)).verdict is NOT_MET

    def test_the_lowest_comes_first(self) -> None:
        """Of several in force the lowest figure leads, and of equal ones the earlier decision."""
        one = self.with_agreements(
            ("2015-01-01", None, 9, ""),
            ("2015-01-01", None, 5, ""),
            ("2015-06-01", None, 5, ""),
            ("2016-01-01", None, 1, ""),
        )
        found = agreements_in_force(one, year(2015), "", Timing())
        assert [(agreed.figure, agreed.decided_on.day) for agreed in found] == [
            (hours(5), 2),
            (hours(5), 3),
            (hours(9), 1),
        ]


class TestFallsInPeriod:
    @pytest.mark.parametrize(
        ("value", "verdict"),
        [
            (date(2015, 1, 1), MET),
            (date(2015, 12, 31), MET),
            (date(2014, 12, 31), NOT_MET),
            (date(2016, 1, 1), NOT_MET),
            (2015, MET),
            (2014, NOT_MET),
            ((date(2015, 5, 5),), MET),
            (False, NOT_MET),
            (UNKNOWN, CANNOT_TELL),
            (None, CANNOT_TELL),
            ("2015-05-05", CANNOT_TELL),
            (True, CANNOT_TELL),
            (0, CANNOT_TELL),
            (10000, CANNOT_TELL),
            ((2015, 2015), CANNOT_TELL),
            (datetime(2015, 5, 5, tzinfo=UTC), CANNOT_TELL),
        ],
    )
    def test_holds_where_a_day_lies_in_it(self, value: Any, verdict: Verdict) -> None:
        """A day, or a whole calendar year; what is neither cannot be told."""
        facts = {} if value is None else {"admitted_to_it": value}
        finding = falls_in_period("admitted_to_it").assess(Member("7", facts=facts), period=year(2015))
        assert finding.verdict is verdict
        assert finding.missing() == (
            ("the day of the member's admitted to it is not recorded",) if verdict is CANNOT_TELL else ()
        )

    def test_says_which_day(self) -> None:
        """Whoever reads it sees the day, or the year."""
        whole = Member("7", joined=date(2015, 5, 5), facts={"moved": 2015})
        finding = falls_in_period("joined", ref="new", source=Source("book")).assess(whole, period=year(2015))
        assert str(finding) == "Met (new): joined: 5 May 2015 [book]"
        assert [note.text for note in falls_in_period("moved").assess(whole, period=year(2015)).notes] == [
            "moved: 2015"
        ]
        assert finding.clause.about == "joined falls in the period"

    def test_looks_at_another_window_where_one_is_said(self) -> None:
        """The last three months of the year."""
        late = over(months(3), falls_in_period("joined"))
        for day, verdict in ((date(2015, 10, 1), MET), (date(2015, 9, 30), NOT_MET)):
            assert late.assess(Member("7", joined=day), period=year(2015)).verdict is verdict

    def test_needs_a_period(self) -> None:
        """There is no today."""
        with pytest.raises(PolicyError, match="falls_in_period' looks at dates"):
            falls_in_period("joined").assess(Member("7"))

    def test_silence_may_mean_that_there_is_no_such_day(self) -> None:
        """Where the scheme says so."""
        policy = falls_in_period("waived")
        assert scheme(policy, facts=(Fact("waived", unrecorded=False),)).assess(
            Member("7"), period=year(2015)
        ).verdict is NOT_MET  # fmt: skip
        assert scheme(policy, facts=(Fact("waived"),)).assess(Member("7"), period=year(2015)).verdict is CANNOT_TELL


class TestSilence:
    @pytest.mark.parametrize(("unrecorded", "verdict"), [(None, CANNOT_TELL), (False, NOT_MET), ("yes", MET)])
    def test_means_what_the_scheme_says(self, unrecorded: Any, verdict: Verdict) -> None:
        """Nobody knows, unless it says that it means no, or something else."""
        policy = scheme(fact("audited"), facts=(Fact("audited", unrecorded=unrecorded), Fact("other", unrecorded=True)))
        assert policy.assess(record("7")).verdict is verdict

    def test_speaks_of_what_nobody_recorded_only(self) -> None:
        """What is recorded stands, and what is known not to be known is not known."""
        policy = scheme(fact("audited"), facts=(Fact("audited", unrecorded=False),))
        for value, verdict in ((True, MET), ("late", MET), (False, NOT_MET), (UNKNOWN, CANNOT_TELL)):
            assert policy.assess(Member("7", facts={"audited": value})).verdict is verdict

    def test_speaks_of_every_kind_of_fact(self) -> None:
        """Grades and a record's own plan as well."""
        facts = (Fact("grade", unrecorded="student"), Fact("plan", unrecorded=False))
        assert scheme(grade("student"), facts=facts).assess(Member("7")).verdict is MET
        assert scheme(fact("plan"), facts=facts).assess(record("7")).verdict is NOT_MET
        assert scheme(fact("plan"), facts=facts).assess(record("7", plan=True)).verdict is MET

    def test_reaches_no_further_than_its_scheme(self) -> None:
        """A scheme inside another has its own silence."""
        inner = scheme(fact("audited"))
        assert scheme(inner, facts=(Fact("audited", unrecorded=False),)).assess(Member("7")).verdict is CANNOT_TELL

    def test_what_is_recorded(self) -> None:
        """One value or several are several; nothing and unknown are none."""
        whole = Member("7", grade="MIET", facts={"a": ("x", "y"), "b": 0, "c": UNKNOWN})
        assert recorded(whole, "a") == ("x", "y")
        assert recorded(whole, "b") == (0,)
        assert recorded(whole, "c", False) is None
        assert recorded(whole, "d") is None
        assert recorded(whole, "d", ("x", "y")) == ("x", "y")
        assert recorded(whole, "grade", "FIET") == ("MIET",)
        assert date_of(None) is None
