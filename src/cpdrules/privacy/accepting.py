"""Which cookies somebody must at least accept for a function, and which blocks break it.

Both questions have several least answers, and each is given whole: one set more would be too many, one cookie less too
few. What a function needs is taken apart as it is written, so the answer is exact, and bounded by a stated limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from cpdrules.choices import Inferred, When
from cpdrules.errors import PolicyError, shown
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, Policy, word_of
from cpdrules.privacy.requirements import Accepts, Visit, Works, named_in
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.ways import set_for
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET

#: Least sets of cookies, none within another; one that is empty means that nothing is needed, none that nothing helps.
Sets: TypeAlias = tuple[frozenset[str], ...]

_NOTHING: Sets = (frozenset(),)


def minimal_sets(
    statement: Statement, *functions: str, facts: Mapping[str, bool | None] | None = None, limit: int = 200
) -> Sets:
    """Give the least sets of cookies to accept so that one function, or all of several, work.

    Accepting such a set and nothing else is enough, and accepting less of it is not. No set at all means that no
    cookie helps, an empty one that none is needed. Somebody who can log on is thought to do so.

    Raises:
        UnknownRefError: the statement has no such function.
        PolicyError: it depends on a fact that is not given, or asks that a cookie is not accepted; or there are more
            than ``limit`` sets on the way.
    """
    return _Least(statement, facts, limit, breaking=False).of(functions)


def blocks_that_break(
    statement: Statement, *functions: str, facts: Mapping[str, bool | None] | None = None, limit: int = 200
) -> Sets:
    """Give the least sets of cookies whose blocking breaks a function, or one of several.

    Each has a cookie in common with each of the ``minimal_sets``. No set at all means that no blocking breaks it, an
    empty one that it is broken already.

    Raises:
        UnknownRefError: the statement has no such function.
        PolicyError: as for ``minimal_sets``.
    """
    return _Least(statement, facts, limit, breaking=True).of(functions)


class _Least:
    """The least sets for one question: what to accept, or what to block."""

    def __init__(
        self, statement: Statement, facts: Mapping[str, bool | None] | None, limit: int, *, breaking: bool
    ) -> None:
        self.statement, self.limit, self.breaking = statement, limit, breaking
        self.visit = Visit(facts=facts or {})
        self.known: dict[str, Sets] = {}

    def of(self, functions: tuple[str, ...]) -> Sets:
        """Give the sets for several functions together."""
        if not functions:
            raise PolicyError("No function was named", remedy="Give the id of at least one", functions=functions)
        for id in functions:  # noqa: A001
            self.statement.function(id)
        wanted = self._needed_by(functions)
        for function in self.statement.in_order():
            if function.id in wanted:
                sets = None if function.requires is None else self._sets(function.requires)
                self.known[function.id] = self._constant(holds=True) if sets is None else sets
        found = self._enough(len(functions), [self.known[name] for name in functions])
        return tuple(sorted(found, key=lambda one: (len(one), sorted(one))))

    def _needed_by(self, functions: tuple[str, ...]) -> set[str]:
        seen, waiting = set(functions), list(functions)
        while waiting:
            names = named_in(self.statement.function(waiting.pop()).requires, Works)
            waiting += [name for name in names if name not in seen]
            seen |= set(names)
        return seen

    def _constant(self, *, holds: bool) -> Sets:
        return () if holds is self.breaking else _NOTHING

    def _sets(self, policy: Policy) -> Sets | None:
        """Give the sets for a clause; None where it asks nothing, and so counts for no join."""
        if not policy.asks():
            return None
        if isinstance(policy, (Accepts, Works)):
            return self._leaf(policy)
        if not any(isinstance(leaf, (Accepts, Works)) for leaf in policy.walk()):
            return self._settled(policy)
        if isinstance(policy, Inferred):
            return self._sets(policy.reading)
        if isinstance(policy, When):
            return self._chosen(policy)
        if isinstance(policy, (AllOf, AnyOf, AtLeastOf)):
            return self._joined(policy)
        raise PolicyError(
            f"{word_of(policy)} speaks of cookies, and accepting more could break what it asks for",
            why="So there are no least sets that are enough",
            remedy="Ask effects_of for each choice of cookies, or write the requirement with all_of and any_of",
            word=word_of(policy),
        )

    def _leaf(self, leaf: Accepts | Works) -> Sets:
        if isinstance(leaf, Works):
            return self.known[leaf.name]
        really = sorted(set_for(self.statement, leaf.name))
        return self._enough(1, [(frozenset({one}),) for one in really])

    def _settled(self, policy: Policy) -> Sets | None:
        """Judge a clause that speaks of facts only."""
        finding = policy.assess(self.visit)
        if finding.verdict is CANNOT_TELL:
            raise PolicyError(
                f"It depends on what is not given: {'; '.join(finding.missing())}",
                why="Which cookies are needed would be a guess",
                remedy="Give the facts: minimal_sets(statement, function, facts={...})",
                missing=finding.missing(),
            )
        settled = finding.verdict in (MET, NOT_MET)
        return self._constant(holds=finding.verdict is MET) if settled else None

    def _chosen(self, policy: When) -> Sets | None:
        if any(isinstance(leaf, (Accepts, Works)) for leaf in policy.condition.walk()):
            raise PolicyError(
                "when chooses by cookies, and accepting more could break what it asks for",
                why="So there are no least sets that are enough",
                remedy="Ask effects_of for each choice of cookies",
                word="when",
            )
        held = self._settled(policy.condition) == self._constant(holds=True)
        branch = policy.policy if held else policy.otherwise
        return None if branch is None else self._sets(branch)

    def _joined(self, policy: AllOf | AnyOf | AtLeastOf) -> Sets | None:
        parts = [sets for sets in map(self._sets, policy.members) if sets is not None]
        if not parts:
            return None
        if isinstance(policy, AtLeastOf):
            return self._enough(min(policy.count, len(parts)), parts)
        return self._enough(len(parts) if isinstance(policy, AllOf) else 1, parts)

    def _enough(self, count: int, parts: Sequence[Sets]) -> Sets:
        """Join so many of several; to break that, all but so many less one must be broken."""
        needed = len(parts) - count + 1 if self.breaking else count
        found: list[Sets] = [_NOTHING, *[()] * needed]
        for left, sets in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
            for number in range(needed, max(0, needed - left - 1), -1):  # with fewer than that, it is out of reach
                with_it = (one | other for one in found[number - 1] for other in sets)
                found[number] = self._least([*found[number], *with_it])
        return found[needed]

    def _least(self, sets: Iterable[frozenset[str]]) -> Sets:
        """Leave out every set that holds another."""
        least: list[frozenset[str]] = []
        for one in sorted(set(sets), key=len):
            if not any(other <= one for other in least):
                least.append(one)
                if len(least) > self.limit:
                    raise PolicyError(
                        f"There are more than {shown(self.limit)} least sets",
                        why="Every one of them is an answer, and nobody reads so many",
                        remedy="Ask for fewer functions at once, or give a higher limit",
                        limit=self.limit,
                    )
        return tuple(least)
