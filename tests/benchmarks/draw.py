"""How long a draw takes, beside the bare loop that one would write, and beside Rivest's consistent_sampler.

The loop hashes and keeps the lowest tickets; it looks at no id, knows no strata and keeps nothing. The draw does all of
that: it refuses ids that are duplicates, look alike or could be written in two ways. 5 % of 160,000 ids in no order;
the three take turns in one process, and the ratios are of the medians. The draw and the loop must give one sample.
"""

from __future__ import annotations

import hashlib
import heapq
import statistics
import time
from collections.abc import Callable
from random import Random

from cpdrules.review import at_rate, draw, draw_key

try:
    from consistent_sampler import sampler
except ImportError:
    sampler = None

POPULATION = 160_000
SEED = "63454660390103169462"
ROUNDS = 15
SLOW_ROUNDS = 3

IDS = [f"{1_100_000_000 + 7 * number}" for number in range(POPULATION)]
Random(1).shuffle(IDS)  # noqa: S311 - no secret


def by_hand() -> list[str]:
    """Draw with nothing but a hash and a heap."""
    key = draw_key("benchmark", "2017", SEED)
    tickets = ((hashlib.sha256(f"{key}:{one}".encode()).digest(), one) for one in IDS)
    return [one for _, one in heapq.nsmallest(POPULATION // 20, tickets)]


def by_library() -> list[str]:
    """Draw with all checks."""
    found = draw(IDS, at_rate("5%"), scheme="benchmark", label="2017", seed=SEED, seed_source="a constant")
    return list(found.ids)


def and_published() -> object:
    """Draw, and make the manifest, which puts the whole list in order."""
    return draw(IDS, at_rate("5%"), scheme="benchmark", label="2017", seed=SEED, seed_source="a constant").manifest()


def by_consistent_sampler() -> list[str]:
    """Draw with the package."""
    return [one[1] for one in sampler(IDS, SEED, take=POPULATION // 20)]


def main() -> None:
    """Take turns, so that a machine that slows down slows all of them."""
    assert by_hand() == by_library()
    works: dict[str, Callable[[], object]] = {
        "by hand": by_hand,
        "by library": by_library,
        "and published": and_published,
    }
    if sampler is None:
        print("consistent_sampler is not installed: pip install consistent-sampler, to compare with it")
    else:
        works["consistent_sampler"] = by_consistent_sampler
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(ROUNDS):
        for name, work in works.items():
            if name == "consistent_sampler" and number >= SLOW_ROUNDS:
                continue
            began = time.process_time()
            work()
            times[name].append(time.process_time() - began)
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"{median * 1e3:7.1f} ms  {name}")
    print(f"ratio draw_and_manifest = {medians['and published'] / medians['by hand']:.2f}")
    print(f"ratio draw = {medians['by library'] / medians['by hand']:.2f}")
    if sampler is not None:
        print(f"ratio draw_consistent_sampler = {medians['by library'] / medians['consistent_sampler']:.2f}")


if __name__ == "__main__":
    main()
