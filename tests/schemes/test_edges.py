"""Words of the format where they meet: caps for each tag with shares, facts that nobody recorded."""

from __future__ import annotations

import pytest

from cpdrules import Verdict, year
from cpdrules.cpd import Member, activity, record
from cpdrules.documents import read_policy, read_toml
from tests.schemes.cases import counted

TOTAL = '[scheme.policy."at least"]\nref = "total"\nfigure = "20 h"\nof = "cpd"\n'


@pytest.mark.parametrize(
    ("caps", "hours"),
    [
        ('{ figure = { "share of what counts" = "50%" }, per = "kind" }', 12),
        ('{ figure = { "share of what counts" = "50%" }, per = "kind", where = { kind = ["b", "c"] } }', 24),
        ('[{ figure = { "share of what counts" = "50%" }, per = "kind" }, { figure = "3 h", per = "kind" }]', 8),
    ],
)
def test_share_of_what_counts_for_each_tag(caps: str, hours: float) -> None:
    """No kind makes up more than its share of what counts."""
    text = f'[scheme.measures.cpd.counting]\nmeasure = "hours"\n"up to" = {caps}\n{TOTAL}'
    log = [activity("2024-02-01", amount, kind=kind) for amount, kind in ((18, "a"), (4, "b"), (2, "c"))]
    assert counted(read_policy(read_toml(text)).assess(record("7", log), period=year(2024))) == hours


def test_year_that_nobody_recorded() -> None:
    """What a scheme takes silence for holds for a day or a year, too."""
    text = 'policy = { "falls in period" = "first_year" }\nfacts = [{ name = "first_year", "if not recorded" = %d }]'
    for first, verdict in ((1, Verdict.NOT_MET), (2024, Verdict.MET)):
        policy = read_policy(read_toml(f"[scheme]\n{text % first}"))
        assert policy.assess(record("7"), period=year(2024)).verdict is verdict


@pytest.mark.parametrize(("academic", "hours"), [(True, 40), (False, 20), (2, 30), ("true", 40), ("no", 10)])
def test_figure_for_yes_and_for_numbers(academic: bool | int | str, hours: int) -> None:
    """The values of a fact that are no texts are named as they are written."""
    figures = 'figures = { true = "40 h", false = "20 h", 2 = "30 h" }, otherwise = "10 h"'
    text = f'"at least" = {{ figure = {{ "by fact" = {{ named = "academic", {figures} }} }}, of = "hours" }}'
    finding = read_policy(read_toml(text)).assess(record(Member("7", facts={"academic": academic})), period=year(2024))
    assert finding.required is not None
    assert finding.required.least == hours * 3600


@pytest.mark.parametrize(("employed", "met"), [(770, True), (770.5, False), ("770.5", False)])
def test_part_of_an_hour_as_a_fact(employed: float | str, met: bool) -> None:
    """A fact that is a number counts as that number, whole or not."""
    text = '"at most" = { figure = "770 h", of = { fact = { named = "employed", unit = "hour" } } }'
    member = Member("7", facts={"employed": employed})  # type: ignore[dict-item]
    assert read_policy(read_toml(text)).assess(record(member), period=year(2024)).satisfied is met


def test_figure_that_is_a_fact() -> None:
    """A figure that is set for a person does not grow with what they do: what is short of it is still needed."""
    figure = '{ "share of" = { share = "100%", measure = { fact = { named = "hours_set", unit = "hour" } } } }'
    policy = read_policy(read_toml(f'"at least" = {{ figure = {figure}, of = "hours", ref = "total" }}'))
    one = record(Member("7", facts={"hours_set": 22}), [activity("2024-02-01", "21.5")])
    finding = policy.assess(one, period=year(2024))
    assert [str(need) for need in finding.remaining()] == ["30 min of any kind"]
