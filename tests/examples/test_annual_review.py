"""The main job: a scheme year in, explanations and reports out; a sentence where it cannot be done."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cpdrules.rows import Reject
from examples import annual_review, make_data

ROOT = Path(__file__).parents[2]
DATA = ROOT / "examples" / "data"
FILES = sorted(make_data.HEADERS)

#: Of what kind the reject of each dirty row must be.
CODES = {
    "decimal comma": "amount",
    "number in words": "amount",
    "negative duration": "negative",
    "zero duration": "zero",
    "75 minutes in an hour": "amount",
    "not a number": "amount",
    "absurd duration": "amount",
    "too many digits": "amount",
    "30 hours in a day": "more_than_a_day",
    "days for hours": "amount",
    "a range of hours": "amount",
    "31 February": "date",
    "month 13": "date",
    "two-digit year": "date",
    "day or month first": "two_readings",
    "date in words": "date",
    "in the future": "future",
    "spreadsheet serial": "date",
    "end before start": "end_before_start",
    "unreadable end": "date",
    "unknown category": "unknown_word",
    "misspelt category": "unknown_word",
    "misspelt area": "unknown_word",
    "split does not add up": "split",
    "planned maybe": "unknown_word",
    "competence F": "unknown_word",
    "unknown member": "unknown_member",
    "swapped digits": "unknown_member",
    "letter O for zero": "look_alike",
    "letter l for one": "look_alike",
    "full-width digits": "look_alike",
    "trailing no-break space": "look_alike",
    "spreadsheet number": "unknown_member",
    "no member": "missing",
    "doubled entry": "doubled",
    "doubled entry, second": "doubled",
    "doubled, respelled": "doubled",
    "number used twice": "same_id",
    "number used twice, second": "same_id",
    "too few cells": "cut_short",
    "too many cells": "too_many_cells",
    "stray NUL": "control_character",
    "control character": "control_character",
    "duplicate member": "same_id",
    "unknown grade": "unknown_word",
    "left before joined": "end_before_start",
    "circumstance ends before it begins": "end_before_start",
    "misspelt circumstance": "unknown_word",
    "circumstance said twice": "overlapping",
    "agreement without hours": "missing",
    "agreement without decider": "missing",
    "declared in words": "amount",
}

#: The rows of each file, the heading first.
TABLES = make_data.build()

#: Which row of which table is odd on purpose, and how.
PLACED = {
    (file.removesuffix(".csv"), number): odd
    for file, places in make_data.placed().items()
    for number, odd in places.items()
}


def run(*options: object, tqdm: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the example as its reader would, with the library from this checkout."""
    hide = "" if tqdm else "sys.modules['tqdm'] = None; "
    code = f"import runpy, sys; {hide}runpy.run_path(sys.argv[1], run_name='__main__')"
    script = str(ROOT / "examples" / "annual_review.py")
    program = f"import sys; script = sys.argv.pop(1); sys.argv[0] = script; {code.replace('sys.argv[1]', 'script')}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", program, script, *map(str, options)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment, timeout=120
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the example once, as CI does; give the folder that it wrote to, with what it printed beside its files."""
    folder = tmp_path_factory.mktemp("review")
    done = run("--out", folder / "out")
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return folder / "out"


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    """Give what the example printed."""
    return (out.parent / "printed.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read() -> Any:
    """Read the tables as the example does."""
    return annual_review.read_tables(DATA, taken_by=make_data.EXPORTED)


def rows(path: Path) -> list[dict[str, str]]:
    """Read a file that the example wrote."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class TestReading:
    def test_every_dirty_row_is_a_reject_with_its_reason(self, read: Any) -> None:
        """And no other row is one."""
        found = {(reject.table, reject.number): reject.codes for reject in read.rejects}
        assert found == {place: (CODES[odd.kind],) for place, odd in PLACED.items() if odd in make_data.DIRTY}

    def test_every_kind_of_dirt_is_expected(self) -> None:
        """The table above and the script speak of the same rows."""
        assert CODES.keys() == {odd.kind for odd in make_data.DIRTY}

    def test_every_reject_can_be_acted_on(self, read: Any) -> None:
        """A sentence of ordinary length that says what to do."""
        for reject in read.rejects:
            [problem] = reject.problems
            assert re.search(
                r"Did you mean|\b(Add|Correct|Delete|Exchange|Give|Leave|Look|Name|[Tt]ype|Write|Complete)\b",
                problem.text,
            )
            assert len(problem.text) < 260

    @pytest.mark.parametrize(
        ("kind", "meant"),
        [
            ("letter O for zero", "11002320"),
            ("letter l for one", "11003002"),
            ("full-width digits", "11002815"),
            ("trailing no-break space", "11004212"),
            ("spreadsheet number", "11004718"),
            ("swapped digits", "11002342"),
            ("decimal comma", "7.5"),
            ("misspelt category", "Training course"),
            ("misspelt area", "Soft skills"),
            ("spreadsheet serial", "2015-03-01"),
            ("too many digits", "2 h 20 min"),
            ("unknown grade", "MIET"),
            ("declared in words", "30"),
        ],
    )
    def test_what_was_meant_is_named(self, read: Any, kind: str, meant: str) -> None:
        """Where one can tell, the officer need not guess."""
        assert meant in str(self.reject_of(read, kind))

    @pytest.mark.parametrize(
        "kind", ["doubled entry", "doubled entry, second", "doubled, respelled", "duplicate member"]
    )
    def test_the_first_row_is_named(self, read: Any, kind: str) -> None:
        """Who was entered twice is told where the first entry stands."""
        reject = self.reject_of(read, kind)
        first = int(re.search(r"in row (\d+)", str(reject))[1])  # type: ignore[index]
        table = TABLES[f"{reject.table}.csv"]
        member = {"members": 0, "activities": 1}[reject.table]
        assert table[first - 1][member] == table[reject.number - 1][member]
        assert first < reject.number

    def reject_of(self, read: Any, kind: str) -> Reject:
        """Give the reject of a kind of dirty row."""
        [place] = [place for place, odd in PLACED.items() if odd.kind == kind]
        [reject] = [reject for reject in read.rejects if (reject.table, reject.number) == place]
        return reject  # type: ignore[no-any-return]

    def test_every_row_with_a_fact_missing_is_noticed(self, read: Any) -> None:
        """It is read all the same."""
        noticed = {(notice.table, notice.number) for notice in read.notices}
        assert {place for place, odd in PLACED.items() if odd in make_data.NOTICES} <= noticed

    def test_what_looks_like_an_attack_is_read(self, read: Any) -> None:
        """A title is a title, whatever it holds."""
        titles = {activity.title for record in read for activity in record.activities}
        assert {odd.changes["Title"] for odd in make_data.LEGAL} <= titles

    def test_nothing_is_lost(self, read: Any) -> None:
        """Every row of every table ends in a record or as one reject."""
        built = {file.removesuffix(".csv"): len(table) - 1 for file, table in TABLES.items()}
        refused = [reject.table for reject in read.rejects]
        members = [record.member for record in read]
        assert len(members) + refused.count("members") == built["members"]
        assert sum(len(one.activities) for one in read) + refused.count("activities") == built["activities"]
        assert sum(len(one.agreements) for one in members) + refused.count("agreements") == built["agreements"]
        told = sum(one.kind != "opted_in" for member in members for one in member.circumstances)
        assert told + refused.count("circumstances") == built["circumstances"]
        declared = sum(one.declared is not None for one in read)
        assert declared + refused.count("declarations") == built["declarations"]


