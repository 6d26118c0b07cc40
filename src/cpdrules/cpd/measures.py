"""What a clause can count: amounts, entries, different tags; and caps on what counts.

Everything is counted twice over, in the worst case and in the best: what is not known of an activity counts towards what
it might be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Figure, Unit, hours as so_many_hours
from cpdrules.cpd.activities import UNKNOWN, Activity
from cpdrules.cpd.tallies import Conventions, Key, Loose, Tally
from cpdrules.errors import PolicyError
from cpdrules.findings import Batch, Entry, Left, Reason, Tag, Where, in_words
from cpdrules.periods import Period
from cpdrules.figures import Reader, Reading
from cpdrules.policies import Case, Plan

#: How a cell stands to a filter: it is in it (None), out of it, or nobody can tell.
_Standing: TypeAlias = "tuple[bool, Reason] | None"

#: No memo of cells grows beyond this, however many tags strangers think of.
_MEMO = 4096


#: The cells and rows of a record, as a filter sees them: inside, perhaps inside, loose in time, and outside.
_Sorted: TypeAlias = tuple[list[tuple[Key, Batch]], list[tuple[Key, Left]], list[Loose], list[Left]]


class _Filter:
    """A filter, planned: it looks a cell up in its memo, and thinks only when it meets a new one."""

    def __init__(self, where: Where, unit: Unit | None, plan: Plan) -> None:
        tally, conventions = plan.share(Tally), plan.setting(Conventions())
        self.unit = unit
        self.memo: dict[Key, _Standing] = {}
        self.wanted = tuple(
            (axis, tally.mention(axis, _derived(axis)), frozenset(tags), conventions.every(axis)) for axis, tags in where
        )

    def standing(self, key: Key) -> _Standing:
        """Say how a cell stands, and remember it."""
        if len(self.memo) >= _MEMO:
            self.memo.clear()
        found = self.memo[key] = self._thought(key)
        return found

    def _thought(self, key: Key) -> _Standing:
        if self.unit is not None and key[0] is not None and key[0] != self.unit.label:
            return False, Reason("unit", f"recorded in {key[0].split('/')[0]}, not in {self.unit.plural}")
        unknown: Reason | None = None
        for axis, place, tags, every in self.wanted:
            tag = key[place]
            if tag is UNKNOWN or (tag is None and every):
                unknown = unknown or Reason("tag", f"{_named(axis)} is not known")
            elif not (not tags.isdisjoint(tag) if isinstance(tag, tuple) else tag in tags):
                text = f"no {_named(axis)}" if tag is None else in_words(((axis, (tag,)),))
                return False, Reason("tag", text)
        return unknown and (True, unknown)


def _derived(axis: str) -> Callable[[Activity], Any] | None:
    """Give how an axis is worked out that is not tagged: whether there is a reflection, whether it was long."""
    if axis == "reflected":
        return lambda activity: bool(activity.reflection.strip())
    if axis.startswith("longer than "):
        limit = so_many_hours(axis.removeprefix("longer than "))
        return lambda activity: UNKNOWN if activity.amount is None else activity.amount > limit
    return None


def _named(axis: str) -> str:
    return axis.replace("_", " ")


def _sorter(where: Where, unit: Unit | None, plan: Plan) -> Callable[[Case, Period | None], _Sorted]:
    tally, straddling = plan.share(Tally), plan.setting(Conventions()).straddling
    planned = _Filter(where, unit, plan)
    memo, think = planned.memo, planned.standing

    def sort(case: Case, period: Period | None) -> _Sorted:
        settled, open_rows, apart = tally.cells(case, period, straddling)
        inside: list[tuple[Key, Batch]] = []
        maybe: list[tuple[Key, Left]] = []
        outside = list(apart)
        for item in settled.items():
            key, batch = item
            stands = memo[key] if key in memo else think(key)
            if stands is None:
                inside.append(item)
            elif stands[0]:
                maybe.append((key, Left(stands[1], batch)))
            else:
                outside.append(Left(stands[1], batch))
        return inside, maybe, _loose(open_rows, planned, outside) if open_rows else [], outside

    return sort


def _loose(rows: Iterable[Loose], planned: _Filter, outside: list[Left]) -> list[Loose]:
    found: list[Loose] = []
    for row in rows:
        stands = planned.standing(row.key)
        if stands is None:
            found.append(row)
        elif stands[0]:
            found.append(row._replace(why=Reason("tag", f"{row.why.text}, and {stands[1].text}"), least=0))
        else:
            outside.append(Left(stands[1], Batch(row.entry.amount or 0, (row.entry,))))
    return found


@frozen
class Cap:
    """No more than a figure of some of what a measure counts; see ``up_to``."""

    figure: Amount
    where: Where


@frozen
class Total:
    """The amount of all activities of a kind; see ``hours`` and ``amounts``."""

    unit: Unit
    where: Where = ()
    caps: tuple[Cap, ...] = ()

    def planned(self, plan: Plan) -> Reader:
        """Plan the sum, and where there are caps what they leave of it."""
        sort = _sorter(self.where, self.unit, plan)
        settle = _settler(self.caps, plan) if self.caps else None

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            if settle is not None:
                return settle(inside, maybe, loose, outside)
            entries = tuple([batch for _, batch in inside])
            least = most = sum([batch.amount for batch in entries])
            if not maybe and not loose:
                return Reading(least, most, entries, (), tuple(outside))
            unsure = [left for _, left in maybe]
            most += sum(left.batch.amount for left in unsure)
            least += sum(row.least for row in loose)
            unlimited = any(row.most is None for row in loose)
            most += sum(row.most or 0 for row in loose)
            unsure += [Left(row.why, Batch(row.most or 0, (row.entry,))) for row in loose]
            return Reading(least, None if unlimited else most, entries, tuple(unsure), tuple(outside))

        return read

    def __str__(self) -> str:
        return _listed(in_words(self.where), *(f"of which {cap.figure} at most count of: {in_words(cap.where)}" for cap in self.caps))


@frozen
class Entries:
    """The number of activities of a kind, whatever their amounts; see ``entries``."""

    where: Where = ()
    unit: Unit = field(default=ACTIVITY, init=False)

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting; an activity in several shares is one activity."""
        sort = _sorter(self.where, None, plan)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            sure = {entry.id for _, batch in inside for entry in batch.entries}
            sure |= {row.entry.id for row in loose if row.least or row.why.kind == "amount"}
            unsure = [left for _, left in maybe] + [Left(row.why, Batch(row.most or 0, (row.entry,))) for row in loose]
            every = sure | {entry.id for left in unsure for entry in left.batch.entries}
            unsure = [left for left in unsure if any(entry.id not in sure for entry in left.batch.entries)]
            return Reading(len(sure), len(every), tuple(batch for _, batch in inside), tuple(unsure), tuple(outside))

        return read

    def __str__(self) -> str:
        return in_words(self.where)


