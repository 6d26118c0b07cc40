"""Policies, and the words that join them.

A word writes a frozen clause; a clause is a policy, however small. Assessing a policy plans it once, on first use, into
nested functions, so that a record is read in a single pass. The kernel knows no domain.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from operator import is_
from typing import Any, ClassVar, TypeAlias, TypeVar

from attrs import Attribute, evolve, field, fields, frozen

from cpdrules.amounts import Unit
from cpdrules.errors import PolicyError, shown, unknown_ref
from cpdrules.findings import Clause, Finding, Source, Where
from cpdrules.periods import Period
from cpdrules.verdicts import Verdict, all_met, any_met, enough_met, opposite

T = TypeVar("T")


class Case:
    """One subject under assessment, and what has been worked out about it so far."""

    __slots__ = ("assessed", "latest", "memo", "subject")

    def __init__(self, subject: Any) -> None:
        self.subject: Any = subject
        self.memo: dict[Hashable, Any] = {}
        #: What was looked up last, which is mostly what is looked up next.
        self.latest: tuple[Any, ...] | None = None
        #: The period that a scheme is assessed over, whatever stretch of it a clause looks at.
        self.assessed: Period | None = None

    def assessed_over(self, period: Period | None) -> Period | None:
        """Note which period a scheme is assessed over; give the one that was noted before."""
        before, self.assessed, self.latest = self.assessed, period, None
        return before


@frozen
class Telling:
    """A setting: whether a clause around this one tells being met from not being asked.

    Where every part must hold, both satisfy; where one part is enough, a part that does not apply is not that one.
    """

    apart: bool = False


#: A planned clause.
Judge: TypeAlias = Callable[[Case, "Period | None"], Finding]


class Plan:
    """What the clauses of one policy share while it is planned."""

    def __init__(self, settings: Mapping[type, Any] | None = None, shared: dict[type, Any] | None = None) -> None:
        self._settings = settings or {}
        self._shared: dict[type, Any] = {} if shared is None else shared

    def share(self, kind: type[T]) -> T:
        """Give the one value of a kind that all clauses of the policy work with."""
        if kind not in self._shared:
            self._shared[kind] = kind()
        found: T = self._shared[kind]
        return found

    def setting(self, default: T) -> T:
        """Give the setting that the clauses around this one made, or the default."""
        found: T = self._settings.get(type(default), default)
        return found

    def under(self, setting: object) -> Plan:
        """Give the plan for what stands inside a clause that makes a setting."""
        return Plan({**self._settings, type(setting): setting}, self._shared)


@frozen(kw_only=True)
class Policy:
    """A clause, and whatever it is made of: a value that answers for a subject and says why."""

    #: The name by which findings, documents and amendments speak of it.
    ref: str = ""
    #: Where it stands in the text it is taken from.
    source: Source | None = None
    #: The word that writes such a clause, where its class is named otherwise.
    written_as: ClassVar[str] = ""
    _judge: Judge | None = field(default=None, init=False, repr=False, eq=False)

    def assess(self, subject: Any, *, period: Period | None = None) -> Finding:
        """Judge a subject over a period, and explain the verdict in the same pass.

        Raises:
            PolicyError: a clause looks at dates, and no period was given, or something that is none.
        """
        if period is not None and not isinstance(period, Period):
            raise PolicyError(
                f"{shown(period)} is no period to assess over",
                remedy="Give a Period: policy.assess(record, period=year(2015))",
                period=period,
            )
        judge = self._judge
        if judge is None:
            judge = self.planned(Plan())
            object.__setattr__(self, "_judge", judge)
        return judge(Case(subject), period)

    def planned(self, plan: Plan) -> Judge:
        """Plan the clause into a function that judges a case."""
        raise NotImplementedError

    def clause(self, *, about: str = "", unit: Unit | None = None, where: Where = ()) -> Clause:
        """Give what a finding needs to know of this clause."""
        return Clause(word_of(self), self.ref, about, unit, where, self.source)

    def asks(self) -> bool:
        """Whether it can ever be met or not met: advice cannot, nor what asks nothing."""
        return True

    def parts(self) -> tuple[Policy, ...]:
        """Give the policies this one is made of, in reading order."""
        found: list[Policy] = []
        for attribute in fields(type(self)):
            value = getattr(self, attribute.name)
            found.extend(part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Policy))
        return tuple(found)

    def walk(self) -> Iterator[Policy]:
        """Give this policy and every part of it, each before its own parts."""
        yield self
        for part in self.parts():
            yield from part.walk()

    def __getitem__(self, ref: str) -> Policy:
        """Give the clause with a ref.

        Raises:
            UnknownRefError: no clause of this policy has it.
        """
        for part in self.walk():
            if part.ref == ref:
                return part
        raise unknown_ref(ref, (part.ref for part in self.walk() if part.ref), "policy")

    def rewritten(self, change: Callable[[Policy], Policy]) -> Policy:
        """Give this policy with every clause passed through ``change``, the innermost first."""
        changes: dict[str, Any] = {}
        for attribute in fields(type(self)):
            value = getattr(self, attribute.name)
            if isinstance(value, Policy):
                changes[attribute.name] = value.rewritten(change)
            elif isinstance(value, tuple) and any(isinstance(part, Policy) for part in value):
                changes[attribute.name] = tuple(part.rewritten(change) for part in value)
        same = all(changes[name] == getattr(self, name) for name in changes)
        return change(self if same else evolve(self, **changes))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel without the plan: another process, or a copy, plans for itself."""
        given = {attribute.alias: getattr(self, attribute.name) for attribute in fields(type(self)) if attribute.init}
        return _again, (type(self), given)


