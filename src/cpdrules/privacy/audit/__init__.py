"""What a site was seen to set, read as browsers read it, beside what its statement declares."""

from cpdrules.privacy.audit.audits import audit
from cpdrules.privacy.audit.catalogues import Catalogue, Hint, catalogue
from cpdrules.privacy.audit.cookie_records import Reject
from cpdrules.privacy.audit.observations import Observation, Observed, from_browser, from_har, from_set_cookie
from cpdrules.privacy.audit.reports import CODES, VERDICTS, Audit, CookieFinding, Remark, as_markdown, as_text
from cpdrules.privacy.audit.set_cookie import Rejection, SetCookie, parse, split_joined

__all__ = [
    "CODES",
    "VERDICTS",
    "Audit",
    "Catalogue",
    "CookieFinding",
    "Hint",
    "Observation",
    "Observed",
    "Reject",
    "Rejection",
    "Remark",
    "SetCookie",
    "as_markdown",
    "as_text",
    "audit",
    "catalogue",
    "from_browser",
    "from_har",
    "from_set_cookie",
    "parse",
    "split_joined",
]
