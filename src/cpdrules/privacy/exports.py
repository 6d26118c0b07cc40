"""What a statement becomes for another tool: plain data, and a list of all that the tool has no place for.

No field of a statement is dropped in silence: what is not in the data is in the losses. Nothing here holds a function,
an expression of a user's, or a consent: a TC string may only be made by a registered platform.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from attrs import NOTHING, Attribute, field, fields, frozen, has

from cpdrules.errors import PolicyError, shown
from cpdrules.privacy.cookies import Cookie
from cpdrules.privacy.names import NamePattern
from cpdrules.privacy.statements import Statement

#: The tools and vocabularies that there are exports for.
Target: TypeAlias = Literal["Consent Mode", "Klaro", "CookieConsent", "TCF device storage", "tags"]


@frozen
class Loss:
    """One thing that a statement says and the data does not."""

    target: Target
    #: The table and the id of the row; empty for the statement, or for a table as a whole.
    table: str
    id: str
    #: The field, as the model names it, or how many rows.
    what: str
    why: str

    def __str__(self) -> str:
        row = "/".join(filter(None, (self.table, self.id)))
        return f"{f'{row}: ' if row else ''}{self.what}: {self.why}"


def _plain_data(export: Export, attribute: Attribute[Any], value: object) -> None:
    wrong = next(_not_plain(value), None)
    if wrong is not None:
        raise PolicyError(
            f"{shown(wrong)} is no plain data",
            why="Another tool reads an export as JSON",
            remedy="Give texts, whole numbers, truth values and None, in lists and in mappings with texts as keys",
            value=wrong,
        )


def _not_plain(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from (key for key in value if type(key) is not str)
        yield from (wrong for one in value.values() for wrong in _not_plain(one))
    elif type(value) is list:
        yield from (wrong for one in value for wrong in _not_plain(one))
    elif not (value is None or type(value) in (str, int, bool)):
        yield value


@frozen
class Export:
    """A statement as data for another tool, and what was lost on the way.

    Raises:
        PolicyError: something in the data is not plain.
    """

    target: Target
    data: dict[str, Any] = field(validator=_plain_data)
    losses: tuple[Loss, ...] = ()

    def lost(self, table: str = "", id: str = "") -> tuple[Loss, ...]:  # noqa: A002
        """Give the losses of a table, or of one of its rows."""
        return tuple(one for one in self.losses if table in ("", one.table) and id in ("", one.id))

    def __str__(self) -> str:
        kinds = Counter((one.table, one.what, one.why) for one in self.losses)
        lines = [
            f"  {f'{table}, ' if table else ''}{what}{f' ({times} times)' if times > 1 else ''}: {why}"
            for (table, what, why), times in kinds.items()
        ]
        return "\n".join([f"{self.target}: {len(self.losses)} losses", *lines])


def unplaced(
    target: Target,
    statement: Statement,
    carried: Mapping[str, Iterable[str]],
    why: Mapping[str, str],
    *,
    every: bool = False,
) -> Iterator[Loss]:
    """Give a loss for every field that says something and is not carried, and one for each table that is not.

    ``carried`` names the fields by table ("provider.domains" where it is part of another); the statement's own are
    under the empty name. Cookies that are left out as a whole have a loss of their own, and are looked into only with
    ``every``.
    """
    for attribute in fields(Statement):
        value = getattr(statement, attribute.name) if attribute.init else None
        if isinstance(value, tuple) and attribute.name in carried:
            for row in value:
                if every or not (isinstance(row, Cookie) and left_out(row)):
                    yield from _of_row(target, attribute.name, row, set(carried[attribute.name]), why)
        elif isinstance(value, tuple) and value:
            rows = "1 row" if len(value) == 1 else f"{len(value)} rows"
            yield Loss(target, attribute.name, "", rows, f"{target} has no place for them")
        elif value and not isinstance(value, tuple) and attribute.name not in carried.get("", ()):
            yield Loss(target, "", "", attribute.name, f"{target} has no place for it")


def _of_row(target: Target, table: str, row: Any, carried: set[str], why: Mapping[str, str]) -> Iterator[Loss]:
    for name in said_in(row):
        if name not in carried and name.partition(".")[0] not in carried:
            yield Loss(target, table, row.id, name, why.get(name, f"{target} has no field for it"))


def said_in(row: Any) -> tuple[str, ...]:
    """Give the names of the fields in which a row says something, those of its parts after a dot.

    >>> from cpdrules.privacy.cookies import Cookie, Provider
    >>> said_in(Cookie(id="a", title="", group="g", purposes=("p",), provider=Provider(party="third")))
    ('id', 'provider.party', 'group', 'purposes')
    """
    found: list[str] = []
    for attribute in fields(type(row)):
        value = getattr(row, attribute.name)
        if not attribute.init or value in ("", (), None) or _is_default(attribute, value):
            continue
        if has(type(value)) and attribute.name in ("provider", "blocked"):
            found += [f"{attribute.name}.{name}" for name in said_in(value)]
        else:
            found.append(attribute.name)
    return tuple(found)


def _is_default(attribute: Attribute[Any], value: object) -> bool:
    return attribute.default is not NOTHING and bool(value == attribute.default)


# Cookies that another tool has no use for -----------------------------------------------------------------------------


def left_out(cookie: Cookie) -> str:
    """Say why a cookie is not handed to a tool that asks for consent; empty where it is."""
    if not cookie.active:
        return "it is no longer in use, so that there is nothing to consent to"
    return "it sets none of its own, and goes with those that it makes use of" if cookie.reuses else ""


def without(target: Target, statement: Statement) -> Iterator[Loss]:
    """Give a loss for each cookie that is left out as a whole."""
    for cookie in statement.cookies:
        if why := left_out(cookie):
            yield Loss(target, "cookies", cookie.id, "the cookie", why)


def handed_over(statement: Statement) -> tuple[Cookie, ...]:
    """Give the cookies that a tool that asks for consent is told of."""
    return tuple(cookie for cookie in statement.cookies if not left_out(cookie))


def restored(target: Target, cookie: Cookie) -> Iterator[Loss]:
    """Give a loss for each name that somebody assumed, and for there being none: tools tell neither from the text's."""
    for name in cookie.names:
        if name.source is not None and name.source.stated == "inferred":
            why = f"assumed from {name.source.document}; {target} cannot say that"
            yield Loss(target, "cookies", cookie.id, f"names: {name}: source", why)
    if not cookie.names:
        yield Loss(target, "cookies", cookie.id, "names", "the text gives none, so that nothing can be matched by name")


