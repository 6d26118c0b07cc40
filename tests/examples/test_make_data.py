"""The made-up scheme year: it is what its script writes, and has the size, the spread and the troubles it promises.

Amounts are read here by a small reader of this test's own, so that the data do not lean on the library they try.
"""

import csv
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

SCRIPT = Path(__file__).parents[2] / "examples" / "make_data.py"
DATA = SCRIPT.parent / "data"

Row = dict[str, str]

#: Each legitimate spelling of a duration, and the seconds that one of each of its figures is worth.
SPELLINGS = (
    (r"(\d+(?:\.\d{1,2})?)", (3600,)),
    (r"(\d+) min", (60,)),
    (r"(\d+)h([0-5]\d)", (3600, 60)),
    (r"(\d+) h ([1-5]?\d) min", (3600, 60)),
    (r"(\d+):([0-5]\d)", (3600, 60)),
    (r"(1) hour|(\d+) hours", (3600, 3600)),
)


def seconds(duration: str) -> int:
    """Read a clean duration."""
    for pattern, worth in SPELLINGS:
        if match := re.fullmatch(pattern, duration):
            total = sum(Fraction(figure or 0) * each for figure, each in zip(match.groups(), worth, strict=True))
            assert total.denominator == 1
            return int(total)
    raise AssertionError(duration)


def load() -> ModuleType:
    """Load the script by its path, as an example is no package."""
    spec = importlib.util.spec_from_file_location("make_data", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Year(NamedTuple):
    """Hold the script, its tables, and its rows without the odd ones as mappings."""

    script: Any
    tables: dict[str, list[list[str]]]
    placed: dict[str, dict[int, Any]]
    clean: dict[str, list[Row]]

    def odd(self, kind: str) -> list[str]:
        """Give the row of this kind, as it stands in its file."""
        [row] = [
            self.tables[file][line - 1]
            for file, places in self.placed.items()
            for line, odd in places.items()
            if odd.kind == kind
        ]
        return row

    def inside(self) -> list[Row]:
        """Give the clean activities that lie wholly inside 2015."""
        return [
            row
            for row in self.clean["activities.csv"]
            if row["Start"] >= "2015" and (row["End"] or row["Start"]) < "2016"
        ]

    def minutes(self, planned: str = "") -> Counter[str]:
        """Give each member's whole minutes inside 2015, of all activities or of the planned ones."""
        total: Counter[str] = Counter()
        for row in self.inside():
            if row["Planned"] == planned or not planned:
                total[row["Membership number"]] += seconds(row["Duration"])
        return Counter({number: amount // 60 for number, amount in total.items()})

    def members(self, kind: str) -> list[str]:
        """Give the members that live in one way."""
        return [number for number, theirs in self.script.cast(self.script.SEED).items() if theirs == kind]


@pytest.fixture(scope="module")
def year() -> Year:
    """Build the committed year once."""
    script = load()
    tables, placed = script.build(), script.placed()
    clean = {
        file: [dict(zip(table[0], row, strict=True)) for n, row in enumerate(table[1:], 2) if n not in placed[file]]
        for file, table in tables.items()
    }
    return Year(script, tables, placed, clean)


class TestSameBytes:
    def test_committed_files_are_what_the_script_writes(self, tmp_path: Path) -> None:
        """Nobody has edited the data by hand, and hash randomisation does not reach them."""
        subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path / "new")], check=True, capture_output=True)
        written = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
        assert sorted(written) == sorted(load().HEADERS)
        for name, content in written.items():
            assert content == (DATA / name).read_bytes(), name

    def test_only_the_data_are_in_the_folder(self) -> None:
        """No file is left over from an older script."""
        assert sorted(path.name for path in DATA.iterdir()) == sorted(load().HEADERS)

    def test_csv_module_reads_back_what_was_built(self, year: Year) -> None:
        """One row is one line, with plain line ends, in UTF-8."""
        for name, table in year.tables.items():
            content = (DATA / name).read_bytes().decode("utf-8")
            assert "\r" not in content
            assert content.count("\n") == len(table)
            assert list(csv.reader(content.splitlines(keepends=True))) == table

    def test_another_seed_gives_another_year_of_the_same_kind(self, year: Year) -> None:
        """Chance decides much, but not who stands on a threshold nor how many live in which way."""
        other = year.script.build(7)
        assert other["activities.csv"] != year.tables["activities.csv"]
        assert [row[0] for row in other["agreements.csv"]] != [row[0] for row in year.tables["agreements.csv"]]
        assert Counter(year.script.cast(7).values()) == Counter(year.script.cast(year.script.SEED).values())


