"""Audit a web site's cookies against its cookie statement: what is set before anybody consents, and what after.

    python examples/cookie_audit.py
    python examples/cookie_audit.py --browser --out my/results

The site is made up, as is its statement, and is served by this file to this machine alone. Chromium visits it, agrees
to its cookies and is asked what it keeps. That needs chromium, chromedriver and `pip install '.[browser]'`; without
them the lines that the site sends are audited, which do not show what scripts set. Names are told, values never.
"""

import argparse
import http.client
import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, Timer
from typing import Any, NamedTuple

from cpdrules import CpdRulesError
from cpdrules.privacy import (
    PERMANENT,
    SESSION,
    Cookie,
    CookiePurpose,
    Group,
    Lifetime,
    NamePattern,
    Provider,
    Statement,
    exact,
    lasting,
    prefix,
)
from cpdrules.privacy.audit import Audit, CookieFinding, Observation, as_markdown, audit, from_browser, from_set_cookie
from cpdrules.privacy.audit.reports import named
from cpdrules.rendering import in_csv

try:
    from selenium import webdriver
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import WebDriverWait
    from urllib3.exceptions import HTTPError
except ImportError:  # then only the lines are audited
    webdriver = None

if __package__:
    from examples.annual_review import UnusableError, heading, write_table
else:  # run as a file, beside that one
    from annual_review import UnusableError, heading, write_table

HERE = Path(__file__).parent

#: The hosts of the society and of those who sell its advertising; nobody can have a name below `.example`.
WWW, ADS = "www.larkfield.example", "ads.banners.example"

#: What Chromium is called, here and there.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Seconds to load a page, and for everything that the browser does.
PAGE, VISIT = 30, 45

# The statement -------------------------------------------------------------------------------------------------------


def declared(
    name: str, pattern: NamePattern, purpose: str, lifetime: Lifetime, *, by: Provider, until: date | None = None
) -> Cookie:
    """Declare a cookie as the society does, in one line."""
    return Cookie(
        id=name,
        title=name,
        names=(pattern,),
        group="all",
        purposes=(purpose,),
        lifetime=lifetime,
        provider=by,
        discontinued=until,
    )


OURS = Provider(party="first")
THEIRS = Provider(party="third", domains=("banners.example",))
A_COUNTER = Provider(party="third")

STATEMENT = Statement(
    name="the Larkfield Society's cookie statement",
    groups=(Group(id="all", says="one table of all cookies"),),
    cookie_purposes=(
        CookiePurpose(id="running", title="running the site", icc="strictly-necessary"),
        CookiePurpose(id="comfort", title="remembering how you like it", icc="functionality"),
        CookiePurpose(id="statistics", title="counting visits", icc="performance"),
        CookiePurpose(id="advertising", title="choosing advertisements", icc="targeting"),
    ),
    cookies=(
        declared("session", exact("SID"), "running", SESSION, by=OURS),
        declared("security token", exact("__Host-token"), "running", SESSION, by=OURS),
        declared("banner", exact("welcome"), "running", SESSION, by=OURS),
        declared("your answer", exact("consent"), "running", lasting(180), by=OURS),
        declared("basket", exact("basket"), "running", SESSION, by=OURS),
        declared("text size", exact("prefs"), "comfort", PERMANENT, by=OURS),
        declared("screen", exact("screen"), "comfort", SESSION, by=OURS),
        declared("opinion poll", exact("poll"), "statistics", SESSION, by=OURS, until=date(2024, 3, 31)),
        declared("visits", prefix("_stat_"), "statistics", lasting(30), by=A_COUNTER),
        declared("advertising", exact("visitor", domain="banners.example"), "advertising", lasting(90), by=THEIRS),
    ),
)

# The site, which does not do all that its statement says -------------------------------------------------------------


