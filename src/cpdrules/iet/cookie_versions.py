"""Six versions of the IET's page on cookies, as far as copies of them are known: material for comparing versions.

Only the order is known, and one date: that of ``iet.cookies.part``. The others hold what their copies say of uses, each
as a cookie without a name; by the seed's ids where it is the same thing, so that a difference is one of substance.
"""

from __future__ import annotations

from attrs import frozen

from cpdrules.findings import Source
from cpdrules.iet import cookies
from cpdrules.privacy.cookies import PERMANENT, Cookie, Group, Provider
from cpdrules.privacy.names import exact, prefix
from cpdrules.privacy.statements import Statement


@frozen
class Version:
    """One version of the page."""

    id: str
    #: The copy, by its name in ``cookies.SOURCES``.
    document: str
    #: None where the copy breaks off before it says which cookies there are: that is unknown, and not "none".
    statement: Statement | None
    #: How it differs from the one before, where that is known.
    note: str = ""


def _statement(document: str, *uses: Cookie, groups: tuple[Group, ...] = ()) -> Statement:
    used = {purpose for use in uses for purpose in use.purposes}
    return Statement(
        name=f"IET page on cookies ({document})",
        controller="iet",
        groups=groups,
        cookies=uses,
        cookie_purposes=tuple(purpose for purpose in cookies.PURPOSES if purpose.id in used),
    )


def _earlier(document: str) -> Statement:
    """Give the uses that the two earliest copies share."""
    source = (Source(document),)
    own = Provider(party="first", organisation="iet")
    return _statement(
        document,
        Cookie(
            id="logon",
            title="log-on to the site",
            provider=own,
            group="",
            purposes=("authentication",),
            sources=source,
        ),
        Cookie(
            id="forum-logon",
            title="further log-on to the discussions, and to the live chat there",
            provider=own,
            group="",
            purposes=("authentication",),
            where=("discussions", "live chat"),
            sources=source,
        ),
        Cookie(
            id="forum-state",
            title="last visit to the discussions",
            provider=own,
            group="",
            purposes=("last-visit-state",),
            lifetime=PERMANENT,
            deletable=True,
            sources=source,
        ),
        Cookie(
            id="basket",
            title="shopping basket",
            provider=own,
            group="",
            purposes=("basket",),
            sources=source,
        ),
        Cookie(
            id="survey-invitation",
            title="an invitation to trials has been seen",
            provider=own,
            group="",
            purposes=("survey-suppression",),
            applies_when="survey_running",
            sources=source,
        ),
        Cookie(
            id="third-party-ads",
            title="advertising from third parties' servers",
            provider=Provider(party="third"),
            group="",
            purposes=("advertising-delivery",),
            own_policy=True,
            sources=source,
        ),
    )


def _aggregated() -> Statement:
    source = (Source("tv-copy"),)
    return _statement(
        "tv-copy",
        Cookie(id="logon", title="log-on", group="", purposes=("authentication",), sources=source),
        Cookie(id="anon-session", title="session", group="", purposes=("session",), sources=source),
        Cookie(id="basket", title="shopping basket", group="", purposes=("basket",), sources=source),
        Cookie(
            id="aggregated-tracking",
            title="what is popular on the site",
            group="",
            purposes=("statistics",),
            identifies=False,
            sources=source,
        ),
    )


def _list() -> Statement:
    source = Source("list-copy")
    google = ("__utma", "__utmb", "__utmc", "__utmt", "__utmt_b", "__utmz")
    add_this = ("__atuvc", "__atuvs", "b2", "di2", "loc", "mus", "ouid", "uid", "uvc")
    return _statement(
        "list-copy",
        Cookie(
            id="anon-session",
            title="session of visitors who are not logged in",
            names=(exact("CFID", source=source), exact("CFTOKEN", source=source)),
            provider=Provider(party="first", organisation="iet"),
            group="strictly-necessary",
            purposes=("session",),
            sources=(source,),
        ),
        Cookie(
            id="addthis",
            title="bookmarking and sharing",
            names=tuple(exact(name, source=source) for name in add_this),
            provider=Provider(party="third", organisation="addthis"),
            group="functional",
            purposes=("social-sharing",),
            sources=(source,),
        ),
        Cookie(
            id="google-analytics",
            title="statistics of the use of the sites",
            names=(*(exact(name, source=source) for name in google), prefix("_dc_gtm_UA-", source=source)),
            provider=Provider(party="third", organisation="google"),
            group="metrics",
            purposes=("statistics",),
            sources=(source,),
        ),
        groups=(
            Group(id="strictly-necessary", says="Strictly Necessary", source=source),
            Group(id="functional", says="Functional", source=source),
            Group(id="metrics", says="Metrics", source=source),
        ),
    )


#: From the earliest to the latest.
VERSIONS = (
    Version("v1-iee", "earliest-copy", _earlier("earliest-copy")),
    Version("v2-early", "early-copy", _earlier("early-copy")),
    Version("v3-tv", "tv-copy", _aggregated(), "tracking of what is popular on the site is new"),
    Version(
        "v4-www2",
        "www2-copy",
        None,
        "opens as the seed does; cookies now “give access to” what the site has; aggregated tracking is gone",
    ),
    Version("v5-seed", "seed", cookies.part),
    Version("v6-list", "list-copy", _list(), "gives names; sorts by other words than the version before"),
)
