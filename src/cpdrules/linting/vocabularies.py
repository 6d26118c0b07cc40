"""Axes and tags, facts and values that a scheme does not know, and more different tags than it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import attrs

from cpdrules.amounts import Amount
from cpdrules.cpd.caps import ACTIVITY_ITSELF, ON_A_DAY, Cap
from cpdrules.cpd.carrying import Carried, MadeUp
from cpdrules.cpd.conditions import FallsInPeriod, Having
from cpdrules.cpd.durations import ProRata
from cpdrules.cpd.filters import named
from cpdrules.cpd.instances import ForEach
from cpdrules.cpd.measures import Different, Entries, OfFact, Total
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import Conventions
from cpdrules.cpd.targets import ByFact
from cpdrules.cpd.worth import Worth
from cpdrules.errors import did_you_mean
from cpdrules.figures import AtLeast
from cpdrules.findings import Tag, Where
from cpdrules.linting.bounds import required
from cpdrules.linting.remarks import Kind, Remark
from cpdrules.linting.trees import Tree, known, knows, own_values

#: What is recorded of every member, or of every record; no scheme need describe it.
ALWAYS_KNOWN = frozenset({"grade", "registrations", "plan", "declared", "joined", "left"})


class _Mention(NamedTuple):
    """An axis or a fact that something speaks of, and the tags or values."""

    noun: Literal["axis", "fact"]
    name: str
    tags: tuple[Tag, ...]
    #: The named measure whose rules speak of it; empty where the clause itself does.
    inside: str


#: By name, the tags or values that are known; none where any is.
_Known: TypeAlias = Mapping[str, tuple[Tag, ...]]


def unknown_words(tree: Tree) -> Iterator[Remark]:
    """Find words that a scheme does not know, of which it knows some; those in a named measure are told once."""
    told: set[object] = set()
    for number in range(len(tree.places)):
        clause, conventions = tree.clause(number), _conventions(tree, number)
        axes: _Known = {axis.name: axis.tags for axis in conventions.axes}
        facts: _Known = {fact.name: fact.values for fact in conventions.facts}
        silent = {fact.name: (fact.unrecorded, False) for fact in conventions.facts}
        for mention in dict.fromkeys([*_said_by(clause), *_mentioned(own_values(clause))]):
            noun, name, tags, inside = mention
            described = axes if noun == "axis" else facts
            if not described or (noun == "fact" and name in ALWAYS_KNOWN - set(facts)):
                continue
            tags = tuple(tag for tag in tags if noun == "axis" or not _among(tag, silent.get(name, ())))
            for kind, what, hint in _unknown(noun, name, tags, described):
                if not inside or (what, inside) not in told:
                    speaks = f"counts by {named(inside)}, which speaks" if inside else "speaks"
                    yield tree.remark(kind, number, f"{speaks} of {what}", hint.removesuffix("."))
                    told.add((what, inside))


def _conventions(tree: Tree, number: int) -> Conventions:
    """Give the conventions that a clause is under, or makes; none where that is not known."""
    clause, context = tree.clause(number), tree.contexts[number]
    if isinstance(clause, Scheme):
        return clause.conventions if knows(clause) else Conventions()
    return context.conventions if context.known else Conventions()


def _unknown(noun: str, name: str, tags: tuple[Tag, ...], described: _Known) -> Iterator[tuple[Kind, str, str]]:
    """Give of what is not known the kind, what it is, and a hint."""
    if name not in described:
        hint = did_you_mean(name, described) or f"The scheme has {', '.join(map(named, described))}"
        what = f"the {noun} {name}, which the scheme does not describe"
        yield ("unknown axis" if noun == "axis" else "unknown fact"), what, hint
        return
    listed = described[name]
    for tag in tags:
        if listed and not _among(tag, listed):
            words = [str(one) for one in listed]
            hint = did_you_mean(str(tag), words) or f"The scheme knows {', '.join(words)}"
            what = f"{named(name)} {tag}, which the scheme does not know"
            yield ("unknown tag" if noun == "axis" else "unknown value"), what, hint


def _among(tag: Tag, listed: Iterable[object]) -> bool:
    return any(tag == one and type(tag) is type(one) for one in listed)


# What is spoken of ----------------------------------------------------------------------------------------------------


def _axes(*names: str) -> Where:
    return tuple((name, ()) for name in names if name)


def _borne(rule: Carried | MadeUp) -> Where:
    return tuple((axis, tag if isinstance(tag, tuple) else (tag,)) for axis, tag in rule.tags)


#: By kind, the axes that a value speaks of by itself, and the facts.
_AXES: Mapping[type, Callable[[Any], Where]] = {
    Total: lambda one: one.where,
    Entries: lambda one: one.where,
    Different: lambda one: (*one.where, *_axes(one.axis)),
    Cap: lambda one: (*one.where, *(_axes(one.per) if one.per not in (ACTIVITY_ITSELF, ON_A_DAY) else ())),
    Worth: lambda one: (*one.where, *_axes(one.tagged)),
    Carried: _borne,
    MadeUp: _borne,
    ForEach: lambda one: ((one.axis, one.tags),),
    Conventions: lambda one: _axes(*one.once),
}
_FACTS: Mapping[type, Callable[[Any], Where]] = {
    Having: lambda one: ((one.what, one.values),),
    FallsInPeriod: lambda one: _axes(one.what),
    OfFact: lambda one: _axes(one.what),
    ByFact: lambda one: ((one.what, tuple(value for value, _ in one.figures)),),
    ProRata: lambda one: _axes(one.since),
    ForEach: lambda one: ((one.held, one.tags),) if one.held else (),
}


def _said_by(value: object, inside: str = "") -> Iterator[_Mention]:
    """Give what a value speaks of by itself."""
    for axis, tags in _AXES.get(type(value), lambda _: ())(value):
        if axis != "reflected" and not axis.startswith("longer than "):  # no scheme describes what is worked out
            yield _Mention("axis", axis, tags, inside)
    for fact, values in _FACTS.get(type(value), lambda _: ())(value):
        yield _Mention("fact", fact, values, inside)


def _mentioned(value: Any, inside: str = "") -> Iterator[_Mention]:
    """Give what a value and all that is in it speak of; what a measure filters is said by who counts by it."""
    yield from _said_by(value, inside)
    if isinstance(value, tuple):
        for one in value:
            yield from _mentioned(one, inside)
    elif attrs.has(type(value)):
        name = value.name or inside if isinstance(value, Total) else inside
        for attribute in attrs.fields(type(value)):
            yield from _mentioned(getattr(value, attribute.name), name)


def too_many_tags(tree: Tree, number: int) -> Iterator[Remark]:
    """Find clauses that ask for more different tags than the scheme knows."""
    clause = tree.clause(number)
    if not tree.understood(number, AtLeast) or not isinstance(clause, AtLeast) or not known(clause.measure):
        return
    measure = clause.measure
    if isinstance(measure, Different) and measure.axis not in dict(measure.where):
        most = len(set(tree.contexts[number].conventions.tags(measure.axis)))
        if most and required(clause.figure, measure.unit)[0] > most * measure.unit.grain:
            what = f"asks for {clause.figure}, and the scheme knows {Amount(most * measure.unit.grain, measure.unit)}"
            yield tree.remark("too many tags", number, what, "Ask for fewer, or describe the others")
