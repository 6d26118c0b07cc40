"""Missing facts give bounds, not guesses: what is concluded holds however they turn out."""

from __future__ import annotations

from datetime import date
from math import floor, inf

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdrules import Finding, Verdict, at_least
from cpdrules.cpd import UNKNOWN, Activity, Axis, Member, Record, different, scheme
from cpdrules.cpd.measures import Total
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import Straddling
from cpdrules.figures import Measure
from cpdrules.periods import Period
from tests import model
from tests.strategies import (
    AREAS,
    AXES,
    PERIODS,
    TAGGED,
    WAYS,
    caps,
    counts,
    filters,
    hours_of,
    policies,
    records,
    tagged_records,
    totals,
    valued,
)

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

#: What may turn out to be true where a verdict was given.
BEARS = {
    MET: {MET, DOES_NOT_APPLY},
    NOT_MET: {NOT_MET},
    CANNOT_TELL: set(Verdict),
    DOES_NOT_APPLY: {DOES_NOT_APPLY},
}

ways = st.sampled_from((None, *WAYS))


def within(bounds: tuple[int, int | None] | None, amount: object) -> bool:
    """Say whether what turned out lies within the bounds that were given."""
    if bounds is None or amount is None:
        return bounds is None and amount is None
    least, most = bounds
    return least <= amount <= (inf if most is None else most)  # type: ignore[operator, no-any-return]


def borne_out(policy: Scheme, record: Record, period: Period, *, most: int) -> None:
    """Assert that in no world anything else turns out than the finding says, of any clause."""
    assume(model.how_many_worlds(record, policy, policy.conventions, period) <= most)
    finding = policy.assess(record, period=period)
    nodes = {node.ref: node for node in finding.walk() if node.ref}
    for world in model.worlds(record, policy, policy.conventions, period):
        opinion = model.opinion(policy, world, period)
        assert opinion.verdict in BEARS[finding.verdict], world
        for ref, one in opinion.named():
            if ref in nodes:  # else a branch was not taken
                assert one.verdict in BEARS[nodes[ref].verdict], (ref, world)
                assert within(nodes[ref].required, one.required), (ref, world)
                assert within(nodes[ref].counted, one.counted), (ref, world)


def bounds_and_worlds(
    measure: Measure, record: Record, way: Straddling | None, axes: tuple[Axis, ...] = AXES
) -> tuple[tuple[int, int | None], list[object]]:
    """Give the bounds of what counts, and what counts in each world."""
    period, _ = PERIODS[1]
    policy = scheme(at_least(1, measure), axes=axes, straddling=way)
    # An amount that is spread over days and not known has no smallest part: the model tries one grain.
    assume(not any(one.amount is None and one.first != one.last for one in record.activities))
    assume(model.how_many_worlds(record, policy, policy.conventions, period) <= 150)
    counted = policy.assess(record, period=period).counted
    assert counted is not None
    worlds = model.worlds(record, policy, policy.conventions, period)
    return counted, [model.count(measure, world, period) for world in worlds]


def reached(bounds: tuple[int, int | None], found: list[object]) -> bool:
    """Say whether some world has the least, and some world the most."""
    return floor(min(found)) == bounds[0] and most_is_reached(bounds, found)  # type: ignore[type-var, call-overload, no-any-return]


def most_is_reached(bounds: tuple[int, int | None], found: list[object]) -> bool:
    """Say whether some world has the most; as good as nothing is nothing."""
    most = max(found)  # type: ignore[type-var]
    return most >= model.HUGE if bounds[1] is None else floor(most) == bounds[1]  # type: ignore[operator, call-overload, no-any-return]


class TestNothingElseTurnsOut:
    @given(st.data())
    def test_of_a_single_clause(self, data: st.DataObject) -> None:
        """Met and not met are said of a clause only where every completion of the record agrees."""
        period, span = data.draw(st.sampled_from(PERIODS))
        policy = data.draw(policies(span=span, depth=0, settled=False))
        borne_out(policy, data.draw(records(known=False, most=4)), period, most=60)

    @given(st.data())
    def test_of_a_whole_policy(self, data: st.DataObject) -> None:
        """Joins, choices and windows keep what can be told apart from what cannot."""
        period, span = data.draw(st.sampled_from(PERIODS))
        policy = data.draw(policies(span=span, settled=False))
        borne_out(policy, data.draw(records(known=False, most=3)), period, most=40)

    @given(st.data())
    def test_of_choices_within_choices(self, data: st.DataObject) -> None:
        """Conditions that cannot be told, inside other clauses and one behind another, settle nothing by themselves."""
        period, span = PERIODS[0]
        policy = data.draw(policies(span=span, depth=3, settled=False))
        borne_out(policy, data.draw(records(known=False, most=1)), period, most=40)

    @given(st.data())
    def test_of_a_sum_by_rules(self, data: st.DataObject) -> None:
        """Worth, sizes, caps that cross, repeats and membership leave room for every completion of the record."""
        period, _ = data.draw(st.sampled_from(PERIODS))
        policy = scheme(
            at_least(data.draw(st.integers(0, 8)), data.draw(valued()), ref="valued"),
            axes=TAGGED,
            straddling=data.draw(ways),
            once=data.draw(st.sampled_from(((), (), "topic", "society"))),
            while_member=data.draw(st.booleans()),
        )
        borne_out(policy, data.draw(tagged_records(known=False, most=4)), period, most=100)


