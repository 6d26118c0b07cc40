"""Ids that look alike and are not: a letter O among zeros, a full-width digit, a space that nobody sees.

Two ids look alike when they have the same skeleton. The skeleton serves to say so and never to find the member: whoever
keeps the table knows which of the two was meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from cpdrules.likenesses import look
from cpdrules.rows.troubles import in_names

#: Digits that letters can be taken for, on paper and by eye.
_DIGITS = str.maketrans("oli|", "0111")


def skeleton(text: str) -> str:
    r"""Give what a text looks like: two texts with one skeleton can be taken for each other.

    >>> skeleton("11OO2320") == skeleton("11002320\u00a0") == skeleton("11002320")
    True
    """
    if text.isascii() and text.isdecimal():
        return text
    return look(text).replace(" ", "").translate(_DIGITS)


def oddity_of(text: str) -> str:
    r"""Say what is not plain about an id; empty where it is plain.

    >>> oddity_of("11004212\u00a0")
    'a no-break space'
    """
    if text.isascii() and text.isprintable() and text == text.strip():
        return ""
    odd = [one for one in text if not one.isprintable() or unicodedata.normalize("NFKC", one) != one]
    return in_names(odd or ([" "] if text != text.strip() else []))


def difference(written: str, meant: str) -> str:
    """Say in which characters an id differs from one that it looks like.

    >>> difference("11OO2320", "11002320")
    'it has a letter O where that has a digit 0'
    """
    if oddity := oddity_of(written):
        return f"it has {oddity}"
    if len(written) != len(meant):
        return f"it has {len(written)} characters where that has {len(meant)}"
    pairs = [pair for pair in zip(written, meant, strict=True) if pair[0] != pair[1]]
    return f"it has {in_names(one for one, _ in pairs)} where that has {in_names(one for _, one in pairs)}"


#: How many zeros a spreadsheet may have taken from the front of an id.
_ZEROS = 6


def near(written: str, known: Mapping[str, object]) -> list[str]:
    """Give the known ids that are one slip away: of a finger, or of a spreadsheet that made a number of the id.

    The work depends on the length of the id alone, however many are known.

    >>> near("11002324", {"11002342": ..., "11009999": ...})
    ['11002342']
    """
    keys = "0123456789" if written.isdecimal() else "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    halves = [(written[:place], written[place:]) for place in range(len(written) + 1)]
    exchanged = {head + tail[1::-1] + tail[2:] for head, tail in halves}
    slips = {head + tail[1:] for head, tail in halves} | {written.removesuffix(".0")}
    slips |= {head + key + rest for head, tail in halves for key in keys for rest in (tail, tail[1:])}
    slips |= {"0" * zeros + written for zeros in range(1, _ZEROS)}
    likely = (*sorted(exchanged), *sorted(slips - exchanged))
    return [one for one in likely if one in known][:3]
