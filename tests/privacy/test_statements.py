"""A statement as one value, and the cookies that it declares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve, fields, frozen
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import all_of, any_of
from cpdrules.choices import inferred
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.findings import Source
from cpdrules.iet import privacy
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import (
    AS_REUSED,
    LOST,
    NO_LIFETIME,
    PERMANENT,
    SESSION,
    UNSTATED,
    UNTIL_LOG_OFF_OR_CLOSE,
    Cookie,
    Function,
    Lifetime,
    Provider,
    Severity,
    Silence,
    depends_on,
    lasting,
)
from cpdrules.privacy.names import exact, suffix
from cpdrules.privacy.practices import Claim, DataItem, Explanation, Gap, Purpose
from cpdrules.privacy.requirements import Works, accepts, named_in, works
from cpdrules.privacy.statements import Statement, as_stated, found, joined, sources_of
from tests.privacy.society import cookie_part, privacy_part
from tests.privacy.strategies import statements

SAID, GUESSED = Source("L2", 1), Source("L2", 2, stated="inferred")


def cookie(**more: Any) -> Cookie:
    """Write a cookie down."""
    return Cookie(**{"id": "c", "title": "c", "group": "g", "purposes": ("session",)} | more)


def function(name: str, *needs: str, **more: Any) -> Function:
    """Write down a function that needs others."""
    requires = all_of(*map(works, needs)) if needs else None
    return Function(**{"id": name, "title": name, "requires": requires, "source": SAID} | more)


class TestSeverity:
    """How bad it is, from none upwards; silence stands outside the order."""

    def test_the_order(self) -> None:
        """Each has its place, and the one that is unstated has none."""
        assert [one.rank for one in Severity] == [0, 1, 2, 3, 4, 5, None]
        assert Severity.FAILS.rank == 5
        assert Severity("not-recognised").rank == 4


class TestSilence:
    """What a text does not say is no “no”."""

    def test_two_kinds(self) -> None:
        """It says nothing, or the copy has lost what it said."""
        assert tuple(Silence) == (UNSTATED, LOST)
        assert (UNSTATED.value, LOST.value) == ("unstated", "lost")
        assert cookie().identifies is UNSTATED
        assert cookie().provider.organisation is UNSTATED


class TestLifetimes:
    """Line 117: they are deleted at log-off or close, "If you choose not to use" Remember Me."""

    @pytest.mark.parametrize(
        ("lifetime", "ends", "words"),
        [
            (SESSION, True, "session"),
            (UNTIL_LOG_OFF_OR_CLOSE, True, "until log-off or close"),
            (PERMANENT, False, "permanent"),
            (lasting(365), False, "365 days"),
            (AS_REUSED, None, "as reused"),
            (NO_LIFETIME, None, "unstated"),
            (
                depends_on("remember_me", NO_LIFETIME, otherwise=UNTIL_LOG_OFF_OR_CLOSE),
                None,
                "unstated if remember me, else until log-off or close",
            ),
        ],
    )
    def test_each(self, lifetime: Lifetime, ends: bool | None, words: str) -> None:
        """Whether it ends with the session, and how it is called."""
        assert lifetime.ends_with_session is ends
        assert str(lifetime) == words

    def test_under_facts(self) -> None:
        """The fact decides; where it is not known, the lifetime goes on to depend on it."""
        inner = depends_on("asked", lasting(3), otherwise=PERMANENT)
        outer = depends_on("remember_me", inner, otherwise=SESSION)
        assert outer.under({}) == outer.under({"remember_me": None}) == outer
        assert outer.under({"remember_me": False}) == SESSION
        assert outer.under({"remember_me": True}) == inner
        assert outer.under({"remember_me": True, "asked": False}) == PERMANENT
        assert outer.under({"remember_me": True, "asked": True}) == lasting(3)
        assert SESSION.under({"remember_me": True}) == SESSION

    @pytest.mark.parametrize("days", [0, -1, 1.5, True, "3", None])
    def test_no_number_of_days(self, days: Any) -> None:
        """Days are whole, and at least one."""
        with pytest.raises(PolicyError, match="cannot last"):
            lasting(days)
        assert lasting(1).days == 1


class TestCookies:
    """A cookie has a purpose; names and lifetime are as far as they are told."""

    def test_no_purpose(self) -> None:
        """Nobody could say whether it may be set."""
        with pytest.raises(PolicyError, match="The cookie 'c' has no purpose"):
            cookie(purposes=())

    def test_no_names(self) -> None:
        """A cookie without a name is legal: ten of the IET's have lost theirs."""
        assert cookie().names == ()

    def test_in_use_or_not(self) -> None:
        """One that is discontinued is still declared."""
        assert cookie().active
        assert not cookie(discontinued=date(2015, 10, 25)).active

    def test_what_is_concluded(self) -> None:
        """Marked fields are emptied, and names that somebody assumed are left out; the rest is as said."""
        names = (exact("a"), exact("b", source=SAID), suffix("_c", source=GUESSED))
        concluded = cookie(
            names=names,
            identifies=True,
            how="x",
            content="y",
            where=("z",),
            lifetime=PERMANENT,
            inferred=("identifies",),
        )
        said = concluded.stated()
        assert said.names == names[:2]
        assert (said.identifies, said.how, said.lifetime, said.inferred) == (UNSTATED, "x", PERMANENT, ())
        all_ = evolve(concluded, inferred=("identifies", "lifetime", "how", "content", "where")).stated()
        assert (all_.lifetime, all_.how, all_.content, all_.where) == (NO_LIFETIME, "", "", ())
        assert evolve(said, names=()).stated() == evolve(said, names=())

    def test_what_is_concluded_of_who_sets_it(self) -> None:
        """Marked fields of the provider are emptied with those of the cookie."""
        sets = Provider(party="first", organisation="o", domains=("a.example",), served_by="s", note="n")
        marked = cookie(provider=evolve(sets, inferred=("party", "note")))
        assert marked.stated().provider == evolve(sets, party=UNSTATED, note="")
        every = evolve(sets, inferred=("party", "organisation", "domains", "served_by", "note"))
        assert every.stated() == Provider()
        assert sets.stated() == sets
        with pytest.raises(PolicyError, match=r"A provider has no field 'id' that could be inferred.*served_by"):
            Provider(inferred=("id",))

    def test_what_cannot_be_marked(self) -> None:
        """Only some fields can be concluded; a name carries a source of its own."""
        with pytest.raises(PolicyError, match=r"has no field 'names' that could be inferred.*identifies"):
            cookie(inferred=("names",))


