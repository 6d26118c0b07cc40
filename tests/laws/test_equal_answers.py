"""One policy, and evaluators with equal answers: the planned pass says what the slow obvious model says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdrules import Finding, Policy, Verdict, at_least, at_most, each
from cpdrules.cpd import activity, hours, record, share_of_counted, up_to
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.schemes import Scheme, scheme
from cpdrules.periods import Period, months
from tests import model
from tests.strategies import (
    AREAS,
    AXES,
    PERIODS,
    TAGGED,
    WAYS,
    counts,
    during,
    members,
    policies,
    records,
    tagged_records,
    targets,
    totals,
    valued,
)

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict


def agrees(policy: Scheme, finding: Finding, opinion: model.Opinion) -> None:
    """Assert that a finding and the model's opinion say the same, of every clause."""
    assert finding.verdict is opinion.verdict
    named = dict(opinion.named())
    for node in finding.walk():
        if node.ref:
            one = named[node.ref]
            assert node.verdict is one.verdict, node.ref
            assert node.required == (None if one.required is None else (one.required, one.required)), node.ref
            assert node.counted == (None if one.counted is None else (one.counted, one.counted)), node.ref
    short = opinion.shortfalls() if opinion.verdict is NOT_MET else {}
    assert {ref: Fraction(amount.grains) for ref, amount in finding.shortfalls().items()} == short


def judged_alike(data: st.DataObject, policy: Policy, period: Period, *, most: int = 6) -> None:
    """Assert that both evaluators agree on a record, of which everything is known."""
    assert isinstance(policy, Scheme)
    record = data.draw(records(most=most, straddling=policy.conventions.straddling is not None))
    finding = policy.assess(record, period=period)
    assume(not model.is_open(finding))  # a figure that nobody agreed
    agrees(policy, finding, model.opinion(policy, model.settled(record, policy.conventions), period))


@st.composite
def tight_caps(draw: st.DrawFn) -> Cap:
    """Draw a cap of a few hours on some area, plan, society, activity or stretch."""
    figure = draw(st.one_of(st.integers(0, 7), st.sampled_from(("25%", "50%")).map(share_of_counted)))
    some = {
        "area": draw(st.sampled_from((None, None, "a", ("a", "b"), ("b", "c")))),
        "planned": draw(st.sampled_from((None, None, None, True, False))),
    }
    per = draw(st.sampled_from(("", "", "society", "activity")))
    in_each = draw(st.sampled_from((None, None, months(18)))) if per != "activity" else None
    return up_to(figure, per=per, in_each=in_each, **{axis: tag for axis, tag in some.items() if tag is not None})


class TestEqualAnswers:
    @given(st.data())
    def test_on_whole_policies(self, data: st.DataObject) -> None:
        """Verdict, figures and shortfalls of every clause are the model's, over a year and over a cycle."""
        period, span = data.draw(st.sampled_from(PERIODS))
        judged_alike(data, data.draw(policies(span=span)), period)

    @given(st.data())
    def test_on_deeper_policies_over_a_cycle(self, data: st.DataObject) -> None:
        """Years within a cycle, windows within years and choices within choices keep to the model, too."""
        period, span = PERIODS[2]
        judged_alike(data, data.draw(policies(span=span, depth=3)), period, most=3)

    @given(st.data())
    def test_on_sums_under_caps(self, data: st.DataObject) -> None:
        """Caps inside one another and apart leave what the model leaves."""
        measure = data.draw(totals(capped=True))
        period, _ = data.draw(st.sampled_from(PERIODS))
        way = data.draw(st.sampled_from(WAYS))
        judged_alike(data, scheme(at_least(5, measure, ref="capped"), axes=AXES, straddling=way), period)

    @given(st.data())
    def test_on_sums_by_rules(self, data: st.DataObject) -> None:
        """Worth, rounding, sizes, caps that cross or hold one by one, repeats and membership are the model's."""
        period, _ = data.draw(st.sampled_from(PERIODS))
        policy = scheme(
            at_least(5, data.draw(valued()), ref="valued"),
            axes=TAGGED,
            straddling=data.draw(st.sampled_from(WAYS)),
            once=data.draw(st.sampled_from(((), "topic", "society", ("topic", "society")))),
            while_member=data.draw(st.booleans()),
        )
        record = data.draw(tagged_records())
        finding = policy.assess(record, period=period)
        assume(not model.is_open(finding))  # a figure that nobody agreed
        agrees(policy, finding, model.opinion(policy, model.settled(record, policy.conventions), period))

    @given(st.data())
    def test_on_caps_that_are_full(self, data: st.DataObject) -> None:
        """Of few hours under tight caps of three families, as many count as can."""
        log = data.draw(
            st.lists(
                st.builds(
                    activity,
                    st.dates(date(2013, 1, 1), date(2015, 12, 31)),
                    st.integers(1, 4),
                    society=st.sampled_from(("s", "t", ("s", "t"))),
                    area=st.sampled_from(AREAS),
                    planned=st.booleans(),
                ),
                max_size=6,
            )
        )
        measure = evolve(hours(), caps=tuple(data.draw(st.lists(tight_caps(), max_size=3))))
        policy = scheme(at_least(1, measure, ref="capped"), axes=TAGGED, straddling="by_day")
        finding = policy.assess(record("1", log), period=PERIODS[2][0])
        world = model.settled(record("1", log), policy.conventions)
        agrees(policy, finding, model.opinion(policy, world, PERIODS[2][0]))

    @given(st.data())
    def test_on_repeats_within_years(self, data: st.DataObject) -> None:
        """Of repeats in the whole period assessed, the largest counts in its own year only, and only for members."""
        clause = each(months(12), at_least(1, data.draw(totals()), ref="each"), ref="all")
        policy = scheme(clause, axes=TAGGED, straddling="by_day", once="topic", while_member=data.draw(st.booleans()))
        record, period = data.draw(tagged_records()), PERIODS[2][0]
        finding = policy.assess(record, period=period)
        agrees(policy, finding, model.opinion(policy, model.settled(record, policy.conventions), period))

    @given(st.data())
    def test_on_counts(self, data: st.DataObject) -> None:
        """Activities and different tags are counted as the model counts them, as a floor and as a ceiling."""
        measure = data.draw(st.one_of(counts(), totals(capped=False)))
        word = data.draw(st.sampled_from((at_least, at_most)))
        way = data.draw(st.sampled_from(WAYS))
        judged_alike(data, scheme(word(2, measure, ref="counted"), axes=AXES, straddling=way), PERIODS[0][0])

    @given(st.data())
    def test_on_figures_that_depend_on_the_member(self, data: st.DataObject) -> None:
        """Proportions, mixes, steps, agreements, shares and extremes ask for what the model asks for."""
        target = data.draw(targets())
        period, _ = data.draw(st.sampled_from(PERIODS))
        policy = scheme(at_least(target, data.draw(totals()), ref="asked"), axes=AXES, straddling="by_day")
        judged_alike(data, policy, period, most=3)

    @given(members(), during(), st.sampled_from(PERIODS))
    def test_on_circumstances(self, member: object, condition: Policy, where: tuple[Period, int]) -> None:
        """A circumstance holds where looking at every single day finds that it does."""
        world = model.World(member, (), {})  # type: ignore[arg-type]
        held = model.condition(condition, world, where[0])
        assert condition.assess(member, period=where[0]).verdict is (MET if held else NOT_MET)
