"""What many findings say together."""

from __future__ import annotations

import re
from itertools import product

import pytest
from attrs import evolve

from cpdrules import Finding, Unit, Verdict, advise, all_of, at_least, exempt, year
from cpdrules.amounts import Amount
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cohorts import ClauseCount, Cohort, as_feedback, summarise
from cpdrules.cpd import UNKNOWN, activity, hours, record
from cpdrules.errors import PolicyError
from cpdrules.iet import cpd

POLICY = all_of(at_least(30, hours(), ref="hours"), advise(at_least(10, hours(area="soft_skills"), ref="soft")))


def findings(*amounts: int) -> list[Finding]:
    """Assess members who did so much."""
    return [
        POLICY.assess(record(str(number), [activity("2015-03-02", amount, area="x")]), period=year(2015))
        for number, amount in enumerate(amounts)
    ]


EXEMPT = exempt("retired", ref="exempt").assess(None)
UNSURE = [POLICY.assess(record("1", [activity("2015-03-02", None)]), period=year(2015))] * 5


def cohort(met: int, not_met: int, unsure: int, exempted: int) -> Cohort:
    """Give what is counted where hours are all that is asked, each an hour short who is, and some are asked nothing."""
    asked = {Verdict.MET: met, Verdict.NOT_MET: not_met, Verdict.CANNOT_TELL: unsure}
    clauses = (ClauseCount("hours", "", False, asked, (so_many_hours(1),) * not_met),) if any(asked.values()) else ()
    all_of_them = sum(asked.values()) + exempted
    return Cohort(all_of_them, {**asked, Verdict.DOES_NOT_APPLY: exempted}, clauses, {}, {})


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
        """One of nine is not counted out, nor can it be worked out from the rest."""
        assert as_feedback(summarise(findings(*[30] * 8, 20)), title="Feedback").splitlines() == [
            "# Feedback",
            "",
            "9 members had a record assessed.",
            "",
            "| outcome | members |",
            "| --- | --- |",
            "| met | not shown |",
            "| not met | not shown |",
            "| cannot tell | not shown |",
            "| does not apply | 0 of 9 (0.0 %) |",
            "",
            "## What was asked",
            "",
            "| clause | asked of | met by | median shortfall of those short |",
            "| --- | --- | --- | --- |",
            "| hours | 9 | not shown |  |",
            "",
            "## What was recommended",
            "",
            "| clause | asked of | met by | median shortfall of those short |",
            "| --- | --- | --- | --- |",
            "| soft (area: soft skills) | 9 | 0 of 9 (0.0 %) | 10 h |",
        ]

    def test_four_are_hidden_and_five_are_not(self) -> None:
        """The smallest group that is counted out is one of five, on either side."""
        four = as_feedback(summarise(findings(*[30] * 9, *[20] * 4)), title="x")
        assert "| met | not shown |\n| not met | not shown |" in four
        assert "| hours | 13 | not shown |  |" in four
        five = as_feedback(summarise(findings(*[30] * 9, *[20] * 5)), title="x")
        assert "| met | 9 of 14 (64.3 %) |\n| not met | 5 of 14 (35.7 %) |\n| cannot tell | 0 of 14 (0.0 %) |" in five
        assert "| hours | 14 | 9 of 14 (64.3 %) | 10 h |" in five
        other = as_feedback(summarise(findings(*[30] * 4, *[20] * 9)), title="x")
        assert "| hours | 13 | not shown |  |" in other

    def test_other_numbers_stay_where_there_is_room(self) -> None:
        """Beside a small group the first of the others is hidden; with enough room behind it, no more than that."""
        text = as_feedback(summarise([*findings(*[30] * 8, *[20] * 6), *UNSURE[:2]]), title="x")
        assert "| met | not shown |\n| not met | 6 of 16 (37.5 %) |\n| cannot tell | not shown |" in text
        assert "| hours | 16 | not shown |  |" in text

    def test_those_not_asked_cannot_be_worked_out(self) -> None:
        """Of 16 assessed, 14 asked would leave two; five that were not asked are a group to hide in."""
        two = as_feedback(summarise([*findings(*[30] * 8, *[20] * 6), *[EXEMPT] * 2]), title="x")
        assert "| hours | not shown | not shown |  |" in two
        assert "| met | not shown |\n| not met | 6 of 16 (37.5 %) |" in two
        assert "| cannot tell | not shown |\n| does not apply | not shown |" in two
        five = as_feedback(summarise([*findings(*[30] * 8, *[20] * 6), *[EXEMPT] * 5]), title="x")
        assert "| hours | 14 | 8 of 14 (57.1 %) | 10 h |" in five
        assert "| cannot tell | 0 of 19 (0.0 %) |\n| does not apply | 5 of 19 (26.3 %) |" in five
        few = as_feedback(summarise([*findings(30, 20), *[EXEMPT] * 9]), title="x")
        assert "| hours | not shown | not shown |  |" in few

    def test_very_few_are_not_counted_at_all(self) -> None:
        """Four who were assessed are a small group themselves."""
        text = as_feedback(summarise(findings(30, 20, 20, 20)), title="x")
        assert "fewer than 5 members had a record assessed." in text
        assert "| hours | not shown | not shown |  |" in text
        assert not re.search(r"\| \d", text)

    def test_a_clause_asked_more_than_once_of_a_member_is_counted_so(self) -> None:
        """More answers than members, as of a clause for each year, leave nobody who was not asked."""
        clause = ClauseCount("yearly", "", False, {Verdict.MET: 12, Verdict.NOT_MET: 6}, ())
        text = as_feedback(Cohort(9, {Verdict.MET: 9}, (clause,), {}, {}), title="x")
        assert "| yearly | 18 | 12 of 18 (66.7 %) |  |" in text

    @pytest.mark.parametrize("fewest", [3, 4])
    def test_no_small_number_can_be_worked_out(self, fewest: int) -> None:
        """All cohorts of one clause that read alike, tried out: every small group could be of several sizes."""
        alike: dict[str, list[tuple[int, ...]]] = {}
        for sizes in product(range(12), repeat=4):
            if sum(sizes) <= 13:
                alike.setdefault(as_feedback(cohort(*sizes), title="x", fewest=fewest), []).append(sizes)
        for every in alike.values():
            for place in range(4):
                possible = {sizes[place] for sizes in every}
                assert len(possible) > 1 or not any(0 < size < fewest for size in possible)

    def test_nor_from_what_stands_beside_it(self) -> None:
        """A second clause, asked of the same members, gives nothing away of the first, nor the first of it."""
        alike: dict[str, list[tuple[int, ...]]] = {}
        for sizes in (one for one in product(range(11), repeat=4) if sum(one) <= 10):
            asked, first = sum(sizes[:3]), cohort(*sizes)
            for met, not_met in product(range(asked + 1), repeat=2):
                if asked and met + not_met <= asked:
                    answers = {Verdict.MET: met, Verdict.NOT_MET: not_met, Verdict.CANNOT_TELL: asked - met - not_met}
                    soft = ClauseCount("soft", "", True, answers, (so_many_hours(1),) * not_met)
                    text = as_feedback(evolve(first, clauses=(*first.clauses, soft)), title="x", fewest=3)
                    alike.setdefault(text, []).append((*sizes, *answers.values()))
        for every in alike.values():
            for place in range(7):
                possible = {sizes[place] for sizes in every}
                assert len(possible) > 1 or not any(0 < size < 3 for size in possible)

    def test_all_can_be_shown_where_that_is_wanted(self) -> None:
        """One shows everything; a pair is no group to hide in."""
        text = as_feedback(summarise([*findings(30, 20), EXEMPT]), title="x", fewest=1)
        assert "| met | 1 of 3 (33.3 %) |\n| not met | 1 of 3 (33.3 %) |\n| cannot tell | 0 of 3 (0.0 %) |" in text
        assert "| hours | 2 | 1 of 2 (50.0 %) | 10 h |" in text
        for fewest in (0, 2):
            with pytest.raises(PolicyError, match="cannot be the smallest"):
                as_feedback(summarise([]), title="x", fewest=fewest)

    def test_strangers_words_stay_words(self) -> None:
        """A title, a clause and a unit come from outside: none makes a cell, a line or a mark."""
        strange = Unit("a|b\n# c")
        clause = ClauseCount("x|\n", "<b>", False, {Verdict.NOT_MET: 9}, (Amount(2, strange),) * 9)
        text = as_feedback(Cohort(9, {Verdict.NOT_MET: 9}, (clause,), {}, {}), title="*T*\n# U")
        assert text.startswith("# \\*T\\* \\# U\n")
        assert "| x\\| (&lt;b&gt;) | 9 | 0 of 9 (0.0 %) | 2 a\\|b \\# cs |" in text

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
