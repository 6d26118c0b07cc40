"""The data door: whatever is written reads back as it was, through Python and through text, and has one digest."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given

from cpdrules import Rounding, all_of, any_of, at_least, at_most, each, exempt, year
from cpdrules.amounts import CREDIT, HOUR, POINT, Amount, Unit
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import (
    UNKNOWN,
    Activity,
    Member,
    Record,
    activity,
    amounts,
    by_fact,
    carried,
    counting,
    divided_among,
    fact,
    falls_in_period,
    for_each,
    hours,
    made_up,
    of_fact,
    pro_rata,
    record,
    scheme,
    share_of,
    surplus,
    up_to,
    worth,
)
from cpdrules.documents import (
    DocumentError,
    digest,
    read_activity,
    read_finding,
    read_json,
    read_member,
    read_policy,
    read_record,
    read_toml,
    write_activity,
    write_finding,
    write_json,
    write_member,
    write_policy,
    write_record,
)
from cpdrules.errors import UnitError
from cpdrules.figures import reported
from cpdrules.findings import Finding
from cpdrules.iet import cpd, engineering_council
from cpdrules.periods import years
from cpdrules.policies import Policy
from tests.document_strategies import activities, any_finding, any_policy, members, records

IET = {
    "policy": cpd.policy,
    "scope": cpd.scope,
    "referral": engineering_council.may_be_referred,
}


def through_text(data: Any) -> Any:
    """Write plain data as text and read it again."""
    return read_json(write_json(data))


class TestEverythingReadsBack:
    @given(any_policy)
    def test_policies(self, policy: Policy) -> None:
        """Any policy is what is read of what is written of it, and is written once more in the same words."""
        data = write_policy(policy)
        assert read_policy(data) == policy
        again = read_policy(through_text(data))
        assert again == policy
        assert write_json(write_policy(again)) == write_json(data)

    @given(records())
    def test_records(self, record: Record) -> None:
        """Any record is what is read of what is written of it, as data and as text."""
        data = write_record(record)
        assert read_record(data) == record
        assert read_record(through_text(data)) == record

    @given(members())
    def test_members(self, member: Member) -> None:
        """Any member is what is read of what is written of them."""
        assert read_member(through_text(write_member(member))) == member

    @given(activities())
    def test_activities(self, activity: Activity) -> None:
        """Any activity is what is read of what is written of it, with all that is worked out from it."""
        read = read_activity(through_text(write_activity(activity)))
        assert read == activity
        assert (read.plain, read.unit, read.entry) == (activity.plain, activity.unit, activity.entry)

    @given(any_finding)
    def test_findings(self, finding: Finding) -> None:
        """Any finding is what is read of what is written of it, as data and as text."""
        data = write_finding(finding)
        assert read_finding(data) == finding
        assert read_finding(through_text(data)) == finding

    @pytest.mark.parametrize("name", IET)
    def test_the_iet(self, name: str) -> None:
        """The IET's own policies are documents like any other."""
        data = write_policy(IET[name])
        assert read_policy(through_text(data)) == IET[name]

    @pytest.mark.parametrize("number", [2013, 2015, 2016, 2019, 2021, 2023])
    def test_what_the_iet_policy_concludes(self, number: int) -> None:
        """A real finding, with its reasons and its citations, survives the journey and still says the same."""
        done = [
            activity(f"{number}-03-02", "7 h 20 min", id="a", planned=True, area="soft_skills", title="Mentoring"),
            activity(f"{number}-05-02", 8, id="b", planned=UNKNOWN),
            activity(f"{number - 1}-12-28", 7, until=f"{number}-01-03", id="c"),
            activity(f"{number - 1}-05-02", 20, id="d", unit=POINT),
            activity(None, None, id="e"),
        ]
        finding = cpd.policy.assess(record("7", done), period=year(number))
        read = read_finding(through_text(write_finding(finding)))
        assert read == finding
        assert str(read) == str(finding)
        assert read.shortfalls() == finding.shortfalls()


