"""Shares of a whole: read exactly, written in percent, or undefined for a reason.

A rate of 7% is 7 of 100 and never 8, so no binary fraction is read. What cannot be computed is no number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from attrs import frozen

from cpdrules.errors import CountError, RateError, shown

#: What may be written for a share: ``"5%"``, ``"1/20"``, ``"0.05"``, or an exact number.
Share: TypeAlias = "str | Fraction | Decimal | int"

#: No count exceeds this: it bounds the time that any interval takes.
LARGEST = 10_000_000

#: No exact share has more digits than this, above or below the line.
_LONGEST = 40


@frozen
class Undefined:
    """What cannot be computed, and why; it is never a number that looks like one.

    >>> print(Undefined("nobody was assessed"))
    undefined: nobody was assessed
    """

    reason: str

    def __str__(self) -> str:
        return f"undefined: {self.reason}"


def as_share(share: Share, *, called: str = "share") -> Fraction:
    """Read a share from 0 to 1, exactly; a float is refused, since 0.07 of 100 would be more than 7.

    >>> as_share("2.5%"), as_share("1/3"), as_share(Decimal("0.05"))
    (Fraction(1, 40), Fraction(1, 3), Fraction(1, 20))

    Raises:
        RateError: it is no exact number from 0 to 1.
    """
    exact = _exact(share)
    if exact is None or not 0 <= exact <= 1:
        raise RateError(
            f"{shown(share)} is no {called} from 0 to 1",
            why="A float is not exact: 7% of 100 would come to 8" if isinstance(share, float) else "",
            remedy='Write it as "5%", "1/20", Fraction(1, 20) or Decimal("0.05")',
            share=share,
            called=called,
        )
    return exact


def as_level(level: Share) -> Fraction:
    """Read a level of confidence: more than 0, and at most 99.9999%.

    Raises:
        RateError: it is not exact, or nothing can be said with so much or so little confidence.
    """
    exact = as_share(level, called="level of confidence")
    if not 0 < exact <= _SUREST:
        raise RateError(
            f"No interval has a level of confidence of {shown(level)}",
            remedy='Write "95%", or another between 0% and 99.9999%',
            share=level,
            called="level of confidence",
        )
    return exact


_SUREST = Fraction(999_999, 1_000_000)


def _exact(share: object) -> Fraction | None:
    if isinstance(share, bool) or not isinstance(share, (str, Fraction, Decimal, int)):
        return None
    if isinstance(share, str):
        # Fraction itself would read "1e-999999999" too, and be at it for as long as that takes.
        found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*(?:/\s*(\d{1,9})|(%))?", share, re.ASCII)
        if found is None or (found[2] and int(found[2]) == 0):
            return None
        return Fraction(found[1]) / (100 if found[3] else int(found[2] or 1))
    if isinstance(share, Decimal) and (
        not share.is_finite() or abs(share.adjusted()) > _LONGEST or len(share.as_tuple().digits) > _LONGEST
    ):
        return None
    exact = Fraction(share)
    return exact if exact.denominator.bit_length() <= 4 * _LONGEST else None


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


def _worded(name: str) -> str:
    return name.replace("_", " ")


def percent(share: Fraction | float) -> str:
    """Write a share in percent, to a tenth, and finer at either end; nothing short of all is shown as 100%.

    >>> percent(Fraction(128, 143)), percent(Fraction(22, 8164)), percent(1), percent(Fraction(99_999, 100_000))
    ('89.5%', '0.27%', '100%', 'over 99.99%')
    """
    exact = Fraction(share)
    if exact in (0, 1):
        return f"{exact * 100}%"
    places = 1 if Fraction(1, 100) <= exact <= Fraction(99, 100) else 2
    unit = 10**places
    shown_as = (200 * unit * exact.numerator + exact.denominator) // (2 * exact.denominator)
    if shown_as in (0, 100 * unit):
        return "under 0.01%" if shown_as == 0 else "over 99.99%"
    return f"{shown_as // unit}.{shown_as % unit:0{places}}%"


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
