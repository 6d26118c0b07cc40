"""Intervals: from where to where the share of a whole population may lie, after a part of it was drawn and looked at.

The exact one counts possible populations in whole numbers, and is the one to say "at least so many" by. Wilson's is
short and good for charts; Clopper and Pearson's serves where the population is without end.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

from attrs import frozen

from cpdrules.review.shares import Share, Undefined, as_level, as_percentage, counts_that_fit, percent


@frozen
class Interval:
    """From where to where a share may lie.

    >>> print(wilson(128, 143))
    83.4% to 93.5%, Wilson, 95%
    """

    low: float
    high: float
    #: By whose method, or on which assumption.
    method: str
    level: Fraction

    def __contains__(self, share: Fraction | float) -> bool:
        return self.low <= share <= self.high

    def __str__(self) -> str:
        return f"{percent(self.low)} to {percent(self.high)}, {self.method}, {as_percentage(self.level)}"


@frozen
class CountInterval:
    """From how many to how many of a population there may be, in whole numbers.

    >>> print(hypergeometric(45, 51, 1001))
    766 to 955 of 1,001 (76.5% to 95.4%, exact, 95%)
    """

    low: int
    high: int
    population: int
    level: Fraction

    @property
    def shares(self) -> tuple[Fraction, Fraction]:
        """Both ends as shares of the population."""
        return Fraction(self.low, self.population), Fraction(self.high, self.population)

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        low, high = map(percent, self.shares)
        about = f"{low} to {high}, exact, {as_percentage(self.level)}"
        return f"{self.low:,} to {self.high:,} of {self.population:,} ({about})"


def wilson(number: int, of: int, *, level: Share = "95%") -> Interval | Undefined:
    """Give Wilson's interval for ``number`` out of ``of``; it covers a shade less than its level for some shares.

    Raises:
        CountError: there are more than there can be.
        RateError: the level is not exact.
    """
    confidence = as_level(level)
    counts_that_fit(number, of, of=of, number=number)
    if not of:
        return _NOBODY
    z = normal_quantile(confidence)
    return Interval(_wilson_low(number, of, z), 1 - _wilson_low(of - number, of, z), "Wilson", confidence)


def _wilson_low(number: int, of: int, z: float) -> float:
    if not number:
        return 0.0
    return (2 * number + z * z - z * sqrt(z * z + 4 * number * (of - number) / of)) / (2 * (of + z * z))


def clopper_pearson(number: int, of: int, *, level: Share = "95%") -> Interval | Undefined:
    """Give Clopper and Pearson's interval: it covers at least its level, whatever the share, and is wider for it.

    Raises:
        CountError: there are more than there can be.
        RateError: the level is not exact.
    """
    confidence = as_level(level)
    counts_that_fit(number, of, of=of, number=number)
    if not of:
        return _NOBODY
    tail = float((1 - confidence) / 2)
    low, high = _binomial_low(number, of, tail), 1 - _binomial_low(of - number, of, tail)
    return Interval(low, high, "Clopper-Pearson", confidence)


def _binomial_low(number: int, of: int, tail: float) -> float:
    return beta_quantile(tail, number, of - number + 1) if number else 0.0


_NOBODY = Undefined("there is nobody to take a share of")


def hypergeometric(number: int, of: int, population: int, *, level: Share = "95%") -> CountInterval | Undefined:
    """Give how many of a population there may be, when ``of`` were drawn at random and ``number`` were found.

    No population outside it would show so few, or so many, in more than half of what the level leaves over. It covers
    at least its level whatever the truth, and a census gives a point. Decided in whole numbers wherever they have up to
    60,000 binary digits: any population up to 60,000, and 168,000 of whom one in twenty was drawn.

    Raises:
        CountError: there are more than there can be.
        RateError: the level is not exact.
    """
    confidence = as_level(level)
    counts_that_fit(number, of, population, population=population, of=of, number=number)
    if not population:
        return _NOBODY
    tail = (1 - confidence) / 2
    low = _fewest(number, of, population, tail)
    return CountInterval(low, population - _fewest(of - number, of, population, tail), population, confidence)


def _fewest(number: int, of: int, population: int, tail: Fraction) -> int:
    """Give the smallest number in the population that shows ``number`` or more with more than the tail's chance."""
    low, high = number, population - (of - number)
    near = log(tail)
    first, last = low, high
    while first < last:
        middle = (first + last) // 2
        if _log_chance_of_more(number, of, middle, population) > near:
            last = middle
        else:
            first = middle + 1
    if _log_comb(population, of) > _DIGITS:
        return first
    while first > low and _shows(number, of, first - 1, population, tail):
        first -= 1
    while not _shows(number, of, first, population, tail):
        first += 1
    return first


#: Up to 60,000 binary digits.
_DIGITS = 60_000 * log(2)


def _log_chance_of_more(number: int, of: int, holding: int, population: int) -> float:
    """Give the logarithm of the chance to draw ``number`` or more, in floating point; from the mean down, 0 will do."""
    if number * population <= of * holding:
        return 0.0
    rest = population - holding
    total = term = 1.0
    for drawn in range(number, min(of, holding)):
        term *= (holding - drawn) * (of - drawn) / ((drawn + 1) * (rest - of + drawn + 1))
        total += term
        if term < total * 1e-18:
            break
    return _log_comb(holding, number) + _log_comb(rest, of - number) - _log_comb(population, of) + log(total)


def _log_comb(of: int, number: int) -> float:
    return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)


def _shows(number: int, of: int, holding: int, population: int, tail: Fraction) -> bool:
    """Tell exactly whether ``number`` or more are drawn with more than the tail's chance.

    The ways to draw them are added up until they are too many, or until those still to come can no longer be.
    """
    rest, most = population - holding, min(of, holding)
    limit = tail.numerator * comb(population, of) // tail.denominator
    ways = total = comb(holding, number) * comb(rest, of - number)
    for drawn in range(number, most):
        if total > limit:
            break
        more = ways * (holding - drawn) * (of - drawn) // ((drawn + 1) * (rest - of + drawn + 1))
        if more <= ways and total + more * (most - drawn) <= limit:
            return False
        ways = more
        total += more
    return total > limit


# Distributions --------------------------------------------------------------------------------------------------------


def normal_quantile(level: Fraction) -> float:
    """Give how many standard errors either way hold so much of a normal distribution."""
    return NormalDist().inv_cdf(float((1 + level) / 2))


def t_quantile(level: Fraction, degrees: int) -> float:
    """Give how many standard errors either way hold so much of Student's t distribution."""
    x = beta_quantile(float(1 - level), degrees / 2, 0.5)
    return sqrt(degrees * (1 - x) / x)


def beta_quantile(chance: float, a: float, b: float) -> float:
    """Give the share below which so much of a beta distribution lies."""
    return _root(lambda x: _beta(x, a, b) - chance)


def _root(rising: Callable[[float], float]) -> float:
    """Halve from 0 to 1 until no number lies between."""
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return middle


def _beta(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function, by its continued fraction on the side where it is quick."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front / _continued(x, a, b)


def _continued(x: float, a: float, b: float) -> float:
    """Work the fraction from the back: as many steps as it needs, some multiple of the square root of its size."""
    value = 1.0
    for step in range(20 + 6 * int(sqrt(max(a, b))), 0, -1):
        m, odd = divmod(step, 2)
        if odd:
            part = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        value = 1 + part / value
    return value
