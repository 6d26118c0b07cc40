"""Documents made wrong: every fault is named with its place and a remedy, all at once, and hostile ones soon."""

import copy
import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdrules import CpdRulesError, at_least
from cpdrules.cpd import hours
from cpdrules.documents import (
    DocumentError,
    Problem,
    read_activity,
    read_finding,
    read_json,
    read_member,
    read_policy,
    read_record,
    read_toml,
    write_finding,
    write_policy,
    write_record,
)
from cpdrules.documents.clauses import CLAUSES
from tests.document_strategies import any_finding, any_policy, records

SAID = {"at least": {"figure": "30 h", "of": "hours"}}


def floor(**changes: Any) -> dict[str, Any]:
    """Give a floor in plain data, with something changed."""
    return {"at least": {"figure": "30 h", "of": "hours", **changes}}


def target(body: Any) -> dict[str, Any]:
    """Give a floor whose figure is worked out."""
    return floor(figure=body)


def counted(**rules: Any) -> dict[str, Any]:
    """Give a floor under hours that are counted by rules."""
    return floor(of={"counting": {"measure": "hours", **rules}})


def measuring(measures: Any, used: Any) -> dict[str, Any]:
    """Give a scheme with measures of its own, and a floor under one of them."""
    return {"scheme": {"measures": measures, "policy": floor(of=used)}}


COUNTING = "at least.of.counting"
UP = {"up": "1 h"}
PRO_RATA = {"figure": 30, "rounding": UP}

HALF = {"worth": {"every": "2 h", "counts": "1 h"}}


def named_sum(cap: int) -> dict[str, Any]:
    """Give a floor under a sum that has a name."""
    return counted(name="m", **{"up to": {"figure": cap}})


def given_clauses(policy: Any, clauses: Any) -> dict[str, Any]:
    """Give a policy with clauses that it may name."""
    return {"given": {"clauses": clauses, "policy": policy}}


