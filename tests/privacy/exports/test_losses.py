"""Exports: data that other tools read, and the law that nothing of a statement is missing from it without a word."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from cpdrules.errors import PolicyError
from cpdrules.findings import Source
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.cookies import UNTIL_LOG_OFF_OR_CLOSE, Cookie, CookiePurpose, Provider, lasting
from cpdrules.privacy.exports.consent_tools import category, to_cookieconsent, to_klaro
from cpdrules.privacy.exports.losses import Export, Loss, as_expression, said_in
from cpdrules.privacy.exports.vocabularies import SIGNALS, tags, to_consent_mode, to_tcf_disclosure
from cpdrules.privacy.names import NamePattern, exact, prefix, segments, suffix
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.wording.cookie_tables import COLUMNS, cookie_rows
from tests.privacy.museum import MUSEUM, changed, site
from tests.privacy.strategies import statements

EXPORTS: dict[str, Callable[[Statement], Export]] = {
    "Consent Mode": to_consent_mode,
    "Klaro": to_klaro,
    "CookieConsent": lambda statement: to_cookieconsent(statement, revision=1),
    "TCF device storage": to_tcf_disclosure,
    "tags": tags,
}


def texts(data: Any) -> Iterator[str]:
    """Give every text in the data, keys included."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        yield unescape(data)


def why(export: Export, table: str, id: str, what: str) -> list[str]:  # noqa: A002
    """Give the reasons of the losses of a row and field."""
    return [one.why for one in export.lost(table, id) if one.what == what]


@pytest.mark.parametrize("name", EXPORTS)
class TestNothingIsDroppedInSilence:
    """“Nothing of the model is neither exported nor listed as lost.”: as it was asked for."""

    @pytest.mark.parametrize("statement", [MUSEUM, iet], ids=["museum", "iet"])
    def test_every_cookie_is_in_the_data_or_lost(self, name: str, statement: Statement) -> None:
        """By its id or its title; one that is left out as a whole says why."""
        export = EXPORTS[name](statement)
        told = set(texts(export.data))
        for cookie in statement.cookies:
            lost = [one.what for one in export.lost("cookies", cookie.id)]
            assert {cookie.id, cookie.title} & told or "the cookie" in lost

    @pytest.mark.parametrize("table", ["cookies", "cookie_purposes", "data_items", "purposes"])
    def test_every_text_is_in_the_data_or_its_field_is_lost(self, name: str, table: str) -> None:
        """Each text field of each row is changed in turn: the data changes with it, or the field is a loss."""
        plain = EXPORTS[name](MUSEUM).data
        for number, row in enumerate(getattr(MUSEUM, table)):
            for field in fields(type(row)):
                if field.name == "id" or not isinstance(getattr(row, field.name), str) or not getattr(row, field.name):
                    continue
                rows = list(getattr(MUSEUM, table))
                rows[number] = evolve(row, **{field.name: _OTHER.get(getattr(row, field.name), "zzz")})
                export = EXPORTS[name](evolve(MUSEUM, **{table: tuple(rows)}))
                assert export.data != plain or _lost(export, table, row.id, field.name), (row.id, field.name)

    def test_every_other_field_of_a_cookie_is_in_the_data_or_lost(self, name: str) -> None:
        """Each in turn is put back to saying nothing: the data changes with it, or it was a loss."""
        full = EXPORTS[name](MUSEUM)
        for cookie in MUSEUM.cookies:
            for field in fields(Cookie):
                if field.name in ("id", "purposes") or getattr(cookie, field.name) == field.default or not field.init:
                    continue
                silent = "" if field.name in ("title", "group") else field.default
                other = EXPORTS[name](changed(MUSEUM, "cookies", cookie.id, **{field.name: silent}))
                assert other.data != full.data or _lost(full, "cookies", cookie.id, field.name), (cookie.id, field.name)

    def test_every_other_table_is_a_loss(self, name: str) -> None:
        """With the number of its rows; a table that is carried has losses row by row."""
        export = EXPORTS[name](MUSEUM)
        for table in fields(Statement):
            rows = getattr(MUSEUM, table.name)
            if isinstance(rows, tuple) and rows and not table.name.startswith("_"):
                whole = [one.what for one in export.losses if (one.table, one.id) == (table.name, "")]
                carried = any(one.id for one in export.losses if one.table == table.name)
                assert carried != (whole == ["1 row" if len(rows) == 1 else f"{len(rows)} rows"])

    def test_what_the_statement_says_of_itself_is_in_the_data_or_lost(self, name: str) -> None:
        """Its name, its dates, who is in charge."""
        export = EXPORTS[name](MUSEUM)
        lost = {one.what for one in export.losses if not one.table}
        assert {"since", "until", "controller", "log_on", "access"} <= lost
        assert MUSEUM.name in set(texts(export.data)) or "name" in lost
        bare = EXPORTS[name](evolve(MUSEUM, since=None, access=None))
        assert not {one.what for one in bare.losses if not one.table} & {"since", "access"}

    def test_it_is_plain_data(self, name: str) -> None:
        """It can be written as JSON and comes back the same; no function, no consent, nothing of a TC string."""
        for statement in (MUSEUM, iet):
            data = EXPORTS[name](statement).data
            assert json.loads(json.dumps(data)) == data
            assert not {"tcString", "callback", "onAccept", "onReject"} & set(texts(data))

    def test_losses_are_of_their_target_and_told_once(self, name: str) -> None:
        """The list can be read."""
        for statement in (MUSEUM, iet):
            losses = EXPORTS[name](statement).losses
            assert {one.target for one in losses} == {name}
            assert len(set(losses)) == len(losses)

    @drawn(statements())
    @settings(max_examples=25, deadline=None)
    def test_whatever_is_drawn_is_exported(self, name: str, statement: Statement) -> None:
        """A purpose that the statement does not describe is a loss, and never a category of its own making."""
        export = EXPORTS[name](statement)
        for cookie in statement.cookies:
            lost = [one.what for one in export.lost("cookies", cookie.id)]
            assert "the cookie" in lost or "purposes: session" in lost

    def test_an_empty_statement_is_exported(self, name: str) -> None:
        """It loses its name at most."""
        losses = EXPORTS[name](Statement(name="x")).losses
        assert {one.what for one in losses} <= {"name", "domains"}


