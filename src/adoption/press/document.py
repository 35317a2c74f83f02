"""What a page says, as plain data: a document of sections of blocks, written and read as JSON.

Whoever shows something in a cell can say what it is with one of these blocks; a page is made of it,
and so are its embed, its share picture and its files. Nothing but the standard library is needed.

A link names a subject and no file: `state:QAT`, `treaty:hanoi`, `group:gcc`, or
`rows:convention:hanoi?act=signature#table-1`, some rows of the page that lists what they are about.
A site resolves it while the HTML is made. An address on the web stays as it is.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar

DOCUMENT_VERSION = 1  # of the JSON; a document of another one is made anew
BLOCK_TYPE = "application/vnd.adoption.block+json"  # of an output that carries a block
LEAD, FINDING, DETAIL, LIMITS, SOURCES = "lead", "finding", "detail", "limits", "sources"
BLOCK_ROLES = (LEAD, FINDING, DETAIL, LIMITS, SOURCES)


class DocumentError(ValueError):
    """Data that fit no block, or no document, in one line."""


# Words of a cell, or of a sentence: what they say, where they lead, and a mark before them.
# text, to (a subject or an address), title (what is known beside them), mark (a status class)
Part = dict[str, str]
Cell = str | int | float | bool | None | list[Part]  # None: not known


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, the kind and the decimals of its values, and their unit."""

    KINDS: ClassVar = ("text", "number", "note")

    head: str
    kind: str = "text"
    decimals: int = 2
    unit: str = ""


@dataclass(frozen=True)
class TableBlock:
    """A table.

    Attributes
    ----------
    caption : str
        What it shows.
    columns : list of Column
        Its columns; the first heads the rows.
    rows : list of list
        A value a column: text as it is shown, a number, None, or parts.
    subjects : list of str
        Parallel to the rows: what each is about, as a link names it; or nothing.
    counts : dict of str to list of str
        By the number of a column: for each row, which rows its number counts.
    marks : list of dict
        Parallel to the rows: what an address can ask of each, beside its cells; or nothing.
    look : str
        How it is set on a small screen and in print.
    anchor : str
        Its place in the page.
    """

    caption: str
    columns: list[Column]
    rows: list[list[Cell]]
    subjects: list[str] = field(default_factory=list)
    counts: dict[str, list[str]] = field(default_factory=dict)
    marks: list[dict[str, str]] = field(default_factory=list)
    look: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                cells, heads = len(row), len(self.columns)
                raise DocumentError(f"row {number} has {cells} cells, and there are {heads} heads")
        by_row: dict[str, Sequence[object]] = {
            "subjects": self.subjects,
            "marks": self.marks,
            **self.counts,
        }
        for name, values in by_row.items():
            if values and len(values) != len(self.rows):
                raise DocumentError(f"{name}: {len(values)} for {len(self.rows)} rows")


@dataclass(frozen=True)
class FigureBlock:
    """A figure of plotly: its JSON, its words, and what is drawn as rows.

    `picture` is a PNG, in Base64, of one that only plotly.js draws. `columns` and `rows` are what
    its maker drew; without columns they are taken from the traces.
    """

    title: str
    subtitle: str
    source: str
    alternative: str
    spec: dict[str, Any]
    columns: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    unit: str = ""
    picture: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.spec.get("data"), list):
            raise DocumentError("spec: has no data")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise DocumentError(f"row {number} does not fit the columns")


@dataclass(frozen=True)
class DrawingBlock:
    """What the template of a name draws of some data; tables in it are blocks of their own.

    `words` are what it says; `heading` is that of a part of the page which it is alone;
    `is_figure` says whether it is a picture, which may be shown by itself.
    """

    template: str
    data: dict[str, Any]
    words: str = ""
    heading: str = ""
    is_figure: bool = False
    tables: list[TableBlock] = field(default_factory=list)


@dataclass(frozen=True)
class TextBlock:
    """Words in Markdown, with formulas in LaTeX."""

    markdown: str
    is_output: bool = False


@dataclass(frozen=True)
class ImageBlock:
    """A picture in Base64, or SVG, with its text alternative."""

    kind: str
    data: str
    alternative: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class HtmlBlock:
    """HTML of others: a frame of pandas, what stands for a widget.

    `csv` is what a table in it shows, whole; no text where that is not known.
    """

    html: str
    caption: str = ""
    anchor: str = ""
    csv: str = ""


@dataclass(frozen=True)
class StreamBlock:
    """What a cell printed, or the plain text of a value."""

    text: str
    name: str = "stdout"


@dataclass(frozen=True)
class ErrorBlock:
    """Why a cell failed, or what does not fit here."""

    text: str


@dataclass(frozen=True)
class CodeBlock:
    """The source of a cell, which the blocks up to the next one come from."""

    source: str
    has_failed: bool = False


Block = (
    TextBlock
    | TableBlock
    | FigureBlock
    | DrawingBlock
    | ImageBlock
    | HtmlBlock
    | StreamBlock
    | ErrorBlock
    | CodeBlock
)


def block_name(kind: type[Block]) -> str:
    """Return what a kind of block is called in JSON and templates: `figure` of `FigureBlock`."""
    return kind.__name__.removesuffix("Block").lower()


BLOCKS: Mapping[str, type[Block]] = {
    block_name(kind): kind
    for kind in (
        TextBlock,
        TableBlock,
        FigureBlock,
        DrawingBlock,
        ImageBlock,
        HtmlBlock,
        StreamBlock,
        ErrorBlock,
        CodeBlock,
    )
}


@dataclass(frozen=True)
class Section:
    """A part of a page; what stands before the first heading has the role of a lead."""

    heading: str
    role: str
    blocks: list[Block]


