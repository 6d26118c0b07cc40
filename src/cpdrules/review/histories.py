"""What became of somebody in earlier reviews, and the conditions that look back at it.

Years are review years, counted back from the one assessed. A history that nobody recorded cannot be told from; it is
never taken for an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Finding, Note, Source
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy, needed
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET

#: The kind of event that puts a review off.
DEFERRED = "deferred"


def _events(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(events)


@frozen
class Event:
    """What became of a member in the review of one year."""

    year: int
    #: Such as ``reviewed``, ``met``, ``not met``, ``not engaged``, ``deferred``: whatever words the scheme has.
    kind: str
    #: To which review year it was put off, where it was.
    to: int | None = None


@frozen
class History:
    """What became of a member in earlier reviews."""

    events: tuple[Event, ...] = field(default=(), converter=_events)
    #: The first review year in which they could be chosen; None where it is not known.
    since: int | None = None

    def __attrs_post_init__(self) -> None:
        for event in self.events:
            if event.to is not None and (event.kind != DEFERRED or event.to <= event.year):
                raise PolicyError(
                    f"What was {shown(event.kind)} in {event.year} cannot be put off to {event.to}",
                    remedy=f"Only what is {DEFERRED!r} is put off, and to a later year",
                    event=event,
                )


@frozen
class OfHistory(Policy):
    """A condition on a history; the subject assessed is a ``History``, or None where nobody recorded one."""

    def told(self, history: History, year: int) -> bool | str:
        """Say whether it holds in a review year, or which fact is missing."""
        raise NotImplementedError

    def planned(self, plan: Plan) -> Judge:
        """Plan the condition; without a history, nobody can tell."""
        clause = self.clause(about=str(self))
        answers = {True: Finding(clause, MET), False: Finding(clause, NOT_MET)}

        def judge(case: Case, period: Period | None) -> Finding:
            year = needed(period, clause).last.year
            history: History | None = case.subject
            told = "the history of earlier reviews" if history is None else self.told(history, year)
            if isinstance(told, bool):
                return answers[told]
            return Finding(clause, CANNOT_TELL, notes=(Note("missing", f"{told} is not recorded"),))

        return judge


@frozen
class Happened(OfHistory):
    """Something became of an earlier review; see ``happened``."""

    kinds: tuple[str, ...]
    within: int = 1

    def __attrs_post_init__(self) -> None:
        if not self.kinds:
            raise PolicyError("happened(...) names nothing", remedy='Name what: happened("not engaged")')
        _so_many_years(self.within)

    def told(self, history: History, year: int) -> bool | str:
        """Say whether it happened; a history that is given is complete."""
        return any(year - self.within <= one.year < year and one.kind in self.kinds for one in history.events)

    def __str__(self) -> str:
        last = "last year" if self.within == 1 else f"in the last {self.within} years"
        return f"{' or '.join(self.kinds)} {last}"


def happened(*kinds: str, within: int = 1, ref: str = "", source: Source | None = None) -> Happened:
    """Hold for those to whom something happened in an earlier review, by default in that of the year before.

    It says who was not engaged or failed last year, and with ``within=3`` who is cooling off.

    >>> from cpdrules import year
    >>> failed = happened("not met")
    >>> failed.assess(History([Event(2016, "not met")]), period=year(2017)).verdict
    <Verdict.MET: 'met'>

    Raises:
        PolicyError: nothing is named, or the number of years is below one.
    """
    return Happened(kinds, within, ref=ref, source=source)


@frozen
class NotFor(OfHistory):
    """Something has not happened for years; see ``not_for``."""

    years: int
    kinds: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        _so_many_years(self.years)
        if not self.kinds:
            raise PolicyError("not_for(...) names nothing", remedy='Name what: not_for(7, "reviewed")')

    def told(self, history: History, year: int) -> bool | str:
        """Count from the last time, or from the first year in which it could have happened."""
        last = max((one.year for one in history.events if one.kind in self.kinds and one.year <= year), default=None)
        begun = history.since if last is None else last
        return "since when they could be chosen" if begun is None else year - begun >= self.years

    def __str__(self) -> str:
        return f"not {' or '.join(self.kinds)} for {self.years} years"


def not_for(years: int, *kinds: str, ref: str = "", source: Source | None = None) -> NotFor:
    """Hold for those to whom something has not happened for so many years: a review of 2017 is 7 years past in 2024.

    For those to whom it never happened, the years count from the first in which they could be chosen.

    Raises:
        PolicyError: nothing is named, or the number of years is below one.
    """
    return NotFor(years, kinds, ref=ref, source=source)


@frozen
class Newcomer(OfHistory):
    """They could be chosen for less than so many years; see ``newcomer``."""

    years: int

    def __attrs_post_init__(self) -> None:
        _so_many_years(self.years)

    def told(self, history: History, year: int) -> bool | str:
        """Count from the first year in which they could be chosen."""
        return "since when they could be chosen" if history.since is None else year - history.since < self.years

    def __str__(self) -> str:
        return f"could be chosen for less than {self.years} years"


def newcomer(years: int, *, ref: str = "", source: Source | None = None) -> Newcomer:
    """Hold for those who could be chosen for less than so many years.

    Raises:
        PolicyError: the number of years is below one.
    """
    return Newcomer(years, ref=ref, source=source)


@frozen
class PutOff(OfHistory):
    """A review is put off beyond the year assessed, or was until then; see ``put_off`` and ``put_off_until_now``."""

    due: bool = field(default=False, kw_only=True)

    def told(self, history: History, year: int) -> bool | str:
        """Look at the last deferral, unless something else became of a review since."""
        past = [one for one in history.events if one.year <= year]
        last = max(past, key=lambda one: (one.year, one.kind == DEFERRED), default=None)
        if last is None or last.kind != DEFERRED:
            return False
        if last.to is None:
            return "to which year the review was put off"
        return last.to <= year if self.due else last.to > year

    def __str__(self) -> str:
        return "put off until now" if self.due else "put off beyond this year"


def put_off(*, ref: str = "", source: Source | None = None) -> PutOff:
    """Hold for those whose review was put off to a later year than the one assessed."""
    return PutOff(ref=ref, source=source)


def put_off_until_now(*, ref: str = "", source: Source | None = None) -> PutOff:
    """Hold for those whose review was put off to the year assessed, or to an earlier one, and is still to come."""
    return PutOff(due=True, ref=ref, source=source)


def _so_many_years(years: object) -> None:
    if type(years) is not int or years < 1:
        raise PolicyError(f"{shown(years)} is no number of years", remedy="Give a whole number from 1 up", years=years)
