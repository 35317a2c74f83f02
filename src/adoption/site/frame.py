"""What stands around every page: the head, the menu, the way back, what is related, the tools."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any

import jinja2
from markupsafe import Markup

from adoption.core.files import sha256
from adoption.core.text import bibtex, long_day
from adoption.figures.theme import style_values
from adoption.press.html import environment, text
from adoption.press.plan import Settings
from adoption.show.drawings import macros
from adoption.tables import data_version

TEMPLATES, ASSETS = (Path(__file__).parent / name for name in ("templates", "assets"))
INDENT = re.compile(r"^\s*(?://.*\n)?| */\*.*?\*/| // .*$", re.MULTILINE)  # and every comment
STYLE_GAPS = re.compile(r"\s*([{};])\s*|(?<=[:,]) (?!\")")  # of a style sheet
# A script that another script brings.
ASSET = re.compile(r'(?<="assets/)(?P<stem>[a-z]+)\.(?P<kind>js|css|svg)(?=")')


@cache
def asset(name: str) -> tuple[str, str]:
    """Return a script, the style sheet or the sign of the site: its name, and what it holds.

    Its digest is a part of its name, so that a page never runs the script of another version.
    """
    content, (stem, kind) = (ASSETS / name).read_text(encoding="utf-8"), name.split(".")
    content = ASSET.sub(_renamed, INDENT.sub("", content))
    if kind != "js":
        content = Template(content).substitute(style_values())
    if kind == "css":
        content = STYLE_GAPS.sub(lambda gap: gap[1] or "", content)
    return f"{stem}.{sha256(content.encode())[:8]}.{kind}", content


def _renamed(match: re.Match[str]) -> str:
    """Return the name of an asset that a script brings."""
    name = f"{match['stem']}.{match['kind']}"
    return asset(name)[0] if (ASSETS / name).is_file() else match[0]


def framed(
    template: str,
    data_day: date,
    what: str,
    links: Mapping[str, Any],
    settings: Settings,
    **more: Any,
) -> str:
    """Return a page of the site.

    Parameters
    ----------
    template : str
        The name of its template.
    data_day : date
        The day of its data.
    what : str
        Whose data the line on their age is about.
    links : mapping
        What its links say, see `Links.of_page`.
    settings : Settings
        Where and by whom it is published.
    **more
        What the template asks beside.
    """
    # What a template asks of each page; a page without it says nothing.
    absent: dict[str, Any] = dict.fromkeys(
        ("kind", "heading", "base", "reach", "file", "sources"), ""
    )
    absent |= dict.fromkeys(("map", "interactive"), False) | {"tables": True}
    values = {
        **absent,
        "dataset": None,
        "day": data_day,
        "description": text("description"),
        "data_day": data_day,
        "closings": (),
        "what": what,
        "links": links,
        "settings": settings,
        "address": settings.site and settings.site + links["page"],
        "data_version": data_version(),
    }
    return templates().get_template(template).render(values | more)


def dataset(name: str, description: str, day: date, files: Mapping[str, str]) -> dict[str, Any]:
    """Return what schema.org asks of a data set, with its files by their addresses."""
    kinds = [
        {"@type": "DataDownload", "contentUrl": f, "encodingFormat": k} for f, k in files.items()
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": str(name),
        "description": str(description),
        "dateModified": str(day),
        "isAccessibleForFree": True,
        "license": "data.html#licences",
        "creator": {"@type": "Organization", "name": text("site")},
        "distribution": kinds,
    }


def time_html(day: date) -> Markup:
    """Return a day in words that a machine can read too."""
    return Markup('<time datetime="{}">{}</time>').format(day, long_day(day))


def _digest(script: str) -> str:
    """Return by what a page allows a script of its own: its SHA-256 in base 64."""
    return b64encode(bytes.fromhex(sha256(script.encode()))).decode()


def compile_templates() -> None:
    """Make code of every template; else the first page that asks for one does."""
    for name in ("blocks.html.j2", *(path.name for path in TEMPLATES.glob("*.j2"))):
        templates().get_template(name)
    macros()


@cache
def templates() -> jinja2.Environment:
    """Return the templates of the site, and below them those of the press."""
    made_environment = environment(TEMPLATES)
    made_environment.filters |= {"bibtex": bibtex, "long_day": long_day, "day": time_html}
    made_environment.filters["sha256"] = _digest
    made_environment.globals["version"] = version("adoption")
    made_environment.globals["asset"] = lambda name: f"assets/{asset(name)[0]}"
    return made_environment
