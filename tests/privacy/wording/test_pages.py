"""A statement in words: what is rendered can be read back, says every row, and strangers' texts stay texts."""

from __future__ import annotations

import itertools
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from cpdrules import none_of
from cpdrules.errors import PolicyError
from cpdrules.findings import Source
from cpdrules.iet.privacy import statement as iet
from cpdrules.policies import Policy
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import (
    LOST,
    UNSTATED,
    Blocked,
    Cookie,
    CookiePurpose,
    Function,
    Lifetime,
    Provider,
    Severity,
    Silence,
)
from cpdrules.privacy.names import exact
from cpdrules.privacy.practices import ANY, DisclosureRule, Gap, Right, Transfer
from cpdrules.privacy.requirements import accepts, works
from cpdrules.privacy.statements import Statement, as_stated, sources_of
from cpdrules.privacy.wording.chapters import chapters
from cpdrules.privacy.wording.cookie_chapters import _function
from cpdrules.privacy.wording.cookie_tables import COLUMNS, CookieRow, cookie_rows, lifetime_in_words, lines_of
from cpdrules.privacy.wording.pages import as_html, as_markdown, as_text, cookie_table
from tests.privacy.museum import MUSEUM, changed, house, site
from tests.privacy.strategies import statements

#: Marks of every form, line ends, letters that nobody sees, and text that runs the other way.
NASTY = "a|b*c_d`e<b>&\"'\n\t\r\u2028\x00\u202egnp\u2066.[x](y)#1 @z ~s~ $m$ \\ www.a.b https://c שלום -"


