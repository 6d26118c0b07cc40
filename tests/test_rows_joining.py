"""The tables together: whose row is whose, what clashes with what, and the records that come of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from cpdrules.amounts import hours
from cpdrules.cpd import Activity, Agreement, Circumstance, Member, Record
from cpdrules.rows import (
    ActivityColumns,
    AgreementColumns,
    CircumstanceColumns,
    DeclarationColumns,
    MemberColumns,
    Read,
    Records,
    Reject,
    RowsError,
    read_activities,
    read_agreements,
    read_circumstances,
    read_declarations,
    read_members,
    read_records,
)

#: Whom the tables of these tests are about.
IDS = ("11001000", "11001011", "11001022")


def members(*ids: str) -> Read[Member]:
    """Read a table of members that has nothing but their ids."""
    return read_members([{"id": one} for one in ids or IDS], MemberColumns(member="id"))


def activities(*rows: Sequence[str]) -> Read[Activity]:
    """Read activities, each given as number, member, day, hours and title."""
    columns = ActivityColumns(id="no", member="id", first="day", amount="h", title="title", provider="by")
    named = [dict(zip(("no", "id", "day", "h", "title", "by"), (*row, "")[:6], strict=True)) for row in rows]
    return read_activities(named, columns)


def circumstances(*rows: Sequence[str]) -> Read[Circumstance]:
    """Read circumstances, each given as member, kind, first and last day."""
    columns = CircumstanceColumns(member="id", kind="kind", since="from", until="to")
    named = [dict(zip(("id", "kind", "from", "to"), row, strict=True)) for row in rows]
    return read_circumstances(named, columns, kinds=("retired", "career_break"))


def agreements(*rows: Sequence[str]) -> Read[Agreement]:
    """Read agreements, each given as member and hours."""
    columns = AgreementColumns(member="id", figure="h", reason="why", decided_by="who", decided_on="on", since="on")
    return read_agreements(
        [{"id": one, "h": h, "why": "Carer", "who": "Head", "on": "2015-02-01"} for one, h in rows], columns
    )


def declarations(*rows: Sequence[str]) -> Read[Any]:
    """Read declarations, each given as member, hours and plan."""
    columns = DeclarationColumns(member="id", amount="h", plan="plan")
    return read_declarations([dict(zip(("id", "h", "plan"), row, strict=True)) for row in rows], columns)


def the_reject(records: Records) -> Reject:
    """Give the only reject."""
    [reject] = records.rejects
    return reject


class TestRecords:
    def test_every_row_finds_its_member(self) -> None:
        """A record has the member's circumstances, agreements, activities and declaration, in the order of the rows."""
        records = read_records(
            members(),
            activities=activities(
                ("A1", "11001011", "2015-03-02", "2", "Course"),
                ("A2", "11001000", "2015-03-02", "1", "Talk"),
                ("A3", "11001011", "2015-03-01", "1", "Course"),
            ),
            circumstances=circumstances(("11001011", "Retired", "2014-01-01", "")),
            agreements=agreements(("11001011", "15")),
            declarations=declarations(("11001011", "3", "yes"), ("11001022", "", "")),
        )
        assert [record.member.id for record in records] == list(IDS)
        first, second, third = records
        assert [done.id for done in first.activities] == ["A2"]
        assert [done.id for done in second.activities] == ["A1", "A3"]
        assert second.member.circumstances == (Circumstance("retired", date(2014, 1, 1)),)
        assert [agreed.figure for agreed in second.member.agreements] == [hours(15)]
        assert (second.declared, second.plan) == (hours(3), True)
        assert third == Record(Member("11001022"))
        assert (len(records), records.rejects) == (3, ())
        assert [notice.table for notice in records.notices] == ["declarations"]

    def test_members_alone(self) -> None:
        """Tables that there are not say nothing: every member has an empty record."""
        assert read_records(members()).records == tuple(Record(Member(one)) for one in IDS)

    def test_circumstances_join_those_of_the_members_own_row(self) -> None:
        """Neither place takes anything from the other."""
        columns = MemberColumns(member="id", since={"opted_in": "opted"})
        own = read_members([{"id": "11001000", "opted": "2014-05-01"}], columns)
        [record] = read_records(own, circumstances=circumstances(("11001000", "Retired", "2014-01-01", "")))
        assert [one.kind for one in record.member.circumstances] == ["opted_in", "retired"]

    def test_a_number_in_one_table_is_the_same_as_text_in_another(self) -> None:
        """A data frame that holds ids as whole numbers and a CSV file speak of the same member."""
        frame = read_members([{"id": int(one)} for one in IDS], MemberColumns(member="id"))
        assert read_records(frame, activities=activities(("A1", "11001000", "2015-03-02", "2", "Course"))).rejects == ()


