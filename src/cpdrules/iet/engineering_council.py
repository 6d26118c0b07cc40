"""What the regulator asks: the Engineering Council's CPD code and its phases, which stand behind the IET's policy.

The code sets no number of hours; the thirty are the IET's own. Silence, not poor content, puts a registration at risk.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from cpdrules.choices import exempt
from cpdrules.cpd.conditions import circumstance, fact, registered
from cpdrules.editions import Dated, Edition, Editions, editions
from cpdrules.findings import Source
from cpdrules.policies import Policy, all_of, none_of

#: The seven duties of a registrant, in our own words (E1).
DUTIES = (
    "own the learning needs, and plan",
    "do various activities, planned and as opportunities come",
    "record them",
    "reflect, and record the reflection",
    "evaluate against the objectives",
    "review the plan regularly",
    "support the learning of others",
)

#: What was asked of institutions and registrants, by date.
PHASES = (
    Dated(
        "aspiration",
        "institutions should review returns at random by 2017",
        date(2013, 10, 1),
        date(2016, 12, 31),
        Source("S1", 12, "announced an aspiration"),
    ),
    Dated(
        "sampling",
        "institutions sample, review and give feedback",
        date(2017, 1, 1),
        date(2018, 12, 31),
        Source("S1", 12, "by January 2017"),
    ),
    Dated(
        "mandatory record",
        "registrants must record, and submit when asked",
        date(2019, 1, 1),
        date(2019, 12, 31),
        Source("IHEEM CPD sampling"),
    ),
    Dated("sanctions", "who persistently does not respond risks removal", date(2020, 1, 1), None, Source("E3")),
)

#: The three conditions of that power, by the fact that each looks at. Poor content is not among them.
CONDITIONS: Mapping[str, Policy] = MappingProxyType(
    {
        "registered": registered(ref="registered"),
        "professionally_active": none_of(
            circumstance(
                *("retired", "unemployed", "working_outside_engineering", "long_term_illness"),
                but_not="volunteering_professionally",
                on="every_day",
                source=Source("E3", stated="inferred"),
            ),
            ref="professionally_active",
        ),
        "persistently_not_responding": fact("persistently_not_responding", ref="persistent"),
    }
)

#: Whether a member may be referred for removal from the Register. Met means that they may be, never that they are.
may_be_referred: Editions = editions(
    Edition(
        "before sanctions",
        exempt("there was no power to remove anyone for not responding", source=Source("Energy Institute news, 2020")),
        date(2013, 10, 1),
        date(2019, 12, 31),
    ),
    Edition(
        "sanctions",
        all_of(*CONDITIONS.values(), source=Source("E3", quote="persistently do not respond")),
        date(2020, 1, 1),
        why="from 2020 a registration could be at risk",
    ),
    ref="engc.referral",
)
