"""Take the picture of the map that the README shows, from the published report.

Run it after `make report`: .venv/bin/python docs/picture.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.find import find_browser  # noqa: E402  needs the path set above

WIDTH = 1180


def main() -> None:
    """Write docs/status-map.png."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page.goto((ROOT / "reports" / "latest" / "status-map.html").resolve().as_uri())
        page.wait_for_function("() => document.querySelector('.plot svg.main-svg')")
        page.add_style_tag(content=".modebar-container { display: none }")
        page.locator("#figure-1").screenshot(path=str(ROOT / "docs" / "status-map.png"))
        browser.close()


if __name__ == "__main__":
    main()
