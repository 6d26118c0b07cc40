"""Rules in order: the first that holds decides, and an answer is unknown exactly where missing facts could turn it."""

from itertools import product

import pytest
from hypothesis import given as tried_on
from hypothesis import strategies as st

from cpdrules import all_of, any_of, exempt, none_of, unstated, when
from cpdrules.choices import When
from cpdrules.errors import VerdictError
from cpdrules.findings import Source
from cpdrules.policies import Policy
from cpdrules.privacy.disclosure.ordered_rules import Answer, Assumption, decided
from cpdrules.privacy.practices import ANY, DisclosureRule
from cpdrules.privacy.requirements import Given, Visit, given, works
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET

FACTS = "abcd"
PRESUMED = {"p": True, "q": False}


def rule(id: str, *, allows: bool = True, needs: Policy | None = None) -> DisclosureRule:  # noqa: A002
    """Write a rule for whatever question."""
    return DisclosureRule(
        id=id, to=ANY, purposes=ANY, allows=allows, when=needs, says=f"says {id}", source=Source("S", 1)
    )


DENY = rule("otherwise", allows=False)


def decide(*rules, facts=None):
    """Decide by rules that all speak of the question."""
    return decided([(one, "") for one in rules], DENY, Visit(facts=facts or {}))


leaves = st.sampled_from(
    [given(name) for name in FACTS] + [given(name, presumed=held) for name, held in PRESUMED.items()]
)
conditions = st.recursive(
    leaves,
    lambda parts: st.builds(
        lambda word, some: word(*some),
        st.sampled_from([all_of, any_of, none_of]),
        st.lists(parts, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
choices = st.builds(
    lambda one, two, three: when(one, two, otherwise=three), conditions, conditions, st.none() | conditions
)
rule_lists = st.lists(st.tuples(st.booleans(), st.none() | conditions | choices), max_size=6).map(
    lambda drawn: [rule(f"r{n}", allows=allows, needs=needs) for n, (allows, needs) in enumerate(drawn)]
)
recorded = st.dictionaries(st.sampled_from([*FACTS, *PRESUMED]), st.booleans() | st.none())


def holds(policy: Policy | None, facts: dict[str, bool]) -> bool:
    """Judge a condition with every fact known: the slow obvious way."""
    if policy is None:
        return True
    if isinstance(policy, Given):
        return facts[policy.name]
    if isinstance(policy, When):
        return holds(policy.policy if holds(policy.condition, facts) else policy.otherwise, facts)
    parts = [holds(part, facts) for part in policy.parts()]
    return {"AllOf": all(parts), "AnyOf": any(parts), "NoneOf": not any(parts)}[type(policy).__name__]


def completions(facts):
    """Give every way in which the facts could turn out; those presumed are as presumed."""
    known = {name: value for name, value in facts.items() if value is not None}
    base = {**PRESUMED, **known}
    missing = [name for name in FACTS if name not in base]
    return [
        {**base, **dict(zip(missing, values, strict=True))} for values in product((True, False), repeat=len(missing))
    ]


def first_match(rules, facts):
    """Decide with every fact known: the slow obvious way."""
    return next((one.allows for one in rules if holds(one.when, facts)), False)


class TestTheFirstThatHolds:
    """Rules are ordered, and the first whose condition is met decides."""

    def test_it_decides_and_later_ones_are_not_looked_at(self):
        """A rule that holds ends the looking."""
        one, two = rule("one", needs=given("a")), rule("two", allows=False)
        decision = decide(one, two, facts={"a": True})
        assert (decision.outcome, decision.rule) == (Answer.ALLOW, one)
        assert [look.rule for look in decision.looks] == [one]
        assert decision.looks[0].why == "its condition holds"

    def test_one_that_does_not_hold_says_so(self):
        """What is passed over is listed with the reason."""
        decision = decide(rule("one", needs=given("a")), rule("two"), facts={"a": False})
        assert [look.verdict for look in decision.looks] == [NOT_MET, MET]
        assert [look.why for look in decision.looks] == [
            "its condition does not hold: says one",
            "it asks for nothing further",
        ]
        assert str(decision.looks[0]) == "one (S, line 1): its condition does not hold: says one"

    def test_one_that_speaks_of_something_else_says_so(self):
        """A rule that is silent on the question is listed, and never asked."""
        one = rule("one", needs=given("a"))
        decision = decided([(one, "it speaks of others")], DENY, Visit())
        assert decision.looks[0].verdict is DOES_NOT_APPLY
        assert (decision.looks[0].why, decision.looks[0].finding) == ("it speaks of others", None)
        assert (decision.outcome, decision.rule, decision.needs, decision.unknowns) == (Answer.DENY, DENY, (), ())

    def test_a_condition_that_asks_nothing_holds(self):
        """A rule that wants members to be told wants nothing of those who are none."""
        one = rule("one", needs=when(given("a"), given("b")))
        assert decide(one, facts={"a": False}).rule is one
        assert decide(one, facts={"a": True, "b": False}).outcome is Answer.DENY
        assert decide(rule("one", needs=exempt("no reason"))).outcome is Answer.ALLOW

    def test_a_condition_that_chooses_names_what_it_chooses_by(self):
        """What is not known may be the fact by which the condition chooses, or the one that it then asks for."""
        one = rule("one", needs=when(given("a"), given("b"), otherwise=given("c")))
        assert decide(one, facts={"b": True, "c": False}).unknowns == ("a",)
        assert decide(one, facts={"a": True, "c": None}).unknowns == ("b",)
        assert decide(one).unknowns == ("a", "b", "c")
        assert decide(one, facts={"b": True, "c": True}).outcome is Answer.ALLOW
        assert decide(one, facts={"a": False, "c": False}).needs[0].facts == ("c",)
        two = rule("two", needs=given("d"))  # `a` is as open, and no longer matters
        assert decide(one, two, facts={"b": False, "c": False}).unknowns == ("d",)

    def test_what_a_condition_presumes_in_order_to_choose_is_listed(self):
        """It asks nothing since a fact is presumed not to hold."""
        decision = decide(rule("one", needs=when(given("q", presumed=False), given("a"))))
        assert (decision.outcome, [one.fact for one in decision.assumptions]) == (Answer.ALLOW, ["q"])

    def test_nothing_is_allowed_that_no_rule_allows(self):
        """Without rules everything is denied, by the rule given for that."""
        decision = decide()
        assert (decision.outcome, decision.rule, decision.assumptions) == (Answer.DENY, DENY, ())


class TestWhatIsNotKnown:
    """A fact that nobody recorded is never taken for no."""

    def test_it_is_named(self):
        """The answer is unknown, and says for want of what."""
        one = rule("one", needs=given("a", "it is so"))
        decision = decide(one)
        assert (decision.outcome, decision.rule, decision.unknowns) == (Answer.UNKNOWN, None, ("a",))
        assert [look.verdict for look in decision.looks] == [CANNOT_TELL, MET]
        assert decision.looks[0].why == "it is not known whether it is so"

    def test_it_does_not_matter_where_a_later_rule_says_the_same(self):
        """A rule that cannot be told does not open an answer that the next one gives anyway."""
        two = rule("two")
        decision = decide(rule("one", needs=given("a")), two)
        assert (decision.outcome, decision.rule, decision.unknowns, decision.needs) == (Answer.ALLOW, two, (), ())
        assert decision.lines() == ("allow under two (S, line 1): says two",)

    def test_only_what_could_turn_it_is_named(self):
        """A rule just before the last, which says what the last says, is not worth asking about."""
        decision = decide(rule("one", needs=given("a")), rule("two", allows=False, needs=given("b")))
        assert decision.unknowns == ("a",)
        assert [need.rule.id for need in decision.needs] == ["one"]

    def test_the_same_fact_either_way_settles_it(self):
        """Where every way that a fact can turn out gives one answer, it is that answer."""
        decision = decide(rule("one", needs=given("a")), rule("two", needs=none_of(given("a"))))
        assert (decision.outcome, decision.rule, decision.unknowns) == (Answer.ALLOW, None, ())

    def test_the_texts_own_silence_leaves_it_open(self):
        """Where the text does not say when, no fact settles it, and none is named."""
        decision = decide(rule("one", needs=unstated("when")))
        assert (decision.outcome, decision.unknowns) == (Answer.UNKNOWN, ())
        assert decision.looks[0].why == "the text does not state when"
        assert decide(rule("one", needs=works("shop"))).outcome is Answer.UNKNOWN

    def test_silence_and_a_missing_fact_together(self):
        """A fact settles what it can beside a silent text."""
        one = rule("one", needs=all_of(unstated("when"), given("a")))
        assert (decide(one).outcome, decide(one).unknowns) == (Answer.UNKNOWN, ("a",))
        assert decide(one, facts={"a": False}).outcome is Answer.DENY

    def test_many_missing_facts_are_no_burden(self):
        """Forty rules with a fact each that nobody recorded are decided at once."""
        forbidding = [rule(f"d{n}", allows=False, needs=given(f"f{n}")) for n in range(20)]
        allowing = [rule(f"a{n}", needs=given(f"g{n}")) for n in range(20)]
        decision = decide(*forbidding, *allowing)
        assert decision.outcome is Answer.UNKNOWN
        assert len(decision.unknowns) == 40

    def test_thousands_are_neither(self):
        """Nor do they call one another so deep that nothing comes back."""
        decision = decide(*(rule(f"a{n}", needs=given(f"g{n}")) for n in range(1_500)))
        assert (decision.outcome, len(decision.unknowns)) == (Answer.UNKNOWN, 1_500)

    def test_what_would_take_a_lifetime_is_open(self):
        """Forty facts that come to the same either way: few are seen through, and no answer is guessed of many."""

        def either_way(facts: int) -> Policy:
            return all_of(*(any_of(given(f"f{n}"), none_of(given(f"f{n}"))) for n in range(facts)))

        assert decide(rule("few", needs=either_way(6))).outcome is Answer.ALLOW
        decision = decide(rule("many", needs=either_way(40)))
        assert (decision.outcome, len(decision.unknowns)) == (Answer.UNKNOWN, 40)

    @pytest.mark.parametrize(("holds", "outcome"), [(True, Answer.ALLOW), (False, Answer.DENY)])
    def test_a_fact_that_one_rule_presumes_and_another_asks_for(self, holds, outcome):
        """What turns out against the presumption leaves no rule that holds but the last, which denies."""
        presuming = rule("presuming", needs=given("a", presumed=True))
        assert decide(rule("asking", needs=given("a")), presuming).outcome is Answer.UNKNOWN
        assert decide(rule("asking", needs=given("a")), presuming, facts={"a": holds}).outcome is outcome
        assert decide(rule("asking", allows=False, needs=given("a")), presuming).outcome is Answer.DENY

    @tried_on(rule_lists, recorded)
    def test_it_is_unknown_exactly_where_completions_differ(self, rules, facts):
        """Every way in which the missing facts could turn out is tried, the slow obvious way."""
        possible = {first_match(rules, full) for full in completions(facts)}
        expected = Answer.UNKNOWN if len(possible) > 1 else Answer.ALLOW if True in possible else Answer.DENY
        assert decide(*rules, facts=facts).outcome is expected

    @tried_on(rule_lists, recorded, st.data())
    def test_knowing_what_is_named_settles_it(self, rules, facts, data):
        """Once the facts that it named are recorded, whichever way, the answer is no longer unknown."""
        decision = decide(*rules, facts=facts)
        told = {name: data.draw(st.booleans()) for name in decision.unknowns}
        assert bool(told) == (decision.outcome is Answer.UNKNOWN)
        assert decide(*rules, facts={**facts, **told}).outcome is not Answer.UNKNOWN

    @tried_on(rule_lists, recorded, st.data())
    def test_learning_never_turns_a_settled_answer(self, rules, facts, data):
        """What is settled stays so, whatever missing fact becomes known."""
        before = decide(*rules, facts=facts).outcome
        missing = [name for name in FACTS if facts.get(name) is None]
        learnt = {name: data.draw(st.booleans() | st.none()) for name in missing}
        after = decide(*rules, facts={**facts, **learnt}).outcome
        assert before is Answer.UNKNOWN or after is before


class TestWhatStandsInTheWay:
    """The conditions that are still to be met are named."""

    def test_one_that_must_hold(self):
        """A denial lists the conditions that would have allowed it."""
        one = rule("one", needs=all_of(given("a"), given("b")))
        decision = decide(one, facts={"a": True, "b": False})
        assert [(need.rule, need.facts, need.must_hold) for need in decision.needs] == [(one, ("b",), True)]
        assert str(decision.needs[0]) == "one would allow it: says one"

    def test_one_that_must_not_hold(self):
        """What forbids it, and is not known, must not hold."""
        decision = decide(rule("no", allows=False, needs=given("a")), rule("yes"))
        assert [(need.facts, need.must_hold) for need in decision.needs] == [(("a",), False)]
        assert str(decision.needs[0]) == "no would forbid it: says no"

    def test_nothing_helps_against_a_rule_that_holds(self):
        """What comes after a rule that forbids it is not offered as a way."""
        assert decide(rule("no", allows=False), rule("yes", needs=given("a"))).needs == ()

    def test_a_prohibition_that_does_not_hold_is_not_in_the_way(self):
        """A rule that forbids, and is known not to hold, needs nothing."""
        rules = rule("no", allows=False, needs=given("a")), rule("yes", needs=given("b"))
        assert [need.rule.id for need in decide(*rules, facts={"a": False}).needs] == ["yes"]

    @tried_on(rule_lists, recorded)
    def test_an_allowed_answer_needs_nothing(self, rules, facts):
        """Needs are listed where it is not allowed, and only there."""
        decision = decide(*rules, facts=facts)
        assert decision.outcome is not Answer.ALLOW or decision.needs == ()

    @tried_on(st.lists(st.sampled_from(FACTS), unique=True), recorded)
    def test_meeting_one_that_must_hold_allows_it(self, names, facts):
        """Of several that must hold, one is enough."""
        rules = [rule(name, needs=given(name)) for name in names]
        decision = decide(*rules, facts=facts)
        for need in decision.needs:
            held = {**facts, **dict.fromkeys(need.facts, True)}
            assert decide(*rules, facts=held).outcome is Answer.ALLOW


class TestAssumptions:
    """What a text presumes where nothing is recorded is said."""

    def test_it_is_listed(self):
        """A fact presumed to hold, and one presumed not to."""
        decision = decide(
            rule("one", needs=given("q", "it is permitted", presumed=False)),
            rule("two", needs=given("p", "it is secret", presumed=True)),
        )
        assert decision.outcome is Answer.ALLOW
        assert decision.assumptions == (
            Assumption("one", "q", False, "it is permitted"),
            Assumption("two", "p", True, "it is secret"),
        )
        assert [str(one) for one in decision.assumptions] == [
            "taken not to be so by one: it is permitted",
            "taken to be so by two: it is secret",
        ]

    def test_it_is_listed_once(self):
        """However often a condition speaks of the fact."""
        secret = given("p", presumed=True)
        assert len(decide(rule("one", needs=all_of(secret, any_of(secret, given("a"))))).assumptions) == 1

    def test_a_recorded_fact_is_no_assumption(self):
        """What is recorded wins over what is presumed."""
        one = rule("one", needs=given("p", presumed=True))
        assert decide(one, facts={"p": True}).assumptions == ()
        assert decide(one, facts={"p": False}).outcome is Answer.DENY
        assert decide(one, facts={"p": None}).assumptions[0].fact == "p"

    def test_what_did_not_matter_is_not_listed(self):
        """An assumption beside a fact that settles the condition alone is not relied on."""
        one = rule("one", needs=all_of(given("p", presumed=True), given("a")))
        assert decide(one, facts={"a": False}).assumptions == ()


class TestTheOrder:
    """The order matters among rules that speak of the question, and only there."""

    @tried_on(rule_lists, recorded, st.data())
    def test_silent_rules_may_stand_anywhere(self, rules, facts, data):
        """Rules that speak of other things change nothing, wherever they stand."""
        mixed = [(one, "") for one in rules]
        for number in range(data.draw(st.integers(0, 3))):
            place = data.draw(st.integers(0, len(mixed)))
            mixed.insert(place, (rule(f"s{number}", allows=data.draw(st.booleans())), "it speaks of others"))
        one, other = decide(*rules, facts=facts), decided(mixed, DENY, Visit(facts=facts))
        assert (one.outcome, one.rule, one.needs, one.unknowns) == (
            other.outcome,
            other.rule,
            other.needs,
            other.unknowns,
        )

    @tried_on(rule_lists, recorded, st.data())
    def test_neighbours_that_agree_may_change_places(self, rules, facts, data):
        """Two rules next to one another that both allow, or both deny, answer the same in either order."""
        pairs = [n for n in range(len(rules) - 1) if rules[n].allows is rules[n + 1].allows]
        swapped = list(rules)
        if pairs:
            n = data.draw(st.sampled_from(pairs))
            swapped[n : n + 2] = swapped[n + 1], swapped[n]
        assert decide(*rules, facts=facts).outcome is decide(*swapped, facts=facts).outcome

    @tried_on(rule_lists, rule_lists, recorded)
    def test_a_permission_never_takes_away(self, first, then, facts):
        """Recording a permission, on which only a rule that allows turns, never takes an allowed answer back."""
        permission = rule("permitted", needs=given("permission", presumed=False))
        rules = [*first, permission, *then]
        before = decide(*rules, facts=facts).outcome
        after = decide(*rules, facts={**facts, "permission": True}).outcome
        assert before is not Answer.ALLOW or after is Answer.ALLOW
        assert after is not Answer.DENY or before is Answer.DENY


class TestAnswers:
    """An answer is one of three, and never a bool."""

    @pytest.mark.parametrize("answer", Answer)
    def test_it_is_neither_true_nor_false(self, answer):
        """Using it as a condition is refused, since unknown would pass for yes."""
        with pytest.raises(VerdictError, match="three answers"):
            bool(answer)

    def test_it_says_itself(self):
        """The sentences name the rule, what is open, what is needed and what was assumed."""
        decision = decide(
            rule("one", needs=given("a", "it is so")), rule("two", needs=given("q", "it is permitted", presumed=False))
        )
        assert decision.lines() == (
            "unknown",
            "open: one (S, line 1): it is not known whether it is so",
            "condition: one would allow it: says one",
            "condition: two would allow it: says two",
            "taken not to be so by two: it is permitted",
        )
        assert decide(rule("yes")).lines() == ("allow under yes (S, line 1): says yes",)
