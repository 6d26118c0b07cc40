"""Whether a cookie may be stored: the inventory's rows, an invented bakery, and a slow model over every completion."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import NoEditionError, PolicyError, RecordError, UnknownRefError, VerdictError
from cpdrules.findings import Source
from cpdrules.iet.cookie_readings import READINGS
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.consent.records import ConsentEvent, ConsentRecord, gpc
from cpdrules.privacy.consent.status import consent_status
from cpdrules.privacy.cookies import NO_LIFETIME, PERMANENT, SESSION, Cookie, CookiePurpose, Group, depends_on, lasting
from cpdrules.privacy.law.cookie_law import COOKIE_LAW, UK_2003, UK_2011, UK_2018, UK_2026
from cpdrules.privacy.law.regimes import Condition, CookieRegime, Ground, PurposeKind, Reading
from cpdrules.privacy.names import exact, prefix
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.storage.law_changes import changes_between
from cpdrules.privacy.storage.permissions import Outcome, Permission, worst
from cpdrules.privacy.storage.storing import may_set, treatment
from tests.privacy.inventory import named, rows

ALLOW, DENY, UNKNOWN = Outcome.ALLOW, Outcome.DENY, Outcome.UNKNOWN
BY_LAW = {2005: UK_2003, 2015: UK_2011, 2020: UK_2018, 2026: UK_2026}

BAKERY = Statement(
    name="bakery",
    since=date(2015, 1, 1),
    until=date(2030, 12, 31),
    groups=(
        Group(id="own", says="ours", visitor_may_block=False),
        Group(id="spare", says="can be blocked"),
    ),
    cookie_purposes=(
        CookiePurpose(id="log-on", title="log-on", icc="strictly-necessary", dpv="dpv:IdentityAuthentication"),
        CookiePurpose(id="basket", title="basket", icc="strictly-necessary"),
        CookiePurpose(id="counting", title="counting", icc="performance"),
        CookiePurpose(id="colours", title="colours", icc="functionality"),
        CookiePurpose(id="language", title="language", icc="functionality"),
        CookiePurpose(id="adverts", title="adverts", icc="targeting", ocd="Marketing"),
        CookiePurpose(id="sharing", title="sharing", icc="functionality", ocd="Marketing"),
    ),
    cookies=(
        Cookie(id="key", title="log-on", group="own", purposes=("log-on",), lifetime=SESSION),
        Cookie(id="old-key", title="log-on that stays", group="own", purposes=("log-on",), lifetime=PERMANENT),
        Cookie(id="vague-key", title="log-on, unsaid how long", group="own", purposes=("log-on",)),
        Cookie(
            id="kept-key",
            title="log-on, as chosen",
            group="own",
            purposes=("log-on",),
            lifetime=depends_on("remember_me", NO_LIFETIME, otherwise=SESSION),
        ),
        Cookie(id="basket", title="basket", names=(exact("loaf"),), group="own", purposes=("basket",)),
        Cookie(id="long-basket", title="basket", group="own", purposes=("basket",), lifetime=lasting(30)),
        Cookie(id="count", title="counting", names=(prefix("cnt_"),), group="spare", purposes=("counting",)),
        Cookie(
            id="count-here",
            title="counting",
            names=(exact("uvc", domain="a.example"),),
            group="own",
            purposes=("counting",),
        ),
        Cookie(
            id="count-there",
            title="counting",
            names=(exact("uvc", domain="b.example"),),
            group="own",
            purposes=("counting",),
        ),
        Cookie(id="look", title="looks", group="own", purposes=("colours", "language"), opt_outs=("browser",)),
        Cookie(id="mixed", title="all in one", group="own", purposes=("basket", "colours")),
        Cookie(id="greedy", title="counting to sell", group="own", purposes=("counting", "adverts"), deletable=True),
        Cookie(id="adverts", title="adverts", group="own", purposes=("adverts",)),
        Cookie(id="sharing", title="sharing", group="own", purposes=("sharing",)),
        Cookie(id="gone", title="gone", group="own", purposes=("adverts",), discontinued=date(2014, 1, 1)),
    ),
)
TOLD = {"notice_given": True, "objection_route": True}


def asked(cookie: str, year: int = 2026, **more: Any) -> Permission:
    """Ask the bakery."""
    return may_set(BAKERY, cookie, on=date(year, 6, 1), **more)


def outcome(cookie: str, year: int = 2026, **more: Any) -> Outcome:
    """Give the bakery's answer alone."""
    return asked(cookie, year, **more).outcome


class TestInventory:
    """Rows m01 and on of the inventory."""

    @pytest.mark.parametrize("row", rows("may_set_tests"), ids=named)
    @pytest.mark.parametrize("readings", [READINGS, ()], ids=["readings", "law alone"])
    def test_a_row(self, row, readings):
        """The answer is the row's, by the readings of the cookie and by the law alone."""
        context = dict(row.get("context") or {})
        signal = context.pop("gpc", None)
        found = may_set(
            iet,
            row["cookie"],
            on=row["at_date"],
            jurisdiction=str(context.pop("jurisdiction", "uk")).upper(),
            readings=readings,
            consent=None if row["consent"] in ("none", None) else row["consent"],
            facts=context,
            gpc=None if signal is None else gpc(signal),
        )
        expected, _, need = row["expect"].partition("needs-")
        if need:
            assert any(need in way for term in found.ways.terms for way, _ in term)
        else:
            assert found.outcome.value == expected

    def test_what_is_wanted_for_want_of_consent(self):
        """Where consent alone is missing, it is all that is needed."""
        for cookie, day in (("google-analytics", date(2018, 6, 1)), ("oax-ads", date(2026, 6, 1))):
            found = may_set(iet, cookie, on=day, facts={"notice_given": True}, readings=READINGS)
            assert (found.outcome, found.needs) == (DENY, ("consent",))

    def test_the_missing_fact_is_named(self):
        """Whether the provider uses the statistics for itself is all that is missing."""
        found = may_set(iet, "google-analytics", on=date(2026, 6, 1), facts=TOLD, readings=READINGS)
        assert (found.outcome, found.unknowns) == (UNKNOWN, ("provider_own_use",))

    def test_a_log_on_that_stays_needs_consent(self):
        """The tick-box can be the consent, under every law that asks for any."""
        for year in (2015, 2020, 2026):
            for readings in (READINGS, ()):
                ask = {"on": date(year, 12, 1), "facts": {"remember_me": True}, "readings": readings}
                found = may_set(iet, "logon", **ask)
                assert (found.outcome, found.needs) == (DENY, ("consent",))
                assert may_set(iet, "logon", consent={"authentication": "given"}, **ask).outcome is ALLOW
        unsure = may_set(iet, "logon", on=date(2015, 12, 1), readings=READINGS)
        assert (unsure.outcome, unsure.unknowns, unsure.needs) == (UNKNOWN, ("remember_me",), ("consent",))

    def test_a_name_is_as_good_as_an_id(self):
        """What a statement declares can be asked for as it is seen."""
        found = may_set(iet, "9nn8c_txid", on=date(2015, 12, 1))
        assert (found.cookie, found.outcome) == ("scout-analytics", Outcome.DISCONTINUED)


