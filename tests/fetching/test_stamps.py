"""Names of sources, files and moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from adoption.data.snapshots import DAY_FOLDER
from adoption.errors import AdoptionError
from adoption.fetching.stamps import STAMP, checked, free_moment

NOON = datetime(2026, 11, 25, 12, 0, 0, 900_000, tzinfo=UTC)


def stamp(newest: str | None, *taken: str, now: datetime = NOON) -> str:
    return f"{free_moment(now, newest, taken):{STAMP}}"


@pytest.mark.parametrize(
    "name",
    ["",  "..", "../a", "a/b",  "/etc/passwd",  ".hidden",  "a\x00",
     "a b", "\N{LATIN SMALL LETTER E WITH ACUTE}", "x" * 101, "reason.txt", "a.csv.meta.json",
     ".coming-x"],
)  # fmt: skip
def test_names_that_lead_elsewhere_or_mean_something(name: str) -> None:
    with pytest.raises(AdoptionError, match="cannot be the name of a source or a file; allowed: "):
        checked(name)


def test_a_snapshot_is_called_after_now_in_utc() -> None:
    assert stamp(None) == "2026-11-25T120000Z"
    east = NOON.astimezone(timezone(timedelta(hours=13)))
    assert stamp("2026-11-25", now=east) == "2026-11-25T120000Z"
    assert DAY_FOLDER.fullmatch(stamp(None))


def test_it_is_later_than_the_newest_and_free() -> None:
    assert stamp("2026-11-25T120000Z") == "2026-11-25T120001Z"
    assert stamp("2026-11-25T120010Z", "2026-11-25T120011Z") == "2026-11-25T120012Z"
    assert stamp("2026-11-24T235959Z", "2026-11-25T120000Z") == "2026-11-25T120001Z"
    assert stamp("2026-11-26") == "2026-11-26T000001Z"
    last = NOON.replace(hour=23, minute=59, second=59)
    assert stamp("2026-11-25T235959Z", now=last) == "2026-11-26T000000Z"


@pytest.mark.parametrize("newest", ["2026-11-26T120001Z", "2027-01-01"])
def test_a_clock_that_is_wrong_is_told_of(newest: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        stamp(newest)
    assert str(caught.value) == (
        f"the snapshot {newest}: is later than now, 2026-11-25T120000Z; is this machine's clock "
        "right?"
    )


@pytest.mark.parametrize("newest", ["2026-13-01"])
def test_a_folder_that_is_called_after_no_moment(newest: str) -> None:
    with pytest.raises(AdoptionError, match=f"^the snapshot {newest}: is called after no moment"):
        stamp(newest)
