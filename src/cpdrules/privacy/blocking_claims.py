"""Whether what a statement says of blocking cookies is what its functions say of themselves.

What a text does not say of a cookie, or of a function, contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cpdrules.findings import Source
from cpdrules.privacy.cookies import Cookie, Function, Severity
from cpdrules.privacy.disagreements import Contradiction, first_of, group_of, in_use, places_of
from cpdrules.privacy.effects import Outcome, effects_of, everything, set_for
from cpdrules.privacy.practices import Claim
from cpdrules.privacy.requirements import Accepts, Works, named_in
from cpdrules.privacy.statements import Statement

# What blocking does ---------------------------------------------------------------------------------------------------


def harm_understated(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies of which blocking is said to do less than some function, which needs them, says of itself."""
    for cookie, declared in _declared(statement):
        worse = [one for one in _losing(statement, cookie) if (one.missing.rank or 0) > (declared.rank or 0)]
        for function in _at_the_root(worse):
            may = " and may be blocked" if _may_block(statement, cookie) else ""
            what = (
                f"without {cookie.id} the worst is said to be “{declared.value}”{may}, yet {function.id} "
                f"is lost with it: “{function.missing.value}”"
            )
            places = places_of(_said_of_blocking(statement, cookie), function.source)
            yield Contradiction("harm understated", places, what, _rows(cookie, function))


def _declared(statement: Statement) -> Iterator[tuple[Cookie, Severity]]:
    """Give the cookies in use of which the text says what blocking them does: of themselves, else of their group."""
    for cookie in in_use(statement):
        group = group_of(statement, cookie)
        of_group = group.consequence if group is not None else None
        declared = of_group if cookie.blocked.severity is Severity.UNSTATED else cookie.blocked.severity
        if declared is not None and declared is not Severity.UNSTATED:
            yield cookie, declared


def _losing(statement: Statement, cookie: Cookie) -> list[Function]:
    """Give the visitor's functions that some visitor loses who blocks one cookie and nothing else."""
    blocked = _cookies_of(statement, cookie)
    lost: set[str] = set()
    if not _needed(statement, blocked):
        return []
    for logs_on in (None, False) if _knows_log_on(statement) else (None,):
        lost |= effects_of(statement, blocked, logs_on=logs_on).lost.keys()
    return [function for function in statement.functions if function.id in lost]


def _at_the_root(functions: list[Function]) -> list[Function]:
    """Leave out the functions that are lost for want of another one."""
    ids = {function.id for function in functions}
    return [function for function in functions if not ids & set(named_in(function.requires, Works))]


def _cookies_of(statement: Statement, cookie: Cookie) -> frozenset[str]:
    """Give what is blocked with a cookie, as far as the statement knows it."""
    return set_for(statement, cookie.id) & everything(statement) if cookie.reuses else frozenset({cookie.id})


def _needed(statement: Statement, cookies: frozenset[str]) -> bool:
    """Tell whether any function speaks of any of some cookies: most of a long list stand alone."""
    return any(cookies.intersection(named_in(function.requires, Accepts)) for function in statement.functions)


def _knows_log_on(statement: Statement) -> bool:
    return any(function.id == statement.log_on for function in statement.functions)


def _may_block(statement: Statement, cookie: Cookie) -> bool:
    if cookie.blocked.at_will:
        return True
    group = group_of(statement, cookie)
    return group is not None and group.visitor_may_block


def _said_of_blocking(statement: Statement, cookie: Cookie) -> Source | None:
    group = group_of(statement, cookie)
    of_group = group.source if group is not None and cookie.blocked.severity is Severity.UNSTATED else None
    return of_group or cookie.blocked.source or first_of(cookie.sources)


def _rows(cookie: Cookie, *functions: Function) -> tuple[str, ...]:
    return (f"cookies/{cookie.id}", *(f"functions/{function.id}" for function in functions))


