"""Which cookies a name stands for."""

from __future__ import annotations

import copy
import csv
import itertools
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import example, given
from hypothesis import strategies as st

from cpdrules.errors import PolicyError, VerdictError
from cpdrules.findings import Source
from cpdrules.likenesses import nearly, oddities
from cpdrules.privacy.names import (
    LONGEST,
    Found,
    Index,
    Match,
    Matches,
    NamePattern,
    exact,
    prefix,
    segments,
    suffix,
)
from tests.privacy.inventory import named, rows

#: Few letters, so that patterns and names meet, a star among them; and what strangers send.
LETTERS = "aab*"
NASTY = "aA*\u200b\u0421\uff23\u0301\ud800\x00\t\n[].|"
KINDS = ("exact", "prefix", "suffix", "segments")
HOSTS = ("", "x.org", "www.x.org", ".X.org", "notx.org", "org", "x.org:80", "10.0.0.1", "[::1]")


def texts(letters: str, least: int = 0, most: int = 8) -> st.SearchStrategy[str]:
    """Make texts of a few letters."""
    return st.text(st.sampled_from(letters), min_size=least, max_size=most)


@st.composite
def patterns(draw: st.DrawFn, letters: str = LETTERS) -> NamePattern:
    """Make patterns of all kinds, some of which hold on some hosts only."""
    kind = draw(st.sampled_from((*KINDS, "segments")))
    text = draw(texts(letters, 1, 4))
    if kind == "segments":
        pieces = draw(st.lists(texts(letters.replace("*", ""), most=2), min_size=1, max_size=3))
        text = "*".join(draw(st.permutations([text.replace("*", "b"), *pieces])))
    return NamePattern(kind, text, draw(st.sampled_from(("", "", "x.org", "www.x.org", "org"))))


@st.composite
def cases(draw: st.DrawFn, letters: str = LETTERS) -> tuple[list[tuple[NamePattern, int]], str, str]:
    """Make numbered patterns, a name that many of them nearly fit, and a host."""
    made = draw(st.lists(patterns(letters), min_size=1, max_size=12))
    parts = draw(st.sampled_from(made)).pieces
    filled = "".join(part + draw(texts(letters, most=2)) for part in parts)
    name = draw(st.sampled_from((filled, "".join(parts), filled[1:], filled[:-1])))
    return [(pattern, number) for number, pattern in enumerate(made)], name, draw(st.sampled_from(HOSTS))


def by_model(kind: str, text: str, name: str) -> bool:
    """Tell, slowly, whether a name matches: try every length that a star can have."""
    star = object()
    signs = {
        "exact": [*text],
        "prefix": [*text, star],
        "suffix": [star, *text],
        "segments": [star if sign == "*" else sign for sign in text],
    }[kind]

    @cache
    def rest(at: int, done: int) -> bool:
        if at == len(signs):
            return done == len(name)
        if signs[at] is star:
            return any(rest(at + 1, end) for end in range(done, len(name) + 1))
        return done < len(name) and signs[at] == name[done] and rest(at + 1, done + 1)

    return rest(0, 0)


def model_answer(pattern: NamePattern, name: str, host: str) -> Match:
    """Tell, slowly, what a pattern answers, from the hosts that the tests use."""
    if not by_model(pattern.kind, pattern.text, name):
        return Match.NO
    below = {"org": ("org",), "x.org": ("x.org", "org"), "www.x.org": ("www.x.org", "x.org", "org")}
    below |= {".X.org": below["x.org"], "notx.org": ("org",), "10.0.0.1": (), "[::1]": ()}
    if not pattern.domain:
        return Match.YES
    if host not in below:
        return Match.UNSURE
    return Match.YES if pattern.domain in below[host] else Match.NO


