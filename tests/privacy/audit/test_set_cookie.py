"""A Set-Cookie line is read as RFC 6265bis has it, whatever it holds."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import RecordError
from cpdrules.privacy.audit.set_cookie import LONGEST, Ignored, covers, octets, parse, split_joined

NOON = datetime(2015, 11, 18, 12, tzinfo=UTC)

#: What a server may write without hurting anybody.
TOKENS = st.text("abcXYZ019_-.~|[]*%(){}/ \u00e9\u0421\u200b", min_size=1, max_size=20).map(str.strip).filter(bool)


def codes(line, host="www.theiet.org", **facts):
    """Give the codes of what a browser refuses for certain."""
    facts = {"secure": True, "public_suffix": lambda domain: domain in ("org", "co.uk")} | facts
    return [one.code for one in parse(line).rejections(host, **facts) if not one.missing]


class TestNameAndValue:
    """The pair before the first semicolon; the value is not kept."""

    @pytest.mark.parametrize(
        ("line", "name", "length"),
        [
            ("CFID=1234567; Path=/", "CFID", 7),
            ("cfid=1", "cfid", 1),
            ("a=b=c", "a", 3),
            ("a = b ;", "a", 1),
            ("\ta\t=\tb\t", "a", 1),
            ("a", "", 1),
            ("=a", "", 1),
            ("==a", "", 2),
            ("a=", "a", 0),
            ('a="x;y"', "a", 2),
            ("/Common/vip.app~pool=1", "/Common/vip.app~pool", 1),
            ("pvc_visits[0]=1", "pvc_visits[0]", 1),
            ("ＣＦＩＤ=1", "ＣＦＩＤ", 1),
            ("na me=1", "na me", 1),
            ("a,b=1, c=2", "a,b", 6),
            ("\u00a0a\u00a0=1", "\u00a0a\u00a0", 1),
            ("a=é", "a", 2),
            ("", "", 0),
            (";", "", 0),
            ("; Path=/", "", 0),
        ],
    )
    def test_it_is_split_as_browsers_split_it(self, line, name, length):
        """At the first equals sign; only spaces and tabs are cut off, and names are not changed."""
        cookie = parse(line)
        assert (cookie.name, cookie.value_octets) == (name, length)
        assert cookie.nameless is (name == "")

    def test_octets_are_octets(self):
        """What is no UTF-8 is kept apart, and counted as it came."""
        cookie = parse(b"\xff\xfe=\xe9\x80; Path=/")
        assert cookie.name.encode("utf-8", "surrogateescape") == b"\xff\xfe"
        assert cookie.value_octets == 2
        assert parse("é=é".encode()) == parse("é=é")
        assert octets("\ud800") == 3

    def test_the_value_is_nowhere(self):
        """Neither a value, nor that of an unknown attribute, is kept or shown."""
        cookie = parse("id=PRIVATE; foo=PRIVATE; Expires=PRIVATE; Max-Age=PRIVATE; SameSite=PRIVATE; Priority=PRIVATE")
        assert "PRIVATE" not in repr(cookie)
        assert "PRIVATE" not in str(cookie.rejections("theiet.org"))
        assert "PRIVATE" not in repr(parse("PRIVATE").rejections("theiet.org"))

    def test_long_names_are_shown_in_short(self):
        """A repr stays a line."""
        assert len(repr(parse("x" * 100_000))) < 500
        assert len(repr(parse(f"{'x' * 9999}=; {'y' * 9999}; Path=/{'z' * 999}; Domain={'d' * 999}"))) < 700

    @given(TOKENS, TOKENS)
    def test_a_pair_that_was_written_is_read(self, name, value):
        """A name without an equals sign comes back, whatever letters it has."""
        cookie = parse(f"{name}={value}")
        assert (cookie.name, cookie.value_octets) == (name, len(value.encode()))


class TestAttributes:
    """Of each attribute the last that a browser can read."""

    def test_all_are_read(self):
        """Case and spaces do not matter, nor what stands behind a flag."""
        cookie = parse(
            "a=1; PATH = /x ;domain=.TheIET.org; expires=Tue, 21-Nov-17 10:00:00 GMT; max-age=60;"
            "SECURE=no;HttpOnly=0; samesite=LAX; Partitioned; priority=high;; Foo=2; Foo=3; bar"
        )
        assert cookie.path == "/x" and cookie.domain == "theiet.org" and cookie.max_age == 60
        assert cookie.expires == datetime(2017, 11, 21, 10, tzinfo=UTC)
        assert cookie.secure and cookie.http_only and cookie.partitioned
        assert (cookie.same_site, cookie.priority) == ("Lax", "High")
        assert cookie.others == ("Foo", "bar")
        assert cookie.ignored == () and cookie.refused == ()

    def test_nothing_is_said_of_what_is_not_there(self):
        """A bare pair is a session cookie of the host."""
        cookie = parse("a=1")
        assert (cookie.path, cookie.domain, cookie.expires, cookie.max_age, cookie.same_site) == (None, "", *[None] * 3)
        assert not (cookie.secure or cookie.http_only or cookie.partitioned or cookie.priority)
        assert cookie.session

    def test_the_last_counts(self):
        """What comes before is overlooked, and said to be."""
        cookie = parse("a=1; Path=/x; path=/y; Domain=a.org; Domain=b.org; Secure; Secure")
        assert (cookie.path, cookie.domain) == ("/y", "b.org")
        assert cookie.ignored == tuple(Ignored(name, "another one comes after it") for name in ("Path", "Domain"))
        assert parse("a=1; Path=/x; Path=/x").ignored == ()

    @pytest.mark.parametrize("text", ["", "a week", "+60", "6.5", "1e3", "--1", "-", "٣", " ", "60s", "0x10", "1_000"])
    def test_what_is_no_number_of_seconds_leaves_the_one_before(self, text):
        """Only digits, with a minus perhaps, are a Max-Age."""
        cookie = parse(f"a=1; Max-Age=60; Max-Age={text}")
        assert cookie.max_age == 60
        assert cookie.ignored == (Ignored("Max-Age", "it is no whole number of seconds"),)

    @pytest.mark.parametrize(("text", "seconds"), [("0", 0), ("-0", 0), ("-5", -5), ("007", 7), ("9" * 400, None)])
    def test_any_number_of_digits_is_one(self, text, seconds):
        """It is exact, however long."""
        assert parse(f"a=1; Max-Age={text}").max_age == (10**400 - 1 if seconds is None else seconds)

    def test_an_attribute_that_is_too_large_is_overlooked(self):
        """Values of 1,024 octets are read, of one more they are not."""
        assert parse(f"a=1; Max-Age={'0' * 1023}1").max_age == 1
        cookie = parse(f"a=1; Path=/x; Path=/{'é' * 512}; Max-Age={'9' * 100_000}")
        assert (cookie.path, cookie.max_age) == ("/x", None)
        assert [one.attribute for one in cookie.ignored] == ["Path", "Max-Age"]
        assert all(one.why == "its value is larger than 1024 octets" for one in cookie.ignored)
        assert parse(f"a=1; Path=/{'x' * 1023}").path == "/" + "x" * 1023

    def test_a_date_that_is_none_is_overlooked(self):
        """One before it still counts; alone it leaves a session cookie."""
        assert parse("a=1; Expires=Wed, 01 Nov 2017 00:00:00 GMT; Expires=0").expires is not None
        cookie = parse("a=1; Expires=0")
        assert cookie.session and cookie.ignored == (Ignored("Expires", "it is no date"),)

    @pytest.mark.parametrize(
        ("attribute", "name"),
        [
            ("SameSite=Sometimes", "SameSite"),
            ("SameSite", "SameSite"),
            ("Priority=Top", "Priority"),
            ("Path=x", "Path"),
            ("Path", "Path"),
            ("Domain=", "Domain"),
            ("Domain=.", "Domain"),
        ],
    )
    def test_what_says_nothing_takes_back_what_was_said(self, attribute, name):
        """An unknown word, a relative path and an empty domain are as if nothing had been said, and are named."""
        cookie = parse(f"a=1; SameSite=None; Path=/x; Domain=b.org; Priority=Low; {attribute}")
        said = {"SameSite": cookie.same_site, "Path": cookie.path, "Domain": cookie.domain, "Priority": cookie.priority}
        assert not said[name] and all(said[other] for other in said if other != name)
        assert name in [one.attribute for one in cookie.ignored if one.why != "another one comes after it"]

    def test_look_alikes_of_letters_are_no_letters(self):
        """The Kelvin sign is no k: a domain that has it is not of ASCII."""
        assert parse("a=1; Domain=\u212aelvin.org").domain == "\u212aelvin.org"
        assert parse("a=1; Prior\u0131ty=Low").priority is None

    @given(st.integers(-(10**12), 10**12), st.booleans(), st.booleans(), st.sampled_from(["Strict", "Lax", "None"]))
    def test_a_line_that_was_written_is_read(self, seconds, secure, http_only, same_site):
        """What a well-formed line is built from comes back."""
        flags = "; Secure" * secure + "; HttpOnly" * http_only
        cookie = parse(f"a=1; Max-Age={seconds}{flags}; SameSite={same_site}")
        assert (cookie.max_age, cookie.secure, cookie.http_only) == (seconds, secure, http_only)
        assert cookie.same_site == same_site and cookie.ignored == ()


class TestLifetime:
    """How long it is declared to live, how long browsers keep it, and whether it deletes."""

    def test_max_age_beats_expires(self):
        """Whatever comes last."""
        cookie = parse("a=1; Max-Age=60; Expires=Wed, 01 Nov 2017 00:00:00 GMT")
        assert cookie.lifetime_at(NOON) == 60
        assert not cookie.session

    def test_expires_is_counted_from_reception(self):
        """In whole seconds, in whatever zone the reception was noted."""
        cookie = parse("a=1; Expires=Wed, 18 Nov 2015 12:01:00 GMT")
        assert cookie.lifetime_at(NOON) == cookie.lifetime_at(NOON.astimezone(timezone(timedelta(hours=5)))) == 60
        assert cookie.lifetime_at(NOON + timedelta(minutes=2)) == -60
        assert cookie.lifetime_at(NOON - timedelta(microseconds=1)) == 60

    def test_browsers_cap_it_at_400_days(self):
        """What is declared stays what it is."""
        two_years = parse("a=1; Max-Age=63072000")
        assert two_years.lifetime_at(NOON) == 63_072_000
        assert two_years.kept_at(NOON) == LONGEST == 34_560_000
        assert parse("a=1; Max-Age=-5").kept_at(NOON) == 0
        assert parse("a=1; Max-Age=34559999").kept_at(NOON) == 34_559_999
        assert parse("a=1").kept_at(NOON) is parse("a=1").lifetime_at(NOON) is None

    @pytest.mark.parametrize(
        ("line", "at_noon", "some_time"),
        [
            ("a=1", False, False),
            ("a=; Max-Age=0", True, True),
            ("a=; Max-Age=-1", True, True),
            ("a=; Max-Age=1", False, False),
            ("a=; Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", False, False),
            ("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", True, True),
            ("a=; Expires=Fri, 31 Dec 1993 23:59:59 GMT", True, True),
            ("a=; Expires=Sat, 01 Jan 1994 00:00:00 GMT", True, None),
            ("a=; Expires=Wed, 18 Nov 2015 12:00:00 GMT", True, None),
            ("a=; Expires=Wed, 18 Nov 2015 12:00:01 GMT", False, None),
        ],
    )
    def test_a_deletion_is_told_from_a_cookie(self, line, at_noon, some_time):
        """What has expired when it comes deletes; where that is not known, only what no browser could have kept."""
        assert parse(line).deletes_at(NOON) is at_noon
        assert parse(line).deletes_at(None) is some_time

    def test_a_part_of_a_second_is_life(self):
        """A cookie that ends in half a second is no deletion."""
        cookie = parse("a=1; Expires=Wed, 18 Nov 2015 12:00:01 GMT")
        assert cookie.deletes_at(NOON + timedelta(seconds=0.5)) is False
        assert cookie.lifetime_at(NOON + timedelta(seconds=0.5)) == 0

    def test_a_moment_needs_its_zone(self):
        """A moment without one is misuse, and the error says what to give."""
        cookie = parse("a=1; Expires=Wed, 18 Nov 2015 12:01:00 GMT")
        for ask in (cookie.lifetime_at, cookie.kept_at, cookie.deletes_at):
            with pytest.raises(RecordError, match=r"2015-11-18T12:00:00 has no time zone.*timezone\.utc"):
                ask(NOON.replace(tzinfo=None))


class TestRejections:
    """Why a browser would not keep it."""

    @pytest.mark.parametrize(
        ("line", "wrong"),
        [
            ("a=1", []),
            ("=1", []),
            ("1", []),
            ("a=", []),
            ("", ["empty"]),
            ("=; Secure", ["empty"]),
            ("a=1\x00", ["control-character"]),
            ("a=1; Path=/\x7f", ["control-character"]),
            ("a\n=1", ["control-character"]),
            ("a=1\r", ["control-character"]),
            ("a=\t1", []),
            ("a=\x80", []),
            ("a=" + "x" * 4095, []),
            ("a=" + "x" * 4096, ["too-large"]),
            ("a=" + "é" * 2047, []),
            ("a=" + "é" * 2048, ["too-large"]),
            ("x" * 4097 + "=", ["too-large"]),
            ("=__Host-sid", ["prefix"]),
            ("__SECURE-sid", ["prefix"]),
            ("=x__Host-", []),
            ("a=__Host-", []),
        ],
    )
    def test_the_line_alone_may_be_refused(self, line, wrong):
        """Control characters, size, emptiness, and a nameless cookie that would pass for another."""
        assert codes(line) == wrong
        assert [one.code for one in parse(line).refused] == wrong

    @pytest.mark.parametrize(
        ("domain", "host", "wrong"),
        [
            ("theiet.org", "www.theiet.org", []),
            (".theiet.org", "www.theiet.org", []),
            ("THEIET.ORG", "www.TheIET.org", []),
            ("theiet.org", "theiet.org", []),
            ("www.theiet.org", "theiet.org", ["domain-mismatch"]),
            ("heiet.org", "theiet.org", ["domain-mismatch"]),
            ("..theiet.org", "www.theiet.org", ["domain-mismatch"]),
            ("addthis.com", "www.theiet.org", ["domain-mismatch"]),
            ("org", "theiet.org", ["public-suffix"]),
            ("co.uk", "theiet.co.uk", ["public-suffix"]),
            ("co.uk", "co.uk", []),
            ("org", "org", []),
            ("", "theiet.org", []),
            (".", "theiet.org", []),
            ("127.0.0.1", "127.0.0.1", []),
            ("0.0.1", "127.0.0.1", ["domain-mismatch"]),
            ("1]", "[::1]", ["domain-mismatch"]),
            ("[::1]", "[::1]", []),
            ("3.4]", "[::ffff:1.2.3.4]", ["domain-mismatch"]),
            ("тheiet.org", "тheiet.org", ["domain-not-ascii"]),
        ],
    )
    def test_a_domain_must_hold_the_host(self, domain, host, wrong):
        """A dot at the front and case do not matter; an address has nothing below it."""
        assert codes(f"a=1; Domain={domain}", host) == wrong

    @pytest.mark.parametrize(
        ("line", "texts"),
        [
            ("__Host-sid=1; Path=/; Secure", []),
            ("__Host-sid=1; Path=/; Secure; Domain=", []),
            ("__Host-sid=1; Path=/; Secure; Domain=theiet.org", ["__Host- forbids Domain"]),
            ("__host-sid=1; Path=/; Secure; Domain=theiet.org", ["__Host- forbids Domain"]),
            ("__Host-sid=1; Secure", ["__Host- asks for Path=/"]),
            ("__Host-sid=1; Path=/x; Secure", ["__Host- asks for Path=/"]),
            ("__Host-sid=1; Path=/", ["__Host- asks for Secure"]),
            (
                "__Host-sid=1; Domain=theiet.org",
                ["__Host- asks for Secure", "__Host- forbids Domain", "__Host- asks for Path=/"],
            ),
            ("__Secure-sid=1; Secure; Domain=theiet.org", []),
            ("__SeCuRe-sid=1", ["__Secure- asks for Secure"]),
            ("__Http-sid=1; Secure; HttpOnly", []),
            ("__Http-sid=1; Secure", ["__Http- asks for HttpOnly"]),
            ("__Http-sid=1; HttpOnly", ["__Http- asks for Secure"]),
            ("__Host-Http-sid=1; Secure; HttpOnly; Path=/", []),
            (
                "__Host-Http-sid=1; Secure; Domain=theiet.org; Path=/",
                ["__Host-Http- forbids Domain", "__Host-Http- asks for HttpOnly"],
            ),
            ("_Host-sid=1", []),
            ("x__Host-sid=1", []),
            ("__Hosts=1", []),
        ],
    )
    def test_a_prefix_is_a_promise(self, line, texts):
        """Every promise that is not kept is named."""
        found = parse(line).rejections("www.theiet.org", secure=True, public_suffix=lambda _: False)
        assert [one.text for one in found] == texts
        assert {one.code for one in found} <= {"prefix"}

    @pytest.mark.parametrize(
        ("line", "wrong"),
        [
            ("a=1; SameSite=None", ["same-site-none"]),
            ("a=1; SameSite=None; Secure", []),
            ("a=1; SameSite=Lax", []),
            ("a=1; SameSite=Nonesuch", []),
            ("a=1; Partitioned", ["partitioned"]),
            ("a=1; Partitioned; Secure", []),
            ("a=1; Partitioned; SameSite=None", ["same-site-none", "partitioned"]),
        ],
    )
    def test_some_attributes_ask_for_secure(self, line, wrong):
        """SameSite=None and Partitioned do."""
        assert codes(line) == wrong

    def test_secure_is_only_taken_over_https(self):
        """Where nobody says how it came, the missing fact is named."""
        assert codes("a=1; Secure", secure=False) == ["secure-over-http"]
        assert codes("a=1", secure=False) == codes("a=1; Secure", secure=True) == []
        (open_,) = parse("a=1; Secure").rejections("theiet.org")
        assert (open_.code, open_.missing) == ("secure-over-http", "whether it came over HTTPS")
        assert str(open_) == "Secure is only taken over HTTPS (it is not known whether it came over HTTPS)"

    def test_what_nobody_says_of_domains_is_missing(self):
        """Without a list of public suffixes, or a host, the missing fact is named; one label needs no list."""
        (open_,) = parse("a=1; Domain=co.uk").rejections("theiet.co.uk")
        assert (open_.code, open_.missing) == ("public-suffix", "which domains are public suffixes")
        (open_,) = parse("a=1; Domain=co.uk").rejections("")
        assert (open_.code, open_.missing) == ("domain-mismatch", "which host sent it")
        (certain,) = parse("a=1; Domain=uk").rejections("theiet.co.uk")
        assert str(certain) == "the Domain 'uk' is a public suffix"
        assert parse("a=1; Domain=theiet.org").rejections("theiet.org") == ()

    def test_a_part_of_another_page_is_told_apart(self):
        """Strict and Lax are refused there; of nothing said, browsers differ; nobody is asked unless it is said."""
        assert codes("a=1; SameSite=Lax; Secure", third_party=True) == ["same-site"]
        assert codes("a=1; SameSite=Strict; Secure", third_party=True) == ["same-site"]
        assert codes("a=1; SameSite=None; Secure", third_party=True) == []
        assert codes("a=1; SameSite=Lax", third_party=False) == codes("a=1; SameSite=Lax") == []
        (open_,) = parse("a=1").rejections("theiet.org", third_party=True)
        assert open_.code == "same-site" and "Lax" in open_.missing


class TestNothingRaises:
    """The parser is total, and linear."""

    @given(st.text() | st.binary(), st.text(max_size=20))
    def test_any_line_of_any_host_has_a_reading(self, line, host):
        """Text or octets, from anywhere."""
        cookie = parse(line)
        cookie.deletes_at(NOON), cookie.kept_at(NOON), cookie.session, repr(cookie)
        for facts in ({}, {"secure": False, "third_party": True, "public_suffix": lambda _: True}):
            for one in cookie.rejections(host, **facts):
                assert one.text and str(one)

    @given(
        st.lists(
            st.sampled_from(
                [
                    "a",
                    "=",
                    ";",
                    "Max-Age",
                    "Expires",
                    "-1",
                    "99999999999",
                    "Secure",
                    "Domain",
                    "SameSite",
                    "None",
                    "__Host-",
                    ".",
                    "theiet.org",
                    "Path",
                    "/",
                ]
            )
            | st.sampled_from([" ", "\n", "\x00", "\ud800", "Wed, 01 Nov 2017 00:00:00 GMT"])
        ).map("".join)
    )
    def test_any_mixture_of_pieces_has_a_reading(self, line):
        """The pieces of real lines, in any order."""
        cookie = parse(line)
        cookie.deletes_at(NOON), cookie.rejections("www.theiet.org")
        assert cookie.lifetime_at(NOON) is None or isinstance(cookie.lifetime_at(NOON), int)

    @pytest.mark.parametrize(
        "line", ["=" * 100_000, ";" * 100_000, ";a=" * 50_000, "; Path=/" * 20_000, "\x00" * 100_000, "é" * 100_000]
    )
    def test_length_is_no_harm(self, line):
        """A hundred thousand characters of any sort are read at once, and little is kept of them."""
        cookie = parse(line)
        assert len(cookie.others) <= 1 and len(cookie.ignored) <= 1
        assert cookie.rejections("theiet.org") is not None

    @pytest.mark.parametrize(
        ("line", "others"),
        [
            ('a="x; SECRET; y"; Foo', ()),
            ('a="; SECRET"', ()),
            ('a="x\\"; SECRET"', ()),
            ('a="x"; Foo', ("Foo",)),
            ('a=""; Foo', ("Foo",)),
            ("a=x; jane@SECRET.org; Foo", ("Foo",)),
            (f"a=x; {'SECRET' * 7}; Foo", ("Foo",)),
            ("a=x; =SECRET; Foo=SECRET", ("Foo",)),
        ],
    )
    def test_a_piece_of_a_value_is_no_attribute(self, line, others):
        """A semicolon within quotation marks cuts it, and what comes after may name somebody."""
        cookie = parse(line)
        assert cookie.others == others and "SECRET" not in repr(cookie)

    def test_every_attribute_of_its_own_name_is_named(self):
        """Nothing that is unknown is dropped."""
        assert len(parse("a=1" + "".join(f";x{n}" for n in range(10_000))).others) == 10_000


class TestJoinedHeaders:
    """Chrome joins headers by line feeds in a HAR; commas join nothing any more."""

    def test_line_feeds_part_cookies(self):
        """With or without a carriage return."""
        assert split_joined("a=1\nb=2 \r\nc=3") == ("a=1", "b=2 ", "c=3")
        assert split_joined("") == ("",)

    def test_commas_part_nothing(self):
        """RFC 2109's way of joining is not undone: the second cookie is read as a part of the first's value."""
        (line,) = split_joined("a=1, b=2; Expires=Wed, 01 Nov 2017 00:00:00 GMT")
        assert parse(line).name == "a" and parse(line).value_octets == 6

    def test_other_ends_of_lines_are_characters(self):
        """Only the line feed parts; Unicode's separators do not."""
        assert len(split_joined("a=1\u2028b=2\x0bc=3\x85d=4")) == 1


