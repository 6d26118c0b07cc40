"""How the library can be held wrong."""

from __future__ import annotations

import pickle

import pytest

from cpdrules import all_of, at_least
from cpdrules.cpd import hours
from cpdrules.errors import (
    AmountError,
    CountError,
    CpdRulesError,
    DocumentError,
    MethodError,
    NoEditionError,
    PeriodError,
    PolicyError,
    Problem,
    RecordError,
    UnitError,
    UnknownRefError,
    VerdictError,
    did_you_mean,
    shown,
    unknown_ref,
)


class TestAnError:
    def test_says_what_why_and_what_to_do(self) -> None:
        """The three sentences follow one another, each with its full stop, and the values stay beside them."""
        error = CpdRulesError("It broke", why="It was thin.", remedy="Take another?", thickness=1)
        assert str(error) == "It broke. It was thin. Take another?"
        assert (error.what, error.why, error.remedy) == ("It broke", "It was thin.", "Take another?")
        assert error.data == {"thickness": 1}

    def test_need_not_say_all_three(self) -> None:
        """Where there is nothing to say, nothing is said."""
        assert str(CpdRulesError("It broke", remedy="Look again!")) == "It broke. Look again!"

    def test_does_not_let_its_data_be_changed(self) -> None:
        """What an error speaks of is read only."""
        with pytest.raises(TypeError, match="does not support item assignment"):
            CpdRulesError("It broke", size=1).data["size"] = 2  # type: ignore[index]

    @pytest.mark.parametrize(
        ("kind", "builtin"),
        [
            (AmountError, ValueError),
            (UnitError, TypeError),
            (PeriodError, ValueError),
            (PolicyError, ValueError),
            (VerdictError, TypeError),
            (RecordError, ValueError),
            (UnknownRefError, KeyError),
            (NoEditionError, LookupError),
            (CountError, ValueError),
            (MethodError, ValueError),
            (DocumentError, ValueError),
        ],
    )
    def test_is_caught_as_the_builtin_one_would_expect(
        self, kind: type[CpdRulesError], builtin: type[Exception]
    ) -> None:
        """Whoever knows Python and not the library catches it all the same, and reads the whole sentence."""
        error = kind("It broke", remedy="Mend it", part="leg")
        assert isinstance(error, builtin)
        assert isinstance(error, CpdRulesError)
        assert str(error) == "It broke. Mend it."

    def test_travels_between_processes(self) -> None:
        """A pool hands on what its workers raise, with its data."""
        error = UnknownRefError("No such clause", why="There are two", ref="x")
        error = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert type(error) is UnknownRefError
        assert (str(error), error.why, dict(error.data)) == (
            "No such clause. There are two.",
            "There are two",
            {"ref": "x"},
        )


class TestUnknownRef:
    def test_names_what_there_is_and_what_was_meant(self) -> None:
        """A slip of the pen is met with the nearest names, and with all of them."""
        policy = all_of(at_least(1, hours(), ref="hours"), at_least(1, hours(planned=True), ref="planned"))
        with pytest.raises(UnknownRefError) as caught:
            policy["planed"]
        assert str(caught.value) == (
            "This policy has no clause 'planed'. It has 'hours', 'planned'. Did you mean planned?"
        )
        assert caught.value.data == {"ref": "planed", "known": ("hours", "planned")}

    def test_says_how_to_name_a_clause_where_none_is_near(self) -> None:
        """Where nothing is like it, the error says where refs come from."""
        assert "A clause is given its ref where it is written" in str(unknown_ref("x", ["hours"], "policy"))
        assert "None of its clauses has a ref." in str(unknown_ref("x", [], "finding"))

    def test_shows_no_ref_at_length(self) -> None:
        """A ref of a thousand letters is shown by its beginning."""
        assert len(unknown_ref("x" * 1000, ["hours"], "policy").what) < 80


class TestDocumentProblems:
    def test_are_listed_with_their_places(self) -> None:
        """Everything wrong in a document is named at once; each problem says where, what, and what to do."""
        problems = (Problem("policy.ref", "5 is no text", "Write a text"), Problem("", "It is empty"))
        assert [str(problem) for problem in problems] == ["policy.ref: 5 is no text. Write a text.", "It is empty."]
        assert DocumentError("Two things are wrong", problems=problems).problems == problems
        assert DocumentError("Something is wrong").problems == ()


class TestWords:
    @pytest.mark.parametrize(
        ("word", "said"),
        [
            ("planed", "Did you mean planned?"),
            ("are", "Did you mean area or areas?"),
            ("x", ""),
            ("HOURS", "Did you mean hours?"),
            pytest.param("x" * 10**6, "", id="very long"),
        ],
    )
    def test_did_you_mean(self, word: str, said: str) -> None:
        """Near words are suggested, two at most; a very long one costs nothing."""
        assert did_you_mean(word, ["planned", "area", "areas", "hours"]) == said

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (5, "5"),
            ("short", "'short'"),
            ("x" * 38, f"'{'x' * 38}'"),
            ("x" * 39, f"'{'x' * 36}..."),
            pytest.param(10**5000, "a number of very many digits", id="very long"),
        ],
    )
    def test_shown(self, value: object, text: str) -> None:
        """A stranger's value is shown in forty characters at most."""
        assert shown(value) == text
        assert len(text) <= 40
