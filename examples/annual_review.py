"""Review a scheme year: read its tables, assess every record, explain, and write down what came of it.

    python examples/annual_review.py
    python examples/annual_review.py --data my/tables --out my/results --year 2015

The tables are members.csv, circumstances.csv, agreements.csv, declarations.csv and activities.csv, with the columns
that are named below. What a row leaves out is not known; a row that cannot be read is told in rejects.csv, and changes
nobody else's result. feedback.md goes to everyone and names nobody. The others are about people: mind where they go.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import TypeVar

from cpdrules import Amount, CpdRulesError, Finding, Period, Policy, Rounding, Verdict, at_least, when, year
from cpdrules.amounts import HOUR
from cpdrules.cohorts import as_feedback, summarise
from cpdrules.cpd import Record, circumstance, hours, pro_rata
from cpdrules.cpd.declarations import declared_against_recorded
from cpdrules.iet import cpd
from cpdrules.rows import (
    FINDING_COLUMNS,
    REJECT_COLUMNS,
    ActivityColumns,
    AgreementColumns,
    CircumstanceColumns,
    DeclarationColumns,
    MemberColumns,
    Records,
    read_activities,
    read_agreements,
    read_circumstances,
    read_declarations,
    read_members,
    read_records,
    write_findings,
    write_rejects,
)
from cpdrules.scenarios import amend, compare

try:
    from tqdm import tqdm
except ImportError:  # the progress bar is a kindness, not a need
    tqdm = None

T = TypeVar("T")
Row = dict[str, str]

HERE = Path(__file__).parent

A_MINUTE, AN_HOUR = Amount.of("1 min", HOUR), Amount.of(1, HOUR)

# The tables ----------------------------------------------------------------------------------------------------------

MEMBER = "Membership number"

MEMBERS = MemberColumns(
    member=MEMBER,
    grade="Grade",
    registrations="Registrations",
    joined="Joined",
    left="Left",
    since={"opted_in": "Opted in"},
)
CIRCUMSTANCES = CircumstanceColumns(member=MEMBER, kind="Circumstance", since="From", until="To")
AGREEMENTS = AgreementColumns(
    member=MEMBER,
    figure="Hours agreed",
    since="From",
    until="To",
    reason="Reason",
    decided_by="Decided by",
    decided_on="Decided on",
)
DECLARATIONS = DeclarationColumns(member=MEMBER, amount="Hours declared")
ACTIVITIES = ActivityColumns(
    id="Activity number",
    member=MEMBER,
    first="Start",
    last="End",
    amount="Duration",
    tags={"kind": "Category", "area": "Area", "planned": "Planned", "competence": "Competences"},
    title="Title",
    reflection="Reflection",
    provider="Provider",
)

# The review ----------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the review that the command line asks for, or say in a sentence why it cannot be run."""
    options = command_line().parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a title may hold letters that the console does not have
    try:
        review(options.data, options.out, options.year)
    except (UnusableError, CpdRulesError) as error:
        sys.exit(f"annual_review: {error}")


def review(data: Path, out: Path, number: int) -> None:
    """Review the records of one year."""
    period, review_year = year(number), year(number + 1)
    read = read_tables(data, taken_by=review_year.last)
    scope = [cpd.scope.assess(record, period=review_year).verdict for record in read]
    records = [record for record, verdict in zip(read, scope, strict=True) if verdict is Verdict.MET]
    findings = assessed(records, period)

    tell_what_was_read(read)
    tell_the_scope(scope)
    tell_the_cohort(findings.values(), period)
    tell_the_closest(findings)
    tell_declarations(records, period)
    tell_what_if(records, period)

    write_results(out, findings, read, period)


def assessed(records: Sequence[Record], period: Period) -> dict[str, Finding]:
    """Assess every record against the edition in force; give the findings by member."""
    waiting = with_progress(records, "assessing records")
    return {record.member.id: cpd.policy.assess(record, period=period) for record in waiting}


