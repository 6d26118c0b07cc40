"""Requests for one's own data: what a statement demands, what the law of the day lets it, when the answer is due."""

from cpdrules.privacy.access.deadlines import Deadline, deadline
from cpdrules.privacy.access.law import UK_ACCESS_LAW, AccessExtension, AccessRegime, ClockEffect
from cpdrules.privacy.access.requests import AccessPolicy, AccessRequest, Asked, Extended
from cpdrules.privacy.access.validity import Demand, Validity, validity

__all__ = [
    "UK_ACCESS_LAW",
    "AccessExtension",
    "AccessPolicy",
    "AccessRegime",
    "AccessRequest",
    "Asked",
    "ClockEffect",
    "Deadline",
    "Demand",
    "Extended",
    "Validity",
    "deadline",
    "validity",
]
