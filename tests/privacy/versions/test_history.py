"""One statement over time: what differs, what of it matters, and which text held when."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import all_of, any_of
from cpdrules.errors import NoEditionError, PolicyError
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import (
    AS_REUSED,
    LOST,
    NO_LIFETIME,
    PERMANENT,
    SESSION,
    UNSTATED,
    UNTIL_LOG_OFF_OR_CLOSE,
    Blocked,
    Cookie,
    CookiePurpose,
    Lifetime,
    Provider,
    Severity,
    depends_on,
    lasting,
)
from cpdrules.privacy.names import exact
from cpdrules.privacy.practices import ANY, Claim, DisclosureRule, Purpose, Transfer
from cpdrules.privacy.requirements import accepts, works
from cpdrules.privacy.requirements import given as fact
from cpdrules.privacy.statements import Statement, joined
from cpdrules.privacy.versions.differences import Difference, applied, by_id, diff, tables
from cpdrules.privacy.versions.history import at, standing
from cpdrules.privacy.versions.material_changes import MaterialChange, by_purpose, kept_longer, material_changes
from cpdrules.privacy.versions.what_if import amended, with_row, without
from tests.privacy.society import cookie_part, line, privacy_part
from tests.privacy.strategies import statements

SITE = joined("society", privacy_part, cookie_part)


def cookie(**fields_: Any) -> Statement:
    """Give the site with other fields for the cookie of the statistics."""
    return amended(SITE, "cookies", "counter", fields_)


def told(*changes: MaterialChange) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Say what kind of change it is, of what, for which purposes, and whether it is certain."""
    return [(one.kind, one.id, one.purposes, one.certain) for one in changes]


