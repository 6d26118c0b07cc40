"""The library touches nothing outside itself: watched by the interpreter, not taken on trust.

One of three proofs. Clocks and environment raise no audit event: those are ruff's and import-linter's.
"""

import subprocess
import sys
from pathlib import Path

import pytest

WORKLOAD = Path(__file__).with_name("purity_workload.py")

# The hook cannot be removed once installed, hence the switch; it keeps what it saw, since raising
# alone would be hidden by an `except` on the way.
PROBE = """
import importlib, pkgutil, runpy, sys
import cpdrules

for module in pkgutil.walk_packages(cpdrules.__path__, "cpdrules."):
    importlib.import_module(module.name)
work = runpy.run_path(sys.argv[1])["work"]

OUTSIDE = (
    "open", "import", "input", "os.", "io.", "shutil.", "tempfile.", "glob.", "pathlib.", "fcntl.", "mmap.",
    "socket.", "ssl.", "http.", "urllib.", "ftplib.", "smtplib.", "webbrowser.", "syslog.",
    "subprocess.", "pty.", "signal.", "ctypes.", "_thread.", "time.sleep",
    "sqlite3.", "pickle.", "marshal.", "builtins.input", "builtins.breakpoint",
)
seen = []
watching = True

def watch(event, details):
    if watching and event.startswith(OUTSIDE):
        seen.append(f"{event} {details!r}")
        raise PermissionError(seen[-1])

sys.addaudithook(watch)
try:
    work()
finally:
    watching = False
    print(*seen, sep="\\n", end="")
"""


def watched(workload: Path) -> subprocess.CompletedProcess[str]:
    """Run `work()` of a file in an isolated interpreter; its output is what it touched."""
    command = [sys.executable, "-I", "-c", PROBE, str(workload)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_library_touches_nothing() -> None:
    """Every use in the workload opens, imports, starts and connects to nothing."""
    run = watched(WORKLOAD)
    assert (run.stdout, run.returncode) == ("", 0), run.stderr


@pytest.mark.parametrize(
    ("act", "event"),
    [
        ("open(__file__)", "open"),
        ("import wave", "import"),
        ("os.listdir()", "os.listdir"),
        ("os.putenv('A', 'b')", "os.putenv"),
        ("socket.socket()", "socket.__new__"),
        ("subprocess.run(['true'])", "subprocess.Popen"),
    ],
)
def test_the_watch_would_notice(act: str, event: str, tmp_path: Path) -> None:
    """A workload that reaches outside is caught, even where it hides the error."""
    workload = tmp_path / "workload.py"
    workload.write_text(
        f"import os, socket, subprocess\ndef work():\n    try:\n        {act}\n    except Exception:\n        pass\n",
        encoding="utf-8",
    )
    assert watched(workload).stdout.startswith(event)
