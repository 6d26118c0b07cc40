"""A statement's contradictions: each kind on a museum's statement with and without the fault, and the IET's five."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields, has
from hypothesis import given as drawn
from hypothesis import settings

from cpdrules import any_of
from cpdrules.findings import Source
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy import access_requests, cookies, practices
from cpdrules.privacy.contradictions import contradictions
from cpdrules.privacy.cookies import Blocked, Cookie, Function, Provider, Severity
from cpdrules.privacy.disagreements import Contradiction, Kind
from cpdrules.privacy.practices import Claim, Commitment, DataItem, Purpose, Tracking
from cpdrules.privacy.references import FIELDS, dangling, references
from cpdrules.privacy.requirements import accepts, given, works
from cpdrules.privacy.statements import Statement, as_stated
from tests.privacy.inventory import rows
from tests.privacy.museum import MUSEUM, changed, house, site
from tests.privacy.strategies import statements


def kinds(statement: Statement) -> list[Kind]:
    """Give the kinds of what is found, but for what a short version leaves out."""
    return [one.kind for one in contradictions(statement) if one.kind != "short version leaves out"]


def lines(found: Contradiction) -> list[tuple[str, int | None]]:
    """Give the places of a finding."""
    return [(source.document, source.line) for source in found.between]


def one(statement: Statement, kind: Kind) -> Contradiction:
    """Give the only finding, which is of a kind."""
    found = [each for each in contradictions(statement) if each.kind != "short version leaves out"]
    assert [each.kind for each in found] == [kind]
    return found[0]


def more(statement: Statement, table: str, *added: object) -> Statement:
    """Give a statement with further rows."""
    return evolve(statement, **{table: (*getattr(statement, table), *added)})


class TestTheIet:
    """“The contradictions k01 to k05 are found from the model, not listed by hand”."""

    def test_they_are_the_five_of_the_inventory_and_nothing_else(self) -> None:
        """Each at the two lines that the inventory names, in the same order; no false alarm beside them."""
        found = [[line for _, line in lines(each)] for each in contradictions(iet)]
        assert found == [row["between"] for row in rows("contradictions")]

    def test_each_is_of_its_kind_and_names_its_rows(self) -> None:
        """What a reader needs to look them up."""
        assert {each.kind: each.rows for each in contradictions(iet)} == {
            "no longer used, yet used": ("trackings/scout-code", "cookies/scout-analytics"),
            "harm understated": ("cookies/anon-session", "functions/shop-basket"),
            "essential, yet optional": ("groups/essential", "cookies/forum-last-visit", "cookies/forum-latest-posts"),
            "anonymous, yet identifying": ("commitments/c04", "cookies/google-analytics", "data_items/ip-address"),
            "short version leaves out": tuple(
                f"cookies/{id_}"
                for id_ in (
                    *("anon-session", "jobs-supplementary", "mycommunity-supplementary", "archives-session"),
                    *("career-manager-session", "ln-event-booking", "digital-library-session", "survey-invitation"),
                )
            ),
        }

    def test_what_is_only_inferred_makes_none_of_them(self) -> None:
        """As the text has it, all five stand; two rows then speak of others that were only inferred."""
        found = contradictions(as_stated(iet))
        assert [each for each in found if each.kind != "dangling id"] == list(contradictions(iet))
        assert [each.rows for each in found if each.kind == "dangling id"] == [
            ("cookies/forum-logon",),
            ("purposes/take-payment",),
        ]

    def test_it_says_where(self) -> None:
        """A line of text: kind, what, places."""
        assert str(contradictions(iet)[0]) == (
            "no longer used, yet used: scout-code is in use, and scout-analytics of the same provider, for the same, "
            "no longer is (P1, line 61 and P2, line 182)"
        )

    def test_without_the_fault_there_is_none(self) -> None:
        """With each of the five put right, nothing is found."""
        mended = changed(iet, "trackings", "scout-code", active=False)
        session = evolve(iet.cookie("anon-session").blocked, severity=Severity.FAILS)
        mended = changed(mended, "cookies", "anon-session", blocked=session)
        mended = evolve(mended, claims=())
        mended = changed(mended, "groups", "essential", essential=False)
        mended = changed(mended, "data_items", "ip-address", identifies=False)
        assert contradictions(mended) == ()


class TestTheMuseum:
    """A statement that agrees with itself."""

    def test_a_sound_statement_has_none(self) -> None:
        """Nothing is found but that its short version is short."""
        assert kinds(MUSEUM) == []

    def test_nothing_at_all_has_no_controller_and_no_more(self) -> None:
        """An empty statement contradicts nothing."""
        found = contradictions(Statement(name="empty"))
        assert [(each.kind, each.between, each.rows) for each in found] == [("no controller", (), ())]
        assert str(found[0]) == "no controller: nobody is named who decides why and how data is used"

    @drawn(statements())
    @settings(max_examples=60, deadline=None)
    def test_nothing_drawn_raises(self, statement: Statement) -> None:
        """Whatever a statement is, it is looked at, and the same findings come again."""
        assert contradictions(statement) == contradictions(statement)


class TestNoLongerUsed:
    """“Same processor/purpose active in one component and discontinued in the other, with overlapping validity”."""

    def _used(self, **changes: Any) -> Statement:
        tracking = Tracking(
            id="still", what="counting", purpose="fun", by="counters", data=("profile",), source=house(22)
        )
        return more(MUSEUM, "trackings", evolve(tracking, **changes))

    def test_it_is_found(self) -> None:
        """At the line that says it is in use, and the one where the cookie stands among those that are not."""
        found = one(self._used(), "no longer used, yet used")
        assert lines(found) == [("House", 22), ("Site", 40)]
        assert found.rows == ("trackings/still", "cookies/old")

    @pytest.mark.parametrize(
        "changes",
        [
            {"active": False},
            {"by": "printers"},
            {"by": ""},
            {"data": ("pages",)},
            {"source": site(30)},
        ],
        ids=["stopped", "another", "the museum", "other data", "the same part"],
    )
    def test_it_takes_the_same_provider_and_data_in_use_in_another_part(self, changes: dict[str, Any]) -> None:
        """A provider may do one thing still and another no longer."""
        assert kinds(self._used(**changes)) == []

    def test_the_same_purpose_is_enough(self) -> None:
        """Where the tracking has the purpose of the cookie."""
        assert kinds(self._used(data=(), purpose="counting")) == ["no longer used, yet used"]

    def test_a_cookie_without_a_provider_is_nobodys(self) -> None:
        """Neither does a tracking by nobody in particular go with it."""
        bare = changed(self._used(by=""), "cookies", "old", provider=Provider())
        assert kinds(bare) == []

    def test_nobody_is_no_provider(self) -> None:
        """Nor is one that is named by nothing."""
        assert kinds(changed(self._used(by=""), "cookies", "old", provider=Provider(organisation=""))) == []

    def test_parts_of_one_document_are_told_apart_by_their_lines(self) -> None:
        """A line is in the part that reaches from before it to after it."""
        early, late = (
            evolve(MUSEUM.components[1], id=name, lines=lines) for name, lines in (("a", (1, 35)), ("b", (36, 60)))
        )
        split = evolve(self._used(source=site(30)), components=(MUSEUM.components[0], early, late))
        assert lines(one(split, "no longer used, yet used")) == [("Site", 30), ("Site", 40)]
        assert kinds(evolve(self._used(source=site(36)), components=split.components)) == []

    def test_a_purpose_that_the_provider_serves_counts_too(self) -> None:
        """With the tracking it is one finding where both stand on one line, and two where they do not."""
        purpose = Purpose(
            id="p", title="p", kind="profiling", uses=("profile",), by=("counters",), sources=(house(22),)
        )
        both = more(self._used(), "purposes", purpose)
        assert one(both, "no longer used, yet used").rows == ("trackings/still", "cookies/old", "purposes/p")
        apart = more(self._used(), "purposes", evolve(purpose, sources=(house(23), house(22))))
        assert [lines(each)[0] for each in contradictions(apart)][:2] == [("House", 22), ("House", 23)]
        assert kinds(more(MUSEUM, "purposes", evolve(purpose, by=("printers",)))) == []
        assert kinds(more(MUSEUM, "purposes", evolve(purpose, uses=("pages",)))) == []

    def test_both_must_hold_on_one_day(self) -> None:
        """A statement that ended before the cookie did contradicts nothing; one that ended on the day does."""
        used = changed(self._used(), "cookies", "old", discontinued=date(2029, 1, 31))
        assert kinds(used) == ["no longer used, yet used"]
        assert kinds(changed(used, "cookies", "old", discontinued=date(2029, 2, 1))) == []
        assert kinds(evolve(changed(used, "cookies", "old", discontinued=date(2029, 2, 1)), until=None)) == [
            "no longer used, yet used"
        ]

    def test_the_part_in_use_must_speak_by_then(self) -> None:
        """A part that speaks only after the statement's end is a mistake of dates, and no contradiction."""
        late = changed(self._used(), "components", "house", updated=date(2030, 1, 1))
        assert kinds(late) == []

    def test_documents_tell_parts_apart_that_nobody_dated(self) -> None:
        """Without components, two documents are two parts."""
        assert kinds(evolve(self._used(), components=())) == ["no longer used, yet used"]
        assert kinds(evolve(self._used(source=site(30)), components=())) == []

    def test_a_source_without_a_line_is_in_its_document(self) -> None:
        """It stands in the part that has the document."""
        assert kinds(self._used(source=Source("Site"))) == []
        assert kinds(self._used(source=Source("House"))) == ["no longer used, yet used"]

    def test_a_cookie_that_cites_nothing_is_told_by_nobody(self) -> None:
        """There is no place to set against the other."""
        assert kinds(changed(self._used(), "cookies", "old", sources=())) == []

    def test_the_groups_line_counts_only_where_the_cookie_cites_it(self) -> None:
        """Else the first line that speaks of the cookie does."""
        found = one(changed(self._used(), "cookies", "old", sources=(site(41),)), "no longer used, yet used")
        assert lines(found)[1] == ("Site", 41)
        unknown = changed(self._used(), "cookies", "old", group="none")
        assert next(lines(each)[1] for each in contradictions(unknown) if each.kind != "dangling id") == ("Site", 41)


