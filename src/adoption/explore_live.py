"""Explore in JupyterLab: controls, figures that change, a command to copy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html import escape
from typing import Any

import anywidget
import ipywidgets
import plotly.graph_objects as go

from adoption import tables
from adoption.countries.groups import group_or_states
from adoption.errors import AdoptionError
from adoption.explore import (
    Selection,
    Shown,
    act_days,
    clamped,
    groups_in_order,
    indicators,
    look_up,
    step,
)
from adoption.law.conventions import Convention, load_conventions
from adoption.show import explore as say
from adoption.show.explore import (
    bring,
    explore_figures,
    explore_sentence,
    members_table,
    shown_sources,
    without_words,
)
from adoption.show.maps import WorldMap, offline
from adoption.show.table import Table
from adoption.words import listed

WRAPPING = ipywidgets.Layout(display="flex", flex_flow="row wrap", width="100%")
OWN_WIDTH = {"description_width": "initial"}
FIELD_SPACE = ipywidgets.Layout(flex="1 1 250px", min_width="0", max_width="460px")
LIKE_A_PAGE = "jp-RenderedHTMLCommon"  # JupyterLab's own class for text and tables
UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
BUTTON = "text-decoration:none;width:auto"
FIELD = "width:100%;box-sizing:border-box;font-family:monospace;resize:vertical"


class Controls:
    """What a person chooses with; together the controls stand for a selection."""

    def __init__(self, selection: Selection, changed: Callable[[Selection], None]) -> None:
        self._changed, self._quiet = changed, False
        self.convention = choice(
            "Convention",
            [(c.short_title, c) for c in load_conventions().values()],
            selection.convention,
        )
        self._group = selection.group
        self.group = ipywidgets.Combobox(
            description="Group or states",
            options=[group.name for group in groups_in_order()],
            value=selection.group.name,
            placeholder="Arab League, or Qatar, OMN",
            continuous_update=False,
            style=OWN_WIDTH,
            layout=FIELD_SPACE,
        )
        self.complaint = text_box()
        self.compare = choice("Compare with", others_to_choose(selection), selection.compare)
        self.indicator = choice(
            "Indicator",
            [(say.indicator_name(i), i) for i in indicators(tables.read("capacity"))],
            selection.indicator,
        )
        self.day = ipywidgets.IntSlider(
            description="Day",
            readout=False,
            style=OWN_WIDTH,
            layout=ipywidgets.Layout(flex="1 1 220px"),
        )
        self.day_words = ipywidgets.HTML(layout=ipywidgets.Layout(flex="0 1 auto"))
        self.earlier = ipywidgets.Button(
            description="Earlier act",
            icon="step-backward",
            tooltip="to the last day before on which an act begins to count",
        )
        self.later = ipywidgets.Button(
            description="Later act",
            icon="step-forward",
            tooltip="to the next day on which an act begins to count",
        )
        self._stand_on(selection.convention, selection.as_of)
        self.convention.observe(self._on_convention, "value")
        self.group.observe(self._on_group, "value")
        for control in (self.day, self.indicator, self.compare):
            control.observe(self._on_change, "value")
        self.earlier.on_click(lambda _: self._on_step(forward=False))
        self.later.on_click(lambda _: self._on_step(forward=True))
        self.box = ipywidgets.VBox(
            [
                ipywidgets.Box(
                    [self.convention, self.compare, self.indicator, self.group], layout=WRAPPING
                ),
                self.complaint,
                ipywidgets.Box(
                    [self.day, self.day_words, self.earlier, self.later], layout=WRAPPING
                ),
            ]
        )

    @property
    def selection(self) -> Selection:
        """What the controls stand on."""
        convention = self.convention.value
        day = convention.opens + timedelta(days=self.day.value)
        others = tuple(each for each in self.compare.value if each != convention)
        return Selection(convention, day, self._group, self.indicator.value, others)

    def _stand_on(self, convention: Convention, day: date) -> None:
        """Give the slider the span of a convention, and the day in it nearest to a day."""
        newest = tables.data_day()
        with self._quietly():
            self._days = act_days(convention, tables.read("acts"), newest)
            self.day.value = 0  # in every span, so that the new one may be shorter
            self.day.max = (newest - convention.opens).days
            self.day.value = (clamped(day, convention, newest) - convention.opens).days
        self._label()

    def _label(self) -> None:
        selection = self.selection
        self.day_words.value = f"<b>{escape(say.age_words(selection))}</b>"
        self.earlier.disabled = selection.as_of <= self._days[0]
        self.later.disabled = selection.as_of >= self._days[-1]

    def _on_convention(self, change: Any) -> None:
        self._stand_on(change.new, change.old.opens + timedelta(days=self.day.value))
        self._changed(self.selection)

    def _on_group(self, change: Any) -> None:
        """Follow a group or states; say what else was typed, and keep the last ones."""
        try:
            self._group = group_or_states(change.new)
        except AdoptionError as error:
            still = f"{error} Still shown: {self._group.name}."
            write(self.complaint, f'<strong role="alert">{escape(still)}</strong>')
            return
        self.complaint.value = ""
        self._changed(self.selection)

    def _on_step(self, forward: bool) -> None:
        selection = self.selection
        day = step(self._days, selection.as_of, forward)
        self.day.value = (day - selection.convention.opens).days

    def _on_change(self, _: Any) -> None:
        if not self._quiet:
            self._label()
            self._changed(self.selection)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False


class LiveFigure:
    """A figure whose words are text beside it, and which changes where it stands."""

    def __init__(self, figure: go.Figure) -> None:
        self.head, self.foot = text_box(), text_box()
        self.chart = go.FigureWidget(without_words(figure))
        # A widget has no renderer, and takes what plotly.js is to be told from here.
        geometry = offline() if isinstance(figure, WorldMap) else {}
        self.chart._config = {**geometry, "responsive": True, "displaylogo": False}
        self.box = ipywidgets.VBox([self.head, self.chart, self.foot])
        self._say(figure)

    def show(self, figure: go.Figure) -> None:
        """Show another figure of the same kind in its place."""
        bring(self.chart, without_words(figure))
        self._say(figure)

    def _say(self, figure: go.Figure) -> None:
        words = {name: escape(str(text)) for name, text in figure.layout.meta.items()}
        unseen = f'<p style="{UNSEEN}">{words["alternative"]}</p>'
        write(self.head, f"<h3>{words['title']}</h3><p>{words['subtitle']}</p>{unseen}")
        write(self.foot, f"<p><small>{words['source']}</small></p>")


def others_to_choose(selection: Selection) -> list[tuple[str, tuple[Convention, ...]]]:
    """Return what a convention may stand beside: none, those of the selection, each other one."""
    given = selection.compare
    each = [(), *([given] if len(given) > 1 else []), *((c,) for c in load_conventions().values())]
    return [(listed([c.short_title for c in some]) or "no other", some) for some in each]


def choice(description: str, options: list[tuple[str, Any]], value: Any) -> Any:
    """Return a list to choose one of."""
    return ipywidgets.Dropdown(
        description=description, options=options, value=value, style=OWN_WIDTH, layout=FIELD_SPACE
    )


def text_box() -> Any:
    """Return a place for text and tables, in the look of a notebook's own."""
    text = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%"))
    text.add_class(LIKE_A_PAGE)
    return text


