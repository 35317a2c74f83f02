"""A page of the site: a document in its frame, its embed, and the picture of a link to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from adoption.figures.theme import STYLE
from adoption.law.conventions import load_conventions
from adoption.press import document as blocks
from adoption.press.document import Document, block_of, read_document, text_parts
from adoption.press.figures import has_map
from adoption.press.html import Resolve, View, first_svg, share_picture, text
from adoption.press.plan import Settings
from adoption.press.printing import Made, Order
from adoption.press.reader import is_table
from adoption.press.store import FAILED, document_file, embed_file, page_file, picture_file
from adoption.show.drawings import (
    drawing_html,
    subject_attributes,
    verdict_mark,
    world_svg,
)
from adoption.site.frame import dataset, framed, templates
from adoption.site.links import LISTS_ACTS
from adoption.tables.choices import LATEST

PLOTLY_JS = "plotly.min.js"
# The notebooks of hundreds of pages: the code is in the executed notebooks alone.
GROUP = "09_region_brief"
FOR_READERS = ("03_country_brief", GROUP)
DASH = "\N{EN DASH}"
TAB = 60  # letters of a title in a tab, or in a search engine
WHICH = re.compile("[?#]")  # begins which of the rows of a page, or on which day
# The first term of the law in a lead leads to the glossary.
GLOSSARY_TERM = re.compile("(?P<consent>consent(?:ed)? to be bound)|ratified|ratification")


def render_page(folder: Path, order: Order, shared: Mapping[str, Any]) -> Made:
    """Make a page of a document, with its embed and the picture of a link to it.

    `shared` has the settings of the plan, and the address of each subject that has a page.
    """
    document = read_document(folder / document_file(order.name))
    settings = Settings(**shared["settings"])
    view = view_of(document, order.links, shared["addresses"])
    files = {page_file(order.name): page_html(document, view, order, settings).encode()}
    if (block := view.embeds) and document.answer and not order.name.endswith(FAILED):
        html = embed_html(document, order, settings, block, shared["addresses"])
        files[embed_file(order.name)] = html.encode()
    files[picture_file(order.name)] = picture_of(document, view)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return Made(order.name, [*files], [PLOTLY_JS] if view.needs_plotly else [], view.faults)


def view_of(
    document: Document, links: Mapping[str, Any], addresses: Mapping[str, str], **more: Any
) -> View:
    """Return a document as the site shows it: its drawings, and where its links lead."""
    as_of = document.parameters.get("as_of", LATEST)
    address = links["page"]
    day = document.data_day if as_of == LATEST else as_of
    shows_code = document.notebook not in FOR_READERS or bool(document.failure)
    return View(
        document,
        templates(),
        style=STYLE,
        drawings=DRAWINGS,
        resolve=resolver(addresses, address, links["lists"]),
        file=document.facts["about"] or document.slug,
        day=day,
        shows_code=shows_code,
        page_address=address,
        **more,
    )


def resolver(addresses: Mapping[str, str], page_address: str, lists: str) -> Resolve:
    """Return a function from a subject, or rows, to its address; None where it has no page.

    Rows about `lists` are on the page itself, at `page_address`, whichever other page lists them.
    """

    def resolve(subject: str) -> str | None:
        if not subject.startswith("rows:"):
            return addresses.get(subject)
        about = WHICH.split(subject)[0]
        which, about = subject[len(about) :], unquote(about)
        page = page_address if about == f"rows:{lists}" else addresses.get(about)
        return page and f"{page}{which}"

    return resolve


def page_html(document: Document, view: View, order: Order, settings: Settings) -> str:
    """Return a page of a document."""
    answer, values = document.answer, document.parameters
    data_day = date.fromisoformat(document.data_day)
    # How far the list of the convention reaches, or of several.
    strip = Markup("")
    if "convention" not in values and "as_of" in values:
        strip = Markup('<p class="current">{}</p>').format(order.links["reach"])
    if answer and "reach" in document.facts:
        reach = block_of(document.facts["reach"])
        assert isinstance(reach, blocks.DrawingBlock)
        strip = view.drawing(reach)
    data = None
    if document.notebook == LISTS_ACTS and answer and "convention" in values:
        files = f"api/v1/{values['convention']}"
        names_of = {f"{files}/{name}.json": "application/json" for name in ("acts", "status")}
        data = dataset(answer["title"], answer["text"], data_day, names_of)
    article = view.article()
    # One record: what the template of a page may ask for.
    return framed(
        "page.html.j2",
        data_day,
        "page",
        order.links,
        settings,
        closings=closings(document),
        slug=order.name,
        article=article,
        answer=answer,
        title=document.title,
        heading=tab_title(document),
        kicker=document.kind if view.shows_code else "",
        question=document.question if view.shows_code else "",
        strip=strip,
        members_first=document.notebook == GROUP,
        readings=document.facts.get("readings"),
        file=view.file,
        day=view.day,
        sources=document.facts["publishers"],
        kind="brief" if document.notebook in FOR_READERS else "",
        embeds=view.embeds is not None,
        has_figure=view.has_figure,
        has_table=any(map(is_table, document.blocks())),
        tables=view.has_open_table,
        sentence=sentence_html(answer, view) if answer else "",
        contents=view.contents(),
        arabic=document.facts["arabic"],
        full_name=document.facts.get("full_name"),
        parameters=values,
        has_code=view.shows_code,
        dataset=data,
        map=any(map(_is_embedded_map, document.blocks())),
        interactive=view.needs_plotly,
        description=_description(document),
        notice=order.notice,
    )


def tab_title(document: Document) -> str:
    """Return the title of a page as a tab and a search engine have room for it."""
    title = document.title
    convention = load_conventions().get(str(document.parameters.get("convention", "")))
    if len(title) > TAB and convention:
        title = title.replace(convention.short_title, convention.label, 1)
    with_site = f"{title} {DASH} {text('site')}"
    return with_site if len(with_site) <= TAB else title


def _description(document: Document) -> str:
    """Return a page in a sentence, for who links to it or finds it."""
    if document.answer:
        return str(document.answer["text"])
    return text("failed_lead") if document.failure else document.question or document.kind


def embed_html(
    document: Document,
    order: Order,
    settings: Settings,
    block: blocks.Block,
    addresses: Mapping[str, str],
) -> str:
    """Return a light page with the first map, or the status of the state."""
    assert document.answer is not None
    view = view_of(document, order.links, addresses, target="_top")
    menu = [link | {"current": False} for link in order.links["menu"]]
    links = order.links | {
        "crumbs": order.links["crumbs"][:1],
        "related": [],
        "previous": None,
        "next": None,
        "page": embed_file(order.name),
        "preview": picture_file("index"),
        "menu": menu,
    }
    if isinstance(block, blocks.DrawingBlock):
        figure = view.drawing(block)
    else:
        figure = view.html(block, is_lead=True)
    return framed(
        "embed.html.j2",
        date.fromisoformat(document.data_day),
        "page",
        links,
        settings,
        kind="embed",
        title=document.title,
        answer=document.answer,
        sources=document.facts["publishers"],
        figure=figure,
        map=is_map(block),
    )


def closings(document: Document) -> list[tuple[str, date]]:
    """Return which conventions of a page close for signature on the day of its data or later."""
    return [(name, date.fromisoformat(day)) for name, day in document.facts["closings"]]


def picture_of(document: Document, view: View) -> bytes:
    """Return the picture with which a link to a page is shown: its title, lead and first figure.

    Of the kinds of which there are hundreds no figure is drawn, which takes ten times as long.
    """
    lead = document.answer["text"] if document.answer else ""
    drawing = "" if document.notebook in FOR_READERS else first_svg(view)
    return share_picture(document.title, lead, drawing, text("site"), STYLE)


def is_map(block: blocks.Block) -> bool:
    """Return whether a block is the map whose day can be chosen."""
    return isinstance(block, blocks.DrawingBlock) and block.template == "world"


def _is_embedded_map(block: blocks.Block) -> bool:
    return is_map(block) or (isinstance(block, blocks.FigureBlock) and has_map(block.spec))


def sentence_html(answer: Mapping[str, Any], view: View, *, explains: bool = True) -> Markup:
    """Return an answer with its links; its first term that is none leads to the glossary."""
    counts = [(words, _rows_or_web(to)) for words, to in answer.get("counts", ())]
    html, is_explained = Markup(""), not explains
    for part in text_parts(answer["text"], counts):
        to = view.href(part["to"]) if "to" in part else ""
        if to:
            html += Markup('<a href="{}">{}</a>').format(to, part["text"])
        elif not is_explained and "to" not in part and (term := GLOSSARY_TERM.search(part["text"])):
            html += _with_term(part["text"], term)
            is_explained = True
        else:
            html += part["text"]
    return html


def _rows_or_web(address: str) -> str:
    return address if address.startswith("https://") else f"rows:{address}"


def _with_term(words: str, term: re.Match[str]) -> Markup:
    anchor = "consented-to-be-bound" if term["consent"] else "ratification"
    link = Markup('{}<a class="term" href="about.html#term-{}">{}</a>{}')
    return link.format(words[: term.start()], anchor, term[0], words[term.end() :])


# Drawings, with links to pages


def _attributes(view: View) -> Callable[[str], str]:
    """Return what tells the attributes of a link: what it is about, and where it leads."""

    def attributes(subject: str) -> str:
        address = view.href(subject)
        target = f' target="{view.target}"' if view.target and subject.startswith("state:") else ""
        href = f' href="{escape(address)}"' if address else ""
        return f"{subject_attributes(subject)}{href}{target}"

    return attributes


def drawn(drawing: blocks.DrawingBlock, view: View) -> str:
    """Return a drawing as HTML."""
    tables = [view.html(table, is_nested=True) for table in drawing.tables]
    return drawing_html(drawing, _attributes(view), tables, inline=False)


def drawn_world(drawing: blocks.DrawingBlock, view: View) -> str:  # noqa: ARG001
    """Return the map of a drawing alone."""
    return world_svg(drawing)


def drawn_verdict(drawing: blocks.DrawingBlock, view: View) -> str:  # noqa: ARG001
    """Return the mark of a verdict."""
    return verdict_mark(drawing.data["name"], inline=False)


DRAWING_NAMES = ("world", "facts", "regions", "members", "latest", "likely", "reach", "claim")
BRIEF = ("standing", "matrix", "scale", "pillars", "peers")
TIMELINE = ("instruments",)
DRAWINGS: Mapping[str, Callable[[blocks.DrawingBlock, View], str]] = {
    **dict.fromkeys((*DRAWING_NAMES, *BRIEF, *TIMELINE), drawn),
    "verdict": drawn_verdict,
    "world-svg": drawn_world,
}
