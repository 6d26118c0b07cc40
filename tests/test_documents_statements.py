"""Privacy statements as documents: they read back as they were, and whatever is wrong is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from attrs import evolve, field, fields, frozen
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Source, all_of, at_least
from cpdrules.cpd import hours
from cpdrules.documents import (
    DocumentError,
    Problem,
    converter,
    digest,
    read_json,
    read_policy,
    read_statement,
    read_toml,
    statement_schema,
    write_json,
    write_policy,
    write_statement,
)
from cpdrules.documents.fields import PLAIN, Row, spoken, table_of
from cpdrules.documents.limits import VALUES
from cpdrules.documents.places import UNREAD, At, Problems
from cpdrules.documents.shapes import WHOLE as WHOLE_NUMBER
from cpdrules.iet import cookie_versions, cookies, privacy
from cpdrules.periods import days
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import (
    LOST,
    SESSION,
    UNSTATED,
    Blocked,
    Cookie,
    Function,
    Group,
    Lifetime,
    Provider,
    Severity,
)
from cpdrules.privacy.names import exact, prefix
from cpdrules.privacy.practices import ANY, Organisation, Right
from cpdrules.privacy.requirements import accepts
from cpdrules.privacy.requirements import given as given_fact
from cpdrules.privacy.statements import Statement, joined
from tests.privacy import harbour, society
from tests.statement_strategies import WHOLE, requirements, statements
from tests.test_schema import Validator, agree, problems

SOCIETY = joined("Society of Lamplighters", society.cookie_part, society.privacy_part)

#: By what they are: the IET's, with its parts and its history, and those of two bodies that do not exist.
REAL: dict[str, Statement] = {
    "the IET's": privacy.statement,
    "its cookie part": cookies.part,
    **{f"its page {number}": one.statement for number, one in enumerate(cookie_versions.VERSIONS, 1) if one.statement},
    "a rowing club's": harbour.CLUB,
    "a society's": SOCIETY,
    "nobody's, with everything": WHOLE,
    "nobody's, with nothing": Statement(name=""),
}

SCHEMA = Validator(statement_schema())


def toml(value: Any) -> str:
    """Write plain data as one line of TOML, by the rules for JSON where both have them."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{toml(key)} = {toml(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    assert value is not None, "TOML has no null"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def through_toml(data: dict[str, Any]) -> Any:
    """Write plain data as a TOML text and read it again."""
    return read_toml("\n".join(f"{toml(key)} = {toml(one)}" for key, one in data.items()))


def refused(data: Any) -> tuple[Problem, ...]:
    """Give what is said against a document, which has to be refused, and by no other error than the one documented."""
    with pytest.raises(DocumentError) as caught:
        read_statement(data)
    assert caught.value.problems
    return caught.value.problems


def read_again(data: Any) -> Statement:
    """Read a document, and check that what is read can be written and read once more."""
    statement = read_statement(data)
    assert read_statement(write_statement(statement)) == statement
    return statement


def changed(statement: Statement, table: str, **changes: Any) -> Statement:
    """Give a statement whose first row in a table has other values."""
    first, *others = getattr(statement, table)
    return evolve(statement, **{table: (evolve(first, **changes), *others)})


def stated(**tables: Any) -> dict[str, Any]:
    """Give a document of a statement with some tables."""
    return {"statement": {"name": "Privacy", **tables}}


def cookie(**keys: Any) -> dict[str, Any]:
    """Give a document of a statement with one cookie."""
    return stated(cookies=[{"id": "c", "title": "a cookie", "group": "all", "purposes": ["p"], **keys}])


def function(requires: Any) -> dict[str, Any]:
    """Give a document of a statement with one function."""
    return stated(functions=[{"id": "f", "title": "a function", "source": "P2", "requires": requires}])


def the_cookie(**keys: Any) -> Cookie:
    """Read the only cookie of a statement."""
    return read_statement(cookie(**keys)).cookies[0]