#: A policy with one thing wrong, where it is wrong, and a few words of what is said.
WRONG: list[tuple[Any, str, str]] = [
    # No clause at all
    (5, "", "5 is not a clause"),
    (None, "", "nothing (null) is not a clause"),
    ([SAID], "", "a list is not a clause"),
    ("retired", "", "“retired” is no word for a clause"),
    ({}, "", "this table is empty"),
    ({"at least": {}, "ref": "x"}, "", "this table has “at least”, “ref”"),
    ({"at leest": {}}, "", "Did you mean at least or at least of?"),
    ({"minimum": {}}, "", "Known are “at least”, “at most”"),
    ({5: {}}, "", "5 is no word for a clause"),
    ({"hours": {}}, "", "“hours” is no word for a clause"),
    # Keys
    ({"at least": 30}, "at least", "30 is not a table of keys"),
    ({"at least": {"of": "hours"}}, "at least", "“figure” is missing"),
    ({"at least": {"figure": 30}}, "at least", "“of” is missing"),
    (floor(figur=30), "at least.figur", "Did you mean figure?"),
    (floor(ref=5), "at least.ref", "5 is not a text"),
    (floor(ref=None), "at least.ref", "nothing (null) is not a text"),
    (floor(source=5), "at least.source", "5 is not a text"),
    (floor(source={"line": 3}), "at least.source", "“document” is missing"),
    (floor(source={"document": "S1", "line": "3"}), "at least.source.line", "“3” is not a whole number"),
    (floor(source={"document": "S1", "line": True}), "at least.source.line", "true is not a whole number"),
    (floor(source={"document": "S1", "stated": "guessed"}), "at least.source.stated", "Known are “stated”, “inferred”"),
    # Figures
    (floor(figure="thirty"), "at least.figure", "'thirty' is not an amount of hours"),
    (floor(figure="agred"), "at least.figure", "Did you mean agreed?"),
    (floor(figure=True), "at least.figure", "true is not an amount"),
    (floor(figure=None), "at least.figure", "nothing (null) is not an amount"),
    (floor(figure=[30]), "at least.figure", "a list is not a figure"),
    (floor(figure=-1), "at least.figure", "is negative"),
    (floor(figure="2000000 h"), "at least.figure", "more than anybody can have done"),
    (floor(figure=float("inf")), "at least.figure", "no number that can be worked with"),
    (floor(figure="30 points"), "at least.figure", "is not an amount of hours"),
    (floor(figure="1/0", of="points"), "at least.figure", "is not an amount of points"),
    (floor(figure="0.001", of="points"), "at least.figure", "finer than the unit's grain"),
    (target({"half": 1}), "at least.figure", "“half” is no word for a figure"),
    (target({"agreed": {"about": 1}}), "at least.figure.agreed.about", "1 is not a text"),
    (target({"lowest": []}), "at least.figure.lowest", "This list is empty"),
    (target({"lowest": 30}), "at least.figure.lowest", "30 is not a list"),
    (target({"lowest": [30, "x"]}), "at least.figure.lowest[2]", "'x' is not an amount"),
    (target({"pro rata": {"figure": 30}}), "at least.figure.pro rata", "“rounding” is missing"),
    (target({"pro rata": {**PRO_RATA, "by": "week"}}), "at least.figure.pro rata.by", "Known are “day”, “month”"),
    (
        target({"pro rata": {**PRO_RATA, "outside": {"grade": "x"}}}),
        "at least.figure.pro rata.outside",
        "“grade” is no word for a circumstance",
    ),
    (
        target({"pro rata": {**PRO_RATA, "rounding": {"up": 0}}}),
        "at least.figure.pro rata.rounding.up",
        "Nothing can be rounded 'up' to steps of 0 h",
    ),
    (
        target({"pro rata": {**PRO_RATA, "rounding": "up"}}),
        "at least.figure.pro rata.rounding.up",
        "a table is not an amount",
    ),
    (
        target(
            {
                "time weighted": {
                    "figures": [{"while": "a", "figure": 1}, {"while": "a", "figure": 2}],
                    "otherwise": 3,
                    "rounding": UP,
                }
            }
        ),
        "at least.figure.time weighted",
        "Two figures are given for “a”",
    ),
    (
        target({"stepped": {"figure": 3, "during": {"circumstance": "a"}, "steps": []}}),
        "at least.figure.stepped.steps",
        "This list is empty",
    ),
    (
        target({"share of": {"share": "1001", "measure": "hours"}}),
        "at least.figure.share of",
        "is no share of a whole",
    ),
    (
        target({"share of": {"share": "1/0", "measure": "hours"}}),
        "at least.figure.share of.share",
        "divides by nothing",
    ),
    (target({"share of": {"share": "1e9", "measure": "hours"}}), "at least.figure.share of.share", "is not a share"),
    (target({"share of": {"share": True, "measure": "hours"}}), "at least.figure.share of.share", "is not a share"),
    (
        target({"share of": {"share": "1/2", "measure": "hours", "figure": 3}}),
        "at least.figure.share of",
        "A share is of a measure or of a figure. Give one of the two",
    ),
    (target({"share of": {"share": "1/2"}}), "at least.figure.share of", "A share is of a measure or of a figure"),
    (target({"by fact": {"named": "x", "figures": {}}}), "at least.figure.by fact", "by_fact names no value"),
    (
        target({"by fact": {"named": "x", "figures": {"a": "x"}}}),
        "at least.figure.by fact.figures.a",
        "'x' is not an amount of hours",
    ),
    (
        target({"pro rata": {**PRO_RATA, "by": "day", "longer than": "6 months"}}),
        "at least.figure.pro rata",
        "A day cannot count only if it is longer than 6 months",
    ),
    (target({"pro rata": {**PRO_RATA, "for": "three years"}}), "at least.figure.pro rata.for", "not a length of time"),
    (
        target({"share of": {"share": "1/2", "figure": 3, "rounding": {"up": "1 point"}}}),
        "at least.figure.share of.rounding.up",
        "is not an amount of hours",
    ),
    (target({"sum of": []}), "at least.figure.sum of", "This list is empty"),
    (target({"sum of": [30, "x"]}), "at least.figure.sum of[2]", "'x' is not an amount of hours"),
    (target({"when": {"condition": "agreement", "then": 3}}), "at least.figure.when", "“otherwise” is missing"),
    (
        target({"when": {"condition": "agreed", "then": 3, "otherwise": 4}}),
        "at least.figure.when.condition",
        "“agreed” is no word for a clause",
    ),
    # Measures
    (floor(of="hour"), "at least.of", "Did you mean hours?"),
    (floor(of={"hours": 5}), "at least.of.hours", "5 is not a table of names"),
    (floor(of={"hours": {"planned": 1.5}}), "at least.of.hours.planned", "1.5 is not a tag"),
    (floor(of={"hours": {"planned": None}}), "at least.of.hours.planned", "nothing (null) is not a tag"),
    (floor(of={"hours": {"planned": []}}), "at least.of.hours.planned", "This list is empty"),
    (floor(of={"hours": {"planned": [["a"]]}}), "at least.of.hours", "is no tag to look for"),
    (floor(of={"hours": {5: "a"}}), "at least.of.hours.5", "5 is not a name"),
    (floor(of={"hours": {"longer than": "x"}}), "at least.of.hours.longer than", "'x' is not an amount of hours"),
    (floor(of={"hours": {"longer_than": 2}}), "at least.of.hours", "An axis cannot be called “longer_than”"),
    (floor(of={"amounts": {}}), "at least.of.amounts", "“unit” is missing"),
    (floor(of={"amounts": {"unit": "fortnight"}}), "at least.of.amounts.unit", "“fortnight” is no unit"),
    (floor(of={"amounts": {"unit": {"name": ""}}}), "at least.of.amounts.unit", "A unit needs a name"),
    (floor(of={"amounts": {"unit": {"name": "x", "grain": 0}}}), "at least.of.amounts.unit", "a whole grain from 1 to"),
    (floor(of={"amounts": {"unit": {"grain": 1}}}), "at least.of.amounts.unit", "“name” is missing"),
    (
        floor(of={"counting": {"measure": "hours", "up to": [{"figure": "5 points", "where": {}}]}}),
        "at least.of.counting.up to[1].figure",
        "is not an amount of hours",
    ),
    (
        floor(of={"counting": {"measure": "entries", "up to": {"figure": "1 activity"}}}),
        "at least.of.counting",
        "Rules such as caps say how a sum of amounts counts",
    ),
    (floor(of={"fact": {}}), "at least.of.fact", "“named” is missing"),
    (floor(of={"credit": 5}), "at least.of", "“credit” is no word for a measure"),
    (floor(of={"credit": {"kind": "a"}}), "at least.of", "“credit” is no word for a measure"),
    # How a sum is counted
    (counted(worth={"every": "10 h"}), f"{COUNTING}.worth", "Nothing can be worked out from no amount for every 10 h"),
    (counted(worth={"every": 10, "counts": 1}), f"{COUNTING}.worth.every", "10 is not an amount with its unit"),
    (counted(worth={"every": "ten", "counts": 1}), f"{COUNTING}.worth.every", "“ten” is not an amount with its unit"),
    (counted(worth={"every": "10", "counts": 1}), f"{COUNTING}.worth.every", "“10” does not name its unit"),
    (
        counted(worth={"every": "10 fish", "counts": 1}),
        f"{COUNTING}.worth.every",
        "“10 fish” is of no unit that is known here. Known are “hour”, “hours”",
    ),
    (counted(worth={"every": "0.001 points", "counts": 1}), f"{COUNTING}.worth.every", "finer than the unit's grain"),
    (
        counted(worth={"every": "7 points", "counts": "1 h"}),
        COUNTING,
        "1/3600 of one hour. Count in a unit with a grain of 25,200, or round each entry",
    ),
    (counted(**{"each at least": "1 point"}), f"{COUNTING}.each at least", "is not an amount of hours"),
    (counted(rounded={"up": "1 point"}), f"{COUNTING}.rounded.up", "is not an amount of hours"),
    (counted(**{"up to": {"figure": "agred"}}), f"{COUNTING}.up to.figure", "Did you mean agreed?"),
    (
        counted(**{"up to": [{"figure": {"share of what counts": "3/2"}}]}),
        f"{COUNTING}.up to[1].figure.share of what counts",
        "no share",
    ),
    (counted(carried={"surplus": []}), f"{COUNTING}.carried.surplus", "This list is empty"),
    (
        counted(carried={"surplus": {"of": "points"}}),
        COUNTING,
        "What is counted in points cannot be handed on as hours",
    ),
    (counted(carried={"surplus": {"of": "hours"}, "lasting": 0}), f"{COUNTING}.carried", "lasts for 1 to 20 periods"),
    (
        counted(carried={"surplus": {"of": "hours"}, "as": {"kind": 1.5}}),
        f"{COUNTING}.carried.as.kind",
        "1.5 is not a tag",
    ),
    (counted(**{"made up": {"of": "hours"}}), f"{COUNTING}.made up", "“figure” is missing"),
    (counted(**{"made up": {"figure": 3, "of": "points"}}), COUNTING, "What is counted in points cannot be handed on"),
    (
        counted(carried={"surplus": {"of": "hours"}, "limit": "1 point"}),
        f"{COUNTING}.carried.limit",
        "is not an amount of hours",
    ),
    # Named measures
    (
        measuring({"m": counted(**{"up to": {"figure": 3}})["at least"]["of"]}, {"counting": {"measure": "m", **HALF}}),
        "scheme.policy.at least.of.counting",
        "The measure has caps, and cannot be given another rule that comes before: every 2 h counts as 1 h",
    ),
    (
        {"scheme": {"policy": {"all of": [named_sum(3), named_sum(4)]}}},
        "scheme",
        "Two measures that count in different ways are called “m”",
    ),
    (measuring({"m": "hours"}, "hours"), "scheme", "No clause counts “m”. Use the measure, or take it out"),
    (measuring({"m": "hours"}, "n"), "scheme.policy.at least.of", "“n” is no word for a measure"),
    (measuring({"hours": "points"}, "hours"), "scheme.measures.hours", "“hours” is a word of the library"),
    (measuring({"m": {"hours": {"a": "x"}}}, "m"), "scheme.measures.m", "Only a sum without a filter can be named"),
    (measuring({"m": "entries"}, "m"), "scheme.measures.m", "Only a sum without a filter can be named"),
    (measuring({"m": {"hours": 5}}, "hours"), "scheme.measures.m.hours", "5 is not a table of names"),
    (measuring({5: "hours"}, "hours"), "scheme.measures.5", "5 is not a name"),
    (measuring([], "hours"), "scheme.measures", "a list is not a table of names"),
    (measuring({"m": "credit", "n": "m"}, {"n": {"kind": "a"}}), "scheme.measures.m", "“credit” is no word"),
    (measuring({"m": "n", "n": "hours"}, "m"), "scheme.measures.m", "“n” is no word for a measure"),
    (
        {"scheme": {"policy": floor(of={"counting": {"name": "points", "measure": "hours"}})}},
        "scheme",
        "No measure can be called “points”, which is a word of the library",
    ),
    # Joins and choices
    ({"all of": []}, "all of", "This list is empty"),
    ({"all of": 5}, "all of", "5 is not a list"),
    ({"all of": {"clauses": SAID}}, "all of.clauses", "a table is not a list"),
    ({"all of": [SAID, {"exempt": 5}]}, "all of[2].exempt", "5 is not a text"),
    ({"at least of": [SAID]}, "at least of", "a list is not a table of keys"),
    ({"at least of": {"count": 2, "clauses": [SAID]}}, "at least of", "asks for 2 of 1 clauses"),
    ({"at least of": {"count": "1", "clauses": [SAID]}}, "at least of.count", "“1” is not a whole number"),
    ({"at least of": {"count": 1.0, "clauses": [SAID]}}, "at least of.count", "1.0 is not a whole number"),
    ({"any of": {"clauses": [SAID], "report": "x"}}, "any of", "This policy has no clause 'x'"),
    ({"divided among": [SAID]}, "divided among", "fewer than two clauses"),
    ({"divided among": [SAID, {"exempt": "x"}]}, "divided among", "cannot be divided among clauses such as"),
    ({"for each": {"axis": "a", "tags": [], "clause": SAID}}, "for each.tags", "This list is empty"),
    (
        {"for each": {"axis": "a", "tags": ["y"], "clause": floor(of={"hours": {"a": "x"}})}},
        "for each",
        "Of a: x, nothing is left where the a is y",
    ),
    ({"reported": {}}, "reported", "“of” is missing"),
    ({"each": {"length": "1 year", "clause": SAID, "named": "byyear"}}, "each.named", "Did you mean by year?"),
    (
        {"each": {"length": "6 months", "clause": SAID, "named": "by year"}},
        "each",
        "are not told apart by their years",
    ),
    ({"each": {"length": "1 year", "clause": SAID, "at least": 0}}, "each", "0 does not say in how many stretches"),
    ({"each": {"length": "1 year", "clause": SAID, "at least": "2"}}, "each.at least", "“2” is not a whole number"),
    ({"before": {}}, "before", "“clause” is missing"),
    ({"before": {"clause": SAID, "periods": 0}}, "before", "0 does not say how many periods before"),
    ({"before": {"clause": SAID, "periods": 101}}, "before", "Give a whole number from 1 to 100"),
    # Clauses that are given a name
    ({"clause": 5}, "clause", "5 is not a text"),
    ({"clause": "full"}, "clause", "No clause is given here, and so none is called “full”. Name it first"),
    (given_clauses({"clause": "ful"}, {"full": SAID}), "given.policy.clause", "“ful” is no clause that is given here"),
    (given_clauses({"clause": "b"}, {"a": SAID}), "given.policy.clause", "Known are “a”"),
    (given_clauses({"clause": "b"}, {"b": {"exempt": 5}}), "given.clauses.b.exempt", "5 is not a text"),
    (given_clauses({"clause": "b"}, {"b": {"clause": "c"}, "c": SAID}), "given.clauses.b.clause", "No clause is given"),
    (given_clauses({"clause": "a"}, {"a": {"clause": "a"}}), "given.clauses.a.clause", "No clause is given"),
    (given_clauses(SAID, [SAID]), "given.clauses", "a list is not a table of names"),
    (given_clauses(SAID, {5: SAID}), "given.clauses.5", "5 is not a name"),
    ({"given": {"clauses": {}}}, "given", "“policy” is missing"),
    ({"when": {"condition": "agreement"}}, "when", "“then” is missing"),
    ({"when": {"condition": "agreement", "then": SAID, "else": SAID}}, "when.else", "“else” is no key of “when”"),
    ({"over": {"length": "three years", "clause": SAID}}, "over.length", "is not a length of time"),
    ({"over": {"length": 3, "clause": SAID}}, "over.length", "3 is not a length of time"),
    ({"over": {"length": "0 years", "clause": SAID}}, "over.length", "A length of time needs years"),
    ({"over": {"length": "1 year and 2 years", "clause": SAID}}, "over.length", "is not a length of time"),
    # Conditions
    ({"circumstance": []}, "circumstance", "This list is empty"),
    ({"circumstance": {"kinds": ["a", 5]}}, "circumstance.kinds[2]", "5 is not a text"),
    ({"circumstance": {"kinds": "a", "on": "lastday"}}, "circumstance.on", "Did you mean last day?"),
    ({"circumstance": {"kinds": "a", "on": "31/12/2015"}}, "circumstance.on", "'31/12/2015' is not a day"),
    ({"circumstance": {"kinds": "a", "on": 5}}, "circumstance.on", "5 is no way to say when"),
    ({"circumstance": {"kinds": "a", "lasting": "6 m"}}, "circumstance.lasting", "“6 m” is not a length of time"),
    ({"grade": []}, "grade", "This list is empty"),
    ({"fact": {"named": "route", "is": 1.5}}, "fact.is", "1.5 is not a tag"),
    ({"fact": 5}, "fact", "5 is not a text"),
    ({"falls in period": {}}, "falls in period", "“named” is missing"),
    # Schemes and editions
    ({"scheme": {"policy": SAID, "axes": "area"}}, "scheme.axes", "“area” is not a list"),
    ({"scheme": {"policy": SAID, "axes": ["a", "a"]}}, "scheme", "describes the axis 'a' twice"),
    (
        {"scheme": {"policy": SAID, "axes": [{"name": "a", "every activity": 1}]}},
        "scheme.axes[1].every activity",
        "1 is",
    ),
    ({"scheme": {"policy": SAID, "straddling": "byday"}}, "scheme.straddling", "Did you mean by day?"),
    (
        {"scheme": {"policy": SAID, "units": [{"name": "a", "plural": "b"}, "b"]}},
        "scheme.units",
        "Two units are called “b”",
    ),
    ({"scheme": {"policy": SAID, "units": [5]}}, "scheme.units[1]", "5 is not a text"),
    ({"scheme": {"policy": SAID, "facts": ["a", "a"]}}, "scheme", "describes the fact 'a' twice"),
    ({"scheme": {"policy": SAID, "once": 5}}, "scheme.once", "5 is not a text"),
    ({"scheme": {"policy": SAID, "while a member": "yes"}}, "scheme.while a member", "“yes” is not true or false"),
    ({"scheme": {"axes": []}}, "scheme", "“policy” is missing"),
    ({"edition": {"name": "a", "since": "soon", "policy": SAID}}, "edition.since", "'soon' is not a day"),
    ({"editions": []}, "editions", "This list is empty"),
    (
        {"editions": [{"name": name, "since": "2015-01-01", "policy": SAID} for name in "ab"]},
        "editions",
        "would both be in force on 1 January 2015",
    ),
]


