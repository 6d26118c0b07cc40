"""The rules R34, R36 and R38 to R64 of the domain notes, each with the worked numbers given there."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest

from cpdrules import Source, Verdict, all_of, at_least, none_of, over, year
from cpdrules.cpd import Circumstance, Member, activity, entries, fact, falls_in_period, record
from cpdrules.iet import cpd, engineering_council, monitoring
from cpdrules.periods import Period, record_year, years
from cpdrules.review import (
    ADVICE,
    Assessor,
    Declaration,
    DeferralCap,
    Desk,
    Event,
    History,
    Ladder,
    Mark,
    Outcomes,
    Proportion,
    Remark,
    Return,
    Review,
    Showing,
    State,
    Status,
    Stratum,
    ToAssess,
    as_generic_feedback,
    assign,
    at_rate,
    backstop,
    blind_view,
    chances,
    check_assignment,
    declared,
    draw,
    eligibility,
    happened,
    individual,
    largest_remainder,
    newcomer,
    not_for,
    put_off,
    quotas,
    recipients,
    replace,
    review,
    rule,
    scope,
    settle,
    size_at,
    so_many,
    spread,
    standing,
    stratified,
    webster,
)
from cpdrules.review.feedback import summarise
from cpdrules.review.ladders import Step
from cpdrules.review.outcomes import tally as tally_of_outcomes
from cpdrules.review.returns import IllegalEventError, tally
from cpdrules.review.sizes import SizeError

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

TERMS = {"scheme": "demo", "label": "2017", "seed": "63454660390103169462", "seed_source": "twenty dice"}
PEOPLE = [f"M{number:04}" for number in range(1, 1001)]


def asked(*, on: date = date(2020, 1, 6), **settings: DeferralCap | int) -> Return:
    """Give a return that was drawn and asked for."""
    return Return("R1", **settings).after("selected", on).after("requested", on)  # type: ignore[arg-type]


def statuses(histories: dict[str, History], *rules: object, review_year: int = 2017) -> dict[str, Status]:
    """Say how people stand before a draw, by what became of earlier reviews."""
    found = eligibility(
        histories,
        scope(*rules),
        id_of=str,
        period=year(review_year),
        histories=histories,  # type: ignore[arg-type]
    )
    return {one.id: one.status for one in found.standings}


class TestDeclarationsAndReturns:
    """10.4: R34 and R36."""

    def test_r34_a_declaration_is_no_return(self) -> None:
        """All scheme members declare, some hand in; declared or not, a return stands where it stood."""
        made = Declaration("M0001", year(2015), date(2016, 1, 20))
        found = declared(["M0001", "M0002"], [made], period=year(2015))
        assert found == {"M0001": made, "M0002": None}
        assert Return("M0001").state is State.NOT_SELECTED

    def test_r36_who_has_handed_in_is_not_asked(self) -> None:
        """Selected and already submitted: to be read, and never requested."""
        early = Return("R1").after("handed in", date(2017, 1, 4)).after("selected", date(2017, 1, 9))
        assert early.state is State.RECEIVED
        assert "requested" not in [event.value for event in early.may_follow]


class TestSampling:
    """10.5: R38 to R47."""

    def test_r38_the_order_of_the_list_does_not_matter(self) -> None:
        """The same seed draws the same people, from whatever order."""
        one, other = (draw(people, so_many(50), **TERMS) for people in (PEOPLE, PEOPLE[::-1]))
        assert one.ids == other.ids

    @pytest.mark.parametrize(
        ("rate", "population", "rounding", "size"),
        [
            ("5%", 617, "down", 30),
            ("5%", 617, "half_up", 31),
            ("5%", 617, "up", 31),
            ("5%", 10, "down", 0),
            ("5%", 10, "up", 1),
            ("5%", 10, "half_even", 0),
            ("5%", 10, "half_up", 1),
        ],
    )
    def test_r39_rounding_is_explicit(self, rate: str, population: int, rounding: str, size: int) -> None:
        """5 % of 617 is 30.85, and of 10 it is 0.5."""
        assert size_at(rate, population, rounding=rounding) == size  # type: ignore[arg-type]

    def test_r40_bounds(self) -> None:
        """Nobody, everybody, more than there are, and nobody there."""
        assert draw(PEOPLE, so_many(0), **TERMS).ids == ()
        assert draw(PEOPLE, at_rate(0), **TERMS).ids == ()
        assert set(draw(PEOPLE, at_rate(1), **TERMS).ids) == set(PEOPLE)
        assert draw([], at_rate("5%"), **TERMS).ids == ()
        with pytest.raises(SizeError):
            draw(PEOPLE, so_many(1001), **TERMS)
        assert len(draw(PEOPLE, so_many(1001, census=True), **TERMS).ids) == 1000

    @pytest.mark.parametrize(
        ("sizes", "number", "least", "expected"),
        [
            ((120, 700, 180), 50, 0, [6, 35, 9]),
            ((120, 700, 180), 31, 0, [4, 22, 5]),
            ((20, 900, 80), 10, 0, [0, 9, 1]),
            ((20, 900, 80), 10, 1, [1, 8, 1]),
        ],
    )
    def test_r41_strata_by_largest_remainder(
        self, sizes: tuple[int, ...], number: int, least: int, expected: list[int]
    ) -> None:
        """120/700/180 with 31 is 4/22/5; with a minimum of one, the largest gives way."""
        strata = dict(zip("abc", sizes, strict=True))
        assert list(largest_remainder(strata, number, least=least).quotas.values()) == expected
        assert sum(webster(strata, number, least=least).quotas.values()) == number

    def test_r42_certainty_is_in_addition(self) -> None:
        """40 certain and 10 % of the other 960 are 136."""
        found = draw(PEOPLE[40:], at_rate("10%"), certain={"not engaged": PEOPLE[:40]}, **TERMS)
        assert (len(found.certain["not engaged"]), len(found.ids)) == (40, 96)

    def test_r42_or_within_the_number(self) -> None:
        """To have 100 in all, draw 60 beside the 40."""
        found = draw(PEOPLE[40:], so_many(100 - 40), certain={"not engaged": PEOPLE[:40]}, **TERMS)
        assert len(found.ids) + len(found.certain["not engaged"]) == 100

    def test_r43_two_stages(self) -> None:
        """40,000 at 10 % are 4,000 asked; of 3,040 who reply 10 % are 304, drawn from those."""
        assert size_at("10%", 40_000) == 4_000
        replied = [f"M{number:05}" for number in range(3_040)]
        second = draw(replied, at_rate("10%"), **{**TERMS, "label": "2014/second stage"})
        assert len(second.ids) == 304
        assert str(Proportion(3_040, 4_000, among="asked", said="replied")).startswith(
            "3,040 of 4,000 asked replied: 76"
        )

    def test_r44_exclusions_before_the_draw(self) -> None:
        """Registered for less than two years is out; having been selected before is no exclusion."""
        rules = [rule(Status.TOO_RECENT, newcomer(2), "registered for less than two years")]
        found = statuses(
            {
                "new": History(since=2016),
                "old": History(since=2015),
                "before": History([Event(2016, "met")], since=2010),
            },
            *rules,
        )
        assert found == {"new": Status.TOO_RECENT, "old": Status.POOL, "before": Status.POOL}

    def test_r44_deemed_satisfied_elsewhere(self) -> None:
        """Another body's audit takes somebody out, where the scheme says so."""
        elsewhere = rule(Status.EXEMPT, fact("audited_elsewhere"), "audited by another scheme")
        members = [Member(str(said), facts={"audited_elsewhere": said}) for said in (True, False)]
        found = eligibility(members, scope(elsewhere), id_of=lambda one: one.id, period=year(2017))
        assert [one.status for one in found.standings] == [Status.EXEMPT, Status.POOL]

    @pytest.mark.parametrize(("review_year", "expected"), [(2023, Status.POOL), (2024, Status.CERTAIN)])
    def test_r45_at_least_every_seven_years(self, review_year: int, expected: Status) -> None:
        """Last reviewed in 2017: in by 2024."""
        rules = [rule(Status.CERTAIN, not_for(7, "met", "not met"), "not reviewed for seven years")]
        found = statuses({"M": History([Event(2017, "met")], since=2010)}, *rules, review_year=review_year)
        assert found["M"] is expected

    def test_r45_by_lot_alone_many_are_never_chosen(self) -> None:
        """Under 5 % a year 59.9 % are never picked in ten years; a backstop costs so much more."""
        assert round(float(chances("5%").never(10)), 3) == 0.599
        assert round(float(backstop("5%", 7).share), 3) == 0.166

    def test_r46_more_of_those_who_failed(self) -> None:
        """A stratum with a rate of its own; and everyone, which is a rate of one."""
        failed = rule(Status.CERTAIN, happened("not met"), "fell short last year")
        assert statuses({"M": History([Event(2016, "not met")])}, failed)["M"] is Status.CERTAIN
        strata = {"failed": PEOPLE[:40], "others": PEOPLE[40:]}
        found = draw(strata, at_rate({"failed": "50%", "others": "5%"}), **TERMS)
        assert {name: len(ids) for name, ids in found.drawn.items()} == {"failed": 20, "others": 48}
        census = draw(strata, at_rate("100%"), **TERMS)
        assert len(census.ids) == 1000

    def test_r47_before_the_draw_or_by_reply(self) -> None:
        """Out beforehand, or drawn, and then closed by a reply or replaced by the next in line: an option."""
        retired = Member("1", grade="MIET", circumstances=(Circumstance("retired", date(2010, 1, 1)),))
        found = [
            eligibility([retired], rules, id_of=lambda one: one.id, period=year(2023), unrecorded=History())["1"].status
            for rules in (monitoring.may_be_chosen, monitoring.may_be_chosen_and_reply)
        ]
        assert found == [Status.EXEMPT, Status.POOL]
        drawn = draw(PEOPLE, so_many(50), **TERMS)
        following = drawn.next_in_line()
        assert replace(drawn, {drawn.ids[0]: "not professionally active"}).ids == (*drawn.ids[1:], *following)