class TestDomains:
    """A host is a domain, or stands below it."""

    @given(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), st.lists(st.sampled_from("abc"), max_size=5))
    def test_labels_are_compared_from_the_right(self, host, domain):
        """As lists of labels compare."""
        below = len(domain) > 0 and host[-len(domain) :] == domain
        assert covers(".".join(domain), ".".join(host)) is below


class TestRealLines:
    """Lines that servers really sent."""

    def test_they_are_read(self, shared):
        """104 header values are 163 cookies, and no line is lost."""
        text = (shared / "data" / "set-cookie-lines" / "set_cookie_lines.tsv").read_text(encoding="utf-8")
        lines = [
            (parse(line), datetime.fromisoformat(time))
            for _, time, _, value in map(json.loads, text.splitlines())
            for line in split_joined(value)
        ]
        assert len(text.splitlines()) == 104 and len(lines) == 163
        refused = Counter(one.code for cookie, _ in lines for one in cookie.refused)
        assert refused == {"empty": 1}
        assert [cookie.ignored for cookie, _ in lines if cookie.ignored] == []
        assert {name for cookie, _ in lines for name in cookie.others} <= {"Version", "secure"}
        assert sum(cookie.deletes_at(at) is True for cookie, at in lines) == 1
        assert min(cookie.expires.year for cookie, _ in lines if cookie.expires) == 2008
