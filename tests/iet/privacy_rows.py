"""The tables of the inventory beside those of the statement, both told in one form, so that a row can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import fields, frozen

from cpdrules import Policy, Source
from cpdrules.choices import Inferred
from cpdrules.iet import cookies
from cpdrules.iet.cookie_versions import VERSIONS, Version
from cpdrules.iet.privacy import statement
from cpdrules.policies import AllOf, AnyOf
from cpdrules.privacy.cookies import Cookie, CookiePurpose, Function, Group, Lifetime, Provider, Silence
from cpdrules.privacy.names import NamePattern
from cpdrules.privacy.practices import (
    ANY,
    Claim,
    Commitment,
    DataItem,
    DisclosureRule,
    Duty,
    Explanation,
    Gap,
    Organisation,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Route,
    Tracking,
    Transfer,
)
from cpdrules.privacy.requirements import Accepts, Works
from cpdrules.privacy.statements import Statement, sources_of
from tests.privacy.inventory import INVENTORY, rows

Row = dict[str, Any]


@frozen
class Table:
    """One table, on both sides."""

    rows: tuple[Row, ...]
    #: The statement's rows, by the id of the inventory's.
    written: dict[str, Any]
    #: A row of the inventory, and one of the statement, in the form in which they are compared.
    expect: Callable[[Row], Row]
    tell: Callable[[Any], Row]
    #: Keys of the inventory whose text the statement says in words of its own, and where; those must not be empty.
    words: dict[str, str]
    #: Keys that are compared.
    keys: frozenset[str]
    #: Rows that the statement has beside those of the inventory, each with the reason.
    extra: dict[str, str]


def place(line: int) -> tuple[str, int]:
    """Give the part of the page that a line is in, and the line."""
    return ("P1" if line <= 89 else "P2", line)


def places(row: Any) -> list[tuple[str, int | None]]:
    """Give the places that a row of the statement stands on."""
    return [(source.document, source.line) for source in sources_of(row)]


def _covered(row: Row) -> list[tuple[str, int]]:
    """Give the lines of a row, and the further ones where the inventory's map of the text has it."""
    return [
        place(line)
        for line in sorted({row["line"], *(n for n, ids in INVENTORY["coverage"].items() if row["id"] in ids)})
    ]


def _one(row: Row) -> list[tuple[str, int]]:
    return [place(row["line"])]


def silent(value: Any) -> Any:
    """Give the statement's word for a value that the inventory gives as unstated or lost."""
    return Silence(value) if value in ("unstated", "lost") else value


def joined(words: str) -> str:
    """Write words as an id."""
    return words.replace(" ", "_").replace("-", "_")


# Cookies --------------------------------------------------------------------------------------------------------------

_PARTIES = {
    "first-set-by-third-party-script": "first, by a third party's script",
    "first-and-third": "first and third",
}
_GAPS = {row["id"]: row for row in rows("gaps")}


def _names(row: Row) -> list[Row]:
    filled = _GAPS.get(row.get("gap"), {}).get("filled") or ()
    return [_name(name, filled) for name in row["names"]]


def _name(name: Row, filled: Iterable[str]) -> Row:
    (kind,) = name.keys() - {"assumed", "domain"}
    text = name[kind]
    restored = name.get("assumed", False) or text in filled or f"{text}*" in filled
    return {"kind": kind, "text": text, "domain": name.get("domain", ""), "restored": restored}


def _pattern(name: NamePattern) -> Row:
    assert name.source is not None
    restored = name.source.stated == "inferred"
    return {"kind": name.kind, "text": name.text, "domain": name.domain, "restored": restored}


def _provider(row: Row) -> Row:
    said = any(key in row for key in ("delivered_from", "acts", "note"))
    return {
        "party": silent(_PARTIES.get(row["party"], row["party"])),
        "organisation": silent(row["org"]),
        "domains": silent(row["domains"]),
        "served_by": row.get("served_by", ""),
        "note": said,
    }


def _told_provider(one: Provider) -> Row:
    return {
        "party": one.party,
        "organisation": one.organisation,
        "domains": one.domains,
        "served_by": one.served_by,
        "note": bool(one.note),
    }


