"""A list's way from its server or a person's disk into use, week after week."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from adoption.errors import AdoptionError
from adoption.refresh.outcome import Result
from adoption.refresh.place import Place
from adoption.refresh.taking import is_old, take
from adoption.refresh.wishes import Wishes, with_bases
from tests.fetching.answers import page, unless_known
from tests.fetching.conftest import QUICK
from tests.fetching.publisher_server import Publisher
from tests.refresh.life import MAINTENANCE, SOURCE, TARGET, Depositary, Project, registry
from tests.refresh.spies import count_tables

GCI, OTHER = "data360-gci", "untc-uncac"
TAG, DAY = '"v1"', "Tue, 01 Dec 2026 08:00:00 GMT"


def results(project: Project, **wanted: Any) -> list[Result]:
    """Take what is wanted, without what a refresh does before and after it."""
    wishes = Wishes(project.root, limits=QUICK, **wanted)
    known = with_bases(registry(), wishes.bases)
    sources = known.choose(wishes.sources, wishes.convention, by_hand=wishes.file is not None)
    return list(take(sources, known, Place(project.root), wishes, project.said.append))


def sidecar(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "XVIII-16.en.xml.meta.json").read_text("utf-8"))
    return found


def test_a_new_list_is_used_and_the_tables_are_made_once(
    project: Project, depositary: Depositary, server: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = count_tables(monkeypatch)
    server.gives(TARGET, unless_known(depositary.content(), TAG, DAY))
    outcome = project.refresh("2026-12-01")
    assert [str(result) for result in outcome.results] == [
        f"{SOURCE}: accepted (data/raw/{SOURCE}/2026-12-01T120000Z)"
    ]
    assert len(made) == 1, "to judge it; they are those that are written then"
    kept = sidecar(project.root / "data" / "raw" / SOURCE / "2026-12-01T120000Z")
    assert kept["address"] == server.base + TARGET
    assert (kept["accessed"], kept["complete_to"]) == ("2026-12-01", "2026-12-01")
    assert (kept["response"]["status"], kept["response"]["headers"]["etag"]) == (200, TAG)
    assert project.aside() == []


def test_what_the_server_says_is_unchanged_is_not_judged(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    """The sidecar's address is put to the server of this test, as if it were the same."""
    folder = project.root / "data" / "raw" / SOURCE / "2026-12-01T120000Z"
    path = folder / "XVIII-16.en.xml.meta.json"
    path.chmod(0o644)
    path.write_text(
        json.dumps(sidecar(folder) | {"address": server.base + TARGET}), encoding="utf-8"
    )
    before = project.files("raw", "aside")
    server.gives(TARGET, unless_known(depositary.content(), TAG, DAY))
    outcome = project.refresh("2026-12-03")
    assert [result.kind for result in outcome.results] == ["unchanged"]
    (asked,) = server.asked
    assert asked.headers["if-none-match"] == TAG
    assert project.files("raw", "aside") == before


def test_a_source_of_many_files_is_used_whole_or_not(project: Project, server: Publisher) -> None:
    before = project.files()
    paths = list(registry().sources[GCI].files.values())
    server.gives(paths[0], page(b"a,b\n"))
    (found,) = results(project, sources=(GCI,), bases={"data360": server.base})
    assert found.kind == "unreachable"
    assert found.told.startswith(f"{server.base}{paths[1]}: answered 404 Not Found; allowed: 200")
    assert found.told.endswith(
        " (and 4 other files); data/reference/publishers.toml has its path, if it has moved"
    )
    assert project.files() == before
    assert not (project.root / "data" / "aside").exists()


