"""Characters that deceive: what looks like something else, and what nobody sees.

Texts that look alike are still different texts. This serves to say so, and never to correct one into the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def oddities(text: str) -> tuple[str, ...]:
    r"""Say which characters of a text nobody sees, or would take for others; each once, and none where all are plain.

    It warns and changes nothing: the text stays another one than that which it looks like.

    >>> oddities("\u0421FID\u200b")
    ('U+0421 CYRILLIC CAPITAL LETTER ES looks like C', 'U+200B ZERO WIDTH SPACE is not seen')
    """
    odd = ["a space stands at an end"] if text.strip(" ") != text else []
    if not (text.isascii() and text.isprintable()):
        mixed = any(one.isascii() and one.isalpha() for one in text)
        signs = (one for one in dict.fromkeys(text) if not (one.isascii() and one.isprintable()))
        odd += [f"{_called(one)} {why}" for one in signs if (why := _oddity(one, mixed=mixed))]
    rest = len(odd) - _MANY
    return tuple(odd) if rest <= 0 else (*odd[:_MANY], f"and {rest} more such character{'s' if rest > 1 else ''}")


#: No more oddities of one text are told one by one.
_MANY = 8


def _called(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip()


def _oddity(sign: str, *, mixed: bool) -> str:
    """Say what is odd about a character; ``mixed`` where Latin letters stand beside it."""
    name, kind, look = unicodedata.name(sign, ""), unicodedata.category(sign), seen(sign)
    if kind == "Cf" and any(word in name for word in _TURNING):
        return "turns the direction of the text"
    if not look:
        return "is a control character" if kind == "Cc" else "is not seen"
    if kind in _KINDS:
        return _KINDS[kind]
    if look != sign and look.isascii():
        return f"looks like {look}" if look.strip() else "is a space of another kind"
    foreign = kind.startswith("L") and not name.startswith("LATIN ")
    return "is a letter of another script among Latin letters" if foreign and mixed else ""


#: What the names of format characters hold that turn the direction of the text.
_TURNING = ("LEFT-TO-RIGHT", "RIGHT-TO-LEFT", "DIRECTIONAL", "ARABIC LETTER MARK", "FIRST STRONG ISOLATE")

#: What the names of further characters hold that show nothing.
_SHOWING_NOTHING = (
    "VARIATION SELECTOR",
    "HANGUL FILLER",
    "SEONG FILLER",
    "GRAPHEME JOINER",
    "VOWEL INHERENT",
    "PATTERN BLANK",
)

#: Unicode's categories that no name or id needs.
_KINDS = {
    "Cn": "is not assigned to any character",
    "Co": "is for private use",
    "Cs": "is half of a surrogate pair",
    "Mc": "joins the character before it",
    "Me": "joins the character before it",
    "Mn": "joins the character before it",
}

#: Cyrillic, Greek and Armenian letters, and one of our own, that look like Latin ones.
_LATIN = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχոսցı",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXaikvopuxnugi",
        strict=True,
    )
)


def seen(sign: str) -> str:
    """Give what a character looks like, in ASCII where that can be said; nothing where it shows nothing."""
    name, kind = unicodedata.name(sign, ""), unicodedata.category(sign)
    if kind in ("Cc", "Cf") or any(word in name for word in _SHOWING_NOTHING):
        return ""
    if kind.startswith("Z"):
        return " "
    if kind == "Pd":
        return "-"
    digit = unicodedata.decimal(sign, None)
    plain = unicodedata.normalize("NFKD", sign) if digit is None else str(digit)
    return "".join(_LATIN.get(one, one) for one in plain)


def nearly(text: str, known: Iterable[str]) -> tuple[str, ...]:
    r"""Give the known texts that this one looks like and is not: a hint, no match.

    >>> nearly("\uff43fid", ["CFID", "CFTOKEN"])
    ('CFID',)
    """
    like = look(text)
    return tuple(one for one in dict.fromkeys(known) if one != text and look(one) == like)


def look(text: str) -> str:
    r"""Give what a text looks like whatever its case: two texts with one look can be taken for each other.

    Spaces at the ends are not seen. It is done character by character, so in linear time.

    >>> look("\u0421FID\u200b") == look("cfid ")
    True
    """
    if not (text.isascii() and text.isprintable()):
        seen = {sign: look_of(sign) for sign in set(text)}
        text = "".join(seen[sign] for sign in text)
    return text.strip(" ").casefold()


def look_of(sign: str) -> str:
    """Give what one character looks like whatever its case; of a small letter, at least as a capital."""
    return "".join(_LATIN.get(one.upper(), one) for one in seen(sign)).casefold()
