"""The tables together: whose row is whose, what was entered twice, and the records that come of it.

Of rows that clash, the first counts and a later one is refused, naming the first. Only rows that are not refused
themselves can clash with others: leaving a rejected row out of the table changes nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias, TypeVar, get_args

from attrs import evolve, frozen

from cpdrules.cpd.activities import Activity
from cpdrules.cpd.members import Agreement, Circumstance, Member, Record
from cpdrules.errors import did_you_mean
from cpdrules.rows.likenesses import difference, near, skeleton
from cpdrules.rows.tables import Declaration, Item, Read
from cpdrules.rows.troubles import Code, Notice, Problem, Reject, RowsError, listed, quoted, shown

T = TypeVar("T")

#: What a caller may let pass: ids of two members that look alike, entries that look the same, circumstances said twice.
Doubt: TypeAlias = Literal["look_alike", "doubled", "overlapping"]


@frozen
class Records:
    """What the tables say of every member, and the rows that are in no record."""

    records: tuple[Record, ...]
    rejects: tuple[Reject, ...]
    notices: tuple[Notice, ...]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


def read_records(
    members: Read[Member],
    *,
    activities: Read[Activity] | None = None,
    circumstances: Read[Circumstance] | None = None,
    agreements: Read[Agreement] | None = None,
    declarations: Read[Declaration] | None = None,
    accept: Collection[Doubt] = (),
) -> Records:
    """Join what was read of a scheme's tables to one record for each member, in the order of the members.

    A row about nobody in the members' table is refused, naming the ids that it may have meant: none is ever corrected.
    What ``accept`` names is let pass and noticed: it would else be refused as ``look_alike`` (two members whose ids can
    be taken for each other), ``doubled`` (the same member, days, title and amount, or the same agreement) or
    ``overlapping`` (the same circumstance on the same days).

    >>> from cpdrules.rows import ActivityColumns, MemberColumns, read_activities, read_members
    >>> columns = ActivityColumns(member="No", first="Day", amount="Time")
    >>> rows = [{"No": "7", "Day": "2015-03-02", "Time": "1h30"}, {"No": "7", "Day": "2015-03-09", "Time": "7,5"}]
    >>> read = read_records(
    ...     read_members([{"No": "7"}], MemberColumns(member="No")), activities=read_activities(rows, columns)
    ... )
    >>> print(*(done.amount for record in read for done in record.activities))
    1 h 30 min
    >>> print(*read.rejects)
    activities, row 3: Time: “7,5” is no amount of hours. Did you mean 7.5?

    Raises:
        RowsError: ``accept`` names something else.
    """
    if unknown := sorted(set(accept) - set(get_args(Doubt))):
        raise RowsError(
            f"{unknown[0]!r} is no doubt that can be let pass",
            why=f"These can: {listed(list(get_args(Doubt)))}",
            remedy=did_you_mean(unknown[0], get_args(Doubt)),
            accept=tuple(accept),
        )
    join = _Join(frozenset(accept))
    people = join.kept(members, _Seen(("same_id", _member), ("look_alike", lambda item: skeleton(item.member))))
    register = _Register(people, join.rejects)
    told = join.kept(circumstances, _SeenDays(), register)
    agreed = join.kept(agreements, _Seen(("doubled", lambda item: (item.member, item.value))), register)
    declared = join.kept(declarations, _Seen(("same_id", _member)), register)
    done = join.kept(activities, _Seen(("doubled", _look), ("same_id", lambda item: item.value.id)), register)
    records = tuple(
        _record(
            _with(one.value, told.get(whose, []), agreed.get(whose, [])), done.get(whose, []), declared.get(whose, [])
        )
        for whose, (one,) in people.items()
    )
    return Records(records, tuple(join.rejects), tuple(join.notices))


def _with(member: Member, told: list[Item[Circumstance]], agreed: list[Item[Agreement]]) -> Member:
    if not told and not agreed:
        return member
    circumstances = (*member.circumstances, *(item.value for item in told))
    return evolve(member, circumstances=circumstances, agreements=tuple(item.value for item in agreed))


def _record(member: Member, done: list[Item[Activity]], declared: list[Item[Declaration]]) -> Record:
    activities = tuple(item.value for item in done)
    if not declared:
        return Record(member, activities)
    return Record(member, activities, declared[0].value.amount, declared[0].value.plan)


# Rows that clash ------------------------------------------------------------------------------------------------------


def _member(item: Item[Any]) -> Hashable:
    return item.member


def _look(item: Item[Activity]) -> Hashable:
    """Give what two entries of one activity have in common; None where nobody could tell."""
    one = item.value
    if one.first is None:
        return None
    title = " ".join(one.title.casefold().split())
    rest = () if title else (one.provider, one.reflection, *sorted(map(repr, one.tags.items())))
    return item.member, one.first, one.last, one.amount, title, rest


class _Seen:
    """The rows of a table that count so far, by what no two of them may have in common."""

    def __init__(self, *keys: tuple[Code, Callable[[Item[Any]], Hashable]]) -> None:
        self._keys = keys
        self._first: dict[Hashable, Item[Any]] = {}

    def clashes(self, item: Item[Any]) -> Iterator[tuple[Code, Item[Any]]]:
        """Give the rows with which one clashes, and in what."""
        for code, key in self._keys:
            found = self._first.get((code, key(item)))
            if found is not None:
                yield code, found

    def keep(self, item: Item[Any]) -> None:
        """Let a row count."""
        for code, key in self._keys:
            if (common := key(item)) is not None:
                self._first.setdefault((code, common), item)


class _SeenDays:
    """The circumstances that count so far: of each member and kind the days, in order and apart."""

    def __init__(self) -> None:
        self._days: dict[Hashable, list[Item[Circumstance]]] = {}

    def clashes(self, item: Item[Any]) -> Iterator[tuple[Code, Item[Any]]]:
        """Give a row that says the same of some of the same days."""
        there, place = self._place(item)
        for beside in there[max(place - 1, 0) : place + 1]:
            if beside.value.period.overlap(item.value.period):
                yield "overlapping", beside

    def keep(self, item: Item[Any]) -> None:
        """Let a row count; one that was let pass although it overlaps is not looked at again."""
        if not any(self.clashes(item)):
            there, place = self._place(item)
            there.insert(place, item)

    def _place(self, item: Item[Any]) -> tuple[list[Item[Circumstance]], int]:
        there = self._days.setdefault((item.member, item.value.kind), [])
        return there, bisect_right(there, item.value.since, key=lambda other: other.value.since)


#: What to say of a row that clashes with an earlier one, by table and by kind of clash.
_CLASHES: dict[tuple[str, Code], str] = {
    ("members", "same_id"): "“{item.member}” is in row {first.number} already, and that row counts. Delete this row, or"
    " correct its number.",
    ("members", "look_alike"): "“{item.member}” can be taken for “{first.member}” in row {first.number}: {difference}."
    " Correct the one that is wrong.",
    ("circumstances", "overlapping"): "Row {first.number} says the same of some of these days: {first.value}."
    " Correct the days of one of the two, or delete it.",
    ("agreements", "doubled"): "Row {first.number} says the same already: {first.value}. Delete this row.",
    ("declarations", "same_id"): "“{item.member}” has declared in row {first.number} already, and that row counts."
    " Delete the row that does not hold.",
    ("activities", "doubled"): "This is in row {first.number} already: the same member, days, title and amount. Delete"
    " this row; if both took place, give them titles that tell them apart.",
    ("activities", "same_id"): "Row {first.number} has the number “{item.value.id}” already."
    " Give this activity a number of its own.",
}


class _Join:
    """What has become of the rows so far."""

    def __init__(self, accept: frozenset[str]) -> None:
        self._accept = accept
        self.rejects: list[Reject] = []
        self.notices: list[Notice] = []

    def kept(
        self, read: Read[T] | None, seen: _Seen | _SeenDays, register: _Register | None = None
    ) -> dict[str, list[Item[T]]]:
        """Give the rows of a table that count, by member; of the others, note why they do not."""
        found: dict[str, list[Item[T]]] = {}
        if read is None:
            return found
        refused = list(read.rejects)
        for item in read.items:
            problems = [problem] if register and (problem := register.problem(read.member, item.member)) else []
            passed: list[Problem] = []
            for code, first in () if problems else seen.clashes(item):
                (passed if code in self._accept else problems).append(_clash(read, item, code, first))
                if problems:
                    break
            if problems:
                refused.append(Reject(read.table, item.number, item.member, tuple(problems), item.row))
                continue
            seen.keep(item)
            found.setdefault(item.member, []).append(item)
            if told := (*item.notices, *passed):
                self.notices.append(Notice(read.table, item.number, item.member, told, item.row))
        self.rejects += sorted(refused, key=lambda reject: reject.number)
        return found


def _clash(read: Read[Any], item: Item[Any], code: Code, first: Item[Any]) -> Problem:
    column = "" if code in ("doubled", "overlapping") else read.id or read.member
    told = _CLASHES[read.table, code].format(item=item, first=first, difference=difference(item.member, first.member))
    return Problem(column, code, told)


# Whose row it is ------------------------------------------------------------------------------------------------------


class _Register:
    """The members there are, and those whose own rows were refused."""

    def __init__(self, known: Mapping[str, object], refused: Iterable[Reject]) -> None:
        self._known = known
        self._refused = {reject.member: reject.number for reject in refused}
        self._alike: dict[str, list[str]] = {}

    def problem(self, column: str, written: str) -> Problem | None:
        """Say what is wrong with an id that is no member's; nothing where it is one's."""
        if written in self._known:
            return None
        if written in self._refused:
            what = f"The row of {quoted(written)} among the members, row {self._refused[written]}, was refused"
            return Problem(column, "refused_member", f"{what}. Correct that row first.")
        if alike := self._looking_like(written):
            what = f"{shown(written)} is no member, but looks like {listed(alike)}: {difference(written, alike[0])}"
            return Problem(column, "look_alike", f"{what}. If that is who is meant, type the number again.")
        meant = near(written, self._known)
        remedy = f"Did you mean {' or '.join(meant)}?" if meant else "Correct the number, or add the member."
        return Problem(column, "unknown_member", f"{quoted(written)} is no member. {remedy}")

    def _looking_like(self, written: str) -> list[str]:
        if not self._alike:
            for one in self._known:
                self._alike.setdefault(skeleton(one), []).append(one)
        return self._alike.get(skeleton(written), [])
