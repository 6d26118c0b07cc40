"""Clauses among which what was done is divided: no hour serves two of them."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Finding, Rounding, Source, Verdict, all_of, any_of, at_least, at_most, exempt, year
from cpdrules.amounts import HOUR, Amount
from cpdrules.cpd import (
    UNKNOWN,
    Activity,
    Axis,
    Member,
    Record,
    activity,
    agreed,
    carried,
    counting,
    divided_among,
    entries,
    hours,
    points,
    pro_rata,
    record,
    scheme,
    share_of,
    surplus,
    up_to,
    worth,
)
from cpdrules.cpd.dividing import _divided, _Row
from cpdrules.errors import PolicyError
from cpdrules.findings import Batch, Clause, Entry
from cpdrules.remaining import Need
from cpdrules.rendering import as_html, as_markdown

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

H = 3600
SIDES = ("a", "b", "c")


def did(figure: Any, *sides: Any, **tags: Any) -> Activity:
    """Do something that some sides may use; a side in an attribute of its own is unknown."""
    return activity("2015-03-02", figure, **{**dict.fromkeys(SIDES, False), **dict.fromkeys(sides, True), **tags})


def policy(*figures: Any) -> Any:
    """Ask for so many hours of each side."""
    asked = [at_least(figure, hours(**{side: True}), ref=side) for side, figure in zip(SIDES, figures, strict=False)]
    return divided_among(*asked, ref="divided")


def assessed(figures: tuple[Any, ...], *done: Activity) -> Finding:
    """Assess what was done."""
    return policy(*figures).assess(record("7", done), period=year(2015))


def refs(finding: Finding) -> dict[str, Any]:
    """Give the verdict and the count of each clause."""
    return {part.ref: (part.verdict, part.counted) for part in finding.parts}


class TestDividing:
    def test_lets_no_hour_serve_twice(self) -> None:
        """Ten hours that both could use meet two floors of five, and none of six."""
        assert assessed((5, 5), did(10, "a", "b")).verdict is MET
        assert assessed((6, 5), did(10, "a", "b")).verdict is NOT_MET
        both = all_of(at_least(6, hours(a=True)), at_least(5, hours(b=True)))
        assert both.assess(record("7", [did(10, "a", "b")]), period=year(2015)).verdict is MET

    def test_gives_a_clause_what_only_it_can_use(self) -> None:
        """To serve the first clause first would take what only the second can use."""
        finding = assessed((5, 5), did(5, "a", "b", id="both"), did(5, "a", id="one"))
        assert finding.verdict is MET
        assert [[entry.id for batch in part.entries for entry in batch.entries] for part in finding.parts] == [
            ["one"],
            ["both"],
        ]

    def test_divides_an_activity(self) -> None:
        """Six hours of one, two to the first and four to the other."""
        finding = assessed((5, 4), did(3, "a"), did(6, "a", "b", id="both"))
        assert finding.verdict is MET
        assert refs(finding) == {"a": (MET, (5 * H, 5 * H)), "b": (MET, (4 * H, 4 * H))}
        parts = [
            (part.ref, entry.id, entry.amount)
            for part in finding.parts
            for batch in part.entries
            for entry in batch.entries
        ]
        assert parts == [("a", "#1", 3 * H), ("a", "both", 2 * H), ("b", "both", 4 * H)]

    def test_gives_each_clause_other_hours_of_what_is_alike(self) -> None:
        """The earliest go to the first."""
        early, late = did(3, "a", "b", id="early"), did(3, "a", "b", id="late")
        finding = assessed((4, 2), late, early)
        parts = [
            (part.ref, entry.id, entry.amount)
            for part in finding.parts
            for batch in part.entries
            for entry in batch.entries
        ]
        assert parts == [("a", "early", 3 * H), ("a", "late", H), ("b", "late", 2 * H)]

    def test_lacks_as_little_as_can_be_and_serves_those_named_first(self) -> None:
        """What is missing is missing of the last."""
        assert refs(assessed((5, 5), did(8, "a", "b"))) == {"a": (MET, (5 * H, 5 * H)), "b": (NOT_MET, (3 * H, 3 * H))}
        finding = assessed((5, 5), did(8, "a", "b"))
        assert finding.shortfalls() == {"b": Amount.of(2, HOUR)}
        assert assessed((5, 5), did(8, "b")).shortfalls() == {"a": Amount.of(5, HOUR)}

    def test_gives_what_is_over_to_the_first_that_can_use_it(self) -> None:
        """More than is asked for is still counted, once."""
        finding = assessed((1, 1), did(8, "a", "b"), did(2))
        assert refs(finding) == {"a": (MET, (7 * H, 7 * H)), "b": (MET, (H, H))}

    def test_tells_what_did_not_count(self) -> None:
        """Outside the period, in another unit, or of no side."""
        finding = assessed((1, 1), did(1, "a"), did(1, "b"), activity("2014-03-02", 3, a=True), did(2, "b"))
        why = {left.why.text for left in finding["a"].left_out}
        assert why == {"outside 2015", "not a"}

    def test_reads_well(self) -> None:
        """Each clause has its line, and how they are joined stands above."""
        finding = assessed((5, 5), did(8, "a", "b", title="Talk"))
        assert str(finding) == (
            "Not met for 2015 (divided), no hour serves two of these\n"
            "  a: met, 5 h of at least 5 h, a\n"
            "  b: not met, 3 h of at least 5 h, b, 2 h short\n"
            "Still needed: 2 h b"
        )
        assert "| divided | no hour serves two of these |  | not met |" in as_markdown(finding)
        assert "no hour serves two of these" in as_html(finding)
        assert "Talk (#1)</td><td" not in as_markdown(finding)

    def test_counts_what_entries_are_worth(self) -> None:
        """What is divided are the amounts as they count."""
        rule = worth(2, every=Amount.of(1, HOUR), unit=HOUR)
        sides = [at_least(8, counting(hours(**{side: True}), rule), ref=side) for side in "ab"]
        finding = divided_among(*sides).assess(record("7", [did(8, "a", "b")]), period=year(2015))
        assert refs(finding) == {"a": (MET, (8 * H, 8 * H)), "b": (MET, (8 * H, 8 * H))}

    def test_is_written_with_names_and_sources(self) -> None:
        """As every other clause."""
        one = divided_among(at_least(1, hours(a=True)), at_least(1, hours(b=True)), ref="x", source=Source("book"))
        assert (one.ref, one.source) == ("x", Source("book"))
        finding = one.assess(record("7"), period=year(2015))
        assert finding.clause == Clause("divided_among", "x", source=Source("book"))
        assert [part.clause.figure for part in finding.parts] == [Amount.of(1, HOUR)] * 2


class TestMisuse:
    @pytest.mark.parametrize("number", [0, 1])
    def test_two_clauses_are_needed(self, number: int) -> None:
        """One has nobody to share with."""
        with pytest.raises(PolicyError, match="nothing to divide among fewer than two"):
            divided_among(*[at_least(1, hours())] * number)

    @pytest.mark.parametrize(
        "part",
        [
            at_most(1, hours(a=True)),
            at_least(1, entries(a=True)),
            at_least(1, counting(hours(a=True), up_to(1))),
            at_least(1, counting(hours(a=True), carried(surplus(hours())))),
            all_of(at_least(1, hours(a=True))),
            exempt("x"),
            5,
        ],
    )
    def test_floors_under_plain_sums_are_needed(self, part: Any) -> None:
        """Caps and what is carried in belong to no clause alone."""
        with pytest.raises(PolicyError, match=r"cannot be divided among clauses such as .*before caps") as caught:
            divided_among(at_least(1, hours()), part)
        assert caught.value.data == {"part": part}

    @pytest.mark.parametrize(
        "measure",
        [points(), counting(hours(), worth(2, every=Amount.of(1, HOUR), unit=HOUR)), counting(hours(), name="x")],
    )
    def test_one_way_to_count_is_needed(self, measure: Any) -> None:
        """Hours and points have nothing to divide."""
        parts = at_least(1, hours(a=True)), at_least(1, measure)
        with pytest.raises(PolicyError, match="cannot be divided among clauses that count it in different") as caught:
            divided_among(*parts)
        assert caught.value.data == {"members": parts}


class TestMissingFacts:
    def test_a_side_that_is_not_known_leaves_it_open(self) -> None:
        """Whether an hour is of the second side decides."""
        finding = assessed((5, 5), did(5, "a"), did(5, b=UNKNOWN, title="Talk"))
        assert finding.verdict is CANNOT_TELL
        assert refs(finding) == {"a": (MET, (5 * H, 5 * H)), "b": (CANNOT_TELL, (0, 5 * H))}
        assert finding.missing() == ("whether “Talk” (2 March 2015) is b is not known",)

    def test_a_fact_is_named_even_where_it_decides_by_what_it_frees(self) -> None:
        """If one activity is of the first side, the other is left to the second."""
        finding = assessed((5, 5), did(5, "a", "b", title="Both"), did(5, a=UNKNOWN, title="Talk"))
        assert finding.verdict is CANNOT_TELL
        assert refs(finding)["b"] == (CANNOT_TELL, (0, 5 * H))
        assert finding.missing() == ("whether “Talk” (2 March 2015) is a is not known",)
        loose = assessed((5, 5), did(5, "a", "b"), did(None, "a", title="Talk"))
        assert loose.missing() == ("the amount of “Talk” (2 March 2015) is not known",)

    def test_an_amount_without_end_has_none(self) -> None:
        """Whatever it serves besides."""
        finding = assessed((5, 5), did(None, "a", "b"))
        assert refs(finding) == {"a": (CANNOT_TELL, (0, None)), "b": (CANNOT_TELL, (0, 5 * H))}

    def test_a_figure_that_is_not_known_leaves_it_open(self) -> None:
        """Nobody can say that enough is left."""
        finding = assessed((agreed(), 5), did(5, "a"), did(5, "b"))
        assert refs(finding)["a"][0] is CANNOT_TELL
        assert refs(finding)["b"][0] is MET
        assert finding.verdict is CANNOT_TELL
        assert "no case-by-case agreement is recorded" in finding.missing()
        assert finding["a"].clause.figure is None
        assert assessed((agreed(), 5), did(5, "a")).verdict is NOT_MET

    def test_where_either_may_be_short_neither_is_for_certain(self) -> None:
        """Five hours are the second's, and the first's too, perhaps: one of them is short, and nobody knows which."""
        finding = assessed((5, 5), did(5, "b", a=UNKNOWN))
        assert finding.verdict is NOT_MET
        assert [part.verdict for part in finding.parts] == [CANNOT_TELL, CANNOT_TELL]
        assert finding.decisive() == (finding,)
        assert finding.remaining() != ()

    def test_what_no_side_can_use_is_left_out(self) -> None:
        """An amount that is not known changes nothing where it is of no side."""
        finding = assessed((5, 5), did(None), did(10, "a", "b"))
        assert finding.verdict is MET
        assert {left.why.text for left in finding["a"].left_out} == {"not a"}


class TestRemaining:
    def test_no_hour_closes_two_gaps(self) -> None:
        """Three hours of one side and two of the other are five."""
        asked = (at_least(5, hours(a=True)), at_least(5, hours(b=True)))
        done = record("7", [did(2, "a"), did(3, "b")])
        text = "\n".join(map(str, divided_among(*asked).assess(done, period=year(2015)).remaining()))
        assert text == "3 h a\n2 h b"
        together = all_of(*asked).assess(done, period=year(2015)).remaining()
        assert "\n".join(map(str, together)) == "2 h a b\n1 h a"

    def test_an_hour_may_serve_another_clause_besides(self) -> None:
        """A total above is served by both."""
        one = all_of(at_least(12, hours()), policy(5, 5))
        text = "; ".join(map(str, one.assess(record("7"), period=year(2015)).remaining()))
        assert text == "5 h a; 5 h b; 2 h of any kind"

    def test_gaps_of_one_kind_are_summed(self) -> None:
        """Two clauses that ask for the same are asked for twice."""
        twice = divided_among(at_least(2, hours(a=True)), at_least(3, hours(a=True)))
        assert "; ".join(map(str, twice.assess(record("7"), period=year(2015)).remaining())) == "5 h a"
        everything = divided_among(at_least(2, hours()), at_least(3, hours()))
        assert "; ".join(map(str, everything.assess(record("7"), period=year(2015)).remaining())) == "5 h of any kind"

    def test_two_divisions_share_hours(self) -> None:
        """What is kept apart within one is not apart from another."""
        two = all_of(policy(5, 5), divided_among(at_least(4, hours(a=True)), at_least(4, hours(b=True))))
        needs = two.assess(record("7"), period=year(2015)).remaining()
        assert sum(need.amount.grains for need in needs if isinstance(need, Need)) == 10 * H
        turned = divided_among(at_least(5, hours(b=True)), at_least(5, hours(a=True)))
        needs = all_of(policy(5, 5), any_of(turned)).assess(record("7"), period=year(2015)).remaining()
        assert {*map(str, needs)} == {"5 h a", "5 h b"}
        either = any_of(policy(5, 5), policy(9, 9))
        assert "; ".join(map(str, either.assess(record("7"), period=year(2015)).remaining())) == "5 h a; 5 h b"

    def test_a_figure_that_nobody_knows_stands_in_the_way(self) -> None:
        """As everywhere."""
        needs = assessed((agreed(), 5)).remaining()
        assert [str(one) for one in needs] == [
            "5 h b", "no case-by-case agreement is recorded, which doing more does not mend"
        ]  # fmt: skip


# By trying ------------------------------------------------------------------------------------------------------------

WAYS = st.lists(
    st.tuples(st.integers(1, 4), st.sets(st.sampled_from(SIDES))).map(lambda one: (one[0], tuple(sorted(one[1])))),
    max_size=4,
)


def missing_at_least(done: list[tuple[int, tuple[str, ...]]], figures: tuple[int, ...]) -> tuple[int, ...]:
    """Find by trying every division of whole hours what is missing: the least in all, then of those named first."""
    slots = [
        [number for number, side in enumerate(SIDES[: len(figures)]) if side in sides] or [None]
        for hours_, sides in done
        for _ in range(hours_)
    ]
    found = []
    for chosen in {tuple(sorted(one, key=str)) for one in product(*slots)}:
        short = tuple(max(figure - chosen.count(number), 0) for number, figure in enumerate(figures))
        found.append((sum(short), short))
    return min(found)[1]


class TestByTrying:
    @given(
        done=WAYS.filter(lambda one: sum(figure for figure, _ in one) <= 9),
        figures=st.lists(st.integers(0, 5), min_size=2, max_size=3).map(tuple),
    )
    def test_no_other_division_lacks_less(
        self, done: list[tuple[int, tuple[str, ...]]], figures: tuple[int, ...]
    ) -> None:
        """Whole hours, divided in every way that there is."""
        finding = assessed(figures, *(did(figure, *sides) for figure, sides in done))
        short = missing_at_least(done, figures)
        assert finding.verdict is (NOT_MET if any(short) else MET)
        assert {ref: gap.grains // H for ref, gap in finding.shortfalls().items()} == {
            side: gap for side, gap in zip(SIDES, short, strict=False) if gap
        }
        used = sum(batch.amount for part in finding.parts for batch in part.entries)
        assert used == sum(figure for figure, sides in done if set(sides) & set(SIDES[: len(figures)])) * H
        for part in finding.parts:
            assert sum(batch.amount for batch in part.entries) == part.counted.least  # type: ignore[union-attr]
            assert all(batch.amount == sum(entry.amount or 0 for entry in batch.entries) for batch in part.entries)

    @given(
        done=st.lists(
            st.tuples(st.sampled_from([1, 3, 4, None]), *[st.sampled_from([True, False, UNKNOWN])] * 2), max_size=4
        ),
        figures=st.tuples(
            st.integers(1, 5) | st.just(pro_rata(4, since="admitted", rounding=Rounding("up", Amount.of(1, HOUR)))),
            st.integers(1, 5),
        ),
    )
    def test_a_verdict_holds_whatever_the_facts_turn_out_to_be(self, done: list[Any], figures: tuple[Any, ...]) -> None:
        """And where there is none, a fact is named, and both ways can come about."""
        one = policy(*figures)

        def logged(rows: Any, facts: dict[str, Any]) -> Record:
            return record(Member("7", facts=facts), [did(figure, a=a, b=b) for figure, a, b in rows])

        finding = one.assess(logged(done, {}), period=year(2015))
        assert finding.missing() or finding.verdict is not CANNOT_TELL
        assert (finding.remaining() == ()) is finding.satisfied
        ways = [
            list(
                product(
                    [figure] if figure else [1, 30], *([tag] if tag is not UNKNOWN else [True, False] for tag in tags)
                )
            )
            for figure, *tags in done
        ]
        for chosen in product(*ways, [date(2010, 1, 1), date(2015, 7, 1), date(2019, 1, 1)]):
            other = one.assess(logged(chosen[:-1], {"admitted": chosen[-1]}), period=year(2015))
            assert other.verdict is not CANNOT_TELL
            assert finding.verdict in (other.verdict, CANNOT_TELL)

    def test_rows_that_nobody_can_use_go_nowhere(self) -> None:
        """Nothing to divide divides into nothing."""
        row = _Row(Batch(5, (Entry("1", 5, "", None),)), None, [])
        assert _divided([[False, False]], [row], [1, 1]) == ([0, 0], [[0, 0]])
        assert _divided([], [], [1, 1]) == ([0, 0], [])


def test_a_share_grows_with_what_is_done() -> None:
    """A clause of a division may ask for a share: more hours make it larger."""
    share = divided_among(at_least(share_of("1/2", hours()), hours(a=True)), at_least(2, hours(b=True)))
    finding = share.assess(record("7", [did(4, "b")]), period=year(2015))
    assert finding.parts[0].clause.grows is not None
    assert "; ".join(map(str, finding.remaining())) == "4 h a"


def test_a_scheme_says_what_silence_means() -> None:
    """What has no tag is of no side where the scheme says so."""
    axes = (Axis("a", every=False), Axis("b", every=False))
    one = scheme(divided_among(at_least(1, hours(a=True)), at_least(1, hours(b=True))), axes=axes)
    assert one.assess(record("7", [activity("2015-03-02", 3)]), period=year(2015)).verdict is NOT_MET
