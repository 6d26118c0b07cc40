"""How large a document may be: checked before anything else looks at it, so that a hostile one is refused in time.

Everything here walks with a list of its own instead of calling itself, and so cannot run out of stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cpdrules.amounts import LONGEST
from cpdrules.documents.places import At, Problems
from cpdrules.errors import DocumentError

#: How deep tables and lists may lie in one another. A clause takes two of these levels, a clause in a list three.
DEPTH = 64
#: How many values a document may hold, and how many characters all its texts together.
VALUES, CHARACTERS = 250_000, 1_000_000

#: What is said where only so much of it would be too large as stands in several places by a name.
TOO_LARGE = f"With all that stands in several places, there are more than {VALUES:,} values, or more than {DEPTH} deep"

#: Half of a character: no encoding can write it.
HALF = re.compile("[\ud800-\udfff]")

#: A number needs no more bits than this where it has no more digits than an amount may have.
_BITS = (10**LONGEST).bit_length()


def limited(data: object, what: str) -> None:
    """Check that plain data stays within the limits.

    Raises:
        DocumentError: it does not; the first excess that is met is named.
    """
    problems = Problems("size")
    waiting: list[tuple[object, int, At]] = [(data, 0, At(problems))]
    values = characters = 0
    while waiting and not problems:
        value, depth, at = waiting.pop()
        values += 1
        characters += len(value) if isinstance(value, str) else 0
        if values > VALUES or characters > CHARACTERS:
            at.wrong(
                f"There are more than {VALUES:,} values or {CHARACTERS:,} characters up to here", "Divide the document"
            )
        elif depth > DEPTH:
            at.wrong(f"This lies more than {DEPTH} tables and lists deep", "Take a part out and state it on its own")
        else:
            _checked(value, at)
            waiting.extend((one, depth + 1, place) for one, place in _below(value, at, VALUES - values))
    if problems:
        raise problems.refusal(what)


def _checked(value: object, at: At) -> None:
    if isinstance(value, str) and HALF.search(value):
        at.wrong("This text holds half of a character", "Type it again, or save the file as UTF-8")
    elif isinstance(value, int) and value.bit_length() > _BITS:
        at.wrong(f"This number has more than {LONGEST} digits", "Look at where it comes from")


def _below(value: object, at: At, room: int) -> Iterator[tuple[object, At]]:
    """Give what lies directly below a value, with its place; no more of it than there is room for."""
    if isinstance(value, dict):
        for key, one in list(value.items())[: room + 1]:
            below = at.inside(str(key)) if isinstance(key, str) else at
            yield key, below
            yield one, below
    elif isinstance(value, list):
        for number, one in enumerate(value[: room + 1], 1):
            yield one, at.item(number)


def parts(value: object, what: str) -> Iterator[object]:
    """Give a value of the library and everything that it is made of.

    Raises:
        DocumentError: it is too large, or too deep, for a document.
    """
    for number, (one, depth) in enumerate(_walked(value), 1):
        if depth > DEPTH or number > VALUES:
            raise DocumentError(
                f"{what} is too large for a document",
                why=f"A document holds {VALUES:,} values at most, at most {DEPTH} deep",
                remedy="Divide it",
            )
        yield one


def size(value: object) -> int:
    """Give how many values a value of the library is made of; where it is too large or too deep, more than enough."""
    number = 0
    for number, (_, depth) in enumerate(_walked(value), 1):
        if number > VALUES or depth > DEPTH:
            return VALUES + 1
    return number


def _walked(value: object) -> Iterator[tuple[object, int]]:
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        yield one, depth
        if isinstance(one, tuple):
            waiting.extend((part, depth + 1) for part in one)
        else:
            fields = getattr(type(one), "__attrs_attrs__", ())
            waiting.extend((getattr(one, field.name), depth + 1) for field in fields if field.init)
