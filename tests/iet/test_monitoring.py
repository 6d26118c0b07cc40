"""The IET's monitoring scheme: who may be chosen in which year, what is read, and what may follow from silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module

import pytest

from cpdrules import Verdict, year
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import Agreement, Circumstance, Member, activity, record
from cpdrules.iet import cpd, engineering_council, monitoring
from cpdrules.review import Event, History, Return, Scope, Status, eligibility, standing

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

OPTED_IN = Circumstance("opted_in", date(2014, 2, 1))
RETIRED = Circumstance("retired", date(2010, 1, 1))
VOLUNTEERING = Circumstance("volunteering_professionally", date(2010, 1, 1))


def member(*circumstances: Circumstance, grade: str = "MIET") -> Member:
    """Give a member of a grade, in some circumstances."""
    return Member("1", grade=grade, circumstances=circumstances)


def status(
    who: Member, review_year: int, history: History | None = None, rules: Scope = monitoring.may_be_chosen
) -> tuple[Status, str]:
    """Say how a member stands before the draw of a year, and why."""
    [found] = eligibility(
        [who],
        rules,
        id_of=lambda one: one.id,
        period=year(review_year),
        histories={} if history is None else {who.id: history},
        unrecorded=History(),
    ).standings
    return found.status, found.reason


class TestStages:
    @pytest.mark.parametrize("stage", monitoring.STAGES, ids=lambda stage: stage.done_by)
    def test_what_does_it_is_in_the_library(self, stage: monitoring.Stage) -> None:
        """Each stage names the word that does it."""
        module, _, word = stage.done_by.rpartition(".")
        assert hasattr(import_module(f"cpdrules.{module}"), word)

    def test_every_source_is_in_the_list(self) -> None:
        """Nothing is cited that the list of sources does not explain."""
        sources = [stage.source for stage in monitoring.STAGES]
        sources += [criterion.source for criterion in monitoring.CRITERIA]
        sources += [ladder.source for ladder in (monitoring.BYE_LAW, monitoring.REGISTER)]
        sources += [step.source for ladder in (monitoring.BYE_LAW, monitoring.REGISTER) for step in ladder.steps]
        sources += [part.source for rule in monitoring.may_be_chosen.rules for part in rule.policy.walk()]
        assert {source.document for source in sources if source} <= monitoring.SOURCES.keys()

    @pytest.mark.parametrize(("review", "records"), [(2014, 2013), (2017, 2016), (2022, 2021)])
    def test_the_records_are_those_of_the_year_before(self, review: int, records: int) -> None:
        """R3, in the years that are known."""
        assert monitoring.records_of(review) == year(records)


class TestWhoMayBeChosen:
    @pytest.mark.parametrize(
        ("who", "review_year", "expected"),
        [
            (member(), 2016, Status.OUT_OF_SCOPE),
            (member(OPTED_IN), 2016, Status.POOL),
            (member(), 2017, Status.POOL),
            (member(grade="Student"), 2017, Status.OUT_OF_SCOPE),
            (member(grade="HonFIET"), 2023, Status.OUT_OF_SCOPE),
            (member(grade=""), 2017, Status.CANNOT_TELL),
            (member(RETIRED, OPTED_IN), 2016, Status.POOL),
            (member(RETIRED), 2021, Status.POOL),
            (member(RETIRED), 2022, Status.EXEMPT),
            (member(RETIRED), 2023, Status.EXEMPT),
            (member(RETIRED, VOLUNTEERING), 2023, Status.POOL),
            (member(Circumstance("retired", date(2022, 6, 1))), 2023, Status.POOL),
            (member(Circumstance("retired", date(2022, 6, 1))), 2024, Status.EXEMPT),
            (member(Circumstance("unemployed", date(2010, 1, 1))), 2023, Status.POOL),
        ],
    )
    def test_by_review_year(self, who: Member, review_year: int, expected: Status) -> None:
        """The scheme is chosen by the review year, the exemption by the year whose records are read."""
        assert status(who, review_year)[0] is expected

    @pytest.mark.parametrize(
        ("history", "expected"),
        [
            (History(), Status.POOL),
            (History([Event(2016, "met")]), Status.POOL),
            (History([Event(2016, "deferred", to=2018)]), Status.DEFERRED),
            (History([Event(2016, "deferred", to=2017)]), Status.CERTAIN),
            (History([Event(2016, "not engaged")]), Status.CERTAIN),
            (History([Event(2015, "not engaged")]), Status.POOL),
        ],
    )
    def test_by_what_became_of_earlier_reviews(self, history: History, expected: Status) -> None:
        """Nobody is left out for having been reviewed; who did not engage last year is included."""
        assert status(member(), 2017, history)[0] is expected

    def test_who_is_exempt_is_not_included_for_a_reason(self) -> None:
        """The first rule that holds decides: nothing is asked, so nothing was refused."""
        found = status(member(RETIRED), 2023, History([Event(2022, "not engaged")]))
        assert found == (Status.EXEMPT, "not professionally active in the record year")

    def test_or_they_are_drawn_and_say_so(self) -> None:
        """The texts do not say which: by the other rules the same member is in the pool."""
        rules = monitoring.may_be_chosen_and_reply
        assert status(member(RETIRED), 2023, rules=rules)[0] is Status.POOL
        assert status(member(grade="Student"), 2023, rules=rules)[0] is Status.OUT_OF_SCOPE

    def test_whom_the_guideline_asks_nothing_is_whom_the_draw_leaves_out(self) -> None:
        """One condition decides both, so they cannot drift apart."""
        for circumstance in cpd.CIRCUMSTANCES:
            who = member(Circumstance(circumstance, date(2010, 1, 1)))
            asked = cpd.policy.assess(record(who), period=year(2023)).verdict is not DOES_NOT_APPLY
            assert (status(who, 2024)[0] is Status.POOL) is asked, circumstance


class TestDeclaration:
    def test_nothing_declared_is_nothing_to_compare(self) -> None:
        """Who did not declare is no discrepancy."""
        assert monitoring.declaration(record("1"), review_year=2016) is None

    def test_an_activity_across_new_year_counts_day_by_day(self) -> None:
        """As the guideline reads records."""
        course = activity("2015-12-28", 7, until="2016-01-03")
        found = monitoring.declaration(record("1", [course], declared=4), review_year=2016)
        assert found is not None
        assert found.agrees is True


class TestCriteria:
    def test_the_six_that_were_published(self) -> None:
        """All from one text; only the hours are computed, and the plan is optional."""
        assert [one.ref for one in monitoring.CRITERIA] == [
            *("plan", "hours", "areas", "kinds", "competences", "reflection")
        ]
        assert {one.source.document for one in monitoring.CRITERIA if one.source} == {"S9"}
        assert [one.ref for one in monitoring.CRITERIA if one.computed] == ["hours"]
        assert [one.ref for one in monitoring.CRITERIA if one.only_with] == ["plan"]

    def test_what_is_counted_beside_them_is_an_axis(self) -> None:
        """Counts are by the axes on which activities are told apart."""
        counted = {one.counts for one in monitoring.CRITERIA if one.counts}
        assert counted <= {axis.name for axis in cpd.AXES}

    @pytest.mark.parametrize(
        ("who", "number", "planned", "hours", "verdict"),
        [
            (member(), 2015, 9, 30, MET),  # planned hours are not among the criteria
            (member(), 2015, 10, 29, NOT_MET),
            (member(RETIRED), 2015, 0, 10, MET),
            (member(RETIRED), 2015, 0, 9, NOT_MET),
            (member(Circumstance("paternity_leave", date(2015, 3, 1))), 2015, 0, 30, MET),
            (member(Circumstance("paternity_leave", date(2015, 3, 1))), 2015, 0, 29, CANNOT_TELL),
            (member(RETIRED), 2019, 0, 9, CANNOT_TELL),
            (member(RETIRED), 2023, 0, 0, DOES_NOT_APPLY),
            (member(), 2021, 0, 29, NOT_MET),
        ],
    )
    def test_the_criterion_of_hours(self, who: Member, number: int, planned: int, hours: int, verdict: Verdict) -> None:
        """Thirty for the professionally active, ten for others, whatever else the guideline asks."""
        tags = {"area": "soft_skills", "kind": "event"}
        done = [
            activity(f"{number}-05-04", amount, planned=is_planned, **tags)
            for amount, is_planned in ((planned, True), (hours - planned, False))
            if amount
        ]
        finding = cpd.policy.assess(record(who, done), period=year(number))
        assert monitoring.hours_asked(finding).verdict is verdict

    def test_what_was_agreed_is_asked(self) -> None:
        """Fifteen agreed hours are the hours of the criterion."""
        agreed = Agreement(
            so_many_hours(15), "carer", "CPD Manager", date(2015, 2, 1), date(2015, 1, 1), date(2015, 12, 31)
        )
        finding = cpd.policy.assess(record(Member("1", agreements=(agreed,))), period=year(2015))
        assert monitoring.hours_asked(finding).shortfalls() == {"agreed": so_many_hours(15)}


def silent(on: date) -> Return:
    """Give a return that was asked for, and whose deadline was missed."""
    return Return("R1").after("selected", date(2016, 1, 4)).after("requested", date(2016, 1, 5)).after("miss", on)


class TestThoseWhoDoNotReply:
    def test_the_bye_law_is_a_power(self) -> None:
        """The Board may: the member may be referred, and nothing is said to have been done."""
        found = standing(monitoring.BYE_LAW, silent(date(2017, 3, 31)), on=date(2017, 3, 31))
        assert found.verdict is MET
        assert "may be referred: withdrawal of membership" in str(found)

    def test_not_in_the_years_of_opting_in(self) -> None:
        """Who took part of their own will is referred to nobody."""
        assert standing(monitoring.BYE_LAW, silent(date(2016, 12, 31)), on=date(2018, 1, 1)).verdict is NOT_MET

    @pytest.mark.parametrize(
        ("facts", "missed", "verdict"),
        [
            ({}, date(2020, 3, 31), MET),
            ({}, date(2019, 12, 31), NOT_MET),
            ({"registered": False}, date(2020, 3, 31), NOT_MET),
            ({"professionally_active": False}, date(2020, 3, 31), NOT_MET),
            ({"persistently_not_responding": False}, date(2020, 3, 31), NOT_MET),
            ({"persistently_not_responding": None}, date(2020, 3, 31), CANNOT_TELL),
        ],
    )
    def test_the_regulator_asks_for_all_three(
        self, facts: Mapping[str, bool | None], missed: date, verdict: Verdict
    ) -> None:
        """Registered, professionally active and persistent, from 2020."""
        known = dict.fromkeys(engineering_council.CONDITIONS, True) | facts
        found = standing(monitoring.REGISTER, silent(missed), on=date(2020, 6, 1), facts=known)
        assert found.verdict is verdict

    def test_the_facts_are_concluded_from_the_member(self) -> None:
        """Retired without volunteering is not active; whether somebody is persistent is recorded or not known."""
        who = Member("1", registrations=("CEng",), circumstances=(RETIRED,))
        assert monitoring.facts_of(who, period=year(2020)) == {
            "registered": True,
            "professionally_active": False,
            "persistently_not_responding": None,
        }

    @pytest.mark.parametrize("registrations", [("CEng",), ()])
    @pytest.mark.parametrize("persistent", [True, False, None])
    @pytest.mark.parametrize("circumstances", [(), (RETIRED,), (RETIRED, VOLUNTEERING)])
    def test_ladder_and_policy_agree(
        self, registrations: tuple[str, ...], persistent: bool | None, circumstances: tuple[Circumstance, ...]
    ) -> None:
        """The conditions stand once, so the ladder's last word is the policy's."""
        facts = {} if persistent is None else {"persistently_not_responding": persistent}
        who = Member("1", registrations=registrations, circumstances=circumstances, facts=facts)
        policy = engineering_council.may_be_referred.assess(who, period=year(2020)).verdict
        known = monitoring.facts_of(who, period=year(2020))
        ladder = standing(monitoring.REGISTER, silent(date(2020, 3, 31)), on=date(2020, 6, 1), facts=known)
        assert ladder.verdict is policy
