"""The laws that ship, against the inventory's dated readings, and the words that pick one of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from attrs import evolve

from cpdrules.editions import Dated
from cpdrules.errors import NoEditionError, PeriodError, PolicyError, UnknownRefError
from cpdrules.findings import Source
from cpdrules.iet.cookie_readings import READINGS
from cpdrules.iet.privacy import statement as iet
from cpdrules.periods import months
from cpdrules.privacy.cookies import CookiePurpose
from cpdrules.privacy.law.cookie_law import CALIFORNIA, COOKIE_LAW, READ_ON, UK_2003, UK_2011, UK_2018, UK_2026
from cpdrules.privacy.law.data_law import CONSENT_AGES, NOTICE_LAW, TRANSFER_LAW, NoticeItem, wanted_on
from cpdrules.privacy.law.regimes import Ground, PurposeKind, Reading, law_on, readings_for
from cpdrules.privacy.storage.storing import treatment
from tests.privacy.inventory import INVENTORY, named, rows

DAY = timedelta(days=1)
JURISDICTIONS = {"uk": "UK", "eu": "EU", "us": "US-CA"}
CONSENT = {
    "opt-out": "opt-out",
    "consent, implied accepted in ICO guidance of May 2012; enforcement held back to 2012-05-26": "implied accepted",
    "opt-in affirmative": "affirmative opt-in",
    "opt-in": "affirmative opt-in",
}
CONDITIONS = {
    "sole-purpose": "sole_purpose",
    "service-improvement-only": "improvement_only",
    "no-sharing-except-to-assist": "provider_own_use",
    "clear-information": "notice_given",
    "simple-free-objection": "objection_route",
}


def purpose(icc="functionality", ocd="", dpv=""):
    """Give a purpose of an invented site."""
    return CookiePurpose(id="any", title="any", icc=icc, ocd=ocd, dpv=dpv)


class TestCookieLaw:
    """Each row of the inventory's laws on cookies is one regime, and each regime a row."""

    @pytest.mark.parametrize("row", rows("law_cookie_regimes"), ids=named)
    def test_a_regime_is_its_row(self, row):
        """Name, dates, rule, exceptions, meaning of consent and source are those of the row."""
        (regime,) = [one for one in COOKIE_LAW if one.name == row["id"]]
        assert (regime.since, regime.until, regime.rule) == (row["from"], row.get("to"), row["rule"])
        assert regime.consent == CONSENT[row["consent"]]
        assert list(dict.fromkeys(one.name for one in regime.exceptions)) == row.get("exempt", [])
        assert regime.source == Source(row["source"])
        assert regime.jurisdiction == JURISDICTIONS[row["id"].split("-")[0]]
        assert regime.read_on == READ_ON == date(2026, 11, 21)

    @pytest.mark.parametrize("row", rows("law_cookie_regimes"), ids=named)
    def test_its_exceptions_ask_what_the_row_asks(self, row):
        """The statistical and the appearance exception have the row's conditions, and that nobody said no."""
        (regime,) = [one for one in COOKIE_LAW if one.name == row["id"]]
        for name, conditions in row.get("conditions", {}).items():
            (ground,) = [one for one in regime.exceptions if one.name == name]
            asked = {one.fact for one in ground.conditions} - {"refused", "objected"}
            assert asked == {CONDITIONS[one] for one in conditions}

    def test_nothing_else_ships(self):
        """No regime is without a row."""
        assert {one.name for one in COOKIE_LAW} == {row["id"] for row in rows("law_cookie_regimes")}

    def test_every_ground_cites_its_law(self):
        """No ground stands without the paragraph it is from."""
        assert all(one.source.document for regime in COOKIE_LAW for one in regime.grounds)

    def test_the_schedule_is_cited_by_paragraph(self):
        """Consent is paragraph 2, and the exceptions are paragraphs 3 to 7."""
        cited = {one.name: one.source.document.split(", ")[2] for one in UK_2026.grounds}
        numbers = {"transmission": 3, "strictly-necessary": 4, "statistical": 5, "appearance": 6, "emergency": 7}
        assert cited == {**{name: f"para {number}" for name, number in numbers.items()}, "consent": "para 2"}

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2003, 12, 11), "uk-pecr-2003"),
            (date(2011, 5, 25), "uk-pecr-2003"),
            (date(2011, 5, 26), "uk-pecr-2011"),
            (date(2018, 5, 24), "uk-pecr-2011"),
            (date(2018, 5, 25), "uk-pecr-gdpr"),
            (date(2026, 2, 4), "uk-pecr-gdpr"),
            (date(2026, 2, 5), "uk-pecr-duaa"),
        ],
    )
    def test_the_law_of_the_day(self, day, name):
        """The last day of one law and the first of the next are told apart."""
        assert law_on(day, COOKIE_LAW, jurisdiction="UK").name == name

    def test_every_jurisdiction_has_its_own(self):
        """The same day has three laws."""
        named_ = [law_on(date(2026, 6, 1), COOKIE_LAW, jurisdiction=one).name for one in ("UK", "EU", "US-CA")]
        assert named_ == ["uk-pecr-duaa", "eu-eprivacy", "us-ca"]

    def test_before_the_first_law_nothing_is_known(self):
        """A day before any law that ships is an error, never the law that came later."""
        with pytest.raises(NoEditionError):
            law_on(date(2003, 12, 10), COOKIE_LAW, jurisdiction="UK")

    def test_an_unknown_jurisdiction_is_refused(self):
        """It is named, with those that there are."""
        with pytest.raises(UnknownRefError, match="There is that of UK, EU, US-CA") as caught:
            law_on(date(2020, 1, 1), COOKIE_LAW, jurisdiction="US-TX")
        assert caught.value.data["known"] == ("UK", "EU", "US-CA")
        with pytest.raises(UnknownRefError, match=r"Did you mean US-CA\?"):  # in other letters, it is as near as can be
            law_on(date(2020, 1, 1), COOKIE_LAW, jurisdiction="us-ca")
        with pytest.raises(UnknownRefError, match="none at all"):
            law_on(date(2020, 1, 1), (), jurisdiction="UK")

    @pytest.mark.parametrize("day", [datetime(2020, 1, 1), "2020-01-01"])  # noqa: DTZ001
    def test_a_law_is_asked_for_a_day(self, day):
        """A time of day has no law of its own."""
        with pytest.raises(PeriodError):
            law_on(day, COOKIE_LAW, jurisdiction="UK")

    def test_the_lead_in_of_the_ico_is_remarked(self):
        """Enforcement was held back for the first year, and not a day longer."""
        assert [one.name for one in UK_2011.remarks_on(date(2011, 5, 26))] == ["lead-in"]
        assert [one.name for one in UK_2011.remarks_on(date(2012, 5, 25))] == ["lead-in"]
        assert UK_2011.remarks_on(date(2012, 5, 26)) == ()
        assert [one.name for one in UK_2026.remarks_on(date(2026, 4, 29))] == ["ICO guidance"]
        assert UK_2026.remarks_on(date(2026, 4, 28)) == ()

    def test_a_regime_says_when_it_was_read(self):
        """Its name comes with its source and that day."""
        assert str(UK_2011) == "uk-pecr-2011 (SI 2011/1208 reg 6) as read on 21 November 2026"


