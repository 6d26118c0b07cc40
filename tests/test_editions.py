"""One policy over time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from cpdrules import Period, Source, Verdict, exempt, year
from cpdrules.editions import Dated, Edition, at, editions
from cpdrules.errors import NoEditionError, PeriodError, PolicyError

OLD = Edition("old", exempt("then"), date(2010, 1, 1), date(2014, 12, 31), "it came first")
NEW = Edition("new", exempt("now"), date(2016, 1, 1), source=Source("the new text"))


class TestEditions:
    @pytest.mark.parametrize(
        ("day", "name"), [("2010-01-01", "old"), ("2014-12-31", "old"), ("2016-01-01", "new"), ("2999-01-01", "new")]
    )
    def test_a_day_has_its_text(self, day: str, name: str) -> None:
        """The first and the last day of an edition are its own."""
        assert editions(OLD, NEW).at(date.fromisoformat(day)).name == name

    @pytest.mark.parametrize("day", ["2009-12-31", "2015-06-01"])
    def test_a_day_without_a_text_is_refused(self, day: str) -> None:
        """Before the first, and in a gap, nothing is known, and the error names what is."""
        with pytest.raises(
            NoEditionError, match=r"No text was in force .* old \(from 1 January 2010 to 31 December 2014\), new \(from"
        ) as caught:
            editions(OLD, NEW).at(date.fromisoformat(day))
        assert caught.value.data["day"] == date.fromisoformat(day)

    def test_two_texts_on_one_day_are_refused(self) -> None:
        """Every day has one text at most: an open end before another beginning is a contradiction."""
        with pytest.raises(PolicyError, match="both be in force on 1 January 2016"):
            editions(Edition("endless", exempt("x"), date(2010, 1, 1)), NEW)
        with pytest.raises(PolicyError, match="both be in force on 31 December 2014"):
            editions(OLD, Edition("next", exempt("x"), date(2014, 12, 31)))

    def test_no_edition_is_no_policy(self) -> None:
        """There must be one."""
        with pytest.raises(PolicyError, match="has no edition"):
            editions()

    def test_the_period_chooses_by_its_first_day(self) -> None:
        """A period that crosses from one text into the next is judged by the one it began under."""
        policy = editions(OLD, NEW)
        finding = policy.assess(None, period=Period(date(2014, 12, 1), date(2016, 3, 1)))
        assert finding.verdict is Verdict.DOES_NOT_APPLY
        assert finding.notes[0] == ("edition", "old, in force from 1 January 2010 to 31 December 2014 (it came first)")
        assert policy.assess(None, period=year(2016)).notes[0].text == "new, in force from 1 January 2016 on"

    def test_a_period_must_be_given(self) -> None:
        """A policy over time is never assessed against today."""
        with pytest.raises(PolicyError, match="no period was given"):
            editions(OLD, NEW).assess(None)


class TestDated:
    def test_facts_are_dated_too(self) -> None:
        """The same choice serves whatever has a beginning and an end."""
        facts = (Dated("a", 1, date(2010, 1, 1), date(2010, 12, 31)), Dated("b", 2, date(2011, 1, 1)))
        assert at(date(2010, 12, 31), facts).value == 1
        assert at(date(2011, 1, 1), facts).value == 2

    def test_two_on_one_day_are_refused(self) -> None:
        """Where several hold, none is picked."""
        facts = (Dated("a", 1, date(2010, 1, 1)), Dated("b", 2, date(2011, 1, 1)))
        with pytest.raises(NoEditionError, match=r"Several texts were in force on 1 January 2012\. They are a"):
            at(date(2012, 1, 1), facts)

    @pytest.mark.parametrize("day", [datetime(2012, 1, 1), "2012-01-01", None])  # noqa: DTZ001
    def test_only_a_day_has_a_text(self, day: Any) -> None:
        """A time of day or a text is refused, and not compared."""
        with pytest.raises(PeriodError, match="A text is in force on a day, not at"):
            at(day, (Dated("a", 1, date(2010, 1, 1)),))

    def test_none_known_is_said(self) -> None:
        """No names are promised where there are none."""
        none: tuple[Dated[int], ...] = ()
        with pytest.raises(NoEditionError, match=r"Known are none at all\."):
            at(date(2012, 1, 1), none)
