"""The shapes that plain data can have. Each reads itself, strictly, and writes itself, in one way.

Tables of these shapes are the format: whoever adds a word adds a row. Nothing is converted that is not what it should
be: "false" is no truth value, 1 is not true, and "abc" is no list of letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from operator import attrgetter
from typing import Any, Final, Protocol

from attrs import Factory, field, frozen

from cpdrules.documents.places import UNREAD, At, Problems, listed, shown
from cpdrules.documents.schemas import Definitions, Schema, examples, other_than
from cpdrules.errors import CpdRulesError, DocumentError, ProblemKind, did_you_mean


class Shape(Protocol):
    """What a value looks like in plain data."""

    @property
    def like(self) -> str:
        """An example, as it would stand in a document."""
        ...

    def read(self, data: object, at: At, /) -> Any:
        """Give the value; or note what is wrong, and give UNREAD."""
        ...

    def write(self, value: Any, at: At, /) -> Any:
        """Give plain data that reads as the value."""
        ...

    def schema(self, defs: Definitions, /) -> Schema:
        """Give the JSON Schema of what is read, as far as one can say it: what it refuses is wrong in its shape."""
        ...


@frozen
class Scalar:
    """A text, a whole number, or true and false, each taken as it is."""

    kind: type
    name: str
    like: str

    def read(self, data: object, at: At) -> Any:
        """Give the value as it stands there."""
        if isinstance(data, self.kind) and (self.kind is bool or not isinstance(data, bool)):
            return data
        kind: ProblemKind = wholly(data) if self.kind is int else "shape"
        return at.wrong(f"{shown(data)} is not {self.name}", f"Write for example {self.like}", kind)

    def write(self, value: Any, at: At) -> Any:
        """Give the value back."""
        return value

    def schema(self, defs: Definitions) -> Schema:
        """Name the type."""
        return {"type": _TYPES[self.kind]}


#: The types as JSON Schema calls them.
_TYPES: Final = {str: "string", bool: "boolean", int: "integer"}


def wholly(data: object) -> ProblemKind:
    """Tell which kind of problem it is where no whole number stands: to JSON Schema, 1.0 is one."""
    return "sense" if isinstance(data, float) and data.is_integer() else "shape"


TEXT = Scalar(str, "a text", '"a text in quotes"')
FLAG = Scalar(bool, "true or false", "true, without quotes")
WHOLE = Scalar(int, "a whole number", "3, without quotes or point")


@frozen
class Choice:
    """One of some words."""

    name: str
    options: tuple[tuple[str, Any], ...]

    @property
    def like(self) -> str:
        """The first of them."""
        return f'"{self.options[0][0]}"'

    def read(self, data: object, at: At) -> Any:
        """Give what the word stands for."""
        for word, value in self.options:
            if data == word:
                return value
        return at.unknown(data, self.name, (word for word, _ in self.options))

    def write(self, value: Any, at: At) -> Any:
        """Give the word.

        Raises:
            DocumentError: there is none.
        """
        for word, option in self.options:
            if option == value:
                return word
        raise unwritable(value, f"a {self.name}", (word for word, _ in self.options))

    def schema(self, defs: Definitions) -> Schema:
        """List the words."""
        return {"enum": [word for word, _ in self.options]}


def choice(name: str, *values: str) -> Choice:
    """Offer some of the library's own words, which stand in documents with spaces: ``last day`` for ``last_day``."""
    return Choice(name, tuple((value.replace("_", " "), value) for value in values))


@frozen
class Many:
    """A list of one shape. Where ``lone``, a list of one is written without brackets."""

    shape: Shape
    least: int = 0
    lone: bool = False

    @property
    def like(self) -> str:
        """One of them, in a list."""
        return f"[{self.shape.like}]"

    def read(self, data: object, at: At) -> Any:
        """Give a tuple of what the items say."""
        if not isinstance(data, list):
            if self.lone:
                one = self.shape.read(data, at)
                return one if one is UNREAD else (one,)
            return at.wrong(f"{shown(data)} is not a list", f"Write it in brackets, for example {self.like}")
        if len(data) < self.least:
            return at.wrong("This list is empty", f"Write at least one, for example {self.like}")
        found = tuple([self.shape.read(one, at.item(number)) for number, one in enumerate(data, 1)])
        return UNREAD if any(one is UNREAD for one in found) else found

    def write(self, value: Any, at: At) -> Any:
        """Give a list of the items, or the only item."""
        found = [self.shape.write(one, at) for one in value]
        return found[0] if self.lone and len(found) == 1 and not isinstance(found[0], list) else found

    def schema(self, defs: Definitions) -> Schema:
        """Say what the items are, and that there are enough of them."""
        several: Schema = {"type": "array", "items": self.shape.schema(defs)}
        if self.least:
            several["minItems"] = self.least
        return {"anyOf": [other_than(self.shape.schema(defs), defs, "array"), several]} if self.lone else several


