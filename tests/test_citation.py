"""What a journal asks for: BibTeX of every source, one version everywhere, licences, authors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pybtex.errors
import pytest
import yaml  # type: ignore[import-untyped]
from pybtex import PybtexEngine
from pybtex.database import BibliographyData, parse_string

import adoption as ad
from adoption.core.text import bibtex, slug
from adoption.show.results import Sources
from tests.conftest import FROZEN, ROOT

PROCESSED = ROOT / "data" / "processed"
SOURCES = pd.read_parquet(PROCESSED / "sources.parquet")
ESCAPED = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}"}
ESCAPED |= {r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}


def parsed(text: str) -> BibliographyData:
    pybtex.errors.set_strict_mode(True)
    return parse_string(text, "bibtex")


def plain(field: str) -> str:
    """Return a field as a reader sees it, without its braces and escapes."""
    text = field[1:-1] if field.startswith("{") else field
    for escape, sign in ESCAPED.items():
        text = text.replace(escape, sign)
    return re.sub(r"\\([&%$#_])", r"\1", text)


def test_strict_bibtex_reads_every_source_as_it_is() -> None:
    entries = parsed(Sources(SOURCES).to_bibtex()).entries
    assert len(entries) == len(SOURCES)
    for source in SOURCES.to_dict("records"):
        entry = entries[slug(source["source"])]
        (author,) = entry.persons["author"]  # a publisher is one body, and no person
        assert plain(str(author)) == source["publisher"]
        assert plain(entry.fields["title"]) == source["title"]
        year = entry.fields["year"]
        assert year == "n.d." or str(source["accessed"]).removeprefix("read ").startswith(year)
        assert pd.isna(source["url"]) or entry.fields["url"] == source["url"]


def test_strict_bibtex_formats_every_source() -> None:
    pybtex.errors.set_strict_mode(True)
    text = Sources(SOURCES).to_bibtex()
    formatted = PybtexEngine().format_from_string(text, style="unsrt", output_backend="plaintext")
    assert len(re.findall(r"^\[\d+\] ", formatted, re.MULTILINE)) == len(SOURCES)
    addresses = SOURCES["url"].dropna()
    assert [url for url in addresses if url not in formatted] == []


@pytest.mark.parametrize("text", ["100 % of {a} & b_c", "a \\ b ~ c ^ d", "}{x"])
def test_a_text_of_odd_signs_is_read_back(text: str) -> None:
    entry = parsed(f"@misc{{key,\n  title = {{{bibtex(text)}}},\n}}").entries["key"]
    assert plain(entry.fields["title"]) == text


def test_what_is_said_of_a_group_cites_who_its_members_are() -> None:
    group = ad.group("gcc")
    assert group.sources
    results: list[Any] = [
        ad.inequality("gcc"),
        ad.profile(group),
        ad.next_states("hanoi", "gcc"),
        ad.network(["budapest"], "2024-12-31", among="gcc"),
        ad.dyads("budapest", "2024-12-31", among="gcc"),
    ]
    for result in results:
        assert {*group.sources} <= {*ad.sources(result).frame["source"]}
    assert not {*group.sources} & {*ad.sources(ad.dyads("budapest", "2024-12-31")).frame["source"]}
    assert ad.sources(ad.group(["QAT", "KWT"])).frame.empty


def test_authors_and_address_are_those_of_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for part in FROZEN.iterdir():
        (tmp_path / part.name).symlink_to(part)
    (tmp_path / "reports.toml").unlink()
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    (entry,) = parsed(ad.cite()).entries.values()
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert [plain(str(p)) for p in entry.persons["author"]] == [citation["authors"][0]["name"]]
    (tmp_path / "reports.toml").write_text(
        'site = "https://example.org/a_b/"\nauthors = ["Doe, Jane", "Ministry of Law & Justice"]\n',
        encoding="utf-8",
    )
    (entry,) = parsed(ad.cite()).entries.values()
    jane, ministry = entry.persons["author"]
    assert (jane.last_names, plain(str(ministry))) == (["Doe"], "Ministry of Law & Justice")
    assert entry.fields["url"] == "https://example.org/a_b/"


def test_one_version_stands_everywhere() -> None:
    """The version of the package, whether it is released, and the day of the data."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+) \((.+)\)$", changelog, re.MULTILINE)
    assert newest
    assert newest[1] == citation["version"] == ad.__version__
    released = str(citation.get("date-released", "unreleased"))
    assert newest[2] == released
    changes = (ROOT / "data" / "CHANGES.md").read_text(encoding="utf-8")
    heading = re.search(r"^## (\d+ \w+ \d{4})$", changes, re.MULTILINE)
    assert heading
    snapshots = pd.read_parquet(PROCESSED / "snapshots.parquet")
    newest_file = snapshots["unchanged_until"].max()
    assert pd.Timestamp(heading[1]) >= newest_file  # a build is of that day or later


def test_each_source_has_a_licence_or_the_reason_why_none_is_stated() -> None:
    licences = SOURCES["licence"].fillna("")
    assert licences.str.len().gt(0).all()
    bare = licences[licences.isin(["not stated", "none", "unknown", "not checked"])]
    assert SOURCES.loc[bare.index, "source"].tolist() == []
    without = licences[licences.str.startswith(("not stated", "none"))]
    assert without.str.contains("facts|asks for permission").all()
