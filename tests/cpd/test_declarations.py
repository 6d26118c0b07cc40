"""What was declared, against what was recorded."""

from __future__ import annotations

import pytest

from cpdrules import Amount, year
from cpdrules.amounts import POINT
from cpdrules.cpd import activity, hours, record
from cpdrules.cpd.declarations import declared_against_recorded
from cpdrules.cpd.tallies import Conventions
from cpdrules.errors import UnitError


def test_nothing_declared_is_nothing_to_compare() -> None:
    """Silence is no declaration of nothing."""
    assert declared_against_recorded(record("1"), hours(), period=year(2015)) is None


@pytest.mark.parametrize(
    ("declared", "difference", "agrees"), [("28", "0 h", True), ("32", "-4 h", False), ("27:30", "30 min", False)]
)
def test_the_difference_is_recorded_less_declared(declared: str, difference: str, agrees: bool) -> None:
    """28 recorded hours are 4 fewer than 32 declared, and half an hour more than 27:30."""
    found = declared_against_recorded(
        record("1", [activity("2015-03-02", 28)], declared=declared), hours(), period=year(2015)
    )
    assert found is not None
    assert str(found.difference) == difference
    assert found.agrees is agrees
    assert str(found).endswith(f"recorded 28 h, difference {difference}")


@pytest.mark.parametrize(("declared", "agrees"), [(27, False), (28, None), (30, None)])
def test_a_missing_fact_leaves_it_open(declared: int, agrees: bool | None) -> None:
    """An activity without its hours may make up the rest; it cannot make the record smaller."""
    log = [activity("2015-03-02", 28), activity("2015-03-03", None)]
    found = declared_against_recorded(record("1", log, declared=declared), hours(), period=year(2015))
    assert found is not None
    assert found.difference is None
    assert found.agrees is agrees
    assert str(found).endswith("recorded 28 h or more: a fact is missing")


def test_the_conventions_say_what_counts_over_the_years_end() -> None:
    """By day, four of the seven hours belong to the year."""
    log = [activity("2015-12-28", 7, until="2016-01-03")]
    found = declared_against_recorded(
        record("1", log, declared=4), hours(), period=year(2015), conventions=Conventions(straddling="by_day")
    )
    assert found is not None
    assert found.agrees is True


def test_the_units_must_agree() -> None:
    """Declared points are not compared with recorded hours."""
    with pytest.raises(UnitError):
        declared_against_recorded(record("1", declared=Amount.of(3, POINT), unit=POINT), hours(), period=year(2015))