class TestPromisedSizes:
    def test_rows(self, year: Year) -> None:
        """There are 600 members, about 12,000 activities and a dozen agreements."""
        clean = {name: len(rows) for name, rows in year.clean.items()}
        assert clean["members.csv"] == 600
        assert 11_800 <= clean["activities.csv"] <= 12_200
        assert 12 <= clean["agreements.csv"] <= 14
        assert 560 <= clean["declarations.csv"] <= 580

    def test_odd_rows(self, year: Year) -> None:
        """Every odd row is written once, in the file it belongs to."""
        odds = [*year.script.DIRTY, *year.script.NOTICES, *year.script.LEGAL]
        assert Counter(odd.kind for places in year.placed.values() for odd in places.values()) == Counter(
            odd.kind for odd in odds
        )
        assert all(odd.file == file for file, places in year.placed.items() for odd in places.values())
        assert len({odd.kind for odd in odds}) == len(odds)
        assert 45 <= len(year.script.DIRTY) <= 60

    def test_every_kind_of_circumstance(self, year: Year) -> None:
        """All nine circumstances occur, some continuing, some from before and some into the next year."""
        rows = year.clean["circumstances.csv"]
        assert {row["Circumstance"] for row in rows} == set(year.script.CIRCUMSTANCES)
        assert any(not row["To"] for row in rows)
        assert any(row["From"] < "2015" < row["To"] for row in rows)
        assert any(row["From"] < "2016" < row["To"] for row in rows)

    def test_joiners_and_leavers(self, year: Year) -> None:
        """Some joined and a few left during 2015."""
        rows = year.clean["members.csv"]
        assert 20 <= sum(row["Joined"] >= "2015" for row in rows) <= 35
        assert 5 <= sum(row["Left"] != "" for row in rows) <= 12


class TestPromisedSpread:
    def test_most_working_members_have_12_to_70_hours(self, year: Year) -> None:
        """Nine in ten lie between, and more than half have 25 to 40 hours."""
        total = year.minutes()
        hours = [total[number] / 60 for number in year.members("working")]
        assert sum(12 <= each <= 70 for each in hours) >= 0.9 * len(hours)
        assert sum(25 <= each <= 40 for each in hours) >= 0.5 * len(hours)

    def test_two_in_three_working_members_reach_the_guideline(self, year: Year) -> None:
        """Between 60 and 70 % have 30 hours with 10 planned."""
        total, planned, working = year.minutes(), year.minutes("Yes"), year.members("working")
        reach = sum(total[number] >= 1800 and planned[number] >= 600 for number in working)
        assert 0.6 <= reach / len(working) <= 0.7

    def test_some_retired_members_have_8_to_14_hours(self, year: Year) -> None:
        """The ten-hour target is reached by some and missed by some."""
        total = year.minutes()
        minutes = [total[number] for number in year.members("retired all year")]
        assert sum(480 <= each <= 840 for each in minutes) >= 10
        assert sum(each < 600 for each in minutes) >= 5

    def test_some_records_are_empty(self, year: Year) -> None:
        """Members with nothing to show are members all the same."""
        empty = set(year.members("empty record"))
        assert len(empty) >= 10
        assert empty.isdisjoint(row["Membership number"] for row in year.clean["activities.csv"])

    @pytest.mark.parametrize(
        ("column", "value", "low", "high"),
        [("Area", "", 1, 3), ("Area", ";", 2, 5), ("Planned", "", 1, 3), ("Planned", "Yes", 45, 65)],
    )
    def test_shares(self, year: Year, column: str, value: str, low: int, high: int) -> None:
        """About 2 % do not know the area or whether it was planned, about 3 % split the time."""
        rows = year.clean["activities.csv"]
        found = sum(value in row[column] if value == ";" else row[column] == value for row in rows)
        assert low <= 100 * found / len(rows) <= high

    def test_planned_is_independent_of_category(self, year: Year) -> None:
        """In every category about the same part was planned, since neither follows from the other."""
        known = [row for row in year.clean["activities.csv"] if row["Planned"]]
        for category, _ in year.script.CATEGORIES:
            planned = [row["Planned"] == "Yes" for row in known if row["Category"] == category]
            assert 0.5 <= sum(planned) / len(planned) <= 0.65, category

    def test_every_spelling_of_a_duration_is_common(self, year: Year) -> None:
        """A reader that knows but one spelling would fail at once."""
        found = Counter(
            next(pattern for pattern, _ in SPELLINGS if re.fullmatch(pattern, row["Duration"]))
            for row in year.clean["activities.csv"]
        )
        assert all(found[pattern] > 300 for pattern, _ in SPELLINGS)

    def test_declarations_are_mostly_what_was_recorded(self, year: Year) -> None:
        """Most declare their record rounded to half an hour or an hour, some declare more."""
        total = year.minutes()
        less_recorded = [
            60 * Fraction(row["Hours declared"]) - total[row["Membership number"]]
            for row in year.clean["declarations.csv"]
        ]
        assert 0.75 <= sum(abs(each) <= 30 for each in less_recorded) / len(less_recorded) <= 0.95
        assert sum(each > 30 for each in less_recorded) >= 40


