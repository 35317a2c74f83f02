"""What has become of a refresh, in words, as a status and for machines."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from adoption.data.exceptions import Violation
from adoption.refresh.judging import Verdict
from adoption.refresh.outcome import WORDS, Outcome, Result


def outcome(*kinds: str) -> Outcome:
    results = [Result(f"source-{n}", kind) for n, kind in enumerate(kinds)]  # type: ignore[arg-type]
    return Outcome(results, "", changed=False, data_day="2026-11-24")


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ((), 0),
        (("unchanged", "accepted"), 0),
        (("unreachable", "unchanged"), 4),
        (("refused", "accepted"), 3),
        (("unreachable", "refused"), 3),
    ],
)
def test_what_a_guard_refused_goes_before_who_was_not_reached(
    kinds: tuple[str, ...], status: int
) -> None:
    assert outcome(*kinds).status == status


def test_a_result_is_one_line() -> None:
    assert str(Result("untc-hanoi", "unchanged")) == "untc-hanoi: nothing new"
    refused = Result("untc-hanoi", "refused", "row 3: no such day", "data/aside/untc-hanoi/x")
    assert str(refused) == "untc-hanoi: refused: row 3: no such day (data/aside/untc-hanoi/x)"
    assert all(word in str(Result("a", kind)) for kind, word in WORDS.items())


def test_it_is_plain_json_without_the_tables() -> None:
    made = outcome("accepted", "unreachable")
    verdict = Verdict(violations=(Violation("rule", "subject", "found", "place: "),))
    said = [replace(each, verdict=verdict) for each in made.results]
    found = replace(made, results=said).plain()
    assert json.loads(json.dumps(found)) == found
    assert found == {
        "status": 4,
        "summary": "",
        "changed": False,
        "data_day": "2026-11-24",
        "sources": [
            {"source": f"source-{n}", "result": result, "told": "", "snapshot": "",
             "violations": ["rule: subject: found"]}
            for n, result in enumerate(("accepted", "unreachable"))
        ],
    }  # fmt: skip
