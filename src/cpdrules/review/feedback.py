"""What members are told: those whose return was read, one by one; and everyone, in counts that name nobody.

Feedback to a member names no assessor. Titles, comments and names of clauses come from strangers and are escaped. In
feedback to all, a small group is not shown, nor any other by which it could be worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from cpdrules import rendering
from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.findings import Finding
from cpdrules.rendering import in_html, in_markdown
from cpdrules.review.advice import Outcome, Settled
from cpdrules.review.reviews import Criterion, Mark, Review

_CANNOT_TELL = "cannot tell"
_A_PAIR = 2
#: What stands for a number that is small, or would give a small one away.
NOT_SHOWN = "not shown"


@frozen
class Recipients:
    """Who gets which feedback, by id: all get the generic one, those whose return was read one of their own."""

    generic: tuple[str, ...]
    individual: tuple[str, ...]


def recipients(in_scope: Iterable[str], reviewed: Iterable[str]) -> Recipients:
    """Say who gets which feedback: of 600 in the scheme and 125 reviewed, 600 generic and 125 individual.

    Raises:
        RecordError: somebody was reviewed who is not in scope.
    """
    generic, individual = set(in_scope), set(reviewed)
    strange = sorted(individual - generic)
    if strange:
        raise RecordError(
            f"{shown(strange[0])} was reviewed and is not in scope",
            remedy="Give everyone in scope, those who were reviewed among them",
            ids=tuple(strange),
        )
    return Recipients(tuple(sorted(generic)), tuple(sorted(individual)))


# To one member -------------------------------------------------------------------------------------------------------


@frozen
class Said:
    """What a member is told on one criterion."""

    criterion: Criterion
    mark: Mark | None
    comments: tuple[str, ...]


@frozen
class Feedback:
    """The feedback on one return, as data."""

    outcome: Outcome
    said: tuple[Said, ...]
    finding: Finding | None = None


def individual(reviews: Sequence[Review], settled: Settled, finding: Finding | None = None) -> Feedback:
    """Put together what the member is told: the joint marks, every comment once, and how the record was counted.

    Raises:
        RecordError: the reviews are not those that were settled, or they came to no outcome.
    """
    if settled.outcome is None or not reviews or any(one.returned != settled.returned for one in reviews):
        raise RecordError(
            f"There is no feedback to give on {settled.returned} yet",
            why="Another assessor is needed" if settled.another_needed else "These reviews came to no outcome",
            remedy="Settle the reviews of this return first, by a third assessor or a decision",
            returned=settled.returned,
        )
    said = tuple(
        Said(criterion, settled.marks[criterion.ref], _comments(reviews, number))
        for number, criterion in enumerate(reviews[0].criteria)
    )
    return Feedback(settled.outcome, said, finding)


def _comments(reviews: Sequence[Review], number: int) -> tuple[str, ...]:
    comments = (one.remarks[number].comment.strip() for one in reviews)
    return tuple(dict.fromkeys(filter(None, comments)))


def as_markdown(feedback: Feedback, *, title: str) -> str:
    """Word the feedback on one return as Markdown, everything that people wrote escaped."""
    lines = [
        f"# {in_markdown(title)}",
        "",
        in_markdown(feedback.outcome.says),
        "",
        "| what we look for | this time |",
        "| --- | --- |",
    ]
    lines += [f"| {in_markdown(one.criterion.asks)} | {_worded(one.mark)} |" for one in feedback.said]
    comments = [
        f"- {in_markdown(one.criterion.asks)}: {in_markdown(text)}" for one in feedback.said for text in one.comments
    ]
    if comments:
        lines += ["", "## Comments", "", *comments]
    if feedback.finding is not None:
        lines += ["", rendering.as_markdown(feedback.finding).rstrip()]
    return "\n".join([*lines, ""])


def as_html(feedback: Feedback, *, title: str) -> str:
    """Word the feedback on one return as one HTML element, everything that people wrote escaped."""
    rows = "".join(
        f'<tr><th scope="row">{in_html(one.criterion.asks)}</th><td>{_worded(one.mark)}</td>'
        f"<td>{'<br>'.join(map(in_html, one.comments))}</td></tr>"
        for one in feedback.said
    )
    counted = "" if feedback.finding is None else rendering.as_html(feedback.finding)
    return (
        f"<section><h1>{in_html(title)}</h1><p>{in_html(feedback.outcome.says)}</p>"
        f"<table><tbody>{rows}</tbody></table>{counted}</section>"
    )


def _worded(mark: Mark | None) -> str:
    return _CANNOT_TELL if mark is None else mark.value


# To everyone ---------------------------------------------------------------------------------------------------------


@frozen
class ReviewCounts:
    """What the reviews of a cycle say together. Nothing in it names or points to a member or an assessor."""

    reviewed: int
    #: By the name of the outcome.
    outcomes: Mapping[str, int]
    #: By what a criterion asks, and by the words of the mark.
    criteria: Mapping[str, Mapping[str, int]]


def summarise(feedbacks: Iterable[Feedback]) -> ReviewCounts:
    """Count outcomes and marks; each return is counted once under each."""
    reviewed = 0
    outcomes: Counter[str] = Counter()
    criteria: dict[str, Counter[str]] = {}
    for feedback in feedbacks:
        reviewed += 1
        outcomes[feedback.outcome.name] += 1
        for one in feedback.said:
            criteria.setdefault(one.criterion.asks, Counter())[_worded(one.mark)] += 1
    return ReviewCounts(reviewed, dict(sorted(outcomes.items())), criteria)


def as_generic_feedback(counts: ReviewCounts, *, title: str, tips: Iterable[str] = (), fewest: int = 5) -> str:
    """Word the feedback that goes to everyone, as Markdown.

    Groups of fewer than ``fewest`` are not shown, nor what would give them away by subtraction; 1 shows everything.
    ``tips`` are the institution's own advice to all.

    Raises:
        PolicyError: groups of two are the smallest, in which each would know of the other.
    """
    words = (*(mark.value for mark in Mark), _CANNOT_TELL)
    number = f"fewer than {fewest}" if 0 < counts.reviewed < fewest else str(counts.reviewed)
    lines = [
        f"# {in_markdown(title)}",
        "",
        f"{number} returns were read.",
        "",
        "| outcome | returns |",
        "| --- | --- |",
    ]
    lines += [
        f"| {in_markdown(name)} | {cell} |" for name, cell in without_small_groups(counts.outcomes, fewest).items()
    ]
    lines += ["", f"| what we look for | {' | '.join(words)} |", f"| --- |{' --- |' * len(words)}"]
    for asks, marks in counts.criteria.items():
        cells = without_small_groups({word: marks.get(word, 0) for word in words}, fewest)
        lines.append(f"| {in_markdown(asks)} | {' | '.join(cells.values())} |")
    said = [f"- {in_markdown(tip)}" for tip in tips]
    return "\n".join([*lines, *(["", "## What would help next year", "", *said] if said else []), ""])


def without_small_groups(cells: Mapping[str, int], fewest: int) -> dict[str, str]:
    """Word counts that add up to a number that is known, so that no small one can be worked out from the rest.

    Beside a small one, those that are nothing are not shown, nor as many of the others, from the first, as leave room
    for several answers. To begin with the smallest would give away that it is the smallest.

    Raises:
        PolicyError: groups of two are the smallest, in which each would know of the other.
    """
    if fewest < 1 or fewest == _A_PAIR:
        raise PolicyError(
            f"Groups of {shown(fewest)} cannot be the smallest that are shown",
            why="In a group of two each knows of the other",
            remedy="Give at least 3; 1 shows everything",
            fewest=fewest,
        )
    away = {name for name, number in cells.items() if 0 < number < fewest}
    if not away:
        return {name: str(number) for name, number in cells.items()}
    large = [name for name, number in cells.items() if number >= fewest]
    hidden = sum(cells[name] for name in away)
    for place, name in enumerate(large):
        if place and hidden >= 2 * fewest:
            break
        away.add(name)
        hidden += cells[name]
    return {name: NOT_SHOWN if name in away or not number else str(number) for name, number in cells.items()}
