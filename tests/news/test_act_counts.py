"""What became of the acts that are news."""

from __future__ import annotations

import pytest

from adoption.news.act_counts import act_events
from adoption.news.counts import Event
from adoption.news.kinds import ActChange
from tests.news.made_up import act, changed, undated


@pytest.mark.parametrize(
    ("change", "kind", "fate"),
    [
        (ActChange(None, act("AAA")), "signature", "added"),
        (ActChange(act("AAA"), None), "signature", "removed"),
        (ActChange(undated("AAA"), act("AAA", "ratification")), "ratification", "confirmed"),
        (ActChange(act("AAA"), act("AAA", grade="reported")), "signature", "corrected"),
        (ActChange(act("AAA"), act("AAA", day="2020-02-11")), "signature", "corrected"),
    ],
)
def test_what_became_of_an_act(change: ActChange, kind: str, fate: str) -> None:
    assert act_events(changed(change)) == [Event("act", "atlantis", kind, fate)]


def test_what_is_only_noted_is_no_event() -> None:
    assert act_events(changed(ActChange(act("AAA"), act("AAA", note="seen")))) == []
