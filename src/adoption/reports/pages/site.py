"""The shared parts of a report: assets, tables, the index and the list of changes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import jinja2

from adoption.countries.groups import slug
from adoption.reports.pages.changes import journal_html
from adoption.reports.pages.listing import HEAD, front, sections
from adoption.reports.pages.listing import Entry as Entry
from adoption.reports.pages.staleness import SETTINGS_SCRIPT, age_html, settings_script, time_html

ASSETS = Path(__file__).parent / "assets"
TEMPLATES = Path(__file__).parent / "template" / "site"
TOPOLOGY = "world_50m"
STATE = re.compile(r'<a data-state="(?P<iso3>[A-Z]{3})"')


def write_assets(folder: Path, geometry: Path, stale_after: int) -> None:
    """Write what all pages share: plotly.js, the topology, styles, the scripts and settings."""
    assets = folder / "assets"
    _copy_folder(ASSETS, assets)
    topology = (geometry / f"{TOPOLOGY}.json").read_text(encoding="utf-8")
    (assets / "world.js").write_text(
        f"window.PlotlyGeoAssets={{topojson:{{{TOPOLOGY}:{topology.strip()}}}}};\n",
        encoding="utf-8",
    )
    (assets / SETTINGS_SCRIPT).write_text(settings_script(stale_after), encoding="utf-8")


def write_tables(folder: Path, processed: Path) -> None:
    """Copy the processed tables that the pages link to."""
    _copy_folder(processed, folder / "data")


def _copy_folder(source: Path, target: Path) -> None:
    """Copy a folder, up to the first error; `copytree` gathers all into one that tells no kind."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy_folder(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def index_html(
    entries: Sequence[Entry],
    tables: Sequence[str],
    data_day: str,
    changes: Sequence[tuple[str, str]] = (),
    figures: str = "",
) -> str:
    """Return the index: the pages in front as cards, the others in their sections as lists."""
    slugs = {entry.slug for entry in entries}
    return _rendered(
        "index.html.j2",
        data_day,
        entries=entries,
        failed=[entry for entry in entries if entry.error],
        front=front(entries),
        sections=sections(entries),
        tables=tables,
        changes=changes,
        head=next((entry for entry in entries if entry.slug == HEAD and figures), None),
        figures=STATE.sub(lambda found: _linked(found, slugs), figures),
    )


def figures_of(notebook: Path) -> str:
    """Return what an executed notebook shows as HTML, in the order of its cells."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return "\n".join("".join(data["text/html"]) for data in shown if "text/html" in data)


def _linked(state: re.Match[str], slugs: Collection[str]) -> str:
    """Return the mark of a state on a map, as a link where the report has a brief on it."""
    page = f"brief-{state['iso3'].lower()}"
    return f'{state[0]} href="{page}.html"' if page in slugs else state[0]


def changes_html(journal: str, data_day: str) -> str:
    """Return the page that lists what has changed in the data."""
    return _rendered("changes.html.j2", data_day, journal=journal_html(journal))


def _rendered(template: str, data_day: str, **more: Any) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["slug"] = slug
    return environment.get_template(template).render(
        age=age_html(data_day, "report"), data_day=time_html(data_day), **more
    )
