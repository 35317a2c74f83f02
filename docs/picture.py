"""Take the pictures that the README shows, from the published report.

Run it after `make report`: .venv/bin/python docs/picture.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.find import find_browser  # noqa: E402  needs the path set above

WIDTH, HEIGHT = 1180, 1690


def main() -> None:
    """Write docs/status-map.png, the map, and docs/entry-into-force.png, the head of its page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name in ("status-map", "entry-into-force"):
            page.goto((ROOT / "reports" / "latest" / f"{name}.html").resolve().as_uri())
            page.wait_for_function("() => document.querySelector('.plot svg.main-svg')")
            page.add_style_tag(content=".modebar-container { display: none }")
            shown = page.locator("#figure-1") if name == "status-map" else page
            shown.screenshot(path=str(ROOT / "docs" / f"{name}.png"))
        browser.close()


if __name__ == "__main__":
    main()
