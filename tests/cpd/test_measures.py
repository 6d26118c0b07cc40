"""What a clause can count: amounts, entries, different tags; and caps on what counts."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from cpdrules import Rounding, Unit, Verdict, all_of, at_least, at_most, none_of, year
from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount
from cpdrules.cpd import (
    UNKNOWN,
    Axis,
    Fact,
    Member,
    Record,
    activity,
    amounts,
    as_tagged,
    carried,
    counting,
    different,
    each_at_least,
    entries,
    hours,
    made_up,
    of_fact,
    points,
    record,
    scheme,
    share,
    surplus,
    up_to,
    worth,
)
from cpdrules.cpd import filters as module
from cpdrules.cpd.measures import Total
from cpdrules.errors import PolicyError
from cpdrules.findings import Finding

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

H = 3600
DAY = "2015-03-02"


def log(*tagged: Any) -> Record:
    """Give a record of activities: hours and tags of each, named a, b, c ..."""
    return record(
        "7", [activity(DAY, amount, id="abcdefghij"[number], **tags) for number, (amount, tags) in enumerate(tagged)]
    )


def counted(measure: Any, one: Record, axes: tuple[Axis, ...] = ()) -> Finding:
    """Give the finding of what a measure counts."""
    return scheme(at_least(1, measure), axes=axes).assess(one, period=year(2015))


def ids(batches: Any) -> list[tuple[str, int]]:
    """Give the activities of some batches, and how much of each, in quarters of an hour."""
    return [(entry.id, entry.amount // 900) for batch in batches for entry in batch.entries]


class TestTotals:
    @pytest.mark.parametrize(
        ("measure", "quarters"),
        [
            (hours(), 40),
            (hours(planned=True), 16),
            (hours(planned=False), 24),
            (hours(area="a"), 8),
            (hours(area=("a", "b")), 24),
            (hours(area="a", planned=True), 4),
            (hours(level=2), 16),
            (hours(longer_than="1 h"), 28),
            (hours(longer_than=3), 16),
            (hours(longer_than="2 h 59 min 59 s"), 28),
            (amounts(HOUR, area="c"), 16),
            (points(), 0),
            (amounts(Unit("credit")), 0),
        ],
    )
    def test_count_what_carries_the_tags(self, measure: Total, quarters: int) -> None:
        """Tags of one axis are alternatives, those of several axes are all needed."""
        one = log(
            (1, {"area": "a", "planned": True, "level": 1}),
            (1, {"area": ("a", "x"), "planned": False, "level": 1}),
            (4, {"area": "c", "planned": False, "level": 2}),
            (3, {"area": "b", "planned": True, "level": 1}),
            ("1 h", {"area": "b", "planned": False, "level": 1}),
        )
        assert counted(measure, one).counted == (quarters * 900, quarters * 900)

    def test_say_what_did_not_count_and_why(self) -> None:
        """Each filter gives its reason, in words."""
        one = log((1, {"area": "soft_skills", "planned": True}), (1, {"area": "x", "planned": False}), (1, {}))
        finding = counted(hours(area="x", planned=True), one, (Axis("area", every=False),))
        assert sorted((left.why.kind, left.why.text) for left in finding.left_out) == [
            ("tag", "area: soft skills"),
            ("tag", "no area"),
            ("tag", "not planned"),
        ]

    def test_say_which_fact_is_missing(self) -> None:
        """The first that is missing is named, and where the date is missing too, both are."""
        vague = record(
            "7", [activity(DAY, 1, area="x"), activity(None, 2, planned=True), activity(DAY, 4, planned=True)]
        )
        finding = counted(hours(area="x", planned=True), vague)
        assert finding.counted == (0, 7 * H)
        assert [left.why.text for left in finding.unsure] == [
            "whether it is planned is not known",
            "the area of it is not known",
            "the date of it is not known, and the area of it is not known",
        ]
        numbers = counted(hours(level=1), log((1, {})))
        assert numbers.unsure[0].why.text == "the level of it is not known"

    def test_leave_out_what_certainly_does_not_count(self) -> None:
        """One tag that does not fit is enough, whatever else is missing."""
        vague = record("7", [activity(DAY, 1, area="y"), activity(None, 2, area="y"), activity(None, None, area="y")])
        finding = counted(hours(area="x", planned=True), vague)
        assert finding.counted == (0, 0)
        assert finding.unsure == ()
        assert sorted(left.batch.amount for left in finding.left_out) == [0, H, 2 * H]

    def test_compare_with_hours_only_what_has_hours(self) -> None:
        """Whether something recorded in points took longer than an hour, nobody can tell."""
        one = record("7", [activity(DAY, 5, unit=POINT), activity(DAY, None), activity(DAY, 2)])
        assert counted(entries(longer_than=1), one).counted == (1, 3)
        assert counted(points(longer_than=1), one).counted == (0, None)

    @pytest.mark.parametrize("measure", [hours(area="x"), entries(area="x"), counting(hours(area="x"), up_to(1))])
    def test_answer_alike_once_they_know_the_tags(self, measure: Any) -> None:
        """The first record and the hundredth are read alike, whatever of them is known."""
        known = log((1, {"area": "x"}), (2, {"area": "y"}), (3, {"area": "x", "planned": True}))
        vague = log((1, {"area": "x"}), (2, {"area": "y"}), (3, {}))
        policy = at_least(1, measure)
        first = [policy.assess(one, period=year(2015)) for one in (known, vague)]
        assert [policy.assess(one, period=year(2015)) for one in (known, vague)] == first
        assert [[left.why.text for left in finding.left_out if left.why.kind == "tag"] for finding in first] == [
            ["area: y"], ["area: y"]
        ]  # fmt: skip

    def test_remember_how_tags_stand_and_forget_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many tags strangers think of, the answer stays right and the memory small."""
        monkeypatch.setattr(module, "_MEMO", 3)
        policy = at_least(1, hours(area=tuple(f"a{number}" for number in range(0, 40, 2))))
        for _ in range(2):
            for number in range(40):
                finding = policy.assess(log((1, {"area": f"a{number}"})), period=year(2015))
                assert finding.verdict is (NOT_MET if number % 2 else MET)


