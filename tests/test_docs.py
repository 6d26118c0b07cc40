"""Every example in README.md and docs/ is run, so that no page can promise what the library does not do.

The blocks of one page are read in order and share their names. There is no way to have a block skipped:
an info string that is not in `READERS` fails.
"""

import doctest
import json
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted(ROOT.glob("docs/**/*.md"))]

#: All that README asks anyone to type.
COMMANDS = [
    "pip install . && python examples/annual_review.py",
    "pip install -e '.[test]' && pytest",
]

FENCE = re.compile(r"(?ms)^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)```$")


class Block(NamedTuple):
    """A fenced block, and where its text begins."""

    page: Path
    line: int
    info: str
    text: str


Reader = Callable[[Block, dict[str, Any]], object]


def blocks(page: Path) -> Iterator[Block]:
    """Give the fenced blocks of a page, in order."""
    content = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(content):
        line = content.count("\n", 0, match.start("text")) + 1
        yield Block(page, line, match["info"], textwrap.dedent(match["text"]))


def run(block: Block, names: dict[str, Any]) -> None:
    """Run Python; the empty lines before it make a traceback point into the page."""
    source = "\n" * (block.line - 1) + block.text
    exec(compile(source, str(block.page), "exec", dont_inherit=True), names)


def replay(block: Block, names: dict[str, Any]) -> None:
    """Run a recorded session, and compare what it prints."""
    name, file = block.page.name, str(block.page)
    session = doctest.DocTestParser().get_doctest(block.text, names, name, file, block.line - 1)
    heard: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    failed = runner.run(session, out=heard.append, clear_globs=False).failed
    names.update(session.globs)
    assert not failed, "".join(heard)


def load(block: Block, names: dict[str, Any]) -> None:
    """Check that TOML can be read, and let the blocks that follow have it as ``document``."""
    tomllib.loads(block.text)
    names["document"] = block.text


def show(_block: Block, _names: dict[str, Any]) -> None:
    """Take a block as it stands."""


READERS: dict[str, Reader] = {
    "python": run,
    "pycon": replay,
    "toml": load,
    "json": lambda block, _: json.loads(block.text),
    "console": show,
    "sh": show,
    "text": show,
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
class TestPage:
    def test_its_examples_run(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each block of the page, in order, does what it shows."""
        monkeypatch.chdir(ROOT)
        names: dict[str, Any] = {"__name__": page.stem}
        for block in blocks(page):
            READERS[block.info](block, names)

    def test_its_fences_are_all_read(self, page: Path) -> None:
        """No fence is written in a way that this file would overlook."""
        fences = re.findall(r"(?m)^\s*(?:```|~~~)", page.read_text(encoding="utf-8"))
        assert len(fences) == 2 * len(list(blocks(page)))


def commands(page: Path) -> Iterator[str]:
    """Give what a reader of the page is asked to type in a shell."""
    for block in blocks(page):
        lines = block.text.splitlines()
        if block.info == "console":
            yield from (line.removeprefix("$ ") for line in lines if line.startswith("$ "))
        if block.info == "sh":
            yield from (line for line in lines if line and not line.startswith("#"))


def test_readme_has_two_commands() -> None:
    """One command shows the main job, one runs the tests, and .ci/run runs both."""
    assert list(commands(README)) == COMMANDS
