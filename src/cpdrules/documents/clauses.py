"""The words that clauses are written with, one row each: all that a policy document can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from operator import attrgetter, itemgetter
from typing import Any, get_args

from attrs import evolve, frozen

from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Rounding, Unit
from cpdrules.choices import Advise, Exempt, Inferred, Undecided, Unstated, When
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.caps import Cap, ShareOfCounted
from cpdrules.cpd.carrying import Carried, MadeUp, Surplus
from cpdrules.cpd.conditions import Agreed, FallsInPeriod, Having, InCircumstances, On, Timing
from cpdrules.cpd.dividing import DividedAmong
from cpdrules.cpd.durations import By, ProRata, Stepped, TimeWeighted, stepped
from cpdrules.cpd.instances import ForEach
from cpdrules.cpd.measures import Different, Entries, OfFact, Rule, Total, counting, share_of_counted
from cpdrules.cpd.members import Fact
from cpdrules.cpd.schemes import Scheme
from cpdrules.cpd.tallies import Conventions, Straddling
from cpdrules.cpd.targets import AgreedFigure, ByFact, FigureWhen, Fixed, Highest, Lowest, ShareOf, SumOf, share_of
from cpdrules.cpd.worth import Smallest, Worth
from cpdrules.documents.limits import TOO_LARGE, VALUES, parts, size
from cpdrules.documents.particulars import CIRCUMSTANCE, IN_CIRCUMSTANCES, NAMED, ROUNDING, TIMING
from cpdrules.documents.places import STANDARD, UNREAD, At, Problems, Unread, shown
from cpdrules.documents.quantities import AMOUNT, DAY, FRACTION, LENGTH, UNIT, UNITS, UNITS_AMOUNT
from cpdrules.documents.schemas import Definitions, Schema, examples
from cpdrules.documents.shapes import (
    FLAG,
    TEXT,
    WHOLE,
    Key,
    Many,
    OneOf,
    Shape,
    Table,
    Turned,
    Word,
    choice,
    key,
    unwritable,
)
from cpdrules.documents.tags import BORNE, FILTER, TAG, Named
from cpdrules.editions import Edition, Editions
from cpdrules.errors import DocumentError, ProblemKind
from cpdrules.figures import AtLeast, AtMost, Measure, Reported
from cpdrules.findings import Source, Where
from cpdrules.periods import Length
from cpdrules.policies import AllOf, AnyOf, AtLeastOf, NoneOf, Policy
from cpdrules.windows import Before, Each, Over
from cpdrules.windows import Named as NamedBy

#: A clause: a word and what belongs to it.
CLAUSE = OneOf("a clause", '{"at least": {"figure": "30 h", "of": {"hours": {}}}}', lambda: CLAUSES)


def _row(word: str, kind: type, *keys: Key, make: Callable[..., Any] | None = None, short: str = "") -> Word:
    return Word(word, kind, Table(f"“{word}”", make or kind, (*keys, *NAMED), short))


#: A figure, or what works it out.
TARGET = OneOf("a figure", '"30 h"', lambda: TARGETS, Word("", Amount, AMOUNT))


# Measures -------------------------------------------------------------------------------------------------------------

_WHERE = key("where", FILTER, default=())


def _hours(where: Where) -> Total:
    return Total(HOUR, where)


def _points(where: Where) -> Total:
    return Total(POINT, where)


def _bare(measure: Total) -> Total:
    return Total(measure.unit, measure.where)


def _plain(unit: Unit | None = None) -> Any:
    return lambda measure: measure == _bare(measure) and unit in (None, measure.unit)


def _of_measure(at: At, measure: Any) -> At:
    """Read figures in the unit of the measure beside them."""
    return at.measured_in(UNREAD if measure is UNREAD else measure.unit)


@frozen
class MeasureShape:
    """What can be counted: in a word of the library, or by a name that the scheme gave to a measure."""

    name: str = "a measure"
    like: str = '{"hours": {"planned": true}}'

    def read(self, data: object, at: At) -> Any:
        """Give the measure, narrowed to a filter where one stands beside its name."""
        said, body = (data, {}) if isinstance(data, str) else _lone(data)
        if said is None or said in self.words():
            return _MEASURE.read(data, at)
        known = at.names.measures
        if isinstance(known, Unread):  # it may be one that could not be read
            FILTER.read(body, at.inside(said))
            return UNREAD
        if said not in known:
            apart = Problems()
            FILTER.read(body, At(apart))
            kind: ProblemKind = "shape" if any(one.kind == "shape" for one in apart.kept) else "sense"
            return at.unknown(said, "word for a measure", (*self.words(), *known), kind)
        for used in at.names.used:
            used.add(said)
        where, measure = FILTER.read(body, at.inside(said)), _again(known[said], at)
        return UNREAD if where is UNREAD or measure is UNREAD else evolve(measure, where=where)

    def write(self, value: Any, at: At) -> Any:
        """Give the name and the filter, or the word and what belongs to it."""
        known = {} if isinstance(at.names.measures, Unread) else at.names.measures
        if isinstance(value, Total) and value.name and known.get(value.name) == evolve(value, where=()):
            return {value.name: FILTER.write(value.where, at)} if value.where else value.name
        return _MEASURE.write(value, at)

    def schema(self, defs: Definitions) -> Schema:
        """The words, or any other name: which of them there are is a matter of the document."""
        other = {"not": {"enum": list(self.words())}}
        named = {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": other}
        ways = [
            _MEASURE.schema(defs),
            {"type": "string", **other},
            {**named, "additionalProperties": FILTER.schema(defs)},
        ]
        return defs.named(MEASURE, "a measure by word or name", lambda: {**examples(self.like), "anyOf": ways})

    def words(self) -> tuple[str, ...]:
        """Give the words that no measure can be named by."""
        return tuple(word.word for word in MEASURES)


def _lone(data: object) -> tuple[str | None, object]:
    """Give the only key of a table, and what belongs to it."""
    if isinstance(data, dict) and len(data) == 1:
        ((said, body),) = data.items()
        return (said, body) if isinstance(said, str) else (None, body)
    return None, None


MEASURE = MeasureShape()

_CAP = Table(
    "a cap",
    Cap,
    (
        key("figure", OneOf("a figure of a cap", '"20 h"', lambda: _CAP_FIGURES, Word("", Amount, AMOUNT))),
        _WHERE,
        key("per", TEXT, default=""),
        key("in each", LENGTH, default=None),
    ),
)

_WORTH = Table(
    "what entries are worth",
    Worth,
    (
        key("every", UNITS_AMOUNT),
        key("counts", AMOUNT, default=None),
        key("counts as tagged", TEXT, "tagged", default=""),
        _WHERE,
    ),
)


def _surplus(*, measure: Any, above: Any, in_last: Length | None) -> Surplus:
    return Surplus(measure, Amount(0, measure.unit) if above is None else above, in_last)


def _above(surplus: Surplus) -> Any:
    return None if surplus.above == Amount(0, surplus.measure.unit) else surplus.above


_SURPLUS = Table(
    "a surplus",
    _surplus,
    (
        key("of", MEASURE, "measure", gives=_of_measure),
        key("above", TARGET, default=None, get=_above),
        key("in last", LENGTH, default=None),
    ),
)

_AS = key("as", BORNE, "tags", default=())
_UNLESS = key("unless", CLAUSE, default=None)

_CARRIED = Table(
    "what is carried forward",
    Carried,
    (
        key("limit", TARGET, default=None),
        key("surplus", Many(_SURPLUS, least=1, lone=True)),
        _AS,
        _UNLESS,
        key("lasting", WHOLE, default=1),
        key("to reach", TARGET, default=None),
    ),
)

_MADE_UP = Table(
    "what is made up first",
    MadeUp,
    (key("figure", TARGET), key("of", MEASURE, "measure"), _AS, _UNLESS),
)


def _counting(
    *,
    name: str,
    measure: Any,
    worth: tuple[Worth, ...],
    rounding: Rounding | None,
    smallest: Amount | None,
    caps: tuple[Cap, ...],
    carried: tuple[Carried, ...],
    made_up: tuple[MadeUp, ...],
) -> Total:
    rules: list[Rule] = [*worth, *caps, *made_up, *carried]
    rules += [rounding] if rounding is not None else []
    rules += [Smallest(smallest)] if smallest is not None else []
    return counting(measure, *rules, name=name)


def _carried(measure: Total) -> tuple[Carried, ...]:
    return tuple(rule for rule in measure.handed if isinstance(rule, Carried))


def _made_up(measure: Total) -> tuple[MadeUp, ...]:
    return tuple(rule for rule in measure.handed if isinstance(rule, MadeUp))


_COUNTING = Table(
    "counting",
    _counting,
    (
        key("name", TEXT, default=""),
        key("measure", MEASURE, get=_bare, gives=_of_measure),
        key("worth", Many(_WORTH, least=1, lone=True), default=()),
        key("rounded", ROUNDING, "rounding", default=None),
        key("each at least", AMOUNT, "smallest", default=None),
        key("up to", Many(_CAP, least=1, lone=True), "caps", default=()),
        key("made up", Many(_MADE_UP, least=1, lone=True), "made_up", default=(), get=_made_up),
        key("carried", Many(_CARRIED, least=1, lone=True), default=(), get=_carried),
    ),
)

MEASURES: tuple[Word, ...] = (
    Word("hours", Total, Turned(FILTER, _hours, attrgetter("where")), _plain(HOUR)),
    Word("points", Total, Turned(FILTER, _points, attrgetter("where")), _plain(POINT)),
    Word("amounts", Total, Table("amounts", Total, (key("unit", UNIT), _WHERE), short="unit"), _plain()),
    Word("counting", Total, _COUNTING),
    Word("entries", Entries, Turned(FILTER, Entries, attrgetter("where"))),
    Word("different", Different, Table("different", Different, (key("axis", TEXT), _WHERE), short="axis")),
    Word(
        "fact",
        OfFact,
        Table(
            "a fact that is counted", OfFact, (key("named", TEXT, "what"), key("unit", UNIT, default=ACTIVITY)), "named"
        ),
    ),
)

_MEASURE = OneOf("a measure", '{"hours": {"planned": true}}', lambda: MEASURES)


# Figures --------------------------------------------------------------------------------------------------------------

_BY = key("by", choice("way to share a figure out", *get_args(By)), default="day")
_ROUNDING = key("rounding", ROUNDING)

_PRO_RATA = Table(
    "pro rata",
    ProRata,
    (
        key("figure", TARGET),
        key("during", IN_CIRCUMSTANCES, default=None),
        key("outside", IN_CIRCUMSTANCES, default=None),
        key("since", TEXT, default=""),
        _BY,
        key("longer than", LENGTH, default=None),
        key("for", LENGTH, "per", default=None),
        _ROUNDING,
    ),
)


def _time_weighted(
    *, figures: tuple[tuple[str, Amount], ...], otherwise: Amount, by: By, rounding: Rounding
) -> TimeWeighted:
    kinds = [kind for kind, _ in figures]
    if twice := sorted(kind for kind in set(kinds) if kinds.count(kind) > 1):
        raise DocumentError(f"Two figures are given for “{twice[0]}”", remedy="Keep one of them")
    return TimeWeighted(figures, otherwise, by, rounding)


_WHILE = Table(
    "a figure for a time",
    lambda kind, figure: (kind, figure),
    (key("while", TEXT, "kind", get=itemgetter(0)), key("figure", AMOUNT, get=itemgetter(1))),
)

_TIME_WEIGHTED = Table(
    "time weighted",
    _time_weighted,
    (key("figures", Many(_WHILE, least=1)), key("otherwise", AMOUNT), _BY, _ROUNDING),
)


def _stepped(*, figure: Amount, circumstance: InCircumstances, steps: tuple[tuple[Length, Amount], ...]) -> Stepped:
    return stepped(figure, circumstance, *steps, unit=figure.unit)


_STEP = Table(
    "a step",
    lambda length, figure: (length, figure),
    (key("from", LENGTH, "length", get=itemgetter(0)), key("figure", AMOUNT, get=itemgetter(1))),
)

_STEPPED = Table(
    "stepped",
    _stepped,
    (
        key("figure", AMOUNT),
        key("during", IN_CIRCUMSTANCES, "circumstance"),
        key("steps", Many(_STEP, least=1)),
    ),
)

#: Among others, a plain figure is a target too.
_AMONG = Turned(
    TARGET,
    lambda target: Fixed(target) if isinstance(target, Amount) else target,
    lambda target: target.figure if isinstance(target, Fixed) else target,
)


def _by_fact(*, what: str, figures: dict[str, Any], otherwise: Any) -> ByFact:
    return ByFact(what, tuple(sorted(figures.items(), key=itemgetter(0))), otherwise)


_BY_FACT = Table(
    "by fact",
    _by_fact,
    (
        key("named", TEXT, "what"),
        key("figures", Named(TARGET, '{"dentist": "100 h"}'), get=lambda target: dict(target.figures)),
        key("otherwise", TARGET, default=None),
    ),
)


def _share(*, share: Fraction, measure: Any, figure: Any, rounding: Rounding | None) -> ShareOf:
    if (measure is None) == (figure is None):
        raise DocumentError("A share is of a measure or of a figure", remedy="Give one of the two")
    whole = Fixed(figure) if isinstance(figure, Amount) else measure or figure
    return share_of(share, whole, rounding=rounding)


def _of_figure(target: ShareOf) -> Any:
    whole = target.of
    return None if isinstance(whole, Measure) else whole.figure if isinstance(whole, Fixed) else whole


_SHARE_OF = Table(
    "share of",
    _share,
    (
        key("share", FRACTION),
        key("measure", MEASURE, default=None, get=lambda target: target.of if isinstance(target.of, Measure) else None),
        key("figure", TARGET, default=None, get=_of_figure),
        key("rounding", ROUNDING, default=None),
    ),
)

_FIGURE_WHEN = Table(
    "a figure under a condition",
    FigureWhen,
    (key("condition", CLAUSE), key("then", TARGET, "figure"), key("otherwise", TARGET)),
)

TARGETS: tuple[Word, ...] = (
    Word("pro rata", ProRata, _PRO_RATA),
    Word("time weighted", TimeWeighted, _TIME_WEIGHTED),
    Word("stepped", Stepped, _STEPPED),
    Word("agreed", AgreedFigure, Table("agreed", AgreedFigure, (key("about", TEXT, "clause", default=""),))),
    Word("by fact", ByFact, _BY_FACT),
    Word("share of", ShareOf, _SHARE_OF),
    Word("sum of", SumOf, Turned(Many(_AMONG, least=1), SumOf, attrgetter("targets"))),
    Word("when", FigureWhen, _FIGURE_WHEN),
    Word("lowest", Lowest, Turned(Many(_AMONG, least=1), Lowest, attrgetter("targets"))),
    Word("highest", Highest, Turned(Many(_AMONG, least=1), Highest, attrgetter("targets"))),
    Word("fixed", Fixed, Turned(AMOUNT, Fixed, attrgetter("figure"))),
)

_CAP_FIGURES: tuple[Word, ...] = (
    *TARGETS,
    Word("share of what counts", ShareOfCounted, Turned(FRACTION, share_of_counted, attrgetter("share"))),
)


# What joins and chooses -----------------------------------------------------------------------------------------------

_FIGURE = (key("figure", TARGET), key("of", MEASURE, "measure", gives=_of_measure))
_MEMBERS = key("clauses", Many(CLAUSE, least=1), "members")
_INNER = key("clause", CLAUSE, "policy")
_LONG = key("length", LENGTH)


def joining(clause: Shape) -> tuple[Word, ...]:
    """Give the words of the kernel, which join and choose between clauses of whatever kind."""
    members, inner = key("clauses", Many(clause, least=1), "members"), key("clause", clause, "policy")
    return (
        _row("all of", AllOf, members, short="clauses"),
        _row("any of", AnyOf, members, key("report", TEXT, default=""), short="clauses"),
        _row("none of", NoneOf, members, short="clauses"),
        _row("at least of", AtLeastOf, key("count", WHOLE), members),
        _row(
            "when",
            When,
            key("condition", clause),
            key("then", clause, "policy"),
            key("otherwise", clause, default=None),
        ),
        _row("exempt", Exempt, key("because", TEXT), short="because"),
        _row("advise", Advise, inner),
        _row("undecided", Undecided, inner, key("awaiting", TEXT)),
        _row("unstated", Unstated, key("what", TEXT), short="what"),
        _row("inferred", Inferred, key("reading", clause), key("otherwise", clause)),
    )


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
    used = {part for part in parts(policy, "The policy") if isinstance(part, Unit)}
    units = sorted(used - set(STANDARD.values()), key=lambda unit: (unit.name, unit.plural, unit.grain))
    names = [name for unit in used for name in {unit.name, unit.plural}]
    return tuple(unit for unit in units if names.count(unit.name) == 1 == names.count(unit.plural))


def _knowing(at: At, units: Any) -> At:
    return at if units is UNREAD else at.knowing(units)


def nameable(policy: Policy) -> dict[str, Total]:
    """Give the measures of a policy that have a name, those first that others are made of.

    Raises:
        DocumentError: two that count in different ways have one name, or one is called as a word is.
    """
    named: dict[str, Total] = {}
    for part in parts(policy, "The policy"):
        if isinstance(part, Total) and part.name:
            if part.name in MEASURE.words():
                raise DocumentError(
                    f"No measure can be called “{part.name}”, which is a word of the library",
                    remedy="Give it another name",
                    measure=part,
                )
            bare = evolve(part, where=())
            if named.setdefault(part.name, bare) != bare:
                raise DocumentError(
                    f"Two measures that count in different ways are called “{part.name}”",
                    remedy="Give one of them another name",
                    measures=(named[part.name], bare),
                )
    return dict(sorted(named.items(), key=lambda one: (len(_names_in(one[1])), one[0])))


def _names_in(measure: Total) -> set[str]:
    return {part.name for part in parts(measure, "The measure") if isinstance(part, Total) and part.name}


class Defined(dict[str, Any]):
    """What was given names (UNREAD where it could not be read), and which of them were used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()


