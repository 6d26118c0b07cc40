"""Which assessor reads which return: the hard rules, the balance, and an exact solver beside it."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.errors import PolicyError, RecordError
from cpdrules.review.arcs import OFF_FIELD, arcs, capacities, read_pairs, tie_cost, total_cost
from cpdrules.review.assignments import SecondReading, assign, check_assignment, for_second_reading
from cpdrules.review.desks import Assessor, Desk, Placement, ToAssess

FIELDS = ("power", "software", "radio")


@st.composite
def desks(draw: st.DrawFn, returns: int = 7, assessors: int = 4) -> Desk:
    """Draw a desk with fields, employers, memberships and conflicts of every kind."""
    fields, employers = (
        st.sets(st.sampled_from(FIELDS), max_size=2),
        st.none() | st.sets(st.sampled_from("EFG"), max_size=1),
    )
    members = [f"M{number}" for number in range(5)]
    given_returns = [
        ToAssess(f"R{number}", draw(st.sampled_from(members)), draw(fields), draw(employers))
        for number in range(draw(st.integers(0, returns)))
    ]
    given_assessors = [
        Assessor(
            f"A{number}",
            draw(st.integers(0, 3)),
            draw(fields),
            member=draw(st.none() | st.sampled_from(members)),
            employers=draw(employers),
            conflicts=draw(st.sets(st.sampled_from(members), max_size=2)),
        )
        for number in range(draw(st.integers(0, assessors)))
    ]
    pairs = [(one.id, who.id) for one in given_returns for who in given_assessors]
    some = st.sets(st.sampled_from(pairs), max_size=4) if pairs else st.just(set[tuple[str, str]]())
    return Desk(
        given_returns,
        given_assessors,
        key=draw(st.text("kx", min_size=1)),
        named_conflicts=draw(some),
        read_before=draw(some),
    )


def permitted(desk: Desk, one: ToAssess, who: Assessor) -> bool:
    """Say in the plainest way whether an assessor may read a return."""
    return not (
        one.member == who.member
        or bool(set(one.employers or ()) & set(who.employers or ()))
        or one.member in who.conflicts
        or (one.id, who.id) in desk.named_conflicts
        or (one.member, who.id) in desk.named_conflicts
        or (one.id, who.id) in desk.read_before
    )


def is_off_field(one: ToAssess, who: Assessor) -> bool:
    """Say whether no field is shared, where the return has any."""
    return bool(one.fields) and not set(one.fields) & set(who.fields)


def every_placing(desk: Desk) -> list[dict[str, str]]:
    """Try everything: each return with nobody or with anybody permitted, within capacity."""
    choices = [[None, *(who.id for who in desk.assessors if permitted(desk, one, who))] for one in desk.returns]
    found = []
    for chosen in itertools.product(*choices):
        loads = Counter(chosen)
        if all(loads[who.id] <= who.capacity for who in desk.assessors):
            found.append({one.id: who for one, who in zip(desk.returns, chosen, strict=True) if who is not None})
    return found


def optimum(desk: Desk) -> tuple[int, int, list[dict[str, str]]]:
    """Give the most returns that can be placed, the fewest of them off their field, and all ways to do so."""
    by_id = {who.id: who for who in desk.assessors}
    scored: dict[tuple[int, int], list[dict[str, str]]] = {}
    for chosen in every_placing(desk):
        cost = sum(is_off_field(one, by_id[chosen[one.id]]) for one in desk.returns if one.id in chosen)
        scored.setdefault((-len(chosen), cost), []).append(chosen)
    most, cost = min(scored)
    return -most, cost, scored[most, cost]


def large_desk(returns: int, assessors: int, capacity: int, *, skewed: bool = False, fields: int = 12) -> Desk:
    """Make a desk from hashes, the same each time."""

    def number(text: str, below: int) -> int:
        return int(sha256(text.encode()).hexdigest()[:8], 16) % below

    def a_field(name: str) -> str:
        drawn = number(f"field {name}", fields)
        return f"F{min(drawn, number(f'again {name}', fields)) if skewed else drawn}"

    return Desk(
        [ToAssess(f"R{n}", f"M{n}", a_field(f"R{n}"), f"E{number(f'R{n}', 400)}") for n in range(returns)],
        [Assessor(f"A{n}", capacity, f"F{n % fields}", employers=f"E{number(f'A{n}', 400)}") for n in range(assessors)],
        key="2017",
    )


class TestFields:
    """An assessor of the same field is preferred, and others serve where there is none (R48)."""

    def test_the_field_gives_way_to_being_read(self) -> None:
        """Three of power and one of software, two assessors for two each: one of power falls to software."""
        desk = Desk(
            [*(ToAssess(f"P{n}", f"M{n}", "power") for n in range(3)), ToAssess("S", "M9", "software")],
            [Assessor("Ann", 2, "power"), Assessor("Bob", 2, "software")],
            key="2017",
        )
        found = assign(desk)
        assert found.loads == {"Ann": 2, "Bob": 2}
        assert (found.cost, found.unplaced) == (1, ())
        assert [one.assessor for one in found.off_field] == ["Bob"]
        assert ("S", "Bob") in found.pairs()

    def test_without_a_field_everybody_serves(self) -> None:
        """A return that names no field is not off anybody's."""
        found = assign(Desk([ToAssess("R", "M")], [Assessor("A", 1, "power")], key="k"))
        assert found.placements == (Placement("R", "A", on_field=True, employer_checked=False),)

    def test_one_field_may_be_a_text(self) -> None:
        """A text is one field, not its letters."""
        assert ToAssess("R", "M", "power").fields == {"power"} == Assessor("A", 1, ["power"]).fields


