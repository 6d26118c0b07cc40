"""The IET's cookie statement by itself: what is restored and what is said, its groups, and its other versions."""

from __future__ import annotations

from datetime import date

import pytest

from cpdrules.iet import cookies, other_cookies, own_cookies, service_cookies
from cpdrules.iet.cookie_versions import VERSIONS
from cpdrules.privacy.cookies import LOST, PERMANENT, UNSTATED, Severity
from cpdrules.privacy.requirements import Accepts, Visit, named_in
from cpdrules.privacy.statements import Statement, as_stated, found
from cpdrules.privacy.versions import diff
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET

SECTIONS = (*own_cookies.SECTIONS, *service_cookies.SECTIONS, *other_cookies.SECTIONS)


def line(section: Statement) -> int:
    """Give the line at which a section begins: that of its group, its gap, or its first row."""
    rows = (*section.groups, *section.gaps, *section.explanations, *section.claims, *section.functions)
    first = (*rows, *section.routes)[0]
    assert first.source is not None
    assert first.source.line is not None
    return first.source.line


class TestThePart:
    """Twenty-six sections make one part."""

    def test_the_sections_stand_in_the_order_of_the_text(self) -> None:
        """Each begins after the one before."""
        lines = [line(section) for section in SECTIONS]
        assert lines == sorted(lines)
        assert len(set(lines)) == len(lines) == 26

    def test_everything_in_a_section_is_in_the_part(self) -> None:
        """In the same order."""
        assert cookies.part.cookies == tuple(cookie for section in SECTIONS for cookie in section.cookies)
        assert cookies.part.functions == tuple(one for section in SECTIONS for one in section.functions)
        assert cookies.part.gaps == tuple(gap for section in SECTIONS for gap in section.gaps)
        assert cookies.part.since == date(2015, 10, 25)

    def test_every_essential_cookie_serves_a_function_that_needs_it(self) -> None:
        """What a cookie says of blocking and what functions say they need agree, both ways."""
        for cookie in cookies.part.cookies:
            needing = {one.id for one in cookies.part.functions if cookie.id in named_in(one.requires, Accepts)}
            named = set(cookie.blocked.functions) | set(cookie.blocked.controller_functions)
            # the shop keeps its basket by cookies that are there for something else
            others = {"shop-basket"} if cookie.id in ("anon-session", "logon") else set()
            assert needing - others == (set() if cookie.reuses else named), cookie.id

    def test_a_cookie_is_as_bad_to_block_as_its_functions_are_to_lose(self) -> None:
        """The two places in which the text's grade is written down say the same."""
        for cookie in cookies.part.cookies:
            for name in cookie.blocked.functions:
                function = cookies.part.function(name)
                inferred = function.source.stated == "inferred"
                assert inferred or function.missing is cookie.blocked.severity, cookie.id

    def test_silence_is_not_harmlessness(self) -> None:
        """“none” is only said of the cookies that the text says it of."""
        harmless = {one.id for one in cookies.part.cookies if one.blocked.severity is Severity.NONE}
        assert harmless == {"oax-ads", "google-analytics", "scout-analytics"}
        silent = [one.id for one in cookies.part.cookies if one.blocked.severity is Severity.UNSTATED]
        assert len(silent) == 9

    def test_what_may_be_blocked_at_will(self) -> None:
        """The text says so of five, one of which it calls essential."""
        at_will = {one.id: one.group for one in cookies.part.cookies if one.blocked.at_will}
        assert at_will == {
            "anon-session": "essential",
            "oax-ads": "blockable",
            "google-analytics": "blockable",
            "scout-analytics": "discontinued",
            "webcast": "third-party",
        }

    def test_when_they_are_set(self) -> None:
        """Three are set under a condition only."""
        conditions = {one.id: one.applies_when for one in cookies.part.cookies if one.applies_when}
        assert conditions == {
            "anon-session": "not_logged_in",
            "adestra-email": "link_in_email_followed",
            "survey-invitation": "survey_running",
        }

    def test_data_that_goes_with_them(self) -> None:
        """The inventory lists that of Google Analytics; of the others the text speaks where it speaks of the cookie."""
        assert {one.id: one.data for one in cookies.part.cookies if one.data} == {
            "logon": ("session-id",),
            "basket-reuse": ("basket-contents",),
            "forum-last-visit": ("last-visit-date",),
            "forum-latest-posts": ("latest-posts-seen",),
            "archives-language": ("language",),
            "ln-event-booking": ("event-registration",),
            "google-analytics": ("ip-address", "page-requests"),
            "scout-analytics": ("behaviour-profile",),
            "adestra-email": ("email-link-clicks",),
        }

    def test_promises_name_what_they_bar(self) -> None:
        """Four promises are about cookies, each with what these must not be for, or hold; none is broken."""
        profile = ("behavioural-profile", "behaviour-profile")
        promises = {one.id: (one.cookies, one.bars) for one in cookies.part.commitments if one.cookies}
        assert promises == {
            "c05": (("anon-session",), ("statistics", *profile)),
            "c06": (("logon",), ("name", "postal-address", "telephone", "email", "username", "password")),
            "c07": (("oax-ads",), profile),
            "c08": (("google-analytics",), profile),
        }
        for about, bars in promises.values():
            for cookie in map(cookies.part.cookie, about):
                assert not {*cookie.purposes, *cookie.data} & {*bars}

    def test_calendar_paging_for_those_who_log_on_is_a_reading(self) -> None:
        """The text speaks of visitors who are not logged in; that the others can page is concluded."""
        function = cookies.part.function("events-calendar-paging")
        log_on = cookies.part.function("log-on").requires
        assert function.requires is not None
        assert log_on is not None
        assert function.requires.source is not None
        assert function.requires.source.stated == "inferred"
        works = {"log-on": log_on.assess(Visit())}
        visit = Visit(blocked=["anon-session"], works=works)
        assert function.requires.assess(visit).verdict is MET
        said = as_stated(cookies.part).function("events-calendar-paging").requires
        assert said is not None
        assert said.assess(visit).verdict is NOT_MET
        assert function.requires.assess(Visit(blocked=["anon-session"])).verdict is CANNOT_TELL