def _lost(export: Export, table: str, id: str, field: str) -> bool:  # noqa: A002
    """Tell whether a field is a loss: by itself, in part, with its row, or with its table."""
    losses = [one for one in export.lost(table) if one.id in ("", id)]
    whole = ("the cookie", "the purpose", field)
    return any(not one.id or one.what in whole or one.what.startswith(f"{field}.") for one in losses)


#: A category is one of four.
_OTHER = {
    "targeting": "performance",
    "performance": "targeting",
    "functionality": "targeting",
    "strictly-necessary": "targeting",
}


class TestTheExport:
    """The data, and the list beside it."""

    @pytest.mark.parametrize("wrong", [1.5, {1: "x"}, (1,), [{"a": {2}}], print, b"x"])
    def test_it_holds_plain_data_alone(self, wrong: Any) -> None:
        """What JSON cannot say is refused."""
        with pytest.raises(PolicyError, match="is no plain data"):
            Export("Klaro", {"a": wrong})

    def test_losses_can_be_looked_up(self) -> None:
        """By table, and by row."""
        export = Export("Klaro", {}, (Loss("Klaro", "a", "1", "x", "y"), Loss("Klaro", "b", "1", "x", "y")))
        assert export.lost("a") == export.losses[:1]
        assert export.lost(id="1") == export.losses == export.lost()
        assert export.lost("b", "2") == ()

    def test_it_says_what_was_lost(self) -> None:
        """Each kind of loss once, with how often."""
        losses = (Loss("Klaro", "a", "1", "x", "y"), Loss("Klaro", "a", "2", "x", "y"), Loss("Klaro", "", "", "n", "z"))
        assert str(Export("Klaro", {}, losses)) == "Klaro: 3 losses\n  a, x (2 times): y\n  n: z"
        assert [str(one) for one in losses] == ["a/1: x: y", "a/2: x: y", "n: z"]

    def test_a_row_says_what_it_says(self) -> None:
        """Defaults are silence; parts are named after a dot."""
        assert said_in(MUSEUM.cookie("films")) == ("id", "title", "group", "listed_under", "purposes", "sources")
        assert {"provider.party", "provider.served_by", "blocked.severity"} <= set(said_in(MUSEUM.cookie("count")))
        blank = Cookie(id="a", title="", group="", purposes=("p",))
        assert said_in(blank) == ("id", "purposes")
        assert "identifies" in said_in(MUSEUM.cookie("count"))  # “nobody” is something that is said


