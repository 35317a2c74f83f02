"""The differences for machines: documented keys, always there, and JSON of every reader."""

from __future__ import annotations

import json
from typing import Any

from adoption.news.kinds import Differences
from adoption.news.plain import as_plain
from tests.news.made_up import act, between, build, frame, undated

OLD = build(
    act("AAA"),
    undated("BBB"),
    totals=[("atlantis", "2020-03-01", "3", "", "", "us")],
    values=[("AAA", "GCI", "2024", "overall", "90")],
    votes=frame("iso3 resolution vote", [("AAA", "A/1", "yes")]),
    extra=frame("a"),
)
NEW = build(
    act("BBB", "ratification"),
    act("CCC"),
    totals=[("atlantis", "", "4", "", "", "us")],
    values=[("AAA", "GCI", "2024", "overall", "91")],
    votes=frame("iso3 resolution vote", [("AAA", "A/1", "no")]),
    day="2020-07-01",
)


KEYS = [
    "schema", "empty", "summary", "old_day", "new_day", "acts", "consequences",
    "totals", "indicators", "tables", "structure",
]  # fmt: skip


def refuse(constant: str) -> None:
    raise AssertionError(constant)


def read(found: Differences) -> Any:
    text = json.dumps(as_plain(found), ensure_ascii=False, allow_nan=False)
    return json.loads(text, parse_constant=refuse)


def test_every_part_by_hand() -> None:
    found = read(between(OLD, NEW))
    assert (found["schema"], found["empty"]) == (1, False)
    assert (found["old_day"], found["new_day"]) == ("2020-06-01", "2020-07-01")
    assert found["summary"] == (
        "1 act of Atlantis removed, 2 others; 1 value; 2 totals; 1 row of votes"
    )
    gone, confirmed, new = found["acts"]
    assert gone["new"] is None
    assert confirmed == {
        "convention": "atlantis", "iso3": "BBB", "state": "Borduria", "act": "ratification",
        "copy": 1, "change": "changed", "is_news": True,
        "fields": ["date", "earliest", "latest", "grade"],
        "told": "Borduria: ratification of 10 February 2020 now confirmed (was reported); window "
                "closed (was February 2020)",
        "old": {"participant": "Borduria", "date": None, "earliest": "2020-02-01",
                "latest": "2020-02-29", "open_ended": False, "grade": "reported", "source": "us",
                "note": "", "superseded": False},
        "new": {"participant": "Borduria", "date": "2020-02-10", "earliest": "2020-02-10",
                "latest": "2020-02-10", "open_ended": False, "grade": "confirmed", "source": "us",
                "note": "", "superseded": False},
    }  # fmt: skip
    assert new["old"] is None
    assert found["consequences"] == [
        {"convention": "atlantis", "measure": "confirmed_parties", "iso3": "", "old": 0, "new": 1,
         "told": "confirmed parties: 1 (was 0)"}
    ]  # fmt: skip
    assert [total["change"] for total in found["totals"]] == ["added", "removed"]
    assert found["totals"][0]["as_of"] is None
    assert found["totals"][1]["old"] == {"signatories": 3, "parties": None, "wording": ""}
    assert found["indicators"] == [
        {"iso3": "AAA", "state": "Aland", "index": "GCI", "edition": "2024",
         "component": "overall", "column": "value", "old": 90.0, "new": 91.0}
    ]  # fmt: skip
    assert found["tables"][0] == {
        "table": "votes", "added": 0, "changed": 1, "removed": 0,
        "rows": [{"key": ["AAA", "A/1"], "change": "changed", "column": "vote", "old": "yes",
                  "new": "no"}],
    }  # fmt: skip
    assert found["structure"] == [{"table": "extra", "column": "", "only_in": "old"}]


def test_the_keys_are_there_also_where_nothing_has_changed() -> None:
    found = read(Differences())
    assert list(found) == KEYS
    assert found["empty"] is True
