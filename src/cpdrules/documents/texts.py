"""JSON and TOML to plain data, strictly, and plain data to canonical JSON.

A text is measured before it is parsed: nothing deep, long or huge reaches a parser.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any, TypeAlias

from cpdrules.amounts import LONGEST
from cpdrules.documents.limits import CHARACTERS, DEPTH, limited
from cpdrules.documents.places import At, Problems, shown
from cpdrules.errors import DocumentError

#: What JSON can hold; TOML adds dates.
Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"

# Each text is one token, closed or not, so that no character is looked at twice.
_JSON_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_TOML_TEXT = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?'
    r"|'''(?:[^']++|'(?!''))*+(?:''')?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)

#: What parts of a dotted key stand between, and a number of more digits than any amount has: parsers are slow at both.
_STATEMENT = re.compile(r"[=\n,\[\]{}]")
_MANY_DIGITS = re.compile(rf"[0-9](?:_?[0-9]){{{LONGEST}}}")


def read_json(text: str | bytes) -> Any:
    """Read the text of a JSON document as plain data.

    Raises:
        DocumentError: it is no JSON, names a key twice, holds a number that is not finite, or is too large or too deep.
    """
    problems = Problems("text")
    at = At(problems)

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            _twice(pairs, at)
        return found

    def parse(measured: str) -> Any:
        return json.loads(
            measured,
            object_pairs_hook=table,
            parse_float=lambda digits: _number(digits, at),
            parse_constant=lambda word: at.wrong(f"{word} is no number", "Leave it out, or give the number"),
        )

    return _read(text, "The JSON text", at, _JSON_TEXT, parse)


def read_toml(text: str | bytes) -> Any:
    """Read the text of a TOML document as plain data, in which a date stays a date.

    Raises:
        DocumentError: it is no TOML, holds a number that is not finite, or is too large or too deep.
    """
    at = At(Problems("text"))
    return _read(
        text,
        "The TOML text",
        at,
        _TOML_TEXT,
        lambda measured: tomllib.loads(measured, parse_float=lambda digits: _number(digits, at)),
    )


def _read(text: str | bytes, what: str, at: At, texts: re.Pattern[str], parse: Callable[[str], Any]) -> Any:
    problems = at.problems
    decoded = _decoded(text, at)
    if decoded is not None:
        _measured(decoded, texts, at)
    if decoded is None or problems:
        raise problems.refusal(what)
    data = None
    try:
        data = parse(decoded)
    except json.JSONDecodeError as error:
        at.wrong(f"{error.msg} (line {error.lineno}, column {error.colno})", "Correct the text there")
    except (ValueError, RecursionError) as error:
        at.wrong(str(error), "Correct the text there")
    if problems:
        raise problems.refusal(what)
    limited(data, what)
    return data


def _decoded(text: str | bytes, at: At) -> str | None:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at.wrong(f"Byte {error.start + 1} of it is not UTF-8", "Save the file as UTF-8")
        return None


def _measured(text: str, texts: re.Pattern[str], at: At) -> None:
    """Check a text's length, the depth of its brackets, and its longest number and key."""
    if len(text) > CHARACTERS:
        at.wrong(f"It has more than {CHARACTERS:,} characters", "Divide the document")
        return
    bare = texts.sub('""', text)
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", bare):
        depth += 1 if bracket in "[{" else -1
        if depth > DEPTH:
            at.wrong(f"It is more than {DEPTH} tables and lists deep", "Take a part out and state it on its own")
            return
    if any(piece.count(".") > DEPTH for piece in _STATEMENT.split(bare)):
        at.wrong(f"It has a key of more than {DEPTH} parts", "Use tables for what belongs together")
    if _MANY_DIGITS.search(bare):
        at.wrong(f"It has a number of more than {LONGEST} digits", "Write texts in quotes, and numbers as people do")


def _number(digits: str, at: At) -> Any:
    """Read a number with a point or an exponent, if it can be held as it was typed."""
    number = float(digits)
    try:
        exact = isfinite(number) and Decimal(digits) == Decimal(repr(number))
    except ArithmeticError:
        exact = False
    return number if exact else at.wrong(f"{digits} cannot be held exactly", "Write a number as people do, or a text")


def _twice(pairs: list[tuple[str, Any]], at: At) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            at.wrong(f"The key {shown(key)} stands twice in one table", "Keep one of the two")
        seen.add(key)


def write_json(data: object) -> str:
    """Write plain data as JSON in its canonical form: keys sorted, no spaces, nothing escaped that need not be.

    >>> write_json({"until": None, "from": "2015-03-02"})
    '{"from":"2015-03-02","until":null}'

    Raises:
        DocumentError: it is not plain data, or holds half of a character.
    """
    try:
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise DocumentError(
            f"This cannot be written as JSON: {error}", remedy="Give what a write_ function of this module made"
        ) from None
    return text
