"""What is published of a draw: an announcement before the seed exists, a manifest after.

Neither holds an id, nor a ticket but the last one called: a list of hashed numbers can be tried out by anybody, since
membership numbers are short. Who holds the list can check all of it, each member their own part; see ``checks``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from cpdrules.errors import CpdRulesError, DocumentError, Problem, shown
from cpdrules.review.allocation import AtRate, How, SoMany, at_rate, quotas, so_many
from cpdrules.review.identities import fault
from cpdrules.review.sizes import as_rate
from cpdrules.review.tickets import ALGORITHM, weakness

T = TypeVar("T")


@frozen
class Listed:
    """A list of people, without saying who they are: how many, and the digest of their ids in order."""

    size: int
    digest: str


@frozen
class Announcement:
    """What is published before the seed exists, so that nobody can choose one with the sample in view."""

    #: Whose draw it is, such as ``IET CPD monitoring``.
    scheme: str
    #: Which of its draws, such as ``2017``.
    label: str
    #: From which public event, still to come, the seed will be read, and how.
    seed_source: str
    how: How
    #: Who can be drawn, by stratum.
    pool: Mapping[str, Listed]
    #: How many are drawn, by stratum.
    quotas: Mapping[str, int]
    #: Who is reviewed in any case, by reason; they are no part of the pool.
    certain: Mapping[str, Listed] = field(factory=dict)
    algorithm: str = ALGORITHM


@frozen
class Called:
    """What came of the draw in one stratum: how far down the order of tickets it went."""

    #: How many were called, those who were skipped afterwards among them.
    number: int
    #: The ticket of the last one called; empty where nobody was.
    cutoff: str
    #: The digest of the ids called, in the order of their tickets.
    digest: str
    #: How many of them were added to the quota later.
    extended: int = 0
    #: How many of them were skipped, by reason.
    skipped: Mapping[str, int] = field(factory=dict)

    @property
    def drawn(self) -> int:
        """How many are in the sample: called, and not skipped."""
        return self.number - sum(self.skipped.values())


@frozen
class Manifest:
    """What is published after the draw: all that others need to do it again."""

    announcement: Announcement
    seed: str
    key: str
    #: What came of it, by stratum.
    called: Mapping[str, Called]
    #: How many joined after the announcement, and were therefore not drawn.
    joined: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should be wary of."""
        empty = (
            f"{name} is empty: nobody is drawn of it" for name, one in self.announcement.pool.items() if not one.size
        )
        return tuple(note for note in (weakness(self.seed), *empty) if note)


def write_announcement(announcement: Announcement) -> dict[str, Any]:
    """Write an announcement as plain data, for JSON or TOML."""
    return {
        "algorithm": announcement.algorithm,
        "scheme": announcement.scheme,
        "label": announcement.label,
        "seed source": announcement.seed_source,
        "how": _write_how(announcement.how),
        "pool": {
            name: {"size": one.size, "digest": one.digest, "quota": announcement.quotas[name]}
            for name, one in announcement.pool.items()
        },
        "certain": {name: {"size": one.size, "digest": one.digest} for name, one in announcement.certain.items()},
    }


def write_manifest(manifest: Manifest) -> dict[str, Any]:
    """Write a manifest as plain data, for JSON or TOML: the announcement, and what came of it."""
    return write_announcement(manifest.announcement) | {
        "seed": manifest.seed,
        "key": manifest.key,
        "called": {
            name: {
                "number": one.number,
                "cutoff": one.cutoff,
                "digest": one.digest,
                "extended": one.extended,
                "skipped": dict(one.skipped),
            }
            for name, one in manifest.called.items()
        },
        "joined": manifest.joined,
    }


def read_announcement(data: object) -> Announcement:
    """Read an announcement as ``write_announcement`` writes it.

    Raises:
        DocumentError: it is none; ``problems`` lists every reason with its place.
    """
    place = _Place("The announcement", [])
    return place.finished(lambda: _announcement(place.table(data, _ANNOUNCED)))


def read_manifest(data: object) -> Manifest:
    """Read a manifest as ``write_manifest`` writes it.

    Raises:
        DocumentError: it is none; ``problems`` lists every reason with its place.
    """
    place = _Place("The manifest", [])

    def made() -> Manifest:
        table = place.table(data, (*_ANNOUNCED, "seed", "key", "called", "joined"))
        return Manifest(
            _announcement(table),
            table["seed"].text(),
            table["key"].digest(),
            table["called"].each(_called),
            table["joined"].count(),
        )

    return place.finished(made)


_ANNOUNCED = ("algorithm", "scheme", "label", "seed source", "how", "pool", "certain")


def _write_how(how: How) -> dict[str, Any]:
    if isinstance(how, AtRate):
        rate = (
            {name: as_rate(one) for name, one in how.rate.items()}
            if isinstance(how.rate, Mapping)
            else as_rate(how.rate)
        )
        return {"at rate": {"rate": rate, "rounding": how.rounding, "least": how.least}}
    if isinstance(how, SoMany):
        return {"so many": {"number": how.number, "least": how.least, "census": how.census}}
    return {"quotas": {"numbers": dict(how.numbers), "census": how.census}}


