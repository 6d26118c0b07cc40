"""What those who block cookies lose, what they keep and what the text leaves open, each with the path that leads to it.

A function is judged once, after those that it needs, so that what is lost takes along whatever cannot do without it.
How bad that is stands with the function; where the text does not say, it is unknown, and never nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Literal

from attrs import field, frozen

from cpdrules.errors import PolicyError, UnknownRefError, did_you_mean, shown
from cpdrules.findings import Finding
from cpdrules.privacy.cookies import Function, Modality, Severity
from cpdrules.privacy.effects.ways import Ways, set_for
from cpdrules.privacy.practices import Claim
from cpdrules.privacy.statements import Statement, found
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Verdict, all_met


class Outcome(Enum):
    """What becomes of a function for one visitor."""

    KEPT = "kept"
    LOST = "lost"
    #: It is broken and the text does not say how bad that is, or a fact is missing.
    UNKNOWN = "unknown"
    #: It would not work for this visitor even if nothing were blocked.
    OUT_OF_REACH = "out of reach"


@frozen
class Path:
    """One way from a function to what makes it fail, or leaves it open."""

    #: Ids of the functions on the way, each needed by the one before; the first is the one that is asked about.
    functions: tuple[str, ...]
    #: The id of the cookie at its end; empty where it ends in a fact.
    cookie: str
    #: What is at its end, in words.
    cause: str

    def __str__(self) -> str:
        """Read from the function to the cause: “a needs b, which needs the cookie c, which is blocked”."""
        first, *others = self.functions
        return f"{first} needs {', which needs '.join((*others, self.cause))}"


@frozen
class Effect:
    """What becomes of one function, and why."""

    function: str
    title: str = field(eq=False)
    audience: Literal["visitor", "controller"]
    outcome: Outcome
    #: How bad it is that it is missing, as the text says of the function; whether or not it is.
    severity: Severity
    modality: Modality
    #: The shortest path to each cause; empty where it is kept.
    paths: tuple[Path, ...]
    #: What nobody has recorded, and would settle it.
    missing: tuple[str, ...]
    #: What was found of what it needs.
    finding: Finding = field(eq=False, repr=False)
    #: Where the text speaks of it.
    source: str = field(eq=False)

    @property
    def broken(self) -> bool:
        """Whether what it needs is certainly not there, however bad that is."""
        return self.finding.verdict is NOT_MET and not self.missing and self.outcome is not Outcome.OUT_OF_REACH

    def __str__(self) -> str:
        why = "; ".join(f"it{str(path)[len(self.function) :]}" for path in self.paths)
        return f"{self.function} {self._happens()}{f': {why}' if why else ''} ({self.source})"

    def _happens(self) -> str:
        if self.outcome is Outcome.KEPT:
            return "goes on working"
        if self.outcome is Outcome.OUT_OF_REACH:
            return "does not work for this visitor, whatever is blocked"
        if not self.broken:
            return "may work or not"
        plain, modal = _WORDS[self.severity]
        return plain if self.modality == "unstated" else f"{_MODALS[self.modality]} {modal}"


#: What is said of a function that is missing, plainly and after “will” or “may”.
_WORDS: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {
        Severity.NONE: ("is missing and does no harm", "be missing and do no harm"),
        Severity.NUISANCE: ("is missing, which is a nuisance", "be missing, which is a nuisance"),
        Severity.UNRELIABLE: ("works unreliably", "work unreliably"),
        Severity.DEGRADED: ("does not work fully", "not work fully"),
        Severity.NOT_RECOGNISED: ("does not recognise who is logged on", "not recognise who is logged on"),
        Severity.FAILS: ("fails", "fail"),
        Severity.UNSTATED: (
            "lacks what it needs, and the text does not say what happens",
            "lack what it needs, and the text does not say what happens",
        ),
    }
)
_MODALS = MappingProxyType({"will": "will", "may": "may", "normally": "will normally"})


@frozen
class Effects:
    """What blocking some cookies does, function by function in the order of the statement."""

    #: The name of the statement.
    statement: str
    #: The ids that were asked about, and of these the ones that stop nothing: they set no cookie of their own.
    blocked: frozenset[str]
    idle: frozenset[str]
    logs_on: bool | None
    effects: tuple[Effect, ...]

    def __iter__(self) -> Iterator[Effect]:
        return iter(self.effects)

    def __getitem__(self, function: str) -> Effect:
        """Give what becomes of the function with an id.

        Raises:
            UnknownRefError: there is none.
        """
        for effect in self.effects:
            if effect.function == function:
                return effect
        known = tuple(effect.function for effect in self.effects)
        raise UnknownRefError(
            f"The statement has no function {shown(function)}",
            remedy=did_you_mean(str(function), known),
            ref=function,
            known=known,
        )

    def of(self, outcome: Outcome, *, audience: Literal["visitor", "controller"] = "visitor") -> tuple[Effect, ...]:
        """Give the functions with an outcome, of those that serve visitors or those who run the site."""
        return tuple(one for one in self.effects if one.outcome is outcome and one.audience == audience)

    @property
    def lost(self) -> dict[str, Severity]:
        """What visitors certainly lose, and how bad that is; the worst first."""
        return {one.function: one.severity for one in self._worst_first()}

    @property
    def worst(self) -> Severity | None:
        """The worst that is certain; None where nothing is lost. What is unknown may be worse."""
        return next((one.severity for one in self._worst_first()), None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The visitor's functions of which it is not known what becomes of them."""
        return tuple(one.function for one in self.of(Outcome.UNKNOWN))

    @property
    def kept(self) -> tuple[str, ...]:
        """The visitor's functions that go on working."""
        return tuple(one.function for one in self.of(Outcome.KEPT))

    @property
    def out_of_reach(self) -> tuple[str, ...]:
        """The visitor's functions that would not work for this visitor in any case."""
        return tuple(one.function for one in self.of(Outcome.OUT_OF_REACH))

    @property
    def controller_lost(self) -> dict[str, Severity]:
        """What those who run the site certainly lose, and what the text says of it."""
        return {one.function: one.severity for one in self.of(Outcome.LOST, audience="controller")}

    @property
    def controller_unknown(self) -> tuple[str, ...]:
        """Their functions of which a missing fact leaves open what becomes of them."""
        return tuple(one.function for one in self.of(Outcome.UNKNOWN, audience="controller"))

    def _worst_first(self) -> list[Effect]:
        return sorted(self.of(Outcome.LOST), key=lambda one: -(one.severity.rank or 0))

    def rows(self) -> tuple[dict[str, str], ...]:
        """Give one row of plain texts a function, for a table."""
        return tuple(
            {
                "function": one.function,
                "title": one.title,
                "audience": one.audience,
                "outcome": one.outcome.value,
                "severity": one.severity.value if one.outcome in (Outcome.LOST, Outcome.UNKNOWN) else "",
                "why": "; ".join(map(str, one.paths)),
                "missing": "; ".join(one.missing),
                "source": one.source,
            }
            for one in self.effects
        )

    def __str__(self) -> str:
        who = {True: " by somebody who logs on", False: " by somebody who does not log on", None: ""}[self.logs_on]
        lines = [f"Blocked{who}: {', '.join(sorted(self.blocked)) or 'nothing'}."]
        if self.idle:
            lines.append(f"Blocked in vain, since they set no cookie of their own: {', '.join(sorted(self.idle))}.")
        for title, effects in (
            ("Lost", self._worst_first()),
            ("Not known", self.of(Outcome.UNKNOWN)),
            ("Lost to those who run the site", self.of(Outcome.LOST, audience="controller")),
            ("Not known to those who run the site", self.of(Outcome.UNKNOWN, audience="controller")),
        ):
            lines += [f"{title}:", *(f"  {one}" for one in effects)] if effects else []
        lines.append(f"Kept: {', '.join(self.kept) or 'nothing'}.")
        lines += [f"Out of reach in any case: {', '.join(self.out_of_reach)}."] if self.out_of_reach else []
        return "\n".join(lines)


