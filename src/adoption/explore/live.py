"""Explore in JupyterLab: controls, figures that change, a command to copy."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from functools import partial
from html import escape
from typing import Any

import anywidget
import ipywidgets
import plotly.graph_objects as go
import traitlets
from tornado.ioloop import IOLoop

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.text import listed, long_day
from adoption.countries.capacity import Indicator
from adoption.countries.groups import group_or_states, load_groups
from adoption.explore.controls import (
    Exploration,
    Selection,
    act_days,
    indicators,
    look_up,
    step,
)
from adoption.explore.view import (
    age_words,
    as_command,
    explore_figures,
    explore_sentence,
    indicator_name,
    members_table,
    shown_sources,
    without_words,
)
from adoption.figures.notebook import NO_UPLOAD, as_output
from adoption.figures.theme import STYLE, offline
from adoption.figures.worldmap import WorldMap
from adoption.law.conventions import Convention, load_conventions
from adoption.press.picture import figure_png
from adoption.show.table import Table

WRAPPING = ipywidgets.Layout(
    display="flex", flex_flow="row wrap", width="100%", grid_gap="2px 12px"
)
FIELD_STYLE = {
    "style": {"description_width": "initial"},
    "layout": ipywidgets.Layout(flex="1 1 330px", min_width="0", max_width="568px"),
}
Others = tuple[Convention, ...]
CONTROL_NAMES = ("convention", "day", "group", "indicator", "compare")
LIKE_A_PAGE = "jp-RenderedHTMLCommon"  # JupyterLab's own class for text and tables
DAY_CLASS = "adoption-day"  # of the slider, whose handle would be read aloud as a bare number
HIDDEN_STYLE = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
BUTTON = "text-decoration:none;width:auto"
QUIET = 0.5  # seconds without a change, until a picture follows
FIELD = "width:100%;box-sizing:border-box;font-family:monospace;resize:vertical"
# What a figure says and marks; where the reader has turned or enlarged it stays as it is.
FOLLOWED = (
    "title",
    "meta",
    "annotations",
    "shapes",
    "xaxis",
    "yaxis",
    "height",
    "margin",
    "showlegend",
)


class LiveFigure:
    """A figure that is updated in place, with its title and source as text beside it.

    Until the browser has drawn it, or if it never does, a picture stands there. It takes longer to
    make than all else, so it follows the controls once they are quiet.
    """

    def __init__(self, figure: go.Figure, fitting: _Fitting) -> None:
        self.head, self.foot, self.still = text_box(), text_box(), text_box()
        self.head.layout.display = self.foot.layout.display = "none"
        self.chart = go.FigureWidget(without_words(figure))
        # A widget has no renderer, and takes what plotly.js is to be told from here.
        geometry = offline() if isinstance(figure, WorldMap) else {}
        self.chart._config = {**NO_UPLOAD, **geometry, "responsive": True, "displaylogo": False}
        # A box without height, and not a hidden one: plotly draws only what has a width.
        out_of_sight = ipywidgets.Layout(height="0", overflow="hidden")
        self.chart_box = ipywidgets.VBox([self.chart], layout=out_of_sight)
        self.box = ipywidgets.VBox([self.still, self.head, self.chart_box, self.foot])
        self.fitting = fitting
        self.chart.observe(self._drawn, "_js2py_traceDeltas")  # comes with the first drawing
        self._describe(figure)
        self._picture(figure)

    def show(self, figure: go.Figure) -> None:
        """Replace the figure with another of the same kind."""
        bare, traces_before = without_words(figure), len(self.chart.data)
        self.chart.add_traces(bare.data)
        self.chart.data = self.chart.data[traces_before:]
        self.chart.update_layout({name: bare.layout[name] for name in FOLLOWED}, overwrite=True)
        self._describe(figure)
        IOLoop.current().call_later(QUIET, self._picture, figure)

    def _describe(self, figure: go.Figure) -> None:
        self.newest = figure
        words = {name: escape(str(text)) for name, text in figure.layout.meta.items()}
        unseen = f'<p style="{HIDDEN_STYLE}">{words["alternative"]}</p>'
        write_html(self.head, f"<h3>{words['title']}</h3><p>{words['subtitle']}</p>{unseen}")
        write_html(self.foot, f"<p><small>{words['source']}</small></p>")

    def _picture(self, figure: go.Figure) -> None:
        if figure is self.newest and not self.still.layout.display:
            png = b64encode(figure_png(as_output(figure.to_dict()), STYLE)).decode()
            look = f'alt="{escape(figure.layout.meta["alternative"])}" style="width:100%"'
            write_html(self.still, f'<img src="data:image/png;base64,{png}" {look}>')

    def again(self, _: object) -> None:
        """Ask the browser once more for a figure that it has not drawn."""
        if not self.still.layout.display:
            self.chart_box.children = []
            self.chart_box.children = [self.chart]

    def _drawn(self, change: dict[str, Any]) -> None:
        """Show the figure and its words in place of the picture."""
        if change["new"]:
            self.chart.unobserve(self._drawn, "_js2py_traceDeltas")
            self.still.layout.display, self.still.value = "none", ""
            self.head.layout.display = self.foot.layout.display = None
            self.chart_box.layout.height = self.chart_box.layout.overflow = None
            self.fitting.drawn += 1


class Explorer:
    """All of Explore: the controls, and below them what they show."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        titles = [(c.short_title, c) for c in load_conventions().values()]
        self.convention = dropdown("Convention", titles, selection.convention)
        self.compare = dropdown("Compare with", others_to_choose(selection), selection.compare)
        names = [(indicator_name(measure), measure) for measure in indicators()]
        self.indicator = dropdown("Indicator", names, selection.indicator)
        self.group = ipywidgets.Combobox(
            description="Group or states",
            options=[group.name for group in load_groups().values()],
            value=selection.group.name,
            placeholder="Arab League, or Qatar, OMN",
            continuous_update=False,
            **FIELD_STYLE,
        )
        # The slider holds days since the opening; what is read aloud and typed is the date.
        self.day = ipywidgets.IntSlider(description="Day", readout=False, **FIELD_STYLE)
        self.day.add_class(DAY_CLASS)
        self.date = ipywidgets.DatePicker(description="Date", **FIELD_STYLE)
        self.day_row = ipywidgets.Box(layout=WRAPPING)
        self.earlier = step_button("Earlier act", "backward", "last day before")
        self.later = step_button("Later act", "forward", "next day")
        self.day_words = ipywidgets.HTML()
        self.complaint, self.sentence, self.below = text_box(), text_box(), text_box()
        self.table, self.command = text_box(), text_box()
        exploration = look_up(selection)
        self.fitting = _Fitting()
        self.map, self.curve = (LiveFigure(f, self.fitting) for f in explore_figures(exploration))
        self._set_span()
        self._write(exploration)
        for live in (self.map, self.curve):
            self.fitting.observe(live.again, "waited")
        self.convention.observe(self._set_span, "value")
        self.earlier.on_click(lambda _: self._step(forward=False))
        self.later.on_click(lambda _: self._step(forward=True))
        follow = {name: getattr(self, name) for name in CONTROL_NAMES}
        self.box = self._arranged(ipywidgets.interactive_output(self._follow, follow))

    def _follow(
        self, convention: Convention, day: int, group: str, indicator: Indicator, compare: Others
    ) -> None:
        """Show the selection of the controls; report an unknown group, and keep the last one.

        The figures do not depend on the group and the indicator.
        """
        members, complaint = self.selection.group, ""
        if group != members.name:
            try:
                members = group_or_states(group)
            except AdoptionError as error:
                still = escape(f"{error} Still shown: {members.name}.")
                complaint = f'<strong role="alert">{still}</strong>'
        write_html(self.complaint, complaint)
        compared = tuple(other for other in compare if other != convention)
        as_of = convention.opens + timedelta(days=day)
        before = self.selection
        selection = self.selection = Selection(convention, as_of, members, indicator, compared)
        if selection == before:
            return
        exploration = look_up(selection)
        if replace(selection, group=before.group, indicator=before.indicator) != before:
            figures = explore_figures(exploration)
            for live, figure in zip((self.map, self.curve), figures, strict=True):
                live.show(figure)
        self._write(exploration)

    def _write(self, exploration: Exploration) -> None:
        """Write what is said of a selection in words and tables."""
        selection = exploration.selection
        write_html(self.sentence, f"<p><b>{escape(explore_sentence(exploration))}</b></p>")
        self.day_words.value = f"<b>{escape(age_words(selection))}</b>"
        self.date.value = selection.as_of
        self.fitting.day = long_day(selection.as_of)
        self.earlier.disabled = selection.as_of <= self._days[0]
        self.later.disabled = selection.as_of >= self._days[-1]
        sources = shown_sources(exploration)
        table = members_table(exploration)
        name = f"{selection.convention.convention}-{selection.as_of}-{selection.group.group}"
        reach = f"<p><i>Reach of the data: {escape(selection.convention.reach)}</i></p>"
        write_html(self.below, f"{reach}{download(table, name)}")
        head = f"<summary>{escape(sources.caption)}</summary>"
        write_html(
            self.table, f"{table._repr_html_()}<details>{head}{sources._repr_html_()}</details>"
        )
        write_html(self.command, field(as_command(selection.parameters())))

    def _set_span(self, _: Any = None) -> None:
        """Give the slider the span of the convention, and the day in it nearest to the last."""
        convention, newest = self.convention.value, tables.data_day()
        self._days = act_days(convention, tables.read("acts"), newest)
        day = min(max(self.selection.as_of, convention.opens), newest)
        self.date.unobserve(self._to_date, "value")  # until both have the new span
        with self.date.hold_trait_notifications():
            self.date.min, self.date.max, self.date.value = convention.opens, newest, day
        with self.day.hold_trait_notifications():
            self.day.max = (newest - convention.opens).days
            self.day.value = (day - convention.opens).days
        self.date.observe(self._to_date, "value")
        # A slider on the screen keeps the end of the span with which it was drawn: draw it anew.
        controls = self.day_row.children
        self.day_row.children = [part for part in controls if part is not self.day]
        self.day_row.children = controls

    def _to_date(self, change: dict[str, Any]) -> None:
        """Move the slider to a date that was typed; an empty field leaves the day as it is."""
        if change["new"] is not None:
            self.day.value = (change["new"] - self.convention.value.opens).days

    def _step(self, forward: bool) -> None:
        day = step(self._days, self.selection.as_of, forward)
        self.day.value = (day - self.selection.convention.opens).days

    def _arranged(self, errors: ipywidgets.Output) -> ipywidgets.VBox:
        """Return all parts; the figures stand side by side where there is room for both."""
        self.map.box.layout = ipywidgets.Layout(flex="3 1 540px", min_width="0")
        self.curve.box.layout = ipywidgets.Layout(flex="2 1 380px", min_width="0")
        row = partial(ipywidgets.Box, layout=WRAPPING)
        controls = row([self.convention, self.compare, self.indicator, self.group])
        steps = ipywidgets.HBox([self.earlier, self.later])
        self.day_row.children = [self.day, self.date, steps, self.day_words]
        figures = row([self.map.box, self.curve.box])
        words = [self.below, self.command, self.table]
        head = [self.sentence, controls, self.complaint, self.day_row, errors, self.fitting]
        return ipywidgets.VBox([*head, figures, *words], layout=ipywidgets.Layout(width="100%"))