class TestResults:
    def test_one_row_a_member(self, out: Path) -> None:
        """Everybody in the scheme has a result, from the edition in force."""
        results = rows(out / "results.csv")
        assert [row["member"] for row in results] == list(make_data.NUMBERS)
        assert {row["edition"] for row in results} == {"IET policy on CPD, 2015"}
        assert {row["verdict"] for row in results} == {"met", "not met", "cannot tell"}

    @pytest.mark.parametrize(
        ("member", "verdict", "required", "short"),
        [
            ("11001099", "met", "30 h", ""),
            ("11001297", "not met", "30 h", "hours: 1 min"),
            ("11001495", "not met", "30 h", "planned: 15 min"),
            ("11001693", "met", "30 h", ""),
            ("11001891", "met", "30 h", ""),
            ("11002089", "not met", "30 h", "hours: 36 s"),
            ("11002287", "not met", "30 h", "planned: 5 h"),
            ("11003277", "met", "10 h", ""),
            ("11003475", "not met", "10 h", "reduced: 1 min"),
            ("11004069", "not met", "30 h", "hours: 20 h; planned: 10 h"),
            ("11004465", "met", "10 h", ""),
            ("11004663", "met", "10 h", ""),
            ("11004861", "not met", "30 h", "hours: 20 h; planned: 10 h"),
            ("11005059", "met", "10 h", ""),
            ("11005653", "cannot tell", "30 h", ""),
            ("11006247", "met", "15 h", ""),
            ("11006445", "not met", "15 h", "agreed: 1 min"),
            ("11006841", "cannot tell", "30 h", ""),
            ("11007039", "cannot tell", "30 h", ""),
            ("11007237", "cannot tell", "30 h", ""),
            ("11007435", "not met", "30 h", "hours: 2 h"),
        ],
    )
    def test_members_on_a_threshold(self, out: Path, member: str, verdict: str, required: str, short: str) -> None:
        """Exactly enough is enough, a second less is not, and what is not known is not decided."""
        [row] = [row for row in rows(out / "results.csv") if row["member"] == member]
        assert (row["verdict"], row["required"], row["short by"]) == (verdict, required, short)

    def test_a_rejected_row_changes_nobody_elses_result(self, out: Path, tmp_path: Path) -> None:
        """Without the dirty rows every result is the same, but for how many rows were refused."""
        clean = tmp_path / "clean"
        write_tables(clean, lambda table, number: PLACED.get((table, number)) not in make_data.DIRTY)
        assert run("--data", clean, "--out", tmp_path / "out").returncode == 0
        assert rows(tmp_path / "out" / "rejects.csv") == []
        before, after = (rows(folder / "results.csv") for folder in (out, tmp_path / "out"))
        refused = [int(row.pop("rows refused")) for row in before]
        assert sum(refused) > 20
        assert [row | {"rows refused": "0"} for row in before] == after

    def test_rejects(self, out: Path, read: Any) -> None:
        """Each fault has its row, with its place, its reason and what to do."""
        written = rows(out / "rejects.csv")
        assert len(written) == len(make_data.DIRTY)
        assert [(row["table"], int(row["row"])) for row in written] == [(one.table, one.number) for one in read.rejects]
        assert all(row["reason"] and row["what to do"] for row in written)

    def test_no_cell_is_a_formula(self, out: Path) -> None:
        """Opening a report in a spreadsheet runs nothing."""
        for name in ("results.csv", "rejects.csv"):
            assert not [
                cell for row in rows(out / name) for cell in row.values() if cell.startswith(("=", "+", "-", "@"))
            ]

    def test_feedback_names_nobody(self, out: Path, read: Any) -> None:
        """No number and no title of anybody's is in what goes to everyone."""
        feedback = (out / "feedback.md").read_text(encoding="utf-8")
        assert feedback.startswith("# CPD in 2015")
        assert not any(number in feedback for number in make_data.NUMBERS)
        assert not any(one.title in feedback for record in read for one in record.activities if len(one.title) > 10)

    def test_the_same_files_every_time(self, out: Path, tmp_path: Path) -> None:
        """Neither the clock nor the order of a set gets into a report; nor does a missing progress bar."""
        assert run("--out", tmp_path / "again", tqdm=False).returncode == 0
        assert {path.name: path.read_bytes() for path in out.iterdir()} == {
            path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
        }
        assert sorted(path.name for path in out.iterdir()) == ["feedback.md", "rejects.csv", "results.csv"]


