"""What was seen is told from what is declared: one verdict a cookie, and never more than is known."""

import csv
import importlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import RecordError
from cpdrules.findings import Source
from cpdrules.likenesses import look
from cpdrules.privacy.audit.audits import audit
from cpdrules.privacy.audit.catalogues import catalogue
from cpdrules.privacy.audit.cookie_records import Reject
from cpdrules.privacy.audit.observations import Observation, Observed, from_browser, from_har, from_set_cookie
from cpdrules.privacy.audit.reports import CODES, VERDICTS, Audit, Remark, as_markdown, as_text, named
from cpdrules.privacy.audit.set_cookie import parse, split_joined
from cpdrules.privacy.cookies import (
    LOST,
    NO_LIFETIME,
    PERMANENT,
    SESSION,
    UNTIL_LOG_OFF_OR_CLOSE,
    Cookie,
    CookiePurpose,
    Provider,
    depends_on,
    lasting,
)
from cpdrules.privacy.names import exact, prefix, segments, suffix
from cpdrules.privacy.statements import Statement
from tests.privacy.inventory import named as named_row
from tests.privacy.inventory import rows

NOON = datetime(2015, 11, 18, 12, tzinfo=UTC)
ASSUMED = Source("X", 1, "similar names", "inferred")


def cookie(id_, *names, purposes=("session",), **more):
    """Declare a cookie."""
    return Cookie(id=id_, title=id_, names=names, group="all", purposes=purposes, **more)


def declaring(*cookies):
    """Give a statement that declares cookies for four purposes, of one of which the category is not known."""
    purposes = (
        CookiePurpose(id="session", title="sessions", icc="strictly-necessary"),
        CookiePurpose(id="statistics", title="statistics", icc="performance"),
        CookiePurpose(id="advertising", title="advertisements", icc="targeting"),
    )
    return Statement(name="the shop's", cookies=cookies, cookie_purposes=purposes)


SHOP = declaring(
    cookie("basket", exact("CART"), lifetime=SESSION),
    cookie("visits", prefix("_v"), exact("stats"), purposes=("statistics",), lifetime=lasting(30)),
    cookie("old", exact("x9_txid"), suffix("_txid", source=ASSUMED), discontinued=date(2015, 10, 25)),
    cookie("share", exact("uvc", domain="share.example"), purposes=("advertising",)),
    cookie("lost"),
)


def one(line, statement=SHOP, host="www.shop.example", at=NOON, **more):
    """Audit one line, and give its finding."""
    return audit([from_set_cookie(line, host=host, at=at)], statement, **more).findings[0]


def codes(finding):
    """Give the codes of a finding's remarks."""
    return [remark.code for remark in finding.remarks]