#: Without a short version, which would disagree as soon as a function changes.
QUIET = evolve(MUSEUM, claims=())


class TestHarmUnderstated:
    """“Cookie declared blockable with a definite-failure function depending on it”."""

    def test_it_is_found(self) -> None:
        """At the line on blocking the cookie, and the line on the function."""
        found = one(changed(QUIET, "functions", "tickets", missing=Severity.FAILS, source=site(19)), "harm understated")
        assert lines(found) == [("Site", 9), ("Site", 19)]
        assert found.rows == ("cookies/cart", "functions/tickets")
        assert found.what == (
            "without cart the worst is said to be “degraded” and may be blocked, yet tickets is lost with it: “fails”"
        )

    def test_as_bad_is_no_contradiction_nor_is_milder(self) -> None:
        """Only what is worse than declared."""
        assert kinds(changed(QUIET, "functions", "tickets", missing=Severity.DEGRADED)) == []
        assert kinds(changed(QUIET, "functions", "tickets", missing=Severity.NUISANCE)) == []

    @pytest.mark.parametrize("silent", [Severity.UNSTATED])
    def test_silence_understates_nothing(self, silent: Severity) -> None:
        """Neither a cookie of which the text says nothing, nor a function of which it does."""
        loud = changed(QUIET, "functions", "tickets", missing=Severity.FAILS)
        assert kinds(changed(loud, "cookies", "cart", blocked=Blocked(severity=silent, functions=("tickets",)))) == []
        assert kinds(changed(QUIET, "functions", "tickets", missing=silent)) == []

    def test_the_group_speaks_where_the_cookie_does_not(self) -> None:
        """Then the place is the group's."""
        films = changed(QUIET, "functions", "film", missing=Severity.FAILS)
        found = one(films, "harm understated")
        assert lines(found) == [("Site", 20), ("Site", 25)]
        assert found.rows == ("cookies/films", "functions/film")

    def test_a_visitor_who_does_not_log_on_counts(self) -> None:
        """A function that those who log on keep is lost to the others."""
        needs = any_of(accepts("cart"), works("log-on"))
        either = changed(QUIET, "functions", "tickets", missing=Severity.FAILS, requires=needs)
        assert kinds(either) == ["harm understated"]
        assert kinds(evolve(either, log_on="")) == ["functions disagree"]  # then it is kept by whoever blocks it
        assert kinds(evolve(either, log_on="nothing")) == ["functions disagree", "dangling id"]

    def test_only_the_root_is_reported(self) -> None:
        """What is lost for want of a function that is reported is not reported again; what is worse by itself is."""
        worse = changed(QUIET, "functions", "tickets", missing=Severity.FAILS)
        follower = Function(id="gift", title="gift", requires=works("tickets"), missing=Severity.FAILS, source=site(18))
        assert one(more(worse, "functions", follower), "harm understated").rows == ("cookies/cart", "functions/tickets")
        assert one(more(QUIET, "functions", follower), "harm understated").rows == ("cookies/cart", "functions/gift")

    def test_what_may_not_be_blocked_is_not_said_to_be(self) -> None:
        """A group that visitors cannot block has the harm all the same."""
        worse = changed(QUIET, "functions", "tickets", missing=Severity.FAILS)
        fixed = changed(worse, "groups", "needed", visitor_may_block=False)
        assert "may be blocked" in one(fixed, "harm understated").what  # the cookie itself says so
        own = changed(fixed, "cookies", "cart", blocked=Blocked(severity=Severity.DEGRADED, functions=("tickets",)))
        assert "may be blocked" not in one(own, "harm understated").what
        assert lines(one(own, "harm understated"))[0] == ("Site", 8)

    def test_a_cookie_that_reuses_others_is_blocked_with_them(self) -> None:
        """Whoever refuses it refuses those; one that is not there is passed over."""
        mild = changed(QUIET, "cookies", "order", blocked=Blocked(severity=Severity.DEGRADED, functions=("orders",)))
        found = [each.rows for each in contradictions(mild) if each.kind == "harm understated"]
        assert found == [("cookies/order", "functions/log-on")]
        assert "dangling id" in kinds(changed(QUIET, "cookies", "order", reuses=("nothing",)))

    def test_what_is_no_longer_in_use_does_no_harm(self) -> None:
        """Whatever functions say of it."""
        needs = changed(QUIET, "functions", "tickets", requires=accepts("old"), missing=Severity.FAILS)
        mild = changed(needs, "cookies", "old", blocked=Blocked(severity=Severity.NONE))
        assert "harm understated" not in kinds(mild)