def write(text: Any, html: str) -> None:
    """Put HTML into a place for text; a widget's own lines are as high as its buttons."""
    text.value = f'<div style="line-height:1.45">{html}</div>'


def field(text: str) -> str:
    """Return a command in a read-only field that a click selects as a whole."""
    label = "This selection again, as a command"
    return (
        f"<p>{label}</p><textarea readonly rows=2 aria-label='{label}' "
        f"onclick='this.select()' style='{FIELD}'>{escape(text)}</textarea>"
    )


class Explorer:
    """The whole: controls, and below them what they show."""

    def __init__(self, selection: Selection) -> None:
        self.controls = Controls(selection, self.show)
        self.sentence, self.below, self.table = text_box(), text_box(), text_box()
        self.command = text_box()
        self.map, self.curve = map(LiveFigure, explore_figures(look_up(selection)))
        self._drawn = drawn_of(selection)
        self.table.layout.max_height, self.table.layout.overflow = "560px", "auto"
        self.show(selection)
        self.box = self._arranged()

    def show(self, selection: Selection) -> None:
        """Show another selection."""
        shown = look_up(selection)
        write(self.sentence, f"<p><b>{escape(explore_sentence(shown))}</b></p>")
        self._draw(shown)
        sources, table = shown_sources(shown, tables.read("sources")), members_table(shown)
        named = (selection.convention.convention, selection.as_of, selection.group.group)
        reach = f"<p><i>Reach of the data: {escape(selection.convention.reach)}</i></p>"
        write(self.below, f"{reach}{download(table, '-'.join(map(str, named)))}")
        write(
            self.table,
            f"{table._repr_html_()}"
            f"<details><summary>{escape(sources.caption)}</summary>"
            f"{sources._repr_html_()}</details>",
        )
        write(self.command, field(say.as_command(selection.parameters())))

    def _draw(self, shown: Shown) -> None:
        """Bring the figures to a selection, if it has others than the one before."""
        wanted = drawn_of(shown.selection)
        if wanted != self._drawn:
            for figure, drawn in zip((self.map, self.curve), explore_figures(shown), strict=True):
                figure.show(drawn)
            self._drawn = wanted

    def _arranged(self) -> Any:
        """Return all parts; the figures stand side by side where there is room for both."""
        wide, narrow = (
            ipywidgets.Box([figure.box], layout=ipywidgets.Layout(flex=flex, min_width="0"))
            for figure, flex in ((self.map, "3 1 540px"), (self.curve, "2 1 380px"))
        )
        parts = [
            self.sentence,
            self.controls.box,
            _Fitting(),
            ipywidgets.Box([wide, narrow], layout=WRAPPING),
            self.below,
            self.table,
            self.command,
        ]
        return ipywidgets.VBox(parts, layout=ipywidgets.Layout(width="100%"))


def drawn_of(selection: Selection) -> tuple[object, ...]:
    """Return what the figures show of a selection; they know nothing of group and indicator."""
    return selection.convention, selection.as_of, selection.compare


def download(table: Table, name: str) -> str:
    """Return a button that saves the table as it is shown."""
    data = b64encode(table.to_csv().encode()).decode()
    return (
        f'<a class="jupyter-button widget-button" style="{BUTTON}" download="{escape(name)}.csv" '
        f'href="data:text/csv;charset=utf-8;base64,{data}">Save this table as CSV</a>'
    )


class _Fitting(anywidget.AnyWidget):
    """Tells the figures beside it that their place has another width.

    Plotly listens to the window only; a side bar of JupyterLab changes a cell and no window,
    and a figure is drawn before it has a place at all.
    """

    _esm = """
    export default { render({ el }) {
      const watch = new ResizeObserver(() => window.dispatchEvent(new Event("resize")));
      watch.observe(el);
      return () => watch.disconnect();
    } };
    """
