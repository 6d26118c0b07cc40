"""The IET's privacy and cookie statement (P1 and P2), line by line: the deciding words, and what became of them.

Where the source texts stand beside the checkout, every quotation is looked up in its line.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cpdrules.iet.privacy import statement
from cpdrules.privacy.access_deadlines import deadline
from cpdrules.privacy.access_requests import AccessRequest, Asked
from cpdrules.privacy.access_validity import validity
from cpdrules.privacy.asking import duties_of, required_data, rights_of
from cpdrules.privacy.cookies import LOST, UNSTATED, Severity
from cpdrules.privacy.disclosure import may_disclose
from cpdrules.privacy.effects import effects_of, everything, group, short_version
from cpdrules.privacy.practices import Commitment
from cpdrules.privacy.statements import found
from cpdrules.verdicts import MET
from tests.iet import privacy_rows
from tests.privacy.inventory import INVENTORY

COVERAGE: dict[int, list[str]] = INVENTORY["coverage"]
CITED = privacy_rows.cited()

#: What the inventory's map has on a line, and lives elsewhere, with the reason.
ELSEWHERE = {
    (5, "iet"): "the organisation cites the line of its registration; what it is, is explained",
    (7, "iet"): "the same",
    (7, "audience: members, non-members, contacts, stakeholders"): "explained",
    (9, "iet-services"): "cites the line of its registration",
    (9, "iet-standards"): "the same",
    (9, "brands"): "a field of the organisation",
    (55, "cookies-2015"): "a component cites the line that dates it; that it exists is explained",
    (61, "k01"): "found from the rows, and not listed",
    (182, "k01"): "the same",
    (105, "short_version_claims"): "a table, whose rows have no ids",
    (105, "e02"): "what the effects of blocking everything come to",
    (105, "log-on"): "cites the line that says what it needs; the claim cites this one",
}


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[str]:
    """Give the lines of the page."""
    return (shared / "seeds" / "000_0056898537dc2fed.txt").read_text(encoding="utf-8").splitlines()


class TestQuotations:
    """Every citation stands in the text, and every line of the text has a home."""

    def test_every_quotation_is_in_its_line(self, lines: list[str]) -> None:
        """The words stand where the row says they stand, in the part that it names."""
        of_the_page = [source for source in CITED if source.document in ("P1", "P2")]
        assert len(of_the_page) > 300
        assert [one for one in of_the_page if one.line is None or one.quote not in lines[one.line - 1]] == []

    def test_every_citation_is_of_its_part(self) -> None:
        """The privacy part ends with line 89, the cookie part with line 200."""
        parts = {part.document: part.lines for part in statement.components}
        for one in CITED:
            first, last = parts.get(one.document, (0, 0))
            assert one.document not in parts or first <= (one.line or 0) <= last, one

    def test_citations_are_of_known_sources(self) -> None:
        """Beside the page itself only the list that names were restored from is cited."""
        assert {one.document for one in CITED} == {"P1", "P2", "list-copy"}
        assert {one.stated for one in CITED if one.document == "list-copy"} == {"inferred"}

    def test_quotations_are_a_few_words(self) -> None:
        """The texts are not ours to copy: nothing longer than the words that decide is quoted."""
        assert max(len(source.quote.split()) for source in CITED) <= 8

    def test_only_lines_without_words_are_cited_without_any(self, lines: list[str]) -> None:
        """Where the copy has lost everything, there is nothing to quote."""
        silent = {one.line for one in CITED if not one.quote and one.line}
        assert [line for line in silent if lines[line - 1].strip()] == []

    def test_every_line_of_content_is_cited(self) -> None:
        """The inventory maps every line that is no heading; no line of it is left without a row."""
        assert set(COVERAGE) - {source.line for source in CITED} == set()

    def test_lines_that_are_not_mapped_are_headings(self, lines: list[str]) -> None:
        """Fifteen lines of the page only name what follows."""
        written = {number for number, text in enumerate(lines, 1) if text.strip()}
        assert written - set(COVERAGE) == {1, 3, 17, 27, 53, 63, 71, 77, 85, 91, 101, 103, 107, 111, 194}
        assert set(COVERAGE) <= written

    @pytest.mark.parametrize("line", COVERAGE, ids=str)
    def test_what_a_line_holds_cites_it(self, line: int) -> None:
        """Each row that the inventory maps to a line cites the line, but for those that say why not."""
        citing = {
            row.id
            for table in privacy_rows.TABLES.values()
            for row in table.written.values()
            if hasattr(row, "id") and line in {place for _, place in privacy_rows.places(row)}
        }
        citing |= {part.id for part in statement.components if part.source and part.source.line == line}
        missing = [name for name in COVERAGE[line] if name not in citing]
        assert [name for name in missing if (line, name) not in ELSEWHERE] == []
        assert [name for at, name in ELSEWHERE if at == line and name in citing] == []


_TABLE = re.compile(r"^\| (\d+) \| ([^|]*) \| [^|]+ \| ([^|]*) \| `(\w+)` \|$", re.MULTILINE)


def seeds_table() -> list[tuple[str, str, str, str]]:
    """Give the rows of the page's table: line, words, homes, test."""
    text = (Path(__file__).parents[2] / "docs" / "privacy-seeds.md").read_text(encoding="utf-8")
    return _TABLE.findall(text)