def model_matches(pairs: list[tuple[NamePattern, int]], name: str, host: str) -> tuple[list[int], list[int]]:
    """Give, slowly, the values of the patterns that match, and of those that may, the best first."""

    def goodness(pair: tuple[NamePattern, int]) -> tuple[int, int, int, int]:
        pattern, number = pair
        literal = len(pattern.text) - (pattern.text.count("*") if pattern.kind == "segments" else 0)
        return (0 if pattern.kind == "exact" else 1, -literal, -len(pattern.domain), number)

    ordered = sorted(pairs, key=goodness)
    return (
        [number for pattern, number in ordered if model_answer(pattern, name, host) is Match.YES],
        [number for pattern, number in ordered if model_answer(pattern, name, host) is Match.UNSURE],
    )


def values(found: tuple[Found[Any], ...]) -> list[Any]:
    """Give what the patterns stand for."""
    return [one.value for one in found]


class Counted(str):
    """A name that counts how many of its characters somebody looks at; it does what a text does."""

    __slots__ = ("looked",)
    looked: list[int]

    @classmethod
    def of(cls, text: str, looked: list[int]) -> Counted:
        """Make one that adds to a list."""
        made = cls(text)
        made.looked = looked
        return made

    def __getitem__(self, key: Any) -> Counted:
        part = super().__getitem__(key)
        self.looked.append(len(part))
        return Counted.of(part, self.looked)

    def startswith(self, *given: Any) -> bool:  # noqa: D102
        self.looked.append(len(given[0]))
        return super().startswith(*given)

    def endswith(self, *given: Any) -> bool:  # noqa: D102
        self.looked.append(len(given[0]))
        return super().endswith(*given)

    def find(self, piece: Any, start: Any = 0, end: Any = None) -> int:  # noqa: D102
        found = super().find(piece, start, end)
        self.looked.append((len(self) if found < 0 else found + len(piece)) - start)
        return found


def looked_at(ask: Callable[[str], object], text: str) -> int:
    """Count how many characters of a name are looked at until there is an answer."""
    looked: list[int] = []
    ask(Counted.of(text, looked))
    return sum(looked)


