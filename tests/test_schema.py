"""The JSON Schema of policy documents: what it takes is what the reader takes, as far as a schema can say it."""

import copy
import importlib.resources
import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import frozen
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

import cpdrules.documents
from cpdrules import amounts as written_amounts
from cpdrules.amounts import HOUR, POINT, Unit
from cpdrules.documents import (
    DocumentError,
    Problem,
    policy_schema,
    read_finding,
    read_json,
    read_policy,
    read_record,
    read_toml,
    write_finding,
    write_policy,
    write_record,
)
from cpdrules.documents.clauses import CLAUSES, MEASURES, TARGETS
from cpdrules.documents.conclusions import FINDING
from cpdrules.documents.places import At, Problems
from cpdrules.documents.quantities import AMOUNT, DAY, FRACTION, LENGTH
from cpdrules.documents.records import RECORD
from cpdrules.documents.schemas import Definitions, schema_of
from cpdrules.documents.shapes import TEXT, Many, OneOf, Shape, Table, Turned, Word, choice, key
from cpdrules.documents.tags import TAG
from cpdrules.iet import cpd
from tests.document_strategies import any_finding, any_policy, records
from tests.test_documents_refusals import WRONG, floor, target
from tests.test_documents_words import CLAUSE_FORMS, GIVEN_FORMS, MEASURE_FORMS, TARGET_FORMS

FILE = "policy.schema.json"