@dataclass(frozen=True)
class Document:
    """What a page says.

    Attributes
    ----------
    slug : str
        Its name in addresses.
    notebook : str
        The name of its notebook, without the ending.
    kind, question : str
        The notebook's own heading, and what it asks.
    parameters : dict
        Every parameter with the value it has.
    data_day : str
        The day of its data, in ISO 8601.
    facts : dict
        What its site knows of its subject.
    answer : dict, optional
        title, text, key_figure, key_label, as_of, reach, counts (pairs: words of the text, and
        which rows they count).
    sections : list of Section
        What follows, in order.
    failure : str
        Why its notebook failed; no text if it ran to its end.
    faults : list of str
        What of its outputs did not fit, in a line each.
    """

    slug: str
    notebook: str
    kind: str
    question: str
    parameters: dict[str, Any]
    data_day: str
    facts: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] | None = None
    sections: list[Section] = field(default_factory=list)
    failure: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self.answer["title"]) if self.answer else self.kind

    def blocks(self) -> Iterator[Block]:
        """Give every block in order."""
        for section in self.sections:
            yield from section.blocks


# JSON


def block_data(block: Block) -> dict[str, Any]:
    """Return a block as plain values, its kind among them; what is as by default is left out."""
    values = {}
    for of_block in fields(block):
        value = getattr(block, of_block.name)
        if value not in ("", [], {}, False) or _is_needed(of_block):
            values[of_block.name] = value
    if isinstance(block, TableBlock):
        values["columns"] = [asdict(column) for column in block.columns]
    if isinstance(block, DrawingBlock) and block.tables:
        values["tables"] = [block_data(table) for table in block.tables]
    return {"block": block_name(type(block)), **values}


def _is_needed(of_block: Field[Any]) -> bool:
    return of_block.default is MISSING and of_block.default_factory is MISSING


def block_of(data: Any) -> Block:
    """Return the block that plain values are of, as `block_data` gives them."""
    if not isinstance(data, dict) or data.get("block") not in BLOCKS:
        kind = data.get("block") if isinstance(data, dict) else type(data).__name__
        raise DocumentError(f"{kind!r} is no kind of block; allowed: {', '.join(BLOCKS)}")
    name = data["block"]
    values = {key: value for key, value in data.items() if key != "block"}
    try:
        if name == "table":
            values["columns"] = [Column(**column) for column in values["columns"]]
        if name == "drawing":
            values["tables"] = [block_of(table) for table in values.get("tables", ())]
        return BLOCKS[name](**values)
    except (AttributeError, KeyError, TypeError, DocumentError) as error:
        words = str(error).replace(f"{BLOCKS[name].__name__}.__init__()", "it")
        raise DocumentError(f"{name}: {words}") from None


def to_json(document: Document) -> str:
    """Return a document as JSON."""
    values = {part.name: getattr(document, part.name) for part in fields(document)}
    values["sections"] = []
    for section in document.sections:
        blocks = [block_data(block) for block in section.blocks]
        values["sections"].append(
            {"heading": section.heading, "role": section.role, "blocks": blocks}
        )
    return json.dumps(
        {"version": DOCUMENT_VERSION, **values}, ensure_ascii=False, separators=(",", ":")
    )


def from_json(text: str) -> Document:
    """Return the document that JSON holds."""
    try:
        values = json.loads(text)
        version = values.pop("version")
        if version != DOCUMENT_VERSION:
            raise DocumentError(f"is of version {version}, not {DOCUMENT_VERSION}")
        sections = []
        for part in values.pop("sections"):
            blocks = [block_of(block) for block in part["blocks"]]
            sections.append(Section(part["heading"], part["role"], blocks))
        return Document(sections=sections, **values)
    except (AttributeError, KeyError, TypeError) as error:
        raise DocumentError(f"is no document: {error}") from None


def packed(document: Document) -> bytes:
    """Return the file of a document; the same document gives the same bytes."""
    return gzip.compress(to_json(document).encode(), 9, mtime=0)


def read_document(path: Path) -> Document:
    """Return the document of a file."""
    try:
        return from_json(gzip.decompress(path.read_bytes()).decode())
    except (EOFError, OSError, ValueError) as error:
        raise DocumentError(f"{path.name}: {error}") from None


# Words that lead somewhere


def text_parts(text: str, counts: Sequence[Sequence[str]]) -> list[Part]:
    """Return a text in parts, of which those that count something lead to it.

    Examples
    --------
    >>> text_parts("Two signed.", [("Two", "rows:convention:hanoi?act=signature#table-1")])
    [{'text': 'Two', 'to': 'rows:convention:hanoi?act=signature#table-1'}, {'text': ' signed.'}]
    """
    parts: list[Part] = []
    for words, address in counts:
        before, match, text = text.partition(words)
        if not match:
            raise DocumentError(f"{words!r} is not in the text, or not in this order")
        parts += [{"text": before}] if before else []
        parts.append({"text": words, "to": address})
    return [*parts, {"text": text}] if text else parts


# Whether a page is being made: what is shown then carries its block beside the rest.

_state = {"page": False}


def is_page() -> bool:
    """Return whether what is shown in this process is for a page."""
    return _state["page"]


def begin_page() -> None:
    """Let all that is shown in this process from now on carry its block: a page is made of it."""
    _state["page"] = True


def with_block(bundle: dict[str, Any], block: Block) -> dict[str, Any]:
    """Return what a cell shows, by MIME type, with its block where a page is being made."""
    return bundle | {BLOCK_TYPE: block_data(block)} if is_page() else bundle
