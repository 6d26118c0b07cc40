"""The draw: who is called, in the order of tickets, and what becomes of the sample afterwards.

The order is settled by the key alone. A quota takes the first of it; a replacement or an extension goes on down the
same order, with its reason in a ledger; nothing is ever put in order anew. Who must be included is no part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import Literal, TypeAlias

from attrs import evolve, field, frozen

from cpdrules.errors import CpdRulesError, shown
from cpdrules.review.allocation import Allotment, How, continued
from cpdrules.review.identities import listed, strict_ids, strict_text
from cpdrules.review.manifests import Announcement, Called, Listed, Manifest
from cpdrules.review.sizes import SizeError, whole
from cpdrules.review.tickets import Call, digest_of, draw_key, first, weakness

#: Who can be drawn: their ids, or their ids by stratum.
Pool: TypeAlias = "Iterable[str] | Mapping[str, Iterable[str]]"

#: The one stratum of a pool that has no others.
ALL = "all"


class DrawError(CpdRulesError, ValueError):
    """A draw held wrong: a list that is not the announced one, or somebody skipped who was not drawn."""


@frozen
class Lists:
    """Who can be drawn, by stratum, and who is reviewed in any case, by reason; nobody stands there twice."""

    pool: Mapping[str, tuple[str, ...]]
    certain: Mapping[str, tuple[str, ...]]

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many can be drawn, by stratum."""
        return {name: len(ids) for name, ids in self.pool.items()}

    def announced(
        self, how: How, quotas: Mapping[str, int], *, scheme: str, label: str, seed_source: str
    ) -> Announcement:
        """Say of the lists what can be published before the draw."""
        pool, certain = (
            {name: Listed(len(ids), digest_of(sorted(ids))) for name, ids in side.items()}
            for side in (self.pool, self.certain)
        )
        return Announcement(scheme, label, seed_source, how, pool, quotas, certain)


def lists(pool: Pool, certain: Mapping[str, Iterable[str]] | None = None) -> Lists:
    """Check the lists of a draw: every id is of one person, and on one list.

    Raises:
        IdentityError: an id or a name could be written in two ways; all such ids are named.
        DuplicateIdError: somebody stands there twice, in two strata perhaps.
        LookAlikeError: some ids look alike.
    """
    strata = _by_name(pool if isinstance(pool, Mapping) else {ALL: pool})
    apart = _by_name(certain or {})
    strict_ids(tuple(chain(*strata.values(), *apart.values())))
    return Lists(strata, apart)


