"""Whether personal data may be told to somebody: by the rules of a club that does not exist, and at random."""

from datetime import date, datetime

import pytest
from attrs import evolve
from hypothesis import given as tried_on
from hypothesis import strategies as st

from cpdrules.errors import NoEditionError, PeriodError, PolicyError
from cpdrules.findings import Source
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.disclosure.disclosing import default_deny, may_disclose, transfers_to
from cpdrules.privacy.disclosure.ordered_rules import Answer
from cpdrules.privacy.law.data_law import TRANSFER_LAW, TransferRegime
from cpdrules.privacy.practices import ANY, DisclosureRule, Preference
from cpdrules.privacy.requirements import given
from cpdrules.privacy.statements import Statement
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET
from tests.privacy.harbour import CLUB, line
from tests.privacy.inventory import rows


def _regime(name, since, until, border, test):
    source = Source("A law")
    return TransferRegime(name=name, since=since, until=until, border=border, test=test, source=source)


LAW = (
    _regime("union", date(2018, 5, 25), date(2020, 12, 31), "EEA", "adequacy or safeguards"),
    _regime("kingdom", date(2021, 1, 1), None, "UK", "regulations or safeguards"),
)


def ask(to="federation", purpose="race-entry", data=("name",), **facts):
    """Ask the club."""
    return may_disclose(CLUB, data, to=to, purpose=purpose, facts=facts)


class TestWhichRuleDecides:
    """Rules are ordered: the first whose recipient and purpose match, and whose condition is met, decides."""

    def test_one_that_matches_and_holds(self):
        """A member is entered with the federation."""
        answer = ask(member=True)
        assert (answer.outcome, answer.rule) == (Answer.ALLOW, CLUB.disclosure[0])
        assert answer.rule.source == line(20)
        assert (answer.needs, answer.unknowns, answer.assumptions, answer.notes) == ((), (), (), ())

    def test_every_rule_looked_at_says_why_it_did_not_decide(self):
        """Other recipients, other purposes and conditions that do not hold are told apart."""
        answer = ask(to="printer", purpose="minutes", protected=False)
        assert [(look.rule.id, look.verdict, look.why) for look in answer.looks] == [
            ("r1", DOES_NOT_APPLY, "it speaks of other recipients"),
            ("r2", DOES_NOT_APPLY, "it speaks of other purposes"),
            ("r3", DOES_NOT_APPLY, "it speaks of other purposes"),
            ("r4", DOES_NOT_APPLY, "it speaks of other recipients"),
            ("r5", NOT_MET, "its condition does not hold: with permission"),
            ("default deny", MET, "it asks for nothing further"),
        ]

    def test_nothing_is_allowed_that_no_rule_allows(self):
        """Where no rule speaks of it, it is denied, by a rule that the text does not state."""
        answer = ask(to="printer", purpose="minutes")
        assert (answer.outcome, answer.rule) == (Answer.DENY, default_deny(CLUB))
        assert answer.rule.source == Source("Harbour Rowing Club", stated="unstated")
        assert [(need.rule.id, need.facts) for need in answer.needs] == [("r5", ("permission",))]

    def test_a_rule_for_one_recipient_and_any_purpose(self):
        """The police are told whatever it is for."""
        assert ask(to="police", purpose="minutes").rule.id == "r4"

    def test_a_rule_that_forbids(self):
        """What forbids comes before what would permit, if it stands before it."""
        answer = ask(member=False, guest_told=False, protected=True, permission=True)
        assert (answer.outcome, answer.rule.id) == (Answer.DENY, "r3")

    def test_a_missing_fact_is_named(self):
        """Neither a member's nor a guest's standing is recorded."""
        answer = ask(protected=False)
        assert (answer.outcome, answer.rule) == (Answer.UNKNOWN, None)
        assert answer.unknowns == ("member", "guest_told")
        assert answer.looks[0].verdict is CANNOT_TELL
        assert [need.rule.id for need in answer.needs] == ["r1", "r5"]

    def test_a_missing_fact_that_changes_nothing_is_not(self):
        """A permission allows it, whatever else."""
        answer = ask(member=False, protected=False, permission=True)
        assert (answer.outcome, answer.rule.id, answer.unknowns) == (Answer.ALLOW, "r5", ())

    def test_a_permission_must_be_recorded(self):
        """Nobody recorded one, so there is none, and the answer says that it assumes so."""
        answer = ask(to="printer", purpose="survey")
        assert [(one.fact, one.holds) for one in answer.assumptions] == [("permission", False)]
        assert ask(to="printer", purpose="survey", permission=True).outcome is Answer.ALLOW

    def test_what_the_text_promises_is_presumed(self):
        """The printer is bound to secrecy unless somebody recorded that it is not."""
        answer = ask(to="printer")
        assert answer.rule.id == "r2"
        assert [(one.fact, one.holds) for one in answer.assumptions] == [("bound", True)]
        assert ask(to="printer", bound=False, protected=False).outcome is Answer.DENY