class TestVerdicts:
    """The first that holds: refused, deleting, nameless, not to be told, undeclared, discontinued, declared."""

    @pytest.mark.parametrize(
        ("line", "verdict", "told"),
        [
            ("CART=1", "declared", "basket"),
            ("stats=1", "declared", "visits"),
            ("_v1=1", "declared", "visits"),
            ("_v=1", "declared", "visits"),
            ("cart=1", "undeclared", ""),
            ("CART2=1", "undeclared", ""),
            ("lost=1", "undeclared", ""),
            ("x9_txid=1", "declared-but-discontinued", "old"),
            ("4kk2z_txid=1", "declared-but-discontinued", "old"),
            ("uvc=1", "undeclared", ""),
            ("=1", "nameless", ""),
            ("1", "nameless", ""),
            ("=1; Max-Age=0", "deletion", ""),
            ("CART=; Max-Age=0", "deletion", "basket"),
            ("CART=; Max-Age=-1", "deletion", "basket"),
            ("CART=; Expires=Wed, 18 Nov 2015 12:00:00 GMT", "deletion", "basket"),
            ("x=; Expires=Thu, 01-Jan-70 00:00:00 GMT", "deletion", ""),
            ("x9_txid=; Max-Age=0", "deletion", "old"),
            ("CART=", "declared", "basket"),
            ("CART=1; SameSite=None", "rejected-by-browser", "basket"),
            ("CART=1; Partitioned", "rejected-by-browser", "basket"),
            ("CART=1; Domain=theiet.org", "rejected-by-browser", "basket"),
            ("CART=1; Domain=theiet.org; Max-Age=0", "rejected-by-browser", "basket"),
            ("__Secure-x=1", "rejected-by-browser", ""),
            ("", "rejected-by-browser", ""),
            ("CART=1\x00", "rejected-by-browser", "basket"),
            ("CART=1; Secure", "declared", "basket"),
            ("ＣＡＲＴ=1", "undeclared", ""),
            ("CA\u200bRT=1", "undeclared", ""),
        ],
    )
    def test_of_a_line(self, line, verdict, told):
        """Names are compared as they are; the cookie is told whatever the verdict."""
        finding = one(line)
        assert (finding.verdict, finding.cookie) == (verdict, told)

    def test_a_name_that_is_declared_for_some_hosts_is_told_there_alone(self):
        """Without a host nobody can tell; that is no verdict on the cookie."""
        assert one("uvc=1; Domain=.share.example", host="s7.share.example").cookie == "share"
        assert one("uvc=1", host="share.example.evil.example").verdict == "undeclared"
        unknown = one("uvc=1", host="")
        assert (unknown.verdict, unknown.cookie, unknown.may_be) == ("cannot-tell", "", ("share",))
        assert unknown.remarks[0].text == "it is share if it is a cookie on share.example, which is not known"

    def test_a_discontinued_cookie_was_declared_while_it_was_in_use(self):
        """Until its last day; where nobody noted when it was seen, it is what it is by now."""
        last = datetime(2015, 10, 25, 23, 59, tzinfo=UTC)
        assert one("x9_txid=1", at=last).verdict == "declared"
        assert one("x9_txid=1", at=last + timedelta(minutes=1)).verdict == "declared-but-discontinued"
        assert one("x9_txid=1", at=None).verdict == "declared-but-discontinued"

    def test_what_a_browser_keeps_is_neither_refused_nor_a_deletion(self):
        """It is there."""
        (finding,) = audit(
            from_browser([{"name": "CART", "domain": "shop.example", "expires": 1}], at=NOON), SHOP
        ).findings
        assert finding.verdict == "declared"

    def test_a_refusal_for_a_reason_that_nobody_knows_is_none(self):
        """It is said once for all cookies; a list of public suffixes settles it."""
        seen = [
            from_set_cookie(f"CART=1; Domain={domain}; Secure", host=f"www.{domain}") for domain in ("a.uk", "b.uk")
        ]
        found = audit(seen, SHOP)
        assert [finding.verdict for finding in found.findings] == ["declared"] * 2
        texts = [remark.text for remark in found.remarks if remark.text.startswith("a browser may refuse")]
        start = "a browser may refuse 2 cookies:"
        assert texts == [
            f"{start} the Domain must be no public suffix, and it is not known which domains are public suffixes",
            f"{start} Secure is only taken over HTTPS, and it is not known whether it came over HTTPS",
        ]
        found = audit(seen, SHOP, public_suffix=lambda domain: domain == "b.uk")
        assert [finding.verdict for finding in found.findings] == ["declared", "rejected-by-browser"]
        assert sum("1 cookie:" in remark.text for remark in found.remarks) == 1

    def test_every_verdict_is_explained(self):
        """And counted; none of them says to delete or to forbid."""
        found = audit([from_set_cookie("CART=1", host="a.example")], SHOP)
        assert found.counts() == {verdict: int(verdict == "declared") for verdict in VERDICTS}
        assert found.having("declared") == found.findings and found.having("undeclared") == ()


