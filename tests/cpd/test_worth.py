"""What entries are worth: conversions, weights, rounding, sizes, and what is not known of them."""

from __future__ import annotations

import sys
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cpdrules import Rounding, Unit, at_least, year
from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import (
    UNKNOWN,
    Axis,
    Record,
    activity,
    amounts,
    as_tagged,
    counting,
    each_at_least,
    hours,
    points,
    record,
    scheme,
    share,
    up_to,
    worth,
)
from cpdrules.cpd.worth import Worth, rate
from cpdrules.errors import PolicyError
from cpdrules.findings import Finding

CREDIT = Unit("credit", "credits", grain=36_000)
C = CREDIT.grain
DAY = "2015-03-02"
ONE = Amount.of(1, ACTIVITY)
AXES = (Axis("given", every=False), Axis("kind"))

ONE_CREDIT = Amount.of(1, CREDIT)

credits_ = amounts(CREDIT)
per_ten = worth(1, every=so_many_hours(10), unit=CREDIT)


def log(*tagged: Any, unit: Any = HOUR) -> Record:
    """Give a record of activities: amounts and tags of each, named a, b, c ..."""
    return record(
        "7",
        [activity(DAY, amount, unit=unit, id="abcdef"[number], **tags) for number, (amount, tags) in enumerate(tagged)],
    )


def counted(measure: Any, one: Record, axes: tuple[Axis, ...] = AXES) -> Finding:
    """Give the finding of what a measure counts."""
    return scheme(at_least(1, measure), axes=axes).assess(one, period=year(2015))


def why(finding: Finding) -> list[tuple[str, str, int]]:
    """Give what was left out, why, and the grains of it."""
    return [(left.why.kind, left.why.text, left.batch.amount) for left in finding.left_out]


class TestConversions:
    def test_count_in_proportion(self) -> None:
        """Of 25 hours at a credit for ten, two credits and a half count."""
        finding = counted(counting(credits_, per_ten), log((25, {"kind": "x"})))
        assert finding.counted == (90_000, 90_000)
        (entry,) = finding.entries[0].entries
        assert (entry.amount, entry.unit) == (90_000, CREDIT)

    def test_leave_amounts_in_the_unit_itself_alone(self) -> None:
        """Credits are credits, and what no rate speaks of does not count."""
        measure = counting(credits_, worth(1, every=so_many_hours(10), unit=CREDIT, kind="x"))
        assert counted(measure, log((3, {"kind": "y"}), unit=CREDIT)).counted == (3 * C, 3 * C)
        none = counted(measure, log((3, {"kind": "y"})))
        assert none.counted == (0, 0)
        assert why(none) == [("unit", "recorded in hours, not in credits", 3 * 3600)]
        other = counted(measure, log((3, {"kind": "x"}), unit=POINT))
        assert why(other) == [("unit", "recorded in points, not in credits", 300)]

    def test_take_the_first_that_matches(self) -> None:
        """A rate for one kind goes before that for all."""
        measure = counting(credits_, worth(3, every=so_many_hours(1), unit=CREDIT, kind="x"), per_ten)
        assert counted(measure, log((10, {"kind": "x"}), (10, {"kind": "y"}))).counted == (31 * C, 31 * C)

    def test_of_a_tag_that_is_not_known_are_bounded(self) -> None:
        """It may be the one rate or the other, and for what may match none, nothing."""
        measure = counting(credits_, worth(3, every=so_many_hours(1), unit=CREDIT, kind="x"), per_ten)
        finding = counted(measure, log((10, {"kind": UNKNOWN})))
        assert finding.counted == (C, 30 * C)
        assert [(left.why.text, left.batch.amount) for left in finding.unsure] == [
            ("the kind of it is not known", 29 * C)
        ]
        assert sum(batch.amount for batch in finding.entries) == C
        only = counting(credits_, worth(3, every=so_many_hours(1), unit=CREDIT, kind="x"))
        assert counted(only, log((10, {}))).counted == (0, 30 * C)
        assert counted(only, log((10, {"kind": UNKNOWN}), unit=CREDIT)).counted == (10 * C, 10 * C)

    def test_of_an_amount_that_is_not_known_have_no_end(self) -> None:
        """It may be in either unit, and as much as it likes."""
        finding = counted(counting(credits_, per_ten), log((None, {"kind": "x"})))
        assert finding.counted == (0, None)
        assert [left.why.text for left in finding.unsure] == ["the amount of it is not known"]

    def test_of_an_unknown_day_may_count(self) -> None:
        """What it is worth is known, whether it counts is not; what is worth nothing never does."""
        one = record("7", [activity(None, 10, kind="x", id="a"), activity(None, 10, kind="y", id="b")])
        measure = counting(credits_, worth(0, every=so_many_hours(1), unit=CREDIT, kind="y"), per_ten)
        finding = counted(measure, one)
        assert finding.counted == (0, C)
        assert [left.why.text for left in finding.unsure] == ["the date of it is not known"]
        assert why(finding) == [("size", "it counts as nothing once it is converted, rounded and weighed", 36000)]
        vague = counted(measure, record("7", [activity(None, 10, kind=UNKNOWN)]))
        assert vague.counted == (0, C)
        assert [left.why.text for left in vague.unsure] == [
            "the date of it is not known, and the kind of it is not known"
        ]

    def test_that_cannot_be_held_are_refused(self) -> None:
        """A seventh of a credit wants a finer grain, or the entries a rounding."""
        third = worth(1, every=so_many_hours(7), unit=CREDIT)
        with pytest.raises(
            PolicyError, match=r"1 credit for every 7 h cannot be held exactly.* or round each"
        ) as caught:
            counting(credits_, third)
        assert caught.value.data == {"worth": third, "grain": 252_000}
        assert "a grain of 252,000" in caught.value.remedy
        assert counting(credits_, third, Rounding("down", Amount.of(1, CREDIT))).worth == (third,)

    def test_are_said_in_the_unit_of_the_measure(self) -> None:
        """A rate into points says nothing about credits."""
        wrong = worth(1, every=so_many_hours(1), unit=POINT)
        with pytest.raises(PolicyError, match=r"What 1 h counts as must be said in credits, not as 1 point") as caught:
            counting(credits_, wrong)
        assert caught.value.data == {"worth": wrong}

    @pytest.mark.parametrize(
        ("every", "counts", "tagged"),
        [(Amount(0, HOUR), Amount.of(1, CREDIT), ""), (ONE, None, ""), (ONE, Amount.of(1, CREDIT), "given")],
    )
    def test_need_something_to_work_out(self, every: Amount, counts: Amount | None, tagged: str) -> None:
        """Nothing is worth so much for every nothing, and either a figure says how much or a tag does."""
        with pytest.raises(PolicyError, match=r"Nothing can be worked out from .* Say what a part") as caught:
            Worth(every, counts, (), tagged)
        assert caught.value.data == {"every": every, "counts": counts}

    def test_give_grains_for_grains(self) -> None:
        """36,000 grains of a credit for as many of hours; where entries are rounded, parts of grains will do."""
        assert rate(per_ten, CREDIT, None) == 1
        assert rate(worth(1, every=so_many_hours(7), unit=CREDIT), CREDIT, Rounding("up", ONE_CREDIT)) == Fraction(
            10, 7
        )


