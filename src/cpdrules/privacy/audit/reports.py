"""What an audit says, as values, as rows and as words.

Names and whatever else strangers wrote are shown on one line, in short and escaped: what nobody would see is spelt out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.errors import shown
from cpdrules.privacy.audit.catalogues import Hint
from cpdrules.privacy.audit.cookie_records import Reject
from cpdrules.privacy.audit.observations import Observation
from cpdrules.privacy.names import NamePattern
from cpdrules.rendering import in_csv, in_markdown, in_text

#: What an audit says of one cookie: the first of these that holds.
AuditVerdict: TypeAlias = Literal[
    "rejected-by-browser",
    "deletion",
    "nameless",
    "cannot-tell",
    "undeclared",
    "declared-but-discontinued",
    "declared",
]

#: The verdicts, each with what it means.
VERDICTS: Mapping[AuditVerdict, str] = {
    "rejected-by-browser": "a browser does not keep it",
    "deletion": "it deletes the cookie that it names",
    "nameless": "it has no name by which a statement could declare it",
    "cannot-tell": "its name is declared for some hosts, and its host is not known",
    "undeclared": "the statement does not name it, so what it is for is unknown",
    "declared-but-discontinued": "the statement says that it is no longer used",
    "declared": "the statement names it",
}

#: What a remark is about. Further codes are those of ``Rejection``.
CODES: Mapping[str, str] = {
    "ambiguous": "several declared cookies go by its name",
    "cannot-tell": "a fact is missing",
    "ignored-attribute": "a browser overlooks an attribute of it",
    "inferred": "what it is told by is inferred, and not stated",
    "lifetime-longer-than-declared": "it is set for longer than the statement says",
    "look-alike": "its name looks like another",
    "not-seen": "it is declared and was not seen",
    "party-mismatch": "it is another party's than the statement says",
    "prefix-rule": "its name promises what it does not keep",
    "set-before-consent": "it was set before consent was given",
}


@frozen
class Remark:
    """Something to know beside a verdict."""

    #: A stable word: one of ``CODES``, or a code of ``Rejection``.
    code: str
    text: str


@frozen
class CookieFinding:
    """What an audit says of one cookie that was seen."""

    observation: Observation
    verdict: AuditVerdict
    #: The id of the declared cookie, whatever the verdict; of several, the first. Empty where none is known.
    cookie: str = ""
    #: By what it was told.
    pattern: NamePattern | None = None
    #: The ids of further cookies that it may be, since they go by the name as well, or do on some hosts.
    may_be: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    #: What a public list says of the name, where the statement does not declare it.
    hints: tuple[Hint, ...] = ()

    def remarked(self, code: str) -> bool:
        """Tell whether a remark with a code is made."""
        return any(remark.code == code for remark in self.remarks)


@frozen
class Audit:
    """What an audit says: of each cookie that was seen, and of the statement as a whole."""

    #: The name of the statement.
    statement: str
    findings: tuple[CookieFinding, ...]
    #: What is to be known of no single cookie: what was not seen, and what cannot be told.
    remarks: tuple[Remark, ...] = ()
    #: What could not be read, of the observations and of the catalogue.
    rejects: tuple[Reject, ...] = ()

    def having(self, verdict: AuditVerdict) -> tuple[CookieFinding, ...]:
        """Give the findings with a verdict."""
        return tuple(finding for finding in self.findings if finding.verdict == verdict)

    def counts(self) -> dict[AuditVerdict, int]:
        """Count the findings by verdict; one that none has is 0."""
        return {verdict: len(self.having(verdict)) for verdict in VERDICTS}

    def rows(self, *, escape_formulas: bool = True) -> tuple[dict[str, str | int | None], ...]:
        """Give the findings as rows of a table; what is said alike is one row, counted in ``times``.

        What a spreadsheet would run has an apostrophe in front, unless ``escape_formulas`` is false.
        """
        alike = Counter(_row(finding) for finding in self.findings)
        cells = in_csv if escape_formulas else str
        return tuple(
            {
                **{
                    key: cells(cell) if isinstance(cell, str) else cell for key, cell in zip(_COLUMNS, row, strict=True)
                },
                "times": times,
            }
            for row, times in alike.items()
        )

    def __str__(self) -> str:
        return as_text(self)


#: The columns of a row, but for how often it was seen.
_COLUMNS = ("name", "host", "domain", "path", "verdict", "cookie", "by", "lifetime", "codes", "remarks", "hints")


def _row(finding: CookieFinding) -> tuple[str | int | None, ...]:
    seen = finding.observation
    return (
        named(seen.name),
        named(seen.host),
        named(seen.domain),
        None if seen.path is None else named(seen.path),
        finding.verdict,
        in_text(finding.cookie),
        "" if finding.pattern is None else in_text(str(finding.pattern)),
        _lifetime(seen),
        ", ".join(dict.fromkeys(remark.code for remark in finding.remarks)),
        "; ".join(in_text(remark.text) for remark in finding.remarks),
        "; ".join(in_text(str(hint)) for hint in finding.hints),
    )


def _lifetime(seen: Observation) -> str:
    if seen.session:
        return "session"
    days = seen.days
    if days is None:
        return ""
    return f"{days} day{'' if days == 1 else 's'}" if abs(days) < 1_000_000 else "very many days"


def named(text: str) -> str:
    r"""Show what a stranger wrote on one line, in short; what nobody would see is spelt out.

    >>> named("CFID"), named("CF\u200bID"), named("")
    ('CFID', "'CF\\u200bID'", '(none)')
    """
    if not text:
        return "(none)"
    return text if text.isprintable() and len(text) <= _WIDEST else shown(text)


#: A name of more characters is cut.
_WIDEST = 80

#: No more rejects are told one by one.
_MANY = 20

#: What is true of every audit.
_CAVEAT = (
    "It says what was seen and what is declared, as browsers read cookies (RFC 6265bis); not that anybody complies."
)


def as_text(audit: Audit) -> str:
    """Word an audit as plain text: how many cookies have each verdict, then each, then what is to be known besides."""
    lines = [f"{_title(audit)}: {_counted(audit)}."]
    for row in audit.rows(escape_formulas=False):
        lines.append(f"- {_cookie(row)}: {_said(row)}")
        lines += [f"    {row[column]}" for column in ("remarks", "hints") if row[column]]
    lines += [f"* {remark.code}: {in_text(remark.text)}" for remark in audit.remarks]
    return "\n".join([*lines, *_unread(audit.rejects), _CAVEAT])


def as_markdown(audit: Audit) -> str:
    """Word an audit as Markdown, everything that strangers wrote escaped."""
    head = ("cookie", "verdict", "lifetime", "remarks", "listed as", "times")
    rows = [
        (_cookie(row), _said(row), *(str(row[column]) for column in ("lifetime", "remarks", "hints", "times")))
        for row in audit.rows(escape_formulas=False)
    ]
    table = [head, ("---",) * len(head), *(tuple(map(in_markdown, row)) for row in rows)]
    blocks = [
        f"# {in_markdown(_title(audit))}",
        f"{in_markdown(_counted(audit))}.",
        "\n".join(f"| {' | '.join(row)} |" for row in table),
        "\n".join(f"- {in_markdown(f'{remark.code}: {remark.text}')}" for remark in audit.remarks),
        "\n".join(f"- {in_markdown(text)}" for text in _unread(audit.rejects)),
        _CAVEAT,
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _title(audit: Audit) -> str:
    return f"Audit against {named(audit.statement)}"


def _counted(audit: Audit) -> str:
    total = len(audit.findings)
    counts = ", ".join(f"{number} {verdict}" for verdict, number in audit.counts().items() if number)
    return f"{total} cookie{'' if total == 1 else 's'} seen{f': {counts}' if counts else ''}"


def _cookie(row: Mapping[str, str | int | None]) -> str:
    where = row["host"] if row["domain"] == row["host"] else f"{row['host']}, for {row['domain']}"
    return f"{row['name']} ({where})"


def _said(row: Mapping[str, str | int | None]) -> str:
    return f"{row['verdict']} ({row['cookie']})" if row["cookie"] else str(row["verdict"])


def _unread(rejects: Iterable[Reject]) -> Iterator[str]:
    for number, reject in enumerate(rejects):
        if number == _MANY:
            yield "more could not be read"
            return
        yield f"not read: {f'{reject.place}: ' if reject.place else ''}{reject.reason}"