class TestExceptions:
    """What needs no consent: "strictly necessary", and since 2026 the rest of Schedule A1."""

    @pytest.mark.parametrize("year", BY_LAW)
    def test_what_was_asked_for_is_stored(self, year):
        """A basket needs nothing, whatever the law of the day and however long it lasts."""
        assert outcome("basket", year) is outcome("long-basket", year) is ALLOW
        assert asked("basket", year).unknowns == asked("basket", year).needs == ()

    @pytest.mark.parametrize("year", BY_LAW)
    def test_a_log_on_ends_with_the_session(self, year):
        """One that is declared to stay is not exempt; of one that is not said to, it is presumed, and reported."""
        assert outcome("key", year) is ALLOW
        assert treatment(BAKERY, "old-key", BY_LAW[year]) in ("notice", "consent")
        vague = asked("vague-key", year)
        assert vague.outcome is ALLOW
        (taken,) = [one for one in vague.assumptions if one.fact == "outlives_session"]
        assert (taken.holds, taken.why) == (False, "since its lifetime is unstated")
        assert "outlives_session" not in {one.fact for one in asked("key", year).assumptions}
        assert outcome("vague-key", year, facts={"outlives_session": True, "notice_given": False}) is DENY

    def test_only_otherwise_is_unless(self):
        """To say that it ends with the session unless somebody is remembered says that it then does not."""
        assert outcome("kept-key", facts={"remember_me": False}) is ALLOW
        stays = asked("kept-key", facts={"remember_me": True})
        assert stays.outcome is DENY
        assert {one.fact: one.why for one in stays.assumptions}["outlives_session"].startswith("since only otherwise")
        assert outcome("kept-key", facts={"remember_me": True, "outlives_session": False}) is ALLOW
        assert asked("kept-key").unknowns == ("remember_me",)

    def test_only_what_ends_with_the_session_otherwise_says_so(self):
        """Beside a lifetime for good, one that is not stated stays unstated."""
        vague = depends_on("often", NO_LIFETIME, otherwise=PERMANENT)
        site = evolve(BAKERY, cookies=(evolve(BAKERY.cookie("key"), lifetime=vague),))
        assert may_set(site, "key", on=date(2026, 6, 1), facts={"often": True}).outcome is ALLOW

    def test_both_cases_of_a_lifetime_are_followed(self):
        """A lifetime within a lifetime is followed to its end, whichever fact is known."""
        nested = depends_on("often", depends_on("remember_me", PERMANENT, otherwise=SESSION), otherwise=SESSION)
        site = evolve(BAKERY, cookies=(evolve(BAKERY.cookie("key"), lifetime=nested),))

        def found(**facts):
            return may_set(site, "key", on=date(2026, 6, 1), facts=facts)

        assert found(often=False).outcome is found(remember_me=False).outcome is ALLOW
        assert found(often=True, remember_me=True).outcome is DENY
        assert found().unknowns == ("often", "remember_me")

    def test_looks_may_adapt_since_2026(self):
        """Two purposes within one exception are still its sole purpose; before 2026 there was none."""
        assert outcome("look", facts=TOLD) is ALLOW
        assert asked("look", 2020, facts=TOLD).needs == ("consent",)
        assert outcome("look", facts={**TOLD, "objection_route": False}) is DENY
        assert asked("look", facts={"notice_given": True}).unknowns == ("objection_route",)
        assert asked("look").unknowns == ("notice_given", "objection_route")

    def test_a_browser_setting_is_no_simple_means_of_objecting(self):
        """A declared way to opt out was the opportunity to refuse of 2003, and is not the objection of 2026."""
        assert outcome("look", 2005, facts={"notice_given": True}) is ALLOW
        assert outcome("look", facts={"notice_given": True}) is UNKNOWN

    def test_either_way_is_told_where_there_are_two(self):
        """Without a means of objecting, either that or consent would do."""
        found = asked("look", facts={"notice_given": True, "objection_route": False})
        assert {frozenset(name for name, _ in term) for term in found.ways.terms} == {
            frozenset({"consent"}),
            frozenset({"objection-route"}),
        }

    def test_whoever_says_no_ends_an_exception(self):
        """An objection, a refusal and consent that was withdrawn all do; then only consent helps."""
        for said in ({"facts": {**TOLD, "objected": True}}, {"facts": {**TOLD, "refused": True}}):
            found = asked("look", **said)
            assert (found.outcome, found.needs) == (DENY, ("consent",))
        for state in ("withdrawn", "refused"):
            assert outcome("look", facts=TOLD, consent={"language": state}) is DENY
        assert outcome("look", facts=TOLD, consent={"adverts": "withdrawn"}) is ALLOW
        assert outcome("look", facts=TOLD, consent={"language": "expired"}) is ALLOW

    def test_a_cookie_for_several_purposes_needs_all_of_them(self):
        """WP194: it is exempt only if each purpose is; Schedule A1 wants its purpose to be the sole one."""
        mixed = asked("mixed", facts=TOLD)
        assert mixed.by_purpose == (("basket", ALLOW), ("colours", DENY))
        assert mixed.outcome is DENY
        greedy = asked("greedy", facts={**TOLD, "provider_own_use": False}, consent={"adverts": "given"})
        assert greedy.by_purpose == (("adverts", ALLOW), ("counting", DENY))
        assert outcome("greedy", consent={"adverts": "given", "counting": "renewed"}) is ALLOW

    def test_statistics_serve_the_site_alone(self):
        """The provider's own use bars the exception, and so does any other use than improvement."""
        own = {**TOLD, "provider_own_use": False}
        assert outcome("count", facts=own) is ALLOW
        assert outcome("count", facts={**own, "improvement_only": False}) is DENY
        assert outcome("count", facts={**own, "provider_own_use": True}) is DENY
        assert outcome("count", facts={**own, "sole_purpose": False}) is DENY

    def test_what_happens_can_be_an_exception(self):
        """A mere transmission always is; an emergency since 2026."""
        for year in BY_LAW:
            assert outcome("adverts", year, facts={"transmission_only": True}) is ALLOW
        assert outcome("adverts", 2026, facts={"emergency": True}) is ALLOW
        assert outcome("adverts", 2020, facts={"emergency": True}) is DENY

    def test_sharing_and_adverts_are_in_no_exception(self):
        """What vocabularies call marketing is never mere functionality."""
        assert asked("sharing", facts=TOLD).needs == asked("adverts", facts=TOLD).needs == ("consent",)