class TestEssentialYetOptional:
    """“Category essential with only mild consequences”."""

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"deletable": True}, "can be deleted at will"),
            (
                {"blocked": Blocked(severity=Severity.NUISANCE, source=site(9))},
                "does no more harm, when blocked, than “nuisance”",
            ),
            (
                {"blocked": Blocked(severity=Severity.NONE, source=site(9))},
                "does no more harm, when blocked, than “none”",
            ),
        ],
    )
    def test_it_is_found(self, changes: dict[str, Any], why: str) -> None:
        """At the line on the group, and the line on the cookie."""
        spared = evolve(changed(QUIET, "cookies", "cart", **changes), functions=())
        found = [each for each in contradictions(spared) if each.kind == "essential, yet optional"]
        assert [lines(each) for each in found] == [[("Site", 5), ("Site", 9)]]
        assert found[0].what == f"cookies of the group needed are said to be essential, and cart {why}"
        assert found[0].rows == ("groups/needed", "cookies/cart")

    def test_it_takes_an_essential_group_and_stated_mildness(self) -> None:
        """Unreliable is not mild, silence says nothing, and other groups may hold what they like."""
        for severity in (Severity.UNRELIABLE, Severity.UNSTATED):
            told = evolve(changed(QUIET, "cookies", "cart", blocked=Blocked(severity=severity)), functions=())
            assert "essential, yet optional" not in kinds(told)
        assert kinds(changed(QUIET, "cookies", "look", deletable=True)) == []
        assert (
            kinds(changed(changed(QUIET, "cookies", "cart", deletable=True), "groups", "needed", essential=False)) == []
        )
        assert "essential, yet optional" not in kinds(changed(QUIET, "cookies", "cart", deletable=True, group="none"))

    def test_findings_at_the_same_places_are_one(self) -> None:
        """Two cookies of one line are told once, with both rows and both reasons."""
        both = changed(changed(QUIET, "cookies", "cart", deletable=True), "cookies", "pass", deletable=True)
        both = changed(both, "cookies", "pass", blocked=evolve(both.cookie("pass").blocked, source=site(9)))
        found = one(both, "essential, yet optional")
        assert found.rows == ("groups/needed", "cookies/pass", "cookies/cart")
        assert found.what.count("can be deleted at will") == 2


