"""What differs, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from cpdrules.amounts import Amount, Unit
from cpdrules.cpd.activities import Axis
from cpdrules.cpd.caps import Cap
from cpdrules.cpd.carrying import Carried, MadeUp
from cpdrules.cpd.filters import named
from cpdrules.cpd.members import Fact
from cpdrules.cpd.worth import Worth
from cpdrules.differences.clauses import name_of, said_word, slots
from cpdrules.figures import AtLeast, AtMost, Measure
from cpdrules.findings import in_words
from cpdrules.periods import as_date
from cpdrules.policies import Policy

#: How words name a field, where its own name would not do: by as much of its end as it takes.
_FIELDS = {
    "where": "filter",
    "rounding": "rounding of each entry",
    "smallest": "size of the smallest entry that counts",
    "measure.name": "name of the measure",
    "measure.worth": "list of rates",
    "measure.handed": "list of what is handed on",
    "handed.limit": "limit of what is carried forward",
    "handed.lasting": "number of periods for which it is carried forward",
    "handed.to_reach": "figure up to which what is carried is used",
    "handed.unless": "exception from what is handed on",
    "handed.tags": "list of tags of what is handed on",
    "handed.figure": "figure that is made up",
    "surplus.above": "figure above which there is a surplus",
    "surplus.in_last": "stretch in which there is a surplus",
    "figure.rounding": "rounding of the figure",
    "figure.condition": "condition of the figure",
    "figure.otherwise": "other figure",
    "figure.per": "length of time that the figure is for",
    "figure.targets": "figure",
    "figure.figures": "figure",
    "steps": "figure",
    "ref": "name",
    "word": "clause",
    "order": "order of its clauses",
    "values": "choice of values",
    "kinds": "choice of circumstances",
    "tags": "list of tags",
    "held": "fact that says which are asked",
    "report": "route that is reported",
    "but_not": "exception",
    "because": "reason",
    "why": "reason of the dates",
    "unstated": "list of what is unstated",
    "caps": "list of caps",
    "axes": "list of axes",
    "facts": "list of facts",
    "once": "list of what counts once",
    "while_member": "rule that only what was done as a member counts",
    "straddling": "way to count across the edge of a period",
    "since": "first day",
    "until": "last day",
    "at_least": "number of stretches in which it must be met",
    "periods": "number of periods before",
}

#: How words name a rule that is new, or gone.
_RULES: Mapping[type, str] = {
    Cap: "cap",
    Worth: "rate",
    Axis: "axis",
    Fact: "fact",
    Carried: "rule for what is handed on",
    MadeUp: "rule for what is handed on",
}


def changed(field: str, before: Any, after: Any) -> str:
    """Say how a field changes."""
    rule = type(after if before is None else before)
    if before is None and rule in _RULES:
        return f"new {_RULES[rule]}: {_in_words(after)}"
    if after is None and rule in _RULES:
        return f"{_RULES[rule]} taken out: {_in_words(before)}"
    if rule is type(after) and rule in _CHANGES and str(before) != str(after):
        return _CHANGES[rule](before, after)
    return f"the {_noun(field)} {_filtered(before, after) or _listed(before, after) or _change(before, after)}"


def _noun(field: str) -> str:
    """Name a field, and where it is a row of a table, which."""
    words = re.sub(r"\[[^\]]*\]", "", field).split(".")
    ends = (".".join(words[start:]) for start in range(len(words)))
    row = re.fullmatch(r".*\[([^\]]*)\]", field)
    plain = words[-1] if words[-1] in ("figure", "unit") else " ".join(words).replace("_", " ")
    noun = next((_FIELDS[end] for end in ends if end in _FIELDS), plain)
    return f"{noun} for {named(row[1])}" if row else noun


def _of_cap(before: Cap, after: Cap) -> str:
    what = f"the cap{after.of_what.replace(' of: ', ' on ')}"
    return f"{what} {_change(before.figure, after.figure)}"


def _of_rate(before: Worth, after: Worth) -> str:
    if before.every == after.every and before.counts is not None and after.counts is not None:
        return f"{after} instead of {before.counts}"
    return f"{after}, before: {before}"


def _of_axis(before: Axis, after: Axis) -> str:
    every = "is on every activity now" if after.every else "is not on every activity now"
    texts = [_tags(before.tags, after.tags, "tag"), every if before.every != after.every else ""]
    return f"the axis {named(after.name)} {' and '.join(filter(None, texts))}"


def _of_fact(before: Fact, after: Fact) -> str:
    silence = f"is {_silence(after)} where nobody recorded it, before: {_silence(before)}"
    texts = [_tags(before.values, after.values, "value"), silence if before.unrecorded != after.unrecorded else ""]
    return f"the fact {named(after.name)} {' and '.join(filter(None, texts))}"


def _silence(fact: Fact) -> str:
    return "unknown" if fact.unrecorded is None else _in_words(fact.unrecorded)


_CHANGES: Mapping[type, Callable[[Any, Any], str]] = {Cap: _of_cap, Worth: _of_rate, Axis: _of_axis, Fact: _of_fact}


def _tags(before: tuple[object, ...], after: tuple[object, ...], noun: str) -> str:
    """Say which tags are new and which are gone; nothing where they are the same."""
    if before == after:
        return ""
    return _listed(before, after, noun) or f"has the {noun}s {_in_words(after)} instead of {_in_words(before)}"


def _listed(before: object, after: object, noun: str = "") -> str:
    """Say what is new in a list of words and what is gone; nothing where that is not all, or too much."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return ""
    if not all(isinstance(one, (str, int)) for one in (*before, *after)):
        return ""
    new, gone = [one for one in after if one not in before], [one for one in before if one not in after]
    kept = [one for one in before if one in after]
    if not kept or kept != [one for one in after if one in before] or not (new or gone):
        return ""
    several = [("gets", new), ("loses", gone)]
    nouns = (f"the {noun}{'s' if len(some) > 1 else ''} " if noun else "" for _, some in several)
    texts = zip(several, nouns, strict=True)
    return " and ".join(f"{verb} {said}{', '.join(map(_in_words, some))}" for (verb, some), said in texts if some)


