"""What is wrong with a policy by itself, before anybody is judged by it.

Every remark is true whatever record is assessed: what cannot be shown is not said. A word that is not known here could
do anything, and so could whatever stands inside it; to teach it, write it into ``_KNOWN`` and beside its kind below.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Literal, TypeAlias

import attrs
from attrs import evolve, frozen

from cpdrules.amounts import Amount, Rounding, Unit
from cpdrules.choices import Advise, Exempt, Inferred, Undecided, When
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.conditions import Agreed, Having, InCircumstances, Timing
from cpdrules.cpd.filters import lies_inside, named
from cpdrules.cpd.measures import Different, Entries, Total
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import Conventions
from cpdrules.cpd.targets import Fixed, Highest, Lowest, ProRata, ShareOf, Stepped, TimeWeighted
from cpdrules.differences import Place, labels, places
from cpdrules.editions import Edition, Editions
from cpdrules.errors import did_you_mean
from cpdrules.figures import AtLeast, AtMost
from cpdrules.findings import Tag, Where, in_words
from cpdrules.periods import as_date
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf, Policy
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Verdict, opposite
from cpdrules.windows import Each, Over

#: What can be wrong.
Kind: TypeAlias = Literal[
    "never met",
    "never fails",
    "never chosen",
    "contradiction",
    "twice",
    "follows",
    "same ref",
    "unknown axis",
    "unknown tag",
    "too many tags",
    "idle cap",
    "gap",
]


@frozen
class Remark:
    """One thing that is wrong with a policy: which clause, what, and what to do about it."""

    kind: Kind
    #: The name of the clause; empty where it has none.
    ref: str
    #: Where it stands: ``all of[2]``; empty for the policy as a whole.
    path: str
    what: str
    remedy: str
    #: What words call the clauses involved, this one first: a name alone where no other clause has it.
    refs: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.refs[0]}: {self.what}. {self.remedy}{'' if self.remedy.endswith('?') else '.'}"


def lint(policy: Policy) -> tuple[Remark, ...]:
    """Say what is wrong with a policy by itself: what can never be met, what contradicts what, what says nothing new.

    >>> from cpdrules import all_of, at_least, at_most
    >>> from cpdrules.cpd import hours
    >>> for remark in lint(all_of(at_least(10, hours(planned=True), ref="planned"), at_most(5, hours(), ref="hours"))):
    ...     print(remark)
    planned: at least 10 h, planned, cannot be met together with hours: at most 5 h. Change one of them.
    """
    tree = _Tree(policy)
    return tuple(remark for check in _CHECKS for number in range(len(tree.places)) for remark in check(tree, number))


# What is known --------------------------------------------------------------------------------------------------------

#: The kinds that this module understands, and the fields of each that it looks at. A kind that is not among them, or a
#: value with more to it than these fields, is not known, and nothing is concluded from it.
_KNOWN: Mapping[type, str] = {
    AtLeast: "figure measure",
    AtMost: "figure measure",
    AllOf: "members",
    AnyOf: "members",
    NoneOf: "members",
    AtLeastOf: "members count",
    When: "condition policy otherwise",
    Exempt: "because",
    Advise: "policy",
    Undecided: "policy awaiting",
    Inferred: "reading otherwise",
    Over: "length policy",
    Each: "length policy",
    Scheme: "policy conventions",
    Edition: "name policy since until why unstated",
    Editions: "members",
    InCircumstances: "kinds but_not timing",
    Having: "what values",
    Agreed: "about timing",
    Timing: "on longer_than lasting",
    Total: "unit where caps",
    Cap: "figure where",
    Entries: "where",
    Different: "axis where",
    Fixed: "figure",
    ShareOf: "share measure",
    Stepped: "figure circumstance steps",
    TimeWeighted: "figures otherwise by rounding",
    ProRata: "figure during outside by rounding",
    Lowest: "targets",
    Highest: "targets",
    Conventions: "axes straddling",
    Axis: "name tags every",
}


def _known(value: Any) -> bool:
    """Tell whether a value is of a kind that is understood, and says nothing beyond it."""
    understood = _KNOWN.get(type(value))
    if understood is None:
        return False
    looked_at = {*understood.split(), "ref", "source"}
    return all(
        attribute.name in looked_at or not attribute.init or getattr(value, attribute.name) == _default(attribute)
        for attribute in attrs.fields(type(value))
    )


def _default(attribute: attrs.Attribute[Any]) -> object:
    default: Any = attribute.default
    return default.factory() if getattr(default, "takes_self", True) is False else default


def _knows(scheme: Scheme) -> bool:
    return _known(scheme) and _known(scheme.conventions) and all(map(_known, scheme.conventions.axes))


@frozen
class _Context:
    """What is sure of the place where a clause stands."""

    #: Whether every word around it is known.
    known: bool = True
    conventions: Conventions = attrs.field(factory=Conventions)
    #: Conditions that hold wherever the clause is asked, and conditions that do not, once all facts are known.
    holding: tuple[Policy, ...] = ()
    failing: tuple[Policy, ...] = ()


class _Tree:
    """The clauses of a policy by their numbers, each before its own parts."""

    def __init__(self, policy: Policy) -> None:
        self.places: tuple[Place, ...] = places(policy)
        self.labels: tuple[str, ...] = labels(self.places)
        self.contexts: list[_Context] = []
        self._bare: dict[int, Policy] = {}
        self._parts: list[list[int]] = [[] for _ in self.places]
        for number, place in enumerate(self.places):
            if place.parent is None:
                self.contexts.append(_Context())
            else:
                self._parts[place.parent].append(number)
                around = self.clause(place.parent)
                self.contexts.append(_inside(self.contexts[place.parent], around, place.slot))

    def clause(self, number: int) -> Policy:
        """Give a clause."""
        return self.places[number].clause

    def parts(self, number: int, slot: str = "members") -> list[int]:
        """Give the numbers of the parts that a field of a clause holds."""
        return [part for part in self._parts[number] if self.places[part].slot == slot]

    def bare(self, number: int) -> Policy:
        """Give a clause without the names and sources in it."""
        if number not in self._bare:
            self._bare[number] = _bare(self.clause(number))
        return self._bare[number]

    def understood(self, number: int, *kinds: type) -> bool:
        """Whether a clause is of one of some kinds, and it and all that stands around it is known."""
        clause = self.clause(number)
        return type(clause) in kinds and self.contexts[number].known and _known(clause)

    def said(self, number: int) -> str:
        """Say a clause, by its name and what it asks."""
        clause, label = self.clause(number), self.labels[number]
        return f"{label}: {_asking(clause)}" if isinstance(clause, (AtLeast, AtMost)) else label

    def remark(self, kind: Kind, number: int, what: str, remedy: str, *others: int) -> Remark:
        """Make a remark on a clause."""
        place, refs = self.places[number], tuple(self.labels[one] for one in (number, *others))
        return Remark(kind, place.name, place.path, what, remedy, refs)


def _inside(context: _Context, around: Policy, slot: str) -> _Context:
    """Give what is sure inside a clause, from what is sure of the clause itself."""
    if not context.known or not _known(around):
        return _Context(known=False)
    if isinstance(around, Scheme):  # what held under other conventions need not hold under these
        return _Context(_knows(around), around.conventions)
    if isinstance(around, (Over, Each)):  # what held in the whole period need not hold in another
        return evolve(context, holding=(), failing=())
    return _chosen(context, around, slot) if isinstance(around, When) else context


def _chosen(context: _Context, around: When, slot: str) -> _Context:
    """Give what is sure in a branch: that the condition holds, or that it does not."""
    condition = around.condition
    if slot == "policy":
        if type(condition) is NoneOf and _known(condition):
            return evolve(context, failing=(*context.failing, *condition.members))
        return evolve(context, holding=(*context.holding, condition))
    if slot == "otherwise":
        either = condition.members if type(condition) is AnyOf and _known(condition) else ()
        return evolve(context, failing=(*context.failing, condition, *either))
    return context


def _asking(clause: AtLeast | AtMost) -> str:
    word = "at least" if isinstance(clause, AtLeast) else "at most"
    return ", ".join(text for text in (f"{word} {clause.figure}", str(clause.measure)) if text)


# Which figures there can be -------------------------------------------------------------------------------------------


def _countable(measure: object) -> int | None:
    """Give the most grains that a measure can be sure of; None where nothing that is known limits it."""
    if not _known(measure):
        return None
    if isinstance(measure, Different):
        listed = dict(measure.where).get(measure.axis)
        return len(set(listed)) * measure.unit.grain if listed else None
    if isinstance(measure, Total):
        caps = [cap for cap in measure.caps if _known(cap) and cap.figure.unit == measure.unit]
        limits = [cap.figure.grains for cap in caps if lies_inside(measure.where, cap.where)]
        limits += [
            limit for axis, tags in measure.where if (limit := _by_tag(measure.where, caps, axis, tags)) is not None
        ]
        return min(limits, default=None)
    return None


def _by_tag(where: Where, caps: list[Cap], axis: str, tags: tuple[Tag, ...]) -> int | None:
    """Give what caps let count together that share out one axis of a filter; None where a tag is under none of them."""
    elsewhere = tuple(asked for asked in where if asked[0] != axis)
    chosen: set[Cap] = set()
    for tag in tags:
        over = [
            cap
            for cap in caps
            if tag in dict(cap.where).get(axis, ())
            and lies_inside(elsewhere, tuple(asked for asked in cap.where if asked[0] != axis))
        ]
        if not over:
            return None
        chosen.add(min(over, key=lambda cap: cap.figure.grains))
    return sum(cap.figure.grains for cap in chosen)


#: From how much to how much, in grains; None where nothing that is known limits it.
_Range: TypeAlias = "tuple[int, int | None]"

_ANY: _Range = (0, None)


def _required(figure: object, unit: Unit) -> _Range:
    """Give between which figures lies whatever is asked of anybody."""
    if isinstance(figure, Amount):
        return (figure.grains, figure.grains) if figure.unit == unit else _ANY
    work_out = _RANGES.get(type(figure))
    return work_out(figure, unit) if work_out is not None and _known(figure) else _ANY


def _between(figures: Iterable[Amount], unit: Unit, rounding: Rounding | None = None) -> _Range:
    amounts = list(figures)
    if any(one.unit != unit for one in amounts):
        return _ANY
    least, most = min(one.grains for one in amounts), max(one.grains for one in amounts)
    step = 1 if rounding is None else max(rounding.to.grains, 1)
    return least // step * step, -(-most // step) * step


def _of_share(target: ShareOf, unit: Unit) -> _Range:
    most = _countable(target.measure)
    if target.share == 0:
        return 0, 0
    return (0, None) if most is None or target.measure.unit != unit else (0, -(-most * target.share // 1))


def _of_lowest(target: Lowest, unit: Unit) -> _Range:
    ranges = [_required(one, unit) for one in target.targets]
    return min(least for least, _ in ranges), min((most for _, most in ranges if most is not None), default=None)


def _of_highest(target: Highest, unit: Unit) -> _Range:
    ranges = [_required(one, unit) for one in target.targets]
    mosts = [most for _, most in ranges if most is not None]
    return max(least for least, _ in ranges), max(mosts) if len(mosts) == len(ranges) else None


_RANGES: Mapping[type, Callable[[Any, Unit], _Range]] = {
    Fixed: lambda target, unit: _required(target.figure, unit),
    Stepped: lambda target, unit: _between((target.figure, *(figure for _, figure in target.steps)), unit),
    TimeWeighted: lambda target, unit: _between(
        (target.otherwise, *(figure for _, figure in target.figures)), unit, target.rounding
    ),
    ProRata: lambda target, unit: (0, _between((target.figure,), unit, target.rounding)[1]),
    ShareOf: _of_share,
    Lowest: _of_lowest,
    Highest: _of_highest,
}


def _within(one: object, other: object) -> bool:
    """Tell whether one measure never counts more than another, neither for certain nor at the most."""
    if not _known(one) or not _known(other):
        return False
    if one == other:
        return True
    if isinstance(one, Total) and isinstance(other, Total):
        return one.unit == other.unit and not other.caps and lies_inside(one.where, other.where)
    return isinstance(one, Entries) and isinstance(other, Entries) and lies_inside(one.where, other.where)


def _apart(one: Where, other: Where) -> bool:
    """Tell whether nothing can fall to both of two filters.

    An activity may have several texts on one axis, but never both yes and no.
    """
    admitted = dict(one)
    return any(
        axis in admitted
        and not set(admitted[axis]) & set(tags)
        and any(all(isinstance(tag, bool) for tag in some) for some in (tags, admitted[axis]))
        for axis, tags in other
    )


# Which verdicts there can be ------------------------------------------------------------------------------------------

_Verdicts: TypeAlias = frozenset[Verdict]

_ALL: _Verdicts = frozenset(Verdict)


def _verdicts(clause: Policy) -> _Verdicts:
    """Give the verdicts that a clause can come to: none that is left out is ever given."""
    think = _VERDICTS.get(type(clause))
    return think(clause) if think is not None and _known(clause) else _ALL


def _some(**can: bool) -> _Verdicts:
    verdicts = {"met": MET, "not_met": NOT_MET, "cannot_tell": CANNOT_TELL, "does_not_apply": DOES_NOT_APPLY}
    return frozenset(verdicts[name] for name, holds in can.items() if holds)


def _of_floor(clause: AtLeast) -> _Verdicts:
    unit = clause.measure.unit
    (least, most), counted = _required(clause.figure, unit), _countable(clause.measure)
    if most == 0:
        return _some(met=True, cannot_tell=not isinstance(clause.figure, (Amount, Fixed)))
    share = _share(clause)
    own_share = share is not None and _within(share.measure, clause.measure)
    return _some(met=counted is None or least <= counted, not_met=not own_share, cannot_tell=True)


def _of_ceiling(clause: AtMost) -> _Verdicts:
    least, counted = _required(clause.figure, clause.measure.unit)[0], _countable(clause.measure)
    share = _share(clause)
    whole = share is not None and share.share == 1 and _within(clause.measure, share.measure)
    return _some(met=True, not_met=not whole and (counted is None or counted > least), cannot_tell=True)


def _share(clause: AtLeast | AtMost) -> ShareOf | None:
    return clause.figure if isinstance(clause.figure, ShareOf) and _known(clause.figure) else None


def _of_circumstance(clause: InCircumstances) -> _Verdicts:
    return _some(met=not set(clause.kinds) <= set(clause.but_not), not_met=True, cannot_tell=True)


def _of_all(clause: AllOf) -> _Verdicts:
    parts = [_verdicts(part) for part in clause.members]
    return _some(
        met=any(MET in part for part in parts) and all(part & {MET, DOES_NOT_APPLY} for part in parts),
        not_met=any(NOT_MET in part for part in parts),
        cannot_tell=any(CANNOT_TELL in part for part in parts),
        does_not_apply=all(DOES_NOT_APPLY in part for part in parts),
    )


def _of_any(clause: AnyOf | NoneOf) -> _Verdicts:
    parts = [_verdicts(part) for part in clause.members]
    return _some(
        met=any(MET in part for part in parts),
        not_met=any(NOT_MET in part for part in parts) and all(part & {NOT_MET, DOES_NOT_APPLY} for part in parts),
        cannot_tell=any(CANNOT_TELL in part for part in parts),
        does_not_apply=all(DOES_NOT_APPLY in part for part in parts),
    )


def _of_some(clause: AtLeastOf) -> _Verdicts:
    parts = [_verdicts(part) for part in clause.members]
    meeting = sum(MET in part for part in parts)
    never_out = any(not part & {MET, DOES_NOT_APPLY} for part in parts)
    always = sum(not part & {NOT_MET, DOES_NOT_APPLY} for part in parts)
    return _some(
        met=meeting >= clause.count or (meeting > 0 and not never_out),
        not_met=any(NOT_MET in part for part in parts) and always < clause.count,
        cannot_tell=any(CANNOT_TELL in part for part in parts),
        does_not_apply=all(DOES_NOT_APPLY in part for part in parts),
    )


def _of_when(clause: When) -> _Verdicts:
    condition, chosen = _verdicts(clause.condition), _verdicts(clause.policy)
    other = frozenset({DOES_NOT_APPLY}) if clause.otherwise is None else _verdicts(clause.otherwise)
    found: set[Verdict] = set()
    if condition & {MET, CANNOT_TELL}:
        found |= chosen
    if condition & {NOT_MET, DOES_NOT_APPLY, CANNOT_TELL}:
        found |= other
    return frozenset(found | (condition & {CANNOT_TELL}))


_VERDICTS: Mapping[type, Callable[[Any], _Verdicts]] = {
    AtLeast: _of_floor,
    AtMost: _of_ceiling,
    InCircumstances: _of_circumstance,
    Having: lambda clause: _some(met=True, not_met=True, cannot_tell=True),
    Agreed: lambda clause: _some(met=True, not_met=True, cannot_tell=True),
    AllOf: _of_all,
    AnyOf: _of_any,
    NoneOf: lambda clause: frozenset(map(opposite, _of_any(clause))),
    AtLeastOf: _of_some,
    When: _of_when,
    Exempt: lambda clause: _some(does_not_apply=True),
    Advise: lambda clause: _some(does_not_apply=True),
    Undecided: lambda clause: _verdicts(clause.policy) | {CANNOT_TELL},
    Inferred: lambda clause: _verdicts(clause.reading),
    Over: lambda clause: _verdicts(clause.policy),
    Each: lambda clause: _verdicts(clause.policy),
    Scheme: lambda clause: _verdicts(clause.policy) if _knows(clause) else _ALL,
    Edition: lambda clause: _verdicts(clause.policy),
    Editions: lambda clause: frozenset(verdict for one in clause.members for verdict in _verdicts(one)),
}


# What follows from what -----------------------------------------------------------------------------------------------

#: Clauses that are judged in one way wherever they stand in one period; and always asked.
_PLAIN = (AtLeast, AtMost, InCircumstances, Having, Agreed)


def _bare(clause: Policy) -> Policy:
    """Give a clause without the names and sources in it, to see whether two ask the same."""
    return clause.rewritten(lambda part: evolve(part, ref="", source=None))


def _follows(one: Policy, other: Policy) -> bool:
    """Tell whether whoever meets one clause meets the other."""
    tell = _FOLLOWS.get(type(one)) if type(one) is type(other) and _known(one) and _known(other) else None
    return tell is not None and tell(one, other)


def _floor_follows(one: AtLeast, other: AtLeast) -> bool:
    asked, figure = _required(one.figure, one.measure.unit)[0], _fixed(other)
    enough = one.figure == other.figure or (figure is not None and asked >= figure)
    return enough and _within(one.measure, other.measure)


def _ceiling_follows(one: AtMost, other: AtMost) -> bool:
    allowed, figure = _required(one.figure, one.measure.unit)[1], _fixed(other)
    enough = one.figure == other.figure or (allowed is not None and figure is not None and allowed <= figure)
    return enough and _within(other.measure, one.measure)


def _circumstance_follows(one: InCircumstances, other: InCircumstances) -> bool:
    alike = one.timing == other.timing and one.but_not == other.but_not
    fewer = one.timing == Timing() and set(one.kinds) <= set(other.kinds)
    return alike and (fewer or set(one.kinds) == set(other.kinds))


def _having_follows(one: Having, other: Having) -> bool:
    fewer = bool(one.values) and set(one.values) <= set(other.values)
    return one.what == other.what and (fewer or one.values == other.values)


#: By kind, whether whoever meets one clause of it meets another.
_FOLLOWS: Mapping[type, Callable[[Any, Any], bool]] = {
    AtLeast: _floor_follows,
    AtMost: _ceiling_follows,
    InCircumstances: _circumstance_follows,
    Having: _having_follows,
    Agreed: lambda one, other: one.about == other.about and one.timing == other.timing,
}


def _fixed(clause: AtLeast | AtMost) -> int | None:
    """Give the figure of a clause in grains, where it is the same for everybody."""
    least, most = _required(clause.figure, clause.measure.unit)
    return least if least == most and isinstance(clause.figure, (Amount, Fixed)) else None


def _together(tree: _Tree, number: int) -> list[tuple[int, int]]:
    """Give the clauses that must all be met: the members of an ``all_of``, and of those in it; each with its member."""
    found: list[tuple[int, int]] = []
    for member in tree.parts(number):
        inner = _together(tree, member) if tree.understood(member, AllOf) else [(member, member)]
        found.extend((part, member) for part, _ in inner)
    return found


def _pairs(tree: _Tree, number: int) -> list[tuple[int, int]]:
    """Give two by two the clauses that are joined here, and not already by something inside."""
    joined = (
        _together(tree, number) if tree.understood(number, AllOf) else [(part, part) for part in tree.parts(number)]
    )
    return [(one, other) for (one, here), (other, there) in itertools.combinations(joined, 2) if here != there]


# What can be wrong ----------------------------------------------------------------------------------------------------

_Remarks: TypeAlias = Iterator[Remark]


def _outcomes(tree: _Tree, number: int) -> _Remarks:
    """Find clauses that can never be met, and such as can never fail."""
    clause = tree.clause(number)
    if not tree.understood(number, AtLeast, AtMost, InCircumstances, AnyOf, NoneOf, AtLeastOf):
        return
    can = _verdicts(clause)
    if MET not in can and NOT_MET in can:
        yield tree.remark("never met", number, f"can never be met: {_why_never(clause)}", "Change it, or take it out")
    if NOT_MET not in can and MET in can:
        yield tree.remark("never fails", number, f"can never fail: {_why_always(clause)}", "Change it, or take it out")


def _why_never(clause: Policy) -> str:
    if isinstance(clause, AtLeast):
        counted = _countable(clause.measure)
        assert counted is not None
        return f"it asks for {clause.figure}, and no more than {Amount(counted, clause.measure.unit)} can count"
    if isinstance(clause, InCircumstances):
        return "it takes out again all the circumstances that it names"
    if isinstance(clause, NoneOf):
        return "one of its clauses never fails"
    return "too few of its clauses can be met"


def _why_always(clause: Policy) -> str:
    if isinstance(clause, AtLeast):
        if _required(clause.figure, clause.measure.unit)[1] == 0:
            return f"nobody has less than {Amount(0, clause.measure.unit)}"
        return "it asks for a share of what it counts itself"
    if isinstance(clause, AtMost):
        counted = _countable(clause.measure)
        if counted is None:
            return "it allows all of what it counts itself"
        return f"it allows {clause.figure}, and no more than {Amount(counted, clause.measure.unit)} can count"
    if isinstance(clause, NoneOf):
        return "none of its clauses can be met"
    return "enough of its clauses never fail"


def _contradictions(tree: _Tree, number: int) -> _Remarks:
    """Find clauses that must all be met, and never are together."""
    if not tree.understood(number, AllOf):
        return
    found = False
    for one, other in _pairs(tree, number):
        if _exclude(tree.clause(one), tree.clause(other)) or _exclude(tree.clause(other), tree.clause(one)):
            found = True
            first = tree.clause(one)
            asked = f"{_asking(first)}, " if isinstance(first, (AtLeast, AtMost)) else ""
            what = f"{asked}cannot be met together with {tree.said(other)}"
            yield tree.remark("contradiction", one, what, "Change one of them", other)
    if not found:
        yield from _too_much_together(tree, number)


def _exclude(one: Policy, other: Policy) -> bool:
    """Tell whether whoever meets one clause does not meet the other."""
    if isinstance(other, NoneOf):
        plain = [part for part in other.members if type(part) in _PLAIN]
        return _known(other) and type(one) in _PLAIN and any(_follows(one, part) for part in plain)
    if not isinstance(one, AtLeast) or not isinstance(other, AtMost) or not _known(one) or not _known(other):
        return False
    asked, _ = _required(one.figure, one.measure.unit)
    _, allowed = _required(other.figure, other.measure.unit)
    return allowed is not None and asked > allowed and _within(one.measure, other.measure)


def _too_much_together(tree: _Tree, number: int) -> _Remarks:
    """Find floors under tags that exclude each other, which add up to more than is allowed in all."""
    members = dict(_together(tree, number))
    joined = [part for part in members if tree.understood(part, AtLeast, AtMost)]
    for ceiling in joined:
        most = tree.clause(ceiling)
        if not isinstance(most, AtMost) or not isinstance(most.measure, Total):
            continue
        floors = {
            part: floor
            for part in joined
            if isinstance(floor := tree.clause(part), AtLeast) and _within(floor.measure, most.measure)
        }
        apart = max((_apart_from(first, floors) for first in floors), key=_asked_by(floors), default=[])
        allowed = _required(most.figure, most.measure.unit)[1]
        inside = len({members[part] for part in (ceiling, *apart)}) == 1  # and said there
        if allowed is not None and _asked_by(floors)(apart) > allowed and not inside:
            what = f"{_asking(most)}, cannot be met together with {'; '.join(map(tree.said, apart))}"
            yield tree.remark("contradiction", ceiling, what, "Change one of them", *apart)


def _apart_from(first: int, floors: Mapping[int, AtLeast]) -> list[int]:
    """Give a floor and others, each of which counts what none of those before it counts: the highest first."""
    found = [first]
    for part in sorted(floors, key=lambda part: -_asked_by(floors)([part])):
        if all(_apart(floors[one].measure.where, floors[part].measure.where) for one in found):
            found.append(part)
    return found


def _asked_by(floors: Mapping[int, AtLeast]) -> Callable[[list[int]], int]:
    return lambda parts: sum(_required(floors[part].figure, floors[part].measure.unit)[0] for part in parts)


def _repetitions(tree: _Tree, number: int) -> _Remarks:
    """Find clauses side by side that ask the same, or of which one follows from the other."""
    if not tree.understood(number, AllOf, AnyOf, NoneOf, AtLeastOf):
        return
    pairs = _pairs(tree, number)
    said: set[int] = set()
    for one, other in pairs:
        if other not in said and tree.bare(one) == tree.bare(other):
            said.add(other)
            yield tree.remark("twice", other, f"asks the same as {tree.labels[one]}", "Keep one of them", one)
    joined = {part for pair in pairs for part in pair} if tree.understood(number, AllOf, AnyOf) else set()
    telling = {part for part in joined - said if _tells(tree, part)}
    for given, so in (both for one, other in pairs for both in ((one, other), (other, one))):
        if {given, so} <= telling and _follows(tree.clause(given), tree.clause(so)):
            idle, by = (so, given) if isinstance(tree.clause(number), AllOf) else (given, so)
            telling.remove(idle)
            yield _following(tree, number, idle, by)


def _tells(tree: _Tree, number: int) -> bool:
    """Tell whether a clause can be met and not met, so that there is no other remark on it."""
    return tree.understood(number, *_PLAIN) and {MET, NOT_MET} <= _verdicts(tree.clause(number))


def _following(tree: _Tree, number: int, idle: int, by: int) -> Remark:
    if isinstance(tree.clause(number), AllOf):
        what = f"adds nothing, since whoever meets {tree.said(by)}, meets it too"
        return tree.remark("follows", idle, what, "Take it out, or advise it", by)
    what = f"adds nothing, since whoever meets it meets {tree.said(by)}, too"
    return tree.remark("follows", idle, what, "Take it out", by)


def _choices(tree: _Tree, number: int) -> _Remarks:
    """Find branches that are never chosen."""
    clause, context = tree.clause(number), tree.contexts[number]
    if not isinstance(clause, When) or not tree.understood(number, When):
        return
    can = _verdicts(clause.condition)
    (chosen,), other = tree.parts(number, "policy"), tree.parts(number, "otherwise")
    if not can & {MET, CANNOT_TELL}:
        yield tree.remark("never chosen", chosen, "is never asked: its condition never holds", "Take it out")
    elif any(_decides(clause.condition, before) for before in context.failing):
        what = "is only asked where its condition cannot be told: a choice around it has gone the other way by then"
        yield tree.remark("never chosen", chosen, what, "Take it out, or put it before")
    if other and can == {MET}:
        yield tree.remark(
            "never chosen", other[0], "is never asked: the condition before it always holds", "Take it out"
        )
    elif other and any(_decides(before, clause.condition) for before in context.holding):
        what = "is only asked where its condition cannot be told: a choice around it has made sure of that by then"
        yield tree.remark("never chosen", other[0], what, "Take it out")


def _decides(one: Policy, other: Policy) -> bool:
    return _bare(one) == _bare(other) or (type(one) in _PLAIN and _follows(one, other))


def _vocabulary(tree: _Tree, number: int) -> _Remarks:
    """Find axes and tags that the scheme does not know, and more different ones than it knows."""
    context, clause = tree.contexts[number], tree.clause(number)
    axes = {axis.name: axis for axis in context.conventions.axes}
    if not context.known or not axes or not isinstance(clause, (AtLeast, AtMost)):
        return
    asked: dict[tuple[str, tuple[Tag, ...]], None] = {}
    for value in _counted((clause.figure, clause.measure)):
        asked.update(dict.fromkeys(value.where))
        if isinstance(value, Different):
            asked[value.axis, ()] = None
    for axis, tags in asked:
        if axis == "reflected" or axis.startswith("longer than "):
            continue
        if axis not in axes:
            hint = did_you_mean(axis, axes) or f"The scheme has {', '.join(map(named, axes))}"
            what = f"speaks of the axis {axis}, which the scheme does not describe"
            yield tree.remark("unknown axis", number, what, hint.removesuffix("."))
        for tag in tags if axis in axes and axes[axis].tags else ():
            if not any(tag == known and type(tag) is type(known) for known in axes[axis].tags):
                words = [str(known) for known in axes[axis].tags]
                hint = did_you_mean(str(tag), words) or f"The scheme knows {', '.join(words)}"
                what = f"speaks of {named(axis)} {tag}, which the scheme does not know"
                yield tree.remark("unknown tag", number, what, hint.removesuffix("."))
    yield from _too_many(tree, number, axes)


def _too_many(tree: _Tree, number: int, axes: Mapping[str, Axis]) -> _Remarks:
    clause = tree.clause(number)
    if not tree.understood(number, AtLeast) or not isinstance(clause, AtLeast) or not _known(clause.measure):
        return
    measure = clause.measure
    if isinstance(measure, Different) and measure.axis in axes and measure.axis not in dict(measure.where):
        known = len(set(axes[measure.axis].tags))
        if known and _required(clause.figure, measure.unit)[0] > known:
            what = f"asks for {clause.figure}, and the scheme knows {Amount(known, measure.unit)}"
            yield tree.remark("too many tags", number, what, "Ask for fewer, or describe the others")


def _counted(value: Any) -> Iterator[Total | Cap | Entries | Different]:
    """Give whatever in a value has a filter that is understood."""
    if isinstance(value, (Total, Cap, Entries, Different)):
        yield value
    if isinstance(value, tuple):
        for one in value:
            yield from _counted(one)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from _counted(getattr(value, attribute.name))


def _idle_caps(tree: _Tree, number: int) -> _Remarks:
    """Find caps that never limit anything."""
    clause = tree.clause(number)
    if not tree.understood(number, AtLeast, AtMost) or not isinstance(clause, (AtLeast, AtMost)):
        return
    measure = clause.measure
    if not isinstance(measure, Total) or not _known(measure):
        return
    for place, cap in enumerate(measure.caps):
        idle = ""
        if _known(cap) and _apart(cap.where, measure.where):
            idle = f"none of it is among what counts: {in_words(measure.where)}"
        for nth, other in enumerate(measure.caps):
            if nth != place and _known(cap) and _known(other) and _covers(other, cap, before=nth < place):
                idle = idle or f"the cap of {other.figure} around it is full before"
        if idle:
            what = f"has a cap of {cap.figure}{f' on {in_words(cap.where)}' if cap.where else ''} that never limits"
            yield tree.remark("idle cap", number, f"{what}: {idle}", "Take the cap out, or correct it")


def _covers(around: Cap, cap: Cap, *, before: bool) -> bool:
    """Tell whether one cap never leaves another anything to cut; of two that are equal, the first covers the second."""
    if around.figure.unit != cap.figure.unit or not lies_inside(cap.where, around.where):
        return False
    return around.figure < cap.figure or (around.figure == cap.figure and (before or around.where != cap.where))


def _gaps(tree: _Tree, number: int) -> _Remarks:
    """Find days between editions on which no text was in force."""
    clause = tree.clause(number)
    if not isinstance(clause, Editions) or not tree.understood(number, Editions):
        return
    parts = sorted(tree.parts(number), key=lambda part: clause.members[tree.places[part].number - 1].since)
    for one, following in itertools.pairwise(parts):
        before, after = tree.clause(one), tree.clause(following)
        assert isinstance(before, Edition) and isinstance(after, Edition) and before.until is not None
        first, last = before.until + timedelta(days=1), after.since - timedelta(days=1)
        if first <= last:
            days = f"on {as_date(first)}" if first == last else f"from {as_date(first)} to {as_date(last)}"
            what = f"begins later than {tree.labels[one]} ends: no text is in force {days}"
            yield tree.remark("gap", following, what, "Correct a day, or add the edition between them", one)


def _same_refs(tree: _Tree, number: int) -> _Remarks:
    """Find a ref that another clause before has, in a policy whose finding may hold both."""
    clause = tree.clause(number)
    for other in range(number) if _in_findings(tree, number) else ():
        before = tree.clause(other)
        if before.ref == clause.ref and before != clause and _in_findings(tree, other) and _both(tree, other, number):
            what = f"has the ref of another clause, so that findings[{clause.ref!r}] gives only the first of them"
            yield tree.remark("same ref", number, what, "Give one of them another ref", other)
            return


def _in_findings(tree: _Tree, number: int) -> bool:
    """Tell whether a clause has a ref that a finding may speak of; a condition has a place of its own there."""
    around = _path(tree, number)
    own = bool(tree.clause(number).ref) and not isinstance(tree.clause(number), (Scheme, Inferred))
    return own and tree.contexts[number].known and all(tree.places[one].slot != "condition" for one in around)


def _both(tree: _Tree, one: int, other: int) -> bool:
    """Tell whether one finding may hold two clauses: one is inside the other, or both are joined."""
    here, there = _path(tree, one), _path(tree, other)
    if one in there:
        return True
    last = [common for common, also in zip(here, there, strict=False) if common == also][-1]
    return tree.understood(last, AllOf, AnyOf, NoneOf, AtLeastOf)


def _path(tree: _Tree, number: int) -> list[int]:
    """Give the clauses around one, the outermost first, and itself."""
    parent = tree.places[number].parent
    return [*([] if parent is None else _path(tree, parent)), number]


_CHECKS: tuple[Callable[[_Tree, int], _Remarks], ...] = (
    _outcomes,
    _contradictions,
    _repetitions,
    _choices,
    _vocabulary,
    _idle_caps,
    _gaps,
    _same_refs,
)
