"""How anyone can check a draw, and what a manifest looks like as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from cpdrules.errors import DocumentError
from cpdrules.review import (
    Manifest,
    announce,
    at_rate,
    draw,
    extend,
    quotas,
    read_announcement,
    read_manifest,
    replace,
    self_check,
    so_many,
    verify,
    with_joiners,
    write_announcement,
    write_manifest,
)
from cpdrules.review.draws import ALL, DrawError
from cpdrules.review.identities import IdentityError
from tests.review.test_draws import BEFORE, MEMBERS, SEED, STRATA, TERMS

CERTAIN = {"deferred": ["X1", "X2"]}
HOW = {
    "rate": at_rate("5%"),
    "rates": at_rate({"CEng": "5%", "IEng": "1/3", "EngTech": 0}, rounding="half_up", least=1),
    "number": so_many(51, least=2, census=True),
    "quotas": quotas({"CEng": 5, "IEng": 0, "EngTech": 101}),
}


def manifest(how: str = "rate") -> Manifest:
    """Make a manifest with everything in it."""
    found = draw(STRATA, HOW[how], certain=CERTAIN, **TERMS)
    found = replace(found, {found.drawn["CEng"][0]: "left", found.drawn["CEng"][1]: "left"})
    found = extend(found, {"IEng": 2}, reason="more")
    return with_joiners(found, {"N1": "elected"}).manifest()


def changed(data: Any, path: tuple[str, ...], value: Any) -> Any:
    """Give plain data with one value exchanged."""
    if not path:
        return value
    return {**data, path[0]: changed(data[path[0]], path[1:], value)}


def paths(data: Any, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Give where every value of plain data stands."""
    if isinstance(data, dict) and data:
        return [path for key, value in data.items() for path in paths(value, (*before, key))]
    return [before]


def at(data: Any, path: tuple[str, ...]) -> Any:
    """Give the value that stands somewhere."""
    return at(data[path[0]], path[1:]) if path else data


#: What a change of each value of the manifest shows as; every other shows in its own place.
ELSEWHERE = {
    ("scheme",): "key",
    ("label",): "key",
    ("seed",): "key",
    ("how", "at rate", "rate"): "pool.CEng.quota",
    ("how", "at rate", "rounding"): "pool.EngTech.quota",
    ("how", "at rate", "least"): "pool.CEng.quota",
    ("called", "CEng", "extended"): "called.CEng.number",
    ("called", "EngTech", "extended"): "called.EngTech.number",
    ("called", "IEng", "extended"): "called.IEng.number",
    ("called", "CEng", "skipped", "left"): "called.CEng.number",
    ("called", "EngTech", "skipped"): "called.EngTech.number",
    ("called", "IEng", "skipped"): "called.IEng.number",
}
#: What no list can tell: where the seed came from, but for the announcement, and who was turned away.
UNSEEN = (("seed source",), ("joined",))


