"""How long importing cpdrules takes, beside importing what it is built on: whole processes, taking turns."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BUILT_ON = "import attrs, cattrs, dateutil.relativedelta"
FACE = "import cpdrules"
ALL = "import cpdrules.cpd, cpdrules.documents, cpdrules.rows, cpdrules.scenarios, cpdrules.cohorts, cpdrules.iet.cpd"
NOTHING = "pass"
ROUNDS = 40


def seconds(statement: str) -> float:
    """Time one fresh interpreter."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - began


def main() -> None:
    """Take turns, so that a machine that slows down slows all of them, and compare the medians of whole processes."""
    times: dict[str, list[float]] = {statement: [] for statement in (NOTHING, BUILT_ON, FACE, ALL)}
    for _ in range(ROUNDS):
        for statement, found in times.items():
            found.append(seconds(statement))
    medians = {statement: statistics.median(found) for statement, found in times.items()}
    for statement, median in medians.items():
        print(f"{median * 1e3:6.1f} ms  {statement}")
    print(f"ratio import_all = {medians[ALL] / medians[BUILT_ON]:.2f}")
    print(f"ratio import = {medians[FACE] / medians[BUILT_ON]:.2f}")


if __name__ == "__main__":
    main()