def _counting_by_name(at: At, measures: Any) -> At:
    if isinstance(measures, Unread) or isinstance(at.names.measures, Unread):
        return at.calling(at.names._replace(measures=UNREAD))
    used = (*at.names.used, measures.used) if isinstance(measures, Defined) else at.names.used
    return at.calling(at.names._replace(measures={**at.names.measures, **measures}, used=used))


def _defined(data: object, at: At, like: str, define: Callable[[str, object, At, dict[str, Any]], Any]) -> Any:
    """Read things by their names, each of which may be made of those before it."""
    if not isinstance(data, dict):
        return at.wrong(f"{shown(data)} is not a table of names", f"Write for example {like}")
    found = Defined()
    for name, body in data.items():
        place = at.inside(name)
        if not isinstance(name, str):
            place.wrong(f"{shown(name)} is not a name", "Write it in quotes")
            continue
        found[name] = define(name, body, place, found)
    return found


def _again(value: Any, at: At) -> Any:
    """Give what was given a name where it stands again, unless the document is too large with all that does."""
    if value is UNREAD:
        return UNREAD
    if at.problems.again <= VALUES:
        at.problems.again += size(value)
    return value if at.problems.again <= VALUES else at.wrong(TOO_LARGE, "Divide the document", "size")


@frozen
class MeasuresShape:
    """The measures of a scheme by their names; each may be made of those before it."""

    like: str = '{"credits": {"counting": {"measure": {"amounts": "credit"}, "up to": [{"figure": 10}]}}}'

    def read(self, data: object, at: At) -> Any:
        """Give the measures, each with its name."""
        return _defined(data, at, self.like, self._measure)

    def _measure(self, name: str, body: object, at: At, before: Mapping[str, Total]) -> Any:
        measure = MEASURE.read(body, _counting_by_name(at, before))
        if measure is UNREAD:
            return UNREAD
        if name in MEASURE.words():
            return at.wrong(f"“{name}” is a word of the library", "Give the measure another name", "sense")
        if not isinstance(measure, Total) or measure.where:
            return at.wrong("Only a sum without a filter can be named", "Filter it where it is used", "sense")
        return evolve(measure, name=name)

    def write(self, value: Mapping[str, Total], at: At) -> dict[str, Any]:
        """Give the measures without their names, each said with those before it."""
        found: dict[str, Any] = {}
        for name, measure in value.items():
            before = {one: value[one] for one in found}
            found[name] = MEASURE.write(evolve(measure, name=""), _counting_by_name(at, before))
        return found

    def schema(self, defs: Definitions) -> Schema:
        """Any names, and measures."""
        return {"type": "object", "additionalProperties": MEASURE.schema(defs)}


