"""Rows in: records, rejects and notices. Findings out: rows.

Rows are mappings from wherever the caller has them (``csv.DictReader``, a data frame's dicts, JSON lines), under the
caller's own column names. Nothing is lost: every row ends in a record or as one reject, with its number, its column and
a sentence to act on. Nothing is guessed: what can be read in two ways is refused, what is blank is not known. And a
rejected row changes nobody else's finding.
"""

from cpdrules.rows.activities import read_activities
from cpdrules.rows.columns import (
    ActivityColumns,
    AgreementColumns,
    CircumstanceColumns,
    DeclarationColumns,
    Layout,
    MemberColumns,
)
from cpdrules.rows.joining import Doubt, Records, read_records
from cpdrules.rows.results import FINDING_COLUMNS, REJECT_COLUMNS, write_findings, write_rejects
from cpdrules.rows.tables import (
    Declaration,
    Read,
    read_agreements,
    read_circumstances,
    read_declarations,
    read_members,
)
from cpdrules.rows.troubles import Code, Notice, Problem, Reject, RowsError

__all__ = [
    "FINDING_COLUMNS",
    "REJECT_COLUMNS",
    "ActivityColumns",
    "AgreementColumns",
    "CircumstanceColumns",
    "Code",
    "Declaration",
    "DeclarationColumns",
    "Doubt",
    "Layout",
    "MemberColumns",
    "Notice",
    "Problem",
    "Read",
    "Records",
    "Reject",
    "RowsError",
    "read_activities",
    "read_agreements",
    "read_circumstances",
    "read_declarations",
    "read_members",
    "read_records",
    "write_findings",
    "write_rejects",
]
