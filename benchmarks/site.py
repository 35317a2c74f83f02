"""What a report weighs, how soon its pages are drawn, and what is wrong with them, in a browser.

    .venv/bin/python benchmarks/site.py [report [axe.min.js]]

The pages come from a loopback server that compresses text, to a browser without a cache; a
time is the median of three visits: the first paint, and the paint of the largest element,
which is the map on the front page. Without a report it takes reports/latest.

Then each kind of page is opened at 390 and 1400 pixels, light and dark; with the script of the
npm package axe-core its rules are tried on each. Last, names are searched, and every link is
followed.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as NotThereError

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.find import NAMES, WHOLE, find_browser  # noqa: E402

VISITS = 3
PAGES = {
    "front": "index",
    "map of a treaty": "status-map",
    "state": "brief-qat",
    "group": "brief-arab-league",
    "forecast": "entry-into-force",
    "analysis": "timeline",
}
# Of each kind, a page; the data page and those like it stand in every report.
KINDS = [
    *PAGES.values(),
    "front",
    "claims-check",
    "evidence",
    "capacity-gci",
    "geography",
    "signature-to-consent",
    "forecast-method",
    "conventions-compared",
    "cooperation-network",
    "states-and-organisations",
    "groups",
    "conventions",
    "analyses",
    "data",
    "about",
    "changes",
    "compare",
]
SEARCHES = {
    "qat": "brief-qat",
    "Qatar": "brief-qat",
    "Katar": "brief-qat",
    "قطر": "brief-qat",
    "UK": "brief-gbr",
    "EU": "brief-eue",
    "Ivory Coast": "brief-civ",
    "South Korea": "brief-kor",
    "Burma": "brief-mmr",
    "Holland": "brief-nld",
    "Palestine": "brief-pse",
    "forecast": "entry-into-force",
}
PAINTS = """() => new Promise(done => {
    let largest = 0;
    new PerformanceObserver(list => { largest = list.getEntries().at(-1).startTime; })
        .observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => {
        const [first] = performance.getEntriesByName("first-contentful-paint");
        done([first ? first.startTime : NaN, largest]);
    }, 400);
})"""
WORDS = """() => {
    const main = document.querySelector("main"), end = main.querySelector("figure, .counters");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let words = 0, text;
    while ((text = walker.nextNode())) {
        if (end && !(end.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING)) break;
        const shown = text.parentElement.offsetParent;
        if (shown) words += text.textContent.split(/\\s+/).filter(Boolean).length;
    }
    return words;
}"""


class Compressed(SimpleHTTPRequestHandler):
    """Serves files compressed, as web hosts do."""

    sent = 0

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), mtime=0)
        type(self).sent += len(content)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def visit(browser: Browser, address: str) -> tuple[int, list[float], int, int]:
    """Return the bytes of a page and all it loads, its two paints, its links and words."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    Compressed.sent = 0
    page.goto(address)
    paints = page.evaluate(PAINTS)
    links = page.evaluate(
        "new Set([...document.links].map(a => a.href.split('#')[0])"
        ".filter(h => h.startsWith(location.origin) && h.endsWith('.html'))).size"
    )
    words = page.evaluate(WORDS)
    context.close()
    return Compressed.sent, paints, links, words


def faults(browser: Browser, site: str, axe: str) -> dict[str, int]:
    """Open each kind of page in both widths and schemes; count what is wrong."""
    named = ("requests outside", "console errors", "wider than the screen")
    found = dict.fromkeys((*named, *(["axe rules violated"] if axe else [])), 0)
    for width in (390, 1400):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
            )
            page = context.new_page()
            page.on("request", lambda r: count("requests outside", not r.url.startswith(site)))
            page.on("console", lambda m: count("console errors", m.type == "error"))
            page.on("pageerror", lambda _: count("console errors", True))

            def count(what: str, wrong: bool) -> None:
                found[what] += wrong

            for slug in KINDS:
                page.goto(f"{site}/{slug}.html")
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                count("wider than the screen", wide)
                if axe:
                    page.evaluate(axe)
                    for rule in page.evaluate("axe.run().then(found => found.violations)"):
                        count("axe rules violated", True)
                        print(f"{slug}, {width}, {scheme}: {rule['id']}")
            context.close()
    return found


def searches(browser: Browser, site: str) -> list[str]:
    """Return the names whose search does not open their page."""
    page = browser.new_page()
    missed = []
    for name, slug in SEARCHES.items():
        page.goto(f"{site}/index.html")
        page.locator("#find").fill(name)
        page.keyboard.press("Enter")
        try:
            page.wait_for_url(f"{site}/{slug}.html*", timeout=5000)
        except NotThereError:
            missed.append(f"{name}: {page.url}")
    return missed


def dead_links(report: Path) -> list[str]:
    """Return the links of all pages that lead to no file, or to no place in a page."""
    texts = {path.name: path.read_text("utf-8") for path in report.glob("*.html")}
    ids = {name: set(re.findall(r' id="([^"]+)"', text)) for name, text in texts.items()}
    dead = []
    for name, text in texts.items():
        for href in set(re.findall(r'<a [^>]*?href="([^"]+)"', text)):
            if href.startswith(("http", "data:")):
                continue
            path, _, place = href.partition("#")
            path = path.partition("?")[0] or name
            if not (report / path).is_file() or (
                place and "=" not in place and place not in ids.get(path, {place})
            ):
                dead.append(f"{name}: {href}")
    return dead


def main() -> None:
    """Print a table of the kinds of page, the weight of all, and what is wrong."""
    report = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports" / "latest").resolve()
    if not (report / "entry-into-force.html").is_file():
        sys.exit(f"{report}: is not a whole report; make one with `make report`")
    axe = Path(sys.argv[2]).read_text("utf-8") if len(sys.argv) > 2 else ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(report)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| page | kB, gzipped | first paint, ms | largest, ms | links to pages | words before |")
    print("|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser([*WHOLE, *NAMES]),  # one that a reader has, if there is
            args=["--no-sandbox", "--disable-gpu"],
        )
        for kind, slug in PAGES.items():
            address = f"http://127.0.0.1:{server.server_port}/{slug}.html"
            seen = [visit(browser, address) for _ in range(VISITS)]
            first, largest = (statistics.median(v[1][n] for v in seen) for n in (0, 1))
            size, _, links, words = seen[-1]
            print(
                f"| {kind} | {size / 1000:.0f} | {first:.0f} | {largest:.0f} | {links} | {words} |"
            )
        site = f"http://127.0.0.1:{server.server_port}"
        wrong: dict[str, object] = {**faults(browser, site, axe)}
        wrong["searches that miss"] = searches(browser, site)
        browser.close()
    server.shutdown()
    wrong["dead links"] = dead_links(report)
    print(f"\n{len(KINDS)} kinds of page at 390 and 1400 pixels, light and dark", end="")
    print("; with axe-core:" if axe else ":")
    for what, found in wrong.items():
        print(f"  {what}: {found or 0}")
    files = [path for path in report.rglob("*") if path.is_file()]
    print(f"\n{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