def _whole(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Match as ECMAScript does, which JSON Schema names: to Python, ``$`` also stands before a last line break."""
    assert pattern.startswith("^(?:")
    assert pattern.endswith(")$")
    if isinstance(instance, str) and not re.fullmatch(pattern[1:-1], instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = validators.extend(Draft202012Validator, {"pattern": _whole})

POLICY = Validator(policy_schema())


def problems(read: Callable[[Any], Any], data: Any) -> tuple[Problem, ...]:
    """Give what a reader says against plain data."""
    try:
        read(data)
    except DocumentError as error:
        return error.problems
    return ()


def agree(data: Any, read: Callable[[Any], Any] = read_policy, validator: Any = POLICY) -> None:
    """Check the promise: what is read validates, and what does not validate is wrong in its shape, and nothing else is.

    So a document that validates is read, or every problem of it is one of sense.
    """
    found = problems(read, data)
    kinds = {problem.kind for problem in found}
    assert kinds <= {"shape", "sense"}, "a limit was met: the test has to draw something smaller"
    assert validator.is_valid(data) == ("shape" not in kinds), found


class TestTheFile:
    def test_is_current(self) -> None:
        """The file in the package is the text of the schema, so that no word is in one and not in the other."""
        kept = importlib.resources.files(cpdrules.documents) / FILE
        text = json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\n"
        assert kept.is_file() and kept.read_text(encoding="utf-8") == text, (
            f"{FILE} is out of date. Write it anew from the root of the checkout: python -c 'import json, pathlib; "
            "from cpdrules.documents import policy_schema; "
            f'pathlib.Path("src/cpdrules/documents/{FILE}").write_text('
            'json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\\n", encoding="utf-8")\''
        )

    def test_is_a_schema(self) -> None:
        """It is a schema of the draft that it names."""
        Draft202012Validator.check_schema(policy_schema())
        assert policy_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]

    def test_can_be_read_in_every_language(self) -> None:
        """Its patterns need neither flags nor names nor looking around, which not every language has."""
        patterns = set(re.findall(r'"pattern": "(.*)"', json.dumps(policy_schema(), indent=0)))
        assert len(patterns) == 4
        for pattern in patterns:
            assert not re.search(r"\(\?[^:]|\\\\[dDwWbB]", pattern), pattern
            assert pattern.isascii()

    def test_has_examples_that_hold(self) -> None:
        """What the schema shows as an example of something, it takes for that."""
        schema = policy_schema()
        shown: list[Any] = []
        for name, one in schema["$defs"].items():
            for said in one.get("examples", []):
                shown.append(said)
                assert POLICY.evolve(schema={**schema, "$ref": f"#/$defs/{name}"}).is_valid(said), (name, said)
        assert len(shown) > 10

    def test_has_every_word(self) -> None:
        """A word that has a row has its place in the schema, with a few words about it; so do all keys of its body."""
        defs = policy_schema()["$defs"]
        for name, words in {"clause": CLAUSES, "measure": MEASURES, "figure": TARGETS}.items():
            *_, table = defs[name]["anyOf"]
            assert list(table["properties"]) == [word.word for word in words]
            assert all(one["description"] for one in table["properties"].values())
        assert list(defs["word-at-least"]["properties"]) == ["figure", "of", "ref", "source"]

    def test_is_made_anew_for_each_caller(self) -> None:
        """Who changes what they were given changes it for nobody else."""
        given_once = policy_schema()
        before = copy.deepcopy(given_once)
        given_once["$defs"]["clause"].clear()
        assert policy_schema() == before


class TestWhatIsWrittenValidates:
    @given(any_policy)
    def test_policies(self, policy: Any) -> None:
        """Any policy that is written is as the schema says."""
        POLICY.validate(write_policy(policy))

    @given(records())
    def test_records(self, record: Any) -> None:
        """Records have shapes of the same kind, which say their schema as truly."""
        RECORDS.validate(write_record(record))

    @given(any_finding)
    def test_findings(self, finding: Any) -> None:
        """So have findings."""
        FINDINGS.validate(write_finding(finding))

    def test_the_iet_policies(self) -> None:
        """A real policy does."""
        POLICY.validate(write_policy(cpd.policy))

    @pytest.mark.parametrize("name", CLAUSE_FORMS)
    def test_each_clause(self, name: str) -> None:
        """Each word's plainest use does."""
        POLICY.validate(CLAUSE_FORMS[name][1])

    @pytest.mark.parametrize("name", GIVEN_FORMS)
    def test_given_clauses(self, name: str) -> None:
        """So do clauses that a document names."""
        POLICY.validate(GIVEN_FORMS[name][1])

    @pytest.mark.parametrize("name", MEASURE_FORMS)
    def test_each_measure(self, name: str) -> None:
        """So does each measure's."""
        POLICY.validate(floor(figure=1, of=MEASURE_FORMS[name][1]))

    @pytest.mark.parametrize("name", TARGET_FORMS)
    def test_each_target(self, name: str) -> None:
        """And each target's."""
        POLICY.validate(target(TARGET_FORMS[name][1]))


RECORDS = Validator(schema_of(RECORD, "A record", "A member and what they did."))
FINDINGS = Validator(schema_of(FINDING, "A finding", "What was found."))

WORDS = [word.word for word in (*CLAUSES, *MEASURES, *TARGETS)]
KEYS = sorted({name for name in re.findall(r'"([a-z ]+)": \{', json.dumps(policy_schema())) if name != "properties"})

#: Values of every type, and texts that are nearly something.
ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 3, 1.0, 1.5, -0.5, -0.0, 1e-9, 1e22, 10**7, 2_000_000.0, {}, []),
    *("", " ", "30 h", "30h", "1h30", "1:30", " 7.5 ", "30 fish", "thirty", "-1", "1/0", "1 1/3", "7,5", "1h30\n"),
    *("6 months", "6 months\n", "1 year and 2 years", "0 days", "6 m", "1 day and 1 day and 1 day and 1 day"),
    *("2015-03-02", "2015-02-30", "0000-01-01", "2015-13-01", "2015-3-2", "31/12/2015", "20150302", "2015-W01-1"),
    *("1/3", "75%", "0.75", "3/2", "1e9", "%", "٣ h", "٣٠", "point", "fortnight", "last day", "any_day"),
    *(["a"], [[]], [["a"]], [1.0], [{}], {"": {}}, {"unknown": True}, {"unknown": 1}, {"day": "2015-03-02"}),
    *({"name": "pack"}, {"name": "pack", "grain": 0}, {"name": ""}, {"longer than": 1}, {"longer_than": 1}),
    *({"longer than": "x"}, {"up": "1 h"}, {"up": 0}, {"up": "x"}, {"hours": {}, "points": {}}, {"document": "S1"}),
]

