"""What the laws are tried on: amounts, periods, members, records and policies, as Hypothesis draws them.

Everything is small on purpose: three areas, quarters of an hour, days around one cycle of three years. Thresholds are
met exactly, caps are full to the grain and circumstances touch, which is where the mistakes are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from cpdrules import (
    Period,
    Policy,
    Rounding,
    advise,
    all_of,
    any_of,
    at_least,
    at_least_of,
    at_most,
    each,
    exempt,
    none_of,
    over,
    undecided,
    unstated,
    when,
)
from cpdrules.amounts import ACTIVITY, HOUR, POINT, Amount, Unit
from cpdrules.cpd import (
    UNKNOWN,
    Activity,
    Agreement,
    Axis,
    Circumstance,
    Member,
    Record,
    activity,
    agreed,
    agreement,
    as_tagged,
    circumstance,
    counting,
    different,
    each_at_least,
    entries,
    fact,
    figure_when,
    grade,
    highest,
    hours,
    lowest,
    points,
    pro_rata,
    record,
    registered,
    scheme,
    share,
    share_of,
    share_of_counted,
    stepped,
    sum_of,
    time_weighted,
    up_to,
    worth,
)
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.conditions import InCircumstances
from cpdrules.cpd.measures import Different, Entries, Total
from cpdrules.cpd.worth import Worth
from cpdrules.figures import Target
from cpdrules.periods import months, year, years
from cpdrules.windows import before

AREAS = ("a", "b", "c")
TOPICS = ("t", "u")
KINDS = ("leave", "retired", "volunteering")
ROUTES = ("x", "y")

#: Every activity is planned or not and lies in an area; few have a topic.
AXES = (Axis("topic", every=False),)

#: The ways to count across the edge of a period.
WAYS = ("by_first_day", "by_last_day", "by_day")

FIRST, LAST = date(2012, 6, 1), date(2016, 6, 30)

#: A period, and how many months it has: one year, one that begins in November, a cycle of three.
PERIODS = (
    (year(2014), 12),
    (Period(date(2014, 11, 1), date(2015, 10, 31)), 12),
    (Period(date(2013, 1, 1), date(2015, 12, 31)), 36),
)

days = st.dates(FIRST, LAST)
quarters = st.integers(1, 32).map(lambda number: Amount(number * 900, HOUR))
figures = st.integers(0, 40).map(lambda number: Amount(number * 900, HOUR))
roundings = st.builds(
    Rounding,
    st.sampled_from(("up", "down", "half_up", "half_even")),
    st.sampled_from((1, 60, 900, 3600)).map(lambda grains: Amount(grains, HOUR)),
)


def units() -> st.SearchStrategy[Unit]:
    """Draw a unit, with a grain that may divide nothing."""
    return st.one_of(
        st.sampled_from((HOUR, POINT)), st.integers(1, 5000).map(lambda grain: Unit("credit", grain=grain))
    )


@st.composite
def periods(draw: st.DrawFn, first: date = date(1990, 1, 1), longest: int = 1500) -> Period:
    """Draw a period of up to so many days."""
    begins = draw(st.dates(first, date(2040, 12, 31)))
    return Period(begins, begins + timedelta(days=draw(st.integers(0, longest))))


# Members --------------------------------------------------------------------------------------------------------------


@st.composite
def circumstances(draw: st.DrawFn) -> Circumstance:
    """Draw a circumstance; the edges of months and years are likelier than other days."""
    edges = st.sampled_from(
        [
            date(number, month, 1) - timedelta(days=less)
            for number in (2013, 2014, 2015)
            for month in (1, 7, 12)
            for less in (0, 1)
        ]
    )
    since = draw(st.one_of(days, edges))
    ends = st.integers(0, 500).map(lambda more: since + timedelta(days=more))
    until = (
        draw(st.one_of(ends, edges.filter(lambda day: day >= since), st.none())) if since < date(2015, 12, 1) else None
    )
    return Circumstance(draw(st.sampled_from(KINDS)), since, until)


@st.composite
def members(draw: st.DrawFn, *, known: bool = True) -> Member:
    """Draw a member; where facts may be missing, a route or a grade is not recorded now and then."""
    joined = draw(st.one_of(st.none(), days))
    left = draw(st.one_of(st.none(), st.dates(joined or FIRST, LAST)))
    route = draw(st.sampled_from((*ROUTES, False) if known else (*ROUTES, False, UNKNOWN, UNKNOWN)))
    agreements = [
        Agreement(figure, "a reason", "somebody", since, since, draw(st.one_of(st.none(), st.dates(since, LAST))))
        for since, figure in draw(st.lists(st.tuples(days, figures), max_size=2))
    ]
    return Member(
        "m",
        grade=draw(st.sampled_from(("MIET", "FIET") if known else ("MIET", "FIET", "", ""))),
        registrations=draw(st.sampled_from(((), ("CEng",), ("CEng", "EngTech")))),
        joined=joined,
        left=left,
        circumstances=tuple(draw(st.lists(circumstances(), max_size=3))),
        agreements=tuple(agreements),
        facts={"route": route},
    )


# Records --------------------------------------------------------------------------------------------------------------


@st.composite
def activities(draw: st.DrawFn, *, known: bool = True, straddling: bool = True, points_too: bool = True) -> Activity:
    """Draw an activity; where facts may be missing, about one in four of them is."""

    def perhaps(strategy: st.SearchStrategy[Any], missing: Any) -> Any:
        return draw(strategy if known else st.one_of(strategy, strategy, strategy, st.just(missing)))

    first = perhaps(days, None)
    until = None
    if first is not None and straddling and draw(st.integers(0, 3)) == 0:
        edges = st.sampled_from([date(number, 12, 31) + timedelta(days=3) for number in (2012, 2013, 2014, 2015)])
        until = draw(
            st.one_of(
                st.integers(0, 40).map(lambda more: first + timedelta(days=more)),
                edges.map(lambda day: max(first, day)),
            )
        )
    unit = draw(st.sampled_from((HOUR, HOUR, HOUR, POINT if points_too else HOUR)))
    amount = perhaps(st.integers(1, 32).map(lambda number: Amount(number * unit.grain // 4, unit)), None)
    tags: dict[str, Any] = {"planned": perhaps(st.booleans(), UNKNOWN)}
    topic = draw(st.sampled_from((None, None, "t", "u", TOPICS) if known else (None, None, "t", TOPICS, UNKNOWN)))
    if topic is not None:
        tags["topic"] = topic
    shares: tuple[Any, ...] = ()
    if amount is not None and amount.grains >= 2 and draw(st.integers(0, 4)) == 0:
        part = draw(st.integers(1, amount.grains - 1))
        shares = tuple(
            share(Amount(grains, unit), unit=unit, area=perhaps(st.sampled_from(AREAS), UNKNOWN))
            for grains in (part, amount.grains - part)
        )
    elif known or draw(st.integers(0, 3)):
        tags["area"] = draw(st.sampled_from(AREAS))
    reflection = draw(st.sampled_from(("", "learnt something")))
    return activity(first, amount, until=until, unit=unit, reflection=reflection, shares=shares, **tags)


@st.composite
def records(draw: st.DrawFn, *, known: bool = True, most: int = 6, straddling: bool = True) -> Record:
    """Draw a record of a member."""
    log = draw(st.lists(activities(known=known, straddling=straddling), max_size=most))
    return record(draw(members(known=known)), log, plan=draw(st.booleans()))


# Policies -------------------------------------------------------------------------------------------------------------


@st.composite
def filters(draw: st.DrawFn, *, area: bool = True) -> dict[str, Any]:
    """Draw which activities a measure admits."""
    asked: dict[str, Any] = {}
    if area and draw(st.integers(0, 2)) == 0:
        asked["area"] = draw(st.sampled_from(("a", "b", ("a", "b"), ("b", "c"))))
    if draw(st.integers(0, 2)) == 0:
        asked["planned"] = draw(st.booleans())
    if draw(st.integers(0, 4)) == 0:
        asked["topic"] = draw(st.sampled_from(TOPICS))
    return asked


@st.composite
def caps(draw: st.DrawFn) -> tuple[Cap, ...]:
    """Draw caps that lie inside one another or apart."""
    shapes: tuple[tuple[dict[str, Any], ...], ...] = (
        ({"planned": False},),
        ({},),
        ({"area": "a"}, {"area": "b"}),
        ({"area": "a"}, {"area": ("b", "c")}, {}),
        ({"area": ("a", "b")}, {"area": "a"}),
        ({"planned": False}, {"planned": False, "area": "a"}, {"planned": True, "area": "b"}),
        ({"planned": False, "area": "a"}, {"planned": False, "area": "b"}, {"planned": False}, {}),
    )
    return tuple(up_to(draw(figures), **tags) for tags in draw(st.sampled_from(shapes)))


def hours_of(asked: dict[str, Any]) -> Total:
    """Count the hours of the activities that a drawn filter admits."""
    return hours(**asked)


@st.composite
def totals(draw: st.DrawFn, *, capped: bool | None = None) -> Total:
    """Draw a sum of hours, under caps or not."""
    longer = draw(st.sampled_from((None, None, None, "2 h")))
    total = hours(longer_than=longer, **draw(filters()))
    with_caps = draw(st.booleans()) if capped is None else capped
    return counting(total, *draw(caps())) if with_caps else total


#: Every activity may be of a society, or several, and may have been given an amount of hours; few are.
TAGGED = (*AXES, Axis("society", every=False), Axis("given", every=False))


@st.composite
def tagged_records(draw: st.DrawFn, *, known: bool = True, most: int = 5, straddling: bool = True) -> Record:
    """Draw a record whose activities carry what rules on worth and caps one by one look at."""
    log = draw(records(known=known, most=most, straddling=straddling))
    unknown = () if known else (UNKNOWN,)
    societies = st.sampled_from(("s", "s", "t", ("s", "t"), None, *unknown))
    given = st.sampled_from((1, "0.5", 0, "2.25", None, *unknown))
    found = []
    for one in log.activities:
        more = {"society": draw(societies), "given": draw(given)}
        found.append(evolve(one, tags={**one.tags, **{axis: tag for axis, tag in more.items() if tag is not None}}))
    return evolve(log, activities=tuple(found))


@st.composite
def worths(draw: st.DrawFn, *, rounding: bool) -> Worth:
    """Draw what some entries are worth in hours; what is a part of a second only where entries are rounded."""
    asked = draw(filters())
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return as_tagged("given", **asked)
    if kind == 1:
        return worth(draw(st.sampled_from((0, "45 min", 2))), every=Amount.of(1, ACTIVITY), unit=HOUR, **asked)
    if kind == 2:
        counts = draw(st.sampled_from(("1:30", "10 s" if not rounding else "7 s", 0)))
        every = Amount.of(1 if not rounding else "0.7", POINT)
        return worth(counts, every=Amount.of("0.1", POINT) if not rounding else every, unit=HOUR, **asked)
    return worth(
        draw(st.sampled_from((2, 0, "30 min" if rounding else 3))), every=Amount.of(1, HOUR), unit=HOUR, **asked
    )


@st.composite
def crossing_caps(draw: st.DrawFn, *, fixed: bool = False) -> tuple[Cap, ...]:
    """Draw caps that may cross, or hold one by one; ``fixed`` ones have figures that nothing moves."""
    shapes: tuple[tuple[dict[str, Any], ...], ...] = (
        ({"planned": False}, {"area": "a"}),
        ({"planned": False}, {"area": ("a", "b")}, {"area": ("b", "c")}),
        ({"area": ("a", "b")}, {"area": ("b", "c")}, {"area": ("a", "c")}),
        ({"per": "society"},),
        ({"per": "society", "planned": True}, {"area": "a"}),
        ({"per": "activity"}, {"planned": False}),
        ({"in_each": years(1)}, {"area": "a"}),
        ({"in_each": years(1), "planned": False}, {"in_each": months(5)}),
        ({"in_each": years(1), "per": "society"}, {}),
        ({"per": "day"}, {"planned": False}),
        ({"planned": False}, {"planned": False, "area": "a"}, {"area": "a"}, {}),
    )
    found = []
    for shape in draw(st.sampled_from(shapes)):
        kind = 0 if fixed else draw(st.integers(0, 5))
        figure: Any = draw(figures)
        if kind == 4:
            figure = share_of_counted(draw(st.sampled_from(("1/3", "50%", "1/4", "0", "1"))))
        if kind == 5:
            figure = draw(st.one_of(targets(depth=0), st.just(share_of("1/2", hours(planned=True)))))
        found.append(up_to(figure, **shape))
    return tuple(found)


@st.composite
def valued(draw: st.DrawFn, *, capped: bool | None = None, fixed: bool = False) -> Total:
    """Draw a sum by rules: worth, rounding, sizes, and caps that may cross."""
    step = draw(st.sampled_from((None, 900, 3600)))
    rules: list[Any] = draw(st.lists(worths(rounding=step is not None), max_size=2))
    if step is not None:
        rules.append(Rounding(draw(st.sampled_from(("up", "down", "half_up", "half_even"))), Amount(step, HOUR)))
    if draw(st.integers(0, 2)) == 0:
        rules.append(each_at_least(draw(st.sampled_from(("1:30", 3)))))
    if draw(st.booleans()) if capped is None else capped:
        rules += draw(st.one_of(caps(), crossing_caps(fixed=fixed)))
    return counting(hours(**draw(filters())), *rules)


def counts() -> st.SearchStrategy[Entries | Different]:
    """Draw a count of activities, or of different tags."""
    plain = st.builds(lambda asked: entries(**asked), filters())
    reflected = st.builds(lambda asked, yes: entries(reflected=yes, **asked), filters(), st.booleans())
    some = st.builds(lambda axis, asked: different(axis, **asked), st.sampled_from(("area", "topic")), filters())
    return st.one_of(plain, reflected, some)


@st.composite
def during(draw: st.DrawFn, *, on: bool = True) -> InCircumstances:
    """Draw a condition on circumstances."""
    timings: tuple[dict[str, Any], ...] = (
        {}, {"longer_than": months(3)}, {"lasting": months(3)}, {"on": "every_day"}, {"on": "first_day"},
        {"on": "last_day"}, {"on": date(2014, 12, 15)}, {"on": "last_day", "lasting": months(6)},
    )  # fmt: skip
    kinds = draw(st.sampled_from((("leave",), ("retired",), ("leave", "retired"))))
    but_not = draw(st.sampled_from(((), "volunteering")))
    return circumstance(*kinds, but_not=but_not, **draw(st.sampled_from(timings if on else timings[:3])))


@st.composite
def targets(draw: st.DrawFn, *, growing: bool = True, depth: int = 1) -> Target:
    """Draw a figure in hours that depends on the member, or (``growing``) on what was done."""
    kind = draw(st.integers(0, 6 if growing and depth else 5 if depth else 3))
    if kind == 0:
        sides = draw(st.sampled_from(("during", "outside", "neither")))
        held = {} if sides == "neither" else {sides: draw(during(on=False))}
        by = draw(st.sampled_from(("day", "month", "whole_month")))
        return pro_rata(draw(figures), by=by, rounding=draw(roundings), **held)
    if kind == 1:
        named = draw(st.dictionaries(st.sampled_from(KINDS), figures, min_size=1))
        by = draw(st.sampled_from(("day", "month")))
        return time_weighted(named, otherwise=draw(figures), by=by, rounding=draw(roundings))
    if kind == 2:
        lengths = draw(st.lists(st.sampled_from((1, 3, 6)), min_size=1, unique=True))
        steps = [(months(length), draw(figures)) for length in lengths]
        return stepped(draw(figures), draw(during().filter(lambda one: one.timing.lasting is None)), *steps)
    if kind == 3:
        return agreed()
    if kind == 6:
        return share_of(draw(st.sampled_from(("1/3", "50%", "1"))), draw(totals()))
    inner = draw(st.lists(st.one_of(figures, targets(growing=growing, depth=0)), min_size=1, max_size=3))
    return lowest(*inner) if kind == 4 else highest(*inner)


@st.composite
def further_targets(draw: st.DrawFn, *, growing: bool) -> Target:
    """Draw a figure made of others: by a condition on the member, a sum, a share that is rounded, for a length."""
    inner = st.one_of(figures, targets(growing=growing, depth=0))
    kind = draw(st.integers(0, 3))
    if kind == 0:
        others = st.sampled_from((fact("route", "x"), none_of(grade("MIET")), agreement()))
        return figure_when(draw(st.one_of(during(), others)), draw(inner), otherwise=draw(inner))
    if kind == 1:
        return sum_of(*draw(st.lists(inner, min_size=1, max_size=3)))
    if kind == 2:
        return share_of(draw(st.sampled_from(("1/3", "3/2", "2"))), draw(inner), rounding=draw(st.none() | roundings))
    by = draw(st.sampled_from(("day", "month")))
    per = draw(st.sampled_from((months(6), years(1), years(3))))
    return pro_rata(draw(figures), by=by, per=per, rounding=draw(roundings))


@st.composite
def floors(draw: st.DrawFn, ref: str = "", *, growing: bool = True, plain: bool = False) -> Policy:
    """Draw an ``at_least``; a plain one asks for a fixed figure."""
    if draw(st.integers(0, 2)) == 0:
        return at_least(draw(st.integers(0, 4)), draw(counts()), ref=ref)
    if draw(st.integers(0, 5)) == 0:
        return at_least(draw(st.integers(0, 9)), points(**draw(filters())), ref=ref)
    worked_out = st.one_of(targets(growing=growing), further_targets(growing=growing))
    figure = draw(figures) if plain or draw(st.booleans()) else draw(worked_out)
    return at_least(figure, draw(totals()), ref=ref)


@st.composite
def ceilings(draw: st.DrawFn, ref: str = "") -> Policy:
    """Draw an ``at_most``."""
    if draw(st.booleans()):
        return at_most(draw(st.integers(0, 4)), draw(counts()), ref=ref)
    return at_most(draw(figures), draw(totals(capped=False)), ref=ref)


class _Writing:
    """Policies in the making: every clause gets a ref of its own, so that findings can be looked up by it."""

    def __init__(self, draw: st.DrawFn, *, settled: bool) -> None:
        self.draw = draw
        self.settled = settled
        self.numbers: Iterator[int] = count(1)

    def ref(self) -> str:
        return f"c{next(self.numbers)}"

    def condition(self) -> Policy:
        ref = self.ref()
        conditions: tuple[Callable[[], Policy], ...] = (
            lambda: self.draw(during()),
            lambda: fact("route", *self.draw(st.sampled_from(((), ("x",), ("x", "y")))), ref=ref),
            lambda: grade("MIET", ref=ref),
            lambda: registered(*self.draw(st.sampled_from(((), ("CEng",)))), ref=ref),
            lambda: agreement(ref=ref),
            lambda: fact("plan", True, ref=ref),
            lambda: none_of(self.draw(during()), fact("route", "x"), ref=ref),
            lambda: self.draw(floors(ref, plain=True)),
        )
        return self.draw(st.sampled_from(conditions))()

    def clause(self, depth: int, span: int) -> Policy:
        """Write a clause that can be assessed over a period of so many months."""
        ref, draw = self.ref(), self.draw
        if depth == 0:
            leaves: tuple[Callable[[], Policy], ...] = (
                *(lambda: draw(floors(ref)),) * 4,
                lambda: draw(ceilings(ref)),
                lambda: exempt("nothing is asked", ref=ref),
                *(() if self.settled else (lambda: unstated("how much", ref=ref),)),
            )
            return draw(st.sampled_from(leaves))()

        def one() -> Policy:
            return self.clause(depth - 1, span)

        def some() -> list[Policy]:
            return [one() for _ in range(draw(st.integers(1, 3)))]

        shorter = [length for length in (6, 12) if span > length]
        joins: tuple[Callable[[], Policy], ...] = (
            lambda: all_of(*some(), ref=ref),
            lambda: any_of(*some(), ref=ref),
            lambda: none_of(*some(), ref=ref),
            lambda: self.enough(some(), ref),
            lambda: self.when(depth, span, ref),
            lambda: self.when(depth, span, ref),
            lambda: all_of(advise(one(), ref=ref), one(), ref=self.ref()),
            lambda: over(years(draw(st.sampled_from((2, 3)))), self.clause(depth - 1, 24), ref=ref),
            lambda: self.each(draw(st.sampled_from(shorter)), depth, ref) if shorter else one(),
            *((lambda: before(self.clause(depth - 1, span), ref=ref),) if span == 12 else ()),
            *(() if self.settled else (lambda: undecided(one(), awaiting="a decision", ref=ref),)),
        )
        return draw(st.sampled_from(joins))()

    def enough(self, parts: list[Policy], ref: str) -> Policy:
        return at_least_of(self.draw(st.integers(1, len(parts))), *parts, ref=ref)

    def each(self, length: int, depth: int, ref: str) -> Policy:
        some = self.draw(st.sampled_from((None, None, 1, 2)))
        return each(months(length), self.clause(depth - 1, length), at_least=some, ref=ref)

    def when(self, depth: int, span: int, ref: str) -> Policy:
        otherwise: Policy | None = None
        if self.draw(st.booleans()):
            otherwise = self.clause(depth - 1, span)
            if self.draw(st.booleans()):
                named = self.ref() if self.draw(st.booleans()) else ""
                otherwise = when(self.condition(), self.clause(depth - 1, span), otherwise=otherwise, ref=named)
        return when(self.condition(), self.clause(depth - 1, span), otherwise=otherwise, ref=ref)


@st.composite
def policies(
    draw: st.DrawFn, *, span: int = 12, depth: int = 2, settled: bool = True, straddling: bool | None = None
) -> Policy:
    """Draw a policy for a period of so many months; a settled one leaves nothing open by itself.

    ``straddling`` says whether the scheme tells how to count across an edge; None draws that, too.
    """
    policy = _Writing(draw, settled=settled).clause(draw(st.integers(0, depth)), span)
    told = draw(st.booleans()) if straddling is None else straddling
    way = draw(st.sampled_from(WAYS)) if told else None
    return scheme(policy, axes=AXES, straddling=way)