class TestNamesAsExpressions:
    """“Klaro takes regexes: write anchored, escaped literal ones.”: as it was asked for."""

    @drawn(
        st.sampled_from([exact, prefix, suffix]),
        st.text(st.characters(exclude_characters="\n\r\u2028\u2029"), min_size=1),
        st.text(st.characters(exclude_characters="\n\r\u2028\u2029")),
    )
    @settings(max_examples=300)
    def test_it_matches_what_the_pattern_matches(self, kind: Any, text: str, name: str) -> None:
        """The same names, and no others, whatever characters they have."""
        pattern = kind(text)
        for one in (name, text, text + name, name + text, text.upper()):
            assert bool(re.fullmatch(as_expression(pattern), one)) is bool(pattern.matches(one))

    @pytest.mark.parametrize(
        ("pattern", "expression"),
        [
            (exact("CFID"), "^CFID$"),
            (exact("a.b*[0]"), r"^a\.b\*\[0\]$"),
            (exact("^x$|/-\\"), r"^\^x\$\|\/\-\\$"),
            (prefix("oax"), "^oax.*$"),
            (suffix("_txid"), "^.*_txid$"),
            (segments("a*b"), "^a.*b$"),
            (segments("*b*"), "^.*b.*$"),
            (segments("a*b*c*d"), ""),
        ],
    )
    def test_it_is_anchored_and_literal(self, pattern: NamePattern, expression: str) -> None:
        """A star is any text only where the pattern says so; three of them take a reader too long."""
        assert as_expression(pattern) == expression


