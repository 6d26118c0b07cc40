"""What a statement says of cookies, in sentences, and what it leaves unsaid.

What blocking everything does is worked out, and stands beside what the text's own short version says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cpdrules.choices import Inferred
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, Policy, word_of
from cpdrules.privacy.cookie_tables import DECLARED, cookie_rows, harm_in_words
from cpdrules.privacy.cookies import UNSTATED, Cookie, Function, Severity, Silence
from cpdrules.privacy.effects import effects_of, everything
from cpdrules.privacy.practices import Gap
from cpdrules.privacy.requirements import Accepts, Requirement, Works
from cpdrules.privacy.sentences import Chapter, cited, how_surely, labelled, listed, name_of, silent_or, together
from cpdrules.privacy.statements import Statement

# Cookies --------------------------------------------------------------------------------------------------------------


def cookie_chapters(statement: Statement) -> Iterator[Chapter]:
    """Word what a statement says of cookies, what it explains, and what it does not say."""
    yield listed(1, "Cookies, by group", map(_group, statement.groups))
    yield _short_version(statement)
    for title, active in (("Cookies in use", True), ("Cookies no longer in use", False)):
        rows = cookie_rows(statement, active=active)
        yield Chapter(2, title, "" if rows else "There are none.", rows=rows)
    yield listed(2, "Services of third parties", _third_parties(statement))
    yield listed(
        2,
        "How to be rid of cookies and tracking",
        (cited(together([one.how, labelled(one.scope, "reaches")]), one) for one in statement.routes),
    )
    yield listed(2, "What functions need", (_function(statement, one) for one in statement.functions))
    yield listed(1, "Explanations", (cited(one.says, one) for one in statement.explanations))
    yield Chapter(1, "What the text does not say", items=tuple(_unsaid(statement)))


def _group(row: Any) -> str:
    block = "visitors may block them" if row.visitor_may_block else "visitors cannot block them"
    harm = "" if row.consequence is None else f"blocking them: {DECLARED[row.consequence]}"
    return cited(together([f"{row.id}: {row.says}", block, harm]), row)


def _function(statement: Statement, row: Function) -> str:
    needs = "needs no cookie" if row.requires is None else f"needs: {_clause(statement, row.requires)}"
    without = "" if row.requires is None else f"without it: {DECLARED[row.missing]}{how_surely(row.modality)}"
    return cited(together([row.title, needs, without, row.note]), row)


def _clause(statement: Statement, policy: Policy) -> str:
    """Word what a function needs: ids by their titles, clauses by “and” and “or”."""
    if isinstance(policy, Accepts):
        return f"the cookie “{name_of(statement, 'cookies', policy.name)}”"
    if isinstance(policy, Works):
        return f"“{name_of(statement, 'functions', policy.name)}”"
    if isinstance(policy, Inferred):
        return f"{_clause(statement, policy.reading)} (inferred)"
    parts = [_clause(statement, part) for part in policy.parts()]
    if isinstance(policy, (AllOf, AnyOf)):
        join = " and " if isinstance(policy, AllOf) else " or "
        return parts[0] if len(parts) == 1 else f"({join.join(parts)})"
    if not parts:
        return str(policy) if isinstance(policy, Requirement) else word_of(policy)
    few = f"at least {policy.count}" if isinstance(policy, AtLeastOf) else word_of(policy).replace("_of", "")
    return f"{few} of ({', '.join(parts)})"


def _short_version(statement: Statement) -> Chapter:
    """Say what becomes of somebody who blocks everything: worked out, beside what the text's own short version says."""
    effects = effects_of(statement, everything(statement))
    kept = ", ".join(name_of(statement, "functions", id_) for id_ in effects.kept) or "nothing"
    items = [*harm_in_words(effects), f"goes on: {kept}"]
    items += [cited(f"the text's own short version: {claim.says}", claim) for claim in statement.claims]
    return Chapter(2, "The short version: whoever blocks every cookie", items=tuple(items))


def _third_parties(statement: Statement) -> Iterator[str]:
    for cookie in statement.cookies:
        if cookie.active and isinstance(cookie.provider.party, str) and "third" in cookie.provider.party:
            by = cookie.provider.organisation
            named = silent_or(by) if isinstance(by, Silence) else name_of(statement, "organisations", by)
            yield together([f"{cookie.title}: {named}", "under a policy of its own" if cookie.own_policy else ""])


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
    return cited(together([lost, filled or ("" if not row.lost else "not restored"), row.why]), row)
