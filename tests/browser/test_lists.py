"""What a reader takes along: rows as a file, states in two treaties, the map of a region."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from playwright.sync_api import expect

from adoption import tables
from adoption.countries.groups import load_groups
from adoption.law.status import load_status
from adoption.show.classes import status_classes
from tests.browser.conftest import WIDE, Tab

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
BOTH = "compare.html#treaties=budapest,hanoi&where=bound,signed"


@pytest.fixture
def page(tabs: Callable[[int], Tab]) -> Page:
    """A page that is not yet at any address."""
    tab = tabs(WIDE)
    tab.open("about:blank", WIDE)
    return tab.page


def saved(page: Page, button: Locator) -> tuple[str, str]:
    """Return the name and the content of the file that a button saves."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_text("utf-8-sig")


def rows(page: Page, table: str) -> set[str]:
    shown = page.locator(f"{table} tbody tr:visible").all()
    return {row.get_attribute("data-iso3") or "" for row in shown}


@pytest.mark.parametrize("day", ["", "2025-10-31"])
def test_who_is_bound_by_one_treaty_and_has_signed_another_is_an_address(
    page: Page, report: Path, day: str
) -> None:
    """The states are those of the flags, on any day, and the file has them alone."""
    page.goto(f"{(report / 'compare.html').as_uri()}{BOTH[12:]}{'&d=' * bool(day)}{day}")
    on = day or str(tables.data_day())
    flags = [load_status(name, on).participants.set_index("iso3") for name in ("budapest", "hanoi")]
    wanted = set(flags[0].index[flags[0]["consented"].fillna(False).astype(bool)])
    wanted &= set(flags[1].index[flags[1]["signed"].fillna(False).astype(bool)])
    assert rows(page, "#listed") == wanted
    assert len(wanted) > 10
    name, content = saved(page, page.locator("#overlap .downloads button", has_text="CSV"))
    assert name.startswith("compare-budapest-bound-hanoi-signed-")
    assert on in name
    assert len(content.splitlines()) == len(wanted) + 1
    page.locator("#overlap select[name=group]").select_option("eu")
    page.wait_for_url("**group=eu*")
    members = wanted & set(load_groups()["eu"].members)
    expect(page.locator("#listed tbody tr:visible")).to_have_count(len(members))
    assert rows(page, "#listed") == members


def test_a_comparison_opens_with_one_that_answers_and_stays_empty_when_it_is_emptied(
    page: Page, report: Path
) -> None:
    page.goto((report / "compare.html").as_uri())
    expect(page.locator("#compared thead th")).to_have_count(2)
    example = page.locator(".examples a").first
    assert rows(page, "#listed")
    shown = page.locator("#overlap .message").inner_text()
    example.click()
    page.wait_for_url("**where=signed,bound")
    assert page.locator("#overlap .message").inner_text() == shown, "the first example"
    for _ in range(2):
        page.locator("#compared .remove").first.click()
    page.wait_for_url("**#treaties=")
    expect(page.locator("#compared")).to_be_hidden()


def test_how_a_group_voted_is_an_address(page: Page, report: Path) -> None:
    page.goto(f"{(report / 'compare.html').as_uri()}#group=gcc")
    assert rows(page, "#listed") == set(load_groups()["gcc"].members)
    votes = tables.read("votes").query("resolution == 'A/RES/74/247'").set_index("iso3")["vote"]
    row = page.locator('#listed tr[data-iso3="QAT"]')
    assert row.locator("td").last.inner_text() == votes["QAT"]


def test_the_map_of_a_group_counts_its_states_and_is_a_picture(page: Page, report: Path) -> None:
    """Also on an earlier day; the rest of the world stays as it is without the region."""
    page.goto(f"{(report / 'status-map.html').as_uri()}#region=gcc&d=2025-10-31")
    page.locator(".world .region select").wait_for()
    states = load_status("hanoi", "2025-10-31").participants.query("kind != 'organization'")
    status = pd.Series(status_classes(states), states["iso3"])
    own = status[[*load_groups()["gcc"].members]].value_counts()
    key = page.locator('.world [data-class="signed"] .count')
    assert key.inner_text() == str(own["signed"])
    name, content = saved(page, page.locator(".world button.svg"))
    assert "gcc" in name
    assert "2025-10-31" in name
    assert "GCC: UN Convention against Cybercrime" in content
    assert "31 October 2025" in content
    page.locator(".world .region select").select_option("")
    assert page.url.endswith("#d=2025-10-31")
    assert key.inner_text() == str((status == "signed").sum())


def test_lead_list_file_and_citation_are_of_the_region_that_the_map_shows(
    page: Page, report: Path
) -> None:
    page.goto(f"{(report / 'status-map.html').as_uri()}#region=oceania&d=2025-10-31")
    page.locator(".world .region select").wait_for()
    lead = page.locator(".answer:visible")
    assert lead.inner_text().startswith("Oceania, 31 October 2025: ")
    assert page.locator(".elsewhere:visible").inner_text().endswith("on 24 November 2026.")
    keys = ("signed", "signature-reported")
    of_keys = [page.locator(f'.world [data-class="{key}"] .count').text_content() for key in keys]
    signed = sum(int(count or 0) for count in of_keys)
    name, content = saved(page, page.locator(".downloads button:visible", has_text="CSV").first)
    assert name.endswith(".csv")
    assert "oceania" in name
    assert len(content.splitlines()) == 1 + signed
    citation = page.locator("footer pre").first.text_content() or ""
    assert ", Oceania, 31 October 2025" in citation
    assert "#region=oceania&d=2025-10-31" in citation
    assert page.locator(".legend .approval:visible").count() == 0


def test_an_enlarged_region_has_finer_coasts_and_one_stop_of_the_keyboard_in_it(
    page: Page, report: Path
) -> None:
    page.goto((report / "status-map.html").as_uri())
    coast = page.locator('.world a[data-state="NOR"] path').first
    before = coast.get_attribute("d") or ""
    page.goto(f"{(report / 'status-map.html').as_uri()}#region=northern-europe")
    page.locator(".world .region select").wait_for()
    after = coast.get_attribute("d") or ""
    assert "." in after
    assert len(after) > len(before)
    stops = page.locator('.world a[tabindex="0"]')
    assert stops.count() == 1
    assert stops.get_attribute("data-aside") is None


def test_a_file_has_the_rows_that_are_asked_for(page: Page, report: Path) -> None:
    address = (report / "brief-arab-league.html").as_uri()
    page.goto(f"{address}?status=no-act-known#table-1")
    csv = page.locator(".downloads button:visible", has_text="CSV").first
    asked = saved(page, csv)[1].splitlines()
    assert all("no act known" in line for line in asked[1:])
    members = len(load_groups()["league-of-arab-states"].members)
    assert 1 < len(asked) < members
    page.goto(f"{address}?act=signature#table-1")
    assert "no column “act”" in page.locator(".asked:visible").first.inner_text()
    assert len(saved(page, csv)[1].splitlines()) == members + 1
