"""What was seen is read from lines, HARs and browsers; what cannot be read is said, and nothing raises."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import RecordError
from cpdrules.privacy.cookie_records import Reject
from cpdrules.privacy.observations import from_browser, from_har, from_set_cookie

NOON = datetime(2015, 11, 18, 12, tzinfo=UTC)

#: The keys that are looked up.
KEYS = [
    "log",
    "entries",
    "request",
    "response",
    "url",
    "headers",
    "cookies",
    "name",
    "value",
    "domain",
    "path",
    "expires",
    "expiry",
    "sameSite",
    "secure",
    "session",
    "partitionKey",
    "startedDateTime",
    "time",
]

#: What JSON can hold, and a little more.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def entry(*headers, url="https://www.theiet.org/x?y", started="2015-11-18T12:00:00.000Z", **more):
    """Give an entry of a HAR with Set-Cookie headers."""
    response = {"headers": [{"name": "Set-Cookie", "value": value} for value in headers], "cookies": []}
    return {"startedDateTime": started, "request": {"url": url}, "response": response} | more


def har(*entries):
    """Give a HAR."""
    return {"log": {"entries": list(entries)}}


class TestLines:
    """One Set-Cookie line is one observation."""

    def test_all_that_it_says_is_kept(self):
        """But for the value."""
        line = "CFID=PRIVATE; Domain=.TheIET.org; Path=/x; Max-Age=60; Secure; HttpOnly; SameSite=Lax"
        seen = from_set_cookie(line, host="WWW.theiet.org", at=NOON, over_https=True)
        assert (seen.name, seen.host, seen.domain, seen.path) == ("CFID", "www.theiet.org", "theiet.org", "/x")
        assert (seen.session, seen.lifetime, seen.deletion, seen.observed_at) == (False, 60, False, NOON)
        assert (seen.secure, seen.http_only, seen.same_site, seen.kind) == (True, True, "Lax", "Set-Cookie")
        assert seen.partition_key is None and seen.over_https is True
        assert seen.identity == ("CFID", "theiet.org", "/x", "")
        assert "PRIVATE" not in repr(seen)

    def test_without_a_moment_an_expiry_says_no_lifetime(self):
        """A Max-Age does; and a cookie of the host is kept for the host."""
        seen = from_set_cookie("a=1; Expires=Wed, 01 Nov 2017 00:00:00 GMT", host="www.theiet.org")
        assert (seen.lifetime, seen.session, seen.deletion, seen.domain) == (None, False, None, "www.theiet.org")
        assert from_set_cookie("a=1; Max-Age=5", host="x").lifetime == 5
        assert from_set_cookie("a=1", host="x").session is True
        seen = from_set_cookie(b"a=1; Expires=Wed, 01 Nov 2017 00:00:00 GMT", host="x", at=NOON)
        assert seen.lifetime == (datetime(2017, 11, 1, tzinfo=UTC) - NOON).total_seconds()

    def test_a_refused_line_is_observed(self):
        """And says why a browser would not keep it, by what is known of it."""
        seen = from_set_cookie("__Host-sid=1; Path=/; Secure; Domain=theiet.org", host="www.theiet.org")
        assert [one.code for one in seen.rejections()] == ["public-suffix", "prefix", "secure-over-http"]
        assert [one.code for one in seen.rejections(public_suffix=lambda _: False)] == ["prefix", "secure-over-http"]
        seen = from_set_cookie("a=1; Secure; SameSite=Lax", host="theiet.org", over_https=True)
        assert seen.rejections() == ()
        assert [one.code for one in seen.rejections(third_party=True)] == ["same-site"]

    def test_a_moment_needs_its_zone(self):
        """It is the caller's to give, and an error without one."""
        with pytest.raises(RecordError, match="has no time zone"):
            from_set_cookie("a=1", host="x", at=NOON.replace(tzinfo=None))
        with pytest.raises(RecordError, match="has no time zone"):
            from_browser([], at=NOON.replace(tzinfo=None))

    @given(st.text() | st.binary(), st.text(max_size=10), st.none() | st.datetimes(timezones=st.just(UTC)))
    def test_any_line_is_observed(self, line, host, at):
        """From any host, at any moment."""
        seen = from_set_cookie(line, host=host, at=at)
        assert seen.rejections() is not None and repr(seen) and len(seen.identity) == 4


