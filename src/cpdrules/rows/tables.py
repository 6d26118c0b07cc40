"""Each table by itself: every row is read, or refused with all that is wrong with it.

What concerns several rows (an unknown member, a doubled entry) is found when the tables are joined; see ``joining``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from attrs import field, frozen

from cpdrules.amounts import HOUR, Amount, Unit
from cpdrules.cpd.members import Agreement, Circumstance, Member
from cpdrules.errors import did_you_mean
from cpdrules.findings import Tag
from cpdrules.rows.columns import (
    AgreementColumns,
    CircumstanceColumns,
    Columns,
    DeclarationColumns,
    Layout,
    MemberColumns,
)
from cpdrules.rows.lines import Line, Memo
from cpdrules.rows.troubles import Notice, Problem, Reject, RowsError, listed, quoted
from cpdrules.rows.vocabularies import Vocabulary

T = TypeVar("T")

#: A layout as ``csv.DictReader`` has it, with ISO dates.
PLAIN = Layout()

#: Mappings of the caller's columns to cells.
Rows: TypeAlias = "Iterable[Mapping[Any, Any]]"

#: Other words for tags: ``{"Seminar": "event"}``.
Synonyms: TypeAlias = "Mapping[str, Tag]"


class Item(NamedTuple, Generic[T]):
    """A row that was read, and where it stood."""

    number: int
    #: The member's id, as the row has it.
    member: str
    value: T
    notices: tuple[Problem, ...]
    row: Any


@frozen
class Read(Generic[T]):
    """A table that was read, row by row."""

    #: Which: members, circumstances, agreements, declarations or activities.
    table: str
    items: tuple[Item[T], ...]
    rejects: tuple[Reject, ...]
    #: The column that names the member.
    member: str = field(repr=False)
    #: The column that names the row, where there is one.
    id: str = field(default="", repr=False)

    def __iter__(self) -> Iterator[T]:
        return (item.value for item in self.items)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What to know of the rows that were read."""
        return tuple(
            Notice(self.table, item.number, item.member, item.notices, item.row) for item in self.items if item.notices
        )


@frozen
class Declaration:
    """What a member declared; what the row leaves out is None."""

    amount: Amount | None
    plan: bool | None = None


def read_members(
    rows: Rows,
    columns: MemberColumns,
    *,
    grades: Iterable[str] = (),
    registrations: Iterable[str] = (),
    synonyms: Synonyms | None = None,
    layout: Layout = PLAIN,
) -> Read[Member]:
    """Read the members of a scheme.

    ``grades`` and ``registrations`` are the words that there are; without them any text will do. ``synonyms`` are other
    words for grades. A blank grade is not known, and noticed.

    Raises:
        RowsError: the table does not have one of the columns, or is none.
    """
    grade_words = Vocabulary("grade", grades, synonyms)
    titles = Vocabulary("registrations", registrations)
    said = Vocabulary("facts", (), {"yes": True, "true": True, "no": False, "false": False})

    def take(line: Line) -> Member | None:
        line.is_plain(columns.member, line.member)
        grade = line.tag(columns.grade, grade_words)
        if columns.grade and grade is None:
            line.notice(columns.grade, "The grade is not known")
        held = line.tags(columns.registrations, titles)
        joined, left = line.day(columns.joined), line.day(columns.left)
        line.in_order(columns.joined, joined, columns.left, left)
        since = {kind: line.day(column) for kind, column in columns.since.items()}
        facts = {name: line.tag(column, said) for name, column in columns.facts.items()}
        if line.problems:
            return None
        return Member(
            line.member,
            grade=str(grade or ""),
            registrations=tuple(map(str, held)),
            joined=joined,
            left=left,
            circumstances=tuple(Circumstance(kind, day) for kind, day in since.items() if day),
            facts={name: fact for name, fact in facts.items() if fact is not None},
        )

    return read_table("members", rows, columns, layout, take)


def read_circumstances(
    rows: Rows,
    columns: CircumstanceColumns,
    *,
    kinds: Iterable[str],
    synonyms: Synonyms | None = None,
    layout: Layout = PLAIN,
) -> Read[Circumstance]:
    """Read what held of members from one day to another. A blank last day means that it continues.

    Raises:
        RowsError: the table does not have one of the columns, or is none.
    """
    words = Vocabulary("kind", kinds, synonyms)

    def take(line: Line) -> Circumstance | None:
        kind = line.needed(columns.kind, line.tag(columns.kind, words), "It does not say which circumstance. Name it")
        since = line.needed(columns.since, line.day(columns.since), "It does not say since when. Give the first day")
        until = line.day(columns.until)
        line.in_order(columns.since, since, columns.until, until)
        return None if line.problems or since is None else Circumstance(str(kind), since, until)

    return read_table("circumstances", rows, columns, layout, take)