def _lifetime(row: Row) -> Any:
    kind = row["kind"]
    if kind == "conditional":
        return {rule["when"]: _lifetime(rule) for rule in row["rules"]}
    return kind.replace("-or-", " or ").replace("until-log-off", "until log-off").replace("as-reused", "as reused")


def _told_lifetime(one: Lifetime) -> Any:
    if one.cases is None:
        return one.kind
    fact, held, otherwise = one.cases
    return {f"{fact}_not_chosen": _told_lifetime(otherwise), f"{fact}_chosen": _told_lifetime(held)}


def _expect_cookie(row: Row) -> Row:
    identifies, blocked, status = row["identifies_user"], row["blocked"], row.get("status", {})
    inferred = {"identifies": identifies["value"] == "inferred-true", "lifetime": "inferred" in row["lifetime"]}
    return {
        "names": _names(row),
        "gap": row.get("gap", ""),
        "provider": _provider(row["provider"]),
        "group": row["category"],
        "listed_under": row.get("group_listed_under", ""),
        "purposes": (row["purpose"],),
        "identifies": True if inferred["identifies"] else silent(identifies["value"]),
        "how": "how" in identifies,
        "lifetime": _lifetime(row["lifetime"]),
        "inferred": {name for name, held in inferred.items() if held},
        "discontinued": status.get("discontinued_on_or_before"),
        "severity": blocked["consequence"],
        "modality": blocked.get("modality", "unstated"),
        "functions": tuple(blocked["functions"]),
        "controller_functions": tuple(blocked.get("controller_functions", ())),
        "unaffected": tuple(blocked.get("unaffected", ())),
        "blocked_line": [place(blocked["line"])] if "line" in blocked else [],
        "reuses": tuple(row.get("reuses", ())),
        "conditional": any(key in row for key in ("applies_when", "conditional_on", "trigger")),
        "deletable": row.get("deletable_if_wished", False),
        "own_policy": bool(row.get("own_policy")),
        "opt_outs": tuple(row["opt_out"]),
        "where": tuple(row.get("where", ())),
        "places": [place(line) for line in row["lines"]],
    }


def _tell_cookie(one: Cookie) -> Row:
    blocked = one.blocked
    return {
        "names": [_pattern(name) for name in one.names],
        "gap": one.gap,
        "provider": _told_provider(one.provider),
        "group": one.group,
        "listed_under": one.listed_under,
        "purposes": one.purposes,
        "identifies": one.identifies,
        "how": bool(one.how),
        "lifetime": _told_lifetime(one.lifetime),
        "inferred": {name for name in one.inferred if name in ("identifies", "lifetime")},
        "discontinued": one.discontinued,
        "severity": blocked.severity.value,
        "modality": blocked.modality,
        "functions": blocked.functions,
        "controller_functions": blocked.controller_functions,
        "unaffected": blocked.unaffected,
        "blocked_line": places(blocked),
        "reuses": one.reuses,
        "conditional": bool(one.applies_when),
        "deletable": one.deletable,
        "own_policy": one.own_policy,
        "opt_outs": one.opt_outs,
        "where": one.where,
        "places": places(one),
    }


# Functions ------------------------------------------------------------------------------------------------------------


def tree(policy: Policy | None) -> Any:
    """Write a requirement as the inventory does; a reading is written as it is read."""
    if isinstance(policy, Inferred):
        return tree(policy.reading)
    if isinstance(policy, AllOf | AnyOf):
        return {"all" if isinstance(policy, AllOf) else "any": [_leaf(part) for part in policy.members]}
    return [] if policy is None else {"all": [_leaf(policy)]}


def _leaf(leaf: Policy) -> str:
    assert isinstance(leaf, Accepts | Works)
    return f"{'c' if isinstance(leaf, Accepts) else 'f'}:{leaf.name}"


def _modality(row: Row) -> str:
    """Give how surely a function is said to be lost: as its own row says, or that of the cookie it is lost with."""
    said = (one["blocked"].get("modality") for one in rows("cookies") if row["id"] in one["blocked"]["functions"])
    return str(row.get("modality") or next(said, None) or "unstated")


def _expect_function(row: Row) -> Row:
    return {
        "audience": row["audience"],
        "requires": row["requires"],
        "missing": row.get("missing", "unstated"),
        "modality": _modality(row),
        "inferred": row.get("inferred", False),
        "inferred_part": "inferred_part" in row,
        "places": _one(row),
    }


