"""Run a review year of the IET's monitoring scheme: who may be chosen, the draw, the reviews, what everyone is told.

    python examples/monitoring_year.py
    python examples/monitoring_year.py --out my/results --rate 5% --seed 63454660390103169462

It reviews the made-up scheme year that annual_review.py assesses. What people would do is made up as well, by a hash of
their numbers: hand in or not, work in a field, judge a return. announcement.json, manifest.json and feedback.md are for
everyone; the other files are about people: mind where they go.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

from cpdrules import CpdRulesError, Finding, Verdict, year
from cpdrules.cpd import Member, Record
from cpdrules.iet import cpd, monitoring
from cpdrules.review import (
    ADVICE,
    Assessor,
    Desk,
    Draw,
    Eligibility,
    Event,
    Feedback,
    History,
    Mark,
    Outcomes,
    Remark,
    Return,
    Review,
    State,
    Stratum,
    ToAssess,
    agreement,
    announce,
    as_generic_feedback,
    assign,
    at_rate,
    by_weighting_classes,
    check_assignment,
    draw,
    draw_key,
    eligibility,
    for_second_reading,
    individual,
    read_announcement,
    read_manifest,
    replace,
    review,
    self_check,
    settle,
    size_at,
    standing,
    verify,
    write_announcement,
    write_manifest,
)
from cpdrules.review import feedback as told
from cpdrules.review import outcomes as found_of
from cpdrules.review import returns as returned

if __package__:
    from examples.annual_review import UnusableError, heading, read_tables
else:  # run as a file, beside that one
    from annual_review import UnusableError, heading, read_tables

HERE = Path(__file__).parent

#: What the texts leave to whoever runs a year, and this example settles; see ``monitoring.UNSTATED``.
SECOND_READINGS = "20%"
ROOM_TO_READ, ROOM_TO_READ_AGAIN = 11, 5
FIELDS = ("communications", "manufacturing", "power", "software", "transport")

Histories = dict[str, History]

# The year ------------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the year that the command line asks for, or say in a sentence why it cannot be run."""
    options = command_line().parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        review_year(options)
    except (UnusableError, CpdRulesError) as error:
        sys.exit(f"monitoring_year: {error}")


def review_year(options: argparse.Namespace) -> None:
    """Go through the stages of the year, each from what the one before it left."""
    number, out = options.year, options.out
    period = monitoring.records_of(number)
    records = members_of(options.data, number)
    histories = {who: history_of(who, number) for who in records}
    scope = who_may_be_chosen(records, histories, number)

    drawn = the_draw(scope, options)
    returns = what_came_in(drawn, number)
    findings = {
        who: cpd.policy.assess(records[who], period=period) for who, one in returns.items() if is_handed_in(one)
    }
    reviews = what_assessors_say(drawn, findings, options)
    verdicts = {who: findings[who].verdict for who in reviews}

    tell_the_outcomes(drawn, returns, verdicts)
    feedbacks = what_is_told(records, findings, reviews, options)
    after = afterwards(histories, returns, verdicts, number)
    tell_next_year(records, after, number, out)
    check_it_again(drawn, out)
    print(f"\nWritten to {out}: announcement.json, manifest.json, feedback.md, the lists, and {len(feedbacks)} replies")


def members_of(data: Path, number: int) -> dict[str, Record]:
    """Read the records of all who are still members when the year begins."""
    begins = year(number).first
    read = {record.member.id: record for record in read_tables(data, taken_by=year(number).last)}
    here = {who: record for who, record in read.items() if record.member.left is None or record.member.left >= begins}
    heading(f"The review year {number}, of the records of {monitoring.records_of(number)}")
    print(f"{len(here)} members; {len(read) - len(here)} more have left before it began")
    declared = [found for one in here.values() if (found := monitoring.declaration(one, review_year=number))]
    agreeing = sum(found.agrees is True for found in declared)
    print(f"{len(declared)} of them declared their hours, and {agreeing} of these recorded as many")
    return here


# Made up -------------------------------------------------------------------------------------------------------------


def lot(what: str, who: str) -> int:
    """Give a number from 0 to 999 that is always the same for the same question and person."""
    return int(sha256(f"{what}:{who}".encode()).hexdigest()[:8], 16) % 1000


def pick(what: str, who: str, among: Sequence[str]) -> str:
    """Pick one of some, always the same for the same question and person."""
    return among[lot(what, who) % len(among)]


