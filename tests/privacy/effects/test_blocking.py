"""What those who block cookies lose, and what the text leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Policy, all_of, any_of, none_of, unstated, when
from cpdrules import undecided as left_open
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.findings import Finding
from cpdrules.policies import AllOf, AnyOf, AtLeastOf
from cpdrules.privacy.cookies import Cookie, Function, Severity
from cpdrules.privacy.effects.blocking import Outcome, effects_of, everything, group, short_version
from cpdrules.privacy.effects.ways import set_for
from cpdrules.privacy.practices import Claim
from cpdrules.privacy.requirements import Accepts, Given, Works, accepts, works
from cpdrules.privacy.requirements import given as fact
from cpdrules.privacy.statements import Statement, as_stated
from cpdrules.privacy.versions import without
from cpdrules.verdicts import Verdict
from tests.privacy.inventory import named, rows
from tests.privacy.society import cookie_part, line
from tests.privacy.strategies import FACTS, blockings, some_facts, statements

SITE = cookie_part


def function(name: str, requires: Policy | None, missing: Severity = Severity.FAILS, **more: Any) -> Function:
    """Write a function down."""
    return Function(id=name, title=name, requires=requires, missing=missing, source=line(1), **more)


def site(*functions: Function, cookies: str = "a b c", log_on: str = "", claims: tuple[Claim, ...] = ()) -> Statement:
    """Write a statement down, by the ids of its cookies."""
    declared = tuple(Cookie(id=id, title=id, group="g", purposes=("session",)) for id in cookies.split())  # noqa: A001
    return Statement(name="site", cookies=declared, functions=functions, log_on=log_on, claims=claims)


class TestBlocking:
    """A function whose need is not met is lost as badly as the text says of it."""

    def test_nothing_is_blocked(self) -> None:
        """Then nothing is lost, whoever asks."""
        for logs_on in (None, True, False):
            found = effects_of(SITE, [], logs_on=logs_on, facts={"member": True})
            assert found.lost == found.controller_lost == {}
            assert found.unknown == found.out_of_reach == ()
            assert found.worst is None
            assert found.kept == (
                *("read", "log-on", "diary", "shop-basket", "order", "find-lamp", "lamp-names", "gallery"),
            )

    def test_everything_is_blocked(self) -> None:
        """Then all is lost that needs a cookie, the worst first; what the text is silent on is unknown."""
        found = effects_of(SITE, everything(SITE), facts={"member": True})
        assert list(found.lost.items()) == [
            ("log-on", Severity.FAILS),
            ("shop-basket", Severity.FAILS),
            ("order", Severity.FAILS),
            ("diary", Severity.DEGRADED),
            ("find-lamp", Severity.UNRELIABLE),
            ("gallery", Severity.NUISANCE),
        ]
        assert found.worst is Severity.FAILS
        assert found.unknown == ("lamp-names",)
        assert found.kept == ("read",)
        assert found.controller_lost == {"counting": Severity.NONE}
        assert found.controller_unknown == ()

    def test_what_is_lost_takes_others_along(self) -> None:
        """The names need the map, which needs its cookie; of the names the text says nothing."""
        found = effects_of(SITE, ["map"])
        assert found.lost == {"find-lamp": Severity.UNRELIABLE}
        assert found["lamp-names"].outcome is Outcome.UNKNOWN
        assert found["lamp-names"].broken
        assert found["lamp-names"].missing == ()
        assert [str(path) for path in found["lamp-names"].paths] == [
            "lamp-names needs find-lamp, which needs the cookie map, which is blocked"
        ]
        assert [path.cookie for path in found["lamp-names"].paths] == ["map"]

    def test_a_group(self) -> None:
        """A group is what stands in it, and what is printed under it."""
        assert group(SITE, "spare") == {"counter", "old-counter"}
        found = effects_of(SITE, group(SITE, "spare"), facts={"member": True})
        assert found.lost == {}
        assert found.controller_lost == {"counting": Severity.NONE}

    def test_a_controllers_loss_is_never_unknown_for_want_of_words(self) -> None:
        """What those who run a site lose is lost to them even where the text does not say how bad that is."""
        found = effects_of(site(function("f", accepts("a"), Severity.UNSTATED, audience="controller")), ["a"])
        assert found.controller_lost == {"f": Severity.UNSTATED}
        assert found.lost == {}
        assert found.unknown == ()

    def test_ids_that_are_not_there(self) -> None:
        """An id that the statement lacks is refused, with the nearest; so is one text instead of several."""
        with pytest.raises(UnknownRefError, match=r"no cookie 'wik'.*Did you mean wick"):
            effects_of(SITE, ["wik"])
        with pytest.raises(UnknownRefError, match="no group 'nedded'"):
            group(SITE, "nedded")
        with pytest.raises(UnknownRefError, match=r"no function 'shop'"):
            effects_of(SITE, [])["shop"]
        with pytest.raises(UnknownRefError, match=r"no function 'log_on'.*Did you mean log-on"):
            effects_of(SITE, [])["log_on"]
        with pytest.raises(PolicyError, match="given as the text 'wick'"):
            effects_of(SITE, "wick")

    def test_a_cookie_that_the_statement_lacks(self) -> None:
        """What needs a cookie that nobody declares cannot be told: to leave a row out makes nothing work."""
        for logs_on in (None, False):
            found = effects_of(without(SITE, "cookies", "map"), [], logs_on=logs_on, facts={"member": True})
            assert found.unknown == ("find-lamp", "lamp-names")
            assert found["find-lamp"].missing == ("it is not known whether the cookie map is accepted",)
            (path,) = found["lamp-names"].paths
            assert path.functions == ("lamp-names", "find-lamp")
            assert path.cause == "that the cookie map is accepted, and it is not known whether that is so"
        either = site(function("f", any_of(accepts("gone"), accepts("a"))))
        assert effects_of(either, []).kept == ("f",)
        assert effects_of(either, ["a"]).unknown == ("f",)

    def test_a_function_that_the_statement_lacks(self) -> None:
        """What needs a function of which nothing is said cannot be told, and says which."""
        found = effects_of(site(function("f", works("gone"))), [])
        assert found.unknown == ("f",)
        assert found["f"].missing == ("it is not known whether gone works",)
        assert [str(path) for path in found["f"].paths] == [
            "f needs that gone works, and it is not known whether that is so"
        ]


class TestReuse:
    """Line 123: the shop "uses your existing site cookies", "rather than setting additional ones"."""

    def test_blocking_what_sets_nothing(self) -> None:
        """It stops nothing by itself, and the answer says so."""
        found = effects_of(SITE, ["basket"])
        assert found.idle == {"basket"}
        assert found.lost == {}
        assert "Blocked in vain, since they set no cookie of their own: basket." in str(found)

    def test_blocking_all_that_it_reuses(self) -> None:
        """Then it is gone, whether or not it was named."""
        both = site(function("f", accepts("both")), cookies="a b")
        extra = Cookie(id="both", title="both", group="g", purposes=("session",), reuses=("a", "b"))
        both = evolve(both, cookies=(*both.cookies, extra))
        assert effects_of(both, ["a"]).kept == ("f",)
        found = effects_of(both, ["a", "b"])
        assert found.lost == {"f": Severity.FAILS}
        assert [str(path) for path in found["f"].paths] == [
            "f needs the cookie both, which stands on a and b, all blocked"
        ]

    def test_what_is_set_in_the_end(self) -> None:
        """Reuse is followed to the cookies that are set; a circle ends where it began."""
        chain = [("x", ("y", "a")), ("y", ("b", "x")), ("p", ("q",)), ("q", ("p",))]
        extra = tuple(Cookie(id=id, title=id, group="g", purposes=("s",), reuses=of) for id, of in chain)  # noqa: A001
        both = evolve(site(cookies="a b"), cookies=(*site(cookies="a b").cookies, *extra))
        assert set_for(both, "x") == set_for(both, "y") == {"a", "b"}
        assert set_for(both, "a") == {"a"}
        assert set_for(both, "p") == {"p"}
        with pytest.raises(UnknownRefError, match="no cookie 'z'"):
            set_for(both, "z")


class TestLoggingOn:
    """What logging on brings does not help those who do not."""

    def test_the_branch_through_the_log_on(self) -> None:
        """With the session blocked the diary and the basket are kept by those who log on only."""
        for logs_on in (None, True):
            assert effects_of(SITE, ["wick"], logs_on=logs_on, facts={"member": False}).lost == {}
        found = effects_of(SITE, ["wick"], logs_on=False)
        assert found.lost == {
            "shop-basket": Severity.FAILS,
            "order": Severity.FAILS,
            "diary": Severity.DEGRADED,
        }
        assert [str(path) for path in found["diary"].paths] == [
            "diary needs the cookie wick, which is blocked",
            "diary needs log-on, which needs that the visitor logs on, and that is not so",
        ]
        assert [str(path) for path in found["shop-basket"].paths] == [
            "shop-basket needs the cookie wick, which is blocked",
            "shop-basket needs the cookie key, which is set only for those who log on",
        ]

    def test_who_needs_to_log_on_does(self) -> None:
        """What cannot be had without logging on is judged as for those who do: it is lost where they cannot."""
        assert "log-on" in effects_of(SITE, ["wick"], logs_on=False).kept
        assert effects_of(SITE, ["key"], logs_on=False, facts={"member": True}).lost == {
            "log-on": Severity.FAILS,
            "order": Severity.FAILS,
        }
        assert effects_of(SITE, everything(SITE), logs_on=False).lost["log-on"] is Severity.FAILS

    def test_what_builds_on_something_lost_is_lost(self) -> None:
        """The order needs a log-on, and a basket that was filled before: whoever has none cannot order."""
        found = effects_of(SITE, ["wick"], logs_on=False)["order"]
        assert found.outcome is Outcome.LOST
        assert {path.functions for path in found.paths} == {("order", "shop-basket")}

    def test_what_a_fact_decides(self) -> None:
        """Where a fact decides whether one must log on, and the answers differ, nobody can tell."""
        either = site(
            function("log-on", accepts("a")),
            function("f", any_of(all_of(accepts("b"), fact("member")), works("log-on"))),
            log_on="log-on",
        )
        found = effects_of(either, ["b"], logs_on=False)
        assert found["f"].outcome is Outcome.UNKNOWN
        assert found["f"].missing == ("it is not known whether member",)
        assert effects_of(either, ["b"], logs_on=False, facts={"member": True}).lost == {"f": Severity.FAILS}
        assert effects_of(either, ["b"], logs_on=False, facts={"member": False}).kept == ("log-on", "f")
        assert effects_of(either, ["a", "b"], logs_on=False)["f"].broken
        assert effects_of(either, [], logs_on=False).kept == ("log-on", "f")
        assert effects_of(either, ["c"], logs_on=False).kept == ("log-on", "f")

    def test_what_a_fact_decides_farther_down(self) -> None:
        """The same where the cookie is needed by a function that it builds on."""
        either = site(
            function("log-on", accepts("a")),
            function("below", accepts("b")),
            function("f", any_of(all_of(works("below"), fact("member")), works("log-on"))),
            log_on="log-on",
        )
        assert effects_of(either, ["b"], logs_on=False)["f"].missing == ("it is not known whether member",)
        assert effects_of(either, ["c"], logs_on=False).kept == ("log-on", "below", "f")

    def test_a_log_on_that_builds_on_others(self) -> None:
        """The cookies of whatever the log-on needs are there only for those who log on, too."""
        deep = site(
            function("gate", all_of(accepts("a"), works("elsewhere"))),
            function("log-on", all_of(works("gate"), accepts("b"))),
            function("f", any_of(accepts("a"), accepts("b"), accepts("c"))),
            log_on="log-on",
        )
        deep = evolve(deep, functions=tuple(one for one in deep.functions if one.id != "elsewhere"))
        assert effects_of(deep, ["c"], logs_on=False).lost == {"f": Severity.FAILS}
        assert effects_of(deep, ["c"]).lost == {}

    def test_a_statement_that_names_no_log_on(self) -> None:
        """Who asks about those who do not log on must say what logging on is."""
        with pytest.raises(PolicyError, match="does not say by which function visitors log on"):
            effects_of(site(), [], logs_on=False)
        with pytest.raises(PolicyError, match="does not say by which function visitors log on"):
            effects_of(site(), [], logs_on=True)
        for wrong in ("no", 0, 1):
            told: Any = wrong
            with pytest.raises(PolicyError, match=f"Whether the visitor logs on was given as {told!r}"):
                effects_of(SITE, [], logs_on=told)
        assert effects_of(site(), []).effects == ()
        with pytest.raises(UnknownRefError, match="no function 'gone'"):
            effects_of(site(log_on="gone"), [], logs_on=False)

    @given(statements(), st.data())
    def test_not_logging_on_keeps_no_more(self, statement: Statement, data: st.DataObject) -> None:
        """Whatever somebody who does not log on keeps, those who log on keep."""
        blocked = data.draw(blockings(statement))
        facts = dict.fromkeys(FACTS, True) | {name: bool(told) for name, told in data.draw(some_facts).items()}
        assert set(effects_of(statement, blocked, logs_on=False, facts=facts).kept) <= set(
            effects_of(statement, blocked, logs_on=True, facts=facts).kept
        )


class TestFacts:
    """A fact that nobody recorded is never taken for no."""

    def test_it_is_named(self) -> None:
        """What needs it is unknown, and says what is missing."""
        found = effects_of(SITE, [])
        assert found.unknown == ("gallery",)
        assert not found["gallery"].broken
        assert found["gallery"].missing == ("it is not known whether the visitor is a member",)
        assert [str(path) for path in found["gallery"].paths] == [
            "gallery needs that the visitor is a member, and it is not known whether that is so"
        ]
        assert "gallery may work or not: it needs that the visitor is a member" in str(found)

    def test_what_is_out_of_reach_is_not_lost(self) -> None:
        """Blocking takes nothing from somebody who could not have it anyway."""
        found = effects_of(SITE, ["wick"], facts={"member": False})
        assert found.out_of_reach == ("gallery",)
        assert not found["gallery"].broken
        assert "gallery" not in found.lost
        assert "Out of reach in any case: gallery." in str(found)
        assert "does not work for this visitor, whatever is blocked" in str(found["gallery"])

    def test_nobody_knows_whether_there_was_anything_to_lose(self) -> None:
        """With the cookie blocked a member loses the gallery, and others never had it."""
        found = effects_of(SITE, ["wick"])["gallery"]
        assert found.outcome is Outcome.UNKNOWN
        assert found.missing == ("it is not known whether the visitor is a member",)
        assert [path.cookie for path in found.paths] == ["wick", ""]
        assert effects_of(SITE, ["wick"], facts={"member": True}).lost["gallery"] is Severity.NUISANCE

    def test_a_controllers_function(self) -> None:
        """What is not known of theirs is not mixed up with what visitors lose."""
        found = effects_of(site(function("f", fact("told"), audience="controller")), [])
        assert found.controller_unknown == ("f",)
        assert found.unknown == ()
        assert "Not known to those who run the site:" in str(found)

    def test_a_fact_that_is_none(self) -> None:
        """A fact is true, false or not known."""
        with pytest.raises(PolicyError, match="A fact holds, does not hold, or is not known"):
            effects_of(SITE, [], facts={"member": "yes"})  # type: ignore[dict-item]

    def test_other_clauses_say_what_is_open(self) -> None:
        """What a text leaves open is named, whichever clause says so; what breaks a none_of is named, too."""
        found = effects_of(
            site(
                function("a", unstated("who may")),
                function("b", left_open(accepts("a"), awaiting="a ruling")),
                function("c", all_of(accepts("b"), none_of(fact("told", "somebody told")))),
                function("d", when(fact("member"), accepts("a"), otherwise=accepts("b"))),
                function("e", none_of(accepts("b"))),
            ),
            ["a"],
            facts={"told": True},
        )
        assert found["a"].missing == ("the text does not state who may",)
        assert found["b"].missing == ("a ruling",)
        assert [str(path) for path in found["b"].paths] == ["b needs more than is known: a ruling"]
        assert found["c"].outcome is Outcome.OUT_OF_REACH
        assert [str(path) for path in found["c"].paths] == ["c needs that it is not so that somebody told, and it is"]
        assert found["d"].missing == ("it is not known whether member",)
        assert [str(path) for path in found["e"].paths] == [
            "e needs that it is not so that the cookie b is accepted, and it is"
        ]

    def test_a_clause_that_gives_no_reason(self) -> None:
        """A clause of somebody's own that cannot tell, and does not say why, is named itself."""
        found = effects_of(site(function("a", _Shrug()), function("b", all_of(_Shrug(verdict=Verdict.NOT_MET)))), [])
        assert found["a"].missing == ("the weather",)
        assert [str(path) for path in found["b"].paths] == ["b needs the weather"]
        assert found["b"].missing == ()

    def test_as_stated(self) -> None:
        """Without what is only inferred the diary is lost by those who log on, too."""
        assert effects_of(as_stated(SITE), ["wick"], facts={"member": False}).lost == {"diary": Severity.DEGRADED}


