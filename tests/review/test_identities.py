"""Who is who."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import CpdRulesError
from cpdrules.review import draw_key, look_alikes, strict_ids, ticket
from cpdrules.review.identities import DuplicateIdError, IdentityError, LookAlikeError, fault, strict_text

KEY = draw_key("demo", "2017", "63454660390103169462")


class TestAText:
    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("", "it is empty"),
            (7, "it is no text"),
            (" M1", "it has a space at an end"),
            ("M1\u00a0", "it has a space at an end"),
            ("M1\n", "it has a space at an end"),
            ("M\t1", "it holds U+0009, a control character"),
            ("M\n1", "it holds U+000A, a control character"),
            ("M\u200b1", "it holds U+200B, a format character, which nobody sees"),
            ("M\u20281", "it holds U+2028, a line separator"),
            ("M\u20291", "it holds U+2029, a paragraph separator"),
            ("M\ud8001", "it holds U+D800, half of a surrogate pair"),
            ("M\u03781", "it holds U+0378, which no character is assigned to"),
            ("Zoe\u0308-1", "it is not in the normal form NFC"),
        ],
    )
    def test_that_can_be_written_in_two_ways_is_refused(self, text: Any, wrong: str) -> None:
        """Each fault is named, and the error says of which text."""
        assert fault(text) == wrong
        with pytest.raises(IdentityError, match="cannot be a label") as caught:
            strict_text(text, "a label")
        assert caught.value.data["faults"] == {text: wrong}

    @pytest.mark.parametrize("text", ["M0001", "2017/second-review", "Zo\u00eb 1", "会員1", "😀"])
    def test_is_otherwise_given_back_as_it_is(self, text: str) -> None:
        """Nothing is normalised in silence, and no script is refused."""
        assert strict_text(text, "a label") == text
        assert strict_ids([text]) == (text,)


class TestIds:
    def test_may_be_none(self) -> None:
        """An empty list is a list."""
        assert strict_ids([]) == ()

    def test_are_a_list(self) -> None:
        """One text is not taken for a list of letters."""
        with pytest.raises(IdentityError, match="is one text and no list"):
            strict_ids("M0001")

    def test_are_texts(self) -> None:
        """1 is not “1” (in consistent_sampler it is)."""
        with pytest.raises(IdentityError, match="1 id is no text: 1"):
            strict_ids(["1", 1])  # type: ignore[list-item]

    def test_faults_are_all_named(self) -> None:
        """Not the first alone."""
        wrong = ["", "b ", "c\u200b", " d", "e\t", "f\x7f", "g\nh"]
        with pytest.raises(IdentityError, match=r"7 ids cannot be told apart .* \.\.\.") as caught:
            strict_ids(["a", *wrong])
        assert set(caught.value.data["faults"]) == set(wrong)

    @pytest.mark.parametrize("wrong", ["", " a", "a ", "a\nb", "a\tb", "a\x7fb", "\ud800", "a\u200b"])
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_a_fault_is_found_wherever_it_stands(self, wrong: str, place: int) -> None:
        """At either end of the list, too."""
        ids = ["x1", "x2"]
        ids.insert(place, wrong)
        with pytest.raises(IdentityError, match="1 id cannot be told apart") as caught:
            strict_ids(ids)
        assert list(caught.value.data["faults"]) == [wrong]

    def test_duplicates_are_all_named(self) -> None:
        """A duplicate would have two chances."""
        with pytest.raises(DuplicateIdError, match="2 ids stand for several entries: 'a', 'b'") as caught:
            strict_ids(["b", "a", "b", "c", "a", "a"])
        assert caught.value.data["ids"] == ("a", "b")

    def test_look_alikes_are_all_named(self) -> None:
        """Every group, in data, and the first in the sentence."""
        ids = [f"{prefix}{number}" for prefix in ("M", "m") for number in range(1, 8)]
        with pytest.raises(LookAlikeError, match=r"7 groups of ids look alike: 'M1', 'm1'; .* \.\.\.") as caught:
            strict_ids(ids)
        assert caught.value.data["groups"] == tuple((f"M{number}", f"m{number}") for number in range(1, 8))

    def test_one_group_is_singular(self) -> None:
        """The sentence is English."""
        with pytest.raises(LookAlikeError, match="1 group of ids looks alike: '007', '7'. They"):
            strict_ids(["7", "007", "8"])

    @given(st.lists(st.text(alphabet="aA01 -\u00eb\u200b\n", max_size=4), max_size=5))
    def test_are_taken_or_refused_with_a_reason(self, ids: list[str]) -> None:
        """Taken are just those lists in which each id is fit, and none is another or looks like it."""
        fit = not any(map(fault, ids)) and len(set(ids)) == len(ids) and not look_alikes(ids)
        try:
            assert strict_ids(ids) == tuple(ids)
            assert fit
        except CpdRulesError:
            assert not fit


class TestLookAlikes:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("1100012345", "01100012345"),
            ("1100012345", "1100012345 "),
            ("1100012345", "１100012345"),
            ("1100012345", "1100 012345"),
            ("1100012345", "110001234\u200b5"),
            ("11", "١١"),
            ("Zo\u00eb-1", "Zoe\u0308-1"),
            ("A-1", "a-1"),
            ("A-01", "A-1"),
            ("A-1", "A\u20111"),
            ("A-1", "A–1"),
            ("MOT1", "МОТ1"),
            ("MOT1", "ΜΟΤ1"),
            ("M1", "M\ufe0f1"),
            ("M1", "M\U000e01001"),
            ("M1", "M\u034f1"),
            ("Straße", "STRASSE"),
            ("ﬁ", "fi"),
            ("\ud8001", "\ud80001"),
        ],
    )
    def test_are_grouped(self, one: str, other: str) -> None:
        """What people take for one another is one group, the two in order."""
        assert look_alikes([one, "x", other]) == (tuple(sorted((one, other))),)

    @pytest.mark.parametrize(
        "ids", [("7", "70"), ("100", "10"), ("A1", "B1"), ("Zo\u00eb", "Zoe"), ("0", "1"), ("a", "a")]
    )
    def test_are_not_seen_everywhere(self, ids: tuple[str, ...]) -> None:
        """A zero within or at the end of a number counts, an accent too, and one id is no group."""
        assert look_alikes(ids) == ()

    @pytest.mark.parametrize(
        ("one", "begins"),
        [
            ("1100012345", "324c3203"),
            ("01100012345", "763a8a1c"),
            ("１100012345", "1f0c37c1"),
            ("Zo\u00eb-1", "fa99c035"),
        ],
    )
    def test_have_tickets_of_their_own(self, one: str, begins: str) -> None:
        """Vector 8: why look-alikes must be refused."""
        assert ticket(KEY, one).startswith(begins)

    @pytest.mark.parametrize("one", ["1100012345 ", unicodedata.normalize("NFD", "Zo\u00eb-1")])
    def test_of_which_some_have_no_ticket(self, one: str) -> None:
        """Vector 8: a space at the end, and the other normal form, are refused before they are hashed."""
        with pytest.raises(IdentityError):
            ticket(KEY, one)