class TestEverythingReadsBack:
    @pytest.mark.parametrize("name", REAL)
    def test_as_it_was(self, name: str) -> None:
        """A statement is what is read of what is written of it, as data and as text of either kind."""
        data = write_statement(REAL[name])
        assert read_statement(data) == REAL[name]
        assert read_statement(read_json(write_json(data))) == REAL[name]
        assert read_statement(through_toml(data)) == REAL[name]

    @given(statements)
    def test_any(self, statement: Statement) -> None:
        """Any statement is what is read of what is written of it, and is written once more in the same words."""
        data = write_statement(statement)
        assert read_statement(through_toml(data)) == statement
        again = read_statement(read_json(write_json(data)))
        assert again == statement
        assert again.in_order() == statement.in_order()
        assert write_json(write_statement(again)) == write_json(data)

    @given(requirements)
    def test_any_requirement(self, requirement: Any) -> None:
        """What a function needs is joined and chosen by the words of policies, with leaves of its own."""
        rule = evolve(harbour.CLUB.disclosure[0], when=requirement)
        needing = Function(id="f", title="f", requires=requirement, source=Source("S"))
        statement = Statement(name="", functions=(needing,), disclosure=(rule,))
        assert read_statement(write_statement(statement)) == statement

    def test_every_field_stands_under_its_name(self) -> None:
        """Where nothing is left as it is by default, every field of every class is a key, in the order of the class."""
        data = write_statement(WHOLE)["statement"]
        assert list(data) == [one.name for one in fields(Statement) if one.init]
        for name, rows in data.items():
            value = getattr(WHOLE, name)
            if isinstance(rows, list):
                assert list(rows[0]) == [one.name for one in fields(type(value[0])) if one.init]
        for name, inner in {"provider": Provider, "blocked": Blocked}.items():
            assert list(data["cookies"][0][name]) == [one.name for one in fields(inner)]
        assert list(data["access"]) == [one.name for one in fields(AccessPolicy)]

    def test_in_values_of_the_callers_own(self) -> None:
        """A statement in a class of the caller's own goes through the same door."""

        @frozen
        class Page:
            url: str
            statement: Statement

        page = Page("/privacy", SOCIETY)
        data = converter().unstructure(page)
        assert data == {"url": "/privacy", "statement": write_statement(SOCIETY)}
        assert converter().structure(data, Page) == page


class TestWords:
    def test_a_document_that_people_write(self) -> None:
        """Tables by their names, ids first, and words where the library has words."""
        text = """
            [statement]
            name = "Privacy"
            since = 2015-10-25
            disclosure = [{ id = "d", to = "any", purposes = ["post"], allows = false, says = "nobody", source = "L1" }]

            [[statement.cookies]]
            id = "logon"
            title = "log-on"
            group = "needed"
            purposes = ["authentication"]
            names = [{ exact = "CFID" }, { prefix = "oax", domain = "example.org" }]
            provider = { party = "first", organisation = "lost" }
            lifetime = { depends_on = "remember_me", if = { lasting = 365 }, else = "session" }
            identifies = "unstated"
            discontinued = 2015-10-26

            [[statement.functions]]
            id = "log-on"
            title = "logging on"
            requires = { "all of" = [{ accepts = "logon" }, { given = "registered" }] }
            missing = "fails"
            source = { document = "L2", line = 4 }

            [statement.access]
            fee = "9.50"
            deadline = "40 days"
        """
        statement = read_statement(read_toml(text))
        (declared,) = statement.cookies
        assert statement.since == date(2015, 10, 25)
        assert declared.names == (exact("CFID"), prefix("oax", domain="example.org"))
        assert declared.provider == Provider(party="first", organisation=LOST)
        assert str(declared.lifetime) == "365 days if remember me, else session"
        assert declared.identifies is UNSTATED
        assert declared.discontinued == date(2015, 10, 26)
        assert statement.disclosure[0].to is ANY
        assert statement.functions[0].requires == all_of(accepts("logon"), given_fact("registered"))
        assert statement.functions[0].missing is Severity.FAILS
        assert statement.access == AccessPolicy(fee=Decimal("9.5"), deadline=days(40))

    def test_what_is_left_out(self) -> None:
        """Nothing that is as it is by default is written, and so no null ever."""
        data = write_statement(Statement(name="Privacy", groups=(Group(id="g", says="all", source=Source("P2")),)))
        assert data == {"statement": {"name": "Privacy", "groups": [{"id": "g", "says": "all", "source": "P2"}]}}
        assert "null" not in write_json(write_statement(privacy.statement))

    def test_silence(self) -> None:
        """A text that is silent where something must stand says so in a word."""
        right = Right(id="r", says="ask", route=UNSTATED, source=Source("P1"))
        (row,) = write_statement(Statement(name="", rights=(right,)))["statement"]["rights"]
        assert row["route"] == "unstated"
        assert the_cookie(identifies="lost").identifies is LOST
        assert the_cookie(identifies=False).identifies is False
        assert the_cookie(provider={"party": "lost", "domains": "lost"}).provider == Provider(party=LOST, domains=LOST)

    @pytest.mark.parametrize("word", ["unstated", "lost"])
    def test_a_text_that_silence_is_called_by(self, word: str) -> None:
        """An id that documents would take for silence is not written at all."""
        right = Right(id="r", says="ask", route=word, source=Source("P1"))
        with pytest.raises(DocumentError, match=f"The text “{word}” cannot stand where documents mean something else"):
            write_statement(Statement(name="", rights=(right,)))

    @pytest.mark.parametrize(
        ("fee", "written"),
        [
            (10, 10),
            (Decimal("10.00"), 10),
            (Decimal("1E+2"), 100),
            (Decimal("0.00"), 0),
            (Decimal("-0.0"), 0),
            (Decimal("9.50"), "9.5"),
            (Decimal("0.05"), "0.05"),
            (Decimal(10**39) + 1, 10**39),
            (Decimal(f"{'9' * 40}.{'9' * 40}"), f"{'9' * 40}.{'9' * 40}"),
        ],
    )
    def test_money(self, fee: Any, written: Any) -> None:
        """Equal amounts are written in one way: whole where they are, else as the text of a decimal."""
        statement = Statement(name="", access=AccessPolicy(fee=fee))
        assert write_statement(statement)["statement"]["access"] == {"fee": written}
        assert read_statement(write_statement(statement)) == statement

    @pytest.mark.parametrize(
        "fee", [Decimal("1E+999999999999"), Decimal("1E-999999999999"), Decimal(10**40), Decimal("1E-41")]
    )
    def test_money_that_nobody_has(self, fee: Decimal) -> None:
        """An amount of more digits than any is refused before it is spelt out."""
        with pytest.raises(DocumentError, match="cannot be written down as an amount of money"):
            write_statement(Statement(name="", access=AccessPolicy(fee=fee)))

    @given(st.sampled_from(["9.5", "9.50", "9.500", "09.5"]))
    def test_money_is_read_as_it_is_meant(self, text: str) -> None:
        """However its noughts are written, an amount is one amount."""
        assert read_statement(stated(access={"fee": text})).access == AccessPolicy(fee=Decimal("9.5"))

    def test_requirements_are_no_policies(self) -> None:
        """A policy on members has no leaf on cookies, and a function of a site needs no hours."""
        with pytest.raises(DocumentError, match="“accepts” is no word for a clause"):
            read_policy({"accepts": "logon"})
        with pytest.raises(DocumentError, match="cannot be written down as a clause"):
            write_policy(accepts("logon"))
        (problem,) = refused(function({"at least": {"figure": 30, "of": "hours"}}))
        assert problem.what == "“at least” is no word for a requirement"
        needing = Function(id="f", title="f", requires=at_least(30, hours()), source=Source("S"))
        with pytest.raises(DocumentError, match="cannot be written down as a requirement"):
            write_statement(Statement(name="", functions=(needing,)))


