"""How amounts, lengths of time, days, shares, units and tags stand in plain data.

An amount is written as people write it and exactly: “1 h 30 min”, “2.5 points”. A number alone is read in the unit that
the place asks for.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from cpdrules.amounts import HOUR, LARGEST, Amount, Unit, as_written, grains_in, grains_of, whole
from cpdrules.cpd.activities import as_day
from cpdrules.documents.places import STANDARD, UNREAD, At, listed, shown
from cpdrules.documents.schemas import Definitions, Schema, examples, pattern
from cpdrules.documents.shapes import TEXT, WHOLE, Many, Table, Turned, key, made
from cpdrules.errors import AmountError, DocumentError, ProblemKind
from cpdrules.findings import Bounds
from cpdrules.periods import Length

_NUMBER = r"(?:(?P<whole>\d{1,40}) )?(?P<part>\d{1,80})/(?P<of>\d{1,80})|(?P<decimal>\d{1,80}(?:\.\d{1,80})?)"
_SO_MANY = re.compile(_NUMBER, re.ASCII)
_CLOCK = re.compile(r"(?=\d)(?:(\d{1,40}) h)?(?: ?([1-5]?\d) min)?(?: ?([1-5]?\d) s)?", re.ASCII)

_GAP = r"[ \t\n\r\f\v]*"
_NAMED = "|".join(
    re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", name)
    for name in (":", "h(?:rs?|ours?)?", "m(?:in(?:s|utes?)?)?", "s(?:ec(?:s|onds?)?)?")
)

#: A text that is an amount of some unit, for every language: a number, and then the name of any unit, or parts of an
#: hour. Which names and parts there are is a matter of the unit, and so of sense. Between two parts stands a number:
#: else “hrs” could be taken apart in two ways, and a long row of them in more ways than anybody has time for.
_AMOUNT = re.compile(
    rf"{_GAP}[0-9]+(?:[./][0-9]+)?"
    rf"(?:[ \t\n\r\f\v][\s\S]*|(?:{_NAMED}){_GAP}(?:[0-9]+{_GAP}(?:{_NAMED}){_GAP})*(?:[0-9]+{_GAP})?)?"
)


def grains_in_text(text: str, unit: Unit) -> int:
    """Read an amount as ``as_written`` writes it, of any size; else as people write it.

    >>> grains_in_text("1 h 20 s", HOUR), grains_in_text("1 1/3 credits", Unit("credit", grain=300))
    (3620, 400)

    Raises:
        AmountError: it is no amount of the unit, or cannot be held exactly.
    """
    if unit is HOUR or unit == HOUR:
        clock = _CLOCK.fullmatch(text)
        if clock is None:
            return grains_of(text, unit)
        hour, minute, second = clock.groups()
        return int(hour or 0) * 3600 + int(minute or 0) * 60 + int(second or 0)
    number = text
    for name in (unit.plural, unit.name):
        if name and number.endswith(f" {name}"):
            number = number.removesuffix(f" {name}")
            break
    found = _SO_MANY.fullmatch(number.strip(" \t\n\r\f\v"))
    if found is None or (found["of"] and not int(found["of"])):
        return grains_of(text, unit)
    if found["decimal"]:
        return whole(Fraction(found["decimal"]) * unit.grain, unit)
    part = Fraction(int(found["part"]), int(found["of"]))
    return whole((int(found["whole"] or 0) + part) * unit.grain, unit)


@frozen
class AmountShape:
    """An amount in the unit that the place asks for."""

    like: str = '"30 h"'
    #: Whether it may be larger than anything that one person can have done: a sum may.
    sum: bool = False

    def read(self, data: object, at: At) -> Any:
        """Give the amount of a number, or of a text."""
        if isinstance(data, bool) or not isinstance(data, (int, float, str)):
            return at.wrong(f"{shown(data)} is not an amount", f"Write a number, or a text such as {self.like}")
        kind = _of_some_unit(data)
        if at.unit is UNREAD:
            return UNREAD if kind == "sense" else at.wrong(f"{shown(data)} is not an amount", f"Write {self.like}")
        if at.unit is None:
            return at.wrong("There is no unit to read this amount in", "Name the unit", "sense")
        unit = at.unit
        return made(at, lambda: self.amount(data, unit), kind)

    def amount(self, data: float | str, unit: Unit) -> Amount:
        """Read a number, or the text of an amount.

        Raises:
            AmountError: it is no amount of the unit, or cannot be held exactly.
        """
        if isinstance(data, str):
            grains = grains_in_text(data, unit)
            if grains > LARGEST * unit.grain and not self.sum:
                grains_of(Fraction(grains, unit.grain), unit)  # says so
            return Amount(grains, unit)
        return Amount(grains_of(data, unit), unit)

    def write(self, value: Amount, at: At) -> str:
        """Give the text of the amount.

        Raises:
            UnitError: it is of another unit than the place asks for, and would not be read again.
        """
        assert isinstance(at.unit, Unit)
        return as_written(grains_in(value, at.unit), at.unit)

    def schema(self, defs: Definitions) -> Schema:
        """Say what is an amount of some unit: a number that nobody exceeds, or a text that begins with one."""
        return defs.named(
            AMOUNT,
            "an amount",
            lambda: {
                "description": "A number in the unit of what is counted, or a text.",
                **examples(self.like, "7.5", '"1 h 30 min"', '"2.5 points"'),
                "anyOf": [{"type": "number", "minimum": 0, "maximum": LARGEST}, pattern(_AMOUNT)],
            },
        )


def _of_some_unit(data: float | str) -> ProblemKind:
    """Tell which kind of problem it is where something is no amount of a unit."""
    some = _AMOUNT.fullmatch(data) is not None if isinstance(data, str) else not (data < 0 or data > LARGEST)
    return "sense" if some else "shape"


@frozen
class UnitsAmountShape:
    """An amount that names its unit: “10 h”, “1 activity”, or of a unit that the document declares."""

    like: str = '"10 h"'

    def read(self, data: object, at: At) -> Any:
        """Give the amount."""
        if not isinstance(data, str) or _AMOUNT.fullmatch(data) is None:
            return at.wrong(f"{shown(data)} is not an amount with its unit", f"Write for example {self.like}")
        if _SO_MANY.fullmatch(data.strip()):
            return at.wrong(f"{shown(data)} does not name its unit", f"Write for example {self.like}", "sense")
        number, unit = _unit_named(data.strip(), at)
        if number != data.strip():
            return made(at, lambda: AMOUNT.amount(number, unit))
        try:
            return AMOUNT.amount(number, HOUR)
        except AmountError:
            known = f"Known are {listed(at.units)}, and times such as “1 h 30 min”"
            return at.wrong(f"{shown(data)} is of no unit that is known here", known, "sense")

    def write(self, value: Amount, at: At) -> str:
        """Give the text of the amount.

        Raises:
            DocumentError: its unit is not known by its name.
        """
        if _unit_named(str(value), at)[1] != value.unit:
            raise DocumentError(
                f"{value} cannot be written down, since there is another unit of that name",
                remedy="Give the unit a name of its own",
                amount=value,
            )
        return str(value)

    def schema(self, defs: Definitions) -> Schema:
        """A text that begins with a number."""
        about = {"description": "An amount that names its unit.", **examples(self.like, '"1 activity"')}
        return defs.named(UNITS_AMOUNT, "an amount with its unit", lambda: {**about, **pattern(_AMOUNT)})


def _unit_named(text: str, at: At) -> tuple[str, Unit]:
    """Give the number and the unit of an amount: that with the longest name it ends with; else it is a time."""
    name = max((name for name in at.units if text.endswith(f" {name}")), key=len, default="")
    return (text.removesuffix(f" {name}"), at.units[name]) if name else (text, HOUR)


AMOUNT = AmountShape()
UNITS_AMOUNT = UnitsAmountShape()
SUM = AmountShape(sum=True)


@frozen
class GrainsShape:
    """A sum that the library holds in grains: an amount where its unit is known, else the bare number."""

    like: str = '"30 h"'

    def read(self, data: object, at: At) -> Any:
        """Give the grains."""
        if at.unit is None:
            return WHOLE.read(data, at)
        amount = SUM.read(data, at)
        return amount if amount is UNREAD else amount.grains

    def write(self, value: int, at: At) -> Any:
        """Give the amount, or the number."""
        return as_written(value, at.unit) if isinstance(at.unit, Unit) else value

    def schema(self, defs: Definitions) -> Schema:
        """An amount or a number: which of them is a matter of the unit."""
        return {"anyOf": [SUM.schema(defs), WHOLE.schema(defs)]}


GRAINS = GrainsShape()


@frozen
class BoundsShape:
    """The least and the most of something: one amount where they agree; no most where nothing limits it."""

    like: str = '"30 h"'

    def read(self, data: object, at: At) -> Any:
        """Give both ends."""
        if isinstance(data, dict):
            return _BOUNDS.read(data, at)
        grains = GRAINS.read(data, at)
        return grains if grains is UNREAD else Bounds(grains, grains)

    def write(self, value: Bounds, at: At) -> Any:
        """Give one amount, or both ends."""
        return GRAINS.write(value.least, at) if value.least == value.most else _BOUNDS.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """One amount, or both ends."""
        return {"anyOf": [GRAINS.schema(defs), _BOUNDS.schema(defs)]}


_BOUNDS = Table("bounds", Bounds, (key("least", GRAINS), key("most", GRAINS, default=None)))
BOUNDS = BoundsShape()

_LENGTH = r"[0-9]{1,9} (?:year|month|day)s?"
_LENGTHS = re.compile(rf"{_LENGTH}(?: and {_LENGTH}){{0,2}}")


@frozen
class LengthShape:
    """A length of time: “6 months”, “3 years and 1 day”."""

    like: str = '"6 months"'

    def read(self, data: object, at: At) -> Any:
        """Give the length."""
        stated = _LENGTHS.fullmatch(data) if isinstance(data, str) else None
        pieces = [piece.split(" ") for piece in stated[0].split(" and ")] if stated else []
        parts = {f"{name.removesuffix('s')}s": int(number) for number, name in pieces}
        if not parts or len(parts) < len(pieces):
            return at.wrong(
                f"{shown(data)} is not a length of time",
                "Write for example “6 months” or “3 years and 1 day”",
                "sense" if stated else "shape",
            )
        return made(at, lambda: Length(**parts))

    def write(self, value: Length, at: At) -> str:
        """Give its words."""
        return str(value)

    def schema(self, defs: Definitions) -> Schema:
        """Say how its words are joined; that none stands twice is a matter of sense."""
        about = {"description": "A length of time.", **examples(self.like, '"3 years and 1 day"')}
        return defs.named(LENGTH, "a length", lambda: {**about, **pattern(_LENGTHS)})


LENGTH = LengthShape()

_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


@frozen
class DayShape:
    """A day: the text 2015-03-02, or TOML's own date."""

    like: str = '"2015-03-02"'

    def read(self, data: object, at: At) -> Any:
        """Give the day."""
        if isinstance(data, (str, date)):
            stated = isinstance(data, date) or _DAY.fullmatch(data) is not None
            return made(at, lambda: as_day(data), "sense" if stated else "shape")
        return at.wrong(f"{shown(data)} is not a day", f"Write it as {self.like}")

    def write(self, value: date, at: At) -> str:
        """Give its text."""
        return value.isoformat()

    def schema(self, defs: Definitions) -> Schema:
        """Say how a day is written; whether the calendar has it is a matter of sense."""
        about = {"$comment": "In TOML, its own date is read as well.", **examples(self.like), "format": "date"}
        return defs.named(DAY, "a day", lambda: {**about, **pattern(_DAY)})


