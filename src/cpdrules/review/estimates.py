"""What the outcomes of a review say of everyone from whom the members were chosen.

Only those drawn at random speak for others. Those chosen for a reason speak for themselves alone: they are a stratum
apart, and never in one proportion with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import sqrt
from typing import Any, Literal

from attrs import Factory, field, frozen

from cpdrules.errors import CountError, shown
from cpdrules.review.intervals import Interval, normal_quantile, t_quantile
from cpdrules.review.outcomes import Bounds
from cpdrules.review.shares import Share, Undefined, as_level, counts_that_fit, percent


@frozen
class Stratum:
    """A part of the population with a draw of its own, or one of which everybody was chosen for a reason.

    Raises:
        CountError: the counts contradict one another, or not everybody of a certain stratum was chosen.
    """

    name: str
    population: int
    #: How many were chosen; and how many of them were judged.
    selected: int
    met: int = field(kw_only=True)
    assessed: int = field(default=Factory(lambda self: self.selected, takes_self=True), kw_only=True)
    #: Whether all of it was chosen for a reason, outside the random quota: such a stratum speaks for itself alone.
    certain: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        counts: dict[str, Any] = {
            "population": self.population,
            "selected": self.selected,
            "assessed": self.assessed,
            "met": self.met,
        }
        counts_that_fit(self.met, self.assessed, self.selected, self.population, **counts)
        if self.certain and self.selected != self.population:
            raise CountError(
                f"{self.selected:,} of the {self.population:,} in “{self.name}” were chosen, not all of them",
                why="Where everybody is chosen for a reason nobody stands for anybody else",
                remedy="Make those who were chosen a stratum of their own, and the others another",
                **counts,
            )

    @property
    def whole(self) -> bool:
        """Whether everybody in it was judged, so that there is nothing to estimate."""
        return self.assessed == self.population

    @property
    def share(self) -> Fraction | Undefined:
        """The share of those assessed who met."""
        return Fraction(self.met, self.assessed) if self.assessed else Undefined(f"nobody in {self.name} was assessed")

    @property
    def variance(self) -> Fraction | Undefined:
        """How uncertain that share is, squared: nothing where everybody was judged."""
        if self.whole:
            return Fraction(0)
        if self.assessed < 2:
            number = "one member" if self.assessed else "nobody"
            return Undefined(f"{number} of {self.population:,} in {self.name} was assessed, which shows no spread")
        unseen = 1 - Fraction(self.assessed, self.population)
        return unseen * self.met * (self.assessed - self.met) / (self.assessed**2 * (self.assessed - 1))

    def __str__(self) -> str:
        chosen = "chosen for a reason" if self.certain else f"drawn from {self.population:,}"
        missing = f", {self.assessed:,} assessed" if self.assessed != self.selected else ""
        return f"{self.name}: {self.selected:,} {chosen}{missing}, {self.met:,} met"


@frozen
class Estimate:
    """How many of a whole population meet the guideline, as the strata of a draw let one say."""

    strata: tuple[Stratum, ...]
    #: What has to be believed for it to hold, beyond that the draw was random.
    assumption: str = ""

    @property
    def population(self) -> int:
        """Everyone in all strata."""
        return sum(stratum.population for stratum in self.strata)

    @property
    def degrees(self) -> int:
        """Degrees of freedom for Student's t: those assessed less one, in each stratum that was not judged whole."""
        return sum(max(stratum.assessed - 1, 0) for stratum in self.strata if not stratum.whole)

    @property
    def share(self) -> Fraction | Undefined:
        """The share of everyone, each stratum weighing as much as it has members."""
        return self._weighted(lambda stratum: stratum.share, 1)

    @property
    def variance(self) -> Fraction | Undefined:
        """How uncertain the share is, squared, with the finite population correction."""
        share = self.share
        return share if isinstance(share, Undefined) else self._weighted(lambda stratum: stratum.variance, 2)

    @property
    def standard_error(self) -> float | Undefined:
        """How uncertain the share is."""
        variance = self.variance
        return variance if isinstance(variance, Undefined) else sqrt(variance)

    @property
    def total(self) -> Fraction | Undefined:
        """How many of everyone meet it; its standard error is the population times that of the share."""
        share = self.share
        return share if isinstance(share, Undefined) else share * self.population

    def _weighted(self, of: Callable[[Stratum], Fraction | Undefined], power: int) -> Fraction | Undefined:
        total = Fraction(0)
        for stratum in self.strata:
            value = of(stratum) if stratum.population else Fraction(0)
            if isinstance(value, Undefined):
                return value
            total += stratum.population**power * value
        return total / self.population**power if self.population else Undefined("there is nobody in any stratum")

    def interval(self, method: Literal["t", "normal"] = "t", *, level: Share = "95%") -> Interval | Undefined:
        """Give where the share of everyone may lie, from the estimate and its standard error; never beyond 0 or 1.

        A sample in which all are alike shows no spread: that makes nothing certain, and the interval is undefined.

        Raises:
            RateError: the level is not exact.
        """
        confidence, share, error = as_level(level), self.share, self.standard_error
        if isinstance(share, Undefined):
            return share
        if isinstance(error, Undefined):
            return error
        if not error and not all(stratum.whole for stratum in self.strata):
            return Undefined("in each stratum all those assessed are alike, and show no spread; use an exact interval")
        steps = (t_quantile(confidence, self.degrees) if method == "t" else normal_quantile(confidence)) if error else 0
        name = f"Student's t with {self.degrees} degrees of freedom" if method == "t" else "normal"
        low, high = max(0.0, float(share) - steps * error), min(1.0, float(share) + steps * error)
        return Interval(low, high, name if error else "everyone was assessed", confidence)

    def bounds(self) -> Bounds | Undefined:
        """Give the estimate if none of those chosen and not assessed had met, and if all of them had."""
        low = self._weighted(lambda stratum: _of_selected(stratum, stratum.met), 1)
        high = self._weighted(
            lambda stratum: _of_selected(stratum, stratum.met + stratum.selected - stratum.assessed), 1
        )
        if isinstance(low, Undefined):
            return low
        assert not isinstance(high, Undefined)  # it is of the same denominators
        return Bounds(low, high)

    def __str__(self) -> str:
        share, interval, total = self.share, self.interval(), self.total
        if isinstance(share, Undefined) or isinstance(total, Undefined):
            lines = [f"share of {self.population:,} who met: {share}"]
        else:
            lines = [f"about {round(total):,} of {self.population:,} met: {percent(share)} ({interval})"]
        if any(stratum.assessed < stratum.selected for stratum in self.strata):
            lines.append(f"{self.bounds()}, whatever those not assessed did")
        if self.assumption:
            lines.append(f"assumed: {self.assumption}")
        return "\n  ".join([*lines, *map(str, self.strata)])