class TestDiff:
    """Rows by their ids, fields by their names, one value a change."""

    def test_nothing(self) -> None:
        """Two equal statements have no difference, and say so."""
        found = diff(SITE, SITE)
        assert not found
        assert len(found) == 0
        assert str(found) == "Nothing differs."

    def test_a_field(self) -> None:
        """One change for each field, with the value before and after."""
        found = diff(SITE, cookie(lifetime=SESSION, deletable=True))
        assert list(found) == [
            Difference("cookies", "counter", "changed", "lifetime", PERMANENT, SESSION),
            Difference("cookies", "counter", "changed", "deletable", False, True),
        ]
        assert str(found) == (
            "cookies counter: lifetime was permanent, and is session\ncookies counter: deletable was no, and is yes"
        )
        assert found.of("cookies") == found.changes
        assert found.of("gaps") == ()
        assert len(found) == 2

    def test_a_field_within_a_field(self) -> None:
        """Of what is declared in parts, the part that differs."""
        new = cookie(provider=Provider(party="third", organisation="countess"), blocked=Blocked(functions=("read",)))
        assert [(one.field, one.before, one.after) for one in diff(SITE, new)] == [
            ("provider.party", "first", "third"),
            ("blocked.functions", (), ("read",)),
        ]

    def test_what_the_statement_says_of_itself(self) -> None:
        """Its name, days, controller, log-on, and what it asks of requests, whole where it asked nothing before."""
        asks = AccessPolicy(written=True)
        new = evolve(SITE, name="x", until=date(2016, 1, 1), controller="countess", log_on="", access=asks)
        assert str(diff(SITE, new)) == (
            "statement: name was 'society', and is 'x'\n"
            "statement: until was nothing, and is 1 January 2016\n"
            "statement: controller was 'lamplighters', and is 'countess'\n"
            "statement: log on was 'log-on', and is nothing\n"
            f"statement: access was nothing, and is {asks}"
        )
        (change,) = diff(new, evolve(new, access=AccessPolicy(written=False)))
        assert (change.table, change.id, change.field, change.before) == ("statement", "", "access.written", True)

    def test_rows_come_and_go(self) -> None:
        """A row that is on one side only, and where it stands."""
        new = without(with_row(SITE, "cookies", cookie_like("new")), "cookies", "wick")
        assert [(one.kind, one.id, one.place, one.before is None, one.after is None) for one in diff(SITE, new)] == [
            ("removed", "wick", 1, False, True),
            ("added", "new", 5, True, False),
        ]
        assert str(diff(SITE, new)) == "cookies wick: removed\ncookies new: added"

    def test_order(self) -> None:
        """The order of rules decides, so it differs where rows that stay change places; not where rows come and go."""
        turned = evolve(SITE, disclosure=SITE.disclosure[::-1])
        (change,) = diff(SITE, turned)
        assert change == Difference("disclosure", "", "moved", "order", ("d1", "d9"), ("d9", "d1"))
        assert str(change) == "disclosure: order was 'd1', 'd9', and is 'd9', 'd1'"
        first = evolve(SITE, disclosure=(evolve(SITE.disclosure[0], id="d0"), *SITE.disclosure))
        assert [one.kind for one in diff(SITE, first)] == ["added"]

    def test_rows_without_an_id(self) -> None:
        """Claims go by what they say; two that say the same are told apart."""
        says = [Claim(says="x", source=line(1)), Claim(says="x", source=line(2)), Claim(says="y", source=line(3))]
        assert list(by_id([*says, says[0]])) == ["x", "x[2]", "y", "x[3]"]
        one, two = (evolve(SITE, claims=tuple(claims)) for claims in (says, [says[0], says[2]]))
        assert [(change.kind, change.id) for change in diff(one, two)] == [("removed", "x[2]")]
        assert applied(one, diff(one, two)) == two
        assert applied(two, diff(two, one)) == one

    def test_rows_of_text(self) -> None:
        """The differences as a table: what stood there, and what stands there now, in words."""
        new = with_row(cookie(names=(exact("x"),), identifies=UNSTATED), "gaps", gap())
        assert diff(SITE, new).rows() == (
            {"table": "cookies", "id": "counter", "kind": "changed", "field": "names", "before": "_lc*", "after": "x"},
            {
                "table": "cookies",
                "id": "counter",
                "kind": "changed",
                "field": "identifies",
                "before": "no",
                "after": "unstated",
            },
            {"table": "gaps", "id": "g2", "kind": "added", "field": "", "before": "", "after": "g2"},
        )
        assert diff(new, SITE).rows()[2]["after"] == ""

    def test_requirements_in_words(self) -> None:
        """What a function needs is said by its clauses."""
        needs = any_of(accepts("map"), all_of(works("log-on"), fact("member")))
        (change,) = diff(SITE, amended(SITE, "functions", "find-lamp", {"requires": needs}))
        assert str(change) == (
            "functions find-lamp: requires was the cookie map is accepted, and is"
            " any_of(the cookie map is accepted, all_of(log-on works, member))"
        )

    def test_long_texts_are_cut(self) -> None:
        """No text is shown at length."""
        assert len(str(diff(SITE, cookie(note="x" * 500)))) < 120

    def test_every_table_is_compared(self) -> None:
        """Whatever a statement holds is a table, or one of the few things it says of itself."""
        own = {"name", "since", "until", "controller", "log_on", "access"}
        assert {one.name for one in fields(Statement) if one.init} == own | set(tables())
        assert "cookies" in tables()
        assert "claims" in tables()