class TestConsentMode:
    """Google's Consent Mode v2: seven signals, a default, and where it holds."""

    def test_signals_say_what_needs_them(self) -> None:
        """Cookies and purposes, in the statement's order; nothing needs two of them."""
        signals = to_consent_mode(MUSEUM).data["signals"]
        assert list(signals) == list(SIGNALS)
        assert signals["functionality_storage"] == {"cookies": ["cart", "look"], "purposes": ["basket", "look"]}
        assert signals["security_storage"] == {"cookies": ["pass"], "purposes": ["log-on"]}
        assert signals["analytics_storage"] == {"cookies": ["count"], "purposes": ["counting"]}
        assert signals["ad_user_data"] == signals["ad_personalization"] == {"cookies": [], "purposes": []}

    def test_only_what_is_strictly_necessary_is_granted(self) -> None:
        """A signal that serves something else too is denied, and that is a loss."""
        export = to_consent_mode(MUSEUM)
        assert export.data["default"] == {
            signal: "granted" if signal == "security_storage" else "denied" for signal in SIGNALS
        }
        assert why(export, "cookie_purposes", "basket", "icc: granted") == [
            "strictly necessary, and denied at first, since functionality_storage serves look too"
        ]
        alone = evolve(MUSEUM, cookies=tuple(one for one in MUSEUM.cookies if one.id != "look"))
        assert to_consent_mode(alone).data["default"]["functionality_storage"] == "granted"
        assert why(to_consent_mode(alone), "cookie_purposes", "basket", "icc: granted") == []

    def test_a_region_limits_the_default(self) -> None:
        """One or several; without one it holds everywhere."""
        assert to_consent_mode(MUSEUM, region=["GB", "US-CA"]).data["default"]["region"] == ["GB", "US-CA"]
        assert to_consent_mode(MUSEUM, region="GB").data["default"]["region"] == ["GB"]
        assert "region" not in to_consent_mode(MUSEUM).data["default"]

    @pytest.mark.parametrize("region", ["UK1", "gb", "G", "GB-", "GB-abcd", "GB-ca", "ÄÖ", 7, "GB-C A"])
    def test_a_region_is_a_code(self, region: Any) -> None:
        """ISO 3166, in capitals."""
        with pytest.raises(PolicyError, match="is no region"):
            to_consent_mode(MUSEUM, region=[region])

    def test_there_is_no_signal_for_films_or_sharing(self) -> None:
        """A cookie with such a purpose is a loss, and so is a signal that Google does not have."""
        export = to_consent_mode(MUSEUM)
        assert why(export, "cookies", "films", "purposes: film")
        assert [one.id for one in to_consent_mode(iet).losses if one.what.startswith("purposes: ")] == [
            "webcast",
            "library-eis",
            "social-embeds",
            "addthis",
        ]
        other = changed(MUSEUM, "cookie_purposes", "film", consent_mode="video_storage")
        assert why(to_consent_mode(other), "cookie_purposes", "film", "consent_mode") == [
            "Consent Mode has no signal video_storage"
        ] and why(to_consent_mode(other), "cookies", "films", "purposes: film")

    def test_only_a_cookie_without_any_signal_is_lost(self) -> None:
        """One purpose with a signal is enough."""
        lost = [one.id for one in to_consent_mode(MUSEUM).losses if one.what == "the cookie"]
        assert sorted(lost) == ["films", "old", "order"]
        both = changed(MUSEUM, "cookies", "films", purposes=("film", "counting"))
        assert not why(to_consent_mode(both), "cookies", "films", "the cookie")

    def test_what_is_not_in_use_asks_for_nothing(self) -> None:
        """Neither what was discontinued, nor what sets none of its own."""
        export = to_consent_mode(MUSEUM)
        assert why(export, "cookies", "old", "the cookie") == [
            "it is no longer in use, so that there is nothing to consent to"
        ]
        assert why(export, "cookies", "order", "the cookie") == [
            "it sets none of its own, and goes with those that it makes use of"
        ]


