"""The inventory of the IET's privacy and cookie statement, as a table of plain rows to compare with.

The file in `data/` is a copy; where the source texts stand beside the checkout, rows that only they have are tried too.
"""

from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent / "data" / "iet_privacy_inventory.yaml"
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "iet_privacy_inventory.yaml"


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return loaded


#: The copy that ships with the tests.
INVENTORY = _read(_HERE)
#: The source of the copy; empty where it is not on this machine.
SOURCE = _read(_SHARED)


def rows(table: str) -> list[dict[str, Any]]:
    """Give the rows of a table: those of the copy, then whatever the source has beside them."""
    own: list[dict[str, Any]] = INVENTORY[table]
    return own + [row for row in SOURCE.get(table, ()) if row not in own]


def named(row: dict[str, Any]) -> str:
    """Name a row in a test's id."""
    return str(row.get("id") or row.get("purpose") or row)
