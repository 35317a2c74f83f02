"""Receipts: each count that a page publishes leads to the rows behind it.

An address such as `status-map.html?act=signature#table-1` names a table and which of its rows
count. Without a script it leads to the table; with one, the table shows those rows alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import quote

import pandas as pd

from adoption import tables
from adoption.countries.groups import slug
from adoption.data.dictionary import CONSENTS, SIGNATURES
from adoption.law.panel import NO_ACT, SIGNED, WITHDRAWN
from adoption.reading import remembered
from adoption.show.theme import BOUND, BOUND_REPORTED, SIGNATURE_REPORTED

LIST = '<caption id="table-1">Acts, by name'  # the table of a treaty's map: its rows are receipts
TOLD = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)
LISTED = re.compile(
    r'<tr id="table-1-[^"]*">(?=<th scope="row">(?P<name>[^<]+)</th><td[^>]*>(?P<act>[^<]+)<)'
)
KEY = re.compile(
    r'(?P<head><li data-class="(?P<status>[\w-]+)">.*?)(?P<count><span class="count">\d+</span>)',
    re.DOTALL,
)
COUNTER = re.compile(
    r"(?P<tag><dt>(?P<label>[^<]+)</dt> <dd><strong>)(?P<count>[^<]+)(?=</strong>)"
)
REGION = re.compile(r'<tr id="table-2-(?P<region>[\w-]+)">.*?</tr>', re.DOTALL)
CELL = re.compile(r'(?P<tag><td[^>]* data-label="(?P<label>[^"]+)">)(?P<count>[1-9]\d*)(?=</td>)')
IN_GROUP = re.compile(
    r'<tr id="table-\d-[\w-]+"><th scope="row">(?P<group>[^<]+)</th>.*?</tr>', re.DOTALL
)
ROWS = re.compile(r'<a data-rows="(?P<about>\w+:[^"?#]*)(?P<rows>[^"#]*#[^"]*)"(?: href="[^"]*")?')
ACTED = f"?status=!{slug(NO_ACT)}"  # all but that
BOUND_ALL = [BOUND, BOUND_REPORTED]
# What the columns of the table by region count: the classes of a status.
COLUMNS = {
    "Signed only": [SIGNED, SIGNATURE_REPORTED],
    "Bound": [BOUND],
    "Reported bound": [BOUND_REPORTED],
    "Withdrawn": [WITHDRAWN],
}
# The clauses of a sentence about a treaty that are counts, and which rows each counts.
SIGNED_CLAUSE = re.compile(r"^[^;]+? participants? (?:has|have) signed")
BOUND_CLAUSE = re.compile(
    r"(?<=; )(?!none)[^;,]+? (?:(?:is|are) (?:reported|bound)|(?:has|have) consented to be bound)"
)
ACTED_CLAUSE = re.compile(r"^.+? of \d+ members")
DAY = re.compile(r"(?<= on )\d{1,2} [A-Z][a-z]+ \d{4}")  # of an act, in the sentence on a state


def query(**wanted: Iterable[str]) -> str:
    """Return what follows the name of a page in the address of some rows.

    Examples
    --------
    >>> query(status=["reported bound", "bound"], region=["Asia"])
    '?status=reported-bound,bound&region=asia'
    """
    parts = (f"{name}={quote(','.join(map(slug, values)))}" for name, values in wanted.items())
    return "?" + "&".join(parts).replace("%2C", ",")


def link(text: str, found: str, about: str = "", place: str = "#table-1") -> str:
    """Return HTML that leads to some rows, of this page or of the one about something.

    Examples
    --------
    >>> link("75", query(act=["signature"]))
    '<a href="?act=signature#table-1">75</a>'
    """
    address = escape(f"{found}{place}")
    kind = f'data-rows="{escape(about)}{address}"' if about else f'href="{address}"'
    return f"<a {kind}>{text}</a>"


def with_receipts(article: str, values: Mapping[str, Any]) -> str:
    """Return the cells of a page with a link at each count of its map and tables."""
    if LIST in article and (told := TOLD.search(article)):
        article = LISTED.sub(_marker(json.loads(told[1])), article)
        article = legend_with_receipts(article)
        article = REGION.sub(_region, article)
    if "country" in values and "convention" in values:
        article = IN_GROUP.sub(_in_group, article)
    return article


def sentence_with_receipts(text: str, values: Mapping[str, Any], about: str = "") -> str:
    """Return an answer as HTML: counts lead to their rows, the day of an act to the map of it."""
    html = escape(text, quote=False)
    if "group" in values:
        return ACTED_CLAUSE.sub(lambda found: link(found[0], ACTED), html)
    if "country" in values:
        return DAY.sub(lambda found: link(found[0], "", about, _map_of(found[0])), html, count=1)
    if "convention" not in values:
        return html
    signed, bound = query(act=["signature"]), query(status=BOUND_ALL)
    html = SIGNED_CLAUSE.sub(lambda found: link(found[0], signed, about), html)
    return BOUND_CLAUSE.sub(lambda found: link(found[0], bound, about), html)


def _map_of(day: str) -> str:
    """Return the place of a day in the page of a treaty's map."""
    return f"#d={pd.Timestamp(day):%Y-%m-%d}"


