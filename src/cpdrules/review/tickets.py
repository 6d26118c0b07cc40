"""The algorithm ``cpdrules.draw.v1``: a key from what is public, a ticket for everybody, the lowest tickets first.

It is text and SHA-256, so that every language computes it. A ticket depends on the key and the id alone: who else is on
the list, and in which order, changes nothing. (Rivest's consistent sampling is the same idea.) Every digest is written
in hexadecimal, in lower case, and ordered as ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

from cpdrules.errors import CpdRulesError, shown
from cpdrules.review.identities import strict_text

#: By which manifests name the algorithm; another one would have another name.
ALGORITHM = "cpdrules.draw.v1"


class TicketError(CpdRulesError, ValueError):
    """Two ids have one ticket, so that neither comes first."""


class Call(NamedTuple):
    """One who is called in the order of tickets."""

    ticket: str
    id: str


def draw_key(scheme: str, label: str, seed: str) -> str:
    """Give the key of a draw, 64 hexadecimal digits, which is public as soon as the seed is.

    ``label`` tells this draw from others of the scheme: ``2017``, or ``2017/second-review``. A population's digest is
    not part of it: one made-up member would then draw everybody anew.

    >>> draw_key("demo", "2017", "63454660390103169462")
    '42d763b30556177f69c40a7e6521e19b239b5db549395019819b0911c9f62558'

    Raises:
        IdentityError: a text could be written in two ways.
    """
    texts = (ALGORITHM, strict_text(scheme, "a scheme"), strict_text(label, "a label"), strict_text(seed, "a seed"))
    return sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest()


def ticket(key: str, who: str) -> str:
    """Give somebody's ticket, 64 hexadecimal digits.

    >>> ticket(draw_key("demo", "2017", "63454660390103169462"), "M0001")
    '00893664a40eb91225701b5627bc479eb1f624961bd41a278c44ef3ec098c529'

    Raises:
        IdentityError: the id could be written in two ways.
    """
    return sha256(f"{key}:{strict_text(who, 'an id')}".encode()).hexdigest()


def first(key: str, ids: Sequence[str], number: int) -> tuple[Call, ...]:
    """Give those with the lowest tickets, so many, in order; all, where there are fewer. Ids are taken as they are.

    Only tickets below a limit a little above the last one expected are kept and sorted; should that be too few, the
    limit is raised.

    Raises:
        TicketError: two of them have one ticket.
    """
    wanted = min(number, len(ids))
    reach = wanted + _slack(wanted)
    found = _below(key, ids, reach)
    while len(found) < wanted:
        reach *= 2
        found = _below(key, ids, reach)
    return tuple(Call(digest.hex(), one) for digest, one in in_order(found)[:wanted])


def _slack(wanted: int) -> int:
    """How many more to look at than are wanted: eight standard deviations, so that it is nearly always enough."""
    return 8 * isqrt(wanted) + 8


def _below(key: str, ids: Sequence[str], reach: int) -> list[tuple[bytes, str]]:
    limit = (reach << 64) // max(len(ids), 1)
    bound = limit.to_bytes(8, "big") if limit < 1 << 64 else b"\xff" * 33  # no digest reaches it
    keyed = sha256(f"{key}:".encode()).copy  # hashes the key once, and not with every id
    found = []
    for one in ids:
        hashed = keyed()
        hashed.update(one.encode())
        digest = hashed.digest()
        if digest < bound:
            found.append((digest, one))
    return found


def in_order(found: Iterable[tuple[bytes, str]]) -> list[tuple[bytes, str]]:
    """Put ids in the order of their tickets' bytes, which is that of their hexadecimal digits.

    Raises:
        TicketError: two of them have one ticket.
    """
    ordered = sorted(found)
    for (one, id_one), (other, id_other) in pairwise(ordered):
        if one == other:
            raise TicketError(
                f"{shown(id_one)} and {shown(id_other)} have one ticket",
                why="Neither can be put first without favour",
                remedy="Look whether they are one person; two different ids never shared a SHA-256",
                ids=(id_one, id_other),
                ticket=one.hex(),
            )
    return ordered


def digest_of(ids: Iterable[str]) -> str:
    """Give the SHA-256 of ids, each with a line feed after it, in the order given.

    For a list of who can be drawn that is the order of code points, which is that of ``LC_ALL=C sort``; for a sample it
    is the order of tickets.
    """
    return sha256("".join(f"{one}\n" for one in ids).encode()).hexdigest()


def weakness(seed: str) -> str:
    """Say why a seed might have been picked to please somebody; empty where it has digits enough.

    At least 20 decimal digits, such as twenty throws of a ten-sided die, or 64 hexadecimal ones, such as a beacon's.

    >>> weakness("63454660390103169462")
    ''
    >>> weakness("2017")
    'the seed has 4 digits: fewer than 20 (or 64 hexadecimal) can be tried out until the sample pleases'
    """
    digits = sum(sign in "0123456789" for sign in seed)
    hexadecimal = len(seed) >= 64 and all(sign in "0123456789abcdefABCDEF" for sign in seed)
    if hexadecimal or digits >= 20:
        return ""
    return f"the seed has {digits} digits: fewer than 20 (or 64 hexadecimal) can be tried out until the sample pleases"
