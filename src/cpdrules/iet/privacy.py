"""The privacy part of the IET's privacy and cookie statement (P1, 18 November 2015), and the whole page.

Its sections stand in ``iet.personal_data``, ``iet.data_use`` and ``iet.privacy_rights``, in the order of the text.
``statement`` joins it with the cookie part, which has a date of its own.
"""

from __future__ import annotations

from datetime import date

from cpdrules.findings import Source
from cpdrules.iet import cookies, data_use, personal_data, privacy_rights
from cpdrules.privacy.practices import Component
from cpdrules.privacy.statements import Statement, joined

#: What the sources are, by the names that citations use.
SOURCES = cookies.SOURCES | {
    "P1": "Privacy statement of the IET, 18 November 2015: lines 3 to 89 of the stored page",
}

#: What the text says as a whole.
_whole = Statement(
    name="IET privacy statement",
    since=date(2015, 11, 18),
    controller="iet",
    components=(
        Component(
            id="privacy-2015",
            title="Privacy statement",
            updated=date(2015, 11, 18),
            document="P1",
            lines=(3, 89),
            source=Source("P1", 89, "Updated: 18 November 2015"),
        ),
    ),
)

#: The privacy part; by itself it leaves dangling what the cookie part says.
part: Statement = joined(_whole.name, _whole, *personal_data.SECTIONS, *data_use.SECTIONS, *privacy_rights.SECTIONS)

#: The whole page. It speaks since the later of its two dates; ``components`` has both.
statement: Statement = joined("IET privacy and cookie statement", part, cookies.part)
