"""The IET's privacy and cookie statement, row by row beside the inventory, and what holds of it as one value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cpdrules import Policy
from cpdrules.iet import cookies, data_use, personal_data, privacy, privacy_rights
from cpdrules.iet.privacy import statement
from cpdrules.privacy.checks.contradictions import contradictions
from cpdrules.privacy.cookies import UNSTATED, Provider
from cpdrules.privacy.practices import ANY
from cpdrules.privacy.requirements import Accepts, Given, Visit, Works, named_in
from cpdrules.privacy.statements import as_stated, found, sources_of
from cpdrules.verdicts import CANNOT_TELL, MET, NOT_MET
from tests.iet.privacy_rows import TABLES, Table
from tests.privacy.inventory import INVENTORY


def _each() -> list[Any]:
    return [pytest.param(table, row, id=f"{name}-{row['id']}") for name, table in TABLES.items() for row in table.rows]


class TestTheInventory:
    """Every row of the inventory is in the statement, as it is there, and nothing else but what says why."""

    @pytest.mark.parametrize(("table", "row"), _each())
    def test_a_row_is_written_as_it_is_listed(self, table: Table, row: dict[str, Any]) -> None:
        """Ids, lines, kinds, lists: whatever is no wording is the same on both sides."""
        assert table.tell(table.written[row["id"]]) == table.expect(row)

    @pytest.mark.parametrize(("table", "row"), _each())
    def test_what_is_worded_is_said(self, table: Table, row: dict[str, Any]) -> None:
        """Where the inventory has words, the statement has words of its own, and leaves none out."""
        for key, name in table.words.items():
            if row.get(key):
                assert getattr(table.written[row["id"]], name), key

    @pytest.mark.parametrize(("table", "row"), _each())
    def test_no_key_of_the_inventory_goes_unread(self, table: Table, row: dict[str, Any]) -> None:
        """A key that nobody compares would be a fact that may get lost; one without a value is a comma in a text."""
        read = {"id", *table.keys, *table.words}
        assert {key for key, value in row.items() if value is not None} - read == set()

    @pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
    def test_nothing_is_missing_and_nothing_extra(self, table: Table) -> None:
        """Both ways: the statement's own rows are those of the inventory, and the few that give their reason."""
        assert set(table.written) == {row["id"] for row in table.rows} | set(table.extra)
        assert all(table.extra.values())

    def test_the_counts_of_the_issue(self) -> None:
        """23 organisations, 24 cookies, 27 functions, 33 purposes, 32 data items, beside the rows that rules name."""
        counts = {name: len(table.rows) for name, table in TABLES.items()}
        assert [counts[name] for name in ("organisations", "cookies", "functions", "purposes", "data items")] == [
            23,
            24,
            27,
            33,
            32,
        ]

    def test_what_a_request_needs(self) -> None:
        """Line 73, as the inventory has it; a deadline it does not state."""
        row, access = INVENTORY["subject_access_policy"], statement.access
        assert access is not None
        assert access.source is not None
        assert (access.written, access.addressee) == (row["form"] == "written", row["addressee"])
        assert access.must_include == tuple(row["must_include"])
        assert access.must_include_if_any == tuple(row["must_include_if_any"])
        fee = {"amount": access.fee, "currency": access.currency, "modality": access.fee_modality}
        assert fee == row["fee"]
        assert access.deadline is None
        assert access.source.line == 73

    @pytest.mark.parametrize("row", INVENTORY["meta"]["components"], ids=lambda row: row["id"])
    def test_the_parts_have_their_dates(self, row: dict[str, Any]) -> None:
        """Each with its lines, and the line that dates it."""
        part = found(statement.components, row["id"], "component")
        assert (part.title, list(part.lines), part.updated) == (row["title"], row["lines"], row["updated"])
        assert part.source is not None
        assert part.source.line == row["lines"][1]

    def test_sources_of_what_was_restored_are_named(self) -> None:
        """Each copy that the inventory names has a name in the list of sources; where a gap was filled from is one."""
        copies = {row["id"] for row in INVENTORY["sources"]} - {"jobs-copy"}  # the same text as the seed
        assert copies | {"P1", "P2"} == set(privacy.SOURCES)
        assert {gap.filled_from for gap in statement.gaps} - {""} <= set(privacy.SOURCES)