class TestNames:
    """Whatever is odd about a name, or about how it was told, stands beside the verdict."""

    def test_two_cookies_of_one_name_are_both_named(self):
        """The first that is in use is told; the better pattern is not ambiguous."""
        twice = declaring(
            cookie("gone", exact("a"), discontinued=date(2010, 1, 1)), cookie("b", exact("a")), cookie("c", exact("a"))
        )
        finding = one("a=1", twice)
        assert (finding.verdict, finding.cookie) == ("declared", "b")
        assert finding.remarks[0] == Remark("ambiguous", "its name is as good as that of gone, b, c")
        assert finding.may_be == ("gone", "c")
        assert codes(one("_v1=1", declaring(cookie("a", prefix("_")), cookie("b", prefix("_v"))))) == []
        assert one("a=1", declaring(cookie("x", exact("a"), exact("a")))).remarks == ()
        (remark,) = one("a=1", declaring(cookie("x", exact("a")), cookie("y", exact("a")))).remarks
        assert remark.text == "its name is as good as that of x, y"

    def test_what_is_assumed_is_said(self):
        """A cookie that is told by an inferred pattern is told by that, and not by the text."""
        finding = one("4kk2z_txid=1")
        assert finding.remarks == (Remark("inferred", "it is told by *_txid, which is inferred and not stated"),)
        assert str(finding.pattern) == "*_txid"
        assert codes(one("x9_txid=1")) == []

    @pytest.mark.parametrize("name", ["cart", "ＣＡＲＴ", "CA\u200bRT", "\u0421ART"])
    def test_a_look_alike_is_another_name(self, name):
        """It is undeclared, and what it looks like is said."""
        finding = one(f"{name}=1")
        assert finding.verdict == "undeclared"
        assert "it looks like CART, which is declared; names are compared as they are" in [
            remark.text for remark in finding.remarks
        ]
        assert set(codes(finding)) == {"look-alike"}

    @pytest.mark.parametrize(
        ("name", "pattern"), [("_V1", "_v*"), ("abc_TXID", "*_txid"), ("Stats", "stats"), ("_V", "_v*")]
    )
    def test_beginnings_and_ends_look_alike_too(self, name, pattern):
        """As printed in the statement; a name that is seen again is remarked again."""
        found = audit([from_set_cookie(f"{name}=1", host="x")] * 2, SHOP)
        text = f"it looks like {pattern}, which is declared; names are compared as they are"
        assert [finding.remarks for finding in found.findings] == [(Remark("look-alike", text),)] * 2

    def test_a_very_long_name_looks_like_none(self):
        """A hundred thousand characters are not compared with every pattern; 256 are."""
        assert one(f"_V{'x' * 254}=1").remarks and not one(f"_V{'x' * 255}=1").remarks
        seen = from_browser([{"name": "_V" * 50_000, "domain": "x.example"}])
        assert audit(seen, SHOP).findings[0].verdict == "undeclared"

    def test_looks_are_worked_out_once(self, monkeypatch):
        """A name is not compared with one declared name after the other."""
        looked = []
        audits = importlib.import_module("cpdrules.privacy.audit.audits")
        monkeypatch.setattr(audits, "look", lambda text: looked.append(text) or look(text))
        shop = declaring(
            *(cookie(f"c{number}", exact(f"NAME{number}"), prefix(f"P{number:03}")) for number in range(300))
        )
        found = audit([from_set_cookie(f"name{number}=1", host="x") for number in range(300)], shop)
        assert all(finding.remarked("look-alike") for finding in found.findings)
        assert len(looked) <= 600 + 2 * 300

    def test_patterns_with_pieces_have_no_look_alikes(self):
        """Where a star stands between pieces, nothing is guessed."""
        assert one("_PK_1.2=1", declaring(cookie("a", segments("_pk_*.*")))).remarks == ()

    def test_a_name_like_one_of_another_host_is_none_of_its_look_alikes(self):
        """It is the very name, and undeclared on this host."""
        assert one("uvc=1").remarks == ()
        assert [remark.text[:25] for remark in one("UVC=1").remarks] == ["it looks like uvc on shar"]

    def test_a_declared_cookie_looks_like_none(self):
        """What matches is not said to look like others."""
        assert one("CART=1", declaring(cookie("a", exact("CART")), cookie("b", exact("cart")))).remarks == ()

    def test_a_broken_promise_and_an_overlooked_attribute_are_said(self):
        """In the words of the parser."""
        finding = one("__Host-CART=1; Path=/; Secure; Domain=shop.example; Max-Age=soon")
        assert finding.remarks == (
            Remark("prefix-rule", "__Host- forbids Domain"),
            Remark("ignored-attribute", "Max-Age: it is no whole number of seconds"),
        )
        assert codes(one("CART=1; SameSite=None")) == ["same-site-none"]

    def test_a_cookie_without_a_moment_may_be_a_deletion(self):
        """That is said, and no more."""
        finding = one("CART=1; Expires=Wed, 01 Nov 2017 00:00:00 GMT", at=None)
        assert finding.verdict == "declared"
        assert finding.remarks[0].text.startswith("it deletes the cookie if it was received after it expires")


