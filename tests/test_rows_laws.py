"""The promises of `rows`: nothing is lost, nothing is guessed, and a rejected row changes nobody else's record."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from cpdrules.amounts import HOUR, Amount
from cpdrules.cpd import Record
from cpdrules.iet import cpd
from cpdrules.periods import as_date
from cpdrules.rows import (
    ActivityColumns,
    AgreementColumns,
    CircumstanceColumns,
    DeclarationColumns,
    Layout,
    MemberColumns,
    Records,
    RowsError,
    read_activities,
    read_agreements,
    read_circumstances,
    read_declarations,
    read_members,
    read_records,
)

Row = dict[Any, Any]
Tables = dict[str, list[Any]]

COLUMNS = {
    "members": MemberColumns(member="id", grade="grade", joined="joined", left="left"),
    "circumstances": CircumstanceColumns(member="id", kind="kind", since="since", until="until"),
    "agreements": AgreementColumns(
        member="id", figure="h", reason="why", decided_by="who", decided_on="on", since="since"
    ),
    "declarations": DeclarationColumns(member="id", amount="h", plan="plan"),
    "activities": ActivityColumns(
        id="no",
        member="id",
        first="first",
        last="last",
        amount="h",
        tags={"kind": "kind", "area": "area", "planned": "planned", "competence": "competence"},
        title="title",
    ),
}

#: Cells that people type, right and wrong, by column; ids that clash and look alike among them.
CELLS: dict[str, list[Any]] = {
    "id": ["1001", "1001", "1001", "1012", "1O01", "1001 ", "9999", ""],
    "no": ["A1", "A2", "A3", "A4", "A5", "A6", "A\u00a07"],
    "grade": ["MIET", "FIET", "tmiet", "MIEE", ""],
    "joined": ["2001-02-03", "", "soon"],
    "left": ["", "", "2000-01-01", "2015-06-30"],
    "kind": ["Retired", "Event", "Training course", "retierd", ""],
    "since": ["2015-01-01", "2014-06-01", "2015-09-01", "05/06/2015", ""],
    "until": ["", "2015-06-30", "2014-12-31", None],
    "h": ["1.5", "2", "1h30", "7,5", "0", "", "-1", 2.5, float("nan"), "30"],
    "why": ["Carer", "Carer", ""],
    "who": ["Head of CPD", ""],
    "on": ["2015-02-01", ""],
    "plan": ["yes", "no", "", "later"],
    "first": ["2015-03-02", "2015-03-02", "2015-12-30", "31/02/2015", "", "2051-01-01"],
    "last": ["", "", "2015-03-03", "2016-01-02"],
    "area": ["Soft skills", "", "Soft skills 1h; Personal technical 0.5h", "Soft skils"],
    "planned": ["Yes", "No", "", "maybe"],
    "competence": ["", "A;C", "F"],
    "title": ["Course", "course ", "Talk", "", "=1+1", "a\x00b"],
}


def tables(wrong: st.SearchStrategy[Any]) -> st.SearchStrategy[Tables]:
    """Give tables of rows from the cells above, a few of them replaced by something wrong."""
    rows = {
        table: st.fixed_dictionaries({column: st.sampled_from(CELLS[column]) for column in columns.named()})
        for table, columns in COLUMNS.items()
    }
    return st.fixed_dictionaries(
        {table: st.lists(st.one_of(row, row, row, row, wrong), min_size=1, max_size=6) for table, row in rows.items()}
    )


class Door(NamedTuple):
    """What is read of tables, and how many rows went in."""

    read: Records
    rows: Counter[str]


def through(tables: Tables, layout: Layout = Layout(none_is_blank=True)) -> Door:  # noqa: B008 - a value, and frozen
    """Read tables; one that lacks a column on every row is refused as a whole, and read as if it had no rows."""

    def read(name: str, reader: Callable[..., Any], **words: Any) -> Any:
        try:
            found = reader(tables.get(name, []), COLUMNS[name], layout=layout, **words)
        except RowsError:
            return reader([], COLUMNS[name], layout=layout, **words)
        rows[name] = len(tables.get(name, []))
        return found

    rows: Counter[str] = Counter()
    records = read_records(
        read("members", read_members, grades=cpd.GRADES),
        circumstances=read("circumstances", read_circumstances, kinds=cpd.CIRCUMSTANCES),
        agreements=read("agreements", read_agreements),
        declarations=read("declarations", read_declarations),
        activities=read("activities", read_activities, axes=cpd.AXES, as_of=date(2016, 1, 31)),
    )
    return Door(records, rows)


def kept(read: Records) -> Counter[str]:
    """Count the rows that ended in a record."""
    found: Counter[str] = Counter()
    for record in read:
        found["members"] += 1
        found["circumstances"] += len(record.member.circumstances)
        found["agreements"] += len(record.member.agreements)
        found["activities"] += len(record.activities)
    return found


def without(tables: Tables, read: Records) -> Tables:
    """Take the rejected rows out of tables."""
    gone = {(reject.table, reject.number) for reject in read.rejects}
    return {
        table: [row for number, row in enumerate(rows, 2) if (table, number) not in gone]
        for table, rows in tables.items()
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
#: Rows that hold anything under the right columns, and things that are no rows.
ANYTHING = JSON | st.dictionaries(st.sampled_from(sorted(CELLS)), JSON | st.sampled_from(["1001", "2015-03-02", "1h"]))


class TestNothingIsLost:
    @given(tables(ANYTHING))
    def test_every_row_ends_in_a_record_or_as_one_reject(self, given_tables: Tables) -> None:
        """No row vanishes, and none is told twice."""
        read, rows = through(given_tables)
        refused = Counter(reject.table for reject in read.rejects)
        assert len({(reject.table, reject.number) for reject in read.rejects}) == len(read.rejects)
        in_records = kept(read)
        for table in ("members", "circumstances", "agreements", "activities"):
            assert in_records[table] + refused[table] == rows[table]
        assert refused["declarations"] <= rows["declarations"]

    @given(tables(ANYTHING))
    def test_every_reject_says_what_is_wrong(self, given_tables: Tables) -> None:
        """A code and a sentence that ends, of no great length, whatever stood in the row."""
        for reject in through(given_tables).read.rejects:
            assert reject.problems
            for problem in reject.problems:
                assert problem.text.endswith((".", "?"))
                assert len(problem.text) < 600


class TestARejectedRow:
    @given(tables(st.none()))
    def test_changes_nobody_elses_record(self, given_tables: Tables) -> None:
        """Without the rejected rows the records are the same, and nothing is rejected any more."""
        read, _ = through(given_tables)
        again, _ = through(without(given_tables, read))
        assert not again.rejects
        assert again.records == read.records

    @given(tables(st.none()), st.randoms(use_true_random=False))
    def test_however_many_there_are(self, given_tables: Tables, chance: Any) -> None:
        """Rejected rows do not depend on one another either: any of them can go."""
        read, _ = through(given_tables)
        gone = [reject for reject in read.rejects if reject.table != "members" and chance.random() < 0.5]
        fewer = without(given_tables, Records(read.records, tuple(gone), ()))
        again, _ = through(fewer)
        assert again.records == read.records
        assert len(again.rejects) == len(read.rejects) - len(gone)


class TestOrder:
    @given(tables(st.none()), st.randoms(use_true_random=False))
    def test_the_order_of_right_rows_changes_nothing(self, given_tables: Tables, chance: Any) -> None:
        """Rows that were all read can come in any order: each member has the same activities and circumstances."""
        right = without(given_tables, through(given_tables).read)
        shuffled = {table: chance.sample(rows, len(rows)) for table, rows in right.items()}
        one, other = (
            {record.member.id: as_sets(record) for record in through(each).read} for each in (right, shuffled)
        )
        assert one == other


def as_sets(record: Record) -> tuple[object, ...]:
    """Give what a record holds, in no order."""
    member = record.member
    activities = {activity.id: activity for activity in record.activities}
    return activities, set(member.circumstances), set(member.agreements), record.declared, record.plan, member.grade


AMOUNTS = st.integers(1, 24 * 3600).map(lambda seconds: Amount(seconds, HOUR))
DAYS = st.dates(date(1000, 1, 1), date(2015, 12, 31))


class TestNothingIsGuessed:
    @given(AMOUNTS)
    def test_an_amount_is_read_as_it_is_written(self, amount: Amount) -> None:
        """What the library writes, and what a program would, comes back to the second."""
        columns = ActivityColumns(member="id", first="day", amount="h")
        for written in (str(amount), amount.grains / 3600 if amount.grains % 36 == 0 else str(amount)):
            [found] = read_activities([{"id": "1", "day": "2015-03-02", "h": written}], columns)
            assert found.amount == amount

    @given(DAYS)
    def test_a_day_is_read_in_the_order_named_or_not_at_all(self, day: date) -> None:
        """Each order gives back its own day; where the order is not named, no other day is ever read."""
        columns = ActivityColumns(member="id", first="day", amount="h")
        for dates, written in (("day/month/year", f"{day:%d/%m}/{day.year:04}"), ("year-month-day", str(day))):
            row = {"id": "1", "day": written, "h": "1"}
            [found] = read_activities([row], columns, layout=Layout(dates=dates))
            assert found.first == day
            [reject] = read_activities([row], columns, layout=Layout(dates="month.day.year")).rejects
            assert as_date(day) in str(reject) or f"{day:%m.%d}.{day.year:04}" in str(reject)