def _tell_function(one: Function) -> Row:
    return {
        "audience": one.audience,
        "requires": tree(one.requires),
        "missing": one.missing.value,
        "modality": one.modality,
        "inferred": one.source.stated == "inferred",
        "inferred_part": isinstance(one.requires, Inferred),
        "places": places(one),
    }


# The smaller tables ---------------------------------------------------------------------------------------------------


def _expect_organisation(row: Row) -> Row:
    charity = row.get("charity", {})
    numbers = {charity.get("england_wales"), charity.get("scotland"), row.get("company_no")} - {None}
    brands = tuple(INVENTORY["brands"]) if row["id"] == INVENTORY["meta"]["controller"] else ()
    return {"name": row["name"], "numbers": numbers, "brands": brands, "places": _one(row)}


def _tell_organisation(one: Organisation) -> Row:
    numbers = {number.split()[1] for number in one.numbers}
    return {"name": one.name, "numbers": numbers, "brands": one.brands, "places": places(one)}


def _expect_group(row: Row) -> Row:
    alike = row["consequence"] if row["consequence"] == "none" else None
    return {"visitor_may_block": row["visitor_may_block"], "consequence": alike, "places": _one(row)}


def _tell_group(one: Group) -> Row:
    alike = None if one.consequence is None else one.consequence.value
    return {"visitor_may_block": one.visitor_may_block, "consequence": alike, "places": places(one)}


def _expect_tags(row: Row) -> Row:
    tags = {key: row[key] or "" for key in ("icc", "ocd", "consent_mode", "dpv", "fideslang")}
    return {**tags, "tcf": tuple(row["tcf"]["purposes"]), "tcf_special": tuple(row["tcf"]["special"])}


def _tell_tags(one: CookiePurpose) -> Row:
    return {
        name: getattr(one, name) for name in ("icc", "ocd", "consent_mode", "dpv", "fideslang", "tcf", "tcf_special")
    }


def _expect_gap(row: Row) -> Row:
    filled = row.get("filled") or ()
    return {
        "filled": tuple([filled] if isinstance(filled, str) else filled),
        "filled_from": row.get("source", ""),
        "confidence": row.get("confidence", ""),
        "lost": row["lost"] is not None,
        "places": _one(row),
    }


def _tell_gap(one: Gap) -> Row:
    return {
        "filled": tuple(name.partition(" (")[0] if "theiet.tv" in name else name for name in one.filled),
        "filled_from": one.filled_from,
        "confidence": one.confidence,
        "lost": bool(one.lost),
        "places": places(one),
    }


def _expect_gap_without_gloss(row: Row) -> Row:
    expected = _expect_gap(row)
    return {**expected, "filled": tuple(name.partition(" (")[0] for name in expected["filled"])}


def _expect_item(row: Row) -> Row:
    return {
        "fideslang": row["fideslang"],
        "subject": row.get("subject", ""),
        "collected_by": row.get("collected_by", ""),
        "optional": row.get("optional", False),
        "stated": "inferred" if row.get("inferred") else "stated",
        "places": [place(line) for line in row["lines"]],
    }


def _tell_item(one: DataItem) -> Row:
    (stated,) = {source.stated for source in one.sources}
    return {
        "fideslang": one.fideslang,
        "subject": one.subject,
        "collected_by": one.collected_by,
        "optional": one.optional,
        "stated": stated,
        "places": places(one),
    }


#: What the inventory calls those whom a purpose concerns, and the facts by which the statement knows them.
WHO = {
    "MIET applicants": "miet_applicant",
    "qualification candidates": "qualification_candidate",
    "members": "member",
    "staff or students of particular organisations": "subscriber_staff_or_student",
}
_IF_A_MEMBER = ("membership-number-if-member", "membership-number-if-any")