def legend_with_receipts(html: str, about: str = "") -> str:
    """Return a map whose legend leads from each number of states to their rows."""

    def key(found: re.Match[str]) -> str:
        if found["status"] == slug(NO_ACT):
            return found[0]
        wanted = query(status=[found["status"]], kind=["member", "state"])
        return found["head"] + link(found["count"], wanted, about)

    return KEY.sub(key, html)


def front_with_receipts(html: str, convention: str) -> str:
    """Return the blocks of the front page with links from their counts to the treaty's list."""
    about = f"convention:{convention}"
    wanted = {
        "Signed": query(act=["signature"]),
        "Ratified": query(act=["consent"]),
        "Bound": query(status=BOUND_ALL),
    }

    def counter(found: re.Match[str]) -> str:
        rows = wanted.get(found["label"])
        return found["tag"] + (link(found["count"], rows, about) if rows else found["count"])

    return legend_with_receipts(COUNTER.sub(counter, html), about)


def resolved(html: str, pages: Mapping[str, str]) -> str:
    """Return a page whose links to rows of other pages are links where those pages are there."""

    def found(match: re.Match[str]) -> str:
        page = pages.get(unescape(match["about"]))
        href = f' href="{page}.html{match["rows"]}"' if page else ""
        return f'<a data-rows="{match["about"]}{match["rows"]}"{href}'

    return ROWS.sub(found, html)


def _marker(states: Mapping[str, Any]) -> Any:
    """Return what marks the rows of a list: whose they are, and which act decides a status."""
    members = _members()
    kinds = {
        name: "member" if state in members else "state" if state != "EUE" else "organisation"
        for state, (name, _) in states.items()
    }
    deciding = {
        name: next((status, act) for _, status, act in changes if status == changes[-1][1])
        for name, changes in states.values()
    }

    def row(found: re.Match[str]) -> str:
        name = unescape(found["name"])
        status, act = deciding.get(name, ("", ""))
        mark = f' data-kind="{kinds[name]}"' if name in kinds else ""
        mark += f' data-status="{status}"' if found["act"].startswith(act or "-") else ""
        mark += ' data-act="consent"' if found["act"] in CONSENTS else ""
        mark += ' data-act="signature"' if found["act"] in SIGNATURES[1:] else ""
        return f"{found[0][:-1]}{mark}>"

    return row


def _region(found: re.Match[str]) -> str:
    place = {} if found["region"] == "all" else {"region": [found["region"]]}

    def cell(count: re.Match[str]) -> str:
        if (wanted := COLUMNS.get(count["label"])) is None:
            return count[0]
        return count["tag"] + link(count["count"], query(status=wanted, kind=["member"], **place))

    return CELL.sub(cell, found[0])


def _in_group(found: re.Match[str]) -> str:
    """Link the number of a group's members that have acted to their rows on the group's page."""

    def cell(count: re.Match[str]) -> str:
        if count["label"] != "Known to have acted":
            return count[0]
        return count["tag"] + link(count["count"], ACTED, f"group:{found['group']}")

    return CELL.sub(cell, found[0])


@remembered
def _members() -> frozenset[str]:
    states = tables.read("states")
    return frozenset(states.loc[states["un_member"], "iso3"])
