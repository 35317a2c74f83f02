"""Explore in a real JupyterLab and a real browser, with no network but this machine's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from adoption import tables
from adoption.core.text import long_day
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.show.classes import status_class
from adoption.show.status import status_title
from tests.browser.lab import Lab, jupyterlab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_MILLISECONDS = 120_000  # for what JupyterLab does for the first time, on a busy machine
WIDE, NARROW = 1400, 1000
HIGH = 1000
CELL = ".jp-OutputArea .jupyter-widgets"
MAP_AREAS = f"""() => [...document.querySelectorAll('{CELL} .choroplethlayer path')]
    .filter(path => (path.getAttribute('d') || '').length > 10)
    .map(path => [path.__data__.loc, getComputedStyle(path).fill])"""
SAYS = f"""text => [...document.querySelectorAll('{CELL}')].some(
    part => part.innerText.includes(text))"""
HAS_TEXT = f"""text => [...document.querySelectorAll('{CELL} textarea[readonly]')].some(
    field => field.value.includes(text))"""
SAME_COLOUR = f"""states => {{
    const colours = Object.fromEntries(({MAP_AREAS})());
    return new Set(states.map(state => colours[state])).size === 1;
}}"""
FIT = f"""() => {{
    const plots = [...document.querySelectorAll('{CELL} .js-plotly-plot')];
    const cell = document.querySelector('{CELL}').closest('.jp-OutputArea-output');
    return plots.length === 2 && !document.querySelector('{CELL} img')
        && plots.every(plot => plot.getBoundingClientRect().height > 300)
        && [...document.querySelectorAll('{CELL} :is(.main-svg, select, input, td)')]
            .every(part => part.getBoundingClientRect().right
                <= cell.getBoundingClientRect().right + 1);
}}"""
NO_ACT, BOUND = "no act known", "consented to be bound"


def is_of_a_kernel(socket: WebSocket) -> bool:
    return "/channels" in socket.url


class Opened:
    """Explore in JupyterLab, its cells run, and what the browser asked for meanwhile."""

    def __init__(self, lab: Lab, page: Page, outside: list[str], failed: list[str]) -> None:
        self.lab, self.page, self.outside, self.failed = lab, page, outside, failed

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def wait_until_it_says(self, text: str) -> None:
        self.page.wait_for_function(SAYS, arg=text, timeout=MOST_MILLISECONDS)

    def wait_until_the_command_says(self, text: str) -> None:
        self.page.wait_for_function(HAS_TEXT, arg=text, timeout=MOST_MILLISECONDS)

    def drawn(self) -> dict[str, set[str]]:
        """Return the states of the map by colour."""
        found: dict[str, set[str]] = {}
        for place, colour in self.page.evaluate(MAP_AREAS):
            found.setdefault(colour, set()).add(place)
        return found


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    pytest.importorskip("jupyterlab")
    with jupyterlab(tmp_path_factory.mktemp("lab")) as lab:
        context = browser.new_context(viewport={"width": WIDE, "height": HIGH})
        outside: list[str] = []
        failed: list[str] = []

        def only_this_machine(route: Any) -> None:
            if urlsplit(route.request.url).hostname in ("127.0.0.1", None):
                route.continue_()
            else:
                outside.append(route.request.url)
                route.abort()

        context.route("**/*", only_this_machine)
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        # Without a kernel JupyterLab would ask for one instead of running the cells.
        with page.expect_websocket(is_of_a_kernel, timeout=MOST_MILLISECONDS):
            page.goto(lab.address("00_explore"), timeout=MOST_MILLISECONDS)
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=MOST_MILLISECONDS)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_selector(
            f"{CELL} .choroplethlayer path", state="attached", timeout=MOST_MILLISECONDS
        )
        yield Opened(lab, page, outside, failed)
        context.close()


def states_by_class(name: str, day: date) -> dict[str, set[str]]:
    people = load_status(name, day).participants
    found: dict[str, set[str]] = {}
    for row in people[people["kind"] != "organization"].to_dict("records"):
        found.setdefault(status_class(row["status"], row["grade"]), set()).add(row["iso3"])
    return found


def test_the_map_is_drawn_with_the_network_cut(opened: Opened) -> None:
    opened.wait_until_it_says(status_title(load_status("hanoi", tables.data_day())))
    areas = set().union(*opened.drawn().values())
    states = tables.read("states")
    members = set(states.loc[states["un_member"] & ~states["small"], "iso3"])
    assert len(members) > 160
    assert members - areas == set()
    assert opened.outside == []
    assert opened.failed == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_figures_take_the_place_of_their_pictures_and_fit_the_cell(
    opened: Opened, width: int
) -> None:
    opened.page.set_viewport_size({"width": width, "height": HIGH})
    opened.page.wait_for_function(FIT, timeout=MOST_MILLISECONDS)


def test_another_convention_changes_the_sentence_the_map_and_the_command(opened: Opened) -> None:
    opened.choose("Convention", "Budapest Convention")
    newest = tables.data_day()
    opened.wait_until_it_says(status_title(load_status("budapest", newest)))
    # The last thing to change; what was sent before it has come.
    opened.wait_until_the_command_says("-p convention budapest")
    expected = states_by_class("budapest", newest)
    opened.page.wait_for_function(SAME_COLOUR, arg=["USA", "FRA"], timeout=MOST_MILLISECONDS)
    by_state = {place: colour for colour, places in opened.drawn().items() for place in places}
    assert by_state["USA"] == by_state["FRA"] != by_state["CHN"]
    assert {"USA", "FRA"} <= expected[BOUND]
    assert "CHN" in expected[NO_ACT]
    bound = {place for place, colour in by_state.items() if colour == by_state["USA"]}
    assert bound <= expected[BOUND]


def test_the_day_is_typed_or_moved_by_keys_to_both_ends_of_the_span(opened: Opened) -> None:
    """Of the convention that was just chosen, whose span is another one."""
    opens, newest = load_conventions()["budapest"].opens, tables.data_day()
    day = opened.page.get_by_label("Date", exact=True)
    handle = opened.page.get_by_role("slider", name="Day", exact=True)
    day.fill("2004-07-01")
    opened.wait_until_the_command_says("-p as_of 2004-07-01")
    for key, end in (("Home", opens), ("End", newest)):
        handle.press(key)
        opened.wait_until_the_command_says(f"-p as_of {end}")
        assert day.input_value() == end.isoformat()
        words = "text => document.activeElement.getAttribute('aria-valuetext') === text"
        opened.page.wait_for_function(words, arg=long_day(end), timeout=MOST_MILLISECONDS)


def test_a_group_is_typed_and_the_table_is_saved(opened: Opened) -> None:
    box = opened.page.get_by_label("Group or states")
    for typed, said in (("Qatar, omn, Kenya", "of 3 chosen states"), ("Quatar", "did you mean")):
        box.fill(typed)
        box.press("Enter")
        opened.wait_until_it_says(said)
    opened.wait_until_the_command_says("-p group 'KEN, OMN, QAT'")
    with opened.page.expect_download(timeout=MOST_MILLISECONDS) as saving:
        opened.page.get_by_text("Save this table as CSV").click()
    rows = saving.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["State", "Kenya", "Oman", "Qatar"]


def test_jupyterlab_of_make_lab_saves_nothing_by_itself(opened: Opened) -> None:
    path = f"lab/api/settings/@jupyterlab/docmanager-extension:plugin?token={opened.lab.token}"
    settings = opened.page.request.get(f"{opened.lab.url}{path}").json()
    assert settings["schema"]["properties"]["autosave"]["default"] is False
    assert settings["settings"] == {}
