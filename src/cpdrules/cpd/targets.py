"""Figures that depend on the member: pro rata, time-weighted, by steps, by agreement, as a share of something else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.amounts import HOUR, Amount, Figure, Rounding, Unit
from cpdrules.cpd.conditions import InCircumstances, Timing, agreements_in_force, member_of, spells
from cpdrules.cpd.members import Member
from cpdrules.errors import PolicyError
from cpdrules.findings import Bounds, Clause, Note
from cpdrules.periods import Length, Period, common, months_of, without
from cpdrules.figures import Asked, Asker, Measure, Target
from cpdrules.policies import Case, Plan, needed

#: What is counted to share a figure out: days; months of which any day falls in; or only months that fall in whole.
By: TypeAlias = Literal["day", "month", "whole_month"]

_CLAUSE = Clause("a figure by dates")


def _parts(spans: tuple[Period, ...], period: Period, by: By) -> tuple[int, int]:
    """Give how much of a period some stretches take, and how much there is: in days, or in months."""
    inside = common(spans, (period,))
    if by == "day":
        return sum(span.days for span in inside), period.days
    months = months_of(period)
    if by == "month":
        return sum(any(span.overlap(month) for span in inside) for month in months), len(months)
    return sum(any(span.overlap(month) == month for span in inside) for month in months), len(months)


@frozen
class ProRata:
    """A figure in proportion to the part of the period that counts; see ``pro_rata``."""

    figure: Amount
    during: InCircumstances | None
    outside: InCircumstances | None
    by: By
    rounding: Rounding

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the proportion."""

        def ask(case: Case, period: Period | None) -> Asked:
            whole = needed(period, _CLAUSE)
            taken, there = _parts(self.spans(member_of(case)), whole, self.by)
            if taken == there:
                return Asked(Bounds(self.figure.grains, self.figure.grains))
            grains = self.rounding.applied(Fraction(self.figure.grains * taken, there), unit)
            of = "days" if self.by == "day" else "months"
            return Asked(Bounds(grains, grains), (Note("because", f"{taken} of {there} {of} count, {self.rounding}"),))

        return ask

    def spans(self, member: Member) -> tuple[Period, ...]:
        """Give the stretches of a member's time that count."""
        counted: tuple[Period, ...] = (member.membership,)
        if self.during is not None:
            counted = common(counted, spells(member, self.during.kinds, self.during.but_not))
        if self.outside is not None:
            counted = without(counted, spells(member, self.outside.kinds, self.outside.but_not))
        return counted

    def __str__(self) -> str:
        texts = [f"{self.figure} in proportion to the {'days' if self.by == 'day' else 'months'} of membership"]
        texts += [f"that are {self.during}"] if self.during else []
        texts += [f"outside {self.outside}"] if self.outside else []
        return " ".join(texts)


def pro_rata(
    figure: Figure,
    *,
    during: InCircumstances | None = None,
    outside: InCircumstances | None = None,
    by: By = "day",
    rounding: Rounding,
    unit: Unit = HOUR,
) -> ProRata:
    """Ask for a figure in proportion to the days (or months) of membership that count.

    ``outside`` takes days out, ``during`` admits only some; neither leaves the days of membership. The rounding has no
    default: 1800 minutes for 240 of 366 days are 1180.3 minutes, and somebody has to say which way they go.
    """
    return ProRata(Amount.of(figure, unit), during, outside, by, rounding)


