"""The caller's side of a table: what its columns are called, and how it writes dates, figures and blanks.

A column that a table does not have is left empty here. In which order a table writes its dates cannot be found out by
looking, so the caller says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, fields, frozen

from cpdrules.rows.days import DayForm, day_form
from cpdrules.rows.troubles import RowsError


def _texts(columns: Mapping[str, str]) -> dict[str, str]:
    return dict(columns)


@frozen(kw_only=True)
class Columns:
    """What all tables have: a column that says whom a row is about."""

    #: The membership number, or whatever tells members apart.
    member: str

    def named(self) -> tuple[str, ...]:
        """Give the columns that the table has."""
        found: list[str] = []
        for attribute in fields(type(self)):
            value = getattr(self, attribute.name)
            found += [value] if isinstance(value, str) else value.values()
        return tuple(column for column in found if column)


@frozen(kw_only=True)
class MemberColumns(Columns):
    """The columns of a table with a row for each member."""

    grade: str = ""
    #: Registered titles, with semicolons or commas between them.
    registrations: str = ""
    joined: str = ""
    left: str = ""
    #: Circumstances that the member's own row dates, by their kind: ``{"opted_in": "Opted in"}`` holds since that day.
    since: Mapping[str, str] = field(factory=dict, converter=_texts)
    #: Other facts that a policy asks for, by their names; “yes” and “no” are read as such.
    facts: Mapping[str, str] = field(factory=dict, converter=_texts)


@frozen(kw_only=True)
class CircumstanceColumns(Columns):
    """The columns of a table with a row for each circumstance of a member."""

    kind: str
    since: str
    #: The last day; blank while it continues.
    until: str = ""


@frozen(kw_only=True)
class AgreementColumns(Columns):
    """The columns of a table with a row for each case-by-case agreement."""

    figure: str
    reason: str
    decided_by: str
    decided_on: str
    since: str
    #: The last day; blank while it holds on.
    until: str = ""
    #: The clause whose figure is agreed; blank for the whole requirement.
    clause: str = ""


@frozen(kw_only=True)
class DeclarationColumns(Columns):
    """The columns of a table with a row for each declaration."""

    amount: str
    #: Whether a development plan was handed in: yes, no, or blank.
    plan: str = ""


@frozen(kw_only=True)
class ActivityColumns(Columns):
    """The columns of a table with a row for each activity."""

    #: The day, or the first of several.
    first: str
    amount: str
    #: What tells activities apart; a row without one is called by its row number.
    id: str = ""
    #: The last day; blank for an activity of one day.
    last: str = ""
    #: The column of each axis, by the axis's name: ``{"area": "Area", "planned": "Planned"}``.
    tags: Mapping[str, str] = field(factory=dict, converter=_texts)
    title: str = ""
    reflection: str = ""
    provider: str = ""


@frozen(kw_only=True)
class Layout:
    """How the tables write things; one layout serves all tables that come from one place.

    >>> Layout(dates="day/month/year", decimal=",").decimal
    ','

    Raises:
        RowsError: a date form is none, or two of them could be read as each other.
    """

    #: In which order dates are written, and with what between; several forms only where none can be taken for another.
    dates: str | tuple[str, ...] = "year-month-day"
    #: What a decimal fraction begins with, in cells that are text.
    decimal: Literal[".", ","] = "."
    #: Whether None is a blank cell, as in data frames and JSON, or a cell that the row does not have, as from
    #: ``csv.DictReader``. (NaN and the empty text are always blank.)
    none_is_blank: bool = False
    #: The number of the first row of data; in a spreadsheet the heading is row 1.
    first_row: int = 2
    #: No cell may be longer than so many characters.
    longest: int = 10_000
    #: The forms of ``dates``, ready to read.
    forms: tuple[DayForm, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        forms = tuple(map(day_form, (self.dates,) if isinstance(self.dates, str) else self.dates))
        if not forms or len({form.shape for form in forms}) < len(forms):
            raise RowsError(
                f"Dates written {' or '.join(form.text for form in forms) or 'in no way'} cannot be told apart",
                why="One cell would be two days",
                remedy="Name one order, or orders with different separators",
                dates=self.dates,
            )
        if self.decimal not in (".", ","):
            raise RowsError(
                f"{self.decimal!r} does not begin a decimal fraction", remedy="Say '.' or ','", decimal=self.decimal
            )
        object.__setattr__(self, "forms", forms)
