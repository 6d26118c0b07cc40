"""How anyone can check a draw: who holds the list all of it, a member their own part without any list.

Both do the draw again from the manifest; nothing in it is taken on trust but the seed and where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from cpdrules.errors import shown
from cpdrules.review.draws import Difference, DrawError, Pool, differences, lists
from cpdrules.review.identities import fault
from cpdrules.review.manifests import Announcement, Called, Manifest
from cpdrules.review.sizes import SizeError
from cpdrules.review.tickets import ALGORITHM, digest_of, draw_key, first, ticket


def verify(
    manifest: Manifest,
    pool: Pool,
    *,
    certain: Mapping[str, Iterable[str]] | None = None,
    announced: Announcement | None = None,
) -> tuple[Difference, ...]:
    """Do a draw again from the list, and give every difference from what its manifest says; none, if all is well.

    ``announced`` is what was published before the seed was known; the manifest must not differ from it. Reasons for
    skipping, and who joined later, are in nobody's list and cannot be checked here.

    Raises:
        IdentityError: the list cannot be drawn from, whatever the manifest says.
    """
    said = manifest.announcement
    if unfit := _unfit(manifest):
        return unfit
    known = lists(pool, certain)
    wrong: list[Difference] = []
    try:
        quotas = said.how.allot(known.sizes).quotas
    except SizeError as error:
        wrong.append(Difference("how", str(said.how), error.what))
        quotas = {name: said.quotas.get(name, 0) for name in known.pool}
    found = known.announced(said.how, quotas, scheme=said.scheme, label=said.label, seed_source=said.seed_source)
    key = draw_key(said.scheme, said.label, manifest.seed)
    wrong += [Difference("key", manifest.key, key)] if manifest.key != key else []
    for name in sorted(manifest.called.keys() | known.pool.keys()):
        wrong += _in_stratum(name, key, known.pool.get(name, ()), quotas.get(name, 0), manifest.called.get(name))
    before = differences(announced, said) if announced is not None else ()
    return (
        *(Difference(f"announced {one.place}", one.said, one.found) for one in before),
        *differences(said, found),
        *wrong,
    )


def _unfit(manifest: Manifest) -> tuple[Difference, ...]:
    """Give what makes a manifest none of this algorithm, so that nothing else can be computed."""
    said = manifest.announcement
    if said.algorithm != ALGORITHM:
        return (Difference("algorithm", said.algorithm, ALGORITHM),)
    texts = (("scheme", said.scheme), ("label", said.label), ("seed", manifest.seed))
    return tuple(Difference(name, text, wrong) for name, text in texts if (wrong := fault(text)))


def _in_stratum(name: str, key: str, ids: tuple[str, ...], quota: int, said: Called | None) -> list[Difference]:
    if said is None:
        return [Difference(f"called.{name}", None, f"a quota of {quota}")]
    number = min(quota + said.extended + sum(said.skipped.values()), len(ids))
    calls = first(key, ids, number)
    pairs = (
        ("number", said.number, number),
        ("cutoff", said.cutoff, calls[-1].ticket if calls else ""),
        ("digest", said.digest, digest_of(one.id for one in calls)),
    )
    return [Difference(f"called.{name}.{part}", one, other) for part, one, other in pairs if one != other]


@frozen
class SelfCheck:
    """What a manifest says of one id, to whoever knows that id."""

    #: Computed from the manifest's scheme, label and seed, not from its key.
    ticket: str
    #: Whether the ticket is low enough to be called, by stratum.
    called: Mapping[str, bool]
    #: Strata in which some who were called have been skipped since, so that being called is not the last word.
    skipped: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"ticket {self.ticket}"]
        for name, called in self.called.items():
            but = ", unless skipped since" if called and name in self.skipped else ""
            lines.append(f"  if on the list of {name!r}: {'drawn' if called else 'not drawn'}{but}")
        return "\n".join(lines)


def self_check(manifest: Manifest, who: str, *, stratum: str | None = None) -> SelfCheck:
    """Say whether somebody was drawn, from the manifest alone: those are whose ticket is not above the last one called.

    It cannot say whether they were on the list; who joined after it was announced was not drawn, whatever their ticket.
    Without a stratum it answers for each.

    Raises:
        IdentityError: the id could be written in two ways.
        DrawError: there is no such stratum, or the manifest is of another algorithm.
    """
    said = manifest.announcement
    if said.algorithm != ALGORITHM:
        raise DrawError(
            f"The manifest is of the algorithm {shown(said.algorithm)}",
            remedy=f"This checks {ALGORITHM}",
            manifest=manifest,
        )
    if stratum is not None and stratum not in manifest.called:
        raise DrawError(
            f"The manifest has no stratum {shown(stratum)}",
            why=f"It has {', '.join(map(repr, manifest.called))}",
            remedy="Name one of these, or none",
            stratum=stratum,
        )
    own = ticket(draw_key(said.scheme, said.label, manifest.seed), who)
    asked = manifest.called if stratum is None else {stratum: manifest.called[stratum]}
    return SelfCheck(
        own,
        {name: own <= one.cutoff for name, one in asked.items()},
        tuple(name for name, one in asked.items() if one.skipped),
    )