class TestTheirChoice:
    """What a person chose comes before any rule."""

    @pytest.mark.parametrize(
        ("chosen", "outcome"), [(True, Answer.DENY), (False, Answer.ALLOW), (None, Answer.UNKNOWN)]
    )
    def test_it_stops_the_purpose(self, chosen, outcome):
        """The newsletter stops for those who said no, and nobody can tell where neither is recorded."""
        answer = ask(to="printer", purpose="newsletter", data=["email"], no_newsletter=chosen)
        assert answer.outcome is outcome
        assert answer.stopped_by == (CLUB.preferences[0] if chosen else None)
        assert answer.unknowns == (("no_newsletter",) if chosen is None else ())

    def test_it_is_cited(self):
        """The choice stands among the rules, with its line and its effect."""
        answer = ask(to="printer", purpose="newsletter", no_newsletter=True, permission=True)
        assert (answer.rule.id, answer.rule.source, answer.rule.says) == ("mail", line(50), "the newsletter stops")

    def test_it_leaves_other_purposes_alone(self):
        """Who wants no newsletter can still be entered for a race."""
        assert ask(no_newsletter=True, member=True).outcome is Answer.ALLOW

    def test_one_that_names_the_purpose_without_a_source(self):
        """A choice can name what it stops itself; without a line, the statement is silent on it."""
        answer = ask(to="printer", purpose="appeal", no_appeals=True)
        assert (answer.rule.id, answer.rule.says, answer.rule.source.stated) == ("gifts", "no appeals", "unstated")

    def test_one_that_leaves_no_record_decides_nothing(self):
        """A choice without a fact cannot be known to have been made."""
        assert "colours" not in [look.rule.id for look in ask(to="printer", purpose="minutes").looks]

    def test_without_a_choice_to_deny_there_is_nothing_to_ask(self):
        """A choice that nobody recorded does not make a denied answer unknown."""
        assert ask(to="federation", purpose="newsletter").outcome is Answer.DENY


