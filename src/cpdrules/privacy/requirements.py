"""What a function of a site needs, and what a rule asks for: leaves for the and/or clauses of the kernel.

The subject is a ``Visit``: which cookies are accepted, which facts are known, which functions were found to work. A
fact that nobody recorded cannot be told from; it is never taken for "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import field, frozen, validators

from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Finding, Note, Source
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET


def _frozen(facts: Any) -> Mapping[str, bool | None]:
    if not isinstance(facts, Mapping):
        raise PolicyError(
            f"Facts were given as {shown(facts)}",
            why="Only by its name can it be told whether a fact holds",
            remedy='Give True, False or None for each by its name: {"told": True}',
            facts=facts,
        )
    for name, value in facts.items():
        if not isinstance(name, str) or not (value is None or isinstance(value, bool)):
            raise PolicyError(
                f"The fact {shown(name)} was given as {shown(value)}",
                why="A fact holds, does not hold, or is not known",
                remedy="Give True, False or None for each fact by its name",
                fact=name,
                value=value,
            )
    return MappingProxyType(dict(facts))


def _ids(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(ids)


def _settled(works: Mapping[str, Finding]) -> Mapping[str, Finding]:
    return MappingProxyType(dict(works))


@frozen
class Visit:
    """What is known of one visit, for the clauses of this module.

    Raises:
        PolicyError: a fact is neither true, false nor None (not known), or facts are not given by their names.
    """

    #: The cookies that the browser does not keep; every other one it does.
    blocked: frozenset[str] = field(default=frozenset(), converter=_ids)
    facts: Mapping[str, bool | None] = field(factory=dict, converter=_frozen)
    #: What was found of the functions that others build on.
    works: Mapping[str, Finding] = field(factory=dict, converter=_settled)
    #: Cookies of which clauses speak though nothing is said of them: whether they are there is not known.
    undeclared: frozenset[str] = field(default=frozenset(), converter=_ids)


@frozen
class Requirement(Policy):
    """A leaf that asks something of a ``Visit``; the words below write them."""

    name: str = field(validator=validators.instance_of(str))

    def __attrs_post_init__(self) -> None:
        if not self.name:
            raise PolicyError("A requirement names nothing", remedy="Give the id that the statement has for it")

    def told(self, visit: Visit) -> Finding | bool | None:
        """Say whether it holds of a visit; None where that is not known, a finding where another settles it."""
        raise NotImplementedError

    def planned(self, plan: Plan) -> Judge:
        """Plan the leaf; what is not known is named."""
        clause = self.clause(about=str(self))
        missing = Note("missing", f"it is not known whether {self}")
        answers = {
            True: Finding(clause, MET),
            False: Finding(clause, NOT_MET),
            None: Finding(clause, CANNOT_TELL, notes=(missing,)),
        }

        def judge(case: Case, period: Period | None) -> Finding:
            told = self.told(case.subject)
            return Finding(clause, told.verdict, (told,)) if isinstance(told, Finding) else answers[told]

        return judge


@frozen
class Accepts(Requirement):
    """A cookie is accepted; see ``accepts``."""

    def told(self, visit: Visit) -> bool | None:
        """Hold unless the cookie is blocked, or none of which anything is known."""
        return None if self.name in visit.undeclared else self.name not in visit.blocked

    def __str__(self) -> str:
        return f"the cookie {self.name} is accepted"


@frozen
class Works(Requirement):
    """A function works; see ``works``."""

    def told(self, visit: Visit) -> Finding | None:
        """Give what was found of the function."""
        return visit.works.get(self.name)

    def __str__(self) -> str:
        return f"{self.name} works"


@frozen
class Given(Requirement):
    """A fact holds; see ``given``."""

    says: str = ""
    presumed: bool | None = None

    def told(self, visit: Visit) -> bool | None:
        """Say what is recorded of the fact, or presumed where nothing is."""
        recorded = visit.facts.get(self.name)
        return self.presumed if recorded is None else recorded

    def __str__(self) -> str:
        return self.says or self.name.replace("_", " ")


def accepts(cookie: str, *, ref: str = "", source: Source | None = None) -> Accepts:
    """Ask that a cookie is accepted, by its id in the statement.

    >>> accepts("logon").assess(Visit(blocked=["logon"])).verdict
    <Verdict.NOT_MET: 'not met'>

    Raises:
        PolicyError: it names none.
    """
    return Accepts(cookie, ref=ref, source=source)


def works(function: str, *, ref: str = "", source: Source | None = None) -> Works:
    """Ask that a function of the site works, by its id in the statement.

    Raises:
        PolicyError: it names none.
    """
    return Works(function, ref=ref, source=source)


def given(
    fact: str, says: str = "", *, presumed: bool | None = None, ref: str = "", source: Source | None = None
) -> Given:
    """Ask that a fact holds, by its name; one that nobody recorded cannot be told from, unless the text presumes it.

    >>> given("told", "the person was told").assess(Visit()).missing()
    ('it is not known whether the person was told',)

    Raises:
        PolicyError: it names none.
    """
    return Given(fact, says, presumed, ref=ref, source=source)


def named_in(policy: Policy | None, kind: type[Requirement]) -> tuple[str, ...]:
    """Give the names that a policy's leaves of a kind speak of, in reading order, each once.

    >>> from cpdrules import all_of
    >>> named_in(all_of(accepts("a"), works("b"), accepts("a")), Accepts)
    ('a',)
    """
    leaves: Iterable[Policy] = () if policy is None else policy.walk()
    return tuple(dict.fromkeys(leaf.name for leaf in leaves if isinstance(leaf, kind)))
