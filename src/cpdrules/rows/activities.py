"""The table of activities: what was done, when, for how long, and how it is told apart.

A blank day, amount or tag is not known: the activity is read, and a notice says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from cpdrules.amounts import HOUR, Amount, Unit, hours
from cpdrules.cpd.activities import UNKNOWN, Activity, Axis, Known, Share
from cpdrules.errors import did_you_mean
from cpdrules.periods import as_date
from cpdrules.rows.columns import ActivityColumns, Layout
from cpdrules.rows.lines import Line
from cpdrules.rows.tables import PLAIN, Read, Rows, Synonyms, read_table
from cpdrules.rows.troubles import RowsError, listed
from cpdrules.rows.vocabularies import Part, Vocabulary, worded

#: No day holds more.
A_DAY = hours(24)


def read_activities(
    rows: Rows,
    columns: ActivityColumns,
    *,
    axes: Iterable[Axis] = (),
    synonyms: Mapping[str, Synonyms] | None = None,
    unit: Unit = HOUR,
    as_of: date | None = None,
    most_a_day: Amount | None = A_DAY,
    layout: Layout = PLAIN,
) -> Read[Activity]:
    """Read what members did.

    A cell on an axis holds a word of it (“Soft skills”) or a split of the amount (“Job role technical 1h; Soft skills
    0.5h”); on an axis where an activity need not have a tag, such as competences, it may also hold several (“A; C”).
    ``synonyms`` are other words for tags, by axis. With ``as_of``, the day the table was taken, later days are refused;
    ``most_a_day`` is how much one day can hold, and None switches that check off.

    Raises:
        RowsError: the table does not have one of the columns, or an axis is not known.
    """
    known = {axis.name: axis for axis in axes}
    others = synonyms or {}
    for name in (*columns.tags, *others):
        if name not in known:
            raise RowsError(
                f"There is no axis {name!r}",
                why=f"Known are {listed(list(known))}" if known else "No axes were given",
                remedy=did_you_mean(name, known) or "Pass the scheme's axes: axes=iet.cpd.AXES",
                axis=name,
            )
    sorts = tuple(
        _Sort(known[name], column, Vocabulary(name, known[name].tags, others.get(name)))
        for name, column in columns.tags.items()
    )

    def take(line: Line) -> Activity | None:
        number = line.reference(columns.id)
        line.is_plain(columns.id, number)
        first, last = _days(line, columns, as_of)
        amount = _amount(line, columns.amount, unit)
        if most_a_day is not None and most_a_day.unit == unit:
            _fits(line, columns.amount, amount, most_a_day, (first, last))
        tags, shares = _tagged(line, sorts, columns.amount, unit, amount)
        texts = line.text(columns.title), line.text(columns.reflection), line.text(columns.provider)
        if line.problems:
            return None
        return Activity(number or f"row {line.number}", first, last, amount, tags, *texts, shares)

    return read_table("activities", rows, columns, layout, take, id=columns.id)


def _days(line: Line, columns: ActivityColumns, as_of: date | None) -> tuple[date | None, date | None]:
    first, last = line.day(columns.first), line.day(columns.last)
    line.in_order(columns.first, first, columns.last, last)
    for column, day in ((columns.first, first), (columns.last, last)):
        if as_of is not None and day is not None and day > as_of:
            what = f"{as_date(day)} had not come on {as_date(as_of)}, when this table was taken"
            line.refuse(column, "future", f"{what}. Correct the day")
    if first is None:
        unused = ", and the day on which it ended does not settle it" if last else ""
        line.notice(
            columns.first, f"The day is not known, so it may belong to the year or not{unused}. Find out the day"
        )
        return None, None
    return first, last or first


def _amount(line: Line, column: str, unit: Unit) -> Amount | None:
    amount = line.amount(column, unit)
    if amount is None:
        line.notice(column, f"The {unit.plural} are not known, so nobody can tell how much counts. Find them out")
    elif not amount.grains:
        line.refuse(
            column, "zero", "It amounts to nothing. Correct the figure, or leave the cell blank where it is not known"
        )
    return amount


def _fits(line: Line, column: str, amount: Amount | None, a_day: Amount, days: tuple[date | None, date | None]) -> None:
    """Check that an activity is no longer than its days."""
    first, last = days
    if amount is None or first is None or last is None or last < first:
        return
    count = (last - first).days + 1
    if amount > a_day * count:
        what = f"{amount} are more than {'one day' if count == 1 else f'{count} days'} can hold"
        line.refuse(column, "more_than_a_day", f"{what}. Correct the figure, or the days")


class _Sort(NamedTuple):
    """One way in which the table tells activities apart."""

    axis: Axis
    column: str
    words: Vocabulary


def _tagged(
    line: Line, sorts: tuple[_Sort, ...], column: str, unit: Unit, amount: Amount | None
) -> tuple[dict[str, Known], tuple[Share, ...]]:
    """Read the tags of the whole, and the shares where one axis divides it."""
    tags: dict[str, Known] = {}
    shares: tuple[Share, ...] = ()
    for sort in sorts:
        parts = line.parts(sort.column, sort.words, unit)
        if not any(part.amount is not None for part in parts):
            tag = _tag(line, sort, parts)
            if tag is not None:
                tags[sort.axis.name] = tag
            continue
        split = _split(line, sort, parts, column, amount)
        if len(split) == 1:
            tags[sort.axis.name] = parts[0].tag
        elif split and shares:
            line.refuse(
                sort.column, "split", "The whole is divided in another column already. Divide it in one of them"
            )
        else:
            shares = split or shares
    return tags, shares


def _tag(line: Line, sort: _Sort, parts: tuple[Part, ...]) -> Known | None:
    if not parts:
        if not sort.axis.every:
            return None
        line.notice(sort.column, "It is blank, so nobody can tell towards what this counts. Find it out")
        return UNKNOWN
    if len(parts) == 1:
        return parts[0].tag
    several = tuple(part.tag for part in parts if isinstance(part.tag, str))
    if sort.axis.every or len(several) < len(parts):
        what = f"There are {len(parts)} in one cell, and it does not say how the whole divides"
        line.refuse(sort.column, "split", f"{what}. Write how much there is of each: {worded(parts[0].tag)} …; …")
    return several


def _split(line: Line, sort: _Sort, parts: tuple[Part, ...], column: str, amount: Amount | None) -> tuple[Share, ...]:
    """Read how the amount divides; nothing where that cannot be."""
    shares = tuple(Share(part.amount, {sort.axis.name: part.tag}) for part in parts if part.amount is not None)
    together = sum((share.amount for share in shares[1:]), shares[0].amount)
    if len(shares) < len(parts) or not all(share.amount.grains for share in shares):
        line.refuse(sort.column, "split", "A part of it has no figure. Say how much, or leave that part out")
    elif amount != together and not line.is_refused(column):
        whole = f"and the whole is {amount}" if amount else "and the whole is blank"
        line.refuse(sort.column, "split", f"The parts make {together}, {whole}. Correct the parts, or “{column}”")
    else:
        return shares
    return ()
