"""Blind views: a return without its member (R50)."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.amounts import hours
from cpdrules.errors import PolicyError, RecordError
from cpdrules.review.blind import MASK, BlindView, Showing, blind_view, folded, pseudonym

SHOWING = Showing(
    ["hours", "summary", "areas"], {"activities": ["title", "amount", "reflection"]}, ids=["id", "objective"]
)
IDENTITY = ["M1100012345", "Zoë Strauß", "zoe@example.org"]


def view(
    row: dict[str, Any], *, identity: list[str] = IDENTITY, review: str = "2017/first", key: str = "k"
) -> BlindView:
    """Show a row blindly."""
    return blind_view(row, SHOWING, own_id="R1", key=key, review=review, identity=identity)


class TestAllowed:
    def test_only_what_is_named_is_shown(self) -> None:
        """A field that nobody thought of stays behind, at the top and in every entry."""
        row = {
            "name": "Zoë",
            "hours": 31,
            "address": "1 Savoy Place",
            "activities": [{"id": "X7", "title": "Course", "amount": hours(3), "provider": "Zoë's firm"}],
            "history": [{"title": "secret"}],
        }
        found = view(row)
        assert found.fields == {"hours": 31}
        assert found.lists == {
            "activities": ({"id": pseudonym("k", "2017/first", "X7"), "title": "Course", "amount": hours(3)},)
        }
        assert found.masked == ()

    def test_plain_values_pass(self) -> None:
        """Texts, numbers, days, amounts, nothing, and several texts."""
        for value in (1.5, Decimal("1.5"), date(2015, 3, 2), datetime(2015, 3, 2), hours(2), None, True):  # noqa: DTZ001
            assert view({"hours": value}).fields == {"hours": value}
        assert view({"areas": ["soft", "technical"]}).fields == {"areas": ("soft", "technical")}
        assert view({}).fields == {}

    def test_anything_else_is_refused(self) -> None:
        """Nobody can tell what a mapping or an object would show."""
        with pytest.raises(RecordError, match="hours holds") as caught:
            view({"hours": {"name": "Zoë"}})
        assert caught.value.data == {"place": "hours"}
        with pytest.raises(RecordError, match=r"activities\[2\]\.title holds"):
            view({"activities": [{}, {"title": object()}]})
        for wrong in ("text", ["text"], 7):
            with pytest.raises(RecordError, match="which is no list of entries"):
                view({"activities": wrong})


class TestMasks:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("As ZOË  strauß, chair", f"As {MASK}, chair"),
            ("xM1100012345y", f"x{MASK}y"),
            ("Zoë Straußmann", "Zoë Straußmann"),
            ("planning with Zoë", "planning with Zoë"),
            ("write to zoe@example.org.", f"write to {MASK}."),
            ("ZOË STRAUSS led", f"{MASK} led"),
            ("Zoë Strauß was led", f"{MASK} was led"),
            ("no M1100\u200b012345 here", MASK),
            ("no \uff2d1100012345 here", MASK),
        ],
    )
    def test_names_are_masked(self, text: str, left: str) -> None:
        """Whatever the case, as whole words, numbers anywhere; in strange letters the whole text goes."""
        found = view({"summary": text})
        assert found.fields == {"summary": left}
        assert found.masked == (("summary",) if left != text else ())

    def test_numbers_that_are_the_identity_go_too(self) -> None:
        """A membership number is no number of hours."""
        assert view({"hours": 1234567}, identity=["1234567"]).fields == {"hours": MASK}
        assert view({"hours": 12345678}, identity=["1234567"]).fields == {"hours": 12345678}

    def test_each_place_is_told_once(self) -> None:
        """So that somebody may look what was lost."""
        row = {"areas": ["Zoë Strauß", "Zoë Strauß"], "activities": [{"title": "x"}, {"title": "Zoë Strauß"}]}
        assert view(row).masked == ("areas", "activities[2].title")

    def test_nothing_is_looked_for_where_nothing_is_given(self) -> None:
        """Empty texts and masks are no identity."""
        assert view({"summary": "text", "hours": 3}, identity=[]).fields == {"summary": "text", "hours": 3}
        assert view({"summary": "a  b"}, identity=["", " ", MASK]).fields == {"summary": "a  b"}


class TestPseudonyms:
    def test_they_are_of_one_review(self) -> None:
        """Another review, key or id, another pseudonym; the formula is published."""
        assert view({}).pseudonym == sha256(b"k:2017/first:R1").hexdigest()[:16]
        names = {view({}).pseudonym, view({}, review="2017/second").pseudonym, view({}, key="l").pseudonym}
        assert len(names) == 3

    def test_an_id_is_never_shown_as_it_is(self) -> None:
        """Ids at the top and in entries are replaced."""
        found = view({"id": "R1", "objective": 7, "activities": [{"id": "X", "objective": "O"}]})
        assert found.fields == {"id": found.pseudonym, "objective": pseudonym("k", "2017/first", "7")}
        assert set(found.lists["activities"][0].values()).isdisjoint({"X", "O"})
        with pytest.raises(PolicyError, match="'id' cannot be shown as it is and as a pseudonym"):
            Showing(lists={"activities": "id"})

    @pytest.mark.parametrize(("key", "review"), [("", "r"), ("k", "")])
    def test_they_need_a_key_and_a_review(self, key: str, review: str) -> None:
        """Without a key of one's own anybody could try all numbers."""
        with pytest.raises(PolicyError, match="needs a key and the name of its review"):
            view({}, key=key, review=review)


class TestLaws:
    @given(
        identity=st.lists(
            st.sampled_from(["M7", "Ann Lee", "Straße", "ſam", "İs", "ﬁ", "\uff11\uff12", "o'neil"]), max_size=3
        ),
        words=st.lists(
            st.sampled_from(
                [
                    "m7",
                    "ann",
                    "LEE",
                    "STRASSE",
                    "straße",
                    "Sam",
                    "i̇s",
                    "fi",
                    "12",
                    "O'Neil",
                    " ",
                    "x",
                    "\u200b",
                    "-",
                    MASK,
                ]
            )
        ),
        glue=st.sampled_from(["", " ", "\n"]),
    )
    def test_a_blind_view_never_contains_the_identity(self, identity: list[str], words: list[str], glue: str) -> None:
        """No text of it, read as people read, holds a name as a word, or a number at all."""
        text = glue.join(words)
        found = view({"summary": text, "areas": [text], "activities": [{"title": text}]}, identity=identity)
        for seen in (found.fields["summary"], found.fields["areas"], found.lists["activities"][0]["title"]):
            plain = " ".join(folded(seen[0] if isinstance(seen, tuple) else str(seen)).split())
            for one in identity:
                name = " ".join(folded(one).split())
                if any(letter.isdigit() for letter in name):
                    assert name not in plain
                else:
                    pieces = plain.split(name)
                    assert all(before[-1:].isalnum() or after[:1].isalnum() for before, after in pairwise(pieces))

    @given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=20))
    def test_what_is_not_named_never_leaks(self, stray: object) -> None:
        """Whatever stands in other fields, the view is the same."""
        row = {"hours": 3, "activities": [{"title": "x"}]}
        more = {"hours": 3, "stray": stray, "activities": [{"title": "x", "stray": stray}], "name": stray}
        assert view(more) == view(row)
        assert "stray" not in json.dumps(view(more).fields)
