"""How many of each stratum: at a rate, so many in all, or by quotas that somebody else worked out.

A word says how (``at_rate``, ``so_many``, ``quotas``), and is published with the draw; an allotment is what comes of it
for strata of given sizes. Whatever is tied goes to the larger stratum, then to the first by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heapify, heapreplace
from typing import TypeAlias, TypeVar

from attrs import evolve, field, frozen

from cpdrules.errors import shown
from cpdrules.review.sizes import Direction, Exact, SizeError, as_rate, exact, rounded, share, size_at, whole

_Value = TypeVar("_Value")


@frozen
class Allotment:
    """How many are drawn of each stratum, and what a reader should know of that."""

    method: str
    #: How many there are, by stratum.
    sizes: Mapping[str, int]
    #: How many are drawn, by stratum.
    quotas: Mapping[str, int]
    #: The exact shares that the quotas come near to; empty where there are none.
    shares: Mapping[str, Fraction] = field(factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many are drawn in all."""
        return sum(self.quotas.values())

    def __str__(self) -> str:
        lines = [f"{self.total} of {sum(self.sizes.values())}, {self.method}"]
        lines += [f"  {name}: {quota} of {self.sizes[name]}" for name, quota in self.quotas.items()]
        return "\n".join((*lines, *(f"  note: {note}" for note in self.notes)))


@frozen
class AtRate:
    """A rate in each stratum; see ``at_rate``."""

    #: For every stratum, or for each by name.
    rate: Fraction | Mapping[str, Fraction]
    rounding: Direction = "up"
    least: int = 0

    def allot(self, sizes: Mapping[str, int]) -> Allotment:
        """Work the quotas out for strata of these sizes.

        Raises:
            SizeError: a stratum has no rate, or a rate no stratum.
        """
        counted = _counted(sizes)
        if isinstance(self.rate, Fraction):
            rates: Mapping[str, Fraction] = dict.fromkeys(counted, self.rate)
        else:
            rates = self.rate
            _same_names(counted, rates, "rate")
        found = {
            name: size_at(rates[name], size, rounding=self.rounding, least=self.least) for name, size in counted.items()
        }
        shares = {name: rates[name] * size for name, size in counted.items()}
        return _allotted(str(self), counted, found, shares)

    def __str__(self) -> str:
        rates = self.rate if isinstance(self.rate, Mapping) else {"": self.rate}
        texts = [f"{as_rate(rate)} {f'of {name}' if name else 'of each stratum'}" for name, rate in rates.items()]
        return f"{', '.join(texts)}, rounded {self.rounding.replace('_', ' ')}{_at_least(self.least)}"


@frozen
class SoMany:
    """A number in all, divided by Webster's method; see ``so_many``."""

    number: int
    least: int = 0
    #: Whether all are taken where there are fewer than asked for.
    census: bool = field(default=False, kw_only=True)

    def allot(self, sizes: Mapping[str, int]) -> Allotment:
        """Work the quotas out for strata of these sizes.

        Raises:
            SizeError: there are fewer people than asked for and a census is not allowed, or the minimums need more.
        """
        counted = _counted(sizes)
        everybody = sum(counted.values())
        short = self.census and everybody < self.number
        found = webster(counted, everybody if short else self.number, least=self.least)
        notes = (f"there are only {everybody}, and all are taken",) if short else ()
        return evolve(found, method=str(self), notes=(*notes, *found.notes))

    def __str__(self) -> str:
        all_of_them = ", or all where there are fewer" if self.census else ""
        return f"{self.number} in all{all_of_them}, divided by Webster's method{_at_least(self.least)}"


@frozen
class Quotas:
    """A number for each stratum; see ``quotas``."""

    numbers: Mapping[str, int]
    #: Whether all of a stratum are taken where there are fewer than asked for.
    census: bool = field(default=False, kw_only=True)

    def allot(self, sizes: Mapping[str, int]) -> Allotment:
        """Check the quotas against strata of these sizes.

        Raises:
            SizeError: a stratum has no quota, a quota no stratum, or a stratum is too small and no census is allowed.
        """
        counted = _counted(sizes)
        _same_names(counted, self.numbers, "quota")
        if not self.census:
            for name, size in counted.items():
                _not_above(self.numbers[name], size, f"the stratum {name!r}")
        found = {name: min(self.numbers[name], size) for name, size in counted.items()}
        all_taken = (f"{name} has only {counted[name]}, and all are taken" for name in found)
        notes = tuple(note for note, name in zip(all_taken, found, strict=True) if found[name] < self.numbers[name])
        return _allotted(str(self), counted, found, {}, notes)

    def __str__(self) -> str:
        texts = ", ".join(f"{number} of {name}" for name, number in self.numbers.items())
        return f"{texts}{', or all where there are fewer' if self.census else ''}"


