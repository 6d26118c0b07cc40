"""The review domain: who can be chosen, how many, who is drawn, who reads it, what is found, and how anyone checks it.

A year in its order: ``eligibility``, ``announce``, ``draw``, ``Return``, ``assign``, ``review``, ``settle``, feedback,
``Outcomes`` and ``stratified``. Rarer words, and those whose names two modules share (steps and standings of ladders,
events of returns, tallies), are in their own modules.
"""

from cpdrules.review.acceptance import AcceptancePlan, smallest_plan
from cpdrules.review.advice import ADVICE, Outcome, OutcomeRule, Settled, settle
from cpdrules.review.agreement import Agreement, agreement
from cpdrules.review.allocation import Allotment, at_rate, largest_remainder, neyman, quotas, so_many, webster
from cpdrules.review.announcements import Announcement, Difference
from cpdrules.review.assignments import assign, check_assignment, for_second_reading
from cpdrules.review.blind import Showing, blind_view
from cpdrules.review.checks import SelfCheck, self_check, verify
from cpdrules.review.desks import Allocation, Assessor, Desk, ToAssess
from cpdrules.review.draws import Draw, announce, draw, extend, replace, with_joiners
from cpdrules.review.estimates import Estimate, Stratum, by_weighting_classes, stratified
from cpdrules.review.fairness import backstop, chances, cost
from cpdrules.review.feedback import Feedback, Recipients, as_generic_feedback, individual, recipients
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
from cpdrules.review.intervals import CountInterval, Interval, clopper_pearson, hypergeometric, wilson
from cpdrules.review.ladders import Ladder, standing
from cpdrules.review.manifests import (
    Manifest,
    read_announcement,
    read_manifest,
    write_announcement,
    write_manifest,
)
from cpdrules.review.outcomes import Outcomes, Proportion
from cpdrules.review.returns import Declaration, DeferralCap, Return, State, declared
from cpdrules.review.reviews import Criterion, Mark, Remark, Review, review, spread
from cpdrules.review.scopes import Eligibility, Scope, Standing, Status, eligibility, rule, scope
from cpdrules.review.shares import Undefined
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
    "ADVICE",
    "AcceptancePlan",
    "Agreement",
    "Allocation",
    "Allotment",
    "Announcement",
    "Assessor",
    "CountInterval",
    "Criterion",
    "Declaration",
    "DeferralCap",
    "Desk",
    "Difference",
    "Draw",
    "Eligibility",
    "Estimate",
    "Event",
    "Feedback",
    "History",
    "Interval",
    "Ladder",
    "Manifest",
    "Mark",
    "Outcome",
    "OutcomeRule",
    "Outcomes",
    "Proportion",
    "Recipients",
    "Remark",
    "Return",
    "Review",
    "Scope",
    "SelfCheck",
    "Settled",
    "Showing",
    "Standing",
    "State",
    "Status",
    "Stratum",
    "ToAssess",
    "Undefined",
    "agreement",
    "announce",
    "as_generic_feedback",
    "assign",
    "at_rate",
    "backstop",
    "blind_view",
    "by_weighting_classes",
    "chances",
    "check_assignment",
    "clopper_pearson",
    "cost",
    "declared",
    "draw",
    "draw_key",
    "eligibility",
    "extend",
    "for_second_reading",
    "happened",
    "hypergeometric",
    "individual",
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
    "recipients",
    "replace",
    "review",
    "rule",
    "scope",
    "self_check",
    "settle",
    "size_at",
    "size_for_precision",
    "size_to_find",
    "size_to_find_share",
    "size_within",
    "smallest_plan",
    "so_many",
    "spread",
    "standing",
    "stratified",
    "strict_ids",
    "ticket",
    "verify",
    "webster",
    "wilson",
    "with_joiners",
    "write_announcement",
    "write_manifest",
]