class TestApplying:
    """The differences of two statements turn the one into the other."""

    def test_another_statement(self) -> None:
        """They are refused where the statement does not say what they begin with."""
        found = diff(SITE, cookie(lifetime=SESSION))
        with pytest.raises(PolicyError, match=r"does not say what this begins with: cookies counter: lifetime"):
            applied(cookie(lifetime=lasting(3)), found)
        with pytest.raises(PolicyError, match="begins with: cookies counter: removed"):
            applied(without(SITE, "cookies", "counter"), diff(SITE, without(SITE, "cookies", "counter")))
        with pytest.raises(PolicyError, match="begins with: cookies counter: added"):
            applied(SITE, diff(without(SITE, "cookies", "counter"), SITE))
        turned = evolve(SITE, cookies=SITE.cookies[::-1])
        with pytest.raises(PolicyError, match="begins with: cookies: order"):
            applied(turned, diff(SITE, turned))
        with pytest.raises(PolicyError, match="begins with: statement: name"):
            applied(evolve(SITE, name="y"), diff(SITE, evolve(SITE, name="x")))

    def test_parts_of_a_field(self) -> None:
        """Several parts of one field change, each by itself."""
        old = evolve(SITE, access=AccessPolicy(written=True, addressee="a"))
        provider = Provider(party="third", organisation="printer", domains=("x",))
        new = amended(evolve(old, access=AccessPolicy(addressee="b")), "cookies", "counter", {"provider": provider})
        assert len(diff(old, new)) == 5
        assert applied(old, diff(old, new)) == new

    @given(statements(), statements())
    def test_it_gives_the_other(self, old: Statement, new: Statement) -> None:
        """Applying what differs to the one gives the other, and the mirrored differences are those seen from there."""
        found = diff(old, new)
        assert applied(old, found) == new
        assert bool(found) is (old != new)
        mirrored = [one.mirrored() for one in found]
        assert sorted(map(repr, mirrored)) == sorted(map(repr, diff(new, old)))
        assert applied(new, mirrored) == old

    @given(statements())
    def test_nothing_differs_from_itself(self, statement: Statement) -> None:
        """A statement does not differ from itself."""
        assert not diff(statement, statement)

    @given(statements(), st.randoms(use_true_random=False))
    def test_any_order(self, statement: Statement, chance: Any) -> None:
        """Rows in whatever order, some gone, are found again."""
        rows = list(statement.cookies)
        chance.shuffle(rows)
        other = evolve(statement, cookies=tuple(rows[: chance.randint(0, len(rows))]))
        assert applied(statement, diff(statement, other)) == other
        assert applied(other, diff(other, statement)) == statement


def cookie_like(name: str, **more: Any) -> Cookie:
    """Write down a cookie like that of the statistics."""
    return evolve(SITE.cookie("counter"), id=name, **more)


def gap() -> Any:
    """Write down another gap."""
    return evolve(SITE.gaps[0], id="g2")


