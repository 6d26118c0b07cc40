"""What may be asked of somebody, and what each side owes: of a club that does not exist, at random, and of the IET."""

import pytest
from attrs import evolve
from hypothesis import given as tried_on
from hypothesis import strategies as st

from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.cookies import Severity
from cpdrules.privacy.disclosure.asking import Depending, duties_of, required_data, rights_of
from cpdrules.privacy.effects.blocking import effects_of, everything
from cpdrules.privacy.practices import Purpose
from cpdrules.privacy.statements import Statement
from tests.privacy.harbour import CLUB, line
from tests.privacy.inventory import named, rows

KINDS = ("junior", "coxswain", "rower")


class TestWhatIsRequired:
    """A purpose requires some data of everyone, some of those of whom a fact holds, and may require more."""

    def test_of_everyone(self):
        """Somebody who is nothing in particular gives a name and a weight."""
        asked = required_data(CLUB, "race-entry", ())
        assert (asked.required, asked.depending) == (("name", "weight"), ())
        assert (asked.may_require, asked.uses) == (("next-of-kin",), ("email",))
        assert (asked.concerned, asked.unknowns) == (True, ())

    def test_of_those_of_whom_a_fact_holds(self):
        """A coxswain shows a licence, too."""
        assert required_data(CLUB, "race-entry", ["coxswain"]).required == ("name", "weight", "licence")
        assert required_data(CLUB, "race-entry", {"coxswain": True, "junior": False}).required[2:] == ("licence",)

    def test_of_somebody_of_whom_nothing_is_known(self):
        """What would be needed is listed apart, with the facts that it depends on."""
        asked = required_data(CLUB, "race-entry")
        assert asked.required == ("name", "weight")
        assert asked.depending == (Depending("licence", ("coxswain",)), Depending("guardian", ("junior",)))
        assert asked.unknowns == ("coxswain", "junior")
        assert asked == required_data(CLUB, "race-entry", {}) == required_data(CLUB, "race-entry", {"junior": None})

    def test_a_fact_that_does_not_hold_is_told_from_one_not_known(self):
        """Who is known to be no junior needs no guardian's name; whether they steer is not known."""
        asked = required_data(CLUB, "race-entry", {"junior": False})
        assert [one.item for one in asked.depending] == ["licence"]

    def test_two_facts_for_one_item(self):
        """Either is enough; while neither is known, both are named."""
        row = Purpose(
            id="p",
            title="p",
            kind="service",
            required=("name",),
            required_if=(("a", "email"), ("b", "email"), ("c", "name")),
            sources=(line(1),),
        )
        one = Statement(name="s", purposes=(row,))
        assert required_data(one, "p").depending == (Depending("email", ("a", "b")),)
        assert required_data(one, "p", {"a": False}).depending == (Depending("email", ("b",)),)
        assert required_data(one, "p", {"a": False, "b": True}).required == ("name", "email")
        assert required_data(one, "p", {"a": False, "b": False}).required == ("name",)
        assert required_data(one, "p", {"a": False, "b": False}).depending == ()

    def test_what_may_be_left_out(self):
        """All of a purpose whose answers are optional, and an item that is optional wherever it is asked."""
        assert required_data(CLUB, "survey").optional == ("answers",)
        assert required_data(CLUB, "race-entry", ()).optional == ("weight",)
        assert required_data(CLUB, "newsletter").optional == ()

    def test_a_third_persons_data_is_flagged(self):
        """The next of kin and the guardian are not asked themselves."""
        assert [one.id for one in required_data(CLUB, "race-entry", ()).third_persons] == ["next-of-kin"]
        assert [one.id for one in required_data(CLUB, "race-entry").third_persons] == ["next-of-kin", "guardian"]

    def test_where_and_how_surely_the_text_says_so(self):
        """The modality is the text's own, and the lines are cited."""
        asked = required_data(CLUB, "race-entry")
        assert (asked.modality, asked.sources) == ("normally", (line(10),))

    def test_a_purpose_that_the_statement_lacks(self):
        """It is misuse to ask for the data of a purpose that nobody stated."""
        with pytest.raises(UnknownRefError, match="Did you mean coaching"):
            required_data(CLUB, "coachin")

    def test_one_text_is_refused(self):
        """Its letters would be facts."""
        with pytest.raises(PolicyError, match="one text, 'junior'"):
            required_data(CLUB, "coaching", "junior")

    def test_a_fact_that_is_none_is_refused(self):
        """A fact holds, does not hold or is not known."""
        with pytest.raises(PolicyError, match="junior"):
            required_data(CLUB, "coaching", {"junior": "yes"})


