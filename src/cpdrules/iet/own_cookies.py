"""Lines 91 to 140 of the IET's cookie statement (P2): why cookies are used, the short version, log-on, shop, forums.

Each section is a small statement: what the text says of one service, its cookies beside the functions that need them.
``iet.cookies.part`` joins them. Names that the copy has lost were restored from the IET's later list, and say so; what
nobody could restore stays without a name.
"""

from __future__ import annotations

from typing import Literal

from cpdrules.choices import inferred
from cpdrules.findings import Source
from cpdrules.policies import all_of, any_of
from cpdrules.privacy.cookies import (
    AS_REUSED,
    NO_LIFETIME,
    PERMANENT,
    UNTIL_LOG_OFF_OR_CLOSE,
    Blocked,
    Cookie,
    Function,
    Group,
    Provider,
    Severity,
    depends_on,
)
from cpdrules.privacy.names import exact
from cpdrules.privacy.practices import Claim, Commitment, DataItem, Explanation, Gap
from cpdrules.privacy.requirements import accepts, works
from cpdrules.privacy.statements import Statement

_FIRST_PARTY = Provider(party="first", organisation="iet")


def _p2(line: int, quote: str = "", stated: Literal["stated", "unstated", "inferred"] = "stated") -> Source:
    return Source("P2", line, quote, stated)


# Why are cookies used on the IET websites? (lines 91 to 99) -----------------------------------------------------------

why: Statement = Statement(
    name="Why are cookies used on the IET websites?",
    explanations=(
        Explanation(
            id="x01",
            says="cookies keep information from page to page, and possibly between sessions: a basket, a log-in",
            source=_p2(93, "maintain information as you move"),
        ),
        Explanation(
            id="x02",
            says="a cookie holds the information itself, such as the date of the last visit, or a reference to it",
            source=_p2(95, "actual information"),
        ),
        Explanation(
            id="x03",
            says="cookies that are set routinely can track page views one after another, logged in or not",
            source=_p2(97, "whether or not you are logged in"),
        ),
        Explanation(
            id="x04",
            says="without a log-in or an enquiry form such cookies do not tell the site who somebody is: they "
            "lead only to what it has already",
            source=_p2(97, "Unless you log in or complete"),
        ),
        Explanation(
            id="x05",
            says="no site can read another's cookies, but parts of a page may come from third parties with their own",
            source=_p2(99, "cannot be read by another"),
        ),
    ),
    commitments=(
        Commitment(
            id="c04",
            promises="never",
            says="attempt to identify a visitor unless they log in",
            anonymous=True,
            source=_p2(97, "will not attempt to identify you"),
        ),
    ),
    data_items=(
        DataItem(
            id="session-id",
            title="identifier of a session",
            identifies=True,
            fideslang="user.device.cookie_id",
            sources=(_p2(95, "unique reference ID"), _p2(115, "session IDs")),
        ),
        DataItem(
            id="last-visit-date",
            title="date of the last visit",
            fideslang="user.device.cookie",
            sources=(_p2(95, "the date of your last visit"), _p2(129, "the last date you visited")),
        ),
        DataItem(
            id="basket-contents",
            title="contents of the shopping basket",
            fideslang="user.behavior.purchase_history",
            sources=(_p2(93, "contents of your shopping basket"), _p2(123, "contents of your shopping basket")),
        ),
    ),
)

# The short version (line 105) -----------------------------------------------------------------------------------------

short_version: Statement = Statement(
    name="The short version",
    claims=(
        Claim(
            says="not able to log in",
            lost=(("log-on", Severity.FAILS),),
            source=_p2(105, "will not be able to log in"),
        ),
        Claim(
            says="the shopping basket will fail",
            lost=(("shop-basket", Severity.FAILS),),
            source=_p2(105, "the shopping basket"),
        ),
        Claim(
            says="the tracking of new messages will fail",
            lost=(("forum-new-messages", Severity.FAILS),),
            source=_p2(105, "tracking of new messages"),
        ),
        Claim(
            says="able to browse most of the information",
            kept=("browse-information",),
            source=_p2(105, "able to browse most of the information"),
        ),
    ),
    functions=(
        Function(
            id="browse-information",
            title="browsing most of the information",
            source=_p2(105, "able to browse most of the information"),
        ),
    ),
)

# The long version: cookies that are essential to chosen services (lines 109 to 140) -----------------------------------

essential: Statement = Statement(
    name="Cookies essential to the delivery of chosen services",
    groups=(
        Group(
            id="essential",
            says="essential to the delivery of the services that somebody chose; what blocking does varies",
            essential=True,
            source=_p2(109, "essential to the delivery of the services"),
        ),
    ),
)

