"""A ``Set-Cookie`` line, read as browsers read it: whatever it holds, and without ever failing.

The algorithm is that of RFC 6265bis (draft-ietf-httpbis-rfc6265bis, section 5), with ``Partitioned`` as CHIPS has it
and the newer prefixes ``__Http-`` and ``__Host-Http-``, which older browsers do not know. What is kept of a line says
how the cookie is set and why a browser would not keep it; the cookie's value is not kept, since it may name somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from attrs import field, frozen

from cpdrules.errors import RecordError, shown
from cpdrules.privacy.audit.cookie_dates import cookie_date

SameSite: TypeAlias = Literal["Strict", "Lax", "None"]

#: No browser keeps a cookie for longer, in seconds: 400 days.
LONGEST = 400 * 86_400

#: Name and value together, in octets: beyond it the cookie is refused.
_LARGEST = 4096

#: An attribute's value, in octets: beyond it the attribute is overlooked.
_LARGEST_ATTRIBUTE = 1024

#: The year of the first cookie: whatever says that it expired before is past, whenever it was received.
_FIRST = 1994


@frozen
class Rejection:
    """Why a browser refuses a cookie; or would, if a fact that nobody gave were such."""

    code: str
    text: str
    #: The fact that would settle it; empty where nothing is missing and the browser refuses.
    missing: str = ""

    def __str__(self) -> str:
        return f"{self.text} (it is not known {self.missing})" if self.missing else self.text


@frozen
class Ignored:
    """An attribute that a browser overlooks, and why."""

    attribute: str
    why: str


@frozen
class SetCookie:
    """What a ``Set-Cookie`` line says, but for the value; ``parse`` writes it."""

    #: As it stands, in its own case; empty for a nameless cookie.
    name: str = field(repr=shown)
    #: How long the value is, in octets.
    value_octets: int
    #: In lower case and without the leading dot; empty where the cookie is for the sending host alone.
    domain: str = field(default="", repr=shown)
    #: None where it goes by the address that was asked for.
    path: str | None = field(default=None, repr=shown)
    expires: datetime | None = None
    #: In seconds; it beats ``expires``.
    max_age: int | None = field(default=None, repr=shown)
    secure: bool = False
    http_only: bool = False
    #: None where nothing is said, or nothing that browsers know.
    same_site: SameSite | None = None
    partitioned: bool = False
    priority: Literal["Low", "Medium", "High"] | None = None
    #: The names of attributes that no browser knows, each once; they do nothing, and their values are not kept. Nor is
    #: what may be a piece of the cookie's value: what is no token, and whatever follows a quotation that is not closed.
    others: tuple[str, ...] = field(default=(), repr=shown)
    ignored: tuple[Ignored, ...] = ()
    #: Why a browser refuses the line, whoever sends it.
    refused: tuple[Rejection, ...] = ()

    @property
    def nameless(self) -> bool:
        """Whether the cookie has no name: ``=x``, or a value alone. Browsers keep it."""
        return not self.name

    @property
    def session(self) -> bool:
        """Whether it ends with the browser's session."""
        return self.max_age is None and self.expires is None

    def lifetime_at(self, received: datetime) -> int | None:
        """Give the seconds that it is declared to live from when it was received; None for a session cookie.

        It is none, or below, for a deletion. Browsers cap it: ``kept_at`` says how long they keep it.

        Raises:
            RecordError: the moment has no time zone.
        """
        if self.max_age is not None:
            return self.max_age
        return None if self.expires is None else (self.expires - aware(received)) // timedelta(seconds=1)

    def kept_at(self, received: datetime) -> int | None:
        """Give the seconds that browsers keep it from when it was received, 400 days at the most; None for a session.

        Raises:
            RecordError: the moment has no time zone.
        """
        declared = self.lifetime_at(received)
        return None if declared is None else max(0, min(declared, LONGEST))

    def deletes_at(self, received: datetime | None) -> bool | None:
        """Tell whether it deletes the cookie that it names; None where that depends on when it was received.

        Raises:
            RecordError: the moment has no time zone.
        """
        if self.max_age is not None:
            return self.max_age <= 0
        return False if self.expires is None else expired(self.expires, received)

    def rejections(
        self,
        host: str,
        *,
        secure: bool | None = None,
        third_party: bool | None = None,
        public_suffix: Callable[[str], bool] | None = None,
    ) -> tuple[Rejection, ...]:
        """Give every reason why a browser would refuse it from a host, and whatever cannot be told of that.

        ``secure`` says whether it came over HTTPS, or from where browsers trust like that. ``third_party`` says whether
        it came for a part of another site's page; None asks nothing of it. ``public_suffix`` tells whether everybody
        can have a name below a domain, such as co.uk; the list of these is the caller's.
        """
        return (
            *self.refused,
            *self._wrong_domain(lower(host), public_suffix),
            *self._wrong_prefix(),
            *self._insecure(over_https=secure),
            *(self._elsewhere() if third_party else ()),
        )

    def _wrong_domain(self, host: str, public_suffix: Callable[[str], bool] | None) -> Iterator[Rejection]:
        if not self.domain:
            return
        if not self.domain.isascii():
            yield Rejection("domain-not-ascii", "the Domain is not written in ASCII")
        elif not host:
            yield Rejection("domain-mismatch", "the Domain must hold the host", "which host sent it")
        elif not covers(self.domain, host):
            yield Rejection("domain-mismatch", f"the Domain {shown(self.domain)} does not hold the host {shown(host)}")
        elif self.domain != host:
            yield from self._public(public_suffix)

    def _public(self, public_suffix: Callable[[str], bool] | None) -> Iterator[Rejection]:
        if "." not in self.domain or (public_suffix is not None and public_suffix(self.domain)):
            yield Rejection("public-suffix", f"the Domain {shown(self.domain)} is a public suffix")
        elif public_suffix is None:
            yield Rejection("public-suffix", "the Domain must be no public suffix", "which domains are public suffixes")

    def _wrong_prefix(self) -> Iterator[Rejection]:
        host_rules = (
            (self.secure, "asks for Secure"),
            (not self.domain, "forbids Domain"),
            (self.path == "/", "asks for Path=/"),
        )
        script_rules = ((self.secure, "asks for Secure"), (self.http_only, "asks for HttpOnly"))
        rules = {
            "__Secure-": host_rules[:1],
            "__Http-": script_rules,
            "__Host-Http-": (*host_rules, script_rules[1]),
            "__Host-": host_rules,
        }
        prefix = _prefix_of(self.name)
        for held, words in rules.get(prefix, ()):
            if not held:
                yield Rejection("prefix", f"{prefix} {words}")

    def _insecure(self, *, over_https: bool | None) -> Iterator[Rejection]:
        if self.secure and not over_https:
            missing = "" if over_https is False else "whether it came over HTTPS"
            yield Rejection("secure-over-http", "Secure is only taken over HTTPS", missing)
        if self.same_site == "None" and not self.secure:
            yield Rejection("same-site-none", "SameSite=None asks for Secure")
        if self.partitioned and not self.secure:
            yield Rejection("partitioned", "Partitioned asks for Secure")

    def _elsewhere(self) -> Iterator[Rejection]:
        if self.same_site is None:
            missing = "whether the browser takes Lax where nothing is said"
            yield Rejection("same-site", "no SameSite is said, for a part of another site's page", missing)
        elif self.same_site != "None":
            yield Rejection("same-site", f"SameSite={self.same_site} is not taken for a part of another site's page")