class Answer(NamedTuple):
    """What the site answers."""

    status: int
    kind: str = "text/html; charset=utf-8"
    body: bytes = b""
    #: Where to go on.
    location: str = ""
    #: The ``Set-Cookie`` lines.
    cookies: tuple[str, ...] = ()


#: A year and a day, in seconds.
YEAR, DAY = 31_536_000, 86_400

#: What every page sets, whether anybody agreed or not.
ALWAYS = (
    "SID=d41f; Path=/; HttpOnly; SameSite=Lax",
    "__Host-token=77ab; Path=/",  # no browser keeps it: the prefix asks for Secure
    f"prefs=large; Path=/; Max-Age={YEAR}",
    f"_vc=9c3e; Path=/; Domain=larkfield.example; Max-Age={2 * YEAR}",  # someone added it, and told nobody
    "poll=seen; Path=/",
    "anonymous",
)
AT_FIRST = ("welcome=shown; Path=/",)
ON_AGREEING = (f"consent=given; Path=/; Max-Age={180 * DAY}; SameSite=Lax", "welcome=; Path=/; Max-Age=0")
AFTERWARDS = (f"_stat_81=1; Path=/; Max-Age={30 * DAY}",)
#: From the others' host. For an image on another's page browsers take no cookie over plain http: it would have to be
#: SameSite=None, which asks for Secure, which asks for HTTPS. So these advertisers also send visitors through a page of
#: their own, as some do; what is set there is taken as any page's.
WITH_AN_IMAGE = ("pixel=1; Path=/; SameSite=None; Secure",)
PASSING_THROUGH = (f"visitor=5e0b; Path=/; Max-Age={180 * DAY}",)

