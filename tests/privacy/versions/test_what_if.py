"""What-if: a statement with a row changed, and what it then answers."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from attrs import evolve

from cpdrules import any_of
from cpdrules.errors import PolicyError, UnknownRefError
from cpdrules.iet.privacy import statement as iet
from cpdrules.privacy.cookies import PERMANENT, SESSION, Severity
from cpdrules.privacy.effects.accepting import minimal_sets
from cpdrules.privacy.effects.blocking import effects_of, everything
from cpdrules.privacy.practices import Claim
from cpdrules.privacy.requirements import accepts
from cpdrules.privacy.versions.differences import by_id, diff, tables
from cpdrules.privacy.versions.what_if import Question, Unanswered, amended, compare, with_cookie, with_row, without
from tests.privacy.society import cookie_part, line, privacy_part


class TestAmending:
    """A new statement; the old one stays as it is."""

    def test_fields_of_a_row(self) -> None:
        """Only these fields of this row change."""
        new = amended(cookie_part, "cookies", "counter", {"lifetime": SESSION, "group": "needed"})
        assert [(one.id, one.field) for one in diff(cookie_part, new)] == [
            ("counter", "group"),
            ("counter", "lifetime"),
        ]
        assert new.cookie("counter").lifetime == SESSION
        assert cookie_part.cookie("counter").lifetime == PERMANENT

    def test_what_is_not_there(self) -> None:
        """A table, row or field that there is not is refused, with the nearest."""
        with pytest.raises(UnknownRefError, match=r"no table 'cookie'.*Did you mean cookies"):
            amended(cookie_part, "cookie", "counter", {})
        with pytest.raises(UnknownRefError, match="no table '_order'"):
            without(cookie_part, "_order", "read")
        with pytest.raises(
            UnknownRefError, match=r"The table cookies has no row 'countr'.*'counter'.*Did you mean counter"
        ):
            amended(cookie_part, "cookies", "countr", {})
        with pytest.raises(PolicyError, match=r"A row of cookies has no field 'lifetimes'.*Did you mean lifetime"):
            amended(cookie_part, "cookies", "counter", {"lifetimes": SESSION})
        with pytest.raises(PolicyError, match="has no purpose"):
            amended(cookie_part, "cookies", "counter", {"purposes": ()})
        with pytest.raises(PolicyError, match="have the id 'wick'"):
            amended(cookie_part, "cookies", "counter", {"id": "wick"})

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("lifetime", "permanent"),
            ("purposes", "statistics"),
            ("purposes", ["statistics"]),
            ("title", None),
            ("identifies", "yes"),
            ("discontinued", "2020-01-01"),
        ],
    )
    def test_what_a_field_cannot_hold(self, field: str, value: Any) -> None:
        """A text for a lifetime, or for several purposes, would only come out later, and elsewhere."""
        with pytest.raises(PolicyError, match=f"The field {field} of a row of cookies cannot be .*It holds") as raised:
            amended(cookie_part, "cookies", "counter", {field: value})
        assert raised.value.data["field"] == field

    def test_what_each_row_holds_already(self) -> None:
        """Every field of every row of the society's and of the IET's can be given as it is."""
        for whole in (privacy_part, cookie_part, iet):
            for table in tables():
                for id_, row in by_id(getattr(whole, table)).items():
                    same = {one.name: getattr(row, one.name) for one in attrs.fields(type(row)) if one.init}
                    assert amended(whole, table, id_, same) == whole

    def test_other_kinds_of_fields(self) -> None:
        """One of several words, and one of several types."""
        with pytest.raises(PolicyError, match=r"The field audience of a row of functions cannot be 'staff'.*Literal"):
            amended(cookie_part, "functions", "diary", {"audience": "staff"})
        with pytest.raises(PolicyError, match="The field requires of a row of functions cannot be 'key'"):
            amended(cookie_part, "functions", "diary", {"requires": "key"})
        assert amended(cookie_part, "functions", "diary", {"requires": None}).function("diary").requires is None

    def test_a_row_more(self) -> None:
        """At the end; or in the place of the row that has its id, or of a claim that says the same."""
        extra = evolve(cookie_part.cookie("wick"), id="extra")
        assert with_cookie(cookie_part, extra).cookies == (*cookie_part.cookies, extra)
        other = evolve(cookie_part.cookie("wick"), title="x")
        assert with_cookie(cookie_part, other).cookies[1] == other
        assert len(with_cookie(cookie_part, other).cookies) == len(cookie_part.cookies)
        claim = Claim(says="you cannot log on", kept=("read",), source=line(1))
        assert with_row(cookie_part, "claims", claim).claims == (claim, cookie_part.claims[1])
        with pytest.raises(UnknownRefError, match="no table 'x'"):
            with_row(cookie_part, "x", claim)

    def test_a_row_without_an_id(self) -> None:
        """A claim goes by what it says."""
        new = amended(cookie_part, "claims", "you cannot log on", {"kept": ("read",)})
        assert [one.kept for one in new.claims] == [("read",), ("read",)]
        assert without(new, "claims", "you cannot log on").claims == cookie_part.claims[1:]
        with pytest.raises(UnknownRefError, match=r"The table rights has no row 'x'\. It has none at all"):
            without(cookie_part, "rights", "x")

    def test_a_row_less(self) -> None:
        """What speaks of it is left as it is."""
        gone = without(cookie_part, "cookies", "wick")
        assert "wick" not in everything(gone)
        assert gone.functions == cookie_part.functions
        with pytest.raises(UnknownRefError, match="The table cookies has no row 'wick'"):
            without(gone, "cookies", "wick")


QUESTIONS: dict[str, Question] = {
    "all blocked": lambda one: effects_of(one, everything(one), facts={"member": True}).lost,
    "without the session": lambda one: effects_of(one, ["wick"], facts={"member": True}).kept,
    "the least for the map": lambda one: minimal_sets(one, "find-lamp"),
    "the counter blocked": lambda one: effects_of(one, ["counter"]).controller_lost,
}


class TestComparing:
    """Which answers a change would change."""

    def test_what_changes(self) -> None:
        """The map may do with the session cookie, and how bad its loss is changes: two answers of four."""
        needs = any_of(accepts("map"), accepts("wick"))
        new = amended(cookie_part, "functions", "find-lamp", {"requires": needs, "missing": Severity.FAILS})
        found = compare(cookie_part, new, QUESTIONS)
        assert found.asked == 4
        assert [change.question for change in found.changes] == ["all blocked", "the least for the map"]
        assert found.changes[1].before == (frozenset({"map"}),)
        assert found.changes[1].after == (frozenset({"map"}), frozenset({"wick"}))
        assert str(found).startswith("2 of 4 answers would differ:\n  all blocked: {")

    def test_what_cannot_be_asked(self) -> None:
        """A question about a cookie that is gone is an answer of its own."""
        found = compare(cookie_part, without(cookie_part, "cookies", "counter"), QUESTIONS)
        (change,) = [change for change in found.changes if change.question == "the counter blocked"]
        assert change.after == Unanswered("The statement has no cookie 'counter'")
        assert str(change) == (
            "the counter blocked: {'counting': <Severity.NONE: 'none'>},"
            " then cannot be asked: The statement has no cookie 'counter'"
        )

    def test_nothing_changes(self) -> None:
        """Other words change no answer."""
        new = amended(cookie_part, "cookies", "counter", {"title": "x"})
        assert str(compare(cookie_part, new, QUESTIONS)) == "None of 4 answers would differ."

    def test_a_question_held_wrong(self) -> None:
        """Any other error is the asker's."""
        with pytest.raises(PolicyError, match="given as the text"):
            compare(cookie_part, cookie_part, {"x": lambda one: effects_of(one, "wick")})