class TestKlaro:
    """Klaro 0.7: services, purposes, and the cookies that it deletes."""

    def service(self, id: str, statement: Statement = MUSEUM) -> dict[str, Any]:  # noqa: A002
        """Give the service of a cookie."""
        found: dict[str, Any] = next(one for one in to_klaro(statement).data["services"] if one["name"] == id)
        return found

    def test_a_service_is_a_cookie(self) -> None:
        """With its title, its content, its purposes; nothing is on before somebody chose."""
        assert self.service("pass") == {
            "name": "pass",
            "title": "who has logged on",
            "description": "a reference",
            "purposes": ["log-on"],
            "required": True,
            "default": False,
            "optOut": False,
            "cookies": [["^__Host\\-pass$", "/", "tram.example"]],
        }
        assert [one["name"] for one in to_klaro(MUSEUM).data["services"]] == ["pass", "cart", "look", "count", "films"]

    def test_the_rest_of_the_configuration(self) -> None:
        """Texts are texts and not HTML; purposes have titles."""
        data = to_klaro(MUSEUM).data
        assert (data["version"], data["htmlTexts"], data["default"], data["optOut"]) == (1, False, False, False)
        assert data["translations"]["en"]["consentModal"] == {"title": MUSEUM.name}
        assert data["translations"]["en"]["purposes"]["look"] == {"title": "remembering a look"}

    def test_names_are_anchored_and_have_a_domain_where_one_is_stated(self) -> None:
        """The pattern's own domain first; without one Klaro takes the page's."""
        assert self.service("cart")["cookies"] == [["^cart\\[0\\]$"], ["^a\\|b\\*c$"]]
        assert self.service("look")["cookies"] == [["^look_.*$"], ["^.*_theme$", "/", "tram.example"]]
        assert self.service("count")["cookies"] == [["^ct.*_.*$"]]
        two = changed(MUSEUM, "cookies", "pass", provider=Provider(domains=("a.example", "b.example")))
        assert [entry[2] for entry in self.service("pass", two)["cookies"]] == ["a.example", "b.example"]

    def test_required_is_what_is_strictly_necessary_in_all_its_purposes(self) -> None:
        """One purpose that is not makes it a choice."""
        required = {one["name"]: one["required"] for one in to_klaro(MUSEUM).data["services"]}
        assert required == {"pass": True, "cart": True, "look": False, "count": False, "films": False}

    def test_what_it_cannot_say(self) -> None:
        """Consent for a purpose by itself, names that are not given, stars, cookies of others, restored names."""
        export = to_klaro(MUSEUM)
        assert why(export, "cookies", "look", "purposes: each by itself") == ["consent is for the service as a whole"]
        assert not why(export, "cookies", "cart", "purposes: each by itself")
        assert why(export, "cookies", "films", "names")
        assert why(export, "cookies", "count", "names: a*b*c*d")
        assert why(export, "cookies", "count", "names: deletion")
        assert not why(export, "cookies", "pass", "names: deletion")
        assert why(export, "cookies", "cart", "names: a|b*c (“a|b*c” is literal): source") == [
            "assumed from old copy; Klaro cannot say that"
        ]
        assert not why(export, "cookies", "cart", "names: cart[0]: source")
        cited = changed(MUSEUM, "cookies", "cart", names=(exact("x", source=site(8)),))
        assert not why(to_klaro(cited), "cookies", "cart", "names: x: source")
        assert not why(export, "cookies", "pass", "provider.domains")
        assert why(export, "cookies", "pass", "provider.party")
        assert why(export, "cookies", "count", "blocked.severity") == [
            "how bad it is to block one has no place beside yes and no"
        ]

    @pytest.mark.parametrize("id", ["a b", "a'b", 'a"b'])
    def test_an_id_that_breaks_a_selector_is_told(self, id: str) -> None:  # noqa: A002
        """Klaro finds elements by it."""
        odd = evolve(MUSEUM, cookies=(evolve(MUSEUM.cookie("cart"), id=id),))
        assert why(to_klaro(odd), "cookies", id, "id")
        assert not why(to_klaro(MUSEUM), "cookies", "cart", "id")