class TestAnonymousYetIdentifying:
    """“Identifying data item attached to a cookie marked non-identifying”."""

    def _named(self, **changes: Any) -> Statement:
        return changed(QUIET, "cookies", "count", **{"data": ("pages", "email"), **changes})

    def test_it_is_found(self) -> None:
        """Without a promise, at the cookie's own line, and the line on the data."""
        found = one(self._named(), "anonymous, yet identifying")
        assert lines(found) == [("Site", 21), ("House", 5)]
        assert found.rows == ("cookies/count", "data_items/email")
        assert found.what == "count identifies nobody, and comes with what does: email"

    def test_the_line_that_speaks_of_both_is_taken(self) -> None:
        """A line of the cookie that is a line of the data item, too."""
        both = changed(self._named(sources=(site(21), house(5))), "data_items", "email", sources=(house(4), house(5)))
        assert lines(one(both, "anonymous, yet identifying"))[1] == ("House", 5)

    def test_only_what_is_said_counts(self) -> None:
        """Neither a cookie of which nothing is said, nor one that identifies, nor data that does not."""
        assert kinds(self._named(identifies=True)) == []
        assert kinds(self._named(identifies=Cookie(id="x", title="", group="", purposes=("p",)).identifies)) == []
        assert kinds(self._named(data=("pages",))) == []
        assert kinds(changed(self._named(), "data_items", "email", identifies=None)) == []

    def test_a_promise_is_the_first_place(self) -> None:
        """One about all cookies, where it names none; one about others is not."""
        promise = Commitment(id="c9", promises="never", says="find out who it is", anonymous=True, source=site(17))
        found = one(more(self._named(), "commitments", promise), "anonymous, yet identifying")
        assert lines(found)[0] == ("Site", 17)
        assert found.rows == ("commitments/c9", "cookies/count", "data_items/email")
        other = more(self._named(), "commitments", evolve(promise, cookies=("cart",)))
        assert lines(one(other, "anonymous, yet identifying"))[0] == ("Site", 21)

    def test_a_promise_about_the_cookie_holds_though_the_cookie_is_silent(self) -> None:
        """And one about all does not reach cookies that are known to identify."""
        promise = Commitment(id="c9", promises="never", says="", anonymous=True, cookies=("pass",), source=site(17))
        assert one(more(QUIET, "commitments", promise), "anonymous, yet identifying").rows == (
            "commitments/c9",
            "cookies/pass",
            "data_items/account",
        )
        assert kinds(more(QUIET, "commitments", evolve(promise, cookies=()))) == []
        named = evolve(promise, cookies=("count",))
        assert lines(
            one(
                more(self._named(), "commitments", named, evolve(promise, id="c8", cookies=(), source=site(18))),
                "anonymous, yet identifying",
            )
        )[0] == ("Site", 17)


