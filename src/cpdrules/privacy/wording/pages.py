"""A statement in words: text, Markdown and HTML, made of its rows and of nothing else.

The words are ours, with the places in the text where each row stands; what blocking does is worked out. Names and
titles come from strangers, and each form escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from cpdrules.errors import PolicyError, shown
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.wording.chapters import chapters
from cpdrules.privacy.wording.cookie_tables import COLUMNS, CookieRow, cookie_rows
from cpdrules.rendering import in_html, in_markdown, in_text

#: The forms that a statement can be worded in.
Form: TypeAlias = Literal["markdown", "html", "text"]


def as_text(statement: Statement) -> str:
    """Word a statement as plain text."""
    lines = [in_text(statement.name), "=" * len(in_text(statement.name)), ""]
    for chapter in chapters(statement):
        title = in_text(chapter.title)
        lines += [title, ("-" if chapter.depth == 1 else ".") * len(title), ""]
        lines += [*_wrapped(chapter.lead), *(f"- {in_text(item)}" for item in chapter.items)]
        lines += [_table_in_text(chapter.rows)] if chapter.rows else []
        lines.append("")
    return "\n".join(lines)


def as_markdown(statement: Statement) -> str:
    """Word a statement as Markdown: a heading for each subject, and the cookies in a table."""
    blocks = [f"# {in_markdown(statement.name)}"]
    for chapter in chapters(statement):
        blocks.append(f"{'#' * (chapter.depth + 1)} {in_markdown(chapter.title)}")
        blocks += [in_markdown(chapter.lead)] if chapter.lead else []
        blocks += ["\n".join(f"- {in_markdown(item)}" for item in chapter.items)] if chapter.items else []
        blocks += [_table_in_markdown(chapter.rows)] if chapter.rows else []
    return "\n\n".join(blocks) + "\n"


def as_html(statement: Statement, *, level: int = 1) -> str:
    """Word a statement as HTML for a page or a notebook: headings from a level on, no script, no colours of its own.

    Raises:
        PolicyError: below the level there is no room for two more, as HTML ends with level 6.
    """
    if type(level) is not int or not 1 <= level <= 4:
        raise PolicyError(
            f"Headings cannot begin at level {shown(level)}",
            why="The statement needs three levels, and HTML has six",
            remedy="Give a whole number from 1 to 4",
            level=level,
        )
    parts = [_heading(level, statement.name)]
    for chapter in chapters(statement):
        parts.append(_heading(level + chapter.depth, chapter.title))
        parts += [f"<p>{in_html(chapter.lead)}</p>"] if chapter.lead else []
        parts += [f"<ul>{''.join(f'<li>{in_html(item)}</li>' for item in chapter.items)}</ul>"] if chapter.items else []
        parts += [_table_in_html(chapter.rows, chapter.title)] if chapter.rows else []
    return f'<article lang="en">{"".join(parts)}</article>'


def cookie_table(statement: Statement, form: Form = "markdown") -> str:
    """Word the cookies of a statement alone, as a table.

    Raises:
        PolicyError: there is no such form.
    """
    rows = cookie_rows(statement)
    if form == "markdown":
        return _table_in_markdown(rows) + "\n"
    if form == "html":
        return _table_in_html(rows, "Cookies")
    if form == "text":
        return _table_in_text(rows) + "\n"
    raise PolicyError(f"There is no form {shown(form)}", remedy="Ask for markdown, html or text", form=form)


# The three forms ------------------------------------------------------------------------------------------------------


def _wrapped(lead: str) -> list[str]:
    return [in_text(lead), ""] if lead else []


def _table_in_text(rows: Iterable[CookieRow]) -> str:
    """Word each row as a block, with one line for each column: a terminal is too narrow for a table."""
    blocks = []
    for row in rows:
        told = [f"{name}: {in_text(cell)}".rstrip() for name, cell in zip(COLUMNS, row, strict=True)]
        blocks.append("\n  ".join(told))
    return "\n\n".join(blocks)


def _table_in_markdown(rows: Iterable[CookieRow]) -> str:
    lines = [COLUMNS, ("---",) * len(COLUMNS), *(tuple(map(in_markdown, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _table_in_html(rows: Iterable[CookieRow], caption: str) -> str:
    head = "".join(f'<th scope="col"{_CELL}>{in_html(name)}</th>' for name in COLUMNS)
    body = "".join(
        f'<tr><th scope="row"{_CELL}>{in_html(row.cookie)}</th>'
        f"{''.join(f'<td{_CELL}>{in_html(cell)}</td>' for cell in row[1:])}</tr>"
        for row in rows
    )
    return f"<table><caption>{in_html(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


#: How a cell stands; its colours are those of what is around it.
_CELL = ' style="padding:0.2em 1em 0.2em 0;text-align:left;vertical-align:top"'


def _heading(level: int, title: str) -> str:
    return f"<h{level}>{in_html(title)}</h{level}>"