def group_denies_harm(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that their group says can be blocked with less harm than the text says of them."""
    for cookie in in_use(statement):
        group = group_of(statement, cookie)
        if group is None or group.consequence is None or group.consequence.rank is None:
            continue
        if (cookie.blocked.severity.rank or 0) > group.consequence.rank:
            what = (
                f"the group {group.id} says “{group.consequence.value}” of blocking, "
                f"and {cookie.id}, which is in it, says “{cookie.blocked.severity.value}”"
            )
            places = places_of(group.source, cookie.blocked.source or first_of(cookie.sources))
            yield Contradiction("group denies harm", places, what, (f"groups/{group.id}", f"cookies/{cookie.id}"))


def functions_disagree(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies whose list of functions is not what the functions themselves need."""
    works = _working(statement, frozenset())
    functions = {function.id: function for function in statement.functions}
    for cookie in in_use(statement):
        for id_, disagrees in _disagreeing(statement, cookie, works):
            places = places_of(cookie.blocked.source or first_of(cookie.sources), functions[id_].source)
            what = f"{id_} {disagrees} {cookie.id}"
            yield Contradiction("functions disagree", places, what, _rows(cookie, functions[id_]))


def _disagreeing(statement: Statement, cookie: Cookie, works: frozenset[str]) -> Iterator[tuple[str, str]]:
    told = cookie.blocked
    listed = {*told.functions, *told.controller_functions}
    blocked = _cookies_of(statement, cookie)
    broken = works - _working(statement, blocked) if _needed(statement, blocked) else frozenset()
    lost = broken | {function.id for function in _losing(statement, cookie)}
    for function in statement.functions:
        if function.id in listed & works - lost:
            yield function.id, "is said to suffer, and goes on, without"
        elif function.id in broken & set(told.unaffected):
            yield function.id, "is said to go on, and does not, without"
        elif listed and function.id in broken - listed and _needs_itself(function, cookie, broken):
            yield function.id, "is not among what is said to suffer, and does, without"


def _needs_itself(function: Function, cookie: Cookie, broken: frozenset[str]) -> bool:
    """Tell whether a function needs a cookie by itself, and not for want of another one."""
    return cookie.id in named_in(function.requires, Accepts) and not broken & set(named_in(function.requires, Works))


def _working(statement: Statement, blocked: frozenset[str]) -> frozenset[str]:
    """Give the functions that certainly work for a visitor who logs on wherever that helps."""
    return frozenset(one.function for one in effects_of(statement, blocked) if one.outcome is Outcome.KEPT)


# The short version ----------------------------------------------------------------------------------------------------


def short_version_disagrees(statement: Statement) -> Iterator[Contradiction]:
    """Find claims of a short version that do not follow from what blocking everything does, as the long one has it."""
    effects = effects_of(statement, everything(statement))
    for claim in statement.claims:
        for function in statement.functions:
            wrong = _not_so(claim, function, effects.lost, effects.kept)
            if wrong:
                what = f"the short version says “{claim.says}”, and the long one {wrong}"
                places = places_of(claim.source, function.source)
                yield Contradiction("short version disagrees", places, what, (f"functions/{function.id}",))


def _not_so(claim: Claim, function: Function, lost: Mapping[str, Severity], kept: Iterable[str]) -> str:
    claimed, found = dict(claim.lost).get(function.id), lost.get(function.id)
    if claimed is not None and found is None:
        return f"does not say that {function.id} is lost"
    if claimed is not None and found is not None and found is not claimed:
        return f"says of {function.id}: “{found.value}”, not “{claimed.value}”"
    return f"does not let {function.id} go on" if function.id in claim.kept and function.id not in kept else ""


def short_version_leaves_out(statement: Statement) -> Iterator[Contradiction]:
    """Find the cookies without which the long version says something is lost, and the short one names none of it."""
    claimed = {function for claim in statement.claims for function, _ in claim.lost}
    lost = effects_of(statement, everything(statement)).lost
    silent = [
        cookie
        for cookie in in_use(statement)
        if any(lost.get(one, Severity.NONE).rank for one in cookie.blocked.functions)
        and cookie.blocked.severity.rank
        and not claimed & set(cookie.blocked.functions)
    ]
    if silent and statement.claims:
        first = silent[0]
        what = f"the short version says nothing of what is lost without {', '.join(cookie.id for cookie in silent)}"
        places = places_of(statement.claims[0].source, first.blocked.source or first_of(first.sources))
        rows = tuple(f"cookies/{cookie.id}" for cookie in silent)
        yield Contradiction("short version leaves out", places, what, rows)