class TestDigest:
    def test_is_that_of_the_canonical_form(self) -> None:
        """However a statement was written, by people or by the library, its digest is one."""
        odd = read_statement(
            stated(
                access={"fee": "10.00", "written": True},
                until="2016-01-01",
                organisations=[{"id": "o", "source": {"document": "P1", "stated": "stated"}, "name": "", "role": "r"}],
                log_on="",
                purposes=[],
            )
        )
        plain = Statement(
            name="Privacy",
            until=date(2016, 1, 1),
            organisations=(Organisation(id="o", name="", role="r", source=Source("P1")),),
            access=AccessPolicy(written=True, fee=10),
        )
        assert odd == plain
        assert digest(odd) == digest(plain) == "sha256:2c655bfbd5b2cb887bf2fb4b490784f58d7ccd36cdfd317e9070d64e471b08c9"

    def test_of_the_iet(self) -> None:
        """The IET's statement has another digest than each of its parts, and the same one as its copy."""
        assert digest(privacy.statement) == digest(read_statement(through_toml(write_statement(privacy.statement))))
        assert len({digest(one) for one in REAL.values()}) == len({*REAL.values()}) >= 10

    @given(statements, statements)
    def test_tells_statements_apart(self, one: Statement, other: Statement) -> None:
        """Digests are equal for equal statements, and for no others."""
        assert (digest(one) == digest(other)) == (one == other)

    def test_everything_matters(self) -> None:
        """A statement in which one text, number or answer is another has another digest than all such others."""
        pairs = [("some text", "another"), ("a word", "another"), ("S1", "S2"), (True, False), (False, True), (7, 8)]
        others = {(type(value), value): other for value, other in pairs}
        found = {digest(WHOLE)}
        number = 0
        for path in PATHS:
            value = at_path(DOCUMENT, path)
            if isinstance(value, (str, int)) and (type(value), value) in others:
                number += 1
                found.add(digest(read_statement(replaced(path, others[type(value), value]))))
        assert number > 170
        assert len(found) == number + 1


# What is wrong --------------------------------------------------------------------------------------------------------

#: A way into a document.
Path = tuple[Any, ...]


def paths(data: Any, here: Path = ()) -> Iterator[Path]:
    """Give the way to everything in a document but the whole of it."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, one in below:
        yield (*here, key)
        yield from paths(one, (*here, key))


def place(path: Path) -> str:
    """Say a way as problems do, with items counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def at_path(data: Any, path: Path) -> Any:
    """Give what stands at the end of a way."""
    for part in path:
        data = data[part]
    return data


DOCUMENT = write_statement(WHOLE)
PATHS = tuple(paths(DOCUMENT))


def edited(data: Any, path: Path, edit: Any) -> Any:
    """Give a document in which the table or list that holds the end of a way is another; the rest is shared."""
    if len(path) == 1:
        return edit(data, path[0])
    copied = data.copy()
    copied[path[0]] = edited(data[path[0]], path[1:], edit)
    return copied