@frozen
class Turned:
    """Another shape, of which something is made: of the amount in ``up = "30 min"``, a rounding."""

    shape: Shape
    make: Callable[[Any], Any]
    get: Callable[[Any], Any]

    @property
    def like(self) -> str:
        """The other shape."""
        return self.shape.like

    def read(self, data: object, at: At) -> Any:
        """Give what is made of it."""
        value = self.shape.read(data, at)
        return value if value is UNREAD else made(at, lambda: self.make(value))

    def write(self, value: Any, at: At) -> Any:
        """Give what it is made of."""
        return self.shape.write(self.get(value), at)

    def schema(self, defs: Definitions) -> Schema:
        """As that shape: what can be made of it is a matter of sense."""
        return self.shape.schema(defs)


class Required(Enum):
    """In place of a default: the key cannot be left out."""

    REQUIRED = "required"


REQUIRED: Final = Required.REQUIRED


@frozen
class Key:
    """One key of a table: its shape, and what it is called and worth in the library."""

    name: str
    shape: Shape
    #: The name under which its value is handed on.
    parameter: str
    #: How its value is found in what is written.
    get: Callable[[Any], Any]
    #: What leaving it out means.
    default: Any = REQUIRED
    #: What is known once its value is: the unit of figures beside a measure, say. Such keys are read first.
    gives: Callable[[At, Any], At] | None = None


def key(
    name: str,
    shape: Shape,
    attribute: str = "",
    *,
    default: Any = REQUIRED,
    get: Callable[[Any], Any] | None = None,
    gives: Callable[[At, Any], At] | None = None,
) -> Key:
    """Write a key down; its attribute is its name, unless it is named or ``get`` finds it."""
    path = attribute or name.replace(" ", "_")
    return Key(name, shape, path.rpartition(".")[2], get or attrgetter(path), default, gives)


def _givers_first(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=lambda key: key.gives is None))


@frozen
class Table:
    """A table of keys, of which something is made. ``short`` names the key that may stand alone, without the table."""

    name: str
    make: Callable[..., Any]
    keys: tuple[Key, ...]
    short: str = ""
    _in_order: tuple[Key, ...] = field(
        init=False, default=Factory(lambda self: _givers_first(self.keys), takes_self=True)
    )

    @property
    def like(self) -> str:
        """The table, with the keys that it must have."""
        needed = [f"{key.name!r}: ..." for key in self.keys if key.default is REQUIRED]
        return f"{{{', '.join(needed)}}}".replace("'", '"')

    def read(self, data: object, at: At) -> Any:
        """Give what is made of the values, once every key is known and none is missing."""
        if isinstance(data, dict):
            known = self._no_other_keys(data, at)
            values = self._values(data, at, alone=False)
        elif self.short:
            known, values = True, self._values({self.short: data}, at, alone=True)
        else:
            return at.wrong(f"{shown(data)} is not a table of keys", f"Write for example {self.like}")
        readable = known and not any(value is UNREAD for value in values.values())
        return made(at, lambda: self.make(**values)) if readable else UNREAD

    def _no_other_keys(self, data: dict[object, object], at: At) -> bool:
        names = [key.name for key in self.keys]
        others = [name for name in data if name not in names]
        for name in others:
            at.inside(name).unknown(name, f"key of {self.name}", names)
        return not others

    def _values(self, data: dict[Any, object], at: At, *, alone: bool) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in self._in_order:
            if key.name in data:
                value = key.shape.read(data[key.name], at if alone else at.inside(key.name))
            elif key.default is REQUIRED:
                value = at.wrong(f"“{key.name}” is missing", f"Add {key.name}, for example {key.shape.like}")
            else:
                value = key.default
            if key.gives is not None:
                at = key.gives(at, value)
            values[key.parameter] = value
        return values

    def write(self, value: Any, at: At) -> Any:
        """Give the keys that say something, or what stands alone for all of them."""
        for key in self._in_order:
            if key.gives is not None:
                at = key.gives(at, key.get(value))
        found: dict[str, Any] = {}
        for key in self.keys:
            inner = key.get(value)
            if inner != key.default:
                found[key.name] = key.shape.write(inner, at)
        if self.short and list(found) == [self.short] and not isinstance(found[self.short], dict):
            return found[self.short]
        return found

    def schema(self, defs: Definitions) -> Schema:
        """Refer to the table, which is defined once."""
        return defs.named(self, self.name, lambda: self._defined(defs))

    def _defined(self, defs: Definitions) -> Schema:
        properties = {key.name: key.shape.schema(defs) for key in self.keys}
        needed = [key.name for key in self.keys if key.default is REQUIRED]
        table: Schema = {
            "type": "object",
            "properties": properties,
            **({"required": needed} if needed else {}),
            "additionalProperties": False,
        }
        if not self.short or {*needed} - {self.short}:
            return table
        return {"anyOf": [other_than(properties[self.short], defs, "object"), table]}