letters = st.sampled_from("aeiou h1 \n_/:-.é²")
scalars = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(10**6), 10**7), st.floats(allow_nan=False, allow_infinity=False)),
    st.text(max_size=6),
)


def below(data: Any) -> list[tuple[Any, Any]]:
    """Give every table or list in plain data, with every key of it."""
    found: list[tuple[Any, Any]] = []
    waiting = [data]
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for name, inner in pairs:
            found.append((one, name))
            waiting.append(inner)
    return found


def misspelt(draw: Callable[[st.SearchStrategy[Any]], Any], text: str) -> str:
    """Change a text a little: a letter less, a letter more, another, or in capitals."""
    place = draw(st.integers(0, len(text)))
    how = draw(st.sampled_from(["less", "more", "other", "capitals", "spaces"]))
    if how == "capitals":
        return text.upper()
    if how == "spaces":
        return text.replace(" ", "_")
    letter = "" if how == "less" else draw(letters)
    return text[:place] + letter + text[place + (how != "more") :]


def other_value(draw: Callable[[st.SearchStrategy[Any]], Any], value: Any, words: list[str], document: Any) -> Any:
    """Give another value in place of one: an odd one, one from elsewhere, or nearly the same."""
    odd = copy.deepcopy(draw(st.sampled_from([*ODD, *words])))
    word = draw(st.sampled_from(words))
    inside, name = draw(st.sampled_from(below(document)))
    others: list[Any] = [odd, odd, draw(scalars), copy.deepcopy(inside[name]), [value], {word: value}]
    if isinstance(value, dict):
        others += [{}, {**value, word: odd}]
    if isinstance(value, list):
        others += [[], [*value, odd]]
    if isinstance(value, str):
        others += ["", misspelt(draw, value)]
    return draw(st.sampled_from(others))


@st.composite
def changed(draw: st.DrawFn, documents: st.SearchStrategy[Any], words: list[str]) -> Any:
    """Draw a document that was valid, with up to three things changed in it."""
    data = {"": copy.deepcopy(draw(documents))}
    for _ in range(draw(st.integers(1, 3))):
        inside, name = draw(st.sampled_from(below(data)))
        how = "exchange" if inside is data else draw(st.sampled_from(["exchange", "exchange", "drop", "rename"]))
        if how == "drop":
            del inside[name]
        elif how == "rename" and isinstance(inside, dict):
            other = draw(st.sampled_from(words)) if draw(st.booleans()) else misspelt(draw, name)
            inside[other] = inside.pop(name)
        else:
            inside[name] = other_value(draw, inside[name], words, data)
    return data[""]