class TestNames:
    """Of 24 entries five have names; all names but one are restored or assumed."""

    def test_who_has_names(self) -> None:
        """Nineteen entries stay nameless: nobody could restore them."""
        named = {one.id: len(one.names) for one in cookies.part.cookies if one.names}
        assert named == {"anon-session": 2, "oax-ads": 1, "google-analytics": 7, "scout-analytics": 2, "addthis": 4}

    def test_only_one_name_is_stated(self) -> None:
        """The rest say where they come from, and go when only what is stated counts."""
        said = as_stated(cookies.part)
        assert [(one.id, [str(name) for name in one.names]) for one in said.cookies if one.names] == [
            ("scout-analytics", ["9nn8c_txid"])
        ]

    def test_where_names_come_from(self) -> None:
        """From the later list, or from other words of the page."""
        sources = {
            one.id: {name.source.document for name in one.names if name.source and name.source.stated == "inferred"}
            for one in cookies.part.cookies
            if one.names
        }
        assert sources == {
            "anon-session": {"list-copy"},
            "oax-ads": {"P2"},
            "google-analytics": {"list-copy"},
            "scout-analytics": {"P2"},
            "addthis": {"list-copy"},
        }

    @pytest.mark.parametrize(
        ("name", "host", "cookie"),
        [
            ("CFID", "www.theiet.org", "anon-session"),
            ("CFTOKEN", "", "anon-session"),
            ("oax", "", "oax-ads"),
            ("oaxNNN", "", "oax-ads"),
            ("__utmt_b", "", "google-analytics"),
            ("_dc_gtm_UA-1-1", "", "google-analytics"),
            ("9nn8c_txid", "", "scout-analytics"),
            ("4kk2z_txid", "", "scout-analytics"),
            ("uvc", "s7.addthis.com", "addthis"),
            ("__atuvc", "www.theiet.org", "addthis"),
            ("cfid", "www.theiet.org", ""),
            ("uvc", "www.theiet.org", ""),
            ("OAX", "", ""),
            ("_dc_gtm_ua-1", "", ""),
        ],
    )
    def test_what_they_match(self, name: str, host: str, cookie: str) -> None:
        """Case matters, and so does the domain where there is one."""
        matching = [one.id for one in cookies.part.cookies if any(bool(part.matches(name, host)) for part in one.names)]
        assert matching == ([cookie] if cookie else [])

    def test_what_was_lost_is_not_what_was_never_said(self) -> None:
        """Seven domains were in the text; of the others it is silent."""
        domains = {one.id: one.provider.domains for one in cookies.part.cookies}
        assert {name for name, said in domains.items() if said is LOST} == {
            "archives-session",
            "archives-language",
            "ln-event-booking",
            "oax-ads",
            "scout-analytics",
            "adestra-email",
            "webcast",
        }
        assert set(domains.values()) == {LOST, UNSTATED}

    def test_inferred_fields_go(self) -> None:
        """Who is identified by four log-on and booking cookies and by the emails, is concluded."""
        said = as_stated(cookies.part)
        gone = {
            one.id: one.inferred
            for one in cookies.part.cookies
            if one.inferred and one != found(said.cookies, one.id, "cookie")
        }
        assert gone == {
            "forum-logon": ("identifies",),
            "jobs-supplementary": ("identifies",),
            "mycommunity-supplementary": ("identifies",),
            "ln-event-booking": ("identifies",),
            "scout-analytics": ("lifetime",),
            "adestra-email": ("identifies", "how"),
            "webcast": ("where",),
        }


