"""Results out: one flat row a member, one a fault, and nothing in them that a spreadsheet would run."""

import csv
import io
from typing import Any

import pytest

from cpdrules import Finding, all_of, at_least, exempt, year
from cpdrules.cpd import activity, entries, hours, record
from cpdrules.iet import cpd
from cpdrules.rows import (
    FINDING_COLUMNS,
    REJECT_COLUMNS,
    ActivityColumns,
    MemberColumns,
    Notice,
    Problem,
    Reject,
    read_activities,
    read_members,
    write_findings,
    write_rejects,
)


def assessed(*activities: Any, member: str = "11001000") -> dict[str, Finding]:
    """Assess one record by the IET's policy of 2015."""
    return {member: cpd.policy.assess(record(member, activities), period=year(2015))}


def work(amount: str | None = "25", **tags: Any) -> Any:
    """Write an activity of the year down."""
    known = {"kind": "event", "area": "soft_skills", "planned": True}
    return activity("2015-03-02", amount, title="Work", **known | tags)


def the_row(findings: dict[str, Finding], **settings: Any) -> dict[str, str]:
    """Write one finding."""
    [row] = write_findings(findings, **settings)
    return row


class TestFindings:
    def test_a_member_who_is_short(self) -> None:
        """What was required, what counted, and every clause that fails, with what it lacks."""
        assert the_row(assessed(work("8", planned=True), work("20", planned=False, id="b"))) == {
            "member": "11001000",
            "verdict": "not met",
            "required": "30 h",
            "counted": "28 h",
            "short by": "hours: 2 h; planned: 2 h",
            "advice": "area.personal_technical; area.job_role_technical",
            "missing": "",
            "edition": "IET policy on CPD, 2015",
        }

    def test_what_is_not_known_is_a_range(self) -> None:
        """A fact that is missing makes two figures of one, and is named."""
        row = the_row(assessed(work("29"), activity(None, "2", title="Undated", planned=True, area="soft_skills")))
        assert (row["verdict"], row["counted"]) == ("cannot tell", "29 h to 31 h")
        assert "the date of “Undated” is not known" in row["missing"]

    def test_what_is_not_known_may_have_no_end(self) -> None:
        """Nobody knows how much an activity without hours can count."""
        assert the_row(assessed(work("12"), work(None)))["counted"] == "12 h or more"

    def test_a_clause_of_the_callers_choice(self) -> None:
        """The figures can be those of any clause that is asked; of one that is not they are blank."""
        findings = assessed(work("12"))
        assert the_row(findings, figure="planned")["required"] == "10 h"
        assert the_row(findings, figure="reduced")["required"] == ""
        assert the_row(findings, figure="area.soft_skills")["required"] == ""

    def test_a_policy_without_figures(self) -> None:
        """Who is exempt is asked for no amount."""
        row = the_row({"1": exempt("not active").assess(record("1"))})
        assert (row["verdict"], row["required"], row["counted"]) == ("does not apply", "", "")

    def test_a_clause_without_a_ref(self) -> None:
        """What has no name goes by its word."""
        policy = all_of(at_least(2, entries()), at_least(1, hours()))
        row = the_row({"1": policy.assess(record("1"), period=year(2015))})
        assert (row["required"], row["short by"]) == ("2 activities", "at_least: 2 activities; at_least (2): 1 h")

    def test_columns(self) -> None:
        """A heading can be written although nobody was assessed."""
        assert list(write_findings({})) == []
        assert tuple(the_row(assessed())) == FINDING_COLUMNS


class TestRejects:
    def rejects(self, **changes: Any) -> tuple[Reject, ...]:
        """Read a row with two faults."""
        columns = ActivityColumns(member="id", first="day", amount="h", title="title")
        row = {"id": "1", "day": "05/06/2015", "h": "7,5", "title": "=1+1"}
        return read_activities([row | changes], columns).rejects

    def test_one_row_a_fault(self) -> None:
        """Each names the table, the row, the member, the column, what stands there, and what to do."""
        first, second = write_rejects(self.rejects())
        assert first == {
            "table": "activities",
            "row": "2",
            "member": "1",
            "column": "day",
            "cell": "05/06/2015",
            "reason": "two readings",
            "what to do": "“05/06/2015” can be read in two ways: 5 June 2015 or 6 May 2015."
            " Write 2015-06-05 or 2015-05-06.",
        }
        assert (second["column"], second["cell"]) == ("h", "7,5")
        assert tuple(first) == REJECT_COLUMNS

    def test_notices_too(self) -> None:
        """What was noticed can be written in the same way."""
        read = read_members([{"id": "1", "grade": ""}], MemberColumns(member="id", grade="grade"))
        [row] = write_rejects(read.notices)
        assert (row["reason"], row["cell"], row["column"]) == ("not known", "", "grade")

    @pytest.mark.parametrize("row", [7, None, {"id": "1", "day": "", "h": "", "title": None}])
    def test_a_row_without_a_cell_to_show(self, row: object) -> None:
        """What has no column, or nothing in it, shows nothing."""
        columns = ActivityColumns(member="id", first="day", amount="h", title="title")
        [written] = write_rejects(read_activities([row], columns).rejects)  # type: ignore[list-item]
        assert written["cell"] == ""

    def test_what_cannot_be_printed_is_written_in_code(self) -> None:
        """A report opens everywhere, whatever was in the row."""
        [row] = write_rejects(self.rejects(day="", h="1", title="a\x00b\ud83d" + "c" * 300))
        assert row["cell"].startswith("a\\x00b\\ud83dccc")
        assert row["cell"].endswith("c…")
        for text in row.values():
            text.encode("utf-8")


#: Each runs, or once ran, in some spreadsheet.
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x")


class TestFormulas:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_a_formula_is_text(self, text: str) -> None:
        """An apostrophe makes a spreadsheet take it for what it is."""
        assert the_row(assessed(member=text))["member"] == f"'{text}"
        [row] = write_rejects([Reject("members", 2, "", (Problem("a", "date", text),), {})])
        assert row["what to do"] == f"'{text}"

    def test_the_caller_can_switch_it_off(self) -> None:
        """A program that reads the report wants the texts as they are."""
        assert the_row(assessed(member="=1"), escape_formulas=False)["member"] == "=1"
        [row] = write_rejects([Notice("members", 2, "=1", (Problem("a", "date", "x"),), {})], escape_formulas=False)
        assert row["member"] == "=1"

    def test_a_report_through_the_csv_module(self) -> None:
        """What goes out by csv.DictWriter comes back by csv.DictReader."""
        file = io.StringIO()
        writer = csv.DictWriter(file, FINDING_COLUMNS)
        writer.writeheader()
        rows = list(write_findings(assessed(work(), member="=cmd|' /C calc'!A0")))
        writer.writerows(rows)
        assert list(csv.DictReader(io.StringIO(file.getvalue()))) == rows
