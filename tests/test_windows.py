"""Words that look at another stretch of time, over whole numbers of days; see tests/arithmetic.py."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import (
    Period,
    Source,
    Verdict,
    all_of,
    any_of,
    at_least,
    each,
    exempt,
    none_of,
    over,
    unstated,
    when,
    year,
)
from cpdrules.errors import PeriodError, PolicyError
from cpdrules.periods import Length, days, months, preceding, years
from cpdrules.windows import MOST_PERIODS_BACK, before
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


class TestEachThatOverlaps:
    policy = each(years(2), Year(ref="days"), every=years(1), ref="any")

    def test_looks_at_stretches_that_begin_so_often(self) -> None:
        """In any two years of three; the last year begins a stretch that would reach beyond, and it is none."""
        finding = self.policy.assess(730, period=cycle)
        assert [(part.ref, str(part.period)) for part in finding.parts] == [
            ("days[1]", "2013 to 2014"),
            ("days[2]", "2014 to 2015"),
        ]
        assert finding.verdict is MET
        assert finding.period == cycle
        assert finding.clause.about == "in any 2 years, counted every year"

    def test_may_begin_before_the_period(self) -> None:
        """The last year of the cycle before and the first of this are two years, too."""
        policy = each(years(2), Year(ref="days"), every=years(1), reaching_back=years(1))
        finding = policy.assess(731, period=cycle)  # 2012 had a leap day
        assert [(str(part.period), part.verdict) for part in finding.parts] == [
            ("2012 to 2013", MET),
            ("2013 to 2014", NOT_MET),
            ("2014 to 2015", NOT_MET),
        ]
        assert finding.clause.about == "in any 2 years, counted every year, from 1 year before"

    def test_may_begin_before_the_period_and_follow_one_another(self) -> None:
        """Two years before the first of two more."""
        finding = each(years(2), Year(), reaching_back=years(1)).assess(
            730, period=Period(date(2014, 1, 1), date(2016, 12, 31))
        )
        assert [str(part.period) for part in finding.parts] == ["2013 to 2014", "2015 to 2016"]
        assert finding.clause.about == "in every 2 years, from 1 year before"

    def test_are_called_by_their_years(self) -> None:
        """By those that they touch."""
        inner = all_of(Year(ref="days"), ref="all")
        finding = each(years(2), inner, every=years(1), named="by_year").assess(1, period=cycle)
        assert [node.ref for node in finding.walk() if node.ref] == [
            "all[2013-2014]", "days[2013-2014]", "all[2014-2015]", "days[2014-2015]"
        ]  # fmt: skip
        single = each(years(1), inner, named="by_year").assess(365, period=cycle)
        assert single["days[2014]"].verdict is MET
        assert each(Length(months=18), inner, named="by_year").named == "by_year"

    @pytest.mark.parametrize(
        ("length", "every"), [(months(6), None), (years(1), months(11)), (years(1), days(365)), (days(400), None)]
    )
    def test_are_not_called_by_a_year_that_another_is_called_by(self, length: Any, every: Any) -> None:
        """Two halves of one year are not told apart by it."""
        with pytest.raises(
            PolicyError, match=r"Stretches that begin every .* are not told apart by their years"
        ) as caught:
            each(length, even, every=every, named="by_year")
        assert caught.value.data == {"named": "by_year", "every": every or length}

    @pytest.mark.parametrize("every", [years(2), years(3), months(5)])
    def test_end_with_the_period(self, every: Any) -> None:
        """The last days of a period belong to a stretch, or nothing is said of them."""
        with pytest.raises(PeriodError, match="cannot be divided into stretches of 2 years"):
            each(years(2), even, every=every).assess(1, period=cycle)
        with pytest.raises(PeriodError, match="cannot be divided into stretches of 4 years"):
            each(years(4), even, every=years(1)).assess(1, period=cycle)

    @pytest.mark.parametrize("name", ["every", "reaching_back"])
    def test_need_lengths(self, name: str) -> None:
        """One is no year."""
        with pytest.raises(PolicyError, match=r"^each looks at a length of time, and 1 is none"):
            each(years(1), even, **{name: 1})  # type: ignore[arg-type]

    def test_have_a_way_to_be_called(self) -> None:
        """A word that is not known is refused."""
        with pytest.raises(
            PolicyError, match=r"'by_name' does not say how stretches.*Say by_number or by_year"
        ) as caught:
            each(years(1), even, named="by_name")  # type: ignore[arg-type]
        assert caught.value.data == {"named": "by_name"}

    @given(length=st.integers(1, 5), every=st.integers(1, 5), back=st.integers(0, 4), span=st.integers(1, 8))
    def test_cover_every_year_or_are_refused(self, length: int, every: int, back: int, span: int) -> None:
        """Counted in whole years: they begin so often, none reaches beyond, and the last ends with the period."""
        period = Period(date(2010, 1, 1), date(2009 + span, 12, 31))
        policy = each(years(length), even, every=years(every), reaching_back=years(back) if back else None)
        begins = [first for first in range(2010 - back, 2010 + span, every) if first + length <= 2010 + span]
        if not begins or begins[-1] + length != 2010 + span:
            with pytest.raises(PeriodError):
                policy.stretches(period)
        else:
            spans = [(one.first.year, one.last.year + 1) for one in policy.stretches(period)]
            assert spans == [(first, first + length) for first in begins]


class TestEachOfWhichSomeAreEnough:
    policy = each(years(1), Year(ref="days"), at_least=2, ref="some")

    @pytest.mark.parametrize(("number", "verdict"), [(365, MET), (366, NOT_MET), (0, NOT_MET)])
    def test_asks_in_so_many(self, number: int, verdict: Verdict) -> None:
        """Two of the three years from 2014 have 365 days."""
        finding = self.policy.assess(number, period=Period(date(2014, 1, 1), date(2016, 12, 31)))
        assert finding.verdict is verdict
        assert len(finding.parts) == 3
        assert finding.clause.count == 2
        assert finding.clause.about == "in every year, 2 of these are enough"

    def test_asks_in_all_where_they_are_fewer(self) -> None:
        """Of one year, in that one; and in those in which anything is asked."""
        assert self.policy.assess(365, period=year(2015)).verdict is MET
        assert self.policy.assess(366, period=year(2015)).verdict is NOT_MET
        leap = when(Year(), Year(), otherwise=exempt("x"))
        assert each(years(1), leap, at_least=2).assess(365, period=cycle).verdict is MET
        assert each(years(1), exempt("x"), at_least=2).assess(365, period=cycle).verdict is DOES_NOT_APPLY

    def test_tells_being_met_from_not_being_asked(self) -> None:
        """A year in which nobody can tell whether anything is asked is not one of those in which it was met."""
        open_ = when(unstated("whether"), exempt("x"), otherwise=none_of(unstated("no", ref="no")))
        either = when(unstated("whether"), exempt("x"), otherwise=at_least(0, Divisors()))
        assert each(years(1), either).assess(1, period=cycle).verdict is MET
        assert each(years(1), either, at_least=1).assess(1, period=cycle).verdict is CANNOT_TELL
        assert each(years(1), open_, at_least=1).assess(1, period=cycle).verdict is CANNOT_TELL

    def test_says_so_after_all_else(self) -> None:
        """With what is said of the stretches."""
        policy = each(years(2), even, every=years(1), reaching_back=years(1), at_least=1)
        assert str(policy) == "in any 2 years, counted every year, from 1 year before, 1 of these are enough"

    @pytest.mark.parametrize("number", [0, -1, 1.0, True, "2"])
    def test_of_another_number_is_refused(self, number: Any) -> None:
        """None at all would ask for nothing."""
        with pytest.raises(PolicyError, match="does not say in how many stretches the policy must be met") as caught:
            each(years(1), even, at_least=number)
        assert caught.value.data == {"at_least": number}

    @given(number=st.integers(0, 1500), enough=st.integers(1, 5), span=st.integers(1, 5), first=st.integers(2010, 2016))
    def test_is_met_as_often_as_it_is_by_itself(self, number: int, enough: int, span: int, first: int) -> None:
        """As many stretches are met as are when each is assessed alone."""
        period = Period(date(first, 1, 1), date(first + span - 1, 12, 31))
        met = [Year().assess(number, period=year(first + more)).verdict is MET for more in range(span)]
        finding = each(years(1), Year(), at_least=enough).assess(number, period=period)
        assert (finding.verdict is MET) == (sum(met) >= min(enough, span))


class TestBefore:
    def test_looks_at_the_period_before(self) -> None:
        """The year before 2017 is a leap year, as is the cycle of three before that of 2017."""
        policy = before(Year(ref="days"), ref="last", source=Source("book"))
        finding = policy.assess(366, period=year(2017))
        assert finding.verdict is MET
        assert finding.period == finding["days"].period == year(2016)
        assert (finding.ref, finding.clause.source, finding.clause.about) == (
            "last", Source("book"), "in the period before"
        )  # fmt: skip
        assert policy.assess(366, period=year(2016)).verdict is NOT_MET
        assert policy.assess(1095, period=Period(date(2016, 1, 1), date(2018, 12, 31))).verdict is MET

    def test_may_look_further_back(self) -> None:
        """Two periods before, and the period before that before."""
        twice = before(Year(ref="days"), periods=2)
        finding = twice.assess(366, period=year(2018))
        assert (finding.verdict, finding.period, finding.clause.about) == (MET, year(2016), "2 periods before")
        assert before(before(Year())).assess(366, period=year(2018)).verdict is MET

    def test_may_be_a_condition(self) -> None:
        """Somebody who met it last year is asked for nothing this year."""
        policy = when(before(Year(ref="last")), exempt("met last year"), otherwise=Year(ref="now"))
        assert policy.assess(366, period=year(2017)).verdict is DOES_NOT_APPLY
        assert policy.assess(365, period=year(2017)).verdict is MET

    @given(
        number=st.integers(0, 400),
        first=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        span=st.integers(1, 1200),
        back=st.integers(1, 3),
    )
    def test_comes_to_what_it_would_have_come_to_then(self, number: int, first: date, span: int, back: int) -> None:
        """Whatever the period."""
        period = Period(first, first + timedelta(days=span - 1))
        policy = all_of(even, any_of(Year(), at_least(2, Divisors())))
        then = policy.assess(number, period=preceding(period, back))
        finding = before(policy, periods=back).assess(number, period=period)
        assert finding.parts == (then,)
        assert (finding.verdict, finding.period) == (then.verdict, preceding(period, back))

    @pytest.mark.parametrize("number", [0, -1, MOST_PERIODS_BACK + 1, 1.0, True, "2"])
    def test_of_another_number_is_refused(self, number: Any) -> None:
        """This period is not before itself, and nobody looks back for centuries."""
        with pytest.raises(PolicyError, match=r"does not say how many periods before\. Give a whole number") as caught:
            before(even, periods=number)
        assert caught.value.data == {"periods": number}

    def test_needs_a_clause_and_a_period(self) -> None:
        """As the other windows do."""
        with pytest.raises(PolicyError, match=r"^before is made of clauses, and 5 is none"):
            before(5)  # type: ignore[arg-type]
        with pytest.raises(PolicyError, match="The clause 'before' looks at dates"):
            before(even).assess(2)


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