class TestSeedsTable:
    """`docs/privacy-seeds.md` says of each line where it lives, and what tries it."""

    def test_every_line_is_in_the_table_once(self) -> None:
        """In the order of the text."""
        assert [int(line) for line, *_ in seeds_table()] == sorted(COVERAGE)

    def test_homes_cite_their_lines(self) -> None:
        """A row that the table names for a line is one of the statement's, and cites the line."""
        written = [(name, row) for name, table in privacy_rows.TABLES.items() for row in table.written.values()]
        for line, _, homes, _ in seeds_table():
            for home in re.findall(r"`([^`]+)`", homes):
                found_rows = [row for name, row in written if home in (getattr(row, "id", ""), name)]
                found_rows += [part for part in statement.components if part.id == home]
                found_rows += [statement.access] if home == "access" else []
                assert any(int(line) in {at for _, at in privacy_rows.places(row)} for row in found_rows), (line, home)

    def test_tests_exist(self) -> None:
        """The class is one of this file's."""
        assert {test for *_, test in seeds_table()} - set(globals()) == set()

    def test_words_are_in_their_lines(self, lines: list[str]) -> None:
        """The deciding words stand in the text."""
        assert [line for line, words, *_ in seeds_table() if words not in lines[int(line) - 1]] == []


# The privacy part -----------------------------------------------------------------------------------------------------


class TestLines5To15:
    """Who the IET is: a charity with “two wholly owned trading subsidiaries” and a benevolent fund."""

    def test_numbers_of_the_registers(self) -> None:
        """Each body has the number that it is registered under."""
        numbers = {one.id: one.numbers for one in statement.organisations if one.numbers}
        assert set(numbers) == {"iet", "iet-services", "iet-standards"}
        assert len(numbers["iet"]) == 2

    def test_line_11_the_group_may_be_told_to_introduce_goods(self) -> None:
        """“any of these legal entities”, for one purpose, and no other without permission."""
        for body in ("iet-services", "iet-standards", "iet-connect"):
            assert may_disclose(statement, ["name"], to=body, purpose="introduce-goods").outcome.value == "allow"
            assert may_disclose(statement, ["name"], to=body, purpose="market-analysis").outcome.value == "deny"


