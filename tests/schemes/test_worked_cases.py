"""Fifteen schemes of other bodies are documents, and every worked case comes out as it was worked by hand."""

from __future__ import annotations

import pytest

from cpdrules.documents import units_of
from tests.schemes.cases import Case, cases, counted, scheme, shortfalls


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_worked_case(case: Case) -> None:
    """Met or not, what counts in all, and by how much each clause falls short."""
    policy = scheme(case.file)
    finding = policy.assess(case.record(units_of(policy)), period=case.period)
    assert (finding.satisfied, counted(finding), shortfalls(finding)) == (case.met, case.counted, case.shortfalls), str(
        finding
    )