class TestPurposeKinds:
    """A law speaks of purposes in the words of vocabularies, so that it fits any statement."""

    def test_every_given_word_must_fit(self):
        """Categories join with and; those that are not given admit all."""
        kind = PurposeKind(icc=("functionality",), ocd=("Functional", "Personalization"))
        assert kind.admits(purpose(ocd="Functional"))
        assert not kind.admits(purpose(ocd="Marketing"))
        assert not kind.admits(purpose(icc="performance", ocd="Functional"))
        assert PurposeKind().admits(purpose())
        assert PurposeKind(dpv=("dpv:A",)).admits(purpose(dpv="dpv:A"))
        assert not PurposeKind(dpv=("dpv:A",)).admits(purpose(dpv="dpv:B"))

    def test_a_word_can_bar(self):
        """A category or term that is not admitted bars, whatever else fits."""
        kind = PurposeKind(icc=("functionality",), unless=("Marketing", "dpv:A"))
        assert kind.admits(purpose())
        assert not kind.admits(purpose(ocd="Marketing"))
        assert not kind.admits(purpose(dpv="dpv:A"))

    def test_a_ground_covers_one_of_its_kinds(self):
        """No kind at all is every purpose."""
        ground = Ground(name="any", kind="exception", source=Source("an Act"))
        assert ground.covers(purpose())
        two = evolve(ground, purposes=(PurposeKind(icc=("targeting",)), PurposeKind(ocd=("Marketing",))))
        assert two.covers(purpose(ocd="Marketing"))
        assert two.covers(purpose(icc="targeting"))
        assert not two.covers(purpose())

    def test_california_covers_every_purpose_once(self):
        """Each purpose is either sold or shared, or it is not."""
        for one in iet.cookie_purposes:
            shared = any(kind.admits(one) for kind in CALIFORNIA.gpc)
            grounds = [ground.name for ground in CALIFORNIA.otherwise if ground.covers(one)]
            assert grounds == ["not opted out" if shared else "no sale or sharing", "consent"]


