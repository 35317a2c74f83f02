"""From an executed notebook to a page: figures as SVG, tables with classes, code on demand."""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape, unescape
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import Preprocessor
from PIL import Image, ImageDraw

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import slug as slug_of
from adoption.law.conventions import find_convention
from adoption.reports.runs import page_file, picture_file
from adoption.reports.site.frame import TEMPLATES, dataset, framed, text
from adoption.reports.subjects import closings_of, kind_of, publishers_of
from adoption.show.answers import ANSWER_TYPE, linked
from adoption.show.charts import ROWS
from adoption.show.maps import DRAWN_WITHIN, ON_MAPS
from adoption.show.picture import font, rounded, svg_png
from adoption.show.status import reach_strip
from adoption.show.svg import LINE, MANY, chart_svg, is_drawn
from adoption.show.theme import INK, MUTED, PAPER
from adoption.show.worldmap import map_svg
from adoption.tables.choices import LATEST, to_day

PLOTLY_TYPE = "application/vnd.plotly.v1+json"
PNG_TYPE = "image/png"
# Tags of cells that no page has: papermill's note of a failure, and what only an author needs.
LEFT_OUT = {"papermill-error-cell-tag", "change-this"}
WIDE, NARROW = 900, 350  # pixels for which a figure is drawn; the style sheet shows one of them
TABLE = re.compile(r'<table class="adoption-table(?P<kind>[\w ]*)".*?</table>', re.DOTALL)
# What no page shows: styles of a table's own, and the label of an empty cell.
UNSEEN = re.compile(r'<style>.*?</style>| style="[^"]*"| data-label="[^"]*"(?=></td>)', re.DOTALL)
ROW = re.compile(r'<tr(?P<marks>[^>]*)>(?=<th scope="row">(?P<head>.*?)</th>)', re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
CODE = re.compile(r'<pre class="code".*?</pre>\n?', re.DOTALL)
# Kinds of page of which there are hundreds: the code is in their notebooks alone.
FOR_READERS = ("Brief", "Region brief")
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
CELL = re.compile(r"(?P<tag><td[^>]*>)(?P<content>[^\n]*?)</td>")
SOURCE = re.compile(r'(?:(?P<link><a href="[^"]*")>)?(?P<key>[\w.-]+)(?:</a>)?')
KEY = re.compile(r"[\w-]+")
EMBEDDED = re.compile(  # what a page may be asked for alone: a map, or what a state did
    r'<figure class="(?:world|strip)".*?</figure>'
    r'|<figure class="chart"(?:(?!</figure>).)*<div class="world">.*?</figure>',
    re.DOTALL,
)
OUTSIDE = re.compile(r'<a href="(?=https?:)')
CLEAR = " ,:;/()!*@$=+?"  # as it is in an address
SHORT_NOTE, MANY_LETTERS = (40, 80)  # letters of a note: what is seen of a longer one
MANY_ROWS, OPEN_TABLES = 12, 3  # a longer table is folded, and one further down; never the first
REST = re.compile(
    "limits|sources|missing|not certain|method|licences|cover|reach|changed|trials"
    "|cut short|checked|all at once|behind the figures|rest on",
    re.I,
)
HEAD_OF_OUTPUT = re.compile(  # that a program wrote: it is one of the article, before its cell
    r'(?P<cell><section class="cell">\s*(?:<pre class="code"(?:(?!</pre>).)*</pre>)?\s*'
    r'<div class="output text">)(?P<head><h2[^>]*>[^\n]*?</h2>)',
    re.DOTALL,
)
HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
TERM = re.compile(r"(?:(?P<consent>consent(?:ed)? to be bound)|ratified|ratification)(?![^<]*</a>)")
LISTS = '<p class="current"><!--reach--><!--/reach--></p>'
OFFICIAL = "authentic language"  # the standing of a treaty's title in the table treaty_titles
DEFUSED = ("=", "+", "-", "@")  # a text that begins so is a formula to a spreadsheet
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BESIDE = re.compile(r"(?:<br>|\s)<b>.*|(?<=</b>)<br>.*")  # a number beside a label, or below it
SCALE = re.compile(", (?:root scale|logarithmic)$")  # of an axis, not of the values in a table
NAME_ON_MAP = re.compile("</b><br>|: ")  # ends it
# Of a page as a picture: its heading and lead, and its first figure.
LEAD = re.compile(r'<(?:h1|p class="answer")[^>]*>(.*?)</(?:h1|p)>', re.DOTALL)
DRAWING = re.compile(r'(?s)<figure class="(?:chart|world)".*?<svg[^>]*? viewBox="(.*?)"(.*?</svg>)')
NAMED = re.compile(r"[,;:(]| (?:by|on|from|to) \d")  # ends what a file holds in a subtitle


@dataclass(frozen=True)
class Notice:
    """What stands at the head of a page that is not as it should be.

    Attributes
    ----------
    error : str
        The failing cell's error in one line, on the page that shows the failure; or "".
    made_on, link : str
        On a page that is good but not new, its day in words and the page of the failure; or "".
    """

    error: str = ""
    made_on: str = ""
    link: str = ""


class _ForPages(Preprocessor):
    """Turns what a browser cannot show by itself into HTML."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        numbers: Counter[str] = Counter()
        nb.cells = [cell for cell in nb.cells if LEFT_OUT.isdisjoint(cell.metadata.get("tags", []))]
        failed = [
            number
            for number, cell in enumerate(nb.cells, start=1)
            if cell.metadata.get("papermill", {}).get("exception")
        ]
        nb.cells = nb.cells[: failed[0]] if failed else nb.cells  # what follows has only headings
        outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
        answers = [o.data for o in outputs if ANSWER_TYPE in o.get("data", {})]
        for later in answers[1:]:  # words of their own sections
            del later[ANSWER_TYPE]
        nb.cells = _answer_first(nb.cells)
        for cell in nb.cells:
            if cell.cell_type == "markdown" and cell.source.startswith("# "):
                cell.source = ""  # the page has it above its title
            for output in cell.get("outputs", []):
                if output.output_type == "execute_result":
                    output.output_type = "display_data"
                if ANSWER_TYPE in output.get("data", {}):
                    resources["answer"] = output.data[ANSWER_TYPE]
                else:
                    _to_html(output, numbers, (resources["about"], resources["day"]))
        _figure_first(nb.cells)
        nb.cells = _without_empty_sections(nb.cells)  # the answer counts: words may follow it
        for cell in nb.cells:
            if cell.get("outputs"):
                cell.outputs = [o for o in cell.outputs if ANSWER_TYPE not in o.get("data", {})]
        return nb, resources


def _by_section(cells: Sequence[Any]) -> list[tuple[int, Any]]:
    """Return cells with the number of their section; what stands before the first has 0."""
    heads = [cell.cell_type == "markdown" and cell.source.startswith("## ") for cell in cells]
    return [*zip(accumulate(heads), cells, strict=True)]


def _answer_first(cells: Sequence[Any]) -> list[Any]:
    """Return cells with the section of the answer, which may be found last, before the others."""
    placed = _by_section(cells)
    first = {0} | {
        number
        for number, cell in placed
        for output in cell.get("outputs", [])
        if ANSWER_TYPE in output.get("data", {})
    }
    return [cell for _, cell in sorted(placed, key=lambda numbered: numbered[0] not in first)]


def _without_empty_sections(cells: Sequence[Any]) -> list[Any]:
    """Return cells without the sections whose code shows nothing: their words are about it."""
    placed = _by_section(cells)
    code = {number for number, cell in placed if cell.cell_type == "code"}
    seen = {
        number
        for number, cell in placed
        for output in cell.get("outputs", [])
        if output.get("data", {}).get("text/markdown", True)  # a note may have no words
    }
    return [cell for number, cell in placed if number in seen or not number or number not in code]


def _to_html(output: Any, numbers: Counter[str], names: tuple[str, str]) -> None:
    """Turn a figure, a picture or a table into HTML; each kind has its own numbers."""
    data = output.get("data", {})
    kind = "table" if "<table" in data.get("text/html", "") else "figure"
    number = numbers[kind] + 1
    if PLOTLY_TYPE in data:
        html = figure_html(data[PLOTLY_TYPE], number, picture_of(output), *names)
    elif PNG_TYPE in data:
        html = f'<figure class="chart" id="figure-{number}">{picture_of(output)}</figure>'
    elif kind == "table":
        html = table_html(data["text/html"], number)
    else:
        return
    numbers[kind] = number
    output["data"] = {"text/html": html}


def _figure_first(cells: Sequence[Any]) -> None:
    """Move the first figure to the head of the article, if text or a table stands before it.

    The words of a section that has nothing else then stand below it, without their heading.
    """
    answered = between = False
    for place, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if ANSWER_TYPE in data:
                answered = True
            elif answered and "<figure" in data.get("text/html", ""):
                if between:
                    cell.outputs.remove(output)
                    next(c for c in cells if c.cell_type == "code").outputs.insert(0, output)
                    beside = [*cells[place - 1 : place], *cells[place + 1 : place + 2]]
                    if all(other.source.startswith("## ") for other in beside):
                        beside[0].source = beside[0].source.partition("\n")[2]
                return
            between |= "<table" in data.get("text/html", "")
        lines = cell.source.splitlines() if cell.cell_type == "markdown" else []
        between |= any(line and not line.startswith("#") for line in lines)


class _Exporter(HTMLExporter):
    """Nbconvert's exporter to HTML without its last step.

    That reads the whole page again to mend images and JupyterLab's own cells; these pages
    have neither, and it takes longer than all the rest.
    """

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook."""
        without_widgets = WidgetsDataTypeFilter(notebook_metadata={}, parent=self)  # type: ignore[no-untyped-call]
        self.register_filter("filter_data_type", without_widgets)  # type: ignore[no-untyped-call]
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)


