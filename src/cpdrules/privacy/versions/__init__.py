"""A statement over time: what differs between two versions, which of it matters to whom, and what-if."""

from cpdrules.privacy.versions.differences import Difference, Differences, applied, diff
from cpdrules.privacy.versions.history import Standing, at, standing
from cpdrules.privacy.versions.material_changes import MaterialChange, by_purpose, material_changes
from cpdrules.privacy.versions.what_if import Comparison, Unanswered, amended, compare, with_cookie, with_row, without

__all__ = [
    "Comparison",
    "Difference",
    "Differences",
    "MaterialChange",
    "Standing",
    "Unanswered",
    "amended",
    "applied",
    "at",
    "by_purpose",
    "compare",
    "diff",
    "material_changes",
    "standing",
    "with_cookie",
    "with_row",
    "without",
]
