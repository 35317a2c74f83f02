"""Find a Chromium or Chrome for the browser tests, or get one.

Looked for: the variable ADOPTION_BROWSER, the usual names on the PATH, and Playwright's
own download. With `--install` one is got where none is found: by apt as root, else by
Playwright's fetcher. It stands with Playwright, which the tests need anyway, rather than
with plotly's, which would bring kaleido along for nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Chromium without windows draws and runs pages as the whole one does, for half the work.
WITHOUT_WINDOWS = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NAMES = (WITHOUT_WINDOWS, *WHOLE)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
HINT = (
    "no Chromium or Chrome found, so the browser tests are skipped: install one "
    f"(Debian: apt-get install {WITHOUT_WINDOWS}) or name it in ADOPTION_BROWSER"
)
SECONDS_TO_FETCH = 300


def find_browser(names: Sequence[str] = NAMES) -> str | None:
    """Return the path of a browser, or None; of several, that of the first name."""
    named = os.environ.get("ADOPTION_BROWSER")
    if named:
        return named
    for name in names:
        if found := shutil.which(name):
            return found
    for place in PLACES:
        if Path(place).is_file():
            return place
    return _fetched_by_playwright()


def _fetched_by_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def get_browser() -> str | None:
    """Return the path of a browser, got now if none was there; None if that failed."""
    if found := find_browser():
        return found
    for command in _ways_to_get_one():
        try:
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                timeout=SECONDS_TO_FETCH,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if found := find_browser():
            return found
    return None


def _ways_to_get_one() -> list[list[str]]:
    ways = []
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for name in (WITHOUT_WINDOWS, "chromium"):
            install = f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {name}"
            ways.append(["sh", "-c", install])
    ways.append([sys.executable, "-m", "playwright", "install", "chromium"])
    return ways


def main() -> int:
    """Say which browser the tests will use; fail only under CI."""
    found = get_browser() if "--install" in sys.argv else find_browser()
    print(f"browser: {found}" if found else HINT)
    return 1 if found is None and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    raise SystemExit(main())
