"""What an entry is worth: conversions between units, weights, rounding, and the size below which nothing counts.

Units are converted first, then each entry is rounded or dropped, then it is weighed. Every step is exact: a rate that a
unit's grain cannot hold is refused before anything is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import NamedTuple, TypeAlias

from attrs import frozen

from cpdrules.amounts import ACTIVITY, Amount, Rounding, Unit, as_written, grains_of
from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.filters import Filter, Sorted, named
from cpdrules.cpd.tallies import NO_CONVENTIONS, Key, Loose, Tally
from cpdrules.errors import AmountError, PolicyError
from cpdrules.findings import Batch, Entry, Left, Reason, Where, in_words
from cpdrules.policies import Plan


@frozen
class Worth:
    """What so much of some entries counts as; see ``worth`` and ``as_tagged``."""

    #: Of so much as was recorded; of one activity, whatever was recorded of it.
    every: Amount
    #: What that counts as; None where a tag says.
    counts: Amount | None
    where: Where = ()
    #: The axis whose tag says what it counts as.
    tagged: str = ""

    def __attrs_post_init__(self) -> None:
        if self.every.grains < 1 or (self.counts is None) != bool(self.tagged):
            raise PolicyError(
                f"Nothing can be worked out from {self.counts or 'no amount'} for every {self.every}",
                remedy='Say what a part of it counts as: worth("1", every=hours(10), unit=CREDIT)',
                every=self.every,
                counts=self.counts,
            )

    def __str__(self) -> str:
        counts = f"as many as its {named(self.tagged)}" if self.counts is None else str(self.counts)
        of = f", {in_words(self.where)}," if self.where else ""
        return f"every {self.every}{of} counts as {counts}"


@frozen
class Smallest:
    """The size below which an entry does not count; see ``each_at_least``."""

    figure: Amount

    def __str__(self) -> str:
        return f"entries of less than {self.figure} do not count"


def rate(one: Worth, unit: Unit, rounding: Rounding | None) -> Fraction:
    """Give how many grains of a unit a recorded grain, or an activity, counts as.

    Raises:
        PolicyError: some amounts would not be whole grains of the unit, and no rounding says what becomes of them.
    """
    assert one.counts is not None
    if one.counts.unit != unit:
        raise PolicyError(
            f"What {one.every} counts as must be said in {unit.plural}, not as {one.counts}",
            remedy="Say it in the unit of the measure",
            worth=one,
        )
    exact = Fraction(one.counts.grains, one.every.grains)
    weighs = one.every.unit == unit
    step = Fraction(1) if rounding is None else Fraction(rounding.to.grains)
    short = (exact * step).denominator if weighs or rounding is None else 1
    if short != 1:
        raise PolicyError(
            f"{one.counts} for every {one.every} cannot be held exactly",
            why=f"Some amounts would count as a part of the grain, 1/{unit.grain} of one {unit.name}",
            remedy=f"Count in a unit with a grain of {unit.grain * short:,}, or round each entry",
            worth=one,
            grain=unit.grain * short,
        )
    return exact


class _Rate(NamedTuple):
    """One way to value an entry: grains for each recorded grain, or for each activity, and their weight."""

    factor: Fraction
    each: bool
    weight: Fraction


#: What a row is worth in every way that it may be: None for an amount that nobody knows, or a tag that says nothing.
_Ways: TypeAlias = "tuple[tuple[_Rate | None, ...], Reason | None]"


class Valuer:
    """Rates, rounding and sizes of a measure, planned: they turn what was recorded into what it is worth."""

    def __init__(
        self, unit: Unit, rules: tuple[Worth, ...], rounding: Rounding | None, smallest: Amount | None, plan: Plan
    ) -> None:
        self.unit, self.rounding, self.smallest = unit, rounding, smallest
        tally, conventions = plan.share(Tally), plan.setting(NO_CONVENTIONS)
        self.rules: list[tuple[Worth, Filter, int, bool]] = [
            (
                one,
                Filter(one.where, None, plan),
                tally.mention(one.tagged) if one.tagged else 0,
                conventions.every(one.tagged),
            )
            for one in rules
        ]
        self._memo: dict[Key, _Ways] = {}

    def __call__(self, found: Sorted) -> Sorted:
        """Give the rows of a record at their worth."""
        inside, maybe, loose, outside = found
        counted: set[str] = set()
        rows: list[tuple[Key, Reason | None, list[_Valued]]]
        rows = [(key, None, self._valued(key, batch.entries, counted)) for key, batch in inside]
        rows += [(key, left.why, self._valued(key, left.batch.entries, counted)) for key, left in maybe]
        small = self._too_small(one for *_, valued in rows for one in valued)
        new: Sorted = [], [], [], list(outside)
        for key, doubt, valued in rows:
            self._sort(key, doubt, valued, small, new)
        for row in loose:
            self._sort_loose(row, counted, new)
        return new

    def _valued(self, key: Key, entries: Iterable[Entry], counted: set[str]) -> list[_Valued]:
        ways, why = self._ways(key)
        each = any(way is not None and way.each and way.factor for way in ways)
        found: list[_Valued] = []
        for entry in entries:
            if each and entry.id in counted:
                found.append(_Valued(entry, 0, 0, _OTHER_PART, (0, 0)))
                continue
            sizes = [(way, self._size(entry, way)) for way in ways]
            known = [(size, int(size * way.weight)) for way, size in sizes if way is not None and size is not None]
            if len(known) == len(ways):
                between = tuple(sorted(size for size, _ in known))
                worths = [worth for _, worth in known]
                found.append(_Valued(entry, min(worths), max(worths), why, (between[0], between[-1])))
            else:
                found.append(_Valued(entry, 0, None, why, (Fraction(0), None)))
            if each:
                counted.add(entry.id)
        return found

    def _too_small(self, every: Iterable[_Valued]) -> tuple[set[str], set[str]]:
        """Give the ids of what is certainly too small to count, and of what may be."""
        if self.smallest is None:
            return set(), set()
        least: dict[str, Fraction | int] = {}
        most: dict[str, Fraction | float] = {}
        for one in every:
            low, high = one.size
            least[one.entry.id] = least.get(one.entry.id, 0) + low
            most[one.entry.id] = most.get(one.entry.id, 0) + (float("inf") if high is None else high)
        limit = self.smallest.grains
        certain = {name for name, amount in most.items() if amount < limit}
        return certain, {name for name, amount in least.items() if amount < limit} - certain

    def _sort(
        self, key: Key, doubt: Reason | None, valued: list[_Valued], small: tuple[set[str], set[str]], new: Sorted
    ) -> None:
        """Put the entries of a row where they now belong: what is certain of them, what may be more, what is not."""
        inside, maybe, loose, outside = new
        certain: list[Entry] = []
        for one in valued:
            entry = one.entry
            if one.most == 0 or entry.id in small[0]:
                outside.append(Left(self._why_not(key, one), Batch(entry.amount or 0, (entry,))))
                continue
            least = 0 if doubt is not None or entry.id in small[1] else one.least
            if least:
                certain.append(self._at(entry, least))
            why = doubt or one.why or Reason("size", "whether it is large enough to count is not known")
            if one.most is None:
                loose.append(Loose(key, why, None, self._at(entry, None)))
            elif one.most > least:
                more = one.most - least
                maybe.append((key, Left(why, Batch(more, (self._at(entry, more),)))))
        if certain:
            inside.append((key, Batch(sum(entry.amount or 0 for entry in certain), tuple(certain))))

    def _sort_loose(self, row: Loose, counted: set[str], new: Sorted) -> None:
        _, _, loose, outside = new
        (one,) = self._valued(row.key, (row.entry._replace(amount=row.most),), counted)
        limit = 0 if self.smallest is None else self.smallest.grains
        if one.most == 0 or (one.size[1] is not None and one.size[1] < limit):
            outside.append(Left(self._why_not(row.key, one), Batch(row.entry.amount or 0, (row.entry,))))
            return
        why = row.why if one.why is None else Reason(row.why.kind, f"{row.why.text}, and {one.why.text}")
        loose.append(row._replace(why=why, most=one.most, entry=self._at(row.entry, one.most)))

    def _at(self, entry: Entry, grains: int | None) -> Entry:
        return entry._replace(amount=grains, unit=None if grains is None else self.unit)

    def _why_not(self, key: Key, one: _Valued) -> Reason:
        if one.most and one.size[1] is not None:
            size = as_written(int(one.size[1]), self.unit)
            return Reason("size", f"it is {size}, and entries of less than {self.smallest} do not count")
        if one.why is _OTHER_PART:
            return _OTHER_PART
        if not any(way is None or way.factor for way in self._ways(key)[0]):
            return Reason("unit", f"recorded in {str(key[0]).split('/')[0]}, not in {self.unit.plural}")
        return Reason("size", "it counts as nothing once it is converted and rounded")

    def _size(self, entry: Entry, way: _Rate | None) -> Fraction | int | None:
        """Give how large an entry is before it is weighed; None where nobody knows."""
        if way is None or (entry.amount is None and not way.each):
            return None
        amount = way.factor if way.each else (entry.amount or 0) * way.factor
        return amount if self.rounding is None else self.rounding.applied(amount, self.unit)

    def _ways(self, key: Key) -> _Ways:
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            found = self._memo[key] = self._thought(key)
        return found

    def _thought(self, key: Key) -> _Ways:
        converted, why = self._matching(key, converting=True)
        weights, doubt = self._matching(key, converting=False)
        ways = [
            None if one is None or weight is None else _Rate(*one, weight[0])
            for one, weight in product(converted, weights)
        ]
        return tuple(dict.fromkeys(ways)), why or doubt

    def _matching(self, key: Key, *, converting: bool) -> tuple[list[tuple[Fraction, bool] | None], Reason | None]:
        """Give every rate that may be the first to match a row; and what is not known, where there are several."""
        rates: list[tuple[Fraction, bool] | None] = []
        why: Reason | None = None
        for one, planned, place, every in self.rules:
            if (one.every.unit != self.unit) != converting or (converting and not _of_unit(one, key)):
                continue
            stands = planned.standing(key)
            if stands is not None and not stands[0]:
                continue
            if one.tagged:
                grains, unclear = self._tagged(one, key[place], every=every)
                rates.append(None if grains is None else (Fraction(grains), True))
                why = why or unclear
            elif one.every.unit == ACTIVITY:
                assert one.counts is not None
                rates.append((Fraction(one.counts.grains, one.every.grains), True))
            else:
                unknown = converting and key[0] is None
                rates.append(None if unknown else (rate(one, self.unit, self.rounding), False))
            if stands is None:
                return rates, why
            why = why or stands[1]
        own = not converting or key[0] is None or key[0] == self.unit.label
        return [*rates, (Fraction(1), False) if own else (Fraction(0), True)], why

    def _tagged(self, one: Worth, tag: object, *, every: bool) -> tuple[int | None, Reason | None]:
        """Read a tag as an amount; None, and why, where it is not known or no amount."""
        if tag is None and not every:
            return 0, None
        if tag is None or tag is UNKNOWN:
            return None, Reason("tag", f"the {named(one.tagged)} of it is not known")
        try:
            if isinstance(tag, (int, str)) and not isinstance(tag, bool):
                return grains_of(tag, self.unit), None
        except AmountError:
            pass
        return None, Reason("tag", f"the {named(one.tagged)} of it is no amount: {str(tag)[:40]!r}")


class _Valued(NamedTuple):
    """An entry, and the least and the most that it is worth."""

    entry: Entry
    least: int
    most: int | None
    #: What is not known, where the two differ.
    why: Reason | None
    #: Between which bounds it lies before it is weighed.
    size: tuple[Fraction | int, Fraction | int | None]


def _of_unit(one: Worth, key: Key) -> bool:
    """Tell whether a row is, or may be, recorded in the unit that a rate speaks of."""
    return one.every.unit == ACTIVITY or key[0] is None or key[0] == one.every.unit.label


#: Why a part of an activity counts for nothing, where each activity counts as so much.
_OTHER_PART = Reason("repeat", "another part of it counts already")

#: No memo of cells grows beyond this, however many tags strangers think of.
_MEMO = 4096
