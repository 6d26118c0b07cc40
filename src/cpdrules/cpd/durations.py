"""Figures by dates: in proportion to time, mixed by how long something held, in steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from attrs import evolve, frozen

from cpdrules.amounts import HOUR, Amount, Figure, Rounding, Unit, grains_in
from cpdrules.cpd.conditions import (
    InCircumstances,
    date_of,
    member_of,
    recorded,
    spells,
)
from cpdrules.cpd.members import Member
from cpdrules.errors import PolicyError, shown
from cpdrules.figures import Asked, Asker, Target, asker, fixed_at
from cpdrules.findings import Bounds, Clause, Note, Where
from cpdrules.periods import Length, Period, common, months_of, starting, stretches, without, years
from cpdrules.policies import Case, Plan, needed

#: What is counted to share a figure out: days; months or years of which any day falls in; or only those that fall in
#: whole.
By: TypeAlias = Literal["day", "month", "whole_month", "year", "whole_year"]

#: What an error calls a figure that needs a period.
BY_DATES: Clause = Clause("a figure by dates")


def _parts(spans: tuple[Period, ...], period: Period, by: By, longer_than: Length | None = None) -> tuple[int, int]:
    """Give how much of a period some stretches take, and how much there is: in days, in months, or in years."""
    inside = common(spans, (period,))
    if by == "day":
        return sum(span.days for span in inside), period.days
    each = months_of(period) if "month" in by else stretches(period, years(1))

    def counts(one: Period) -> bool:
        within = [both for span in inside if (both := span.overlap(one))]
        if longer_than is not None:
            return any(not longer_than.covers(both) for both in within)
        return within == [one] if "whole" in by else bool(within)

    return sum(map(counts, each)), len(each)


def _long_spells(member: Member, circumstance: InCircumstances) -> tuple[Period, ...]:
    found = spells(member, circumstance.kinds, circumstance.but_not)
    return tuple(span for span in found if circumstance.timing.long_enough(span))


@frozen
class ProRata:
    """A figure in proportion to the part of the period that counts; see ``pro_rata``."""

    figure: Amount | Target
    during: InCircumstances | None
    outside: InCircumstances | None
    by: By
    rounding: Rounding
    #: The fact that says since when days count; empty for the day of joining.
    since: str = ""
    #: A month or a year counts only if more than this of it does.
    longer_than: Length | None = None
    #: The length of time that the figure is for; None for the period, however long.
    per: Length | None = None

    def __attrs_post_init__(self) -> None:
        if self.longer_than is not None and self.by not in ("month", "year"):
            raise PolicyError(
                f"A {self.by.replace('_', ' ')} cannot count only if it is longer than {self.longer_than}",
                remedy="Count by month or by year",
                by=self.by,
            )

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the proportion."""
        whole_figure = asker(self.figure, unit, plan)
        grains_in(self.rounding.to, unit)

        def ask(case: Case, period: Period | None) -> Asked:
            whole, asked = needed(period, BY_DATES), whole_figure(case, period)
            begins = self._begins(case)
            spans = () if begins is None else self.spans(member_of(case), begins)
            taken, every = _parts(spans, whole, self.by, self.longer_than)
            _, there = (taken, every) if self.per is None else _parts((), starting(whole.first, self.per), self.by)
            if begins is None:
                note = Note("missing", f"the day of the member's {self.since.replace('_', ' ')} is not recorded")
                most = self._most(asked.bounds.most, Fraction(every, there), unit)
                return Asked(Bounds(0, most), (*asked.notes, note))
            if taken == there:
                return asked
            of = "days" if self.by == "day" else f"{self.by.removeprefix('whole_')}s"
            share, (least, most) = Fraction(taken, there), asked.bounds
            low = self.rounding.applied(least * share, unit)
            bounds = Bounds(low, None if most is None else self.rounding.applied(most * share, unit))
            because = Note("because", f"{taken} of {there} {of} count, {self.rounding}")
            return Asked(bounds, (*asked.notes, because))

        return ask

    def _most(self, whole: int | None, share: Fraction, unit: Unit) -> int | None:
        """Give the most that can be asked where no more counts than a share; the whole itself is not rounded."""
        if whole is None:
            return None
        return max(self.rounding.applied(whole * share, unit), whole if share >= 1 else 0)

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The most by which further activity can make the figure grow: as fast as the whole of it."""
        return getattr(self.figure, "grows", None)

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since it is rounded."""
        return int(getattr(self.figure, "step", 0)) + self.rounding.to.grains

    def _begins(self, case: Case) -> date | None:
        """Give the first day that can count; None where nobody knows."""
        if not self.since:
            return date.min
        day = date_of(recorded(case.subject, self.since))
        return None if day is None else day.first

    def spans(self, member: Member, begins: date) -> tuple[Period, ...]:
        """Give the stretches of a member's time that count."""
        counted: tuple[Period, ...] = common((member.membership,), (Period(begins, date.max),))
        if self.during is not None:
            counted = common(counted, _long_spells(member, self.during))
        if self.outside is not None:
            counted = without(counted, _long_spells(member, self.outside))
        return counted

    def __str__(self) -> str:
        of = "days" if self.by == "day" else f"{self.by.replace('_', ' ')}s"
        since = f"since {self.since.replace('_', ' ')}" if self.since else "of membership"
        texts = [f"{self.figure} in proportion to the {of} {since}"]
        texts += [f"that are longer than {self.longer_than}"] if self.longer_than else []
        texts += [f"that are {self.during}"] if self.during else []
        texts += [f"outside {self.outside}"] if self.outside else []
        return " ".join(texts)


