"""Rules in order, of which the first that speaks of a question, and whose condition holds, decides it.

What is not recorded is never taken for no: an answer is unknown exactly where the missing facts could turn it either
way, and then it names them. What a text presumes where nothing is recorded is listed as an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Generic, NoReturn, Protocol, TypeVar

from attrs import evolve, frozen

from cpdrules.choices import When
from cpdrules.errors import VerdictError
from cpdrules.findings import Finding, Source
from cpdrules.policies import Policy
from cpdrules.privacy.requirements import Given, Visit
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Verdict


class Answer(Enum):
    """What rules say to a question.

    >>> Answer.DENY.value
    'deny'
    """

    ALLOW = "allow"
    DENY = "deny"
    #: A fact that nobody recorded would turn it one way or the other.
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise VerdictError(
            f"The answer “{self.value}” was used as true or false",
            why="There are three answers, and one of them is neither",
            remedy="Compare it: outcome is Answer.ALLOW",
            answer=self,
        )


class Rule(Protocol):
    """Something that allows or denies, on a condition or always."""

    @property
    def id(self) -> str:
        """By which answers speak of it."""
        ...

    @property
    def allows(self) -> bool:
        """Whether it allows; else it denies."""
        ...

    @property
    def when(self) -> Policy | None:
        """What must hold; None where nothing must."""
        ...

    @property
    def says(self) -> str:
        """The condition in words."""
        ...

    @property
    def source(self) -> Source:
        """Where it stands."""
        ...


R = TypeVar("R", bound=Rule)


@frozen
class Look(Generic[R]):
    """One rule that was looked at, and why it decides or does not."""

    rule: R
    #: Whether its condition holds; it does not apply where the rule speaks of other questions.
    verdict: Verdict
    why: str
    #: What was found of its condition; None where it has none, or was not asked.
    finding: Finding | None = None

    def __str__(self) -> str:
        return f"{self.rule.id} ({self.rule.source}): {self.why}"


@frozen
class Need(Generic[R]):
    """A condition in the way: of a rule that allows, and must hold, or of one that denies, and must not."""

    rule: R
    #: The facts that it turns on, by name.
    facts: tuple[str, ...]

    @property
    def must_hold(self) -> bool:
        """Whether it must hold: of several that must, one is enough."""
        return self.rule.allows

    def __str__(self) -> str:
        return f"{self.rule.id} would {'allow' if self.must_hold else 'forbid'} it: {self.rule.says}"


@frozen
class Assumption:
    """A fact that nobody recorded, and that a rule presumes to hold, or not to."""

    rule: str
    fact: str
    holds: bool
    says: str

    def __str__(self) -> str:
        return f"taken {'' if self.holds else 'not '}to be so by {self.rule}: {self.says}"


@frozen
class Decision(Generic[R]):
    """What rules in order say to a question, and why."""

    outcome: Answer
    #: The rule that decides; None where it is unknown, or where rules agree of which one is sure to hold.
    rule: R | None
    #: Every rule up to the first that holds for certain.
    looks: tuple[Look[R], ...]
    #: What stands in the way; empty where it is allowed, or denied by a rule that holds whatever else does.
    needs: tuple[Need[R], ...] = ()
    #: The facts that nobody recorded and that would settle it, by name; empty where it is settled.
    unknowns: tuple[str, ...] = ()
    #: What was presumed on the way.
    assumptions: tuple[Assumption, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Say it in sentences, without the question."""
        by = f" under {self.rule.id} ({self.rule.source}): {self.rule.says}" if self.rule else ""
        undecided = [look for look in self.looks if look.verdict is CANNOT_TELL and self.outcome is Answer.UNKNOWN]
        return (
            f"{self.outcome.value}{by}",
            *(f"open: {look}" for look in undecided),
            *(f"condition: {need}" for need in self.needs),
            *map(str, self.assumptions),
        )


def decided(rules: Iterable[tuple[R, str]], otherwise: R, visit: Visit) -> Decision[R]:
    """Decide by the first rule that speaks of the question and holds, or by ``otherwise``, which must need nothing.

    Each rule comes with the reason why it does not speak of the question, empty where it does.
    """
    rules = tuple(rules)
    looks = _looked_at((*rules, (otherwise, "")), visit)
    asked = [look for look in looks if look.verdict is not DOES_NOT_APPLY]
    answers = _answers([*(rule for rule, silent in rules if not silent), otherwise], visit)
    outcome = Answer.UNKNOWN if len(answers) > 1 else Answer.ALLOW if answers == {True} else Answer.DENY
    last, turning = asked[-1], _turning(asked)
    return Decision(
        outcome,
        last.rule if answers == {last.rule.allows} else None,
        looks,
        () if outcome is Answer.ALLOW else _needs(turning),
        _unknowns(turning, visit) if outcome is Answer.UNKNOWN else (),
        tuple(one for look in asked for one in _presumed(look, visit)),
    )


