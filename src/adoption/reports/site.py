"""The shared parts of a report: assets, tables and the index."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import plotly

from adoption.reports.render import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Sequence

ASSETS = Path(__file__).parent / "assets"
TOPOLOGY = "world_50m"


@dataclass(frozen=True)
class Entry:
    """One page in the index.

    Attributes
    ----------
    slug : str
        Its address without the ending.
    kicker : str
        What kind of page it is.
    answer : dict or None
        Title, text and key figure; None if the notebook failed before its answer.
    error : str or None
        Why it failed.
    """

    slug: str
    kicker: str
    answer: dict[str, str] | None
    error: str | None


def write_assets(folder: Path, geometry: Path) -> None:
    """Write what all pages share: plotly.js, the topology, styles and the drawing script.

    Parameters
    ----------
    folder : Path
        The report's folder.
    geometry : Path
        `data/reference/geometry`.
    """
    assets = folder / "assets"
    shutil.copytree(ASSETS, assets)
    plotly_js = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    shutil.copyfile(plotly_js, assets / "plotly.min.js")
    topology = (geometry / f"{TOPOLOGY}.json").read_text(encoding="utf-8")
    (assets / "world.js").write_text(
        f"window.PlotlyGeoAssets={{topojson:{{{TOPOLOGY}:{topology.strip()}}}}};\n",
        encoding="utf-8",
    )


def write_tables(folder: Path, processed: Path) -> None:
    """Copy the processed tables that the pages link to."""
    shutil.copytree(processed, folder / "data")


def index_html(entries: Sequence[Entry], tables: Sequence[str], data_day: str) -> str:
    """Return the index.

    Parameters
    ----------
    entries : sequence of Entry
        The pages in order.
    tables : sequence of str
        Names of the processed tables.
    data_day : str
        The day of the data, in words.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("index.html.j2")
    return template.render(entries=entries, tables=tables, data_day=data_day)