class TestConsentAndOptOut:
    """What permits storage where no exception does: by date, refusal, implied consent, consent."""

    def test_the_opportunity_to_refuse(self):
        """In 2003 notice and a way to refuse were enough, until somebody refused."""
        assert asked("adverts", 2005).unknowns == ("notice_given", "opportunity_to_refuse")
        assert asked("greedy", 2005).unknowns == asked("count", 2005).unknowns == ("notice_given",)
        told = {"notice_given": True, "opportunity_to_refuse": True}
        assert outcome("adverts", 2005, facts=told) is ALLOW
        assert outcome("adverts", 2005, facts={**told, "refused": True}) is DENY
        assert asked("adverts", 2005, facts={"notice_given": False}).needs == ("consent", "notice")
        (taken,) = [
            one
            for one in asked("count", 2005, facts={"notice_given": True}).assumptions
            if one.fact == "opportunity_to_refuse"
        ]
        assert taken.why == "since the statement names that spare cookies can be blocked"

    def test_consent_was_implied_from_2011_to_2018(self):
        """Notice and going on were enough, unless somebody refused; nobody going on is no consent."""
        went_on = {"notice_given": True, "continued_use": True}
        assert outcome("adverts", 2015, facts=went_on) is ALLOW
        assert outcome("adverts", 2015, facts={"notice_given": True}) is DENY
        assert asked("adverts", 2015, facts={"continued_use": True}).unknowns == ("notice_given",)
        assert outcome("adverts", 2015, facts={**went_on, "refused": True}) is DENY
        assert outcome("adverts", 2015, facts=went_on, consent={"adverts": "refused"}) is DENY
        assert outcome("adverts", 2020, facts=went_on) is DENY

    @pytest.mark.parametrize("year", BY_LAW)
    @pytest.mark.parametrize("state", ["given", "renewed"])
    def test_consent_permits(self, year, state):
        """Consent that is recorded is taken to have been informed, and that is reported."""
        found = asked("adverts", year, consent={"adverts": state})
        assert found.outcome is ALLOW
        assert ("notice_given", True) in {one[:2] for one in found.assumptions}

    @pytest.mark.parametrize(
        "state", ["unknown", "requested", "deferred", "refused", "expired", "withdrawn", "revoked"]
    )
    def test_no_other_state_is_consent(self, state):
        """What DPV does not count as valid for processing permits nothing."""
        assert outcome("adverts", consent={"adverts": state}) is DENY
        assert outcome("adverts", consent={"counting": "given"}) is DENY

    def test_consent_without_notice_is_none(self):
        """Whoever was told nothing agreed to nothing."""
        found = asked("adverts", consent={"adverts": "given"}, facts={"notice_given": False})
        assert (found.outcome, found.needs) == (DENY, ("notice",))
        assert asked("adverts", facts={"notice_given": False}).needs == ("consent", "notice")

    def test_consent_is_given_by_purpose(self):
        """A fact that all is agreed to is none; and a state that there is not is refused."""
        with pytest.raises(PolicyError, match="Consent was given as a fact"):
            asked("adverts", facts={"consent": True})
        with pytest.raises(RecordError, match="no state of consent 'giben'"):
            asked("adverts", consent={"adverts": "giben"})
        with pytest.raises(PolicyError, match="given as 'yes'"):
            asked("adverts", facts={"notice_given": "yes"})
        for states in ("given", ["adverts"]):
            with pytest.raises(PolicyError, match=r"Consent was given as .*for each purpose"):
                asked("adverts", consent=states)

    def test_a_fact_that_is_misspelt(self):
        """Nothing turns on it, and the answer says so; facts that are for others come along in silence."""
        told = {
            "notice_gven": True,
            "member": True,
            "survey_running": False,
            "browser_blocks": False,
            "x" * 10**5: True,
        }
        remarks = [one.says for one in asked("count", facts=told).reasons if "nothing turns on" in one.says]
        assert remarks == ["nothing turns on the fact 'notice_gven'; did you mean notice_given?"]
        near = Reading(
            cookie="count",
            under=(("uk-pecr-duaa", "conditional"),),
            ground="x",
            conditions=(Condition("pages_only", "it counts pages only"),),
            source=Source("x"),
            read_on=date(2026, 1, 1),
        )
        found = asked("count", facts={"page_only": True, "remember-me": True}, readings=[near])
        assert [one.says for one in found.reasons if "nothing turns on" in one.says] == [
            "nothing turns on the fact 'page_only'; did you mean pages_only?"
        ]

    @pytest.mark.parametrize("value", ["1", "0", True, 1])
    def test_a_signal_is_read_first(self, value):
        """The value of a header is no signal: ``gpc`` says which one is."""
        with pytest.raises(PolicyError, match=r"Global Privacy Control was given as .*gpc=gpc\("):
            asked("adverts", gpc=value)

    @pytest.mark.parametrize("cookie", [None, 1, ("adverts",)])
    def test_what_is_asked_about(self, cookie):
        """An id or a name is a text."""
        with pytest.raises(PolicyError, match="A cookie was asked about as"):
            asked(cookie)

    def test_a_record_can_be_asked(self):
        """What was found of a record on the day counts; what it was on another day is refused."""
        given_ = ConsentEvent(at=date(2026, 1, 1), state="given", purposes=("adverts",))
        record = ConsentRecord("x", (given_,))
        ask = {"purposes": BAKERY.cookie_purposes, "max_age": None}
        found = consent_status(record, at=datetime(2026, 6, 1, 9, tzinfo=UTC), **ask)
        assert outcome("adverts", consent=found) is ALLOW
        with pytest.raises(PolicyError, match="as it was on 2 June 2026 was given for 1 June 2026"):
            asked("adverts", consent=consent_status(record, at=date(2026, 6, 2), **ask))
        with pytest.raises(PolicyError, match="as it was on 31 May 2026"):
            asked("adverts", consent=consent_status(record, at=date(2026, 5, 31), **ask))