class TestLines19To25:
    """What is asked for: “name, address and other contact information”, and “may be required”."""

    def test_line_21_products_and_events(self) -> None:
        """Typically, three items."""
        for purpose in ("send-products", "register-for-event"):
            needed = required_data(statement, purpose)
            assert needed.required == ("name", "postal-address", "other-contact")
            assert needed.modality == "normally"

    def test_line_21_further_information_of_some(self) -> None:
        """Of those who seek MIET or a qualification; one item is about a third person."""
        needed = required_data(statement, "assess-application", ["miet_applicant"])
        assert needed.may_require == ("educational-history", "employment-history", "supporter-name")
        assert [item.id for item in needed.third_persons] == ["supporter-name"]
        assert required_data(statement, "assess-application", ["member"]).may_require == ()

    def test_line_21_the_register(self) -> None:
        """Those who seek a qualification are made known to the Engineering Council; it publishes the list."""
        asked = may_disclose(
            statement, ["name"], to="engc", purpose="register-qualification", facts={"registrant": True}
        )
        assert asked.outcome.value == "allow"
        assert statement.purpose("publish-new-registrants").by == ("engc",)

    def test_line_23_promises(self) -> None:
        """Neither by hidden methods nor from outside sources: promised as attempts that are not made."""
        promises = [found(statement.commitments, id, "promise") for id in ("c01", "c02")]  # noqa: A001
        assert all(one.promises == "never" and one.says.startswith("attempt") for one in promises)

    def test_line_25_the_account(self) -> None:
        """Name, email address and country; the country tells which activities are near."""
        assert required_data(statement, "website-registration").required == ("name", "email", "country")
        assert required_data(statement, "local-activities").required == ("country",)

    def test_line_25_an_order_normally_needs_an_account(self) -> None:
        """“Normally”: an order is lost with the log-on, as surely as that says."""
        effects = effects_of(statement, ["logon"])
        assert effects.lost["shop-order"] is Severity.FAILS
        assert effects["shop-order"].modality == "normally"
        assert "shop-basket" in effects.kept


class TestLines29To39:
    """What is done with data: within the IET, its networks, third parties that are bound, analysis and marketing."""

    def test_line_31_officers(self) -> None:
        """Those responsible for requested services, which is presumed of officers."""
        asked = may_disclose(statement, ["name"], to="iet-officers", purpose="deliver-requested")
        assert asked.outcome.value == "allow"

    def test_line_33_abroad(self) -> None:
        """A member outside the EEA: allowed, and marked as a transfer without a safeguard."""
        facts = {"member": True, "location_outside_eea": True}
        asked = may_disclose(statement, ["name"], to="local-networks", purpose="membership-services", facts=facts)
        assert asked.outcome.value == "allow"
        assert {transfer.id for transfer in statement.transfers if transfer.safeguard is UNSTATED} == {"tr1", "tr2"}

    def test_line_37_third_parties_are_bound(self) -> None:
        """Presumed, since the IET requires it; where it is known not to hold, nothing may be told."""
        ask = {"to": "delivery-third-parties", "purpose": "deliver-requested"}
        assert may_disclose(statement, ["name"], **ask).outcome.value == "allow"  # type: ignore[arg-type]
        unbound = may_disclose(statement, ["name"], facts={"recipient_bound": False}, **ask)  # type: ignore[arg-type]
        assert unbound.outcome.value == "deny"

    @pytest.mark.parametrize(("no", "outcome"), [(True, "deny"), (False, "allow")])
    def test_line_39_a_preference_stops_information(self, no: bool, outcome: str) -> None:
        """“subject to any preference”: whoever said no is sent nothing."""
        facts = {"marketing_opt_out": no}
        asked = may_disclose(statement, ["email"], to="adestra", purpose="send-information", facts=facts)
        assert asked.outcome.value == outcome


class TestLines41To51:
    """Optional questions; those who are told before; “Otherwise” nobody."""

    def test_line_41_answers_are_optional(self) -> None:
        """Nothing is required."""
        needed = required_data(statement, "improve-by-questions")
        assert (needed.required, needed.optional) == ((), ("optional-answers",))

    @pytest.mark.parametrize(
        ("to", "purpose"),
        [
            ("netbanx", "take-payment"),
            ("worldpay", "take-payment"),
            ("event-partners", "partner-event"),
            ("preferential-services", "preferential-service"),
        ],
    )
    def test_lines_43_to_47_only_who_was_told(self, to: str, purpose: str) -> None:
        """Told: allowed. Not told: denied. Not known: not known."""
        outcomes = {
            told: may_disclose(statement, ["name"], to=to, purpose=purpose, facts={"told": told}).outcome.value
            for told in (True, False, None)
        }
        assert outcomes == {True: "allow", False: "deny", None: "unknown"}

    def test_line_49_another_company_has_its_own_policy(self) -> None:
        """The IET's no longer applies there."""
        assert [term.id for term in statement.recipient_terms if term.hands_over] == ["r03"]

    def test_line_51_nobody_else(self) -> None:
        """Not without permission, which has to be recorded; but for the law."""
        ask = {"to": "other-companies", "purpose": "marketing"}
        assert may_disclose(statement, ["email"], **ask).outcome.value == "deny"  # type: ignore[arg-type]
        permitted = may_disclose(statement, ["email"], facts={"explicit_permission": True}, **ask)  # type: ignore[arg-type]
        assert permitted.outcome.value == "allow"
        law = may_disclose(statement, ["name"], to="authorities", purpose="law-enforcement")
        assert law.outcome.value == "allow"


