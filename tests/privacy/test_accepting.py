"""What to accept at least for a function, and which blocks break it."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import advise, all_of, any_of, at_least_of, exempt, none_of, unstated, when
from cpdrules.choices import inferred
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.policies import Policy
from cpdrules.privacy.accepting import blocks_that_break, minimal_sets
from cpdrules.privacy.cookies import Function
from cpdrules.privacy.effects import Outcome, effects_of, everything, set_for
from cpdrules.privacy.requirements import accepts, works
from cpdrules.privacy.requirements import given as fact
from cpdrules.privacy.statements import Statement, as_stated
from tests.privacy.society import cookie_part, line
from tests.privacy.strategies import FACTS, statements


def sets(*some: str) -> tuple[frozenset[str], ...]:
    """Write sets down, the ids of each in one text."""
    return tuple(frozenset(one.split()) for one in some)


def needing(requires: Policy | None) -> Statement:
    """Write a statement down whose one function needs something."""
    shown = Function(id="f", title="f", requires=requires, source=line(1))
    a, b, c, d = (evolve(cookie_part.cookies[0], id=id, reuses=()) for id in "abcd")  # noqa: A001
    return Statement(name="s", cookies=(a, b, c, d), functions=(shown,))


def a(name: str) -> Policy:
    """Ask that a cookie is accepted."""
    return accepts(name)


class TestAccepting:
    """The least that has to be accepted."""

    def test_the_shop(self) -> None:
        """The basket takes either cookie, the order the log-on's."""
        assert minimal_sets(cookie_part, "shop-basket") == sets("key", "wick")
        assert minimal_sets(cookie_part, "order") == sets("key")
        assert minimal_sets(cookie_part, "shop-basket", "find-lamp") == sets("key map", "map wick")

    def test_nothing_is_needed(self) -> None:
        """Then accepting nothing is enough, and no block breaks it."""
        assert minimal_sets(cookie_part, "read") == sets("")
        assert blocks_that_break(cookie_part, "read") == ()

    def test_nothing_helps(self) -> None:
        """Where a fact bars the function no set is enough, and it is broken already."""
        assert minimal_sets(cookie_part, "gallery", facts={"member": False}) == ()
        assert blocks_that_break(cookie_part, "gallery", facts={"member": False}) == sets("")
        assert minimal_sets(cookie_part, "gallery", facts={"member": True}) == sets("wick")

    def test_reuse(self) -> None:
        """A cookie that makes use of others is there while one of these is."""
        basket = evolve(cookie_part.function("find-lamp"), id="f", requires=accepts("basket"))
        shop = evolve(cookie_part, functions=(*cookie_part.functions, basket))
        assert minimal_sets(shop, "f") == sets("key", "wick")
        assert blocks_that_break(shop, "f") == sets("key wick")

    def test_as_stated(self) -> None:
        """Without the inferred branch the diary needs its own cookie."""
        assert minimal_sets(cookie_part, "diary") == sets("key", "wick")
        assert minimal_sets(as_stated(cookie_part), "diary") == sets("wick")


class TestBreaking:
    """The least that breaks a function when it is blocked."""

    def test_the_shop(self) -> None:
        """Both cookies of the basket must go; one is enough for the order, or for one of several functions."""
        assert blocks_that_break(cookie_part, "shop-basket") == sets("key wick")
        assert blocks_that_break(cookie_part, "order") == sets("key")
        assert blocks_that_break(cookie_part, "shop-basket", "find-lamp") == sets("map", "key wick")


