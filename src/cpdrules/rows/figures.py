"""Amounts as people type them: what can be read is read exactly, and what cannot is answered with what was meant.

A repair or a hint only helps whoever corrects the row. Neither is ever taken as the amount.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Literal, TypeAlias

from cpdrules.amounts import HOUR, LARGEST, LONGEST, Amount, Unit
from cpdrules.errors import AmountError
from cpdrules.rows.troubles import CellError, quoted

Decimals: TypeAlias = Literal[".", ","]


def amount_of(value: object, unit: Unit, decimal: Decimals) -> Amount:
    """Read an amount from a cell: a number, a duration, or a text in any form that people use.

    >>> amount_of("7,5", HOUR, ","), amount_of(timedelta(minutes=90), HOUR, ".")
    (Amount('7 h 30 min'), Amount('1 h 30 min'))

    Raises:
        CellError: it is no amount, or cannot be held exactly.
    """
    text = " ".join(value.split()) if isinstance(value, str) else ""
    figure = _pointed(text, unit, decimal) if text else _number(value, unit)
    try:
        return Amount.of(figure, unit)
    except AmountError as error:
        if "grains" in error.data:
            near = Amount(round(error.data["grains"]), unit)
            what = f"{quoted(value)} is finer than 1/{unit.grain} of one {unit.name}"
            raise CellError("amount", f"{what}. Did you mean {near}?") from None
    raise _unreadable(text, unit, decimal) if isinstance(figure, str) else _impossible(figure, unit)


def _pointed(text: str, unit: Unit, decimal: Decimals) -> str:
    """Write a text with a decimal point, if it has none yet."""
    if decimal == ",":
        if "." in text:
            raise _unreadable(text, unit, decimal)
        return text.replace(",", ".", 1)
    return text


def _number(value: object, unit: Unit) -> int | float | Decimal | Fraction:
    """Give the number in a cell that is no text, whatever library it comes from."""
    if isinstance(value, time):
        meant = f"{value.hour}:{value.minute:02}"
        raise CellError("amount", f"{quoted(value)} is a time of day. Did you mean {meant}? Format the column as text")
    if isinstance(value, timedelta) and unit == HOUR:
        return Fraction(value // timedelta(microseconds=1), 3_600_000_000)
    if isinstance(value, Decimal | float | Fraction):
        return value
    if isinstance(value, Real) and not isinstance(value, bool):
        return int(value) if isinstance(value, Integral) else float(value)
    raise CellError("amount", f"{quoted(value)} is no amount of {unit.plural}. Give a number, or the text of one")


def _impossible(number: float | Decimal | Fraction, unit: Unit) -> CellError:
    """Say what is wrong with a number."""
    if number < 0:
        return _negative(number)
    if number > LARGEST:
        what = f"{quoted(number)} is more {unit.plural} than anybody can have done"
        return CellError("amount", f"{what}. Look for a slip of the unit")
    return CellError("amount", f"{quoted(number)} is no amount of {unit.plural}. Correct the figure")


def _negative(figure: object) -> CellError:
    what = f"{quoted(figure)} is less than nothing, which nobody can have done"
    return CellError("negative", f"{what}. Correct the figure")


_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

#: What people type around a figure or instead of it, and what it becomes.
_REPAIRS = (
    ("^", ""),  # nothing: comma and point may be all that is wrong
    *((rf"\b{word}\b", str(number)) for number, word in enumerate(_COUNTED, 1)),
    (r"^(about|approx\w*\.?|ca\.?|circa|c\.|around|nearly|over|under|at least|up to|[~≈<>]=?)\s*", ""),
    (r"\s*(\band\b|[,&+])\s*(?=\d+\s*m)", " "),
    (r"(?<=\d:\d\d):00$", ""),
    (r"\s*½", ".5"),
    (r"(?<=[a-z])\.", ""),
)

#: What people type where no figure can be made out, and what to tell them.
_HINTS = (
    (r"n/?a|nan|none|null|(un|not )known|tb[ac]|[?.\-–—]+", "Leave the cell blank where it is not known"),  # noqa: RUF001
    (r"\d+([.,]\d+)?e[+-]?\d+", "Write all its digits out"),
    (r"\d+\s*(h|hrs?|hours?|:)\s*([6-9]\d|\d{3,})\D*", "An hour has the minutes 0 to 59. Correct the minutes"),
    (r"\d[^-–]*(-|–|\bto\b|\bor\b)\s*\d.*", "It is a range. Give the one figure that is right"),  # noqa: RUF001
    (r".*(day|week|month)s?", "A day is no fixed number of hours. Write the hours"),
    (r"\d{7,}.*", "Nobody can have done so much. Look for a slip of the unit"),
)


def _unreadable(text: str, unit: Unit, decimal: Decimals) -> CellError:
    """Say what is wrong with a text, and what was likely meant."""
    shown = quoted(text)
    if re.match(r"[-−–]\s*\d", text):  # noqa: RUF001
        return _negative(text)
    short = text[: LONGEST + 1]
    forms = "7.5, 7.5 h, 1h30, 1 h 30 min, 1:30 or 90 min" if unit == HOUR else "a number such as 7 or 7.5"
    hint = next((told for slip, told in _HINTS if re.fullmatch(slip, short, re.IGNORECASE)), None)
    advice = _meant(short, unit, decimal) or hint or f"Write {forms.replace('.', decimal)}"
    return CellError("amount", f"{shown} is no amount of {unit.plural}. {advice}")


def _meant(text: str, unit: Unit, decimal: Decimals) -> str:
    """Suggest what a text would be with one slip taken out, or comma and point exchanged; empty where nothing helps."""
    for slip, repair in _REPAIRS:
        for written in (text, text.replace(",", ".")):
            repaired = re.sub(slip, repair, written, count=1, flags=re.IGNORECASE).strip()
            try:
                Amount.of(repaired, unit)
            except AmountError:
                continue
            return f"Did you mean {repaired.replace('.', decimal)}?"
    return ""