class TestWhomItConcerns:
    """A purpose may concern only those of whom one of some facts holds."""

    def test_it_does_not_concern_everyone(self):
        """Somebody who neither rows nor steers is asked nothing."""
        asked = required_data(CLUB, "coaching", ["junior"])
        assert (asked.concerned, asked.required, asked.may_require, asked.uses) == (False, (), (), ())
        assert str(asked) == "coaching (Notice, line 11): does not concern this person"

    def test_one_fact_is_enough(self):
        """Who rows is concerned, whether or not they steer."""
        asked = required_data(CLUB, "coaching", {"rower": True, "junior": True})
        assert (asked.concerned, asked.required, asked.unknowns) == (True, ("name", "guardian"), ())

    def test_it_is_not_known(self):
        """Then nothing is required for certain; what may be asked for may still be."""
        asked = required_data(CLUB, "coaching", {"rower": False})
        assert (asked.concerned, asked.required, asked.may_require) == (None, (), ("weight",))
        assert asked.depending == (Depending("name", ("coxswain",)), Depending("guardian", ("coxswain", "junior")))
        assert asked.unknowns == ("coxswain", "junior")

    def test_it_is_not_known_of_a_purpose_that_requires_nothing(self):
        """The facts that would tell are named all the same."""
        asked = required_data(iet, "assess-application", {"miet_applicant": False})
        assert (asked.concerned, asked.depending, asked.unknowns) == (None, (), ("qualification_candidate",))


class TestWords:
    """An answer says itself."""

    def test_it_says_itself(self):
        """Lists that are empty are left out."""
        assert str(required_data(CLUB, "race-entry", {"junior": False})).splitlines() == [
            "race-entry (Notice, line 10):",
            "  required (normally): name, weight",
            "  may turn out to be required: licence (depending on coxswain)",
            "  may be required: next-of-kin",
            "  used: email",
            "  may be left out: weight",
            "  about a third person: next-of-kin (a third person (next of kin))",
        ]
        assert str(required_data(CLUB, "coaching", ["rower"])).splitlines()[1] == "  required: name"


facts = st.dictionaries(st.sampled_from(KINDS), st.booleans() | st.none())


class TestLaws:
    """What more knowledge of somebody can change, and what it cannot."""

    @tried_on(
        st.sampled_from(["race-entry", "coaching"]), st.sets(st.sampled_from(KINDS)), st.sets(st.sampled_from(KINDS))
    )
    def test_whoever_is_more_is_asked_no_less(self, purpose, one, more):
        """Nothing that is required of somebody ceases to be because they are something else besides."""
        fewer = required_data(CLUB, purpose, one)
        assert set(fewer.required) <= set(required_data(CLUB, purpose, one | more).required)

    @tried_on(st.sampled_from(["race-entry", "coaching", "survey"]), facts, st.data())
    def test_knowing_more_stays_within_what_was_said(self, purpose, known, data):
        """What was required for certain stays required, and nothing turns up that was not said to depend on a fact."""
        learnt = {name: data.draw(st.booleans()) for name in KINDS if known.get(name) is None}
        before, after = required_data(CLUB, purpose, known), required_data(CLUB, purpose, {**known, **learnt})
        assert set(before.required) <= set(after.required)
        assert set(after.required) <= set(before.required) | {one.item for one in before.depending}
        assert after.depending == after.unknowns == ()

    @tried_on(st.sampled_from(["race-entry", "coaching"]), facts, st.data())
    def test_the_facts_named_are_enough(self, purpose, known, data):
        """Once they are known, nothing depends on a fact any more; and where none is named, nothing did."""
        before = required_data(CLUB, purpose, known)
        learnt = {name: data.draw(st.booleans()) for name in before.unknowns}
        assert required_data(CLUB, purpose, {**known, **learnt}).unknowns == ()
        assert bool(before.unknowns) == bool(before.depending or before.concerned is None)