def read_agreements(
    rows: Rows, columns: AgreementColumns, *, unit: Unit = HOUR, layout: Layout = PLAIN
) -> Read[Agreement]:
    """Read what was decided case by case. A figure, a reason, a decider and two days must be there: none is made up.

    Raises:
        RowsError: the table does not have one of the columns, or is none.
    """

    def take(line: Line) -> Agreement | None:
        unmade = f"No figure was agreed, and none may be made up. Write the {unit.plural} that were agreed"
        figure = line.needed(columns.figure, line.amount(columns.figure, unit), unmade)
        reason = line.needed(columns.reason, line.text(columns.reason), "It does not say why. Give the reason")
        decider = line.needed(
            columns.decided_by, line.text(columns.decided_by), "Nobody is named who decided. Name them"
        )
        day = line.needed(
            columns.decided_on, line.day(columns.decided_on), "It does not say when this was decided. Give the day"
        )
        since = line.needed(
            columns.since, line.day(columns.since), "It does not say since when it holds. Give the first day"
        )
        until, clause = line.day(columns.until), line.text(columns.clause)
        line.in_order(columns.since, since, columns.until, until)
        if line.problems or not (figure and reason and decider and day and since):
            return None
        return Agreement(figure, reason, decider, day, since, until, clause)

    return read_table("agreements", rows, columns, layout, take)


def read_declarations(
    rows: Rows, columns: DeclarationColumns, *, unit: Unit = HOUR, layout: Layout = PLAIN
) -> Read[Declaration]:
    """Read what members declared. A blank figure is no declaration, and noticed; nothing declared is written 0.

    Raises:
        RowsError: the table does not have one of the columns, or is none.
    """
    yes_or_no = Vocabulary("plan", (True, False))

    def take(line: Line) -> Declaration | None:
        amount = line.amount(columns.amount, unit)
        if amount is None:
            line.notice(columns.amount, "No figure was declared")
        plan = line.tag(columns.plan, yes_or_no)
        return Declaration(amount, None if plan is None else plan is True)

    return read_table("declarations", rows, columns, layout, take)


def read_table(
    table: str,
    rows: Rows,
    columns: Columns,
    layout: Layout,
    take: Callable[[Line], T | None],
    *,
    id: str = "",  # noqa: A002
) -> Read[T]:
    """Pass the rows of a table through ``take``, which gives what it read, and notes on the line what is wrong.

    Raises:
        RowsError: the table does not have one of the columns, or is none.
    """
    names = columns.named()
    memo: Memo = {}
    items: list[Item[T]] = []
    rejects: list[Reject] = []
    for number, row in enumerate(_usable(table, rows, names, layout), layout.first_row):
        if not isinstance(row, Mapping):
            what = f"{quoted(row)} is not a row of a table. Look at where the rows come from."
            rejects.append(Reject(table, number, "", (Problem("", "not_a_row", what),), row))
            continue
        line = Line(row, number, layout, memo)
        value = _taken(line, columns.member, names, take)
        if value is None or line.problems:
            rejects.append(Reject(table, number, line.member, tuple(line.problems), row))
        else:
            items.append(Item(number, line.member, value, tuple(line.notices), row))
    return Read(table, tuple(items), tuple(rejects), columns.member, id)


def _taken(line: Line, member: str, names: tuple[str, ...], take: Callable[[Line], T | None]) -> T | None:
    line.member = line.reference(member)
    if not line.is_whole(names):
        return None
    line.needed(member, line.member, "It does not say whom it is about. Give the membership number")
    return take(line)


def _usable(table: str, rows: Rows, names: tuple[str, ...], layout: Layout) -> Iterator[Any]:
    """Give the rows one by one, after a look ahead for the columns that the caller has named.

    Raises:
        RowsError: no row has one of them, the layout is another, or what was given is no table.
    """
    if isinstance(rows, Mapping | str | bytes):
        raise RowsError(
            f"The table of {table} is one {type(rows).__name__}, and not several rows",
            remedy="Give the rows, each a mapping: csv.DictReader(file), frame.to_dict('records')",
            table=table,
        )
    source = iter(rows)
    for row in chain(_looked_at(table, source, names), source):
        if not layout.none_is_blank and isinstance(row, Mapping) and _has_a_gap(row):
            raise RowsError(
                f"The table of {table} has None in the middle of a row",
                why="A row that was cut short has it at the end only, so here None is a blank cell",
                remedy="Say so: layout=Layout(none_is_blank=True)",
                table=table,
            )
        yield row


def _has_a_gap(row: Mapping[Any, object]) -> bool:
    """Tell whether a row has None before something else, as data frames have it and ``csv.DictReader`` never."""
    nones = [value is None for value in row.values()]
    return any(gap and not after for gap, after in pairwise(nones))


def _looked_at(table: str, source: Iterator[Any], names: tuple[str, ...]) -> list[Any]:
    """Take rows until every column was seen: mostly the first alone."""
    ahead: list[Any] = []
    lost = set(names)
    for row in source:
        ahead.append(row)
        lost -= row.keys() if isinstance(row, Mapping) else set()
        if not lost:
            return ahead
    heading = next((row for row in ahead if isinstance(row, Mapping)), None)
    if heading is not None:
        first = [name for name in names if name in lost]
        known = [name for name in heading if isinstance(name, str)]
        meant = did_you_mean(first[0], known)
        raise RowsError(
            f"The table of {table} has no column {listed(first)}",
            why=f"It has {listed(known)}",
            remedy=meant or "Say what the column is called, or leave it out where there is none",
            table=table,
            columns=tuple(first),
        )
    return ahead