def pro_rata(
    figure: Figure | Target,
    *,
    during: InCircumstances | None = None,
    outside: InCircumstances | None = None,
    since: str = "",
    by: By = "day",
    longer_than: Length | None = None,
    per: Length | None = None,
    rounding: Rounding,
    unit: Unit = HOUR,
) -> ProRata:
    """Ask for a figure in proportion to the days (or months, or years) of membership that count.

    ``outside`` takes days out, ``during`` admits only some; neither leaves the days of membership. ``since`` names a
    fact instead of the day of joining (``since="admitted"``); with ``longer_than`` a month or a year counts only if
    more than so much of it does. ``per=years(3)`` says for how long the figure is, where the period assessed may be
    longer or shorter. The rounding has no default: 1800 minutes for 240 of 366 days are 1180.3 minutes, and
    somebody has to say which way they go.

    Raises:
        AmountError: the figure cannot be held exactly.
        PolicyError: a circumstance is tied to a day (``on``): days are counted here, whichever they are.
    """
    _checked_by(by, get_args(By))
    for one in (during, outside):
        if one is not None and one.timing.on != "any_day":
            raise PolicyError(
                f"A figure in proportion to days cannot depend on {one}",
                why="It counts every day on which the circumstance holds",
                remedy="Leave on= out, or choose with when(...) before",
                circumstance=one,
            )
    whole = figure if isinstance(figure, Target) else Amount.of(figure, unit)
    return ProRata(whole, during, outside, by, rounding, since, longer_than, per)


def _checked_by(by: str, known: tuple[str, ...]) -> None:
    if by not in known:
        raise PolicyError(
            f"{shown(by)} does not say what is counted to share a figure out",
            remedy=f"Say {' or '.join(known)}",
            by=by,
        )


