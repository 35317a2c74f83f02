"""The picture that a link to the site is shown with: its map, drawn without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import resvg_py

from adoption.show.theme import PAPER

NAME = "preview.png"
WIDTH, HEIGHT = 1200, 630  # pixels: what the networks that show such pictures ask for
MAP = re.compile(r'<svg (?P<box>viewBox="[^"]*").*?</svg>', re.DOTALL)
PAINT = re.compile(r"var\(--[0-9a-z]+,(#[0-9A-Fa-f]{6})\)")


def write_preview(path: Path, html: str) -> bool:
    """Write the first map of a page as a picture; whether it has one."""
    found = MAP.search(html)
    if found is None:
        return False
    drawn = PAINT.sub(r"\1", found[0]).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
    )
    left, top, across, down = map(float, found["box"][9:-1].split())
    tall = across * HEIGHT / WIDTH  # the sea above and below it makes up the height
    box = f'viewBox="{left:g} {top - (tall - down) / 2:g} {across:g} {tall:g}"'
    drawn = drawn.replace(found["box"], f'{box} width="{WIDTH}" height="{HEIGHT}"', 1)
    path.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=drawn, background=PAPER)))
    return True
