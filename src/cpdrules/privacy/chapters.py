"""What a statement says, chapter by chapter: plain sentences about its rows, which nobody has escaped yet.

Every row of every table has its sentence, in the order of the statement, with the places where the text says it. A
table without rows is said to be one: silence is part of what a statement says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cpdrules.periods import as_date
from cpdrules.privacy.cookie_chapters import cookie_chapters
from cpdrules.privacy.cookie_tables import titled
from cpdrules.privacy.cookies import Silence
from cpdrules.privacy.practices import (
    Commitment,
    DataItem,
    DisclosureRule,
    Duty,
    Organisation,
    Preference,
    Purpose,
    RecipientTerm,
    Right,
    Tracking,
    Transfer,
)
from cpdrules.privacy.sentences import (
    Chapter,
    cited,
    fact_in_words,
    how_surely,
    labelled,
    listed,
    name_of,
    names_of,
    silent_or,
    together,
)
from cpdrules.privacy.statements import Statement


def chapters(statement: Statement) -> tuple[Chapter, ...]:
    """Word a statement, subject by subject."""
    return (*_who(statement), *_data(statement), *_others(statement), *_you(statement), *cookie_chapters(statement))


# Who ------------------------------------------------------------------------------------------------------------------


def _who(statement: Statement) -> Iterator[Chapter]:
    named = name_of(statement, "organisations", statement.controller) if statement.controller else "nobody is named"
    dates = [
        f"from {as_date(statement.since)}" if statement.since else "",
        f"to {as_date(statement.until)}" if statement.until else "",
    ]
    lead = together(
        [f"Who decides why and how data is used: {named}", labelled(" ".join(filter(None, dates)), "it speaks")]
    )
    yield Chapter(1, "Who we are", f"{lead}.", tuple(_organisation(one) for one in statement.organisations))
    yield listed(
        2,
        "Parts and their dates",
        (
            f"{one.title}, changed on {as_date(one.updated)} [{one.document} {one.lines[0]} to {one.lines[1]}]"
            for one in statement.components
        ),
    )


def _organisation(row: Organisation) -> str:
    numbers = labelled(", ".join(row.numbers), "registered")
    return cited(together([f"{row.name}: {row.role}", numbers, labelled(", ".join(row.brands), "also known as")]), row)


# What data, and what for ----------------------------------------------------------------------------------------------


def _data(statement: Statement) -> Iterator[Chapter]:
    yield listed(1, "What data is used for what", (_purpose(statement, one) for one in statement.purposes))
    yield listed(2, "Kinds of personal data", (_data_item(one) for one in statement.data_items))
    yield listed(2, "Tracking without cookies", (_tracking(statement, one) for one in statement.trackings))


def _purpose(statement: Statement, row: Purpose) -> str:
    def data(ids: Iterable[str]) -> str:
        return names_of(statement, "data_items", ids)

    bases = row.lawful_bases
    on_condition = ", ".join(f"{data([id_])} if {fact_in_words(fact)}" for fact, id_ in row.required_if)
    return cited(
        together(
            [
                f"{row.title} ({row.kind})",
                labelled(together([data(row.required), on_condition]), f"needs{how_surely(row.modality)}"),
                labelled(data(row.may_require), "may ask for"),
                labelled(data(row.uses), "uses"),
                labelled(", ".join(map(fact_in_words, row.applies_to)), "concerns only"),
                labelled(names_of(statement, "organisations", row.by), "done by"),
                labelled(name_of(statement, "preferences", row.subject_to), "can be stopped by"),
                "answers may be left out" if row.optional else "",
                labelled("" if isinstance(bases, Silence) else ", ".join(bases), "legal basis"),
                row.note,
            ]
        ),
        row,
    )


def _data_item(row: DataItem) -> str:
    return cited(
        together(
            [
                row.title,
                labelled(row.subject, "about"),
                labelled(row.collected_by, "collected by"),
                "need not be given" if row.optional else "",
                "tells who somebody is" if row.identifies else "",
                row.note,
            ]
        ),
        row,
    )


def _tracking(statement: Statement, row: Tracking) -> str:
    return cited(
        together(
            [
                row.what,
                labelled(titled(statement.purposes, row.purpose), "for"),
                labelled(name_of(statement, "organisations", row.by), "by"),
                labelled(names_of(statement, "data_items", row.data), "with"),
                labelled(row.stopped_by, "can be stopped by") or "cannot be stopped",
                "" if row.active else "no longer done",
            ]
        ),
        row,
    )


# Whom others are ------------------------------------------------------------------------------------------------------


def _others(statement: Statement) -> Iterator[Chapter]:
    rules = (_rule(statement, one) for one in statement.disclosure)
    yield listed(1, "Whom we tell, and what for", rules)
    yield listed(2, "What recipients are bound to", (_term(statement, one) for one in statement.recipient_terms))
    yield listed(1, "Data that goes abroad", (_transfer(statement, one) for one in statement.transfers))


def _rule(statement: Statement, row: DisclosureRule) -> str:
    verb = "may be told" if row.allows else "must not be told"
    whom = names_of(statement, "organisations", row.to)
    what_for = names_of(statement, "purposes", row.purposes, all_="anything")
    return cited(together([f"{whom} {verb}, for: {what_for}", row.says]), row)


def _term(statement: Statement, row: RecipientTerm) -> str:
    own = "their own policy takes over" if row.hands_over else ""
    return cited(together([f"{names_of(statement, 'organisations', row.applies_to)}: {row.says}", own]), row)


def _transfer(statement: Statement, row: Transfer) -> str:
    return cited(
        together(
            [
                f"{row.who}: to {names_of(statement, 'organisations', row.to)}{how_surely(row.modality)}",
                labelled(", ".join(map(fact_in_words, row.when)), "if"),
                row.why,
                f"protected by: {silent_or(row.safeguard)}",
            ]
        ),
        row,
    )


# Choices, rights, duties ----------------------------------------------------------------------------------------------


def _you(statement: Statement) -> Iterator[Chapter]:
    yield listed(1, "Your choices", (_preference(statement, one) for one in statement.preferences))
    yield listed(1, "Your rights", (*(_right(statement, one) for one in statement.rights), *_access(statement)))
    yield listed(1, "What we promise", map(_commitment, statement.commitments))
    yield listed(2, "Our duties", (_duty(one) for one in statement.duties if one.of == "institution"))
    yield listed(2, "Your duties", (_duty(one) for one in statement.duties if one.of == "visitor"))
    if statement.particulars:
        yield listed(
            1,
            "Further particulars",
            (cited(together([one.says, labelled(one.lacks, "without")]), one) for one in statement.particulars),
        )


def _preference(statement: Statement, row: Preference) -> str:
    stops = labelled(names_of(statement, "purposes", row.stops), "stops")
    return cited(together([row.what, labelled(", ".join(row.set_by), "set by"), row.effect, stops]), row)


def _right(statement: Statement, row: Right) -> str:
    needs = labelled(name_of(statement, "functions", row.needs), "needs")
    return cited(
        together([f"{row.says} ({row.who})", f"how: {silent_or(row.route)}", needs, ", ".join(row.kinds)]), row
    )


def _access(statement: Statement) -> Iterator[str]:
    access = statement.access
    if access is None:
        return
    written = "form not stated" if access.written is None else "in writing" if access.written else "in any form"
    asked = names_of(statement, "data_items", access.must_include)
    if_any = names_of(statement, "data_items", access.must_include_if_any)
    yield cited(
        together(
            [
                f"To have a copy of one's own data: {written}",
                labelled(access.addressee, "to"),
                labelled(asked, "giving"),
                labelled(if_any, "and, of those who have one"),
                "" if access.fee is None else f"fee{how_surely(access.fee_modality)}: {access.fee} {access.currency}",
                f"answered within: {access.deadline if access.deadline is not None else 'not stated'}",
            ]
        ),
        access,
    )


def _commitment(row: Commitment) -> str:
    return cited(f"{row.promises.capitalize()}: {row.says}{how_surely(row.modality)}", row)


def _duty(row: Duty) -> str:
    kind = {"must": "", "guideline": " (guideline)", "recommendation": " (recommended)"}[row.kind]
    return cited(together([f"{row.says}{kind}", labelled(fact_in_words(row.when), "when")]), row)
