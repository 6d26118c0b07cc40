"""What follows from a review: a kind of feedback, by a stated rule, and another assessor where two differ.

An outcome is feedback, neither a pass nor a fail: a return that is short is answered with advice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import field, frozen

from cpdrules.errors import PolicyError, RecordError
from cpdrules.findings import Source
from cpdrules.review.reviews import Mark, Review


@frozen
class Outcome:
    """A kind of feedback, and when it is given: where so many criteria have one of these marks."""

    name: str
    #: What the member is told, in a sentence.
    says: str
    #: The marks that call for it, None among them for what cannot be told; without any it is given whenever reached.
    marks: tuple[Mark | None, ...] = ()
    #: Which criteria are looked at; without any, all.
    among: tuple[str, ...] = field(default=(), kw_only=True)
    #: How many of them must have one of the marks.
    number: int = field(default=1, kw_only=True)

    def suits(self, marks: Mapping[str, Mark | None]) -> bool:
        """Tell whether marks call for it."""
        looked_at = [mark for ref, mark in marks.items() if not self.among or ref in self.among]
        return not self.marks or sum(mark in self.marks for mark in looked_at) >= self.number


@frozen
class OutcomeRule:
    """The outcomes that a text knows, in the order in which they are tried; the last is for all that are left.

    Raises:
        PolicyError: two have one name, the last has a condition, or one before it has none.
    """

    outcomes: tuple[Outcome, ...]
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        names = {outcome.name for outcome in self.outcomes}
        conditions = [bool(outcome.marks) for outcome in self.outcomes]
        if not conditions or len(names) < len(conditions) or conditions[-1] or not all(conditions[:-1]):
            raise PolicyError(
                "Outcomes need names of their own, and a condition each except the last",
                why="Every review has one outcome, the first whose condition holds",
                remedy="Put the outcome for all others last, without marks",
                outcomes=self.outcomes,
            )

    def outcome(self, marks: Mapping[str, Mark | None]) -> Outcome:
        """Give the first outcome that the marks call for."""
        return next(outcome for outcome in self.outcomes if outcome.suits(marks))


#: One way to answer a review with feedback. No text states a rule; a body that has one writes its own.
ADVICE = OutcomeRule(
    (
        Outcome("open", "We could not tell everything from your record; please see what is missing.", (None,)),
        Outcome("advice", "Thank you. There is advice below on what was missing this time.", (Mark.NOT_MET,)),
        Outcome("suggestions", "Thank you. There are suggestions below for next year.", (Mark.PARTLY,)),
        Outcome("good", "Thank you. Your return did all that we look for."),
    ),
    Source("no text", stated="unstated"),
)


@frozen
class Settled:
    """What the reviews of one return come to together."""

    returned: str
    #: By criterion; None where the reviews differ and none of the marks has more than half of them, or cannot be told.
    marks: Mapping[str, Mark | None]
    #: The criteria on which the reviews differ.
    differing: tuple[str, ...]
    #: Whether another assessor should read the return as well.
    another_needed: bool
    #: None as long as another assessor is needed, and where three do not settle it: then people decide.
    outcome: Outcome | None


def settle(
    reviews: Sequence[Review], rule: OutcomeRule = ADVICE, *, another_on: Literal["outcome", "mark"] = "outcome"
) -> Settled:
    """Join the reviews of one return: what more than half of them say, and whether another assessor is needed.

    Two assessors who differ call for a third, by default only where they come to different outcomes. After three, a
    criterion without a majority stays open, and is not averaged.

    Raises:
        RecordError: there are no reviews, or they are of different returns, by other criteria, or of one assessor.
    """
    _check_together(reviews)
    refs = [criterion.ref for criterion in reviews[0].criteria]
    differing = tuple(ref for ref in refs if len({one.marks[ref] for one in reviews}) > 1)
    outcomes = {rule.outcome(one.marks).name for one in reviews}
    differ = len(outcomes) > 1 if another_on == "outcome" else bool(differing)
    another = differ and len(reviews) < _ENOUGH
    marks = {ref: _majority([one.marks[ref] for one in reviews]) for ref in refs}
    outcome = None if another else _joint(reviews, rule)
    return Settled(reviews[0].returned, marks, differing, another, outcome)


#: No more assessors than these are called by a rule; what they do not settle is for people to decide.
_ENOUGH = 3


def _joint(reviews: Sequence[Review], rule: OutcomeRule) -> Outcome | None:
    """Give the outcome of more than half of the reviews, if there is one."""
    names = [rule.outcome(one.marks).name for one in reviews]
    return next((outcome for outcome in rule.outcomes if 2 * names.count(outcome.name) > len(names)), None)


def _majority(marks: Sequence[Mark | None]) -> Mark | None:
    mark, number = Counter(marks).most_common(1)[0]
    return mark if 2 * number > len(marks) else None


def _check_together(reviews: Sequence[Review]) -> None:
    alike = reviews and all(
        one.returned == reviews[0].returned and one.criteria == reviews[0].criteria for one in reviews
    )
    if not alike or len({one.assessor for one in reviews}) < len(reviews):
        raise RecordError(
            "These are not reviews of one return, by the same criteria and different assessors",
            remedy="Settle the reviews of each return by themselves, one of each assessor",
            reviews=tuple(reviews),
        )
