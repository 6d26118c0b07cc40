"""The fewest activities that close several gaps at once.

One hour may close several: a narrower gap serves a wider one, and filters on different axes can be served by the same
hours. So the gaps of each axis are laid end to end on a line, and the lines over one another. Gaps that share an axis
are weighed exactly, in fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import count
from math import ceil
from typing import NamedTuple, TypeAlias

from attrs import frozen

from cpdrules.amounts import ACTIVITY, HOUR, Amount, Unit, as_written
from cpdrules.optimum import largest
from cpdrules.periods import Period

#: A filter, as in ``findings``, which stands above this module.
Where: TypeAlias = "tuple[tuple[str, tuple[str | bool | int | tuple[str, ...], ...]], ...]"

#: No more sets of gaps than these are weighed against one another; beyond them, each gap is closed by itself.
_SETS = 512

#: What the names of the axes begin with that keep gaps apart; no need is told by them.
_DIVISION = "\0"

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
    where: Where = ()
    #: Which of them would not, since no more of their kind counts, or is allowed.
    but_not: tuple[Where, ...] = ()
    period: Period | None = None

    def __str__(self) -> str:
        return f"{self.amount}{of_which(self)}"


@frozen
class Obstacle:
    """Something that stands in the way, and that doing more cannot mend."""

    what: str

    def __str__(self) -> str:
        return f"{self.what}, which doing more does not mend"


def of_which(need: Need) -> str:
    """Word which activities would do, to follow an amount."""
    unit = need.amount.unit
    named = _named(need.where)
    if not named:
        named = " of any kind" if unit in (HOUR, ACTIVITY) or unit.grain > 1 else " more"
    if not need.but_not:
        return named
    return f"{named}, but none{' and none'.join([_named(bar) for bar in need.but_not])}"


def _named(where: Where) -> str:
    """Word a filter to follow an amount: what it flags, then what it names."""
    flags, others = "", []
    for axis, tags in where:
        name = axis.replace("_", " ")
        if len(tags) == 1 and isinstance(tags[0], bool):
            flags += f" {name}" if tags[0] else f" not {name}"
        else:
            others.append(f"{name} {' or '.join([str(tag).replace('_', ' ') for tag in tags])}")
    return f"{flags} with {' and '.join(others)}" if others else flags


# What is open -----------------------------------------------------------------------------------------------------


class Gap(NamedTuple):
    """By how much a floor may fall short, at worst."""

    unit: Unit
    period: Period | None
    where: Where
    grains: int
    #: How much more of some kinds counts: what caps leave.
    rooms: tuple[tuple[Where, int], ...] = ()
    #: By which share of which further activity the floor rises.
    grows: tuple[Fraction, Where] | None = None
    #: By how many grains more it may then rise, since it is rounded.
    step: int = 0


class Limit(NamedTuple):
    """How much more of a kind a prohibition leaves room for."""

    unit: Unit
    period: Period | None
    where: Where
    room: int


class Open:
    """What a finding leaves open: gaps to be closed within limits, and obstacles."""

    __slots__ = ("_numbers", "gaps", "giving_way", "limits", "obstacles", "wary")

    def __init__(self, *, wary: bool = False, numbers: Iterator[int] | None = None) -> None:
        self.gaps: list[Gap] = []
        self.limits: list[Limit] = []
        self.obstacles: list[Obstacle] = []
        #: After how much more, in grains of a unit, what was carried in as needed counts no more.
        self.giving_way: list[tuple[Unit, int]] = []
        #: Whether none of it is relied on.
        self.wary: bool = wary
        self._numbers: Iterator[int] = numbers or count()

    def within(self) -> Open:
        """Give the same, with nothing in it yet: for what may or may not be added."""
        return Open(wary=self.wary, numbers=self._numbers)

    def division(self) -> str:
        """Name an axis of its own for clauses among which hours are divided: its tags tell gaps apart."""
        return f"{_DIVISION}{next(self._numbers)}"

    def add(self, other: Open) -> None:
        """Take over what another leaves open."""
        self.gaps += other.gaps
        self.limits += other.limits
        self.obstacles += other.obstacles
        self.giving_way += other.giving_way


# Closing it ----------------------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """Activities of one kind: which, which not, when, and how much of them in grains."""

    where: Where
    but_not: tuple[Where, ...]
    period: Period | None
    grains: int


def closed(opened: Open) -> tuple[Need | Obstacle, ...]:
    """Give the least that closes all that is open, and what cannot be closed."""
    gaps = opened.gaps
    if len(gaps) == 2 and not opened.limits:
        quickly = _nested(*gaps)
        if quickly:
            return (*quickly, *opened.obstacles)
    if len(gaps) == 1 and not opened.limits and not gaps[0].rooms and gaps[0].grows is None:
        unit, period, where, grains, *_ = gaps[0]
        return (Need(Amount(grains, unit), _told(where), (), period), *opened.obstacles)
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


def _nested(one: Gap, other: Gap) -> tuple[Need, ...]:
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
    unit, period, where, grains, *_ = kind
    first = Need(Amount(grains, unit), where, (), period)
    return (first, Need(Amount(total.grains - grains, unit), (), (), period)) if total.grains > grains else (first,)


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Put pieces of one kind together, the most particular kinds first."""
    sums: dict[tuple[Where, tuple[Where, ...], Period | None], int] = {}
    for where, but_not, period, grains in pieces:
        kind = _told(where), but_not, period
        sums[kind] = sums.get(kind, 0) + grains
    found = [_Piece(*kind, grains) for kind, grains in sums.items()]
    return sorted(found, key=_particularity) if len(found) > 1 else found


