"""Lines 144 to 160 of the IET's cookie statement (P2): the essential cookies of single services.

Sections are small statements, as in ``iet.own_cookies``. Whose cookies those of the Archives, the Career Manager, the
bookings and the Digital Library are, the text does not say.
"""

from __future__ import annotations

from cpdrules.findings import Source
from cpdrules.policies import all_of
from cpdrules.privacy.cookies import LOST, Blocked, Cookie, Function, Provider, Severity
from cpdrules.privacy.practices import DataItem, Gap
from cpdrules.privacy.requirements import accepts, works
from cpdrules.privacy.statements import Statement

#: Whose cookies they are the text does not say, and the domain that it named has been lost.
_FROM_A_LOST_DOMAIN = Provider(domains=LOST)


def _p2(line: int, quote: str = "") -> Source:
    return Source("P2", line, quote)


archives: Statement = Statement(
    name="Archives catalogue",
    gaps=(
        Gap(id="g07", lost="names of the Archives cookies", source=_p2(142)),
        Gap(
            id="g08",
            lost="the domain that the Archives cookies come from",
            source=_p2(144, "uses cookies from to maintain"),
        ),
    ),
    cookies=(
        Cookie(
            id="archives-session",
            title="session and searches in the Archives catalogue",
            provider=_FROM_A_LOST_DOMAIN,
            group="essential",
            purposes=("session",),
            blocked=Blocked(
                severity=Severity.FAILS,
                modality="will",
                functions=("archives-search",),
                source=_p2(144, "the Archives search will fail"),
            ),
            opt_outs=("browser",),
            gap="g07",
            sources=(_p2(144, "maintain your session and searches"),),
        ),
        Cookie(
            id="archives-language",
            title="preferred language of searches in the Archives",
            provider=_FROM_A_LOST_DOMAIN,
            group="essential",
            purposes=("language-preference",),
            data=("language",),
            blocked=Blocked(functions=("archives-language",)),
            opt_outs=("browser",),
            gap="g07",
            sources=(_p2(146, "records your preferred language"),),
        ),
    ),
    functions=(
        Function(
            id="archives-search",
            title="searching the Archives catalogue",
            requires=accepts("archives-session"),
            missing=Severity.FAILS,
            modality="will",
            source=_p2(144, "the Archives search will fail"),
        ),
        Function(
            id="archives-language",
            title="searching the Archives in the preferred language",
            requires=all_of(works("archives-search"), accepts("archives-language")),
            source=_p2(146, "records your preferred language"),
        ),
    ),
    data_items=(
        DataItem(
            id="language",
            title="preferred language",
            fideslang="user.demographic.language",
            sources=(_p2(146, "your preferred language"),),
        ),
    ),
)

career_manager: Statement = Statement(
    name="Career Manager",
    gaps=(Gap(id="g09", lost="names of the Career Manager cookies", source=_p2(148)),),
    cookies=(
        Cookie(
            id="career-manager-session",
            title="session in the Career Manager",
            provider=Provider(
                note="a system licensed from InfoBasis Ltd as processor, according to its own statement (career-dp)",
                inferred=("note",),
            ),
            group="essential",
            purposes=("session",),
            blocked=Blocked(
                severity=Severity.DEGRADED,
                modality="may",
                functions=("career-manager",),
                source=_p2(151, "may not work fully if you block"),
            ),
            opt_outs=("browser",),
            further_information="under the “legal” link on the Career Manager site",
            gap="g09",
            sources=(_p2(151, "to store session information"),),
        ),
    ),
    functions=(
        Function(
            id="career-manager",
            title="using the Career Manager",
            requires=accepts("career-manager-session"),
            missing=Severity.DEGRADED,
            modality="may",
            source=_p2(151, "may not work fully if you block"),
        ),
    ),
)

magazine: Statement = Statement(
    name="E&T Magazine",
    gaps=(Gap(id="g10", lost="name of the cookie for access to E&T Magazine", source=_p2(153)),),
    cookies=(
        Cookie(
            id="magazine-access",
            title="access rights on the E&T Magazine site",
            provider=Provider(party="first", organisation="iet"),
            group="essential",
            purposes=("access-rights",),
            blocked=Blocked(functions=("magazine-access",)),
            opt_outs=("browser",),
            gap="g10",
            sources=(_p2(154, "Manages access rights"),),
        ),
    ),
    functions=(
        Function(
            id="magazine-access",
            title="reading what one has access to in E&T Magazine",
            requires=accepts("magazine-access"),
            source=_p2(154, "Manages access rights"),
        ),
    ),
)

bookings: Statement = Statement(
    name="Bookings at Local Networks",
    gaps=(
        Gap(id="g11", lost="names of the cookies for bookings at Local Networks", source=_p2(156)),
        Gap(
            id="g12",
            lost="the domain that the booking cookies come from",
            source=_p2(157, "The cookies come from"),
        ),
    ),
    cookies=(
        Cookie(
            id="ln-event-booking",
            title="booking a free place at a Local Network's event",
            provider=_FROM_A_LOST_DOMAIN,
            group="essential",
            purposes=("booking",),
            content="tracks what somebody enters while they book",
            identifies=True,
            inferred=("identifies",),
            data=("event-registration",),
            blocked=Blocked(
                severity=Severity.FAILS,
                modality="will",
                functions=("ln-free-booking",),
                source=_p2(157, "The booking will fail"),
            ),
            opt_outs=("browser",),
            gap="g11",
            sources=(_p2(157, "when you book a free place"),),
        ),
    ),
    functions=(
        Function(
            id="ln-free-booking",
            title="booking a free place at a Local Network's event",
            requires=accepts("ln-event-booking"),
            missing=Severity.FAILS,
            modality="will",
            source=_p2(157, "The booking will fail"),
        ),
    ),
)

digital_library: Statement = Statement(
    name="Digital Library",
    gaps=(Gap(id="g13", lost="name of the session cookie of the Digital Library", source=_p2(159)),),
    cookies=(
        Cookie(
            id="digital-library-session",
            title="session in the Digital Library",
            group="essential",
            purposes=("session",),
            blocked=Blocked(
                severity=Severity.UNRELIABLE,
                modality="may",
                functions=("digital-library",),
                source=_p2(160, "may not work reliably"),
            ),
            opt_outs=("browser",),
            gap="g13",
            sources=(_p2(160, "manages your session"),),
        ),
    ),
    functions=(
        Function(
            id="digital-library",
            title="using the Digital Library",
            requires=accepts("digital-library-session"),
            missing=Severity.UNRELIABLE,
            modality="may",
            source=_p2(160, "may not work reliably"),
        ),
    ),
)

#: In the order of the text.
SECTIONS = (archives, career_manager, magazine, bookings, digital_library)