class TestCookieConsent:
    """CookieConsent 3: categories, services, and a table in the page."""

    def data(self, statement: Statement = MUSEUM) -> dict[str, Any]:
        """Give the configuration."""
        return to_cookieconsent(statement, revision=4).data

    def test_categories_are_the_neutral_ones_that_are_used(self) -> None:
        """What is strictly necessary is on and stays on; a cookie is in that of its least necessary purpose."""
        categories = self.data()["categories"]
        assert {name: list(one["services"]) for name, one in categories.items()} == {
            "strictly-necessary": ["pass", "cart"],
            "functionality": ["look"],
            "performance": ["count"],
            "targeting": ["films"],
        }
        assert {name: (one["enabled"], one["readOnly"]) for name, one in categories.items()} == {
            "strictly-necessary": (True, True),
            "functionality": (False, False),
            "performance": (False, False),
            "targeting": (False, False),
        }
        assert list(self.data(evolve(MUSEUM, cookies=MUSEUM.cookies[:1]))["categories"]) == ["strictly-necessary"]
        assert category(MUSEUM, changed(MUSEUM, "cookies", "pass", purposes=("ghost",)).cookie("pass")) == "targeting"

    def test_the_table_is_worked_out_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many categories show a part of it."""
        consent_tools = importlib.import_module("cpdrules.privacy.exports.consent_tools")
        worked_out: list[Statement] = []

        def counted(statement: Statement) -> Any:
            worked_out.append(statement)
            return cookie_rows(statement)

        monkeypatch.setattr(consent_tools, "cookie_rows", counted)
        data = to_cookieconsent(MUSEUM, revision=1).data
        sections = data["language"]["translations"]["en"]["preferencesModal"]["sections"]
        tables = [one["cookieTable"]["body"] for one in sections]
        assert worked_out == [MUSEUM] and [len(table) for table in tables] == [2, 1, 1, 1]

    def test_only_whole_names_are_cleared(self) -> None:
        """In the domains that are stated; a pattern would be a RegExp, which is no data, and is a loss."""
        clear = changed(MUSEUM, "cookies", "count", names=(exact("ct"), exact("cu", domain="c.example"), prefix("cv")))
        found = self.data(clear)["categories"]["performance"]
        assert found["autoClear"] == {"cookies": [{"name": "ct"}, {"name": "cu", "domain": "c.example"}]}
        assert found["services"]["count"] == {"label": "visits counted", "cookies": found["autoClear"]["cookies"]}
        assert "autoClear" not in self.data()["categories"]["strictly-necessary"]
        export = to_cookieconsent(MUSEUM, revision=0)
        assert why(export, "cookies", "look", "names: look_*")
        assert not why(export, "cookies", "cart", "names: cart[0]")

    def test_the_page_gets_escaped_texts(self) -> None:
        """Labels, titles and cells are written as HTML; the names to clear are compared, and stay as they are."""
        nasty = changed(MUSEUM, "cookies", "look", names=(exact("<i>"),), title="<b>")
        found = self.data(evolve(nasty, name="<script>"))
        look = found["categories"]["functionality"]
        assert look["services"]["look"]["label"] == "&lt;b&gt;" and look["autoClear"]["cookies"] == [{"name": "<i>"}]
        words = json.dumps(found["language"])
        assert "<" not in words and "&lt;script&gt;" in words and "&lt;i&gt;" in words

    def test_each_category_has_a_section_with_its_table(self) -> None:
        """The columns are those of the statement's own table."""
        modal = self.data()["language"]["translations"]["en"]["preferencesModal"]
        assert [one["linkedCategory"] for one in modal["sections"]] == list(self.data()["categories"])
        table = modal["sections"][0]["cookieTable"]
        assert table["headers"] == COLUMNS._asdict()
        assert [row["cookie"] for row in table["body"]] == ["who has logged on", "basket of tickets"]
        assert modal["sections"][0]["description"] == "For: knowing who has logged on; keeping a basket"
        bare = evolve(MUSEUM, cookie_purposes=())
        sections = self.data(bare)["language"]["translations"]["en"]["preferencesModal"]["sections"]
        assert [(one["title"], one["description"]) for one in sections] == [("Targeting", "")]

    def test_the_revision_is_the_callers(self) -> None:
        """One whole number."""
        assert self.data()["revision"] == 4
        for wrong in (-1, 1.0, True, "1"):
            with pytest.raises(PolicyError, match="is no revision"):
                to_cookieconsent(MUSEUM, revision=wrong)  # type: ignore[arg-type]

    def test_what_it_cannot_say(self) -> None:
        """One choice for a category or service; the table has most of the rest."""
        export = to_cookieconsent(MUSEUM, revision=1)
        assert why(export, "cookies", "look", "purposes: each by itself") == [
            "consent is for all of functionality, or the service"
        ]
        assert why(export, "cookies", "cart", "blocked.modality")
        assert not why(export, "cookies", "cart", "sources")


