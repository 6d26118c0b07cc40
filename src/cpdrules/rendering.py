"""A finding in words: plain text, Markdown and HTML.

The text is for a terminal, a log or an e-mail: one line for each clause, then what did not count, what is missing and
what would still be needed. Markdown and HTML say more: which activities counted, and how much of each. Titles, ids and
notes come from strangers: each form escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cpdrules.amounts import HOUR, Unit, as_clock, as_written
from cpdrules.periods import Period, as_date
from cpdrules.remaining import Need, Obstacle, in_a_sentence, least
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Verdict

if TYPE_CHECKING:
    from cpdrules.findings import Bounds, Clause, Entry, Finding, Left, Note

#: No more activities than these are named in one line of the text, and no more missing facts are listed.
_NAMED, _LISTED = 3, 5

_ENOUGH = "Enough, whatever the missing facts are"

#: What looks at another stretch of time than the period assessed.
_WINDOWS = ("over", "before")

#: What joins its parts, and how that reads after the verdict.
_JOINED = {
    "any_of": ", one of these is enough",
    "none_of": ", none of these may hold",
    "divided_among": ", no hour serves two of these",
}


class _Told:
    """The text so far, and what is to be said at its end."""

    __slots__ = ("left", "lines", "open", "vague")

    def __init__(self) -> None:
        self.lines: list[str] = []
        #: What did not count, each batch once.
        self.left: dict[int, Left] = {}
        #: Whether anything cannot be told.
        self.open = False
        #: Whether any amount is known only in bounds.
        self.vague = False


def as_text(finding: Finding) -> str:
    """Word a finding for people, as plain text: what ``print(finding)`` shows."""
    told = _Told()
    period, node, verdict = _period_of(finding), finding, finding.verdict
    lines = told.lines
    lines.append("")
    while _passes(node) and node.clause.word not in _WINDOWS:
        if node.because is not None or node.notes:
            lines += _reasons(node, "  ")
        node = node.parts[0]
    head = f"{_headline(verdict, period)}{f' ({_plain(node.clause.ref)})' if node.clause.ref else ''}"
    told.open = verdict is CANNOT_TELL
    if not node.parts:
        body = _body(node, period, told)
        lines[0] = f"{head}: {body}" if body else head
    elif node.clause.word in ("advise", *_WINDOWS):
        lines[0] = head
        _tell(node, "  ", "", period, told)
    else:
        lines[0] = f"{head}{_kind(node)}{(node.clause.words or _words(node.clause))[2]}"
        _tell_parts(node, "  ", period, told)
    if told.left:
        lines += _not_counted(finding, told.left.values())
    if told.open or not (verdict is MET or verdict is DOES_NOT_APPLY):
        _tell_outstanding(finding, period, told)
    return "\n".join(lines)


def _headline(verdict: Verdict, period: Period | None) -> str:
    text = "Nothing is asked" if verdict is DOES_NOT_APPLY else verdict._value_.capitalize()
    return text if period is None else f"{text} for {period}"


def _passes(finding: Finding) -> bool:
    """Tell whether a finding only hands on that of its one part."""
    word = finding.clause.word
    return len(finding.parts) == 1 and (
        word in ("when", "edition", *_WINDOWS) or (word == "undecided" and not finding.notes)
    )


def _tell(finding: Finding, pad: str, lead: str, period: Period | None, told: _Told) -> None:
    """Write the lines of a clause and its parts; a part that stands alone is told on the line of its clause."""
    clause, parts = finding.clause, finding.parts
    verdict = finding.verdict
    head, _, cites = clause.words or _words(clause)
    if verdict is CANNOT_TELL:
        told.open = True
    if not parts:
        if clause.figure is not None and clause.unit is HOUR and finding.period is period and not finding.notes:
            usual = _usual(finding, told)
            if usual is not None:
                told.lines.append(f"{pad}{lead}{head}{usual}{cites}")
                return
        body = _body(finding, period, told)
        text = f"{verdict._value_}, " if body else verdict._value_
        text = {"exempt": "nothing is asked: ", "reported": ""}.get(clause.word, text)
        told.lines.append(f"{pad}{lead}{head}{text}{body}")
        return
    word = clause.word
    if len(parts) == 1 and (word == "advise" or _passes(finding)):
        if finding.because is not None or finding.notes:
            told.lines += _reasons(finding, pad)
        if word == "advise":
            lead = f"{lead}advised: "
        elif word in _WINDOWS:
            period = finding.period
            lead = f"{lead}{_window(finding)}"
        _tell(parts[0], pad, lead, period, told)
        return
    told.lines.append(f"{pad}{lead}{head}{verdict._value_}{_kind(finding)}{cites}")
    _tell_parts(finding, f"{pad}  ", period, told)


def _usual(finding: Finding, told: _Told) -> str | None:
    """Word the usual case in one go: a fixed figure of hours, and all known; None where it is another."""
    counted, required = finding.counted, finding.required
    if counted is None or required is None or counted[0] != counted[1]:
        return None
    for left in finding.left_out:
        if left[0][0] != "tag":
            told.left[id(left[1])] = left
    verdict, done, asks = finding.verdict, counted[0], finding.clause.words[1]  # type: ignore[index]
    if verdict is not NOT_MET:
        return f"{verdict._value_}, {as_clock(done)}{asks}"
    gap = required[0] - done
    return f"not met, {as_clock(done)}{asks}, {f'{as_clock(gap)} short' if gap > 0 else f'{as_clock(-gap)} too much'}"


def _window(finding: Finding) -> str:
    about = _plain(finding.clause.about)
    return f"{about}: " if finding.period is None else f"{about} ({finding.period}): "


def _tell_parts(finding: Finding, pad: str, period: Period | None, told: _Told) -> None:
    word = finding.clause.word
    if word in ("when", "each"):
        for lead, part in zip(_leads(finding), finding.parts, strict=False):
            _tell(part, pad, lead, _period_of(part) if word == "each" else period, told)
        return
    for part in finding.parts:
        if not _asks_nothing(part):
            _tell(part, pad, "", period, told)


def _asks_nothing(finding: Finding) -> bool:
    """Tell whether there is nothing to tell: a choice without a name that asks this subject for nothing."""
    clause = finding.clause
    return clause.word == "when" and not (finding.parts or clause.ref or clause.source or finding.because)


def _leads(finding: Finding) -> list[str]:
    """Give what stands before each part, where something does: which branch it is, or which stretch of time."""
    if finding.clause.word == "when":
        return ["if so: ", "if not: ", *[""] * len(finding.parts)]
    return [f"{_period_of(part)}: " for part in finding.parts] if finding.clause.word == "each" else []


def _body(finding: Finding, period: Period | None, told: _Told) -> str:
    """Word what a clause without parts found, and note what did not count; its verdict is told elsewhere."""
    clause, counted, required = finding.clause, finding.counted, finding.required
    _, asks, cites = clause.words or _words(clause)
    unit = clause.unit
    if counted is None or unit is None or (required is None and clause.word != "reported"):
        return f"{_detail(finding)}{cites}"
    for left in finding.left_out:
        (kind, _), batch = left
        if kind != "tag":
            told.left[id(batch)] = left
    fewest, most = counted
    if fewest != most:
        got = _between(counted, unit)
        told.vague = True
    else:
        got = as_written(fewest, unit) if unit is HOUR else _number(fewest, unit)
    if required is None:
        got = _in_all(counted, unit)
        asks = f" counted{asks}"
    elif clause.figure is None:
        asks = f" of {_required(clause, required, unit)}{asks}"
    short = _short(clause, counted, required, unit) if required is not None and finding.verdict is NOT_MET else ""
    notes = (
        "".join(f", since {_plain(note.text)}" for note in finding.notes if note.kind == "because")
        if finding.notes
        else ""
    )
    own = finding.period
    when = "" if own is None or own is period or own == period else f" in {own}"
    return f"{got}{asks}{when}{short}{notes}{cites}"


def _words(clause: Clause) -> tuple[str, str, str]:
    """Word what every finding of a clause says alike, once: its name, what it asks, its source."""
    about = f", {clause.about}" if clause.about else ""
    if clause.unit is None:
        name = clause.ref or ("all of these" if clause.word == "all_of" else clause.about)
        name = clause.ref if clause.word in ("exempt", "unstated", "undecided", "each") else name
        about = ""
    else:
        name = clause.ref
        about = f" of {_limit(clause)} {clause.figure}{about}" if clause.figure is not None else about
    source = clause.source
    cites = ""
    if source is not None:
        line = f", line {source.line}" if source.line else ""
        cites = f" [{source.document}{line}{'' if source.stated == 'stated' else f', {source.stated}'}]"
    words = _plain(f"{name}: " if name else ""), _plain(about), _plain(cites)
    object.__setattr__(clause, "words", words)
    return words


def _limit(clause: Clause) -> str:
    return "at most" if clause.word == "at_most" else "at least"


def _required(clause: Clause, required: Bounds, unit: Unit) -> str:
    """Word a figure that depends on the subject, as far as it is known."""
    low, high = required
    if high is None:
        return f"{_limit(clause)} a figure that is not known"
    if low == high:
        return f"{_limit(clause)} {as_written(low, unit)}"
    return f"{_limit(clause)} {as_written(low, unit)} to {as_written(high, unit)}"


def _between(counted: Bounds, unit: Unit) -> str:
    if counted.most is None:
        return f"{_number(counted.least, unit)} or more"
    return f"between {_number(counted.least, unit)} and {_number(counted.most, unit)}"


def _number(grains: int, unit: Unit) -> str:
    """Write an amount that its figure follows: “12 of at least 50 points”, but “12 h of at least 30 h”."""
    text = as_written(grains, unit)
    return text if unit is HOUR or unit == HOUR else text.removesuffix(f" {unit.plural}").removesuffix(f" {unit.name}")


def _short(clause: Clause, counted: Bounds, required: Bounds, unit: Unit) -> str:
    """Word by how much a figure is missed, for certain."""
    (fewest, most), (low, high) = counted, required
    if clause.word == "at_most":
        return "" if high is None else f", {as_written(fewest - high, unit)} too much"
    return "" if most is None else f", {as_written(low - most, unit)} short"


def _detail(finding: Finding) -> str:
    """Word what a clause found that asks for no amount: why nothing is asked, what held, what is missing."""
    clause = finding.clause
    if finding.notes:
        return "; ".join([_plain(note.text) for note in finding.notes])
    return _plain(clause.about) if clause.ref else ""


def _kind(finding: Finding) -> str:
    """Word how a clause with parts joins them, to be read after its verdict."""
    clause = finding.clause
    if clause.word == "at_least_of":
        return f", {clause.count} of these are enough"
    if clause.word == "each":
        return f", {clause.about}"
    if clause.word == "undecided" and finding.notes:
        return f", awaiting: {_plain(clause.about)}"
    if clause.word == "when" and finding.because is not None:
        return f", it is not known whether this holds: {_condition(finding.because)}"
    return _JOINED.get(clause.word, "")


def _reasons(finding: Finding, pad: str) -> list[str]:
    """Word why this branch, and which edition."""
    lines = [f"{pad}under {_plain(note.text)}" for note in finding.notes if note.kind == "edition"]
    if finding.because is not None:
        lines.append(f"{pad}because {_condition(finding.because)}")
    return lines


def _condition(finding: Finding) -> str:
    """Word a condition: the facts by which it holds, else what it asks about."""
    held = [
        note.text for node in finding.walk() if node.verdict is MET for note in node.notes if note.kind == "because"
    ]
    if held:
        return _plain("; ".join(held))
    if not finding.parts:
        return _plain(finding.clause.about or finding.clause.ref or finding.clause.word)
    join = " and " if finding.clause.word == "all_of" else " or "
    texts = join.join(_condition(part) for part in finding.parts)
    before = {"none_of": "none of: ", "before": f"{_plain(finding.clause.about)}: "}.get(finding.clause.word, "")
    return f"{before}{texts}"


def _period_of(finding: Finding) -> Period | None:
    """Give the period that a finding speaks of: its own, or that of its first part that looks at no other window."""
    if finding.period is not None:
        return finding.period
    window = None
    for part in finding.parts:
        period = _period_of(part)
        if period is not None and part.clause.word not in _WINDOWS:
            return period
        window = window or period
    return window


# The end of the text --------------------------------------------------------------------------------------------------


def _not_counted(finding: Finding, left: Iterable[Left]) -> list[str]:
    """Word what did not count, by reason; what is left out of one clause's period or unit may count for another's."""
    listed = list(left)
    several = any(node.clause.word == "each" or node.clause.word in _WINDOWS for node in finding.walk())
    if len(listed) == 1 and listed[0].why.kind == "period" and not several:
        return [f"Did not count ({_plain(listed[0].why.text)}): {_together(listed[0].batch.entries)}"]
    several = several or len({one.why.text for one in listed if one.why.kind == "period"}) > 1
    counted, looked_at = (
        _looked_at(finding) if several or any(one.why.kind == "unit" for one in listed) else (set(), set())
    )
    groups: dict[str, dict[tuple[str, int | None], Entry]] = {}
    for (kind, text), batch in listed:
        elsewhere = counted if kind == "unit" else looked_at if kind == "period" and several else ()
        why = "outside every period assessed" if kind == "period" and several else text
        for entry in batch.entries:
            if entry.id not in elsewhere:
                groups.setdefault(why, {})[entry.id, entry.amount] = entry
    return [f"Did not count ({_plain(why)}): {_together(list(entries.values()))}" for why, entries in groups.items()]


def _looked_at(finding: Finding) -> tuple[set[str], set[str]]:
    """Give the ids of what counts somewhere, or may, and of what lies in a period of some clause."""
    counted: set[str] = set()
    looked_at: set[str] = set()
    for node in finding.walk():
        batches = (*node.entries, *(left.batch for left in node.unsure))
        counted.update(entry.id for batch in batches for entry in batch.entries)
        looked_at.update(
            entry.id for left in node.left_out if left.why.kind != "period" for entry in left.batch.entries
        )
    return counted, counted | looked_at


def _together(entries: Sequence[Entry]) -> str:
    texts = [_mention(entry, amount=True) for entry in entries[:_NAMED]]
    if len(entries) > _NAMED:
        texts.append(f"{len(entries) - _NAMED} more")
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _mention(entry: Entry, *, amount: bool = False) -> str:
    """Name an activity: its title or else its id, and its date."""
    details = [as_date(entry.day)] if entry.day is not None else []
    details += [_amount_of(entry)] if amount and entry.amount is not None else []
    return f"{_name_of(entry)} ({', '.join(details)})" if details else _name_of(entry)


def _name_of(entry: Entry) -> str:
    return f"“{_plain(entry.title).strip() or _plain(entry.id)}”"


def _amount_of(entry: Entry) -> str:
    if entry.amount is None:
        return "not known"
    return str(entry.amount) if entry.unit is None else as_written(entry.amount, entry.unit)


def _tell_outstanding(finding: Finding, period: Period | None, told: _Told) -> None:
    facts, elsewhere = _facts(finding) if told.open else ((), set())
    told.lines += [f"Missing: {fact}" for fact in facts[:_LISTED]]
    if len(facts) > _LISTED:
        told.lines.append(f"Missing: {len(facts) - _LISTED} more such facts")
    remaining = least(finding)
    if not facts:
        told.lines += _outstanding(remaining, _ENOUGH if told.vague else "Still needed", period)
        return
    # An obstacle that has been told as a missing fact is not told again, but it still stands in the way.
    told_above = {*facts, *elsewhere}
    left = [one for one in remaining if isinstance(one, Need) or one.what not in told_above]
    enough = all(isinstance(one, Need) for one in remaining)
    told.lines += _outstanding(left, _ENOUGH if enough else "Still needed, besides the missing facts", period)


def _outstanding(remaining: Sequence[Need | Obstacle], label: str, period: Period | None) -> list[str]:
    """Word what would still be needed, where there is anything to say."""
    if not remaining:
        return []
    sentence = in_a_sentence(remaining, period=period)
    return [f"{label}: {sentence}" if isinstance(remaining[0], Need) else f"{sentence[0].upper()}{sentence[1:]}"]


def missing(finding: Finding) -> tuple[str, ...]:
    """Say which facts or decisions nobody has recorded, and would settle what cannot be told; each once."""
    return _facts(finding)[0]


def _facts(finding: Finding) -> tuple[tuple[str, ...], set[str]]:
    """Give the missing facts, and those that are told within another, or once more with a date."""
    found = dict(_missing(finding))
    told = {bare for fact, bare in found.items() if bare != fact}
    told |= {fact.rpartition(", and ")[0] for fact in found}
    return tuple(fact for fact in found if fact not in told), told


def _missing(finding: Finding) -> Iterator[tuple[str, str]]:
    """Give each missing fact, and how it would be told without the date of the activity."""
    for node in finding.walk():
        if node.verdict is not CANNOT_TELL:
            continue
        yield from ((_plain(note.text), _plain(note.text)) for note in node.notes if note.kind == "missing")
        named = any(note.kind == "missing" for note in node.notes)
        for (kind, text), batch in node.unsure:
            if kind == "carried" and named:  # what is not known of the period before has been named
                continue
            for entry in batch.entries:
                yield _about(text, _mention(entry)), _about(text, _name_of(entry))
        if node.because is not None:
            yield from _missing(node.because)


def _about(text: str, name: str) -> str:
    """Put the name of an activity where a reason speaks of “it”: “whether it is planned is not known”."""
    if text.startswith("it "):
        return f"{name}{_plain(text)[2:]}"
    before, it, after = _plain(text).partition(" it ")
    return f"{before} {name} {after}" if it else f"{before}: {name}"


def _plain(text: str) -> str:
    """Keep a stranger's text on one line, without anything that hides or reorders it."""
    if text.isprintable():
        return text
    words = "".join([one if one.isprintable() or one in "\u200c\u200d" else " " for one in text]).split()
    return f"{' ' if text[0] == ' ' else ''}{' '.join(words)}{' ' if text[-1] == ' ' else ''}"


