"""What a clause can count: amounts, entries, different tags; and caps on what counts.

Everything is counted twice over, in the worst case and in the best: what is not known of an activity counts towards
what it might be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

from attrs import Factory, evolve, field, frozen

from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Figure, Unit
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd.activities import UNKNOWN, Activity, Unknown, is_tag
from cpdrules.cpd.tallies import Conventions, Key, Loose, Tally
from cpdrules.errors import PolicyError, shown
from cpdrules.figures import Reader, Reading
from cpdrules.findings import Batch, Entry, Left, Reason, Room, Tag, Where, in_words
from cpdrules.periods import Period
from cpdrules.policies import Case, Plan

#: How a cell stands to a filter: it is in it (None), out of it, or nobody can tell.
_Standing: TypeAlias = "tuple[bool, Reason] | None"

#: No memo of cells grows beyond this, however many tags strangers think of.
_MEMO = 4096

#: What a memo gives for a cell that it does not hold: it may be cleared by another thread at any time.
_NEW = object()


#: The cells and rows of a record, as a filter sees them: inside, perhaps inside, loose in time, and outside.
_Sorted: TypeAlias = tuple[list[tuple[Key, Batch]], list[tuple[Key, Left]], list[Loose], list[Left]]


class _Filter:
    """A filter, planned: it looks a cell up in its memo, and thinks only when it meets a new one."""

    def __init__(self, where: Where, unit: Unit | None, plan: Plan) -> None:
        tally, conventions = plan.share(Tally), plan.setting(Conventions())
        self.unit = unit
        self.memo: dict[Key, _Standing] = {}
        self.wanted = tuple(
            (axis, tally.mention(axis, _derived(axis)), frozenset(tags), conventions.every(axis))
            for axis, tags in where
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
                fact = (
                    f"whether it is {_named(axis)}"
                    if all(isinstance(one, bool) for one in tags)
                    else f"the {_named(axis)} of it"
                )
                unknown = unknown or Reason("tag", f"{fact} is not known")
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
        return lambda activity: _lasted(activity, limit)
    return None


def _lasted(activity: Activity, limit: Amount) -> bool | Unknown:
    """Tell whether an activity took longer; of one that is recorded in points nobody can tell."""
    amount = activity.amount
    return UNKNOWN if amount is None or amount.unit != limit.unit else amount > limit


def _named(axis: str) -> str:
    return axis.replace("_", " ")


def _sorter(planned: _Filter, plan: Plan) -> Callable[[Case, Period | None], _Sorted]:
    tally, straddling = plan.share(Tally), plan.setting(Conventions()).straddling
    recall: Callable[[Key, Any], Any] = planned.memo.get
    think = planned.standing

    def sort(case: Case, period: Period | None) -> _Sorted:
        settled, open_rows, apart = tally.cells(case, period, straddling)
        inside: list[tuple[Key, Batch]] = []
        maybe: list[tuple[Key, Left]] = []
        outside = list(apart)
        for item in settled.items():
            key, batch = item
            stands: Any = recall(key, _NEW)
            if stands is _NEW:
                stands = think(key)
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
            found.append(row._replace(why=Reason("tag", f"{row.why.text}, and {stands[1].text}")))
        else:
            outside.append(Left(stands[1], Batch(row.entry.amount or 0, (row.entry,))))
    return found


@frozen
class Cap:
    """No more than a figure of some of what a measure counts; see ``up_to``."""

    figure: Amount
    where: Where

    def __str__(self) -> str:
        return f"of which {self.figure} at most count{_of(self)}"


@frozen
class Total:
    """The amount of all activities of a kind; see ``hours`` and ``amounts``."""

    unit: Unit
    where: Where = ()
    caps: tuple[Cap, ...] = ()

    def planned(self, plan: Plan) -> Reader:
        """Plan the sum, and where there are caps what they leave of it."""
        planned = _Filter(self.where, self.unit, plan)
        sort = _sorter(planned, plan)
        settle = _Caps(self.caps, self.where, plan).settled if self.caps else _summed

        def read_slowly(case: Case, period: Period | None) -> Reading:
            return settle(*sort(case, period))

        return read_slowly if self.caps else _quick(planned, plan, read_slowly)

    def __str__(self) -> str:
        return _listed(in_words(self.where), *map(str, self.caps))


def _quick(planned: _Filter, plan: Plan, read_slowly: Reader) -> Reader:
    """Plan the sum of a record of which all is known, and leave every other to the slow way."""
    tally, straddling = plan.share(Tally), plan.setting(Conventions()).straddling
    recall: Callable[[Key, Any], Any] = planned.memo.get

    def read(case: Case, period: Period | None) -> Reading:
        settled, loose, apart = tally.cells(case, period, straddling)
        if loose:
            return read_slowly(case, period)
        least, entries, outside = 0, [], [*apart]
        for key, batch in settled.items():
            stands: Any = recall(key, _NEW)
            if stands is None:
                entries.append(batch)
                least += batch[0]
            elif stands is _NEW or stands[0]:
                return read_slowly(case, period)
            else:
                outside.append(_new(Left, (stands[1], batch)))
        return _new(Reading, (least, least, tuple(entries), (), tuple(outside), ()))

    return read


#: Makes a named tuple without the detour over its own ``__new__``.
_new = tuple.__new__


def _summed(
    inside: list[tuple[Key, Batch]], maybe: list[tuple[Key, Left]], loose: list[Loose], outside: list[Left]
) -> Reading:
    entries = tuple(batch for _, batch in inside)
    least = sum(batch.amount for batch in entries)
    unsure = (*(left for _, left in maybe), *map(_open, loose))
    most = None if any(row.most is None for row in loose) else least + sum(left.batch.amount for left in unsure)
    return Reading(least, most, entries, unsure, tuple(outside))


@frozen
class Entries:
    """The number of activities of a kind, whatever their amounts; see ``entries``."""

    where: Where = ()
    unit: Unit = field(default=ACTIVITY, init=False)

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting; an activity in several shares is one activity."""
        sort = _sorter(_Filter(self.where, None, plan), plan)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            certain = [*(batch for _, batch in inside), *(_one(row) for row in loose if row.certain)]
            sure = {entry.id for batch in certain for entry in batch.entries}
            maybe_some = [*(left for _, left in maybe), *(_open(row) for row in loose if not row.certain)]
            every = sure | {entry.id for left in maybe_some for entry in left.batch.entries}
            unsure = tuple(kept for left in maybe_some if (kept := _beside(left, sure)).batch.entries)
            return Reading(len(sure), len(every), tuple(certain), unsure, tuple(outside))

        return read

    def __str__(self) -> str:
        return in_words(self.where)


