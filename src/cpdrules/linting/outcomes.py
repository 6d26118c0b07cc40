"""Which verdicts a clause can come to; and clauses that can never be met, or never fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from cpdrules.amounts import Amount
from cpdrules.choices import Advise, Exempt, Inferred, Undecided, When
from cpdrules.cpd.conditions import Agreed, FallsInPeriod, Having, InCircumstances
from cpdrules.cpd.dividing import DividedAmong
from cpdrules.cpd.instances import ForEach
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.targets import Fixed, ShareOf
from cpdrules.editions import Edition, Editions
from cpdrules.figures import AtLeast, AtMost, Reported
from cpdrules.linting.bounds import countable, required, within
from cpdrules.linting.remarks import Remark
from cpdrules.linting.trees import Tree, known, knows
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf, Policy
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Verdict, opposite
from cpdrules.windows import Before, Each, Over

Verdicts: TypeAlias = frozenset[Verdict]

_ALL: Verdicts = frozenset(Verdict)
_JUDGED: Verdicts = frozenset({MET, NOT_MET, CANNOT_TELL})


def verdicts(clause: Policy) -> Verdicts:
    """Give the verdicts that a clause can come to: none that is left out is ever given."""
    think = _VERDICTS.get(type(clause))
    return think(clause) if think is not None and known(clause) else _ALL


def _some(**can: bool) -> Verdicts:
    verdicts = {"met": MET, "not_met": NOT_MET, "cannot_tell": CANNOT_TELL, "does_not_apply": DOES_NOT_APPLY}
    return frozenset(verdicts[name] for name, holds in can.items() if holds)


def _of_floor(clause: AtLeast) -> Verdicts:
    unit = clause.measure.unit
    (least, most), counted = required(clause.figure, unit), countable(clause.measure)
    if most == 0:
        return _some(met=True, cannot_tell=not isinstance(clause.figure, (Amount, Fixed)))
    share = _share(clause)
    own_share = share is not None and share.share <= 1 and within(share.of, clause.measure)
    return _some(met=counted is None or least <= counted, not_met=not own_share, cannot_tell=True)


def _of_ceiling(clause: AtMost) -> Verdicts:
    least, counted = required(clause.figure, clause.measure.unit)[0], countable(clause.measure)
    share = _share(clause)
    whole = share is not None and share.share >= 1 and within(clause.measure, share.of)
    return _some(met=True, not_met=not whole and (counted is None or counted > least), cannot_tell=True)


def _share(clause: AtLeast | AtMost) -> ShareOf | None:
    figure = clause.figure
    return figure if isinstance(figure, ShareOf) and known(figure) and figure.rounding is None else None


def _of_circumstance(clause: InCircumstances) -> Verdicts:
    return _some(met=not set(clause.kinds) <= set(clause.but_not), not_met=True, cannot_tell=True)


def _of_all(clause: AllOf) -> Verdicts:
    parts = [verdicts(part) for part in clause.members]
    return _some(
        met=any(MET in part for part in parts) and all(part & {MET, DOES_NOT_APPLY} for part in parts),
        not_met=any(NOT_MET in part for part in parts),
        cannot_tell=any(CANNOT_TELL in part for part in parts),
        does_not_apply=all(DOES_NOT_APPLY in part for part in parts),
    )


def _of_any(clause: AnyOf | NoneOf) -> Verdicts:
    parts = [verdicts(part) for part in clause.members]
    return _some(
        met=any(MET in part for part in parts),
        not_met=any(NOT_MET in part for part in parts) and all(part & {NOT_MET, DOES_NOT_APPLY} for part in parts),
        cannot_tell=any(CANNOT_TELL in part for part in parts),
        does_not_apply=all(DOES_NOT_APPLY in part for part in parts),
    )


def _of_some(clause: AtLeastOf) -> Verdicts:
    parts = [verdicts(part) for part in clause.members]
    meeting = sum(MET in part for part in parts)
    never_out = any(not part & {MET, DOES_NOT_APPLY} for part in parts)
    always = sum(not part & {NOT_MET, DOES_NOT_APPLY} for part in parts)
    return _some(
        met=meeting >= clause.count or (meeting > 0 and not never_out),
        not_met=any(NOT_MET in part for part in parts) and always < clause.count,
        cannot_tell=any(CANNOT_TELL in part for part in parts),
        does_not_apply=all(DOES_NOT_APPLY in part for part in parts),
    )


def _of_when(clause: When) -> Verdicts:
    condition, chosen = verdicts(clause.condition), verdicts(clause.policy)
    other = frozenset({DOES_NOT_APPLY}) if clause.otherwise is None else verdicts(clause.otherwise)
    found: set[Verdict] = set()
    if condition & {MET, CANNOT_TELL}:
        found |= chosen
    if condition & {NOT_MET, DOES_NOT_APPLY, CANNOT_TELL}:
        found |= other
    return frozenset(found | (condition & {CANNOT_TELL}))


_VERDICTS: Mapping[type, Callable[[Any], Verdicts]] = {
    AtLeast: _of_floor,
    AtMost: _of_ceiling,
    InCircumstances: _of_circumstance,
    Having: lambda clause: _JUDGED,
    Agreed: lambda clause: _JUDGED,
    FallsInPeriod: lambda clause: _JUDGED,
    AllOf: _of_all,
    ForEach: lambda clause: _of_all(AllOf(clause.clauses())),
    DividedAmong: lambda clause: _JUDGED,
    AnyOf: _of_any,
    NoneOf: lambda clause: frozenset(map(opposite, _of_any(clause))),
    AtLeastOf: _of_some,
    When: _of_when,
    Exempt: lambda clause: _some(does_not_apply=True),
    Advise: lambda clause: _some(does_not_apply=True),
    Reported: lambda clause: _some(does_not_apply=True),
    Undecided: lambda clause: verdicts(clause.policy) | {CANNOT_TELL},
    Inferred: lambda clause: verdicts(clause.reading),
    Over: lambda clause: verdicts(clause.policy),
    Before: lambda clause: verdicts(clause.policy),
    Each: lambda clause: verdicts(clause.policy),
    Scheme: lambda clause: verdicts(clause.policy) if knows(clause) else _ALL,
    Edition: lambda clause: verdicts(clause.policy),
    Editions: lambda clause: frozenset(verdict for one in clause.members for verdict in verdicts(one)),
}


def unreachable(tree: Tree, number: int) -> Iterator[Remark]:
    """Find clauses that can never be met, and such as can never fail."""
    clause = tree.clause(number)
    if not tree.understood(number, AtLeast, AtMost, InCircumstances, AnyOf, NoneOf, AtLeastOf):
        return
    can = verdicts(clause)
    if MET not in can and NOT_MET in can:
        yield tree.remark("never met", number, f"can never be met: {_why_never(clause)}", "Change it, or take it out")
    if NOT_MET not in can and MET in can:
        yield tree.remark("never fails", number, f"can never fail: {_why_always(clause)}", "Change it, or take it out")


def _why_never(clause: Policy) -> str:
    if isinstance(clause, AtLeast):
        counted = countable(clause.measure)
        assert counted is not None
        return f"it asks for {clause.figure}, and no more than {Amount(counted, clause.measure.unit)} can count"
    if isinstance(clause, InCircumstances):
        return "it takes out again all the circumstances that it names"
    if isinstance(clause, NoneOf):
        return "one of its clauses never fails"
    return "too few of its clauses can be met"


def _why_always(clause: Policy) -> str:
    if isinstance(clause, AtLeast):
        if required(clause.figure, clause.measure.unit)[1] == 0:
            return f"nobody has less than {Amount(0, clause.measure.unit)}"
        return "it asks for a share of what it counts itself"
    if isinstance(clause, AtMost):
        counted = countable(clause.measure)
        if counted is None:
            return "it allows all of what it counts itself"
        return f"it allows {clause.figure}, and no more than {Amount(counted, clause.measure.unit)} can count"
    if isinstance(clause, NoneOf):
        return "none of its clauses can be met"
    return "enough of its clauses never fail"
