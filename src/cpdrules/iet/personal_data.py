"""Lines 3 to 25 of the IET's privacy statement (P1): who it is, which data it asks for, and why it needs them.

Sections are small statements, one for each heading; ``iet.privacy.part`` joins them.
"""

from __future__ import annotations

from typing import Literal

from cpdrules.findings import Source
from cpdrules.policies import all_of
from cpdrules.privacy.cookies import Function, Severity
from cpdrules.privacy.practices import (
    Commitment,
    DataItem,
    DisclosureRule,
    Duty,
    Explanation,
    Organisation,
    Purpose,
    Transfer,
)
from cpdrules.privacy.requirements import given, works
from cpdrules.privacy.statements import Statement


def _p1(line: int, quote: str, stated: Literal["stated", "unstated", "inferred"] = "stated") -> Source:
    return Source("P1", line, quote, stated)


# The IET and what it does (lines 3 to 15) -----------------------------------------------------------------------------

what_the_iet_is: Statement = Statement(
    name="The IET and what it does",
    organisations=(
        Organisation(
            id="iet",
            name="Institution of Engineering and Technology",
            role="controller",
            numbers=("charity 211014 (England & Wales)", "charity SC038698 (Scotland)"),
            brands=("Inspec", "Savoy Place", "Austin Court", "Teacher Building"),
            source=_p1(9, "registered as a charity"),
        ),
        Organisation(
            id="iet-services",
            name="IET Services Limited",
            role="wholly owned trading subsidiary",
            numbers=("company 909719 (England & Wales)",),
            source=_p1(15, "(no 909719)"),
        ),
        Organisation(
            id="iet-standards",
            name="IET Standards Limited",
            role="wholly owned trading subsidiary",
            numbers=("company 7475762 (England & Wales)",),
            source=_p1(13, "(no 7475762)"),
        ),
        Organisation(
            id="iet-connect",
            name="IET Connect",
            role="separate charity (benevolent fund), for members in need of special assistance",
            source=_p1(9, "which is a separate charity"),
        ),
        Organisation(
            id="local-networks",
            name="IET Local Networks",
            role="associated organisation; mostly volunteer members",
            source=_p1(11, "share personal data with IET Local Networks"),
        ),
        Organisation(
            id="overseas-offices",
            name="IET offices outside the EEA / IET Global Office",
            role="associated office",
            source=_p1(33, "Local Network or IET Global Office"),
        ),
    ),
    explanations=(
        Explanation(
            id="what-the-iet-is",
            says="a membership body that is not run for profit",
            source=_p1(5, "not-for-profit organisation"),
        ),
        Explanation(
            id="what-it-is-for",
            says="it is to advance engineering, technology and science",
            source=_p1(7, "promoting the advancement of engineering"),
        ),
        Explanation(
            id="whom-it-serves",
            says="it serves members and others; the policy says what it collects about them, and how that may be used",
            source=_p1(7, "both members and non-members"),
        ),
    ),
    duties=(
        Duty(
            id="u09",
            of="institution",
            says="protect the privacy of members, other contacts and stakeholders",
            source=_p1(7, "careful to protect the privacy"),
        ),
    ),
    purposes=(
        Purpose(
            id="introduce-goods",
            title="introducing and delivering goods and services through the entities of the group",
            kind="marketing",
            uses=("name", "other-contact"),
            sources=(_p1(11, "introducing and delivering goods and services"),),
        ),
        Purpose(
            id="global-activities",
            title="offering the IET's global activities",
            kind="service",
            note="which data are shared for them is not listed",
            sources=(_p1(11, "the IET's global activities"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d01",
            to=("iet-services", "iet-standards", "iet-connect"),
            purposes=("introduce-goods",),
            allows=True,
            says="as appropriate",
            source=_p1(11, "any of these legal entities"),
        ),
        DisclosureRule(
            id="d03",
            to=("local-networks", "overseas-offices"),
            purposes=("global-activities",),
            allows=True,
            says="it may be necessary",
            source=_p1(11, "it may be necessary to share"),
        ),
    ),
    transfers=(
        Transfer(
            id="tr1",
            who="anyone",
            to=("local-networks", "overseas-offices"),
            why="the IET's global activities",
            modality="may",
            source=_p1(11, "offices outside the EEA"),
        ),
    ),
)

# The data that the IET requests and why it needs them (lines 17 to 25) ------------------------------------------------

services: Statement = Statement(
    name="Services asked for",
    purposes=(
        Purpose(
            id="deliver-requested",
            title="processing requirements and delivering requested services",
            kind="service",
            uses=("name", "other-contact"),
            sources=(_p1(19, "deliver the services that you have requested"),),
        ),
        Purpose(
            id="enhance-services",
            title="enhancing the services that are offered, and improving the experience on the site",
            kind="analysis",
            uses=("selections-record", "page-requests"),
            sources=(_p1(19, "to enhance the services"), _p1(59, "helps to improve the site")),
        ),
    ),
)

orders_and_membership: Statement = Statement(
    name="Orders, events, membership and registration",
    organisations=(
        Organisation(
            id="engc",
            name="Engineering Council",
            role="registration body; publishes a list each month on its website and in the UK press",
            source=_p1(21, "share some of your information"),
        ),
        Organisation(
            id="public",
            name="the public",
            role="whoever reads what is published",
            source=_p1(21, "publishes a list of new qualified engineers"),
        ),
    ),
    data_items=(
        DataItem(
            id="name",
            title="name",
            identifies=True,
            fideslang="user.name",
            sources=(
                _p1(21, "name, address and other contact information"),
                _p1(25, "your name and email address"),
                _p1(73, "your name, address and telephone number"),
            ),
        ),
        DataItem(
            id="postal-address",
            title="postal address",
            identifies=True,
            fideslang="user.contact.address",
            sources=(
                _p1(21, "name, address and other contact information"),
                _p1(73, "your name, address and telephone number"),
            ),
        ),
        DataItem(
            id="telephone",
            title="telephone number",
            identifies=True,
            fideslang="user.contact.phone_number",
            sources=(_p1(21, "such as telephone number"), _p1(73, "your name, address and telephone number")),
        ),
        DataItem(
            id="other-contact",
            title="other contact information",
            identifies=True,
            fideslang="user.contact",
            sources=(_p1(21, "other contact information"),),
        ),
        DataItem(
            id="educational-history",
            title="educational history",
            fideslang="user",
            note="fideslang has no key for education",
            sources=(_p1(21, "educational and employment history"),),
        ),
        DataItem(
            id="employment-history",
            title="employment history",
            fideslang="user.workplace",
            sources=(_p1(21, "educational and employment history"),),
        ),
        DataItem(
            id="supporter-name",
            title="name of a supporter",
            subject="third person (qualified supporter)",
            identifies=True,
            fideslang="user.name",
            sources=(_p1(21, "the name of a qualified supporter"),),
        ),
        DataItem(
            id="membership-status",
            title="whether somebody is, or is becoming, a member",
            fideslang="user",
            sources=(_p1(21, "applying to become"), _p1(33, "If you are a member")),
        ),
        DataItem(
            id="registration-category",
            title="category of professional registration",
            fideslang="user.job_title",
            note="Chartered Engineer, Incorporated Engineer or Engineering Technician",
            sources=(_p1(21, "Incorporated Engineer or Engineering Technician"),),
        ),
    ),
    purposes=(
        Purpose(
            id="send-products",
            title="sending ordered products",
            kind="service",
            required=("name", "postal-address", "other-contact"),
            modality="normally",
            note="other contact information such as a telephone number",
            sources=(_p1(21, "send any products that you have ordered"),),
        ),
        Purpose(
            id="register-for-event",
            title="event registration",
            kind="service",
            required=("name", "postal-address", "other-contact"),
            modality="normally",
            note="other contact information such as a telephone number",
            sources=(_p1(21, "for event registration purposes"),),
        ),
        Purpose(
            id="membership-services",
            title="providing the services for members, and for those who apply",
            kind="service",
            uses=("name", "other-contact", "membership-status"),
            sources=(_p1(21, "provide the members' services"),),
        ),
        Purpose(
            id="assess-application",
            title="assessing an application for MIET, or for support towards Engineering Council qualifications",
            kind="service",
            may_require=("educational-history", "employment-history", "supporter-name"),
            applies_to=("miet_applicant", "qualification_candidate"),
            sources=(_p1(21, "further information may be required"),),
        ),
        Purpose(
            id="register-qualification",
            title="registering CEng, IEng or EngTech with the Engineering Council",
            kind="service",
            uses=("name", "registration-category"),
            note="“some of your information”: which, is not listed",
            sources=(_p1(21, "in order to register"),),
        ),
        Purpose(
            id="publish-new-registrants",
            title="a public list of new qualified engineers, each month",
            kind="publication",
            uses=("name", "registration-category"),
            by=("engc",),
            note="which information, is not listed",
            sources=(_p1(21, "publishes a list of new qualified engineers"),),
        ),
    ),
    disclosure=(
        DisclosureRule(
            id="d05",
            to=("engc",),
            purposes=("register-qualification",),
            allows=True,
            when=given("registrant", "the person seeks to be registered as CEng, IEng or EngTech"),
            says="the person seeks CEng, IEng or EngTech",
            source=_p1(21, "in order to register"),
        ),
        DisclosureRule(
            id="d06",
            to=("public",),
            purposes=("publish-new-registrants",),
            allows=True,
            when=given("new_registrant", "the person is newly registered"),
            says="the person is newly registered; the Engineering Council does it",
            source=_p1(21, "publishes a list of new qualified engineers"),
        ),
    ),
)

records: Statement = Statement(
    name="What is recorded",
    data_items=(
        DataItem(
            id="selections-record",
            title="services, publications and other products selected",
            fideslang="user.behavior.purchase_history",
            sources=(_p1(23, "other products that you have selected"),),
        ),
        DataItem(
            id="contribution-record",
            title="contributions to the work of the IET, such as serving on a committee",
            fideslang="user",
            sources=(_p1(23, "for example by serving on a committee"),),
        ),
        DataItem(
            id="committee-membership",
            title="being on a committee",
            fideslang="user",
            note="the contribution record, as decisions on access speak of it",
            sources=(_p1(23, "to assist that committee"),),
        ),
    ),
    purposes=(
        Purpose(
            id="record-selections",
            title="recording services, publications and products selected",
            kind="administration",
            uses=("selections-record",),
            sources=(_p1(23, "records the services"),),
        ),
        Purpose(
            id="record-contribution",
            title="recording work on committees, and giving access to special services for it",
            kind="administration",
            uses=("contribution-record",),
            sources=(_p1(23, "this will be recorded"),),
        ),
    ),
    commitments=(
        Commitment(
            id="c01",
            promises="never",
            says="attempt to collect personal information by methods that are indirect or not obvious",
            source=_p1(23, "indirect or not made obvious"),
        ),
        Commitment(
            id="c02",
            promises="never",
            says="attempt to combine information with data from sources outside the IET",
            source=_p1(23, "does not attempt to combine"),
        ),
    ),
)

website_account: Statement = Statement(
    name="The website account",
    data_items=(
        DataItem(
            id="email",
            title="email address",
            identifies=True,
            fideslang="user.contact.email",
            sources=(_p1(25, "your name and email address"), _p1(68, "if you change email address")),
        ),
        DataItem(
            id="country",
            title="country of residence",
            fideslang="user.contact.address.country",
            sources=(_p1(25, "the country in which you live"),),
        ),
        DataItem(
            id="login-account",
            title="website log-in account",
            identifies=True,
            fideslang="user.account",
            sources=(_p1(25, "website log-in account"),),
        ),
        DataItem(
            id="discussion-posts",
            title="what somebody writes in discussions",
            fideslang="user.content.public",
            sources=(_p1(25, "to take part in discussions", "inferred"),),
        ),
    ),
    purposes=(
        Purpose(
            id="website-registration",
            title="website log-in account",
            kind="service",
            required=("name", "email", "country"),
            sources=(_p1(25, "For website registration"),),
        ),
        Purpose(
            id="local-activities",
            title="knowing which events and local activities take place in a country or region",
            kind="service",
            required=("country",),
            sources=(_p1(25, "take place in your country or region"),),
        ),
        Purpose(
            id="access-online-services",
            title="access to Technical and Professional Networks, discussions, membership updates",
            kind="service",
            required=("login-account",),
            sources=(_p1(25, "to gain access to services"),),
        ),
    ),
    functions=(
        Function(
            id="members-services-online",
            title="using networks, discussions and membership information online",
            requires=works("log-on"),
            missing=Severity.FAILS,
            source=_p1(25, "to gain access to services", "inferred"),
            note="Technical and Professional Networks, discussions, membership information",
        ),
        Function(
            id="shop-order",
            title="ordering products or services",
            requires=all_of(works("shop-basket"), works("log-on")),
            missing=Severity.FAILS,
            modality="normally",
            source=_p1(25, "you will be invited to register"),
            note="normally an account is asked for; the text does not say when it is not",
        ),
    ),
)

#: In the order of the text.
SECTIONS = (what_the_iet_is, services, orders_and_membership, records, website_account)
