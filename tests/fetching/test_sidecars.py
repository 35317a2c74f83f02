"""What a sidecar says of a file that was fetched."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from adoption.data.snapshots import Sidecar
from adoption.fetching.sidecars import Described, files_of, read_whole, sidecar_of, written
from tests.fetching.snapshots import ADDRESS, DESCRIBED, came, unchanged

DAY = date(2026, 11, 25)
DATA = b"<list/>"


def test_it_says_who_what_whence_and_how() -> None:
    download = came(DATA, url="https://www.example.org/list.xml", headers={"etag": '"1"', "a": "b"})
    text = written(sidecar_of(DESCRIBED, download, DATA, DAY, None))
    assert text.endswith(b"}\n")
    assert json.loads(text) == {
        "publisher": "The publisher", "title": "The list", "address": ADDRESS, "licence": "CC0",
        "accessed": "2026-11-25", "shows": "Every act.", "complete_to": "2026-11-25",
        "changes": "None but the file name.",
        "sha256": hashlib.sha256(DATA).hexdigest(), "bytes": 7,
        "response": {
            "address": "https://www.example.org/list.xml", "status": 200,
            "headers": {"etag": '"1"', "a": "b"}, "seconds": 0.25,
            "fetched": "2026-11-25T11:59:59Z",
        },
    }  # fmt: skip


def test_data_may_be_complete_to_an_earlier_day() -> None:
    described = Described("P", "T", "L", "S", "Unpacked.", complete_to=date(2024, 12, 31))
    sidecar = sidecar_of(described, came(), DATA, DAY, None)
    assert (sidecar.complete_to, sidecar.accessed) == (date(2024, 12, 31), DAY)
    assert sidecar.changes == "Unpacked."


def test_a_file_that_a_person_gave_has_no_answer() -> None:
    sidecar = sidecar_of(DESCRIBED, came(DATA, status=None), DATA, DAY, None)
    assert sidecar.response is None
    assert b"response" not in written(sidecar)


def test_what_is_not_repeated_when_nothing_changed_is_kept() -> None:
    headers = {"etag": '"1"', "last-modified": "then", "date": "before"}
    known = sidecar_of(DESCRIBED, came(DATA, headers=headers), DATA, DAY, None)
    answer = sidecar_of(DESCRIBED, unchanged(etag='W/"1"', date="now"), DATA, DAY, known).response
    assert answer is not None
    assert answer.status == 304
    assert answer.headers == {"etag": 'W/"1"', "last-modified": "then", "date": "now"}
    by_hand = known.model_copy(update={"response": None})
    answer = sidecar_of(DESCRIBED, unchanged(), DATA, DAY, by_hand).response
    assert answer is not None
    assert answer.headers == {}
    answer = sidecar_of(DESCRIBED, came(DATA, headers={}), DATA, DAY, known).response
    assert answer is not None
    assert answer.headers == {}, "what came anew is described anew"


def test_only_a_file_that_its_sidecar_describes_is_whole(tmp_path: Path) -> None:
    path, beside = tmp_path / "a.xml", tmp_path / "a.xml.meta.json"
    assert read_whole(path) is None
    path.write_bytes(DATA)
    assert read_whole(path) is None
    sidecar = sidecar_of(DESCRIBED, came(DATA), DATA, DAY, None)
    beside.write_bytes(written(sidecar))
    assert read_whole(path) == (DATA, sidecar)
    (tmp_path / "reason.txt").write_bytes(b"x")
    assert files_of(tmp_path) == {"a.xml": DATA}
    path.write_bytes(b"<lost/>")
    assert read_whole(path) is None
    path.write_bytes(DATA)
    for text in ("{}", "", "\xff"):
        beside.write_bytes(text.encode("latin-1"))
        assert read_whole(path) is None


def test_what_is_written_is_read_again() -> None:
    sidecar = sidecar_of(DESCRIBED, came(DATA), DATA, DAY, None)
    assert Sidecar.model_validate_json(written(sidecar)) == sidecar