class TestPlainData:
    @pytest.mark.parametrize("how", HOW)
    def test_reads_back(self, how: str) -> None:
        """Through JSON, whichever way was drawn."""
        found = manifest(how)
        data = json.loads(json.dumps(write_manifest(found)))
        assert read_manifest(data) == found
        announcement = json.loads(json.dumps(write_announcement(found.announcement)))
        assert read_announcement(announcement) == found.announcement

    def test_is_as_it_is_documented(self) -> None:
        """Names and values, for other languages to read."""
        found = draw(MEMBERS, at_rate("5%"), **TERMS).manifest()
        listed = {"size": 1001, "digest": found.announcement.pool[ALL].digest, "quota": 51}
        assert write_manifest(found) == {
            "algorithm": "cpdrules.draw.v1",
            "scheme": "demo",
            "label": "2017",
            "seed source": "twenty throws of a die",
            "how": {"at rate": {"rate": "5%", "rounding": "up", "least": 0}},
            "pool": {ALL: listed},
            "certain": {},
            "seed": SEED,
            "key": "42d763b30556177f69c40a7e6521e19b239b5db549395019819b0911c9f62558",
            "called": {
                ALL: {
                    "number": 51,
                    "cutoff": found.called[ALL].cutoff,
                    "digest": "ba67ed24f25f8016e0b0a150f09d9095db3cf0794bdf9987c3ff5e9ef2fca037",
                    "extended": 0,
                    "skipped": {},
                }
            },
            "joined": 0,
        }

    def test_holds_no_id(self) -> None:
        """A list of members, or of hashed numbers, is nobody else's business."""
        text = json.dumps(write_manifest(manifest()))
        assert not any(one in text for one in (*MEMBERS, "X1", "N1"))

    @pytest.mark.parametrize("path", paths(write_manifest(manifest())), ids=".".join)
    @pytest.mark.parametrize("value", [None, 1.5, -1, True, "\n", ["x"], {"x": "y"}])
    def test_is_read_strictly(self, path: tuple[str, ...], value: Any) -> None:
        """Nothing is guessed, in no place, and the place is named."""
        if (path[-1], value) == ("rate", {"x": "y"}) or path[:2] == ("called", "CEng"):
            path = ("called", "CEng", "number")
        with pytest.raises(DocumentError, match="The manifest cannot be read") as caught:
            read_manifest(changed(write_manifest(manifest()), path, value))
        assert any(problem.place.startswith(f"The manifest.{path[0]}") for problem in caught.value.problems)

    @pytest.mark.parametrize("data", [None, [], {}, "text", 5])
    def test_is_a_table(self, data: Any) -> None:
        """Everything else is refused, and all that is missing named."""
        for read in (read_manifest, read_announcement):
            with pytest.raises(DocumentError, match="it lacks algorithm, scheme, label, seed source, how, pool"):
                read(data)

    @pytest.mark.parametrize(
        ("how", "match"),
        [
            ({}, "one key of at rate, so many, quotas"),
            ({"by hand": {}}, "one key of"),
            ({"so many": {"number": 1, "least": 0, "census": False}, "quotas": {}}, "one key of"),
            ({"at rate": {"rate": "5%", "rounding": ["up"], "least": 0}}, "no way to draw"),
            ({"at rate": {"rate": 0.05, "rounding": "up", "least": 0}}, "is a float"),
            ({"at rate": {"rate": {1: "5%", "a": "5%"}, "rounding": "up", "least": 0}}, "no way to draw"),
            ({"so many": {"number": 1, "least": 0, "census": 0}}, "0 is neither true nor false"),
            ({"quotas": {"numbers": [1], "census": False}}, "is no table"),
            ({"quotas": {"numbers": {"": 1}, "census": False, "x": 1}}, "is no name: it is empty"),
        ],
    )
    def test_a_way_to_draw_is_one_of_three(self, how: Any, match: str) -> None:
        """Anything else is refused by name."""
        with pytest.raises(DocumentError, match=match):
            read_manifest(write_manifest(manifest()) | {"how": how})

    def test_what_nobody_reads_is_refused(self) -> None:
        """A word that is not known is not skipped."""
        with pytest.raises(DocumentError, match="it has 'sead', which nobody reads"):
            read_manifest(write_manifest(manifest()) | {"sead": "1"})

    def test_notes_travel_with_it(self) -> None:
        """A weak seed and an empty stratum are seen by whoever reads the manifest."""
        found = draw({"a": MEMBERS, "b": []}, at_rate("5%"), **{**TERMS, "seed": "2017"}).manifest()
        assert [note[:20] for note in read_manifest(write_manifest(found)).notes] == [
            *("the seed has 4 digit", "b is empty: nobody i"),
        ]
        assert manifest().notes == ()


