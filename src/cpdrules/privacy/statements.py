"""A privacy and cookie statement as one value, made of dated parts.

Whatever a text says stands in one of its tables, by an id that is unique there. Parts may speak of one another, and are
joined; what they leave dangling is for the linter to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol, TypeVar, get_args, get_type_hints

from attrs import evolve, field, fields, frozen

from cpdrules.choices import as_stated as policy_as_stated
from cpdrules.errors import PolicyError, UnknownRefError, did_you_mean, shown
from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import Cookie, CookiePurpose, Function, Group
from cpdrules.privacy.practices import (
    Claim,
    Commitment,
    Component,
    DataItem,
    DisclosureRule,
    Duty,
    Explanation,
    Gap,
    Organisation,
    Particular,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Route,
    Tracking,
    Transfer,
)
from cpdrules.privacy.requirements import Works, named_in


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


I = TypeVar("I", bound=_Identified)  # noqa: E741


@frozen(kw_only=True)
class Statement:
    """What a privacy and cookie statement says, table by table.

    Raises:
        PolicyError: a table is no tuple, or has a row of another; two rows of it share an id; functions need one
            another in a circle; or it ends before it begins.
    """

    name: str
    #: The day from which it speaks, and the last day on which it did; None where that is not known, or not over.
    since: date | None = None
    until: date | None = None
    #: The id of the organisation that decides why and how data is used.
    controller: str = ""
    #: The id of the function by which visitors log on; its cookies are there only for those who do.
    log_on: str = ""
    components: tuple[Component, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    groups: tuple[Group, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    cookie_purposes: tuple[CookiePurpose, ...] = ()
    functions: tuple[Function, ...] = ()
    trackings: tuple[Tracking, ...] = ()
    routes: tuple[Route, ...] = ()
    data_items: tuple[DataItem, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    disclosure: tuple[DisclosureRule, ...] = ()
    recipient_terms: tuple[RecipientTerm, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    preferences: tuple[Preference, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    duties: tuple[Duty, ...] = ()
    rights: tuple[Right, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    particulars: tuple[Particular, ...] = ()
    gaps: tuple[Gap, ...] = ()
    #: What its short version says of blocking everything.
    claims: tuple[Claim, ...] = ()
    #: What it demands of those who ask for a copy of their data; None where it says nothing of it.
    access: AccessPolicy | None = None
    #: Functions, each after those that it needs.
    _order: tuple[Function, ...] = field(init=False, repr=False, eq=False)
    _cookies: dict[str, Cookie] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        for table, kind in _kinds().items():
            rows = getattr(self, table)
            _of_a_kind(table, rows, kind)
            _unique(table, rows)
        _in_time(self.since, self.until)
        object.__setattr__(self, "_order", _ordered(self.functions))
        object.__setattr__(self, "_cookies", {one.id: one for one in self.cookies})

    def declares(self, id: str) -> bool:  # noqa: A002
        """Tell whether it has a cookie with an id."""
        return id in self._cookies

    def cookie(self, id: str) -> Cookie:  # noqa: A002
        """Give the cookie with an id.

        Raises:
            UnknownRefError: there is none.
        """
        return self._cookies.get(id) or found(self.cookies, id, "cookie")

    def function(self, id: str) -> Function:  # noqa: A002
        """Give the function with an id.

        Raises:
            UnknownRefError: there is none.
        """
        return found(self.functions, id, "function")

    def purpose(self, id: str) -> Purpose:  # noqa: A002
        """Give the purpose of personal data with an id.

        Raises:
            UnknownRefError: there is none.
        """
        return found(self.purposes, id, "purpose")

    def cookie_purpose(self, id: str) -> CookiePurpose:  # noqa: A002
        """Give the purpose of cookies with an id.

        Raises:
            UnknownRefError: there is none.
        """
        return found(self.cookie_purposes, id, "cookie purpose")

    def organisation(self, id: str) -> Organisation:  # noqa: A002
        """Give the organisation with an id.

        Raises:
            UnknownRefError: there is none.
        """
        return found(self.organisations, id, "organisation")

    def __repr__(self) -> str:
        """Name it and count its rows; ``wording`` says what they say."""
        tables = ((attribute.name, getattr(self, attribute.name)) for attribute in fields(Statement) if attribute.init)
        held = [f"{len(rows)} {name.replace('_', ' ')}" for name, rows in tables if isinstance(rows, tuple) and rows]
        return f"<Statement {shown(self.name)}: {', '.join(held) or 'nothing'}>"

    def in_order(self) -> tuple[Function, ...]:
        """Give the functions, each after those that it needs."""
        return self._order


def found(rows: Iterable[I], id: str, what: str) -> I:  # noqa: A002
    """Give the row of a table with an id.

    Raises:
        UnknownRefError: there is none.
    """
    rows = tuple(rows)
    for row in rows:
        if row.id == id:
            return row
    known = [row.id for row in rows]
    raise UnknownRefError(
        f"The statement has no {what} {shown(id)}",
        why=f"It has {', '.join(map(repr, known))}" if known else f"It has no {what} at all",
        remedy=did_you_mean(str(id), known),
        ref=id,
        known=tuple(known),
    )


@cache
def _kinds() -> Mapping[str, type]:
    """Give what the rows of each table are, by its name."""
    hints = get_type_hints(Statement)
    return {one.name: get_args(hints[one.name])[0] for one in fields(Statement) if one.init and one.default == ()}


def _of_a_kind(table: str, rows: Any, kind: type) -> None:
    if not isinstance(rows, tuple):
        raise PolicyError(
            f"The table {table} is no tuple, but of the type {type(rows).__name__}",
            why="A statement is a value: what it was made of must not change afterwards",
            remedy=f"Give a tuple of rows: Statement({table}=(...,))",
            table=table,
        )
    others = [type(row).__name__ for row in rows if not isinstance(row, kind)]
    if others:
        raise PolicyError(
            f"The table {table} has a row of the type {others[0]}",
            remedy=f"Give rows of the type {kind.__name__} there, and others in the tables of theirs",
            table=table,
        )


def _in_time(since: date | None, until: date | None) -> None:
    for day in (since, until):
        if day is not None and type(day) is not date:
            raise PolicyError(
                f"A statement speaks from a day to a day, not from or to {shown(day)}",
                remedy="Give a datetime.date, or None where it is not known or not over",
                day=day,
            )
    if since and until and until < since:
        raise PolicyError(
            f"The statement ends on {as_date(until)}, before it begins on {as_date(since)}",
            why="There is no day on which it would speak",
            remedy="Exchange the two, or correct one",
            since=since,
            until=until,
        )


def _unique(table: str, rows: tuple[Any, ...]) -> None:
    ids = [row.id for row in rows if hasattr(row, "id")]
    twice = sorted(one for one, times in Counter(ids).items() if times > 1)
    if twice:
        raise PolicyError(
            f"Two rows of the table {table} have the id {shown(twice[0])}",
            why="Whatever speaks of it would have two meanings",
            remedy="Give each row an id of its own; another table may use the same one",
            table=table,
            ids=tuple(twice),
        )


#: How many functions of a circle are named.
_SHOWN = 8


def _ordered(functions: tuple[Function, ...]) -> tuple[Function, ...]:
    by_id = {one.id: one for one in functions}
    needs = {one.id: [name for name in named_in(one.requires, Works) if name in by_id] for one in functions}
    try:
        return tuple(by_id[name] for name in TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = tuple(error.args[1])
        more = "" if len(circle) <= _SHOWN else " and so on"
        raise PolicyError(
            f"Functions need one another in a circle: {' needs '.join(map(shown, circle[:_SHOWN]))}{more}",
            why="None of them could ever work",
            remedy="Say of one of them what it needs besides",
            circle=circle,
        ) from None


def joined(name: str, *parts: Statement, since: date | None = None, until: date | None = None) -> Statement:
    """Join the parts of a statement into one.

    What a later part says of the controller, of logging on or of requests holds. It speaks from the day on which the
    last of its parts did, unless told otherwise.

    Raises:
        PolicyError: two parts use an id of one table, or functions need one another in a circle.
    """
    tables: dict[str, Any] = {}
    for attribute in fields(Statement):
        values = [getattr(part, attribute.name) for part in parts if attribute.init]
        if values and isinstance(values[0], tuple):
            tables[attribute.name] = tuple(row for value in values for row in value)
        elif attribute.name in ("controller", "log_on", "access"):
            tables[attribute.name] = next((value for value in reversed(values) if value), attribute.default)
    begun = [part.since for part in parts if part.since is not None]
    return Statement(name=name, since=since or max(begun, default=None), until=until, **tables)


def sources_of(row: Any) -> tuple[Source, ...]:
    """Give the places in the text that a row stands on."""
    one: Source | None = getattr(row, "source", None)
    several: tuple[Source, ...] = getattr(row, "sources", ())
    return (one, *several) if one is not None else several


def as_stated(statement: Statement) -> Statement:
    """Give a statement without what is only inferred: rows, fields, assumed names, readings of what a function needs.

    What depended on it can then not be told, and says so.
    """
    tables: dict[str, Any] = {}
    for attribute in fields(Statement):
        rows = getattr(statement, attribute.name)
        if attribute.init and isinstance(rows, tuple):
            tables[attribute.name] = tuple(_row_as_stated(row) for row in rows if not _only_inferred(row))
    return evolve(statement, **tables)


def _only_inferred(row: Any) -> bool:
    sources = sources_of(row)
    return bool(sources) and all(source.stated == "inferred" for source in sources)


def _row_as_stated(row: Any) -> Any:
    if isinstance(row, Cookie):
        return row.stated()
    if isinstance(row, Function) and row.requires is not None:
        return evolve(row, requires=policy_as_stated(row.requires))
    return row
