"""One statement over time: which text, or which of its parts, held on a day.

A text is chosen by a day that the caller names. What a part said before the day from which it speaks is not known, and
is never taken from a later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from cpdrules import editions
from cpdrules.editions import Dated
from cpdrules.errors import NoEditionError, shown
from cpdrules.periods import as_date
from cpdrules.privacy.statements import Statement, joined


def at(day: date, statements: Iterable[Statement]) -> Statement:
    """Give the one of several versions that held on a day.

    Raises:
        NoEditionError: none did, several did, or it is not known from when one of them did.
    """
    known = tuple(statements)
    versions = [Dated(one.name, one, one.since, one.until) for one in known if one.since is not None]
    if len(versions) < len(known):
        name = next(one.name for one in known if one.since is None)
        raise NoEditionError(
            f"It is not known from when {shown(name)} held",
            why=f"So it may be the one that held on {as_date(day)}",
            remedy="Leave it out, or say since when: Statement(since=...)",
            day=day,
            known=known,
        )
    return editions.at(day, versions).value


@frozen
class Standing:
    """A statement as it stood on a day, as far as that is known."""

    day: date
    statement: Statement
    #: The parts that did not hold on that day, or of which it is not known, each with the reason.
    without: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lines = [f"{self.statement.name}, as it stood on {as_date(self.day)}"]
        return "\n".join((*lines, *(f"  without {name}: {why}" for name, why in self.without)))


def standing(day: date, *parts: Statement, name: str) -> Standing:
    """Join those parts of a statement that held on a day, each by its own dates; the others are named.

    What a part said before the day from which it speaks is not known, and never taken from a later text.

    Raises:
        NoEditionError: none of them held.
        PolicyError: two that held use an id of one table, so they are versions of one part.
    """
    reasons = {number: _absent(day, part) for number, part in enumerate(parts)}
    held = [part for number, part in enumerate(parts) if not reasons[number]]
    without = tuple((part.name, reasons[number]) for number, part in enumerate(parts) if reasons[number])
    if not held:
        raise NoEditionError(
            f"No part of {shown(name)} held on {as_date(day)}",
            why="; ".join(f"{part}: {why}" for part, why in without) or "No part was given",
            remedy="Ask for a later day, or give the parts of that time",
            day=day,
            known=parts,
        )
    return Standing(day, joined(name, *held), without)


def _absent(day: date, part: Statement) -> str:
    if part.since is None:
        return "it is not known from when it held"
    if day < part.since:
        return f"it speaks from {as_date(part.since)}, and what held before is not known"
    return f"it held until {as_date(part.until)}" if part.until is not None and part.until < day else ""
