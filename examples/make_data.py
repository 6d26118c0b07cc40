"""Write the made-up scheme year that the examples review: about 600 members, 12,000 activities, record year 2015.

Nobody in it exists; there are numbers but no names. Most rows are clean, some are wrong in the ways that people
really type (`DIRTY`), some leave out a fact that may be left out (`NOTICES`), some look like an attack (`LEGAL`), and
some members stand exactly on a threshold (`THRESHOLDS`). The same seed writes the same bytes on every machine and
Python: no clock, no locale, no set order, and of `random` only `Random.random()`, the one sequence that Python promises
to keep.
"""

import argparse
import csv
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

Row = list[str]
Choice = TypeVar("Choice")

SEED = 2015
YEAR = 2015
NEW_YEAR, NEW_YEARS_EVE = date(YEAR, 1, 1), date(YEAR, 12, 31)
#: The day the made-up export was taken: no clean activity is later, and whoever reads it can call 2051 the future.
EXPORTED = date(2016, 1, 31)

MINUTE = 60
HOUR = 60 * MINUTE

# ---------------------------------------------------------------------------------------------------------------------
# The files
# ---------------------------------------------------------------------------------------------------------------------

HEADERS: dict[str, Row] = {
    "members.csv": ["Membership number", "Grade", "Registrations", "Joined", "Left", "Opted in"],
    "circumstances.csv": ["Membership number", "Circumstance", "From", "To"],
    "agreements.csv": [
        "Membership number", "Hours agreed", "From", "To", "Reason", "Decided by", "Decided on",
    ],
    "declarations.csv": ["Membership number", "Hours declared"],
    "activities.csv": [
        "Activity number", "Membership number", "Start", "End", "Duration", "Category", "Area", "Planned",
        "Competences", "Title", "Reflection", "Provider",
    ],
}  # fmt: skip

SLOTS = 600
#: Neighbours are 11 apart: no single wrong digit and no two swapped ones turn one member's number into another's.
NUMBERS = tuple(str(11001000 + 11 * slot) for slot in range(SLOTS))

CIRCUMSTANCES = (
    "Retired", "Maternity leave", "Paternity leave", "Parental leave", "Long-term illness", "Unemployed",
    "Career break", "Working outside engineering", "Volunteering professionally",
)  # fmt: skip
#: During these people mostly do something else; their activities fall outside where they can.
AWAY = ("Maternity leave", "Paternity leave", "Parental leave", "Long-term illness", "Career break")

# ---------------------------------------------------------------------------------------------------------------------
# The people
# ---------------------------------------------------------------------------------------------------------------------


class Leave(NamedTuple):
    """Dates a circumstance: a start between two days, then so many days, or open when it continues."""

    circumstance: str
    earliest: str
    latest: str
    days: tuple[int, int] | None = None


class Kind(NamedTuple):
    """Say how many members live this way, and in which bands (from hours, to hours, weight) their year's CPD falls."""

    members: int
    bands: tuple[tuple[int, int, int], ...]
    leaves: tuple[Leave, ...] = ()
    joined: tuple[str, str] = ("1974-01-01", "2014-11-30")
    left: tuple[str, str] | None = None


USUAL = (
    (2, 12, 2), (12, 20, 6), (20, 25, 7), (25, 30, 13), (30, 35, 31), (35, 40, 20), (40, 50, 13), (50, 60, 5),
    (60, 70, 2), (70, 95, 1),
)  # fmt: skip
PART = ((4, 9, 2), (10, 16, 5), (16, 24, 4), (24, 32, 2))
FEW = ((0, 4, 2), (4, 8, 2), (8, 14, 5), (14, 20, 1))
NONE = ((0, 0, 1),)
OLD_HANDS = ("1962-01-01", "1992-12-31")

PEOPLE: dict[str, Kind] = {
    "working": Kind(379, USUAL),
    "caring for a relative": Kind(4, ((8, 14, 1), (14, 24, 3))),
    "empty record": Kind(14, NONE),
    "maternity, back during the year": Kind(
        11, PART, (Leave("Maternity leave", "2014-05-20", "2014-12-15", (231, 364)),)
    ),
    "maternity, within the year": Kind(7, PART, (Leave("Maternity leave", "2015-01-05", "2015-05-20", (98, 224)),)),
    "maternity, into next year": Kind(11, PART, (Leave("Maternity leave", "2015-04-01", "2015-11-30", (273, 364)),)),
    "paternity": Kind(9, USUAL, (Leave("Paternity leave", "2015-01-05", "2015-12-24", (13, 13)),)),
    "parental": Kind(6, PART, (Leave("Parental leave", "2015-04-05", "2015-08-31", (28, 175)),)),
    "retired all year": Kind(34, FEW, (Leave("Retired", "2001-01-01", "2014-12-31"),), OLD_HANDS),
    "retired during the year": Kind(9, PART, (Leave("Retired", "2015-02-01", "2015-11-30"),), OLD_HANDS),
    "retired and volunteering": Kind(
        13,
        ((8, 14, 3), (20, 30, 3), (30, 45, 6)),
        (
            Leave("Retired", "2004-01-01", "2014-06-30"),
            Leave("Volunteering professionally", "2014-07-01", "2014-12-31"),
        ),
        OLD_HANDS,
    ),
    "long-term illness": Kind(8, FEW, (Leave("Long-term illness", "2014-09-01", "2015-06-30", (130, 420)),)),
    "unemployed": Kind(10, PART, (Leave("Unemployed", "2014-08-01", "2015-09-30", (160, 400)),)),
    "unemployed still": Kind(3, FEW, (Leave("Unemployed", "2014-03-01", "2015-05-31"),)),
    "career break": Kind(6, FEW, (Leave("Career break", "2014-07-01", "2015-07-31", (184, 730)),)),
    "outside engineering": Kind(7, FEW, (Leave("Working outside engineering", "2010-01-01", "2015-06-30"),)),
    "joined during the year": Kind(
        27, ((3, 10, 3), (10, 20, 5), (20, 30, 4), (30, 40, 3)), (), ("2015-01-12", "2015-10-31")
    ),
    "left during the year": Kind(
        9, ((0, 6, 2), (6, 15, 4), (15, 32, 2)), (), ("1974-01-01", "2014-06-30"), ("2015-02-15", "2015-12-10")
    ),
}