def figure_html(
    figure: Mapping[str, Any], number: int, picture: str = "", about: str = "", day: str = ""
) -> str:
    """Return a figure with a caption, a text alternative, its source and its data as CSV.

    What is not drawn here is left to plotly.js; `picture`, or a sentence, is for who has no script.
    """
    figure = rounded(figure)
    meta = figure["layout"].get("meta", {})
    title = meta.get("title") or words_of(figure["layout"].get("title") or {})
    name, label = f"figure-{number}", meta.get("alternative", "")
    what = slug_of(_what(figure["layout"]) or title)[:60].strip("-")
    file = "-".join(filter(None, (about, name, what)))
    save = (
        f'<button type="button" class="svg" hidden>{text("download_svg")}</button> '
        f'<button type="button" class="png" hidden>{text("download_png")}</button>'
    )
    if not is_drawn(figure):
        unscripted = f"<p>{text('interactive')}</p>"
        layout = figure["layout"] | {"title": None}
        layout["margin"] = {"l": 50, "r": 10} | layout.get("margin", {}) | {"t": 30}
        bare = {**figure, "layout": layout}
        data = json.dumps(bare, ensure_ascii=False).replace("<", "\\u003c")
        drawn = (
            f'<div class="interactive" data-label="{escape(label or title)}">'
            f'<script type="application/json">{data}</script>'
            f"{picture or unscripted}</div>"
        )
        save = ""  # plotly.js has its own
    elif {trace["type"] for trace in figure["data"]} & ON_MAPS:
        drawn = map_svg(figure, label)
    else:
        drawn = "".join(
            f'<div class="{kind}">{chart_svg(figure, width, label, f"{name}-{kind}")}</div>'
            for kind, width in (("wide", WIDE), ("narrow", NARROW))
        )
    data = quote(figure_csv(figure), safe=CLEAR)
    return (
        f'<figure class="chart" id="{name}" data-file="{file}">\n'
        f"<figcaption><h3>{escape(title)}</h3>"
        f"<p>{escape(meta.get('subtitle', ''))}</p></figcaption>\n{drawn}\n"
        f'<p class="source">{escape(meta.get("source", ""))}</p>\n'
        f'<p class="downloads">{text("download")}: '
        f'<a download="{file}{day and f"-{day}"}.csv" href="data:text/csv;charset=utf-8,{data}">'
        f"{text('download_csv')}</a> {save}</p>\n</figure>"
    )