class TestOtherJurisdictions:
    """The EU asks for consent, California for a way out."""

    def test_the_eu(self):
        """There is no statistical exception, and no implied consent."""
        facts = {**TOLD, "provider_own_use": False, "continued_use": True}
        assert outcome("count", jurisdiction="EU", facts=facts) is DENY
        assert outcome("count", jurisdiction="EU", consent={"counting": "given"}) is ALLOW
        assert outcome("basket", jurisdiction="EU") is ALLOW

    def test_california(self):
        """What is neither sold nor shared is free; what is, until somebody opts out or a signal does."""
        assert outcome("count", jurisdiction="US-CA", gpc=gpc("1")) is ALLOW
        for cookie, purpose in (("adverts", "adverts"), ("sharing", "sharing")):
            assert outcome(cookie, jurisdiction="US-CA") is ALLOW
            assert outcome(cookie, jurisdiction="US-CA", gpc=gpc("true")) is ALLOW
            assert asked(cookie, jurisdiction="US-CA", gpc=gpc("1")).needs == ("consent",)
            assert outcome(cookie, jurisdiction="US-CA", facts={"opted_out": True}) is DENY
            assert outcome(cookie, jurisdiction="US-CA", gpc=gpc("1"), consent={purpose: "given"}) is ALLOW

    def test_the_signal_is_reported_where_it_has_no_effect(self):
        """In the United Kingdom it is seen, and that is said."""
        found = asked("adverts", gpc=gpc("1"), consent={"adverts": "given"})
        assert found.outcome is ALLOW
        assert any(one.side == "agent" and "without effect" in one.says for one in found.reasons)
        there = asked("adverts", jurisdiction="US-CA", gpc=gpc("1"))
        assert any(one.side == "agent" and "an opt-out for some purposes" in one.says for one in there.reasons)
        assert not any(one.side == "agent" for one in asked("adverts", gpc=gpc("0")).reasons)

    def test_no_law_is_no_answer(self):
        """Before the first law there is none, and never a guess."""
        with pytest.raises(NoEditionError):
            asked("basket", 2003)
        with pytest.raises(NoEditionError):
            asked("basket", 2019, jurisdiction="US-CA")


class TestAnswersOfTheirOwn:
    """Undeclared, discontinued and not effective are neither allow nor deny."""

    def test_undeclared(self):
        """A name that the statement lacks, or has in another case; what would help is to declare it."""
        for name in ("_fbp", "LOAF", "", "x" * 100_000):
            found = asked(name)
            assert (found.outcome, found.needs, found.cookie) == (Outcome.UNDECLARED, ("declaration",), name)
        assert found.lines()[0].startswith(f"'{'x' * 36}..., 1 June 2026: undeclared under uk-pecr-duaa")
        assert any("11 of its cookies have no name" in one.says for one in found.reasons)
        whole = evolve(BAKERY, cookies=BAKERY.cookies[4:5])
        assert not any("have no name" in str(one) for one in may_set(whole, "x", on=date(2026, 6, 1)).reasons)

    def test_a_declared_name(self):
        """A name or the beginning of one stands for its cookie."""
        assert (asked("loaf").cookie, asked("cnt_7").cookie) == ("basket", "count")

    def test_a_name_of_two_cookies(self):
        """Which is meant depends on the host, and that is what is missing."""
        found = asked("uvc")
        assert (found.outcome, found.unknowns, found.needs) == (UNKNOWN, ("host",), ())
        assert any("count-here or count-there" in one.says for one in found.reasons)
        assert asked("uvc", host="www.b.example").cookie == "count-there"
        one = evolve(BAKERY, cookies=tuple(c for c in BAKERY.cookies if c.id != "count-there"))
        assert may_set(one, "uvc", on=date(2026, 6, 1)).unknowns == ("host",)

    def test_discontinued(self):
        """Not even consent brings it back, nor does it matter what the browser does."""
        found = asked("gone", consent={"adverts": "given"}, facts={"browser_blocks": True})
        assert (found.outcome, found.needs) == (Outcome.DISCONTINUED, ())
        assert any("no longer in use by 1 January 2014" in one.says for one in found.reasons)
        read = Reading(
            cookie="adverts",
            under=(("uk-pecr-duaa", "inactive"),),
            ground="g",
            source=Source("s"),
            read_on=date(2026, 1, 1),
        )
        assert outcome("adverts", readings=[read]) is Outcome.DISCONTINUED
        assert any(one.says == "read as not in use" for one in asked("adverts", readings=[read]).reasons)
        assert outcome("adverts", readings=[evolve(read, when=("gone", True))], facts={"gone": True}) is DENY

    def test_a_browser_that_blocks(self):
        """What may be stored is then not; what may not stays so, and what is unknown, too."""
        blocks = {"browser_blocks": True}
        assert outcome("basket", facts=blocks) is Outcome.NOT_EFFECTIVE
        assert outcome("basket", facts={"browser_blocks": False}) is ALLOW
        assert outcome("adverts", facts=blocks) is DENY
        assert outcome("look", facts=blocks) is UNKNOWN
        assert [one.side for one in asked("basket", facts=blocks).reasons][-1] == "agent"

    def test_a_statement_is_asked_beyond_its_dates(self):
        """It answers as if it spoke of the day, and says so."""
        told = [asked("basket", year) for year in (2005, 2015, 2031)]
        assert [any("does not speak of" in one.says for one in found.reasons) for found in told] == [True, False, True]

    def test_a_purpose_that_the_statement_lacks_is_refused(self):
        """Nobody could say what it falls under."""
        site = evolve(BAKERY, cookie_purposes=())
        with pytest.raises(UnknownRefError, match="no cookie purpose 'basket'"):
            may_set(site, "basket", on=date(2026, 6, 1))

    def test_an_answer_is_not_true_or_false(self):
        """It has to be compared."""
        with pytest.raises(VerdictError, match="six answers"):
            bool(outcome("basket"))


