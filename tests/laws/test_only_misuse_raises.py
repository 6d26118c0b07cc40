"""Only misuse raises, and it raises the library's own errors: whatever a word is given, in bounded time."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import (
    CpdRulesError,
    Period,
    Rounding,
    advise,
    all_of,
    at_least,
    at_least_of,
    at_most,
    each,
    exempt,
    inferred,
    none_of,
    over,
    undecided,
    when,
    year,
)
from cpdrules.amounts import HOUR, Amount, Unit
from cpdrules.cpd import (
    activity,
    agreed,
    circumstance,
    counting,
    entries,
    hours,
    lowest,
    record,
    scheme,
    share,
    share_of,
    time_weighted,
    up_to,
)
from cpdrules.cpd.activities import as_day
from cpdrules.cpd.tallies import Conventions
from cpdrules.periods import Length, membership_year, years
from tests.strategies import PERIODS, policies, records

#: What somebody may hand over in place of what is asked for.
junk: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from((10**5000, -(10**5000), Fraction(1, 10**5000), Fraction(10**5000), 10**25, "9" * 10**5)),
    st.sampled_from(("1e-999999999", "1e999999999", "nan", "١", "7,5", "1/0", "", "2015-02-30", "0x10", "1_000")),
    st.floats(),
    st.decimals(),
    st.text(max_size=50),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=5),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.none()), max_size=3),
    st.tuples(st.text(max_size=3)),
    st.sampled_from((hours, hours(), hours().planned, exempt("x"), Amount(5, HOUR), Unit("point"), agreed(), object())),
)

RULE = exempt("nothing")
TEN = Rounding("up", Amount(3600, HOUR))

#: Words, each with one thing that may be anything.
WORDS: dict[str, Callable[[Any], object]] = {
    "Amount": lambda one: Amount(one, HOUR),
    "Amount.of": lambda one: Amount.of(one, HOUR),
    "Amount.of in a unit": lambda one: Amount.of(one, Unit("point", grain=100)),
    "Unit": lambda one: Unit("point", grain=one),
    "activity's amount": lambda one: activity("2015-01-01", one),
    "activity's day": lambda one: activity(one, 1),
    "activity's last day": lambda one: activity("2015-01-01", 1, until=one),
    "activity's tag": lambda one: activity("2015-01-01", 1, area=one),
    "all_of": lambda one: all_of(RULE, one),
    "advise": advise,
    "as_day": as_day,
    "at_least's figure": lambda one: at_least(one, hours()),
    "at_least's measure": lambda one: at_least(1, one),
    "at_least_of": lambda one: at_least_of(one, RULE, RULE),
    "at_most's figure": lambda one: at_most(one, entries()),
    "circumstance": circumstance,
    "Conventions": lambda one: Conventions(straddling=one),
    "counting": lambda one: counting(one, up_to(5)),
    "each": lambda one: each(one, RULE),
    "each's policy": lambda one: each(years(1), one),
    "hours": lambda one: hours(area=one),
    "hours longer": lambda one: hours(longer_than=one),
    "inferred": lambda one: inferred(one, otherwise=RULE),
    "Length": lambda one: Length(months=one),
    "lowest": lambda one: lowest(one, 10),
    "membership_year": lambda one: membership_year(date(2012, 2, 29), one),
    "none_of": none_of,
    "over": lambda one: over(one, RULE),
    "Period": lambda one: Period(date(2015, 1, 1), one),
    "Rounding": lambda one: Rounding(one, Amount(5, HOUR)),
    "scheme": scheme,
    "share": share,
    "share_of": lambda one: share_of(one, hours()),
    "time_weighted": lambda one: time_weighted({"leave": one}, otherwise=30, rounding=TEN),
    "undecided": lambda one: undecided(one, awaiting="a decision"),
    "up_to": up_to,
    "when": lambda one: when(one, RULE),
    "when's otherwise": lambda one: when(RULE, RULE, otherwise=one),
    "year": year,
    "assess": lambda one: at_least(1, hours()).assess(one, period=year(2015)),
    "assess a condition": lambda one: circumstance("retired").assess(one, period=year(2015)),
    "assess over": lambda one: at_least(1, hours()).assess(record("1"), period=one),
}


class TestOnlyMisuseRaises:
    @pytest.mark.parametrize("word", WORDS)
    @given(junk)
    def test_a_word_takes_it_or_says_why_not(self, word: str, given_: Any) -> None:
        """Nothing but a documented error comes of a wrong argument: it says what happened, shortly, and can travel."""
        try:
            WORDS[word](given_)
        except CpdRulesError as refusal:
            error = refusal
        else:
            return
        assert error.what
        assert error.remedy
        assert len(str(error)) < 700

    @given(policies(settled=False), records(known=False, most=3), st.sampled_from(PERIODS))
    def test_no_record_raises(self, policy: Any, log: Any, where: tuple[Period, int]) -> None:
        """A record that leaves open whatever it can is assessed, and all of its finding can be asked for."""
        finding = policy.assess(log, period=PERIODS[0][0])
        for node in finding.walk():
            assert node.satisfied is (node.verdict.value in {"met", "does not apply"})
            assert node.decisive()
            assert all(amount.grains > 0 for amount in node.shortfalls().values())
            assert node.short_by is None or node.short_by.grains > 0
            node.advice()

    @given(junk)
    def test_an_error_travels(self, given_: Any) -> None:
        """An error that a worker raises reaches the process that waits for it, with its data."""
        error = CpdRulesError(
            "Something", why="because", remedy="Do otherwise", given=str(type(given_)), year=year(2015)
        )
        other = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert str(other) == str(error)
        assert (other.what, other.why, other.remedy) == (error.what, error.why, error.remedy)
        assert other.data == error.data
