"""Branches that are never chosen, and days between editions on which no text was in force."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

from cpdrules.choices import When
from cpdrules.editions import Edition, Editions
from cpdrules.linting.following import PLAIN, follows
from cpdrules.linting.outcomes import verdicts
from cpdrules.linting.remarks import Remark
from cpdrules.linting.trees import Tree, bare
from cpdrules.periods import as_date
from cpdrules.policies import Policy
from cpdrules.verdicts import CANNOT_TELL, MET


def never_chosen(tree: Tree, number: int) -> Iterator[Remark]:
    """Find branches that are never chosen."""
    clause, context = tree.clause(number), tree.contexts[number]
    if not isinstance(clause, When) or not tree.understood(number, When):
        return
    can = verdicts(clause.condition)
    (chosen,), other = tree.parts(number, "policy"), tree.parts(number, "otherwise")
    if not can & {MET, CANNOT_TELL}:
        yield tree.remark("never chosen", chosen, "is never asked: its condition never holds", "Take it out")
    elif any(_decides(clause.condition, before) for before in context.failing):
        what = "is only asked where its condition cannot be told: a choice around it has gone the other way by then"
        yield tree.remark("never chosen", chosen, what, "Take it out, or put it before")
    if other and can == {MET}:
        yield tree.remark(
            "never chosen", other[0], "is never asked: the condition before it always holds", "Take it out"
        )
    elif other and any(_decides(before, clause.condition) for before in context.holding):
        what = "is only asked where its condition cannot be told: a choice around it has made sure of that by then"
        yield tree.remark("never chosen", other[0], what, "Take it out")


def _decides(one: Policy, other: Policy) -> bool:
    return bare(one) == bare(other) or (type(one) in PLAIN and follows(one, other))


def gaps(tree: Tree, number: int) -> Iterator[Remark]:
    """Find days between editions on which no text was in force."""
    clause = tree.clause(number)
    if not isinstance(clause, Editions) or not tree.understood(number, Editions):
        return
    parts = sorted(tree.parts(number), key=lambda part: clause.members[tree.places[part].number - 1].since)
    for one, following in itertools.pairwise(parts):
        before, after = tree.clause(one), tree.clause(following)
        assert isinstance(before, Edition) and isinstance(after, Edition) and before.until is not None
        first, last = before.until + timedelta(days=1), after.since - timedelta(days=1)
        if first <= last:
            days = f"on {as_date(first)}" if first == last else f"from {as_date(first)} to {as_date(last)}"
            what = f"begins later than {tree.labels[one]} ends: no text is in force {days}"
            yield tree.remark("gap", following, what, "Correct a day, or add the edition between them", one)
