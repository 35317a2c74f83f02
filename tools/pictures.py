"""Draw the pictures of README and of the list of notebooks: python -m tools.pictures."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

from PIL import Image

import adoption as ad
from adoption.core.files import write_whole
from adoption.figures.notebook import as_output
from adoption.figures.theme import STYLE
from adoption.press.picture import figure_png

ROOT = Path(__file__).parents[1]
SMALL = (320, 240)  # pixels at most, in the list


def first_picture(notebook: Path) -> bytes | None:
    """Return the first picture that a notebook holds, small; None where it has tables alone."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    pictures = [data["image/png"] for data in outputs if "image/png" in data]
    if not pictures:
        return None
    image = Image.open(io.BytesIO(base64.b64decode(pictures[0]))).convert("RGB")
    image.thumbnail(SMALL)
    file = io.BytesIO()
    image.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> None:
    """Write each picture; those of the list are the first of each notebook, as it was run last."""
    figures = {
        "status-map": ad.status("hanoi").chart("map"),
        "entry-into-force": ad.forecast("hanoi").chart("fan"),
    }
    for name, figure in figures.items():
        write_whole(ROOT / "docs" / f"{name}.png", figure_png(as_output(figure.to_dict()), STYLE))
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        if picture := first_picture(notebook):
            write_whole(ROOT / "docs" / "notebooks" / f"{notebook.stem}.png", picture)


if __name__ == "__main__":
    main()