class TestReadings:
    """Each row of the inventory's assessment is one reading; the laws alone come to the same but for two."""

    @pytest.mark.parametrize("row", rows("law_cookie_assessment"), ids=lambda row: row["cookie"])
    def test_a_reading_is_its_row(self, row):
        """Treatment under each regime, variant and ground are those of the row."""
        turn = {"session": ("remember_me", False), "remember-me": ("remember_me", True)}.get(row.get("variant"))
        (reading,) = [one for one in READINGS if (one.cookie, one.when) == (row["cookie"], turn)]
        assert reading.ground == row["ground"]
        for regime in (UK_2003, UK_2011, UK_2018, UK_2026):
            assert reading.of(regime.name) == row[regime.name]
        assert reading.of("eu-eprivacy") is None

    def test_nothing_else_is_read(self):
        """There are as many readings as rows, and every cookie has one."""
        assert len(READINGS) == len(INVENTORY["law_cookie_assessment"])
        assert {one.cookie for one in READINGS} == {one.id for one in iet.cookies}

    def test_purposes_alone_come_to_the_same_but_for_two(self):
        """Only what depends on policies of others cannot be known from a purpose."""
        apart = set()
        for reading in READINGS:
            facts = dict([reading.when]) if reading.when else {}
            for regime in (UK_2003, UK_2011, UK_2018, UK_2026):
                if treatment(iet, reading.cookie, regime, facts=facts) != reading.of(regime.name):
                    apart.add((reading.cookie, regime.name, reading.of(regime.name)))
        read = {("library-eis", one.name, "conditional") for one in (UK_2003, UK_2011, UK_2018, UK_2026)}
        read |= {("webcast", one.name, "conditional") for one in (UK_2011, UK_2018, UK_2026)}
        assert apart == read

    def test_a_log_on_is_conditional_until_it_is_known_whether_it_stays(self):
        """Whether somebody is remembered decides, under every law alike."""
        assert {treatment(iet, "logon", one) for one in (UK_2003, UK_2011, UK_2018, UK_2026)} == {"conditional"}

    def test_two_readings_of_one_case_are_refused(self):
        """They could say different things."""
        one = Reading(cookie="c", under=(("r", "exempt"),), ground="g", source=Source("s"), read_on=READ_ON)
        apart = (evolve(one, when=("a", True)), evolve(one, when=("a", False)))
        assert readings_for("c", "r", [one]) == (one,)
        assert readings_for("c", "r", apart) == apart
        assert readings_for("d", "r", apart) == readings_for("c", "other", apart) == ()
        for several in ((one, one), (one, apart[0]), (apart[0], apart[0]), (apart[0], evolve(one, when=("b", True)))):
            with pytest.raises(PolicyError, match="several readings"):
                readings_for("c", "r", several)