class TestLines55To61:
    """Tracking that is no cookie: logs, personal links, ranges of addresses, “also uses Scout Analytics”."""

    def test_four_ways_of_tracking(self) -> None:
        """Only the links in emails can be avoided; Scout Analytics is active here."""
        assert [(one.id, bool(one.stopped_by), one.active) for one in statement.trackings] == [
            ("personalised-email-links", True, True),
            ("server-logs", False, True),
            ("ip-range-test", False, True),
            ("scout-code", False, True),
        ]

    def test_line_61_says_what_line_182_takes_back(self) -> None:
        """One organisation, in use in the later part and given up in the earlier one: both are kept."""
        scout = found(statement.trackings, "scout-code", "tracking")
        cookie = statement.cookie("scout-analytics")
        assert (scout.by, cookie.provider.organisation) == ("scout", "scout")
        assert (scout.active, cookie.active) == (True, False)


class TestLines65To75:
    """Changes by My IET or the enquiry form; a copy on “a written request”, for which a fee “may” be charged."""

    def test_line_67_my_iet_is_closed_without_the_log_on_cookies(self) -> None:
        """The enquiry form stays open."""
        lost = effects_of(statement, ["logon"]).lost
        open_to = {one.right.id: one.open for one in rights_of(statement, {"registered_website_user": True}, lost=lost)}
        assert (open_to["q01"], open_to["q02"]) == (False, True)

    def test_line_69_who_asks_is_identified(self) -> None:
        """By an address in use, and of members by their number."""
        assert required_data(statement, "identify-requester", ["member"]).required == (
            "contact-address-in-use",
            "membership-number",
        )
        assert required_data(statement, "identify-requester", []).required == ("contact-address-in-use",)

    def test_line_73_a_copy(self) -> None:
        """The statement asks for three items and a number of those who have one; it promises no deadline of its own."""
        assert required_data(statement, "subject-access", ["member"]).required == (
            "name",
            "postal-address",
            "telephone",
            "membership-number",
        )
        assert statement.access is not None
        assert statement.access.deadline is None

    def test_line_73_the_deadline_is_the_laws(self) -> None:
        """Forty days in 2015, the day of receipt being the first."""
        assert deadline(AccessRequest(date(2015, 11, 18))).due == date(2015, 12, 27)

    def test_line_73_what_the_statement_demands(self) -> None:
        """On its own day a request with everything is valid; a fee that is asked for is still awaited."""
        assert statement.access is not None
        has = ("name", "postal-address", "telephone")
        request = AccessRequest(date(2015, 12, 1), written=True, has=has, asked=(Asked("fee", date(2015, 12, 1)),))
        assert validity(request, statement.access).needs == ("fee",)


class TestLines79To87:
    """“must not share the password”, guidelines for shared computers, and a policy under review."""

    def test_duties_of_visitors(self) -> None:
        """Two hold whatever the computer is; six are for shared ones, one of them a recommendation."""
        alone = duties_of(statement, "visitor", {"shared_computer": False, "compromise_suspected": False})
        assert {due.duty.id for due in alone} == {"s01", "s09"}
        shared = duties_of(statement, "visitor", {"shared_computer": True, "change_asked_for": False})
        kinds = [due.duty.kind for due in shared if due.duty.when == "shared_computer"]
        assert sorted(kinds) == ["guideline"] * 5 + ["recommendation"]

    def test_duties_of_the_institution(self) -> None:
        """Nine, whatever the facts."""
        assert len(duties_of(statement, "institution")) == 9


