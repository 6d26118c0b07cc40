"""Lines 27 to 51 of the IET's privacy statement (P1): what it does with data, and whom alone it tells.

Sections are small statements, as in ``iet.personal_data``. The rules on disclosure stand in the order of the text; the
last one, which forbids whatever no other allows, has to stay the last.
"""

from __future__ import annotations

from typing import Literal

from cpdrules.findings import Source
from cpdrules.policies import any_of
from cpdrules.privacy.practices import (
    ANY,
    Commitment,
    DataItem,
    DisclosureRule,
    Duty,
    Explanation,
    Organisation,
    Preference,
    Purpose,
    RecipientTerm,
    Transfer,
)
from cpdrules.privacy.requirements import given
from cpdrules.privacy.statements import Statement


def _p1(line: int, quote: str, stated: Literal["stated", "unstated", "inferred"] = "stated") -> Source:
    return Source("P1", line, quote, stated)


# What the IET does with your data (lines 27 to 39) --------------------------------------------------------------------

within_the_iet: Statement = Statement(
    name="Within the IET",
    organisations=(
        Organisation(
            id="iet-officers",
            name="officers of the IET",
            role="staff, or volunteers who are members, responsible for requested services",
            source=_p1(31, "those officers of the IET"),
        ),
    ),
    explanations=(
        Explanation(
            id="who-delivers",
            says="Local Networks and advice on qualifications are mostly the work of volunteers who are members, "
            "publications and subscriptions that of staff in the main offices",
            source=_p1(31, "mostly delivered by volunteer members"),
        ),
    ),
    duties=(
        Duty(id="u01", of="institution", says="use secure servers", source=_p1(29, "using secure servers")),
        Duty(
            id="u02",
            of="institution",
            says="keep information confidential, and use it to support its relationship with the person",
            source=_p1(29, "kept confidential"),
        ),
    ),
    purposes=(
        Purpose(
            id="support-relationship",
            title="supporting the IET's relationship with the person",
            kind="administration",
            uses=("name", "other-contact"),
            sources=(_p1(29, "support the IET's relationship with you"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d04",
            to=("iet-officers",),
            purposes=("deliver-requested", "membership-services", "assess-application"),
            allows=True,
            when=given(
                "responsible_officer", "the officer is responsible for the service that was requested", presumed=True
            ),
            says="officers responsible for the requested services, as appropriate",
            source=_p1(31, "responsible for the services that you request"),
        ),
    ),
)

associated: Statement = Statement(
    name="Associated organisations, and abroad",
    purposes=(
        Purpose(
            id="promote-improve-membership",
            title="promoting, delivering and improving the experience of members",
            kind="marketing",
            uses=("name", "other-contact", "selections-record"),
            applies_to=("member",),
            note="for the sole use of the IET and its associated organisations; so for what else the statement says",
            sources=(_p1(33, "promoting, delivering and improving your experience"),),
        ),
        Purpose(
            id="overseas-opportunities",
            title="letting the person benefit from the IET's opportunities overseas",
            kind="service",
            uses=("name", "other-contact"),
            sources=(_p1(33, "the IET opportunities overseas"),),
        ),
        Purpose(
            id="overseas-obligations",
            title="meeting legal or other legitimate obligations in that country",
            kind="legal",
            uses=("name", "other-contact"),
            sources=(_p1(33, "legal or other legitimate obligations"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d02",
            to=("local-networks", "overseas-offices"),
            purposes=(
                "overseas-opportunities",
                "overseas-obligations",
                "membership-services",
                "promote-improve-membership",
            ),
            allows=True,
            when=any_of(
                given("member", "the person is a member"),
                given("services_requested", "the person asked for services of theirs"),
            ),
            says="the person is a member, or asked for the services; data may go abroad",
            source=_p1(33, "including your Local Network"),
        ),
    ),
    transfers=(
        Transfer(
            id="tr2",
            who="a member based outside the EEA, now or in the future",
            when=("member", "location_outside_eea"),
            to=("local-networks", "overseas-offices"),
            why="to benefit from opportunities overseas, or to meet obligations there",
            modality="may",
            source=_p1(33, "may be transferred outside the EEA"),
        ),
    ),
)

service_providers: Statement = Statement(
    name="Third parties that help",
    organisations=(
        Organisation(
            id="delivery-third-parties",
            name="reputable third parties helping to deliver services",
            role="service provider",
            source=_p1(35, "reputable third-parties"),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d07",
            to=("delivery-third-parties", "adestra", "streamuk", "google"),
            purposes=("deliver-requested", "send-information", "web-statistics"),
            allows=True,
            when=given(
                "recipient_bound",
                "the recipient is bound to confidentiality and to UK data protection and consumer law",
                presumed=True,
            ),
            says="the recipient is bound to confidentiality, and to UK data protection and consumer law",
            source=_p1(35, "help us deliver our service"),
        ),
    ),
    recipient_terms=(
        RecipientTerm(
            id="r01",
            applies_to=("delivery-third-parties",),
            says="treat personal information as confidential",
            source=_p1(37, "personal information as confidential"),
        ),
        RecipientTerm(
            id="r02",
            applies_to=("delivery-third-parties",),
            says="comply with UK data protection and consumer legislation as it stands at the time",
            source=_p1(37, "in place at any given time"),
        ),
    ),
    duties=(
        Duty(
            id="u03",
            of="institution",
            says="bind third parties to confidentiality and to the law",
            source=_p1(37, "requires all such third-parties"),
        ),
    ),
)

marketing: Statement = Statement(
    name="Analysis and marketing",
    data_items=(
        DataItem(
            id="mailing-preferences",
            title="mailing preferences",
            fideslang="user.privacy_preferences",
            sources=(
                _p1(39, "any preference that you may indicate"),
                _p1(57, "the preferences that you have indicated"),
                _p1(67, "contact details and mailing preferences"),
                _p1(68, "to change your mailing preferences"),
            ),
        ),
    ),
    purposes=(
        Purpose(
            id="market-analysis",
            title="market analysis and internal reports",
            kind="analysis",
            uses=("selections-record",),
            sources=(_p1(39, "market analysis"),),
        ),
        Purpose(
            id="marketing",
            title="marketing products and services generally",
            kind="marketing",
            uses=("name", "other-contact", "email"),
            sources=(_p1(39, "marketing its products and services generally"),),
        ),
        Purpose(
            id="send-information",
            title="sending information about activities, services and publications",
            kind="marketing",
            uses=("email", "postal-address"),
            subject_to="p02",
            sources=(_p1(39, "for sending information to you"), _p1(57, "sends emails to its existing members")),
        ),
    ),
    preferences=(
        Preference(
            id="p01",
            what="mailing preferences",
            set_by=("when submitting details", "My IET", "enquiry form"),
            sources=(
                _p1(39, "when submitting your details"),
                _p1(57, "the preferences that you have indicated"),
                _p1(67, "contact details and mailing preferences"),
                _p1(68, "to change your mailing preferences"),
            ),
        ),
        Preference(
            id="p02",
            what="no information by post or email",
            set_by=("when submitting details", "My IET", "enquiry form"),
            effect="information must no longer be sent",
            fact="marketing_opt_out",
            stops=("send-information",),
            sources=(_p1(39, "subject to any preference"),),
        ),
    ),
)

# Answers, payments, partners, other companies (lines 41 to 51) --------------------------------------------------------

questions: Statement = Statement(
    name="Optional questions",
    data_items=(
        DataItem(
            id="optional-answers",
            title="answers to questions on the site, its services or marketing",
            optional=True,
            fideslang="user.content.private",
            sources=(_p1(41, "Answering any questions will be optional"),),
        ),
    ),
    purposes=(
        Purpose(
            id="improve-by-questions",
            title="improving the site, services or marketing by asking visitors",
            kind="analysis",
            uses=("optional-answers",),
            optional=True,
            sources=(_p1(41, "to improve the site"),),
        ),
    ),
    preferences=(
        Preference(
            id="p04",
            what="optional questions",
            effect="may be left unanswered",
            sources=(_p1(41, "Answering any questions will be optional"),),
        ),
    ),
    commitments=(
        Commitment(
            id="c09",
            promises="always",
            says="answering questions stays optional",
            source=_p1(41, "will be optional"),
        ),
    ),
)

payments: Statement = Statement(
    name="Payments",
    organisations=(
        Organisation(
            id="netbanx", name="NetBanx", role="payment partner", source=_p1(43, "either NetBanx or RBS WorldPay")
        ),
        Organisation(
            id="worldpay", name="RBS WorldPay", role="payment partner", source=_p1(43, "either NetBanx or RBS WorldPay")
        ),
    ),
    data_items=(
        DataItem(
            id="payment-details",
            title="details of a payment",
            collected_by="payment partner",
            identifies=True,
            fideslang="user.payment",
            sources=(_p1(43, "pay online for other services", "inferred"),),
        ),
    ),
    purposes=(
        Purpose(
            id="take-payment",
            title="online payment",
            kind="service",
            uses=("payment-details",),
            by=("netbanx", "worldpay"),
            sources=(_p1(43, "you are using a partner company"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d08",
            to=("netbanx", "worldpay"),
            purposes=("take-payment",),
            allows=True,
            when=given("told", "the person was told beforehand"),
            says="the person buys or pays online, and is told so on the payment page",
            source=_p1(43, "makes it clear on the payment pages"),
        ),
    ),
    duties=(
        Duty(
            id="u04",
            of="institution",
            says="make clear on payment pages that the person is taken to the partner's site",
            source=_p1(43, "makes it clear on the payment pages"),
        ),
    ),
)

partner_events: Statement = Statement(
    name="Events with partners",
    organisations=(
        Organisation(
            id="event-partners",
            name="event partner organisations",
            role="independent recipient",
            source=_p1(45, "in co-operation with other organisations"),
        ),
    ),
    data_items=(
        DataItem(
            id="event-registration",
            title="registration for an event",
            fideslang="user",
            sources=(
                _p1(45, "your registration is being submitted"),
                Source("P2", 157, "when you book a free place"),
            ),
        ),
    ),
    purposes=(
        Purpose(
            id="partner-event",
            title="registration at events organised with others",
            kind="service",
            uses=("event-registration",),
            sources=(_p1(45, "in co-operation with other organisations"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d09",
            to=("event-partners",),
            purposes=("partner-event",),
            allows=True,
            when=given("told", "the person was told beforehand"),
            says="the person is told to which partner the registration goes",
            source=_p1(45, "it will be made clear to you"),
        ),
    ),
    duties=(
        Duty(
            id="u05",
            of="institution",
            says="make clear which partner receives an event registration",
            source=_p1(45, "it will be made clear to you"),
        ),
    ),
)

preferential_access: Statement = Statement(
    name="Preferential access to third-party services",
    organisations=(
        Organisation(
            id="preferential-services",
            name="third-party services with preferential (often members-only) access",
            role="independent recipient",
            source=_p1(47, "preferential access to some third-party services"),
        ),
    ),
    purposes=(
        Purpose(
            id="preferential-service",
            title="giving access to a third-party service",
            kind="service",
            uses=("name", "membership-status"),
            note="which data are shared is not listed",
            sources=(_p1(47, "need to share your data"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d10",
            to=("preferential-services",),
            purposes=("preferential-service",),
            allows=True,
            when=given("told", "the person was told beforehand"),
            says="the person is told on registering, before the service is received; often for members only",
            source=_p1(47, "You will be told, when you register"),
        ),
    ),
    duties=(
        Duty(
            id="u06",
            of="institution",
            says="tell the person before sharing data with a third-party service",
            source=_p1(47, "You will be told"),
        ),
    ),
)

other_companies: Statement = Statement(
    name="Other companies",
    organisations=(
        Organisation(
            id="other-companies",
            name="other companies the person chose to hear from",
            role="independent controller",
            source=_p1(49, "information from other companies"),
        ),
    ),
    recipient_terms=(
        RecipientTerm(
            id="r03",
            applies_to=("other-companies",),
            says="their own privacy policy decides on the uses, and the IET's no longer applies; ask them to stop",
            hands_over=True,
            source=_p1(49, "will no longer apply"),
        ),
    ),
    preferences=(
        Preference(
            id="p03",
            what="no further information from other companies",
            set_by=("contact that company",),
            sources=(_p1(49, "contact the relevant company directly"),),
        ),
    ),
)

otherwise: Statement = Statement(
    name="Nobody else",
    organisations=(
        Organisation(
            id="authorities",
            name="law enforcement / regulators / courts",
            role="legal recipient",
            source=_p1(51, "law enforcement, regulation or legal proceedings"),
        ),
    ),
    purposes=(
        Purpose(
            id="law-enforcement",
            title="law enforcement, regulation or legal proceedings",
            kind="legal",
            sources=(_p1(51, "law enforcement, regulation or legal proceedings"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d11",
            to=("authorities",),
            purposes=("law-enforcement",),
            allows=True,
            says="for law enforcement, regulation or legal proceedings",
            source=_p1(51, "law enforcement, regulation or legal proceedings"),
        ),
        DisclosureRule(
            id="d12",
            to=ANY,
            purposes=ANY,
            allows=True,
            when=given("explicit_permission", "the person gave explicit permission", presumed=False),
            says="the person gave explicit permission",
            source=_p1(51, "with your explicit permission"),
        ),
        DisclosureRule(
            id="d99",
            to=ANY,
            purposes=ANY,
            allows=False,
            says="otherwise; neither given nor sold",
            source=_p1(51, "will not give or sell"),
        ),
    ),
    commitments=(
        Commitment(
            id="c03",
            promises="never",
            says="give or sell personal information to third parties, but for the rules d01 to d12",
            source=_p1(51, "will not give or sell"),
        ),
    ),
)

#: In the order of the text.
SECTIONS = (
    within_the_iet,
    associated,
    service_providers,
    marketing,
    questions,
    payments,
    partner_events,
    preferential_access,
    other_companies,
    otherwise,
)
