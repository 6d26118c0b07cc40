"""What a function needs, and what a rule asks for."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Policy, Verdict, all_of, any_of, none_of
from cpdrules.errors import PolicyError
from cpdrules.findings import Clause, Finding, Source
from cpdrules.privacy.requirements import Accepts, Given, Requirement, Visit, Works, accepts, named_in, works
from cpdrules.privacy.requirements import given as fact

MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL


def found(verdict: Verdict, *parts: Finding) -> Finding:
    """Write down what was found of a function."""
    return Finding(Clause("elsewhere", about="elsewhere"), verdict, parts)


class TestVisit:
    """What is known of one visit."""

    def test_nothing_is_known(self) -> None:
        """Then every cookie is accepted, no fact is known, and nothing was found."""
        assert Visit() == Visit(blocked=frozenset(), facts={}, works={})

    def test_it_is_a_value(self) -> None:
        """It keeps what it was given, whatever becomes of that; and cannot be changed."""
        facts: dict[str, bool | None] = {"member": True}
        visit = Visit(blocked=["logon", "logon"], facts=facts, works={"f": found(MET)})
        facts["member"] = False
        assert visit.facts == {"member": True}
        assert visit.blocked == {"logon"}
        with pytest.raises(TypeError):
            visit.facts["member"] = False  # type: ignore[index]
        with pytest.raises(TypeError):
            visit.works["g"] = found(MET)  # type: ignore[index]

    @pytest.mark.parametrize("facts", [{"member": "yes"}, {"member": 1}, {3: True}])
    def test_what_is_no_fact(self, facts: Any) -> None:
        """A fact has a name, and is true, false or not known; a number is none of these."""
        with pytest.raises(PolicyError, match=r"The fact .* was given as .*Give True, False or None") as raised:
            Visit(facts=facts)
        assert raised.value.data["fact"] in facts

    @pytest.mark.parametrize("facts", ["member", ["member"], None, {"member"}])
    def test_facts_without_names(self, facts: Any) -> None:
        """Only by its name can it be told whether a fact holds."""
        with pytest.raises(PolicyError, match=r"Facts were given as .*for each by its name") as raised:
            Visit(facts=facts)
        assert raised.value.data["facts"] == facts


class TestAccepts:
    """A cookie is accepted unless it is blocked."""

    def test_both_ways(self) -> None:
        """It says so, and which cookie."""
        policy = accepts("logon", ref="r", source=Source("P2", 117))
        assert policy.assess(Visit()).verdict is MET
        assert policy.assess(Visit(blocked=["anon"])).verdict is MET
        finding = policy.assess(Visit(blocked=["logon"]))
        assert finding.verdict is NOT_MET
        assert finding.ref == "r"
        assert finding.clause == policy.clause(about="the cookie logon is accepted")
        assert finding.clause.source == Source("P2", 117)
        assert finding.missing() == ()

    def test_one_of_which_nothing_is_known(self) -> None:
        """Whether it is there cannot be told, blocked or not."""
        for blocked in ((), ("gone",)):
            finding = accepts("gone").assess(Visit(blocked=blocked, undeclared=["gone"]))
            assert finding.verdict is CANNOT_TELL
            assert finding.missing() == ("it is not known whether the cookie gone is accepted",)

    def test_words(self) -> None:
        """It reads as a sentence."""
        assert str(accepts("logon")) == "the cookie logon is accepted"


class TestWorks:
    """A function works as was found of it."""

    @pytest.mark.parametrize("verdict", Verdict)
    def test_what_was_found(self, verdict: Verdict) -> None:
        """The verdict is that of the function, with its finding as the reason."""
        below = found(verdict)
        finding = works("log-on", ref="r", source=Source("P2", 1)).assess(Visit(works={"log-on": below}))
        assert finding.verdict is verdict
        assert finding.parts == (below,)
        assert (finding.ref, finding.clause.source) == ("r", Source("P2", 1))

    def test_nothing_was_found(self) -> None:
        """Then it cannot be told, and says what is missing."""
        finding = works("log-on").assess(Visit(works={"other": found(MET)}))
        assert finding.verdict is CANNOT_TELL
        assert finding.missing() == ("it is not known whether log-on works",)

    def test_reasons_go_down(self) -> None:
        """What decides is what decided below."""
        below = accepts("logon").assess(Visit(blocked=["logon"]))
        finding = all_of(works("log-on")).assess(Visit(works={"log-on": below}))
        assert finding.decisive() == (below,)


class TestGiven:
    """A fact that nobody recorded is never taken for no."""

    @pytest.mark.parametrize(
        ("recorded", "presumed", "verdict"),
        [
            ({"told": True}, None, MET),
            ({"told": False}, None, NOT_MET),
            ({"told": None}, None, CANNOT_TELL),
            ({}, None, CANNOT_TELL),
            ({}, True, MET),
            ({}, False, NOT_MET),
            ({"told": None}, True, MET),
            ({"told": None}, False, NOT_MET),
            ({"told": False}, True, NOT_MET),
            ({"told": True}, False, MET),
        ],
    )
    def test_recorded_or_presumed(self, recorded: Any, presumed: bool | None, verdict: Verdict) -> None:
        """What is recorded counts, then what the text presumes, and else nobody can tell."""
        assert fact("told", presumed=presumed).assess(Visit(facts=recorded)).verdict is verdict

    def test_words(self) -> None:
        """In words of its own, or its name's."""
        assert str(fact("was_told")) == "was told"
        assert str(fact("was_told", "the person was told")) == "the person was told"
        policy = fact("was_told", "the person was told", ref="r", source=Source("P1", 4))
        assert policy.assess(Visit()).missing() == ("it is not known whether the person was told",)
        assert (policy.ref, policy.source) == ("r", Source("P1", 4))