class Page(HTMLParser):
    """A page as a reader of it would have it: elements in order, texts, and the cells of tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.text = ""
        self.headings: list[tuple[int, str]] = []
        self.feed(html)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and begin a table, a row or a cell."""
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
        elif tag[0] == "h" and tag[1:].isdigit():
            self.headings.append((int(tag[1:]), ""))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Add a text to the cell or heading that it stands in."""
        self.text += data
        if self.open and self.open[-1] in ("th", "td"):
            self.tables[-1][-1][-1] += data
        elif self.open and self.open[-1][0] == "h":
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data


def unescaped(text: str) -> str:
    """Read Markdown back: the reverse of its escapes."""
    text = text.replace(":\\//", "://").replace("www\\.", "www.")
    text = re.sub(r"\\([\\`*_\[\]|~$#@!])", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def from_markdown(table: str) -> list[CookieRow]:
    """Read a table of cookies back from Markdown."""
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    rows = [[unescaped(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert rows[0] == list(COLUMNS)
    return [CookieRow(*row) for row in rows[2:]]


def from_html(table: str) -> list[CookieRow]:
    """Read a table of cookies back from HTML."""
    (rows,) = Page(table).tables
    assert rows[0] == list(COLUMNS)
    return [CookieRow(*row) for row in rows[1:]]


def from_text(table: str) -> list[CookieRow]:
    """Read the cookies back from plain text."""
    found = []
    for block in table.strip().split("\n\n"):
        lines = block.split("\n  ")
        assert [line.split(":")[0] for line in lines] == list(COLUMNS)
        found.append(CookieRow(*(line.partition(":")[2].strip() for line in lines)))
    return found


READERS = {"markdown": from_markdown, "html": from_html, "text": from_text}


def plain(text: str) -> str:
    """Fold a text to one line of what can be seen."""
    return " ".join("".join(one if one.isprintable() or one in "\u200c\u200d" else " " for one in text).split())


class TestTheTableIsReadBack:
    """“Text cannot drift from behaviour”: what is rendered, read back, is what the model says."""

    @pytest.mark.parametrize("form", READERS)
    @pytest.mark.parametrize("statement", [MUSEUM, iet, as_stated(iet)], ids=["museum", "iet", "iet as stated"])
    def test_rows_come_back(self, statement: Statement, form: Any) -> None:
        """In each form, row by row, cell by cell."""
        assert READERS[form](cookie_table(statement, form)) == list(cookie_rows(statement))

    @pytest.mark.parametrize("form", READERS)
    @drawn(st.text(min_size=1).filter(plain) | st.just(NASTY))
    @settings(max_examples=60, deadline=None)
    def test_whatever_a_stranger_wrote(self, form: Any, text: str) -> None:
        """Texts of any letters stay in their cells, on one line, as far as they can be seen."""
        cookie = Cookie(
            id="c",
            title=f"t {text}",
            names=(exact(text),),
            group="g",
            purposes=("p",),
            content=text,
            note=f"n {text}",
            further_information=text,
            where=(text,),
            sources=(Source(f"d {text}", 3),),
        )
        statement = Statement(
            name=text, cookies=(cookie,), cookie_purposes=(CookiePurpose(id="p", title=text, icc="targeting"),)
        )
        expected = [CookieRow(*(plain(cell) for cell in row)) for row in cookie_rows(statement)]
        back = READERS[form](cookie_table(statement, form))
        assert [CookieRow(*(plain(cell) for cell in row)) for row in back] == expected

    def test_the_cells_are_what_the_model_says(self) -> None:
        """Read back from the page, names, lifetimes and lines are those of the rows."""
        for statement in (MUSEUM, iet):
            for cookie, row in zip(statement.cookies, from_html(cookie_table(statement, "html")), strict=True):
                assert row.cookie == cookie.title
                names = [name.partition(" (assumed from ")[0] for name in row.names.split("; ")]
                assert names == ([str(name) for name in cookie.names] or ["not given"])
                assert (row.kept_for == "not stated") is (cookie.lifetime.kind == "unstated")
                assert (row.if_blocked == "not stated") <= (cookie.blocked.severity is Severity.UNSTATED)
                for source in cookie.sources:
                    assert source.document in row.lines and str(source.line) in row.lines

    def test_there_is_no_other_form(self) -> None:
        """A form that is none is refused with those there are."""
        with pytest.raises(PolicyError, match="There is no form 'pdf'"):
            cookie_table(MUSEUM, "pdf")  # type: ignore[arg-type]


class TestTheRow:
    """What a cell says, cookie by cookie."""

    def row(self, id: str, statement: Statement = MUSEUM) -> CookieRow:  # noqa: A002
        """Give the row of a cookie."""
        return dict(zip((cookie.id for cookie in statement.cookies), cookie_rows(statement), strict=True))[id]

    def test_a_cookie_of_which_all_is_said(self) -> None:
        """Every cell has its words."""
        assert self.row("cart") == CookieRow(
            cookie="basket of tickets",
            names="cart[0]; a|b*c (“a|b*c” is literal) (assumed from old copy)",
            set_by="first party; The Tram Museum: set on entry",
            purpose="keeping a basket",
            identifies="nobody",
            kept_for="the session",
            if_blocked="does not work fully (possibly): choosing tickets; goes on: logging on",
            rid_by="can be blocked at will; the browser's settings",
            remarks=(
                "group: needed; set only: not logged in; where: shop, café (inferred); more: the shop's own page; "
                "a note of its own"
            ),
            lines="Site 8, 10 (inferred), 9",
        )

    def test_a_cookie_of_which_nothing_is_said(self) -> None:
        """Silence is worded, and is never “no”."""
        assert self.row("films") == CookieRow(
            cookie="films shown",
            names="not given",
            set_by="not stated",
            purpose="showing films",
            identifies="not stated",
            kept_for="not stated",
            if_blocked="not stated what happens to: watching films",
            rid_by="not stated",
            remarks="group: spare; printed under: needed",
            lines="Site 24",
        )

    def test_who_sets_it(self) -> None:
        """Party, organisation, domains, server; what the copy lost is said to be lost."""
        assert self.row("pass").set_by == "first party; The Tram Museum; from tram.example"
        assert self.row("look").set_by == "first party; The Tram Museum; from a domain that the copy has lost"
        assert self.row("count").set_by == "third party; Counters Ltd; served by Printers & Sons"
        script = Provider(party="first, by a third party's script", organisation="ghost")
        assert self.row("pass", changed(MUSEUM, "cookies", "pass", provider=script)).set_by == (
            "first, by a third party's script; ghost"
        )

    def test_whom_it_identifies(self) -> None:
        """Somebody, nobody, or not said; and with which data."""
        assert self.row("pass").identifies == "somebody: by the account; goes with: account"
        assert self.row("count").identifies == "nobody; goes with: pages read"
        inferred = changed(MUSEUM, "cookies", "pass", inferred=("identifies",), data=("ghost",))
        assert self.row("pass", inferred).identifies == "somebody (inferred): by the account; goes with: ghost"

    def test_how_long_it_is_kept(self) -> None:
        """Every kind of lifetime has words, and a condition both its cases."""
        assert self.row("pass").kept_for == (
            "if remember me: without an end; else: until log-off, or until the browser is closed"
        )
        assert self.row("look").kept_for == "30 days"
        assert self.row("order").kept_for == "as long as the cookies that it makes use of"
        kinds = ("session", "until log-off or close", "permanent", "as reused", "unstated")
        assert len({lifetime_in_words(Lifetime(kind)) for kind in kinds}) == len(kinds)
        inferred = changed(MUSEUM, "cookies", "look", inferred=("lifetime",))
        assert self.row("look", inferred).kept_for == "30 days (inferred)"

    def test_what_blocking_it_does(self) -> None:
        """Worked out, the worst first; what makes use of others is blocked with them."""
        assert self.row("pass").if_blocked == "fails: logging on; fails (normally): ordering tickets"
        assert self.row("order").if_blocked == (
            "only with those that it makes use of: fails: logging on; fails (normally): ordering tickets; "
            "does not work fully (possibly): choosing tickets"
        )
        assert self.row("count").if_blocked == "lost to those who run the site: statistics"
        assert self.row("old").if_blocked == "not stated"

    def test_those_who_do_not_log_on_lose_more(self) -> None:
        """What only they lose is told apart; a statement without a log-on tells nobody apart."""
        assert self.row("anon-session", iet).if_blocked == (
            "for those who do not log on: fails: using the shopping basket; fails (normally): ordering products or "
            "services; does not work fully (possibly): paging through results in the events calendar"
        )
        assert "log on" not in self.row("anon-session", evolve(iet, log_on="")).if_blocked

    def test_a_cookie_that_no_function_needs_has_what_the_text_says(self) -> None:
        """For each degree there are words of its own."""
        bare = evolve(MUSEUM, functions=())
        told = [
            self.row("films", changed(bare, "cookies", "films", blocked=Blocked(severity=one))).if_blocked
            for one in Severity
        ]
        assert len(set(told)) == len(told)
        assert told[0] == "nothing that visitors notice" and told[-1] == "not stated"

    def test_how_to_be_rid_of_it(self) -> None:
        """Routes with how far they reach; one that is not there by its id."""
        assert self.row("look").rid_by == "the browser's settings; a switch on the page (this site)"
        assert self.row("pass", changed(MUSEUM, "cookies", "pass", deletable=True, opt_outs=("ghost",))).rid_by == (
            "can be deleted at will; ghost"
        )

    def test_what_else_is_to_be_known(self) -> None:
        """Gaps, policies of others, discontinuation, reuse."""
        assert self.row("old").remarks == "group: gone; no longer in use on 1 February 2024"
        assert self.row("order").remarks == (
            "group: needed; sets none of its own, and makes use of: basket of tickets, who has logged on"
        )
        assert self.row("look").remarks == "group: extras; the copy has a gap here (g1)"
        assert self.row("count").remarks == "group: spare; under a policy of the provider's own"

    def test_lines_are_told_once(self) -> None:
        """In the order of the text's citations; a document without lines by its name."""
        assert lines_of([site(3), site(3), house(1), site(4)]) == "Site 3; House 1; Site 4"
        assert lines_of([Source("a"), Source("b", stated="unstated")]) == "a; b (unstated)"
        assert lines_of([]) == ""

    def test_rows_can_be_of_those_in_use_alone(self) -> None:
        """Or of those that are not."""
        assert [row.cookie for row in cookie_rows(MUSEUM, active=False)] == ["once counted"]
        assert len(cookie_rows(MUSEUM, active=True)) == len(MUSEUM.cookies) - 1


