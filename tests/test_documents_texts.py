"""JSON and TOML texts: read strictly, measured before they are parsed, and JSON written in one form."""

import datetime
import json
import time
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.documents import DocumentError, read_json, read_toml, write_json

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**39), 10**39) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class TestJson:
    @given(plain)
    def test_comes_back(self, data: Any) -> None:
        """Plain data is what is read of its text."""
        assert read_json(write_json(data)) == data

    @given(plain)
    def test_is_read_as_any_tool_reads_it(self, data: Any) -> None:
        """A text that is strict JSON means what it means to everyone."""
        text = json.dumps(data, indent=1)
        assert read_json(text) == json.loads(text)

    def test_may_be_bytes(self) -> None:
        """Bytes are read as UTF-8, with the mark that some editors put before it or without."""
        assert read_json('{"a":"é"}'.encode()) == {"a": "é"}
        assert read_json(b'\xef\xbb\xbf{"a":1}') == {"a": 1}

    def test_keeps_numbers_as_they_were_typed(self) -> None:
        """A number with a point is taken if a float holds exactly the digits that were typed."""
        assert read_json("[0.1, 1.50, 2e3, 7]") == [0.1, 1.5, 2000.0, 7]

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("", "Expecting value (line 1, column 1)"),
            ('{"a": 1,}', "(line 1, column "),
            ("{'a': 1}", "line 1, column 2"),
            ("[1] 2", "Extra data"),
            ('{"a": 1, "a": 2}', "The key “a” stands twice in one table"),
            ('{"a": {"b": 1, "b": 1}}', "The key “b” stands twice in one table"),
            ("[NaN]", "NaN is no number"),
            ("[Infinity]", "Infinity is no number"),
            ("[-Infinity]", "-Infinity is no number"),
            ("[1e999]", "1e999 cannot be held exactly"),
            ("[0.10000000000000000001]", "cannot be held exactly"),
            ("[1e-9999999999999999999]", "cannot be held exactly"),
            ("[1e9999999999999999999]", "cannot be held exactly"),
            ("[" + "9" * 50 + "]", "more than 40 digits"),
            ("[" * 100, "more than 64 tables and lists deep"),
            ('{"a":' * 100, "more than 64 tables and lists deep"),
            ('"\\ud800"', "half of a character"),
            ('["\\', "Unterminated string"),
            ('"' + "x" * 1_000_000 + '"', "more than 1,000,000 characters"),
            ("[" + "1," * 260_000 + "1]", "more than 250,000 values"),
            (b'"\xff"', "Byte 2 of it is not UTF-8"),
        ],
        ids=range(21),
    )
    def test_is_refused(self, text: str | bytes, what: str) -> None:
        """What is no strict JSON, or no document, is refused with what is wrong and where."""
        with pytest.raises(DocumentError) as caught:
            read_json(text)
        assert what in str(caught.value)
        assert "The JSON text cannot be read" in str(caught.value)
        assert all(problem.remedy for problem in caught.value.problems)

    def test_says_all_keys_that_stand_twice(self) -> None:
        """Every double key is named, not only the first."""
        with pytest.raises(DocumentError) as caught:
            read_json('{"a": 1, "a": 2, "b": {"c": 1, "c": 2, "d": 3}}')
        assert len(caught.value.problems) == 2

    def test_brackets_in_texts_are_no_depth(self) -> None:
        """What stands in quotes is text, however it looks."""
        text = json.dumps(["[" * 100, '"' + "{" * 100, "\\" + "[" * 100, "9" * 100, ".a" * 100])
        assert read_json(text) == json.loads(text)


