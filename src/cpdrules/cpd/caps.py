"""Caps: no more than so much of some of what a measure counts. They lower what counts, and make no shortfall."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

from attrs import frozen

from cpdrules.amounts import Amount
from cpdrules.cpd.filters import Filter, lies_inside
from cpdrules.cpd.tallies import Key, Loose
from cpdrules.figures import Reading
from cpdrules.findings import Batch, Entry, Left, Reason, Room, Where, in_words
from cpdrules.policies import Plan


@frozen
class Cap:
    """No more than a figure of some of what a measure counts; see ``up_to``."""

    figure: Amount
    where: Where

    def __str__(self) -> str:
        return f"of which {self.figure} at most count{of_what(self)}"


#: More than any record can hold: the amount of an activity whose amount is not known, in the best case.
_UNLIMITED = 10**18


#: Of so many caps every combination is tried for the worst case; beyond, what may fall under one counts for nothing.
_FEW = 8


class _Row(NamedTuple):
    """What counts of one kind before any cap, and how it stands to each: under it, not, or nobody can tell (None)."""

    batch: Batch
    #: What of it counts.
    amount: int
    stands: tuple[bool | None, ...]
    #: The missing fact, where nobody can tell.
    why: Reason | None
    #: What is cut first: what is in doubt, then what lies under most caps, then the last by name.
    order: tuple[bool, int, str]


class Caps:
    """Caps on a measure, planned: those that lie inside others first."""

    def __init__(self, caps: tuple[Cap, ...], where: Where, plan: Plan) -> None:
        def outermost_last(cap: Cap) -> tuple[int, int, str]:
            return -sum(lies_inside(cap.where, other.where) for other in caps), cap.figure.grains, str(cap.where)

        self.caps: list[Cap] = sorted(caps, key=outermost_last)
        self.filters: list[Filter] = [Filter(_beyond(where, cap.where), None, plan) for cap in self.caps]
        #: By cap, those that hold whatever it holds.
        self.around: list[set[int]] = [
            {place for place, other in enumerate(self.caps) if lies_inside(cap.where, other.where)} for cap in self.caps
        ]

    def settled(
        self, inside: list[tuple[Key, Batch]], maybe: list[tuple[Key, Left]], loose: list[Loose], outside: list[Left]
    ) -> Reading:
        """Give what the caps leave of what counts, in the worst case and in the best."""
        rows = [self._row(key, batch) for key, batch in inside]
        stands = [row.stands for row in rows]
        best, by, rooms = self._cut(rows, stands)
        counted = best
        if any(row.why for row in rows):
            counted, by, _ = self._cut(*self._worst(rows))
        more = [self._row(key, left.batch) for key, left in maybe]
        more += [self._row(row.key, Batch(_UNLIMITED if row.most is None else row.most, (row.entry,))) for row in loose]
        if more:
            best, _, _ = self._cut([*rows, *more], [*stands, *(row.stands for row in more)])
        least, most = sum(counted), sum(best)
        unsure = [*(left for _, left in maybe), *(row.left for row in loose)]
        entries: list[Batch] = []
        for row, amount, cap in zip(rows, counted, by, strict=True):
            kept, rest = _split(row.batch, amount)
            if kept.entries:
                entries.append(kept)
            if rest.entries and row.why is not None and (cap is None or most > least):
                unsure.append(Left(row.why, rest))
            elif rest.entries and cap is not None:
                outside.append(Left(Reason("cap", f"no more than {cap.figure} count{of_what(cap)}"), rest))
        top = None if most >= _UNLIMITED else most
        return Reading(least, top, tuple(entries), tuple(unsure), tuple(outside), rooms)

    def _row(self, key: Key, batch: Batch) -> _Row:
        found = [planned.standing(key) for planned in self.filters]
        stands = tuple(True if one is None else None if one[0] else False for one in found)
        why = next((one[1] for one in found if one is not None and one[0]), None)
        return _Row(batch, batch.amount, stands, why, (why is not None, stands.count(True), str(key)))

    def _cut(
        self, rows: Sequence[_Row], stands: Sequence[tuple[bool | None, ...]]
    ) -> tuple[list[int], list[Cap | None], tuple[Room, ...]]:
        """Give how much of each row counts, the cap that cut it, and the room that is certainly left below each cap."""
        amounts = [row.amount for row in rows]
        by: list[Cap | None] = [None] * len(rows)
        rooms: list[Room] = []
        order = sorted(range(len(rows)), key=lambda number: rows[number].order, reverse=True)
        for place, cap in enumerate(self.caps):
            limit = cap.figure.grains
            load = sum(amounts[number] for number in order if stands[number][place] is not False)
            rooms.append(Room(cap.where, max(limit - load, 0)))
            held = [number for number in order if stands[number][place]]
            excess = sum(amounts[number] for number in held) - limit
            for number in held:
                taken = min(max(excess, 0), amounts[number])
                if taken:
                    amounts[number] -= taken
                    excess -= taken
                    by[number] = cap
        return amounts, by, tuple(rooms)

    def _worst(self, rows: Sequence[_Row]) -> tuple[Sequence[_Row], Sequence[tuple[bool | None, ...]]]:
        """Put what is in doubt under the caps where least is left of it all.

        However rows fall, some caps together with whatever cannot fall under any of them bound what counts; the
        smallest such bound is reached by letting fall under those caps whatever may.
        """
        places = range(len(self.caps))
        if len(places) > _FEW:
            return [row._replace(amount=0) if row.why else row for row in rows], [row.stands for row in rows]

        def bound(chosen: tuple[int, ...]) -> int:
            free = (row.amount for row in rows if all(row.stands[place] is False for place in chosen))
            return sum(self.caps[place].figure.grains for place in chosen) + sum(free)

        chosen = min((some for size in range(len(places) + 1) for some in combinations(places, size)), key=bound)
        return rows, [self._fallen(row, chosen) for row in rows]

    def _fallen(self, row: _Row, chosen: tuple[int, ...]) -> tuple[bool | None, ...]:
        possible = [place for place in chosen if row.stands[place] is not False]
        if not possible or any(row.stands[place] for place in possible):
            return row.stands
        under = self.around[possible[0]]
        return tuple(bool(stands) or place in under for place, stands in enumerate(row.stands))


def _beyond(where: Where, cap: Where) -> Where:
    """Give what a cap's filter asks for that the measure's own does not already make sure of."""
    sure = {axis: set(tags) for axis, tags in where}
    return tuple((axis, tags) for axis, tags in cap if axis not in sure or not sure[axis] <= set(tags))


def of_what(cap: Cap) -> str:
    """Say what a cap limits, to follow its figure."""
    return f" of: {in_words(cap.where)}" if cap.where else ""


def _split(batch: Batch, amount: int) -> tuple[Batch, Batch]:
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
