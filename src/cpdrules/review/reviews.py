"""What an assessor says of a return, criterion by criterion.

Criteria are data: each body states its own. What a finding can answer is taken from the finding; everything else is
judged by people, beside counts that set no threshold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NoReturn

from attrs import field, frozen

from cpdrules.amounts import Amount
from cpdrules.errors import PolicyError, RecordError, VerdictError, did_you_mean, shown
from cpdrules.findings import Finding, Source
from cpdrules.review.returns import refuse_doubles
from cpdrules.verdicts import Verdict


class Mark(Enum):
    """What is said of a return by one criterion."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"
    #: The criterion asks nothing of this return: there was no plan to follow, say.
    NOT_APPLICABLE = "not applicable"

    def __bool__(self) -> NoReturn:
        raise VerdictError(
            f"The mark “{self.value}” was used as true or false",
            why="There are four marks, and two of them are neither",
            remedy="Compare it: mark is Mark.MET",
            mark=self,
        )


#: How a finding becomes a mark, where a text says no more; what cannot be told has no mark. Being short is not "partly
#: met": no text says how near is near.
AS_FOUND: Mapping[Verdict, Mark | None] = {
    Verdict.MET: Mark.MET,
    Verdict.NOT_MET: Mark.NOT_MET,
    Verdict.CANNOT_TELL: None,
    Verdict.DOES_NOT_APPLY: Mark.NOT_APPLICABLE,
}


def _copy(given: Mapping[Verdict, Mark | None] | None) -> Mapping[Verdict, Mark | None] | None:
    return None if given is None else dict(given)


@frozen
class Criterion:
    """One thing that a return is read for.

    Raises:
        PolicyError: it is computed, and some verdict has no mark.
    """

    ref: str
    #: What it asks, as a noun phrase: "hours", "mix of soft and technical skills".
    asks: str
    #: The mark for each verdict of the finding that answers it; None: an assessor judges.
    computed: Mapping[Verdict, Mark | None] | None = field(default=None, converter=_copy, kw_only=True)
    #: The fact without which it is not applicable: ``plan``.
    only_with: str = field(default="", kw_only=True)
    #: What is counted beside it for the assessor to see: ``kind``.
    counts: str = field(default="", kw_only=True)
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        silent = () if self.computed is None else tuple(one for one in Verdict if one not in self.computed)
        if silent:
            raise PolicyError(
                f"The criterion {self.ref!r} has no mark for “{silent[0].value}”",
                why="A finding can have any of the four verdicts",
                remedy="Begin with AS_FOUND: {**AS_FOUND, Verdict.NOT_MET: Mark.PARTLY}; None where it cannot be told",
                ref=self.ref,
                verdicts=silent,
            )


def as_mark(given: Mark | str | None) -> Mark | None:
    """Read a mark, or the words for one.

    >>> as_mark("not met")
    <Mark.NOT_MET: 'not met'>

    Raises:
        RecordError: there is no such mark.
    """
    if given is None or isinstance(given, Mark):
        return given
    found = next((mark for mark in Mark if given in (mark.value, mark.name.lower())), None)
    if found is None:
        raise RecordError(
            f"There is no mark {shown(given)}",
            why=f"The marks are {', '.join(mark.value for mark in Mark)}",
            remedy="Use one of them",
            mark=given,
        )
    return found


@frozen
class Remark:
    """A mark for one criterion, and what the assessor says about it."""

    ref: str
    #: None where it cannot be told until a fact is known.
    mark: Mark | None = field(converter=as_mark)
    comment: str = ""


@frozen
class Review:
    """What one assessor says of one return: a remark on each criterion, in their order. ``review`` writes it."""

    returned: str
    assessor: str
    criteria: tuple[Criterion, ...]
    remarks: tuple[Remark, ...]

    @property
    def marks(self) -> Mapping[str, Mark | None]:
        """The marks by criterion."""
        return {remark.ref: remark.mark for remark in self.remarks}


def review(
    returned: str,
    assessor: str,
    remarks: Iterable[Remark],
    *,
    criteria: Sequence[Criterion],
    findings: Mapping[str, Finding],
    facts: Mapping[str, bool | None],
) -> Review:
    """Write a review down: a remark on each criterion that people judge, and a finding for each that is computed.

    ``facts`` says what criteria depend on, such as ``plan``; where one is False, they are not applicable.

    Raises:
        RecordError: a remark is missing, given twice, on no criterion, or on one that is not for the assessor to judge;
            or two criteria have one name.
    """
    refuse_doubles(Counter(criterion.ref for criterion in criteria), "criterion")
    given = tuple(remarks)
    _check_names(given, criteria)
    said = {remark.ref: remark for remark in given}
    found = tuple(_remark(criterion, said.get(criterion.ref), findings, facts) for criterion in criteria)
    missing = tuple(criterion.ref for criterion, remark in zip(criteria, found, strict=True) if remark is None)
    if missing:
        raise RecordError(
            f"The review of {returned} by {assessor} does not say {' nor '.join(missing)}",
            why="Every criterion is answered, so that all returns are read for the same",
            remedy="Give a remark on each that is judged, and a finding for each that is computed",
            returned=returned,
            assessor=assessor,
            missing=missing,
        )
    return Review(returned, assessor, tuple(criteria), tuple(filter(None, found)))