class TestReaderAndSchemaAgree:
    """What the reader takes validates; what validates the reader takes, or its sense is wrong and nothing else."""

    @given(changed(any_policy.map(write_policy), WORDS + KEYS))
    def test_on_changed_policies(self, data: Any) -> None:
        """They do on any policy in which a few things were changed."""
        agree(data)

    @given(changed(records().map(write_record), ["day", "unknown", "date", "from", "until", "id", "amount", "unit"]))
    def test_on_changed_records(self, data: Any) -> None:
        """They do on records, whose shapes are of the same making."""
        agree(data, read_record, RECORDS)

    @given(changed(any_finding.map(write_finding), ["least", "most", "unit", "word", "where", "parts", "because"]))
    def test_on_changed_findings(self, data: Any) -> None:
        """What is read of findings validates; in them, whether a sum is a text is said by a unit far above it."""
        assert FINDINGS.is_valid(data) or problems(read_finding, data)

    @pytest.mark.parametrize("number", range(len(WRONG)))
    def test_on_one_thing_wrong(self, number: int) -> None:
        """Of every fault that has a message of its own, the schema refuses those of shape and no others."""
        data, place, _ = WRONG[number]
        if re.search(r"(^|[.])5$", place) or data == {5: {}}:
            return  # JSON has no keys but texts
        if "inf" in str(data):
            return  # nor has it numbers without an end
        (problem,) = problems(read_policy, data)
        assert problem.kind in {"shape", "sense"}
        assert POLICY.is_valid(data) == (problem.kind == "sense")

    @pytest.mark.parametrize(
        "make",
        [lambda odd: odd, lambda odd: floor(figure=odd), lambda odd: floor(of=odd), lambda odd: floor(source=odd)]
        + [lambda odd, word=word.word: {word: odd} for word in CLAUSES]
        + [lambda odd, word=word.word: floor(of={word: odd}) for word in MEASURES]
        + [lambda odd, word=word.word: target({word: odd}) for word in TARGETS],
    )
    def test_on_every_odd_value(self, make: Callable[[Any], Any]) -> None:
        """They do on each odd value in the place of any word's body."""
        for odd in [*ODD, *WORDS]:
            agree(make(odd))

    def test_on_every_odd_value_of_every_key(self) -> None:
        """They do on each odd value in each place of each form that the words have."""
        forms = [
            *(form for _, form in (*CLAUSE_FORMS.values(), *GIVEN_FORMS.values())),
            *(floor(figure=1, of=form) for _, form in MEASURE_FORMS.values()),
            *(target(form) for _, form in TARGET_FORMS.values()),
        ]
        for form in forms:
            for inside, name in below(form):
                kept = inside[name]
                for odd in ODD:
                    inside[name] = odd
                    agree(form)
                inside[name] = kept


#: What the schema takes and the reader refuses: no schema can state it.
SENSE: dict[str, Any] = {
    "a unit that nobody declared": floor(of={"amounts": {"unit": "fortnight"}}),
    "an amount of another unit": floor(figure="30 points"),
    "an amount finer than its unit": floor(figure="0.001", of="points"),
    "a day that the calendar does not have": {"circumstance": {"kinds": "a", "on": "2015-02-30"}},
    "a length that says years twice": {"over": {"length": "1 year and 2 years", "clause": "agreement"}},
    "no length at all": {"over": {"length": "0 years", "clause": "agreement"}},
    "division by nothing": target({"share of": {"share": "1/0", "measure": "hours"}}),
    "more than a thousand times all": target({"share of": {"share": 1000.5, "measure": "hours"}}),
    "more than all that counts": floor(
        of={"counting": {"measure": "hours", "up to": {"figure": {"share of what counts": 1.5}}}}
    ),
    "a clause that nobody gave": {"clause": "full"},
    "no stretches": {"each": {"length": "1 year", "clause": "agreement", "at least": 0}},
    "no period before": {"before": {"clause": "agreement", "periods": 0}},
    "an exponent": target({"share of": {"share": 1e-9, "measure": "hours"}}),
    "more parts than there are": {"at least of": {"count": 2, "clauses": ["agreement"]}},
    "a whole number with a point": {"at least of": {"count": 1.0, "clauses": ["agreement"]}},
    "two axes of one name": {"scheme": {"axes": ["a", "a"], "policy": "agreement"}},
}


@pytest.mark.parametrize("name", SENSE)
def test_sense_is_left_to_the_reader(name: str) -> None:
    """What is wrong in its sense alone validates, and is refused with a problem that says so."""
    assert POLICY.is_valid(SENSE[name])
    (problem,) = problems(read_policy, SENSE[name])
    assert problem.kind == "sense"


#: What the schema can tell already, and so must, though the reader alone would do.
SHAPE: dict[str, Any] = {
    "a month that no year has": {"circumstance": {"kinds": "a", "on": "2015-13-01"}},
    "a day that no month has": {"circumstance": {"kinds": "a", "on": "2015-12-32"}},
    "more than four digits of a year": {"circumstance": {"kinds": "a", "on": "12015-12-31"}},
    "an amount in words": floor(figure="thirty"),
    "an amount and something": floor(figure="30hello"),
    "an amount below nothing": floor(figure=-1),
    "an amount that nobody reaches": floor(figure=1_000_001),
    "a share below nothing": target({"share of": {"share": -1, "measure": "hours"}}),
    "a length in four parts": {"over": {"length": " and ".join(["1 day"] * 4), "clause": "agreement"}},
    "a length in words": {"over": {"length": "six months", "clause": "agreement"}},
    "a word misspelt": {"at leest": {}},
    "a word that cannot stand alone": "at least",
}


