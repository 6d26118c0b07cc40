"""The cookie part of the IET's privacy and cookie statement (P2, 25 October 2015) as one value.

Its sections stand in ``iet.own_cookies``, ``iet.service_cookies`` and ``iet.other_cookies``, in the order of the text;
here are what the cookies are for, in the words of other vocabularies, and ``part``, which joins everything.
``iet.privacy.statement`` is the whole page: the parts speak of one another's organisations, functions and data.
"""

from __future__ import annotations

from datetime import date

from cpdrules.findings import Source
from cpdrules.iet import other_cookies, own_cookies, service_cookies
from cpdrules.privacy.cookies import CookiePurpose
from cpdrules.privacy.practices import Component
from cpdrules.privacy.statements import Statement, joined

#: What the sources are, by the names that citations use; of the copies only the order is known, no date.
SOURCES = {
    "P2": "Cookie statement of the IET, 25 October 2015: lines 91 to 200 of the stored page",
    "earliest-copy": "the page's earliest wording, from the time when the IEE became the IET",
    "early-copy": "an earlier wording of the page",
    "tv-copy": "an older wording of the page, on theiet.tv",
    "www2-copy": "another copy of the page, of which only the beginning is stored",
    "list-copy": "the IET's later list of cookies, which gives names",
    "privacy-later": "a later privacy statement of the IET, under the law since 2018",
    "career-dp": "data protection statement of the Career Manager",
    "seed": "the stored page itself, P1 and P2",
}

#: What cookies are for. The tags are a suggestion for going over to other vocabularies; no text of the IET has them.
PURPOSES = (
    CookiePurpose(
        id="authentication",
        title="recognising who has logged on",
        icc="strictly-necessary",
        ocd="Functional",
        consent_mode="security_storage",
        tcf_special=(1,),
        dpv="dpv:IdentityAuthentication",
        fideslang="essential.service.authentication",
    ),
    CookiePurpose(
        id="session",
        title="keeping a session",
        icc="strictly-necessary",
        ocd="Functional",
        consent_mode="functionality_storage",
        dpv="dpv:ServiceProvision",
        fideslang="essential.service",
    ),
    CookiePurpose(
        id="basket",
        title="keeping a shopping basket",
        icc="strictly-necessary",
        ocd="Functional",
        consent_mode="functionality_storage",
        dpv="dpv:ServiceProvision",
        fideslang="essential.service",
    ),
    CookiePurpose(
        id="access-rights",
        title="managing who has access",
        icc="strictly-necessary",
        ocd="Functional",
        consent_mode="security_storage",
        dpv="dpv:EnforceAccessControl",
        fideslang="essential.service.authentication",
    ),
    CookiePurpose(
        id="booking",
        title="taking a booking",
        icc="strictly-necessary",
        ocd="Functional",
        consent_mode="functionality_storage",
        dpv="dpv:ServiceProvision",
        fideslang="essential.service",
    ),
    CookiePurpose(
        id="last-visit-state",
        title="remembering the last visit",
        icc="functionality",
        ocd="Functional",
        consent_mode="personalization_storage",
        tcf=(1,),
        dpv="dpv:ServicePersonalisation",
        fideslang="functional.service",
    ),
    CookiePurpose(
        id="display-preference",
        title="remembering how pages are shown",
        icc="functionality",
        ocd="Personalization",
        consent_mode="functionality_storage",
        tcf=(1,),
        dpv="dpv:UserInterfacePersonalisation",
        fideslang="functional.service",
    ),
    CookiePurpose(
        id="language-preference",
        title="remembering a language",
        icc="functionality",
        ocd="Personalization",
        consent_mode="functionality_storage",
        tcf=(1,),
        dpv="dpv:UserInterfacePersonalisation",
        fideslang="functional.service",
    ),
    CookiePurpose(
        id="survey-suppression",
        title="not asking twice",
        icc="functionality",
        ocd="Functional",
        consent_mode="functionality_storage",
        tcf=(1,),
        dpv="dpv:ServiceUsageAnalytics",
        fideslang="functional.service",
    ),
    CookiePurpose(
        id="advertising-delivery",
        title="delivering advertising",
        icc="targeting",
        ocd="Marketing",
        consent_mode="ad_storage",
        tcf=(1, 2),
        tcf_special=(2,),
        dpv="dpv:Advertising",
        fideslang="marketing.advertising.frequency_capping",
    ),
    CookiePurpose(
        id="statistics",
        title="statistics of use",
        icc="performance",
        ocd="Analytics",
        consent_mode="analytics_storage",
        tcf=(1, 8, 9),
        dpv="dpv:ServiceUsageAnalytics",
        fideslang="analytics.reporting",
    ),
    CookiePurpose(
        id="behavioural-profile",
        title="profiles of behaviour",
        icc="targeting",
        ocd="Analytics",
        consent_mode="personalization_storage",
        tcf=(1, 5, 6),
        dpv="dpv:Personalisation",
        fideslang="personalize.content.profiling",
    ),
    CookiePurpose(
        id="email-response-tracking",
        title="seeing how emails are responded to",
        icc="performance",
        ocd="Marketing",
        consent_mode="analytics_storage",
        tcf=(1, 7),
        dpv="dpv:DirectMarketing",
        fideslang="marketing.communications.email",
    ),
    CookiePurpose(
        id="embedded-content",
        title="content from elsewhere",
        icc="functionality",
        ocd="Marketing",
        tcf=(1,),
        dpv="dpv:ProvidePersonalisedRecommendations",
        fideslang="functional.service",
    ),
    CookiePurpose(
        id="social-sharing",
        title="sharing with others",
        icc="functionality",
        ocd="Marketing",
        tcf=(1,),
        dpv="dpv:SocialMediaMarketing",
        fideslang="functional.service",
    ),
)

#: What the text says as a whole: its date, and what its cookies are for.
_whole = Statement(
    name="IET cookie statement",
    since=date(2015, 10, 25),
    controller="iet",
    components=(
        Component(
            id="cookies-2015",
            title="Cookie statement",
            updated=date(2015, 10, 25),
            document="P2",
            lines=(91, 200),
            source=Source("P2", 200, "Updated 25 October 2015"),
        ),
    ),
    cookie_purposes=PURPOSES,
)

#: The cookie part; by itself it leaves dangling what the privacy part says.
part: Statement = joined(_whole.name, _whole, *own_cookies.SECTIONS, *service_cookies.SECTIONS, *other_cookies.SECTIONS)
