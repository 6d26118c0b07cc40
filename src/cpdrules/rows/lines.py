"""One row under reading: what its cells say, and everything that is wrong with them.

A cell that cannot be read is noted and read as nothing, so that one reject names all the faults of a row at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, TypeAlias, TypeVar

from cpdrules.amounts import Amount, Unit
from cpdrules.findings import Tag
from cpdrules.periods import as_date
from cpdrules.rows.columns import Layout
from cpdrules.rows.days import day_of
from cpdrules.rows.figures import amount_of
from cpdrules.rows.likenesses import oddity_of
from cpdrules.rows.troubles import CellError, Code, Problem, as_text, in_names, listed, quoted, shown
from cpdrules.rows.vocabularies import Part, Vocabulary, part_of, words_of

T = TypeVar("T")

#: Controls, but for line ends and tabs, and halves of characters: neither can be written to a report.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

#: No id is longer than this, and no number has more digits.
_LONGEST_ID = 100

#: What the texts of one table were read as, so that a thousand times “1 h” is thought about once; no more than so many.
Memo: TypeAlias = "dict[tuple[object, str], Any]"
_MEMO = 10_000


class Line:
    """A row, its layout, and what has been found out about it."""

    __slots__ = ("layout", "member", "memo", "notices", "number", "problems", "row")

    def __init__(self, row: Mapping[Any, object], number: int, layout: Layout, memo: Memo) -> None:
        self.row: Mapping[Any, object] = row
        self.number: int = number
        self.member: str = ""
        self.layout: Layout = layout
        self.memo: Memo = memo
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def refuse(self, column: str, code: Code, text: str) -> None:
        """Note something that is wrong."""
        self.problems.append(Problem(column, code, _sentence(text)))

    def notice(self, column: str, text: str) -> None:
        """Note a fact that is missing and may be."""
        self.notices.append(Problem(column, "not_known", _sentence(text)))

    def is_whole(self, columns: Iterable[str]) -> bool:
        """Check that the row has one cell for each column, and that they are not all blank."""
        row = self.row
        if None in row:
            why = "Look for a comma in a text that is not in quotes"
            self.refuse("", "too_many_cells", f"The row has more cells than the heading. {why}")
        elif not self.layout.none_is_blank and (lost := [column for column in columns if row.get(column) is None]):
            self.refuse("", "cut_short", f"The row has no cell for {listed(lost)}. Complete it")
        elif all(_is_blank(row.get(column)) for column in columns):
            self.refuse("", "blank_row", "The row is blank. Fill it in, or delete it")
        else:
            return True
        return False

    def cell(self, column: str) -> object:
        """Give what stands in a column; None where it is blank, cannot be used, or there is no such column."""
        value = self.row.get(column) if column else None
        if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            value = "; ".join(value)  # as JSON says what a table says with semicolons
        if _is_blank(value):
            return None
        if isinstance(value, str):
            return self._checked(column, value)
        if isinstance(value, Iterable):
            kind = type(value).__name__
            self.refuse(column, "not_a_cell", f"A cell cannot hold a {kind}. Give a text, a number or a date")
            return None
        if isinstance(value, Integral) and abs(int(value)) > 10**_LONGEST_ID:
            self.refuse(column, "too_long", "The number has too many digits. Correct it")
            return None
        return value

    def _checked(self, column: str, text: str) -> str | None:
        most = self.layout.longest
        if len(text) > most:
            what = f"The text has {len(text):,} characters, and at most {most:,} are read"
            self.refuse(column, "too_long", f"{what}. Shorten it")
            return None
        if not text.isprintable() and (found := _CONTROL.search(text)):
            what = f"The text cannot be printed: it holds {in_names(found[0])}"
            self.refuse(column, "control_character", f"{what}. Type the text again")
            return None
        return text

    def text(self, column: str) -> str:
        """Read a text as it stands, but for spaces around it."""
        value = self.cell(column)
        return "" if value is None else as_text(value).strip()

    def day(self, column: str) -> date | None:
        """Read a day."""
        return self._read(column, "day", lambda value: day_of(value, self.layout.forms))

    def amount(self, column: str, unit: Unit) -> Amount | None:
        """Read an amount."""
        return self._read(column, unit.label, lambda value: amount_of(value, unit, self.layout.decimal))

    def tag(self, column: str, vocabulary: Vocabulary) -> Tag | None:
        """Read one word of a vocabulary."""
        return self._read(column, vocabulary, lambda value: vocabulary.tag(as_text(value)))

    def tags(self, column: str, vocabulary: Vocabulary) -> tuple[Tag, ...]:
        """Read any number of words of a vocabulary."""

        def read(value: object) -> tuple[Tag, ...]:
            return tuple(map(vocabulary.tag, words_of(as_text(value), vocabulary)))

        return self._read(column, vocabulary, read) or ()

    def parts(self, column: str, vocabulary: Vocabulary, unit: Unit) -> tuple[Part, ...]:
        """Read any number of words of a vocabulary, each with or without an amount."""

        def read(value: object) -> tuple[Part, ...]:
            words = words_of(as_text(value), vocabulary)
            return tuple(part_of(word, vocabulary, unit, self.layout.decimal) for word in words)

        return self._read(column, vocabulary, read) or ()

    def _read(self, column: str, what: object, read: Callable[[Any], T]) -> T | None:
        value = self.row.get(column) if column else None
        if isinstance(value, str) and (found := self.memo.get((what, value))) is not None:
            return found  # type: ignore[no-any-return]
        value = self.cell(column)
        if value is None:
            return None
        try:
            read_as = read(value)
        except CellError as error:
            self.refuse(column, error.code, error.text)
            return None
        if isinstance(value, str) and len(self.memo) < _MEMO:
            self.memo[what, value] = read_as
        return read_as

    def needed(self, column: str, read: T | None, text: str) -> T | None:
        """Insist on what was read of a column: where its cell is blank, say what to do."""
        if (read is None or read == "") and not self.is_refused(column):
            self.refuse(column, "missing", text)
        return read

    def is_refused(self, column: str) -> bool:
        """Tell whether something is wrong with a cell already."""
        return any(problem.column == column for problem in self.problems)

    def reference(self, column: str) -> str:
        """Read an id exactly as it is written; who is meant is found later."""
        value = self.cell(column)
        found = "" if value is None else as_text(value)
        if len(found) > _LONGEST_ID:
            self.refuse(column, "too_long", f"{quoted(found)} is too long for a number of this kind. Correct it")
        if isinstance(value, bool | date) or (isinstance(value, Real | Decimal) and not isinstance(value, Integral)):
            why = "A spreadsheet or data frame has made something else of it. Format the column as text"
            self.refuse(column, "identifier", f"{quoted(value)} is not how an id is written. {why}")
        return found

    def is_plain(self, column: str, identifier: str) -> None:
        """Check that the id of the row itself is written so that no other looks like it by accident."""
        if oddity := oddity_of(identifier):
            what = f"{shown(identifier)} is not written plainly: it has {oddity}"
            self.refuse(column, "identifier", f"{what}. Type it again")

    def in_order(self, begins: str, first: date | None, ends: str, last: date | None) -> None:
        """Check that something does not end before it begins."""
        if first is not None and last is not None and last < first:
            what = f"{as_date(last)} is before {as_date(first)}, which is in “{begins}”"
            self.refuse(ends, "end_before_start", f"{what}. Exchange or correct the two days")


def _is_blank(value: object) -> bool:
    """Tell whether a cell says nothing: None, a text of spaces, NaN and its kind in whatever library."""
    if isinstance(value, str):
        return not value or value.isspace()
    if value is None or type(value).__name__ in ("NaTType", "NAType"):
        return True
    return value.is_nan() if isinstance(value, Decimal) else isinstance(value, Real) and bool(value != value)  # noqa: PLR0124


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."
