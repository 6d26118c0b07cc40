"""The count of days behind a deadline, once for each way to read what is not known.

In this order: (1) the day on which the time begins, the latest of receipt and of whatever begins it anew; (2) the
period from that day, with the extension in one piece: three months, not one and then two; (3) the days on which the
time stood still, both ends of each stretch left out, no day twice, and only stretches that begin while the time runs.
The time for telling of an extension is counted in the same way.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from attrs import evolve, frozen

from cpdrules.errors import shown
from cpdrules.findings import Source
from cpdrules.periods import Length, Period, as_date, days, joined, starting
from cpdrules.privacy.access_law import AccessExtension, AccessRegime, EffectKind
from cpdrules.privacy.access_requests import AccessRequest, Asked, Extended


@frozen
class AccessReason:
    """One sentence on how a day was counted, and where the rule stands."""

    says: str
    source: Source | None = None

    def __str__(self) -> str:
        return f"{self.says} [{self.source}]" if self.source else self.says


@frozen(kw_only=True)
class Reading:
    """What one reading comes to, before any working day is looked for."""

    #: The day from which the time is counted; None while it has not begun.
    start: date | None = None
    #: Its last day; None while it has not begun or stands still.
    end: date | None = None
    #: Its last day if the first did not count, where the rule counts it.
    exclusive: date | None = None
    tell_by: date | None = None
    extended: bool | None = False
    pauses: tuple[Period, ...] = ()
    awaited: tuple[str, ...] = ()
    reasons: tuple[AccessReason, ...] = ()


#: In which way each matter is read that can be read in several; 0 delays nothing.
_Choice: TypeAlias = "Mapping[str, int]"


def readings_of(request: AccessRequest, regime: AccessRegime) -> tuple[Reading, ...]:
    """Count in every way that the law and the record leave open; the first is the one that delays nothing.

    Raises:
        PeriodError: a day lies outside the calendar.
    """
    ordered = evolve(request, asked=tuple(sorted(request.asked, key=_in_order)))
    return tuple(_read(ordered, regime, choice) for choice in _choices(ordered, regime))


def unsettled(request: AccessRequest, regime: AccessRegime) -> tuple[str, ...]:
    """Say what the law, as read, does not say or nobody recorded, and more than one reading comes from."""
    return tuple(dict.fromkeys(_open_questions(request, regime)))


def _open_questions(request: AccessRequest, regime: AccessRegime) -> Iterator[str]:
    for one in sorted(request.asked, key=_in_order):
        if len(set(_possible(one, request, regime))) == 1:
            continue
        if regime.lets_charge(one.amount, request.fee_grounds) is None and one.what == "fee":
            yield "on which ground the fee is asked"
        if (kind := regime.effect_of(one.what).kind) == "unstated":
            yield f"whether the time waits for {one.what}, which {regime.name}, as read, does not say"
        elif kind == "pauses" and one.on is None:
            yield f"the day on which {one.what} was asked for"
    if _groundless(request, regime):
        yield "on which ground the time was made longer"


def _in_order(one: Asked) -> tuple[date, str]:
    """Order what was asked for by its days, so that the order of recording means nothing."""
    return one.on or date.min, one.what


def _choices(request: AccessRequest, regime: AccessRegime) -> Iterator[_Choice]:
    """Give every combination of ways to read each matter; one matter is read in one way throughout."""
    ways = {"fee": 1, "identity": 1, "clarification": 1, "extension": 2 if _groundless(request, regime) else 1}
    for one in request.asked:
        possible = _possible(one, request, regime)
        ways[one.what] = max(ways[one.what], len(possible) if len(set(possible)) > 1 else 1)
    for numbers in itertools.product(*map(range, ways.values())):
        yield dict(zip(ways, numbers, strict=True))


def _groundless(request: AccessRequest, regime: AccessRegime) -> bool:
    return request.extended is not None and not request.extended.grounds and regime.extension is not None


def _possible(one: Asked, request: AccessRequest, regime: AccessRegime) -> tuple[EffectKind, EffectKind, EffectKind]:
    """Give what asking for something may do to the time: three times the same where there is no doubt."""
    kind = regime.effect_of(one.what).kind
    allowed = regime.lets_charge(one.amount, request.fee_grounds) if one.what == "fee" else True
    if allowed is False:
        return ("none", "none", "none")  # nobody has to wait for what nobody may ask
    if kind == "unstated":
        return ("none", "pauses", "restarts")
    if allowed is None or (kind == "pauses" and one.on is None):
        return ("none", kind, kind)
    return (kind, kind, kind)


def _read(request: AccessRequest, regime: AccessRegime, choice: _Choice) -> Reading:
    effects = [(one, _possible(one, request, regime)[choice[one.what]]) for one in request.asked]
    waits = [one for one, kind in effects if kind == "restarts"]
    if awaited := [one for one in waits if one.answered is None]:
        return Reading(
            awaited=tuple(map(_named, awaited)),
            extended=None if request.extended else False,
            reasons=tuple(_about(f"The time begins when {one.what} is there", one, regime) for one in awaited),
        )
    start, begins = _begins(request, regime, waits)
    stood = _stood(request, start, [one for one, kind in effects if kind == "pauses"])
    counted = _counted(request, regime, start, stood, grounded=bool(choice["extension"]))
    last = _last(start, _length(regime, counted), regime.counting)
    reasons = (
        begins,
        *_unheeded([one for one, kind in effects if kind == "none"], request, regime),
        *counted.reasons,
        AccessReason(f"{_length(regime, counted)} from then, it ends on {as_date(last)}.", regime.source),
        *stood.reasons(last, regime),
    )
    return evolve(counted, reasons=reasons)


def _named(one: Asked) -> str:
    return f"{one.what} asked for on {as_date(one.on)}" if one.on else one.what


def _about(says: str, one: Asked, regime: AccessRegime) -> AccessReason:
    return AccessReason(f"{says}.", regime.effect_of(one.what).source or regime.source)


def _unheeded(asked: list[Asked], request: AccessRequest, regime: AccessRegime) -> Iterator[AccessReason]:
    """Say of what was asked for that the time does not wait for it, where that is certain."""
    for one in asked:
        if _possible(one, request, regime)[-1] == "none":
            yield _about(f"The time does not wait for {_named(one)}", one, regime)


def _begins(request: AccessRequest, regime: AccessRegime, waits: list[Asked]) -> tuple[date, AccessReason]:
    """Give the day from which the time is counted, and say why from that day."""
    day, event, source = request.received, "receipt", regime.source
    for one in waits:
        if one.answered is not None and one.answered > day:
            day, event = one.answered, f"the {one.what} asked for was there"
            source = regime.effect_of(one.what).source or regime.source
    start = day if regime.starts == "day of receipt" else days(1).after(day)
    side = "day of" if regime.starts == "day of receipt" else "day after"
    if event != "receipt":
        side = side.replace(" of", " on which")
        event = f"{event}; receipt, on {as_date(request.received)}, was earlier"
    return start, AccessReason(f"The time is counted from {as_date(start)}, the {side} {event}.", source)


def _counted(request: AccessRequest, regime: AccessRegime, start: date, stood: _Stood, *, grounded: bool) -> Reading:
    """Count the period, the extension, then the days on which the time stood still."""
    tell_by, extended, on_extension = None, False, ""
    if regime.extension is not None:
        tell_by = stood.end(_last(start, regime.extension.tell_within, regime.counting))
    if request.extended is not None:
        against = _against(request.extended, regime.extension, tell_by, grounded=grounded)
        extended = not against
        told = f"It was told on {as_date(request.extended.told)}, in time, that it takes longer."
        on_extension = f"The time is not made longer: {against}." if against else told
    counted = Reading(start=start, tell_by=tell_by, extended=extended)
    length = _length(regime, counted)
    last = _last(start, length, regime.counting)
    return evolve(
        counted,
        end=stood.end(last),
        exclusive=stood.end(_last(start, length, "exclusive")) if regime.counting == "inclusive" else None,
        pauses=stood.until(last),
        awaited=stood.awaited(last),
        reasons=(AccessReason(on_extension, regime.source),) if on_extension else (),
    )


def _length(regime: AccessRegime, counted: Reading) -> Length:
    """Give the whole length from the first day, with the extension where there is one."""
    own, more = regime.period, regime.extension
    if not counted.extended or more is None:
        return own
    longer = more.length
    return Length(years=own.years + longer.years, months=own.months + longer.months, days=own.days + longer.days)


def _last(start: date, length: Length, counting: str) -> date:
    return starting(start, length).last if counting == "inclusive" else length.after(start)


def _against(told: Extended, extension: AccessExtension | None, tell_by: date | None, *, grounded: bool) -> str:
    """Say what speaks against an extension; ``grounded`` takes it to have a ground where none is recorded."""
    if extension is None:
        return "the law knows no extension"
    if tell_by is not None and told.told > tell_by:
        return f"that was told on {as_date(told.told)}, and had to be told by {as_date(tell_by)}"
    if grounded or any(ground in extension.grounds for ground in told.grounds):
        return ""
    if not told.grounds:
        return "no ground is recorded"
    return f"{' and '.join(map(shown, told.grounds))} is no ground of the law, which has {', '.join(extension.grounds)}"


@frozen
class _Stood:
    """When the time stood still: stretches of days, and what has been awaited since a day."""

    stretches: tuple[Period, ...]
    #: The day, and in words what was asked for on it.
    since: tuple[tuple[date, str], ...]
    #: What was there before the time began.
    before: tuple[str, ...]

    def until(self, last: date) -> tuple[Period, ...]:
        """Give the stretches that begin while the time runs, if without them it would end on a day."""
        counted: list[Period] = []
        for stretch in self.stretches:
            if stretch.first > last:
                break
            counted.append(stretch)
            last = days(stretch.days).after(last)
        return tuple(counted)

    def _reached(self, last: date) -> date:
        stood = sum(stretch.days for stretch in self.until(last))
        return days(stood).after(last) if stood else last

    def awaited(self, last: date) -> tuple[str, ...]:
        """Give what the time stands still for at its end."""
        return tuple(what for day, what in self.since if day <= self._reached(last))

    def end(self, last: date) -> date | None:
        """Give the day on which the time ends, if without any stretch it would on another; None while it stands."""
        return None if self.awaited(last) else self._reached(last)

    def reasons(self, last: date, regime: AccessRegime) -> Iterator[AccessReason]:
        """Say of each stretch whether it was counted, and why not."""
        source, counted, stands = regime.source, self.until(last), self.awaited(last)
        for what in self.before:
            yield AccessReason(f"The time did not stand still for {what}, there before the time began.", source)
        for stretch in self.stretches:
            span = f"{as_date(stretch.first)} to {as_date(stretch.last)}"
            if stretch in counted:
                yield AccessReason(f"It stood still for {days(stretch.days)}: {span}, both included.", source)
            else:
                yield AccessReason(f"It did not stand still from {span}: it had run out before.", source)
        for _, what in self.since:
            still = "stands still" if what in stands else "does not stand still, having run out before,"
            yield AccessReason(f"It {still} for {what}.", source)


def _stood(request: AccessRequest, start: date, stops: list[Asked]) -> _Stood:
    """Gather when the time stood still, never before it began; of an unknown day the longest it can be."""
    since = ((one.on or request.received, _named(one)) for one in stops if one.answered is None)
    answered = [(one, one.answered) for one in stops if one.answered is not None]
    stretches = (Period(max(start, one.on or request.received), day) for one, day in answered if day >= start)
    before = (_named(one) for one, day in answered if day < start)
    return _Stood(joined(stretches), tuple(since), tuple(before))