def history_of(who: str, number: int) -> History:
    """Make up what became of last year's review of a member."""
    last, chance = number - 1, lot("last year", who)
    if chance < 10:
        return History([Event(last, "deferred", to=number)])
    if chance < 16:
        return History([Event(last, "deferred", to=number + 1)])
    if chance < 30:
        return History([Event(last, "not engaged")])
    return History([Event(last, "met")] if chance < 120 else ())


def course_of(who: str, number: int) -> Return:
    """Make up what happens to the return of somebody who was drawn."""
    one = Return(f"R{who}")
    if lot("early", who) < 250:
        one = one.after("handed in", date(number, 1, 5))
    one = one.after("selected", date(number, 1, 12))
    if one.state is State.RECEIVED:
        return one
    one, chance = one.after("requested", date(number, 1, 18)), lot("reply", who)
    if chance < 600:
        return one.after("handed in", date(number, 2, 15))
    if chance < 660:
        return one.after("deferred", date(number, 2, 1), f"to {number + 1}, illness")
    if chance < 700:
        return one.after("answered: recorded elsewhere", date(number, 2, 3), "by an employer")
    one = one.after("reminded", date(number, 3, 1))
    if lot("late", who) < 600:
        return one.after("handed in", date(number, 3, 15))
    return one.after("deadline missed", date(number, 3, 31))


def remarks_of(who: str, assessor: str, *, plan: bool) -> list[Remark]:
    """Make up what an assessor says on each criterion that people judge; now and then one sees it otherwise."""
    found = []
    for criterion in monitoring.CRITERIA:
        if criterion.computed is not None or (criterion.only_with and not plan):
            continue
        chance = lot(criterion.ref, who) + (100 if lot(f"{criterion.ref} by {assessor}", who) < 200 else 0)
        mark = Mark.MET if chance < 750 else Mark.PARTLY if chance < 980 else Mark.NOT_MET
        comment = "" if mark is Mark.MET else f"See our guide on: {criterion.asks}."
        found.append(Remark(criterion.ref, mark, comment))
    return found


# Who may be chosen, and who is ---------------------------------------------------------------------------------------


def who_may_be_chosen(records: Mapping[str, Record], histories: Histories, number: int) -> Eligibility:
    """Say of every member whether they can be chosen, and why."""
    members = [record.member for record in records.values()]
    found = eligibility(
        members, monitoring.may_be_chosen, id_of=lambda one: one.id, period=year(number), histories=histories
    )
    heading("Who may be chosen")
    print(found)
    return found


def the_draw(scope: Eligibility, options: argparse.Namespace) -> Draw:
    """Publish the announcement, draw when the seed is known, publish the manifest; those who left are replaced."""
    strata: Mapping[str, Sequence[str]] = scope.strata(grade_of)
    how = at_rate(options.rate)
    source = options.seed_source or f"twenty throws of a ten-sided die, 11 January {options.year}, Savoy Place"
    terms = {"scheme": monitoring.SCHEME, "label": str(options.year), "seed_source": source}
    announced = announce(strata, how, certain=scope.certain, **terms)
    write_json(options.out / "announcement.json", write_announcement(announced))

    drawn = draw(strata, how, seed=options.seed, certain=scope.certain, announced=announced, **terms)
    gone = {who: "left the institution" for who in drawn.ids if lot("left since", who) < 30}
    drawn = replace(drawn, gone)
    write_json(options.out / "manifest.json", write_manifest(drawn.manifest()))
    for name, ids in strata.items():
        write_lines(options.out / f"list_{name}.txt", sorted(ids))
    rows = [(who, reason) for reason, ids in drawn.certain.items() for who in ids]
    write_rows(options.out / "certain.csv", ("member", "reason"), rows)

    heading(f"The draw: a rate of {options.rate}, which is ours, as no text states one")
    print(f"The seed, {options.seed}, is from {source}")
    print(drawn)
    for note in drawn.notes:
        print(f"note: {note}")
    return drawn


def grade_of(member: Member) -> str:
    """Give the stratum of a member."""
    return member.grade


# Returns -------------------------------------------------------------------------------------------------------------


def what_came_in(drawn: Draw, number: int) -> dict[str, Return]:
    """Follow the return of everyone drawn, or included in any case, until the deadline."""
    certain = [who for ids in drawn.certain.values() for who in ids]
    found = {who: course_of(who, number) for who in (*drawn.ids, *certain)}
    heading("Returns at the deadline")
    for state, times in returned.tally(found.values()).items():
        print(f"  {state.value}: {times}")
    missed = [who for who, one in found.items() if one.state is State.NON_RESPONDER]
    for who in missed[:1]:
        print(f"For example {standing(monitoring.BYE_LAW, found[who], on=date(number, 4, 15))}")
    return found