class TestEntries:
    def test_count_each_activity_once(self) -> None:
        """R29: however long it took, and in however many shares."""
        parts = (share(1, area="a"), share(2, area="b"))
        one = record("7", [activity(DAY, 3, shares=parts), activity(DAY, 1, area="a"), activity(DAY, 9, area="c")])
        assert counted(entries(), one).counted == (3, 3)
        assert counted(entries(area=("a", "b")), one).counted == (2, 2)
        assert counted(entries(area="a"), one).counted == (2, 2)

    @pytest.mark.parametrize(
        ("measure", "number"),
        [(entries(reflected=True), 1), (entries(reflected=False), 2), (entries(longer_than=5), 1),
         (entries(longer_than="4:59"), 2),
         (entries(longer_than=5, reflected=True), 0)],
    )  # fmt: skip
    def test_look_at_reflection_and_length(self, measure: Any, number: int) -> None:
        """R30: 300 minutes are not longer than five hours, and 301 are; blanks are no reflection."""
        one = record(
            "7",
            [
                activity(DAY, "300 min", reflection="I learnt"),
                activity(DAY, "301 min", reflection="  "),
                activity(DAY, 1),
            ],
        )
        assert counted(measure, one).counted == (number, number)

    def test_of_a_split_activity_look_at_the_whole(self) -> None:
        """Six hours in two halves took longer than five."""
        parts = (share(3, area="a"), share(3, area="b"))
        one = record("7", [activity(DAY, 6, shares=parts)])
        assert counted(entries(longer_than=5, area="a"), one).counted == (1, 1)

    def test_count_a_doubt_once(self) -> None:
        """An activity that certainly counts by one share is not in doubt for the other."""
        parts = (share(1, area="a"), share(2, area=UNKNOWN))
        one = record("7", [activity(DAY, 3, shares=parts), activity(None, 1, area="a"), activity(DAY, 1, area=UNKNOWN)])
        finding = counted(entries(area="a"), one)
        assert finding.counted == (1, 3)
        assert sorted(entry.id for left in finding.unsure for entry in left.batch.entries) == ["#2", "#3"]
        two = (share(1, area=UNKNOWN), share(2, area=UNKNOWN))
        assert counted(entries(area="a"), record("7", [activity(DAY, 3, shares=two)])).counted == (0, 1)