def _again(kind: type[Policy], given: dict[str, Any]) -> Policy:
    return kind(**given)


def a_policy(holder: Policy, attribute: Attribute[Any], value: object) -> None:
    """Validate a field that holds a clause.

    Raises:
        PolicyError: the value is none.
    """
    if not isinstance(value, Policy):
        raise PolicyError(
            f"{word_of(holder)} is made of clauses, and {shown(value)} is none",
            remedy="Write a clause: at_least(30, hours())",
            word=word_of(holder),
            part=value,
        )


def word_of(policy: Policy) -> str:
    """Give the word that writes a clause: ``at_least`` for an ``AtLeast``.

    >>> word_of(Policy())
    'policy'
    """
    if policy.written_as:
        return policy.written_as
    name = type(policy).__name__
    return name[0].lower() + "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name[1:])


@frozen
class _Joined(Policy):
    members: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        if not self.members:
            raise PolicyError(
                f"{word_of(self)} joins no clauses",
                why="A policy that asks nothing would be met by everyone",
                remedy="Give it clauses, or write exempt(...) where nothing is asked",
                word=word_of(self),
            )
        for part in self.members:
            if not isinstance(part, Policy):
                raise PolicyError(
                    f"{word_of(self)} joins clauses, and {shown(part)} is none",
                    remedy="Write a clause: at_least(30, hours()), or unpack a list of them with *",
                    word=word_of(self),
                    part=part,
                )

    def verdict(self, verdicts: list[Verdict]) -> Verdict:
        """Join the verdicts of the parts."""
        raise NotImplementedError

    def asks(self) -> bool:
        """Whether it can ever be met or not met: where a part can."""
        return any(part.asks() for part in self.members)

    def all_needed(self) -> bool:
        """Whether every part that applies must be met."""
        return False

    def planned(self, plan: Plan) -> Judge:
        """Plan the parts, and the joining of their verdicts."""
        clause, join = self.clause(), self.verdict
        within = plan if self.all_needed() else plan.under(Telling(apart=True))
        judges = tuple(part.planned(within) for part in self.members)
        usual: Finding | None = None

        def judge(case: Case, period: Period | None) -> Finding:
            nonlocal usual
            parts = tuple([judge(case, period) for judge in judges])
            known = usual  # conditions mostly turn out in the same way
            if known is None or not all(map(is_, parts, known.parts)):
                usual = known = Finding(clause, join([part.verdict for part in parts]), parts)
            return known

        return judge


@frozen
class AllOf(_Joined):
    """Every part must be met; see ``all_of``."""

    def verdict(self, verdicts: list[Verdict]) -> Verdict:
        """Not met, else cannot tell, else met."""
        return all_met(verdicts)

    def all_needed(self) -> bool:
        """Whether every part that applies must be met: always."""
        return True