def everything(statement: Statement) -> frozenset[str]:
    """Give the ids of all cookies that a statement declares: for those who block all of them."""
    return frozenset(cookie.id for cookie in statement.cookies)


def group(statement: Statement, id: str) -> frozenset[str]:  # noqa: A002
    """Give the ids of the cookies that stand in one of the statement's groups, or are printed under it.

    Raises:
        UnknownRefError: the statement has no such group.
    """
    of = found(statement.groups, id, "group").id
    return frozenset(cookie.id for cookie in statement.cookies if of in (cookie.group, cookie.listed_under))


def effects_of(
    statement: Statement,
    blocked: Iterable[str],
    *,
    logs_on: bool | None = None,
    facts: Mapping[str, bool | None] | None = None,
) -> Effects:
    """Work out what blocking some cookies, by their ids, does to every function of a site.

    Somebody who does not log on (``logs_on=False``) gets nothing through what only logging on brings, except where a
    function cannot be used without it: whoever uses that logs on then, and comes with what she has until then. Where it
    is not said, she logs on wherever that helps.

    Raises:
        UnknownRefError: the statement has no such cookie, or not the function that it names as its log-on.
        PolicyError: whether she logs on is said, and the statement does not name its log-on; or that, or a fact, is
            neither true, false nor None.
    """
    ids = _cookies(statement, blocked)
    if logs_on is not None and not isinstance(logs_on, bool):
        raise PolicyError(
            f"Whether the visitor logs on was given as {shown(logs_on)}",
            remedy="Give True or False; None where that is not said",
            logs_on=logs_on,
        )
    if logs_on is not None and not statement.log_on:
        raise PolicyError(
            f"The statement {shown(statement.name)} does not say by which function visitors log on",
            why="So it cannot be told what is different for those who do not",
            remedy="Name it: Statement(log_on=...), or do not say whether the visitor logs on",
            statement=statement.name,
        )
    gone = frozenset(cookie.id for cookie in statement.cookies if set_for(statement, cookie.id) <= ids)
    ways = Ways(statement, gone, facts or {}, logged_off=logs_on is False)
    effects = tuple(_effect(function, ways) for function in statement.functions)
    return Effects(statement.name, ids, ids - gone, logs_on, effects)


