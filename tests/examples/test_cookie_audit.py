"""The cookie audit: what the made-up site sends, what is made of it, and what a real browser keeps."""

import ast
import csv
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from threading import enumerate as threads
from time import sleep
from typing import Any

import pytest

from cpdrules.privacy.audit.observations import from_browser, from_set_cookie
from examples import cookie_audit
from examples.cookie_audit import ADS, STATEMENT, WWW, Look, Sent, Site

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "examples" / "cookie_audit.py"
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)

#: What is told of the cookies: each with its host, before and after consent, and remarks.
ROWS = [
    ("pixel", ADS, "rejected-by-browser", "", "secure-over-http"),
    ("visitor", ADS, "", "declared", "lifetime-longer-than-declared"),
    ("_vc", "larkfield.example", "undeclared", "undeclared", "cannot-tell"),
    ("(none)", WWW, "nameless", "nameless", "cannot-tell"),
    ("SID", WWW, "declared", "declared", ""),
    ("__Host-token", WWW, "rejected-by-browser", "rejected-by-browser", "prefix-rule"),
    ("_stat_81", WWW, "", "declared", "party-mismatch"),
    ("consent", WWW, "", "declared", ""),
    ("poll", WWW, "declared-but-discontinued", "declared-but-discontinued", "set-before-consent"),
    ("prefs", WWW, "declared", "declared", "set-before-consent"),
    ("screen", WWW, "declared", "declared", "set-before-consent"),
    ("welcome", WWW, "declared", "deletion", ""),
]
#: A script sets it, so that only a browser shows it.
BY_SCRIPT = {"screen"}

#: What each cookie holds, which nobody is to be told.
VALUES = ("d41f", "77ab", "9c3e", "5e0b", "large", "wide", "anonymous")

no_browser = pytest.mark.skipif(
    not (find_spec("selenium") and shutil.which("chromedriver") and any(map(shutil.which, cookie_audit.BROWSERS))),
    reason="Chromium, its driver and selenium are not all on this machine; .ci/run tries to install them",
)