def unknown_purposes(target: Target, statement: Statement, cookie: Cookie) -> Iterator[Loss]:
    """Give a loss for each purpose of a cookie that the statement does not describe."""
    known = {purpose.id for purpose in statement.cookie_purposes}
    for purpose in cookie.purposes:
        if purpose not in known:
            yield Loss(target, "cookies", cookie.id, f"purposes: {purpose}", "the statement does not describe it")


def unused(target: Target, statement: Statement) -> Iterator[Loss]:
    """Give a loss for each purpose that no cookie has which is handed over."""
    used = {purpose for cookie in handed_over(statement) for purpose in cookie.purposes}
    for purpose in statement.cookie_purposes:
        if purpose.id not in used:
            yield Loss(target, "cookie_purposes", purpose.id, "the purpose", "no cookie has it that is handed over")


def domains_of(cookie: Cookie, name: NamePattern) -> tuple[str, ...]:
    """Give the domains that a name is scoped to, else those of the provider; none where they are not stated."""
    if name.domain:
        return (name.domain,)
    return cookie.provider.domains if isinstance(cookie.provider.domains, tuple) else ()


def as_expression(name: NamePattern) -> str:
    r"""Write a name as an anchored expression for JavaScript, every character of it literal; empty for too many stars.

    Each star makes the reader try more places; above two, a long name could take it too long.

    >>> from cpdrules.privacy.names import exact, prefix
    >>> as_expression(exact("a.b*")), as_expression(prefix("oax"))
    ('^a\\.b\\*$', '^oax.*$')
    """
    if len(name.pieces) > 3:
        return ""
    return f"^{'.*'.join(piece.translate(_LITERAL) for piece in name.pieces)}$"


#: What an expression would read as more than itself.
_LITERAL = str.maketrans({mark: f"\\{mark}" for mark in "-[]/{}()*+?.\\^$|"})
