"""A scheme: a policy together with how it reads records."""

from __future__ import annotations

from typing import Any

import pytest

from cpdrules import Source, all_of, at_least, year
from cpdrules.cpd import Axis, activity, hours, record, scheme
from cpdrules.cpd.tallies import Conventions
from cpdrules.errors import PolicyError

LOG = record("7", [activity("2015-12-28", 7, until="2016-01-03")])


class TestScheme:
    def test_holds_its_conventions(self) -> None:
        """The axes, the way across an edge, and the policy that is read by them."""
        policy = at_least(1, hours())
        one = scheme(policy, axes=(Axis("area"),), straddling="by_day", ref="mine", source=Source("book"))
        assert one.policy is policy
        assert one.conventions == Conventions((Axis("area"),), "by_day")
        assert (one.ref, one.source) == ("mine", Source("book"))
        assert one["mine"] is one

    def test_adds_nothing_to_a_finding(self) -> None:
        """The finding is that of the policy."""
        assert scheme(at_least(1, hours(), ref="hours")).assess(LOG, period=year(2015)).ref == "hours"

    def test_inside_another_goes_before_it(self) -> None:
        """Two clauses of one policy may read a record in two ways."""
        floor = at_least(1, hours(), ref="first")
        both = all_of(scheme(floor, straddling="by_first_day"), at_least(1, hours(), ref="last"))
        finding = scheme(both, straddling="by_last_day").assess(LOG, period=year(2015))
        assert finding["first"].counted == (7 * 3600, 7 * 3600)
        assert finding["last"].counted == (0, 0)

    @pytest.mark.parametrize("policy", [hours(), None, "policy"])
    def test_is_made_of_a_clause(self, policy: Any) -> None:
        """A measure is no policy."""
        with pytest.raises(PolicyError, match=r"^scheme is made of clauses"):
            scheme(policy)
