"""Amounts are exact: a threshold is never decided by binary rounding."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Period, Rounding, Unit, Verdict, at_least, year
from cpdrules.amounts import HOUR, LARGEST, Amount
from cpdrules.cpd import activity, hours, record, scheme
from cpdrules.cpd.tallies import by_day
from cpdrules.errors import CpdRulesError
from tests.strategies import PERIODS, TAGGED, periods, roundings, tagged_records, units, valued

#: Figures as people type them: up to two places.
typed = st.decimals(0, 1000, places=2, allow_nan=False, allow_infinity=False)


class TestAmountsAreExact:
    def test_ten_tenths_are_one(self) -> None:
        """Ten entries of 0.1 h are 1 h, and a third of ten hours is 200 minutes."""
        ten = record("1", [activity("2015-01-01", 0.1) for _ in range(10)])
        assert at_least(1, hours()).assess(ten, period=year(2015)).verdict is Verdict.MET
        assert Amount.of(10, HOUR) * Fraction(1, 3) == Amount.of("200 min", HOUR)

    @given(typed)
    def test_a_float_is_read_as_the_digits_typed(self, figure: Decimal) -> None:
        """7.1 is seven and a tenth, and not the binary number beside it."""
        assert Amount.of(float(figure), HOUR) == Amount.of(str(figure), HOUR) == Amount.of(figure, HOUR)
        assert Amount.of(float(figure), HOUR).grains == Fraction(figure) * 3600

    @given(st.lists(typed, max_size=20), typed)
    def test_a_threshold_is_decided_by_the_digits(self, figures: list[Decimal], floor: Decimal) -> None:
        """A floor is met where the figures as typed add up to it, and not where they do not."""
        log = [activity("2015-05-05", float(figure)) for figure in figures if figure]
        finding = at_least(float(floor), hours()).assess(record("1", log), period=year(2015))
        assert finding.verdict is (Verdict.MET if sum(figures) >= floor else Verdict.NOT_MET)
        assert finding.counted == (sum(map(Fraction, figures)) * 3600,) * 2

    @given(units(), st.integers(0, 10**6), st.integers(1, 60))
    def test_equal_parts_make_the_whole(self, unit: Unit, number: int, parts: int) -> None:
        """So many equal parts are the whole again, or the parts are refused; nothing is lost on the way."""
        whole = Amount(number, unit)
        if number % parts:
            with pytest.raises(CpdRulesError, match="finer than the unit's grain"):
                whole * Fraction(1, parts)
        else:
            assert whole * Fraction(1, parts) * parts == whole

    @given(units(), st.integers(-(10**7), 10**7))
    def test_what_is_written_can_be_read_again(self, unit: Unit, grains: int) -> None:
        """An amount reads back as itself from what it prints, in hours to the second."""
        text = str(Amount(abs(grains), unit))
        if unit == HOUR:
            assert Amount.of(text, unit).grains == abs(grains)
        else:
            number, _, name = text.rpartition(" ")
            exact = sum(Fraction(part) for part in number.split(" "))
            assert exact * unit.grain == abs(grains)
            assert name == (unit.name if exact == 1 else unit.plural)
        written = str(Amount(-abs(grains), unit)).removeprefix("-")
        assert written == text or written.split(" ")[0] == text.split(" ", maxsplit=1)[0] == "1"

    @given(units(), st.lists(st.integers(0, 10**6)), st.randoms(use_true_random=False))
    def test_the_order_of_adding_changes_nothing(self, unit: Unit, grains: list[int], chance: Any) -> None:
        """A sum is the same from whichever end it is taken."""
        amounts = [Amount(number, unit) for number in grains]
        shuffled = chance.sample(amounts, len(amounts))
        assert sum(amounts, Amount(0, unit)) == sum(shuffled, Amount(0, unit)) == Amount(sum(grains), unit)

    @given(st.one_of(st.text(max_size=60), st.from_regex(r"[0-9hmin:., /-]{0,12}", fullmatch=True), st.floats(),
                     st.decimals(), st.fractions(), st.integers(), st.none(), st.booleans()), units())  # fmt: skip
    def test_anything_else_is_refused_by_name(self, figure: Any, unit: Unit) -> None:
        """Whatever is given is an exact amount from nothing to a million, or an error that shows it."""
        try:
            amount = Amount.of(figure, unit)
        except CpdRulesError as refusal:
            said = str(refusal)
        else:
            assert 0 <= amount.grains <= LARGEST * unit.grain
            assert isinstance(figure, str) or Fraction(str(figure)) * unit.grain == amount.grains
            return
        assert unit.plural in said
        assert len(said) < 300

    @given(roundings, st.fractions(-1000, 10**6, max_denominator=400))
    def test_rounding_goes_where_it_says(self, rounding: Rounding, grains: Fraction) -> None:
        """What is rounded is so many whole steps, less than a step away, on the side that was named."""
        step, found = rounding.to.grains, rounding.applied(grains, HOUR)
        assert found % step == 0
        assert abs(found - grains) < step
        if rounding.direction in {"up", "down"}:
            assert found >= grains if rounding.direction == "up" else found <= grains
        elif abs(found - grains) * 2 == step:
            assert found > grains if rounding.direction == "half_up" else found // step % 2 == 0
        else:
            assert abs(found - grains) * 2 < step

    @given(valued(), tagged_records(known=False), st.sampled_from(PERIODS))
    def test_what_is_listed_is_what_counts(self, measure: Any, log: Any, where: Any) -> None:
        """The entries of a finding add up to what counts for certain, each of a whole number of grains."""
        finding = scheme(at_least(1, measure), axes=TAGGED, straddling="by_day").assess(log, period=where[0])
        listed = [entry.amount for batch in finding.entries for entry in batch.entries]
        assert all(type(amount) is int and amount > 0 for amount in listed)
        assert finding.counted is not None
        assert sum(listed) == sum(batch.amount for batch in finding.entries) == finding.counted.least


class TestNothingIsLostAcrossAnEdge:
    @given(periods(longest=60), st.integers(1, 10**6), st.lists(st.integers(-20, 80), max_size=4))
    def test_parts_by_day_add_up(self, whole: Period, amount: int, cuts: list[int]) -> None:
        """What falls to periods end to end adds up to the whole, wherever they are cut."""
        far = [whole.first - timedelta(days=30), whole.last + timedelta(days=31)]
        edges = sorted({*far, *(whole.first + timedelta(days=cut) for cut in cuts if cut < whole.days + 30)})
        parts = [by_day(amount, whole, Period(one, other - timedelta(days=1))) for one, other in pairwise(edges)]
        assert sum(parts) == amount
        assert min(parts) >= 0

    @given(periods(longest=60), periods(longest=400), st.integers(1, 10**6))
    def test_no_part_is_a_grain_off_its_days(self, whole: Period, period: Period, amount: int) -> None:
        """A part is the amount spread evenly over the days, to less than a grain; of no days it is nothing."""
        shared = whole.overlap(period)
        even = Fraction(amount * (shared.days if shared else 0), whole.days)
        assert abs(by_day(amount, whole, period) - even) < 1

    @given(st.dates(date(2014, 12, 1), date(2014, 12, 31)), st.integers(0, 60), st.integers(1, 10**5))
    def test_years_end_to_end_count_the_whole(self, first: date, more: int, grains: int) -> None:
        """By day, what one year does not count of a course the next year does."""
        course = activity(first, Amount(grains, HOUR), until=first + timedelta(days=more))
        policy = scheme(at_least(0, hours()), straddling="by_day")
        found = [policy.assess(record("1", [course]), period=year(number)).counted for number in (2014, 2015)]
        assert sum(counted.least for counted in found if counted) == grains
