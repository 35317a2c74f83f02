"""Days, numbers, lists and names in British English, and what an error line offers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adoption.core.errors import AdoptionError, nearest
from adoption.core.reading import read_toml
from adoption.core.text import (
    capitalised,
    counted,
    listed,
    numeral,
    percent,
    share,
    short_day,
    when_long,
    when_short,
)
from adoption.law.rules import Window, window_in_words


@pytest.mark.parametrize(
    ("earliest", "latest", "long", "short"),
    [
        ("2025-10-25", "2025-10-25", "on 25 October 2025", "25 Oct 2025"),
        ("2026-02-01", "2026-02-28", "in February 2026", "Feb 2026"),
        ("2024-02-01", "2024-02-28", "between 1 and 28 February 2024", "between 1 and 28 Feb 2024"),
        ("2014-10-02", "2014-10-31", "between 2 and 31 October 2014", "between 2 and 31 Oct 2014"),
        (
            "2025-02-01",
            "2026-02-28",
            "between 1 February 2025 and 28 February 2026",
            "between 1 Feb 2025 and 28 Feb 2026",
        ),
    ],
)
def test_windows(earliest: str, latest: str, long: str, short: str) -> None:
    ends = date.fromisoformat(earliest), date.fromisoformat(latest)
    assert when_long(*ends) == long
    assert when_short(*ends) == short
    assert window_in_words(Window(*ends)) == long.removeprefix("on ")


# Beside the examples of the docstrings.
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (short_day(date(2003, 5, 31)), "31 May 2003"),
        (listed([]), ""),
        (listed(["Mali"]), "Mali"),
        (listed(["Mali", "Rwanda"]), "Mali and Rwanda"),
        (listed(["Mali", "Rwanda", "Oman"], "or"), "Mali, Rwanda or Oman"),
        (counted(25_192, "party", "parties"), "25,192 parties"),
        ([numeral(n) for n in (0, 12, 13, 1234, -1)], ["no", "twelve", "13", "1,234", "-1"]),
        (capitalised(""), ""),
        (capitalised("éire and EU"), "Éire and EU"),
        ([percent(n, 193) for n in (0, 2, 193)], ["0%", "1%", "100%"]),
    ],
)
def test_at_the_ends(found: object, expected: object) -> None:
    assert found == expected


@given(st.lists(st.integers(0, 400), min_size=3, max_size=3).map(sorted))
def test_a_lower_bound_is_rounded_down_and_an_upper_one_up(numbers: list[int]) -> None:
    lower, upper, whole = numbers
    assume(lower < upper)
    low, high = share(lower, upper, whole).split(" to ")
    assert float(low.rstrip("%")) <= 100 * lower / whole
    assert 100 * upper / whole <= float(high.rstrip("%"))
    assert share(lower, None, whole) == (f"at least {low}" if lower else "none known")


@given(st.text(), st.lists(st.text(), max_size=5), st.integers(1, 4))
def test_nearest_gives_names_the_same_first(word: str, names: list[str], count: int) -> None:
    found = nearest(word, names, count)
    assert set(found) <= set(names)
    assert len(found) <= count
    assert not word.strip() or word not in names or found[0].casefold() == word.casefold()


def test_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[one]\nname = "Türkiye"\n', encoding="utf-8")
    assert read_toml(path) == {"one": {"name": "Türkiye"}}
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as some editors begin a file
    assert read_toml(path) == {"one": {"name": "Türkiye"}}


def test_brackets_in_too_many_brackets(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text(f"a = {'[' * 100_000}", encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"deep\.toml: not valid TOML"):
        read_toml(tmp_path / "deep.toml")
