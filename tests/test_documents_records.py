"""Activities, members and records as plain data: what is read, what is not known, and the two roads of reading."""

import json
from datetime import date
from typing import Any

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.amounts import HOUR, POINT, Amount
from cpdrules.cpd import UNKNOWN, Activity, Agreement, Circumstance, Member, activity, record, share
from cpdrules.documents import (
    DocumentError,
    read_activity,
    read_member,
    read_record,
    read_toml,
    write_activity,
    write_member,
    write_record,
)
from cpdrules.documents.places import At, Problems
from cpdrules.documents.records import ACTIVITY, ordinary

ORDINARY = {
    "id": "A1",
    "date": "2015-03-02",
    "amount": "1 h 30 min",
    "title": "Signal integrity",
    "reflection": "Terminate the lines",
    "provider": "IET",
    "tags": {"area": "personal_technical", "planned": True, "level": 3},
}


def the_long_way(data: Any) -> Activity | None:
    """Read an activity by the tables alone; None where they refuse it."""
    problems = Problems()
    found: Activity = ACTIVITY.read(data, At(problems, HOUR))
    return None if problems else found


def whole(activity: Activity) -> list[object]:
    """Give everything that an activity holds, with what it works out, and the types of its tags."""
    kinds = [type(tag) for tag in activity.tags.values()]
    return [getattr(activity, field.name) for field in fields(Activity)] + kinds


texts = st.text(max_size=4) | st.integers() | st.sampled_from([None, 10**18, 10**18 + 1])
days = st.sampled_from(["2015-03-02", "2015-02-30", "20150302", "2015-W10-1", "2015-3-2", "", "²015-03-02", 2015, None])
figures = st.one_of(
    st.integers(-2, 10**7),
    st.floats(),
    st.booleans(),
    st.none(),
    st.sampled_from(["1 h 30 min", "7.5", "7,5", "1:30", "90 min", "1 h 99 min", "", "0", "20 s", "2000000 h", [], {}]),
)
tags = st.one_of(
    texts,
    st.booleans(),
    st.floats(),
    st.lists(texts, max_size=2),
    st.sampled_from([{"unknown": True}, {"unknown": 1}, {}]),
)
nearly = st.fixed_dictionaries(
    {},
    optional={
        "id": texts,
        "date": days,
        "from": days,
        "until": days,
        "amount": figures,
        "unit": st.sampled_from(["hour", "points", 7]),
        "title": texts,
        "reflection": texts,
        "provider": texts,
        "tags": st.dictionaries(st.sampled_from(["planned", "area"]) | st.integers(), tags, max_size=2) | texts,
        "shares": st.none() | st.lists(st.fixed_dictionaries({"amount": figures, "tags": st.just({})}), max_size=1),
        "note": texts,
    },
)


class TestTheTwoRoads:
    def test_an_ordinary_activity_takes_the_short_one(self) -> None:
        """The plainest activity is read on the short road, as the constructor would make it."""
        short = ordinary(ORDINARY, {})
        assert short is not None
        made = Activity(
            "A1",
            date(2015, 3, 2),
            date(2015, 3, 2),
            Amount.of("1.5", HOUR),
            {"area": "personal_technical", "planned": True, "level": 3},
            "Signal integrity",
            "Terminate the lines",
            "IET",
        )
        assert whole(short) == whole(made)
        assert short.tags is not ORDINARY["tags"]
        assert whole(read_activity(ORDINARY)) == whole(made)

    def test_needs_little(self) -> None:
        """A date and an amount are enough for the short road."""
        short = ordinary({"date": "2015-03-02", "amount": 0.1}, {})
        assert short is not None
        assert whole(short) == whole(activity("2015-03-02", 0.1))

    @given(nearly)
    def test_lead_to_the_same_place(self, data: Any) -> None:
        """Whatever the short road takes, the long way reads as the same; what the long refuses, so does the short."""
        short = ordinary(data, {})
        if short is not None:
            long = the_long_way(data)
            assert long is not None
            assert whole(short) == whole(long)

    @given(st.lists(figures, max_size=4))
    def test_remember_amounts_by_how_they_were_written(self, written: list[object]) -> None:
        """An amount that was seen before is what it was, and a truth value never passes for 1."""
        amounts: dict[Any, Amount] = {}
        for figure in (*written, *written, True, 1):
            data = {"date": "2015-03-02", "amount": figure}
            assert ordinary(data, amounts) == ordinary(data, {})