class TestLifetimes:
    """Longer than declared is remarked; shorter never is."""

    @pytest.mark.parametrize(
        ("line", "declared", "text"),
        [
            ("a=1", SESSION, None),
            ("a=1; Max-Age=1800", SESSION, "it is kept for less than a day, and declared to end: session"),
            ("a=1; Max-Age=86400", SESSION, "it is kept for 1 day, and declared to end: session"),
            (
                "a=1; Max-Age=172800",
                UNTIL_LOG_OFF_OR_CLOSE,
                "it is kept for 2 days, and declared to end: until log-off or close",
            ),
            ("a=1", lasting(30), None),
            ("a=1; Max-Age=2592000", lasting(30), None),
            ("a=1; Max-Age=2678399", lasting(30), None),
            ("a=1; Max-Age=2678400", lasting(30), "it is set for 31 days, and declared for 30 days"),
            ("a=1; Expires=Fri, 18 Dec 2015 12:00:09 GMT", lasting(30), None),
            (
                "a=1; Expires=Sat, 19 Dec 2015 12:00:00 GMT",
                lasting(30),
                "it is set for 31 days, and declared for 30 days",
            ),
            (
                "a=1; Max-Age=63072000",
                lasting(30),
                "it is set for 730 days (browsers keep it 400 at most), and declared for 30 days",
            ),
            ("a=1; Max-Age=34560000", lasting(30), "it is set for 400 days, and declared for 30 days"),
            (
                f"a=1; Max-Age={'9' * 900}",
                lasting(30),
                "it is set for more days than there are in a calendar, and declared for 30 days",
            ),
            ("a=1; Max-Age=34560000", lasting(730), None),
            ("a=1; Max-Age=63072000", lasting(730), None),
            ("a=1; Max-Age=63072000", PERMANENT, None),
            ("a=1; Max-Age=63072000", NO_LIFETIME, None),
            ("a=1; Max-Age=0", SESSION, None),
        ],
    )
    def test_days_are_compared_with_days(self, line, declared, text):
        """A declaration is of whole days, so a part of a day more is none."""
        finding = one(line, declaring(cookie("a", exact("a"), lifetime=declared)))
        assert [remark.text for remark in finding.remarks if remark.code == "lifetime-longer-than-declared"] == (
            [text] if text else []
        )
        assert set(codes(finding)) <= {"lifetime-longer-than-declared"}

    def test_what_is_left_is_told_as_what_was_set(self):
        """A browser that is asked a moment later says a moment less; what is left of one day by noon is no day."""
        told = declaring(cookie("a", exact("a"), lifetime=lasting(90)))
        for short, text in ((0, "180 days"), (1, "180 days"), (600, "180 days"), (601, "179 days")):
            ends = (NOON + timedelta(days=180, seconds=-short)).timestamp()
            found = audit(from_browser([{"name": "a", "domain": "x.example", "expires": ends}], at=NOON), told)
            assert [remark.text for remark in found.findings[0].remarks] == [
                f"it is still kept for {text}, and declared for 90 days"
            ]
            assert found.rows()[0]["lifetime"] == text
        line = from_set_cookie("a=1; Max-Age=43200", host="x.example", at=NOON)
        assert audit([line], told).rows()[0]["lifetime"] == "0 days"

    def test_one_day_is_one_day(self):
        """As it is declared, and as it is set."""
        finding = one("a=1; Max-Age=172800", declaring(cookie("a", exact("a"), lifetime=lasting(1))))
        assert [remark.text for remark in finding.remarks] == ["it is set for 2 days, and declared for 1 day"]

    def test_a_cap_is_no_violation(self):
        """What a browser keeps for 400 days of a declared two years is shorter."""
        ends = (NOON + timedelta(days=400)).timestamp()
        seen = from_browser([{"name": "a", "domain": "x.example", "expires": ends}], at=NOON)
        assert audit(seen, declaring(cookie("a", exact("a"), lifetime=lasting(730)))).findings[0].remarks == ()
        finding = audit(seen, declaring(cookie("a", exact("a"), lifetime=lasting(399)))).findings[0]
        assert finding.remarked("lifetime-longer-than-declared") and not finding.remarked("cannot-tell")

    def test_what_depends_on_a_fact_is_settled_by_it(self):
        """A fact that nobody knows is named."""
        told = declaring(cookie("a", exact("a"), lifetime=depends_on("remember_me", lasting(30), otherwise=SESSION)))
        line = "a=1; Max-Age=864000"
        assert codes(one(line, told, facts={"remember_me": True})) == []
        assert codes(one(line, told, facts={"remember_me": False})) == ["lifetime-longer-than-declared"]
        (remark,) = one(line, told).remarks
        assert (remark.code, "whether remember me, which is not known" in remark.text) == ("cannot-tell", True)
        assert one("a=1", told).remarks == ()

    def test_what_cannot_be_told_is_said(self):
        """Without a moment an expiry says no days; an expiry that cannot be read says nothing."""
        line = "a=1; Expires=Wed, 01 Nov 2017 00:00:00 GMT"
        finding = one(line, declaring(cookie("a", exact("a"), lifetime=lasting(30))), at=None)
        assert codes(finding) == ["cannot-tell", "cannot-tell"]
        assert "how long it is kept depends on when it was received" in finding.remarks[1].text
        finding = one(line, declaring(cookie("a", exact("a"), lifetime=SESSION)), at=None)
        assert finding.remarks[1].text == "it is kept for a time, and declared to end: session"
        seen = from_browser([{"name": "a", "domain": "x.example", "expires": "soon"}], at=NOON)
        (finding,) = audit(seen, declaring(cookie("a", exact("a"), lifetime=SESSION))).findings
        assert finding.remarks == (Remark("cannot-tell", "how long it is kept is not known"),)