class TestLeaves:
    @pytest.mark.parametrize("word", [accepts, works, fact])
    def test_they_name_something(self, word: Any) -> None:
        """A leaf that names nothing is refused, and one whose name is no text."""
        with pytest.raises(PolicyError, match="names nothing"):
            word("")
        with pytest.raises(TypeError):
            word(3)

    @pytest.mark.parametrize(("word", "kind"), [(accepts, Accepts), (works, Works), (fact, Given)])
    def test_they_are_values(self, word: Any, kind: type) -> None:
        """Equal where they say the same; copied and sent whole, planned or not."""
        policy = word("x", ref="r")
        policy.assess(Visit())
        assert type(policy) is kind
        assert policy == word("x", ref="r") != word("y", ref="r")
        assert copy.deepcopy(policy) == pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301

    def test_a_leaf_says_what_it_asks(self) -> None:
        """A leaf by itself asks nothing: the words write those that do."""
        with pytest.raises(NotImplementedError):
            Requirement("x").assess(Visit())

    def test_names(self) -> None:
        """In reading order, each once, of one kind."""
        policy = all_of(accepts("b"), any_of(works("f"), accepts("a"), none_of(fact("x"), accepts("b"))))
        assert named_in(policy, Accepts) == ("b", "a")
        assert named_in(policy, Works) == ("f",)
        assert named_in(policy, Given) == ("x",)
        assert named_in(policy, Requirement) == ("b", "f", "a", "x")
        assert named_in(None, Accepts) == ()

    @given(
        st.frozensets(st.sampled_from("abc")),
        st.dictionaries(st.sampled_from("xy"), st.sampled_from([True, False, None])),
    )
    def test_one_policy_serves_many_visits(self, blocked: frozenset[str], facts: Any) -> None:
        """What was found of one visit changes nothing for the next."""
        policy: Policy = any_of(all_of(accepts("a"), fact("x")), all_of(accepts("b"), fact("y")))
        visit = Visit(blocked=blocked, facts=facts)
        fresh: Policy = any_of(all_of(accepts("a"), fact("x")), all_of(accepts("b"), fact("y")))
        policy.assess(Visit(blocked=["a", "b", "c"], facts={"x": True}))
        assert policy.assess(visit) == fresh.assess(visit)