class TestActivities:
    def test_over_several_days(self) -> None:
        """A course has a first day and a last."""
        course = activity("2015-12-28", 20, until="2016-01-03")
        data = {"from": "2015-12-28", "until": "2016-01-03", "amount": "20 h"}
        assert write_activity(course) == data
        assert read_activity(data) == course

    def test_in_another_unit(self) -> None:
        """An amount that is no time names its unit."""
        data = {"date": "2015-03-02", "amount": "2.5 points", "unit": "point"}
        assert write_activity(activity("2015-03-02", "2.5", unit=POINT)) == data
        assert read_activity({**data, "amount": 2.5, "unit": "points"}) == activity("2015-03-02", "2.5", unit=POINT)

    def test_of_which_little_is_known(self) -> None:
        """What nobody recorded is null, or said to be unknown; it is never left out."""
        unknown = activity(None, None, planned=UNKNOWN)
        data = {"date": None, "amount": None, "tags": {"planned": {"unknown": True}}}
        assert write_activity(unknown) == data
        assert read_activity(data) == unknown
        toml = "date = { unknown = true }\namount = { unknown = true }\ntags = { planned = { unknown = true } }"
        assert read_activity(read_toml(toml)) == unknown

    def test_in_shares(self) -> None:
        """The shares of an activity are amounts of its unit."""
        data: dict[str, Any] = {
            "date": "2015-03-02",
            "amount": "1 h 30 min",
            "tags": {"competence": ["A", "B"]},
            "shares": [
                {"amount": "1 h", "tags": {"area": "technical"}},
                {"amount": 0.5, "tags": {"area": "soft_skills"}},
            ],
        }
        parts = (share(1, area="technical"), share(0.5, area="soft_skills"))
        assert read_activity(data) == activity("2015-03-02", 1.5, shares=parts, competence=("B", "A"))

    def test_with_a_day_of_toml(self) -> None:
        """TOML's own date is a day; its time of day is none."""
        assert read_activity(read_toml("date = 2015-03-02\namount = 2")) == activity("2015-03-02", 2)
        with pytest.raises(DocumentError, match="is not a day"):
            read_activity(read_toml("date = 2015-03-02T10:00:00\namount = 2"))


#: One thing wrong, where it is wrong, and a few words of what is said.
WRONG_ACTIVITIES: list[tuple[Any, str, str]] = [
    (5, "", "5 is not a table of keys"),
    ([], "", "a list is not a table of keys"),
    ({"date": "2015-03-02"}, "", "“amount” is missing"),
    ({"amount": 2}, "", "An activity has a date, or it has a first day and a last"),
    ({"date": "2015-03-02", "from": "2015-03-02", "amount": 2}, "", "An activity has a date, or"),
    ({"from": "2015-03-02", "amount": 2}, "", "An activity has a date, or"),
    ({"from": "2015-03-02", "until": "2015-03-01", "amount": 2}, "", "ends on 2015-03-01 and begins on 2015-03-02"),
    ({"from": None, "until": "2015-03-01", "amount": 2}, "from", "nothing (null) is not a day"),
    ({**ORDINARY, "date": "2015-02-30"}, "date", "'2015-02-30' is not a day"),
    ({**ORDINARY, "date": "2015-W10-1"}, "date", "'2015-W10-1' is not a day"),
    ({**ORDINARY, "date": "02/03/2015"}, "date", "'02/03/2015' is not a day"),
    ({**ORDINARY, "date": 2015}, "date", "2015 is not a day"),
    ({**ORDINARY, "amount": "7,5"}, "amount", "Did you mean 7.5?"),
    ({**ORDINARY, "amount": "two"}, "amount", "'two' is not an amount of hours"),
    ({**ORDINARY, "amount": True}, "amount", "true is not an amount"),
    ({**ORDINARY, "amount": -1}, "amount", "is negative"),
    ({**ORDINARY, "amount": 0}, "", "amounts to 0 h"),
    ({**ORDINARY, "amount": 10**9}, "amount", "more than anybody can have done"),
    ({**ORDINARY, "amount": "1000000000 h"}, "amount", "more than anybody can have done"),
    ({**ORDINARY, "amount": 10**5000}, "amount", "A number of very many digits"),
    ({**ORDINARY, "amount": float("nan")}, "amount", "no number that can be worked with"),
    ({**ORDINARY, "amount": "0.00001"}, "amount", "finer than the unit's grain"),
    ({**ORDINARY, "amount": ["2"]}, "amount", "a list is not an amount"),
    ({**ORDINARY, "unit": "fortnight"}, "unit", "“fortnight” is no unit that is known here"),
    ({**ORDINARY, "unit": "point"}, "amount", "is not an amount of points"),
    ({**ORDINARY, "unit": 5}, "unit", "5 is not a table of keys"),
    ({**ORDINARY, "title": 5}, "title", "5 is not a text"),
    ({**ORDINARY, "titel": "x"}, "titel", "Did you mean title?"),
    ({**ORDINARY, 5: "x"}, "5", "5 is no key of an activity"),
    ({**ORDINARY, 10**5_000: "x"}, "a number of very many digits", "is no key of an activity"),
    ({**ORDINARY, "tags": {10**5_000: "x"}}, "tags.a number of very many digits", "is not a name"),
    ({**ORDINARY, "tags": ["planned"]}, "tags", "a list is not a table of names"),
    ({**ORDINARY, "tags": {5: True}}, "tags.5", "5 is not a name"),
    ({**ORDINARY, "tags": {"planned": None}}, "tags.planned", "Nothing (null) stands here"),
    ({**ORDINARY, "tags": {"planned": 1.5}}, "tags.planned", "1.5 is not a tag"),
    ({**ORDINARY, "tags": {"planned": {"unknown": 1}}}, "tags.planned", "a table is not a tag"),
    ({**ORDINARY, "tags": {"planned": []}}, "tags.planned", "This list is empty"),
    ({**ORDINARY, "tags": {"planned": [True]}}, "tags.planned[1]", "true is not a text"),
    ({**ORDINARY, "tags": {"a.b": 1.5}}, "tags.“a.b”", "1.5 is not a tag"),
    ({**ORDINARY, "shares": [{"amount": 1, "tags": {}}]}, "", "add up to 1 h, and the whole is 1 h 30 min"),
    ({**ORDINARY, "shares": [{"tags": {}}]}, "shares[1]", "“amount” is missing"),
    ({**ORDINARY, "shares": {}}, "shares", "a table is not a list"),
]


