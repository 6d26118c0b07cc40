"""How far two assessors agree who judged the same returns without knowing of one another.

Counts first, then coefficients. Where nearly all answers are the same, Cohen's kappa is low however much is agreed
upon; Gwet's AC1 stands beside it, and a sentence says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.errors import CountError, shown
from cpdrules.review.shares import Undefined, counts_that_fit, percent
from cpdrules.verdicts import Verdict

#: A coefficient is exact, or there is none.
Coefficient: TypeAlias = "Fraction | Undefined"

#: What an assessor may say of a return.
Answer: TypeAlias = "Verdict | str"


def _rows(counts: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in counts)


def _answers(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(map(_answer, answers))


@frozen
class Agreement:
    """How often the first assessor gave each answer (rows) where the second gave each (columns).

    >>> print(Agreement(("met", "not met"), [[92, 3], [4, 1]]))
    93 of 100 returns were judged alike by both: 93.0%
      met, met: 92; met, not met: 3; not met, met: 4; not met, not met: 1
      Cohen's kappa 0.186, PABAK 0.860, Gwet's AC1 0.923
      Kappa is low although most is agreed upon: nearly all answers are alike, so that chance would agree on 91.4% by
      itself. Go by the counts and AC1.

    Raises:
        CountError: there are not as many rows and columns as answers, or two answers are one.
    """

    answers: tuple[str, ...] = field(converter=_answers)
    counts: tuple[tuple[int, ...], ...] = field(converter=_rows)

    def __attrs_post_init__(self) -> None:
        size = len(self.answers)
        if [size] * size != [len(row) for row in self.counts] or len(set(self.answers)) != size:
            raise CountError(
                f"{size} answers ({', '.join(self.answers)}) need as many rows, as many columns and a name each",
                answers=self.answers,
                counts=self.counts,
            )
        for row in self.counts:
            for number in row:
                counts_that_fit(judged_so=number)

    @property
    def total(self) -> int:
        """How many returns both judged."""
        return sum(map(sum, self.counts))

    @property
    def alike(self) -> int:
        """How many of them both judged alike."""
        return sum(row[place] for place, row in enumerate(self.counts))

    @property
    def share(self) -> Coefficient:
        """The share that both judged alike."""
        return Fraction(self.alike, self.total) if self.total else _NONE

    @property
    def by_chance(self) -> Coefficient:
        """The share that would be alike if each gave as many of each answer, in an order of its own."""
        if not self.total:
            return _NONE
        return Fraction(sum(a * b for a, b in zip(self._first, self._second, strict=True)), self.total**2)

    @property
    def _first(self) -> list[int]:
        return [sum(row) for row in self.counts]

    @property
    def _second(self) -> list[int]:
        return [sum(column) for column in zip(*self.counts, strict=True)]

    @property
    def kappa(self) -> Coefficient:
        """Cohen's kappa: how much of what chance leaves open is agreed upon."""
        return _beyond(self.share, self.by_chance)

    @property
    def pabak(self) -> Coefficient:
        """The same, were every answer equally likely: kappa adjusted for prevalence and bias."""
        if len(self.answers) < 2:
            return _ONE_ANSWER
        return _beyond(self.share, Fraction(1, len(self.answers)))

    @property
    def ac1(self) -> Coefficient:
        """Gwet's AC1, which does not fall where nearly all answers are the same."""
        if len(self.answers) < 2:
            return _ONE_ANSWER
        if not self.total:
            return _NONE
        both = [Fraction(a + b, 2 * self.total) for a, b in zip(self._first, self._second, strict=True)]
        return _beyond(self.share, sum((p * (1 - p) for p in both), Fraction(0)) / (len(both) - 1))

    def weighted_kappa(self, weights: Literal["linear", "quadratic"] = "linear") -> Coefficient:
        """Give Cohen's kappa for answers in their order, where two that stand further apart disagree more."""
        if not self.total:
            return _NONE
        power = {"linear": 1, "quadratic": 2}[weights]
        places = range(len(self.answers))
        apart = {(i, j): abs(i - j) ** power for i in places for j in places}
        seen = sum(apart[i, j] * self.counts[i][j] for i, j in apart)
        chance = sum(apart[i, j] * self._first[i] * self._second[j] for i, j in apart)
        return 1 - Fraction(seen * self.total, chance) if chance else _ALL_ALIKE

    @property
    def paradox(self) -> str:
        """What to say where much is agreed upon and kappa is low, or cannot be had; nothing elsewhere."""
        share, chance, kappa = self.share, self.by_chance, self.kappa
        if isinstance(share, Undefined) or isinstance(chance, Undefined) or share < _MUCH:
            return ""
        if isinstance(kappa, Undefined):
            return "There is no kappa, since all answers are alike. Go by the counts."
        if kappa >= _LITTLE:
            return ""
        return (
            "Kappa is low although most is agreed upon: nearly all answers are alike, so that chance would agree on"
            f" {percent(chance)} by\n  itself. Go by the counts and AC1."
        )

    def __str__(self) -> str:
        share = self.share
        if isinstance(share, Undefined):
            return f"agreement is {share}"
        said = enumerate(self.answers)
        cells = [f"{a}, {b}: {self.counts[i][j]:,}" for i, a in said for j, b in enumerate(self.answers)]
        lines = [
            f"{self.alike:,} of {self.total:,} returns were judged alike by both: {percent(share)}",
            "; ".join(cells),
            f"Cohen's kappa {_shown(self.kappa)}, PABAK {_shown(self.pabak)}, Gwet's AC1 {_shown(self.ac1)}",
            self.paradox,
        ]
        return "\n  ".join(line for line in lines if line)