class TestAPattern:
    @pytest.mark.parametrize(
        ("pattern", "hits", "misses"),
        [
            (exact("CFID"), ["CFID"], ["cfid", "CFIDE", "xCFID", "CFI", "", "CFID\x00", "CFID ", "ＣＦＩＤ", "СFID"]),
            (prefix("oax"), ["oax", "oax1", "oax*", "oax\n", "oax\ud800"], ["OAX", "xoax", "oa", "", "\u200boax"]),
            (suffix("_txid"), ["_txid", "9nn8c_txid", "\n_txid"], ["_txid2", "_TXID", "txid", "", "_txid\u200b"]),
            (segments("_pk_*.*"), ["_pk_.", "_pk_id.1.f", "_pk_.."], ["_pk_id", "x_pk_id.1", "_pk", "_Pk_."]),
            (segments("a*a"), ["aa", "aba", "aaa"], ["a", "ab", "ba", ""]),
            (segments("ab*ba"), ["abba", "abxba"], ["aba", "ab", "ba"]),
            (segments("a*bc*c"), ["abcc", "axbcxc", "abcbcc"], ["abc", "acbc"]),
            (segments("*mid*"), ["mid", "amidst", "mmid"], ["mi", "m-id"]),
            (segments("*ab*ab*"), ["abab", "xabxabx"], ["ab", "aabb", "xabx"]),
            (segments("*a*b*"), ["aba", "ab"], ["ba"]),
            (segments("a**b"), ["ab", "axb"], ["a", "b", "a*"]),
            (segments("*x"), ["x", "yx"], ["xy"]),
            (exact("barometric[cuid]"), ["barometric[cuid]"], ["barometricc", "barometric"]),
            (exact("SSPR_*"), ["SSPR_*"], ["SSPR_1", "SSPR_"]),
            (prefix("a*b"), ["a*b", "a*bc"], ["acb", "ab"]),
            (suffix("a*b"), ["a*b", "ca*b"], ["acb", "ab"]),
        ],
        ids=str,
    )
    def test_matches(self, pattern: NamePattern, hits: list[str], misses: list[str]) -> None:
        """It is anchored at both ends, case-sensitive, and a star is a star except in segments."""
        assert {name: pattern.matches(name) for name in hits} == dict.fromkeys(hits, Match.YES)
        assert {name: pattern.matches(name) for name in misses} == dict.fromkeys(misses, Match.NO)

    @given(patterns(), texts("ab*", most=8))
    @example(segments("a*ab"), "aab")
    def test_is_what_the_slow_model_says(self, pattern: NamePattern, name: str) -> None:
        """Taking the first place of each piece loses no match."""
        assert (pattern.matches(name, "www.x.org") is Match.YES) == by_model(pattern.kind, pattern.text, name)

    @given(patterns(NASTY), texts(NASTY))
    def test_is_never_folded(self, pattern: NamePattern, name: str) -> None:
        """Nor does any character mean anything but itself."""
        assert (pattern.matches(name, "www.x.org") is Match.YES) == by_model(pattern.kind, pattern.text, name)

    @given(st.text(), st.text(), st.sampled_from((exact, prefix, suffix)))
    def test_matches_its_own_text(self, text: str, more: str, word: Callable[..., NamePattern]) -> None:
        """Whatever is in it; and with more at the open end."""
        if text:
            assert word(text).matches(text) is Match.YES
            assert prefix(text).matches(text + more) is suffix(text).matches(more + text) is Match.YES

    def test_is_a_value(self) -> None:
        """Equal patterns are equal and hash alike, whatever way the domain is written; nobody changes one."""
        one, two = exact("uvc", domain=".AddThis.com"), exact("uvc", domain="addthis.com.")
        assert one == two
        assert hash(one) == hash(two)
        assert one != exact("uvc")
        assert one != prefix("uvc", domain="addthis.com")
        assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one  # noqa: S301 - our own
        with pytest.raises(FrozenInstanceError):
            one.text = "loc"  # type: ignore[misc]

    @pytest.mark.parametrize("word", [exact, prefix, suffix, segments])
    def test_says_where_it_is_from(self, word: Callable[..., NamePattern]) -> None:
        """A pattern that somebody assumed can be told from one that is stated; all words write all fields."""
        source = Source("P2", 169, stated="inferred")
        pattern = word("oax*", domain="theiet.org", source=source)
        assert pattern == NamePattern(word.__name__, "oax*", "theiet.org", source)  # type: ignore[arg-type]
        assert pattern.source is source

    @pytest.mark.parametrize(
        ("pattern", "printed"),
        [
            (exact("CFID"), "CFID"),
            (prefix("oax"), "oax*"),
            (suffix("_txid"), "*_txid"),
            (segments("_pk_*.*"), "_pk_*.*"),
            (exact("uvc", domain=".addthis.com"), "uvc on addthis.com"),
            (prefix("_ga", domain="theiet.org"), "_ga* on theiet.org"),
            (exact("SSPR_*"), "SSPR_* (“SSPR_*” is literal)"),
            (prefix("a*", domain="x.org"), "a** (“a*” is literal) on x.org"),
        ],
        ids=str,
    )
    def test_prints_as_a_statement_would(self, pattern: NamePattern, printed: str) -> None:
        """A star that is part of the name is told from one that stands for anything."""
        assert str(pattern) == printed


