"""Lines 53 to 87 of the IET's privacy statement (P1): tracking beside cookies, requests, duties of visitors.

Sections are small statements, as in ``iet.personal_data``. Scout Analytics is in use here, while the cookie part has
given it up: both stand as they are written, for the linter to find.
"""

from __future__ import annotations

from cpdrules.findings import Source
from cpdrules.privacy.access.requests import AccessPolicy
from cpdrules.privacy.cookies import Function, Severity
from cpdrules.privacy.practices import (
    DataItem,
    Duty,
    Explanation,
    Gap,
    Organisation,
    Preference,
    Purpose,
    Right,
    Route,
    Tracking,
)
from cpdrules.privacy.requirements import works
from cpdrules.privacy.statements import Statement


def _p1(line: int, quote: str) -> Source:
    return Source("P1", line, quote)


# Tracking your behaviour on the website (lines 53 to 61) --------------------------------------------------------------

tracking: Statement = Statement(
    name="Tracking your behaviour on the website",
    explanations=(
        Explanation(
            id="cookie-statement",
            says="the use of cookies has a statement of its own",
            source=_p1(55, "our cookie statement"),
        ),
    ),
    data_items=(
        DataItem(
            id="email-link-clicks",
            title="which links in emails somebody followed",
            fideslang="user.behavior",
            sources=(
                _p1(57, "which members and contacts followed such links"),
                Source("P2", 187, "levels of response to these emails"),
            ),
        ),
        DataItem(
            id="ip-address",
            title="IP address",
            identifies=True,
            fideslang="user.device.ip_address",
            sources=(_p1(59, "the Internet (IP) address"), Source("P2", 175, "including your IP address")),
        ),
        DataItem(
            id="page-requests",
            title="pages requested, with date and time",
            fideslang="user.behavior.browsing_history",
            sources=(_p1(59, "record each page request"),),
        ),
    ),
    purposes=(
        Purpose(
            id="email-response",
            title="seeing which members and contacts followed links",
            kind="analysis",
            uses=("email-link-clicks",),
            sources=(_p1(57, "which members and contacts followed such links"),),
        ),
        Purpose(
            id="server-trends",
            title="seeing general trends, such as popular areas and frequent paths",
            kind="analysis",
            uses=("ip-address", "page-requests"),
            sources=(_p1(59, "see general trends"),),
        ),
        Purpose(
            id="subscriber-access",
            title="testing an IP address against those of subscriber organisations",
            kind="service",
            uses=("ip-address",),
            applies_to=("subscriber_staff_or_student",),
            sources=(_p1(59, "staff or students of particular organisations"),),
        ),
    ),
    trackings=(
        Tracking(
            id="personalised-email-links",
            what="links in emails may be personalised, to see which members and contacts followed them",
            purpose="email-response",
            data=("email-link-clicks",),
            stopped_by="not following them, or mailing preferences",
            source=_p1(57, "may be personalised"),
        ),
        Tracking(
            id="server-logs",
            what="every page request with date, time and IP address",
            purpose="server-trends",
            data=("ip-address", "page-requests"),
            source=_p1(59, "record each page request"),
        ),
        Tracking(
            id="ip-range-test",
            what="the IP address is compared with the ranges of subscriber organisations",
            purpose="subscriber-access",
            data=("ip-address",),
            source=_p1(59, "falls into the ranges"),
        ),
    ),
)

scout: Statement = Statement(
    name="Scout Analytics, in use",
    organisations=(
        Organisation(
            id="scout",
            name="Scout Analytics",
            role="behavioural profiling provider",
            source=_p1(61, "also uses Scout Analytics code"),
        ),
    ),
    data_items=(
        DataItem(
            id="behaviour-profile",
            title="profile of behaviour",
            fideslang="user.demographic.profile",
            sources=(_p1(61, "behavioural profiles of site visitors"),),
        ),
    ),
    purposes=(
        Purpose(
            id="behavioural-profiles",
            title="matching content and services to the interests of users (Scout Analytics)",
            kind="profiling",
            uses=("behaviour-profile", "page-requests"),
            sources=(_p1(61, "match content and services"),),
        ),
    ),
    trackings=(
        Tracking(
            id="scout-code",
            what="code of Scout Analytics in pages builds profiles of behaviour",
            purpose="behavioural-profiles",
            by="scout",
            data=("behaviour-profile", "page-requests"),
            source=_p1(61, "also uses Scout Analytics code"),
        ),
    ),
)

# Amending or accessing your personal information preferences (lines 63 to 69) -----------------------------------------

