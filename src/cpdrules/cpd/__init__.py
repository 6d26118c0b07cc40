"""The CPD domain: what members did, who they are, and the words that say what is asked of them."""

from cpdrules.cpd.activities import UNKNOWN, Activity, Axis, Share, activity, share
from cpdrules.cpd.conditions import agreement, circumstance, fact, falls_in_period, grade, registered
from cpdrules.cpd.dividing import divided_among
from cpdrules.cpd.durations import pro_rata, stepped, time_weighted
from cpdrules.cpd.instances import for_each
from cpdrules.cpd.measures import (
    amounts,
    as_tagged,
    carried,
    counting,
    different,
    each_at_least,
    entries,
    hours,
    made_up,
    of_fact,
    points,
    share_of_counted,
    surplus,
    up_to,
    worth,
)
from cpdrules.cpd.members import Agreement, Circumstance, Fact, Member, Record, record
from cpdrules.cpd.schemes import scheme
from cpdrules.cpd.targets import agreed, by_fact, figure_when, highest, lowest, share_of, sum_of

__all__ = [
    "UNKNOWN",
    "Activity",
    "Agreement",
    "Axis",
    "Circumstance",
    "Fact",
    "Member",
    "Record",
    "Share",
    "activity",
    "agreed",
    "agreement",
    "amounts",
    "as_tagged",
    "by_fact",
    "carried",
    "circumstance",
    "counting",
    "different",
    "divided_among",
    "each_at_least",
    "entries",
    "fact",
    "falls_in_period",
    "figure_when",
    "for_each",
    "grade",
    "highest",
    "hours",
    "lowest",
    "made_up",
    "of_fact",
    "points",
    "pro_rata",
    "record",
    "registered",
    "scheme",
    "share",
    "share_of",
    "share_of_counted",
    "stepped",
    "sum_of",
    "surplus",
    "time_weighted",
    "up_to",
    "worth",
]
