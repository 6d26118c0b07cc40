"""Which changes of a statement matter to those who have agreed to it, and for which purposes.

A change is material where somebody could have decided otherwise for it: what is stored for what, who gets it, how long
it stays, whether it identifies. Other words for the same thing are no such change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any, Literal, TypeAlias

from attrs import frozen

from cpdrules.privacy.cookies import Cookie, Lifetime, Silence
from cpdrules.privacy.practices import ANY, DisclosureRule, Everyone, Ids, Purpose
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.versions.differences import by_id

#: What a material change is about.
Kind: TypeAlias = Literal[
    "controller",
    "new cookie",
    "new purpose",
    "recipient",
    "category",
    "lifetime",
    "identifies",
    "data",
    "legal basis",
    "transfer",
]


@frozen
class MaterialChange:
    """A change for which somebody could decide otherwise than before."""

    kind: Kind
    #: The table and the id of what changed.
    table: str
    id: str
    #: Ids of the purposes, of cookies or of personal data, about which to ask again.
    purposes: tuple[str, ...]
    why: str
    #: False where it cannot be told whether there is more to agree to than before, since a text is silent.
    certain: bool = True

    def __str__(self) -> str:
        return f"{self.kind}: {self.why}"


def material_changes(old: Statement, new: Statement) -> tuple[MaterialChange, ...]:
    """Give the changes that matter to those who agreed to the old statement; other words are none.

    Of cookies: a new one or one in use again, a new purpose, provider or category, a longer life, what newly
    identifies, more data. Of personal data: a new purpose, recipient or transfer, more data, another legal basis. And
    another controller. Less is no such change. Where a text is silent before or after, the change is given as one that
    cannot be told.
    """
    return (*_controller(old, new), *_cookies(old, new), *_categories(old, new), *_purposes(old, new), *_told(old, new))


def by_purpose(changes: Iterable[MaterialChange]) -> dict[str, tuple[MaterialChange, ...]]:
    """Give the reasons to ask again by purpose; whoever agreed to a purpose that is not named need not be asked."""
    found: dict[str, tuple[MaterialChange, ...]] = {}
    for change in changes:
        for purpose in change.purposes:
            found[purpose] = (*found.get(purpose, ()), change)
    return found


def _controller(old: Statement, new: Statement) -> Iterator[MaterialChange]:
    if old.controller != new.controller:
        purposes = [one.id for one in new.cookie_purposes] + [one.id for one in new.purposes]
        purposes += [purpose for cookie in new.cookies for purpose in cookie.purposes]
        why = f"the controller was {old.controller or 'not named'}, and is {new.controller or 'not named'}"
        everything = tuple(dict.fromkeys(purposes))
        certain = bool(old.controller and new.controller)
        yield MaterialChange("controller", "statement", "", everything, why, certain)


# Cookies --------------------------------------------------------------------------------------------------------------


def _cookies(old: Statement, new: Statement) -> Iterator[MaterialChange]:
    before = by_id(old.cookies)
    for cookie in new.cookies:
        was = before.get(cookie.id)
        if not cookie.active:
            continue
        if was is None or not was.active:
            why = f"the cookie {cookie.id} is {'new' if was is None else 'in use again'}"
            yield MaterialChange("new cookie", "cookies", cookie.id, cookie.purposes, why)
        else:
            yield from _cookie(was, cookie)


def _cookie(was: Cookie, now: Cookie) -> Iterator[MaterialChange]:
    def change(kind: Kind, why: str, purposes: tuple[str, ...] = now.purposes, *, certain: bool = True) -> Any:
        return MaterialChange(kind, "cookies", now.id, purposes, f"the cookie {now.id} {why}", certain)

    if gained := _gained(was.purposes, now.purposes):
        yield change("new purpose", f"is now for {_and(gained)}, too", gained)
    for why, certain in _providers(was, now):
        yield change("recipient", why, certain=certain)
    if was.group != now.group:
        why = f"was in the group {was.group or 'none'}, and is in {now.group or 'none'}"
        yield change("category", why, certain=bool(was.group and now.group))
    longer = kept_longer(was.lifetime, now.lifetime)
    if longer is not False:
        lives = f"was kept: {was.lifetime}, and is: {now.lifetime}"
        told = "" if longer else "; it cannot be told whether that is longer"
        yield change("lifetime", f"{lives}{told}", certain=longer is True)
    if now.identifies is not was.identifies and now.identifies is not False:
        certain = now.identifies is True and was.identifies is False
        yield change("identifies", _identified(was, now), certain=certain)
    if gained := _gained(was.data, now.data):
        yield change("data", f"comes with {_and(gained)}, too")


def _providers(was: Cookie, now: Cookie) -> Iterator[tuple[str, bool]]:
    """Say who newly gets what a cookie tells, and whether that is certain."""
    before, after = was.provider, now.provider
    if before.organisation != after.organisation:
        named = not isinstance(before.organisation, Silence) and not isinstance(after.organisation, Silence)
        yield f"was set by {_who(before.organisation)}, and is by {_who(after.organisation)}", named
    if after.served_by not in ("", before.served_by):
        yield f"is now delivered by {after.served_by}", True
    if after.party not in {before.party, "first"}:
        known = not isinstance(before.party, Silence) and not isinstance(after.party, Silence)
        yield f"was of the party: {_who(before.party)}, and is: {_who(after.party)}", known
    if now.own_policy and not was.own_policy:
        yield "is now under its provider's own policy", True


def _identified(was: Cookie, now: Cookie) -> str:
    if now.identifies is True:
        return "now identifies" + ("" if was.identifies is False else "; it was not said whether it did")
    told = "did not identify" if was.identifies is False else "identified"
    return f"{told}, and it is no longer said whether it does"


def kept_longer(was: Lifetime, now: Lifetime) -> bool | None:
    """Say whether a lifetime is longer than another; None where that cannot be told.

    >>> from cpdrules.privacy.cookies import NO_LIFETIME, PERMANENT, SESSION, lasting
    >>> kept_longer(SESSION, lasting(1)), kept_longer(PERMANENT, NO_LIFETIME), kept_longer(NO_LIFETIME, PERMANENT)
    (True, False, None)
    """
    if was == now:
        return False
    if was.cases is not None and now.cases is not None and was.cases[0] == now.cases[0]:
        (_, *before), (_, *after) = was.cases, now.cases
        answers = {kept_longer(one, other) for one, other in zip(before, after, strict=True)}
        return True if True in answers else None if None in answers else False
    (least, most), (least_now, most_now) = _bounds(was), _bounds(now)
    if least_now > most:
        return True
    return False if most_now <= least else None


def _bounds(lifetime: Lifetime) -> tuple[float, float]:
    """Give the least and the most that a lifetime can be; a day is more than any session."""
    if lifetime.cases is not None:
        both = [_bounds(lifetime.cases[1]), _bounds(lifetime.cases[2])]
        return min(least for least, _ in both), max(most for _, most in both)
    if lifetime.kind == "lasting":
        return lifetime.days or 0, lifetime.days or 0
    known = {"until log-off or close": (-1.0, -1.0), "session": (0.0, 0.0), "permanent": (inf, inf)}
    return known.get(lifetime.kind, (-1.0, inf))


def _categories(old: Statement, new: Statement) -> Iterator[MaterialChange]:
    before = by_id(old.cookie_purposes)
    for purpose in new.cookie_purposes:
        was = before.get(purpose.id)
        if was is not None and was.icc != purpose.icc:
            why = f"the purpose {purpose.id} was {was.icc}, and is {purpose.icc}"
            yield MaterialChange("category", "cookie_purposes", purpose.id, (purpose.id,), why)


# Personal data --------------------------------------------------------------------------------------------------------


def _purposes(old: Statement, new: Statement) -> Iterator[MaterialChange]:
    before = by_id(old.purposes)
    for purpose in new.purposes:
        was = before.get(purpose.id)
        if was is None:
            why = f"personal data is now used for {purpose.id}"
            yield MaterialChange("new purpose", "purposes", purpose.id, (purpose.id,), why)
        else:
            for kind, why, certain in _purpose(was, purpose):
                yield MaterialChange(kind, "purposes", purpose.id, (purpose.id,), f"{purpose.id} {why}", certain)


def _purpose(was: Purpose, now: Purpose) -> Iterator[tuple[Kind, str, bool]]:
    if gained := _gained(was.by, now.by):
        yield "recipient", f"is now done by {_and(gained)}", True
    if gained := _gained(_used(was), _used(now)):
        yield "data", f"now uses {_and(gained)}, too", True
    if was.lawful_bases != now.lawful_bases:
        named = not isinstance(was.lawful_bases, Silence) and not isinstance(now.lawful_bases, Silence)
        yield "legal basis", f"was based on {_who(was.lawful_bases)}, and is on {_who(now.lawful_bases)}", named


def _used(purpose: Purpose) -> tuple[str, ...]:
    conditional = tuple(item for _, item in purpose.required_if)
    return (*purpose.required, *conditional, *purpose.may_require, *purpose.uses)


def _told(old: Statement, new: Statement) -> Iterator[MaterialChange]:
    """Give who may newly be told what for, and where data newly goes."""
    rules = [rule for rule in old.disclosure if rule.allows]
    for rule in new.disclosure:
        if not rule.allows or _covered(rule, [one for one in rules if one.when in (None, rule.when)]):
            continue
        known = _covered(rule, [one for one in rules if one.id == rule.id])
        told = "may be told on another condition" if known else "may now be told"
        why = f"{_those(rule.to)} {told} ({rule.id})"
        yield MaterialChange("recipient", "disclosure", rule.id, _for(rule, new), why, not known)
    before = by_id(old.transfers)
    for transfer in new.transfers:
        was = before.get(transfer.id)
        if gained := _gained(was.to if was is not None else (), transfer.to):
            allowed = [rule for rule in new.disclosure if rule.allows and _reaches(rule, gained)]
            purposes = tuple(dict.fromkeys(purpose for rule in allowed for purpose in _for(rule, new)))
            why = f"personal data now goes abroad to {_and(gained)} ({transfer.id})"
            yield MaterialChange("transfer", "transfers", transfer.id, purposes, why)


def _covered(now: DisclosureRule, rules: Iterable[DisclosureRule]) -> bool:
    """Say whether whatever a rule allows, each recipient and purpose, is allowed by one of several."""
    allowed = [(_each(rule.to), _each(rule.purposes)) for rule in rules]
    for recipient in _each(now.to):
        purposes = frozenset[str | Everyone]().union(*(one for to, one in allowed if recipient in to or ANY in to))
        if ANY not in purposes and not purposes.issuperset(_each(now.purposes)):
            return False
    return True


def _each(ids: Ids) -> frozenset[str | Everyone]:
    return frozenset([ANY]) if isinstance(ids, Everyone) else frozenset(ids)


def _reaches(rule: DisclosureRule, recipients: tuple[str, ...]) -> bool:
    return not isinstance(rule.to, Everyone) and bool(set(rule.to) & set(recipients))


def _for(rule: DisclosureRule, statement: Statement) -> tuple[str, ...]:
    everything = tuple(purpose.id for purpose in statement.purposes)
    return everything if isinstance(rule.purposes, Everyone) else rule.purposes


def _gained(was: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in now if one not in was))


def _and(ids: Iterable[str]) -> str:
    return " and ".join(ids)


def _those(ids: Ids) -> str:
    return "anyone" if isinstance(ids, Everyone) else _and(ids)


def _who(value: Any) -> str:
    if isinstance(value, Silence):
        return "not told"
    return (_and(value) or "nothing") if isinstance(value, tuple) else str(value)
