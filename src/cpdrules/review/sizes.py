"""How many to review: by a rate, for a precision, to find at least one, or as many as can be read.

Rates are exact: a float is refused, because 7 % of 100 would be 8 people. Where the normal distribution is needed its
quantile is the standard library's, and everything after it is exact again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, comb, floor
from statistics import NormalDist
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
    if found is None or found < 0 or max(found.numerator, found.denominator) > 10**_DIGITS:
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


#: No number has more digits than this above or below its stroke.
_DIGITS = 18

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


def as_rate(rate: Fraction) -> str:
    """Write a rate so that ``share`` reads it again: in per cent where that is short, else as a fraction.

    >>> as_rate(Fraction(1, 40)), as_rate(Fraction(1, 3))
    ('2.5%', '1/3')
    """
    parts = rate * 10_000
    if parts.denominator > 1:
        return str(rate)
    units, hundredths = divmod(int(parts), 100)
    return f"{units}{f'.{hundredths:02}'.rstrip('0') if hundredths else ''}%"


def _strict_share(number: Exact, what: str) -> Fraction:
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


def size_at(rate: Exact, population: int, *, rounding: Direction = "up", least: int = 0) -> int:
    """Give how many are a rate of a population, and no fewer than ``least``, or all where they are fewer.

    >>> size_at("5%", 1001), size_at("5%", 1001, rounding="down"), size_at("7%", 100)
    (51, 50, 7)

    Raises:
        SizeError: the rate is not exact or above 1, or a number is not whole.
    """
    everybody = whole(population, "number of people")
    return min(max(rounded(share(rate) * everybody, rounding), whole(least, "minimum")), everybody)


def size_for_precision(
    margin: Exact, population: int | None = None, *, confidence: Exact = "95%", expected: Exact = "50%"
) -> int:
    """Give how many to review so that a proportion is known to ``margin`` either way.

    That of a normal approximation, with the correction for a finite population where its size is given (Cochran,
    Sampling Techniques, 1977, section 4.4). ``expected`` is the proportion one thinks to find; half asks for the most.

    >>> size_for_precision("5%"), size_for_precision("5%", 1001)
    (385, 278)

    Raises:
        SizeError: a share is not exact or not between 0 and 1.
    """
    level = _strict_share(confidence, "confidence")
    quantile = Fraction(NormalDist().inv_cdf(float((1 + level) / 2)))
    return ceil(_corrected(quantile**2, margin, expected, population))


def krejcie_morgan(population: int) -> int:
    """Give the size in the table of Krejcie and Morgan (1970): 5 points either way, χ² of 3.841, rounded to nearest.

    It is up to one person smaller than ``size_for_precision``, which rounds up.

    Raises:
        SizeError: the population is no whole number.
    """
    return rounded(_corrected(Fraction(3841, 1000), "5%", "50%", population), "half_up")


def _corrected(squared: Fraction, margin: Exact, expected: Exact, population: int | None) -> Fraction:
    within, half = _strict_share(margin, "margin"), _strict_share(expected, "expected proportion")
    endless = squared * half * (1 - half) / within**2
    if population is None:
        return endless
    everybody = whole(population, "number of people")
    return endless * everybody / (everybody + endless - 1) if everybody else Fraction(0)


def chance_of_finding_at_most(allowed: int, size: int, *, among: int, population: int) -> Fraction:
    """Give the exact chance to find at most ``allowed`` of the ``among`` sought, reviewing ``size`` of a population.

    The hypergeometric distribution, in whole numbers.

    Raises:
        SizeError: a number is not whole, or more are sought or reviewed than there are.
    """
    everybody = whole(population, "number of people")
    if whole(size, "size") > everybody or whole(among, "number sought") > everybody:
        raise SizeError(f"There are only {everybody} people", remedy="Seek and review no more", population=everybody)
    few, many = sorted((size, among))  # the two are exchangeable; the smaller makes the smaller numbers
    found = sum(
        comb(many, number) * comb(everybody - many, few - number)
        for number in range(min(whole(allowed, "number allowed"), few) + 1)
    )
    return Fraction(found, comb(everybody, few))


def chance_of_finding_at_most_by_share(allowed: int, size: int, *, proportion: Exact) -> Fraction:
    """Give the exact chance to find at most ``allowed`` where each person is one with a chance of ``proportion``.

    The binomial distribution, for a population without end.

    Raises:
        SizeError: a number is not whole, or the proportion not exact or finer than 1 in 10,000.
    """
    part = _strict_share(proportion, "proportion")
    if part * 10_000 < 1:
        raise SizeError(
            f"A proportion of {part} is too fine to be worked out",
            remedy="Name the size of the population",
            number=part,
        )
    hit, of = part.numerator, part.denominator
    number = whole(size, "size")
    found = sum(
        comb(number, hits) * hit**hits * (of - hit) ** (number - hits)
        for hits in range(min(whole(allowed, "number allowed"), number) + 1)
    )
    return Fraction(found, of**number)


def size_to_find(among: int, population: int, *, confidence: Exact = "95%", allowed: int = 0) -> int:
    """Give how many to review to find more than ``allowed``, by default one, if there are ``among`` in a population.

    >>> size_to_find(80, 8000), size_to_find(1, 100)
    (293, 95)

    Raises:
        SizeError: no more than ``allowed`` are there to be found, or a number is not whole or not exact.
    """
    missed = 1 - _strict_share(confidence, "confidence")
    if whole(among, "number sought") <= whole(allowed, "number allowed"):
        raise SizeError(
            f"Of {among} nobody finds more than {allowed}", remedy="Seek more than are allowed", among=among
        )

    def enough(size: int) -> bool:
        return chance_of_finding_at_most(allowed, size, among=among, population=population) <= missed

    return _least(enough, population)


def size_to_find_share(proportion: Exact, *, confidence: Exact = "95%", allowed: int = 0) -> int:
    """Give how many to review to find more than ``allowed``, by default one, if such a proportion is there.

    For a population without end: what auditors call attributes sampling at a tolerable rate.

    >>> size_to_find_share("5%"), size_to_find_share("5%", allowed=3)
    (59, 153)

    Raises:
        SizeError: a share is not exact, not between 0 and 1, or finer than 1 in 10,000.
    """
    missed = 1 - _strict_share(confidence, "confidence")

    def enough(size: int) -> bool:
        return chance_of_finding_at_most_by_share(allowed, size, proportion=proportion) <= missed

    most = 1
    while not enough(most):
        most *= 2
    return _least(enough, most)


def _least(enough: Callable[[int], bool], most: int) -> int:
    """Give the least number that is enough, where all above it are enough, too, and ``most`` is."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def size_within(capacity: int, *, readings: Exact = 1, population: int | None = None) -> int:
    """Give how many returns can be reviewed by assessors who read ``capacity`` in all.

    ``readings`` is how often a return is read on average: 1 and a tenth where one in ten is read twice.

    >>> size_within(300 * 27, readings="1.1")
    7363

    Raises:
        SizeError: a number is not whole or not exact, or returns are read less than once.
    """
    each = exact(readings, "number of readings")
    if each < 1:
        raise SizeError(f"A return that is read {each} times is not reviewed", remedy="Give 1 or more", number=each)
    most = floor(whole(capacity, "capacity") / each)
    return most if population is None else min(most, whole(population, "number of people"))
