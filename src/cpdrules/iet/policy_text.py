"""The policy document of about 2015 (S1), line by line: what each line says, in our own words, and where it lives.

A line that asks something of members lives in a clause; one that says how the scheme runs lives in ``iet.monitoring``;
one that informs or encourages lives here, as data. Quotations are the few words that decide.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from cpdrules.findings import Source


@frozen
class Statement:
    """One line of the text."""

    source: Source
    #: What it says, in our own words.
    says: str
    #: What kind of thing it is.
    kind: Literal["heading", "scope", "duty", "figure", "definition", "process", "encouragement", "benefit", "help"]
    #: The clauses and values of this package that it became, with commas between; empty where it only informs.
    home: str = ""


def _line(number: int, quote: str, kind: str, says: str, home: str = "") -> Statement:
    return Statement(Source("S1", number, quote), says, kind, home)  # type: ignore[arg-type]


STATEMENTS: tuple[Statement, ...] = (
    _line(1, "Shop cart", "heading", "the page's own furniture"),
    _line(4, "Policy on CPD", "heading", "the title"),
    _line(
        6,
        "new CPD monitoring scheme",
        "heading",
        "what the page is about: the scheme, and what members are expected to do",
    ),
    _line(8, "IET Members", "encouragement", "members can be ready early with their records"),
    _line(
        10,
        "Opt-in",
        "scope",
        "who wants to take part sends a name and membership number",
        "cpd.scope, monitoring.may_be_chosen",
    ),
    _line(
        12,
        "by January 2017",
        "scope",
        "the regulator wants random reviews; the IET extends them to all its members",
        "engineering_council.PHASES, monitoring.DRAW",
    ),
    _line(14, "Remind me", "heading", "what CPD is"),
    _line(
        16,
        "TWAVES",
        "definition",
        "skills, knowledge and experience gained at work, tracked; six kinds of activity",
        "KINDS",
    ),
    _line(18, "What has changed", "heading", "what is new"),
    _line(
        20,
        "may be chosen",
        "scope",
        "members have long been bound to keep up to date; from 2017 last year's records may be reviewed",
        "cpd.scope, monitoring.may_be_chosen, monitoring.records_of",
    ),
    _line(22, "supporting me", "heading", "how the IET helps"),
    _line(
        24,
        "more than 600",
        "process",
        "the pilot scheme was voluntary; returns are made in the IET's own tool",
        "cpd.scope, monitoring.HAND_IN",
    ),
    _line(26, "What happens then", "heading", "what follows from joining"),
    _line(
        28,
        "generic feedback",
        "process",
        "those selected get feedback and advice, all others generic feedback",
        "monitoring.TELL, monitoring.feedback",
    ),
    _line(30, "subject line", "help", "how to ask for help, or to join"),
    _line(33, "FAQs", "heading", "questions about the scheme"),
    _line(35, "How does the scheme work", "heading", "how the scheme works"),
    _line(37, "All IET members are invited", "scope", "everyone may join the scheme", "cpd.scope, monitoring.JOIN"),
    _line(
        38,
        "annual declaration",
        "process",
        "those in the scheme declare each year what they did the year before",
        "monitoring.DECLARE, monitoring.declaration",
    ),
    _line(
        39,
        "randomly selected",
        "process",
        "some are drawn at random to hand in records, which volunteer assessors read against the guideline",
        "monitoring.DRAW, monitoring.READ, monitoring.CRITERIA",
    ),
    _line(
        40,
        "Generic feedback",
        "process",
        "everyone in the scheme gets generic feedback",
        "monitoring.TELL_ALL, monitoring.feedback",
    ),
    _line(42, "Guideline CPD requirement", "heading", "the guideline"),
    _line(
        44,
        "a minimum of 30 hours",
        "figure",
        "aim for thirty hours a year, which could be split over three areas",
        "hours",
    ),
    _line(46, "Number of hours", "heading", "the table of areas"),
    _line(
        47,
        "Personal technical",
        "figure",
        "ten hours of personal technical knowledge and skills, as advice",
        "area.personal_technical",
    ),
    _line(
        48,
        "Job role technical",
        "figure",
        "ten hours of technical knowledge and skills for the job, as advice",
        "area.job_role_technical",
    ),
    _line(49, "Personal soft skills", "figure", "ten hours of soft skills, as advice", "area.soft_skills"),
    _line(50, "Examples", "heading", "the table of planned and unplanned CPD"),
    _line(51, "At least ten hours", "figure", "ten hours of planned CPD, from courses to secondments", "planned"),
    _line(
        52,
        "Remaining balance",
        "figure",
        "the rest may be unplanned: events, exhibitions, self-study; up to twenty hours where thirty are done",
        "hours",
    ),
    _line(
        55,
        "best placed to decide",
        "encouragement",
        "members choose what suits their role and career; many do more; this is a guideline",
    ),
    _line(
        57,
        "reduced target of ten hours",
        "figure",
        "ten hours for the retired and those on maternity leave; other circumstances case by case",
        "reduced",
    ),
    _line(
        59,
        "professional development cycle",
        "encouragement",
        "follow the cycle of planning, doing, recording and reflecting",
        "CYCLE",
    ),
    _line(61, "What counts as CPD", "heading", "what counts"),
    _line(63, "Valid CPD activities", "definition", "the list of kinds that count", "KINDS"),
    _line(65, "Training courses", "definition", "training courses count", "KINDS"),
    _line(66, "Work experience", "definition", "work experience counts", "KINDS"),
    _line(67, "Academic study", "definition", "academic study counts", "KINDS"),
    _line(68, "Volunteering", "definition", "volunteering counts", "KINDS"),
    _line(69, "Events and seminars", "definition", "events and seminars count", "KINDS"),
    _line(70, "Self-study", "definition", "self-study counts", "KINDS"),
    _line(
        72,
        "equally acceptable",
        "definition",
        "the IET offers much, but content from any source counts the same: no clause asks who provided it",
    ),
    _line(74, "benefits of CPD", "heading", "why do it"),
    _line(76, "keeps you employable", "benefit", "it keeps people current, improving, and employable", "BENEFITS"),
    _line(78, "CPD will help you", "heading", "the list of benefits"),
    _line(80, "Achieve your goals", "benefit", "reaching goals efficiently", "BENEFITS"),
    _line(81, "changing technology", "benefit", "keeping pace with technology", "BENEFITS"),
    _line(82, "recognition", "benefit", "being recognised", "BENEFITS"),
    _line(83, "job market", "benefit", "staying in work", "BENEFITS"),
    _line(84, "leadership", "benefit", "leading, and influencing others", "BENEFITS"),
    _line(85, "evidence of competence", "benefit", "showing competence when asked", "BENEFITS"),
    _line(86, "commitment", "benefit", "showing commitment to the profession", "BENEFITS"),
)

#: What CPD is good for.
BENEFITS: tuple[str, ...] = tuple(line.says for line in STATEMENTS if line.kind == "benefit")

#: The professional development cycle. S1 names it and refers to a guide; its steps are read from the guide's excerpts.
CYCLE = ("plan", "act", "record", "reflect", "review")

#: What S1 offers as examples of planned and of unplanned CPD. Self-study is in both: no kind is planned by itself.
EXAMPLES: dict[bool, tuple[str, ...]] = {
    True: (
        "training courses",
        "seminars",
        "targeted academic study or self-study",
        "work experience such as secondments",
    ),
    False: ("events", "exhibitions", "self-study"),
}