class TestClauses:
    """A requirement may be any clause that accepting more never breaks."""

    @pytest.mark.parametrize(
        ("requires", "accept", "block"),
        [
            (at_least_of(2, a("a"), a("b"), a("c")), sets("a b", "a c", "b c"), sets("a b", "a c", "b c")),
            (all_of(a("a"), any_of(a("a"), a("b"))), sets("a"), sets("a")),
            (any_of(a("a"), all_of(a("b"), a("c"))), sets("a", "b c"), sets("a b", "a c")),
            (any_of(a("a"), exempt("x")), sets("a"), sets("a")),
            (all_of(a("a"), exempt("x"), advise(a("b"))), sets("a"), sets("a")),
            (at_least_of(2, a("a"), exempt("x")), sets("a"), sets("a")),
            (all_of(exempt("x")), sets(""), ()),
            (all_of(when(fact("no"), a("a")), when(fact("no"), a("b"))), sets(""), ()),
            (when(fact("no"), exempt("x")), sets(""), ()),
            (all_of(when(fact("no"), fact("yes")), a("a")), sets("a"), sets("a")),
            (all_of(none_of(fact("no")), a("a")), sets("a"), sets("a")),
            (all_of(none_of(fact("yes")), a("a")), (), sets("")),
            (when(fact("yes"), a("a"), otherwise=a("b")), sets("a"), sets("a")),
            (when(fact("no"), a("a"), otherwise=a("b")), sets("b"), sets("b")),
            (when(exempt("x"), a("a"), otherwise=a("b")), sets("b"), sets("b")),
            (inferred(a("a"), otherwise=a("b")), sets("a"), sets("a")),
            (
                any_of(all_of(a("a"), a("b")), all_of(a("c"), a("d"))),
                sets("a b", "c d"),
                sets("a c", "a d", "b c", "b d"),
            ),
        ],
    )
    def test_a_clause(self, requires: Policy, accept: Any, block: Any) -> None:
        """Each by its tree; what asks nothing counts for no join."""
        facts = {"yes": True, "no": False}
        assert minimal_sets(needing(requires), "f", facts=facts) == accept
        assert blocks_that_break(needing(requires), "f", facts=facts) == block
        if accept:
            accepted = everything(needing(requires)) - accept[0]
            assert effects_of(needing(requires), accepted, facts=facts)["f"].outcome is Outcome.KEPT

    def test_accepting_must_not_harm(self) -> None:
        """A clause that a further cookie could break has no least sets, and is named."""
        with pytest.raises(PolicyError, match="none_of speaks of cookies"):
            minimal_sets(needing(none_of(a("a"))), "f")
        with pytest.raises(PolicyError, match="when chooses by cookies"):
            minimal_sets(needing(when(a("a"), a("b"), otherwise=a("c"))), "f")
        with pytest.raises(PolicyError, match="none_of speaks of cookies"):
            blocks_that_break(evolve(cookie_part, functions=(*needing(none_of(a("wick"))).functions,)), "f")

    def test_facts_must_be_given(self) -> None:
        """Where a fact is missing the answer would be a guess; the error names the fact."""
        with pytest.raises(PolicyError, match=r"It depends on what is not given: .*whether the visitor is a member"):
            minimal_sets(cookie_part, "gallery")
        with pytest.raises(PolicyError, match="the text does not state who"):
            blocks_that_break(needing(all_of(a("a"), unstated("who"))), "f")
        assert minimal_sets(cookie_part, "order") == sets("key")

    def test_ids_that_are_not_there(self) -> None:
        """A function or cookie that the statement lacks is refused, wherever it is spoken of; so is no function."""
        with pytest.raises(UnknownRefError, match="no function 'shop'"):
            minimal_sets(cookie_part, "read", "shop")
        with pytest.raises(UnknownRefError, match="no function 'g'"):
            blocks_that_break(needing(works("g")), "f")
        with pytest.raises(UnknownRefError, match="no cookie 'z'"):
            minimal_sets(needing(a("z")), "f")
        with pytest.raises(PolicyError, match="No function was named"):
            minimal_sets(cookie_part)


