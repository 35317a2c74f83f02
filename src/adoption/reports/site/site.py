"""The shared parts of a report: assets, tables, its own pages, and the data for programs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from plotly.offline import get_plotlyjs

from adoption import tables
from adoption.core.files import sha256
from adoption.core.paths import package_root, reference_folder
from adoption.core.text import slug
from adoption.law.evidence import support, weak_sources
from adoption.law.status import load_status
from adoption.reports.current import GLOSSARY, REFERENCE
from adoption.reports.plan import SETTINGS_SCRIPT, UNSET, Settings
from adoption.reports.runs import embed_file, notebook_file, page_file, read_executed
from adoption.reports.site.compare import PAGE as COMPARE
from adoption.reports.site.compare import compared
from adoption.reports.site.frame import ASSETS, asset, dataset, framed, text
from adoption.reports.site.listing import HEAD, Entry, pages_by, sections
from adoption.reports.site.related import Links, search_script
from adoption.reports.site.render import EMBEDDED, PLOTLY_TYPE, save_page
from adoption.reports.subjects import closings_of, data_day_of, publishers_of
from adoption.show.answers import linked
from adoption.show.status_json import status_json
from adoption.show.svg import chart_svg
from adoption.tables.dictionary import TABLES, files_of

FEED, JOURNAL = "feed.xml", "CHANGES.md"
PAGE = "changes"
NEWS = timedelta(92)  # how long it stands on the front page
DAY = re.compile("<h2>(.+?)</h2>")  # a heading of the journal
EARLIER = re.compile("(<h2.*?</h2>)((?:(?!<h2).)*)", re.DOTALL)  # a day of it, but the last
FOLDED = r'<details class="limits"><summary>\1</summary>\2</details>'
IN_DRAWING = re.compile(r'<a data-state="[A-Z]{3}"(?: href="[^"]*")?')
TERM = re.compile(r"^\| (?!term )([^|]*[^|\s]) +\|", re.MULTILINE)  # in a row of the glossary
TERM_ROW = re.compile(r"<tr>\s*<td>(.*?)</td>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
API = "api/v1"
OF_A_STATE = ("acts", "memberships", "votes", "capacity", "regimes")
PLOTLY_JS = "plotly.min.js"
Row = dict[Any, Any]
MOVED = (  # what stands at the address of a page that is no more
    '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Moved</title>\n'
    '<meta http-equiv="refresh" content="0; url={0}"><link rel="canonical" href="{0}">\n'
    '<p>This page is part of <a href="{0}">another</a>.</p></html>\n'
)
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
    write_assets(folder / "assets")
    copy_folder(processed, folder / "data")
    if (reference := processed.parents[1] / REFERENCE).is_dir():
        copy_folder(reference, folder / "reference")
    (folder / "assets" / SETTINGS_SCRIPT).write_text(settings.script(), encoding="utf-8")
    terms = TERM.findall(glossary_of(processed.parents[1]))
    (folder / "assets" / "search.js").write_text(search_script(entries, terms), encoding="utf-8")
    treaties, script = compared(entries)
    compares = f"assets/comparison.{sha256(script.encode())[:8]}.js"  # never beside another's table
    (folder / compares).write_text(script, encoding="utf-8")
    write_api(folder / API, entries)
    write_embeds(folder, entries)
    pages = site_pages(folder, entries, processed.parent, day, settings)
    more = {"title": text("compare"), "treaties": treaties, "compares": compares}
    closings = closings_in(entries, day)
    pages[COMPARE] = framed("compare.html.j2", day, "report", closings=closings, **more)
    pages |= {old: MOVED.format(f"{new}.html") for old, new in settings.moved.items()}
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    save_page(folder, "index", pages["index"])
    complete_pages(folder, entries, settings)
    if settings.site:
        write_sitemap(folder, settings.site)
    if any(PLOTLY_JS in path.read_text(encoding="utf-8") for path in folder.glob("*.html")):
        write_plotly(folder / "assets")


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


def update_pages(
    folder: Path, last: Path, entries: Sequence[Entry], made: Collection[str], settings: Settings
) -> bool:
    """Write the links of pages made anew where nothing else of a report changes; whether it can be.

    It cannot where the index shows one of them, or where one no longer needs plotly.js, or does
    now. `last` is the report before.
    """

    def needs_plotly(report: Path, slug: str) -> bool:
        return PLOTLY_JS in (report / page_file(slug)).read_text(encoding="utf-8")

    if HEAD in made or any(needs_plotly(folder, s) != needs_plotly(last, s) for s in made):
        return False
    write_embeds(folder, [entry for entry in entries if entry.slug in made])
    complete_pages(folder, entries, settings, made)
    return True


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
    world = (reference_folder() / "geometry" / "world_50m.json").read_text(encoding="utf-8")
    topology = f"new Proxy({{}}, {{get: () => ({world.strip()})}})"
    script = f"var PlotlyGeoAssets = {{topojson: {topology}}};\n"
    (assets / "geometry.js").write_text(script, encoding="utf-8")


def write_embeds(folder: Path, entries: Sequence[Entry]) -> None:
    """Write a light page with the first map, or the status of the state, of each page with one."""
    for entry in entries:
        page = (folder / f"{entry.slug}.html").read_text(encoding="utf-8")
        if entry.answer and (figure := EMBEDDED.search(page)):
            html = framed(
                "embed.html.j2",
                data_day_of(entry.parameters),
                "page",
                kind="embed",
                entry=entry,
                title=entry.title,
                sources=publishers_of(entry.parameters),
                figure=IN_DRAWING.sub(r'\g<0> target="_top"', figure[0]),  # base holds for none
                map='class="world" id' in figure[0],
            )
            (folder / embed_file(entry.slug)).write_text(html, encoding="utf-8")


def complete_pages(
    folder: Path, entries: Sequence[Entry], settings: Settings = UNSET, made: Collection[str] = ()
) -> None:
    """Write the links of a report into its pages, or those made anew; one that has them stays."""
    links = Links(entries, settings)
    some = {name for slug in made for name in (page_file(slug), embed_file(slug))}
    for path in sorted(folder.glob("*.html")):
        if some and path.name not in some:
            continue
        html = path.read_text(encoding="utf-8")
        done = links.completed(html, path.stem.removesuffix("-failed"))
        if done != html:
            path.unlink()  # it may share its bytes with the last report
            path.write_text(done, encoding="utf-8")


def site_pages(
    folder: Path, entries: Sequence[Entry], data: Path, day: date, settings: Settings
) -> dict[str, str]:
    """Return the pages of every report's own by name: front, lists, analyses, data, changes."""
    from adoption.refresh.events import news_since, read_events  # slow to import

    head = next((entry for entry in entries if entry.slug == HEAD and entry.is_good), None)
    blocks = front_blocks(read_executed(folder / notebook_file(HEAD))) if head else ""
    failed = [entry for entry in entries if entry.error]
    journal = read_markdown(data / JOURNAL)
    changes = [("list", f"{PAGE}.html")] * bool(journal)
    changes += [("feed", FEED)] * write_feed(folder, data, day, settings)
    answer = head.answer if head and head.answer else {"text": text("made"), "reach": ""}
    shared = {"failed": failed, "entries": entries, "changes": changes, "reach": answer["reach"]}
    lists = sections(entries)

    def page(template: str, title: str, **more: Any) -> str:
        at = data_day_of(head.parameters) if head and template == "front" else day
        more["closings"] = closings_in(entries, at)
        return framed(f"{template}.html.j2", at, "report", title=title, **shared, **more)

    conventions = {entry.parameters.get("convention", "") for entry in entries} - {""}
    title = answer["text"]
    pages = {
        "index": page(
            "front" if head else "analyses",
            title,
            heading=text("site"),
            head=head,
            kind="front" if head else "",
            map=bool(head),
            blocks=blocks,
            sources=publishers_of(head.parameters) if head else "",
            lists=lists,
            news=news_since(read_events(data), day - NEWS),
            sentence=linked(title, answer.get("counts", ())),
        ),
        "analyses": page("analyses", text("analyses")),
        "404": page("missing", text("not_found")),
        "data": page(
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
            reference=(folder / "reference").is_dir(),
            tables=[file for table in TABLES for file in files_of(table.name)],
            support=support(tables.read("acts"), tables.read("sources")),
            weak=weak_sources(tables.read("sources")).to_dict("records"),
        ),
        "about": page("about", text("about"), glossary=glossary_html(glossary_of(data.parent))),
    }
    for section in lists:
        pages[slug(section.title)] = page("list", section.title, section=section)
    if journal:
        html = journal_html(journal)
        dated = DAY.sub(lambda day: f'<h2 id="{slug(day[1])}">{day[1]}</h2>', html)
        dated = EARLIER.sub(FOLDED, dated).replace("<details", "<details open", 1)
        more = {"kind": "journal", "title": text("changes"), "days": DAY.findall(html)}
        more |= {"journal": dated, "closings": closings_in(entries, day)}
        pages[PAGE] = framed("changes.html.j2", day, "report", **more)
    return pages


