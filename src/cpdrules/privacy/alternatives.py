"""What missing facts would settle: an "or" of "and"s over facts that nobody recorded.

It is kept in its shortest form (all prime implicants), so that it is settled exactly where every completion of the
facts agrees, and names exactly the facts on which something turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TypeAlias

from attrs import field, frozen

from cpdrules.errors import PolicyError

#: A fact, and whether it is to hold.
Turn: TypeAlias = tuple[str, bool]
Term: TypeAlias = frozenset[Turn]

#: With more terms than this, the answer would take too long to find.
_MOST = 1_000


def _shortest(terms: Iterable[Term]) -> frozenset[Term]:
    """Keep the prime implicants: join terms that differ in one fact alone, and drop what a shorter one covers."""
    found = _uncovered({term for term in terms if len({name for name, _ in term}) == len(term)})
    while more := {
        joint for pair in combinations(found, 2) for joint in _consensus(*pair) if not _covered(joint, found)
    }:
        found = _uncovered(found | more)
    return frozenset(found)


def _consensus(one: Term, other: Term) -> Iterable[Term]:
    opposed = [(name, holds) for name, holds in one if (name, not holds) in other]
    if len(opposed) == 1:
        (name, holds) = opposed[0]
        yield (one - {(name, holds)}) | (other - {(name, not holds)})


def _uncovered(terms: set[Term]) -> set[Term]:
    _few(len(terms))
    return {term for term in terms if not any(other < term for other in terms)}


def _covered(term: Term, terms: set[Term]) -> bool:
    return any(other <= term for other in terms)


def _few(number: int) -> None:
    if number > _MOST:
        raise PolicyError(
            f"The answer turns on missing facts in {number} ways at once",
            why=f"No more than {_MOST} are gone through",
            remedy="Record some of the facts, or write the law with fewer alternatives",
            number=number,
        )


@frozen
class Alternatives:
    """Ways in which something can come true; one of them is enough.

    Raises:
        PolicyError: there are more than a thousand.
    """

    terms: frozenset[Term] = field(converter=_shortest)

    def __or__(self, other: Alternatives) -> Alternatives:
        return Alternatives(self.terms | other.terms)

    def __and__(self, other: Alternatives) -> Alternatives:
        _few(len(self.terms) * len(other.terms))
        return Alternatives(one | another for one in self.terms for another in other.terms)

    @property
    def settled(self) -> bool | None:
        """Whether it is true whatever the missing facts are, or false; None where it turns on them."""
        return None if self.names else bool(self.terms)

    @property
    def names(self) -> tuple[str, ...]:
        """The facts on which it turns, in order of the alphabet."""
        return tuple(sorted({name for term in self.terms for name, _ in term}))


ALWAYS, NEVER = Alternatives([frozenset()]), Alternatives([])


def turning_on(fact: str, *, holds: bool = True) -> Alternatives:
    """Give what is true where a missing fact holds, or where it does not.

    >>> (turning_on("told") | turning_on("told", holds=False)).settled
    True
    """
    return Alternatives([frozenset({(fact, holds)})])


def any_way(ways: Iterable[Alternatives]) -> Alternatives:
    """Join alternatives of which one is enough.

    >>> any_way([]).settled
    False
    """
    return Alternatives(term for one in ways for term in one.terms)


def every_way(ways: Iterable[Alternatives]) -> Alternatives:
    """Join alternatives that are all needed.

    >>> every_way([]).settled
    True
    """
    joint = ALWAYS
    for one in ways:
        joint &= one
    return joint
