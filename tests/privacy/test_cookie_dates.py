"""Dates of cookies are those that browsers find, and no others."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.privacy.cookie_dates import cookie_date

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


#: What stands between tokens: tab, and the signs of ASCII but for the colon.
BETWEEN = {
    chr(code)
    for low, high in ((9, 9), (0x20, 0x2F), (0x3B, 0x40), (0x5B, 0x60), (0x7B, 0x7E))
    for code in range(low, high + 1)
}


#: Pieces of dates, right and wrong.
TOKENS = [
    "1",
    "01",
    "31",
    "32",
    "1:2:3",
    "23:59:59",
    "9:9:9x",
    "24:0:0",
    "1:2:345",
    "jan",
    "Feb",
    "mär",
    "decem",
    "70",
    "2017",
    "17",
    "1600",
    "12345",
    "1st",
    "2017x",
    "ÿ",
    "٣",
]


def moments(first, last):
    """Draw moments of whole seconds, from a year to another."""
    ends = (datetime(year, 1, 1, tzinfo=UTC) - EPOCH for year in (first, last))
    return st.integers(*(int(end.total_seconds()) for end in ends)).map(lambda count: EPOCH + timedelta(seconds=count))


def by_the_letter(text):
    """Read a date as the grammar of RFC 6265bis, section 5.1.1, has it: one character at a time."""
    clock = day = month = year = None
    for token in "".join(" " if sign in BETWEEN else sign for sign in text).split(" "):
        if clock is None and (found := _clock(token)):
            clock = found
        elif day is None and (found := _digits(token, 1, 2)) is not None:
            day = found
        elif month is None and token[:3].isascii() and token[:3].lower() in MONTHS:
            month = MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := _digits(token, 2, 4)) is not None:
            year = found
    if None in (clock, day, month, year):
        return None
    year += 1900 * (70 <= year <= 99) + 2000 * (year <= 69)
    try:
        return datetime(year, month, day, *clock, tzinfo=UTC) if year >= 1601 else None
    except ValueError:
        return None


def _digits(token, fewest, most):
    number = len(token) - len(token.lstrip("0123456789"))
    return int(token[:number]) if fewest <= number <= most else None


def _clock(token):
    parts = token.split(":", 2)
    if len(parts) < 3 or any(not 1 <= len(part) <= 2 or part.strip("0123456789") for part in parts[:2]):
        return None
    second = _digits(parts[2], 1, 2)
    return None if second is None else (int(parts[0]), int(parts[1]), second)


class TestWellFormedDates:
    """What HTTP, C and old servers write is read."""

    @given(moments(1601, 9999))
    def test_the_date_of_http_is_read_as_python_reads_it(self, moment):
        """A date of HTTP comes back as the moment that it was made of."""
        text = format_datetime(moment, usegmt=True)
        assert cookie_date(text) == parsedate_to_datetime(text) == moment

    @given(moments(1970, 2069))
    def test_two_digits_of_a_year_name_a_year_from_1970_to_2069(self, moment):
        """The old form with hyphens and two digits comes back, too."""
        assert cookie_date(moment.strftime("%A, %d-%b-%y %H:%M:%S GMT")) == moment

    @given(moments(1700, 2200))
    def test_the_order_of_asctime_is_read(self, moment):
        """What C's asctime writes comes back."""
        assert cookie_date(moment.strftime("%a %b %d %H:%M:%S %Y")) == moment

    @pytest.mark.parametrize(
        ("text", "year"), [("69", 2069), ("70", 1970), ("99", 1999), ("00", 2000), ("1601", 1601), ("070", 1970)]
    )
    def test_years_turn_where_the_specification_says(self, text, year):
        """Seventy is of the last century, sixty-nine of this one; three digits are a number like any other."""
        assert cookie_date(f"Thu, 01 Jan {text} 00:00:00 GMT") == datetime(year, 1, 1, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text",
        [
            "Thu, 01 Jan 1970 00:00:00 PDT",
            "Monday, 01 Jan 1970 00:00:00 +0200",
            "1 January 1970 0:0:0",
            "01;Jan;1970;00:00:00",
            "1970 1 jan 00:00:00 9 9 9",
            "\t01-JANUARYish-1970 00:00:00.250",
            "1st Jan 1970AD 00:00:00x",
        ],
    )
    def test_zones_days_of_the_week_and_order_do_not_matter(self, text):
        """Everything that stands beside the four parts is overlooked, a zone among it."""
        assert cookie_date(text) == (datetime(1970, 1, 1, tzinfo=UTC))


class TestNoDates:
    """What browsers find no date in is none."""

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "0",
            "-1",
            "Session",
            "Thu, 01 Jan 1970",
            "Thu, 01 Jan 00:00:00 GMT",
            "Thu, Jan 1970 00:00:00",
            "Thu, 01 1970 00:00:00",
            "Thu, 31 Feb 2020 00:00:00 GMT",
            "Thu, 29 Feb 2019 00:00:00 GMT",
            "Thu, 00 Jan 2020 00:00:00 GMT",
            "Thu, 01 Jan 1600 23:59:59 GMT",
            "Thu, 01 Jan 0100 00:00:00 GMT",
            "Thu, 01 Jan 2020 24:00:00 GMT",
            "Thu, 01 Jan 2020 00:60:00 GMT",
            "Thu, 01 Jan 2020 00:00:60 GMT",
            "Thu, 01 Jan 2020 00:00:600 GMT",
            "Thu, 01 Jan 2020 00:00 GMT",
            "Thu, 01 Jan 20200 00:00:00 GMT",
            "Thu, ０１ Jan ２０２０ 00:00:00 GMT",
            "2020-01-01T00:00:00Z",
        ],
    )
    def test_it_is_none(self, text):
        """A missing or impossible part leaves no date."""
        assert cookie_date(text) is None

    @given(st.text())
    def test_no_text_raises(self, text):
        """Any text has an answer, and the model's."""
        assert cookie_date(text) == by_the_letter(text)

    @given(
        st.lists(st.sampled_from(TOKENS), max_size=8),
        st.lists(st.sampled_from(" -,;/\t~:") | st.just(""), min_size=8, max_size=8),
    )
    def test_it_is_read_as_the_grammar_has_it(self, tokens, between):
        """The reading is that of a slow model that goes by single characters."""
        text = "".join(token + mark for token, mark in zip(tokens, between, strict=False))
        assert cookie_date(text) == by_the_letter(text)

    def test_length_is_no_harm(self):
        """A hundred thousand characters are read at once."""
        assert cookie_date("1:" * 50_000) is None
        assert cookie_date("9" * 100_000) is None
        assert cookie_date("x " * 50_000 + "1 jan 2020 0:0:0") == datetime(2020, 1, 1, tzinfo=UTC)
        assert cookie_date("1 jan 2020 0:0:0") + timedelta(1) == datetime(2020, 1, 2, tzinfo=UTC)
