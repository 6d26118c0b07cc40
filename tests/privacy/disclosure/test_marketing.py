"""What may be sent to somebody: what they chose, and what the law of the day says."""

from datetime import date, datetime
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given as tried_on
from hypothesis import strategies as st

from cpdrules.errors import NoEditionError, PeriodError, PolicyError, UnknownRefError
from cpdrules.findings import Source
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.disclosure.marketing import UK_EMAIL_MARKETING, MarketingLaw, may_send, preferences_of
from cpdrules.privacy.disclosure.ordered_rules import Answer
from cpdrules.privacy.requirements import Given
from tests.privacy.harbour import CLUB, line
from tests.privacy.inventory import rows

LAST_OLD, FIRST_NEW = date(2026, 2, 4), date(2026, 2, 5)
SALE = dict.fromkeys(
    ["details_from_sale", "similar_products", "could_refuse_at_collection", "can_refuse_each_time"], True
)
SUPPORT = dict.fromkeys(
    [
        "charity",
        "charitable_purpose_only",
        "details_from_support",
        "collected_since_commencement",
        "could_refuse_at_collection",
        "can_refuse_each_time",
    ],
    True,
)
NO_SALE = {"details_from_sale": False, "no_appeals": False}


def send(purpose="appeal", on=FIRST_NEW, **facts):
    """Ask the club."""
    return may_send(CLUB, purpose, on=on, facts=facts)


class TestChoices:
    """Which purposes somebody's choices stop, and how a choice is changed."""

    def test_each_purpose_that_is_marketing_or_can_be_stopped(self):
        """The newsletter is stopped; the appeal goes on; nobody recorded anything of other purposes."""
        mail, appeal = preferences_of(CLUB, {"no_newsletter": True, "no_appeals": False})
        assert (mail.purpose.id, mail.stopped, mail.unknowns) == ("newsletter", True, ())
        assert mail.change_by == ("the club's site", "a letter")
        assert (appeal.purpose.id, appeal.stopped, appeal.change_by) == ("appeal", False, ())

    def test_what_nobody_recorded(self):
        """Then nobody can tell, and the fact is named."""
        assert [(one.stopped, one.unknowns) for one in preferences_of(CLUB)] == [
            (None, ("no_newsletter",)),
            (None, ("no_appeals",)),
        ]

    def test_marketing_that_nothing_stops(self):
        """The text offers no choice against it, and that is said."""
        bare = evolve(CLUB, preferences=())
        assert [(one.stopped, one.preferences) for one in preferences_of(bare)] == [(False, ()), (False, ())]

    def test_a_service_that_can_be_stopped(self):
        """A choice can be about something that is no marketing; one of several is enough."""
        more = evolve(CLUB.preferences[1], id="peace", fact="peace", stops=("minutes", "appeal"), set_by=("a letter",))
        offered = evolve(CLUB, preferences=(*CLUB.preferences, more))
        found = {one.purpose.id: one for one in preferences_of(offered, {"peace": True})}
        assert {name: one.stopped for name, one in found.items()} == {
            "newsletter": None,
            "appeal": True,
            "minutes": True,
        }
        assert found["appeal"].change_by == ("a letter",)
        half = {one.purpose.id: one for one in preferences_of(offered, {"peace": False})}
        assert (half["appeal"].stopped, half["appeal"].unknowns) == (None, ("no_appeals",))

    def test_they_say_themselves(self):
        """The purpose, whether it goes on, and the way to change that."""
        assert [str(one) for one in preferences_of(CLUB, {"no_appeals": True})] == [
            "newsletter: cannot tell (no_newsletter is not recorded); changed by the club's site, a letter",
            "appeal: stopped; changed by a way that is not stated",
        ]
        assert str(preferences_of(evolve(CLUB, preferences=()))[0]) == "newsletter: goes on"

    def test_a_fact_that_is_none_is_refused(self):
        """A fact holds, does not hold or is not known."""
        with pytest.raises(PolicyError, match="no_appeals"):
            preferences_of(CLUB, {"no_appeals": 1})


