"""Where a statement does not agree with itself, found from its rows alone.

Each finding names the places that do not fit together; which of them is right, nobody can tell from the text. A
summary that leaves something out contradicts nothing, and is reported as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.findings import Source
from cpdrules.privacy.cookies import Cookie, Function, Group, Severity
from cpdrules.privacy.effects import Outcome, effects_of, everything, set_for
from cpdrules.privacy.practices import Claim, Commitment, DataItem, Tracking
from cpdrules.privacy.references import dangling
from cpdrules.privacy.requirements import Accepts, Works, named_in
from cpdrules.privacy.statements import Statement

#: How a statement can be at odds with itself; the last is no fault.
Kind: TypeAlias = Literal[
    "no longer used, yet used",
    "harm understated",
    "essential, yet optional",
    "anonymous, yet identifying",
    "promise broken",
    "group denies harm",
    "functions disagree",
    "short version disagrees",
    "dangling id",
    "no controller",
    "short version leaves out",
]


@frozen
class Contradiction:
    """Two places that do not fit together, or one that hangs in the air."""

    kind: Kind
    #: The places, in the order in which ``what`` speaks of them; none where nothing is cited.
    between: tuple[Source, ...]
    what: str
    #: The rows involved, as “table/id”.
    rows: tuple[str, ...]

    def __str__(self) -> str:
        places = " and ".join(_place(source) for source in self.between)
        return f"{self.kind}: {self.what}{f' ({places})' if places else ''}"


def contradictions(statement: Statement) -> tuple[Contradiction, ...]:
    """Find where a statement contradicts itself, where ids dangle, and what its short version leaves out.

    What is found at the same places, for the same reason, is one finding about several rows. Nothing is taken from
    silence: what the text does not state contradicts nothing.
    """
    found: dict[tuple[str, tuple[str, ...], str], Contradiction] = {}
    for one in (finding for check in _CHECKS for finding in check(statement)):
        key = one.kind, tuple(map(_place, one.between)), "" if one.between and one.kind in _ALIKE else one.what
        before = found.get(key)
        found[key] = one if before is None else _merged(before, one)
    return tuple(found.values())


#: Kinds of which findings at the same places say the same.
_ALIKE = frozenset({"no longer used, yet used", "essential, yet optional", "anonymous, yet identifying"})


def _merged(one: Contradiction, other: Contradiction) -> Contradiction:
    what = one.what if one.what == other.what else f"{one.what}; {other.what}"
    return Contradiction(one.kind, one.between, what, tuple(dict.fromkeys((*one.rows, *other.rows))))


def _place(source: Source) -> str:
    return f"{source.document}, line {source.line}" if source.line else source.document


def _where(source: Source) -> tuple[str, int | None]:
    return source.document, source.line


def _places(*sources: Source | None) -> tuple[Source, ...]:
    return tuple(source for source in sources if source is not None)


def _first(sources: Iterable[Source]) -> Source | None:
    return next(iter(sources), None)


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
                yield Contradiction("no longer used, yet used", _places(source, ended), what, rows)


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
    group = _group(statement, cookie)
    lines = {_where(group.source)} if group is not None and group.source is not None else set()
    return _first([source for source in cookie.sources if _where(source) in lines] or cookie.sources)


def _group(statement: Statement, cookie: Cookie) -> Group | None:
    return next((group for group in statement.groups if group.id == cookie.group), None)


# What blocking does ---------------------------------------------------------------------------------------------------


def _harm_understated(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies of which blocking is said to do less than some function, which needs them, says of itself."""
    for cookie, declared in _declared(statement):
        worse = [one for one in _losing(statement, cookie) if (one.missing.rank or 0) > (declared.rank or 0)]
        for function in _at_the_root(worse):
            may = " and may be blocked" if _may_block(statement, cookie) else ""
            what = (
                f"without {cookie.id} the worst is said to be “{declared.value}”{may}, yet {function.id} "
                f"is lost with it: “{function.missing.value}”"
            )
            places = _places(_said_of_blocking(statement, cookie), function.source)
            yield Contradiction("harm understated", places, what, _rows(cookie, function))


def _declared(statement: Statement) -> Iterator[tuple[Cookie, Severity]]:
    """Give the cookies in use of which the text says what blocking them does: of themselves, else of their group."""
    for cookie in _in_use(statement):
        group = _group(statement, cookie)
        of_group = group.consequence if group is not None else None
        declared = of_group if cookie.blocked.severity is Severity.UNSTATED else cookie.blocked.severity
        if declared is not None and declared is not Severity.UNSTATED:
            yield cookie, declared