class TestActivities:
    measure = counting(points(), worth(5, every=ONE, unit=POINT))

    def test_count_as_so_much_each(self) -> None:
        """Whatever was recorded of them, even nothing at all."""
        finding = counted(self.measure, log((1, {}), (99, {}), (None, {})))
        assert finding.counted == (1500, 1500)
        assert finding.unsure == ()

    def test_in_two_shares_count_once(self) -> None:
        """The part that is worth more counts, whichever comes first; of equals, the larger."""
        parts = (share(1, kind="x"), share(2, kind="y"))
        one = record("7", [activity(DAY, 1, kind="y", id="z"), activity(DAY, 3, shares=parts, id="a")])
        assert counted(self.measure, one).counted == (1000, 1000)
        assert why(counted(self.measure, one)) == [("repeat", "another part of it counts already", 3600)]
        rules = worth(5, every=ONE, unit=POINT, kind="x"), worth(3, every=ONE, unit=POINT, kind="y")
        turned = record("7", one.activities[::-1])
        for some in (one, turned):
            assert counted(counting(points(), *rules), some).counted == (800, 800)

    @pytest.mark.parametrize("doubt", [{"day": None}, {"kind": UNKNOWN}])
    def test_in_two_shares_of_which_one_is_in_doubt_are_bounded(self, doubt: Any) -> None:
        """Which part counts is not known; nothing of it is certain, and no more than all."""
        parts = (share(1, kind="x"), share(2, kind=doubt.get("kind", "y")))
        one = record("7", [activity(doubt.get("day", DAY), 3, shares=parts, id="a")])
        finding = counted(counting(points(), worth(5, every=ONE, unit=POINT), up_to(2, unit=POINT, kind="y")), one)
        assert finding.counted is not None
        assert finding.counted.least == 0
        assert finding.counted.most is not None
        assert finding.counted.most >= 500
        closed = counted(counting(points(kind="x"), worth(5, every=ONE, unit=POINT)), one)
        assert closed.counted == (0, 500 if "day" in doubt else 1000)

    def test_may_be_worth_different_amounts(self) -> None:
        """Without its kind, an activity counts as the least that it may be, and perhaps as the most."""
        rules = worth(5, every=ONE, unit=POINT, kind="x"), worth(3, every=ONE, unit=POINT)
        assert counted(counting(points(), *rules), log((1, {"kind": UNKNOWN}))).counted == (300, 500)
        assert counted(counting(points(), *rules), log((None, {"kind": UNKNOWN}))).counted == (300, 500)
        assert counted(counting(points(kind="x"), *rules), log((None, {"kind": UNKNOWN}))).counted == (0, 500)


