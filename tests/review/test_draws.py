"""The draw, and what becomes of the sample afterwards."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from cpdrules.review import Draw, announce, at_rate, draw, extend, quotas, replace, so_many, with_joiners
from cpdrules.review.draws import ALL, DrawError, Step
from cpdrules.review.identities import DuplicateIdError, IdentityError, LookAlikeError
from cpdrules.review.sizes import SizeError
from cpdrules.review.tickets import digest_of

SEED = "63454660390103169462"
TERMS = {"scheme": "demo", "label": "2017", "seed": SEED, "seed_source": "twenty throws of a die"}
BEFORE = {name: text for name, text in TERMS.items() if name != "seed"}
MEMBERS = [f"M{number:04}" for number in range(1, 1002)]
STRATA = {"CEng": MEMBERS[:600], "IEng": MEMBERS[600:900], "EngTech": MEMBERS[900:]}
FIRST = ("M0051", "M0857", "M0696", "M0482", "M0001", "M0056", "M0506", "M0556")


def drawn(pool: Any = MEMBERS, how: Any = None, **terms: Any) -> Draw:
    """Draw 5 % of a thousand and one."""
    return draw(pool, how or at_rate("5%"), **{**TERMS, **terms})


class TestVectors:
    def test_vector_3(self) -> None:
        """51 of 1,001."""
        found = drawn()
        assert (len(found.ids), found.ids[:8], found.ids[-1]) == (51, FIRST, "M0096")
        assert found.next_in_line() == ("M0641",)
        assert digest_of(found.ids) == "ba67ed24f25f8016e0b0a150f09d9095db3cf0794bdf9987c3ff5e9ef2fca037"

    @pytest.mark.parametrize(
        ("label", "ids"),
        [
            ("2018", ("M0717", "M0088", "M0025", "M0281", "M0041")),
            ("2017/second-review", ("M0881", "M0256", "M0510", "M0761", "M0243")),
        ],
    )
    def test_vector_4(self, label: str, ids: tuple[str, ...]) -> None:
        """Another label is another draw of the same seed."""
        assert drawn(label=label).ids[:5] == ids

    def test_vector_5(self) -> None:
        """Three strata at 5 % each."""
        found = drawn(STRATA)
        assert {name: len(ids) for name, ids in found.drawn.items()} == {"CEng": 30, "EngTech": 6, "IEng": 15}
        ends = {name: (ids[-1], *found.next_in_line(stratum=name)) for name, ids in found.drawn.items()}
        assert ends == {"CEng": ("M0404", "M0096"), "IEng": ("M0743", "M0664"), "EngTech": ("M0924", "M0922")}
        assert list(found.drawn) == ["CEng", "EngTech", "IEng"]
        assert digest_of(found.ids) == "82eca37dbd066520e1d3a5b3174f40c564af276f18dcb363dcfc10041fc9ce59"
        by_number = drawn(STRATA, so_many(51)).drawn
        assert {name: len(ids) for name, ids in by_number.items()} == {"CEng": 31, "EngTech": 5, "IEng": 15}


class TestBounds:
    def test_a_rate_of_nothing_draws_nobody(self) -> None:
        """And a manifest of it has no cutoff."""
        found = drawn(how=at_rate(0))
        assert (found.ids, found.manifest().called[ALL].cutoff) == ((), "")
        assert found.next_in_line(2) == FIRST[:2]

    def test_a_rate_of_one_draws_everybody(self) -> None:
        """In the order of their tickets."""
        found = drawn(how=at_rate(1))
        assert (sorted(found.ids), found.ids[:8], found.next_in_line()) == (MEMBERS, FIRST, ())

    def test_more_than_there_are_is_an_error(self) -> None:
        """Unless a census is allowed, and then it is noted."""
        with pytest.raises(SizeError, match="1002 cannot be drawn of 1001"):
            drawn(how=so_many(1002))
        found = drawn(how=so_many(1002, census=True))
        assert (len(found.ids), found.notes) == (1001, ("there are only 1001, and all are taken",))

    def test_an_empty_stratum_is_noted(self) -> None:
        """And an empty pool is a stratum."""
        assert drawn({"CEng": MEMBERS, "ICTTech": []}).notes == ("ICTTech is empty: nobody is drawn of it",)
        assert drawn([]).ids == ()

    def test_a_weak_seed_is_noted_and_not_refused(self) -> None:
        """A warning is a value."""
        assert drawn().notes == ()
        assert drawn(seed="2017").notes[0].startswith("the seed has 4 digits")


class TestLists:
    def test_hold_nobody_twice(self) -> None:
        """Nor in two strata, nor in the pool and in the must-included."""
        with pytest.raises(DuplicateIdError, match="'M0001'"):
            drawn({"CEng": MEMBERS, "IEng": ["M0001"]})
        with pytest.raises(DuplicateIdError, match="'M0007'"):
            drawn(certain={"deferred": ["M0007"]})
        with pytest.raises(LookAlikeError, match="'M0007', 'M7'"):
            drawn(certain={"deferred": ["M7"]})

    @pytest.mark.parametrize("pool", ["M0001", {"CEng": "M0001"}])
    def test_a_text_is_no_list(self, pool: Any) -> None:
        """A list of letters is never drawn from."""
        with pytest.raises(IdentityError, match="one text and no list"):
            drawn(pool)

    @pytest.mark.parametrize(
        "terms", [{"scheme": ""}, {"label": "a "}, {"seed": "\n"}, {"seed_source": ""}, {"certain": {"": ["x"]}}]
    )
    def test_terms_are_texts_that_mean_one_thing(self, terms: dict[str, Any]) -> None:
        """Every one of them."""
        with pytest.raises(IdentityError):
            drawn(**terms)
        if "seed" not in terms:
            with pytest.raises(IdentityError):
                announce(MEMBERS, at_rate("5%"), **{**BEFORE, **terms})

    def test_names_of_strata_too(self) -> None:
        """A stratum without a name is no stratum."""
        with pytest.raises(IdentityError, match="the name of a list"):
            drawn({"": MEMBERS})

    def test_the_must_included_are_apart(self) -> None:
        """They are outside the quota, and stay what they are: 40 and 10 % of the other 960 are 136 (R42)."""
        found = drawn(MEMBERS[:960], at_rate("10%"), certain={"not engaged": MEMBERS[960:1000]})
        assert len(found.ids) + len(found.certain["not engaged"]) == 136
        assert not set(found.ids) & set(found.certain["not engaged"])
        assert "  40 certain: not engaged" in str(found).splitlines()


class TestReplacing:
    def test_goes_on_down_the_order(self) -> None:
        """The next in line comes in, and the ledger says why."""
        found = replace(drawn(), {"M0857": "left the institution", "M0051": "deceased"})
        assert found.ids == (*drawn().ids[2:], "M0641", drawn().next_in_line(2)[1])
        assert found.ledger == (
            Step("skipped", "deceased", ALL, "M0051", ("M0641",)),
            Step("skipped", "left the institution", ALL, "M0857", drawn().next_in_line(2)[1:]),
        )
        assert str(found.ledger[0]) == "M0051 skipped (all): deceased; called M0641"
        assert found.manifest().called[ALL].skipped == {"deceased": 1, "left the institution": 1}
        assert (found.manifest().called[ALL].number, found.manifest().called[ALL].drawn) == (53, 51)

    def test_of_a_replacement(self) -> None:
        """Who came in may be skipped in turn."""
        found = replace(replace(drawn(), {"M0051": "left"}), {"M0641": "left"})
        assert found.ids[-1] == drawn().next_in_line(2)[1]
        assert found.standing("M0641") == "skipped: left"

    def test_stays_in_the_stratum(self) -> None:
        """Another stratum's sample does not move."""
        found = replace(drawn(STRATA), {"M0404": "left"})
        assert found.drawn["CEng"][-1] == "M0096"
        assert {name: found.drawn[name] for name in ("EngTech", "IEng")} == {
            name: drawn(STRATA).drawn[name] for name in ("EngTech", "IEng")
        }

    def test_brings_in_nobody_where_nobody_is_left(self) -> None:
        """A census has no reserve."""
        found = replace(drawn(how=at_rate(1)), {"M0051": "left"})
        assert (len(found.ids), found.ledger[0].brought_in, str(found.ledger[0])) == (
            *(1000, ()),
            "M0051 skipped (all): left",
        )

    def test_is_of_people_in_the_sample(self) -> None:
        """Not of others, nor of the must-included, nor twice; all of them are named."""
        found = replace(drawn(certain={"deferred": ["X"]}), {"M0051": "left"})
        with pytest.raises(DrawError, match="not 'M0051', 'M0002', 'X', 'Y'|not 'M0002', 'M0051', 'X', 'Y'") as caught:
            replace(found, dict.fromkeys(("M0051", "M0002", "X", "Y", "M0857"), "left"))
        assert caught.value.data["ids"] == ("M0002", "M0051", "X", "Y")

    def test_needs_a_reason(self) -> None:
        """A ledger without reasons is none."""
        with pytest.raises(IdentityError, match="cannot be a reason"):
            replace(drawn(), {"M0051": ""})


