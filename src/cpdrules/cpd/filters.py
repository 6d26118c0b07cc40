"""Filters over the cells of a record: what a measure counts, what it may count, and what it leaves out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from cpdrules.amounts import Amount, Figure, Unit
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd.activities import UNKNOWN, Activity, Unknown, is_tag
from cpdrules.cpd.tallies import NO_CONVENTIONS, Key, Loose, Tally
from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Batch, Left, Reason, Tag, Where, in_words
from cpdrules.periods import Period
from cpdrules.policies import Case, Plan

#: How a cell stands to a filter: it is in it (None), out of it, or nobody can tell.
Standing: TypeAlias = "tuple[bool, Reason] | None"

#: No memo of cells grows beyond this, however many tags strangers think of.
_MEMO = 4096

#: What a memo gives for a cell that it does not hold: it may be cleared by another thread at any time.
NEW = object()


#: The cells and rows of a record, as a filter sees them: inside, perhaps inside, loose in time, and outside.
Sorted: TypeAlias = tuple[list[tuple[Key, Batch]], list[tuple[Key, Left]], list[Loose], list[Left]]


class Filter:
    """A filter, planned: it looks a cell up in its memo, and thinks only when it meets a new one."""

    def __init__(self, where: Where, unit: Unit | None, plan: Plan) -> None:
        tally, conventions = plan.share(Tally), plan.setting(NO_CONVENTIONS)
        self.unit: Unit | None = unit
        self.memo: dict[Key, Standing] = {}
        self.wanted: tuple[tuple[str, int, frozenset[Tag], bool], ...] = tuple(
            (axis, tally.mention(axis, _derived(axis)), frozenset(tags), conventions.every(axis))
            for axis, tags in where
        )

    def standing(self, key: Key) -> Standing:
        """Say how a cell stands, and remember it."""
        if len(self.memo) >= _MEMO:
            self.memo.clear()
        found = self.memo[key] = self._thought(key)
        return found

    def _thought(self, key: Key) -> Standing:
        if self.unit is not None and key[0] is not None and key[0] != self.unit.label:
            return False, Reason("unit", f"recorded in {key[0].split('/')[0]}, not in {self.unit.plural}")
        unknown: Reason | None = None
        for axis, place, tags, every in self.wanted:
            tag = key[place]
            if tag is UNKNOWN or (tag is None and every):
                fact = (
                    f"whether it is {named(axis)}"
                    if all(isinstance(one, bool) for one in tags)
                    else f"the {named(axis)} of it"
                )
                unknown = unknown or Reason("tag", f"{fact} is not known")
            elif not (not tags.isdisjoint(tag) if isinstance(tag, tuple) else tag in tags):
                text = f"no {named(axis)}" if tag is None else in_words(((axis, (tag,)),))
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


def named(axis: str) -> str:
    """Write an axis as words."""
    return axis.replace("_", " ")


def sorter(planned: Filter, plan: Plan) -> Callable[[Case, Period | None], Sorted]:
    """Plan how a record is sorted by a filter."""
    tally, conventions = plan.share(Tally), plan.setting(NO_CONVENTIONS)
    recall: Callable[[Key, Any], Any] = planned.memo.get
    think = planned.standing

    def sort(case: Case, period: Period | None) -> Sorted:
        settled, open_rows, apart = tally.cells(case, period, conventions)
        inside: list[tuple[Key, Batch]] = []
        maybe: list[tuple[Key, Left]] = []
        outside = list(apart)
        for item in settled.items():
            key, batch = item
            stands: Any = recall(key, NEW)
            if stands is NEW:
                stands = think(key)
            if stands is None:
                inside.append(item)
            elif stands[0]:
                maybe.append((key, Left(stands[1], batch)))
            else:
                outside.append(Left(stands[1], batch))
        return inside, maybe, _loose(open_rows, planned, outside) if open_rows else [], outside

    return sort


def _loose(rows: Iterable[Loose], planned: Filter, outside: list[Left]) -> list[Loose]:
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


def lies_inside(inner: Where, outer: Where) -> bool:
    """Whether everything that one filter admits, the other admits too."""
    admitted = dict(inner)
    return all(axis in admitted and set(admitted[axis]) <= set(tags) for axis, tags in outer)


def lie_apart(one: Where, other: Where) -> bool:
    """Whether nothing can fall to both of two filters."""
    admitted = dict(one)
    return any(axis in admitted and not set(admitted[axis]) & set(tags) for axis, tags in other)


def narrowed(where: Where, axis: str, tag: Tag) -> Where:
    """Give the filter for what carries a tag besides.

    Raises:
        PolicyError: the filter admits other tags of that axis only.
    """
    admitted = dict(where)
    if axis in admitted and not any(tag == one and type(tag) is type(one) for one in admitted[axis]):
        raise PolicyError(
            f"Of {in_words(where)}, nothing is left where the {named(axis)} is {tag}",
            remedy="Leave the axis out of the filter",
            where=where,
            tag=tag,
        )
    kept = {**admitted, axis: (tag,)}
    return tuple(sorted(kept.items(), key=lambda one: (one[0].startswith("longer than "), one[0])))


def where_of(tags: dict[str, Tag], longer_than: Figure | None) -> Where:
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