def _expect_purpose(row: Row) -> Row:
    required = row.get("required", [])
    by = row.get("by", [])
    return {
        "kind": row["kind"],
        "required": tuple(item for item in required if item not in _IF_A_MEMBER),
        "required_if": tuple(("member", "membership-number") for item in required if item in _IF_A_MEMBER),
        "may_require": tuple(row.get("may_require", ())),
        "uses": tuple(row.get("uses", ())),
        "applies_to": tuple(WHO[who] for who in row.get("applies_to", ())),
        "modality": {"typically": "normally", None: "unstated"}[row.get("modality")],
        "by": tuple([by] if isinstance(by, str) else by),
        # the preference that stops it: the inventory names the table's first row, whose "no" is the second
        "subject_to": {"mailing-preferences": "p02", None: ""}[row.get("subject_to")],
        "optional": row.get("optional", False),
        "places": set(_covered(row)),
    }


def _tell_purpose(one: Purpose) -> Row:
    names = (
        "kind",
        "required",
        "required_if",
        "may_require",
        "uses",
        "applies_to",
        "modality",
        "by",
        "subject_to",
        "optional",
    )
    return {**{name: getattr(one, name) for name in names}, "places": set(places(one))}


def _expect_rule(row: Row) -> Row:
    return {
        "to": ANY if row["to"] == "ANY" else tuple(row["to"]),
        "purposes": ANY if row["purposes"] == "ANY" else tuple(row["purposes"]),
        "allows": row["effect"] == "allow",
        "places": _one(row),
    }


def _tell_rule(one: DisclosureRule) -> Row:
    return {"to": one.to, "purposes": one.purposes, "allows": one.allows, "places": places(one)}


def _expect_term(row: Row) -> Row:
    return {"applies_to": (row["applies_to"],), "hands_over": "must" not in row, "places": _one(row)}


def _tell_term(one: RecipientTerm) -> Row:
    return {"applies_to": one.applies_to, "hands_over": one.hands_over, "places": places(one)}


def _expect_transfer(row: Row) -> Row:
    return {"modality": row["modality"], "of members": "member" in row["who"], "places": _one(row)}


def _tell_transfer(one: Transfer) -> Row:
    return {"modality": one.modality, "of members": "member" in one.when, "places": places(one)}


def _expect_preference(row: Row) -> Row:
    # saying no is a choice among the mailing preferences, and is made where they are
    ways = INVENTORY["preferences"][0]["set_by"] if row["id"] == "p02" else row.get("set_by")
    ways = [row["route"]] if row["id"] == "p03" else ways
    return {"set_by": ways and tuple(ways), "effect": "effect" in row, "places": set(_covered(row))}


def _tell_preference(one: Preference) -> Row:
    return {"set_by": one.set_by or None, "effect": bool(one.effect), "places": set(places(one))}


def _expect_commitment(row: Row) -> Row:
    return {"promises": "never" if "never" in row else "always", "places": _one(row)}


def _tell_commitment(one: Commitment) -> Row:
    return {"promises": one.promises, "places": places(one)}


def _expect_duty(row: Row) -> Row:
    of = "institution" if row["id"].startswith("u") else "visitor"
    return {"of": of, "kind": row.get("kind", "must"), "places": _one(row)}


def _tell_duty(one: Duty) -> Row:
    return {"of": one.of, "kind": one.kind, "places": places(one)}


def _expect_right(row: Row) -> Row:
    lost = "(lost)" in row["route"]
    return {
        "who": row.get("who", "anyone"),
        "route": Silence.LOST if lost else bool,
        "needs": "my-iet" if "needs log-on" in row["route"] else "",
        "places": _one(row),
    }


def _tell_right(one: Right) -> Row:
    route = one.route if isinstance(one.route, Silence) else bool
    return {"who": one.who, "route": route, "needs": one.needs, "places": places(one)}


def _expect_tracking(row: Row) -> Row:
    stoppable = bool(row.get("blockable", False))
    return {"stopped": stoppable, "active": True, "places": _one(row)}


def _tell_tracking(one: Tracking) -> Row:
    return {"stopped": bool(one.stopped_by), "active": one.active, "places": places(one)}


def _expect_claim(row: Row) -> Row:
    return {"lost": row.get("implies", {}), "kept": tuple(row.get("implies_kept", ())), "places": [place(105)]}


def _tell_claim(one: Claim) -> Row:
    lost = {function: severity.value for function, severity in one.lost}
    return {"lost": lost, "kept": one.kept, "places": places(one)}


def _expect_place(row: Row) -> Row:
    return {"scope": row.get("scope", ""), "places": _one(row)}


