"""What many findings say together."""

from __future__ import annotations

from cpdrules import Finding, Verdict, advise, all_of, at_least, exempt, year
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cohorts import as_feedback, summarise
from cpdrules.cpd import UNKNOWN, activity, hours, record
from cpdrules.iet import cpd

POLICY = all_of(at_least(30, hours(), ref="hours"), advise(at_least(10, hours(area="soft_skills"), ref="soft")))


def findings(*amounts: int) -> list[Finding]:
    """Assess members who did so much."""
    return [
        POLICY.assess(record(str(number), [activity("2015-03-02", amount, area="x")]), period=year(2015))
        for number, amount in enumerate(amounts)
    ]


class TestSummarise:
    def test_counts_have_denominators(self) -> None:
        """Every share says of how many."""
        cohort = summarise(findings(20, 29, 30, 40))
        assert cohort.assessed == 4
        assert cohort.verdicts == {Verdict.MET: 2, Verdict.NOT_MET: 2}
        hours_count, soft = cohort.clauses
        assert (hours_count.ref, hours_count.asked, hours_count.advised) == ("hours", 4, False)
        assert hours_count.shortfalls == (so_many_hours(1), so_many_hours(10))
        assert hours_count.median_shortfall == so_many_hours(1)
        assert (soft.ref, soft.advised, soft.verdicts) == ("soft", True, {Verdict.NOT_MET: 4})

    def test_it_reads_aloud(self) -> None:
        """The summary is a few lines of English."""
        text = str(summarise(findings(20, 29, 31)))
        assert text.splitlines() == [
            "3 members assessed",
            "  met: 1 of 3 (33.3 %)",
            "  not met: 2 of 3 (66.7 %)",
            "  cannot tell: 0 of 3 (0.0 %)",
            "  does not apply: 0 of 3 (0.0 %)",
            "  hours (asked of 3): met by 1 of 3 (33.3 %), median shortfall 1 h",
            "  soft (advised, asked of 3): met by 0 of 3 (0.0 %), median shortfall 10 h",
        ]

    def test_nobody_is_a_cohort_too(self) -> None:
        """No findings: no division by nothing."""
        cohort = summarise([])
        assert cohort.assessed == 0
        assert "met: 0 of 0" in str(cohort)
        assert "0 of 0" in as_feedback(cohort, title="Nobody")

    def test_editions_and_reasons_are_counted_by_member(self) -> None:
        """A member with three entries outside the year counts once."""
        log = [activity(f"2014-03-0{day}", 1, planned=True, area="soft_skills") for day in (1, 2, 3)]
        log += [activity("2015-03-02", 1, planned=UNKNOWN, area="soft_skills"), activity("2015-03-03", None)]
        cohort = summarise([cpd.policy.assess(record("1", log), period=year(2015))])
        assert cohort.editions == {"IET policy on CPD, 2015": 1}
        assert cohort.reasons == {"period": 1, "unknown tag": 1, "amount": 1}

    def test_clauses_without_a_figure_are_not_counted(self) -> None:
        """An exempt member adds to the verdicts only."""
        cohort = summarise([exempt("retired", ref="exempt").assess(None)])
        assert cohort.clauses == ()
        assert cohort.verdicts == {Verdict.DOES_NOT_APPLY: 1}


class TestFeedback:
    def test_it_names_nobody_and_hides_small_groups(self) -> None:
        """A group of one or two is not counted out, nor can it be worked out from the rest."""
        text = as_feedback(summarise(findings(*[30] * 8, 20)), title="Feedback")
        assert "| met | all but fewer than 5 of 9 |" in text
        assert "| not met | fewer than 5 |" in text
        assert "| hours | 9 | all but fewer than 5 of 9 |  |" in text

    def test_four_are_hidden_and_five_are_not(self) -> None:
        """The smallest group that is counted out is one of five, on either side."""
        assert "| not met | fewer than 5 |" in as_feedback(summarise(findings(*[30] * 9, *[20] * 4)), title="x")
        assert "| not met | 5 of 14 (35.7 %) |" in as_feedback(summarise(findings(*[30] * 9, *[20] * 5)), title="x")
        assert "| met | all but fewer than 5 of 13 |" in as_feedback(
            summarise(findings(*[30] * 9, *[20] * 4)), title="x"
        )

    def test_large_groups_are_counted(self) -> None:
        """With enough members on each side, numbers and the median shortfall are given."""
        text = as_feedback(summarise(findings(*[30] * 8, *[20] * 6)), title="Feedback")
        assert text.startswith("# Feedback\n\n14 members had a record assessed.\n")
        assert "| met | 8 of 14 (57.1 %) |" in text
        assert "| hours | 14 | 8 of 14 (57.1 %) | 10 h |" in text
        assert "## What was recommended" in text

    def test_advice_follows_what_many_got_wrong(self) -> None:
        """Five members with entries outside the year are told about dates; four are not."""
        late = [POLICY.assess(record("1", [activity("2014-03-02", 1)]), period=year(2015))]
        assert "entries outside the year" in as_feedback(summarise(late * 5), title="x")
        assert "What would help" not in as_feedback(summarise(late * 4), title="x")

    def test_one_member_is_no_plural(self) -> None:
        """Plurals read as English."""
        assert "1 member had a record assessed." in as_feedback(summarise(findings(30)), title="x", fewest=1)