class TestWhose:
    @pytest.mark.parametrize(
        ("written", "code", "says"),
        [
            ("11009999", "unknown_member", "is no member. Correct the number, or add the member."),
            ("11001001", "unknown_member", "Did you mean 11001000 or 11001011?"),
            ("1101000", "unknown_member", "Did you mean 11001000?"),
            ("111001000", "unknown_member", "Did you mean 11001000?"),
            ("11010000", "unknown_member", "Did you mean 11001000?"),
            ("11001000.0", "unknown_member", "Did you mean 11001000?"),
            ("11OO1000", "look_alike", "looks like 11001000: it has a letter O where that has a digit 0."),
            ("1l00lO00", "look_alike", "it has a letter l and a letter O where that has a digit 1 and a digit 0."),
            ("1100100\u041e", "look_alike", "it has a cyrillic capital letter o where that has a digit 0"),
            ("１１００１０００", "look_alike", "it has a fullwidth digit one and a fullwidth digit zero."),
            ("11001000\u00a0", "look_alike", "it has a no-break space."),
            ("\ufeff11001000", "look_alike", "it has a zero width no-break space."),
            ("11001000 ", "look_alike", "it has a space."),
            ("1100 1000", "look_alike", "it has 9 characters where that has 8."),
            ("١١٠٠١٠٠٠", "look_alike", "an arabic-indic digit one"),
        ],
    )
    def test_an_id_that_is_no_members_is_refused_and_never_corrected(self, written: str, code: str, says: str) -> None:
        """However near it comes: the officer decides who is meant."""
        reject = the_reject(
            read_records(members(), activities=activities(("A1", written, "2015-03-02", "2", "Course")))
        )
        [problem] = reject.problems
        assert (problem.column, problem.code) == ("id", code)
        assert says in problem.text
        assert (reject.member, reject.table, reject.number) == (written, "activities", 2)

    def test_all_that_an_id_looks_like_are_named(self) -> None:
        """Where two members' ids look alike and both are right, a third spelling may mean either."""
        both = read_records(
            members("A-1O", "A-10"),
            accept=["look_alike"],
            activities=activities(("1", "A\u20111o", "2015-03-02", "2", "")),
        )
        assert "looks like A-1O and A-10: it has" in str(the_reject(both))

    def test_lost_zeros_are_offered(self) -> None:
        """A spreadsheet that made a number of an id took its zeros."""
        reject = the_reject(read_records(members("000123"), activities=activities(("1", "123", "2015-03-02", "2", ""))))
        assert "Did you mean 000123?" in str(reject)

    def test_letters_slip_too(self) -> None:
        """In an id with letters, a wrong key may be any of them."""
        reject = the_reject(read_records(members("AB12"), activities=activities(("1", "AC12", "2015-03-02", "2", ""))))
        assert "Did you mean AB12?" in str(reject)

    def test_rows_of_a_refused_member_say_so(self) -> None:
        """They would be right if the member's row were."""
        own = read_members([{"id": "1", "grade": "x"}], MemberColumns(member="id", grade="grade"), grades=["MIET"])
        records = read_records(own, activities=activities(("A1", "1", "2015-03-02", "2", "Course")))
        assert [reject.codes for reject in records.rejects] == [("unknown_word",), ("refused_member",)]
        assert "row 2, was refused. Correct that row first." in str(records.rejects[1])

    @pytest.mark.parametrize("table", ["activities", "circumstances", "agreements", "declarations"])
    def test_in_every_table(self, table: str) -> None:
        """A row about nobody is a reject wherever it stands."""
        tables = {
            "activities": activities(("A1", "x", "2015-03-02", "2", "Course")),
            "circumstances": circumstances(("x", "Retired", "2014-01-01", "")),
            "agreements": agreements(("x", "15")),
            "declarations": declarations(("x", "3", "")),
        }
        reject = the_reject(read_records(members(), **{table: tables[table]}))
        assert (reject.table, reject.codes) == (table, ("unknown_member",))