DAY = DayShape()

_FRACTION = re.compile(r"[0-9]{1,80}(?:/[0-9]{1,80}|(?:\.[0-9]{1,80})?%?)")


@frozen
class FractionShape:
    """A share of a whole: “1/3”, “75%”, 0.75."""

    like: str = '"3/4"'

    def read(self, data: object, at: At) -> Any:
        """Give the exact fraction."""
        text = repr(data) if isinstance(data, (int, float)) and not isinstance(data, bool) else data
        if not isinstance(text, str) or not _FRACTION.fullmatch(text):
            # A number that Python writes with an exponent, or that is not finite: a schema cannot tell it from others.
            odd = isinstance(data, (int, float)) and not isinstance(data, bool) and not data < 0
            remedy = f"Write it as {self.like}, “75%” or 0.75"
            return at.wrong(f"{shown(data)} is not a share", remedy, "sense" if odd else "shape")
        try:
            return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ZeroDivisionError:
            return at.wrong(f"{shown(data)} divides by nothing", f"Write it as {self.like}", "sense")

    def write(self, value: Fraction, at: At) -> str:
        """Give its text."""
        return str(value)

    def schema(self, defs: Definitions) -> Schema:
        """A number, or a text of a fraction, a decimal or a percentage."""
        about = {"description": "A share of a whole.", **examples(self.like, '"75%"', "0.75")}
        ways = [{"type": "number", "minimum": 0}, pattern(_FRACTION)]
        return defs.named(FRACTION, "a share of a whole", lambda: {**about, "anyOf": ways})


