"""After a change of the statement: what consent still covers, and when and about what to ask again.

Only a material change is a reason to ask, for the purposes that it touches and no others; wording alone is none. Who
answered the question as it stands now is left alone until the answer is too old.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from attrs import frozen

from cpdrules.errors import PolicyError, shown
from cpdrules.periods import Length, as_date
from cpdrules.privacy.consent.records import ConsentEvent, ConsentRecord, day_of
from cpdrules.privacy.consent.status import Consents, ConsentStanding, ConsentStatus, consent_status
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.versions.material_changes import MaterialChange, material_changes

_DAY = timedelta(days=1)


@frozen
class Ask:
    """A purpose about which to ask again."""

    purpose: str
    #: The first day on which there is reason to.
    since: date
    why: tuple[str, ...]
    #: What changed in the statement, where that is the reason.
    changes: tuple[MaterialChange, ...]
    standing: ConsentStanding

    def __str__(self) -> str:
        return f"ask again about {self.purpose} from {as_date(self.since)}: {'; '.join(self.why)}"


def still_covered(
    record: ConsentRecord,
    old: Statement,
    new: Statement,
    *,
    at: date,
    max_age: Length | None,
) -> tuple[str, ...]:
    """Give the purposes for which consent can still be relied on after a change of the statement.

    Raises:
        PolicyError: the two statements differ, and have one name.
        RecordError: the time has no zone.
        PeriodError: consent would last beyond the calendar.
    """
    return _after(old, new, material_changes(old, new))(record, at=at, max_age=max_age).valid_for


def _after(old: Statement, new: Statement, changes: tuple[MaterialChange, ...]) -> Callable[..., Consents]:
    if old.name == new.name and old != new:
        raise PolicyError(
            f"Two statements that differ are both named {shown(new.name)}",
            why="A record could not tell which of them was agreed to",
            remedy="Give each version a name of its own",
            name=new.name,
        )
    return partial(consent_status, purposes=new.cookie_purposes, statement=new.name, changes={old.name: changes})


def ask_again(
    record: ConsentRecord,
    old: Statement,
    new: Statement,
    *,
    at: date,
    max_age: Length | None,
    after_refusal: Length | None = None,
) -> tuple[Ask, ...]:
    """Say about which purposes there is reason to ask again at a time, and since when.

    Reasons are a material change since the last answer, an answer that is too old or was found invalid, and a record
    that cannot show what was agreed to. Who refused is asked again after a material change, or ``after_refusal``, if
    one is given. What nobody was ever asked about, and did not change, is no matter of asking again. Signals are none.

    Raises:
        PolicyError: the two statements differ, and have one name.
        RecordError: the time has no zone.
        PeriodError: consent would last beyond the calendar.
    """
    changes, day, known = material_changes(old, new), day_of(at), record.known_on(at)
    found = []
    for standing in _after(old, new, changes)(record, at=at, max_age=max_age):
        answers = known.of(standing.purpose)
        touching = (
            () if _current(answers, new.name) else tuple(one for one in changes if standing.purpose in one.purposes)
        )
        why = tuple(str(one) for one in touching)
        since = day_of(new.since) if touching and new.since and new.since <= day else day
        aged = _aged(standing, answers, day, after_refusal)
        if aged is not None and not any(aged[1].endswith(one) for one in why):  # or it would be said twice
            since, why = min(since, aged[0]) if touching else aged[0], (*why, aged[1])
        if why:
            found.append(Ask(standing.purpose, since, why, touching, standing))
    return tuple(found)


def _current(answers: tuple[ConsentEvent, ...], statement: str) -> bool:
    """Whether the last answer, or a question that is out since, is about the statement as it is now."""
    decided = [number for number, one in enumerate(answers) if one.state.decides]
    return any(one.statement == statement for one in answers[decided[-1] if decided else 0 :])


def _aged(
    standing: ConsentStanding, answers: tuple[ConsentEvent, ...], day: date, after_refusal: Length | None
) -> tuple[date, str] | None:
    """Say from when there is reason to ask again whatever changed, and why; None where there is none."""
    if answers and not answers[-1].state.decides:
        return None  # the question is out
    status, since = standing.status, standing.since
    if since is None:
        return None
    if status is ConsentStatus.EXPIRED:
        return (standing.ends + _DAY if standing.ends else since), standing.reasons[0]
    if status is ConsentStatus.INVALIDATED or (status is ConsentStatus.UNKNOWN):
        return day, standing.reasons[0]
    if status in (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN) and after_refusal is not None:
        over = after_refusal.after(since)
        return (over, f"{status.value} {after_refusal} ago or more") if over <= day else None
    return None