def _losing(statement: Statement, cookie: Cookie) -> list[Function]:
    """Give the visitor's functions that some visitor loses who blocks one cookie and nothing else."""
    lost: set[str] = set()
    for logs_on in (None, False) if _knows_log_on(statement) else (None,):
        lost |= effects_of(statement, _cookies_of(statement, cookie), logs_on=logs_on).lost.keys()
    return [function for function in statement.functions if function.id in lost]


def _at_the_root(functions: list[Function]) -> list[Function]:
    """Leave out the functions that are lost for want of another one."""
    ids = {function.id for function in functions}
    return [function for function in functions if not ids & set(named_in(function.requires, Works))]


def _cookies_of(statement: Statement, cookie: Cookie) -> frozenset[str]:
    """Give what is blocked with a cookie, as far as the statement knows it."""
    return set_for(statement, cookie.id) & everything(statement)


def _knows_log_on(statement: Statement) -> bool:
    return any(function.id == statement.log_on for function in statement.functions)


def _may_block(statement: Statement, cookie: Cookie) -> bool:
    if cookie.blocked.at_will:
        return True
    group = _group(statement, cookie)
    return group is not None and group.visitor_may_block


def _in_use(statement: Statement) -> Iterator[Cookie]:
    return (cookie for cookie in statement.cookies if cookie.active)


def _said_of_blocking(statement: Statement, cookie: Cookie) -> Source | None:
    group = _group(statement, cookie)
    of_group = group.source if group is not None and cookie.blocked.severity is Severity.UNSTATED else None
    return of_group or cookie.blocked.source or _first(cookie.sources)


def _rows(cookie: Cookie, *functions: Function) -> tuple[str, ...]:
    return (f"cookies/{cookie.id}", *(f"functions/{function.id}" for function in functions))


