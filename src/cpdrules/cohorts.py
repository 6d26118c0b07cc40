"""What many findings say together: counts with their denominators, and feedback that names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from cpdrules.amounts import Amount, Unit
from cpdrules.findings import Finding, Source
from cpdrules.rendering import in_markdown
from cpdrules.review.feedback import NOT_SHOWN, without_small_groups
from cpdrules.verdicts import Verdict


@frozen
class ClauseCount:
    """How one clause turned out among those of whom it was asked."""

    ref: str
    about: str
    advised: bool
    verdicts: Mapping[Verdict, int]
    #: How far short those were who were short, in order.
    shortfalls: tuple[Amount, ...]
    source: Source | None = None

    @property
    def asked(self) -> int:
        """Of how many the clause was asked: the denominator of all its shares."""
        return sum(self.verdicts.values())

    @property
    def median_shortfall(self) -> Amount | None:
        """The lower median of how far short those were who were short."""
        return self.shortfalls[(len(self.shortfalls) - 1) // 2] if self.shortfalls else None


@frozen
class Cohort:
    """What the findings of a group say together."""

    assessed: int
    verdicts: Mapping[Verdict, int]
    clauses: tuple[ClauseCount, ...]
    #: How many members have entries that did not count, or may not, by the kind of reason.
    reasons: Mapping[str, int]
    #: By which editions of the policy they were assessed.
    editions: Mapping[str, int]

    def __str__(self) -> str:
        lines = [f"{self.assessed} {_members(self.assessed)} assessed"]
        lines += [f"  {verdict.value}: {_share(self.verdicts.get(verdict, 0), self.assessed)}" for verdict in Verdict]
        for clause in self.clauses:
            met = clause.verdicts.get(Verdict.MET, 0)
            advised = "advised, " if clause.advised else ""
            median = f", median shortfall {clause.median_shortfall}" if clause.median_shortfall else ""
            lines.append(
                f"  {clause.ref} ({advised}asked of {clause.asked}): met by {_share(met, clause.asked)}{median}"
            )
        return "\n".join(lines)


def summarise(findings: Iterable[Finding]) -> Cohort:
    """Count what findings say together. Nothing in the result names or points to a member.

    Raises:
        TypeError: something among them is no finding.
    """
    assessed = 0
    verdicts: Counter[Verdict] = Counter()
    reasons: Counter[str] = Counter()
    editions: Counter[str] = Counter()
    clauses: dict[str, list[tuple[Finding, bool]]] = {}
    for finding in findings:
        assessed += 1
        verdicts[finding.verdict] += 1
        parts = tuple(finding.walk())
        reasons.update(
            {left.why.kind for part in parts for left in (*part.left_out, *part.unsure) if left.why.kind != "tag"}
        )
        reasons.update({"unknown tag" for part in parts for left in part.unsure if left.why.kind == "tag"})
        editions.update(part.clause.about for part in parts if part.clause.word == "edition")
        for part, advised in _leaves(finding, advised=False):
            clauses.setdefault(part.ref, []).append((part, advised))
    return Cohort(assessed, verdicts, tuple(_counted(ref, found) for ref, found in clauses.items()), reasons, editions)


def _leaves(finding: Finding, *, advised: bool) -> Iterable[tuple[Finding, bool]]:
    if finding.required is not None and finding.ref:
        yield finding, advised
    for part in finding.parts:
        yield from _leaves(part, advised=advised or finding.clause.word == "advise")


def _counted(ref: str, found: list[tuple[Finding, bool]]) -> ClauseCount:
    first, advised = found[0]
    short = sorted(part.short_by.grains for part, _ in found if part.short_by)
    unit = first.clause.unit or Unit("grain")
    return ClauseCount(
        ref,
        first.clause.about,
        advised,
        Counter(part.verdict for part, _ in found),
        tuple(Amount(grains, unit) for grains in short),
        first.clause.source,
    )


def as_feedback(cohort: Cohort, *, title: str, fewest: int = 5) -> str:
    """Word the generic feedback that goes to everyone, as Markdown.

    Groups of fewer than ``fewest`` members are not counted out, nor as many others as would give them away, so that
    nobody can be recognised in a small one; 1 shows everything.

    Raises:
        PolicyError: groups of two are the smallest, in which each would know of the other.
    """
    outcomes = _outcomes(cohort, fewest)
    assessed = f"{cohort.assessed} {_members(cohort.assessed)}"
    if 0 < cohort.assessed < fewest:
        assessed = f"fewer than {fewest} members"
    lines = [f"# {in_markdown(title)}", "", f"{assessed} had a record assessed.", ""]
    lines += ["| outcome | members |", "| --- | --- |"]
    lines += [
        f"| {outcome} | {number if number == NOT_SHOWN else _share(int(number), cohort.assessed)} |"
        for outcome, number in outcomes.items()
    ]
    for heading, advised in (("What was asked", False), ("What was recommended", True)):
        rows = [_row(clause, cohort.assessed, fewest) for clause in cohort.clauses if clause.advised is advised]
        if rows:
            lines += ["", f"## {heading}", "", "| clause | asked of | met by | median shortfall of those short |"]
            lines += ["| --- | --- | --- | --- |", *rows]
    advice = [text for kind, text in _ADVICE.items() if cohort.reasons.get(kind, 0) >= fewest]
    if advice:
        lines += ["", "## What would help next year", "", *(f"- {text}" for text in advice)]
    return "\n".join([*lines, ""])


#: What to say to everyone when several records had entries of a kind that did not count.
_ADVICE = {
    "period": "Check that each entry carries the date on which it took place: entries outside the year do not count.",
    "date": "Give every entry a date; without one it may or may not belong to the year.",
    "amount": "Say how long each activity took: an entry without hours cannot be added up.",
    "unknown tag": "Say of every entry whether it was planned, and which area it belongs to.",
    "unit": "Record time in hours and minutes.",
    "cap": "Some kinds of activity count only up to a limit; look where yours stands before the year ends.",
}


def _outcomes(cohort: Cohort, fewest: int) -> dict[str, str]:
    """Word how many came to which verdict; where it can be told how many were asked, these by themselves.

    That number stands beside each clause, and a reader who knows it works out more from what is hidden.
    """
    cells = {one.value: cohort.verdicts.get(one, 0) for one in Verdict}
    asked = {name: number for name, number in cells.items() if name != Verdict.DOES_NOT_APPLY.value}
    exempt = _parted(sum(asked.values()), cohort.assessed, fewest)[1]
    if exempt == NOT_SHOWN:
        return without_small_groups(cells, fewest)
    return {**without_small_groups(asked, fewest), Verdict.DOES_NOT_APPLY.value: exempt}


def _row(clause: ClauseCount, assessed: int, fewest: int) -> str:
    """Word one clause. Where one of its groups is small, how many met it is among what is hidden."""
    name = in_markdown(f"{clause.ref}{f' ({clause.about})' if clause.about else ''}")
    asked, _ = _parted(clause.asked, assessed, fewest)
    cells = {one.value: clause.verdicts.get(one, 0) for one in Verdict}
    if NOT_SHOWN in (asked, without_small_groups(cells, fewest)[Verdict.MET.value]):
        return f"| {name} | {asked} | {NOT_SHOWN} |  |"
    median = in_markdown(str(clause.median_shortfall)) if len(clause.shortfalls) >= fewest else ""
    return f"| {name} | {asked} | {_share(cells[Verdict.MET.value], clause.asked)} | {median} |"


def _parted(asked: int, assessed: int, fewest: int) -> tuple[str, str]:
    """Word of how many something was asked and of how many not: both, or neither where one is few."""
    worded = without_small_groups({"asked": asked, "not asked": assessed - asked}, fewest)
    return worded["asked"], worded["not asked"]


def _share(number: int, of: int) -> str:
    if not of:
        return f"{number} of 0"
    tenths = (2000 * number + of) // (2 * of)
    return f"{number} of {of} ({tenths // 10}.{tenths % 10} %)"


def _members(number: int) -> str:
    return "member" if number == 1 else "members"
