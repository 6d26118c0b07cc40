"""The law as dated data: each row has its source and the day it was read on, and any function takes another table."""

from cpdrules.privacy.law.cookie_law import CALIFORNIA, COOKIE_LAW, EU, READ_ON, UK_2003, UK_2011, UK_2018, UK_2026
from cpdrules.privacy.law.data_law import (
    CONSENT_AGES,
    NOTICE_LAW,
    TRANSFER_LAW,
    ConsentAge,
    NoticeItem,
    TransferRegime,
    wanted_on,
)
from cpdrules.privacy.law.regimes import Condition, CookieRegime, Ground, PurposeKind, Reading, Treatment, law_on

__all__ = [
    "CALIFORNIA",
    "CONSENT_AGES",
    "COOKIE_LAW",
    "EU",
    "NOTICE_LAW",
    "READ_ON",
    "TRANSFER_LAW",
    "UK_2003",
    "UK_2011",
    "UK_2018",
    "UK_2026",
    "Condition",
    "ConsentAge",
    "CookieRegime",
    "Ground",
    "NoticeItem",
    "PurposeKind",
    "Reading",
    "TransferRegime",
    "Treatment",
    "law_on",
    "wanted_on",
]
