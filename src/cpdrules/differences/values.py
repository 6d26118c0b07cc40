"""What differs between two values of one field: the smallest parts of them that differ."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from cpdrules.amounts import Amount, Rounding, Unit
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.carrying import Carried, MadeUp
from cpdrules.cpd.measures import Total
from cpdrules.cpd.members import Fact
from cpdrules.cpd.worth import Worth
from cpdrules.findings import Source
from cpdrules.periods import Length
from cpdrules.policies import Policy


class Change(NamedTuple):
    """A part of a value that differs; None on the side where a rule or a row is missing."""

    #: Such as ``figure``, ``measure.caps``, ``measure.handed.limit``, ``figure.figures[nurse]``.
    field: str
    before: Any
    after: Any
    #: The named measure whose rules differ; empty where it is the clause's own.
    measure: str = ""


#: What is said whole, and not part by part.
_WHOLE = (Amount, Length, Rounding, Source, Unit, Policy)

#: Rules and the like, which are said whole where words can tell the two apart.
RULES = (Cap, Worth, Axis, Fact)


def changes(field: str, before: Any, after: Any, measure: str = "") -> Iterator[Change]:
    """Give what differs between two values that are not equal: the same both ways round."""
    inside: list[Change] = []
    if type(before) is type(after) and not (isinstance(before, RULES) and str(before) != str(after)):
        if isinstance(before, tuple):
            inside = _in_tuples(field, before, after, measure)
        elif attrs.has(type(before)) and not isinstance(before, _WHOLE):
            inside = _in_fields(field, before, after, measure)
    yield from inside or [Change(field, before, after, measure)]


def _in_fields(field: str, before: Any, after: Any, measure: str) -> list[Change]:
    found: list[Change] = []
    for attribute in attrs.fields(type(before)):
        one, other = getattr(before, attribute.name), getattr(after, attribute.name)
        if attribute.init and one != other:
            named = isinstance(before, Total) and before.name == after.name and attribute.name != "where"
            found += changes(f"{field}.{attribute.name}", one, other, (named and before.name) or measure)
    return found


def _in_tuples(field: str, before: tuple[Any, ...], after: tuple[Any, ...], measure: str) -> list[Change]:
    """Compare rules or the rows of a table one by one, where they can be told apart and keep their order."""
    left, right = _by_key(before), _by_key(after)
    kept = [key for key in left if key in right]
    if kept != [key for key in right if key in left]:
        return []
    found: list[Change] = []
    for key in (*left, *(key for key in right if key not in left)):
        one, other, place = left.get(key), right.get(key), f"{field}[{key}]" if isinstance(key, str) else field
        if one is None or other is None:
            found.append(Change(place, one, other, measure))
        elif one != other:
            found += changes(place, one, other, measure)
    return found


#: By kind, what tells a rule from others of its kind.
_KEYS: Mapping[type, Callable[[Any], Hashable]] = {
    Cap: lambda one: (one.where, one.per, one.in_each),
    Worth: lambda one: (one.where, one.every.unit, one.tagged),
    Axis: lambda one: (one.name,),
    Fact: lambda one: (one.name,),
    Carried: lambda one: (Carried, one.tags),
    MadeUp: lambda one: (MadeUp, one.tags),
}


def _by_key(values: tuple[Any, ...]) -> dict[Hashable, Any]:
    """Give the parts of a tuple by what tells them apart: a text where words need it; none where nothing does."""
    found: dict[Hashable, Any] = {}
    for place, one in enumerate(values):
        if isinstance(one, tuple) and len(one) == 2 and not isinstance(one[1], tuple):
            found[str(one[0])] = one[1]
        elif attrs.has(type(one)):
            key = _KEYS.get(type(one))
            found[place if key is None else key(one)] = one
    return found if len(found) == len(values) else {}
