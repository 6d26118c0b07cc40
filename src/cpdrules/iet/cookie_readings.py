"""How the United Kingdom's laws on cookies treat each cookie of the IET, as research read them.

What a law says of purposes alone comes to the same, but for the webcasts and the library's services: what those store
depends on policies of others.
"""

from __future__ import annotations

from typing import TypeAlias

from cpdrules.findings import Source
from cpdrules.privacy.law import READ_ON, UK_2003, UK_2011, UK_2018, UK_2026
from cpdrules.privacy.regimes import Condition, Reading, Treatment

_REGIMES = tuple(regime.name for regime in (UK_2003, UK_2011, UK_2018, UK_2026))
_SOURCE = Source("reading of PECR, WP194 and Schedule A1 for the cookies of the IET", stated="inferred")


_Treatments: TypeAlias = tuple[Treatment, Treatment, Treatment, Treatment]


def _read(
    cookie: str,
    treatments: Treatment | _Treatments,
    ground: str,
    *,
    when: tuple[str, bool] | None = None,
    conditions: tuple[Condition, ...] = (),
) -> Reading:
    """Write a row: one treatment, or that of 2003, of 2011, of 2018 and of 2026."""
    several = treatments if isinstance(treatments, tuple) else (treatments,) * len(_REGIMES)
    return Reading(
        cookie=cookie,
        under=tuple(zip(_REGIMES, several, strict=True)),
        ground=ground,
        when=when,
        conditions=conditions,
        source=_SOURCE,
        read_on=READ_ON,
    )


_CONSENT: _Treatments = ("notice", "consent", "consent", "consent")
_CONSENT_UNTIL_2026: _Treatments = ("notice", "consent", "consent", "conditional")
_PLAYER = Condition("player_session_only", "the player keeps nothing beyond the session in which it plays")
_LIBRARY = Condition("needed_for_service", "the service's own policy says that the service needs the cookie")

READINGS = (
    _read("logon", "exempt", "authentication", when=("remember_me", False)),
    _read(
        "logon",
        _CONSENT,
        "persistent log-in is not exempt in WP194; the tick-box can be the consent",
        when=("remember_me", True),
    ),
    _read("anon-session", "exempt", "user-input session"),
    _read("basket-reuse", "exempt", "basket requested by user"),
    _read("forum-logon", "exempt", "authentication"),
    _read(
        "forum-last-visit",
        _CONSENT_UNTIL_2026,
        "permanent functionality cookie; Sch A1 appearance/functionality if sole purpose + objection route",
    ),
    _read("forum-latest-posts", _CONSENT_UNTIL_2026, "as forum-last-visit"),
    _read(
        "top-bar",
        _CONSENT_UNTIL_2026,
        "UI preference; WP194 exempts only session-length; Sch A1 appearance",
    ),
    _read("jobs-supplementary", "exempt", "authentication"),
    _read("mycommunity-supplementary", "exempt", "authentication"),
    _read("archives-session", "exempt", "user-input session"),
    _read("archives-language", _CONSENT_UNTIL_2026, "UI preference"),
    _read("career-manager-session", "exempt", "session of a requested service"),
    _read("magazine-access", "exempt", "access control"),
    _read("ln-event-booking", "exempt", "form input"),
    _read("digital-library-session", "exempt", "session of a requested service"),
    _read("oax-ads", _CONSENT, "advertising is in no exception"),
    _read(
        "google-analytics",
        _CONSENT_UNTIL_2026,
        "Sch A1 statistical only if the provider does not use the data for itself",
    ),
    _read("scout-analytics", "inactive", "discontinued; if set again: consent (profiles of visitors)"),
    _read("adestra-email", _CONSENT, "tracking of responses"),
    _read(
        "webcast",
        ("notice", "conditional", "conditional", "conditional"),
        "player session cookies exempt; otherwise consent",
        conditions=(_PLAYER,),
    ),
    _read("library-eis", "conditional", "third party policy", conditions=(_LIBRARY,)),
    _read(
        "social-embeds",
        _CONSENT,
        "since 2026 'instigating' storage is expressly covered",
    ),
    _read("addthis", _CONSENT, "social plug-in with analytics"),
    _read("survey-invitation", _CONSENT_UNTIL_2026, "functionality"),
)