def _check_names(remarks: Sequence[Remark], criteria: Sequence[Criterion]) -> None:
    known = {criterion.ref for criterion in criteria}
    times = Counter(remark.ref for remark in remarks)
    for ref, number in times.items():
        if ref not in known or number > 1:
            raise RecordError(
                f"{shown(ref)} is {'remarked on twice' if ref in known else 'no criterion of this review'}",
                why=f"The criteria are {', '.join(criterion.ref for criterion in criteria)}",
                remedy=did_you_mean(ref, known) if ref not in known else "Give one remark on each",
                ref=ref,
            )


def _remark(
    criterion: Criterion, said: Remark | None, findings: Mapping[str, Finding], facts: Mapping[str, bool | None]
) -> Remark | None:
    """Give the remark on a criterion, computed or said; None where there is neither."""
    if criterion.computed is not None:
        _refuse(said, "it is computed from the record")
        finding = findings.get(criterion.ref)
        if finding is None:
            return None
        return Remark(criterion.ref, criterion.computed[finding.verdict], _comment(finding))
    if criterion.only_with and facts.get(criterion.only_with) is False:
        if said is None or said.mark is not Mark.NOT_APPLICABLE:
            _refuse(said, f"there was no {criterion.only_with}")
        return said or Remark(criterion.ref, Mark.NOT_APPLICABLE, f"no {criterion.only_with} was handed in")
    return said


def _refuse(said: Remark | None, why: str) -> None:
    if said is not None:
        raise RecordError(
            f"The criterion {said.ref!r} is not for the assessor to judge here",
            why=f"For {why}",
            remedy="Leave the remark out",
            remark=said,
        )


def _comment(finding: Finding) -> str:
    if finding.verdict is Verdict.NOT_MET:
        return "; ".join(f"{amount} short ({ref})" for ref, amount in finding.shortfalls().items())
    if finding.verdict is Verdict.CANNOT_TELL:
        return "; ".join(finding.missing())
    return "nothing is asked" if finding.verdict is Verdict.DOES_NOT_APPLY else ""


# Counts beside the criteria ------------------------------------------------------------------------------------------


@frozen
class Spread:
    """How the entries of a return lie over the tags of one axis: counts for an assessor to see, and no threshold."""

    axis: str
    #: The tags there are, where a text lists them.
    known: tuple[str, ...]
    entries: Mapping[str, int]
    #: The amounts that are known, by tag.
    amounts: Mapping[str, Amount]
    #: How many entries carry no tag, or none that is known.
    untagged: int

    @property
    def used(self) -> int:
        """How many different tags there are."""
        return len(self.entries)

    def __str__(self) -> str:
        of = f" of {len(self.known)}" if self.known else ""
        said = ", ".join(
            f"{tag.replace('_', ' ')} {number}{f' ({self.amounts[tag]})' if tag in self.amounts else ''}"
            for tag, number in self.entries.items()
        )
        untagged = f"; {self.untagged} without" if self.untagged else ""
        return f"{self.axis.replace('_', ' ')}: {self.used}{of}{f': {said}' if said else ''}{untagged}"


def spread(axis: str, entries: Iterable[tuple[str | None, Amount | None]], *, known: Iterable[str] = ()) -> Spread:
    """Count entries by tag: k of n kinds, so many hours technical and soft; an entry with two tags comes in two parts.

    >>> from cpdrules.amounts import hours
    >>> print(spread("area", [("soft", hours(2)), ("technical", hours(7)), ("soft", None), (None, hours(1))]))
    area: 2: soft 2 (2 h), technical 1 (7 h); 1 without

    Raises:
        RecordError: a tag is none of those that are known.
        UnitError: the amounts of a tag are of different units.
    """
    listed = tuple(known)
    numbers: Counter[str] = Counter()
    amounts: dict[str, Amount] = {}
    untagged = 0
    for tag, amount in entries:
        if tag is None:
            untagged += 1
            continue
        if listed and tag not in listed:
            raise RecordError(
                f"{shown(tag)} is no {axis.replace('_', ' ')}",
                why=f"There are {', '.join(listed)}",
                remedy=did_you_mean(tag, listed) or "Use one of these",
                axis=axis,
                tag=tag,
            )
        numbers[tag] += 1
        if amount is not None:
            amounts[tag] = amounts[tag] + amount if tag in amounts else amount
    return Spread(axis, listed, dict(sorted(numbers.items())), dict(sorted(amounts.items())), untagged)
