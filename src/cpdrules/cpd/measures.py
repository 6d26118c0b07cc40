"""What a clause can count: amounts, entries, different tags; and under which caps.

Everything is counted twice over, in the worst case and in the best: what is not known of an activity counts towards
what it might be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import Factory, evolve, field, frozen

from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Figure, Unit
from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.caps import Cap, Caps
from cpdrules.cpd.filters import NEW, Filter, lie_apart, lies_inside, named, sorter, where_of
from cpdrules.cpd.tallies import Conventions, Key, Loose, Tally
from cpdrules.errors import PolicyError, shown
from cpdrules.figures import Reader, Reading
from cpdrules.findings import Batch, Left, Reason, Tag, Where, in_words
from cpdrules.periods import Period
from cpdrules.policies import Case, Plan


@frozen
class Total:
    """The amount of all activities of a kind; see ``hours`` and ``amounts``."""

    unit: Unit
    where: Where = ()
    caps: tuple[Cap, ...] = ()

    def planned(self, plan: Plan) -> Reader:
        """Plan the sum, and where there are caps what they leave of it."""
        planned = Filter(self.where, self.unit, plan)
        sort = sorter(planned, plan)
        settle = Caps(self.caps, self.where, plan).settled if self.caps else _summed

        def read_slowly(case: Case, period: Period | None) -> Reading:
            return settle(*sort(case, period))

        return read_slowly if self.caps else _quick(planned, plan, read_slowly)

    def __str__(self) -> str:
        return _listed(in_words(self.where), *map(str, self.caps))


def _quick(planned: Filter, plan: Plan, read_slowly: Reader) -> Reader:
    """Plan the sum of a record of which all is known, and leave every other to the slow way."""
    tally, straddling = plan.share(Tally), plan.setting(Conventions()).straddling
    recall: Callable[[Key, Any], Any] = planned.memo.get

    def read(case: Case, period: Period | None) -> Reading:
        settled, loose, apart = tally.cells(case, period, straddling)
        if loose:
            return read_slowly(case, period)
        least, entries, outside = 0, [], [*apart]
        for key, batch in settled.items():
            stands: Any = recall(key, NEW)
            if stands is None:
                entries.append(batch)
                least += batch[0]
            elif stands is NEW or stands[0]:
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
    unsure = (*(left for _, left in maybe), *(row.left for row in loose))
    most = None if any(row.most is None for row in loose) else least + sum(left.batch.amount for left in unsure)
    return Reading(least, most, entries, unsure, tuple(outside))


@frozen
class Entries:
    """The number of activities of a kind, whatever their amounts; see ``entries``."""

    where: Where = ()
    unit: Unit = field(default=ACTIVITY, init=False)

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting; an activity in several shares is one activity."""
        sort = sorter(Filter(self.where, None, plan), plan)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            certain = [*(batch for _, batch in inside), *(row.batch for row in loose if row.certain)]
            sure = {entry.id for batch in certain for entry in batch.entries}
            maybe_some = [*(left for _, left in maybe), *(row.left for row in loose if not row.certain)]
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
    unit: Unit = field(init=False, default=Factory(lambda self: Unit(named(self.axis)), takes_self=True))

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting of tags; an unknown one may be a new one or an old one."""
        place = plan.share(Tally).mention(self.axis)
        conventions = plan.setting(Conventions())
        every, known = conventions.every(self.axis), self._known(conventions)
        unknown = Reason("tag", f"the {named(self.axis)} of it is not known")
        sort = sorter(Filter(self.where, None, plan), plan)

        def blank(key: Key) -> bool:
            return key[place] is UNKNOWN or (key[place] is None and every)

        admitted = dict(self.where).get(self.axis)

        def tags_of(key: Key) -> tuple[Tag, ...]:
            tag = key[place]
            tags = tag if isinstance(tag, tuple) else () if tag is None or tag is UNKNOWN else (tag,)
            return tags if admitted is None else tuple(one for one in tags if one in admitted)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            certain = [*inside, *((row.key, row.batch) for row in loose if row.certain)]
            seen = {tag for key, _ in certain for tag in tags_of(key)}
            hidden = [(key, Left(unknown, batch)) for key, batch in certain if blank(key)]
            perhaps = [*hidden, *maybe, *((row.key, row.left) for row in loose if not row.certain)]
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


def amounts(unit: Unit, *, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count the amount in a unit of the activities that carry the tags; several tags of one axis are alternatives."""
    return Total(unit, where_of(tags, longer_than))


def hours(*, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count hours: ``hours(planned=True)``, ``hours(area=("personal_technical", "job_role_technical"))``."""
    return Total(HOUR, where_of(tags, longer_than))


def points(*, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count points."""
    return Total(POINT, where_of(tags, longer_than))


def entries(*, longer_than: Figure | None = None, **tags: Tag) -> Entries:
    """Count activities, whatever their amounts.

    Presence is at least one of them: ``at_least(1, entries(topic="ethics"))``.
    ``reflected=True`` picks those with a reflection; ``longer_than`` (hours) those that took longer.
    """
    return Entries(where_of(tags, longer_than))


def different(axis: str, *, longer_than: Figure | None = None, **tags: Tag) -> Different:
    """Count how many different tags of an axis occur: categories used, say; where some are named, how many of these."""
    return Different(axis, where_of(tags, longer_than))


def up_to(figure: Figure, *, unit: Unit = HOUR, **tags: Tag) -> Cap:
    """Cap what counts of the activities that carry the tags: ``up_to(20, planned=False)``."""
    return Cap(Amount.of(figure, unit), where_of(tags, None))


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
            nested = lies_inside(cap.where, other.where) or lies_inside(other.where, cap.where)
            if not nested and not lie_apart(cap.where, other.where):
                raise PolicyError(
                    f"The caps on {in_words(cap.where)} and on {in_words(other.where)} cross",
                    why="Which of them an hour falls under would decide how much counts",
                    remedy="Let one lie inside the other, or keep them apart on one axis",
                    caps=(other, cap),
                )
    return evolve(measure, caps=every)


def _listed(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