class TestPromiseBroken:
    """“Commitments broken by declared practice”."""

    @pytest.mark.parametrize("changes", [{"purposes": ("basket", "counting")}, {"data": ("profile",)}])
    def test_it_is_found(self, changes: dict[str, Any]) -> None:
        """A purpose or a data item that a promise bars."""
        found = one(changed(QUIET, "cookies", "cart", **changes), "promise broken")
        assert lines(found) == [("Site", 16), ("Site", 8)]
        assert found.rows == ("commitments/c1", "cookies/cart")
        assert found.what.startswith("never is promised: look into baskets; and cart has ")

    def test_other_cookies_may(self) -> None:
        """A promise about one cookie; without names it is about all that are in use."""
        assert kinds(changed(QUIET, "cookies", "pass", data=("profile",))) == []
        everywhere = changed(QUIET, "commitments", "c1", cookies=())
        assert one(everywhere, "promise broken").rows == ("commitments/c1", "cookies/count")


class TestGroupDeniesHarm:
    """“Blockable group with stated harm”."""

    def test_it_is_found(self) -> None:
        """Where a cookie says worse of itself than its group says of all."""
        worse = changed(
            QUIET, "cookies", "count", blocked=Blocked(severity=Severity.FAILS, controller_functions=("statistics",))
        )
        found = one(worse, "group denies harm")
        assert lines(found) == [("Site", 20), ("Site", 21)]
        assert found.rows == ("groups/spare", "cookies/count")
        assert found.what == "the group spare says “none” of blocking, and count, which is in it, says “fails”"

    def test_as_bad_or_unsaid_is_none(self) -> None:
        """Neither a cookie as bad as its group, nor one without a word, nor a group without one."""
        for blocked in (Blocked(severity=Severity.NONE), Blocked()):
            assert kinds(changed(QUIET, "cookies", "count", blocked=blocked)) == []
        silent = changed(QUIET, "groups", "spare", consequence=Severity.UNSTATED)
        assert kinds(changed(silent, "cookies", "count", blocked=Blocked(severity=Severity.FAILS))) == []