@frozen
class AnyOf(_Joined):
    """One part must be met; see ``any_of``."""

    #: The ref of the route by which shortfalls are reported where none is met; empty for all.
    report: str = ""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        refs = [clause.ref for part in self.members for clause in part.walk() if clause.ref]
        if self.report and self.report not in {known.partition("[")[0] for known in refs} | set(refs):
            raise unknown_ref(self.report, refs, "policy")

    def clause(self, *, about: str = "", unit: Unit | None = None, where: Where = ()) -> Clause:
        """Give what a finding needs to know of this clause: by which route it reports, too."""
        return evolve(super().clause(about=about, unit=unit, where=where), report=self.report)

    def verdict(self, verdicts: list[Verdict]) -> Verdict:
        """Met, else cannot tell, else not met."""
        return any_met(verdicts)

    def all_needed(self) -> bool:
        """Whether every part that applies must be met: where no more than one can be."""
        return sum(part.asks() for part in self.members) <= 1


@frozen
class NoneOf(_Joined):
    """No part may be met; see ``none_of``."""

    def verdict(self, verdicts: list[Verdict]) -> Verdict:
        """Not met where one is met, else cannot tell, else met."""
        return opposite(any_met(verdicts))


@frozen
class AtLeastOf(_Joined):
    """So many parts must be met; see ``at_least_of``."""

    count: int

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if type(self.count) is not int or not 1 <= self.count <= len(self.members):
            raise PolicyError(
                f"at_least_of asks for {shown(self.count)} of {len(self.members)} clauses",
                why="It could never fail, or never be met",
                remedy="Ask for at least one, and for no more than there are",
                count=self.count,
                members=len(self.members),
            )

    def clause(self, *, about: str = "", unit: Unit | None = None, where: Where = ()) -> Clause:
        """Give what a finding needs to know of this clause: how many parts are enough, too."""
        return evolve(super().clause(about=about, unit=unit, where=where), count=self.count)

    def verdict(self, verdicts: list[Verdict]) -> Verdict:
        """Met where enough of the parts that apply are; cannot tell where enough might be."""
        return enough_met(self.count, verdicts)

    def all_needed(self) -> bool:
        """Whether every part that applies must be met: where as many are asked for as can be."""
        return sum(part.asks() for part in self.members) <= self.count


def all_of(*policies: Policy, ref: str = "", source: Source | None = None) -> AllOf:
    """Ask for every one of several clauses.

    Raises:
        PolicyError: there are none.
    """
    return AllOf(policies, ref=ref, source=source)


def any_of(*policies: Policy, report: str = "", ref: str = "", source: Source | None = None) -> AnyOf:
    """Ask for one of several clauses: either/or routes.

    Where none is met, shortfalls are those of every route; or with ``report``, the ref of a clause, of the route that
    holds it.

    Raises:
        PolicyError: there are none.
        UnknownRefError: no route holds the clause that is to be reported.
    """
    return AnyOf(policies, report, ref=ref, source=source)


def none_of(*policies: Policy, ref: str = "", source: Source | None = None) -> NoneOf:
    """Ask that none of several clauses holds: mostly a way to say a condition the other way round.

    Raises:
        PolicyError: there are none.
    """
    return NoneOf(policies, ref=ref, source=source)


def at_least_of(count: int, *policies: Policy, ref: str = "", source: Source | None = None) -> AtLeastOf:
    """Ask for ``count`` of several clauses, whichever.

    Raises:
        PolicyError: the count is below one, or above the number of clauses.
    """
    return AtLeastOf(policies, count, ref=ref, source=source)


def needed(period: Period | None, clause: Clause) -> Period:
    """Insist on a period where a clause looks at dates.

    Raises:
        PolicyError: none was given.
    """
    if period is None:
        raise PolicyError(
            f"The clause {clause.ref or clause.word!r} looks at dates, and no period was given",
            why="A policy is never assessed against today",
            remedy="Say which period: policy.assess(record, period=year(2015))",
            clause=clause,
        )
    return period