def parse(line: str | bytes) -> SetCookie:
    """Read the value of a ``Set-Cookie`` header. Every text has a reading; nothing that it holds raises.

    >>> cookie = parse("CFID=1234567; Path=/; HttpOnly; Max-Age=60; Max-Age=a week")
    >>> cookie.name, cookie.path, cookie.max_age, cookie.http_only, cookie.secure
    ('CFID', '/', 60, True, False)
    >>> cookie.ignored
    (Ignored(attribute='Max-Age', why='it is no whole number of seconds'),)
    >>> parse("=1").nameless, parse("CFID").nameless, parse("").refused[0].text
    (True, True, 'it has neither a name nor a value')

    A value is split from its attributes at the first semicolon, even within quotation marks, as browsers do. Octets
    that are no UTF-8 become lone surrogates, as Python has them.
    """
    text = line.decode("utf-8", "surrogateescape") if isinstance(line, bytes) else line
    pair, *attributes = text.split(";")
    before, equals, after = pair.partition("=")
    name, value = (before, after) if equals else ("", pair)
    name, value = name.strip(_SPACE), value.strip(_SPACE)
    kept, others, ignored = _attributes(attributes)
    return SetCookie(
        name,
        octets(value),
        domain=lower(kept.get("domain", "").removeprefix(".")),
        path=kept["path"] if kept.get("path", "").startswith("/") else None,
        expires=cookie_date(kept.get("expires", "")),
        max_age=int(kept["max-age"]) if "max-age" in kept else None,
        secure="secure" in kept,
        http_only="httponly" in kept,
        same_site=_SAME_SITE.get(kept.get("samesite", "").lower()),
        partitioned="partitioned" in kept,
        priority=_PRIORITY.get(kept.get("priority", "").lower()),
        others=() if _cut_short(value) else others,
        ignored=ignored,
        refused=tuple(_refused(text, name, value)),
    )


