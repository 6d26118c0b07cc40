"""What clauses, measures and figures have in common: names, sources, circumstances, rounding."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import Any, Literal

from attrs import frozen

from cpdrules.amounts import Rounding
from cpdrules.cpd.conditions import InCircumstances, On, Timing
from cpdrules.documents.places import At
from cpdrules.documents.quantities import AMOUNT, DAY, LENGTH
from cpdrules.documents.schemas import Definitions, Schema
from cpdrules.documents.shapes import TEXT, WHOLE, Many, OneOf, Table, Turned, Word, choice, key
from cpdrules.findings import Source
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

#: A circumstance alone, where figures depend on it.
IN_CIRCUMSTANCES = OneOf("a circumstance", '{"circumstance": "maternity_leave"}', lambda: (CIRCUMSTANCE,))


# Rounding -------------------------------------------------------------------------------------------------------------


def _to(direction: Literal["up", "down", "half_up", "half_even"]) -> Word:
    body = Turned(AMOUNT, lambda step: Rounding(direction, step), attrgetter("to"))
    return Word(direction.replace("_", " "), Rounding, body, lambda rounding: rounding.direction == direction)


_ROUNDINGS = (_to("up"), _to("down"), _to("half_up"), _to("half_even"))

#: How to round, and to what step.
ROUNDING = OneOf("a rounding", '{"up": "30 min"}', lambda: _ROUNDINGS)