class TestWhatGoesWithIt:
    """Transfers, the recipient's terms, and data that the purpose does not list are said, and decide nothing."""

    def test_data_goes_abroad(self):
        """The text speaks of those who race abroad; it names no safeguard."""
        (abroad,) = ask(member=True, races_abroad=True).transfers
        assert (abroad.transfer.id, abroad.unknowns, abroad.regime, abroad.safeguard_stated) == ("x1", (), None, False)
        assert str(abroad) == "x1 (Notice, line 40): may go abroad; safeguard unstated"

    def test_it_may_go_abroad(self):
        """Where it is not known whether the text speaks of this person, the fact is named."""
        (abroad,) = ask(member=True).transfers
        assert abroad.unknowns == ("races_abroad",)
        assert str(abroad) == "x1 (Notice, line 40): may go abroad, if races abroad; safeguard unstated"

    def test_it_does_not_go_abroad(self):
        """A fact rules it out; and another recipient is another matter."""
        assert ask(member=True, races_abroad=False).transfers == ()
        assert ask(to="police").transfers == ()

    @pytest.mark.parametrize(
        ("day", "name", "border"),
        [
            (date(2018, 5, 25), "union", "EEA"),
            (date(2020, 12, 31), "union", "EEA"),
            (date(2021, 1, 1), "kingdom", "UK"),
        ],
    )
    def test_the_law_of_the_day(self, day, name, border):
        """The border moves with the law."""
        answer = may_disclose(CLUB, ["name"], to="printer", purpose="race-entry", on=day, law=iter(LAW))
        (abroad,) = answer.transfers
        assert (abroad.regime.name, abroad.regime.border) == (name, border)
        test = "adequacy or safeguards" if name == "union" else "regulations or safeguards"
        words = f"x2 (Notice, line 41): may go abroad; safeguard: standard clauses; {name}: border {border}, {test}"
        assert str(abroad) == words

    def test_no_law_of_the_day(self):
        """A day before every law that was given is said, and no later law is taken for it."""
        answer = may_disclose(CLUB, ["name"], to="printer", purpose="race-entry", on=date(2018, 5, 24), law=LAW)
        assert answer.transfers[0].regime is None
        assert "no transfer regime that was given was in force on 24 May 2018" in answer.notes
        assert "no transfer regime" not in str(
            may_disclose(CLUB, [], to="police", purpose="x", on=date(2018, 5, 24), law=LAW)
        )
        assert "no transfer regime" not in str(
            may_disclose(CLUB, [], to="printer", purpose="x", on=date(2018, 5, 24), law=())
        )
        assert "no transfer regime" not in str(
            may_disclose(CLUB, [], to="printer", purpose="x", on=date(2022, 5, 24), law=LAW)
        )

    @pytest.mark.parametrize("regime", TRANSFER_LAW, ids=lambda one: one.name)
    def test_the_united_kingdoms_law_is_what_ships(self, regime):
        """Without a law given, that of the United Kingdom is reported, from its first day to its last."""
        for day in (regime.since, regime.until or date(2030, 1, 1)):
            assert transfers_to(CLUB, "printer", facts={}, on=day)[0].regime is regime

    def test_two_laws_of_the_day(self):
        """Laws of two jurisdictions at once are refused, and not chosen between."""
        both = (*LAW, _regime("other", date(2020, 1, 1), None, "EEA", "adequacy"))
        with pytest.raises(NoEditionError, match="Several"):
            transfers_to(CLUB, "printer", facts={}, on=date(2021, 1, 1), law=both)

    @pytest.mark.parametrize("day", [datetime(2021, 1, 1), "2021-01-01"])  # noqa: DTZ001
    def test_the_law_is_that_of_a_day(self, day):
        """A time of day or a text is refused, whichever laws are given."""
        for law in (LAW, ()):
            with pytest.raises(PeriodError, match="on a day, not at"):
                may_disclose(CLUB, ["name"], to="printer", purpose="race-entry", on=day, law=law)

    def test_a_day_outside_the_statements_own(self):
        """The statement is asked about a day on which it did not speak."""
        early = may_disclose(CLUB, ["name"], to="police", purpose="race-entry", on=date(2019, 2, 28))
        late = may_disclose(CLUB, ["name"], to="police", purpose="race-entry", on=date(2027, 3, 2))
        assert early.notes == ("the statement speaks from 1 March 2019, which is after 28 February 2019",)
        assert late.notes == ("the statement spoke until 1 March 2027, which is before 2 March 2027",)
        for day in (CLUB.since, CLUB.until):
            assert may_disclose(CLUB, ["name"], to="police", purpose="race-entry", on=day).notes == ()
        undated = evolve(CLUB, since=None, until=None)
        assert may_disclose(undated, ["name"], to="police", purpose="race-entry", on=date(1, 1, 1)).notes == ()

    def test_the_recipients_terms(self):
        """What binds the recipient is listed; where its own policy takes over, that is said."""
        assert ([term.id for term in ask(to="printer").terms], ask(to="printer").handed_over) == (["t1"], False)
        assert ([term.id for term in ask().terms], ask().handed_over) == (["t2"], True)

    def test_data_that_the_purpose_does_not_list(self):
        """It is noted, whatever the answer is, and never passed over."""
        answer = ask(member=True, data=["name", "answers", "shoe-size", "licence", "email", "weight"])
        assert answer.outcome is Answer.ALLOW
        assert answer.unlisted == ("answers", "shoe-size")
        assert answer.notes == (
            "the statement does not list 'answers' for 'race-entry'",
            "the statement names no data item 'shoe-size'",
        )

    def test_data_about_a_third_person(self):
        """The next of kin was not asked."""
        answer = ask(member=True, data=["next-of-kin", "name"])
        assert (answer.third_persons, answer.unlisted) == (("next-of-kin",), ())
        assert answer.notes == ("next-of-kin is about a third person (next of kin)",)

    def test_a_recipient_and_a_purpose_that_are_not_named(self):
        """Strangers are denied and noted; a permission is for anyone."""
        answer = ask(to="a\nstranger", purpose="sale")
        assert answer.outcome is Answer.DENY
        assert answer.notes == (
            "the statement names no recipient 'a\\nstranger'",
            "the statement lists no purpose 'sale', and so no data for it",
        )
        assert answer.unlisted == ("name",)
        assert str(answer).startswith("'a\\nstranger' for 'sale': deny under default deny")
        assert ask(to="stranger", purpose="sale", permission=True).rule.id == "r5"

    @pytest.mark.parametrize("to", ["club", "police", "printer", "federation"])
    def test_whoever_is_named_anywhere_is_named(self, to):
        """Organisations, and those of whom rules, terms or transfers speak."""
        assert ask(to=to).notes == ()

    def test_those_of_whom_only_terms_or_transfers_speak(self):
        """A recipient may be described by what binds it alone."""
        bare = Statement(name="bare", recipient_terms=CLUB.recipient_terms, transfers=CLUB.transfers[1:])
        assert not any("recipient" in note for note in may_disclose(bare, [], to="federation", purpose="x").notes)
        assert not any("recipient" in note for note in may_disclose(bare, [], to="printer", purpose="x").notes)
        assert any("recipient" in note for note in may_disclose(bare, [], to="police", purpose="x").notes)


