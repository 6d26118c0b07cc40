"""What every test may ask for, and how hard the laws are tried.

`CPDRULES_PROFILE=ci pytest tests/laws` tries each law on 650 random cases instead of 100, `CPDRULES_PROFILE=glance`
on 20: for another interpreter, where the code is the same.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

collect_ignore = ["benchmarks"]  # run by .ci/run one at a time: a clock wants the machine to itself

# In CI the same cases are tried every time, so that a change fails for what it changes and not by luck; everywhere else
# every run tries new ones. No deadline: a busy machine is not a broken law.
for name, cases in {"glance": 20, "quick": 100, "ci": 650}.items():
    parent = settings.get_profile("default")
    same = "CI" in os.environ
    settings.register_profile(
        name,
        parent,
        max_examples=cases,
        deadline=None,
        print_blob=True,
        derandomize=same,
        database=None if same else parent.database,
    )
settings.load_profile(os.environ.get("CPDRULES_PROFILE", "quick"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of source texts, which are not ours to ship and stand beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the source texts (../shared, beside the checkout) are not on this machine")
    return folder
