"""A document as HTML, by templates alone: one macro a kind of block, in templates/blocks.html.j2.

What a page needs of its site arrives as arguments: the style of drawings, what draws those that
have a name, and where a subject has its page.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any, Literal

import jinja2
import numpy as np
from markupsafe import Markup
from nbconvert.filters.ansi import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image as Picture
from PIL import ImageColor, ImageDraw

from adoption.core.text import as_shown, messages, slug
from adoption.press.document import (
    DETAIL,
    LEAD,
    LIMITS,
    SOURCES,
    Block,
    Cell,
    CodeBlock,
    Document,
    DrawingBlock,
    ErrorBlock,
    FigureBlock,
    HtmlBlock,
    ImageBlock,
    Part,
    Section,
    TableBlock,
    TextBlock,
    block_name,
)
from adoption.press.elements import LINE_HEIGHT
from adoption.press.figures import has_map
from adoption.press.picture import font, svg_png
from adoption.press.reader import is_figure, is_table
from adoption.press.rows import csv_address, figure_csv, subject_of_values
from adoption.press.style import Style
from adoption.press.svg import chart_svg, is_drawn, not_drawn
from adoption.press.worldmap import draw_map, map_svg

TEMPLATES = Path(__file__).parent / "templates"
WIDE, NARROW = 960, 350  # pixels for which a figure is drawn; the style sheet shows one of them
SHORT_NOTE, MANY_LETTERS = (40, 80)  # letters of a note: what is seen of a longer one
MANY_ROWS, OPEN_TABLES = 12, 3  # a longer table is folded, and one further down; never the first
PICTURE = (1200, 630)  # pixels of the picture with which a link to a page is shown
MARGIN, FOOT = 48, 76  # pixels around it and of its foot
COLOURS, SHADES = 32, 4  # of its palette: with a drawing, and from paper to ink without
MOST_POINTS, LEAST_POINTS = (72, 40), 20  # of its title: alone, and above a drawing
# From a subject to the address of its page; "" without one, None where there is no such subject.
Resolve = Callable[[str], str | None]


def nowhere(subject: str) -> str:  # noqa: ARG001
    """Return that no subject has a page."""
    return ""


def text(message: str, **values: object) -> Markup:
    """Return a message in the language of the site, with values in it, as HTML.

    Examples
    --------
    >>> text("previous", name="Oman & Qatar")
    Markup('Previous: Oman &amp; Qatar')
    """
    return Markup(messages()[message]).format(**values)


def environment(*folders: Path) -> jinja2.Environment:
    """Return the templates of some folders, and of the press; what is no HTML is escaped."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["slug"] = slug
    templates.globals |= {"t": text, "zip": zip}
    return templates


