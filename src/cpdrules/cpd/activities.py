"""What members did: activities, and what is not known of them.

A tag stands on an axis of its own (kind, area, planned or not, competence); none is ever derived from another.
What nobody recorded is ``UNKNOWN`` or, for the date and the amount, None: it is never taken for “no” or for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen

from cpdrules.amounts import HOUR, Amount, Figure, Unit
from cpdrules.errors import RecordError, did_you_mean, shown
from cpdrules.findings import Entry, Tag


class Unknown(Enum):
    """A tag that nobody recorded."""

    UNKNOWN = "unknown"


#: The tag of an activity that certainly has one on this axis, but which one is not recorded.
UNKNOWN = Unknown.UNKNOWN

#: What an activity carries on an axis.
Known: TypeAlias = "Tag | Unknown"


def _tags(tags: Mapping[str, Known]) -> Mapping[str, Known]:
    return {axis: _tag(axis, tag) for axis, tag in tags.items()}


def _tag(axis: str, tag: Known) -> Known:
    if isinstance(tag, Unknown) or is_tag(tag):
        return tag
    several: object = tag
    if isinstance(several, (tuple, list, set, frozenset)) and several and all(isinstance(one, str) for one in several):
        return tuple(sorted(set(several)))
    raise RecordError(
        f"{shown(tag)} cannot tag an activity on the axis {axis!r}",
        remedy="Give a text, yes or no, a whole number, several texts, or UNKNOWN",
        axis=axis,
        tag=tag,
    )


def is_tag(tag: object) -> bool:
    """Tell whether something can be a tag by itself: a text, yes or no, a whole number of ordinary size."""
    return isinstance(tag, str) or (isinstance(tag, int) and abs(tag) <= _LARGEST)


#: No tag is a larger number.
_LARGEST = 10**18


@frozen
class Share:
    """A part of an activity's amount, with tags of its own."""

    amount: Amount
    tags: Mapping[str, Known] = field(converter=_tags)


@frozen
class Activity:
    """One CPD item of a member.

    Raises:
        RecordError: the activity ends before it begins, it or a share of it amounts to nothing, or its shares do not
            add up to its amount.
    """

    #: The name by which findings speak of it; a record numbers the activities that have none.
    id: str
    #: The day, or the first of several; None where it is not known.
    first: date | None
    #: The last day; the same as ``first`` for an activity of one day.
    last: date | None
    #: How much; None where it is not known.
    amount: Amount | None
    tags: Mapping[str, Known] = field(converter=_tags)
    title: str = ""
    reflection: str = ""
    provider: str = ""
    #: How the amount divides, where it does: 60 minutes technical and 30 soft skills.
    shares: tuple[Share, ...] = ()
    #: Whether it can be read without further thought: dated, measured, undivided.
    plain: bool = field(init=False, repr=False, eq=False)
    #: The label of its unit; None where the amount is not known.
    unit: str | None = field(init=False, repr=False, eq=False)
    #: How findings mention it.
    entry: Entry = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        amount, shares = self.amount, self.shares
        if self.first != self.last and (self.first is None or self.last is None or self.last < self.first):
            raise RecordError(
                f"{self!s} ends on {self.last} and begins on {self.first}",
                remedy="Exchange or correct the two days; leave both out where they are not known",
                activity=self.id,
                first=self.first,
                last=self.last,
            )
        for one in (amount, *(share.amount for share in shares)):
            if one is not None and one.grains <= 0:
                raise RecordError(
                    f"{self!s}{'' if one is amount else ' has a share that'} amounts to {one}",
                    why="An activity of no amount is no activity, and a share of none no share",
                    remedy="Leave the amount out where it is not known",
                    activity=self.id,
                    amount=one,
                )
        if shares:
            self._check_shares(amount, shares)
        plain = amount is not None and self.first is not None and not shares
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "unit", None if amount is None else amount.unit.label)
        grains = None if amount is None else amount.grains
        object.__setattr__(
            self, "entry", Entry(self.id, grains, self.title, self.first, None if amount is None else amount.unit)
        )

    def _check_shares(self, amount: Amount | None, shares: tuple[Share, ...]) -> None:
        together = sum((share.amount for share in shares[1:]), shares[0].amount)
        if amount != together:
            raise RecordError(
                f"The shares of {self!s} add up to {together}, and the whole is {amount or 'not known'}",
                why="No part of an activity may be lost or counted twice",
                remedy="Correct the shares, or the whole",
                activity=self.id,
                whole=amount,
                shares=together,
            )
        split = {axis for share in shares for axis in share.tags}
        if both := sorted(split & set(self.tags)):
            raise RecordError(
                f"{self!s} is tagged on {both[0]!r} as a whole and by its shares",
                remedy="Say it in one of the two places",
                activity=self.id,
                axes=both,
            )

    def __str__(self) -> str:
        return f"“{self.title or self.id or 'an activity'}”"


def activity(
    day: date | str | None,
    amount: Figure | None,
    *,
    until: date | str | None = None,
    unit: Unit = HOUR,
    id: str = "",  # noqa: A002 - the field's own word
    title: str = "",
    reflection: str = "",
    provider: str = "",
    shares: tuple[Share, ...] = (),
    **tags: Known | list[str],
) -> Activity:
    """Write an activity down as a person would; what is left out is not known, or is not there.

    >>> activity("2015-03-02", "1h30", title="Signal integrity", area="personal_technical", planned=True).amount
    Amount('1 h 30 min')

    Raises:
        AmountError: the amount cannot be held exactly.
        RecordError: a date is not written as 2015-03-02, or the activity contradicts itself.
    """
    first = as_day(day)
    last = first if until is None else as_day(until)
    exact = None if amount is None else Amount.of(amount, unit)
    return Activity(id, first, last, exact, tags, title, reflection, provider, tuple(shares))  # type: ignore[arg-type]


def share(amount: Figure, *, unit: Unit = HOUR, **tags: Known) -> Share:
    """Write down a part of an activity: ``share("30 min", area="soft_skills")``.

    Raises:
        AmountError: the amount cannot be held exactly.
    """
    return Share(Amount.of(amount, unit), tags)


def as_day(day: date | str | None) -> date | None:
    """Read a day; a text is read as year-month-day and in no other way.

    Raises:
        RecordError: it is no such text, or no day of the calendar.
    """
    if day is None or type(day) is date:
        return day
    try:
        if isinstance(day, str) and len(day) == 10 and day[4] == day[7] == "-":
            return date.fromisoformat(day)
    except ValueError:
        pass
    raise RecordError(f"{shown(day)} is not a day", remedy="Write it as 2015-03-02", day=day)


@frozen
class Axis:
    """One way to tell activities apart: its name, the tags it knows, and what silence means.

    An axis on which *every* activity has a tag (planned or not, area) leaves an untagged one unknown; on any other
    (a topic, a competence) untagged means that it has none.
    """

    name: str
    tags: tuple[Tag, ...] = ()
    every: bool = field(default=True, kw_only=True)

    def checked(self, tag: Known) -> Known:
        """Give the tag back if the axis knows it.

        Raises:
            RecordError: it does not.
        """
        for one in tag if isinstance(tag, tuple) else (tag,):
            if (
                self.tags
                and one is not UNKNOWN
                and not any(one == known and type(one) is type(known) for known in self.tags)
            ):
                raise RecordError(
                    f"{one!r} is no {self.name}",
                    why=f"The scheme knows {', '.join(map(str, self.tags))}",
                    remedy=did_you_mean(str(one), [str(known) for known in self.tags]),
                    axis=self.name,
                    tag=one,
                )
        return tag