class TestTcf:
    """Device storage disclosures of the TCF; never a TC string."""

    def record(self, identifier: str, statement: Statement = MUSEUM) -> dict[str, Any]:
        """Give the disclosure of an identifier."""
        found = [one for one in to_tcf_disclosure(statement).data["disclosures"] if one["identifier"] == identifier]
        assert len(found) == 1
        record: dict[str, Any] = found[0]
        return record

    def test_a_record_is_a_name(self) -> None:
        """With seconds, purposes, special purposes and domains."""
        assert self.record("__Host-pass") == {
            "identifier": "__Host-pass",
            "type": "cookie",
            "maxAgeSeconds": None,
            "cookieRefresh": None,
            "purposes": [],
            "specialPurposes": [1],
            "description": "who has logged on",
            "domains": ["tram.example"],
        }
        assert to_tcf_disclosure(MUSEUM).data["domains"] == []

    def test_stars_stand_for_what_is_open(self) -> None:
        """At the ends, as the specification has them; a pattern's own domain has what is below it, too."""
        assert "domains" not in self.record("look_*")
        assert self.record("*_theme")["domains"] == ["tram.example", "*.tram.example"]
        assert self.record("ct*_*")["maxAgeSeconds"] == 365 * 86_400

    def test_a_star_of_the_name_itself_cannot_be_said(self) -> None:
        """It would be read as any text; stars inside are not what the specification shows."""
        export = to_tcf_disclosure(MUSEUM)
        told = [one["identifier"] for one in export.data["disclosures"]]
        assert told == ["__Host-pass", "cart[0]", "look_*", "*_theme", "ct*_*", "a*b*c*d"]
        assert why(export, "cookies", "cart", "names: a|b*c (“a|b*c” is literal)")
        assert why(export, "cookies", "count", "names: ct*_*: stars")
        assert not why(export, "cookies", "look", "names: look_*: stars")

    def test_lifetimes_are_seconds_or_a_loss(self) -> None:
        """0 is the session; what ends at log-off too, or depends, or has no figure, is told."""
        export = to_tcf_disclosure(MUSEUM)
        assert self.record("cart[0]")["maxAgeSeconds"] == 0
        assert not why(export, "cookies", "cart", "lifetime") and not why(export, "cookies", "look", "lifetime")
        assert why(export, "cookies", "pass", "lifetime") == [
            (
                "“permanent if remember me, else until log-off or close” is no figure in seconds, "
                "and the specification wants one"
            )
        ]
        off = to_tcf_disclosure(changed(MUSEUM, "cookies", "cart", lifetime=UNTIL_LOG_OFF_OR_CLOSE))
        assert why(off, "cookies", "cart", "lifetime: log-off") == ["0 stands for the session alone"]
        assert not why(export, "cookies", "cart", "lifetime: log-off")
        one_day = changed(MUSEUM, "cookies", "cart", lifetime=lasting(1))
        assert self.record("cart[0]", one_day)["maxAgeSeconds"] == 86_400

    def test_several_purposes_are_joined(self) -> None:
        """Each number once, in order; a purpose without one is a loss."""
        assert self.record("look_*")["purposes"] == [1]
        both = changed(MUSEUM, "cookies", "count", purposes=("counting", "film", "log-on"))
        assert (self.record("ct*_*", both)["purposes"], self.record("ct*_*", both)["specialPurposes"]) == (
            [1, 2, 8],
            [1],
        )
        export = to_tcf_disclosure(MUSEUM)
        assert why(export, "cookies", "look", "purposes: basket") == ["no purpose of the TCF stands for it"]
        assert not why(export, "cookies", "pass", "purposes: log-on")

    def test_a_cookie_without_a_name_is_lost(self) -> None:
        """A disclosure needs an identifier; and wants to know what no text says."""
        export = to_tcf_disclosure(MUSEUM)
        assert why(export, "cookies", "films", "the cookie") == ["a disclosure needs an identifier"]
        assert not why(export, "cookies", "films", "cookieRefresh")
        assert why(export, "cookies", "cart", "cookieRefresh")
        assert why(export, "cookies", "cart", "names: cart[0]: domains")
        assert not why(export, "cookies", "pass", "names: __Host-pass: domains")