class TestDuties:
    """What each side must do, or is advised to."""

    def test_the_visitors(self):
        """Those that a fact makes matter are listed with it while it is not known."""
        assert [(one.duty.id, one.depends_on) for one in duties_of(CLUB)] == [("v1", ""), ("v2", "shared")]
        assert [(one.duty.id, one.depends_on) for one in duties_of(CLUB, facts={"shared": True})] == [
            ("v1", ""),
            ("v2", ""),
        ]
        assert [one.duty.id for one in duties_of(CLUB, "visitor", {"shared": False})] == ["v1"]

    def test_the_other_sides(self):
        """The club owes something, too."""
        assert [one.duty.id for one in duties_of(CLUB, by="institution")] == ["i1"]

    def test_there_are_two_sides(self):
        """Of another nobody is told that it has no duties."""
        with pytest.raises(PolicyError, match=r"'visitors' has no duties under a statement.*Did you mean visitor\?"):
            duties_of(CLUB, "visitors")
        with pytest.raises(PolicyError, match='Ask for "visitor" or "institution"'):
            duties_of(CLUB, None)

    def test_they_say_themselves(self):
        """The line, how binding it is, and on what it depends."""
        assert [str(one) for one in duties_of(CLUB)] == [
            "v1 (Notice, line 60), must: keep the key safe",
            "v2 (Notice, line 61), guideline, if shared: log out",
        ]


class TestRights:
    """What somebody may ask for, and whether the route is open."""

    def test_all_routes_are_open(self):
        """Except where the text names none."""
        assert [(one.right.id, one.open) for one in rights_of(CLUB, {"member": True})] == [
            ("q1", True),
            ("q2", True),
            ("q3", None),
        ]

    @pytest.mark.parametrize("which", ["lost", "unsure"])
    def test_one_text_is_not_several(self, which):
        """Its letters are no functions."""
        with pytest.raises(PolicyError, match="What does not work was given as one text, 'account'"):
            rights_of(CLUB, **{which: "account"})

    def test_a_route_that_needs_what_is_lost_is_closed(self):
        """Without the account details cannot be corrected there; by letter they can."""
        one, two, three = rights_of(CLUB, {"member": True}, lost=["account", "board"])
        assert (one.open, one.why) == (False, "the account, which needs account")
        assert (two.open, two.why) == (True, "a letter")
        assert (three.open, three.why) == (None, "the route is unstated")

    @pytest.mark.parametrize(
        ("harm", "is_open", "why"),
        [
            (Severity.FAILS, False, ", which needs account"),
            (Severity.NOT_RECOGNISED, False, ", which needs account"),
            (Severity.DEGRADED, True, ", though account suffers (degraded)"),
            (Severity.NUISANCE, True, ", though account suffers (nuisance)"),
            (Severity.NONE, True, ""),
            (Severity.UNSTATED, None, ", which needs account, and that may be lost"),
        ],
    )
    def test_how_bad_it_is_matters(self, harm, is_open, why):
        """A function that works after a fashion closes no route; where the text is silent, nobody can tell."""
        one, *_ = rights_of(CLUB, {"member": True}, lost={"account": harm})
        assert (one.open, one.why) == (is_open, f"the account{why}")

    def test_a_route_that_may_be_lost(self):
        """Nobody can tell."""
        one, *_ = rights_of(CLUB, {"member": True}, unsure=["account"])
        assert (one.open, one.why) == (None, "the account, which needs account, and that may be lost")

    def test_whether_somebody_has_the_right_is_not_known(self):
        """Then nobody can tell, unless the route is closed to all."""
        assert (rights_of(CLUB)[0].open, rights_of(CLUB)[0].why) == (None, "the account, if member")
        assert rights_of(CLUB, lost=["account"])[0].open is False

    def test_who_does_not_have_it(self):
        """A right that a fact rules out is left out."""
        assert [one.right.id for one in rights_of(CLUB, {"member": False})] == ["q2", "q3"]

    @pytest.mark.parametrize("argument", ["lost", "unsure"])
    def test_a_function_that_the_site_lacks(self, argument):
        """It cannot have been lost."""
        with pytest.raises(UnknownRefError, match="no function 'acount'"):
            rights_of(CLUB, **{argument: ["acount"]})

    def test_a_route_that_needs_nothing_is_never_closed(self):
        """An empty need is no function."""
        bare = evolve(CLUB, functions=(), rights=CLUB.rights[1:2])
        assert [one.open for one in rights_of(bare)] == [True]

    def test_they_say_themselves(self):
        """The line, whether it is open, what it is, and the route."""
        assert [str(one) for one in rights_of(CLUB, {"member": True}, lost=["account"])] == [
            "q1 (Notice, line 80), closed: correct details; the account, which needs account",
            "q2 (Notice, line 81), open: correct details; a letter",
            "q3 (Notice, line 82), cannot tell: complain; the route is unstated",
        ]


