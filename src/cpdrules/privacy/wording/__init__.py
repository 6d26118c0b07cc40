"""A statement in words, made of its rows and of nothing else: text, Markdown, HTML, and the table of its cookies."""

from cpdrules.privacy.wording.cookie_tables import CookieRow, cookie_rows
from cpdrules.privacy.wording.pages import as_html, as_markdown, as_text, cookie_table

__all__ = [
    "CookieRow",
    "as_html",
    "as_markdown",
    "as_text",
    "cookie_rows",
    "cookie_table",
]
