"""What a public list knows of cookies' names: hints for those who look a cookie up, and never a verdict.

The list is that of the Open Cookie Database, whose rows the caller loads. Its names are compared as they are, whole or
by their beginnings; comparing by what they contain, as some tools do, finds little but nonsense.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import field, frozen

from cpdrules.errors import PolicyError, shown
from cpdrules.privacy.cookie_records import Reject
from cpdrules.privacy.names import Index, NamePattern, exact, prefix


@frozen
class Hint:
    """What a list says of a name; whether it speaks of the very cookie nobody knows."""

    #: Of whose product it says that it is.
    platform: str = field(repr=shown)
    #: In the list's own words, such as Marketing.
    category: str = field(repr=shown)
    #: The list has the whole name, or only its beginning.
    confidence: Literal["exact", "prefix"]
    #: As the list prints it.
    pattern: str = field(repr=shown)
    #: For which domain and how long, in the list's own words.
    domain: str = field(default="", repr=shown)
    retention: str = field(default="", repr=shown)

    def __str__(self) -> str:
        known = f"{self.platform}: {self.category}" if self.platform else self.category
        return known if self.confidence == "exact" else f"{known} (by its beginning, {self.pattern})"


@frozen
class Catalogue:
    """A list in the form in which names are looked up, and the rows of it that could not be read."""

    index: Index[Hint]
    rejects: tuple[Reject, ...] = ()

    def hints(self, name: str) -> tuple[Hint, ...]:
        """Give what the list says of a name: of whole names before beginnings, of longer beginnings before shorter.

        Several rows that are as good are all given, each once.
        """
        return tuple(dict.fromkeys(one.value for one in self.index.best(name).found))


def catalogue(rows: Iterable[object]) -> Catalogue:
    """Read the rows of the Open Cookie Database, as ``csv.DictReader`` gives them.

    >>> known = catalogue([{"Cookie / Data Key name": "_ga_", "Wildcard match": "1", "Category": "Analytics"}])
    >>> print(known.hints("_ga_X1")[0])
    Analytics (by its beginning, _ga_*)

    Spaces and tabs around a name are no part of it. A row whose name or kind of match cannot be read is a reject, which
    names the row by its number.
    """
    found: list[tuple[NamePattern, Hint]] = []
    rejects: list[Reject] = []
    for number, row in enumerate(rows, 1):
        read = _read(row)
        if isinstance(read, str):
            rejects.append(Reject(f"[{number}]", read))
        else:
            found.append(read)
    return Catalogue(Index(found), tuple(rejects))


def _read(row: object) -> tuple[NamePattern, Hint] | str:
    """Read a row; or say why it cannot be."""
    if not isinstance(row, Mapping):
        return "it is no mapping of columns to texts"
    name, category, wildcard = (_text(row, key) for key in ("Cookie / Data Key name", "Category", "Wildcard match"))
    if not category:
        return "it has no category"
    if wildcard not in ("", "0", "1"):
        return "whether the name is a beginning is said neither by 0 nor by 1"
    try:
        pattern = prefix(name) if wildcard == "1" else exact(name)
    except PolicyError as error:
        return error.why or error.what
    return pattern, Hint(
        _text(row, "Platform"),
        category,
        "prefix" if wildcard == "1" else "exact",
        str(pattern),
        _text(row, "Domain"),
        _text(row, "Retention period"),
    )


def _text(row: Mapping[object, object], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""
