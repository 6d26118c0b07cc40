"""The words that clauses are written with, one row each: all that a policy document can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cpdrules.amounts import Unit
from cpdrules.choices import Advise, Exempt, Inferred, Undecided, Unstated, When
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.conditions import Agreed, Having, On, Timing
from cpdrules.cpd.measures import Total
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import Conventions, Straddling
from cpdrules.documents.figures import CIRCUMSTANCE, MEASURE, NAMED, TARGET, TIMING, of_measure
from cpdrules.documents.limits import parts
from cpdrules.documents.places import STANDARD, UNREAD, At
from cpdrules.documents.quantities import DAY, LENGTH, UNITS
from cpdrules.documents.shapes import FLAG, TEXT, WHOLE, Key, Many, OneOf, Table, Word, choice, key
from cpdrules.documents.tags import TAG
from cpdrules.editions import Edition, Editions
from cpdrules.figures import AtLeast, AtMost
from cpdrules.findings import Source
from cpdrules.periods import Length
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf, Policy
from cpdrules.windows import Each, Over

#: A clause: a word and what belongs to it.
CLAUSE = OneOf("a clause", '{"at least": {"figure": "30 h", "of": {"hours": {}}}}', lambda: CLAUSES)


def _row(word: str, kind: type, *keys: Key, make: Callable[..., Any] | None = None, short: str = "") -> Word:
    return Word(word, kind, Table(f"“{word}”", make or kind, (*keys, *NAMED), short))


# What holds figures ---------------------------------------------------------------------------------------------------


_FIGURE = (key("figure", TARGET), key("of", MEASURE, "measure", gives=of_measure))


# What joins and chooses -----------------------------------------------------------------------------------------------

_MEMBERS = key("clauses", Many(CLAUSE, least=1), "members")
_INNER = key("clause", CLAUSE, "policy")
_LONG = key("length", LENGTH)


# Conditions -----------------------------------------------------------------------------------------------------------


def _having(word: str, what: str, known: str) -> Word:
    def make(*, values: tuple[Any, ...], ref: str, source: Source | None) -> Having:
        return Having(what, values, ref=ref, source=source)

    values = key(known, Many(TAG, least=1, lone=True), "values", default=())
    return Word(
        word,
        Having,
        Table(f"“{word}”", make, (values, *NAMED), short=known),
        lambda condition: condition.what == what,
    )


def _agreement(
    *, about: str, on: On, longer_than: Length | None, lasting: Length | None, ref: str, source: Source | None
) -> Agreed:
    return Agreed(about, Timing(on, longer_than, lasting), ref=ref, source=source)


_FACT = (key("named", TEXT, "what"), key("is", Many(TAG, least=1, lone=True), "values", default=()))


# Schemes and editions -------------------------------------------------------------------------------------------------

_AXIS = Table(
    "an axis",
    Axis,
    (
        key("name", TEXT),
        key("tags", Many(TAG), default=()),
        key("every activity", FLAG, "every", default=True),
    ),
    short="name",
)


def declarable(policy: Policy) -> tuple[Unit, ...]:
    """Give the units of its own that a policy counts in, as far as their names tell them apart."""
    used = {part.unit for part in parts(policy, "The policy") if isinstance(part, Total)}
    units = sorted(used - set(STANDARD.values()), key=lambda unit: (unit.name, unit.plural, unit.grain))
    names = [*STANDARD, *(name for unit in units for name in {unit.name, unit.plural})]
    return tuple(unit for unit in units if names.count(unit.name) == 1 == names.count(unit.plural))


def _knowing(at: At, units: Any) -> At:
    return at if units is UNREAD else at.knowing(units)


def _scheme(
    *,
    units: Iterable[Unit],
    axes: tuple[Axis, ...],
    straddling: Straddling | None,
    policy: Policy,
    ref: str,
    source: Source | None,
) -> Scheme:
    return Scheme(policy, Conventions(axes, straddling), ref=ref, source=source)


_SCHEME = (
    key("units", UNITS, default=(), get=declarable, gives=_knowing),
    key("axes", Many(_AXIS), "conventions.axes", default=()),
    key(
        "straddling",
        choice("way to count across an edge", "by_first_day", "by_last_day", "by_day"),
        "conventions.straddling",
        default=None,
    ),
    key("policy", CLAUSE),
)

_EDITION = (
    key("name", TEXT),
    key("since", DAY),
    key("until", DAY, default=None),
    key("why", TEXT, default=""),
    key("unstated", Many(TEXT), default=()),
    key("policy", CLAUSE),
)

#: An edition as one of several, where no word is needed.
_ONE_OF_SEVERAL = Table("an edition", Edition, (*_EDITION, *NAMED))


#: Every word that stands for a clause; of several for one kind, the first that writes a value is taken.
CLAUSES: tuple[Word, ...] = (
    _row("at least", AtLeast, *_FIGURE),
    _row("at most", AtMost, *_FIGURE),
    _row("all of", AllOf, _MEMBERS, short="clauses"),
    _row("any of", AnyOf, _MEMBERS, short="clauses"),
    _row("none of", NoneOf, _MEMBERS, short="clauses"),
    _row("at least of", AtLeastOf, key("count", WHOLE), _MEMBERS),
    _row(
        "when",
        When,
        key("condition", CLAUSE),
        key("then", CLAUSE, "policy"),
        key("otherwise", CLAUSE, default=None),
    ),
    _row("exempt", Exempt, key("because", TEXT), short="because"),
    _row("advise", Advise, _INNER),
    _row("undecided", Undecided, _INNER, key("awaiting", TEXT)),
    _row("unstated", Unstated, key("what", TEXT), short="what"),
    _row("inferred", Inferred, key("reading", CLAUSE), key("otherwise", CLAUSE)),
    _row("over", Over, _LONG, _INNER),
    _row("each", Each, _LONG, _INNER),
    CIRCUMSTANCE,
    _having("grade", "grade", "is"),
    _having("registered", "registrations", "as"),
    _row("fact", Having, *_FACT),
    _row("agreement", Agreed, key("about", TEXT, default=""), *TIMING, make=_agreement),
    _row("scheme", Scheme, *_SCHEME, make=_scheme),
    _row("edition", Edition, *_EDITION),
    _row("editions", Editions, key("editions", Many(_ONE_OF_SEVERAL, least=1), "members"), short="editions"),
)