def replaced(path: Path, value: Any, data: Any = DOCUMENT) -> Any:
    """Give a document with another value at the end of a way."""

    def edit(holder: Any, key: Any) -> Any:
        copied = holder.copy()
        copied[key] = value
        return copied

    return edited(data, path, edit)


def without(path: Path) -> Any:
    """Give the document with everything without the key at the end of a way."""
    return edited(DOCUMENT, path, lambda table, key: {name: one for name, one in table.items() if name != key})


def misspelt(path: Path, word: str) -> Any:
    """Give the document with everything with another word for a key, in its place among the others."""
    return edited(
        DOCUMENT, path, lambda table, key: {word if name == key else name: one for name, one in table.items()}
    )


#: The keys of the document with everything.
KEYS = tuple(path for path in PATHS if isinstance(path[-1], str))


def under(table: str, ways: tuple[Path, ...]) -> Iterator[Path]:
    """Give the ways that lead to a table or into it."""
    return (path for path in ways if path[1:2] == (table,))


#: What stands nowhere in a statement.
NOWHERE: list[Any] = [5.5, None, -1.0, (), b"text", {1}, datetime(2015, 3, 2, 12), ["a", None], {5: 1}]  # noqa: DTZ001

#: What stands in some places.
ODD: list[Any] = [
    *(
        "",
        "x",
        "unstated",
        "any",
        "session",
        "2015-03-02",
        "9.50",
        "40 days",
        "some text",
        "works",
        "\N{NO-BREAK SPACE}",
    ),
    *(0, 1, -1, 10**39, True, False, [], {}, ["x"], [1, 2], [[]], {"x": 1}, {"accepts": "x"}, {"lasting": 3}),
    *(
        {"exact": "x"},
        {"exact": "x", "prefix": "x"},
        {"document": "x"},
        date(2015, 3, 2),
        "2015-02-30",
        "10 years and 1 year",
    ),
]


class TestOneThingWrong:
    @pytest.mark.parametrize("table", DOCUMENT["statement"])
    def test_a_key_left_out(self, table: str) -> None:
        """A key that must be there is missed where it belongs, and nothing else is said; without others it reads."""
        for path in under(table, KEYS):
            data = without(path)
            agree(data, read_statement, SCHEMA)
            found = problems(read_statement, data)
            assert [problem.place for problem in found] in ([], [place(path[:-1])]), path
            senses = ("Only one word can", "A name is given", "A lifetime lasts", f"“{path[-1]}” is missing")
            assert all(problem.what.startswith(senses) for problem in found), path
            assert found or read_again(data) != WHOLE, path

    @pytest.mark.parametrize("table", DOCUMENT["statement"])
    def test_a_key_misspelt(self, table: str) -> None:
        """A word that is not known is named in its place, with the one that was meant."""
        for path in under(table, KEYS):
            key = path[-1]
            word = f"{key[0]}{key}"
            data = misspelt(path, word)
            agree(data, read_statement, SCHEMA)
            first, *more = refused(data)
            assert first.what.startswith(f"“{word}” is no "), path
            assert key in first.remedy, path
            assert first.place in (place((*path[:-1], word)), place(path[:-1])), path
            assert [one.what for one in more] in ([], [f"“{key}” is missing"]), path

    @pytest.mark.parametrize("table", DOCUMENT["statement"])
    def test_what_stands_nowhere(self, table: str) -> None:
        """What can stand nowhere is refused where it stands, and nothing is said of anything else."""
        for path in under(table, PATHS):
            for value in NOWHERE:
                found = refused(replaced(path, value))
                assert all(problem.place.startswith(place(path)) for problem in found), (path, value, found)
                assert found[0].remedy, (path, value)
            (problem,) = refused(replaced(path, 5.5))
            assert (problem.place, problem.kind) == (place(path), "shape")

    @pytest.mark.parametrize(
        "path",
        [
            ("statement", "components", 0, "lines"),
            ("statement", "purposes", 0, "required_if", 0),
            ("statement", "claims", 0, "lost", 0),
        ],
        ids=place,
    )
    def test_so_many_values(self, path: Path) -> None:
        """Where two values stand together, neither one nor three do."""
        pair = at_path(DOCUMENT, path)
        for data in ([], pair[:1], [*pair, pair[0]]):
            changed_there = replaced(path, data)
            agree(changed_there, read_statement, SCHEMA)
            (problem,) = refused(changed_there)
            assert (problem.place, problem.what) == (place(path), "a list is not a list of 2 values")

    @given(st.sampled_from(PATHS), st.sampled_from(ODD))
    def test_what_stands_elsewhere(self, path: Path, value: Any) -> None:
        """What is not read as another statement is refused in its place, or at the table that it makes nonsense of."""
        data = replaced(path, value)
        agree(json_of(data), read_statement, SCHEMA)
        found = problems(read_statement, data)
        assert all(on_the_way(problem.place, path) for problem in found)
        assert found or read_again(data)

    @given(st.data())
    def test_in_the_iet_statement(self, data: st.DataObject) -> None:
        """However a real document is broken in one place, it is read, or refused by the documented error."""
        path = data.draw(st.sampled_from(IET_PATHS))
        broken = replaced(path, data.draw(st.sampled_from([*ODD, *NOWHERE])), IET_DOCUMENT)
        found = problems(read_statement, broken)
        assert all(on_the_way(problem.place, path) for problem in found)
        assert found or read_again(broken)


