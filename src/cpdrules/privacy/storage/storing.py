"""Whether a cookie may be stored: what the statement, the law of the day, consent and the browser say together.

Each purpose needs a ground of its own, and the worst decides. What is missing is named, and what was presumed is
listed. An answer is a reading of a rule on a date, never legal advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Literal

from attrs import evolve

from cpdrules.errors import PolicyError, shown
from cpdrules.periods import as_date
from cpdrules.privacy.consent.records import ConsentState, PrivacySignal, day_of, state_of
from cpdrules.privacy.consent.status import Consents
from cpdrules.privacy.cookies import Cookie
from cpdrules.privacy.law.cookie_law import COOKIE_LAW
from cpdrules.privacy.law.regimes import CookieRegime, Reading, Treatment, law_on, readings_for
from cpdrules.privacy.names import Index
from cpdrules.privacy.requirements import Visit
from cpdrules.privacy.statements import Statement, sources_of
from cpdrules.privacy.storage.alternatives import ALWAYS, NEVER, Alternatives, every_way, turning_on
from cpdrules.privacy.storage.grounds import StoringCase, WeighedPurpose, treatment_of, weighed
from cpdrules.privacy.storage.permissions import Outcome, Permission, Reason, in_order, worst


def may_set(
    statement: Statement,
    cookie: str,
    *,
    on: date,
    host: str = "",
    jurisdiction: str = "UK",
    law: Iterable[CookieRegime] = COOKIE_LAW,
    readings: Iterable[Reading] = (),
    consent: Mapping[str, ConsentState | str] | Consents | None = None,
    facts: Mapping[str, bool | None] | None = None,
    gpc: PrivacySignal | None = None,
    assuming: bool = True,
) -> Permission:
    """Say whether a cookie may be stored on a day, by its id in the statement or by a name that it declares.

    ``readings`` override what the law says of a cookie's purposes. ``consent`` is a state for each purpose, or what
    ``consent_status`` found on that day; what is not recorded is not consent. ``facts`` are those that the law's
    conditions name (``notice_given``, ``objection_route``, ``provider_own_use`` ...) and ``browser_blocks``. With
    ``assuming=False`` nothing is presumed, and what was is missing.

    Raises:
        NoEditionError: no law of the jurisdiction was in force on the day.
        UnknownRefError: the jurisdiction has no law among those given, or the statement lacks a purpose of the cookie.
        PolicyError: facts are not true, false or None, or tell of consent; consent is that of another day, or to no
            purpose; the cookie is no text; ``gpc`` did not read the signal; or several readings speak of one case.
        RecordError: a state of consent is none.
    """
    _well_asked(cookie, gpc)
    law, readings = tuple(law), tuple(readings)
    known, regime = _known(facts), law_on(on, law, jurisdiction=jurisdiction)
    asked = Permission(
        cookie=cookie, on=on, outcome=Outcome.ALLOW, rules=(str(regime),), ways=ALWAYS, reasons=_rule(regime, on)
    )
    declared = _declared(statement, cookie, host)
    if not isinstance(declared, Cookie):
        return _without_cookie(asked, statement, declared)
    case = StoringCase(
        statement=statement,
        cookie=declared,
        regime=regime,
        readings=readings_for(declared.id, regime.name, readings),
        facts=known,
        consent=_states(consent, on),
        gpc=gpc,
        assuming=assuming,
    )
    said = (*_said(case, on), *_misspelt(known, law, readings))
    asked = evolve(asked, cookie=declared.id, reasons=(*asked.reasons, *said))
    if not declared.active or any(one.when is None and one.of(regime.name) == "inactive" for one in case.readings):
        return _discontinued(asked, case)
    return _with_browser(_decided(asked, case), known, gpc, regime)


def _well_asked(cookie: str, gpc: PrivacySignal | None) -> None:
    if not isinstance(cookie, str):
        raise PolicyError(
            f"A cookie was asked about as {shown(cookie)}", remedy="Give its id, or a name that it has", cookie=cookie
        )
    if gpc is not None and not isinstance(gpc, PrivacySignal):
        raise PolicyError(
            f"Global Privacy Control was given as {shown(gpc)}",
            why="Only exactly '1' counts, and reading it says what was ignored",
            remedy=f"Let consent.gpc read the header: gpc=gpc({shown(gpc)})",
            gpc=gpc,
        )


def treatment(
    statement: Statement, cookie: str, regime: CookieRegime, *, facts: Mapping[str, bool | None] | None = None
) -> Treatment:
    """Say how a regime treats a cookie by its purposes alone: what ``readings`` are compared with.

    Raises:
        UnknownRefError: the statement lacks the cookie, or one of its purposes.
        PolicyError: facts are not true, false or None, or tell of consent.
    """
    case = StoringCase(
        statement=statement,
        cookie=statement.cookie(cookie),
        regime=regime,
        readings=(),
        facts=_known(facts),
        consent={},
        gpc=None,
        assuming=True,
    )
    return treatment_of(case)


def _known(facts: Mapping[str, bool | None] | None) -> Mapping[str, bool | None]:
    known = Visit(facts=facts or {}).facts
    if "consent" in known:
        raise PolicyError(
            "Consent was given as a fact",
            why="Consent is to one purpose, and a fact is about all of them",
            remedy='Give it for each purpose: consent={"statistics": "given"}',
        )
    return known


def _states(consent: Mapping[str, ConsentState | str] | Consents | None, on: date) -> Mapping[str, ConsentState]:
    if isinstance(consent, Consents):
        if day_of(consent.at) != on:
            raise PolicyError(
                f"Consent as it was on {as_date(day_of(consent.at))} was given for {as_date(on)}",
                why="It may have ended, or begun, in between",
                remedy="Ask consent_status for that day",
                at=consent.at,
                on=on,
            )
        return consent.states()
    if consent is not None and not isinstance(consent, Mapping):
        raise PolicyError(
            f"Consent was given as {shown(consent)}",
            why="Consent is to one purpose, and here nobody can tell to which",
            remedy='Give it for each purpose: consent={"statistics": "given"}',
            consent=consent,
        )
    return {purpose: state_of(state) for purpose, state in (consent or {}).items()}


def _declared(statement: Statement, asked: str, host: str) -> Cookie | tuple[str, ...]:
    """Give the cookie that an id or a name stands for; else those that the name may stand for."""
    if statement.declares(asked):
        return statement.cookie(asked)
    matches = Index((pattern, one.id) for one in statement.cookies for pattern in one.names).best(asked, host)
    several = tuple(dict.fromkeys(one.value for one in (*matches.found, *matches.unsure)))
    return statement.cookie(several[0]) if len(several) == 1 and matches.found else several


def _without_cookie(asked: Permission, statement: Statement, several: tuple[str, ...]) -> Permission:
    """Say that the statement has no such cookie, or that nobody can tell which of several is meant."""
    if several:
        says = f"{statement.name} may mean {' or '.join(several)} by that name"
        reason = Reason("policy", "", f"{says}: that depends on the host, or on a better name")
        return evolve(
            asked, outcome=Outcome.UNKNOWN, ways=NEVER, reasons=in_order(*asked.reasons, reason), unknowns=("host",)
        )
    nameless = sum(not one.names for one in statement.cookies)
    but = f"; {nameless} of its cookies have no name there" if nameless else ""
    reason = Reason("policy", "", f"{statement.name} declares no such cookie{but}")
    return evolve(
        asked,
        outcome=Outcome.UNDECLARED,
        ways=turning_on("declaration"),
        reasons=in_order(*asked.reasons, reason),
    )


def _rule(regime: CookieRegime, on: date) -> tuple[Reason, ...]:
    remarks = (Reason("regime", "", one.value, one.source) for one in regime.remarks_on(on))
    return (Reason("regime", "", regime.rule, regime.source), *remarks)


def _said(case: StoringCase, on: date) -> Iterator[Reason]:
    """Give what the statement says of the cookie, and what was read of it."""
    statement, cookie = case.statement, case.cookie
    places = sources_of(cookie)
    says = f"declared as “{cookie.title}”, for {', '.join(cookie.purposes)}"
    yield Reason("policy", "", says, places[0] if places else None)
    if (statement.since and on < statement.since) or (statement.until and on > statement.until):
        yield Reason("policy", "", f"{statement.name} does not speak of {as_date(on)}: it is asked as if it did")
    for one in case.readings:
        turn = "" if one.when is None else f"{'' if one.when[1] else 'not '}{one.when[0].replace('_', ' ')}: "
        says = f"{turn}read as {one.of(case.regime.name)} on {as_date(one.read_on)}: {one.ground}"
        yield Reason("regime", "", says, one.source)


#: Higher than for other suggestions: facts that are asked for elsewhere may come along, such as “member”.
_MUCH_THE_SAME = 0.85


def _misspelt(
    facts: Mapping[str, bool | None], law: Iterable[CookieRegime], readings: Iterable[Reading]
) -> Iterator[Reason]:
    """Say of facts that nothing turns on them, where one that something turns on is called much the same."""
    conditions = [one for regime in law for ground in regime.grounds for one in ground.conditions]
    conditions += [one for reading in readings for one in reading.conditions]
    turning = {one.fact for one in conditions} | {one.when[0] for one in readings if one.when} | {"browser_blocks"}
    for fact in sorted(facts.keys() - turning):
        for near in get_close_matches(fact[:80], sorted(turning), n=1, cutoff=_MUCH_THE_SAME):
            yield Reason("regime", "", f"nothing turns on the fact {shown(fact)}; did you mean {near}?")


def _discontinued(asked: Permission, case: StoringCase) -> Permission:
    ended = case.cookie.discontinued
    says = f"no longer in use by {as_date(ended)}, as declared" if ended else "read as not in use"
    places = sources_of(case.cookie)
    reason = Reason("policy", "", says, places[-1] if places else None)
    return evolve(asked, outcome=Outcome.DISCONTINUED, ways=NEVER, reasons=in_order(*asked.reasons, reason))


def _decided(asked: Permission, case: StoringCase) -> Permission:
    """Weigh the grounds for every purpose, and take the worst; presumptions serve where facts do not settle it."""
    found, bare = (
        [weighed(known, purpose) for purpose in case.purposes()] for known in (case, evolve(case, assuming=False))
    )
    whole, open_ = (every_way(one.ways for one in several) for several in (found, bare))
    taken = {taken for one in found for taken in one.assumed if taken.fact in open_.names}
    purposes = ((one.purpose.id, _outcome(one.ways, other.ways)) for one, other in zip(found, bare, strict=True))
    outcome = _outcome(whole, open_)
    return evolve(
        asked,
        outcome=outcome,
        by_purpose=tuple(sorted(purposes, key=lambda one: one[0])),
        ways=ALWAYS if outcome is Outcome.ALLOW else every_way(one.needs for one in found),
        reasons=in_order(*asked.reasons, *(reason for one in found for reason in _reasons(case, one))),
        unknowns=whole.names if open_.names else (),
        assumptions=tuple(sorted(taken)),
    )


def _outcome(ways: Alternatives, bare: Alternatives) -> Outcome:
    """Say what it comes to: what holds without any presumption goes before what they say."""
    settled = ways.settled if bare.settled is None else bare.settled
    return Outcome.UNKNOWN if settled is None else Outcome.ALLOW if settled else Outcome.DENY


def _reasons(case: StoringCase, one: WeighedPurpose) -> Iterator[Reason]:
    for ground in one.grounds:
        side: Literal["consent", "regime"] = "consent" if ground.asks_for_consent else "regime"
        yield Reason(side, one.purpose.id, ground.why, ground.ground.source)
    yield Reason("consent", one.purpose.id, f"consent to it is {case.state(one.purpose).value}")


def _with_browser(
    answer: Permission, facts: Mapping[str, bool | None], gpc: PrivacySignal | None, regime: CookieRegime
) -> Permission:
    """Add what the browser does: it may not store the cookie, and may send a signal."""
    reasons = []
    if gpc is not None and gpc.seen:
        effect = "an opt-out for some purposes" if regime.gpc else "without effect"
        reasons.append(Reason("agent", "", f"Global Privacy Control was seen: {effect} under {regime}"))
    if not facts.get("browser_blocks"):
        return evolve(answer, reasons=in_order(*answer.reasons, *reasons))
    reasons.append(Reason("agent", "", "the browser does not store it: ask what that does to the site's functions"))
    return evolve(
        answer,
        outcome=worst(answer.outcome, Outcome.NOT_EFFECTIVE),
        reasons=in_order(*answer.reasons, *reasons),
    )
