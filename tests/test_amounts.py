"""Exact amounts."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cpdrules import Amount, Rounding, Unit
from cpdrules.amounts import ACTIVITY, CREDIT, HOUR, LARGEST, POINT, as_written, grains_in, grains_of, hours, whole
from cpdrules.errors import AmountError, UnitError

THIRDS = Unit("third", grain=3)


class TestUnit:
    @pytest.mark.parametrize(
        ("name", "plural"),
        [("point", "points"), ("entry", "entries"), ("day", "days"), ("class", "classes"), ("box", "boxes"),
         ("batch", "batches"), ("brush", "brushes"), ("y", "ys")],
    )  # fmt: skip
    def test_a_regular_plural_need_not_be_given(self, name: str, plural: str) -> None:
        """English plurals that follow the rule are worked out; others are given."""
        assert Unit(name).plural == plural
        assert Unit("CPD", "CPD").plural == "CPD"

    def test_is_told_apart_by_all_of_it(self) -> None:
        """Two units that share a plural and a grain, and not a name, are two units wherever rows are sorted."""
        other = Unit("CPD point", "points", grain=100)
        assert other != POINT
        assert other.label != POINT.label
        assert Unit("point", "points", grain=100) == POINT
        assert Unit("point", grain=10).label != POINT.label

    @pytest.mark.parametrize(
        ("name", "grain"), [("", 1), ("point", 0), ("point", -1), ("point", 1.5), ("point", True), ("point", 10**10)]
    )
    def test_needs_a_name_and_a_grain(self, name: str, grain: Any) -> None:
        """A unit that cannot hold amounts is refused when it is declared."""
        with pytest.raises(UnitError, match=r"needs a name and a whole grain from 1 to 1,000,000,000, not") as caught:
            Unit(name, grain=grain)
        assert caught.value.data == {"name": name, "grain": grain}
        assert 'Unit("credit"' in caught.value.remedy


class TestReading:
    @pytest.mark.parametrize(
        ("figure", "seconds"),
        [
            (0, 0),
            (30, 108_000),
            (LARGEST, 3_600_000_000),
            (7.5, 27_000),
            (0.1, 360),
            (-0.0, 0),
            (1e3, 3_600_000),
            (Decimal("0.01"), 36),
            (Decimal("1E+2"), 360_000),
            (Fraction(1, 3), 1200),
            ("7", 25_200),
            (" 7.5 ", 27_000),
            ("7.5h", 27_000),
            ("2 hours", 7200),
            ("1 hour", 3600),
            ("3 hrs", 10_800),
            ("1h30", 5400),
            ("1 H 5", 3900),
            ("1:05", 3900),
            ("01:30", 5400),
            ("1 h 30 min", 5400),
            ("90 min", 5400),
            ("90m", 5400),
            ("45 minutes", 2700),
            ("20 s", 20),
            ("1 min 30 s", 90),
            ("1 h 5 s", 3605),
            ("1 h 1 min 1 sec", 3661),
            (Amount(5, HOUR), 5),
        ],
    )
    def test_hours(self, figure: Any, seconds: int) -> None:
        """Hours are read as people write them, to the second."""
        assert grains_of(figure, HOUR) == seconds
        assert hours(figure) == Amount.of(figure, HOUR) == Amount(seconds, HOUR)

    @pytest.mark.parametrize(
        ("figure", "hundredths"), [(3, 300), ("2.5", 250), (0.07, 7), (Decimal("1.10"), 110), (" 4 ", 400)]
    )
    def test_points(self, figure: Any, hundredths: int) -> None:
        """Other units are read as plain numbers, to their grain."""
        assert grains_of(figure, POINT) == hundredths

    def test_a_text_from_elsewhere_is_a_text(self) -> None:
        """A text of a data frame's own kind is read like any other."""

        class Text(str):
            __slots__ = ()

        assert grains_of(Text("1h30"), HOUR) == 5400

    @pytest.mark.parametrize(
        ("figure", "unit", "said"),
        [
            (-1, HOUR, "-1 hours is negative"),
            (-0.5, POINT, "-0.5 points is negative"),
            (Amount(-3600, HOUR), HOUR, "^-1 h is negative"),
            (LARGEST + 1, HOUR, "1000001 hours is more than anybody can have done"),
            (Amount(3600 * LARGEST + 1, HOUR), HOUR, "is more than anybody can have done"),
            ("1000000.5", HOUR, "^'1000000.5' is more than anybody"),
            (float("nan"), HOUR, "nan hours is no number that can be worked with"),
            (float("inf"), HOUR, "inf hours is no number"),
            (Decimal("-Infinity"), POINT, "-Infinity points is no number"),
            (Decimal("1E+999999"), HOUR, "1E\\+999999 hours is no number"),
            (Decimal("1E-999999"), HOUR, "1E-999999 hours is no number"),
            (Decimal("1." + "1" * 41), HOUR, "hours is no number"),
            pytest.param(10**5000, HOUR, "A number of very many digits of hours is no number", id="very long"),
            (Fraction(1, 10**5000), POINT, "A number of very many digits of points is no number"),
            (1 / 3, HOUR, "0.333333 hours is finer than the unit's grain, 1/3600 of one hour"),
            ("0.001", POINT, "0.001 points is finer than the unit's grain, 1/100 of one point"),
            (0.5, ACTIVITY, "0.5 activities is finer"),
            (True, HOUR, "True is not an amount of hours"),
            (None, HOUR, "None is not an amount of hours"),
            ([1], POINT, r"\[1\] is not an amount of points"),
            ("", HOUR, "'' is not an amount of hours"),
            ("abc", HOUR, "'abc' is not an amount of hours"),
            ("-1", HOUR, "'-1' is not an amount"),
            ("1e3", HOUR, "'1e3' is not an amount"),
            ("1h75", HOUR, "'1h75' is not an amount"),
            ("1 h 60 min", HOUR, "'1 h 60 min' is not an amount"),
            ("1 min 60 s", HOUR, "'1 min 60 s' is not an amount"),
            ("1:30 min", HOUR, "'1:30 min' is not an amount"),
            ("1:5:5", HOUR, "'1:5:5' is not an amount"),
            ("1.5.2", POINT, "'1.5.2' is not an amount"),
            ("1h30", POINT, "'1h30' is not an amount of points"),
            ("٣", HOUR, "'٣' is not an amount"),
            ("٣", POINT, "'٣' is not an amount"),
            ("9" * 41, HOUR, f"'{'9' * 40}' is not an amount"),
            ("9" * 41, POINT, f"'{'9' * 40}' is not an amount"),
        ],
    )
    def test_what_cannot_be_held_is_refused_by_name(self, figure: Any, unit: Unit, said: str) -> None:
        """Not finite, negative, too large, too fine or unreadable: an error shows the value, and keeps it."""
        with pytest.raises(AmountError, match=said) as caught:
            Amount.of(figure, unit)
        assert caught.value.data["unit"] == unit
        assert caught.value.remedy
        given = caught.value.data.get("figure", figure)
        assert given is figure or given == figure

    def test_a_million_is_the_last_that_is_read(self) -> None:
        """The bound itself is an amount, however it is written."""
        for figure in (LARGEST, "1000000", Decimal(LARGEST), float(LARGEST)):
            assert grains_of(figure, CREDIT) == LARGEST * 100

    def test_forty_digits_are_read(self) -> None:
        """A text of forty characters is read, one of forty-one is not looked at."""
        assert grains_of("1.5".rjust(40, "0"), POINT) == 150
        assert grains_of(Decimal("1." + "0" * 39), POINT) == 100

    @pytest.mark.parametrize(
        ("text", "unit", "remedy"),
        [
            ("7,5", HOUR, "Did you mean 7.5? Write 7.5, 7.5 h, 1h30, 1 h 30 min, 1:30 or 90 min"),
            ("7,5", POINT, "Did you mean 7.5? Write a number such as 7 or 7.5"),
            ("7,5,1", HOUR, "Write 7.5, 7.5 h, 1h30, 1 h 30 min, 1:30 or 90 min"),
            ("x", POINT, "Write a number such as 7 or 7.5"),
        ],
    )
    def test_says_what_to_write(self, text: str, unit: Unit, remedy: str) -> None:
        """A comma is the commonest slip, and named as such."""
        with pytest.raises(AmountError) as caught:
            Amount.of(text, unit)
        assert caught.value.remedy == remedy

    def test_an_amount_of_another_unit_is_refused(self) -> None:
        """Points are no hours, wherever hours are asked for."""
        with pytest.raises(UnitError, match=r"^3 points is no amount of hours\. Amounts of different units") as caught:
            Amount.of(Amount.of(3, POINT), HOUR)
        assert caught.value.data == {"amount": Amount(300, POINT), "unit": HOUR}
        with pytest.raises(UnitError, match="1 h is no amount of points"):
            grains_in(hours(1), POINT)
        assert grains_in(hours(1), HOUR) == 3600


