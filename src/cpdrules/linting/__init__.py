"""What is wrong with a policy by itself, before anybody is judged by it.

Every remark is true whatever record is assessed: what cannot be shown is not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cpdrules.linting.branches import gaps, never_chosen
from cpdrules.linting.contradictions import contradictions
from cpdrules.linting.following import repetitions
from cpdrules.linting.measures import idle_caps, same_measures
from cpdrules.linting.names import same_refs
from cpdrules.linting.outcomes import unreachable
from cpdrules.linting.remarks import Kind, Remark
from cpdrules.linting.trees import Tree
from cpdrules.linting.vocabularies import too_many_tags, unknown_words
from cpdrules.policies import Policy

__all__ = ["Kind", "Remark", "lint"]


def lint(policy: Policy) -> tuple[Remark, ...]:
    """Say what is wrong with a policy by itself: what can never be met, what contradicts what, what says nothing new.

    A ``for_each`` is looked at for what it stands for; what is wrong for several of its tags is told of the first.

    >>> from cpdrules import all_of, at_least, at_most
    >>> from cpdrules.cpd import hours
    >>> for remark in lint(all_of(at_least(10, hours(planned=True), ref="planned"), at_most(5, hours(), ref="hours"))):
    ...     print(remark)
    planned: at least 10 h, planned, cannot be met together with hours: at most 5 h. Change one of them.
    """
    written, meant = Tree(policy, unfold=False), Tree(policy, unfold=True)
    remarks = [remark for check in _OF_WHAT_IS_MEANT for remark in check(meant)]
    remarks += [remark for check in _OF_WHAT_IS_WRITTEN for remark in check(written)]
    return tuple({_place(remark, number): remark for number, remark in reversed([*enumerate(remarks)])}.values())[::-1]


def _place(remark: Remark, number: int) -> object:
    """Give what two remarks have in common that are made of two tags of one ``for_each``; else the number."""
    paths = remark.path, *remark.others
    alike = tuple(re.sub(r"\bfor each\[\d+\]", "for each", path) for path in paths)
    return number if alike == paths else (remark.kind, alike)


def _each(check: Callable[[Tree, int], Iterator[Remark]]) -> Callable[[Tree], Iterator[Remark]]:
    """Check every clause for itself."""
    return lambda tree: (remark for number in range(len(tree.places)) for remark in check(tree, number))


_OF_WHAT_IS_MEANT = tuple(map(_each, (unreachable, contradictions, repetitions, never_chosen, same_refs)))
_OF_WHAT_IS_WRITTEN = (unknown_words, _each(too_many_tags), idle_caps, same_measures, _each(gaps))
