"""From the outputs of an executed notebook to the blocks of a document, and their order.

An output that carries a block is that block. What others show is read by its MIME type: a frame
of pandas, a picture, a figure of plotly, Markdown, what was printed, an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from adoption.core.text import messages, plain_title
from adoption.press.document import (
    BLOCK_ROLES,
    BLOCK_TYPE,
    FINDING,
    LEAD,
    Block,
    CodeBlock,
    Document,
    DocumentError,
    DrawingBlock,
    ErrorBlock,
    FigureBlock,
    HtmlBlock,
    ImageBlock,
    Section,
    StreamBlock,
    TableBlock,
    TextBlock,
    block_of,
)
from adoption.press.figures import PLOTLY, PNG, rounded

ANSWER_TYPE = "application/vnd.adoption.answer+json"
# Tags of cells that no page has: papermill's note of a failure, what only an author needs, and the
# tags of Jupyter Book and nbconvert for a cell, or its outputs, that only the notebook shows.
LEFT_OUT = {"papermill-error-cell-tag", "change-this", "remove-cell", "remove_cell"}
WITHOUT_OUTPUTS = {"remove-output", "remove_output"}
WIDGET = "application/vnd.jupyter.widget-view+json"
CSV = "text/csv"  # of a frame, which its HTML may show in part: no notebook keeps it
PICTURES = ("image/svg+xml", PNG, "image/jpeg", "image/gif", "image/webp")
STYLED = re.compile(r'<style.*?</style>| style="[^"]*"', re.DOTALL)  # of others: no page allows it
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
HEADING = re.compile(r"^## +(.+?)\s*$")
FENCE = re.compile(r"^\s*(```|~~~)")


@dataclass
class _Part:
    """What stands below a heading, by cell; `number` counts the headings of cells before it."""

    heading: str
    role: str
    number: int
    cells: list[list[Block]] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        for cell in self.cells:
            yield from cell


def read_notebook(
    notebook: Any,
    *,
    slug: str,
    name: str,
    parameters: Mapping[str, Any],
    data_day: str,
    facts: Mapping[str, Any] | None = None,
    failure: str = "",
) -> Document:
    """Return the document of an executed notebook; the notebook keeps no block.

    Parameters
    ----------
    notebook : NotebookNode
        As far as it ran.
    slug, name : str
        That of the page, and that of the notebook's file without its ending.
    parameters : mapping
        Every parameter with the value it has.
    data_day : str
        The day of the data, in ISO 8601.
    facts : mapping, optional
        What its site shows of its subject.
    failure : str
        Why it failed; no text if it ran to its end.
    """
    cells = _cells_that_ran(notebook.cells)
    kind, question = heading_of(notebook)
    reading = _Reading()
    for cell in cells:
        reading.take(cell)
    parts = _answer_first(reading.parts, reading.answer_in)
    _anchor(parts)
    parts = _figure_first(parts, has_answer=reading.answer is not None)
    parts = _without_empty(parts, reading.answer_in)
    parts_of = [Section(part.heading, part.role, [*part.blocks()]) for part in parts]
    sections = [section for section in parts_of if section.heading or section.blocks]
    return Document(
        slug=slug,
        notebook=name,
        kind=kind,
        question=question,
        parameters=dict(parameters),
        data_day=data_day,
        facts=dict(facts or {}),
        answer=reading.answer,
        sections=sections,
        failure=failure,
        faults=reading.faults,
    )


def heading_of(notebook: Any) -> tuple[str, str]:
    """Return the notebook's own heading, which names the kind of page, and its question."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            name, _, question = cell.source.removeprefix("# ").partition("\n")
            return str(name), " ".join(question.split())
    return "", ""


def _cells_that_ran(cells: Sequence[Any]) -> list[Any]:
    """Return the cells up to the one that failed: what follows has only headings."""
    of_notebook = [cell for cell in cells if LEFT_OUT.isdisjoint(cell.metadata.get("tags", []))]
    failed = [
        number
        for number, cell in enumerate(of_notebook, start=1)
        if cell.metadata.get("papermill", {}).get("exception")
    ]
    return of_notebook[: failed[0]] if failed else of_notebook