# Markdown and HTML: the same report in two forms ----------------------------------------------------------------------


class _Row(NamedTuple):
    """A clause in the table of clauses."""

    depth: int
    name: str
    asked: str
    counted: str
    verdict: Verdict
    short: str
    source: str


class _Activities(NamedTuple):
    """The activities that a clause looked at: date, name, amount, and whether it counts."""

    clause: str
    rows: list[tuple[str, str, str, str]]


class _Report(NamedTuple):
    """A finding, worded and not yet escaped."""

    title: str
    reasons: list[str]
    rows: list[_Row]
    activities: list[_Activities]
    missing: tuple[str, ...]
    remaining: tuple[str, ...]


_COLUMNS = ("Clause", "Asked", "Counted", "Verdict", "Short by", "Source")
_ACTIVITY_COLUMNS = ("Date", "Activity", "Amount", "Counts")


def _report(finding: Finding) -> _Report:
    reasons = [line for node in finding.walk() if len(node.parts) == 1 for line in _reasons(node, "")]
    rows: list[_Row] = []
    _add_rows(finding, 0, "", rows)
    looked_at = [node for node in finding.walk() if node.entries or node.unsure or node.left_out]
    activities = [_Activities(_name(node), _activities(node)) for node in looked_at]
    period = _period_of(finding)
    title = _headline(finding.verdict, period)
    needs = [in_a_sentence((one,), period=period) if isinstance(one, Need) else str(one) for one in least(finding)]
    return _Report(title, reasons, rows, activities, missing(finding), tuple(needs))


