"""The lists of a draw: who can be drawn, by stratum, and who is reviewed in any case, by reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TypeAlias

from attrs import frozen

from cpdrules.review.allocation import How
from cpdrules.review.announcements import Announcement, Listed
from cpdrules.review.identities import listed, strict_ids, strict_text
from cpdrules.review.tickets import digest_of

#: Who can be drawn: their ids, or their ids by stratum.
Pool: TypeAlias = "Iterable[str] | Mapping[str, Iterable[str]]"

#: The one stratum of a pool that has no others.
ALL = "all"


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
