"""The IET's policy over its editions: what each asks of whom, and what it leaves unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from cpdrules import Verdict, as_stated, year
from cpdrules.cpd import Circumstance, Member, activity, record
from cpdrules.iet import cpd, policy_text

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

VERDICTS = {"met": MET, "short": NOT_MET, "?": CANNOT_TELL, "-": DOES_NOT_APPLY}

#: What ten hours in a year, six of them planned, come to: by circumstance all year, and by record year.
TEN_HOURS = {
    "": "short short short short short short",
    "retired": "met met met met - -",
    "maternity_leave": "met met ? ? - -",
    "paternity_leave": "met ? ? ? - -",
    "parental_leave": "? ? ? ? - -",
    "long_term_illness": "? ? ? ? - -",
    "unemployed": "? ? met ? ? ?",
    "career_break": "? ? ? ? ? ?",
    "working_outside_engineering": "? ? met ? - -",
    "volunteering_professionally": "short short short short short short",
    "opted_in": "short short short short short short",
}

YEARS = (2013, 2015, 2016, 2019, 2021, 2023)


def test_every_known_circumstance_has_a_row() -> None:
    """The table below speaks of all of them."""
    assert set(TEN_HOURS) == {"", *cpd.CIRCUMSTANCES}


@pytest.mark.parametrize("kind", TEN_HOURS)
def test_ten_hours_by_circumstance_and_edition(kind: str) -> None:
    """Each edition answers for each circumstance as its text does."""
    who = Member("1", circumstances=(Circumstance(kind, date(2000, 1, 1)),) if kind else ())
    answers = []
    for number in YEARS:
        done = [
            activity(f"{number}-05-04", hours, planned=planned, area="soft_skills", kind="event")
            for hours, planned in ((6, True), (4, False))
        ]
        answers.append(cpd.policy.assess(record(who, done), period=year(number)).verdict)
    expected = [VERDICTS[word] for word in TEN_HOURS[kind].split()]
    assert answers == expected


@pytest.mark.parametrize("kind", ["retired", "parental_leave", "working_outside_engineering"])
def test_today_part_of_a_year_is_left_open(kind: str) -> None:
    """The latest text does not say what a circumstance of some months means for the year."""
    who = Member("1", circumstances=(Circumstance(kind, date(2023, 6, 1)),))
    finding = cpd.policy.assess(record(who), period=year(2023))
    assert finding.verdict is CANNOT_TELL
    assert "part of the year" in finding["other_circumstances"].notes[0].text


def test_the_figures_of_2021_are_inferred() -> None:
    """The excerpt of 2022 ends before the figures: as stated, nobody can tell."""
    done = record("1", [activity("2021-05-04", 40)])
    assert cpd.policy.assess(done, period=year(2021)).verdict is MET
    assert as_stated(cpd.policy).assess(done, period=year(2021)).verdict is CANNOT_TELL


def test_only_texts_that_ask_for_planned_hours_look_at_them() -> None:
    """From 2016 no figure for planned CPD is known, and none is invented."""
    for number, asked in zip(YEARS, (True, True, False, False, False, False), strict=True):
        unplanned = record("1", [activity(f"{number}-05-04", 30, planned=False, area="soft_skills", kind="event")])
        assert (cpd.policy.assess(unplanned, period=year(number)).verdict is NOT_MET) is asked


def test_every_edition_says_why_and_what_is_unstated() -> None:
    """An edition carries its dates' reason, its source, and the questions its text leaves open."""
    for edition in cpd.guidelines.members:
        assert edition.why
        assert edition.unstated
        assert edition.source is not None
        assert edition.source.document in cpd.SOURCES


def test_every_source_is_in_the_list() -> None:
    """No clause cites a text that the list of sources does not explain."""
    for policy in (cpd.policy, as_stated(cpd.policy), cpd.scope):
        cited = {clause.source.document for clause in policy.walk() if clause.source}
        assert cited <= set(cpd.SOURCES)


def test_no_gap_between_editions() -> None:
    """From 2013 every record year has one text."""
    assert [cpd.guidelines.at(date(number, 1, 1)).name for number in range(2013, 2027)]


def test_a_year_that_is_read_by_day_can_be_read_as_stated() -> None:
    """The text does not say how to count over the year's end: as stated, the finding bounds it."""
    course = record(
        "1", [activity("2015-12-28", 7, until="2016-01-03", planned=True, area="soft_skills", kind="event")]
    )
    assert cpd.policy.assess(course, period=year(2015))["hours"].counted == (4 * 3600, 4 * 3600)
    assert as_stated(cpd.policy).assess(course, period=year(2015))["hours"].counted == (0, 7 * 3600)


def test_the_examples_put_no_kind_on_one_side() -> None:
    """Self-study is an example of planned and of unplanned CPD."""
    assert all(any("self-study" in example for example in policy_text.EXAMPLES[planned]) for planned in (True, False))
    assert policy_text.CYCLE[0] == "plan"
