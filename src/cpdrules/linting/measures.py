"""Caps that never limit anything, and measures that have two names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve

from cpdrules.amounts import Amount
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.filters import lies_inside, named
from cpdrules.cpd.measures import Total
from cpdrules.figures import AtLeast, AtMost, Reported
from cpdrules.findings import Where, in_words
from cpdrules.linting.bounds import apart
from cpdrules.linting.remarks import Remark
from cpdrules.linting.trees import Tree, bare, known, own_values


def idle_caps(tree: Tree) -> Iterator[Remark]:
    """Find caps that never limit anything.

    Those of a named measure are told once; what one clause filters out there, another may count.
    """
    told: set[object] = set()
    for number in range(len(tree.places)):
        clause = tree.clause(number)
        if not tree.understood(number, AtLeast, AtMost, Reported):
            continue
        measure: object = getattr(clause, "measure", None)
        if isinstance(measure, Total) and known(measure) and (not measure.name or measure.caps not in told):
            told.add(measure.caps)
            for place, cap in enumerate(measure.caps):
                if known(cap) and (idle := _why_idle(measure, place)):
                    whose = f"counts by {named(measure.name)}, which has" if measure.name else "has"
                    what = f"{whose} a cap of {cap.figure}{cap.of_what.replace(' of: ', ' on ')} that never limits"
                    yield tree.remark("idle cap", number, f"{what}: {idle}", "Take the cap out, or correct it")


def _why_idle(measure: Total, place: int) -> str:
    cap = measure.caps[place]
    if not measure.name and apart(cap.where, measure.where):
        return f"none of it is among what counts: {in_words(measure.where)}"
    for nth, other in enumerate(measure.caps):
        if nth != place and _covers(other, cap, before=nth < place):
            return f"the cap of {other.figure} around it is full before"
    return ""


def _covers(around: Cap, cap: Cap, *, before: bool) -> bool:
    """Tell whether one cap never leaves another anything to cut; of two that are equal, the first covers the second."""
    limit, figure = around.figure, cap.figure
    if not (known(around) and around.plain and cap.plain and lies_inside(cap.where, around.where)):
        return False
    assert isinstance(limit, Amount) and isinstance(figure, Amount)  # both are plain
    if limit.unit != figure.unit:
        return False
    return limit < figure or (limit == figure and (before or around.where != cap.where))


def same_measures(tree: Tree) -> Iterator[Remark]:
    """Find measures that count the same under two names: by the same rules, whatever is filtered by either."""
    uses: dict[str, dict[object, set[Where]]] = {}
    first: dict[str, int] = {}
    for number, context in enumerate(tree.contexts):
        for measure in _named_in(own_values(tree.clause(number))) if context.known else ():
            rules = bare(evolve(measure, where=()))
            uses.setdefault(measure.name, {}).setdefault(rules, set()).add(measure.where)
            first.setdefault(measure.name, number)
    for (one, here), (other, there) in itertools.combinations(uses.items(), 2):
        if here == there or (here.keys() == there.keys() and _unfiltered(here) and _unfiltered(there)):
            what = f"counts by {named(other)}, which is the same as {named(one)}"
            yield tree.remark("same measure", first[other], what, "Keep one of the two names", first[one])


def _unfiltered(uses: Mapping[object, set[Where]]) -> bool:
    """Tell whether a measure filters nothing by itself, since it is used without a filter."""
    return all(() in wheres for wheres in uses.values())


def _named_in(value: Any) -> Iterator[Total]:
    """Give the named measures that a clause speaks of, deep inside figures and rules, too."""
    if isinstance(value, tuple):
        for one in value:
            yield from _named_in(one)
    elif attrs.has(type(value)):
        if isinstance(value, Total) and value.name:
            yield value
        for attribute in attrs.fields(type(value)):
            yield from _named_in(getattr(value, attribute.name))
