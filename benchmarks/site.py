"""What a report weighs and how soon its pages are drawn, in a real browser.

    .venv/bin/python benchmarks/site.py [report]

The pages come from a loopback server that compresses text, to a browser without a cache; a
time is the median of three visits: the first paint, and the paint of the largest element,
which is the map on the front page. Without a report it takes reports/latest.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.find import find_browser  # noqa: E402

VISITS = 3
PAGES = {
    "front": "index", "map of a treaty": "status-map", "state": "brief-qat",
    "group": "brief-arab-league", "forecast": "entry-into-force", "analysis": "timeline",
}  # fmt: skip
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


def main() -> None:
    """Print a table of the kinds of page, and the weight of all."""
    report = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports" / "latest").resolve()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(report)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| page | kB, gzipped | first paint, ms | largest, ms | links to pages | words before |")
    print("|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        for kind, slug in PAGES.items():
            address = f"http://127.0.0.1:{server.server_port}/{slug}.html"
            seen = [visit(browser, address) for _ in range(VISITS)]
            first, largest = (statistics.median(v[1][n] for v in seen) for n in (0, 1))
            size, _, links, words = seen[-1]
            print(
                f"| {kind} | {size / 1000:.0f} | {first:.0f} | {largest:.0f} | {links} | {words} |"
            )
        browser.close()
    server.shutdown()
    files = [path for path in report.rglob("*") if path.is_file()]
    print(f"\n{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
