"""Further schemes are stated with the same words, and every worked case comes out as it was worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpdrules.documents import read_policy, units_of, write_policy
from tests.schemes.cases import FURTHER, Case, counted, further_cases, scheme, shortfalls


@pytest.mark.parametrize("case", further_cases(), ids=lambda case: case.name)
def test_worked_case(case: Case) -> None:
    """Met or not, what counts in all, by how much each clause falls short; and nothing remains where it is met."""
    policy = scheme(case.name.partition("-")[0], FURTHER)
    finding = policy.assess(case.record(units_of(policy)), period=case.period)
    assert (finding.satisfied, counted(finding), shortfalls(finding)) == (case.met, case.counted, case.shortfalls), str(
        finding
    )
    assert bool(finding.remaining()) is not case.met


@pytest.mark.parametrize("file", sorted(FURTHER.glob("*.toml")), ids=lambda file: file.stem)
def test_document_comes_back(file: Path) -> None:
    """What is written of a scheme is read as the same scheme."""
    policy = scheme(file.stem, FURTHER)
    assert read_policy(write_policy(policy)) == policy