class TestConflicts:
    """Not one's own return; declared conflicts; capacity: nobody is dropped without a word (R49)."""

    RETURN = ToAssess("R", "M", employers="E")

    @pytest.mark.parametrize(
        ("assessor", "why"),
        [
            (Assessor("A", 1, member="M"), "own return"),
            (Assessor("A", 1, employers=["E", "F"]), "same employer"),
            (Assessor("A", 1, conflicts="M"), "personal conflict"),
            (Assessor("A", 0), "no capacity left"),
        ],
    )
    def test_each_is_told(self, assessor: Assessor, why: str) -> None:
        """The return is listed with the reason."""
        found = assign(Desk([self.RETURN], [assessor], key="k"))
        assert found.placements == ()
        assert found.unplaced[0].reasons == {why: 1}
        assert str(found).endswith(f"1 not placed\n  R: {why} (1)")

    @pytest.mark.parametrize("name", ["R", "M"])
    def test_named_conflicts_are_of_returns_or_members(self, name: str) -> None:
        """Either way, the assessor does not read it."""
        desk = Desk([self.RETURN], [Assessor("A", 1), Assessor("B", 1)], key="k", named_conflicts=[(name, "A")])
        assert assign(desk).pairs() == (("R", "B"),)
        assert assign(Desk(desk.returns, desk.assessors[:1], key="k", named_conflicts=[(name, "A")])).unplaced[
            0
        ].reasons == {"named conflict": 1}

    def test_an_unknown_employer_is_told(self) -> None:
        """Where an employer is not known the conflict could not be looked for; none is another matter."""
        desk = Desk([ToAssess("R", "M", employers=())], [Assessor("A", 1, employers="E")], key="k")
        assert assign(desk).placements[0].employer_checked
        desk = Desk([ToAssess("R", "M", employers=())], [Assessor("A", 1)], key="k")
        assert not assign(desk).placements[0].employer_checked

    def test_nobody_at_all(self) -> None:
        """Without assessors every return is listed."""
        found = assign(Desk([ToAssess(f"R{n}", "M") for n in range(12)], [], key="k"))
        assert len(found.unplaced) == 12
        assert (
            str(found).splitlines()[0]
            == "0 returns placed, 0 of them off their field, with 0 assessors (no assessors); 12 not placed"
        )
        assert str(found).splitlines()[1] == "  R0: there are no assessors"
        assert str(found).splitlines()[-1] == "  and 2 more"

    def test_a_chain_of_moves_makes_room(self) -> None:
        """B can only be read by X, so whoever has X is moved on, and on."""
        desk = Desk(
            [ToAssess("A", "M1"), ToAssess("B", "M2"), ToAssess("C", "M3")],
            [Assessor("X", 1), Assessor("Y", 1), Assessor("Z", 1)],
            key="k",
            named_conflicts=[("B", "Y"), ("B", "Z"), ("A", "Z")],
        )
        for key in "abcdefgh":
            found = assign(Desk(desk.returns, desk.assessors, key=key, named_conflicts=desk.named_conflicts))
            assert found.pairs() == (("A", "Y"), ("B", "X"), ("C", "Z"))


