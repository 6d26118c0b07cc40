"""What the law of a day wants a notice to say, and what of it a statement says: item by item, and the IET's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from cpdrules.errors import UnknownRefError
from cpdrules.findings import Source
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.checks.notices import FAIR_PROCESSING, NOTICES, NoticeAnswer, Said, notice_items
from cpdrules.privacy.cookies import LOST, UNSTATED
from cpdrules.privacy.law.cookie_law import UK_2026
from cpdrules.privacy.law.data_law import NoticeItem
from cpdrules.privacy.practices import Particular, Right, RightKind
from cpdrules.privacy.statements import Statement
from tests.privacy.inventory import INVENTORY
from tests.privacy.museum import MUSEUM, changed, house, site
from tests.privacy.strategies import statements

#: A day on which all of today's items are wanted.
TODAY = date(2026, 6, 19)

EMPTY = Statement(name="empty")


def answers(statement: Statement, on: date = TODAY) -> dict[str, NoticeAnswer]:
    """Give the answers by the names of the items."""
    return {one.item.name: one for one in notice_items(statement, on=on, jurisdiction="UK")}


def answer(statement: Statement, name: str, on: date = TODAY) -> NoticeAnswer:
    """Give the answer on one item."""
    return answers(statement, on)[name]


def lines(found: NoticeAnswer) -> set[int | None]:
    """Give the lines of an answer."""
    return {source.line for source in found.sources}


def _listed() -> dict[str, Any]:
    law = INVENTORY["law_notice_items"]
    return {name: value for items in law.values() for name, value in items.items() if name not in ("since", "note")}


class TestTheIet:
    """Compared with the inventory's law_notice_items: null is missing, a line with a note is partly."""

    @pytest.mark.parametrize("name", _listed())
    def test_an_item_is_answered_as_it_is_listed(self, name: str) -> None:
        """There, partly, or missing; at the lines that the inventory has."""
        listed, found = _listed()[name], answer(iet, name)
        if listed is None:
            assert (found.said, found.sources) == (Said.MISSING, ())
        elif isinstance(listed, dict):
            assert found.said is Said.PARTLY
            heading = {63: {67, 68, 69, 73}}  # line 63 is the heading over these
            assert lines(found) & heading.get(listed["line"], {listed["line"]})
        else:
            assert found.said is Said.THERE
            assert lines(found) & set(listed)

    def test_the_items_are_those_listed(self) -> None:
        """On the day on which the last of them came into force."""
        assert set(answers(iet)) == set(_listed())

    def test_on_its_own_day_it_said_what_was_wanted(self) -> None:
        """Under the law of 1998, as far as rows can tell."""
        found = answers(iet, date(2015, 11, 18))
        assert {name: one.said for name, one in found.items()} == {
            "controller_identity": Said.THERE,
            "purposes": Said.THERE,
            "cookie_purposes": Said.THERE,
        }

    def test_it_is_worded_with_the_law_and_the_day_it_was_read(self) -> None:
        """Never “compliant”."""
        assert str(answer(iet, "transfers")) == (
            "transfers: partly: said; no safeguard of tr1, tr2 [P1 11, 33] "
            "(under (UK) GDPR, art 13(1)(f) as read on 21 November 2026)"
        )
        assert str(answer(iet, "retention")) == (
            "retention: missing: the text says nothing of it "
            "(under (UK) GDPR, art 13(2)(a) as read on 21 November 2026)"
        )