class TestPrinted:
    def test_what_was_read(self, printed: str) -> None:
        """How much, and how much was not."""
        assert "600 members with 12,084 activities" in printed
        assert f"{len(make_data.DIRTY)} rows were refused" in printed
        assert "600 members are in the scheme, 0 are not, and of 0 nobody can tell" in printed

    def test_the_cohort(self, printed: str) -> None:
        """Counts with their denominators."""
        assert "600 members assessed" in printed
        assert re.search(r"not met: \d+ of 600", printed)

    def test_three_explanations_chosen_by_rule(self, printed: str) -> None:
        """The closest call among those met, not met and not to be told; of equals the lowest number."""
        chosen = dict(re.findall(r"The closest call among “([a-z ]+)”: member (\d+)", printed))
        assert (chosen["met"], chosen["not met"]) == ("11001099", "11002089")
        assert set(chosen) == {"met", "not met", "cannot tell"}
        assert "36 s short" in printed

    def test_declarations(self, printed: str) -> None:
        """How many agree with the record behind them, and how many do not."""
        lines = "\n".join(re.findall(r"(?s)Declared against recorded\n-+\n(.*?)\n\n", printed))
        compared, whole, same, open_ = map(int, re.findall(r"\d+", lines)[:4])
        less, _, more, _ = map(int, re.findall(r"\d+", lines)[4:])
        assert same + open_ + less + more == compared < whole == 600

    def test_the_what_if(self, printed: str) -> None:
        """Who fares differently, and by which clause."""
        assert "What if maternity leave were counted pro rata" in printed
        assert re.search(r"\d+ of 600 members would fare differently", printed)
        assert "reduced: met (10 h asked), then not met (17 h 15 min asked, 4 h 15 min short)" in printed