def others_to_choose(selection: Selection) -> list[tuple[str, Others]]:
    """Return what a convention may stand beside: none, those of the selection, each other one."""
    several = [selection.compare] if len(selection.compare) > 1 else []
    choices = [(), *several, *((c,) for c in load_conventions().values())]
    return [
        (listed([c.short_title for c in compared]) or "no other", compared) for compared in choices
    ]


def dropdown(description: str, options: list[tuple[str, Any]], value: Any) -> ipywidgets.Dropdown:
    """Return a list to choose one of."""
    return ipywidgets.Dropdown(description=description, options=options, value=value, **FIELD_STYLE)


def step_button(description: str, direction: str, which: str) -> ipywidgets.Button:
    """Return a button that goes to another day."""
    tooltip = f"to the {which} on which an act begins to count"
    return ipywidgets.Button(description=description, icon=f"step-{direction}", tooltip=tooltip)


def text_box() -> ipywidgets.HTML:
    """Return a place for text and tables, in the look of a notebook's own."""
    text = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%"))
    text.add_class(LIKE_A_PAGE)
    return text


def write_html(text: ipywidgets.HTML, html: str) -> None:
    """Put HTML into a place for text; a widget's own lines are as high as its buttons."""
    text.value = f'<div style="line-height:1.45">{html}</div>' if html else ""


