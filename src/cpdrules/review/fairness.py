"""What a rate of review means for a member over the years, and for those who do the reviewing.

All in exact fractions, from the rate alone: they are promises of the rule, not what happened.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, log, log1p

from attrs import field, frozen

from cpdrules.amounts import HOUR, Amount, Figure
from cpdrules.errors import CountError, RateError, shown
from cpdrules.review.shares import Share, Undefined, as_percentage, as_share, counts_that_fit, percent


def _rate(rate: Share) -> Fraction:
    return as_share(rate, called="rate")


#: No rule is looked at over more years, nor leaves a member alone for more.
_LONGEST = 1_000


def _years(years: int, *, least: int = 0) -> int:
    if type(years) is not int or not least <= years <= _LONGEST:
        raise CountError(f"{shown(years)} is no whole number of years from {least} to {_LONGEST:,}", years=years)
    return years


@frozen
class Wait:
    """How long it takes until a member was reviewed once with a given chance.

    >>> print(chances("5%").wait("95%"))
    59 years (58.4) for a chance of 95%
    """

    #: In the first of so many whole years the chance is reached.
    years: int
    #: And as a number of years on a line through them.
    exactly: float
    chance: Fraction

    def __str__(self) -> str:
        years = "1 year" if self.years == 1 else f"{self.years:,} years"
        return f"{years} ({self.exactly:.1f}) for a chance of {as_percentage(self.chance)}"


@frozen
class Chances:
    """A rate of review by lot each year, and for how many years after it nobody is chosen again; see ``chances``."""

    rate: Fraction = field(converter=_rate)
    cooling_off: int = 0

    def __attrs_post_init__(self) -> None:
        if self.rate * (_years(self.cooling_off) + 1) > 1:
            raise RateError(
                f"{as_percentage(self.rate)} a year cannot be held with {self.cooling_off} years of cooling off",
                why="So many would be left alone that too few are left to choose from",
                remedy="Lower the rate, or the years",
                rate=self.rate,
                cooling_off=self.cooling_off,
            )

    def passed_over(self, year: int) -> Fraction:
        """Give the chance that one who was never chosen is not chosen in the given year either, counted from 1."""
        return self._passed_over(_years(year, least=1))

    def _passed_over(self, year: int) -> Fraction:
        return 1 - self.rate / (1 - self.rate * min(year - 1, self.cooling_off))

    def never(self, years: int) -> Fraction:
        """Give the chance never to be chosen in so many years.

        >>> print(percent(chances("5%").never(10)), percent(chances("5%", cooling_off=3).never(10)))
        59.9% 55.6%

        Raises:
            CountError: the years are no whole number from 0 to 1,000.
        """
        early = min(_years(years), self.cooling_off)
        chance = Fraction(1)
        for year in range(1, early + 1):
            chance *= self._passed_over(year)
        return chance * self._passed_over(early + 1) ** (years - early)

    def wait(self, chance: Share = "95%") -> Wait | Undefined:
        """Give after how many years a member was reviewed at least once, with the chance that is asked for.

        Raises:
            RateError: the chance is not exact, or nothing.
        """
        asked = as_share(chance, called="chance")
        if not asked:
            raise RateError("A chance of nothing needs no years", remedy='Write "95%"', share=chance)
        left = passed = Fraction(1)
        for year in range(1, self.cooling_off + 2):
            passed = self._passed_over(year)
            if left * passed <= 1 - asked:
                return Wait(year, year - 1 + _part(left, passed, asked), asked)
            left *= passed
        if passed == 1 or asked == 1:
            return Undefined("nobody is ever chosen" if passed == 1 else "a draw by lot never makes it certain")
        return self._later(left, passed, asked)

    def _later(self, left: Fraction, passed: Fraction, asked: Fraction) -> Wait:
        early = self.cooling_off + 1
        more = _part(left, passed, asked)
        whole = ceil(more)
        if whole <= _LONGEST:  # beyond, no power is worked out to settle what a float cannot tell
            whole -= left * passed ** (whole - 1) <= 1 - asked
            whole += left * passed**whole > 1 - asked
        return Wait(early + whole, early + more, asked)

    def __str__(self) -> str:
        off = f", none again for {self.cooling_off} years" if self.cooling_off else ""
        wait = self.wait()
        said = f"a review is {wait}" if isinstance(wait, Undefined) else f"one review takes {wait}"
        return (
            f"{as_percentage(self.rate)} of all members a year{off}:"
            f" {percent(self.never(10))} are never chosen in 10 years; {said}"
        )


def _part(left: Fraction, passed: Fraction, asked: Fraction) -> float:
    """Give how many years of one chance lead from what is left to what is asked for."""
    if not passed:
        return 1.0
    return log((1 - asked) / left) / log1p(-float(1 - passed))


def chances(rate: Share, *, cooling_off: int = 0) -> Chances:
    """Give what a rate means for one member: so much of **all** members, each year, by lot.

    With ``cooling_off`` those reviewed are left alone for so many years; the rate stays what it is, so that the others
    are chosen a little more often. The first year is the first of the rule: nobody is left alone in it.

    >>> print(chances("5%"))
    5% of all members a year: 59.9% are never chosen in 10 years; one review takes 59 years (58.4) for a chance of 95%

    Raises:
        RateError: the rate is not exact, or cannot be held with so many years of cooling off.
        CountError: the years are no whole number.
    """
    return Chances(rate, cooling_off)


@frozen
class Backstop:
    """A draw by lot, and a review for certain of whoever was not chosen for so many years; see ``backstop``."""

    rate: Fraction = field(converter=_rate)
    years: int

    def __attrs_post_init__(self) -> None:
        _years(self.years, least=1)

    @property
    def share(self) -> Fraction:
        """The share of all members reviewed each year, once the rule has run for long."""
        if not self.rate:
            return Fraction(1, self.years)
        return self.rate / (1 - (1 - self.rate) ** self.years)

    @property
    def apart(self) -> Fraction:
        """How many years lie between two reviews of a member, on average."""
        return 1 / self.share

    def __str__(self) -> str:
        return (
            f"{as_percentage(self.rate)} by lot, and everyone after {self.years} years:"
            f" {percent(self.share)} of members reviewed each year, {float(self.apart):.1f} years apart on average"
        )


def backstop(rate: Share, years: int) -> Backstop:
    """Give what it takes to review everyone within so many years: in each, ``rate`` of the members not due by lot.

    Whoever was not chosen in the years before the last of them is reviewed in it for certain.

    >>> print(backstop("5%", 10))
    5% by lot, and everyone after 10 years: 12.5% of members reviewed each year, 8.0 years apart on average

    Raises:
        RateError: the rate is not exact.
        CountError: the years are no whole number from 1 to 1,000.
    """
    return Backstop(rate, years)


@frozen
class Cost:
    """What a rate costs in a year: in reviews, and in assessors' time; see ``cost``."""

    members: int
    rate: Fraction
    reviews: int
    second_reviews: int
    hours: Amount

    def assessors(self, each: Figure) -> int:
        """Give how many assessors it takes, if each gives so many hours.

        Raises:
            AmountError: it is no number of hours.
            CountError: it is no time at all.
        """
        time = Amount.of(each, HOUR)
        if not time.grains:
            raise CountError("Assessors who give no time review nothing", remedy="Give the hours of each", each=each)
        return ceil(Fraction(self.hours.grains, time.grains))

    def __str__(self) -> str:
        again = f" and {self.second_reviews:,} second reviews" if self.second_reviews else ""
        return (
            f"{as_percentage(self.rate)} of {self.members:,} members:"
            f" {self.reviews:,} reviews{again}, {self.hours} of assessors' time a year"
        )


def cost(members: int, rate: Share, *, each: Figure, second_reviews: Share = 0) -> Cost:
    """Give what a rate costs: ``each`` is how long a review takes, ``second_reviews`` the share that is judged twice.

    Both are rounded up to whole reviews, exactly: 7% of 100 is 7.

    >>> print(cost(8_000, "5%", each="1h30", second_reviews="10%"))
    5% of 8,000 members: 400 reviews and 40 second reviews, 660 h of assessors' time a year

    Raises:
        CountError: the number of members is none.
        RateError: a rate is not exact.
        AmountError: the time is none.
    """
    counts_that_fit(members=members)
    exact = _rate(rate)
    first = ceil(exact * members)
    second = ceil(as_share(second_reviews, called="rate") * first)
    return Cost(members, exact, first, second, Amount.of(each, HOUR) * (first + second))