@frozen
class Different:
    """How many different tags of one axis occur; see ``different``."""

    axis: str
    where: Where = ()
    unit: Unit = field(init=False)

    @unit.default
    def _named_by_the_axis(self) -> Unit:
        return Unit(_named(self.axis))

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting of tags; an unknown one may be a new one or an old one."""
        place = plan.share(Tally).mention(self.axis)
        every = plan.setting(Conventions()).every(self.axis)
        sort = _sorter(self.where, None, plan)

        def tags_of(key: Key) -> tuple[Tag, ...]:
            tag = key[place]
            return tag if isinstance(tag, tuple) else () if tag is None or tag is UNKNOWN else (tag,)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            seen = {tag for key, _ in inside for tag in tags_of(key)}
            seen |= {tag for row in loose if row.least or row.why.kind == "amount" for tag in tags_of(row.key)}
            hidden = [(key, Left(Reason("tag", f"{_named(self.axis)} is not known"), batch)) for key, batch in inside
                      if key[place] is UNKNOWN or (key[place] is None and every)]
            open_rows = [(row.key, Left(row.why, Batch(row.most or 0, (row.entry,)))) for row in loose]
            unsure = [*hidden, *maybe, *open_rows]
            new = {tag for key, _ in unsure for tag in tags_of(key)} - seen
            blank = sum(len(left.batch.entries) for key, left in unsure if not tags_of(key))
            counted = tuple(batch for key, batch in inside if tags_of(key))
            return Reading(len(seen), len(seen) + len(new) + blank, counted, tuple(left for _, left in unsure), tuple(outside))

        return read

    def __str__(self) -> str:
        return in_words(self.where)


# Caps -------------------------------------------------------------------------------------------------------------------

#: More than any record can hold: the amount of an activity whose amount is not known, in the best case.
_UNLIMITED = 10**18


def _settler(caps: tuple[Cap, ...], plan: Plan) -> Callable[..., Reading]:
    """Plan caps that lie inside one another or apart, the inner ones first."""
    ordered = sorted(caps, key=lambda cap: (-sum(_inside(cap.where, other.where) for other in caps), cap.figure.grains))
    planned = tuple((cap.figure.grains, _Filter(cap.where, None, plan), cap) for cap in ordered)

    def settle(inside: list[Any], maybe: list[Any], loose: list[Loose], outside: list[Left]) -> Reading:
        sure = [(key, batch.amount) for key, batch in inside]
        counted = _under(sure + [(row.key, row.least) for row in loose], planned, doubtful=True)
        possible = sure + [(key, left.batch.amount) for key, left in maybe]
        possible += [(row.key, _UNLIMITED if row.most is None else row.most) for row in loose]
        most = sum(amount for amount, _ in _under(possible, planned, doubtful=False))
        entries: list[Batch] = []
        for (_, batch), (amount, cap) in zip(inside, counted, strict=False):
            entries += [kept for kept in (_first(batch, amount),) if kept.entries]
            if cap is not None:
                why = Reason("cap", f"no more than {cap.figure} count of: {in_words(cap.where)}")
                outside.append(Left(why, _rest(batch, amount)))
        unsure = [left for _, left in maybe] + [Left(row.why, Batch(row.most or 0, (row.entry,))) for row in loose]
        least = sum(amount for amount, _ in counted)
        return Reading(least, None if most >= _UNLIMITED else most, tuple(entries), tuple(unsure), tuple(outside))

    return settle


def _under(
    rows: list[tuple[Key, int]], caps: tuple[tuple[int, _Filter, Cap], ...], *, doubtful: bool
) -> list[tuple[int, Cap | None]]:
    """Give how much of each row counts, and the cap that cut it; ``doubtful`` rows fall under every cap that they may."""
    amounts = [amount for _, amount in rows]
    cut: list[Cap | None] = [None] * len(rows)
    for limit, planned, cap in caps:
        stands = [planned.standing(key) for key, _ in rows]
        held = [place for place, one in enumerate(stands) if one is None or (one[0] and doubtful)]
        excess = sum(amounts[place] for place in held) - limit
        for place in sorted(held, key=lambda place: str(rows[place][0]), reverse=True):
            taken = min(max(excess, 0), amounts[place])
            if taken:
                amounts[place] -= taken
                excess -= taken
                cut[place] = cap
    return list(zip(amounts, cut, strict=True))


def _first(batch: Batch, amount: int) -> Batch:
    """Give the part of a batch that counts, its earliest entries first."""
    kept: list[Entry] = []
    left = amount
    for entry in sorted(batch.entries, key=_by_day):
        part = min(left, entry.amount or 0)
        if part:
            kept.append(entry._replace(amount=part))
        left -= part
    return batch if amount == batch.amount else Batch(amount, tuple(kept))


def _rest(batch: Batch, amount: int) -> Batch:
    kept = {entry.id: entry.amount or 0 for entry in _first(batch, amount).entries}
    rest = [entry._replace(amount=(entry.amount or 0) - kept.get(entry.id, 0)) for entry in batch.entries]
    return Batch(batch.amount - amount, tuple(entry for entry in rest if entry.amount))


def _by_day(entry: Entry) -> tuple[Any, str]:
    return (entry.day is None, entry.day), entry.id


def _inside(inner: Where, outer: Where) -> bool:
    """Whether everything that one filter admits, the other admits too."""
    admitted = dict(inner)
    return all(axis in admitted and set(admitted[axis]) <= set(tags) for axis, tags in outer)


def _apart(one: Where, other: Where) -> bool:
    admitted = dict(one)
    return any(axis in admitted and not set(admitted[axis]) & set(tags) for axis, tags in other)


# Words ------------------------------------------------------------------------------------------------------------------


def amounts(unit: Unit, *, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count the amount in a unit of the activities that carry the tags; several tags of one axis are alternatives."""
    return Total(unit, _where(tags, longer_than))


