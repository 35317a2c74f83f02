"""TOML files: what they hold, also behind the mark that some editors begin a file with."""

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


def test_brackets_in_too_many_brackets(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text(f"a = {'[' * 100_000}", encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"deep\.toml: not valid TOML"):
        read_toml(tmp_path / "deep.toml")