amending: Statement = Statement(
    name="Amending or accessing your personal information preferences",
    data_items=(
        DataItem(
            id="membership-number",
            title="membership number",
            identifies=True,
            fideslang="user.unique_id",
            sources=(_p1(69, "your membership number if you are"), _p1(73, "membership number if you have one")),
        ),
        DataItem(
            id="contact-address-in-use",
            title="address that the IET uses to communicate with the person",
            identifies=True,
            fideslang="user.contact",
            sources=(_p1(69, "using to communicate with you"),),
        ),
    ),
    purposes=(
        Purpose(
            id="identify-requester",
            title="identifying a person who asks for a change",
            kind="administration",
            required=("contact-address-in-use",),
            required_if=(("member", "membership-number"),),
            sources=(_p1(69, "for staff to identify you"),),
        ),
    ),
    functions=(
        Function(
            id="my-iet",
            title="reviewing and updating one's details in My IET",
            requires=works("log-on"),
            missing=Severity.FAILS,
            source=_p1(67, "you can log on to the site"),
        ),
    ),
    duties=(
        Duty(
            id="u07",
            of="institution",
            says="keep details accurate",
            source=_p1(65, "is important to the IET"),
        ),
        Duty(
            id="s09",
            of="visitor",
            says="give enough information for staff to identify one when asking for a change",
            when="change_asked_for",
            source=_p1(69, "enough information for staff"),
        ),
    ),
    rights=(
        Right(
            id="q01",
            says="review and update contact details and mailing preferences",
            who="registered website user",
            when="registered_website_user",
            route="My IET",
            needs="my-iet",
            kinds=("rectification", "objection to marketing"),
            source=_p1(67, "review and update your contact details"),
        ),
        Right(
            id="q02",
            says="change email address, mailing preferences or other details",
            who="anyone else",
            route="enquiry form in the membership area",
            kinds=("rectification", "objection to marketing"),
            source=_p1(68, "the enquiry form"),
        ),
    ),
    routes=(
        Route(
            id="mailing-preferences",
            how="My IET or the enquiry form",
            offered_by="iet",
            source=_p1(67, "contact details and mailing preferences"),
        ),
    ),
)

# Questions and comments (lines 71 to 75) ------------------------------------------------------------------------------

requests: Statement = Statement(
    name="Questions and comments",
    access=AccessPolicy(
        written=True,
        addressee="Data Protection Officer at the IET's business address",
        must_include=("name", "postal-address", "telephone"),
        must_include_if_any=("membership-number",),
        fee=10,
        fee_modality="may",
        currency="GBP",
        source=_p1(73, "make a written request"),
    ),
    gaps=(
        Gap(
            id="g22",
            lost="",
            filled_from="privacy-later",
            why="the text does not give the business address; a later statement names one in Stevenage",
            source=_p1(73, "the IET's business address"),
        ),
    ),
    purposes=(
        Purpose(
            id="subject-access",
            title="answering a request for a copy",
            kind="rights",
            required=("name", "postal-address", "telephone"),
            required_if=(("member", "membership-number"),),
            sources=(_p1(73, "copy of the personal data"),),
        ),
    ),
    rights=(
        Right(
            id="q03",
            says="a copy of the personal data held",
            route="written request to the Data Protection Officer at the business address",
            kinds=("access",),
            source=_p1(73, "make a written request"),
        ),
        Right(
            id="q04",
            says="further information about the policy; raising concerns about the security of personal data",
            route="Data Protection Officer",
            source=_p1(75, "contact the Data Protection Officer"),
        ),
    ),
)

# Your responsibilities (lines 77 to 83) -------------------------------------------------------------------------------

responsibilities: Statement = Statement(
    name="Your responsibilities",
    data_items=(
        DataItem(
            id="username",
            title="user name",
            identifies=True,
            fideslang="user.account.username",
            sources=(_p1(81, "your username and password"), Source("P2", 115, "your user name and password")),
        ),
        DataItem(
            id="password",
            title="password",
            fideslang="user.authorization.password",
            sources=(
                _p1(79, "must not share the password"),
                _p1(81, "your username and password"),
                _p1(83, "change your password"),
                Source("P2", 115, "your user name and password"),
            ),
        ),
    ),
    duties=(
        Duty(
            id="s01",
            of="visitor",
            says="not share the password of the account, nor disclose it to any third party",
            source=_p1(79, "must not share the password"),
        ),
        Duty(
            id="s02",
            of="visitor",
            says="be aware of others who may try to note user name and password",
            kind="guideline",
            when="shared_computer",
            source=_p1(81, "Be aware of others"),
        ),
        Duty(
            id="s03",
            of="visitor",
            says="never leave the PC unattended while logged on",
            kind="guideline",
            when="shared_computer",
            source=_p1(81, "Never leave the PC unattended"),
        ),
        Duty(
            id="s04",
            of="visitor",
            says="use the Logout link at the end of the session",
            kind="guideline",
            when="shared_computer",
            source=_p1(81, "use the Logout link"),
        ),
        Duty(
            id="s05",
            of="visitor",
            says="delete cookies and files",
            kind="guideline",
            when="shared_computer",
            source=_p1(81, "should also delete cookies and files"),
        ),
        Duty(
            id="s06",
            of="visitor",
            says="close the browser by its exit button or its menu",
            kind="guideline",
            when="shared_computer",
            source=_p1(81, "always close the Web browser correctly"),
        ),
        Duty(
            id="s07",
            of="visitor",
            says="avoid Remember Me where PCs are shared",
            kind="recommendation",
            when="shared_computer",
            source=_p1(81, 'avoid using the "Remember Me" logon option'),
        ),
        Duty(
            id="s08",
            of="visitor",
            says="inform the IET promptly, and change the password",
            when="compromise_suspected",
            source=_p1(83, "has been compromised"),
        ),
    ),
    preferences=(
        Preference(
            id="p05",
            what="Remember Me",
            effect="the log-on persists; advised against on shared computers",
            sources=(_p1(81, '"Remember Me" logon option'),),
        ),
    ),
    routes=(
        Route(
            id="delete",
            how="delete cookies and files",
            source=_p1(81, "should also delete cookies and files"),
        ),
    ),
)

# Updates to this policy (line 87) -------------------------------------------------------------------------------------

updates: Statement = Statement(
    name="Updates to this policy",
    duties=(
        Duty(
            id="u08",
            of="institution",
            says="keep the policy under continual review, by which it may change",
            source=_p1(87, "under continual review"),
        ),
    ),
)

#: In the order of the text.
SECTIONS = (tracking, scout, amending, requests, responsibilities, updates)