@frozen
class _Shrug(Policy):
    """A clause that gives no reasons."""

    verdict: Verdict = Verdict.CANNOT_TELL

    def planned(self, plan: Any) -> Any:
        """Plan one answer for everyone."""
        finding = Finding(self.clause(about="the weather"), self.verdict)
        return lambda case, period: finding


class TestWords:
    """The answer reads as sentences, each with its line."""

    def test_as_text(self) -> None:
        """Who blocked what; what is lost, the worst first; what is not known; what is kept."""
        assert str(effects_of(SITE, ["map", "key", "counter"], logs_on=True, facts={"member": True})) == (
            "Blocked by somebody who logs on: counter, key, map.\n"
            "Lost:\n"
            "  log-on will fail: it needs the cookie key, which is blocked (L2, line 4)\n"
            "  order will normally fail: it needs log-on, which needs the cookie key, which is blocked (L2, line 9)\n"
            "  find-lamp works unreliably: it needs the cookie map, which is blocked (L2, line 10)\n"
            "Not known:\n"
            "  lamp-names lacks what it needs, and the text does not say what happens: it needs find-lamp, which needs"
            " the cookie map, which is blocked (L2, line 11)\n"
            "Lost to those who run the site:\n"
            "  counting is missing and does no harm: it needs the cookie counter, which is blocked (L2, line 21)\n"
            "Kept: read, diary, shop-basket, gallery."
        )
        assert str(effects_of(site(), [])) == "Blocked: nothing.\nKept: nothing."

    @pytest.mark.parametrize("severity", Severity)
    def test_every_severity_has_its_words(self, severity: Severity) -> None:
        """Plainly where the text does not say how sure it is, and with its own “will” or “may”."""
        said = {
            Severity.NONE: ("is missing and does no harm", "may be missing and do no harm"),
            Severity.NUISANCE: ("is missing, which is a nuisance", "may be missing, which is a nuisance"),
            Severity.UNRELIABLE: ("works unreliably", "may work unreliably"),
            Severity.DEGRADED: ("does not work fully", "may not work fully"),
            Severity.NOT_RECOGNISED: ("does not recognise who is logged on", "may not recognise who is logged on"),
            Severity.FAILS: ("fails", "may fail"),
            Severity.UNSTATED: (
                "lacks what it needs, and the text does not say what happens",
                "may lack what it needs, and the text does not say what happens",
            ),
        }
        for words, modality in zip(said[severity], ("unstated", "may"), strict=True):
            found = effects_of(site(function("f", accepts("a"), severity, modality=modality)), ["a"])["f"]
            assert str(found) == f"f {words}: it needs the cookie a, which is blocked (L2, line 1)"

    def test_rows(self) -> None:
        """One row a function, all of it text, in the order of the statement."""
        rows_ = effects_of(SITE, ["map"], facts={"member": False}).rows()
        assert [row["function"] for row in rows_] == [one.id for one in SITE.functions]
        assert rows_[5] == {
            "function": "find-lamp",
            "title": "finding a lamp on the map",
            "audience": "visitor",
            "outcome": "lost",
            "severity": "unreliable",
            "why": "find-lamp needs the cookie map, which is blocked",
            "missing": "",
            "source": "L2, line 10",
        }
        assert (rows_[6]["outcome"], rows_[6]["severity"]) == ("unknown", "unstated")
        assert (rows_[0]["outcome"], rows_[0]["severity"], rows_[0]["why"]) == ("kept", "", "")
        assert (rows_[7]["outcome"], rows_[7]["severity"]) == ("out of reach", "")
        assert effects_of(SITE, []).rows()[7]["missing"] == "it is not known whether the visitor is a member"

    def test_answers_compare(self) -> None:
        """Two answers are equal where the same happens for the same reasons, however the functions are called."""
        renamed = evolve(SITE, functions=tuple(evolve(one, title="x", source=line(9)) for one in SITE.functions))
        assert effects_of(renamed, ["map"]) == effects_of(SITE, ["map"])
        assert effects_of(SITE, ["map"]) != effects_of(SITE, ["wick"])
        assert [effect.function for effect in effects_of(SITE, [])] == [one.id for one in SITE.functions]


