"""Which of a participant's acts decides its status on a day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from adoption.data.dictionary import CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.law.instruments import terms

NO_ACT = "no act known"
SIGNED = "signed"
PARTY = "party"
IN_FORCE = "in force for it"
WITHDRAWN = "withdrawn"
STATUSES = (NO_ACT, SIGNED, PARTY, IN_FORCE, WITHDRAWN)


def decide(acts: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return each participant's deciding act, and what else it may have done by the day.

    Its last certain act decides, but a signature never undoes a consent.
    """
    told = ["act", "date", "earliest", "latest", "open_ended", "grade", "source", "note"]
    signed, bound, left = (
        acts["act"].isin(kinds) for kinds in (SIGNATURES, CONSENTS, (WITHDRAWAL,))
    )
    marked = acts.assign(
        status=np.select([signed, bound, left], [SIGNED, PARTY, WITHDRAWN], NO_ACT),
        weight=np.where(signed, 0, 1),
    ).sort_values(["weight", "earliest", "latest"])
    certain = marked["latest"] <= pd.Timestamp(as_of)
    frame = marked[certain].drop_duplicates("iso3", keep="last").set_index("iso3")
    frame = frame[["status", *told]].reindex(pd.Index(marked["iso3"].unique(), name="iso3"))
    possible = marked[~certain].drop_duplicates("iso3", keep="last").set_index("iso3")
    further = possible["status"].reindex(frame.index)
    # What would change nothing is not worth a word: the same again, or a signature after it.
    nothing_new = further.eq(frame["status"]) | (further.eq(SIGNED) & frame["status"].notna())
    frame["possible"] = further.mask(nothing_new)
    frame["signed"] = frame.index.isin(acts.loc[signed & certain, "iso3"])
    for column, kinds in (("signed_on", signed), ("bound_on", bound)):
        first = acts[kinds].sort_values("latest").drop_duplicates("iso3").set_index("iso3")
        frame[column] = first["date"].reindex(frame.index)
    periods = terms(acts[acts["iso3"].isin(acts.loc[left, "iso3"])])
    again = periods[periods.duplicated("iso3")].drop_duplicates("iso3", keep="last")
    again = again[again["latest"] <= pd.Timestamp(as_of)].set_index("iso3")
    frame["bound_on"] = frame["bound_on"].where(
        ~frame.index.isin(again.index), again["date"].reindex(frame.index)
    )
    return frame