def on_the_way(where: str, path: Path) -> bool:
    """Whether a place lies below the table in which something stands, or is a table that this makes nonsense of."""
    return where.startswith(place(path[:-1])) or place(path).startswith(where)


def json_of(data: Any) -> Any:
    """Give a document as JSON has it, where days are texts."""
    return json.loads(json.dumps(data, default=str))


IET_DOCUMENT = write_statement(privacy.statement)
IET_PATHS = tuple(paths(IET_DOCUMENT))

NEEDS = ("id", "title", "group", "purposes")

#: Documents, each with the place of what is wrong and some of its words.
WRONG: list[tuple[Any, str, str]] = [
    (5, "", "5 is not a statement"),
    (None, "", "nothing (null) is not a statement"),
    ([], "", "a list is not a statement"),
    ({}, "", "this table is empty"),
    ("privacy", "", "“privacy” is no word for a statement"),
    ("statement", "statement", "“name” is missing"),
    ({"statment": {}}, "", "Did you mean statement?"),
    ({"statement": {}, "name": "x"}, "", "this table has “statement”, “name”"),
    ({"statement": []}, "statement", "a list is not a table of keys"),
    ({5: {}}, "", "5 is no word for a statement"),
    (stated(cookies={}), "statement.cookies", "a table is not a list"),
    (stated(cookies=["logon"]), "statement.cookies[1]", "“logon” is not a table of keys"),
    (stated(purpose=[]), "statement.purpose", "“purpose” is no key of a statement. Did you mean purposes"),
    (
        cookie(lifetyme="session"),
        "statement.cookies[1].lifetyme",
        "“lifetyme” is no key of a cookie. Did you mean lifetime?",
    ),
    (cookie(lifetime="sesion"), "statement.cookies[1].lifetime", "Did you mean session?"),
    (cookie(lifetime="long"), "statement.cookies[1].lifetime", "Known are “session”, “until log-off or close”"),
    (cookie(lifetime=3), "statement.cookies[1].lifetime", "3 is not a table of keys"),
    (cookie(lifetime={}), "statement.cookies[1].lifetime", "A lifetime lasts so many days, or depends on a fact"),
    (cookie(lifetime={"lasting": "3"}), "statement.cookies[1].lifetime.lasting", "“3” is not a whole number"),
    (cookie(lifetime={"lasting": 0}), "statement.cookies[1].lifetime", "A cookie cannot last 0 days"),
    (cookie(lifetime={"lasting": 3, "if": "session"}), "statement.cookies[1].lifetime", "or depends on a fact"),
    (cookie(lifetime={"depends_on": "x", "if": "session"}), "statement.cookies[1].lifetime", "or depends on a fact"),
    (cookie(lifetime={"depends_on": "x", "else": "session"}), "statement.cookies[1].lifetime", "or depends on a fact"),
    (cookie(lifetime={"if": "session", "else": "session"}), "statement.cookies[1].lifetime", "or depends on a fact"),
    (
        cookie(lifetime={"lasting": 1, "depends_on": "x", "if": "session", "else": "session"}),
        "statement.cookies[1].lifetime",
        "or depends on a fact",
    ),
    (
        cookie(lifetime={"depends_on": "x", "if": {"lasting": True}, "else": "session"}),
        "statement.cookies[1].lifetime.if.lasting",
        "true is not a whole number",
    ),
    (cookie(names=[{}]), "statement.cookies[1].names[1]", "A name is given in one way, and here in none"),
    (
        cookie(names=[{"exact": "a"}, {"exact": "a", "prefix": "b"}]),
        "statement.cookies[1].names[2]",
        "A name is given in one way, and here in 2",
    ),
    (cookie(names=["CFID"]), "statement.cookies[1].names[1]", "“CFID” is not a table of keys"),
    (cookie(names=[{"exact": ""}]), "statement.cookies[1].names[1]", "It is empty"),
    (cookie(names=[{"segments": "a"}]), "statement.cookies[1].names[1]", "It holds no star"),
    (cookie(names=[{"prefix": "a", "domain": "a b"}]), "statement.cookies[1].names[1]", "'a b' is no domain"),
    (cookie(names=[{"exact": "x" * 5000}]), "statement.cookies[1].names[1]", "Shorten it"),
    (cookie(purposes=[]), "statement.cookies[1]", "The cookie 'c' has no purpose"),
    (cookie(inferred=["lifetim"]), "statement.cookies[1]", "has no field 'lifetim' that could be inferred"),
    (cookie(identifies="yes"), "statement.cookies[1].identifies", "or write for example true, without quotes"),
    (cookie(identifies="unstatd"), "statement.cookies[1].identifies", "Did you mean unstated?"),
    (cookie(identifies=1), "statement.cookies[1].identifies", "1 is not true or false"),
    (cookie(provider={"party": "fourth"}), "statement.cookies[1].provider.party", "“fourth” is no word for “party”"),
    (
        cookie(provider={"domains": "example.org"}),
        "statement.cookies[1].provider.domains",
        "Known are “unstated” and “lost”",
    ),
    (cookie(blocked={"severty": "fails"}), "statement.cookies[1].blocked.severty", "is no key of what blocking does"),
    (cookie(blocked={"severity": "fail"}), "statement.cookies[1].blocked.severity", "Did you mean fails?"),
    (cookie(discontinued="2015-02-30"), "statement.cookies[1].discontinued", "2015-02-30"),
    (cookie(sources=[{"line": 3}]), "statement.cookies[1].sources[1]", "“document” is missing"),
    (stated(since="November"), "statement.since", "November"),
    (stated(components=[{"lines": [1]}]), "statement.components[1].lines", "a list is not a list of 2 values"),
    (stated(components=[{"lines": [1, "2"]}]), "statement.components[1].lines[2]", "“2” is not a whole number"),
    (stated(components=[{"lines": {}}]), "statement.components[1].lines", "a table is not a list of 2 values"),
    (stated(purposes=[{"required_if": [["a"]]}]), "statement.purposes[1].required_if[1]", "not a list of 2 values"),
    (stated(claims=[{"lost": [["a", "fail"]]}]), "statement.claims[1].lost[1][2]", "Did you mean fails?"),
    (stated(disclosure=[{"to": "all"}]), "statement.disclosure[1].to", "“all” is no word for “to”. Known are “any”"),
    (stated(access={"fee": 9.5}), "statement.access.fee", "9.5 is not an amount of money. Write 10, or in quotes"),
    (stated(access={"fee": -1}), "statement.access", "-1 is no fee"),
    (stated(access={"fee": "-1"}), "statement.access.fee", "is not an amount of money"),
    (stated(access={"fee": True}), "statement.access.fee", "true is not an amount of money"),
    (stated(access={"fee": "9,50"}), "statement.access.fee", "is not an amount of money"),
    (stated(access={"fee_modality": "shall"}), "statement.access.fee_modality", "“will”, “may” and “unstated”"),
    (stated(access={"deadline": "soon"}), "statement.access.deadline", "“soon” is not a length of time"),
    (function({"accept": "x"}), "statement.functions[1].requires", "Did you mean accepts?"),
    (function({"accepts": ""}), "statement.functions[1].requires.accepts", "A requirement names nothing"),
    (function("accepts"), "statement.functions[1].requires.accepts", "“cookie” is missing"),
    (function({"accepts": ["x"]}), "statement.functions[1].requires.accepts", "a list is not a text"),
    (
        function({"given": {"fact": "x", "presumed": "yes"}}),
        "statement.functions[1].requires.given.presumed",
        "“yes” is not true",
    ),
    (function({"all of": []}), "statement.functions[1].requires.all of", "This list is empty"),
    (function({"all of": ["x"]}), "statement.functions[1].requires.all of[1]", "“x” is no word for a requirement"),
    (function({"clause": "x"}), "statement.functions[1].requires", "“clause” is no word for a requirement"),
    (
        function({"at least of": {"count": 2, "clauses": [{"works": "x"}]}}),
        "statement.functions[1].requires.at least of",
        "",
    ),
    (function({"works": "f"}), "statement", "Functions need one another in a circle: 'f' needs 'f'."),
    (
        stated(routes=2 * [{"id": "r", "how": "h", "source": "P1"}]),
        "statement",
        "Two rows of the table routes have the id 'r'",
    ),
]


