"""Words of the format where they meet: caps for each tag with shares, facts that nobody recorded."""

from __future__ import annotations

import pytest

from cpdrules import Verdict, year
from cpdrules.cpd import activity, record
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
