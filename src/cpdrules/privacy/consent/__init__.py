"""Records of consent, what they are still worth, and when and about what to ask again."""

from cpdrules.privacy.consent.records import TRANSITIONS, ConsentEvent, ConsentRecord, ConsentState, PrivacySignal, gpc
from cpdrules.privacy.consent.renewals import Ask, ask_again, still_covered
from cpdrules.privacy.consent.status import Consents, ConsentStanding, ConsentStatus, consent_status

__all__ = [
    "TRANSITIONS",
    "Ask",
    "ConsentEvent",
    "ConsentRecord",
    "ConsentStanding",
    "ConsentState",
    "ConsentStatus",
    "Consents",
    "PrivacySignal",
    "ask_again",
    "consent_status",
    "gpc",
    "still_covered",
]