class TestWording:
    """Every reason is kept, and each cites what it stands on."""

    def test_every_ground_is_told(self):
        """What permits, what does not and why, and what may, each once and with its source."""
        found = asked("look", 2026, facts={"notice_given": True})
        told = {(one.purpose, one.says.split(" ")[0]) for one in found.reasons if one.purpose}
        grounds = {"transmission", "appearance", "emergency", "consent"}
        assert told == {(purpose, name) for purpose in ("colours", "language") for name in grounds}
        assert all(one.source for one in found.reasons if one.side == "regime")

    def test_the_words(self):
        """The whole answer, as it is printed."""
        found = may_set(BAKERY, "adverts", on=date(2020, 6, 1), facts={"notice_given": True})
        paragraph, missing = "SI 2003/2426, reg 6", "it is not so that valid consent is recorded"
        gdpr, transmission = "with (UK) GDPR art 4(11)", "it does nothing but carry a communication"
        law = f"PECR reg 6 read {gdpr}"
        assert str(found).splitlines() == [
            f"adverts, 1 June 2020: deny under uk-pecr-gdpr ({law}) as read on 21 November 2026; needed: consent",
            "  policy: declared as “adverts”, for adverts",
            f"  regime: clear information + consent of GDPR standard [{law}]",
            f"  regime, adverts: transmission does not permit it: nobody recorded that {transmission} [{paragraph}(4)]",
            f"  consent, adverts: consent does not permit it: {missing} [{paragraph}(2), read {gdpr}]",
            "  consent, adverts: consent to it is unknown",
            "  assumed: transmission only: taken to be not so, since nobody recorded it",
        ]
        unsure = may_set(BAKERY, "look", on=date(2026, 6, 1))
        assert unsure.lines()[0].endswith("needed: consent; missing: notice_given, objection_route")
        assert any(
            "may permit it: it is not known whether clear and comprehensive information was given; " in one
            for one in unsure.lines()
        )
        assert any("appearance permits it [" in one for one in asked("look", facts=TOLD).lines())
        denied = asked("look", facts={**TOLD, "objected": True}).lines()
        assert any("appearance does not permit it: the visitor objected [" in one for one in denied)

    def test_readings_are_told(self):
        """What was read, when, and in which case."""
        found = may_set(iet, "logon", on=date(2026, 6, 1), readings=READINGS)
        says = [one.says for one in found.reasons]
        assert "not remember me: read as exempt on 21 November 2026: authentication" in says
        assert any(one.startswith("remember me: read as consent") for one in says)
        assert "where remember me is not so, reading (authentication) permits it" in says
        assert any(one.startswith("where remember me is so, consent does not permit it") for one in says)

    def test_nothing_is_assumed_that_does_not_matter(self):
        """What is known to fail, or to hold, rests on no presumption."""
        assert asked("basket").assumptions == ()
        went_on = asked("adverts", 2015, facts={"continued_use": True})
        assert "notice_given" not in {one.fact for one in went_on.assumptions}
        known = {"transmission_only": False, "emergency": False}
        assert asked("adverts", facts=known).assumptions == ()


class TestReadingsOverride:
    """A reading of one cookie goes before what a law says of its purposes."""

    READING = Reading(cookie="adverts", under=(), ground="g", source=Source("s"), read_on=date(2026, 1, 1))

    def read(self, treated, year=2026, facts=None, **fields):
        """Ask with one reading of the adverts."""
        reading = evolve(self.READING, under=((BY_LAW[year].name, treated),), **fields)
        return outcome("adverts", year, readings=[reading], facts=facts)

    def test_exempt(self):
        """It needs nothing."""
        assert self.read("exempt") is ALLOW

    def test_consent_where_the_law_wants_less(self):
        """Read so, even the opportunity to refuse is not enough; and notice is read as what the law has."""
        told = {"notice_given": True, "opportunity_to_refuse": True}
        assert self.read("consent", 2005, told) is DENY
        assert self.read("notice", 2005, told) is ALLOW
        assert self.read("consent", 2015, {"notice_given": True, "continued_use": True}) is ALLOW

    def test_what_happens_is_an_exception_still(self):
        """A transmission needs no consent, whatever else was read."""
        for treated in ("consent", "notice", "conditional"):
            conditions = (Condition("seen", "it was seen"),)
            facts = {"transmission_only": True}
            assert self.read(treated, 2026, facts, conditions=conditions) is ALLOW
            assert self.read(treated, 2005, {**facts, "notice_given": False}, conditions=conditions) is ALLOW

    def test_conditional(self):
        """Its own conditions decide, or those of the law where it has none."""
        own = {"conditions": (Condition("player_only", "it is the player's"),)}
        assert self.read("conditional", 2026, {"player_only": True}, **own) is ALLOW
        assert self.read("conditional", 2026, {"player_only": False}, **own) is DENY
        assert self.read("conditional", 2026, **own) is UNKNOWN
        assert (
            self.read(
                "conditional", 2005, {"player_only": False, "notice_given": True, "opportunity_to_refuse": True}, **own
            )
            is ALLOW
        )
        assert self.read("conditional") is DENY

    def test_one_case_alone(self):
        """In the other case the law's own answer holds."""
        assert self.read("exempt", 2026, {"lent": True}, when=("lent", True)) is ALLOW
        assert self.read("exempt", 2026, {"lent": False}, when=("lent", True)) is DENY
        assert self.read("exempt", when=("lent", True)) is UNKNOWN

    def test_only_under_its_regime(self):
        """A reading under one law says nothing under another."""
        reading = evolve(self.READING, under=(("uk-pecr-duaa", "exempt"),))
        assert outcome("adverts", 2020, readings=[reading]) is DENY