class TestMaterial:
    """Issue point 4: "material changes named, wording alone is not material"."""

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "x"},
            {"content": "x"},
            {"note": "x"},
            {"how": "x"},
            {"sources": (line(9),)},
            {"names": (exact("x"),)},
            {"opt_outs": ("browser",)},
            {"blocked": Blocked(severity=Severity.FAILS)},
            {"where": ("x",)},
            {"further_information": "x"},
            {"purposes": ("statistics", "statistics")},
            {"lifetime": SESSION},
            {"lifetime": NO_LIFETIME},
            {"discontinued": date(2016, 1, 1)},
        ],
    )
    def test_wording_and_less(self, changed: Any) -> None:
        """Other words, and less of anything, are nothing to ask anybody about."""
        assert material_changes(SITE, cookie(**changed)) == ()
        assert material_changes(SITE, SITE) == ()
        assert material_changes(SITE, without(SITE, "cookies", "counter")) == ()

    @pytest.mark.parametrize(
        ("changed", "expected", "why"),
        [
            (
                {"purposes": ("statistics", "session")},
                ("new purpose", ("session",), True),
                "is now for session, too",
            ),
            ({"group": "needed"}, ("category", ("statistics",), True), "was in the group spare, and is in needed"),
            ({"group": ""}, ("category", ("statistics",), False), "was in the group spare, and is in none"),
            ({"identifies": True}, ("identifies", ("statistics",), True), "now identifies"),
            (
                {"identifies": UNSTATED},
                ("identifies", ("statistics",), False),
                "did not identify, and it is no longer said whether it does",
            ),
            ({"data": ("name",)}, ("data", ("statistics",), True), "comes with name, too"),
            (
                {"provider": Provider(party="first", organisation="printer")},
                ("recipient", ("statistics",), True),
                "was set by countess, and is by printer",
            ),
            (
                {"provider": Provider(party="first", organisation=LOST)},
                ("recipient", ("statistics",), False),
                "was set by countess, and is by not told",
            ),
            (
                {"provider": Provider(party="first", organisation="countess", served_by="printer")},
                ("recipient", ("statistics",), True),
                "is now delivered by printer",
            ),
            (
                {"provider": Provider(party="third", organisation="countess")},
                ("recipient", ("statistics",), True),
                "was of the party: first, and is: third",
            ),
            (
                {"provider": Provider(organisation="countess")},
                ("recipient", ("statistics",), False),
                "was of the party: first, and is: not told",
            ),
            ({"own_policy": True}, ("recipient", ("statistics",), True), "is now under its provider's own policy"),
        ],
    )
    def test_of_a_cookie(self, changed: Any, expected: Any, why: str) -> None:
        """Each for the purposes of that cookie; a silent text leaves it open."""
        (found,) = material_changes(SITE, cookie(**changed))
        assert (found.kind, found.purposes, found.certain) == expected
        assert (found.table, found.id) == ("cookies", "counter")
        assert found.why == f"the cookie counter {why}"
        assert str(found) == f"{found.kind}: {found.why}"

    def test_the_other_way_round(self) -> None:
        """What was silent and now speaks cannot be told; what was a third party's and is one's own is less."""
        silent = cookie(identifies=UNSTATED, provider=Provider(), lifetime=NO_LIFETIME)
        provider = Provider(party="third", organisation="countess")
        loud = cookie(identifies=True, provider=provider, lifetime=PERMANENT)
        assert told(*material_changes(silent, loud)) == [
            ("recipient", "counter", ("statistics",), False),
            ("recipient", "counter", ("statistics",), False),
            ("lifetime", "counter", ("statistics",), False),
            ("identifies", "counter", ("statistics",), False),
        ]
        assert "it was not said whether it did" in material_changes(silent, loud)[3].why
        assert "it cannot be told whether that is longer" in material_changes(silent, loud)[2].why
        assert "identified, and it is no longer said" in material_changes(loud, silent)[-1].why
        assert material_changes(cookie(provider=provider), SITE) == ()
        served = Provider(party="first", organisation="countess", served_by="printer")
        assert material_changes(cookie(provider=served), SITE) == ()
        assert material_changes(cookie(identifies=True), SITE) == ()
        assert told(*material_changes(cookie(group=""), SITE)) == [("category", "counter", ("statistics",), False)]

    def test_a_longer_life(self) -> None:
        """It is said how long it was kept, and how long it is."""
        (found,) = material_changes(cookie(lifetime=lasting(30)), SITE)
        assert told(found) == [("lifetime", "counter", ("statistics",), True)]
        assert found.why == "the cookie counter was kept: 30 days, and is: permanent"

    def test_a_new_cookie(self) -> None:
        """A new one, or one that is in use again; not one that is only mentioned as no longer in use."""
        new = with_row(SITE, "cookies", cookie_like("new"))
        assert told(*material_changes(SITE, new)) == [("new cookie", "new", ("statistics",), True)]
        gone = with_row(SITE, "cookies", cookie_like("new", discontinued=date(2016, 1, 1)))
        assert material_changes(SITE, gone) == ()
        (again,) = material_changes(gone, new)
        assert again.why == "the cookie new is in use again"

    def test_a_category_of_a_purpose(self) -> None:
        """A purpose that was strictly necessary, and is not, must be asked about; other vocabularies are wording."""
        new = amended(SITE, "cookie_purposes", "session", {"icc": "functionality"})
        (found,) = material_changes(SITE, new)
        assert told(found) == [("category", "session", ("session",), True)]
        assert found.why == "the purpose session was strictly-necessary, and is functionality"
        assert material_changes(SITE, amended(SITE, "cookie_purposes", "session", {"dpv": "x"})) == ()
        more = with_row(SITE, "cookie_purposes", CookiePurpose(id="x", title="x", icc="targeting"))
        assert material_changes(SITE, more) == ()

    def test_another_controller(self) -> None:
        """Everything is to be asked about."""
        (found,) = material_changes(SITE, evolve(SITE, controller="countess"))
        assert told(found) == [("controller", "", ("authentication", "session", "statistics", "journal"), True)]
        assert found.why == "the controller was lamplighters, and is countess"
        (unnamed,) = material_changes(SITE, evolve(SITE, controller=""))
        assert (unnamed.certain, unnamed.why) == (False, "the controller was lamplighters, and is not named")
        (named,) = material_changes(evolve(SITE, controller=""), SITE)
        assert (named.certain, named.why) == (False, "the controller was not named, and is lamplighters")
        bare = evolve(SITE, cookie_purposes=(), purposes=())
        (found,) = material_changes(bare, evolve(bare, controller="x"))
        assert found.purposes == ("authentication", "session", "statistics")

    @pytest.mark.parametrize(
        ("changed", "kind", "certain", "why"),
        [
            ({"by": ("printer",)}, "recipient", True, "journal is now done by printer"),
            ({"required": ("address",)}, "data", True, "journal now uses address, too"),
            ({"may_require": ("address",)}, "data", True, "journal now uses address, too"),
            ({"required_if": (("member", "address"),)}, "data", True, "journal now uses address, too"),
            ({"uses": ("name", "address", "age")}, "data", True, "journal now uses address and age, too"),
            ({"lawful_bases": ("6(1)(a)",)}, "legal basis", False, "journal was based on not told, and is on 6(1)(a)"),
        ],
    )
    def test_of_a_purpose(self, changed: Any, kind: str, certain: bool, why: str) -> None:
        """Of personal data, for the purpose itself."""
        (found,) = material_changes(SITE, amended(SITE, "purposes", "journal", changed))
        assert told(found) == [(kind, "journal", ("journal",), certain)]
        assert (found.table, found.why) == ("purposes", why)

    def test_a_purpose_in_other_words_or_with_less(self) -> None:
        """Titles and notes are wording, and data that is no longer used is less."""
        assert material_changes(SITE, amended(SITE, "purposes", "journal", {"title": "x", "note": "x"})) == ()
        assert material_changes(SITE, amended(SITE, "purposes", "journal", {"uses": ()})) == ()
        moved = amended(SITE, "purposes", "journal", {"uses": (), "required": ("name",)})
        assert material_changes(SITE, moved) == ()

    def test_another_basis(self) -> None:
        """From one article to another is certain; to none at all, too."""
        one, other, none = (
            amended(SITE, "purposes", "journal", {"lawful_bases": bases}) for bases in (("a",), ("b", "c"), ())
        )
        (found,) = material_changes(one, other)
        assert (found.certain, found.why) == (True, "journal was based on a, and is on b and c")
        (found,) = material_changes(one, none)
        assert (found.certain, found.why) == (True, "journal was based on a, and is on nothing")

    def test_a_new_purpose(self) -> None:
        """Nobody can have agreed to it."""
        new = Purpose(id="ads", title="x", kind="marketing", sources=(line(1),))
        assert told(*material_changes(SITE, with_row(SITE, "purposes", new))) == [
            ("new purpose", "ads", ("ads",), True)
        ]

    def test_who_may_newly_be_told(self) -> None:
        """A recipient or purpose that no rule allowed before; a rule that is split or renamed allows no more."""
        printer = SITE.disclosure[0]
        more = with_row(SITE, "disclosure", evolve(printer, to=("printer", "countess")))
        (found,) = material_changes(SITE, more)
        assert told(found) == [("recipient", "d1", ("journal",), True)]
        assert found.why == "printer and countess may now be told (d1)"
        split = with_row(more, "disclosure", evolve(printer, to=("printer",)))
        split = with_row(split, "disclosure", evolve(printer, id="d2", to=("countess",)))
        assert material_changes(more, split) == ()
        assert material_changes(split, more) == ()
        other = with_row(SITE, "disclosure", evolve(printer, purposes=("journal", "ads")))
        assert told(*material_changes(SITE, other)) == [("recipient", "d1", ("journal", "ads"), True)]
        assert material_changes(other, SITE) == ()

    def test_whoever_may_be_told_whatever_for(self) -> None:
        """A rule for anyone and anything covers every other without a further condition, and nothing less covers it."""
        anyone = DisclosureRule(id="d2", to=ANY, purposes=ANY, allows=True, says="anyone", source=line(1))
        loose = with_row(SITE, "disclosure", anyone)
        (found,) = material_changes(SITE, loose)
        assert told(found) == [("recipient", "d2", ("journal",), True)]
        assert found.why == "anyone may now be told (d2)"
        named = evolve(anyone, id="d3", to=("countess",), purposes=("ads",))
        assert material_changes(loose, with_row(loose, "disclosure", named)) == ()
        asked = with_row(SITE, "disclosure", evolve(anyone, when=fact("permission")))
        (found,) = material_changes(asked, with_row(asked, "disclosure", named))
        assert told(found) == [("recipient", "d3", ("ads",), True)]

    def test_on_another_condition(self) -> None:
        """Whether another condition lets more through cannot be told; dropping or keeping one can be."""
        asked = amended(SITE, "disclosure", "d1", {"when": fact("told")})
        other = amended(SITE, "disclosure", "d1", {"when": fact("asked")})
        (found,) = material_changes(asked, other)
        assert (found.certain, found.why) == (False, "printer may be told on another condition (d1)")
        assert material_changes(SITE, asked) == ()
        assert material_changes(asked, asked) == ()
        assert told(*material_changes(asked, SITE)) == [("recipient", "d1", ("journal",), False)]

    def test_abroad(self) -> None:
        """Data that newly goes abroad, for the purposes for which those there may be told."""
        new = with_row(SITE, "transfers", Transfer(id="t2", who="x", to=("printer",), why="x", source=line(1)))
        (found,) = material_changes(SITE, new)
        assert told(found) == [("transfer", "t2", ("journal",), True)]
        assert found.why == "personal data now goes abroad to printer (t2)"
        denies = DisclosureRule(id="d0", to=("printer",), purposes=("ads",), allows=False, says="no", source=line(1))
        assert material_changes(SITE, with_row(new, "disclosure", denies)) == (found,)
        farther = amended(SITE, "transfers", "t1", {"to": ("printer", "countess")})
        assert told(*material_changes(SITE, farther)) == [("transfer", "t1", (), True)]
        assert material_changes(SITE, amended(SITE, "transfers", "t1", {"why": "x"})) == ()

    def test_by_purpose(self) -> None:
        """Every purpose that is touched, with all its reasons; no other."""
        changes = material_changes(SITE, cookie(purposes=("statistics", "session"), identifies=True))
        found = by_purpose(changes)
        assert {purpose: [one.kind for one in reasons] for purpose, reasons in found.items()} == {
            "session": ["new purpose", "identifies"],
            "statistics": ["identifies"],
        }
        assert by_purpose(()) == {}

    @given(statements(), statements())
    def test_only_what_differs_matters(self, old: Statement, new: Statement) -> None:
        """A statement has no material change from itself, and every change is of a row that differs."""
        assert material_changes(old, old) == ()
        differing = {(one.table, one.id) for one in diff(old, new)}
        assert {(one.table, one.id) for one in material_changes(old, new)} <= differing


