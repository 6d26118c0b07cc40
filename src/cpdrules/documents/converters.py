"""The data door for values of the caller's own: a cattrs converter that knows the library's values.

A portal's submission, a pipeline's batch, a notebook's experiment are attrs classes that hold policies, records and
findings among other things. The converter structures the whole of them, as strictly as the library reads its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cattrs import Converter

from cpdrules.cpd.activities import as_day
from cpdrules.errors import RecordError, shown

#: How a value is read, and how it is written.
Door = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def strict_converter(doors: Mapping[type, Door]) -> Converter:
    """Make a converter that passes some types, and all that derive from them, through doors of their own.

    What else a class holds is read strictly too: no key that it does not have, no text where a number belongs.
    """
    made = Converter(forbid_extra_keys=True)
    for scalar in (str, bool, int, float):
        made.register_structure_hook(scalar, _as_it_is)
    for kind, (read, write) in {**doors, date: (_day, date.isoformat)}.items():
        made.register_structure_hook_func(_is_a(kind), _reading(read))
        made.register_unstructure_hook_func(_is_a(kind), write)
    return made


def _is_a(kind: type) -> Callable[[Any], bool]:
    return lambda asked: isinstance(asked, type) and issubclass(asked, kind)


def _reading(read: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda data, _kind: read(data)


def _as_it_is(data: object, kind: type) -> object:
    if type(data) is not kind:
        raise RecordError(f"{shown(data)} is no {kind.__name__}", remedy="Nothing is converted in silence", data=data)
    return data


def _day(data: Any) -> date:
    day = as_day(data)
    if day is None:
        raise RecordError("A day is missing", remedy="Write it as 2015-03-02")
    return day