class TestShortVersion:
    """What the short version says of blocking everything follows from the long one, or does not."""

    def test_it_follows(self) -> None:
        """Logging on is lost as badly as is said, and pages can be read."""
        first, second = short_version(SITE)
        assert first.verdict is second.verdict is Verdict.MET
        assert str(first) == (
            "“you cannot log on” follows (L2, line 1): log-on will fail: it needs the cookie key, which is blocked"
            " (L2, line 4)"
        )
        assert str(second) == "“but you can read on” follows (L2, line 1): read goes on working (L2, line 2)"

    @pytest.mark.parametrize(
        ("missing", "claimed", "verdict"),
        [
            (Severity.FAILS, Severity.DEGRADED, Verdict.MET),
            (Severity.DEGRADED, Severity.DEGRADED, Verdict.MET),
            (Severity.NONE, Severity.NONE, Verdict.MET),
            (Severity.DEGRADED, Severity.FAILS, Verdict.NOT_MET),
            (Severity.DEGRADED, Severity.UNSTATED, Verdict.MET),
            (Severity.UNSTATED, Severity.UNSTATED, Verdict.MET),
            (Severity.UNSTATED, Severity.NONE, Verdict.CANNOT_TELL),
        ],
    )
    @pytest.mark.parametrize("audience", ["visitor", "controller"])
    def test_how_bad_it_is(self, missing: Severity, claimed: Severity, verdict: Verdict, audience: Any) -> None:
        """At least as bad as claimed follows, less bad does not, and silence settles nothing."""
        claim = Claim(says="x", lost=(("f", claimed),), source=line(1))
        (check,) = short_version(site(function("f", accepts("a"), missing, audience=audience), claims=(claim,)))
        assert check.verdict is verdict

    @pytest.mark.parametrize(
        ("requires", "lost", "kept"),
        [
            (None, Verdict.NOT_MET, Verdict.MET),
            (accepts("a"), Verdict.MET, Verdict.NOT_MET),
            (fact("told"), Verdict.CANNOT_TELL, Verdict.CANNOT_TELL),
            (fact("told", presumed=False), Verdict.NOT_MET, Verdict.NOT_MET),
        ],
    )
    def test_what_is_claimed_to_be_lost_or_kept(self, requires: Any, lost: Verdict, kept: Verdict) -> None:
        """What is kept is not lost, what is broken not kept, and what is out of reach is neither."""
        claims = (
            Claim(says="x", lost=(("f", Severity.UNSTATED),), source=line(1)),
            Claim(says="x", lost=(("f", Severity.FAILS),), source=line(1)),
            Claim(says="y", kept=("f",), source=line(1)),
            Claim(says="z", source=line(1)),
        )
        checks = short_version(site(function("f", requires), claims=claims))
        assert [check.verdict for check in checks] == [lost, lost, kept, Verdict.DOES_NOT_APPLY]
        assert str(checks[3]) == "“z” says nothing that could be checked (L2, line 1): it speaks of no function"

    def test_what_is_broken_with_unstated_harm_is_not_kept(self) -> None:
        """Even where the text does not say how bad it is."""
        claim = Claim(says="y", kept=("f",), source=line(1))
        (check,) = short_version(site(function("f", accepts("a"), Severity.UNSTATED), claims=(claim,)))
        assert check.verdict is Verdict.NOT_MET
        assert "does not follow" in str(check)

    def test_a_claim_about_nothing(self) -> None:
        """A function that the statement lacks is refused."""
        with pytest.raises(UnknownRefError, match="no function 'f'"):
            short_version(site(claims=(Claim(says="y", kept=("f",), source=line(1)),)))