#: What says how many are drawn of each stratum.
How: TypeAlias = AtRate | SoMany | Quotas


def at_rate(rate: Exact | Mapping[str, Exact], *, rounding: Direction = "up", least: int = 0) -> AtRate:
    """Draw a rate of each stratum, or of each its own, and no fewer than ``least`` (or all, where they are fewer).

    >>> print(at_rate("5%").allot({"CEng": 600, "IEng": 300, "EngTech": 101}))
    51 of 1001, 5% of each stratum, rounded up
      CEng: 30 of 600
      EngTech: 6 of 101
      IEng: 15 of 300

    Raises:
        SizeError: a rate is not exact or above 1, or nobody rounds that way.
    """
    rounded(Fraction(0), rounding)
    rates = {name: share(one) for name, one in _by_name(rate)} if isinstance(rate, Mapping) else share(rate)
    return AtRate(rates, rounding, whole(least, "minimum"))


def so_many(number: int, *, least: int = 0, census: bool = False) -> SoMany:
    """Draw so many in all, divided among strata by Webster's method, and at least ``least`` of each.

    One more in all is one more in some stratum, and one fewer in none. Who must be included is not among them: to have
    50 in all beside 12 of these, draw 38.

    Raises:
        SizeError: a number is not whole.
    """
    return SoMany(whole(number, "number to draw"), whole(least, "minimum"), census=census)


def quotas(numbers: Mapping[str, int], *, census: bool = False) -> Quotas:
    """Draw a number of each stratum that was settled elsewhere, by ``neyman`` say.

    Raises:
        SizeError: a number is not whole.
    """
    return Quotas({name: whole(number, "quota") for name, number in _by_name(numbers)}, census=census)


def webster(sizes: Mapping[str, int], number: int, *, least: int = 0) -> Allotment:
    """Divide a number in proportion by Webster's method (Sainte-Laguë): each next seat to whom it is owed the most.

    >>> dict(webster({"a": 6, "b": 6, "c": 2}, 11).quotas)
    {'a': 5, 'b': 5, 'c': 1}

    Raises:
        SizeError: there are fewer people, or the minimums need more.
    """
    counted = _counted(sizes)
    shares = _proportional(counted, number)
    weights = {name: Fraction(size) for name, size in counted.items()}
    floors = _floors(counted, number, least)
    found = _seated(weights, counted, floors, number - sum(floors.values()))
    return _allotted(f"by Webster's method{_at_least(least)}", counted, found, shares)


def neyman(sizes: Mapping[str, int], spreads: Mapping[str, Exact], number: int, *, least: int = 0) -> Allotment:
    """Divide a number by size times spread, so that the estimate varies the least (Neyman, 1934); Webster rounds it.

    ``spreads`` holds each stratum's standard deviation, in any unit. A stratum that would be given more people than it
    has is taken whole, and the others share the rest.

    >>> dict(neyman({"a": 155, "b": 62, "c": 93}, {"a": 5, "b": 15, "c": 10}, 34).quotas)
    {'a': 10, 'b': 12, 'c': 12}

    Raises:
        SizeError: a stratum has no spread, a spread is not exact, or there are too few people.
    """
    counted = _counted(sizes)
    _same_names(counted, spreads, "spread")
    weights = {name: exact(spreads[name], "spread") * size for name, size in counted.items()}
    floors = _floors(counted, number, least)
    found = _seated(weights, counted, floors, number - sum(floors.values()))
    heavy = sum(weights.values())
    shares = {name: number * weight / heavy for name, weight in weights.items()} if heavy else {}
    full = (f"{name} would be given more than it has, and is taken whole" for name in shares)
    notes = tuple(note for note, name in zip(full, shares, strict=True) if shares[name] > counted[name])
    return _allotted(f"by Neyman's allocation{_at_least(least)}", counted, found, shares, notes)


def largest_remainder(sizes: Mapping[str, int], number: int, *, least: int = 0) -> Allotment:
    """Divide a number in proportion, rounded down, and give what is left to the largest remainders (Hamilton).

    It has the Alabama paradox: one more in all can be one *fewer* in some stratum, so that drawing one more un-draws
    somebody. The result says so; ``webster`` has no such fault. Strata whose share is below the minimum get it, and the
    others divide the rest.

    >>> sizes = {"a": 6, "b": 6, "c": 2}
    >>> dict(largest_remainder(sizes, 10).quotas), dict(largest_remainder(sizes, 11).quotas)
    ({'a': 4, 'b': 4, 'c': 2}, {'a': 5, 'b': 5, 'c': 1})

    Raises:
        SizeError: there are fewer people, or the minimums need more.
    """
    counted = _counted(sizes)
    shares = _proportional(counted, number)
    floors = _floors(counted, number, least)
    fixed: dict[str, int] = {}
    while True:
        rest = {name: size for name, size in counted.items() if name not in fixed}
        parts = _proportional(rest, number - sum(fixed.values()))
        below = {name: floors[name] for name, part in parts.items() if part < floors[name]}
        if not below:
            break
        fixed |= below
    found = fixed | {name: int(part) for name, part in parts.items()}
    owed = sorted(parts, key=lambda name: (int(parts[name]) - parts[name], -counted[name], name))
    for name in owed[: number - sum(found.values())]:
        found[name] += 1
    note = "by largest remainder, so drawing more may take somebody out (the Alabama paradox); Webster's method cannot"
    return _allotted(f"by largest remainder{_at_least(least)}", counted, found, shares, (note,))


