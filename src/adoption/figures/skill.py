"""The error of each way to forecast, with its interval, on all cases and on those signed early."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from adoption.forecasting.cases import FIRST_DAYS
from adoption.forecasting.skill import SIGNED_EARLY, WITH_MEDIAN, YARDSTICK, Kind, score_of
from adoption.sentences.skill import NAMES
from adoption.show.charts import intervals, wrapped
from adoption.show.theme import CONTEXT, GRID, INK, MUTED, SUBJECT, finish
from adoption.words import counted, numeral

ROW_HEIGHT = 46
ROOM = 1.06
APART = 0.17  # of a row, from the middle of it to each mark
SOURCE = (
    "Source: depositary's lists of the base set of treaties, listed at the end; every forecast "
    "and its score in the table backtest."
)
# The sets drawn: kind, shift in the row, symbol, and colour of the model and of the others.
DRAWN: tuple[tuple[Kind, float, str, str, str], ...] = (
    ("all", -APART, "circle", SUBJECT, CONTEXT),
    ("signed early", APART, "diamond-open", INK, MUTED),
)


def skill_figure(measured: pd.DataFrame, title: str) -> go.Figure:
    """Draw the mean error of each way to forecast.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.forecasting.skill.skill_by_set`.
    title : str
        The finding.
    """
    figure = go.Figure()
    said = []
    methods = list(YARDSTICK)
    for kind, shift, symbol, own, other in DRAWN:
        rows = measured[(measured["kind"] == kind) & (measured["cases"] > 0)]
        if rows.empty:
            continue
        cases = rows.assign(
            place=[methods.index(method) + shift for method in rows["method"]],
            low=rows["error_low"].fillna(rows["error"]),
            high=rows["error_high"].fillna(rows["error"]),
            colour=[own if method in WITH_MEDIAN else other for method in rows["method"]],
        )
        name = _name(measured, kind)
        for colour, part in cases.groupby("colour", sort=False):
            figure.add_trace(intervals(part, str(colour)))
        figure.add_trace(_dots(cases, name, symbol))
        said.append(f"{name}: {_in_words(cases)}")
    figure.update_yaxes(
        tickvals=list(range(len(methods))), ticktext=[wrapped(NAMES[m]) for m in methods],
        range=[len(methods) - 0.5, -0.5], showgrid=False,
    )  # fmt: skip
    top = float(measured.loc[measured["kind"].isin(["all", "signed early"]), "error_high"].max())
    figure.update_xaxes(
        range=[0, round(ROOM * top, 3)], title="error, 0 is perfect", gridcolor=GRID
    )
    first_days = f"first {numeral(int(FIRST_DAYS))} days"
    return finish(
        figure,
        title=title,
        subtitle=f"Mean error over the cases, with 95% interval by treaty; signed early: by "
        f"{SIGNED_EARLY} states or more in the {first_days}",
        source=SOURCE,
        alternative=f"Dot plot of the mean error. {'; '.join(said)}.",
        height=150 + ROW_HEIGHT * len(methods),
    ).update_layout(legend={"y": -0.16})


def _name(measured: pd.DataFrame, kind: Kind) -> str:
    row = score_of(measured, "apart", kind)
    which = "all" if kind == "all" else kind
    return f"{which}: {counted(row['cases'], 'case')}, " + counted(
        row["treaties"], "treaty", "treaties"
    )


def _dots(rows: pd.DataFrame, name: str, symbol: str) -> go.Scatter:
    colours = rows["colour"].tolist()
    return go.Scatter(
        name=name,
        x=rows["error"].tolist(),
        y=rows["place"].tolist(),
        text=[
            f"{NAMES[row['method']]}: {row['error']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
            for row in rows.to_dict("records")
        ],
        mode="markers",
        marker={"size": 10, "color": colours, "symbol": symbol, "line": {"width": 2,
                "color": colours}},
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _in_words(rows: pd.DataFrame) -> str:
    parts = [f"{NAMES[row['method']]} {row['error']:.2f}" for row in rows.to_dict("records")]
    return ", ".join(parts)