class TestCanonicalForm:
    def test_is_found_from_any_spelling(self) -> None:
        """However a figure, a list of one or a plain word is spelt, it is written in one way."""
        spellings: list[Any] = [
            {"at least": {"of": {"hours": {}}, "figure": 1.5}},
            {"at least": {"of": "hours", "figure": "1h30"}},
            {"at least": {"of": {"hours": {}}, "figure": "90 min", "ref": ""}},
            {"at least": {"of": {"amounts": {"unit": "hours"}}, "figure": "1.50"}},
        ]
        written = {write_json(write_policy(read_policy(spelling))) for spelling in spellings}
        assert written == {'{"at least":{"figure":"1 h 30 min","of":"hours"}}'}

    def test_has_sorted_keys_and_no_spaces(self) -> None:
        """The canonical text can be made by any JSON tool that sorts keys."""
        assert write_json({"b": [1, "é", None], "a": True}) == '{"a":true,"b":[1,"é",null]}'

    def test_omits_what_goes_without_saying(self) -> None:
        """What is left out of a document is never written into it."""
        assert write_policy(exempt("retired")) == {"exempt": "retired"}
        assert write_activity(activity("2015-03-02", 2)) == {"date": "2015-03-02", "amount": "2 h"}


class TestDigest:
    def test_is_the_sum_that_anybody_can_check(self) -> None:
        """The digest is that of the canonical text, so that sha256sum of the file confirms it."""
        text = b'{"at least":{"figure":"30 h","of":"hours","ref":"hours"}}'
        expected = "sha256:2a2160ffd86bf92d"
        found = digest(at_least(30, hours(), ref="hours"))
        assert write_json(write_policy(at_least(30, hours(), ref="hours"))).encode() == text
        assert found.startswith("sha256:")
        assert len(found) == len("sha256:") + 64
        assert found[: len(expected)] == expected

    @given(any_policy)
    def test_is_equal_for_equal_policies(self, policy: Policy) -> None:
        """A policy and what is read of its document have one digest."""
        assert digest(read_policy(through_text(write_policy(policy)))) == digest(policy)

    def test_tells_policies_apart(self) -> None:
        """One grain more is another policy."""
        assert digest(at_least("10 h", hours())) != digest(at_least("10 h 1 s", hours()))

    def test_does_not_depend_on_the_process(self) -> None:
        """Another process, with other hash seeds, finds the same digest."""
        program = "from cpdrules.documents import digest; from cpdrules.iet.cpd import policy; print(digest(policy))"
        found = {
            subprocess.run(
                [sys.executable, "-c", program],
                capture_output=True,
                text=True,
                check=True,
                env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            ).stdout.strip()
            for seed in ("1", "2")
        }
        assert found == {digest(cpd.policy)}


