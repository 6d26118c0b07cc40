"""A review year, whole: who may be chosen, the draw and its checks, the reviews, and what everyone is told."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cpdrules import Verdict
from cpdrules.review import Return, read_announcement, read_manifest, verify
from examples import make_data, monitoring_year

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "examples" / "monitoring_year.py"

#: What a member's number looks like in these tables.
NUMBER = re.compile(r"\b11\d{6}\b")


def run(*options: object, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the example as its reader would, with the library from this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    if path is not None:
        environment["PATH"] = path
    command = [sys.executable, str(SCRIPT), *map(str, options)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment, timeout=120
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the example once, as CI does; give the folder that it wrote to, with what it printed beside its files."""
    folder = tmp_path_factory.mktemp("monitoring")
    done = run("--out", folder / "out")
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return folder / "out"


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    """Give what the example printed."""
    return (out.parent / "printed.txt").read_text(encoding="utf-8")


def section(printed: str, heading: str) -> str:
    """Give what was printed under a heading."""
    found = re.search(rf"(?ms)^{re.escape(heading)}[^\n]*\n-+\n(.*?)(?=^[^\n]+\n-{{4,}}\n|\Z)", printed)
    assert found is not None, heading
    return found[1]


def rows(path: Path) -> list[dict[str, str]]:
    """Read a file that the example wrote."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def numbers(path: Path) -> list[str]:
    """Read a list of members."""
    return path.read_text(encoding="utf-8").splitlines()


def data_of(path: Path) -> Any:
    """Read plain data."""
    return json.loads(path.read_text(encoding="utf-8"))


class TestTheDraw:
    def test_everybody_has_one_status(self, printed: str) -> None:
        """The counts are those of the rules, and sum to everybody."""
        told = section(printed, "Who may be chosen")
        assert "591 people" in told
        counts = [int(number) for number in re.findall(r": (\d+)$", told, re.MULTILINE)]
        assert counts == [3, 13, 8, 567]
        assert sum(counts) == 591

    def test_who_has_left_is_no_member(self, printed: str) -> None:
        """Nine of the 600 left during the record year."""
        assert "591 members; 9 more have left before it began" in printed

    def test_a_tenth_of_each_grade(self, printed: str, out: Path) -> None:
        """Rounded up, and those who must be included beside them."""
        told = section(printed, "The draw")
        for line in ("58 of 567", "FIET: 10 of 92", "MIET: 40 of 396", "TMIET: 8 of 79"):
            assert line in told
        assert "13 certain: not engaged last year" in told
        assert len(rows(out / "certain.csv")) == 21

    def test_who_left_since_is_skipped_with_a_reason(self, printed: str) -> None:
        """And the next in line comes in."""
        assert re.search(r"11006456 skipped \(MIET\): left the institution; called 11001495", printed)

    def test_the_announcement_came_before_the_seed(self, out: Path) -> None:
        """It holds no seed, and the manifest says the same in all that it holds."""
        announced, manifest = data_of(out / "announcement.json"), data_of(out / "manifest.json")
        assert not announced.keys() & {"seed", "key", "called"}
        assert announced.items() <= manifest.items()
        assert manifest["seed"] == "63454660390103169462"
        assert manifest["called"]["MIET"]["skipped"] == {"left the institution": 1}

    def test_what_is_published_names_nobody(self, out: Path) -> None:
        """No number is in the announcement, the manifest or the feedback to all."""
        for name in ("announcement.json", "manifest.json", "feedback.md"):
            assert not NUMBER.search((out / name).read_text(encoding="utf-8")), name

    def test_anyone_can_verify_it(self, out: Path) -> None:
        """From the files alone; and a list that was changed is noticed."""
        manifest, announced = (data_of(out / f"{name}.json") for name in ("manifest", "announcement"))
        lists = {name: numbers(out / f"list_{name}.txt") for name in ("FIET", "MIET", "TMIET")}
        certain: dict[str, list[str]] = {}
        for row in rows(out / "certain.csv"):
            certain.setdefault(row["reason"], []).append(row["member"])
        read = read_manifest(manifest), read_announcement(announced)
        assert verify(read[0], lists, certain=certain, announced=read[1]) == ()
        changed = {**lists, "FIET": lists["FIET"][1:]}
        assert "pool.FIET.digest" in {one.place for one in verify(read[0], changed, certain=certain)}

    def test_it_checks_itself(self, printed: str) -> None:
        """In Python, by a member, and in a shell where there is one."""
        told = section(printed, "Checked again, from the files")
        assert "in Python: 0 differences" in told
        assert "if on the list of 'FIET': drawn" in told
        if shutil.which("sh") and shutil.which("sha256sum"):
            assert re.findall(r"in a shell, (\w+): (\d+) called, the same", told) == [
                ("FIET", "10"),
                ("MIET", "41"),
                ("TMIET", "8"),
            ]

    def test_without_a_shell_that_check_is_skipped(self, tmp_path: Path) -> None:
        """With a sentence, and all else is done."""
        (tmp_path / "empty").mkdir()
        done = run("--out", tmp_path / "out", path=str(tmp_path / "empty"))
        assert done.returncode == 0
        assert "in a shell: skipped, since there is no sh or no sha256sum here" in done.stdout

    def test_another_seed_is_another_sample(self, tmp_path: Path, out: Path) -> None:
        """Of the same list, and a weak one is noted."""
        done = run("--out", tmp_path / "out", "--seed", "2016")
        assert "note: the seed has 4 digits" in done.stdout
        one, other = data_of(out / "manifest.json"), data_of(tmp_path / "out" / "manifest.json")
        assert one["pool"] == other["pool"]
        assert one["called"]["MIET"]["digest"] != other["called"]["MIET"]["digest"]


class TestTheReviews:
    def test_every_return_is_in_one_state(self, printed: str) -> None:
        """They sum to those drawn and those included in any case."""
        told = section(printed, "Returns at the deadline")
        counts = {state: int(number) for state, number in re.findall(r"(?m)^  ([a-z -]+): (\d+)$", told)}
        assert counts == {"deferred": 4, "recorded elsewhere": 3, "received": 65, "non-responder": 7}
        assert sum(counts.values()) == 58 + 21

    def test_nobody_is_referred_in_a_year_of_opting_in(self, printed: str) -> None:
        """The bye-law is a power, and reaches no further back than everyone's duty."""
        assert "may not be referred: withdrawal of membership, which the Board decides" in printed

    def test_every_return_is_placed(self, printed: str) -> None:
        """And each placing was checked."""
        told = section(printed, "Allocation to assessors")
        assert re.findall(r"(\w+) reading: (\d+) returns placed", told) == [
            ("first", "65"),
            ("second", "21"),
            ("third", "4"),
        ]
        assert told.count("; 0 not placed") == told.count("it breaks no rule") == 3

    def test_nobody_reads_a_return_twice(self, out: Path) -> None:
        """A second reader is another one, and nobody reads their own."""
        written = rows(out / "reviews.csv")
        assert len(written) == 65 + 21 + 4
        assert len({(row["return"], row["assessor"]) for row in written}) == len(written)

    def test_agreement(self, printed: str) -> None:
        """Counts first; those differing went to a third."""
        told = section(printed, "Do assessors agree?")
        assert "17 of 21 returns were judged alike by both: 81.0%" in told
        assert "Cohen's kappa 0.682" in told

    def test_outcomes_have_their_denominators(self, printed: str) -> None:
        """Of those selected and of those assessed; the bounds say what is not known."""
        told = section(printed, "Outcomes of those drawn")
        assert "24 of 58 selected met: 41.4%" in told
        assert "24 of 44 assessed met: 54.5%" in told
        assert "between 41.4% and 65.5%, whatever the 14 not assessed did" in told

    def test_who_was_included_for_a_reason_speaks_for_nobody_else(self, printed: str) -> None:
        """Counts without shares; and a stratum apart in the estimate."""
        told = section(printed, "Outcomes of those included in any case, who speak for nobody else: not engaged")
        assert "13 selected, 10 responded, 9 assessed, 3 met" in told
        assert "%" not in told
        estimate = section(printed, "How many of all scheme members met the guideline?")
        assert "about 315 of 588 met: 53.6% (39.2% to 68.0%, Student's t" in estimate
        assert "assumed: in each class, those not assessed are like those assessed" in estimate
        assert "not engaged last year: 13 chosen for a reason" in estimate


