"""How long an assessment takes, beside a loop written by hand for this one guideline.

The loop knows the IET's guideline of 2015 and nothing else: members without circumstances, activities without gaps.
From the same records it builds an equal finding and words it in the same lines; both are checked to be equal first.
Twenty activities a member; the two take turns in one process, and the ratios are of the medians.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from cpdrules import Finding, Period, Verdict, year
from cpdrules.amounts import HOUR
from cpdrules.cpd import Record, activity, record
from cpdrules.documents import read_record, write_record
from cpdrules.findings import Batch, Bounds, Clause, Entry, Left, Reason
from cpdrules.iet import cpd

YEAR = year(2015)
ROUNDS = 60

EDITION = (
    "  under IET policy on CPD, 2015, in force from 1 January 2014 to 31 December 2015 (the text that speaks of last "
    "year's pilot, in force until everyone may be chosen in 2017)"
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def clock(seconds: int) -> str:
    """Write seconds as hours and minutes."""
    hours, rest = divmod(seconds, 3600)
    if not rest:
        return f"{hours} h"
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min"


def by_hand(one: Record, period: Period) -> Finding:
    """Assess a record by the guideline of 2015, in one loop."""
    if one.member.circumstances or one.member.agreements:
        raise NotImplementedError("the loop knows only ordinary members")
    first, last = period.first, period.last
    cells: dict[tuple[bool, str], list[Entry]] = {}
    outside: list[Entry] = []
    for done in one.activities:
        amount = done.amount
        entry = Entry(done.id, amount.grains, done.title, done.first, amount.unit)  # type: ignore[union-attr]
        if done.first < first or done.last > last:  # type: ignore[operator]
            outside.append(entry)
            continue
        tags = done.tags
        key = tags["planned"], tags["area"]
        if key in cells:
            cells[key].append(entry)  # type: ignore[index]
        else:
            cells[key] = [entry]  # type: ignore[index]
    return concluded(cells, outside, period)


def concluded(cells: dict[tuple[bool, str], list[Entry]], outside: list[Entry], period: Period) -> Finding:
    """Conclude from sorted entries what the guideline concludes."""
    apart = (Left(OUTSIDE, Batch(sum([entry.amount for entry in outside]), tuple(outside))),) if outside else ()  # type: ignore[misc]
    hours: list[Batch] = []
    planned: list[Batch] = []
    not_planned: list[Left] = list(apart)
    areas: dict[str, list[Batch]] = {area: [] for area in cpd.AREAS}
    others: dict[str, list[Left]] = {area: list(apart) for area in cpd.AREAS}
    for (is_planned, area), entries in cells.items():
        batch = Batch(sum([entry.amount for entry in entries]), tuple(entries))  # type: ignore[misc]
        hours.append(batch)
        if is_planned:
            planned.append(batch)
        else:
            not_planned.append(Left(UNPLANNED, batch))
        for other in cpd.AREAS:
            if other == area:
                areas[area].append(batch)
            else:
                others[other].append(Left(ELSEWHERE[area], batch))
    enough = concluded_one(CLAUSES["hours"], THIRTY, hours, apart, period)
    enough_planned = concluded_one(CLAUSES["planned"], TEN, planned, tuple(not_planned), period)
    split = tuple(
        [concluded_one(CLAUSES[f"area.{area}"], TEN, areas[area], tuple(others[area]), period) for area in cpd.AREAS]
    )
    all_split = MET if split[0].verdict is split[1].verdict is split[2].verdict is MET else NOT_MET
    advised = Finding(CLAUSES["advise"], DOES_NOT_APPLY, (Finding(CLAUSES["areas"], all_split, split),))
    verdict = MET if enough.verdict is enough_planned.verdict is MET else NOT_MET
    full = Finding(CLAUSES["full"], verdict, (enough, enough_planned, advised))
    chosen = Finding(CLAUSES["case_by_case"], verdict, (Finding(CLAUSES["reduced_target"], verdict, (full,)),))
    return Finding(CLAUSES["edition"], verdict, (chosen,), notes=EDITION_NOTES, period=period)


def concluded_one(
    clause: Clause, required: Bounds, batches: list[Batch], left: tuple[Left, ...], period: Period
) -> Finding:
    """Conclude one clause."""
    did = sum([batch.amount for batch in batches])
    verdict = MET if did >= required.least else NOT_MET
    return Finding(clause, verdict, (), required, Bounds(did, did), tuple(batches), (), left, (), period)


def in_words(finding: Finding) -> str:
    """Word what the loop found, line by line as ``print(finding)`` does."""
    full = finding.parts[0].parts[0].parts[0]
    enough, planned, advised = full.parts
    areas = advised.parts[0]
    lines = [f"{SAID[full.verdict]} for 2015 (full)", EDITION, in_a_line(enough, "  "), in_a_line(planned, "  ")]
    lines.append(f"  advised: areas: {'met' if areas.verdict is MET else 'not met'}")
    lines += [in_a_line(area, "    ") for area in areas.parts]
    outside = [left for left in enough.left_out if left.why is OUTSIDE]
    if outside:
        named = [
            f"“{title}” ({day.day} {MONTHS[day.month - 1]} {day.year}, {clock(did)})"  # type: ignore[union-attr, arg-type]
            for _, did, title, day, *_ in outside[0].batch.entries
        ]
        lines.append(f"Did not count (outside 2015): {' and '.join(named)}")
    short = THIRTY.least - enough.counted.least  # type: ignore[union-attr]
    short_planned = TEN.least - planned.counted.least  # type: ignore[union-attr]
    if short > 0 or short_planned > 0:
        needs = [f"{clock(short_planned)} planned"] if short_planned > 0 else []
        if short > max(short_planned, 0):
            needs.append(f"{clock(short - max(short_planned, 0))}{' more' if needs else ''} of any kind")
        lines.append(f"Still needed: {', and '.join(needs)}")
    return "\n".join(lines)


def in_a_line(finding: Finding, pad: str) -> str:
    """Word one clause."""
    asks, source = ASKED[finding.clause.ref]
    did, required = finding.counted.least, finding.required.least  # type: ignore[union-attr]
    if did >= required:
        return f"{pad}{finding.clause.ref}: met, {clock(did)} of {asks} [{source}]"
    return f"{pad}{finding.clause.ref}: not met, {clock(did)} of {asks}, {clock(required - did)} short [{source}]"


ASKED = {
    "hours": ("at least 30 h", "S1, line 44"),
    "planned": ("at least 10 h, planned", "S1, line 51"),
    "area.personal_technical": ("at least 10 h, area: personal technical", "S1, line 47"),
    "area.job_role_technical": ("at least 10 h, area: job role technical", "S1, line 48"),
    "area.soft_skills": ("at least 10 h, area: soft skills", "S1, line 49"),
}
MET, NOT_MET, _, DOES_NOT_APPLY = Verdict
SAID = {MET: "Met", NOT_MET: "Not met"}
OUTSIDE = Reason("period", "outside 2015")
UNPLANNED = Reason("tag", "not planned")
ELSEWHERE = {area: Reason("tag", f"area: {area.replace('_', ' ')}") for area in cpd.AREAS}
TEN, THIRTY = Bounds(36000, 36000), Bounds(108000, 108000)

#: The clauses that a finding speaks of are the same for every member: both sides have them ready.
EXAMPLE = cpd.policy.assess(record("nobody"), period=YEAR)
CLAUSES = {part.clause.ref or part.clause.word: part.clause for part in EXAMPLE.walk()}
EDITION_NOTES = EXAMPLE.notes


def members(number: int) -> list[Record]:
    """Make up members with twenty activities each; one activity of each lies outside the year."""
    random = Random(2015)  # noqa: S311 - made-up members, the same in every run
    return [
        record(
            f"{who}",
            [
                activity(
                    date(2015 if place else 2014, random.randint(1, 12), random.randint(1, 28)),
                    f"{random.randint(2, 10) * 15} min",
                    id=f"{who}-{place}",
                    title=f"activity {place}",
                    kind=random.choice(cpd.KINDS),
                    area=random.choice(cpd.AREAS),
                    planned=random.random() < 0.45,
                )
                for place in range(20)
            ],
        )
        for who in range(number)
    ]


def read_by_hand(data: dict[str, Any]) -> tuple[str, list[tuple[Any, ...]]]:
    """Read a record from plain data as strictly as the library, for this one purpose."""
    if type(data) is not dict or not data.keys() <= RECORD_KEYS:
        raise ValueError("no record")
    member = data["member"]
    if type(member) is not dict or not member.keys() <= MEMBER_KEYS or type(member["id"]) is not str:
        raise ValueError("no member")
    rows: list[tuple[Any, ...]] = []
    seen: set[str] = set()
    if type(data["activities"]) is not list:
        raise ValueError("no activities")
    for item in data["activities"]:
        if type(item) is not dict or not item.keys() <= ACTIVITY_KEYS:
            raise ValueError("no activity")
        rows.append(read_activity_by_hand(item))
        seen.add(rows[-1][0].id)
    if len(seen) != len(rows):
        raise ValueError("an activity is entered twice")
    return member["id"], rows


RECORD_KEYS = {"member", "activities", "declared", "plan"}
MEMBER_KEYS = {"id", "grade", "registrations", "joined", "left", "circumstances", "agreements", "facts"}
ACTIVITY_KEYS = {
    *("id", "date", "from", "until", "amount", "unit", "tags", "title", "reflection", "provider", "shares"),
}


def read_activity_by_hand(item: dict[str, Any]) -> tuple[Any, ...]:
    """Read one activity: every field of its type, the day a day, the amount a whole number of seconds."""
    name, title, tags = item["id"], item.get("title", ""), item["tags"]
    if type(name) is not str or type(title) is not str or type(tags) is not dict:
        raise ValueError("a field of the wrong type")
    for axis, tag in tags.items():
        if type(axis) is not str or type(tag) not in (str, bool, int):
            raise ValueError("no tag")
    day = item["date"]
    if type(day) is not str or len(day) != 10 or day[4] != "-" or day[7] != "-":
        raise ValueError("no day")
    when = date.fromisoformat(day)
    return Entry(name, seconds_by_hand(item["amount"]), title, when, HOUR), dict(tags)


def seconds_by_hand(amount: object) -> int:
    """Read “1 h 30 min”, “45 min” or “2 h” as seconds."""
    if type(amount) is not str or len(amount) > 40:
        raise ValueError("no amount")
    seconds = 0
    parts = amount.split(" ")
    if len(parts) % 2:
        raise ValueError("no amount")
    for number, name in zip(parts[::2], parts[1::2], strict=True):
        if not number.isascii() or not number.isdigit() or name not in ("h", "min"):
            raise ValueError("no amount")
        seconds += int(number) * (3600 if name == "h" else 60)
    if not 0 < seconds <= 3_600_000_000:
        raise ValueError("no amount")
    return seconds


def assess_read_by_hand(read: tuple[str, list[tuple[Any, ...]]], period: Period) -> Finding:
    """Assess what ``read_by_hand`` read: the same loop over tuples."""
    first, last = period.first, period.last
    cells: dict[tuple[bool, str], list[Entry]] = {}
    outside: list[Entry] = []
    for entry, tags in read[1]:
        if entry.day < first or entry.day > last:
            outside.append(entry)
            continue
        cells.setdefault((tags["planned"], tags["area"]), []).append(entry)
    return concluded(cells, outside, period)


def each(things: list[Any], task: Callable[[Any], object]) -> None:
    """Do a task for each of some things, and keep nothing of it."""
    for thing in things:
        task(thing)


def median_seconds(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run the tasks in turn, many times, and give the median of each."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    """Check that the two agree, then time them."""
    records = members(200)
    plain = [write_record(one) for one in records]
    for one, data in zip(records, plain, strict=True):
        finding = cpd.policy.assess(one, period=YEAR)
        assert finding == by_hand(one, YEAR) == assess_read_by_hand(read_by_hand(data), YEAR)
        assert str(finding) == in_words(by_hand(one, YEAR))
        assert read_record(data) == one
    policy = cpd.policy
    took = median_seconds(
        {
            "by hand": lambda: each(records, lambda one: in_words(by_hand(one, YEAR))),
            "assessed and worded": lambda: each(records, lambda one: str(policy.assess(one, period=YEAR))),
            "assessed": lambda: each(records, lambda one: policy.assess(one, period=YEAR)),
            "read by hand": lambda: each(plain, lambda data: in_words(assess_read_by_hand(read_by_hand(data), YEAR))),
            "read, assessed and worded": lambda: each(
                plain, lambda data: str(policy.assess(read_record(data), period=YEAR))
            ),
        }
    )
    print(f"Python {sys.version.split()[0]}, {len(records)} members of 20 activities, microseconds a member:")
    for name, seconds in took.items():
        print(f"  {name}: {seconds / len(records) * 1e6:.1f}")
    print(f"ratio read_assess = {took['read, assessed and worded'] / took['read by hand']:.2f}")
    print(f"ratio assess_lazy = {took['assessed'] / took['by hand']:.2f}")
    print(f"ratio assess = {took['assessed and worded'] / took['by hand']:.2f}")


if __name__ == "__main__":
    main()
