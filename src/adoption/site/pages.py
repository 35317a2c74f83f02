"""What a report has beside the pages of its notebooks: assets, tables, pages of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from adoption import tables
from adoption.core.files import sha256
from adoption.core.paths import processed_folder
from adoption.core.reading import remembered
from adoption.core.text import long_day, slug
from adoption.figures.theme import STYLE, world_file
from adoption.law.conventions import load_conventions
from adoption.law.evidence import support, weak_sources
from adoption.law.status import load_status
from adoption.press.document import CodeBlock, Document, DrawingBlock, FigureBlock, read_document
from adoption.press.due import file_digest
from adoption.press.geometry import areas
from adoption.press.html import View, first_svg, share_picture, text
from adoption.press.plan import SETTINGS_SCRIPT, Page, Settings
from adoption.press.printing import Report, orders_of, print_pages
from adoption.press.store import PageRecord, Sheet, document_file, picture_file
from adoption.site.api import API, prepare_api, write_api
from adoption.site.changes import changed_days, changes_lead
from adoption.site.compare import COMPARE_PAGE as COMPARE
from adoption.site.compare import examples, treaties_and_script
from adoption.site.conventions import index_of, lists_conventions
from adoption.site.feeds import (
    JOURNAL,
    glossary_of,
    read_glossary,
    read_journal,
    read_markdown,
    recorded_entries,
    terms_of,
    write_feeds,
)
from adoption.site.files import REFERENCE
from adoption.site.frame import ASSETS, asset, dataset, framed
from adoption.site.links import Links, feed_file
from adoption.site.lists import FRONT_PAGE, Entry, index_sections
from adoption.site.regions import areas_script, regions_script
from adoption.site.render import PLOTLY_JS, render_page, sentence_html, view_of
from adoption.site.search import search_script, words_of_document
from adoption.site.subjects import (
    closings_of,
    data_day_of,
    kind_of_subject,
    publishers_of,
    subject_of,
)
from adoption.tables.dictionary import TABLES, files_of

CHANGES_PAGE = "changes"
OWN_PARTS = "*"  # no page: what all of them share, among what was made
NEWS_PERIOD = timedelta(92)  # how long it stands on the front page
MOVED_PAGE = (  # what stands at the address of a page that is no more
    '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Moved</title>\n'
    '<meta http-equiv="refresh" content="0; url={0}"><link rel="canonical" href="{0}">\n'
    '<p>This page is part of <a href="{0}">another</a>.</p></html>\n'
)
FRONT_WIDTHS = (600, 350)  # pixels: two figures stand side by side


def prepare_site() -> None:
    """Find out what every report shows of tables alone: it is remembered until it is written."""
    day = tables.data_day()
    for convention in load_conventions():
        load_status(convention, day)
    data = processed_folder().parent
    news_of(data, day)
    recorded_entries(data)
    read_journal(read_markdown(data / JOURNAL))
    read_glossary(glossary_of(data.parent))
    prepare_api()
    regions_script()
    areas_script()
    areas(world_file())
    treaties_and_script(())


def write_pages(report: Report) -> Mapping[str, Sheet]:
    """Make the pages of a report, and everything else of a site: its own pages, assets, tables.

    The front page and the list of changes tell the day of all data: the tables that they offer, and
    the refresh that made them, are of it. How old a list of acts is, the pages about it tell.
    The oldest of them all would say nothing of the index: some lists nobody publishes anew.
    """
    entries = [entry_of(page, record) for page, record in report.pages]
    links = Links(entries)
    orders = [replace(o, links=links.of_page(o.name)) for o in orders_of(report)]
    settings = report.settings
    shared = {"settings": settings.model_dump(), "addresses": links.addresses()}
    sheets = print_pages(report, orders, render_page, shared)
    needs = sorted({need for sheet in sheets.values() for need in sheet.needs})
    head = next((entry for entry in entries if entry.slug == FRONT_PAGE and entry.is_good), None)
    front = file_digest(report.run.folder / document_file(FRONT_PAGE)) if head else ""
    listed = [(page.slug, _listed(record)) for page, record in report.pages]
    share_sheet = Sheet(
        digest=sha256(json.dumps([report.site, front, needs, listed], default=str).encode()),
        files=[],
    )
    before = report.run.last.sheets.get(OWN_PARTS) if report.run.last else None
    if before != share_sheet or not report.run.carry_over_others():
        document = read_document(report.run.folder / document_file(FRONT_PAGE)) if head else None
        folder, day = report.run.folder, tables.data_day()
        write_site(folder, entries, links, processed_folder(), day, settings, document)
        if needs:
            write_plotly(folder / "assets")
    return {**sheets, OWN_PARTS: share_sheet}


def _listed(record: PageRecord) -> list[object]:
    """Return what other pages tell of one."""
    values = [*record.shown_parameters.items()]
    made_on = record.made_on.date() if record.good_parameters is not None else None
    return [record.kicker, record.answer, values, record.data_day, record.error, made_on]


def entry_of(page: Page, record: PageRecord) -> Entry:
    """Return a page as the lists of the site have it."""
    return Entry(
        page.slug,
        record.kicker,
        record.answer,
        record.error,
        page.section,
        long_day(record.made_on.date()) if record.good_parameters is not None else "",
        page.also,
        subject_of(record.shown_parameters),
        record.shown_parameters,
        page.notebook,
    )


def write_site(
    folder: Path,
    entries: Sequence[Entry],
    links: Links,
    processed: Path,
    day: date,
    settings: Settings,
    front: Document | None,
) -> None:
    """Write everything of a report but the pages of its notebooks.

    Parameters
    ----------
    folder : Path
        The report.
    entries : sequence of Entry
        The pages, in the order of the plan.
    links : Links
        How they lead to each other.
    processed : Path
        The tables.
    day : date
        The day of all data.
    settings : Settings
        Those of the plan.
    front : Document, optional
        What stands on the front page.
    """
    write_assets(folder / "assets")
    copy_folder(processed, folder / "data")
    if (reference := processed.parents[1] / REFERENCE).is_dir():
        copy_folder(reference, folder / "reference")
    (folder / "assets" / SETTINGS_SCRIPT).write_text(settings.script(), encoding="utf-8")
    terms = terms_of(glossary_of(processed.parents[1]))
    words = {e.slug: words_of_document(_document(folder, e)) for e in entries if _is_searched(e)}
    search = search_script(entries, terms, words)
    (folder / "assets" / "search.js").write_text(search, encoding="utf-8")
    (folder / "assets" / "regions.js").write_text(regions_script(), encoding="utf-8")
    (folder / "assets" / "areas.js").write_text(areas_script(), encoding="utf-8")
    treaties, script = treaties_and_script(entries)
    compares = f"assets/comparison.{sha256(script.encode())[:8]}.js"  # never beside another's table
    (folder / compares).write_text(script, encoding="utf-8")
    write_api(folder / API, entries)
    pages = site_pages(folder, entries, links, processed.parent, day, settings, front)
    more: dict[str, Any] = {"title": text("compare"), "treaties": treaties, "compares": compares}
    more |= {"examples": examples()}
    about = links.of_page(COMPARE), settings
    closings = closings_in(entries, day)
    pages[COMPARE] = framed("compare.html.j2", day, "report", *about, closings=closings, **more)
    pages |= {old: MOVED_PAGE.format(f"{new}.html") for old, new in settings.moved.items()}
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    (folder / picture_file("index")).parent.mkdir(exist_ok=True)
    news = news_of(processed.parent, day)
    (folder / picture_file("index")).write_bytes(_front_picture(front, links, news))
    if settings.site:
        write_sitemap(folder, settings.site)


def _is_searched(entry: Entry) -> bool:
    """Return whether what a page says is searched: of an analysis, not of hundreds alike."""
    return entry.is_good and not entry.section and kind_of_subject(entry.parameters) != "country"


def _document(folder: Path, entry: Entry) -> Document:
    return read_document(folder / document_file(entry.slug))


@remembered
def news_of(data: Path, day: date) -> Sequence[str]:
    """Return what stands as news on the front page."""
    from adoption.refresh.events import news_since, read_events  # slow to import

    return news_since(read_events(data), day - NEWS_PERIOD)


def _front_picture(front: Document | None, links: Links, news: Sequence[str]) -> bytes:
    foot = str(text("site"))
    if front is None or front.answer is None:
        return share_picture(str(text("made")), "", "", foot, STYLE)
    view = view_of(front, links.of_page("index"), links.addresses())
    lead = f"{text('news')}: {news[0]}" if news else ""
    return share_picture(front.answer["text"], lead, first_svg(view), foot, STYLE)


def write_sitemap(folder: Path, site: str) -> None:
    """Write the addresses of the pages for search engines, which need them whole, and where."""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site}sitemap.xml\n"
    (folder / "robots.txt").write_text(robots, encoding="utf-8")
    names = sorted(path.name for path in folder.glob("*.html"))
    wanted = [n for n in names if n != "404.html" and not n.startswith("embed-")]
    urls = "".join(f"<url><loc>{escape(site + name)}</loc></url>\n" for name in wanted)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    head += '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (folder / "sitemap.xml").write_text(f"{head}{urls}</urlset>\n", encoding="utf-8")


def write_assets(folder: Path) -> None:
    """Write the scripts, and the style sheet and sign of the site with the colours of the theme."""
    folder.mkdir(exist_ok=True)
    for path in ASSETS.iterdir():
        name, content = asset(path.name)
        (folder / name).write_text(content, encoding="utf-8")


def write_plotly(assets: Path) -> None:
    """Write plotly.js, for pages with a figure that only it draws, and the world for its maps.

    It would fetch its maps from its maker's server; here each of them is the project's geometry.
    """
    (assets / PLOTLY_JS).write_text(get_plotlyjs(), encoding="utf-8")
    world = world_file().read_text(encoding="utf-8")
    topology = f"new Proxy({{}}, {{get: () => ({world.strip()})}})"
    script = f"var PlotlyGeoAssets = {{topojson: {topology}}};\n"
    (assets / "geometry.js").write_text(script, encoding="utf-8")


def site_pages(
    folder: Path,
    entries: Sequence[Entry],
    links: Links,
    data: Path,
    day: date,
    settings: Settings,
    front: Document | None,
) -> dict[str, str]:
    """Return the pages of every report's own by name: front, lists, analyses, data, changes."""
    head = next((entry for entry in entries if entry.slug == FRONT_PAGE and entry.is_good), None)
    head = head if front else None
    widths = {"widths": FRONT_WIDTHS}
    view = view_of(front, links.of_page("index"), links.addresses(), **widths) if front else None
    failed = [entry for entry in entries if entry.error]
    journal = read_markdown(data / JOURNAL)
    changes = [("list", f"{CHANGES_PAGE}.html")] * bool(journal)
    changes += [("feed", "feed.xml")] * write_feeds(folder, data, day, settings, links)
    answer = head.answer if head and head.answer else {"text": text("made"), "reach": ""}
    shared: dict[str, Any] = {
        "failed": failed,
        "entries": entries,
        "changes": changes,
        "reach": answer["reach"],
    }
    lists, closings_today = index_sections(entries), closings_in(entries, day)
    glossary = read_glossary(glossary_of(data.parent))

    def page(name: str, template: str, title: str, **more: Any) -> str:
        at = data_day_of(head.parameters) if head and template == "front" else day
        said = links.of_page(name)
        closings = closings_in(entries, at) if at != day else closings_today
        values = {"title": title, "closings": closings, **shared, **more}
        return framed(f"{template}.html.j2", at, "report", said, settings, **values)

    conventions = {entry.parameters.get("convention", "") for entry in entries} - {""}
    title = answer["text"]
    # One table: each page that is made of lists, by its name.
    pages = {
        "index": page(
            "index",
            "front" if head else "analyses",
            title,
            heading=text("site"),
            head=head,
            kind="front" if head else "",
            reach="" if head else answer["reach"],  # the front tells it itself
            map=bool(head),
            front=front_parts(view) if view else [],
            folds=front_folds(view) if view else [],
            sources=publishers_of(head.parameters) if head else "",
            lists=lists,
            news=news_of(data, day),
            sentence=sentence_html(answer, view, explains=False) if view else title,
        ),
        "analyses": page("analyses", "analyses", text("analyses")),
        # It stands for any address, also one below a folder that there is not.
        "404": page("404", "missing", text("not_found"), base=settings.site),
        "data": page(
            "data",
            "data",
            text("data"),
            api=API,
            dataset=dataset(
                f"{text('site')}: {text('data').lower()}",
                text("description"),
                day,
                {f"data/{file}.csv": "text/csv" for file in ("acts", "spells", "states")},
            ),
            conventions=sorted(conventions),
            feeds=[
                (page.subject.label, feed_file(subject))
                for subject, page in links.feeds.items()
                if subject.startswith("treaty:")
            ],
            reference=(folder / "reference").is_dir(),
            tables=[file for table in TABLES for file in files_of(table.name)],
            support=support(tables.read("acts"), tables.read("sources")),
            weak=weak_sources(tables.read("sources")).to_dict("records"),
        ),
        "about": page("about", "about", text("about"), glossary=glossary),
    }
    for section in lists:
        name = slug(section.title)
        first = links.first_convention if lists_conventions(section) else None
        index = first and index_of(section, first, day)
        template = "conventions" if index else "list"
        pages[name] = page(name, template, section.title, section=section, index=index)
    if journal:
        from adoption.refresh.events import read_events  # slow to import

        events = read_events(data)
        changed = changed_days(events, links.addresses())
        more: dict[str, Any] = {
            "kind": "journal",
            "title": text("changes"),
            "lead": changes_lead(events),
            "feed": ("feed", "feed.xml") in changes,
            "changed": changed,
            "headings": [day.heading for day in changed],
            "days": read_journal(journal),
            "closings": closings_today,
        }
        about = day, "report", links.of_page(CHANGES_PAGE), settings
        pages[CHANGES_PAGE] = framed("changes.html.j2", *about, **more)
    return pages


