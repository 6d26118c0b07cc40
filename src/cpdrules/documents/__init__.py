"""Policies, members, activities, records, findings and privacy statements as plain data, in and out.

Plain data is what JSON and TOML can hold. ``read_*`` is strict, says everything that is wrong at once and where, and
gives back what ``write_*`` was given; ``read_json`` and ``read_toml`` make plain data of text. A clause is a table with
one key, its word: ``{"at least": {"figure": "30 h", "of": {"hours": {"planned": true}}}}``.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from cattrs import Converter

from cpdrules.amounts import HOUR, Unit
from cpdrules.cpd.activities import Activity
from cpdrules.cpd.members import Member, Record
from cpdrules.documents.clauses import CLAUSE, declarable
from cpdrules.documents.conclusions import FINDING
from cpdrules.documents.consents import read_consent, write_consent
from cpdrules.documents.converters import strict_converter
from cpdrules.documents.limits import TOO_LARGE, VALUES, limited, parts, size
from cpdrules.documents.places import At, Problems
from cpdrules.documents.records import ACTIVITY, MEMBER, RECORD, ordinary
from cpdrules.documents.schemas import schema_of
from cpdrules.documents.shapes import Shape
from cpdrules.documents.statements import read_statement, statement_schema, write_statement
from cpdrules.documents.texts import read_json, read_toml, write_json
from cpdrules.errors import DocumentError, Problem
from cpdrules.findings import Finding
from cpdrules.policies import Policy
from cpdrules.privacy.consent.records import ConsentRecord
from cpdrules.privacy.statements import Statement

__all__ = [
    "DocumentError",
    "Problem",
    "converter",
    "digest",
    "policy_schema",
    "read_activity",
    "read_consent",
    "read_finding",
    "read_json",
    "read_member",
    "read_policy",
    "read_record",
    "read_statement",
    "read_toml",
    "statement_schema",
    "units_of",
    "write_activity",
    "write_consent",
    "write_finding",
    "write_json",
    "write_member",
    "write_policy",
    "write_record",
    "write_statement",
]


def read_policy(data: object) -> Policy:
    """Read a policy.

    >>> policy = read_policy({"at least": {"figure": 30, "of": "hours"}})
    >>> policy == read_policy(read_toml('"at least" = { figure = "30 h", of = { hours = {} } }'))
    True

    Raises:
        DocumentError: it is no policy, and why not, in every place; or it is too large.
    """
    limited(data, "The policy")
    problems = Problems()
    found: Policy = _read(CLAUSE, data, At(problems), "The policy")
    if size(found) > VALUES:  # or it could not be written
        At(problems).wrong(TOO_LARGE, "Divide the document", "size")
        raise problems.refusal("The policy")
    return found


def write_policy(policy: Policy) -> Any:
    """Write a policy in its canonical form: equal policies in equal words.

    >>> from cpdrules import at_least
    >>> from cpdrules.cpd import hours
    >>> write_policy(at_least("1h30", hours(planned=True), ref="planned"))
    {'at least': {'figure': '1 h 30 min', 'of': {'hours': {'planned': True}}, 'ref': 'planned'}}

    Raises:
        DocumentError: it is too large, or holds something that documents have no word for.
        UnitError: a figure in it is of another unit than what it is compared with.
    """
    return _written(CLAUSE, policy, At(Problems()), "The policy")


def policy_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a policy document; ``policy.schema.json``, in the package, is its text.

    What it refuses, ``read_policy`` refuses. What it does not refuse, ``read_policy`` reads, or says of every problem
    that it is one of "sense", which no schema can state; see ``Problem.kind``. The limits of size, of depth and of
    digits are not in it, nor are TOML's own dates, which are read as days.

    >>> policy_schema()["$ref"]
    '#/$defs/clause'
    """
    about = "A policy: a clause, which is a table with one key, its word. In TOML, its own dates are read as well."
    return schema_of(CLAUSE, "A policy document of cpdrules", about)


def units_of(policy: Policy) -> tuple[Unit, ...]:
    """Give the units of its own that a policy counts in: those that its records may name.

    >>> papers = {"at least": {"figure": 1, "of": {"amounts": "paper"}}}
    >>> units_of(read_policy({"scheme": {"units": ["paper"], "policy": papers}}))
    (Unit(name='paper', plural='papers', grain=1),)
    """
    return declarable(policy)


def digest(value: Policy | Statement) -> str:
    """Give the SHA-256 of the canonical JSON of a policy or statement: equal for equal ones, on every machine.

    >>> digest(read_policy({"exempt": "retired"}))[:16]
    'sha256:6f051221f'

    Raises:
        DocumentError: it cannot be written down.
    """
    data = write_statement(value) if isinstance(value, Statement) else write_policy(value)
    return f"sha256:{sha256(write_json(data).encode()).hexdigest()}"


