"""What changes for the cookies of a statement between two dates, by the law alone.

The statement and the facts stay what they are, and are asked of the law of each day: what differs is what the law did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from cpdrules.periods import as_date
from cpdrules.privacy.consent_records import ConsentState
from cpdrules.privacy.law import COOKIE_LAW
from cpdrules.privacy.permissions import Permission
from cpdrules.privacy.regimes import CookieRegime, Reading
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.storing import may_set


@frozen
class LawChange:
    """One cookie, as it may be stored on one day and on another."""

    cookie: str
    before: Permission
    after: Permission

    @property
    def changed(self) -> bool:
        """Whether the answer differs, or what it turns on or needs; reasons may differ without that."""
        return any(
            getattr(self.before, name) != getattr(self.after, name)
            for name in ("outcome", "by_purpose", "ways", "unknowns")
        )

    def __str__(self) -> str:
        return f"{self.cookie}: {_in_short(self.before)}; {_in_short(self.after)}"


def _in_short(one: Permission) -> str:
    return f"{as_date(one.on)} {_answer(one)} under {' and '.join(one.rules)}"


def _answer(one: Permission) -> str:
    missing = f", missing {', '.join(one.unknowns)}" if one.unknowns else ""
    needs = f", needs {' and '.join(one.needs)}" if one.needs else ""
    return f"{one.outcome.value}{needs}{missing}"


@frozen
class LawChanges:
    """Every cookie of a statement on two days; see ``changes_between``."""

    cookies: tuple[LawChange, ...]

    def __iter__(self) -> Iterator[LawChange]:
        """Give the cookies for which something changes."""
        return (one for one in self.cookies if one.changed)

    def rows(self) -> tuple[dict[str, str], ...]:
        """Give a table of what changes: cookie, before, after, and the rules under which it is so."""
        return tuple(
            {
                "cookie": one.cookie,
                "before": _answer(one.before),
                "after": _answer(one.after),
                "rule before": " and ".join(one.before.rules),
                "rule after": " and ".join(one.after.rules),
            }
            for one in self
        )

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "Nothing changes"


def changes_between(
    statement: Statement,
    first: date,
    second: date,
    *,
    jurisdiction: str = "UK",
    law: Iterable[CookieRegime] = COOKIE_LAW,
    readings: Iterable[Reading] = (),
    consent: Mapping[str, ConsentState | str] | None = None,
    facts: Mapping[str, bool | None] | None = None,
) -> LawChanges:
    """Ask of every cookie of a statement whether it may be stored on one day and on another, all else being equal.

    Raises:
        NoEditionError: no law of the jurisdiction was in force on one of the days.
        UnknownRefError: the jurisdiction has no law among those given, or the statement lacks a purpose of a cookie.
        PolicyError: facts are not true, false or None, or tell of consent; or several readings speak of one case.
        RecordError: a state of consent is none.
    """
    law, readings = tuple(law), tuple(readings)

    def asked(cookie: str, on: date) -> Permission:
        return may_set(
            statement,
            cookie,
            on=on,
            jurisdiction=jurisdiction,
            law=law,
            readings=readings,
            consent=consent,
            facts=facts,
        )

    return LawChanges(
        tuple(LawChange(one.id, asked(one.id, first), asked(one.id, second)) for one in statement.cookies)
    )