class TestTheBoundsAreReached:
    @given(totals(capped=False), records(known=False), ways)
    def test_of_a_sum(self, measure: Total, record: Record, way: Straddling | None) -> None:
        """Some completion of the record has the least of it, and some the most."""
        assert reached(*bounds_and_worlds(measure, record, way))

    @given(totals(capped=True), records(known=False), ways)
    def test_of_a_sum_under_caps(self, measure: Total, record: Record, way: Straddling | None) -> None:
        """What may fall under a cap is counted where least of it is left, and where most of it is.

        Only the least is promised where the caps leave an unknown tag no way out: to fill several caps with whole
        activities as well as can be is a puzzle that nobody solves in passing; the most is then an upper bound.
        """
        bounds, found = bounds_and_worlds(measure, record, way)
        assert floor(min(found)) == bounds[0]  # type: ignore[type-var, call-overload]
        assert most_is_reached(bounds, found) or (no_way_out(measure) and within(bounds, max(found)))  # type: ignore[type-var]

    @given(st.data())
    def test_of_a_sum_whose_filter_is_its_cap(self, data: st.DataObject) -> None:
        """An activity that counts at all falls under a cap on everything that counts, whatever its tags."""
        asked = data.draw(filters())
        (cap, *_) = data.draw(caps())
        measure = evolve(hours_of(asked), caps=(evolve(cap, where=hours_of(asked).where),))
        assert reached(*bounds_and_worlds(measure, data.draw(records(known=False)), data.draw(ways)))

    @given(counts(), records(known=False), ways)
    def test_of_a_count(self, measure: Measure, record: Record, way: Straddling | None) -> None:
        """The fewest and the most activities, and different tags, are those of some completion."""
        assert reached(*bounds_and_worlds(measure, record, way))

    @given(st.data())
    def test_of_different_tags_on_a_closed_axis(self, data: st.DataObject) -> None:
        """Where the axis knows all its tags, no more of them can occur than there are."""
        axes = (*AXES, Axis("area", data.draw(st.sampled_from((AREAS, AREAS[:2])))))
        record = data.draw(records(known=False))
        allowed = axes[1].tags
        assume(all(tag in (*allowed, UNKNOWN) for one in record.activities for tag in areas_of(one)))
        assert reached(*bounds_and_worlds(different("area"), record, data.draw(ways), axes))


def areas_of(activity: Activity) -> list[object]:
    """Give the areas that an activity, or its shares, are tagged with."""
    return [tags["area"] for tags in (activity.tags, *(one.tags for one in activity.shares)) if "area" in tags]


def no_way_out(measure: Total) -> bool:
    """Say whether caps take up every tag that a measure admits on an axis, without one of them taking up all."""
    admitted = dict(measure.where)
    for axis in {axis for cap in measure.caps for axis, _ in cap.where if axis in admitted}:
        taken = [set(tags) for cap in measure.caps for one, tags in cap.where if one == axis]
        if set(admitted[axis]) <= set().union(*taken):
            return True
    return False


def forgotten(activity: Activity, what: str) -> Activity:
    """Give an activity of which one thing is not recorded any more."""
    if what == "date":
        return evolve(activity, first=None, last=None)
    if what == "amount":
        return evolve(activity, amount=None) if not activity.shares else activity
    return evolve(activity, tags={**activity.tags, what: UNKNOWN}) if what in activity.tags else activity


class TestForgetting:
    @given(st.data())
    def test_it_settles_nothing(self, data: st.DataObject) -> None:
        """A record that tells less never gets the opposite verdict, and what may count only grows wider."""
        period, span = data.draw(st.sampled_from(PERIODS))
        policy = data.draw(policies(span=span, settled=False))
        known = data.draw(records(most=4))
        what = data.draw(st.sampled_from(("date", "amount", "planned", "area", "topic")))
        vague = evolve(known, activities=tuple(forgotten(one, what) for one in known.activities))
        before, after = policy.assess(known, period=period), policy.assess(vague, period=period)
        # To ask nothing, and to be met, are one answer where nobody has to tell them apart.
        assert after.verdict in {before.verdict, CANNOT_TELL} or (before.satisfied and after.satisfied)
        nodes = {node.ref: node for node in before.walk() if node.ref}
        for node in after.walk():
            if node.ref in nodes and node.counted is not None:
                then = nodes[node.ref].counted
                assert then is not None
                assert node.counted.least <= then.least
                assert node.counted.most is None or (then.most is not None and node.counted.most >= then.most)

    @given(policies(settled=False), records(known=False))
    def test_what_cannot_be_told_names_what_is_missing(self, policy: Scheme, record: Record) -> None:
        """Where the answer is “cannot tell”, the finding holds the fact or the decision that nobody recorded."""
        finding = policy.assess(record, period=PERIODS[0][0])
        assume(finding.verdict is CANNOT_TELL)
        assert any(names_what_is_missing(node) for leaf in finding.decisive() for node in leaf.walk())

    @given(st.sampled_from(AREAS), st.dates(date(2014, 1, 1), date(2014, 12, 31)))
    def test_nothing_missing_becomes_nothing(self, area: str, day: date) -> None:
        """What is not recorded of an activity is never read as “no”, and never as no time at all."""
        policy = at_least(1, hours_of({"area": area, "planned": True}))
        whole = Activity("1", day, day, model.Amount(3600, model.HOUR), {"area": area, "planned": True})
        assert policy.assess(Record(Member("m"), (whole,)), period=PERIODS[0][0]).verdict is MET
        for what in ("date", "amount", "planned", "area"):
            record = Record(Member("m"), (forgotten(whole, what),))
            assert policy.assess(record, period=PERIODS[0][0]).verdict is CANNOT_TELL


def names_what_is_missing(node: Finding) -> bool:
    """Say whether a finding, or the condition it turned on, holds a missing fact."""
    missing = any(note.kind == "missing" for note in node.notes)
    return (
        missing
        or bool(node.unsure)
        or (node.because is not None and names_what_is_missing(node.because))
        or any(
            names_what_is_missing(part)
            for part in (node.because.walk() if node.because else ())
            if part is not node.because
        )
    )