class TestUnits:
    PACK = Unit("pack", grain=3)

    def test_of_its_own_are_declared_by_a_scheme(self) -> None:
        """A scheme names its own units once, and its clauses speak of them by name."""
        policy = scheme(
            all_of(at_least(Amount(1, self.PACK), amounts(self.PACK)), at_least(2, amounts(self.PACK, topic="ethics")))
        )
        data = write_policy(policy)
        assert data["scheme"]["units"] == [{"name": "pack", "grain": 3}]
        first, _ = data["scheme"]["policy"]["all of"]
        assert first == {"at least": {"figure": "1/3 packs", "of": {"amounts": "pack"}}}
        assert read_policy(data) == policy

    def test_are_spelt_out_where_nothing_declares_them(self) -> None:
        """Without a scheme around it, a clause says what its unit is."""
        data = write_policy(at_least(2, amounts(self.PACK)))
        assert data["at least"]["of"] == {"amounts": {"unit": {"name": "pack", "grain": 3}}}

    def test_with_one_name_are_told_apart(self) -> None:
        """Two units of one name are never mixed up: each is spelt out where it is used."""
        policy = scheme(
            all_of(at_least(1, amounts(Unit("pack", grain=3))), at_least(1, amounts(Unit("pack", grain=4))))
        )
        data = write_policy(policy)
        assert "units" not in data["scheme"]
        assert read_policy(data) == policy

    def test_may_take_the_place_of_one_that_every_document_knows(self) -> None:
        """A credit with a grain of its own; who counts in both has to tell them apart."""
        credit = Unit("credit", grain=36_000)
        policy = scheme(at_least(2, counting(amounts(credit), worth(1, every=so_many_hours(10), unit=credit))))
        data = write_policy(policy)
        assert data["scheme"]["units"] == [{"name": "credit", "grain": 36_000}]
        assert read_policy(data) == policy
        both = scheme(all_of(at_least(2, amounts(credit)), at_least(2, amounts(CREDIT))))
        assert "units" not in write_policy(both)["scheme"]
        assert read_policy(write_policy(both)) == both

    def test_that_need_no_more_are_declared_by_name(self) -> None:
        """A count of something."""
        policy = scheme(at_least(2, amounts(Unit("count"))))
        assert write_policy(policy)["scheme"]["units"] == ["count"]
        assert read_policy(write_policy(policy)) == policy

    def test_that_no_name_tells_apart_are_refused_where_only_a_name_is_written(self) -> None:
        """What ten packs are worth cannot be said where there are two kinds of packs."""
        other = Unit("pack", grain=4)
        rule = worth(1, every=Amount.of(10, self.PACK), unit=HOUR)
        policy = scheme(all_of(at_least(1, counting(hours(), rule)), at_least(1, amounts(other))))
        with pytest.raises(
            DocumentError, match="10 packs cannot be written down, since there is another unit of that"
        ) as caught:
            write_policy(policy)
        assert caught.value.data == {"amount": Amount.of(10, self.PACK)}
        with pytest.raises(DocumentError, match="10 packs cannot be written down"):
            write_policy(at_least(1, counting(hours(), rule)))

    @pytest.mark.parametrize(
        ("unit", "grains"), [(Unit("credit", "credits", 300), 400), (Unit("10 pack", grain=7), 22), (Unit("pack"), 10)]
    )
    def test_are_found_at_the_end_of_an_amount(self, unit: Unit, grains: int) -> None:
        """Whatever stands before them: fractions, and names that begin with a number."""
        every = Amount(grains, unit)
        policy = scheme(
            all_of(
                at_least(1, amounts(unit)),
                at_least(1, amounts(Unit("10 pack", grain=7))),
                at_least(1, counting(hours(), worth(Amount(grains * 3600, HOUR), every=every, unit=HOUR))),
            )
        )
        assert read_policy(write_policy(policy)) == policy

    def test_that_end_alike_are_told_apart(self) -> None:
        """Three packs of ten are not three packs, nor 310 of them."""
        ten, one = Unit("10 pack"), Unit("pack")
        policy = scheme(
            all_of(
                at_least(1, amounts(one)),
                at_least(1, counting(amounts(ten), worth(3, every=Amount.of(3, ten), unit=ten))),
                at_least(1, counting(amounts(one), worth(30, every=Amount.of(3, ten), unit=one))),
            )
        )
        assert read_policy(write_policy(policy)) == policy

    def test_are_known_to_records_that_are_told_of_them(self) -> None:
        """A record names a scheme's own unit where the caller says which one that is."""
        data = {"date": "2015-03-02", "amount": "1/3", "unit": "packs"}
        assert read_activity(data, units=[self.PACK]).amount == Amount(1, self.PACK)
        with pytest.raises(DocumentError, match="“packs” is no unit that is known here"):
            read_activity(data)
        assert read_record({"member": {"id": "7"}, "activities": [data]}, units=[self.PACK]).activities[0].unit
        agreed = {"figure": {"amount": 2, "unit": "pack"}, "reason": "r", "decided by": "d"}
        days = {"decided on": "2015-01-01", "since": "2015-01-01"}
        member = read_member({"id": "7", "agreements": [{**agreed, **days}]}, units=[self.PACK])
        assert member.agreements[0].figure == Amount(6, self.PACK)

    def test_an_axis_that_reads_as_a_length_is_not_written(self) -> None:
        """An axis whose name says something else in a document is refused, and never written as that."""
        with pytest.raises(DocumentError, match="An axis cannot be called “longer than”"):
            write_policy(at_least(1, hours(**{"longer than": True})))

    def test_of_another_kind_cannot_be_written(self) -> None:
        """A figure that could not be read back in its place is refused, by name."""
        broken = type(at_least(1, hours()))(Amount.of(2, POINT), hours())
        with pytest.raises(UnitError, match="2 points is no amount of hours"):
            write_policy(broken)