def _cookies(statement: Statement, blocked: Iterable[str]) -> frozenset[str]:
    if isinstance(blocked, str):
        raise PolicyError(
            f"The cookies that are blocked were given as the text {shown(blocked)}",
            remedy=f"Give their ids: [{shown(blocked)}], everything(statement), group(statement, ...)",
            blocked=blocked,
        )
    return frozenset(statement.cookie(id).id for id in blocked)  # noqa: A001


def _effect(function: Function, ways: Ways) -> Effect:
    usual, now = ways.usual[function.id], ways.now[function.id]
    causes = dict(ways.why(now))
    if now.verdict is NOT_MET and usual.verdict is CANNOT_TELL:
        causes |= ways.why(usual)
    return Effect(
        function=function.id,
        title=function.title,
        audience=function.audience,
        outcome=_outcome(function, usual, now),
        severity=function.missing,
        modality=function.modality,
        paths=tuple(Path((function.id, *path), cause.cookie, cause.words) for cause, path in causes.items()),
        missing=tuple(dict.fromkeys(cause.missing for cause in causes if cause.missing)),
        finding=now,
        source=str(function.source),
    )


def _outcome(function: Function, usual: Finding, now: Finding) -> Outcome:
    if now.satisfied:
        return Outcome.KEPT
    if now.verdict is CANNOT_TELL or usual.verdict is CANNOT_TELL:
        return Outcome.UNKNOWN
    if usual.verdict is NOT_MET:
        return Outcome.OUT_OF_REACH
    silent = function.missing is Severity.UNSTATED and function.audience == "visitor"
    return Outcome.UNKNOWN if silent else Outcome.LOST


@frozen
class ClaimCheck:
    """Whether a sentence of the short version follows from the long one."""

    claim: Claim
    #: Met where it follows, not met where it does not, cannot tell where the long one leaves it open.
    verdict: Verdict
    #: One for each function that the sentence speaks of.
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        reasons = "; ".join(self.reasons) or "it speaks of no function"
        return f"“{self.claim.says}” {_FOLLOWS[self.verdict]} ({self.claim.source}): {reasons}"


_FOLLOWS: Mapping[Verdict, str] = MappingProxyType(
    {
        MET: "follows",
        NOT_MET: "does not follow",
        CANNOT_TELL: "cannot be told",
        DOES_NOT_APPLY: "says nothing that could be checked",
    }
)


def short_version(
    statement: Statement, *, logs_on: bool | None = None, facts: Mapping[str, bool | None] | None = None
) -> tuple[ClaimCheck, ...]:
    """Check what the short version says of blocking everything against the effects of doing so.

    A function is lost as claimed where what happens is at least as bad as that; where the claim does not say how bad,
    where what it needs is not there.

    Raises:
        UnknownRefError: a claim speaks of a function that the statement does not have.
        PolicyError: as for ``effects_of``.
    """
    effects = effects_of(statement, everything(statement), logs_on=logs_on, facts=facts)
    return tuple(_checked(claim, effects) for claim in statement.claims)


def _checked(claim: Claim, effects: Effects) -> ClaimCheck:
    lost = [(effects[function], _as_bad(effects[function], severity)) for function, severity in claim.lost]
    kept = [(effects[function], _as_good(effects[function])) for function in claim.kept]
    checked = [*lost, *kept]
    return ClaimCheck(claim, all_met([verdict for _, verdict in checked]), tuple(str(effect) for effect, _ in checked))


def _as_bad(effect: Effect, claimed: Severity) -> Verdict:
    """Say whether a function is lost at least as badly as claimed."""
    if effect.broken and claimed is Severity.UNSTATED:
        return MET
    if effect.outcome is Outcome.UNKNOWN or (effect.broken and effect.severity.rank is None):
        return CANNOT_TELL
    return MET if effect.broken and (effect.severity.rank or 0) >= (claimed.rank or 0) else NOT_MET


def _as_good(effect: Effect) -> Verdict:
    if effect.outcome is Outcome.UNKNOWN:
        return NOT_MET if effect.broken else CANNOT_TELL
    return MET if effect.outcome is Outcome.KEPT else NOT_MET
