"""In the feed a source is told by who published it, and not by its key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from adoption.news.feed import extend_feed
from adoption.news.kinds import ActChange
from tests.news.made_up import act, between, build, changed, frame
from tests.news.test_feed import FIRST, SIGNED, read


def test_a_source_is_told_by_its_publisher(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    names = {"us": "United Nations Treaty Collection", "them": "Example Ltd."}
    moved = ActChange(act("AAA"), act("AAA", grade="reported", source="them"))
    for change, content in (
        (SIGNED, "confirmed. Source: United Nations Treaty Collection."),
        (ActChange(None, act("BBB", source="them")), "confirmed. Source: Example Ltd."),
        (ActChange(None, act("CCC", source="who")), "confirmed. Source: who."),
        (moved, "now reported (was confirmed); source now Example Ltd. (was United Nations "
                "Treaty Collection)."),
    ):  # fmt: skip
        path.unlink(missing_ok=True)
        extend_feed(path, replace(changed(change), publishers=names), FIRST)
        (entry,) = read(path).entries
        assert entry.content[0].value.partition("2020")[2].lstrip(":, ") == content


def test_the_publishers_of_sources_are_known() -> None:
    sources = frame("source publisher", [("us", "Us Ltd")])
    old, new = build(act("AAA"), sources=sources), build(act("AAA"), act("BBB"), sources=sources)
    assert between(old, new).publishers == {"us": "Us Ltd"}
    assert between(build(), build(act("AAA"))).publishers == {}
    only = build(act("AAA"), sources=frame("source", [("us",)]))
    assert between(only, only).publishers == {}
