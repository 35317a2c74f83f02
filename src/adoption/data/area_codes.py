"""Codes of areas in the publishers' values: a state of the project, another area, or an error."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from adoption.data.csvfile import read_csv, unique
from adoption.data.names import Participants, tidy
from adoption.errors import AdoptionError, did_you_mean

FILE = "area-codes.csv"
COLUMNS = ("code", "iso3", "name", "seen_in")
NO_STATE = ""


class AreaCodes:
    """What the codes that publishers print mean."""

    def __init__(self, meant: dict[str, str], participants: Participants) -> None:
        self.meant = meant
        self.names = participants.names
        self.named = {
            tidy(name).casefold(): iso3
            for name, iso3 in participants.codes.items()
            if iso3 in participants.names
        }

    def resolve(self, frame: pd.DataFrame, place: str) -> pd.Series[str]:
        """Return the ISO3 code that each row is about, `NO_STATE` where that is no state."""
        areas = frame[["iso3", "participant"]].drop_duplicates()
        for code, name in areas.itertuples(index=False):
            if code not in self.meant:
                raise AdoptionError(
                    f"{place}: unknown area {code!r} ({name}); {did_you_mean(code, self.meant, 1)} "
                    f"(an area that is no state goes into data/reference/{FILE})"
                )
            named = self.named.get(tidy(name).casefold(), self.meant[code])
            if named != self.meant[code]:
                means = self.names.get(self.meant[code], "no state")
                raise AdoptionError(
                    f"{place}: the code {code!r} is {means}, but stands beside the name {name!r}, "
                    f"which is {named!r}"
                )
        return frame["iso3"].map(self.meant)


def read_area_codes(reference: Path, participants: Participants) -> AreaCodes:
    """Read the reviewed codes, beside those of the states and other participants."""
    listed = read_csv(reference / FILE, f"data/reference/{FILE}", COLUMNS)
    unique(listed, "code")
    meant = dict.fromkeys(sorted(participants.others), NO_STATE)
    meant |= {iso3: iso3 for iso3 in participants.names}
    for row, code, iso3 in listed.frame[["code", "iso3"]].itertuples():
        if code in meant:
            raise listed.error(row, "code", f"{code!r} is known already")
        if iso3 not in (NO_STATE, *participants.names):
            raise listed.error(row, "iso3", f"{iso3!r} is not in countries.csv")
    meant |= dict(zip(listed.frame["code"], listed.frame["iso3"], strict=True))
    return AreaCodes(meant, participants)