# Clauses that are given a name first ---------------------------------------------------------------------------------

#: What is written in place of a name.
_KINDS = ("every clause where it stands",)

_GIVE = 'Name it first: {"given": {"clauses": {"full": ...}, "policy": ...}}'


@frozen
class GivenClausesShape:
    """Clauses by their names; each may be made of those before it."""

    like: str = '{"full": {"at least": {"figure": "30 h", "of": "hours"}}}'

    def read(self, data: object, at: At) -> Any:
        """Give the clauses."""
        return _defined(
            data, at, self.like, lambda name, body, place, before: CLAUSE.read(body, _calling_clauses(place, before))
        )

    def write(self, value: Mapping[str, Policy], at: At) -> Any:
        """Give nothing: what is written down says every clause where it stands."""
        raise unwritable(value, "given clauses", _KINDS)

    def schema(self, defs: Definitions) -> Schema:
        """Any names, and clauses."""
        return {"type": "object", "additionalProperties": CLAUSE.schema(defs)}


@frozen
class GivenClauseShape:
    """A clause that was given a name before."""

    like: str = '"full"'

    def read(self, data: object, at: At) -> Any:
        """Give the clause."""
        name, known = TEXT.read(data, at), at.names.clauses
        if name is UNREAD or name in known:
            return name if name is UNREAD else _again(known[name], at)  # which may be UNREAD itself
        if not known:
            return at.wrong(f"No clause is given here, and so none is called {shown(name)}", _GIVE, "sense")
        return at.unknown(name, "clause that is given here", known, "sense")

    def write(self, value: Policy, at: At) -> Any:
        """Give nothing: what is written down says every clause where it stands."""
        raise unwritable(value, "a given clause", _KINDS)

    def schema(self, defs: Definitions) -> Schema:
        """Any name: which of them are given is a matter of the document."""
        return TEXT.schema(defs)