def closings_in(entries: Sequence[Entry], day: date) -> list[tuple[str, date]]:
    """Return which conventions of any page close for signature on a day that no data reach."""
    return list(dict.fromkeys(c for entry in entries for c in closings_of(entry.parameters, day)))


def front_blocks(notebook: Any) -> str:
    """Return what the front notebook shows: its sections stand beside its map."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    blocks: list[str] = []
    beside: list[str] = []
    for data in (output.get("data", {}) for output in outputs):
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
    target.mkdir(exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            copy_folder(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


# What has changed in the data


def write_feed(folder: Path, data: Path, day: date, settings: Settings) -> bool:
    """Write the feed of what is recorded, and return whether anything is.

    There is one without entries too: a reader can follow it before there is news.
    """
    from adoption.refresh.events import feed, read_events  # slow to import

    events = read_events(data)
    (folder / FEED).write_bytes(feed(events, day, settings.site, settings.owner or text("site")))
    return not events.empty


def read_markdown(path: Path) -> str:
    """Return the journal of the data, or the glossary; no text where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def journal_html(journal: str) -> str:
    """Return a journal, or the glossary, as HTML below a heading, for readers; HTML in it is text.

    Comments are left out: what the head says to whoever would edit the file.
    """
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(
        escape=True, allow_harmful_protocols=False, exclude_anchor_links=True
    )
    lines = [line for line in COMMENT.sub("", journal).splitlines() if not line.startswith("# ")]
    return str(MarkdownWithMath(renderer=renderer).render("\n".join(lines)))