def is_handed_in(one: Return) -> bool:
    """Tell whether there is something to read."""
    return one.state is State.RECEIVED


# Assessors -----------------------------------------------------------------------------------------------------------


def what_assessors_say(
    drawn: Draw, findings: Mapping[str, Finding], options: argparse.Namespace
) -> dict[str, list[Review]]:
    """Give each return to an assessor, some to a second one, and those on which two differ to a third."""
    heading("Allocation to assessors")
    reading = Reading(findings, assessors(drawn), drawn.key)
    reading.round("first reading", findings, ROOM_TO_READ)
    judged_not_met = [
        who
        for who, [first] in reading.reviews.items()
        if any(remark.mark is Mark.NOT_MET for remark in first.remarks if remark.ref != "hours")
    ]
    key = draw_key(monitoring.SCHEME, f"{options.year}/second-review", options.seed)
    number = size_at(SECOND_READINGS, len(reading.reviews) - len(judged_not_met))
    again = for_second_reading(reading.reviews, number=number, key=key, certain=judged_not_met)
    second = [one.returned for one in again]
    print(f"{len(second)} are read again: {len(judged_not_met)} for certain, as somebody found one thing not met")
    reading.round("second reading", second, ROOM_TO_READ_AGAIN)
    differing = [who for who in second if settle(reading.reviews[who]).another_needed]
    reading.round("third reading", differing, ROOM_TO_READ_AGAIN)

    heading("Do assessors agree?")
    names = [outcome.name for outcome in ADVICE.outcomes]
    pairs = [tuple(outcome_of(one) for one in reading.reviews[who][:2]) for who in second]
    print(agreement(pairs, answers=names))
    write_rows(options.out / "reviews.csv", ("return", "assessor", "outcome"), reading.rows())
    return reading.reviews


def outcome_of(one: Review) -> str:
    """Give the kind of feedback that one review calls for by itself."""
    return ADVICE.outcome(one.marks).name


def assessors(drawn: Draw) -> list[Assessor]:
    """Make up eight assessors, the first two of whom were drawn themselves."""
    own = [*drawn.ids[:2], *[None] * 8]
    return [
        Assessor(name, 0, {pick("field", name, FIELDS), pick("other field", name, FIELDS)}, who, employer_of(name))
        for name, who in zip([f"A{number}" for number in range(1, 9)], own, strict=False)
    ]


def employer_of(who: str) -> str:
    """Make up whom somebody works for."""
    return f"Employer {lot('employer', who) % 25}"


class Reading:
    """The readings of a year: who reads what, and what they say of it."""

    def __init__(self, findings: Mapping[str, Finding], readers: Sequence[Assessor], key: str) -> None:
        self.findings, self.readers, self.key = findings, readers, key
        self.reviews: dict[str, list[Review]] = {}

    def round(self, name: str, members: Iterable[str], room: int) -> None:
        """Place some returns with assessors who have not read them, check the placing, and write the reviews down."""
        returns = [ToAssess(who, who, pick("field", who, FIELDS), employer_of(who)) for who in members]
        readers = [Assessor(one.id, room, one.fields, one.member, one.employers) for one in self.readers]
        before = [(one.id, past.assessor) for one in returns for past in self.reviews.get(one.id, ())]
        desk = Desk(returns, readers, key=self.key, read_before=before)
        placed = assign(desk)
        checked = check_assignment(desk, placed.pairs(), cost=placed.cost)
        print(f"{name}: {placed}\n  checked: {'it breaks no rule' if checked.stands else checked.differences}")
        for who, assessor in placed.pairs():
            self.reviews.setdefault(who, []).append(self._review(who, assessor))

    def _review(self, who: str, assessor: str) -> Review:
        plan = lot("plan", who) < 400
        return review(
            who,
            assessor,
            remarks_of(who, assessor, plan=plan),
            criteria=monitoring.CRITERIA,
            findings={"hours": monitoring.hours_asked(self.findings[who])},
            facts={"plan": plan},
        )

    def rows(self) -> list[tuple[str, str, str]]:
        """Give a row for each review."""
        return [(who, one.assessor, outcome_of(one)) for who, given in self.reviews.items() for one in given]


