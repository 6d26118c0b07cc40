"""The least that would still be needed for a finding to become met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from cpdrules.amounts import Amount

if TYPE_CHECKING:
    from cpdrules.findings import Finding

@frozen
class Need:
    amount: Amount

def least(finding: Finding) -> tuple[Need, ...]:
    return ()
