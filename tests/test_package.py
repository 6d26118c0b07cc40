"""The package as a whole: its face, its docstrings and the shape of its modules."""

import ast
import graphlib
import importlib.resources
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import cpdrules

SRC = Path(__file__).parents[1] / "src" / "cpdrules"
MODULES = sorted(SRC.rglob("*.py"))

#: The face, sorted: to add a name here is to promise it.
FACE = [
    *("Amount", "CpdRulesError", "Finding", "Period", "Policy", "Rounding", "Source", "Unit", "Verdict"),
    *("advise", "all_of", "any_of", "as_stated", "at_least", "at_least_of", "at_most", "each", "exempt", "inferred"),
    *("none_of", "over", "undecided", "unstated", "when", "year"),
]


def parsed(module: Path) -> ast.Module:
    """Read the source of a module."""
    return ast.parse(module.read_text(encoding="utf-8"))


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function and method of a module, at any depth."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


class TestFace:
    def test_is_pinned(self) -> None:
        """A name joins or leaves the face only where this list is changed with it."""
        assert sorted(cpdrules.__all__) == FACE

    def test_is_short(self) -> None:
        """A reader can take in the face at one look."""
        assert len(FACE) <= 25

    @pytest.mark.parametrize("name", cpdrules.__all__)
    def test_is_documented(self, name: str) -> None:
        """Every public name exists and says what it is."""
        assert getattr(cpdrules, name).__doc__

    def test_is_typed(self) -> None:
        """Type checkers are told to read the annotations."""
        assert (importlib.resources.files(cpdrules) / "py.typed").is_file()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
class TestModule:
    def test_opens_with_its_reason(self, module: Path) -> None:
        """A module says in one to eight lines what it is to a reader."""
        docstring = ast.get_docstring(parsed(module)) or ""
        assert 1 <= len(docstring.splitlines()) <= 8

    def test_has_no_long_function(self, module: Path) -> None:
        """No function outgrows a screen."""
        sizes = {node.name: node.end_lineno - node.lineno + 1 for node in functions(module)}
        assert {name: size for name, size in sizes.items() if size > 60} == {}


def test_imports_have_no_cycle() -> None:
    """Modules can be read one at a time, from the bottom up."""
    graph = grimp.build_graph("cpdrules", cache_dir=None, exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(imports).prepare()
