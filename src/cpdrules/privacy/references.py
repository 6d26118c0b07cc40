"""Which rows of a statement speak of which others, and of which they speak in vain.

One table says which fields hold ids, and of what; whatever looks for dangling ids, or for a row's uses, reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from cpdrules.findings import Source
from cpdrules.privacy.cookies import Silence
from cpdrules.privacy.practices import Everyone
from cpdrules.privacy.requirements import Accepts, Works, named_in
from cpdrules.privacy.statements import Statement, sources_of

#: What gives the ids that a row holds in one field.
_Ids: TypeAlias = Callable[[Any], Any]


class Reference(NamedTuple):
    """An id that one row holds of another."""

    #: The table of the row that speaks, and its id; empty for the statement itself, and for rows without an id.
    table: str
    id: str
    field: str
    #: The id that it holds, and the tables of which one should have it.
    names: str
    of: tuple[str, ...]
    sources: tuple[Source, ...]


#: Fields that hold ids of other rows, by table: what the field is called, the tables they are of, and how to read it.
FIELDS: Mapping[str, tuple[tuple[str, tuple[str, ...], _Ids], ...]] = MappingProxyType(
    {
        "cookies": (
            ("group", ("groups",), lambda row: row.group),
            ("listed_under", ("groups",), lambda row: row.listed_under),
            ("purposes", ("cookie_purposes",), lambda row: row.purposes),
            ("data", ("data_items",), lambda row: row.data),
            ("reuses", ("cookies",), lambda row: row.reuses),
            ("opt_outs", ("routes",), lambda row: row.opt_outs),
            ("gap", ("gaps",), lambda row: row.gap),
            ("provider.organisation", ("organisations",), lambda row: row.provider.organisation),
            ("provider.served_by", ("organisations",), lambda row: row.provider.served_by),
            ("blocked.functions", ("functions",), lambda row: row.blocked.functions),
            ("blocked.controller_functions", ("functions",), lambda row: row.blocked.controller_functions),
            ("blocked.unaffected", ("functions",), lambda row: row.blocked.unaffected),
        ),
        "functions": (
            ("requires", ("cookies",), lambda row: named_in(row.requires, Accepts)),
            ("requires", ("functions",), lambda row: named_in(row.requires, Works)),
        ),
        "trackings": (
            ("by", ("organisations",), lambda row: row.by),
            ("data", ("data_items",), lambda row: row.data),
        ),
        "purposes": (
            ("required", ("data_items",), lambda row: row.required),
            ("required_if", ("data_items",), lambda row: tuple(name for _, name in row.required_if)),
            ("may_require", ("data_items",), lambda row: row.may_require),
            ("uses", ("data_items",), lambda row: row.uses),
            ("by", ("organisations",), lambda row: row.by),
            ("subject_to", ("preferences",), lambda row: row.subject_to),
        ),
        "disclosure": (
            ("to", ("organisations",), lambda row: row.to),
            ("purposes", ("purposes",), lambda row: row.purposes),
        ),
        "recipient_terms": (("applies_to", ("organisations",), lambda row: row.applies_to),),
        "transfers": (("to", ("organisations",), lambda row: row.to),),
        "preferences": (("stops", ("purposes",), lambda row: row.stops),),
        "commitments": (
            ("cookies", ("cookies",), lambda row: row.cookies),
            ("bars", ("cookie_purposes", "data_items"), lambda row: row.bars),
        ),
        "routes": (("offered_by", ("organisations",), lambda row: row.offered_by),),
        "rights": (("needs", ("functions",), lambda row: row.needs),),
        "claims": (
            ("lost", ("functions",), lambda row: tuple(name for name, _ in row.lost)),
            ("kept", ("functions",), lambda row: row.kept),
        ),
        "access": (
            ("must_include", ("data_items",), lambda row: row.must_include),
            ("must_include_if_any", ("data_items",), lambda row: row.must_include_if_any),
        ),
        "": (
            ("controller", ("organisations",), lambda row: row.controller),
            ("log_on", ("functions",), lambda row: row.log_on),
        ),
    }
)


def references(statement: Statement) -> Iterator[Reference]:
    """Give every id that a row of a statement holds of another, table by table."""
    for table, held in FIELDS.items():
        for row in _rows(statement, table):
            for name, of, read in held:
                for one in _each(read(row)):
                    yield Reference(table, getattr(row, "id", ""), name, one, of, sources_of(row))


def dangling(statement: Statement) -> tuple[Reference, ...]:
    """Give the ids that rows hold and no table has, such as those of a part that was not joined."""
    known = {(table, row.id) for table in _TABLES for row in getattr(statement, table)}
    return tuple(one for one in references(statement) if not any((table, one.names) in known for table in one.of))


#: The tables of which rows are spoken of.
_TABLES = tuple(dict.fromkeys(table for held in FIELDS.values() for _, of, _ in held for table in of))


def _rows(statement: Statement, table: str) -> tuple[Any, ...]:
    if not table:
        return (statement,)
    rows = getattr(statement, table)
    return rows if isinstance(rows, tuple) else () if rows is None else (rows,)


def _each(ids: Any) -> tuple[str, ...]:
    if isinstance(ids, (Silence, Everyone)):
        return ()
    return tuple(one for one in ((ids,) if isinstance(ids, str) else ids) if one)