class TestTheDay:
    """Items are wanted from one day to another."""

    @pytest.mark.parametrize(
        ("day", "names"),
        [
            (date(2000, 2, 29), set()),
            (date(2000, 3, 1), {"controller_identity", "purposes"}),
            (date(2003, 12, 10), {"controller_identity", "purposes"}),
            (date(2003, 12, 11), {"controller_identity", "purposes", "cookie_purposes", "opportunity_to_refuse"}),
            (date(2011, 5, 25), {"controller_identity", "purposes", "cookie_purposes", "opportunity_to_refuse"}),
            (date(2011, 5, 26), {"controller_identity", "purposes", "cookie_purposes"}),
            (date(2018, 5, 24), {"controller_identity", "purposes", "cookie_purposes"}),
        ],
    )
    def test_what_was_wanted_before_2018(self, day: date, names: set[str]) -> None:
        """Each item to its last day."""
        assert set(answers(EMPTY, day)) == names

    def test_what_is_wanted_since(self) -> None:
        """Fourteen items of the GDPR, two of 5 February 2026, one of 19 June 2026."""
        counts = [len(answers(EMPTY, day)) for day in (date(2018, 5, 25), date(2026, 2, 5), date(2026, 6, 18), TODAY)]
        assert counts == [15, 16, 16, 17]

    @drawn(st.dates(date(1999, 1, 1), date(2030, 1, 1)))
    @settings(max_examples=50)
    def test_no_item_is_wanted_twice_on_one_day(self, day: date) -> None:
        """Whatever day it is."""
        found = notice_items(EMPTY, on=day, jurisdiction="UK")
        assert len({one.item.name for one in found}) == len(found)

    def test_another_jurisdiction_wants_what_its_law_says(self) -> None:
        """Nothing ships for it: the law is the caller's."""
        with pytest.raises(UnknownRefError, match="There is no law of 'Ruritania'"):
            notice_items(iet, on=TODAY, jurisdiction="Ruritania")
        item = NoticeItem(name="motto", law="r", says="", jurisdiction="Ruritania", since=TODAY, source=Source("R"))
        (found,) = notice_items(iet, on=TODAY, jurisdiction="Ruritania", law=(item,))
        assert (found.said, found.why) == (Said.MISSING, "the text says nothing of it")
        assert notice_items(iet, on=TODAY - timedelta(1), jurisdiction="Ruritania", law=(item,)) == ()

    def test_everything_that_ships_has_a_source_and_a_day(self) -> None:
        """Two laws, each cited to its paragraph."""
        assert NOTICES[: len(FAIR_PROCESSING)] == FAIR_PROCESSING
        assert {one.law for one in FAIR_PROCESSING} == {"dpa_1998", "pecr_2003"}
        assert [one.source.document for one in FAIR_PROCESSING] == [
            "Data Protection Act 1998, Sch. 1, Part II, para 2(3)(a)",
            "Data Protection Act 1998, Sch. 1, Part II, para 2(3)(c)",
            "SI 2003/2426, reg 6(2)(a)",
            "SI 2003/2426, reg 6(2)(b) as made",
        ]
        assert len({(one.law, one.name) for one in NOTICES}) == len(NOTICES)


class TestSilence:
    """“UNSTATED stays missing.”: as it was asked for."""

    def test_an_empty_statement_says_nothing(self) -> None:
        """Every item is missing, but the means of objecting to cookies that it does not have."""
        found = answers(EMPTY)
        not_called_for = {"objection_route_for_statistics", "objection_route_for_appearance"}
        assert {name for name, one in found.items() if one.said is Said.NOT_CALLED_FOR} == not_called_for
        assert {one.said for name, one in found.items() if name not in not_called_for} == {Said.MISSING}
        assert all(not one.sources for one in found.values())
        assert {one.said for one in answers(EMPTY, date(2005, 1, 1)).values()} == {Said.MISSING}

    @drawn(statements())
    @settings(max_examples=30, deadline=None)
    def test_whatever_is_drawn_is_answered(self, statement: Statement) -> None:
        """One answer for each item, and a source wherever something is said to be there."""
        for day in (date(2005, 1, 1), TODAY):
            assert all(one.why for one in answers(statement, day).values())


