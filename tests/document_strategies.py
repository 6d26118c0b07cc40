"""Any policy, record and finding that the words can write, for the laws of the data door."""

import zlib
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args, get_type_hints

from attrs import evolve
from hypothesis import strategies as st

from cpdrules import choices, policies, windows
from cpdrules.amounts import ACTIVITY, CREDIT, HOUR, LARGEST, POINT, Amount, Rounding, Unit
from cpdrules.cpd import conditions, durations, measures, targets
from cpdrules.cpd.activities import UNKNOWN, Activity, Axis, Share
from cpdrules.cpd.caps import ShareOfCounted
from cpdrules.cpd.carrying import Carried, MadeUp
from cpdrules.cpd.conditions import Agreed, Timing
from cpdrules.cpd.dividing import DividedAmong
from cpdrules.cpd.instances import ForEach
from cpdrules.cpd.members import Agreement, Circumstance, Fact, Member, Record
from cpdrules.cpd.schemes import scheme
from cpdrules.cpd.worth import Worth
from cpdrules.editions import Edition, editions
from cpdrules.figures import AtLeast, AtMost, Reported
from cpdrules.findings import Batch, Bounds, Clause, Entry, Finding, Left, Note, Owed, Reason, Room, Source
from cpdrules.periods import Length, Period
from cpdrules.policies import Policy
from cpdrules.verdicts import Verdict

texts = st.text(max_size=8) | st.sampled_from(["planned", "a.b", "30 h", "Größe", "", " ", "2015-03-02", "all of"])
days = st.dates()
wholes = st.integers(-(10**39), 10**39)

#: Units with names that collide, with plurals of their own, and with grains that have no end in decimals.
units = st.sampled_from(
    [
        *(HOUR, POINT, CREDIT, ACTIVITY),
        Unit("unit", grain=100),
        Unit("credit", "credits", 300),
        Unit("CPD", "CPD", 7),
        Unit("point", "point-units", 1),
        Unit("units", "unitses", 3),
        Unit("10 pack", grain=10**9),
    ]
)