@pytest.mark.parametrize(("data", "place", "what"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_one_thing_wrong(data: Any, place: str, what: str) -> None:
    """Whatever is wrong with a policy is said once, with its place and what to do about it."""
    with pytest.raises(DocumentError) as caught:
        read_policy(data)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert what in str(problem)
    assert problem.remedy
    assert str(problem) in str(caught.value)


class TestTheMessage:
    def test_lists_everything_at_once(self) -> None:
        """Every fault of a document is found in one reading, each with its place."""
        data = {
            "scheme": {
                "straddlin": "by day",
                "policy": {
                    "when": {
                        "condition": {"circumstances": "retired"},
                        "then": floor(figure="ten"),
                        "otherwise": {"all of": [SAID, floor(of="hour"), floor(figure="x", ref=5)]},
                    }
                },
            }
        }
        with pytest.raises(DocumentError) as caught:
            read_policy(data)
        hours_are = "Write 7.5, 7.5 h, 1h30, 1 h 30 min, 1:30 or 90 min."
        text_is = 'Write for example "a text in quotes".'
        whens = (
            "condition: “circumstances” is no word for a clause. Did you mean circumstance?",
            f"then.at least.figure: 'ten' is not an amount of hours. {hours_are}",
            "otherwise.all of[2].at least.of: “hour” is no word for a measure. Did you mean hours?",
            f"otherwise.all of[3].at least.figure: 'x' is not an amount of hours. {hours_are}",
            f"otherwise.all of[3].at least.ref: 5 is not a text. {text_is}",
        )
        assert str(caught.value).splitlines() == [
            "The policy cannot be read: 6 things are wrong.",
            "- scheme.straddlin: “straddlin” is no key of “scheme”. Did you mean straddling?",
            *(f"- scheme.policy.when.{line}" for line in whens),
        ]

    def test_is_data_too(self) -> None:
        """A problem is a value: a place, what is wrong there, and what to do."""
        with pytest.raises(DocumentError) as caught:
            read_policy({"exempt": 5})
        assert caught.value.problems == (Problem("exempt", "5 is not a text", 'Write for example "a text in quotes"'),)
        assert isinstance(caught.value, ValueError)
        assert isinstance(caught.value, CpdRulesError)

    def test_travels_between_processes(self) -> None:
        """A pool hands on the error that a worker raised, problems and all."""
        with pytest.raises(DocumentError) as caught:
            read_policy({"exempt": 5})
        again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
        assert again.problems == caught.value.problems
        assert str(again) == str(caught.value)

    def test_shows_nothing_of_a_stranger_at_length(self) -> None:
        """Long texts are cut, and what a terminal would obey is taken out."""
        with pytest.raises(DocumentError) as caught:
            read_policy({"x" * 1_000: {}})
        assert len(str(caught.value)) < 500
        with pytest.raises(DocumentError) as caught:
            read_policy(floor(of={"hours": {"\x1b[2J": 1.5}}))
        assert "\x1b" not in str(caught.value)

    def test_is_the_same_whatever_the_fault_stands_beside(self) -> None:
        """Where a measure cannot be read, its figure is not blamed for it."""
        with pytest.raises(DocumentError) as caught:
            read_policy(floor(of="hour", figure="30 points"))
        assert [problem.place for problem in caught.value.problems] == ["at least.of"]


# Findings -------------------------------------------------------------------------------------------------------------

FLOOR = {"word": "at_least", "unit": "hour"}
SHORT = {"clause": FLOOR, "verdict": "not met", "required": "10 h", "counted": "7 h", "short by": "3 h"}

WRONG_FINDINGS: list[tuple[Any, str, str]] = [
    ([], "", "a list is not a table of keys"),
    ({**SHORT, "verdict": "nearly"}, "verdict", "Known are “met”, “not met”, “cannot tell” and “does not apply”"),
    ({**SHORT, "verdict": True}, "verdict", "true is no verdict"),
    ({**SHORT, "short by": "4 h"}, "", "is short by 3 h, and it says by 4 h"),
    ({key: value for key, value in SHORT.items() if key != "short by"}, "", "is short by 3 h, and it says by nothing"),
    ({**SHORT, "verdict": "met"}, "", "is short by nothing, and it says by 3 h"),
    ({**SHORT, "clause": {"word": "at_least"}}, "required", "“10 h” is not a whole number"),
    ({**SHORT, "clause": {"word": "at_least", "unit": "x"}}, "clause.unit", "“x” is no unit"),
    ({**SHORT, "required": {"most": "3 h"}}, "required", "“least” is missing"),
    ({**SHORT, "entries": [{"amount": "1 h"}]}, "entries[1]", "“entries” is missing"),
    ({**SHORT, "entries": [{"amount": "1 h", "entries": 5}]}, "entries[1].entries", "5 is not a list"),
    ({**SHORT, "left out": [{"kind": "x"}]}, "left out[1].kind", "“x” is no kind of reason"),
    ({**SHORT, "notes": [{"warning": "x"}]}, "notes[1]", "“warning” is no word for a note"),
    ({**SHORT, "period": {"from": "2015-01-01", "until": "2014-01-01"}}, "period", "A period cannot end on 2014-01-01"),
    ({**SHORT, "parts": [{"clause": FLOOR}]}, "parts[1]", "“verdict” is missing"),
    ({**SHORT, "parts": 5}, "parts", "5 is not a list"),
    ({**SHORT, "because": 5}, "because", "5 is not a table of keys"),
    ({"clause": {"word": "all_of", "figure": "3 h"}, "verdict": "met"}, "clause.figure", "There is no unit"),
]


@pytest.mark.parametrize(("data", "place", "what"), WRONG_FINDINGS, ids=[str(n) for n in range(len(WRONG_FINDINGS))])
def test_one_thing_wrong_with_a_finding(data: Any, place: str, what: str) -> None:
    """Whatever is wrong with a finding is said with its place; one that contradicts itself is refused."""
    with pytest.raises(DocumentError) as caught:
        read_finding(data)
    found = {problem.place: str(problem) for problem in caught.value.problems}
    assert place in found
    assert what in found[place]


# Hostile documents ----------------------------------------------------------------------------------------------------

READERS = (read_policy, read_record, read_member, read_activity, read_finding)


def nested(levels: int, wrap: Callable[[Any], Any], inner: Any) -> Any:
    """Put something into itself, so many times."""
    for _ in range(levels):
        inner = wrap(inner)
    return inner


def laughing() -> Any:
    """A document of a few lists that is of enormous size when it is walked, as YAML's anchors make them."""
    return nested(40, lambda inner: [inner] * 10, "ha")


def circular() -> Any:
    """A table that holds itself."""
    table: dict[str, Any] = {}
    table["all of"] = [table]
    return table


def doubled(levels: int = 40) -> Any:
    """Clauses each of which holds the one before twice."""
    clauses = {str(n): {"all of": [{"clause": str(n - 1)}] * 2} if n else SAID for n in range(levels)}
    return given_clauses({"clause": str(levels - 1)}, clauses)


def doubled_measures(levels: int = 40) -> Any:
    """Measures each of which holds the one before twice."""
    surplus = [
        {"carried": {"surplus": [{"of": str(n - 1), "above": {"share of": {"share": 1, "measure": str(n - 1)}}}]}}
        for n in range(1, levels)
    ]
    measures = {"0": "hours"} | {str(n): {"counting": {"measure": "hours", **one}} for n, one in enumerate(surplus, 1)}
    return measuring(measures, str(levels - 1))


def chained(levels: int = 300) -> Any:
    """Clauses each of which holds the one before, with a route to be reported, so that each is looked through."""
    first = {"0": floor(ref="x")}
    routes = {str(n): {"any of": {"clauses": [{"clause": str(n - 1)}], "report": "x"}} for n in range(1, levels)}
    return given_clauses({"clause": str(levels - 1)}, first | routes)


def repeated() -> Any:
    """A large clause in very many places, each of which looks through it."""
    clauses = {"a": {"all of": [floor(ref="x")] * 2_000}}
    return given_clauses({"all of": [{"any of": {"clauses": [{"clause": "a"}], "report": "x"}}] * 10_000}, clauses)


def given_again() -> Any:
    """A large clause that is given another name very often."""
    inner = given_clauses({"exempt": "x"}, {"b": {"clause": "a"}})
    return given_clauses({"all of": [inner] * 10_000}, {"a": {"all of": [SAID] * 2_000}})


HOSTILE: dict[str, Callable[[], Any]] = {
    "doubled clauses": doubled,
    "doubled measures": doubled_measures,
    "chained clauses": chained,
    "repeated clauses": repeated,
    "clauses given again": given_again,
    "deep lists": lambda: nested(100_000, lambda inner: [inner], 5),
    "deep clauses": lambda: nested(100_000, lambda inner: {"all of": [inner]}, SAID),
    "deep advice": lambda: nested(5_000, lambda inner: {"advise": {"clause": inner}}, SAID),
    "deep figures": lambda: target(nested(5_000, lambda inner: {"lowest": [inner]}, 30)),
    "deep parts": lambda: nested(5_000, lambda inner: {**SHORT, "parts": [inner]}, SHORT),
    "deep reasons": lambda: nested(5_000, lambda inner: {**SHORT, "because": inner}, SHORT),
    "a deep member": lambda: {"member": nested(5_000, lambda inner: {"id": inner}, 5)},
    "a deep fact": lambda: {"id": "7", "facts": {"x": nested(5_000, lambda inner: {"day": inner}, 5)}},
    "a deep tag": lambda: {"date": "2015-03-02", "amount": 1, "tags": {"x": nested(5_000, lambda inner: [inner], 5)}},
    "billion laughs": laughing,
    "circles": circular,
    "many clauses": lambda: {"all of": [SAID] * 70_000},
    "many keys": lambda: {str(number): number for number in range(130_000)},
    "many wrong keys": lambda: floor(**{f"figur{number}": number for number in range(20_000)}),
    "many wrong words": lambda: {"all of": [{"at leest": {}}] * 20_000},
    "many wrong figures": lambda: {"all of": [floor(figure="agreed upon")] * 20_000},
    "a long text": lambda: {"exempt": "x" * 1_000_001},
    "a long word": lambda: {"x" * 900_000: {}},
    "a huge number": lambda: {"at least of": {"count": 10**5_000, "clauses": [SAID]}},
    "a huge figure": lambda: floor(figure=10**5_000),
    "a huge figure in digits": lambda: floor(figure="9" * 100_000),
    "a huge fraction": lambda: floor(figure="1/" + "9" * 100_000, of="points"),
    "a huge exponent": lambda: target({"share of": {"share": "1e999999999", "measure": "hours"}}),
    "a huge length": lambda: {"over": {"length": "9" * 100_000 + " years", "clause": SAID}},
    "a huge grain": lambda: floor(of={"amounts": {"unit": {"name": "x", "grain": 10**4_000}}}),
    "half a character": lambda: {"exempt": "\ud800"},
    "half a character in a key": lambda: floor(of={"hours": {"\udfff": True}}),
    "strange values": lambda: {"all of": [object(), {1, 2}, b"x", (1, 2), 1j]},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused_in_time(name: str) -> None:
    """However deep, large or odd a document is, every reader refuses it with the documented error, and soon."""
    data = HOSTILE[name]()
    for read in READERS:
        begun = time.process_time()
        with pytest.raises(DocumentError) as caught:
            read(data)
        assert time.process_time() - begun < 5
        assert 1 <= len(caught.value.problems) <= 200
        assert len(str(caught.value)) < 20_000
        str(caught.value).encode()


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=6),
    st.dates(),
    st.datetimes(),
    st.sampled_from([word.word for word in CLAUSES] + ["hours", "30 h", "2015-03-02", "6 months", "1/3"]),
)
keys = st.one_of(
    st.text(max_size=4),
    st.sampled_from(
        ["at least", "figure", "of", "clauses", "all of", "when", "scheme", "policy", "hours", "id", "date"]
    ),
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | st.integers(), inner, max_size=4),
    max_leaves=20,
)