class TestTreatment:
    """How a law treats a cookie by its purposes alone; the worst of several."""

    @pytest.mark.parametrize(
        ("cookie", "treated"),
        [
            ("basket", ("exempt", "exempt", "exempt", "exempt")),
            ("key", ("exempt", "exempt", "exempt", "exempt")),
            ("vague-key", ("exempt", "exempt", "exempt", "exempt")),
            ("old-key", ("notice", "consent", "consent", "consent")),
            ("kept-key", ("conditional", "conditional", "conditional", "conditional")),
            ("look", ("notice", "consent", "consent", "conditional")),
            ("count", ("notice", "consent", "consent", "conditional")),
            ("mixed", ("notice", "consent", "consent", "consent")),
            ("greedy", ("notice", "consent", "consent", "consent")),
            ("gone", ("inactive", "inactive", "inactive", "inactive")),
        ],
    )
    def test_a_cookie(self, cookie, treated):
        """Under the laws of 2003, 2011, 2018 and 2026."""
        assert tuple(treatment(BAKERY, cookie, one) for one in BY_LAW.values()) == treated

    def test_an_unknown_cookie(self):
        """It is an error here: there is nothing to treat."""
        with pytest.raises(UnknownRefError):
            treatment(BAKERY, "flour", UK_2026)


class TestChangesBetween:
    """The table of what changes between two days, for any statement."""

    def test_six_cookies_of_the_iet_changed_on_5_february_2026(self):
        """Four that adapt looks or functions, the statistics and the invitation to surveys."""
        ask = {"readings": READINGS}
        found = changes_between(iet, date(2026, 2, 4), date(2026, 2, 5), **ask)
        changed = {
            *("forum-last-visit", "forum-latest-posts", "top-bar"),
            *("archives-language", "google-analytics", "survey-invitation"),
        }
        assert {one.cookie for one in found} == changed
        assert {(one.before.outcome, one.after.outcome) for one in found} == {(DENY, UNKNOWN)}
        assert len(found.cookies) == len(iet.cookies)
        same = changes_between(iet, date(2018, 5, 25), date(2026, 2, 4), **ask)
        assert (list(same), str(same)) == ([], "Nothing changes")

    def test_the_table(self):
        """Each row has the answers and the rules under which they are so."""
        site = evolve(BAKERY, cookies=(BAKERY.cookie("adverts"), BAKERY.cookie("basket"), BAKERY.cookie("look")))
        facts = {"notice_given": True, "continued_use": True, "objection_route": True}
        found = changes_between(site, date(2015, 6, 1), date(2026, 6, 1), facts=facts)
        (row,) = found.rows()
        assert (row["cookie"], row["before"], row["after"]) == ("adverts", "allow", "deny, needs consent")
        assert row["rule before"].startswith("uk-pecr-2011") and row["rule after"].startswith("uk-pecr-duaa")
        assert str(found).startswith("adverts: 1 June 2015 allow under uk-pecr-2011")
        consenting = changes_between(
            site, date(2015, 6, 1), date(2026, 6, 1), facts=facts, consent={"adverts": "given"}
        )
        assert consenting.rows() == ()
        unsure = changes_between(site, date(2020, 6, 1), date(2026, 6, 1)).rows()
        assert unsure[0]["after"] == "unknown, needs consent, missing notice_given, objection_route"

    def test_another_need_is_a_change(self):
        """Denied before and after, and there is a new way out."""
        facts = {"notice_given": True, "objection_route": False}
        found = [
            one
            for one in changes_between(BAKERY, date(2020, 1, 1), date(2026, 6, 1), facts=facts)
            if one.cookie == "look"
        ]
        assert [(one.before.outcome, one.after.outcome) for one in found] == [(DENY, DENY)]

    def test_another_jurisdiction_and_another_law(self):
        """Law is an argument like any other."""
        found = changes_between(BAKERY, date(2012, 1, 1), date(2026, 1, 1), jurisdiction="EU")
        assert list(found) == []
        strict = evolve(UK_2018, since=date(2018, 5, 25), until=None, exceptions=())
        law = (*(one for one in COOKIE_LAW if one is not UK_2018 and one is not UK_2026), strict)
        after = {
            one.cookie: one.after.outcome
            for one in changes_between(BAKERY, date(2015, 1, 1), date(2026, 6, 1), law=law)
        }
        assert after["basket"] is DENY