def hours(*, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count hours: ``hours(planned=True)``, ``hours(area=("personal_technical", "job_role_technical"))``."""
    return Total(HOUR, _where(tags, longer_than))


def points(*, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count points."""
    return Total(POINT, _where(tags, longer_than))


def entries(*, longer_than: Figure | None = None, **tags: Tag) -> Entries:
    """Count activities, whatever their amounts; ``at_least(1, entries(topic="ethics"))`` asks for presence.

    ``reflected=True`` picks those with a reflection; ``longer_than`` (hours) those that took longer.
    """
    return Entries(_where(tags, longer_than))


def different(axis: str, *, longer_than: Figure | None = None, **tags: Tag) -> Different:
    """Count how many different tags of an axis occur: categories used, say."""
    return Different(axis, _where(tags, longer_than))


def up_to(figure: Figure, *, unit: Unit = HOUR, **tags: Tag) -> Cap:
    """Cap what counts of the activities that carry the tags: ``up_to(20, planned=False)``."""
    return Cap(Amount.of(figure, unit), _where(tags, None))


def counting(measure: Total, *caps: Cap) -> Total:
    """Count a measure under caps. A cap lowers what counts, and never makes a shortfall of its own.

    Raises:
        PolicyError: two caps cross: neither lies inside the other, and an activity may fall under both.
    """
    every = (*measure.caps, *caps)
    for number, cap in enumerate(every):
        if cap.figure.unit != measure.unit:
            raise PolicyError(
                f"A cap of {cap.figure} cannot limit a count of {measure.unit.plural}",
                remedy="Give the cap in the measure's unit",
                cap=cap,
            )
        for other in every[:number]:
            if not (_inside(cap.where, other.where) or _inside(other.where, cap.where) or _apart(cap.where, other.where)):
                raise PolicyError(
                    f"The caps on {in_words(cap.where)} and on {in_words(other.where)} cross",
                    why="Which of them an hour falls under would decide how much counts",
                    remedy="Let one lie inside the other, or keep them apart on one axis",
                    caps=(other, cap),
                )
    return evolve(measure, caps=every)


def _where(tags: dict[str, Tag], longer_than: Figure | None) -> Where:
    """Put a filter in one order, so that equal filters are equal values."""
    found = [(axis, tag if isinstance(tag, tuple) else (tag,)) for axis, tag in sorted(tags.items())]
    if longer_than is not None:
        found.append((f"longer than {so_many_hours(longer_than)}", (True,)))
    for axis, admitted in found:
        if not admitted or not all(isinstance(tag, (str, bool, int)) for tag in admitted):
            raise PolicyError(
                f"{admitted!r} is no tag to look for on the axis {axis!r}",
                remedy="Give a text, yes or no, a whole number, or several of them",
                axis=axis,
                tags=admitted,
            )
    return tuple((axis, tuple(sorted(admitted, key=str))) for axis, admitted in found)


def _listed(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