class TestTags:
    """DPV terms and keys of fideslang, row by row."""

    def test_a_cookie_has_those_of_its_purposes_and_data(self) -> None:
        """Each once; empty ones are none."""
        found = tags(MUSEUM).data
        assert found["cookies"]["look"] == {
            "purposes": ["look", "basket"],
            "data": [],
            "icc": ["functionality", "strictly-necessary"],
            "ocd": ["Personalization"],
            "dpv": ["dpv:UserInterfacePersonalisation"],
            "fideslang": ["functional.service"],
            "consent_mode": ["functionality_storage"],
            "categories": [],
        }
        assert found["cookies"]["pass"]["categories"] == ["user.account"]
        assert list(found["cookies"]) == [cookie.id for cookie in MUSEUM.cookies]

    def test_purposes_and_data_have_theirs(self) -> None:
        """What is needed, may be asked, or is used."""
        found = tags(MUSEUM).data
        assert found["cookie_purposes"]["counting"] == {
            "icc": "performance",
            "ocd": "Analytics",
            "dpv": "dpv:ServiceUsageAnalytics",
            "fideslang": "analytics.reporting",
            "consent_mode": "analytics_storage",
            "tcf": {"purposes": [1, 8], "special": []},
        }
        assert found["purposes"]["membership"] == {
            "data": ["email", "account", "profile"],
            "categories": ["user.contact.email", "user.account", "user.demographic"],
        }
        assert found["purposes"]["letters"] == {"data": ["email"], "categories": ["user.contact.email"]}
        assert set(found["data_items"]) == {"account", "email", "profile"}

    def test_the_iets_are_those_of_the_inventory(self) -> None:
        """Every cookie has a term and a key, and nearly every kind of data."""
        found = tags(iet).data
        assert found["cookies"]["google-analytics"]["dpv"] == ["dpv:ServiceUsageAnalytics"]
        assert found["cookies"]["google-analytics"]["categories"] == [
            "user.device.ip_address",
            "user.behavior.browsing_history",
        ]
        assert all(one["dpv"] and one["fideslang"] for one in found["cookies"].values())

    def test_a_row_without_a_tag_is_a_loss(self) -> None:
        """Nobody gave it one; a purpose that is not described has none."""
        export = tags(MUSEUM)
        assert why(export, "cookie_purposes", "basket", "dpv") == ["nobody gave it a tag"]
        assert why(export, "cookie_purposes", "film", "fideslang")
        assert not why(export, "cookie_purposes", "look", "dpv")
        assert why(export, "data_items", "pages", "fideslang") == ["nobody gave it a tag"]
        assert why(tags(changed(MUSEUM, "cookies", "cart", purposes=("ghost",))), "cookies", "cart", "purposes: ghost")
        assert not why(export, "data_items", "email", "fideslang")


@pytest.mark.parametrize("name", ["Consent Mode", "CookieConsent", "TCF device storage"])
def test_a_purpose_that_nothing_in_use_has_is_lost(name: str) -> None:
    """It is in none of the data; one that something in use has is no such loss."""
    lost = [one.id for one in EXPORTS[name](iet).losses if one.what == "the purpose"]
    assert lost == ["basket", "behavioural-profile"]


def test_strange_names_come_through() -> None:
    """Nothing that a name can hold breaks an export."""
    odd = "a\u202eb\ud800<|*\n;\"'\\"
    cookie = Cookie(id="c", title=odd, names=(exact(odd),), group="g", purposes=("p",), sources=(Source(odd), site(1)))
    statement = Statement(
        name=odd, cookies=(cookie,), cookie_purposes=(CookiePurpose(id="p", title=odd, icc="performance", tcf=(1,)),)
    )
    for export in EXPORTS.values():
        data = export(statement).data
        assert json.loads(json.dumps(data)) == data
    assert to_cookieconsent(statement, revision=0).data["categories"]["performance"]["autoClear"] == {
        "cookies": [{"name": odd}]
    }
