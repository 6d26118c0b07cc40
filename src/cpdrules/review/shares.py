"""Shares of a whole: written in percent, or undefined for a reason; counts that fit together; levels of confidence."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import frozen

from cpdrules.errors import CountError, MethodError, shown
from cpdrules.review.rates import Exact, SizeError, share

#: No count exceeds this: it bounds the time that any interval takes.
LARGEST = 10_000_000


@frozen
class Undefined:
    """What cannot be computed, and why; it is never a number that looks like one.

    >>> print(Undefined("nobody was assessed"))
    undefined: nobody was assessed
    """

    reason: str

    def __str__(self) -> str:
        return f"undefined: {self.reason}"


def as_level(level: Exact) -> Fraction:
    """Read a level of confidence: more than 0, and at most 99.9999%.

    Raises:
        SizeError: it is not exact, or nothing can be said with so much or so little confidence.
    """
    exact = share(level, "level of confidence")
    if not 0 < exact <= _SUREST:
        raise SizeError(
            f"No interval has a level of confidence of {shown(level)}",
            remedy='Write "95%", or another between 0% and 99.9999%',
            number=level,
        )
    return exact


_SUREST = Fraction(999_999, 1_000_000)


def counts_that_fit(*smaller_first: int, **named: Any) -> None:
    """Check counts: whole, not negative, not absurdly large, and each of the first no larger than the next.

    Raises:
        CountError: they are not; it carries the named ones.
    """
    for name, count in named.items():
        if type(count) is not int or not 0 <= count <= LARGEST:
            raise CountError(
                f"{shown(count)} is no number of those {_worded(name)}",
                remedy=f"Give a whole number from 0 to {LARGEST:,}",
                **named,
            )
    if any(fewer > more for fewer, more in pairwise(smaller_first)):
        raise CountError(
            f"These counts contradict one another: {', '.join(f'{_worded(name)} {n:,}' for name, n in named.items())}",
            why="Each of them counts some of those before it",
            remedy="Count again, each member once",
            **named,
        )


def known_as(word: object, known: Iterable[str], *, called: str) -> None:
    """Check a word that chooses among a few.

    Raises:
        MethodError: it is none of them.
    """
    words = tuple(known)
    if word not in words:
        raise MethodError(
            f"There is no {called} {shown(word)}", remedy=f"Choose from {', '.join(words)}", word=word, known=words
        )


def _worded(name: str) -> str:
    return name.replace("_", " ")


def percent(part: Fraction | float) -> str:
    """Write a share in percent, to a tenth, and finer at either end; nothing short of all is shown as 100%.

    >>> percent(Fraction(128, 143)), percent(Fraction(22, 8164)), percent(1), percent(Fraction(99_999, 100_000))
    ('89.5%', '0.27%', '100%', 'over 99.99%')
    """
    exact = Fraction(part)
    if exact in (0, 1):
        return f"{exact * 100}%"
    places = 1 if Fraction(1, 100) <= exact <= Fraction(99, 100) else 2
    unit = 10**places
    shown_as = (200 * unit * exact.numerator + exact.denominator) // (2 * exact.denominator)
    if shown_as in (0, 100 * unit):
        return "under 0.01%" if shown_as == 0 else "over 99.99%"
    return f"{shown_as // unit}.{shown_as % unit:0{places}}%"
