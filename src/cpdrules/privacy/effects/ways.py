"""What is found of every function of a site for one visitor, and the shortest ways from there to the causes.

Functions are judged in order, each once, on what was found of those that they need. For somebody who does not log on
there are two rounds more: what can be had without logging on at all, and what is left of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cpdrules.findings import Clause, Finding
from cpdrules.privacy.cookies import Function
from cpdrules.privacy.requirements import Accepts, Given, Requirement, Visit, Works, named_in
from cpdrules.privacy.statements import Statement
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET, opposite


def set_for(statement: Statement, id: str) -> frozenset[str]:  # noqa: A002
    """Give the ids of the cookies that are really set for one: itself, or those that it makes use of in the end.

    Such a one is there while any of them is, and there is no blocking it by itself.

    Raises:
        UnknownRefError: the statement has no such cookie.
    """
    if not statement.cookie(id).reuses:
        return frozenset({id})
    seen, waiting = {id}, [id]
    ends: set[str] = set()
    while waiting:
        one = waiting.pop()
        following = statement.cookie(one).reuses if statement.declares(one) else ()
        ends |= set() if following else {one}
        waiting += [name for name in following if name not in seen]
        seen |= set(following)
    return frozenset(ends) or frozenset({id})


#: What is found of the log-on for those who do not log on.
_LOGGING_ON = Given("logs_on", "the visitor logs on")
_NOT_LOGGED_ON = Finding(_LOGGING_ON.clause(about=str(_LOGGING_ON)), NOT_MET)
_NOTHING_NEEDED = Finding(Clause("nothing", about="nothing is needed"), MET)

#: What was found of each function, by its id.
Found = dict[str, Finding]


class Cause(NamedTuple):
    """What makes a function fail, or leaves it open."""

    words: str
    cookie: str = ""
    #: What nobody has recorded.
    missing: str = ""


#: By cause, the ids of the functions on the shortest way to it.
Causes = dict[Cause, tuple[str, ...]]


class Ways:
    """What was found for one visitor, with and without the blocking, and what led there."""

    def __init__(
        self, statement: Statement, gone: frozenset[str], facts: Mapping[str, bool | None], *, logged_off: bool
    ) -> None:
        self.statement: Statement = statement
        self.gone: frozenset[str] = gone
        self.facts: Mapping[str, bool | None] = facts
        clauses = (function.requires.walk() for function in statement.functions if function.requires is not None)
        leaves = [leaf for clause in clauses for leaf in clause if isinstance(leaf, Requirement)]
        needed = {leaf.name for leaf in leaves if isinstance(leaf, Accepts)}
        self.undeclared: set[str] = {id for id in needed if not statement.declares(id)}  # noqa: A001
        self.leaves: dict[Clause, Requirement] = {leaf.clause(about=str(leaf)): leaf for leaf in (*leaves, _LOGGING_ON)}
        #: By the finding's identity: it is kept beside, so that no other takes its place.
        self.causes: dict[int, tuple[Finding, Causes]] = {}
        #: What is found of each function, by its id, if nothing is blocked and as it is.
        self.usual: Found = self._mixed(frozenset()) if logged_off else self._found(frozenset())
        self.now: Found = self._mixed(gone) if logged_off else self._found(gone)

    def _found(self, gone: frozenset[str], *, barred: str = "") -> Found:
        """Judge all functions in order, each once; a barred one does not work."""
        works: Found = {}
        for function in self.statement.in_order():
            found = _NOT_LOGGED_ON if function.id == barred else self._judged(function, gone, works)
            works[function.id] = self._explained(found)
        return works

    def _mixed(self, gone: frozenset[str]) -> Found:
        """Judge all functions for somebody who does not log on, except where nothing else will do."""
        log_on = self.statement.function(self.statement.log_on).id
        only = self._only_logged_on(log_on)
        able, off = self._found(only, barred=log_on), self._found(gone | only, barred=log_on)
        touched = self._resting_on(gone)
        works: Found = {}
        for function in self.statement.in_order():
            id = function.id  # noqa: A001
            if able[id].satisfied:
                works[id] = off[id]
                continue
            found = self._judged(function, gone, works)
            # What a fact decides is not followed into both of its cases: where these may differ, nobody can tell.
            hangs = able[id].verdict is CANNOT_TELL and id in touched
            if hangs and found.verdict is not off[id].verdict:
                found = Finding(Clause("when", about="logging on"), CANNOT_TELL, (off[id], found), because=able[id])
            works[id] = self._explained(found)
        return works

    def _only_logged_on(self, log_on: str) -> frozenset[str]:
        """Give the cookies that logging on needs, and those that are there through nothing else."""
        needed, waiting = set[str](), [log_on]
        functions = {function.id: function for function in self.statement.functions}
        while waiting:
            requires = functions[waiting.pop()].requires
            needed |= set(named_in(requires, Accepts))
            waiting += [name for name in named_in(requires, Works) if name in functions]
        return frozenset(cookie.id for cookie in self.statement.cookies if set_for(self.statement, cookie.id) <= needed)

    def _resting_on(self, gone: frozenset[str]) -> set[str]:
        """Give the functions that speak of some cookies, by themselves or through others."""
        touched: set[str] = set()
        for function in self.statement.in_order():
            if gone.intersection(named_in(function.requires, Accepts)) or touched.intersection(
                named_in(function.requires, Works)
            ):
                touched.add(function.id)
        return touched

    def _judged(self, function: Function, gone: frozenset[str], works: Found) -> Finding:
        if function.requires is None:
            return _NOTHING_NEEDED
        return function.requires.assess(Visit(gone, self.facts, works, self.undeclared))

    def _explained(self, found: Finding) -> Finding:
        """Note why, while what it rests on is at hand: a long chain of functions then takes no deep recursion."""
        self.why(found)
        return found

    def why(self, node: Finding) -> Causes:
        """Give the causes of a finding, each with the shortest way to it; none where it holds."""
        if node.satisfied:
            return {}
        if id(node) not in self.causes:
            self.causes[id(node)] = node, self._led(node)
        return self.causes[id(node)][1]

    def _led(self, node: Finding) -> Causes:
        """Go down to what made a verdict what it is; of several ways to one cause keep the shortest."""
        leaf = self.leaves.get(node.clause)
        if leaf is not None and not node.parts:
            return {self._said(leaf, node): ()}
        step = () if leaf is None else (leaf.name,)
        notes = [note.text for note in node.notes if note.kind == "missing" and node.verdict is CANNOT_TELL]
        causes: Causes = {Cause(f"more than is known: {text}", missing=text): () for text in notes}
        for part in _deciding(node):
            if part.satisfied:  # what holds breaks a none_of
                barred = (leaf.clause.about or leaf.clause.word for leaf in part.decisive())
                causes |= {Cause(f"that it is not so that {text}, and it is"): step for text in barred}
            for cause, rest in self.why(part).items():
                path = (*step, *rest)
                if cause not in causes or len(path) < len(causes[cause]):
                    causes[cause] = path
        text = node.clause.about or node.clause.word
        return causes or {Cause(text, missing=text if node.verdict is CANNOT_TELL else ""): ()}

    def _said(self, leaf: Requirement, node: Finding) -> Cause:
        if node.verdict is CANNOT_TELL:
            return Cause(f"that {leaf}, and it is not known whether that is so", missing=node.notes[0].text)
        if isinstance(leaf, Accepts):
            return Cause(f"the cookie {leaf.name}, which {self._state(leaf.name)}", cookie=leaf.name)
        return Cause(f"that {leaf}, and that is not so")

    def _state(self, cookie: str) -> str:
        if cookie not in self.gone:
            return "is set only for those who log on"
        reused = set_for(self.statement, cookie) - {cookie}
        return f"stands on {' and '.join(sorted(reused))}, all blocked" if reused else "is blocked"


def _deciding(node: Finding) -> tuple[Finding, ...]:
    """Give the parts that made a verdict what it is."""
    sought = opposite(node.verdict) if node.clause.word == "none_of" else node.verdict
    because = (node.because,) if node.because is not None and node.verdict is CANNOT_TELL else ()
    return (*(part for part in node.parts if part.verdict is sought), *because)
