"""What assessors say, and what follows: criteria as data, feedback by a stated rule, a third on disagreement."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Finding, Verdict, all_of, at_least, exempt, year
from cpdrules.amounts import HOUR, POINT, Amount, hours
from cpdrules.cpd import activity, record
from cpdrules.cpd import hours as counted_hours
from cpdrules.errors import PolicyError, RecordError, UnitError, VerdictError
from cpdrules.iet.monitoring import CRITERIA
from cpdrules.review.advice import ADVICE, Outcome, OutcomeRule, settle
from cpdrules.review.reviews import AS_FOUND, Criterion, Mark, Remark, Review, as_mark, review, spread

POLICY = all_of(at_least(30, counted_hours(), ref="hours"), at_least(10, counted_hours(planned=True), ref="planned"))
JUDGED = ("plan", "areas", "kinds", "competences", "reflection")


def finding(amount: float | None) -> Finding:
    """Assess somebody who did so much, all of it planned."""
    return POLICY.assess(record("1", [activity("2015-03-02", amount, planned=True, title="Course")]), period=year(2015))


def read(
    *marks: Mark | str, amount: float | None = 30, assessor: str = "A", plan: bool | None = True, returned: str = "R"
) -> Review:
    """Give a review with marks for the first judged criteria, and met for the rest."""
    said = dict(zip(JUDGED, (*marks, *["met"] * 5), strict=False))
    if plan is False:
        del said["plan"]
    remarks = [Remark(ref, as_mark(mark), f"on {ref}") for ref, mark in said.items()]
    return review(
        returned, assessor, remarks, criteria=CRITERIA, findings={"hours": finding(amount)}, facts={"plan": plan}
    )


class TestCriteria:
    """The six criteria of the first cycles: only the hours are computed (R52)."""

    def test_there_are_six(self) -> None:
        """Plan, hours, areas, kinds, competences, reflection, each with its source."""
        assert [one.ref for one in CRITERIA] == ["plan", "hours", "areas", "kinds", "competences", "reflection"]
        assert [one.ref for one in CRITERIA if one.computed] == ["hours"]
        assert all(one.source and one.source.document == "S9" for one in CRITERIA)
        assert [one.counts for one in CRITERIA if one.counts] == ["area", "kind", "competence"]

    def test_each_has_a_mark_and_a_comment(self) -> None:
        """In the order of the criteria."""
        found = read("partly met", "not met", "not applicable")
        assert list(found.marks.items()) == [
            ("plan", Mark.PARTLY),
            ("hours", Mark.MET),
            ("areas", Mark.NOT_MET),
            ("kinds", Mark.NOT_APPLICABLE),
            ("competences", Mark.MET),
            ("reflection", Mark.MET),
        ]
        assert found.remarks[2] == Remark("areas", Mark.NOT_MET, "on areas")

    def test_a_mark_is_no_truth(self) -> None:
        """There are four, and two are neither."""
        with pytest.raises(VerdictError, match="“partly met” was used as true or false"):
            bool(Mark.PARTLY)

    def test_marks_are_read_by_their_words(self) -> None:
        """And no others are guessed."""
        assert as_mark("not_met") is as_mark("not met") is as_mark(Mark.NOT_MET) is Mark.NOT_MET
        assert as_mark(None) is None
        with pytest.raises(RecordError, match="The marks are met, partly met, not met, not applicable"):
            as_mark("passed")


class TestHours:
    """Hours are taken from the finding, never typed."""

    @pytest.mark.parametrize(
        ("amount", "mark", "comment"),
        [
            (30, Mark.MET, ""),
            (28, Mark.NOT_MET, "2 h short (hours)"),
            (4, Mark.NOT_MET, "26 h short (hours); 6 h short (planned)"),
        ],
    )
    def test_they_follow_the_finding(self, amount: float, mark: Mark, comment: str) -> None:
        """Met or not met, and by how much it is short."""
        assert read(amount=amount).remarks[1] == Remark("hours", mark, comment)

    def test_what_cannot_be_told_has_no_mark(self) -> None:
        """The comment says what is missing."""
        found = read(amount=None).remarks[1]
        assert found.mark is None
        assert "Course" in found.comment

    def test_who_is_exempt_is_asked_for_none(self) -> None:
        """Does not apply becomes not applicable."""
        found = review(
            "R",
            "A",
            [],
            criteria=CRITERIA[1:2],
            findings={"hours": exempt("retired", ref="exempt").assess(record("1"), period=year(2015))},
            facts={},
        )
        assert found.remarks == (Remark("hours", Mark.NOT_APPLICABLE, "nothing is asked"),)

    def test_a_body_may_map_its_own(self) -> None:
        """Whoever calls a shortfall partly met says so as data."""
        kind = Criterion("hours", "hours", computed={**AS_FOUND, Verdict.NOT_MET: Mark.PARTLY})
        found = review("R", "A", [], criteria=[kind], findings={"hours": finding(1)}, facts={})
        assert found.marks == {"hours": Mark.PARTLY}

    def test_every_verdict_has_a_mark(self) -> None:
        """Or None; none is forgotten."""
        with pytest.raises(PolicyError, match="'hours' has no mark for “cannot tell”"):
            Criterion("hours", "hours", computed={Verdict.MET: Mark.MET, Verdict.NOT_MET: Mark.NOT_MET})


class TestPlan:
    """The plan is optional: without one, its criterion is not applicable (R37)."""

    def test_without_a_plan(self) -> None:
        """No remark is needed, and the one that says so is taken."""
        assert read(plan=False).remarks[0] == Remark("plan", Mark.NOT_APPLICABLE, "no plan was handed in")
        said = Remark("plan", Mark.NOT_APPLICABLE, "told me so")
        one = CRITERIA[:1]
        assert review("R", "A", [said], criteria=one, findings={}, facts={"plan": False}).remarks == (said,)

    def test_nobody_fails_for_want_of_one(self) -> None:
        """Another mark is refused."""
        with pytest.raises(RecordError, match="For there was no plan"):
            review("R", "A", [Remark("plan", "not met")], criteria=CRITERIA[:1], findings={}, facts={"plan": False})

    @pytest.mark.parametrize("plan", [True, None])
    def test_with_one_or_where_nobody_knows_the_assessor_judges(self, plan: bool | None) -> None:
        """The assessor sees it."""
        assert read("partly met", plan=plan).marks["plan"] is Mark.PARTLY


class TestMisuse:
    def test_every_criterion_is_answered(self) -> None:
        """All that are missing are named."""
        with pytest.raises(RecordError) as caught:
            review("R", "A", [Remark("kinds", "met")], criteria=CRITERIA[1:4], findings={}, facts={})
        assert caught.value.data["missing"] == ("hours", "areas")
        assert "does not say hours nor areas" in str(caught.value)

    def test_criteria_are_told_apart(self) -> None:
        """One remark cannot answer two of them."""
        with pytest.raises(RecordError, match="More than one criterion has the id 'plan'"):
            review("R", "A", [], criteria=CRITERIA[:1] * 2, findings={}, facts={})

    def test_no_other_is(self) -> None:
        """Nor one twice, nor the computed one by hand."""
        for remarks, words in (
            ([Remark("kindz", "met")], "'kindz' is no criterion of this review.*Did you mean kinds?"),
            ([Remark("kinds", "met")] * 2, "'kinds' is remarked on twice"),
            ([Remark("hours", "met")], "'hours' is not for the assessor to judge here. For it is computed"),
        ):
            with pytest.raises(RecordError, match=words):
                review("R", "A", remarks, criteria=CRITERIA, findings={"hours": finding(30)}, facts={"plan": True})


class TestSpread:
    """Diversity is counted, and no threshold is invented (R52)."""

    def test_kinds_are_counted_of_those_there_are(self) -> None:
        """So many of six."""
        found = spread(
            "kind", [("events", None), ("events", None), (None, None)], known=["training", "events", "self_study"]
        )
        assert (found.used, found.untagged) == (1, 1)
        assert str(found) == "kind: 1 of 3: events 2; 1 without"
        assert str(spread("kind", [], known="ab")) == "kind: 0 of 2"

    def test_amounts_are_summed(self) -> None:
        """Technical to soft, exactly."""
        third = Amount.of("20 min", HOUR)
        found = spread(
            "area", [("soft_skills", third), ("soft_skills", third), ("technical", hours(1)), ("soft_skills", third)]
        )
        assert found.amounts == {"soft_skills": hours(1), "technical": hours(1)}
        assert str(found) == "area: 2: soft skills 3 (1 h), technical 1 (1 h)"

    def test_misuse(self) -> None:
        """An unknown tag, or two units."""
        with pytest.raises(RecordError, match="'event' is no work kind"):
            spread("work_kind", [("event", None)], known=["events", "training"])
        with pytest.raises(UnitError):
            spread("area", [("soft", hours(1)), ("soft", Amount.of(1, POINT))])

    @given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 9).map(hours) | st.none())))
    def test_order_changes_nothing_and_nothing_is_lost(self, entries: list[tuple[str | None, Amount | None]]) -> None:
        """Entries are tagged or not, and each is counted once for its tag."""
        found = spread("kind", entries)
        assert found == spread("kind", reversed(entries))
        assert sum(found.entries.values()) + found.untagged == len(entries)


class TestOutcomes:
    """The outcome is feedback, neither pass nor fail (R53), by a rule that is data."""

    @pytest.mark.parametrize(
        ("found", "name"),
        [
            (read(), "good"),
            (read("partly met"), "suggestions"),
            (read("partly met", "not met"), "advice"),
            (read(amount=28), "advice"),
            (read("not met", amount=None), "open"),
            (read("not applicable", plan=True), "good"),
            (read(plan=False), "good"),
        ],
    )
    def test_the_first_that_suits_is_given(self, found: Review, name: str) -> None:
        """A short return is answered with advice."""
        assert ADVICE.outcome(found.marks).name == name

    def test_the_rule_is_marked_as_ours(self) -> None:
        """No text states one."""
        assert ADVICE.source is not None
        assert ADVICE.source.stated == "unstated"

    def test_a_rule_may_look_at_some_and_ask_for_several(self) -> None:
        """Two of three diversity criteria not met, whatever the rest."""
        rule = OutcomeRule(
            (
                Outcome("broaden", "x", (Mark.NOT_MET, Mark.PARTLY), among=("areas", "kinds", "competences"), number=2),
                Outcome("other", "y"),
            )
        )
        assert rule.outcome(read("not met", "not met").marks).name == "other"
        assert rule.outcome(read("met", "not met", "partly met").marks).name == "broaden"

    @pytest.mark.parametrize(
        "outcomes",
        [
            (),
            (Outcome("a", "x", (Mark.MET,)),),
            (Outcome("a", "x"), Outcome("b", "x")),
            (Outcome("a", "x", (Mark.MET,)), Outcome("a", "x")),
        ],
    )
    def test_every_review_has_one_outcome(self, outcomes: tuple[Outcome, ...]) -> None:
        """The last is for all that are left, no other is, and names tell them apart."""
        with pytest.raises(PolicyError, match="a condition each except the last"):
            OutcomeRule(outcomes)


class TestSettling:
    def test_one_review_settles_itself(self) -> None:
        """Nobody differs."""
        settled = settle([read("partly met")])
        assert (settled.outcome, settled.differing, settled.another_needed) == (ADVICE.outcomes[2], (), False)
        assert settled.marks == read("partly met").marks

    def test_two_who_differ_call_for_a_third(self) -> None:
        """Until then there is no outcome."""
        two = [read("not met"), read("met", assessor="B")]
        settled = settle(two)
        assert (settled.outcome, settled.differing, settled.another_needed) == (None, ("plan",), True)
        assert settled.marks["plan"] is None
        third = settle([*two, read("met", assessor="C")])
        assert (third.outcome, third.another_needed) == (ADVICE.outcomes[3], False)
        assert third.marks["plan"] is Mark.MET
        assert third.differing == ("plan",)

    def test_the_same_outcome_by_other_marks(self) -> None:
        """Only where that is asked for does it call for a third."""
        two = [read("not met"), read("met", "not met", assessor="B")]
        assert not settle(two).another_needed
        assert settle(two).outcome is ADVICE.outcomes[1]
        assert settle(two, another_on="mark").another_needed
        assert not settle([read(), read(assessor="B")], another_on="mark").another_needed

    def test_three_of_three_minds_are_for_people(self) -> None:
        """Nothing is averaged."""
        settled = settle([read("not met"), read("met", assessor="B"), read("partly met", assessor="C")])
        assert (settled.outcome, settled.another_needed, settled.marks["plan"]) == (None, False, None)

    def test_misuse(self) -> None:
        """Reviews of one return, by the same criteria, of different assessors."""
        fewer = review("R", "B", [], criteria=CRITERIA[1:2], findings={"hours": finding(30)}, facts={})
        for wrong in ([], [read(), read()], [read(), read(assessor="B", returned="S")], [read(), fewer]):
            with pytest.raises(RecordError, match="not reviews of one return"):
                settle(wrong)

    @given(st.lists(st.sampled_from(["met", "partly met", "not met", "not applicable"]), min_size=1, max_size=3))
    def test_order_changes_nothing(self, marks: list[str]) -> None:
        """Who read it first makes no difference."""
        reviews = [read(mark, assessor=str(number)) for number, mark in enumerate(marks)]
        settled = {str(settle(order)) for order in itertools.permutations(reviews)}
        assert len(settled) == 1
        if len(set(marks)) == 1:
            assert settle(reviews).marks == reviews[0].marks