class TestTheLawOfTheDay:
    """Marketing by electronic mail needs consent, or one of the grounds of its date."""

    @pytest.mark.parametrize("day", [date(2003, 12, 11), LAST_OLD, FIRST_NEW])
    def test_consent(self, day):
        """Who told the sender so may be written to, at any time."""
        answer = send(on=day, email_consent=True, no_appeals=False)
        assert (answer.outcome, answer.ground.id) == (Answer.ALLOW, "consent")
        assert str(answer.ground.source) == "SI 2003/2426, reg 22(2)"

    def test_consent_must_be_recorded(self):
        """Nobody recorded it, so there is none; what is assumed is said."""
        answer = send(on=LAST_OLD, **NO_SALE)
        assert (answer.outcome, answer.ground.id) == (Answer.DENY, "no ground")
        assert [(one.fact, one.holds) for one in answer.assumptions] == [
            ("individual_subscriber", True),
            ("email_consent", False),
        ]
        assert [need.rule.id for need in answer.needs] == ["no individual", "consent", "soft opt-in"]

    @pytest.mark.parametrize("day", [date(2003, 12, 11), LAST_OLD, FIRST_NEW])
    def test_an_address_from_a_sale(self, day):
        """The soft opt-in for the sender's own similar products."""
        assert send(on=day, no_appeals=False, **SALE).ground.id == "soft opt-in"

    @pytest.mark.parametrize("missing", SALE)
    def test_every_condition_of_it_counts(self, missing):
        """Without any of them there is no ground; while one is not known, nobody can tell."""
        assert send(on=LAST_OLD, no_appeals=False, **{**SALE, missing: False}).outcome is Answer.DENY
        unsure = send(on=LAST_OLD, no_appeals=False, **{**SALE, missing: None})
        assert (unsure.outcome, unsure.ground, unsure.unknowns) == (Answer.UNKNOWN, None, (missing,))

    def test_a_charity_from_5_february_2026(self):
        """Its own purposes, to those who supported them: denied the day before, allowed on the day."""
        before, after = (send(on=day, **SUPPORT, **NO_SALE) for day in (LAST_OLD, FIRST_NEW))
        assert (before.outcome, before.law.name) == (Answer.DENY, "reg22-2003")
        assert (after.outcome, after.law.name, after.ground.id) == (
            Answer.ALLOW,
            "reg22-duaa",
            "charitable soft opt-in",
        )
        assert "reg 22(3A)" in str(after.ground.source)

    @pytest.mark.parametrize("missing", SUPPORT)
    def test_every_condition_of_a_charitys_ground_counts(self, missing):
        """An address collected before that day, among others, is not enough."""
        assert send(**NO_SALE, **{**SUPPORT, missing: False}).outcome is Answer.DENY
        assert send(**NO_SALE, **{**SUPPORT, missing: None}).unknowns == (missing,)

    def test_a_company_is_no_individual(self):
        """The regulation protects individual subscribers."""
        answer = send(individual_subscriber=False, no_appeals=False)
        assert (answer.ground.id, str(answer.ground.source)) == ("no individual", "SI 2003/2426, reg 22(1)")

    def test_their_choice_comes_first(self):
        """Who said no is not written to, whatever they consented to before; while nobody knows, nobody can tell."""
        answer = send(no_appeals=True, email_consent=True)
        assert (answer.outcome, answer.ground.id, answer.needs) == (Answer.DENY, "gifts", ())
        assert send(email_consent=True).unknowns == ("no_appeals",)
        assert (
            send("newsletter", no_newsletter=True).ground.source,
            send("newsletter", no_newsletter=True).ground.says,
        ) == (
            line(50),
            "the newsletter stops",
        )

    def test_what_is_no_marketing(self):
        """Minutes need no ground, and still stop where somebody can stop them."""
        answer = send("minutes")
        assert (answer.outcome, answer.ground.id) == (Answer.ALLOW, "no marketing")
        assert answer.ground.says == "minutes is no direct marketing (administration)"
        stopped = evolve(CLUB, preferences=(evolve(CLUB.preferences[2], fact="no_minutes"),))
        assert may_send(stopped, "minutes", on=FIRST_NEW, facts={"no_minutes": True}).outcome is Answer.DENY

    def test_a_day_before_every_law(self):
        """No later law is taken for it."""
        with pytest.raises(NoEditionError):
            send(on=date(2003, 12, 10))

    def test_a_time_of_day(self):
        """The law is that of a day."""
        with pytest.raises(PeriodError, match="on a day, not at"):
            send(on=datetime(2026, 2, 5))  # noqa: DTZ001

    def test_a_purpose_that_the_statement_lacks(self):
        """It is misuse to ask about it."""
        with pytest.raises(UnknownRefError, match="no purpose 'apeal'"):
            send("apeal")

    def test_the_law_is_an_argument(self):
        """Whoever reads the law otherwise gives their own rows."""
        own = MarketingLaw(
            name="own",
            jurisdiction="UK",
            since=date(2000, 1, 1),
            grounds=(),
            read_on=date(2020, 2, 2),
            source=Source("Own"),
        )
        answer = may_send(CLUB, "appeal", on=FIRST_NEW, facts={"email_consent": True, "no_appeals": False}, law=[own])
        assert (answer.outcome, answer.ground.source) == (Answer.DENY, Source("Own"))
        law = "appeal on 5 February 2026, under own as read on 2 February 2020"
        assert str(answer) == f"{law}: deny under no ground (Own): no ground holds"

    def test_it_says_itself(self):
        """The law as read on a date, the ground, and what was assumed."""
        answer = send(email_consent=True, no_appeals=False)
        law = "appeal on 5 February 2026, under reg22-duaa as read on 21 November 2026"
        assert str(answer).splitlines() == [
            f"{law}: allow under consent (SI 2003/2426, reg 22(2)): the person told the sender that they consent",
            "  taken to be so by no individual: the address is an individual subscriber's",
        ]


