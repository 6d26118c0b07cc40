"""The least that would still be needed for a finding to become met, whatever the missing facts turn out to be.

A floor that may fall short leaves a gap. One hour may close several: a narrower gap serves a wider one, and filters
on different axes can be served by the same hours. So the gaps of each axis are laid end to end on a line, and the lines
over one another. What doing more cannot mend is an obstacle, so that only a finding that is satisfied needs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import frozen

from cpdrules.amounts import ACTIVITY, HOUR, Amount, Unit, as_written
from cpdrules.periods import Period
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET

if TYPE_CHECKING:
    from cpdrules.findings import Finding

#: A filter, as in ``findings``, which stands above this module.
_Where: TypeAlias = "tuple[tuple[str, tuple[str | bool | int | tuple[str, ...], ...]], ...]"

#: No more sets of gaps than these are weighed against one another; beyond them, each gap is closed by itself.
_SETS = 512

#: How often figures that grow with what is done are worked out anew before they count as out of reach.
_ROUNDS = 1000


@frozen
class Need:
    """An amount that would still be needed: of which activities, and in which period.

    >>> print(Need(Amount.of(6, HOUR), (("planned", (True,)),)), "|", Need(Amount.of(2, HOUR)))
    6 h planned | 2 h of any kind
    """

    amount: Amount
    #: Which activities would do, as in ``findings.Where``; empty where any would.
    where: _Where = ()
    #: Which of them would not, since no more of their kind counts, or is allowed.
    but_not: tuple[_Where, ...] = ()
    period: Period | None = None

    def __str__(self) -> str:
        return f"{self.amount}{_of_which(self)}"


@frozen
class Obstacle:
    """Something that stands in the way, and that doing more cannot mend."""

    what: str

    def __str__(self) -> str:
        return f"{self.what}, which doing more does not mend"


def least(finding: Finding) -> tuple[Need | Obstacle, ...]:
    """Give the least that would still be needed for a finding to become met, and what stands in the way.

    Of several routes it is the one with the smallest total. It is empty where the finding is satisfied, and only there.
    """
    if finding.satisfied:
        return ()
    opened = _Open()
    _gather(finding, opened)
    return _closed(opened) or (Obstacle(_hindrance(finding)),)


def in_a_sentence(remaining: Sequence[Need | Obstacle], *, period: Period | None = None) -> str:
    """Word what remains as one sentence, without a full stop; nothing is the empty text.

    Periods are named where they differ from one another, or from the one that goes without saying.

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
        which = _of_which(need)
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
    return any(one.amount.unit == unit and _meeting(one.period, need.period)[0] for one in before)


def _of_which(need: Need) -> str:
    unit = need.amount.unit
    named = _named(need.where)
    if not named:
        named = " of any kind" if unit in (HOUR, ACTIVITY) or unit.grain > 1 else " more"
    if not need.but_not:
        return named
    return f"{named}, but none{' and none'.join([_named(bar) for bar in need.but_not])}"


def _named(where: _Where) -> str:
    """Word a filter to follow an amount: what it flags, then what it names."""
    flags, others = "", []
    for axis, tags in where:
        name = axis.replace("_", " ")
        if len(tags) == 1 and isinstance(tags[0], bool):
            flags += f" {name}" if tags[0] else f" not {name}"
        else:
            others.append(f"{name} {' or '.join([str(tag).replace('_', ' ') for tag in tags])}")
    return f"{flags} with {' and '.join(others)}" if others else flags


# Gathering: what a finding leaves open --------------------------------------------------------------------------------


class _Gap(NamedTuple):
    """By how much a floor may fall short, at worst."""

    unit: Unit
    period: Period | None
    where: _Where
    grains: int
    #: How much more of some kinds counts: what caps leave.
    rooms: tuple[tuple[_Where, int], ...] = ()
    #: By which share of which further activity the floor rises.
    grows: tuple[Fraction, _Where] | None = None


class _Limit(NamedTuple):
    """How much more of a kind a prohibition leaves room for."""

    unit: Unit
    period: Period | None
    where: _Where
    room: int


