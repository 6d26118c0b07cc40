"""What a clause can count: amounts, entries, different tags, facts; and by which rules.

Everything is counted twice over, in the worst case and in the best: what is not known of an activity counts towards
what it might be.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, ClassVar, TypeAlias

from attrs import Factory, evolve, field, frozen

from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Figure, Rounding, Unit, grains_of
from cpdrules.cpd.activities import UNKNOWN
from cpdrules.cpd.caps import Cap, Caps, ShareOfCounted
from cpdrules.cpd.carrying import Carried, MadeUp, Surplus, bears, handed_on, in_unit
from cpdrules.cpd.conditions import recorded
from cpdrules.cpd.filters import NEW, Filter, Sorted, named, narrowed, sorter, where_of
from cpdrules.cpd.stretches import WHOLE, Stretches, sorted_by_piece
from cpdrules.cpd.tallies import NO_CONVENTIONS, Conventions, Key, Loose, Tally
from cpdrules.cpd.targets import as_share
from cpdrules.cpd.worth import Smallest, Valuer, Worth, rate
from cpdrules.errors import AmountError, PolicyError, shown
from cpdrules.figures import Reader, Reading, Target
from cpdrules.findings import Batch, Left, Note, Reason, Tag, Where, in_words
from cpdrules.periods import Length, Period
from cpdrules.policies import Case, Plan, Policy


@frozen
class Total:
    """The amount of all activities of a kind; see ``hours``, ``amounts`` and ``counting``."""

    unit: Unit
    where: Where = ()
    caps: tuple[Cap, ...] = ()
    #: What amounts in other units are worth, and what amounts weigh: of the rules that match, the first.
    worth: tuple[Worth, ...] = field(default=(), kw_only=True)
    #: How each entry is rounded.
    rounding: Rounding | None = field(default=None, kw_only=True)
    #: No smaller entry counts.
    smallest: Amount | None = field(default=None, kw_only=True)
    #: What the periods before hand on.
    handed: tuple[Carried | MadeUp, ...] = field(default=(), kw_only=True)
    #: By which name a scheme speaks of these rules.
    name: str = field(default="", kw_only=True)

    def planned(self, plan: Plan) -> Reader:
        """Plan the sum, and where there are rules what they leave of it."""
        if not (self._valued or self.caps or self.handed):
            planned = Filter(self.where, self.unit, plan)
            sort = sorter(planned, plan)
            return _quick(planned, plan, lambda case, period: _summed(*sort(case, period)))
        caps = Caps(self.caps, self.where, self.unit, plan)
        rows = self.rows(plan, caps.lengths)

        def read(case: Case, period: Period | None) -> Reading:
            found, cut = rows(case, period)
            return caps.settled(found, case, period, cut) if self.caps else _summed(*found)

        handed = tuple(rule for rule in self.handed if bears(rule.tags, self.where))
        if not handed:
            return read
        own = evolve(self, where=(), handed=()).planned(plan) if self.where else read
        return handed_on(handed, read, own, self.unit, plan)

    @property
    def _valued(self) -> bool:
        return bool(self.worth or self.rounding or self.smallest)

    def rows(
        self, plan: Plan, lengths: tuple[Length, ...] = ()
    ) -> Callable[[Case, Period | None], tuple[Sorted, Stretches]]:
        """Plan how a record is sorted, if asked by stretches, and what its rows are worth before any cap."""
        sort = sorter(Filter(self.where, None if self.worth else self.unit, plan), plan)
        value = Valuer(self.unit, self.worth, self.rounding, self.smallest, plan) if self._valued else None

        def rows(case: Case, period: Period | None) -> tuple[Sorted, Stretches]:
            cut = Stretches(period, lengths) if lengths and period is not None else WHOLE
            found = sort(case, period) if cut is WHOLE else sorted_by_piece(sort, case, cut)
            return (found if value is None else value(found)), cut

        return rows

    def narrowed(self, axis: str, tag: Tag) -> Total:
        """Give the same count of what carries a tag only."""
        return evolve(self, where=narrowed(self.where, axis, tag))

    def __str__(self) -> str:
        rules = [*map(str, self.worth)]
        rules += [f"each entry {self.rounding}"] if self.rounding is not None else []
        rules += [str(Smallest(self.smallest))] if self.smallest is not None else []
        rules += map(str, (*self.caps, *self.handed))
        if self.name:
            rules = [named(self.name)] if self.name not in (self.unit.name, self.unit.plural) else []
        return _listed(in_words(self.where), *rules)


def _quick(planned: Filter, plan: Plan, read_slowly: Reader) -> Reader:
    """Plan the sum of a record of which all is known, and leave every other to the slow way."""
    tally, conventions = plan.share(Tally), plan.setting(NO_CONVENTIONS)
    recall: Callable[[Key, Any], Any] = planned.memo.get

    def read(case: Case, period: Period | None) -> Reading:
        settled, loose, apart = tally.cells(case, period, conventions)
        if loose:
            return read_slowly(case, period)
        least, entries, outside = 0, [], [*apart]
        for key, batch in settled.items():
            stands: Any = recall(key, NEW)
            if stands is None:
                entries.append(batch)
                least += batch[0]
            elif stands is NEW or stands[0]:
                return read_slowly(case, period)
            else:
                outside.append(_new(Left, (stands[1], batch)))
        return _new(Reading, (least, least, tuple(entries), (), tuple(outside), (), (), None))

    return read


#: Makes a named tuple without the detour over its own ``__new__``.
_new = tuple.__new__


def _summed(
    inside: list[tuple[Key, Batch]], maybe: list[tuple[Key, Left]], loose: list[Loose], outside: list[Left]
) -> Reading:
    entries = tuple(batch for _, batch in inside)
    least = sum(batch.amount for batch in entries)
    unsure = (*(left for _, left in maybe), *(row.left for row in loose))
    most = None if any(row.most is None for row in loose) else least + sum(left.batch.amount for left in unsure)
    return Reading(least, most, entries, unsure, tuple(outside))


@frozen
class Entries:
    """The number of activities of a kind, whatever their amounts; see ``entries``."""

    where: Where = ()
    unit: Unit = field(default=ACTIVITY, init=False)

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting; an activity in several shares is one activity."""
        sort = sorter(Filter(self.where, None, plan), plan)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            certain = [*(batch for _, batch in inside), *(row.batch for row in loose if row.certain)]
            sure = {entry.id for batch in certain for entry in batch.entries}
            maybe_some = [*(left for _, left in maybe), *(row.left for row in loose if not row.certain)]
            every = sure | {entry.id for left in maybe_some for entry in left.batch.entries}
            unsure = tuple(kept for left in maybe_some if (kept := _beside(left, sure)).batch.entries)
            return Reading(len(sure), len(every), tuple(certain), unsure, tuple(outside))

        return read

    def narrowed(self, axis: str, tag: Tag) -> Entries:
        """Give the same count of what carries a tag only."""
        return evolve(self, where=narrowed(self.where, axis, tag))

    def __str__(self) -> str:
        return in_words(self.where)


