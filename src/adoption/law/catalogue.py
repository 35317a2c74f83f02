"""Every treaty in one frame: those of the registry, then the held ones, each with its counts."""

from __future__ import annotations

import re

import pandas as pd

from adoption import tables
from adoption.core.acts import CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.core.paths import reference_folder
from adoption.law.conventions import load_conventions
from adoption.law.held import held_acts, load_held
from adoption.law.treaties import Treaty
from adoption.tables.csvfile import read_csv

CHAPTERS_FILE = "treaty-chapters.csv"  # of data/reference: what the depositary calls each
CHAPTER = re.compile(r"UNTC ([IVXLC]+)-")  # of a reference
REGISTRY = "registry"  # a kind, beside those of held treaties
CATALOGUE_COLUMNS = {
    "convention": "str",
    "title": "str",
    "label": "str",
    "kind": "str",
    "subject": "str",
    "opened_by": "datetime64[us]",
    "entered_into_force": "datetime64[us]",
    "complete_to": "datetime64[us]",
    "threshold": "Int64",
    "signed": "Int64",
    "bound": "Int64",
    "printed_signatories": "Int64",
    "printed_parties": "Int64",
    "withdrawals_known": "bool",
    "learnt_from": "bool",
    "coverage": "str",
    "source": "str",
}


def standing_counts(acts: pd.DataFrame) -> pd.DataFrame:
    """Count by treaty who had signed, and who had consented and is not known to have withdrawn.

    Participants without a code are counted as well: states, organisations and territories.

    Parameters
    ----------
    acts : DataFrame
        convention, participant, act, latest.

    Returns
    -------
    DataFrame
        By convention: signed and bound (int), as the depositary's lists count them.
    """
    signed = acts[acts["act"].isin(SIGNATURES)]
    changes = acts[acts["act"].isin((*CONSENTS, WITHDRAWAL))]
    last = changes.sort_values("latest", kind="stable").drop_duplicates(
        ["convention", "participant"], keep="last"
    )
    bound = last[last["act"] != WITHDRAWAL]
    acts_of = {"signed": signed, "bound": bound}
    by_treaty = {}
    for name, rows in acts_of.items():
        by_treaty[name] = rows.groupby("convention")["participant"].nunique()
    counts = pd.DataFrame(by_treaty)
    return counts.fillna(0).astype("int64")


def every_treaty() -> pd.DataFrame:
    """Return every treaty, a row each: `CATALOGUE_COLUMNS`, which `adoption.conventions` describes.

    The counts of a registered convention are those of its acts that are certain by the day of the
    data, each participant once, without those that are only reported; a published total can be
    higher. A head that counts fewer parties than its list names does not count who has left.
    """
    registered = list(load_conventions().values())
    held = list(load_held().values())
    acts = tables.without_reports(tables.read("acts"))
    certain = tables.certain_by(acts, tables.data_day())
    counts = standing_counts(pd.concat([certain, held_acts(held)], ignore_index=True))
    frame = pd.DataFrame([_row(treaty) for treaty in (*registered, *held)])
    frame["subject"] = frame["chapter"].map(chapters())
    frame = frame.join(counts, on="convention").fillna({"signed": 0, "bound": 0})
    frame["bound"] = frame[["bound", "printed_parties"]].astype("Int64").min(axis=1)
    silent = [treaty.convention for treaty in (*registered, *held) if not treaty.signatories_listed]
    is_silent = frame["convention"].isin(silent)
    frame["signed"] = frame["signed"].astype("Int64").mask(is_silent)
    return frame[list(CATALOGUE_COLUMNS)].astype(CATALOGUE_COLUMNS)


def chapters() -> dict[str, str]:
    """Return what the Secretary-General of the United Nations calls each chapter of treaties.

    Examples
    --------
    >>> chapters()["XVIII"]
    'Penal matters'
    """
    path = reference_folder() / CHAPTERS_FILE
    rows = read_csv(path, f"data/reference/{CHAPTERS_FILE}", ("chapter", "subject", "source")).frame
    return dict(zip(rows["chapter"], rows["subject"], strict=True))


def _row(treaty: Treaty) -> dict[str, object]:
    of_list = ("printed_signatories", "printed_parties")
    fields = treaty.model_dump(include={"convention", "title", "label", "threshold", "source"})
    chapter = CHAPTER.match(treaty.reference)
    return {
        **fields,
        "kind": getattr(treaty, "kind", REGISTRY),
        "chapter": chapter[1] if chapter else None,
        "opened_by": pd.Timestamp(treaty.opening.latest),
        "entered_into_force": treaty.entered_into_force,
        "complete_to": treaty.complete_to,
        **{name: getattr(treaty, name, None) for name in of_list},
        "withdrawals_known": treaty.withdrawals_known,
        "learnt_from": getattr(treaty, "learnt_from", False),
        "coverage": treaty.reach,
    }