# What it says of everyone --------------------------------------------------------------------------------------------


def tell_the_outcomes(drawn: Draw, returns: Mapping[str, Return], verdicts: Mapping[str, Verdict]) -> None:
    """Count the outcomes, those drawn apart from those included in any case, and estimate for all scheme members."""
    heading("Outcomes of those drawn")
    print(outcomes_of(drawn.ids, returns, verdicts))
    for reason, ids in drawn.certain.items():
        heading(f"Outcomes of those included in any case, who speak for nobody else: {reason}")
        print("\n".join(str(outcomes_of(ids, returns, verdicts)).splitlines()[:2]))
    heading("How many of all scheme members met the guideline?")
    random = [stratum(name, len(drawn.lists.pool[name]), ids, verdicts) for name, ids in drawn.drawn.items()]
    apart = [stratum(reason, len(ids), ids, verdicts, certain=True) for reason, ids in drawn.certain.items()]
    print(by_weighting_classes([*random, *apart]))
    print("Whose review is put off to a later year is in none of these; who never opted in is not spoken of at all.")


def outcomes_of(members: Iterable[str], returns: Mapping[str, Return], verdicts: Mapping[str, Verdict]) -> Outcomes:
    """Count what came of some members: a verdict where there is one, else where their return stands."""
    results = (verdicts[who] if who in verdicts else returns[who].state.value for who in members)
    return found_of.tally(results, handed_in=(State.RECEIVED.value,))


def stratum(
    name: str, population: int, members: Sequence[str], verdicts: Mapping[str, Verdict], *, certain: bool = False
) -> Stratum:
    """Count a stratum; of whom nobody can tell whether they met the guideline counts as not assessed."""
    met, not_met = (sum(verdicts.get(who) is one for who in members) for one in (Verdict.MET, Verdict.NOT_MET))
    return Stratum(name, population, len(members), met=met, assessed=met + not_met, certain=certain)


# Feedback ------------------------------------------------------------------------------------------------------------


def what_is_told(
    records: Mapping[str, Record],
    findings: Mapping[str, Finding],
    reviews: Mapping[str, Sequence[Review]],
    options: argparse.Namespace,
) -> dict[str, Feedback]:
    """Write a reply to everyone whose return was read, and feedback to all that names nobody."""
    settled = {who: settle(given) for who, given in reviews.items()}
    ready = {who: one for who, one in settled.items() if one.outcome is not None}
    replies = {who: individual(reviews[who], one, findings[who]) for who, one in ready.items()}
    folder = options.out / "replies"
    for who, reply in replies.items():
        write_text(folder / f"{who}.md", told.as_markdown(reply, title=f"Your CPD return of {options.year}"))
    tips = ("Write a sentence on what you learnt from each activity.", "A plan helps, and nobody has to have one.")
    generic = as_generic_feedback(told.summarise(replies.values()), title=f"CPD reviews of {options.year}", tips=tips)
    write_text(options.out / "feedback.md", generic)

    who_gets = monitoring.feedback(records, replies)
    heading("Feedback")
    print(f"{len(who_gets.generic)} scheme members get feedback to all, {len(who_gets.individual)} one of their own")
    print(f"{len(reviews) - len(replies)} wait for a decision, since three assessors did not settle it")
    print(f"\n{generic}")
    if replies:
        who = min(replies)
        print(told.as_markdown(replies[who], title=f"For example, to {who}"))
    return replies


# Next year -----------------------------------------------------------------------------------------------------------


def afterwards(
    histories: Histories, returns: Mapping[str, Return], verdicts: Mapping[str, Verdict], number: int
) -> Histories:
    """Add to the histories what became of this year's review."""
    words = {State.NON_RESPONDER: "not engaged", State.ELSEWHERE: "recorded elsewhere"}
    after = dict(histories)
    for who, one in returns.items():
        deferred = one.state is State.DEFERRED
        read = verdicts[who].value if who in verdicts else "not read"
        kind = "deferred" if deferred else words.get(one.state, read)
        event = Event(number, kind, to=number + 1 if deferred else None)
        after[who] = History([*histories[who].events, event])
    return after