class TestDifferent:
    def test_counts_tags(self) -> None:
        """Each once, several of one activity each; no tag is none."""
        one = log((1, {"topic": "a"}), (1, {"topic": ("a", "b")}), (1, {"topic": "c"}), (1, {}), (1, {"topic": "a"}))
        assert counted(different("topic"), one, (Axis("topic", every=False),)).counted == (3, 3)
        assert counted(different("topic"), one).counted == (3, 4)
        assert counted(different("topic", topic="a"), one, (Axis("topic", every=False),)).counted == (1, 1)
        assert counted(different("topic", topic=("b", "c", "d")), one, (Axis("topic", every=False),)).counted == (2, 2)

    def test_has_a_unit_of_its_own(self) -> None:
        """Kinds are counted in kinds."""
        measure = different("work_area")
        assert (measure.unit.name, measure.unit.plural) == ("work area", "work areas")
        assert at_least(3, measure).assess(log(), period=year(2015)).short_by is not None
        assert str(at_least(3, measure).assess(log(), period=year(2015)).short_by) == "3 work areas"

    @pytest.mark.parametrize(
        ("tags", "axes", "bounds"),
        [
            (["a", UNKNOWN], (), (1, 2)),
            ([UNKNOWN], (), (1, 1)),
            ([UNKNOWN, UNKNOWN, UNKNOWN], (), (1, 3)),
            ([UNKNOWN, UNKNOWN, UNKNOWN], (Axis("kind", ("a", "b")),), (1, 2)),
            (["a", "b", UNKNOWN], (Axis("kind", ("a", "b")),), (2, 2)),
            (["a", "b", UNKNOWN], (Axis("kind", ("a", "b", "c")),), (2, 3)),
            ([UNKNOWN], (Axis("kind", every=False),), (1, 1)),
            ([], (), (0, 0)),
        ],
    )
    def test_of_unknown_tags(self, tags: Any, axes: Any, bounds: Any) -> None:
        """An unknown tag may be a new one or an old one, but it is one, and one of those that there are."""
        assert counted(different("kind"), log(*((1, {"kind": tag}) for tag in tags)), axes).counted == bounds

    def test_of_what_may_not_count(self) -> None:
        """A tag on an activity that may lie elsewhere may be missing; one that is there anyway is not."""
        one = record("7", [activity(None, 1, kind="a"), activity(DAY, None, kind="b"), activity(None, 1, kind="b")])
        finding = counted(different("kind"), one)
        assert finding.counted == (1, 2)
        assert [entry.id for batch in finding.entries for entry in batch.entries] == ["#2"]
        assert counted(different("kind"), record("7", [activity(None, 1)])).counted == (0, 1)
        assert counted(different("kind"), record("7", [activity(None, 1)]), (Axis("kind", every=False),)).counted == (
            0,
            0,
        )

    def test_keeps_to_its_filter(self) -> None:
        """Where the filter names the tags, an unknown one is among them or does not count."""
        one = log((1, {"kind": UNKNOWN}), (1, {"kind": UNKNOWN}), (1, {"kind": "c"}))
        assert counted(different("kind", kind=("a", "b")), one).counted == (0, 2)
        assert counted(different("kind", kind="a"), one).counted == (0, 1)

    def test_says_what_is_missing(self) -> None:
        """The axis whose tag is not known is named."""
        finding = counted(different("work_kind"), log((1, {})))
        assert finding.unsure[0].why.text == "the work kind of it is not known"


