"""Which disciplinary regulations of the IET apply: chosen by the date of the complaint, not of the deed or of today."""

from __future__ import annotations

from datetime import date

from cpdrules.editions import Dated
from cpdrules.findings import Source

#: The regulations, for ``editions.at(complaint_date, REGULATIONS)``; their beginning in 2017 is not stated to the day.
REGULATIONS = (
    Dated(
        "Disciplinary Regulations 2017",
        "for complaints before 3 October 2019",
        date(2017, 1, 1),
        date(2019, 10, 2),
        Source("S19"),
    ),
    Dated(
        "Disciplinary Regulations 2019", "for complaints from 3 October 2019", date(2019, 10, 3), None, Source("S19")
    ),
)