class TestConsent:
    """Before consent is before its moment; without a moment nobody can tell."""

    def test_without_consent_to_compare_with_nothing_is_said(self):
        """Nobody knows of any, so nobody can miss it."""
        assert codes(one("stats=1")) == []

    def test_one_moment_is_consent_to_everything(self):
        """From it on; a browser's cookies were set before they were seen, and are not said to be early."""
        assert codes(one("stats=1", consent=NOON)) == []
        assert codes(one("stats=1", consent=NOON - timedelta(hours=1))) == []
        (remark,) = one("stats=1", consent=NOON + timedelta(microseconds=1)).remarks
        assert remark == Remark("set-before-consent", "consent to everything was given later")

    def test_consent_is_to_purposes(self):
        """What stands in no consent had none; an empty one is none to anything."""
        later = NOON + timedelta(hours=1)
        assert codes(one("stats=1", consent={"statistics": NOON})) == []
        assert one("stats=1", consent={"statistics": later}).remarks[0].text == "consent to statistics was given later"
        assert one("stats=1", consent={}).remarks[0].text == "there was no consent to statistics"
        assert one("stats=1", consent={"advertising": NOON}, at=None).remarked("set-before-consent")

    def test_every_purpose_counts_but_the_strictly_necessary(self):
        """The worst wins: one purpose without consent is enough."""
        both = declaring(cookie("a", exact("a"), purposes=("session", "statistics", "advertising")))
        assert codes(one("a=1", both, consent={"statistics": NOON, "advertising": NOON})) == []
        (remark,) = one("a=1", both, consent={"statistics": NOON}).remarks
        assert remark == Remark("set-before-consent", "there was no consent to advertising")

    def test_what_is_strictly_necessary_needs_none(self):
        """Unless whoever asks has another rule."""
        assert codes(one("CART=1", consent={})) == []
        assert codes(one("CART=1", consent={}, needs_consent=lambda _: True)) == ["set-before-consent"]
        assert codes(one("CART=1", consent={"session": NOON}, needs_consent=lambda _: True)) == []
        assert codes(one("stats=1", consent={}, needs_consent=lambda _: False)) == []
        assert codes(one("stats=1", consent={}, needs_consent=lambda _: None)) == ["cannot-tell"]

    def test_a_purpose_that_nobody_knows_cannot_be_told_of(self):
        """Neither can an undeclared cookie: it is unknown, and no more."""
        odd = declaring(
            cookie("a", exact("a"), purposes=("odd",)), cookie("b", exact("b"), purposes=("odd", "statistics"))
        )
        assert codes(one("a=1", odd, consent={})) == ["cannot-tell"]
        assert codes(one("b=1", odd, consent={})) == ["set-before-consent"]
        for consent in ({}, NOON + timedelta(hours=1)):
            finding = one("x=1", consent=consent)
            assert codes(finding) == ["cannot-tell"] and finding.verdict == "undeclared"
        assert codes(one("x=1", consent=NOON)) == []

    def test_a_cookie_without_a_moment_cannot_be_told_of(self):
        """When it was set is the missing fact."""
        (remark,) = one("stats=1", consent=NOON, at=None).remarks
        assert remark.code == "cannot-tell" and remark.text.startswith("when it was set is not known")

    def test_what_is_not_kept_is_not_early(self):
        """A deletion and a refused cookie leave nothing behind."""
        assert codes(one("stats=; Max-Age=0", consent={})) == []
        assert codes(one("stats=1; SameSite=None", consent={})) == ["same-site-none"]

    def test_moments_need_their_zone(self):
        """Each of them."""
        for consent in (NOON.replace(tzinfo=None), {"statistics": NOON.replace(tzinfo=None)}):
            with pytest.raises(RecordError, match="no time zone"):
                audit([], SHOP, consent=consent)


class TestMisuse:
    """What would be an audit of something else is refused, and nothing of it is repeated."""

    @pytest.mark.parametrize("seen", [["CART=1; SECRET"], "SECRET", [parse("CART=SECRET")], [None]])
    def test_a_line_is_no_observation(self, seen):
        """Nobody knows who sent it."""
        with pytest.raises(RecordError, match=r"is no observation.*from_set_cookie") as caught:
            audit(seen, SHOP)
        assert "SECRET" not in str(caught.value)

    @pytest.mark.parametrize("moment", [date(2015, 11, 18), None, "2015-11-18"])
    def test_a_day_is_no_moment(self, moment):
        """On the day of consent a cookie may have been set before it."""
        with pytest.raises(RecordError, match="is no moment"):
            audit([], SHOP, consent={"statistics": moment})


class TestParties:
    """Whose cookie it is goes by the domain that it is kept for."""

    @pytest.mark.parametrize(
        ("party", "domain", "mismatch"),
        [
            ("first", "shop.example", False),
            ("first", "ads.example", True),
            ("first, by a third party's script", "www.shop.example", False),
            ("first, by a third party's script", "ads.example", True),
            ("third", "ads.example", False),
            ("third", "notshop.example", False),
            ("third", "www.shop.example", True),
            ("first and third", "ads.example", False),
            (LOST, "ads.example", False),
        ],
    )
    def test_the_party_is_compared_where_both_are_known(self, party, domain, mismatch):
        """What the statement does not say, or says of both, is not compared."""
        told = declaring(cookie("a", exact("a"), provider=Provider(party=party)))
        finding = one("a=1", told, host=domain, first_party=[".Shop.example"])
        assert finding.remarked("party-mismatch") is mismatch and finding.verdict == "declared"
        assert codes(one("a=1", told, host=domain)) == []

    def test_the_domains_are_compared_where_they_are_said(self):
        """With those that hold the cookie's own."""
        told = declaring(cookie("a", exact("a"), provider=Provider(domains=(".ads.example", "b.example"))))
        assert codes(one("a=1; Domain=ads.example", told, host="x.ads.example")) == []
        assert codes(one("a=1", told, host="b.example")) == codes(one("a=1", told, host="x.b.example")) == []
        (remark,) = one("a=1", told, host="c.example").remarks
        assert remark == Remark("party-mismatch", "it is kept for 'c.example', declared for ads.example")
        assert codes(one("a=1", declaring(cookie("a", exact("a"), provider=Provider(domains=()))), host="c")) == []

    def test_that_no_domains_were_given_is_said_once(self):
        """Where the statement names parties."""
        told = declaring(cookie("a", exact("a"), provider=Provider(party="first")))
        text = "which domains are the site's own is not known, so no parties are compared"
        assert Remark("cannot-tell", text) in audit([], told).remarks
        assert Remark("cannot-tell", text) not in audit([], told, first_party=["a.example"]).remarks
        assert Remark("cannot-tell", text) not in audit([], SHOP).remarks
        with pytest.raises(RecordError, match=r"are the text 'a\.example'"):
            audit([], told, first_party="a.example")

    @pytest.mark.parametrize(
        "text", ["", ".", "https://shop.example", "shop.example:80", "shop.example/", "[::1]:80", "a b", None]
    )
    def test_what_is_no_domain_is_none_of_the_sites_own(self, text):
        """Every cookie of the site's own would be remarked as another site's."""
        with pytest.raises(RecordError, match=r"is none of the site's own domains") as caught:
            audit([], SHOP, first_party=["shop.example", text])
        assert caught.value.data["domain"] == text

    def test_an_address_may_be_the_sites_own(self):
        """As browsers write it."""
        told = declaring(cookie("a", exact("a"), provider=Provider(party="first")))
        for host in ("[::1]", "127.0.0.1", "LOCALHOST"):
            assert one("a=1", told, host=host, first_party=[host]).remarks == ()

    def test_what_comes_for_anothers_page_is_refused_as_there(self):
        """Where the caller can tell; where nothing is said of SameSite, it depends on the browser."""

        def elsewhere(seen):
            return {"ads.example": True, "shop.example": False}.get(seen.host)

        lines = ("a=1; SameSite=Lax", "b=1", "c=1; SameSite=None; Secure")
        for host, verdicts in (
            ("ads.example", ["rejected-by-browser", "undeclared", "undeclared"]),
            ("shop.example", ["undeclared"] * 3),
            ("other.example", ["undeclared"] * 3),
        ):
            seen = [from_set_cookie(line, host=host, over_https=True) for line in lines]
            found = audit(seen, SHOP, third_party=elsewhere)
            assert [finding.verdict for finding in found.findings] == verdicts
            assert codes(found.findings[0]) == (["same-site"] if host == "ads.example" else [])
            told = [remark.text for remark in found.remarks if "takes Lax" in remark.text]
            assert len(told) == (host == "ads.example")
            assert not [finding for finding in audit(seen, SHOP).findings if finding.remarks]