#: Most who joined after this day are not Fellows yet.
CAREER_START = date(2008, 12, 31)
GRADES = (("TMIET", 14), ("MIET", 66), ("FIET", 20))
REGISTRATIONS: dict[str, tuple[tuple[str, int], ...]] = {
    "TMIET": (("", 40), ("EngTech", 44), ("ICTTech", 14), ("EngTech;ICTTech", 2)),
    "MIET": (("", 38), ("CEng", 38), ("IEng", 18), ("EngTech", 4), ("CEng;EngTech", 1), ("IEng;ICTTech", 1)),
    "FIET": (("", 6), ("CEng", 91), ("IEng", 2), ("CEng;ICTTech", 1)),
}

# ---------------------------------------------------------------------------------------------------------------------
# What they do. Whether an activity was planned is asked of the member, never told from its category.
# ---------------------------------------------------------------------------------------------------------------------

AREAS = ("Personal technical", "Job role technical", "Soft skills")
COMPETENCES = "ABCDE"

#: (minutes, weight); from eight hours on an activity takes several days.
MINUTES = (
    (15, 6), (20, 3), (30, 18), (40, 2), (45, 9), (60, 25), (75, 3), (90, 13), (100, 1), (120, 11), (150, 3), (180, 4),
    (210, 1), (240, 2), (300, 1), (420, 1), (720, 1),
)  # fmt: skip
DAY = 8 * 60
#: From here on an activity may be spread over some days or weeks.
LONG = 2 * 60
#: Who is away for all but so few days of the year does what there is during the leave.
ROOM = 60

FORMS: dict[str, tuple[str, ...]] = {
    "Training course": (
        "{} course", "introduction to {}", "advanced workshop on {}", "{}: refresher", "in-house training on {}",
        "{}, level 2",
    ),
    "Work experience": (
        "first project on {}", "secondment: {}", "design review, {}", "extra duties: {}", "shadowed a colleague on {}",
        "took over {} from a colleague",
    ),
    "Academic study": (
        "MSc module: {}", "part-time degree: {}", "dissertation reading on {}", "evening class in {}",
        "distance learning unit on {}",
    ),
    "Volunteering": (
        "STEM day at a school: {}", "careers talk on {}", "mentored a graduate in {}", "local network committee, {}",
        "reviewed a paper on {}", "judged student projects on {}",
    ),
    "Event": (
        "evening lecture: {}", "seminar on {}", "exhibition: {}", "webinar on {}", "panel discussion, {}",
        "conference day on {}",
    ),
    "Self-study": (
        "read about {}", "E&T Magazine: {}", "online lessons on {}", "watched a recorded lecture on {}",
        "read the new standard on {}", "own notes on {}", 'handbook "{}", chapter 2',
    ),
}  # fmt: skip
#: How often people log each; a member draws six of these, so most use three to five of the categories.
CATEGORIES = (
    ("Training course", 20), ("Work experience", 22), ("Academic study", 8), ("Volunteering", 12), ("Event", 17),
    ("Self-study", 21),
)  # fmt: skip