class TestStatements:
    """Whatever a text says stands in one of its tables, by an id that is unique there."""

    def test_ids_of_one_table(self) -> None:
        """Two rows with one id are refused; two tables may use the same one."""
        with pytest.raises(PolicyError, match="Two rows of the table cookies have the id 'c'"):
            Statement(name="s", cookies=(cookie(), cookie(title="other")))
        both = Statement(name="s", cookies=(cookie(),), functions=(function("c"),))
        assert both.cookie("c").id == both.function("c").id
        claims = (Claim(says="x", source=SAID), Claim(says="x", source=SAID))
        assert Statement(name="s", claims=claims).claims == claims

    def test_tables_of_rows(self) -> None:
        """A list would be left out when parts are joined, and a row of another table has no place: both are refused."""
        lists: Any = [cookie()]
        with pytest.raises(PolicyError, match=r"The table cookies is no tuple, but of the type list.*cookies=\("):
            Statement(name="s", cookies=lists)
        strays: Any = (function("f"), cookie())
        with pytest.raises(PolicyError, match=r"functions has a row of the type Cookie.*rows of the type Function"):
            Statement(name="s", functions=strays)
        nothing: Any = (None,)
        with pytest.raises(PolicyError, match="claims has a row of the type NoneType"):
            Statement(name="s", claims=nothing)

    def test_days(self) -> None:
        """It speaks from a day to a day, and does not end before it begins; one day is enough."""
        day = date(2015, 10, 25)
        assert Statement(name="s", since=day, until=day).until == day
        assert Statement(name="s", until=day).since is None
        with pytest.raises(PolicyError, match="ends on 24 October 2015, before it begins on 25 October 2015"):
            Statement(name="s", since=day, until=date(2015, 10, 24))
        for other in ("2015-10-25", datetime(2015, 10, 25, 9, tzinfo=UTC), 0):
            wrong: Any = other
            with pytest.raises(PolicyError, match="speaks from a day to a day"):
                Statement(name="s", since=wrong)
            with pytest.raises(PolicyError, match="speaks from a day to a day"):
                Statement(name="s", until=wrong)

    def test_ask_by_id(self) -> None:
        """Each table gives its row."""
        whole = joined("society", privacy_part, cookie_part)
        assert whole.cookie("wick").title == "session of those who do not log on"
        assert whole.declares("wick")
        assert not whole.declares("order")
        assert whole.function("order").title == "ordering"
        assert whole.purpose("journal").kind == "service"
        assert whole.cookie_purpose("statistics").icc == "performance"
        assert whole.organisation("printer").role == "prints the journal"

    @pytest.mark.parametrize(
        ("table", "called"),
        [
            ("cookie", "cookie"),
            ("function", "function"),
            ("purpose", "purpose"),
            ("cookie_purpose", "cookie purpose"),
            ("organisation", "organisation"),
        ],
    )
    def test_ids_that_are_not_there(self, table: str, called: str) -> None:
        """The error says what there is, and what is near."""
        with pytest.raises(UnknownRefError, match=f"The statement has no {called} 'x'. It has no {called} at all"):
            getattr(Statement(name="s"), table)("x")
        with pytest.raises(
            UnknownRefError, match=r"no cookie 'wik'\. It has 'key', 'wick'.*Did you mean wick"
        ) as raised:
            cookie_part.cookie("wik")
        assert raised.value.data["ref"] == "wik"
        assert "wick" in raised.value.data["known"]
        assert found(iter(cookie_part.groups), "spare", "group").id == "spare"

    def test_functions_in_order(self) -> None:
        """Each after those that it needs; what is needed and not there stops nobody."""
        shown = Statement(name="s", functions=(function("c", "b", "gone"), function("b", "a"), function("a")))
        assert [one.id for one in shown.in_order()] == ["a", "b", "c"]
        assert Statement(name="s").in_order() == ()

    def test_a_circle(self) -> None:
        """Functions that need one another are refused, with the way round."""
        with pytest.raises(PolicyError, match=r"need one another in a circle: '\w' needs '\w' needs '\w'\.") as raised:
            Statement(name="s", functions=(function("a", "b"), function("b", "a")))
        assert set(raised.value.data["circle"]) == {"a", "b"}
        with pytest.raises(PolicyError, match="circle: 'a' needs 'a'"):
            Statement(name="s", functions=(function("a", "a"),))

    @given(statements())
    def test_order_is_kept_and_complete(self, statement: Statement) -> None:
        """Every function stands in the order once, after what it needs; two equal statements are equal."""
        order = [one.id for one in statement.in_order()]
        assert sorted(order) == sorted(one.id for one in statement.functions)
        for one in statement.functions:
            assert all(order.index(name) < order.index(one.id) for name in named_in(one.requires, Works))
        assert evolve(statement) == statement