class TestAScope:
    """“A cookie of one name on two domains is two cookies”: uvc on addthis.com is not uvc on theiet.org."""

    @pytest.mark.parametrize(
        ("domain", "host", "answer"),
        [
            ("addthis.com", "addthis.com", Match.YES),
            ("addthis.com", "s7.addthis.com", Match.YES),
            ("addthis.com", "a.b.S7.AddThis.COM", Match.YES),
            ("addthis.com", ".addthis.com", Match.YES),
            ("addthis.com", "addthis.com.", Match.YES),
            (".addthis.com", "addthis.com", Match.YES),
            ("addthis.com", "www.theiet.org", Match.NO),
            ("addthis.com", "notaddthis.com", Match.NO),
            ("addthis.com", "addthis.com.evil.org", Match.NO),
            ("s7.addthis.com", "addthis.com", Match.NO),
            ("addthis.com", "com", Match.NO),
            ("addthis.com", "10.0.0.1", Match.NO),
            ("addthis.com", "[::1]", Match.NO),
            ("10.0.0.1", "10.0.0.1", Match.YES),
            ("0.0.1", "10.0.0.1", Match.NO),
            ("localhost", "localhost", Match.YES),
            ("a_b.x-y.org", "c.a_b.x-y.org", Match.YES),
            ("addthis.com", "", Match.UNSURE),
            ("addthis.com", "addthis.com:8080", Match.UNSURE),
            ("addthis.com", "https://addthis.com/", Match.UNSURE),
            ("addthis.com", "addthis..com", Match.UNSURE),
            ("addthis.com", "..addthis.com", Match.UNSURE),
            ("addthis.com", ".", Match.UNSURE),
            ("addthis.com", "[", Match.UNSURE),
            ("addthis.com", "addthi\u017f.com", Match.UNSURE),
            ("kaddthis.com", "\u212aaddthis.com", Match.UNSURE),
            ("addthis.com", "\ud800", Match.UNSURE),
            ("addthis.com", f"aa.{'a.' * 120}addthis.com", Match.UNSURE),
            ("addthis.com", f"{'a' * 64}.addthis.com", Match.UNSURE),
            ("addthis.com", f"{'a' * 63}.addthis.com", Match.YES),
            ("addthis.com", f"{'a.' * 121}addthis.com", Match.YES),
            ("addthis.com", f".{'a.' * 121}addthis.com.", Match.YES),
            ("addthis.com", f"{'a.' * 122}addthis.com", Match.UNSURE),
            ("addthis.com", f"{'a.' * 122}addthis.com.", Match.UNSURE),
            ("addthis.com", "a." * 10**5 + "addthis.com", Match.UNSURE),
        ],
    )
    def test_is_a_domain_and_all_below_it(self, domain: str, host: str, answer: Match) -> None:
        """Case and dots at the ends are immaterial; what is no host answers nothing."""
        assert exact("uvc", domain=domain).matches("uvc", host) is answer
        assert Index([(exact("uvc", domain=domain), 1)]).matches("uvc", host).answer is answer

    @pytest.mark.parametrize("host", HOSTS)
    def test_says_nothing_of_other_names(self, host: str) -> None:
        """A name that does not match is no match, whether the host is known or not."""
        assert exact("uvc", domain="addthis.com").matches("uv", host) is Match.NO

    @pytest.mark.parametrize("host", HOSTS)
    def test_is_needed_only_by_patterns_that_have_one(self, host: str) -> None:
        """A pattern for all hosts matches on every host, and on one that nobody knows."""
        assert exact("uvc").matches("uvc", host) is Match.YES

    def test_that_cannot_be_told_is_no_silent_no(self) -> None:
        """To use the answer as true or false is an error that asks for the host; the other two may be used so."""
        answer = exact("uvc", domain="addthis.com").matches("uvc")
        with pytest.raises(VerdictError, match="host is not known") as caught:
            bool(answer)
        assert caught.value.data["match"] is Match.UNSURE
        assert bool(Match.YES) is True
        assert bool(Match.NO) is False


