"""What a clause can count: amounts, entries, different tags; and caps on what counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cpdrules import Unit, Verdict, all_of, at_least, at_most, none_of, year
from cpdrules.amounts import ACTIVITY, HOUR, POINT
from cpdrules.cpd import (
    UNKNOWN,
    Axis,
    Fact,
    Member,
    Record,
    activity,
    amounts,
    counting,
    different,
    entries,
    hours,
    of_fact,
    points,
    record,
    scheme,
    share,
    up_to,
)
from cpdrules.cpd import filters as module
from cpdrules.cpd.measures import Total
from cpdrules.errors import AmountError, PolicyError, UnitError
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


class TestCaps:
    @pytest.mark.parametrize(
        ("caps", "quarters"),
        [
            ([up_to(20)], 48),
            ([up_to(2)], 8),
            ([up_to(2, planned=False)], 28),
            ([up_to(0, planned=False)], 20),
            ([up_to(1, area="a"), up_to(2, area="b")], 24),
            ([up_to(3, area=("a", "b")), up_to(1, area="a")], 24),
            ([up_to(9, area=("a", "b")), up_to(1, area="a")], 28),
            ([up_to(5), up_to(1, area="a"), up_to(2, area="b")], 20),
            ([up_to(6, planned=False), up_to(1, planned=False, area="b")], 40),
            ([up_to(4, planned=False), up_to(1, planned=False, area="b")], 36),
            ([up_to(1, area="z")], 48),
            ([up_to(1, area="a"), up_to(2, area="a")], 28),
        ],
    )
    def test_leave_as_much_as_they_allow(self, caps: Any, quarters: int) -> None:
        """Alone, apart, inside one another, and twice on one: the smaller one holds."""
        one = log(
            (5, {"area": "a", "planned": True}),
            (1, {"area": "a", "planned": False}),
            (3, {"area": "b", "planned": False}),
            (3, {"area": "c", "planned": False}),
        )
        finding = counted(counting(hours(), *caps), one)
        assert finding.counted == (quarters * 900, quarters * 900)
        assert sum(batch.amount for batch in finding.entries) == quarters * 900
        left_out = sum(left.batch.amount for left in finding.left_out)
        assert left_out == (48 - quarters) * 900
        assert all(left.why.kind == "cap" for left in finding.left_out)

    def test_say_what_they_cut_the_latest_first(self) -> None:
        """The earliest activities count; what is beyond the cap is named, with the part of one that was cut."""
        one = record(
            "7",
            [activity(date(2015, month, 1), 2, id=f"{month}", planned=False) for month in (5, 3, 4)]
            + [activity(DAY, 1, id="p", planned=True)],
        )
        finding = counted(counting(hours(), up_to("4:30", planned=False)), one)
        assert ids(finding.entries) == [("3", 8), ("4", 8), ("5", 2), ("p", 4)]
        assert ids([left.batch for left in finding.left_out]) == [("5", 6)]
        assert finding.left_out[0].why.text == "no more than 4 h 30 min count of: not planned"
        whole = counted(counting(hours(), up_to(1)), one)
        assert {left.why.text for left in whole.left_out} == {"no more than 1 h count"}

    def test_cut_one_activity_in_two_shares_once(self) -> None:
        """Two shares that a policy does not tell apart are one name and two parts."""
        parts = (share("60 min", area="a"), share("30 min", area="b"))
        one = record("7", [activity(DAY, "90 min", shares=parts, id="x")])
        finding = counted(counting(hours(), up_to("70 min")), one)
        assert [entry.amount for batch in finding.entries for entry in batch.entries] == [3600, 600]
        assert [entry.amount for left in finding.left_out for entry in left.batch.entries] == [1200]

    def test_need_not_have_anything_to_cut(self) -> None:
        """An empty record counts for nothing under any cap."""
        finding = counted(counting(hours(), up_to(2, planned=False)), log())
        assert finding.counted == (0, 0)
        assert finding.rooms == (((("planned", (False,)),), 2 * H),)

    def test_say_how_much_room_is_left(self) -> None:
        """What else may count of each kind, whatever the missing facts turn out to be."""
        caps = up_to(4, planned=False), up_to(2, planned=False, area="a")
        one = log(
            (1, {"area": "a", "planned": False}),
            (1, {"area": "b", "planned": False}),
            (1, {"planned": True, "area": "a"}),
        )
        rooms = dict(counted(counting(hours(), *caps), one).rooms)
        assert rooms == {(("planned", (False,)),): 2 * H, (("area", ("a",)), ("planned", (False,))): H}
        vague = log((3, {"area": UNKNOWN, "planned": False}), (3, {"area": "a", "planned": False}))
        rooms = dict(counted(counting(hours(), *caps), vague).rooms)
        assert rooms == {(("planned", (False,)),): 0, (("area", ("a",)), ("planned", (False,))): 0}

    def test_are_added_to_caps(self) -> None:
        """A measure under caps can be put under another."""
        measure = counting(counting(hours(), up_to(5)), up_to(2, planned=False))
        assert measure.caps == (up_to(5), up_to(2, planned=False))
        assert counting(hours()) == hours()


class TestCapsInDoubt:
    cap = up_to(2, planned=False)

    @pytest.mark.parametrize(
        ("tagged", "bounds"),
        [
            ([(5, {"planned": UNKNOWN})], (2, 5)),
            ([(1, {"planned": UNKNOWN})], (1, 1)),
            ([(1, {"planned": UNKNOWN}), (2, {"planned": False})], (2, 3)),
            ([(1, {"planned": UNKNOWN}), (5, {"planned": False})], (2, 3)),
            ([(3, {"planned": UNKNOWN}), (5, {"planned": True})], (7, 8)),
            ([(3, {}), (3, {})], (2, 6)),
        ],
    )
    def test_of_a_tag_that_is_not_known(self, tagged: Any, bounds: Any) -> None:
        """It falls under the cap in the worst case, and escapes it in the best."""
        least, most = bounds
        finding = counted(counting(hours(), self.cap), log(*tagged))
        assert finding.counted == (least * H, most * H)
        assert sum(batch.amount for batch in finding.entries) == least * H
        assert sum(left.batch.amount for left in finding.unsure) == (most - least) * H
        assert all(left.why.text == "whether it is planned is not known" for left in finding.unsure)

    def test_falls_under_one_of_several_and_not_under_all(self) -> None:
        """An unknown area is one area: where each is full, it counts for nothing, and takes nothing from the others."""
        caps = up_to(5, area="a"), up_to(5, area="b")
        one = log((5, {"area": "a"}), (5, {"area": "b"}), (4, {"area": UNKNOWN}))
        assert counted(counting(hours(), *caps), one).counted == (10 * H, 14 * H)
        roomy = log((5, {"area": "a"}), (3, {"area": "b"}), (4, {"area": UNKNOWN}))
        assert counted(counting(hours(), *caps), roomy).counted == (8 * H, 12 * H)

    def test_finds_the_worst_of_several(self) -> None:
        """Two doubts may fall under two caps, each where least is left."""
        caps = up_to(1, area="a"), up_to(1, planned=False, area="b")
        one = log((4, {"area": UNKNOWN, "planned": True}), (4, {"area": "b", "planned": UNKNOWN}), (4, {"area": "c"}))
        finding = counted(counting(hours(), *caps), one)
        assert finding.counted == (6 * H, 12 * H)

    def test_falls_into_what_lies_around(self) -> None:
        """What falls under an inner cap falls under the outer one as well."""
        caps = up_to(3, area=("a", "b")), up_to(2, area="a")
        one = log((3, {"area": "b"}), (2, {"area": UNKNOWN}))
        assert counted(counting(hours(), *caps), one).counted == (3 * H, 5 * H)

    def test_of_what_counts_only_under_the_cap(self) -> None:
        """What counts at all is of the kind that is capped."""
        measure = counting(hours(area="a"), up_to(5, area="a"))
        assert counted(measure, log((9, {"area": UNKNOWN}))).counted == (0, 5 * H)
        wider = counting(hours(area=("a", "b")), up_to(5, area=("a", "b", "c")))
        assert counted(wider, log((9, {"area": UNKNOWN}))).counted == (0, 5 * H)

    def test_of_an_unknown_amount(self) -> None:
        """Under a cap even an unknown amount has a limit; beside it there is none."""
        measure = counting(hours(), self.cap)
        assert counted(measure, record("7", [activity(DAY, None, planned=False)])).counted == (0, 2 * H)
        assert counted(measure, record("7", [activity(DAY, None, planned=True)])).counted == (0, None)
        assert counted(measure, record("7", [activity(None, 9, planned=False)])).counted == (0, 2 * H)

    @pytest.mark.parametrize("number", [8, 9])
    def test_of_very_many_caps(self, number: int) -> None:
        """However many caps there are, what may fall under one is not counted for certain."""
        caps = [up_to(0, area=f"a{place}") for place in range(number)]
        finding = counted(
            counting(hours(), *caps), log((4, {"area": UNKNOWN}), (1, {"area": "z"}), (1, {"area": "a0"}))
        )
        assert finding.counted == (H, 5 * H)
        assert [left.batch.amount for left in finding.unsure] == [4 * H]

    def test_that_changes_nothing_is_a_cap(self) -> None:
        """Where an outer cap is full anyway, the cut is the cap's and not the missing fact's."""
        caps = up_to(2), up_to(1, planned=False)
        one = log((2, {"planned": True}), (4, {"planned": UNKNOWN}))
        finding = counted(counting(hours(), *caps), one)
        assert finding.counted == (2 * H, 2 * H)
        assert finding.unsure == ()
        assert [left.why.kind for left in finding.left_out] == ["cap"]


class TestWritingCaps:
    def test_that_cross_are_refused(self) -> None:
        """Of an unplanned hour in area a, two caps that cross would each say something else."""
        with pytest.raises(PolicyError, match="The caps on area: a and on not planned cross") as caught:
            counting(hours(), up_to(5, planned=False), up_to(3, area="a"))
        assert caught.value.data["caps"] == (up_to(5, planned=False), up_to(3, area="a"))
        assert "keep them apart on one axis" in caught.value.remedy
        with pytest.raises(PolicyError, match="cross"):
            counting(counting(hours(), up_to(5, area=("a", "b"))), up_to(3, area=("b", "c")))

    def test_in_another_unit_are_refused(self) -> None:
        """Points do not limit hours."""
        with pytest.raises(PolicyError, match="A cap of 5 points cannot limit a count of hours") as caught:
            counting(hours(), up_to(5, unit=POINT))
        assert caught.value.data == {"cap": up_to(5, unit=POINT)}
        assert counting(points(), up_to(5, unit=POINT)).caps[0].figure.unit == POINT

    @pytest.mark.parametrize(
        ("measure", "cap"), [(entries(), up_to(3)), (None, up_to(3)), (hours(), 5), (hours(), hours())]
    )
    def test_limit_sums(self, measure: Any, cap: Any) -> None:
        """A count of entries has no amounts to cut, and five is no cap."""
        with pytest.raises(
            PolicyError, match=r"^Caps limit a sum of amounts, not .* counting\(hours\(\), up_to\(20"
        ) as caught:
            counting(measure, cap)
        assert caught.value.data == {"measure": measure, "caps": (cap,)}

    def test_are_exact(self) -> None:
        """A cap is an amount like any other."""
        assert up_to("1h30").figure.grains == 5400
        with pytest.raises(AmountError, match="-1 hours is negative"):
            up_to(-1)
        with pytest.raises(UnitError, match="3 h is no amount of points"):
            up_to(up_to(3).figure, unit=POINT)

    @pytest.mark.parametrize(
        ("measure", "text"),
        [
            (hours(), ""),
            (hours(area=("b", "a"), planned=True), "area: a or b, planned"),
            (hours(longer_than="1:30"), "longer than 1 h 30 min"),
            (counting(hours(), up_to(20, planned=False)), "of which 20 h at most count of: not planned"),
            (counting(hours(area="a"), up_to(5), up_to(2, planned=True)),
             "area: a; of which 5 h at most count; of which 2 h at most count of: planned"),
            (entries(topic="ethics"), "topic: ethics"),
            (different("kind", planned=True), "planned"),
        ],
    )  # fmt: skip
    def test_words(self, measure: Any, text: str) -> None:
        """A measure says what it counts, and how much of it at most."""
        assert str(measure) == text


class TestFilters:
    def test_are_equal_whatever_their_order(self) -> None:
        """Tags, axes and doubles make no difference to what is asked for."""
        assert hours(area=("b", "a"), planned=True) == hours(planned=True, area=("a", "b", "a"))
        assert hash(hours(level=(2, 10, 1))) == hash(hours(level=(1, 2, 10)))
        assert hours(code=("1", 1)) == hours(code=(1, "1"))
        assert hours(area=("a",)) == hours(area="a")
        assert hours(longer_than=1.5) == hours(longer_than="90 min")
        assert hours(area="a") != entries(area="a")

    @pytest.mark.parametrize("tags", [(), ["a"], None, 1.5, (None,), UNKNOWN, ("a", UNKNOWN), ("a", ("b",)), 10**19])
    def test_admit_tags_only(self, tags: Any) -> None:
        """To look for nothing, for what is unknown, or for a list in a list, is refused."""
        with pytest.raises(
            PolicyError, match=r"is no tag to look for on the axis 'area'\. Give a text, yes or no"
        ) as caught:
            hours(area=tags)
        assert caught.value.data["axis"] == "area"
        with pytest.raises(PolicyError, match="is no tag to look for"):
            up_to(5, area=tags)

    @pytest.mark.parametrize("length", [0.001, "1 h 1 min 1 s", "59 s", 1000])
    def test_read_their_own_length_again(self, length: Any) -> None:
        """Any length that an hour can hold may be asked for."""
        length = "4 s" if length == 0.001 else length
        one = log((1000, {}), ("1 s", {}))
        finding = counted(entries(longer_than=length), one)
        assert finding.counted == ((0, 0) if length == 1000 else (1, 1))
        with pytest.raises(AmountError, match="finer than the unit's grain"):
            hours(longer_than=0.0001)

    def test_share_one_pass(self) -> None:
        """Clauses on different axes, one of them worked out from the activity, each get their part."""
        policy = all_of(
            at_least(1, hours(area="a"), ref="a"),
            at_least(1, entries(reflected=True), ref="reflected"),
            at_least(1, hours(longer_than=2), ref="long"),
            at_least(1, different("kind"), ref="kinds"),
        )
        one = record("7", [activity(DAY, 3, area="a", kind="x", reflection="r"), activity(DAY, 1, area="b", kind="y")])
        finding = policy.assess(one, period=year(2015))
        assert [finding[ref].counted for ref in ("a", "reflected", "long", "kinds")] == [
            (3 * H, 3 * H), (1, 1), (3 * H, 3 * H), (2, 2)
        ]  # fmt: skip


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
