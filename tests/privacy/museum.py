"""The privacy statement of a tram museum that does not exist: sound, with a row in every table, for tests of words."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve

from cpdrules import all_of, any_of, at_least_of
from cpdrules.choices import inferred
from cpdrules.findings import Source
from cpdrules.privacy.access_requests import AccessPolicy
from cpdrules.privacy.cookies import (
    AS_REUSED,
    LOST,
    PERMANENT,
    SESSION,
    UNTIL_LOG_OFF_OR_CLOSE,
    Blocked,
    Cookie,
    CookiePurpose,
    Function,
    Group,
    Provider,
    Severity,
    depends_on,
    lasting,
)
from cpdrules.privacy.names import exact, prefix, segments, suffix
from cpdrules.privacy.practices import (
    ANY,
    Claim,
    Commitment,
    Component,
    DataItem,
    DisclosureRule,
    Duty,
    Explanation,
    Gap,
    Organisation,
    Particular,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Route,
    Tracking,
    Transfer,
)
from cpdrules.privacy.requirements import accepts, given, works
from cpdrules.privacy.statements import Statement


def house(line: int, quote: str = "") -> Source:
    """Cite the house part."""
    return Source("House", line, quote)


def site(line: int, quote: str = "") -> Source:
    """Cite the site part."""
    return Source("Site", line, quote)


MUSEUM = Statement(
    name="Tram Museum | *data* & <cookies>",
    since=date(2024, 2, 1),
    until=date(2029, 1, 31),
    controller="museum",
    log_on="log-on",
    components=(
        Component(id="house", title="House rules", updated=date(2024, 1, 1), document="House", lines=(1, 50)),
        Component(id="site", title="Site rules", updated=date(2024, 2, 1), document="Site", lines=(1, 60)),
    ),
    organisations=(
        Organisation(
            id="museum",
            name="The Tram Museum",
            role="controller",
            numbers=("charity 1",),
            brands=("Depot",),
            source=house(1),
        ),
        Organisation(id="counters", name="Counters Ltd", role="counts visits", source=site(30)),
        Organisation(id="printers", name="Printers & Sons", role="prints tickets", source=house(12)),
    ),
    groups=(
        Group(id="needed", says="needed for what was asked for", essential=True, source=site(5)),
        Group(id="spare", says="can be blocked without harm", consequence=Severity.NONE, source=site(20)),
        Group(id="extras", says="for those who want them", source=site(12)),
        Group(id="gone", says="once used", visitor_may_block=False, source=site(40)),
    ),
    cookie_purposes=(
        CookiePurpose(
            id="log-on",
            title="knowing who has logged on",
            icc="strictly-necessary",
            ocd="Functional",
            consent_mode="security_storage",
            tcf_special=(1,),
            dpv="dpv:IdentityAuthentication",
            fideslang="essential.service.authentication",
        ),
        CookiePurpose(
            id="basket",
            title="keeping a basket",
            icc="strictly-necessary",
            consent_mode="functionality_storage",
        ),
        CookiePurpose(
            id="look",
            title="remembering a look",
            icc="functionality",
            ocd="Personalization",
            consent_mode="functionality_storage",
            tcf=(1,),
            dpv="dpv:UserInterfacePersonalisation",
            fideslang="functional.service",
        ),
        CookiePurpose(
            id="counting",
            title="counting visits",
            icc="performance",
            ocd="Analytics",
            consent_mode="analytics_storage",
            tcf=(1, 8),
            dpv="dpv:ServiceUsageAnalytics",
            fideslang="analytics.reporting",
        ),
        CookiePurpose(id="film", title="showing films", icc="targeting", ocd="Marketing", tcf=(1, 2)),
    ),
    cookies=(
        Cookie(
            id="pass",
            title="who has logged on",
            names=(exact("__Host-pass"),),
            provider=Provider(party="first", organisation="museum", domains=("tram.example",)),
            group="needed",
            purposes=("log-on",),
            content="a reference",
            identifies=True,
            how="by the account",
            data=("account",),
            lifetime=depends_on("remember_me", PERMANENT, otherwise=UNTIL_LOG_OFF_OR_CLOSE),
            blocked=Blocked(severity=Severity.FAILS, modality="will", functions=("log-on",), source=site(7)),
            opt_outs=("browser",),
            sources=(site(6),),
        ),
        Cookie(
            id="cart",
            title="basket of tickets",
            names=(exact("cart[0]"), exact("a|b*c", source=Source("old copy", stated="inferred"))),
            provider=Provider(party="first", organisation="museum", note="set on entry"),
            group="needed",
            purposes=("basket",),
            identifies=False,
            lifetime=SESSION,
            applies_when="not_logged_in",
            where=("shop", "café"),
            blocked=Blocked(
                severity=Severity.DEGRADED,
                modality="may",
                at_will=True,
                functions=("tickets",),
                unaffected=("log-on",),
                source=site(9),
            ),
            opt_outs=("browser",),
            further_information="the shop's own page",
            note="a note of its own",
            inferred=("where",),
            sources=(site(8), Source("Site", 10, stated="inferred")),
        ),
        Cookie(
            id="order",
            title="order, kept by others",
            group="needed",
            purposes=("basket",),
            lifetime=AS_REUSED,
            reuses=("cart", "pass"),
            blocked=Blocked(functions=("orders",)),
            sources=(site(11),),
        ),
        Cookie(
            id="look",
            title="look <b>dark</b>",
            names=(prefix("look_"), suffix("_theme", domain="tram.example")),
            provider=Provider(party="first", organisation="museum", domains=LOST),
            group="extras",
            purposes=("look", "basket"),
            lifetime=lasting(30),
            deletable=False,
            blocked=Blocked(severity=Severity.NUISANCE, modality="may", functions=("look",), source=site(14)),
            opt_outs=("browser", "own"),
            gap="g1",
            sources=(site(13),),
        ),
        Cookie(
            id="count",
            title="visits counted",
            names=(segments("ct*_*"), segments("a*b*c*d")),
            provider=Provider(party="third", organisation="counters", served_by="printers"),
            group="spare",
            purposes=("counting",),
            identifies=False,
            data=("pages",),
            lifetime=lasting(365),
            blocked=Blocked(
                severity=Severity.NONE, modality="will", controller_functions=("statistics",), source=site(22)
            ),
            opt_outs=("browser", "theirs"),
            own_policy=True,
            sources=(site(21),),
        ),
        Cookie(
            id="films",
            title="films shown",
            group="spare",
            listed_under="needed",
            purposes=("film",),
            sources=(site(24),),
        ),
        Cookie(
            id="old",
            title="once counted",
            names=(exact("old"),),
            provider=Provider(party="third", organisation="counters"),
            group="gone",
            purposes=("counting",),
            data=("profile",),
            discontinued=date(2024, 2, 1),
            sources=(site(41), site(40)),
        ),
    ),
    functions=(
        Function(id="pages", title="reading pages", source=site(3)),
        Function(
            id="log-on",
            title="logging on",
            requires=accepts("pass"),
            missing=Severity.FAILS,
            modality="will",
            source=site(7),
        ),
        Function(
            id="tickets",
            title="choosing tickets",
            requires=accepts("cart"),
            missing=Severity.DEGRADED,
            modality="may",
            source=site(9),
        ),
        Function(
            id="orders",
            title="ordering tickets",
            requires=all_of(
                works("log-on"),
                any_of(accepts("cart"), accepts("pass")),
                at_least_of(1, given("adult", "the visitor is of age", presumed=True)),
            ),
            missing=Severity.FAILS,
            modality="normally",
            source=site(12),
            note="a note on orders",
        ),
        Function(
            id="look",
            title="keeping a look",
            requires=inferred(accepts("look"), otherwise=any_of(accepts("look"), works("log-on"))),
            missing=Severity.NUISANCE,
            modality="may",
            source=site(14),
        ),
        Function(id="film", title="watching films", requires=accepts("films"), source=site(25)),
        Function(
            id="statistics",
            title="statistics",
            audience="controller",
            requires=all_of(accepts("count")),
            missing=Severity.NONE,
            source=site(23),
        ),
    ),
    trackings=(
        Tracking(
            id="logs",
            what="each page that is asked for",
            purpose="counting-visits",
            by="counters",
            data=("pages",),
            source=house(20),
        ),
        Tracking(
            id="tags", what="tags in tickets", purpose="fun", stopped_by="leaving them", active=False, source=house(21)
        ),
    ),
    routes=(
        Route(id="browser", how="the browser's settings", source=site(50)),
        Route(id="own", how="a switch on the page", scope="this site", offered_by="museum", source=site(51)),
        Route(id="theirs", how="the page of Counters", scope="all sites", offered_by="counters", source=site(52)),
    ),
    data_items=(
        DataItem(id="account", title="account", identifies=True, fideslang="user.account", sources=(house(5),)),
        DataItem(
            id="email", title="email address", identifies=True, fideslang="user.contact.email", sources=(house(5),)
        ),
        DataItem(id="pages", title="pages read", identifies=False, sources=(house(20), site(21))),
        DataItem(
            id="profile",
            title="profile",
            subject="visitors",
            collected_by="Counters",
            optional=True,
            fideslang="user.demographic",
            note="once",
            sources=(house(22),),
        ),
    ),
    purposes=(
        Purpose(
            id="membership",
            title="running the membership",
            kind="service",
            required=("email",),
            required_if=(("junior", "account"),),
            may_require=("profile",),
            modality="normally",
            applies_to=("member",),
            lawful_bases=("GDPR, art 6(1)(b)",),
            sources=(house(6), house(7)),
        ),
        Purpose(
            id="letters",
            title="sending letters",
            kind="marketing",
            uses=("email",),
            by=("printers",),
            subject_to="no-letters",
            optional=True,
            note="a note on letters",
            sources=(house(8),),
        ),
        Purpose(
            id="counting-visits", title="counting what is read", kind="analysis", uses=("pages",), sources=(house(20),)
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d1", to=("printers",), purposes=("letters",), allows=True, says="while they print", source=house(12)
        ),
        DisclosureRule(id="d9", to=ANY, purposes=ANY, allows=False, says="otherwise", source=house(13)),
    ),
    recipient_terms=(
        RecipientTerm(id="r1", applies_to=("printers",), says="keep it secret", hands_over=True, source=house(14)),
    ),
    transfers=(
        Transfer(
            id="t1",
            who="members abroad",
            when=("lives_abroad",),
            to=("printers",),
            why="they print there",
            modality="may",
            safeguard="standard clauses",
            source=house(15),
        ),
    ),
    preferences=(
        Preference(
            id="no-letters",
            what="no letters",
            set_by=("a form",),
            effect="letters stop",
            fact="no_letters",
            stops=("letters",),
            sources=(house(16),),
        ),
    ),
    commitments=(
        Commitment(
            id="c1",
            promises="never",
            says="look into baskets",
            cookies=("cart",),
            bars=("counting", "profile"),
            source=site(16),
        ),
    ),
    duties=(
        Duty(id="u1", of="institution", says="lock the doors", source=house(30)),
        Duty(id="s1", of="visitor", says="log off", kind="guideline", when="shared_computer", source=house(31)),
    ),
    rights=(
        Right(id="q1", says="see one's data", route="a letter", kinds=("access",), source=house(33)),
        Right(
            id="q2",
            says="correct it",
            who="members",
            route=LOST,
            needs="log-on",
            kinds=("rectification",),
            source=house(34),
        ),
    ),
    explanations=(Explanation(id="x1", says="a cookie is a note", source=site(2)),),
    particulars=(
        Particular(id="p1", item="retention", says="kept for six years", source=house(40)),
        Particular(id="p2", item="automated_decisions", says="no machine decides", lacks="its logic", source=house(41)),
    ),
    gaps=(
        Gap(
            id="g1",
            lost="the domain of the look",
            filled=("tram.example",),
            filled_from="old copy",
            confidence="low",
            why="it stood there",
            source=site(13),
        ),
        Gap(id="g2", lost="", why="no address is given", source=house(33)),
    ),
    claims=(
        Claim(says="no logging on", lost=(("log-on", Severity.FAILS),), kept=("pages",), source=site(4)),
        Claim(says="tickets suffer", lost=(("tickets", Severity.DEGRADED),), source=site(4)),
        Claim(says="the look is lost", lost=(("look", Severity.NUISANCE),), source=site(4)),
    ),
    access=AccessPolicy(
        written=True,
        addressee="the archivist",
        must_include=("email",),
        must_include_if_any=("account",),
        fee=5,
        fee_modality="may",
        source=house(33),
    ),
)


def changed(statement: Statement, table: str, id: str, **changes: Any) -> Statement:  # noqa: A002
    """Give a statement with fields of one row changed."""
    rows = getattr(statement, table)
    assert any(row.id == id for row in rows)
    return evolve(statement, **{table: tuple(evolve(row, **changes) if row.id == id else row for row in rows)})