def _group_denies_harm(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that their group says can be blocked with less harm than the text says of them."""
    for cookie in _in_use(statement):
        group = _group(statement, cookie)
        if group is None or group.consequence is None or group.consequence.rank is None:
            continue
        if (cookie.blocked.severity.rank or 0) > group.consequence.rank:
            what = (
                f"the group {group.id} says “{group.consequence.value}” of blocking, "
                f"and {cookie.id}, which is in it, says “{cookie.blocked.severity.value}”"
            )
            places = _places(group.source, cookie.blocked.source or _first(cookie.sources))
            yield Contradiction("group denies harm", places, what, (f"groups/{group.id}", f"cookies/{cookie.id}"))


def _functions_disagree(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies whose list of functions is not what the functions themselves need."""
    works = _working(statement, frozenset())
    functions = {function.id: function for function in statement.functions}
    for cookie in _in_use(statement):
        for id_, disagrees in _disagreeing(statement, cookie, works):
            places = _places(cookie.blocked.source or _first(cookie.sources), functions[id_].source)
            what = f"{id_} {disagrees} {cookie.id}"
            yield Contradiction("functions disagree", places, what, _rows(cookie, functions[id_]))


def _disagreeing(statement: Statement, cookie: Cookie, works: frozenset[str]) -> Iterator[tuple[str, str]]:
    told = cookie.blocked
    listed = {*told.functions, *told.controller_functions}
    broken = works - _working(statement, _cookies_of(statement, cookie))
    lost = broken | {function.id for function in _losing(statement, cookie)}
    for function in statement.functions:
        if function.id in listed & works - lost:
            yield function.id, "is said to suffer, and goes on, without"
        elif function.id in broken & set(told.unaffected):
            yield function.id, "is said to go on, and does not, without"
        elif function.id in broken - listed and listed and cookie.id in named_in(function.requires, Accepts):
            yield function.id, "is not among what is said to suffer, and does, without"


def _working(statement: Statement, blocked: frozenset[str]) -> frozenset[str]:
    """Give the functions that certainly work for a visitor who logs on wherever that helps."""
    return frozenset(one.function for one in effects_of(statement, blocked) if one.outcome is Outcome.KEPT)


# What groups, promises and data say -----------------------------------------------------------------------------------


def _essential_yet_optional(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that are called essential, and can be deleted at will or blocked with next to no harm."""
    for cookie in _in_use(statement):
        group = _group(statement, cookie)
        if group is None or not group.essential:
            continue
        rank = cookie.blocked.severity.rank
        mild = rank is not None and rank <= (Severity.NUISANCE.rank or 0)
        if cookie.deletable or mild:
            why = (
                "can be deleted at will" if cookie.deletable else f"does no more than “{cookie.blocked.severity.value}”"
            )
            what = f"cookies of the group {group.id} are said to be essential, and {cookie.id} {why}"
            places = _places(group.source, cookie.blocked.source or _first(cookie.sources))
            yield Contradiction("essential, yet optional", places, what, (f"groups/{group.id}", f"cookies/{cookie.id}"))


def _anonymous_yet_identifying(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that are said to identify nobody, with data that does."""
    identifying = {item.id: item for item in statement.data_items if item.identifies}
    for cookie in _in_use(statement):
        for promise in _anonymities(statement, cookie):
            for item in (identifying[name] for name in cookie.data if name in identifying):
                first = _first(cookie.sources) if promise is None else promise.source
                named = f"commitments/{promise.id}" if promise is not None else ""
                what = f"{cookie.id} identifies nobody, and comes with what does: {item.id}"
                rows = tuple(row for row in (named, f"cookies/{cookie.id}", f"data_items/{item.id}") if row)
                places = _places(first, _where_named(cookie, item))
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
    lines = {_where(source) for source in item.sources}
    return _first([source for source in cookie.sources if _where(source) in lines] or item.sources)


def _promise_broken(statement: Statement) -> Iterator[Contradiction]:
    """Find cookies that have a purpose, or data, that a promise bars."""
    for promise in statement.commitments:
        for cookie in _in_use(statement):
            barred = [one for one in (*cookie.purposes, *cookie.data) if one in promise.bars]
            if barred and (not promise.cookies or cookie.id in promise.cookies):
                what = f"{promise.promises} is promised: {promise.says}; and {cookie.id} has {', '.join(barred)}"
                rows = f"commitments/{promise.id}", f"cookies/{cookie.id}"
                yield Contradiction("promise broken", _places(promise.source, _first(cookie.sources)), what, rows)


# The short version ----------------------------------------------------------------------------------------------------


def _short_version_disagrees(statement: Statement) -> Iterator[Contradiction]:
    """Find claims of a short version that do not follow from what blocking everything does, as the long one has it."""
    effects = effects_of(statement, everything(statement))
    for claim in statement.claims:
        for function in statement.functions:
            wrong = _not_so(claim, function, effects.lost, effects.kept)
            if wrong:
                what = f"the short version says “{claim.says}”, and the long one {wrong}"
                places = _places(claim.source, function.source)
                yield Contradiction("short version disagrees", places, what, (f"functions/{function.id}",))


def _not_so(claim: Claim, function: Function, lost: Mapping[str, Severity], kept: Iterable[str]) -> str:
    claimed, found = dict(claim.lost).get(function.id), lost.get(function.id)
    if claimed is not None and found is None:
        return f"does not say that {function.id} is lost"
    if claimed is not None and found is not None and found is not claimed:
        return f"says of {function.id}: “{found.value}”, not “{claimed.value}”"
    return f"does not let {function.id} go on" if function.id in claim.kept and function.id not in kept else ""


def _leaves_out(statement: Statement) -> Iterator[Contradiction]:
    """Find the cookies without which the long version says something is lost, and the short one names none of it."""
    claimed = {function for claim in statement.claims for function, _ in claim.lost}
    lost = effects_of(statement, everything(statement)).lost
    silent = [
        cookie
        for cookie in _in_use(statement)
        if any(lost.get(one, Severity.NONE).rank for one in cookie.blocked.functions)
        and cookie.blocked.severity.rank
        and not claimed & set(cookie.blocked.functions)
    ]
    if silent and statement.claims:
        first = silent[0]
        what = f"the short version says nothing of what is lost without {', '.join(cookie.id for cookie in silent)}"
        places = _places(statement.claims[0].source, first.blocked.source or _first(first.sources))
        rows = tuple(f"cookies/{cookie.id}" for cookie in silent)
        yield Contradiction("short version leaves out", places, what, rows)


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
    _harm_understated,
    _essential_yet_optional,
    _anonymous_yet_identifying,
    _promise_broken,
    _group_denies_harm,
    _functions_disagree,
    _short_version_disagrees,
    _dangling_ids,
    _no_controller,
    _leaves_out,
)
