"""The ways that missing facts leave open, against a walk through every completion."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import PolicyError
from cpdrules.privacy.alternatives import ALWAYS, NEVER, Alternatives, any_way, every_way, turning_on

NAMES = "abcd"
terms = st.frozensets(st.tuples(st.sampled_from(NAMES), st.booleans()), max_size=4)
several = st.lists(terms, max_size=6).map(Alternatives)


def holds(ways, facts):
    """Say slowly whether one of the ways is open."""
    return any(all(facts[name] is wanted for name, wanted in term) for term in ways.terms)


def completions():
    """Give every completion of the facts."""
    return [dict(zip(NAMES, values, strict=True)) for values in product((True, False), repeat=len(NAMES))]


class TestAlternatives:
    """It is settled exactly where every completion agrees, and names exactly what it turns on."""

    @given(st.lists(terms, max_size=6))
    def test_the_shortest_form_means_the_same(self, given_terms):
        """Joining and dropping terms changes no answer."""
        ways = Alternatives(given_terms)
        for facts in completions():
            slowly = any(all(facts[name] is wanted for name, wanted in term) for term in given_terms)
            assert holds(ways, facts) is slowly

    @given(several)
    def test_it_is_settled_where_every_completion_agrees(self, ways):
        """No completion can turn what is settled, and two differ where it is not."""
        answers = {holds(ways, facts) for facts in completions()}
        assert ways.settled is (answers.pop() if len(answers) == 1 else None)

    @given(several)
    def test_it_names_exactly_what_it_turns_on(self, ways):
        """A name is given where that fact alone can turn some completion, and only there."""
        turning = {
            name
            for name in NAMES
            for facts in completions()
            if holds(ways, facts) is not holds(ways, {**facts, name: not facts[name]})
        }
        assert set(ways.names) == turning
        assert list(ways.names) == sorted(turning)

    @given(several)
    def test_each_way_is_possible_and_asks_for_no_more_than_it_must(self, ways):
        """No term contradicts itself, and none holds without each of its parts."""
        for term in ways.terms:
            assert len(dict(term)) == len(term)
            for turn in term:
                shorter = term - {turn}
                assert not all(holds(ways, facts) for facts in completions() if shorter <= set(facts.items()))

    @given(several, several)
    def test_joining_means_what_it_says(self, one, other):
        """One of two is enough, or both are needed."""
        for facts in completions():
            assert holds(one | other, facts) is (holds(one, facts) or holds(other, facts))
            assert holds(one & other, facts) is (holds(one, facts) and holds(other, facts))

    @given(several, several, several)
    def test_joining_is_free_of_order(self, one, other, third):
        """What is joined first changes nothing, and joining with itself neither."""
        assert one & other == other & one
        assert (one & other) & third == one & (other & third)
        assert one & one == one == one | one
        assert any_way([one, other, third]) == any_way([third, one, other])
        assert every_way([one, other]) == one & other

    def test_nothing_and_everything(self):
        """No way at all is no; nothing needed is yes."""
        assert (any_way([]), every_way([])) == (NEVER, ALWAYS)
        assert (NEVER.settled, ALWAYS.settled, turning_on("a").settled) == (False, True, None)

    def test_too_many_ways_are_refused(self):
        """What would take too long says so, with the number."""
        with pytest.raises(PolicyError, match="1024 ways") as caught:
            every_way(turning_on(f"a{number}") | turning_on(f"b{number}") for number in range(10))
        assert caught.value.data["number"] == 1024
        with pytest.raises(PolicyError, match="1001 ways"):
            any_way(turning_on(f"a{number}") for number in range(1001))
        assert len(any_way(turning_on(f"a{number}") for number in range(100)).names) == 100