@pytest.mark.parametrize("name", SHAPE)
def test_shape_is_told_by_both(name: str) -> None:
    """What a schema can state, ours does."""
    assert not POLICY.is_valid(SHAPE[name])
    assert {problem.kind for problem in problems(read_policy, SHAPE[name])} == {"shape"}


def test_an_amount_of_an_unknown_unit_has_a_shape_too() -> None:
    """Where a unit is not known, what cannot be an amount of any is named beside it; what can be is not blamed."""
    unknown = {"amounts": {"unit": "fortnight"}}
    assert [one.kind for one in problems(read_policy, floor(figure="thirty", of=unknown))] == ["sense", "shape"]
    assert [one.kind for one in problems(read_policy, floor(figure="30 points", of=unknown))] == ["sense"]


class TestOtherKinds:
    """A schema never sees what is no document at all, nor says how large one may be."""

    @pytest.mark.parametrize("read", [read_json, read_toml])
    def test_text(self, read: Callable[[Any], Any]) -> None:
        """What is no JSON or TOML is wrong as a text."""
        for text in ("{", b"\xff", "[" * 100, "x = 1e999", "{" * 2_000_000):
            (problem,) = problems(read, text)
            assert problem.kind == "text"

    def test_size(self) -> None:
        """What is too large is of the wrong size, whatever its shape."""
        assert {problem.kind for problem in problems(read_policy, {"exempt": "x" * 1_000_001})} == {"size"}
        assert {problem.kind for problem in problems(read_policy, {"at least of": {"count": 10**50}})} == {"size"}


# Texts ----------------------------------------------------------------------------------------------------------------


def read_alone(shape: Shape, data: Any, unit: Unit = HOUR) -> tuple[Problem, ...]:
    """Give what a shape says against plain data."""
    at = At(Problems(), unit)
    shape.read(data, at)
    return tuple(at.problems.kept)


def fits(shape: Shape, data: Any) -> bool:
    """Whether the schema of a shape takes plain data."""
    return bool(Validator(schema_of(shape, "", "")).is_valid(data))


near_amounts = st.from_regex(written_amounts._CLOCK, fullmatch=True) | st.from_regex(
    re.compile(r"\s*([0-9]{1,3} )?[0-9]{1,4}([./][0-9]{1,4})?\s*( points?| h)?\s*", re.ASCII), fullmatch=True
)


class TestTexts:
    @given(near_amounts, st.sampled_from([HOUR, POINT, Unit("10 pack", "m", 7)]))
    @example("1h30", HOUR)
    def test_of_amounts(self, text: str, unit: Unit) -> None:
        """However an amount is written, the schema takes it in every unit in which it is read."""
        found = read_alone(AMOUNT, text, unit)
        assert fits(AMOUNT, text) == all(problem.kind == "sense" for problem in found)

    @given(st.text("0123456789hmsHinours:/. \t\n%", max_size=9))
    def test_of_anything_like_an_amount(self, text: str) -> None:
        """What only looks like an amount is of the right shape for both of them, or for neither."""
        for unit in (HOUR, POINT):
            found = read_alone(AMOUNT, text, unit)
            assert fits(AMOUNT, text) == all(problem.kind == "sense" for problem in found)

    def test_of_amounts_without_end(self) -> None:
        """No text that goes on and on takes long, here or in a schema that others apply: it can be read in one way."""
        for text in ("hrs" * 30, "1 h" * 9_999, "mins 1" * 9_999, " " * 99_999, "1hms" * 30, "s" * 30, "1" * 99_999):
            begun = time.process_time()
            fits(AMOUNT, f"1{text}!")
            assert read_alone(AMOUNT, f"1{text}!")
            assert time.process_time() - begun < 1

    @pytest.mark.parametrize(
        ("shape", "drawn"),
        [
            (DAY, r"[0-9]{4}-[0-9]{2}-[0-9]{2}\n?|[0-9-]{8,11}"),
            (LENGTH, r"[0-9] (year|month|day)s?( and [0-9] (year|month|day)s?){0,3}\n?"),
            (FRACTION, r"[0-9./%]{0,5}\n?|[0-9]{1,3}/[0-9]{1,3}|[0-9]{1,2}\.[0-9]{0,2}%"),
        ],
    )
    @given(st.data())
    def test_of_other_quantities(self, shape: Shape, drawn: str, data: st.DataObject) -> None:
        """Days, lengths and shares are told from other texts by both of them in the same way."""
        text = data.draw(st.from_regex(re.compile(drawn, re.ASCII), fullmatch=True))
        assert fits(shape, text) == all(problem.kind == "sense" for problem in read_alone(shape, text))