#: How a row of each table is recognised in the text.
_TELLS = {
    "components": "title",
    "organisations": "name",
    "groups": "says",
    "cookies": "title",
    "cookie_purposes": "title",
    "functions": "title",
    "trackings": "what",
    "routes": "how",
    "data_items": "title",
    "purposes": "title",
    "disclosure": "says",
    "recipient_terms": "says",
    "transfers": "who",
    "preferences": "what",
    "commitments": "says",
    "duties": "says",
    "rights": "says",
    "explanations": "says",
    "particulars": "says",
    "gaps": "why",
    "claims": "says",
}


class TestEveryRowIsSaid:
    """A statement words all of its tables, and no row is left out."""

    @pytest.mark.parametrize("statement", [MUSEUM, iet], ids=["museum", "iet"])
    @pytest.mark.parametrize("table", [one.name for one in fields(Statement) if one.init])
    def test_a_table_is_worded(self, statement: Statement, table: str) -> None:
        """Each row of it by what tells it, and all of its lines."""
        text = as_text(statement)
        rows = getattr(statement, table)
        if not isinstance(rows, tuple):
            return
        for row in rows:
            assert plain(getattr(row, _TELLS[table])) in text
            for source in sources_of(row):
                assert f"{source.document} " in text or source.document in text
                assert source.line is None or re.search(rf"\b{source.line}\b", text)

    def test_a_change_of_any_text_shows(self) -> None:
        """Whatever text of whatever row is changed, the words change; but for tags, and what the title stands for."""
        looked_at = 0
        for table in (one.name for one in fields(Statement) if one.init):
            rows = getattr(MUSEUM, table)
            for number, row in enumerate(rows if isinstance(rows, tuple) else ()):
                for name in (one.name for one in fields(type(row)) if one.name not in _SILENT):
                    if isinstance(getattr(row, name), str) and getattr(row, name):
                        other = (*rows[:number], evolve(row, **{name: "zzz"}), *rows[number + 1 :])
                        assert "zzz" in as_text(evolve(MUSEUM, **{table: other})), (table, name)
                        looked_at += 1
        assert looked_at > 80