@dataclass(frozen=True)
class View:
    """A document as it is shown: what its templates ask.

    Attributes
    ----------
    document : Document
        What is shown.
    templates : Environment
        In which `blocks.html.j2` has a macro for each kind of block.
    style : Style
        How drawings look.
    drawings : mapping
        By the name of a template: what returns a drawing as HTML, of its block and this view.
    resolve : callable
        Returns the address of the page of a subject; no text without one, None of no subject.
    file : str
        What the names of its files begin with.
    day : str
        The day in their names.
    target : str
        Where the links of drawings open: of a page within another, `_top`.
    shows_code : bool
        Whether the code of the notebook is on the page.
    widths : pair of int
        Pixels for which a figure is drawn, on a wide screen and on a narrow one.
    page_address : str
        The address of the page itself: no row leads to it.
    faults : list of str
        What could not be shown, in a line each.
    """

    document: Document
    templates: jinja2.Environment
    style: Style = field(default_factory=Style)
    drawings: Mapping[str, Callable[[DrawingBlock, View], str]] = field(default_factory=dict)
    resolve: Resolve = nowhere
    file: str = ""
    day: str = ""
    target: str = ""
    shows_code: bool = True
    widths: tuple[int, int] = (WIDE, NARROW)
    page_address: str = ""
    faults: list[str] = field(default_factory=list)

    @cached_property
    def _macros(self) -> Any:
        return self.templates.get_template("blocks.html.j2").module

    # What the templates of a page ask

    def article(self) -> Markup:
        """Return all sections."""
        return Markup(self._macros.article(self))

    def html(
        self, block: Block, *, is_lead: bool = False, is_open: bool = False, is_nested: bool = False
    ) -> Markup:
        """Return a block, by the macro of its kind; a nested one is never folded by itself."""
        name = block_name(type(block))
        try:
            name = "grid" if is_nested else name
            return Markup(getattr(self._macros, name)(self, block, is_lead, is_open))
        except Exception as error:  # whatever is wrong with it: the rest of the page stays
            line = f"{name} {getattr(block, 'anchor', '')}".strip()
            self.faults.append(f"{line}: {type(error).__name__}: {error}".splitlines()[0])
            missing = ErrorBlock(f"What belongs here cannot be shown: {line}")
            return Markup(self._macros.error(self, missing, is_lead, is_open))

    def contents(self) -> list[str]:
        """Return the headings in order; none where all that is below them is folded."""
        headed = [section for section in self.document.sections if section.heading]
        is_seen = any(not self.is_folded(section) for section in headed)
        return [section.heading for section in headed] if is_seen else []

    def cells(self, section: Section) -> Iterator[tuple[CodeBlock | None, list[Block]]]:
        """Give what a section shows in the order of its cells; a cell of words has no code."""
        code: CodeBlock | None = None
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, CodeBlock) or (
                isinstance(block, TextBlock) and not block.is_output
            ):
                if code or blocks:
                    yield code, blocks
                code = block if isinstance(block, CodeBlock) else None
                blocks = [] if code else [block]
            else:
                blocks.append(block)
        if code or blocks:
            yield code, blocks

    def is_folded(self, section: Section) -> bool:
        """Return whether a section is what a page rests on, or leaves open."""
        return section.role in (DETAIL, LIMITS, SOURCES)

    def is_lead(self, section: Section) -> bool:
        """Return whether a section stands before the first heading."""
        return section.role == LEAD

    def href(self, to: str) -> str:
        """Return where a link leads: the page of a subject, an address of the web, or nowhere."""
        if to.startswith(("https://", "http://", "#")):
            return to
        address = self.resolve(to)
        if address is None:
            self.faults.append(f"a link leads to {to!r}, which no page is about")
        return address or ""

    @property
    def embeds(self) -> Block | None:
        """What the page may be asked for alone: its first map, or what a state did."""
        blocks = self.document.blocks()
        return next((block for block in blocks if _is_embedded(block)), None)

    @property
    def has_figure(self) -> bool:
        """Whether there is a picture."""
        return any(map(is_figure, self.document.blocks()))

    @property
    def has_open_table(self) -> bool:
        """Whether a table stands in a section that is not folded."""
        open_sections = [s for s in self.document.sections if not self.is_folded(s)]
        return any(is_table(block) for section in open_sections for block in section.blocks)

    @property
    def needs_plotly(self) -> bool:
        """Whether there is a figure that only plotly.js draws."""
        return needs_plotly(self.document)

    # What macros ask

    def markdown(self, words: str, *, is_lead: bool = False) -> Markup:
        """Return Markdown as HTML: with its formulas, and its own HTML as it is."""
        renderer = _Lead if is_lead else _Renderer
        return Markup(_markdown(renderer).render(words))

    def ansi(self, words: str) -> Markup:
        """Return what was printed with the colours of a terminal."""
        return Markup(ansi2html(words))  # type: ignore[no-untyped-call]

    def drawing(self, block: DrawingBlock) -> Markup:
        """Return a drawing, by what draws those of its name."""
        return Markup(self.drawings[block.template](block, self))

    def icon(self, part: Part) -> Markup:
        """Return the mark before words, of a kind that has a drawing of its own."""
        return self.drawing(DrawingBlock(part["icon"], {"name": part["mark"]}))

    def is_fold(self, table: TableBlock, *, few: int = MANY_ROWS) -> bool:
        """Return whether a table is folded: a long one, or one further down."""
        number = int(table.anchor.rpartition("-")[2] or 1)
        return number > 1 and (len(table.rows) > few or number > OPEN_TABLES)

    def row_ids(self, table: TableBlock) -> list[str]:
        """Return an address for each row, by what heads it."""
        heads: Counter[str] = Counter()
        ids = []
        for row in table.rows:
            head = slug(words_of(row[0]))[:40]
            heads[head] += 1
            again = f"-{heads[head]}" if heads[head] > 1 else ""
            ids.append(f"{table.anchor}-{head}{again}")
        return ids

    def cell(self, value: Cell, decimals: int = 2) -> str | list[Part]:
        """Return a cell as it is shown; parts as they are."""
        return value if isinstance(value, list) else as_shown(value, decimals)

    def note(self, value: str) -> tuple[str, str]:
        """Return what is seen of a note, and the rest of a long one."""
        if len(value) <= MANY_LETTERS:
            return value, ""
        first = value[:SHORT_NOTE].rpartition(" ")[0]
        return first, value[len(first) :]

    def figure_file(self, figure: FigureBlock) -> str:
        """Return the name of the files of a figure, without an ending."""
        what = slug(subject_of_values(figure) or figure.title)[:60].strip("-")
        return "-".join(filter(None, (self.file, figure.anchor, what)))

    def csv(self, block: FigureBlock | HtmlBlock) -> str:
        """Return the rows of a figure, or of a frame, as an address."""
        return csv_address(figure_csv(block) if isinstance(block, FigureBlock) else block.csv)

    def drawn(self, figure: FigureBlock) -> Markup:
        """Return a figure as SVG, for a wide screen and a narrow one; no text if it is not drawn.

        What is not drawn here is left to plotly.js.
        """
        spec = figure.spec
        if reason := not_drawn(spec):
            fault = f"{figure.anchor} is drawn by plotly.js, because of {reason}"
            if fault not in self.faults:
                self.faults.append(fault)
            return Markup("")
        if has_map(spec):
            return Markup(map_svg(spec, figure.alternative, self.style))
        parts = []
        for kind, width in zip(("wide", "narrow"), self.widths, strict=True):
            name = f"{figure.anchor}-{kind}"
            svg = chart_svg(spec, width, figure.alternative, name, self.style)
            parts.append(Markup('<div class="{}">{}</div>').format(kind, Markup(svg)))
        return Markup("").join(parts)

    def interactive(self, figure: FigureBlock) -> Markup:
        """Return a figure as JSON for plotly.js: the page has its words."""
        layout = (figure.spec.get("layout") or {}) | {"title": None}
        layout["margin"] = {"l": 50, "r": 10} | layout.get("margin", {}) | {"t": 30}
        written = json.dumps({**figure.spec, "layout": layout}, ensure_ascii=False)
        return Markup(written.replace("<", "\\u003c"))