class TestAPatternIsRefused:
    @pytest.mark.parametrize("word", [exact, prefix, suffix, segments])
    @pytest.mark.parametrize(
        ("text", "why"),
        [("", "is empty"), ("a*" * 2049, "4,098 characters long"), (7, "is a text"), (None, "is a text")],
    )
    def test_that_says_nothing_or_too_much(self, word: Callable[..., NamePattern], text: Any, why: str) -> None:
        """A nameless cookie is known by no name, and no browser keeps one that is longer."""
        with pytest.raises(PolicyError, match=why) as caught:
            word(text)
        assert caught.value.data == {"kind": word.__name__, "text": text}
        assert caught.value.remedy

    @pytest.mark.parametrize(
        ("text", "why"), [("abc", "holds no star"), ("*", "nothing else"), ("***", "nothing else")]
    )
    def test_whose_stars_say_nothing(self, text: str, why: str) -> None:
        """Segments need a star, and something beside it."""
        with pytest.raises(PolicyError, match=why):
            segments(text)

    def test_only_where_it_is_too_long(self) -> None:
        """The longest is allowed."""
        assert prefix("a" * LONGEST).matches("a" * 10**5) is Match.YES
        assert values(Index([(suffix("a" * LONGEST), 1)]).best("b" + "a" * LONGEST).found) == [1]
        assert exact("*").matches("*") is Match.YES

    @pytest.mark.parametrize(
        "domain",
        [
            ".",
            "..x.org",
            "x..org",
            "x.org/a",
            "x.org:80",
            "http://x.org",
            "x y.org",
            "münchen.de",
            "*.x.org",
            "\x00",
            "a" * 64,
            "a." * 127 + "aa",
            "x.org\n",
            "[::1]",
            None,
            7,
            b"x.org",
            (),
            ("x.org",),
        ],
        ids=ascii,
    )
    def test_whose_domain_is_none(self, domain: Any) -> None:
        """A scope that no host can be in would be a pattern that never matches."""
        with pytest.raises(PolicyError, match="is no domain") as caught:
            prefix("a", domain=domain)
        assert caught.value.data["domain"] == domain

    @pytest.mark.parametrize(
        ("kind", "remedy"), [("exakt", "Did you mean exact"), ("regex", "segments"), (None, "suffix")]
    )
    def test_whose_kind_is_none(self, kind: Any, remedy: str) -> None:
        """There are four kinds, and no expression is among them."""
        with pytest.raises(PolicyError, match=remedy) as caught:
            NamePattern(kind, "a")
        assert caught.value.data["kind"] == kind


