"""Any privacy statement and any law, drawn field by field from what the classes say of themselves.

The strategies look at annotations, as the data door does, but know nothing of shapes: a field that the door forgets, or
takes for another, is drawn here all the same. ``whole`` gives one value of a class with nothing left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import reduce
from operator import or_
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has
from hypothesis import strategies as st

from cpdrules import (
    Policy,
    advise,
    all_of,
    any_of,
    at_least_of,
    exempt,
    inferred,
    none_of,
    undecided,
    unstated,
    when,
)
from cpdrules.editions import Dated
from cpdrules.findings import Source
from cpdrules.periods import Length, months
from cpdrules.privacy.access.law import AccessRegime
from cpdrules.privacy.cookies import (
    AS_REUSED,
    NO_LIFETIME,
    PERMANENT,
    SESSION,
    UNTIL_LOG_OFF_OR_CLOSE,
    Cookie,
    Function,
    Lifetime,
    Provider,
    depends_on,
    lasting,
)
from cpdrules.privacy.law.regimes import Condition
from cpdrules.privacy.names import NamePattern, exact, prefix, segments, suffix
from cpdrules.privacy.requirements import accepts, given, works
from cpdrules.privacy.statements import Statement
from tests.document_strategies import lengths, texts

#: Texts that documents have a meaning for, as far as they may stand in every field.
said = texts | st.sampled_from(["any", "session", "exact", "2015-03-02", "*", "depends", "statement"])
names_of_functions = st.sampled_from(["a", "b", "log-on", "unstated"])

_ref = st.sampled_from(["", "r", "ref"])
_source = st.builds(
    Source, texts, st.none() | st.integers(0, 9999), texts, st.sampled_from(["stated", "inferred", "unstated"])
)
_named: dict[str, Any] = {"ref": _ref, "source": st.none() | _source}
_spoken = st.text(min_size=1, max_size=5) | st.sampled_from(["all of", "given", "a.b"])

#: Works on nothing that a function drawn here is called, so that none needs another in a circle.
leaves: st.SearchStrategy[Policy] = st.one_of(
    st.builds(accepts, _spoken, **_named),
    st.builds(works, _spoken.map("needed {}".format), **_named),
    st.builds(given, _spoken, texts, presumed=st.sampled_from([None, True, False]), **_named),
    st.builds(exempt, texts, **_named),
    st.builds(unstated, texts, **_named),
)


def _joined(parts: st.SearchStrategy[Policy]) -> st.SearchStrategy[Policy]:
    some = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda members, **named: all_of(*members, **named), some, **_named),
        st.builds(lambda members, **named: any_of(*members, **named), some, **_named),
        st.builds(lambda members, **named: none_of(*members, **named), some, **_named),
        st.builds(lambda members, **named: at_least_of(len(members), *members, **named), some, **_named),
        st.builds(when, parts, parts, otherwise=st.none() | parts, **_named),
        st.builds(inferred, parts, otherwise=parts, **_named),
        st.builds(undecided, parts, awaiting=texts, **_named),
        st.builds(advise, parts, **_named),
    )


requirements: st.SearchStrategy[Policy] = st.recursive(leaves, _joined, max_leaves=4)

_word = st.text(st.characters(exclude_characters="*", exclude_categories=["Cs"]), min_size=1, max_size=6)
_domains = st.sampled_from(["", "addthis.com", ".Example.ORG", "a.b.example"])
patterns: st.SearchStrategy[NamePattern] = st.one_of(
    *(
        st.builds(word, text, domain=_domains, source=st.none() | _source)
        for word, text in [
            (exact, _word | st.just("OCD*")),
            (prefix, _word),
            (suffix, _word),
            (segments, st.builds("{}*{}*".format, _word, _word)),
        ]
    )
)

lifetimes: st.SearchStrategy[Lifetime] = st.recursive(
    st.sampled_from([SESSION, UNTIL_LOG_OFF_OR_CLOSE, PERMANENT, AS_REUSED, NO_LIFETIME])
    | st.integers(1, 10**9).map(lasting),
    lambda inner: st.builds(depends_on, texts, inner, otherwise=inner),
    max_leaves=3,
)

money = st.integers(0, 10**12) | st.decimals(0, 10**6, places=3) | st.sampled_from([Decimal("10.00"), Decimal("1E+2")])

#: How values of some types are drawn; all others by what their classes say.
DRAWN: Mapping[Any, st.SearchStrategy[Any]] = MappingProxyType(
    {
        str: said,
        bool: st.booleans(),
        int: st.integers(-(10**20), 10**20),
        date: st.dates(),
        int | Decimal: money,
        Source: _source,
        Length: lengths,
        Policy: requirements,
        NamePattern: patterns,
        Lifetime: lifetimes,
    }
)


def drawn(hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - a row for each kind
    """Draw a value of the type that an annotation names."""
    if hint in DRAWN:
        return DRAWN[hint]
    parts, origin = get_args(hint), get_origin(hint)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple and parts[1:] == (...,):
        apart = (lambda one: one.fact) if parts[0] is Condition else None  # a ground speaks of a fact once
        return st.lists(drawn(parts[0]), max_size=2, unique_by=apart).map(tuple)
    if origin is tuple:
        return st.tuples(*map(drawn, parts))
    if origin in (Union, UnionType):
        others = [part for part in parts if part is not NoneType]
        if {int, Decimal} <= {*others}:
            return st.none() | money
        return st.one_of(*([st.none()] if NoneType in parts else []), *map(drawn, others))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return instances(origin or hint, drawn(parts[0]) if parts else st.nothing())


def instances(kind: type, value: st.SearchStrategy[Any] = st.nothing()) -> st.SearchStrategy[Any]:  # noqa: B008
    """Draw instances of a class; some of its fields are left as they are by default."""
    hints = get_type_hints(kind)
    drawers: dict[str, Any] = {}
    for one in fields(kind):
        if one.init:
            some = value if kind is Dated and one.name == "value" else _field(kind, one.name, hints[one.name])
            drawers[one.name] = some if one.default is NOTHING else st.just(one.default) | some
    return st.builds(kind, **drawers)


def _field(kind: type, name: str, hint: Any) -> st.SearchStrategy[Any]:
    """Draw a field's value; what only its class can tell stands here."""
    if kind is Cookie and name == "purposes":
        return st.lists(said, min_size=1, max_size=2).map(tuple)
    if kind is Cookie and name == "inferred":
        return st.sampled_from([(), ("lifetime",), ("how", "where")])
    if kind is Provider and name == "inferred":
        return st.sampled_from([(), ("party",), ("domains", "note")])
    if kind in (AccessRegime, Statement) and name == "until":
        return st.none() | st.just(date.max)
    if kind is Statement and get_origin(hint) is tuple and "id" in get_type_hints(get_args(hint)[0]):
        return st.lists(drawn(get_args(hint)[0]), max_size=2, unique_by=lambda row: row.id).map(tuple)
    return drawn(hint)