# The laws -------------------------------------------------------------------------------------------------------------


def holds(
    statement: Statement, policy: Policy | None, accepted: frozenset[str], facts: Mapping[str, bool], run: Any
) -> bool:
    """Say whether a requirement holds, by its tree; ``run`` says of functions whether they work."""
    if policy is None:
        return True
    if isinstance(policy, Accepts):
        reused = statement.cookie(policy.name).reuses or (policy.name,)
        return any(one in accepted for one in reused)
    if isinstance(policy, Works):
        return bool(run(policy.name))
    if isinstance(policy, Given):
        return facts[policy.name]
    assert isinstance(policy, (AllOf, AnyOf, AtLeastOf))
    met = sum(holds(statement, part, accepted, facts, run) for part in policy.members)
    return met >= (
        policy.count if isinstance(policy, AtLeastOf) else len(policy.members) if isinstance(policy, AllOf) else 1
    )


def running(statement: Statement, accepted: frozenset[str], facts: Mapping[str, bool], barred: str = "") -> Any:
    """Say which functions work, one at a time, each from the start."""

    def run(name: str) -> bool:
        return name != barred and holds(statement, statement.function(name).requires, accepted, facts, run)

    return run


def running_logged_off(statement: Statement, accepted: frozenset[str], facts: Mapping[str, bool]) -> Any:
    """Say which functions work for somebody who logs on only where nothing else will do."""
    needed: set[str] = set()

    def collect(name: str) -> None:
        requires = statement.function(name).requires
        for leaf in requires.walk() if requires is not None else ():
            if isinstance(leaf, Accepts):
                needed.update(statement.cookie(leaf.name).reuses or (leaf.name,))
            elif isinstance(leaf, Works):
                collect(leaf.name)

    collect(statement.log_on)
    able = running(statement, everything(statement) - needed, facts, statement.log_on)
    off = running(statement, accepted - needed, facts, statement.log_on)

    def run(name: str) -> bool:
        if able(name):
            return bool(off(name))
        return holds(statement, statement.function(name).requires, accepted, facts, run)

    return run


