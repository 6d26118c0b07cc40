"""Whether a request for one's own data must be answered yet: what the statement demands, and what the law lets it.

These are two things. Each demand says whose it is; one that the law does not let anybody insist on never holds a
request up, and is a warning where the request does not meet it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.access.law import UK_ACCESS_LAW, AccessRegime, EffectKind, Matter, Money, in_force
from cpdrules.privacy.access.requests import AccessPolicy, AccessRequest

#: Whether a request must be answered: yes, once what it needs is there, not as it was made, or that depends on a fact
#: that nobody recorded.
Outcome: TypeAlias = Literal["valid", "pending", "invalid", "cannot tell"]

#: What follows of a request where it does not meet a demand.
Consequence: TypeAlias = Literal["invalid", "pending", "cannot tell", "nothing"]


@frozen
class Demand:
    """One thing that a request must have or do, by whom, and whether the law lets anybody insist on it."""

    what: str
    by: Literal["policy", "law", "policy and law"]
    #: None where the law, as read, does not say.
    allowed: bool | None = field(kw_only=True)
    #: Whether the request meets it; None where that is not recorded.
    met: bool | None = field(kw_only=True)
    says: str = field(kw_only=True)
    #: Where it is demanded; then where that is allowed or not.
    sources: tuple[Source, ...] = field(default=(), kw_only=True)
    otherwise: Consequence = field(default="nothing", kw_only=True)

    def __str__(self) -> str:
        cited = f" [{'; '.join(map(str, self.sources))}]" if self.sources else ""
        return f"{self.what}, by {self.by}: {self.says}{cited}"


@frozen
class Validity:
    """Whether a request must be answered, under which regime, and every demand that was looked at."""

    outcome: Outcome
    regime: AccessRegime
    demands: tuple[Demand, ...]
    warnings: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """What is still to come before the request must be answered."""
        return self._unmet("pending")

    @property
    def missing(self) -> tuple[str, ...]:
        """Which facts nobody recorded, and would settle it."""
        return self._unmet("cannot tell")

    def _unmet(self, consequence: str) -> tuple[str, ...]:
        return tuple(one.what for one in self.demands if one.otherwise == consequence)

    def __str__(self) -> str:
        first = f"{self.outcome.capitalize()} under {self.regime}, as read on {as_date(self.regime.read)}"
        return "\n".join(
            [first, *(f"  {one}" for one in self.demands), *(f"  warning: {one}" for one in self.warnings)]
        )


_WORST_FIRST: tuple[Outcome, ...] = ("invalid", "pending", "cannot tell")


def validity(
    request: AccessRequest,
    policy: AccessPolicy,
    law: AccessRegime | Iterable[AccessRegime] = UK_ACCESS_LAW,
    *,
    on: date | None = None,
) -> Validity:
    """Tell whether a request must be answered: by what was known on a day, or by all that is recorded.

    >>> statement = AccessPolicy(written=True, must_include=("name", "telephone"), fee=10, fee_modality="may")
    >>> spoken = AccessRequest(date(2020, 1, 10), written=False, has=("name",))
    >>> validity(spoken, statement).outcome, validity(spoken, statement).warnings
    ('valid', ('policy asks for more than the law lets it require: written form, telephone, fee',))
    >>> validity(AccessRequest(date(2015, 12, 1), written=True, has=("name",)), statement).needs
    ('fee',)

    Raises:
        NoEditionError: no regime covers the day of receipt, or several do.
        RecordError: the request had not been received on the day asked about, or that is no plain date.
    """
    known = request if on is None else request.on(on)
    regime = in_force(law, request.received)
    demands = tuple(_demands(known, policy, regime))
    follows = {one.otherwise for one in demands}
    worst: list[Outcome] = [one for one in _WORST_FIRST if one in follows]
    beyond = [one.what for one in demands if one.allowed is False and (one.met is not True or one.what == "fee")]
    warnings = (f"policy asks for more than the law lets it require: {', '.join(beyond)}",) if beyond else ()
    return Validity(worst[0] if worst else "valid", regime, demands, warnings)


def _demands(request: AccessRequest, policy: AccessPolicy, regime: AccessRegime) -> Iterator[Demand]:
    yield from _form(request, policy, regime)
    yield from _addressee(policy, regime)
    yield from _items(request, policy, regime)
    yield from _fee(request, policy, regime)
    yield from _asked(request, regime)


def _cited(*sources: Source | None) -> tuple[Source, ...]:
    return tuple(source for source in sources if source is not None)


def _form(request: AccessRequest, policy: AccessPolicy, regime: AccessRegime) -> Iterator[Demand]:
    required, met = regime.writing == "required", request.written
    if not required and not policy.written:
        return
    follows: Consequence = "nothing"
    if required and not met:
        follows = "cannot tell" if met is None else "invalid"
    yield Demand(
        "written form",
        "policy" if not required else "policy and law" if policy.written else "law",
        allowed=required,
        met=met,
        says="the law wants a request in writing" if required else "the law lets nobody insist on a form",
        sources=_cited(policy.source if policy.written else None, regime.source),
        otherwise=follows,
    )


def _addressee(policy: AccessPolicy, regime: AccessRegime) -> Iterator[Demand]:
    if policy.addressee:
        says = f"{policy.addressee}; the law, as read, does not say whether anybody may insist on that"
        sources = _cited(policy.source, regime.source)
        yield Demand("addressee", "policy", allowed=None, met=None, says=says, sources=sources)


def _items(request: AccessRequest, policy: AccessPolicy, regime: AccessRegime) -> Iterator[Demand]:
    known, sources = _settled(request, "identity"), _cited(policy.source, regime.may_require_source)
    for item in policy.must_include:
        met, allowed = item in request.has, item in regime.may_require
        says = "it tells who asks, or where to look" if allowed else "more than tells who asks, or where to look"
        if allowed and known and not met:
            says = "who asks is known without it"
        follows: Consequence = "pending" if allowed and not met and not known else "nothing"
        yield Demand(item, "policy", allowed=allowed, met=met, says=says, sources=sources, otherwise=follows)
    for item in policy.must_include_if_any:
        has = True if item in request.has else None
        says = "asked only of those who have one" + ("" if has else "; whether this one has is not recorded")
        allowed_if_any = item in regime.may_require or None
        yield Demand(item, "policy", allowed=allowed_if_any, met=has, says=says, sources=sources)


def _settled(request: AccessRequest, what: Matter) -> bool:
    """Tell whether something was asked for, or came unasked, and nothing of it is awaited."""
    asked = request.about(what)
    return bool(asked) and all(one.answered is not None for one in asked)


def _fee(request: AccessRequest, policy: AccessPolicy, regime: AccessRegime) -> Iterator[Demand]:
    asked = request.about("fee")
    if request.fee_waived or (policy.fee is None and not asked):
        return
    amount = max((one.amount for one in asked if one.amount is not None), default=None)
    allowed, paid = _may_charge(request, policy, regime, amount), _settled(request, "fee")
    follows: Consequence = "nothing"
    if not paid and allowed is None:
        follows = "cannot tell"
    elif not paid and (allowed or regime.fee_max > 0):  # of a fee that is too high, what the law lets them ask is owed
        follows = "pending"
    yield Demand(
        "fee",
        "policy",
        allowed=allowed,
        met=paid,
        says=_on_fee(policy, regime, policy.fee if amount is None else amount),
        sources=_cited(policy.source if policy.fee is not None else None, regime.source),
        otherwise=follows,
    )


def _may_charge(
    request: AccessRequest, policy: AccessPolicy, regime: AccessRegime, amount: Money | None
) -> bool | None:
    """Tell whether the law lets anybody ask the fee; an amount that was asked is in the currency of the law."""
    if amount is None and policy.fee is not None and policy.currency != regime.currency and regime.fee_max > 0:
        return None
    allowed = regime.lets_charge(policy.fee if amount is None else amount, request.fee_grounds)
    if allowed is None and not request.about("fee"):
        return False  # the statement asks it of everyone, and the law lets nobody do so without a ground
    return allowed


def _on_fee(policy: AccessPolicy, regime: AccessRegime, amount: Money | None) -> str:
    figure = "an amount that is not recorded" if amount is None else f"{amount} {policy.currency}"
    figure += (
        "" if policy.fee is None or policy.fee_modality == "unstated" else f", which {policy.fee_modality} be asked"
    )
    most = f"at most {regime.fee_max} {regime.currency}" if regime.fee_max else "nothing"
    unless = f", or a reasonable fee on a ground: {' or '.join(regime.fee_if)}" if regime.fee_if else ""
    return f"{figure}; the law lets {most} be asked of everyone{unless}"


def _asked(request: AccessRequest, regime: AccessRegime) -> Iterator[Demand]:
    """Give what the controller asked for beyond the statement, and whether the request waits for it."""
    whats: tuple[Matter, ...] = ("identity", "clarification")
    for what in whats:
        if not request.about(what):
            continue
        effect, came = regime.effect_of(what), _settled(request, what)
        yield Demand(
            what,
            "law",
            allowed=None if effect.kind == "unstated" else True,
            met=came,
            says=f"{'it has come' if came else 'it is awaited'}; {_WAITING[effect.kind]}",
            sources=_cited(effect.source),
            otherwise="nothing" if came else _FOLLOWS[effect.kind],
        )


_WAITING: Mapping[EffectKind, str] = {
    "restarts": "the time begins when it is there",
    "pauses": "the time stands still meanwhile, and the request stays valid",
    "none": "the request does not wait for it",
    "unstated": "the law, as read, does not say whether the request waits for it",
}
_FOLLOWS: Mapping[EffectKind, Consequence] = {
    "restarts": "pending",
    "pauses": "nothing",
    "none": "nothing",
    "unstated": "cannot tell",
}
