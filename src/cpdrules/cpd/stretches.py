"""The stretches of a period that caps tell apart: no more than so much in each year of a cycle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cpdrules.cpd.filters import Sorted
from cpdrules.cpd.tallies import Key
from cpdrules.findings import Batch, Entry, Left
from cpdrules.periods import Length, Period, pieces, stretches
from cpdrules.policies import Case


class Stretches:
    """A period cut where stretches of some lengths begin; the last part of a row's key is the number of its piece."""

    __slots__ = ("_numbers", "pieces")

    def __init__(self, period: Period, lengths: tuple[Length, ...]) -> None:
        begins = {length: [one.first for one in stretches(period, length)] for length in lengths}
        self.pieces: tuple[Period, ...] = pieces(period, (day for days in begins.values() for day in days))
        self._numbers: dict[Length, list[int]] = {
            length: [sum(day <= piece.first for day in days) - 1 for piece in self.pieces]
            for length, days in begins.items()
        }

    def numbers(self, length: Length | None) -> range:
        """Give the numbers of the stretches of a length; without one there is one stretch, the whole."""
        return range(1) if length is None else range(self._numbers[length][-1] + 1)

    def number(self, length: Length | None, key: Key) -> int | None:
        """Give the number of the stretch that a row falls to; None where nobody knows."""
        if length is None:
            return 0
        return None if key[-1] is None else self._numbers[length][key[-1]]


def sorted_by_piece(sort: Callable[[Case, Period | None], Sorted], case: Case, cut: Stretches) -> Sorted:
    """Sort a record by the pieces of a period; what cannot be told to lie in one of them lies in none."""
    inside, maybe, loose, outside = sort(case, Period(cut.pieces[0].first, cut.pieces[-1].last))
    new_inside: list[tuple[Key, Batch]] = []
    new_maybe: list[tuple[Key, Left]] = []
    for number, piece in enumerate(cut.pieces):
        certain, doubtful, _, _ = sort(case, piece)
        new_inside += [((*key, number), batch) for key, batch in certain]
        new_maybe += [((*key, number), left) for key, left in doubtful]
    placed = {entry.id for _, batch in new_inside for entry in batch.entries}
    placed |= {entry.id for _, left in new_maybe for entry in left.batch.entries}
    new_inside += [((*key, None), rest) for key, batch in inside if (rest := _without(batch, placed)).entries]
    new_maybe += [
        ((*key, None), Left(left.why, rest)) for key, left in maybe if (rest := _without(left.batch, placed)).entries
    ]
    return new_inside, new_maybe, [row._replace(key=(*row.key, None)) for row in loose], outside


def _without(batch: Batch, placed: set[str]) -> Batch:
    entries: tuple[Entry, ...] = tuple(entry for entry in batch.entries if entry.id not in placed)
    return Batch(sum(entry.amount or 0 for entry in entries), entries)


#: A period in one piece.
WHOLE: Stretches = Stretches(Period(date.min, date.max), ())
