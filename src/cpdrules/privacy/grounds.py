"""Whether a ground of a law permits storage for one purpose: condition by condition, and what each turns on.

A condition is answered by what is recorded, by what the statement tells, or else by what the law's reading presumes;
what none of them answers is a missing fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from attrs import frozen

from cpdrules.privacy.alternatives import ALWAYS, NEVER, Alternatives, any_way, every_way, turning_on
from cpdrules.privacy.consent_records import ConsentState, PrivacySignal
from cpdrules.privacy.cookies import Cookie, CookiePurpose, Lifetime
from cpdrules.privacy.permissions import Assumption
from cpdrules.privacy.regimes import Condition, CookieRegime, Ground, Reading, Treatment
from cpdrules.privacy.statements import Statement

#: Facts that record that a person said no; a record of consent tells of them, too.
_REFUSALS = ("refused", "objected", "opted_out")

#: Facts of which the statement tells by itself.
_DECLARED = ("sole_purpose", "opportunity_to_refuse", "outlives_session")


@frozen(kw_only=True)
class StoringCase:
    """All that is known of the storing of one cookie."""

    statement: Statement
    cookie: Cookie
    regime: CookieRegime
    readings: tuple[Reading, ...]
    facts: Mapping[str, bool | None]
    #: By the id of the purpose; no state where nothing is recorded.
    consent: Mapping[str, ConsentState]
    gpc: PrivacySignal | None
    #: Whether presumptions count; without them what they answer is missing.
    assuming: bool

    def state(self, purpose: CookiePurpose) -> ConsentState:
        """Give what is recorded of consent to a purpose."""
        return self.consent.get(purpose.id, ConsentState.UNKNOWN)

    def purposes(self) -> tuple[CookiePurpose, ...]:
        """Give what the cookie is for.

        Raises:
            UnknownRefError: the statement does not have one of them.
        """
        return tuple(self.statement.cookie_purpose(one) for one in self.cookie.purposes)


class Answer(NamedTuple):
    """What a condition turns on, and what was presumed to say so."""

    ways: Alternatives
    assumed: tuple[Assumption, ...] = ()


def _settled(*, holds: bool) -> Answer:
    return Answer(ALWAYS if holds else NEVER)


def answer(case: StoringCase, condition: Condition, ground: Ground, purpose: CookiePurpose) -> Answer:
    """Say what a condition turns on, for one purpose of a cookie."""
    fact, known = condition.fact, _known(case, condition.fact, ground, purpose)
    if known is not None:
        return _settled(holds=known is condition.holds)
    if fact == "outlives_session":
        found = [_on_path(case, condition, path) for path in _paths(case.cookie.lifetime, case.facts)]
        return Answer(any_way(one.ways for one in found), tuple(taken for one in found for taken in one.assumed))
    presumed, why = condition.presumed, "since nobody recorded it"
    if fact == "sole_purpose":
        why = "since the statement names no other purpose"
    if fact == "opportunity_to_refuse" and presumed is None and (ways := _ways_out(case)):
        presumed, why = True, f"since the statement names {', '.join(ways)}"
    return _presuming(case, condition, presumed=presumed, why=why)


def _presuming(case: StoringCase, condition: Condition, *, presumed: bool | None, why: str) -> Answer:
    if presumed is None or not case.assuming:
        return Answer(turning_on(condition.fact, holds=condition.holds))
    return Answer(ALWAYS if presumed is condition.holds else NEVER, (Assumption(condition.fact, presumed, why),))


def _known(case: StoringCase, fact: str, ground: Ground, purpose: CookiePurpose) -> bool | None:
    """Give what a record or the statement settles; None where it does not."""
    if fact == "consent":
        return case.state(purpose).valid_for_processing
    if fact in _REFUSALS and case.state(purpose).refusal:
        return True
    if fact == "opted_out" and _signalled(case, purpose):
        return True
    if fact == "sole_purpose" and not all(ground.covers(one) for one in case.purposes()):
        return False
    return case.facts.get(fact)


def _signalled(case: StoringCase, purpose: CookiePurpose) -> bool:
    seen = case.gpc is not None and case.gpc.seen
    return seen and any(kind.admits(purpose) for kind in case.regime.gpc)


def _ways_out(case: StoringCase) -> tuple[str, ...]:
    """Give the ways in which the statement lets somebody be rid of the cookie."""
    cookie = case.cookie
    groups = [one for one in case.statement.groups if one.id == cookie.group and one.visitor_may_block]
    return (
        *cookie.opt_outs,
        *("that it can be deleted" for _ in range(cookie.deletable)),
        *(f"that {one.id} cookies can be blocked" for one in groups),
    )


class _Path(NamedTuple):
    """One case of a lifetime, and whether the cookie outlives the session in it."""

    ways: Alternatives
    outlives: bool | None
    #: What to take it for where it is not told, and why; None where the law's own presumption serves.
    presumed: bool | None
    why: str


def _paths(lifetime: Lifetime, facts: Mapping[str, bool | None]) -> Iterator[_Path]:
    """Give the cases of a lifetime that the facts leave; to say when it ends with the session says when it does not."""
    if lifetime.cases is None:
        ends = lifetime.ends_with_session
        yield _Path(ALWAYS, None if ends is None else not ends, None, f"since its lifetime is {lifetime}")
        return
    fact, held, otherwise = lifetime.cases
    told = facts.get(fact)
    for holds, one, other in ((True, held, otherwise), (False, otherwise, held)):
        way = turning_on(fact, holds=holds) if told is None else ALWAYS if told is holds else NEVER
        for path in _paths(one, facts):
            silent = path.outlives is None and path.presumed is None and other.ends_with_session is True
            told_apart = path._replace(presumed=True, why="since only otherwise it is said to end with the session")
            yield (told_apart if silent else path)._replace(ways=path.ways & way)


def _on_path(case: StoringCase, condition: Condition, path: _Path) -> Answer:
    if path.outlives is not None:
        return Answer(path.ways if path.outlives is condition.holds else NEVER)
    presumed = condition.presumed if path.presumed is None else path.presumed
    ways, taken = _presuming(case, condition, presumed=presumed, why=path.why)
    return Answer(path.ways & ways, taken if path.ways.terms else ())


@frozen
class Weighed:
    """One ground, weighed for one purpose."""

    ground: Ground
    #: What it turns on; settled where it permits, or does not, whatever the missing facts are.
    ways: Alternatives
    #: What would have to be told or asked for so that it permits.
    needs: Alternatives
    assumed: tuple[Assumption, ...]
    why: str

    @property
    def asks_for_consent(self) -> bool:
        """Whether it is consent that is recorded."""
        return any(one.fact == "consent" for one in self.ground.conditions)


def _weigh(case: StoringCase, ground: Ground, purpose: CookiePurpose, when: Alternatives) -> Weighed:
    answers = [(condition, answer(case, condition, ground, purpose)) for condition in ground.conditions]
    needed = (
        ALWAYS if told.ways.settled else turning_on(condition.needs) if condition.needs else NEVER
        for condition, told in answers
    )
    fails = any(told.ways.settled is False and not told.assumed for _, told in answers)
    return Weighed(
        ground,
        when & every_way(told.ways for _, told in answers),
        every_way(needed),
        () if fails else tuple(one for _, told in answers for one in told.assumed),
        f"{_where(when)}{_in_words(ground, answers)}",
    )


def _where(when: Alternatives) -> str:
    turns = [f"{name.replace('_', ' ')} is {'' if holds else 'not '}so" for term in when.terms for name, holds in term]
    return f"where {turns[0]}, " if turns else ""


def _in_words(ground: Ground, answers: Iterable[tuple[Condition, Answer]]) -> str:
    failing, open_ = [], []
    for condition, told in answers:
        if told.ways.settled is False:
            not_so = "nobody recorded that " if told.assumed else "it is not so that "
            failing.append(f"{not_so if condition.holds else ''}{condition.says}")
        elif told.ways.settled is None:
            open_.append(f"it is not known whether {condition.says}")
    if failing:
        return f"{ground.name} does not permit it: {'; '.join(failing)}"
    return f"{ground.name} may permit it: {'; '.join(open_)}" if open_ else f"{ground.name} permits it"


@frozen
class WeighedPurpose:
    """All grounds, weighed for one purpose."""

    purpose: CookiePurpose
    grounds: tuple[Weighed, ...]
    #: What the purpose turns on: one ground is enough.
    ways: Alternatives
    #: What would have to be told or asked for.
    needs: Alternatives

    @property
    def assumed(self) -> tuple[Assumption, ...]:
        """What was presumed of any ground."""
        return tuple(taken for ground in self.grounds for taken in ground.assumed)


def weighed(case: StoringCase, purpose: CookiePurpose) -> WeighedPurpose:
    """Weigh every ground there is for a purpose, in each case that the readings of the cookie tell apart."""
    cases = [
        tuple(_weigh(case, ground, purpose, when) for ground in _grounds(case.regime, purpose, reading))
        for when, reading in _cases(case)
        if when.terms
    ]
    grounds = tuple(ground for several in cases for ground in several)
    ways = any_way(ground.ways for ground in grounds)
    needs = every_way(any_way(ground.needs for ground in several) for several in cases)
    return WeighedPurpose(purpose, grounds, ways, ALWAYS if ways.settled else needs)


def _cases(case: StoringCase) -> Iterator[tuple[Alternatives, Reading | None]]:
    turns = [one.when for one in case.readings if one.when is not None]
    if not turns:
        yield ALWAYS, case.readings[0] if case.readings else None
        return
    fact = turns[0][0]
    told = case.facts.get(fact)
    for holds in (True, False):
        when = turning_on(fact, holds=holds) if told is None else ALWAYS if told is holds else NEVER
        yield when, next((one for one in case.readings if one.when == (fact, holds)), None)


def _grounds(regime: CookieRegime, purpose: CookiePurpose, reading: Reading | None) -> tuple[Ground, ...]:
    """Give the grounds that there are for a purpose; what a reading says goes before what the regime says of it."""
    treatment = reading.of(regime.name) if reading else None
    covering = tuple(ground for ground in regime.grounds if ground.covers(purpose))
    if reading is None or (treatment == "conditional" and not reading.conditions):
        return covering
    conditions = reading.conditions if treatment == "conditional" else ()
    own = Ground(name=f"reading ({reading.ground})", kind="exception", conditions=conditions, source=reading.source)
    happens = tuple(ground for ground in regime.exceptions if not ground.purposes)
    rest = tuple(ground for ground in regime.otherwise if ground.covers(purpose))
    by_treatment: dict[Treatment, tuple[Ground, ...]] = {
        "exempt": (*happens, own),
        "conditional": (*happens, own, *rest),
        "notice": (*happens, *rest),
        "consent": (*happens, *(ground for ground in rest if ground.kind == "consent")),
        "inactive": (),
    }
    return by_treatment[treatment] if treatment else covering


def treatment_of(case: StoringCase) -> Treatment:
    """Say how a regime treats a cookie by its purposes alone, whatever a reading says of it."""
    if not case.cookie.active:
        return "inactive"
    order: tuple[Treatment, ...] = ("exempt", "conditional", "notice", "consent")
    return order[max(order.index(_treatment(case, purpose)) for purpose in case.purposes())]


def _treatment(case: StoringCase, purpose: CookiePurpose) -> Treatment:
    otherwise: Treatment = "notice" if case.regime.consent == "opt-out" else "consent"
    for ground in case.regime.exceptions:
        if ground.purposes and ground.covers(purpose):
            return _exception(case, ground, purpose, otherwise)
    return otherwise


def _exception(case: StoringCase, ground: Ground, purpose: CookiePurpose, otherwise: Treatment) -> Treatment:
    declared = {one.fact: answer(case, one, ground, purpose).ways.settled for one in ground.conditions}
    told = [declared[fact] for fact in declared if fact in _DECLARED]
    if False in told:
        return otherwise
    return "exempt" if len(told) == len(declared) and None not in told else "conditional"