class _Reading:
    """Takes one cell after another."""

    def __init__(self) -> None:
        self.parts = [_Part("", LEAD, 0)]
        self.answer: dict[str, Any] | None = None
        self.answer_in: int | None = None  # the number of its part
        self.faults: list[str] = []

    def take(self, cell: Any) -> None:
        """Take a cell."""
        if cell.cell_type == "markdown":
            self._take_text(cell)
        elif cell.cell_type == "code":
            self._take_code(cell)

    def _begin(self, heading: str, cell: Any, number: int) -> None:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in BLOCK_ROLES]
        self.parts.append(_Part(heading, tags[0] if tags else FINDING, number))

    def _take_text(self, cell: Any) -> None:
        if cell.source.startswith("# "):
            return  # a page has it above its title
        for index, (heading, words) in enumerate(_by_heading(cell.source)):
            if heading:
                number = self.parts[-1].number + (index == 0)
                self._begin(heading, cell, number)
            if words.strip():
                self.parts[-1].cells.append([TextBlock(with_attachments(words, cell))])

    def _take_code(self, cell: Any) -> None:
        blocks: list[Block] = []
        is_silent = not WITHOUT_OUTPUTS.isdisjoint(cell.metadata.get("tags", []))
        for output in () if is_silent else cell.get("outputs", []):
            block = self._block(output)
            first_line = block.markdown.split("\n")[0] if isinstance(block, TextBlock) else ""
            if isinstance(block, TextBlock) and (head := HEADING.match(first_line)):
                self._begin(head[1], cell, self.parts[-1].number)
                block = replace(block, markdown=block.markdown.partition("\n")[2])
            if isinstance(block, DrawingBlock) and block.heading:
                self._begin(block.heading, cell, self.parts[-1].number)
            if block is not None:
                blocks.append(block)
        has_failed = bool(cell.metadata.get("papermill", {}).get("exception"))
        self.parts[-1].cells.append([CodeBlock(cell.source, has_failed), *blocks])

    def _block(self, output: Any) -> Block | None:
        """Return what an output shows; None if it shows nothing, or is the answer."""
        if output.output_type == "stream":
            return StreamBlock(_text(output.text), output.name)
        if output.output_type == "error":
            return ErrorBlock("\n".join(output.traceback))
        data = output.get("data", {})
        if ANSWER_TYPE in data and self.answer is None:
            self.answer, self.answer_in = dict(data[ANSWER_TYPE]), self.parts[-1].number
            return None
        try:
            return _shown(data, output.get("metadata", {}))
        except DocumentError as error:
            number = sum(len(part.cells) for part in self.parts)
            self.faults.append(f"output of cell {number + 1}: {error}")
            return ErrorBlock(f"What belongs here cannot be shown: {error}")


def _shown(data: Any, metadata: Any) -> Block | None:
    """Return the block of what a cell shows by MIME type: its own, or what suits best."""
    carried, csv = data.pop(BLOCK_TYPE, None), data.pop(CSV, "")
    if WIDGET in data and not data.keys() & {PLOTLY, BLOCK_TYPE, PNG, "text/html"}:
        return TextBlock(messages()["widget"], is_output=True)
    if PLOTLY in data:
        picture = _text(data.get(PNG, ""))
        rows = {key: value for key, value in (carried or {}).items() if key in ("columns", "rows")}
        return figure_block(data[PLOTLY], picture="".join(picture.split()), **rows)
    if carried is not None:
        return block_of(carried)
    if PNG in data:
        return _image(PNG, data, metadata)
    if "text/html" in data:
        html = STYLED.sub("", _text(data["text/html"]))
        caption = CAPTION.search(html)
        return HtmlBlock(html, plain_title(caption[1]) if caption else "", csv=_text(csv))
    if "text/markdown" in data:
        return TextBlock(_text(data["text/markdown"]), is_output=True)
    for kind in PICTURES:
        if kind in data:
            return _image(kind, data, metadata)
    if "text/latex" in data:
        return TextBlock(_text(data["text/latex"]), is_output=True)
    return StreamBlock(_text(data["text/plain"]), "value") if "text/plain" in data else None


def _image(kind: str, data: Any, metadata: Any) -> ImageBlock:
    words = metadata.get(kind, {}).get("alt", "")
    content = _text(data[kind])
    return ImageBlock(kind, content if kind.endswith("xml") else "".join(content.split()), words)


def figure_block(
    spec: Mapping[str, Any],
    picture: str = "",
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[Any]] = (),
) -> FigureBlock:
    """Return the block of a figure of plotly, with the words that `layout.meta` has for it."""
    layout = spec.get("layout") or {}
    meta = layout.get("meta") or {}
    meta = meta if isinstance(meta, Mapping) else {}
    title = layout.get("title") or ""
    title = title.get("text") or "" if isinstance(title, Mapping) else title
    drawn = {name: rounded(part) for name, part in spec.items() if name in ("data", "layout")}
    words = {name: meta.get(name, "") for name in ("subtitle", "source", "alternative")}
    return FigureBlock(
        title=meta.get("title") or plain_title(title),
        **words,
        spec=drawn,
        columns=[*columns],
        rows=[[*row] for row in rows],
        picture=picture,
    )


