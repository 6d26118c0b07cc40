"""Caps: no more than so much of some of what a measure counts. They lower what counts, and make no shortfall.

Of the hours under several caps at once, those are kept that let most count: which hours a cap drops is nobody's
business, and so no order of caps can decide how much counts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any, NamedTuple

from attrs import frozen

from cpdrules.amounts import Amount, Unit
from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.crossing import nested, take, weighed
from cpdrules.cpd.filters import Filter, Sorted, lie_apart, lies_inside, named
from cpdrules.cpd.stretches import Stretches
from cpdrules.cpd.tallies import NO_CONVENTIONS, Key, Tally
from cpdrules.figures import Asked, Asker, Reading, Target
from cpdrules.findings import Batch, Bounds, Entry, Left, Reason, Room, Where, in_words
from cpdrules.periods import Length, Period
from cpdrules.policies import Case, Plan

#: In place of an axis: each activity by itself, or what is done on each day.
ACTIVITY_ITSELF, ON_A_DAY = "activity", "day"


@frozen
class ShareOfCounted:
    """A share of all that counts, what the cap itself lets through included; see ``share_of_counted``."""

    share: Fraction

    def __str__(self) -> str:
        return f"{self.share} of all that counts"


@frozen
class Cap:
    """No more than a figure of some of what a measure counts; see ``up_to``."""

    figure: Amount | Target | ShareOfCounted
    where: Where = ()
    #: The axis by whose tags it holds one by one (per paper, per society); ``activity`` for each activity by itself,
    #: ``day`` for what begins on one day.
    per: str = ""
    #: The stretches of the period in which it holds one by one, counted from the first day.
    in_each: Length | None = None

    @property
    def plain(self) -> bool:
        """Whether it is one figure for everyone, over all that it limits."""
        return isinstance(self.figure, Amount) and not self.per and self.in_each is None

    def __str__(self) -> str:
        return f"of which {self.figure} at most count{self.of_what}"

    @property
    def of_what(self) -> str:
        """What it limits, to follow its figure."""
        texts = [f" for each {named(self.per)}"] if self.per else []
        texts += [f" in each {str(self.in_each).removeprefix('1 ')}"] if self.in_each is not None else []
        texts += [f" of: {in_words(self.where)}"] if self.where else []
        return "".join(texts)


#: More than any record can hold: the amount of an activity whose amount is not known, in the best case.
_UNLIMITED = 10**18

#: Of so many plain caps every combination is tried for the worst case; of more, whatever may fall under one does.
_FEW = 8


#: Why something may escape a cap in each year, say, that would cut it.
_WHICH_STRETCH = Reason("straddling", "which stretch of the period it falls to is not stated")

#: How often a share is first approached from above, which is mostly where it is met at once.
_DESCENTS = 6


class _Row(NamedTuple):
    """What counts of one kind before any cap, and what is not known of how it stands to them."""

    key: Key
    batch: Batch
    #: How it stands to the filter of each cap: under it, not, or nobody can tell (None).
    stands: tuple[bool | None, ...]
    #: The missing fact, where nobody can tell.
    why: Reason | None
    #: What is cut first: what is in doubt, then what lies under most caps, then the last by its tags and by its id.
    order: tuple[bool, int, str, str]


class _Limit(NamedTuple):
    """One cap in one stretch, for one instance: which rows fall under it, or may (None), and what it leaves of them."""

    cap: Cap
    least: int
    most: int
    #: By the number of the row; a row that is not named does not fall under it.
    stands: Mapping[int, bool | None]


class Caps:
    """Caps on a measure, planned: those that lie inside others first."""

    def __init__(self, caps: tuple[Cap, ...], where: Where, unit: Unit, plan: Plan) -> None:
        def outermost_last(cap: Cap) -> tuple[int, str]:
            return -sum(lies_inside(cap.where, other.where) for other in caps), str(cap)

        self.unit = unit
        self.caps: list[Cap] = sorted(caps, key=outermost_last)
        self.filters: list[Filter] = [Filter(_beyond(where, cap.where), None, plan) for cap in self.caps]
        tally, conventions = plan.share(Tally), plan.setting(NO_CONVENTIONS)
        self._places: dict[str, int] = {
            cap.per: tally.mention(cap.per) for cap in caps if cap.per not in ("", ACTIVITY_ITSELF, ON_A_DAY)
        }
        self._every: dict[str, bool] = {axis: conventions.every(axis) for axis in self._places}
        self._asked: list[Asker] = [_figure(cap.figure, unit, plan) for cap in self.caps]
        self.shared: bool = any(isinstance(cap.figure, ShareOfCounted) for cap in caps)
        self.each_itself: bool = any(cap.per in (ACTIVITY_ITSELF, ON_A_DAY) for cap in caps)
        #: The lengths whose stretches the rows must tell apart.
        self.lengths: tuple[Length, ...] = tuple(
            dict.fromkeys(cap.in_each for cap in self.caps if cap.in_each is not None)
        )

    def settled(self, found: Sorted, case: Case, period: Period | None, stretches: Stretches) -> Reading:
        """Give what the caps leave of what counts, in the worst case and in the best."""
        inside, maybe, loose, outside = found
        given = [self._row(key, batch) for key, batch in self._apart(inside)]
        places = sorted(range(len(given)), key=lambda place: given[place].order)
        rows = [given[place] for place in places]
        more = [self._row(key, batch) for key, batch in self._apart((key, left.batch) for key, left in maybe)]
        more += [self._row(row.key, Batch(_UNLIMITED if row.most is None else row.most, (row.entry,))) for row in loose]
        asked = [ask(case, period) for ask in self._asked]
        bounds = [one.bounds for one in asked]
        notes = tuple(note for one in asked for note in one.notes if note.kind == "missing")
        best = self._kept(rows, bounds, stretches, best=True)
        sure = best
        if (
            self.shared
            or any(None in limit.stands.values() for limit in best.limits)
            or any(low != high for low, high in bounds)
        ):
            sure = self._kept(rows, bounds, stretches, best=False)
        rooms = best.rooms
        if more:
            best = self._kept([*rows, *more], bounds, stretches, best=True)
        least, most = sum(sure.amounts), best.bound
        unsure = [*(left for _, left in maybe), *(row.left for row in loose)]
        entries: list[Batch] = []
        cuts = dict(zip(places, zip(sure.amounts, sure.by, strict=True), strict=True))
        for place, row in enumerate(given):
            amount, cap = cuts[place]
            kept, rest = split(row.batch, amount)
            if kept.entries:
                entries.append(kept)
            if rest.entries and row.why is not None and (cap is None or most > least):
                unsure.append(Left(row.why, rest))
            elif rest.entries and cap is not None:
                outside.append(Left(Reason("cap", f"no more than {cap.figure} count{cap.of_what}"), rest))
        top = None if most >= _UNLIMITED else most
        return Reading(least, top, tuple(entries), tuple(unsure), tuple(outside), rooms, notes)

    def _apart(self, rows: Iterable[tuple[Key, Batch]]) -> Iterator[tuple[Key, Batch]]:
        """Give each activity a row of its own where a cap holds for each by itself, or may: by a tag nobody knows."""
        for key, batch in rows:
            if self.each_itself or any(self._blank(cap, key) for cap in self.caps):
                yield from ((key, Batch(entry.amount or 0, (entry,))) for entry in batch.entries)
            else:
                yield key, batch

    def _row(self, key: Key, batch: Batch) -> _Row:
        found = [planned.standing(key) for planned in self.filters]
        stands = tuple(True if one is None else None if one[0] else False for one in found)
        why = next((one[1] for one in found if one is not None and one[0]), None)
        if why is None:
            under = (cap for cap, stand in zip(self.caps, stands, strict=True) if stand is not False)
            blank = next((cap.per for cap in under if self._blank(cap, key)), None)
            why = None if blank is None else Reason("tag", f"the {named(blank)} of it is not known")
        if why is None and self.lengths and key[-1] is None:
            why = _WHICH_STRETCH
        first = min((one.id for one in batch.entries), default="")
        return _Row(key, batch, stands, why, (why is not None, stands.count(True), str(key), first))

    def _blank(self, cap: Cap, key: Key) -> bool:
        """Tell whether a row is of an instance that nobody knows."""
        if cap.per not in self._places:
            return False
        tag = key[self._places[cap.per]]
        return tag is UNKNOWN or (tag is None and self._every[cap.per])

    def _instances(self, cap: Cap, row: _Row) -> tuple[Hashable, ...]:
        """Give the instances that a row belongs to; none where it has no tag."""
        if not cap.per:
            return ("",)
        if cap.per == ACTIVITY_ITSELF:
            return tuple(entry.id for entry in row.batch.entries)
        if cap.per == ON_A_DAY:
            return tuple(entry.day or entry.id for entry in row.batch.entries)
        tag = row.key[self._places[cap.per]]
        return tuple((type(one), one) for one in (tag if isinstance(tag, tuple) else () if tag is None else (tag,)))

    def _limits(
        self, rows: Sequence[_Row], bounds: Sequence[tuple[int, int | None]], stretches: Stretches
    ) -> list[_Limit]:
        """Give every limit there is: each cap, in each of its stretches, for each of its instances."""
        found: list[_Limit] = []
        for place, (cap, (low, high)) in enumerate(zip(self.caps, bounds, strict=True)):
            groups = self._groups(place, rows, stretches)
            top = _UNLIMITED if high is None else high
            found += [
                _Limit(cap, low, top, held)
                for held in groups.values()
                if not cap.per or low == _UNLIMITED or sum(rows[number].batch.amount for number in held) > low
            ]
        return found

    def _groups(
        self, place: int, rows: Sequence[_Row], stretches: Stretches
    ) -> dict[tuple[Hashable, int], dict[int, bool | None]]:
        """Give, by the instance and the number of the stretch, the rows that fall under a cap, or may."""
        cap = self.caps[place]
        numbers = stretches.numbers(cap.in_each)
        groups: dict[tuple[Hashable, int], dict[int, bool | None]] = {}
        if not cap.per:
            groups = {("", number): {} for number in numbers}
        blanks: list[tuple[int, set[int]]] = []
        for number, row in enumerate(rows):
            stands = row.stands[place]
            if stands is False:
                continue
            here = stretches.number(cap.in_each, row.key)
            spots = [(here, stands)] if here is not None else [(one, None) for one in numbers]
            instances = self._instances(cap, row)
            if self._blank(cap, row.key):
                blanks.append((number, {one for one, _ in spots}))
                instances = (("of its own", number),)  # whichever it is, no more than so much of it counts
            for instance, (spot, stand) in product(instances, spots):
                groups.setdefault((instance, spot), {})[number] = stand
        for number, theirs in blanks:
            for (_, spot), held in groups.items():
                if spot in theirs:
                    held.setdefault(number, None)
        return groups

    def _kept(
        self,
        rows: Sequence[_Row],
        bounds: Sequence[tuple[int, int | None]],
        stretches: Stretches,
        *,
        best: bool,
    ) -> _Kept:
        """Give how much of each row counts, in the best case or in the worst."""
        limits = self._limits(rows, bounds, stretches)
        amounts = [row.batch.amount for row in rows]
        order = sorted(range(len(rows)), key=lambda number: rows[number].order, reverse=True)
        if not best:
            limits = self._worst(rows, limits)
        figures = [limit.most if best else limit.least for limit in limits]
        shares = {
            number: limit.cap.figure.share
            for number, limit in enumerate(limits)
            if isinstance(limit.cap.figure, ShareOfCounted)
        }
        if not shares:
            return _solved(amounts, limits, figures, order)

        def shared(whole: int) -> _Kept:
            """Let shares be taken of some whole."""
            taken = list(figures)
            for number, share in shares.items():
                taken[number] = min(taken[number], int(share * whole))
            return _solved(amounts, limits, taken, order)

        def left(whole: int) -> int:
            kept = shared(whole)
            return kept.bound if best else sum(kept.amounts)

        whole = _highest(left, sum(amounts), len(shares))
        return shared(whole if best or left(whole) >= whole else 0)

    def _worst(self, rows: Sequence[_Row], limits: list[_Limit]) -> list[_Limit]:
        """Put what is in doubt under the caps where least is left of it all.

        However rows fall, some caps together with whatever cannot fall under any of them bound what counts; of plain
        caps, one inside the other or apart, the smallest such bound is reached by letting fall under those caps
        whatever may. Under any others, whatever may fall falls.
        """
        plain = all(limit.cap.plain for limit in limits) and not _crossing([limit.cap.where for limit in limits])
        if not plain or len(limits) > _FEW:
            return [limit._replace(stands=dict.fromkeys(limit.stands, True)) for limit in limits]

        def bound(chosen: tuple[int, ...]) -> int:
            free = (
                row.batch.amount
                for place, row in enumerate(rows)
                if all(place not in limits[number].stands for number in chosen)
            )
            return sum(limits[number].least for number in chosen) + sum(free)

        places = range(len(limits))
        chosen = min((some for size in range(len(limits) + 1) for some in combinations(places, size)), key=bound)
        around = [
            {number for number, other in enumerate(limits) if lies_inside(limit.cap.where, other.cap.where)}
            for limit in limits
        ]
        under: list[set[int]] = []
        for place in range(len(rows)):
            possible = [number for number in chosen if place in limits[number].stands]
            sure = any(limits[number].stands[place] for number in possible)
            under.append(around[possible[0]] if possible and not sure else set())
        return [
            limit._replace(
                stands={place: bool(limit.stands.get(place)) or number in under[place] for place in range(len(rows))}
            )
            for number, limit in enumerate(limits)
        ]


def _figure(figure: Amount | Target | ShareOfCounted, unit: Unit, plan: Plan) -> Asker:
    if isinstance(figure, (Amount, ShareOfCounted)):
        grains = figure.grains if isinstance(figure, Amount) else _UNLIMITED
        asked = Asked(Bounds(grains, grains))
        return lambda case, period: asked
    return figure.planned(plan, unit)


def _crossing(filters: Sequence[Where]) -> bool:
    return any(
        not (lies_inside(one, other) or lies_inside(other, one) or lie_apart(one, other))
        for one, other in combinations(filters, 2)
    )


def _beyond(where: Where, cap: Where) -> Where:
    """Give what a cap's filter asks for that the measure's own does not already make sure of."""
    sure = {axis: set(tags) for axis, tags in where}
    return tuple((axis, tags) for axis, tags in cap if axis not in sure or not sure[axis] <= set(tags))


# How much can count ---------------------------------------------------------------------------------------------------


class _Kept(NamedTuple):
    """How much of each row counts, by which cap the rest is cut, and no less than could count in all."""

    amounts: list[int]
    by: list[Cap | None]
    bound: int
    rooms: tuple[Room, ...]
    limits: list[_Limit]


def _solved(amounts: Sequence[int], limits: list[_Limit], figures: Sequence[int], order: Sequence[int]) -> _Kept:
    """Let as much count as the limits allow.

    A limit inside others, or apart from them, takes off what is too much before they do. Limits that cross are weighed
    against one another exactly.
    """
    left = list(amounts)
    by: list[Cap | None] = [None] * len(left)
    rank = {place: number for number, place in enumerate(order)}
    held = [frozenset(place for place, stand in limit.stands.items() if stand) for limit in limits]
    rooms: dict[Cap, int] = {}
    waiting = sorted(range(len(limits)), key=lambda number: (len(held[number]), figures[number]))

    def settle(number: int) -> None:
        limit, figure = limits[number], figures[number]
        if not limit.cap.per:
            load = sum(left[place] for place, stand in limit.stands.items() if stand is not False)
            rooms[limit.cap] = rooms.get(limit.cap, 0) + max(min(limit.least, figure) - load, 0)
        take(left, by, sorted(held[number], key=rank.__getitem__), figure, limit.cap)

    progress, binding = True, list[int]()
    while progress and waiting:
        progress = False
        binding = [number for number in waiting if sum(left[place] for place in held[number]) > figures[number]]
        for number in list(waiting):
            if all(number == other or nested(held[number], held[other]) for other in binding):
                settle(number)
                waiting.remove(number)
                binding = [other for other in binding if other != number]
                progress = True
    bound = sum(left)
    if waiting:
        crossed = [(limits[number].cap, held[number], figures[number]) for number in binding]
        bound = weighed(left, by, crossed, order)
        for number in waiting:
            settle(number)
    return _Kept(left, by, bound, tuple(Room(cap.where, room) for cap, room in rooms.items()), limits)


def _highest(left: Callable[[int], int], whole: int, slack: int) -> int:
    """Give the highest amount of which no less is left where so many shares, in whole grains, are taken of it."""
    low, high = 0, _lowered(left, whole, _DESCENTS)
    if left(high) == high:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if left(middle) + slack >= middle else (low, middle - 1)
    return _lowered(left, low, 100 * _DESCENTS)


def _lowered(left: Callable[[int], int], whole: int, times: int) -> int:
    """Come closer from above: what is left of too much is still no less than the amount sought."""
    for _ in range(times):
        lower = min(whole, left(whole))
        if lower == whole:
            break
        whole = lower
    return whole


def split(batch: Batch, amount: int) -> tuple[Batch, Batch]:
    """Give the part of a batch that counts, its earliest entries first, and the rest of it."""
    if amount == batch.amount:
        return batch, Batch(0, ())
    kept: list[Entry] = []
    rest: list[Entry] = []
    left = amount
    for entry in sorted(batch.entries, key=_by_day):
        whole = entry.amount or 0
        part = min(left, whole)
        left -= part
        kept += [entry._replace(amount=part)] if part else []
        rest += [entry._replace(amount=whole - part)] if whole > part else []
    return Batch(amount, tuple(kept)), Batch(batch.amount - amount, tuple(rest))


def _by_day(entry: Entry) -> tuple[Any, str]:
    return (entry.day is None, entry.day), entry.id