class TestAmount:
    def test_adds_and_subtracts(self) -> None:
        """Amounts of one unit add up, and a difference may lie below nothing."""
        assert hours("1h30") + hours("45 min") == hours("2:15")
        assert hours(1) - hours(2) == Amount(-3600, HOUR)

    def test_is_multiplied_exactly(self) -> None:
        """A third of ten hours is 200 minutes; a factor that leaves a part of a grain is refused."""
        assert hours(10) * Fraction(1, 3) == Fraction(1, 3) * hours(10) == hours("200 min")
        assert 3 * hours(1) == hours(3)
        with pytest.raises(AmountError, match=r"^0\.333333 activities is finer") as caught:
            Amount.of(1, ACTIVITY) * Fraction(1, 3)
        assert caught.value.data["grains"] == Fraction(1, 3)
        assert "Say how to round it" in caught.value.remedy

    @pytest.mark.parametrize("factor", [0.5, "2", None, Decimal(2), hours(2)])
    def test_is_multiplied_by_whole_numbers_and_fractions_only(self, factor: Any) -> None:
        """A float would let binary rounding decide, and hours times hours are nothing."""
        with pytest.raises(TypeError, match=r"unsupported operand|multiply sequence"):
            hours(1) * factor
        with pytest.raises(TypeError, match=r"unsupported operand|multiply sequence"):
            factor * hours(1)

    def test_compares(self) -> None:
        """Amounts of one unit are ordered, and equal where their grains are."""
        one, two = hours(1), hours(2)
        assert one < two and one <= two and two > one and two >= one and one <= hours(1) and one >= hours(1)
        assert not (one > two or one >= two or two < one or two <= one or one < hours(1) or one > hours(1))
        assert hours("60 min") == one != Amount(3600, POINT)
        assert len({hours("60 min"), one}) == 1

    @pytest.mark.parametrize(
        "act", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a <= b, lambda a, b: a > b,
                lambda a, b: a >= b],
    )  # fmt: skip
    def test_never_meets_another_unit(self, act: Any) -> None:
        """Hours and points, or hours and a bare number, are neither added nor compared."""
        with pytest.raises(UnitError, match=r"^1 h and 3 points are not of one unit\. Only amounts") as caught:
            act(hours(1), Amount.of(3, POINT))
        assert caught.value.data == {"left": hours(1), "right": Amount.of(3, POINT)}
        with pytest.raises(UnitError, match=r"^1 h and 5 are not of one unit"):
            act(hours(1), 5)

    @pytest.mark.parametrize("grains", [7.5, "30", None, True])
    def test_is_made_of_whole_grains(self, grains: Any) -> None:
        """To write Amount(7.5, HOUR) for seven and a half hours is a mistake, and says how it is done."""
        with pytest.raises(AmountError, match=r"is no whole number of grains\. .* of which 3600 make one") as caught:
            Amount(grains, HOUR)
        assert "Amount.of(7.5, HOUR)" in caught.value.remedy
        assert caught.value.data == {"grains": grains, "unit": HOUR}

    def test_a_part_too_large_to_show_is_refused_all_the_same(self) -> None:
        """An error never fails to be worded."""
        with pytest.raises(AmountError, match="A number of very many digits of hours is finer"):
            whole(Fraction(10**400, 3), HOUR)

    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            (Amount(0, HOUR), "0 h"),
            (Amount(3600, HOUR), "1 h"),
            (Amount(5400, HOUR), "1 h 30 min"),
            (Amount(1200, HOUR), "20 min"),
            (Amount(61, HOUR), "1 min 1 s"),
            (Amount(59, HOUR), "59 s"),
            (Amount(3601, HOUR), "1 h 1 s"),
            (Amount(3661, HOUR), "1 h 1 min 1 s"),
            (Amount(-5400, HOUR), "-1 h 30 min"),
            (Amount(-3600, HOUR), "-1 h"),
            (Amount(0, POINT), "0 points"),
            (Amount(100, POINT), "1 point"),
            (Amount(150, POINT), "1.5 points"),
            (Amount(-150, POINT), "-1.5 points"),
            (Amount(105, POINT), "1.05 points"),
            (Amount(1, POINT), "0.01 points"),
            (Amount(1, THIRDS), "1/3 thirds"),
            (Amount(7, THIRDS), "2 1/3 thirds"),
            (Amount(-7, THIRDS), "-2 1/3 thirds"),
            (Amount(1, ACTIVITY), "1 activity"),
            (Amount(2, ACTIVITY), "2 activities"),
            (Amount(1, Unit("credit", grain=16)), "0.0625 credits"),
            (Amount(1, Unit("credit", grain=50)), "0.02 credits"),
            (Amount(3, Unit("credit", grain=40)), "0.075 credits"),
        ],
    )
    def test_prints_as_people_write(self, amount: Amount, text: str) -> None:
        """Hours and minutes, decimals where they have an end, and English plurals."""
        assert str(amount) == as_written(amount.grains, amount.unit) == text
        assert repr(amount) == f"Amount({text!r})"

    def test_prints_alike_whatever_the_decimal_context(self) -> None:
        """A program that works with three digits elsewhere still sees every one of ours."""
        with decimal.localcontext(prec=3):
            assert str(Amount(1_234_567, POINT)) == "12345.67 points"
            assert Amount.of("12345.67", POINT).grains == 1_234_567