class TestLimit:
    """There can be very many least sets; nobody is left waiting for them."""

    @staticmethod
    def pairs(number: int) -> Statement:
        """Write a statement down in which one cookie of each of several pairs is needed."""
        cookie = cookie_part.cookies[0]
        ids = [(f"l{n:02}", f"r{n:02}") for n in range(number)]
        needs = all_of(*(any_of(accepts(left), accepts(right)) for left, right in ids))
        return Statement(
            name="s",
            cookies=tuple(evolve(cookie, id=id) for pair in ids for id in pair),  # noqa: A001
            functions=(Function(id="f", title="f", requires=needs, source=line(1)),),
        )

    def test_it_is_said(self) -> None:
        """Beyond the limit the error says so, at once; what breaks the function are few."""
        with pytest.raises(PolicyError, match=r"more than 200 least sets.*give a higher limit"):
            minimal_sets(self.pairs(40), "f")
        assert len(blocks_that_break(self.pairs(40), "f")) == 40

    def test_it_is_exact(self) -> None:
        """As many as the limit are given, and not one more."""
        assert len(minimal_sets(self.pairs(5), "f", limit=32)) == 32
        with pytest.raises(PolicyError, match="more than 31 least sets"):
            minimal_sets(self.pairs(5), "f", limit=31)

    def test_many_functions_at_once(self) -> None:
        """What all of many functions need is one set, and is found without trying their combinations."""
        cookie = cookie_part.cookies[0]
        ids = [f"c{n:02}" for n in range(40)]
        functions = tuple(Function(id=id, title=id, requires=accepts(id), source=line(1)) for id in ids)  # noqa: A001
        many = Statement(name="s", cookies=tuple(evolve(cookie, id=id) for id in ids), functions=functions)  # noqa: A001
        assert minimal_sets(many, *ids) == (frozenset(ids),)
        assert blocks_that_break(many, *ids) == sets(*ids)


class TestLaws:
    @given(statements(), st.data())
    def test_brute_force_agrees(self, statement: Statement, data: st.DataObject) -> None:
        """Of all choices of cookies, the least that keep the functions; of all blockings, the least that break one."""
        names = [one.id for one in statement.functions]
        asked = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        really = sorted({id for one in statement.cookies for id in set_for(statement, one.id)})  # noqa: A001
        for values in product([True, False], repeat=len(FACTS)):
            facts = dict(zip(FACTS, values, strict=True))
            choices = [frozenset(one) for size in range(len(really) + 1) for one in combinations(really, size)]

            def keeps(accepted: frozenset[str], facts: dict[str, bool] = facts) -> bool:
                found = effects_of(statement, frozenset(really) - accepted, facts=facts)
                return all(found[name].outcome is Outcome.KEPT for name in asked)

            enough = [one for one in choices if keeps(one)]
            breaking = [one for one in choices if not keeps(frozenset(really) - one)]
            assert set(minimal_sets(statement, *asked, facts=facts)) == _least(enough)
            assert set(blocks_that_break(statement, *asked, facts=facts)) == _least(breaking)

    @given(statements(facts=()), st.data())
    def test_duality(self, statement: Statement, data: st.DataObject) -> None:
        """Every least block meets every least choice, and nothing less of it does."""
        name = data.draw(st.sampled_from(statement.functions)).id
        accept, block = minimal_sets(statement, name), blocks_that_break(statement, name)
        assert all(one & other for one in accept for other in block)
        for one in block:
            for left in one:
                assert any(not other & (one - {left}) for other in accept)

    @given(statements(facts=()), st.data())
    def test_order(self, statement: Statement, data: st.DataObject) -> None:
        """The smallest come first, and the order of the rows changes nothing."""
        name = data.draw(st.sampled_from(statement.functions)).id
        turned = evolve(statement, cookies=statement.cookies[::-1], functions=statement.functions[::-1])
        found = minimal_sets(statement, name)
        assert minimal_sets(turned, name) == found
        assert [len(one) for one in found] == sorted(len(one) for one in found)


def _least(choices: list[frozenset[str]]) -> set[frozenset[str]]:
    return {one for one in choices if not any(other < one for other in choices)}