def _looked_at(rules: Iterable[tuple[R, str]], visit: Visit) -> tuple[Look[R], ...]:
    """Look at rules up to the first that holds; there is one."""
    looks = tuple(_look(rule, silent, visit) for rule, silent in rules)
    return looks[: [look.verdict for look in looks].index(MET) + 1]


def _look(rule: R, silent: str, visit: Visit) -> Look[R]:
    if silent:
        return Look(rule, DOES_NOT_APPLY, silent)
    if rule.when is None:
        return Look(rule, MET, "it asks for nothing further")
    finding = rule.when.assess(visit)
    if finding.satisfied:  # a condition that asks nothing of this case stands in nobody's way
        return Look(rule, MET, "its condition holds", finding)
    missing = "; ".join(finding.missing()) if finding.verdict is CANNOT_TELL else ""
    return Look(rule, finding.verdict, missing or f"its condition does not hold: {rule.says}", finding)


#: How many facts are tried, besides two for each rule: what is not settled then stays unknown.
_TRIES = 1_000


def _answers(rules: Sequence[R], visit: Visit) -> set[bool]:
    """Give the answers that are possible, whatever the missing facts turn out to be: a fact tried either way at a time.

    Where all the rules that are left say one thing, nothing is tried. Conditions can be written so that no answer comes
    in a lifetime, so that what takes too long is taken to be open.
    """
    agreeing = len(rules) - 1
    while agreeing and rules[agreeing - 1].allows is rules[-1].allows:
        agreeing -= 1
    found: set[bool] = set()
    waiting, tries = [(0, visit)], _TRIES + 2 * len(rules)
    while waiting and len(found) < 2:
        number, known = waiting.pop()
        look = _look(rules[number], "", known)
        unknowns = _open(look, known) if number < agreeing else []
        if unknowns:
            waiting += [(number, evolve(known, facts={**known.facts, unknowns[0]: held})) for held in (False, True)]
            tries -= 1
        else:
            if look.verdict in (MET, CANNOT_TELL):
                found.add(look.rule.allows)
            if look.verdict is not MET:
                waiting.append((number + 1, known))
        if not tries:
            return {True, False}
    return found


def _turning(asked: Sequence[Look[R]]) -> list[Look[R]]:
    """Give the rules that could turn the answer from that of the last one; those just before it that agree cannot."""
    turning = list(asked)
    while turning and turning[-1].rule.allows is asked[-1].rule.allows:
        turning.pop()
    return turning


def _needs(turning: Iterable[Look[R]]) -> tuple[Need[R], ...]:
    return tuple(
        Need(look.rule, tuple(dict.fromkeys(leaf.name for leaf in _deciding(look))))
        for look in turning
        if look.verdict is CANNOT_TELL or (look.verdict is NOT_MET and look.rule.allows)
    )


def _unknowns(turning: Iterable[Look[R]], visit: Visit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for look in turning for name in _open(look, visit)))


def _open(look: Look[R], visit: Visit) -> list[str]:
    """Give the facts, not known, for want of which a condition cannot be told; none where the text itself is silent."""
    return [leaf.name for leaf in _deciding(look) if leaf.told(visit) is None and look.verdict is CANNOT_TELL]


def _presumed(look: Look[R], visit: Visit) -> list[Assumption]:
    chooses = look.rule.when is not None and any(isinstance(one, When) for one in look.rule.when.walk())
    return [
        Assumption(look.rule.id, leaf.name, leaf.presumed, str(leaf))
        for leaf in (_leaves(look) if chooses else _deciding(look))
        if leaf.presumed is not None and visit.facts.get(leaf.name) is None
    ]


def _deciding(look: Look[R]) -> list[Given]:
    """Give the facts that made a condition turn out as it did, and those by which it could not choose."""
    words = {part.clause.about for part in _decisive(look.finding)} if look.finding else set()
    return [leaf for leaf in _leaves(look) if str(leaf) in words]


def _decisive(finding: Finding) -> Iterator[Finding]:
    yield from finding.decisive()
    for node in finding.walk():
        if node.because is not None:
            yield from _decisive(node.because)


def _leaves(look: Look[R]) -> list[Given]:
    clauses = look.rule.when.walk() if look.rule.when is not None and look.finding is not None else ()
    leaves = [one for one in clauses if isinstance(one, Given)]
    return list({(leaf.name, leaf.presumed): leaf for leaf in leaves}.values())
