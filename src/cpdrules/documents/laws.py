"""Laws as plain data: the dated readings that ship are data, and whoever knows better states others.

A document is a table with one key, which says what kind of law it is: ``{"cookie law": [{"name": ...}, ...]}``. Where
it holds, and when it was read, stands in every row: for a law of one's own, the library's would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import evolve

from cpdrules.documents.doors import read_whole, write_whole
from cpdrules.documents.fields import PLAIN, Shapes, spoken, table_of
from cpdrules.documents.shapes import REQUIRED, Many, OneOf, Word
from cpdrules.documents.statements import REQUIREMENT
from cpdrules.editions import Dated
from cpdrules.policies import Policy
from cpdrules.privacy.access.law import AccessRegime
from cpdrules.privacy.disclosure.marketing import MarketingLaw
from cpdrules.privacy.law.data_law import NoticeItem, TransferRegime
from cpdrules.privacy.law.regimes import CookieRegime, Reading

L = TypeVar("L", AccessRegime, CookieRegime, MarketingLaw, NoticeItem, Reading, TransferRegime)

_TEXTS: Shapes = {**PLAIN, Policy: REQUIREMENT}

#: How the values of a law stand in documents.
LAID_DOWN: Shapes = {
    **_TEXTS,
    Dated[str]: table_of(Dated, "a dated remark", {**PLAIN, Dated.__parameters__[0]: PLAIN[str]}),  # type: ignore[attr-defined]
}


def _law(word: str, kind: type) -> Word:
    table = table_of(kind, spoken(kind), LAID_DOWN)
    keys = tuple(
        evolve(key, default=REQUIRED) if key.name in ("jurisdiction", "read_on") else key for key in table.keys
    )
    return Word(word, tuple, Many(evolve(table, keys=keys), least=1), lambda law: _all(law, kind))


def _all(law: tuple[object, ...], kind: type) -> bool:
    return bool(law) and all(type(one) is kind for one in law)


_LAWS = (
    _law("access law", AccessRegime),
    _law("cookie law", CookieRegime),
    _law("marketing law", MarketingLaw),
    _law("notice law", NoticeItem),
    _law("transfer law", TransferRegime),
    _law("readings", Reading),
)
LAW = OneOf("a law", '{"cookie law": [{"name": "pecr-2003"}]}', lambda: _LAWS)


def read_law(data: object) -> tuple[Any, ...]:
    """Read the rows of a law: whichever kind the document says that it is.

    >>> from cpdrules.privacy.access.law import UK_ACCESS_LAW
    >>> read_law(write_law(UK_ACCESS_LAW)) == UK_ACCESS_LAW
    True

    Raises:
        DocumentError: it is no law, and why not, in every place; or it is too large.
    """
    found: tuple[Any, ...] = read_whole(LAW, data, "The law")
    return found


def write_law(law: Iterable[L]) -> dict[str, Any]:
    """Write the rows of a law, all of one kind.

    Raises:
        DocumentError: they are not of one kind, too large, or hold a value that documents do not know.
    """
    found: dict[str, Any] = write_whole(LAW, tuple(law), "The law")
    return found