def continued(allotment: Allotment, held: Mapping[str, int], more: int) -> dict[str, int]:
    """Give how many of each stratum follow where ``held`` are drawn already and some more are wanted in all.

    They are given out one by one by Webster's method, so that nobody drawn is taken out.

    Raises:
        SizeError: there are fewer people left.
    """
    _not_above(whole(more, "number to draw"), sum(allotment.sizes.values()) - sum(held.values()), "what is left")
    weights = {name: Fraction(size) for name, size in allotment.sizes.items()}
    seated = _seated(weights, allotment.sizes, dict(held), more)
    return {name: seated[name] - held[name] for name in seated}


def _seated(
    weights: Mapping[str, Fraction], sizes: Mapping[str, int], found: dict[str, int], more: int
) -> dict[str, int]:
    """Give out more seats one by one, each to the greatest weight by twice the seats held and one."""
    queue = [_claim(name, weights, sizes, found) for name in sizes]
    heapify(queue)
    for _ in range(more):
        name = queue[0][-1]
        found[name] += 1
        heapreplace(queue, _claim(name, weights, sizes, found))
    return found


_Claim: TypeAlias = tuple[bool, Fraction, int, str]


def _claim(name: str, weights: Mapping[str, Fraction], sizes: Mapping[str, int], found: Mapping[str, int]) -> _Claim:
    return found[name] >= sizes[name], -weights[name] / (2 * found[name] + 1), -sizes[name], name


def _floors(sizes: Mapping[str, int], number: int, least: int) -> dict[str, int]:
    _not_above(whole(number, "number to draw"), sum(sizes.values()), "all strata together")
    floors = {name: min(whole(least, "minimum"), size) for name, size in sizes.items()}
    if sum(floors.values()) > number:
        raise SizeError(
            f"At least {least} of each stratum are {sum(floors.values())}, and only {number} are drawn",
            why="Somebody would have to decide which stratum gives way",
            remedy="Draw more, or lower the minimum",
            number=number,
            least=least,
        )
    return floors


def _proportional(sizes: Mapping[str, int], number: int) -> dict[str, Fraction]:
    everybody = sum(sizes.values())
    return {name: Fraction(number * size, everybody or 1) for name, size in sizes.items()}


def _not_above(number: int, size: int, where: str) -> None:
    if number > size:
        raise SizeError(
            f"{number} cannot be drawn of {size} in {where}",
            why="A sample that is shorter than announced would look like a mistake, or like a favour",
            remedy="Draw fewer, or allow a census: census=True",
            number=number,
            size=size,
        )


def _allotted(
    method: str,
    sizes: Mapping[str, int],
    found: Mapping[str, int],
    shares: Mapping[str, Fraction],
    notes: Iterable[str] = (),
) -> Allotment:
    empty = (f"{name} is empty: nobody is drawn of it" for name, size in sizes.items() if not size)
    return Allotment(method, sizes, {name: found[name] for name in sizes}, shares, (*notes, *empty))


def _counted(sizes: Mapping[str, int]) -> dict[str, int]:
    return {name: whole(size, f"size of {name}") for name, size in _by_name(sizes)}


def _by_name(mapping: Mapping[str, _Value]) -> list[tuple[str, _Value]]:
    """Put strata in the order of their names' code points, which is that of their UTF-8, too."""
    return sorted(mapping.items(), key=lambda item: item[0])


def _same_names(sizes: Mapping[str, int], given: Mapping[str, object], what: str) -> None:
    lacking, unknown = sorted(sizes.keys() - given.keys()), sorted(given.keys() - sizes.keys())
    if lacking or unknown:
        texts = [f"no {what} is given for {', '.join(map(shown, lacking))}"] if lacking else []
        texts += [f"a {what} is given for {', '.join(map(shown, unknown))}, which is no stratum"] if unknown else []
        raise SizeError(
            _begun("; ".join(texts)),
            remedy=f"Give one {what} for each stratum, 0 among them",
            lacking=tuple(lacking),
            unknown=tuple(unknown),
        )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _at_least(least: int) -> str:
    return f", at least {least} of each" if least else ""
