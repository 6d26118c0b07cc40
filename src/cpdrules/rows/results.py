"""Results out, as flat rows: a mapping a member, a mapping a rejected row, ready for ``csv.DictWriter``.

A text that a spreadsheet would run as a formula is given an apostrophe in front, so that opening a report runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cpdrules.amounts import Unit, as_written
from cpdrules.findings import Bounds, Finding
from cpdrules.rendering import in_csv
from cpdrules.rows.troubles import Notice, Reject, as_text

#: The columns of ``write_findings``.
FINDING_COLUMNS = ("member", "verdict", "required", "counted", "short by", "advice", "missing", "edition")

#: The columns of ``write_rejects``.
REJECT_COLUMNS = ("table", "row", "member", "column", "cell", "reason", "what to do")


def write_findings(
    findings: Mapping[str, Finding], *, figure: str = "", escape_formulas: bool = True
) -> Iterator[dict[str, str]]:
    """Write findings, by member, as one row each.

    ``required`` and ``counted`` are those of the clause with the ref ``figure``, or of the first that asks for any.
    ``short by`` names every clause that makes the finding fail. Where a fact is missing, an amount is a range.
    """
    for member, finding in findings.items():
        cells = (
            member,
            finding.verdict.value,
            *_figures(finding, figure),
            "; ".join(f"{ref}: {amount}" for ref, amount in finding.shortfalls().items()),
            "; ".join(dict.fromkeys(part.ref or part.clause.about or part.clause.word for part in finding.advice())),
            "; ".join(finding.missing()),
            "; ".join(dict.fromkeys(part.clause.about for part in finding.walk() if part.clause.word == "edition")),
        )
        yield dict(zip(FINDING_COLUMNS, map(in_csv, cells) if escape_formulas else cells, strict=True))


def _figures(finding: Finding, ref: str) -> tuple[str, str]:
    """Give what was required and what counted, in words; nothing where no amount is asked for."""
    shown = _asking(finding, ref)
    if shown is None:
        return "", ""
    unit = shown.clause.unit
    assert unit is not None and shown.required is not None and shown.counted is not None
    return _range(shown.required, unit), _range(shown.counted, unit)


def _asking(finding: Finding, ref: str) -> Finding | None:
    """Give the finding whose figures stand for the whole: of nothing that is only advised."""
    if finding.clause.word == "advise":
        return None
    if finding.required is not None and ref in ("", finding.ref):
        return finding
    return next((found for part in finding.parts if (found := _asking(part, ref))), None)


def _range(bounds: Bounds, unit: Unit) -> str:
    least = as_written(bounds.least, unit)
    if bounds.most is None:
        return f"{least} or more"
    return least if bounds.least == bounds.most else f"{least} to {as_written(bounds.most, unit)}"


def write_rejects(rejects: Iterable[Reject | Notice], *, escape_formulas: bool = True) -> Iterator[dict[str, str]]:
    """Write rejects, or notices, as one row for each thing that is wrong, or to be known.

    ``cell`` is what stands in the table, cut short, with a backslash code for every character that cannot be printed.
    """
    for reject in rejects:
        for problem in reject.problems:
            cells = (
                reject.table,
                str(reject.number),
                _printable(reject.member),
                problem.column,
                _cell(reject.row, problem.column),
                problem.code.replace("_", " "),
                problem.text,
            )
            yield dict(zip(REJECT_COLUMNS, map(in_csv, cells) if escape_formulas else cells, strict=True))


#: No cell of a rejected row is shown at greater length than this.
_SHOWN = 200


def _cell(row: object, column: str) -> str:
    value = row.get(column) if isinstance(row, Mapping) else None
    return "" if value is None else _printable(as_text(value))


def _printable(text: str) -> str:
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in cut)
