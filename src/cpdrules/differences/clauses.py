"""The clauses of a policy, where they stand, and what to call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import attrs

from cpdrules.editions import Edition
from cpdrules.policies import Policy, word_of


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
        return name_of(self.clause)

    @property
    def labels(self) -> tuple[str, ...]:
        """What to call the clause, the shortest first: its name, its name in the next that has one, its place."""
        at = _inside(self.path, self.clause)
        if not self.name:
            return (at,)
        return self.name, *(f"{self.name} in {name}" for name in self.names[-2:-1]), f"{self.name} at {at}"


def name_of(clause: Policy) -> str:
    """Give the ref of a clause, or the name of an edition; may be empty."""
    name = clause.ref or (f"edition {clause.name}" if isinstance(clause, Edition) else "")
    return name if name.strip() else ""


def _inside(path: str, clause: Policy) -> str:
    return f"{path}.{said_word(clause)}" if path else said_word(clause)


def said_word(clause: Policy) -> str:
    """Give the word that writes a clause, as it is said."""
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
        for slot, several, clauses in slots(parts_of(place.clause) if parts_of else place.clause):
            for nth, clause in enumerate(clauses, 1):
                path = f"{inside}[{nth}]" if several else f"{inside}.{slot}"
                visit(Place(clause, path, number, slot, nth, (*place.names, *filter(None, [name_of(clause)]))))

    visit(Place(policy, "", None, "", 1, tuple(filter(None, [name_of(policy)]))))
    return tuple(found)


def labels(tree: tuple[Place, ...]) -> tuple[str, ...]:
    """Give what to call each clause of a policy: the first of its labels that no other has; its place is its own."""
    often = Counter(label for place in tree for label in place.labels)
    return tuple(next((label for label in place.labels if often[label] == 1), place.labels[-1]) for place in tree)


def slots(clause: Policy) -> Iterator[tuple[str, bool, tuple[Policy, ...]]]:
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
