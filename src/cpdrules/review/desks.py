"""Who may read which return: assessors, their fields and capacities, and the conflicts that bar them.

The hard rules and the order of ties live here, once: those who place returns, who check a placing and who hand the
question to a solver all ask the same desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.review.returns import refuse_doubles

#: Why an assessor cannot have a return.
Hindrance: TypeAlias = Literal[
    "own return",
    "same employer",
    "personal conflict",
    "named conflict",
    "read it before",
    "no capacity left",
    "has room left",
]


def _texts(given: Iterable[str]) -> frozenset[str]:
    return frozenset((given,) if isinstance(given, str) else given)


def _known(given: Iterable[str] | None) -> frozenset[str] | None:
    return None if given is None else _texts(given)


def _pairs(given: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((first, second) for first, second in given)


@frozen
class ToAssess:
    """A return, as far as its placing needs to know it."""

    id: str
    #: Whose return it is.
    member: str
    #: The fields of work it belongs to; with none, every assessor serves it as well as another.
    fields: frozenset[str] = field(default=frozenset(), converter=_texts)
    #: Whom the member works for; None where nobody knows.
    employers: frozenset[str] | None = field(default=None, converter=_known)


@frozen
class Assessor:
    """Somebody who reads returns.

    Raises:
        RecordError: the capacity is negative or not whole.
    """

    id: str
    #: How many returns they can take.
    capacity: int
    fields: frozenset[str] = field(default=frozenset(), converter=_texts)
    #: Their own membership; None where they are not a member.
    member: str | None = None
    #: None where nobody knows.
    employers: frozenset[str] | None = field(default=None, converter=_known)
    #: The members whose returns they declared they must not read.
    conflicts: frozenset[str] = field(default=frozenset(), converter=_texts)

    def __attrs_post_init__(self) -> None:
        if type(self.capacity) is not int or self.capacity < 0:
            raise RecordError(
                f"Assessor {self.id} cannot take {shown(self.capacity)} returns",
                remedy="Give a whole number, 0 for none",
                assessor=self.id,
                capacity=self.capacity,
            )


@frozen
class Placement:
    """A return with the assessor who reads it."""

    returned: str
    assessor: str
    #: Whether the assessor is of a field of the return, or the return names none.
    on_field: bool
    #: Whether the employers of both are known; where not, that conflict could not be looked for.
    employer_checked: bool


@frozen
class Unplaced:
    """A return that nobody can take, and of how many assessors each reason holds."""

    returned: str
    reasons: Mapping[Hindrance, int]

    def __str__(self) -> str:
        said = ", ".join(f"{why} ({number})" for why, number in self.reasons.items()) or "there are no assessors"
        return f"{self.returned}: {said}"


@frozen
class Allocation:
    """Every return once: placed, or listed with the reasons why it is not; both by id."""

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    #: How many returns each assessor has, by id; 0 for those who have none.
    loads: Mapping[str, int]

    @property
    def off_field(self) -> tuple[Placement, ...]:
        """The placements with an assessor of another field."""
        return tuple(one for one in self.placements if not one.on_field)

    @property
    def cost(self) -> int:
        """How many placements are off their field: what an exact solver makes as small as it can be."""
        return len(self.off_field)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give returns and assessors as plain pairs of ids."""
        return tuple((one.returned, one.assessor) for one in self.placements)

    def __str__(self) -> str:
        loads = f"{min(self.loads.values())} to {max(self.loads.values())} each" if self.loads else "no assessors"
        head = (
            f"{len(self.placements)} returns placed, {self.cost} of them off their field, with {len(self.loads)}"
            f" assessors ({loads}); {len(self.unplaced)} not placed"
        )
        more = [f"  and {len(self.unplaced) - _LISTED} more"] if len(self.unplaced) > _LISTED else []
        return "\n".join([head, *(f"  {one}" for one in self.unplaced[:_LISTED]), *more])


#: No more returns than these are listed in the words of an allocation.
_LISTED = 10


def _returns_by_id(given: Iterable[ToAssess]) -> tuple[ToAssess, ...]:
    return tuple(sorted(given, key=lambda one: one.id))


def _assessors_by_id(given: Iterable[Assessor]) -> tuple[Assessor, ...]:
    return tuple(sorted(given, key=lambda one: one.id))