class TestParticulars:
    """What no other table has a place for is looked for among the particulars."""

    @pytest.mark.parametrize("name", [one.name for one in NOTICES if one.since <= TODAY and one.until is None])
    def test_a_particular_answers_any_item(self, name: str) -> None:
        """In full, or in part where it says what it lacks."""
        whole = Particular(id="p", item=name, says="so and so", source=house(44))
        found = answer(evolve(EMPTY, particulars=(whole,)), name)
        assert (found.said, found.why, lines(found)) == (Said.THERE, "so and so", {44})
        part = answer(evolve(EMPTY, particulars=(evolve(whole, lacks="the rest"),)), name)
        assert (part.said, part.why, lines(part)) == (Said.PARTLY, "so and so, without the rest", {44})

    def test_a_whole_one_is_enough(self) -> None:
        """What another lacks does not matter then."""
        whole = Particular(id="p", item="retention", says="all", source=house(44))
        part = Particular(id="q", item="retention", says="some", lacks="more", source=house(45))
        found = answer(evolve(EMPTY, particulars=(part, whole)), "retention")
        assert (found.said, found.why, lines(found)) == (Said.THERE, "all", {44})

    def test_rows_are_better_than_half_a_particular(self) -> None:
        """The better answer is kept; the other way round, too."""
        half = Particular(id="p", item="recipients", says="some", lacks="others", source=house(44))
        assert answer(evolve(MUSEUM, particulars=(half,)), "recipients").said is Said.THERE
        whole = Particular(id="p", item="rights", says="all of them", source=house(44))
        assert answer(evolve(MUSEUM, particulars=(whole,)), "rights").why == "all of them"

    def test_the_museum_says_how_long_and_half_of_who_decides(self) -> None:
        """Other items' particulars do not count."""
        assert answer(MUSEUM, "retention").said is Said.THERE
        assert answer(MUSEUM, "automated_decisions").said is Said.PARTLY
        assert answer(MUSEUM, "controller_contact").said is Said.MISSING


