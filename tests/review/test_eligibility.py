"""Who can be chosen, and why not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Verdict, all_of, none_of, unstated, year
from cpdrules.cpd import Circumstance, Member, circumstance, fact
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.findings import Finding
from cpdrules.iet import cpd
from cpdrules.policies import Policy
from cpdrules.review import (
    Eligibility,
    Event,
    History,
    Scope,
    Status,
    at_rate,
    draw,
    eligibility,
    happened,
    newcomer,
    not_for,
    put_off,
    put_off_until_now,
    rule,
    scope,
)
from cpdrules.review.identities import DuplicateIdError, IdentityError

RULES = scope(
    rule(Status.OUT_OF_SCOPE, none_of(fact("opted_in")), "not a scheme member"),
    rule(Status.EXEMPT, circumstance("retired"), "not professionally active"),
    rule(Status.TOO_RECENT, newcomer(2), "could be chosen for less than two years"),
    rule(Status.DEFERRED, put_off(), "put off to a later year"),
    rule(Status.COOLING_OFF, happened("met", within=2), "reviewed in the last two years"),
    rule(Status.CERTAIN, put_off_until_now(), "put off until now"),
    rule(Status.CERTAIN, happened("not engaged"), "not engaged last year"),
    rule(Status.CERTAIN, happened("not met"), "fell short last year"),
    rule(Status.CERTAIN, not_for(7, "met", "not met"), "not reviewed for seven years"),
)


def member(number: int, *, opted_in: Any = True, retired: bool = False) -> Member:
    """Write a member down."""
    circumstances = (Circumstance("retired", date(2010, 1, 1)),) if retired else ()
    facts = {} if opted_in is None else {"opted_in": opted_in}
    return Member(f"M{number}", circumstances=circumstances, facts=facts)


def history(*events: Any, since: int | None = 2012) -> History:
    """Write a history down."""
    return History([Event(*event) for event in events], since)


def asked(members: list[Member], histories: dict[str, History] | None = None, rules: Scope = RULES) -> Eligibility:
    """Ask who can be chosen in 2017."""
    return eligibility(members, rules, id_of=lambda one: one.id, period=year(2017), histories=histories)


class TestOneMember:
    @pytest.mark.parametrize(
        ("who", "past", "status", "reason"),
        [
            ({}, history(), Status.POOL, "no rule takes them out"),
            ({"opted_in": False}, history((2016, "not met")), Status.OUT_OF_SCOPE, "not a scheme member"),
            ({"retired": True}, history((2016, "not met")), Status.EXEMPT, "not professionally active"),
            ({}, history(since=2016), Status.TOO_RECENT, "could be chosen for less than two years"),
            ({}, history((2016, "deferred", 2018)), Status.DEFERRED, "put off to a later year"),
            ({}, history((2015, "met"), since=2005), Status.COOLING_OFF, "reviewed in the last two years"),
            ({}, history((2016, "deferred", 2017)), Status.CERTAIN, "put off until now"),
            ({}, history((2016, "not engaged")), Status.CERTAIN, "not engaged last year"),
            ({}, history((2016, "not met")), Status.CERTAIN, "fell short last year"),
            ({}, history((2010, "met")), Status.CERTAIN, "not reviewed for seven years"),
            ({}, history(since=2010), Status.CERTAIN, "not reviewed for seven years"),
            ({}, history((2016, "not engaged"), (2009, "met")), Status.CERTAIN, "not engaged last year"),
        ],
    )
    def test_has_the_status_of_the_first_rule_that_holds(
        self, who: dict[str, Any], past: History, status: Status, reason: str
    ) -> None:
        """One status, one reason, in the order in which rules are asked."""
        one = asked([member(1, **who)], {"M1": past})["M1"]
        assert (one.status, one.reason, one.missing, one.might_be) == (status, reason, (), ())

    def test_whose_history_nobody_recorded_is_not_guessed_at(self) -> None:
        """It is no empty history, unless the register is said to be complete."""
        one = asked([member(1)])["M1"]
        assert one.status is Status.CANNOT_TELL
        assert one.reason == "it is not known whether: could be chosen for less than two years"
        assert one.missing == ("the history of earlier reviews is not recorded",)
        assert one.might_be == (*list(Status)[2:6], Status.POOL)
        complete = eligibility([member(1)], RULES, id_of=lambda one: one.id, period=year(2017), unrecorded=history())
        assert complete.pool == ("M1",)

    def test_of_whom_a_fact_is_missing_is_not_guessed_at(self) -> None:
        """The fact is named, and so is what they might be."""
        one = asked([member(1, opted_in=None)], {"M1": history((2016, "not met"))})["M1"]
        assert (one.status, one.might_be) == (Status.CANNOT_TELL, (Status.OUT_OF_SCOPE, Status.CERTAIN))
        assert one.missing == ("the member's opted in is not recorded",)
        assert str(one) == (
            "M1: cannot tell: it is not known whether: not a scheme member (the member's opted in is not recorded)"
        )

    def test_a_missing_fact_that_changes_nothing_is_no_matter(self) -> None:
        """Two rules of one status: whether the first holds, nobody needs to know."""
        rules = scope(
            rule(Status.EXEMPT, fact("overseas"), "overseas"),
            rule(Status.EXEMPT, circumstance("retired"), "not professionally active"),
        )
        found = asked([member(1, retired=True), member(2)], rules=rules)
        assert str(found["M1"]) == "M1: exempt: not professionally active"
        assert found["M2"].might_be == (Status.EXEMPT, Status.POOL)

    def test_of_whom_nothing_is_asked_meets_no_rule(self) -> None:
        """A rule holds where its policy is met, and nowhere else."""
        assert asked([member(1)], rules=scope()).pool == ("M1",)


class TestEverybody:
    MEMBERS = (
        *(
            member(1),
            member(2, opted_in=False),
            member(3, retired=True),
            member(4, opted_in=None),
            member(5),
            member(6),
        ),
        member(7),
    )
    PAST = {f"M{number}": history() for number in range(1, 6)} | {
        "M6": history((2016, "not met")),
        "M7": history((2016, "not engaged")),
    }

    def test_is_counted_by_reason(self) -> None:
        """With the reason, in the order of statuses; the counts sum to everybody."""
        found = asked(list(self.MEMBERS), self.PAST)
        assert str(found).splitlines() == [
            "7 people",
            "  not in scope: not a scheme member: 1",
            "  exempt: not professionally active: 1",
            "  must be included: fell short last year: 1",
            "  must be included: not engaged last year: 1",
            "  in the pool: no rule takes them out: 2",
            "  cannot tell: it is not known whether: not a scheme member: 1",
        ]
        assert sum(found.counts.values()) == 7

    def test_goes_into_the_draw(self) -> None:
        """The pool by stratum, the must-included by reason, and nobody else."""
        found = asked(list(self.MEMBERS), self.PAST)
        assert found.pool == ("M1", "M5")
        assert found.strata(lambda one: "odd" if int(one.id[1:]) % 2 else "even") == {"odd": ("M1", "M5")}
        assert found.certain == {"fell short last year": ("M6",), "not engaged last year": ("M7",)}
        terms = {"scheme": "demo", "label": "2017", "seed": "1" * 20, "seed_source": "dice"}
        drawn = draw(found.pool, at_rate(1), certain=found.certain, **terms)
        assert sorted(drawn.ids) == ["M1", "M5"]

    def test_is_a_person(self) -> None:
        """Two registrations are no two entries; whoever stands there twice is named."""
        with pytest.raises(DuplicateIdError, match="'M1'"):
            asked([member(1), member(1)])
        with pytest.raises(UnknownRefError, match="Nobody on the list has the id 'M9'"):
            asked([member(1)])["M9"]

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([True, False, None]),
                st.booleans(),
                st.none()
                | st.builds(
                    lambda events, since: History(events, since),
                    st.lists(
                        st.builds(Event, st.integers(2008, 2018), st.sampled_from(["met", "not met", "not engaged"]))
                        | st.integers(2008, 2018).map(lambda of: Event(of, "deferred", of + 1)),
                        max_size=3,
                    ),
                    st.none() | st.integers(2005, 2017),
                ),
            ),
            max_size=8,
        )
    )
    def test_has_exactly_one_status(self, people: list[tuple[bool | None, bool, History | None]]) -> None:
        """Counts sum to everybody, no list overlaps another, and each one's status is the slow, obvious one."""
        members = [member(n, opted_in=opted, retired=retired) for n, (opted, retired, _) in enumerate(people)]
        past = {f"M{number}": one for number, (_, _, one) in enumerate(people) if one is not None}
        found = asked(members, past)
        assert sum(found.counts.values()) == len(people)
        assert Counter(one.id for status in Status for one in found.of(status)) == Counter(one.id for one in members)
        for one, who in zip(found.standings, members, strict=True):
            assert one.status in obvious(who, past.get(who.id))
            assert (one.status is Status.CANNOT_TELL) is bool(one.missing) is bool(one.might_be)