#: Fields without words of their own: ids that titles stand for, tags for machines, and what something else words.
_SILENT = frozenset(
    {
        *("id", "item", "fact", "group", "subject_to", "needs", "offered_by", "audience"),
        *("fideslang", "ocd", "icc", "consent_mode", "dpv"),
        *("kind", "document", "modality", "promises", "of"),
    }
)


class TestTheChapters:
    """What is said, subject by subject."""

    def items(self, title: str, statement: Statement = MUSEUM) -> tuple[str, ...]:
        """Give the sentences of a chapter."""
        return next(one for one in chapters(statement) if one.title == title).items

    def lead(self, title: str, statement: Statement) -> str:
        """Give what a chapter opens with."""
        return next(one for one in chapters(statement) if one.title == title).lead

    def test_the_order_is_that_of_the_subjects(self) -> None:
        """Whatever is in the tables."""
        titles = [one.title for one in chapters(MUSEUM) if one.depth == 1]
        assert titles == [
            "Who we are",
            "What data is used for what",
            "Whom we tell, and what for",
            "Data that goes abroad",
            "Your choices",
            "Your rights",
            "What we promise",
            "Further particulars",
            "Cookies, by group",
            "Explanations",
            "What the text does not say",
        ]
        assert [one.title for one in chapters(Statement(name="x")) if one.depth == 1] == [
            title for title in titles if title != "Further particulars"
        ]

    def test_an_empty_statement_says_that_it_says_nothing(self) -> None:
        """Silence is worded, table by table."""
        text = as_text(Statement(name="empty"))
        assert "Who decides why and how data is used: nobody is named." in text
        assert text.count("The statement says nothing of this.") == 17
        assert text.count("There are none.") == 2

    def test_who(self) -> None:
        """The controller by name, and the days on which the statement speaks."""
        assert self.lead("Who we are", MUSEUM) == (
            "Who decides why and how data is used: The Tram Museum; it speaks: from 1 February 2024 to 31 January 2029."
        )
        assert self.lead("Who we are", evolve(MUSEUM, controller="ghost", since=None, until=None)) == (
            "Who decides why and how data is used: ghost."
        )
        assert self.items("Who we are")[0] == (
            "The Tram Museum: controller; registered: charity 1; also known as: Depot [House 1]"
        )
        assert self.items("Parts and their dates")[0] == "House rules, changed on 1 January 2024 [House 1 to 50]"

    def test_purposes(self) -> None:
        """What is needed, of whom, and what stops it."""
        assert self.items("What data is used for what")[:2] == (
            (
                "running the membership (service); needs (normally): email address; account if junior; may ask for: "
                "profile; concerns only: member; legal basis: GDPR, art 6(1)(b) [House 6, 7]"
            ),
            (
                "sending letters (marketing); uses: email address; done by: Printers & Sons; can be stopped by: no "
                "letters; answers may be left out; a note on letters [House 8]"
            ),
        )

    def test_data_and_tracking(self) -> None:
        """What identifies, whose it is, what cannot be stopped, what is no longer done."""
        assert self.items("Kinds of personal data") == (
            "account; tells who somebody is [House 5]",
            "email address; tells who somebody is [House 5]",
            "pages read [House 20; Site 21]",
            "profile; about: visitors; collected by: Counters; need not be given; once [House 22]",
        )
        assert self.items("Tracking without cookies") == (
            (
                "each page that is asked for; for: counting what is read; by: Counters Ltd; with: pages read; "
                "cannot be stopped [House 20]"
            ),
            "tags in tickets; for: fun; can be stopped by: leaving them; no longer done [House 21]",
        )

    def test_disclosure(self) -> None:
        """Who may be told, who must not, what binds them, what goes abroad."""
        assert self.items("Whom we tell, and what for") == (
            "Printers & Sons may be told, for: sending letters; while they print [House 12]",
            "anybody must not be told, for: anything; otherwise [House 13]",
        )
        half = DisclosureRule(id="d5", to=ANY, purposes=("letters",), allows=True, says="", source=house(12))
        assert self.items("Whom we tell, and what for", evolve(MUSEUM, disclosure=(half,))) == (
            "anybody may be told, for: sending letters [House 12]",
        )
        assert self.items("What recipients are bound to") == (
            "Printers & Sons: keep it secret; their own policy takes over [House 14]",
        )
        assert self.items("Data that goes abroad") == (
            (
                "members abroad: to Printers & Sons (possibly); if: lives abroad; they print there; "
                "protected by: standard clauses [House 15]"
            ),
        )

    def test_choices_rights_and_duties(self) -> None:
        """Routes that were lost are said to be; who asks for their data is told what is asked of them."""
        assert self.items("Your choices") == (
            "no letters; set by: a form; letters stop; stops: sending letters [House 16]",
        )
        assert self.items("Your rights") == (
            "see one's data (anyone); how: a letter; access [House 33]",
            "correct it (members); how: lost from the copy; needs: logging on; rectification [House 34]",
            (
                "To have a copy of one's own data: in writing; to: the archivist; giving: email address; and, of those "
                "who have one: account; fee (possibly): 5 GBP; answered within: not stated [House 33]"
            ),
        )
        assert self.items("What we promise") == ("Never: look into baskets [Site 16]",)
        assert self.items("Our duties") == ("lock the doors [House 30]",)
        assert self.items("Your duties") == ("log off (guideline); when: shared computer [House 31]",)
        assert self.items("Further particulars") == (
            "kept for six years [House 40]",
            "no machine decides; without: its logic [House 41]",
        )

    @pytest.mark.parametrize(
        ("written", "words"), [(True, "in writing"), (False, "in any form"), (None, "form not stated")]
    )
    def test_how_a_request_is_made(self, written: bool | None, words: str) -> None:
        """In writing, or not, or not said; without a fee where none is spoken of."""
        asked = evolve(MUSEUM, access=AccessPolicy(written=written), rights=())
        assert self.items("Your rights", asked) == (
            f"To have a copy of one's own data: {words}; answered within: not stated",
        )
        assert self.items("Your rights", evolve(asked, access=None)) == ()

    def test_the_short_version_is_worked_out(self) -> None:
        """Beside the text's own."""
        assert self.items("The short version: whoever blocks every cookie") == (
            "fails: logging on",
            "fails (normally): ordering tickets",
            "does not work fully (possibly): choosing tickets",
            "becomes a nuisance (possibly): keeping a look",
            "not stated what happens to: watching films",
            "lost to those who run the site: statistics",
            "goes on: reading pages",
            "the text's own short version: no logging on [Site 4]",
            "the text's own short version: tickets suffer [Site 4]",
            "the text's own short version: the look is lost [Site 4]",
        )
        assert self.items("The short version: whoever blocks every cookie", Statement(name="x")) == (
            "goes on: nothing",
        )

    def test_groups_and_third_parties(self) -> None:
        """Who may block what, and whose services are used; those no longer in use are not."""
        assert self.items("Cookies, by group")[1:3] == (
            (
                "spare: can be blocked without harm; visitors may block them; "
                "blocking them: nothing that visitors notice [Site 20]"
            ),
            "extras: for those who want them; visitors may block them [Site 12]",
        )
        assert "visitors cannot block them" in self.items("Cookies, by group")[3]
        assert self.items("Services of third parties") == ("visits counted: Counters Ltd; under a policy of its own",)
        nameless = changed(MUSEUM, "cookies", "count", provider=Provider(party="third"), own_policy=False)
        assert self.items("Services of third parties", nameless) == ("visits counted: not stated",)
        assert self.items("How to be rid of cookies and tracking")[1] == (
            "a switch on the page; reaches: this site [Site 51]"
        )

    @pytest.mark.parametrize(
        ("needs", "words"),
        [
            (None, "needs no cookie"),
            (accepts("pass"), "needs: the cookie “who has logged on”; without it: nothing that visitors notice"),
            (works("log-on"), "needs: “logging on”; without it: nothing that visitors notice"),
            (
                none_of(accepts("ghost")),
                "needs: none of (the cookie “ghost”); without it: nothing that visitors notice",
            ),
            (Policy(), "needs: policy; without it: nothing that visitors notice"),
        ],
    )
    def test_what_a_function_needs(self, needs: Policy | None, words: str) -> None:
        """Ids by their titles, clauses by words."""
        function = Function(id="f", title="f", requires=needs, missing=Severity.NONE, source=site(1))
        if type(needs) is Policy:
            assert _function(MUSEUM, function) == f"f; {words} [Site 1]"
            return
        told = self.items("What functions need", evolve(MUSEUM, functions=(*MUSEUM.functions, function)))[-1]
        assert told == f"f; {words} [Site 1]"

    def test_clauses_are_joined(self) -> None:
        """All, any, at least so many; what is inferred says so."""
        told = self.items("What functions need")
        assert told[3] == (
            "ordering tickets; needs: (“logging on” and (the cookie “basket of tickets” or the cookie “who has logged "
            "on”) and at least 1 of (the visitor is of age)); without it: something fails (normally); a note on orders "
            "[Site 12]"
        )
        assert told[4].startswith(
            "keeping a look; needs: the cookie “look <b>dark</b>” (inferred); without it: a nuisance"
        )
        assert told[6].startswith("statistics; needs: the cookie “visits counted”; ")

    def test_what_the_text_does_not_say(self) -> None:
        """What is unstated, and what was lost, with what was put there and from where."""
        assert self.items("What the text does not say") == (
            "not said: the names of: films shown",
            "not said: how long is kept: films shown; once counted",
            "not said: who sets: order, kept by others; films shown",
            (
                "not said: whether it identifies somebody, of: order, kept by others; look <b>dark</b>; films shown; "
                "once counted"
            ),
            "not said: what blocking does, of: order, kept by others; films shown; once counted",
            "not said: what happens without: reading pages; watching films",
            "not said: the legal basis of: sending letters; counting what is read",
            "not said: how to use the right to: correct it",
            (
                "lost: the domain of the look; restored: tram.example (from old copy, confidence low); it stood there "
                "[Site 13]"
            ),
            "left out; no address is given [House 33]",
        )

    def test_where_nothing_at_all_is_said_the_number_is_told(self) -> None:
        """All of several, and not each; a gap that nobody filled is not restored."""
        told = self.items("What the text does not say", iet)
        assert "not said: the legal basis of: all 34" in told
        assert "not said: what protects data abroad of: all 2" in told
        assert "lost: names of the log-on cookies; not restored [P2 113]" in told
        bare = Gap(id="g", lost="a word", filled=("it",), source=site(1))
        assert self.items("What the text does not say", evolve(MUSEUM, gaps=(bare,)))[-1] == (
            "lost: a word; restored: it (from an unnamed source) [Site 1]"
        )

    def test_who_sets_a_cookie_is_said_by_either(self) -> None:
        """By its party, or by the organisation."""
        for provider in (Provider(party="first"), Provider(organisation="museum")):
            told = self.items("What the text does not say", changed(MUSEUM, "cookies", "films", provider=provider))
            assert "not said: who sets: order, kept by others" in told

    def test_a_safeguard_and_a_route_may_be_silent(self) -> None:
        """They are worded, and listed among what is not said."""
        transfer = Transfer(id="t", who="some", to=("printers",), why="", source=house(1))
        silent = evolve(
            MUSEUM, transfers=(transfer,), rights=(Right(id="q", says="ask", route=UNSTATED, source=house(1)),)
        )
        assert "protected by: not stated" in self.items("Data that goes abroad", silent)[0]
        assert "how: not stated" in self.items("Your rights", silent)[0]
        assert {"not said: what protects data abroad of: some", "not said: how to use the right to: ask"} <= set(
            self.items("What the text does not say", silent)
        )
        assert set(Silence) == {UNSTATED, LOST}


