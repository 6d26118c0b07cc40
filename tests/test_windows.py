"""Words that look at another stretch of time, over whole numbers of days; see tests/arithmetic.py."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cpdrules import Period, Source, Verdict, all_of, at_least, each, exempt, over, year
from cpdrules.errors import PeriodError, PolicyError
from cpdrules.periods import days, months, years
from tests.arithmetic import Divisors, Year, even

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

cycle = Period(date(2013, 1, 1), date(2015, 12, 31))


class TestOver:
    def test_looks_at_the_window_that_ends_with_the_period(self) -> None:
        """Three years that end with 2015 have 1095 days; those that end with 2016 have one more."""
        policy = over(years(3), Year(ref="days"), ref="window", source=Source("book"))
        finding = policy.assess(1095, period=year(2015))
        assert finding.verdict is MET
        assert finding.period == finding["days"].period == cycle
        assert (finding.ref, finding.clause.source) == ("window", Source("book"))
        assert "3 years" in finding.clause.about
        assert policy.assess(1095, period=year(2016)).verdict is NOT_MET

    def test_may_be_shorter_than_the_period(self) -> None:
        """Half a year of a whole one."""
        assert over(months(6), Year()).assess(184, period=year(2015)).verdict is MET

    def test_of_windows(self) -> None:
        """A window in a window ends with it."""
        assert over(years(3), over(years(1), Year())).assess(366, period=year(2016)).verdict is MET


class TestEach:
    def test_looks_at_every_stretch(self) -> None:
        """Every year of three has 365 days, and of the next three one has not."""
        policy = each(years(1), Year(ref="days"), ref="yearly", source=Source("book"))
        finding = policy.assess(365, period=cycle)
        assert finding.verdict is MET
        assert [(part.ref, part.period) for part in finding.parts] == [
            (f"days[{number}]", year(2012 + number)) for number in (1, 2, 3)
        ]
        assert (finding.ref, finding.clause.source) == ("yearly", Source("book"))
        assert "year" in finding.clause.about
        later = policy.assess(365, period=Period(date(2014, 1, 1), date(2016, 12, 31)))
        assert later.verdict is NOT_MET
        assert later["days[3]"].verdict is NOT_MET

    def test_numbers_every_clause_of_a_stretch(self) -> None:
        """Parts are told apart, too; what has no name gets none, and the source stays."""
        inner = all_of(even, at_least(1, Divisors(), ref="some", source=Source("book")))
        finding = each(years(1), inner, ref="yearly").assess(6, period=cycle)
        assert [node.ref for node in finding.walk()] == [
            "yearly",
            *(ref for number in (1, 2, 3) for ref in ("", f"even[{number}]", f"some[{number}]")),
        ]
        assert finding["some[2]"].clause.source == Source("book")
        assert finding["some[2]"].required == (2, 2)

    def test_counts_stretches_from_the_first_day(self) -> None:
        """A year from November has two halves."""
        period = Period(date(2014, 11, 1), date(2015, 10, 31))
        finding = each(months(6), Year(ref="days")).assess(181, period=period)
        assert [part.verdict for part in finding.parts] == [MET, NOT_MET]

    def test_asks_nothing_where_nothing_is_asked(self) -> None:
        """Stretches in which nothing is asked are neutral."""
        assert each(years(1), exempt("x")).assess(1, period=cycle).verdict is DOES_NOT_APPLY

    @pytest.mark.parametrize("length", [years(2), months(7), days(100)])
    def test_fills_the_period(self, length: Any) -> None:
        """A stretch that would reach beyond the period is refused: it would count what lies outside."""
        with pytest.raises(PeriodError, match=rf"2013 to 2015 cannot be divided into .* {length}\.") as caught:
            each(length, Year()).assess(1, period=cycle)
        assert caught.value.data == {"period": cycle, "length": length}


class TestMisuse:
    @pytest.mark.parametrize("word", [over, each])
    def test_needs_a_period(self, word: Any) -> None:
        """What window it is depends on the period."""
        with pytest.raises(PolicyError, match=f"The clause '{word.__name__}' looks at dates"):
            word(years(1), even).assess(2)
        with pytest.raises(PolicyError, match="The clause 'mine' looks at dates"):
            word(years(1), even, ref="mine").assess(2)

    @pytest.mark.parametrize("word", [over, each])
    @pytest.mark.parametrize("length", [3, "3 years", None, year(2015)])
    def test_needs_a_length(self, word: Any, length: Any) -> None:
        """Three is no length of time: three years are."""
        with pytest.raises(PolicyError, match=rf"^{word.__name__} looks at a length .* years\(3\)") as caught:
            word(length, even)
        assert caught.value.data == {"word": word.__name__, "length": length}

    @pytest.mark.parametrize("word", [over, each])
    def test_needs_a_clause(self, word: Any) -> None:
        """What is assessed over the window is a policy."""
        with pytest.raises(PolicyError, match=f"^{word.__name__} is made of clauses, and 5 is none"):
            word(years(1), 5)