class TestTies:
    def test_they_are_settled_by_published_hashes(self) -> None:
        """Ticket: SHA-256 of key:return; tie: of key:return:assessor; anybody can place the returns again."""
        returns, assessors = [f"R{n}" for n in range(6)], ["A", "B", "C"]
        loads: Counter[str] = Counter()
        expected = {}
        for one in sorted(returns, key=lambda one: sha256(f"2017:{one}".encode()).hexdigest()):
            who = min(assessors, key=lambda who: (loads[who], sha256(f"2017:{one}:{who}".encode()).hexdigest()))
            expected[one] = who
            loads[who] += 1
        desk = Desk([ToAssess(one, one) for one in returns], [Assessor(who, 6) for who in assessors], key="2017")
        assert dict(assign(desk).pairs()) == expected

    def test_another_key_gives_another_placing(self) -> None:
        """Nobody can choose their returns by their name."""
        returns, assessors = [ToAssess(f"R{n}", "M") for n in range(20)], [Assessor(who, 20) for who in "ABC"]
        assert len({assign(Desk(returns, assessors, key=key)).pairs() for key in "abcd"}) == 4


class TestLaws:
    @given(desks())
    def test_every_return_is_placed_once_or_listed(self, desk: Desk) -> None:
        """Nobody is dropped, nobody comes twice, and both lists are in order."""
        found = assign(desk)
        named = [one.returned for one in found.placements] + [one.returned for one in found.unplaced]
        assert sorted(named) == [one.id for one in desk.returns]
        assert [one.returned for one in found.placements] == sorted(one.returned for one in found.placements)
        assert all(sum(one.reasons.values()) == len(desk.assessors) for one in found.unplaced)

    @given(desks())
    def test_no_conflict_no_own_return_no_overload(self, desk: Desk) -> None:
        """Ever, and the loads and fields that are told are true."""
        found, by_id = assign(desk), {who.id: who for who in desk.assessors}
        returns = {one.id: one for one in desk.returns}
        for one in found.placements:
            assert permitted(desk, returns[one.returned], by_id[one.assessor])
            assert one.on_field is not is_off_field(returns[one.returned], by_id[one.assessor])
        assert found.loads == {**dict.fromkeys(by_id, 0), **Counter(who for _, who in found.pairs())}
        assert all(found.loads[who] <= by_id[who].capacity for who in by_id)

    @given(desks(), st.randoms(use_true_random=False))
    def test_order_changes_nothing(self, desk: Desk, shuffler: st.DataObject) -> None:
        """Returns, assessors and conflicts may come in any order."""
        returns, assessors, conflicts = list(desk.returns), list(desk.assessors), list(desk.named_conflicts)
        for items in (returns, assessors, conflicts):
            shuffler.shuffle(items)  # type: ignore[attr-defined]
        again = Desk(returns, assessors, key=desk.key, named_conflicts=conflicts, read_before=desk.read_before)
        assert again == desk
        assert assign(again) == assign(desk)

    @given(desks())
    def test_loads_differ_by_more_than_one_only_where_something_forces_it(self, desk: Desk) -> None:
        """No assessor has two more than another with room who could take one of theirs as well as they do."""
        found, by_id = assign(desk), {who.id: who for who in desk.assessors}
        returns = {one.id: one for one in desk.returns}
        for returned, holder in found.pairs():
            one = returns[returned]
            for who in desk.assessors:
                if permitted(desk, one, who) and found.loads[who.id] < who.capacity:
                    better = is_off_field(one, by_id[holder]) - is_off_field(one, who)
                    assert better < 0 or (better == 0 and found.loads[holder] <= found.loads[who.id] + 1)

    @given(st.integers(0, 30), st.integers(1, 6), st.text("abc", min_size=1))
    def test_without_fields_and_conflicts_loads_differ_by_one_at_most(
        self, returns: int, assessors: int, key: str
    ) -> None:
        """Work is shared evenly where nothing speaks against it (R51)."""
        desk = Desk(
            [ToAssess(f"R{n}", "M") for n in range(returns)], [Assessor(f"A{n}", 30) for n in range(assessors)], key=key
        )
        loads = assign(desk).loads.values()
        assert max(loads) - min(loads) <= 1

    @given(desks(returns=5, assessors=3))
    def test_beside_trying_everything(self, desk: Desk) -> None:
        """As many are placed as can be; what it costs above the optimum is told by comparing two numbers."""
        most, cost, ways = optimum(desk)
        found = assign(desk)
        assert dict(found.pairs()) in every_placing(desk)
        assert len(found.placements) == most
        assert found.cost >= cost
        assert found.cost == check_assignment(desk, found.pairs(), cost=found.cost).cost
        assert all(check_assignment(desk, way.items(), cost=cost).stands for way in ways)

    @given(desks())
    def test_it_stands_before_the_check(self, desk: Desk) -> None:
        """Placing and checking know one set of rules."""
        found = assign(desk)
        checked = check_assignment(desk, found.pairs(), cost=found.cost)
        assert checked.stands
        assert (checked.unplaced, checked.loads) == (found.unplaced, found.loads)

    @given(desks(returns=4, assessors=3), st.data())
    def test_the_check_finds_what_is_wrong(self, desk: Desk, data: st.DataObject) -> None:
        """Any list of pairs at all stands only if it is one of the placings with nobody left out."""
        names, others = [one.id for one in desk.returns] + ["R?"], [who.id for who in desk.assessors] + ["A?"]
        pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(others)), max_size=5))
        chosen = dict(pairs)
        loads = Counter(chosen.values())
        full = all(
            one.id in chosen
            or not any(permitted(desk, one, who) and loads[who.id] < who.capacity for who in desk.assessors)
            for one in desk.returns
        )
        fine = len(chosen) == len(pairs) and chosen in every_placing(desk) and full
        assert check_assignment(desk, pairs).stands is fine


