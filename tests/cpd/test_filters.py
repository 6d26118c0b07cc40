"""Which activities a clause speaks of, and which of them nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

from cpdrules import Verdict, all_of, at_least, year
from cpdrules.cpd import (
    UNKNOWN,
    Axis,
    Record,
    activity,
    counting,
    different,
    entries,
    hours,
    record,
    scheme,
    up_to,
)
from cpdrules.cpd import filters as module
from cpdrules.errors import AmountError, PolicyError
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
        assert {left.why.kind for left in finding.unsure} == {"tag"}
        numbers = counted(hours(level=1), log((1, {})))
        assert numbers.unsure[0].why.text == "the level of it is not known"

    def test_leave_out_what_certainly_does_not_count(self) -> None:
        """One tag that does not fit is enough, whatever else is missing."""
        vague = record("7", [activity(DAY, 1, area="y"), activity(None, 2, area="y"), activity(None, None, area="y")])
        finding = counted(hours(area="x", planned=True), vague)
        assert finding.counted == (0, 0)
        assert finding.unsure == ()
        assert sorted(left.batch.amount for left in finding.left_out) == [0, H, 2 * H]

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
