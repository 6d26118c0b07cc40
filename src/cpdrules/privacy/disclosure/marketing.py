"""What people chose to be sent, and whether the law of a day lets marketing be sent to them by electronic mail.

A choice is made by saying no, and stops the purposes that it is about. The law asks for more: consent, or one of the
grounds of its date. Its rows are dated readings and can be replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from cpdrules.editions import at
from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.policies import Policy, all_of, none_of
from cpdrules.privacy.disclosure.disclosing import stops
from cpdrules.privacy.disclosure.ordered_rules import Answer, Assumption, Decision, Need, decided
from cpdrules.privacy.practices import Preference, Purpose
from cpdrules.privacy.requirements import Visit, given
from cpdrules.privacy.statements import Statement


@frozen(kw_only=True)
class MarketingGround:
    """One ground on which marketing may be sent, or must not be."""

    id: str
    says: str
    when: Policy | None
    allows: bool = True
    source: Source


@frozen(kw_only=True)
class MarketingLaw:
    """The grounds that the law of some years knows; what none of them allows it forbids."""

    name: str
    jurisdiction: str
    since: date
    #: The last day; None while it is in force.
    until: date | None = None
    grounds: tuple[MarketingGround, ...]
    #: The day on which the law was read so.
    read_on: date
    source: Source


def _regulation(paragraph: str) -> Source:
    return Source(f"SI 2003/2426, reg 22{paragraph}")


_REFUSALS = (
    given("could_refuse_at_collection", "the person could refuse simply when the address was collected"),
    given("can_refuse_each_time", "the person can refuse simply in every message"),
)
_ALWAYS = (
    MarketingGround(
        id="no individual",
        says="the address is not an individual subscriber's",
        when=none_of(given("individual_subscriber", "the address is an individual subscriber's", presumed=True)),
        source=_regulation("(1)"),
    ),
    MarketingGround(
        id="consent",
        says="the person told the sender that they consent",
        when=given("email_consent", "the person told the sender that they consent", presumed=False),
        source=_regulation("(2)"),
    ),
    MarketingGround(
        id="soft opt-in",
        says="own similar products, to an address from a sale, with a way to refuse then and each time",
        when=all_of(
            given("details_from_sale", "the address was obtained in a sale, or negotiations for one"),
            given("similar_products", "it is about the sender's own similar products or services only"),
            *_REFUSALS,
        ),
        source=_regulation("(3)"),
    ),
)
_CHARITABLE = MarketingGround(
    id="charitable soft opt-in",
    says="a charity's own purposes alone, to an address that came with interest or support, with a way to refuse",
    when=all_of(
        given("charity", "the sender is a charity"),
        given("charitable_purpose_only", "it furthers the charity's purposes alone"),
        given("details_from_support", "the address came with an interest in those purposes, or support for them"),
        given("collected_since_commencement", "the address was collected on 5 February 2026 or later"),
        *_REFUSALS,
    ),
    source=_regulation("(3A), inserted by the Data (Use and Access) Act 2025, s.114"),
)
_READ_ON = date(2026, 11, 21)

#: The United Kingdom's law on marketing by electronic mail; post and telephone have rules of their own.
UK_EMAIL_MARKETING = (
    MarketingLaw(
        name="reg22-2003",
        jurisdiction="UK",
        since=date(2003, 12, 11),
        until=date(2026, 2, 4),
        grounds=_ALWAYS,
        read_on=_READ_ON,
        source=_regulation(""),
    ),
    MarketingLaw(
        name="reg22-duaa",
        jurisdiction="UK",
        since=date(2026, 2, 5),
        grounds=(*_ALWAYS, _CHARITABLE),
        read_on=_READ_ON,
        source=_regulation(", as amended by the Data (Use and Access) Act 2025, s.114"),
    ),
)


@frozen
class Choice:
    """What somebody's choices do to one purpose."""

    purpose: Purpose
    #: Whether a choice stops it; None where nobody recorded what was chosen.
    stopped: bool | None
    #: The choices that can stop it; for some purposes the text offers none.
    preferences: tuple[Preference, ...]
    #: The facts, not known, that record what was chosen.
    unknowns: tuple[str, ...] = ()

    @property
    def change_by(self) -> tuple[str, ...]:
        """Where, or how, the choice is changed, as far as the text says."""
        return tuple(dict.fromkeys(way for one in self.preferences for way in one.set_by))

    def __str__(self) -> str:
        state = {True: "stopped", False: "goes on", None: "cannot tell"}[self.stopped]
        offered = f"; changed by {', '.join(self.change_by) or 'a way that is not stated'}" if self.preferences else ""
        unsure = f" ({', '.join(self.unknowns)} is not recorded)" if self.unknowns else ""
        return f"{self.purpose.id}: {state}{unsure}{offered}"


