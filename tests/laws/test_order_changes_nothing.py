"""The order of activities, parts, circumstances and members changes nothing."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Policy, at_least
from cpdrules.amounts import HOUR, Amount
from cpdrules.cpd import Member, Record, activity, counting, hours, record, scheme, up_to, worth
from cpdrules.cpd.measures import Total
from cpdrules.cpd.schemes import Scheme
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf
from tests.model import essence
from tests.strategies import PERIODS, TAGGED, members, policies, records, tagged_records, totals, valued

shuffles = st.randoms(use_true_random=False)


def shuffled(values: tuple[Any, ...], chance: Any) -> tuple[Any, ...]:
    """Give the same values in another order."""
    return tuple(chance.sample(values, len(values)))


def verdicts(policy: Policy, subject: object, period: Any) -> dict[str, object]:
    """Give, by ref, what is concluded of every clause."""
    return {
        node.ref: (node.verdict, node.required, node.counted) for node in policy.assess(subject, period=period).walk()
    }


class TestOrderChangesNothing:
    @given(st.sampled_from(PERIODS), st.data(), shuffles)
    def test_of_activities(self, where: Any, data: st.DataObject, chance: Any) -> None:
        """Whatever was logged first, the same counts, the same is short, and the same is left out."""
        policy = data.draw(policies(span=where[1], settled=False))
        log = data.draw(records(known=False))
        other = evolve(log, activities=shuffled(log.activities, chance))
        assert essence(policy.assess(log, period=where[0])) == essence(policy.assess(other, period=where[0]))

    @given(st.sampled_from(PERIODS), st.data(), shuffles)
    def test_of_parts(self, where: Any, data: st.DataObject, chance: Any) -> None:
        """Whichever clause is written first, each gets its answer, and so do all of them together."""
        policy = data.draw(policies(span=where[1], settled=False))

        def turned(clause: Policy) -> Policy:
            joins = isinstance(clause, (AllOf, AnyOf, NoneOf, AtLeastOf))
            return evolve(clause, members=shuffled(clause.members, chance)) if joins else clause

        log = data.draw(records(known=False))
        assert verdicts(policy, log, where[0]) == verdicts(policy.rewritten(turned), log, where[0])

    @given(st.data(), shuffles)
    def test_of_what_is_known_of_a_member(self, data: st.DataObject, chance: Any) -> None:
        """Circumstances, agreements and titles may be recorded in any order."""
        policy, member = data.draw(policies()), data.draw(members(known=False))
        other = evolve(
            member,
            circumstances=shuffled(member.circumstances, chance),
            agreements=shuffled(member.agreements, chance),
            registrations=shuffled(member.registrations, chance),
        )
        log = data.draw(records(most=2)).activities
        period = PERIODS[0][0]
        assert verdicts(policy, Record(member, log), period) == verdicts(policy, Record(other, log), period)

    @given(totals(capped=True), records(known=False), shuffles)
    def test_of_caps(self, measure: Total, log: Record, chance: Any) -> None:
        """Whichever cap is named first, the same counts and the same is cut."""
        other = evolve(measure, caps=shuffled(measure.caps, chance))
        found = [at_least(9, one).assess(log, period=PERIODS[0][0]) for one in (measure, other)]
        assert essence(found[0]) == essence(found[1])

    @given(st.data(), shuffles)
    def test_of_a_sum_by_rules(self, data: st.DataObject, chance: Any) -> None:
        """Activities, and caps that cross, may be named in any order: the same counts, and the same is cut."""
        measure, log = data.draw(valued()), data.draw(tagged_records(known=data.draw(st.booleans())))
        where, _ = data.draw(st.sampled_from(PERIODS))
        others = evolve(measure, caps=shuffled(measure.caps, chance))
        once = data.draw(st.sampled_from(((), "topic", ("topic", "society"))))
        found = [
            essence(scheme(at_least(1, one), axes=TAGGED, once=once, straddling=None).assess(some, period=where))
            for one, some in (
                (measure, log),
                (others, evolve(log, activities=shuffled(log.activities, chance))),
            )
        ]
        assert found[0] == found[1]

    @given(st.permutations([({"planned": True}, 1), ({"planned": False}, 2), ({"area": "c"}, 3)]), tagged_records())
    def test_of_rates_that_are_apart(self, rates: Any, log: Record) -> None:
        """Of rates that no entry matches two of, any may be named first."""
        apart = [worth(figure, every=Amount.of(1, HOUR), unit=HOUR, **tags) for tags, figure in rates[:2]]
        apart = [one for one in apart if one.where != (("area", ("c",)),)]
        turned = counting(hours(), *reversed(apart))
        found = [
            essence(at_least(1, one).assess(log, period=PERIODS[2][0])) for one in (counting(hours(), *apart), turned)
        ]
        assert found[0] == found[1]

    @given(policies(settled=False), st.lists(records(known=False, most=3), max_size=4), shuffles)
    def test_of_members(self, policy: Scheme, everyone: list[Record], chance: Any) -> None:
        """Nobody's finding depends on who was assessed before them."""
        alone = [evolve(policy).assess(one, period=PERIODS[0][0]) for one in everyone]
        order = shuffled(tuple(range(len(everyone))), chance)
        together = {number: policy.assess(everyone[number], period=PERIODS[0][0]) for number in order}
        assert [together[number] for number in range(len(everyone))] == alone

    @given(st.permutations(("a", "b", "c")), st.integers(1, 12), st.integers(1, 12), st.booleans())
    def test_of_caps_that_share_an_activity(self, areas: list[str], one: int, two: int, turned: bool) -> None:
        """An activity in two areas, each under a cap of its own, is cut alike whichever cap is named first."""
        limits = [up_to(one, area="a"), up_to(two, area="b")]
        log = [activity("2014-02-01", 3 + number, area=area, id=area) for number, area in enumerate(areas)]
        log.append(activity("2014-02-01", 5, area=("a", "b"), id="both"))
        found = at_least(1, counting(hours(), *(reversed(limits) if turned else limits))).assess(
            record(Member("m"), log), period=PERIODS[0][0]
        )
        alone = {area: 3 + number for number, area in enumerate(areas)}
        kept = min(alone["a"], one) + min(alone["b"], two) + alone["c"]
        room = min(one - min(alone["a"], one), two - min(alone["b"], two))
        assert found.counted == ((kept + min(5, room)) * 3600,) * 2