class TestTags:
    measure = counting(hours(), as_tagged("given"))

    @pytest.mark.parametrize(("tag", "grains"), [(2, 7200), ("1:30", 5400), ("0.5", 1800), (0, 0), ("0", 0)])
    def test_say_what_an_activity_counts_as(self, tag: Any, grains: int) -> None:
        """They are amounts in the unit of the measure, whatever unit was recorded."""
        for unit in (HOUR, POINT):
            finding = counted(self.measure, log((9, {"given": tag}), unit=unit))
            assert finding.counted == (grains, grains)
            assert grains or why(finding)[0][0] == "size"

    def test_that_are_not_there_are_nothing(self) -> None:
        """An axis on which not every activity has a tag gives nothing; any other, what nobody knows."""
        assert counted(self.measure, log((9, {}))).counted == (0, 0)
        assert counted(self.measure, log((9, {})), axes=()).counted == (0, None)

    @pytest.mark.parametrize(
        ("tag", "text"),
        [
            (UNKNOWN, "the given of it is not known"),
            ("many", "the given of it is no amount: 'many'"),
            (True, "the given of it is no amount: 'True'"),
            (("1", "2"), "the given of it is no amount: \"('1', '2')\""),
            (10**9, "the given of it is no amount: '1000000000'"),
            (-1, "the given of it is no amount: '-1'"),
            ("x" * 99, f"the given of it is no amount: {'x' * 40!r}"),
        ],
    )
    def test_that_are_no_amounts_leave_it_open(self, tag: Any, text: str) -> None:
        """It may be worth anything, and the finding says which tag could not be read."""
        finding = counted(self.measure, log((9, {"given": tag})))
        assert finding.counted == (0, None)
        assert [left.why.text for left in finding.unsure] == [text]

    def test_of_some_kinds_go_before_what_was_recorded(self) -> None:
        """Only where the rule matches is the tag looked at."""
        measure = counting(hours(), as_tagged("given", kind="x"))
        assert counted(measure, log((9, {"kind": "x", "given": 1}), (2, {"kind": "y"}))).counted == (10800, 10800)


class TestWeights:
    def test_are_taken_last(self) -> None:
        """20 minutes are too few, though they would count double; 40 count as 80."""
        double = worth(2, every=so_many_hours(1), unit=HOUR, kind="x")
        measure = counting(hours(), double, each_at_least("30 min"))
        finding = counted(measure, log(("20 min", {"kind": "x"}), ("40 min", {"kind": "x"}), (1, {"kind": "y"})))
        assert finding.counted == (8400, 8400)
        assert why(finding) == [("size", "20 min is less than the 30 min that count", 1200)]

    def test_may_be_nothing(self) -> None:
        """What counts as nothing is left out, and says so."""
        finding = counted(
            counting(hours(), worth(0, every=so_many_hours(1), unit=HOUR, kind="x")), log((2, {"kind": "x"}))
        )
        assert why(finding) == [("size", "it counts as nothing once it is converted, rounded and weighed", 7200)]

    def test_may_leave_a_part_of_a_grain(self) -> None:
        """Half of 45 rounded minutes is exact; of half a second nobody says whether it counts."""
        half = worth("30 min", every=so_many_hours(1), unit=HOUR)
        measure = counting(hours(), half, Rounding("down", so_many_hours("15 min")))
        assert counted(measure, log(("50 min", {}))).counted == (1350, 1350)
        finding = counted(counting(hours(), half), log(("1 s", {})))
        assert finding.counted == (0, 1)
        assert [left.why.text for left in finding.unsure] == [
            "whether the part of a grain that its weight leaves counts is not stated"
        ]


