"""Where a statement does not agree with itself, found from its rows alone.

Each finding names the places that do not fit together; which of them is right, nobody can tell from the text. A
summary that leaves something out contradicts nothing, and is reported as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from cpdrules.findings import Source
from cpdrules.privacy.blocking_claims import (
    functions_disagree,
    group_denies_harm,
    harm_understated,
    short_version_disagrees,
    short_version_leaves_out,
)
from cpdrules.privacy.cookies import Cookie, Severity
from cpdrules.privacy.disagreements import Contradiction, first_of, group_of, in_use, place, places_of, whereabouts
from cpdrules.privacy.practices import Commitment, DataItem, Tracking
from cpdrules.privacy.references import dangling
from cpdrules.privacy.statements import Statement


def contradictions(statement: Statement) -> tuple[Contradiction, ...]:
    """Find where a statement contradicts itself, where ids dangle, and what its short version leaves out.

    What is found at the same places, for the same reason, is one finding about several rows. Nothing is taken from
    silence: what the text does not state contradicts nothing.
    """
    found: dict[tuple[str, tuple[str, ...], str], Contradiction] = {}
    for one in (finding for check in _CHECKS for finding in check(statement)):
        key = one.kind, tuple(map(place, one.between)), "" if one.between and one.kind in _ALIKE else one.what
        before = found.get(key)
        found[key] = one if before is None else _merged(before, one)
    return tuple(found.values())


#: Kinds of which findings at the same places say the same.
_ALIKE = frozenset({"no longer used, yet used", "essential, yet optional", "anonymous, yet identifying"})


def _merged(one: Contradiction, other: Contradiction) -> Contradiction:
    what = one.what if one.what == other.what else f"{one.what}; {other.what}"
    return Contradiction(one.kind, one.between, what, tuple(dict.fromkeys((*one.rows, *other.rows))))


# In use here, no longer in use there ----------------------------------------------------------------------------------


def _no_longer_used(statement: Statement) -> Iterator[Contradiction]:
    for cookie in statement.cookies:
        if cookie.discontinued is None:
            continue
        ended = _where_grouped(statement, cookie)
        for table, id_, source in _still_used(statement, cookie):
            if _both_hold(statement, source, ended, cookie.discontinued):
                what = f"{id_} is in use, and {cookie.id} of the same provider, for the same, no longer is"
                rows = f"{table}/{id_}", f"cookies/{cookie.id}"
                yield Contradiction("no longer used, yet used", places_of(source, ended), what, rows)


def _still_used(statement: Statement, cookie: Cookie) -> Iterator[tuple[str, str, Source]]:
    """Give what the same provider is said to do for the controller, with the same data, and still does."""
    provider, data = cookie.provider.organisation, set(cookie.data)
    for one in statement.trackings:
        if one.active and one.by and one.by == provider and _shared(one, data, cookie):
            yield "trackings", one.id, one.source
    for purpose in statement.purposes:
        if provider in purpose.by and data & {*purpose.required, *purpose.may_require, *purpose.uses}:
            yield from (("purposes", purpose.id, source) for source in purpose.sources[:1])


def _shared(tracking: Tracking, data: set[str], cookie: Cookie) -> bool:
    return bool(data & set(tracking.data)) or tracking.purpose in cookie.purposes


def _both_hold(statement: Statement, used: Source, ended: Source | None, day: date) -> bool:
    """Tell whether two parts of a statement say so, and whether both still speak once the cookie is out of use."""
    if ended is None or _component(statement, used) == _component(statement, ended):
        return False
    dates = [one.updated for one in statement.components if one.id == _component(statement, used)]
    return statement.until is None or max([day, *dates]) <= statement.until


def _component(statement: Statement, source: Source) -> str:
    """Give the id of the part that a place stands in, or its document where no part claims the line."""
    for one in statement.components:
        low, high = one.lines
        if one.document == source.document and (source.line is None or low <= source.line <= high):
            return one.id
    return f"document {source.document}"


def _where_grouped(statement: Statement, cookie: Cookie) -> Source | None:
    """Give the place that says of a cookie what its group says of all, else the first that speaks of it."""
    group = group_of(statement, cookie)
    lines = {whereabouts(group.source)} if group is not None and group.source is not None else set()
    return first_of([source for source in cookie.sources if whereabouts(source) in lines] or cookie.sources)


# What groups, promises and data say -----------------------------------------------------------------------------------


def _essential_yet_optional(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that are called essential, and can be deleted at will or blocked with next to no harm."""
    for cookie in in_use(statement):
        group = group_of(statement, cookie)
        if group is None or not group.essential:
            continue
        rank = cookie.blocked.severity.rank
        mild = rank is not None and rank <= (Severity.NUISANCE.rank or 0)
        if cookie.deletable or mild:
            harm = f"does no more harm, when blocked, than “{cookie.blocked.severity.value}”"
            why = "can be deleted at will" if cookie.deletable else harm
            what = f"cookies of the group {group.id} are said to be essential, and {cookie.id} {why}"
            places = places_of(group.source, cookie.blocked.source or first_of(cookie.sources))
            yield Contradiction("essential, yet optional", places, what, (f"groups/{group.id}", f"cookies/{cookie.id}"))


