"""The rules R1 to R33, R35 and R37 of the domain notes, each with the worked numbers given there; R34 on are beside.

An hour is 60 minutes here; figures in the notes are in minutes where nothing else is said.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cpdrules import (
    Finding,
    Policy,
    Rounding,
    Unit,
    Verdict,
    all_of,
    any_of,
    as_stated,
    at_least,
    at_least_of,
    each,
    none_of,
    over,
    when,
    year,
)
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import (
    Activity,
    Agreement,
    Axis,
    Circumstance,
    Member,
    activity,
    circumstance,
    counting,
    entries,
    grade,
    hours,
    lowest,
    pro_rata,
    record,
    registered,
    scheme,
    share,
    share_of,
    stepped,
    time_weighted,
    up_to,
)
from cpdrules.cpd.declarations import declared_against_recorded
from cpdrules.editions import at
from cpdrules.errors import NoEditionError, RecordError
from cpdrules.iet import conduct, cpd, engineering_council
from cpdrules.periods import Period, days, membership_year, months, record_year, starting, years

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

RETIRED = Circumstance("retired", date(2010, 1, 1))
VOLUNTEERING = Circumstance("volunteering_professionally", date(2010, 1, 1))
TO_THE_MINUTE = Rounding("up", so_many_hours("1 min"))


def did(total: str | int, *, planned: bool = True, day: str = "2015-03-02", area: str = "soft_skills") -> Activity:
    """Do one activity of the year 2015."""
    return activity(day, total, planned=planned, area=area, kind="event")


def member(*circumstances: Circumstance, grade: str = "MIET", registrations: tuple[str, ...] = ()) -> Member:
    """Be a member in some circumstances."""
    return Member("1", grade=grade, registrations=registrations, circumstances=circumstances)


def assessed(who: Member, *done: Activity, year_of: int = 2015, policy: Policy = cpd.policy) -> Finding:
    """Assess what a member did in a year."""
    return policy.assess(record(who, done), period=year(year_of))


def minutes_asked(finding: Finding, ref: str) -> int:
    """Give what a clause asks for, in minutes."""
    required = finding[ref].required
    assert required is not None
    return required.least // 60


class TestVersionedPolicies:
    """10.1: R1 to R5."""

    def test_r1_the_record_year_chooses_the_policy(self) -> None:
        """The same retired member is asked for 600 minutes in 2015, and for nothing by the latest text."""
        retired = member(RETIRED)
        assert minutes_asked(assessed(retired), "reduced") == 600
        assert assessed(retired, year_of=2023).verdict is DOES_NOT_APPLY
        assert assessed(retired, year_of=2023)["exempt"].notes[0].text == "not professionally active"

    def test_r2_the_power_to_remove_is_dated(self) -> None:
        """Not responding in 2018 cannot lead to removal; in 2020, persistent and registered, it may."""
        silent = Member("1", registrations=("CEng",), facts={"persistently_not_responding": True})
        assert assessed(silent, year_of=2018, policy=engineering_council.may_be_referred).verdict is DOES_NOT_APPLY
        assert assessed(silent, year_of=2020, policy=engineering_council.may_be_referred).verdict is MET
        once = Member("1", registrations=("CEng",), facts={"persistently_not_responding": False})
        assert assessed(once, year_of=2020, policy=engineering_council.may_be_referred).verdict is NOT_MET
        inactive = Member(
            "1", registrations=("CEng",), circumstances=(RETIRED,), facts={"persistently_not_responding": True}
        )
        assert assessed(inactive, year_of=2020, policy=engineering_council.may_be_referred).verdict is NOT_MET
        assert at(date(2019, 1, 1), engineering_council.PHASES).name == "mandatory record"

    @pytest.mark.parametrize(("review", "recorded"), [(2014, 2013), (2017, 2016), (2022, 2021)])
    def test_r3_the_record_year_is_the_year_before_the_review(self, review: int, recorded: int) -> None:
        """A review year looks at the year before it."""
        assert record_year(review) == year(recorded)

    def test_r3_other_bodies_have_other_offsets_and_years(self) -> None:
        """Years from 1 May, 1 November or 1 December, cycles of 36 months, offsets of none: all are periods."""
        assert record_year(2024, offset=0) == year(2024)
        assert starting(date(2015, 5, 1), years(1)) == Period(date(2015, 5, 1), date(2016, 4, 30))
        assert starting(date(2015, 11, 1), years(1)).last == date(2016, 10, 31)
        assert starting(date(2015, 12, 1), months(36)).last == date(2018, 11, 30)
        assert membership_year(date(2010, 5, 17), 2015).first == date(2015, 5, 17)

    def test_r4_the_complaint_date_chooses_the_regulations(self) -> None:
        """A complaint of 2 October 2019 falls under those of 2017, one of the day after under those of 2019."""
        assert at(date(2019, 10, 2), conduct.REGULATIONS).name == "Disciplinary Regulations 2017"
        assert at(date(2019, 10, 3), conduct.REGULATIONS).name == "Disciplinary Regulations 2019"

    @pytest.mark.parametrize("number", [2013, 2014, 2015, 2016, 2019, 2021, 2030])
    def test_r5_every_finding_names_its_edition_and_why(self, number: int) -> None:
        """The finding says which text was in force, and the clause that decided has a name."""
        finding = assessed(member(), did(31), year_of=number)
        note = finding.notes[0]
        assert note.kind == "edition"
        assert note.text.startswith(cpd.guidelines.at(date(number, 1, 1)).name)
        assert all(leaf.ref for leaf in finding.decisive())

    def test_r5_before_the_first_text_there_is_none(self) -> None:
        """A record year before the scheme is refused by name, and never judged by a later text."""
        with pytest.raises(NoEditionError, match="No text was in force on 1 January 2012"):
            assessed(member(), year_of=2012)


class TestScopeAndStatus:
    """10.2: R6 to R16."""

    @pytest.mark.parametrize(
        ("grade_held", "inside"),
        [
            ("TMIET", MET),
            ("MIET", MET),
            ("FIET", MET),
            ("Student", NOT_MET),
            ("Associate", NOT_MET),
            ("HonFIET", NOT_MET),
        ],
    )
    def test_r6_three_grades_are_in_scope(self, grade_held: str, inside: Verdict) -> None:
        """An unregistered MIET is in; students, associates and honorary fellows are not."""
        assert assessed(member(grade=grade_held), year_of=2017, policy=cpd.scope).verdict is inside

    def test_r7_before_2017_only_those_who_opted_in(self) -> None:
        """A MIET who did not opt in is out in review year 2015, and in in review year 2017."""
        assert assessed(member(), year_of=2015, policy=cpd.scope).verdict is NOT_MET
        assert assessed(member(), year_of=2017, policy=cpd.scope).verdict is MET
        joined_in = member(Circumstance("opted_in", date(2014, 2, 1)))
        assert assessed(joined_in, year_of=2015, policy=cpd.scope).verdict is MET

    def test_r8_a_scope_of_registrants_only(self) -> None:
        """Elsewhere an unregistered member is out, and a retired chartered engineer is in the draw."""
        scope = registered("CEng", "IEng", "EngTech")
        assert assessed(member(), policy=scope).verdict is NOT_MET
        assert assessed(member(RETIRED, registrations=("CEng",)), policy=scope).verdict is MET

    def test_r9_the_unit_is_the_person(self) -> None:
        """A thousand people with 1,040 titles are a thousand subjects."""
        people = [member(registrations=("CEng", "EngTech") if number < 40 else ("CEng",)) for number in range(1000)]
        inside = [who for who in people if assessed(who, policy=registered()).verdict is MET]
        assert len(inside) == 1000
        assert sum(len(who.registrations) for who in people) == 1040

    def test_r10_volunteering_makes_a_retired_member_active(self) -> None:
        """Retired and on a committee: 1800 minutes; retired only: 600."""
        assert minutes_asked(assessed(member(RETIRED, VOLUNTEERING)), "hours") == 1800
        assert minutes_asked(assessed(member(RETIRED)), "reduced") == 600

    def test_r10_the_literal_text_knows_no_such_exception(self) -> None:
        """The exception is inferred; with the text as stated, the retired volunteer is asked for 600."""
        assert minutes_asked(assessed(member(RETIRED, VOLUNTEERING), policy=as_stated(cpd.policy)), "reduced") == 600

    def test_r11_working_outside_engineering_differs_by_policy(self) -> None:
        """Not active at the IET today; active elsewhere for who means to return. Same facts, two answers."""
        outside = Circumstance("working_outside_engineering", date(2020, 1, 1))
        returning = Circumstance("intending_to_return", date(2020, 1, 1))
        elsewhere = none_of(circumstance("working_outside_engineering", but_not="intending_to_return"))
        who = member(outside, returning)
        assert assessed(who, year_of=2023).verdict is DOES_NOT_APPLY
        assert assessed(who, year_of=2023, policy=elsewhere).verdict is MET

    def test_r12_part_time_work_does_not_reduce_the_target(self) -> None:
        """A part-timer is asked for the full 1800 minutes."""
        part_time = member(Circumstance("part_time", date(2010, 1, 1)))
        assert minutes_asked(assessed(part_time), "hours") == 1800

    def test_r12_other_bodies_mix_figures_by_time(self) -> None:
        """Two years practising and one not: 100 + 30 = 130 hours."""
        figure = time_weighted({"non_practising": 90}, otherwise=150, by="month", rounding=TO_THE_MINUTE)
        who = member(Circumstance("non_practising", date(2023, 7, 1), date(2024, 6, 30)))
        cycle = starting(date(2021, 7, 1), years(3))
        done = record(who, [activity("2022-05-01", 130)])
        finding = at_least(figure, hours(), ref="total").assess(done, period=cycle)
        assert finding.verdict is MET
        assert minutes_asked(finding, "total") == 130 * 60

    @pytest.mark.parametrize(("last", "waived"), [(date(2015, 6, 30), NOT_MET), (date(2015, 7, 1), MET)])
    def test_r13_six_months_exactly_are_not_more_than_six(self, last: date, waived: Verdict) -> None:
        """Unemployed for six months exactly is not waived; for six months and a day it is."""
        unemployed = member(Circumstance("unemployed", date(2015, 1, 1), last))
        assert assessed(unemployed, policy=circumstance("unemployed", longer_than=months(6))).verdict is waived

    @pytest.mark.parametrize(("last", "explain"), [(date(2015, 5, 31), NOT_MET), (date(2015, 6, 1), MET)])
    def test_r13_a_gap_of_three_months_is_fine(self, last: date, explain: Verdict) -> None:
        """A gap of three months needs no word, a longer one must be explained."""
        gap = member(Circumstance("gap", date(2015, 3, 1), last))
        assert assessed(gap, policy=circumstance("gap", longer_than=months(3))).verdict is explain

    def test_r14_a_recorded_decision_overrides_the_rules(self) -> None:
        """A carer agreed 15 hours: the target is 900 minutes, with the reason and who decided."""
        agreed = Agreement(so_many_hours(15), "cares for a parent", "CPD Manager", date(2015, 1, 20), date(2015, 1, 1))
        finding = assessed(Member("1", agreements=(agreed,)), did(15, planned=False))
        assert minutes_asked(finding, "agreed") == 900
        assert finding.verdict is MET
        assert "cares for a parent" in finding["agreed"].notes[0].text
        assert "CPD Manager" in finding["agreed"].notes[0].text

    def test_r14_a_figure_that_nobody_agreed_is_never_invented(self) -> None:
        """Other circumstances without a decision: cannot tell, naming what is missing; who did it all has met it."""
        ill = member(Circumstance("long_term_illness", date(2015, 2, 1), date(2015, 5, 31)))
        open_case = assessed(ill, did(12))
        assert open_case.verdict is CANNOT_TELL
        assert any("case-by-case decision" in text for text in open_case.missing())
        assert assessed(ill, did(30)).verdict is MET

    def test_r15_several_circumstances_are_never_summed(self) -> None:
        """Retired and on leave: 600, not 1200 nor less; and retired while volunteering: 1800."""
        leave = Circumstance("maternity_leave", date(2015, 1, 1), date(2015, 9, 30))
        assert minutes_asked(assessed(member(RETIRED, leave)), "reduced") == 600
        assert minutes_asked(assessed(member(RETIRED, VOLUNTEERING)), "hours") == 1800

    def test_r15_the_lowest_target_wins(self) -> None:
        """Where a scheme names several figures, the lowest is asked for."""
        table = stepped(30, circumstance("retired"), (days(1), 10))
        other = stepped(30, circumstance("leave"), (months(1), 20))
        who = member(RETIRED, Circumstance("leave", date(2015, 1, 1), date(2015, 3, 31)))
        finding = assessed(who, policy=at_least(lowest(table, other), hours(), ref="total"))
        assert minutes_asked(finding, "total") == 600

    def test_r16_part_year_leave_flat_and_pro_rata(self) -> None:
        """Flat: 600. By days: 126 days of leave in 2016 leave 1800 x 240 / 366 = 1180.3 minutes, rounded as said."""
        leave = Circumstance("maternity_leave", date(2016, 1, 1), date(2016, 1, 1) + timedelta(days=125))
        flat = when(
            circumstance("maternity_leave"),
            at_least(10, hours(), ref="total"),
            otherwise=at_least(30, hours(), ref="total"),
        )
        assert minutes_asked(assessed(member(leave), year_of=2016, policy=flat), "total") == 600
        for direction, minutes in (("up", 1181), ("down", 1180), ("half_up", 1180)):
            rounding = Rounding(direction, so_many_hours("1 min"))  # type: ignore[arg-type]
            figure = pro_rata(30, outside=circumstance("maternity_leave"), rounding=rounding)
            finding = assessed(member(leave), year_of=2016, policy=at_least(figure, hours(), ref="total"))
            assert minutes_asked(finding, "total") == minutes


FULL = all_of(at_least(30, hours(), ref="hours"), at_least(10, hours(planned=True), ref="planned"))


class TestHoursAreasPlanned:
    """10.3: R17 to R33."""

    @pytest.mark.parametrize(
        ("done", "verdict", "short"), [("29:59", NOT_MET, "1 min"), ("30:00", MET, ""), ("40:00", MET, "")]
    )
    def test_r17_the_target_is_met_from_1800_minutes(self, done: str, verdict: Verdict, short: str) -> None:
        """1799 is a shortfall of one minute; 1800 and 2400 meet it."""
        finding = assessed(member(), did(done))
        assert finding.verdict is verdict
        assert str(finding["hours"].short_by or "") == short

    def test_r17_a_surplus_stays_visible(self) -> None:
        """2400 minutes count as 2400, not as 1800."""
        assert assessed(member(), did(40))["hours"].counted == (2400 * 60, 2400 * 60)

    @pytest.mark.parametrize(
        ("planned", "unplanned", "shortfalls"), [(10, 25, {}), (5, 40, {"planned": so_many_hours(5)}), (30, 0, {})]
    )
    def test_r18_ten_planned_and_the_rest_as_it_comes(
        self, planned: int, unplanned: int, shortfalls: dict[str, object]
    ) -> None:
        """10 + 25 is met; 5 + 40 is short of 5 planned; 30 + 0 is met."""
        done = [did(planned)] + ([did(unplanned, planned=False)] if unplanned else [])
        assert assessed(member(), *done).shortfalls() == shortfalls

    def test_r18_what_is_credited_under_the_cap(self) -> None:
        """With at most 20 unplanned hours counting, 5 + 40 is credited as 25 hours."""
        credited = at_least(30, counting(hours(), up_to(20, planned=False)), ref="hours")
        finding = assessed(member(), did(5), did(40, planned=False), policy=credited)
        assert finding.counted == (25 * 3600, 25 * 3600)
        assert finding.short_by == so_many_hours(5)

    @pytest.mark.parametrize("planned", range(0, 61, 5))
    @pytest.mark.parametrize("unplanned", range(0, 61, 5))
    def test_r19_the_two_wordings_are_one_rule(self, planned: int, unplanned: int) -> None:
        """“At least ten planned of thirty” and “unplanned up to twenty” agree; a law says so for any minutes."""
        capped = at_least(30, counting(hours(), up_to(20, planned=False)))
        done = [did(amount, planned=kind) for amount, kind in ((planned, True), (unplanned, False)) if amount]
        assert assessed(member(), *done, policy=FULL).verdict is assessed(member(), *done, policy=capped).verdict

    def test_r20_a_reduced_target_has_no_planned_floor(self) -> None:
        """Ten unplanned hours of reading meet a retired member's target."""
        assert assessed(member(RETIRED), did(10, planned=False)).verdict is MET

    def test_r20_a_proportional_floor_can_be_written(self) -> None:
        """A third of the reduced target planned is 200 minutes, exactly."""
        proportional = all_of(
            at_least(10, hours(), ref="reduced"), at_least("200 min", hours(planned=True), ref="planned")
        )
        short = assessed(member(RETIRED), did("3:19"), did("6:41", planned=False), policy=proportional)
        assert short.shortfalls() == {"planned": so_many_hours("1 min")}

    def test_r21_the_split_over_areas_is_advice(self) -> None:
        """18/12/0 hours of thirty: the target is met, and soft skills are missing as advice."""
        done = (did(18, area="personal_technical"), did(12, area="job_role_technical"))
        finding = assessed(member(), *done)
        assert finding.verdict is MET
        assert [leaf.ref for leaf in finding.advice()] == ["area.soft_skills"]

    def test_r21_a_strict_split_can_be_written(self) -> None:
        """As a requirement, the same record is short of ten hours of soft skills."""
        strict = all_of(*(at_least(10, hours(area=area), ref=area) for area in cpd.AREAS))
        done = (did(18, area="personal_technical"), did(12, area="job_role_technical"))
        assert assessed(member(), *done, policy=strict).shortfalls() == {"soft_skills": so_many_hours(10)}

    def test_r22_a_third_of_ten_hours_is_200_minutes(self) -> None:
        """The split scaled to ten hours loses no minute."""
        third = so_many_hours("3:20")
        assert third * 3 == so_many_hours(10)
        done = [did("3:20", area=area) for area in cpd.AREAS]
        scaled = all_of(*(at_least(third, hours(area=area)) for area in cpd.AREAS), at_least(10, hours()))
        assert assessed(member(RETIRED), *done, policy=scaled).verdict is MET

    @pytest.mark.parametrize("planned", [True, False])
    def test_r23_no_axis_follows_from_another(self, planned: bool) -> None:
        """Self-study may be planned or not."""
        study = activity("2015-03-02", 30, kind="self_study", area="soft_skills", planned=planned)
        assert assessed(member(), study)["planned"].verdict is (MET if planned else NOT_MET)

    def test_r24_an_activity_may_be_split_over_areas(self) -> None:
        """90 minutes are 60 technical and 30 soft; parts that do not add up are refused."""
        parts = (share("60 min", area="job_role_technical"), share("30 min", area="soft_skills"))
        split = activity("2015-03-02", "90 min", kind="event", planned=True, shares=parts)
        finding = assessed(member(), split)
        assert finding["area.job_role_technical"].counted == (3600, 3600)
        assert finding["area.soft_skills"].counted == (1800, 1800)
        assert finding["hours"].counted == (5400, 5400)
        with pytest.raises(RecordError, match="add up to 1 h 30 min"):
            activity("2015-03-02", "100 min", shares=parts)

    @pytest.mark.parametrize(
        ("straddling", "counted"), [("by_first_day", 7), ("by_last_day", 0), ("by_day", 4), (None, None)]
    )
    def test_r25_a_course_over_new_year(self, straddling: str | None, counted: int | None) -> None:
        """28 December to 3 January, seven hours: by its first day, its last, or by day; unsaid, it is bounded."""
        course = activity("2015-12-28", 7, until="2016-01-03")
        policy = scheme(at_least(5, hours(), ref="hours"), straddling=straddling)  # type: ignore[arg-type]
        finding = assessed(member(), course, policy=policy)
        assert finding["hours"].counted == ((0, 7 * 3600) if counted is None else (counted * 3600, counted * 3600))
        assert (finding.verdict is CANNOT_TELL) is (counted is None)

    def test_r25_the_parts_of_two_years_are_the_whole(self) -> None:
        """By day, what does not count in 2015 counts in 2016."""
        course = activity("2015-12-28", 10, until="2016-01-03", planned=True, area="soft_skills", kind="event")
        parts = [assessed(member(), course, year_of=number)["hours"].counted for number in (2015, 2016)]
        assert sum(part.least for part in parts if part) == 10 * 3600

    def test_r26_nothing_is_carried_over(self) -> None:
        """Forty hours in 2015 give nothing to 2016."""
        assert assessed(member(), did(40), year_of=2016)["hours"].counted == (0, 0)

    @pytest.mark.parametrize(("last_year", "verdict"), [(2015, MET), (2016, NOT_MET)])
    def test_r27_ninety_hours_in_any_three_years(self, last_year: int, verdict: Verdict) -> None:
        """45 + 15 + 30 = 90 is met though the middle year is low; 15 + 30 + 40 = 85 is not."""
        done = [
            did(amount, day=f"{number}-03-02") for number, amount in ((2013, 45), (2014, 15), (2015, 30), (2016, 40))
        ]
        rolling = over(years(3), at_least(90, hours(), ref="rolling"))
        assert assessed(member(), *done, year_of=last_year, policy=rolling).verdict is verdict

    def test_r27_with_a_floor_in_every_year(self) -> None:
        """60 + 10 + 50 = 120 fails the floor of 20 in the second year."""
        done = [did(amount, day=f"{number}-03-02") for number, amount in ((2013, 60), (2014, 10), (2015, 50))]
        both = over(
            years(3), all_of(at_least(120, hours(), ref="total"), each(years(1), at_least(20, hours(), ref="year")))
        )
        assert assessed(member(), *done, policy=both).shortfalls() == {"year[2]": so_many_hours(10)}

    def test_r28_composed_minima_fail_one_by_one(self) -> None:
        """150 hours with 9 of risk fail on risk only."""
        axes = (Axis("topic", ("area", "risk", "business"), every=False),)
        minima = (("area", 50), ("risk", 10), ("business", 15))
        policy = scheme(
            all_of(
                at_least(150, hours(), ref="total"),
                *(at_least(floor, hours(topic=one), ref=one) for one, floor in minima),
            ),
            axes=axes,
        )
        done = [
            activity("2015-03-02", amount, topic=one) for one, amount in (("area", 50), ("risk", 9), ("business", 91))
        ]
        assert assessed(member(), *done, policy=policy).shortfalls() == {"risk": so_many_hours(1)}

    def test_r29_one_hour_may_serve_several_clauses(self) -> None:
        """Hours tagged with two areas of practice count for both of them, and once in the total."""
        both = activity("2015-03-02", 50, practice=("civil", "structural"))
        policy = all_of(
            *(at_least(50, hours(practice=one), ref=one) for one in ("civil", "structural")),
            at_least(50, hours(), ref="total"),
        )
        finding = assessed(member(), both, policy=policy)
        assert finding.verdict is MET
        assert finding["total"].counted == (50 * 3600, 50 * 3600)

    def test_r29_shares_count_once(self) -> None:
        """Divided between the two, the same hours count for one each."""
        parts = (share(25, practice="civil"), share(25, practice="structural"))
        split = activity("2015-03-02", 50, shares=parts)
        policy = all_of(*(at_least(50, hours(practice=one), ref=one) for one in ("civil", "structural")))
        assert assessed(member(), split, policy=policy).shortfalls() == {
            "civil": so_many_hours(25),
            "structural": so_many_hours(25),
        }

    @pytest.mark.parametrize(("minutes", "forced"), [(300, MET), (301, NOT_MET)])
    def test_r30_policies_without_hours_ask_for_presence(self, minutes: int, forced: Verdict) -> None:
        """Two reflections, one for every activity of more than 300 minutes, and two topics."""
        policy = scheme(
            all_of(
                at_least(2, entries(reflected=True), ref="reflections"),
                none_of(at_least(1, entries(reflected=False, longer_than="300 min")), ref="long"),
                at_least(1, entries(topic="sustainability"), ref="sustainability"),
                at_least(1, entries(topic="building_safety"), ref="building_safety"),
            ),
            axes=(Axis("topic", every=False),),
        )
        done = [
            activity("2024-02-01", 1, reflection="learnt", topic="sustainability"),
            activity("2024-02-02", 1, reflection="learnt", topic="building_safety"),
            activity("2024-02-03", f"{minutes} min"),
        ]
        assert assessed(member(), *done, year_of=2024, policy=policy).verdict is forced

    def test_r31_no_evidence_is_asked_for_and_any_source_counts(self) -> None:
        """An activity without provider or evidence counts like any other."""
        bare = activity("2015-03-02", 30, kind="event", area="soft_skills", planned=True)
        assert bare.provider == ""
        assert assessed(member(), bare).verdict is MET

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda: activity("2015-03-02", -1),
            lambda: activity("2015-03-02", 0),
            lambda: activity("2015-03-02", 1, until="2015-03-01"),
            lambda: record("1", [activity("2015-03-02", 1, id="a"), activity("2015-03-03", 1, id="a")]),
            lambda: Axis("kind", cpd.KINDS).checked("conference"),
        ],
    )
    def test_r32_what_contradicts_itself_is_refused(self, wrong: object) -> None:
        """Negative, zero, ending before it starts, entered twice, of no known kind: refused, in a sentence."""
        with pytest.raises(ValueError, match=r"\w+ .*\."):
            wrong()  # type: ignore[operator]

    def test_r32_volunteering_without_hours_adds_nothing_for_certain(self) -> None:
        """It adds 0 to what counts in the worst case, and the finding says that its hours are missing."""
        unmeasured = activity(
            "2015-03-02", None, kind="volunteering", title="Committee", area="soft_skills", planned=False
        )
        met = assessed(member(), did(30), unmeasured)
        assert met.verdict is MET
        assert met["hours"].counted == (30 * 3600, None)
        short = assessed(member(), did(29), unmeasured)
        assert short.verdict is CANNOT_TELL
        assert any("Committee" in text for text in short.missing())

    def test_r33_an_empty_record_is_legal(self) -> None:
        """0 of 1800 is short by all of it; an exempt member with nothing is satisfied, for the reason given."""
        assert assessed(member()).shortfalls()["hours"] == so_many_hours(30)
        exempted = assessed(member(RETIRED), year_of=2023)
        assert exempted.satisfied
        assert exempted["exempt"].notes[0].text == "not professionally active"

    def test_r33_a_share_of_nothing_is_no_division(self) -> None:
        """Half of no hours is no hours: met by an empty record, and no error."""
        assert assessed(member(), policy=at_least(share_of("1/2", hours()), hours(planned=True))).verdict is MET


class TestDeclarations:
    """10.4: R35 and R37, as far as they are read from a record."""

    def test_r35_declared_against_recorded(self) -> None:
        """Declared 32 h with 28 h recorded: a difference of -4 h, and the target is short by 2 h."""
        returned = record(member(), [did(28)], declared=32)
        found = declared_against_recorded(returned, hours(), period=year(2015))
        assert found is not None
        assert str(found.difference) == "-4 h"
        assert found.agrees is False
        assert cpd.policy.assess(returned, period=year(2015)).shortfalls() == {"hours": so_many_hours(2)}

    def test_r37_a_plan_is_optional(self) -> None:
        """No clause of the guideline asks for a plan: with or without one the finding is the same."""
        done = [did(30)]
        with_plan, without = (
            cpd.policy.assess(record(member(), done, plan=plan), period=year(2015)) for plan in (True, None)
        )
        assert with_plan == without


def test_units_other_than_hours() -> None:
    """A body may count credits of its own: the words are the same."""
    credit = Unit("credit", grain=10)
    policy = any_of(at_least(2, entries()), at_least_of(1, at_least(3, hours())), grade("FIET"))
    assert assessed(member(), activity("2015-03-02", "2.5", unit=credit), policy=policy).verdict is NOT_MET
