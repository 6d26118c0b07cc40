"""Whether a statement agrees with itself, and which items the law of a day wants it to have."""

from cpdrules.privacy.checks.contradictions import contradictions
from cpdrules.privacy.checks.disagreements import Contradiction
from cpdrules.privacy.checks.notices import NoticeAnswer, Said, notice_items
from cpdrules.privacy.checks.references import Reference, dangling, references

__all__ = [
    "Contradiction",
    "NoticeAnswer",
    "Reference",
    "Said",
    "contradictions",
    "dangling",
    "notice_items",
    "references",
]
