"""How a review turned out: counts with names, each among those it is counted from.

No share without its denominator: of those selected, of those who responded, of those assessed. Those of whom nothing is
known are bounds, and no guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from attrs import Factory, field, frozen

from cpdrules.errors import CountError, shown
from cpdrules.review.intervals import CountInterval, Interval, clopper_pearson, hypergeometric, wilson
from cpdrules.review.shares import Share, Undefined, as_level, counts_that_fit, percent
from cpdrules.verdicts import Verdict

#: Who is counted, each group among those before it.
Group: TypeAlias = Literal["selected", "responded", "assessed", "met"]


@frozen
class Proportion:
    """So many of so many, both with their names.

    >>> print(Proportion(128, 143, among="selected", said="were accepted"))
    128 of 143 selected were accepted: 89.5% (83.4% to 93.5%, Wilson, 95%)

    Raises:
        CountError: more than there are.
        RateError: the level is not exact.
    """

    number: int
    of: int
    #: The name of the denominator.
    among: str
    #: What is said of the number: ``met``, ``were accepted``.
    said: str = "met"
    level: Fraction = field(default=Fraction(19, 20), converter=as_level)

    def __attrs_post_init__(self) -> None:
        counts_that_fit(self.number, self.of, of=self.of, number=self.number)

    @property
    def share(self) -> Fraction | Undefined:
        """The share itself."""
        return Fraction(self.number, self.of) if self.of else Undefined(f"nobody was {self.among}")

    @property
    def wilson(self) -> Interval | Undefined:
        """Where the share of a population without end may lie: for charts."""
        return wilson(self.number, self.of, level=self.level)

    @property
    def clopper_pearson(self) -> Interval | Undefined:
        """The same, never narrower than its level allows."""
        return clopper_pearson(self.number, self.of, level=self.level)

    def within(self, population: int) -> CountInterval | Undefined:
        """Give how many of everyone there may be, if these were drawn from them at random and all of them answered."""
        return hypergeometric(self.number, self.of, population, level=self.level)

    def __str__(self) -> str:
        start = f"{self.number:,} of {self.of:,} {self.among} {self.said}"
        share, interval = self.share, self.wilson
        return f"{start}: {share}" if isinstance(share, Undefined) else f"{start}: {percent(share)} ({interval})"


@frozen
class Bounds:
    """Between what a share must lie, whatever those were like of whom nothing is known."""

    low: Fraction
    high: Fraction

    def __contains__(self, share: Fraction | float) -> bool:
        return self.low <= share <= self.high

    def __str__(self) -> str:
        return f"between {percent(self.low)} and {percent(self.high)}"


@frozen
class Outcomes:
    """How a review turned out: each group is counted among the one before it.

    >>> hcpc = Outcomes(143, responded=128, met=128, reasons={"deferred": 8, "left": 5, "did not renew": 2})
    >>> print(hcpc.share("met", of="assessed"))
    128 of 128 assessed met: 100% (97.1% to 100%, Wilson, 95%)

    Raises:
        CountError: the counts contradict one another.
    """

    #: All who were chosen, whatever became of it.
    selected: int
    #: Those who handed something in.
    responded: int
    #: Those on whom there is a judgement; everyone who responded, where it is not said.
    assessed: int = field(default=Factory(lambda self: self.responded, takes_self=True), kw_only=True)
    met: int = field(kw_only=True)
    #: Why some of the others were not assessed: so many for each reason.
    reasons: Mapping[str, int] = field(factory=dict, kw_only=True)

    def __attrs_post_init__(self) -> None:
        counts_that_fit(self.met, self.assessed, self.responded, self.selected, **self._counts())
        for number in self.reasons.values():
            counts_that_fit(who_have_one_reason=number)
        explained = sum(self.reasons.values())
        if explained > self.not_assessed:
            raise CountError(
                f"{explained:,} have a reason for not being assessed, and only {self.not_assessed:,} were not",
                remedy="Count each member once",
                reasons=dict(self.reasons),
                **self._counts(),
            )

    def _counts(self) -> dict[str, Any]:
        return {
            "selected": self.selected,
            "responded": self.responded,
            "assessed": self.assessed,
            "met": self.met,
        }

    @property
    def not_assessed(self) -> int:
        """Those selected of whom nothing is known: they did not respond, or nobody could judge what they handed in."""
        return self.selected - self.assessed

    def share(self, group: Group, *, of: Group, said: str = "", level: Share = "95%") -> Proportion:
        """Give one group as a share of a larger one.

        Raises:
            CountError: the second is not the larger.
            RateError: the level is not exact.
        """
        counts = self._counts()
        return Proportion(counts[group], counts[of], among=of, said=said or _SAID[group], level=level)

    def bounds(self) -> Bounds | Undefined:
        """Give the share of those selected who met, if none of those not assessed did, and if all of them did.

        >>> print(Outcomes(400, responded=340, met=320).bounds())
        between 80.0% and 95.0%
        """
        if not self.selected:
            return Undefined("nobody was selected")
        low = Fraction(self.met, self.selected)
        return Bounds(low, low + Fraction(self.not_assessed, self.selected))

    def __str__(self) -> str:
        lines = [", ".join(f"{number:,} {group}" for group, number in self._counts().items())]
        if self.not_assessed:
            unsaid = self.not_assessed - sum(self.reasons.values())
            why = [*sorted(self.reasons.items(), key=lambda item: (-item[1], item[0])), ("no reason recorded", unsaid)]
            lines.append("  not assessed: " + ", ".join(f"{number:,} {reason}" for reason, number in why if number))
        lines += [f"  {self.share('met', of='selected')}", f"  {self.share('met', of='assessed')}"]
        if self.not_assessed:
            lines.append(f"  of those selected {self.bounds()}, whatever the {self.not_assessed:,} not assessed did")
        return "\n".join(lines)


_SAID: dict[str, str] = {
    "selected": "were selected",
    "responded": "responded",
    "assessed": "were assessed",
    "met": "met",
}


def tally(results: Iterable[Verdict | str], *, handed_in: Collection[str] = ()) -> Outcomes:
    """Count the results of a review, one for each member who was selected.

    A verdict says how the record was judged; a text says why it was not, such as ``"deferred"`` or ``"no answer"``.
    Members with a reason among ``handed_in`` did respond, and so did those on whom the assessor cannot tell or whom the
    guideline turned out not to ask; neither counts as assessed.

    >>> print(tally([*[Verdict.MET] * 8, Verdict.NOT_MET, "deferred"]).share("met", of="selected"))
    8 of 10 selected met: 80.0% (49.0% to 94.3%, Wilson, 95%)

    Raises:
        CountError: a result is neither a verdict nor a reason.
    """
    judged: Counter[Verdict] = Counter()
    reasons: Counter[str] = Counter()
    for result in results:
        if isinstance(result, Verdict):
            judged[result] += 1
        else:
            reasons[_reason(result)] += 1
    assessed = judged[Verdict.MET] + judged[Verdict.NOT_MET]
    selected = judged.total() + reasons.total()
    responded = judged.total() + sum(reasons[reason] for reason in set(handed_in))
    for verdict in (Verdict.CANNOT_TELL, Verdict.DOES_NOT_APPLY):
        if judged[verdict]:
            reasons[verdict.value] += judged[verdict]
    return Outcomes(selected, responded, assessed=assessed, met=judged[Verdict.MET], reasons=dict(reasons))


def _reason(result: object) -> str:
    if isinstance(result, str) and result:
        return result
    raise CountError(
        f"{shown(result)} is neither a verdict nor a reason",
        remedy="Say in words why nothing was judged",
        result=result,
    )