def run(*options: object, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the example as its reader would, with the library from this checkout; with no programs on an empty path."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    if path is not None:
        environment["PATH"] = path
    command = [sys.executable, str(SCRIPT), *map(str, options)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment, timeout=120
    )


def told(out: Path) -> list[tuple[str, ...]]:
    """Give the rows that were written."""
    with (out / "cookies.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["cookie", "host", "before", "after", "remarks"]
    return [tuple(row) for row in rows]


def section(printed: str, heading: str) -> list[str]:
    """Give the lines that were printed under a heading."""
    found = re.search(rf"(?ms)^{re.escape(heading)}\n-+\n(.*?)\n\n", printed)
    assert found is not None, heading
    return found[1].splitlines()


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve the site."""
    with cookie_audit.serving() as site:
        yield site


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no programs on this machine."""
    monkeypatch.setenv("PATH", "")


class TestSite:
    def test_the_first_page_asks_for_consent(self) -> None:
        """It is one page, whole, with a form and what it embeds of the others."""
        given = cookie_audit.answer("GET", WWW, "/", agreed=False)
        page = given.body.decode()
        assert (given.status, given.kind) == (200, "text/html; charset=utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert page.rstrip().endswith("</html>")
        assert '<form method="post" action="/consent"><button id="agree">' in page
        assert f"http://{ADS}/pixel.gif" in page
        assert 'document.cookie = "screen=' in page
        assert names(given) == ["SID", "__Host-token", "prefs", "_vc", "poll", "anonymous", "welcome"]

    def test_who_agreed_is_counted(self) -> None:
        """Then the page asks no more, and embeds nothing."""
        given = cookie_audit.answer("GET", WWW, "/", agreed=True)
        assert b'id="agreed"' in given.body
        assert b"<form" not in given.body
        assert b"pixel" not in given.body
        assert names(given) == ["SID", "__Host-token", "prefs", "_vc", "poll", "anonymous", "_stat_81"]

    def test_agreeing_leads_through_the_others_page(self) -> None:
        """As it does on sites whose advertisers want a cookie of their own; and back."""
        agreeing = cookie_audit.answer("POST", WWW, "/consent", agreed=False)
        assert (agreeing.status, agreeing.location) == (303, f"http://{ADS}/welcome")
        assert names(agreeing) == ["consent", "welcome"]
        passing = cookie_audit.answer("GET", ADS, "/welcome", agreed=False)
        assert (passing.status, passing.location, names(passing)) == (303, f"http://{WWW}/", ["visitor"])

    def test_the_image_is_one(self) -> None:
        """A GIF of one pixel, from the others."""
        given = cookie_audit.answer("GET", ADS, "/pixel.gif", agreed=False)
        assert (given.kind, given.body[:6], given.body[6:10]) == ("image/gif", b"GIF89a", b"\1\0\1\0")
        assert names(given) == ["pixel"]

    @pytest.mark.parametrize(
        ("method", "host", "path"),
        [("GET", WWW, "/favicon.ico"), ("GET", ADS, "/"), ("POST", WWW, "/"), ("GET", "127.0.0.1", "/")],
    )
    def test_there_is_nothing_else(self, method: str, host: str, path: str) -> None:
        """And what is not there sets no cookies."""
        given = cookie_audit.answer(method, host, path, agreed=True)
        assert (given.status, given.cookies) == (404, ())

    @pytest.mark.parametrize(
        ("cookies", "agreed"),
        [
            ("", False),
            ("consent=given", True),
            ("SID=d41f; consent=given; prefs=large", True),
            ("consent=given2", False),
            ("noconsent=given", False),
        ],
    )
    def test_it_knows_by_its_cookie_who_agreed(self, site: Site, cookies: str, agreed: bool) -> None:
        """Over the wire: the answer, its length and its lines."""
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        connection.request("GET", "/", headers={"Host": f"{WWW}:80", "Cookie": cookies})
        response = connection.getresponse()
        expected = cookie_audit.answer("GET", WWW, "/", agreed=agreed)
        assert response.read() == expected.body
        assert response.headers.get_all("Set-Cookie") == list(expected.cookies)
        assert site.sent == [Sent(WWW, line) for line in expected.cookies]
        connection.close()

    def test_it_is_for_this_machine_alone(self, site: Site) -> None:
        """It listens on the loopback address, on a port that was free."""
        assert site.server_address[0] == "127.0.0.1"
        assert site.port > 0

    def test_it_goes_away(self) -> None:
        """Whatever happens while it is served, neither a thread nor a socket is left."""
        before = len(threads())
        with pytest.raises(ZeroDivisionError), cookie_audit.serving() as site:
            raise ZeroDivisionError
        assert len(threads()) == before
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", site.port), timeout=10)

    def test_nothing_is_said_of_who_hangs_up(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        """Browsers do it when they end; another fault is told."""
        for fault in (ConnectionResetError("hung up"), ValueError("a fault")):
            try:
                raise fault
            except (ConnectionError, ValueError):
                site.handle_error(None, ("127.0.0.1", 1))
        err = capsys.readouterr().err
        assert "hung up" not in err
        assert "ValueError: a fault" in err


def names(given: cookie_audit.Answer) -> list[str]:
    """Give the names that an answer's lines begin with; of a nameless one what it begins with."""
    return [re.split("[=;]", line)[0] for line in given.cookies]


class TestStatement:
    def test_it_speaks_of_its_own_purposes_and_group(self) -> None:
        """Nothing that a cookie names is missing from the statement."""
        purposes, groups = {one.id for one in STATEMENT.cookie_purposes}, {one.id for one in STATEMENT.groups}
        assert {purpose for cookie in STATEMENT.cookies for purpose in cookie.purposes} == purposes
        assert {cookie.group for cookie in STATEMENT.cookies} == groups

    def test_what_the_site_sets_and_the_statement_leaves_out(self) -> None:
        """The counter that somebody added, the advertisers' image, and what has no name."""
        sent = {
            from_set_cookie(line, host=host).name
            for host, lines in (
                (WWW, cookie_audit.ALWAYS + cookie_audit.AT_FIRST + cookie_audit.ON_AGREEING + cookie_audit.AFTERWARDS),
                (ADS, cookie_audit.WITH_AN_IMAGE + cookie_audit.PASSING_THROUGH),
            )
            for line in lines
        }
        known = {
            name
            for name in sent
            for cookie in STATEMENT.cookies
            for pattern in cookie.names
            if pattern.text == name or (pattern.kind == "prefix" and name.startswith(pattern.text))
        }
        assert sent - known == {"_vc", "pixel", ""}


class TestLook:
    """What is audited is what a browser keeps, and of the lines only what it does not keep."""

    def look(self, kept: list[str] | None) -> Look:
        """Look at a browser that keeps some cookies, none of them for a time."""
        lines = ("a=1; Domain=larkfield.example; Max-Age=60", "b=1; Secure", "c=; Max-Age=0")
        sent = tuple(from_set_cookie(line, host=WWW, at=NOON, over_https=False) for line in lines)
        domains = {"a": ".larkfield.example"}
        cookies = [{"name": name, "domain": domains.get(name, WWW), "expires": -1, "path": "/"} for name in kept or ()]
        return Look(NOON, sent, None if kept is None else from_browser(cookies, at=NOON).observations)

    def test_without_a_browser_it_is_the_lines(self) -> None:
        """And nothing can surprise."""
        look = self.look(None)
        assert [one.name for one in look.seen()] == ["a", "b", "c"]
        assert look.surprises() == ()

    def test_what_is_kept_comes_from_the_browser(self) -> None:
        """Each cookie is seen once, whichever way."""
        look = self.look(["a", "d"])
        assert [(one.name, one.kind) for one in look.seen()] == [
            ("a", "browser"),
            ("d", "browser"),
            ("b", "Set-Cookie"),
            ("c", "Set-Cookie"),
        ]
        assert look.surprises() == ()

    def test_it_surprises(self) -> None:
        """By keeping what it should refuse, and by refusing what it should keep."""
        assert self.look(["b"]).surprises() == ("a", "b")
        assert self.look([]).surprises() == ("a",)


@pytest.mark.usefixtures("bare")
class TestWithoutBrowser:
    def test_the_lines_are_audited(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A sentence says why, and every row but the script's is there."""
        cookie_audit.main(["--out", str(tmp_path)])
        printed = capsys.readouterr().out
        assert printed.startswith(
            "There is no browser to drive: that needs chromium, chromedriver and selenium. So only"
        )
        assert told(tmp_path) == [row for row in ROWS if row[0] not in BY_SCRIPT]
        assert "Whether Chromium" not in printed

    def test_why(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each remark is told once, in words; what the site never sets is told last."""
        cookie_audit.main(["--out", str(tmp_path)])
        later = "consent to everything was given later"
        unknown = "what it is for is not known, so neither is whether it needs any"
        assert section(capsys.readouterr().out, "Why") == [
            f"(none): cannot-tell: {later}; {unknown}",
            "__Host-token: prefix-rule: __Host- asks for Secure",
            "_stat_81: party-mismatch: it is kept for the site's own domain, and declared of the third party",
            f"_vc: cannot-tell: {later}; {unknown}",
            "pixel: secure-over-http: Secure is only taken over HTTPS",
            f"poll: set-before-consent: {later}",
            f"prefs: set-before-consent: {later}",
            "visitor: lifetime-longer-than-declared: it is set for 180 days, and declared for 90 days",
            "not-seen: basket is declared and was not seen",
            "not-seen: screen is declared and was not seen",
        ]

    def test_the_table(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It is the file, in columns; what is not there is a dash."""
        cookie_audit.main(["--out", str(tmp_path)])
        heading = f"The cookies of {WWW}, and the Larkfield Society's cookie statement"
        first, *lines = section(capsys.readouterr().out, heading)
        assert re.split(" {2,}", first) == ["cookie", "host", "before consent", "after consent", "remarks"]
        cells = [tuple("" if cell == "-" else cell for cell in re.split(" {2,}", line)) for line in lines]
        assert cells == told(tmp_path)

    def test_the_whole_audit(self, tmp_path: Path) -> None:
        """As Markdown, by the library."""
        cookie_audit.main(["--out", str(tmp_path)])
        text = (tmp_path / "cookies.md").read_text(encoding="utf-8")
        assert text.startswith("# Audit against the Larkfield Society's cookie statement\n\n18 cookies seen: ")
        assert "- not-seen: basket is declared and was not seen\n" in text

    def test_a_browser_can_be_asked_for(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Then its absence is an error, and nothing is written."""
        with pytest.raises(SystemExit, match=r"\Acookie_audit: There is no browser to drive: that needs .*\.\Z"):
            cookie_audit.main(["--out", str(tmp_path / "out"), "--browser"])
        assert not (tmp_path / "out").exists()
        assert capsys.readouterr().out == ""

    def test_selenium_is_needed_as_well(self, monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
        """Programs alone drive nothing."""
        monkeypatch.setattr(cookie_audit, "webdriver", None)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        with pytest.raises(cookie_audit.NoBrowserError):
            cookie_audit.visit(site)

    def test_a_folder_that_cannot_be_written_to(self, tmp_path: Path) -> None:
        """What to do is said."""
        (tmp_path / "out").write_text("a file", encoding="utf-8")
        with pytest.raises(
            SystemExit, match=r"cookie_audit: Nothing can be written to .*Choose another folder with --"
        ):
            cookie_audit.main(["--out", str(tmp_path / "out" / "deeper")])


class TestInAShell:
    def test_it_needs_nothing_and_says_the_same_every_time(self, tmp_path: Path) -> None:
        """On a machine without any program: no port, no time, no value in what it says."""
        runs = [run("--out", tmp_path / name, path="") for name in ("a", "b")]
        assert [(done.returncode, done.stderr) for done in runs] == [(0, ""), (0, "")]
        assert runs[0].stdout.replace(str(tmp_path / "a"), "") == runs[1].stdout.replace(str(tmp_path / "b"), "")
        written = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("a", "b")]
        assert written[0] == written[1]
        assert sorted(written[0]) == ["cookies.csv", "cookies.md"]
        assert not tells_a_value(runs[0].stdout, tmp_path / "a")

    def test_help_reads_well(self) -> None:
        """Each option says what it is for."""
        help_ = run("--help").stdout
        assert all(option in help_ for option in ("--out FOLDER", "--browser"))


def tells_a_value(printed: str, out: Path) -> bool:
    """Tell whether what a cookie holds is anywhere in what was printed or written."""
    texts = [printed, *(path.read_text(encoding="utf-8") for path in out.iterdir())]
    return any(value in text for value in VALUES for text in texts)


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Run the example once with Chromium; give what it printed, and where it wrote."""
    out = tmp_path_factory.mktemp("cookies") / "out"
    done = run("--browser", "--out", out)
    assert done.returncode == 0, done.stderr
    return done.stdout, out


@no_browser
class TestInABrowser:
    def test_what_is_really_kept(self, visited: tuple[str, Path]) -> None:
        """Every row, the script's as well."""
        assert told(visited[1]) == ROWS

    def test_the_browser_reads_the_lines_as_the_audit_does(self, visited: tuple[str, Path]) -> None:
        """It keeps all that it should, and refuses what the audit says it does."""
        [line] = section(visited[0], "Whether Chromium read the lines as the audit did")
        assert line == "It was sent 18 lines, and read otherwise: none"

    def test_what_is_kept_for_how_long(self, visited: tuple[str, Path]) -> None:
        """What is set for two years is kept for 400 days, of which a moment has gone by."""
        [row] = [line for line in (visited[1] / "cookies.md").read_text("utf-8").splitlines() if "later; what" in line][
            :1
        ]
        assert row.startswith(r"| \_vc (larkfield.example) | undeclared | 400 days |")
        longer = "visitor: lifetime-longer-than-declared: it is still kept for 180 days, and declared for 90 days"
        assert longer in visited[0]

    def test_what_is_never_set(self, visited: tuple[str, Path]) -> None:
        """The script's cookie was seen this time."""
        assert [line for line in section(visited[0], "Why") if line.startswith("not-seen")] == [
            "not-seen: basket is declared and was not seen"
        ]

    def test_no_value_is_told(self, visited: tuple[str, Path]) -> None:
        """Neither in print nor in a file."""
        assert not tells_a_value(*visited)

    def test_one_that_does_not_start(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site) -> None:
        """A program that is no browser is told in one sentence."""
        self.put(monkeypatch, tmp_path, chromium="exit 1")
        with pytest.raises(cookie_audit.NoBrowserError, match=r"\AChromium could not visit the site: .*[^.]\.\Z"):
            cookie_audit.visit(site)

    @pytest.mark.parametrize("stuck", ["chromium", "chromedriver"])
    def test_one_that_hangs(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site, stuck: str) -> None:
        """It is ended when its time is over, with all that it started."""
        monkeypatch.setattr(cookie_audit, "VISIT", 2)
        mark = tmp_path / "pid"
        self.put(monkeypatch, tmp_path, **{stuck: f"echo $$ >{mark}; exec sleep 300"})
        with pytest.raises(cookie_audit.NoBrowserError):
            cookie_audit.visit(site)
        assert not runs(int(mark.read_text(encoding="utf-8")))

    def test_a_page_that_never_comes(self, monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
        """The watchdog ends the browser in the midst of its work."""
        monkeypatch.setattr(cookie_audit, "VISIT", 6)
        monkeypatch.setattr(cookie_audit, "has_agreed", lambda browser: browser.title == "another page")
        with pytest.raises(cookie_audit.NoBrowserError, match=r"\AChromium did not answer, or not within 6 seconds\."):
            cookie_audit.visit(site)

    def test_it_leaves_nothing_at_home(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site) -> None:
        """Neither settings nor a report of a crash."""
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        cookie_audit.visit(site)
        assert list(tmp_path.iterdir()) == []

    def test_a_driver_that_breaks_down(self, site: Site) -> None:
        """The browser that it leaves behind is ended."""
        programs = [next(filter(None, map(shutil.which, some))) for some in (cookie_audit.BROWSERS, ["chromedriver"])]
        with cookie_audit.running(*programs, site.port) as browser:
            lock = Path(browser.capabilities["chrome"]["userDataDir"]) / "SingletonLock"
            process = int(str(lock.readlink()).rpartition("-")[2])
            browser.service.process.kill()
            browser.service.process.wait(60)
        assert not runs(process)

    def put(self, monkeypatch: pytest.MonkeyPatch, folder: Path, **programs: str) -> None:
        """Put programs in front of those of the machine."""
        for name, script in programs.items():
            (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def runs(process: int) -> bool:
    """Tell whether a process runs a moment later; one that has ended may still be listed."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return False
        if state == "Z":
            return False
        sleep(0.05)
    return True


class TestEnd:
    """What still runs is ended, once."""

    def test_a_service_that_never_started(self) -> None:
        """It has no process, or none yet."""
        cookie_audit.end(object())

    def test_a_process_that_is_gone(self) -> None:
        """To end it again is no error."""
        service: Any = type("Service", (), {})()
        service.process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
        service.process.wait(60)
        cookie_audit.end(service)

    @pytest.mark.parametrize("groups", [True, False])
    def test_a_process_that_runs(self, monkeypatch: pytest.MonkeyPatch, groups: bool) -> None:
        """It is killed; with its group where the system has such."""
        if not groups:
            monkeypatch.delattr(os, "killpg", raising=False)
        service: Any = type("Service", (), {})()
        command = [sys.executable, "-c", "import time; time.sleep(300)"]
        service.process = subprocess.Popen(command, start_new_session=True)
        cookie_audit.end(service)
        assert service.process.wait(60) != 0


def test_functions_are_short() -> None:
    """The example is a model: nothing in it needs scrolling."""
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    sizes = [len(ast.unparse(node).splitlines()) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert max(sizes) <= 32
