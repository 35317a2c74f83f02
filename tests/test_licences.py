"""The list of licences by file is complete, and says what the sidecars say."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch

from adoption.data.readers.publishers import read_publishers
from adoption.law.conventions import load_conventions
from adoption.paths import reference_folder
from tests.conftest import ROOT

DATA = ROOT / "data"
LINES = (DATA / "LICENSES.md").read_text(encoding="utf-8").splitlines()
CELLS = [line.strip("| ").split(" | ") for line in LINES if line.startswith("| `")]
ROWS = [(pattern, terms) for files, terms in CELLS for pattern in re.findall("`([^`]+)`", files)]
FILES = [
    path.relative_to(DATA).as_posix()
    for folder in ("raw", "reference", "processed")
    for path in sorted((DATA / folder).rglob("*"))
    if path.is_file()
] + [path.name for path in DATA.iterdir() if path.is_file() and path.name != ".lock"]


def terms_of(file: str) -> str:
    return next((terms for pattern, terms in ROWS if fnmatch(file, pattern)), "")


def test_every_file_has_terms_and_every_row_a_file() -> None:
    assert [file for file in FILES if not terms_of(file)] == []
    sources = read_publishers(reference_folder() / "publishers.toml", load_conventions()).sources
    fetched = [f"raw/{name}/2026-12-08T060000Z/{f}" for name, s in sources.items() for f in s.files]
    assert [file for file in fetched if not terms_of(file)] == []
    known = [*FILES, *fetched]
    assert [p for p, _ in ROWS if not any(fnmatch(file, p) for file in known)] == []


def test_the_terms_of_raw_files_are_those_of_their_sidecars() -> None:
    sidecars = [file for file in FILES if file.endswith(".meta.json")]
    assert len(sidecars) > 20
    for file in sidecars:
        stated = json.loads((DATA / file).read_bytes())["licence"]
        assert terms_of(file.removesuffix(".meta.json")) == stated, file
