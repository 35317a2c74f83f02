"""Explore in JupyterLab: the controls, and what follows them where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

import anywidget
import ipywidgets
import plotly.graph_objects as go

from adoption.errors import AdoptionError
from adoption.explore import Library, look_up, remembering
from adoption.explore_widgets import WRAPPING, Controls, Copying, LiveFigure, text_box, write
from adoption.law.conventions import Convention
from adoption.paths import project_root
from adoption.reading import note
from adoption.reports.planning.plan import notebook_parameters
from adoption.selection import Selection
from adoption.show.explore import explore_sentence, marked_curve, members_table, shown_sources
from adoption.show.maps import status_map
from adoption.show.status import adoption_curve, curve_title, status_title


class Explorer:
    """The whole: controls, and below them what they show."""

    def __init__(
        self,
        selection: Selection,
        library: Library,
        notebooks: Mapping[str, Mapping[str, object]],
    ) -> None:
        self._library, self._status_of = library, remembering(library)
        self._curve_of = cache(self._draw_curve)
        self.controls = Controls(selection, library, self.show)
        self.sentence, self.table = text_box(), text_box()
        self.map, self.curve = map(LiveFigure, self._figures(selection))
        self._drawn = (selection.convention, selection.as_of)
        self.table.layout.max_height, self.table.layout.overflow = "560px", "auto"
        self.copying = Copying(notebooks)
        self.show(selection)
        self.box = self._arranged()

    def show(self, selection: Selection) -> None:
        """Show another selection."""
        shown = look_up(selection, self._library, self._status_of)
        reach = escape(selection.convention.reach)
        write(
            self.sentence,
            f"<p><b>{escape(explore_sentence(shown))}</b></p>"
            f"<p><i>Reach of the data: {reach}</i></p>",
        )
        self._draw(selection)
        sources = shown_sources(shown, self._library.sources)
        write(
            self.table,
            f"{members_table(shown)._repr_html_()}"
            f"<details><summary>{escape(sources.caption)}</summary>"
            f"{sources._repr_html_()}</details>",
        )
        self.copying.show(selection)

    def _draw(self, selection: Selection) -> None:
        """Bring the figures to a selection; they know nothing of its group and indicator."""
        wanted = (selection.convention, selection.as_of)
        if wanted != self._drawn:
            for figure, drawn in zip((self.map, self.curve), self._figures(selection), strict=True):
                figure.show(drawn)
            self._drawn = wanted

    def _figures(self, selection: Selection) -> tuple[go.Figure, go.Figure]:
        status = self._status_of(selection.convention, selection.as_of)
        return (
            status_map(status, self._library.states, status_title(status)),
            marked_curve(
                self._curve_of(selection.convention), selection.as_of, curve_title(status)
            ),
        )

    def _draw_curve(self, convention: Convention) -> go.Figure:
        return adoption_curve(convention, self._library.acts, self._library.newest, "")

    def _arranged(self) -> Any:
        """Return all parts; the figures stand side by side where there is room for both."""
        wide, narrow = (
            ipywidgets.Box([figure.box], layout=ipywidgets.Layout(flex=flex, min_width="0"))
            for figure, flex in ((self.map, "3 1 540px"), (self.curve, "2 1 380px"))
        )
        parts = [
            self.controls.box,
            self.sentence,
            _Fitting(),
            ipywidgets.Box([wide, narrow], layout=WRAPPING),
            self.table,
            self.copying.box,
        ]
        return ipywidgets.VBox(parts, layout=ipywidgets.Layout(width="100%"))


def fitting_notebooks() -> dict[str, dict[str, object]]:
    """Return the notebooks that ask for a convention, by name, with their parameters."""
    found = {}
    for path in sorted((project_root() / "notebooks").glob("*.ipynb")):
        note(path)
        try:
            parameters = notebook_parameters(path)
        except AdoptionError:
            continue  # it cannot be run by its parameters: nothing to copy for it
        if "convention" in parameters:
            found[path.stem] = parameters
    return found


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
