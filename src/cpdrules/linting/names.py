"""Names that two clauses have, in a policy whose finding may hold both."""

from __future__ import annotations

from collections.abc import Iterator

from cpdrules.choices import Inferred
from cpdrules.cpd.dividing import DividedAmong
from cpdrules.cpd.schemes import Scheme
from cpdrules.linting.remarks import Remark
from cpdrules.linting.trees import Tree
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf


def same_refs(tree: Tree, number: int) -> Iterator[Remark]:
    """Find a ref that another clause before has, in a policy whose finding may hold both."""
    clause = tree.clause(number)
    for other in range(number) if _in_findings(tree, number) else ():
        before = tree.clause(other)
        if before.ref == clause.ref and before != clause and _in_findings(tree, other) and _both(tree, other, number):
            what = f"has the ref of another clause, so that findings[{clause.ref!r}] gives only the first of them"
            yield tree.remark("same ref", number, what, "Give one of them another ref", other)
            return


def _in_findings(tree: Tree, number: int) -> bool:
    """Tell whether a clause has a ref that a finding may speak of; a condition has a place of its own there."""
    around = _path(tree, number)
    own = bool(tree.clause(number).ref) and not isinstance(tree.clause(number), (Scheme, Inferred))
    return own and tree.contexts[number].known and all(tree.places[one].slot != "condition" for one in around)


def _both(tree: Tree, one: int, other: int) -> bool:
    """Tell whether one finding may hold two clauses: one is inside the other, or both are joined."""
    here, there = _path(tree, one), _path(tree, other)
    if one in there:
        return True
    last = [common for common, also in zip(here, there, strict=False) if common == also][-1]
    return tree.understood(last, AllOf, AnyOf, NoneOf, AtLeastOf, DividedAmong)


def _path(tree: Tree, number: int) -> list[int]:
    """Give the clauses around one, the outermost first, and itself."""
    parent = tree.places[number].parent
    return [*([] if parent is None else _path(tree, parent)), number]
