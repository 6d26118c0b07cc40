"""Figures that depend on the member or on what was done: by agreement, by fact, shares, extremes, sums, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from operator import itemgetter

from attrs import frozen

from cpdrules.amounts import HOUR, Amount, Figure, Rounding, Unit, grains_in
from cpdrules.cpd.conditions import (
    Timing,
    agreements_in_force,
    member_of,
    recorded,
)
from cpdrules.cpd.durations import BY_DATES
from cpdrules.cpd.tallies import NO_CONVENTIONS
from cpdrules.errors import PolicyError, UnitError, shown
from cpdrules.figures import Asked, Asker, Measure, Reading, Target, asker, fixed_at
from cpdrules.findings import Bounds, Entry, Finding, Note, Tag, Where
from cpdrules.periods import Period
from cpdrules.policies import Case, Plan, Policy, Telling, needed
from cpdrules.verdicts import CANNOT_TELL, MET


@frozen
class AgreedFigure:
    """The figure of an agreement; see ``agreed``."""

    clause: str = ""

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the look-up; without an agreement the figure is not known, and never invented."""

        def ask(case: Case, period: Period | None) -> Asked:
            held = agreements_in_force(member_of(case), needed(period, BY_DATES), self.clause, Timing())
            usable = [one for one in held if one.figure.unit == unit]
            if not usable:
                why = (
                    f"no figure in {unit.plural} is agreed: {held[0]}"
                    if held
                    else "no case-by-case agreement is recorded"
                )
                return Asked(Bounds(0, None), (Note("missing", why),))
            return fixed_at(usable[0].figure.grains, str(usable[0]))

        return ask

    def __str__(self) -> str:
        return "the figure agreed"


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
        asked = fixed_at(grains_in(self.figure, unit))
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