def obvious(who: Member, past: History | None) -> set[Status]:
    """Give the statuses that somebody may have, as the rules read: one, or cannot tell."""
    might: list[Status] = []
    for one in RULES.rules:
        verdict = one.policy.assess(past if one.of_history else who, period=year(2017)).verdict
        if verdict is Verdict.MET:
            might.append(one.status)
            break
        if verdict is Verdict.CANNOT_TELL:
            might.append(one.status)
    else:
        might.append(Status.POOL)
    return set(might) if len(set(might)) == 1 else {Status.CANNOT_TELL}


class TestRules:
    @pytest.mark.parametrize("status", [Status.POOL, Status.CANNOT_TELL, "exempt"])
    def test_give_a_status_that_rules_give(self, status: Any) -> None:
        """Who is left is in the pool, without a rule."""
        with pytest.raises(PolicyError, match="No rule gives the status"):
            rule(status, fact("opted_in"), "opted in")

    def test_are_policies_with_a_reason(self) -> None:
        """Anything else is refused by name."""
        with pytest.raises(PolicyError, match="'retired' is no policy"):
            rule(Status.EXEMPT, "retired", "retired")  # type: ignore[arg-type]
        with pytest.raises(IdentityError, match="cannot be a reason"):
            rule(Status.EXEMPT, circumstance("retired"), "")

    def test_look_at_one_record(self) -> None:
        """A member, or a history."""
        with pytest.raises(PolicyError, match="looks at members and at their histories"):
            rule(Status.CERTAIN, all_of(happened("not met"), fact("opted_in")), "both")
        assert rule(Status.CERTAIN, all_of(happened("not met"), newcomer(3)), "both").of_history

    def test_stand_in_one_order(self) -> None:
        """Who is exempt is not chosen because they failed."""
        rules = list(RULES.rules)
        assert scope(*rules) == RULES
        with pytest.raises(PolicyError, match="another order"):
            scope(*rules[::-1])

    def test_have_reasons_of_their_own(self) -> None:
        """Or the counts could not be traced."""
        with pytest.raises(PolicyError, match="Several rules give the reason 'away'"):
            scope(*(rule(Status.EXEMPT, circumstance(kind), "away") for kind in ("ill", "abroad")))

    def test_take_any_subject(self) -> None:
        """The domain knows no members: numbers will do."""

        class Even(Policy):
            def planned(self, plan: Any) -> Any:
                yes, no = Finding(self.clause(), Verdict.MET), Finding(self.clause(), Verdict.DOES_NOT_APPLY)
                return lambda case, period: no if case.subject % 2 else yes

        rules = scope(rule(Status.EXEMPT, Even(), "even"))
        assert eligibility(range(5), rules, id_of=str, period=year(2017)).pool == ("1", "3")
        open_ = scope(rule(Status.EXEMPT, unstated("who is exempt"), "exempt"))
        assert eligibility(range(2), open_, id_of=str, period=year(2017)).of(Status.CANNOT_TELL)

    def test_of_the_iet_by_year(self) -> None:
        """Until 2016 those who opted in, from 2017 every TMIET, MIET and FIET: one rule over the dated scope."""
        rules = scope(rule(Status.OUT_OF_SCOPE, none_of(cpd.scope), "not a scheme member"))
        opted = Circumstance("opted_in", date(2014, 1, 1))
        members = [Member("1", grade="MIET"), Member("2", grade="MIET", circumstances=(opted,)), Member("3", grade="x")]

        def pool(of: int) -> tuple[str, ...]:
            return eligibility(members, rules, id_of=lambda one: one.id, period=year(of)).pool

        assert (pool(2016), pool(2017)) == (("2",), ("1", "2"))