class TestMarkdown:
    """A statement as Markdown."""

    def test_headings_are_in_order(self) -> None:
        """One title, and no level is skipped."""
        levels = [len(line.split()[0]) for line in as_markdown(MUSEUM).splitlines() if line.startswith("#")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(later <= before + 1 for before, later in itertools.pairwise(levels))

    def test_it_has_the_tables(self) -> None:
        """Those in use, then those that no longer are."""
        assert [row.cookie for row in from_markdown_all(as_markdown(MUSEUM))] == [
            row.cookie for row in cookie_rows(MUSEUM)
        ]

    def test_strangers_write_no_marks(self) -> None:
        """No heading, table, link or element comes from a name."""
        text = as_markdown(MUSEUM)
        assert text.startswith("# Tram Museum \\| \\*data\\* &amp; &lt;cookies&gt;\n\n")
        assert "<b>" not in text and "&lt;b&gt;dark&lt;/b&gt;" in text

    def test_it_is_the_same_every_time(self) -> None:
        """And ends with a line's end."""
        assert as_markdown(iet) == as_markdown(iet)
        assert as_markdown(iet).endswith("\n")


def from_markdown_all(text: str) -> list[CookieRow]:
    """Read all tables of a page back."""
    tables = [block for block in text.split("\n\n") if block.startswith("| ")]
    return [row for table in tables for row in from_markdown(table)]


class TestHtml:
    """A statement as HTML that everybody can use."""

    @pytest.mark.parametrize("statement", [MUSEUM, iet], ids=["museum", "iet"])
    def test_it_is_accessible(self, statement: Statement) -> None:
        """A language, headings in order, scopes on heads of columns and rows, a caption on each table."""
        page = Page(as_html(statement))
        assert page.tags[0] == ("article", {"lang": "en"})
        levels = [level for level, _ in page.headings]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(later <= before + 1 for before, later in itertools.pairwise(levels))
        tags = [tag for tag, _ in page.tags]
        assert tags.count("caption") == tags.count("table") == len(page.tables)
        scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
        rows = sum(len(table) - 1 for table in page.tables)
        assert scopes.count("col") == len(COLUMNS) * len(page.tables) and scopes.count("row") == rows
        assert len(scopes) == scopes.count("col") + scopes.count("row")

    @pytest.mark.parametrize("statement", [MUSEUM, iet], ids=["museum", "iet"])
    def test_it_has_no_script_and_no_colours(self, statement: Statement) -> None:
        """Only elements of text, without handlers, classes or addresses; the style is where cells stand."""
        page = Page(as_html(statement))
        assert {tag for tag, _ in page.tags} <= {
            *["article", "h1", "h2", "h3", "p", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"]
        }
        assert {name for _, attributes in page.tags for name in attributes} <= {"lang", "scope", "style"}
        styles = {attributes.get("style") or "" for _, attributes in page.tags}
        assert not any(word in style for style in styles for word in ("color", "background", "#", "url", "rgb"))

    def test_headings_can_begin_lower(self) -> None:
        """For a notebook or a page that has headings of its own."""
        assert {level for level, _ in Page(as_html(MUSEUM, level=4)).headings} == {4, 5, 6}

    @pytest.mark.parametrize("level", [0, 5, 1.0, True, "2"])
    def test_there_must_be_room_for_three(self, level: Any) -> None:
        """HTML has six levels."""
        with pytest.raises(PolicyError, match="Headings cannot begin at level"):
            as_html(MUSEUM, level=level)

    def test_strangers_write_no_elements(self) -> None:
        """What a name holds is read as a text."""
        page = Page(as_html(MUSEUM))
        assert page.headings[0] == (1, MUSEUM.name)
        assert "look <b>dark</b>" in page.text

    def test_it_says_what_the_text_says(self) -> None:
        """Read back from the page, every sentence is there."""
        page = Page(as_html(MUSEUM))
        for chapter in chapters(MUSEUM):
            assert all(plain(one) in plain(page.text) for one in (chapter.title, chapter.lead, *chapter.items))


class TestText:
    """A statement as plain text."""

    def test_it_is_underlined_and_listed(self) -> None:
        """Headings under which the sentences stand."""
        lines = as_text(MUSEUM).splitlines()
        assert lines[:6] == [MUSEUM.name, "=" * len(MUSEUM.name), "", "Who we are", "----------", ""]
        assert lines[lines.index("Our duties") + 1] == ".........."

    @drawn(statements())
    @settings(max_examples=40, deadline=None)
    def test_whatever_is_drawn_is_worded_in_every_form(self, statement: Statement) -> None:
        """Each cookie and each function by its title."""
        told = (as_text(statement), unescaped(as_markdown(statement)), Page(as_html(statement)).text)
        for text in told:
            assert all(one.title in text for one in (*statement.cookies, *statement.functions))

    def test_a_strangers_lines_are_folded(self) -> None:
        """Nothing that is written can begin a line, hide or run backwards."""
        text = as_text(evolve(MUSEUM, name=f"x{NASTY}", since=date(2024, 1, 1)))
        assert "\u202e" not in text and "\x00" not in text and "\u2028" not in text
        assert text.splitlines()[1] == "=" * len(plain(f"x{NASTY}"))
