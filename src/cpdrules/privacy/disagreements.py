"""Two places of a statement that do not fit together, as data; and what every check of them looks up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.findings import Source
from cpdrules.privacy.cookies import Cookie, Group
from cpdrules.privacy.statements import Statement

#: How a statement can be at odds with itself; the last is no fault.
Kind: TypeAlias = Literal[
    "no longer used, yet used",
    "harm understated",
    "essential, yet optional",
    "anonymous, yet identifying",
    "promise broken",
    "group denies harm",
    "functions disagree",
    "short version disagrees",
    "dangling id",
    "no controller",
    "short version leaves out",
]


@frozen
class Contradiction:
    """Two places that do not fit together, or one that hangs in the air."""

    kind: Kind
    #: The places, in the order in which ``what`` speaks of them; none where nothing is cited.
    between: tuple[Source, ...]
    what: str
    #: The rows involved, as “table/id”.
    rows: tuple[str, ...]

    def __str__(self) -> str:
        places = " and ".join(place(source) for source in self.between)
        return f"{self.kind}: {self.what}{f' ({places})' if places else ''}"


def place(source: Source) -> str:
    """Name a place in the text."""
    return f"{source.document}, line {source.line}" if source.line else source.document


def whereabouts(source: Source) -> tuple[str, int | None]:
    """Give what tells one place from another."""
    return source.document, source.line


def places_of(*sources: Source | None) -> tuple[Source, ...]:
    """Give the places that there are."""
    return tuple(source for source in sources if source is not None)


def first_of(sources: Iterable[Source]) -> Source | None:
    """Give the first place, where there is one."""
    return next(iter(sources), None)


def group_of(statement: Statement, cookie: Cookie) -> Group | None:
    """Give the row of a cookie's group, where there is one."""
    return next((group for group in statement.groups if group.id == cookie.group), None)


def in_use(statement: Statement) -> Iterator[Cookie]:
    """Give the cookies that are in use."""
    return (cookie for cookie in statement.cookies if cookie.active)
