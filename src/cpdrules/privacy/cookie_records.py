"""One cookie of a list, as browsers and HARs give it: its details, and whatever of them cannot be read.

What strangers wrote never raises here, and nothing of what it holds is repeated in a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from cpdrules.privacy.cookie_dates import cookie_date
from cpdrules.privacy.set_cookie import SameSite


class Reject(NamedTuple):
    """Something that could not be read: where it stands, and why not."""

    #: Such as ``log.entries[3].response.headers[2]``, counted from 1.
    place: str
    reason: str


class Details:
    """The details of one cookie of a list, and what of them could not be read."""

    def __init__(self, cookie: Mapping[Any, Any], place: str) -> None:
        self._cookie = cookie
        self._place = place
        self.rejects: list[Reject] = []

    def _wrong(self, key: str, reason: str) -> None:
        self.rejects.append(Reject(f"{self._place}.{key}", reason))

    def text(self, key: str) -> str | None:
        """Give a text; None where there is none."""
        value = self._cookie.get(key)
        if value is not None and not isinstance(value, str):
            self._wrong(key, f"it is no text but {kind_of(value)}")
        return value if isinstance(value, str) else None

    def flag(self, key: str) -> bool | None:
        """Give what holds or does not; None where that is not said."""
        value = self._cookie.get(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, f"it is neither true nor false but {kind_of(value)}")
        return value if isinstance(value, bool) else None

    def same_site(self) -> SameSite | None:
        """Give what is said of ``SameSite``, in the words of any browser."""
        said = (self.text("sameSite") or "").lower()
        if said not in _SAME_SITES:
            self._wrong("sameSite", "it is none of Strict, Lax and None")
        return _SAME_SITES.get(said)

    def partition_key(self) -> str | None:
        """Give the site that the cookie is kept apart for: a text, or a mapping that has it."""
        key = self._cookie.get("partitionKey")
        if isinstance(key, Mapping):
            key = next((key[one] for one in ("topLevelSite", "sourceOrigin") if one in key), None)
        if self._cookie.get("partitionKeyOpaque") is True:
            return "opaque"
        if key is not None and not isinstance(key, str):
            self._wrong("partitionKey", f"it names no site but is {kind_of(key)}")
        return key if isinstance(key, str) and key else None

    def ends(self) -> tuple[bool | None, datetime | None]:
        """Tell whether the cookie ends with the session, and else when; neither where that cannot be read."""
        key = next((one for one in ("expires", "expiry", "expirationDate") if self._cookie.get(one) is not None), "")
        value = self._cookie.get(key)
        if self._cookie.get("session") is True or value is None or value in ("", -1):
            return True, None
        moment, wrong = _expiry(value)
        if wrong:
            self._wrong(key, wrong)
        return (None if wrong else False), moment


_SAME_SITES: dict[str, SameSite | None] = {
    "strict": "Strict",
    "lax": "Lax",
    "none": "None",
    "no_restriction": "None",  # as browsers' extensions are told
    "unspecified": None,
    "": None,
}


def _expiry(value: object) -> tuple[datetime | None, str]:
    """Read when a cookie expires: seconds since 1970, ISO 8601, or a cookie's date; or say what is wrong with it."""
    if isinstance(value, str):
        moment = cookie_date(value)
        return (moment, "") if moment else moment_of(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None, f"it is no moment but {kind_of(value)}"
    try:
        return _EPOCH + timedelta(seconds=value), ""
    except (ValueError, OverflowError):
        return None, "there is no such moment"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


#: Of what ISO 8601 allows, what HARs hold; and whether there is a zone.
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,20})?)?(Z|z|[+-][0-9]{2}:?[0-9]{2})?"
)


def moment_of(text: str) -> tuple[datetime | None, str]:
    """Read a moment in ISO 8601, in Greenwich time; or say what is wrong with it."""
    if not (match := _ISO.fullmatch(text)):
        return None, "it is no moment as ISO 8601 writes it"
    if not match[3]:
        return None, "it has no time zone, and cannot be compared with when a cookie expires"
    try:
        moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None, "there is no such moment"
    return (moment, "") if 1601 <= moment.year < 9999 else (None, "it lies out of all that browsers know")


def looked_up(value: object, *keys: str) -> object:
    """Look a value up, level by level; None where a level is missing, or is no mapping."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def kind_of(value: object) -> str:
    """Say what kind of thing a value is, and nothing of what it holds."""
    if value is None:
        return "nothing"
    return next((word for kind, word in _KINDS if isinstance(value, kind)), "something else")


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    ((int, float), "a number"),
    ((str, bytes), "a text"),
    (Mapping, "a mapping"),
    ((list, tuple), "a list"),
)
