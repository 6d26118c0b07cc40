"""Laws on data that goes abroad and on what a notice must say, and what is held of the age of consent.

Read on 21 November 2026 from public sources, to be confirmed by whoever relies on them and replaced where they are
wrong. The law on marketing by e-mail stands in ``disclosure.marketing``, that on requests for one's own data in
``access.law``.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from cpdrules.findings import Source
from cpdrules.periods import Length, months
from cpdrules.privacy.law.cookie_law import READ_ON
from cpdrules.privacy.law.regimes import law_of


@frozen(kw_only=True)
class TransferRegime:
    """What the law of some years says of personal data that goes abroad."""

    name: str
    jurisdiction: str = "UK"
    since: date
    #: The last day; None while it is in force.
    until: date | None = None
    #: Beyond what it is abroad.
    border: str
    #: What must then be so.
    test: str
    note: str = ""
    source: Source
    read_on: date = READ_ON


TRANSFER_LAW = (
    TransferRegime(
        name="dpa1998-p8",
        since=date(2000, 3, 1),
        until=date(2018, 5, 24),
        border="EEA",
        test="adequate level of protection (principle 8)",
        source=Source("Data Protection Act 1998, Sch. 1, principle 8"),
    ),
    TransferRegime(
        name="gdpr-eea",
        since=date(2018, 5, 25),
        until=date(2020, 12, 31),
        border="EEA",
        test="adequacy, appropriate safeguards or derogation (arts 44-49)",
        source=Source("GDPR, arts 44-49"),
    ),
    TransferRegime(
        name="ukgdpr",
        since=date(2021, 1, 1),
        until=date(2026, 2, 4),
        border="UK",
        test="UK adequacy regulations, safeguards (IDTA/Addendum), derogations",
        note="EEA treated as adequate by the UK",
        source=Source("UK GDPR, arts 44-49"),
    ),
    TransferRegime(
        name="ukgdpr-duaa",
        since=date(2026, 2, 5),
        border="UK",
        test="data protection test: not materially lower (arts 45A-45C)",
        note="EU->UK flows: adequacy renewed 2025-12-19 to 2031-12-27",
        source=Source("UK GDPR, arts 45A-45C, inserted by the Data (Use and Access) Act 2025"),
    ),
)


@frozen(kw_only=True)
class NoticeItem:
    """Something that a law wants a statement to say."""

    #: By which reports speak of it; unique within its law.
    name: str
    #: Which law asks for it, as its own tables call it.
    law: str
    says: str
    jurisdiction: str = "UK"
    since: date
    #: The last day; None while it is in force.
    until: date | None = None
    source: Source
    read_on: date = READ_ON


def _article_13(name: str, says: str, paragraph: str) -> NoticeItem:
    source = Source(f"(UK) GDPR, art 13({paragraph}")
    return NoticeItem(name=name, law="gdpr_art13", says=says, since=date(2018, 5, 25), source=source)


_COMPLAINTS = NoticeItem(
    name="complaints_procedure",
    law="uk_duaa_2026",
    says="how to complain, by electronic means among others; receipt is acknowledged within 30 days",
    since=date(2026, 6, 19),
    source=Source("Data Protection Act 2018, s.164A"),
)


def _objecting(name: str, what: str, paragraph: int) -> NoticeItem:
    return NoticeItem(
        name=name,
        law="pecr_2026",
        says=f"a simple and free means of objecting to cookies for {what}",
        since=date(2026, 2, 5),
        source=Source(f"SI 2003/2426, Schedule A1, para {paragraph}"),
    )


#: What a notice must say, each with the day from which it must.
NOTICE_LAW = (
    _article_13("controller_identity", "who the controller is", "1)(a)"),
    _article_13("controller_contact", "how to reach the controller", "1)(a)"),
    _article_13("dpo_contact", "how to reach the data protection officer, where there is one", "1)(b)"),
    _article_13("purposes", "what the data is used for", "1)(c)"),
    _article_13("lawful_basis", "the legal basis of each use", "1)(c)"),
    _article_13("legitimate_interests", "the legitimate interests, where they are the basis", "1)(d)"),
    _article_13("recipients", "who receives the data", "1)(e)"),
    _article_13("transfers", "whether it goes abroad, and what protects it there", "1)(f)"),
    _article_13("retention", "how long it is kept", "2)(a)"),
    _article_13("rights", "access, rectification, erasure, restriction, objection, portability", "2)(b)"),
    _article_13("withdraw_consent", "that consent can be withdrawn at any time", "2)(c)"),
    _article_13("complaint_to_authority", "that one can complain to a supervisory authority", "2)(d)"),
    _article_13("statutory_or_contractual_requirement", "whether the data must be given, and what if not", "2)(e)"),
    _article_13("automated_decisions", "whether there are automated decisions, and by which logic", "2)(f)"),
    _COMPLAINTS,
    _objecting("objection_route_for_statistics", "statistics", 5),
    _objecting("objection_route_for_appearance", "appearance", 6),
)


def wanted_on(day: date, law: tuple[NoticeItem, ...] = NOTICE_LAW, *, jurisdiction: str) -> tuple[NoticeItem, ...]:
    """Give what a notice of a jurisdiction had to say on a day; nothing where none of its laws was in force.

    >>> len(wanted_on(date(2015, 11, 18), jurisdiction="UK")), len(wanted_on(date(2018, 5, 25), jurisdiction="UK"))
    (0, 14)

    Raises:
        PeriodError: the day is no plain day.
        UnknownRefError: there is no law of the jurisdiction among those given.
    """
    of = law_of(law, day, jurisdiction=jurisdiction)
    return tuple(one for one in of if one.since <= day and (one.until is None or day <= one.until))


@frozen
class ConsentAge:
    """How long an authority holds consent to cookies, or a refusal of it, to last; no statute fixes it."""

    authority: str
    length: Length
    #: How long somebody who refused is left alone; None where it says nothing.
    after_refusal: Length | None
    source: Source


#: To be chosen from, and named: no answer of this library uses one of them by itself.
CONSENT_AGES = (
    ConsentAge("CNIL", months(6), None, Source("CNIL, recommendation on cookies: about 6 months")),
    ConsentAge("Irish DPC", months(6), None, Source("Irish DPC, guidance on cookies: about 6 months")),
    ConsentAge("Czech UOOU", months(12), months(6), Source("Czech authority: 12 months, 6 after a refusal")),
)