class TestJoining:
    """Two documents in one page, each with a date of its own."""

    def test_the_parts(self) -> None:
        """Their tables one after the other; it speaks from the day on which the last part did."""
        whole = joined("society", privacy_part, cookie_part)
        assert whole.components == (*privacy_part.components, *cookie_part.components)
        assert whole.cookies == cookie_part.cookies
        assert whole.purposes == privacy_part.purposes
        assert (whole.name, whole.since, whole.until) == ("society", date(2015, 11, 18), None)
        assert (whole.controller, whole.log_on) == ("lamplighters", "log-on")
        days = joined("s", cookie_part, since=date(2015, 1, 1), until=date(2016, 1, 1))
        assert (days.since, days.until) == (date(2015, 1, 1), date(2016, 1, 1))
        assert joined("s", evolve(cookie_part, since=None)).since is None
        assert joined("s") == Statement(name="s")

    def test_what_a_later_part_says(self) -> None:
        """Of the controller, of logging on and of requests the last that says something holds."""
        asks, more = AccessPolicy(written=True), AccessPolicy(written=False)
        first = Statement(name="1", controller="a", log_on="x", access=asks)
        second = Statement(name="2", controller="b", log_on="y", access=more)
        silent = Statement(name="3")
        for parts, expected in (
            ((first, second), ("b", "y", more)),
            ((second, first), ("a", "x", asks)),
            ((first, silent), ("a", "x", asks)),
            ((silent, first), ("a", "x", asks)),
            ((silent, silent), ("", "", None)),
        ):
            whole = joined("s", *parts)
            assert (whole.controller, whole.log_on, whole.access) == expected

    def test_parts_that_clash(self) -> None:
        """One id in two parts is refused, as is a circle through both."""
        with pytest.raises(PolicyError, match="Two rows of the table components have the id 'cookies'"):
            joined("s", cookie_part, evolve(cookie_part, functions=()))
        with pytest.raises(PolicyError, match="in a circle"):
            joined(
                "s",
                Statement(name="1", functions=(function("a", "b"),)),
                Statement(name="2", functions=(function("b", "a"),)),
            )

    def test_every_table_is_joined(self) -> None:
        """No table is left out, whichever are added to a statement."""
        whole = joined("s", privacy_part, cookie_part)
        for attribute in fields(Statement):
            one, other = getattr(privacy_part, attribute.name), getattr(cookie_part, attribute.name)
            if attribute.init and isinstance(one, tuple):
                assert getattr(whole, attribute.name) == (*one, *other)

    @given(statements(), st.integers(0, 4))
    def test_joining_what_was_parted(self, statement: Statement, cut: int) -> None:
        """A statement parted anywhere is whole again when it is joined."""
        first = evolve(statement, cookies=statement.cookies[:cut], functions=(), groups=())
        second = evolve(statement, cookies=statement.cookies[cut:])
        assert joined(statement.name, first, second) == statement


