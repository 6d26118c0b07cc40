"""The dates of cookies, read as browsers read them: by tokens, in any order, and always as of Greenwich.

The algorithm is that of RFC 6265bis, section 5.1.1. It takes more than the dates of HTTP: hyphens, two-digit years,
the order of C's ``asctime``; and it overlooks days of the week and zones, right or wrong.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime


def cookie_date(text: str) -> datetime | None:
    """Read what ``Expires`` says; None where a browser finds no date in it, and so overlooks it.

    Of two-digit years 70 to 99 are of the last century, 0 to 69 of this one.

    >>> cookie_date("Tue, 21-Nov-17 10:00:00 GMT").isoformat()
    '2017-11-21T10:00:00+00:00'
    >>> cookie_date("Sun Nov  6 08:49:37 1994").year, cookie_date("in a week")
    (1994, None)
    """
    found: dict[str, tuple[int, ...]] = {}
    for token in _DELIMITERS.split(text):
        for part, pattern in _PARTS:
            if part not in found and (match := pattern.match(token)):
                found[part] = tuple(map(_number, match.groups()))
                break
    if len(found) < len(_PARTS):
        return None
    (year,), (month,), (day,) = found["year"], found["month"], found["day"]
    return _existing(_four_digits(year), month, day, found["time"])


#: In RFC 6265bis every other octet belongs to a token.
_DELIMITERS = re.compile(r"[\t -/;-@\[-`{-~]+")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: A token is taken for the first of these that was not found before.
_PARTS = (
    ("time", re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])")),
    ("day", re.compile(r"([0-9]{1,2})(?![0-9])")),
    ("month", re.compile(f"({'|'.join(_MONTHS)})", re.IGNORECASE | re.ASCII)),
    ("year", re.compile(r"([0-9]{2,4})(?![0-9])")),
)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text.lower()) + 1


def _four_digits(year: int) -> int:
    if 70 <= year <= 99:
        return year + 1900
    return year + 2000 if year <= 69 else year


def _existing(year: int, month: int, day: int, clock: tuple[int, ...]) -> datetime | None:
    """Give a moment if there is such a one, and if it does not lie before all that browsers know: the year 1601."""
    hour, minute, second = clock
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return moment if year >= 1601 else None
