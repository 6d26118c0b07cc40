"""The privacy statement of a rowing club that does not exist, for tests of disclosure and of what is asked."""

from datetime import date

from cpdrules import any_of
from cpdrules.findings import Source
from cpdrules.privacy.cookies import UNSTATED, Function
from cpdrules.privacy.practices import (
    ANY,
    DataItem,
    DisclosureRule,
    Duty,
    Organisation,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Transfer,
)
from cpdrules.privacy.requirements import given
from cpdrules.privacy.statements import Statement


def line(number: int) -> Source:
    """Cite a line of the club's notice."""
    return Source("Notice", number)


def _item(id: str, number: int, **fields: object) -> DataItem:  # noqa: A002
    return DataItem(id=id, title=id, sources=(line(number),), **fields)  # type: ignore[arg-type]


CLUB = Statement(
    name="Harbour Rowing Club",
    since=date(2019, 3, 1),
    until=date(2027, 3, 1),
    controller="club",
    organisations=(
        Organisation(id="club", name="Harbour Rowing Club", role="controller", source=line(1)),
        Organisation(id="federation", name="Rowing federation", role="recipient", source=line(2)),
        Organisation(id="printer", name="Newsletter printer", role="processor", source=line(3)),
    ),
    data_items=(
        _item("name", 4),
        _item("email", 4),
        _item("weight", 5, optional=True),
        _item("next-of-kin", 6, subject="a third person (next of kin)"),
        _item("licence", 7),
        _item("guardian", 7, subject="a third person (guardian)"),
        _item("answers", 8),
    ),
    purposes=(
        Purpose(
            id="race-entry",
            title="enter somebody for a race",
            kind="service",
            required=("name", "weight"),
            required_if=(("coxswain", "licence"), ("junior", "guardian")),
            may_require=("next-of-kin",),
            uses=("email",),
            modality="normally",
            sources=(line(10),),
        ),
        Purpose(
            id="coaching",
            title="plan training",
            kind="service",
            required=("name",),
            required_if=(("junior", "guardian"),),
            may_require=("weight",),
            applies_to=("rower", "coxswain"),
            sources=(line(11),),
        ),
        Purpose(
            id="newsletter",
            title="newsletter",
            kind="marketing",
            uses=("email",),
            subject_to="mail",
            sources=(line(12),),
        ),
        Purpose(id="appeal", title="appeal for gifts", kind="marketing", uses=("email",), sources=(line(13),)),
        Purpose(id="minutes", title="send minutes", kind="administration", uses=("email",), sources=(line(14),)),
        Purpose(id="survey", title="survey", kind="analysis", uses=("answers",), optional=True, sources=(line(15),)),
    ),
    disclosure=(
        DisclosureRule(
            id="r1",
            to=("federation",),
            purposes=("race-entry",),
            allows=True,
            when=any_of(given("member"), given("guest_told", "the guest was told")),
            says="members, and guests who were told",
            source=line(20),
        ),
        DisclosureRule(
            id="r2",
            to=("printer",),
            purposes=("newsletter", "race-entry"),
            allows=True,
            when=given("bound", "the printer is bound to secrecy", presumed=True),
            says="bound to secrecy",
            source=line(21),
        ),
        DisclosureRule(
            id="r3",
            to=ANY,
            purposes=("race-entry",),
            allows=False,
            when=given("protected"),
            says="addresses that a court protects",
            source=line(22),
        ),
        DisclosureRule(id="r4", to=("police",), purposes=ANY, allows=True, says="the police", source=line(23)),
        DisclosureRule(
            id="r5",
            to=ANY,
            purposes=ANY,
            allows=True,
            when=given("permission", "the person permitted it", presumed=False),
            says="with permission",
            source=line(24),
        ),
    ),
    recipient_terms=(
        RecipientTerm(id="t1", applies_to=("printer",), says="keep it secret", source=line(30)),
        RecipientTerm(
            id="t2", applies_to=("federation",), says="its own policy holds", hands_over=True, source=line(31)
        ),
    ),
    transfers=(
        Transfer(
            id="x1", who="racers abroad", when=("races_abroad",), to=("federation",), why="races", source=line(40)
        ),
        Transfer(id="x2", who="anyone", to=("printer",), why="printing", safeguard="standard clauses", source=line(41)),
    ),
    preferences=(
        Preference(
            id="mail",
            what="no newsletter",
            set_by=("the club's site", "a letter"),
            effect="the newsletter stops",
            fact="no_newsletter",
            sources=(line(50),),
        ),
        Preference(id="gifts", what="no appeals", fact="no_appeals", stops=("appeal",), sources=()),
        Preference(id="colours", what="the colour of the site", stops=("minutes",), sources=(line(52),)),
    ),
    duties=(
        Duty(id="v1", of="visitor", says="keep the key safe", source=line(60)),
        Duty(id="v2", of="visitor", says="log out", kind="guideline", when="shared", source=line(61)),
        Duty(id="i1", of="institution", says="keep lists locked", source=line(62)),
    ),
    functions=(
        Function(id="account", title="the member's account", source=line(70)),
        Function(id="board", title="the message board", source=line(71)),
    ),
    rights=(
        Right(id="q1", says="correct details", route="the account", needs="account", when="member", source=line(80)),
        Right(id="q2", says="correct details", route="a letter", source=line(81)),
        Right(id="q3", says="complain", route=UNSTATED, needs="board", source=line(82)),
    ),
)