class TestJoining:
    """The worst decides, every reason is kept, and the order of asking changes nothing."""

    ANSWERS = tuple(
        asked("look", **more)
        for more in (
            {"facts": TOLD},
            {},
            {"facts": {"objection_route": False}},
            {"jurisdiction": "EU"},
            {"jurisdiction": "US-CA", "gpc": gpc("1")},
            {"facts": {**TOLD, "browser_blocks": True}},
        )
    )

    @given(*[st.sampled_from(ANSWERS)] * 3)
    def test_joining_is_a_meet(self, one, other, third):
        """Associative, commutative, and joining with itself changes nothing."""
        assert one & other == other & one
        assert (one & other) & third == one & (other & third)
        assert one & one == one

    @given(*[st.sampled_from(ANSWERS)] * 2)
    def test_the_worst_decides_and_nothing_is_lost(self, one, other):
        """Outcome, reasons, what is missing, assumed and read are those of both."""
        both = one & other
        assert both.outcome is min(one.outcome, other.outcome, key=Outcome.rank)
        for name in ("reasons", "unknowns", "assumptions", "rules"):
            assert set(getattr(both, name)) == {*getattr(one, name), *getattr(other, name)}
        for purpose, found in both.by_purpose:
            assert found is worst(dict(one.by_purpose)[purpose], dict(other.by_purpose)[purpose])

    def test_the_order_of_answers(self):
        """From the worst to the best."""
        order = ["undeclared", "discontinued", "deny", "unknown", "not-effective", "allow"]
        assert [one.value for one in sorted(Outcome, key=Outcome.rank)] == order
        assert worst() is ALLOW

    def test_what_is_needed_is_needed_of_both(self):
        """A visitor from two places needs what either law needs."""
        here = asked("look", facts={"notice_given": True, "objection_route": False})
        there = asked("look", jurisdiction="EU")
        assert len(here.ways.terms) == 2
        assert (here & there).ways == there.ways
        assert (here & there).needs == ("consent",)

    def test_answers_for_two_cookies_are_not_joined(self):
        """What holds of one says nothing of the other."""
        with pytest.raises(PolicyError, match="cannot be joined"):
            asked("look") & asked("basket")
        with pytest.raises(PolicyError, match="cannot be joined"):
            asked("look") & asked("look", 2020)


FACTS = ("a", "b", "c", "remember_me")
KINDS = tuple(PurposeKind(icc=(one,)) for one in ("performance", "functionality", "targeting"))
conditions = st.builds(
    Condition,
    st.sampled_from((*FACTS, "consent", "refused", "objected", "sole_purpose", "outlives_session")),
    st.just("so"),
    holds=st.booleans(),
    presumed=st.none() | st.booleans(),
)
grounds = st.builds(
    Ground,
    name=st.sampled_from(["one", "two"]),
    kind=st.sampled_from(["exception", "consent", "opt-out"]),
    purposes=st.lists(st.sampled_from(KINDS), max_size=2).map(tuple),
    conditions=st.lists(conditions, max_size=3).map(tuple),
    source=st.just(Source("an Act")),
)
lifetimes = st.sampled_from(
    [
        SESSION,
        PERMANENT,
        NO_LIFETIME,
        *(
            depends_on("remember_me", one, otherwise=other)
            for one, other in product((SESSION, PERMANENT, NO_LIFETIME), repeat=2)
        ),
    ]
)
cases = st.fixed_dictionaries(
    {
        "exceptions": st.lists(grounds, max_size=3).map(tuple),
        "otherwise": st.lists(grounds, max_size=2).map(tuple),
        "lifetime": lifetimes,
        "purposes": st.lists(
            st.sampled_from(["counting", "colours", "adverts"]), min_size=1, max_size=3, unique=True
        ).map(tuple),
        "consent": st.dictionaries(
            st.sampled_from(["counting", "colours"]), st.sampled_from(["given", "withdrawn", "expired"])
        ),
        "facts": st.dictionaries(
            st.sampled_from((*FACTS, "refused", "sole_purpose", "outlives_session")), st.booleans()
        ),
        "readings": st.lists(
            st.tuples(
                st.sampled_from(["exempt", "notice", "consent", "conditional", "inactive"]),
                st.lists(conditions, max_size=2).map(tuple),
            ),
            max_size=2,
        ),
    }
)


class Site:
    """A random law for a random cookie, and the slow answer to it."""

    def __init__(self, case):
        self.case = case
        self.regime = CookieRegime(
            name="law", jurisdiction="UK", since=date(2000, 1, 1), rule="r", consent="opt-out",
            exceptions=case["exceptions"], otherwise=case["otherwise"], source=Source("an Act"),
            read_on=date(2026, 1, 1),
        )  # fmt: skip
        cookie = Cookie(id="it", title="it", group="own", purposes=case["purposes"], lifetime=case["lifetime"])
        self.statement = evolve(BAKERY, cookies=(cookie,))
        self.readings = tuple(
            Reading(
                cookie="it", under=(("law", treated),), ground="g", conditions=conditions_, source=Source("s"),
                read_on=date(2026, 1, 1), when=("a", holds),
            )
            for (treated, conditions_), holds in zip(case["readings"], (True, False), strict=False)
        )  # fmt: skip

    def answer(self, facts, **more):
        """Ask the library."""
        ask = {"consent": self.case["consent"], **more}
        return may_set(
            self.statement, "it", on=date(2026, 6, 1), law=[self.regime], readings=self.readings, facts=facts, **ask
        )

    def slowly(self, facts):
        """Say by walking through everything whether it may be stored, where every fact is known."""
        return all(self._purpose(self.statement.cookie_purpose(one), facts) for one in self.case["purposes"])

    def _purpose(self, purpose, facts):
        treated = next((one for one in self.readings if one.when == ("a", facts["a"])), None)
        word = treated.of("law") if treated else "conditional"
        own = treated.conditions if treated and word == "conditional" else ()
        exceptions = [one for one in self.case["exceptions"] if (word == "conditional" and not own) or not one.purposes]
        otherwise = [one for one in self.case["otherwise"] if word != "consent" or one.kind == "consent"]
        if word == "inactive":
            return False
        if word == "exempt":
            otherwise = []
        grounds_ = [one for one in (*exceptions, *otherwise) if one.covers(purpose)]
        if word == "exempt" or (word == "conditional" and own):
            grounds_.append(Ground(name="own", kind="exception", conditions=own, source=Source("s")))
        return any(all(self._holds(c, one, purpose, facts) for c in one.conditions) for one in grounds_)

    def _holds(self, condition, ground, purpose, facts):
        state = self.case["consent"].get(purpose.id)
        value = facts.get(condition.fact)
        if condition.fact == "consent":
            value = state == "given"
        elif condition.fact in ("refused", "objected") and state == "withdrawn":
            value = True
        elif condition.fact == "sole_purpose" and not all(
            ground.covers(self.statement.cookie_purpose(one)) for one in self.case["purposes"]
        ):
            value = False
        return value is condition.holds


