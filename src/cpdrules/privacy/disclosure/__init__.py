"""Personal data: who may be told what for, what may be asked of whom, what each side owes, and what may be sent."""

from cpdrules.privacy.disclosure.asking import Due, Required, Standing, duties_of, required_data, rights_of
from cpdrules.privacy.disclosure.disclosing import Abroad, Disclosure, may_disclose, transfers_to
from cpdrules.privacy.disclosure.marketing import (
    UK_EMAIL_MARKETING,
    Choice,
    MarketingGround,
    MarketingLaw,
    Sending,
    may_send,
    preferences_of,
)
from cpdrules.privacy.disclosure.ordered_rules import Answer, Assumption, Decision, Look, Need

__all__ = [
    "UK_EMAIL_MARKETING",
    "Abroad",
    "Answer",
    "Assumption",
    "Choice",
    "Decision",
    "Disclosure",
    "Due",
    "Look",
    "MarketingGround",
    "MarketingLaw",
    "Need",
    "Required",
    "Sending",
    "Standing",
    "duties_of",
    "may_disclose",
    "may_send",
    "preferences_of",
    "required_data",
    "rights_of",
    "transfers_to",
]
