"""What `test_purity.py` runs while it watches: every use of the library, once each, none of them warmed up.

Imports stand at the top, where they may touch the disk; nothing below may.
"""

import cpdrules


def look_at_the_face() -> None:
    """Fetch and word every public name."""
    for name in cpdrules.__all__:
        repr(getattr(cpdrules, name))


def work() -> None:
    """Do all of it."""
    look_at_the_face()
