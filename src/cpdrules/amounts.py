"""Exact amounts: hours, points, counts.

An amount is a whole number of its unit's grain (the seconds of an hour), so that sums, thirds and thresholds are never
decided by binary rounding. What cannot be held exactly is refused by name, never rounded in silence.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.errors import AmountError, UnitError

#: What a person or a program may write for an amount; a float is read as the digits that were typed.
Figure: TypeAlias = "int | float | str | Decimal | Fraction | Amount"

#: No single amount may exceed this many of its unit: a lifetime has fewer than a million hours.
LARGEST = 1_000_000

#: No written amount has more digits than this; longer ones are refused before they are worked on.
LONGEST = 40


@frozen
class Unit:
    """A unit and its grain, the smallest part of it that is told apart.

    >>> Unit("credit", "credits", grain=300)
    Unit(name='credit', plural='credits', grain=300)
    """

    #: One of it, as people write it: ``hour``, ``point``, ``activity``.
    name: str
    #: Several of it.
    plural: str = field()
    #: How many grains make one.
    grain: int = 1
    #: Plural and grain in one text: what tells this unit from others where many rows are sorted.
    label: str = field(init=False, repr=False, eq=False)

    @plural.default
    def _regular_plural(self) -> str:
        if self.name.endswith("y") and self.name[-2:-1] not in "aeiou":
            return f"{self.name[:-1]}ies"
        return f"{self.name}es" if self.name.endswith(("s", "x", "ch", "sh")) else f"{self.name}s"

    def __attrs_post_init__(self) -> None:
        if not self.name or self.grain < 1:
            raise UnitError(
                f"A unit needs a name and a grain of 1 or more, not {self.name!r} and {self.grain!r}",
                remedy='Write for example Unit("credit", "credits", grain=100)',
                name=self.name,
                grain=self.grain,
            )
        object.__setattr__(self, "label", f"{self.plural}/{self.grain}")


#: An hour, told apart to the second: minutes, hundredths, thirds and eighths of an hour are all whole seconds.
HOUR = Unit("hour", "hours", grain=3600)
#: A point, told apart to the hundredth.
POINT = Unit("point", "points", grain=100)
#: A credit, told apart to the hundredth.
CREDIT = Unit("credit", "credits", grain=100)
#: One activity, for clauses that count entries instead of time.
ACTIVITY = Unit("activity", "activities")


@frozen(order=False)
class Amount:
    """So many grains of a unit.

    >>> Amount.of("7.5", HOUR) + Amount.of("1h30", HOUR)
    Amount('9 h')
    >>> Amount.of(0.1, HOUR) * 10 == Amount.of(1, HOUR)
    True
    """

    grains: int
    unit: Unit

    @classmethod
    def of(cls, figure: Figure, unit: Unit) -> Amount:
        """Read a figure in a unit.

        Raises:
            AmountError: the figure is not finite, negative, absurdly large, or finer than the unit's grain.
            UnitError: the figure is an amount of another unit.
        """
        return cls(grains_of(figure, unit), unit)

    def _same(self, other: Amount) -> int:
        if other.unit != self.unit:
            raise UnitError(
                f"{self} and {other} are not of one unit",
                why="Only amounts of one unit can be added or compared",
                remedy="Convert one of them by a rule of the scheme first",
                left=self,
                right=other,
            )
        return other.grains

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.grains + self._same(other), self.unit)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.grains - self._same(other), self.unit)

    def __mul__(self, factor: int | Fraction) -> Amount:
        return Amount(whole(self.grains * factor, self.unit), self.unit)

    __rmul__ = __mul__

    def __lt__(self, other: Amount) -> bool:
        return self.grains < self._same(other)

    def __le__(self, other: Amount) -> bool:
        return self.grains <= self._same(other)

    def __gt__(self, other: Amount) -> bool:
        return self.grains > self._same(other)

    def __ge__(self, other: Amount) -> bool:
        return self.grains >= self._same(other)

    def __str__(self) -> str:
        return as_written(self.grains, self.unit)

    def __repr__(self) -> str:
        return f"Amount({str(self)!r})"


def hours(figure: Figure) -> Amount:
    """So many hours.

    >>> print(hours("1:30"), "|", hours("20 min"), "|", hours(1.1))
    1 h 30 min | 20 min | 1 h 6 min
    """
    return Amount.of(figure, HOUR)


def grains_of(figure: Figure, unit: Unit) -> int:
    """Read a figure as a whole number of a unit's grains: the fast road to an amount.

    Raises:
        AmountError: the figure is not finite, negative, absurdly large, or finer than the unit's grain.
        UnitError: the figure is an amount of another unit.
    """
    kind = type(figure)
    if kind is int and 0 <= figure <= LARGEST:  # type: ignore[operator]
        return figure * unit.grain  # type: ignore[operator, return-value]
    if isinstance(figure, Amount):
        return Amount(0, unit)._same(figure)
    if kind is str and unit == HOUR:
        return _in_bounds(_clock(figure), figure, unit)  # type: ignore[arg-type]
    return _in_bounds(_exact(figure, unit), figure, unit)


def whole(grains: int | Fraction, unit: Unit) -> int:
    """Check that a computed number of grains is whole.

    Raises:
        AmountError: it is finer than the unit's grain; the caller has to say how to round.
    """
    exact = Fraction(grains)
    if exact.denominator != 1:
        raise AmountError(
            f"{float(exact / unit.grain):g} {unit.plural} is finer than the unit's grain, 1/{unit.grain} of one {unit.name}",
            why="An amount is never rounded in silence",
            remedy="Say how to round it, or declare the unit with a finer grain",
            grains=exact,
            unit=unit,
        )
    return exact.numerator


def _exact(figure: object, unit: Unit) -> Fraction:
    if isinstance(figure, bool) or not isinstance(figure, (int, float, str, Decimal, Fraction)):
        raise AmountError(
            f"{figure!r} is not an amount of {unit.plural}",
            remedy="Give a number, or the text of one",
            figure=figure,
            unit=unit,
        )
    if isinstance(figure, str) and (len(figure) > LONGEST or not re.fullmatch(r"\s*\d+(\.\d+)?\s*", figure, re.ASCII)):
        raise _unreadable(figure, unit)
    try:
        if isinstance(figure, (int, Fraction)):
            if Fraction(figure).numerator.bit_length() + Fraction(figure).denominator.bit_length() > 4 * LONGEST:
                raise InvalidOperation
            return Fraction(figure)
        decimal = Decimal(str(figure))
        if not decimal.is_finite() or abs(decimal.adjusted()) > LONGEST:
            raise InvalidOperation
        return Fraction(decimal)
    except InvalidOperation:
        raise AmountError(
            f"{_short(figure)} {unit.plural} is no number that can be worked with",
            why="An amount must be finite and of ordinary size",
            remedy="Look at where the figure comes from",
            figure=figure,
            unit=unit,
        ) from None


def _in_bounds(exact: Fraction, figure: object, unit: Unit) -> int:
    shown = _short(figure)
    if exact < 0:
        raise AmountError(
            f"{shown} {unit.plural} is negative",
            why="What somebody did cannot be less than nothing",
            remedy="Correct the entry, or leave it out and say why",
            figure=figure,
            unit=unit,
        )
    if exact > LARGEST:
        raise AmountError(
            f"{shown} {unit.plural} is more than anybody can have done",
            remedy=f"Nothing above {LARGEST:,} {unit.plural} is read; look for a slip of the unit",
            figure=figure,
            unit=unit,
        )
    return whole(exact * unit.grain, unit)


def _short(figure: object) -> str:
    """Show a figure in an error, however long it is: the text of a very long int is refused by Python itself."""
    if isinstance(figure, (int, Fraction)) and Fraction(figure).numerator.bit_length() > 4 * LONGEST:
        return "A number of very many digits of"
    return str(figure)[:LONGEST]


#: 7.5 · 7.5 h · 2 hours · 45 min · 1h30 · 1 h 30 min · 1:30, each with its parts named.
_CLOCK = re.compile(
    r"\s*(?:(?P<plain>\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)?"
    r"|(?P<minutes>\d+)\s*(?:m|mins?|minutes?)"
    r"|(?P<hour>\d+)\s*(?::|h|hrs?|hours?)\s*(?P<minute>[0-5]?\d)\s*(?:m|mins?|minutes?)?)\s*",
    re.ASCII | re.IGNORECASE,
)


def _clock(text: str) -> Fraction:
    found = _CLOCK.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise _unreadable(text, HOUR)
    if found["plain"]:
        return Fraction(found["plain"])
    if found["minutes"]:
        return Fraction(int(found["minutes"]), 60)
    return int(found["hour"]) + Fraction(int(found["minute"]), 60)


def _unreadable(text: str, unit: Unit) -> AmountError:
    forms = "7.5, 7.5 h, 1h30, 1 h 30 min, 1:30 or 90 min" if unit == HOUR else "a number such as 7 or 7.5"
    comma = text.strip().replace(",", ".", 1)
    meant = f"Did you mean {comma}? " if re.fullmatch(r"\d+\.\d+", comma, re.ASCII) and "," in text else ""
    return AmountError(
        f"{text[:LONGEST]!r} is not an amount of {unit.plural}",
        remedy=f"{meant}Write {forms}",
        figure=text,
        unit=unit,
    )


@frozen
class Rounding:
    """How to round what a rule computes: in which direction, and to what step.

    >>> Rounding("up", hours("30 min")).applied(Fraction(4000), HOUR)
    5400
    """

    direction: Literal["up", "down", "half_up", "half_even"]
    #: The step; the result is a whole number of these.
    to: Amount

    def __attrs_post_init__(self) -> None:
        if self.direction not in ("up", "down", "half_up", "half_even") or self.to.grains < 1:
            raise AmountError(
                f"Nothing can be rounded {self.direction!r} to steps of {self.to}",
                remedy="Round up, down, half_up or half_even, to a step greater than nothing",
                direction=self.direction,
                to=self.to,
            )

    def applied(self, grains: int | Fraction, unit: Unit) -> int:
        """Give the rounded number of grains.

        Raises:
            UnitError: the step is of another unit.
        """
        step = Amount(0, unit)._same(self.to)
        steps = Fraction(grains) / step
        if self.direction == "up":
            return ceil(steps) * step
        if self.direction == "down":
            return floor(steps) * step
        if self.direction == "half_up":
            return floor(steps + Fraction(1, 2)) * step
        return round(steps) * step

    def __str__(self) -> str:
        how = {"up": "up", "down": "down", "half_up": "to the nearest, halves up,", "half_even": "to the nearest, halves to even,"}
        return f"rounded {how[self.direction]} to {self.to}"


def as_written(grains: int, unit: Unit) -> str:
    """Write a number of grains as people do: 1 h 30 min, 2.5 points, 1 activity.

    >>> as_written(5400, HOUR), as_written(150, POINT), as_written(0, HOUR)
    ('1 h 30 min', '1.5 points', '0 h')
    """
    if unit is HOUR or unit == HOUR:
        return _as_clock(grains)
    if grains % unit.grain == 0:
        number = grains // unit.grain
        return f"{number} {unit.name if number == 1 else unit.plural}"
    return f"{_as_decimal(Fraction(grains, unit.grain))} {unit.plural}"


def _as_clock(grains: int) -> str:
    if grains % 3600 == 0:
        return f"{grains // 3600} h"
    if grains < 0:
        return f"-{_as_clock(-grains)}"
    hour, rest = divmod(grains, 3600)
    minute, second = divmod(rest, 60)
    if hour and not second:
        return f"{hour} h {minute} min"
    parts = ((hour, "h"), (minute, "min"), (second, "s"))
    return " ".join(f"{number} {name}" for number, name in parts if number)


def _as_decimal(value: Fraction) -> str:
    """Write a fraction in decimals where it has an end, else as a whole and a fraction."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")
    number, part = divmod(value, 1)
    return f"{number} {part}" if number else str(part)