class _Open:
    """What a finding leaves open: gaps to be closed within limits, and obstacles."""

    __slots__ = ("gaps", "limits", "obstacles")

    def __init__(self) -> None:
        self.gaps: list[_Gap] = []
        self.limits: list[_Limit] = []
        self.obstacles: list[Obstacle] = []

    def add(self, other: _Open) -> None:
        """Take over what another leaves open."""
        self.gaps += other.gaps
        self.limits += other.limits
        self.obstacles += other.obstacles


def _gather(finding: Finding, opened: _Open, *, apart: bool = False) -> None:
    """Add what a finding leaves open; of one that is satisfied, only what could become undone.

    ``apart``: a clause around it tells being met from not being asked.
    """
    clause, verdict = finding.clause, finding.verdict
    word, satisfied = clause.word, verdict is MET or verdict is DOES_NOT_APPLY
    if word == "at_least":
        if not satisfied or clause.grows:
            _floor(finding, opened)
    elif word == "advise":
        return
    elif word == "at_most":
        _ceiling(finding, opened)
    elif word in ("any_of", "at_least_of"):
        _routes(finding, opened)
    elif word == "none_of":
        _forbidden(finding, opened)
    else:
        for part in finding.parts:
            _gather(part, opened, apart=apart)
        if not satisfied and (
            not finding.parts or (finding.because is not None and _open_either_way(finding, apart=apart))
        ):
            opened.obstacles.append(Obstacle(_hindrance(finding)))


def _open_either_way(finding: Finding, *, apart: bool) -> bool:
    """Tell whether a choice stays open even when both its branches are satisfied."""
    nothing_asked = any(part.verdict is DOES_NOT_APPLY for part in finding.parts)
    return (apart and nothing_asked and len(finding.parts) > 1) or all(part.satisfied for part in finding.parts)


def _floor(finding: Finding, opened: _Open) -> None:
    clause, required, counted = finding.clause, finding.required, finding.counted
    assert required is not None and counted is not None and clause.unit is not None
    if required.most is None:
        opened.obstacles.append(Obstacle(_hindrance(finding)))
        return
    # Of different tags, one that is not known may turn out to be the next one.
    known = counted.least if finding.entries or clause.unit.grain > 1 else 0
    gap = required.most - known
    opened.gaps.append(_Gap(clause.unit, finding.period, clause.where, gap, finding.rooms, clause.grows))


def _ceiling(finding: Finding, opened: _Open) -> None:
    """A share that is exceeded can be mended by more of other kinds; a plain figure cannot."""
    clause, required, counted = finding.clause, finding.required, finding.counted
    assert required is not None and counted is not None and clause.unit is not None
    room = None if counted.most is None else required.least - counted.most
    if finding.satisfied:
        assert room is not None
        opened.limits.append(_Limit(clause.unit, finding.period, clause.where, room))
    elif room is None or clause.grows is None or not clause.grows[0]:
        opened.obstacles.append(Obstacle(_hindrance(finding)))
    else:
        share, base = clause.grows
        opened.gaps.append(_Gap(clause.unit, finding.period, base, ceil(-room / share), ((clause.where, -1),)))
        opened.limits.append(_Limit(clause.unit, finding.period, clause.where, 0))


def _forbidden(finding: Finding, opened: _Open) -> None:
    if not finding.satisfied:
        opened.obstacles.append(Obstacle(_hindrance(finding)))
    for part in finding.parts:
        clause, required, counted = part.clause, part.required, part.counted
        if clause.word == "at_least" and part.verdict is NOT_MET:
            assert required is not None and counted is not None and counted.most is not None and clause.unit is not None
            opened.limits.append(_Limit(clause.unit, part.period, clause.where, required.least - counted.most - 1))