def read_activity(data: object, *, units: Iterable[Unit] = ()) -> Activity:
    """Read an activity; ``units`` are those of a scheme of its own, which the activity may then name.

    >>> read_activity({"date": "2015-03-02", "amount": 1.5, "tags": {"planned": {"unknown": True}}}).tags
    {'planned': <Unknown.UNKNOWN: 'unknown'>}

    Raises:
        DocumentError: it is no activity, and why not, in every place.
    """
    short = ordinary(data, {})
    if short is not None:
        return short
    found: Activity = _read(ACTIVITY, data, _hours(units), "The activity")
    return found


def write_activity(activity: Activity) -> dict[str, Any]:
    """Write an activity; what is not known of it is null, or ``{"unknown": true}`` for a tag.

    Raises:
        DocumentError: it is too large to be read again.
    """
    found: dict[str, Any] = ACTIVITY.write(activity, _hours(()))
    return found


def read_member(data: object, *, units: Iterable[Unit] = ()) -> Member:
    """Read a member.

    >>> read_member({"id": "7", "circumstances": [{"kind": "retired", "since": "2015-03-02"}]}).circumstances[0].kind
    'retired'

    Raises:
        DocumentError: it is no member, and why not, in every place.
    """
    found: Member = _read(MEMBER, data, _hours(units), "The member")
    return found


def write_member(member: Member) -> dict[str, Any]:
    """Write a member, with every circumstance and agreement."""
    found: dict[str, Any] = MEMBER.write(member, _hours(()))
    return found


def read_record(data: object, *, units: Iterable[Unit] = ()) -> Record:
    """Read a record: a member, and what they did.

    >>> read_record({"member": {"id": "7"}, "activities": [{"date": "2015-03-02", "amount": "two"}]})
    Traceback (most recent call last):
    ...
    cpdrules.errors.DocumentError: The record cannot be read: one thing is wrong.
    - activities[1].amount: 'two' is not an amount of hours. Write 7.5, 7.5 h, 1h30, 1 h 30 min, 1:30 or 90 min.

    Raises:
        DocumentError: it is no record, and why not, in every place.
    """
    found: Record = _read(RECORD, data, _hours(units), "The record")
    return found


def write_record(record: Record) -> dict[str, Any]:
    """Write a record."""
    found: dict[str, Any] = RECORD.write(record, _hours(()))
    return found


def read_finding(data: object) -> Finding:
    """Read a finding.

    Raises:
        DocumentError: it is no finding, and why not, in every place; or it is too large.
    """
    limited(data, "The finding")
    found: Finding = _read(FINDING, data, At(Problems()), "The finding")
    return found


def write_finding(finding: Finding) -> dict[str, Any]:
    """Write a finding with all its parts; amounts are written as people write them, and exactly.

    Raises:
        DocumentError: it is too large.
    """
    found: dict[str, Any] = _written(FINDING, finding, At(Problems()), "The finding")
    return found


def converter() -> Converter:
    """Make a cattrs converter for classes of the caller's own that hold policies, records, members or findings.

    >>> from attrs import frozen
    >>> from cpdrules.cpd import record
    >>> @frozen
    ... class Submission:
    ...     received: str
    ...     record: Record
    >>> data = converter().unstructure(Submission("2016-01-31", record("7")))
    >>> data
    {'received': '2016-01-31', 'record': {'member': {'id': '7'}}}
    >>> converter().structure(data, Submission) == Submission("2016-01-31", record("7"))
    True
    """
    return strict_converter(
        {
            Policy: (read_policy, write_policy),
            Record: (read_record, write_record),
            Member: (read_member, write_member),
            Activity: (read_activity, write_activity),
            Finding: (read_finding, write_finding),
            Statement: (read_statement, write_statement),
            ConsentRecord: (read_consent, write_consent),
        }
    )


def _hours(units: Iterable[Unit]) -> At:
    """Begin where amounts are hours unless they say otherwise."""
    begin = At(Problems(), HOUR)
    return begin.knowing(units) if units else begin


def _read(shape: Shape, data: object, at: At, what: str) -> Any:
    found = shape.read(data, at)
    if at.problems:
        raise at.problems.refusal(what)
    return found


def _written(shape: Shape, value: object, at: At, what: str) -> Any:
    for _ in parts(value, what):
        pass
    data = shape.write(value, at)
    limited(data, what)
    return data
