"""What differs between two policies, clause by clause: as data, and in words.

Clauses are matched by their refs first; of the rest, those that are equal, then those that are alike, then those that
stand in the same place. A clause put in between is one difference, and not one for every clause after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

import attrs
from attrs import frozen

from cpdrules.amounts import Amount, Unit
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.caps import Cap
from cpdrules.editions import Edition
from cpdrules.figures import AtLeast, AtMost, Measure
from cpdrules.findings import Source, in_words
from cpdrules.periods import Length, as_date
from cpdrules.policies import Policy, word_of

#: What can have happened to a clause.
Kind: TypeAlias = Literal["added", "removed", "moved", "changed"]


class Place(NamedTuple):
    """A clause, and where in a policy it stands."""

    clause: Policy
    #: Such as ``scheme.policy.all of[2]``, counted from 1; empty for the policy as a whole.
    path: str
    #: The number of the clause around it, among the places of the policy; None for the policy as a whole.
    parent: int | None
    #: The field of that clause that holds it, and its number there.
    slot: str
    number: int
    #: The names of the clauses around it and its own, as far as they have any.
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The ref of the clause, or the name of an edition; may be empty."""
        return _name(self.clause)

    @property
    def labels(self) -> tuple[str, ...]:
        """What to call the clause, the shortest first: its name, its name in the next that has one, its place."""
        at = _inside(self.path, self.clause)
        if not self.name:
            return (at,)
        return self.name, *(f"{self.name} in {name}" for name in self.names[-2:-1]), f"{self.name} at {at}"


def _name(clause: Policy) -> str:
    name = clause.ref or (f"edition {clause.name}" if isinstance(clause, Edition) else "")
    return name if name.strip() else ""


def _inside(path: str, clause: Policy) -> str:
    return f"{path}.{_word(clause)}" if path else _word(clause)


def _word(clause: Policy) -> str:
    return word_of(clause).replace("_", " ")


def places(policy: Policy, *, parts_of: Callable[[Policy], Policy] | None = None) -> tuple[Place, ...]:
    """Give every clause of a policy with its place, each before its own parts; or before those of what it stands for.

    >>> from cpdrules import advise, all_of, exempt
    >>> [place.path for place in places(all_of(exempt("a"), advise(exempt("b"))))]
    ['', 'all of[1]', 'all of[2]', 'all of[2].advise.policy']
    """
    found: list[Place] = []

    def visit(place: Place) -> None:
        number = len(found)
        found.append(place)
        inside = _inside(place.path, place.clause)
        for slot, several, clauses in _slots(parts_of(place.clause) if parts_of else place.clause):
            for nth, clause in enumerate(clauses, 1):
                path = f"{inside}[{nth}]" if several else f"{inside}.{slot}"
                visit(Place(clause, path, number, slot, nth, (*place.names, *filter(None, [_name(clause)]))))

    visit(Place(policy, "", None, "", 1, tuple(filter(None, [_name(policy)]))))
    return tuple(found)


def labels(tree: tuple[Place, ...]) -> tuple[str, ...]:
    """Give what to call each clause of a policy: the first of its labels that no other has; its place is its own."""
    often = Counter(label for place in tree for label in place.labels)
    return tuple(next((label for label in place.labels if often[label] == 1), place.labels[-1]) for place in tree)


def _slots(clause: Policy) -> Iterator[tuple[str, bool, tuple[Policy, ...]]]:
    """Give the fields of a clause that hold clauses: the name, whether it holds several, and what it holds."""
    for attribute in attrs.fields(type(clause)):
        value = getattr(clause, attribute.name)
        if holds_clauses(value):
            several = isinstance(value, tuple)
            yield attribute.name, several, value if several else (value,)


def holds_clauses(value: object) -> bool:
    """Tell whether the value of a field is a clause, or several."""
    if isinstance(value, tuple):
        return bool(value) and all(isinstance(one, Policy) for one in value)
    return isinstance(value, Policy)


# What differs ---------------------------------------------------------------------------------------------------------