class TestOneStatement:
    """The two parts make one page, in which nothing dangles."""

    def test_each_part_keeps_its_date(self) -> None:
        """The page speaks since the later of the two, and says who decides."""
        assert (privacy.part.since, cookies.part.since) == (date(2015, 11, 18), date(2015, 10, 25))
        assert (statement.since, statement.controller, statement.log_on) == (date(2015, 11, 18), "iet", "log-on")

    def test_every_id_is_one_of_its_table(self) -> None:
        """Whatever speaks of a cookie, a function, an item, a purpose, an organisation or a route speaks of one."""
        known = {name: set(table.written) for name, table in TABLES.items()}
        organisations, items = known["organisations"], known["data items"]
        named: dict[str, set[str]] = {name: set() for name in known}
        for one in statement.cookies:
            named["cookie purposes"].update(one.purposes)
            named["groups"].update({one.group, one.listed_under} - {""})
            named["routes"].update(one.opt_outs)
            named["gaps"].update({one.gap} - {""})
            named["data items"].update(one.data)
            named["cookies"].update(one.reuses)
            named["functions"].update(one.blocked.functions, one.blocked.controller_functions, one.blocked.unaffected)
            named["organisations"].update({one.provider.organisation, one.provider.served_by} - {"", UNSTATED})
        for function in statement.functions:
            named["cookies"].update(named_in(function.requires, Accepts))
            named["functions"].update(named_in(function.requires, Works))
        for purpose in statement.purposes:
            wanted = {item for _, item in purpose.required_if}
            named["data items"].update(purpose.required, wanted, purpose.may_require, purpose.uses)
            named["organisations"].update(purpose.by)
            named["preferences"].update({purpose.subject_to} - {""})
        for rule in statement.disclosure:
            named["organisations"].update(() if rule.to is ANY else rule.to)
            named["purposes"].update(() if rule.purposes is ANY else rule.purposes)
        for tracking in statement.trackings:
            named["purposes"].add(tracking.purpose)
            named["organisations"].update({tracking.by} - {""})
            named["data items"].update(tracking.data)
        for term in (*statement.recipient_terms, *statement.transfers):
            named["organisations"].update(getattr(term, "applies_to", ()), getattr(term, "to", ()))
        named["purposes"].update(purpose for one in statement.preferences for purpose in one.stops)
        named["functions"].update(right.needs for right in statement.rights if right.needs)
        named["functions"].update(name for claim in statement.claims for name, _ in claim.lost)
        for promise in statement.commitments:
            named["cookies"].update(promise.cookies)
            assert set(promise.bars) <= items | known["cookie purposes"]
        assert {name: ids - known[name] for name, ids in named.items() if ids - known[name]} == {}
        assert statement.controller in organisations

    def test_rows_that_close_it(self) -> None:
        """Rules and purposes name two bodies, a purpose and an item that the inventory has no rows for."""
        assert statement.organisation("iet-officers").source.line == 31
        assert statement.organisation("public").source.line == 21
        purpose = statement.purpose("global-activities")
        assert (purpose.kind, purpose.required, purpose.uses, sources_of(purpose)[0].line) == ("service", (), (), 11)
        assert [source.line for source in found(statement.data_items, "contact-address-in-use", "item").sources] == [69]

    def test_items_that_tell_people_apart(self) -> None:
        """Names, addresses, numbers and identifiers do; of the others nobody has said, and that is not “no”."""
        told = {item.id: item.identifies for item in statement.data_items if item.identifies is not None}
        assert set(told.values()) == {True}
        assert told.keys() == {
            "name",
            "postal-address",
            "telephone",
            "other-contact",
            "supporter-name",
            "email",
            "login-account",
            "payment-details",
            "ip-address",
            "membership-number",
            "contact-address-in-use",
            "username",
            "session-id",
        }

    def test_data_of_a_cookie_is_said_where_the_cookie_is(self) -> None:
        """An item goes with a cookie only where a line speaks of both, or the inventory says so."""
        listed = {row["id"]: row["identifies_user"].get("data_items", []) for row in INVENTORY["cookies"]}
        items = {item.id: {source.line for source in item.sources} for item in statement.data_items}
        for cookie in statement.cookies:
            lines = {source.line for source in cookie.sources} | (
                {61} if cookie.provider.organisation == "scout" else set()
            )
            assert set(listed[cookie.id]) <= set(cookie.data)
            assert [item for item in cookie.data if not items[item] & lines] == []

    def test_the_sections_follow_the_text(self) -> None:
        """Each begins after the one before; the parts stand in the order of the page."""
        sections = (*personal_data.SECTIONS, *data_use.SECTIONS, *privacy_rights.SECTIONS)
        begins = [
            min(sources_of(row)[0].line or 0 for row in (*one.organisations, *one.purposes, *one.duties))
            for one in sections
        ]
        assert begins == sorted(begins)
        assert len(begins) == 21
        assert [part.id for part in statement.components] == ["privacy-2015", "cookies-2015"]

    def test_everything_in_a_section_is_in_the_part(self) -> None:
        """In the same order."""
        sections = (*personal_data.SECTIONS, *data_use.SECTIONS, *privacy_rights.SECTIONS)
        for table in ("purposes", "disclosure", "data_items", "duties", "rights", "functions"):
            rows = tuple(row for section in sections for row in getattr(section, table))
            assert getattr(privacy.part, table) == rows