class TestCheck:
    DESK = Desk(
        [ToAssess("R", "M", "power"), ToAssess("S", "N"), ToAssess("T", "O", employers="E")],
        [Assessor("A", 1, member="M"), Assessor("B", 1, "power", conflicts="O", employers="E")],
        key="k",
    )

    def test_differences_are_values(self) -> None:
        """Each fault is told with the return and the assessor."""
        checked = check_assignment(
            self.DESK, [("R", "A"), ("S", "A"), ("S", "B"), ("T", "B"), ("X", "A"), ("T", "Y")], cost=7
        )
        assert list(map(str, checked.differences)) == [
            "T with Y: unknown assessor",
            "X with A: unknown return",
            "S: placed twice (2 times)",
            "T: placed twice (2 times)",
            "R with A: own return",
            "T with B: same employer",
            "A: over capacity (2 of 1)",
            "B: over capacity (2 of 1)",
            "another cost (7 claimed, 1 found)",
        ]
        assert not checked.stands

    def test_who_is_left_out_is_told(self) -> None:
        """A return that somebody with room may read must not be missing; one that nobody can is listed."""
        checked = check_assignment(self.DESK, [("R", "B")])
        assert [(one.fault, one.returned) for one in checked.differences] == [("left out", "S"), ("left out", "T")]
        checked = check_assignment(self.DESK, [("R", "B"), ("S", "A")])
        assert checked.stands
        assert [(one.returned, one.reasons) for one in checked.unplaced] == [
            ("T", {"no capacity left": 1, "same employer": 1})
        ]