class TestAllocation:
    """10.6: R48 to R51."""

    def test_r48_fields_are_preferred(self) -> None:
        """Three returns of power, two places: two matched, one with software, none left."""
        desk = Desk(
            [ToAssess(f"P{number}", f"M{number}", "power") for number in (1, 2, 3)]
            + [ToAssess("S1", "M4", "software")],
            [Assessor("A1", 2, "power"), Assessor("A2", 2, "software")],
            key="2017",
        )
        found = assign(desk)
        assert (len(found.placements), found.cost, found.unplaced) == (4, 1, ())
        assert found.loads == {"A1": 2, "A2": 2}

    def test_r49_what_bars_an_assessor(self) -> None:
        """Not their own return, no declared conflict, no more than they can take; who has nobody is listed."""
        desk = Desk(
            [ToAssess("R1", "M1"), ToAssess("R2", "M2"), ToAssess("R3", "M3")],
            [Assessor("A1", 1, member="M1", conflicts="M2"), Assessor("A2", 1)],
            key="2017",
        )
        found = assign(desk)
        assert len(found.placements) == 2
        assert [one.returned for one in found.unplaced] == [
            name for name in ("R1", "R2", "R3") if name not in dict(found.pairs())
        ]
        faults = {one.fault for one in check_assignment(desk, [("R1", "A1"), ("R2", "A1")]).differences}
        assert {"own return", "personal conflict", "over capacity"} <= faults

    def test_r50_the_view_has_no_identity(self) -> None:
        """A field that is not named to be shown stays behind; a name in a text is masked."""
        returned = {"id": "R1", "member": "M1", "name": "Ann Lee", "hours": 31, "summary": "Ann Lee chaired."}
        view = blind_view(
            returned, Showing(["hours", "summary"]), own_id="R1", key="secret", review="2017", identity=["Ann Lee"]
        )
        assert set(view.fields) == {"id", "hours", "summary"}
        assert "R1" not in view.fields.values()
        assert "Ann" not in str(view)

    def test_r51_loads_are_balanced_and_the_same_everywhere(self) -> None:
        """Ten returns and four assessors: two or three each, whatever the order given."""
        returns = [ToAssess(f"R{number}", f"M{number}") for number in range(10)]
        readers = [Assessor(f"A{number}", 10) for number in range(4)]
        found = assign(Desk(returns, readers, key="2017"))
        assert sorted(found.loads.values()) == [2, 2, 3, 3]
        assert assign(Desk(returns[::-1], readers[::-1], key="2017")) == found