def _calling_clauses(at: At, clauses: Any) -> At:
    return at if clauses is UNREAD else at.calling(at.names._replace(clauses={**at.names.clauses, **clauses}))


class _Given:
    """A clause by its name, or clauses that are given names: documents say so, and no value of the library does."""


_GIVEN = (
    Word("clause", _Given, GivenClauseShape()),
    Word(
        "given",
        _Given,
        Table(
            "“given”",
            lambda clauses, policy: policy,
            (key("clauses", GivenClausesShape(), gives=_calling_clauses), key("policy", CLAUSE)),
        ),
    ),
)


def _unused(measures: Mapping[str, Any]) -> list[str]:
    """Give the measures that nothing uses, of those that could be read."""
    used = measures.used if isinstance(measures, Defined) else measures.keys()
    return sorted(name for name in measures.keys() - used if measures[name] is not UNREAD)


def _scheme(
    *,
    units: Iterable[Unit],
    measures: Mapping[str, Any],
    axes: tuple[Axis, ...],
    facts: tuple[Fact, ...],
    straddling: Straddling | None,
    once: tuple[str, ...],
    while_member: bool,
    policy: Policy,
    ref: str,
    source: Source | None,
) -> Scheme:
    nameable(policy)  # or it could not be written
    if unused := _unused(measures):
        raise DocumentError(
            f"No clause counts “{unused[0]}”", remedy="Use the measure, or take it out", measures=tuple(unused)
        )
    conventions = Conventions(axes, straddling, facts, once, while_member)
    return Scheme(policy, conventions, ref=ref, source=source)