class TestAnIndex:
    @given(cases())
    @example(([(segments("aaaa*zz"), 0), (prefix("aaaab"), 1)], "aaaabzz", ""))
    @example(([(prefix("a"), 0), (prefix("ab"), 1), (prefix("acd"), 2)], "ac", ""))
    @example(([(segments("a*b"), 0)], "aa", ""))
    def test_gives_what_trying_every_pattern_gives(self, case: tuple[list[tuple[NamePattern, int]], str, str]) -> None:
        """All that match and all that may, in one order; and the fast way gives the best of these."""
        pairs, name, host = case
        matches = Index(pairs).matches(name, host)
        assert (values(matches.found), values(matches.unsure)) == model_matches(pairs, name, host)
        assert Index(pairs).best(name, host) == matches.best
        assert all(pairs[one.value] == one for one in matches.found)

    @given(cases(NASTY))
    def test_is_total(self, case: tuple[list[tuple[NamePattern, int]], str, str]) -> None:
        """Whatever the characters are."""
        pairs, name, host = case
        matches = Index(pairs).matches(name, host)
        assert (values(matches.found), values(matches.unsure)) == model_matches(pairs, name, host)
        assert Index(pairs).best(name, host) == matches.best

    @given(st.lists(patterns(), max_size=8), texts("ab*", most=7), st.sampled_from(HOSTS[:4]), st.randoms())
    def test_does_not_depend_on_the_order(self, given_: list[NamePattern], name: str, host: str, chance: Any) -> None:
        """The order of the patterns decides in which order ties are reported, and nothing else."""
        shuffled = chance.sample(given_, len(given_))
        one = Index((pattern, str(pattern)) for pattern in given_).best(name, host)
        two = Index((pattern, str(pattern)) for pattern in shuffled).best(name, host)
        assert sorted(values(one.found)) == sorted(values(two.found))
        assert sorted(values(one.unsure)) == sorted(values(two.unsure))

    def test_ranks_by_how_much_is_said(self) -> None:
        """A whole name, then more literal characters, then a scope, the narrower the better."""
        ranked = [
            exact("_ga_x", domain="www.x.org"),
            exact("_ga_x", domain="x.org"),
            exact("_ga_x"),
            segments("_ga_*x"),
            suffix("ga_x"),
            prefix("_ga", domain="x.org"),
            prefix("_ga"),
            segments("_*x"),
            prefix("_", domain="org"),
            segments("*_*"),
        ]
        for given_ in (ranked, ranked[::-1]):
            index = Index((pattern, None) for pattern in given_)
            assert [one.pattern for one in index.matches("_ga_x", "www.x.org").found] == ranked
            assert [one.pattern for one in index.best("_ga_x", "www.x.org").found] == ranked[:1]

    def test_reports_ties(self) -> None:
        """Patterns that are as good are all given, in the order in which they were given; they are not resolved."""
        index = Index(
            [(suffix("_ga"), "one"), (prefix("_ga"), "two"), (prefix("_"), "three"), (segments("_ga*"), "four")]
        )
        assert values(index.best("_ga").found) == ["one", "two", "four"]
        assert values(index.best("_gat").found) == ["two", "four"]
        assert values(index.matches("_ga").found) == ["one", "two", "four", "three"]
        assert values(Index([(exact("a"), 1), (exact("a"), 2)]).best("a").found) == [1, 2]

    def test_names_what_would_be_better_on_a_host(self) -> None:
        """Without the host the answer is a match, and it says which scoped patterns might beat it."""
        index = Index(
            [(prefix("uv"), "ours"), (exact("uvc", domain="addthis.com"), "theirs"), (prefix("u", domain="x.org"), "x")]
        )
        best = index.best("uvc")
        assert (values(best.found), values(best.unsure)) == (["ours"], ["theirs"])
        assert values(index.matches("uvc").unsure) == ["theirs", "x"]
        assert values(index.best("uvc", "s7.addthis.com").found) == ["theirs"]
        assert values(index.best("uvc", "www.theiet.org").found) == ["ours"]
        assert index.best("uvc", "www.theiet.org").unsure == ()
        assert values(index.best("uz").unsure) == ["x"]

    def test_tells_no_from_unsure(self) -> None:
        """What no pattern can match is no; what one may match on a host is unsure."""
        index = Index([(exact("uvc", domain="addthis.com"), 1)])
        answers = [index.best(name, host).answer for name, host in (("uvc", ""), ("uvc", "addthis.com"), ("uv", ""))]
        assert answers == [Match.UNSURE, Match.YES, Match.NO]
        assert index.matches("uv") == index.best("uv") == Matches()
        assert Index([]).best("a").answer is Match.NO
        assert index.best("uvc", "addthis.com")
        assert not index.best("uv")
        with pytest.raises(VerdictError, match="Give the host"):
            bool(index.best("uvc"))

    def test_is_frozen_and_a_value(self) -> None:
        """Equal patterns make equal indexes; one serves any number of threads, since asking changes nothing."""
        index = Index([(prefix("a"), 1), (segments("a*b"), 2)])
        assert index == Index(iter(index.patterns))
        assert index != Index([(prefix("a"), 1)])
        assert index.patterns == (Found(prefix("a"), 1), Found(segments("a*b"), 2))
        assert index.patterns[0].value == 1
        with pytest.raises(FrozenInstanceError):
            index.patterns = ()  # type: ignore[misc]

    def test_travels(self) -> None:
        """It can be copied and pickled, however deep its texts lie in one another."""
        index = Index((prefix("a" * number), number) for number in range(1, 1101))
        for again in (pickle.loads(pickle.dumps(index)), copy.deepcopy(index)):  # noqa: S301 - our own
            assert again == index
            assert values(again.best("a" * 1000 + "b").found) == [1000]

    @pytest.mark.parametrize(
        "pair", [exact("a"), "ab", ("a", 1), (exact("a"),), (exact("a"), 1, 2), None, [exact("a"), 1]]
    )
    def test_refuses_what_is_no_pair(self, pair: Any) -> None:
        """Each pattern comes with what it stands for."""
        with pytest.raises(PolicyError, match="is no pattern of names together with") as caught:
            Index([(exact("a"), 1), pair])
        assert caught.value.data["pair"] == pair


