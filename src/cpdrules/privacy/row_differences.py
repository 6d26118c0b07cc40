"""What differs between two statements, row by row and field by field; nothing exactly where they are equal.

Rows are the same where their table and id are. A difference says where a row stands, so that the differences of two
statements turn the one into the other, and back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, Literal

import attrs
from attrs import evolve, frozen

from cpdrules.errors import PolicyError, shown
from cpdrules.periods import as_date
from cpdrules.policies import Policy, word_of
from cpdrules.privacy.access_requests import AccessPolicy
from cpdrules.privacy.cookies import Blocked, Provider
from cpdrules.privacy.requirements import Requirement
from cpdrules.privacy.statements import Statement

#: What is compared field by field, within a row.
_IN_PARTS = (AccessPolicy, Blocked, Provider)


@frozen
class Difference:
    """One thing that differs: a row that is on one side only, a field of a row, or the order of the rows of a table."""

    #: The name of the field of ``Statement``; “statement” for what it says of itself.
    table: str
    #: The id of the row; its first words where it has none, and empty for a whole table or the statement itself.
    id: str
    kind: Literal["added", "removed", "changed", "moved"]
    #: Such as ``lifetime`` or ``provider.organisation``; empty where a whole row is added or removed.
    field: str
    #: The row, the field's value, or the ids in their order; None where it was added.
    before: Any
    #: None where it was removed.
    after: Any
    #: Where the row stands in its table, from 0, where it is added or removed.
    place: int | None = None

    def mirrored(self) -> Difference:
        """Give the difference as it is seen from the other side."""
        kind = {"added": "removed", "removed": "added"}.get(self.kind, self.kind)
        return evolve(self, kind=kind, before=self.after, after=self.before)  # type: ignore[arg-type]

    def __str__(self) -> str:
        where = " ".join(part for part in (self.table.replace("_", " "), self.id) if part)
        if self.kind in ("added", "removed"):
            return f"{where}: {self.kind}"
        return f"{where}: {self.field.replace('_', ' ')} was {_said(self.before)}, and is {_said(self.after)}"


@frozen
class Differences:
    """All that differs between two statements; false where nothing does."""

    changes: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.changes)

    def of(self, table: str) -> tuple[Difference, ...]:
        """Give those of one table."""
        return tuple(one for one in self.changes if one.table == table)

    def rows(self) -> tuple[dict[str, str], ...]:
        """Give one row of plain texts a difference, for a table."""
        return tuple(
            {
                "table": one.table,
                "id": one.id,
                "kind": one.kind,
                "field": one.field,
                "before": "" if one.kind == "added" else _said(one.before),
                "after": "" if one.kind == "removed" else _said(one.after),
            }
            for one in self.changes
        )

    def __str__(self) -> str:
        return "\n".join(map(str, self.changes)) or "Nothing differs."


def tables() -> tuple[str, ...]:
    """Give the names of the tables of a statement, in order."""
    return tuple(one.name for one in attrs.fields(Statement) if one.init and isinstance(one.default, tuple))


def by_id(rows: Iterable[Any]) -> dict[str, Any]:
    """Give the rows of a table by id; those that have none by what they say, the second of a kind as ``...[2]``."""
    found: dict[str, Any] = {}
    for row in rows:
        name = key = getattr(row, "id", None) or row.says
        number = 1
        while key in found:
            number += 1
            key = f"{name}[{number}]"
        found[key] = row
    return found


def diff(old: Statement, new: Statement) -> Differences:
    """Say what differs between two statements: nothing exactly where they are equal."""
    own = [one.name for one in attrs.fields(Statement) if one.init and one.name not in tables()]
    found = list(_fields(("statement", ""), old, new, own))
    for table in tables():
        found += _rows(table, by_id(getattr(old, table)), by_id(getattr(new, table)))
    return Differences(tuple(found))


def _rows(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for place, (id, row) in enumerate(old.items()):  # noqa: A001
        if id not in new:
            yield Difference(table, id, "removed", "", row, None, place)
    for place, (id, row) in enumerate(new.items()):  # noqa: A001
        if id not in old:
            yield Difference(table, id, "added", "", None, row, place)
        else:
            yield from _fields((table, id), old[id], row, [one.name for one in attrs.fields(type(row))])
    before, after = tuple(id for id in old if id in new), tuple(id for id in new if id in old)  # noqa: A001
    if before != after:
        yield Difference(table, "", "moved", "order", before, after)


def _fields(row: tuple[str, str], old: Any, new: Any, names: Iterable[str], within: str = "") -> Iterator[Difference]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, _IN_PARTS) and type(before) is type(after):
            inner = [one.name for one in attrs.fields(type(before))]
            yield from _fields(row, before, after, inner, f"{within}{name}.")
        else:
            yield Difference(*row, "changed", f"{within}{name}", before, after)


def applied(statement: Statement, differences: Iterable[Difference]) -> Statement:
    """Give a statement with the differences to another made.

    Raises:
        PolicyError: it does not say what the differences begin with, so they are those of another statement.
    """
    changes = tuple(differences)
    changed: dict[str, Any] = {}
    for table in ("statement", *tables()):
        here = [one for one in changes if one.table == table]
        if not here:
            continue
        if table == "statement":
            for one in here:
                top = one.field.partition(".")[0]
                changed[top] = getattr(_with(evolve(statement, **changed), one), top)
        else:
            changed[table] = _rows_with(by_id(getattr(statement, table)), here)
    return evolve(statement, **changed)


def _rows_with(rows: dict[str, Any], changes: list[Difference]) -> tuple[Any, ...]:
    for one in changes:
        standing = rows.get(one.id)
        if one.kind == "removed" and _as_said(one, standing, one.before):
            del rows[one.id]
        elif one.kind == "changed":
            rows[one.id] = _with(standing, one)
    order = list(rows)
    for one in changes:
        if one.kind == "moved" and _as_said(one, tuple(order), one.before):
            order = list(one.after)
        elif one.kind == "added" and _as_said(one, rows.get(one.id), None):
            rows[one.id] = one.after
    for one in sorted((one for one in changes if one.kind == "added"), key=lambda one: one.place or 0):
        order.insert(one.place or 0, one.id)
    return tuple(rows[id] for id in order)  # noqa: A001


def _with(row: Any, change: Difference, field: str = "") -> Any:
    name, _, inner = (field or change.field).partition(".")
    standing = getattr(row, name, None)
    if inner:
        return evolve(row, **{name: _with(standing, change, inner)})
    _as_said(change, standing, change.before)
    return evolve(row, **{name: change.after})


def _as_said(change: Difference, standing: Any, before: Any) -> bool:
    if standing != before:
        raise PolicyError(
            f"The statement does not say what this begins with: {change}",
            why="The differences are those between two other statements",
            remedy="Apply them to the statement that was given first to diff",
            change=change,
        )
    return True


def _said(value: Any) -> str:
    """Say a value in words."""
    if value in (None, "", ()):
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    words = next((words for kind, words in _WORDS if isinstance(value, kind)), None)
    return words(value) if words is not None else str(getattr(value, "id", value))


def _clause(policy: Policy) -> str:
    if isinstance(policy, Requirement):
        return str(policy)
    return f"{word_of(policy)}({', '.join(map(_clause, policy.parts()))})"


#: How values are said; a bool before the numbers, which it is one of to Python.
_WORDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (Enum, lambda value: str(value.value)),
    (date, as_date),
    (Policy, _clause),
    (str, shown),
)
