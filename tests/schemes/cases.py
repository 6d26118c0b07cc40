"""The worked cases of other bodies' schemes, and how their records are read: in one way for all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from cpdrules import Finding, Period, Policy
from cpdrules.amounts import Unit
from cpdrules.cpd import Circumstance, Member, Record
from cpdrules.documents import read_activity, read_policy, read_toml

SCHEMES = Path(__file__).parents[2] / "examples" / "schemes"

#: Schemes that are stated to try the words, and are no examples.
FURTHER = Path(__file__).parent / "further"

#: Which document states the scheme of a case.
FILES = {
    "ACCA": "acca",
    "NMC": "nmc",
    "GDC": "gdc",
    "BPEQ": "bpeq",
    "ECSA": "ecsa",
    "APEGA": "apega",
    "PMI": "pmi",
    "RICS": "rics",
    "CPAO": "cpa_ontario",
    "TX": "texas_pe",
    "RIBA": "riba",
    "GPHC": "gphc",
    "EI": "engineers_ireland",
    "ENZ": "engineering_nz",
    "BLA": "victoria_bla",
}


class Case(NamedTuple):
    """A record, and what somebody worked out by hand."""

    name: str
    member: Mapping[str, Any]
    activities: list[Mapping[str, Any]]
    period: Period
    met: bool
    counted: float
    shortfalls: Mapping[str, float]

    @property
    def file(self) -> str:
        """The document of the scheme."""
        return FILES[self.name.partition("-")[0]]

    def record(self, units: tuple[Unit, ...]) -> Record:
        """Read the record, in the units that the scheme declares."""
        activities = tuple(read_activity(dict(one), units=units) for one in self.activities)
        return Record(member_of(self.name, self.member), activities)


def cases() -> list[Case]:
    """Give every case of the examples."""
    return _cases("cases.json")


def further_cases() -> list[Case]:
    """Give every case of the further schemes, each named after its document."""
    return _cases("further.json")


def _cases(file: str) -> list[Case]:
    data = json.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return [
        Case(
            one["case"],
            one["member"],
            one["activities"],
            Period(*map(date.fromisoformat, one["period"])),
            one["expected"]["met"],
            one["expected"]["counted_total"],
            one["expected"]["shortfalls"],
        )
        for one in data
    ]


def scheme(file: str, folder: Path = SCHEMES) -> Policy:
    """Read a scheme."""
    return read_policy(read_toml((folder / f"{file}.toml").read_text(encoding="utf-8")))


def member_of(name: str, stated: Mapping[str, Any]) -> Member:
    """Read a member: a day is one, a stretch of days is a circumstance, and any other list is several facts."""
    known: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    circumstances: list[Circumstance] = []
    for key, value in stated.items():
        if key == "joined":
            known[key] = date.fromisoformat(value)
        elif key == "registrations":
            known[key] = tuple(value)
        elif isinstance(value, list) and all(isinstance(one, list) for one in value):
            circumstances += [
                Circumstance(kind, date.fromisoformat(first), date.fromisoformat(last)) for first, last, kind in value
            ]
        elif isinstance(value, list) and all(isinstance(_fact(one), date) for one in value):
            first, last = map(date.fromisoformat, value)
            circumstances.append(Circumstance(key, first, last))
        else:
            facts[key] = tuple(value) if isinstance(value, list) else _fact(value)
    return Member(name, circumstances=tuple(circumstances), facts=facts, **known)


def _fact(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def counted(finding: Finding) -> float:
    """Give what counts towards the headline total."""
    total = finding["total"]
    assert total.counted is not None and total.clause.unit is not None and total.counted.least == total.counted.most
    return total.counted.least / total.clause.unit.grain


def shortfalls(finding: Finding) -> dict[str, float]:
    """Give by how much each clause falls short, as numbers of its unit."""
    return {ref: short.grains / short.unit.grain for ref, short in finding.shortfalls().items()}
