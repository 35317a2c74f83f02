"""The key figure of the timeline after a withdrawal: what was reached stays reached."""

from __future__ import annotations

from datetime import date

from adoption.law.curves import compare_at_age
from adoption.sentences.pace import pace_answer
from tests.conftest import acts_of, made, made_up
from tests.sentences.test_withdrawals import THREE, withdrawn


def test_one_that_withdraws_does_not_undo_what_was_reached() -> None:
    rows = [*THREE, withdrawn("AAA")]
    compared = compare_at_age([made_up()], acts_of(rows), 1000, date(2004, 1, 1))
    answer = pace_answer(made("2004-01-01", *rows), compared, 1000)
    assert (answer.key_figure, answer.key_label) == (
        "2",
        "instruments known that count; 3 were needed for entry into force",
    )
    assert "2 known parties" in answer.text
    needed = pace_answer(made("2004-01-01", *rows, threshold=5), compared, 1000)
    assert needed.key_figure == "2 of 5"
