"""What a privacy and cookie statement says, as values that decide, compute consequences, audit and answer requests.

Here are the words that write a statement. What is asked of one has a package for each kind of question: ``effects`` of
blocking, ``storage`` (may it be set?), ``consent``, ``audit``, ``disclosure`` and data, requests for ``access``, its
``wording`` and ``exports``, ``checks`` of itself, ``versions``. The ``law`` is data with dates and sources, never a
constant in code: whoever knows better replaces it. An answer says what holds under which rule as it was read on which
date; it never says that anybody complies.
"""

from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import (
    AS_REUSED,
    LOST,
    NO_LIFETIME,
    PERMANENT,
    SESSION,
    UNSTATED,
    UNTIL_LOG_OFF_OR_CLOSE,
    Blocked,
    Cookie,
    CookiePurpose,
    Function,
    Group,
    Lifetime,
    Provider,
    Severity,
    Silence,
    depends_on,
    lasting,
)
from cpdrules.privacy.names import NamePattern, exact, prefix, segments, suffix
from cpdrules.privacy.practices import (
    ANY,
    Claim,
    Commitment,
    Component,
    DataItem,
    DisclosureRule,
    Duty,
    Explanation,
    Gap,
    Organisation,
    Particular,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Route,
    Tracking,
    Transfer,
)
from cpdrules.privacy.requirements import accepts, given, works
from cpdrules.privacy.statements import Statement, as_stated, joined

__all__ = [
    "ANY",
    "AS_REUSED",
    "LOST",
    "NO_LIFETIME",
    "PERMANENT",
    "SESSION",
    "UNSTATED",
    "UNTIL_LOG_OFF_OR_CLOSE",
    "AccessPolicy",
    "Blocked",
    "Claim",
    "Commitment",
    "Component",
    "Cookie",
    "CookiePurpose",
    "DataItem",
    "DisclosureRule",
    "Duty",
    "Explanation",
    "Function",
    "Gap",
    "Group",
    "Lifetime",
    "NamePattern",
    "Organisation",
    "Particular",
    "Preference",
    "Provider",
    "Purpose",
    "RecipientTerm",
    "Right",
    "Route",
    "Severity",
    "Silence",
    "Statement",
    "Tracking",
    "Transfer",
    "accepts",
    "as_stated",
    "depends_on",
    "exact",
    "given",
    "joined",
    "lasting",
    "prefix",
    "segments",
    "suffix",
    "works",
]
