"""The words for what is counted and what is asked: measures, caps, targets, and the circumstances that they look at."""

from __future__ import annotations

from datetime import date
from operator import attrgetter, itemgetter
from typing import Any, Literal

from attrs import frozen

from cpdrules.amounts import HOUR, POINT, Amount, Rounding, Unit
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.conditions import InCircumstances, On, Timing
from cpdrules.cpd.measures import Different, Entries, Total, counting
from cpdrules.cpd.targets import (
    AgreedFigure,
    By,
    Fixed,
    Highest,
    Lowest,
    ProRata,
    ShareOf,
    Stepped,
    TimeWeighted,
    share_of,
    stepped,
)
from cpdrules.documents.places import UNREAD, At
from cpdrules.documents.quantities import AMOUNT, DAY, FRACTION, LENGTH, UNIT
from cpdrules.documents.schemas import Definitions, Schema
from cpdrules.documents.shapes import TEXT, WHOLE, Many, OneOf, Table, Turned, Word, choice, key
from cpdrules.documents.tags import FILTER
from cpdrules.errors import DocumentError
from cpdrules.findings import Source, Where
from cpdrules.periods import Length

#: Where a clause stands in its text: a document's name alone, or more.
SOURCE = Table(
    "a source",
    Source,
    (
        key("document", TEXT),
        key("line", WHOLE, default=None),
        key("quote", TEXT, default=""),
        key("stated", choice("way to be stated", "stated", "inferred", "unstated"), default="stated"),
    ),
    short="document",
)

#: What every clause may have.
NAMED = (key("ref", TEXT, default=""), key("source", SOURCE, default=None))

#: One text, or several.
SEVERAL = Many(TEXT, least=1, lone=True)


# Measures -------------------------------------------------------------------------------------------------------------

_WHERE = key("where", FILTER, default=())


def _hours(where: Where) -> Total:
    return Total(HOUR, where)


def _points(where: Where) -> Total:
    return Total(POINT, where)


def _uncapped(unit: Unit | None = None) -> Any:
    return lambda measure: not measure.caps and unit in (None, measure.unit)


def of_measure(at: At, measure: Any) -> At:
    """Read figures in the unit of the measure beside them."""
    return at.measured_in(UNREAD if measure is UNREAD else measure.unit)


_TOTALS = (
    Word("hours", Total, Turned(FILTER, _hours, attrgetter("where")), _uncapped(HOUR)),
    Word("points", Total, Turned(FILTER, _points, attrgetter("where")), _uncapped(POINT)),
    Word("amounts", Total, Table("amounts", Total, (key("unit", UNIT), _WHERE)), _uncapped()),
)

_TOTAL = OneOf("a sum", '{"hours": {"planned": true}}', lambda: _TOTALS)

_CAP = Table("a cap", Cap, (key("figure", AMOUNT), key("where", FILTER)))


def _counting(*, measure: Total, caps: tuple[Cap, ...]) -> Total:
    return counting(measure, *caps)


def _without_caps(measure: Total) -> Total:
    return Total(measure.unit, measure.where)


_COUNTING = Table(
    "counting",
    _counting,
    (key("measure", _TOTAL, get=_without_caps, gives=of_measure), key("up to", Many(_CAP, least=1), "caps")),
)

MEASURES = (
    *_TOTALS,
    Word("counting", Total, _COUNTING),
    Word("entries", Entries, Turned(FILTER, Entries, attrgetter("where"))),
    Word("different", Different, Table("different", Different, (key("axis", TEXT), _WHERE), short="axis")),
)

#: What can be counted.
MEASURE = OneOf("a measure", '{"hours": {"planned": true}}', lambda: MEASURES)


# Circumstances --------------------------------------------------------------------------------------------------------

_ON = choice("way to say when", "any_day", "every_day", "first_day", "last_day")


@frozen
class OnShape:
    """When in the period something must hold: in a word, or on a day of the calendar."""

    like: str = '"last day"'

    def read(self, data: object, at: At) -> Any:
        """Give the word or the day."""
        is_day = isinstance(data, date) or (isinstance(data, str) and data[:1].isdigit())
        return (DAY if is_day else _ON).read(data, at)

    def write(self, value: Any, at: At) -> str:
        """Give the word or the day."""
        return str((DAY if isinstance(value, date) else _ON).write(value, at))

    def schema(self, defs: Definitions) -> Schema:
        """The words, or a day."""
        return {"anyOf": [_ON.schema(defs), DAY.schema(defs)]}


#: How something must lie to the period.
TIMING = (
    key("on", OnShape(), "timing.on", default="any_day"),
    key("longer than", LENGTH, "timing.longer_than", default=None),
    key("lasting", LENGTH, "timing.lasting", default=None),
)