class TestHar:
    """A HAR's headers are read, and its lists of cookies where there are none."""

    def test_joined_headers_are_several_cookies(self):
        """Chrome joins them by line feeds."""
        found = from_har(har(entry("CFID=1; Path=/\nCFTOKEN=2; Path=/", "x=3")))
        assert [seen.name for seen in found.observations] == ["CFID", "CFTOKEN", "x"]
        assert {(seen.host, seen.kind, seen.over_https) for seen in found.observations} == {
            ("www.theiet.org", "HAR", True)
        }
        assert found.rejects == ()

    def test_it_is_received_once_the_time_of_the_entry_has_gone_by(self):
        """Where it says a time that can be one."""
        for took, later in (
            (1500.5, 1500.5),
            (0, 0),
            (-1, 0),
            (86_400_000, 0),
            (10**400, 0),
            ("5", 0),
            (None, 0),
            (float("nan"), 0),
        ):
            (seen,) = from_har(har(entry("a=1", time=took))).observations
            assert seen.observed_at == NOON + timedelta(milliseconds=later)

    @pytest.mark.parametrize(
        "started",
        [
            "2015-11-18T14:00:00.000+02:00",
            "2015-11-18T12:00:00Z",
            "2015-11-18t12:00z",
            "2015-11-18 10:00:00,0000000-0200",
        ],
    )
    def test_moments_are_read_with_their_zone(self, started):
        """As ISO 8601 writes them."""
        (seen,) = from_har(har(entry("a=1", started=started))).observations
        assert seen.observed_at == NOON

    @pytest.mark.parametrize(
        ("started", "reason"),
        [
            ("2015-11-18T12:00:00", "it has no time zone, and cannot be compared with when a cookie expires"),
            ("Wed Nov 18 2015", "it is no moment as ISO 8601 writes it"),
            ("2015-W47-3T12:00:00Z", "it is no moment as ISO 8601 writes it"),
            ("2015-02-30T12:00:00Z", "there is no such moment"),
            ("0001-01-01T00:00:00+14:00", "there is no such moment"),
            ("1600-12-31T23:59:59Z", "it lies out of all that browsers know"),
            ("9999-01-01T00:00:00Z", "it lies out of all that browsers know"),
            (None, "it is no text but nothing"),
            (5, "it is no text but a number"),
        ],
    )
    def test_a_start_that_cannot_be_read_is_rejected_and_its_cookies_are_not(self, started, reason):
        """They are observed without a moment."""
        found = from_har(har(entry("a=1; Max-Age=5"), entry("b=1; Max-Age=5", started=started)))
        assert found.rejects == (Reject("log.entries[2].startedDateTime", reason),)
        assert [(seen.name, seen.observed_at, seen.lifetime) for seen in found.observations] == [
            ("a", NOON, 5),
            ("b", None, 5),
        ]

    def test_lists_are_read_where_no_header_is(self):
        """With the headers' names in any case; both are never read."""
        one = entry("a=1")
        one["response"]["headers"][0]["name"] = " set-COOKIE"
        one["response"]["cookies"] = [{"name": "b", "value": "PRIVATE"}]
        assert [seen.name for seen in from_har(har(one)).observations] == ["a"]
        one["response"]["headers"] = [{"name": "Content-Type", "value": "text/html"}]
        (seen,) = from_har(har(one)).observations
        assert (seen.name, seen.host, seen.domain, seen.kind) == ("b", "www.theiet.org", "www.theiet.org", "HAR")
        assert seen.rejections() == () and seen.session is True
        assert "PRIVATE" not in repr(seen)

    @pytest.mark.parametrize(
        ("expires", "lifetime", "deletion"),
        [
            ("2015-11-18T13:00:00.000Z", 3600, False),
            ("2015-11-18T12:00:00.000Z", 0, True),
            ("Wed, 18-Nov-15 13:00:00 GMT", 3600, False),
            ("1970-01-01T00:00:00Z", None, True),
            ("", None, False),
            (None, None, False),
        ],
    )
    def test_a_listed_cookie_expires(self, expires, lifetime, deletion):
        """In ISO 8601, or as Firebug wrote it: a cookie's date with two digits of the year."""
        one = entry()
        one["response"]["cookies"] = [{"name": "b", "expires": expires, "domain": ".theiet.org", "path": "/"}]
        (seen,) = from_har(har(one)).observations
        assert seen.deletion is deletion and seen.session is (not expires)
        if lifetime is not None:
            assert seen.lifetime == lifetime
        assert (seen.domain, seen.host) == ("theiet.org", "www.theiet.org")

    def test_a_listed_cookie_without_a_moment_may_be_a_deletion(self):
        """That depends on when it was received, unless it is older than cookies are."""
        one = entry(started="")
        one["response"]["cookies"] = [
            {"name": "a", "expires": "2015-11-18T12:00:00Z"},
            {"name": "b", "expires": "1970-01-01T00:00:00Z"},
        ]
        assert [seen.deletion for seen in from_har(har(one)).observations] == [None, True]

    @pytest.mark.parametrize(
        ("url", "host", "over_https"),
        [
            ("http://www.theiet.org", "www.theiet.org", False),
            ("HTTPS://user:pass@WWW.TheIET.org:8443?x", "www.theiet.org", True),
            ("wss://theiet.org#x", "theiet.org", True),
            ("http://localhost:8000/", "localhost", None),
            ("http://127.0.0.1:8000/", "127.0.0.1", None),
            ("http://a.localhost", "a.localhost", None),
            ("http://[::1]:80/", "[::1]", None),
            ("https://127.0.0.1/", "127.0.0.1", True),
            ("http://theiet.org\\@evil.example/", "theiet.org", False),
        ],
    )
    def test_the_host_is_that_of_the_address(self, url, host, over_https):
        """In lower case, without port and user; of one's own machine browsers differ."""
        (seen,) = from_har(har(entry("a=1", url=url))).observations
        assert (seen.host, seen.over_https) == (host, over_https)

    @pytest.mark.parametrize("url", [None, "", "/x", "data:text/html,x", "http:///x", "http://a b/", 5, "http://:80/"])
    def test_without_a_host_nobody_knows_who_set_it(self, url):
        """The entry is rejected, by its place."""
        found = from_har(har(entry("a=1", url=url)))
        assert found.observations == () and [one.place for one in found.rejects] == ["log.entries[1].request.url"]

    def test_headers_that_are_no_text_are_rejected(self):
        """Others of the entry are read."""
        found = from_har(har(entry(5, "a=1", None)))
        assert [seen.name for seen in found.observations] == ["a"]
        assert found.rejects == (
            Reject("log.entries[1].response.headers[1].value", "it is no text but a number"),
            Reject("log.entries[1].response.headers[3].value", "it is no text but nothing"),
        )

    @pytest.mark.parametrize("loaded", [None, [], {}, {"log": []}, {"log": {"entries": {}}}, "log", 5])
    def test_what_is_no_har_is_rejected(self, loaded):
        """As a whole."""
        found = from_har(loaded)
        assert found.observations == () and [one.place for one in found.rejects] == ["log.entries"]

    def test_an_entry_without_cookies_is_none(self):
        """One whose response has no lists is rejected; one whose lists are empty says nothing."""
        assert from_har(har(entry())).rejects == ()
        assert from_har(har({"response": {"headers": []}}, {"response": {"cookies": ()}})).rejects == ()
        assert [one.place for one in from_har(har({}, None)).rejects] == [
            "log.entries[1].response",
            "log.entries[2].response",
        ]

    @given(ANYTHING)
    def test_nothing_raises(self, loaded):
        """Whatever was loaded."""
        for given_ in (loaded, har(loaded), har(entry(loaded)), har(entry("a=1", url=loaded, started=loaded))):
            found = from_har(given_)
            assert all(seen.host for seen in found.observations)
            assert all(one.reason for one in found.rejects)

    def test_there_is_an_end(self):
        """A hundred thousand cookies are read of one source; that there are more is said."""
        found = from_har(har(entry("\n".join(["a=1"] * 100_001))))
        assert len(found.observations) == 100_000
        assert found.rejects == (Reject("", "there are more than 100000 cookies and rejects; the rest is not read"),)
        assert from_har(har(entry("\n".join(["a=1"] * 100_000)))).rejects == ()

    def test_real_ones_are_read(self, shared):
        """The lines that servers really sent, put back into HARs."""
        text = (shared / "data" / "set-cookie-lines" / "set_cookie_lines.tsv").read_text(encoding="utf-8")
        entries = [
            entry(value, url=url, started=started) for _, started, url, value in map(json.loads, text.splitlines())
        ]
        found = from_har(har(*entries))
        assert len(found.observations) == 163 and found.rejects == ()
        assert all(seen.observed_at for seen in found.observations)
        certain = [
            [one.code for one in seen.rejections() if not one.missing]
            for seen in found.observations
            if any(not one.missing for one in seen.rejections())
        ]
        assert certain.count(["empty"]) == 1
        assert {code for found_ in certain for code in found_} <= {"empty", "domain-mismatch"}


