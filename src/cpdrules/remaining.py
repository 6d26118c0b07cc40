"""The least that would still be needed for a finding to become met, whatever the missing facts turn out to be.

A floor that may fall short leaves a gap; ``covering`` closes gaps with the fewest activities. What doing more cannot
mend is an obstacle, so that only a finding that is satisfied needs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from cpdrules.amounts import as_written
from cpdrules.covering import Gap, Limit, Need, Obstacle, Open, closed, meeting, of_which
from cpdrules.periods import Period
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET

if TYPE_CHECKING:
    from cpdrules.findings import Finding

__all__ = ["Need", "Obstacle", "in_a_sentence", "least"]


def least(finding: Finding) -> tuple[Need | Obstacle, ...]:
    """Give the least that would still be needed for a finding to become met, and what stands in the way.

    Of several routes it is the one with the smallest total. It is empty where the finding is satisfied, and only there.
    """
    if finding.satisfied:
        return ()
    opened = Open()
    _gather(finding, opened)
    found = closed(opened)
    if opened.giving_way and _gives_way(found, opened):
        opened = Open(wary=True)
        _gather(finding, opened)
        found = closed(opened)
    return found or (Obstacle(_hindrance(finding)),)


def _gives_way(found: Iterable[Need | Obstacle], opened: Open) -> bool:
    """Tell whether so much is to be done that what was carried in as needed counts no more."""
    amounts = [one.amount for one in found if isinstance(one, Need)]
    return any(sum(one.grains for one in amounts if one.unit == unit) > after for unit, after in opened.giving_way)


def in_a_sentence(remaining: Sequence[Need | Obstacle], *, period: Period | None = None) -> str:
    """Word what remains as one sentence, without a full stop; nothing is the empty text.

    Periods are named where they differ from one another, or from the one that goes without saying.

    >>> from cpdrules.amounts import HOUR, Amount
    >>> in_a_sentence((Need(Amount.of(6, HOUR), (("planned", (True,)),)), Need(Amount.of(2, HOUR))))
    '6 h planned, and 2 h more of any kind'
    """
    needs = [one for one in remaining if isinstance(one, Need)]
    usual = period or (needs[0].period if needs else None)
    apart = False
    for need in needs:
        apart = apart or not (need.period is usual or need.period == usual)
    texts: list[str] = []
    for number, need in enumerate(needs):
        which = of_which(need)
        if number and which.startswith(" of any kind") and _adds(need, needs[:number], apart=apart):
            which = f" more{which}"
        texts.append(f"{need.amount}{which}{f' in {need.period}' if apart and need.period else ''}")
    sentence = f"{', '.join(texts[:-1])}, and {texts[-1]}" if len(texts) > 1 else "".join(texts)
    if len(needs) == len(remaining):
        return sentence
    obstacles = "; ".join([one.what for one in remaining if isinstance(one, Obstacle)])
    return f"{sentence}{'; ' if needs else ''}doing more does not mend: {obstacles}"


def _adds(need: Need, before: list[Need], *, apart: bool) -> bool:
    """Tell whether a need comes on top of another; they are in the order of their units."""
    unit = need.amount.unit
    if not apart:
        return before[-1].amount.unit == unit
    return any(one.amount.unit == unit and meeting(one.period, need.period)[0] for one in before)


# Gathering: what a finding leaves open --------------------------------------------------------------------------------


def _gather(finding: Finding, opened: Open, *, apart: bool = False) -> None:
    """Add what a finding leaves open; of one that is satisfied, only what could become undone.

    ``apart``: a clause around it tells being met from not being asked.
    """
    clause, verdict = finding.clause, finding.verdict
    word, satisfied = clause.word, verdict is MET or verdict is DOES_NOT_APPLY
    if word == "at_least":
        if not satisfied or clause.grows or finding.owed:
            _floor(finding, opened)
    elif word == "divided_among":
        _divided(finding, opened)
    elif word == "advise":
        return
    elif word == "at_most":
        _ceiling(finding, opened)
    elif word == "any_of" or clause.count is not None:
        _routes(finding, opened)
    elif word == "none_of":
        _forbidden(finding, opened)
    else:
        _others(finding, opened, apart=apart)


def _others(finding: Finding, opened: Open, *, apart: bool) -> None:
    """Add what all parts leave open; what is past cannot be mended, nor what has no parts."""
    past = finding.clause.word == "before" and not finding.satisfied
    for part in () if past else finding.parts:
        _gather(part, opened, apart=apart)
    open_ = finding.because is not None and _open_either_way(finding, apart=apart)
    if not finding.satisfied and (past or not finding.parts or open_):
        opened.obstacles.append(Obstacle(_hindrance(finding)))


def _open_either_way(finding: Finding, *, apart: bool) -> bool:
    """Tell whether a choice stays open even when both its branches are satisfied."""
    nothing_asked = any(part.verdict is DOES_NOT_APPLY for part in finding.parts)
    return (apart and nothing_asked and len(finding.parts) > 1) or all(part.satisfied for part in finding.parts)


def _floor(finding: Finding, opened: Open) -> None:
    clause, required, counted = finding.clause, finding.required, finding.counted
    if required is None or required.most is None or counted is None or clause.unit is None or clause.recorded:
        opened.obstacles.append(Obstacle(_hindrance(finding)))
        return
    # Of different tags, one that is not known may turn out to be the next one.
    known = counted.least if finding.entries or clause.unit.grain > 1 else 0
    gap = required.most - known
    if (owed := finding.owed) is not None:
        if gap > owed.after or (opened.wary and clause.where):
            gap += owed.grains
        elif clause.where:  # then anything done gives way, whether or not this clause counts it
            opened.giving_way.append((clause.unit, owed.after))
    opened.gaps.append(Gap(clause.unit, finding.period, clause.where, gap, finding.rooms, clause.grows, clause.step))


def _divided(finding: Finding, opened: Open) -> None:
    """Keep the gaps of clauses among which hours are divided apart: no hour closes two of them."""
    inside = opened.within()
    for part in finding.parts:
        _gather(part, inside)
    division = opened.division()
    for number, gap in enumerate(inside.gaps):
        opened.gaps.append(gap._replace(where=(*gap.where, (division, (number,)))))
    opened.obstacles += inside.obstacles


def _ceiling(finding: Finding, opened: Open) -> None:
    """A share that is exceeded can be mended by more of other kinds; a plain figure cannot."""
    limit, grows = _limit(finding, 0), finding.clause.grows
    if finding.satisfied and limit is not None:
        opened.limits.append(limit)
    elif limit is not None and grows is not None and grows[0] > 0:
        unit, period, where, room = limit
        more = ceil((finding.clause.step - room) / grows[0])
        opened.gaps.append(Gap(unit, period, grows[1], more, ((where, -1),)))
        opened.limits.append(limit._replace(room=0))
    elif not finding.satisfied:
        opened.obstacles.append(Obstacle(_hindrance(finding)))


def _limit(finding: Finding, spare: int) -> Limit | None:
    """Give the room between what may count and a figure, less what must be spared; None where nobody can say."""
    clause, required, counted = finding.clause, finding.required, finding.counted
    if required is None or counted is None or counted.most is None or clause.unit is None or clause.recorded:
        return None
    return Limit(clause.unit, finding.period, clause.where, required.least - counted.most - spare)


def _forbidden(finding: Finding, opened: Open) -> None:
    if not finding.satisfied:
        opened.obstacles.append(Obstacle(_hindrance(finding)))
    below = [part for part in finding.parts if part.clause.word == "at_least" and part.verdict is NOT_MET]
    opened.limits += [limit for part in below if (limit := _limit(part, 1)) is not None]


def _routes(finding: Finding, opened: Open) -> None:
    """Keep the parts that are met, and add the cheapest of the others until there are enough, or no more that apply.

    Where shortfalls are reported by one route, that is the one to follow, if doing more mends it.
    """
    met = [part for part in finding.parts if part.verdict is MET]
    enough = finding.clause.count or 1
    for part in met[:enough]:
        _gather(part, opened, apart=True)
    if finding.satisfied:
        return
    report = finding.clause.report
    routes: list[tuple[bool, bool, Fraction, int, Open]] = []
    for number, part in enumerate(part for part in finding.parts if not part.satisfied):
        way = opened.within()
        _gather(part, way, apart=True)
        hindered, cost = _cost(closed(way))
        routes.append((hindered, not (report and part.holds(report)), cost, number, way))
    cheapest = sorted(routes, key=lambda one: one[:4])[: enough - len(met)]
    for *_, route in sorted(cheapest, key=lambda one: one[3]):
        opened.add(route)


def _cost(remaining: Iterable[Need | Obstacle]) -> tuple[bool, Fraction]:
    """Weigh a route: any without an obstacle before those with one, then by the total, each amount in its own unit."""
    listed = tuple(remaining)
    amounts = [one.amount for one in listed if isinstance(one, Need)]
    return len(amounts) < len(listed), sum(
        (Fraction(amount.grains, amount.unit.grain) for amount in amounts), Fraction()
    )


def _hindrance(finding: Finding) -> str:
    """Say what stands in the way: a missing fact, or the clause that does not hold."""
    clause, required, counted = finding.clause, finding.required, finding.counted
    choice = () if finding.because is None else tuple(finding.because.walk())
    for text in (note.text for node in (finding, *choice) for note in node.notes if note.kind == "missing"):
        return text
    name = clause.ref or clause.about or clause.word.replace("_", " ")
    if clause.word == "none_of":
        parts = [part.clause for part in finding.parts]
        return f"{name}: {' or '.join([part.ref or part.about or part.word for part in parts])}"
    if clause.word == "at_most" and required is not None and counted is not None and clause.unit is not None:
        figure = as_written(required.least, clause.unit)
        if finding.verdict is CANNOT_TELL:
            return f"{name}: perhaps more than {figure}"
        return f"{name}: {as_written(counted.least, clause.unit)} of at most {figure}"
    return f"{name}: {finding.verdict.value}"