#: What the inventory's rows call somebody, and the facts of which they speak.
WHO = {
    "member": {"member"},
    "other member": {"member"},
    "non-member": set(),
    "anyone": set(),
    "MIET applicant": {"miet_applicant"},
    "MIET applicants": {"miet_applicant"},
    "qualification candidate": {"qualification_candidate"},
    "qualification candidates": {"qualification_candidate"},
}
#: Rows like those of the inventory, answered by reading the text.
READ = (
    {"purpose": "send-products", "expect": ["name", "postal-address", "other-contact"], "expect_may": []},
    {
        "purpose": "assess-application",
        "who": "MIET applicant",
        "expect": [],
        "expect_may": ["educational-history", "employment-history", "supporter-name"],
    },
    {"purpose": "assess-application", "expect_may": ["educational-history", "employment-history", "supporter-name"]},
    {"purpose": "subject-access", "who": "non-member", "expect": ["name", "postal-address", "telephone"]},
    {"purpose": "identify-requester", "who": "member", "expect": ["contact-address-in-use", "membership-number"]},
    {"purpose": "identify-requester", "who": "non-member", "expect": ["contact-address-in-use"]},
    {"purpose": "local-activities", "expect": ["country"]},
    {"purpose": "access-online-services", "expect": ["login-account"]},
    {"purpose": "improve-by-questions", "expect": [], "expect_may": []},
)


class TestTheInventory:
    """Every row of the inventory's table of required data is answered as it says."""

    @pytest.mark.parametrize("row", [*rows("required_data_tests"), *READ], ids=named)
    def test_a_row_is_answered_so(self, row):
        """What is required, and what may be."""
        asked = required_data(iet, row["purpose"], WHO[row["who"]] if "who" in row else None)
        if "expect" in row:
            assert sorted(asked.required) == sorted(row["expect"])
        if "expect_may" in row:
            assert sorted(asked.may_require) == sorted(row["expect_may"])


class TestTheIetsLines:
    """What the IET's statement says of it."""

    def test_line_21_says_typically(self):
        """“Typically, the following details are required”."""
        assert required_data(iet, "send-products").modality == "normally"

    def test_line_21_names_a_third_person(self):
        """“the name of a qualified supporter” is not the applicant's own."""
        asked = required_data(iet, "assess-application", ["miet_applicant"])
        assert [one.id for one in asked.third_persons] == ["supporter-name"]

    def test_line_41_is_optional(self):
        """“Answering any questions will be optional”."""
        assert required_data(iet, "improve-by-questions").optional == ("optional-answers",)

    def test_line_81_speaks_of_shared_computers(self):
        """Six pieces of advice are for those who share one."""
        shared = {one.duty.id for one in duties_of(iet, facts={"shared_computer": True}) if not one.depends_on}
        alone = {one.duty.id for one in duties_of(iet, facts={"shared_computer": False})}
        assert shared - alone == {"s02", "s03", "s04", "s05", "s06", "s07"}

    def test_lines_67_and_68_with_all_cookies_blocked(self):
        """“log on to the site to review and update” is no longer possible; the enquiry form is still there."""
        effects = effects_of(iet, everything(iet))
        rights = rights_of(iet, {"registered_website_user": True}, lost=effects.lost, unsure=effects.unknown)
        standing = {one.right.id: one.open for one in rights}
        assert (standing["q01"], standing["q02"]) == (False, True)