@frozen
class TimeWeighted:
    """A mix of figures, each by how long its circumstance held; see ``time_weighted``."""

    figures: tuple[tuple[str, Amount], ...]
    otherwise: Amount
    by: By
    rounding: Rounding

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the mix; a day under several circumstances takes the lowest of their figures."""
        lowest_first = sorted((grains_in(figure, unit), kind) for kind, figure in self.figures)
        otherwise = grains_in(self.otherwise, unit)
        grains_in(self.rounding.to, unit)

        def ask(case: Case, period: Period | None) -> Asked:
            whole, member = needed(period, BY_DATES), member_of(case)
            left: tuple[Period, ...] = (whole,)
            rest, there = _parts(left, whole, self.by)
            weighted: list[tuple[int, int]] = []
            notes: list[Note] = []
            for figure, kind in lowest_first:
                left = without(left, spells(member, (kind,)))
                before, (rest, _) = rest, _parts(left, whole, self.by)
                if taken := before - rest:
                    weighted.append((figure, taken))
                    held = f"{kind.replace('_', ' ')} for {taken} of {there} {self.by}{'' if there == 1 else 's'}"
                    notes.append(Note("because", f"{held}: {Amount(figure, unit)}"))
            if rest:
                weighted.append((otherwise, rest))
            if len({figure for figure, _ in weighted}) == 1:  # one figure throughout is nothing to round
                return Asked(Bounds(weighted[0][0], weighted[0][0]), tuple(notes))
            grains = self.rounding.applied(Fraction(sum(figure * taken for figure, taken in weighted), there), unit)
            return Asked(Bounds(grains, grains), tuple(notes))

        return ask

    def __str__(self) -> str:
        mixed = ", ".join(f"{figure} while {kind.replace('_', ' ')}" for kind, figure in self.figures)
        return f"{mixed}, else {self.otherwise}, by {self.by}"


def time_weighted(
    figures: Mapping[str, Figure],
    *,
    otherwise: Figure,
    by: Literal["day", "month"] = "day",
    rounding: Rounding,
    unit: Unit = HOUR,
) -> TimeWeighted:
    """Ask for a mix of figures, each weighted with the part of the period in which its circumstance held.

    Two years at 150 and one at 90 ask for 130. Where several hold on one day, the lowest figure is that day's. By
    month, a month goes to the circumstances only where they fill it, and to the highest figure it takes to do so.

    Raises:
        AmountError: a figure cannot be held exactly.
        PolicyError: no circumstance is named.
    """
    _checked_by(by, ("day", "month"))
    if not figures:
        raise PolicyError("time_weighted names no circumstance", remedy='Write for example {"non_practising": 90}')
    listed = tuple((kind, Amount.of(figure, unit)) for kind, figure in figures.items())
    return TimeWeighted(listed, Amount.of(otherwise, unit), by, rounding)


@frozen
class Stepped:
    """A figure by how long a circumstance lasted; see ``stepped``."""

    figure: Amount
    circumstance: InCircumstances
    steps: tuple[tuple[Length, Amount], ...]

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the table: the last step that the longest stretch reaches."""
        asked = fixed_at(grains_in(self.figure, unit))
        timing = self.circumstance.timing
        steps = tuple(
            (
                evolve(timing, lasting=length),
                fixed_at(grains_in(figure, unit), f"{self.circumstance} for at least {length}: {figure}"),
            )
            for length, figure in self.steps
        )

        def ask(case: Case, period: Period | None) -> Asked:
            whole = needed(period, BY_DATES)
            held = spells(member_of(case), self.circumstance.kinds, self.circumstance.but_not)
            reached = [step for lasting, step in steps if lasting.met_by(held, whole)]
            return reached[-1] if reached else asked

        return ask

    def __str__(self) -> str:
        table = ", ".join(f"{figure} from {length} of it" for length, figure in self.steps)
        return f"{self.figure}; {self.circumstance}: {table}"


def stepped(figure: Figure, circumstance: InCircumstances, *steps: tuple[Length, Figure], unit: Unit = HOUR) -> Stepped:
    """Ask for a figure that changes in steps with how long a circumstance lasted.

    ``stepped(150, circumstance("career_break"), (months(3), 90))`` asks for 90 from a break of three months, whole.

    Raises:
        AmountError: a figure cannot be held exactly.
        PolicyError: there are no steps, or the circumstance itself asks how long it lasts.
    """
    if not steps:
        raise PolicyError("stepped(...) has no steps", remedy="Give at least one: (months(3), 90)")
    if circumstance.timing.lasting is not None:
        raise PolicyError(
            f"The steps say how long it lasts, and so does {circumstance}",
            remedy="Leave lasting= out of the circumstance",
            circumstance=circumstance,
        )
    ordered = sorted(steps, key=lambda step: step[0].after(date(2001, 1, 1)))
    listed = tuple((length, Amount.of(one, unit)) for length, one in ordered)
    return Stepped(Amount.of(figure, unit), circumstance, listed)