class TestWhatIsSaid:
    @pytest.mark.parametrize(("data", "where", "words"), WRONG)
    def test_of_one_fault(self, data: Any, where: str, words: str) -> None:
        """Each fault is named in its place, with what to do."""
        problem = next(one for one in refused(data) if words in str(one) and one.place == where)
        assert problem.remedy

    def test_of_several(self) -> None:
        """Everything that is wrong is said at once, in the order of the document."""
        data = cookie(lifetime="sesion", provider={"party": "fourth"}, title=None, colour="blue")
        assert [problem.place for problem in refused(data)] == [
            "statement.cookies[1].colour",
            "statement.cookies[1].title",
            "statement.cookies[1].provider.party",
            "statement.cookies[1].lifetime",
        ]


# What is hostile ------------------------------------------------------------------------------------------------------


def nested(depth: int) -> Any:
    """Give a requirement in a requirement, and so on."""
    data: Any = {"accepts": "x"}
    for _ in range(depth):
        data = {"all of": [data]}
    return data


def waiting(depth: int) -> Any:
    """Give a lifetime that depends on one thing after another."""
    data: Any = "session"
    for _ in range(depth):
        data = {"depends_on": "x", "if": data, "else": "session"}
    return data


class _Self(list[Any]):
    """A list in itself, which no text can hold and Python can."""


