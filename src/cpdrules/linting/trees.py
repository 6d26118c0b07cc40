"""What is known: the words that the linter understands, and what is sure of the place where a clause stands.

A word that is not known here could do anything, and so could whatever stands inside it; to teach it, write it into
``KNOWN`` and beside its kind in ``bounds`` or ``outcomes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from attrs import evolve, frozen

from cpdrules.choices import Advise, Exempt, Inferred, Undecided, When
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.carrying import Carried, MadeUp, Surplus
from cpdrules.cpd.conditions import Agreed, FallsInPeriod, Having, InCircumstances, Timing
from cpdrules.cpd.dividing import DividedAmong
from cpdrules.cpd.durations import ProRata, Stepped, TimeWeighted
from cpdrules.cpd.instances import ForEach
from cpdrules.cpd.measures import Different, Entries, OfFact, Total
from cpdrules.cpd.members import Fact
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import NO_CONVENTIONS, Conventions
from cpdrules.cpd.targets import ByFact, FigureWhen, Fixed, Highest, Lowest, ShareOf, SumOf
from cpdrules.cpd.worth import Worth
from cpdrules.differences.clauses import Place, holds_clauses, labels, places
from cpdrules.editions import Edition, Editions
from cpdrules.figures import AtLeast, AtMost, Reported
from cpdrules.linting.remarks import Kind, Remark
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf, Policy
from cpdrules.windows import Before, Each, Over

#: The kinds that are understood, and the fields of each that are looked at. A kind that is not among them, or a value
#: with more to it than these fields, is not known, and nothing is concluded from it.
KNOWN: Mapping[type, str] = {
    AtLeast: "figure measure",
    AtMost: "figure measure",
    Reported: "measure",
    AllOf: "members",
    AnyOf: "members report",
    NoneOf: "members",
    AtLeastOf: "members count",
    ForEach: "axis tags policy held",
    DividedAmong: "members",
    When: "condition policy otherwise",
    Exempt: "because",
    Advise: "policy",
    Undecided: "policy awaiting",
    Inferred: "reading otherwise",
    Over: "length policy",
    Before: "policy periods",
    Each: "length policy every reaching_back named at_least",
    Scheme: "policy conventions",
    Edition: "name policy since until why unstated",
    Editions: "members",
    InCircumstances: "kinds but_not timing",
    Having: "what values",
    FallsInPeriod: "what",
    Agreed: "about timing",
    Timing: "on longer_than lasting",
    Total: "unit where caps worth rounding smallest handed name",
    Cap: "figure where per in_each",
    Worth: "every counts where tagged",
    Carried: "limit surplus tags unless lasting to_reach",
    MadeUp: "figure measure tags unless",
    Surplus: "measure above in_last",
    Entries: "where",
    Different: "axis where",
    OfFact: "what unit",
    Fixed: "figure",
    ShareOf: "share of rounding",
    Stepped: "figure circumstance steps",
    TimeWeighted: "figures otherwise by rounding",
    ProRata: "figure during outside by rounding since longer_than per",
    ByFact: "what figures otherwise",
    FigureWhen: "condition figure otherwise",
    SumOf: "targets",
    Lowest: "targets",
    Highest: "targets",
    Conventions: "axes straddling facts once while_member",
    Axis: "name tags every",
    Fact: "name values unrecorded",
}


def known(value: Any) -> bool:
    """Tell whether a value is of a kind that is understood, and says nothing beyond it."""
    understood = KNOWN.get(type(value))
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


def knows(scheme: Scheme) -> bool:
    """Tell whether a scheme is understood, and all that it describes."""
    conventions = scheme.conventions
    return known(scheme) and known(conventions) and all(map(known, (*conventions.axes, *conventions.facts)))


def bare(value: Any) -> object:
    """Give a value for comparison: without the names and sources in it, to see whether two ask the same."""
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if type(value) not in KNOWN and not isinstance(value, Policy):
        return value
    unsaid = ("ref", "source", "report") if isinstance(value, Policy) else ("name",) if isinstance(value, Total) else ()
    compared = (attribute.name for attribute in attrs.fields(type(value)) if attribute.eq)
    return type(value), tuple(bare(getattr(value, name)) for name in compared if name not in unsaid)


@frozen
class Context:
    """What is sure of the place where a clause stands."""

    #: Whether every word around it is known.
    known: bool = True
    #: Whether it is judged by itself, and shares what it counts with no other clause.
    itself: bool = True
    conventions: Conventions = NO_CONVENTIONS
    #: Conditions that hold wherever the clause is asked, and conditions that do not, once all facts are known.
    holding: tuple[Policy, ...] = ()
    failing: tuple[Policy, ...] = ()


def own_values(clause: Policy) -> tuple[object, ...]:
    """Give what a clause says itself: the values of its fields but for the clauses in it."""
    values = (getattr(clause, attribute.name) for attribute in attrs.fields(type(clause)))
    return tuple(value for value in values if not holds_clauses(value))


def unfolded(clause: Policy) -> Policy:
    """Give what a clause stands for: a ``for_each`` its clauses, any other itself."""
    if type(clause) is not ForEach:
        return clause
    return AllOf(clause.clauses(), ref=clause.ref, source=clause.source)


class Tree:
    """The clauses of a policy by their numbers, each before its own parts; a ``for_each`` as written, or unfolded."""

    def __init__(self, policy: Policy, *, unfold: bool) -> None:
        self._clauses: list[Policy] = []
        self.places: tuple[Place, ...] = places(policy, parts_of=unfolded if unfold else None)
        self.labels: tuple[str, ...] = labels(self.places)
        self.contexts: list[Context] = []
        self._bare: dict[int, object] = {}
        self._parts: list[list[int]] = [[] for _ in self.places]
        for number, place in enumerate(self.places):
            self._clauses.append(unfolded(place.clause) if unfold else place.clause)
            if place.parent is None:
                self.contexts.append(Context())
            else:
                self._parts[place.parent].append(number)
                around = self.clause(place.parent)
                self.contexts.append(_inside(self.contexts[place.parent], around, place.slot))

    def clause(self, number: int) -> Policy:
        """Give a clause."""
        return self._clauses[number]

    def parts(self, number: int, slot: str = "members") -> list[int]:
        """Give the numbers of the parts that a field of a clause holds."""
        return [part for part in self._parts[number] if self.places[part].slot == slot]

    def bare(self, number: int) -> object:
        """Give a clause for comparison, without the names and sources in it."""
        if number not in self._bare:
            self._bare[number] = bare(self.clause(number))
        return self._bare[number]

    def understood(self, number: int, *kinds: type) -> bool:
        """Whether a clause is of one of some kinds, is judged by itself, and all in it and around it is known."""
        clause, context = self.clause(number), self.contexts[number]
        return type(clause) in kinds and context.known and context.itself and known(clause)

    def said(self, number: int) -> str:
        """Say a clause, by its name and what it asks."""
        clause, label = self.clause(number), self.labels[number]
        return f"{label}: {asking(clause)}" if isinstance(clause, (AtLeast, AtMost)) else label

    def remark(self, kind: Kind, number: int, what: str, remedy: str, *others: int) -> Remark:
        """Make a remark on a clause."""
        place, refs = self.places[number], tuple(self.labels[one] for one in (number, *others))
        return Remark(kind, place.name, place.path, what, remedy, refs, tuple(self.places[one].path for one in others))


def _inside(context: Context, around: Policy, slot: str) -> Context:
    """Give what is sure inside a clause, from what is sure of the clause itself."""
    if not context.known or not known(around):
        return Context(known=False)
    if isinstance(around, Scheme):  # what held under other conventions need not hold under these
        return Context(knows(around), conventions=around.conventions)
    if isinstance(around, (Before, Over, Each)):  # what held in the whole period need not hold in another
        return evolve(context, holding=(), failing=())
    if isinstance(around, DividedAmong):
        return evolve(context, itself=False)
    return _chosen(context, around, slot) if isinstance(around, When) else context


def _chosen(context: Context, around: When, slot: str) -> Context:
    """Give what is sure in a branch: that the condition holds, or that it does not."""
    condition = around.condition
    if slot == "policy":
        if type(condition) is NoneOf and known(condition):
            return evolve(context, failing=(*context.failing, *condition.members))
        return evolve(context, holding=(*context.holding, condition))
    if slot == "otherwise":
        either = condition.members if type(condition) is AnyOf and known(condition) else ()
        return evolve(context, failing=(*context.failing, condition, *either))
    return context


def asking(clause: AtLeast | AtMost) -> str:
    """Say what a clause asks."""
    word = "at least" if isinstance(clause, AtLeast) else "at most"
    return ", ".join(text for text in (f"{word} {clause.figure}", str(clause.measure)) if text)