#: What is cut off at both ends of a name or a value.
_SPACE = " \t"

_SAME_SITE: dict[str, SameSite] = {"strict": "Strict", "lax": "Lax", "none": "None"}

_PRIORITY: dict[str, Literal["Low", "Medium", "High"]] = {"low": "Low", "medium": "Medium", "high": "High"}


def split_joined(value: str) -> tuple[str, ...]:
    r"""Split what a HAR joins: Chrome writes several ``Set-Cookie`` headers as one, with line feeds between them.

    >>> split_joined("CFID=1; Path=/\nCFTOKEN=2; Path=/")
    ('CFID=1; Path=/', 'CFTOKEN=2; Path=/')

    Commas, by which RFC 2109 joined them, are left alone: dates hold commas, values may, and no browser splits there.
    """
    return tuple(line.removesuffix("\r") for line in value.split("\n"))


def octets(text: str) -> int:
    """Count the octets of a text in UTF-8; one that ``parse`` could not decode is one again."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-8", "surrogatepass")) - 2 * sum("\udc80" <= sign <= "\udcff" for sign in text)


def covers(domain: str, host: str) -> bool:
    """Tell whether a host is a domain or stands below it, both in lower case; nothing stands below an address.

    >>> covers("theiet.org", "www.theiet.org"), covers("heiet.org", "www.theiet.org"), covers("0.1", "127.0.0.1")
    (True, False, False)
    """
    if domain == host:
        return True
    address = ":" in host or host.rpartition(".")[2].isdigit()
    return host.endswith(f".{domain}") and not address


def lower(domain: str) -> str:
    """Give a domain in lower case; one that is not of ASCII stays as it is, lest a look-alike become a letter."""
    return domain.lower() if domain.isascii() else domain


def aware(moment: object) -> datetime:
    """Give a moment as it is, if it says of which time zone it is.

    Raises:
        RecordError: it does not, or it is no moment, but a day or something else.
    """
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        told = moment.isoformat() if isinstance(moment, date) else shown(moment)
        raise RecordError(
            f"The moment {told} has no time zone" if isinstance(moment, datetime) else f"{told} is no moment",
            why="A cookie expires at one moment everywhere, which cannot be compared with a local time",
            remedy="Give it with a zone: datetime(2015, 11, 18, 12, tzinfo=timezone.utc)",
            moment=moment,
        )
    return moment


def expired(ends: datetime, received: datetime | None) -> bool | None:
    """Tell whether what ends at a moment had ended when it was received; None where that depends on when it was.

    Raises:
        RecordError: the moment of reception has no time zone.
    """
    if received is not None:
        return ends <= aware(received)
    return True if ends.year < _FIRST else None


def _cut_short(value: str) -> bool:
    """Tell whether a semicolon may have cut a value: servers read on to the closing mark, and browsers do not."""
    return value.startswith('"') and not value[1:].endswith('"')


def _refused(text: str, name: str, value: str) -> Iterator[Rejection]:
    if not _CONTROLS.isdisjoint(text):
        yield Rejection("control-character", "it holds a control character")
    if octets(name) + octets(value) > _LARGEST:
        yield Rejection("too-large", f"name and value are larger than {_LARGEST} octets")
    if not name and not value:
        yield Rejection("empty", "it has neither a name nor a value")
    if not name and (prefix := _prefix_of(value)):
        yield Rejection("prefix", f"a nameless cookie may not look as if its name began with {prefix}")


#: Every control character of ASCII, but for the tab.
_CONTROLS = frozenset(map(chr, range(32))) - {"\t"} | {"\x7f"}


def _prefix_of(name: str) -> str:
    """Give the prefix by which a name makes a promise, whatever its case; the longest, or the empty text."""
    beginning = name[:12].lower()
    return next((prefix for prefix in _PREFIXES if beginning.startswith(prefix.lower())), "")


_PREFIXES = ("__Host-Http-", "__Host-", "__Secure-", "__Http-")


def _attributes(pieces: list[str]) -> tuple[dict[str, str], tuple[str, ...], tuple[Ignored, ...]]:
    """Give what counts of each known attribute, the names of the unknown ones, and what is overlooked."""
    kept: dict[str, str] = {}
    others: dict[str, None] = {}
    ignored: dict[Ignored, None] = {}
    for piece in pieces:
        before, _, after = piece.partition("=")
        name, value = before.strip(_SPACE), after.strip(_SPACE)
        known = name.lower()
        if known not in _KNOWN:
            if _TOKEN.fullmatch(name):
                others[name] = None
        elif why := _wrong(known, value):
            ignored[Ignored(_KNOWN[known], why)] = None
        else:
            if kept.get(known, value) != value:
                ignored[Ignored(_KNOWN[known], "another one comes after it")] = None
            kept[known] = value
    return kept, tuple(others), (*ignored, *_unknown(kept))


#: What names of attributes are made of (RFC 9110, section 5.6.2), and no more than anybody would read.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}")

#: What browsers know, by its name in lower case.
_KNOWN = {
    name.lower(): name
    for name in ("Domain", "Expires", "HttpOnly", "Max-Age", "Partitioned", "Path", "Priority", "SameSite", "Secure")
}


def _wrong(known: str, value: str) -> str:
    """Say why a browser overlooks an attribute, so that one before it still counts; empty where it does not."""
    if octets(value) > _LARGEST_ATTRIBUTE:
        return f"its value is larger than {_LARGEST_ATTRIBUTE} octets"
    if known == "expires" and cookie_date(value) is None:
        return "it is no date"
    digits = value.removeprefix("-")
    if known == "max-age" and not (digits.isascii() and digits.isdigit()):
        return "it is no whole number of seconds"
    return ""


def _unknown(kept: dict[str, str]) -> Iterator[Ignored]:
    """Give the attributes that count, and yet say nothing that browsers know."""
    for known, names in (("samesite", _SAME_SITE), ("priority", _PRIORITY)):
        if known in kept and kept[known].lower() not in names:
            yield Ignored(_KNOWN[known], "browsers know no such value, and do as if it were not there")
    if "path" in kept and not kept["path"].startswith("/"):
        yield Ignored("Path", "it does not begin with a slash")
    if kept.get("domain") in ("", "."):
        yield Ignored("Domain", "it is empty")