LIVES = [UNTIL_LOG_OFF_OR_CLOSE, SESSION, lasting(1), lasting(30), PERMANENT]


class TestLifetimes:
    """Which lifetime is longer, as far as that is told."""

    @pytest.mark.parametrize("was", range(len(LIVES)))
    @pytest.mark.parametrize("now", range(len(LIVES)))
    def test_those_that_are_told(self, was: int, now: int) -> None:
        """From the end of the log-on to for ever."""
        assert kept_longer(LIVES[was], LIVES[now]) is (now > was)

    @pytest.mark.parametrize("days", [10**17, 10**400])
    def test_very_long_ones(self, days: int) -> None:
        """A day more is more, however many there are, and for ever is longer."""
        assert kept_longer(lasting(days), lasting(days + 1)) is kept_longer(lasting(days), PERMANENT) is True
        assert kept_longer(lasting(days + 1), lasting(days)) is False

    @pytest.mark.parametrize("silent", [NO_LIFETIME, AS_REUSED])
    def test_those_that_are_not(self, silent: Lifetime) -> None:
        """Silence is longer than nothing for certain; only a bound settles it."""
        assert kept_longer(silent, silent) is False
        assert kept_longer(silent, lasting(3)) is kept_longer(silent, PERMANENT) is kept_longer(SESSION, silent) is None
        assert kept_longer(PERMANENT, silent) is kept_longer(silent, UNTIL_LOG_OFF_OR_CLOSE) is False

    def test_those_that_depend(self) -> None:
        """By case where both depend on one fact, else by the least and the most that they can be."""
        week = depends_on("remember", lasting(7), otherwise=SESSION)
        month = depends_on("remember", lasting(30), otherwise=SESSION)
        open_ = depends_on("remember", NO_LIFETIME, otherwise=SESSION)
        other = depends_on("member", lasting(30), otherwise=lasting(9))
        assert kept_longer(week, month) is True
        assert kept_longer(month, week) is False
        assert kept_longer(week, open_) is None
        assert kept_longer(week, other) is True
        assert kept_longer(month, other) is None
        assert kept_longer(week, lasting(5)) is None
        assert kept_longer(week, SESSION) is False