class TestMisuse:
    def test_ids_are_of_one_each(self) -> None:
        """All doubles are named, and nothing is nameless."""
        with pytest.raises(RecordError) as caught:
            Desk([ToAssess("R", "M"), ToAssess("R", "N")], [], key="k")
        assert caught.value.data["ids"] == ("R",)
        with pytest.raises(RecordError, match="More than one assessor"):
            Desk([], [Assessor("A", 1), Assessor("A", 2)], key="k")
        with pytest.raises(RecordError, match="There is no id for one assessor"):
            Desk([], [Assessor("", 1)], key="k")

    def test_there_is_a_key(self) -> None:
        """Without one, ties would be settled by who knows what."""
        with pytest.raises(PolicyError, match="without a key"):
            Desk([], [], key="")

    @pytest.mark.parametrize("capacity", [-1, 1.5, True])
    def test_capacities_are_whole(self, capacity: int) -> None:
        """Nobody reads half a return."""
        with pytest.raises(RecordError, match="cannot take"):
            Assessor("A", capacity)

    def test_conflicts_speak_of_somebody(self) -> None:
        """A conflict with a name misspelt would be overlooked without a word."""
        returns, assessors = [ToAssess("R", "M")], [Assessor("A", 1)]
        for pair in (("X", "A"), ("R", "X")):
            with pytest.raises(RecordError, match="speaks of 'X'") as caught:
                Desk(returns, assessors, key="k", named_conflicts=[pair])
            assert caught.value.data["pair"] == pair
        with pytest.raises(RecordError, match="speaks of 'M'"):
            Desk(returns, assessors, key="k", read_before=[("M", "A")])


class TestSecondReadings:
    def test_never_the_first_assessor(self) -> None:
        """What was read before is a conflict, also when nobody else is left."""
        desk = Desk([ToAssess("R", "M")], [Assessor("A", 1), Assessor("B", 1)], key="first")
        first = assign(desk)
        second = assign(Desk(desk.returns, desk.assessors, key="second", read_before=first.pairs()))
        assert {who for _, who in (*first.pairs(), *second.pairs())} == {"A", "B"}
        third = Desk(desk.returns, desk.assessors, key="third", read_before=[*first.pairs(), *second.pairs()])
        assert assign(third).unplaced[0].reasons == {"read it before": 2}

    def test_they_are_drawn_under_a_label_of_their_own(self) -> None:
        """The draw of the year 2017, second review, as in the published vector."""
        key = sha256(b"cpdrules.draw.v1\ndemo\n2017/second-review\n63454660390103169462\n").hexdigest()
        members = [f"M{number:04}" for number in range(1, 1002)]
        drawn = for_second_reading(members, number=5, key=key)
        assert [one.returned for one in drawn] == ["M0881", "M0256", "M0510", "M0761", "M0243"]
        assert {one.why for one in drawn} == {"drawn"}

    def test_not_met_is_read_again_for_certain(self) -> None:
        """Those found not met come first, and besides the number drawn."""
        drawn = for_second_reading("abcd", number=1, key="k", certain="cb")
        assert drawn[:2] == (SecondReading("b", "certain"), SecondReading("c", "certain"))
        assert len(drawn) == 3
        assert drawn[2].returned in "ad"

    @given(st.sets(st.text("abc", min_size=1), max_size=9), st.data())
    def test_more_holds_less(self, read: set[str], data: st.DataObject) -> None:
        """A larger number keeps those of a smaller one; order changes nothing."""
        number = data.draw(st.integers(0, len(read)))
        everyone = for_second_reading(sorted(read), number=len(read), key="k")
        assert for_second_reading(sorted(read, reverse=True), number=number, key="k") == everyone[:number]

    def test_misuse(self) -> None:
        """Certain ones were read, nobody twice, and no more are drawn than there are."""
        with pytest.raises(RecordError, match="'x' is certain of a second reading, and nobody has read it"):
            for_second_reading("ab", number=0, key="k", certain="x")
        with pytest.raises(RecordError, match="More than one return that was read"):
            for_second_reading("aa", number=0, key="k")
        for number, key in ((3, "k"), (-1, "k"), (1.0, "k"), (1, "")):
            with pytest.raises(PolicyError, match="cannot be drawn under the key"):
                for_second_reading("ab", number=number, key=key)  # type: ignore[arg-type]