def _by_name(given: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {
        strict_text(name, "the name of a list"): listed(ids)
        for name, ids in sorted(given.items(), key=lambda item: str(item[0]))
    }


@frozen
class Step:
    """Something that happened to a sample after the draw, and why."""

    kind: Literal["skipped", "extended", "joined"]
    reason: str
    #: The stratum; empty where somebody joined.
    stratum: str = ""
    #: Who was skipped, or joined; empty where the sample was extended.
    id: str = ""
    #: Who came in for it; nobody where nobody was left.
    brought_in: tuple[str, ...] = ()

    def __str__(self) -> str:
        who = f"{self.id} " if self.id else ""
        came = f"; called {', '.join(self.brought_in)}" if self.brought_in else ""
        return f"{who}{self.kind}{f' ({self.stratum})' if self.stratum else ''}: {self.reason}{came}"


@frozen
class Draw:
    """A draw whole, with the lists it was made from: for those who hold them; ``manifest`` is for everybody."""

    scheme: str
    label: str
    seed: str
    seed_source: str
    how: How
    lists: Lists = field(repr=False)
    allotment: Allotment = field(repr=False)
    key: str
    #: Everybody called, by stratum, in the order of tickets.
    called: Mapping[str, tuple[Call, ...]] = field(repr=False)
    ledger: tuple[Step, ...] = ()

    @property
    def drawn(self) -> Mapping[str, tuple[str, ...]]:
        """The ids in the sample, by stratum, in the order of tickets: called, and not skipped."""
        skipped = self._skipped()
        return {name: tuple(one.id for one in calls if one.id not in skipped) for name, calls in self.called.items()}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the random sample, strata by name, each in the order of tickets."""
        return tuple(chain(*self.drawn.values()))

    @property
    def certain(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that are reviewed in any case, by reason: no random sample, each stands for one."""
        return self.lists.certain

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should be wary of: a weak seed, empty strata, whatever the allotment says."""
        return tuple(note for note in (weakness(self.seed), *self.allotment.notes) if note)

    def next_in_line(self, number: int = 1, *, stratum: str = ALL) -> tuple[str, ...]:
        """Give who would be called next.

        Raises:
            DrawError: there is no such stratum.
            SizeError: the number is not whole.
        """
        called = len(self.called[self.known(stratum)])
        line = first(self.key, self.lists.pool[stratum], called + whole(number, "number"))
        return tuple(one.id for one in line[called:])

    def standing(self, who: str) -> str:
        """Say how somebody stands: drawn, certain, skipped, not drawn; and why."""
        reasons = {step.id: str(step.reason) for step in self.ledger if step.id}
        for name, calls in self.called.items():
            if any(one.id == who for one in calls):
                return f"skipped: {reasons[who]}" if who in reasons else f"drawn ({name})"
            if who in self.lists.pool[name]:
                return f"not drawn ({name})"
        for reason, ids in self.certain.items():
            if who in ids:
                return f"certain: {reason}"
        return f"joined after commitment: not drawn ({reasons[who]})" if who in reasons else "on no list: not drawn"

    def manifest(self) -> Manifest:
        """Give what can be published of the draw; it holds no id."""
        announcement = self.lists.announced(
            self.how, self.allotment.quotas, scheme=self.scheme, label=self.label, seed_source=self.seed_source
        )
        called = {
            name: Called(
                len(calls),
                calls[-1].ticket if calls else "",
                digest_of(one.id for one in calls),
                self._extended()[name],
                Counter(step.reason for step in self._steps("skipped") if step.stratum == name),
            )
            for name, calls in self.called.items()
        }
        return Manifest(announcement, self.seed, self.key, called, len(self._steps("joined")))

    def _steps(self, kind: str) -> tuple[Step, ...]:
        return tuple(step for step in self.ledger if step.kind == kind)

    def _skipped(self) -> frozenset[str]:
        return frozenset(step.id for step in self._steps("skipped"))

    def _extended(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for step in self._steps("extended"):
            found[step.stratum] += len(step.brought_in)
        return found

    def known(self, stratum: str) -> str:
        """Insist on the name of a stratum.

        Raises:
            DrawError: there is none of this name.
        """
        if stratum not in self.called:
            raise DrawError(
                f"The draw has no stratum {shown(stratum)}",
                why=f"It has {', '.join(map(repr, self.called))}",
                remedy="Name one of these",
                stratum=stratum,
            )
        return stratum

    def __str__(self) -> str:
        lines = [f"{self.scheme}, {self.label}: {self.allotment}"]
        lines += [f"  {len(ids)} certain: {reason}" for reason, ids in self.certain.items()]
        return "\n".join((*lines, *(f"  {step}" for step in self.ledger)))


def announce(
    pool: Pool,
    how: How,
    *,
    scheme: str,
    label: str,
    seed_source: str,
    certain: Mapping[str, Iterable[str]] | None = None,
) -> Announcement:
    """Say how a draw will be made, and of which lists: to be published before the seed exists.

    ``seed_source`` names a public event still to come: dice thrown before witnesses, a lottery of a day, a beacon's
    round. (RFC 3797 and Rivest's samplers for election audits ask for the same.)

    Raises:
        IdentityError: an id or a text could be written in two ways, or stands there twice.
        SizeError: fewer people are there than are to be drawn.
    """
    known = lists(pool, certain)
    for text, what in ((scheme, "a scheme"), (label, "a label"), (seed_source, "a seed's source")):
        strict_text(text, what)
    quotas = how.allot(known.sizes).quotas
    return known.announced(how, quotas, scheme=scheme, label=label, seed_source=seed_source)


def draw(
    pool: Pool,
    how: How,
    *,
    scheme: str,
    label: str,
    seed: str,
    seed_source: str,
    certain: Mapping[str, Iterable[str]] | None = None,
    announced: Announcement | None = None,
) -> Draw:
    """Draw a sample, by the algorithm ``cpdrules.draw.v1``.

    >>> from cpdrules.review import at_rate
    >>> members = [f"M{number:04}" for number in range(1, 1002)]
    >>> terms = {"scheme": "demo", "label": "2017", "seed": "63454660390103169462", "seed_source": "twenty dice"}
    >>> found = draw(members, at_rate("5%"), **terms)
    >>> len(found.ids), found.ids[:3], found.next_in_line()
    (51, ('M0051', 'M0857', 'M0696'), ('M0641',))

    The seed is a text, always: the library never makes one. With ``announced``, the lists and terms must be those that
    were published before the seed was known.

    Raises:
        IdentityError: an id or a text could be written in two ways, or stands there twice.
        SizeError: fewer people are there than are to be drawn.
        DrawError: something is not as announced.
    """
    known = lists(pool, certain)
    key = draw_key(scheme, label, seed)
    strict_text(seed_source, "a seed's source")
    allotment = how.allot(known.sizes)
    called = {name: first(key, ids, allotment.quotas[name]) for name, ids in known.pool.items()}
    found = Draw(scheme, label, seed, seed_source, how, known, allotment, key, called)
    if announced is not None:
        _insist(announced, found.manifest().announcement)
    return found


def _insist(announced: Announcement, found: Announcement) -> None:
    other = differences(announced, found)
    if other:
        raise DrawError(
            f"The draw is not the one announced: {'; '.join(map(str, other))}",
            why="What changes after the seed is known could have been changed for the sake of somebody",
            remedy="Draw from the announced lists; skip who has left with replace(), note who came with with_joiners()",
            differences=other,
        )


@frozen
class Difference:
    """Something that is not as it was said."""

    #: Where, in the words of the manifest: ``pool.CEng.digest``.
    place: str
    said: object
    found: object

    def __str__(self) -> str:
        return f"{self.place}: {shown(self.said)} is said, {shown(self.found)} is found"


def differences(said: Announcement, found: Announcement) -> tuple[Difference, ...]:
    """Give every difference between two announcements, in the order in which they are written."""
    plain = ("algorithm", "scheme", "label", "seed_source", "how")
    pairs = [(name.replace("_", " "), getattr(said, name), getattr(found, name)) for name in plain]
    for side in ("pool", "certain"):
        one, other = getattr(said, side), getattr(found, side)
        for name in sorted(one.keys() | other.keys()):
            pairs += [
                (f"{side}.{name}.{part}", getattr(one.get(name), part, None), getattr(other.get(name), part, None))
                for part in ("size", "digest")
            ]
    names = sorted(said.quotas.keys() | found.quotas.keys())
    pairs += [(f"pool.{name}.quota", said.quotas.get(name), found.quotas.get(name)) for name in names]
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def replace(draw: Draw, skipped: Mapping[str, str]) -> Draw:
    """Skip people who were drawn, each for a reason, and call as many further down the same order.

    What comes of it is what would have been drawn had they never been in the pool. (RFC 3797 does the same: an
    ineligible pick is skipped, and the numbering stays.) Where nobody is left to call, nobody comes in.

    Raises:
        DrawError: somebody was not drawn, or has been skipped before; all of these are named.
        IdentityError: a reason could be written in two ways.
    """
    strata = {one: name for name, ids in draw.drawn.items() for one in ids}
    other = tuple(sorted(one for one in skipped if one not in strata))
    if other:
        raise DrawError(
            f"Only who is in the sample can be skipped, and not {', '.join(map(shown, other[:5]))}",
            why="They were not called, or have been skipped before; who must be included is not drawn at all",
            remedy="Ask draw.standing(id)",
            ids=other,
        )
    going = [one for one in strata if one in skipped]
    called, came = _called_on(draw, Counter(strata[one] for one in going))
    coming = {name: iter(ids) for name, ids in came.items()}
    steps = tuple(
        Step("skipped", strict_text(skipped[one], "a reason"), strata[one], one, tuple(islice(coming[strata[one]], 1)))
        for one in going
    )
    return evolve(draw, called=called, ledger=(*draw.ledger, *steps))


def extend(draw: Draw, more: int | Mapping[str, int], *, reason: str) -> Draw:
    """Call so many more, in all or by stratum, further down the same order; nobody drawn is taken out.

    A number in all is divided among strata by Webster's method, going on from what each has.

    Raises:
        SizeError: fewer are left, or a number is not whole.
        DrawError: there is no such stratum.
        IdentityError: the reason could be written in two ways.
    """
    strict_text(reason, "a reason")
    by_stratum = more if isinstance(more, Mapping) else _divided(draw, more)
    for name, number in by_stratum.items():
        left = len(draw.lists.pool[draw.known(name)]) - len(draw.called[name])
        if whole(number, "number to draw") > left:
            raise SizeError(
                f"{number} more cannot be drawn of {left} left in {name!r}",
                remedy="Draw fewer",
                number=number,
                left=left,
            )
    called, came = _called_on(draw, by_stratum)
    steps = (Step("extended", reason, name, brought_in=ids) for name, ids in came.items() if ids)
    return evolve(draw, called=called, ledger=(*draw.ledger, *steps))


def _divided(draw: Draw, more: int) -> dict[str, int]:
    held = {name: len(calls) for name, calls in draw.called.items()}
    return continued(draw.allotment, held, more)


def _called_on(draw: Draw, more: Mapping[str, int]) -> tuple[dict[str, tuple[Call, ...]], dict[str, tuple[str, ...]]]:
    """Call so many more of each stratum; give everybody called, and who was new."""
    called = dict(draw.called)
    for name, number in more.items():
        if number:
            called[name] = first(draw.key, draw.lists.pool[name], len(called[name]) + number)
    came = {name: tuple(one.id for one in calls[len(draw.called[name]) :]) for name, calls in called.items()}
    return called, came


def with_joiners(draw: Draw, joined: Mapping[str, str]) -> Draw:
    """Note who joined after the lists were announced, each with the reason why they come so late; they are not drawn.

    Raises:
        DuplicateIdError: somebody is on a list already.
        IdentityError: an id or a reason could be written in two ways, or looks like another.
    """
    before = (step.id for step in draw.ledger if step.kind == "joined")
    strict_ids((*chain(*draw.lists.pool.values(), *draw.certain.values()), *before, *joined))
    steps = (Step("joined", strict_text(reason, "a reason"), id=who) for who, reason in joined.items())
    return evolve(draw, ledger=(*draw.ledger, *steps))