def _of_selected(stratum: Stratum, number: int) -> Fraction | Undefined:
    if not stratum.selected:
        return Undefined(f"nobody in {stratum.name} was selected")
    return Fraction(number, stratum.selected)


def stratified(strata: Iterable[Stratum]) -> Estimate:
    """Estimate the share of everyone who meets the guideline, from strata that answered in full.

    >>> short = Stratum("short last year", 40, 40, met=22, certain=True)
    >>> print(stratified([short, Stratum("others", 960, 48, met=45)]))
    about 922 of 1,000 met: 92.2% (85.6% to 98.8%, Student's t with 47 degrees of freedom, 95%)
      short last year: 40 chosen for a reason, 22 met
      others: 48 drawn from 960, 45 met

    Raises:
        CountError: somebody who was selected was not assessed, or two strata have one name.
    """
    given = _told_apart(strata)
    for stratum in given:
        if stratum.assessed < stratum.selected:
            raise CountError(
                f"{stratum.selected - stratum.assessed:,} of the {stratum.selected:,} selected in “{stratum.name}”"
                " were not assessed",
                why="Those who do not answer may be unlike those who do",
                remedy="Use by_weighting_classes, which says what it assumes, and give its bounds beside it",
                stratum=stratum,
            )
    return Estimate(given)


def by_weighting_classes(classes: Iterable[Stratum]) -> Estimate:
    """Estimate as ``stratified`` does where some did not answer: those who did stand for the others of their class.

    That is an assumption, which the result states, and no fact; its bounds need none.

    >>> answered = [Stratum("A", 5000, 250, assessed=200, met=192), Stratum("B", 2500, 125, assessed=60, met=48)]
    >>> print(by_weighting_classes(answered))
    about 6,800 of 7,500 met: 90.7% (86.8% to 94.5%, Student's t with 258 degrees of freedom, 95%)
      between 64.0% and 94.7%, whatever those not assessed did
      assumed: in each class, those not assessed are like those assessed
      A: 250 drawn from 5,000, 200 assessed, 192 met
      B: 125 drawn from 2,500, 60 assessed, 48 met

    Raises:
        CountError: two classes have one name.
    """
    return Estimate(_told_apart(classes), "in each class, those not assessed are like those assessed")


def _told_apart(strata: Iterable[Stratum]) -> tuple[Stratum, ...]:
    given = tuple(strata)
    names = Counter(stratum.name for stratum in given)
    if twice := sorted(name for name, number in names.items() if number > 1):
        raise CountError(
            f"There is more than one stratum called {', '.join(map(shown, twice))}",
            why="Whoever belongs to two would be counted twice",
            remedy="Give each a name of its own, and each member one stratum",
            names=tuple(twice),
        )
    return given
