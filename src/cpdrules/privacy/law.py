"""Laws on cookies as they were read on 21 November 2026: the United Kingdom's by date, the EU's and California's.

Dated readings of public sources, to be confirmed by whoever relies on them and replaced where they are wrong: every
function that uses ``COOKIE_LAW`` takes another table in its place.
"""

from __future__ import annotations

from datetime import date

from cpdrules.editions import Dated
from cpdrules.findings import Source
from cpdrules.privacy.regimes import Condition, CookieRegime, Ground, PurposeKind

#: The day on which all of these were read.
READ_ON = date(2026, 11, 21)

_PECR = "SI 2003/2426"
_DUAA = "Data (Use and Access) Act 2025"
_SCHEDULE = f"{_PECR}, Schedule A1, {{}}, inserted by the {_DUAA}, s.112 and Sch. 12"

_NOT_REFUSED = (
    Condition("refused", "the visitor refused", holds=False, presumed=False),
    Condition("objected", "the visitor objected", holds=False, presumed=False),
)
_NOTICE = Condition("notice_given", "clear and comprehensive information was given", needs="notice")
_OBJECTION = Condition("objection_route", "there is a simple and free means of objecting", needs="objection-route")
_SOLE = Condition("sole_purpose", "the cookie has no purpose beyond this", presumed=True)


def _consent(source: Source) -> Ground:
    asked = Condition("consent", "valid consent is recorded", needs="consent")
    informed = "clear and comprehensive information was given with the request"
    return Ground(
        name="consent",
        kind="consent",
        conditions=(asked, Condition("notice_given", informed, presumed=True, needs="notice")),
        source=source,
    )


def _by_fact(name: str, fact: str, says: str, source: Source) -> Ground:
    """An exception that no purpose of a statement calls for, but what happens."""
    return Ground(name=name, kind="exception", conditions=(Condition(fact, says, presumed=False),), source=source)


def _transmission(source: Source) -> Ground:
    return _by_fact("transmission", "transmission_only", "it does nothing but carry a communication", source)


_LOG_ON = "dpv:IdentityAuthentication"


def _strictly_necessary(source: Source) -> tuple[Ground, Ground]:
    """WP194, 3.2 leaves out log-ons that stay when the session is over; of other purposes it lets the need decide."""
    needed = Ground(
        name="strictly-necessary",
        kind="exception",
        purposes=(PurposeKind(icc=("strictly-necessary",), unless=(_LOG_ON,)),),
        source=source,
    )
    stays = Condition("outlives_session", "the log-on outlives the session", holds=False, presumed=False)
    log_on = PurposeKind(icc=("strictly-necessary",), dpv=(_LOG_ON,))
    return needed, Ground(
        name="strictly-necessary", kind="exception", purposes=(log_on,), conditions=(stays,), source=source
    )


_REG_6_4 = Source(f"{_PECR}, reg 6(4)")
_BEFORE_2026 = (_transmission(_REG_6_4), *_strictly_necessary(_REG_6_4))

UK_2003 = CookieRegime(
    name="uk-pecr-2003",
    jurisdiction="UK",
    since=date(2003, 12, 11),
    until=date(2011, 5, 25),
    rule="clear information + opportunity to refuse",
    consent="opt-out",
    exceptions=_BEFORE_2026,
    otherwise=(
        Ground(
            name="opportunity to refuse",
            kind="opt-out",
            conditions=(
                _NOTICE,
                Condition("opportunity_to_refuse", "there is an opportunity to refuse", needs="opportunity-to-refuse"),
                *_NOT_REFUSED,
            ),
            source=Source(f"{_PECR}, reg 6(2), as made"),
        ),
        _consent(Source(f"{_PECR}, reg 6(2), as made")),
    ),
    source=Source("SI 2003/2426 reg 6 as made"),
    read_on=READ_ON,
)

UK_2011 = CookieRegime(
    name="uk-pecr-2011",
    jurisdiction="UK",
    since=date(2011, 5, 26),
    until=date(2018, 5, 24),
    rule="clear information + consent",
    consent="implied accepted",
    exceptions=_BEFORE_2026,
    otherwise=(
        _consent(Source("SI 2011/1208, reg 6")),
        Ground(
            name="implied consent",
            kind="consent",
            # Whoever relies on consent must be able to show it: going on that nobody recorded is no consent either.
            conditions=(
                _NOTICE,
                Condition("continued_use", "the visitor went on using the site", presumed=False),
                *_NOT_REFUSED,
            ),
            source=Source("ICO guidance of May 2012 on implied consent"),
        ),
    ),
    remarks=(
        Dated(
            "lead-in",
            "the ICO held back enforcement until 26 May 2012",
            date(2011, 5, 26),
            date(2012, 5, 25),
            Source("ICO, May 2011"),
        ),
    ),
    source=Source("SI 2011/1208 reg 6"),
    read_on=READ_ON,
)

