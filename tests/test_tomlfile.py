"""TOML files: what they hold, or one line that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.tomlfile import read_toml


def test_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[one]\nname = "Türkiye"\n', encoding="utf-8")
    assert read_toml(path) == {"one": {"name": "Türkiye"}}
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as some editors begin a file
    assert read_toml(path) == {"one": {"name": "Türkiye"}}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "some.toml: missing"),
        (b"name = \xff", "some.toml: not UTF-8 at byte 7"),
        (b"name = ", "some.toml: not valid TOML: "),
        (b"a = 1\na = 2", "some.toml: not valid TOML: "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, data: bytes | None, says: str) -> None:
    path = tmp_path / "some.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(AdoptionError) as caught:
        read_toml(path)
    assert str(caught.value).startswith(says)
    assert len(str(caught.value).splitlines()) == 1
