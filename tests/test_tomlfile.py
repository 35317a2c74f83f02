"""TOML files: what they hold, also behind the mark that some editors begin a file with."""

from __future__ import annotations

from pathlib import Path

from adoption.tomlfile import read_toml


def test_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[one]\nname = "Türkiye"\n', encoding="utf-8")
    assert read_toml(path) == {"one": {"name": "Türkiye"}}
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as some editors begin a file
    assert read_toml(path) == {"one": {"name": "Türkiye"}}
