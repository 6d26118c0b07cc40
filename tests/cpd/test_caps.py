"""Caps on what counts, and what they leave where facts are missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from cpdrules import Period, Verdict, at_least, year
from cpdrules.amounts import HOUR, POINT, Amount
from cpdrules.cpd import (
    UNKNOWN,
    Axis,
    Record,
    activity,
    agreed,
    by_fact,
    counting,
    different,
    entries,
    hours,
    points,
    record,
    scheme,
    share,
    share_of,
    share_of_counted,
    up_to,
)
from cpdrules.cpd.crossing import families_of
from cpdrules.cpd.measures import Total
from cpdrules.errors import AmountError, PolicyError, UnitError, shown
from cpdrules.findings import Finding
from cpdrules.periods import years

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


AXES = (Axis("society", every=False), Axis("area"), Axis("planned"))


class TestCapsThatCross:
    @pytest.mark.parametrize(
        ("caps", "count"),
        [
            ([up_to(5, planned=False), up_to(3, area="a")], 13),
            ([up_to(1, planned=False), up_to(3, area="a")], 12),
            ([up_to(1, planned=False), up_to(0, area="a")], 9),
            ([up_to(4, area=("a", "b")), up_to(4, area=("b", "c")), up_to(4, area=("a", "c"))], 6),
            ([up_to(1, area=("a", "b")), up_to(9, area=("b", "c")), up_to(9, area=("a", "c"))], 5),
            ([up_to(3, planned=True), up_to(3, area=("a", "b")), up_to(5)], 5),
        ],
    )
    def test_let_most_count(self, caps: Any, count: int) -> None:
        """Of the hours under several caps those are kept that let most count, whichever cap is named first."""
        one = log(
            (4, {"area": "a", "planned": True}),
            (4, {"area": "a", "planned": False}),
            (4, {"area": "b", "planned": True}),
            (2, {"area": "b", "planned": False}),
            (4, {"area": "c", "planned": True}),
        )
        for some in (caps, caps[::-1]):
            finding = counted(counting(hours(), *some), one)
            assert finding.counted == (count * H, count * H)
            assert sum(entry[1] for entry in ids(finding.entries)) == 4 * count

    def test_leave_whole_grains(self) -> None:
        """Where the best would be half seconds, the halves are put together."""
        caps = [up_to(Amount(3, HOUR), area=some) for some in (("a", "b"), ("b", "c"), ("a", "c"))]
        finding = counted(counting(hours(), *caps), log(*((1, {"area": area}) for area in "abc")))
        assert finding.counted == (4, 4)

    def test_need_no_more_families_than_they_do(self) -> None:
        """Of four in a row, of which each crosses the next, two and two cross nothing, in whichever order they come."""
        held = [(0, 1), (3, 4), (1, 2), (2, 3)]
        assert len(families_of([(up_to(1), frozenset(one), 1) for one in held])) == 2
        assert len(families_of([(up_to(1), frozenset(one), 1) for one in [(0, 1), (1, 2), (0, 2)]])) == 3

    def test_in_doubt_are_bounded(self) -> None:
        """What may fall under both counts under neither for certain."""
        caps = up_to(2, planned=False), up_to(3, area="a")
        finding = counted(
            counting(hours(), *caps),
            log((5, {"area": UNKNOWN, "planned": UNKNOWN}), (2, {"area": "b", "planned": False})),
        )
        assert finding.counted == (2 * H, 7 * H)
        assert [left.why.text for left in finding.unsure] == ["whether it is planned is not known"]

    def test_by_the_thousand_are_weighed(self) -> None:
        """Two thousand hours of societies of their own: 90 minutes for each, and 1,000 hours in each of three years."""
        first = date(2013, 1, 1)
        societies = [number * 11 % 701 for number in range(2000)]
        log_ = record("7", [
            activity(first + timedelta(days=number * 1095 // 2000), 1, society=f"s{society}")
            for number, society in enumerate(societies)
        ])  # fmt: skip
        cycle = Period(first, date(2015, 12, 31))
        measure = counting(hours(), up_to("1:30", per="society"), up_to(300, in_each=years(1)))
        finding = scheme(at_least(1, measure), axes=AXES).assess(log_, period=cycle)
        assert finding.counted == (900 * H, 900 * H)
        roomy = counting(hours(), up_to("1:30", per="society"), up_to(600, in_each=years(1)))
        assert scheme(at_least(1, roomy), axes=AXES).assess(log_, period=cycle).counted == (701 * 5400, 701 * 5400)
        apart = evolve(log_, activities=tuple(
            evolve(one, tags={"society": f"s{number}"}) for number, one in enumerate(log_.activities)
        ))  # fmt: skip
        assert scheme(at_least(1, measure), axes=AXES).assess(apart, period=cycle).counted == (900 * H, 900 * H)

    def test_of_many_families_are_bounded(self) -> None:
        """More caps and kinds than can be weighed leave no more than any two families do, and no less than is found."""
        one = record("7", [
            activity(DAY, 1, society=f"s{number % 20}", area=f"a{number % 7}", planned=bool(number % 3), id=str(number))
            for number in range(200)
        ])  # fmt: skip
        few = up_to(6, per="society"), up_to(15, per="area"), up_to(2, planned=True)
        assert counted(counting(hours(), *few), one, AXES).counted == (69 * H, 69 * H)
        one_each = up_to(1, per="society"), up_to(15, per="area"), up_to(120, planned=True)
        assert counted(counting(hours(), *one_each), one, AXES).counted == (20 * H, 20 * H)
        tight = up_to(6, per="society"), up_to(10, per="area"), up_to(30, planned=True)
        bounds = counted(counting(hours(), *tight), one, AXES).counted
        assert bounds is not None
        assert 60 * H <= bounds.least <= 70 * H == bounds.most


class TestCapsOneByOne:
    cap = up_to(2, per="society")

    def test_hold_for_each_tag(self) -> None:
        """Two hours for each society; what has none is not capped, and what is of two falls under both."""
        one = log((3, {"society": "s"}), (3, {"society": "t"}), (3, {}))
        assert counted(counting(hours(), self.cap), one, AXES).counted == (7 * H, 7 * H)
        both = log((3, {"society": ("s", "t")}), (2, {"society": "s"}))
        assert counted(counting(hours(), self.cap), both, AXES).counted == (2 * H, 2 * H)
        finding = counted(counting(hours(), up_to(2, per="society", society="s")), one, AXES)
        assert finding.counted == (8 * H, 8 * H)
        assert finding.left_out[0].why.text == "no more than 2 h count for each society of: society: s"
        assert finding.rooms == ()

    def test_hold_for_each_activity(self) -> None:
        """An hour of each; a second share of one is part of it."""
        parts = (share(2, area="a"), share(2, area="b"))
        one = record(
            "7", [activity(DAY, 4, shares=parts), activity(DAY, 5, area="a"), activity(DAY, "30 min", area="a")]
        )
        finding = counted(counting(hours(), up_to(1, per="activity")), one)
        assert finding.counted == (9000, 9000)
        assert "for each activity" in finding.left_out[0].why.text

    def test_cut_the_same_in_any_order(self) -> None:
        """Of two that are alike, the last by its id is cut, whichever was logged first."""
        one = record("7", [activity(DAY, 2, id="a"), activity(DAY, 2, id="b")])
        turned = record("7", one.activities[::-1])
        for some in (one, turned):
            finding = counted(counting(hours(), up_to("1:30", per="activity"), up_to(2)), some)
            assert sorted(ids(finding.entries)) == [("a", 6), ("b", 2)]

    def test_hold_for_each_activity_that_may_count(self) -> None:
        """Two that may count may both count up to the cap, and so may two of societies that nobody knows."""
        one = log((3, {"planned": UNKNOWN}), (3, {"planned": UNKNOWN}))
        assert counted(counting(hours(planned=True), up_to(1, per="activity")), one).counted == (0, 2 * H)
        assert counted(counting(hours(planned=True), self.cap), one).counted == (0, 4 * H)

    def test_of_an_unknown_tag_hold_of_it_by_itself(self) -> None:
        """Whichever society it is, no more than two hours of it count; at worst it is one that is full."""
        one = log((3, {"society": "s"}), (3, {"society": UNKNOWN}))
        finding = counted(counting(hours(), self.cap), one, AXES)
        assert finding.counted == (2 * H, 4 * H)
        assert [left.why.text for left in finding.unsure] == ["the society of it is not known"]
        assert counted(counting(hours(), self.cap), log((3, {}), (3, {}))).counted == (2 * H, 4 * H)
        assert counted(counting(hours(), self.cap), log((3, {"society": UNKNOWN})), AXES).counted == (2 * H, 2 * H)


class TestFiguresOfCaps:
    def test_may_be_shares_of_what_counts(self) -> None:
        """Beside 30 other hours, a quarter of the whole is ten; beside none, nothing."""
        quarter = up_to(share_of_counted("25%"), area="a")
        assert counted(counting(hours(), quarter), log((20, {"area": "a"}), (30, {"area": "b"}))).counted == (
            40 * H,
            40 * H,
        )
        assert counted(counting(hours(), quarter), log((2, {"area": "a"}), (30, {"area": "b"}))).counted == (
            32 * H,
            32 * H,
        )
        finding = counted(counting(hours(), quarter), log((20, {"area": "a"})))
        assert finding.counted == (0, 0)
        assert finding.left_out[0].why.text == "no more than 1/4 of all that counts count of: area: a"

    def test_may_be_several_shares(self) -> None:
        """Shares of one whole are taken of the same whole, for each tag as well, beside other caps."""
        caps = up_to(share_of_counted("50%"), area="a"), up_to(share_of_counted("49%"), area="b")
        assert counted(counting(hours(), *caps), log((9, {"area": "a"}), (9, {"area": "b"}))).counted == (0, 0)
        one = log((9, {"area": "a"}), (9, {"area": "b"}), (1, {"area": "c"}))
        assert counted(counting(hours(), *caps), one).counted == (19 * H, 19 * H)
        each = up_to(share_of_counted("1/3"), per="area")
        assert counted(counting(hours(), each), one).counted == (3 * H, 3 * H)
        assert counted(counting(hours(), each, up_to(2)), one).counted == (2 * H, 2 * H)

    def test_that_are_shares_hold_in_doubt(self) -> None:
        """The share is taken of the least that counts at worst, of the most at best."""
        quarter = up_to(share_of_counted("25%"), area="a")
        one = log((20, {"area": "a"}), (3, {"area": UNKNOWN}))
        assert counted(counting(hours(), quarter), one).counted == (0, 4 * H)

    def test_may_depend_on_the_record(self) -> None:
        """As many unplanned hours as half of the planned; where a figure is not known, both ends of it count."""
        half = up_to(share_of("1/2", hours(planned=True)), planned=False)
        one = log((9, {"planned": False}), (4, {"planned": True}))
        assert counted(counting(hours(), half), one).counted == (6 * H, 6 * H)
        unknown = up_to(by_fact("role", {"lead": 5}, otherwise=1), planned=False)
        finding = counted(counting(hours(), unknown), one)
        assert finding.counted == (5 * H, 9 * H)
        assert [note.kind for note in finding.notes] == ["missing"]
        free = counted(counting(hours(), up_to(agreed(), planned=False)), one)
        assert free.counted == (4 * H, 13 * H)

    @pytest.mark.parametrize("share", ["150%", "much", 2])
    def test_that_are_shares_are_no_more_than_all(self, share: Any) -> None:
        """A share lies between nothing and the whole."""
        with pytest.raises(PolicyError, match="is no share of a whole"):
            share_of_counted(share)


class TestWritingCaps:
    def test_in_another_unit_are_refused(self) -> None:
        """Points do not limit hours."""
        with pytest.raises(PolicyError, match=r"A figure of 5 points cannot limit a count of hours\. Give") as caught:
            counting(hours(), up_to(5, unit=POINT))
        assert caught.value.data == {"figure": Amount.of(5, POINT), "unit": HOUR}
        assert counting(points(), up_to(5, unit=POINT)).caps[0].figure.unit == POINT

    @pytest.mark.parametrize(
        ("measure", "cap"), [(entries(), up_to(3)), (None, up_to(3)), (hours(), 5), (hours(), hours())]
    )
    def test_limit_sums(self, measure: Any, cap: Any) -> None:
        """A count of entries has no amounts to cut, and five is no cap."""
        with pytest.raises(
            PolicyError,
            match=r"^Rules such as caps say how a sum of amounts counts, not .* counting\(hours",
        ) as caught:
            counting(measure, cap)
        assert shown((cap,) if isinstance(measure, Total) else measure) in str(caught.value)
        assert caught.value.data == {"measure": measure, "rules": (cap,)}

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
            (counting(hours(), up_to(5, per="paid_society", in_each=years(1), planned=True)),
             "of which 5 h at most count for each paid society in each year of: planned"),
            (counting(hours(), up_to(share_of_counted("1/3"), in_each=years(2))),
             "of which 1/3 of all that counts at most count in each 2 years"),
            (entries(topic="ethics"), "topic: ethics"),
            (different("kind", planned=True), "planned"),
        ],
    )  # fmt: skip
    def test_words(self, measure: Any, text: str) -> None:
        """A measure says what it counts, and how much of it at most."""
        assert str(measure) == text


class TestCapsByTheDay:
    def test_limit_what_begins_on_one_day(self) -> None:
        """Eight hours a day, however many activities they are; the rest of the day is cut."""
        two = [activity("2015-03-02", 6, id="a"), activity("2015-03-02", 5, id="b"), activity("2015-03-03", 9, id="c")]
        finding = counted(counting(hours(), up_to(8, per="day")), record("7", two))
        assert finding.counted == (16 * H, 16 * H)
        assert ids(finding.entries) == [("a", 24), ("b", 8), ("c", 32)]
        assert {left.why.text for left in finding.left_out} == {"no more than 8 h count for each day"}

    def test_take_a_course_of_several_days_as_one(self) -> None:
        """What begins on a day is of that day."""
        course = activity("2015-03-02", 20, until="2015-03-04", id="a")
        other = activity("2015-03-03", 5, id="b")
        assert counted(counting(hours(), up_to(8, per="day")), record("7", [course, other])).counted == (13 * H,) * 2

    def test_in_doubt(self) -> None:
        """What has no date may be of a day of its own, or of one that is full; what has no amount may fill its day."""
        measure = counting(hours(), up_to(8, per="day"))
        undated = [activity("2015-03-02", 8, id="a"), activity(None, 3, id="b")]
        assert counted(measure, record("7", undated)).counted == (8 * H, 11 * H)
        unknown = [activity("2015-03-02", 6, id="a"), activity("2015-03-02", None, id="b")]
        assert counted(measure, record("7", unknown)).counted == (6 * H, 8 * H)

    def test_of_some_only(self) -> None:
        """Only reading is limited by the day, and only so much of it in all."""
        done = [activity(f"2015-03-0{day}", 3, kind="reading", id=f"{day}") for day in (1, 2, 3)]
        done += [activity("2015-03-01", 9, kind="talk", id="t")]
        measure = counting(hours(), up_to(2, per="day", kind="reading"), up_to(5, kind="reading"))
        assert counted(measure, record("7", done)).counted == (14 * H, 14 * H)
        assert str(measure.caps[0]) == "of which 2 h at most count for each day of: kind: reading"
