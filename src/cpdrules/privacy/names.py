"""Which cookies a name stands for, and which declared cookie an observed name is.

Cookie names are case-sensitive, and are compared as they are: nothing is folded or normalised, only warned of. Patterns
are literal text and stars and never expressions, so that no pattern and no name takes more than linear time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from attrs import field, frozen

from cpdrules.errors import PolicyError, VerdictError, did_you_mean, shown
from cpdrules.findings import Source

T = TypeVar("T")

#: How a pattern reads its text: the whole name, its beginning, its end, or pieces in their order.
Kind: TypeAlias = Literal["exact", "prefix", "suffix", "segments"]

#: No pattern is longer, in characters: browsers refuse a cookie whose name and value exceed 4,096 octets (RFC 6265bis).
LONGEST = 4_096


class Match(Enum):
    """Whether a pattern matches; as true or false it serves only where that can be told."""

    YES = "yes"
    NO = "no"
    #: The name matches, but only on some hosts, and the host is not known.
    UNSURE = "unsure"

    def __bool__(self) -> bool:
        if self is Match.UNSURE:
            raise VerdictError(
                "A match that is unsure was used as true or false",
                why="The pattern holds on some hosts only, and the host is not known",
                remedy="Give the host, or compare the answer (answer is Match.UNSURE)",
                match=self,
            )
        return self is Match.YES


def _canonical(domain: str) -> str:
    """Write a domain or host in the one way in which they are compared; empty where it is neither.

    Case, a leading dot (as in a cookie's Domain) and the trailing dot of an absolute name are immaterial.
    """
    if len(domain) > _LONGEST_DOMAIN + 2 or not domain.isascii():
        return ""
    name = domain.lower().removeprefix(".").removesuffix(".")
    sound = len(name) <= _LONGEST_DOMAIN and _IN_DOMAINS.issuperset(name)
    return name if sound and all(0 < len(label) <= _LONGEST_LABEL for label in name.split(".")) else ""


#: The lengths that the domain name system allows (RFC 1035, section 2.3.4), as written.
_LONGEST_DOMAIN, _LONGEST_LABEL = 253, 63

#: An underscore is no letter of host names, but some have it.
_IN_DOMAINS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def _scopes(host: str) -> tuple[str, ...]:
    """Give the host and every domain above it; none where it is no host, or not known. An address is below nothing."""
    if host[:1] == "[" and host[-1:] == "]":
        return (host,)
    name = _canonical(host)
    if not name:
        return ()
    labels = name.split(".")
    if labels[-1].isdecimal():
        return (name,)
    return tuple(".".join(labels[number:]) for number in range(len(labels)))


def _domain(domain: Any) -> str:
    if domain == "":
        return ""
    if isinstance(domain, str) and (name := _canonical(domain)):
        return name
    raise PolicyError(
        f"{shown(domain)} is no domain",
        why="It says on which hosts a cookie goes by the name",
        remedy="Write a domain alone, in ASCII, without a port or a path, such as addthis.com",
        domain=domain,
    )


@frozen
class NamePattern:
    """The cookies that go by a name, or by names of one make; ``exact``, ``prefix``, ``suffix``, ``segments`` write it.

    ``str(pattern)`` is how a statement prints it.

    >>> print(prefix("oax"), suffix("_txid"), exact("uvc", domain=".addthis.com"), sep="; ")
    oax*; *_txid; uvc on addthis.com

    Raises:
        PolicyError: the text is empty, too long, or stars and nothing else; the kind or the domain is none.
    """

    kind: Kind
    #: Literal; in ``segments`` alone a star stands for any text, also for none.
    text: str
    #: The hosts it speaks of: this domain and whatever is below it; empty for all hosts.
    domain: str = field(default="", converter=_domain)
    #: Where it is from; a pattern that somebody assumed or restored is ``inferred``.
    source: Source | None = None
    #: What it must hold, in this order, from the beginning of a name to its end.
    pieces: tuple[str, ...] = field(init=False, repr=False, eq=False)
    #: Higher is better: a whole name, then more literal characters, then a scope, the narrower the better.
    specificity: tuple[bool, int, int] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check(self.kind, self.text)
        pieces = tuple(_PIECES[self.kind](self.text))
        object.__setattr__(self, "pieces", pieces)
        object.__setattr__(self, "specificity", (self.kind == "exact", sum(map(len, pieces)), len(self.domain)))

    def matches(self, name: str, host: str = "") -> Match:
        """Tell whether a cookie of this name, which a host sets or holds, is meant; in linear time, whatever the text.

        It is unsure where the pattern holds on some hosts only and the host is not given, or is no host.

        >>> exact("CFID").matches("cfid"), exact("uvc", domain="addthis.com").matches("uvc")
        (<Match.NO: 'no'>, <Match.UNSURE: 'unsure'>)
        """
        if not _fits(self.pieces, name):
            return Match.NO
        if not self.domain:
            return Match.YES
        scopes = _scopes(host)
        if not scopes:
            return Match.UNSURE
        return Match.YES if self.domain in scopes else Match.NO

    def __str__(self) -> str:
        text = "*".join(self.pieces)
        literal = f" (“{self.text}” is literal)" if self.kind != "segments" and "*" in self.text else ""
        return f"{text}{literal}{f' on {self.domain}' if self.domain else ''}"


#: What a name must hold, from one end to the other; a star is what lies between two pieces.
_PIECES: dict[str, Callable[[str], Sequence[str]]] = {
    "exact": lambda text: (text,),
    "prefix": lambda text: (text, ""),
    "suffix": lambda text: ("", text),
    "segments": lambda text: text.split("*"),
}


def _check(kind: Any, text: Any) -> None:
    if kind not in get_args(Kind):
        remedy = did_you_mean(str(kind), get_args(Kind)) or f"The kinds are {', '.join(get_args(Kind))}"
        raise PolicyError(f"There is no kind of pattern {shown(kind)}", remedy=remedy, kind=kind)
    why, remedy = _fault(kind, text)
    if why:
        raise PolicyError(
            f"{shown(text)} is no pattern of names ({kind})", why=why, remedy=remedy, kind=kind, text=text
        )


def _fault(kind: Kind, text: Any) -> tuple[str, str]:
    if not isinstance(text, str):
        return "A cookie's name is a text", "Write it in quotes"
    if not text:
        return "It is empty: a cookie without a name is known by none", "Leave the cookie without patterns"
    if len(text) > LONGEST:
        return f"It is {len(text):,} characters long; browsers refuse cookies above {LONGEST:,} octets", "Shorten it"
    if kind == "segments" and "*" not in text:
        return "It holds no star", "Use exact() for a whole name"
    if kind == "segments" and not text.strip("*"):
        return "It holds stars and nothing else: it would declare every cookie", "Name what the cookies have in common"
    return "", ""


def exact(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Name one cookie. A star in the text is a star: some real names have one.

    Raises:
        PolicyError: see ``NamePattern``.
    """
    return NamePattern("exact", text, domain, source)


def prefix(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Name the cookies whose names begin like this, or are this. A star in the text is a star.

    Raises:
        PolicyError: see ``NamePattern``.
    """
    return NamePattern("prefix", text, domain, source)


def suffix(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Name the cookies whose names end like this, or are this. A star in the text is a star.

    Raises:
        PolicyError: see ``NamePattern``.
    """
    return NamePattern("suffix", text, domain, source)


def segments(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Name the cookies whose names hold these pieces in this order, and anything, or nothing, where a star stands.

    >>> bool(segments("_pk_*.*").matches("_pk_id.1.fff")), bool(segments("_pk_*.*").matches("x_pk_id.1"))
    (True, False)

    Raises:
        PolicyError: the text holds no star, or nothing but stars; see ``NamePattern``.
    """
    return NamePattern("segments", text, domain, source)


def _fits(pieces: tuple[str, ...], name: str) -> bool:
    """Tell whether a name holds the pieces in their order, from end to end.

    The first place where a piece is found leaves the most room for the rest, so nothing is ever tried twice.
    """
    if len(pieces) == 1:
        return name == pieces[0]
    place, end = len(pieces[0]), len(name) - len(pieces[-1])
    if place > end or not name.startswith(pieces[0]) or not name.endswith(pieces[-1]):
        return False
    for piece in pieces[1:-1]:
        found = name.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


class Found(NamedTuple, Generic[T]):
    """A pattern, and what it stands for."""

    pattern: NamePattern
    value: T


@frozen
class Matches(Generic[T]):
    """What a name may stand for; as true or false it serves where its ``answer`` does."""

    #: The patterns that match, the best first; of those that are as good, in the order in which they were given.
    found: tuple[Found[T], ...] = ()
    #: Those that match if the cookie is on a host of theirs, which is not known; in the same order.
    unsure: tuple[Found[T], ...] = ()

    @property
    def best(self) -> Matches[T]:
        """The best: all of them where several are as good; and, as unsure, those that would be better."""
        if not self.found:
            return self
        mark = self.found[0].pattern.specificity
        found = tuple(one for one in self.found if one.pattern.specificity == mark)
        return Matches(found, tuple(one for one in self.unsure if one.pattern.specificity > mark))

    @property
    def answer(self) -> Match:
        """Whether any matches; unsure where only those may whose host is not known."""
        if self.found:
            return Match.YES
        return Match.UNSURE if self.unsure else Match.NO

    def __bool__(self) -> bool:
        return bool(self.answer)


#: No pattern matches.
_NONE: Matches[Any] = Matches()
#: No pattern is the whole of the name; others may match.
_NOT_WHOLE: Matches[Any] = Matches()


class _Group(NamedTuple):
    """The patterns of one text, by their numbers in the order of specificity."""

    anywhere: list[int]
    by_domain: dict[str, list[int]]


#: By the pieces that a name must hold.
_Groups: TypeAlias = dict[tuple[str, ...], _Group]


class _Branch(Generic[T]):
    """A place in a tree of texts: what ends here, and where longer texts go on."""

    __slots__ = ("best", "groups", "on", "step")

    def __init__(self, groups: _Groups) -> None:
        self.groups = groups
        #: By so many of the next characters as no longer text ends before.
        self.on: dict[str, _Branch[T]] = {}
        self.step = 0
        #: The best of what ends here or on the way here; None where that depends on the host, or on further pieces.
        self.best: Matches[T] | None = _NONE

    def last(self, text: str) -> _Branch[T]:
        """Give the last place whose text the given one begins with; no character is looked at twice."""
        branch: _Branch[T] = self
        at, end = 0, self.step
        while (following := branch.on.get(text[at:end])) is not None:
            branch, at, end = following, end, end + following.step
        return branch

    def passed_by(self, text: str) -> list[_Branch[T]]:
        """Give every place on the way to the last."""
        passed: list[_Branch[T]] = [self]
        at = 0
        while (following := passed[-1].on.get(text[at : at + passed[-1].step])) is not None:
            at += passed[-1].step
            passed.append(following)
        return passed


def _tree(texts: dict[str, _Groups]) -> _Branch[Any]:
    """Grow the tree of texts, in time and space that are linear in what they hold."""
    root: _Branch[Any] = _Branch(texts.get("", {}))
    waiting = [(root, 0, list(texts))]
    while waiting:
        branch, at, several = waiting.pop()
        longer = [text for text in several if len(text) > at]
        branch.step = min(map(len, longer), default=at) - at
        after = at + branch.step
        onwards: dict[str, list[str]] = {}
        for text in longer:
            onwards.setdefault(text[at:after], []).append(text)
        for part, those in onwards.items():
            here = min(those, key=len)
            branch.on[part] = _Branch(texts[here] if len(here) == after else {})
            waiting.append((branch.on[part], after, those))
    return root


def _pairs(pairs: Iterable[tuple[NamePattern, T]]) -> tuple[Found[T], ...]:
    given: tuple[Any, ...] = tuple(pairs)
    for pair in given:
        if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], NamePattern)):
            raise PolicyError(
                f"{shown(pair)} is no pattern of names together with what it stands for",
                remedy="Write Index([(exact('CFID'), 'anon-session')])",
                pair=pair,
            )
    return tuple(Found(*pair) for pair in given)


@frozen
class Index(Generic[T]):
    """Patterns, each with what it stands for, in the form in which a name is looked up.

    Whole names are in a table; beginnings and ends in trees, by characters; pieces under the longer of their two ends.
    So the work depends on the length of the name and not on how many patterns there are; only of patterns in pieces
    those whose longer end fits are tried, one by one. It holds no more than the patterns' own texts.

    >>> index = Index([(prefix("_ga"), "analytics"), (exact("_gat"), "throttle")])
    >>> [one.value for one in index.matches("_gat").found]
    ['throttle', 'analytics']

    Raises:
        PolicyError: something is no pattern, or stands alone.
    """

    patterns: tuple[Found[T], ...] = field(converter=_pairs)
    #: The patterns by specificity, the best first.
    _ordered: tuple[Found[T], ...] = field(init=False, repr=False, eq=False)
    _whole: dict[str, _Group] = field(init=False, repr=False, eq=False, factory=dict)
    #: The best matches of whole names; None where they depend on the host.
    _settled: dict[str, Matches[T] | None] = field(init=False, repr=False, eq=False)
    _heads: _Branch[T] = field(init=False, repr=False, eq=False)
    #: Backwards.
    _tails: _Branch[T] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        ordered = sorted(self.patterns, key=lambda one: one.pattern.specificity, reverse=True)
        heads: dict[str, _Groups] = {}
        tails: dict[str, _Groups] = {}
        for number, (pattern, _) in enumerate(ordered):
            group = self._group(pattern, heads, tails)
            domain = pattern.domain
            (group.by_domain.setdefault(domain, []) if domain else group.anywhere).append(number)
        object.__setattr__(self, "_ordered", tuple(ordered))
        object.__setattr__(self, "_settled", {name: self._best_of(group) for name, group in self._whole.items()})
        object.__setattr__(self, "_heads", self._settle(_tree(heads)))
        object.__setattr__(self, "_tails", self._settle(_tree(tails)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as the patterns alone: pickle would go down the trees by recursion."""
        return Index, (self.patterns,)

    def best(self, name: str, host: str = "") -> Matches[T]:
        """Give the best match, and fast: what ``matches(name, host).best`` gives."""
        best = self._settled.get(name, _NOT_WHOLE)
        if best is _NOT_WHOLE:
            best = self._heads.last(name).best
            if self._tails.on and self._tails.last(_backwards(name)).best is not _NONE:
                best = None
        return self.matches(name, host).best if best is None else best

    def matches(self, name: str, host: str = "") -> Matches[T]:
        """Give every pattern that matches a cookie's name on a host, or may: no host given is a host not known."""
        found: list[int] = []
        unsure: list[int] = []
        scopes: tuple[str, ...] | None = None
        for anywhere, by_domain in self._groups(name):
            found += anywhere
            if by_domain:
                scopes = _scopes(host) if scopes is None else scopes
                for domain in scopes:
                    found += by_domain.get(domain, ())
                if not scopes:
                    unsure += (number for several in by_domain.values() for number in several)
        return Matches(self._entries(found), self._entries(unsure))

    def _entries(self, numbers: list[int]) -> tuple[Found[T], ...]:
        return tuple([self._ordered[number] for number in sorted(numbers)])

    def _group(self, pattern: NamePattern, heads: dict[str, _Groups], tails: dict[str, _Groups]) -> _Group:
        """Give the group that a pattern belongs to: the first time, a new one."""
        pieces = pattern.pieces
        if len(pieces) == 1:
            return self._whole.setdefault(pattern.text, _Group([], {}))
        first, last = pieces[0], pieces[-1]
        groups = tails.setdefault(last[::-1], {}) if len(last) > len(first) else heads.setdefault(first, {})
        return groups.setdefault(pieces, _Group([], {}))

    def _best_of(self, group: _Group) -> Matches[T] | None:
        return None if group.by_domain else Matches(self._entries(group.anywhere))

    def _settle(self, root: _Branch[T]) -> _Branch[T]:
        """Work out the best match at every place of a tree."""
        waiting = [root]
        while waiting:
            branch = waiting.pop()
            for pieces, group in branch.groups.items():
                sure = branch.best is not None and _open_ended(pieces)
                branch.best = self._best_of(group) if sure else None
            for following in branch.on.values():
                following.best = branch.best
                waiting.append(following)
        return root

    def _groups(self, name: str) -> list[_Group]:
        """Give the groups whose patterns a name fits, on whatever host."""
        branches = self._heads.passed_by(name) + self._tails.passed_by(_backwards(name))
        fitting = (
            group
            for branch in branches
            for pieces, group in branch.groups.items()
            if _open_ended(pieces) or _fits(pieces, name)
        )
        return [*fitting, *([self._whole[name]] if name in self._whole else ())]


def _open_ended(pieces: tuple[str, ...]) -> bool:
    """Tell whether only one end is asked for, so that the place in the tree says it all."""
    return len(pieces) == 2 and not (pieces[0] and pieces[1])


def _backwards(name: str) -> str:
    return name[: -LONGEST - 1 : -1]