@pytest.mark.parametrize("write", [write_policy, digest])
def test_what_is_too_deep_is_not_written(write: Callable[[Policy], object]) -> None:
    """A policy that no document could hold is refused before it is written, however deep it is."""
    policy: Policy = exempt("retired")
    for _ in range(5_000):
        policy = all_of(policy)
    with pytest.raises(DocumentError, match="The policy is too large for a document"):
        write(policy)


def test_what_could_not_be_written_is_not_read() -> None:
    """A policy that is no larger as a document than allowed, and too large as a value, is refused."""
    floor = {"at least": {"figure": 1, "of": "hours"}}
    with pytest.raises(DocumentError, match="more than 250,000 values") as caught:
        read_policy({"all of": [floor] * 12_000})
    assert [problem.kind for problem in caught.value.problems] == ["size"]


def test_what_could_not_be_read_back_is_not_written() -> None:
    """A policy that is too deep as a document, though not as a value, is refused when it is written."""
    policy: Policy = exempt("retired")
    for _ in range(25):
        policy = all_of(policy, ref="x")
    with pytest.raises(DocumentError, match="more than 64 tables and lists deep"):
        write_policy(policy)


def test_only_policies_are_written_as_policies() -> None:
    """What is no policy is refused with the words that there are."""
    with pytest.raises(DocumentError, match="cannot be written down as a clause"):
        write_policy(30)  # type: ignore[arg-type]
    with pytest.raises(DocumentError, match="cannot be written down as a way to share a figure out"):
        write_policy(at_least(evolve(pro_rata(30, rounding=Rounding("up", so_many_hours(1))), by="week"), hours()))


GUIDELINE = """
[scheme]
straddling = "by day"

[[scheme.axes]]
name = "area"
tags = ["personal_technical", "job_role_technical", "soft_skills"]

[[scheme.axes]]
name = "planned"
tags = [true, false]

[scheme.policy.when]
condition = { circumstance = ["retired", "maternity_leave"] }
then = { "at least" = { figure = "10 h", of = "hours", ref = "reduced" } }

[[scheme.policy.when.otherwise."all of"]]
"at least" = { figure = "30 h", of = "hours", ref = "hours" }

[[scheme.policy.when.otherwise."all of"]]
"at least" = { figure = "10 h", of = { hours = { planned = true } }, ref = "planned" }
"""


def test_a_guideline_reads_aloud() -> None:
    """A guideline in TOML decides as the same guideline in Python does."""
    policy = read_policy(read_toml(GUIDELINE))
    done = [activity("2015-03-02", 31, id="a", planned=False)]
    finding = policy.assess(record("7", done), period=year(2015))
    assert finding.shortfalls() == {"planned": Amount.of(10, HOUR)}


@given(any_policy)
@example(exempt("é"))
def test_json_of_other_tools_is_read(policy: Policy) -> None:
    """Whatever a JSON tool does to spaces, order and escapes, the policy stays the same."""
    text = json.dumps(write_policy(policy), indent=2, ensure_ascii=True)
    assert read_policy(read_json(text)) == policy
    assert read_policy(read_json(text.encode())) == policy


