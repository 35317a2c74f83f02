"""`adoption report`: run the plan's notebooks and publish their pages."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption import __version__, tables
from adoption.dictionary import TABLES
from adoption.paths import processed_folder, project_root, reference_folder
from adoption.reports.execute import execute
from adoption.reports.plan import Page, check_page, choose, read_plan
from adoption.reports.publish import new_run, publish, write_manifest
from adoption.reports.render import kicker, page_html
from adoption.reports.site import Entry, index_html, write_assets, write_tables
from adoption.words import counted, long_day

if TYPE_CHECKING:
    from collections.abc import Sequence

LIBRARIES = ("pandas", "plotly", "papermill", "nbconvert")


def run_report(only: Sequence[str] | None = None, output: str | None = None) -> int:
    """Run the plan and publish a report.

    Parameters
    ----------
    only : sequence of str, optional
        Slugs of the pages to run; all of the plan without it.
    output : str, optional
        Where the reports go; `reports` in the project without it.

    Returns
    -------
    int
        0 if every notebook ran to its end, 1 if one failed.

    Raises
    ------
    AdoptionError
        For a plan, page or parameter that is not right, before any kernel starts; for a
        folder that cannot be written.
    """
    root = project_root()
    pages = choose(read_plan(root / "reports.toml"), only)
    values = {page.slug: check_page(page, root / "notebooks") for page in pages}
    target = Path(output).resolve() if output else root / "reports"
    day = long_day(tables.data_day())
    with new_run(target) as folder:
        write_assets(folder, reference_folder() / "geometry")
        write_tables(folder, processed_folder())
        (folder / "notebooks").mkdir()
        entries = []
        for number, page in enumerate(pages, start=1):
            print(f"[{number}/{len(pages)}] {page.slug} ... ", end="", flush=True)
            entries.append(_run_page(page, values[page.slug], root, folder, day))
        names = [entry.name for entry in TABLES]
        (folder / "index.html").write_text(index_html(entries, names, day), encoding="utf-8")
        name = write_manifest(folder, _facts(pages, values, entries))
        latest = publish(folder, target, name)
    failed = [entry for entry in entries if entry.error]
    print(f"{counted(len(entries), 'notebook')} ran, {len(failed)} failed: {latest / 'index.html'}")
    return 1 if failed else 0


def _run_page(page: Page, values: dict[str, Any], root: Path, folder: Path, day: str) -> Entry:
    executed = execute(
        root / "notebooks" / f"{page.notebook}.ipynb",
        folder / "notebooks" / f"{page.slug}.ipynb",
        page.parameters,
    )
    print(f"{'failed' if executed.error else 'done'} in {executed.seconds:.1f} s", flush=True)
    if executed.error:
        print(f"    {executed.error}", file=sys.stderr)
    html, answer = page_html(
        executed.notebook, slug=page.slug, parameters=values, error=executed.error, data_day=day
    )
    (folder / f"{page.slug}.html").write_text(html, encoding="utf-8")
    return Entry(page.slug, kicker(executed.notebook), answer, executed.error)


def _facts(
    pages: Sequence[Page], values: dict[str, dict[str, Any]], entries: Sequence[Entry]
) -> dict[str, Any]:
    return {
        "pages": {
            page.slug: {"notebook": page.notebook, "parameters": values[page.slug]}
            for page in pages
        },
        "failures": {entry.slug: entry.error for entry in entries if entry.error},
        "versions": {
            "adoption": __version__,
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
    }
