"""The format, word by word: how each clause, measure and target is written, and what else is read as the same."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given

import cpdrules
from cpdrules import (
    Rounding,
    Source,
    advise,
    all_of,
    any_of,
    at_least,
    at_least_of,
    at_most,
    each,
    exempt,
    inferred,
    none_of,
    over,
    undecided,
    unstated,
    when,
)
from cpdrules import cpd as cpd_words
from cpdrules.amounts import CREDIT, HOUR, POINT, Amount, Unit
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cpd import (
    Axis,
    Fact,
    agreed,
    agreement,
    amounts,
    as_tagged,
    by_fact,
    carried,
    circumstance,
    counting,
    different,
    divided_among,
    each_at_least,
    entries,
    fact,
    falls_in_period,
    figure_when,
    for_each,
    grade,
    highest,
    hours,
    lowest,
    made_up,
    of_fact,
    points,
    pro_rata,
    registered,
    scheme,
    share_of,
    share_of_counted,
    stepped,
    sum_of,
    surplus,
    time_weighted,
    up_to,
    worth,
)
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.conditions import Agreed, Timing
from cpdrules.cpd.targets import Fixed
from cpdrules.documents import digest, read_policy, read_toml, write_policy
from cpdrules.documents.clauses import CLAUSES, MEASURES, TARGETS, GivenClauseShape, GivenClausesShape
from cpdrules.documents.places import At, Problems
from cpdrules.documents.quantities import grains_in_text
from cpdrules.documents.statements import REQUIREMENTS
from cpdrules.editions import Edition, editions
from cpdrules.figures import Measure, Target, reported
from cpdrules.periods import Length, days, months, years
from cpdrules.policies import Policy
from cpdrules.privacy.requirements import Requirement
from cpdrules.windows import before
from tests.document_strategies import any_policy

THIRTY = at_least(30, hours())
SAID = {"at least": {"figure": "30 h", "of": "hours"}}
RETIRED = circumstance("retired")
UP = Rounding("up", so_many_hours("30 min"))

CPDS = Unit("cpd")
CREDITS = counting(amounts(CPDS), up_to(5, unit=CPDS), name="credits")
WHOLE = counting(amounts(CPDS), carried(surplus(CREDITS, above=9)), name="all")

#: Every word in its plainest use, and how it is written.
CLAUSE_FORMS: dict[str, tuple[Policy, Any]] = {
    "at least": (THIRTY, SAID),
    "at least, named": (
        at_least(10, hours(planned=True), ref="planned", source=Source("S1", 51, "At least ten hours")),
        {
            "at least": {
                "figure": "10 h",
                "of": {"hours": {"planned": True}},
                "ref": "planned",
                "source": {"document": "S1", "line": 51, "quote": "At least ten hours"},
            }
        },
    ),
    "at least, inferred": (
        at_least(2, points(), source=Source("S1", stated="inferred")),
        {
            "at least": {
                "figure": "2 points",
                "of": "points",
                "source": {"document": "S1", "stated": "inferred"},
            }
        },
    ),
    "at least, cited": (
        at_least(1, entries(), source=Source("S1")),
        {"at least": {"figure": "1 activity", "of": "entries", "source": "S1"}},
    ),
    "at most": (
        at_most(2, hours(kind="reading")),
        {"at most": {"figure": "2 h", "of": {"hours": {"kind": "reading"}}}},
    ),
    "all of": (all_of(THIRTY, RETIRED), {"all of": [SAID, {"circumstance": "retired"}]}),
    "all of, named": (all_of(THIRTY, ref="full"), {"all of": {"clauses": [SAID], "ref": "full"}}),
    "any of": (any_of(THIRTY), {"any of": [SAID]}),
    "none of": (none_of(THIRTY), {"none of": [SAID]}),
    "at least of": (at_least_of(1, THIRTY, THIRTY), {"at least of": {"count": 1, "clauses": [SAID, SAID]}}),
    "when": (when(RETIRED, THIRTY), {"when": {"condition": {"circumstance": "retired"}, "then": SAID}}),
    "when, otherwise": (
        when(RETIRED, exempt("retired"), otherwise=THIRTY),
        {"when": {"condition": {"circumstance": "retired"}, "then": {"exempt": "retired"}, "otherwise": SAID}},
    ),
    "exempt": (exempt("retired"), {"exempt": "retired"}),
    "exempt, named": (exempt("retired", ref="x"), {"exempt": {"because": "retired", "ref": "x"}}),
    "advise": (advise(THIRTY), {"advise": {"clause": SAID}}),
    "undecided": (undecided(THIRTY, awaiting="a letter"), {"undecided": {"clause": SAID, "awaiting": "a letter"}}),
    "unstated": (unstated("how many"), {"unstated": "how many"}),
    "inferred": (
        inferred(THIRTY, otherwise=exempt("silence")),
        {"inferred": {"reading": SAID, "otherwise": {"exempt": "silence"}}},
    ),
    "over": (over(years(3), THIRTY), {"over": {"length": "3 years", "clause": SAID}}),
    "each": (
        each(Length(years=1, months=2, days=3), THIRTY),
        {"each": {"length": "1 year and 2 months and 3 days", "clause": SAID}},
    ),
    "circumstance": (RETIRED, {"circumstance": "retired"}),
    "circumstance, one of": (circumstance("ill", "retired"), {"circumstance": ["ill", "retired"]}),
    "circumstance, timed": (
        circumstance("ill", but_not=("x", "y"), on="last_day", longer_than=months(6), lasting=days(1)),
        {
            "circumstance": {
                "kinds": "ill",
                "but not": ["x", "y"],
                "on": "last day",
                "longer than": "6 months",
                "lasting": "1 day",
            }
        },
    ),
    "circumstance, on a day": (
        circumstance("ill", on=date(2015, 3, 2)),
        {"circumstance": {"kinds": "ill", "on": "2015-03-02"}},
    ),
    "grade": (grade("MIET", "FIET"), {"grade": ["MIET", "FIET"]}),
    "registered": (registered(), "registered"),
    "registered as": (registered("CEng", ref="x"), {"registered": {"as": "CEng", "ref": "x"}}),
    "fact": (fact("route", "part_time", 2), {"fact": {"named": "route", "is": ["part_time", 2]}}),
    "fact, plain": (fact("audited"), {"fact": "audited"}),
    "falls in period": (falls_in_period("joined"), {"falls in period": "joined"}),
    "any of, reported": (
        any_of(at_least(30, hours(), ref="full"), report="full"),
        {"any of": {"clauses": [{"at least": {"figure": "30 h", "of": "hours", "ref": "full"}}], "report": "full"}},
    ),
    "each, overlapping": (
        each(years(2), THIRTY, every=years(1), reaching_back=years(1), named="by_year"),
        {
            "each": {
                "length": "2 years",
                "clause": SAID,
                "every": "1 year",
                "reaching back": "1 year",
                "named": "by year",
            }
        },
    ),
    "each, some of them": (
        each(years(1), THIRTY, at_least=2),
        {"each": {"length": "1 year", "clause": SAID, "at least": 2}},
    ),
    "before": (before(THIRTY), {"before": {"clause": SAID}}),
    "before, named": (before(THIRTY, periods=2, ref="x"), {"before": {"clause": SAID, "periods": 2, "ref": "x"}}),
    "for each": (
        for_each("topic", "law", 2, clause=THIRTY),
        {"for each": {"axis": "topic", "tags": ["law", 2], "clause": SAID}},
    ),
    "for each, held": (
        for_each("role", "nurse", clause=THIRTY, held="titles"),
        {"for each": {"axis": "role", "tags": ["nurse"], "clause": SAID, "held": "titles"}},
    ),
    "divided among": (divided_among(THIRTY, THIRTY), {"divided among": [SAID, SAID]}),
    "reported": (reported(hours()), {"reported": "hours"}),
    "reported, named": (reported(hours(), ref="total"), {"reported": {"of": "hours", "ref": "total"}}),
    "scheme, in full": (
        scheme(
            all_of(at_least(30, CREDITS), at_least(10, evolve(CREDITS, where=(("kind", ("talk",)),))), reported(WHOLE)),
            facts=(Fact("audited", (True, False), unrecorded=False), Fact("title")),
            once="talk",
            while_member=True,
        ),
        {
            "scheme": {
                "units": ["cpd"],
                "measures": {
                    "credits": {"counting": {"measure": {"amounts": "cpd"}, "up to": {"figure": "5 cpds"}}},
                    "all": {
                        "counting": {
                            "measure": {"amounts": "cpd"},
                            "carried": {"surplus": {"of": "credits", "above": "9 cpds"}},
                        }
                    },
                },
                "facts": [{"name": "audited", "values": [True, False], "if not recorded": False}, "title"],
                "once": "talk",
                "while a member": True,
                "policy": {
                    "all of": [
                        {"at least": {"figure": "30 cpds", "of": "credits"}},
                        {"at least": {"figure": "10 cpds", "of": {"credits": {"kind": "talk"}}}},
                        {"reported": "all"},
                    ]
                },
            }
        },
    ),
    "fact, several at once": (
        fact("roles", ("nurse", "midwife")),
        {"fact": {"named": "roles", "is": [["nurse", "midwife"]]}},
    ),
    "agreement": (agreement(), "agreement"),
    "agreement, about": (
        agreement("planned", on="every_day"),
        {"agreement": {"about": "planned", "on": "every day"}},
    ),
    "agreement, lasting": (
        Agreed("", Timing(longer_than=months(6), lasting=days(3))),
        {"agreement": {"longer than": "6 months", "lasting": "3 days"}},
    ),
    "scheme": (
        scheme(THIRTY, axes=(Axis("planned", (True, False)), Axis("topic", every=False)), straddling="by_first_day"),
        {
            "scheme": {
                "axes": [{"name": "planned", "tags": [True, False]}, {"name": "topic", "every activity": False}],
                "straddling": "by first day",
                "policy": SAID,
            }
        },
    ),
    "scheme, plain axis": (scheme(THIRTY, axes=(Axis("area"),)), {"scheme": {"axes": ["area"], "policy": SAID}}),
    "edition": (
        Edition("2015", THIRTY, date(2015, 1, 1), why="so says the title", unstated=("leave",), ref="e"),
        {
            "edition": {
                "name": "2015",
                "since": "2015-01-01",
                "why": "so says the title",
                "unstated": ["leave"],
                "policy": SAID,
                "ref": "e",
            }
        },
    ),
    "editions": (
        editions(Edition("2015", THIRTY, date(2015, 1, 1), date(2015, 12, 31))),
        {"editions": [{"name": "2015", "since": "2015-01-01", "until": "2015-12-31", "policy": SAID}]},
    ),
}

MEASURE_FORMS: dict[str, tuple[Measure, Any]] = {
    "hours": (hours(), "hours"),
    "hours, planned": (hours(planned=True), {"hours": {"planned": True}}),
    "hours, of several": (
        hours(area=("b", "a"), level=3, longer_than="30 min"),
        {"hours": {"area": ["a", "b"], "level": 3, "longer than": "30 min"}},
    ),
    "points": (points(), "points"),
    "amounts": (amounts(CREDIT), {"amounts": "credit"}),
    "amounts, some": (amounts(CREDIT, kind="paper"), {"amounts": {"unit": "credit", "where": {"kind": "paper"}}}),
    "amounts, own": (
        amounts(Unit("CPD", "CPD", 100)),
        {"amounts": {"unit": {"name": "CPD", "plural": "CPD", "grain": 100}}},
    ),
    "counting": (
        counting(hours(planned=True), up_to(20, kind="reading"), up_to(5, kind="talk")),
        {
            "counting": {
                "measure": {"hours": {"planned": True}},
                "up to": [
                    {"figure": "20 h", "where": {"kind": "reading"}},
                    {"figure": "5 h", "where": {"kind": "talk"}},
                ],
            }
        },
    ),
    "counting points": (
        counting(points(), up_to(20, unit=POINT)),
        {"counting": {"measure": "points", "up to": {"figure": "20 points"}}},
    ),
    "counting by rules": (
        counting(
            hours(),
            worth(3, every=Amount.of(1, POINT), unit=HOUR, kind="talk"),
            as_tagged("granted", kind="course"),
            Rounding("down", so_many_hours("15 min")),
            each_at_least("30 min"),
            up_to(share_of_counted("25%"), kind="reading"),
            up_to(agreed(), per="society", in_each=years(1)),
            name="hours that count",
        ),
        {
            "counting": {
                "name": "hours that count",
                "measure": "hours",
                "worth": [
                    {"every": "1 point", "counts": "3 h", "where": {"kind": "talk"}},
                    {"every": "1 activity", "counts as tagged": "granted", "where": {"kind": "course"}},
                ],
                "rounded": {"down": "15 min"},
                "each at least": "30 min",
                "up to": [
                    {"figure": {"share of what counts": "1/4"}, "where": {"kind": "reading"}},
                    {"figure": "agreed", "per": "society", "in each": "1 year"},
                ],
            }
        },
    ),
    "counting what is handed on": (
        counting(
            hours(),
            carried(
                surplus(hours(verifiable=True), above=21),
                surplus(hours(), above=agreed(), in_last=months(12)),
                limit=21,
                unless=falls_in_period("joined"),
                lasting=2,
                to_reach=40,
                verifiable=True,
            ),
            made_up(hours(), 40, unless=fact("waived"), kind="a"),
        ),
        {
            "counting": {
                "measure": "hours",
                "made up": {"figure": "40 h", "of": "hours", "as": {"kind": "a"}, "unless": {"fact": "waived"}},
                "carried": {
                    "limit": "21 h",
                    "surplus": [
                        {"of": {"hours": {"verifiable": True}}, "above": "21 h"},
                        {"of": "hours", "above": "agreed", "in last": "12 months"},
                    ],
                    "as": {"verifiable": True},
                    "unless": {"falls in period": "joined"},
                    "lasting": 2,
                    "to reach": "40 h",
                },
            }
        },
    ),
    "counting what is handed on up to a figure of its own": (
        counting(hours(), carried(surplus(hours(), above=15), limit=share_of("1/2", 15))),
        {
            "counting": {
                "measure": "hours",
                "carried": {
                    "limit": {"share of": {"share": "1/2", "figure": "15 h"}},
                    "surplus": {"of": "hours", "above": "15 h"},
                },
            }
        },
    ),
    "counting by the day, at a third": (
        counting(hours(), worth(1, every=so_many_hours(3), unit=HOUR), up_to(8, per="day")),
        {
            "counting": {
                "measure": "hours",
                "worth": {"every": "3 h", "counts": "1 h"},
                "up to": {"figure": "8 h", "per": "day"},
            }
        },
    ),
    "counting all that was done": (
        counting(hours(), carried(surplus(hours()))),
        {"counting": {"measure": "hours", "carried": {"surplus": {"of": "hours"}}}},
    ),
    "fact": (of_fact("declaration"), {"fact": "declaration"}),
    "fact, as hours": (of_fact("practice", unit=HOUR), {"fact": {"named": "practice", "unit": "hour"}}),
    "entries": (entries(topic="ethics"), {"entries": {"topic": "ethics"}}),
    "different": (different("category"), {"different": "category"}),
    "different, some": (
        different("category", planned=True),
        {"different": {"axis": "category", "where": {"planned": True}}},
    ),
}

TARGET_FORMS: dict[str, tuple[Target, Any]] = {
    "pro rata": (pro_rata(30, rounding=UP), {"pro rata": {"figure": "30 h", "rounding": {"up": "30 min"}}}),
    "pro rata, of membership": (
        pro_rata(
            30,
            during=circumstance("active"),
            outside=circumstance("ill", "retired"),
            by="whole_month",
            rounding=Rounding("half_even", so_many_hours(1)),
        ),
        {
            "pro rata": {
                "figure": "30 h",
                "during": {"circumstance": "active"},
                "outside": {"circumstance": ["ill", "retired"]},
                "by": "whole month",
                "rounding": {"half even": "1 h"},
            }
        },
    ),
    "time weighted": (
        time_weighted({"non_practising": 90, "ill": 0}, otherwise=150, by="month", rounding=UP),
        {
            "time weighted": {
                "figures": [{"while": "non_practising", "figure": "90 h"}, {"while": "ill", "figure": "0 h"}],
                "otherwise": "150 h",
                "by": "month",
                "rounding": {"up": "30 min"},
            }
        },
    ),
    "stepped": (
        stepped(150, circumstance("career_break"), (months(3), 90), (years(1), 0)),
        {
            "stepped": {
                "figure": "150 h",
                "during": {"circumstance": "career_break"},
                "steps": [{"from": "3 months", "figure": "90 h"}, {"from": "1 year", "figure": "0 h"}],
            }
        },
    ),
    "agreed": (agreed(), "agreed"),
    "agreed, about": (agreed("planned"), {"agreed": {"about": "planned"}}),
    "pro rata, by year": (
        pro_rata(agreed(), since="admitted", by="year", longer_than=months(6), rounding=UP),
        {
            "pro rata": {
                "figure": "agreed",
                "since": "admitted",
                "by": "year",
                "longer than": "6 months",
                "rounding": {"up": "30 min"},
            }
        },
    ),
    "by fact": (
        by_fact("title", {"nurse": 50, "dentist": agreed()}),
        {"by fact": {"named": "title", "figures": {"dentist": "agreed", "nurse": "50 h"}}},
    ),
    "by fact, otherwise": (
        by_fact("title", {"nurse": 50}, otherwise=pro_rata(30, rounding=UP)),
        {
            "by fact": {
                "named": "title",
                "figures": {"nurse": "50 h"},
                "otherwise": {"pro rata": {"figure": "30 h", "rounding": {"up": "30 min"}}},
            }
        },
    ),
    "share of, a figure": (share_of("1/3", 30), {"share of": {"share": "1/3", "figure": "30 h"}}),
    "share of, a share": (
        share_of("1/3", share_of("1/2", hours())),
        {"share of": {"share": "1/3", "figure": {"share of": {"share": "1/2", "measure": "hours"}}}},
    ),
    "share of, rounded and more than all": (
        share_of("150%", 30, rounding=UP),
        {"share of": {"share": "3/2", "figure": "30 h", "rounding": {"up": "30 min"}}},
    ),
    "pro rata, for a length of time": (
        pro_rata(90, per=years(3), rounding=UP),
        {"pro rata": {"figure": "90 h", "for": "3 years", "rounding": {"up": "30 min"}}},
    ),
    "sum of": (sum_of(36, agreed()), {"sum of": ["36 h", "agreed"]}),
    "when": (
        figure_when(RETIRED, 10, otherwise=agreed()),
        {"when": {"condition": {"circumstance": "retired"}, "then": "10 h", "otherwise": "agreed"}},
    ),
    "share of": (share_of("1/3", hours()), {"share of": {"share": "1/3", "measure": "hours"}}),
    "lowest": (lowest(30, agreed()), {"lowest": ["30 h", "agreed"]}),
    "highest": (highest(30, lowest(2)), {"highest": ["30 h", {"lowest": ["2 h"]}]}),
    "fixed": (Fixed(so_many_hours(30)), {"fixed": "30 h"}),
}


def given_clauses(policy: Any, **clauses: Any) -> dict[str, Any]:
    """Give a policy in plain data, with clauses that it may name."""
    return {"given": {"clauses": clauses, "policy": policy}}


#: What is read as clauses that other words write: each stands where it is named.
GIVEN_FORMS: dict[str, tuple[Policy, Any]] = {
    "given": (THIRTY, given_clauses({"clause": "full"}, full=SAID)),
    "given, not used": (THIRTY, given_clauses(SAID, other={"exempt": "x"})),
    "given, in two places": (
        when(RETIRED, advise(THIRTY), otherwise=THIRTY),
        given_clauses(
            {"when": {
                "condition": {"clause": "out"},
                "then": {"advise": {"clause": {"clause": "full"}}},
                "otherwise": {"clause": "full"},
            }},
            full=SAID,
            out={"circumstance": "retired"},
        ),
    ),
    "given, of those before": (
        all_of(THIRTY, any_of(THIRTY)),
        given_clauses(
            {"all of": [{"clause": "one"}, {"clause": "two"}]}, one=SAID, two={"any of": [{"clause": "one"}]}
        ),
    ),
    "given, anew inside": (
        all_of(exempt("x"), THIRTY),
        given_clauses(
            {"all of": [given_clauses({"clause": "a"}, a={"exempt": "x"}), {"clause": "a"}]}, a=SAID
        ),
    ),
    "given, in a scheme with measures": (
        scheme(all_of(at_least(3, CREDITS), at_least(3, CREDITS))),
        {
            "scheme": {
                "units": ["cpd"],
                "measures": {"credits": {"counting": {"measure": {"amounts": "cpd"}, "up to": {"figure": "5 cpds"}}}},
                "policy": given_clauses(
                    {"all of": [{"clause": "a"}, {"clause": "a"}]}, a={"at least": {"figure": 3, "of": "credits"}}
                ),
            }
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GIVEN_FORMS)
def test_given_clauses(name: str) -> None:
    """A clause that a document names is read wherever it is named, and written there, as if it had no name."""
    policy, data = GIVEN_FORMS[name]
    found = read_policy(data)
    assert found == policy
    assert digest(found) == digest(policy)
    assert read_policy(write_policy(found)) == policy
    assert "given" not in str(write_policy(found))


def test_given_clauses_are_never_written() -> None:
    """No value of the library is a name."""
    for shape in (GivenClausesShape(), GivenClauseShape()):
        with pytest.raises(cpdrules.CpdRulesError, match="cannot be written down as"):
            shape.write(THIRTY, At(Problems()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CLAUSE_FORMS)
def test_clauses(name: str) -> None:
    """Each word for a clause is written as it is read aloud, and read back."""
    policy, data = CLAUSE_FORMS[name]
    assert write_policy(policy) == data
    assert read_policy(data) == policy


@pytest.mark.parametrize("name", MEASURE_FORMS)
def test_measures(name: str) -> None:
    """Each word for a measure is written as it is read aloud, and read back."""
    measure, data = MEASURE_FORMS[name]
    policy = at_least(Amount(measure.unit.grain, measure.unit), measure)
    assert write_policy(policy)["at least"]["of"] == data
    assert read_policy({"at least": {"figure": 1, "of": data}}) == policy


@pytest.mark.parametrize("name", TARGET_FORMS)
def test_targets(name: str) -> None:
    """Each word for a target is written as it is read aloud, and read back."""
    target, data = TARGET_FORMS[name]
    policy = at_least(target, hours())
    assert write_policy(policy)["at least"]["figure"] == data
    assert read_policy({"at least": {"figure": data, "of": "hours"}}) == policy


class TestOtherSpellings:
    """Documents may be written in more ways than one; each is read as the same."""

    @pytest.mark.parametrize(
        "figure", [30, 30.0, "30", "30 h", "30h", "30 hours", "30:00", "1800 min", "30 h 0 min", "30.00"]
    )
    def test_of_hours(self, figure: object) -> None:
        """Hours are read as people write them; a number alone is in the unit of what is counted."""
        assert read_policy({"at least": {"figure": figure, "of": "hours"}}) == THIRTY

    @pytest.mark.parametrize("figure", [2.5, "2.5", "2.5 points", "2 1/2 points", "5/2", " 2.50 points"])
    def test_of_points(self, figure: object) -> None:
        """Points are read with their name or without, as decimals or as fractions."""
        assert read_policy({"at least": {"figure": figure, "of": "points"}}) == at_least("2.5", points())

    @pytest.mark.parametrize("share", ["3/4", "75%", "0.75", 0.75, "75.0%"])
    def test_of_shares(self, share: object) -> None:
        """A share is a fraction, a percentage or a decimal, and always exact."""
        data = {"at least": {"figure": {"share of": {"share": share, "measure": "hours"}}, "of": "hours"}}
        assert read_policy(data) == at_least(share_of(Fraction(3, 4), hours()), hours())

    def test_of_a_whole_share(self) -> None:
        """All of it is a share, too."""
        data = {"at least": {"figure": {"share of": {"share": 1, "measure": "hours"}}, "of": "hours"}}
        assert read_policy(data) == at_least(share_of(Fraction(1), hours()), hours())

    @pytest.mark.parametrize("name", ["all of", "any of", "none of"])
    def test_of_lists(self, name: str) -> None:
        """A list of clauses may stand alone, or under its key."""
        assert read_policy({name: [SAID]}) == read_policy({name: {"clauses": [SAID]}})

    def test_of_lists_of_one(self) -> None:
        """Where several may be named, one needs no brackets and may have them."""
        assert read_policy({"circumstance": ["retired"]}) == RETIRED
        assert read_policy({"circumstance": {"kinds": "retired", "but not": []}}) == RETIRED
        assert read_policy({"grade": ["MIET"]}) == grade("MIET")

    def test_of_words_that_need_nothing(self) -> None:
        """A word that needs nothing may have its empty table, or none."""
        assert read_policy({"at least": {"figure": {"agreed": {}}, "of": {"hours": {}}}}) == at_least(agreed(), hours())
        assert read_policy({"agreement": {}}) == agreement()

    def test_of_days_in_toml(self) -> None:
        """TOML's own date is a day."""
        text = '[edition]\nname = "2015"\nsince = 2015-01-01\npolicy = { exempt = "retired" }'
        assert read_policy(read_toml(text)) == Edition("2015", exempt("retired"), date(2015, 1, 1))
        text = 'circumstance = { kinds = "ill", on = 2015-03-02 }'
        assert read_policy(read_toml(text)) == circumstance("ill", on=date(2015, 3, 2))

    def test_of_units(self) -> None:
        """A unit may be named in the plural."""
        data = {"at least": {"figure": 3, "of": {"amounts": {"unit": "credits"}}}}
        assert read_policy(data) == at_least(3, amounts(CREDIT))
        declared = {"scheme": {"units": [{"name": "unit", "grain": 100}], "policy": {"at least": {}}}}
        declared["scheme"]["policy"] = {"at least": {"figure": "2 units", "of": {"amounts": {"unit": "units"}}}}
        assert read_policy(declared) == scheme(at_least(2, amounts(Unit("unit", grain=100))))


