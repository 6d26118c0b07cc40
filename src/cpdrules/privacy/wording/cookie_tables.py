"""The cookies of a statement as a table of plain texts: the one that its words and its exports print.

What blocking does is worked out, not copied: from the functions that need the cookie. Where the text says nothing, the
cell says that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.cookies import LOST, Cookie, Lifetime, Severity
from cpdrules.privacy.effects.blocking import Effect, Effects, Outcome, effects_of, everything
from cpdrules.privacy.effects.ways import set_for
from cpdrules.privacy.requirements import Accepts, named_in
from cpdrules.privacy.statements import Statement

NOT_STATED = "not stated"


class CookieRow(NamedTuple):
    """One cookie, in plain texts that nobody has escaped yet."""

    #: What it is.
    cookie: str
    #: Joined by a semicolon, which no name of a cookie can hold; “not given” where there are none.
    names: str
    set_by: str
    purpose: str
    identifies: str
    kept_for: str
    #: What somebody loses who blocks it and nothing else.
    if_blocked: str
    #: How to be rid of it.
    rid_by: str
    remarks: str
    #: Documents and their lines.
    lines: str


#: What the columns of the table are called.
COLUMNS = CookieRow(
    "Cookie",
    "Names",
    "Set by",
    "What for",
    "Identifies",
    "Kept for",
    "If it is blocked",
    "How to be rid of it",
    "Remarks",
    "Where it is said",
)


def cookie_rows(statement: Statement, *, active: bool | None = None) -> tuple[CookieRow, ...]:
    """Word the cookies of a statement, in its order: those in use, those no longer in use, or (None) all.

    Raises:
        UnknownRefError: a cookie speaks of another that is not there.
    """
    chosen = (cookie for cookie in statement.cookies if active is None or cookie.active is active)
    return tuple(_row(statement, cookie) for cookie in chosen)


def _row(statement: Statement, cookie: Cookie) -> CookieRow:
    return CookieRow(
        cookie=cookie.title,
        names="; ".join(_named(cookie)) or "not given",
        set_by=_set_by(statement, cookie),
        purpose=_joined([titled(statement.cookie_purposes, id_) for id_ in cookie.purposes], cookie.content),
        identifies=_identifies(statement, cookie),
        kept_for=f"{lifetime_in_words(cookie.lifetime)}{_flag(cookie, 'lifetime')}",
        if_blocked=_if_blocked(statement, cookie),
        rid_by="; ".join(_rid_by(statement, cookie)) or NOT_STATED,
        remarks="; ".join(_remarks(statement, cookie)),
        lines=lines_of((*cookie.sources, *([cookie.blocked.source] if cookie.blocked.source is not None else []))),
    )


def lines_of(sources: Iterable[Source]) -> str:
    """Write the places of a text, each once: documents and lines, and which of them are only inferred.

    >>> lines_of([Source("P2", 115), Source("P2", 117), Source("P1", 59), Source("list-copy", stated="inferred")])
    'P2 115, 117; P1 59; list-copy (inferred)'
    """
    places = dict.fromkeys((one.document, one.line, one.stated) for one in sources)
    told = []
    for document, of in groupby(places, key=lambda place: place[0]):
        lines = [_line(line, stated) for _, line, stated in of]
        told.append(f"{document} {', '.join(filter(None, lines))}".strip())
    return "; ".join(told)


def _line(line: int | None, stated: str) -> str:
    flag = "" if stated == "stated" else f"({stated})"
    return f"{line or ''} {flag}".strip()


def lifetime_in_words(lifetime: Lifetime) -> str:
    """Word how long a cookie is kept.

    >>> from cpdrules.privacy.cookies import PERMANENT, SESSION, depends_on
    >>> lifetime_in_words(depends_on("remember_me", PERMANENT, otherwise=SESSION))
    'if remember me: without an end; else: the session'
    """
    if lifetime.cases is not None:
        fact, held, otherwise = lifetime.cases
        told = lifetime_in_words(held), lifetime_in_words(otherwise)
        return f"if {fact.replace('_', ' ')}: {told[0]}; else: {told[1]}"
    return str(lifetime) if lifetime.kind == "lasting" else _KEPT[lifetime.kind]


_KEPT = {
    "session": "the session",
    "until log-off or close": "until log-off, or until the browser is closed",
    "permanent": "without an end",
    "as reused": "as long as the cookies that it makes use of",
    "unstated": NOT_STATED,
}


def _named(cookie: Cookie) -> Iterator[str]:
    for name in cookie.names:
        assumed = name.source if name.source is not None and name.source.stated == "inferred" else None
        yield f"{name} (assumed from {assumed.document})" if assumed is not None else str(name)


def _set_by(statement: Statement, cookie: Cookie) -> str:
    provider = cookie.provider
    said = []
    if isinstance(provider.party, str):
        said.append(provider.party if "party" in provider.party else f"{provider.party} party")
    if isinstance(provider.organisation, str):
        said.append(titled(statement.organisations, provider.organisation))
    if isinstance(provider.domains, tuple):
        said.append(f"from {', '.join(provider.domains)}")
    elif provider.domains is LOST:
        said.append("from a domain that the copy has lost")
    if provider.served_by:
        said.append(f"served by {titled(statement.organisations, provider.served_by)}")
    return _joined(said or [NOT_STATED], provider.note)


def titled(rows: Iterable[object], id_: str) -> str:
    """Give what a row is called; its id, where no table has it."""
    row = next((row for row in rows if getattr(row, "id", "") == id_), None)
    told = (getattr(row, field, "") for field in ("title", "name", "what", "how"))
    return next((str(text) for text in told if text), id_)


def _joined(texts: Iterable[str], more: str = "") -> str:
    told = "; ".join(texts)
    return f"{told}: {more}" if more else told


def _flag(cookie: Cookie, field: str) -> str:
    return " (inferred)" if field in cookie.inferred else ""


def _identifies(statement: Statement, cookie: Cookie) -> str:
    told = ("somebody" if cookie.identifies else "nobody") if isinstance(cookie.identifies, bool) else NOT_STATED
    data = ", ".join(titled(statement.data_items, id_) for id_ in cookie.data)
    with_data = f"; goes with: {data}" if data else ""
    return f"{_joined([told + _flag(cookie, 'identifies')], cookie.how)}{with_data}"


def _rid_by(statement: Statement, cookie: Cookie) -> Iterator[str]:
    if cookie.blocked.at_will:
        yield "can be blocked at will"
    if cookie.deletable:
        yield "can be deleted at will"
    for id_ in cookie.opt_outs:
        route = next((route for route in statement.routes if route.id == id_), None)
        scope = f" ({route.scope})" if route is not None and route.scope else ""
        yield f"{titled(statement.routes, id_)}{scope}"


def _remarks(statement: Statement, cookie: Cookie) -> Iterator[str]:
    yield f"group: {cookie.group}"
    if cookie.listed_under:
        yield f"printed under: {cookie.listed_under}"
    if cookie.discontinued is not None:
        yield f"no longer in use on {as_date(cookie.discontinued)}"
    if cookie.applies_when:
        yield f"set only: {cookie.applies_when.replace('_', ' ')}"
    if cookie.where:
        yield f"where: {', '.join(cookie.where)}{_flag(cookie, 'where')}"
    if cookie.reuses:
        reused = ", ".join(titled(statement.cookies, id_) for id_ in cookie.reuses)
        yield f"sets none of its own, and makes use of: {reused}"
    if cookie.own_policy:
        yield "under a policy of the provider's own"
    if cookie.further_information:
        yield f"more: {cookie.further_information}"
    if cookie.gap:
        yield f"the copy has a gap here ({cookie.gap})"
    if cookie.note:
        yield cookie.note


# What blocking does ---------------------------------------------------------------------------------------------------


def _if_blocked(statement: Statement, cookie: Cookie) -> str:
    """Word what somebody loses who blocks one cookie: what is worked out, else what the text says of it."""
    told = _worked_out(statement, cookie) or [DECLARED[cookie.blocked.severity]]
    told += [f"goes on: {_titles(statement, cookie.blocked.unaffected)}"] if cookie.blocked.unaffected else []
    return f"{'only with those that it makes use of: ' if cookie.reuses else ''}{'; '.join(told)}"


def _worked_out(statement: Statement, cookie: Cookie) -> list[str]:
    """Word what functions lose; nothing where none needs the cookie, which most of a long list do not."""
    ids = set_for(statement, cookie.id) & everything(statement) if cookie.reuses else frozenset({cookie.id})
    if not any(ids.intersection(named_in(function.requires, Accepts)) for function in statement.functions):
        return []
    usual = effects_of(statement, ids)
    told = list(harm_in_words(usual))
    if any(function.id == statement.log_on for function in statement.functions):
        off = effects_of(statement, ids, logs_on=False)
        more = "; ".join(harm_in_words(off, beyond=usual))
        told += [f"for those who do not log on: {more}"] if more else []
    return told


def _titles(statement: Statement, ids: Iterable[str]) -> str:
    return ", ".join(titled(statement.functions, id_) for id_ in ids)


def harm_in_words(effects: Effects, *, beyond: Effects | None = None) -> Iterator[str]:
    """Word what is lost, the worst first, then what the text leaves open, then what those lose who run the site.

    With ``beyond``, only what is not lost there already.
    """
    before = {} if beyond is None else {one.function: one.outcome for one in beyond}
    fresh = [one for one in effects if before.get(one.function) is not one.outcome]
    lost = [one for one in fresh if one.outcome is Outcome.LOST and one.audience == "visitor"]
    for severity in reversed(Severity):
        for how in ("", " (normally)", " (possibly)"):
            of = [one for one in lost if one.severity is severity and _MODAL.get(one.modality, "") == how]
            if of:
                yield f"{_HARM[severity]}{how}: {_list(of)}"
    unknown = [one for one in fresh if one.outcome is Outcome.UNKNOWN]
    if unknown:
        yield f"not stated what happens to: {_list(unknown)}"
    theirs = [one for one in fresh if one.outcome is Outcome.LOST and one.audience == "controller"]
    if theirs:
        yield f"lost to those who run the site: {_list(theirs)}"


def _list(effects: Iterable[Effect]) -> str:
    return ", ".join(one.title or one.function for one in effects)


_HARM = {
    Severity.FAILS: "fails",
    Severity.NOT_RECOGNISED: "does not recognise who has logged on",
    Severity.DEGRADED: "does not work fully",
    Severity.UNRELIABLE: "works unreliably",
    Severity.NUISANCE: "becomes a nuisance",
    Severity.NONE: "is missing without harm",
    Severity.UNSTATED: "is missing",
}

_MODAL = {"normally": " (normally)", "may": " (possibly)"}

#: How bad it is that something is missing, where it is not said what.
DECLARED = {
    Severity.FAILS: "something fails",
    Severity.NOT_RECOGNISED: "whoever has logged on is not recognised",
    Severity.DEGRADED: "something does not work fully",
    Severity.UNRELIABLE: "something works unreliably",
    Severity.NUISANCE: "a nuisance",
    Severity.NONE: "nothing that visitors notice",
    Severity.UNSTATED: NOT_STATED,
}
