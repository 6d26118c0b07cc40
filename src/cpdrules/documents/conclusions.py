"""Findings in plain data, whole: what was required and counted, from which entries, what did not count, and why."""

from __future__ import annotations

from typing import Any, Literal

from cpdrules.amounts import Amount
from cpdrules.documents.particulars import SOURCE
from cpdrules.documents.places import UNREAD, At
from cpdrules.documents.quantities import BOUNDS, DAY, FRACTION, GRAINS, SUM, UNIT
from cpdrules.documents.shapes import FLAG, TEXT, WHOLE, Choice, Late, Many, OneOf, Table, Turned, Word, choice, key
from cpdrules.documents.tags import FILTER
from cpdrules.errors import DocumentError
from cpdrules.findings import Batch, Bounds, Clause, Entry, Finding, Left, Note, Owed, Reason, Room
from cpdrules.periods import Period
from cpdrules.verdicts import Verdict

# The clause that was judged -------------------------------------------------------------------------------------------


_GROWS = Table(
    "growth",
    lambda share, where: (share, where),
    (
        key("share", FRACTION, get=lambda grows: grows[0]),
        key("where", FILTER, default=(), get=lambda grows: grows[1]),
    ),
)

_CLAUSE = Table(
    "a clause of a finding",
    Clause,
    (
        key("word", TEXT),
        key("ref", TEXT, default=""),
        key("about", TEXT, default=""),
        key("unit", UNIT, default=None, gives=At.measured_in),
        key("where", FILTER, default=()),
        key("source", SOURCE, default=None),
        key("figure", SUM, default=None),
        key("count", WHOLE, default=None),
        key("grows", _GROWS, default=None),
        key("step", WHOLE, default=0),
        key("report", TEXT, default=""),
        key("recorded", FLAG, default=False),
    ),
)

# What counted and what did not ----------------------------------------------------------------------------------------

_ENTRY = Table(
    "an entry",
    Entry,
    (
        key("id", TEXT),
        key("amount", GRAINS, default=None),
        key("unit", UNIT, default=None, gives=At.measured_in),
        key("title", TEXT, default=""),
        key("date", DAY, "day", default=None),
    ),
)


def _in_their_unit(at: At, entries: Any) -> At:
    """Read a batch's sum in the unit of its entries."""
    if entries is UNREAD:
        return at.measured_in(UNREAD)
    return at.measured_in(entries[0].unit if entries else None)


_BATCH = Table(
    "a batch",
    Batch,
    (key("amount", GRAINS), key("entries", Many(_ENTRY), gives=_in_their_unit)),
)


def _left(*, kind: Any, text: str, amount: int, entries: tuple[Entry, ...]) -> Left:
    return Left(Reason(kind, text), Batch(amount, entries))


_LEFT = Table(
    "what did not count",
    _left,
    (
        key(
            "kind",
            choice(
                "kind of reason",
                *("period", "unit", "tag", "cap", "date", "amount", "straddling", "size", "repeat", "carried"),
            ),
            "why.kind",
        ),
        key("why", TEXT, "why.text"),
        key("amount", GRAINS, "batch.amount"),
        key("entries", Many(_ENTRY), "batch.entries", gives=_in_their_unit),
    ),
)

_OWED = Table("what goes elsewhere first", Owed, (key("grains", GRAINS), key("after", GRAINS, default=0)))

_ROOM = Table("the room below a cap", Room, (key("where", FILTER), key("grains", GRAINS)))

# The finding ----------------------------------------------------------------------------------------------------------


def _note(kind: Literal["because", "missing", "edition"]) -> Word:
    body = Turned(TEXT, lambda text: Note(kind, text), lambda note: note.text)
    return Word(kind, Note, body, lambda note: note.kind == kind)


_NOTES = (_note("because"), _note("missing"), _note("edition"))
_NOTE = OneOf("a note", '{"missing": "..."}', lambda: _NOTES)

_PERIOD = Table("a period", Period, (key("from", DAY, "first"), key("until", DAY, "last")))
_VERDICT = Choice("verdict", tuple((verdict.value, verdict) for verdict in Verdict))


def _short_by(finding: Finding) -> Amount | None:
    """Give by how much a finding is short, if it says enough to tell."""
    required, counted = finding.required, finding.counted
    told = required is not None and counted is not None and counted.most is not None and finding.clause.unit is not None
    return finding.short_by if told else None


def _finding(
    *,
    clause: Clause,
    verdict: Verdict,
    required: Bounds | None,
    counted: Bounds | None,
    short_by: Amount | None,
    entries: tuple[Batch, ...],
    unsure: tuple[Left, ...],
    left_out: tuple[Left, ...],
    notes: tuple[Note, ...],
    period: Period | None,
    because: Finding | None,
    rooms: tuple[Room, ...],
    owed: Owed | None,
    parts: tuple[Finding, ...],
) -> Finding:
    amounts = required, counted, entries, unsure, left_out
    found = Finding(clause, verdict, parts, *amounts, notes, period, because, rooms, owed)
    short = _short_by(found)
    if short != short_by:
        raise DocumentError(
            f"By its amounts, this finding is short by {short or 'nothing'}, and it says by {short_by or 'nothing'}",
            remedy="Correct one of the two, or leave “short by” out where nothing is short",
        )
    return found


_PART = Late(lambda: FINDING)

FINDING: Table = Table(
    "a finding",
    _finding,
    (
        key("clause", _CLAUSE, gives=lambda at, clause: at.measured_in(UNREAD if clause is UNREAD else clause.unit)),
        key("verdict", _VERDICT),
        key("required", BOUNDS, default=None),
        key("counted", BOUNDS, default=None),
        key("short by", SUM, default=None, get=_short_by),
        key("entries", Many(_BATCH), default=()),
        key("unsure", Many(_LEFT), default=()),
        key("left out", Many(_LEFT), default=()),
        key("notes", Many(_NOTE), default=()),
        key("period", _PERIOD, default=None),
        key("because", _PART, default=None),
        key("rooms", Many(_ROOM), default=()),
        key("owed", _OWED, default=None),
        key("parts", Many(_PART), default=()),
    ),
)
