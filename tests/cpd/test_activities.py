"""What members did: activities, their tags and their shares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from cpdrules import Amount
from cpdrules.amounts import HOUR, POINT
from cpdrules.cpd import UNKNOWN, Activity, Axis, activity, share
from cpdrules.cpd.activities import Share, as_day, is_tag
from cpdrules.errors import AmountError, RecordError, UnitError

DAY = date(2015, 3, 2)


class TestWritingOneDown:
    def test_holds_what_was_written(self) -> None:
        """A day, an amount, and whatever else is known."""
        one = activity(
            "2015-03-02",
            "1h30",
            id="7",
            title="Signals",
            reflection="much",
            provider="IET",
            area="technical",
            planned=True,
        )
        assert (one.first, one.last) == (DAY, DAY)
        assert one.amount == Amount(5400, HOUR)
        assert (one.id, one.title, one.reflection, one.provider) == ("7", "Signals", "much", "IET")
        assert one.tags == {"area": "technical", "planned": True}
        assert one.entry == ("7", 5400, "Signals", DAY, HOUR)
        assert one.plain

    def test_need_hold_no_more_than_that_there_was_one(self) -> None:
        """A day and an amount that nobody recorded are None, not today and not nothing."""
        one = activity(None, None)
        assert (one.first, one.last, one.amount, one.unit) == (None, None, None, None)
        assert one.entry == ("", None, "", None, None)
        assert not one.plain

    def test_may_last_several_days(self) -> None:
        """From its first day to its last."""
        one = activity("2015-12-28", 7, until=date(2016, 1, 3))
        assert (one.first, one.last) == (date(2015, 12, 28), date(2016, 1, 3))

    @pytest.mark.parametrize(
        "plain", [activity(DAY, 1), activity(DAY, 1, until="2015-03-04"), activity(DAY, 1, unit=POINT, area=UNKNOWN)]
    )
    def test_is_plain_where_it_is_dated_measured_and_whole(self, plain: Activity) -> None:
        """Nothing about when, how much or which part is left to be thought of."""
        assert plain.plain

    @pytest.mark.parametrize(
        "one", [activity(None, 1), activity(DAY, None), activity(DAY, 1, shares=(share(1, area="a"),))]
    )
    def test_is_not_plain_otherwise(self, one: Activity) -> None:
        """A missing date or amount, or shares, take a second look."""
        assert not one.plain

    def test_may_be_in_another_unit(self) -> None:
        """Points are points, and written as such."""
        one = activity(DAY, 3, unit=POINT)
        assert one.amount == Amount(300, POINT)
        assert one.unit == POINT.label
        assert activity(DAY, Amount(300, POINT), unit=POINT) == one
        with pytest.raises(UnitError, match="3 points is no amount of hours"):
            activity(DAY, Amount(300, POINT))

    def test_is_equal_by_what_it_says(self) -> None:
        """Two activities with one content are one value; its tags are its own."""
        tags: Any = {"area": ["b", "a"]}
        one = activity(DAY, 1, **tags)
        tags["area"].append("c")
        assert one == activity(DAY, "60 min", area=("a", "b"))
        assert one != activity(DAY, 1, area=("a", "c"))
        assert str(evolve(one, title="")) == "“an activity”"
        assert str(evolve(one, id="7")) == "“7”"
        assert str(evolve(one, id="7", title="Signals")) == "“Signals”"


class TestTags:
    @pytest.mark.parametrize(
        ("tag", "kept"),
        [
            ("a", "a"),
            (True, True),
            (0, 0),
            (UNKNOWN, UNKNOWN),
            (["b", "a", "b"], ("a", "b")),
            (("b", "a"), ("a", "b")),
            ({"b", "a"}, ("a", "b")),
            (frozenset(["a"]), ("a",)),
            (10**18, 10**18),
        ],
    )
    def test_of_every_kind(self, tag: Any, kept: Any) -> None:
        """A text, yes or no, a number, several texts in whatever order, or unknown."""
        found = activity(DAY, 1, axis=tag).tags["axis"]
        assert found == kept
        assert type(found) is type(kept)
        assert share(1, axis=tag).tags == {"axis": kept}

    @pytest.mark.parametrize(
        "tag", [None, 1.5, (), [], ("a", 1), ("a", None), {"a": 1}, b"a", DAY, 10**18 + 1, object()]
    )
    def test_of_no_other_kind(self, tag: Any) -> None:
        """Silence is not None, and half a number is no tag."""
        with pytest.raises(RecordError, match="cannot tag an activity on the axis 'axis'") as caught:
            activity(DAY, 1, axis=tag)
        assert caught.value.data == {"axis": "axis", "tag": tag}
        assert "UNKNOWN" in caught.value.remedy
        assert not is_tag(tag)


class TestShares:
    def test_add_up(self) -> None:
        """R24: 90 minutes, 60 of them technical and 30 soft skills."""
        parts = (share("60 min", area="technical"), share("30 min", area="soft"))
        one = activity(DAY, "90 min", shares=parts, planned=True)
        assert one.shares == parts
        assert one.shares[0] == Share(Amount(3600, HOUR), {"area": "technical"})

    @pytest.mark.parametrize(
        ("amount", "said"), [("80 min", "the whole is 1 h 20 min"), (None, "the whole is not known")]
    )
    def test_that_do_not_add_up_are_refused(self, amount: Any, said: str) -> None:
        """No part may be lost or counted twice."""
        parts = (share("60 min", area="technical"), share("30 min", area="soft"))
        with pytest.raises(RecordError, match=f"The shares of “Talk” add up to 1 h 30 min, and {said}") as caught:
            activity(DAY, amount, title="Talk", id="7", shares=parts)
        assert caught.value.data["activity"] == "7"
        assert caught.value.data["shares"] == Amount(5400, HOUR)

    def test_of_two_units_are_refused(self) -> None:
        """Hours and points do not add up to anything."""
        with pytest.raises(UnitError, match="1 h and 1 point are not of one unit"):
            activity(DAY, 2, shares=(share(1, area="a"), share(1, unit=POINT, area="b")))

    def test_say_an_axis_in_one_place(self) -> None:
        """An activity is not technical as a whole and soft skills in part."""
        with pytest.raises(RecordError, match="“7” is tagged on 'area' as a whole and by its shares") as caught:
            activity(DAY, 1, id="7", area="a", kind="x", shares=(share(1, area="a", kind="y"),))
        assert caught.value.data == {"activity": "7", "axes": ["area", "kind"]}

    def test_of_nothing_are_refused(self) -> None:
        """A share of no time would still make an activity present where it has none."""
        with pytest.raises(
            RecordError, match=r"“7” has a share that amounts to 0 h\. .* a share of none no share"
        ) as caught:
            activity(DAY, 1, id="7", shares=(share(1, area="a"), share(0, area="b")))
        assert caught.value.data == {"activity": "7", "amount": Amount(0, HOUR)}


class TestWhatIsNoActivity:
    @pytest.mark.parametrize("amount", [0, "0 min", Amount(0, HOUR)])
    def test_of_no_amount(self, amount: Any) -> None:
        """R32: what took no time was no activity; what is not known is left out."""
        with pytest.raises(
            RecordError, match=r"“7” amounts to 0 h\. An activity of no amount is no activity"
        ) as caught:
            activity(DAY, amount, id="7")
        assert caught.value.data == {"activity": "7", "amount": Amount(0, HOUR)}

    def test_of_a_negative_amount(self) -> None:
        """R32: nor of less than none, however it comes about."""
        with pytest.raises(AmountError, match="-1 hours is negative"):
            activity(DAY, -1)
        with pytest.raises(RecordError, match="“7” amounts to -1 h"):
            Activity("7", DAY, DAY, Amount(-3600, HOUR), {})

    @pytest.mark.parametrize(
        ("first", "last"), [("2015-03-02", "2015-03-01"), (None, "2015-03-01"), ("2016-01-01", "2015-12-31")]
    )
    def test_that_ends_before_it_begins(self, first: Any, last: str) -> None:
        """R32: the two days are shown; half a pair is no pair."""
        with pytest.raises(RecordError, match=f"ends on {last} and begins on {first}") as caught:
            activity(first, 1, until=last, id="7")
        assert caught.value.data["activity"] == "7"

    def test_with_half_its_days(self) -> None:
        """A first day without a last is refused too."""
        with pytest.raises(RecordError, match="ends on None and begins on 2015-03-02"):
            Activity("7", DAY, None, None, {})


class TestDays:
    def test_are_read_in_one_way(self) -> None:
        """Year, month, day; a date is taken as it is."""
        assert as_day("2015-03-02") == as_day(DAY) == DAY
        assert as_day(None) is None

    @pytest.mark.parametrize(
        "day",
        ["02/03/2015", "2015-3-2", "20150302", "2015-02-29", "2015-W10-1", "2015-03-02T00:00", "２０１５-03-02", "",
         20150302,
         datetime(2015, 3, 2, tzinfo=UTC), True, "2015-03-02 "],
    )  # fmt: skip
    def test_are_read_in_no_other(self, day: Any) -> None:
        """Whoever writes 02/03/2015 means one of two days, and has to say which."""
        with pytest.raises(RecordError, match=r"is not a day\. Write it as 2015-03-02") as caught:
            as_day(day)
        assert caught.value.data == {"day": day}


class TestAxis:
    axis = Axis("area", ("technical", "soft"))

    @pytest.mark.parametrize("tag", ["technical", ("soft", "technical"), UNKNOWN])
    def test_gives_back_what_it_knows(self, tag: Any) -> None:
        """One of its tags, several, or unknown."""
        assert self.axis.checked(tag) is tag

    @pytest.mark.parametrize(
        ("tag", "meant"), [("tecnical", "Did you mean technical?"), (("soft", "x"), ""), (True, "")]
    )
    def test_refuses_what_it_does_not(self, tag: Any, meant: str) -> None:
        """What is not on the list is named, with what is nearest to it."""
        with pytest.raises(RecordError, match=r"is no area\. The scheme knows technical, soft") as caught:
            self.axis.checked(tag)
        assert caught.value.remedy == meant
        assert caught.value.data["axis"] == "area"

    def test_tells_yes_from_one(self) -> None:
        """True equals 1 in Python, and is another tag."""
        assert Axis("planned", (True, False)).checked(True) is True
        with pytest.raises(RecordError, match="1 is no planned"):
            Axis("planned", (True, False)).checked(1)

    def test_may_know_any(self) -> None:
        """An axis without a list takes whatever comes."""
        assert Axis("topic").checked("whatever") == "whatever"
        assert Axis("topic").every
        assert not Axis("topic", every=False).every
