"""Draw README's pictures, as the notebooks show them: python -m tools.pictures."""

from __future__ import annotations

from pathlib import Path

import adoption as ad
from adoption.core.files import write_whole
from adoption.show.picture import as_output, figure_png

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write each picture."""
    figures = {
        "status-map": ad.status("hanoi").chart("map"),
        "entry-into-force": ad.forecast("hanoi").chart("fan"),
    }
    for name, figure in figures.items():
        write_whole(ROOT / "docs" / f"{name}.png", figure_png(as_output(figure.to_dict())))


if __name__ == "__main__":
    main()
