"""Lines 162 to 198 of the IET's cookie statement (P2): cookies to block at will, third parties, and where to ask.

Sections are small statements, as in ``iet.own_cookies``. Scout Analytics is discontinued here, while the privacy part
still has it: both stand as they are written, for the linter to find.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from cpdrules.findings import Source
from cpdrules.privacy.cookies import LOST, PERMANENT, Blocked, Cookie, Function, Group, Provider, Severity
from cpdrules.privacy.names import exact, prefix, suffix
from cpdrules.privacy.practices import Commitment, Gap, Organisation, Purpose, Right, Route
from cpdrules.privacy.requirements import accepts
from cpdrules.privacy.statements import Statement


def _p2(line: int, quote: str = "", stated: Literal["stated", "unstated", "inferred"] = "stated") -> Source:
    return Source("P2", line, quote, stated)


#: The IET's later list, which gives names.
_LIST = Source("list-copy", stated="inferred")

# Cookies that you can block without affecting your experience (lines 162 to 183) --------------------------------------

blockable: Statement = Statement(
    name="Cookies that can be blocked without effect",
    groups=(
        Group(
            id="blockable",
            says="can be blocked or rejected, and the experience on the site stays as it is",
            consequence=Severity.NONE,
            source=_p2(162, "without affecting your experience"),
        ),
    ),
)

advertising: Statement = Statement(
    name="Site advertising",
    organisations=(
        Organisation(
            id="realmedia",
            name="Real Media Open Adstream",
            role="advertising server provider",
            source=_p2(167, "Real Media Open Adstream"),
        ),
    ),
    gaps=(
        Gap(
            id="g14",
            lost="name of the advertising cookie",
            filled=("oax*",),
            filled_from="seed",
            confidence="medium",
            why="line 169 calls them the “oax” cookies; case and the rest of the name are not known",
            source=_p2(164),
        ),
        Gap(id="g15", lost="the domain of similar advertising cookies", source=_p2(165, "and similar from")),
        Gap(
            id="g16",
            lost="the domain of the server that delivers the advertising cookies",
            filled=("a domain of the IET",),
            filled_from="seed",
            confidence="medium",
            why="only then does it follow that they do not reach beyond the IET's sites (line 99)",
            source=_p2(167, "delivered from a server in"),
        ),
    ),
    cookies=(
        Cookie(
            id="oax-ads",
            title="delivery of advertising",
            names=(prefix("oax", source=_p2(169, '"oax" advertising cookies', "inferred")),),
            provider=Provider(
                party="first",
                organisation="iet",
                domains=LOST,
                served_by="realmedia",
                note="delivered from a server in a domain of the IET",
                inferred=("party", "note"),
            ),
            group="blockable",
            purposes=("advertising-delivery",),
            content="avoids, for example, that the same advertisement is shown twice on different pages",
            identifies=False,
            how="cannot be set against visits to sites that are not the IET's",
            where=("E&T Magazine", "IET Electrical"),
            blocked=Blocked(
                severity=Severity.NONE,
                modality="will",
                at_will=True,
                controller_functions=("ad-repeat-avoidance",),
                source=_p2(169, "will not be affected"),
            ),
            opt_outs=("browser",),
            gap="g14",
            sources=(
                _p2(164),
                _p2(165, "and similar from"),
                _p2(167, "the same advertisement twice"),
                _p2(169, '"oax" advertising cookies'),
            ),
        ),
    ),
    functions=(
        Function(
            id="ad-repeat-avoidance",
            title="not showing an advertisement twice",
            audience="controller",
            requires=accepts("oax-ads"),
            missing=Severity.NONE,
            source=_p2(167, "the same advertisement twice"),
        ),
    ),
    commitments=(
        Commitment(
            id="c07",
            promises="never",
            says="set what the advertising cookies tell against visits to sites that are not the IET's",
            cookies=("oax-ads",),
            bars=("behavioural-profile", "behaviour-profile"),
            source=_p2(167, "cannot be used to correlate"),
        ),
    ),
)

google_analytics: Statement = Statement(
    name="Google Analytics",
    organisations=(
        Organisation(
            id="google",
            name="Google (Google Analytics)",
            role="processes on behalf of the IET",
            source=_p2(175, "on behalf of the IET"),
        ),
    ),
    gaps=(
        Gap(
            id="g17",
            lost="names of the Google Analytics cookies",
            filled=("__utma", "__utmb", "__utmc", "__utmt", "__utmt_b", "__utmz", "_dc_gtm_UA-*"),
            filled_from="list-copy",
            confidence="medium",
            why="the IET's later list; the one of 2015 may have had others besides",
            source=_p2(170),
        ),
    ),
    cookies=(
        Cookie(
            id="google-analytics",
            title="statistics of the use of the sites",
            names=(
                exact("__utma", source=_LIST),
                exact("__utmb", source=_LIST),
                exact("__utmc", source=_LIST),
                exact("__utmt", source=_LIST),
                exact("__utmt_b", source=_LIST),
                exact("__utmz", source=_LIST),
                prefix("_dc_gtm_UA-", source=_LIST),
            ),
            provider=Provider(
                party="first, by a third party's script", organisation="google", note="acts on behalf of the IET"
            ),
            group="blockable",
            purposes=("statistics",),
            content="pages requested from which IP addresses, and the use of the sites with the IP address",
            identifies=False,
            how="patterns of use rather than individual users",
            data=("ip-address", "page-requests"),
            blocked=Blocked(
                severity=Severity.NONE,
                modality="will",
                at_will=True,
                controller_functions=("site-statistics",),
                source=_p2(162, "without affecting your experience"),
            ),
            opt_outs=("browser", "google-analytics-opt-out"),
            gap="g17",
            sources=(
                _p2(170),
                _p2(175, "including your IP address"),
                _p2(177, "opt out of Google Analytics"),
                Source("P1", 59, "the IET uses Google Analytics"),
            ),
        ),
    ),
    functions=(
        Function(
            id="site-statistics",
            title="statistical reports on the use of the sites",
            audience="controller",
            requires=accepts("google-analytics"),
            missing=Severity.NONE,
            source=_p2(175, "compile statistical reports"),
        ),
    ),
    purposes=(
        Purpose(
            id="web-statistics",
            title="evaluating the use of the sites, and statistical reports (Google Analytics)",
            kind="analysis",
            uses=("ip-address", "page-requests"),
            sources=(_p2(175, "compile statistical reports"), Source("P1", 59, "the IET uses Google Analytics")),
        ),
    ),
    commitments=(
        Commitment(
            id="c08",
            promises="always",
            says="reports of the analytics look at patterns of use rather than at individual users",
            cookies=("google-analytics",),
            bars=("behavioural-profile", "behaviour-profile"),
            source=_p2(175, "patterns of use rather than"),
        ),
    ),
    routes=(
        Route(
            id="google-analytics-opt-out",
            how="Google's own opt-out, of which the copy has lost the link",
            scope="all sites",
            offered_by="google",
            source=_p2(177, "tracking for all sites"),
        ),
    ),
    rights=(
        Right(
            id="q06",
            says="opt out of Google Analytics on all sites",
            route="Google's opt-out",
            source=_p2(177, "opt out of Google Analytics"),
        ),
    ),
)

scout_analytics: Statement = Statement(
    name="Scout Analytics, no longer used",
    groups=(
        Group(
            id="discontinued",
            says="no longer used, though they may still be there from an earlier visit",
            consequence=Severity.NONE,
            source=_p2(182, "but now no longer uses"),
        ),
    ),
    gaps=(
        Gap(
            id="g18",
            lost="the two domains that the Scout Analytics cookies came from",
            source=_p2(182, "generated from and from"),
        ),
    ),
    cookies=(
        Cookie(
            id="scout-analytics",
            title="profiles of use, interests and behaviour, once",
            names=(
                exact("9nn8c_txid", source=_p2(179, "9nn8c_txid")),
                suffix("_txid", source=_p2(179, "(and similar names)", "inferred")),
            ),
            provider=Provider(party="first and third", organisation="scout", domains=LOST),
            group="discontinued",
            listed_under="blockable",
            purposes=("behavioural-profile",),
            content="use, interests and behaviour",
            data=("behaviour-profile",),
            lifetime=PERMANENT,
            inferred=("lifetime",),
            discontinued=date(2015, 10, 25),
            blocked=Blocked(
                severity=Severity.NONE,
                modality="will",
                at_will=True,
                source=_p2(183, "without affecting your use"),
            ),
            opt_outs=("browser",),
            note="not used on that day, nor for an unknown time before; permanent since it may outlast a visit",
            gap="g18",
            sources=(
                _p2(179, "(and similar names)"),
                _p2(182, "but now no longer uses"),
                _p2(183, "still may have these"),
            ),
        ),
    ),
)

# Third parties (lines 185 to 192) -------------------------------------------------------------------------------------

third_parties: Statement = Statement(
    name="Third parties that deliver services",
    groups=(
        Group(
            id="third-party",
            says="set by third parties under policies of their own, which are to be consulted separately",
            source=_p2(185, "own cookie and privacy policies"),
        ),
    ),
    routes=(
        Route(
            id="provider-policy",
            how="what the provider's own policy offers",
            source=_p2(190, "their own cookie and privacy policies"),
        ),
    ),
)

email: Statement = Statement(
    name="Email services",
    organisations=(
        Organisation(
            id="adestra", name="Adestra", role="email service provider", source=_p2(187, "email services from Adestra")
        ),
    ),
    gaps=(
        Gap(
            id="g19",
            lost="the domain of the addresses that emails are sent from",
            source=_p2(187, "from addresses in the domain"),
        ),
    ),
    cookies=(
        Cookie(
            id="adestra-email",
            title="response to emails",
            provider=Provider(party="third", organisation="adestra", domains=LOST),
            group="third-party",
            purposes=("email-response-tracking",),
            content="how emails are responded to, so that communications work better",
            identifies=True,
            how="links may be personalised",
            inferred=("identifies", "how"),
            data=("email-link-clicks",),
            applies_when="link_in_email_followed",
            blocked=Blocked(controller_functions=("email-response-tracking",)),
            opt_outs=("browser", "mailing-preferences"),
            gap="g19",
            sources=(
                _p2(187, "levels of response to these emails"),
                Source("P1", 57, "may be personalised"),
            ),
        ),
    ),
    functions=(
        Function(
            id="email-response-tracking",
            title="seeing how emails are responded to",
            audience="controller",
            requires=accepts("adestra-email"),
            source=_p2(187, "levels of response to these emails"),
        ),
    ),
)

webcasts: Statement = Statement(
    name="Webcasts",
    organisations=(
        Organisation(id="streamuk", name="Stream UK", role="webcast delivery", source=_p2(188, "uses Stream UK")),
    ),
    gaps=(
        Gap(
            id="g20",
            lost="the name that the entry began with, and the names of two sites or domains",
            filled=("IET.tv (theiet.tv)",),
            filled_from="tv-copy",
            confidence="medium",
            why="theiet.tv is an IET site with the same cookie page, and the entry speaks of webcasts",
            source=_p2(188, "appear mostly in the site"),
        ),
    ),
    cookies=(
        Cookie(
            id="webcast",
            title="webcasts",
            provider=Provider(party="third", organisation="streamuk", domains=LOST),
            group="third-party",
            purposes=("embedded-content",),
            where=("IET.tv (restored)", "embedded elsewhere"),
            inferred=("where",),
            blocked=Blocked(at_will=True, functions=("webcasts",), source=_p2(188, "You may block cookies from")),
            opt_outs=("browser",),
            gap="g20",
            sources=(_p2(188, "to deliver webcasts"),),
        ),
    ),
    functions=(
        Function(
            id="webcasts",
            title="watching webcasts",
            requires=accepts("webcast"),
            source=_p2(188, "to deliver webcasts"),
        ),
    ),
)

library_services: Statement = Statement(
    name="The IET Library's electronic information services",
    organisations=(
        Organisation(
            id="iet-library-eis",
            name="electronic information services of the IET Library",
            role="third-party services",
            source=_p2(189, "electronic information services"),
        ),
    ),
    cookies=(
        Cookie(
            id="library-eis",
            title="electronic information services of the Library",
            provider=Provider(party="third", organisation="iet-library-eis"),
            group="third-party",
            purposes=("embedded-content",),
            blocked=Blocked(functions=("library-information-services",)),
            opt_outs=("browser",),
            sources=(_p2(189, "electronic information services"),),
        ),
    ),
    functions=(
        Function(
            id="library-information-services",
            title="using the Library's electronic information services",
            requires=accepts("library-eis"),
            source=_p2(189, "electronic information services"),
        ),
    ),
)

embedded: Statement = Statement(
    name="Content from elsewhere",
    organisations=(
        Organisation(
            id="social-embeds",
            name="Twitter, YouTube, Flickr and other services",
            role="third-party content",
            source=_p2(190, "Twitter, YouTube, Flickr"),
        ),
        Organisation(
            id="addthis",
            name="AddThis",
            role="third-party sharing widget",
            source=_p2(191, "social bookmarking and sharing widget"),
        ),
    ),
    gaps=(
        Gap(
            id="g23",
            lost="names of the AddThis cookies",
            filled=("__atuvc", "__atuvs", "b2", "di2", "loc", "mus", "ouid", "uid", "uvc"),
            filled_from="list-copy",
            confidence="medium",
            why="the text never had them; the later list gives them",
            source=_p2(191, "social bookmarking and sharing widget"),
        ),
    ),
    cookies=(
        Cookie(
            id="social-embeds",
            title="content from Twitter, YouTube, Flickr and others",
            provider=Provider(party="third", organisation="social-embeds"),
            group="third-party",
            purposes=("embedded-content",),
            where=("E&T Magazine", "some other pages"),
            own_policy=True,
            blocked=Blocked(functions=("social-content",)),
            opt_outs=("browser", "provider-policy"),
            sources=(_p2(190, "content from Twitter, YouTube, Flickr"),),
        ),
        Cookie(
            id="addthis",
            title="bookmarking and sharing",
            names=(
                exact("__atuvc", source=_LIST),
                exact("__atuvs", source=_LIST),
                exact("uvc", domain="addthis.com", source=_LIST),
                exact("loc", domain="addthis.com", source=_LIST),
            ),
            provider=Provider(party="third", organisation="addthis"),
            group="third-party",
            purposes=("social-sharing",),
            where=("E&T Magazine", "some other pages"),
            own_policy=True,
            further_information="the widget's own policy shows when the pointer is over it",
            blocked=Blocked(functions=("sharing-widget",)),
            opt_outs=("browser", "provider-policy"),
            gap="g23",
            sources=(_p2(191, "social bookmarking and sharing widget"),),
        ),
    ),
    functions=(
        Function(
            id="social-content",
            title="seeing content from Twitter, YouTube, Flickr and others",
            requires=accepts("social-embeds"),
            source=_p2(190, "content from Twitter, YouTube, Flickr"),
        ),
        Function(
            id="sharing-widget",
            title="using the sharing widget",
            requires=accepts("addthis"),
            source=_p2(191, "sharing widget"),
        ),
    ),
)

surveys: Statement = Statement(
    name="Surveys and user trials",
    cookies=(
        Cookie(
            id="survey-invitation",
            title="an invitation to respond has been seen",
            group="third-party",
            purposes=("survey-suppression",),
            content="the fact that the invitation has been seen",
            applies_when="survey_running",
            blocked=Blocked(
                severity=Severity.NUISANCE,
                modality="may",
                functions=("survey-shown-once",),
                source=_p2(192, "the message a number of times"),
            ),
            opt_outs=("browser",),
            note="printed among the third parties, though it may be the IET's own",
            sources=(_p2(192, "seen the invitation to respond"),),
        ),
    ),
    functions=(
        Function(
            id="survey-shown-once",
            title="seeing an invitation to a survey once only",
            requires=accepts("survey-invitation"),
            missing=Severity.NUISANCE,
            modality="may",
            source=_p2(192, "the message a number of times"),
        ),
    ),
)

# Using your browser to block cookies, and further information (lines 194 to 198) --------------------------------------

further_information: Statement = Statement(
    name="Using your browser to block cookies, and further information",
    organisations=(
        Organisation(
            id="allaboutcookies",
            name="AllAboutCookies",
            role="independent information site",
            source=_p2(196, "AllAboutCookies"),
        ),
    ),
    routes=(
        Route(
            id="browser",
            how="the settings of the browser; AllAboutCookies has independent advice on them",
            source=_p2(196, "block them in specific browsers"),
        ),
    ),
    rights=(
        Right(
            id="q05",
            says="block or delete cookies",
            route="the browser",
            source=_p2(196, "how to block them"),
        ),
        Right(id="q07", says="ask about the use of cookies", route=LOST, source=_p2(198, "If you have questions")),
    ),
    gaps=(Gap(id="g21", lost="the address to ask about cookies", source=_p2(198, "please contact")),),
)

#: In the order of the text.
SECTIONS = (
    blockable,
    advertising,
    google_analytics,
    scout_analytics,
    third_parties,
    email,
    webcasts,
    library_services,
    embedded,
    surveys,
    further_information,
)
