"""What a statement says, chapter by chapter: plain sentences about its rows, which nobody has escaped yet.

Every row of every table has its sentence, in the order of the statement, with the places where the text says it. A
table without rows is said to be one: silence is part of what a statement says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import frozen

from cpdrules.choices import Inferred
from cpdrules.periods import as_date
from cpdrules.policies import Policy, word_of
from cpdrules.privacy.cookie_tables import DECLARED, CookieRow, cookie_rows, harm_in_words, lines_of, titled
from cpdrules.privacy.cookies import LOST, UNSTATED, Cookie, Function, Severity, Silence
from cpdrules.privacy.effects import effects_of, everything
from cpdrules.privacy.practices import (
    ANY,
    Commitment,
    DataItem,
    DisclosureRule,
    Duty,
    Everyone,
    Gap,
    Organisation,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Tracking,
    Transfer,
)
from cpdrules.privacy.requirements import Accepts, Requirement, Works
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


def chapters(statement: Statement) -> tuple[Chapter, ...]:
    """Word a statement, subject by subject."""
    return (*_who(statement), *_data(statement), *_others(statement), *_you(statement), *_cookies(statement))


def _listed(depth: int, title: str, items: Iterable[str]) -> Chapter:
    """Write a chapter of a table; one without rows says so."""
    told = tuple(items)
    return Chapter(depth, title, "" if told else "The statement says nothing of this.", told)


def _cited(text: str, row: Any) -> str:
    lines = lines_of(sources_of(row))
    return f"{text} [{lines}]" if lines else text


def _and(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def _names(statement: Statement, table: str, ids: Iterable[str] | Everyone) -> str:
    return (
        "anybody or anything" if isinstance(ids, Everyone) else ", ".join(_name(statement, table, id_) for id_ in ids)
    )


def _name(statement: Statement, table: str, id_: str) -> str:
    return titled(getattr(statement, table), id_)


def _said(text: str, label: str) -> str:
    return f"{label}: {text}" if text else ""


def _silent(value: str | Silence) -> str:
    return value if isinstance(value, str) else _SILENCES[value]


_SILENCES = {UNSTATED: "not stated", LOST: "lost from the copy"}


# Who ------------------------------------------------------------------------------------------------------------------


def _who(statement: Statement) -> Iterator[Chapter]:
    named = _name(statement, "organisations", statement.controller) if statement.controller else "nobody is named"
    dates = [
        f"from {as_date(statement.since)}" if statement.since else "",
        f"to {as_date(statement.until)}" if statement.until else "",
    ]
    lead = _and([f"Who decides why and how data is used: {named}", _said(" ".join(filter(None, dates)), "it speaks")])
    yield Chapter(1, "Who we are", f"{lead}.", tuple(_organisation(one) for one in statement.organisations))
    yield _listed(
        2,
        "Parts and their dates",
        (
            f"{one.title}, changed on {as_date(one.updated)} [{one.document} {one.lines[0]} to {one.lines[1]}]"
            for one in statement.components
        ),
    )


def _organisation(row: Organisation) -> str:
    numbers = _said(", ".join(row.numbers), "registered")
    return _cited(_and([f"{row.name}: {row.role}", numbers, _said(", ".join(row.brands), "also known as")]), row)


# What data, and what for ----------------------------------------------------------------------------------------------


def _data(statement: Statement) -> Iterator[Chapter]:
    yield _listed(1, "What data is used for what", (_purpose(statement, one) for one in statement.purposes))
    yield _listed(2, "Kinds of personal data", (_data_item(one) for one in statement.data_items))
    yield _listed(2, "Tracking without cookies", (_tracking(statement, one) for one in statement.trackings))


def _purpose(statement: Statement, row: Purpose) -> str:
    def data(ids: Iterable[str]) -> str:
        return _names(statement, "data_items", ids)

    bases = row.lawful_bases
    on_condition = ", ".join(f"{data([id_])} if {_fact(fact)}" for fact, id_ in row.required_if)
    return _cited(
        _and(
            [
                f"{row.title} ({row.kind})",
                _said(_and([data(row.required), on_condition]), f"needs{_modal(row.modality)}"),
                _said(data(row.may_require), "may ask for"),
                _said(data(row.uses), "uses"),
                _said(", ".join(map(_fact, row.applies_to)), "concerns only"),
                _said(_names(statement, "organisations", row.by), "done by"),
                _said(_name(statement, "preferences", row.subject_to) if row.subject_to else "", "can be stopped by"),
                "answers may be left out" if row.optional else "",
                _said("" if isinstance(bases, Silence) else ", ".join(bases), "legal basis"),
                row.note,
            ]
        ),
        row,
    )


def _fact(fact: str) -> str:
    return fact.replace("_", " ")


def _modal(modality: str) -> str:
    return {"may": " (possibly)", "normally": " (normally)"}.get(modality, "")


def _data_item(row: DataItem) -> str:
    return _cited(
        _and(
            [
                row.title,
                _said(row.subject, "about"),
                _said(row.collected_by, "collected by"),
                "need not be given" if row.optional else "",
                "tells who somebody is" if row.identifies else "",
                row.note,
            ]
        ),
        row,
    )


def _tracking(statement: Statement, row: Tracking) -> str:
    return _cited(
        _and(
            [
                row.what,
                _said(titled(statement.purposes, row.purpose), "for"),
                _said(_name(statement, "organisations", row.by) if row.by else "", "by"),
                _said(_names(statement, "data_items", row.data), "with"),
                _said(row.stopped_by, "can be stopped by") or "cannot be stopped",
                "" if row.active else "no longer done",
            ]
        ),
        row,
    )


# Whom others are ------------------------------------------------------------------------------------------------------


def _others(statement: Statement) -> Iterator[Chapter]:
    rules = (_rule(statement, one) for one in statement.disclosure)
    yield _listed(1, "Whom we tell, and what for", rules)
    yield _listed(2, "What recipients are bound to", (_term(statement, one) for one in statement.recipient_terms))
    yield _listed(1, "Data that goes abroad", (_transfer(statement, one) for one in statement.transfers))


def _rule(statement: Statement, row: DisclosureRule) -> str:
    verb = "may be told" if row.allows else "must not be told"
    everyone = row.to is ANY and row.purposes is ANY
    whom = _names(statement, "organisations", row.to)
    what_for = "" if everyone else f", for: {_names(statement, 'purposes', row.purposes)}"
    return _cited(_and([f"{whom} {verb}{what_for}", row.says]), row)


def _term(statement: Statement, row: RecipientTerm) -> str:
    own = "their own policy takes over" if row.hands_over else ""
    return _cited(_and([f"{_names(statement, 'organisations', row.applies_to)}: {row.says}", own]), row)


def _transfer(statement: Statement, row: Transfer) -> str:
    return _cited(
        _and(
            [
                f"{row.who}: to {_names(statement, 'organisations', row.to)}{_modal(row.modality)}",
                _said(", ".join(map(_fact, row.when)), "if"),
                row.why,
                f"protected by: {_silent(row.safeguard)}",
            ]
        ),
        row,
    )


# Choices, rights, duties ----------------------------------------------------------------------------------------------


def _you(statement: Statement) -> Iterator[Chapter]:
    yield _listed(1, "Your choices", (_preference(statement, one) for one in statement.preferences))
    yield _listed(1, "Your rights", (*(_right(statement, one) for one in statement.rights), *_access(statement)))
    yield _listed(1, "What we promise", map(_commitment, statement.commitments))
    yield _listed(2, "Our duties", (_duty(one) for one in statement.duties if one.of == "institution"))
    yield _listed(2, "Your duties", (_duty(one) for one in statement.duties if one.of == "visitor"))
    if statement.particulars:
        yield _listed(
            1,
            "Further particulars",
            (_cited(_and([one.says, _said(one.lacks, "without")]), one) for one in statement.particulars),
        )


def _preference(statement: Statement, row: Preference) -> str:
    stops = _said(_names(statement, "purposes", row.stops), "stops")
    return _cited(_and([row.what, _said(", ".join(row.set_by), "set by"), row.effect, stops]), row)


def _right(statement: Statement, row: Right) -> str:
    needs = _said(_name(statement, "functions", row.needs) if row.needs else "", "needs")
    return _cited(_and([f"{row.says} ({row.who})", f"how: {_silent(row.route)}", needs, ", ".join(row.kinds)]), row)


def _access(statement: Statement) -> Iterator[str]:
    access = statement.access
    if access is None:
        return
    written = "form not stated" if access.written is None else "in writing" if access.written else "in any form"
    asked = _names(statement, "data_items", access.must_include)
    if_any = _names(statement, "data_items", access.must_include_if_any)
    yield _cited(
        _and(
            [
                f"To have a copy of one's own data: {written}",
                _said(access.addressee, "to"),
                _said(asked, "giving"),
                _said(if_any, "and, of those who have one"),
                "" if access.fee is None else f"fee{_modal(access.fee_modality)}: {access.fee} {access.currency}",
                f"answered within: {access.deadline if access.deadline is not None else 'not stated'}",
            ]
        ),
        access,
    )


def _commitment(row: Commitment) -> str:
    return _cited(f"{row.promises.capitalize()}: {row.says}{_modal(row.modality)}", row)


def _duty(row: Duty) -> str:
    kind = {"must": "", "guideline": " (guideline)", "recommendation": " (recommended)"}[row.kind]
    return _cited(_and([f"{row.says}{kind}", _said(_fact(row.when), "when")]), row)


# Cookies --------------------------------------------------------------------------------------------------------------


def _cookies(statement: Statement) -> Iterator[Chapter]:
    yield _listed(1, "Cookies, by group", map(_group, statement.groups))
    yield _short_version(statement)
    for title, active in (("Cookies in use", True), ("Cookies no longer in use", False)):
        rows = cookie_rows(statement, active=active)
        yield Chapter(2, title, "" if rows else "There are none.", rows=rows)
    yield _listed(2, "Services of third parties", _third_parties(statement))
    yield _listed(
        2,
        "How to be rid of cookies and tracking",
        (_cited(_and([one.how, _said(one.scope, "reaches")]), one) for one in statement.routes),
    )
    yield _listed(2, "What functions need", (_function(statement, one) for one in statement.functions))
    yield _listed(1, "Explanations", (_cited(one.says, one) for one in statement.explanations))
    yield Chapter(1, "What the text does not say", items=tuple(_unsaid(statement)))


def _group(row: Any) -> str:
    block = "visitors may block them" if row.visitor_may_block else "visitors cannot block them"
    harm = "" if row.consequence is None else f"blocking them: {DECLARED[row.consequence]}"
    return _cited(_and([f"{row.id}: {row.says}", block, harm]), row)


def _function(statement: Statement, row: Function) -> str:
    needs = "needs no cookie" if row.requires is None else f"needs: {_clause(statement, row.requires)}"
    without = "" if row.requires is None else f"without it: {DECLARED[row.missing]}{_modal(row.modality)}"
    return _cited(_and([row.title, needs, without, row.note]), row)


def _clause(statement: Statement, policy: Policy) -> str:
    """Word what a function needs: ids by their titles, clauses by “and” and “or”."""
    if isinstance(policy, Accepts):
        return f"the cookie “{_name(statement, 'cookies', policy.name)}”"
    if isinstance(policy, Works):
        return f"“{_name(statement, 'functions', policy.name)}”"
    if isinstance(policy, Inferred):
        return f"{_clause(statement, policy.reading)} (inferred)"
    parts = [_clause(statement, part) for part in policy.parts()]
    join = _JOINED.get(word_of(policy))
    if join is None or not parts:
        return str(policy) if isinstance(policy, Requirement) else f"{word_of(policy)} of ({', '.join(parts)})"
    return parts[0] if len(parts) == 1 else f"({join.join(parts)})"


_JOINED = {"all_of": " and ", "any_of": " or "}


def _short_version(statement: Statement) -> Chapter:
    """Say what becomes of somebody who blocks everything: worked out, beside what the text's own short version says."""
    effects = effects_of(statement, everything(statement))
    kept = ", ".join(_name(statement, "functions", id_) for id_ in effects.kept) or "nothing"
    items = [*harm_in_words(effects), f"goes on: {kept}"]
    items += [_cited(f"the text's own short version: {claim.says}", claim) for claim in statement.claims]
    return Chapter(2, "The short version: whoever blocks every cookie", items=tuple(items))