def field(text: str) -> str:
    """Return a command in a read-only field that a click selects as a whole."""
    label = "This selection again, as a command"
    options = f"readonly rows=4 aria-label='{label}' onclick='this.select()' style='{FIELD}'"
    return f"<p>{label}</p><textarea {options}>{escape(text)}</textarea>"


def download(table: Table, name: str) -> str:
    """Return a button that saves the table as it is shown."""
    data = b64encode(table.to_csv().encode()).decode()
    look = f'class="jupyter-button widget-button" style="{BUTTON}" download="{escape(name)}.csv"'
    address = f"data:text/csv;charset=utf-8;base64,{data}"
    return f'<a {look} href="{address}">Save this table as CSV</a>'


class _Fitting(anywidget.AnyWidget):
    """Tells the figures beside it that their width has changed, and the slider its date in words.

    Plotly listens only to the window; a side bar of JupyterLab resizes the cell but not the
    window, and a figure is drawn before it is placed. And a figure whose script came late, more
    than the two seconds that anywidget waits, is drawn only if it is asked for again.
    """

    day = traitlets.Unicode("").tag(sync=True)  # that of the slider, as it is read aloud
    drawn = traitlets.Int(0).tag(sync=True)  # how many of both
    waited = traitlets.Int(0).tag(sync=True)
    _esm = """
    export default { render({ el, model }) {
      const fit = () => window.dispatchEvent(new Event("resize"));
      const watch = new ResizeObserver(fit);
      watch.observe(el);
      model.on("change:drawn", () => requestAnimationFrame(fit));
      // The slider writes its number whenever it moves or is drawn anew, so the words follow.
      const handles = () => document.querySelectorAll(".adoption-day .noUi-handle");
      const speak = () => handles().forEach((handle) => {
        const words = model.get("day");
        handle.setAttribute("aria-label", "Day");
        if (handle.getAttribute("aria-valuetext") !== words) {
          handle.setAttribute("aria-valuetext", words);
        }
      });
      const speaking = setInterval(speak, 500);
      const waiting = setInterval(() => {
        if (model.get("drawn") > 1) { clearInterval(waiting); return; }
        model.set("waited", model.get("waited") + 1);
        model.save_changes();
      }, 8000);
      return () => { watch.disconnect(); clearInterval(waiting); clearInterval(speaking); };
    } };
    """
