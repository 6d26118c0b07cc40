"""What a site was seen to set: one value a cookie, from header lines, HAR files and browsers.

The caller loads; what strangers wrote never raises here. What cannot be read is a reject with its place and reason, and
a cookie of which only a detail cannot be read is observed without it. Names are kept, values never.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.errors import shown
from cpdrules.privacy.audit.cookie_records import Details, Reject, kind_of, looked_up, moment_of
from cpdrules.privacy.audit.set_cookie import Rejection, SameSite, SetCookie, aware, expired, lower, parse, split_joined

#: By which kind of record a cookie is known.
Kind: TypeAlias = Literal["Set-Cookie", "HAR", "browser"]


@frozen(kw_only=True)
class Observation:
    """A cookie that was seen: set by a line, noted in a HAR, or kept by a browser."""

    #: As it stands, in its own case; empty for a nameless cookie.
    name: str = field(repr=shown)
    #: Who sent it, in lower case; of a browser's cookie the domain that it is kept for.
    host: str = field(repr=shown)
    #: For whom it is kept: the domain, or the host where none is said.
    domain: str = field(repr=shown)
    kind: Kind
    path: str | None = field(default=None, repr=shown)
    #: When it was received, or seen in the browser; None where nobody noted it.
    observed_at: datetime | None = None
    #: Whether it ends with the browser's session; None where that is not known.
    session: bool | None = None
    #: In seconds from ``observed_at``, as declared; None for a session, and where it is not known.
    lifetime: int | None = field(default=None, repr=shown)
    #: Whether it deletes the cookie; None where that depends on when it was received.
    deletion: bool | None = False
    secure: bool | None = None
    http_only: bool | None = None
    same_site: SameSite | None = None
    #: The site of the page that it is kept apart for; None where it is not, or nobody says.
    partition_key: str | None = field(default=None, repr=shown)
    #: What the line said; None where there was none.
    line: SetCookie | None = None
    #: Whether it came over HTTPS; None where that is not known, or browsers differ.
    over_https: bool | None = None

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What tells it from other cookies: name, domain, path and partition."""
        return self.name, self.domain, self.path or "", self.partition_key or ""

    @property
    def days(self) -> int | None:
        """Its lifetime in days, to be told: a few minutes short of a day are that day, since an answer takes time."""
        return None if self.lifetime is None else (self.lifetime + _SHORT) // 86_400

    def rejections(
        self, *, third_party: bool | None = None, public_suffix: Callable[[str], bool] | None = None
    ) -> tuple[Rejection, ...]:
        """Give every reason why a browser would refuse it, as ``SetCookie.rejections`` does.

        What a browser was seen to keep it has not refused.
        """
        if self.line is None:
            return ()
        return self.line.rejections(
            self.host, secure=self.over_https, third_party=third_party, public_suffix=public_suffix
        )


#: By so many seconds what is left of a lifetime may be short of the days that it was set for.
_SHORT = 600


@frozen
class Observed:
    """What was read: the cookies, in the order of the source, and the rejects."""

    observations: tuple[Observation, ...] = ()
    rejects: tuple[Reject, ...] = ()


def from_set_cookie(
    line: str | bytes, *, host: str, at: datetime | None = None, over_https: bool | None = None
) -> Observation:
    """Observe what one ``Set-Cookie`` line of a host (without its port) sets, received at a moment that has a zone.

    >>> seen = from_set_cookie("CFID=1; Max-Age=60; Domain=.theiet.org", host="www.theiet.org")
    >>> seen.name, seen.domain, seen.lifetime, seen.session
    ('CFID', 'theiet.org', 60, False)

    A line that a browser would refuse is observed, too: ``rejections`` says why it would.

    Raises:
        RecordError: the moment has no time zone.
    """
    return _of_line(parse(line), lower(host), at if at is None else aware(at), over_https=over_https)


def from_har(har: object) -> Observed:
    """Observe what a HAR holds, which the caller has loaded from its JSON.

    Headers say the most; an entry's list of cookies is read where it has no ``Set-Cookie`` header. A response is taken
    to be received once the entry's ``time`` has gone by, where that is less than a day. A start without a time zone is
    rejected, and the entry's cookies are observed without a moment.
    """
    return _all(_har(har))


def from_browser(cookies: object, *, at: datetime | None = None) -> Observed:
    """Observe what a browser keeps: a list of cookies as Playwright, the DevTools protocol or Selenium give it.

    ``at`` is when it was asked; without it no lifetime can be told.

    >>> from_browser([{"name": "CFID", "domain": ".theiet.org", "expires": -1}]).observations[0].session
    True

    Raises:
        RecordError: the moment has no time zone.
    """
    return _all(_browser(cookies, at if at is None else aware(at)))


#: What reading gives, one after the other.
_Read: TypeAlias = "Iterator[Observation | Reject]"

#: More cookies than this are not read of one source.
_MOST = 100_000


def _all(read: _Read) -> Observed:
    observations: list[Observation] = []
    rejects: list[Reject] = []
    for one in read:
        if len(observations) + len(rejects) == _MOST:
            rejects.append(Reject("", f"there are more than {_MOST} cookies and rejects; the rest is not read"))
            break
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            observations.append(one)
    return Observed(tuple(observations), tuple(rejects))