class TestBrowsers:
    """What a browser keeps, as Playwright, the DevTools protocol, Selenium and extensions tell it."""

    def test_playwright(self):
        """An expiry of -1 is a session; a partition key is a text."""
        found = from_browser(
            [
                {"name": "CFID", "value": "PRIVATE", "domain": "www.theiet.org", "path": "/", "expires": -1}
                | {"httpOnly": True, "secure": False, "sameSite": "Lax"},
                {"name": "b", "domain": ".theiet.org", "expires": NOON.timestamp() + 60.9, "sameSite": "None"}
                | {"partitionKey": "https://theiet.org"},
            ],
            at=NOON,
        )
        one, other = found.observations
        assert (one.name, one.host, one.domain, one.path) == ("CFID", "www.theiet.org", "www.theiet.org", "/")
        assert (one.session, one.lifetime, one.http_only, one.secure, one.same_site) == (True, None, True, False, "Lax")
        assert (other.session, other.lifetime, other.domain, other.path) == (False, 60, "theiet.org", None)
        assert (other.partition_key, other.secure, other.same_site) == ("https://theiet.org", None, "None")
        assert other.observed_at == NOON and other.kind == "browser" and other.line is None
        assert found.rejects == () and "PRIVATE" not in repr(found)

    def test_the_devtools_protocol(self):
        """It wraps the list, flags a session, and gives partition keys as mappings."""
        cookie = {"name": "a", "domain": "x.org", "expires": 1e9, "size": 5, "session": True, "priority": "Medium"}
        key = {"topLevelSite": "https://theiet.org", "hasCrossSiteAncestor": False}
        found = from_browser({"cookies": [cookie, cookie | {"session": False, "partitionKey": key}]}, at=NOON)
        assert [(seen.session, seen.partition_key) for seen in found.observations] == [
            (True, None),
            (False, "https://theiet.org"),
        ]
        opaque, firefox, none = from_browser(
            [
                cookie | {"partitionKeyOpaque": True},
                cookie | {"partitionKey": {"sourceOrigin": "https://y.org"}},
                cookie | {"partitionKey": {}},
            ]
        ).observations
        assert (opaque.partition_key, firefox.partition_key, none.partition_key) == ("opaque", "https://y.org", None)

    def test_selenium_and_extensions(self):
        """They call the expiry by other names, and SameSite, too."""
        ends = int(NOON.timestamp()) + 5
        one, other, third = from_browser(
            [
                {"name": "a", "domain": "x.org", "expiry": ends, "sameSite": "Strict"},
                {"name": "a", "domain": "x.org", "expirationDate": ends, "sameSite": "no_restriction"},
                {"name": "a", "domain": "x.org", "sameSite": "unspecified"},
            ],
            at=NOON,
        ).observations
        assert (one.lifetime, one.same_site) == (5, "Strict")
        assert (other.lifetime, other.same_site) == (5, "None")
        assert (third.session, third.same_site) == (True, None)

    def test_what_is_kept_is_neither_refused_nor_a_deletion(self):
        """Even where it has just expired."""
        (seen,) = from_browser([{"name": "__Host-a", "domain": ".x.org", "expires": 1}], at=NOON).observations
        assert seen.rejections() == () and seen.deletion is False and seen.lifetime < 0

    @pytest.mark.parametrize(
        ("expires", "reason"),
        [
            (float("nan"), "there is no such moment"),
            (float("inf"), "there is no such moment"),
            (1e300, "there is no such moment"),
            (10**400, "there is no such moment"),
            (-1e12, "there is no such moment"),
            (True, "it is no moment but true or false"),
            ([], "it is no moment but a list"),
            ({}, "it is no moment but a mapping"),
            (b"", "it is no moment but a text"),
            (1j, "it is no moment but something else"),
            ("soon", "it is no moment as ISO 8601 writes it"),
        ],
    )
    def test_an_expiry_that_cannot_be_read_leaves_the_cookie(self, expires, reason):
        """It is observed; how long it lives is not known, and is no session."""
        found = from_browser([{"name": "a", "domain": "x.org", "expires": expires}], at=NOON)
        (seen,) = found.observations
        assert (seen.session, seen.lifetime) == (None, None)
        assert found.rejects == (Reject("[1].expires", reason),)

    @pytest.mark.parametrize(
        ("detail", "reason"),
        [
            ({"path": 5}, "it is no text but a number"),
            ({"secure": 1}, "it is neither true nor false but a number"),
            ({"httpOnly": "yes"}, "it is neither true nor false but a text"),
            ({"sameSite": "Sometimes"}, "it is none of Strict, Lax and None"),
            ({"sameSite": 0}, "it is no text but a number"),
            ({"partitionKey": 5}, "it names no site but is a number"),
            ({"partitionKey": {"topLevelSite": []}}, "it names no site but is a list"),
        ],
    )
    def test_any_detail_that_cannot_be_read_leaves_the_cookie(self, detail, reason):
        """What is wrong with it is said once, and the rest is kept."""
        found = from_browser([{"name": "a", "domain": "x.org", "path": "/"} | detail])
        (key,) = detail
        assert found.rejects == (Reject(f"[1].{key}", reason),)
        (seen,) = found.observations
        assert seen.session is True and seen.name == "a"
        assert (seen.secure, seen.http_only, seen.same_site, seen.partition_key) == (None,) * 4

    @pytest.mark.parametrize(
        ("cookie", "place"),
        [
            (None, "[1]"),
            ("a=1", "[1]"),
            ({}, "[1]"),
            ({"name": 5, "domain": "x.org"}, "[1]"),
            ({"name": "a"}, "[1].domain"),
            ({"name": "a", "domain": "."}, "[1].domain"),
            ({"name": "a", "domain": 5}, "[1].domain"),
        ],
    )
    def test_without_name_or_domain_it_is_no_cookie(self, cookie, place):
        """A row is rejected, by its place; others are read."""
        found = from_browser([cookie, {"name": "b", "domain": "x.org"}])
        assert [one.place for one in found.rejects] == [place]
        assert [seen.name for seen in found.observations] == ["b"]

    @pytest.mark.parametrize("loaded", [None, 5, "abc", b"abc", {}, {"cookies": 5}, {"cookies": {"a": 1}}])
    def test_what_is_no_list_is_rejected(self, loaded):
        """As a whole."""
        found = from_browser(loaded)
        assert found.observations == () and [one.place for one in found.rejects] == [""]

    @given(ANYTHING, st.none() | st.datetimes(timezones=st.just(timezone(timedelta(hours=14)))))
    def test_nothing_raises(self, loaded, at):
        """Whatever was loaded."""
        cookie = {"name": "a", "domain": "x.org"}
        details = dict.fromkeys(("expires", "sameSite", "secure", "partitionKey", "path", "session"), loaded)
        for given_ in (
            loaded,
            [loaded],
            [cookie | details],
            [cookie | {"domain": loaded}],
            [cookie | {"name": loaded}],
        ):
            found = from_browser(given_, at=at)
            assert all(seen.rejections() == () and repr(seen) for seen in found.observations)

    def test_a_stream_is_read_until_the_end(self):
        """Any iterable of cookies does, an endless one too."""

        def endless():
            while True:
                yield {"name": "a", "domain": "x.org"}

        found = from_browser(endless())
        assert len(found.observations) == 100_000 and len(found.rejects) == 1