@pytest.mark.parametrize(("data", "place", "what"), WRONG_ACTIVITIES)
def test_one_thing_wrong_with_an_activity(data: Any, place: str, what: str) -> None:
    """Whatever is wrong is said once, with its place and what to do about it."""
    with pytest.raises(DocumentError) as caught:
        read_activity(data)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert what in str(problem)
    assert problem.remedy or problem.what.count(".")
    with pytest.raises(DocumentError) as whole_record:
        read_record({"member": {"id": "7"}, "activities": [ORDINARY, data]})
    assert whole_record.value.problems[0].place == f"activities[2].{place}".removesuffix(".")


MEMBER = {
    "id": "11001000",
    "grade": "FIET",
    "registrations": ["CEng"],
    "joined": "2006-10-18",
    "left": "2020-01-01",
    "circumstances": [{"kind": "retired", "since": "2015-03-02"}],
    "agreements": [
        {
            "figure": "10 h",
            "reason": "by letter",
            "decided by": "CPD Manager",
            "decided on": "2015-07-01",
            "since": "2015-01-01",
            "until": "2015-12-31",
            "about": "planned",
        }
    ],
    "facts": {"route": "part_time", "first_year": {"day": "2010-01-01"}, "audited": {"unknown": True}, "roles": ["a"]},
}


