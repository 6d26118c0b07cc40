"""What a member declared, against what they recorded."""

from __future__ import annotations

from attrs import frozen

from cpdrules.amounts import Amount
from cpdrules.cpd.measures import Total
from cpdrules.cpd.members import Record
from cpdrules.cpd.tallies import NO_CONVENTIONS, Conventions
from cpdrules.findings import Bounds
from cpdrules.periods import Period
from cpdrules.policies import Case, Plan


@frozen
class Discrepancy:
    """A declaration beside the record of the same period.

    A declaration is no record: it carries no activities, and nothing here says which of the two is right.
    """

    declared: Amount
    #: What the record holds, in grains of the declared unit; the ends differ while a fact is missing.
    recorded: Bounds

    @property
    def difference(self) -> Amount | None:
        """The recorded amount less the declared one, negative where less is recorded; None while a fact is missing."""
        least, most = self.recorded
        return Amount(least - self.declared.grains, self.declared.unit) if least == most else None

    @property
    def agrees(self) -> bool | None:
        """Whether the two agree to the grain; None where a missing fact could settle it either way."""
        least, most = self.recorded
        if least == most:
            return least == self.declared.grains
        within = least <= self.declared.grains and (most is None or self.declared.grains <= most)
        return None if within else False

    def __str__(self) -> str:
        least, most = self.recorded
        shown = Amount(least, self.declared.unit)
        if least == most:
            return f"declared {self.declared}, recorded {shown}, difference {self.difference}"
        return f"declared {self.declared}, recorded {shown} or more: a fact is missing"


def declared_against_recorded(
    record: Record, measure: Total, *, period: Period, conventions: Conventions = NO_CONVENTIONS
) -> Discrepancy | None:
    """Lay a record's declaration beside what a measure counts of it; None where nothing was declared.

    Declared 32 h with 28 h recorded is a difference of -4 h.

    Raises:
        UnitError: the declaration and the measure are of different units.
    """
    if record.declared is None:
        return None
    declared = record.declared + Amount(0, measure.unit)
    reading = measure.planned(Plan().under(conventions))(Case(record), period)
    return Discrepancy(declared, Bounds(reading.least, reading.most))
