"""Who is who: ids, names and labels that mean one thing on every machine.

An id is hashed byte by byte, so two texts that look alike are two people to every computer. What could be read in two
ways is therefore refused with all that is wrong in it; nothing is ever corrected in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from cpdrules.errors import CpdRulesError, shown
from cpdrules.likenesses import look_of


class IdentityError(CpdRulesError, ValueError):
    """A text that could mean two things, or nothing: ``data["faults"]`` says of each what is wrong with it."""


class DuplicateIdError(IdentityError):
    """One id stands for several entries of a list; ``data["ids"]`` holds every such id."""


class LookAlikeError(IdentityError):
    """Ids that people would take for one another; ``data["groups"]`` holds every group of them."""


def fault(text: object) -> str:
    """Say what makes a text unfit to be hashed; empty where nothing does.

    It must be in Unicode's normal form NFC, not empty, without control, format or line characters, and without a space
    at either end. Code points that Unicode has not assigned are refused too: another version may read them otherwise.

    >>> fault("1100012345"), fault("1100012345 ")
    ('', 'it has a space at an end')
    """
    if not isinstance(text, str):
        return "it is no text"
    if not text:
        return "it is empty"
    if text != text.strip():
        return "it has a space at an end"
    for character in text if not (text.isascii() and text.isprintable()) else "":
        kind = _REFUSED.get(unicodedata.category(character))
        if kind:
            return f"it holds U+{ord(character):04X}, {kind}"
    return "" if unicodedata.is_normalized("NFC", text) else "it is not in the normal form NFC"


#: Unicode's categories that no text may hold.
_REFUSED = {
    "Cc": "a control character",
    "Cf": "a format character, which nobody sees",
    "Cn": "which no character is assigned to",
    "Cs": "half of a surrogate pair",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}


def strict_text(text: str, what: str) -> str:
    """Give a text as it is, if it can be hashed; ``what`` says in errors what it stands for.

    Raises:
        IdentityError: it cannot; ``fault`` says when.
    """
    if wrong := fault(text):
        raise IdentityError(
            f"{shown(text)} cannot be {what}: {wrong}",
            why="It is hashed byte by byte, so that what looks the same must be the same",
            remedy="Correct it where it is kept; the library does not do so in silence",
            faults={text: wrong},
        )
    return text


def strict_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Give ids as they are, each of one person, if no two of them could be taken for one another.

    >>> strict_ids(["M0007", "M0008"])
    ('M0007', 'M0008')

    Raises:
        DuplicateIdError: some stand there more than once; all of these are named.
        LookAlikeError: some look alike; all groups of them are named. ``look_alikes`` says what looks alike.
        IdentityError: some cannot be hashed; all of these are named. ``fault`` says when.
    """
    given = listed(ids)
    if not given:
        return ()
    lines = _lines(given)
    if not _plain(lines, len(given)):
        _all_fit(given)
    folded = _folded(lines)
    if len(set(given if folded == lines else folded.split("\n"))) == len(given):
        return given
    twice = tuple(sorted(one for one, times in Counter(given).items() if times > 1))
    if twice:
        raise DuplicateIdError(
            f"{_so_many(len(twice), 'id stands', 'ids stand')} for several entries: {_named(twice)}",
            why="Whoever is on the list twice would have two chances to be drawn",
            remedy="Keep one entry for each person, whatever titles they hold",
            ids=twice,
        )
    groups = look_alikes(given)
    raise LookAlikeError(
        f"{_so_many(len(groups), 'group of ids looks', 'groups of ids look')} alike:"
        f" {'; '.join(_named(group) for group in groups[:_MANY])}{' ...' if len(groups) > _MANY else ''}",
        why="They are probably one person, written in several ways",
        remedy="Write each person's id in one way; data['groups'] holds every group",
        groups=groups,
    )


def listed(ids: Iterable[str]) -> tuple[str, ...]:
    """Give the ids of a list as they are.

    Raises:
        IdentityError: it is a text, and no list.
    """
    if isinstance(ids, str):
        raise IdentityError(f"{shown(ids)} is one text and no list of ids", remedy="Give a list", faults={})
    return tuple(ids)


def look_alikes(ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Give the groups of ids that people would take for one another, in order.

    Alike are ids that differ in case, leading zeros of a number, spaces, kinds of dash, accents' coding, the script of
    their digits, full-width forms, characters that nobody sees, and the few Greek and Cyrillic letters that look Latin.

    >>> look_alikes(["1100012345", "01100012345", "A-1", "a\u20111", "B-1"])
    (('01100012345', '1100012345'), ('A-1', 'a\u20111'))
    """
    given = tuple(dict.fromkeys(ids))
    groups: dict[str, list[str]] = {}
    for one in given:
        groups.setdefault(_ZEROS.sub("", _folded(one)), []).append(one)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def _lines(given: tuple[str, ...]) -> str:
    try:
        return "\n".join(given)
    except TypeError:
        wrong = tuple(one for one in map(_as_object, given) if not isinstance(one, str))
        raise IdentityError(
            f"{_so_many(len(wrong), 'id is', 'ids are')} no text: {', '.join(map(shown, wrong[:_MANY]))}",
            why="1 and '1' would be one person here and two elsewhere",
            remedy="Give ids as texts, exactly as members know them",
            faults={},
        ) from None


#: What ASCII prints, the space among it.
_PRINTABLE = bytes(range(32, 127))


def _as_object(one: object) -> object:
    return one  # whatever the annotations promise


def _plain(lines: str, number: int) -> bool:
    """Tell, fast, whether so many ids, one a line, are of ordinary characters; if not, each is looked at."""
    between = f"\n{lines}\n".encode(errors="surrogatepass")
    feeds_alone = between.translate(None, _PRINTABLE) == b"\n" * (number + 1)
    return feeds_alone and not any(bad in between for bad in (b"\n\n", b" \n", b"\n "))


def _all_fit(given: tuple[str, ...]) -> None:
    faults = {one: wrong for one in given if (wrong := fault(one))}
    if faults:
        several = "; ".join(f"{shown(one)}: {wrong}" for one, wrong in list(faults.items())[:_MANY])
        raise IdentityError(
            f"{_so_many(len(faults), 'id', 'ids')} cannot be told apart by everyone: {several}"
            f"{' ...' if len(faults) > _MANY else ''}",
            why="An id is hashed byte by byte, so that what looks the same must be the same",
            remedy="Correct them where they are kept; data['faults'] holds every one",
            faults=faults,
        )


def _folded(lines: str) -> str:
    """Bring ids, one a line, into a form in which look-alikes are equal."""
    if not lines.isascii():
        lines = lines.translate({ord(sign): look_of(sign) for sign in set(lines) if not sign.isascii()})
    lines = lines.casefold().replace(" ", "")
    return lines if _of_one_shape(lines) else _ZEROS.sub("", lines)


def _of_one_shape(lines: str) -> bool:
    """Tell, fast, whether all ids differ in digits alone, so that zeros that begin a number make no look-alikes."""
    shapes = lines.encode(errors="surrogatepass").translate(_ANY_DIGIT) + b"\n"
    return shapes == shapes[: shapes.index(b"\n") + 1] * shapes.count(b"\n")


#: Makes all digits one.
_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")

#: Zeros that begin a number.
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")

#: No more than this many are named in a sentence; an error's data holds all.
_MANY = 5


def _named(ids: tuple[str, ...]) -> str:
    return f"{', '.join(map(shown, ids[:_MANY]))}{' ...' if len(ids) > _MANY else ''}"


def _so_many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