class TestMembers:
    def test_read_aloud(self) -> None:
        """A member is written as one would fill in a form."""
        member = Member(
            "11001000",
            grade="FIET",
            registrations=("CEng",),
            joined=date(2006, 10, 18),
            left=date(2020, 1, 1),
            circumstances=(Circumstance("retired", date(2015, 3, 2)),),
            agreements=(
                Agreement(
                    Amount.of(10, HOUR),
                    "by letter",
                    "CPD Manager",
                    date(2015, 7, 1),
                    date(2015, 1, 1),
                    date(2015, 12, 31),
                    "planned",
                ),
            ),
            facts={"route": "part_time", "first_year": date(2010, 1, 1), "audited": UNKNOWN, "roles": ("a",)},
        )
        assert write_member(member) == MEMBER
        assert read_member(MEMBER) == member

    def test_facts_that_are_days_in_toml(self) -> None:
        """A date of TOML is a day; a text that looks like one stays a text."""
        facts = read_member(read_toml('id = "7"\n[facts]\nopted_in = 2014-02-08\nmotto = "2014-02-08"')).facts
        assert facts == {"opted_in": date(2014, 2, 8), "motto": "2014-02-08"}

    @pytest.mark.parametrize(
        ("change", "place", "what"),
        [
            ({"id": 11001000}, "id", "11001000 is not a text"),
            ({"registrations": "CEng"}, "registrations", "“CEng” is not a list"),
            ({"registrations": ["CEng", 5]}, "registrations[2]", "5 is not a text"),
            ({"left": "2000-01-01"}, "", "cannot leave on 2000-01-01"),
            ({"joined": None}, "joined", "nothing (null) is not a day"),
            ({"status": "retired"}, "status", "“status” is no key of a member"),
            ({"facts": {"x": {"day": 5}}}, "facts.x.day", "5 is not a day"),
            ({"facts": {"x": {"date": "2015-01-01"}}}, "facts.x.date", "“date” is no key of a day"),
            ({"circumstances": [{"kind": "ill"}]}, "circumstances[1]", "“since” is missing"),
            ({"agreements": [{**MEMBER["agreements"][0], "reason": " "}]}, "agreements[1]", "names no reason"),  # type: ignore[dict-item]
            (
                {"agreements": [{**MEMBER["agreements"][0], "figure": {"amount": "2 points"}}]},  # type: ignore[dict-item]
                "agreements[1].figure",
                "“unit” is missing",
            ),
        ],
    )
    def test_wrong(self, change: dict[str, Any], place: str, what: str) -> None:
        """Whatever is wrong with a member is said with its place."""
        with pytest.raises(DocumentError) as caught:
            read_member({**MEMBER, **change})
        assert caught.value.problems[0].place == place
        assert what in str(caught.value.problems[0])


class TestRecords:
    def test_read_aloud(self) -> None:
        """A record is a member and what they did, declared and planned."""
        data = {
            "member": {"id": "7"},
            "activities": [{"id": "A1", "date": "2015-03-02", "amount": "2 h"}],
            "declared": "32 h",
            "plan": True,
        }
        made = record("7", [activity("2015-03-02", 2, id="A1")], declared=32, plan=True)
        assert write_record(made) == data
        assert read_record(data) == made

    def test_declarations_in_another_unit(self) -> None:
        """A declaration that is no time names its unit."""
        made = record("7", declared="2.5", unit=POINT)
        assert write_record(made)["declared"] == {"amount": "2.5 points", "unit": "point"}
        assert read_record(write_record(made)) == made

    def test_activities_without_an_id_are_numbered(self) -> None:
        """An activity without an id is known by its place."""
        data = {"member": {"id": "7"}, "activities": [{"date": "2015-03-02", "amount": 2}] * 2}
        assert [one.id for one in read_record(data).activities] == ["#1", "#2"]

    def test_two_activities_of_one_id(self) -> None:
        """One activity never counts twice."""
        with pytest.raises(DocumentError, match="holds two activities with the id 'A1'"):
            read_record({"member": {"id": "7"}, "activities": [ORDINARY, ORDINARY]})

    def test_everything_is_said_at_once(self) -> None:
        """Every fault of every activity is listed, and the sound ones do not matter."""
        bad = [{**ORDINARY, "amount": "x"}, {**ORDINARY, "date": 5}]
        with pytest.raises(DocumentError) as caught:
            read_record({"member": {}, "activities": [ORDINARY, *bad], "plan": "no"})
        assert [problem.place for problem in caught.value.problems] == [
            "member",
            "activities[2].amount",
            "activities[3].date",
            "plan",
        ]

    def test_a_long_list_of_faults_is_cut(self) -> None:
        """A message shows twenty faults and counts the rest; the data of the error has many more."""
        bad = [{**ORDINARY, "amount": "x"}] * 1_000
        with pytest.raises(DocumentError) as caught:
            read_record({"member": {"id": "7"}, "activities": bad})
        assert str(caught.value).splitlines()[0] == "The record cannot be read: 1000 things are wrong."
        assert str(caught.value).splitlines()[-1] == "- and 980 more."
        assert len(str(caught.value).splitlines()) == 22
        assert len(caught.value.problems) == 200
        assert caught.value.data["number"] == 1_000

    @pytest.mark.parametrize("activities", ["A1", {}, None, [[]] * 250_001], ids=["text", "table", "null", "too many"])
    def test_no_list_of_activities(self, activities: Any) -> None:
        """What is no list of activities, or far too long a one, is refused as a whole."""
        with pytest.raises(DocumentError) as caught:
            read_record({"member": {"id": "7"}, "activities": activities})
        assert [problem.place for problem in caught.value.problems] == ["activities"]

    def test_other_tools_may_write_it(self) -> None:
        """A record may come from any JSON."""
        assert read_record(json.loads(json.dumps({"member": {"id": "7"}, "activities": [ORDINARY]})))