class TestCleanRows:
    def test_nobody_is_real(self, year: Year) -> None:
        """A member is a number of eight digits, one of the script's own, listed once."""
        numbers = [row["Membership number"] for row in year.clean["members.csv"]]
        assert tuple(numbers) == year.script.NUMBERS
        assert all(re.fullmatch(r"1100[0-9]{4}", number) for number in numbers)
        assert not any("@" in cell for row in year.clean["activities.csv"] for cell in row.values())

    def test_every_row_is_about_a_member(self, year: Year) -> None:
        """No clean row has a number that the members' file has not."""
        for rows in year.clean.values():
            assert {row["Membership number"] for row in rows} <= set(year.script.NUMBERS)

    def test_members(self, year: Year) -> None:
        """A member opts in after joining, before leaving, between July 2013 and December 2015."""
        for row in year.clean["members.csv"]:
            assert row["Grade"] in {"TMIET", "MIET", "FIET"}
            assert set(row["Registrations"].split(";")) <= {"", "CEng", "IEng", "EngTech", "ICTTech"}
            assert max("2013-07-01", row["Joined"]) <= row["Opted in"] <= (row["Left"] or "2015-12-31")

    def test_dates(self, year: Year) -> None:
        """Dates are ISO dates in order; no activity is later than the export or outside the membership."""
        membership = {row["Membership number"]: row for row in year.clean["members.csv"]}
        for row in year.clean["activities.csv"]:
            start, end = date.fromisoformat(row["Start"]), date.fromisoformat(row["End"] or row["Start"])
            member = membership[row["Membership number"]]
            assert start <= end <= year.script.EXPORTED
            assert member["Joined"] <= row["Start"] <= str(end) <= (member["Left"] or "9999")
        for row in [*year.clean["circumstances.csv"], *year.clean["agreements.csv"]]:
            assert date.fromisoformat(row["From"]) <= date.fromisoformat(row["To"] or "9999-12-31")

    def test_words(self, year: Year) -> None:
        """Categories, areas, plannedness and competences are in the vocabulary, and splits add up."""
        for row in year.clean["activities.csv"]:
            assert row["Category"] in year.script.FORMS
            assert row["Planned"] in {"Yes", "No", ""}
            assert re.fullmatch("(?:A;?)?(?:B;?)?(?:C;?)?(?:D;?)?E?(?<!;)", row["Competences"])
            assert row["Title"]
            if ";" in row["Area"]:
                parts = [re.fullmatch(r"(.+) ([\d.]+)h", part) for part in row["Area"].split("; ")]
                assert sum(seconds(part[2]) for part in parts if part) == seconds(row["Duration"])
                assert {part[1] for part in parts if part} < set(year.script.AREAS)
            else:
                assert row["Area"] in {*year.script.AREAS, ""}

    def test_nobody_is_busy_for_more_than_a_day_in_a_day(self, year: Year) -> None:
        """A member's one-day activities leave time to sleep, and longer ones take at most eight hours a day."""
        busy: Counter[tuple[str, str]] = Counter()
        for row in year.clean["activities.csv"]:
            amount = seconds(row["Duration"])
            assert amount > 0
            days = (date.fromisoformat(row["End"] or row["Start"]) - date.fromisoformat(row["Start"])).days + 1
            assert amount <= days * 8 * 3600
            if days == 1:
                busy[row["Membership number"], row["Start"]] += amount
        assert max(busy.values()) <= 12 * 3600

    def test_no_activity_looks_like_another(self, year: Year) -> None:
        """No two have one number, nor one member, day and title, but for those made so."""
        made = {line for line, odd in year.placed["activities.csv"].items() if odd.spoil}
        rows = [row for n, row in enumerate(year.tables["activities.csv"], 1) if n not in made]
        assert len({row[0] for row in rows}) == len(rows)
        assert len({(row[1], row[2], row[9]) for row in rows}) == len(rows)

    def test_edges_are_there(self, year: Year) -> None:
        """Activities straddle both ends of the year, or lie just outside."""
        dated = {(row["Start"], row["End"], row["Duration"]) for row in year.clean["activities.csv"]}
        assert set(year.script.EDGES) <= dated
        assert sum(row["Start"] < "2016" <= row["End"] for row in year.clean["activities.csv"]) >= 5
        assert sum(row["Start"] < "2015" <= row["End"] for row in year.clean["activities.csv"]) >= 4