class TestRoundingAndSizes:
    def test_round_each_entry(self) -> None:
        """Two times 50 minutes are two hours where each is rounded to the nearest."""
        nearest = Rounding("half_up", so_many_hours(1))
        finding = counted(counting(hours(), nearest), log(("50 min", {}), ("50 min", {}), ("20 min", {})))
        assert finding.counted == (7200, 7200)
        assert [text for _, text, _ in why(finding)] == [
            "it counts as nothing once it is converted, rounded and weighed"
        ]

    def test_look_at_all_parts_that_count(self) -> None:
        """Two shares of 20 minutes are 40; where one of them may not count, they may be too few."""
        parts = (share("20 min", kind="x"), share("20 min", kind=UNKNOWN))
        one = record("7", [activity(DAY, "40 min", shares=parts, id="a")])
        assert counted(counting(hours(), each_at_least("30 min")), one).counted == (2400, 2400)
        finding = counted(counting(hours(kind="x"), each_at_least("30 min")), one)
        assert finding.counted == (0, 2400)
        assert {left.why.text for left in finding.unsure} == {
            "whether it is large enough to count is not known",
            "the kind of it is not known",
        }
        two = counted(counting(hours(kind="y"), each_at_least("30 min")), one)
        assert two.counted == (0, 0)

    def test_of_an_unknown_day_look_at_all_parts(self) -> None:
        """Each share by itself would be too small, both together may count."""
        parts = (share("20 min", kind="x"), share("20 min", kind="y"))
        one = record("7", [activity(None, "40 min", shares=parts, id="a"), activity(None, "20 min", kind="x", id="b")])
        finding = counted(counting(hours(), each_at_least("30 min")), one)
        assert finding.counted == (0, 2400)
        assert why(finding) == [("size", "20 min is less than the 30 min that count", 1200)]

    def test_count_from_the_size_itself(self) -> None:
        """Half an hour is no less than half an hour."""
        assert counted(counting(hours(), each_at_least("30 min")), log(("30 min", {}))).counted == (1800, 1800)

    def test_of_an_unknown_amount_are_open(self) -> None:
        """It may be large enough."""
        assert counted(counting(hours(), each_at_least(1)), log((None, {}))).counted == (0, None)

    def test_are_said_once(self) -> None:
        """Two sizes, or two roundings, would contradict each other; both are in the measure's unit."""
        up = Rounding("up", so_many_hours(1))
        with pytest.raises(PolicyError, match=r"Two rules say how a measure sizes its entries\. Keep one") as caught:
            counting(hours(), each_at_least(1), each_at_least(2))
        assert caught.value.data == {"rules": (each_at_least(1), each_at_least(2))}
        with pytest.raises(PolicyError, match="Two rules say how a measure rounds its entries"):
            counting(counting(hours(), up), up)
        with pytest.raises(PolicyError, match="A figure of 1 h cannot limit a count of points"):
            counting(points(), up)
        with pytest.raises(PolicyError, match="A figure of 1 point cannot limit a count of hours"):
            counting(hours(), each_at_least(1, unit=POINT))

    def test_hold_of_the_part_in_the_period(self) -> None:
        """Of a course across the year's edge, what falls to the year is rounded."""
        course = activity(date(2014, 12, 31), 3, until=date(2015, 1, 2))
        policy = scheme(at_least(1, counting(hours(), Rounding("up", so_many_hours(4)))), straddling="by_day")
        assert policy.assess(record("7", [course]), period=year(2015)).counted == (4 * 3600, 4 * 3600)


class TestWords:
    @pytest.mark.parametrize(
        ("rule", "text"),
        [
            (per_ten, "every 10 h counts as 1 credit"),
            (worth(1, every=ONE, unit=CREDIT, kind="x"), "every 1 activity, kind: x, counts as 1 credit"),
            (as_tagged("points_given"), "every 1 activity counts as many as its points given"),
            (each_at_least("30 min"), "entries of less than 30 min do not count"),
        ],
    )
    def test_say_the_rule(self, rule: Any, text: str) -> None:
        """Each rule is a clause of a sentence."""
        assert str(rule) == text

    def test_of_a_measure_list_its_rules(self) -> None:
        """In the order in which they are followed; a name goes before them all."""
        rules = (up_to(5, unit=CREDIT), each_at_least(1, unit=CREDIT), per_ten, Rounding("up", Amount.of(1, CREDIT)))
        assert str(counting(amounts(CREDIT, kind="x"), *rules)) == (
            "kind: x; every 10 h counts as 1 credit; each entry rounded up to 1 credit; "
            "entries of less than 1 credit do not count; of which 5 credits at most count"
        )
        assert str(counting(credits_, *rules, name="by_table_2")) == "by table 2"


def test_remembers_worths_and_forgets_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many tags strangers think of, the memo stays small and the answer the same."""
    monkeypatch.setattr(sys.modules[Worth.__module__], "_MEMO", 2)
    one = log(*((number + 1, {"kind": kind}) for number, kind in enumerate("uvwxyu")))
    assert (
        counted(counting(hours(), worth(2, every=so_many_hours(1), unit=HOUR, kind="u")), one).counted
        == (28 * 3600,) * 2
    )