JUDGED = [Remark(ref, "met") for ref in ("areas", "kinds", "competences", "reflection")]


def reviewed(amount: int, *, plan: bool = False, assessor: str = "A1") -> Review:
    """Give a review of a return by the six criteria."""
    done = [activity("2015-03-02", amount, planned=True, area="soft_skills", kind="event")]
    finding = cpd.policy.assess(record("M1", done), period=year(2015))
    return review(
        "R1",
        assessor,
        [*JUDGED, *([Remark("plan", "partly met")] if plan else [])],
        criteria=monitoring.CRITERIA,
        findings={"hours": monitoring.hours_asked(finding)},
        facts={"plan": plan},
    )


class TestReview:
    """10.7: R52 to R56."""

    def test_r52_six_criteria_with_four_marks(self) -> None:
        """Only the hours are computed; without a plan the first is not applicable (R37)."""
        marks = reviewed(29).marks
        assert list(marks) == ["plan", "hours", "areas", "kinds", "competences", "reflection"]
        assert (marks["plan"], marks["hours"]) == (Mark.NOT_APPLICABLE, Mark.NOT_MET)
        assert reviewed(30, plan=True).marks["plan"] is Mark.PARTLY

    def test_r52_mixes_are_counted(self) -> None:
        """Two of six kinds, so many of each: counts, and no threshold."""
        found = spread("kind", [("event", None), ("event", None), ("self_study", None)], known=cpd.KINDS)
        assert str(found) == "kind: 2 of 6: event 2, self study 1"

    def test_r53_an_outcome_is_feedback(self) -> None:
        """A short return is answered with advice, in words that neither pass nor fail anybody."""
        settled = settle([reviewed(29)])
        assert settled.outcome is not None
        assert settled.outcome.name == "advice"
        assert not any(word in outcome.says for outcome in ADVICE.outcomes for word in ("fail", "pass"))

    def test_r54_who_is_told_what(self) -> None:
        """600 scheme members, 125 reviewed: 600 generic, 125 individual."""
        members = [str(number) for number in range(600)]
        told = recipients(members, members[:125])
        assert (len(told.generic), len(told.individual)) == (600, 125)
        assert monitoring.feedback(members, members[:125]) == told

    def test_r54_both_texts(self) -> None:
        """What goes to all shows no group of one."""
        one = reviewed(29)
        told = individual([one], settle([one]))
        generic = as_generic_feedback(summarise([told]), title="2016")
        assert "fewer than 5 returns were read" in generic
        assert "not shown" in generic

    def test_r55_a_cycle_is_tallied(self) -> None:
        """143 = 128 + 8 + 2 + 5 + 0 + 0."""
        results = [*[MET] * 128, *["deferred"] * 8, *["did not renew"] * 2, *["left"] * 5]
        found = tally_of_outcomes(results)
        assert (found.selected, found.assessed, found.reasons) == (
            143,
            128,
            {"deferred": 8, "did not renew": 2, "left": 5},
        )
        counts = Counter(results)
        shares = [round(100 * counts[kind] / 143, 1) for kind in (MET, "deferred", "did not renew", "left")]
        assert shares == [89.5, 5.6, 1.4, 3.5]

    def test_r55_where_returns_stand_sums_to_the_selected(self) -> None:
        """Every return is in one state."""
        one = Return("R2").after("selected", date(2020, 1, 6))
        assert tally([asked(), one]) == {State.SELECTED: 1, State.REQUESTED: 1}

    def test_r56_a_rate_names_its_denominator(self) -> None:
        """973 of 1,000 asked is 97.3 %; what is 93 % of those who submitted is less of those selected."""
        asked_ = Proportion(973, 1000, among="asked", said="submitted")
        assert str(asked_).startswith("973 of 1,000 asked submitted: 97.3%")
        found = Outcomes(1000, responded=973, met=905)
        assert str(found.share("met", of="responded")).startswith("905 of 973 responded met: 93.0%")
        assert str(found.share("met", of="selected")).startswith("905 of 1,000 selected met: 90.5%")

    def test_r56_from_76_to_91_percent_is_15_points(self) -> None:
        """A difference of two shares, not a rise by 15 %, which would be to 87.4 %."""
        before, after = (Proportion(number, 100, among="asked").share for number in (76, 91))
        assert after - before == Fraction(15, 100)  # type: ignore[operator]
        assert before * Fraction(115, 100) == Fraction(874, 1000)  # type: ignore[operator]

    def test_targeted_and_random_are_never_mixed(self) -> None:
        """Forty chosen for a reason count for themselves, 48 drawn for twenty each."""
        certain = Stratum("short last year", 40, 40, met=22, certain=True)
        found = stratified([certain, Stratum("others", 960, 48, met=45)])
        assert found.total == 22 + 20 * 45


