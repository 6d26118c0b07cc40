"""What the law of a date lets a controller ask of whoever wants their own data, and how long it then has.

Each regime is a dated reading of public sources, as data: whoever knows better replaces it, or the whole tuple. Two of
the four differ in nothing but the guidance by which the month was counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from attrs import field, frozen

from cpdrules.editions import at
from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Source
from cpdrules.periods import Length, days, months

#: An amount of money in a currency that is named beside it.
Money: TypeAlias = int | Decimal

#: What a controller may ask of whoever made a request, and wait for.
Matter: TypeAlias = Literal["fee", "identity", "clarification"]

#: The time begins anew on the day of the answer; it stands still from asking to answer; it runs on; nobody has said.
EffectKind: TypeAlias = Literal["restarts", "pauses", "none", "unstated"]


def is_money(amount: object) -> bool:
    """Tell whether something is a finite amount that is not negative; a float is not exact, and a bool is no number.

    >>> is_money(10), is_money(Decimal("9.99")), is_money(-1), is_money(True), is_money(0.1)
    (True, True, False, False, False)
    """
    if isinstance(amount, Decimal):
        return amount.is_finite() and amount >= 0
    return type(amount) is int and amount >= 0


def several(names: Iterable[str]) -> tuple[str, ...]:
    """Give several names as a tuple; one text for several would be looked through letter by letter.

    Raises:
        PolicyError: it is one text.
    """
    if isinstance(names, str):
        raise PolicyError(
            f"{shown(names)} was given where several names belong", remedy="Give a tuple, even of one", names=names
        )
    return tuple(names)


@frozen
class ClockEffect:
    """What asking for something does to the time limit, and where that stands.

    Raises:
        PolicyError: there is no such effect.
    """

    kind: EffectKind
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        if self.kind not in get_args(EffectKind):
            raise PolicyError(
                f"A time limit is not changed by {shown(self.kind)}",
                remedy=f"Say one of {', '.join(get_args(EffectKind))}",
                kind=self.kind,
            )


@frozen
class AccessExtension:
    """By how much the time may be made longer, why, and within which time of its start that must be told.

    Raises:
        PolicyError: one text was given for several grounds.
    """

    length: Length
    grounds: tuple[str, ...] = field(converter=several)
    tell_within: Length


@frozen(kw_only=True)
class AccessRegime:
    """The rules on requests for one's own data that were in force from one day to another.

    A request is under the regime of the day on which it was received, whatever was in force when it fell due.

    Raises:
        PolicyError: it ends before it begins, its largest fee is no amount, a word is not one of those allowed, or one
            text was given for several names.
    """

    name: str
    #: As a sentence speaks of it.
    title: str
    since: date
    #: The last day; None while it is in force.
    until: date | None = None
    writing: Literal["required", "not required"]
    #: The most that may be asked of everyone.
    fee_max: Money
    currency: str = "GBP"
    #: On which grounds a reasonable fee may be asked all the same.
    fee_if: tuple[str, ...] = field(default=(), converter=several)
    #: What may be asked for before anything is answered, since it tells who asks and where to look.
    may_require: tuple[str, ...] = field(default=(), converter=several)
    may_require_source: Source | None = None
    period: Length
    #: Which day the count begins with: that of receipt, or the next.
    starts: Literal["day of receipt", "day after receipt"]
    #: Whether that day is itself the first of the period (inclusive), or the period ends on the day that corresponds
    #: to it (exclusive).
    counting: Literal["inclusive", "exclusive"]
    #: Whether a limit that ends on no working day ends on the next one.
    rolls_to_working_day: bool
    extension: AccessExtension | None = None
    fee: ClockEffect
    identity: ClockEffect
    clarification: ClockEffect
    source: Source
    #: The day on which these texts were read.
    read: date = field()

    def __attrs_post_init__(self) -> None:
        wrong = ""
        if self.until is not None and self.until < self.since:
            wrong = f"it would end on {self.until}, before it begins on {self.since}"
        elif not is_money(self.fee_max):
            wrong = f"{shown(self.fee_max)} is no largest fee"
        elif self.writing not in ("required", "not required"):
            wrong = f"writing is required or not required, not {shown(self.writing)}"
        elif self.starts not in ("day of receipt", "day after receipt"):
            wrong = f"the count begins with the day of receipt or the day after receipt, not {shown(self.starts)}"
        elif self.counting not in ("inclusive", "exclusive"):
            wrong = f"counting is inclusive or exclusive, not {shown(self.counting)}"
        if wrong:
            raise PolicyError(
                f"The regime {shown(self.name)} cannot be applied: {wrong}", remedy="Correct it", regime=self.name
            )

    def effect_of(self, what: Matter) -> ClockEffect:
        """Give what asking for a fee, for proof of identity or for clarification does to the time limit."""
        return {"fee": self.fee, "identity": self.identity, "clarification": self.clarification}[what]

    def lets_charge(self, amount: Money | None, grounds: Iterable[str] = ()) -> bool | None:
        """Tell whether a fee may be asked; None where that depends on a ground and none is recorded.

        Of a fee without an amount, only whether there may be one at all is told.
        """
        on = tuple(grounds)
        if any(ground in self.fee_if for ground in on) or (self.fee_max > 0 and (amount or 0) <= self.fee_max):
            return True
        return None if self.fee_if and not on else False

    def __str__(self) -> str:
        return f"{self.title} ({self.name})"


def in_force(law: AccessRegime | Iterable[AccessRegime], day: date) -> AccessRegime:
    """Give the regime for a request received on a day; one regime given alone is applied whatever the day.

    >>> in_force(UK_ACCESS_LAW, date(2026, 2, 4)).name, in_force(UK_ACCESS_LAW, date(2026, 2, 5)).name
    ('gdpr-ico-2019', 'ukgdpr-duaa')

    Raises:
        NoEditionError: no regime covers that day, or several do.
    """
    return law if isinstance(law, AccessRegime) else at(day, law)


_READ = date(2026, 11, 21)
_UNFOUNDED = ("manifestly unfounded or excessive", "further copies")
_TWO_MONTHS = AccessExtension(months(2), ("complexity", "number of requests"), tell_within=months(1))
_GUIDANCE = "ICO guidance on the right of access"
_WAITS = ClockEffect("restarts", Source(_GUIDANCE, stated="inferred"))
#: The guidance is reported to have said three things in turn on clarification, none of them in the inventory.
_NOT_SAID = ClockEffect("unstated", Source(_GUIDANCE, stated="unstated"))
_RELEVANT_TIME = Source("UK GDPR art 12A, inserted by the Data (Use and Access) Act 2025 s.76")
_WHO_ASKS = Source("GDPR art 12(6)", stated="inferred")

#: The United Kingdom's four, in the order of their dates; replace any of them, or give another tuple.
UK_ACCESS_LAW: tuple[AccessRegime, ...] = (
    AccessRegime(
        name="dpa1998",
        title="the Data Protection Act 1998",
        since=date(2000, 3, 1),
        until=date(2018, 5, 24),
        writing="required",
        fee_max=10,
        may_require=("name", "postal-address", "membership-number"),
        may_require_source=Source("DPA 1998 s.7(3)", stated="inferred"),
        period=days(40),
        starts="day of receipt",
        counting="inclusive",
        rolls_to_working_day=False,
        fee=ClockEffect("restarts", Source("DPA 1998 s.7(10)")),
        identity=ClockEffect("restarts", Source("DPA 1998 s.7(3), (10)")),
        clarification=ClockEffect("restarts", Source("DPA 1998 s.7(3), (10)")),
        source=Source("DPA 1998 s.7(8),(10); Fees Regulations 2000"),
        read=_READ,
    ),
    AccessRegime(
        name="gdpr-ico-2018",
        title="the GDPR, counted as the ICO's guidance did from 2018",
        since=date(2018, 5, 25),
        until=date(2019, 8, 14),
        writing="not required",
        fee_max=0,
        fee_if=_UNFOUNDED,
        may_require=("name",),
        may_require_source=_WHO_ASKS,
        period=months(1),
        starts="day after receipt",
        counting="exclusive",
        rolls_to_working_day=True,
        extension=_TWO_MONTHS,
        fee=_WAITS,
        identity=_WAITS,
        clarification=_NOT_SAID,
        source=Source("GDPR art 12(3), (5); ICO guidance of the time"),
        read=_READ,
    ),
    AccessRegime(
        name="gdpr-ico-2019",
        title="the GDPR, counted as the ICO's guidance does from 15 August 2019",
        since=date(2019, 8, 15),
        until=date(2026, 2, 4),
        writing="not required",
        fee_max=0,
        fee_if=_UNFOUNDED,
        may_require=("name",),
        may_require_source=_WHO_ASKS,
        period=months(1),
        starts="day of receipt",
        counting="exclusive",
        rolls_to_working_day=True,
        extension=_TWO_MONTHS,
        fee=_WAITS,
        identity=_WAITS,
        clarification=_NOT_SAID,
        source=Source("GDPR art 12(3), (5); ICO guidance of 15 August 2019"),
        read=_READ,
    ),
    AccessRegime(
        name="ukgdpr-duaa",
        title="the UK GDPR as the Data (Use and Access) Act 2025 changed it",
        since=date(2026, 2, 5),
        writing="not required",
        fee_max=0,
        fee_if=_UNFOUNDED,
        may_require=("name",),
        may_require_source=Source("UK GDPR art 12(6)", stated="inferred"),
        period=months(1),
        starts="day of receipt",
        counting="exclusive",
        rolls_to_working_day=True,
        extension=_TWO_MONTHS,
        fee=ClockEffect("restarts", _RELEVANT_TIME),
        identity=ClockEffect("restarts", _RELEVANT_TIME),
        clarification=ClockEffect("pauses", _RELEVANT_TIME),
        source=Source("UK GDPR art 12A, 15(1A) inserted by DUAA ss.76, 78 (mirrors DPA 2018 s.54)"),
        read=_READ,
    ),
)
