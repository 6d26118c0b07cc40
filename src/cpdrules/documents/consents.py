"""Records of consent as plain data: a table with one key, ``consent record``, that holds whose it is and what happened.

Times stand with their zones, as in ``2026-01-10T09:30:00+00:00``; where all that is known is a day, a day does.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve, frozen

from cpdrules.documents.doors import read_whole, write_whole
from cpdrules.documents.fields import PLAIN, spoken, table_of
from cpdrules.documents.places import At, shown
from cpdrules.documents.quantities import DAY
from cpdrules.documents.schemas import Definitions, Schema, examples, pattern
from cpdrules.documents.shapes import TEXT, OneOf, Word
from cpdrules.privacy.consent.records import ConsentRecord

_TIME = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


@frozen
class MomentShape:
    """A day, or a time of day with its zone, as a text or as TOML's own."""

    like: str = '"2026-01-10T09:30:00+00:00"'

    def read(self, data: object, at: At) -> Any:
        """Give the day or the time."""
        if isinstance(data, str) and _TIME.fullmatch(data):
            return self._time(data, at)
        if isinstance(data, datetime) and data.utcoffset() is not None:  # of any other, the machine would say the zone
            return self._time(data, at)
        if type(data) is date or (isinstance(data, str) and "T" not in data):
            return DAY.read(data, at)
        return at.wrong(f"{shown(data)} is neither a day nor a time with its zone", f"Write for example {self.like}")

    def _time(self, data: datetime | str, at: At) -> Any:
        try:
            time = data if isinstance(data, datetime) else datetime.fromisoformat(data)
            time.astimezone(UTC)  # which has to be in the calendar too, since records are compared by it
        except (ValueError, OverflowError):
            return at.wrong(f"{shown(data)} is not in the calendar", f"Write for example {self.like}", "sense")
        return time

    def write(self, value: date, at: At) -> str:
        """Give its text."""
        return value.isoformat()

    def schema(self, defs: Definitions) -> Schema:
        """Say how either is written."""
        return {**examples(self.like), "anyOf": [DAY.schema(defs), pattern(_TIME)]}


@frozen
class ReferenceShape:
    """A text that says whose something is: where it is none, that is said without showing it."""

    like: str = TEXT.like

    def read(self, data: object, at: At) -> Any:
        """Give the text."""
        return data if isinstance(data, str) else at.wrong("What stands here is not a text", f"Write it as {self.like}")

    def write(self, value: str, at: At) -> Any:
        """Give the text."""
        return TEXT.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """Say that it is a text."""
        return TEXT.schema(defs)


_TABLE = table_of(ConsentRecord, spoken(ConsentRecord), {**PLAIN, date: MomentShape()})
_RECORD = Word(
    "consent record",
    ConsentRecord,
    evolve(
        _TABLE,
        keys=tuple(evolve(key, shape=ReferenceShape()) if key.name == "subject" else key for key in _TABLE.keys),
    ),
)
CONSENT = OneOf("a record", '{"consent record": {"subject": "a7f3", "events": []}}', lambda: (_RECORD,))


def read_consent(data: object) -> ConsentRecord:
    """Read a record of consent.

    >>> event = {"at": "2026-01-10", "state": "given", "purposes": ["statistics"]}
    >>> read_consent({"consent record": {"subject": "a7f3", "events": [event, {**event, "at": "2026-01-09"}]}})
    Traceback (most recent call last):
    ...
    cpdrules.errors.DocumentError: The record of consent cannot be read: one thing is wrong.
    - consent record: What happened at 2026-01-09 cannot follow what happened at 2026-01-10. A record only grows at its end. Add events in the order in which they happened.

    Raises:
        DocumentError: it is no record of consent, and why not, in every place; or it is too large.
    """  # noqa: E501
    found: ConsentRecord = read_whole(CONSENT, data, "The record of consent")
    return found


def write_consent(record: ConsentRecord) -> dict[str, Any]:
    """Write a record of consent.

    Raises:
        DocumentError: it is too large, or a value in it is none that documents know.
    """
    found: dict[str, Any] = write_whole(CONSENT, record, "The record of consent")
    return found
