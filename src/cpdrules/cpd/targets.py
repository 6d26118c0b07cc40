"""Figures that depend on the member: pro rata, time-weighted, by steps, by agreement, as a share of something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from operator import itemgetter
from typing import Literal, TypeAlias, get_args

from attrs import evolve, frozen

from cpdrules.amounts import HOUR, Amount, Figure, Rounding, Unit, grains_in
from cpdrules.cpd.conditions import (
    InCircumstances,
    Timing,
    agreements_in_force,
    date_of,
    member_of,
    recorded,
    spells,
)
from cpdrules.cpd.members import Member
from cpdrules.cpd.tallies import NO_CONVENTIONS
from cpdrules.errors import PolicyError, UnitError, shown
from cpdrules.figures import Asked, Asker, Measure, Reading, Target, asker
from cpdrules.findings import Bounds, Clause, Entry, Finding, Note, Tag, Where
from cpdrules.periods import Length, Period, common, months_of, starting, stretches, without, years
from cpdrules.policies import Case, Plan, Policy, Telling, needed
from cpdrules.verdicts import CANNOT_TELL, MET

#: What is counted to share a figure out: days; months or years of which any day falls in; or only those that fall in
#: whole.
By: TypeAlias = Literal["day", "month", "whole_month", "year", "whole_year"]

_CLAUSE = Clause("a figure by dates")


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
            whole, asked = needed(period, _CLAUSE), whole_figure(case, period)
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
        return _step((self.figure,)) + self.rounding.to.grains

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
            whole, member = needed(period, _CLAUSE), member_of(case)
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
        asked = _fixed(grains_in(self.figure, unit))
        timing = self.circumstance.timing
        steps = tuple(
            (
                evolve(timing, lasting=length),
                _fixed(grains_in(figure, unit), f"{self.circumstance} for at least {length}: {figure}"),
            )
            for length, figure in self.steps
        )

        def ask(case: Case, period: Period | None) -> Asked:
            whole = needed(period, _CLAUSE)
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


@frozen
class AgreedFigure:
    """The figure of an agreement; see ``agreed``."""

    clause: str = ""

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the look-up; without an agreement the figure is not known, and never invented."""

        def ask(case: Case, period: Period | None) -> Asked:
            held = agreements_in_force(member_of(case), needed(period, _CLAUSE), self.clause, Timing())
            usable = [one for one in held if one.figure.unit == unit]
            if not usable:
                why = (
                    f"no figure in {unit.plural} is agreed: {held[0]}"
                    if held
                    else "no case-by-case agreement is recorded"
                )
                return Asked(Bounds(0, None), (Note("missing", why),))
            return _fixed(usable[0].figure.grains, str(usable[0]))

        return ask

    def __str__(self) -> str:
        return "the figure agreed"


def _fixed(grains: int, because: str = "") -> Asked:
    return Asked(Bounds(grains, grains), (Note("because", because),) if because else ())


def agreed(clause: str = "") -> AgreedFigure:
    """Ask for the figure that was agreed with the member; of several, the lowest."""
    return AgreedFigure(clause)


