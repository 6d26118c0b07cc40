"""What-if: the same statement with a row changed, and which questions it then answers otherwise.

A question is any function of a statement; what it gives is laid side by side, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import evolve, frozen

from cpdrules.errors import PolicyError, UnknownRefError, did_you_mean, shown
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.versions.differences import by_id, tables

#: Something that is asked of a statement: ``lambda one: effects_of(one, ["logon"]).lost``.
Question: TypeAlias = Callable[[Statement], Any]


def amended(statement: Statement, table: str, id: str, fields: Mapping[str, Any]) -> Statement:  # noqa: A002
    """Give a statement with some fields of one row exchanged: ``amended(s, "cookies", "logon", {"lifetime": ...})``.

    Raises:
        UnknownRefError: there is no such table or row.
        PolicyError: the row has no such field, or it does not hold such a value; or the row or the statement
            contradicts itself then.
    """
    row = _row(statement, table, id)
    known = [one.name for one in attrs.fields(type(row))]
    unknown = sorted(set(fields) - set(known))
    if unknown:
        raise PolicyError(
            f"A row of {table} has no field {shown(unknown[0])}",
            why=f"It has {', '.join(known)}",
            remedy=did_you_mean(unknown[0], known),
            table=table,
            fields=tuple(unknown),
        )
    hints = get_type_hints(type(row))
    for name, value in fields.items():
        if not _holds(hints[name], value):
            raise PolicyError(
                f"The field {name} of a row of {table} cannot be {shown(value)}",
                why=f"It holds {_in_words(hints[name])}",
                remedy=f"Give that, as the row has it now: {shown(getattr(row, name))}",
                table=table,
                field=name,
                value=value,
            )
    rows = tuple(evolve(one, **fields) if one is row else one for one in getattr(statement, table))
    return evolve(statement, **{table: rows})  # type: ignore[arg-type]


def _holds(hint: Any, value: Any) -> bool:
    """Tell whether a value is of a declared type; what is inside a tuple is not looked at."""
    kind = get_origin(hint) or hint
    if kind in (Union, UnionType):
        return any(_holds(one, value) for one in get_args(hint))
    if kind is Literal:
        return value in get_args(hint)
    return isinstance(value, kind)


def _in_words(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint).replace("typing.", "")


def with_row(statement: Statement, table: str, row: Any) -> Statement:
    """Give a statement with one row more, at the end of a table; or in the place of the one that has its id.

    Raises:
        UnknownRefError: there is no such table.
        PolicyError: the statement contradicts itself then.
    """
    rows = by_id(_table(statement, table))
    (key,) = by_id([row])
    return evolve(statement, **{table: tuple((rows | {key: row}).values())})  # type: ignore[arg-type]


def with_cookie(statement: Statement, cookie: Any) -> Statement:
    """Give a statement that declares one cookie more, or this one instead of the one that has its id.

    Raises:
        PolicyError: the statement contradicts itself then.
    """
    return with_row(statement, "cookies", cookie)


def without(statement: Statement, table: str, id: str) -> Statement:  # noqa: A002
    """Give a statement without one row. What speaks of it is left as it is, for the linter to find.

    Raises:
        UnknownRefError: there is no such table or row.
    """
    row = _row(statement, table, id)
    return evolve(statement, **{table: tuple(one for one in getattr(statement, table) if one is not row)})  # type: ignore[arg-type]


def _row(statement: Statement, table: str, id: str) -> Any:  # noqa: A002
    rows = by_id(_table(statement, table))
    if id not in rows:
        raise UnknownRefError(
            f"The table {table} has no row {shown(id)}",
            why=f"It has {', '.join(map(repr, rows))}" if rows else "It has none at all",
            remedy=did_you_mean(id, rows),
            ref=id,
            known=tuple(rows),
        )
    return rows[id]


def _table(statement: Statement, table: str) -> Iterable[Any]:
    if table not in tables():
        raise UnknownRefError(
            f"A statement has no table {shown(table)}",
            why=f"It has {', '.join(tables())}",
            remedy=did_you_mean(table, tables()),
            ref=table,
            known=tables(),
        )
    rows: Iterable[Any] = getattr(statement, table)
    return rows


@frozen
class Unanswered:
    """What a question gives where the statement lacks what it asks about."""

    why: str

    def __str__(self) -> str:
        return f"cannot be asked: {self.why}"


@frozen
class AnswerChange:
    """A question that is answered otherwise."""

    question: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.question}: {self.before}, then {self.after}"


@frozen
class Comparison:
    """Which questions two statements answer differently, and how many were asked."""

    changes: tuple[AnswerChange, ...]
    asked: int

    def __str__(self) -> str:
        if not self.changes:
            return f"None of {self.asked} answers would differ."
        return "\n".join(
            (f"{len(self.changes)} of {self.asked} answers would differ:", *(f"  {one}" for one in self.changes))
        )


def compare(before: Statement, after: Statement, questions: Mapping[str, Question]) -> Comparison:
    """Ask two statements the same questions, by their names, and give those that they answer differently.

    A question about something that only one of them has is answered ``Unanswered`` by the other.

    Raises:
        PolicyError: a question is held wrong.
    """
    changes = []
    for name, question in questions.items():
        change = AnswerChange(name, _answer(before, question), _answer(after, question))
        if change.before != change.after:
            changes.append(change)
    return Comparison(tuple(changes), len(questions))


def _answer(statement: Statement, question: Question) -> Any:
    try:
        return question(statement)
    except UnknownRefError as error:
        return Unanswered(error.what)
