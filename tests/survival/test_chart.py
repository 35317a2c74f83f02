"""The chart of waits: a line a class, and below it how many are at risk."""

from __future__ import annotations

import re

import pytest

import adoption as ad


def test_a_line_a_class_with_the_numbers_at_risk() -> None:
    result = ad.survival("uncac", of="any consent", by="un_group")
    figure = result.chart("curve")
    ends = result.frame.groupby("group")["share"].last()
    assert {trace.name: round(trace.y[-1] / 100, 3) for trace in figure.data} == ends.round(
        3
    ).to_dict()
    texts = [note.text for note in figure.layout.annotations]
    for name, rows in result.frame.groupby("group"):
        place = next(i for i, text in enumerate(texts) if text.startswith(f"{name}: not yet"))
        assert texts[place + 1] == str(rows["at_risk"].iloc[0])
    strong = [trace.name for trace in figure.data if trace.line.width > 2]
    assert set(strong) == {ends.idxmax(), ends.idxmin()}
    assert re.search(r"100%, .* \d+%", figure.layout.title.text)


def test_one_curve_has_its_band_and_none_where_nobody_is_followed() -> None:
    figure = ad.survival("uncac").chart()
    assert len(figure.data) == 3
    high, low, share = (trace.y for trace in figure.data)
    assert all(
        bottom <= middle <= top for bottom, middle, top in zip(low, share, high, strict=True)
    )
    assert ad.survival("arab-2010").chart() is None


@pytest.mark.parametrize("of", ["signature", "consent", "any consent"])
def test_every_step_can_be_drawn(of: str) -> None:
    for name in ("hanoi", "untoc", "malabo"):
        result = ad.survival(name, of=of, by="region")  # type: ignore[arg-type]
        assert (result.chart() is None) == (not len(result.frame))