TOPICS = (
    "protection relays", "arc flash studies", "earthing", "lithium-ion storage", "rail signalling", "radar antennas",
    "small cells", "functional safety", "PLC programming", "FPGA design", "power electronics", "smart metering",
    "offshore wind", "HVDC links", "switchgear", "motor control", "secure control systems", "software tests",
    "requirements capture", "systems engineering", "EMC", "optical fibre", "building services", "lighting design",
    "building models", "design for site safety", "wiring rules", "asset management", "medical devices", "sensors",
    "machine learning", "avionics", "electric vehicles", "charging points", "heat pumps", "nuclear instrumentation",
    "cable ageing", "transformer oil tests", "data centres", "satellite links", "audio over IP", "robotics",
    "machine vision", "additive manufacturing", "lean production", "50 Ω measurements", "noise, and how to measure it",
    "Petri nets", "model-based design", "scripts in Python", "tidal power", "grid codes", "harmonics", "Ampère's law",
)  # fmt: skip
SKILLS = (
    "chairing meetings", "report writing", "negotiation", "presenting to clients", "managing time", "giving feedback",
    "project budgets", "leading a small team", "commercial awareness", "professional ethics", "interviewing",
    "working across cultures", "coaching", "handling conflict",
)  # fmt: skip
REFLECTIONS = (
    "Useful for my current project.",
    "Will follow up with a colleague who works on {}.",
    "I understand {} better, but not yet the details.",
    "Went well; next time I would prepare more.",
    "It changed how I go about {}.",
    "Too basic for me, the discussion afterwards was the best part.",
    "Need to practise, then look again at {}.",
    "Passed on the main points to my team.",
    "Filled a gap that my line manager and I had seen.",
    "Showed me where our own procedure is weak.",
    "Not what I expected, though {} will matter in my job.",
)
PROVIDERS = (
    ("employer", 30), ("IET", 22), ("self", 18), ("a university", 7), ("a supplier", 6), ("another institution", 5),
    ("", 12),
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------------------------
# Members on a threshold
# ---------------------------------------------------------------------------------------------------------------------


class Entry(NamedTuple):
    """Enter so many activities of this duration; with no start given they are spread over 2015."""

    times: int
    duration: str
    planned: str = "No"
    area: str | None = None
    start: str = ""
    end: str = ""


class Threshold(NamedTuple):
    """Give a member an exact record; the totals, in seconds, are of the rows wholly inside 2015 that lack nothing."""

    says: str
    entries: tuple[Entry, ...]
    total: int
    planned: int
    circumstances: tuple[tuple[str, str, str], ...] = ()
    declared: str = ""


Y, N = "Yes", "No"
TEN_PLANNED = Entry(10, "1", Y)
PERSONAL, JOB, SOFT = AREAS

THRESHOLDS: dict[str, Threshold] = {
    "11001099": Threshold(
        "exactly 30:00, exactly 10:00 planned", (TEN_PLANNED, Entry(20, "1 hour")), 30 * HOUR, 10 * HOUR
    ),
    "11001297": Threshold(
        "29:59, one minute short, planned enough",
        (Entry(12, "1h00", Y), Entry(17, "1:00"), Entry(1, "59 min")),
        30 * HOUR - MINUTE,
        12 * HOUR,
    ),
    "11001495": Threshold(
        "exactly 30:00 but 9:45 planned",
        (Entry(13, "0.75", Y), Entry(27, "45 min")),
        30 * HOUR,
        9 * HOUR + 45 * MINUTE,
    ),
    "11001693": Threshold(
        "three times 3:20 planned is exactly 10:00 planned, 30:00 in all",
        (Entry(3, "3:20", Y), Entry(10, "2 hours")),
        30 * HOUR,
        10 * HOUR,
    ),
    "11001891": Threshold(
        "29:00 and ten entries of 0.1 h make exactly 30:00",
        (Entry(14, "1", Y), Entry(15, "1"), Entry(10, "0.1")),
        30 * HOUR,
        14 * HOUR,
    ),
    "11002089": Threshold(
        "29:00 and three entries of 0.33 h make 29:59:24, 36 seconds short",
        (Entry(14, "1", Y), Entry(15, "1"), Entry(3, "0.33")),
        30 * HOUR - 36,
        14 * HOUR,
    ),
    "11002287": Threshold(
        "planned 5:00 and unplanned 40:00: 5:00 planned short, 25:00 credited",
        (Entry(5, "1", Y), Entry(20, "2")),
        45 * HOUR,
        5 * HOUR,
    ),
    "11002485": Threshold("planned 30:00, unplanned nothing", (Entry(15, "2 hours", Y),), 30 * HOUR, 30 * HOUR),
    "11002683": Threshold("planned 10:00 and unplanned 25:00", (TEN_PLANNED, Entry(10, "2.5")), 35 * HOUR, 10 * HOUR),
    "11002881": Threshold(
        "areas 18, 12 and 0 hours: no soft skills",
        (Entry(9, "2", Y, PERSONAL), Entry(8, "1h30", N, JOB)),
        30 * HOUR,
        18 * HOUR,
    ),
    "11003079": Threshold(
        "areas exactly 10, 10 and 10 hours",
        (Entry(5, "2", Y, PERSONAL), Entry(3, "3 h 20 min", N, JOB), Entry(4, "2.5", N, SOFT)),
        30 * HOUR,
        10 * HOUR,
    ),
    "11003277": Threshold(
        "retired, exactly 10:00, none of it planned",
        (Entry(20, "0.5"),),
        10 * HOUR,
        0,
        (("Retired", "2009-06-30", ""),),
    ),
    "11003475": Threshold(
        "retired, 9:59", (Entry(9, "1"), Entry(1, "59 min")), 10 * HOUR - MINUTE, 0, (("Retired", "2013-04-01", ""),)
    ),
    "11003673": Threshold(
        "retired, three times 3:20", (Entry(3, "3:20"),), 10 * HOUR, 0, (("Retired", "2014-12-31", ""),)
    ),
    "11003871": Threshold("retired, empty record", (), 0, 0, (("Retired", "2006-10-01", ""),)),
    "11004069": Threshold(
        "retired but volunteering professionally, so active: 10:00 is not enough",
        (Entry(10, "1"),),
        10 * HOUR,
        0,
        (("Retired", "2010-01-01", ""), ("Volunteering professionally", "2010-02-01", "")),
    ),
    "11004267": Threshold(
        "retired but volunteering professionally, exactly 30:00 and 10:00 planned",
        (TEN_PLANNED, Entry(20, "1")),
        30 * HOUR,
        10 * HOUR,
        (("Retired", "2012-01-01", ""), ("Volunteering professionally", "2012-01-01", "")),
    ),
    "11004465": Threshold(
        "retired and long ill, exactly 10:00: the lower target once, never both",
        (Entry(4, "2h30"),),
        10 * HOUR,
        0,
        (("Retired", "2011-03-01", ""), ("Long-term illness", "2014-10-01", "")),
    ),
    "11004663": Threshold(
        "maternity leave ends on 1 January 2015, exactly 10:00",
        (Entry(10, "60 min"),),
        10 * HOUR,
        0,
        (("Maternity leave", "2014-04-03", "2015-01-01"),),
    ),
    "11004861": Threshold(
        "maternity leave ended on 31 December 2014, exactly 10:00",
        (Entry(10, "60 min"),),
        10 * HOUR,
        0,
        (("Maternity leave", "2014-04-02", "2014-12-31"),),
    ),
    "11005059": Threshold(
        "maternity leave begins on 31 December 2015, exactly 10:00",
        (Entry(10, "60 min"),),
        10 * HOUR,
        0,
        (("Maternity leave", "2015-12-31", "2016-09-30"),),
    ),
    "11005257": Threshold(
        "maternity leave all year, empty record", (), 0, 0, (("Maternity leave", "2015-01-01", "2015-12-31"),)
    ),
    "11005455": Threshold(
        "retired from 1 January 2016, exactly 10:00 in 2015",
        (Entry(5, "2"),),
        10 * HOUR,
        0,
        (("Retired", "2016-01-01", ""),),
    ),
    "11005653": Threshold(
        "paternity leave, exactly 10:00: the 2015 page names maternity only",
        (Entry(5, "2"),),
        10 * HOUR,
        0,
        (("Paternity leave", "2015-06-01", "2015-06-14"),),
    ),
    "11005851": Threshold(
        "unemployed for exactly six months, 10:00",
        (Entry(5, "2"),),
        10 * HOUR,
        0,
        (("Unemployed", "2015-01-01", "2015-06-30"),),
    ),
    "11006049": Threshold(
        "unemployed for six months and a day, 10:00",
        (Entry(5, "2"),),
        10 * HOUR,
        0,
        (("Unemployed", "2015-01-01", "2015-07-01"),),
    ),
    "11006247": Threshold("carer, 15 h agreed, exactly 15:00", (Entry(10, "1:30"),), 15 * HOUR, 0),
    "11006445": Threshold("carer, 15 h agreed, 14:59", (Entry(14, "1"), Entry(1, "59 min")), 15 * HOUR - MINUTE, 0),
    "11006643": Threshold(
        "28:00, and 3:30 over 28 December to 3 January: 30:00 by days, 31:30 by start, 28:00 by end",
        (Entry(14, "1", Y), Entry(14, "1"), Entry(1, "3.5", N, None, "2015-12-28", "2016-01-03")),
        28 * HOUR,
        14 * HOUR,
    ),
    "11006841": Threshold(
        "30:00, 9:45 planned and 0:15 not known whether planned",
        (Entry(13, "0.75", Y), Entry(1, "0.25", ""), Entry(10, "2")),
        30 * HOUR,
        9 * HOUR + 45 * MINUTE,
    ),
    "11007039": Threshold(
        "29:00, and one hour without a date (in NOTICES)", (TEN_PLANNED, Entry(19, "1")), 29 * HOUR, 10 * HOUR
    ),
    "11007237": Threshold(
        "29:00, and volunteering without its hours (in NOTICES)", (TEN_PLANNED, Entry(19, "1")), 29 * HOUR, 10 * HOUR
    ),
    "11007435": Threshold(
        "28:00 recorded, 32 declared", (Entry(14, "1", Y), Entry(7, "2")), 28 * HOUR, 14 * HOUR, (), "32"
    ),
}

#: (who, hours, from, to, reason, decided by, decided on): who is one member, or the next of that kind of people.
AGREEMENTS = (
    ("11006247", "15", "2015-01-01", "2015-12-31", "Carer for a parent", "CPD Manager", "2015-02-10"),
    ("11006445", "15", "2015-01-01", "2015-12-31", "Carer for a child", "CPD Manager", "2015-03-02"),
    ("caring for a relative", "15", "2015-01-01", "2015-12-31", "Carer for a partner", "CPD Manager", "2015-01-19"),
    ("caring for a relative", "20", "2015-04-01", "", "Carer, part-time post", "CPD Manager", "2015-04-14"),
    ("caring for a relative", "12.5", "2015-01-01", "2015-12-31", "Carer, two relatives", "Head of CPD", "2015-05-06"),
    ("caring for a relative", "15", "2015-01-01", "2016-12-31", "Carer for a parent", "CPD Manager", "2015-06-22"),
    ("long-term illness", "10", "2015-01-01", "2015-12-31", "Recovering, by letter", "CPD Manager", "2015-07-01"),
    ("long-term illness", "0", "2015-01-01", "2015-12-31", "In hospital for months", "Head of CPD", "2015-09-15"),
    ("long-term illness", "10", "2015-03-01", "", "Returning in stages", "CPD Manager", "2015-04-08"),
    ("unemployed", "10", "2015-01-01", "2015-12-31", "Looking for work, no budget", "CPD Manager", "2015-08-03"),
    ("career break", "10", "2015-01-01", "2015-12-31", "Break agreed with employer", "CPD Manager", "2015-03-27"),
    ("outside engineering", "10", "2015-01-01", "2015-12-31", "Teaching, means to return", "CPD Manager", "2015-11-11"),
    ("parental", "18", "2015-01-01", "2015-12-31", "Shared parental leave", "CPD Manager", "2015-10-05"),
)

#: Clean rows around the ends of the year, given to working members: (start, end, duration).
EDGES = (
    ("2014-12-31", "", "2"), ("2014-12-31", "", "1h30"), ("2014-12-30", "2014-12-31", "6"), ("2014-12-12", "", "3"),
    ("2015-01-01", "", "1"), ("2015-12-31", "", "0.5"), ("2015-12-31", "", "2 hours"), ("2016-01-01", "", "1"),
    ("2016-01-01", "", "45 min"), ("2016-01-04", "2016-01-05", "12"), ("2016-01-19", "", "1:30"),
    ("2015-12-28", "2016-01-03", "7"), ("2015-12-28", "2016-01-03", "10.5"), ("2015-12-31", "2016-01-01", "3"),
    ("2015-12-14", "2016-01-22", "20"), ("2015-12-30", "2016-01-02", "5 h 20 min"), ("2014-12-29", "2015-01-02", "5"),
    ("2014-12-31", "2015-01-01", "2h30"), ("2014-12-08", "2015-01-16", "16"), ("2014-12-22", "2015-01-09", "9.5"),
    ("2014-12-01", "2016-01-15", "48"),
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------------------------
# Rows that are not as they should be
# ---------------------------------------------------------------------------------------------------------------------

Spoil = Callable[[Row, Sequence[Row]], Row]


def too_few(row: Row, _above: Sequence[Row]) -> Row:
    """Break off after the competences, as a row cut by copy and paste."""
    return row[:9]


def too_many(row: Row, _above: Sequence[Row]) -> Row:
    """Type a comma in the title without quotes, so that everything after it moves one cell on."""
    return [*row[:9], "Substations", " earthing and lightning", *row[10:]]


def doubled(row: Row, above: Sequence[Row]) -> Row:
    """Enter an earlier activity again under a new number."""
    return [row[0], *_settled(above)[-40][1:]]


def doubled_respelled(row: Row, above: Sequence[Row]) -> Row:
    """Enter an earlier activity again, with the same time spelled otherwise."""
    earlier = next(old for old in reversed(_settled(above)[:-25]) if old[4] == "1.5" and ";" not in old[6])
    return [row[0], *earlier[1:4], "1h30", *earlier[5:]]


def same_number(row: Row, above: Sequence[Row]) -> Row:
    """Take the number of an earlier, different activity."""
    return [_settled(above)[-30][0], *row[1:]]


def member_again(_row: Row, above: Sequence[Row]) -> Row:
    """List an earlier member once more, at another grade."""
    number, grade, *rest = _settled(above)[-25]
    return [number, "FIET" if grade == "MIET" else "MIET", *rest]


def retired_again(_row: Row, above: Sequence[Row]) -> Row:
    """Say a retirement from before 2015 a second time, from a later day."""
    earlier = next(old for old in reversed(_settled(above)) if old[1] == "Retired" and old[2] < "2015")
    return [earlier[0], "Retired", "2015-03-01", ""]


def _settled(above: Sequence[Row]) -> list[Row]:
    """Leave out members on a threshold: what is copied from them could move them off it."""
    return [row for row in above if not THRESHOLDS.keys() & set(row[:2])]


class Odd(NamedTuple):
    """Change cells of an otherwise clean row, then spoil its shape if cells are not enough; say what the trouble is."""

    kind: str
    changes: Mapping[str, str]
    trouble: str
    file: str = "activities.csv"
    spoil: Spoil | None = None


#: 11002815, as an East Asian keyboard types it.
FULL_WIDTH = "\uff11\uff11\uff10\uff10\uff12\uff18\uff11\uff15"

# fmt: off
#: Wrong rows: each must come back as a reject that says why.
DIRTY = (
    Odd("decimal comma", {"Duration": "7,5"}, "a comma is not a decimal point here: 7.5 hours, or 75?"),
    Odd("number in words", {"Duration": "two hours"}, "the duration is not written in figures"),
    Odd("negative duration", {"Duration": "-2"}, "a duration cannot be negative"),
    Odd("zero duration", {"Duration": "0"}, "an activity must take some time"),
    Odd("75 minutes in an hour", {"Duration": "1h75"}, "there are no 75 minutes past an hour"),
    Odd("not a number", {"Duration": "NaN"}, "the duration is not a finite number"),
    Odd("absurd duration", {"Duration": "1e9"}, "a thousand million hours cannot be, nor is 1e9 how hours are written"),
    Odd("too many digits", {"Duration": "2.3333333333"}, "finer than a second: 2 h 20 min was meant"),
    Odd("30 hours in a day", {"Duration": "30h"}, "more than 24 hours on a single day"),
    Odd("days for hours", {"Duration": "1 day"}, "a day is no fixed number of hours"),
    Odd("a range of hours", {"Duration": "3-4"}, "three or four hours: the duration is not one figure"),
    Odd("31 February", {"Start": "31/02/2015"}, "there is no such day"),
    Odd("month 13", {"Start": "2015-13-05"}, "there is no month 13"),
    Odd("two-digit year", {"Start": "15/03/15"}, "the year has two digits, so which number is the year?"),
    Odd("day or month first", {"Start": "05/06/2015"}, "5 June or 6 May: the date can be read in two ways"),
    Odd("date in words", {"Start": "tomorrow"}, "not a date"),
    Odd("in the future", {"Start": "2051-03-01"}, "the day has not come yet; 2015 was meant"),
    Odd("spreadsheet serial", {"Start": "42064"}, "a spreadsheet's day number (1 March 2015), not a date"),
    Odd("end before start", {"Start": "2015-06-12", "End": "2015-06-10"}, "it ends before it starts"),
    Odd("unreadable end", {"Start": "2015-06-29", "End": "2015-06-31"}, "there is no 31 June"),
    Odd("unknown category", {"Category": "Conference"}, "not one of the six categories; Event was meant"),
    Odd("misspelt category", {"Category": "Trainning course"}, "not a category; did they mean Training course?"),
    Odd("misspelt area", {"Area": "Soft skils"}, "not an area; did they mean Soft skills?"),
    Odd(
        "split does not add up",
        {"Duration": "2", "Area": "Job role technical 1h; Soft skills 0.5h"},
        "the parts make 1 h 30 min, the duration says 2 h",
    ),
    Odd("planned maybe", {"Planned": "maybe"}, "neither Yes, No nor blank"),
    Odd("competence F", {"Competences": "B;F"}, "the competences are A to E"),
    Odd("unknown member", {"Membership number": "11009999"}, "nobody has this number"),
    Odd("swapped digits", {"Membership number": "11002324"}, "nobody has this number; 11002342 has two digits swapped"),
    Odd("letter O for zero", {"Membership number": "11OO2320"}, "letters O where 11002320 has zeros"),
    Odd("letter l for one", {"Membership number": "1l003002"}, "a letter l where 11003002 has a one"),
    Odd("full-width digits", {"Membership number": FULL_WIDTH}, "full-width digits, not those of 11002815"),
    Odd("trailing no-break space", {"Membership number": "11004212\u00a0"}, "an invisible space after 11004212"),
    Odd("spreadsheet number", {"Membership number": "11004718.0"}, "a spreadsheet made a number of 11004718"),
    Odd("no member", {"Membership number": ""}, "the membership number is blank"),
    Odd("doubled entry", {}, "same member, day, title and duration as an earlier row", spoil=doubled),
    Odd("doubled entry, second", {}, "same member, day, title and duration as an earlier row", spoil=doubled),
    Odd("doubled, respelled", {}, "the same as an earlier row, 1.5 spelled 1h30", spoil=doubled_respelled),
    Odd("number used twice", {}, "another activity has this activity number", spoil=same_number),
    Odd("number used twice, second", {}, "another activity has this activity number", spoil=same_number),
    Odd("too few cells", {}, "9 cells instead of 12", spoil=too_few),
    Odd("too many cells", {}, "13 cells instead of 12", spoil=too_many),
    Odd("stray NUL", {"Title": "seminar on earth\x00ing"}, "a NUL character in the title"),
    Odd("control character", {"Title": "webinar on switch\x08gear"}, "a backspace character in the title"),
    Odd("duplicate member", {}, "the number is listed already, with another grade", "members.csv", member_again),
    Odd(
        "unknown grade",
        {"Membership number": "11007600", "Grade": "MIEE", "Joined": "1998-05-12", "Opted in": "2014-02-03"},
        "MIEE is not a grade any more; MIET was meant",
        "members.csv",
    ),
    Odd(
        "left before joined",
        {
            "Membership number": "11007611", "Grade": "MIET", "Joined": "2011-09-01", "Left": "2001-09-30",
            "Opted in": "2013-09-09",
        },
        "the member left before joining",
        "members.csv",
    ),
    Odd(
        "circumstance ends before it begins",
        {"Circumstance": "Career break", "From": "2015-09-01", "To": "2015-03-31"},
        "it ends before it begins",
        "circumstances.csv",
    ),
    Odd(
        "misspelt circumstance",
        {"Circumstance": "Sabattical", "From": "2015-02-01", "To": "2015-07-31"},
        "not a circumstance in the list; a career break?",
        "circumstances.csv",
    ),
    Odd("circumstance said twice", {}, "the same circumstance, overlapping", "circumstances.csv", retired_again),
    Odd(
        "agreement without hours",
        {
            "From": "2015-01-01", "To": "2015-12-31", "Reason": "Carer for a parent", "Decided by": "CPD Manager",
            "Decided on": "2015-05-18",
        },
        "no figure was agreed, and none may be invented",
        "agreements.csv",
    ),
    Odd(
        "agreement without decider",
        {
            "Hours agreed": "12", "From": "2015-01-01", "To": "2015-12-31", "Reason": "Illness in the family",
            "Decided on": "2015-06-30",
        },
        "nobody is named as having decided",
        "agreements.csv",
    ),
    Odd("declared in words", {"Hours declared": "about 30"}, "the hours are not a figure", "declarations.csv"),
)
# fmt: on

#: Right rows in which a fact is missing that may be: read, and reported as not known.
NOTICES = (
    Odd("hours not known", {"Duration": "", "Category": "Volunteering"}, "the amount is not known"),
    Odd(
        "hours not known, and needed",
        {"Membership number": "11007237", "Start": "2015-10-17", "Duration": "", "Category": "Volunteering"},
        "the amount is not known, and would decide",
    ),
    Odd("day not known", {"Start": ""}, "the date is not known"),
    Odd(
        "day not known, and needed",
        {"Membership number": "11007039", "Start": "", "Duration": "1"},
        "the date is not known, and would decide",
    ),
)

#: Right rows that whoever renders them must escape.
LEGAL = (
    Odd("formula", {"Title": '=HYPERLINK("http://example.invalid/","free course")'}, "a spreadsheet would run it"),
    Odd("at-sign formula", {"Title": "@SUM(1+1)*cmd|' /C calc'!A0"}, "a spreadsheet would run it"),
    Odd("HTML", {"Title": "<script>alert(1)</script>"}, "a browser would run it"),
    Odd(
        "Markdown",
        {"Title": "| a | b | [read](javascript:alert(1)) *all* `of` it", "Reflection": "# not a heading"},
        "Markdown would make a table, a link and a heading of it",
    ),
)

# ---------------------------------------------------------------------------------------------------------------------
# Chance
# ---------------------------------------------------------------------------------------------------------------------


class Dice:
    """Roll whole numbers exactly. One set a purpose, so that a change for one member leaves the others as they were."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._random = Random(f"{seed} {purpose}").random

    def below(self, bound: int) -> int:
        """Return one of 0 .. bound - 1; `random()` is a whole number of 2**-53, so nothing here is rounded."""
        return int(self._random() * 2**53) * bound >> 53

    def between(self, low: int, high: int) -> int:
        """Return a number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """Return True this many times in a hundred."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """Return one of the choices, all alike."""
        return choices[self.below(len(choices))]

    def weigh(self, choices: Iterable[tuple[Choice, int]]) -> Choice:
        """Return one of the choices, each as often as its weight says."""
        pairs = tuple(choices)
        bounds = list(accumulate(weight for _, weight in pairs))
        return pairs[bisect(bounds, self.below(bounds[-1]))][0]

    def shuffled(self, choices: Iterable[Choice]) -> list[Choice]:
        """Return the choices in some order."""
        rest = list(choices)
        return [rest.pop(self.below(len(rest))) for _ in range(len(rest))]

    def day(self, earliest: date, latest: date) -> date:
        """Return a day from earliest to latest, both included."""
        return earliest + timedelta(self.between(0, (latest - earliest).days))


# ---------------------------------------------------------------------------------------------------------------------
# Members
# ---------------------------------------------------------------------------------------------------------------------


class Person(NamedTuple):
    """Hold what is decided about a member before any activity is."""

    number: str
    kind: str
    joined: date
    left: date | None
    circumstances: tuple[tuple[str, str, str], ...]
    minutes: int


def cast(seed: int) -> dict[str, str]:
    """Say for each membership number which kind of people its member belongs to."""
    kinds = [kind for kind, people in PEOPLE.items() for _ in range(people.members)]
    rest = iter(Dice(seed, "cast").shuffled(kinds))
    return {number: "threshold" if number in THRESHOLDS else next(rest) for number in NUMBERS}


def person(seed: int, number: str, kind: str) -> Person:
    """Decide a member's dates, circumstances and hours."""
    dice = Dice(seed, f"person {number}")
    if kind == "threshold":
        joined = dice.day(date(1974, 1, 1), CAREER_START)
        return Person(number, kind, joined, None, THRESHOLDS[number].circumstances, 0)
    people = PEOPLE[kind]
    low, high, _ = dice.weigh((band, band[2]) for band in people.bands)
    return Person(
        number,
        kind,
        dice.day(*_days(people.joined)),
        dice.day(*_days(people.left)) if people.left else None,
        tuple(taken(dice, leave) for leave in people.leaves),
        15 * dice.below((high - low) * 4) + 60 * low if high else 0,
    )


def taken(dice: Dice, leave: Leave) -> tuple[str, str, str]:
    """Choose the days of a circumstance: what it is, from, to (blank when it continues)."""
    start = dice.day(*_days((leave.earliest, leave.latest)))
    end = start + timedelta(dice.between(*leave.days)) if leave.days else ""
    return leave.circumstance, str(start), str(end)


def _days(pair: tuple[str, str]) -> tuple[date, date]:
    return date.fromisoformat(pair[0]), date.fromisoformat(pair[1])


def member_row(seed: int, who: Person) -> Row:
    """Write a member's row; nobody opts in before joining or after leaving."""
    dice = Dice(seed, f"member {who.number}")
    grade = "MIET" if who.joined > CAREER_START and dice.chance(75) else dice.weigh(GRADES)
    opted = dice.day(max(who.joined, date(2013, 7, 1)), min(who.left or NEW_YEARS_EVE, NEW_YEARS_EVE))
    left = str(who.left) if who.left else ""
    return [who.number, grade, dice.weigh(REGISTRATIONS[grade]), str(who.joined), left, str(opted)]


def agreement_rows(people: Iterable[Person]) -> list[Row]:
    """Give each agreement to its member, or to the next of its kind."""
    waiting: dict[str, list[str]] = {}
    for who in people:
        waiting.setdefault(who.kind, []).append(who.number)
    return sorted([who if who in THRESHOLDS else waiting[who].pop(0), *rest] for who, *rest in AGREEMENTS)


def declaration_rows(seed: int, people: Iterable[Person]) -> list[Row]:
    """Let about 95 % of those who have not left declare: rounded as people do, and some higher."""
    rows = ([who.number, declared(Dice(seed, f"declaration {who.number}"), who)] for who in people if not who.left)
    return [row for row in rows if row[1]]


def declared(dice: Dice, who: Person) -> str:
    """Return the hours that a member declares, blank when none come."""
    exact = THRESHOLDS.get(who.number)
    if exact and exact.declared:
        return exact.declared
    if dice.chance(4):
        return ""
    minutes = exact.total // MINUTE if exact else who.minutes
    if who.kind == "empty record":
        return dice.pick(("0", "0", "30"))
    if dice.chance(14):
        minutes += 60 * dice.between(1, 8)
    grain = dice.pick((30, 60))
    return decimal((minutes + grain // 2) // grain * grain)


# ---------------------------------------------------------------------------------------------------------------------
# Amounts as people write them
# ---------------------------------------------------------------------------------------------------------------------

STYLES = (("decimal", 46), ("h", 18), ("h min", 12), ("colon", 14), ("words", 10))


def decimal(minutes: int) -> str:
    """Write minutes as decimal hours; whole threes of minutes only, the others have no end."""
    hundredths = minutes * 100 // 60
    return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")


def spelled(minutes: int, style: str) -> str:
    """Write an amount in the style that a member is used to, where the style can say it."""
    hours, rest = divmod(minutes, 60)
    if style == "decimal" and minutes % 3 == 0:
        return decimal(minutes)
    if style == "colon":
        return f"{hours}:{rest:02}"
    if not rest:
        return f"{hours} hours" if hours > 1 else "1 hour"
    if not hours:
        return f"{rest} min"
    return f"{hours}h{rest:02}" if style == "h" else f"{hours} h {rest} min"


# ---------------------------------------------------------------------------------------------------------------------
# Activities. A row here has no activity number yet: numbers follow the order of the file.
# ---------------------------------------------------------------------------------------------------------------------


class Habits(NamedTuple):
    """Hold how a member keeps the record."""

    style: str
    categories: tuple[str, ...]
    areas: tuple[tuple[str, int], ...]
    planned: int
    reflects: int
    providers: tuple[str, ...]


def habits(dice: Dice) -> Habits:
    """Choose how a member keeps the record, and how many of a hundred activities are planned."""
    weights = dice.pick(((4, 4, 3), (3, 5, 2), (5, 3, 2), (4, 5, 1), (6, 4, 0), (2, 4, 4)))
    return Habits(
        dice.weigh(STYLES),
        tuple(dice.weigh(CATEGORIES) for _ in range(6)),
        tuple(zip(AREAS, weights, strict=True)),
        dice.weigh(((0, 1), (20, 1), (40, 3), (55, 9), (70, 7), (100, 1))),
        dice.pick((0, 40, 60, 80, 95)),
        tuple(dice.weigh(PROVIDERS) for _ in range(3)),
    )


def details(dice: Dice, habit: Habits, category: str, area: str, planned: str) -> Row:
    """Write the cells after the duration: category, area, planned, competences, title, reflection, provider."""
    topic = dice.pick(SKILLS if area == SOFT else TOPICS)
    title = dice.pick(FORMS[category]).format(topic)
    reflection = dice.pick(REFLECTIONS).format(topic) if dice.chance(habit.reflects) else ""
    wanted = dice.weigh(((0, 10), (1, 45), (2, 32), (3, 11), (5, 2)))
    competences = ";".join(sorted(dice.shuffled(COMPETENCES)[:wanted]))
    return [category, area, planned, competences, title[0].upper() + title[1:], reflection, dice.pick(habit.providers)]


def area_of(dice: Dice, habit: Habits, minutes: int) -> str:
    """Choose an area: one, two that share the time, or (blank) not known."""
    known = dice.weigh((("no", 2), ("split", 4), ("one", 94)))
    quarters, rest = divmod(minutes, 15)
    if known == "split" and quarters > 1 and not rest:
        first, second = dice.shuffled(AREAS)[:2]
        part = 15 * dice.between(1, quarters - 1)
        return f"{first} {decimal(part)}h; {second} {decimal(minutes - part)}h"
    return "" if known == "no" else dice.weigh(habit.areas)


def portions(dice: Dice, minutes: int) -> list[int]:
    """Cut a year's minutes into activities."""
    parts = []
    while minutes:
        part = min(dice.weigh(MINUTES), minutes)
        parts.append(part)
        minutes -= part
    return parts


def days_of(who: Person) -> list[date]:
    """List the days of 2015 on which a member may have done something."""
    first, last = max(NEW_YEAR, who.joined), min(NEW_YEARS_EVE, who.left or NEW_YEARS_EVE)
    here = [first + timedelta(n) for n in range((last - first).days + 1)]
    away = [(start, end or "9999") for name, start, end in who.circumstances if name in AWAY]
    free = [day for day in here if not any(start <= str(day) <= end for start, end in away)]
    return free if len(free) >= ROOM else here


def dates_of(dice: Dice, days: Sequence[date], minutes: int, busy: dict[date, int]) -> tuple[date, date | None]:
    """Choose a day that is not full yet, or a start and an end where it takes more than one."""
    if minutes > DAY or (minutes >= LONG and dice.chance(20)):
        span = timedelta(-(-minutes // DAY) - 1 + dice.weigh(((0, 4), (1, 4), (6, 2), (18, 1))))
        start = max(days[0], min(dice.pick(days), days[-1] - span))
        return start, start + span if span else None
    day = dice.pick(days)
    while busy.get(day, 0) + minutes > DAY:
        day = dice.pick(days)
    busy[day] = busy.get(day, 0) + minutes
    return day, None


def activities(seed: int, who: Person) -> list[Row]:
    """Write a member's year."""
    if who.kind == "threshold":
        return threshold_activities(seed, who.number)
    dice = Dice(seed, f"activities {who.number}")
    habit, days = habits(dice), days_of(who)
    busy: dict[date, int] = {}
    rows: dict[tuple[str, str], Row] = {}
    for minutes in portions(dice, who.minutes):
        style = habit.style if dice.chance(85) else dice.weigh(STYLES)
        start, end = dates_of(dice, days, minutes, busy)
        area = area_of(dice, habit, minutes)
        when = [str(start), str(end) if end else "", spelled(minutes, style)]
        rest = details(dice, habit, dice.pick(habit.categories), area, planned_of(dice, habit))
        while (when[0], rest[4]) in rows:  # the same title on the same day would read as a doubled entry
            rest = details(dice, habit, rest[0], area, rest[2])
        rows[when[0], rest[4]] = [who.number, *when, *rest]
    return list(rows.values())


def planned_of(dice: Dice, habit: Habits) -> str:
    """Say whether it was planned; blank is not known."""
    if dice.chance(2):
        return ""
    return Y if dice.chance(habit.planned) else N


def threshold_activities(seed: int, number: str) -> list[Row]:
    """Write the exact record of a member on a threshold, spread over the year."""
    dice = Dice(seed, f"threshold {number}")
    habit = habits(dice)
    entries = [entry for entry in THRESHOLDS[number].entries for _ in range(entry.times)]
    rows = []
    for n, entry in enumerate(entries):
        start = entry.start or str(date(YEAR, 1, 5) + timedelta(n * (350 // len(entries))))
        rest = details(dice, habit, dice.weigh(CATEGORIES), entry.area or AREAS[n % 3], entry.planned)
        rows.append([number, start, entry.end, entry.duration, *rest])
    return rows


def single_row(dice: Dice, number: str, start: str) -> Row:
    """Write an activity of one day in one area, with nothing missing: the base of a row at an edge or an odd one."""
    habit = habits(dice)
    minutes = dice.pick((30, 45, 60, 90, 120, 180))
    rest = details(dice, habit, dice.weigh(CATEGORIES), dice.pick(AREAS), dice.pick((Y, N)))
    return [number, start, "", spelled(minutes, habit.style), *rest]


def edge_rows(seed: int, hosts: Sequence[str]) -> list[Row]:
    """Give the rows around the ends of the year to working members."""
    dice = Dice(seed, "edges")
    plain = [single_row(dice, number, "") for number in hosts[: len(EDGES)]]
    return [[row[0], *edge, *row[4:]] for row, edge in zip(plain, EDGES, strict=True)]


def in_order_of_entry(seed: int, rows: Iterable[Row]) -> list[Row]:
    """Sort activities as an export has them: by the day they were entered, up to six weeks after they were over."""
    dice = Dice(seed, "entry")
    entered = [(date.fromisoformat(row[2] or row[1]) + timedelta(dice.below(42)), n, row) for n, row in enumerate(rows)]
    return [row for _, _, row in sorted(entered)]


# ---------------------------------------------------------------------------------------------------------------------
# The whole
# ---------------------------------------------------------------------------------------------------------------------


def clean(seed: int, people: Sequence[Person], hosts: Sequence[str]) -> dict[str, list[Row]]:
    """Write the rows of each file that are as they should be; activities without their numbers."""
    done = [row for who in people for row in activities(seed, who)]
    return {
        "members.csv": [member_row(seed, who) for who in people],
        "circumstances.csv": [[who.number, *dated] for who in people for dated in who.circumstances],
        "agreements.csv": agreement_rows(people),
        "declarations.csv": declaration_rows(seed, people),
        "activities.csv": in_order_of_entry(seed, [*done, *edge_rows(seed, hosts)]),
    }


def odd_row(dice: Dice, odd: Odd, host: str, label: Row, above: Sequence[Row]) -> Row:
    """Write a row that is odd in the way described and in no other."""
    header = HEADERS[odd.file]
    if label:  # an activity, of about the day of the one entered before it
        start = min(max(above[-1][2], str(NEW_YEAR)), str(NEW_YEARS_EVE))
        base = [*label, *single_row(dice, host, start)]
    else:
        base = [host] + [""] * (len(header) - 1)
    row = [odd.changes.get(column, cell) for column, cell in zip(header, base, strict=True)]
    return odd.spoil(row, above) if odd.spoil else row


def spare(dice: Dice, hosts: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Order the members to whom a file's odd rows may go: those without a row in it, if there are any."""
    there = {row[0] for row in rows}
    return dice.shuffled([host for host in hosts if host not in there] or hosts)


def mixed(dice: Dice, file: str, rows: Sequence[Row], hosts: Sequence[str]) -> tuple[list[Row], dict[int, Odd]]:
    """Let a file's odd rows in among the clean ones, evenly, and say on which line (the header is 1) each stands."""
    odds = dice.shuffled(odd for odd in (*DIRTY, *NOTICES, *LEGAL) if odd.file == file)
    waiting, gap = list(zip(odds, spare(dice, hosts, rows), strict=False)), len(rows) // (len(odds) + 1)
    table, places = [list(HEADERS[file])], {}
    for n, row in enumerate(rows, 1):
        table.append([*_label(file, len(table)), *row])
        if n % gap == 0 and waiting:
            odd, host = waiting.pop(0)
            table.append(odd_row(dice, odd, host, _label(file, len(table)), table[1:]))
            places[len(table)] = odd
    return table, places


def _label(file: str, n: int) -> Row:
    return [f"A{n:06}"] if file == "activities.csv" else []


def _compose(seed: int) -> dict[str, tuple[list[Row], dict[int, Odd]]]:
    people = [person(seed, number, kind) for number, kind in cast(seed).items()]
    hosts = Dice(seed, "hosts").shuffled(who.number for who in people if who.kind == "working")
    tables = clean(seed, people, hosts)
    return {file: mixed(Dice(seed, file), file, rows, hosts[len(EDGES) :]) for file, rows in tables.items()}


def build(seed: int = SEED) -> dict[str, list[Row]]:
    """Return each file's rows, its header first."""
    return {file: table for file, (table, _) in _compose(seed).items()}


def placed(seed: int = SEED) -> dict[str, dict[int, Odd]]:
    """Return for each file the line (the header is 1; no cell holds a line end) on which each odd row stands."""
    return {file: places for file, (_, places) in _compose(seed).items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files, by default into the data folder beside this script."""
    parser = argparse.ArgumentParser(description="Write the made-up scheme year that the examples review.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data", help="folder to write to")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another year of the same kind (default {SEED})")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, table in build(options.seed).items():
        with (options.out / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
        print(f"{name}: {len(table) - 1:,} rows")


if __name__ == "__main__":
    main()