_NONE = Undefined("no return was judged twice")
_ONE_ANSWER = Undefined("there is only one answer to give; name those that nobody gave, too")
_ALL_ALIKE = Undefined("all answers are alike, so that chance alone would agree on all of them")

#: From where on much is agreed upon, and below which kappa is low: rules of thumb for a sentence, and for nothing else.
_MUCH, _LITTLE = Fraction(4, 5), Fraction(2, 5)


def agreement(pairs: Iterable[tuple[Answer, Answer]], *, answers: Iterable[Answer] = ()) -> Agreement:
    """Count what two assessors said of the same returns; ``answers`` are all that they could give, in their order.

    >>> agreement([("met", "met"), ("met", "not met")], answers=["met", "not met"]).counts
    ((1, 1), (0, 0))

    Raises:
        CountError: an answer is no word, is named twice, or is not among those that could be given.
    """
    given = Counter((_answer(first), _answer(second)) for first, second in pairs)
    known = _answers(answers) or tuple(sorted({answer for pair in given for answer in pair}))
    for answer in (answer for pair in given for answer in pair):
        if answer not in known:
            raise CountError(
                f"{shown(answer)} is not among the answers that could be given",
                why=f"They are {', '.join(map(shown, known))}",
                answer=answer,
                answers=known,
            )
    return Agreement(known, [[given[first, second] for second in known] for first in known])


def _answer(answer: object) -> str:
    word = answer.value if isinstance(answer, Verdict) else answer
    if not isinstance(word, str) or not word:
        raise CountError(f"{shown(answer)} is no answer", remedy="Give a verdict or a word", answer=answer)
    return word


def _beyond(seen: Coefficient, chance: Coefficient) -> Coefficient:
    if isinstance(seen, Undefined) or isinstance(chance, Undefined):
        return _NONE
    return (seen - chance) / (1 - chance) if chance != 1 else _ALL_ALIKE


def _shown(value: Coefficient) -> str:
    return "undefined" if isinstance(value, Undefined) else f"{float(value):.3f}"


# More than two --------------------------------------------------------------------------------------------------------


def fleiss_kappa(returns: Iterable[Sequence[int]]) -> Coefficient:
    """Give Fleiss' kappa, where equally many assessors judged each return: per return, how many gave each answer.

    >>> fleiss_kappa([[3, 0], [0, 3], [2, 1]])
    Fraction(11, 20)

    Raises:
        CountError: the returns have not equally many answers and assessors, or fewer than two assessors.
    """
    rows = _rows(returns)
    if not rows:
        return _NONE
    size, judges = len(rows[0]), sum(rows[0])
    for place, row in enumerate(rows, start=1):
        for number in row:
            counts_that_fit(judged_so=number)
        if len(row) != size or sum(row) != judges or judges < 2:
            raise CountError(
                f"Return {place} was judged by {sum(row)} with {len(row)} answers, the first by {judges} with {size}",
                why="Each return needs the same answers to give, and equally many assessors, two at least",
                remedy="Use krippendorff_alpha, which can do with gaps",
                row=row,
            )
    alike = Fraction(sum(n * (n - 1) for row in rows for n in row), len(rows) * judges * (judges - 1))
    chance = Fraction(sum(sum(column) ** 2 for column in zip(*rows, strict=True)), (len(rows) * judges) ** 2)
    return _beyond(alike, chance)


#: What is measured: names, places in an order, numbers on a scale, or numbers with a true nought.
Scale: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(returns: Iterable[Sequence[int | Fraction | None]], *, scale: Scale = "nominal") -> Coefficient:
    """Give Krippendorff's alpha: per return, what each assessor answered, as a number; None where one gave no answer.

    A return that fewer than two judged says nothing of agreement, and is left out.

    >>> krippendorff_alpha([[1, 1], [2, 2], [1, 2], [3, None]])
    Fraction(4, 9)

    Raises:
        CountError: an answer is no exact number, or is negative where there is a true nought.
    """
    units = [Counter(_number(value, scale) for value in one if value is not None) for one in returns]
    units = [unit for unit in units if unit.total() > 1]
    if not units:
        return _NONE
    sizes: Counter[Fraction] = sum(units, Counter())
    apart = _DISTANCES[scale](sizes)
    total = sizes.total()
    seen = sum((Fraction(_disagreed(unit, apart), unit.total() - 1) for unit in units), Fraction(0))
    chance = _disagreed(sizes, apart)
    return 1 - (total - 1) * seen / chance if chance else _ALL_ALIKE


Distance: TypeAlias = Callable[[Fraction, Fraction], Fraction]


def _disagreed(sizes: Counter[Fraction], apart: Distance) -> Fraction:
    """Add up how far apart all ordered pairs of answers are."""
    return sum((apart(a, b) * sizes[a] * sizes[b] for a in sizes for b in sizes if a != b), Fraction(0))


def _number(value: object, scale: Scale) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)) or (scale == "ratio" and value < 0):
        raise CountError(
            f"{shown(value)} is no answer on this scale ({scale})",
            remedy="Give whole numbers or Fractions, and None where there was no answer",
            value=value,
            scale=scale,
        )
    return Fraction(value)


def _ordinal(sizes: Counter[Fraction]) -> Distance:
    values = sorted(sizes)
    below = dict(zip(values, accumulate((sizes[value] for value in values), initial=0), strict=False))
    rank = {value: below[value] + Fraction(sizes[value], 2) for value in values}
    return lambda a, b: (rank[a] - rank[b]) ** 2


_DISTANCES: dict[Scale, Callable[[Counter[Fraction]], Distance]] = {
    "nominal": lambda _: lambda _a, _b: Fraction(1),
    "ordinal": _ordinal,
    "interval": lambda _: lambda a, b: (a - b) ** 2,
    "ratio": lambda _: lambda a, b: ((a - b) / (a + b)) ** 2,
}