class TestTheWorkIsLinear:
    """“A naive star took more than ten minutes on a name of 60 characters”: here characters are counted."""

    @pytest.mark.parametrize("size", [1_000, 10_000, 100_000])
    @pytest.mark.parametrize(
        "text",
        ["a*" * 12 + "b", "*a" * 500 + "*b*", "*" + "a*" * 1500 + "b", "a*" * 2000, "*aab*aab*", "*" + "a" * 99 + "b*"],
        ids=lambda text: text[:12],
    )
    def test_in_the_name(self, text: str, size: int) -> None:
        """However many stars there are, no part of a name is searched twice."""
        pattern = segments(text)
        for name in ("a" * size, "a" * size + "b", "ab" * (size // 2), "b" * size):
            assert looked_at(pattern.matches, name) <= 2 * len(name) + 2 * len(text)

    @pytest.mark.parametrize("ask", [Index.best, Index.matches])
    def test_in_texts_that_begin_one_another(self, ask: Callable[[Index[int], str], Matches[int]]) -> None:
        """A tree looks at each character once, though every character ends a pattern, from both ends of the name."""
        nested = Index((word("a" * number), number) for number in range(1, 1001) for word in (prefix, suffix))
        for name in ("a" * 10**5, "a" * 999 + "b", "b" + "a" * 999):
            looked: list[int] = []
            assert len(ask(nested, Counted.of(name, looked)).found) >= 1
            assert sum(looked) <= 6 * 1000 + 2 * LONGEST

    def test_whatever_the_number_of_patterns(self) -> None:
        """Ten times as many patterns that begin or end otherwise cost nothing."""
        texts_ = ["".join(letters) for letters in itertools.product("cdefghijkl", repeat=3)]
        few, many = (
            Index((word(f"{text}-{text}"), 1) for text in some for word in (exact, prefix, suffix))
            for some in (texts_[::10], texts_)
        )
        for name in ("ccc-ccc-x", "x-ccc-ccc", "ccc-ccc", "none", "ccd-"):
            assert looked_at(many.matches, name) <= looked_at(few.matches, name) + 3 * len(name)
        assert looked_at(many.best, "none") <= looked_at(many.matches, "none")

    def test_whichever_end_patterns_share(self) -> None:
        """Patterns with stars are found by the longer of their two ends, and only those that share it are tried."""
        for make in ("_*{0}".format, "{0}*_".format):
            index = Index((segments(make(f"-{number:04}-")), number) for number in range(2000))
            name = make("-0042-").replace("*", "x" * 100)
            assert values(index.best(name).found) == [42]
            assert looked_at(index.matches, name) <= 4 * len(name)

    def test_whatever_the_host(self) -> None:
        """A name that is declared on very many domains is looked up by the host, not searched for."""
        index = Index((exact("uid", domain=f"d{number}.org"), number) for number in range(5000))
        assert values(index.best("uid", "a.b.d42.org").found) == [42]
        assert index.best("uid", "a.b.d42.com").answer is Match.NO
        assert len(index.best("uid").unsure) == 5000

    @pytest.mark.parametrize(
        "name", ["a" * 10**5, "\ud800" * 10**5, "\u0301\u0316" * 50_000, "*" * 10**5, "\x00" * 10**5]
    )
    def test_for_names_of_any_length(self, name: str) -> None:
        """Everything returns."""
        index = Index((segments("*a" * number + "*\u0301*"), number) for number in range(1, 50))
        assert index.best(name).answer is Match.NO
        assert isinstance(oddities(name), tuple)
        assert nearly(name, [name + "b", name]) == ()


class TestTheOpenCookieDatabase:
    """The rows as the database has them: a wildcard means that names begin so."""

    @pytest.fixture(scope="class")
    @staticmethod
    def database(shared: Path) -> list[tuple[str, bool]]:
        """Read the names, and whether each is the beginning of names."""
        path = shared / "data" / "open-cookie-database" / "open-cookie-database.csv"
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [(row["Cookie / Data Key name"], row["Wildcard match"] == "1") for row in csv.DictReader(lines)]

    def test_is_found_row_by_row(self, database: list[tuple[str, bool]]) -> None:
        """Every row's own name, or what goes on from it, gives what trying all rows gives."""
        index = Index((prefix(name) if wild else exact(name), number) for number, (name, wild) in enumerate(database))
        assert len(index.patterns) == 2264
        for row, (text, wild) in enumerate(database):
            name = f"{text}~1" if wild else text
            slow = [
                number for number, (one, more) in enumerate(database) if one == name or (more and name.startswith(one))
            ]
            found = index.matches(name).found
            assert sorted(values(found)) == slow
            assert row in values(index.best(name).found)

    def test_has_names_of_every_make(self, database: list[tuple[str, bool]]) -> None:
        """Brackets, stars, percent signs, a soft hyphen and a tab are part of a name, and some are warned of."""
        odd = {name: oddities(name) for name, _ in database if oddities(name)}
        assert odd == {
            "ce_need_secure_cookie\t": ("U+0009 is a control character",),
            "logglytrackings\u00adession": ("U+00AD SOFT HYPHEN is not seen",),
        }
        index = Index((exact(name), name) for name, wild in database if not wild)
        for name in ("barometric[cuid]", "SSPR_*", "pagead/conv/%INTEGER%", *odd):
            assert set(values(index.best(name).found)) == {name}
        assert [index.best(name).answer for name in ("barometricc", "SSPR_1", "logglytrackingsession")] == [
            Match.NO
        ] * 3
        assert nearly("logglytrackingsession", (name for name, _ in database)) == ("logglytrackings\u00adession",)


class TestTheStatement:
    """The names that the IET's statement has, or that were restored."""

    @pytest.fixture(scope="class")
    @staticmethod
    def index() -> Index[str]:
        """Write the names of the inventory as patterns."""
        words = {"exact": exact, "prefix": prefix, "suffix": suffix, "segments": segments}
        pairs = []
        for row in rows("cookies"):
            for name in row["names"]:
                ((word, text),) = ((key, name[key]) for key in words if key in name)
                pairs.append((words[word](text, domain=name.get("domain", "")), row["id"]))
        return Index(pairs)

    @pytest.mark.parametrize(
        ("name", "host", "cookie"),
        [
            ("CFID", "www.theiet.org", "anon-session"),
            ("cfid", "www.theiet.org", None),
            ("C\u200bFID", "www.theiet.org", None),
            ("9nn8c_txid", "www.theiet.org", "scout-analytics"),
            ("4kk2z_txid", "eandt.theiet.org", "scout-analytics"),
            ("oax", "www.theiet.org", "oax-ads"),
            ("oax_uid", "www.theiet.org", "oax-ads"),
            ("OAX", "www.theiet.org", None),
            ("_dc_gtm_UA-1-1", "www.theiet.org", "google-analytics"),
            ("__utmt_b", "www.theiet.org", "google-analytics"),
            ("__utm", "www.theiet.org", None),
            ("uvc", "s7.addthis.com", "addthis"),
            ("uvc", "www.theiet.org", None),
            ("/Common/vip.app~pool", "www.theiet.org", None),
            ("", "www.theiet.org", None),
        ],
        ids=ascii,
    )
    def test_recognises(self, index: Index[str], name: str, host: str, cookie: str | None) -> None:
        """An observed name is one declared cookie, or none."""
        assert values(index.best(name, host).found) == ([cookie] if cookie else [])

    @pytest.mark.parametrize("row", [row for row in rows("observed_set_cookie") if row.get("cookie")], ids=named)
    def test_recognises_what_was_observed(self, index: Index[str], row: dict[str, Any]) -> None:
        """Every line of the audit's table that is a declared cookie's is that cookie's."""
        assert values(index.best(row["line"].partition("=")[0], row["host"]).found) == [row["cookie"]]

    def test_needs_a_host_for_addthis(self, index: Index[str]) -> None:
        """Without one it cannot be told whose uvc it is."""
        assert index.best("uvc").answer is Match.UNSURE
        assert values(index.best("uvc").unsure) == ["addthis"]
