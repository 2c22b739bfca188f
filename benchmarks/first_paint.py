"""What signing in costs a screen: first paint and first figures of wall and tablet, with accounts and in a demo.

Two processes over one database, asked in turns by one browser, each time with nothing cached. Prints one JSON line a
value; progress goes to standard error.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from statistics import median

import psycopg
from playwright.sync_api import Browser, sync_playwright

from benchmarks.case_path import benched, report, say
from benchmarks.screens_process import serving
from dashboards.access.access import COOKIE
from infra.endpoints import DatabaseUrls
from tests.integration.signed_in import person
from tests.screens import sample
from tests.screens.conftest import CHROMIUM, QUIET

TURNS = 16
PAGES = {"wall": ("/man-hinh/ho-so", (1920, 1080)), "tablet": ("/man-hinh/may-tinh-bang", (1024, 768))}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
FIGURES = "html[data-live=live] [data-k]"


def filled(urls: DatabaseUrls) -> None:
    now = datetime.now(UTC)
    with psycopg.connect(urls.migrate, autocommit=True) as db:
        rows = sample.province(now, per_day=130)
        sample.write(db, rows, now)
        sample.audited(db, now - timedelta(minutes=2), len(rows))
        sample.beat(db, now + timedelta(hours=1))
        sample.receive(db, now)


def painted(browser: Browser, origin: str, path: str, size: tuple[int, int], token: str) -> tuple[float, float]:
    """Milliseconds to the first paint and to live figures, in a browser that has nothing yet."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    if token:
        context.add_cookies(
            [
                {
                    "name": COOKIE,
                    "value": token,
                    "url": origin.replace("http:", "https:"),
                    "secure": True,
                    "httpOnly": True,
                }
            ]
        )
    page = context.new_page()
    page.goto(origin + path)
    page.wait_for_selector(FIGURES, state="attached")
    figures = page.evaluate("performance.now()")
    first = page.evaluate(PAINTED)
    context.close()
    return first, figures


def measure(urls: DatabaseUrls, origins: Mapping[str, tuple[str, str]]) -> None:
    with sync_playwright() as playwright, psycopg.connect(urls.migrate, autocommit=True) as db:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for name, (path, size) in PAGES.items():
            seen: dict[str, list[tuple[float, float]]] = {way: [] for way in origins}
            for turn in range(TURNS + 2):
                sample.receive(db, datetime.now(UTC))
                # Each is first in every other turn: what has just been received is read again by both processes.
                for way, (origin, token) in sorted(origins.items(), reverse=turn % 2 == 1):
                    took = painted(browser, origin, path, size, token)
                    if turn > 1:  # the first look of a process is not what is asked about
                        seen[way].append(took)
            for index, what in enumerate(("first_paint", "figures")):
                by_way = {way: median(took[index] for took in all_) for way, all_ in seen.items()}
                for way, value in by_way.items():
                    report(f"{name}_{what}_{way}_ms", value, "ms")
                report(f"{name}_{what}_ratio", by_way["accounts"] / by_way["demo"], "accounts/demo")
        browser.close()


def main() -> None:
    with benched() as bench, ExitStack() as until_done:
        urls = bench.prepare("paint", 0)
        say("writing some weeks of cases")
        filled(urls)
        _, token = person(urls, "lanh.dao", "leader")
        ways = {"accounts": token, "demo": ""}
        origins = {}
        for way, held in ways.items():
            folder = bench.root / way
            folder.mkdir()
            server = serving(
                folder, urls, IOC_SIGN_IN=way, IOC_DATABASE_ACCESS=urls.access, IOC_DATABASE_UNITS=urls.units
            )
            origins[way] = (until_done.enter_context(server), held)
        measure(urls, origins)


if __name__ == "__main__":
    main()