FRACTION = FractionShape()


# Units ----------------------------------------------------------------------------------------------------------------


def _unit(name: str, plural: str | None, grain: int) -> Unit:
    return Unit(name, grain=grain) if plural is None else Unit(name, plural, grain)


def _irregular(unit: Unit) -> str | None:
    return None if Unit(unit.name).plural == unit.plural else unit.plural


#: A unit in full: how it is declared.
DECLARED_UNIT = Table(
    "a unit",
    _unit,
    (key("name", TEXT), key("plural", TEXT, default=None, get=_irregular), key("grain", WHOLE, default=1)),
)


@frozen
class UnitShape:
    """A unit by its name, if the document knows it; else in full."""

    like: str = '"point"'

    def read(self, data: object, at: At) -> Any:
        """Give the unit."""
        if not isinstance(data, str):
            return DECLARED_UNIT.read(data, at)
        if data in at.units:
            return at.units[data]
        return at.unknown(data, "unit that is known here", at.units, "sense")

    def write(self, value: Unit, at: At) -> Any:
        """Give its name, or all of it."""
        return value.name if at.units.get(value.name) == value else DECLARED_UNIT.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """Any name, since a document may declare units of its own; or a unit in full."""
        name = {"type": "string", "examples": sorted(unit.name for unit in {*STANDARD.values()})}
        return {"anyOf": [name, DECLARED_UNIT.schema(defs)]}


UNIT = UnitShape()


def _apart(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    known: dict[str, Unit] = {}
    for unit in units:
        for name in (unit.name, unit.plural):
            if known.setdefault(name, unit) != unit:
                raise DocumentError(f"Two units are called “{name}”", remedy="Give one of them another name")
    return units


#: The units that a document declares, besides those that every document knows; or in place of one of them.
UNITS = Turned(Many(evolve(DECLARED_UNIT, short="name")), _apart, lambda units: units)