class TestOtherLaw:
    """Transfers, notices and the age of consent are dated data as well."""

    @pytest.mark.parametrize("row", rows("law_transfer_regimes"), ids=named)
    def test_a_transfer_regime_is_its_row(self, row):
        """Dates, border, test and note are those of the row."""
        (regime,) = [one for one in TRANSFER_LAW if one.name == row["id"]]
        said = (regime.since, regime.until, regime.border, regime.test, regime.note)
        assert said == (row["from"], row["to"], row["border"], row["test"], row.get("note", ""))
        assert len(TRANSFER_LAW) == len(INVENTORY["law_transfer_regimes"])
        assert law_on(row["from"], TRANSFER_LAW, jurisdiction="UK") is regime

    def test_transfer_regimes_follow_one_another(self):
        """Every day since the first has exactly one."""
        for before, after in pairwise(TRANSFER_LAW):
            assert before.until + DAY == after.since

    def test_the_notice_items_are_those_of_the_inventory(self):
        """Every law's items are there, each with the day from which it is asked for."""
        table = INVENTORY["law_notice_items"]
        listed = {(law, item) for law, items in table.items() for item in items if item not in ("since", "note")}
        assert {(one.law, one.name) for one in NOTICE_LAW} == listed
        assert {one.since for one in NOTICE_LAW if one.law == "uk_duaa_2026"} == {table["uk_duaa_2026"]["since"]}

    @pytest.mark.parametrize(
        ("day", "number"),
        [
            (date(2018, 5, 24), 0),
            (date(2018, 5, 25), 14),
            (date(2026, 2, 4), 14),
            (date(2026, 2, 5), 16),
            (date(2026, 6, 18), 16),
            (date(2026, 6, 19), 17),
        ],
    )
    def test_what_a_notice_must_say_grows(self, day, number):
        """Each item is wanted from its first day, and not before."""
        assert len(wanted_on(day, jurisdiction="UK")) == number

    def test_an_item_that_ended_is_wanted_to_its_last_day(self):
        """A law of one's own takes the place of those that ship."""
        item = NoticeItem(
            name="seal",
            law="own",
            says="a seal",
            since=date(2020, 1, 1),
            until=date(2020, 12, 31),
            source=Source("own"),
        )
        assert wanted_on(date(2020, 12, 31), (item,), jurisdiction="UK") == (item,)
        assert wanted_on(date(2021, 1, 1), (item,), jurisdiction="UK") == ()

    @pytest.mark.parametrize("jurisdiction", ["EU", "uk", ""])
    def test_a_law_that_is_not_known_wants_nobody_knows_what(self, jurisdiction: str) -> None:
        """Nothing would read as if nothing were missing."""
        with pytest.raises(UnknownRefError, match="There is that of UK"):
            wanted_on(date(2021, 1, 1), jurisdiction=jurisdiction)
        with pytest.raises(PeriodError):
            wanted_on(datetime(2021, 1, 1), jurisdiction="UK")  # noqa: DTZ001

    def test_ages_of_consent_are_named_with_their_authorities(self):
        """They are to choose from; refusals have an age of their own where an authority gives one."""
        ages = {one.authority: (one.length, one.after_refusal) for one in CONSENT_AGES}
        assert ages == {
            "CNIL": (months(6), None),
            "Irish DPC": (months(6), None),
            "Czech UOOU": (months(12), months(6)),
        }


def test_a_remark_holds_for_as_long_as_it_says():
    """One without an end holds on."""
    remark = Dated("r", "so", date(2020, 1, 1))
    regime = evolve(UK_2018, remarks=(remark,))
    assert regime.remarks_on(date(2019, 12, 31)) == ()
    assert regime.remarks_on(date(2030, 1, 1)) == (remark,)
