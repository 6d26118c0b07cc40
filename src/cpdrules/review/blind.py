"""A return without its member: what an assessor sees where reviews are anonymous.

Only what is named to be shown is shown; a field that nobody thought of stays behind. Ids become pseudonyms of one
review, and texts that name the member have the name masked. A pseudonym is as safe as its key: numbers can be tried
one after the other, so the key must be kept to oneself, and must not be the key of the draw, which is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from unicodedata import category, normalize

from attrs import field, frozen

from cpdrules.amounts import Amount
from cpdrules.errors import PolicyError, RecordError, shown
from cpdrules.review.desks import digest

#: What a field may hold that is shown.
Plain: TypeAlias = "str | int | float | Decimal | date | Amount | tuple[str, ...] | None"

#: What stands where a name stood.
MASK = "\u2588\u2588\u2588"


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _named(given: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: _names(fields) for name, fields in given.items()}


@frozen
class Showing:
    """The fields of a return that an assessor sees, by name, and those of each list in it.

    Raises:
        PolicyError: a name is both shown and replaced by a pseudonym.
    """

    fields: tuple[str, ...] = field(default=(), converter=_names)
    #: Lists of entries, such as ``activities``, and which fields of each entry are shown.
    lists: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=_named)
    #: The fields, of the return or of an entry, that hold ids: shown as pseudonyms.
    ids: tuple[str, ...] = field(default=("id",), converter=_names)

    def __attrs_post_init__(self) -> None:
        both = sorted(
            set(self.ids) & {*self.fields, *self.lists, *(name for names in self.lists.values() for name in names)}
        )
        if both:
            raise PolicyError(
                f"{shown(both[0])} cannot be shown as it is and as a pseudonym",
                remedy="Leave it out of the fields that are shown",
                fields=tuple(both),
            )


@frozen
class BlindView:
    """What an assessor sees of a return, under a pseudonym that serves this review only."""

    pseudonym: str
    fields: Mapping[str, Plain]
    lists: Mapping[str, tuple[Mapping[str, Plain], ...]]
    #: Where something was masked: ``reflection``, ``activities[2].title``, counted from 1.
    masked: tuple[str, ...]


def pseudonym(key: str, review: str, name: str) -> str:
    """Give what stands for an id in a review: 16 hex digits of the SHA-256 of key, review and id, colons between.

    >>> pseudonym("a secret", "2017/first", "R1") == pseudonym("a secret", "2017/second", "R1")
    False
    """
    return digest(key, review, name)[:16]


def blind_view(
    returned: Mapping[str, object],
    showing: Showing,
    *,
    own_id: str,
    key: str,
    review: str,
    identity: Iterable[str],
) -> BlindView:
    """Show a return, given as plain data, without its member.

    ``identity`` are the texts that would give the member away: name, number, address. They are looked for whatever
    their case, as whole words, and anywhere where they hold a digit.

    >>> row = {"member": "M7", "name": "Ann Lee", "hours": 31, "summary": "As ann lee, planning chair, I ..."}
    >>> view = blind_view(
    ...     row, Showing(["hours", "summary"]), own_id="R1", key="a secret", review="2017", identity=["M7", "Ann Lee"]
    ... )
    >>> view.fields["hours"], view.fields["summary"].replace(MASK, "(masked)"), view.masked
    (31, 'As (masked), planning chair, I ...', ('summary',))

    Raises:
        PolicyError: the key or the review has no name.
        RecordError: a field to be shown holds something that is no plain value, or a list holds no entries.
    """
    if not key or not review:
        raise PolicyError(
            "A blind view needs a key and the name of its review",
            why="Without a key of one's own a pseudonym could be traced back",
            remedy="Give both, and keep the key",
        )
    blinding = _Blinding(showing, key, review, _pattern(identity))
    fields = blinding.seen(returned, showing.fields, "")
    lists = {
        name: tuple(
            blinding.seen(entry, shown_fields, f"{name}[{number}].")
            for number, entry in enumerate(_entries(returned[name], name), 1)
        )
        for name, shown_fields in showing.lists.items()
        if name in returned
    }
    return BlindView(pseudonym(key, review, own_id), fields, lists, tuple(blinding.masked))


class _Blinding:
    """One view under way, and where it had to mask."""

    __slots__ = ("key", "masked", "pattern", "review", "showing")

    def __init__(self, showing: Showing, key: str, review: str, pattern: re.Pattern[str] | None) -> None:
        self.showing, self.key, self.review, self.pattern = showing, key, review, pattern
        self.masked: list[str] = []

    def seen(self, row: Mapping[str, object], names: Iterable[str], place: str) -> dict[str, Plain]:
        """Give the fields of a row that are shown, masked, and its ids as pseudonyms."""
        fields = {name: self._value(row[name], place + name) for name in names if name in row}
        ids = {name: pseudonym(self.key, self.review, str(row[name])) for name in self.showing.ids if name in row}
        return {**ids, **fields}

    def _value(self, value: object, place: str) -> Plain:
        if isinstance(value, str):
            return self._text(value, place)
        if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return tuple(self._text(one, place) for one in value)
        if not isinstance(value, int | float | Decimal | date | Amount | None):
            raise RecordError(
                f"{place} holds {shown(value)}, which is no plain value",
                why="Nobody can tell what else it would show",
                remedy="Give texts, numbers, days and amounts; name lists of entries as lists",
                place=place,
            )
        if self.pattern is not None and self.pattern.fullmatch(str(value)):
            return self._mask(place)
        return value

    def _text(self, text: str, place: str) -> str:
        if self.pattern is None:
            return str(text)
        left = self.pattern.sub(MASK, text)
        if left != text:
            self._mask(place)
        # A name in other letters (full width, with hidden signs) is found in the folded text, which has other lengths.
        return self._mask(place) if self.pattern.search(folded(left)) else left

    def _mask(self, place: str) -> str:
        if place not in self.masked:
            self.masked.append(place)
        return MASK


def folded(text: str) -> str:
    r"""Give a text as it reads, whatever its case and way of writing, without signs that nobody sees.

    >>> folded("\uff2d\u200b\uff17 Stra\u00dfe")
    'm7 strasse'
    """
    plain = normalize("NFKC", normalize("NFKC", text).casefold())
    return plain if plain.isascii() else "".join(one for one in plain if category(one) != "Cf")


def _pattern(identity: Iterable[str]) -> re.Pattern[str] | None:
    given = {text.replace(MASK[0], " ").strip() for text in _names(identity)}
    texts = sorted({one for text in given for one in (text, folded(text)) if one}, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(_sought, texts)), re.IGNORECASE) if texts else None


def _sought(text: str) -> str:
    words = r"\s+".join(map(re.escape, text.split()))
    return words if any(one.isdigit() for one in text) else rf"(?<!\w){words}(?!\w)"


def _entries(value: object, name: str) -> tuple[Mapping[str, object], ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
        raise RecordError(
            f"{name} holds {shown(value)}, which is no list of entries",
            remedy="Give a list of mappings from the names of fields to their values",
            place=name,
        )
    return tuple(value)
