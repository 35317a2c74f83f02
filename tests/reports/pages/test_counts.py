"""Each published count leads to as many rows as it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.press.plan import UNSET
from adoption.press.printing import Order
from adoption.show.answers import Answer, linked, rows_of
from adoption.show.drawings import drawing_html
from adoption.show.front import front_answer
from adoption.show.status import status_answer
from adoption.show.table import Table, days
from adoption.show.world import act_marks, world_map
from adoption.site.links import Links
from adoption.site.render import page_html, sentence_html, view_of
from tests.conftest import ROOT
from tests.reports.conftest import notebook, text
from tests.reports.printed import document_of, printed, run_notebook, shown_alone, view

ROW = re.compile(r'<tr id="table-1-[^"]*"([^>]*)>(.*?)</tr>', re.DOTALL)
LINK = re.compile(r'<a data-rows="([^"]*)"[^>]*>(?:[^<]*<span class="count">)?([^<]+)')
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
    table = Table(listed, "Acts, by name", marks=act_marks(named, status))
    map_of_all = drawing_html(world_map(status, states, days=True))
    return map_of_all + shown_alone(replace(table.block(), anchor="table-1"))


def rows_behind(html: str, address: str) -> int:
    """Return how many rows of a list have what an address asks for, as its script has it."""
    wanted = [part.split("=") for part in unescape(address).split("?")[1].split("#")[0].split("&")]
    heads = re.findall(
        r'<th scope="col"[^>]*>([^<]*)',
        html.split('<caption id="table-1"')[1].split("</thead>")[0],
    )
    number = 0
    for marks, cells in ROW.findall(html):
        texts = re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]*)", cells)
        row = {h.lower(): t.lower().replace(" ", "-") for h, t in zip(heads, texts, strict=True)}
        data = dict(re.findall(r'data-(\w+)="([^"]*)"', marks))
        number += all(
            bool({data.get(name), row.get(name)} & set(values.split(",")))
            for name, values in wanted
        )
    return number


@pytest.mark.parametrize("convention", load_conventions())
def test_the_legend_and_the_sentence_lead_to_as_many_rows(convention: str) -> None:
    html = page_of(convention)
    status = load_status(convention, tables.data_day())
    legend = [(a, int(n)) for a, n in LINK.findall(html.split("<table")[0]) if n.isdigit()]
    assert legend
    assert all(rows_behind(html, address) == number for address, number in legend)
    counts = [rows_behind(html, address) for _, address in status_answer(status).counts]
    known = [count for count in (status.signatories, status.parties) if not count.published]
    assert counts == [count.lower for count in known if count.lower]
    assert front_answer(status).counts == status_answer(status).counts


def test_a_count_that_is_not_in_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="'Two' is not in the text"):
        linked("Three signed.", [("Two", "convention:hanoi?act=signature#table-1")])
    with pytest.raises(ValueError, match="not in this order"):
        Answer("t", "One, two.", "1", "k", "today", "whole", (("two", "x"), ("One", "y")))


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., str]:
    """Return what runs a notebook and makes its page, which lists rows of every treaty."""
    rows = {f"rows:convention:{name}": "list.html" for name in load_conventions()}

    def page(name: str, **parameters: Any) -> str:
        document = run_notebook(tmp_path / "run", name, **parameters)
        found = Links([]).of_page("p")
        view = view_of(document, found, rows)
        return page_html(document, view, Order("p", found), UNSET)

    return page


def test_a_table_by_region_leads_to_as_many_states_in_the_list(ran: Callable[..., str]) -> None:
    html = ran("01_status_map", convention="hanoi")
    cells = re.findall(r'<td[^>]*><a href="([^"]*kind=member[^"&]*&[^"]*)"[^>]*>(\d+)</a>', html)
    assert len(cells) > 5
    assert all(rows_behind(html, address) == int(number) for address, number in cells)


def test_a_number_of_a_table_leads_on_but_nothing_and_not_known_do_not() -> None:
    address = [rows_of("group:G77", status=["signed"])] * 3
    frame = pd.DataFrame({"Group": list("abc"), "Acted": pd.array([9, 0, None], "Int64")})
    html = Table(frame, "Groups", counts={"Acted": address})._repr_html_()
    assert html.count("data-rows") == 1
    assert f'<a data-rows="{address[0]}">9</a>' in html


def test_a_count_of_another_page_is_a_link_where_that_page_is() -> None:
    address = rows_of("group:League of Arab States", status=["signed"])
    answer = {"text": "9 of 22", "counts": [("9", address)]}
    document = document_of(notebook())

    def on(pages: dict[str, str]) -> str:
        return sentence_html(answer, view(document, pages))

    there = on({"rows:group:League of Arab States": "brief-arab-league.html"})
    assert there == '<a href="brief-arab-league.html?status=signed#table-1">9</a> of 22'
    assert on({}) == "9 of 22"
    assert Links([]).by_rows == {}


def test_names_and_titles_stand_in_arabic_with_their_standing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(ROOT))  # the frozen tables are older than the names
    title = text("# Kind")

    def head(**values: str) -> str:
        return printed(document_of(notebook(title), parameters=values, real=True))

    brief = head(country="QAT", convention="hanoi")
    assert '<span lang="ar" dir="rtl">قطر</span>' in brief
    assert brief.index("<h1>") < brief.index("قطر"), "the official name first"
    budapest = head(convention="budapest")
    assert "<small>Arabic: translation used by a party</small>" in budapest
    uncac = head(convention="uncac")
    assert 'lang="ar"' in uncac
    assert "<small>Arabic:" not in uncac, "an authentic title has no note"
    assert 'lang="ar"' not in head(group="gcc", convention="hanoi")


def test_a_state_has_its_status_on_every_treaty_first_and_its_votes(
    ran: Callable[..., str],
) -> None:
    html = ran("03_country_brief", country="QAT", convention="hanoi")
    matrix = html[html.index('id="treaties"') :].split("</figure>")[0]
    assert matrix.count('<th scope="row"') == len(load_conventions()) - 1, "the Arab one too"
    assert '<th scope="row">A/RES/74/247</th>' in html
    assert "untc-xml</a>" not in html, "a source is named by its publisher"
    assert "Qatar News Agency independently gives the same day" in html, "in a note as well"
