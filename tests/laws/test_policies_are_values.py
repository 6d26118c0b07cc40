"""Policies, records and findings are values: equal ones cannot be told apart, whatever is done with them."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdrules import Policy, as_stated, inferred
from cpdrules.cpd import Record
from tests.strategies import PERIODS, policies, records


def rebuilt(value: Any) -> Any:
    """Give an equal policy that shares no clause with the first."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(rebuilt(one) for one in value)
    if not isinstance(value, Policy):
        return value
    given = {one.alias: rebuilt(getattr(value, one.name)) for one in fields(type(value)) if one.init}
    return type(value)(**given)


class TestPoliciesAreValues:
    @given(policies(settled=False), records(known=False))
    def test_equal_policies_give_equal_findings(self, policy: Policy, log: Record) -> None:
        """A policy built anew is equal, hashes alike and concludes the same, whether one of them was used before."""
        period = PERIODS[0][0]
        finding = policy.assess(log, period=period)
        other = rebuilt(policy)
        assert other == policy and hash(other) == hash(policy) and other is not policy
        assert other.assess(log, period=period) == finding == policy.assess(log, period=period)

    @given(policies(settled=False), records(known=False, most=3), records(known=False, most=3))
    def test_assessing_one_changes_nothing_for_another(self, policy: Policy, one: Record, other: Record) -> None:
        """What is concluded of a record is the same before and after another was assessed, over another period."""
        before = policy.assess(one, period=PERIODS[0][0])
        policy.assess(other, period=PERIODS[1][0])
        assert policy.assess(one, period=PERIODS[0][0]) == before

    @given(policies(settled=False), records(known=False, most=3))
    def test_values_travel(self, policy: Policy, log: Record) -> None:
        """A policy in use, a record and a finding are pickled and copied whole, and conclude the same elsewhere."""
        finding = policy.assess(log, period=PERIODS[0][0])
        for way in (lambda value: pickle.loads(pickle.dumps(value)), copy.deepcopy, copy.copy):  # noqa: S301
            assert way(policy) == policy
            assert way(log) == log
            assert way(finding) == finding
            assert way(policy).assess(way(log), period=way(PERIODS[0][0])) == finding

    @given(policies(settled=False), policies(settled=False))
    def test_rewriting_touches_only_what_it_changes(self, policy: Policy, other: Policy) -> None:
        """To change nothing gives the policy itself; to exchange a clause leaves the first policy as it was."""
        assert policy.rewritten(lambda clause: clause) is policy
        whole = hash(policy)
        parts = list(policy.walk())
        swapped = policy.rewritten(lambda clause: other if clause is parts[-1] else clause)
        assert hash(policy) == whole
        assert other in swapped.walk()
        assert [clause.ref for clause in parts] == [clause.ref for clause in policy.walk()]

    @given(policies(settled=False), policies(settled=False), records(known=False, most=3))
    def test_an_inferred_reading_can_be_switched_off(self, reading: Policy, stated: Policy, log: Record) -> None:
        """A reading is assessed as it stands, and as the text says it once it is switched off."""
        policy, period = inferred(reading, otherwise=stated), PERIODS[0][0]
        assert policy.assess(log, period=period) == reading.assess(log, period=period)
        assert as_stated(policy) == stated
        assert as_stated(reading) is reading

    @settings(max_examples=20)
    @given(policies(settled=False), st.lists(records(known=False), min_size=4, max_size=4))
    def test_one_policy_serves_many_threads(self, policy: Policy, logs: list[Record]) -> None:
        """A policy that several threads use at once, from its first use on, gives each of them its own answer."""
        period = PERIODS[0][0]
        alone = [rebuilt(policy).assess(log, period=period) for log in logs]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda log: policy.assess(log, period=period), logs * 3))
        assert together == alone * 3
