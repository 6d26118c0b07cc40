"""How the library can be held wrong.

Only misuse raises. A policy that is not met is a finding, a row that cannot be read is a reject; neither is an error.
Every error says what happened, why it matters and what to do, and keeps what it spoke of in ``data``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from attrs import frozen


class CpdRulesError(Exception):
    """The library was held wrong: the base of every error it raises by itself.

    ``what``, ``why`` and ``remedy`` are sentences for people; ``data`` holds the values that the sentences mention.
    """

    def __init__(self, what: str, *, why: str = "", remedy: str = "", **data: Any) -> None:
        self.what = what
        self.why = why
        self.remedy = remedy
        self.data: Mapping[str, Any] = MappingProxyType(data)
        super().__init__(" ".join(_sentence(text) for text in (what, why, remedy) if text))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel whole between processes: a pool hands on what its workers raise."""
        return _again, (type(self), self.what, self.why, self.remedy, dict(self.data))


class AmountError(CpdRulesError, ValueError):
    """An amount that cannot be held exactly: not a number, negative, too large, or finer than its unit's grain."""


class UnitError(CpdRulesError, TypeError):
    """Two amounts of different units were added or compared, or a unit was asked for that nobody declared."""


class PeriodError(CpdRulesError, ValueError):
    """A span of days that ends before it begins, leaves the calendar, or cannot be divided as asked."""


class PolicyError(CpdRulesError, ValueError):
    """A clause that says nothing or contradicts itself: no parts, a count that no parts can reach, caps that cross."""


class VerdictError(CpdRulesError, TypeError):
    """A verdict was used as if it were true or false; there are four answers, and only two of them are."""


class RecordError(CpdRulesError, ValueError):
    """An activity, member or record that contradicts itself, such as shares that do not add up."""


class CountError(CpdRulesError, ValueError):
    """Counts that contradict one another, such as more who met than were assessed; ``data`` carries all of them."""


class MethodError(CpdRulesError, ValueError):
    """A statistical method, scale, weighting or group that the library does not have."""


class UnknownRefError(CpdRulesError, KeyError):
    """A clause was asked for by a ref that the policy does not have."""

    def __str__(self) -> str:
        """Give the sentence; a KeyError would show it in quotes."""
        return Exception.__str__(self)


class NoEditionError(CpdRulesError, LookupError):
    """No edition was in force on the day asked about, or two claim it."""


#: What kind of thing is wrong in a document; see ``Problem.kind``.
ProblemKind: TypeAlias = Literal["text", "size", "shape", "sense"]


@frozen
class Problem:
    """One thing that is wrong in a document: where, what, and what to do about it."""

    #: Such as ``scheme.policy.all of[2].at least.figure``, counted from 1; empty for the document as a whole.
    place: str
    what: str
    remedy: str = ""
    #: "text" where the text is no JSON or TOML, or too large for it; "size" where a limit is passed; "shape" where the
    #: JSON Schema of policies refuses it, too; "sense" where only the library can tell: a day that no calendar has, a
    #: unit that nobody declared, values that contradict one another.
    kind: ProblemKind = "shape"

    def __str__(self) -> str:
        said = " ".join(_sentence(text) for text in (self.what, self.remedy) if text)
        return f"{self.place}: {said}" if self.place else said


class DocumentError(CpdRulesError, ValueError):
    """Plain data that is no policy, record or finding; ``problems`` lists every one found, each with its place."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, in the order of the document."""
        found: tuple[Problem, ...] = self.data.get("problems", ())
        return found


def _again(kind: type[CpdRulesError], what: str, why: str, remedy: str, data: dict[str, Any]) -> CpdRulesError:
    return kind(what, why=why, remedy=remedy, **data)


def shown(value: object) -> str:
    """Show a value that strangers gave, in an error: never at length, and never at a cost.

    >>> shown("x" * 100), shown(10**5000)
    ("'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...", 'a number of very many digits')
    """
    try:
        text = repr(value)
    except ValueError:  # Python itself refuses to write a very long number out
        return "a number of very many digits"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


#: No value is shown at greater length than this.
_LONGEST = 40


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def unknown_ref(ref: str, known: Iterable[str], holder: str) -> UnknownRefError:
    """Word the error for a ref that a policy or finding does not have."""
    names = sorted(set(known))
    return UnknownRefError(
        f"This {holder} has no clause {shown(ref)}",
        why=f"It has {', '.join(map(repr, names))}" if names else "None of its clauses has a ref",
        remedy=did_you_mean(ref, names)
        or "A clause is given its ref where it is written: at_least(30, hours(), ref='hours')",
        ref=ref,
        known=tuple(names),
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known words that are nearest to one that is not known, as a sentence; empty where none is near.

    >>> did_you_mean("planed", ["planned", "area"])
    'Did you mean planned?'
    """
    words = list(known)
    near = get_close_matches(word[:80], words, n=2, cutoff=0.7)
    near = near or [one for one in words if one.casefold() == word.casefold()][:2]
    return f"Did you mean {' or '.join(near)}?" if near else ""