# Reading -------------------------------------------------------------------------------------------------------------


class UnusableError(Exception):
    """A folder or file with which the review cannot be done."""


def read_tables(folder: Path, *, taken_by: date) -> Records:
    """Read the five tables into one record a member; nothing in them can be later than the day they were taken by."""
    if not folder.is_dir():
        raise UnusableError(f"There is no folder {folder}. Say where the tables are with --data.")
    members = read_members(table(folder / "members.csv"), MEMBERS, grades=cpd.GRADES)
    if not members.items:
        raise UnusableError(f"No row of {folder / 'members.csv'} could be read, so there is nobody to review.")
    circumstances = table(folder / "circumstances.csv")
    return read_records(
        members,
        circumstances=read_circumstances(circumstances, CIRCUMSTANCES, kinds=cpd.CIRCUMSTANCES),
        agreements=read_agreements(table(folder / "agreements.csv"), AGREEMENTS),
        declarations=read_declarations(table(folder / "declarations.csv"), DECLARATIONS),
        activities=read_activities(
            with_progress(table(folder / "activities.csv"), "reading activities"),
            ACTIVITIES,
            axes=cpd.AXES,
            as_of=taken_by,
        ),
    )


def table(path: Path) -> list[Row]:
    """Read a CSV file, as Excel and everything else writes them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names, rows = reader.fieldnames or [], list(reader)
    except FileNotFoundError:
        raise UnusableError(
            f"There is no file {path}. Put it there, with a heading if there is nothing to say."
        ) from None
    except UnicodeDecodeError:
        raise UnusableError(f"{path} is not UTF-8. Save it as “CSV UTF-8”.") from None
    except (OSError, csv.Error) as error:
        raise UnusableError(f"{path} cannot be read: {error}.") from error
    if not names:
        raise UnusableError(f"{path} is empty. Its first row must name the columns.")
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise UnusableError(f"{path} has two columns called “{twice[0]}”. Give each a name of its own.")
    return rows


# Telling -------------------------------------------------------------------------------------------------------------


def tell_what_was_read(read: Records) -> None:
    """Say how much was read, and what was not."""
    heading("What was read")
    print(f"{len(read)} members with {sum(len(record.activities) for record in read):,} activities")
    print(f"{len(read.notices)} rows leave out a fact that they may leave out")
    print(f"{len(read.rejects)} rows were refused, most of them for these reasons:")
    for code, number in Counter(code for reject in read.rejects for code in reject.codes).most_common(5):
        print(f"  {code.replace('_', ' ')}: {number}")


def tell_the_scope(scope: Iterable[Verdict]) -> None:
    """Say how many members are in the scheme; of who has no grade, nobody can tell."""
    counts = Counter(scope)
    others = f"{counts[Verdict.NOT_MET]} are not, and of {counts[Verdict.CANNOT_TELL]} nobody can tell"
    print(f"{counts[Verdict.MET]} members are in the scheme, {others}")


def tell_the_cohort(findings: Iterable[Finding], period: Period) -> None:
    """Print what the findings say together."""
    heading(f"The record year {period}")
    print(summarise(findings))


def tell_the_closest(findings: Mapping[str, Finding]) -> None:
    """Explain three findings in full: of those met, those not met and those nobody can tell, the closest call."""
    for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL):
        closest = min(
            (finding_of for finding_of in findings.items() if finding_of[1].verdict is verdict),
            key=closeness,
            default=None,
        )
        if closest is not None:
            heading(f"The closest call among “{verdict.value}”: member {closest[0]}")
            print(closest[1])


def closeness(finding_of: tuple[str, Finding]) -> tuple[int, str]:
    """Say how far the figure that comes closest is from what is asked, to sort by; the member's number settles ties."""
    member, finding = finding_of
    gaps = (
        abs(part.counted.least - part.required.least) for part in finding.decisive() if part.required and part.counted
    )
    return min(gaps, default=sys.maxsize), member


