"""What an entry is worth: conversions between units, weights, rounding, and the size below which nothing counts.

Units are converted first, then each entry is dropped if it is small, or rounded, then it is weighed. Every step is
exact: a rate that a unit's grain cannot hold is refused before anything is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from math import ceil, floor, inf
from typing import NamedTuple, TypeAlias

from attrs import frozen

from cpdrules.amounts import ACTIVITY, Amount, Rounding, Unit, as_written, grains_of
from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.filters import Filter, Sorted, Standing, named
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
        counts = f"many as its {named(self.tagged)}" if self.counts is None else str(self.counts)
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
    short = exact.denominator
    if short != 1 and rounding is None and one.every.unit != unit:
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
        self.unit: Unit = unit
        self.rounding: Rounding | None = rounding
        self.smallest: Amount | None = smallest
        tally, conventions = plan.share(Tally), plan.setting(NO_CONVENTIONS)
        self._axes, self._every = tally.axes, conventions.every
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
        parts = [self._valued(key, entry, None) for key, batch in inside for entry in batch.entries]
        parts += [self._valued(key, entry, left.why) for key, left in maybe for entry in left.batch.entries]
        parts += [self._valued_loose(row) for row in loose]
        parts = self._each_once(parts)
        sizes, perhaps_small = self._sizes(parts)
        certain: dict[Key, list[Entry]] = {}
        new: Sorted = [], [], [], list(outside)
        for part in (one._replace(least=0) if one.entry.id in perhaps_small else one for one in parts):
            self._sort(part, sizes.get(part.entry.id), certain, new)
        new[0].extend((key, Batch(sum(one.amount or 0 for one in kept), tuple(kept))) for key, kept in certain.items())
        return new

    def _valued(self, key: Key, entry: Entry, doubt: Reason | None, amount: int | None = None) -> _Valued:
        ways, why = self._ways(key)
        each = any(way is not None and way.each and way.factor for way in ways)
        found = [self._worth(entry.amount if amount is None else amount, way) for way in ways]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return _Valued(key, entry, 0, None, 0, inf, why, doubt, each)
        sizes, least, most = zip(*known, strict=True)
        part = why or (_PART_OF_A_GRAIN if max(most) > min(least) else None)
        return _Valued(key, entry, min(least), max(most), min(sizes), max(sizes), part, doubt, each)

    def _valued_loose(self, row: Loose) -> _Valued:
        part = self._valued(row.key, row.entry, row.why, row.most)
        if row.certain and part.most is not None:
            return part._replace(doubt=None)  # it counts as so much, whatever its amount
        both = row.why if part.why is None else Reason(row.why.kind, f"{row.why.text}, and {part.why.text}")
        return part._replace(doubt=both, loose=row)

    def _each_once(self, parts: list[_Valued]) -> list[_Valued]:
        """Where activities count as so much each, let one part of each count: the one that is worth most."""
        groups: dict[str, list[int]] = {}
        for place, part in enumerate(parts):
            if part.each:
                groups.setdefault(part.entry.id, []).append(place)
        for places in groups.values():
            group = [parts[place] for place in places]
            if len(group) == 1:
                continue
            if any(part.doubt or part.why or self._blank(part.key) for part in group):
                for place, part in zip(places, group, strict=True):
                    parts[place] = part._replace(small=0, doubt=part.doubt or part.why or _WHICH_PART)
                continue
            first = min(group, key=lambda part: (-part.least, -(part.entry.amount or 0), str(part.key)))
            for place, part in zip(places, group, strict=True):
                if part is not first:
                    parts[place] = part._replace(least=0, most=0, small=0, large=0, why=_OTHER_PART)
        return parts

    def _blank(self, key: Key) -> bool:
        """Tell whether a tag of a row is not known."""
        return any(
            tag is UNKNOWN or (tag is None and self._every(axis))
            for axis, tag in zip(self._axes, key[1:], strict=False)
        )

    def _sizes(self, parts: Iterable[_Valued]) -> tuple[dict[str, Fraction | float], set[str]]:
        """Give the sizes of what is certainly too small to count, and the ids of what may be."""
        if self.smallest is None:
            return {}, set()
        least: dict[str, Fraction | int] = {}
        most: dict[str, Fraction | float] = {}
        for part in parts:
            name = part.entry.id
            least[name] = least.get(name, 0) + (part.small if part.doubt is None else 0)
            most[name] = most.get(name, 0) + part.large
        limit = self.smallest.grains
        certain = {name: amount for name, amount in most.items() if amount < limit}
        return certain, {name for name, amount in least.items() if amount < limit}

    def _sort(
        self, part: _Valued, small: Fraction | float | None, certain: dict[Key, list[Entry]], new: Sorted
    ) -> None:
        """Put a part where it now belongs: what is certain of it, what may be more, what is not."""
        _, maybe, loose, outside = new
        entry = part.entry
        if part.most == 0 or small is not None:
            outside.append(Left(self._why_not(part, small), Batch(entry.amount or 0, (entry,))))
            return
        least = part.least if part.doubt is None else 0
        if least:
            certain.setdefault(part.key, []).append(self._at(entry, least))
        why = part.doubt or part.why or _WHETHER_LARGE
        if part.loose is not None:
            loose.append(part.loose._replace(why=why, most=part.most, entry=self._at(entry, part.most)))
        elif part.most is None:
            loose.append(Loose(part.key, why, None, self._at(entry, None)))
        elif part.most > least:
            more = part.most - least
            maybe.append((part.key, Left(why, Batch(more, (self._at(entry, more),)))))

    def _at(self, entry: Entry, grains: int | None) -> Entry:
        return entry._replace(amount=grains, unit=None if grains is None else self.unit)

    def _why_not(self, part: _Valued, small: Fraction | float | None) -> Reason:
        if part.why is _OTHER_PART:
            return _OTHER_PART
        unit = part.key[0]
        if unit not in (None, self.unit.label) and not any(self._applying(part.key, converting=True)):
            return Reason("unit", f"recorded in {unit.split('/')[0]}, not in {self.unit.plural}")
        if not part.most:
            return Reason("size", "it counts as nothing once it is converted, rounded and weighed")
        assert small is not None
        return Reason("size", f"{as_written(int(small), self.unit)} is less than the {self.smallest} that count")

    def _worth(self, recorded: int | None, way: _Rate | None) -> tuple[Fraction, int, int] | None:
        """Give how large an entry is one way, and the least and the most that it is then worth.

        None where nobody knows. A weight may leave a part of a grain, of which nobody says whether it counts.
        """
        if way is None or (recorded is None and not way.each):
            return None
        size = way.factor if way.each else (recorded or 0) * way.factor
        amount = size if self.rounding is None else Fraction(self.rounding.applied(size, self.unit))
        worth = amount * way.weight
        return size, floor(worth), ceil(worth)

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
        for one, stands, place, every in self._applying(key, converting=converting):
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

    def _applying(self, key: Key, *, converting: bool) -> Iterator[tuple[Worth, Standing, int, bool]]:
        """Give the rules that match a row, or may."""
        for one, planned, place, every in self.rules:
            if (one.every.unit != self.unit) != converting or (converting and not _of_unit(one, key)):
                continue
            stands = planned.standing(key)
            if stands is None or stands[0]:
                yield one, stands, place, every

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
    """An entry of a row, and the least and the most that it is worth."""

    key: Key
    entry: Entry
    least: int
    most: int | None
    #: The least and the most that it amounts to before it is weighed.
    small: Fraction | int
    large: Fraction | float
    #: What is not known, where the least and the most differ.
    why: Reason | None
    #: What is not known, where it may not count at all.
    doubt: Reason | None
    #: Whether it may count as so much, whatever was recorded of it.
    each: bool
    #: The row that it was, where that stays open.
    loose: Loose | None = None


def _of_unit(one: Worth, key: Key) -> bool:
    """Tell whether a row is, or may be, recorded in the unit that a rate speaks of."""
    return one.every.unit == ACTIVITY or key[0] is None or key[0] == one.every.unit.label


#: Why a part of an activity counts for nothing, where each activity counts as so much.
_OTHER_PART = Reason("repeat", "another part of it counts already")

_PART_OF_A_GRAIN = Reason("amount", "whether the part of a grain that its weight leaves counts is not stated")
_WHICH_PART = Reason("repeat", "which part of it counts is not known")
_WHETHER_LARGE = Reason("size", "whether it is large enough to count is not known")

#: No memo of cells grows beyond this, however many tags strangers think of.
_MEMO = 4096