class TestWordsAndMisuse:
    """An answer says itself; one text is not several ids."""

    def test_it_says_itself(self):
        """The answer, what is open, needed and assumed, transfers, terms and notes."""
        answer = may_disclose(
            CLUB, ["name", "answers"], to="federation", purpose="race-entry", facts={"guest_told": False}
        )
        assert str(answer).splitlines() == [
            "'federation' for 'race-entry': unknown",
            "  open: r1 (Notice, line 20): it is not known whether member",
            "  open: r3 (Notice, line 22): it is not known whether protected",
            "  condition: r1 would allow it: members, and guests who were told",
            "  condition: r3 would forbid it: addresses that a court protects",
            "  condition: r5 would allow it: with permission",
            "  taken not to be so by r5: the person permitted it",
            "  transfer: x1 (Notice, line 40): may go abroad, if races abroad; safeguard unstated",
            "  recipient: its own policy holds (t2, Notice, line 31)",
            "  note: the statement does not list 'answers' for 'race-entry'",
        ]

    def test_the_question_is_kept(self):
        """Each item once, in the order given."""
        answer = may_disclose(
            CLUB, iter(["name", "email", "name"]), to="police", purpose="minutes", on=date(2020, 1, 1)
        )
        assert (answer.data, answer.to, answer.purpose) == (("name", "email"), "police", "minutes")
        assert answer.on == date(2020, 1, 1)

    def test_one_text_is_refused(self):
        """Its letters would be data items."""
        with pytest.raises(PolicyError, match="one text, 'name'"):
            may_disclose(CLUB, "name", to="police", purpose="minutes")

    def test_a_fact_that_is_none_is_refused(self):
        """A fact holds, does not hold or is not known."""
        with pytest.raises(PolicyError, match="member"):
            may_disclose(CLUB, ["name"], to="police", purpose="minutes", facts={"member": "yes"})


