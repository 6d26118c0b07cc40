"""A statement as the configuration of two open consent tools, Klaro and CookieConsent, as plain data.

Read from their own sources: Klaro 0.7.22 takes a text that begins with “^” for an expression and any other for a whole
name; CookieConsent 3.1 takes a text for a whole name only, and writes every text into the page as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cpdrules.errors import PolicyError, shown
from cpdrules.privacy.cookies import Cookie
from cpdrules.privacy.exports.losses import (
    Export,
    Loss,
    Target,
    as_expression,
    domains_of,
    handed_over,
    restored,
    unknown_purposes,
    unplaced,
    unused,
    without,
)
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.wording.cookie_tables import COLUMNS, CookieRow, cookie_rows
from cpdrules.rendering import in_html

# Klaro ----------------------------------------------------------------------------------------------------------------

_KLARO: Target = "Klaro"

_KLARO_CARRIES = {
    "": ("name",),
    "cookies": ("id", "title", "content", "names", "purposes", "provider.domains"),
    "cookie_purposes": ("id", "title"),
}


def to_klaro(statement: Statement) -> Export:
    """Give a statement as a configuration of Klaro: a service for each cookie, and the names by which it is deleted.

    A service is required where each of its purposes is strictly necessary; nothing is on before somebody chose.
    """
    cookies = handed_over(statement)
    losses = [*without(_KLARO, statement), *unplaced(_KLARO, statement, _KLARO_CARRIES, _WHY)]
    for cookie in cookies:
        losses += restored(_KLARO, cookie)
        losses += unknown_purposes(_KLARO, statement, cookie)
        losses += _klaro_losses(statement, cookie)
    purposes = {one.id: {"title": one.title} for one in statement.cookie_purposes}
    data = {
        "version": 1,
        "htmlTexts": False,
        "default": False,
        "optOut": False,
        "lang": "en",
        "translations": {"en": {"consentModal": {"title": statement.name}, "purposes": purposes}},
        "services": [_service(statement, cookie) for cookie in cookies],
    }
    return Export(_KLARO, data, tuple(losses))


def _service(statement: Statement, cookie: Cookie) -> dict[str, Any]:
    return {
        "name": cookie.id,
        "title": cookie.title,
        "description": cookie.content,
        "purposes": list(cookie.purposes),
        "required": category(statement, cookie) == "strictly-necessary",
        "default": False,
        "optOut": False,
        "cookies": [entry for name in cookie.names for entry in _entries(cookie, as_expression(name), name)],
    }


def _entries(cookie: Cookie, expression: str, name: Any) -> Iterator[list[str]]:
    """Give an expression for a name, with a path and a domain where one is stated: Klaro goes by its own otherwise."""
    if expression:
        yield from [[expression, "/", domain] for domain in domains_of(cookie, name)] or [[expression]]


def _klaro_losses(statement: Statement, cookie: Cookie) -> Iterator[Loss]:
    def loss(what: str, why: str) -> Loss:
        return Loss(_KLARO, "cookies", cookie.id, what, why)

    for name in cookie.names:
        if not as_expression(name):
            yield loss(f"names: {name}", "an expression with so many stars could take too long")
    if len(cookie.purposes) > 1:
        yield loss("purposes: each by itself", "consent is for the service as a whole")
    if any(map(str.isspace, cookie.id)) or '"' in cookie.id or "'" in cookie.id:
        yield loss("id", "elements of a page are found by the name of the service, which must not break a selector")
    if isinstance(cookie.provider.party, str) and "third" in cookie.provider.party:
        yield loss("names: deletion", "cookies of another domain cannot be deleted by the page")


_WHY = {
    "blocked.severity": "how bad it is to block one has no place beside yes and no",
    "lifetime": "how long a cookie is kept has no field, least of all where it depends on something",
    "sources": "where the text says so has no field",
    "group": "the statement's own groups have no place; the neutral categories are used",
    "own_policy": "a policy of the provider's own has no field",
    "opt_outs": "the only way out is the tool itself",
    "icc": "of the neutral categories only “strictly necessary” shows: as “required”",
}


def category(statement: Statement, cookie: Cookie) -> str:
    """Give the neutral category of a cookie: that of its least necessary purpose; “targeting” where none is known."""
    known = {purpose.id: purpose.icc for purpose in statement.cookie_purposes}
    return max((known.get(purpose, _CATEGORIES[-1]) for purpose in cookie.purposes), key=_CATEGORIES.index)


#: The categories of the ICC's guide, from the most necessary on.
_CATEGORIES = ("strictly-necessary", "functionality", "performance", "targeting")

# CookieConsent --------------------------------------------------------------------------------------------------------

_COOKIE_CONSENT: Target = "CookieConsent"

#: The cookies' table carries, in words, whatever has a column in it.
_TABLE_CARRIES = (
    *("id", "title", "names", "provider", "purposes", "content", "identifies", "how", "data", "lifetime", "deletable"),
    *("opt_outs", "group", "listed_under", "applies_when", "where", "own_policy", "further_information", "gap", "note"),
    *("sources", "inferred", "blocked.source", "blocked.functions", "blocked.controller_functions"),
    *("blocked.unaffected", "blocked.severity", "blocked.at_will"),
)
_COOKIE_CONSENT_CARRIES = {
    "": ("name",),
    "cookies": _TABLE_CARRIES,
    "cookie_purposes": ("id", "title", "icc"),
}


def to_cookieconsent(statement: Statement, *, revision: int) -> Export:
    """Give a statement as a configuration of CookieConsent, version 3: categories, services, and the table of cookies.

    ``revision`` is what makes it ask again: the caller counts up where a change is material; 0 turns that off. What is
    strictly necessary is always on. Every text that the tool writes into the page is escaped for HTML.

    Raises:
        PolicyError: the revision is no whole number, or negative.
    """
    if type(revision) is not int or revision < 0:
        raise PolicyError(
            f"{shown(revision)} is no revision",
            why="CookieConsent compares one whole number, and asks again where it changed",
            remedy="Give a whole number from 0; 0 never asks again",
            revision=revision,
        )
    losses = [*without(_COOKIE_CONSENT, statement), *unused(_COOKIE_CONSENT, statement)]
    losses += unplaced(
        _COOKIE_CONSENT,
        statement,
        _COOKIE_CONSENT_CARRIES,
        {"blocked.modality": "the table words what functions say of themselves"},
    )
    for cookie in handed_over(statement):
        losses += restored(_COOKIE_CONSENT, cookie)
        losses += unknown_purposes(_COOKIE_CONSENT, statement, cookie)
        losses += _cookie_consent_losses(statement, cookie)
    held = {name: _held(statement, name) for name in _CATEGORIES}
    used = {name: cookies for name, cookies in held.items() if cookies}
    data = {
        "mode": "opt-in",
        "revision": revision,
        "categories": {name: _category(name, cookies) for name, cookies in used.items()},
        "language": {"default": "en", "translations": {"en": _translation(statement, used)}},
    }
    return Export(_COOKIE_CONSENT, data, tuple(losses))


def _held(statement: Statement, name: str) -> list[Cookie]:
    return [cookie for cookie in handed_over(statement) if category(statement, cookie) == name]


def _category(name: str, cookies: list[Cookie]) -> dict[str, Any]:
    always = name == "strictly-necessary"
    found: dict[str, Any] = {"enabled": always, "readOnly": always}
    if not always:
        found["autoClear"] = {"cookies": [one for cookie in cookies for one in _cleared(cookie)]}
    found["services"] = {cookie.id: {"label": in_html(cookie.title), "cookies": _cleared(cookie)} for cookie in cookies}
    return found


def _cleared(cookie: Cookie) -> list[dict[str, str]]:
    """Give the names that can be deleted: whole ones, in each domain that is stated."""
    found: list[dict[str, str]] = []
    for name in cookie.names:
        if name.kind == "exact":
            found += [{"name": name.text, "domain": one} for one in domains_of(cookie, name)] or [{"name": name.text}]
    return found


def _cookie_consent_losses(statement: Statement, cookie: Cookie) -> Iterator[Loss]:
    def loss(what: str, why: str) -> Loss:
        return Loss(_COOKIE_CONSENT, "cookies", cookie.id, what, why)

    for name in cookie.names:
        if name.kind != "exact":
            why = "only a RegExp object matches several names, and that is no data; the table alone has it"
            yield loss(f"names: {name}", why)
    if len(cookie.purposes) > 1:
        yield loss("purposes: each by itself", f"consent is for all of {category(statement, cookie)}, or the service")


def _translation(statement: Statement, used: dict[str, list[Cookie]]) -> dict[str, Any]:
    buttons = {"acceptAllBtn": "Accept all", "acceptNecessaryBtn": "Accept what is necessary"}
    title = in_html(statement.name)
    rows = dict(zip((cookie.id for cookie in statement.cookies), cookie_rows(statement), strict=True))
    sections = [_section(statement, name, [(one, rows[one.id]) for one in held]) for name, held in used.items()]
    return {
        "consentModal": {"title": title, **buttons, "showPreferencesBtn": "Choose"},
        "preferencesModal": {
            "title": title,
            **buttons,
            "savePreferencesBtn": "Save the choice",
            "closeIconLabel": "Close",
            "sections": sections,
        },
    }


def _section(statement: Statement, name: str, held: list[tuple[Cookie, CookieRow]]) -> dict[str, Any]:
    served = {purpose for cookie, _ in held for purpose in cookie.purposes}
    used = [one for one in statement.cookie_purposes if one.id in served]
    return {
        "title": _TITLES[name],
        "description": in_html(f"For: {'; '.join(one.title for one in used)}") if used else "",
        "linkedCategory": name,
        "cookieTable": {
            "caption": _TITLES[name],
            "headers": {key: in_html(title) for key, title in COLUMNS._asdict().items()},
            "body": [{key: in_html(cell) for key, cell in row._asdict().items()} for _, row in held],
        },
    }


_TITLES = {
    "strictly-necessary": "Strictly necessary",
    "functionality": "Functionality",
    "performance": "Performance",
    "targeting": "Targeting",
}