# Shapes that nobody has made yet --------------------------------------------------------------------------------------


@frozen
class _Body:
    """A kind whose docstring says what it is; see elsewhere."""

    inner: Any


class _Bare:
    inner: Any


def _table(name: str, shape: Shape, *, default: bool = False, short: str = "inner") -> Table:
    made = key("inner", shape, default=None) if default else key("inner", shape)
    return Table(name, _Body, (made,), short)


_TABLE = _table("a table", TEXT)
_INSIDE = OneOf("a thing", "none, in words", lambda: (Word("thing", _Body, _table("“thing”", TEXT)), _LATER))
_LATER = Word("list", _Bare, Turned(Many(_INSIDE), list, list))
_PAIR = (key("inner", TEXT), key("outer", TEXT))
_NEW: dict[str, Shape] = {
    "a table under another": _table("a cover", _TABLE),
    "a table that may be left out, under another": _table("a cover", _TABLE, default=True),
    "words under a table": _table("a cover", _INSIDE, default=True),
    "words instead of words": OneOf("others", "", lambda: (_LATER,), Word("", _Body, _INSIDE)),
    "a table whose short form lacks a key": Table("a pair", lambda **both: both, _PAIR, short="inner"),
    "lists of lists": Many(Many(TEXT, least=1), least=1, lone=True),
    "one or more tags": Many(TAG, lone=True),
    "one of two words": _table("a cover", choice("way", "this_way", "that_way")),
}
_TRIED: list[Any] = [
    *ODD,
    "thing",
    "list",
    "this way",
    "this_way",
    {"thing": "x"},
    {"thing": {}},
    {"thing": {"inner": "x"}},
]
_TRIED += [{"list": []}, {"list": ["list"]}, {"list": [{"thing": "x"}]}, {"list": {}}]


@pytest.mark.parametrize("name", _NEW)
def test_new_rows_say_the_same(name: str) -> None:
    """However shapes are put together, a schema comes of it that takes what they read."""
    shape = _NEW[name]
    for one in [*_TRIED, *({"inner": tried} for tried in _TRIED), *([tried] for tried in _TRIED)]:
        found = read_alone(shape, one)
        assert fits(shape, one) == all(problem.kind == "sense" for problem in found), (one, found)


def test_shapes_of_one_name_are_told_apart() -> None:
    """Two shapes that happen to share a name have definitions of their own."""
    defs = Definitions()
    shapes = (_table("a table", TEXT), _table("a table", Many(TEXT)), _table("“table”", TEXT), _TABLE)
    names = [shape.schema(defs)["$ref"] for shape in (*shapes, *shapes)]
    assert names[:4] == ["#/$defs/table", "#/$defs/table-2", "#/$defs/word-table", "#/$defs/table-3"]
    assert names[4:] == names[:4]


def test_a_word_whose_kind_says_nothing_has_no_description() -> None:
    """Where docstrings were taken out, the words are still there."""
    body = {"type": "array", "items": {"$ref": "#/$defs/thing"}}
    assert _LATER.schema(Definitions()) == body
