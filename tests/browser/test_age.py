"""The line that says how old the data are, in a real browser whose clock is set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adoption.core.text import long_day
from adoption.forecasting.convention import forecast_convention
from adoption.law.conventions import find_convention
from adoption.law.status import load_status
from adoption.press.plan import SETTINGS_SCRIPT, Settings
from adoption.show.front import facts_view
from adoption.site.pages import write_assets
from tests.browser.conftest import NARROW, WIDE
from tests.reports.conftest import executed
from tests.reports.printed import document_of, printed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DAY, ALLOWED = date(2026, 11, 24), 45


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_assets(folder / "assets")
    (folder / "assets" / SETTINGS_SCRIPT).write_text(
        Settings(stale_after=ALLOWED).script(), encoding="utf-8"
    )
    html = printed(document_of(executed(), "page", data_day=str(DAY)))
    (folder / "page.html").write_text(html, encoding="utf-8")
    about = {"parameters": {"convention": "hanoi"}, "data_day": str(DAY), "real": True}
    html = printed(document_of(executed(), "open", **about))
    forecast = forecast_convention(find_convention("hanoi"), DAY)
    last_day = facts_view(load_status("hanoi", DAY), forecast)  # as on the front page
    html = html.replace("</main>", f"{last_day._repr_html_()}</main>")
    (folder / "open.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page whose clock each test sets."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def open_at(page: Page, address: str, when: tuple[int, ...], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.clock.set_fixed_time(datetime(*when, tzinfo=UTC))  # type: ignore[misc,arg-type]
    page.goto(address)


@pytest.mark.parametrize(
    ("when", "said", "width"),
    [
        ((2026, 11, 20, 0, 0), None, WIDE),  # a clock that is wrong
        ((2027, 1, 8, 23, 59), None, NARROW),  # 45 days
        ((2027, 1, 9, 0, 0), "46 days", WIDE),
        ((2029, 11, 24, 12, 0), "1,096 days", NARROW),
    ],
)
def test_the_line_is_there_once_data_are_older_than_is_allowed(
    page: Page, site: Path, width: int, when: tuple[int, ...], said: str | None
) -> None:
    open_at(page, (site / "page.html").as_uri(), when, width)
    line = page.locator(".age")
    assert line.is_visible() == (said is not None)
    if said:
        assert line.inner_text() == f"The data of this page are of {long_day(DAY)}, {said} old."
        box, head = line.bounding_box(), page.locator("h1").bounding_box()
        assert box
        assert head
        assert 0 < box["y"] < head["y"] < 400


@pytest.mark.parametrize(
    ("when", "said", "width"),
    [
        ((2026, 12, 31, 23, 59), False, WIDE),  # the last day for signature
        ((2027, 1, 1, 0, 0), True, NARROW),
        ((2027, 1, 2, 12, 0), True, WIDE),  # a week before the line on the age of the data
        ((2027, 1, 14, 12, 0), True, NARROW),
        ((2028, 2, 1, 12, 0), True, WIDE),
    ],
)
def test_once_signature_has_closed_a_page_says_so_whatever_the_age_of_its_data(
    page: Page, site: Path, width: int, when: tuple[int, ...], *, said: bool
) -> None:
    open_at(page, (site / "open.html").as_uri(), when, width)
    line, left = page.locator(".closed"), page.locator("time.until").inner_text()
    assert line.is_visible() == said
    passed, today = "this day has passed", "today is the last day"
    assert left == f"31 Dec 2026 ({passed if said else today})"
    if said:
        assert line.inner_text() == (
            "The UN Convention against Cybercrime closed for signature on 31 December 2026: a "
            "state that has not signed can only accede. The data of this page do not go beyond "
            "that day."
        )
        box, head = line.bounding_box(), page.locator("h1").bounding_box()
        assert box
        assert head
        assert 0 < box["y"] < head["y"] < 500
    page.goto((site / "page.html").as_uri())
    assert page.locator(".closed").count() == 0, "it is about no convention"


def test_without_a_script_the_day_is_there_in_words(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "page.html").as_uri())
    assert not page.locator(".age").is_visible()
    assert long_day(DAY) in page.locator("footer").inner_text()
    context.close()
