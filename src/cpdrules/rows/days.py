"""Days as people write them, in an order that the caller has named.

What can be read in one order only is offered as “did you mean”, and still not read: the next row might mean the other.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from numbers import Real

from attrs import field, frozen

from cpdrules.periods import as_date
from cpdrules.rows.troubles import CellError, RowsError, as_text, quoted

_PARTS = {"year": r"(?P<year>\d{4})", "month": r"(?P<month>\d{1,2})", "day": r"(?P<day>\d{1,2})"}


@frozen
class DayForm:
    """An order of year, month and day, and what stands between them."""

    #: As the caller named it: ``day/month/year``.
    text: str
    separator: str
    order: tuple[str, ...]
    pattern: re.Pattern[str] = field(repr=False, eq=False)

    @property
    def shape(self) -> tuple[str, bool]:
        """What its texts look like: forms of one shape can be taken for each other."""
        return self.separator, self.order[0] == "year"

    def written(self, day: date) -> str:
        """Write a day in this form."""
        figures = {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
        return self.separator.join(figures[part] for part in self.order)


def day_form(text: str) -> DayForm:
    """Read the name of a form: ``day/month/year``, ``year-month-day``, ``day.month.year``.

    >>> day_form("day/month/year").written(date(2015, 3, 2))
    '02/03/2015'

    Raises:
        RowsError: it is no order of day, month and year with one separator.
    """
    found = re.fullmatch(r"(day|month|year)([-/. ])(day|month|year)\2(day|month|year)", text)
    order = found.group(1, 3, 4) if found else ()
    if found is None or len(set(order)) < 3:
        raise RowsError(
            f"{text!r} is no way to write dates",
            remedy="Name the order and what stands between: year-month-day, day/month/year, day.month.year",
            dates=text,
        )
    iso = text == "year-month-day"  # which always has two digits for month and day
    parts = (_PARTS[part].replace("{1,2}", "{2}") if iso else _PARTS[part] for part in order)
    return DayForm(text, found[2], order, re.compile(re.escape(found[2]).join(parts), re.ASCII))


#: What is left of a date and time where the time is midnight, and nobody has thought of one.
_MIDNIGHT = re.compile(r"(?<=\d)[T ]00:00(:00(\.0+)?)?", re.ASCII)


def day_of(value: object, forms: tuple[DayForm, ...]) -> date:
    """Read a day from a cell: a text in one of some forms, a date, or a date and time at midnight.

    >>> day_of("02/03/2015", (day_form("day/month/year"),))
    datetime.date(2015, 3, 2)

    Raises:
        CellError: it is no day, or can be read as two, or has a time of day.
    """
    if isinstance(value, str):
        return _written_day(_MIDNIGHT.sub("", value.strip()) if ":" in value else value.strip(), forms)
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.time() != time.min:
            raise CellError("date", f"{quoted(value)} has a time of day or a time zone. Give the day alone")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, Real) and not isinstance(value, bool):
        return _written_day(as_text(value), forms)
    what = f"{quoted(value)} is a {type(value).__name__} and no date"
    raise CellError("date", f"{what}. Give a date, or a text such as {forms[0].written(_EXAMPLE)}")


_EXAMPLE = date(2015, 3, 2)


def _written_day(text: str, forms: tuple[DayForm, ...]) -> date:
    for form in forms:
        found = form.pattern.fullmatch(text)
        if found is not None:
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                raise CellError("date", _no_such_day(found, text)) from None
    raise _unreadable_day(text, forms[0])


def _no_such_day(found: re.Match[str], text: str) -> str:
    year, month = int(found["year"]), int(found["month"])
    if year and 1 <= month <= 12:
        last = monthrange(year, month)[1]
        ends = as_date(date(year, month, last)).split(" ", 1)
        return f"{quoted(text)} is no day of the calendar: {ends[1]} has days 1 to {ends[0]}. Correct the day"
    wrong = "month: there is none of that number" if year else "year"
    return f"{quoted(text)} is no day of the calendar. Correct the {wrong}"


#: A spreadsheet's day number is counted from here, for every day since March 1900.
_SPREADSHEET = date(1899, 12, 30)

#: Three groups of digits with something between: somebody's date, in some order.
_SOME_DATE = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})", re.ASCII)


def _unreadable_day(text: str, form: DayForm) -> CellError:
    """Say what is wrong with a text, and which day was likely meant."""
    shown, example = quoted(text), form.written(_EXAMPLE)
    readings = _readings(text)
    if re.fullmatch(r"[1-9]\d{4}(\.0+)?", text, re.ASCII):
        meant = form.written(_SPREADSHEET + timedelta(days=int(text[:5])))
        what = f"{shown} looks like a spreadsheet's day number. Did you mean {meant}? Format the column as dates"
    elif len(readings) > 1:
        both, ways = (" or ".join(map(write, readings)) for write in (as_date, form.written))
        return CellError("two_readings", f"{shown} can be read in two ways: {both}. Write {ways}")
    elif readings:
        what = f"{shown} is not how dates are written here. Did you mean {form.written(readings[0])}?"
    elif (found := _SOME_DATE.fullmatch(text)) and max(len(found[1]), len(found[4])) < 4:
        what = f"{shown} does not have a year of four digits. Write the day as {example}"
    elif found:
        what = f"{shown} is no day of the calendar in any order. Correct it, and write it as {example}"
    else:
        what = f"{shown} is no date. Write it as {example}, or leave the cell blank where the day is not known"
    return CellError("date", what)


def _readings(text: str) -> list[date]:
    """Give the days that a text can mean, in all the orders in which people write."""
    found = _SOME_DATE.fullmatch(text)
    if found is None:
        return []
    first, middle, last = int(found[1]), int(found[3]), int(found[4])
    orders = []
    if len(found[1]) == 4:
        orders = [(first, middle, last)]
    elif len(found[4]) == 4:
        orders = [(last, middle, first), (last, first, middle)]
    days = []
    for order in orders:
        try:
            days.append(date(*order))
        except ValueError:
            continue
    return sorted(set(days), reverse=True)