@frozen
class Different:
    """How many different tags of one axis occur; see ``different``."""

    axis: str
    where: Where = ()
    unit: Unit = field(init=False, default=Factory(lambda self: Unit(named(self.axis)), takes_self=True))

    def planned(self, plan: Plan) -> Reader:
        """Plan the counting of tags; an unknown one may be a new one or an old one."""
        place = plan.share(Tally).mention(self.axis)
        conventions = plan.setting(NO_CONVENTIONS)
        every, known = conventions.every(self.axis), self._known(conventions)
        unknown = Reason("tag", f"the {named(self.axis)} of it is not known")
        sort = sorter(Filter(self.where, None, plan), plan)

        def blank(key: Key) -> bool:
            return key[place] is UNKNOWN or (key[place] is None and every)

        admitted = dict(self.where).get(self.axis)

        def tags_of(key: Key) -> tuple[Tag, ...]:
            tag = key[place]
            tags = tag if isinstance(tag, tuple) else () if tag is None or tag is UNKNOWN else (tag,)
            return tags if admitted is None else tuple(one for one in tags if one in admitted)

        def read(case: Case, period: Period | None) -> Reading:
            inside, maybe, loose, outside = sort(case, period)
            certain = [*inside, *((row.key, row.batch) for row in loose if row.certain)]
            seen = {tag for key, _ in certain for tag in tags_of(key)}
            hidden = [(key, Left(unknown, batch)) for key, batch in certain if blank(key)]
            perhaps = [*hidden, *maybe, *((row.key, row.left) for row in loose if not row.certain)]
            new = {tag for key, _ in perhaps for tag in tags_of(key)} - seen
            blanks = sum(len(left.batch.entries) for key, left in perhaps if blank(key))
            if known is not None:
                blanks = min(blanks, len(known - seen - new))
            least = len(seen) or (1 if hidden else 0)
            entries = tuple(batch for key, batch in certain if tags_of(key))
            unsure = tuple(left for _, left in perhaps)
            return Reading(least, len(seen) + len(new) + blanks, entries, unsure, tuple(outside))

        return read

    def narrowed(self, axis: str, tag: Tag) -> Different:
        """Give the same count among what carries a tag only."""
        return evolve(self, where=narrowed(self.where, axis, tag))

    def _known(self, conventions: Conventions) -> frozenset[Tag] | None:
        """Give the tags that an unknown one can be; None where nothing limits them."""
        listed = dict(self.where).get(self.axis) or conventions.tags(self.axis)
        return frozenset(listed) if listed else None

    def __str__(self) -> str:
        return in_words(self.where)


