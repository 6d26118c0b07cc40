"""A scheme: a policy together with how it reads records."""

from __future__ import annotations

from typing import Any

import pytest

from cpdrules import Source, all_of, at_least, each, year
from cpdrules.cpd import Axis, Fact, activity, hours, record, scheme
from cpdrules.cpd.tallies import Conventions
from cpdrules.errors import PolicyError
from cpdrules.periods import months

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

    def test_hands_on_what_counts_once(self) -> None:
        """One axis or several are one thing to say; what is not said is not asked."""
        assert scheme(at_least(1, hours()), once="talk").conventions.once == ("talk",)
        assert scheme(at_least(1, hours()), once=("talk", "course")).conventions.once == ("talk", "course")
        plain = scheme(at_least(1, hours()))
        assert (plain.conventions.once, plain.conventions.while_member, plain.conventions.facts) == ((), False, ())
        facts = (Fact("role", unrecorded=False),)
        assert scheme(at_least(1, hours()), facts=facts, while_member=True).conventions == Conventions(
            facts=facts, while_member=True
        )

    def test_leaves_the_period_of_the_one_around_it(self) -> None:
        """A scheme over six months inside one over a year: each looks for repeats in its own period."""
        log = record("7", [activity(f"2015-{month}-01", 1, talk="x", id=month) for month in ("02", "03", "08")])
        axes = (Axis("talk", every=False),)
        inner = scheme(at_least(0, hours(), ref="inner"), axes=axes, once="talk")
        halves = each(months(6), at_least(0, hours(), ref="outer"))
        both = scheme(all_of(each(months(6), inner), halves, ref="all"), axes=axes, once="talk")
        finding = both.assess(log, period=year(2015))
        assert [part.counted for part in finding.walk() if part.ref.startswith("inner")] == [(3600, 3600), (3600, 3600)]
        assert [part.counted for part in finding.walk() if part.ref.startswith("outer")] == [(3600, 3600), (0, 0)]