def words_of(title: Any) -> str:
    """Return a title of plotly's, which is a text or has one, without markup."""
    words = title.get("text") or "" if isinstance(title, Mapping) else title
    return MARKUP.sub("", words)


def picture_of(output: Any) -> str:
    """Return the picture of an output with the text alternative of its metadata, if it has one."""
    if PNG_TYPE not in output.data:
        return ""
    label = output.metadata.get(PNG_TYPE, {}).get("alt", "")
    data = "".join(output.data[PNG_TYPE].split())
    return f'<img src="data:{PNG_TYPE};base64,{data}" alt="{escape(label)}">'


def figure_csv(figure: Mapping[str, Any]) -> str:
    """Return what a figure shows as CSV: one row a mark, by trace, without what only decorates it.

    A trace that the legend does not name has its name in `meta`, if it is to have one here.
    """
    layout, traces = figure["layout"], figure["data"]
    areas = [trace for trace in traces if trace["type"] == "choropleth"]
    named = [trace for trace in traces if {"name", "text", "meta", "z"} & {*trace}]
    rows = [
        [*map(_defused, (trace.get("name") or trace.get("meta"), *mark))]
        for trace in areas or named or traces
        for mark in _marks(trace, layout)
        if any(value not in (None, "") for value in mark) and mark[0] not in DRAWN_WITHIN
    ]
    frame = pd.DataFrame(rows, columns=["series", "x", "y", "low", "high", "note"], dtype=object)
    frame = frame.replace("", None).dropna(axis="columns", how="all")
    names = {head: _head(frame[head], layout, head) for head in {"x", "y"} & {*frame}}
    if areas:
        is_number = frame["note"].str.fullmatch(r"[\d.]+").any()
        names = {"x": "iso3", "y": "state", "note": _what(layout) if is_number else "note"}
    elif any("z" in trace for trace in traces):  # a heatmap
        names = {"x": "column", "y": "row", "note": _what(layout) or "value"}
    return str(frame.rename(columns=names).to_csv(index=False, lineterminator="\n"))


