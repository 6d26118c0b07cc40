"""The words of a column and the tags that they stand for, whatever the case and the spacing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cpdrules.amounts import Amount, Unit
from cpdrules.errors import did_you_mean
from cpdrules.findings import Tag
from cpdrules.rows.figures import Decimals, amount_of
from cpdrules.rows.troubles import CellError, RowsError, quoted

_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


class Vocabulary:
    """What may stand in a column.

    >>> Vocabulary("area", ["soft_skills"]).tag("Soft  skills")
    'soft_skills'
    """

    def __init__(self, name: str, tags: Iterable[Tag], synonyms: Mapping[str, Tag] | None = None) -> None:
        self.name: str = name.replace("_", " ")
        self._tags = tuple(tags)
        self._words: dict[str, Tag] = {}
        for tag in self._tags:
            for word in self._words_for(tag):
                self._learn(word, tag)
        for word, tag in (synonyms or {}).items():
            if self._tags and not any(tag == known and type(tag) is type(known) for known in self._tags):
                raise RowsError(
                    f"{word!r} cannot stand for {tag!r}, which is no {self.name}",
                    remedy=did_you_mean(str(tag), map(str, self._tags)) or f"Known are {self._known()}",
                    word=word,
                    tag=tag,
                )
            self._learn(word, tag)

    def _learn(self, word: str, tag: Tag) -> None:
        if self._words.setdefault(_folded(word), tag) != tag:
            raise RowsError(
                f"{word!r} would stand for two tags of {self.name}: {self._words[_folded(word)]!r} and {tag!r}",
                why="Case, spaces, hyphens and underscores do not tell words apart",
                remedy="Choose another word for one of them",
                word=word,
            )

    def _words_for(self, tag: Tag) -> tuple[str, ...]:
        if isinstance(tag, bool):
            return (*_YES, self.name) if tag else (*_NO, f"not {self.name}", f"un{self.name}")
        return (str(tag),)

    def tag(self, word: str) -> Tag:
        """Give the tag that a word stands for; without a vocabulary every word is its own.

        Raises:
            CellError: there is no such word.
        """
        if not self._tags:
            return self._words.get(_folded(word), " ".join(word.split()))
        found = self._words.get(_folded(word))
        if found is None:
            known = list(map(worded, self._tags))
            meant = did_you_mean(_folded(word).capitalize(), known) or did_you_mean(word.strip(), known)
            remedy = meant or f"Write one of: {self._known()}"
            raise CellError("unknown_word", f"{quoted(word)} is not a word of this column. {remedy}")
        return found

    def knows(self, word: str) -> bool:
        """Tell whether a word is in the vocabulary."""
        return _folded(word) in self._words

    def _known(self) -> str:
        return ", ".join(map(worded, self._tags))


def worded(tag: Tag) -> str:
    """Word a tag as a column has it.

    >>> worded("soft_skills"), worded("MIET"), worded(True)
    ('Soft skills', 'MIET', 'Yes')
    """
    if isinstance(tag, bool):
        return "Yes" if tag else "No"
    text = str(tag).replace("_", " ")
    return text.capitalize() if text.islower() else text


def _folded(word: str) -> str:
    return re.sub(r"[\s_\u2010-\u2014-]+", " ", unicodedata.normalize("NFKC", word).casefold()).strip()


#: No cell holds more words, and no word is longer.
_MOST_WORDS, _LONGEST_WORD = 20, 200


def words_of(text: str, vocabulary: Vocabulary) -> list[str]:
    """Give the words of a cell: the whole of it where that is a word, else what stands between semicolons or commas.

    >>> words_of("CEng; EngTech", Vocabulary("registrations", ()))
    ['CEng', 'EngTech']

    Raises:
        CellError: there are too many, or one is too long.
    """
    found = [text] if vocabulary.knows(text) else [word.strip() for word in re.split(r"[;|\n]|,(?!\d)", text)]
    if len(found) > _MOST_WORDS:
        raise CellError(
            "split", f"{quoted(text)} has {len(found)} parts, and at most {_MOST_WORDS} are read. Shorten it"
        )
    if max(map(len, found)) > _LONGEST_WORD:
        raise CellError("too_long", f"{quoted(max(found, key=len))} is too long for a word of this column. Shorten it")
    return [word for word in found if word]


class Part(NamedTuple):
    """One of the words in a cell, and the amount that stands beside it, if any does."""

    tag: Tag
    amount: Amount | None


def part_of(word: str, vocabulary: Vocabulary, unit: Unit, decimal: Decimals) -> Part:
    """Read “Soft skills”, “Soft skills 1h30”, “Soft skills: 1h30” or “Soft skills (1h30)”.

    Raises:
        CellError: there is no such word, or the amount is none.
    """
    splits = [(word[: gap.start()], word[gap.end() :]) for gap in re.finditer(r"[\s:=(–-]+(?=\d)", word)]  # noqa: RUF001
    if not splits or vocabulary.knows(word):
        return Part(vocabulary.tag(word), None)
    known = next((split for split in splits if vocabulary.knows(split[0])), splits[0])
    return Part(vocabulary.tag(known[0]), amount_of(known[1].removesuffix(")"), unit, decimal))