class TestWhatIsTold:
    def test_everyone_and_those_read(self, printed: str, out: Path) -> None:
        """R54: generic feedback to all in the scheme, a reply to each whose return was read."""
        assert "591 scheme members get feedback to all, 65 one of their own" in printed
        assert len(list((out / "replies").iterdir())) == 65
        assert (out / "feedback.md").read_text(encoding="utf-8").startswith("# CPD reviews of 2016\n\n65 returns")

    def test_replies_name_no_assessor(self, out: Path) -> None:
        """Nor anybody but the member, whose own number is the name of the file."""
        for path in (out / "replies").iterdir():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bA[1-8]\b|Employer", text)
            assert not NUMBER.search(text)

    def test_a_reply_never_says_failed(self, out: Path) -> None:
        """R53: a return that is short is answered with advice."""
        for path in (out / "replies").iterdir():
            assert not re.search(r"(?i)\b(fail|failed|pass|passed)\b", path.read_text(encoding="utf-8"))

    def test_next_years_certainty(self, printed: str, out: Path) -> None:
        """Who did not reply, who is put off to it, and who was put off further last year."""
        written = rows(out / "next_year.csv")
        reasons = [row["reason"] for row in written]
        assert (reasons.count("not engaged last year"), reasons.count("put off until now")) == (7, 4 + 3)
        assert "put off until now: 7" in section(printed, "Who must be included in 2017")