class TestNamedMeasures:
    UNDER = counting(hours(), up_to(3), name="hours that count")

    def test_are_said_once_and_by_name(self) -> None:
        """A scheme defines a measure, and its clauses, figures, caps and surpluses speak of it."""
        other = counting(hours(), carried(surplus(self.UNDER)), up_to(share_of("1/2", self.UNDER)), name="a")
        policy = scheme(all_of(at_least(share_of("1/3", other), self.UNDER), at_most(5, other), reported(hours())))
        data = write_policy(policy)
        assert list(data["scheme"]["measures"]) == ["hours that count", "a"]
        assert data["scheme"]["measures"]["a"]["counting"]["carried"] == {"surplus": {"of": "hours that count"}}
        assert read_policy(data) == policy

    def test_that_are_plain_may_have_a_name(self) -> None:
        """A word of the scheme's own for all hours."""
        plain = counting(hours(), name="time")
        policy = scheme(at_least(1, plain.narrowed("kind", "a")))
        assert write_policy(policy)["scheme"] == {
            "measures": {"time": "hours"},
            "policy": {"at least": {"figure": "1 h", "of": {"time": {"kind": "a"}}}},
        }
        assert read_policy(write_policy(policy)) == policy

    def test_are_written_whole_outside_a_scheme(self) -> None:
        """With their name, and with the filter of the place."""
        policy = at_least(1, self.UNDER.narrowed("kind", "a"))
        assert write_policy(policy)["at least"]["of"] == {
            "counting": {"name": "hours that count", "measure": {"hours": {"kind": "a"}}, "up to": {"figure": "3 h"}}
        }
        assert read_policy(write_policy(policy)) == policy

    def test_reach_into_a_scheme_within(self) -> None:
        """Which may have its own besides."""
        inner = scheme(at_least(1, counting(hours(), up_to(4), name="b")), while_member=True)
        policy = scheme(all_of(inner, at_least(1, self.UNDER)))
        assert read_policy(write_policy(policy)) == policy

    def test_of_one_name_are_refused_where_they_differ(self) -> None:
        """Nobody could tell which is meant."""
        other = counting(hours(), up_to(4), name="hours that count")
        with pytest.raises(
            DocumentError, match="Two measures that count in different ways are called “hours"
        ) as caught:
            write_policy(scheme(all_of(at_least(1, self.UNDER), at_least(1, other))))
        assert set(caught.value.data["measures"]) == {self.UNDER, other}
        twice = scheme(all_of(at_least(1, self.UNDER), at_least(1, self.UNDER.narrowed("kind", "a"))))
        assert read_policy(write_policy(twice)) == twice

    def test_called_as_a_word_is_are_refused(self) -> None:
        """They would be read as that word."""
        policy = scheme(at_least(1, counting(hours(), up_to(3), name="hours")))
        with pytest.raises(DocumentError, match="No measure can be called “hours”, which is a word") as caught:
            write_policy(policy)
        assert caught.value.data == {"measure": policy.policy.measure}  # type: ignore[attr-defined]


class TestFindings:
    """Whatever the newer words find is written whole."""

    LOG = record(
        Member("7", facts={"practice": 3}),
        [
            activity("2014-03-02", 40, kind="a"),
            activity("2015-03-02", 8, kind="a", title="Talk"),
            activity("2015-03-02", 2),
        ],
    )

    @pytest.mark.parametrize(
        "policy",
        [
            divided_among(at_least(9, hours(kind="a")), at_least(share_of("1/2", hours()), hours())),
            reported(counting(hours(), carried(surplus(hours(), above=30), to_reach=15, kind="a")), ref="total"),
            at_least(12, counting(hours(kind="a"), carried(surplus(hours(), above=30), to_reach=15, kind="a"))),
            at_least(12, counting(hours(), made_up(hours(), 60))),
            at_least(12, counting(hours(), carried(surplus(hours()), unless=fact("closed")))),
            any_of(at_least(12, hours(), ref="full"), at_least(90, hours()), report="full"),
            at_least(5, of_fact("practice", unit=HOUR)),
            at_least(by_fact("title", {"dentist": 3}), hours()),
            each(years(2), at_least(9, hours(), ref="x"), every=years(1), reaching_back=years(1), named="by_year"),
            for_each("kind", "a", "b", clause=at_least(9, hours(), ref="x")),
            falls_in_period("joined"),
        ],
    )
    def test_are_read_as_they_were(self, policy: Policy) -> None:
        """With all that remains and all that they say."""
        finding = policy.assess(self.LOG, period=year(2015))
        again = read_finding(json.loads(json.dumps(write_finding(finding))))
        assert again == finding
        assert str(again) == str(finding)
        assert again.remaining() == finding.remaining()
        assert again.shortfalls() == finding.shortfalls()