def closings_in(entries: Sequence[Entry], day: date) -> list[tuple[str, date]]:
    """Return which conventions of any page close for signature on a day that no data reach."""
    return list(dict.fromkeys(c for entry in entries for c in closings_of(entry.parameters, day)))


def front_parts(view: View) -> list[dict[str, Any]]:
    """Return what the front notebook shows in order: figures and drawings, each a part."""
    parts = []
    for section in view.document.sections:
        for block in () if view.is_folded(section) else section.blocks:
            if isinstance(block, FigureBlock):
                html = view.html(block, is_lead=True)
                parts.append({"name": "figure", "heading": "", "html": html})
            elif isinstance(block, DrawingBlock):
                html, heading = view.drawing(block), block.heading
                parts.append({"name": block.template, "heading": heading, "html": html})
    return parts


def front_folds(view: View) -> list[dict[str, Any]]:
    """Return the limits of the front notebook, below their headings."""
    return [
        {
            "heading": section.heading,
            "html": Markup("").join(
                view.html(block) for block in section.blocks if not isinstance(block, CodeBlock)
            ),
        }
        for section in view.document.sections
        if view.is_folded(section)
    ]


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder, up to the first error; `copytree` gathers all into one that tells no kind."""
    target.mkdir(exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            copy_folder(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