def test_a_saved_file_is_used_as_of_the_day_on_which_it_was_saved(
    project: Project, depositary: Depositary, tmp_path: Path
) -> None:
    depositary.signs(date(2026, 12, 4), "Kenya")
    file = tmp_path / "a person's folder" / "saved.xml.gz"
    file.parent.mkdir()
    file.write_bytes(gzip.compress(depositary.content(), mtime=0))
    moment = datetime(2026, 12, 5, 9, tzinfo=UTC).timestamp()
    os.utime(file, (moment, moment))
    outcome = project.refresh("2026-12-08", file=file)
    (found,) = outcome.results
    assert (found.kind, found.told) == ("accepted", "as it was saved on 5 December 2026")
    kept = project.root / found.place
    assert (kept / "XVIII-16.en.xml").read_bytes() == depositary.content(), "unpacked"
    about = sidecar(kept)
    assert (about["address"], about["accessed"]) == ("file saved.xml.gz", "2026-12-05")
    assert about["complete_to"] == "2026-12-05"
    assert kept.name == "2026-12-08T120000Z"
    assert "response" not in about
    everything = project.files("raw", "reference", "processed")
    texts = [*map(str.encode, project.said), *everything.values()]
    texts += [(project.root / "data" / name).read_bytes() for name in ("feed.xml", "CHANGES.md")]
    assert not any(str(tmp_path).encode() in text for text in texts), "nobody is told where it was"
    conventions = project.table("conventions").set_index("convention")
    assert str(conventions.at["hanoi", "complete_to"])[:10] == "2026-12-05"


def test_many_files_are_given_by_their_folder(project: Project, tmp_path: Path) -> None:
    names = [*registry().sources[GCI].files]
    for name in names[:-1]:
        (tmp_path / name).write_bytes(b"a,b\n")
    line = rf"^--file .*: {GCI} has 6 files; allowed: a folder with overall\.csv, .* \(not there: "
    for path in (tmp_path / names[0], tmp_path):
        with pytest.raises(AdoptionError, match=line):
            results(project, sources=(GCI,), file=path)
    (tmp_path / names[-1]).write_bytes(b"a,b\n")
    (found,) = results(project, sources=(GCI,), file=tmp_path)
    assert (found.kind, found.told.partition(":")[0]) == ("refused", names[0])
    assert {path.name for path in (project.root / found.place).iterdir()} >= set(names)


@pytest.mark.parametrize(
    ("answer", "until", "line"),
    [
        ("2026-12-07", "2026-12-07", ""),
        ("2026-11-07", None, ""),
        ("2026-11-06", None, "its answer is of 6 November 2026, by its Date header: an old copy"),
        (
            "2026-12-06",
            "2026-12-07",
            "its answer is of 6 December 2026, by its Date header, and what is in use was so on 7 "
            "December 2026: an old copy from a cache, or a wrong clock? a saved copy can be given "
            "with --file",
        ),
    ],
)
def test_an_answer_can_be_too_old(answer: str, until: str | None, line: str) -> None:
    asked = date(2026, 12, 8)
    since = date.fromisoformat(until) if until else None
    found = is_old(date.fromisoformat(answer), asked, since)
    assert found.startswith(line)
    assert bool(found) == bool(line)


def test_what_is_in_use_is_not_replaced_by_an_older_answer(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    """The list of 5 December is in use; a cache gives one of today, which is earlier."""
    before = project.files("raw", "reference", "processed")
    server.gives(TARGET, page(depositary.content() + b" "))
    (found,) = results(project, sources=(SOURCE,), bases={"untc": server.base})
    assert (found.kind, found.place) == ("unreachable", "")
    assert "by its Date header, and what is in use was so on" in found.told
    assert project.files("raw", "reference", "processed") == before


def test_a_cached_answer_is_of_its_own_day_and_makes_nothing_older(
    project: Project, server: Publisher
) -> None:
    """The snapshot is called after when it was asked for; it reaches to when it was given."""
    file, target = next(iter(registry().sources[OTHER].files.items()))
    for age in (1, 4):
        given = format_datetime(datetime.now(UTC) - timedelta(days=age), usegmt=True)
        server.gives(target, page(MAINTENANCE, date=given))
        (found,) = results(project, sources=(OTHER,), bases={"untc": server.base})
        assert (found.kind, found.told.partition(":")[0]) == ("refused", file)
        about = json.loads((project.root / found.place / f"{file}.meta.json").read_text("utf-8"))
        asked = datetime.fromisoformat(about["response"]["fetched"])
        assert about["complete_to"] == f"{asked - timedelta(days=1):%Y-%m-%d}"
        assert about["accessed"] == f"{asked:%Y-%m-%d}"
        assert found.place == f"data/aside/{OTHER}/{asked:%Y-%m-%dT%H%M%SZ}"