NAMED = (*FACTS, "refused", "objected", "sole_purpose", "outlives_session")


def completed(known):
    """Give every completion of the facts."""
    missing = [name for name in NAMED if name not in known]
    return [
        {**known, **dict(zip(missing, values, strict=True))} for values in product((True, False), repeat=len(missing))
    ]


class TestAgainstTheModel:
    """Random laws, with facts that count either way, against a walk through every completion."""

    @given(cases)
    def test_where_every_fact_is_known_the_answer_is_the_models(self, case):
        """Nothing is presumed or missing then."""
        site = Site(case)
        for facts in completed(case["facts"]):
            found = site.answer(facts)
            assert found.outcome is (ALLOW if site.slowly(facts) else DENY)
            assert found.unknowns == found.assumptions == ()

    @given(cases)
    def test_unknown_is_where_two_completions_differ(self, case):
        """Without presumptions, what is settled cannot be turned, and what is unknown can."""
        site, known = Site(case), case["facts"]
        declared = {"outlives_session"} if case["lifetime"].kind in ("session", "permanent", "depends") else set()
        bare = site.answer(known, assuming=False)
        answers = {site.slowly(facts) for facts in completed(known) if self._consistent(case, facts, known, declared)}
        expected = UNKNOWN if len(answers) == 2 else ALLOW if answers == {True} else DENY
        assert bare.outcome is expected
        assert bool(bare.unknowns) is (expected is UNKNOWN)
        assert bare.assumptions == ()

    def _consistent(self, case, facts, known, declared):
        """Leave out completions that contradict what the statement declares of the lifetime."""
        if "outlives_session" in known or not declared:
            return True
        ends = case["lifetime"].under(facts).ends_with_session
        return ends is None or facts["outlives_session"] is not ends

    @given(cases, st.sampled_from(NAMED), st.booleans())
    def test_a_fact_that_was_not_assumed_never_turns_an_answer(self, case, fact, value):
        """To know more settles, and turns no settled answer into its opposite."""
        site = Site(case)
        before = site.answer(case["facts"])
        taken = {one.fact for one in before.assumptions}
        declared = case["lifetime"].kind in ("session", "permanent", "depends")
        if fact in case["facts"] or fact in taken or (fact == "outlives_session" and declared):
            return
        after = site.answer({**case["facts"], fact: value})
        assert {before.outcome, after.outcome} != {ALLOW, DENY}

    def test_what_is_settled_without_presuming_stays_so(self):
        """A ground that contradicts itself permits nothing, whatever is presumed of one half of it."""
        halves = (Condition("b", "so", holds=False), Condition("b", "so", presumed=True))
        ground = Ground(name="one", kind="exception", conditions=halves, source=Source("an Act"))
        case = {"exceptions": (), "otherwise": (ground,), "lifetime": SESSION, "purposes": ("counting",)}
        found = Site({**case, "consent": {}, "readings": []}).answer({})
        assert (found.outcome, found.by_purpose, found.unknowns) == (DENY, (("counting", DENY),), ())

    @given(cases)
    def test_the_answer_lies_in_its_bounds(self, case):
        """What is assumed is one of the completions that were left open."""
        site = Site(case)
        bare, taken = site.answer(case["facts"], assuming=False), site.answer(case["facts"])
        assert bare.outcome in (UNKNOWN, taken.outcome)
        assert (bare.outcome is taken.outcome) or taken.assumptions


real = st.tuples(
    st.sampled_from([one.id for one in BAKERY.cookies]),
    st.sampled_from([2005, 2015, 2020, 2026]),
    st.dictionaries(
        st.sampled_from(
            [
                "notice_given",
                "objection_route",
                "objected",
                "refused",
                "provider_own_use",
                "remember_me",
                "continued_use",
                "opportunity_to_refuse",
            ]
        ),
        st.booleans(),
    ),
)


class TestLaws:
    """What holds under the laws that ship."""

    @given(real, st.sampled_from(["UK", "EU"]))
    def test_giving_consent_never_takes_away(self, case, jurisdiction):
        """Whatever was allowed is, and nothing that was denied for other reasons turns worse."""
        cookie, year, facts = case
        purposes = BAKERY.cookie(cookie).purposes
        ask = {"year": year, "facts": facts, "jurisdiction": jurisdiction if year > 2011 else "UK"}
        before = asked(cookie, **ask).outcome
        some = asked(cookie, consent={purposes[0]: "given"}, **ask).outcome
        every = asked(cookie, consent=dict.fromkeys(purposes, "given"), **ask).outcome
        assert before.rank() <= some.rank() <= every.rank()

    @given(real)
    def test_to_supply_what_is_needed_is_enough(self, case):
        """Each way that is named leads to an answer that allows."""
        cookie, year, facts = case
        found = asked(cookie, year, facts=facts)
        supplied = {
            "notice": "notice_given",
            "objection-route": "objection_route",
            "opportunity-to-refuse": "opportunity_to_refuse",
        }
        for term in found.ways.terms:
            needs = {name for name, _ in term}
            facts_ = {**facts, **{supplied[need]: True for need in needs & supplied.keys()}}
            consent = dict.fromkeys(BAKERY.cookie(cookie).purposes, "given") if "consent" in needs else None
            assert asked(cookie, year, facts=facts_, consent=consent).outcome is ALLOW

    @given(real)
    def test_the_order_of_facts_and_law_changes_nothing(self, case):
        """The same question has one answer."""
        cookie, year, facts = case
        turned = dict(reversed(list(facts.items())))
        assert asked(cookie, year, facts=facts) == asked(cookie, year, facts=turned, law=COOKIE_LAW[::-1])
