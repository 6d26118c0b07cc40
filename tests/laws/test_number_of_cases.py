"""How hard the laws are tried.

In the profile `ci` every law is tried on 1,000 random cases. Counted here are the laws on amounts, periods, members,
records and policies (not one that is lowered on purpose, nor the words that are given junk): 66 laws, 66,000 cases.
"""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import settings

#: No fewer cases are ever tried before a change lands; .ci/run counts them again.
ENOUGH = 50_000

LAWS = Path(__file__).parent


def laws() -> list[str]:
    """Give the name of every law that is tried on as many cases as the profile says."""
    found: list[str] = []
    for file in sorted(LAWS.glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                if any(mark.startswith("given(") for mark in marks) and len(marks) == 1:
                    found.append(f"{file.stem}.{node.name}")
    return found


def test_enough_cases_are_tried() -> None:
    """The laws together are tried on at least 50,000 random cases in the profile `ci`."""
    names = laws()
    cases = len(names) * settings.get_profile("ci").max_examples
    print(f"{len(names)} laws, {cases:,} random cases")
    assert len(names) == len(set(names))
    assert cases >= ENOUGH
