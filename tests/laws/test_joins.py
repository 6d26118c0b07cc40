"""A verdict is never a bool: four answers, joined by two orderings, in which “does not apply” is neutral."""

from __future__ import annotations

from itertools import combinations_with_replacement, permutations, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Policy, Verdict, advise, all_of, any_of, at_least_of, exempt, none_of
from cpdrules.choices import Advise
from cpdrules.cpd import Record
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf
from cpdrules.verdicts import all_met, any_met, enough_met, opposite
from tests.strategies import PERIODS, policies, records

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

#: Every way in which up to four clauses can turn out, whatever their order.
OUTCOMES = [some for size in range(5) for some in combinations_with_replacement(Verdict, size)]

period = PERIODS[0][0]
some_policies = st.lists(policies(settled=False, depth=1), min_size=1, max_size=3)
logs = records(known=False, most=3)


def verdict(policy: Policy, log: Record) -> Verdict:
    """Give the verdict of a policy."""
    return policy.assess(log, period=period).verdict


class TestTheOrderings:
    """Of up to four verdicts, every combination is tried."""

    @pytest.mark.parametrize("some", OUTCOMES, ids=lambda some: ",".join(one.name for one in some))
    def test_of_verdicts(self, some: tuple[Verdict, ...]) -> None:
        """All: not met, cannot tell, met. Any: met, cannot tell, not met. Neither sees what does not apply."""
        first = next((one for one in (NOT_MET, CANNOT_TELL, MET) if one in some), DOES_NOT_APPLY)
        assert all_met(some) is first
        first = next((one for one in (MET, CANNOT_TELL, NOT_MET) if one in some), DOES_NOT_APPLY)
        assert any_met(some) is first
        applying = [one for one in some if one is not DOES_NOT_APPLY]
        assert all_met(applying) is all_met(some)
        assert any_met(applying) is any_met(some)
        for count in range(1, 5):
            assert enough_met(count, applying) is enough_met(count, some)
            assert {enough_met(count, order) for order in permutations(some)} == {enough_met(count, some)}

    @pytest.mark.parametrize("some", OUTCOMES, ids=lambda some: ",".join(one.name for one in some))
    def test_enough_is_between_any_and_all(self, some: tuple[Verdict, ...]) -> None:
        """One of several is any of them, as many as there are is all, and it cannot be told only while both can be."""
        assert enough_met(1, some) is any_met(some)
        assert enough_met(max(len(some), 1), some) is all_met(some)
        for count in range(1, len(some) + 1):
            answers = {
                enough_met(count, guess)
                for guess in product(*((MET, NOT_MET) if one is CANNOT_TELL else (one,) for one in some))
            }
            assert enough_met(count, some) is (answers.pop() if len(answers) == 1 else CANNOT_TELL)

    @pytest.mark.parametrize("some", OUTCOMES, ids=lambda some: ",".join(one.name for one in some))
    def test_de_morgan(self, some: tuple[Verdict, ...]) -> None:
        """That none holds is that all fail; that not all hold is that one fails."""
        assert opposite(any_met(some)) is all_met([opposite(one) for one in some])
        assert opposite(all_met(some)) is any_met([opposite(one) for one in some])


class TestJoins:
    @given(some_policies, logs)
    def test_none_holds_where_each_fails(self, some: list[Policy], log: Record) -> None:
        """De Morgan, in the library's own words."""
        assert verdict(none_of(*some), log) is verdict(all_of(*(none_of(one) for one in some)), log)
        assert verdict(none_of(none_of(*some)), log) is verdict(any_of(*some, any_of(*some)), log)

    @given(some_policies, logs)
    def test_so_many_of_them(self, some: list[Policy], log: Record) -> None:
        """At least one of several is any of them; at least as many as there are is all of them."""
        assert verdict(at_least_of(1, *some), log) is verdict(any_of(*some), log)
        assert verdict(at_least_of(len(some), *some), log) is verdict(all_of(*some), log)

    @given(st.lists(policies(depth=1), min_size=1, max_size=3), records(most=3))
    def test_to_ask_for_more_of_them_never_helps(self, some: list[Policy], log: Record) -> None:
        """Who meets so many of several clauses meets fewer of them."""
        rank = {MET: 2, DOES_NOT_APPLY: 2, CANNOT_TELL: 1, NOT_MET: 0}
        found = [rank[verdict(at_least_of(number, *some), log)] for number in range(1, len(some) + 1)]
        assert found == sorted(found, reverse=True)

    @given(st.lists(policies(settled=False, depth=1), min_size=3, max_size=3), st.sampled_from((all_of, any_of)), logs)
    def test_they_can_be_bracketed(self, some: list[Policy], join: Any, log: Record) -> None:
        """All of all, and any of any, is what it is without the brackets."""
        one, two, three = some
        flat = verdict(join(one, two, three), log)
        assert verdict(join(one, join(two, three)), log) is flat
        assert verdict(join(join(one, two), three), log) is flat
        assert verdict(join(three, two, one), log) is flat

    @given(policies(settled=False), logs, st.data())
    def test_what_does_not_apply_is_neutral(self, policy: Policy, log: Record, data: st.DataObject) -> None:
        """To add a clause that asks nothing changes no verdict, wherever clauses are joined."""

        def widened(clause: Policy) -> Policy:
            joins = isinstance(clause, (AllOf, AnyOf, NoneOf, AtLeastOf))
            if not joins or not data.draw(st.booleans()):
                return clause
            if isinstance(clause, AtLeastOf) and clause.count == len(clause.members):
                return evolve(clause, count=clause.count + 1, members=(*clause.members, exempt("nothing")))
            return evolve(clause, members=(*clause.members, exempt("nothing")))

        assert satisfying(verdict(policy.rewritten(widened), log)) == satisfying(verdict(policy, log))


def satisfying(answer: Verdict) -> object:
    """Give a verdict, with the two that leave nothing outstanding as one."""
    return "satisfied" if answer in (MET, DOES_NOT_APPLY) else answer


class TestAdviceNeverChangesAVerdict:
    @given(policies(settled=False, depth=1), policies(settled=False, depth=1), logs, st.sampled_from((all_of, any_of)))
    def test_beside_a_clause(self, policy: Policy, advice: Policy, log: Record, join: Any) -> None:
        """A recommendation joined to a clause leaves its verdict alone, whether it is followed or not."""
        assert verdict(join(policy, advise(advice)), log) is verdict(join(policy), log)
        assert verdict(advise(advice), log) is DOES_NOT_APPLY

    @given(policies(settled=False), policies(depth=1), logs)
    def test_whatever_is_advised(self, policy: Policy, other: Policy, log: Record) -> None:
        """To advise something else changes no verdict, however deep the advice stands; all of it is reported."""
        swapped = policy.rewritten(lambda one: evolve(one, policy=other) if isinstance(one, Advise) else one)
        before, after = policy.assess(log, period=period), swapped.assess(log, period=period)
        assert after.verdict is before.verdict
        assert after.shortfalls() == before.shortfalls()
        advised = [part for node in after.walk() if node.clause.word == "advise" for part in node.parts]
        assert bool(after.advice()) == any(not part.satisfied for part in advised)
