"""What four bodies do when nobody replies, as ladders: a start for your own.

    from examples.ladders import ICE

Each states what its text states, and nothing where that is silent; where an example needs a figure, it says so.
`cpdrules.review.ladders.standing` says how far a return has come on one.
"""

from __future__ import annotations

from datetime import date

from cpdrules.findings import Source
from cpdrules.review.ladders import Ladder, Step

#: Three conditions in one sentence: registered and professionally active, persistently, no reply. In force from 2020.
ENGINEERING_COUNCIL = Ladder(
    "the Engineering Council",
    (
        Step(
            "removal",
            "removal from the register",
            0,
            kind="power",
            needs=("registered", "professionally_active", "persistent"),
            since=date(2020, 1, 1),
            source=Source("E3"),
        ),
    ),
)

#: A by-law gives the Board a right, of members of any category; neither days nor reminders are stated.
IET = Ladder(
    "the IET",
    (Step("withdrawal", "withdrawal of membership by the Board", None, kind="power", source=Source("S18")),),
)

IMECHE = Ladder(
    "the IMechE",
    (
        Step("next_draw", "entry in next year's audit", 0, kind="consequence"),
        Step("committee", "endorsement by the CPD Assessment Committee", None, needs=("missed_again",)),
        Step("letter", "the Chief Executive's letter by registered post", None),
        Step("removal", "removal from the register", None, kind="power", since=date(2019, 1, 1)),
    ),
    Source("imeche.org, CPD audit feedback"),
)

#: A report to the Trustee Board after two written requests; the days are of this example, not of the text.
ICE = Ladder(
    "the ICE",
    (
        Step("second_request", "a second written request", 28),
        Step("board", "a report to the Trustee Board", 10, kind="power", working_days=True),
        Step("extended", "an extended deadline in February", 0, kind="consequence"),
        Step("removal", "removal from the roll and the register", 0, kind="power"),
    ),
    Source("ice.org.uk, CPD audit", stated="inferred"),
)
