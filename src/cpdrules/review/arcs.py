"""Placing returns with an exact solver: who may read what, at which whole cost, and the answer read back.

Placing one return at a time is quick, fair and easy to explain; it does not promise the fewest off-field placements.
A solver of minimum-cost flow does, and with these costs any two solvers give one and the same answer. The solver is
the caller's; nothing here imports one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cpdrules.errors import RecordError
from cpdrules.review.assignments import Checked, check_assignment
from cpdrules.review.desks import Allocation, Desk

#: A placement off its field costs this much. All the ties together come to less, for 16,384 returns and fewer.
OFF_FIELD = 2**36

#: So many bits of a hash tell placements of equal cost apart.
TIE_BITS = 22


class Arc(NamedTuple):
    """A return, an assessor who may read it, and what that costs."""

    returned: str
    assessor: str
    cost: int


def arcs(desk: Desk) -> Iterator[Arc]:
    """Give every placement that is allowed, by id: 2**36 if it is off its field, and the first 22 bits of its hash.

    Each return takes one unit from one source, and each assessor hands on at most their capacity.
    """
    for one in desk.returns:
        for who in desk.assessors:
            if desk.hindrance(one, who) is None:
                off_field = 0 if desk.on_field(one, who) else OFF_FIELD
                yield Arc(one.id, who.id, off_field + tie_cost(desk, one.id, who.id))


def tie_cost(desk: Desk, returned: str, assessor: str) -> int:
    """Give the first 22 bits of the hash of a return and an assessor.

    >>> tie_cost(Desk([], [], key="key"), "R1", "A1") < 2**22
    True
    """
    return int(desk.tie(returned, assessor)[:6], 16) >> (24 - TIE_BITS)


def capacities(desk: Desk) -> Mapping[str, int]:
    """Give how many returns each assessor can take, by id."""
    return {who.id: who.capacity for who in desk.assessors}


def total_cost(desk: Desk, pairs: Iterable[tuple[str, str]]) -> int:
    """Give what a placing costs by the arcs: what a solver makes as small as it can be.

    Raises:
        RecordError: a pair is no placement that is allowed.
    """
    allocation = read_pairs(desk, pairs)
    ties = sum(tie_cost(desk, *pair) for pair in allocation.pairs())
    return OFF_FIELD * allocation.cost + ties


def read_pairs(desk: Desk, pairs: Iterable[tuple[str, str]]) -> Allocation:
    """Read a solver's answer back, as pairs of a return and an assessor.

    Raises:
        RecordError: it breaks a rule of the desk; ``data`` holds the differences.
    """
    given = tuple(pairs)
    checked: Checked = check_assignment(desk, given)
    broken = tuple(one for one in checked.differences if one.fault != "left out")
    if broken:
        raise RecordError(
            f"This placing breaks a rule: {broken[0]}",
            why=f"{len(broken)} {'difference was' if len(broken) == 1 else 'differences were'} found",
            remedy="Give the solver the arcs and the capacities as they are; check_assignment tells every difference",
            differences=broken,
        )
    return desk.allocation(dict(given))