def _tell_place(one: Route | Explanation) -> Row:
    return {"scope": getattr(one, "scope", ""), "places": places(one)}


#: Uses that the versions call by other names than the seed.
_USES = {"survey": "survey-invitation", "session": "anon-session"}


def _expect_version(row: Row) -> Row:
    uses = row["uses"]
    known = {cookie.id for cookie in cookies.part.cookies} if isinstance(uses, str) else uses
    return {
        "source": row["source"],
        "order": row["order"],
        "date": row["date"],
        "uses": None if known is None else {_USES.get(use, use) for use in known},
        "analytics": row.get("analytics"),
        "live_chat": row.get("live_chat"),
        "categories": row.get("categories"),
    }


def _tell_version(one: Version) -> Row:
    rows_of = () if one.statement is None else one.statement.cookies
    expected = next(row for row in rows("versions") if row["id"] == one.id)
    analytics = any("statistics" in cookie.purposes for cookie in rows_of)
    live_chat = any("live chat" in cookie.where for cookie in rows_of)
    return {
        "source": one.document,
        "order": VERSIONS.index(one) + 1,
        "date": None if one.statement is None else one.statement.since,
        "uses": None if one.statement is None else {cookie.id for cookie in rows_of},
        "analytics": analytics if "analytics" in expected else None,
        "live_chat": live_chat if "live_chat" in expected else None,
        "categories": [group.says for group in one.statement.groups]
        if one.statement and "categories" in expected
        else None,
    }


