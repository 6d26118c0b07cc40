"""What-if: a policy with a clause changed, and who would fare differently."""

from __future__ import annotations

import pytest

from cpdrules import Rounding, Verdict, all_of, at_least, at_most, when, year
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import Circumstance, Member, Record, activity, circumstance, hours, pro_rata, record
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.iet import cpd
from cpdrules.scenarios import amend, compare

POLICY = all_of(at_least(30, hours(), ref="hours"), at_most(10, hours(planned=False), ref="unplanned"), ref="whole")


def did(name: str, amount: int, *circumstances: Circumstance) -> Record:
    """Do so much in 2015, planned."""
    return record(Member(name, circumstances=circumstances), [activity("2015-03-02", amount, planned=True)])


class TestAmend:
    def test_another_figure(self) -> None:
        """A figure is read in the unit of the clause, and nothing else changes."""
        assert amend(POLICY, {"hours": "22:30"}) == all_of(
            at_least("22:30", hours(), ref="hours"), at_most(10, hours(planned=False), ref="unplanned"), ref="whole"
        )
        assert POLICY["hours"] == at_least(30, hours(), ref="hours")

    def test_another_target(self) -> None:
        """A figure that depends on the member takes a figure's place."""
        target = pro_rata(30, rounding=Rounding("up", so_many_hours("1 min")))
        assert amend(POLICY, {"hours": target})["hours"] == at_least(target, hours(), ref="hours")

    def test_another_clause_keeps_the_ref(self) -> None:
        """A new clause without a name takes the old one's, and keeps its own where it has one."""
        assert amend(POLICY, {"unplanned": at_least(1, hours())})["unplanned"] == at_least(1, hours(), ref="unplanned")
        assert amend(POLICY, {"unplanned": at_least(1, hours(), ref="new")})["new"] == at_least(1, hours(), ref="new")

    def test_every_edition_changes(self) -> None:
        """A ref that stands in several editions is changed in all of them."""
        amended = amend(cpd.policy, {"hours": 20})
        figures = {clause.figure for clause in amended.walk() if clause.ref == "hours"}  # type: ignore[attr-defined]
        assert figures == {so_many_hours(20)}

    def test_a_ref_that_is_not_there(self) -> None:
        """The error names the ref, those that there are, and the nearest."""
        with pytest.raises(
            UnknownRefError, match=r"no clause 'hour'.*'hours', 'unplanned', 'whole'.*Did you mean hours"
        ):
            amend(POLICY, {"hour": 20})

    def test_a_figure_for_a_clause_that_has_none(self) -> None:
        """A joining clause cannot be given a figure."""
        with pytest.raises(PolicyError, match="'whole' asks for no figure"):
            amend(POLICY, {"whole": 20})


class TestCompare:
    def test_who_fares_differently_and_by_how_much(self) -> None:
        """Of three members, the one between the two figures is helped; the one below both is short by less."""
        found = compare(
            POLICY, amend(POLICY, {"hours": 20}), [did("a", 10), did("b", 25), did("c", 40)], period=year(2015)
        )
        assert found.assessed == 3
        short, helped, _ = found.changes
        assert (short.member, helped.member) == ("a", "b")
        assert short.for_the_better is True
        assert str(short) == (
            "a: not met, then not met; hours: not met (30 h asked, 20 h short), then not met (20 h asked, 10 h short)"
        )
        assert (helped.before.verdict, helped.after.verdict) == (Verdict.NOT_MET, Verdict.MET)
        assert helped.for_the_better is True

    def test_a_change_that_nobody_feels_in_the_verdict(self) -> None:
        """Who meets both is listed with the clause that asks otherwise, and fares neither better nor worse."""
        found = compare(POLICY, amend(POLICY, {"hours": 20}), [did("c", 40)], period=year(2015))
        assert found.changes[0].for_the_better is None
        assert [change.ref for change in found.changes[0].clauses] == ["hours"]

    def test_worse_is_told_from_better(self) -> None:
        """The same comparison the other way round."""
        found = compare(amend(POLICY, {"hours": 20}), POLICY, [did("a", 10), did("b", 25)], period=year(2015))
        assert [change.for_the_better for change in found.changes] == [False, False]
        assert str(found).startswith("2 of 2 members would fare differently: 0 better, 2 worse, 0 asked otherwise")
        assert "  met, then not met: 1" in str(found)
        assert found.verdicts[Verdict.MET, Verdict.NOT_MET] == 1

    def test_an_open_case_is_better_than_a_failed_one(self) -> None:
        """From not met to cannot tell something is gained, though nothing is settled."""
        log = [activity("2015-03-02", 25, planned=True), activity("2015-03-03", None, planned=True)]
        before = all_of(POLICY, at_most(1, hours(planned=True), ref="extra"))
        change = compare(before, POLICY, [record("a", log)], period=year(2015)).changes[0]
        assert (change.before.verdict, change.after.verdict) == (Verdict.NOT_MET, Verdict.CANNOT_TELL)
        assert change.for_the_better is True
        assert str(change.clauses[0]) == "extra: not met (1 h asked), then not asked"

    def test_nobody_fares_differently(self) -> None:
        """A policy compared with itself changes nothing."""
        found = compare(POLICY, POLICY, [did("a", 10)], period=year(2015))
        assert found.changes == ()
        assert str(found) == "None of 1 members would fare differently."

    def test_maternity_leave_pro_rata(self) -> None:
        """What if maternity leave were counted pro rata: half a year of leave would ask for about fifteen hours."""
        leave = Circumstance("maternity_leave", year(2015).first, year(2015).first.replace(month=7, day=2))
        figure = pro_rata(30, outside=circumstance("maternity_leave"), rounding=Rounding("up", so_many_hours("1 min")))
        by_time = when(
            circumstance("retired"),
            at_least(10, hours(), ref="reduced"),
            otherwise=at_least(figure, hours(), ref="reduced"),
        )
        found = compare(cpd.policy, amend(cpd.policy, {"reduced": by_time}), [did("a", 12, leave)], period=year(2015))
        assert str(found.changes[0]) == (
            "a: met, then not met; reduced: met (10 h asked), then not met (14 h 58 min asked, 2 h 58 min short)"
        )