class TestContradictions:
    """The inventory's k01 to k05, found from the rows."""

    def test_each_pair_of_lines_is_found(self) -> None:
        """All five, and no other."""
        pairs = {tuple(source.line for source in one.between) for one in contradictions(statement)}
        assert pairs == {tuple(row["between"]) for row in INVENTORY["contradictions"]}


class TestDisclosure:
    """The rules, as data: who may be told what for, in the order of the text."""

    def test_whatever_no_rule_allows_is_denied_by_the_last(self) -> None:
        """The rule for permission stands just before it, and both are for everyone and everything."""
        *_, permission, otherwise = statement.disclosure
        assert (permission.id, permission.allows, otherwise.id, otherwise.allows) == ("d12", True, "d99", False)
        assert otherwise.when is None
        assert all(rule.allows for rule in statement.disclosure[:-1])

    @pytest.mark.parametrize(
        ("rule", "facts", "verdict"),
        [
            ("d02", {"member": True}, MET),
            ("d02", {"services_requested": True}, MET),
            ("d02", {"member": False}, CANNOT_TELL),
            ("d02", {"member": False, "services_requested": False}, NOT_MET),
            ("d04", {}, MET),
            ("d04", {"responsible_officer": False}, NOT_MET),
            ("d05", {"registrant": True}, MET),
            ("d05", {}, CANNOT_TELL),
            ("d06", {"new_registrant": False}, NOT_MET),
            ("d07", {}, MET),
            ("d07", {"recipient_bound": False}, NOT_MET),
            ("d08", {"told": True}, MET),
            ("d09", {}, CANNOT_TELL),
            ("d10", {"told": False}, NOT_MET),
            ("d12", {}, NOT_MET),
            ("d12", {"explicit_permission": True}, MET),
        ],
    )
    def test_conditions(self, rule: str, facts: dict[str, bool], verdict: object) -> None:
        """What is not recorded cannot be told from, but for permission (not given) and what the terms presume."""
        when = found(statement.disclosure, rule, "rule").when
        assert when is not None
        assert when.assess(Visit(facts=facts)).verdict is verdict

    @pytest.mark.parametrize("rule", ["d01", "d03", "d11", "d99"])
    def test_rules_without_a_condition(self, rule: str) -> None:
        """“As appropriate” and “may be necessary” are no facts that anybody could look up."""
        assert found(statement.disclosure, rule, "rule").when is None

    def test_facts_are_in_words(self) -> None:
        """A fact that is asked for says what it is."""
        rules = [rule.when for rule in statement.disclosure if isinstance(rule.when, Policy)]
        assert all(leaf.says for rule in rules for leaf in rule.walk() if isinstance(leaf, Given))

    def test_no_transfer_names_a_safeguard(self) -> None:
        """The text names none: that is a silence, and never “no”."""
        assert {transfer.safeguard for transfer in statement.transfers} == {UNSTATED}

    def test_transfers_go_to_networks_and_offices(self) -> None:
        """Anyone's data may go there for global activities, a member's who is, or will be, abroad for two more."""
        both = ("local-networks", "overseas-offices")
        assert {one.id: (one.to, one.when) for one in statement.transfers} == {
            "tr1": (both, ()),
            "tr2": (both, ("member", "location_outside_eea")),
        }

    def test_tracking_uses_what_its_purpose_uses(self) -> None:
        """Each way of tracking serves a purpose, with the data that the purpose uses."""
        for tracking in statement.trackings:
            assert tracking.data == statement.purpose(tracking.purpose).uses
        assert {one.id: one.by for one in statement.trackings if one.by} == {"scout-code": "scout"}

    def test_one_preference_stops_information(self) -> None:
        """The opt-out is recorded as a fact; no other choice stops a purpose of the IET's own."""
        stopping = {one.id: (one.fact, one.stops) for one in statement.preferences if one.stops}
        assert stopping == {"p02": ("marketing_opt_out", ("send-information",))}
        assert {one.id: one.subject_to for one in statement.purposes if one.subject_to} == {"send-information": "p02"}

    def test_no_legal_basis_is_named(self) -> None:
        """The text of 2015 names none for any purpose."""
        assert {purpose.lawful_bases for purpose in statement.purposes} == {UNSTATED}