def _by_id(rows_of: Iterable[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows_of}


def _table(
    name: str | tuple[str, ...],
    written: dict[str, Any],
    expect: Callable[[Row], Row],
    tell: Callable[[Any], Row],
    keys: str,
    *,
    words: dict[str, str] | None = None,
    extra: dict[str, str] | None = None,
    given: tuple[Row, ...] | None = None,
) -> Table:
    names = (name,) if isinstance(name, str) else name
    found = tuple(row for one in names for row in rows(one)) if given is None else given
    return Table(found, written, expect, tell, words or {}, frozenset(keys.split()), extra or {})


_CLOSED = "a rule names it, and the inventory has no row for it"

TABLES: dict[str, Table] = {
    "cookies": _table(
        "cookies",
        _by_id(statement.cookies),
        _expect_cookie,
        _tell_cookie,
        "names gap provider category purpose identifies_user lifetime blocked opt_out lines applies_when reuses "
        "deletable_if_wished where group_listed_under status own_policy conditional_on trigger contradicts",
        words={"content": "content", "reason_stated": "note", "further_information": "further_information"},
    ),
    "functions": _table(
        "functions",
        _by_id(statement.functions),
        _expect_function,
        _tell_function,
        "audience requires missing modality inferred inferred_part line",
        words={"note": "note"},
    ),
    "organisations": _table(
        "organisations",
        _by_id(statement.organisations),
        _expect_organisation,
        _tell_organisation,
        "name charity company_no line",
        words={"role": "role"},
        extra={"iet-officers": _CLOSED, "public": _CLOSED},
    ),
    "groups": _table(
        "meta",
        _by_id(statement.groups),
        _expect_group,
        _tell_group,
        "visitor_may_block consequence line",
        words={"words": "says"},
        given=tuple(INVENTORY["categories"]["statement"]),
    ),
    "cookie purposes": _table(
        "meta",
        _by_id(statement.cookie_purposes),
        _expect_tags,
        _tell_tags,
        "purpose icc ocd consent_mode tcf dpv fideslang",
        given=tuple({**row, "id": row["purpose"]} for row in INVENTORY["categories"]["crosswalk"]),
    ),
    "gaps": _table(
        "gaps",
        _by_id(statement.gaps),
        _expect_gap_without_gloss,
        _tell_gap,
        "filled source confidence line",
        words={"lost": "lost", "why": "why", "note": "why"},
    ),
    "data items": _table(
        "data_items",
        _by_id(statement.data_items),
        _expect_item,
        _tell_item,
        "fideslang subject collected_by optional inferred lines",
        words={"note": "note", "what": "title", "values": "note"},
        extra={"contact-address-in-use": "a purpose names it, and the inventory has no row for it"},
    ),
    "purposes": _table(
        "purposes",
        _by_id(statement.purposes),
        _expect_purpose,
        _tell_purpose,
        "required uses may_require applies_to modality by subject_to optional kind line lines_note contradicts",
        words={"title": "title", "note": "note", "example": "note"},
        extra={"global-activities": _CLOSED},
    ),
    "disclosure": _table(
        "disclosure_rules",
        _by_id(statement.disclosure),
        _expect_rule,
        _tell_rule,
        "to purposes effect line",
        words={"condition": "says", "note": "says"},
    ),
    "recipient terms": _table(
        "recipient_terms",
        _by_id(statement.recipient_terms),
        _expect_term,
        _tell_term,
        "applies_to line",
        words={"must": "says", "note": "says"},
    ),
    "transfers": _table(
        "transfers",
        _by_id(statement.transfers),
        _expect_transfer,
        _tell_transfer,
        "modality line",
        words={"who": "who", "to": "to", "why": "why"},
        # tr3 is a silence, and no transfer: every row here has its safeguard unstated
        given=tuple(row for row in rows("transfers") if row["id"] != "tr3"),
    ),
    "preferences": _table(
        "preferences",
        _by_id(statement.preferences),
        _expect_preference,
        _tell_preference,
        "line lines_note",
        words={"what": "what", "set_by": "set_by", "effect": "effect", "route": "set_by", "default": "set_by"},
    ),
    "commitments": _table(
        "commitments",
        _by_id(statement.commitments),
        _expect_commitment,
        _tell_commitment,
        "line",
        words={"never": "says", "always": "says", "modality": "says"},
    ),
    "duties": _table(
        ("institution_duties", "subject_duties"),
        _by_id(statement.duties),
        _expect_duty,
        _tell_duty,
        "kind line",
        words={"duty": "says", "when": "when"},
    ),
    "rights": _table(
        "rights",
        _by_id(statement.rights),
        _expect_right,
        _tell_right,
        "who line",
        words={"right": "says", "route": "route", "fee": "route"},
    ),
    "tracking": _table(
        "non_cookie_tracking",
        _by_id(statement.trackings),
        _expect_tracking,
        _tell_tracking,
        "line blockable contradicts",
        words={"what": "what", "purpose": "purpose"},
    ),
    "claims": _table(
        "short_version_claims",
        {str(number): claim for number, claim in enumerate(statement.claims)},
        _expect_claim,
        _tell_claim,
        "implies implies_kept",
        words={"claim": "says"},
        given=tuple({**row, "id": str(number)} for number, row in enumerate(rows("short_version_claims"))),
    ),
    "explanations": _table(
        "general_explanations",
        _by_id(statement.explanations),
        _expect_place,
        _tell_place,
        "line",
        words={"text": "says"},
        extra=dict.fromkeys(
            ("what-the-iet-is", "what-it-is-for", "whom-it-serves", "who-delivers", "cookie-statement"),
            "the inventory maps its line, without a row",
        ),
    ),
    "routes": _table(
        "blocking_routes",
        _by_id(statement.routes),
        _expect_place,
        _tell_place,
        "line scope",
        words={"how": "how"},
    ),
    "versions": _table(
        "versions",
        _by_id(VERSIONS),
        _expect_version,
        _tell_version,
        "source order date uses analytics live_chat categories",
        words={"note": "note"},
    ),
}


def cited() -> list[Source]:
    """Give every citation in the statement, those of requirements, patterns, blocks and conditions too."""
    found: list[Source] = []
    for rows_of in (getattr(statement, name) for name in _TABLE_NAMES):
        for row in rows_of:
            found += sources_of(row)
            found += [] if not isinstance(row, Cookie) else [*sources_of(row.blocked), *_named(row)]
            policy = getattr(row, "requires", None) or getattr(row, "when", None)
            if isinstance(policy, Policy):
                found += [part.source for part in policy.walk() if part.source is not None]
    assert statement.access is not None
    return [*found, *sources_of(statement.access)]


def _named(cookie: Cookie) -> list[Source]:
    return [name.source for name in cookie.names if name.source is not None]


_TABLE_NAMES = [
    field.name for field in fields(Statement) if field.init and isinstance(getattr(statement, field.name), tuple)
]