def _add_rows(finding: Finding, depth: int, lead: str, rows: list[_Row]) -> None:
    clause = finding.clause
    if len(finding.parts) == 1 and (clause.word == "advise" or _passes(finding)):
        lead += "advised: " if clause.word == "advise" else _window(finding) if clause.word in _WINDOWS else ""
        _add_rows(finding.parts[0], depth, lead, rows)
        return
    rows.append(_row(finding, depth, lead))
    leads = _leads(finding)
    for number, part in enumerate(finding.parts):
        if leads or not _asks_nothing(part):
            _add_rows(part, depth + 1, leads[number] if leads else "", rows)


def _row(finding: Finding, depth: int, lead: str) -> _Row:
    clause, counted, required = finding.clause, finding.counted, finding.required
    source = "" if clause.source is None else str(clause.source)
    if counted is not None and clause.unit is not None and clause.word == "reported":
        asked = "; ".join(["nothing", *([clause.about] if clause.about else []), *(n.text for n in _because(finding))])
        return _Row(depth, lead + _name(finding), asked, _in_all(counted, clause.unit), finding.verdict, "", source)
    if counted is None or required is None or clause.unit is None:
        asked = _kind(finding).removeprefix(", ") if finding.parts else _detail(finding)
        asked = f"nothing: {asked}" if clause.word == "exempt" else asked
        return _Row(depth, lead + _name(finding), asked, "", finding.verdict, "", source)
    about = f", {clause.about}" if clause.about else ""
    since = "".join(f", since {note.text}" for note in _because(finding))
    got = _got(counted, clause.unit)
    short = (
        _short(clause, counted, required, clause.unit).removeprefix(", ").removesuffix(" short")
        if finding.verdict is NOT_MET
        else ""
    )
    asked = f"{_required(clause, required, clause.unit)}{about}{since}"
    return _Row(depth, lead + _name(finding), asked, got, finding.verdict, short, source)


