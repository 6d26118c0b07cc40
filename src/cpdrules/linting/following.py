"""Which clause follows from which; and clauses side by side that ask the same, or nothing beyond another."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cpdrules.amounts import Amount
from cpdrules.cpd.conditions import Agreed, FallsInPeriod, Having, InCircumstances, Timing
from cpdrules.cpd.targets import Fixed
from cpdrules.figures import AtLeast, AtMost
from cpdrules.linting.bounds import required, within
from cpdrules.linting.outcomes import verdicts
from cpdrules.linting.remarks import Remark
from cpdrules.linting.trees import Tree, bare, known
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf, Policy
from cpdrules.verdicts import MET, NOT_MET

#: Clauses that are judged in one way wherever they stand in one period; and always asked.
PLAIN = (AtLeast, AtMost, InCircumstances, Having, FallsInPeriod, Agreed)


def follows(one: Policy, other: Policy) -> bool:
    """Tell whether whoever meets one clause meets the other."""
    tell = _FOLLOWS.get(type(one)) if type(one) is type(other) and known(one) and known(other) else None
    return tell is not None and tell(one, other)


def _floor_follows(one: AtLeast, other: AtLeast) -> bool:
    asked, figure = required(one.figure, one.measure.unit)[0], _fixed(other)
    enough = bare(one.figure) == bare(other.figure) or (figure is not None and asked >= figure)
    return enough and within(one.measure, other.measure)


def _ceiling_follows(one: AtMost, other: AtMost) -> bool:
    allowed, figure = required(one.figure, one.measure.unit)[1], _fixed(other)
    enough = bare(one.figure) == bare(other.figure) or (
        allowed is not None and figure is not None and allowed <= figure
    )
    return enough and within(other.measure, one.measure)


def _circumstance_follows(one: InCircumstances, other: InCircumstances) -> bool:
    alike = one.timing == other.timing and one.but_not == other.but_not
    fewer = one.timing == Timing() and set(one.kinds) <= set(other.kinds)
    return alike and (fewer or set(one.kinds) == set(other.kinds))


def _having_follows(one: Having, other: Having) -> bool:
    fewer = bool(one.values) and set(one.values) <= set(other.values)
    return one.what == other.what and (fewer or one.values == other.values)


#: By kind, whether whoever meets one clause of it meets another.
_FOLLOWS: Mapping[type, Callable[[Any, Any], bool]] = {
    AtLeast: _floor_follows,
    FallsInPeriod: lambda one, other: one.what == other.what,
    AtMost: _ceiling_follows,
    InCircumstances: _circumstance_follows,
    Having: _having_follows,
    Agreed: lambda one, other: one.about == other.about and one.timing == other.timing,
}


def _fixed(clause: AtLeast | AtMost) -> int | None:
    """Give the figure of a clause in grains, where it is the same for everybody."""
    least, most = required(clause.figure, clause.measure.unit)
    return least if least == most and isinstance(clause.figure, (Amount, Fixed)) else None


def together(tree: Tree, number: int) -> list[tuple[int, int]]:
    """Give the clauses that must all be met: the members of an ``all_of``, and of those in it; each with its member."""
    found: list[tuple[int, int]] = []
    for member in tree.parts(number):
        inner = together(tree, member) if tree.understood(member, AllOf) else [(member, member)]
        found.extend((part, member) for part, _ in inner)
    return found


def pairs(tree: Tree, number: int) -> list[tuple[int, int]]:
    """Give two by two the clauses that are joined here, and not already by something inside."""
    joined = together(tree, number) if tree.understood(number, AllOf) else [(part, part) for part in tree.parts(number)]
    return [(one, other) for (one, here), (other, there) in itertools.combinations(joined, 2) if here != there]


def repetitions(tree: Tree, number: int) -> Iterator[Remark]:
    """Find clauses side by side that ask the same, or of which one follows from the other."""
    if not tree.understood(number, AllOf, AnyOf, NoneOf, AtLeastOf):
        return
    sides = pairs(tree, number)
    said: set[int] = set()
    for one, other in sides:
        if other not in said and tree.bare(one) == tree.bare(other):
            said.add(other)
            yield tree.remark("twice", other, f"asks the same as {tree.labels[one]}", "Keep one of them", one)
    joined = {part for pair in sides for part in pair} if tree.understood(number, AllOf, AnyOf) else set()
    telling = {part for part in joined - said if _tells(tree, part)}
    for given, so in (both for one, other in sides for both in ((one, other), (other, one))):
        if {given, so} <= telling and follows(tree.clause(given), tree.clause(so)):
            idle, by = (so, given) if isinstance(tree.clause(number), AllOf) else (given, so)
            telling.remove(idle)
            yield _following(tree, number, idle, by)


def _tells(tree: Tree, number: int) -> bool:
    """Tell whether a clause can be met and not met, so that there is no other remark on it."""
    return tree.understood(number, *PLAIN) and {MET, NOT_MET} <= verdicts(tree.clause(number))


def _following(tree: Tree, number: int, idle: int, by: int) -> Remark:
    if isinstance(tree.clause(number), AllOf):
        what = f"adds nothing, since whoever meets {tree.said(by)}, meets it too"
        return tree.remark("follows", idle, what, "Take it out, or advise it", by)
    what = f"adds nothing, since whoever meets it meets {tree.said(by)}, too"
    return tree.remark("follows", idle, what, "Take it out", by)