def _marks(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Return the marks of a trace: x, y, the ends of an interval around x, and a note."""
    if trace.get("meta") == ROWS:
        return [(x, y, "", "", note) for x, y, note in trace["customdata"]]
    names = ("labels locations lon x", "values lat y", "text", "low", "high")
    columns = [next((trace[n] for n in some.split() if n in trace), None) for some in names]
    listed: list[Any] = [column if isinstance(column, list) else [] for column in columns]
    x, y, notes, low, high = listed
    bars = trace.get("error_x", {})
    if trace["type"] == "heatmap":
        cells = [(x, y, z) for y, row in enumerate(trace["z"]) for x, z in enumerate(row)]
        x, y, notes = zip(*(cell for cell in cells if cell[2] is not None), strict=True)
    elif trace["type"] == "choropleth":
        parts = [(*NAME_ON_MAP.split(note, maxsplit=1), "") for note in notes]
        y, notes = [part[0] for part in parts], [part[1] for part in parts]
    elif trace["type"] == "bar":
        notes = []  # they are the numbers again
    elif trace.get("fill") == "toself":  # its lower edge, then its upper one, backwards
        notes = ["lower"] * (len(x) // 2) + ["upper"] * (len(x) // 2)
    elif trace.get("marker", {}).get("symbol") == "line-ns" and len(x) > MANY:
        return []  # the states that the figure is not about
    elif "array" in bars:
        low = (pd.Series(x) - pd.Series(bars.get("arrayminus", bars["array"]))).round(6)
        high = (pd.Series(x) + pd.Series(bars["array"])).round(6)
    across, upright = (_lanes(layout.get(f"{letter}axis", {})) for letter in "xy")
    items = [_item(n, across) for n in x], [_item(n, upright) for n in y]
    return [*zip_longest(*items, low, high, notes, fillvalue="")]


def _item(value: Any, lanes: Mapping[float, str]) -> Any:
    """Return a label in one line, without the number beside it; a value on no lane as it is."""
    if lanes and isinstance(value, int | float):
        value = lanes[min(lanes, key=lambda place: abs(place - value))]
    return BESIDE.sub("", value).replace("<br>", " ") if isinstance(value, str) else value


def _head(column: pd.Series[Any], layout: Mapping[str, Any], letter: str) -> str:
    """Return the head of the values along an axis: its title, or what they are, with the unit."""
    axis, first = layout.get(f"{letter}axis", {}), column.dropna().iloc[0]
    title = SCALE.sub("", words_of(axis.get("title") or {}))
    if isinstance(first, str):
        return title or ("day" if DAY.match(first) else "item")
    return (title or _what(layout) or "value") + (", %" if axis.get("ticksuffix") == "%" else "")


def _what(layout: Mapping[str, Any]) -> str:
    """Return what a figure is about, of its subtitle."""
    return NAMED.split(layout.get("meta", {}).get("subtitle", ""))[0]


def _lanes(axis: Mapping[str, Any]) -> dict[float, str]:
    """Return the names of the places of an axis, below a bold one with it; none of numbers."""
    values, names = axis.get("tickvals") or [], axis.get("ticktext") or []
    if any(str(name)[:1].isdigit() for name in names):
        return {}
    lanes, block = {}, ""
    for value, name in zip(values, names, strict=False):
        block = f"{name}: " if name.startswith("<b>") and name.endswith("</b>") else block
        lanes[value] = block + name
    return lanes


def _defused(value: Any) -> Any:
    """Return a cell of a CSV file; a text that a spreadsheet would run is text to it."""
    if not isinstance(value, str):
        return value
    plain = unescape(MARKUP.sub("", value.replace("<br>", "; ")))
    return f"'{plain}" if plain.startswith(DEFUSED) else plain


def table_html(html: str, number: int) -> str:
    """Return a table without inline styles: its rows have ids, and it can be scrolled by key."""
    known = _sources()
    html = CELL.sub(lambda match: _published(match, known), UNSEEN.sub("", html))
    html = OUTSIDE.sub('<a rel="external noopener" href="', html)
    name = f"table-{number}"
    heads: Counter[str] = Counter()

    def row(match: re.Match[str]) -> str:
        head = slug_of(unescape(MARKUP.sub("", match["head"])))[:40]
        heads[head] += 1
        again = f"-{heads[head]}" if heads[head] > 1 else ""
        code = _codes().get(unescape(MARKUP.sub("", match["head"])))
        marks = match["marks"] + (f' data-iso3="{code}"' if code else "")
        return f'<tr id="{name}-{head}{again}"{marks}>'

    html = ROW.sub(row, html).replace("<caption", f'<caption id="{name}"', 1)
    caption = CAPTION.search(html)
    words = MARKUP.sub("", caption[1]) if caption else ""
    label = text("table_label", number=number)  # two tables may have the same caption
    label += f": {words}" if words else ""
    section = f'<section class="table" aria-label="{label}" tabindex="0">{html}</section>'
    rows = html.partition("<tbody")[2].count("<tr")
    few = rows <= MANY_ROWS and number <= OPEN_TABLES
    if number == 1 or few or "<details" in html:
        return section
    count = text("rows" if rows > 1 else "row", number=rows)
    summary = f'<summary>{words} <span class="count">{count}</span></summary>'
    return f'<details class="fold">{summary}{section}</details>'


def _published(match: re.Match[str], known: Mapping[str, tuple[str, str]]) -> str:
    """Return a cell whose sources have the names of their publishers in place of keys."""
    if 'data-label="Note"' in match["tag"]:
        named_note = KEY.sub(lambda key: known.get(key[0], [key[0]])[0], match["content"])
        if len(named_note) > MANY_LETTERS and "<" not in named_note:
            first = named_note[:SHORT_NOTE].rpartition(" ")[0]
            named_note = f"<details><summary>{first}</summary>{named_note[len(first) :]}</details>"
        return f"{match['tag']}{named_note}</td>"
    parts = [SOURCE.fullmatch(part) for part in match["content"].split(", ")]
    if not all(part and part["key"] in known for part in parts):
        return match[0]
    named = []
    for part in filter(None, parts):
        publisher, title = known[part["key"]]
        tag, end = (part["link"], "</a>") if part["link"] else ("<span", "</span>")
        named.append(f'{tag} title="{title}">{publisher}{end}')
    return f"{match['tag']}{', '.join(named)}</td>"


@remembered
def _codes() -> dict[str, str]:
    """Return the ISO 3166-1 code of each participant by its name."""
    states = tables.read("states")
    return dict(zip(states["name"], states["iso3"], strict=True))


@remembered
def _sources() -> dict[str, tuple[str, str]]:
    """Return the publisher and the title of each source by its key, as HTML."""
    sources = tables.read("sources")
    rows = zip(sources["source"], sources["publisher"], sources["title"], strict=True)
    return {key: (escape(publisher), escape(f"{key}: {title}")) for key, publisher, title in rows}


def page_html(
    notebook: Any,
    *,
    slug: str,
    parameters: dict[str, Any],
    data_day: date,
    notice: Notice | None = None,
) -> tuple[str, dict[str, Any] | None]:
    """Render an executed notebook."""
    as_of = parameters.get("as_of", LATEST)
    names = {"about": about(parameters) or slug, "day": str(data_day) if as_of == LATEST else as_of}
    article, resources = _exporter().from_notebook_node(notebook, resources=names)
    answer = resources.get("answer")
    kind, question = heading(notebook)
    has_code = kind not in FOR_READERS or notice is not None
    article = article if has_code else CODE.sub("", article)
    article = HEAD_OF_OUTPUT.sub(r"\g<head>\g<cell>", article.replace("<th></th>", "<td></td>"))
    first, *parts = re.split("(?=<h2)", article)  # no heading is two levels below the last
    article = "".join([re.sub(r"(</?)h3>", r"\1h2>", first), *map(_part, parts)])
    # How far the list of the convention reaches, or of several.
    strip = LISTS if "convention" not in parameters and "as_of" in parameters else ""
    if answer and "convention" in parameters:
        strip = reach_strip(find_convention(parameters["convention"]), to_day(as_of))
    data = None
    if kind == "Status map" and answer and "convention" in parameters:
        files = f"api/v1/{parameters['convention']}"
        names_of = {f"{files}/{name}.json": "application/json" for name in ("acts", "status")}
        data = dataset(answer["title"], answer["text"], data_day, names_of)
    page = framed(
        "page.html.j2",
        data_day,
        "page",
        closings=closings_of(parameters, data_day),
        slug=slug,
        article=article,
        answer=answer,
        title=answer["title"] if answer else kind,
        kicker=kind,
        question=question,
        strip=strip,
        file=names["about"],
        day=names["day"],
        sources=publishers_of(parameters),
        kind="brief" if kind in FOR_READERS else "",
        embeds=bool(EMBEDDED.search(article)),
        has_figure="<figure" in article,
        sentence=_explained(linked(answer["text"], answer.get("counts", ()))) if answer else "",
        contents=[words for part in parts for words in HEADING.findall(part)],
        arabic=arabic(parameters),
        parameters=parameters,
        has_code=has_code,
        dataset=data,
        map='class="world"' in article,
        interactive='class="interactive"' in article,
        description=answer["text"] if answer else text("failed_lead"),
        notice=notice,
    )
    return page, answer


def save_page(folder: Path, slug: str, html: str) -> None:
    """Write a page, and the picture with which a link to it is shown."""
    (folder / page_file(slug)).write_text(html, encoding="utf-8")
    (folder / picture_file(slug)).parent.mkdir(exist_ok=True)
    (folder / picture_file(slug)).write_bytes(picture_of_page(html))


def picture_of_page(html: str) -> bytes:
    """Return the picture with which a link to a page is shown: its title, lead and first figure.

    Of the kinds of which there are hundreds no figure is drawn, which takes ten times as long.
    """
    figure = None if '<body class="brief"' in html else DRAWING.search(html)
    picture, file = Image.new("RGB", (600, 315), PAPER), io.BytesIO()
    pen, down, sizes = ImageDraw.Draw(picture), 25.0, (23, 15) if figure else (36, 22)
    for words, size, bold in zip(LEAD.findall(html)[:2], sizes, (True, False), strict=False):
        for line in textwrap.wrap(unescape(MARKUP.sub("", words)), 950 // size)[:4]:
            down += size * LINE
            pen.text((24, down), line, INK, font(size, bold=bold), anchor="ls")
        down += size / 4
    if figure:
        box = f'width="552" height="{280 - down:.0f}" viewBox="{figure[1]}"{figure[2]}'
        drawn = svg_png(f'<svg xmlns="http://www.w3.org/2000/svg" {box}')
        picture.paste(Image.open(io.BytesIO(drawn)), (24, round(down) + 8))
    pen.text((24, 303), text("site"), MUTED, font(12), anchor="ls")
    picture.save(file, "PNG")
    return file.getvalue()


def _part(html: str) -> str:
    """Return a part of an article; what a page rests on, and what it leaves open, is folded."""
    words, rest = re.split("(?<=</h2>)", html, maxsplit=1)
    words = MARKUP.sub("", words)
    head = f'<h2 id="{slug_of(unescape(words))}">{words}</h2>'
    if REST.search(words):
        rest = rest.replace('<details class="fold">', '<details class="fold" open>')
        return f'<details class="limits"><summary>{head}</summary>{rest}</details>\n'
    return f'<section class="topic">{head}{rest}</section>\n'


def _explained(sentence: str) -> str:
    """Return a sentence whose first term of the law, outside a link, leads to the glossary."""

    def link(match: re.Match[str]) -> str:
        term = "consented-to-be-bound" if match["consent"] else "ratification"
        return f'<a class="term" href="about.html#term-{term}">{match[0]}</a>'

    return TERM.sub(link, sentence, count=1)


def arabic(parameters: Mapping[str, Any]) -> tuple[str, str]:
    """Return the Arabic name of what a page is about, and its standing if it is not official."""
    if "country" in parameters:
        names = tables.read("names")
        names = names[(names["language"] == "ar") & (names["iso3"] == parameters["country"])]
        return "".join(names["name"]), ""
    if "group" in parameters or "convention" not in parameters:
        return "", ""
    titles, of = tables.read("treaty_titles"), parameters["convention"]
    titles = titles[(titles["language"] == "ar") & (titles["convention"] == of)]
    status = "".join(titles["status"])
    return "".join(titles["title"]), "" if status == OFFICIAL else status


def about(parameters: Mapping[str, Any]) -> str:
    """Return the code or id of what a page is about, with which the names of its files begin."""
    return slug_of(str(parameters.get(kind_of(parameters), "")))


@cache
def _exporter() -> Any:
    """Return the exporter, whose templates are compiled once."""
    return _Exporter(  # type: ignore[no-untyped-call]
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="page",
        exclude_anchor_links=True,
        preprocessors=[_ForPages],
        optimistic_validation=True,  # once, after all preprocessors
    )


def heading(notebook: Any) -> tuple[str, str]:
    """Return the notebook's own heading, which names the kind of page, and its question."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            name, _, question = cell.source.removeprefix("# ").partition("\n")
            return str(name), " ".join(question.split())
    return "", ""
