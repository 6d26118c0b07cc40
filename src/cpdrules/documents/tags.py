"""How tags, facts and filters stand in plain data: tables whose keys are the document's own.

What nobody recorded is ``{"unknown": true}``; where a day or an amount stands, null says the same. To leave a key out
says that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from cpdrules.amounts import HOUR
from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.measures import hours
from cpdrules.documents.places import UNREAD, At, shown
from cpdrules.documents.quantities import AMOUNT, DAY
from cpdrules.documents.schemas import Definitions, Schema, examples
from cpdrules.documents.shapes import TEXT, Many, Shape, Table, Turned, key, made, wholly
from cpdrules.errors import DocumentError
from cpdrules.findings import Where


@frozen
class TagShape:
    """A tag: a text, true or false, a whole number, or several texts."""

    like: str = '"personal_technical"'

    def read(self, data: object, at: At) -> Any:
        """Give the tag."""
        if isinstance(data, list):
            return _TEXTS.read(data, at)
        if isinstance(data, (str, int)):
            return data
        remedy = "Write a text, true or false, a whole number, or several texts"
        return at.wrong(f"{shown(data)} is not a tag", remedy, wholly(data))

    def write(self, value: Any, at: At) -> Any:
        """Give the tag back."""
        return _TEXTS.write(value, at) if isinstance(value, tuple) else value

    def schema(self, defs: Definitions) -> Schema:
        """Name the types."""
        ways = [{"type": ["string", "boolean", "integer"]}, _TEXTS.schema(defs)]
        return defs.named(TAG, "a tag", lambda: {**examples(self.like, "true"), "anyOf": ways})


_TEXTS = Many(TEXT, least=1)
TAG = TagShape()


@frozen
class KnownShape:
    """A value that may be unknown: ``{"unknown": true}``."""

    shape: Shape
    #: What the library has where nobody recorded it.
    unknown: Any
    #: Whether null says the same.
    null: bool = False

    @property
    def like(self) -> str:
        """The value where it is known."""
        return self.shape.like

    def read(self, data: object, at: At) -> Any:
        """Give the value, or that it is not known."""
        if isinstance(data, dict) and list(data) == ["unknown"] and data["unknown"] is True:
            return self.unknown
        if data is not None:
            return self.shape.read(data, at)
        if self.null:
            return self.unknown
        return at.wrong(
            "Nothing (null) stands here", 'Leave it out if there is none; if nobody knows, {"unknown": true}'
        )

    def write(self, value: Any, at: At) -> Any:
        """Give the value, or that it is not known."""
        if value is self.unknown:
            return None if self.null else {"unknown": True}
        return self.shape.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """The value, or that it is not known."""
        unknown: list[Schema] = [{"const": {"unknown": True}}, *([{"type": "null"}] if self.null else [])]
        return {"anyOf": [self.shape.schema(defs), *unknown]}


@frozen
class FactShape:
    """A fact about a member: a tag, or a day as ``{"day": "2015-03-02"}``, since a text could be either."""

    like: str = '"part_time"'

    def read(self, data: object, at: At) -> Any:
        """Give the fact."""
        if isinstance(data, dict):
            return _DAY_FACT.read(data, at)
        return DAY.read(data, at) if isinstance(data, date) else TAG.read(data, at)

    def write(self, value: Any, at: At) -> Any:
        """Give the fact, a day in its table."""
        return _DAY_FACT.write(value, at) if isinstance(value, date) else TAG.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """A tag, or a day in its table."""
        return {"anyOf": [TAG.schema(defs), _DAY_FACT.schema(defs)]}


_DAY_FACT = Table("a day", lambda day: day, (key("day", DAY, get=lambda day: day),))


@frozen
class Named:
    """A table whose keys are the document's own: axes, facts."""

    shape: Shape
    like: str

    def read(self, data: object, at: At) -> Any:
        """Give the values by their names."""
        if not isinstance(data, dict):
            return at.wrong(f"{shown(data)} is not a table of names", f"Write for example {self.like}")
        found = {name: self._value(name, one, at.inside(name)) for name, one in data.items()}
        return UNREAD if any(one is UNREAD for one in found.values()) else found

    def _value(self, name: object, data: object, at: At) -> Any:
        if isinstance(name, str):
            return self.shape.read(data, at)
        return at.wrong(f"{shown(name)} is not a name", "Write it in quotes")

    def write(self, value: Mapping[str, Any], at: At) -> dict[str, Any]:
        """Give the values by their names."""
        return {name: self.shape.write(one, at) for name, one in value.items()}

    def schema(self, defs: Definitions) -> Schema:
        """Any names, and values of the shape."""
        return {"type": "object", "additionalProperties": self.shape.schema(defs)}


#: What an activity carries, by axis; and what is recorded of a member.
TAGS = Named(KnownShape(TAG, UNKNOWN), '{"planned": true}')
FACTS = Named(KnownShape(FactShape(), UNKNOWN), '{"route": "part_time"}')

#: The tags that something bears, in one order.
BORNE = Turned(Named(TAG, '{"verifiable": true}'), lambda tags: tuple(sorted(tags.items())), dict)

_LONGER = "longer than"


@frozen
class FilterShape:
    """Which activities are spoken of: by axis, the tag or the tags; and with “longer than”, how long they took."""

    like: str = '{"planned": true}'

    def read(self, data: object, at: At) -> Any:
        """Give the filter, in the order that all filters have."""
        longer, axes = None, data
        if isinstance(data, dict) and _LONGER in data:
            longer = AMOUNT.read(data[_LONGER], at.inside(_LONGER).measured_in(HOUR))
            axes = {axis: one for axis, one in data.items() if axis != _LONGER}
        tags = _ADMITTED.read(axes, at)
        if isinstance(data, dict) and "longer_than" in data:
            return at.wrong("An axis cannot be called “longer_than”", "Write “longer than” with a space, and an amount")
        if tags is UNREAD or longer is UNREAD:
            return UNREAD
        return made(at, lambda: hours(longer_than=longer, **tags).where)

    def write(self, value: Where, at: At) -> dict[str, Any]:
        """Give the tags by axis.

        Raises:
            DocumentError: an axis is called as no axis can be.
        """
        if any(axis in (_LONGER, "longer_than") for axis, _ in value):
            raise DocumentError("An axis cannot be called “longer than”", remedy="Give it another name", where=value)
        longer = next((axis for axis, tags in value if axis.startswith(f"{_LONGER} ") and tags == (True,)), None)
        written: dict[str, Any] = _ADMITTED.write({axis: tags for axis, tags in value if axis != longer}, at)
        return written if longer is None else {**written, _LONGER: longer.removeprefix(f"{_LONGER} ")}

    def schema(self, defs: Definitions) -> Schema:
        """Any axes but those that no axis can be, and how long something took."""
        special = {_LONGER: AMOUNT.schema(defs), "longer_than": False}
        about = {"description": "Which activities are meant: by axis, the tag or the tags.", **examples(self.like)}
        return defs.named(FILTER, "a filter", lambda: {**about, **_ADMITTED.schema(defs), "properties": special})


_ADMITTED = Named(Many(TAG, least=1, lone=True), '{"planned": true}')
FILTER = FilterShape()