class TestItems:
    """One rule an item."""

    def test_the_controller(self) -> None:
        """Named, with a row of its own."""
        found = answer(MUSEUM, "controller_identity")
        assert (found.said, found.why, lines(found)) == (Said.THERE, "The Tram Museum", {1})
        for bare in (evolve(MUSEUM, controller=""), evolve(MUSEUM, controller="ghost")):
            assert answer(bare, "controller_identity").said is Said.MISSING
        assert answer(changed(MUSEUM, "organisations", "museum", name=""), "controller_identity").said is Said.MISSING

    def test_whom_to_turn_to(self) -> None:
        """Named, and reached where the controller is."""
        found = answer(MUSEUM, "dpo_contact")
        assert (found.said, lines(found)) == (Said.PARTLY, {33})
        assert found.why == "to turn to: the archivist; how to reach them is not said"
        address = Particular(id="p9", item="controller_contact", says="Depot 1", source=house(45))
        reached = answer(evolve(MUSEUM, particulars=(address,)), "dpo_contact")
        assert (reached.said, reached.why) == (Said.THERE, "to turn to: the archivist")
        for access in (None, AccessPolicy()):
            assert answer(evolve(MUSEUM, access=access), "dpo_contact").why == "nobody is named to turn to"

    def test_purposes(self) -> None:
        """Of data; of cookies alone in part."""
        assert (answer(MUSEUM, "purposes").said, answer(MUSEUM, "purposes").why) == (Said.THERE, "3 purposes")
        cookies = answer(evolve(MUSEUM, purposes=()), "purposes")
        assert (cookies.said, cookies.why) == (Said.PARTLY, "of cookies alone") and 6 in lines(cookies)

    def test_legal_bases(self) -> None:
        """Of all purposes, of some, of none."""
        some = answer(MUSEUM, "lawful_basis")
        assert (some.said, lines(some)) == (Said.PARTLY, {6, 7})
        assert some.why == "named of 1 purposes, and not of letters, counting-visits"
        every = self._with_bases(("GDPR, art 6(1)(a)",))
        assert answer(every, "lawful_basis").said is Said.THERE
        assert answer(every, "lawful_basis").why == "named of 3 purposes"
        assert answer(self._with_bases(UNSTATED), "lawful_basis").why == "no legal basis is named"

    def test_interests(self) -> None:
        """Not called for where all bases are named and none is the interests; missing otherwise."""
        consent = answer(self._with_bases(("GDPR, art 6(1)(a)",)), "legitimate_interests")
        assert (consent.said, consent.why) == (Said.NOT_CALLED_FOR, "no purpose relies on them")
        relying = answer(self._with_bases(("GDPR, art 6(1)(f)",)), "legitimate_interests")
        assert relying.said is Said.MISSING and relying.why.startswith("membership, letters, counting-visits rely on")
        assert answer(MUSEUM, "legitimate_interests").why.startswith("not every purpose has a legal basis")

    def _with_bases(self, bases: Any) -> Statement:
        return evolve(MUSEUM, purposes=tuple(evolve(one, lawful_bases=bases) for one in MUSEUM.purposes))

    def test_recipients(self) -> None:
        """Wherever a rule says who may be told, or that nobody may."""
        found = answer(MUSEUM, "recipients")
        assert (found.said, found.why, lines(found)) == (Said.THERE, "2 rules", {12, 13})
        assert answer(evolve(MUSEUM, disclosure=()), "recipients").why == "who is told is not said"

    def test_transfers(self) -> None:
        """With what protects the data, in full; without it, in part; silence is no “no”."""
        assert (answer(MUSEUM, "transfers").said, lines(answer(MUSEUM, "transfers"))) == (Said.THERE, {15})
        for silent in (UNSTATED, LOST):
            bare = answer(changed(MUSEUM, "transfers", "t1", safeguard=silent), "transfers")
            assert (bare.said, bare.why) == (Said.PARTLY, "said; no safeguard of t1")
        assert answer(evolve(MUSEUM, transfers=()), "transfers").said is Said.MISSING

    def test_rights(self) -> None:
        """All six of article 13(2)(b), some, none."""
        some = answer(MUSEUM, "rights")
        assert (some.said, lines(some)) == (Said.PARTLY, {33, 34})
        assert some.why == "access, rectification; not erasure, restriction, objection, portability"
        six: tuple[RightKind, ...] = (
            *("access", "rectification", "erasure"),
            *("restriction", "objection", "portability"),
        )
        assert answer(self._with_right(*six), "rights").said is Said.THERE
        assert answer(self._with_right(*six[:-1]), "rights").said is Said.PARTLY
        assert answer(self._with_right("objection to marketing"), "rights").why == "none of the rights is spoken of"

    def _with_right(self, *kinds: RightKind, route: Any = "a letter") -> Statement:
        right = Right(id="q", says="do it", route=route, kinds=kinds, source=house(46))
        return evolve(MUSEUM, rights=(right,), preferences=())

    def test_taking_consent_back(self) -> None:
        """A right to, in full; a choice about marketing, in part."""
        found = answer(self._with_right("withdrawal of consent"), "withdraw_consent")
        assert (found.said, found.why, lines(found)) == (Said.THERE, "do it", {46})
        assert answer(self._with_right("objection to marketing"), "withdraw_consent").said is Said.PARTLY
        assert answer(self._with_right("access"), "withdraw_consent").said is Said.MISSING
        chosen = answer(MUSEUM, "withdraw_consent")
        assert (chosen.said, chosen.why, lines(chosen)) == (Said.PARTLY, "of marketing alone", {16})
        idle = changed(MUSEUM, "preferences", "no-letters", stops=())
        assert answer(idle, "withdraw_consent").said is Said.MISSING

    @pytest.mark.parametrize(
        ("item", "kind"),
        [
            ("complaint_to_authority", "complaint to the authority"),
            ("complaints_procedure", "complaint to the controller"),
        ],
    )
    def test_complaints(self, item: str, kind: RightKind) -> None:
        """To the authority, and to the controller: two things; without a way, in part."""
        found = answer(self._with_right(kind), item)
        assert (found.said, found.why, lines(found)) == (Said.THERE, "do it", {46})
        silent = answer(self._with_right(kind, route=UNSTATED), item)
        assert (silent.said, silent.why) == (Said.PARTLY, "do it; how is not said")
        assert answer(self._with_right("access"), item).why == f"no {kind} is spoken of"

    def test_what_must_be_given(self) -> None:
        """In part at best: what follows if it is not given, no row says."""
        found = answer(MUSEUM, "statutory_or_contractual_requirement")
        assert (found.said, lines(found)) == (Said.PARTLY, {6, 7})
        only_if = changed(MUSEUM, "purposes", "membership", required=())
        assert answer(only_if, "statutory_or_contractual_requirement").said is Said.PARTLY
        none = changed(only_if, "purposes", "membership", required_if=())
        assert answer(none, "statutory_or_contractual_requirement").said is Said.MISSING

    def test_what_cookies_are_for(self) -> None:
        """All of them, or not those whose purpose is not described."""
        day = date(2012, 1, 1)
        assert answer(MUSEUM, "cookie_purposes", day).said is Said.THERE
        vague = answer(changed(MUSEUM, "cookies", "cart", purposes=("ghost",)), "cookie_purposes", day)
        assert (vague.said, vague.why) == (Said.PARTLY, "7 cookies; without a purpose: cart")

    def test_how_to_refuse_them(self) -> None:
        """A route, deletion at will or blocking at will; of every cookie in use, or of some."""
        day = date(2005, 1, 1)
        some = answer(MUSEUM, "opportunity_to_refuse", day)
        assert (some.said, some.why) == (Said.PARTLY, "not of order, films")
        for change in ({"deletable": True}, {"opt_outs": ("browser",)}):
            more = changed(changed(MUSEUM, "cookies", "films", **change), "cookies", "order", **change)
            assert answer(more, "opportunity_to_refuse", day).why == "of every cookie in use"
        at_will = changed(MUSEUM, "cookies", "cart", opt_outs=())
        assert "cart" not in answer(at_will, "opportunity_to_refuse", day).why
        old = evolve(MUSEUM, cookies=MUSEUM.cookies[-1:])
        assert answer(old, "opportunity_to_refuse", day).said is Said.MISSING