def test_seconds_and_fractions_are_exact() -> None:
    """Whatever the grain of a unit, its amounts are read as they are written."""
    assert grains_in_text("1 h 2 min 3 s", HOUR) == 3723
    assert grains_in_text("59 s", HOUR) == 59
    assert grains_in_text("3 10 packs", Unit("10 pack", grain=7)) == 21
    assert grains_in_text("1/7 10 packs", Unit("10 pack", grain=7)) == 1


# Nothing is forgotten -------------------------------------------------------------------------------------------------


def classes() -> Iterator[type]:
    """Give every class that the library defines below the floor of documents."""
    for module in pkgutil.walk_packages(cpdrules.__path__, "cpdrules."):
        if not module.name.startswith(("cpdrules.documents", "cpdrules.rows", "cpdrules.frames")):
            members = vars(importlib.import_module(module.name)).values()
            yield from (one for one in members if isinstance(one, type) and one.__module__ == module.name)


def concrete(kind: type) -> bool:
    """Whether a class is more than what others have in common."""
    return (
        not kind.__name__.startswith("_")
        and kind not in (Policy, Requirement)
        and not getattr(kind, "_is_protocol", False)
    )


WRITTEN = {word.kind for word in (*CLAUSES, *MEASURES, *TARGETS)}


def test_every_policy_has_a_word() -> None:
    """Whoever adds a kind of policy adds its row to the table of words."""
    found = {kind for kind in classes() if issubclass(kind, Policy) and concrete(kind)}
    found = {kind for kind in found if ".review." not in kind.__module__}  # which documents do not state
    assert found == {word.kind for word in (*CLAUSES, *REQUIREMENTS) if issubclass(word.kind, Policy)}
    assert len(found) > 15