def write_tables(folder: Path, keep: Callable[[str, int], bool] = lambda table, number: True) -> None:
    """Write the committed tables, but for some rows; the heading is row 1."""
    folder.mkdir()
    for name, table in TABLES.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            kept = [row for number, row in enumerate(table, 1) if keep(name.removesuffix(".csv"), number)]
            csv.writer(file).writerows(kept)


class TestUnusable:
    @pytest.mark.parametrize("name", FILES)
    def test_a_file_that_is_not_there(self, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Each of the five is needed."""
        write_tables(tmp_path / "data")
        (tmp_path / "data" / name).unlink()
        assert f"There is no file {tmp_path / 'data' / name}." in self.refusal(tmp_path, capsys)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "members.csv is empty. Its first row must name the columns."),
            (b"\xef\xbb\xbf", "members.csv is empty."),
            (b"Membership number,Grade,Registrations,Joined,Left,Opted in\n", "so there is nobody to review."),
            ("Membership number,Grade\n1,Fellow of æther\n".encode("cp1252"), "members.csv is not UTF-8."),
            ("Membership number,Grade\n".encode("utf-16"), "members.csv is not UTF-8."),
            (b"Membership number,Grade,Grade\n", "members.csv has two columns called \u201cGrade\u201d."),
            (
                b"Membership No,Grade,Registrations,Joined,Left,Opted in\n1,MIET,,,,\n",
                "Did you mean Membership No?",
            ),
            (b"Membership number;Grade\n1;MIET\n", "The table of members has no column Membership number, Grade"),
            (
                b"Membership number\n" + b"1" * 200_000 + b"\n",
                "members.csv cannot be read: field larger than field limit",
            ),
        ],
    )
    def test_a_file_that_is_no_such_table(
        self, tmp_path: Path, content: bytes, says: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Empty, in another encoding, with other columns: whatever is wrong is said, and what to do."""
        write_tables(tmp_path / "data")
        (tmp_path / "data" / "members.csv").write_bytes(content)
        assert says in self.refusal(tmp_path, capsys)

    def test_a_folder_that_is_not_there(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A slip in the path is told as one."""
        assert f"There is no folder {tmp_path / 'data'}. Say where" in self.refusal(tmp_path, capsys)

    def test_a_folder_that_cannot_be_written_to(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The work is not lost to a traceback."""
        (tmp_path / "out").write_text("a file", encoding="utf-8")
        with pytest.raises(SystemExit) as exit_:
            annual_review.main(["--out", str(tmp_path / "out" / "deeper")])
        assert str(exit_.value).startswith(f"annual_review: Nothing can be written to {tmp_path / 'out' / 'deeper'}: ")
        assert str(exit_.value).endswith("Choose another folder with --out.")
        assert "The record year 2015" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("year", "says"), [("2010", "No text was in force"), ("0", "no calendar year"), ("9999", "10000")]
    )
    def test_a_year_without_a_policy(self, tmp_path: Path, year: str, says: str) -> None:
        """No edition is ever taken from another year."""
        with pytest.raises(SystemExit, match=says):
            annual_review.main(["--year", year, "--out", str(tmp_path)])

    def test_it_exits_with_a_sentence_and_no_traceback(self, tmp_path: Path) -> None:
        """As whoever runs it in a shell sees it."""
        done = run("--data", tmp_path / "nowhere", "--out", tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("annual_review: There is no folder")
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == 1

    def refusal(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
        """Run the example on a folder that cannot be used; give its sentence."""
        with pytest.raises(SystemExit) as exit_:
            annual_review.main(["--data", str(folder / "data"), "--out", str(folder / "out")])
        assert not (folder / "out").exists()
        assert capsys.readouterr().out == ""
        return str(exit_.value)


class TestProgress:
    def test_a_plain_line_where_it_takes_long(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without tqdm, one line is said after a second, and only one."""
        clock = iter(range(10))
        monkeypatch.setattr(annual_review, "tqdm", None)
        monkeypatch.setattr(annual_review, "monotonic", lambda: next(clock))
        assert list(annual_review.with_progress([1, 2, 3], "counting")) == [1, 2, 3]
        assert capsys.readouterr().err == "counting: 3 of them …\n"

    def test_nothing_where_it_does_not(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is done within a second needs no word."""
        monkeypatch.setattr(annual_review, "tqdm", None)
        assert list(annual_review.with_progress([1, 2, 3], "counting")) == [1, 2, 3]
        assert capsys.readouterr().err == ""

    def test_a_bar_where_there_is_tqdm(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is asked to wait for a second, and to keep out of a log."""
        asked: list[dict[str, Any]] = []

        def bar(things: list[int], **settings: Any) -> list[int]:
            asked.append(settings)
            return things

        monkeypatch.setattr(annual_review, "tqdm", bar)
        assert list(annual_review.with_progress([1, 2, 3], "counting")) == [1, 2, 3]
        assert asked == [{"desc": "counting", "delay": 1, "leave": False, "disable": None}]


def test_help_reads_well() -> None:
    """Each option says what it is for."""
    help_ = run("--help").stdout
    for option in ("--data FOLDER", "--out FOLDER", "--year YEAR"):
        assert option in help_


def test_functions_are_short() -> None:
    """The example is a model: nothing in it needs scrolling."""
    assert isinstance(annual_review, ModuleType)
    source = (ROOT / "examples" / "annual_review.py").read_text(encoding="utf-8")
    sizes = [body.count("\n") for body in re.split(r"(?m)^(?=def |class )", source)[1:]]
    assert max(sizes) <= 32