class TestClashes:
    def test_a_member_listed_twice(self) -> None:
        """The first row counts; the second is refused, and its activities are the member's."""
        records = read_records(members("1", "2", "1"), activities=activities(("A1", "1", "2015-03-02", "2", "Course")))
        assert len(records) == 2
        assert str(the_reject(records)) == (
            "members, row 4: id: “1” is in row 2 already, and that row counts. Delete this row, or correct its number."
        )

    def test_members_that_look_alike(self) -> None:
        """One of the two is likely a slip; where both are right, the caller says so."""
        reject = the_reject(read_records(members("A10", "A1O")))
        assert reject.codes == ("look_alike",)
        assert "“A1O” can be taken for “A10” in row 2: it has a letter O where that has a digit 0." in str(reject)
        both = read_records(members("A10", "A1O", "A1O"), accept=["look_alike"])
        assert [record.member.id for record in both] == ["A10", "A1O"]
        assert [notice.codes for notice in both.notices] == [("look_alike",)]
        assert the_reject(both).codes == ("same_id",)

    DOUBLES = (("A1", "11001000", "2015-03-02", "1.5", "Course"), ("A2", "11001000", "2015-03-02", "1h30", " course"))

    def test_a_doubled_entry(self) -> None:
        """The same member, days, title and amount, however they are spelled: entered twice."""
        reject = the_reject(read_records(members(), activities=activities(*self.DOUBLES)))
        assert (reject.number, reject.codes) == (3, ("doubled",))
        assert str(reject).startswith("activities, row 3: This is in row 2 already: the same member, days, title and")

    def test_a_doubled_entry_that_is_none(self) -> None:
        """Whoever knows that both took place can let doubles pass, and is told of them."""
        records = read_records(members(), activities=activities(*self.DOUBLES), accept=["doubled"])
        assert not records.rejects
        assert [notice.codes for notice in records.notices] == [("doubled",)]
        assert len(records.records[0].activities) == 2

    @pytest.mark.parametrize(
        "other",
        [
            ("A2", "11001011", "2015-03-02", "1.5", "Course"),
            ("A2", "11001000", "2015-03-03", "1.5", "Course"),
            ("A2", "11001000", "2015-03-02", "1.6", "Course"),
            ("A2", "11001000", "2015-03-02", "", "Course"),
            ("A2", "11001000", "2015-03-02", "1.5", "Course, part 2"),
        ],
    )
    def test_what_differs_in_anything_is_no_double(self, other: Sequence[str]) -> None:
        """Another member, day, amount or title is another activity."""
        assert not read_records(members(), activities=activities(self.DOUBLES[0], other)).rejects

    def test_without_a_day_nobody_can_tell_doubles(self) -> None:
        """Reading a magazine twelve times, each without its date, is no double."""
        undated = [(f"A{number}", "11001000", "", "1", "E&T Magazine") for number in range(12)]
        assert not read_records(members(), activities=activities(*undated)).rejects

    def test_without_a_title_the_rest_must_agree(self) -> None:
        """Two talks of an hour on one day are two talks if their providers differ."""
        one, other, again = (
            (number, "11001000", "2015-03-02", "1", "", by)
            for number, by in (("A1", "IET"), ("A2", "IMechE"), ("A3", "IET"))
        )
        assert the_reject(read_records(members(), activities=activities(one, other, again))).number == 4

    def test_a_number_used_twice(self) -> None:
        """The later activity is refused, even where it is another member's."""
        rows = self.DOUBLES[0], ("A1", "11001011", "2015-04-01", "2", "Talk")
        reject = the_reject(read_records(members(), activities=activities(*rows)))
        assert reject.codes == ("same_id",)
        assert reject.problems[0].column == "no"
        assert "Row 2 has the number “A1” already." in str(reject)

    def test_a_row_pasted_twice(self) -> None:
        """One fault is told, not two; let pass as a double, it still has no number of its own."""
        rows = activities(self.DOUBLES[0], self.DOUBLES[0])
        assert the_reject(read_records(members(), activities=rows)).codes == ("doubled",)
        assert the_reject(read_records(members(), activities=rows, accept=["doubled"])).codes == ("same_id",)

    def test_a_refused_row_clashes_with_nothing(self) -> None:
        """A row about nobody does not take the number of the row that corrects it."""
        rows = ("A1", "x", "2015-03-02", "2", "Course"), ("A1", "11001000", "2015-03-02", "2", "Course")
        records = read_records(members(), activities=activities(*rows))
        assert the_reject(records).number == 2
        assert len(records.records[0].activities) == 1

    @pytest.mark.parametrize(
        ("since", "until", "overlaps"),
        [
            ("2014-01-01", "2014-12-31", False),
            ("2014-01-01", "2015-01-01", True),
            ("2015-02-01", "2015-03-01", True),
            ("2015-06-30", "", True),
            ("2015-07-01", "", False),
            ("2014-01-01", "", True),
        ],
    )
    def test_a_circumstance_said_twice(self, since: str, until: str, overlaps: bool) -> None:
        """The same circumstance on some of the same days is refused; on other days it is another spell."""
        first, second = ("11001000", "Retired", "2015-01-01", "2015-06-30"), ("11001000", "Retired", since, until)
        records = read_records(members(), circumstances=circumstances(first, second))
        assert [reject.codes for reject in records.rejects] == [("overlapping",)] * overlaps
        assert len(records.records[0].member.circumstances) == 2 - overlaps

    def test_overlapping_circumstances_let_pass(self) -> None:
        """They are all kept, and noticed."""
        rows = [("11001000", "Retired", f"2015-0{month}-01", "") for month in (1, 2, 3)]
        records = read_records(members(), circumstances=circumstances(*rows), accept=["overlapping"])
        assert [notice.number for notice in records.notices] == [3, 4]
        assert len(records.records[0].member.circumstances) == 3

    def test_other_circumstances_on_the_same_days(self) -> None:
        """Retired and on a break, or two members retired, is no clash."""
        rows = [(IDS[0], "Retired", "2015-01-01", ""), (IDS[0], "Career break", "2015-01-01", "")]
        rows += [(IDS[1], "Retired", "2015-01-01", "")]
        assert not read_records(members(), circumstances=circumstances(*rows)).rejects

    def test_an_agreement_said_twice(self) -> None:
        """The same agreement again is refused; a different one is another."""
        records = read_records(members(), agreements=agreements((IDS[0], "15"), (IDS[0], "15.0"), (IDS[0], "12")))
        assert the_reject(records).codes == ("doubled",)
        assert [one.figure for one in records.records[0].member.agreements] == [hours(15), hours(12)]

    def test_a_second_declaration(self) -> None:
        """Which of two holds is not ours to say: the first counts, and the second is refused."""
        records = read_records(members(), declarations=declarations((IDS[0], "30", ""), (IDS[0], "28", "")))
        assert "has declared in row 2 already, and that row counts." in str(the_reject(records))
        assert records.records[0].declared == hours(30)


def test_only_doubts_can_be_let_pass() -> None:
    """A fault that leaves nothing to read cannot be accepted away."""
    with pytest.raises(RowsError, match=r"'double' is no doubt that can be let pass.*Did you mean doubled"):
        read_records(members(), accept=["double"])  # type: ignore[list-item]


def test_rejects_stand_in_the_order_of_tables_and_rows() -> None:
    """Whether a row is refused by itself or beside others, its reject stands in its place."""
    rows = (("A1", "x", "2015-03-02", "2", "a"), ("A2", IDS[0], "soon", "2", "b"), ("A3", "y", "2015-03-02", "2", "c"))
    records = read_records(members("1", "1", IDS[0]), activities=activities(*rows))
    assert [(reject.table, reject.number) for reject in records.rejects] == [
        ("members", 3),
        ("activities", 2),
        ("activities", 3),
        ("activities", 4),
    ]