def _of_line(
    line: SetCookie, host: str, at: datetime | None, *, over_https: bool | None, kind: Kind = "Set-Cookie"
) -> Observation:
    lasting = line.max_age if at is None else line.lifetime_at(at)
    return Observation(
        name=line.name,
        host=host,
        domain=line.domain or host,
        kind=kind,
        path=line.path,
        observed_at=at,
        session=line.session,
        lifetime=lasting,
        deletion=line.deletes_at(at),
        secure=line.secure,
        http_only=line.http_only,
        same_site=line.same_site,
        line=line,
        over_https=over_https,
    )


# --- HAR


def _har(har: object) -> _Read:
    entries = looked_up(har, "log", "entries")
    if not isinstance(entries, (list, tuple)):
        yield Reject("log.entries", "there is no such list; a HAR is a mapping that has it")
        return
    for number, entry in enumerate(entries, 1):
        yield from _entry(entry, f"log.entries[{number}]")


def _entry(entry: object, place: str) -> _Read:
    headers, cookies = looked_up(entry, "response", "headers"), looked_up(entry, "response", "cookies")
    lines = list(_set_cookies(headers))
    listed = cookies if isinstance(cookies, (list, tuple)) else ()
    if not lines and not listed:
        if not isinstance(headers, (list, tuple)) and not isinstance(cookies, (list, tuple)):
            yield Reject(f"{place}.response", "it has neither a list of headers nor one of cookies")
        return
    scheme, host = _address(looked_up(entry, "request", "url"))
    if not host:
        yield Reject(f"{place}.request.url", "there is no address with a host, so nobody knows who set the cookies")
        return
    received, wrong = _received(entry)
    if wrong:
        yield Reject(f"{place}.startedDateTime", wrong)
    for number, value in lines:
        if not isinstance(value, str):
            yield Reject(f"{place}.response.headers[{number}].value", f"it is no text but {kind_of(value)}")
            continue
        for line in split_joined(value):
            yield _of_line(parse(line), host, received, over_https=_trusted(scheme, host), kind="HAR")
    for number, cookie in enumerate(() if lines else listed, 1):
        yield from _listed(cookie, f"{place}.response.cookies[{number}]", "HAR", received, host)


def _set_cookies(headers: object) -> Iterator[tuple[int, object]]:
    for number, header in enumerate(headers if isinstance(headers, (list, tuple)) else (), 1):
        name = looked_up(header, "name")
        if isinstance(name, str) and name.strip().lower() == "set-cookie":
            yield number, looked_up(header, "value")


def _received(entry: object) -> tuple[datetime | None, str]:
    """Give when a response was received, or say why that cannot be told."""
    started = looked_up(entry, "startedDateTime")
    if not isinstance(started, str):
        return None, f"it is no text but {kind_of(started)}"
    moment, wrong = moment_of(started)
    took = looked_up(entry, "time")
    if moment is not None and isinstance(took, (int, float)) and 0 < took < _DAY_IN_MILLISECONDS:
        moment += timedelta(milliseconds=took)
    return moment, wrong


_DAY_IN_MILLISECONDS = 86_400_000


def _address(url: object) -> tuple[str, str]:
    """Give the scheme and the host of an address, in lower case; the host is empty where it has none."""
    scheme, _, rest = (url if isinstance(url, str) else "").strip().partition("://")
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    host = re.sub(r":[0-9]*\Z", "", authority)
    return (lower(scheme), lower(host)) if not _NO_HOST.search(host) else ("", "")


_NO_HOST = re.compile(r"[\x00-\x20\x7f]")


def _trusted(scheme: str, host: str) -> bool | None:
    """Tell whether a browser takes ``Secure`` from there; of one's own machine some do without HTTPS."""
    if scheme in ("https", "wss"):
        return True
    own = host in ("localhost", "127.0.0.1", "[::1]") or host.endswith(".localhost")
    return None if own else False


# --- Lists of cookies, as browsers give them, and HARs


def _browser(cookies: object, at: datetime | None) -> _Read:
    if isinstance(cookies, Mapping):  # as the DevTools protocol, and Playwright's saved state, wrap it
        cookies = cookies.get("cookies")
    if not isinstance(cookies, Iterable) or isinstance(cookies, (str, bytes, Mapping)):
        yield Reject("", f"it is no list of cookies but {kind_of(cookies)}")
        return
    for number, cookie in enumerate(cookies, 1):
        yield from _listed(cookie, f"[{number}]", "browser", at, "")


def _listed(cookie: object, place: str, kind: Kind, at: datetime | None, host: str) -> _Read:
    name, domain = looked_up(cookie, "name"), looked_up(cookie, "domain")
    if not isinstance(cookie, Mapping) or not isinstance(name, str):
        yield Reject(place, "it is no cookie: there is no mapping with a text as name")
        return
    known = lower(domain.strip().removeprefix(".")) if isinstance(domain, str) else ""
    if not (known or host):
        yield Reject(f"{place}.domain", "it is not said for whom the cookie is kept")
        return
    details = Details(cookie, place)
    session, ends = details.ends()
    yield Observation(
        name=name,
        host=host or known,
        domain=known or host,
        kind=kind,
        path=details.text("path"),
        observed_at=at,
        session=session,
        lifetime=None if at is None or ends is None else (ends - at) // timedelta(seconds=1),
        deletion=False if kind == "browser" or ends is None else expired(ends, at),
        secure=details.flag("secure"),
        http_only=details.flag("httpOnly"),
        same_site=details.same_site(),
        partition_key=details.partition_key(),
    )
    yield from details.rejects