def modelled(
    statement: Statement, blocked: frozenset[str], facts: Mapping[str, bool], logs_on: bool | None
) -> dict[str, str]:
    """Say what becomes of each function where every fact is known."""
    who = running_logged_off if logs_on is False else running
    before, after = (
        who(statement, everything(statement), facts),
        who(statement, everything(statement) - blocked, facts),
    )
    names = {True: "kept", False: "broken"}
    return {
        one.id: names[after(one.id)] if before(one.id) or after(one.id) else "out of reach"
        for one in statement.functions
    }


def told(effects: Any) -> dict[str, str]:
    """Give the answer in the model's words; “open” where it is not settled."""
    words = {Outcome.KEPT: "kept", Outcome.OUT_OF_REACH: "out of reach"}
    return {one.function: "broken" if one.broken else words.get(one.outcome, "open") for one in effects}


class TestLaws:
    @given(statements(), st.data(), st.sampled_from([None, True, False]))
    def test_the_model_agrees(self, statement: Statement, data: st.DataObject, logs_on: bool | None) -> None:
        """Where every fact is known, the answer is that of a slow model that starts anew for every function."""
        blocked = data.draw(blockings(statement))
        for values in product([True, False], repeat=len(FACTS)):
            facts = dict(zip(FACTS, values, strict=True))
            found = effects_of(statement, blocked, logs_on=logs_on, facts=facts)
            assert told(found) == modelled(statement, blocked, facts, logs_on)

    @given(statements(), st.data(), some_facts, st.sampled_from([None, False]))
    def test_unknown_is_exact(
        self, statement: Statement, data: st.DataObject, facts: Any, logs_on: bool | None
    ) -> None:
        """An answer is open where two completions of the facts differ, and nowhere else; then it says what is missing.

        For somebody who does not log on it may be open once more: where a fact decides whether one must.
        """
        blocked = data.draw(blockings(statement))
        found = effects_of(statement, blocked, logs_on=logs_on, facts=facts)
        known = {name: recorded for name, recorded in facts.items() if recorded is not None}
        whole = [
            modelled(statement, blocked, dict(zip(FACTS, values, strict=True)) | known, logs_on)
            for values in product([True, False], repeat=len(FACTS))
        ]
        for one, answer in told(found).items():
            completions = {completion[one] for completion in whole}
            settled = completions.pop() if len(completions) == 1 else "open"
            assert answer in ((settled, "open") if logs_on is False else (settled,))
        assert {one.function for one in found if one.missing} == {
            one for one, it in told(found).items() if it == "open"
        }

    @given(statements(), st.data(), some_facts, st.sampled_from([None, False]))
    def test_blocking_more_never_restores(
        self, statement: Statement, data: st.DataObject, facts: Any, logs_on: bool | None
    ) -> None:
        """What is lost stays lost, what is kept was kept before, and the worst gets no better."""
        few, more = data.draw(blockings(statement)), data.draw(blockings(statement))
        before = effects_of(statement, few, logs_on=logs_on, facts=facts)
        after = effects_of(statement, few | more, logs_on=logs_on, facts=facts)
        assert set(after.kept) <= set(before.kept)
        assert before.lost.items() <= after.lost.items()
        assert before.controller_lost.items() <= after.controller_lost.items()
        assert before.out_of_reach == after.out_of_reach

    @given(statements(), st.data(), some_facts, st.sampled_from([None, False]))
    def test_each_function_has_one_outcome(
        self, statement: Statement, data: st.DataObject, facts: Any, logs_on: bool | None
    ) -> None:
        """Asking twice, in another order, of rows in another order, gives the same; no function is passed over."""
        blocked = sorted(data.draw(blockings(statement)))
        found = effects_of(statement, blocked, logs_on=logs_on, facts=facts)
        assert effects_of(statement, [*reversed(blocked), *blocked], logs_on=logs_on, facts=facts) == found
        turned = evolve(statement, cookies=statement.cookies[::-1], functions=statement.functions[::-1])
        again = effects_of(turned, blocked, logs_on=logs_on, facts=facts)
        assert told(again) == told(found)
        visitors = [one.id for one in statement.functions if one.audience == "visitor"]
        assert sorted([*found.lost, *found.unknown, *found.kept, *found.out_of_reach]) == sorted(visitors)

    @given(statements(), st.data(), some_facts, st.sampled_from([None, True, False]))
    def test_reasons_stand(self, statement: Statement, data: st.DataObject, facts: Any, logs_on: bool | None) -> None:
        """What is kept has no reasons, everything else has; each cookie named is one that is not there."""
        blocked = data.draw(blockings(statement))
        for one in effects_of(statement, blocked, logs_on=logs_on, facts=facts):
            assert bool(one.paths) is (one.outcome is not Outcome.KEPT)
            for path in one.paths:
                assert path.functions[0] == one.function
                steps = zip(path.functions, path.functions[1:], strict=False)
                for needing, needed in steps:
                    requires = statement.function(needing).requires
                    assert requires is not None
                    assert works(needed) in list(requires.walk())
                if path.cookie and "is blocked" in path.cause:
                    assert path.cookie in blocked
                if path.cookie and logs_on is not False:
                    assert set_for(statement, path.cookie) <= blocked

    @given(statements(facts=()))
    def test_nothing_blocked_nothing_lost(self, statement: Statement) -> None:
        """Whoever blocks nothing loses nothing, and nothing that hangs on no fact is unknown."""
        for logs_on in (None, True, False):
            found = effects_of(statement, [], logs_on=logs_on)
            assert all(one.outcome is Outcome.KEPT for one in found)

    def test_a_long_chain_and_a_wide_web(self) -> None:
        """Many functions in a row are judged each once, and many ways to one cookie are told by the shortest."""
        chain = [function("f0", accepts("a"))]
        chain += [function(f"f{n}", works(f"f{n - 1}")) for n in range(1, 400)]
        last = effects_of(site(*chain), ["a"])["f399"]
        assert len(last.paths[0].functions) == 400
        web = [function("l0", accepts("a")), function("r0", accepts("a"))]
        for n in range(1, 60):
            both = all_of(works(f"l{n - 1}"), works(f"r{n - 1}"))
            web += [function(f"l{n}", both), function(f"r{n}", both)]
        (path,) = effects_of(site(*web), ["a"])["l59"].paths
        assert len(path.functions) == 60
        short = function("short", all_of(works("l59"), accepts("a")))
        assert [path.functions for path in effects_of(site(*web, short), ["a"])["short"].paths] == [("short",)]