class TestDates:
    """“Updated: 18 November 2015” and “Updated 25 October 2015”."""

    def test_two_parts_two_dates(self) -> None:
        """Each part speaks from its own day."""
        assert [(part.document, part.updated) for part in statement.components] == [
            ("P1", date(2015, 11, 18)),
            ("P2", date(2015, 10, 25)),
        ]


# The cookie part ------------------------------------------------------------------------------------------------------


class TestLines93To99:
    """Why cookies are used, and “will not attempt to identify you unless you log in”."""

    def test_explanations(self) -> None:
        """Five, which a statement in our own words has to carry."""
        assert [one.id for one in statement.explanations if one.source.document == "P2"] == [
            "x01",
            "x02",
            "x03",
            "x04",
            "x05",
        ]

    def test_line_97_a_promise_not_to_identify(self) -> None:
        """It bars no cookie by name: routine ones are not listed."""
        promise: Commitment = found(statement.commitments, "c04", "promise")
        assert (promise.promises, promise.cookies) == ("never", ())


class TestLine105:
    """The short version: log-in, basket and new messages fail, and most information can be browsed."""

    def test_it_follows_from_the_long_version(self) -> None:
        """Each claim is what the effects of blocking everything come to."""
        assert [check.verdict for check in short_version(statement)] == [MET] * 4

    def test_only_browsing_is_left(self) -> None:
        """The long version loses more than the short one says."""
        effects = effects_of(statement, everything(statement))
        assert effects.kept == ("browse-information",)
        assert len(effects.lost) == 16


class TestLines109To117:
    """Essential cookies; the log-on is needed “to register and/or log on”."""

    def test_the_log_on(self) -> None:
        """Without its cookies nobody registers or logs on, and the rest that needs it goes, too."""
        lost = effects_of(statement, ["logon"]).lost
        assert {lost[name] for name in ("log-on", "register", "my-iet")} == {Severity.FAILS}
        assert {"jobs-recognised", "mycommunity-recognised"} <= set(lost)

    def test_the_lifetime_depends_on_remember_me(self) -> None:
        """Until log-off or close without it; with it, the text does not say."""
        lifetime = statement.cookie("logon").lifetime
        assert str(lifetime.under({"remember_me": False})) == "until log-off or close"
        assert str(lifetime.under({"remember_me": True})) == "unstated"


class TestLines121And123:
    """“You may block these if you wish”, and the shop cannot be used “Without accepting cookies”."""

    def test_those_who_do_not_log_on_lose_the_shop(self) -> None:
        """At will, and yet a function fails: the linter has something to find."""
        assert statement.cookie("anon-session").blocked.at_will
        lost = effects_of(statement, ["anon-session"], logs_on=False).lost
        assert (lost["shop-basket"], lost["events-calendar-paging"]) == (Severity.FAILS, Severity.DEGRADED)

    def test_those_who_log_on_keep_both(self) -> None:
        """By the log-on's cookies."""
        assert effects_of(statement, ["anon-session"], logs_on=True).lost == {}

    def test_the_basket_sets_no_cookie(self) -> None:
        """To block it by itself is in vain."""
        assert effects_of(statement, ["basket-reuse"]).idle == {"basket-reuse"}