_MEMBER_FACT = Table(
    "a fact about members",
    Fact,
    (
        key("name", TEXT),
        key("values", Many(TAG), default=()),
        key("if not recorded", TAG, "unrecorded", default=None),
    ),
    short="name",
)

_SCHEME = (
    key("units", UNITS, default=(), get=declarable, gives=_knowing),
    key("measures", MeasuresShape(), default={}, get=nameable, gives=_counting_by_name),
    key("axes", Many(_AXIS), "conventions.axes", default=()),
    key("facts", Many(_MEMBER_FACT), "conventions.facts", default=()),
    key("once", Many(TEXT, lone=True), "conventions.once", default=()),
    key("while a member", FLAG, "conventions.while_member", default=False),
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
    *joining(CLAUSE),
    _row("over", Over, _LONG, _INNER),
    _row("before", Before, _INNER, key("periods", WHOLE, default=1)),
    _row(
        "each",
        Each,
        _LONG,
        _INNER,
        key("every", LENGTH, default=None),
        key("reaching back", LENGTH, default=None),
        key("named", choice("way to tell stretches apart", *get_args(NamedBy)), default="by_number"),
        key("at least", WHOLE, default=None),
    ),
    _row(
        "for each", ForEach, key("axis", TEXT), key("tags", Many(TAG, least=1)), _INNER, key("held", TEXT, default="")
    ),
    _row("divided among", DividedAmong, _MEMBERS, short="clauses"),
    _row("reported", Reported, key("of", MEASURE, "measure"), short="of"),
    CIRCUMSTANCE,
    _having("grade", "grade", "is"),
    _having("registered", "registrations", "as"),
    _row("fact", Having, *_FACT, short="named"),
    _row("falls in period", FallsInPeriod, key("named", TEXT, "what"), short="named"),
    _row("agreement", Agreed, key("about", TEXT, default=""), *TIMING, make=_agreement),
    _row("scheme", Scheme, *_SCHEME, make=_scheme),
    _row("edition", Edition, *_EDITION),
    *_GIVEN,
    _row("editions", Editions, key("editions", Many(_ONE_OF_SEVERAL, least=1), "members"), short="editions"),
)
