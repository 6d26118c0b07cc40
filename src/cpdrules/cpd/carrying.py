"""What one period hands on to the next: surplus carried forward, and what was short and is made up first.

Both are worked out from the activities of the periods before; nothing is carried into the first of these. They are
added last: no cap limits what is carried in but the limit of the rule itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from attrs import field, frozen, validators

from cpdrules.amounts import Amount, Unit, as_written
from cpdrules.cpd.caps import split
from cpdrules.cpd.targets import open_facts
from cpdrules.errors import PolicyError, UnitError
from cpdrules.figures import Measure, Reader, Reading, Target, asker
from cpdrules.findings import Batch, Bounds, Entry, Left, Note, Owed, Reason, Tag, Where
from cpdrules.periods import Length, Period, ending, preceding
from cpdrules.policies import Case, Plan, Policy, Telling
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET, Verdict

#: Nothing is carried over more periods.
MOST_PERIODS = 20

#: The tags that carried amounts bear: one for each axis that matters.
Bearing: TypeAlias = tuple[tuple[str, Tag], ...]


@frozen
class Surplus:
    """How much of a measure was done beyond a figure, in the period before or the last part of it; see ``surplus``."""

    measure: Measure
    above: Amount | Target
    #: Only what was done in the last part of the period.
    in_last: Length | None = None

    def __str__(self) -> str:
        of = f" {self.measure}" if str(self.measure) else ""
        last = f" in the last {self.in_last}" if self.in_last else ""
        return f"{self.measure.unit.plural}{of} above {self.above}{last}"


def _known_tags(holder: object, attribute: object, value: Bearing) -> None:
    axes = [axis for axis, _ in value]
    if len(set(axes)) < len(axes):
        raise PolicyError(
            f"What is carried is tagged on {max(axes, key=axes.count)!r} twice", remedy="Keep one", tags=value
        )


@frozen
class Carried:
    """Surplus carried forward from the periods before; see ``carried``."""

    #: No more than this much is carried into a period.
    limit: Amount | Target | None
    #: No more than the least of these is carried out of a period; the first says what a period needs for itself.
    surplus: tuple[Surplus, ...] = field(validator=validators.min_len(1))
    tags: Bearing = field(default=(), validator=_known_tags)
    #: Nothing is carried out of a period of which this holds: the first one, say.
    unless: Policy | None = None
    #: For how many periods it can be used.
    lasting: int = 1
    #: What of it is used: only as much as is needed to reach this figure; None: all.
    to_reach: Amount | Target | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.lasting) is not int or not 1 <= self.lasting <= MOST_PERIODS:
            raise PolicyError(
                f"What is carried lasts for 1 to {MOST_PERIODS} periods, not for {self.lasting}",
                remedy="Say for how many periods it can be used",
                lasting=self.lasting,
            )

    def __str__(self) -> str:
        limit = f"at most {self.limit}" if self.limit is not None else "all"
        return f"{limit} carried forward of {' and of '.join(map(str, self.surplus))}"


@frozen
class MadeUp:
    """What the period before was short by, which is made up first; see ``made_up``."""

    figure: Amount | Target
    measure: Measure
    tags: Bearing = field(default=(), validator=_known_tags)
    #: Nothing is to be made up for a period of which this holds: before membership, say.
    unless: Policy | None = None

    def __str__(self) -> str:
        return f"what the period before was short of {self.figure} is made up first"


class Handed(NamedTuple):
    """What a period hands on: its bounds in grains, negative where it is to be made up, and as what it is entered."""

    least: int
    most: int | None
    entry: Entry
    #: The facts that nobody knows, where the bounds differ.
    missing: tuple[Note, ...] = ()
    #: How much of it gives way to what is done next.
    owed: Owed | None = None


class Beyond(NamedTuple):
    """By how much a measure exceeds a figure, in the worst case and in the best; negative where it falls short."""

    least: int
    most: int | None
    missing: tuple[Note, ...]


#: A rule of either kind, planned.
Handing: TypeAlias = Callable[[Case, Period], "Handed | None"]


def bears(tags: Bearing, where: Where) -> bool:
    """Tell whether what bears some tags falls to a filter; what bears none on an axis falls to no filter on it."""
    borne = dict(tags)
    return all(
        axis in borne and any(_same(one, tag) for one in _several(borne[axis]) for tag in admitted)
        for axis, admitted in where
    )


def _several(tag: Tag) -> tuple[Tag, ...]:
    return tag if isinstance(tag, tuple) else (tag,)


def _same(one: Tag, other: Tag) -> bool:
    return one == other and type(one) is type(other)


def carrying(rule: Carried, unit: Unit, plan: Plan) -> Handing:
    """Plan what is carried forward."""
    surpluses = [_surplus(one, unit, plan) for one in rule.surplus]
    needs = _surplus(rule.surplus[0], unit, plan, whole=True)
    unless = _unless(rule.unless, plan)
    limits = None if rule.limit is None else asker(rule.limit, unit, plan)

    def hand(case: Case, period: Period) -> Handed | None:
        limit = Bounds(_ENDLESS, None) if limits is None else limits(case, period).bounds
        # In the worst case and in the best. More in any period never carries less.
        lots: tuple[list[int], list[int]] = [], []
        endless = False
        missing: list[Note] = []
        for number in range(rule.lasting, 0, -1):
            before = preceding(period, number)
            verdict, facts = unless(case, before)
            own, new = needs(case, before), [surplus(case, before) for surplus in surpluses]
            missing += [*facts, *(fact for one in (own, *new) for fact in one.missing)]
            tops = [one.most for one in new if one.most is not None]
            if verdict in (MET, CANNOT_TELL):  # nothing is carried out, whenever it was done
                lots[0].clear()
            if verdict is MET:
                lots[1].clear()
                endless = False
            endless = endless or (not tops and limit.most is None and verdict is not MET)
            low = 0 if verdict in (MET, CANNOT_TELL) else max(min(one.least for one in new), 0)
            high = 0 if verdict is MET else max(min(tops), 0) if tops else _ENDLESS
            for kept, needed, gained, top in (
                (lots[0], -own.least, low, limit.least),
                (lots[1], _short(own.most), high, limit.most),
            ):
                _used(kept, needed)
                kept.append(gained)
                if top is not None:
                    _used(kept, sum(kept) - top)  # the oldest go of what is too much to be carried
        least, most = sum(lots[0]), sum(lots[1])
        if not most:
            return None
        last = preceding(period).last
        name = f"carried forward from {Period(preceding(period, rule.lasting).first, last)}"
        return Handed(
            least,
            None if endless else most,
            Entry(name, least, name, last, unit),
            tuple(dict.fromkeys(missing)) if least != most else (),
        )

    return hand


def _unless(policy: Policy | None, plan: Plan) -> Callable[[Case, Period], tuple[Verdict, tuple[Note, ...]]]:
    """Plan the condition on a period before; it holds nowhere if there is none."""
    if policy is None:
        return lambda case, period: (NOT_MET, ())
    judge = policy.planned(plan.under(Telling(apart=True)))

    def holds(case: Case, period: Period) -> tuple[Verdict, tuple[Note, ...]]:
        assessed = case.assessed_over(period)
        finding = judge(case, period)
        case.assessed_over(assessed)
        if finding.verdict is not CANNOT_TELL:
            return finding.verdict, ()
        return CANNOT_TELL, tuple(Note("missing", fact) for fact in finding.missing())

    return holds


#: More than anybody can have done, in grains.
_ENDLESS = 10**18


def _short(surplus: int | None) -> int:
    """Give by how much a period is short in the best case."""
    return 0 if surplus is None else -surplus


def _used(lots: list[int], needed: int) -> None:
    """Use up what was carried so far, the oldest first."""
    for place, lot in enumerate(lots):
        part = min(max(needed, 0), lot)
        lots[place] -= part
        needed -= part


def making_up(rule: MadeUp, unit: Unit, plan: Plan) -> Handing:
    """Plan what is to be made up."""
    surplus = _surplus(Surplus(rule.measure, rule.figure), unit, plan)
    unless = _unless(rule.unless, plan)

    def hand(case: Case, period: Period) -> Handed | None:
        before = preceding(period)
        verdict, facts = unless(case, before)
        least, most, missing = surplus(case, before)
        if verdict is MET or least >= 0:
            return None
        name = f"made up for {before}"
        high = 0 if verdict is CANNOT_TELL or most is None else min(most, 0)
        return Handed(least, high, Entry(name, None, name, before.last, unit), (*facts, *missing))

    return hand


def _surplus(one: Surplus, unit: Unit, plan: Plan, *, whole: bool = False) -> Callable[[Case, Period], Beyond]:
    """Plan by how much a measure exceeds a figure in a period."""
    read, ask = one.measure.planned(plan), asker(one.above, unit, plan)

    def surplus(case: Case, period: Period) -> Beyond:
        window = period if whole or one.in_last is None else ending(period.last, one.in_last).overlap(period)
        assessed = case.assessed_over(period)
        reading, above = read(case, window), ask(case, period)
        case.assessed_over(assessed)
        least = -_ENDLESS if above.bounds.most is None else reading.least - above.bounds.most
        most = None if reading.most is None else reading.most - above.bounds.least
        notes = () if least == most else (*reading.notes, *above.notes, *open_facts(reading))
        return Beyond(least, most, tuple(note for note in notes if note.kind == "missing"))

    return surplus


def in_unit(rule: Carried | MadeUp, unit: Unit) -> None:
    """Check that what is handed on is counted in the unit of the measure that it is handed to.

    Raises:
        UnitError: it is counted in another unit.
    """
    if isinstance(rule, MadeUp):
        said: tuple[object, ...] = rule.measure, rule.figure
    else:
        said = rule.limit, rule.to_reach, *(part for one in rule.surplus for part in (one.measure, one.above))
    for found in [one.unit for one in said if isinstance(one, (Amount, Measure))]:
        if found != unit:
            raise UnitError(
                f"What is counted in {found.plural} cannot be handed on as {unit.plural}",
                why="Amounts of different units are never mixed",
                remedy="Count what is handed on in the unit of the measure that it is handed to",
                surplus=found,
                unit=unit,
            )


def handed_on(rules: tuple[Carried | MadeUp, ...], read: Reader, own: Reader, unit: Unit, plan: Plan) -> Reader:
    """Plan a measure to which what other periods hand on is added, after all else: what is made up goes first.

    ``own`` reads all that the measure counts in the period itself, whatever ``read`` filters out of it.
    """
    making = [making_up(rule, unit, plan) for rule in rules if isinstance(rule, MadeUp)]
    carried = [
        (carrying(rule, unit, plan), None if rule.to_reach is None else asker(rule.to_reach, unit, plan))
        for rule in rules
        if isinstance(rule, Carried)
    ]

    def read_all(case: Case, period: Period | None) -> Reading:
        reading = read(case, period)
        assert period is not None  # or nothing could have been read
        for hand in making:
            if (handed := hand(case, period)) is not None:
                reading = _reduced(reading, handed)
        for hand, ask in carried:
            handed = hand(case, period)
            if handed is not None and ask is not None:
                handed = _as_needed(handed, own(case, period), ask(case, period).bounds)
            if handed is not None:
                reading = _added(reading, handed)
        return reading

    return read_all


def _as_needed(handed: Handed, own: Reading, figure: Bounds) -> Handed | None:
    """Use no more of what is carried than is needed to reach a figure."""
    low = min(handed.least, 0 if own.most is None else max(figure.least - own.most, 0))
    high = handed.most
    if figure.most is not None:
        high = max(figure.most - own.least, 0) if high is None else min(high, max(figure.most - own.least, 0))
    if high == 0:
        return None
    after = 0 if own.most is None else max(figure.least - own.most - low, 0)
    open_ = (*handed.missing, *own.notes, *open_facts(own))
    missing = tuple(note for note in dict.fromkeys(open_) if note.kind == "missing")
    return Handed(low, high, handed.entry, missing if low != high else (), Owed(low, after) if low else None)


def _added(reading: Reading, handed: Handed) -> Reading:
    """Add what is carried forward."""
    least, most, entry, missing, owed = handed
    entries, unsure, notes = reading.entries, reading.unsure, (*reading.notes, *missing)
    if least:
        entries += (Batch(least, (entry._replace(amount=least),)),)
        notes += (Note("because", f"what is {entry.title} adds {as_written(least, _unit(entry))}"),)
    if most != least:
        more = None if most is None else most - least
        why = Reason("carried", "how much of it is carried is not known")
        unsure += (Left(why, Batch(more or 0, (entry._replace(amount=more),))),)
    top = None if reading.most is None or most is None else reading.most + most
    return reading._replace(
        least=reading.least + least, most=top, entries=entries, unsure=unsure, notes=notes, owed=_both(reading, owed)
    )


def _both(reading: Reading, owed: Owed | None) -> Owed | None:
    if reading.owed is None or owed is None:
        return reading.owed or owed
    return Owed(reading.owed.grains + owed.grains, min(reading.owed.after, owed.after))


def _unit(entry: Entry) -> Unit:
    assert entry.unit is not None  # it was made here
    return entry.unit


def _reduced(reading: Reading, handed: Handed) -> Reading:
    """Take off what goes to the period before: of each batch the earliest entries first."""
    least = max(reading.least + handed.least, 0)
    left = reading.least - least
    owing = -handed.least - left
    kept: list[Batch] = []
    left_out = list(reading.left_out)
    for batch in reading.entries:
        taken = min(left, batch.amount)
        gone, rest = split(batch, taken) if taken else (Batch(0, ()), batch)
        left -= taken
        kept += [rest] if rest.entries else []
        left_out += [Left(Reason("carried", handed.entry.title), gone)] if gone.entries else []
    unsure = reading.unsure
    if handed.most != handed.least:
        unsure += (Left(Reason("carried", "how much of it is to be made up is not known"), Batch(0, (handed.entry,))),)
    assert handed.most is not None
    before = handed.entry.title.removeprefix("made up for ")
    due = as_written(-handed.most, _unit(handed.entry))
    because = (Note("because", f"{before} was short of {due}, which goes first"),) if handed.most else ()
    return reading._replace(
        least=least,
        most=None if reading.most is None else max(reading.most + handed.most, 0),
        entries=tuple(kept),
        left_out=tuple(left_out),
        unsure=unsure,
        notes=(*reading.notes, *handed.missing, *because),
        owed=_both(reading, Owed(owing) if owing else None),
    )
