"""The IET's policy on CPD, in every edition that is publicly known, from the opt-in scheme of 2013 to today's audit.

``policy`` chooses by record year, and its findings say which edition and why. Where a source is silent the clause is
``unstated``; where a reading was concluded it is ``inferred``, and ``as_stated(policy)`` goes without it.
S1 is the text of about 2015 that is known in full; of the others public excerpts are known.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from cpdrules.choices import advise, exempt, inferred, undecided, unstated, when
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.conditions import InCircumstances, agreement, circumstance, grade
from cpdrules.cpd.measures import Total, hours
from cpdrules.cpd.schemes import Scheme, scheme
from cpdrules.cpd.tallies import Conventions
from cpdrules.cpd.targets import agreed
from cpdrules.editions import Edition, Editions, editions
from cpdrules.figures import at_least
from cpdrules.findings import Source
from cpdrules.policies import Policy, all_of, any_of

#: What the sources are, by the names that citations use.
SOURCES = {
    "S1": "Policy on CPD, about 2015, known in full",
    "S2": "Policy on CPD, the opt-in scheme, 2013 to 2014, an excerpt",
    "S3": "Policy on CPD, review year 2017, an excerpt",
    "S4": "Policy on CPD, review year 2022, an excerpt",
    "S5": "CPD Annual Review: Frequently Asked Questions, after S4, an excerpt",
    "S6": "What is CPD?, about 2019 to 2021, an excerpt",
    "S7": "What is CPD?, 2022 or later, an excerpt",
    "S8": "CPD Monitoring Scheme: the first review cycle gets underway, early 2014, an excerpt",
    "S9": "The 2015 CPD Review Cycle, 2015, an excerpt",
    "S10": "How does the CPD Policy change affect you?, about late 2014, an excerpt",
    "S11": "IET Policy on CPD: CPD return for 2016, about 2016",
    "S12": "On the change and retired members, about 2016 to 2017, an excerpt",
}

#: Training courses, work experience, academic study, volunteering, events, self-study (S1, lines 16 and 65 to 70).
KINDS = ("training_course", "work_experience", "academic_study", "volunteering", "event", "self_study")

#: The areas over which the hours could be split (S1, lines 47 to 49).
AREAS = ("personal_technical", "job_role_technical", "soft_skills")

#: The groups of competence in UK-SPEC, against which a record may be read (S9).
COMPETENCES = ("A", "B", "C", "D", "E")

#: How activities are told apart. No axis follows from another: self-study may be planned or not (S1, lines 51 and 52).
AXES = (
    Axis("kind", KINDS),
    Axis("area", AREAS),
    Axis("planned", (True, False)),
    Axis("competence", COMPETENCES, every=False),
)

#: How records are read.
CONVENTIONS = Conventions(AXES, straddling="by_day")

#: The grades whose members may be chosen for review (S3 to S5).
GRADES = ("TMIET", "MIET", "FIET")

#: Circumstances that a record may name. Whether somebody is professionally active is concluded from them.
CIRCUMSTANCES = (
    "retired",
    "maternity_leave",
    "paternity_leave",
    "parental_leave",
    "long_term_illness",
    "unemployed",
    "career_break",
    "working_outside_engineering",
    "volunteering_professionally",
    "opted_in",
)

_VOLUNTEERING = "volunteering_professionally"
_LEAVE = ("maternity_leave", "paternity_leave", "parental_leave")
_UNDECIDED = "a case-by-case decision on the member's circumstances"


def _s1(line: int, quote: str, stated: Literal["stated", "unstated"] = "stated") -> Source:
    """Cite the text of 2015."""
    return Source("S1", line, quote, stated)


def _in(area: str) -> Total:
    """Count the hours in one of the areas."""
    return hours(area=area)


def not_professionally_active(*kinds: str, source: Source | None = None) -> InCircumstances:
    """Hold for members who are in one of some circumstances and do not volunteer for the profession meanwhile.

    Retired is no status of inactivity: who sits on an institution's committees is professionally active (S5, S10).
    """
    return circumstance(*kinds, but_not=_VOLUNTEERING, source=source)


def _by_agreement(otherwise: Policy) -> Policy:
    """Let what was agreed with a member go before every rule."""
    return when(
        agreement(),
        at_least(agreed(), hours(), ref="agreed"),
        otherwise=otherwise,
        ref="case_by_case",
        source=_s1(57, "on a case by case basis"),
    )


# 2013: the opt-in scheme ----------------------------------------------------------------------------------------------

full_2013: Policy = all_of(
    at_least(30, hours(), ref="hours", source=Source("S2")),
    at_least(10, hours(planned=True), ref="planned", source=Source("S2")),
    advise(
        all_of(*(at_least(10, hours(area=area), ref=f"area.{area}") for area in AREAS), ref="areas"),
        source=Source("S2"),
    ),
    ref="full",
)

guideline_2013: Policy = _by_agreement(
    when(
        inferred(
            any_of(not_professionally_active("retired"), circumstance("maternity_leave", "paternity_leave")),
            otherwise=circumstance("retired", "maternity_leave", "paternity_leave"),
        ),
        at_least(10, hours(), ref="reduced", source=Source("S8")),
        otherwise=when(
            not_professionally_active(
                "parental_leave", "long_term_illness", "unemployed", "career_break", "working_outside_engineering"
            ),
            undecided(
                full_2013, awaiting=_UNDECIDED, ref="other_circumstances", source=Source("S1", 57, stated="inferred")
            ),
            otherwise=full_2013,
        ),
        ref="reduced_target",
    )
)

# 2015: the policy known in full ---------------------------------------------------------------------------------------

full_2015: Policy = all_of(
    at_least(30, hours(), ref="hours", source=_s1(44, "a minimum of 30 hours")),
    at_least(10, hours(planned=True), ref="planned", source=_s1(51, "At least ten hours")),
    advise(
        all_of(
            at_least(10, _in("personal_technical"), ref="area.personal_technical", source=_s1(47, "Ten hours")),
            at_least(10, _in("job_role_technical"), ref="area.job_role_technical", source=_s1(48, "Ten hours")),
            at_least(10, _in("soft_skills"), ref="area.soft_skills", source=_s1(49, "Ten hours")),
            ref="areas",
        ),
        source=_s1(44, "could be split"),
    ),
    ref="full",
)

_those_named = _s1(57, "retired members and those on maternity leave")
_retired_or_on_leave = inferred(
    any_of(
        not_professionally_active("retired", source=Source("S10", stated="inferred")),
        circumstance("maternity_leave"),
        source=_those_named,
    ),
    otherwise=circumstance("retired", "maternity_leave", source=_those_named),
)
_in_other_circumstances = not_professionally_active(
    *("paternity_leave", "parental_leave", "long_term_illness"),
    *("unemployed", "career_break", "working_outside_engineering"),
)

guideline_2015: Policy = _by_agreement(
    when(
        _retired_or_on_leave,
        at_least(10, hours(), ref="reduced", source=_s1(57, "reduced target of ten hours")),
        otherwise=when(
            _in_other_circumstances,
            undecided(
                full_2015,
                awaiting=_UNDECIDED,
                ref="other_circumstances",
                source=_s1(57, "other particular circumstances"),
            ),
            otherwise=full_2015,
        ),
        ref="reduced_target",
        source=_s1(57, "reduced target"),
    )
)

# 2016: everyone may be chosen -----------------------------------------------------------------------------------------

full_2016: Policy = at_least(30, hours(), ref="hours", source=Source("S11"))

guideline_2016: Policy = _by_agreement(
    when(
        not_professionally_active("retired", "unemployed", "working_outside_engineering", source=Source("S12")),
        at_least(10, hours(), ref="reduced", source=Source("S12")),
        otherwise=when(
            circumstance(*_LEAVE, "long_term_illness", "career_break"),
            undecided(
                full_2016, awaiting=_UNDECIDED, ref="other_circumstances", source=Source("S12", stated="unstated")
            ),
            otherwise=full_2016,
        ),
        ref="reduced_target",
    )
)

# About 2019 -----------------------------------------------------------------------------------------------------------

full_2019: Policy = at_least(30, hours(), ref="hours", source=Source("S6", quote="at least 30"))

guideline_2019: Policy = _by_agreement(
    when(
        not_professionally_active("retired", source=Source("S6")),
        undecided(
            at_least(10, hours(), ref="reduced", source=Source("S6")),
            awaiting="whether the member still does engineering-related activity or wants to keep their knowledge",
            ref="reduced_target",
            source=Source("S6"),
        ),
        otherwise=when(
            circumstance(*_LEAVE, "long_term_illness", "unemployed", "career_break", "working_outside_engineering"),
            undecided(
                full_2019, awaiting=_UNDECIDED, ref="other_circumstances", source=Source("S6", stated="unstated")
            ),
            otherwise=full_2019,
        ),
    )
)

# Today: an audit for all, and nothing for those not active ------------------------------------------------------------

full_today: Policy = at_least(30, hours(), ref="hours", source=Source("S7", quote="at least 30"))

#: Not professionally active, by the examples that S5 gives; its list is open.
inactive_today: Policy = any_of(
    circumstance("retired", but_not=_VOLUNTEERING, on="every_day"),
    circumstance("working_outside_engineering", *_LEAVE, "long_term_illness", on="every_day"),
    ref="not_professionally_active",
    source=Source("S5"),
)

guideline_today: Policy = when(
    agreement(),
    at_least(agreed(), hours(), ref="agreed"),
    otherwise=when(
        inactive_today,
        exempt("not professionally active", ref="exempt", source=Source("S5")),
        otherwise=when(
            any_of(
                circumstance("retired", but_not=_VOLUNTEERING),
                circumstance(*_LEAVE, "long_term_illness", "working_outside_engineering", "unemployed", "career_break"),
            ),
            undecided(
                full_today,
                awaiting="whether a member counts as not professionally active who was so for part of the year only,"
                " unemployed (how long is long-term is not stated) or on a career break",
                ref="other_circumstances",
                source=Source("S5", stated="unstated"),
            ),
            otherwise=full_today,
        ),
    ),
)

guideline_2021: Policy = inferred(
    guideline_today,
    otherwise=unstated(
        "how many hours: the public excerpt ends before the figures", source=Source("S4", stated="unstated")
    ),
)

#: The guideline, in all its editions, by record year.
guidelines: Editions = editions(
    Edition(
        "IET policy on CPD, 2013",
        guideline_2013,
        date(2013, 1, 1),
        date(2013, 12, 31),
        "the opt-in scheme of July 2013 first reviewed the records of 2013",
        ("how unplanned hours are limited", "part-year leave", "activities across a year's end"),
        source=Source("S2"),
    ),
    Edition(
        "IET policy on CPD, 2015",
        guideline_2015,
        date(2014, 1, 1),
        date(2015, 12, 31),
        "the text that speaks of last year's pilot, in force until everyone may be chosen in 2017",
        (
            "part-year leave",
            "activities across a year's end",
            "the planned part of a reduced target",
            "joiners during a year",
        ),
        source=Source("S1", 4, "Policy on CPD"),
    ),
    Edition(
        "IET policy on CPD, 2016-17",
        guideline_2016,
        date(2016, 1, 1),
        date(2018, 12, 31),
        "the review year of 2017 looks at activities of 2016; its end is inferred",
        ("the split over areas", "the planned part", "part-year leave", "activities across a year's end"),
        source=Source("S3"),
    ),
    Edition(
        "IET policy on CPD, about 2019",
        guideline_2019,
        date(2019, 1, 1),
        date(2020, 12, 31),
        "an undated page of about 2019 to 2021; both dates are inferred",
        ("the planned part", "members on leave", "part-year circumstances", "activities across a year's end"),
        source=Source("S6"),
    ),
    Edition(
        "IET policy on CPD, 2022",
        guideline_2021,
        date(2021, 1, 1),
        date(2021, 12, 31),
        "the review year of 2022 looks at the records of 2021; its figures are read from the next text",
        ("the hours", "the planned part", "the reduced target"),
        source=Source("S4"),
    ),
    Edition(
        "IET policy on CPD, latest",
        guideline_today,
        date(2022, 1, 1),
        None,
        "undated pages later than the text of 2022, by their wording; the date is inferred",
        (
            "how long unemployment is long-term",
            "part-year circumstances",
            "the planned part",
            "activities across a year's end",
        ),
        source=Source("S5"),
    ),
    ref="iet.cpd",
)

#: The policy: the guideline, and how records are read. An activity that crosses a year's end counts day by day, which
#: is our reading: no source says how.
policy: Policy = inferred(
    Scheme(guidelines, CONVENTIONS, source=_s1(44, "per year", stated="unstated")),
    otherwise=scheme(guidelines, axes=AXES),
)

#: Who is in the scheme, by review year: those who opted in until 2016, every TMIET, MIET and FIET from 2017.
scope: Editions = editions(
    Edition(
        "opt-in",
        all_of(
            grade(*GRADES, ref="grade", source=Source("S3", stated="inferred")),
            circumstance("opted_in", ref="opted_in", source=Source("S1", 24, "voluntary CPD Monitoring scheme")),
        ),
        date(2014, 1, 1),
        date(2016, 12, 31),
        "members join the scheme by opting in",
        source=Source("S1", 37, "invited to become a scheme member"),
    ),
    Edition(
        "all members",
        grade(*GRADES, ref="grade", source=Source("S3")),
        date(2017, 1, 1),
        None,
        "from January 2017 anyone may be chosen",
        source=Source("S1", 20, "from January 2017"),
    ),
    ref="iet.scope",
)