class TestVersions:
    """Six versions of the page, in their order."""

    def test_the_seed_is_the_fifth(self) -> None:
        """It is the part itself, and the only one with a date."""
        assert [version.statement is cookies.part for version in VERSIONS] == [False] * 4 + [True, False]
        dated = [version.id for version in VERSIONS if version.statement and version.statement.since]
        assert dated == ["v5-seed"]

    def test_one_is_not_known(self) -> None:
        """A copy that breaks off says nothing of cookies, which is not that there are none."""
        assert [version.id for version in VERSIONS if version.statement is None] == ["v4-www2"]

    def test_they_cite_their_copies(self) -> None:
        """Each row of a version stands in the copy that the version is known by."""
        for version in VERSIONS:
            if version.statement is not None and version.statement is not cookies.part:
                cited = {source.document for cookie in version.statement.cookies for source in cookie.sources}
                assert cited == {version.document}
                assert version.document in cookies.SOURCES

    def test_the_earlier_copies(self) -> None:
        """One thing is permanent and can be deleted, one comes from third parties under policies of their own."""
        for version in VERSIONS[:2]:
            assert version.statement is not None
            uses = version.statement.cookies
            kept = [(one.id, one.deletable) for one in uses if one.lifetime is PERMANENT]
            assert kept == [("forum-state", True)]
            assert [one.id for one in uses if one.deletable] == ["forum-state"]
            assert [one.id for one in uses if one.own_policy] == ["third-party-ads"]
            assert [one.provider.party for one in uses] == ["first"] * 5 + ["third"]
            assert [one.applies_when for one in uses if one.applies_when] == ["survey_running"]
            assert [one.purposes for one in uses if one.id == "third-party-ads"] == [("advertising-delivery",)]

    def test_aggregated_tracking_identifies_nobody(self) -> None:
        """So the third copy says; of its other uses it does not."""
        aggregated = VERSIONS[2].statement
        assert aggregated is not None
        assert [one.identifies for one in aggregated.cookies] == [UNSTATED, UNSTATED, UNSTATED, False]

    def test_the_list_sorts_by_other_words(self) -> None:
        """Each entry stands in one of its three groups."""
        listed = VERSIONS[-1].statement
        assert listed is not None
        groups = {one.id: (one.group, one.provider.party, one.provider.organisation) for one in listed.cookies}
        assert groups == {
            "anon-session": ("strictly-necessary", "first", "iet"),
            "addthis": ("functional", "third", "addthis"),
            "google-analytics": ("metrics", "third", "google"),
        }

    def test_purposes_are_those_of_the_seed(self) -> None:
        """What has one id in two versions is for one thing, so that versions can be compared."""
        for version in VERSIONS:
            if version.statement is not None:
                for one in version.statement.cookies:
                    seed = next((cookie for cookie in cookies.part.cookies if cookie.id == one.id), one)
                    assert one.purposes == seed.purposes
                assert version.statement.controller == "iet"

    def test_they_can_be_compared(self) -> None:
        """The two earliest differ in where they stand alone; the list lacks 21 entries of the seed, and adds none."""
        first, second, *_, seed, listed = [version.statement for version in VERSIONS if version.statement is not None]
        assert {one.field for one in diff(first, second)} == {"name", "sources"}
        cookies_of = [one for one in diff(seed, listed) if one.table == "cookies"]
        assert len([one for one in cookies_of if one.kind == "removed"]) == 21
        assert [one for one in cookies_of if one.kind == "added"] == []

    def test_purposes_come_along(self) -> None:
        """Each version has the purposes that its cookies are for, and no others."""
        for version in VERSIONS:
            if version.statement is not None:
                used = {purpose for cookie in version.statement.cookies for purpose in cookie.purposes}
                assert {purpose.id for purpose in version.statement.cookie_purposes} == used

    def test_the_list_names_what_the_seed_lost(self) -> None:
        """Restored names are those of the list; of AddThis the seed takes the four that are assumed."""
        listed = VERSIONS[-1].statement
        assert listed is not None
        for restored in ("anon-session", "google-analytics"):
            names = found(listed.cookies, restored, "cookie").names
            assert [str(name) for name in names] == [str(name) for name in cookies.part.cookie(restored).names]
        texts = {name.text for name in found(listed.cookies, "addthis", "cookie").names}
        assert {name.text for name in cookies.part.cookie("addthis").names} < texts