class TestObjecting:
    """“Browser settings are not the simple means of objecting of 2026.”: as it was asked for."""

    def test_one_of_the_sites_own_is_there(self) -> None:
        """For every cookie that falls under the exception."""
        found = answer(MUSEUM, "objection_route_for_appearance")
        assert (found.said, found.why, lines(found)) == (Said.THERE, "for look", {51})

    def test_one_that_somebody_else_offers_is_in_part(self) -> None:
        """As Google's is of the IET's."""
        found = answer(MUSEUM, "objection_route_for_statistics")
        assert (found.said, lines(found)) == (Said.PARTLY, {52})
        assert found.why == "not the site's own, for every such cookie (count: counters)"

    def test_the_browser_is_none(self) -> None:
        """Nor is any route that nobody offers."""
        alone = changed(MUSEUM, "cookies", "look", opt_outs=("browser",))
        found = answer(alone, "objection_route_for_appearance")
        assert (found.said, found.why) == (Said.MISSING, "nobody offers one for look")

    def test_it_must_be_for_each(self) -> None:
        """One cookie without a means makes it partly."""
        two = evolve(MUSEUM, cookies=(*MUSEUM.cookies, evolve(MUSEUM.cookie("look"), id="other", opt_outs=())))
        found = answer(two, "objection_route_for_appearance")
        assert (found.said, found.why) == (
            Said.PARTLY,
            "not the site's own, for every such cookie (look: museum; other: none)",
        )

    @pytest.mark.parametrize(
        "change", [{"since": TODAY + timedelta(1)}, {"until": TODAY - timedelta(1)}, {"jurisdiction": "EU"}]
    )
    def test_the_law_on_cookies_is_that_of_the_day(self, change: dict[str, Any]) -> None:
        """Neither tomorrow's, nor yesterday's, nor another's."""
        found = notice_items(MUSEUM, on=TODAY, jurisdiction="UK", cookie_law=(evolve(UK_2026, **change),))
        assert [one.said for one in found if one.item.law == "pecr_2026"] == [Said.NOT_CALLED_FOR] * 2
        kept = evolve(UK_2026, since=TODAY, until=TODAY)
        found = notice_items(MUSEUM, on=TODAY, jurisdiction="UK", cookie_law=(kept,))
        assert [one.said for one in found if one.item.law == "pecr_2026"] == [Said.PARTLY, Said.THERE]

    def test_only_cookies_in_use_that_need_the_exception_count(self) -> None:
        """Where there are none, nothing is called for; which purposes need it, the law on cookies says."""
        without = evolve(MUSEUM, cookies=tuple(one for one in MUSEUM.cookies if one.id in ("pass", "old")))
        for name in ("objection_route_for_statistics", "objection_route_for_appearance"):
            assert answer(without, name).said is Said.NOT_CALLED_FOR
        lawless = notice_items(MUSEUM, on=TODAY, jurisdiction="UK", cookie_law=())
        assert [one.said for one in lawless if one.item.law == "pecr_2026"] == [Said.NOT_CALLED_FOR] * 2
        marketing = changed(MUSEUM, "cookie_purposes", "counting", ocd="Marketing")
        assert answer(marketing, "objection_route_for_statistics").said is Said.NOT_CALLED_FOR
        assert site(1).document == "Site"
