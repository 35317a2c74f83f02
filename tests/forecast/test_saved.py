"""The saved scores: when they are worked out anew."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from adoption import tables
from adoption.errors import AdoptionError
from adoption.forecasting.saved import fingerprint, is_current, save, without_words
from adoption.paths import reference_folder


def test_what_is_saved_is_current_until_a_file_goes(tmp_path: Path) -> None:
    assert not is_current(tmp_path)
    scores = tables.read("backtest")
    save(scores, tmp_path)
    assert is_current(tmp_path)
    assert (tmp_path / "backtest.csv").read_bytes() == (
        reference_folder() / "backtest.csv"
    ).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"backtest.csv", "backtest.toml"}
    (tmp_path / "backtest.csv").unlink()
    assert not is_current(tmp_path)


def test_another_act_asks_for_new_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    assert fingerprint() == before
    read = tables.read

    def one_act_fewer(name: str) -> pd.DataFrame:
        return read(name).iloc[1:] if name == "base_acts" else read(name)

    monkeypatch.setattr(tables, "read", one_act_fewer)
    assert fingerprint() != before


def test_words_do_not_change_the_fingerprint_but_code_does() -> None:
    code = 'def f(x):\n    """Say."""\n    return x + 1  # why\n'
    assert without_words(code) == without_words("def f(x):\n    return (x + 1)\n")
    assert without_words(code) != without_words(code.replace("1", "2"))
    assert without_words("class A:\n    'Say.'\n    b = 1") == without_words("class A:\n    b = 1")


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(AdoptionError, match="cannot be written") as caught:
        save(tables.read("backtest"), tmp_path / "gone")
    assert len(str(caught.value).splitlines()) == 1
