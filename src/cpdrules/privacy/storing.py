"""Whether a cookie may be stored: what the statement, the law of the day, consent and the browser say together.

Each purpose needs a ground of its own, and the worst decides. Nothing is lost on the way: every reason is kept, what is
missing is named, and what was presumed is listed. An answer is a reading of a rule on a date, never legal advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import reduce
from typing import Literal, NamedTuple, NoReturn

from attrs import evolve, frozen

from cpdrules.errors import PolicyError, VerdictError
from cpdrules.findings import Source
from cpdrules.periods import as_date