def _beside(left: Left, counted: set[str]) -> Left:
    """Keep of a batch the activities that do not count already, by another share of theirs."""
    entries = tuple(entry for entry in left.batch.entries if entry.id not in counted)
    if len(entries) == len(left.batch.entries):
        return left
    return Left(left.why, Batch(sum(entry.amount or 0 for entry in entries), entries))


def amounts(unit: Unit, *, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count the amount in a unit of the activities that carry the tags; several tags of one axis are alternatives."""
    return Total(unit, where_of(tags, longer_than))


def hours(*, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count hours: ``hours(planned=True)``, ``hours(area=("personal_technical", "job_role_technical"))``."""
    return Total(HOUR, where_of(tags, longer_than))


def points(*, longer_than: Figure | None = None, **tags: Tag) -> Total:
    """Count points."""
    return Total(POINT, where_of(tags, longer_than))


def entries(*, longer_than: Figure | None = None, **tags: Tag) -> Entries:
    """Count activities, whatever their amounts.

    Presence is at least one of them: ``at_least(1, entries(topic="ethics"))``.
    ``reflected=True`` picks those with a reflection; ``longer_than`` (hours) those that took longer.
    """
    return Entries(where_of(tags, longer_than))


def different(axis: str, *, longer_than: Figure | None = None, **tags: Tag) -> Different:
    """Count how many different tags of an axis occur: categories used, say; where some are named, how many of these."""
    return Different(axis, where_of(tags, longer_than))


@frozen
class OfFact:
    """What is recorded of the member, as an amount; see ``of_fact``."""

    what: str
    unit: Unit = ACTIVITY
    where: Where = field(default=(), init=False)
    #: Nothing that is done adds to it.
    recorded: ClassVar[bool] = True

    def planned(self, plan: Plan) -> Reader:
        """Plan the look-up; what is not recorded, or is no amount, may be any."""
        unrecorded = plan.setting(NO_CONVENTIONS).unrecorded(self.what)

        def read(case: Case, period: Period | None) -> Reading:
            values = recorded(case.subject, self.what, unrecorded)
            if values is None:
                return Reading(0, None, notes=(Note("missing", f"the member's {named(self.what)} is not recorded"),))
            try:
                grains = sum(_grains(value, self.unit) for value in values)
            except AmountError as error:
                return Reading(0, None, notes=(Note("missing", f"the member's {named(self.what)}: {error.what}"),))
            return Reading(grains, grains)

        return read

    def __str__(self) -> str:
        return named(self.what)


def _grains(value: object, unit: Unit) -> int:
    """Read a fact as an amount: yes is one, no is none, a day or a word is one."""
    if isinstance(value, bool):
        return unit.grain if value else 0
    if isinstance(value, (int, float)) or (isinstance(value, str) and value[:1].isdigit()):
        return grains_of(value, unit)
    return unit.grain


def of_fact(what: str, *, unit: Unit = ACTIVITY) -> OfFact:
    """Count what is recorded of the member: a number as itself, yes as one, no as nothing, anything else as one.

    ``at_least(1, of_fact("declaration"))`` asks for a declaration, ``at_most(770, of_fact("hours_employed",
    unit=HOUR))`` holds for those who were employed for 770 hours or less.
    """
    return OfFact(what, unit)


def worth(counts: Figure, *, every: Amount, unit: Unit, **tags: Tag) -> Worth:
    """Say what a recorded amount counts as: ``worth(1, every=hours(10), unit=CREDIT, kind="course")``.

    It is counted in proportion, and exactly. ``every=Amount.of(1, ACTIVITY)`` counts each activity as so much, whatever
    was recorded of it. A rate between two units converts, before entries are rounded; one within the unit of the
    measure weighs, after they are. Of several rates that match an entry, the first is taken; entries in another unit
    that none matches do not count.
    """
    return Worth(every, Amount.of(counts, unit), where_of(tags, None))


def as_tagged(axis: str, **tags: Tag) -> Worth:
    """Let each activity count as much as a tag of it says: the points that somebody gave it, beside its hours."""
    return Worth(Amount.of(1, ACTIVITY), None, where_of(tags, None), axis)


def each_at_least(figure: Figure, *, unit: Unit = HOUR) -> Smallest:
    """Let no smaller entry count: those of less than half an hour, say."""
    return Smallest(Amount.of(figure, unit))


def up_to(
    figure: Figure | Target | ShareOfCounted,
    *,
    unit: Unit = HOUR,
    per: str = "",
    in_each: Length | None = None,
    **tags: Tag,
) -> Cap:
    """Cap what counts of the activities that carry the tags: ``up_to(20, planned=False)``.

    ``per`` names an axis by whose tags it holds one by one (``per="society"``), or ``"activity"``; ``in_each`` the
    stretches of the period, counted from its first day, in which it does (``in_each=years(1)``). The figure may depend
    on the member or the record, as that of a clause: a share of what was done, or of all that counts.
    """
    fixed = figure if isinstance(figure, (Target, ShareOfCounted)) else Amount.of(figure, unit)
    return Cap(fixed, where_of(tags, None), per, in_each)


def share_of_counted(share: str | Fraction) -> ShareOfCounted:
    """Cap at a share of all that counts: ``up_to(share_of_counted("25%"), kind="reading")``.

    What the cap lets through is itself part of what counts: beside 30 other hours, a quarter of the whole is 10.

    Raises:
        PolicyError: it is no fraction from 0 to 1.
    """
    return ShareOfCounted(as_share(share))


def surplus(measure: Total | OfFact, *, above: Figure | Target = 0, in_last: Length | None = None) -> Surplus:
    """Say how much was done beyond a figure in the period before: ``surplus(hours(), above=15)``.

    ``in_last=months(12)`` looks at what was done in the last twelve months of that period only.
    """
    fixed = above if isinstance(above, Target) else Amount.of(above, measure.unit)
    return Surplus(measure, fixed, in_last)


def carried(
    *surplus: Surplus,
    limit: Figure | Target | None = None,
    unless: Policy | None = None,
    lasting: int = 1,
    to_reach: Figure | Target | None = None,
    unit: Unit | None = None,
    **tags: Tag,
) -> Carried:
    """Carry surplus forward: no more than the limit, and no more than the least of several surpluses.

    The tags say as what it counts; a clause that filters on another axis does not see it. ``unless`` names the periods
    out of which nothing is carried; ``lasting`` says for how many periods it can be used, the oldest first; with
    ``to_reach`` only as much is used as is needed to reach a figure.

    Raises:
        PolicyError: there is no surplus to carry, or it lasts for no period.
    """
    if not surplus:
        raise PolicyError(
            "Nothing says how much is carried forward",
            remedy="Say what is beyond the figure: carried(surplus(hours(), above=15), limit=10)",
        )
    into = unit or surplus[0].measure.unit
    reach = to_reach if to_reach is None or isinstance(to_reach, Target) else Amount.of(to_reach, into)
    most = limit if limit is None or isinstance(limit, Target) else Amount.of(limit, into)
    return Carried(most, surplus, _borne(tags), unless, lasting, reach)


def made_up(measure: Total, figure: Figure | Target, *, unless: Policy | None = None, **tags: Tag) -> MadeUp:
    """Let what the period before fell short of a figure be made up first: it counts no more in this one.

    A period without any record falls short of all of it, ``unless`` says of which periods nothing is to be made up.
    """
    fixed = figure if isinstance(figure, Target) else Amount.of(figure, measure.unit)
    return MadeUp(fixed, measure, _borne(tags), unless)


def _borne(tags: dict[str, Tag]) -> tuple[tuple[str, Tag], ...]:
    where_of(tags, None)  # refuses what is no tag
    return tuple(sorted(tags.items()))


#: What can be said of how a sum counts.
Rule: TypeAlias = "Cap | Worth | Rounding | Smallest | Carried | MadeUp"


def counting(measure: Total, *rules: Rule, name: str = "") -> Total:
    """Count a measure by rules: what entries are worth, how they are rounded, up to how much of them count.

    In whichever order they are given, they are followed in one: convert, round or drop each entry, weigh, cap, and add
    what is carried in. A cap lowers what counts, and never makes a shortfall of its own.

    Raises:
        PolicyError: what is to be counted is no sum of amounts; a rule is none, or of another unit; a rate cannot be
            held exactly; there is a second rule for the size or the rounding of entries.
    """
    counted: object = measure
    if not isinstance(counted, Total) or not all(isinstance(rule, _RULES) for rule in rules):
        wrong = measure if not isinstance(counted, Total) else rules
        raise PolicyError(
            f"Rules such as caps say how a sum of amounts counts, not {shown(wrong)}",
            remedy="Write for example counting(hours(), up_to(20, planned=False))",
            measure=measure,
            rules=rules,
        )
    _in_order(measure, rules)
    rounding = [rule for rule in rules if isinstance(rule, Rounding)]
    smallest = [rule.figure for rule in rules if isinstance(rule, Smallest)]
    for what, found, before in (("rounds", rounding, measure.rounding), ("sizes", smallest, measure.smallest)):
        if len(found) + (before is not None) > 1:
            raise PolicyError(f"Two rules say how a measure {what} its entries", remedy="Keep one", rules=rules)
    handed = (*measure.handed, *(rule for rule in rules if isinstance(rule, (Carried, MadeUp))))
    return checked(
        evolve(
            measure,
            caps=(*measure.caps, *(rule for rule in rules if isinstance(rule, Cap))),
            worth=(*measure.worth, *(rule for rule in rules if isinstance(rule, Worth))),
            rounding=rounding[0] if rounding else measure.rounding,
            smallest=smallest[0] if smallest else measure.smallest,
            handed=tuple(sorted(handed, key=lambda rule: isinstance(rule, Carried))),  # made up first
            name=name or measure.name,
        )
    )


def _in_order(measure: Total, rules: tuple[Rule, ...]) -> None:
    """Refuse rules that would have to be followed before others that the measure already has."""
    handed = bool(measure.handed)
    later = "carries something forward" if handed else "has caps" if measure.caps else ""
    before = (Worth, Rounding, Smallest, Cap) if handed else (Worth, Rounding, Smallest)
    for rule in rules:
        if later and isinstance(rule, before):
            raise PolicyError(
                f"The measure {later}, and cannot be given another rule that comes before: {rule}",
                why="Entries are converted, rounded and weighed, then capped, and what is carried in is added last",
                remedy="Give all rules at once, to the measure without them",
                measure=measure,
                rule=rule,
            )


_RULES = (Cap, Worth, Rounding, Smallest, Carried, MadeUp)


def checked(measure: Total) -> Total:
    """Check that the rules of a measure can be followed in its unit.

    Raises:
        PolicyError: they cannot.
    """
    figures = [cap.figure for cap in measure.caps]
    steps = [measure.rounding.to] if measure.rounding else []
    for figure in (*figures, *steps, measure.smallest):
        if isinstance(figure, Amount) and figure.unit != measure.unit:
            raise PolicyError(
                f"A figure of {figure} cannot limit a count of {measure.unit.plural}",
                remedy="Give it in the measure's unit",
                figure=figure,
                unit=measure.unit,
            )
    for handed in measure.handed:
        in_unit(handed, measure.unit)
    for rule in measure.worth:
        if rule.counts is not None:
            rate(rule, measure.unit, measure.rounding)
    return measure


def _listed(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
