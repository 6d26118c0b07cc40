"""A statement of an invented body: the Society of Lamplighters, whose site is small and has a little of everything."""

from __future__ import annotations

from datetime import date

from cpdrules import all_of, any_of
from cpdrules.choices import inferred
from cpdrules.findings import Source
from cpdrules.privacy.cookies import (
    PERMANENT,
    SESSION,
    UNTIL_LOG_OFF_OR_CLOSE,
    Cookie,
    CookiePurpose,
    Function,
    Group,
    Provider,
    Severity,
)
from cpdrules.privacy.names import exact, prefix
from cpdrules.privacy.practices import (
    ANY,
    Claim,
    Component,
    DataItem,
    DisclosureRule,
    Gap,
    Organisation,
    Purpose,
    Transfer,
)
from cpdrules.privacy.requirements import accepts, given, works
from cpdrules.privacy.statements import Statement


def line(number: int) -> Source:
    """Cite a line of the cookie part."""
    return Source("L2", number)


cookie_part = Statement(
    name="cookie part",
    since=date(2015, 10, 25),
    log_on="log-on",
    components=(Component(id="cookies", title="Cookies", updated=date(2015, 10, 25), document="L2", lines=(1, 40)),),
    groups=(
        Group(id="needed", says="needed for what you have asked for", source=line(3)),
        Group(id="spare", says="can be blocked without harm", consequence=Severity.NONE, source=line(20)),
        Group(id="discontinued", says="no longer in use", consequence=Severity.NONE, source=line(22)),
    ),
    cookie_purposes=(
        CookiePurpose(id="authentication", title="logging on", icc="strictly-necessary"),
        CookiePurpose(id="session", title="keeping a session", icc="strictly-necessary"),
        CookiePurpose(id="statistics", title="statistics", icc="performance"),
    ),
    cookies=(
        Cookie(
            id="key",
            title="log-on",
            names=(exact("LAMPKEY"),),
            group="needed",
            purposes=("authentication",),
            provider=Provider(party="first", organisation="lamplighters"),
            lifetime=UNTIL_LOG_OFF_OR_CLOSE,
            identifies=True,
            sources=(line(4),),
        ),
        Cookie(
            id="wick",
            title="session of those who do not log on",
            group="needed",
            purposes=("session",),
            provider=Provider(party="first", organisation="lamplighters"),
            lifetime=SESSION,
            identifies=False,
            sources=(line(6),),
        ),
        Cookie(
            id="basket",
            title="basket, by cookies that there are",
            group="needed",
            purposes=("session",),
            reuses=("wick", "key"),
            sources=(line(8),),
        ),
        Cookie(id="map", title="the map", group="needed", purposes=("session",), sources=(line(10),)),
        Cookie(
            id="counter",
            title="statistics",
            names=(prefix("_lc"),),
            group="spare",
            purposes=("statistics",),
            provider=Provider(party="first", organisation="countess"),
            lifetime=PERMANENT,
            identifies=False,
            sources=(line(21),),
        ),
        Cookie(
            id="old-counter",
            title="earlier statistics",
            group="discontinued",
            listed_under="spare",
            purposes=("statistics",),
            discontinued=date(2015, 10, 25),
            sources=(line(22),),
        ),
    ),
    functions=(
        Function(id="read", title="reading pages", source=line(2)),
        Function(
            id="log-on",
            title="logging on",
            requires=all_of(accepts("key")),
            missing=Severity.FAILS,
            modality="will",
            source=line(4),
        ),
        Function(
            id="diary",
            title="paging through the diary",
            requires=inferred(any_of(accepts("wick"), works("log-on")), otherwise=accepts("wick")),
            missing=Severity.DEGRADED,
            modality="may",
            source=line(6),
        ),
        Function(
            id="shop-basket",
            title="the basket",
            requires=any_of(accepts("wick"), accepts("key")),
            missing=Severity.FAILS,
            source=line(8),
        ),
        Function(
            id="order",
            title="ordering",
            requires=all_of(works("shop-basket"), works("log-on")),
            missing=Severity.FAILS,
            modality="normally",
            source=line(9),
        ),
        Function(
            id="find-lamp",
            title="finding a lamp on the map",
            requires=accepts("map"),
            missing=Severity.UNRELIABLE,
            source=line(10),
        ),
        Function(id="lamp-names", title="names on the map", requires=works("find-lamp"), source=line(11)),
        Function(
            id="gallery",
            title="the members' gallery",
            requires=all_of(accepts("wick"), given("member", "the visitor is a member")),
            missing=Severity.NUISANCE,
            source=line(12),
        ),
        Function(
            id="counting",
            title="counting visits",
            audience="controller",
            requires=accepts("counter"),
            missing=Severity.NONE,
            source=line(21),
        ),
    ),
    gaps=(Gap(id="g1", lost="name of the session cookie", source=line(6)),),
    claims=(
        Claim(says="you cannot log on", lost=(("log-on", Severity.FAILS),), source=line(1)),
        Claim(says="but you can read on", kept=("read",), source=line(1)),
    ),
)

privacy_part = Statement(
    name="privacy part",
    since=date(2015, 11, 18),
    controller="lamplighters",
    components=(Component(id="privacy", title="Privacy", updated=date(2015, 11, 18), document="L1", lines=(1, 30)),),
    organisations=(
        Organisation(id="lamplighters", name="Society of Lamplighters", role="controller", source=Source("L1", 1)),
        Organisation(id="countess", name="Countess", role="counts visits", source=Source("L1", 2)),
        Organisation(id="printer", name="a printer", role="prints the journal", source=Source("L1", 3)),
    ),
    data_items=(
        DataItem(id="name", title="name", sources=(Source("L1", 4),)),
        DataItem(id="address", title="address", sources=(Source("L1", 4),)),
    ),
    purposes=(
        Purpose(id="journal", title="sending the journal", kind="service", uses=("name",), sources=(Source("L1", 5),)),
    ),
    disclosure=(
        DisclosureRule(
            id="d1", to=("printer",), purposes=("journal",), allows=True, says="to print it", source=Source("L1", 6)
        ),
        DisclosureRule(id="d9", to=ANY, purposes=ANY, allows=False, says="nobody else", source=Source("L1", 7)),
    ),
    transfers=(Transfer(id="t1", who="members abroad", to=("printer",), why="printing", source=Source("L1", 8)),),
)
