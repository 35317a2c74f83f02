"""A figure that knows what was drawn in it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption.press.document import BLOCK_TYPE, is_page


class Figure(go.Figure):  # type: ignore[misc]
    """A figure of plotly with the rows that its maker drew, for its file.

    They are forgotten when the traces change: a file must not tell what a figure no longer shows.
    """

    _rows: pd.DataFrame | None = None
    _unit = ""

    def draws(self, rows: pd.DataFrame, unit: str = "") -> None:
        """Note what is drawn, and the unit of its values."""
        self._rows, self._unit = rows, unit

    @property
    def rows(self) -> pd.DataFrame | None:
        """What is drawn; None where the traces changed since it was noted, or nobody noted it."""
        return self._rows

    def forget_rows(self) -> None:
        """Forget what was drawn."""
        self._rows = None

    # What plotly calls when a trace comes, goes or changes.

    def add_traces(self, *args: Any, **more: Any) -> Figure:
        """Add traces, as plotly does."""
        self.forget_rows()
        return super().add_traces(*args, **more)  # type: ignore[no-any-return]

    def _restyle_child(self, child: Any, key_path_str: str, val: Any) -> None:
        self.forget_rows()
        super()._restyle_child(child, key_path_str, val)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "data":
            self.forget_rows()
        super().__setattr__(name, value)

    def _ipython_display_(self) -> None:
        if self._rows is None or not is_page():
            return super()._ipython_display_()  # type: ignore[no-any-return]
        from IPython.display import display  # a notebook has imported it

        from adoption.figures.notebook import on_page

        rows = self._rows.astype(object).where(self._rows.notna(), None)
        columns = [str(column) for column in rows.columns]
        block = {"block": "figure", "columns": columns, "rows": rows.to_numpy().tolist()}
        bundle = on_page(self.to_dict()) | {BLOCK_TYPE: block | {"unit": self._unit}}
        return display(bundle, raw=True)  # type: ignore[no-untyped-call,no-any-return]