class TestSources:
    """Every row says where it stands."""

    def test_one_or_several(self) -> None:
        """Whichever way a row names them; a row that names none has none."""
        assert sources_of(function("f")) == (SAID,)
        assert sources_of(DataItem(id="d", title="d", sources=(SAID, GUESSED))) == (SAID, GUESSED)
        assert sources_of(cookie()) == ()
        assert sources_of(cookie_part.groups[0]) == (Source("L2", 3),)
        assert sources_of(evolve(cookie_part.groups[0], source=None)) == ()
        assert sources_of(_Both(SAID, (GUESSED,))) == (SAID, GUESSED)


@frozen
class _Both:
    source: Source
    sources: tuple[Source, ...]


class TestAsStated:
    """Without what is only inferred."""

    def test_rows(self) -> None:
        """A row that stands on conclusions alone is left out; one that the text says somewhere stays."""
        items = (
            DataItem(id="a", title="a", sources=(GUESSED,)),
            DataItem(id="b", title="b", sources=(GUESSED, SAID)),
            DataItem(id="c", title="c", sources=()),
        )
        explained = Explanation(id="x", says="x", source=evolve(SAID, stated="unstated"))
        gap = Gap(id="g", lost="", source=GUESSED)
        said = as_stated(Statement(name="s", data_items=items, explanations=(explained,), gaps=(gap,)))
        assert [one.id for one in said.data_items] == ["b", "c"]
        assert said.explanations == (explained,)
        assert said.gaps == ()

    def test_readings(self) -> None:
        """What a function needs is what the text says; where nothing is inferred nothing changes."""
        reading = inferred(any_of(accepts("c"), works("g")), otherwise=accepts("c"))
        shown = Statement(
            name="s",
            cookies=(cookie(identifies=True, inferred=("identifies",)),),
            functions=(function("f", requires=reading), function("g")),
        )
        said = as_stated(shown)
        assert said.function("f").requires == accepts("c")
        assert said.function("g") == shown.function("g")
        assert said.cookie("c").identifies is UNSTATED
        assert (said.name, said.since, said.access) == (shown.name, shown.since, shown.access)
        assert as_stated(said) == said

    def test_the_order_follows(self) -> None:
        """Functions are put in order anew: a reading may have been all that bound them."""
        reading = inferred(works("b"), otherwise=accepts("c"))
        shown = Statement(name="s", functions=(function("a", requires=reading), function("b")))
        assert [one.id for one in shown.in_order()] == ["b", "a"]
        assert [one.id for one in as_stated(shown).in_order()] == ["a", "b"]

    @given(statements())
    def test_nothing_inferred(self, statement: Statement) -> None:
        """A statement that infers nothing stays what it is."""
        assert as_stated(statement) == statement

    def test_purposes_stay(self) -> None:
        """Rows without a way to be inferred in part are kept whole."""
        purpose = Purpose(id="p", title="p", kind="service", sources=(SAID,))
        assert as_stated(Statement(name="s", purposes=(purpose,))).purposes == (purpose,)


class TestShown:
    def test_it_is_named_and_counted(self) -> None:
        """A notebook shows a line and not everything; a long name is cut."""
        assert repr(Statement(name="empty")) == "<Statement 'empty': nothing>"
        assert repr(joined("x" * 60, privacy.statement)).startswith("<Statement 'xxx")
        assert repr(privacy.statement) == (
            "<Statement 'IET privacy and cookie statement': 2 components, 25 organisations, 4 groups, 24 cookies, "
            "15 cookie purposes, 27 functions, 4 trackings, 5 routes, 33 data items, 34 purposes, 13 disclosure, "
            "3 recipient terms, 2 transfers, 5 preferences, 9 commitments, 18 duties, 7 rights, 10 explanations, "
            "23 gaps, 4 claims>"
        )