class TestRounding:
    @pytest.mark.parametrize(
        ("direction", "results"),
        [
            ("up", [0, 60, 60, 60, 120, 120, 180]),
            ("down", [0, 0, 0, 60, 60, 120, 120]),
            ("half_up", [0, 0, 60, 60, 120, 120, 180]),
            ("half_even", [0, 0, 0, 60, 120, 120, 120]),
        ],
    )
    def test_directions(self, direction: Any, results: list[int]) -> None:
        """Up, down, halves up and halves to even, to a minute."""
        rounding = Rounding(direction, hours("1 min"))
        given = [0, Fraction(1, 3), 30, 60, 90, 120, 150]
        assert [rounding.applied(grains, HOUR) for grains in given] == results

    @pytest.mark.parametrize(
        ("direction", "text"),
        [
            ("up", "rounded up to 30 min"),
            ("down", "rounded down to 30 min"),
            ("half_up", "rounded to the nearest, halves up, to 30 min"),
            ("half_even", "rounded to the nearest, halves to even, to 30 min"),
        ],
    )
    def test_words(self, direction: Any, text: str) -> None:
        """A rounding says what it does."""
        assert str(Rounding(direction, hours("30 min"))) == text

    @pytest.mark.parametrize(
        ("direction", "to", "said"),
        [
            ("sideways", hours(1), "Nothing can be rounded 'sideways' to steps of 1 h"),
            (["up"], hours(1), r"Nothing can be rounded \['up'\]"),
            ("up", hours(0), "Nothing can be rounded 'up' to steps of 0 h"),
            ("up", Amount(-60, HOUR), "to steps of -1 min"),
        ],
    )
    def test_needs_a_direction_and_a_step(self, direction: Any, to: Amount, said: str) -> None:
        """Another word, or a step of nothing, is refused when it is written."""
        with pytest.raises(AmountError, match=said) as caught:
            Rounding(direction, to)
        assert caught.value.data == {"direction": direction, "to": to}

    def test_keeps_to_its_unit(self) -> None:
        """Points are not rounded to minutes."""
        with pytest.raises(UnitError, match="1 min is no amount of points"):
            Rounding("up", hours("1 min")).applied(5, POINT)