class TestToml:
    def test_is_plain_data(self) -> None:
        """A TOML document is tables, lists, texts, numbers, truth values and dates."""
        text = 'a = 1\nb = [true, 1.5, "x"]\n[c.d]\ne = 2015-03-02\n'
        assert read_toml(text) == {"a": 1, "b": [True, 1.5, "x"], "c": {"d": {"e": datetime.date(2015, 3, 2)}}}
        assert read_toml(text.encode()) == read_toml(text)

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("a = ", "Invalid value (at end of document)"),
            ("a = 1\na = 2", "Cannot overwrite a value"),
            ("a = nan", "nan cannot be held exactly"),
            ("a = -inf", "-inf cannot be held exactly"),
            ("a = 1e999", "1e999 cannot be held exactly"),
            ("a = " + "9" * 50, "more than 40 digits"),
            ("a = 9_" + "9_" * 50 + "9", "more than 40 digits"),
            ("a = 0x" + "f" * 50, "more than 40 digits"),
            ("a = " + "[" * 100, "more than 64 tables and lists deep"),
            ("a = " + "{a=" * 100, "more than 64 tables and lists deep"),
            ("a" + ".a" * 100 + " = 1", "a key of more than 64 parts"),
            ("[a" + ' . "a"' * 100 + "]", "a key of more than 64 parts"),
            ("a" + ".a" * 63 + " = [[1]]", "more than 64 tables and lists deep"),
            ("a = 2015-02-30", "line 1"),
            ("x" * 1_000_001, "more than 1,000,000 characters"),
            (b"a = '\xff'", "Byte 6 of it is not UTF-8"),
        ],
        ids=range(16),
    )
    def test_is_refused(self, text: str | bytes, what: str) -> None:
        """What is no TOML, or no document, is refused with what is wrong."""
        with pytest.raises(DocumentError) as caught:
            read_toml(text)
        assert what in str(caught.value)
        assert "The TOML text cannot be read" in str(caught.value)

    @pytest.mark.parametrize(
        "text",
        [
            "a = '''" + "[" * 100 + "'''",
            'a = """' + '["' * 100 + '"""',
            "a = '" + "{" * 100 + "'",
            'a = "\\"' + "[" * 100 + '"',
            "# " + "[" * 100 + "\na = 1",
            'a = """x""""',
            "a = '''x''''",
            "a = '" + "9" * 100 + "'",
            "'" + "a." * 100 + "' = 1",
        ],
    )
    def test_brackets_in_texts_are_no_depth(self, text: str) -> None:
        """What stands in quotes, or behind a #, is no bracket, number or dotted key, however it looks."""
        assert read_toml(text) == tomllib.loads(text)

    @given(st.lists(st.sampled_from(['"', "'", '"""', "'''", "\\", "#", "\n", "[", "]", "a", "=", " "]), max_size=30))
    def test_is_measured_as_it_is_parsed(self, pieces: list[str]) -> None:
        """However quotes, escapes and comments lie in one another, the text is read as tomllib reads it, or refused."""
        text = "".join(pieces)
        try:
            expected: Any = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            expected = DocumentError
        try:
            found = read_toml(text)
        except DocumentError:
            found = DocumentError
        assert found == expected


SLOW = {
    "quotes": '"' * 900_000,
    "escaped quotes": '\\"' * 450_000,
    "open text": '"' + '\\"' * 450_000,
    "single quotes": "'" * 900_000,
    "brackets": "[" * 900_000,
    "brackets in turn": "[]" * 450_000,
    "digits": "9" * 900_000,
    "digits and underscores": "9_" * 450_000,
    "letters": "a" * 900_000,
    "dots": "a." * 450_000,
    "comments": "#\n" * 450_000,
    "spaces": " " * 900_000,
    "a long array": "a=[" + "1," * 240_000 + "]",
    "a wide table": "a={" + ",".join(f"k{number}=1" for number in range(20_000)) + "}",
    "many tables": "\n".join(f"[t{number}]" for number in range(20_000)),
    "many of one table": "[[t]]\n" * 20_000,
    "long dotted headers": "\n".join(f"[t{number}.{'a.' * 30}a]" for number in range(5_000)),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_long(name: str) -> None:
    """Texts that are made to slow a parser down are read or refused within seconds."""
    for read in (read_json, read_toml):
        begun = time.process_time()
        try:
            read(SLOW[name])
        except DocumentError as error:
            assert error.problems  # noqa: PT017 - either may happen, but nothing else
        assert time.process_time() - begun < 10


class TestWritingJson:
    @pytest.mark.parametrize(
        "data",
        [float("nan"), float("inf"), {1, 2}, "\ud800", {"a": object()}, datetime.date(2015, 3, 2), {1: 2, "a": 3}],
        ids=["nan", "inf", "set", "half a character", "object", "date", "mixed keys"],
    )
    def test_refuses_what_is_not_plain(self, data: object) -> None:
        """What JSON cannot hold is refused, and never written as something else."""
        with pytest.raises(DocumentError, match="cannot be written as JSON"):
            write_json(data)

    def test_refuses_what_is_too_deep(self) -> None:
        """A list in itself too often is refused."""
        data: Any = []
        for _ in range(100_000):
            data = [data]
        with pytest.raises(DocumentError, match="cannot be written as JSON"):
            write_json(data)
