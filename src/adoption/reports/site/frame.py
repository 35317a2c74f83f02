"""What stands around every page: the head, the menu, the way back, what is related, the tools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import unescape
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any, TypeAlias
from urllib.parse import unquote

import jinja2
from markupsafe import Markup

from adoption.core.files import sha256
from adoption.core.text import bibtex, long_day, messages, slug
from adoption.show.theme import style_values
from adoption.tables import data_version

TEMPLATES, ASSETS = (Path(__file__).parent / name for name in ("template", "assets"))
INDENT = re.compile(r"^\s*(?://.*\n)?| */\*.*?\*/| // .*$", re.MULTILINE)  # and every comment
# A page is made alone; what depends on the other pages of its report stands between such marks,
# and is written last. A link is one only where its page is there.
Names: TypeAlias = Mapping[str, str]  # of pages, or of parts of a page their HTML
PART = re.compile(
    r"<!--(?P<part>preview|menu|crumbs|reach|more|cite|owner)-->.*?<!--/(?P=part)-->", re.DOTALL
)
STATE = re.compile(r'<a (?P<state>data-state="(?P<iso3>[A-Z]{3})")(?: href="[^"]*")?')
ROWS = re.compile(r'<a (?P<rows>data-rows="(?P<about>[^"?#]*)(?P<query>[^"]*)")(?: href="[^"]*")?')
ASSET = re.compile(r'(?<="assets/)(?P<stem>[a-z]+)(\.[0-9a-f]{8})?\.(?P<kind>js|css|svg)(?=")')
ROW_HEAD = re.compile(
    r'(?P<tag><th scope="row"[^>]*>)(?:<a href="[a-z0-9-]+\.html">)?'
    r"(?P<name>[^<]+)(?:</a>)?(?=</th>)"
)


def text(message: str, **values: object) -> Markup:
    """Return a message in the language of the site, with values in it, as HTML.

    Examples
    --------
    >>> text("previous", name="Oman & Qatar")
    Markup('Previous: Oman &amp; Qatar')
    """
    return Markup(messages()[message]).format(**values)


@cache
def asset(name: str) -> tuple[str, str]:
    """Return a script, the style sheet or the sign of the site: its name, and what it holds.

    Its digest is a part of its name, so that a page never runs the script of another version.
    """
    content, (stem, kind) = (ASSETS / name).read_text(encoding="utf-8"), name.split(".")
    content = ASSET.sub(renamed, INDENT.sub("", content))
    if kind != "js":
        content = Template(content).substitute(style_values())
    return f"{stem}.{sha256(content.encode())[:8]}.{kind}", content


def renamed(match: re.Match[str]) -> str:
    """Return the name of an asset that a page or a script brings, whichever version wrote it."""
    name = f"{match['stem']}.{match['kind']}"
    return asset(name)[0] if (ASSETS / name).is_file() else match[0]


def framed(template: str, data_day: date, what: str, **more: Any) -> str:
    """Return a page of the site; `what` says whose data the line on their age is about."""
    values = {
        "kind": "",
        "heading": "",
        "dataset": None,
        "map": False,
        "interactive": False,
        "reach": "",
        "file": "",
        "sources": "",
        "day": data_day,
        "description": text("description"),
        "data_day": data_day,
        "closings": (),
        "what": what,
    }
    return _environment().get_template(template).render(values | more)


def parts_of(**items: Any) -> dict[str, str]:
    """Return the parts of a page that depend on the others."""
    macros: Any = _environment().get_template("parts.html.j2").module
    settings = items["settings"]
    address = settings.site and settings.site + items["page"]
    cited = items["title"], items["day"], items["slug"], settings, address, data_version()
    return {
        "preview": macros.preview(items["preview"], settings.site, address, items["title"]),
        "menu": macros.menu(items["menu"]),
        "crumbs": macros.crumbs(items["crumbs"]),
        "more": macros.more(items["related"], items["previous"], items["next"]),
        "cite": macros.cite(*cited),
        "reach": items["reach"],
        "owner": macros.owner(settings),
    }


def completed(
    html: str, parts: Names, by_state: Names, by_name: Names, by_rows: Names, own: str = ""
) -> str:
    """Return a page with its parts, and links to the pages that there are; again is the same.

    No name links to `own`, the slug of the page itself.
    """

    def state(match: re.Match[str]) -> str:
        page = by_state.get(match["iso3"])
        return f"<a {match['state']}" + (f' href="{page}.html"' if page else "")

    def head(match: re.Match[str]) -> str:
        page = by_name.get(unescape(match["name"]))
        linked = page and page != own
        name = f'<a href="{page}.html">{match["name"]}</a>' if linked else match["name"]
        return f"{match['tag']}{name}"

    def rows(match: re.Match[str]) -> str:
        page = by_rows.get(unquote(unescape(match["about"])))
        return f"<a {match['rows']}" + (f' href="{page}.html{match["query"]}"' if page else "")

    html = ASSET.sub(renamed, ROWS.sub(rows, html))
    html = PART.sub(lambda f: f"<!--{f['part']}-->{parts[f['part']]}<!--/{f['part']}-->", html)
    return ROW_HEAD.sub(head, STATE.sub(state, html))


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


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"slug": slug, "bibtex": bibtex, "long_day": long_day, "day": time_html}
    environment.globals |= {"t": text, "version": version("adoption")}
    environment.globals["asset"] = lambda name: f"assets/{asset(name)[0]}"
    return environment