class TestWhole:
    """What is to be known of no single cookie."""

    def test_what_was_not_seen_and_what_has_no_names(self):
        """Each cookie in use that has names; and, once, those that have none."""
        found = audit([from_set_cookie("CART=; Max-Age=0", host="a.example")], SHOP)
        assert found.remarks == (
            Remark("not-seen", "visits is declared and was not seen"),
            Remark("not-seen", "share is declared and was not seen"),
            Remark("cannot-tell", "the statement gives no names of lost: nobody could tell them if seen"),
        )

    def test_what_may_have_been_seen_is_not_said_to_be_missing(self):
        """Nor is a row that has no cookie of its own said to lack a name."""
        told = declaring(
            cookie("a", exact("x")), cookie("b", exact("x")), cookie("c", exact("y", domain="c.example"), exact("z"))
        )
        told = declaring(
            *told.cookies, cookie("d", reuses=("a",)), cookie("e", exact("w"), discontinued=date(2010, 1, 1))
        )
        assert audit([from_set_cookie("x=1", host="h"), from_set_cookie("y=1", host="")], told).remarks == ()
        assert {remark.text for remark in audit([], told).remarks} == {
            f"{id_} is declared and was not seen" for id_ in "abc"
        }

    def test_hints_are_given_for_what_is_not_declared(self):
        """From a list's rows or the list; and never as a verdict."""
        rows_ = [{"Cookie / Data Key name": name, "Category": "Marketing"} for name in ("CART", "_fbp", "")]
        for listed in (rows_, catalogue(rows_)):
            seen = [from_set_cookie(f"{name}=1", host="a.example") for name in ("CART", "_fbp", "")]
            found = audit(seen, SHOP, listed=listed)
            assert [list(map(str, finding.hints)) for finding in found.findings] == [[], ["Marketing"], []]
            assert [finding.verdict for finding in found.findings] == ["declared", "undeclared", "nameless"]
            assert [reject.place for reject in found.rejects] == ["catalogue[3]"]

    def test_rejects_are_handed_on(self):
        """What could not be read is part of the answer."""
        found = audit(from_har({"log": {"entries": [{}]}}), SHOP)
        assert [reject.place for reject in found.rejects] == ["log.entries[1].response"]
        assert found.findings == ()

    def test_an_order_of_cookies_changes_nothing_for_another(self):
        """Each is judged alone."""
        seen = [from_set_cookie(line, host="a.example", at=NOON) for line in ("CART=1", "x=1", "_v=1", "uvc=1")]
        forth, back = audit(seen, SHOP), audit(seen[::-1], SHOP)
        assert forth.findings == back.findings[::-1]

    @given(
        st.lists(st.text("CARTcart_v=;x\u200b \n\x00uvid" + "é", max_size=12) | st.text(), max_size=4), st.booleans()
    )
    def test_any_line_has_one_verdict(self, lines, known):
        """Whatever is sent, and its report can be written."""
        at = NOON if known else None
        found = audit([from_set_cookie(line, host="a.example", at=at) for line in lines], SHOP, consent={})
        assert len(found.findings) == len(lines) == sum(found.counts().values())
        assert str(found) and as_markdown(found) and len(found.rows()) <= len(lines)
        assert all(finding.hints == () for finding in found.findings)

    @given(st.lists(st.sampled_from(["CART", "_v1", "cart", "uvc", "y_txid", "é"]), max_size=5))
    def test_a_statement_that_declares_more_finds_no_more_undeclared(self, names):
        """Declaring a cookie never makes another undeclared."""
        seen = [from_set_cookie(f"{name}=1", host="a.example") for name in names]
        more = declaring(*SHOP.cookies, cookie("more", exact("cart"), prefix("é")))
        assert len(audit(seen, more).having("undeclared")) <= len(audit(seen, SHOP).having("undeclared"))
        assert len(audit(seen, declaring()).having("undeclared")) == len(names)

    def test_real_cookies_are_all_unknown_to_a_shop(self, shared):
        """163 cookies that a news site set: one was refused, one deleted, the rest is undeclared."""
        text = (shared / "data" / "set-cookie-lines" / "set_cookie_lines.tsv").read_text(encoding="utf-8")
        entries = [
            {
                "startedDateTime": started,
                "request": {"url": url},
                "response": {"headers": [{"name": "Set-Cookie", "value": value}]},
            }
            for _, started, url, value in map(json.loads, text.splitlines())
        ]
        with (shared / "data" / "open-cookie-database" / "open-cookie-database.csv").open(encoding="utf-8-sig") as file:
            found = audit(from_har({"log": {"entries": entries}}), SHOP, listed=csv.DictReader(file))
        counts = found.counts()
        assert counts["declared"] == counts["declared-but-discontinued"] == counts["nameless"] == 0
        assert counts["undeclared"] + counts["deletion"] + counts["rejected-by-browser"] == 163
        assert counts["deletion"] == 1 and counts["undeclared"] > 150
        known = {str(hint) for finding in found.findings for hint in finding.hints}
        assert any("Marketing" in hint for hint in known)