def _because(finding: Finding) -> list[Note]:
    return [note for note in finding.notes if note.kind == "because"]


def _got(counted: Bounds, unit: Unit) -> str:
    return as_written(counted.least, unit) if counted.least == counted.most else _between(counted, unit)


def _in_all(counted: Bounds, unit: Unit) -> str:
    """Word what counts where no figure beside it names the unit."""
    got = _got(counted, unit)
    return got if unit == HOUR or counted.least == counted.most else f"{got} {unit.plural}"


def _name(finding: Finding) -> str:
    clause = finding.clause
    return clause.ref or ("the whole" if clause.word == "all_of" else clause.about or clause.word.replace("_", " "))


def _activities(finding: Finding) -> list[tuple[str, str, str, str]]:
    found = [(entry, "yes") for batch in finding.entries for entry in batch.entries]
    found += [(entry, f"perhaps: {left.why.text}") for left in finding.unsure for entry in left.batch.entries]
    found += [(entry, f"no: {left.why.text}") for left in finding.left_out for entry in left.batch.entries]
    return [
        (as_date(entry.day) if entry.day else "not known", _titled(entry), _amount_of(entry), why)
        for entry, why in found
    ]


def _titled(entry: Entry) -> str:
    title = _plain(entry.title).strip()
    return f"{title} ({entry.id})" if title and entry.title != entry.id else entry.id