def with_attachments(words: str, cell: Any) -> str:
    """Return Markdown in which pictures that a cell brings stand themselves."""
    for name, bundle in cell.get("attachments", {}).items():
        for kind, data in bundle.items():
            address = f"data:{kind};base64,{_text(data)}"
            words = words.replace(f"(attachment:{name})", f"({address})")
    return words


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)


def _by_heading(source: str) -> Iterator[tuple[str, str]]:
    """Give each heading of the second level with what is below it; first what stands before."""
    heading, lines, in_code = "", list[str](), False
    for line in source.split("\n"):
        in_code ^= bool(FENCE.match(line))
        match = None if in_code else HEADING.match(line)
        if match:
            if heading or lines:
                yield heading, "\n".join(lines)
            heading, lines = match[1], []
        else:
            lines.append(line)
    yield heading, "\n".join(lines)


# The order of a page


def _answer_first(parts: list[_Part], answer_in: int | None) -> list[_Part]:
    """Return parts with that of the answer, which may be found last, before the others."""
    return sorted(parts, key=lambda part: part.number not in (0, answer_in))


def _without_empty(parts: Sequence[_Part], answer_in: int | None) -> list[_Part]:
    """Return parts without those whose code shows nothing: their words are about it."""
    code = {
        part.number for part in parts for block in part.blocks() if isinstance(block, CodeBlock)
    }
    with_output = {part.number for part in parts for block in part.blocks() if _is_seen(block)}
    return [
        part
        for part in parts
        if part.number in {0, answer_in} | with_output or not {part.number} & code
    ]


def _is_seen(block: Block) -> bool:
    """Return whether an output is more than a note without words."""
    if isinstance(block, TextBlock):
        return block.is_output and bool(block.markdown)
    return not isinstance(block, CodeBlock)


def is_figure(block: Block) -> bool:
    """Return whether a block is a picture."""
    return isinstance(block, FigureBlock | ImageBlock) or (
        isinstance(block, DrawingBlock) and block.is_figure
    )


def is_table(block: Block) -> bool:
    """Return whether a block is a table, or has one."""
    if isinstance(block, HtmlBlock):
        return "<table" in block.html
    return isinstance(block, TableBlock) or (isinstance(block, DrawingBlock) and bool(block.tables))


def _anchor(parts: Sequence[_Part]) -> None:
    """Give each figure and each table a place of its own in the page."""
    numbers: Counter[str] = Counter()

    def next_of(kind: str) -> str:
        numbers[kind] += 1
        return f"{kind}-{numbers[kind]}"

    for part in parts:
        for cell in part.cells:
            for index, block in enumerate(cell):
                if isinstance(block, FigureBlock | ImageBlock):
                    cell[index] = replace(block, anchor=next_of("figure"))
                elif isinstance(block, TableBlock) or (
                    isinstance(block, HtmlBlock) and is_table(block)
                ):
                    cell[index] = replace(block, anchor=next_of("table"))
                elif isinstance(block, DrawingBlock) and block.tables:
                    tables = [replace(table, anchor=next_of("table")) for table in block.tables]
                    cell[index] = replace(block, tables=tables)


def _figure_first(parts: list[_Part], *, has_answer: bool) -> list[_Part]:
    """Move the first figure to the head of the page, if text or a table stands before it.

    The words of a part that has nothing else then stand below the part before, without a heading.
    """
    between = False
    for number, part in enumerate(parts):
        for cell in part.cells:
            for block in cell:
                if has_answer and is_figure(block):
                    if not between:
                        return parts
                    cell.remove(block)
                    _first_code(parts).insert(1, block)
                    return _joined(parts, number)
                between |= is_table(block) or (isinstance(block, TextBlock) and not block.is_output)
    return parts


def _first_code(parts: Sequence[_Part]) -> list[Block]:
    return next(cell for part in parts for cell in part.cells if isinstance(cell[0], CodeBlock))


def _joined(parts: list[_Part], number: int) -> list[_Part]:
    """Return parts, of which one that shows nothing any more follows the one before it."""
    part = parts[number]
    if not number or not part.heading or any(map(_is_seen, part.blocks())):
        return parts
    parts[number - 1].cells += part.cells
    return [*parts[:number], *parts[number + 1 :]]