class TestWords:
    """An audit as rows, as text and as Markdown."""

    FOUND = audit(
        Observed(
            tuple(
                from_set_cookie(line, host="www.shop.example", at=NOON)
                for line in (
                    "CART=PRIVATE; Path=/",
                    "CART=PRIVATE; Path=/",
                    "CART=2; Path=/x; Max-Age=86400",
                    "a|b*=1",
                    "a\u200b=1; Domain=shop.example; Max-Age=9999999999999999",
                )
            ),
            (Reject("[9]", "it is no cookie"), Reject("", "there are more")),
        ),
        SHOP,
        listed=[{"Cookie / Data Key name": "a|b", "Category": "Marketing", "Wildcard match": "1", "Platform": "<P>"}],
    )

    def test_rows_are_counted(self):
        """What is to be said alike is one row."""
        rows_ = self.FOUND.rows()
        assert [row["times"] for row in rows_] == [2, 1, 1, 1]
        assert rows_[0] == {
            "name": "CART",
            "host": "www.shop.example",
            "domain": "www.shop.example",
            "path": "/",
            "verdict": "declared",
            "cookie": "basket",
            "by": "CART",
            "lifetime": "session",
            "codes": "",
            "remarks": "",
            "hints": "",
            "times": 2,
        }
        assert rows_[1]["codes"] == "lifetime-longer-than-declared" and rows_[1]["lifetime"] == "1 day"
        assert rows_[2]["hints"] == "<P>: Marketing (by its beginning, a|b*)" and rows_[2]["by"] == ""
        assert rows_[3]["name"] == "'a\\u200b'" and rows_[3]["lifetime"] == "very many days"
        assert rows_[2]["path"] is None
        (row,) = audit([from_set_cookie("a=1; Expires=Wed, 01 Nov 2017 00:00:00 GMT", host="x")], SHOP).rows()
        assert row["lifetime"] == ""

    def test_text(self):
        """Line by line."""
        assert str(self.FOUND) == as_text(self.FOUND)
        suffixes = "a browser may refuse 1 cookie: the Domain must be no public suffix"
        suffixes += ", and it is not known which domains are public suffixes"
        caveat = "It says what was seen and what is declared, as browsers read cookies (RFC 6265bis);"
        assert as_text(self.FOUND).splitlines() == [
            "Audit against the shop's: 5 cookies seen: 2 undeclared, 3 declared.",
            "- CART (www.shop.example): declared (basket)",
            "- CART (www.shop.example): declared (basket)",
            "    it is kept for 1 day, and declared to end: session",
            "- a|b* (www.shop.example): undeclared",
            "    <P>: Marketing (by its beginning, a|b*)",
            "- 'a\\u200b' (www.shop.example, for shop.example): undeclared",
            "    U+200B ZERO WIDTH SPACE is not seen",
            "* not-seen: visits is declared and was not seen",
            "* not-seen: share is declared and was not seen",
            "* cannot-tell: the statement gives no names of lost: nobody could tell them if seen",
            f"* cannot-tell: {suffixes}",
            "not read: [9]: it is no cookie",
            "not read: there are more",
            f"{caveat} not that anybody complies.",
        ]

    def test_markdown_is_escaped(self):
        """Every line of the table has as many cells."""
        text = as_markdown(self.FOUND)
        lines = [line for line in text.splitlines() if line.startswith("|")]
        assert len(lines) == 6
        assert {line.replace("\\|", "").count("|") for line in lines} == {7}
        assert "&lt;P&gt;: Marketing" in text and "a\\|b\\*" in text and "PRIVATE" not in text
        assert text.startswith("# Audit against the shop's\n\n5 cookies seen: 2 undeclared, 3 declared.\n\n|")
        assert "- not read: \\[9\\]: it is no cookie" in text
        assert text.endswith("not that anybody complies.\n")

    def test_what_strangers_wrote_stays_on_its_line(self):
        """Neither a catalogue's row nor an id begins a line of its own, or colours the terminal."""
        evil = "\x1b[31m\u202e\n- CART (shop.example): declared (basket)"
        statement = declaring(
            cookie(f"id{evil}", prefix(f"_v{evil}"), exact("stats"), purposes=(f"p{evil}",)), cookie(f"lost{evil}")
        )
        listed = [{"Cookie / Data Key name": "W", "Category": evil, "Platform": evil, "Wildcard match": "1"}]
        seen = [Observation(name=name, host="x", domain="x", kind="HAR") for name in ("stats", f"_v{evil}1", "W1")]
        found = audit(seen, statement, consent={}, listed=listed)
        assert [finding.verdict for finding in found.findings] == ["declared", "declared", "undeclared"]
        assert all(line.isprintable() for line in str(found).splitlines())
        assert not [line for line in str(found).splitlines() if line.startswith("- CART")]
        assert all(cell.isprintable() for row in found.rows() for cell in row.values() if isinstance(cell, str))

    def test_a_spreadsheet_runs_nothing(self):
        """An apostrophe goes before what looks like a formula, unless the caller wants none."""
        found = audit([Observation(name="@SUM(1+1)", host="x", domain="x", kind="browser")], SHOP)
        assert found.rows()[0]["name"] == "'@SUM(1+1)"
        assert found.rows(escape_formulas=False)[0]["name"] == "@SUM(1+1)"
        assert "\n- @SUM(1+1) (x): undeclared\n" in str(found)

    def test_no_value_is_told(self):
        """Neither in the words nor in the values."""
        assert "PRIVATE" not in repr(self.FOUND) + str(self.FOUND) + str(self.FOUND.rows())

    def test_many_rejects_are_told_in_short(self):
        """Twenty of them; all stand in the audit."""
        several = audit(Observed((), tuple(Reject(str(number), "x") for number in range(21))), SHOP)
        assert str(several).count("not read: ") == 20 and "more could not be read" in str(several)
        assert "more could not be read" not in str(
            audit(Observed((), tuple(Reject(str(number), "x") for number in range(20))), SHOP)
        )
        assert str(Audit("", ())).startswith("Audit against (none): 0 cookies seen.\nIt says")

    @given(st.text())
    def test_what_is_named_is_one_short_line(self, text):
        """Whatever it holds."""
        assert named(text).isprintable() and 0 < len(named(text)) <= 80

    def test_every_code_has_a_meaning(self):
        """Those that audits make here are in the table, or are codes of rejections."""
        assert set(codes(one("__Secure-cart=1"))) <= {*CODES}
        assert all(meaning for meaning in (*CODES.values(), *VERDICTS.values()))


