"""What differs between two policies, clause by clause: as data, and in words.

Clauses are matched by their refs first; of the rest, those that are equal, then those that are alike, then those that
stand in the same place. A clause put in between is one difference, and not one for every clause after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import attrs
from attrs import frozen

from cpdrules.cpd.filters import named
from cpdrules.differences.clauses import Place, holds_clauses, labels, places
from cpdrules.differences.matching import Pairs
from cpdrules.differences.values import Change, changes
from cpdrules.differences.wording import changed, said
from cpdrules.policies import Policy

__all__ = ["Difference", "Differences", "Kind", "diff"]

#: What can have happened to a clause.
Kind: TypeAlias = Literal["added", "removed", "moved", "changed"]


@frozen
class Difference:
    """One thing that differs: a clause that is there on one side only, that moved, or one field of it that changed."""

    #: The name of the clause: its ref, or that of an edition; empty where it has none.
    ref: str
    #: Where it stands after, or stood where it is removed: ``all of[2]``; empty for the policy as a whole.
    path: str
    kind: Kind
    #: Which field changed: ``figure``, ``measure.caps``, ``word``, ``order`` ...; empty for the other kinds.
    field: str
    #: What stood there: the clause, its path where it moved, or the field's value. None where it was added.
    before: Any
    #: What stands there now; None where it was removed.
    after: Any
    #: What words call the clause.
    label: str = attrs.field(repr=False)
    #: The clauses around it before and after, as words call them, where it moved; those inside it that are kept where
    #: it alone was added or removed.
    others: tuple[str, ...] = attrs.field(default=(), repr=False)
    #: The named measure whose rules changed, where other clauses may count by it, too.
    measure: str = attrs.field(default="", repr=False)

    @property
    def what(self) -> str:
        """What happened to it, in words."""
        if self.kind == "added":
            return f"{f'around {self._others}: ' if self.others else ''}{said(self.after)}"
        if self.kind == "removed":
            gone = f"no longer around {self._others}" if self.others else "no longer asked"
            return gone if self.ref else f"{gone} ({said(self.before)})"
        if self.kind == "moved":
            left, right = self.others if self.others[0] != self.others[1] else (self.before, self.after)
            return f"moved from {left or 'the top'} to {right or 'the top'}"
        return changed(self.field, self.before, self.after)

    @property
    def _others(self) -> str:
        return ", ".join(self.others)

    def __str__(self) -> str:
        return f"{'new clause ' if self.kind == 'added' else ''}{self.label}: {self.what}"


@frozen
class Differences:
    """All that differs between two policies; false where nothing does."""

    changes: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.changes)

    def __str__(self) -> str:
        alike: dict[tuple[str, str, str], list[Difference]] = {}
        for number, one in enumerate(self.changes):
            name = f"measure {one.measure}" if one.measure else one.ref or str(number)
            alike.setdefault((one.kind, name, one.what), []).append(one)
        return "\n".join(map(_line, alike.values())) or "Nothing differs."


def _line(some: list[Difference]) -> str:
    """Say what is alike in one line: a change inside a named measure by its name, and in how many clauses it counts."""
    first, number = some[0], len({one.path for one in some})
    if first.measure:
        return f"{named(first.measure)}, in {number} {'clause' if number == 1 else 'clauses'}: {first.what}"
    return str(first) if len(some) == 1 else f"{first.ref}, in {number} places: {first.what}"


def diff(before: Policy, after: Policy) -> Differences:
    """Say what differs between two policies, by clause: nothing exactly where they are equal.

    >>> from cpdrules import all_of, at_least
    >>> from cpdrules.cpd import hours
    >>> old = all_of(at_least(30, hours(), ref="hours"), at_least(10, hours(planned=True), ref="planned"))
    >>> new = all_of(at_least(30, hours(), ref="hours"), at_least(12, hours(planned=True), ref="planned"))
    >>> print(diff(old, new))
    planned: the figure rises from 10 h to 12 h
    """
    left, right = places(before), places(after)
    pairs = Pairs(left, right)
    pairs.find()
    return Differences(tuple(_differences(pairs)))


class _Side:
    """One of the two policies: its places, and what words call them."""

    def __init__(self, tree: tuple[Place, ...]) -> None:
        self.tree = tree
        self.labels: tuple[str, ...] = labels(tree)

    def around(self, number: int) -> str:
        """What words call the clause around one; empty for the policy as a whole."""
        parent = self.tree[number].parent
        return "" if parent is None else self.labels[parent]

    def alone(self, paired: Mapping[int, int]) -> Iterator[int]:
        """Give the clauses that are on this side only, and of these the outermost."""
        for number, place in enumerate(self.tree):
            if number not in paired and (place.parent is None or place.parent in paired):
                yield number

    def kept(self, number: int, paired: Mapping[int, int]) -> tuple[str, ...]:
        """What words call the outermost clauses inside one that are on the other side too."""
        lost, found = {number}, list[str]()
        for inner, place in enumerate(self.tree):
            if place.parent in lost and inner in paired:
                found.append(self.labels[inner])
            elif place.parent in lost:
                lost.add(inner)
        return tuple(found)


def _differences(pairs: Pairs) -> Iterator[Difference]:
    left, right = _Side(pairs.left), _Side(pairs.right)
    for number in left.alone(pairs.there):
        place, inside = pairs.left[number], left.kept(number, pairs.there)
        yield Difference(
            place.name, place.path, "removed", "", place.clause, None, label=left.labels[number], others=inside
        )
    new = set(right.alone(pairs.back))
    for number, place in enumerate(pairs.right):
        label = right.labels[number]
        if number in new:
            inside = right.kept(number, pairs.back)
            yield Difference(place.name, place.path, "added", "", None, place.clause, label=label, others=inside)
        elif number in pairs.back:
            one = pairs.back[number]
            ref = place.name or pairs.left[one].name
            called = label if place.name else left.labels[one] if ref else label
            if not pairs.stays(one, number):
                around = left.around(one), right.around(number)
                yield Difference(ref, place.path, "moved", "", pairs.left[one].path, place.path, called, around)
            for field, before, after, measure in _changed(pairs, one, number):
                yield Difference(ref, place.path, "changed", field, before, after, called, measure=measure)


def _changed(pairs: Pairs, one: int, other: int) -> Iterator[Change]:
    """Give what differs between two clauses that are the same one, apart from their parts."""
    left, right = pairs.left[one].clause, pairs.right[other].clause
    if type(left) is not type(right):
        yield Change("word", left, right)
    yield from _fields(left, right)
    before, after = pairs.order(one, other)
    if before != after:
        was, now = (
            (pairs.left[pairs.back[part]].clause for part in before),
            (pairs.right[part].clause for part in after),
        )
        yield Change("order", tuple(was), tuple(now))


def _fields(one: Policy, other: Policy) -> Iterator[Change]:
    """Give the fields that both clauses have, and that differ; of a value in parts, the parts that differ."""
    both = {attribute.name for attribute in attrs.fields(type(other))}
    for attribute in attrs.fields(type(one)):
        if not attribute.eq or attribute.name not in both:
            continue
        before, after = getattr(one, attribute.name), getattr(other, attribute.name)
        before, after = _apart_from_clauses(before, after), _apart_from_clauses(after, before)
        if before != after:
            yield from changes(attribute.name, before, after)


def _apart_from_clauses(value: Any, other: Any) -> Any:
    return None if holds_clauses(value) or (value == () and holds_clauses(other)) else value
