"""How long Explore takes to follow a control, beside building the same anew.

    .venv/bin/python benchmarks/explore.py [changes]

Both are measured in one run and in turns, on the same selections: from the change of a
control to the new figures, sentence and table ready in the kernel; and the same figures,
sentence and table from the plain functions, shown by new widgets. What a browser then takes
to draw is not in it, and neither is the picture that stands there until it has: it is made once
the controls are quiet, and its time is printed apart.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from io import StringIO

import plotly.graph_objects as go

from adoption import tables
from adoption.countries.groups import load_groups
from adoption.explore.controls import Selection, indicators, look_up
from adoption.explore.live import Explorer
from adoption.explore.page import selection_of
from adoption.explore.view import (
    explore_figures,
    explore_sentence,
    marked_curve,
    members_table,
    without_words,
)
from adoption.figures.notebook import as_output
from adoption.figures.theme import STYLE
from adoption.law.conventions import load_conventions
from adoption.press.picture import figure_png
from adoption.show.curve import adoption_curve
from adoption.show.maps import status_map
from adoption.show.parameters import start_notebook
from adoption.show.status import curve_title, status_title

CHANGES = 30
TARGET = 300  # milliseconds
KINDS = ("day", "convention", "group", "indicator", "compare")


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def build_anew(selection: Selection) -> None:
    """Build all that is shown of a selection with the plain functions."""
    exploration = look_up(selection)
    curve = adoption_curve(exploration.status.history, tables.data_day(), "")
    marked = marked_curve(curve, selection.as_of, curve_title(exploration.status))
    drawn = status_map(exploration.status, status_title(exploration.status))
    for figure in (drawn, marked):
        go.FigureWidget(without_words(figure))
    explore_sentence(exploration)
    members_table(exploration)._repr_html_()


def change(explorer: Explorer, kind: str, number: int) -> None:
    """Change one control to something it has not stood on just before."""
    if kind == "day":  # a day not seen before, so that no remembered status helps
        explorer.day.value = (explorer.day.value + 97) % (explorer.day.max + 1)
    elif kind == "convention":
        conventions = list(load_conventions().values())
        explorer.convention.value = conventions[number % len(conventions)]
    elif kind == "group":
        groups = list(load_groups().values())
        explorer.group.value = groups[(7 * number) % len(groups)].name
    elif kind == "compare":  # the curve by age, drawn anew by the plain functions as by day
        explorer.compare.value = explorer.compare.options[number % 2][1]
    else:
        measures = indicators()
        explorer.indicator.value = measures[(5 * number) % len(measures)]


def main(changes: int = CHANGES) -> None:
    """Measure, and print a table."""
    parameters = start_notebook(convention="untoc", as_of="2003-09-29", group="arab-league")
    first = selection_of(parameters)
    explorer = Explorer(first)
    print(f"{changes} changes of each control; milliseconds, median (largest)")
    print(f"{'control':<12}{'followed':>18}{'built anew':>18}{'within':>10}")
    for kind in KINDS:
        followed, anew = [], []
        for number in range(1, changes + 1):
            gc.collect()
            with redirect_stdout(StringIO()):  # else an output is cleared on the terminal
                followed.append(milliseconds(partial(change, explorer, kind, number)))
            selection = explorer.selection
            anew.append(milliseconds(partial(build_anew, selection)))
        within = sum(taken <= TARGET for taken in followed) / changes
        columns = "".join(
            f"{f'{statistics.median(times):.0f} ({max(times):.0f})':>18}"
            for times in (followed, anew)
        )
        print(f"{kind:<12}{columns}{within:>9.0%} of {TARGET} ms")
        explorer.day.value = explorer.day.max // 2
    for name, figure in zip(("map", "curve"), explore_figures(look_up(first)), strict=True):
        taken = milliseconds(lambda: figure_png(as_output(figure.to_dict()), STYLE))  # noqa: B023
        print(f"picture of the {name}, once the controls are quiet: {taken:.0f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