UK_2018 = CookieRegime(
    name="uk-pecr-gdpr",
    jurisdiction="UK",
    since=date(2018, 5, 25),
    until=date(2026, 2, 4),
    rule="clear information + consent of GDPR standard",
    consent="affirmative opt-in",
    exceptions=_BEFORE_2026,
    otherwise=(_consent(Source(f"{_PECR}, reg 6(2), read with (UK) GDPR art 4(11)")),),
    source=Source("PECR reg 6 read with (UK) GDPR art 4(11)"),
    read_on=READ_ON,
)

UK_2026 = CookieRegime(
    name="uk-pecr-duaa",
    jurisdiction="UK",
    since=date(2026, 2, 5),
    rule="prohibition with Schedule A1 exceptions",
    consent="affirmative opt-in",
    exceptions=(
        _transmission(Source(_SCHEDULE.format("para 3"))),
        *_strictly_necessary(Source(_SCHEDULE.format("para 4"))),
        Ground(
            name="statistical",
            kind="exception",
            purposes=(PurposeKind(icc=("performance",), unless=("Marketing",)),),
            conditions=(
                _SOLE,
                Condition("improvement_only", "the statistics serve to improve the service alone", presumed=True),
                Condition("provider_own_use", "the provider uses the data for itself", holds=False),
                _NOTICE,
                _OBJECTION,
                *_NOT_REFUSED,
            ),
            source=Source(_SCHEDULE.format("para 5")),
        ),
        Ground(
            name="appearance",
            kind="exception",
            purposes=(PurposeKind(icc=("functionality",), unless=("Marketing",)),),
            conditions=(_SOLE, _NOTICE, _OBJECTION, *_NOT_REFUSED),
            source=Source(_SCHEDULE.format("para 6")),
        ),
        _by_fact(
            "emergency",
            "emergency",
            "it locates somebody who asked for emergency assistance",
            Source(_SCHEDULE.format("para 7")),
        ),
    ),
    otherwise=(_consent(Source(_SCHEDULE.format("para 2"))),),
    remarks=(
        Dated(
            "ICO guidance",
            "the ICO's final guidance says what a simple means of objecting is",
            date(2026, 4, 29),
            None,
            Source("ICO guidance on storage and access technologies, 29 April 2026"),
        ),
    ),
    source=Source("DUAA 2025 s.112 + Sch 12 (PECR Sch A1), SI 2026/82"),
    read_on=READ_ON,
)

_ARTICLE_5_3 = Source("Directive 2002/58/EC, art 5(3); WP194")

EU = CookieRegime(
    name="eu-eprivacy",
    jurisdiction="EU",
    since=date(2011, 5, 26),
    rule="art 5(3) ePrivacy Directive as transposed nationally",
    consent="affirmative opt-in",
    exceptions=(_transmission(_ARTICLE_5_3), *_strictly_necessary(_ARTICLE_5_3)),
    otherwise=(_consent(_ARTICLE_5_3),),
    remarks=(
        Dated(
            "national variations",
            "the states transposed it at different times and in different words, which this reading does not follow",
            date(2011, 5, 26),
        ),
    ),
    source=Source("Directive 2002/58/EC as amended 2009/136/EC; WP194; national variations"),
    read_on=READ_ON,
)

_SHARED = (PurposeKind(icc=("targeting",)), PurposeKind(ocd=("Marketing",)))
_CALIFORNIA = Source("CCPA/CPRA regulations")

CALIFORNIA = CookieRegime(
    name="us-ca",
    jurisdiction="US-CA",
    since=date(2020, 1, 1),
    rule="opt-out of sale/sharing; GPC must be honoured",
    consent="opt-out",
    otherwise=(
        Ground(
            name="no sale or sharing",
            kind="opt-out",
            purposes=(PurposeKind(icc=("strictly-necessary", "performance", "functionality"), unless=("Marketing",)),),
            source=_CALIFORNIA,
        ),
        Ground(
            name="not opted out",
            kind="opt-out",
            purposes=_SHARED,
            conditions=(
                Condition("opted_out", "the visitor opted out of sale and sharing", holds=False, presumed=False),
                *_NOT_REFUSED,
            ),
            source=_CALIFORNIA,
        ),
        Ground(
            name="consent",
            kind="consent",
            conditions=(Condition("consent", "valid consent is recorded", needs="consent"),),
            source=_CALIFORNIA,
        ),
    ),
    gpc=_SHARED,
    source=Source("CCPA/CPRA regulations"),
    read_on=READ_ON,
)

#: The laws on cookies that ship, by jurisdiction and date.
COOKIE_LAW = (UK_2003, UK_2011, UK_2018, UK_2026, EU, CALIFORNIA)
