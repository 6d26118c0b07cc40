"""Exact numbers: rates, shares and whole people.

A float is refused, because 7 % of 100 would be 8 people; how a part of a person is rounded is always named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

from cpdrules.errors import CpdRulesError, shown

#: What may be written for an exact number: 5 % is ``"5%"``, ``"1/20"``, ``Decimal("0.05")`` or ``(1, 20)``.
Exact: TypeAlias = "int | str | Decimal | Fraction | tuple[int, int]"

#: What is done with a part of a person.
Direction: TypeAlias = Literal["up", "down", "half_up", "half_even"]


class SizeError(CpdRulesError, ValueError):
    """A rate that is not exact or no part of a whole, or more people asked for than there are."""


def exact(number: Exact, what: str = "number") -> Fraction:
    """Read a number exactly; ``what`` says in errors what it stands for.

    >>> exact("5%") == exact("1/20") == exact(Decimal("0.05")) == exact((1, 20))
    True

    Raises:
        SizeError: it is a float, negative, not finite, or not written as a number.
    """
    if isinstance(number, float):
        raise SizeError(
            f"The {what} {shown(number)} is a float, which is not what was typed",
            why="0.07 times 100 is 7.000000000000001, and rounding that up draws one person too many",
            remedy=f'Write it as a text or a fraction: "{number:.10g}", "5%", "1/20", (1, 20)',
            number=number,
        )
    found = _read(number)
    if found is None or found < 0 or max(found.numerator, found.denominator) > 10**_LONGEST:
        raise SizeError(
            f"{shown(number)} is no {what}",
            remedy='Write "5%", "1/20", "0.05", a Decimal, a Fraction, or (1, 20), in few digits and not below 0',
            number=number,
        )
    return found


def _read(number: object) -> Fraction | None:
    if isinstance(number, str):
        written = _WRITTEN.fullmatch(number)
        return Fraction(written[1]) / (100 if written[2] else 1) if written and _divides(written[1]) else None
    if isinstance(number, Decimal):
        return Fraction(number) if number.is_finite() and abs(number.adjusted()) <= _DIGITS else None
    if isinstance(number, tuple):
        whole = len(number) == 2 and all(type(part) is int for part in number) and number[1] > 0
        return Fraction(*number) if whole else None
    return Fraction(number) if isinstance(number, Fraction) or type(number) is int else None


#: Nobody writes more digits than this above or below a stroke, and no fraction is worked with that has so many more.
_DIGITS, _LONGEST = 18, 40

_WRITTEN = re.compile(rf"([0-9]{{1,{_DIGITS + 1}}}(?:[./][0-9]{{1,{_DIGITS + 1}}})?) ?(%)?")


def _divides(written: str) -> bool:
    _, stroke, below = written.partition("/")
    return not stroke or int(below) > 0


def share(number: Exact, what: str = "rate") -> Fraction:
    """Read a part of a whole, from 0 to 1.

    Raises:
        SizeError: it is not exact, or above 1.
    """
    found = exact(number, what)
    if found > 1:
        raise SizeError(
            f"A {what} of {shown(number)} is more than everybody",
            remedy=f'If per cent are meant, write "{found}%"' if found <= 100 else "Give a part of the whole",
            number=number,
        )
    return found


def as_percentage(exact: Fraction) -> str:
    """Write an exact share that somebody stated: as the percentage it is, or as a fraction.

    >>> as_percentage(Fraction(19, 20)), as_percentage(Fraction(1, 40)), as_percentage(Fraction(1, 3))
    ('95%', '2.5%', '1/3')
    """
    digits, rest = divmod(exact.numerator * 100 * 10**6, exact.denominator)
    if rest:
        return str(exact)
    whole, part = divmod(digits, 10**6)
    return f"{whole}.{part:06}".rstrip("0").rstrip(".") + "%"


def strict_share(number: Exact, what: str) -> Fraction:
    """Read a part of a whole that is neither nothing nor all.

    Raises:
        SizeError: it is not exact, or not between 0 and 1.
    """
    found = share(number, what)
    if not 0 < found < 1:
        raise SizeError(
            f"A {what} of {shown(number)} decides nothing", remedy="Give one between 0 and 1", number=number
        )
    return found


def whole(number: object, what: str, least: int = 0) -> int:
    """Insist on a whole number that is not below ``least``.

    Raises:
        SizeError: it is none, or below.
    """
    if type(number) is not int or number < least:
        raise SizeError(
            f"{shown(number)} is no {what}", remedy=f"Give a whole number from {least} up", number=number, least=least
        )
    return number


def rounded(number: Fraction, direction: Direction = "up") -> int:
    """Make whole people of a number that is not below 0.

    Raises:
        SizeError: nobody rounds that way.
    """
    if direction not in _ROUNDED:
        raise SizeError(
            f"Nothing can be rounded {shown(direction)}", remedy=f"Round {', '.join(_ROUNDED)}", direction=direction
        )
    return _ROUNDED[direction](number)


_ROUNDED: dict[str, Callable[[Fraction], int]] = {
    "up": ceil,
    "down": floor,
    "half_up": lambda number: floor(number + Fraction(1, 2)),
    "half_even": round,
}