def iet_statement():
    """Give the IET's statement of 2015, where it is."""
    try:
        return importlib.import_module("cpdrules.iet.privacy").statement
    except ImportError:
        pytest.skip("the IET's privacy statement is not part of this checkout")


class TestIetRows:
    """The inventory's table of observed cookies, row by row."""

    @pytest.mark.parametrize("row", rows("observed_set_cookie"), ids=named_row)
    def test_it_comes_out_as_in_the_table(self, row, request):
        """The verdict, and whatever else the row says of it."""
        statement = iet_statement()
        day = row.get("at_date", date(2015, 11, 18))
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        lines = split_joined(row["har_value"]) if "har_value" in row else (row["line"],)
        listed = []
        if "known_as" in row:
            path = request.getfixturevalue("shared") / "data" / "open-cookie-database" / "open-cookie-database.csv"
            with path.open(encoding="utf-8-sig", newline="") as file:
                listed = list(csv.DictReader(file))
        seen = [from_set_cookie(line, host=row["host"], at=at) for line in lines]
        findings = audit(seen, statement, listed=listed).findings
        if row["verdict"] == "two-cookies":
            assert len({finding.observation.identity for finding in findings}) == 2
            return
        (finding,) = findings
        assert finding.verdict == row["verdict"]
        assert finding.cookie == row.get("cookie", finding.cookie)
        if "by" in row:
            assert finding.remarked("inferred")
        if "because" in row:
            assert row["because"] in [remark.text for remark in finding.remarks]
        if "known_as" in row:
            assert row["known_as"]["ocd"] in [hint.category for hint in finding.hints]
