"""Write down what the pages of a report say, to compare reports whose HTML differs.

`python -m tools.freeze REPORT FOLDER` writes a freeze; with `--compare OLD NEW` two are compared.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

# A page is a folder of the freeze; each of these files has one item a line, in the page's order.
TEXT, LINKS, ALTERNATIVES, IDS, HEAD, DATA = (
    f"{kind}.txt" for kind in ("text", "links", "alternatives", "ids", "head", "data")
)
FILES = "files.txt"  # what is no page, by its digest
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section"),
    *("summary", "ul"),
}
SILENT = {"script", "style", "template"}
# The parser writes names in small letters, and SVG has others.
SVG_NAMES = {
    name.lower(): name
    for name in ("viewBox", "clipPath", "patternUnits", "patternTransform", "linearGradient")
}
DIGEST = re.compile(r"(?<=\.)[0-9a-f]{8}\.(?=js|css|svg)")  # of an asset, in its name
TIMED = ("manifest.json", "notebooks/")  # these tell when a report was made
SHOWN = 8  # differences of one kind in one page that are printed


# What a page says


def freeze(report: Path, folder: Path) -> int:
    """Write down each page of a report in a folder of its own; return how many there are."""
    pages = sorted(report.glob("*.html"))
    for page in pages:
        frozen = freeze_page(page.read_text(encoding="utf-8"))
        target = folder / page.stem
        target.mkdir(parents=True, exist_ok=True)
        for name, content in frozen.items():
            (target / name).write_text(content, encoding="utf-8", newline="")
    others = (path for path in report.rglob("*") if path.is_file() and path not in pages)
    names = {path.relative_to(report).as_posix(): path for path in others}
    lines = [
        f"{DIGEST.sub('', name)} {hashlib.sha256(names[name].read_bytes()).hexdigest()}"
        for name in sorted(names)
        if not name.startswith(TIMED)
    ]
    (folder / FILES).write_text("\n".join(lines), encoding="utf-8")
    return len(pages)


def freeze_page(source: str) -> dict[str, str]:
    r"""Return what a page says, as the contents of files by their names.

    Examples
    --------
    >>> page = freeze_page('<h1 id="top">Parties</h1><p>Two <a href="a.html">of six</a></p>')
    >>> page["text.txt"], page["links.txt"], page["ids.txt"]
    ('Parties\nTwo of six', 'a.html', 'top')
    """
    root = html.document_fromstring(source)
    frozen = _figures(root) | _drawings(root) | _tables(root) | _scripts(root)
    frozen[LINKS] = _lines(_links(root))
    frozen[ALTERNATIVES] = _lines(_alternatives(root))
    frozen[IDS] = _lines(root.xpath("//@id"))
    frozen[HEAD] = _lines(_head(root))
    frozen[DATA] = _lines(_data(root))
    frozen[TEXT] = _lines(_text(root.body))
    return frozen


def _lines(items: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(" ".join(item.split()) for item in items)


def _text(body: Any) -> Iterator[str]:
    """Give the visible text, a block a line; a table and a drawing by their numbers."""
    numbers = {"table": 0, "svg": 0}
    words: list[str] = []
    for event, node in etree.iterwalk(body, events=("start", "end", "comment")):
        if event == "comment":
            words.append(node.tail or "")
            continue
        aside = next((a for a in node.iterancestors() if a.tag in numbers or a.tag in SILENT), None)
        if aside is not None:
            continue
        if node.tag in BLOCKS and "".join(words).strip():
            yield "".join(words)
            words = []
        if node.tag in numbers and event == "start":
            numbers[node.tag] += 1
            words.append(f"[{node.tag} {numbers[node.tag]}]")
        elif event == "start" and node.tag not in SILENT:
            words.append(node.text or "")
        if event == "end":
            words.append(node.tail or "")
    if "".join(words).strip():
        yield "".join(words)


def _tables(root: Any) -> dict[str, str]:
    """Return each table as CSV: its caption, then its rows."""
    tables = {}
    for number, table in enumerate(root.xpath("//table"), start=1):
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([_words(caption)] for caption in table.xpath(".//caption"))
        writer.writerows([_words(cell) for cell in row] for row in table.xpath(".//tr"))
        tables[f"table-{number}.csv"] = file.getvalue()
    return tables


def _words(node: Any) -> str:
    """Return the text of a part of a page in one line."""
    texts = node.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(texts).split())


def _figures(root: Any) -> dict[str, str]:
    """Return the CSV of each figure by its id."""
    figures = {}
    for number, link in enumerate(root.xpath("//a[starts-with(@href, 'data:text/csv')]"), start=1):
        names = [parent.get("id") for parent in link.iterancestors("figure")]
        name = next(filter(None, names), f"figure-{number}")
        figures[f"{name}.csv"] = unquote(link.get("href").partition(",")[2])
    return figures


def _drawings(root: Any) -> dict[str, str]:
    """Return each drawing as SVG."""
    drawings = {}
    for number, drawing in enumerate(root.xpath("//svg[not(ancestor::svg)]"), start=1):
        for node in drawing.iter(etree.Element):
            node.tag = SVG_NAMES.get(node.tag, node.tag)
            for name in [name for name in node.attrib if name in SVG_NAMES]:
                node.set(SVG_NAMES[name], node.attrib.pop(name))
        drawings[f"drawing-{number}.svg"] = etree.tostring(
            drawing, encoding="unicode", with_tail=False
        )
    return drawings


def _scripts(root: Any) -> dict[str, str]:
    """Return the data that the page keeps for its scripts, such as a figure for plotly.js."""
    scripts = root.xpath("//body//script[@type='application/json']")
    parts = enumerate((json.loads(script.text or "null") for script in scripts), start=1)
    return {
        f"script-{number}.json": json.dumps(part, ensure_ascii=False, indent=1)
        for number, part in parts
    }


def _links(root: Any) -> Iterator[str]:
    for node in root.body.iter(etree.Element):
        for name in ("href", "src"):
            if name in node.attrib:
                yield _address(node.get(name))


def _address(address: str) -> str:
    """Return an address; of an asset without its digest, of long data their digest."""
    kind, _, content = address.partition(",")
    if kind.startswith("data:"):
        # The CSV of a figure is compared by its values.
        digest = "" if "csv" in kind else hashlib.sha256(content.encode()).hexdigest()
        return f"{kind},{digest}"
    return DIGEST.sub("", address)


def _alternatives(root: Any) -> Iterator[str]:
    for node in root.body.iter(etree.Element):
        for name in ("alt", "aria-label", "title", "placeholder"):
            if name in node.attrib:
                yield f"{node.tag} {name}: {node.get(name)}"


def _head(root: Any) -> Iterator[str]:
    for node in root.xpath("./head/*"):
        values = [f"{name}={_address(value)!r}" for name, value in sorted(node.items())]
        yield " ".join([node.tag, *values, node.text or ""])


def _data(root: Any) -> Iterator[str]:
    """Give what scripts and the style sheet read of each element."""
    for node in root.body.iter(etree.Element):
        values = [
            f"{name}={value!r}"
            for name, value in sorted(node.items())
            if name.startswith("data-") or name in ("class", "lang", "dir", "hidden", "open")
        ]
        if values and not any(parent.tag == "svg" for parent in node.iterancestors()):
            yield " ".join([node.tag, *values])


# Two freezes


def compare(old: Path, new: Path) -> list[str]:
    """Return what differs between two freezes, a line each: page, kind, difference."""
    lines = []
    sides = [{path.name: path for path in side.iterdir()} for side in (old, new)]
    for page in sorted({*sides[0], *sides[1]}):
        before, after = (side.get(page) for side in sides)
        if before is None or after is None:
            lines.append(f"{page}: page: {'is new' if before is None else 'is missing'}")
        elif before.is_dir():
            lines += [f"{page}: {line}" for line in _page_differences(before, after)]
        else:
            lines += _differences(before, after)
    return lines


def _page_differences(old: Path, new: Path) -> Iterator[str]:
    names = {path.name for folder in (old, new) for path in folder.iterdir()}
    for name in sorted(names):
        before, after = old / name, new / name
        if not (before.exists() and after.exists()):
            yield f"{name}: {'is missing' if before.exists() else 'is new'}"
        elif name.endswith(".csv") and not name.startswith("table-"):
            if lost := lost_values(_read(before), _read(after)):
                yield f"{name}: lost {len(lost)} values: {', '.join(lost[:SHOWN])}"
        else:
            yield from _differences(before, after)


def lost_values(old: str, new: str) -> list[str]:
    r"""Return the values of a figure's CSV that another lacks, in its rows and in its heads.

    Examples
    --------
    >>> lost_values("x,y\nQatar,0.50\n", "state,series,share\nQatar,now,0.5\n")
    []
    """
    before, after = ([*csv.reader(io.StringIO(text))] for text in (old, new))
    there = {_plain(cell) for row in after for cell in row}
    values = [_plain(cell) for row in before[1:] for cell in row]
    return list(dict.fromkeys(value for value in values if value not in there))


def _plain(cell: str) -> str:
    try:
        return f"{float(cell):g}"
    except ValueError:
        return cell


def _differences(old: Path, new: Path) -> list[str]:
    before, after = _read(old).splitlines(), _read(new).splitlines()
    if before == after:
        return []
    changes = [
        f"{old.name}: line {first + 1}: {_short(before[first:end])} became {_short(after[i:j])}"
        for tag, first, end, i, j in SequenceMatcher(
            None, before, after, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]
    more = [f"{old.name}: and {len(changes) - SHOWN} more"] if len(changes) > SHOWN else []
    return changes[:SHOWN] + more


def _short(lines: Sequence[str]) -> str:
    text = " | ".join(lines)
    return repr(text if len(text) <= 200 else f"{text[:200]}…")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def main() -> int:
    """Make a freeze, or compare two."""
    parser = argparse.ArgumentParser(prog="python -m tools.freeze", description=__doc__)
    parser.add_argument("--compare", action="store_true", help="compare two freezes, OLD and NEW")
    parser.add_argument("first", type=Path, metavar="REPORT|OLD")
    parser.add_argument("second", type=Path, metavar="FOLDER|NEW")
    options = parser.parse_args()
    if not options.compare:
        print(f"{freeze(options.first, options.second)} pages")
        return 0
    lines = compare(options.first, options.second)
    kinds = [line.split(": ")[1] if ": " in line else line for line in lines]
    print(*lines, sep="\n")
    for kind in sorted(set(kinds)):
        print(f"{kind}: {kinds.count(kind)}", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