ENDLESS = _Self()
ENDLESS.append(ENDLESS)

ROW = {"id": "r", "how": "h", "source": "P1"}

HOSTILE: dict[str, Any] = {
    "requirements without end": function(nested(5_000)),
    "lifetimes without end": cookie(lifetime=waiting(5_000)),
    "lifetimes that take more room in the library": cookie(lifetime=waiting(40)),
    "a list in itself": stated(routes=ENDLESS),
    "more rows than anybody reads": stated(routes=[{**ROW, "id": str(number)} for number in range(60_000)]),
    "rows that are larger in the library": stated(
        organisations=[{"id": f"{n}", "name": "", "role": "", "source": ""} for n in range(24_000)]
    ),
    "more letters than anybody reads": stated(name="x" * 1_000_001),
    "a number without end": stated(components=[{"lines": [1, 10**5_000]}]),
    "half of a character": stated(name="\ud800"),
    "half of a character in a key": stated(**{"\udfff": 1}),
    "no texts as keys": stated(routes=[{5: 1, None: 2, (1, 2): 3}]),
    "nothing but mistakes": stated(cookies=[{"idd": 1} for _ in range(40_000)]),
    "not a number": stated(access={"fee": float("nan")}),
    "more than any number": stated(access={"fee": float("inf")}),
    "a class of somebody's": stated(routes=[object()]),
    "functions in a circle without end": stated(
        functions=[
            {"id": f"f{n}", "title": "", "source": "", "requires": {"works": f"f{(n + 1) % 9_000}"}}
            for n in range(9_000)
        ]
    ),
}


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_is_refused(self, name: str) -> None:
        """Nothing is so deep, so large or so odd that another error comes of it, or a message without end."""
        with pytest.raises(DocumentError) as caught:
            read_statement(HOSTILE[name])
        assert len(str(caught.value)) < 10_000
        assert len(caught.value.problems) <= 200

    def test_depth_that_is_allowed(self) -> None:
        """What is as deep as a document may be is read, and written again."""
        for data in (function(nested(28)), cookie(lifetime=waiting(29))):
            assert read_again(data)

    @pytest.mark.parametrize(
        "statement",
        [
            Statement(name="x" * 1_000_001),
            Statement(name="\ud800"),
            Statement(name="", organisations=(evolve(WHOLE.organisations[0], brands=("b",) * VALUES),)),
        ],
    )
    def test_what_no_document_holds_is_not_written(self, statement: Statement) -> None:
        """What could not be read again for its size or its letters is not written."""
        with pytest.raises(DocumentError):
            write_statement(statement)

    def test_depth_that_no_document_has(self) -> None:
        """A requirement that is deeper than any document is refused before anybody steps into it."""
        requirement: Any = accepts("x")
        for _ in range(100):
            requirement = all_of(requirement)
        needing = Function(id="f", title="f", requires=requirement, source=Source("S"))
        with pytest.raises(DocumentError, match="is too large for a document"):
            write_statement(Statement(name="", functions=(needing,)))

    @pytest.mark.parametrize("rows", [VALUES // 13, VALUES // 12])
    def test_what_is_read_can_be_written(self, rows: int) -> None:
        """A document at the limit of size is refused unless what is read of it can be written, too."""
        data = stated(explanations=[{"id": str(number), "says": "", "source": ""} for number in range(rows)])
        found = problems(read_statement, data)
        assert [problem.kind for problem in found] in ([], ["size"])
        assert found or read_again(data)


@frozen
class _Odd(Source):
    """A source of another class."""


#: Statements that Python makes and no document says; the annotations forbid each of them.
UNSAYABLE: dict[str, Any] = {
    "no statement": "privacy",
    "a policy": accepts("x"),
    "a truth that is a number": changed(WHOLE, "cookies", deletable=1),
    "a number that is a truth": changed(WHOLE, "components", lines=(True, 2)),
    "a number with a point": changed(WHOLE, "cookie_purposes", tcf=(7.0,)),
    "a list": changed(WHOLE, "cookies", where=["x"]),
    "no list at all": changed(WHOLE, "cookies", where=5),
    "a text for several": changed(WHOLE, "cookies", where="xy"),
    "silence for a text": changed(WHOLE, "cookies", content=LOST),
    "a word for a severity": changed(WHOLE, "functions", missing="fails"),
    "a severity that is none": changed(WHOLE, "functions", modality="perhaps"),
    "a time for a day": changed(WHOLE, "cookies", discontinued=datetime(2015, 3, 2)),  # noqa: DTZ001
    "a text for a day": changed(WHOLE, "cookies", discontinued="2015-03-02"),
    "a text for a table": changed(WHOLE, "cookies", provider="first"),
    "nothing for a table": changed(WHOLE, "cookies", blocked=None),
    "a source of another class": changed(WHOLE, "routes", source=_Odd("S")),
    "a text for a source": changed(WHOLE, "routes", source="S"),
    "too few lines": changed(WHOLE, "components", lines=(1,)),
    "a session of days": changed(WHOLE, "cookies", lifetime=Lifetime("session", days=5)),
    "a session of cases": changed(WHOLE, "cookies", lifetime=Lifetime("session", cases=("x", SESSION, SESSION))),
    "days of no number": changed(WHOLE, "cookies", lifetime=Lifetime("lasting")),
    "no days": changed(WHOLE, "cookies", lifetime=Lifetime("lasting", days=0)),
    "an unsure lifetime of days": changed(WHOLE, "cookies", lifetime=Lifetime("depends", days=5)),
    "a fee in words": evolve(WHOLE, access="ten"),
}


class TestWhatCannotBeSaid:
    @pytest.mark.parametrize("name", UNSAYABLE)
    def test_is_not_written(self, name: str) -> None:
        """A value that would be read as another, or as none, is refused when it is written and not when it is read."""
        with pytest.raises(DocumentError):
            write_statement(UNSAYABLE[name])

    def test_names_the_place(self) -> None:
        """Where the reader would stumble, the writer says so."""
        with pytest.raises(DocumentError, match="The statement, as it would be written, cannot be read") as caught:
            write_statement(UNSAYABLE["a truth that is a number"])
        assert [problem.place for problem in caught.value.problems] == ["statement.cookies[1].deletable"]

    def test_says_what_is_lost(self) -> None:
        """Where nobody would stumble and something would be lost, the writer says so, too."""
        with pytest.raises(DocumentError, match="The statement cannot be written without a loss"):
            write_statement(UNSAYABLE["a session of days"])


# Schema ---------------------------------------------------------------------------------------------------------------


class TestSchema:
    def test_is_a_schema(self) -> None:
        """It is a schema of the draft that it names, and made anew for each who asks."""
        schema = statement_schema()
        Validator.check_schema(schema)
        schema["$defs"].clear()
        assert statement_schema()["$defs"]

    @pytest.mark.parametrize("name", REAL)
    def test_takes_statements(self, name: str) -> None:
        """What was written validates."""
        agree(write_statement(REAL[name]), read_statement, SCHEMA)

    @given(statements)
    def test_takes_any_statement(self, statement: Statement) -> None:
        """So does any statement."""
        agree(write_statement(statement), read_statement, SCHEMA)

    @pytest.mark.parametrize(("data", "where", "words"), [one for one in WRONG if one[0] != {5: {}}])
    def test_refuses_what_the_reader_refuses(self, data: Any, where: str, words: str) -> None:
        """What is wrong in its shape does not validate, and what is wrong in its sense alone does."""
        agree(data, read_statement, SCHEMA)

    def test_has_every_field(self) -> None:
        """An editor is offered every key of every table, and the words where there are some."""
        defs = statement_schema()["$defs"]
        assert list(defs["cookie"]["properties"]) == [one.name for one in fields(Cookie) if one.init]
        assert defs["cookie"]["required"] == ["id", "title", "group", "purposes"]
        assert defs["function"]["properties"]["missing"] == {"enum": [severity.value for severity in Severity]}


# Classes that nobody has made yet -------------------------------------------------------------------------------------


class _Colour(Enum):
    RED = "red"


@frozen
class _New:
    """A class whose fields say all that fields can say."""

    colours: tuple[_Colour, ...] = ()
    either: _Colour | bool | None = None
    named: str | None = None
    made: str = field(init=False, default="")


@frozen
class _Unknown:
    """A class with a field that no document can hold."""

    inner: complex


@frozen
class _Undecided:
    """A class with a field that could be either of two kinds, and nobody could say which."""

    inner: str | int


class TestNewClasses:
    def test_fields_become_keys(self) -> None:
        """A table is made of what a class says of its fields; what is worked out is none of them."""
        table = table_of(_New, "a new thing")
        assert [key.name for key in table.keys] == ["colours", "either", "named"]

    @pytest.mark.parametrize(
        ("kind", "words"), [(_Unknown, "no field such as inner"), (_Undecided, "cannot tell apart")]
    )
    def test_what_no_document_can_hold(self, kind: type, words: str) -> None:
        """A field of a kind that nobody has shaped is refused when the table is made."""
        with pytest.raises(TypeError, match=words):
            table_of(kind, "a thing", PLAIN)

    def test_what_is_unread_is_no_value(self) -> None:
        """Of values that stand together, one that cannot be read leaves none, so that no class is given it."""
        at = At(Problems())
        assert Row((WHOLE_NUMBER, WHOLE_NUMBER)).read([1, "2"], at) is UNREAD
        assert [problem.place for problem in at.problems.kept] == ["[2]"]

    def test_spoken(self) -> None:
        """Classes are called as sentences call them."""
        assert spoken(AccessPolicy) == "an access policy"
        assert spoken(Cookie) == "a cookie"
