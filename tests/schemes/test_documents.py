"""The documents of the schemes say what they say in one way only, and the IET's says what its module says."""

from __future__ import annotations

import pytest

from cpdrules.documents import digest, read_policy, write_policy
from cpdrules.iet import cpd
from tests.schemes.cases import SCHEMES, scheme

NAMES = sorted(path.stem for path in SCHEMES.glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_read_again_it_is_the_same(name: str) -> None:
    """What the canonical form says is what the document says."""
    policy = scheme(name)
    assert read_policy(write_policy(policy)) == policy


def test_the_iets_policy_is_the_same_as_its_module() -> None:
    """In every edition, clause and source."""
    assert scheme("iet") == cpd.policy
    assert digest(scheme("iet")) == digest(cpd.policy)