def tell_declarations(records: Sequence[Record], period: Period) -> None:
    """Count how often a declaration and the record behind it agree: less recorded, more, or nobody can tell."""
    found = [declared_against_recorded(one, hours(), period=period, conventions=cpd.CONVENTIONS) for one in records]
    compared = [each for each in found if each is not None]
    off = [each.difference.grains for each in compared if each.difference is not None]
    heading("Declared against recorded")
    print(f"{len(compared)} of {len(records)} members declared their hours")
    print(f"  recorded what they declared: {off.count(0)}, cannot tell: {len(compared) - len(off)}")
    for side, gaps in (("less", [-gap for gap in off if gap < 0]), ("more", [gap for gap in off if gap > 0])):
        print(
            f"  recorded {side}: {len(gaps)}, of whom by more than an hour: {sum(gap > AN_HOUR.grains for gap in gaps)}"
        )


def tell_what_if(records: Sequence[Record], period: Period) -> None:
    """Answer one question about the policy: what if maternity leave were counted pro rata?"""
    comparison = compare(cpd.policy, with_maternity_pro_rata(cpd.policy), records, period=period)
    heading("What if maternity leave were counted pro rata, and not by ten hours flat?")
    print(comparison)
    for change in comparison.changes[:2]:
        print(f"For example {change}")


def with_maternity_pro_rata(policy: Policy) -> Policy:
    """Give the policy under which maternity leave lowers the target day by day, instead of to ten hours flat."""
    leave = circumstance("maternity_leave")
    target = pro_rata(30, outside=leave, rounding=Rounding("down", A_MINUTE))
    fewer = at_least(target, hours(), ref="reduced")
    return amend(policy, {"reduced": when(leave, fewer, otherwise=at_least(10, hours(), ref="reduced"))})


def heading(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'-' * len(text)}")


# Writing -------------------------------------------------------------------------------------------------------------


def write_results(out: Path, findings: Mapping[str, Finding], read: Records, period: Period) -> None:
    """Write the results, the rejects and the feedback into a folder."""
    refused = Counter(reject.member for reject in read.rejects)
    results = [{**row, "rows refused": refused[row["member"]]} for row in write_findings(findings)]
    feedback = as_feedback(summarise(findings.values()), title=f"CPD in {period}: feedback to everyone")
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_table(out / "results.csv", (*FINDING_COLUMNS, "rows refused"), results)
        write_table(out / "rejects.csv", REJECT_COLUMNS, write_rejects(read.rejects))
        (out / "feedback.md").write_text(feedback, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnusableError(
            f"Nothing can be written to {out}: {error.strerror}. Choose another folder with --out."
        ) from error
    print(f"\nWritten to {out}: results.csv, rejects.csv, feedback.md")


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows as CSV that Excel takes for UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


# The command line ----------------------------------------------------------------------------------------------------


def command_line() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="annual_review",
        description="Assess every CPD record of a scheme year against the edition of the policy in force, and explain.",
        epilog="Exits with 1 and a sentence where the tables cannot be used; rows that cannot be read are no error.",
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        default=HERE / "data",
        help="folder with the five tables (default: %(default)s)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        default=HERE / "output",
        help="folder to write to (default: %(default)s)",
    )
    parser.add_argument("--year", type=int, metavar="YEAR", default=2015, help="the record year (default: %(default)s)")
    return parser


def with_progress(things: Sequence[T], doing: str) -> Iterator[T]:
    """Pass things on, with a progress bar if it takes longer than a second: a plain line where there is no tqdm."""
    if tqdm is not None:
        yield from tqdm(things, desc=doing, delay=1, leave=False, disable=None)
        return
    started, told = monotonic(), False
    for thing in things:
        if not told and monotonic() - started > 1:
            print(f"{doing}: {len(things):,} of them …", file=sys.stderr)
            told = True
        yield thing


if __name__ == "__main__":
    main()
