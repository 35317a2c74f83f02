"""The shared parts of a report: assets, tables, the front page, the lists, and what all link to."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from adoption.countries.groups import slug
from adoption.data.dictionary import TABLES, files_of
from adoption.reports.executed import read_executed
from adoption.reports.pages.api import API, write_api
from adoption.reports.pages.changes import FEED, PAGE, journal_html, read_journal, write_feed
from adoption.reports.pages.compare import PAGE as COMPARE
from adoption.reports.pages.compare import SCRIPT, compared
from adoption.reports.pages.frame import framed, text
from adoption.reports.pages.listing import HEAD, Entry, cards, sections
from adoption.reports.pages.preview import NAME as PREVIEW
from adoption.reports.pages.preview import write_preview
from adoption.reports.pages.receipts import front_with_receipts, sentence_with_receipts
from adoption.reports.pages.related import Links
from adoption.reports.pages.render import PLOTLY_TYPE
from adoption.reports.pages.search import search_script
from adoption.reports.pages.svg import chart_svg
from adoption.reports.runs import notebook_file
from adoption.reports.settings import SETTINGS_SCRIPT, Settings

REFERENCE = "docs/html"  # where `make docs` puts it
ASSETS = Path(__file__).parent / "assets"
ASIDE = (400, 165)  # pixels: a figure beside the map of the front page


def write_site(
    folder: Path, entries: Sequence[Entry], processed: Path, day: date, settings: Settings
) -> None:
    """Write everything of a report but its own pages, and the links between those.

    Parameters
    ----------
    folder : Path
        The report, in which the pages and the executed notebooks are.
    entries : sequence of Entry
        The pages, in the order of the plan.
    processed : Path
        The tables.
    day : date
        The day of all data.
    settings : Settings
        Those of the plan.
    """
    copy_folder(ASSETS, folder / "assets")
    copy_folder(processed, folder / "data")
    if (made := processed.parents[1] / REFERENCE).is_dir():
        copy_folder(made, folder / "reference")
    (folder / "assets" / SETTINGS_SCRIPT).write_text(settings.script(), encoding="utf-8")
    (folder / "assets" / "search.js").write_text(search_script(entries), encoding="utf-8")
    write_api(folder / API, entries)
    pages = site_pages(folder, entries, processed.parent, day, settings.site)
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    has_map = write_preview(folder / "assets" / PREVIEW, pages["index"])
    complete_pages(folder, entries, PREVIEW if has_map else "", settings.site)


def complete_pages(
    folder: Path, entries: Sequence[Entry], preview: str = "", site: str = ""
) -> None:
    """Write the links between the pages of a report into each; one that has them stays."""
    links = Links(entries, preview, site)
    for path in sorted(folder.glob("*.html")):
        html = path.read_text(encoding="utf-8")
        done = links.completed(html, path.stem.removesuffix("-failed"))
        if done != html:
            path.unlink()  # it may share its bytes with the last report
            path.write_text(done, encoding="utf-8")


def site_pages(
    folder: Path, entries: Sequence[Entry], data: Path, day: date, site: str
) -> dict[str, str]:
    """Return the pages of every report's own by name: front, lists, analyses, data, changes."""
    head = next((entry for entry in entries if entry.slug == HEAD and entry.is_good), None)
    blocks = front_blocks(read_executed(folder / notebook_file(HEAD))) if head else ""
    convention = head.parameters.get("convention", "") if head else ""
    blocks = front_with_receipts(blocks, convention)
    failed = [entry for entry in entries if entry.error]
    journal = read_journal(data)
    told = [("list", f"{PAGE}.html")] * bool(journal)
    told += [("feed", FEED)] * write_feed(folder, data, day, site)
    shared = {"failed": failed, "entries": entries, "changes": told}
    lists = sections(entries)
    treaties, script = compared(entries)
    (folder / "assets" / SCRIPT).write_text(script, encoding="utf-8")

    def page(template: str, title: str, **more: Any) -> str:
        return framed(f"{template}.html.j2", day, "report", title=title, **shared, **more)

    conventions = {entry.parameters.get("convention", "") for entry in entries} - {""}
    title = head.answer["text"] if head and head.answer else text("description")
    pages = {
        "index": page("front", title, heading=text("site"), kind="front", map=bool(head),
                      head=head, blocks=blocks, lists=lists, sentence=sentence_with_receipts(
                          title, {"convention": convention}, f"convention:{convention}")),
        COMPARE: page("compare", text("compare"), treaties=treaties),
        "analyses": page("analyses", text("analyses"), cards=cards(entries)),
        "data": page("data", text("data"), api=API, conventions=sorted(conventions),
                     reference=(folder / "reference").is_dir(),
                     tables=[file for table in TABLES for file in files_of(table.name)]),
        "about": page("about", text("about")),
    }  # fmt: skip
    for section in lists:
        pages[slug(section.title)] = page("list", section.title, section=section)
    if journal:
        pages[PAGE] = changes_html(journal, day)
    return pages


def changes_html(journal: str, day: date) -> str:
    """Return the page that lists what has changed in the data."""
    return framed(
        "changes.html.j2", day, "report", kind="journal", title=text("changes"),
        journal=journal_html(journal),
    )  # fmt: skip


def front_blocks(notebook: Any) -> str:
    """Return what the front notebook shows: its sections stand beside its map."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.get("data", {}) for output in outputs]
    blocks: list[str] = []
    beside: list[str] = []
    for data in shown:
        if PLOTLY_TYPE in data:
            figure = data[PLOTLY_TYPE]
            meta = figure["layout"]["meta"]
            drawn = chart_svg(figure, ASIDE[0], meta["alternative"], "curve", ASIDE[1])
            beside.append(f"<section><h2>{escape(meta['title'])}</h2>{drawn}</section>")
        elif "text/html" in data:
            html = "".join(data["text/html"])
            (beside if html.startswith("<section") else blocks).append(html)
    return "\n".join([*blocks, '<div class="beside">', *beside, "</div>"])


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder, up to the first error; `copytree` gathers all into one that tells no kind."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            copy_folder(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