@frozen
class Desk:
    """The returns, those who may read them, and what bars them from it, under one key for the ties.

    Raises:
        RecordError: an id is used twice or empty, or a pair speaks of nobody here.
        PolicyError: the key is empty.
    """

    returns: tuple[ToAssess, ...] = field(converter=_returns_by_id)
    assessors: tuple[Assessor, ...] = field(converter=_assessors_by_id)
    key: str = field(kw_only=True)
    #: A return or a member, and an assessor who must not read it or theirs.
    named_conflicts: frozenset[tuple[str, str]] = field(default=frozenset(), converter=_pairs, kw_only=True)
    #: A return, and an assessor who has read it before: a second reader is another one.
    read_before: frozenset[tuple[str, str]] = field(default=frozenset(), converter=_pairs, kw_only=True)
    _returns: Mapping[str, ToAssess] = field(init=False, repr=False, eq=False)
    _assessors: Mapping[str, Assessor] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not self.key:
            raise PolicyError(
                "Returns cannot be placed without a key",
                why="Ties are settled by hashes under it, so that anyone can place the returns again",
                remedy="Give a key that was fixed beforehand, such as that of the draw",
            )
        for what, ids in (
            ("return", [one.id for one in self.returns]),
            ("assessor", [one.id for one in self.assessors]),
        ):
            refuse_doubles(Counter(ids), what)
            if "" in ids:
                raise RecordError(f"There is no id for one {what}", remedy=f"Give every {what} one", of=what)
        object.__setattr__(self, "_returns", {one.id: one for one in self.returns})
        object.__setattr__(self, "_assessors", {one.id: one for one in self.assessors})
        self._check_pairs()

    def _check_pairs(self) -> None:
        known = {one.id for one in self.returns}
        for pairs, names in (
            (self.named_conflicts, known | {one.member for one in self.returns}),
            (self.read_before, known),
        ):
            self._check_each(pairs, names)

    def _check_each(self, pairs: frozenset[tuple[str, str]], names: set[str]) -> None:
        for returned, assessor in sorted(pairs):
            if assessor in self._assessors and returned in names:
                continue
            who = shown(assessor if assessor not in self._assessors else returned)
            raise RecordError(
                f"A pair of {shown(returned)} and {shown(assessor)} speaks of {who}, who or which is not here",
                why="A conflict that names nobody would be overlooked without a word",
                remedy="Correct the id, or leave the pair out",
                pair=(returned, assessor),
            )

    def __contains__(self, name: str) -> bool:
        return name in self._returns or name in self._assessors

    def returned(self, name: str) -> ToAssess | None:
        """Give the return with an id, if there is one."""
        return self._returns.get(name)

    def assessor(self, name: str) -> Assessor | None:
        """Give the assessor with an id, if there is one."""
        return self._assessors.get(name)

    def in_order(self) -> tuple[ToAssess, ...]:
        """Give the returns by ticket, the SHA-256 of key, colon and id."""
        return tuple(sorted(self.returns, key=lambda one: (digest(self.key, one.id), one.id)))

    def tie(self, returned: str, assessor: str) -> str:
        """Give the hash that settles ties: SHA-256 of key, return and assessor, with colons between, in hex."""
        return digest(self.key, returned, assessor)

    def hindrance(self, one: ToAssess, who: Assessor) -> Hindrance | None:
        """Say why an assessor may not read a return, whatever their load; None where they may."""
        if who.member is not None and who.member == one.member:
            return "own return"
        if one.employers and who.employers and not one.employers.isdisjoint(who.employers):
            return "same employer"
        if one.member in who.conflicts:
            return "personal conflict"
        if (one.id, who.id) in self.named_conflicts or (one.member, who.id) in self.named_conflicts:
            return "named conflict"
        return "read it before" if (one.id, who.id) in self.read_before else None

    def on_field(self, one: ToAssess, who: Assessor) -> bool:
        """Tell whether an assessor is of a field of the return; a return without fields is on everybody's."""
        return not one.fields or not one.fields.isdisjoint(who.fields)

    def allocation(self, chosen: Mapping[str, str]) -> Allocation:
        """Write down who has what, and who has nobody and why."""
        loads = Counter(chosen.values())
        return Allocation(
            tuple(self._placement(one, self._assessors[chosen[one.id]]) for one in self.returns if one.id in chosen),
            tuple(self._unplaced(one, loads) for one in self.returns if one.id not in chosen),
            {who.id: loads[who.id] for who in self.assessors},
        )

    def _placement(self, one: ToAssess, who: Assessor) -> Placement:
        checked = one.employers is not None and who.employers is not None
        return Placement(one.id, who.id, self.on_field(one, who), checked)

    def _unplaced(self, one: ToAssess, loads: Mapping[str, int]) -> Unplaced:
        reasons: Counter[Hindrance] = Counter()
        for who in self.assessors:
            full: Hindrance = "has room left" if loads[who.id] < who.capacity else "no capacity left"
            reasons[self.hindrance(one, who) or full] += 1
        return Unplaced(one.id, dict(sorted(reasons.items())))


def digest(*parts: str) -> str:
    """Give the SHA-256 of texts with colons between, in hex.

    >>> digest("key", "R1", "A1")[:12]
    '5bc78199801a'
    """
    return sha256(":".join(parts).encode()).hexdigest()