def the_iets() -> Statement:
    """Give the IET's own statement, where it stands."""
    privacy = pytest.importorskip("cpdrules.iet.privacy", reason="the IET's statement is not written yet")
    statement: Statement = privacy.statement
    return statement


class TestInventory:
    """Rows e01 and on of the inventory."""

    @pytest.mark.parametrize("row", rows("effects_tests"), ids=named)
    def test_a_row(self, row: dict[str, Any]) -> None:
        """Lost, unknown, kept and what the controller loses are exactly as worked by hand."""
        statement = the_iets()
        found = effects_of(statement, _blocked(statement, row["blocked"]), logs_on=row.get("logged_in"))
        if "lost" in row:
            assert {name: severity.value for name, severity in found.lost.items()} == row["lost"]
        if "unknown" in row:
            assert sorted(found.unknown) == sorted(row["unknown"])
        if "controller_lost" in row:
            assert sorted(found.controller_lost) == sorted(row["controller_lost"])
        for name in row.get("kept", ()):
            assert found[name].outcome is Outcome.KEPT

    def test_the_short_version_follows(self) -> None:
        """Line 105 follows from lines 109 to 192."""
        assert {check.verdict for check in short_version(the_iets())} == {Verdict.MET}


def _blocked(statement: Statement, told: Any) -> list[str]:
    """Read what a row blocks: ids, a group's, or a word for all of them."""
    names = [told] if isinstance(told, str) else list(told)
    groups = {one.id for one in statement.groups}
    ids: list[str] = []
    for name in names:
        if name.casefold() in ("all", "any", "everything", "all cookies"):
            ids += everything(statement)
        elif name in groups and name not in everything(statement):
            ids += group(statement, name)
        else:
            ids.append(name)
    return ids