def test_every_measure_and_target_has_a_word() -> None:
    """Whoever adds a measure or a target adds its row to the table of words."""
    planned = {
        kind for kind in classes() if hasattr(kind, "planned") and not issubclass(kind, Policy) and concrete(kind)
    }
    assert planned == {word.kind for word in (*MEASURES, *TARGETS)}


def test_every_word_of_the_library_writes_something_known() -> None:
    """Whatever the library's words return, documents can state."""
    known = {kind.__name__ for kind in (*WRITTEN, Cap)}
    kinds = {kind.__name__ for kind in classes() if issubclass(kind, Policy) or hasattr(kind, "planned")} | {"Cap"}
    words = [getattr(face, name) for face in (cpdrules, cpd_words) for name in face.__all__]
    returned = {word.__annotations__["return"] for word in words if inspect.isfunction(word)} & kinds
    assert returned - {"Policy"} <= known
    assert len(returned) > 20


def test_every_word_is_shown_here() -> None:
    """The tables above have every word of the format, and no other."""
    shown = {key.partition(",")[0].partition(" as")[0] for key in CLAUSE_FORMS}
    assert shown == {word.word for word in CLAUSES} - {"given", "clause"}
    assert {key.partition(",")[0] for key in TARGET_FORMS} == {word.word for word in TARGETS}
    assert {key.partition(",")[0] for key in MEASURE_FORMS if not key.startswith("counting ")} == {
        w.word for w in MEASURES
    }


@given(any_policy)
def test_words_are_lower_case_and_plain(policy: Policy) -> None:
    """The format's own keys are what a person would say: lower case, with spaces."""
    words = [word.word for word in (*CLAUSES, *MEASURES, *TARGETS)]
    assert all(word == word.lower() and "_" not in word for word in words)
    data = write_policy(policy)
    assert (data if isinstance(data, str) else next(iter(data))) in words


def test_a_kind_without_a_word_cannot_be_written() -> None:
    """A kind of policy that has no row is refused, and never written as something else."""

    @frozen
    class Invented(Policy):
        pass

    @frozen
    class Guess:
        def planned(self, plan: Any, unit: Any) -> Any:
            raise NotImplementedError

    with pytest.raises(cpdrules.CpdRulesError, match="cannot be written down as a clause"):
        write_policy(Invented())
    with pytest.raises(cpdrules.CpdRulesError, match="cannot be written down as a figure"):
        write_policy(at_least(Guess(), hours()))