class TestFunctionsDisagree:
    """“Cookies whose function lists disagree with functions' requirements”."""

    def _told(self, **changes: Any) -> Statement:
        return changed(QUIET, "cookies", "cart", blocked=evolve(QUIET.cookie("cart").blocked, **changes))

    def test_a_function_that_goes_on(self) -> None:
        """It is said to suffer, and does not."""
        found = one(self._told(functions=("tickets", "pages")), "functions disagree")
        assert (found.what, lines(found)) == (
            "pages is said to suffer, and goes on, without cart",
            [("Site", 9), ("Site", 3)],
        )
        assert found.rows == ("cookies/cart", "functions/pages")

    def test_a_function_that_is_said_to_go_on(self) -> None:
        """And does not."""
        found = one(self._told(unaffected=("tickets",), functions=("tickets",)), "functions disagree")
        assert found.what == "tickets is said to go on, and does not, without cart"

    def test_a_function_that_is_left_out(self) -> None:
        """It needs the cookie by itself, and is not listed where others are."""
        extra = Function(id="gift", title="gift", requires=accepts("cart"), missing=Severity.NONE, source=site(18))
        found = one(more(QUIET, "functions", extra), "functions disagree")
        assert found.what == "gift is not among what is said to suffer, and does, without cart"
        assert kinds(more(self._told(functions=()), "functions", extra)) == []
        assert kinds(more(QUIET, "functions", evolve(extra, requires=any_of(accepts("cart"), accepts("pass"))))) == []

    def test_a_function_that_nobody_can_tell_of_is_left_alone(self) -> None:
        """Where a fact is missing, nothing disagrees."""
        vague = Function(id="vague", title="", requires=given("rain"), missing=Severity.FAILS, source=site(18))
        assert kinds(more(self._told(functions=("tickets", "vague")), "functions", vague)) == []


class TestTheShortVersion:
    """“Short-version claims must be implied by the computed effects of blocking all”."""

    @pytest.mark.parametrize(
        ("claim", "what"),
        [
            (Claim(says="s", lost=(("pages", Severity.FAILS),), source=site(4)), "does not say that pages is lost"),
            (
                Claim(says="s", lost=(("log-on", Severity.NUISANCE),), source=site(4)),
                "says of log-on: “fails”, not “nuisance”",
            ),
            (Claim(says="s", lost=(("film", Severity.FAILS),), source=site(4)), "does not say that film is lost"),
            (Claim(says="s", kept=("log-on",), source=site(4)), "does not let log-on go on"),
        ],
    )
    def test_a_claim_that_does_not_follow_is_found(self, claim: Claim, what: str) -> None:
        """Of what is lost, how bad that is, and what goes on."""
        found = one(more(MUSEUM, "claims", claim), "short version disagrees")
        assert found.what == f"the short version says “s”, and the long one {what}"
        assert lines(found)[0] == ("Site", 4)

    def test_what_it_leaves_out_is_told_once(self) -> None:
        """The first cookie without which something is lost, and all of them; what has no harm is not missed."""
        short = evolve(MUSEUM, claims=MUSEUM.claims[:1])
        found = [each for each in contradictions(short) if each.kind == "short version leaves out"]
        assert [(lines(each), each.rows) for each in found] == [
            ([("Site", 4), ("Site", 9)], ("cookies/cart", "cookies/look"))
        ]
        assert contradictions(MUSEUM) == ()

    def test_without_a_short_version_nothing_is_left_out(self) -> None:
        """Nothing is short that is not there."""
        assert contradictions(QUIET) == ()