class TestExtending:
    def test_goes_on_down_the_order(self) -> None:
        """The larger sample begins with the smaller."""
        found = extend(drawn(), 2, reason="more assessors")
        assert found.ids == (*drawn().ids, *drawn().next_in_line(2))
        assert found.ledger == (Step("extended", "more assessors", ALL, "", drawn().next_in_line(2)),)
        assert str(found.ledger[0]).startswith("extended (all): more assessors; called M0641, ")
        assert (found.manifest().called[ALL].number, found.manifest().called[ALL].extended) == (53, 2)

    def test_divides_among_strata_as_the_draw_would_have(self) -> None:
        """51 by Webster's method, and 9 more, are 60 by Webster's method."""
        assert extend(drawn(STRATA, so_many(51)), 9, reason="more").drawn == drawn(STRATA, so_many(60)).drawn

    def test_by_stratum(self) -> None:
        """As many of each as are named, and nobody for nothing."""
        found = extend(drawn(STRATA), {"CEng": 1, "IEng": 0}, reason="more")
        assert found.drawn["CEng"][-1] == "M0096"
        assert [step.stratum for step in found.ledger] == ["CEng"]

    def test_after_skipping(self) -> None:
        """Both go down the one order."""
        one = extend(replace(drawn(), {"M0051": "left"}), 1, reason="more")
        other = replace(extend(drawn(), 1, reason="more"), {"M0051": "left"})
        assert one.ids == other.ids == drawn(how=so_many(53)).ids[1:]

    @pytest.mark.parametrize("more", [951, {ALL: 951}])
    def test_needs_somebody_left(self, more: Any) -> None:
        """950 are left."""
        assert len(extend(drawn(), 950, reason="all").ids) == 1001
        with pytest.raises(SizeError, match="951 (more )?cannot be drawn of 950"):
            extend(drawn(), more, reason="all")

    def test_needs_a_stratum_and_a_reason(self) -> None:
        """And whole numbers."""
        with pytest.raises(DrawError, match="no stratum 'ICTTech'"):
            extend(drawn(STRATA), {"ICTTech": 1}, reason="more")
        with pytest.raises(IdentityError, match="cannot be a reason"):
            extend(drawn(), 1, reason=" ")
        with pytest.raises(SizeError, match="is no number to draw"):
            extend(drawn(), {ALL: -1}, reason="more")
        with pytest.raises(DrawError, match="It has 'all'"):
            drawn().next_in_line(stratum="CEng")


