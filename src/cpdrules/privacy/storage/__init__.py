"""Whether a cookie may be set: the statement, the law of the day, consent and the browser, with all their reasons."""

from cpdrules.privacy.storage.law_changes import LawChange, LawChanges, changes_between
from cpdrules.privacy.storage.permissions import Assumption, Outcome, Permission, Reason, worst
from cpdrules.privacy.storage.storing import may_set, treatment

__all__ = [
    "Assumption",
    "LawChange",
    "LawChanges",
    "Outcome",
    "Permission",
    "Reason",
    "changes_between",
    "may_set",
    "treatment",
    "worst",
]
