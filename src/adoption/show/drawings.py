"""What a template draws of data, in a cell and on a page: templates/drawings.html.j2 has each.

Analyses give the data, which name a class and never its colour. How they look is said here and in
the templates alone; so a page is drawn anew without its notebook.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from adoption.core.text import long_day, slug
from adoption.figures.theme import (
    BORDER,
    CONTEXT,
    GRID,
    INK,
    LAND,
    MUTED,
    PAPER,
    STRIPES_AT_SIDE,
    STYLE,
    SUBJECT,
    TIER_COLOURS,
    world_file,
)
from adoption.figures.worldmap import MARKERS, disputed_lines
from adoption.law.panel import NO_ACT, NOT_KNOWN, POSSIBLY_WITHDRAWN, SIGNED, WITHDRAWN
from adoption.press import document
from adoption.press.document import with_block
from adoption.press.geometry import WIDTH, areas, extent, path_of, project
from adoption.press.rows import csv_address, rows_csv
from adoption.show.classes import BOUND, BOUND_REPORTED, SIGNATURE_REPORTED, STATUS_COLOURS, STRIPED
from adoption.show.dots import NARROW, WIDE, placed_dots
from adoption.show.maps import OUTLINES

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
RADIUS = 5.5  # of the circle of a small state, and of the mark of a class
BORDERED = {"color": BORDER, "width": 0.7}
OUTLINED = {"color": CONTEXT, "width": 0.7}
# Three lines across a circle of `RADIUS`, around its middle.
STRIPES_PATH = "M-3.5 3.5L3.5-3.5M-.6 4.8L4.8-.6M-4.8 .6L.6-4.8"
CROSS_PATH = "M-5-2l3-3 2 2 2-2 3 3-2 2 2 2-3 3-2-2-2 2-3-3 2-2z"  # around its middle
# One ink for all marks: they differ in shape, and no status colour gets a second meaning.
_LINE = f'fill="none" stroke="{INK}" stroke-width="1.6" stroke-linecap="round"'
_WHITE = f'fill="none" stroke="{PAPER}" stroke-width="2" stroke-linecap="round"'
CIRCLE = '<circle cx="8" cy="8" r="{}" '
# One table, an entry a verdict: its shape in a square of 16.
VERDICT_SHAPES = {
    "supported": f'{CIRCLE.format(7.5)}fill="{INK}"/><path d="M4.5 8.2l2.4 2.4 4.6-5" {_WHITE}/>',
    "contradicted": f'<rect x="1" y="1" width="14" height="14" fill="{INK}"/>'
    f'<path d="M5 5l6 6M11 5l-6 6" {_WHITE}/>',
    "outdated": f'{CIRCLE.format(6.7)}{_LINE}/><path d="M8 4.2V8l2.6 1.8" {_LINE}/>',
    "too early": f'<path d="M3 1.5h10M3 14.5h10M4 1.5l8 13M12 1.5l-8 13" {_LINE}/>',
    "not measurable with these data": f'{CIRCLE.format(6.7)}{_LINE} stroke-dasharray="1.5 3"/>',
}
REACH_COLOURS = {  # of a strip, by how well a list of acts is known
    "complete": MUTED,
    "nearly complete": CONTEXT,
    "partial": STATUS_COLOURS[NO_ACT],
    "may lack acts": PAPER,
}
# How the parts of a drawing are set in JupyterLab, which has no style sheet for them: by the words
# of their class. A page has its style sheet, and allows none of these.
STYLES = {
    "standing": f"display:grid;grid-template-columns:repeat(3,1fr);gap:0 2em;margin:1em 0;"
    f"border-top:2px solid {INK}",
    "fact": "padding:.5em 0",
    "term": f"float:none;width:auto;padding:0;font-weight:400;color:{MUTED}",
    "value": "float:none;width:auto;margin:0;padding:0;font-size:1.4em;font-weight:700;"
    "line-height:1.3",
    "note": "float:none;width:auto;margin:.2em 0 0;padding:0",
    "muted": f"color:{MUTED};margin:0",
    "table": "border-collapse:collapse;width:100%",
    "head": f"text-align:left;color:{MUTED};padding:.2em .6em .2em 0",
    "cell": "text-align:left;padding:2px 3px 2px 0;vertical-align:middle",
    "number": "text-align:right",
    "below": "display:block;font-weight:400",
    "key": "display:flex;flex-wrap:wrap;gap:0 1.2em;list-style:none;margin:.5em 0;padding:0",
    "item": "margin:0",
    "mark": "display:inline-block;box-sizing:border-box;min-width:.8em;min-height:.8em;"
    "margin-right:.35em;border:2px solid transparent;border-radius:3px",
    "words": "display:block;min-height:2em;margin:0;padding:.2em .5em",
    "signed": f"background:{STATUS_COLOURS[SIGNED]};color:{PAPER}",
    "bound": f"background:{STATUS_COLOURS[BOUND]};color:{PAPER}",
    "withdrawn": f"background:{STATUS_COLOURS[WITHDRAWN]};color:{PAPER}",
    "none": f"background:{STATUS_COLOURS[NO_ACT]};color:{INK}",
    "waiting": f"border:1px solid {CONTEXT};color:{MUTED}",
    "plain": f"color:{MUTED}",
    "inferred": f"background:none;color:{INK};border:2px solid {SUBJECT}",
    "reported": f"{STRIPES_AT_SIDE.format(colour=STATUS_COLOURS[BOUND_REPORTED])};color:{INK};"
    f"padding-left:1.3em;border:1px solid {STATUS_COLOURS[BOUND_REPORTED]}",
}
Attributes = Callable[[str], str]  # of a link: from a subject, or rows, to HTML


class Drawing(document.DrawingBlock):
    """What a cell shows of data by a template, and a page by the same."""

    def _repr_html_(self) -> str:
        html = drawing_html(self)
        if not self.heading:
            return html
        heading = escape(self.heading, quote=False)
        return f'<section class="{self.template}">\n<h2>{heading}</h2>\n{html}</section>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return with_block({}, self)

    def __repr__(self) -> str:
        return self.words


def subject_attributes(to: str) -> str:
    """Return by what a link is known as one to a state or to rows, where no page is known.

    Examples
    --------
    >>> subject_attributes("state:QAT"), subject_attributes("rows:convention:hanoi?act=accession")
    ('data-state="QAT"', 'data-rows="convention:hanoi?act=accession"')
    """
    kind, _, name = to.partition(":")
    return f'data-{escape(kind)}="{escape(name)}"'


def drawing_html(
    drawing: document.DrawingBlock,
    attributes: Attributes = subject_attributes,
    tables: Sequence[str] = (),
    *,
    inline: bool = True,
) -> str:
    """Return a drawing as HTML, without its heading.

    Parameters
    ----------
    drawing : Drawing
        The data, and the name of a macro of the templates.
    attributes : callable
        Returns the attributes of a link.
    tables : sequence of str
        Those of the drawing as HTML.
    inline : bool
        Whether it has styles of its own: JupyterLab has none for it, and a page allows none.
    """
    from markupsafe import Markup

    def to(subject: str) -> Markup:
        return Markup(attributes(subject))

    macro = getattr(macros(), drawing.template)
    return str(macro(drawing.data, to, [Markup(table) for table in tables], inline))


def world_svg(drawing: document.DrawingBlock) -> str:
    """Return the map of a drawing alone, without links."""
    return str(macros().world_svg(drawing.data, lambda _: "", True))


def verdict_mark(name: str, *, inline: bool = True) -> str:
    """Return the mark of a verdict."""
    style = ' style="vertical-align:-2px;margin-right:.45em"' if inline else ""
    size = 'viewBox="0 0 16 16" width="14" height="14"'
    return f'<svg {size} aria-hidden="true"{style}>{VERDICT_SHAPES[name]}</svg>'


@cache
def macros() -> Any:
    """Return what draws, made of its templates when it is first asked for."""
    return _environment().get_template("drawings.html.j2").module


def _environment() -> Environment:
    import jinja2  # a plan is read without it
    from markupsafe import Markup

    from adoption.press.elements import outline_of

    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["slug"] = slug
    # One table: the names by which templates know colours and helpers.
    templates.globals |= {
        "css": STYLE.css,
        "csv": lambda columns, rows: csv_address(rows_csv(columns, rows)),
        "look": _look,
        "px": lambda length: f"{round(length, 1) + 0.0:g}",
        "scale_places": lambda data, is_narrow: placed_dots(data, NARROW if is_narrow else WIDE),
        "grid": GRID,
        "context": CONTEXT,
        "tier": TIER_COLOURS[3],
        "striped": STRIPED,
        "ink": INK,
        "muted": MUTED,
        "paper": PAPER,
        "land": LAND,
        "outlined": OUTLINED,
        "radius": RADIUS,
        "cross_path": CROSS_PATH,
        "outline_of": outline_of,
        "withdrawn": WITHDRAWN,
        "no_act": NO_ACT,
        "not_known": NOT_KNOWN,
        "bound": BOUND,
        "bound_reported": BOUND_REPORTED,
        "signature_reported": SIGNATURE_REPORTED,
        "reach_colour": REACH_COLOURS.__getitem__,
        "number": "{:g}".format,
        "colour": STATUS_COLOURS.__getitem__,
        "outline": lambda name: OUTLINES.get(name, BORDERED),
        "ring": lambda name: (
            MARKERS["white ring"]["line"] if name == POSSIBLY_WITHDRAWN else OUTLINED
        ),
        "stripes_path": STRIPES_PATH,
        "line": lambda line: Markup('stroke="{}" stroke-width="{}"').format(
            STYLE.css(line["color"]), line["width"]
        ),
        "shape": lambda name, inline: Markup(verdict_mark(name, inline=inline)),
        "script": _script,
        "day_of": lambda day: long_day(date.fromisoformat(day)),
        "world_paths": _world_paths,
    }
    return templates


def _look(names: str, inline: bool) -> Any:
    """Return how a part is set, as the attribute of its tag where it has no style sheet."""
    from markupsafe import Markup

    rules = ";".join(STYLES[name] for name in names.split() if name in STYLES)
    return Markup(' style="{}"').format(rules) if inline else Markup("")


def _script(data: Any) -> Any:
    """Return JSON for a script in a page."""
    from markupsafe import Markup

    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("<", "\\u003c"))


def path_of_disputed(parts: int = 1) -> str:
    """Return the path of the borders that are disputed or not agreed."""
    lines = disputed_lines().values()
    return "".join(path_of(project(np.array(line), parts)) for line in lines)


def _world_paths(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the paths of a map: of each state, of land without one, of borders in dispute."""
    shapes = dict(areas(world_file()))
    paths = {state["iso3"]: shapes.pop(state["iso3"], "") for state in data["states"]}
    top, height = extent()
    band = {"top": top, "height": height, "width": WIDTH}
    return {
        "paths": paths,
        "land": "".join(shapes.values()),
        "disputed": path_of_disputed(),
        **band,
    }