class TestOfFact:
    @pytest.mark.parametrize(
        ("value", "unit", "grains"),
        [
            (770, HOUR, 770 * H),
            ("7.5", HOUR, 27000),
            ("7 h 30 min", HOUR, 27000),
            (0, ACTIVITY, 0),
            (3, ACTIVITY, 3),
            (True, ACTIVITY, 1),
            (False, ACTIVITY, 0),
            (True, POINT, 100),
            ("signed", ACTIVITY, 1),
            ("", ACTIVITY, 1),
            (date(2015, 3, 2), ACTIVITY, 1),
            ((True, False, "late", 2), ACTIVITY, 4),
            ((), ACTIVITY, 0),
        ],
    )
    def test_counts_what_is_recorded(self, value: Any, unit: Unit, grains: int) -> None:
        """A number as itself, yes as one, no as nothing, anything else as one; of several, all together."""
        policy = at_least(1, of_fact("some_thing", unit=unit))
        finding = policy.assess(Member("7", facts={"some_thing": value}))
        assert finding.counted == (grains, grains)
        assert (finding.clause.unit, finding.clause.about, finding.clause.recorded) == (unit, "some thing", True)

    def test_what_is_not_recorded_may_be_any(self) -> None:
        """The fact is named; where silence has a meaning, it is counted."""
        policy = at_least(1, of_fact("declaration"))
        for facts in ({}, {"declaration": UNKNOWN}):
            finding = policy.assess(Member("7", facts=facts))
            assert (finding.verdict, finding.counted) == (CANNOT_TELL, (0, None))
            assert finding.missing() == ("the member's declaration is not recorded",)
        silence = scheme(policy, facts=(Fact("declaration", unrecorded=False),))
        assert silence.assess(Member("7")).verdict is NOT_MET

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (-1, "the member's practice: -1 hours is negative"),
            ("1 fish", "the member's practice: '1 fish' is not an amount of hours"),
            (10**9, "the member's practice: 1000000000 hours is more than anybody can have done"),
        ],
    )
    def test_what_is_no_amount_may_be_any_too(self, value: Any, text: str) -> None:
        """Said with what is wrong; nothing is raised for what strangers recorded."""
        finding = at_least(450, of_fact("practice", unit=HOUR)).assess(Member("7", facts={"practice": value}))
        assert finding.verdict is CANNOT_TELL
        assert finding.missing() == (text,)

    def test_can_be_forbidden(self) -> None:
        """Employed for 770 hours or less."""
        policy = at_most(770, of_fact("hours_employed", unit=HOUR), ref="part_time")
        assert policy.assess(Member("7", facts={"hours_employed": 770})).verdict is MET
        finding = policy.assess(Member("7", facts={"hours_employed": 771}))
        assert str(finding) == (
            "Not met (part_time): 771 h of at most 770 h, hours employed, 1 h too much\n"
            "Doing more does not mend: part_time: 771 h of at most 770 h"
        )

    def test_is_mended_by_nothing_that_is_done(self) -> None:
        """Hours of learning are no hours of practice, and break no limit of theirs."""
        member = Member("7", facts={"practice": 400, "employed": 770})
        policy = all_of(
            at_least(450, of_fact("practice", unit=HOUR), ref="practice"),
            at_most(770, of_fact("employed", unit=HOUR)),
            none_of(at_least(800, of_fact("employed", unit=HOUR))),
            at_least(30, hours()),
        )
        finding = policy.assess(record(member), period=year(2015))
        assert [str(one) for one in finding.remaining()] == [
            "30 h of any kind",
            "practice: not met, which doing more does not mend",
        ]
        unknown = at_least(1, of_fact("declaration")).assess(Member("7"))
        assert [str(one) for one in unknown.remaining()] == [
            "the member's declaration is not recorded, which doing more does not mend"
        ]


class TestWeights:
    """A rate within one unit weighs what was converted and rounded; what it leaves need not be whole grains."""

    THIRD = worth(1, every=Amount.of(3, HOUR), unit=HOUR, kind="reading")

    def test_that_leave_whole_grains_are_exact(self) -> None:
        """A third of three hours is one."""
        finding = counted(counting(hours(), self.THIRD), log((3, {"kind": "reading"}), (2, {"kind": "talk"})))
        assert finding.counted == (3 * 3600, 3 * 3600)

    def test_leave_a_part_of_a_grain_in_bounds(self) -> None:
        """Of a second, a third may count as none or as one, for each entry; and that is said."""
        seconds = Amount(1, HOUR)
        finding = counted(counting(hours(), self.THIRD), log((seconds, {"kind": "reading"}), (3, {"kind": "reading"})))
        assert finding.counted == (3600, 3601)
        assert [left.why.text for left in finding.unsure] == [
            "whether the part of a grain that its weight leaves counts is not stated"
        ]
        assert finding.verdict is Verdict.MET

    def test_may_be_of_what_is_not_known(self) -> None:
        """Bounds of a weight and of a kind that nobody knows lie around both."""
        finding = counted(counting(hours(), self.THIRD), log((Amount(7, HOUR), {"kind": UNKNOWN})))
        assert finding.counted == (2, 7)

    def test_come_after_rounding(self) -> None:
        """Rounded down to quarters, then halved."""
        half = worth(1, every=Amount.of(2, HOUR), unit=HOUR)
        quarters = Rounding("down", Amount(900, HOUR))
        assert counted(counting(hours(), half, quarters), log(("50 min", {}))).counted == (1350, 1350)

    def test_of_another_unit_must_be_exact_or_rounded(self) -> None:
        """What a conversion leaves of a grain would be lost."""
        seventh = worth(1, every=Amount.of(7, POINT), unit=HOUR)
        with pytest.raises(PolicyError, match="cannot be held exactly"):
            counting(hours(), seventh)
        assert counting(hours(), seventh, Rounding("down", Amount(900, HOUR))).worth == (seventh,)