class TestDanglingIds:
    """“Dangling ids: any table, every id-valued field”."""

    def test_a_sound_statement_has_none(self) -> None:
        """Neither the museum's nor the IET's; one part of the IET's alone has those of the other."""
        assert dangling(MUSEUM) == ()
        assert dangling(iet) == ()

    def test_every_field_is_looked_at(self) -> None:
        """Each that the museum fills dangles as soon as its tables are emptied."""
        told = {(each.table, each.field, each.of) for each in references(MUSEUM)}
        assert told == {(table, name, of) for table, held in FIELDS.items() for name, of, _ in held}
        for each in references(MUSEUM):
            bare = evolve(
                MUSEUM,
                **{
                    table: tuple(row for row in getattr(MUSEUM, table) if row.id != each.names)
                    for table in each.of
                    if table != each.table
                },
            )
            if set(each.of) - {each.table}:
                assert each in dangling(bare), each

    def test_what_functions_need_dangles_too(self) -> None:
        """Cookies and functions that no table has, however deep they stand in a clause."""
        needs = any_of(accepts("no-cookie"), any_of(works("no-function"), accepts("cart")))
        bare = changed(QUIET, "functions", "film", requires=needs)
        assert [(each.table, each.field, each.names, each.of) for each in dangling(bare)] == [
            ("functions", "requires", "no-cookie", ("cookies",)),
            ("functions", "requires", "no-function", ("functions",)),
        ]

    def test_fields_are_ids_or_said_not_to_be(self) -> None:
        """A new field of texts must be put among those that hold ids, or here."""
        plain = {
            *("id", "title", "name", "role", "numbers", "brands", "document", "says", "said"),
            *("subject", "collected_by", "fideslang", "note"),
            *("ocd", "consent_mode", "dpv", "icc", "content", "how", "applies_when", "where"),
            *("further_information", "inferred"),
            *("modality", "kind", "of", "promises", "who", "why", "set_by", "effect", "fact"),
            *("stopped_by", "what", "purpose", "filled", "filled_from"),
            *("confidence", "lost", "scope", "route", "kinds", "item", "lacks", "when"),
            *("applies_to", "party", "domains", "addressee"),
            *("fee_modality", "currency", "safeguard", "lawful_bases"),
        }
        for table, kind in _KINDS.items():
            held = {name.rpartition(".")[2] for name, _, _ in FIELDS.get(table, ())}
            texts = {name for name, words in _texts(kind) if words} - held
            assert texts <= plain, (table, texts - plain)

    def test_it_is_told_with_its_place(self) -> None:
        """The row, the field, the id, and the table that lacks it."""
        found = one(changed(QUIET, "cookies", "cart", opt_outs=("nowhere",)), "dangling id")
        assert found.what == "cookies/cart, opt_outs, names nowhere, which is not among the routes"
        assert (lines(found), found.rows) == ([("Site", 8)], ("cookies/cart",))

    def test_the_statement_itself_can_hold_one(self) -> None:
        """Then it has no row and no place."""
        found = one(evolve(QUIET, controller="ghost"), "dangling id")
        assert (found.what, found.rows) == ("controller, names ghost, which is not among the organisations", ())
        assert str(found).endswith("organisations")

    def test_each_is_a_finding_of_its_own(self) -> None:
        """Two ids of one line are two findings."""
        assert kinds(changed(QUIET, "cookies", "cart", opt_outs=("nowhere", "never"))) == ["dangling id"] * 2


_KINDS: dict[str, type] = {
    "cookies": cookies.Cookie,
    "functions": cookies.Function,
    "groups": cookies.Group,
    "cookie_purposes": cookies.CookiePurpose,
    "access": access_requests.AccessPolicy,
    "components": practices.Component,
    "organisations": practices.Organisation,
    "data_items": practices.DataItem,
    "purposes": practices.Purpose,
    "disclosure": practices.DisclosureRule,
    "recipient_terms": practices.RecipientTerm,
    "transfers": practices.Transfer,
    "preferences": practices.Preference,
    "commitments": practices.Commitment,
    "duties": practices.Duty,
    "rights": practices.Right,
    "explanations": practices.Explanation,
    "routes": practices.Route,
    "trackings": practices.Tracking,
    "particulars": practices.Particular,
    "gaps": practices.Gap,
    "claims": practices.Claim,
}


def _texts(kind: type) -> list[tuple[str, bool]]:
    """Give the fields of a row, and of its provider and what blocking does, and whether they hold texts."""
    found = [(each.name, "str" in str(each.type) or "Ids" in str(each.type)) for each in fields(kind)]
    if kind is cookies.Cookie:
        found += [*_texts(Provider), *_texts(Blocked)]
    assert has(kind)
    return found


def test_data_items_are_no_part_of_this_by_default() -> None:
    """Nobody has said whether a kind of data identifies, unless somebody has."""
    assert DataItem(id="x", title="x", sources=()).identifies is None
