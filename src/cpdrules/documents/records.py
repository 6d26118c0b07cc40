"""Members, activities and records in plain data.

An ordinary activity is read on a short road: it is looked at once, and taken if nothing about it is unusual. Whatever
the short road does not take goes the long way, by the tables, which either read it or say what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import fields, frozen

from cpdrules.amounts import HOUR, Amount, Unit
from cpdrules.cpd.activities import Activity, Known, Share, is_tag
from cpdrules.cpd.members import Agreement, Circumstance, Member, Record
from cpdrules.documents.limits import VALUES
from cpdrules.documents.places import UNREAD, At, shown
from cpdrules.documents.quantities import AMOUNT, DAY, UNIT
from cpdrules.documents.schemas import Definitions, Schema
from cpdrules.documents.shapes import FLAG, TEXT, Many, Table, key
from cpdrules.documents.tags import FACTS, TAGS, KnownShape
from cpdrules.errors import DocumentError
from cpdrules.findings import Entry


def _unit_of(amount: Amount | None) -> Unit:
    return HOUR if amount is None else amount.unit


_DAY_OR_NOT = KnownShape(DAY, None, null=True)


# Activities -----------------------------------------------------------------------------------------------------------

#: In place of a day that is said in another way.
_ELSEWHERE: Final = "elsewhere"


def _activity(
    *,
    id: str,  # noqa: A002
    date: Any,
    since: Any,
    until: Any,
    amount: Amount | None,
    unit: Unit,
    title: str,
    reflection: str,
    provider: str,
    tags: Mapping[str, Known],
    shares: tuple[Share, ...],
) -> Activity:
    said = [one is not _ELSEWHERE for one in (date, since, until)]
    if said not in ([True, False, False], [False, True, True]):
        raise DocumentError(
            "An activity has a date, or it has a first day and a last",
            remedy='Write "date", or both "from" and "until"; "date": null where it is not known',
        )
    first, last = (date, date) if said[0] else (since, until)
    return Activity(id, first, last, amount, tags, title, reflection, provider, shares)


def _one_day(activity: Activity) -> Any:
    return activity.first if activity.first == activity.last else _ELSEWHERE


def _end(name: str) -> Any:
    return lambda activity: _ELSEWHERE if activity.first == activity.last else getattr(activity, name)


_SHARE = Table("a share", Share, (key("amount", AMOUNT), key("tags", TAGS)))

ACTIVITY = Table(
    "an activity",
    _activity,
    (
        key("id", TEXT, default=""),
        key("date", _DAY_OR_NOT, default=_ELSEWHERE, get=_one_day),
        key("from", DAY, "since", default=_ELSEWHERE, get=_end("first")),
        key("until", DAY, default=_ELSEWHERE, get=_end("last")),
        key("amount", KnownShape(AMOUNT, None, null=True)),
        key("unit", UNIT, default=HOUR, get=lambda activity: _unit_of(activity.amount), gives=At.measured_in),
        key("title", TEXT, default=""),
        key("reflection", TEXT, default=""),
        key("provider", TEXT, default=""),
        key("tags", TAGS, default={}),
        key("shares", Many(_SHARE), default=()),
    ),
)

#: The keys that the short road knows.
_ORDINARY = frozenset({"id", "date", "amount", "title", "reflection", "provider", "tags"})


def ordinary(data: Any, amounts: dict[Any, Amount]) -> Activity | None:
    """Give the activity of one day that plain data states in the plainest way, or None if it does not.

    ``amounts`` remembers amounts by how they were written, since a record says the same few again and again.
    """
    if type(data) is not dict or not data.keys() <= _ORDINARY:
        return None
    get = data.get
    day: Any = get("date")
    figure, tags = get("amount"), get("tags", {})
    name, title, reflection, provider = get("id", ""), get("title", ""), get("reflection", ""), get("provider", "")
    if not (
        type(day) is type(name) is type(title) is type(reflection) is type(provider) is str
        and type(tags) is dict
        and len(day) == 10
        and day[4] == day[7] == "-"
        and type(figure) is not bool
    ):
        return None
    for axis, tag in tags.items():
        if type(axis) is not str or (type(tag) is not str and type(tag) is not bool and not _is_whole(tag)):
            return None
    try:
        first = date.fromisoformat(day)
        amount = amounts.get(figure)
        if amount is None:
            amount = amounts[figure] = AMOUNT.amount(figure, HOUR)  # type: ignore[arg-type]
    except (ValueError, TypeError):  # which all that can be wrong here also is; the long way says what
        return None
    return _made(name, first, amount, dict(tags), title, reflection, provider) if amount.grains else None


# The constructor would look at everything a second time, which takes twice as long as all of the above. The short road
# has left nothing for it to find: one day, an amount, no shares. A test holds what is made here against what it makes.
_new = object.__new__
_id, _first, _last, _amount, _tags, _title, _reflection, _provider, _shares, _plain, _unit, _entry = (
    getattr(Activity, field.name).__set__ for field in fields(Activity)
)


def _made(  # noqa: PLR0917
    name: str, day: date, amount: Amount, tags: dict[str, Known], title: str, reflection: str, provider: str
) -> Activity:
    made, unit = _new(Activity), amount.unit
    _id(made, name)
    _first(made, day)
    _last(made, day)
    _amount(made, amount)
    _tags(made, tags)
    _title(made, title)
    _reflection(made, reflection)
    _provider(made, provider)
    _shares(made, ())
    _plain(made, True)  # noqa: FBT003
    _unit(made, unit.label)
    _entry(made, Entry(name, amount.grains, title, day, unit))
    return made


def _is_whole(tag: object) -> bool:
    return type(tag) is int and is_tag(tag)


@frozen
class Activities:
    """What a member did: each on the short road if it can be, else the long way."""

    like: str = '[{"date": "2015-03-02", "amount": "1 h 30 min", "tags": {"planned": true}}]'

    def read(self, data: object, at: At) -> Any:
        """Give the activities."""
        if not isinstance(data, list):
            return at.wrong(f"{shown(data)} is not a list", f"Write it in brackets, for example {self.like}")
        if len(data) > VALUES:
            return at.wrong(f"There are more than {VALUES:,} activities", "Divide the record", "size")
        amounts: dict[Any, Amount] = {}
        found: list[Any] = []
        for number, one in enumerate(data, 1):
            made = ordinary(one, amounts)
            found.append(ACTIVITY.read(one, at.item(number)) if made is None else made)
        return UNREAD if at.problems else tuple(found)

    def write(self, value: tuple[Activity, ...], at: At) -> list[Any]:
        """Give each in its table."""
        return [ACTIVITY.write(one, at) for one in value]

    def schema(self, defs: Definitions) -> Schema:
        """A list of them."""
        return {"type": "array", "items": ACTIVITY.schema(defs)}


# Members --------------------------------------------------------------------------------------------------------------


@frozen
class MeasuredShape:
    """An amount with its unit, or an amount of hours."""

    like: str = '"30 h"'

    def read(self, data: object, at: At) -> Any:
        """Give the amount."""
        return (_MEASURED if isinstance(data, dict) else AMOUNT).read(data, at.measured_in(HOUR))

    def write(self, value: Amount, at: At) -> Any:
        """Give the amount, with its unit if that is not hours."""
        return (AMOUNT if value.unit == HOUR else _MEASURED).write(value, at.measured_in(HOUR))

    def schema(self, defs: Definitions) -> Schema:
        """Either of them."""
        return {"anyOf": [AMOUNT.schema(defs), _MEASURED.schema(defs)]}


_MEASURED = Table(
    "an amount",
    lambda amount, unit: amount,
    (key("amount", AMOUNT, get=lambda amount: amount), key("unit", UNIT, gives=At.measured_in)),
)
_SINCE, _UNTIL = key("since", DAY), key("until", DAY, default=None)

_CIRCUMSTANCE = Table("a circumstance", Circumstance, (key("kind", TEXT), _SINCE, _UNTIL))

_AGREEMENT = Table(
    "an agreement",
    Agreement,
    (
        key("figure", MeasuredShape()),
        key("reason", TEXT),
        key("decided by", TEXT),
        key("decided on", DAY),
        _SINCE,
        _UNTIL,
        key("about", TEXT, "clause", default=""),
    ),
)

MEMBER = Table(
    "a member",
    Member,
    (
        key("id", TEXT),
        key("grade", TEXT, default=""),
        key("registrations", Many(TEXT), default=()),
        key("joined", DAY, default=None),
        key("left", DAY, default=None),
        key("circumstances", Many(_CIRCUMSTANCE), default=()),
        key("agreements", Many(_AGREEMENT), default=()),
        key("facts", FACTS, default={}),
    ),
)

RECORD = Table(
    "a record",
    Record,
    (
        key("member", MEMBER),
        key("activities", Activities(), default=()),
        key("declared", MeasuredShape(), default=None),
        key("plan", FLAG, default=None),
    ),
)
