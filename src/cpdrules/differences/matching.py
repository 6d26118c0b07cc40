"""Which clause of one policy is which of another.

Clauses are matched by their refs first; of the rest, those that are equal, then those that are alike, then those that
stand in the same place. Whatever is preferred here is preferred both ways round.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

import attrs

from cpdrules.amounts import Amount, Unit
from cpdrules.differences.clauses import Place, holds_clauses

#: Two clauses are taken for one from so much alikeness; from more where each has a name of its own.
_ALIKE, _RENAMED = 0.5, 0.8


class Pairs:
    """The clauses of two policies that are the same ones.

    Whatever is preferred here is preferred both ways round, so that the mirror of a difference is its mirror image.
    """

    def __init__(self, left: tuple[Place, ...], right: tuple[Place, ...]) -> None:
        self.left = left
        self.right = right
        #: The number on the right by the number on the left, and the other way round.
        self.there: dict[int, int] = {}
        self.back: dict[int, int] = {}
        self._traits: dict[int, frozenset[str]] = {}

    def find(self) -> None:
        """Pair what can be paired, the surest first."""
        self._by(lambda _, place: (place.names, type(place.clause)) if place.name else None)
        self._by(lambda _, place: (place.name, type(place.clause)) if place.name else None)
        self._by(lambda _, place: place.names if place.name else None)
        self._by(lambda _, place: place.name or None)
        self._downwards()
        self._by(lambda _, place: repr(place.clause))
        self._alike(self._free(self.left, self.there), self._free(self.right, self.back), lambda number, _: number)
        self._downwards()
        while self._in_the_same_place():
            self._downwards()

    def stays(self, one: int, other: int) -> bool:
        """Whether a clause stands in the same field of the same clause as before."""
        left, right = self.left[one], self.right[other]
        if left.parent is None or right.parent is None:
            return left.parent is right.parent
        return self.there.get(left.parent) == right.parent and left.slot == right.slot

    def order(self, one: int, other: int) -> tuple[list[int], list[int]]:
        """Give the parts that stay in a clause by number, in the order before and in that after."""
        here = [self.there[part] for part, place in enumerate(self.left) if place.parent == one and part in self.there]
        after = [part for part, place in enumerate(self.right) if place.parent == other and part in self.back]
        staying = {part for part in after if self.stays(self.back[part], part)}
        return [part for part in here if part in staying], [part for part in after if part in staying]

    def _pair(self, one: int, other: int) -> None:
        self.there[one], self.back[other] = other, one

    @staticmethod
    def _free(tree: tuple[Place, ...], paired: dict[int, int]) -> list[int]:
        return [number for number in range(len(tree)) if number not in paired]

    def _by(self, key: Callable[[int | None, Place], Hashable]) -> None:
        """Pair what has one key, in order; ``key`` is told which pair, by its number on the right, a clause is in."""
        waiting: dict[Hashable, list[int]] = {}
        for number in self._free(self.right, self.back):
            place = self.right[number]
            if (found := key(place.parent if place.parent in self.back else None, place)) is not None:
                waiting.setdefault(found, []).append(number)
        for number in self._free(self.left, self.there):
            place = self.left[number]
            parent = None if place.parent is None else self.there.get(place.parent)
            if waiting.get(found := key(parent, place)):
                self._pair(number, waiting[found].pop(0))

    def _downwards(self) -> None:
        """Pair, inside the pairs that there are, the parts that are equal or alike; and inside these."""
        paired = -1
        while paired < len(self.there):
            paired = len(self.there)
            if 0 not in self.there and 0 not in self.back and type(self.left[0].clause) is type(self.right[0].clause):
                self._pair(0, 0)
            self._by(lambda pair, place: None if pair is None else (pair, place.slot, repr(place.clause)))
            sides: dict[Hashable, tuple[list[int], list[int]]] = {}
            for number in self._free(self.left, self.there):
                if (parent := self.left[number].parent) in self.there:
                    sides.setdefault((self.there[parent], self.left[number].slot), ([], []))[0].append(number)
            for number in self._free(self.right, self.back):
                if (place := self.right[number]).parent in self.back and (place.parent, place.slot) in sides:
                    sides[place.parent, place.slot][1].append(number)
            for here, there in sides.values():
                self._alike(here, there, lambda _, place: place.number)

    def _alike(self, here: list[int], there: list[int], at: Callable[[int, Place], int]) -> None:
        """Pair what is alike, the most alike first and then the nearest."""
        found: list[tuple[float, int, int, int, int]] = []
        for one in here:
            for other in there:
                left, right = self.left[one], self.right[other]
                if type(left.clause) is type(right.clause):
                    alike = self._alikeness(one, other)
                    if alike >= (_RENAMED if left.name and right.name else _ALIKE):
                        nth, mth = at(one, left), at(other, right)
                        found.append((-alike, abs(nth - mth), nth + mth, one, other))
        for *_, one, other in sorted(found):
            if one not in self.there and other not in self.back:
                self._pair(one, other)

    def _alikeness(self, one: int, other: int) -> float:
        left, right = self._of(one, self.left[one]), self._of(~other, self.right[other])
        return len(left & right) / len(left | right)

    def _of(self, number: int, place: Place) -> frozenset[str]:
        if number not in self._traits:
            own = attrs.evolve(place.clause, ref="", source=None)
            self._traits[number] = frozenset(_traits(own, type(own).__name__))
        return self._traits[number]

    def _in_the_same_place(self) -> bool:
        """Pair what stands in the same place of a pair, whatever it is, unless both have names: these are two clauses.

        Whether any was found.
        """
        paired = len(self.there)

        def place_of(pair: int | None, place: Place) -> Hashable:
            if place.parent is None:
                return ()
            return None if pair is None else (pair, place.slot, place.number)

        standing = {place_of(self._pair_around(place), place): number for number, place in self._loose_left()}
        for number in self._free(self.right, self.back):
            place = self.right[number]
            one = standing.get(place_of(place.parent if place.parent in self.back else None, place))
            if one is not None and not (self.left[one].name and place.name):
                self._pair(one, number)
        return len(self.there) > paired

    def _pair_around(self, place: Place) -> int | None:
        return None if place.parent is None else self.there.get(place.parent)

    def _loose_left(self) -> list[tuple[int, Place]]:
        """Give what is not paired on the left, in the policy as a whole or in a pair."""
        free = ((number, self.left[number]) for number in self._free(self.left, self.there))
        return [(number, place) for number, place in free if place.parent is None or place.parent in self.there]


def _traits(value: Any, name: str) -> Iterator[str]:
    """Give what can be said of a value and its parts, each in a text: what two values share makes them alike."""
    if attrs.has(type(value)) and not isinstance(value, (Amount, Unit)):
        yield f"{name}: {type(value).__name__}"
        for attribute in attrs.fields(type(value)):
            if attribute.init and attribute.name != "source":
                yield from _traits(getattr(value, attribute.name), f"{name}.{attribute.name}")
    elif holds_clauses(value) and isinstance(value, tuple):
        for one in value:
            yield from _traits(one, name)
    elif value:
        yield f"{name}: {value!r}"
