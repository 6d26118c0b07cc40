"""Privacy and cookie statements as plain data, in the words in which statements speak.

A document is a table with one key, its word: ``{"statement": {"name": ..., "cookies": [...]}}``. What a text does not
say is left out; where that must be said, ``unstated`` and ``lost`` are words.
"""

from __future__ import annotations

from typing import Any

from cpdrules.documents.clauses import joining
from cpdrules.documents.doors import read_whole, write_whole
from cpdrules.documents.fields import PLAIN, Shapes, WordOr, table_of
from cpdrules.documents.particulars import NAMED, SOURCE
from cpdrules.documents.schemas import schema_of
from cpdrules.documents.shapes import FLAG, TEXT, WHOLE, Choice, Late, OneOf, Shape, Table, Word, key
from cpdrules.errors import DocumentError
from cpdrules.findings import Source
from cpdrules.policies import Policy
from cpdrules.privacy.cookies import (
    AS_REUSED,
    NO_LIFETIME,
    PERMANENT,
    SESSION,
    UNTIL_LOG_OFF_OR_CLOSE,
    Blocked,
    Lifetime,
    depends_on,
    lasting,
)
from cpdrules.privacy.names import NamePattern
from cpdrules.privacy.requirements import Accepts, Given, Works
from cpdrules.privacy.statements import Statement

# Names ----------------------------------------------------------------------------------------------------------------


def _pattern(*, domain: str, source: Source | None, **texts: str | None) -> NamePattern:
    given = [(kind, text) for kind, text in texts.items() if text is not None]
    if len(given) != 1:
        raise DocumentError(
            f"A name is given in one way, and here in {len(given) or 'none'}",
            remedy='Write one of "exact", "prefix", "suffix" and "segments"',
        )
    ((kind, text),) = given
    return NamePattern(kind, text, domain, source)  # type: ignore[arg-type]


def _of_kind(kind: str) -> Any:
    return key(kind, TEXT, default=None, get=lambda pattern: pattern.text if pattern.kind == kind else None)


#: Names of cookies: ``{exact = "CFID"}``, ``{prefix = "oax", domain = "example.org"}``.
NAME = Table(
    "a name of cookies",
    _pattern,
    (
        *map(_of_kind, ("exact", "prefix", "suffix", "segments")),
        key("domain", TEXT, default=""),
        key("source", SOURCE, default=None),
    ),
)


# Lifetimes ------------------------------------------------------------------------------------------------------------


def _lifetime(*, days: int | None, fact: str | None, held: Lifetime | None, otherwise: Lifetime | None) -> Lifetime:
    if days is None and fact is not None and held is not None and otherwise is not None:
        return depends_on(fact, held, otherwise=otherwise)
    if days is None or (fact, held, otherwise) != (None, None, None):
        raise DocumentError(
            "A lifetime lasts so many days, or depends on a fact",
            remedy='Write "lasting" alone, or all of "depends_on", "if" and "else"',
        )
    return lasting(days)


def _case(number: int) -> Any:
    return lambda lifetime: lifetime.cases and lifetime.cases[number]


def _lifetimes() -> Shape:
    return LIFETIME


_WORDS = (SESSION, UNTIL_LOG_OFF_OR_CLOSE, PERMANENT, AS_REUSED, NO_LIFETIME)

#: How long a cookie is kept: a word, ``{lasting = 365}``, or ``{depends_on = "remember_me", if = ..., else = ...}``.
LIFETIME = WordOr(
    Choice("word for a lifetime", tuple((lifetime.kind, lifetime) for lifetime in _WORDS)),
    Table(
        "a lifetime",
        _lifetime,
        (
            key("lasting", WHOLE, "days", default=None),
            key("depends_on", TEXT, "fact", default=None, get=_case(0)),
            key("if", Late(_lifetimes), "held", default=None, get=_case(1)),
            key("else", Late(_lifetimes), "otherwise", default=None, get=_case(2)),
        ),
    ),
)


# Requirements ---------------------------------------------------------------------------------------------------------


def _leaf(word: str, kind: type, called: str, *keys: Any) -> Word:
    return Word(word, kind, Table(f"“{word}”", kind, (key(called, TEXT, "name"), *keys, *NAMED), short=called))


#: What a function needs, or a rule asks: the leaves of ``privacy.requirements``, joined as policies are.
REQUIREMENT = OneOf("a requirement", '{"accepts": "logon"}', lambda: REQUIREMENTS)

REQUIREMENTS: tuple[Word, ...] = (
    _leaf("accepts", Accepts, "cookie"),
    _leaf("works", Works, "function"),
    _leaf("given", Given, "fact", key("says", TEXT, default=""), key("presumed", FLAG, default=None)),
    *joining(REQUIREMENT),
)


# Statements -----------------------------------------------------------------------------------------------------------

_APART: Shapes = {**PLAIN, NamePattern: NAME, Lifetime: LIFETIME, Policy: REQUIREMENT}

#: How the values of a statement stand in documents.
STATED: Shapes = {**_APART, Blocked: table_of(Blocked, "what blocking does", _APART)}

_STATEMENT = Word("statement", Statement, table_of(Statement, "a statement", STATED))
STATEMENT = OneOf("a statement", '{"statement": {"name": "Privacy and cookies"}}', lambda: (_STATEMENT,))


def read_statement(data: object) -> Statement:
    """Read a privacy and cookie statement.

    >>> read_statement({"statement": {"name": "Privacy", "log_on": "account"}}).log_on
    'account'
    >>> read_statement({"statement": {"name": "Privacy", "loggon": "account"}})
    Traceback (most recent call last):
    ...
    cpdrules.errors.DocumentError: The statement cannot be read: one thing is wrong.
    - statement.loggon: “loggon” is no key of a statement. Did you mean log_on?

    Raises:
        DocumentError: it is no statement, and why not, in every place; or it is too large.
    """
    found: Statement = read_whole(STATEMENT, data, "The statement")
    return found


def write_statement(statement: Statement) -> dict[str, Any]:
    """Write a statement in its canonical form: equal statements in equal words.

    Raises:
        DocumentError: it is too large, or a value in it is none that documents know.
    """
    found: dict[str, Any] = write_whole(STATEMENT, statement, "The statement")
    return found


def statement_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a statement document.

    What it refuses, ``read_statement`` refuses. What it does not refuse, ``read_statement`` reads, or says of every
    problem that it is one of "sense", which no schema can state; see ``policy_schema``.

    >>> statement_schema()["$ref"]
    '#/$defs/statement'
    """
    about = "A privacy and cookie statement: a table with one key, its word. In TOML, its own dates are read as well."
    return schema_of(STATEMENT, "A statement document of cpdrules", about)