class TestLines129To140:
    """Forums, top bar, E&T Jobs “even though log-ons work normally on other IET sites”, MyCommunity."""

    def test_line_129_permanent_and_deletable(self) -> None:
        """Though listed as essential, two may be deleted; then new messages are not indicated."""
        two = [cookie for cookie in statement.cookies if cookie.deletable]
        assert [(one.id, str(one.lifetime), one.group) for one in two] == [
            ("forum-last-visit", "permanent", "essential"),
            ("forum-latest-posts", "permanent", "essential"),
        ]
        for cookie in two:
            assert effects_of(statement, [cookie.id]).lost == {"forum-new-messages": Severity.FAILS}

    def test_line_136_only_jobs(self) -> None:
        """The log-on goes on working."""
        effects = effects_of(statement, ["jobs-supplementary"])
        assert effects.lost == {"jobs-recognised": Severity.NOT_RECOGNISED}
        assert "log-on" in effects.kept

    def test_line_140_by_analogy(self) -> None:
        """As at E&T Jobs."""
        effects = effects_of(statement, ["mycommunity-supplementary"])
        assert effects.lost == {"mycommunity-recognised": Severity.NOT_RECOGNISED}

    def test_line_132_says_nothing_of_blocking(self) -> None:
        """Not known, and never “nothing happens”."""
        assert effects_of(statement, ["top-bar"]).unknown == ("top-bar-state",)


class TestLines144To160:
    """“will fail”, “may not work fully”, “may not work reliably”, and silence."""

    @pytest.mark.parametrize(
        ("cookie", "lost", "unknown"),
        [
            ("archives-session", {"archives-search": Severity.FAILS}, ("archives-language",)),
            ("archives-language", {}, ("archives-language",)),
            ("career-manager-session", {"career-manager": Severity.DEGRADED}, ()),
            ("magazine-access", {}, ("magazine-access",)),
            ("ln-event-booking", {"ln-free-booking": Severity.FAILS}, ()),
            ("digital-library-session", {"digital-library": Severity.UNRELIABLE}, ()),
        ],
    )
    def test_each_service(self, cookie: str, lost: dict[str, Severity], unknown: tuple[str, ...]) -> None:
        """As the text grades it."""
        effects = effects_of(statement, [cookie])
        assert (effects.lost, effects.unknown) == (lost, unknown)


class TestLines162To183:
    """“without affecting your experience on the site”."""

    def test_the_group_costs_visitors_nothing(self) -> None:
        """Those who run the site lose two things."""
        effects = effects_of(statement, group(statement, "blockable"))
        assert (effects.lost, effects.unknown) == ({}, ())
        assert set(effects.controller_lost) == {"ad-repeat-avoidance", "site-statistics"}

    def test_line_167_an_own_cookie_from_an_others_server(self) -> None:
        """Whose cookie it is, and who delivers it, are two things."""
        provider = statement.cookie("oax-ads").provider
        assert (provider.party, provider.organisation, provider.served_by) == ("first", "iet", "realmedia")

    def test_line_175_includes_an_address(self) -> None:
        """Said not to look at individuals, yet the IP address is processed with it."""
        cookie = statement.cookie("google-analytics")
        assert cookie.identifies is False
        assert "ip-address" in cookie.data

    def test_line_179_and_similar_names(self) -> None:
        """One name is in the text; the pattern is a reading."""
        names = statement.cookie("scout-analytics").names
        assert [(str(name), name.source and name.source.stated) for name in names] == [
            ("9nn8c_txid", "stated"),
            ("*_txid", "inferred"),
        ]

    def test_line_182_no_longer(self) -> None:
        """Listed among what can be blocked, and not in use."""
        cookie = statement.cookie("scout-analytics")
        assert (cookie.group, cookie.listed_under) == ("discontinued", "blockable")
        assert cookie.discontinued == date(2015, 10, 25)


class TestLines185To192:
    """Third parties, “in accordance with their own cookie and privacy policies”."""

    def test_six_entries(self) -> None:
        """Of one of them blocking is a nuisance; of the rest the text says nothing."""
        third = group(statement, "third-party")
        effects = effects_of(statement, third)
        assert len(third) == 6
        assert effects.lost == {"survey-shown-once": Severity.NUISANCE}
        assert set(effects.unknown) == {"webcasts", "library-information-services", "social-content", "sharing-widget"}


class TestLines196And198:
    """Where to read on, and whom to ask: “please contact”, and nothing follows."""

    def test_the_address_is_lost(self) -> None:
        """Whether the right has a route cannot be told."""
        right = found(statement.rights, "q07", "right")
        assert right.route is LOST
        assert found(statement.gaps, "g21", "gap").filled == ()