def as_markdown(finding: Finding) -> str:
    """Word a finding as Markdown: its clauses in a table, the activities of each, what is missing and still needed."""
    report = _report(finding)
    blocks = [f"## {in_markdown(report.title)}", *([_md_list(report.reasons)] if report.reasons else [])]
    rows = [
        (
            "\u00a0\u00a0" * row.depth + in_markdown(row.name),
            *map(in_markdown, (row.asked, row.counted, row.verdict.value, row.short, row.source)),
        )
        for row in report.rows
    ]
    blocks.append(_md_table(_COLUMNS, rows))
    for clause, looked_at in report.activities:
        blocks += [
            f"### Activities: {in_markdown(clause)}",
            _md_table(_ACTIVITY_COLUMNS, [tuple(map(in_markdown, one)) for one in looked_at]),
        ]
    for heading, texts in (("Missing", report.missing), ("Still needed", report.remaining)):
        blocks += [f"### {heading}", _md_list(texts)] if texts else []
    return "\n\n".join(blocks) + "\n"


def _md_table(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    heads = tuple(columns)
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _md_list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {in_markdown(text)}" for text in texts)


#: What Markdown, its tables, its links of bare addresses, its mentions and its formulas would read as marks.
_MARKS = str.maketrans({**{mark: f"\\{mark}" for mark in "\\`*_[]|~$#@!"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})


def in_markdown(text: str) -> str:
    """Escape a stranger's text, so that it stays a text in a cell, an item or a heading, on one line.

    Spaces at its ends go: four of them would make a block of code of an item. What begins with a hyphen,
    or with a number and a point, begins no list.
    """
    line = _plain(text).strip().translate(_MARKS).replace("://", ":\\//").replace("www.", "www\\.")
    after = line.lstrip("0123456789")
    begins = after[:1] in _NUMBERED if after != line else after[:1] in _BULLETS
    return f"{line[: len(line) - len(after)]}\\{after}" if begins and after[1:2] in ("", " ", "-") else line


#: What begins an item of a list: after a number, and without one. The other marks are escaped wherever they stand.
_NUMBERED, _BULLETS = (".", ")"), ("-", "+")


def in_text(text: str) -> str:
    """Keep a stranger's text on one line of plain text, without anything that hides or reorders it."""
    return _plain(text).strip()


def in_csv(text: str) -> str:
    """Keep a stranger's text from being run by a spreadsheet: an apostrophe goes before what looks like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


#: What makes a spreadsheet take a text for a formula, on whatever keyboard it is typed.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001

_TABLE = "border-collapse:collapse;text-align:left"
_LINE = "border-bottom:1px solid rgba(128,128,128,0.4)"
_CELL = "padding:0.2em 1em 0.2em 0;text-align:left"
_SIGNS = {"met": "✓", "not met": "✗", "cannot tell": "?", "does not apply": "·"}


def as_html(finding: Finding) -> str:
    """Word a finding as HTML for a notebook: one element in the colours of the page around it, without any script."""
    report = _report(finding)
    parts = [f"<p><strong>{in_html(report.title)}</strong></p>", _html_list("", report.reasons)]
    rows = [
        (row.name, row.asked, row.counted, f"{_SIGNS[row.verdict.value]} {row.verdict.value}", row.short, row.source)
        for row in report.rows
    ]
    parts.append(_html_table(_COLUMNS, rows, [row.depth for row in report.rows]))
    for clause, looked_at in report.activities:
        table = _html_table(_ACTIVITY_COLUMNS, looked_at, [0] * len(looked_at))
        parts.append(f"<details><summary>Activities: {in_html(clause)}</summary>{table}</details>")
    parts += [_html_list("Missing", report.missing), _html_list("Still needed", report.remaining)]
    return f'<div style="color:inherit;background:transparent">{"".join(parts)}</div>'


def _html_table(columns: Iterable[str], rows: Iterable[tuple[str, ...]], depths: Iterable[int]) -> str:
    head = "".join(f'<th scope="col" style="{_CELL}">{in_html(one)}</th>' for one in columns)
    body = "".join(
        f'<tr style="{_LINE}"><th scope="row" style="{_CELL};font-weight:normal;padding-left:{depth}em">'
        f"{in_html(row[0])}</th>{_html_cells(row[1:])}</tr>"
        for row, depth in zip(rows, depths, strict=True)
    )
    return f'<table style="{_TABLE}"><thead><tr style="{_LINE}">{head}</tr></thead><tbody>{body}</tbody></table>'


def _html_cells(texts: Iterable[str]) -> str:
    return "".join(f'<td style="{_CELL}">{in_html(text)}</td>' for text in texts)


def _html_list(heading: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{in_html(text)}</li>" for text in texts)
    title = f"<p>{in_html(heading)}:</p>" if heading else ""
    return f"{title}<ul>{items}</ul>" if items else ""


#: What `html.escape` escapes; that module would take longer to import than this one.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def in_html(text: str) -> str:
    """Escape a stranger's text, so that it stays a text in an element or an attribute, on one line."""
    return _plain(text).translate(_ENTITIES)
