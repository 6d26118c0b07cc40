"""A request for one's own data: what a statement says of such requests, and what is recorded of one.

Records hold days and the names of items, never what the items say. What nobody recorded is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, TypeAlias, get_args

from attrs import evolve, field, frozen

from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.findings import Source
from cpdrules.periods import Length
from cpdrules.privacy.access.law import Matter, Money, is_money, several

#: Whether a fee is always charged, may be, or the statement does not say.
FeeModality: TypeAlias = Literal["will", "may", "unstated"]


def _is_flag(value: object) -> bool:
    return value is None or isinstance(value, bool)


def _recorded(names: Iterable[str]) -> tuple[str, ...]:
    try:
        return several(names)
    except PolicyError as error:
        raise RecordError(error.what, remedy=error.remedy, names=names) from None


@frozen(kw_only=True)
class AccessPolicy:
    """What a statement says about requests for one's own data.

    Raises:
        PolicyError: the fee is no amount, its modality is no word for one, one text was given for several items, or
            the written form is neither wanted, not wanted nor left open.
    """

    #: Whether it wants the request in writing; None where it does not say.
    written: bool | None = None
    addressee: str = ""
    must_include: tuple[str, ...] = field(default=(), converter=several)
    #: What is asked only of those who have one.
    must_include_if_any: tuple[str, ...] = field(default=(), converter=several)
    #: None where it speaks of none.
    fee: Money | None = None
    fee_modality: FeeModality = "unstated"
    currency: str = "GBP"
    #: Within which time it promises an answer; None where it does not say.
    deadline: Length | None = None
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        if not _is_flag(self.written):
            raise PolicyError(
                f"{shown(self.written)} does not say whether the written form is wanted",
                remedy="Give True, False or None",
                written=self.written,
            )
        if self.fee is not None and not is_money(self.fee):
            raise PolicyError(
                f"{shown(self.fee)} is no fee",
                remedy="Give a whole number or a Decimal that is not negative; None where no fee is spoken of",
                fee=self.fee,
            )
        if self.fee_modality not in get_args(FeeModality):
            raise PolicyError(
                f"{shown(self.fee_modality)} does not say whether a fee is charged",
                remedy=f"Say one of {', '.join(get_args(FeeModality))}",
                fee_modality=self.fee_modality,
            )


@frozen
class Asked:
    """Something that the controller asked of whoever made the request, and when it came.

    Raises:
        RecordError: it came before it was asked for, a day is no plain date, or nothing of that kind can be asked.
    """

    what: Matter
    #: None where the day is not recorded, as when it came without being asked for.
    on: date | None = None
    #: The day on which all of it was there; None while it is awaited.
    answered: date | None = None
    #: Of a fee, how much was asked, in the currency of the law; None for what the statement asks.
    amount: Money | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.what not in get_args(Matter):
            raise RecordError(
                f"{shown(self.what)} is nothing that the time waits for",
                remedy=f"Say one of {', '.join(get_args(Matter))}",
                matter=self.what,
            )
        _check_days(f"The {self.what} asked for", on=self.on, answered=self.answered)
        if self.on is not None and self.answered is not None and self.answered < self.on:
            raise RecordError(
                f"The {self.what} asked for on {self.on} cannot have come on {self.answered}",
                remedy="Correct one of the days; leave the day of asking out where it came unasked",
                on=self.on,
                answered=self.answered,
            )
        if self.amount is not None and (self.what != "fee" or not is_money(self.amount)):
            raise RecordError(
                f"{shown(self.amount)} is no amount of a fee",
                remedy="Give an amount, not negative, and of a fee alone",
                matter=self.what,
                amount=self.amount,
            )


@frozen
class Extended:
    """The controller told, on a day, that it takes longer, and why.

    Raises:
        RecordError: the day is no plain date, or one text was given for several grounds.
    """

    told: date
    grounds: tuple[str, ...] = field(default=(), converter=_recorded)

    def __attrs_post_init__(self) -> None:
        _check_days("An extension that was told", told=self.told)


def _all_asked(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    if isinstance(asked, Asked):
        raise RecordError(
            f"One thing asked for, {shown(asked.what)}, was given where several belong",
            remedy="Give a tuple, even of one",
            asked=asked,
        )
    return tuple(asked)


@frozen
class AccessRequest:
    """A request for one's own data, as it was recorded; in which order things were asked for means nothing.

    Raises:
        RecordError: something was asked or told before it was received, a day is no plain date, one text was given for
            several names, or the written form or the waiver is no truth value.
    """

    received: date
    written: bool | None = field(default=None, kw_only=True)
    #: Which items it holds: their names, never what they say.
    has: tuple[str, ...] = field(default=(), converter=_recorded, kw_only=True)
    asked: tuple[Asked, ...] = field(default=(), converter=_all_asked, kw_only=True)
    #: Whether the controller charges nothing.
    fee_waived: bool = field(default=False, kw_only=True)
    #: On which grounds of the law a fee is asked.
    fee_grounds: tuple[str, ...] = field(default=(), converter=_recorded, kw_only=True)
    extended: Extended | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_days("A request", received=self.received)
        if not _is_flag(self.written):
            raise RecordError(
                f"{shown(self.written)} does not say whether a request is in writing",
                remedy="Give True or False; None where nobody recorded it",
                written=self.written,
            )
        if self.fee_waived not in (True, False):
            raise RecordError(
                f"{shown(self.fee_waived)} does not say whether a fee is waived",
                remedy="Give True or False",
                fee_waived=self.fee_waived,
            )
        days = [(f"{one.what} asked for", one.on) for one in self.asked]
        days += [("an extension told", self.extended.told)] if self.extended else []
        for what, day in days:
            if day is not None and day < self.received:
                raise RecordError(
                    f"{what.capitalize()} on {day} precedes the request, received on {self.received}",
                    remedy="Correct one of the days",
                    day=day,
                    received=self.received,
                )

    def on(self, day: date) -> AccessRequest:
        """Give the request as it was known at the end of a day.

        Raises:
            RecordError: it had not been received yet, or the day is no plain date.
        """
        _check_days("A question about a request", received=day)
        if day < self.received:
            raise RecordError(
                f"Nothing was known on {day} of a request received on {self.received}",
                remedy="Ask for the day of receipt or a later one",
                day=day,
                received=self.received,
            )
        known = (one for one in self.asked if one.on is None or one.on <= day)
        extended = self.extended if self.extended and self.extended.told <= day else None
        return evolve(self, asked=tuple(_as_of(one, day) for one in known), extended=extended)

    def about(self, what: Matter) -> tuple[Asked, ...]:
        """Give what was asked of one kind."""
        return tuple(one for one in self.asked if one.what == what)


def _as_of(one: Asked, day: date) -> Asked:
    return one if one.answered is None or one.answered <= day else evolve(one, answered=None)


def _check_days(what: str, **days: date | None) -> None:
    for name, day in days.items():
        if type(day) is not date and (day is not None or name in ("received", "told")):
            raise RecordError(
                f"{what} has no day {shown(day)}",
                why="Texts and times of day do not compare with days",
                remedy="Give a datetime.date; a datetime has one in .date()",
                **{name: day},
            )