def outcome(read: Callable[[Any], Any], data: Any) -> Any:
    """Read something, and give what was read, or the refusal; only the documented error may come of it."""
    try:
        return read(data)
    except DocumentError as error:
        return error


def refused_or_read(read: Callable[[Any], Any], data: Any, write: Callable[[Any], Any] | None = None) -> None:
    """Check that a refusal says what is wrong, and that what was read can be written again."""
    found = outcome(read, data)
    if isinstance(found, DocumentError):
        assert found.problems
        assert all(problem.what for problem in found.problems)
        str(found).encode()
    elif write is not None:
        assert read(write(found)) == found


@given(anything)
def test_random_data_does_no_harm(data: Any) -> None:
    """Whatever plain data is thrown at the door, it is read or refused."""
    for read in READERS:
        refused_or_read(read, data)


@given(
    st.text() | st.binary() | st.lists(st.sampled_from('{}[]",:=.\n \\\'"""#ae+-0123456789'), max_size=60).map("".join)
)
def test_random_text_does_no_harm(text: str | bytes) -> None:
    """Whatever text is thrown at the door, it is read or refused."""
    for read in (read_json, read_toml):
        refused_or_read(read, text)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Give every table or list in plain data with every key of it."""
    found: list[tuple[Any, Any]] = []
    waiting = [data]
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, inner in pairs:
            found.append((one, key))
            waiting.append(inner)
    return found


def mutated(data: Any, draw: st.DataObject) -> Any:
    """Change a few things in a valid document: take out, put in, exchange, rename."""
    changed = copy.deepcopy(data)
    for _ in range(draw.draw(st.integers(1, 3))):
        found = places(changed)
        if not found:
            return draw.draw(anything)
        inside, key = draw.draw(st.sampled_from(found))
        match draw.draw(st.sampled_from(["take out", "put in", "exchange", "rename"])):
            case "take out":
                del inside[key]
            case "put in" if isinstance(inside, dict):
                inside[draw.draw(keys)] = draw.draw(anything)
            case "rename" if isinstance(inside, dict):
                inside[f"{key}s"] = inside.pop(key)
            case _:
                inside[key] = draw.draw(anything)
    return changed


@given(any_policy.map(write_policy), st.data())
@settings(deadline=None)
def test_changed_policies_do_no_harm(data: Any, draw: st.DataObject) -> None:
    """A valid policy with a few things changed is read or refused; whatever is read can be written again."""
    refused_or_read(read_policy, mutated(data, draw), write_policy)


@given(records().map(write_record), st.data())
def test_changed_records_do_no_harm(data: Any, draw: st.DataObject) -> None:
    """A valid record with a few things changed is read or refused; whatever is read can be written again."""
    refused_or_read(read_record, mutated(data, draw), write_record)


@given(any_finding.map(write_finding), st.data())
def test_changed_findings_do_no_harm(data: Any, draw: st.DataObject) -> None:
    """A valid finding with a few things changed is read or refused; whatever is read can be written again."""
    refused_or_read(read_finding, mutated(data, draw), write_finding)


def test_reading_leaves_the_document_as_it_was() -> None:
    """A reader changes nothing in what it was given, and keeps nothing of it that could change."""
    data = floor(of={"hours": {"area": ["a", "b"]}})
    before = copy.deepcopy(data)
    policy = read_policy(data)
    assert data == before
    data["at least"]["of"]["hours"]["area"].append("c")
    assert policy == at_least(30, hours(area=("a", "b")))


def test_what_stands_twice_may_be_too_large_or_too_deep() -> None:
    """What a name stands for counts wherever it stands; what is too deep or too large to be written is refused."""
    inner = nested(12, lambda clause: {"all of": [clause]}, SAID)
    clauses = {"a": inner}
    deep = {"a": inner} | {
        name: nested(12, lambda clause: {"all of": [clause]}, {"clause": before})
        for before, name in zip("ab", "bc", strict=True)
    }
    assert read_policy(given_clauses({"clause": "a"}, clauses)) == read_policy(inner)
    for data in (
        given_clauses(nested(6, lambda clause: {"all of": [clause]}, {"clause": "c"}), deep),
        given_clauses({"all of": [{"all of": [SAID] * 12_000}, {"clause": "a"}]}, {"a": {"all of": [SAID] * 12_000}}),
    ):
        with pytest.raises(DocumentError, match="With all that stands in several places") as caught:
            read_policy(data)
        assert {problem.kind for problem in caught.value.problems} == {"size"}