class TestThresholds:
    def test_records_are_exact(self, year: Year) -> None:
        """Each member on a threshold has the totals that the table says, to the second."""
        inside = year.inside()
        for number, exact in year.script.THRESHOLDS.items():
            mine = [row for row in inside if row["Membership number"] == number]
            assert sum(seconds(row["Duration"]) for row in mine) == exact.total, exact.says
            assert sum(seconds(row["Duration"]) for row in mine if row["Planned"] == "Yes") == exact.planned, exact.says

    def test_no_dirty_row_belongs_to_them(self, year: Year) -> None:
        """However a wrong row may be read, it moves nobody off a threshold."""
        for file, places in year.placed.items():
            for line, odd in places.items():
                if odd not in year.script.NOTICES:
                    assert not year.script.THRESHOLDS.keys() & set(year.tables[file][line - 1]), odd.kind

    def test_circumstances_are_the_tables(self, year: Year) -> None:
        """Nobody on a threshold has another circumstance than those meant."""
        for number, exact in year.script.THRESHOLDS.items():
            mine = [row for row in year.clean["circumstances.csv"] if row["Membership number"] == number]
            assert tuple((row["Circumstance"], row["From"], row["To"]) for row in mine) == exact.circumstances

    def test_worked_examples_declare_what_they_should(self, year: Year) -> None:
        """The member of rule R35 has declared 32 hours."""
        assert {"Membership number": "11007435", "Hours declared": "32"} in year.clean["declarations.csv"]


