"""Requests for one's own data, read from the inventory's rows; the statement on them; and working days.

The holidays are those of England and Wales: the library knows none, and is given them as a function.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cpdrules import Source
from cpdrules.privacy.access_law import UK_ACCESS_LAW, in_force
from cpdrules.privacy.access_requests import AccessPolicy, AccessRequest, Asked, Extended
from tests.privacy.inventory import INVENTORY

_HOLIDAYS = {
    2015: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2016: ("01-01", "03-25", "03-28", "05-02", "05-30", "08-29", "12-26", "12-27"),
    2017: ("01-02", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"),
    2018: ("01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"),
    2019: ("01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"),
    2020: ("01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"),
    2021: ("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2022: ("01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"),
    2023: ("01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"),
    2024: ("01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"),
    2025: ("01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"),
    2026: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
}
HOLIDAYS = frozenset(date.fromisoformat(f"{year}-{day}") for year, days in _HOLIDAYS.items() for day in days)


def working_day(day: date) -> bool:
    """Tell whether a day is a working day in England and Wales."""
    return day.weekday() < 5 and day not in HOLIDAYS


def statement() -> AccessPolicy:
    """Give what the statement says of requests, from the inventory."""
    row = INVENTORY["subject_access_policy"]
    return AccessPolicy(
        written=row["form"] == "written",
        addressee=row["addressee"],
        must_include=tuple(row["must_include"]),
        must_include_if_any=tuple(row["must_include_if_any"]),
        fee=row["fee"]["amount"],
        currency=row["fee"]["currency"],
        fee_modality=row["fee"]["modality"],
        deadline=None if row["deadline"] == "unstated" else row["deadline"],
        source=Source("P1", 73, "please make a written request"),
    )


def timed(row: Mapping[str, Any]) -> AccessRequest:
    """Give the request of a row of ``sar_tests``.

    A row gives no grounds: those of a fee that is paid, and of an extension, are taken to be the law's.
    """
    received: date = row["received"]
    asked = [
        Asked(what, on if isinstance(on, date) else None, came if isinstance(came, date) else None)
        for what, key, answer in (
            ("fee", "fee_asked", "fee_paid"),
            ("identity", "identity_asked", "identity_ok"),
            ("clarification", "clarification_asked", "clarification_received"),
        )
        if key in row or answer in row  # an answer that stands there as null is awaited
        for on, came in _pairs(row.get(key), row.get(answer))
    ]
    told = next((row[key] for key in row if key.startswith("exten") and not key.endswith("by") and row[key]), None)
    extended = Extended(told if isinstance(told, date) else received, ("complexity",)) if told else None
    grounds = in_force(UK_ACCESS_LAW, received).fee_if[:1]
    return AccessRequest(received, asked=tuple(asked), extended=extended, fee_grounds=grounds)


def _pairs(asked: Any, answered: Any) -> list[tuple[Any, Any]]:
    """Pair days of asking with days of answers; a row may give one of each, or lists of them."""
    if isinstance(asked, list):
        return list(zip(asked, answered or [None] * len(asked), strict=True))
    return [(asked, answered)]


def made(row: Mapping[str, Any]) -> AccessRequest:
    """Give the request of a row of ``sar_validation_tests``; a fee paid and an identity shown came on its day."""
    day, paid, identity = row["at_date"], row.get("fee_paid") or 0, row.get("identity_ok")
    asked = [Asked("fee", answered=day)] if paid and paid >= (statement().fee or 0) else []
    asked += [Asked("fee", day)] if row.get("fee_asked") and not asked else []
    asked += [Asked("identity", answered=day if identity else None)] if identity is not None else []
    return AccessRequest(day, written=row.get("written"), has=tuple(row.get("has", ())), asked=tuple(asked))