@frozen
class ByFact:
    """A figure for each value of a fact; see ``by_fact``."""

    what: str
    figures: tuple[tuple[str, Amount | Target], ...]
    otherwise: Amount | Target | None

    def __attrs_post_init__(self) -> None:
        if not self.figures:
            raise PolicyError("by_fact names no value", remedy='Write for example {"dentist": 100}', fact=self.what)

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan every figure; of several that apply, the highest."""
        asks = {value: asker(figure, unit, plan) for value, figure in self.figures}
        other = None if self.otherwise is None else asker(self.otherwise, unit, plan)
        conventions = plan.setting(NO_CONVENTIONS)
        unrecorded = conventions.unrecorded(self.what)
        known = next((set(fact.values) for fact in conventions.facts if fact.name == self.what), set[Tag]())
        all_stated = other is not None or bool(known and known <= asks.keys())
        named = self.what.replace("_", " ")

        def ask(case: Case, period: Period | None) -> Asked:
            values = recorded(case.subject, self.what, unrecorded)
            if values is None:
                every = [one(case, period).bounds for one in (*asks.values(), *((other,) if other else ()))]
                bounds = Bounds(min(one.least for one in every), _most(every)) if all_stated else Bounds(0, None)
                return Asked(bounds, (Note("missing", f"the member's {named} is not recorded"),))
            words = [str(value).lower() if isinstance(value, int) else value for value in values]
            listed = [(value, asks[value]) for value in words if isinstance(value, str) and value in asks]
            if not listed and other is None:
                note = Note("missing", f"no figure is stated for {named} {', '.join(map(str, values)) or 'none'}")
                return Asked(Bounds(0, None), (note,))
            if not listed and other is not None:
                return other(case, period)
            found = [(value, one(case, period)) for value, one in listed]
            bounds = Bounds(max(one.bounds.least for _, one in found), _most([one.bounds for _, one in found]))
            because = tuple(Note("because", f"{named}: {value.replace('_', ' ')}") for value, _ in found)
            return Asked(bounds, (*because, *(note for _, one in found for note in one.notes)))

        return ask

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The most by which further activity can make the figure grow."""
        return _fastest((*(figure for _, figure in self.figures), self.otherwise))

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since it is rounded."""
        return _step((*(figure for _, figure in self.figures), self.otherwise))

    def __str__(self) -> str:
        table = ", ".join(f"{figure} for {value.replace('_', ' ')}" for value, figure in self.figures)
        return f"{table}{f', else {self.otherwise}' if self.otherwise is not None else ''}"


def _most(every: Iterable[Bounds]) -> int | None:
    tops = [one.most for one in every]
    return None if None in tops else max(top for top in tops if top is not None)


def by_fact(
    what: str,
    figures: Mapping[str, Figure | Target],
    *,
    otherwise: Figure | Target | None = None,
    unit: Unit = HOUR,
) -> ByFact:
    """Ask for the figure that a fact about the member calls for: ``by_fact("title", {"dentist": 100, "nurse": 50})``.

    Of several that apply (to who holds two titles), it is the highest. Where the fact has another value, and nothing is
    said of that, the figure is not known.

    Raises:
        AmountError: a figure cannot be held exactly.
        PolicyError: no value is named.
    """

    def read(figure: Figure | Target) -> Amount | Target:
        return figure if isinstance(figure, Target) else Amount.of(figure, unit)

    listed = tuple(sorted(((value, read(figure)) for value, figure in figures.items()), key=itemgetter(0)))
    return ByFact(what, listed, None if otherwise is None else read(otherwise))


@frozen
class ShareOf:
    """A share of what another measure counts, or of another figure; see ``share_of``."""

    share: Fraction
    of: Measure | Target
    #: How the share is rounded; None: a part of a grain is asked for whole.
    rounding: Rounding | None = None

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The share of further activity by which the figure grows, and the filter of what counts as such."""
        if getattr(self.of, "recorded", False):
            return None  # what is recorded of the member does not grow
        if isinstance(self.of, Measure):
            return self.share, self.of.where
        rises = getattr(self.of, "grows", None)
        return rises and (self.share * rises[0], rises[1])

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since it is rounded."""
        own = 0 if self.rounding is None else self.rounding.to.grains
        return own if isinstance(self.of, Measure) else own + ceil(self.share * (_step((self.of,)) + 1))

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the whole."""
        if self.rounding is not None:
            grains_in(self.rounding.to, unit)
        if not isinstance(self.of, Measure):
            whole = self.of.planned(plan, unit)

            def ask_of_figure(case: Case, period: Period | None) -> Asked:
                asked = whole(case, period)
                least, most = asked.bounds
                return asked._replace(
                    bounds=Bounds(self._part(least, unit), None if most is None else self._part(most, unit))
                )

            return ask_of_figure
        if self.of.unit != unit:
            raise UnitError(
                f"A share of {self.of.unit.plural} cannot be asked for in {unit.plural}",
                why="Amounts of different units are never mixed",
                remedy="Count both in one unit",
                share=self.of.unit,
                unit=unit,
            )
        read = self.of.planned(plan)

        def ask(case: Case, period: Period | None) -> Asked:
            reading = read(case, period)
            least, most = (
                self._part(reading.least, unit),
                None if reading.most is None else self._part(reading.most, unit),
            )
            return Asked(Bounds(least, most), () if least == most else (*reading.notes, *open_facts(reading)))

        return ask

    def _part(self, grains: int, unit: Unit) -> int:
        if self.rounding is not None:
            return self.rounding.applied(grains * self.share, unit)
        return -(-grains * self.share.numerator // self.share.denominator)

    def __str__(self) -> str:
        return f"{self.share} of {str(self.of) or 'all'}"


def open_facts(reading: Reading) -> tuple[Note, ...]:
    """Say what is not known of what was counted, naming the activities."""
    facts = (_of(left.why.text, entry) for left in reading.unsure for entry in left.batch.entries)
    return tuple(Note("missing", fact) for fact in dict.fromkeys(facts))


def _of(reason: str, entry: Entry) -> str:
    before, it, after = f" {reason} ".partition(" it ")
    return f"{before} “{entry.title or entry.id}” {after}".strip() if it else f"{reason}: “{entry.title or entry.id}”"


def share_of(
    share: str | Fraction, whole: Measure | Target | Figure, *, rounding: Rounding | None = None, unit: Unit = HOUR
) -> ShareOf:
    """Ask for a share of what was done, or of a figure: ``at_least(share_of("1/2", hours()), hours(formal=True))``.

    The share is an exact fraction, as text (``"1/3"``, ``"75%"``, ``"2"``) or as a Fraction; it may be more than all.

    Raises:
        PolicyError: it is no such fraction.
    """
    exact = as_share(share, most=_MOST)
    if isinstance(whole, Measure):
        return ShareOf(exact, whole, rounding)
    return ShareOf(exact, whole if isinstance(whole, Target) else Fixed(Amount.of(whole, unit)), rounding)


#: No share is larger.
_MOST = 1000


def as_share(share: str | Fraction, *, most: int = 1) -> Fraction:
    """Read a share of a whole, exactly.

    Raises:
        PolicyError: it is no fraction from 0 to the most that it may be.
    """
    exact = _fraction(share)
    if exact is None or not 0 <= exact <= most:
        raise PolicyError(
            f"{shown(share)} is no share of a whole", remedy='Write it as "1/3", "75%" or Fraction(3, 4)', share=share
        )
    return exact


def _fraction(share: object) -> Fraction | None:
    if isinstance(share, Fraction):
        return share
    # Fraction itself would read "1e-999999999" too, and be at it for as long as that takes.
    found = (
        re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*(?:/\s*(\d{1,9})|(%))?", share, re.ASCII)
        if isinstance(share, str)
        else None
    )
    if found is None or (found[2] and int(found[2]) == 0):
        return None
    return Fraction(found[1]) / (100 if found[3] else int(found[2] or 1))


@frozen
class Lowest:
    """The lowest of several figures; see ``lowest``."""

    targets: tuple[Target, ...]

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The most by which further activity can make the figure grow."""
        return _fastest(self.targets)

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since it is rounded."""
        return _step(self.targets)

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan every figure."""
        return _extreme(self.targets, plan, unit, highest=False)

    def __str__(self) -> str:
        return f"the lowest of: {'; '.join(map(str, self.targets))}"


@frozen
class Highest:
    """The highest of several figures; see ``highest``."""

    targets: tuple[Target, ...]

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The most by which further activity can make the figure grow."""
        return _fastest(self.targets)

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since it is rounded."""
        return _step(self.targets)

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan every figure."""
        return _extreme(self.targets, plan, unit, highest=True)

    def __str__(self) -> str:
        return f"the highest of: {'; '.join(map(str, self.targets))}"


def _step(targets: Iterable[object]) -> int:
    return max(getattr(target, "step", 0) for target in targets)


def _fastest(targets: Iterable[object]) -> tuple[Fraction, Where] | None:
    shares = [grows for target in targets if (grows := getattr(target, "grows", None)) is not None]
    if len(shares) < 2:
        return shares[0] if shares else None
    return max(share for share, _ in shares), ()


def _extreme(targets: tuple[Target, ...], plan: Plan, unit: Unit, *, highest: bool) -> Asker:
    asks = tuple(target.planned(plan, unit) for target in targets)
    pick = max if highest else min
    top = float("inf")

    def ask(case: Case, period: Period | None) -> Asked:
        found = [ask(case, period) for ask in asks]
        least = pick(asked.bounds.least for asked in found)
        most = pick(top if asked.bounds.most is None else asked.bounds.most for asked in found)
        bounds = Bounds(least, None if most == top else int(most))
        deciding = [asked for asked in found if asked.bounds == bounds][:1] if least == most else found
        return Asked(bounds, tuple(dict.fromkeys(note for asked in deciding for note in asked.notes)))

    return ask


@frozen
class SumOf:
    """Several figures together; see ``sum_of``."""

    targets: tuple[Target, ...]

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The most by which further activity can make the figure grow."""
        shares = [grows for target in self.targets if (grows := getattr(target, "grows", None)) is not None]
        if len(shares) < 2:
            return shares[0] if shares else None
        return sum((share for share, _ in shares), Fraction(0)), ()

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since each part of it is rounded."""
        return sum(_step((target,)) + 1 for target in self.targets)

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan every figure."""
        asks = tuple(target.planned(plan, unit) for target in self.targets)

        def ask(case: Case, period: Period | None) -> Asked:
            found = [ask(case, period) for ask in asks]
            tops = [asked.bounds.most for asked in found]
            most = None if None in tops else sum(top for top in tops if top is not None)
            return Asked(
                Bounds(sum(asked.bounds.least for asked in found), most),
                tuple(dict.fromkeys(note for asked in found for note in asked.notes)),
            )

        return ask

    def __str__(self) -> str:
        return " and ".join(map(str, self.targets))


def sum_of(*figures: Figure | Target, unit: Unit = HOUR) -> SumOf:
    """Ask for several figures together: 36 points, and 18 for a specialty.

    Raises:
        PolicyError: there are none.
    """
    return SumOf(_targets("sum_of", figures, unit))


@frozen
class FigureWhen:
    """One figure where a condition holds, another where it does not; see ``figure_when``."""

    condition: Policy
    figure: Amount | Target
    otherwise: Amount | Target

    def __attrs_post_init__(self) -> None:
        condition: object = self.condition
        if not isinstance(condition, Policy):
            raise PolicyError(
                f"figure_when asks whether a clause holds, and {shown(condition)} is none",
                remedy='Write a condition first: figure_when(circumstance("retired"), 10, otherwise=30)',
                condition=condition,
            )

    @property
    def grows(self) -> tuple[Fraction, Where] | None:
        """The most by which further activity can make the figure grow."""
        return _fastest((self.figure, self.otherwise))

    @property
    def step(self) -> int:
        """By how many grains more it may grow, since it is rounded."""
        return _step((self.figure, self.otherwise))

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the condition and both figures; where it cannot be told, the figure lies between them."""
        holds = self.condition.planned(plan.under(Telling(apart=True)))
        figure, otherwise = asker(self.figure, unit, plan), asker(self.otherwise, unit, plan)
        since = Note("because", self._said())

        def ask(case: Case, period: Period | None) -> Asked:
            condition = holds(case, period)
            if condition.verdict is CANNOT_TELL:
                return _either(figure(case, period), otherwise(case, period), condition)
            if condition.verdict is not MET:
                return otherwise(case, period)
            asked = figure(case, period)
            held = (node for node in condition.walk() if node.verdict is MET)
            because = [note for node in held for note in node.notes if note.kind == "because"] or [since]
            return asked._replace(notes=tuple(dict.fromkeys((*because, *asked.notes))))

        return ask

    def _said(self) -> str:
        """Say the condition, if it can say itself."""
        said = str(self.condition) if type(self.condition).__str__ is not object.__str__ else ""
        return self.condition.ref or said or "a condition holds"

    def __str__(self) -> str:
        return f"{self.figure} if {self._said()}, else {self.otherwise}"


def _either(one: Asked, other: Asked, condition: Finding) -> Asked:
    """Give what is asked where nobody can tell which of two figures it is, and why."""
    bounds = Bounds(min(one.bounds.least, other.bounds.least), _most((one.bounds, other.bounds)))
    if bounds.least == bounds.most:
        return Asked(bounds)
    notes = (*(Note("missing", fact) for fact in condition.missing()), *one.notes, *other.notes)
    return Asked(bounds, tuple(dict.fromkeys(note for note in notes if note.kind == "missing")))


def figure_when(
    condition: Policy, figure: Figure | Target, *, otherwise: Figure | Target, unit: Unit = HOUR
) -> FigureWhen:
    """Ask for one figure where a condition holds, and for another where it does not.

    Where it cannot be told, the figure lies between the two.

    Raises:
        AmountError: a figure cannot be held exactly.
        PolicyError: the condition is no clause.
    """
    one, other = (each if isinstance(each, Target) else Amount.of(each, unit) for each in (figure, otherwise))
    return FigureWhen(condition, one, other)


@frozen
class Fixed:
    """A plain figure among targets; see ``lowest``."""

    figure: Amount

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the same figure for everyone."""
        asked = _fixed(grains_in(self.figure, unit))
        return lambda case, period: asked

    def __str__(self) -> str:
        return str(self.figure)


def lowest(*figures: Figure | Target, unit: Unit = HOUR) -> Lowest:
    """Ask for the lowest of several figures: several reasons for a reduction are never summed.

    Raises:
        PolicyError: there are none.
    """
    return Lowest(_targets("lowest", figures, unit))


def highest(*figures: Figure | Target, unit: Unit = HOUR) -> Highest:
    """Ask for the highest of several figures.

    Raises:
        PolicyError: there are none.
    """
    return Highest(_targets("highest", figures, unit))


def _targets(word: str, figures: tuple[Figure | Target, ...], unit: Unit) -> tuple[Target, ...]:
    if not figures:
        raise PolicyError(f"{word} is given no figures", remedy="Name at least one", word=word)
    return tuple(one if isinstance(one, Target) else Fixed(Amount.of(one, unit)) for one in figures)