PAGE_TEXT = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The Larkfield Society</title>
<style>
body {{ font: 1.1em/1.5 Georgia, serif; max-width: 36em; margin: 2em auto; padding: 0 1em; color: #222 }}
aside {{ border: 1px solid #888; border-radius: 4px; padding: 0 1em; background: #f4f1e8; font-size: 0.9em }}
button {{ font: inherit; padding: 0.3em 1em; margin-bottom: 1em }}
</style>
</head>
<body>
<h1>The Larkfield Society</h1>
<p>For everybody who listens to birds before breakfast. Meetings are on the first Tuesday of the month.</p>
{choice}
<script>document.cookie = "screen=wide; path=/";</script>
</body>
</html>
"""
ASKING = f"""<aside>
<p>We count visits and show advertisements, and use cookies for both. May we?</p>
<form method="post" action="/consent"><button id="agree">I agree</button></form>
</aside>
<p><img src="http://{ADS}/pixel.gif" alt="" width="1" height="1"></p>"""
AGREED = '<p id="agreed">Thank you: you have agreed to our cookies.</p>'

PIXEL = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def answer(method: str, host: str, path: str, *, agreed: bool) -> Answer:
    """Answer a request, of somebody who agreed or of somebody who did not."""
    page = PAGE_TEXT.format(choice=AGREED if agreed else ASKING).encode()
    answers = {
        ("GET", WWW, "/"): Answer(200, body=page, cookies=ALWAYS + (AFTERWARDS if agreed else AT_FIRST)),
        ("POST", WWW, "/consent"): Answer(303, location=f"http://{ADS}/welcome", cookies=ON_AGREEING),
        ("GET", ADS, "/welcome"): Answer(303, location=f"http://{WWW}/", cookies=PASSING_THROUGH),
        ("GET", ADS, "/pixel.gif"): Answer(200, kind="image/gif", body=PIXEL, cookies=WITH_AN_IMAGE),
    }
    missing = Answer(404, kind="text/plain; charset=utf-8", body=b"There is no such page.\n")
    return answers.get((method, host, path), missing)


class Sent(NamedTuple):
    """A ``Set-Cookie`` line, and which host sent it."""

    host: str
    line: str


class Site(ThreadingHTTPServer):
    """The site, on a port of this machine alone, and every line that it has sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.sent: list[Sent] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of visitors who hang up, as browsers do when they end."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One request to the site."""

    server: Site
    #: Seconds that a caller may be silent.
    timeout = 10

    def do_GET(self) -> None:
        """Answer whoever asks for a page."""
        host = (self.headers["Host"] or "").partition(":")[0]
        agreed = "consent=given" in map(str.strip, (self.headers["Cookie"] or "").split(";"))
        given = answer(self.command, host, self.path, agreed=agreed)
        self.send_response(given.status)
        self.send_header("Content-Type", given.kind)
        self.send_header("Content-Length", str(len(given.body)))
        if given.location:
            self.send_header("Location", given.location)
        for line in given.cookies:
            self.send_header("Set-Cookie", line)
            self.server.sent.append(Sent(host, line))
        self.end_headers()
        self.wfile.write(given.body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: what matters is told at the end."""


@contextmanager
def serving() -> Iterator[Site]:
    """Serve the site for as long as it is needed."""
    with Site() as site:
        thread = Thread(target=partial(site.serve_forever, poll_interval=0.05))
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()


# Visits --------------------------------------------------------------------------------------------------------------


class Look(NamedTuple):
    """What was seen before anybody consented, or after."""

    at: datetime
    #: What the site sent since the last look.
    sent: tuple[Observation, ...]
    #: What the browser keeps; None where there is none.
    kept: tuple[Observation, ...] | None = None

    def seen(self) -> tuple[Observation, ...]:
        """Give what is to be audited: what a browser keeps, and of what was sent only what it does not keep."""
        kept = self.kept or ()
        return (*kept, *(one for one in self.sent if one.identity[:2] not in {each.identity[:2] for each in kept}))

    def surprises(self) -> tuple[str, ...]:
        """Name what the browser keeps against its line, or does not keep though its line says nothing against it."""
        kept = {one.identity[:2] for one in self.kept or ()}
        odd = [named(one.name) for one in self.sent if (one.identity[:2] in kept) is not lets_it_be_kept(one)]
        return tuple(sorted(odd)) if self.kept is not None else ()


def lets_it_be_kept(sent: Observation) -> bool:
    """Tell whether a browser keeps what a line sets, by the line."""
    return not sent.deletion and all(reason.missing for reason in sent.rejections())


def look(site: Site, since: int = 0, browser: Any = None) -> Look:
    """See what the site has sent since so many lines, and what a browser keeps."""
    at = datetime.now(UTC)
    sent = [from_set_cookie(line, host=host, at=at, over_https=False) for host, line in site.sent[since:]]
    if browser is None:
        return Look(at, tuple(sent))
    kept = from_browser(browser.execute_cdp_cmd("Storage.getCookies", {}), at=at)
    return Look(at, tuple(sent), kept.observations)


def ask(site: Site, *requests: tuple[str, str, str, str]) -> None:
    """Send requests, each a method, host, path and cookies, and drop the answers: the site notes what it sends."""
    for method, host, path, cookies in requests:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PAGE)
        try:
            connection.request(method, path, headers={"Host": host, "Cookie": cookies})
            connection.getresponse().read()
        finally:
            connection.close()


def visit_plainly(site: Site) -> tuple[Look, Look]:
    """Ask for what a browser would ask for; agree in between."""
    ask(site, ("GET", WWW, "/", ""), ("GET", ADS, "/pixel.gif", ""))
    before, lines = look(site), len(site.sent)
    ask(site, ("POST", WWW, "/consent", ""), ("GET", ADS, "/welcome", ""), ("GET", WWW, "/", "consent=given"))
    return before, look(site, lines)


def visit(site: Site) -> tuple[Look, Look]:
    """Have Chromium load the page, look, agree and look again.

    Raises:
        NoBrowserError: there is none, or it does not do it, or not in time.
    """
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if webdriver is None or not (chromium and driver):
        raise NoBrowserError("There is no browser to drive: that needs chromium, chromedriver and selenium.")
    try:
        with running(chromium, driver, site.port) as browser:
            browser.get(f"http://{WWW}/")
            before, lines = look(site, browser=browser), len(site.sent)
            browser.find_element("id", "agree").click()
            wait = WebDriverWait(browser, PAGE, ignored_exceptions=[WebDriverException])
            wait.until(has_agreed, "the page that thanks for agreeing did not come")
            return before, look(site, lines, browser)
    except WebDriverException as error:
        raise NoBrowserError(f"Chromium could not visit the site: {first_line(error)}.") from error
    except (HTTPError, OSError) as error:  # such as when the watchdog ended it
        raise NoBrowserError(f"Chromium did not answer, or not within {VISIT} seconds.") from error


class NoBrowserError(Exception):
    """Nothing here can visit the site as people do."""


def first_line(error: Any) -> str:
    """Give the first line of what a driver's error says, without a full stop; its name where it says nothing."""
    return ((error.msg or "").strip() or type(error).__name__).splitlines()[0].rstrip(".")


def has_agreed(browser: Any) -> bool:
    """Tell whether the page that thanks for agreeing is there, and complete."""
    there = browser.find_elements("id", "agreed")
    return bool(there) and browser.execute_script("return document.readyState") == "complete"


@contextmanager
def running(chromium: str, driver: str, port: int) -> Iterator[Any]:
    """Run Chromium with a new profile, for as long as it is needed and no longer than it may."""
    os.environ.setdefault("no_proxy", "localhost,127.0.0.1")  # the driver is on this machine, and no proxy leads to it
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
        environment = {**os.environ, **places}  # or what they leave behind stays
        service = Service(executable_path=driver, env=environment, popen_kw={"start_new_session": True})
        watchdog = Timer(VISIT, end, [service])
        watchdog.start()
        try:
            browser = webdriver.Chrome(options=chromium_options(chromium, f"{folder}/profile", port), service=service)
            try:
                browser.set_page_load_timeout(PAGE)
                yield browser
            finally:
                browser.quit()
        finally:
            watchdog.cancel()
            end(service)


def end(service: Any) -> None:
    """End the driver, and with it the browser that it started, if they still run."""
    if (process := getattr(service, "process", None)) is None:
        return
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # they have a session, and so a group, of their own
        else:
            process.kill()


def chromium_options(chromium: str, profile: str, port: int) -> Any:
    """Say how Chromium is to run: without a window, and without a word to anybody but the site."""
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    hosts = [f"MAP {host}:80 127.0.0.1:{port}" for host in (WWW, ADS)]
    for flag in (
        "--headless=new",
        "--no-sandbox",  # it does not start with one for root, and visits nothing but this file's pages
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-proxy-server",
        f"--user-data-dir={profile}",
        f"--host-resolver-rules={', '.join((*hosts, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'))}",
    ):
        options.add_argument(flag)
    return options


# The audit -----------------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """One cookie, as it is told: what is said of it before and after consent, each empty where it was not there."""

    cookie: str
    host: str
    before: str
    after: str
    remarks: str


def audited(before: Look, after: Look) -> Audit:
    """Audit what was seen. Consent to everything came right after the first look, however coarse the clock is."""
    return audit(
        (*before.seen(), *after.seen()),
        STATEMENT,
        consent=before.at + timedelta(microseconds=1),
        first_party=["larkfield.example"],
        public_suffix={"example"}.__contains__,
    )


def rows_of(before: Look, result: Audit) -> list[Row]:
    """Give one row a cookie, by host and name."""
    number = len(before.seen())
    stages = (result.findings[:number], result.findings[number:])
    found: dict[tuple[str, str], tuple[list[CookieFinding], list[CookieFinding]]] = {}
    for place, findings in enumerate(stages):
        for finding in findings:
            seen = finding.observation
            found.setdefault((seen.domain, seen.name), ([], []))[place].append(finding)
    return [
        Row(named(name), named(domain), said(first), said(then), remarked((*first, *then)))
        for (domain, name), (first, then) in sorted(found.items())
    ]


def said(findings: Iterable[CookieFinding]) -> str:
    """Give the verdicts, each once."""
    return ", ".join(dict.fromkeys(finding.verdict for finding in findings))


def remarked(findings: Iterable[CookieFinding]) -> str:
    """Give the remarks' codes, each once."""
    return ", ".join(dict.fromkeys(remark.code for finding in findings for remark in finding.remarks))


# Telling -------------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the audit that the command line asks for, or say in a sentence why it cannot be run."""
    options = command_line().parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        audit_the_site(options.out, needs_browser=options.browser)
    except (UnusableError, NoBrowserError, CpdRulesError) as error:
        sys.exit(f"cookie_audit: {error}")


def audit_the_site(out: Path, *, needs_browser: bool) -> None:
    """Serve the site, visit it, and tell what its cookies are beside the statement."""
    before, after = looks(needs_browser=needs_browser)
    result = audited(before, after)
    rows = rows_of(before, result)

    heading(f"The cookies of {WWW}, and {STATEMENT.name}")
    tell_the_rows(rows)
    heading("Why")
    tell_the_remarks(result)
    if after.kept is not None:
        heading("Whether Chromium read the lines as the audit did")
        tell_the_surprises(before, after)

    write_results(out, rows, result)


def looks(*, needs_browser: bool) -> tuple[Look, Look]:
    """Visit the site with a browser; or, if it must not be one and there is none, ask it for its pages plainly."""
    try:
        with serving() as site:
            return visit(site)
    except NoBrowserError as error:
        if needs_browser:
            raise
        print(f"{error} So only the lines that the site sends are audited.")
    with serving() as site:
        return visit_plainly(site)


def tell_the_rows(rows: Sequence[Row]) -> None:
    """Print the rows as a table."""
    table = [Row("cookie", "host", "before consent", "after consent", "remarks"), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join((cell or "-").ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def tell_the_remarks(result: Audit) -> None:
    """Print each remark once, first those on single cookies."""
    of_cookies = {
        (named(finding.observation.name), remark.code, remark.text)
        for finding in result.findings
        for remark in finding.remarks
    }
    for name, code, text in sorted(of_cookies):
        print(f"{name}: {code}: {text}")
    for remark in result.remarks:
        print(f"{remark.code}: {remark.text}")


def tell_the_surprises(before: Look, after: Look) -> None:
    """Print how many lines the browser was sent, and which of them it did not treat as the audit read them."""
    sent = len(before.sent) + len(after.sent)
    odd = sorted({*before.surprises(), *after.surprises()})
    print(f"It was sent {sent} lines, and read otherwise: {', '.join(odd) or 'none'}")


# Writing -------------------------------------------------------------------------------------------------------------


def write_results(out: Path, rows: Iterable[Row], result: Audit) -> None:
    """Write the table and the whole audit into a folder."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        cells = [{column: in_csv(cell) for column, cell in row._asdict().items()} for row in rows]
        write_table(out / "cookies.csv", Row._fields, cells)
        (out / "cookies.md").write_text(as_markdown(result), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnusableError(
            f"Nothing can be written to {out}: {error.strerror}. Choose another folder with --out."
        ) from error
    print(f"\nWritten to {out}: cookies.csv, cookies.md")


# The command line ----------------------------------------------------------------------------------------------------


def command_line() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="cookie_audit",
        description="Serve a made-up web site, visit it, and audit the cookies that it sets against its statement.",
        epilog="Exits with 1 and a sentence where it cannot be done; whatever the audit finds is no error.",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        default=HERE / "output",
        help="folder to write to (default: %(default)s)",
    )
    parser.add_argument(
        "--browser",
        action="store_true",
        help="fail if Chromium cannot visit the site, instead of auditing the lines that the site sends",
    )
    return parser


if __name__ == "__main__":
    main()
