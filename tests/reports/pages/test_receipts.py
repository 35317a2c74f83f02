"""Receipts: each published count leads to as many rows as it says."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import nbformat
import pytest
from adoption.reports.pages.receipts import (
    front_with_receipts,
    resolved,
    sentence_with_receipts,
    with_receipts,
)

from adoption import tables
from adoption.law.status import load_status
from adoption.paths import project_root
from adoption.reports.pages.render import page_html, table_html
from adoption.show.status import status_sentence
from adoption.show.table import Table, days
from adoption.show.world import world_map
from tests.conftest import ROOT

ROW = re.compile(r'<tr id="table-1-[^"]*"([^>]*)>(.*?)</tr>', re.DOTALL)
LINK = re.compile(r'<a (?:href|data-rows)="([^"]*)"[^>]*>(?:<span class="count">)?([^<]+)')
HEADS = ("participant", "act", "day", "grade", "region")


def page_of(convention: str) -> str:
    """Return the map and the list of a treaty as its page has them."""
    status = load_status(convention, tables.data_day())
    acts = tables.of_convention(tables.read("acts"), status.convention.convention)
    states = tables.read("states")
    named = acts.assign(certain=acts["latest"] <= tables.data_day().isoformat()).query("certain")
    named = named.merge(states[["iso3", "name", "region"]], on="iso3", how="left")
    named["day"] = days(named)
    listed = named[["name", "act", "day", "grade", "region"]].set_axis(
        [head.capitalize() for head in HEADS], axis=1
    )
    table = table_html(Table(listed, "Acts, by name")._repr_html_(), 1)
    shown = acts.assign(certain=True)
    return with_receipts(world_map(status, states, shown) + table, {"convention": convention})


def counted(html: str, address: str) -> int:
    """Return how many rows of a list have what an address asks for, as its script has it."""
    wanted = [part.split("=") for part in unescape(address).split("?")[1].split("#")[0].split("&")]
    heads = re.findall(
        r'<th scope="col"[^>]*>([^<]*)',
        html.split('<caption id="table-1">')[1].split("</thead>")[0],
    )
    found = 0
    for marks, cells in ROW.findall(html):
        texts = re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]*)", cells)
        row = {h.lower(): t.lower().replace(" ", "-") for h, t in zip(heads, texts, strict=True)}
        data = dict(re.findall(r'data-(\w+)="([^"]*)"', marks))
        found += all(
            bool({data.get(name), row.get(name)} & set(values.removeprefix("!").split(",")))
            != values.startswith("!")
            for name, values in wanted
        )
    return found


@pytest.mark.parametrize("convention", ["hanoi", "uncac", "budapest", "arab-2010"])
def test_the_legend_and_the_sentence_lead_to_as_many_rows(convention: str) -> None:
    html = page_of(convention)
    status = load_status(convention, tables.data_day())
    legend = [(a, int(n)) for a, n in LINK.findall(html.split("<table")[0]) if n.isdigit()]
    assert legend
    assert all(counted(html, address) == number for address, number in legend)
    sentence = sentence_with_receipts(status_sentence(status), {"convention": convention})
    clauses = {text: address for address, text in LINK.findall(sentence)}
    signed = [a for text, a in clauses.items() if "signed" in text]
    bound = [a for text, a in clauses.items() if "signed" not in text]
    assert [counted(html, a) for a in signed] == (
        [status.signatories.lower] if status.convention.signatories_listed else []
    )
    assert [counted(html, a) for a in bound] == [status.parties.lower]


def committed(name: str, **parameters: Any) -> str:
    path = project_root() / "notebooks" / f"{name}.ipynb"
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return page_html(node, slug="p", parameters=parameters, data_day=date(2026, 5, 1))[0]


def test_a_table_by_region_leads_to_as_many_members_in_the_list() -> None:
    html = committed("01_status_map", convention="hanoi")
    cells = re.findall(r'<td[^>]*><a href="(\?status=[^"]*kind=member[^"]*)">(\d+)</a>', html)
    assert len(cells) > 5
    assert all(counted(html, address) == int(number) for address, number in cells)


def test_a_count_of_another_page_is_a_link_where_that_page_is() -> None:
    html = '<td data-label="Known to have acted">9</td>'
    row = f'<tr id="table-3-g77"><th scope="row">G77</th>{html}</tr>'
    marked = with_receipts(row, {"country": "QAT", "convention": "hanoi"})
    assert "href" not in marked
    linked = resolved(marked, {"group:G77": "brief-g77"})
    assert 'href="brief-g77.html?status=!no-act-known#table-1">9</a>' in linked
    assert resolved(linked, {}) == marked


def test_the_front_page_leads_from_its_counters_to_the_list() -> None:
    html = (
        "<dt>Signed</dt> <dd><strong>75+</strong></dd><dt>In force</dt> <dd><strong>2028</strong>"
    )
    found = resolved(front_with_receipts(html, "hanoi"), {"convention:hanoi": "status-map"})
    assert 'href="status-map.html?act=signature#table-1">75+</a>' in found
    assert "<strong>2028</strong>" in found


def test_names_and_titles_stand_in_arabic_with_their_standing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(ROOT))  # the frozen tables are older than the names
    brief = committed("03_country_brief", country="QAT", convention="hanoi")
    assert '<span lang="ar" dir="rtl">قطر</span>' in brief
    assert brief.index("<h1>Qatar</h1>") < brief.index("قطر"), "the official name first"
    budapest = committed("01_status_map", convention="budapest")
    assert "<small>Arabic: translation used by a party</small>" in budapest
    uncac = committed("01_status_map", convention="uncac")
    assert 'lang="ar"' in uncac
    assert "<small>Arabic:" not in uncac, "an authentic title has no note"
    assert 'lang="ar"' not in committed("09_region_brief", group="gcc", convention="hanoi")


def test_a_state_has_its_status_on_every_treaty_first_and_its_votes() -> None:
    html = committed("03_country_brief", country="QAT", convention="hanoi")
    strip = html[html.index('<figure class="strip"') :].split("</figure>")[0]
    assert strip.count("<li>") == strip.count("data-rows") >= 8
    assert "convention:hanoi?participant=qatar#table-1" in strip
    assert html.index('<figure class="strip"') < html.index("<h2")
    assert '<th scope="row">A/RES/74/247</th>' in html
    assert "untc-xml</a>" not in html, "a source is named by its publisher"
    assert "Qatar News Agency independently gives the same day" in html, "in a note as well"
