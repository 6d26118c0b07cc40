"""How long it takes to say which cookie a name is, beside the table and the one expression that one would write.

2,264 patterns, those of the Open Cookie Database where the source texts stand beside the checkout, or as many that are
made up alike. The names are a mixture of hits, misses and long ones. Both sides must give one answer: all that are
declared under the best pattern. They take turns in one process, and the ratio is of the fastest rounds.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from cpdrules.privacy.names import Index, NamePattern, exact, prefix

DATABASE = Path(__file__).parents[3] / "shared" / "data" / "open-cookie-database" / "open-cookie-database.csv"
PATTERNS, WILDCARDS = 2_264, 260
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
ROUNDS = 60

chance = Random(1)  # noqa: S311 - no secret


def word(least: int, most: int) -> str:
    """Make a text of so many letters."""
    return "".join(chance.choices(LETTERS, k=chance.randint(least, most)))


def made_up() -> list[tuple[str, bool]]:
    """Make names as the database has them: a tenth are beginnings, many of which begin alike."""
    families = [word(1, 5) for _ in range(300)]
    return [(chance.choice(families) + word(2, 16), number < WILDCARDS) for number in range(PATTERNS)]


def database() -> list[tuple[str, bool]]:
    """Read the names, and whether each is the beginning of names."""
    if not DATABASE.is_file():
        print("the Open Cookie Database (../shared) is not on this machine: made-up patterns take its place")
        return made_up()
    with DATABASE.open(encoding="utf-8-sig", newline="") as lines:
        return [(row["Cookie / Data Key name"], row["Wildcard match"] == "1") for row in csv.DictReader(lines)]


ROWS = database()

whole: dict[str, list[int]] = {}
beginnings: dict[str, list[int]] = {}
for number, (text, wildcard) in enumerate(ROWS):
    (beginnings if wildcard else whole).setdefault(text, []).append(number)
anchored = re.compile(r"\A(?:" + "|".join(map(re.escape, sorted(beginnings, key=len, reverse=True))) + ")")


def pattern(text: str, wildcard: bool) -> NamePattern:
    """Write a row of the database as a pattern."""
    return prefix(text) if wildcard else exact(text)


INDEX = Index((pattern(text, wildcard), number) for number, (text, wildcard) in enumerate(ROWS))


def mixture() -> list[str]:
    """Mix equal parts of declared names, beginnings that go on, names that nobody declared, and a few long ones."""
    beginning = [text + word(1, 30) for text in chance.choices(list(beginnings), k=500)]
    misses = [word(3, 30) for _ in range(400)] + [text[:-1] + "~" for text in chance.choices(list(whole), k=100)]
    names = [*chance.choices(list(whole), k=500), *beginning, *misses]
    chance.shuffle(names)
    return [*names, *(text + "x" * 10**5 for text in chance.choices(list(beginnings), k=3)), "~" * 10**5]


def by_hand(name: str) -> list[int]:
    """Look in the table, then ask the expression."""
    found = whole.get(name)
    if found is not None:
        return found
    match = anchored.match(name)
    return [] if match is None else beginnings[match.group()]


def main() -> None:
    """Take turns, so that a machine that slows down slows both."""
    names = mixture()
    for name in names:
        assert by_hand(name) == [one.value for one in INDEX.best(name).found], ascii(name[:50])
    other = [name for name in names if name not in whole]
    fastest: dict[str, float] = {}
    for part, some in {
        "whole names": [name for name in names if name in whole],
        "beginnings": [name for name in other if by_hand(name)],
        "misses": [name for name in other if not by_hand(name)],
        "all": names,
    }.items():
        works: dict[str, Callable[[str], object]] = {"by hand": by_hand, "by library": INDEX.best}
        fastest = dict.fromkeys(works, float("inf"))
        for _ in range(ROUNDS):
            for who, work in works.items():
                began = time.perf_counter()
                for name in some:
                    work(name)
                fastest[who] = min(fastest[who], time.perf_counter() - began)
        for who, spent in fastest.items():
            print(f"{spent / len(some) * 1e9:8.0f} ns a name, {part}, {who}")
    print(f"ratio match = {fastest['by library'] / fastest['by hand']:.2f}")


if __name__ == "__main__":
    main()
