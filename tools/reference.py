"""`make docs`: the API reference and the user guide as pages of docs/html, without network.

Run as `python -m tools.reference [FOLDER]`. The reference comes from the docstrings of the
public functions, the codebook of the descriptions of their frames, the rest of README.md, docs/ and
data/LICENSES.md.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import b64decode
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pdoc.doc
import pdoc.render

from adoption.tables.dictionary import FRAMES

ROOT = Path(__file__).parents[1]
PARTS = {
    "Tutorials": {
        "readme": "README.md",
        "your-state": "docs/your-state.md",
        "tutorial": "docs/research/tutorial.md",
    },
    "How-to guides": {
        "install": "docs/install.md",
        "panel": "docs/research/panel.md",
        "episodes": "docs/research/episodes.md",
        "denominators": "docs/research/denominators.md",
        "bounds": "docs/research/bounds.md",
        "pairs": "docs/research/pairs.md",
        "own-index": "docs/research/own-index.md",
        "map": "docs/research/map.md",
        "from-r": "docs/research/from-r.md",
        "reproduce": "docs/research/reproduce.md",
        "validate": "docs/research/validate.md",
        "add": "docs/add.md",
        "report": "docs/report.md",
        "schedule": "docs/schedule.md",
        "publish": "docs/publish.md",
        "refresh": "docs/refresh.md",
        "rejected": "docs/rejected.md",
        "tools": "docs/tools.md",
    },
    "Look up": {
        "reference": "docs/reference.md",
        "glossary": "docs/glossary.md",
        "data": "docs/data.md",
        "results": "docs/research/results.md",
        "treaties": "docs/research/treaties.md",
        "not-covered": "docs/research/not-covered.md",
        "licences": "data/LICENSES.md",
        "changelog": "CHANGELOG.md",
    },
    "Explanation": {
        "certainty": "docs/certainty.md",
        "forecast": "docs/forecast.md",
        "contributing": "CONTRIBUTING.md",
    },
}
GUIDE = {name: file for pages in PARTS.values() for name, file in pages.items()}
REFERENCE = ("adoption", "adoption.show.results", "adoption.show.answers")
LINK = re.compile(r"!?\[([^]]*)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def guide_page(name: str) -> pdoc.doc.Module:
    """Return a page of the guide; links to what is no page of it become text, pictures go."""
    source = ROOT / GUIDE[name]
    text = source.read_text(encoding="utf-8")
    pages = {(ROOT / file).resolve(): f"{page}.html" for page, file in GUIDE.items()}

    def led(match: re.Match[str]) -> str:
        page = pages.get((source.parent / match[2]).resolve())
        if match[0].startswith("!"):
            return ""
        return f"[{match[1]}]({page}{match[3] or ''})" if page else match[1]

    return written(name, LINK.sub(led, text))


def written(name: str, text: str) -> pdoc.doc.Module:
    """Return a page of Markdown."""
    module = ModuleType(name, text)
    module.__dict__["__docformat__"] = "markdown"
    return pdoc.doc.Module(module)


def codebook() -> pdoc.doc.Module:
    """Return the page of every column of every frame that a public function returns."""
    lines = ["# Codebook", "", "Missing means not known; it is never zero and never false."]
    for frame in sorted(FRAMES):
        lines += ["", f"## {frame}", "", "| name | type | unit | meaning | missing |"]
        lines += ["|---|---|---|---|---|"]
        for column in FRAMES[frame].values():
            missing = "may be" if column.missing else ""
            cells = (column.name, column.kind, column.unit, column.means, missing)
            lines.append(f"| {' | '.join(cells)} |")
    return written("codebook", "\n".join(lines))


def gallery() -> tuple[pdoc.doc.Module, dict[str, bytes]]:
    """Return the page of the pictures in the notebooks, each with its cell; and the pictures."""
    pictures: dict[str, bytes] = {}
    text = "# Gallery\n\nThe notebooks draw these; each page of a report has more.\n"
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        title, _, question = "".join(cells[0]["source"]).partition("\n\n")
        text += f"\n#{title}\n\n{question.partition(chr(10))[0]}\n"
        for cell, output in ((c, o) for c in cells for o in c.get("outputs", ())):
            if "image/png" in output.get("data", {}):
                file = f"gallery/{path.stem}-{len(pictures)}.png"
                pictures[file] = b64decode("".join(output["data"]["image/png"]))
                text += f"\n![]({file})\n\n```python\n{''.join(cell['source'])}\n```\n"
    return written("gallery", text), pictures


def first_page() -> pdoc.doc.Module:
    """Return the page that lists the others, each by its heading or its first line."""
    lines = ["# adoption: guide and reference"]
    for part, pages in PARTS.items():
        lines += ["", f"## {part}", ""]
        for name, file in pages.items():
            heading = (ROOT / file).read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
            lines.append(f"- [{'Read me' if name == 'readme' else heading}]({name}.html)")
        if part == "Look up":
            lines += ["- [Codebook](codebook.html)", "- [Gallery](gallery.html)"]
    lines += ["", "## Reference", ""]
    for name in REFERENCE:
        told = (import_module(name).__doc__ or "").partition("\n")[0]
        lines.append(f"- [{name}]({name.replace('.', '/')}.html): {told}")
    return written("index", "\n".join(lines))


def public(name: str) -> pdoc.doc.Module:
    """Return a module of the reference with what is public in it, and no modules below."""
    module = import_module(name)
    for each in getattr(module, "__all__", ()):  # imported when it is asked for
        module.__dict__[each] = getattr(module, each)
    found = pdoc.doc.Module(module)
    found.__dict__["submodules"] = []
    return found


def build(out: Path) -> list[str]:
    """Write the pages; return their names."""
    pdoc.render.configure(
        docformat="numpy",
        show_source=False,
        footer_text="adoption",
        template_directory=ROOT / "tools" / "pdoc",
    )
    modules = {name: guide_page(name) for name in GUIDE} | {"codebook": codebook()}
    modules["gallery"], pictures = gallery()
    modules |= {name: public(name) for name in REFERENCE}
    pages = {
        f"{name.replace('.', '/')}.html": pdoc.render.html_module(module, modules)
        for name, module in modules.items()
    }
    pages["index.html"] = pdoc.render.html_module(first_page(), modules)
    pages["search.js"] = pdoc.render.search_index(modules)
    files = {page: text.encode() for page, text in pages.items()} | pictures
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(files)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "html"
    print(f"{len(build(folder))} files: {folder / 'index.html'}")
