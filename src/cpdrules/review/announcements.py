"""What is published before a seed exists, so that nobody can choose one with the sample in view."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from cpdrules.errors import shown
from cpdrules.review.allocation import How
from cpdrules.review.tickets import ALGORITHM


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
