"""What shapes say their JSON Schema with, for editors and for other languages.

Each shape says its schema beside how it reads and writes; the schema of a format is that of its outermost shape.
What a schema cannot say is a problem of another kind than "shape"; see ``Problem.kind``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

#: A JSON Schema, or a part of one, as plain data.
Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class Definitions:
    """The ``$defs`` of a schema in the making: each shape that has a name once, even where it is used in itself."""

    __slots__ = ("_names", "made")

    def __init__(self) -> None:
        self.made: dict[str, Schema] = {}
        # By identity, and with the shape itself, since the identity of one that is gone may be given to another.
        self._names: dict[int, tuple[str, object]] = {}

    def named(self, shape: object, name: str, make: Callable[[], Schema]) -> Schema:
        """Give a reference to a shape's definition, which is made when it is first asked for.

        >>> defs = Definitions()
        >>> defs.named(object(), "a figure", lambda: {"type": "string"}), defs.made
        ({'$ref': '#/$defs/figure'}, {'figure': {'title': 'a figure', 'type': 'string'}})
        """
        if id(shape) not in self._names:
            free = self._free(name)
            self._names[id(shape)] = (free, shape)
            self.made[free] = {}  # keeps the name, and its order, while what is inside asks for definitions too
            self.made[free] = {"title": name.strip("“”"), **make()}
        return {"$ref": f"#/$defs/{self._names[id(shape)][0]}"}

    def _free(self, name: str) -> str:
        """Make a name that needs no escapes in a reference; “at least” is the word of that name, and no other shape."""
        plain = _NOT_PLAIN.sub("-", name.lower().removeprefix("an ").removeprefix("a ")).strip("-")
        plain = f"word-{plain}" if name.startswith("“") else plain
        names = [plain, *(f"{plain}-{number}" for number in range(2, len(self.made) + 2))]
        return next(free for free in names if free not in self.made)


def pattern(regex: re.Pattern[str]) -> Schema:
    """Give the schema of the texts that a regular expression of the reader's own matches whole.

    It must be written for every language: digits as ``[0-9]``, and neither flags nor names nor looking ahead.
    """
    return {"type": "string", "pattern": f"^(?:{regex.pattern})$"}


def examples(*likes: str) -> Schema:
    """Give the examples among some texts: those that could stand in a document as they are.

    >>> examples('"30 h"', "7.5", "3, without quotes or point")
    {'examples': ['30 h', 7.5]}
    """
    found: list[Any] = []
    for like in likes:
        try:
            found.append(json.loads(like))
        except ValueError:
            continue
    return {"examples": found} if found else {}


def other_than(schema: Schema, defs: Definitions, *kinds: str) -> Schema:
    """Give a schema that takes nothing of some types, such as ``"object"``: where these are read in another way.

    >>> other_than({"type": "string"}, Definitions(), "object", "array")
    {'type': 'string'}
    >>> other_than({"minLength": 1}, Definitions(), "object")
    {'allOf': [{'minLength': 1}, {'not': {'type': ['object']}}]}
    """
    taken = [kind for kind in kinds if _may_be(kind, schema, defs)]
    return {"allOf": [schema, {"not": {"type": taken}}]} if taken else schema


def _may_be(kind: str, schema: Schema, defs: Definitions) -> bool:
    if "$ref" in schema:
        return _may_be(kind, defs.made[schema["$ref"].rpartition("/")[2]], defs)
    if "type" in schema:
        return kind in schema["type"] if isinstance(schema["type"], list) else bool(kind == schema["type"])
    if "anyOf" in schema:
        return any(_may_be(kind, one, defs) for one in schema["anyOf"])
    return "enum" not in schema  # the words of a choice are texts; of what is still in the making, nothing is known


class Stated(Protocol):
    """What says its own schema, as every shape does."""

    def schema(self, defs: Definitions, /) -> Schema:
        """Give it, with references to what is defined apart."""
        ...


def schema_of(shape: Stated, title: str, about: str) -> Schema:
    """Give the whole schema of a format: that of its outermost shape, with all that is defined apart."""
    defs = Definitions()
    outermost = shape.schema(defs)
    return {"$schema": DIALECT, "title": title, "description": about, **outermost, "$defs": defs.made}
