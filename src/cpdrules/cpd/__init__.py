"""The CPD domain: what members did, who they are, and the words that say what is asked of them."""

from cpdrules.cpd.activities import UNKNOWN, Activity, Axis, Share, activity, share
from cpdrules.cpd.conditions import agreement, circumstance, fact, grade, registered
from cpdrules.cpd.measures import amounts, counting, different, entries, hours, points, up_to
from cpdrules.cpd.members import Agreement, Circumstance, Member, Record, record
from cpdrules.cpd.schemes import scheme
from cpdrules.cpd.targets import agreed, highest, lowest, pro_rata, share_of, stepped, time_weighted

__all__ = [
    "UNKNOWN",
    "Activity",
    "Agreement",
    "Axis",
    "Circumstance",
    "Member",
    "Record",
    "Share",
    "activity",
    "agreed",
    "agreement",
    "amounts",
    "circumstance",
    "counting",
    "different",
    "entries",
    "fact",
    "grade",
    "highest",
    "hours",
    "lowest",
    "points",
    "pro_rata",
    "record",
    "registered",
    "scheme",
    "share",
    "share_of",
    "stepped",
    "time_weighted",
    "up_to",
]