def _told(where: Where) -> Where:
    """Give a filter without what only keeps gaps apart."""
    return tuple([pair for pair in where if not pair[0].startswith(_DIVISION)])


def _particularity(piece: _Piece) -> tuple[int, int, int]:
    return -len(piece.where), -len(piece.but_not), 0 if piece.period is None else piece.period.days


def _grown(gaps: list[Gap], obstacles: list[Obstacle]) -> list[_Piece]:
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


def _at_once(gap: Gap) -> Gap:
    """Give a gap as it is once it has been closed itself: what closes it may raise it."""
    if gap.grows is None or gap.grains <= 0 or gap.grows[0] >= 1 or _apart(gap.where, gap.grows[1]):
        return gap
    return gap._replace(grains=ceil((gap.grains + gap.step) / (1 - gap.grows[0])))


def _risen(gap: Gap, pieces: list[_Piece]) -> int:
    """Give a gap as it is once the pieces are done; those that may belong to the base of a share raise it."""
    assert gap.grows is not None
    share, base = gap.grows
    more = [one.grains for one in pieces if not _apart(one.where, base) and meeting(one.period, gap.period)[0]]
    return gap.grains + (ceil(share * sum(more)) + gap.step if more else 0)


def _pieces(gaps: Iterable[Gap], obstacles: list[Obstacle]) -> list[_Piece]:
    """Give what would close each gap; of the same kind twice, the larger serves both."""
    found: dict[tuple[Where, tuple[Where, ...], Period | None], _Piece] = {}
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


def _within(pieces: list[_Piece], unit: Unit, limit: Limit, obstacles: list[Obstacle]) -> list[_Piece]:
    """Keep pieces out of what a prohibition leaves no room for."""
    touching = [one for one in pieces if not _apart(one.where, limit.where) and meeting(one.period, limit.period)[0]]
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
        near = [one for one in clusters if any(meeting(piece.period, other.period)[0] for other in one)]
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


def _axis(pair: tuple[str, object]) -> str:
    return pair[0]


def _overlaid(lines: list[list[_Piece]]) -> list[_Piece]:
    """Lay lines over one another from their beginnings: where several lie, an activity must be all that they ask."""
    if len(lines) == 1:
        return lines[0]
    found: list[_Piece] = []
    stacks = [line[::-1] for line in lines]
    while stacks:
        step = min([stack[-1].grains for stack in stacks])
        where = tuple(sorted([pair for stack in stacks for pair in stack[-1].where], key=_axis))
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
    """Solve the covering problem: its sets are worth what the dearest prices of the gaps make them worth."""
    rows = [[int(number in members) for number in range(len(gaps))] for members in sets]
    return largest(gaps, rows, [1] * len(sets))[1]


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
    meets, period = meeting(one.period, other.period)
    where = dict(one.where)
    for axis, tags in other.where:
        where[axis] = tuple([tag for tag in where[axis] if tag in tags]) if axis in where else tags
    if not meets or not all(where.values()):
        return None
    bars = tuple(dict.fromkeys((*one.but_not, *other.but_not)))
    return _barred(_Piece(tuple(sorted(where.items())), (), period, one.grains), bars)


def _barred(piece: _Piece, bars: tuple[Where, ...]) -> _Piece | None:
    """Give what of a kind lies outside others; None where nothing does. What is not to be “not planned” is planned."""
    where = dict(piece.where)
    kept: list[Where] = []
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


def meeting(one: Period | None, other: Period | None) -> tuple[bool, Period | None]:
    """Tell whether two periods have days in common, and which; no period at all meets only its like."""
    if one is None or other is None:
        return one is other, None
    both = one if one == other else one.overlap(other)
    return both is not None, both


def _inside(inner: Where, outer: Where) -> bool:
    """Tell whether everything that one filter admits, the other admits too."""
    admitted = dict(inner)
    return all(axis in admitted and set(admitted[axis]) <= set(tags) for axis, tags in outer)


def _apart(one: Where, other: Where) -> bool:
    """Tell whether no entry with one tag on each axis can be admitted by both filters."""
    admitted = dict(one)
    return any(axis in admitted and not set(admitted[axis]) & set(tags) for axis, tags in other)