log_on: Statement = Statement(
    name="Log-on",
    log_on="log-on",
    gaps=(Gap(id="g01", lost="names of the log-on cookies", source=_p2(113)),),
    cookies=(
        Cookie(
            id="logon",
            title="single log-on across most IET sites",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("authentication",),
            content="session identifiers only; no personal information",
            identifies=True,
            how="as an individual user who is logged on",
            data=("session-id",),
            lifetime=depends_on("remember_me", NO_LIFETIME, otherwise=UNTIL_LOG_OFF_OR_CLOSE),
            blocked=Blocked(
                severity=Severity.FAILS,
                modality="will",
                functions=("register", "log-on"),
                source=_p2(117, "accept all of these cookies"),
            ),
            opt_outs=("browser",),
            note="saves sending user name and password with every page; the aim is enhanced security",
            gap="g01",
            sources=(
                _p2(115, 'authorisation ("log-on") cookies'),
                _p2(117, "No personal information is stored"),
                _p2(105, "will not be able to log in"),
            ),
        ),
    ),
    functions=(
        Function(
            id="log-on",
            title="logging on",
            requires=accepts("logon"),
            missing=Severity.FAILS,
            modality="will",
            source=_p2(117, "register and/or log on"),
        ),
        Function(
            id="register",
            title="registering",
            requires=accepts("logon"),
            missing=Severity.FAILS,
            modality="will",
            source=_p2(117, "register and/or log on"),
        ),
    ),
    commitments=(
        Commitment(
            id="c06",
            promises="never",
            says="store personal information in the log-on cookies",
            cookies=("logon",),
            bars=("name", "postal-address", "telephone", "email", "username", "password"),
            source=_p2(117, "No personal information is stored"),
        ),
    ),
)

#: The later list prints the same sentences beside these names.
_LIST = Source("list-copy", stated="inferred")

anonymous_session: Statement = Statement(
    name="Sessions of those who are not logged in",
    gaps=(
        Gap(
            id="g02",
            lost="names of the anonymous session cookies",
            filled=("CFID", "CFTOKEN"),
            filled_from="list-copy",
            confidence="high",
            why="the later list prints the same two sentences under these names",
            source=_p2(119),
        ),
    ),
    cookies=(
        Cookie(
            id="anon-session",
            title="session of visitors who are not logged in",
            names=(exact("CFID", source=_LIST), exact("CFTOKEN", source=_LIST)),
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("session",),
            content="a reference by which the site keeps the variables of a session",
            identifies=False,
            how="there only for what the site does, and not to monitor behaviour",
            applies_when="not_logged_in",
            blocked=Blocked(
                severity=Severity.DEGRADED,
                modality="may",
                at_will=True,
                functions=("events-calendar-paging",),
                source=_p2(121, "You may block these if you wish"),
            ),
            opt_outs=("browser",),
            gap="g02",
            sources=(_p2(121, "When you are not logged in"),),
        ),
    ),
    functions=(
        Function(
            id="events-calendar-paging",
            title="paging through results in the events calendar",
            requires=inferred(
                any_of(accepts("anon-session"), works("log-on")),
                otherwise=accepts("anon-session"),
                source=_p2(121, "When you are not logged in", "inferred"),
            ),
            missing=Severity.DEGRADED,
            modality="may",
            source=_p2(121, "page through results in the events calendar"),
            note="that it works for those who are logged on is concluded: the cookies are for those who are not",
        ),
    ),
    commitments=(
        Commitment(
            id="c05",
            promises="never",
            says="use the anonymous session cookies to monitor behaviour",
            cookies=("anon-session",),
            bars=("statistics", "behavioural-profile", "behaviour-profile"),
            source=_p2(121, "does not use these cookies to monitor"),
        ),
    ),
)

shop: Statement = Statement(
    name="Book shop",
    cookies=(
        Cookie(
            id="basket-reuse",
            title="shopping basket, kept by cookies that are there already",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("basket",),
            data=("basket-contents",),
            lifetime=AS_REUSED,
            reuses=("anon-session", "logon"),
            blocked=Blocked(
                severity=Severity.FAILS,
                modality="will",
                functions=("shop-basket",),
                source=_p2(123, "not be able to use the shop"),
            ),
            opt_outs=("browser",),
            sources=(
                _p2(93, "contents of your shopping basket"),
                _p2(123, "rather than setting additional ones"),
                _p2(105, "the shopping basket"),
            ),
        ),
    ),
    functions=(
        Function(
            id="shop-basket",
            title="using the shopping basket",
            requires=any_of(accepts("anon-session"), accepts("logon")),
            missing=Severity.FAILS,
            modality="will",
            source=_p2(123, "not be able to use the shop"),
        ),
    ),
)

