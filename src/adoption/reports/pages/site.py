"""The shared parts of a report: assets, tables, the index and the list of changes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from adoption.groups import slug
from adoption.reports.pages.changes import journal_html
from adoption.reports.pages.listing import Entry as Entry
from adoption.reports.pages.listing import front, sections
from adoption.reports.pages.staleness import SETTINGS_SCRIPT, age_html, settings_script, time_html

if TYPE_CHECKING:
    from collections.abc import Sequence

ASSETS = Path(__file__).parent / "assets"
TEMPLATES = Path(__file__).parent / "template" / "site"
TOPOLOGY = "world_50m"


def write_assets(folder: Path, geometry: Path, stale_after: int) -> None:
    """Write what all pages share: plotly.js, the topology, styles, the scripts and settings.

    Parameters
    ----------
    folder : Path
        The report's folder.
    geometry : Path
        `data/reference/geometry`.
    stale_after : int
        After how many days the pages tell the age of their data.
    """
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
) -> str:
    """Return the index: the pages in front as cards, the others in their sections as lists.

    Parameters
    ----------
    entries : sequence of Entry
        The pages in order.
    tables : sequence of str
        Names of the processed tables.
    data_day : str
        The day of the data, in words.
    changes : sequence of (str, str)
        What tells of changes in the data: a word and an address each.
    """
    return _rendered(
        "index.html.j2",
        data_day,
        entries=entries,
        failed=[entry for entry in entries if entry.error],
        front=front(entries),
        sections=sections(entries),
        tables=tables,
        changes=changes,
    )


def changes_html(journal: str, data_day: str) -> str:
    """Return the page that lists what has changed in the data.

    Parameters
    ----------
    journal : str
        `data/CHANGES.md`.
    data_day : str
        The day of the data, in words.
    """
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
