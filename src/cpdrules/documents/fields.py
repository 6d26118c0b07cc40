"""Classes of the library as tables of documents: their fields are the keys, and what has its default is left out.

A statement has some hundred fields of some twenty kinds; each kind is read and written in one way, wherever it stands.
A field of a kind that is not known here is refused when the library is loaded, and not when somebody meets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import reduce
from operator import or_
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, frozen, has

from cpdrules.documents.particulars import SOURCE
from cpdrules.documents.places import UNREAD, At, listed, shown
from cpdrules.documents.quantities import DAY, LENGTH
from cpdrules.documents.schemas import Definitions, Schema, examples, pattern
from cpdrules.documents.shapes import (
    FLAG,
    REQUIRED,
    TEXT,
    WHOLE,
    Choice,
    Key,
    Many,
    Shape,
    Table,
    key,
    unwritable,
    wholly,
)
from cpdrules.errors import DocumentError, did_you_mean
from cpdrules.findings import Source
from cpdrules.periods import Length

#: How a kind of value stands in documents, by its type.
Shapes: TypeAlias = Mapping[Any, Shape]


@frozen
class WordOr:
    """One of some words, or something else: a lifetime, a text that may be lost."""

    words: Choice
    other: Shape

    @property
    def like(self) -> str:
        """The something else."""
        return self.other.like

    def read(self, data: object, at: At) -> Any:
        """Give what the word stands for, or the something else."""
        known = [word for word, _ in self.words.options]
        if data in known:
            return self.words.read(data, at)
        if not isinstance(data, str) or self.other is TEXT:
            return self.other.read(data, at)
        near = "" if at.problems.full else did_you_mean(data, known)
        remedy = f"Known are {listed(known)}; or write for example {self.like}"
        return at.wrong(f"{shown(data)} is no {self.words.name}", near or remedy)

    def write(self, value: Any, at: At) -> Any:
        """Give the word, or the something else.

        Raises:
            DocumentError: it is a text that would be read as one of the words.
        """
        if any(value == option for _, option in self.words.options):
            return self.words.write(value, at)
        if any(value == word for word, _ in self.words.options):
            raise DocumentError(
                f"The text {shown(value)} cannot stand where documents mean something else by it",
                remedy="Say it in other words, or say what it means to documents",
                value=value,
            )
        return self.other.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """Either of them."""
        return {"anyOf": [self.words.schema(defs), self.other.schema(defs)]}


@frozen
class Row:
    """A list of so many values, each of a kind of its own: the first line and the last, a fact and what it asks."""

    shapes: tuple[Shape, ...]

    @property
    def like(self) -> str:
        """An example of each."""
        return f"[{', '.join(shape.like for shape in self.shapes)}]"

    def read(self, data: object, at: At) -> Any:
        """Give a tuple of the values."""
        if not isinstance(data, list) or len(data) != len(self.shapes):
            return at.wrong(
                f"{shown(data)} is not a list of {len(self.shapes)} values", f"Write for example {self.like}"
            )
        pairs = enumerate(zip(self.shapes, data, strict=True), 1)
        found = tuple([shape.read(one, at.item(number)) for number, (shape, one) in pairs])
        return UNREAD if any(one is UNREAD for one in found) else found

    def write(self, value: Any, at: At) -> list[Any]:
        """Give a list of the values."""
        return [shape.write(one, at) for shape, one in zip(self.shapes, value, strict=True)]

    def schema(self, defs: Definitions) -> Schema:
        """Say what each is, and how many there are."""
        number = len(self.shapes)
        several = [shape.schema(defs) for shape in self.shapes]
        return {"type": "array", "prefixItems": several, "minItems": number, "maxItems": number}


_MONEY = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")


@frozen
class MoneyShape:
    """An amount of money: a whole number, or the text of an exact decimal, since 9.99 is none to a machine."""

    like: str = '"9.50"'

    def read(self, data: object, at: At) -> Any:
        """Give the whole number or the decimal."""
        if isinstance(data, str) and _MONEY.fullmatch(data):
            return Decimal(data)
        if isinstance(data, int) and not isinstance(data, bool):
            return data
        return at.wrong(f"{shown(data)} is not an amount of money", f"Write 10, or in quotes {self.like}", wholly(data))

    def write(self, value: Any, at: At) -> Any:
        """Give equal amounts in one way, whatever noughts they end in.

        Raises:
            DocumentError: it has more digits than anybody would write.
        """
        if not isinstance(value, Decimal):
            return value
        if not _MONEY.fullmatch(text := format(value.copy_abs(), "f") if abs(value.adjusted()) < _MOST_DIGITS else ""):
            raise unwritable(value, "an amount of money", ("amounts of at most 40 digits on either side of the point",))
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text if "." in text else int(text)

    def schema(self, defs: Definitions) -> Schema:
        """Say how a decimal is written; that it is not negative is a matter of sense."""
        about = examples(self.like, "10")
        return defs.named(MONEY, "money", lambda: {**about, "anyOf": [{"type": "integer"}, pattern(_MONEY)]})


_MOST_DIGITS = 99
MONEY = MoneyShape()

#: What stands in documents everywhere in one way.
PLAIN: Shapes = MappingProxyType(
    {str: TEXT, bool: FLAG, int: WHOLE, date: DAY, Length: LENGTH, Source: SOURCE, int | Decimal: MONEY}
)


def table_of(kind: type, name: str, shapes: Shapes = PLAIN) -> Table:
    """Make the table of a class: its fields are the keys. What may be None is None where the key is left out.

    Raises:
        TypeError: a field is of a kind that no document knows.
    """
    hints = get_type_hints(kind)
    keys = [_key(one.name, hints[one.name], one.default, shapes) for one in fields(kind) if one.init]
    return Table(name, kind, tuple(keys))


def _key(name: str, hint: Any, default: Any, shapes: Shapes) -> Key:
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    may_be_none = NoneType in parts
    said = reduce(or_, [part for part in parts if part is not NoneType])
    left_out = default if default is not NOTHING else None if may_be_none else REQUIRED
    return key(name, _shape(said, name, shapes), default=left_out)


def _shape(hint: Any, name: str, shapes: Shapes) -> Shape:
    if hint in shapes:
        return shapes[hint]
    if words := _words(hint):
        return Choice(f"word for “{name}”", words)
    if has(hint):
        return table_of(hint, spoken(hint), shapes)
    parts, origin = get_args(hint), get_origin(hint)
    if origin is tuple and parts[1:] == (...,):
        return Many(_shape(parts[0], name, shapes))
    if origin is tuple:
        return Row(tuple(_shape(part, name, shapes) for part in parts))
    if origin in (Union, UnionType):
        return _either(parts, name, shapes)
    raise TypeError(f"Documents know no field such as {name}: {hint}")


def _words(hint: Any) -> tuple[tuple[str, Any], ...]:
    """Give the words of what is said in one of some words, with what they stand for."""
    if get_origin(hint) is Literal:
        return tuple((word, word) for word in get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return tuple((option.value, option) for option in hint)
    return ()


def _either(parts: tuple[Any, ...], name: str, shapes: Shapes) -> Shape:
    """Make one shape of two kinds, one of which is said in a word: a text that may be lost, several ids or any."""
    words = tuple(pair for part in parts for pair in _words(part))
    others = [part for part in parts if not _words(part)]
    if len(others) > 1:
        raise TypeError(f"Documents cannot tell apart what {name} may be: {parts}")
    choice = Choice(f"word for “{name}”", words)
    return WordOr(choice, _shape(others[0], name, shapes)) if others else choice


def spoken(kind: type) -> str:
    """Give the name of a class as a sentence has it.

    >>> spoken(Length), spoken(DocumentError)
    ('a length', 'a document error')
    """
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
