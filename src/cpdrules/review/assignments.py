"""Which assessor reads which return: of the same field where possible, never their own, and never with a conflict.

Returns are placed in the order of their tickets, each with the least loaded assessor of its field; then room is made
for those left over, and loads are evened out where that costs no field. What nobody can take is listed with its
reasons, never dropped. Whoever else places returns can be checked by the same rules.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.review.desks import Allocation, Assessor, Desk, Hindrance, ToAssess, Unplaced, digest
from cpdrules.review.returns import refuse_doubles


def assign(desk: Desk) -> Allocation:
    """Place as many returns as can be placed, each once; the same desk gives the same answer everywhere.

    No return is left over that moving others could make room for. No assessor has two more than another who could take
    one of theirs as well as they do. The fewest off-field placements are not promised: see ``arcs``.

    >>> from cpdrules.review.desks import Assessor, ToAssess
    >>> desk = Desk(
    ...     [ToAssess("R1", "M1", "power"), ToAssess("R2", "M2", "software"), ToAssess("R3", "M3", "power")],
    ...     [Assessor("A1", 2, "power", member="M3"), Assessor("A2", 2, "software")],
    ...     key="2017",
    ... )
    >>> print(assign(desk))
    3 returns placed, 1 of them off their field, with 2 assessors (1 to 2 each); 0 not placed
    >>> assign(desk).pairs()
    (('R1', 'A1'), ('R2', 'A2'), ('R3', 'A2'))
    """
    placing = _Placing(desk)
    left_over = [one for one in placing.order if not placing.place(one)]
    for one in left_over:
        placing.make_room(one)
    while placing.even_out():
        pass
    return desk.allocation(placing.chosen)


class _Placing:
    """A placing under way: who has what so far."""

    __slots__ = ("_allowed", "_dead", "chosen", "desk", "held", "order")

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.order = desk.in_order()
        self.chosen: dict[str, str] = {}
        #: Who holds which returns, in the order they came: dicts, since sets have no order.
        self.held: dict[str, dict[str, ToAssess]] = {who.id: {} for who in desk.assessors}
        self._allowed: dict[tuple[str, bool], tuple[Assessor, ...]] = {}
        #: Full assessors from whom no chain of moves leads to room; none ever will.
        self._dead: set[str] = set()

    def allowed(self, one: ToAssess, *, on_field: bool) -> tuple[Assessor, ...]:
        """Give those who may read a return, of its field or not, by id."""
        known = self._allowed.get((one.id, on_field))
        if known is None:
            known = self._allowed[one.id, on_field] = tuple(
                who
                for who in self.desk.assessors
                if self.desk.on_field(one, who) is on_field and self.desk.hindrance(one, who) is None
            )
        return known

    def has_room(self, who: Assessor) -> bool:
        return len(self.held[who.id]) < who.capacity

    def best(self, one: ToAssess, among: Iterable[Assessor]) -> Assessor | None:
        """Give the least loaded of some with room, by hash where several are."""
        free = [who for who in among if self.has_room(who)]
        least = min((len(self.held[who.id]) for who in free), default=0)
        tied = [who for who in free if len(self.held[who.id]) == least]
        return min(tied, key=lambda who: (self.desk.tie(one.id, who.id), who.id), default=None)

    def place(self, one: ToAssess) -> bool:
        """Place a return where there is room, on its field first."""
        who = self.best(one, self.allowed(one, on_field=True)) or self.best(one, self.allowed(one, on_field=False))
        if who is not None:
            self.move(one, who)
        return who is not None

    def move(self, one: ToAssess, to: Assessor) -> None:
        if one.id in self.chosen:
            del self.held[self.chosen[one.id]][one.id]
        self.chosen[one.id] = to.id
        self.held[to.id][one.id] = one

    def make_room(self, one: ToAssess) -> None:
        """Move others on, by the shortest chain, so that a return finds room; where no chain does, it has nobody."""
        came: dict[str, tuple[ToAssess, Assessor | None]] = {}
        waiting: deque[tuple[ToAssess, Assessor | None]] = deque([(one, None)])
        while waiting:
            moved, holder = waiting.popleft()
            for who in (*self.allowed(moved, on_field=True), *self.allowed(moved, on_field=False)):
                if who.id in came or who.id in self._dead:
                    continue
                came[who.id] = (moved, holder)
                if self.has_room(who):
                    self._shift(who, came)
                    return
                waiting.extend((other, who) for other in self.held[who.id].values())
        self._dead |= came.keys()

    def _shift(self, free: Assessor, came: Mapping[str, tuple[ToAssess, Assessor | None]]) -> None:
        to: Assessor | None = free
        while to is not None:
            moved, holder = came[to.id]
            self.move(moved, to)
            to = holder

    def even_out(self) -> bool:
        """Move each return once to who would have it on its field, or who has two fewer; tell whether any moved."""
        any_moved = False
        fewest = self._fewest()
        for one in self.order:
            if one.id not in self.chosen:
                continue
            load = len(self.held[self.chosen[one.id]])
            better = self.best(one, self.allowed(one, on_field=True)) if self._off_field(one) else None
            if better is None and load - 2 >= fewest:
                better = self._lighter(one, load - 2)
            if better is not None:
                self.move(one, better)
                any_moved, fewest = True, self._fewest()
        return any_moved

    def _fewest(self) -> int:
        return min((len(self.held[who.id]) for who in self.desk.assessors if self.has_room(who)), default=0)

    def _off_field(self, one: ToAssess) -> bool:
        who = self.desk.assessor(self.chosen[one.id])
        return who is not None and not self.desk.on_field(one, who)

    def _lighter(self, one: ToAssess, most: int) -> Assessor | None:
        among = self.allowed(one, on_field=not self._off_field(one))
        return self.best(one, (who for who in among if len(self.held[who.id]) <= most))


# Checking ------------------------------------------------------------------------------------------------------------

Fault: TypeAlias = (
    Hindrance
    | Literal["unknown return", "unknown assessor", "placed twice", "over capacity", "left out", "another cost"]
)


@frozen
class Difference:
    """One thing by which a placing breaks the rules, or is not what it claims to be."""

    fault: Fault
    returned: str = ""
    assessor: str = ""
    detail: str = ""

    def __str__(self) -> str:
        who = " with ".join(filter(None, (self.returned, self.assessor)))
        return f"{f'{who}: ' if who else ''}{self.fault}{f' ({self.detail})' if self.detail else ''}"


@frozen
class Checked:
    """What a placing comes to under the rules of a desk."""

    #: Empty where it stands.
    differences: tuple[Difference, ...]
    #: The returns that nobody could take as things are, with the reasons.
    unplaced: tuple[Unplaced, ...]
    #: How many placements are off their field, of those whose return and assessor are known.
    cost: int
    loads: Mapping[str, int]

    @property
    def stands(self) -> bool:
        """Whether it breaks no rule."""
        return not self.differences


def check_assignment(desk: Desk, pairs: Iterable[tuple[str, str]], *, cost: int | None = None) -> Checked:
    """Check a placing, whoever made it: each return once, no conflict, no overload, nobody left out, the cost claimed.

    Being off its field is no fault; it is what the cost counts.
    """
    given = sorted(pairs)
    known = [
        (one, who)
        for name, other in given
        if (one := desk.returned(name)) and (who := desk.assessor(other)) is not None
    ]
    loads = Counter(who.id for _, who in known)
    chosen = {one.id: who.id for one, who in known}
    found = desk.allocation(chosen)
    off_field = sum(not desk.on_field(one, who) for one, who in known)
    differences = [
        *_strangers(desk, given),
        *_twice(given),
        *(Difference(why, one.id, who.id) for one, who in known if (why := desk.hindrance(one, who))),
        *_overloads(desk, loads),
        *(Difference("left out", one.returned) for one in found.unplaced if "has room left" in one.reasons),
    ]
    if cost is not None and cost != off_field:
        differences.append(Difference("another cost", detail=f"{cost} claimed, {off_field} found"))
    unplaced = tuple(one for one in found.unplaced if "has room left" not in one.reasons)
    return Checked(tuple(differences), unplaced, off_field, {who.id: loads[who.id] for who in desk.assessors})


def _strangers(desk: Desk, pairs: Iterable[tuple[str, str]]) -> Iterable[Difference]:
    for returned, assessor in pairs:
        if desk.returned(returned) is None:
            yield Difference("unknown return", returned, assessor)
        if desk.assessor(assessor) is None:
            yield Difference("unknown assessor", returned, assessor)


def _twice(pairs: Iterable[tuple[str, str]]) -> Iterable[Difference]:
    times = Counter(returned for returned, _ in pairs)
    return (
        Difference("placed twice", returned, detail=f"{number} times")
        for returned, number in times.items()
        if number > 1
    )


def _overloads(desk: Desk, loads: Mapping[str, int]) -> Iterable[Difference]:
    for who in desk.assessors:
        if loads[who.id] > who.capacity:
            yield Difference("over capacity", assessor=who.id, detail=f"{loads[who.id]} of {who.capacity}")


# Second readings -----------------------------------------------------------------------------------------------------


@frozen
class SecondReading:
    """A return that another assessor reads as well, and why it was chosen."""

    returned: str
    why: Literal["certain", "drawn"]


def for_second_reading(
    read: Iterable[str], *, number: int, key: str, certain: Iterable[str] = ()
) -> tuple[SecondReading, ...]:
    """Choose which of the returns that were read are read again: some for certain, and a number drawn of the rest.

    Those found not met go in ``certain``, so that nobody is told so by one person alone. The others are drawn by
    ticket under a key of their own label, as in any draw: the SHA-256 of key, colon and id, smallest first.

    Raises:
        RecordError: a return is given twice, or is certain and was not read.
        PolicyError: the number is negative or more than there are, or the key is empty.
    """
    returns = tuple(read)
    refuse_doubles(Counter(returns), "return that was read")
    sure = set(certain)
    strange = sorted(sure - set(returns))
    if strange:
        raise RecordError(
            f"{shown(strange[0])} is certain of a second reading, and nobody has read it",
            remedy="Choose among the returns that were read",
            ids=tuple(strange),
        )
    rest = sorted((one for one in returns if one not in sure), key=lambda one: (digest(key, one), one))
    if not key or type(number) is not int or not 0 <= number <= len(rest):
        raise PolicyError(
            f"{shown(number)} of {len(rest)} returns cannot be drawn under the key {shown(key)}",
            remedy="Give a key, and a whole number from 0 to as many as there are besides the certain ones",
            number=number,
            of=len(rest),
        )
    return (
        *(SecondReading(one, "certain") for one in sorted(sure)),
        *(SecondReading(one, "drawn") for one in rest[:number]),
    )