def _routes(finding: Finding, opened: _Open) -> None:
    """Keep the parts that are met, and add the cheapest of the others until there are enough."""
    met = [part for part in finding.parts if part.verdict is MET]
    enough = finding.clause.count or 1
    for part in met[:enough]:
        _gather(part, opened, apart=True)
    if finding.satisfied:
        return
    routes: list[tuple[bool, Fraction, int, _Open]] = []
    for number, part in enumerate(part for part in finding.parts if not part.satisfied):
        way = _Open()
        _gather(part, way, apart=True)
        routes.append((*_cost(_closed(way)), number, way))
    cheapest = sorted(routes, key=lambda one: one[:3])[: enough - len(met)]
    for _, _, _, route in sorted(cheapest, key=lambda one: one[2]):
        opened.add(route)
    if len(met) + len(routes) < enough:
        opened.obstacles.append(Obstacle(f"{enough} of these are asked for, and {len(met) + len(routes)} can apply"))


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


# Closing: the fewest activities that would do -------------------------------------------------------------------------


class _Piece(NamedTuple):
    """Activities of one kind: which, which not, when, and how much of them in grains."""

    where: _Where
    but_not: tuple[_Where, ...]
    period: Period | None
    grains: int


def _closed(opened: _Open) -> tuple[Need | Obstacle, ...]:
    gaps = opened.gaps
    if len(gaps) == 2 and not opened.limits:
        quickly = _nested(*gaps)
        if quickly:
            return (*quickly, *opened.obstacles)
    if len(gaps) == 1 and not opened.limits and not gaps[0].rooms and gaps[0].grows is None:
        unit, period, where, grains, _, _ = gaps[0]
        return (Need(Amount(grains, unit), where, (), period), *opened.obstacles)
    needs: list[Need] = []
    obstacles = list(opened.obstacles)
    for unit in dict.fromkeys([gap.unit for gap in gaps]):
        pieces = _grown([gap for gap in gaps if gap.unit == unit], obstacles)
        for limit in opened.limits:
            pieces = _within(pieces, unit, limit, obstacles)
        needs += [
            Need(Amount(grains, unit), where, but_not, period) for where, but_not, period, grains in _merged(pieces)
        ]
    return (*needs, *dict.fromkeys(obstacles))


