"""Where somebody stands in a document, what holds there, and what was found wrong on the way.

A reader that meets something wrong notes it with its place and goes on, so that one reading finds everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from cpdrules.amounts import ACTIVITY, CREDIT, HOUR, POINT, Unit
from cpdrules.errors import CpdRulesError, DocumentError, Problem, ProblemKind, did_you_mean

#: How many problems are kept, and how many of them a message shows: the rest are only counted.
KEPT, SHOWN = 200, 20

#: The units that every document knows, by both their names.
STANDARD: Mapping[str, Unit] = MappingProxyType(
    {name: unit for unit in (HOUR, POINT, CREDIT, ACTIVITY) for name in (unit.name, unit.plural)}
)


class Unread(Enum):
    """What stands for a value that could not be read; its problem has been noted."""

    UNREAD = "unread"


UNREAD: Final = Unread.UNREAD


class Names(NamedTuple):
    """What a document gave a name to (UNREAD where it cannot be read), and which of the measures it used."""

    measures: Mapping[str, Any] | Unread = MappingProxyType({})
    clauses: Mapping[str, Any] = MappingProxyType({})
    used: tuple[set[str], ...] = ()


_NO_NAMES = Names()


class Problems:
    """What was found wrong so far, and of which kind it is where nothing else is said."""

    __slots__ = ("again", "kept", "kind", "more")

    def __init__(self, kind: ProblemKind = "shape") -> None:
        self.kind: ProblemKind = kind
        self.kept: list[Problem] = []
        self.more: int = 0
        #: How many values of the library stand in the document again, by a name that they were given.
        self.again: int = 0

    def __bool__(self) -> bool:
        return bool(self.kept)

    @property
    def full(self) -> bool:
        """Whether any further problem is only counted, and so not worth a search for what was meant."""
        return len(self.kept) == KEPT

    def refusal(self, what: str) -> DocumentError:
        """Word the error: every problem with its place, as far as anybody would read on."""
        number = len(self.kept) + self.more
        opening = f"{what} cannot be read: {'one thing is' if number == 1 else f'{number} things are'} wrong"
        lines = [f"{opening}.", *(f"- {problem}" for problem in self.kept[:SHOWN])]
        lines += [f"- and {number - SHOWN} more"] if number > SHOWN else []
        return DocumentError("\n".join(lines), problems=tuple(self.kept), number=number)


class At:
    """A place in a document, and what is known there: the unit that amounts are in, and units and measures by name.

    The unit is None where no amount is asked for. It is UNREAD where it is itself what could not be read, as are the
    measures where one of them could not.
    """

    __slots__ = ("_above", "_part", "names", "problems", "unit", "units")

    def __init__(  # noqa: PLR0917 - made at every step into a document, where keywords take their time
        self,
        problems: Problems,
        unit: Unit | Unread | None = None,
        units: Mapping[str, Unit] = STANDARD,
        above: At | None = None,
        part: str | int = "",
        names: Names = _NO_NAMES,
    ) -> None:
        self.problems: Problems = problems
        self.unit: Unit | Unread | None = unit
        self.units: Mapping[str, Unit] = units
        self.names: Names = names
        self._above, self._part = above, part

    def inside(self, key: object) -> At:
        """Give the place below a key."""
        part = key if isinstance(key, str) else shown(key)
        return At(self.problems, self.unit, self.units, self, part, self.names)

    def item(self, number: int) -> At:
        """Give the place of an item of a list, counted from 1."""
        return At(self.problems, self.unit, self.units, self, number, self.names)

    def measured_in(self, unit: Unit | Unread | None) -> At:
        """Give the same place, with amounts in a unit."""
        return At(self.problems, unit, self.units, self._above, self._part, self.names)

    def knowing(self, units: Iterable[Unit]) -> At:
        """Give the same place, with more units by their names."""
        named = {name: unit for unit in units for name in (unit.name, unit.plural)}
        return At(self.problems, self.unit, {**self.units, **named}, self._above, self._part, self.names)

    def calling(self, names: Names) -> At:
        """Give the same place, with other names for measures and clauses."""
        return At(self.problems, self.unit, self.units, self._above, self._part, names)

    @property
    def place(self) -> str:
        """The way here, as people can follow it."""
        parts: list[str] = []
        here: At | None = self
        while here is not None:
            part = here._part  # noqa: SLF001 - of its own kind
            parts.append(f"[{part}]" if isinstance(part, int) else f".{_key(part)}" if part else "")
            here = here._above  # noqa: SLF001
        return "".join(reversed(parts)).removeprefix(".")

    def wrong(self, what: str, remedy: str = "", kind: ProblemKind | None = None) -> Unread:
        """Note what is wrong here: by its shape, if no other kind is named, so that the schema has to refuse it too."""
        if self.problems.full:
            self.problems.more += 1
        else:
            self.problems.kept.append(Problem(self.place, what, remedy, kind or self.problems.kind))
        return UNREAD

    def misused(self, error: CpdRulesError, kind: ProblemKind) -> Unread:
        """Note what the library itself says against a value."""
        return self.wrong(error.what, ". ".join(text for text in (error.why, error.remedy) if text), kind)

    def unknown(self, word: object, what: str, known: Iterable[str], kind: ProblemKind | None = None) -> Unread:
        """Note a word that is not known here, and suggest the nearest that is."""
        if self.problems.full:
            return self.wrong("")
        names = tuple(known)
        near = did_you_mean(word, names) if isinstance(word, str) else ""
        return self.wrong(f"{shown(word)} is no {what}", near or f"Known are {listed(names)}", kind)


def _key(part: str) -> str:
    """Show a key in a place: in quotes where it could be taken for several."""
    text = _cut(part)
    return text if re.fullmatch(r"[\w -]+…?", text) else f"“{text}”"


#: No text of a stranger is shown at greater length.
LONGEST_SHOWN = 40


def _cut(text: str) -> str:
    """Shorten a stranger's text, and take out what a terminal would obey and what no encoding can write."""
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cut)


def shown(value: object) -> str:
    """Show what stands in a document as it stands there, never at length.

    >>> shown("thirty"), shown(True), shown([1, 2]), shown(10**5000)
    ('“thirty”', 'true', 'a list', 'a number of very many digits')
    """
    if isinstance(value, str):
        return f"“{_cut(value)}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of very many digits"
    if isinstance(value, (int, float, date)):
        return str(value)
    named = {type(None): "nothing (null)", dict: "a table", list: "a list"}
    return named.get(type(value), f"a Python {type(value).__name__}")


def listed(words: Iterable[str]) -> str:
    """Put words in a row: “a”, “b” and “c”."""
    *most, last = (f"“{word}”" for word in words)
    return f"{', '.join(most)} and {last}" if most else last