@frozen
class _Place:
    """A value in a document, where it stands, and all that was found wrong so far."""

    at: str
    problems: list[Problem]
    value: Any = None

    def wrong(self, what: str) -> None:
        self.problems.append(Problem(self.at, what))

    def finished(self, made: Callable[[], T]) -> T:
        """Give what was made, or refuse it for everything that was found wrong on the way."""
        found = made()
        if self.problems:
            raise DocumentError(
                f"{self.at} cannot be read: {'; '.join(map(str, self.problems[:5]))}",
                remedy="Take it as it was published",
                problems=tuple(self.problems),
            )
        return found

    def under(self, key: str, value: object) -> _Place:
        return _Place(f"{self.at}.{key}", self.problems, value)

    def table(self, value: object, keys: tuple[str, ...]) -> dict[str, _Place]:
        """Give the values of a table that has these keys and no others; what is missing is None."""
        found = value if isinstance(value, Mapping) else {}
        lacking = [key for key in keys if key not in found]
        unknown = [shown(key) for key in found if key not in keys]
        if lacking or unknown:
            texts = [f"it lacks {', '.join(lacking)}"] if lacking else []
            self.wrong("; ".join((*texts, *(f"it has {key}, which nobody reads" for key in unknown))))
        return {key: self.under(key, found.get(key)) for key in keys}

    def each(self, read: Callable[[_Place], T]) -> dict[str, T]:
        """Read every value of a table whose keys are names."""
        if not isinstance(self.value, Mapping):
            return self.other({}, "no table")
        for name in self.value:
            if wrong := fault(name):
                self.wrong(f"{shown(name)} is no name: {wrong}")
        return {str(name): read(self.under(str(name), one)) for name, one in self.value.items()}

    def text(self) -> str:
        wrong = fault(self.value)
        return self.other("", f"no text to be hashed: {wrong}") if wrong else str(self.value)

    def digest(self) -> str:
        fits = isinstance(self.value, str) and len(self.value) == 64 and not set(self.value) - set("0123456789abcdef")
        return str(self.value) if fits else self.other("", "no SHA-256 in lower-case hexadecimal")

    def cutoff(self) -> str:
        return "" if self.value == "" else self.digest()

    def count(self) -> int:
        fits = type(self.value) is int and 0 <= self.value < 10**12
        return int(self.value) if fits else self.other(0, "no number of people")

    def flag(self) -> bool:
        return self.value if isinstance(self.value, bool) else self.other(instead=False, what="neither true nor false")

    def other(self, instead: T, what: str) -> T:
        self.wrong(f"{shown(self.value)} is {what}")
        return instead


def _announcement(table: dict[str, _Place]) -> Announcement:
    pool = table["pool"].each(lambda place: place.table(place.value, ("size", "digest", "quota")))
    return Announcement(
        table["scheme"].text(),
        table["label"].text(),
        table["seed source"].text(),
        _how(table["how"]),
        {name: Listed(one["size"].count(), one["digest"].digest()) for name, one in pool.items()},
        {name: one["quota"].count() for name, one in pool.items()},
        table["certain"].each(_listed),
        table["algorithm"].text(),
    )


def _listed(place: _Place) -> Listed:
    table = place.table(place.value, ("size", "digest"))
    return Listed(table["size"].count(), table["digest"].digest())


def _called(place: _Place) -> Called:
    table = place.table(place.value, ("number", "cutoff", "digest", "extended", "skipped"))
    return Called(
        table["number"].count(),
        table["cutoff"].cutoff(),
        table["digest"].digest(),
        table["extended"].count(),
        table["skipped"].each(_Place.count),
    )


def _how(place: _Place) -> How:
    known = isinstance(place.value, Mapping) and len(place.value) == 1
    word = next(iter(place.value)) if known else None
    if word not in _WORDS:
        return place.other(so_many(0), f"no way to draw: it has one key of {', '.join(_WORDS)}")
    keys, make = _WORDS[word]
    table = place.under(word, place.value[word]).table(place.value[word], keys)
    try:
        return make(table)
    except (CpdRulesError, TypeError) as error:
        return place.other(so_many(0), f"no way to draw: {error}")


#: The ways to draw: the keys of each, and what makes one of them.
_WORDS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, _Place]], How]]] = {
    "at rate": (
        ("rate", "rounding", "least"),
        lambda table: at_rate(table["rate"].value, rounding=table["rounding"].value, least=table["least"].count()),
    ),
    "so many": (
        ("number", "least", "census"),
        lambda table: so_many(table["number"].count(), least=table["least"].count(), census=table["census"].flag()),
    ),
    "quotas": (
        ("numbers", "census"),
        lambda table: quotas(table["numbers"].each(_Place.count), census=table["census"].flag()),
    ),
}
