"""A public list gives hints, by whole names and by beginnings, and by nothing else."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.privacy.catalogues import Hint, catalogue
from cpdrules.privacy.cookie_records import Reject


def row(name, wildcard="0", category="Analytics", **more):
    """Give a row as the Open Cookie Database has it."""
    return {"Cookie / Data Key name": name, "Wildcard match": wildcard, "Category": category} | more


class TestHints:
    """What the list says of a name."""

    def test_whole_names_come_before_beginnings(self):
        """And longer beginnings before shorter; only the best are given."""
        known = catalogue(
            [row("_g", "1", "A"), row("_ga", "1", "B"), row("_gat", "0", "C", Platform="Google"), row("_gat", "0", "D")]
        )
        assert [(one.category, one.confidence) for one in known.hints("_gat")] == [("C", "exact"), ("D", "exact")]
        assert [(one.category, one.confidence) for one in known.hints("_gab")] == [("B", "prefix")]
        assert [one.category for one in known.hints("_g")] == ["A"]
        assert [str(one) for one in known.hints("_gat")] == ["Google: C", "D"]
        assert str(known.hints("_gax")[0]) == "B (by its beginning, _ga*)"

    def test_what_a_name_contains_says_nothing(self):
        """Nor does its case."""
        known = catalogue([row("_s", "1"), row("CT")])
        assert known.hints("x_s") == known.hints("xCTx") == known.hints("ct") == ()

    def test_stars_brackets_and_soft_hyphens_are_letters(self):
        """Real rows have them; spaces and tabs at the ends are no part of a name."""
        known = catalogue([row("a*"), row("barometric[cuid]\t"), row("soft\u00ad")])
        assert known.hints("a*") and known.hints("barometric[cuid]") and known.hints("soft\u00ad")
        assert not (known.hints("ab") or known.hints("barometricc") or known.hints("soft"))

    def test_two_rows_that_say_the_same_are_one_hint(self):
        """The list repeats itself."""
        assert catalogue([row("a"), row("a")]).hints("a") == (Hint("", "Analytics", "exact", "a"),)

    def test_all_is_kept_in_the_words_of_the_list(self):
        """Domain and retention are free text."""
        (hint,) = catalogue([row("a", Domain="x.org (3rd party)", **{"Retention period": "Seesion"})]).hints("a")
        assert (hint.domain, hint.retention) == ("x.org (3rd party)", "Seesion")

    def test_a_row_that_cannot_be_read_is_rejected(self):
        """By its number, and others are read."""
        known = catalogue([None, row(""), row("x", "2"), row("x", category=""), row(5), row("y" * 5000), row("z", "")])
        assert [one.place for one in known.rejects] == ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]"]
        assert known.rejects[0] == Reject("[1]", "it is no mapping of columns to texts")
        assert known.rejects[2].reason == "whether the name is a beginning is said neither by 0 nor by 1"
        assert known.rejects[3].reason == "it has no category"
        assert "empty" in known.rejects[1].reason and "5,000 characters" in known.rejects[5].reason
        assert [one.confidence for one in known.hints("z")] == ["exact"]

    @given(st.lists(st.none() | st.dictionaries(st.sampled_from([*row(""), None, "Domain"]), st.text() | st.none())))
    def test_nothing_raises(self, rows):
        """Whatever the rows are: each is in the index, or among the rejects."""
        known = catalogue(rows)
        assert len(known.index.patterns) + len(known.rejects) == len(rows)


@pytest.fixture(scope="module")
def known(shared):
    """Give the Open Cookie Database, as it was downloaded."""
    path = shared / "data" / "open-cookie-database" / "open-cookie-database.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return catalogue(csv.DictReader(file))


class TestRealList:
    """The Open Cookie Database."""

    def test_every_row_is_read(self, known):
        """Not one of them is rejected."""
        assert known.rejects == () and len(known.index.patterns) == 2264

    def test_names_are_found(self, known):
        """The one that the inventory asks for, and one by its beginning."""
        assert [one.category for one in known.hints("_fbp")] == ["Marketing"]
        assert known.hints("_ga")[0].confidence == "exact"
        assert known.hints("CFID") == ()
