"""What-if: the same policy with a clause changed, and who would fare differently by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from cpdrules.amounts import Amount, Figure
from cpdrules.cpd.members import Record
from cpdrules.errors import PolicyError, unknown_ref
from cpdrules.figures import AtLeast, AtMost, Target
from cpdrules.findings import Finding
from cpdrules.periods import Period
from cpdrules.policies import Policy
from cpdrules.verdicts import Verdict


def amend(policy: Policy, changes: Mapping[str, Policy | Target | Figure]) -> Policy:
    """Give a policy with some clauses exchanged, by their refs: for another clause, or for another figure.

    A new clause without a ref takes the old one's, so that findings before and after can be laid side by side. Where
    several clauses have the ref (one in each edition, say), all of them change.

    Raises:
        UnknownRefError: no clause has the ref.
        PolicyError: a figure is given for a clause that asks for none.
    """
    known = {clause.ref for clause in policy.walk() if clause.ref}
    for ref in changes:
        if ref not in known:
            raise unknown_ref(ref, known, "policy")
    return policy.rewritten(lambda clause: _amended(clause, changes[clause.ref]) if clause.ref in changes else clause)


def _amended(clause: Policy, change: Policy | Target | Figure) -> Policy:
    if isinstance(change, Policy):
        return change if change.ref else evolve(change, ref=clause.ref)
    if not isinstance(clause, (AtLeast, AtMost)):
        raise PolicyError(
            f"The clause {clause.ref!r} asks for no figure, so it cannot be given another",
            remedy="Give it a whole new clause",
            ref=clause.ref,
            change=change,
        )
    if isinstance(change, Target):
        return evolve(clause, figure=change)
    return evolve(clause, figure=Amount.of(change, clause.measure.unit))


@frozen
class ClauseChange:
    """How one clause, by its ref, turns out before and after; None where it is not asked at all."""

    ref: str
    before: Finding | None
    after: Finding | None

    def __str__(self) -> str:
        return f"{self.ref}: {_outcome(self.before)}, then {_outcome(self.after)}"


@frozen
class Change:
    """How one member fares before and after."""

    member: str
    before: Finding
    after: Finding

    @property
    def clauses(self) -> tuple[ClauseChange, ...]:
        """The clauses that turn out otherwise: asked or not, met or not, short by more or less."""
        sides = [
            {part.ref: part for part in finding.walk() if part.ref and part.required}
            for finding in (self.before, self.after)
        ]
        refs = dict.fromkeys([*sides[0], *sides[1]])
        pairs = (ClauseChange(ref, sides[0].get(ref), sides[1].get(ref)) for ref in refs)
        return tuple(pair for pair in pairs if _essence(pair.before) != _essence(pair.after))

    @property
    def for_the_better(self) -> bool | None:
        """Whether less is outstanding after than before; None where that cannot be said."""
        if self.before.satisfied != self.after.satisfied:
            return self.after.satisfied
        ranks = {Verdict.NOT_MET: 0, Verdict.CANNOT_TELL: 1}
        before, after = ranks.get(self.before.verdict, 2), ranks.get(self.after.verdict, 2)
        if before != after:
            return after > before
        short = [
            sum(amount.grains for amount in finding.shortfalls().values()) for finding in (self.before, self.after)
        ]
        return None if short[0] == short[1] else short[1] < short[0]

    def __str__(self) -> str:
        verdicts = f"{self.before.verdict.value}, then {self.after.verdict.value}"
        return "; ".join((f"{self.member}: {verdicts}", *map(str, self.clauses)))


@frozen
class Comparison:
    """Who fares differently under two policies, and how many do not."""

    changes: tuple[Change, ...]
    #: How many records were assessed.
    assessed: int

    @property
    def verdicts(self) -> Mapping[tuple[Verdict, Verdict], int]:
        """How many members went from one verdict to another, of those who fare differently."""
        return Counter((change.before.verdict, change.after.verdict) for change in self.changes)

    def __str__(self) -> str:
        if not self.changes:
            return f"None of {self.assessed} members would fare differently."
        fares = Counter(change.for_the_better for change in self.changes)
        lines = [
            (
                f"{len(self.changes)} of {self.assessed} members would fare differently:"
                f" {fares[True]} better, {fares[False]} worse, {fares[None]} asked otherwise and no worse off."
            )
        ]
        lines += [
            f"  {before.value}, then {after.value}: {number}"
            for (before, after), number in sorted(self.verdicts.items(), key=lambda item: (-item[1], str(item[0])))
        ]
        return "\n".join(lines)


def compare(before: Policy, after: Policy, records: Iterable[Record], *, period: Period) -> Comparison:
    """Assess records by two policies, and give those that fare differently: by which clause, and by how much.

    Raises:
        PolicyError: a policy cannot assess these records.
    """
    changes: list[Change] = []
    assessed = 0
    for record in records:
        assessed += 1
        change = Change(record.member.id, before.assess(record, period=period), after.assess(record, period=period))
        if change.before.verdict is not change.after.verdict or change.clauses:
            changes.append(change)
    return Comparison(tuple(changes), assessed)


def _essence(finding: Finding | None) -> object:
    return finding and (finding.verdict, finding.required, finding.counted)


def _outcome(finding: Finding | None) -> str:
    if finding is None:
        return "not asked"
    assert finding.required is not None and finding.clause.unit is not None
    asked = Amount(finding.required.least, finding.clause.unit)
    short = f", {finding.short_by} short" if finding.short_by else ""
    return f"{finding.verdict.value} ({asked} asked{short})"
