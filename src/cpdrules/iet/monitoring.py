"""The IET's monitoring scheme: who may be chosen, what is asked of them, how a return is read, and what may follow.

It reads beside lines 10 to 40 of S1. No text states a rate of review, reminders or deadlines: whoever runs a year
brings them, and ``UNSTATED`` lists all that they have to settle. What the texts permit stays a power: the most that is
ever said of a member who does not reply is that they may be referred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from cpdrules import periods
from cpdrules.choices import exempt, inferred, unstated
from cpdrules.cpd.declarations import Discrepancy, declared_against_recorded
from cpdrules.cpd.measures import hours
from cpdrules.cpd.members import Member, Record
from cpdrules.editions import Edition, Editions, editions
from cpdrules.findings import Finding, Source
from cpdrules.iet import cpd, engineering_council
from cpdrules.periods import Period
from cpdrules.policies import none_of
from cpdrules.review.feedback import Recipients, recipients
from cpdrules.review.histories import happened, put_off, put_off_until_now
from cpdrules.review.ladders import Ladder, Step
from cpdrules.review.reviews import AS_FOUND, Criterion
from cpdrules.review.scopes import Rule, Scope, Status, rule, scope
from cpdrules.verdicts import Verdict
from cpdrules.windows import before

#: What the sources are, by the names that citations use.
SOURCES = cpd.SOURCES | {
    "S18": "Rules of Conduct with extracts of the bye-laws, as others mirror them, undated",
    "E3": "CPD page of the Engineering Council, the current one, an excerpt",
}

#: Whose draw it is, for ``review.announce`` and ``review.draw``; the label is the review year.
SCHEME = "IET CPD monitoring"


def _s1(line: int, quote: str, stated: Literal["stated", "unstated", "inferred"] = "stated") -> Source:
    """Cite the text of 2015."""
    return Source("S1", line, quote, stated)


# How a year goes ------------------------------------------------------------------------------------------------------


@frozen
class Stage:
    """What happens at one stage of a year."""

    #: In our own words.
    says: str
    #: The word of the library that does it, as its place under ``cpdrules``.
    done_by: str
    source: Source


#: Members join by opting in; from the review year of 2017 everyone may be chosen, and nobody needs to.
JOIN = Stage("all members are invited into the scheme", "iet.cpd.scope", _s1(37, "invited to become a scheme member"))
#: Only S1 and S2 speak of a declaration; no later text that is known does.
DECLARE = Stage(
    "everyone in the scheme declares what they did the year before",
    "iet.monitoring.declaration",
    _s1(38, "annual declaration"),
)
DRAW = Stage("some of them are drawn at random", "review.draw", _s1(39, "randomly selected"))
#: Nothing is asked of those drawn who have handed in already.
HAND_IN = Stage("those drawn hand in their records", "review.Return", _s1(39, "submit their CPD records"))
ALLOCATE = Stage(
    "as far as possible a return goes to somebody from a similar area of work", "review.assign", Source("S9")
)
READ = Stage("volunteers read it against the guideline", "review.review", _s1(39, "volunteer CPD Assessors"))
TELL = Stage("those read are told what was found, and advised", "review.individual", _s1(28, "feedback and advice"))
TELL_ALL = Stage("everyone is told in general", "review.as_generic_feedback", _s1(40, "all scheme members"))

#: The stages of a year, in order.
STAGES = (JOIN, DECLARE, DRAW, HAND_IN, ALLOCATE, READ, TELL, TELL_ALL)

#: What no text that is known states, so that whoever runs a year has to.
UNSTATED = (
    "the rate of review",
    "how a part of a person is rounded",
    "whether the draw is stratified",
    "whether those reviewed last year are left out",
    "whether those of whom nothing is asked are taken out before the draw, or reply that they are",
    "whether somebody else is called in for them",
    "how many reminders there are, and which deadlines",
    "how often a review may be put off",
    "how many assessors read a return, and what bars them from it",
    "whether a member may appeal against feedback",
)


def records_of(review_year: int) -> Period:
    """Give the year whose records are reviewed: “your previous year's” (S1, line 20).

    >>> print(records_of(2017))
    2016
    """
    return periods.record_year(review_year)


# Who may be chosen ----------------------------------------------------------------------------------------------------

#: Of whom the guideline asks nothing, by record year: nobody until the texts of 2021 and later. Whoever was inactive
#: for a part of the year, is unemployed or on a career break is not among them: a reply and a decision settle that.
asked_for_nothing: Editions = editions(
    Edition(
        "a reduced target",
        exempt("a reduced target asks for something, so it takes nobody out", source=_s1(57, "reduced target")),
        date(2013, 1, 1),
        date(2020, 12, 31),
    ),
    Edition(
        "IET policy on CPD, 2022",
        inferred(
            cpd.inactive_today,
            otherwise=unstated(
                "of whom nothing is asked: the public excerpt ends before it", source=Source("S4", stated="unstated")
            ),
        ),
        date(2021, 1, 1),
        date(2021, 12, 31),
        "read from the next text, as the guideline is",
    ),
    Edition("IET policy on CPD, latest", cpd.inactive_today, date(2022, 1, 1), source=Source("S5")),
    ref="iet.asked_for_nothing",
)

_OUT_OF_SCOPE = rule(Status.OUT_OF_SCOPE, none_of(cpd.scope, ref="not_in_scheme"), "not in the scheme")
_EXEMPT = rule(Status.EXEMPT, before(asked_for_nothing), "not professionally active in the record year")

#: No text names a deferral, nor anyone who must be included; line 57 promises to discuss circumstances case by case.
_BY_DECISION: tuple[Rule, ...] = (
    rule(
        Status.DEFERRED,
        put_off(ref="put_off", source=_s1(57, "case by case", "inferred")),
        "put off to a later year",
    ),
    rule(
        Status.CERTAIN,
        put_off_until_now(ref="put_off_until_now", source=_s1(39, "randomly selected", "unstated")),
        "put off until now",
    ),
    rule(
        Status.CERTAIN,
        happened("not engaged", ref="not_engaged", source=_s1(39, "randomly selected", "unstated")),
        "not engaged last year",
    ),
)

#: Who may be chosen in a review year, for ``review.eligibility``; the scheme and the exemption are chosen by its date.
#: Those reviewed last year are not left out: no text does it.
may_be_chosen: Scope = scope(_OUT_OF_SCOPE, _EXEMPT, *_BY_DECISION)

#: The other way to go about those not professionally active, on which the texts are silent: they are drawn like
#: anyone, and their reply closes the matter.
may_be_chosen_and_reply: Scope = scope(_OUT_OF_SCOPE, *_BY_DECISION)


# The declaration ------------------------------------------------------------------------------------------------------


def declaration(record: Record, *, review_year: int) -> Discrepancy | None:
    """Lay what a member declared for the year before beside what their record holds; None where nothing was declared.

    >>> from cpdrules.cpd import activity, record
    >>> print(declaration(record("1", [activity("2015-03-02", 28)], declared=32), review_year=2016))
    declared 32 h, recorded 28 h, difference -4 h

    Raises:
        UnitError: the declaration is not of hours.
    """
    return declared_against_recorded(record, hours(), period=records_of(review_year), conventions=cpd.CONVENTIONS)


# Reading a return -----------------------------------------------------------------------------------------------------

#: The six criteria of the first cycles, the only list that was published. The plan is optional; only the hours are
#: computed; the mixes are counted beside the criteria, and have no threshold.
CRITERIA = (
    Criterion("plan", "link between the planning report and the activities", only_with="plan", source=Source("S9")),
    Criterion("hours", "hours", computed=AS_FOUND, source=Source("S9")),
    Criterion("areas", "mix of soft and technical skills", counts="area", source=Source("S9")),
    Criterion("kinds", "mix of kinds of activity (TWAVES)", counts="kind", source=Source("S9")),
    Criterion("competences", "mix of UK-SPEC competences", counts="competence", source=Source("S9")),
    Criterion("reflection", "quality of the reflective statements", source=Source("S9")),
)

#: The clauses of the guideline that say how many hours are asked for, whatever else is asked beside them.
_HOURS = ("agreed", "reduced", "hours")


def hours_asked(finding: Finding) -> Finding:
    """Give the part of a finding of ``iet.cpd.policy`` that the criterion of hours asks for.

    That is thirty, ten, or what was agreed; planned hours and areas are not among the criteria. Where thirty are not
    reached and a decision is awaited, it is that decision; where no hours are asked, or it depends, all of the finding.
    """
    parts = [part for part in finding.walk() if part.required is not None and part.ref in _HOURS]
    if len({part.verdict for part in parts}) != 1:
        return finding
    awaited = (part for part in finding.walk() if part.clause.word == "undecided")
    return parts[0] if parts[0].verdict is Verdict.MET else next(awaited, parts[0])


def feedback(in_scheme: Iterable[str], reviewed: Iterable[str]) -> Recipients:
    """Say who is told what, by id: everyone in the scheme in general, those reviewed one by one.

    S1, line 28: “if selected”, and “generic feedback” for the others; line 40 gives the latter to all.

    Raises:
        RecordError: somebody was reviewed who is not in the scheme.
    """
    return recipients(in_scheme, reviewed)


# Those who do not reply -----------------------------------------------------------------------------------------------

#: The bye-law: the Board may withdraw membership, of any category, from who fails to respond to requests. It names
#: neither days nor reminders, so none are waited for. That it reaches no further back than 2017, when one could first
#: be chosen without having opted in, is inferred.
BYE_LAW = Ladder(
    "the IET",
    (
        Step(
            "withdrawal",
            "withdrawal of membership, which the Board decides",
            0,
            kind="power",
            since=date(2017, 1, 1),
            source=Source("S18", stated="inferred"),
        ),
    ),
    Source("S18"),
)

#: The regulator's three conditions, from 2020: registered, professionally active, and persistently no reply.
REGISTER = Ladder(
    "the Engineering Council",
    (
        Step(
            "removal",
            "removal from the register",
            0,
            kind="power",
            needs=tuple(engineering_council.CONDITIONS),
            since=date(2020, 1, 1),
            source=Source("E3", quote="persistently do not respond"),
        ),
    ),
    Source("E3"),
)


def facts_of(member: Member, *, period: Period) -> Mapping[str, bool | None]:
    """Say which of the regulator's conditions hold of a member, for ``review.standing``; None: it is not recorded."""
    told = {Verdict.MET: True, Verdict.NOT_MET: False}
    return {
        name: told.get(policy.assess(member, period=period).verdict)
        for name, policy in engineering_council.CONDITIONS.items()
    }
