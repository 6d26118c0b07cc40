"""One clause for each of several tags."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from cpdrules import (
    Policy,
    Source,
    Verdict,
    advise,
    all_of,
    any_of,
    at_least,
    at_least_of,
    each,
    exempt,
    none_of,
    when,
    year,
)
from cpdrules.amounts import HOUR, Amount
from cpdrules.cpd import (
    Activity,
    Member,
    activity,
    counting,
    different,
    divided_among,
    entries,
    for_each,
    hours,
    of_fact,
    record,
    up_to,
)
from cpdrules.cpd.instances import ForEach
from cpdrules.errors import PolicyError
from cpdrules.figures import reported
from cpdrules.periods import months

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

H = 3600
FLOOR = at_least(2, hours(), ref="core")


def did(figure: Any, **tags: Any) -> Activity:
    """Do something in March 2015."""
    return activity("2015-03-02", figure, **tags)


def assessed(policy: Policy, *done: Activity, **facts: Any) -> Any:
    """Assess what a member did."""
    return policy.assess(record(Member("7", facts=facts), done), period=year(2015))


class TestForEach:
    policy = for_each("topic", "design", "law", clause=FLOOR, ref="topics", source=Source("book"))

    def test_asks_for_each_tag_by_itself(self) -> None:
        """Two hours of design and one of law are one hour short, of law."""
        finding = assessed(self.policy, did(2, topic="design"), did(1, topic="law"), did(9, topic="art"))
        assert finding.verdict is NOT_MET
        assert finding["core[design]"].verdict is MET
        assert finding["core[law]"].counted == (H, H)
        assert finding.shortfalls() == {"core[law]": Amount.of(1, HOUR)}
        assert (finding.ref, finding.clause.word, finding.clause.source) == ("topics", "all_of", Source("book"))

    def test_reads_as_its_clauses(self) -> None:
        """Every clause has its line, with the tag after its name."""
        assert str(assessed(self.policy, did(2, topic="design"))).splitlines()[:3] == [
            "Not met for 2015 (topics) [book]",
            "  core[design]: met, 2 h of at least 2 h, topic: design",
            "  core[law]: not met, 0 h of at least 2 h, topic: law, 2 h short",
        ]

    def test_lets_an_activity_with_several_tags_serve_each(self) -> None:
        """It is no division."""
        assert assessed(self.policy, did(2, topic=("design", "law"))).verdict is MET

    @pytest.mark.parametrize("measure", [hours(kind="a"), entries(kind="a"), different("kind")])
    def test_narrows_every_measure(self, measure: Any) -> None:
        """Amounts, activities and tags are counted among what carries the tag."""
        (clause,) = for_each("topic", "law", clause=at_least(1, measure)).clauses()
        assert dict(clause.measure.where) == {**dict(measure.where), "topic": ("law",)}  # type: ignore[attr-defined]
        finding = assessed(clause, did(2, topic="law", kind="a"), did(3, topic="art", kind="a"))
        assert finding.counted == (measure.unit.grain * (2 if measure == hours(kind="a") else 1),) * 2

    def test_keeps_what_a_measure_is_counted_by(self) -> None:
        """Caps stay; a filter that admits the tag is narrowed to it; what is recorded of members has no tags."""
        clause = all_of(
            at_least(1, counting(hours(topic=("law", "art")), up_to(3)), ref="x"), at_least(1, of_fact("practice"))
        )
        (narrowed,) = for_each("topic", "law", clause=clause).clauses()
        assert narrowed == all_of(
            at_least(1, counting(hours(topic="law"), up_to(3)), ref="x[law]"), at_least(1, of_fact("practice"))
        )

    def test_narrows_however_deep(self) -> None:
        """Choices, advice, divisions and reports are made of clauses, too."""
        sides = divided_among(at_least(1, hours(a=True), ref="a"), at_least(1, hours(b=True), ref="b"), ref="both")
        clause = when(at_least(1, hours()), all_of(sides, advise(reported(hours(), ref="all"))), otherwise=exempt("x"))
        (narrowed,) = for_each("topic", "law", clause=clause).clauses()
        named = [part.ref for part in narrowed.walk() if part.ref]
        assert named == ["both[law]", "a[law]", "b[law]", "all[law]"]
        measures = [part.measure for part in narrowed.walk() if hasattr(part, "measure")]
        assert all(("topic", ("law",)) in measure.where for measure in measures)
        assert len(measures) == 4

    def test_in_another(self) -> None:
        """For each topic and each level, by both names."""
        inner = for_each("level", 1, 2, clause=FLOOR)
        finding = assessed(for_each("topic", "law", "art", clause=inner), did(2, topic="law", level=2))
        assert {part.ref: part.verdict for part in finding.walk() if part.ref} == {
            "core[law][1]": NOT_MET,
            "core[law][2]": MET,
            "core[art][1]": NOT_MET,
            "core[art][2]": NOT_MET,
        }

    def test_a_route_that_is_reported_is_still_found(self) -> None:
        """Its clause has another name for each tag, and the same first part of it."""
        routes = any_of(FLOOR, at_least(5, hours(kind="a"), ref="other"), report="core")
        finding = assessed(each(months(6), for_each("topic", "law", clause=routes)), did(1, topic="law", kind="a"))
        assert finding.shortfalls() == {
            "core[law][1]": Amount.of(1, HOUR),
            "core[law][2]": Amount.of(2, HOUR),
        }

    def test_asks_what_its_clause_asks(self) -> None:
        """Of alternatives of which only one can be met, that one has to be."""
        assert self.policy.asks()
        nothing = for_each("topic", "law", clause=reported(hours()))
        assert not nothing.asks()
        assert assessed(nothing).verdict is DOES_NOT_APPLY
        assert any_of(nothing, FLOOR).all_needed()

    def test_stands_wherever_a_clause_stands(self) -> None:
        """As a condition, as one of several, said the other way round."""
        done = did(2, topic="design")
        assert assessed(none_of(self.policy), done).verdict is MET
        assert assessed(at_least_of(1, self.policy, FLOOR), done).verdict is MET

    def test_is_a_value(self) -> None:
        """Its clause is a part of it, and can be found and changed."""
        assert self.policy["core"] is FLOOR
        assert self.policy.parts() == (FLOOR,)
        changed = self.policy.rewritten(lambda one: evolve(one, figure=Amount.of(3, HOUR)) if one is FLOOR else one)
        assert changed == for_each(
            "topic", "design", "law", clause=at_least(3, hours(), ref="core"), ref="topics", source=Source("book")
        )


class TestHeld:
    policy = for_each("role", "nurse", "midwife", clause=at_least(2, hours(), ref="practice"), held="titles")

    def test_asks_for_what_is_held_only(self) -> None:
        """A nurse is asked for a nurse's hours, who is both for both, and who is neither for none."""
        done = did(2, role="nurse")
        assert assessed(self.policy, done, titles="nurse").verdict is MET
        assert assessed(self.policy, done, titles=("nurse", "midwife")).shortfalls() == {
            "practice[midwife]": Amount.of(2, HOUR)
        }
        assert assessed(self.policy, done, titles="doctor").verdict is DOES_NOT_APPLY

    def test_what_is_not_recorded_cannot_be_told(self) -> None:
        """The fact is named, whichever tags it decides on; enough for all is enough."""
        finding = assessed(self.policy, did(1, role="nurse"))
        assert finding.verdict is CANNOT_TELL
        assert finding.missing() == ("the member's titles is not recorded",)
        assert [str(need) for need in finding.remaining()] == ["1 h with role nurse", "2 h with role midwife"]


class TestMisuse:
    def test_a_tag_is_named(self) -> None:
        """For each of none asks nothing."""
        with pytest.raises(PolicyError, match=r"for_each names no topic.*each for which the clause") as caught:
            for_each("topic", clause=FLOOR)
        assert caught.value.data == {"axis": "topic"}

    def test_a_clause_is_needed(self) -> None:
        """A measure asks for nothing."""
        with pytest.raises(PolicyError, match="for_each is made of clauses"):
            ForEach("topic", ("law",), hours())  # type: ignore[arg-type]

    def test_what_is_counted_must_be_able_to_carry_it(self) -> None:
        """A clause about art asks nothing of law."""
        with pytest.raises(PolicyError, match="Of topic: art, nothing is left where the topic is law") as caught:
            for_each("topic", "law", clause=at_least(1, hours(topic="art")))
        assert caught.value.data == {"where": (("topic", ("art",)),), "tag": "law"}