statements: st.SearchStrategy[Statement] = instances(Statement)


# One of everything ----------------------------------------------------------------------------------------------------

#: A value of each of some types, none of which is anybody's default.
_WHOLE: Mapping[Any, Any] = MappingProxyType(
    {
        str: "some text",
        bool: True,
        int: 7,
        date: date(2015, 3, 2),
        int | Decimal: Decimal("9.50"),
        Source: Source("S1", 3, "a word", "inferred"),
        Length: months(7),
        Policy: when(
            all_of(accepts("a", ref="x"), any_of(given("told", "they were told", presumed=True), unstated("more"))),
            none_of(works("b", source=Source("S2"))),
            otherwise=at_least_of(1, accepts("c"), exempt("others")),
        ),
        NamePattern: exact("CFID", domain="example.org", source=Source("S1")),
        Lifetime: depends_on("remember_me", lasting(365), otherwise=SESSION),
    }
)


#: Fields that can be marked as inferred.
_MARKED: dict[type, tuple[str, ...]] = {Cookie: ("lifetime", "how"), Provider: ("party", "note")}


def whole(hint: Any, *, default: Any = NOTHING) -> Any:
    """Give a value of a type with nothing left out, and no field as it is by default."""
    parts, origin = get_args(hint), get_origin(hint)
    if hint in _WHOLE:
        found = _WHOLE[hint]
        return not found if found is True and default is True else found
    if origin is Literal:
        return next(part for part in reversed(parts) if part != default)
    if origin is tuple:
        return (whole(parts[0]),) if parts[1:] == (...,) else tuple(map(whole, parts))
    if origin in (Union, UnionType):
        enums = [part for part in parts if isinstance(part, type) and issubclass(part, Enum)]
        others = [part for part in parts if part is not NoneType and part not in enums]
        return whole(reduce(or_, others or enums), default=default)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(option for option in hint if option != default)
    assert has(origin or hint), hint
    return whole_instance(origin or hint)


def whole_instance(kind: type) -> Any:
    """Give an instance of a class with nothing left out."""
    hints = {**get_type_hints(kind), **({"value": str} if kind is Dated else {})}
    found = {one.name: whole(hints[one.name], default=one.default) for one in fields(kind) if one.init}
    return kind(**found | ({"inferred": _MARKED[kind]} if kind in _MARKED else {}))


WHOLE: Statement = whole_instance(Statement)
assert isinstance(WHOLE.functions[0], Function)