class TestArcs:
    def test_costs_are_whole_and_told_apart(self) -> None:
        """Off the field 2**36, and the first 22 bits of the hash."""
        desk = Desk(
            [ToAssess("R", "M", "power")],
            [Assessor("A", 1, "power"), Assessor("B", 2), Assessor("C", 1, member="M")],
            key="k",
        )
        assert {(arc.assessor, arc.cost >> 36) for arc in arcs(desk)} == {("A", 0), ("B", 1)}
        bits = bin(int(sha256(b"k:R:A").hexdigest(), 16) | 1 << 256)[3:25]
        assert tie_cost(desk, "R", "A") == int(bits, 2)
        assert capacities(desk) == {"A": 1, "B": 2, "C": 1}

    @given(desks(returns=5, assessors=3))
    def test_the_cheapest_by_arcs_is_an_optimum(self, desk: Desk) -> None:
        """Ties never outweigh a field."""
        _, cost, ways = optimum(desk)
        every = [way for way in every_placing(desk) if len(way) == len(ways[0])]
        best = min(every, key=lambda way: total_cost(desk, way.items()))
        assert best in ways
        assert total_cost(desk, best.items()) // OFF_FIELD == cost

    def test_an_answer_is_read_back(self) -> None:
        """A solver's pairs become an allocation; one that breaks a rule is refused with its differences."""
        desk = TestCheck.DESK
        assert read_pairs(desk, [("R", "B"), ("S", "A")]) == desk.allocation({"R": "B", "S": "A"})
        assert read_pairs(desk, []).unplaced[0].reasons == {"has room left": 1, "own return": 1}
        with pytest.raises(RecordError, match="This placing breaks a rule: R with A: own return"):
            read_pairs(desk, [("R", "A")])
        with pytest.raises(RecordError, match="differences were") as caught:
            read_pairs(desk, [("R", "A"), ("S", "A")])
        assert [one.fault for one in caught.value.data["differences"]] == ["own return", "over capacity"]

    def test_an_exact_solver_and_the_greedy_placing(self) -> None:
        """The solver's answer stands, costs no more, and is one and the same whatever order it is given the arcs in."""
        flow = pytest.importorskip(
            "ortools.graph.python.min_cost_flow", reason="an exact solver is optional: pip install 'cpdrules[exact]'"
        )
        for skewed in (False, True):
            desk = large_desk(400, 15, 27, skewed=skewed, fields=5)
            found = assign(desk)
            answers = [solved(flow, desk, backwards=backwards) for backwards in (False, True)]
            assert answers[0] == answers[1]
            exact = read_pairs(desk, answers[0])
            assert check_assignment(desk, exact.pairs(), cost=exact.cost).stands
            assert len(exact.placements) == len(found.placements) == 400
            assert exact.cost <= found.cost
            assert total_cost(desk, exact.pairs()) <= total_cost(desk, found.pairs())
            assert max(found.loads.values()) - min(found.loads.values()) <= 1


def solved(flow: object, desk: Desk, *, backwards: bool) -> Sequence[tuple[str, str]]:
    """Ask OR-tools for the flow of least cost."""
    solver = flow.SimpleMinCostFlow()  # type: ignore[attr-defined]
    nodes = {name: number for number, name in enumerate([*(one.id for one in desk.returns), *capacities(desk)], 1)}
    source, sink = 0, len(nodes) + 1
    given_arcs = sorted(arcs(desk), reverse=backwards)
    numbers = {
        solver.add_arc_with_capacity_and_unit_cost(nodes[arc.returned], nodes[arc.assessor], 1, arc.cost): arc
        for arc in given_arcs
    }
    for one in desk.returns:
        solver.add_arc_with_capacity_and_unit_cost(source, nodes[one.id], 1, 0)
    for who, capacity in capacities(desk).items():
        solver.add_arc_with_capacity_and_unit_cost(nodes[who], sink, capacity, 0)
    solver.set_node_supply(source, len(desk.returns))
    solver.set_node_supply(sink, -len(desk.returns))
    assert solver.solve_max_flow_with_min_cost() == solver.OPTIMAL
    return sorted((arc.returned, arc.assessor) for number, arc in numbers.items() if solver.flow(number))


@pytest.mark.parametrize("skewed", [False, True], ids=["even fields", "skewed fields"])
def test_a_year_is_placed_in_seconds(skewed: bool) -> None:
    """8,000 returns with 300 assessors: all placed, loads one apart, in seconds."""
    desk = large_desk(8_000, 300, 27, skewed=skewed)
    began = time.process_time()
    found = assign(desk)
    took = time.process_time() - began
    assert took < 20
    assert len(found.placements) == 8_000
    assert set(found.loads.values()) == {26, 27}
    assert check_assignment(desk, found.pairs(), cost=found.cost).stands