class TestOddRows:
    def test_odd_in_one_way_only(self, year: Year) -> None:
        """Beside the cells changed, an odd activity is clean, so that it can be refused for one reason only."""
        for line, odd in year.placed["activities.csv"].items():
            if odd.spoil is None:
                row = dict(zip(year.tables["activities.csv"][0], year.tables["activities.csv"][line - 1], strict=True))
                assert odd.changes.items() <= row.items()
                untouched = {column: cell for column, cell in row.items() if column not in odd.changes}
                assert untouched.get("Membership number", "11001000") in year.script.NUMBERS
                assert seconds(untouched.get("Duration", "1")) > 0
                assert untouched.get("Start", "2015-01-01").startswith("2015-")
                assert untouched.get("End", "") == ""
                assert untouched.get("Area", "Soft skills") in year.script.AREAS
                assert untouched.get("Planned", "Yes") in {"Yes", "No"}

    @pytest.mark.parametrize("file", ["circumstances.csv", "agreements.csv", "declarations.csv"])
    def test_odd_rows_about_a_member_are_the_only_ones(self, year: Year, file: str) -> None:
        """Without its odd row a member has none in that file, so that refusing it leaves nothing half said."""
        about = [year.tables[file][line - 1][0] for line, odd in year.placed[file].items() if odd.spoil is None]
        assert about
        assert set(about) <= set(year.members("working"))
        assert set(about).isdisjoint(row["Membership number"] for row in year.clean[file])

    @pytest.mark.parametrize(
        ("kind", "meant"),
        [
            ("letter O for zero", "11002320"),
            ("letter l for one", "11003002"),
            ("full-width digits", "11002815"),
            ("trailing no-break space", "11004212"),
            ("spreadsheet number", "11004718"),
        ],
    )
    def test_look_alikes_look_like_a_member(self, year: Year, kind: str, meant: str) -> None:
        """What is meant is a member, what is written is not."""
        written = year.odd(kind)[1]
        read = written.translate(str.maketrans("Ol０１２３４５６７８９", "010123456789")).strip().removesuffix(".0")
        assert read == meant
        assert meant in year.script.NUMBERS
        assert written not in year.script.NUMBERS

    def test_unknown_members_are_unknown(self, year: Year) -> None:
        """Neither number is in use, though the one with its digits swapped back is."""
        assert {year.odd("unknown member")[1], year.odd("swapped digits")[1]}.isdisjoint(year.script.NUMBERS)
        assert "11002342" in year.script.NUMBERS

    @pytest.mark.parametrize("kind", ["doubled entry", "doubled entry, second", "doubled, respelled"])
    def test_doubled_entries_repeat_an_earlier_one(self, year: Year, kind: str) -> None:
        """Same member, dates, title and time as a clean row above, under another number."""
        again = year.odd(kind)
        table = year.tables["activities.csv"]
        [first] = [row for row in table[1 : table.index(again)] if row[1:4] == again[1:4] and row[9:10] == again[9:10]]
        assert first[0] < again[0]
        assert seconds(first[4]) == seconds(again[4])
        assert (first[4] != again[4]) == (kind == "doubled, respelled")

    @pytest.mark.parametrize("kind", ["number used twice", "number used twice, second"])
    def test_numbers_used_twice(self, year: Year, kind: str) -> None:
        """Two different activities share a number, and no other row has it."""
        again = year.odd(kind)
        table = year.tables["activities.csv"]
        [first, second] = [row for row in table if row[0] == again[0]]
        assert second == again
        assert first[1:] != second[1:]

    def test_ragged_rows(self, year: Year) -> None:
        """Only the two ragged rows have another number of cells than the header."""
        ragged = [len(row) for row in year.tables["activities.csv"] if len(row) != 12]
        assert sorted(ragged) == [9, 13]
        assert len(year.odd("too few cells")) == 9
        assert len(year.odd("too many cells")) == 13

    def test_duplicate_member_and_circumstance_repeat_earlier_ones(self, year: Year) -> None:
        """The member is listed above at another grade, the retirement is said above from an earlier day."""
        member, retired = year.odd("duplicate member"), year.odd("circumstance said twice")
        [first] = [row for row in year.tables["members.csv"] if row[0] == member[0] and row != member]
        assert first[1] != member[1]
        assert year.tables["members.csv"].index(first) < year.tables["members.csv"].index(member)
        [said] = [row for row in year.tables["circumstances.csv"] if row[:2] == retired[:2] and row != retired]
        assert said[2] < retired[2]
        assert year.tables["circumstances.csv"].index(said) < year.tables["circumstances.csv"].index(retired)

    def test_the_needed_facts_are_missing_where_they_decide(self, year: Year) -> None:
        """Two notices belong to members whose verdict hangs on them."""
        assert year.odd("hours not known, and needed")[1] == "11007237"
        assert year.odd("day not known, and needed")[1] == "11007039"
