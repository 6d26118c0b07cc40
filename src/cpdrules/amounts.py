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

from attrs import Factory, field, frozen

from cpdrules.errors import AmountError, UnitError, shown

#: What a person or a program may write for an amount; a float is read as the digits that were typed.
Figure: TypeAlias = "int | float | str | Decimal | Fraction | Amount"

#: No single amount may exceed this many of its unit: a lifetime has fewer than a million hours.
LARGEST = 1_000_000

#: No written amount has more digits than this; longer ones are refused before they are worked on.
LONGEST = 40

#: No unit is told apart more finely.
_FINEST = 1_000_000_000


def _plural(name: str) -> str:
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "ch", "sh")) else f"{name}s"


@frozen
class Unit:
    """A unit and its grain, the smallest part of it that is told apart.

    >>> Unit("credit", "credits", grain=300)
    Unit(name='credit', plural='credits', grain=300)
    """

    #: One of it, as people write it: ``hour``, ``point``, ``activity``.
    name: str
    #: Several of it.
    plural: str = field(default=Factory(lambda self: _plural(self.name), takes_self=True))
    #: How many grains make one.
    grain: int = 1
    #: All of it in one text: what tells this unit from others where many rows are sorted.
    label: str = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not self.name or type(self.grain) is not int or not 1 <= self.grain <= _FINEST:
            raise UnitError(
                f"A unit needs a name and a whole grain from 1 to {_FINEST:,},"
                f" not {self.name!r} and {shown(self.grain)}",
                remedy='Write for example Unit("credit", "credits", grain=100)',
                name=self.name,
                grain=self.grain,
            )
        object.__setattr__(self, "label", f"{self.plural}/{self.name}/{self.grain}")


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
    """So many grains of a unit; ``Amount.of`` reads it as people write it.

    >>> Amount.of("7.5", HOUR) + Amount.of("1h30", HOUR)
    Amount('9 h')
    >>> Amount.of(0.1, HOUR) * 10 == Amount.of(1, HOUR)
    True

    Raises:
        AmountError: the number of grains is not whole.
    """

    grains: int
    unit: Unit

    def __attrs_post_init__(self) -> None:
        if type(self.grains) is not int:
            raise AmountError(
                f"{shown(self.grains)} is no whole number of grains",
                why=f"An amount is held in grains, of which {self.unit.grain} make one {self.unit.name}",
                remedy="Read a figure with Amount.of(7.5, HOUR)",
                grains=self.grains,
                unit=self.unit,
            )

    @classmethod
    def of(cls, figure: Figure, unit: Unit) -> Amount:
        """Read a figure in a unit.

        Raises:
            AmountError: the figure is not finite, negative, absurdly large, or finer than the unit's grain.
            UnitError: the figure is an amount of another unit.
        """
        return cls(grains_of(figure, unit), unit)

    def _same(self, other: object) -> int:
        if not isinstance(other, Amount) or other.unit != self.unit:
            raise UnitError(
                f"{self} and {other if isinstance(other, Amount) else shown(other)} are not of one unit",
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
        exact: object = factor
        if not isinstance(exact, (int, Fraction)):
            return NotImplemented  # a float would let binary rounding decide
        return Amount(whole(self.grains * exact, self.unit), self.unit)

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
    if type(figure) is int and 0 <= figure <= LARGEST:
        return figure * unit.grain
    if isinstance(figure, Amount):
        return _in_bounds(Fraction(grains_in(figure, unit), unit.grain), figure, unit)
    if isinstance(figure, str) and unit == HOUR:
        return _in_bounds(_clock(figure), figure, unit)
    return _in_bounds(_exact(figure, unit), figure, unit)


def grains_in(amount: Amount, unit: Unit) -> int:
    """Give the grains of an amount that has to be in a unit.

    Raises:
        UnitError: it is in another.
    """
    if amount.unit != unit:
        raise UnitError(
            f"{amount} is no amount of {unit.plural}",
            why="Amounts of different units are never mixed",
            remedy="Give it in the unit that is asked for, or name its own unit where it is used",
            amount=amount,
            unit=unit,
        )
    return amount.grains


def whole(grains: int | Fraction, unit: Unit) -> int:
    """Check that a computed number of grains is whole.

    Raises:
        AmountError: it is finer than the unit's grain; the caller has to say how to round.
    """
    exact = Fraction(grains)
    if exact.denominator != 1:
        raise AmountError(
            f"{_about(exact / unit.grain)} {unit.plural} is finer than the unit's grain,"
            f" 1/{unit.grain} of one {unit.name}",
            why="An amount is never rounded in silence",
            remedy="Say how to round it, or declare the unit with a finer grain",
            grains=exact,
            unit=unit,
        )
    return exact.numerator


def _exact(figure: object, unit: Unit) -> Fraction:
    if isinstance(figure, bool) or not isinstance(figure, (int, float, str, Decimal, Fraction)):
        raise AmountError(
            f"{shown(figure)} is not an amount of {unit.plural}",
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
        if not decimal.is_finite() or abs(decimal.adjusted()) > LONGEST or len(decimal.as_tuple().digits) > LONGEST:
            raise InvalidOperation
        return Fraction(decimal)
    except InvalidOperation:
        raise AmountError(
            f"{_said(figure, unit)} is no number that can be worked with",
            why="An amount must be finite and of ordinary size",
            remedy="Look at where the figure comes from",
            figure=figure,
            unit=unit,
        ) from None


def _in_bounds(exact: Fraction, figure: object, unit: Unit) -> int:
    if exact < 0:
        raise AmountError(
            f"{_said(figure, unit)} is negative",
            why="What somebody did cannot be less than nothing",
            remedy="Correct the entry, or leave it out and say why",
            figure=figure,
            unit=unit,
        )
    if exact > LARGEST:
        raise AmountError(
            f"{_said(figure, unit)} is more than anybody can have done",
            remedy=f"Nothing above {LARGEST:,} {unit.plural} is read; look for a slip of the unit",
            figure=figure,
            unit=unit,
        )
    return whole(exact * unit.grain, unit)


def _said(figure: object, unit: Unit) -> str:
    """Show a figure in an error, however long it is: Python itself refuses to write very long numbers out."""
    if isinstance(figure, str):
        return shown(figure)
    try:
        return str(figure) if isinstance(figure, Amount) else f"{str(figure)[:LONGEST]} {unit.plural}"
    except ValueError:
        return f"A number of very many digits of {unit.plural}"


_HOURS, _MINUTES, _SECONDS = r"\s*(?:h|hrs?|hours?)", r"\s*(?:m|mins?|minutes?)", r"\s*(?:s|secs?|seconds?)"

#: 7.5 · 7.5 h · 2 hours · 1:30 · 1h30 · 45 min · 1 h 30 min 20 s, each with its parts named.
_CLOCK = re.compile(
    rf"\s*(?:(?P<plain>\d+(?:\.\d+)?)(?:{_HOURS})?"
    rf"|(?P<before>\d+)(?:\s*:|{_HOURS})\s*(?P<after>[0-5]?\d)"
    rf"|(?=\d)(?:(?P<hour>\d+){_HOURS})?(?:\s*(?P<minute>\d+){_MINUTES})?(?:\s*(?P<second>\d+){_SECONDS})?)\s*",
    re.ASCII | re.IGNORECASE,
)


def _clock(text: str) -> Fraction:
    found = _CLOCK.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise _unreadable(text, HOUR)
    if found["plain"]:
        return Fraction(found["plain"])
    if found["after"]:
        return int(found["before"]) + Fraction(int(found["after"]), 60)
    sizes = (("hour", 3600), ("minute", 60), ("second", 1))
    named = [(int(found[name]), size) for name, size in sizes if found[name]]
    if any(number > 59 for number, _ in named[1:]):
        raise _unreadable(text, HOUR)
    return Fraction(sum(number * size for number, size in named), 3600)


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
        if self.direction not in tuple(_HOW) or self.to.grains < 1:
            raise AmountError(
                f"Nothing can be rounded {shown(self.direction)} to steps of {self.to}",
                remedy="Round up, down, half_up or half_even, to a step greater than nothing",
                direction=self.direction,
                to=self.to,
            )

    def applied(self, grains: int | Fraction, unit: Unit) -> int:
        """Give the rounded number of grains.

        Raises:
            UnitError: the step is of another unit.
        """
        step = grains_in(self.to, unit)
        steps = Fraction(grains) / step
        if self.direction == "up":
            return ceil(steps) * step
        if self.direction == "down":
            return floor(steps) * step
        if self.direction == "half_up":
            return floor(steps + Fraction(1, 2)) * step
        return round(steps) * step

    def __str__(self) -> str:
        return f"rounded {_HOW[self.direction]} to {self.to}"


_HOW = {
    "up": "up",
    "down": "down",
    "half_up": "to the nearest, halves up,",
    "half_even": "to the nearest, halves to even,",
}


def as_written(grains: int, unit: Unit) -> str:
    """Write a number of grains as people do: 1 h 30 min, 2.5 points, 1 activity.

    >>> as_written(5400, HOUR), as_written(150, POINT), as_written(0, HOUR)
    ('1 h 30 min', '1.5 points', '0 h')
    """
    if unit is HOUR or unit == HOUR:
        return as_clock(grains)
    if grains % unit.grain == 0:
        number = grains // unit.grain
        return f"{number} {unit.name if number == 1 else unit.plural}"
    return f"{_as_decimal(Fraction(grains, unit.grain))} {unit.plural}"


def as_clock(grains: int) -> str:
    """Write seconds of an hour as people do.

    >>> as_clock(5400), as_clock(-60), as_clock(3601)
    ('1 h 30 min', '-1 min', '1 h 1 s')
    """
    if grains % 3600 == 0:
        return f"{grains // 3600} h"
    if grains < 0:
        return f"-{as_clock(-grains)}"
    hour, rest = divmod(grains, 3600)
    minute, second = divmod(rest, 60)
    if hour and not second:
        return f"{hour} h {minute} min"
    parts = ((hour, "h"), (minute, "min"), (second, "s"))
    return " ".join(f"{number} {name}" for number, name in parts if number)


def _as_decimal(value: Fraction) -> str:
    """Write a fraction in decimals where it has an end, else as a whole and a fraction.

    Worked out in whole numbers: a decimal context is a global switch, and may round.
    """
    if value < 0:
        return f"-{_as_decimal(-value)}"
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    number, part = divmod(value, 1)
    if rest == 1:
        return f"{number}.{int(part * 10**places):0{places}}" if part else str(number)
    return f"{number} {part}" if number else str(part)


def _about(value: Fraction) -> str:
    try:
        return f"{float(value):g}"
    except OverflowError:
        return "A number of very many digits of"