sources = st.none() | st.builds(
    Source, texts, st.none() | st.integers(0, 9999), texts, st.sampled_from(["stated", "inferred", "unstated"])
)
named = {"ref": texts, "source": sources}
lengths = st.builds(
    lambda years, months, days: Length(years=years, months=months, days=days if years or months else days + 1),
    *(st.integers(0, 400) for _ in range(3)),
)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period."""
    first, last = sorted((draw(days), draw(days)))
    return Period(first, last)


def amounts(unit: Unit, *, least: int = 0) -> st.SearchStrategy[Amount]:
    """Any amount that a document may state."""
    return st.builds(Amount, st.integers(least, LARGEST * unit.grain), st.just(unit))


# What is counted ------------------------------------------------------------------------------------------------------

simple_tags = st.text(max_size=5) | st.booleans() | st.integers(-(10**18), 10**18)
tags = simple_tags | st.lists(texts, min_size=1, max_size=3).map(tuple)
axes = texts.filter(lambda axis: not axis.startswith("longer"))


@st.composite
def filters(draw: st.DrawFn) -> Any:
    """Any filter, as the words make it."""
    admitted = st.lists(simple_tags, min_size=1, max_size=3).map(tuple)
    tagged = draw(st.dictionaries(axes, admitted, max_size=2))
    longer = draw(st.none() | amounts(HOUR))
    return measures.hours(longer_than=longer, **tagged).where


def caps(unit: Unit) -> st.SearchStrategy[Any]:
    """Any cap on a sum in a unit."""
    figures = amounts(unit) | st.builds(ShareOfCounted, st.fractions(0, 1)) | st.builds(targets.AgreedFigure, texts)
    return st.builds(measures.Cap, figures, filters(), texts | st.just("day"), st.none() | lengths)


@st.composite
def worths(draw: st.DrawFn, unit: Unit) -> Worth:
    """Any rate that a unit can hold."""
    if draw(st.booleans()):
        return Worth(Amount(1, ACTIVITY), None, draw(filters()), draw(texts.filter(bool)))
    every = draw(st.sampled_from([HOUR, POINT, CREDIT, ACTIVITY]).flatmap(lambda one: amounts(one, least=1)))
    if every.unit == unit:  # a weight may leave a part of a grain
        return Worth(every, draw(amounts(unit)), draw(filters()))
    times = draw(st.integers(0, LARGEST * unit.grain // every.grains))
    return Worth(every, Amount(times * every.grains, unit), draw(filters()))


@st.composite
def handed(draw: st.DrawFn, unit: Unit) -> Any:
    """Anything that is carried forward or made up."""
    inner = st.builds(measures.Total, st.just(unit), filters()) | named_measures(unit)
    figures = amounts(unit) | st.builds(targets.AgreedFigure, texts)
    borne = tuple(sorted(draw(st.dictionaries(texts, tags, max_size=2)).items()))
    unless = draw(st.none() | st.builds(conditions.FallsInPeriod, texts, **named))
    if draw(st.booleans()):
        return MadeUp(draw(figures), draw(inner), borne, unless)
    surplus = st.builds(measures.Surplus, inner, figures, st.none() | lengths)
    return Carried(
        draw(st.none() | figures),
        tuple(draw(st.lists(surplus, min_size=1, max_size=2))),
        borne,
        unless,
        draw(st.integers(1, 20)),
        draw(st.none() | figures),
    )


@st.composite
def named_measures(draw: st.DrawFn, unit: Unit, *, deep: bool = False) -> measures.Total:
    """Any sum under rules, with a name that no other has."""
    some = st.lists(caps(unit), max_size=2)
    rules: list[Any] = draw(some) + draw(st.lists(worths(unit), max_size=1))
    rules += draw(st.lists(handed(unit), max_size=2)) if deep else []
    rules += [draw(roundings(unit))] if draw(st.booleans()) else []
    rules += [measures.Smallest(draw(amounts(unit)))] if draw(st.booleans()) else []
    total = measures.counting(measures.Total(unit), *rules)
    name = f"{draw(st.sampled_from(['credits', 'a.b', '30 h']))} {zlib.crc32(repr(total).encode())}"
    return evolve(total, name=name if draw(st.booleans()) else "", where=draw(filters()))


def totals(unit: Unit) -> st.SearchStrategy[measures.Total]:
    """Any sum in a unit, under rules or not."""
    plain = st.builds(measures.Total, st.just(unit), filters())
    return plain | named_measures(unit) | named_measures(unit, deep=True)


entries = st.builds(measures.Entries, filters())
different = st.builds(measures.Different, axes.filter(bool), filters())
of_facts = st.builds(measures.OfFact, texts, units)
any_measure = units.flatmap(totals) | entries | different | of_facts


# What is asked --------------------------------------------------------------------------------------------------------

timings = st.builds(
    Timing,
    st.sampled_from(["any_day", "every_day", "first_day", "last_day"]) | days,
    st.none() | lengths,
    st.none() | lengths,
)
in_circumstances = st.builds(
    conditions.InCircumstances,
    st.lists(texts, min_size=1, max_size=3).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    timings,
    **named,
)


def roundings(unit: Unit) -> st.SearchStrategy[Rounding]:
    """Any rounding in a unit."""
    return st.builds(Rounding, st.sampled_from(["up", "down", "half_up", "half_even"]), amounts(unit, least=1))


def targets_in(unit: Unit) -> st.SearchStrategy[Any]:
    """Any target in a unit, however nested."""
    figure = amounts(unit)
    by = st.sampled_from(["day", "month", "whole_month", "year", "whole_year"])
    fixed = st.builds(targets.Fixed, figure)
    leaves = st.one_of(
        st.builds(
            lambda per, *parts: durations.ProRata(
                *parts[:-1], parts[-1] if parts[3] in ("month", "year") else None, per
            ),
            st.none() | lengths,
            figure | st.builds(targets.AgreedFigure, texts) | fixed,
            st.none() | in_circumstances,
            st.none() | in_circumstances,
            by,
            roundings(unit),
            texts,
            st.none() | lengths,
        ),
        st.builds(
            lambda what, figures, otherwise: targets.by_fact(what, figures, otherwise=otherwise, unit=unit),
            texts,
            st.dictionaries(texts, figure | fixed, min_size=1, max_size=2),
            st.none() | figure,
        ),
        st.builds(
            targets.ShareOf,
            st.fractions(0, 1000),
            fixed | st.builds(targets.AgreedFigure, texts),
            st.none() | roundings(unit),
        ),
        st.builds(targets.FigureWhen, in_circumstances, figure | st.builds(targets.AgreedFigure, texts), figure),
        st.builds(
            durations.TimeWeighted,
            st.dictionaries(texts, figure, min_size=1, max_size=2).map(lambda found: tuple(found.items())),
            figure,
            by,
            roundings(unit),
        ),
        st.builds(
            lambda figure, during, steps: durations.stepped(figure, during, *steps, unit=unit),
            figure,
            in_circumstances.map(lambda one: evolve(one, timing=evolve(one.timing, lasting=None))),
            st.lists(st.tuples(lengths, figure), min_size=1, max_size=2),
        ),
        st.builds(targets.AgreedFigure, texts),
        st.builds(targets.ShareOf, st.fractions(0, 3), any_measure, st.none() | roundings(unit)),
        fixed,
    )
    several = st.sampled_from([targets.Lowest, targets.Highest, targets.SumOf])
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda kind, found: kind(tuple(found)), several, st.lists(inner, min_size=1, max_size=2)
        ),
        max_leaves=3,
    )


@st.composite
def figured(draw: st.DrawFn) -> Policy:
    """Any floor or prohibition."""
    kind, measure = draw(st.sampled_from([AtLeast, AtMost])), draw(any_measure)
    figure = draw(amounts(measure.unit) | targets_in(measure.unit))
    return kind(figure, measure, ref=draw(texts), source=draw(sources))


@st.composite
def divided(draw: st.DrawFn) -> Policy:
    """Any floors among which hours are divided."""
    unit = draw(units)
    floors = st.builds(AtLeast, amounts(unit), st.builds(measures.Total, st.just(unit), filters()), **named)
    return DividedAmong(tuple(draw(st.lists(floors, min_size=2, max_size=3))), ref=draw(texts), source=draw(sources))


@st.composite
def for_each(draw: st.DrawFn) -> Policy:
    """Any clause for each of some tags, of an axis that it says nothing of."""
    clause = draw(figured())
    many = st.lists(simple_tags, min_size=1, max_size=2, unique_by=lambda tag: (type(tag), tag))
    return ForEach("an axis of its own", tuple(draw(many)), clause, draw(texts), ref=draw(texts), source=draw(sources))


@st.composite
def each(draw: st.DrawFn, inner: st.SearchStrategy[Policy]) -> Policy:
    """Any policy for each stretch of time."""
    length, every, back = draw(lengths), draw(st.none() | lengths), draw(st.none() | lengths)
    step = every or length
    long = step.years * 12 + step.months >= 12
    way = draw(st.sampled_from(["by_number", "by_year"] if long else ["by_number"]))
    some = draw(st.none() | st.integers(1, 9))
    named_as = {"ref": draw(texts), "source": draw(sources)}
    return windows.Each(length, draw(inner), every=every, reaching_back=back, named=way, at_least=some, **named_as)


@st.composite
def routes(draw: st.DrawFn, inner: st.SearchStrategy[Policy]) -> Policy:
    """Any routes, of which one may be reported."""
    parts = draw(st.lists(inner, min_size=1, max_size=3))
    refs = [clause.ref for part in parts for clause in part.walk()]
    return policies.any_of(*parts, report=draw(st.sampled_from(["", *refs])), ref=draw(texts), source=draw(sources))


# Policies -------------------------------------------------------------------------------------------------------------

having = st.builds(
    conditions.Having,
    st.sampled_from(["grade", "registrations", "route", "plan"]),
    st.lists(tags, max_size=2).map(tuple),
    **named,
)
leaves = st.one_of(
    figured(),
    in_circumstances,
    having,
    st.builds(Agreed, texts, timings, **named),
    st.builds(choices.Exempt, texts, **named),
    st.builds(choices.Unstated, texts, **named),
    st.builds(conditions.FallsInPeriod, texts, **named),
    st.builds(Reported, any_measure, **named),
    divided(),
    for_each(),
)

member_facts = st.lists(
    st.builds(Fact, texts, st.lists(tags, max_size=2).map(tuple), unrecorded=st.none() | tags),
    max_size=2,
    unique_by=lambda fact: fact.name,
)

schemes_axes = st.lists(
    st.builds(Axis, texts, st.lists(tags, max_size=2).map(tuple), every=st.booleans()),
    max_size=2,
    unique_by=lambda axis: axis.name,
)


@st.composite
def over_time(draw: st.DrawFn, inner: st.SearchStrategy[Policy]) -> Policy:
    """Any policy over time."""
    years = sorted(draw(st.lists(st.integers(1, 9998), min_size=1, max_size=2, unique=True)))
    members = [
        Edition(
            f"{draw(texts)} {number}",
            draw(inner),
            date(number, 1, 1),
            date(number, 12, 31),
            draw(texts),
            tuple(draw(st.lists(texts, max_size=2))),
            ref=draw(texts),
            source=draw(sources),
        )
        for number in years
    ]
    if draw(st.booleans()):
        members[-1] = evolve(members[-1], until=None)
    return editions(*members, ref=draw(texts), source=draw(sources)) if draw(st.booleans()) else members[0]


def _joined(inner: st.SearchStrategy[Policy]) -> st.SearchStrategy[Policy]:
    parts = st.lists(inner, min_size=1, max_size=3)
    joins = st.sampled_from([policies.all_of, policies.none_of])
    return st.one_of(
        st.builds(lambda join, found, ref, source: join(*found, ref=ref, source=source), joins, parts, texts, sources),
        st.builds(lambda found, ref: policies.at_least_of(len(found), *found, ref=ref), parts, texts),
        st.builds(choices.When, inner, inner, st.none() | inner, **named),
        st.builds(choices.Advise, inner, **named),
        st.builds(choices.Undecided, inner, texts, **named),
        st.builds(choices.Inferred, inner, inner, **named),
        st.builds(windows.Over, lengths, inner, **named),
        st.builds(windows.Before, inner, st.integers(1, 100), **named),
        each(inner),
        routes(inner),
        st.builds(
            lambda inner, axes, straddling, facts, once, member, ref, source: scheme(
                inner,
                axes=tuple(axes),
                straddling=straddling,
                facts=tuple(facts),
                once=tuple(once),
                while_member=member,
                ref=ref,
                source=source,
            ),
            inner,
            schemes_axes,
            st.none() | st.sampled_from(["by_first_day", "by_last_day", "by_day"]),
            member_facts,
            st.lists(texts, max_size=2),
            st.booleans(),
            texts,
            sources,
        ),
        over_time(inner),
    )


#: Any policy.
any_policy = st.recursive(leaves, _joined, max_leaves=5)


# Records --------------------------------------------------------------------------------------------------------------

known = tags | st.just(UNKNOWN)
ids = st.integers(0, 10**6).map(str)


@st.composite
def activities(draw: st.DrawFn, *, id: str = "") -> Activity:  # noqa: A002
    """Any activity."""
    first = draw(st.none() | days.filter(lambda day: day < date(9999, 1, 1)))
    last = first and first + timedelta(days=draw(st.integers(0, 300)))
    unit = draw(units)
    parts = draw(st.lists(st.integers(1, 10**5), max_size=3))
    amount = Amount(sum(parts), unit) if parts else draw(st.none() | amounts(unit, least=1))
    shares = [Share(Amount(part, unit), draw(st.dictionaries(st.just("share"), known))) for part in parts]
    tagged = draw(st.dictionaries(texts.filter(lambda axis: axis != "share"), known, max_size=3))
    return Activity(id, first, last, amount, tagged, draw(texts), draw(texts), draw(texts), tuple(shares))


def _from(kind: Any, *before: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda period, open_end, *values: kind(*values, period.first, None if open_end else period.last),
        periods(),
        st.booleans(),
        *before,
    )


words = texts.filter(str.strip)
circumstances = _from(Circumstance, texts)
agreements = st.builds(
    lambda agreement, clause: evolve(agreement, clause=clause),
    _from(Agreement, units.flatmap(amounts), words, words, days),
    texts,
)


@st.composite
def members(draw: st.DrawFn) -> Member:
    """Any member."""
    period = draw(periods())
    return Member(
        draw(texts),
        grade=draw(texts),
        registrations=tuple(draw(st.lists(texts, max_size=2))),
        joined=draw(st.none() | st.just(period.first)),
        left=draw(st.none() | st.just(period.last)),
        circumstances=tuple(draw(st.lists(circumstances, max_size=2))),
        agreements=tuple(draw(st.lists(agreements, max_size=2))),
        facts=draw(st.dictionaries(texts, known | days, max_size=3)),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record."""
    named = draw(st.lists(ids | st.just(""), max_size=3, unique=True))
    done = tuple(draw(activities(id=one)) for one in named)
    declared = draw(st.none() | units.flatmap(amounts))
    return Record(draw(members()), done, declared, draw(st.none() | st.booleans()))


