"""Same seed, same sample: on every machine, in every order, and as stable as a sample can be."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.review import at_rate, draw, extend, quotas, replace, so_many, verify

TERMS: dict[str, Any] = {"scheme": "demo", "label": "2017", "seed_source": "dice"}

seeds = st.integers(0, 10**20).map(lambda number: f"{number:020}")
shuffles = st.randoms(use_true_random=False)


@st.composite
def pools(draw_one: Any) -> dict[str, list[str]]:
    """Give up to three strata of up to thirty people."""
    numbers = draw_one(st.lists(st.integers(1, 10_000), max_size=30, unique=True))
    return {
        name: [f"M{number:05}" for number in numbers if number % 3 == part] for part, name in enumerate(("a", "b", "c"))
    }


rates = st.fractions(0, 1, max_denominator=20).map(at_rate)


class TestSameSeedSameSample:
    @given(pools(), rates, seeds, shuffles)
    def test_whatever_the_order(self, pool: dict[str, list[str]], how: Any, seed: str, chance: Any) -> None:
        """Of the list and of the strata, down to the manifest."""
        one = draw(pool, how, seed=seed, **TERMS)
        names = chance.sample(list(pool), len(pool))
        other = draw({name: chance.sample(pool[name], len(pool[name])) for name in names}, how, seed=seed, **TERMS)
        assert (one.drawn, one.manifest()) == (other.drawn, other.manifest())

    @given(pools(), st.integers(0, 5), seeds, st.sampled_from("abc"))
    def test_one_who_joins_moves_at_most_one_other(
        self, pool: dict[str, list[str]], number: int, seed: str, name: str
    ) -> None:
        """In their own stratum, and nobody in another; who leaves does likewise."""
        how = quotas(dict.fromkeys(pool, number), census=True)
        before = draw(pool, how, seed=seed, **TERMS).drawn
        joined = draw({**pool, name: [*pool[name], "N1"]}, how, seed=seed, **TERMS).drawn
        assert len(set(before[name]) - set(joined[name])) <= 1
        assert set(joined[name]) - set(before[name]) <= {"N1"}
        assert all(before[other] == joined[other] for other in pool if other != name)

    @given(pools(), st.fractions(0, 1, max_denominator=20), seeds)
    def test_a_rate_moves_at_most_one_for_one(self, pool: dict[str, list[str]], rate: Any, seed: str) -> None:
        """A joiner may raise the quota by one, and then nobody is put out."""
        before = draw(pool["a"], at_rate(rate), seed=seed, **TERMS).ids
        after = draw([*pool["a"], "N1"], at_rate(rate), seed=seed, **TERMS).ids
        assert len(set(before) - set(after)) + len(set(after) - set(before) - {"N1"}) <= 1

    @given(pools(), seeds, st.data(), st.integers(0, 3))
    def test_one_more_keeps_all(self, pool: dict[str, list[str]], seed: str, data: st.DataObject, least: int) -> None:
        """With strata by Webster's method and a minimum, too; extending is the larger draw."""
        everybody = sum(map(len, pool.values()))
        fewest = sum(min(least, len(ids)) for ids in pool.values())
        number = data.draw(st.integers(fewest, everybody))
        more = data.draw(st.integers(0, everybody - number))
        one = draw(pool, so_many(number, least=least), seed=seed, **TERMS)
        other = draw(pool, so_many(number + more, least=least), seed=seed, **TERMS)
        assert all(other.drawn[name][: len(ids)] == ids for name, ids in one.drawn.items())
        assert extend(one, more, reason="more").drawn == other.drawn

    @given(pools(), rates, seeds, st.data())
    def test_to_skip_is_to_filter(self, pool: dict[str, list[str]], how: Any, seed: str, data: st.DataObject) -> None:
        """Whoever is skipped, at once or one by one, the sample is that of a pool without them."""
        found = draw(pool, how, seed=seed, **TERMS)
        together, one_by_one = found, found
        skipped = data.draw(st.lists(st.sampled_from(found.ids), unique=True)) if found.ids else []
        together = replace(found, dict.fromkeys(skipped, "left"))
        for one in skipped:
            one_by_one = replace(one_by_one, {one: "left"})
        left = {name: [one for one in ids if one not in skipped] for name, ids in pool.items()}
        fewer = draw(left, quotas(found.allotment.quotas, census=True), seed=seed, **TERMS)
        assert together.drawn == one_by_one.drawn == fewer.drawn
        came = [one for step in together.ledger for one in step.brought_in]
        assert sorted((*found.ids, *came)) == sorted((*together.ids, *skipped))

    @given(pools(), rates, seeds, st.data())
    def test_a_draw_verifies(self, pool: dict[str, list[str]], how: Any, seed: str, data: st.DataObject) -> None:
        """Whatever was skipped and added, there is no difference; and there is one as soon as the list is another."""
        found = draw(pool, how, seed=seed, **TERMS)
        if found.ids:
            found = replace(found, dict.fromkeys(data.draw(st.sets(st.sampled_from(found.ids))), "left"))
        left = sum(map(len, pool.values())) - sum(map(len, found.called.values()))
        manifest = extend(found, data.draw(st.integers(0, left)), reason="more").manifest()
        assert verify(manifest, pool) == ()
        assert verify(manifest, {**pool, "a": [*pool["a"], "N1"]})
        assert verify(evolve(manifest, seed=f"{seed}1"), pool)