@frozen
class Difference:
    """One thing that differs: a clause that is there on one side only, that moved, or one field of it that changed."""

    #: The name of the clause: its ref, or that of an edition; empty where it has none.
    ref: str
    #: Where it stands after, or stood where it is removed: ``all of[2]``; empty for the policy as a whole.
    path: str
    kind: Kind
    #: Which field changed: ``figure``, ``measure.caps``, ``word``, ``order`` ...; empty for the other kinds.
    field: str
    #: What stood there: the clause, its path where it moved, or the field's value. None where it was added.
    before: Any
    #: What stands there now; None where it was removed.
    after: Any
    #: What words call the clause.
    label: str = attrs.field(repr=False)
    #: The clauses around it before and after, as words call them, where it moved; those inside it that are kept where
    #: it alone was added or removed.
    others: tuple[str, ...] = attrs.field(default=(), repr=False)

    @property
    def what(self) -> str:
        """What happened to it, in words."""
        if self.kind == "added":
            return f"{f'around {self._others}: ' if self.others else ''}{_said(self.after)}"
        if self.kind == "removed":
            gone = f"no longer around {self._others}" if self.others else "no longer asked"
            return gone if self.ref else f"{gone} ({_said(self.before)})"
        if self.kind == "moved":
            left, right = self.others if self.others[0] != self.others[1] else (self.before, self.after)
            return f"moved from {left or 'the top'} to {right or 'the top'}"
        named = _FIELDS.get(self.field, self.field.replace(".", " ").replace("_", " "))
        return f"the {named} {_change(self.before, self.after)}"

    @property
    def _others(self) -> str:
        return ", ".join(self.others)

    def __str__(self) -> str:
        return f"{'new clause ' if self.kind == 'added' else ''}{self.label}: {self.what}"


#: How words name a field, where its own name would not do.
_FIELDS = {
    "measure": "measure",
    "measure.where": "filter",
    "measure.caps": "cap",
    "measure.unit": "unit",
    "figure.figure": "figure",
    "ref": "name",
    "word": "clause",
    "order": "order of its clauses",
    "values": "choice of values",
    "kinds": "choice of circumstances",
    "but_not": "exception",
    "because": "reason",
    "why": "reason of the dates",
    "unstated": "list of what is unstated",
    "conventions.axes": "list of axes",
    "conventions.straddling": "way to count across the edge of a period",
    "since": "first day",
    "until": "last day",
}


@frozen
class Differences:
    """All that differs between two policies; false where nothing does."""

    changes: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.changes)

    def __str__(self) -> str:
        alike: dict[tuple[str, str, str], list[Difference]] = {}
        for number, one in enumerate(self.changes):
            alike.setdefault((one.kind, one.ref or str(number), one.what), []).append(one)
        lines = (
            str(some[0]) if len(some) == 1 else f"{some[0].ref}, in {len(some)} places: {some[0].what}"
            for some in alike.values()
        )
        return "\n".join(lines) or "Nothing differs."


def diff(before: Policy, after: Policy) -> Differences:
    """Say what differs between two policies, by clause: nothing exactly where they are equal.

    >>> from cpdrules import all_of, at_least
    >>> from cpdrules.cpd import hours
    >>> old = all_of(at_least(30, hours(), ref="hours"), at_least(10, hours(planned=True), ref="planned"))
    >>> new = all_of(at_least(30, hours(), ref="hours"), at_least(12, hours(planned=True), ref="planned"))
    >>> print(diff(old, new))
    planned: the figure rises from 10 h to 12 h
    """
    left, right = places(before), places(after)
    pairs = _Pairs(left, right)
    pairs.find()
    return Differences(tuple(_differences(pairs)))


class _Side:
    """One of the two policies: its places, and what words call them."""

    def __init__(self, tree: tuple[Place, ...]) -> None:
        self.tree = tree
        self.labels: tuple[str, ...] = labels(tree)

    def around(self, number: int) -> str:
        """What words call the clause around one; empty for the policy as a whole."""
        parent = self.tree[number].parent
        return "" if parent is None else self.labels[parent]

    def alone(self, paired: Mapping[int, int]) -> Iterator[int]:
        """Give the clauses that are on this side only, and of these the outermost."""
        for number, place in enumerate(self.tree):
            if number not in paired and (place.parent is None or place.parent in paired):
                yield number

    def kept(self, number: int, paired: Mapping[int, int]) -> tuple[str, ...]:
        """What words call the outermost clauses inside one that are on the other side too."""
        lost, found = {number}, list[str]()
        for inner, place in enumerate(self.tree):
            if place.parent in lost and inner in paired:
                found.append(self.labels[inner])
            elif place.parent in lost:
                lost.add(inner)
        return tuple(found)


def _differences(pairs: _Pairs) -> Iterator[Difference]:
    left, right = _Side(pairs.left), _Side(pairs.right)
    for number in left.alone(pairs.there):
        place, inside = pairs.left[number], left.kept(number, pairs.there)
        yield Difference(
            place.name, place.path, "removed", "", place.clause, None, label=left.labels[number], others=inside
        )
    new = set(right.alone(pairs.back))
    for number, place in enumerate(pairs.right):
        label = right.labels[number]
        if number in new:
            inside = right.kept(number, pairs.back)
            yield Difference(place.name, place.path, "added", "", None, place.clause, label=label, others=inside)
        elif number in pairs.back:
            one = pairs.back[number]
            ref = place.name or pairs.left[one].name
            said = label if place.name else left.labels[one] if ref else label
            if not pairs.stays(one, number):
                around = left.around(one), right.around(number)
                yield Difference(ref, place.path, "moved", "", pairs.left[one].path, place.path, said, around)
            for field, before, after in _changed(pairs, one, number):
                yield Difference(ref, place.path, "changed", field, before, after, said)