@frozen
class TimeWeighted:
    """A mix of figures, each by how long its circumstance held; see ``time_weighted``."""

    figures: tuple[tuple[str, Amount], ...]
    otherwise: Amount
    by: By
    rounding: Rounding

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the mix; a day under several circumstances takes the lowest of their figures."""
        lowest_first = sorted(self.figures, key=lambda one: one[1].grains)

        def ask(case: Case, period: Period | None) -> Asked:
            whole, member = needed(period, _CLAUSE), member_of(case)
            left: tuple[Period, ...] = (whole,)
            total, notes, there = 0, [], 0
            taken_before = 0
            for kind, figure in lowest_first:
                left = without(left, spells(member, (kind,)))
                rest, there = _parts(left, whole, self.by)
                taken = there - rest - taken_before
                taken_before += taken
                total += figure.grains * taken
                if taken:
                    notes.append(Note("because", f"{kind.replace('_', ' ')} for {taken} of {there} {self.by}s: {figure}"))
            total += self.otherwise.grains * (there - taken_before)
            grains = self.rounding.applied(Fraction(total, there), unit)
            return Asked(Bounds(grains, grains), tuple(notes))

        return ask

    def __str__(self) -> str:
        mixed = ", ".join(f"{figure} while {kind.replace('_', ' ')}" for kind, figure in self.figures)
        return f"{mixed}, else {self.otherwise}, by {self.by}"


def time_weighted(
    figures: Mapping[str, Figure], *, otherwise: Figure, by: Literal["day", "month"] = "day", rounding: Rounding, unit: Unit = HOUR
) -> TimeWeighted:
    """Ask for a mix of figures, each weighted with the part of the period in which its circumstance held.

    Two years at 150 and one at 90 ask for 130. Where several hold on one day, the lowest figure is that day's.

    Raises:
        PolicyError: no circumstance is named.
    """
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

        def ask(case: Case, period: Period | None) -> Asked:
            whole = needed(period, _CLAUSE)
            stretches = spells(member_of(case), self.circumstance.kinds, self.circumstance.but_not)
            asked, notes = self.figure, ()
            for length, figure in self.steps:
                if Timing(lasting=length).met_by(stretches, whole):
                    asked, notes = figure, (Note("because", f"{self.circumstance} for at least {length}: {figure}"),)
            return Asked(Bounds(asked.grains, asked.grains), notes)

        return ask

    def __str__(self) -> str:
        table = ", ".join(f"{figure} from {length} of it" for length, figure in self.steps)
        return f"{self.figure}; {self.circumstance}: {table}"


def stepped(
    figure: Figure, circumstance: InCircumstances, *steps: tuple[Length, Figure], unit: Unit = HOUR
) -> Stepped:
    """Ask for a figure that changes in steps with how long a circumstance lasted.

    ``stepped(150, circumstance("career_break"), (months(3), 90))`` asks for 90 from a break of three months, whole.

    Raises:
        PolicyError: there are no steps.
    """
    if not steps:
        raise PolicyError("stepped(...) has no steps", remedy="Give at least one: (months(3), 90)")
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
            if not held:
                return Asked(Bounds(0, None), (Note("missing", "no case-by-case agreement is recorded"),))
            grains = Amount(0, unit)._same(held[0].figure)
            return Asked(Bounds(grains, grains), (Note("because", str(held[0])),))

        return ask

    def __str__(self) -> str:
        return "the figure agreed"


def agreed(clause: str = "") -> AgreedFigure:
    """Ask for the figure that was agreed with the member; of several, the lowest."""
    return AgreedFigure(clause)


@frozen
class ShareOf:
    """A share of what another measure counts; see ``share_of``."""

    share: Fraction
    measure: Measure

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the other measure; a part of a grain is asked for whole."""
        read = self.measure.planned(plan)

        def ask(case: Case, period: Period | None) -> Asked:
            reading = read(case, period)
            least = -(-reading.least * self.share.numerator // self.share.denominator)
            most = None if reading.most is None else -(-reading.most * self.share.numerator // self.share.denominator)
            return Asked(Bounds(least, most))

        return ask

    def __str__(self) -> str:
        return f"{self.share} of {self.measure or 'all'}"


def share_of(share: str | Fraction, measure: Measure) -> ShareOf:
    """Ask for a share of what was done: ``at_least(share_of("1/2", hours()), hours(structured=True))``.

    The share is an exact fraction, as text (``"1/3"``, ``"75%"``) or as a Fraction.

    Raises:
        PolicyError: it is no fraction from 0 to 1.
    """
    exact = _fraction(share)
    if exact is None or not 0 <= exact <= 1:
        raise PolicyError(f"{share!r} is no share of a whole", remedy='Write it as "1/3", "75%" or Fraction(3, 4)', share=share)
    return ShareOf(exact, measure)


def _fraction(share: str | Fraction) -> Fraction | None:
    try:
        if isinstance(share, str) and len(share) <= 20:
            return Fraction(share.removesuffix("%")) / (100 if share.endswith("%") else 1)
        return share if isinstance(share, Fraction) else None
    except (ValueError, ZeroDivisionError):
        return None


@frozen
class Lowest:
    """The lowest of several figures; see ``lowest``."""

    targets: tuple[Target, ...]

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan every figure."""
        return _extreme(self.targets, plan, unit, highest=False)

    def __str__(self) -> str:
        return f"the lowest of: {'; '.join(map(str, self.targets))}"


@frozen
class Highest:
    """The highest of several figures; see ``highest``."""

    targets: tuple[Target, ...]

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan every figure."""
        return _extreme(self.targets, plan, unit, highest=True)

    def __str__(self) -> str:
        return f"the highest of: {'; '.join(map(str, self.targets))}"


def _extreme(targets: tuple[Target, ...], plan: Plan, unit: Unit, *, highest: bool) -> Asker:
    asks = tuple(target.planned(plan, unit) for target in targets)
    pick = max if highest else min
    top = float("inf")

    def ask(case: Case, period: Period | None) -> Asked:
        found = [ask(case, period) for ask in asks]
        least = pick(asked.bounds.least for asked in found)
        most = pick(top if asked.bounds.most is None else asked.bounds.most for asked in found)
        return Asked(Bounds(least, None if most == top else int(most)), tuple(note for asked in found for note in asked.notes))

    return ask


@frozen
class Fixed:
    """A plain figure among targets; see ``lowest``."""

    figure: Amount

    def planned(self, plan: Plan, unit: Unit) -> Asker:
        """Plan the same figure for everyone."""
        grains = Amount(0, unit)._same(self.figure)
        asked = Asked(Bounds(grains, grains))
        return lambda case, period: asked

    def __str__(self) -> str:
        return str(self.figure)


def lowest(*figures: Figure | Target, unit: Unit = HOUR) -> Lowest:
    """Ask for the lowest of several figures: several reasons for a reduction are never summed.

    Raises:
        PolicyError: there are none.
    """
    return Lowest(_targets(figures, unit))


def highest(*figures: Figure | Target, unit: Unit = HOUR) -> Highest:
    """Ask for the highest of several figures.

    Raises:
        PolicyError: there are none.
    """
    return Highest(_targets(figures, unit))


def _targets(figures: tuple[Figure | Target, ...], unit: Unit) -> tuple[Target, ...]:
    if not figures:
        raise PolicyError("There is no lowest or highest of no figures", remedy="Name at least one")
    return tuple(one if hasattr(one, "planned") else Fixed(Amount.of(one, unit)) for one in figures)  # type: ignore[misc, arg-type]