@frozen
class Different:
    """How many different tags of one axis occur; see ``different``."""

    axis: str
    where: Where = ()
    unit: Unit = field(init=False, default=Factory(lambda self: Unit(_named(self.axis)), takes_self=True))

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting of tags; an unknown one may be a new one or an old one."""
        place = plan.share(Tally).mention(self.axis)
        conventions = plan.setting(Conventions())
        every, known = conventions.every(self.axis), self._known(conventions)
        unknown = Reason("tag", f"the {_named(self.axis)} of it is not known")
        sort = _sorter(_Filter(self.where, None, plan), plan)

        def blank(key: Key) -> bool:
            return key[place] is UNKNOWN or (key[place] is None and every)

        admitted = dict(self.where).get(self.axis)

        def tags_of(key: Key) -> tuple[Tag, ...]:
            tag = key[place]
            tags = tag if isinstance(tag, tuple) else () if tag is None or tag is UNKNOWN else (tag,)
            return tags if admitted is None else tuple(one for one in tags if one in admitted)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            certain = [*inside, *((row.key, _one(row)) for row in loose if row.certain)]
            seen = {tag for key, _ in certain for tag in tags_of(key)}
            hidden = [(key, Left(unknown, batch)) for key, batch in certain if blank(key)]
            perhaps = [*hidden, *maybe, *((row.key, _open(row)) for row in loose if not row.certain)]
            new = {tag for key, _ in perhaps for tag in tags_of(key)} - seen
            blanks = sum(len(left.batch.entries) for key, left in perhaps if blank(key))
            if known is not None:
                blanks = min(blanks, len(known - seen - new))
            least = len(seen) or (1 if hidden else 0)
            entries = tuple(batch for key, batch in certain if tags_of(key))
            unsure = tuple(left for _, left in perhaps)
            return Reading(least, len(seen) + len(new) + blanks, entries, unsure, tuple(outside))

        return read

    def _known(self, conventions: Conventions) -> frozenset[Tag] | None:
        """Give the tags that an unknown one can be; None where nothing limits them."""
        listed = dict(self.where).get(self.axis) or conventions.tags(self.axis)
        return frozenset(listed) if listed else None

    def __str__(self) -> str:
        return in_words(self.where)


def _beside(left: Left, counted: set[str]) -> Left:
    """Keep of a batch the activities that do not count already, by another share of theirs."""
    entries = tuple(entry for entry in left.batch.entries if entry.id not in counted)
    if len(entries) == len(left.batch.entries):
        return left
    return Left(left.why, Batch(sum(entry.amount or 0 for entry in entries), entries))


def _one(row: Loose) -> Batch:
    return Batch(row.most or 0, (row.entry,))


def _open(row: Loose) -> Left:
    return Left(row.why, _one(row))


# Caps -----------------------------------------------------------------------------------------------------------------

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


class _Caps:
    """Caps on a measure, planned: those that lie inside others first."""

    def __init__(self, caps: tuple[Cap, ...], where: Where, plan: Plan) -> None:
        def outermost_last(cap: Cap) -> tuple[int, int, str]:
            return -sum(_inside(cap.where, other.where) for other in caps), cap.figure.grains, str(cap.where)

        self.caps = sorted(caps, key=outermost_last)
        self.filters = [_Filter(_beyond(where, cap.where), None, plan) for cap in self.caps]
        #: By cap, those that hold whatever it holds.
        self.around = [
            {place for place, other in enumerate(self.caps) if _inside(cap.where, other.where)} for cap in self.caps
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
        unsure = [*(left for _, left in maybe), *map(_open, loose)]
        entries: list[Batch] = []
        for row, amount, cap in zip(rows, counted, by, strict=True):
            kept, rest = _split(row.batch, amount)
            if kept.entries:
                entries.append(kept)
            if rest.entries and row.why is not None and (cap is None or most > least):
                unsure.append(Left(row.why, rest))
            elif rest.entries and cap is not None:
                outside.append(Left(Reason("cap", f"no more than {cap.figure} count{_of(cap)}"), rest))
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


def _of(cap: Cap) -> str:
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


def _inside(inner: Where, outer: Where) -> bool:
    """Whether everything that one filter admits, the other admits too."""
    admitted = dict(inner)
    return all(axis in admitted and set(admitted[axis]) <= set(tags) for axis, tags in outer)


def _apart(one: Where, other: Where) -> bool:
    admitted = dict(one)
    return any(axis in admitted and not set(admitted[axis]) & set(tags) for axis, tags in other)


# Words ----------------------------------------------------------------------------------------------------------------


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
    """Count activities, whatever their amounts.

    Presence is at least one of them: ``at_least(1, entries(topic="ethics"))``.
    ``reflected=True`` picks those with a reflection; ``longer_than`` (hours) those that took longer.
    """
    return Entries(_where(tags, longer_than))


def different(axis: str, *, longer_than: Figure | None = None, **tags: Tag) -> Different:
    """Count how many different tags of an axis occur: categories used, say; where some are named, how many of these."""
    return Different(axis, _where(tags, longer_than))


def up_to(figure: Figure, *, unit: Unit = HOUR, **tags: Tag) -> Cap:
    """Cap what counts of the activities that carry the tags: ``up_to(20, planned=False)``."""
    return Cap(Amount.of(figure, unit), _where(tags, None))


def counting(measure: Total, *caps: Cap) -> Total:
    """Count a measure under caps. A cap lowers what counts, and never makes a shortfall of its own.

    Raises:
        PolicyError: two caps cross: neither lies inside the other, and an activity may fall under both; or what is to
            be capped is no sum of amounts, or of another unit.
    """
    counted: object = measure
    if not isinstance(counted, Total) or not all(isinstance(cap, Cap) for cap in caps):
        raise PolicyError(
            f"Caps limit a sum of amounts, not {shown(measure if not isinstance(counted, Total) else caps)}",
            remedy="Write for example counting(hours(), up_to(20, planned=False))",
            measure=measure,
            caps=caps,
        )
    every = (*measure.caps, *caps)
    for number, cap in enumerate(every):
        if cap.figure.unit != measure.unit:
            raise PolicyError(
                f"A cap of {cap.figure} cannot limit a count of {measure.unit.plural}",
                remedy="Give the cap in the measure's unit",
                cap=cap,
            )
        for other in every[:number]:
            if not (
                _inside(cap.where, other.where) or _inside(other.where, cap.where) or _apart(cap.where, other.where)
            ):
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
        if not admitted or not all(map(is_tag, admitted)):
            raise PolicyError(
                f"{shown(admitted)} is no tag to look for on the axis {axis!r}",
                remedy="Give a text, yes or no, a whole number, or several of them",
                axis=axis,
                tags=admitted,
            )
    return tuple(
        (axis, tuple(sorted(set(admitted), key=lambda tag: (type(tag).__name__, tag)))) for axis, admitted in found
    )


def _listed(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
