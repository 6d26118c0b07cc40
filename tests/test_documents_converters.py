"""Values of the caller's own that hold the library's: through one cattrs converter, as strictly as through any door."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import frozen
from cattrs import BaseValidationError, transform_error
from hypothesis import given

from cpdrules import Policy, at_least, year
from cpdrules.cpd import Member, Record, hours, record
from cpdrules.documents import converter, write_policy
from cpdrules.findings import Finding
from tests.document_strategies import any_policy


@frozen
class Experiment:
    """What a notebook may keep: a policy, a record, what came of it, and notes of its own."""

    name: str
    on: date
    tries: int
    policy: Policy
    record: Record
    members: tuple[Member, ...]
    finding: Finding | None = None


POLICY = at_least(30, hours(), ref="hours")
RECORD = record("7")
EXPERIMENT = Experiment(
    "first", date(2016, 1, 31), 2, POLICY, RECORD, (Member("7"), Member("8")), POLICY.assess(RECORD, period=year(2015))
)


def test_all_of_it_travels() -> None:
    """What was written reads back whole, the library's values by their own doors."""
    data = converter().unstructure(EXPERIMENT)
    assert data["policy"] == write_policy(POLICY)
    assert data["on"] == "2016-01-31"
    assert converter().structure(data, Experiment) == EXPERIMENT


@given(any_policy)
def test_any_policy_travels(policy: Policy) -> None:
    """Whatever clause a field holds, it is written as a policy, though its class is another."""
    data = converter().unstructure([policy])
    assert converter().structure(data, list[Policy]) == [policy]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tries": "2"}, "'2' is no int"),
        ({"tries": True}, "True is no int"),
        ({"name": 1}, "1 is no str"),
        ({"on": "31/01/2016"}, "'31/01/2016' is not a day"),
        ({"on": None}, "A day is missing"),
        ({"policy": {"at least": {"figure": 30}}}, "“of” is missing"),
        ({"more": 1}, "extra fields found"),
    ],
)
def test_nothing_is_converted_in_silence(change: dict[str, Any], says: str) -> None:
    """A text for a number, true for one, a key too many, a policy that is none: each is refused, and says why."""
    data = {**converter().unstructure(EXPERIMENT), **change}
    with pytest.raises(BaseValidationError) as caught:
        converter().structure(data, Experiment)
    told = [str(error) for error in _leaves(caught.value)] + transform_error(caught.value)
    assert any(says in text for text in told), told


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseValidationError):
        return [leaf for one in error.exceptions for leaf in _leaves(one)]
    return [error]
