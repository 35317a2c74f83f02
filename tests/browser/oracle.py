"""A second opinion on the drawings of the pages: plotly.js draws a figure too; places are compared.

Both drawings get the same data area, in whose pixels all is measured. A browser says what each
paints: points, at most a pixel apart, on each outline that is not clipped away, by colour, width of
the line and whether it is dashed. Each point of the one has to be near one of the other, in both
directions: what is at a wrong place, missing, too much, in another colour or clipped elsewhere is
far from all. Words have to be anchored at the same place.

Not compared, as the pages lay it out by themselves: title, legend, margins and the source line;
size and fonts of words, and how far those beside an axis are from it; words that would not be
inside the picture, or in their bar; lines of the grid at the ends of an axis, which only the
pages have.

    python -m tests.browser.oracle [EXECUTED NOTEBOOK ...]

prints the largest distance of each kind for each figure of the notebooks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import plotly
from playwright.sync_api import sync_playwright
from scipy.spatial import cKDTree

from adoption.figures.theme import STYLE
from adoption.press.figures import NARROW, PLOTLY, WIDE, has_map
from adoption.press.svg import SMALLEST, chart_svg
from tests.browser.find import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SCRIPT = Path(__file__).with_suffix(".js")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
TOLERANCE = 2.0  # pixels: plotly.js has a border of one around words, and rounds places
EXTRA = 0.6  # of the width of words: how much room the pages leave for wider fonts
BESIDE = ("shapes", "annotations")  # the data of a figure
SMALLER = 0.8  # marks on a narrow page, in parts of their size


class Difference(NamedTuple):
    """The largest distance between the two drawings of a figure among what is of one kind."""

    kind: str
    pixels: float
    what: str


def figures_of(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of an executed notebook that are no maps."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    figures = [o["data"][PLOTLY] for o in outputs if PLOTLY in o.get("data", {})]
    return [f for f in figures if not has_map(f)]


def read(path: Path) -> dict[str, Any]:
    """Return a notebook."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def prepare(page: Page) -> None:
    """Load plotly.js into an empty page."""
    page.set_content("<!doctype html><body style='margin:0; font-family: sans-serif'></body>")
    page.add_script_tag(path=PLOTLY_JS)
    page.add_script_tag(path=SCRIPT)


def differences(page: Page, figure: Mapping[str, Any], width: int) -> list[Difference]:
    """Return how far a figure's drawing at a width is from that of plotly.js, by kind."""
    figure = {**figure, "layout": {**figure["layout"], "showlegend": False}}
    svg = chart_svg(figure, width, "", "figure", STYLE)
    if f'font-size="{SMALLEST:g}"' in svg[:200]:  # a narrow page
        figure["data"] = [_with_smaller_marks(trace) for trace in figure["data"]]
        figure["layout"] |= {kind: _in_narrow(figure["layout"].get(kind, [])) for kind in BESIDE}
    both = json.loads(page.evaluate("both => drawings(...both)", [svg, figure]))
    worst: dict[str, Difference] = {}
    for far in (*_painted(both), *_words(both)):
        worst[far.kind] = max(far, worst.get(far.kind, far), key=lambda one: one.pixels)
    return list(worst.values())


def _in_narrow(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the words or shapes of a narrow drawing, which plotly.js hides."""
    kept = [part for part in parts if part.get("name") != WIDE]
    return [{**part, "visible": True} if part.get("name") == NARROW else {**part} for part in kept]


def _with_smaller_marks(trace: Mapping[str, Any]) -> dict[str, Any]:
    marker = dict(trace.get("marker", {}))
    if "markers" in trace.get("mode", "lines"):
        marker["size"] = (np.array(marker.get("size", 6)) * SMALLER).tolist()
    return {**trace, "marker": marker}


def _painted(both: Mapping[str, Any]) -> Iterator[Difference]:
    """Compare what is painted, style by style; kinds are those of the drawing of plotly.js."""
    ours, theirs = (both[side]["painted"] for side in ("ours", "plotly"))
    for style in {*ours, *theirs}:
        here, there = (_points(side.get(style, {})) for side in (ours, theirs))
        for name, (at, _), (others, kinds) in (("ours", here, there), ("plotly.js", there, here)):
            if not len(at):
                continue
            if not len(others):
                yield Difference("of one alone", np.inf, f"{name}: {style} at {at[0]}")
                continue
            far, nearest = cKDTree(others).query(at)
            named = kinds[nearest] if name == "ours" else there[1]
            for kind in np.unique(named):
                of = named == kind
                if kind == "grid":  # plotly.js has no line where the plot ends
                    of &= ((at > 1) & (at < np.array(both["area"][2:]) - 1)).all(axis=1)
                pixels = np.where(of, far, 0)
                worst = int(pixels.argmax())
                yield Difference(kind, float(pixels[worst]), f"{name}: {style} at {at[worst]}")


def _points(of: Mapping[str, Sequence[Sequence[float]]]) -> tuple[Any, Any]:
    """Return points, and the kind of each."""
    points = np.array([point for points in of.values() for point in points]).reshape(-1, 2)
    return points, np.repeat([*of], [len(points) for points in of.values()])


def _words(both: Mapping[str, Any]) -> Iterator[Difference]:
    """Compare words: in the plot by their anchor, beside it by their place along the axis."""
    left, _, _, high = both["area"]
    boxes = [words["box"] for words in both["ours"]["words"]]
    for words in both["ours"]["words"]:
        box = words["box"]
        kind, along = (
            ("ticks", 0) if box[1] > high else ("ticks", 1) if box[2] < 0 else ("words", 2)
        )
        far, widest = words["ticks"], _widest_line(box, boxes)
        wide = EXTRA * (widest[2] - widest[0])
        is_moved = not wide < widest[0] + left < widest[2] + left < both["width"] - wide
        for other in (w["box"] for w in both["plotly"]["words"] if w["text"] == words["text"]):
            across, upright = _apart(box, other)
            across = 0.0 if is_moved else across
            far.append((across, upright, max(across, upright))[along])
        least = 0.0 if is_moved and along == 0 else min(far, default=np.inf)
        yield Difference(kind, least, f"{words['text']!r} at {box}")


def _widest_line(box: Sequence[float], boxes: Sequence[Sequence[float]]) -> Sequence[float]:
    """Return the widest of the lines that begin or end where one does, next to it."""
    lines = [
        other
        for other in boxes
        if abs(other[1] - box[1]) < 2 * (box[3] - box[1])
        and min(abs(other[0] - box[0]), abs(other[2] - box[2])) < 1
    ]
    return max(lines, key=lambda line: line[2] - line[0])


def _apart(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """Return how far the nearest of left, middle and right are apart; of top, middle, bottom."""
    ends = (np.array([b[:2], np.add(b[:2], b[2:]) / 2, b[2:]]) for b in (one, other))
    across, upright = np.abs(np.subtract(*ends)).min(axis=0)
    return float(across), float(upright)


@contextmanager
def blank_page() -> Iterator[Page]:
    """Open a browser without a network, and in it an empty page with plotly.js."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        prepare(page)
        yield page
        browser.close()


def main() -> None:
    """Print the table."""
    notebooks = [Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb"))
    with blank_page() as page:
        for notebook in notebooks:
            for number, figure in enumerate(figures_of(read(notebook)), start=1):
                for width in (1000, 350):
                    for far in sorted(differences(page, figure, width), key=lambda d: -d.pixels):
                        row = f"{notebook.stem} {number} {width} px: {far.kind} {far.pixels:.1f}"
                        print(row, f"({far.what})" * (far.pixels > TOLERANCE))


if __name__ == "__main__":
    main()