recipients, purposes = st.sampled_from(["x", "y"]), st.sampled_from(["s", "t"])
scopes = [st.just(ANY) | st.lists(one, unique=True).map(tuple) for one in (recipients, purposes)]
rule_sets = st.lists(
    st.tuples(*scopes, st.booleans(), st.none() | st.sampled_from("ab"), st.booleans()), max_size=6
).map(
    lambda drawn: tuple(
        DisclosureRule(
            id=f"r{n}",
            to=to,
            purposes=for_,
            allows=allows,
            when=fact and given(fact, presumed=False if fact == "b" else None),
            says="",
            source=line(n + 1),
        )
        for n, (to, for_, allows, fact, _) in enumerate(drawn)
    )
)
recorded = st.dictionaries(st.sampled_from("abn"), st.booleans() | st.none())
CHOICES = (Preference(id="no", what="no", fact="n", stops=("t",), sources=()),)


class TestLaws:
    """Default deny, at random."""

    @tried_on(rule_sets, recipients, purposes, recorded)
    def test_nothing_is_allowed_that_no_rule_allows(self, rules, to, purpose, facts):
        """Whatever is allowed, some rule that allows speaks of it, and holds or may hold."""
        answer = may_disclose(Statement(name="s", disclosure=rules), [], to=to, purpose=purpose, facts=facts)
        if answer.outcome is not Answer.DENY:
            assert any(
                look.rule.allows and look.verdict in (MET, CANNOT_TELL) and look.rule in rules for look in answer.looks
            )
        if answer.rule is not None:
            assert (answer.rule.to is ANY or to in answer.rule.to) and (
                answer.rule.purposes is ANY or purpose in answer.rule.purposes
            )
            assert answer.rule.allows is (answer.outcome is Answer.ALLOW)

    @tried_on(rule_sets, recipients, purposes, recorded)
    def test_a_choice_only_takes_away(self, rules, to, purpose, facts):
        """Offering people a choice never allows more, and whoever made it is told nobody of what it stops."""
        free = may_disclose(Statement(name="s", disclosure=rules), [], to=to, purpose=purpose, facts=facts).outcome
        offered = Statement(name="s", disclosure=rules, preferences=CHOICES)
        bound = may_disclose(offered, [], to=to, purpose=purpose, facts=facts).outcome
        if purpose == "t" and facts.get("n"):
            assert bound is Answer.DENY
        elif purpose == "t" and facts.get("n") is None:
            assert bound is (Answer.DENY if free is Answer.DENY else Answer.UNKNOWN)
        else:
            assert bound is free

    @tried_on(rule_sets, recipients, purposes, recorded, st.randoms(use_true_random=False))
    def test_rules_on_other_questions_may_stand_anywhere(self, rules, to, purpose, facts, random):
        """Only the order among rules that speak of the question matters."""
        matching = [
            one for one in rules if (one.to is ANY or to in one.to) and (one.purposes is ANY or purpose in one.purposes)
        ]
        others = [one for one in rules if one not in matching]
        mixed = list(matching)
        for one in others:
            mixed.insert(random.randint(0, len(mixed)), one)
        answers = [
            may_disclose(Statement(name="s", disclosure=tuple(some)), [], to=to, purpose=purpose, facts=facts)
            for some in (rules, mixed, matching)
        ]
        assert len({(one.outcome, one.rule, one.needs, one.unknowns, one.assumptions) for one in answers}) == 1

    @tried_on(rule_sets, recipients, purposes, recorded)
    def test_what_is_asked_about_changes_no_answer(self, rules, to, purpose, facts):
        """The items are noted; rules speak of recipients and purposes."""
        statement = Statement(name="s", disclosure=rules)
        one, other = (
            may_disclose(statement, data, to=to, purpose=purpose, facts=facts) for data in ([], ["name", "weight"])
        )
        assert one.decision == other.decision


def _answered(row):
    """Answer a row of the inventory's table: its keys are the arguments, its facts the rules' own."""
    return may_disclose(iet, row["data"], to=row["to"], purpose=row["purpose"], facts=row.get("subject") or {})


def _asked(data, to, purpose, expect, rule, **subject):
    return {"data": data, "to": to, "purpose": purpose, "subject": subject, "expect": expect, "rule": rule}


