"""The most or the least that linear limits allow, worked out in exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def largest(
    worth: Sequence[int], rows: Sequence[Sequence[int]], limits: Sequence[int]
) -> tuple[list[Fraction], list[Fraction]]:
    """Give the amounts, none negative, that are worth most together while no row of them exceeds its limit.

    Each row says how much of every amount falls under its limit; no limit is negative, and every amount that is worth
    something is limited. The second list prices the limits: what one more of each would be worth.
    It is the simplex method; Bland's rule picks the pivot, so that it ends.

    >>> amounts, prices = largest([1, 1], [[1, 0], [1, 1]], [3, 5])
    >>> [str(amount) for amount in amounts], [str(price) for price in prices]
    (['3', '2'], ['0', '1'])
    """
    width = len(worth)
    table = [[*map(Fraction, row), Fraction(limit)] for row, limit in zip(rows, limits, strict=True)]
    goal = [*(Fraction(-one) for one in worth), Fraction(0)]
    across, down = list(range(width)), list(range(width, width + len(table)))
    while any(cost < 0 for cost in goal[:-1]):
        enter = min((place for place in range(width) if goal[place] < 0), key=across.__getitem__)
        able = [place for place, row in enumerate(table) if row[enter] > 0]
        leave = min(able, key=lambda place: (table[place][-1] / table[place][enter], down[place]))
        _pivot([*table, goal], leave, enter)
        across[enter], down[leave] = down[leave], across[enter]
    amounts, prices = [Fraction(0)] * width, [Fraction(0)] * len(table)
    for label, row in zip(down, table, strict=True):
        if label < width:
            amounts[label] = row[-1]
    for label, price in zip(across, goal, strict=False):
        if label >= width:
            prices[label - width] = price
    return amounts, prices


def _pivot(rows: list[list[Fraction]], leave: int, enter: int) -> None:
    pivot = rows[leave][enter]
    rows[leave][:] = [value / pivot for value in rows[leave]]
    rows[leave][enter] = 1 / pivot
    for row in rows[:leave] + rows[leave + 1 :]:
        factor = row[enter]
        if factor:
            row[:] = [value - factor * other for value, other in zip(row, rows[leave], strict=True)]
            row[enter] = -factor / pivot
