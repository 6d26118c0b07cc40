"""What is wrong with a row, or missing from it, as data: its place, a code to count by, and a sentence to act on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeAlias

from attrs import field, frozen

from cpdrules.errors import CpdRulesError

#: What kind of trouble a row is in.
Code: TypeAlias = Literal[
    # The row as a whole
    "not_a_row",  # it is no mapping of columns to cells
    "blank_row",  # every cell of it is blank
    "cut_short",  # it ends before the heading does
    "too_many_cells",  # it goes on after the heading has ended
    # One cell
    "control_character",  # it holds a character that no keyboard types
    "too_long",
    "not_a_cell",  # a list, a mapping, bytes: nothing that a cell holds
    "missing",  # it is blank, and must not be
    "not_known",  # it is blank, and may be: a notice
    "amount",  # it is no amount
    "negative",
    "zero",
    "date",  # it is no day, or not a day in the layout's order
    "two_readings",  # 05/06/2015 is two days
    "unknown_word",  # the vocabulary has no such word
    "identifier",  # an id with spaces around it, or characters that look like others
    # Cells that do not go together
    "end_before_start",
    "future",
    "more_than_a_day",
    "split",  # the parts do not make the whole
    # Rows that do not go together
    "unknown_member",
    "look_alike",  # an id that looks like another and is not
    "refused_member",  # the member's own row was refused
    "same_id",
    "doubled",
    "overlapping",
]


class RowsError(CpdRulesError, ValueError):
    """A table that cannot be used at all: a column it does not have, or a layout that could be read in two ways."""


class CellError(Exception):
    """What is wrong with one cell, on its way to the row's reject."""

    def __init__(self, code: Code, text: str) -> None:
        self.code: Code = code
        self.text = text
        super().__init__(text)


class Problem(NamedTuple):
    """One thing that is wrong with a row."""

    #: The caller's column; empty where the row as a whole is wrong.
    column: str
    code: Code
    #: What is wrong and what to do, for whoever keeps the table.
    text: str

    def __str__(self) -> str:
        return f"{self.column}: {self.text}" if self.column else self.text


@frozen
class _Told:
    #: Which table: members, circumstances, agreements, declarations or activities.
    table: str
    #: Which row, as a spreadsheet numbers them: the heading is row 1, the first row of data is row 2.
    number: int
    #: Whom the row is about, in its own words; empty where it does not say.
    member: str
    problems: tuple[Problem, ...]
    #: The row as it was given.
    row: Any = field(repr=False)

    @property
    def codes(self) -> tuple[Code, ...]:
        """What kinds of trouble there are, in the order of the problems."""
        return tuple(problem.code for problem in self.problems)

    def __str__(self) -> str:
        return f"{self.table}, row {self.number}: {' '.join(map(str, self.problems))}"


@frozen
class Reject(_Told):
    """A row that could not be read, and everything that is wrong with it."""


@frozen
class Notice(_Told):
    """What to know of a row that was read: facts that it leaves out, and doubts that the caller let pass."""


#: No cell is shown at greater length than this, and no more of its characters are named.
_SHOWN, _NAMED = 60, 3

#: What people call the characters that Unicode gives no name.
_NAMES = {"\0": "NUL character", "\b": "backspace character", "\t": "tab", "\n": "line end", "\r": "line end"}


def shown(value: object) -> str:
    """Show what can be seen of a cell, in quotation marks, at no great length."""
    text = as_text(value)
    visible = "".join(one for one in text[:_SHOWN] if one.isprintable())
    return f"“{visible}{'…' if len(text) > _SHOWN else ''}”"


def quoted(value: object) -> str:
    r"""Show a cell, and name the characters in it that cannot be seen.

    >>> quoted("11004212\u00a0")
    '“11004212” with a no-break space'
    """
    odd = [one for one in as_text(value)[:_SHOWN] if not one.isprintable()]
    return f"{shown(value)} with {in_names(odd)}" if odd else shown(value)


def in_names(characters: Iterable[str]) -> str:
    r"""Give the names of some characters, each once.

    >>> in_names("OO\u200b")
    'a letter O and a zero width space'
    """
    names = list(dict.fromkeys(map(_named, characters)))
    return listed(
        [f"{'an' if name[0] in 'aeio' else 'a'} {name}" for name in names[:_NAMED]] + ["more"] * (len(names) > _NAMED)
    )


def _named(character: str) -> str:
    if character.isascii() and character.isalnum():
        return f"{'digit' if character.isdecimal() else 'letter'} {character}"
    return _NAMES.get(character) or unicodedata.name(character, "").lower() or f"character U+{ord(character):04X}"


def as_text(value: object) -> str:
    """Give the text of a cell, whatever it is."""
    try:
        return "nothing" if value is None else str(value)
    except Exception:  # noqa: BLE001 - whatever a stranger's object raises, its row still gets a reject
        return type(value).__name__


def listed(words: list[str]) -> str:
    """Join words as a sentence does.

    >>> listed(["Title", "Reflection", "Provider"])
    'Title, Reflection and Provider'
    """
    return " and ".join(text for text in (", ".join(words[:-1]), *words[-1:]) if text)