def _circumstance(
    *,
    kinds: tuple[str, ...],
    but_not: tuple[str, ...],
    on: On,
    longer_than: Length | None,
    lasting: Length | None,
    ref: str,
    source: Source | None,
) -> InCircumstances:
    return InCircumstances(kinds, but_not, Timing(on, longer_than, lasting), ref=ref, source=source)


CIRCUMSTANCE = Word(
    "circumstance",
    InCircumstances,
    Table(
        "“circumstance”",
        _circumstance,
        (key("kinds", SEVERAL), key("but not", Many(TEXT, lone=True), default=()), *TIMING, *NAMED),
        short="kinds",
    ),
)

_IN_CIRCUMSTANCES = OneOf("a circumstance", '{"circumstance": "maternity_leave"}', lambda: (CIRCUMSTANCE,))


# Targets --------------------------------------------------------------------------------------------------------------


def _to(direction: Literal["up", "down", "half_up", "half_even"]) -> Word:
    body = Turned(AMOUNT, lambda step: Rounding(direction, step), attrgetter("to"))
    return Word(direction.replace("_", " "), Rounding, body, lambda rounding: rounding.direction == direction)


_ROUNDINGS = (_to("up"), _to("down"), _to("half_up"), _to("half_even"))

_BY = key("by", choice("way to share a figure out", "day", "month", "whole_month"), default="day")
_ROUNDING = key("rounding", OneOf("a rounding", '{"up": "30 min"}', lambda: _ROUNDINGS))

_PRO_RATA = Table(
    "pro rata",
    ProRata,
    (
        key("figure", AMOUNT),
        key("during", _IN_CIRCUMSTANCES, default=None),
        key("outside", _IN_CIRCUMSTANCES, default=None),
        _BY,
        _ROUNDING,
    ),
)


def _time_weighted(
    *, figures: tuple[tuple[str, Amount], ...], otherwise: Amount, by: By, rounding: Rounding
) -> TimeWeighted:
    kinds = [kind for kind, _ in figures]
    if twice := sorted(kind for kind in set(kinds) if kinds.count(kind) > 1):
        raise DocumentError(f"Two figures are given for “{twice[0]}”", remedy="Keep one of them")
    return TimeWeighted(figures, otherwise, by, rounding)


_WHILE = Table(
    "a figure for a time",
    lambda kind, figure: (kind, figure),
    (key("while", TEXT, "kind", get=itemgetter(0)), key("figure", AMOUNT, get=itemgetter(1))),
)

_TIME_WEIGHTED = Table(
    "time weighted",
    _time_weighted,
    (key("figures", Many(_WHILE, least=1)), key("otherwise", AMOUNT), _BY, _ROUNDING),
)


def _stepped(*, figure: Amount, circumstance: InCircumstances, steps: tuple[tuple[Length, Amount], ...]) -> Stepped:
    return stepped(figure, circumstance, *steps, unit=figure.unit)


_STEP = Table(
    "a step",
    lambda length, figure: (length, figure),
    (key("from", LENGTH, "length", get=itemgetter(0)), key("figure", AMOUNT, get=itemgetter(1))),
)

_STEPPED = Table(
    "stepped",
    _stepped,
    (
        key("figure", AMOUNT),
        key("during", _IN_CIRCUMSTANCES, "circumstance"),
        key("steps", Many(_STEP, least=1)),
    ),
)

#: A figure, or what works it out.
TARGET = OneOf("a figure", '"30 h"', lambda: TARGETS, Word("", Amount, AMOUNT))

#: Among others, a plain figure is a target too.
_AMONG = Turned(
    TARGET,
    lambda target: Fixed(target) if isinstance(target, Amount) else target,
    lambda target: target.figure if isinstance(target, Fixed) else target,
)

TARGETS: tuple[Word, ...] = (
    Word("pro rata", ProRata, _PRO_RATA),
    Word("time weighted", TimeWeighted, _TIME_WEIGHTED),
    Word("stepped", Stepped, _STEPPED),
    Word("agreed", AgreedFigure, Table("agreed", AgreedFigure, (key("about", TEXT, "clause", default=""),))),
    Word("share of", ShareOf, Table("share of", share_of, (key("share", FRACTION), key("measure", MEASURE)))),
    Word("lowest", Lowest, Turned(Many(_AMONG, least=1), Lowest, attrgetter("targets"))),
    Word("highest", Highest, Turned(Many(_AMONG, least=1), Highest, attrgetter("targets"))),
    Word("fixed", Fixed, Turned(AMOUNT, Fixed, attrgetter("figure"))),
)
