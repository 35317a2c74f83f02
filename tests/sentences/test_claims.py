"""What is said of a file of claims as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from adoption.claims.check import check_claims, read_claims
from adoption.claims.model import load_claim_data
from adoption.claims.verdict import VERDICTS, Verdict
from adoption.law.conventions import load_conventions
from adoption.paths import reference_folder
from adoption.sentences import claims as say
from tests.sentences.words import reads_well

CLAIMS = read_claims(reference_folder() / "claims.toml")
DAYS = [date(2025, 10, 25), date(2026, 2, 10), date(2026, 11, 24)]


def verdicts(*names: str, without_reports: str | None = None) -> list[Verdict]:
    return [Verdict(name, "", [], "", without_reports) for name in names]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (VERDICTS[:1], "The one statement is supported."),
        (VERDICTS[4:], "The one statement is not measurable with these data."),
        (("outdated",) * 3, "Of three statements, three are outdated."),
        (VERDICTS, "Of five statements, one is supported, one is contradicted, one is outdated, "
         "one is too early to decide and one is not measurable with these data."),
    ],
)  # fmt: skip
def test_how_many_of_each(names: Sequence[str], expected: str) -> None:
    assert say.verdicts_sentence(verdicts(*names)) == expected


def test_the_answer_counts_what_is_supported() -> None:
    answer = say.claims_answer(CLAIMS, verdicts(*["supported"] * 5, *["outdated"] * 8), DAYS[-1])
    assert (answer.key_figure, answer.key_label) == ("5 of 13", "statements supported")
    assert answer.as_of == "24 November 2026"
    assert "Budapest Convention: The 76 parties" in answer.reach
    assert say.reach(CLAIMS[:1]).startswith("Complete to 26 October 2025")
    others = [CLAIMS[0].model_copy(update={"convention": c}) for c in load_conventions().values()]
    assert say.reach(others[:2]).startswith("UN Convention against Cybercrime: Complete")
    assert say.reach(others[:3]).startswith("The lists of three conventions, each with a reach")
    of_indices = [claim for claim in CLAIMS if claim.kind == "index"]
    assert say.reach(of_indices) == "The indices as published."


@pytest.mark.parametrize("day", DAYS)
def test_every_sentence_of_every_statement_reads_well(day: date) -> None:
    for verdict in check_claims(CLAIMS, load_claim_data(day)):
        assert verdict.verdict in VERDICTS
        reads_well([verdict.why, *filter(None, [verdict.more])])
