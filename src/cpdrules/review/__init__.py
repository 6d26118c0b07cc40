"""The review domain: who can be chosen, how many, who is drawn, and how anyone can check it."""

from cpdrules.review.acceptance import AcceptancePlan, smallest_plan
from cpdrules.review.allocation import Allotment, at_rate, largest_remainder, neyman, quotas, so_many, webster
from cpdrules.review.checks import SelfCheck, self_check, verify
from cpdrules.review.draws import Difference, Draw, Step, announce, draw, extend, replace, with_joiners
from cpdrules.review.eligibility import Eligibility, Scope, Standing, Status, eligibility, rule, scope
from cpdrules.review.histories import (
    Event,
    History,
    happened,
    newcomer,
    not_for,
    put_off,
    put_off_until_now,
)
from cpdrules.review.identities import look_alikes, strict_ids
from cpdrules.review.manifests import (
    Announcement,
    Manifest,
    read_announcement,
    read_manifest,
    write_announcement,
    write_manifest,
)
from cpdrules.review.sizes import (
    krejcie_morgan,
    size_at,
    size_for_precision,
    size_to_find,
    size_to_find_share,
    size_within,
)
from cpdrules.review.tickets import draw_key, ticket

__all__ = [
    "AcceptancePlan",
    "Allotment",
    "Announcement",
    "Difference",
    "Draw",
    "Eligibility",
    "Event",
    "History",
    "Manifest",
    "Scope",
    "SelfCheck",
    "Standing",
    "Status",
    "Step",
    "announce",
    "at_rate",
    "draw",
    "draw_key",
    "eligibility",
    "extend",
    "happened",
    "krejcie_morgan",
    "largest_remainder",
    "look_alikes",
    "newcomer",
    "neyman",
    "not_for",
    "put_off",
    "put_off_until_now",
    "quotas",
    "read_announcement",
    "read_manifest",
    "replace",
    "rule",
    "scope",
    "self_check",
    "size_at",
    "size_for_precision",
    "size_to_find",
    "size_to_find_share",
    "size_within",
    "smallest_plan",
    "so_many",
    "strict_ids",
    "ticket",
    "verify",
    "webster",
    "with_joiners",
    "write_announcement",
    "write_manifest",
]
