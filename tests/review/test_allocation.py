"""How many of each stratum."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.review import Allotment, at_rate, largest_remainder, neyman, quotas, so_many, webster
from cpdrules.review.allocation import continued
from cpdrules.review.sizes import SizeError

GRADES = {"CEng": 600, "IEng": 300, "EngTech": 101}
sizes_of_strata = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


def named(*sizes: int) -> dict[str, int]:
    """Name strata a, b, c ..."""
    return dict(zip("abcdef", sizes, strict=False))


def numbers(found: Allotment) -> tuple[int, ...]:
    """Give the quotas alone."""
    return tuple(found.quotas.values())


class TestProportion:
    def test_vector_21(self) -> None:
        """The Alabama paradox: c has 2 of 10, and 1 of 11."""
        sizes = named(6, 6, 2)
        assert numbers(largest_remainder(sizes, 10)) == (4, 4, 2)
        assert numbers(largest_remainder(sizes, 11)) == (5, 5, 1)
        assert numbers(webster(sizes, 11)) == (5, 5, 1)
        assert "Alabama paradox" in largest_remainder(sizes, 10).notes[0]

    def test_vector_23(self) -> None:
        """A minimum of 5, or all."""
        sizes = named(5000, 2500, 501, 12, 3)
        assert numbers(largest_remainder(sizes, 400)) == (249, 125, 25, 1, 0)
        assert numbers(largest_remainder(sizes, 400, least=5)) == (245, 122, 25, 5, 3)
        assert numbers(webster(sizes, 400, least=5)) == (245, 122, 25, 5, 3)

    @pytest.mark.parametrize(
        ("sizes", "number", "least", "found"),
        [
            ((120, 700, 180), 50, 0, (6, 35, 9)),
            ((120, 700, 180), 31, 0, (4, 22, 5)),
            ((20, 900, 80), 10, 0, (0, 9, 1)),
            ((20, 900, 80), 10, 1, (1, 8, 1)),
            ((0, 0), 0, 0, (0, 0)),
            ((3, 0), 2, 1, (2, 0)),
        ],
    )
    def test_r41(self, sizes: tuple[int, ...], number: int, least: int, found: tuple[int, ...]) -> None:
        """Largest remainder, and who gives way to a minimum: those above it."""
        assert numbers(largest_remainder(named(*sizes), number, least=least)) == found

    def test_ties_go_to_the_larger_and_then_to_the_first_by_name(self) -> None:
        """Never to whoever stands first in the list."""
        for divide in (webster, largest_remainder):
            assert dict(divide({"b": 5, "a": 5}, 1).quotas) == {"a": 1, "b": 0}
            assert dict(divide({"a": 1, "b": 3}, 2).quotas) == {"a": 0, "b": 2}

    @given(sizes_of_strata, st.data())
    def test_is_in_whole_people_who_are_there(self, sizes: dict[str, int], data: st.DataObject) -> None:
        """They sum to the number, no stratum gives more than it has, or less than the minimum."""
        least = data.draw(st.integers(0, 3))
        fewest = sum(min(least, size) for size in sizes.values())
        number = data.draw(st.integers(fewest, sum(sizes.values())))
        spreads = data.draw(st.fixed_dictionaries({name: st.integers(0, 5) for name in sizes}))
        for found in (
            webster(sizes, number, least=least),
            largest_remainder(sizes, number, least=least),
            neyman(sizes, spreads, number, least=least),
        ):
            assert found.total == number
            assert all(min(least, sizes[name]) <= quota <= sizes[name] for name, quota in found.quotas.items())

    @given(sizes_of_strata, st.integers(0, 3), st.data())
    def test_webster_takes_nobody_out(self, sizes: dict[str, int], least: int, data: st.DataObject) -> None:
        """One more in all is one more in one stratum, with a minimum, too; and it is the one that follows."""
        fewest = sum(min(least, size) for size in sizes.values())
        number = data.draw(st.integers(fewest, max(fewest, sum(sizes.values()) - 1)))
        before = webster(sizes, number, least=least)
        if number < sum(sizes.values()):
            after = webster(sizes, number + 1, least=least).quotas
            more = {name: after[name] - before.quotas[name] for name in sizes}
            assert sorted(more.values()) == [0] * (len(sizes) - 1) + [1]
            assert continued(before, before.quotas, 1) == more

    def test_largest_remainder_is_within_one_of_the_exact_share(self) -> None:
        """Which is what it is liked for."""
        found = largest_remainder(GRADES, 51)
        assert all(abs(found.shares[name] - quota) < 1 for name, quota in found.quotas.items())
        assert found.shares["EngTech"] == Fraction(51 * 101, 1001)
        assert numbers(found) == numbers(webster(GRADES, 51)) == (31, 5, 15)


class TestNeyman:
    def test_vector_22(self) -> None:
        """Sizes 155, 62, 93 with standard deviations 5, 15, 10."""
        sizes, spreads = named(155, 62, 93), named(5, 15, 10)
        assert numbers(neyman(sizes, spreads, 34)) == (10, 12, 12)
        shares = neyman(sizes, spreads, 40).shares
        assert [round(float(share), 3) for share in shares.values()] == [11.765, 14.118, 14.118]
        assert list(webster(sizes, 34).shares.values()) == [17, Fraction(34, 5), Fraction(51, 5)]

    def test_takes_a_small_wild_stratum_whole(self) -> None:
        """And says so."""
        found = neyman({"a": 3, "b": 100}, {"a": 1000, "b": 1}, 20)
        assert dict(found.quotas) == {"a": 3, "b": 17}
        assert found.notes == ("a would be given more than it has, and is taken whole",)

    def test_spreads_may_be_nothing(self) -> None:
        """Then there are no shares, and the larger stratum goes first."""
        found = neyman({"a": 3, "b": 5}, {"a": 0, "b": 0}, 2)
        assert (dict(found.quotas), dict(found.shares)) == ({"a": 0, "b": 2}, {})

    def test_every_stratum_has_a_spread(self) -> None:
        """And every spread a stratum, and none is a float."""
        with pytest.raises(
            SizeError, match="No spread is given for 'b'; a spread is given for 'c', which is no stratum"
        ):
            neyman({"a": 1, "b": 1}, {"a": 1, "c": 1}, 1)
        with pytest.raises(SizeError, match="The spread 1.5 is a float"):
            neyman({"a": 1}, {"a": 1.5}, 1)  # type: ignore[dict-item]


class TestHow:
    def test_at_rate(self) -> None:
        """Vector 5: 30, 15 and 6."""
        assert dict(at_rate("5%").allot(GRADES).quotas) == {"CEng": 30, "EngTech": 6, "IEng": 15}

    def test_at_rates_of_their_own(self) -> None:
        """HCPC samples each profession; a failed year may be a stratum with its own rate."""
        how = at_rate({"failed": 1, "others": "2.5%"}, rounding="down", least=2)
        found = how.allot({"failed": 40, "others": 50})
        assert dict(found.quotas) == {"failed": 40, "others": 2}
        assert found.shares["others"] == Fraction(5, 4)
        assert str(how) == "100% of failed, 2.5% of others, rounded down, at least 2 of each"
        with pytest.raises(SizeError, match="No rate is given for 'new'"):
            how.allot({"failed": 40, "others": 50, "new": 1})

    def test_so_many(self) -> None:
        """Vector 5: 51 in all, by Webster's method."""
        found = so_many(51, least=1).allot(GRADES)
        assert dict(found.quotas) == {"CEng": 31, "EngTech": 5, "IEng": 15}
        assert found.method == "51 in all, divided by Webster's method, at least 1 of each"

    def test_more_than_there_are_is_an_error_unless_all_may_be_taken(self) -> None:
        """R40: by policy."""
        with pytest.raises(SizeError, match="11 cannot be drawn of 10 in all strata together"):
            so_many(11).allot(named(4, 6))
        found = so_many(11, census=True).allot(named(4, 6))
        assert (numbers(found), found.notes) == ((4, 6), ("there are only 10, and all are taken",))
        assert found.method == "11 in all, or all where there are fewer, divided by Webster's method"
        exactly = so_many(10, census=True).allot(named(4, 6))
        assert (numbers(exactly), exactly.notes) == ((4, 6), ())

    def test_quotas(self) -> None:
        """As they are given, as far as there are people."""
        how = quotas({"b": 2, "a": 3})
        assert dict(how.allot({"a": 3, "b": 5}).quotas) == {"a": 3, "b": 2}
        assert str(how) == "3 of a, 2 of b"
        with pytest.raises(SizeError, match="3 cannot be drawn of 2 in the stratum 'a'"):
            how.allot({"a": 2, "b": 5})
        with pytest.raises(SizeError, match="A quota is given for 'b'"):
            how.allot({"a": 3})

    def test_quotas_with_a_census(self) -> None:
        """Only where there are fewer."""
        how = quotas({"a": 3, "b": 2}, census=True)
        found = how.allot({"a": 2, "b": 2})
        assert (numbers(found), found.notes) == ((2, 2), ("a has only 2, and all are taken",))
        assert str(how) == "3 of a, 2 of b, or all where there are fewer"

    def test_minimums_may_need_more_than_are_drawn(self) -> None:
        """R41: a rule on who gives way would be needed."""
        with pytest.raises(SizeError, match="At least 2 of each stratum are 6, and only 5 are drawn"):
            so_many(5, least=2).allot(named(9, 9, 9))

    @pytest.mark.parametrize("how", [at_rate("5%"), so_many(3), quotas({"a": 3, "b": 0})])
    def test_an_empty_stratum_is_noted(self, how: Any) -> None:
        """Nobody is drawn of it, and nobody overlooks it."""
        found = how.allot({"a": 60, "b": 0})
        assert dict(found.quotas) == {"a": 3, "b": 0}
        assert found.notes == ("b is empty: nobody is drawn of it",)

    @pytest.mark.parametrize(
        ("how", "match"),
        [
            (lambda: at_rate(2), "more than everybody"),
            (lambda: at_rate({"a": 0.05}), "is a float"),
            (lambda: at_rate("5%", rounding="ceil"), "rounded 'ceil'"),
            (lambda: at_rate("5%", least=-1), "is no minimum"),
            (lambda: so_many(-1), "is no number to draw"),
            (lambda: so_many(1, least=True), "is no minimum"),
            (lambda: quotas({"a": "3"}), "is no quota"),
            (lambda: so_many(1).allot({"a": -1}), "is no size of a"),
        ],
    )
    def test_is_refused_where_it_says_nothing(self, how: Any, match: str) -> None:
        """Before anything is drawn."""
        with pytest.raises(SizeError, match=match):
            how()

    def test_reads_aloud(self) -> None:
        """An allotment is a few lines of English."""
        assert str(so_many(3).allot({"a": 60, "b": 0})).splitlines() == [
            "3 of 60, 3 in all, divided by Webster's method",
            "  a: 3 of 60",
            "  b: 0 of 0",
            "  note: b is empty: nobody is drawn of it",
        ]

    def test_continues_only_while_somebody_is_left(self) -> None:
        """No stratum is asked for more than it has left."""
        found = so_many(3).allot({"a": 3, "b": 1})
        held: Mapping[str, int] = {"a": 3, "b": 0}
        assert continued(found, held, 1) == {"a": 0, "b": 1}
        with pytest.raises(SizeError, match="2 cannot be drawn of 1 in what is left"):
            continued(found, held, 2)