def preferences_of(statement: Statement, facts: Mapping[str, bool | None] | None = None) -> tuple[Choice, ...]:
    """Say of each purpose that is marketing, or that somebody can stop, whether their choices stop it.

    Raises:
        PolicyError: a fact is neither true, false nor None.
    """
    known = Visit(facts=facts or {}).facts
    found = []
    for row in statement.purposes:
        offered = tuple(one for one in statement.preferences if stops(one, row.id, row))
        if offered or row.kind == "marketing":
            found.append(_choice(row, offered, known))
    return tuple(found)


def _choice(row: Purpose, offered: tuple[Preference, ...], facts: Mapping[str, bool | None]) -> Choice:
    told = {one.fact: facts.get(one.fact) for one in offered}
    if True in told.values():
        return Choice(row, stopped=True, preferences=offered)
    unknown = tuple(name for name, value in told.items() if value is None)
    return Choice(row, stopped=None if unknown else False, preferences=offered, unknowns=unknown)


@frozen(kw_only=True)
class Sending:
    """Whether something may be sent by electronic mail under the law of a day, and on which ground."""

    purpose: Purpose
    on: date
    law: MarketingLaw
    decision: Decision[MarketingGround]

    @property
    def outcome(self) -> Answer:
        """Allow, deny or unknown."""
        return self.decision.outcome

    @property
    def ground(self) -> MarketingGround | None:
        """What decides; None where it is unknown, or where grounds agree of which one is sure to hold."""
        return self.decision.rule

    @property
    def needs(self) -> tuple[Need[MarketingGround], ...]:
        """The grounds of which one is still to be met, and the choices that must not stand."""
        return self.decision.needs

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The facts that nobody recorded and that would settle it, by name."""
        return self.decision.unknowns

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What was presumed on the way."""
        return self.decision.assumptions

    def __str__(self) -> str:
        first, *rest = self.decision.lines()
        law = f"under {self.law.name} as read on {as_date(self.law.read_on)}"
        return "\n  ".join([f"{self.purpose.id} on {as_date(self.on)}, {law}: {first}", *rest])


def may_send(
    statement: Statement,
    purpose: str,
    *,
    on: date,
    facts: Mapping[str, bool | None] | None = None,
    law: Iterable[MarketingLaw] = UK_EMAIL_MARKETING,
) -> Sending:
    """Say whether something may be sent by electronic mail for a purpose on a day: no choice stops it, a ground holds.

    A purpose that is no marketing is none of this law's business, and stops at a choice alone.

    Raises:
        UnknownRefError: the statement has no such purpose.
        NoEditionError: no law that was given was in force on the day, or several were.
        PeriodError: the day is no plain day.
        PolicyError: a fact is neither true, false nor None.
    """
    row, regime = statement.purpose(purpose), at(on, law)
    choices = [_no(one, statement) for one in statement.preferences if stops(one, row.id, row)]
    grounds = regime.grounds if row.kind == "marketing" else (_not_marketing(row, regime),)
    otherwise = MarketingGround(id="no ground", says="no ground holds", when=None, allows=False, source=regime.source)
    decision = decided([(one, "") for one in (*choices, *grounds)], otherwise, Visit(facts=facts or {}))
    return Sending(purpose=row, on=on, law=regime, decision=decision)


def _no(choice: Preference, statement: Statement) -> MarketingGround:
    source = (*choice.sources, Source(statement.name, stated="unstated"))[0]
    says = choice.effect or choice.what
    return MarketingGround(id=choice.id, says=says, when=given(choice.fact), allows=False, source=source)


def _not_marketing(row: Purpose, regime: MarketingLaw) -> MarketingGround:
    return MarketingGround(
        id="no marketing", says=f"{row.id} is no direct marketing ({row.kind})", when=None, source=regime.source
    )