names = sorted(
    {
        leaf.name
        for law in UK_EMAIL_MARKETING
        for one in law.grounds
        for leaf in one.when.walk()
        if isinstance(leaf, Given)
    }
)
recorded = st.dictionaries(st.sampled_from([*names, "no_appeals"]), st.booleans() | st.none())


class TestLaws:
    """What a later law and a further fact can change."""

    @tried_on(recorded)
    def test_the_later_law_only_adds_a_ground(self, facts):
        """Whatever could be sent before 5 February 2026 can be sent after, all else equal."""
        before, after = (send(on=day, **facts).outcome for day in (LAST_OLD, FIRST_NEW))
        assert before is not Answer.ALLOW or after is Answer.ALLOW
        assert after is not Answer.DENY or before is Answer.DENY

    @tried_on(recorded, st.sampled_from([name for name in names if name != "individual_subscriber"]))
    def test_no_ground_takes_away(self, facts, name):
        """Recording that a condition of a ground holds never turns allow into anything else."""
        before, after = send(**facts).outcome, send(**{**facts, name: True}).outcome
        assert before is not Answer.ALLOW or after is Answer.ALLOW


class TestTheInventory:
    """The law is as the inventory read it."""

    def test_the_rows(self):
        """Names and days are its own; the later row has one exception more, and there is no gap between them."""
        table = rows("law_email_marketing")
        assert [(one.name, one.since, one.until) for one in UK_EMAIL_MARKETING] == [
            (row["id"], row["from"], row["to"]) for row in table
        ]
        exceptions = [[one.id for one in law.grounds if one.id.endswith("soft opt-in")] for law in UK_EMAIL_MARKETING]
        assert [len(ids) for ids in exceptions] == [" ".join(row["exceptions"]).count("soft opt-in") for row in table]
        assert all((later.since - earlier.until).days == 1 for earlier, later in pairwise(UK_EMAIL_MARKETING))
        assert {(law.jurisdiction, law.read_on) for law in UK_EMAIL_MARKETING} == {("UK", date(2026, 11, 21))}

    def test_line_39_can_be_stopped_in_my_iet(self):
        """“subject to any preference that you may indicate”."""
        stopped = [one for one in preferences_of(iet, {"marketing_opt_out": True}) if one.stopped]
        assert [one.purpose.id for one in stopped] == ["send-information"]
        assert "My IET" in stopped[0].change_by

    def test_line_9_makes_it_a_live_what_if(self):
        """The IET is a charity: its information to those who support it needs no consent from 5 February 2026."""
        facts = {**SUPPORT, "details_from_sale": False, "marketing_opt_out": False}
        outcomes = [may_send(iet, "send-information", on=day, facts=facts).outcome for day in (LAST_OLD, FIRST_NEW)]
        assert outcomes == [Answer.DENY, Answer.ALLOW]