def _third_parties(statement: Statement) -> Iterator[str]:
    for cookie in statement.cookies:
        if cookie.active and isinstance(cookie.provider.party, str) and "third" in cookie.provider.party:
            by = cookie.provider.organisation
            named = _silent(by) if isinstance(by, Silence) else _name(statement, "organisations", by)
            yield _and([f"{cookie.title}: {named}", "under a policy of its own" if cookie.own_policy else ""])


# What the text does not say -------------------------------------------------------------------------------------------


def _unsaid(statement: Statement) -> Iterator[str]:
    for what, silent in _SILENT_COOKIES:
        yield from _of(statement.cookies, silent, what)
    yield from _of(statement.functions, lambda one: one.missing is Severity.UNSTATED, "what happens without")
    yield from _of(statement.purposes, lambda one: one.lawful_bases is UNSTATED, "the legal basis of")
    yield from _of(statement.transfers, lambda one: one.safeguard is UNSTATED, "what protects data abroad of")
    yield from _of(statement.rights, lambda one: isinstance(one.route, Silence), "how to use the right to")
    yield from map(_gap, statement.gaps)


#: What can be left unsaid of a cookie.
_SILENT_COOKIES: tuple[tuple[str, Callable[[Cookie], bool]], ...] = (
    ("the names of", lambda one: not one.names and not one.reuses),
    ("how long is kept", lambda one: one.lifetime.kind == "unstated"),
    (
        "who sets",
        lambda one: isinstance(one.provider.party, Silence) and isinstance(one.provider.organisation, Silence),
    ),
    ("whether it identifies somebody, of", lambda one: isinstance(one.identifies, Silence)),
    ("what blocking does, of", lambda one: one.blocked.severity is Severity.UNSTATED),
)


def _of(rows: Sequence[Any], silent: Callable[[Any], bool], what: str) -> Iterator[str]:
    titles = [getattr(row, "title", "") or getattr(row, "says", "") or row.who for row in rows if silent(row)]
    if titles:
        yield f"not said: {what}: {f'all {len(titles)}' if len(titles) == len(rows) > 1 else '; '.join(titles)}"


def _gap(row: Gap) -> str:
    filled = ""
    if row.filled:
        sure = f", confidence {row.confidence}" if row.confidence else ""
        filled = f"restored: {', '.join(row.filled)} (from {row.filled_from or 'an unnamed source'}{sure})"
    lost = f"lost: {row.lost}" if row.lost else "left out"
    return _cited(_and([lost, filled or ("" if not row.lost else "not restored"), row.why]), row)