forums: Statement = Statement(
    name="Discussion forums",
    gaps=(Gap(id="g03", lost="names of the forums' log-on, last-visit and latest-posts cookies", source=_p2(125)),),
    cookies=(
        Cookie(
            id="forum-logon",
            title="further log-on to the discussion forums",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("authentication",),
            identifies=True,
            inferred=("identifies",),
            blocked=Blocked(functions=("forum-log-on",)),
            opt_outs=("browser",),
            gap="g03",
            sources=(_p2(129, "further log-on cookies"),),
        ),
        Cookie(
            id="forum-last-visit",
            title="date of the last visit to the forums",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("last-visit-state",),
            content="the date of the last visit",
            data=("last-visit-date",),
            lifetime=PERMANENT,
            blocked=Blocked(
                severity=Severity.FAILS,
                modality="will",
                functions=("forum-new-messages",),
                source=_p2(129, "cannot indicate new messages"),
            ),
            deletable=True,
            opt_outs=("browser", "delete"),
            gap="g03",
            sources=(
                _p2(129, "one for the last date you visited"),
                _p2(95, "the date of your last visit"),
                _p2(105, "tracking of new messages"),
            ),
        ),
        Cookie(
            id="forum-latest-posts",
            title="latest posts seen in the forums",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("last-visit-state",),
            content="the latest posts seen",
            data=("latest-posts-seen",),
            lifetime=PERMANENT,
            blocked=Blocked(
                severity=Severity.FAILS,
                modality="will",
                functions=("forum-new-messages",),
                source=_p2(129, "cannot indicate new messages"),
            ),
            deletable=True,
            opt_outs=("browser", "delete"),
            gap="g03",
            sources=(_p2(129, "the latest posts you have seen"),),
        ),
    ),
    functions=(
        Function(
            id="forum-log-on",
            title="being logged on in the discussion forums",
            requires=all_of(works("log-on"), accepts("forum-logon")),
            missing=Severity.FAILS,
            source=_p2(129, "further log-on cookies", "inferred"),
        ),
        Function(
            id="forum-new-messages",
            title="being shown what is new in the discussion forums",
            requires=all_of(accepts("forum-last-visit"), accepts("forum-latest-posts")),
            missing=Severity.FAILS,
            modality="will",
            source=_p2(129, "cannot indicate new messages"),
        ),
    ),
    data_items=(
        DataItem(
            id="latest-posts-seen",
            title="latest posts seen in the forums",
            fideslang="user.device.cookie",
            sources=(_p2(129, "the latest posts you have seen"),),
        ),
    ),
)

top_bar: Statement = Statement(
    name="The bar at the top of pages",
    gaps=(Gap(id="g04", lost="name of the top-bar cookie", source=_p2(131)),),
    cookies=(
        Cookie(
            id="top-bar",
            title="whether the bar at the top of pages is shown",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("display-preference",),
            content="whether the black (once green) bar on most IET pages is shown or hidden",
            blocked=Blocked(functions=("top-bar-state",)),
            opt_outs=("browser",),
            gap="g04",
            sources=(_p2(132, "(shown or hidden)"),),
        ),
    ),
    functions=(
        Function(
            id="top-bar-state",
            title="keeping the bar at the top shown or hidden",
            requires=accepts("top-bar"),
            source=_p2(132, "(shown or hidden)"),
        ),
    ),
)

jobs: Statement = Statement(
    name="E&T Jobs",
    gaps=(Gap(id="g05", lost="names of the supplementary cookies of E&T Jobs", source=_p2(134)),),
    cookies=(
        Cookie(
            id="jobs-supplementary",
            title="being recognised on E&T Jobs",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("authentication",),
            identifies=True,
            inferred=("identifies",),
            blocked=Blocked(
                severity=Severity.NOT_RECOGNISED,
                modality="will",
                functions=("jobs-recognised",),
                unaffected=("log-on",),
                source=_p2(136, "not recognised as logged on"),
            ),
            opt_outs=("browser",),
            gap="g05",
            sources=(_p2(136, "also uses supplementary cookies"),),
        ),
    ),
    functions=(
        Function(
            id="jobs-recognised",
            title="being recognised as logged on at E&T Jobs",
            requires=all_of(works("log-on"), accepts("jobs-supplementary")),
            missing=Severity.NOT_RECOGNISED,
            modality="will",
            source=_p2(136, "not recognised as logged on"),
        ),
    ),
)

my_community: Statement = Statement(
    name="MyCommunity",
    gaps=(Gap(id="g06", lost="names of the supplementary cookies of MyCommunity", source=_p2(138)),),
    cookies=(
        Cookie(
            id="mycommunity-supplementary",
            title="being recognised on MyCommunity",
            provider=_FIRST_PARTY,
            group="essential",
            purposes=("authentication",),
            identifies=True,
            inferred=("identifies",),
            blocked=Blocked(
                severity=Severity.NOT_RECOGNISED,
                modality="will",
                functions=("mycommunity-recognised",),
                source=_p2(140, "similar to those above"),
            ),
            opt_outs=("browser",),
            note="what blocking does is taken over from E&T Jobs, to which the text likens it",
            gap="g06",
            sources=(_p2(140, "supplementary log-on cookies"),),
        ),
    ),
    functions=(
        Function(
            id="mycommunity-recognised",
            title="being recognised as logged on at MyCommunity",
            requires=all_of(works("log-on"), accepts("mycommunity-supplementary")),
            missing=Severity.NOT_RECOGNISED,
            modality="will",
            source=_p2(140, "similar to those above"),
        ),
    ),
)

#: In the order of the text.
SECTIONS = (why, short_version, essential, log_on, anonymous_session, shop, forums, top_bar, jobs, my_community)