class TestAsStated:
    """What is only concluded can be left out, and then what rests on it cannot be told."""

    def test_inferred_rows_go(self) -> None:
        """Two functions and two data items are concluded as a whole."""
        said = as_stated(statement)
        assert {one.id for one in statement.functions} - {one.id for one in said.functions} == {
            "members-services-online",
            "forum-log-on",
        }
        assert {one.id for one in statement.data_items} - {one.id for one in said.data_items} == {
            "payment-details",
            "discussion-posts",
        }
        assert len(said.cookies) == len(statement.cookies)
        assert len(said.disclosure) == len(statement.disclosure)

    def test_who_sets_a_cookie(self) -> None:
        """That advertising comes from the IET's own domain was restored; who made Career Manager is not said."""
        said = as_stated(statement)
        assert statement.cookie("oax-ads").provider.party == "first"
        assert (said.cookie("oax-ads").provider.party, said.cookie("oax-ads").provider.note) == (UNSTATED, "")
        assert said.cookie("oax-ads").provider.served_by == "realmedia"
        assert statement.cookie("career-manager-session").provider.note
        assert said.cookie("career-manager-session").provider == Provider()
        assert [one.id for one in said.cookies if one.provider.party != statement.cookie(one.id).provider.party] == [
            "oax-ads"
        ]

    def test_it_is_stated_already(self) -> None:
        """Leaving it out twice leaves out no more."""
        assert as_stated(as_stated(statement)) == as_stated(statement)


class TestRights:
    """Who may ask for what, and how."""

    def test_the_account_needs_the_log_on(self) -> None:
        """My IET is for registered users, and works only for those who can log on."""
        right = found(statement.rights, "q01", "right")
        assert (right.when, right.needs) == ("registered_website_user", "my-iet")
        assert named_in(statement.function("my-iet").requires, Works) == ("log-on",)

    def test_duties_matter_when_their_fact_holds(self) -> None:
        """Six are for shared computers, one for a suspicion, one for changes; the rest hold always."""
        whens = [duty.when for duty in statement.duties if duty.of == "visitor"]
        assert sorted(whens) == ["", "change_asked_for", "compromise_suspected", *["shared_computer"] * 6]
        assert {duty.when for duty in statement.duties if duty.of == "institution"} == {""}
