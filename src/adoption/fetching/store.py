"""The snapshots that are fetched: each whole, never changed, and no two with the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from adoption.data.snapshots import DAY_FOLDER, SIDECAR_SUFFIX, newest_folder
from adoption.errors import AdoptionError, did_you_mean
from adoption.fetching.addresses import clean, parse
from adoption.fetching.folders import alone, in_one_line, put_folder, remove_folder
from adoption.fetching.reasons import in_lines, reason_of
from adoption.fetching.sidecars import (
    VALIDATORS,
    Described,
    day_of,
    files_of,
    read_whole,
    sidecar_of,
    written,
)
from adoption.fetching.stamps import REASON, STAMP, checked, free_moment

if TYPE_CHECKING:
    from adoption.fetching.download import Download


class FetchedStore:
    """What publishers gave, in `data/raw` if it is used and in `data/aside` if it was refused.

    Both hold a folder a source, and in it a folder a snapshot, called after the moment when it
    was fetched, such as `2026-11-24T183000Z`.
    """

    def __init__(self, raw: Path, aside: Path) -> None:
        self.raw, self.aside = raw, aside

    def newest(self, source: str) -> Path | None:
        """Return the folder of a source's newest snapshot in use; None if there is none."""
        checked(source)
        with in_one_line(self.raw):
            return newest_folder(self.raw / source)

    def validators(self, source: str, file: str, address: str) -> dict[str, str]:
        """Return the headers that ask a publisher whether a file has changed."""
        newest = self.newest(source)
        known = read_whole(newest / checked(file)) if newest else None
        url = parse(address)
        asked = clean(url) if url else address  # as sidecars have it, without a password
        if known is None or known[1].response is None or known[1].address != asked:
            return {}
        headers = known[1].response.headers
        return {asks: headers[name] for name, asks in VALIDATORS.items() if name in headers}

    def contents(self, source: str, downloads: Mapping[str, Download]) -> dict[str, bytes]:
        """Return the files of a fetch, those that are unchanged from the newest snapshot."""
        newest, found = self.newest(source), {}
        for file, download in downloads.items():
            found[checked(file)] = download.content
            if download.unchanged:
                known = read_whole(newest / file) if newest else None
                if known is None:
                    raise AdoptionError(
                        f"{download.asked}: says that nothing has changed, but the {file} of last "
                        f"time is missing or damaged in {self._name(self.raw / source)}"
                    )
                found[file] = known[0]
        return found

    def same(self, source: str, contents: Mapping[str, bytes]) -> bool:
        """Return whether these are the files of the newest snapshot, byte by byte."""
        newest = self.newest(source)
        with in_one_line(self.raw):
            return newest is not None and files_of(newest) == dict(contents)

    def keep(
        self, source: str, described: Described, downloads: Mapping[str, Download], now: datetime
    ) -> Path:
        """Make a snapshot of a source, to be used."""
        with alone(self.raw):
            contents = self.contents(source, downloads)
            newest = self.newest(source)
            if newest and self.same(source, contents):
                return newest
            moment = self._moment(source, now)
            files = self._described(source, described, downloads, contents, moment)
            return put_folder(self.raw, source, f"{moment:{STAMP}}", files)

    def put_aside(
        self,
        source: str,
        described: Described,
        downloads: Mapping[str, Download],
        reason: str,
        now: datetime,
    ) -> Path:
        """Keep what was fetched for a person to look at; it is not used."""
        with alone(self.raw), alone(self.aside):
            contents = self.contents(source, downloads)
            there = self.waiting(source)
            same = [folder for folder in there if files_of(folder) == contents]
            text = in_lines(reason)
            day = described.complete_to or now.astimezone(UTC).date()
            if same and same[-1] == there[-1] and _is_known(same[-1], day, text):
                folder = same.pop()
            else:
                moment = self._moment(source, now)
                files = self._described(source, described, downloads, contents, moment)
                files[REASON] = text.encode()
                folder = put_folder(self.aside, source, f"{moment:{STAMP}}", files)
            for earlier in same:
                remove_folder(self.aside, earlier)
            return folder

    def accept(self, aside: Path) -> Path:
        """Move a snapshot that was refused to those that are used, as it is."""
        source, stamp = checked(aside.parent.name), aside.name
        with alone(self.raw), alone(self.aside):
            there = self.refused(source)
            if aside.resolve() not in [folder.resolve() for folder in there]:
                names = [self._name(folder) for folder in there]
                near = did_you_mean(f"data/aside/{source}/{stamp}", names)
                raise AdoptionError(f"{aside}: no snapshot was put aside there; {near}")
            newest = self.newest(source)
            if newest and newest.name == stamp and files_of(newest) == files_of(aside):
                remove_folder(self.aside, aside)  # what was stopped before it came to that
                return newest
            if newest and newest.name >= stamp:
                raise AdoptionError(
                    f"{self._name(aside)}: cannot be used any more; allowed: one later than "
                    f"{self._name(newest)}, which is in use"
                )
            for file in files_of(aside):
                if read_whole(aside / file) is None:
                    raise AdoptionError(
                        f"{self._name(aside / file)}: is not what was fetched; allowed: the file "
                        f"that {file}{SIDECAR_SUFFIX} describes"
                    )
            known = files_of(aside)
            sidecars = (f"{file}{SIDECAR_SUFFIX}" for file in known)
            files = known | {name: (aside / name).read_bytes() for name in sidecars}
            kept = put_folder(self.raw, source, stamp, files)
            remove_folder(self.aside, aside)
            return kept

    def refused(self, source: str) -> list[Path]:
        """Return the snapshots of a source that were put aside, oldest first."""
        folder = self.aside / checked(source)
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if DAY_FOLDER.fullmatch(path.name))

    def waiting(self, source: str) -> list[Path]:
        """Return those of them that are later than what is in use, oldest first."""
        newest = self.newest(source)
        return [f for f in self.refused(source) if newest is None or f.name > newest.name]

    def _described(
        self,
        source: str,
        described: Described,
        downloads: Mapping[str, Download],
        contents: Mapping[str, bytes],
        moment: datetime,
    ) -> dict[str, bytes]:
        """Return files and their sidecars."""
        newest, files = self.newest(source), dict[str, bytes]()
        for file, content in contents.items():
            known = read_whole(newest / file) if newest else None
            sidecar = sidecar_of(
                described, downloads[file], content, moment.date(), known[1] if known else None
            )
            files |= {file: content, f"{file}{SIDECAR_SUFFIX}": written(sidecar)}
        return files

    def _moment(self, source: str, now: datetime) -> datetime:
        newest = self.newest(source)
        taken = {folder.name for folder in self.refused(source)}
        return free_moment(now, newest.name if newest else None, taken)

    def _name(self, path: Path) -> str:
        """Return a folder's name as a person finds it."""
        for root, name in ((self.raw, "data/raw"), (self.aside, "data/aside")):
            if path.is_relative_to(root):
                return f"{name}/{path.relative_to(root).as_posix()}"
        return str(path)


def _is_known(folder: Path, day: date, reason: str) -> bool:
    """Return whether a snapshot put aside is known to a day, and was refused for a reason."""
    return day_of(folder) == day and reason_of(folder) == reason
