"""A statement in the words of others: Google's Consent Mode, the TCF's device storage disclosures, DPV and fideslang.

Tags are hints of whoever wrote the statement down; an empty one stays empty, and is a loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cpdrules.errors import PolicyError, shown
from cpdrules.privacy.cookies import Cookie, CookiePurpose, Lifetime
from cpdrules.privacy.exports import (
    Export,
    Loss,
    Target,
    domains_of,
    handed_over,
    restored,
    unknown_purposes,
    unplaced,
    unused,
    without,
)
from cpdrules.privacy.names import NamePattern
from cpdrules.privacy.practices import Purpose
from cpdrules.privacy.statements import Statement

# Google's Consent Mode ------------------------------------------------------------------------------------------------

_CONSENT_MODE: Target = "Consent Mode"

#: The signals of version 2, in the order in which Google's documentation has them.
SIGNALS = (
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
)

_CONSENT_MODE_CARRIES = {
    "cookies": ("id", "purposes"),
    "cookie_purposes": ("id", "consent_mode"),
}


_SIGNAL_ALONE = {"icc": "of the neutral categories only “strictly necessary” shows: as “granted”"}


def to_consent_mode(statement: Statement, *, region: Iterable[str] = ()) -> Export:
    """Give the seven signals of Consent Mode: what each is needed for, and what it is before anybody chose.

    ``data["default"]`` is what ``gtag("consent", "default", ...)`` takes. A signal is granted where all that needs it
    is strictly necessary, and denied otherwise, also where nothing needs it. ``region`` limits the default to places.

    Raises:
        PolicyError: a region is no code of ISO 3166, such as GB or US-CA.
    """
    regions = [_region(one) for one in ([region] if isinstance(region, str) else region)]
    signals = {signal: _needed(statement, signal) for signal in SIGNALS}
    necessary = {one.id for one in statement.cookie_purposes if one.icc == "strictly-necessary"}
    default: dict[str, Any] = {
        signal: "granted" if found["purposes"] and necessary.issuperset(found["purposes"]) else "denied"
        for signal, found in signals.items()
    }
    if regions:
        default["region"] = regions
    losses = [*without(_CONSENT_MODE, statement), *unused(_CONSENT_MODE, statement)]
    losses += unplaced(_CONSENT_MODE, statement, _CONSENT_MODE_CARRIES, _SIGNAL_ALONE)
    for purpose in statement.cookie_purposes:
        losses += _mode_losses(purpose, signals, necessary)
    for cookie in handed_over(statement):
        losses += unknown_purposes(_CONSENT_MODE, statement, cookie)
        losses += _unsignalled(statement, cookie)
    return Export(_CONSENT_MODE, {"default": default, "signals": signals}, tuple(losses))


def _region(code: object) -> str:
    country, dash, part = str(code).partition("-")
    letters = isinstance(code, str) and code.isascii() and len(country) == 2 and country.isalpha()
    if letters and (not dash or (part.isalnum() and len(part) <= 3)) and country.isupper() and part == part.upper():
        return str(code)
    raise PolicyError(
        f"{shown(code)} is no region",
        why="Consent Mode takes codes of ISO 3166",
        remedy="Give codes in capitals, such as GB, or US-CA",
        region=code,
    )


def _needed(statement: Statement, signal: str) -> dict[str, list[str]]:
    purposes = [one.id for one in statement.cookie_purposes if one.consent_mode == signal]
    cookies = [one for one in handed_over(statement) if set(one.purposes) & set(purposes)]
    used = [purpose for purpose in purposes if any(purpose in one.purposes for one in cookies)]
    return {"cookies": [one.id for one in cookies], "purposes": used}


def _mode_losses(
    purpose: CookiePurpose, signals: dict[str, dict[str, list[str]]], necessary: set[str]
) -> Iterator[Loss]:
    shared = signals.get(purpose.consent_mode, {}).get("purposes", [])
    if purpose.id in shared and purpose.id in necessary and not necessary.issuperset(shared):
        others = ", ".join(one for one in shared if one not in necessary)
        why = f"strictly necessary, and denied at first, since {purpose.consent_mode} serves {others} too"
        yield Loss(_CONSENT_MODE, "cookie_purposes", purpose.id, "icc: granted", why)
    if purpose.consent_mode and purpose.consent_mode not in SIGNALS:
        why = f"Consent Mode has no signal {purpose.consent_mode}"
        yield Loss(_CONSENT_MODE, "cookie_purposes", purpose.id, "consent_mode", why)


def _unsignalled(statement: Statement, cookie: Cookie) -> Iterator[Loss]:
    known = {one.id: one.consent_mode for one in statement.cookie_purposes}
    for id_ in cookie.purposes:
        if id_ in known and known[id_] not in SIGNALS:
            why = "no signal stands for it: there is none for social sharing, for embedded content, nor for video"
            yield Loss(_CONSENT_MODE, "cookies", cookie.id, f"purposes: {id_}", why)
    if not {known.get(id_) for id_ in cookie.purposes} & set(SIGNALS):
        yield Loss(_CONSENT_MODE, "cookies", cookie.id, "the cookie", "no signal stands for any of its purposes")


# The TCF's device storage disclosures ---------------------------------------------------------------------------------

_TCF: Target = "TCF device storage"

_TCF_CARRIES = {
    "cookies": ("id", "title", "names", "purposes", "lifetime", "provider.domains"),
    "cookie_purposes": ("id", "tcf", "tcf_special"),
}


def to_tcf_disclosure(statement: Statement) -> Export:
    """Give the names of cookies as disclosures of device storage (IAB Tech Lab, version 1.1 of October 2025).

    One record for each name; a star stands at its beginning or end. What the text does not say is None, though the
    specification wants a figure: it is among the losses. No consent is written, and no TC string.
    """
    losses = [*without(_TCF, statement), *unused(_TCF, statement), *unplaced(_TCF, statement, _TCF_CARRIES, {})]
    losses.append(Loss(_TCF, "", "", "domains", "a vendor lists the domains it works from, which no statement does"))
    disclosures = []
    for cookie in handed_over(statement):
        losses += restored(_TCF, cookie)
        losses += unknown_purposes(_TCF, statement, cookie)
        losses += _tcf_losses(statement, cookie)
        disclosures += [_disclosed(statement, cookie, name) for name in cookie.names if _identifier(name)]
    return Export(_TCF, {"disclosures": disclosures, "domains": []}, tuple(losses))


def _disclosed(statement: Statement, cookie: Cookie, name: NamePattern) -> dict[str, Any]:
    of = [one for one in statement.cookie_purposes if one.id in cookie.purposes]
    record: dict[str, Any] = {
        "identifier": _identifier(name),
        "type": "cookie",
        "maxAgeSeconds": _seconds(cookie.lifetime),
        "cookieRefresh": None,
        "purposes": sorted({number for one in of for number in one.tcf}),
        "specialPurposes": sorted({number for one in of for number in one.tcf_special}),
        "description": cookie.title,
    }
    domains = domains_of(cookie, name)
    if domains:
        record["domains"] = [name.domain, f"*.{name.domain}"] if name.domain else list(domains)
    return record


def _identifier(name: NamePattern) -> str:
    """Write a name with stars for what is open; empty where a literal star would be read as one, or all is open."""
    return "" if any("*" in piece for piece in name.pieces) else "*".join(name.pieces)


def _seconds(lifetime: Lifetime) -> int | None:
    if lifetime.days is not None:
        return lifetime.days * 86_400
    return 0 if lifetime.ends_with_session else None


def _tcf_losses(statement: Statement, cookie: Cookie) -> Iterator[Loss]:
    def loss(what: str, why: str) -> Loss:
        return Loss(_TCF, "cookies", cookie.id, what, why)

    known = {one.id: one for one in statement.cookie_purposes}
    for id_ in cookie.purposes:
        if id_ in known and not (known[id_].tcf or known[id_].tcf_special):
            yield loss(f"purposes: {id_}", "no purpose of the TCF stands for it")
    if not cookie.names:
        yield loss("the cookie", "a disclosure needs an identifier")
        return
    for name in cookie.names:
        yield from (loss(f"names: {name}{what}", why) for what, why in _undisclosed(cookie, name))
    yield loss("cookieRefresh", "the text does not say whether it is set anew, and the specification wants to know")
    if _seconds(cookie.lifetime) is None:
        yield loss("lifetime", f"“{cookie.lifetime}” is no figure in seconds, and the specification wants one")
    elif cookie.lifetime.kind == "until log-off or close":
        yield loss("lifetime: log-off", "0 stands for the session alone")


def _undisclosed(cookie: Cookie, name: NamePattern) -> Iterator[tuple[str, str]]:
    if not _identifier(name):
        yield "", "a star that is part of the name would be read as any text"
    elif "*" in "*".join(name.pieces).strip("*"):
        yield ": stars", "the specification shows stars at the ends alone"
    if not domains_of(cookie, name):
        yield ": domains", "not stated, and the specification wants them"


# DPV and fideslang ----------------------------------------------------------------------------------------------------

_TAGS: Target = "tags"

_TAGS_CARRY = {
    "cookies": ("id", "purposes", "data"),
    "cookie_purposes": ("id", "icc", "ocd", "dpv", "fideslang", "tcf", "tcf_special", "consent_mode"),
    "data_items": ("id", "fideslang"),
    "purposes": ("id", "required", "required_if", "may_require", "uses"),
}


def tags(statement: Statement) -> Export:
    """Give the tags of other vocabularies, row by row: DPV terms, keys of fideslang, categories of ICC and OCD."""
    purposes = {one.id: _purpose_tags(one) for one in statement.cookie_purposes}
    items = {one.id: one.fideslang for one in statement.data_items}

    def used_for(cookie: Cookie, key: str) -> list[str]:
        found = [purposes[id_][key] for id_ in cookie.purposes if id_ in purposes and purposes[id_][key]]
        return list(dict.fromkeys(found))

    def of_data(ids: Iterable[str]) -> dict[str, list[str]]:
        ids = list(dict.fromkeys(ids))
        return {"data": ids, "categories": list(dict.fromkeys(items[id_] for id_ in ids if items.get(id_)))}

    keys = ("icc", "ocd", "dpv", "fideslang", "consent_mode")
    data = {
        "cookies": {
            one.id: {
                "purposes": list(one.purposes),
                **{key: used_for(one, key) for key in keys},
                **of_data(one.data),
            }
            for one in statement.cookies
        },
        "cookie_purposes": purposes,
        "data_items": {id_: {"fideslang": key} for id_, key in items.items() if key},
        "purposes": {one.id: of_data(_data_of(one)) for one in statement.purposes},
    }
    return Export(_TAGS, data, (*unplaced(_TAGS, statement, _TAGS_CARRY, {}, every=True), *_untagged(statement)))


def _data_of(purpose: Purpose) -> tuple[str, ...]:
    if_needed = (id_ for _, id_ in purpose.required_if)
    return (*purpose.required, *if_needed, *purpose.may_require, *purpose.uses)


def _purpose_tags(one: CookiePurpose) -> dict[str, Any]:
    return {
        "icc": one.icc,
        "ocd": one.ocd,
        "dpv": one.dpv,
        "fideslang": one.fideslang,
        "consent_mode": one.consent_mode,
        "tcf": {"purposes": list(one.tcf), "special": list(one.tcf_special)},
    }


def _untagged(statement: Statement) -> Iterator[Loss]:
    known = {one.id for one in statement.cookie_purposes}
    for cookie in statement.cookies:
        for id_ in cookie.purposes:
            if id_ not in known:
                yield Loss(_TAGS, "cookies", cookie.id, f"purposes: {id_}", "the statement does not describe it")
    for one in statement.cookie_purposes:
        for key in ("dpv", "fideslang"):
            if not getattr(one, key):
                yield Loss(_TAGS, "cookie_purposes", one.id, key, "nobody gave it a tag")
    for item in statement.data_items:
        if not item.fideslang:
            yield Loss(_TAGS, "data_items", item.id, "fideslang", "nobody gave it a tag")