def words_of(cell: Cell) -> str:
    """Return a cell as text.

    Examples
    --------
    >>> words_of([{"text": "Qatar", "to": "state:QAT"}, {"text": ", signed"}]), words_of(None)
    ('Qatar, signed', 'not known')
    """
    if isinstance(cell, list):
        return "".join(part["text"] for part in cell)
    return as_shown(cell)


def needs_plotly(document: Document) -> bool:
    """Return whether a document has a figure that only plotly.js draws."""
    figures = [block for block in document.blocks() if isinstance(block, FigureBlock)]
    return any(not is_drawn(figure.spec) for figure in figures)


def _is_embedded(block: Block) -> bool:
    if isinstance(block, FigureBlock):
        return has_map(block.spec) and is_drawn(block.spec)
    return isinstance(block, DrawingBlock) and block.is_figure


class _Renderer(IPythonRenderer):
    """Markdown with its formulas as MathML, which browsers show without a script."""

    def block_math(self, body: str) -> str:
        return f"<p>{_formula(body, 'block')}</p>"

    def inline_math(self, body: str) -> str:
        return _formula(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        return _formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")


def _formula(latex: str, display: Literal["inline", "block"]) -> str:
    """Return a formula as MathML; one that the library cannot read as it is written."""
    from latex2mathml.converter import convert  # slow to import

    try:
        return convert(latex, display=display)
    except Exception:
        return f"<code>{escape(latex)}</code>"


class _Lead(_Renderer):
    """Markdown before the first heading of a page: no heading is two levels below its title."""

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        return str(super().heading(text, 2 if level == 3 else level, **attributes))


@cache
def _markdown(renderer: type[IPythonRenderer]) -> Any:
    return MarkdownWithMath(renderer=renderer(escape=False, exclude_anchor_links=True))


# The picture with which a link to a page is shown


def share_picture(title: str, lead: str, drawing: str, foot: str, style: Style) -> bytes:
    """Return the title and the lead of a page with a drawing, which is an SVG or no text.

    The words are as large as there is room for, so that none is cut.
    """
    wide, high = PICTURE
    picture = Picture.new("RGB", PICTURE, style.paper)
    pen, room = ImageDraw.Draw(picture), 0.45 if drawing else 0.86
    parts = _fitting(title, lead, MOST_POINTS[bool(drawing)], room * high, style)
    down = float(MARGIN) if drawing else (high - FOOT - _height(parts)) / 2
    for lines, letters, size in parts:
        for line in lines:
            down += size * LINE_HEIGHT
            pen.text((MARGIN, down), line, style.ink, letters, anchor="ls")
        down += size / 3
    if drawing:
        inside = f'<svg width="{wide - 2 * MARGIN}" height="{high - FOOT - MARGIN / 2 - down:.0f}" '
        drawn = svg_png(drawing.replace("<svg ", inside, 1), style)
        picture.paste(Picture.open(io.BytesIO(drawn)), (MARGIN, round(down + MARGIN / 3)))
    pen.text((MARGIN, high - MARGIN / 2), foot, style.muted, font(style, 24), anchor="ls")
    file = io.BytesIO()
    if drawing:
        few = picture.quantize(COLOURS, Picture.Quantize.FASTOCTREE, dither=Picture.Dither.NONE)
    else:
        few = picture.quantize(palette=_shades(style), dither=Picture.Dither.NONE)
    few.save(file, "PNG")  # with `optimize` a twentieth smaller, in eight times the time
    return file.getvalue()


def _shades(style: Style) -> Picture.Image:
    """Return a palette from paper to ink, which is enough for the edges of large letters."""
    paper, ink = ImageColor.getrgb(style.paper), ImageColor.getrgb(style.ink)
    shades = np.linspace(paper, ink, SHADES).round().astype("uint8")
    palette = Picture.new("P", (1, 1))
    palette.putpalette(shades.tobytes())
    return palette


def _fitting(
    title: str, lead: str, most: int, room: float, style: Style
) -> list[tuple[list[str], Any, int]]:
    """Return a title and a lead in the largest letters with which both have room."""
    for points in range(most, LEAST_POINTS, -2):
        parts = _set(title, lead, points, style)
        if _height(parts) <= room:
            return parts
    return _set(title, lead, LEAST_POINTS, style)


def _set(title: str, lead: str, points: int, style: Style) -> list[tuple[list[str], Any, int]]:
    """Return the lines of a title and a lead with their letters and size, by measured width."""
    parts = []
    for words, size, bold in ((title, points, True), (lead, round(points * 0.62), False)):
        letters = font(style, size, bold=bold)
        if words:
            parts.append((_lines(words, letters, PICTURE[0] - 2 * MARGIN), letters, size))
    return parts


def _height(parts: Sequence[tuple[list[str], Any, int]]) -> float:
    return sum(size * (LINE_HEIGHT * len(lines) + 1 / 3) for lines, _, size in parts)


def _lines(words: str, letters: Any, wide: float) -> list[str]:
    """Return words in lines that are no wider, unless a word alone is."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and letters.getlength(longer) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def first_svg(view: View) -> str:
    """Return the first picture of a page as SVG; no text without one."""
    for block in view.document.blocks():
        if isinstance(block, FigureBlock) and is_drawn(block.spec):
            if has_map(block.spec):
                return draw_map(block.spec, view.style).svg(block.alternative)
            return chart_svg(block.spec, WIDE, block.alternative, "figure", view.style)
        if isinstance(block, DrawingBlock) and block.is_figure:
            alone = f"{block.template}-svg"
            return (
                str(view.drawing(DrawingBlock(alone, block.data))) if alone in view.drawings else ""
            )
        if isinstance(block, ImageBlock):
            return ""
    return ""
