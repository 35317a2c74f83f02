"""What the server imports before it forks a page of any project; importing it does the work."""

from __future__ import annotations

from adoption.press.engine.warm import settled, warm_engine

with settled():
    warm_engine("plotly.express")  # with which many notebooks draw