def _filtered(before: object, after: object) -> str:
    """Say what one axis of a filter admits now; nothing where more of it differs."""
    if not (isinstance(before, tuple) and isinstance(after, tuple) and _is_filter(before) and _is_filter(after)):
        return ""
    differs = [axis for axis, tags in after if dict(before).get(axis) != tags]
    if [axis for axis, _ in before] != [axis for axis, _ in after] or len(differs) != 1:
        return ""
    text = _listed(dict(before)[differs[0]], dict(after)[differs[0]])
    return f"on {named(differs[0])} {text}" if text else ""


def _change(before: object, after: object) -> str:
    if isinstance(before, Amount) and isinstance(after, Amount) and before.unit == after.unit:
        return f"{'rises' if before < after else 'falls'} from {before} to {after}"
    if type(before) is int and type(after) is int:
        return f"{'rises' if before < after else 'falls'} from {before} to {after}"
    texts = _in_words(before), _in_words(after)
    if texts[0] == texts[1]:  # they differ in what words leave out, such as a unit's grain
        texts = repr(before), repr(after)
    return f"changes from {texts[0]} to {texts[1]}"


def _in_words(value: object) -> str:
    """Say a value; a list of them by what each says."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, tuple):
        return in_words(value) if _is_filter(value) else "; ".join(map(_one_of_several, value))
    return next((say(value) for kind, say in _SAID if isinstance(value, kind)), None) or str(value)


def _said_axis(axis: Axis) -> str:
    return f"{axis.name}{_known(axis.tags)}{'' if axis.every else ', not on every activity'}"


def _said_fact(fact: Fact) -> str:
    silence = "" if fact.unrecorded is None else f", {_silence(fact)} if not recorded"
    return f"{fact.name}{_known(fact.values)}{silence}"


def _known(tags: tuple[object, ...]) -> str:
    return f" ({', '.join(map(str, tags))})" if tags else ""


def said(clause: Policy) -> str:
    """Say what a clause asks, shortly: its parts by their names."""
    word = said_word(clause)
    if isinstance(clause, (AtLeast, AtMost)):
        return ", ".join(filter(None, [f"{word} {clause.figure}", str(clause.measure)]))
    if type(clause).__str__ is not object.__str__:
        return str(clause)
    texts = [value for value in _own_texts(clause) if value]
    texts += [name_of(one) or said_word(one) for _, _, clauses in slots(clause) for one in clauses]
    return f"{word}: {', '.join(texts)}" if texts else word


def _own_texts(clause: Policy) -> Iterator[str]:
    for attribute in attrs.fields(type(clause)):
        value = getattr(clause, attribute.name)
        if attribute.name != "ref" and isinstance(value, str):
            yield value


#: How a value of some kind is said, where it does not say so itself.
_SAID: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Policy, said),
    (Measure, lambda measure: ", ".join(filter(None, [measure.unit.plural, str(measure)]))),
    (Unit, lambda unit: unit.plural),
    (date, as_date),
    (Cap, lambda cap: str(cap).removeprefix("of which ")),
    (Axis, _said_axis),
    (Fact, _said_fact),
)


def _one_of_several(value: object) -> str:
    return (isinstance(value, Policy) and name_of(value)) or _in_words(value)


def _is_filter(value: tuple[object, ...]) -> bool:
    return all(
        isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str) and isinstance(one[1], tuple)
        for one in value
    )