def _changed(pairs: _Pairs, one: int, other: int) -> Iterator[tuple[str, Any, Any]]:
    """Give what differs between two clauses that are the same one, apart from their parts."""
    left, right = pairs.left[one].clause, pairs.right[other].clause
    if type(left) is not type(right):
        yield "word", left, right
    yield from _fields(left, right)
    before, after = pairs.order(one, other)
    if before != after:
        was, now = (
            (pairs.left[pairs.back[part]].clause for part in before),
            (pairs.right[part].clause for part in after),
        )
        yield "order", tuple(was), tuple(now)


def _fields(one: Policy, other: Policy) -> Iterator[tuple[str, Any, Any]]:
    """Give the fields that both clauses have, and that differ; of a value in parts, the parts that differ."""
    both = {attribute.name for attribute in attrs.fields(type(other))}
    for attribute in attrs.fields(type(one)):
        if not attribute.eq or attribute.name not in both:
            continue
        before, after = getattr(one, attribute.name), getattr(other, attribute.name)
        before, after = _apart_from_clauses(before, after), _apart_from_clauses(after, before)
        if before != after:
            yield from _drilled(attribute.name, before, after)


def _apart_from_clauses(value: Any, other: Any) -> Any:
    return None if holds_clauses(value) or (value == () and holds_clauses(other)) else value


def _drilled(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if (
        type(before) is type(after)
        and attrs.has(type(before))
        and not isinstance(before, (Amount, Length, Source, Unit))
    ):
        inside = [
            (f"{name}.{attribute.name}", getattr(before, attribute.name), getattr(after, attribute.name))
            for attribute in attrs.fields(type(before))
            if attribute.init and getattr(before, attribute.name) != getattr(after, attribute.name)
        ]
        if inside:
            yield from inside
            return
    yield name, before, after


# Which clause is which ------------------------------------------------------------------------------------------------

#: Two clauses are taken for one from so much alikeness; from more where each has a name of its own.
_ALIKE, _RENAMED = 0.5, 0.8


class _Pairs:
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


# In words -------------------------------------------------------------------------------------------------------------


def _change(before: object, after: object) -> str:
    if isinstance(before, Amount) and isinstance(after, Amount) and before.unit == after.unit:
        return f"{'rises' if before < after else 'falls'} from {before} to {after}"
    if type(before) is int and type(after) is int:
        return f"{'rises' if before < after else 'falls'} from {before} to {after}"
    texts = _in_words(before), _in_words(after)
    if texts[0] == texts[1]:  # they differ in what words leave out, such as a unit's grain
        texts = repr(before), repr(after)
    return f"changes from {texts[0]} to {texts[1]}"


def _in_words(value: object) -> str:  # noqa: PLR0911 - one line for each kind of value
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, Policy):
        return _said(value)
    if isinstance(value, Measure):
        return ", ".join(filter(None, [value.unit.plural, str(value)]))
    if isinstance(value, Unit):
        return value.plural
    if isinstance(value, date):
        return as_date(value)
    if isinstance(value, Cap):
        return str(value).removeprefix("of which ")
    if isinstance(value, Axis):
        tags = f" ({', '.join(map(str, value.tags))})" if value.tags else ""
        return f"{value.name}{tags}{'' if value.every else ', not on every activity'}"
    if isinstance(value, tuple):
        return in_words(value) if _is_filter(value) else "; ".join(map(_one_of_several, value))
    return str(value)


def _one_of_several(value: object) -> str:
    return (isinstance(value, Policy) and _name(value)) or _in_words(value)


def _is_filter(value: tuple[object, ...]) -> bool:
    return all(
        isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str) and isinstance(one[1], tuple)
        for one in value
    )


def _said(clause: Policy) -> str:
    """Say what a clause asks, shortly: its parts by their names."""
    word = _word(clause)
    if isinstance(clause, (AtLeast, AtMost)):
        return ", ".join(filter(None, [f"{word} {clause.figure}", str(clause.measure)]))
    if type(clause).__str__ is not object.__str__:
        return str(clause)
    texts = [value for value in _own_texts(clause) if value]
    texts += [_name(one) or _word(one) for _, _, clauses in _slots(clause) for one in clauses]
    return f"{word}: {', '.join(texts)}" if texts else word


def _own_texts(clause: Policy) -> Iterator[str]:
    for attribute in attrs.fields(type(clause)):
        value = getattr(clause, attribute.name)
        if attribute.name != "ref" and isinstance(value, str):
            yield value