@frozen
class Late:
    """A shape that is asked for late, since findings are made of findings."""

    shape: Callable[[], Shape]

    @property
    def like(self) -> str:
        """As that shape."""
        return self.shape().like

    def read(self, data: object, at: At) -> Any:
        """Give what that shape says."""
        return self.shape().read(data, at)

    def write(self, value: Any, at: At) -> Any:
        """Give what that shape writes."""
        return self.shape().write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """As that shape."""
        return self.shape().schema(defs)


def made(at: At, make: Callable[[], Any], kind: ProblemKind = "sense") -> Any:
    """Make something of values that were read, or note what the library says against them."""
    try:
        return make()
    except CpdRulesError as error:
        return at.misused(error, kind)


def always(value: object) -> bool:
    """Hold for every value."""
    return True


@frozen
class Word:
    """A word of the format: what it makes, how its body looks, and which values of the kind it writes."""

    word: str
    kind: type
    body: Shape
    writes: Callable[[Any], bool] = always

    @property
    def alone(self) -> bool:
        """Whether it may stand without a body: asked of the reader, to whom that is an empty one."""
        at = At(Problems(), UNREAD)
        self.body.read({}, at)
        return all(problem.kind == "sense" for problem in at.problems.kept)

    def schema(self, defs: Definitions) -> Schema:
        """Say how its body looks, and what it is: as its kind does, in the first words of its docstring."""
        about = (self.kind.__doc__ or "").partition("\n")[0].partition("; see")[0].rstrip(".")
        return {**self.body.schema(defs), **({"description": f"{about}."} if about else {})}


@frozen
class OneOf:
    """A table with one key, its word; or the word alone, if it needs nothing more; or what needs no word."""

    name: str
    like: str
    #: The words, asked for late, since clauses are made of clauses.
    words: Callable[[], tuple[Word, ...]]
    #: What needs no word.
    bare: Word | None = None

    def read(self, data: object, at: At) -> Any:
        """Give what the body of the word says."""
        if isinstance(data, dict):
            return self._said(data, at)
        if isinstance(data, str) and (self.bare is None or self._meant(data, at)):
            return self._said({data: {}}, at)
        if self.bare is not None and not isinstance(data, list):
            return self.bare.body.read(data, at)
        return at.wrong(f"{shown(data)} is not {self.name}", f"Write for example {self.like}")

    def _meant(self, text: str, at: At) -> bool:
        """Tell whether a text that may also be an amount is rather one of the words, or was meant to be."""
        words = [word.word for word in self.words()]
        if text in words or _HAS_DIGIT.search(text) or at.problems.full:
            return text in words
        return bool(did_you_mean(text, words))

    def _said(self, data: dict[Any, object], at: At) -> Any:
        if len(data) != 1:
            has = f"has {', '.join(shown(word) for word in list(data)[:5])}" if data else "is empty"
            what = f"Only one word can stand here, and this table {has}"
            return at.wrong(what, f"Put what belongs to the word inside it, for example {self.like}")
        words = {word.word: word for word in self.words()}
        ((said, body),) = data.items()
        if said not in words:
            return at.unknown(said, f"word for {self.name}", words)
        return words[said].body.read(body, at.inside(said))

    def write(self, value: Any, at: At) -> Any:
        """Give the word and its body, or the word alone.

        Raises:
            DocumentError: there is no word for it.
        """
        for word in self.words():
            if type(value) is word.kind and word.writes(value):
                body = word.body.write(value, at)
                return word.word if body == {} else {word.word: body}
        if self.bare is not None and type(value) is self.bare.kind:
            return self.bare.body.write(value, at)
        raise unwritable(value, self.name, (word.word for word in self.words()))

    def schema(self, defs: Definitions) -> Schema:
        """Refer to the words, which are defined once."""
        return defs.named(self, self.name, lambda: self._defined(defs))

    def _defined(self, defs: Definitions) -> Schema:
        words = self.words()
        alone = [word.word for word in words if word.alone]
        table = {
            "type": "object",
            "properties": {word.word: word.schema(defs) for word in words},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }
        bare = [] if self.bare is None else [other_than(self.bare.body.schema(defs), defs, "object", "array")]
        ways = [*bare, *([{"enum": alone}] if alone else []), table]
        return {**examples(self.like), "anyOf": ways}


#: What tells an amount from a word.
_HAS_DIGIT = re.compile(r"\d")


def unwritable(value: object, name: str, known: Iterable[str]) -> DocumentError:
    """Word the error for a value that no document can state."""
    return DocumentError(
        f"{shown(value)} cannot be written down as {name}",
        why=f"Documents know {listed(known)}",
        remedy="Say it with one of these",
        value=value,
    )