class TestVerify:
    @pytest.mark.parametrize("how", HOW)
    def test_finds_nothing_where_all_is_well(self, how: str) -> None:
        """Whichever way was drawn, and whatever came after; the order of the list is no matter."""
        backwards = {name: ids[::-1] for name, ids in STRATA.items()}
        announced = announce(STRATA, HOW[how], certain=CERTAIN, **BEFORE)
        assert verify(manifest(how), backwards, certain=CERTAIN, announced=announced) == ()

    def test_finds_nothing_after_a_census(self) -> None:
        """Skipping where nobody is left is no difference."""
        found = draw(MEMBERS[:3], at_rate(1), **TERMS)
        assert verify(replace(found, {"M0002": "left"}).manifest(), MEMBERS[:3]) == ()

    @pytest.mark.parametrize(
        "path", [path for path in paths(write_manifest(manifest())) if path not in UNSEEN], ids=".".join
    )
    def test_names_every_difference(self, path: tuple[str, ...]) -> None:
        """Whichever value is changed, its place is named, or the place where it shows."""
        data = write_manifest(manifest())
        old = at(data, path)
        new: Any = old + 40 if isinstance(old, int) else "0" * 64 if len(old) == 64 else f"{old}x"
        new = {"rate": "9%", "rounding": "down", "skipped": {"left": 1}}.get(path[-1], new)
        places = [one.place for one in verify(read_manifest(changed(data, path, new)), STRATA, certain=CERTAIN)]
        assert ELSEWHERE.get(path, ".".join(path)) in places

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (lambda lists: lists["CEng"].pop(), "pool.CEng.size"),
            (lambda lists: lists["CEng"].append("N1"), "pool.CEng.digest"),
            (lambda lists: lists.pop("IEng"), "pool.IEng.size"),
            (lambda lists: lists.pop("IEng"), "called.IEng.number"),
            (lambda lists: lists.update(ICTTech=["N1"]), "called.ICTTech"),
            (lambda lists: lists.update(ICTTech=["N1"]), "pool.ICTTech.quota"),
        ],
    )
    def test_names_what_is_other_in_the_list(self, change: Callable[[Any], Any], place: str) -> None:
        """Somebody less, somebody more, a stratum less, a stratum more."""
        lists = {name: list(ids) for name, ids in STRATA.items()}
        change(lists)
        assert place in [one.place for one in verify(manifest(), lists, certain=CERTAIN)]

    def test_names_what_is_other_among_the_must_included(self) -> None:
        """They are listed, too."""
        places = [one.place for one in verify(manifest(), STRATA, certain={"deferred": ["X1"], "failed": ["X2"]})]
        assert places == [
            "certain.deferred.size",
            "certain.deferred.digest",
            "certain.failed.size",
            "certain.failed.digest",
        ]

    def test_compares_with_what_was_announced(self) -> None:
        """A source that was named afterwards is found so, and only so."""
        announced = announce(STRATA, HOW["rate"], certain=CERTAIN, **{**BEFORE, "seed_source": "a lottery"})
        (one,) = verify(manifest(), STRATA, certain=CERTAIN, announced=announced)
        assert str(one) == "announced seed source: 'a lottery' is said, 'twenty throws of a die' is found"

    def test_a_way_to_draw_that_does_not_fit_the_list(self) -> None:
        """Is named, and everything else is checked as far as it goes."""
        found = manifest()
        other = evolve(found, announcement=evolve(found.announcement, how=so_many(2000)))
        (one,) = verify(other, STRATA, certain=CERTAIN)
        assert (one.place, one.found) == ("how", "2000 cannot be drawn of 1001 in all strata together")

    def test_another_algorithm_is_not_checked(self) -> None:
        """Nor is a manifest with texts that cannot be hashed."""
        found = manifest()
        other = evolve(found, announcement=evolve(found.announcement, algorithm="cpdrules.draw.v2"))
        assert [one.place for one in verify(other, STRATA)] == ["algorithm"]
        unfit = evolve(found, seed=" ", announcement=evolve(found.announcement, scheme="", label="a "))
        assert [one.place for one in verify(unfit, STRATA)] == ["scheme", "label", "seed"]

    def test_a_list_that_cannot_be_drawn_from_is_an_error(self) -> None:
        """Whatever the manifest says."""
        with pytest.raises(IdentityError):
            verify(manifest(), ["M0001", "M0001"])


class TestSelfCheck:
    def test_needs_no_list(self) -> None:
        """Each member's own answer is that of the draw."""
        found = draw(MEMBERS, at_rate("5%"), **TERMS)
        answers = {one: self_check(found.manifest(), one).called[ALL] for one in MEMBERS}
        assert {one for one, called in answers.items() if called} == set(found.ids)
        assert str(self_check(found.manifest(), "M0001")).splitlines() == [
            "ticket 00893664a40eb91225701b5627bc479eb1f624961bd41a278c44ef3ec098c529",
            "  if on the list of 'all': drawn",
        ]

    def test_answers_for_each_stratum(self) -> None:
        """Or for the one that is named; where some were skipped, it says so."""
        found = manifest()
        everywhere = self_check(found, "M0096")
        assert dict(everywhere.called) == {"CEng": True, "EngTech": True, "IEng": True}
        assert "  if on the list of 'CEng': drawn, unless skipped since" in str(everywhere).splitlines()
        assert "  if on the list of 'IEng': drawn" in str(everywhere).splitlines()
        one = self_check(found, "M0002", stratum="CEng")
        assert str(one).splitlines()[1:] == ["  if on the list of 'CEng': not drawn"]
        with pytest.raises(DrawError, match="no stratum 'all'.*It has 'CEng', 'EngTech', 'IEng'"):
            self_check(found, "M0002", stratum=ALL)

    def test_does_not_trust_the_key(self) -> None:
        """It is computed from the seed again."""
        found = evolve(manifest(), key="0" * 64)
        assert self_check(found, "M0096") == self_check(manifest(), "M0096")

    def test_is_no_for_everybody_where_nobody_was_drawn(self) -> None:
        """An empty cutoff is below every ticket."""
        assert not self_check(draw(MEMBERS, at_rate(0), **TERMS).manifest(), "M0051").called[ALL]

    def test_knows_one_algorithm(self) -> None:
        """Another is refused, and so is an id that could be written in two ways."""
        found = manifest()
        with pytest.raises(DrawError, match=r"'cpdrules\.draw\.v2'"):
            self_check(evolve(found, announcement=evolve(found.announcement, algorithm="cpdrules.draw.v2")), "M0001")
        with pytest.raises(IdentityError):
            self_check(found, "M0001 ")