#: Questions like those of the inventory, answered by reading the text.
READ = (
    _asked(["name"], "public", "publish-new-registrants", "allow", "d06", new_registrant=True),
    _asked(["name"], "engc", "register-qualification", "deny", "d99", registrant=False),
    _asked(["name"], "engc", "marketing", "deny", "d99", registrant=True),
    _asked(["email"], "other-companies", "marketing", "deny", "d99"),
    _asked(["email"], "other-companies", "marketing", "deny", "d99", explicit_permission=False),
    _asked(["name"], "preferential-services", "preferential-service", "allow", "d10", told=True),
    _asked(["name"], "preferential-services", "preferential-service", "unknown", None),
    _asked(
        ["name"], "preferential-services", "preferential-service", "allow", "d12", told=False, explicit_permission=True
    ),
    _asked(["payment-details"], "netbanx", "take-payment", "allow", "d08", told=True),
    _asked(["payment-details"], "worldpay", "take-payment", "deny", "d99", told=False),
    _asked(["payment-details"], "adestra", "take-payment", "deny", "d99", told=True),
    _asked(["event-registration"], "event-partners", "partner-event", "allow", "d09", told=True),
    _asked(["event-registration"], "event-partners", "partner-event", "unknown", None),
    _asked(["name"], "authorities", "law-enforcement", "allow", "d11"),
    _asked(["name"], "authorities", "market-analysis", "deny", "d99"),
    _asked(["email"], "adestra", "send-information", "deny", "p02", marketing_opt_out=True),
    _asked(["email"], "adestra", "send-information", "unknown", None),
    _asked(["email"], "adestra", "send-information", "deny", "d99", marketing_opt_out=False, recipient_bound=False),
    _asked(["ip-address"], "google", "web-statistics", "allow", "d07"),
    _asked(["name"], "iet-services", "introduce-goods", "allow", "d01"),
    _asked(["name"], "iet-connect", "marketing", "deny", "d99"),
    _asked(["name"], "iet-officers", "assess-application", "allow", "d04"),
    _asked(["name"], "local-networks", "membership-services", "deny", "d99", member=False, services_requested=False),
    _asked(["name"], "overseas-offices", "global-activities", "allow", "d03"),
    _asked(["name"], "a-stranger", "sale", "deny", "d99"),
)


class TestTheInventory:
    """Every row of the inventory's table of disclosures is answered as it says."""

    @pytest.mark.parametrize("row", [*rows("disclosure_tests"), *READ], ids=lambda row: row.get("id", row["to"]))
    def test_a_row_is_answered_so(self, row):
        """The outcome, the rule that decides, and whether data goes abroad."""
        answer = _answered(row)
        assert answer.outcome.value == row["expect"]
        assert (answer.rule and answer.rule.id) == row.get("rule", answer.rule and answer.rule.id)
        if row.get("note") == "transfer_flag":
            assert answer.transfers
            assert not any(one.safeguard_stated for one in answer.transfers)


class TestTheIetsLines:
    """What the IET's statement adds to an answer."""

    def test_line_33_for_a_member_abroad(self):
        """“may be transferred outside the EEA” is said of a member based there; line 11 speaks of anybody."""
        row = _asked(["name"], "local-networks", "membership-services", "", "", member=True, location_outside_eea=True)
        assert [one.transfer.id for one in _answered(row).transfers] == ["tr1", "tr2"]
        row["subject"]["location_outside_eea"] = False
        assert "tr2" not in [one.transfer.id for one in _answered(row).transfers]

    def test_line_49_hands_over(self):
        """“The IET's privacy policy will no longer apply” to what another company does."""
        answer = _answered(_asked(["email"], "other-companies", "marketing", "", "", explicit_permission=True))
        assert (answer.handed_over, [term.source.line for term in answer.terms]) == (True, [49])

    def test_line_21_names_a_third_person(self):
        """The name of a qualified supporter is somebody else's."""
        answer = _answered(_asked(["supporter-name"], "iet-officers", "assess-application", "", ""))
        assert answer.third_persons == ("supporter-name",)

    def test_line_37_binds_the_recipients(self):
        """Third parties that help deliver services are bound by two terms."""
        answer = _answered(_asked(["name"], "delivery-third-parties", "deliver-requested", "", ""))
        assert [term.id for term in answer.terms] == ["r01", "r02"]
        assert [one.fact for one in answer.assumptions] == ["recipient_bound"]