def tell_next_year(records: Mapping[str, Record], histories: Histories, number: int, out: Path) -> None:
    """Say who must be included next year, whatever the draw will be."""
    found = eligibility(
        [record.member for record in records.values()],
        monitoring.may_be_chosen,
        id_of=lambda one: one.id,
        period=year(number + 1),
        histories=histories,
    )
    heading(f"Who must be included in {number + 1}")
    for reason, ids in found.certain.items():
        print(f"  {reason}: {len(ids)}")
    rows = [(who, reason) for reason, ids in found.certain.items() for who in ids]
    write_rows(out / "next_year.csv", ("member", "reason"), rows)


# Checking ------------------------------------------------------------------------------------------------------------

#: What a third party types: the tickets and ids of one stratum, in the order in which they are called.
CHECK = r"""
KEY=$(printf 'cpdrules.draw.v1\n%s\n%s\n%s\n' "$SCHEME" "$LABEL" "$SEED" | sha256sum | cut -c1-64)
while IFS= read -r id; do printf '%s %s\n' "$(printf '%s:%s' "$KEY" "$id" | sha256sum | cut -c1-64)" "$id"
done < "$LIST" | LC_ALL=C sort | head -n "$N"
"""


def check_it_again(drawn: Draw, out: Path) -> None:
    """Do the draw again from the files alone: in Python, as a member without any list, and in a shell."""
    heading("Checked again, from the files")
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest = read_manifest(said)
    announced = read_announcement(json.loads((out / "announcement.json").read_text(encoding="utf-8")))
    lists = {name: read_lines(out / f"list_{name}.txt") for name in manifest.called}
    differences = verify(manifest, lists, certain=drawn.certain, announced=announced)
    print(f"in Python: {len(differences)} differences", *differences, sep="\n  ")
    for name, ids in drawn.drawn.items():
        for who in ids[:1]:
            print(f"by member {who}: {self_check(manifest, who, stratum=name)}")
    shell, digests = shutil.which("sh"), shutil.which("sha256sum")
    if shell is None or digests is None:
        print("in a shell: skipped, since there is no sh or no sha256sum here")
        return
    for name, called in drawn.called.items():
        lines = in_a_shell(shell, said, out / f"list_{name}.txt", len(called))
        same = lines == [f"{one.ticket} {one.id}" for one in called]
        print(f"in a shell, {name}: {len(lines)} called, {'the same' if same else 'others'}")


def in_a_shell(shell: str, said: Mapping[str, Any], path: Path, number: int) -> list[str]:
    """Have a shell print who is called."""
    values = (said["scheme"], said["label"], said["seed"], str(path), str(number))
    command = [shell, "-c", f"SCHEME=$1 LABEL=$2 SEED=$3 LIST=$4 N=$5\n{CHECK}", "check", *values]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    return done.stdout.splitlines()


# Writing -------------------------------------------------------------------------------------------------------------


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text, alike on every machine."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding=encoding, newline="")
    except OSError as error:
        raise UnusableError(
            f"Nothing can be written to {path}: {error.strerror}. Choose another folder with --out."
        ) from error


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines, each with its end."""
    write_text(path, "".join(f"{line}\n" for line in lines))


def read_lines(path: Path) -> list[str]:
    """Read lines again."""
    return path.read_text(encoding="utf-8").splitlines()


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write plain data."""
    write_text(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as CSV that Excel takes for UTF-8."""
    text = StringIO()
    csv.writer(text).writerows([columns, *rows])
    write_text(path, text.getvalue(), "utf-8-sig")


# The command line ----------------------------------------------------------------------------------------------------


def command_line() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="monitoring_year",
        description="Run a review year of the IET's monitoring scheme over a made-up membership, and check the draw.",
        epilog="Exits with 1 and a sentence where it cannot be run.",
    )
    default = "(default: %(default)s)"
    options: tuple[tuple[str, str, type, object, str], ...] = (
        ("--data", "FOLDER", Path, HERE / "data", f"folder with the five tables {default}"),
        ("--out", "FOLDER", Path, HERE / "output" / "monitoring", f"folder to write to {default}"),
        ("--year", "YEAR", int, 2016, f"the review year {default}"),
        ("--rate", "RATE", str, "10%", "how many of each grade are drawn (default: 10%%)"),
        ("--seed", "DIGITS", str, "63454660390103169462", f"what the public event brought {default}"),
        ("--seed-source", "EVENT", str, "", "the public event, named beforehand (default: dice, made up)"),
    )
    for name, metavar, kind, usual, says in options:
        parser.add_argument(name, metavar=metavar, type=kind, default=usual, help=says)
    return parser


if __name__ == "__main__":
    main()