def _nested(one: _Gap, other: _Gap) -> tuple[Need, ...]:
    """Close the gaps of the usual case at once: a kind of activity and a total, which it serves too."""
    if (
        one.unit is not other.unit
        or one.period is not other.period
        or one.rooms
        or other.rooms
        or one.grows
        or other.grows
    ):
        return ()
    total, kind = (other, one) if one.where else (one, other)
    if total.where or not kind.where:
        return ()
    unit, period, where, grains, _, _ = kind
    first = Need(Amount(grains, unit), where, (), period)
    return (first, Need(Amount(total.grains - grains, unit), (), (), period)) if total.grains > grains else (first,)


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Put pieces of one kind together, the most particular kinds first."""
    sums: dict[tuple[_Where, tuple[_Where, ...], Period | None], int] = {}
    for where, but_not, period, grains in pieces:
        kind = where, but_not, period
        sums[kind] = sums.get(kind, 0) + grains
    found = [_Piece(*kind, grains) for kind, grains in sums.items()]
    return sorted(found, key=_particularity) if len(found) > 1 else found


def _particularity(piece: _Piece) -> tuple[int, int, int]:
    return -len(piece.where), -len(piece.but_not), 0 if piece.period is None else piece.period.days


def _grown(gaps: list[_Gap], obstacles: list[Obstacle]) -> list[_Piece]:
    """Close gaps of one unit; where a figure grows with what is done, widen its gap until nothing changes."""
    rising = [number for number, gap in enumerate(gaps) if gap.grows is not None]
    if not rising:
        return _laid(_pieces(gaps, obstacles))
    fixed = [_at_once(gap) for gap in gaps]
    for _ in range(_ROUNDS):
        found: list[Obstacle] = []
        pieces = _laid(_pieces(fixed, found))
        wider = {number: _risen(gaps[number], pieces) for number in rising}
        if found or all(fixed[number].grains >= grains for number, grains in wider.items()):
            obstacles += found
            return pieces
        for number, grains in wider.items():
            fixed[number] = fixed[number]._replace(grains=max(fixed[number].grains, grains))
    obstacles.append(Obstacle("a share that is asked for is out of reach"))
    return []


def _at_once(gap: _Gap) -> _Gap:
    """Give a gap as it is once it has been closed itself: what closes it may raise it."""
    if gap.grows is None or gap.grains <= 0 or gap.grows[0] == 1 or _apart(gap.where, gap.grows[1]):
        return gap
    return gap._replace(grains=ceil(gap.grains / (1 - gap.grows[0])))


def _risen(gap: _Gap, pieces: list[_Piece]) -> int:
    """Give a gap as it is once the pieces are done; those that may belong to the base of a share raise it."""
    assert gap.grows is not None
    share, base = gap.grows
    more = [one.grains for one in pieces if not _apart(one.where, base) and _meeting(one.period, gap.period)[0]]
    return gap.grains + ceil(share * sum(more))


def _pieces(gaps: Iterable[_Gap], obstacles: list[Obstacle]) -> list[_Piece]:
    """Give what would close each gap; of the same kind twice, the larger serves both."""
    found: dict[tuple[_Where, tuple[_Where, ...], Period | None], _Piece] = {}
    for gap in gaps:
        if gap.grains <= 0:
            continue
        full = tuple([where for where, room in gap.rooms if room < gap.grains])
        piece = (
            _barred(_Piece(gap.where, (), gap.period, gap.grains), full)
            if full
            else _Piece(gap.where, (), gap.period, gap.grains)
        )
        if piece is None:
            asked = f"{as_written(gap.grains, gap.unit)}{_named(gap.where)}"
            obstacles.append(Obstacle(f"{asked} would have to count, and no more than a cap counts of it"))
        elif piece[:3] not in found or found[piece[:3]].grains < piece.grains:
            found[piece[:3]] = piece
    return list(found.values())


def _within(pieces: list[_Piece], unit: Unit, limit: _Limit, obstacles: list[Obstacle]) -> list[_Piece]:
    """Keep pieces out of what a prohibition leaves no room for."""
    touching = [one for one in pieces if not _apart(one.where, limit.where) and _meeting(one.period, limit.period)[0]]
    if sum(one.grains if unit == limit.unit else limit.unit.grain for one in touching) <= limit.room:
        return pieces
    kept: list[_Piece] = []
    room = limit.room
    for one in pieces:
        barred = _barred(one, (limit.where,)) if one in touching else one
        kept.append(barred or one)
        room -= one.grains if barred is None and unit == limit.unit else 0
    if room < 0:
        named = _named(limit.where) or " of any kind"
        obstacles.append(Obstacle(f"no more than {as_written(limit.room, limit.unit)} more{named} would be allowed"))
    return kept


def _laid(pieces: list[_Piece]) -> list[_Piece]:
    """Close gaps of one unit: lay those of each axis on a line, and the lines over one another."""
    if len(pieces) < 2:
        return pieces
    found: list[_Piece] = []
    for cluster in _clusters(pieces):
        periods = {one.period for one in cluster}
        lines = [_line(group) for group in _by_axes(cluster)] if len(periods) == 1 else [_line(cluster)]
        found += _overlaid(lines)
    return found


def _clusters(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Part pieces whose periods have nothing in common, directly or through others."""
    first = pieces[0].period
    if all(one.period is first or one.period == first for one in pieces):
        return [pieces]
    clusters: list[list[_Piece]] = []
    for piece in pieces:
        near = [one for one in clusters if any(_meeting(piece.period, other.period)[0] for other in one)]
        clusters = [one for one in clusters if one not in near] + [[*(other for one in near for other in one), piece]]
    return clusters


