"""Characters that deceive: what is said of them, and which texts look alike."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.likenesses import look, nearly, oddities


class TestLookAlikes:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("C\u200bFID", "U+200B ZERO WIDTH SPACE is not seen"),
            ("C\ufeffFID", "U+FEFF ZERO WIDTH NO-BREAK SPACE is not seen"),
            ("CF\u00adID", "U+00AD SOFT HYPHEN is not seen"),
            ("CFID\ufe0f", "U+FE0F VARIATION SELECTOR-16 is not seen"),
            ("CFID\u034f", "U+034F COMBINING GRAPHEME JOINER is not seen"),
            ("CFID\u3164", "U+3164 HANGUL FILLER is not seen"),
            ("CFID\u115f", "U+115F HANGUL CHOSEONG FILLER is not seen"),
            ("CFID\u17b4", "U+17B4 KHMER VOWEL INHERENT AQ is not seen"),
            ("CFID\u2800", "U+2800 BRAILLE PATTERN BLANK is not seen"),
            ("CF\u202eID", "U+202E RIGHT-TO-LEFT OVERRIDE turns the direction of the text"),
            ("CF\u200fID", "U+200F RIGHT-TO-LEFT MARK turns the direction of the text"),
            ("CF\u202aID", "U+202A LEFT-TO-RIGHT EMBEDDING turns the direction of the text"),
            ("CF\u2069ID", "U+2069 POP DIRECTIONAL ISOLATE turns the direction of the text"),
            ("CF\u2068ID", "U+2068 FIRST STRONG ISOLATE turns the direction of the text"),
            ("CF\u061cID", "U+061C ARABIC LETTER MARK turns the direction of the text"),
            ("C\u0301FID", "U+0301 COMBINING ACUTE ACCENT joins the character before it"),
            ("C\u20ddFID", "U+20DD COMBINING ENCLOSING CIRCLE joins the character before it"),
            ("C\u0903FID", "U+0903 DEVANAGARI SIGN VISARGA joins the character before it"),
            ("\uff23FID", "U+FF23 FULLWIDTH LATIN CAPITAL LETTER C looks like C"),
            ("\U0001d402FID", "U+1D402 MATHEMATICAL BOLD CAPITAL C looks like C"),
            ("\ufb01d", "U+FB01 LATIN SMALL LIGATURE FI looks like fi"),
            ("u\u0661d", "U+0661 ARABIC-INDIC DIGIT ONE looks like 1"),
            ("\uff3fga", "U+FF3F FULLWIDTH LOW LINE looks like _"),
            ("a\u2011b", "U+2011 NON-BREAKING HYPHEN looks like -"),
            ("\u0421FID", "U+0421 CYRILLIC CAPITAL LETTER ES looks like C"),
            ("u\u0456d", "U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I looks like i"),
            ("\u03bfax", "U+03BF GREEK SMALL LETTER OMICRON looks like o"),
            ("u\u0131d", "U+0131 LATIN SMALL LETTER DOTLESS I looks like i"),
            ("\u13dfFID", "U+13DF CHEROKEE LETTER TLI is a letter of another script among Latin letters"),
            ("CF\u00a0ID", "U+00A0 NO-BREAK SPACE is a space of another kind"),
            ("CF\u2028ID", "U+2028 LINE SEPARATOR is a space of another kind"),
            ("CFID\t", "U+0009 is a control character"),
            ("CF\x00ID", "U+0000 is a control character"),
            ("CFID\x7f", "U+007F is a control character"),
            ("CF\ud800ID", "U+D800 is half of a surrogate pair"),
            ("CF\ue000ID", "U+E000 is for private use"),
            ("CF\u0378ID", "U+0378 is not assigned to any character"),
            ("CFID ", "a space stands at an end"),
            (" CFID", "a space stands at an end"),
        ],
        ids=ascii,
    )
    def test_are_named(self, name: str, why: str) -> None:
        """Each character by its number, its name in Unicode and what is odd about it."""
        assert oddities(name) == (why,)

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "CFID",
            "__utmt_b",
            "Site History",
            "barometric[cuid]",
            "/Common/vip.app~pool",
            "Zoë",
            "会員",
            "数字1",
            "🍪",
            "\U0001bc77",
        ],
    )
    def test_are_none_in_plain_names(self, name: str) -> None:
        """No script is odd by itself, and what ASCII prints is never odd."""
        assert oddities(name) == ()

    def test_are_told_once_and_not_at_length(self) -> None:
        """Each character once, in order; the ninth and what follows are counted."""
        assert oddities("\u200ba\u200b\u0421\u200b") == oddities("\u200ba\u0421")
        signs = "".join(chr(0x0300 + number) for number in range(10))
        told = oddities(f"a{signs}")
        assert [line[:6] for line in told] == [f"U+030{number}" for number in range(8)] + ["and 2 "]
        assert told[-1] == "and 2 more such characters"
        assert oddities(f"a{signs[:9]}")[-1] == "and 1 more such character"
        assert len(oddities(f"a{signs[:8]}")) == 8

    def test_have_one_table(self) -> None:
        """Every letter that is said to look Latin is another letter than that."""
        for code in itertools.chain(range(0x370, 0x590), [0x131]):
            sign = chr(code)
            like = [line.rpartition(" looks like ")[2] for line in oddities(sign) if " looks like " in line]
            if like and unicodedata.category(sign).startswith("L"):
                assert like[0].isascii()
                assert nearly(f"x{sign}", [f"x{like[0]}"]) == (f"x{like[0]}",)

    @given(st.text())
    def test_are_total(self, name: str) -> None:
        """Whatever the text; nothing is said of ASCII that can be seen, and something of all that is near to it."""
        told = oddities(name)
        if name.isascii() and name.isprintable() and name.strip() == name:
            assert told == ()
        elif nearly(name, [name.strip()]):
            assert told


class TestNearly:
    @pytest.mark.parametrize(
        "name",
        [
            "cfid",
            "Cfid",
            "ＣＦＩＤ",
            "ｃｆｉｄ",
            "СFID",
            "C\u200bFID",
            "\u202eCFID",
            "CFID\t",
            "CFID ",
            "C\u00adFI\U0001d403",
            "C\ufe0fFID",
            "\u0421F\u0406D",
        ],
        ids=ascii,
    )
    def test_knows_what_was_meant(self, name: str) -> None:
        """Case, width and look-alikes are folded for a hint."""
        assert nearly(name, ["CFTOKEN", "CFID", "CFI", "CFID"]) == ("CFID",)

    @pytest.mark.parametrize(
        "name", ["CFID", "C\u0301FID", "CF1D", "CFI", "ĆFID", "CF ID", "", "C\ud800FID"], ids=ascii
    )
    def test_is_not_what_is_plainly_another(self, name: str) -> None:
        """The name itself, one with a mark that can be seen, and one with another character are no hints."""
        assert nearly(name, ["CFID"]) == ()

    def test_folds_the_known_names_too(self) -> None:
        """Marks may be written in two ways, and known names may be the odd ones."""
        assert nearly("zoe\u0308", ["Zo\u00eb", "zoe"]) == ("Zo\u00eb",)
        assert nearly("a-1", ["A\u2011\u0661", "a-1", "A-1"]) == ("A\u2011\u0661", "A-1")
        assert nearly("STRASSE", ["straße"]) == ("straße",)

    def test_takes_small_letters_for_what_they_are_as_capitals(self) -> None:
        """A Cyrillic ve looks like a B in capitals; a Greek nu looks like a v, and as a capital like an N."""
        assert look("\u0432") == look("\u0412") == look("b")
        assert look("\u03bd") == look("v")
        assert look("\u039d") == look("n")

    @given(st.text(max_size=6), st.lists(st.text(max_size=6)))
    def test_is_mutual_and_total(self, name: str, known: list[str]) -> None:
        """If one is nearly the other, the other is nearly the one; and it never gives the name itself."""
        near = nearly(name, known)
        assert name not in near
        assert all(nearly(one, [name]) == (name,) for one in near)
