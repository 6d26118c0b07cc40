"""How rows of a statement become sentences: what every chapter of its words is put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from cpdrules.privacy.cookie_tables import CookieRow, lines_of, titled
from cpdrules.privacy.cookies import LOST, UNSTATED, Silence
from cpdrules.privacy.practices import Everyone
from cpdrules.privacy.statements import Statement, sources_of


@frozen
class Chapter:
    """One subject of a statement."""

    #: 1 for a chapter, 2 for a part of the one before it.
    depth: int
    title: str
    lead: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[CookieRow, ...] = ()


def listed(depth: int, title: str, items: Iterable[str]) -> Chapter:
    """Write a chapter of a table; one without rows says so."""
    told = tuple(items)
    return Chapter(depth, title, "" if told else "The statement says nothing of this.", told)


def cited(text: str, row: Any) -> str:
    """Add the places where the text says it."""
    lines = lines_of(sources_of(row))
    return f"{text} [{lines}]" if lines else text


def together(parts: Iterable[str]) -> str:
    """Join what is said of one row."""
    return "; ".join(part for part in parts if part)


def names_of(statement: Statement, table: str, ids: Iterable[str] | Everyone, *, all_: str = "anybody") -> str:
    """Give what rows of a table are called, by their ids."""
    return all_ if isinstance(ids, Everyone) else ", ".join(name_of(statement, table, id_) for id_ in ids)


def name_of(statement: Statement, table: str, id_: str) -> str:
    """Give what a row of a table is called; its id, where the table has none."""
    return titled(getattr(statement, table), id_)


def labelled(text: str, label: str) -> str:
    """Say what a text is; nothing where there is none."""
    return f"{label}: {text}" if text else ""


def silent_or(value: str | Silence) -> str:
    """Word what may be left unsaid."""
    return value if isinstance(value, str) else _SILENCES[value]


_SILENCES = {UNSTATED: "not stated", LOST: "lost from the copy"}


def fact_in_words(fact: str) -> str:
    """Word the name of a fact."""
    return fact.replace("_", " ")


def how_surely(modality: str) -> str:
    """Word how surely a text says what it says, where that is less than surely."""
    return {"may": " (possibly)", "normally": " (normally)"}.get(modality, "")
