"""Statements as Hypothesis draws them: small ones, where functions build on functions, and cookies on cookies.

Everything is small on purpose, so that a model can try every choice of cookies and every completion of the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from hypothesis import strategies as st

from cpdrules import Policy, all_of, any_of, at_least_of
from cpdrules.findings import Source
from cpdrules.privacy.cookies import Cookie, Function, Group, Severity
from cpdrules.privacy.requirements import accepts, given, works
from cpdrules.privacy.statements import Statement

#: The facts that requirements drawn here may ask about.
FACTS = ("member", "told")

GROUPS = ("needed", "spare")


def requirements(cookies: Sequence[str], functions: Sequence[str], *, facts: Sequence[str] = FACTS) -> Any:
    """Draw what a function needs: and/or clauses without a “not”, over ids and facts."""
    leaves = [st.sampled_from([leaf(name) for name in names]) for leaf, names in _leaves(cookies, functions, facts)]

    def joined(parts: st.SearchStrategy[Policy]) -> st.SearchStrategy[Policy]:
        some = st.lists(parts, min_size=1, max_size=3)
        return st.one_of(
            some.map(lambda members: all_of(*members)),
            some.map(lambda members: any_of(*members)),
            some.flatmap(lambda members: st.integers(1, len(members)).map(lambda n: at_least_of(n, *members))),
        )

    return st.recursive(st.one_of(leaves), joined, max_leaves=5)


def _leaves(cookies: Sequence[str], functions: Sequence[str], facts: Sequence[str]) -> list[tuple[Any, Sequence[str]]]:
    return [pair for pair in ((accepts, cookies), (works, functions), (given, facts)) if pair[1]]


@st.composite
def statements(draw: Any, *, facts: Sequence[str] = FACTS) -> Statement:
    """Draw a statement: up to four cookies, one that may reuse others, and up to five functions, one to log on by."""
    ids = [f"c{number}" for number in range(draw(st.integers(1, 4)))]
    cookies = [_cookie(name, draw(st.sampled_from(GROUPS))) for name in ids]
    if draw(st.booleans()):
        reused = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
        cookies.append(_cookie("reusing", draw(st.sampled_from(GROUPS)), reuses=tuple(reused)))
    functions: list[Function] = []
    for number in range(draw(st.integers(1, 5))):
        tree = requirements([cookie.id for cookie in cookies], [one.id for one in functions], facts=facts)
        functions.append(
            Function(
                id=f"f{number}",
                title=f"function {number}",
                requires=draw(st.none() | tree),
                missing=draw(st.sampled_from(Severity)),
                audience=draw(st.sampled_from(["visitor", "visitor", "controller"])),
                source=Source("P2", number + 1),
            )
        )
    log_on = draw(st.sampled_from(functions)).id
    shown = draw(st.permutations(functions))
    groups = tuple(Group(id=name, says=name) for name in GROUPS)
    return Statement(name="drawn", log_on=log_on, groups=groups, cookies=tuple(cookies), functions=tuple(shown))


def _cookie(name: str, group: str, *, reuses: tuple[str, ...] = ()) -> Cookie:
    return Cookie(id=name, title=f"cookie {name}", group=group, purposes=("session",), reuses=reuses)


def blockings(statement: Statement) -> st.SearchStrategy[frozenset[str]]:
    """Draw some of a statement's cookies."""
    return st.frozensets(st.sampled_from([cookie.id for cookie in statement.cookies]))


#: Facts of a case, as far as they are recorded.
some_facts: st.SearchStrategy[dict[str, bool | None]] = st.dictionaries(
    st.sampled_from(FACTS), st.sampled_from([True, False, None])
)


class Autumn(tzinfo):
    """A zone in the night in which its clocks go back an hour."""

    def utcoffset(self, when: datetime | None) -> timedelta:
        """Give an hour, and nothing the second time."""
        return timedelta(hours=0 if when and when.fold else 1)


AUTUMN = Autumn()