def missed(on: date = date(2020, 3, 31)) -> Return:
    """Give a return whose deadline was missed."""
    return asked().after("deadline missed", on)


class TestNonResponse:
    """10.8: R57 to R64."""

    @pytest.mark.parametrize("lacking", [None, *engineering_council.CONDITIONS])
    def test_r57_removal_needs_all_of_it(self, lacking: str | None) -> None:
        """Registered, professionally active, persistent, no reply; no condition speaks of quality."""
        facts = {name: name != lacking for name in engineering_council.CONDITIONS}
        found = standing(monitoring.REGISTER, missed(), on=date(2020, 6, 1), facts=facts)
        assert found.verdict is (MET if lacking is None else NOT_MET)
        assert set(facts) == {"registered", "professionally_active", "persistently_not_responding"}

    def test_r58_the_bye_law_only_permits(self) -> None:
        """“may be referred”, never “removed”: of members of any category, registered or not."""
        found = standing(monitoring.BYE_LAW, missed(), on=date(2020, 4, 1))
        assert "may be referred" in str(found)
        assert monitoring.BYE_LAW.steps[0].needs == ()
        assert not any("removed" in state.value for state in State)

    def test_r59_ladders_are_data(self) -> None:
        """The next draw, a committee, a letter, removal: each may follow the one before."""
        ladder = Ladder(
            "the IMechE",
            (
                Step("next_draw", "entry in next year's audit", 0, kind="consequence"),
                Step("committee", "the committee's endorsement", 0, needs=("missed_again",)),
                Step("letter", "a letter by registered post", 28),
                Step("removal", "removal from the register", 28, kind="power"),
            ),
            Source("imeche.org, CPD audit feedback"),
        )
        one = missed(date(2020, 3, 31))
        refs = []
        day = date(2020, 3, 31)
        while (found := standing(ladder, one, on=day, facts={"missed_again": True})).step is not None:
            assert found.verdict is MET
            refs.append(found.step.ref)
            one, day = one.after("step taken", day, found.step.ref), day + timedelta(days=28)
        assert refs == ["next_draw", "committee", "letter", "removal"]

    @pytest.mark.parametrize("reply", ["handed in", "exempted", "answered: recorded elsewhere", "deferred"])
    def test_r60_any_reply_stops_it(self, reply: str) -> None:
        """A return, “not active”, “recorded with my employer”: no step may follow."""
        answered = missed().after(reply, date(2020, 4, 2))
        found = standing(monitoring.BYE_LAW, answered, on=date(2020, 5, 1))
        assert (found.verdict, found.step) == (DOES_NOT_APPLY, None)

    def test_r60_an_exemption_closes_and_an_answer_may_be_followed_up(self) -> None:
        """Closed, no further action; or asked again."""
        exempt = asked().after("exempted", date(2020, 2, 1), "not active").after("closed", date(2020, 2, 2))
        assert exempt.state is State.CLOSED
        elsewhere = asked().after("answered: recorded elsewhere", date(2020, 2, 1))
        assert elsewhere.after("requested", date(2020, 2, 9)).state is State.REQUESTED

    def test_r61_a_deferral_is_no_exemption_and_has_a_cap(self) -> None:
        """A third deferred year is granted, a fourth refused; and then the member must be included."""
        cap = DeferralCap(3, Source("Science Council"))
        third = asked(cap=cap, deferred_before=2).after("deferred", date(2020, 2, 1))
        assert third.deferrals == 3
        with pytest.raises(IllegalEventError, match="for the 4th time"):
            asked(cap=cap, deferred_before=3).after("deferred", date(2020, 2, 1))
        history = History([Event(2020, "deferred", to=2021)])
        assert statuses({"M": history}, *monitoring.may_be_chosen.rules[2:], review_year=2021)["M"] is Status.CERTAIN

    def test_r61_put_off_is_a_status_of_its_own(self) -> None:
        """Not exempt: deferred, and counted as such."""
        rules = [rule(Status.DEFERRED, put_off(), "put off to a later year")]
        assert statuses({"M": History([Event(2016, "deferred", to=2018)])}, *rules)["M"] is Status.DEFERRED

    @pytest.mark.parametrize(("lapsed", "new_review"), [("2017-03-01", NOT_MET), ("2017-02-28", MET)])
    def test_r62_after_more_than_three_years_a_new_review(self, lapsed: str, new_review: Verdict) -> None:
        """A lapse of exactly three years needs none: it is a condition like any other."""
        applied = date(2020, 3, 1)
        within = over(years(3), falls_in_period("lapsed"))
        who = Member("1", facts={"lapsed": date.fromisoformat(lapsed)})
        longer = none_of(within).assess(who, period=Period(applied - timedelta(days=1), applied - timedelta(days=1)))
        assert longer.verdict is new_review

    def test_r62_reinstatement_needs_evidence_of_cpd(self) -> None:
        """Asked like anything else: a record with something in it."""
        policy = all_of(at_least(1, entries(), ref="evidence"))
        assert policy.assess(record("1"), period=year(2022)).verdict is NOT_MET
        assert policy.assess(record("1", [activity("2022-02-01", 1)]), period=year(2022)).verdict is MET

    def test_r63_spent_records(self) -> None:
        """A breach is ignored after ten years: the rule looks no further back."""
        breach = rule(Status.CERTAIN, happened("breach", within=10), "a breach in the last ten years")
        found = statuses(
            {"recent": History([Event(2007, "breach")]), "spent": History([Event(2006, "breach")])}, breach
        )
        assert found == {"recent": Status.CERTAIN, "spent": Status.POOL}

    def test_r64_what_cannot_happen_is_refused(self) -> None:
        """Not selected and reviewed; left and reviewed: errors that name what can happen."""
        with pytest.raises(IllegalEventError, match="not selected"):
            Return("R1").after("given to an assessor", date(2020, 1, 6))
        with pytest.raises(IllegalEventError, match="Nothing more can"):
            asked().after("left", date(2020, 2, 1)).after("feedback given", date(2020, 3, 1))


class TestYears:
    """R3 and R39, as a review year needs them."""

    def test_review_year_and_record_year(self) -> None:
        """The IET reviews the year before; a scheme with another offset says so."""
        assert monitoring.records_of(2022) == record_year(2022) == year(2021)
        assert record_year(2024, offset=0) == year(2024)

    def test_quotas_settled_elsewhere(self) -> None:
        """R39: a body that states a number, and no rate, draws that number."""
        assert len(draw(PEOPLE, quotas({"all": 125}), **TERMS).ids) == 125