class TestSmallest:
    def test_looks_at_what_was_done_before_it_is_rounded(self) -> None:
        """Twenty-five minutes are less than half an hour, whatever they are rounded to; and whatever they weigh."""
        up = Rounding("up", Amount(1800, HOUR))
        measure = counting(hours(), each_at_least("30 min"), up)
        assert counted(measure, log(("25 min", {}), ("31 min", {}))).counted == (3600, 3600)
        down = Rounding("down", Amount.of(1, HOUR))
        assert counted(counting(hours(), each_at_least("30 min"), down), log(("90 min", {}))).counted == (3600, 3600)
        double = worth(2, every=Amount.of(1, HOUR), unit=HOUR)
        finding = counted(counting(hours(), each_at_least("30 min"), double), log(("25 min", {})))
        assert finding.counted == (0, 0)
        assert [left.why.text for left in finding.left_out] == ["25 min is less than the 30 min that count"]

    def test_looks_at_what_was_converted(self) -> None:
        """A point is twenty minutes."""
        twenty = worth("20 min", every=Amount.of(1, POINT), unit=HOUR)
        one = record("7", [activity(DAY, number, unit=POINT) for number in (1, 2)])
        assert counted(counting(hours(), twenty, each_at_least("30 min")), one).counted == (2400, 2400)


class TestOrder:
    """Rules are followed in one order; one that would come before others is refused where they are there already."""

    DOUBLE = worth(2, every=Amount.of(1, HOUR), unit=HOUR)

    @pytest.mark.parametrize(
        ("first", "later", "what"),
        [
            (up_to(5), DOUBLE, "has caps"),
            (up_to(5), Rounding("up", Amount(900, HOUR)), "has caps"),
            (up_to(5), each_at_least("30 min"), "has caps"),
            (carried(surplus(hours())), up_to(5), "carries something forward"),
            (carried(surplus(hours())), DOUBLE, "carries something forward"),
            (made_up(hours(), 5), each_at_least("30 min"), "carries something forward"),
        ],
    )
    def test_that_would_be_another_is_refused(self, first: Any, later: Any, what: str) -> None:
        """Whoever writes it means that it comes later, and it would not."""
        measure = counting(hours(), first)
        with pytest.raises(PolicyError, match=f"The measure {what}, and cannot be given another rule") as caught:
            counting(measure, later)
        assert caught.value.data == {"measure": measure, "rule": later}
        assert counting(hours(), later, first) == counting(hours(), first, later)

    @pytest.mark.parametrize(
        ("first", "later"),
        [
            (DOUBLE, up_to(5)),
            (up_to(5), up_to(3, planned=False)),
            (up_to(5), carried(surplus(hours()))),
            (carried(surplus(hours())), made_up(hours(), 5)),
        ],
    )
    def test_that_is_the_same_is_kept(self, first: Any, later: Any) -> None:
        """What is followed later, or in the same step, may be added."""
        assert counting(counting(hours(), first), later) == counting(hours(), first, later)

    def test_of_one_kind_two_are_refused(self) -> None:
        """Nobody could say which of them holds."""
        twice = each_at_least("30 min"), each_at_least(1)
        with pytest.raises(PolicyError, match="Two rules say how a measure sizes its entries"):
            counting(hours(), *twice)
        up, down = Rounding("up", Amount(900, HOUR)), Rounding("down", Amount(900, HOUR))
        with pytest.raises(PolicyError, match="Two rules say how a measure rounds its entries"):
            counting(counting(hours(), up), down)

    def test_of_another_unit_are_refused(self) -> None:
        """What hours count as is said in hours."""
        with pytest.raises(PolicyError, match="What 1 h counts as must be said in hours, not as 2 points"):
            counting(hours(), worth(2, every=Amount.of(1, HOUR), unit=POINT))


class TestAsTagged:
    @pytest.mark.parametrize("given", ["many", True, "-1"])
    def test_what_is_no_amount_is_not_known(self, given: Any) -> None:
        """A tag that says no amount says nothing, and is named."""
        finding = counted(counting(hours(), as_tagged("given")), log((3, {"given": given})))
        assert finding.counted == (0, None)
        assert any("the given of it is no amount" in left.why.text for left in finding.unsure)

    def test_more_kinds_than_anybody_remembers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Strangers may think of very many tags, and the answers stay the same."""
        monkeypatch.setattr(sys.modules["cpdrules.cpd.worth"], "_MEMO", 2)
        done = log(*((1, {"given": number}) for number in range(6)))
        assert counted(counting(hours(), as_tagged("given")), done).counted == (15 * 3600, 15 * 3600)
