"""Clauses among which what was done is divided: no hour serves two of them.

Whether a division exists that meets all of them is worked out exactly: to serve the first clause first may take hours
that only the second could have used, and fail where another division succeeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from cpdrules.amounts import Amount
from cpdrules.cpd.caps import split
from cpdrules.cpd.filters import Filter, Standing
from cpdrules.cpd.measures import Total
from cpdrules.errors import PolicyError, shown
from cpdrules.figures import Asked, Asker, AtLeast, asker
from cpdrules.findings import Batch, Bounds, Clause, Finding, Left, Reason, Source
from cpdrules.optimum import largest
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET, Verdict

#: More than any record can hold: the amount of an activity whose amount is not known, in the best case.
_UNLIMITED = 10**18

#: As much as that, less what a part of it served.
_NO_END = _UNLIMITED // 2


@frozen
class DividedAmong(Policy):
    """Clauses among which what was done is divided; see ``divided_among``."""

    members: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        if len(self.members) < 2:
            raise PolicyError("There is nothing to divide among fewer than two clauses", remedy="Name two at least")
        if len({evolve(_measure(part), where=()) for part in self.members}) > 1:
            raise PolicyError(
                "What was done cannot be divided among clauses that count it in different ways",
                remedy="Let their measures differ by what they filter only",
                members=self.members,
            )

    def planned(self, plan: Plan) -> Judge:
        """Plan the clauses, and the division."""
        clause = self.clause()
        rows = evolve(_measure(self.members[0]), where=()).rows(plan)
        sides = [_Side(part, plan) for part in self.members]

        def judge(case: Case, period: Period | None) -> Finding:
            (inside, maybe, loose, outside), _ = rows(case, period)
            asked = [side.ask(case, period) for side in sides]
            sure = [_Row(batch, None, [side.filter.standing(key) for side in sides]) for key, batch in inside]
            more = [_Row(left.batch, left, [side.filter.standing(key) for side in sides]) for key, left in maybe]
            for row in loose:
                batch = Batch(_UNLIMITED if row.most is None else row.most, (row.entry,))
                more.append(_Row(batch, row.left, [side.filter.standing(row.key) for side in sides]))
            most = [_UNLIMITED if one.bounds.most is None else one.bounds.most for one in asked]
            worst = _divided([[stand is None for stand in row.stands] for row in sure], sure, most)
            every = [*sure, *more]
            best = _divided(
                [[stand is None or stand[0] for stand in row.stands] for row in every],
                every,
                [one.bounds.least for one in asked],
            )
            verdict = CANNOT_TELL
            if all(got >= figure for got, figure in zip(worst.served, most, strict=True)):
                verdict = MET
            elif any(got < one.bounds.least for got, one in zip(best.served, asked, strict=True)):
                verdict = NOT_MET
            outcome = _Outcome(verdict, worst, best, every, outside, period)
            parts = tuple(
                side.found(number, one, outcome) for number, (side, one) in enumerate(zip(sides, asked, strict=True))
            )
            return Finding(clause, verdict, parts)

        return judge


def divided_among(*clauses: Policy, ref: str = "", source: Source | None = None) -> DividedAmong:
    """Ask for several floors none of which is served by an hour that serves another.

    An activity that carries the tags of several is divided so that all are met, if that can be; if not, so that the
    least is missing, the clauses named first before the others.

    Raises:
        PolicyError: there are fewer than two clauses; or one is no floor under an amount, or counts otherwise than
            another: with caps, with what is carried in, in another unit.
    """
    return DividedAmong(clauses, ref=ref, source=source)


def _measure(part: object) -> Total:
    measure = part.measure if isinstance(part, AtLeast) else None
    if not isinstance(measure, Total) or measure.caps or measure.handed:
        raise PolicyError(
            f"What was done cannot be divided among clauses such as {shown(part)}",
            why="It is divided as it was done, before caps and before anything is carried in",
            remedy='Write clauses such as at_least(8, hours(side="leadership"))',
            part=part,
        )
    return measure


class _Row(NamedTuple):
    """Entries that are alike, why nobody knows whether they count, and how they stand to each clause."""

    batch: Batch
    left: Left | None
    stands: list[Standing]

    def doubt(self, number: int, *, alone: bool) -> Reason | None:
        """Give why nobody knows whether a clause can use it; or any of them, which leaves more for this one."""
        stands = [self.stands[number]] if alone else [self.stands[number], *self.stands]
        able = [stand for stand in stands if stand is None or stand[0]]
        if self.left is not None:
            return self.left.why if able else None
        return next((stand[1] for stand in able if stand is not None), None)


class _Division(NamedTuple):
    """How much each clause gets of all, and of each row."""

    served: list[int]
    parts: list[list[int]]


def _divided(may: Sequence[Sequence[bool]], rows: Sequence[_Row], figures: Sequence[int]) -> _Division:
    """Divide rows among the clauses that may use them so that least is missing; the first gets what is over.

    Rows that the same clauses may use are divided as one.
    """
    kinds: dict[tuple[int, ...], list[int]] = {}
    for place, allowed in enumerate(may):
        sides = tuple(number for number, able in enumerate(allowed) if able)
        if sides:
            kinds.setdefault(sides, []).append(place)
    totals = {sides: sum(rows[place].batch.amount for place in places) for sides, places in kinds.items()}
    pairs = [(sides, number) for sides in kinds for number in sides]
    limits = [[int(sides == kind) for sides, _ in pairs] for kind in kinds]
    limits += [[int(number == side) for _, number in pairs] for side in range(len(figures))]
    # As much is served in any order of the clauses, so those named first may weigh more.
    amounts, _ = largest([len(figures) - number for _, number in pairs], limits, [*totals.values(), *figures])
    given = {pair: int(amount) for pair, amount in zip(pairs, amounts, strict=True)}
    for sides, total in totals.items():
        given[sides, sides[0]] += total - sum(given[sides, number] for number in sides)
    parts = [[0] * len(figures) for _ in rows]
    for sides, places in kinds.items():
        waiting = [(number, given[sides, number]) for number in sides]
        for place in places:
            room = rows[place].batch.amount
            for step, (number, amount) in enumerate(waiting):
                part = min(room, amount)
                parts[place][number] += part
                room -= part
                waiting[step] = number, amount - part
    return _Division([sum(part[number] for part in parts) for number in range(len(figures))], parts)


class _Outcome(NamedTuple):
    """What came out for all clauses together."""

    verdict: Verdict
    worst: _Division
    best: _Division
    rows: Sequence[_Row]
    outside: Sequence[Left]
    period: Period | None


class _Side:
    """One of the clauses, planned."""

    def __init__(self, part: Policy, plan: Plan) -> None:
        assert isinstance(part, AtLeast)
        measure = _measure(part)
        clause = part.clause(about=str(measure), unit=measure.unit, where=measure.where)
        fixed = part.figure if isinstance(part.figure, Amount) else None
        self.clause: Clause = evolve(clause, figure=fixed, grows=getattr(part.figure, "grows", None))
        self.ask: Asker = asker(part.figure, measure.unit, plan)
        self.filter: Filter = Filter(measure.where, None, plan)

    def found(self, number: int, asked: Asked, outcome: _Outcome) -> Finding:
        """Give what the divisions, the worst and the best, leave for this clause."""
        verdict, worst, best, rows, outside, period = outcome
        least, most = sorted((worst.served[number], best.served[number]))
        own = CANNOT_TELL
        if verdict is MET or (asked.bounds.most is not None and least >= asked.bounds.most):
            own = MET
        elif verdict is NOT_MET and most < asked.bounds.least:
            own = NOT_MET
        entries: list[Batch] = []
        unsure: list[Left] = []
        left_out = list(outside)
        for place, row in enumerate(rows):
            stand = row.stands[number]
            doubt = row.doubt(number, alone=own is not CANNOT_TELL)
            if row.left is None and worst.parts[place][number]:
                # Each clause takes its part of a row after those before it.
                _, rest = split(row.batch, sum(worst.parts[place][:number]))
                entries.append(split(rest, worst.parts[place][number])[0])
            elif doubt is not None:
                unsure.append(Left(doubt, row.batch))
            elif stand is not None:
                left_out.append(Left(stand[1], row.batch))
        counted = Bounds(least, None if most >= _NO_END else most)
        return Finding(
            self.clause,
            own,
            (),
            asked.bounds,
            counted,
            tuple(entries),
            tuple(unsure),
            tuple(left_out),
            asked.notes,
            period,
        )
