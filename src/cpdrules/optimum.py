"""The most that limits allow: what linear ones let be worth, in exact fractions, and what can flow through a net."""

from __future__ import annotations

from collections import deque
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


def flow(arcs: Sequence[tuple[int, int, int]], source: int, sink: int) -> list[int]:
    """Give how much flows through each arc (from, to, at most) where as much as can be reaches the sink.

    Flows are whole numbers where the limits are. It is Dinic's method: along shortest ways only, until they are full.

    >>> flow([(0, 1, 3), (0, 2, 9), (1, 3, 9), (2, 3, 2)], 0, 3)
    [3, 2, 3, 2]
    """
    ends = [end for begin, to, _ in arcs for end in (to, begin)]  # every arc is followed by its way back
    room = [value for _, _, most in arcs for value in (most, 0)]
    leaving: dict[int, list[int]] = {source: [], sink: []}
    for number, (begin, to, _) in enumerate(arcs):
        leaving.setdefault(begin, []).append(2 * number)
        leaving.setdefault(to, []).append(2 * number + 1)
    while sink in (level := _levels(leaving, ends, room, source)):
        following = {
            node: [arc for arc in arcs if level.get(ends[arc]) == level[node] + 1]
            for node, arcs in leaving.items()
            if node in level
        }
        path: list[int] = []
        while True:
            node = ends[path[-1]] if path else source
            if node == sink:
                pushed = min(room[arc] for arc in path)
                for arc in path:
                    room[arc] -= pushed
                    room[arc ^ 1] += pushed
                path = path[: next(place for place, arc in enumerate(path) if not room[arc])]
                continue
            waiting = following[node]
            while waiting and not room[waiting[-1]]:
                waiting.pop()
            if waiting:
                path.append(waiting[-1])
            elif path:
                following[source if len(path) == 1 else ends[path[-2]]].pop()
                path.pop()
            else:
                break
    return [room[2 * number + 1] for number in range(len(arcs))]


def _levels(leaving: dict[int, list[int]], ends: list[int], room: list[int], source: int) -> dict[int, int]:
    """Give how many arcs away each node is that can still be reached."""
    level = {source: 0}
    nodes = deque([source])
    while nodes:
        node = nodes.popleft()
        for arc in leaving[node]:
            if room[arc] and ends[arc] not in level:
                level[ends[arc]] = level[node] + 1
                nodes.append(ends[arc])
    return level


def _pivot(rows: list[list[Fraction]], leave: int, enter: int) -> None:
    pivot = rows[leave][enter]
    rows[leave][:] = [value / pivot for value in rows[leave]]
    rows[leave][enter] = 1 / pivot
    for row in rows[:leave] + rows[leave + 1 :]:
        factor = row[enter]
        if factor:
            row[:] = [value - factor * other for value, other in zip(row, rows[leave], strict=True)]
            row[enter] = -factor / pivot