class TestOtherYears:
    def test_from_2021_nothing_is_asked_of_some(self, tmp_path: Path) -> None:
        """They are exempt, and out of the draw; and who does not reply may be referred."""
        done = run("--out", tmp_path / "out", "--year", 2023, "--rate", "5%")
        assert done.returncode == 0
        assert "exempt: not professionally active in the record year: 56" in done.stdout
        assert "may be referred: withdrawal of membership" in done.stdout

    def test_a_rate_of_nothing(self, tmp_path: Path) -> None:
        """Only those who must be included are reviewed, and nothing is said of the others."""
        done = run("--out", tmp_path / "out", "--rate", "0")
        assert (done.returncode, done.stderr) == (0, "")
        assert "share of 588 who met: undefined" in done.stdout

    def test_more_returns_than_can_be_read(self, tmp_path: Path) -> None:
        """Who has no assessor is listed, and counts as not assessed."""
        done = run("--out", tmp_path / "out", "--rate", "100%")
        assert (done.returncode, done.stderr) == (0, "")
        placed, unplaced = re.findall(r"first reading: (\d+) returns placed.*?; (\d+) not placed", done.stdout)[0]
        assert int(placed) == 8 * monitoring_year.ROOM_TO_READ
        assert "550 selected, 468 responded, 81 assessed" in done.stdout
        assert "not assessed: 382 received" in done.stdout
        assert len(list((tmp_path / "out" / "replies").iterdir())) <= int(placed) < int(unplaced)


def test_two_runs_are_identical(out: Path, tmp_path: Path, printed: str) -> None:
    """Neither the clock nor the order of a set gets into a file, or into what is printed."""
    again = run("--out", tmp_path / "again").stdout
    assert again.replace(str(tmp_path / "again"), str(out)) == printed
    written, rewritten = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (out, tmp_path / "again")
    )
    assert written == rewritten
    assert [name for name in sorted(written) if not name.startswith("replies/")] == [
        "announcement.json",
        "certain.csv",
        "feedback.md",
        "list_FIET.txt",
        "list_MIET.txt",
        "list_TMIET.txt",
        "manifest.json",
        "next_year.csv",
        "reviews.csv",
    ]


class TestUnusable:
    @pytest.mark.parametrize(
        ("options", "says"),
        [
            (("--rate", "5.5.5%"), "is no rate"),
            (("--rate", "200%"), "more than everybody"),
            (("--seed", " 1"), "seed"),
            (("--year", "2012"), "No text was in force"),
            (("--data", "nowhere"), "There is no folder nowhere"),
        ],
    )
    def test_a_sentence_and_no_traceback(self, tmp_path: Path, options: tuple[str, str], says: str) -> None:
        """Whatever is wrong is said, and what to do."""
        with pytest.raises(SystemExit) as exit_:
            monitoring_year.main(["--out", str(tmp_path), *options])
        assert str(exit_.value).startswith("monitoring_year: ")
        assert says in str(exit_.value)

    def test_a_folder_that_cannot_be_written_to(self, tmp_path: Path) -> None:
        """The file in its way is named."""
        (tmp_path / "out").write_text("a file", encoding="utf-8")
        with pytest.raises(SystemExit, match=r"Nothing can be written to .*announcement\.json: .*--out\."):
            monitoring_year.main(["--out", str(tmp_path / "out" / "deeper")])


class TestMadeUp:
    def test_courses_are_legal(self) -> None:
        """Every course that is made up is one that a return can take."""
        found = [monitoring_year.course_of(who, 2016) for who in make_data.NUMBERS]
        assert all(isinstance(one, Return) for one in found)
        assert len({one.state for one in found}) == 4

    def test_a_stratum_counts_only_what_is_told(self) -> None:
        """Of whom nobody can tell is selected and not assessed."""
        verdicts = {"1": Verdict.MET, "2": Verdict.NOT_MET, "3": Verdict.CANNOT_TELL}
        found = monitoring_year.stratum("MIET", 10, ["1", "2", "3", "4"], verdicts)
        assert (found.selected, found.assessed, found.met) == (4, 2, 1)


def test_help_reads_well() -> None:
    """Each option says what it is for."""
    help_ = run("--help").stdout
    for option in ("--data FOLDER", "--out FOLDER", "--year YEAR", "--rate RATE", "--seed DIGITS"):
        assert option in help_
    assert "(default: 10%)" in help_


def test_functions_are_short() -> None:
    """The example is a model: nothing in it needs scrolling."""
    source = SCRIPT.read_text(encoding="utf-8")
    sizes = [body.count("\n") for body in re.split(r"(?m)^(?=def |class )", source)[1:]]
    assert max(sizes) <= 38