def glossary_of(root: Path) -> str:
    """Return the glossary of a project, or of the package, to whose terms every lead may lead."""
    return read_markdown(root / GLOSSARY) or read_markdown(package_root() / GLOSSARY)


def glossary_html(glossary: str) -> str:
    """Return the glossary as HTML: each term has an address."""
    cell = r'<tr id="term-{}"><th scope="row">{}</th>'.format
    return TERM_ROW.sub(lambda row: cell(slug(row[1]), row[1]), journal_html(glossary))


# The data for programs: JSON files at fixed addresses, which need no server


def write_api(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the conventions, the status and acts of each, and what is known of each state.

    What is not known is null; days are ISO 8601; each row has its source, and an act its grade.
    """
    day = tables.data_day()
    as_of = {"as_of": str(day)}
    conventions, acts = tables.read("conventions"), _rows(tables.read("acts"))
    _write_json(folder / "conventions.json", as_of | {"conventions": _rows(conventions)})
    wanted = {
        entry.parameters["convention"] for entry in entries if "convention" in entry.parameters
    }
    for name in sorted(wanted & set(conventions["convention"])):
        status = load_status(name, day)
        participants = status.participants[
            [
                "iso3",
                "name",
                "kind",
                "status",
                "grade",
                "act",
                "date",
                "earliest",
                "latest",
                "source",
            ]
        ]
        reported = participants["status"].where(  # a report is no status by itself
            participants["grade"] != "reported", participants["status"] + ", reported"
        )
        participants = participants.assign(status=reported)
        known = status_json(status) | {"participants": _rows(participants)}
        _write_json(folder / name / "status.json", known)
        of_convention = [act for act in acts if act["convention"] == name]
        _write_json(folder / name / "acts.json", as_of | {"acts": of_convention})
    states = {row["iso3"]: row for row in _rows(tables.read("states"))}
    parts: dict[str, dict[str, list[Row]]] = {name: {} for name in OF_A_STATE}
    for name, by_state in parts.items():
        for row in _rows(tables.read(name)):
            by_state.setdefault(row.pop("iso3"), []).append(row)
    for iso3, page in sorted(pages_by(entries, "country").items()):
        state = as_of | {"page": page, "state": states[iso3]}
        known = {name: rows.get(iso3, []) for name, rows in parts.items()}
        _write_json(folder / "states" / f"{iso3}.json", state | known)


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Return rows as plain values: days as text, what is missing as None."""
    days = {str(c): frame[c].dt.strftime("%Y-%m-%d") for c in frame.select_dtypes("datetime")}
    plain_frame = frame.assign(**days).astype(object)
    return list(plain_frame.where(plain_frame.notna(), None).to_dict("records"))


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    path.write_text(text + "\n", encoding="utf-8")
