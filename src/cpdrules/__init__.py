"""Rules for continuing professional development, as values: they decide, explain, compare, travel and state themselves.

Here are the words that join any policy. Those that speak of activities and members are in ``cpdrules.cpd``, the IET's
own texts in ``cpdrules.iet``, what-if in ``cpdrules.scenarios``, plain data in ``cpdrules.documents`` and in
``cpdrules.rows``.
"""

from cpdrules.amounts import Amount, Rounding, Unit
from cpdrules.choices import advise, as_stated, exempt, inferred, undecided, unstated, when
from cpdrules.errors import CpdRulesError
from cpdrules.figures import at_least, at_most
from cpdrules.findings import Finding, Source
from cpdrules.periods import Period, year
from cpdrules.policies import Policy, all_of, any_of, at_least_of, none_of
from cpdrules.verdicts import Verdict
from cpdrules.windows import each, over

__all__ = [
    "Amount",
    "CpdRulesError",
    "Finding",
    "Period",
    "Policy",
    "Rounding",
    "Source",
    "Unit",
    "Verdict",
    "advise",
    "all_of",
    "any_of",
    "as_stated",
    "at_least",
    "at_least_of",
    "at_most",
    "each",
    "exempt",
    "inferred",
    "none_of",
    "over",
    "undecided",
    "unstated",
    "when",
    "year",
]