def _by_axes(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Part pieces that have no axis in common, directly or through others."""
    groups: list[tuple[set[str], list[_Piece]]] = []
    for piece in pieces:
        axes = {axis for where in (piece.where, *piece.but_not) for axis, _ in where}
        members = [piece]
        apart = []
        for group in groups:
            if axes.isdisjoint(group[0]):
                apart.append(group)
            else:
                axes |= group[0]
                members = [*group[1], *members]
        groups = [*apart, (axes, members)]
    return [members for _, members in groups]


def _overlaid(lines: list[list[_Piece]]) -> list[_Piece]:
    """Lay lines over one another from their beginnings: where several lie, an activity must be all that they ask."""
    if len(lines) == 1:
        return lines[0]
    found: list[_Piece] = []
    stacks = [line[::-1] for line in lines]
    while stacks:
        step = min([stack[-1].grains for stack in stacks])
        where = tuple(sorted([pair for stack in stacks for pair in stack[-1].where]))
        but_not = tuple([bar for stack in stacks for bar in stack[-1].but_not])
        found.append(_Piece(where, but_not, stacks[0][-1].period, step))
        for stack in stacks:
            top = stack.pop()
            if top.grains > step:
                stack.append(top._replace(grains=top.grains - step))
        stacks = [stack for stack in stacks if stack]
    return found


# One line: gaps that share axes ---------------------------------------------------------------------------------------


def _line(gaps: list[_Piece]) -> list[_Piece]:
    """Close gaps that share axes with the smallest total: every set that one activity can serve is weighed."""
    sets = _sharing(gaps)
    if len(sets) == len(gaps) and all(len(members) == 1 for members, _ in sets):
        return gaps
    amounts = _smallest([members for members, _ in sets], [gap.grains for gap in gaps])
    segments = [(members, amount) for (members, _), amount in zip(sets, amounts, strict=True) if amount]
    for number, gap in enumerate(gaps):
        segments = _trimmed(
            segments, number, sum(amount for members, amount in segments if number in members) - gap.grains
        )
    return [
        _all_of([gaps[number] for number in sorted(members)])._replace(grains=amount)
        for members, amount in segments
        if members
    ]


def _sharing(gaps: list[_Piece]) -> list[tuple[frozenset[int], _Piece]]:
    """Give the largest sets of gaps that one and the same activity can serve."""
    sets: list[tuple[frozenset[int], _Piece]] = []
    for number, gap in enumerate(gaps):
        joined = [(members, one, _both(one, gap)) for members, one in sets]
        wider = [(members, one) for members, one, both in joined if both is None or both[:3] != one[:3]]
        served = [(members | {number}, both) for members, _, both in joined if both is not None]
        alone = [] if any(both[:3] == gap[:3] for _, both in served) else [(frozenset({number}), gap)]
        sets = [*wider, *served, *alone]
        if len(sets) > _SETS:
            return [(frozenset({place}), one) for place, one in enumerate(gaps)]
    return [one for one in sets if not any(one[0] < other[0] for other in sets)]


def _smallest(sets: list[frozenset[int]], gaps: list[int]) -> list[int]:
    """Give how much each set of gaps should be served so that all are closed with the smallest total.

    What remains of a grain after the exact solution is served a grain at a time.
    """
    amounts = [int(amount) for amount in _exactly(sets, gaps)]
    while True:
        short = {
            number
            for number, gap in enumerate(gaps)
            if gap > sum(amount for members, amount in zip(sets, amounts, strict=True) if number in members)
        }
        if not short:
            return amounts
        amounts[max(range(len(sets)), key=lambda place: len(sets[place] & short))] += 1


def _exactly(sets: list[frozenset[int]], gaps: list[int]) -> list[Fraction]:
    """Solve the covering problem in exact fractions.

    The simplex method on its dual (the dearest prices of the gaps under which no set costs more than one), which begins
    at a solution; Bland's rule picks the pivot, so that it ends.
    """
    width = len(gaps)
    rows = [[Fraction(number in members) for number in range(width)] + [Fraction(1)] for members in sets]
    goal = [Fraction(-gap) for gap in gaps] + [Fraction(0)]
    across, down = list(range(width)), list(range(width, width + len(sets)))
    while any(cost < 0 for cost in goal[:-1]):
        enter = min((place for place in range(width) if goal[place] < 0), key=across.__getitem__)
        able = [place for place, row in enumerate(rows) if row[enter] > 0]
        leave = min(able, key=lambda place: (rows[place][-1] / rows[place][enter], down[place]))
        _pivot([*rows, goal], leave, enter)
        across[enter], down[leave] = down[leave], across[enter]
    found = [Fraction(0)] * len(sets)
    for label, amount in zip(across, goal, strict=False):
        if label >= width:
            found[label - width] = amount
    return found


def _pivot(rows: list[list[Fraction]], leave: int, enter: int) -> None:
    pivot = rows[leave][enter]
    rows[leave][:] = [value / pivot for value in rows[leave]]
    rows[leave][enter] = 1 / pivot
    for row in rows[:leave] + rows[leave + 1 :]:
        factor = row[enter]
        if factor:
            row[:] = [value - factor * other for value, other in zip(row, rows[leave], strict=True)]
            row[enter] = -factor / pivot


def _trimmed(segments: list[tuple[frozenset[int], int]], number: int, surplus: int) -> list[tuple[frozenset[int], int]]:
    """Stop asking for a gap where more would serve it than it needs."""
    found: list[tuple[frozenset[int], int]] = []
    for members, amount in reversed(segments):
        part = min(surplus, amount) if number in members else 0
        surplus -= part
        found += [one for one in ((members - {number}, part), (members, amount - part)) if one[1]]
    return found[::-1]


# Kinds of activities --------------------------------------------------------------------------------------------------


def _all_of(pieces: list[_Piece]) -> _Piece:
    """Give the kind of activities that serve several gaps at once; it is known that there are some."""

    def joined(one: _Piece, other: _Piece) -> _Piece:
        both = _both(one, other)
        assert both is not None
        return both

    return reduce(joined, pieces)


def _both(one: _Piece, other: _Piece) -> _Piece | None:
    """Give what is of two kinds at once; None where nothing can be."""
    meets, period = _meeting(one.period, other.period)
    where = dict(one.where)
    for axis, tags in other.where:
        where[axis] = tuple([tag for tag in where[axis] if tag in tags]) if axis in where else tags
    if not meets or not all(where.values()):
        return None
    bars = tuple(dict.fromkeys((*one.but_not, *other.but_not)))
    return _barred(_Piece(tuple(sorted(where.items())), (), period, one.grains), bars)


def _barred(piece: _Piece, bars: tuple[_Where, ...]) -> _Piece | None:
    """Give what of a kind lies outside others; None where nothing does. What is not to be “not planned” is planned."""
    where = dict(piece.where)
    kept: list[_Where] = []
    for bar in dict.fromkeys((*piece.but_not, *bars)):
        # Where the kind is inside the bar anyway, that axis says nothing; what is left of the bar decides.
        rest = [(axis, tags) for axis, tags in bar if axis not in where or not set(where[axis]) <= set(tags)]
        if not rest:
            return None
        axis, tags = rest[0]
        if len(rest) == 1 and axis in where:
            where[axis] = tuple([tag for tag in where[axis] if tag not in tags])
        elif len(rest) == 1 and len(tags) == 1 and isinstance(tags[0], bool):
            where[axis] = (not tags[0],)
        else:
            kept.append(tuple(rest))
    narrowed = tuple(sorted(where.items()))
    kept = [bar for bar in kept if not any(_inside(bar, other) for other in kept if other != bar)]
    left = tuple([bar for bar in kept if not _apart(narrowed, bar)])
    found = piece._replace(where=narrowed, but_not=left)
    return found if narrowed == piece.where or not left else _barred(found, ())


def _meeting(one: Period | None, other: Period | None) -> tuple[bool, Period | None]:
    """Tell whether two periods have days in common, and which; no period at all meets only its like."""
    if one is None or other is None:
        return one is other, None
    both = one if one == other else one.overlap(other)
    return both is not None, both


def _inside(inner: _Where, outer: _Where) -> bool:
    """Tell whether everything that one filter admits, the other admits too."""
    admitted = dict(inner)
    return all(axis in admitted and set(admitted[axis]) <= set(tags) for axis, tags in outer)


def _apart(one: _Where, other: _Where) -> bool:
    """Tell whether no entry with one tag on each axis can be admitted by both filters."""
    admitted = dict(one)
    return any(axis in admitted and not set(admitted[axis]) & set(tags) for axis, tags in other)
