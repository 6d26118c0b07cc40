"""Which items the law of a day wants a notice to say, and which of them a statement says, in part or not at all.

Answers are found from the rows that a statement has. What its text is silent on is missing: nothing is taken to be
said because it is true. An answer is one under the law as it was read on a day, and no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from attrs import frozen

from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.cookies import Cookie, Silence
from cpdrules.privacy.law.cookie_law import COOKIE_LAW
from cpdrules.privacy.law.data_law import NOTICE_LAW, NoticeItem, wanted_on
from cpdrules.privacy.law.regimes import CookieRegime, PurposeKind
from cpdrules.privacy.practices import RightKind, Route
from cpdrules.privacy.statements import Statement, sources_of
from cpdrules.privacy.wording.cookie_tables import lines_of

_DPA = "Data Protection Act 1998, Sch. 1, Part II, para 2(3)"
_REG_6 = "SI 2003/2426, reg 6(2)"


def _before(name: str, says: str, since: date, until: date, source: str) -> NoticeItem:
    law = "dpa_1998" if source.startswith(_DPA) else "pecr_2003"
    return NoticeItem(name=name, law=law, says=says, since=since, until=until, source=Source(source))


#: What a notice had to say before 2018, as far as rows of a statement can tell: of what "is necessary, having regard to
#: the specific circumstances" (para 2(3)(d)) they cannot.
FAIR_PROCESSING = (
    _before("controller_identity", "who the controller is", date(2000, 3, 1), date(2018, 5, 24), f"{_DPA}(a)"),
    _before("purposes", "what the data is used for", date(2000, 3, 1), date(2018, 5, 24), f"{_DPA}(c)"),
    _before("cookie_purposes", "what is stored, and what for", date(2003, 12, 11), date(2026, 2, 4), f"{_REG_6}(a)"),
    _before("opportunity_to_refuse", "how to refuse it", date(2003, 12, 11), date(2011, 5, 25), f"{_REG_6}(b) as made"),
)

#: Everything that ships: the items before 2018, and those since.
NOTICES = (*FAIR_PROCESSING, *NOTICE_LAW)


class Said(Enum):
    """Whether a statement says what the law wants it to say."""

    THERE = "there"
    PARTLY = "partly"
    MISSING = "missing"
    #: The statement says that nothing of the kind is done.
    NOT_CALLED_FOR = "not called for"


class _Answer(NamedTuple):
    said: Said
    why: str
    sources: tuple[Source, ...] = ()


@frozen
class NoticeAnswer:
    """What a statement says towards one item."""

    item: NoticeItem
    said: Said
    #: What is there, what is not.
    why: str
    #: Where the text says it.
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        lines = lines_of(self.sources)
        return (
            f"{self.item.name}: {self.said.value}: {self.why}{f' [{lines}]' if lines else ''} "
            f"(under {self.item.source.document} as read on {as_date(self.item.read_on)})"
        )


def notice_items(
    statement: Statement,
    *,
    on: date,
    jurisdiction: str,
    law: tuple[NoticeItem, ...] = NOTICES,
    cookie_law: Iterable[CookieRegime] = COOKIE_LAW,
) -> tuple[NoticeAnswer, ...]:
    """Say of every item that a jurisdiction's law wanted a notice to say on a day whether a statement says it.

    ``cookie_law`` says which purposes of cookies fall under an exception that wants a means of objecting. An item that
    no rule here knows is looked for among the statement's particulars alone.

    Raises:
        PeriodError: the day is no plain day.
        UnknownRefError: there is no law of the jurisdiction among those given, so what it wants is not known.
    """
    in_force = [one for one in cookie_law if one.jurisdiction == jurisdiction and _holds(one, on)]
    answers = []
    for item in wanted_on(on, law, jurisdiction=jurisdiction):
        found = []
        if item.name in _FINDERS:
            found.append(_FINDERS[item.name](statement))
        if item.name in _OBJECTIONS:
            found.append(_objection(statement, _kinds(in_force, _OBJECTIONS[item.name])))
        found.append(_particular(statement, item.name))
        best = min(found, key=lambda answer: _ORDER.index(answer.said))
        answers.append(NoticeAnswer(item, best.said, best.why, best.sources))
    return tuple(answers)


#: Which of two answers is kept.
_ORDER = (Said.THERE, Said.PARTLY, Said.NOT_CALLED_FOR, Said.MISSING)


def _holds(regime: CookieRegime, on: date) -> bool:
    return regime.since <= on and (regime.until is None or on <= regime.until)


def _sources(rows: Iterable[object]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for row in rows for source in sources_of(row)))


def _particular(statement: Statement, name: str) -> _Answer:
    rows = [row for row in statement.particulars if row.item == name]
    if not rows:
        return _Answer(Said.MISSING, "the text says nothing of it")
    whole = [row for row in rows if not row.lacks]
    says = "; ".join(row.says for row in whole or rows)
    lacks = "" if whole else f", without {'; '.join(row.lacks for row in rows)}"
    return _Answer(Said.THERE if whole else Said.PARTLY, f"{says}{lacks}", _sources(whole or rows))


# One rule an item -----------------------------------------------------------------------------------------------------


def _controller(statement: Statement) -> _Answer:
    named = [one for one in statement.organisations if one.id == statement.controller and one.name]
    if not named:
        return _Answer(Said.MISSING, "nobody is named as controller")
    return _Answer(Said.THERE, named[0].name, _sources(named))


def _officer(statement: Statement) -> _Answer:
    access = statement.access
    if access is None or not access.addressee:
        return _Answer(Said.MISSING, "nobody is named to turn to")
    reached = _particular(statement, "controller_contact").said is Said.THERE
    why = f"to turn to: {access.addressee}{'' if reached else '; how to reach them is not said'}"
    return _Answer(Said.THERE if reached else Said.PARTLY, why, _sources([access]))


def _purposes(statement: Statement) -> _Answer:
    if statement.purposes:
        return _Answer(Said.THERE, f"{len(statement.purposes)} purposes", _sources(statement.purposes))
    if statement.cookie_purposes:
        return _Answer(Said.PARTLY, "of cookies alone", _sources(statement.cookies))
    return _Answer(Said.MISSING, "no purpose is named")


def _basis(statement: Statement) -> _Answer:
    stated = [one for one in statement.purposes if not isinstance(one.lawful_bases, Silence)]
    if not stated:
        return _Answer(Said.MISSING, "no legal basis is named")
    silent = [one.id for one in statement.purposes if isinstance(one.lawful_bases, Silence)]
    why = f"named of {len(stated)} purposes{f', and not of {_list(silent)}' if silent else ''}"
    return _Answer(Said.PARTLY if silent else Said.THERE, why, _sources(stated))


def _list(ids: Iterable[str]) -> str:
    return ", ".join(ids)


def _interests(statement: Statement) -> _Answer:
    answer = _basis(statement)
    relying = [
        one.id
        for one in statement.purposes
        if not isinstance(one.lawful_bases, Silence) and any("6(1)(f)" in basis for basis in one.lawful_bases)
    ]
    if relying:
        return _Answer(Said.MISSING, f"{_list(relying)} rely on interests that are not named")
    if answer.said is Said.THERE:
        return _Answer(Said.NOT_CALLED_FOR, "no purpose relies on them", answer.sources)
    return _Answer(Said.MISSING, "not every purpose has a legal basis, so that they may be one")


def _recipients(statement: Statement) -> _Answer:
    if not statement.disclosure:
        return _Answer(Said.MISSING, "who is told is not said")
    return _Answer(Said.THERE, f"{len(statement.disclosure)} rules", _sources(statement.disclosure))


def _transfers(statement: Statement) -> _Answer:
    if not statement.transfers:
        return _Answer(Said.MISSING, "whether data goes abroad is not said")
    bare = [one.id for one in statement.transfers if isinstance(one.safeguard, Silence)]
    why = f"said; no safeguard of {_list(bare)}" if bare else "said, with what protects it"
    return _Answer(Said.PARTLY if bare else Said.THERE, why, _sources(statement.transfers))


#: The rights that article 13(2)(b) lists.
_RIGHTS: tuple[RightKind, ...] = ("access", "rectification", "erasure", "restriction", "objection", "portability")


def _rights(statement: Statement) -> _Answer:
    rows = [one for one in statement.rights if one.kinds]
    told = {kind for one in rows for kind in one.kinds}
    lacking = [kind for kind in _RIGHTS if kind not in told]
    if len(lacking) == len(_RIGHTS):
        return _Answer(Said.MISSING, "none of the rights is spoken of")
    said = _list(sorted(told))
    why = f"{said}; not {_list(lacking)}" if lacking else said
    return _Answer(Said.PARTLY if lacking else Said.THERE, why, _sources(rows))


def _withdrawal(statement: Statement) -> _Answer:
    rows = [one for one in statement.rights if "withdrawal of consent" in one.kinds]
    if rows:
        return _Answer(Said.THERE, "; ".join(one.says for one in rows), _sources(rows))
    choices = [
        *(one for one in statement.rights if "objection to marketing" in one.kinds),
        *(one for one in statement.preferences if one.stops),
    ]
    if choices:
        return _Answer(Said.PARTLY, "of marketing alone", _sources(choices))
    return _Answer(Said.MISSING, "nothing is said of taking consent back")


def _of_kind(kind: RightKind) -> Callable[[Statement], _Answer]:
    def answer(statement: Statement) -> _Answer:
        rows = [one for one in statement.rights if kind in one.kinds]
        if not rows:
            return _Answer(Said.MISSING, f"no {kind} is spoken of")
        routes = [one for one in rows if not isinstance(one.route, Silence)]
        why = "; ".join(one.says for one in rows)
        return _Answer(
            Said.THERE if routes else Said.PARTLY, why if routes else f"{why}; how is not said", _sources(rows)
        )

    return answer


def _must_be_given(statement: Statement) -> _Answer:
    rows = [one for one in statement.purposes if one.required or one.required_if]
    if not rows:
        return _Answer(Said.MISSING, "whether data must be given is not said")
    return _Answer(Said.PARTLY, "what must be given is said, and not what follows if it is not", _sources(rows))


def _cookie_purposes(statement: Statement) -> _Answer:
    if not statement.cookies:
        return _Answer(Said.MISSING, "no cookie is spoken of")
    known = {one.id for one in statement.cookie_purposes}
    vague = [one.id for one in statement.cookies if not known.issuperset(one.purposes)]
    why = f"{len(statement.cookies)} cookies{f'; without a purpose: {_list(vague)}' if vague else ''}"
    return _Answer(Said.PARTLY if vague else Said.THERE, why, _sources(statement.cookies))


def _refusal(statement: Statement) -> _Answer:
    cookies = [one for one in statement.cookies if one.active]
    ways = [one for one in cookies if one.opt_outs or one.deletable or one.blocked.at_will]
    if not ways:
        return _Answer(Said.MISSING, "no way to refuse is named")
    bare = [one.id for one in cookies if one not in ways]
    why = f"not of {_list(bare)}" if bare else "of every cookie in use"
    return _Answer(Said.PARTLY if bare else Said.THERE, why, _sources(ways))


_FINDERS: MappingProxyType[str, Callable[[Statement], _Answer]] = MappingProxyType(
    {
        "controller_identity": _controller,
        "dpo_contact": _officer,
        "purposes": _purposes,
        "lawful_basis": _basis,
        "legitimate_interests": _interests,
        "recipients": _recipients,
        "transfers": _transfers,
        "rights": _rights,
        "withdraw_consent": _withdrawal,
        "complaint_to_authority": _of_kind("complaint to the authority"),
        "complaints_procedure": _of_kind("complaint to the controller"),
        "statutory_or_contractual_requirement": _must_be_given,
        "cookie_purposes": _cookie_purposes,
        "opportunity_to_refuse": _refusal,
    }
)

# A means of objecting -------------------------------------------------------------------------------------------------

#: Items that ask for a means of objecting to cookies under an exception, by the name of the exception.
_OBJECTIONS = MappingProxyType(
    {"objection_route_for_statistics": "statistical", "objection_route_for_appearance": "appearance"}
)


def _kinds(regimes: Iterable[CookieRegime], exception: str) -> tuple[PurposeKind, ...]:
    grounds = [ground for regime in regimes for ground in regime.exceptions if ground.name == exception]
    return tuple(kind for ground in grounds for kind in ground.purposes)


def _objection(statement: Statement, kinds: tuple[PurposeKind, ...]) -> _Answer:
    """Look for a means of objecting that somebody offers: the settings of a browser are none."""
    purposes = {one.id for one in statement.cookie_purposes if any(kind.admits(one) for kind in kinds)}
    cookies = [one for one in statement.cookies if one.active and purposes & set(one.purposes)]
    if not cookies:
        return _Answer(Said.NOT_CALLED_FOR, "no cookie in use falls under the exception")
    offered = {one.id: _offered(statement, one) for one in cookies}
    means = [route for routes in offered.values() for route in routes]
    if not means:
        return _Answer(Said.MISSING, f"nobody offers one for {_list(offered)}")
    own = {id_ for id_, routes in offered.items() if any(one.offered_by == statement.controller for one in routes)}
    if own == set(offered):
        return _Answer(Said.THERE, f"for {_list(offered)}", _sources(means))
    by = "; ".join(f"{id_}: {_list(one.offered_by for one in routes) or 'none'}" for id_, routes in offered.items())
    return _Answer(Said.PARTLY, f"not the site's own, for every such cookie ({by})", _sources(means))


def _offered(statement: Statement, cookie: Cookie) -> list[Route]:
    return [one for one in statement.routes if one.id in cookie.opt_outs and one.offered_by]
