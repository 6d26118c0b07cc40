"""What those who block cookies lose, what the least is to accept, and whether the short version follows."""

from cpdrules.privacy.effects.accepting import blocks_that_break, minimal_sets
from cpdrules.privacy.effects.blocking import (
    ClaimCheck,
    Effect,
    Effects,
    Outcome,
    Path,
    effects_of,
    everything,
    group,
    short_version,
)
from cpdrules.privacy.effects.ways import set_for

__all__ = [
    "ClaimCheck",
    "Effect",
    "Effects",
    "Outcome",
    "Path",
    "blocks_that_break",
    "effects_of",
    "everything",
    "group",
    "minimal_sets",
    "set_for",
    "short_version",
]
