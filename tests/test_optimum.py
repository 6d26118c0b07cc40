"""The most that linear limits allow, and the most that flows."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from cpdrules.optimum import flow, largest


class TestLargest:
    def test_without_anything_is_nothing(self) -> None:
        """No amounts, no limits: nothing to give."""
        assert largest([], [], []) == ([], [])
        assert largest([1], [[1]], [0]) == ([0], [1])

    def test_may_need_halves(self) -> None:
        """Three limits that cross two by two leave half of each: no whole numbers do as well."""
        amounts, prices = largest([1, 1, 1], [[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1])
        assert amounts == prices == [Fraction(1, 2)] * 3

    def test_leaves_out_what_is_worth_nothing(self) -> None:
        """What is worth nothing needs no limit, and what is worth more goes first."""
        amounts, prices = largest([1, 0, 3], [[1, 0, 1]], [4])
        assert amounts == [0, 0, 4]
        assert prices == [3]

    @pytest.mark.parametrize("seed", range(40))
    def test_costs_what_its_limits_are_priced(self, seed: int) -> None:
        """Amounts keep to the limits, prices cover every amount, and both come to the same: neither can be better."""
        digits = [(seed * 7919 + 104729 * place * place) // 13 % 97 for place in range(40)]
        rows = [[digits[3 * row + place] % 2 for place in range(3)] for row in range(3)]
        rows += [[int(one == place) for place in range(3)] for one in range(3)]
        limits = [digit % 11 for digit in digits[20:26]]
        worth = [1 + digit % 3 for digit in digits[30:33]]
        amounts, prices = largest(worth, rows, limits)
        assert min(*amounts, *prices) >= 0
        used = [sum(part * amount for part, amount in zip(row, amounts, strict=True)) for row in rows]
        assert all(one <= limit for one, limit in zip(used, limits, strict=True))
        priced = [sum(row[place] * price for row, price in zip(rows, prices, strict=True)) for place in range(3)]
        assert all(one >= least for one, least in zip(priced, worth, strict=True))
        gained = sum(one * amount for one, amount in zip(worth, amounts, strict=True))
        assert gained == sum(limit * price for limit, price in zip(limits, prices, strict=True))


class TestFlow:
    def test_takes_every_way(self) -> None:
        """A short way that is full leaves the longer one, and a wrong turn is taken back."""
        arcs = [(0, 1, 1), (0, 2, 1), (1, 3, 1), (1, 4, 1), (2, 3, 1), (3, 5, 1), (4, 5, 1)]
        assert flow(arcs, 0, 5) == [1, 1, 0, 1, 1, 1, 1]

    def test_goes_nowhere_without_a_way(self) -> None:
        """Where nothing leads to the sink, or all ways are closed, nothing flows."""
        assert flow([], 0, 1) == []
        assert flow([(0, 2, 5), (3, 1, 5), (0, 1, 0)], 0, 1) == [0, 0, 0]

    @pytest.mark.parametrize("seed", range(60))
    def test_is_as_much_as_the_narrowest_cut(self, seed: int) -> None:
        """Among all ways to part the source from the sink, the one that severs least lets through what flows."""
        pairs = [(one, other) for one, other in product(range(5), range(5)) if one != other]
        sizes = [(seed * 31 + place * place * 17 + seed * place) % 7 for place in range(len(pairs))]
        arcs = [(one, other, most) for (one, other), most in zip(pairs, sizes, strict=True) if most > 2]
        flows = flow(arcs, 0, 4)
        assert all(0 <= one <= most for one, (_, _, most) in zip(flows, arcs, strict=True))

        def gained(node: int) -> int:
            return sum(one * ((to == node) - (begin == node)) for one, (begin, to, _) in zip(flows, arcs, strict=True))

        assert [gained(node) for node in (1, 2, 3)] == [0, 0, 0]
        cuts = [
            {0, *(node for node, yes in zip((1, 2, 3), held, strict=True) if yes)} for held in product((0, 1), repeat=3)
        ]
        severed = [sum(most for begin, to, most in arcs if begin in held and to not in held) for held in cuts]
        assert gained(4) == min(severed)