def _anonymous_yet_identifying(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that are said to identify nobody, with data that does."""
    identifying = {item.id: item for item in statement.data_items if item.identifies}
    for cookie in in_use(statement):
        for promise in _anonymities(statement, cookie):
            for item in (identifying[name] for name in cookie.data if name in identifying):
                first = first_of(cookie.sources) if promise is None else promise.source
                named = f"commitments/{promise.id}" if promise is not None else ""
                what = f"{cookie.id} identifies nobody, and comes with what does: {item.id}"
                rows = tuple(row for row in (named, f"cookies/{cookie.id}", f"data_items/{item.id}") if row)
                places = places_of(first, _where_named(cookie, item))
                yield Contradiction("anonymous, yet identifying", places, what, rows)


def _anonymities(statement: Statement, cookie: Cookie) -> list[Commitment | None]:
    """Give what says of a cookie that it identifies nobody: promises, else (None) the cookie's own row."""
    promises = [one for one in statement.commitments if one.anonymous]
    named: list[Commitment | None] = [one for one in promises if cookie.id in one.cookies]
    if cookie.identifies is not False:
        return named
    return named or [one for one in promises if not one.cookies] or [None]


def _where_named(cookie: Cookie, item: DataItem) -> Source | None:
    """Give the place that speaks of both a cookie and a data item, else one that speaks of the item."""
    lines = {whereabouts(source) for source in item.sources}
    return first_of([source for source in cookie.sources if whereabouts(source) in lines] or item.sources)


def _promise_broken(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that have a purpose, or data, that a promise bars."""
    for promise in statement.commitments:
        for cookie in in_use(statement):
            barred = [one for one in (*cookie.purposes, *cookie.data) if one in promise.bars]
            if barred and (not promise.cookies or cookie.id in promise.cookies):
                what = f"{promise.promises} is promised: {promise.says}; and {cookie.id} has {', '.join(barred)}"
                rows = f"commitments/{promise.id}", f"cookies/{cookie.id}"
                yield Contradiction("promise broken", places_of(promise.source, first_of(cookie.sources)), what, rows)


# What hangs in the air ------------------------------------------------------------------------------------------------


def _dangling_ids(statement: Statement) -> Iterator[Contradiction]:
    for one in dangling(statement):
        row = f"{one.table}/{one.id}".strip("/")
        tables = " or ".join(table.replace("_", " ") for table in one.of)
        what = f"{f'{row}, ' if row else ''}{one.field}, names {one.names}, which is not among the {tables}"
        yield Contradiction("dangling id", one.sources[:1], what, (row,) if row else ())


def _no_controller(statement: Statement) -> Iterator[Contradiction]:
    if not statement.controller:
        yield Contradiction("no controller", (), "nobody is named who decides why and how data is used", ())


_CHECKS: tuple[Callable[[Statement], Iterator[Contradiction]], ...] = (
    _no_longer_used,
    harm_understated,
    _essential_yet_optional,
    _anonymous_yet_identifying,
    _promise_broken,
    group_denies_harm,
    functions_disagree,
    short_version_disagrees,
    _dangling_ids,
    _no_controller,
    short_version_leaves_out,
)