class TestOverTime:
    """Which text held on a day."""

    def test_one_of_several(self) -> None:
        """The version that held, by its days; none is taken from another time."""
        first = evolve(cookie_part, since=date(2012, 1, 1), until=date(2015, 10, 24))
        assert at(date(2015, 10, 24), [first, cookie_part]) == first
        assert at(date(2015, 10, 25), [first, cookie_part]) == cookie_part
        with pytest.raises(NoEditionError, match="No text was in force on 31 December 2011"):
            at(date(2011, 12, 31), [first, cookie_part])
        with pytest.raises(NoEditionError, match="Several texts were in force"):
            at(date(2015, 11, 1), [evolve(first, until=None), cookie_part])

    def test_undated_copies(self) -> None:
        """A version of unknown date may be the one, so that nobody can tell."""
        with pytest.raises(NoEditionError, match="not known from when 'undated' held"):
            at(date(2015, 11, 1), [cookie_part, evolve(cookie_part, name="undated", since=None)])

    def test_between_the_two_dates(self) -> None:
        """Between 25 October and 18 November 2015 only the cookie part is known to have held."""
        found = standing(date(2015, 11, 1), privacy_part, cookie_part, name="society")
        assert found.statement == joined("society", cookie_part)
        assert found.statement.since == date(2015, 10, 25)
        assert str(found) == (
            "society, as it stood on 1 November 2015\n"
            "  without privacy part: it speaks from 18 November 2015, and what held before is not known"
        )
        assert standing(date(2015, 11, 18), privacy_part, cookie_part, name="society").statement == SITE
        assert str(standing(date(2015, 11, 18), cookie_part, name="s")) == "s, as it stood on 18 November 2015"

    def test_versions_of_a_part(self) -> None:
        """Each part is taken in the version of that day."""
        first = evolve(privacy_part, until=date(2015, 11, 17), since=date(2014, 1, 1), controller="printer")
        parts = (first, privacy_part, cookie_part)
        assert standing(date(2015, 11, 17), *parts, name="s").statement.controller == "printer"
        later = standing(date(2015, 11, 18), *parts, name="s")
        assert later.statement.controller == "lamplighters"
        assert later.without == (("privacy part", "it held until 17 November 2015"),)
        with pytest.raises(PolicyError, match="have the id"):
            standing(date(2015, 11, 18), evolve(first, until=None), privacy_part, name="s")

    def test_no_part(self) -> None:
        """Before all of them nothing is known; nor where no day is known, or no part given."""
        with pytest.raises(
            NoEditionError, match=r"No part of 'society' held on 24 October 2015.*speaks from 25 October"
        ):
            standing(date(2015, 10, 24), privacy_part, cookie_part, name="society")
        with pytest.raises(NoEditionError, match="it is not known from when it held"):
            standing(date(2015, 11, 1), evolve(cookie_part, since=None), name="society")
        with pytest.raises(NoEditionError, match="No part was given"):
            standing(date(2015, 11, 1), name="society")


class TestTheIETs:
    """The six versions of the IET's page on cookies, and its statement of 2015."""

    def test_its_versions(self) -> None:
        """Each turns into the next by what differs; the second differs from the first in nothing that matters."""
        versions = pytest.importorskip("cpdrules.iet.cookie_versions").VERSIONS
        known = [one.statement for one in versions if one.statement is not None]
        assert len(known) >= 5
        for old, new in itertools.pairwise(known):
            assert applied(old, diff(old, new)) == new
            assert applied(new, diff(new, old)) == old
        assert material_changes(known[0], known[1]) == ()
        assert "advertising-delivery" in by_purpose(material_changes(known[2], known[3]))

    def test_between_its_two_dates(self) -> None:
        """From 25 October to 17 November 2015 only the part on cookies is known to have held."""
        privacy = pytest.importorskip("cpdrules.iet.privacy")
        cookies = pytest.importorskip("cpdrules.iet.cookies")
        found = standing(date(2015, 11, 17), privacy.part, cookies.part, name=privacy.statement.name)
        assert found.statement == joined(privacy.statement.name, cookies.part)
        assert [name for name, _ in found.without] == [privacy.part.name]
        assert standing(date(2015, 11, 18), privacy.part, cookies.part, name="x").without == ()