class TestStanding:
    def test_is_said_of_everybody(self) -> None:
        """In a few words, whoever asks."""
        found = replace(drawn(certain={"deferred": ["X"]}), {"M0051": "left"})
        found = with_joiners(found, {"N1": "elected in March"})
        said: Mapping[str, str] = {
            "M0857": "drawn (all)",
            "M0641": "drawn (all)",
            "M0051": "skipped: left",
            "M0002": "not drawn (all)",
            "X": "certain: deferred",
            "N1": "joined after commitment: not drawn (elected in March)",
            "Y": "on no list: not drawn",
        }
        assert {one: found.standing(one) for one in said} == said

    def test_of_a_second_reason(self) -> None:
        """Every list is looked at."""
        found = drawn(STRATA, certain={"deferred": ["X"], "failed": ["Y"]})
        assert (found.standing("Y"), found.standing("M0901")[-9:]) == ("certain: failed", "(EngTech)")

    def test_who_joins_late_is_not_drawn(self) -> None:
        """They are noted, and change nothing; who is on a list, or noted already, has not joined."""
        found = with_joiners(drawn(), {"N1": "elected"})
        assert (found.ids, found.manifest().joined) == (drawn().ids, 1)
        assert str(found.ledger[0]) == "N1 joined: elected"
        for who in ("M0001", "N1"):
            with pytest.raises(DuplicateIdError, match=who):
                with_joiners(found, {who: "elected"})
        with pytest.raises(LookAlikeError):
            with_joiners(found, {"M1": "elected"})
        with pytest.raises(IdentityError, match="cannot be a reason"):
            with_joiners(found, {"N2": ""})


class TestAnnouncing:
    def test_is_of_what_is_drawn(self) -> None:
        """The announcement is that of the manifest, and a draw of it is the same draw."""
        terms = {"certain": {"deferred": ["X"]}}
        announced = announce(STRATA, at_rate("5%"), **BEFORE, **terms)
        found = drawn(STRATA, announced=announced, **terms)
        assert found.manifest().announcement == announced
        assert found == drawn(STRATA, **terms)

    @pytest.mark.parametrize(
        ("changed", "place"),
        [
            ({"pool": MEMBERS[:-1]}, "pool.all.digest"),
            ({"pool": {"CEng": MEMBERS}}, "pool.CEng.size"),
            ({"how": at_rate("6%")}, "how: "),
            ({"label": "2018"}, "label: '2017' is said, '2018' is found"),
            ({"scheme": "other"}, "scheme"),
            ({"seed_source": "a friend"}, "seed source"),
            ({"certain": {"deferred": ["X"]}}, "certain.deferred.size: None is said, 1 is found"),
        ],
    )
    def test_binds(self, changed: dict[str, Any], place: str) -> None:
        """Nothing may change once the seed can be known; what does is named."""
        announced = announce(MEMBERS, at_rate("5%"), **BEFORE)
        with pytest.raises(DrawError, match="not the one announced") as caught:
            drawn(**{"announced": announced, **changed})
        assert place in str(caught.value)

    def test_needs_people_enough(self) -> None:
        """An announcement that cannot be kept is not made."""
        with pytest.raises(SizeError):
            announce(MEMBERS, quotas({ALL: 1002}), **BEFORE)


def test_a_draw_is_a_value() -> None:
    """It reads aloud, copies, and what is done to it gives another."""
    found = drawn()
    changed = extend(found, 1, reason="more")
    assert str(changed).splitlines() == [
        "demo, 2017: 51 of 1001, 5% of each stratum, rounded up",
        "  all: 51 of 1001",
        "  extended (all): more; called M0641",
    ]
    assert found.ledger == ()
    assert copy.deepcopy(found) == found != changed