# Findings -------------------------------------------------------------------------------------------------------------

grains = st.integers(0, 10**12)
bounds = st.builds(
    lambda least, more: Bounds(least, None if more is None else least + more), grains, st.none() | grains
)
finding_entries = st.builds(Entry, texts, st.none() | grains, texts, st.none() | days, st.none() | units)
batches = st.builds(Batch, grains, st.lists(finding_entries, max_size=2).map(tuple))
reasons = st.builds(Reason, st.sampled_from(get_args(get_type_hints(Reason)["kind"])), texts)
lefts = st.lists(st.builds(Left, reasons, batches), max_size=2).map(tuple)


#: Words of which findings speak.
FOUND = ("at_least", "at_most", "all_of", "when", "reported", "divided_among", "any_of", "each", "before")


@st.composite
def _one_finding(draw: st.DrawFn, inner: st.SearchStrategy[Finding] | None = None) -> Finding:
    unit = draw(st.none() | units)
    clause = Clause(
        draw(st.sampled_from(FOUND)),
        draw(texts),
        draw(texts),
        unit,
        draw(filters()),
        draw(sources),
        None if unit is None else draw(st.none() | amounts(unit)),
        draw(st.none() | st.integers(1, 9)),
        draw(st.none() | st.tuples(st.fractions(0, 1).map(Fraction), filters())),
        draw(st.integers(0, 9)),
        draw(texts),
        draw(st.booleans()),
    )
    required, counted, verdict = draw(st.none() | bounds), draw(st.none() | bounds), draw(st.sampled_from(Verdict))
    if clause.word == "at_least" and verdict is Verdict.NOT_MET and required and counted and counted.most is not None:
        required = Bounds(counted.most + 1, None)
    return Finding(
        clause,
        verdict,
        () if inner is None else tuple(draw(st.lists(inner, max_size=2))),
        required,
        counted,
        draw(st.lists(batches, max_size=2).map(tuple)),
        draw(lefts),
        draw(lefts),
        tuple(draw(st.lists(st.builds(Note, st.sampled_from(["because", "missing", "edition"]), texts), max_size=2))),
        draw(st.none() | periods()),
        None if inner is None else draw(st.none() | inner),
        tuple(draw(st.lists(st.builds(Room, filters(), grains), max_size=1))),
        draw(st.none() | st.builds(Owed, grains, grains)),
    )


#: Any finding that could be, whether or not a policy would come to it.
any_finding = st.recursive(_one_finding(), _one_finding, max_leaves=3)
