"""What is known of states today: whether it would make the chances better."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from adoption.countries.association import RESOLUTION
from adoption.countries.cross_validation import Numbers
from adoption.law.status import IN_FORCE, PARTY, Status

RIDGE = 10.0
STEPS = 30


def covariates_of(
    states: pd.DataFrame,
    capacity: pd.DataFrame,
    votes: pd.DataFrame,
    budapest: Status,
    edition: int,
) -> pd.DataFrame:
    """Return what the model might be told of states, for today alone."""
    codes = pd.Index(states.loc[states["kind"] != "organization", "iso3"])
    vote = votes[votes["resolution"] == RESOLUTION].set_index("iso3")["vote"].reindex(codes)
    parties = budapest.participants.set_index("iso3")["status"].reindex(codes)
    gci = (capacity["index"] == "GCI") & (capacity["edition"] == edition)
    overall = capacity[gci & (capacity["component"] == "overall")].set_index("iso3")["value"]
    told = pd.DataFrame(
        {
            "overall": overall.reindex(codes),
            "log_gdp": np.log(states.set_index("iso3")["gdp_per_capita"].reindex(codes)),
            "voted_yes": vote.eq("yes").where(vote.notna()),
            "voted_no": vote.eq("no").where(vote.notna()),
            "budapest_party": parties.isin((PARTY, IN_FORCE)),
        },
        index=codes,
    ).astype("float64")
    return ((told - told.mean()) / told.std()).fillna(0.0)


def with_covariates(
    frame: pd.DataFrame, registry: Collection[str], covariates: pd.DataFrame
) -> pd.DataFrame:
    """Let the covariates move the chances on conventions of the registry, one held back a time.

    A second ridge logit takes the model's log odds as given and is told the covariates; it
    is learnt from the other conventions of the registry.
    """
    own = frame[frame["treaty"].isin(list(registry))].reset_index(drop=True)
    given = logit(own["model"].to_numpy(dtype="float64"))
    told = covariates.reindex(own["iso3"]).to_numpy(dtype="float64")
    values = np.column_stack([np.ones(len(own)), told])
    outcome = own["outcome"].to_numpy(dtype="float64")
    chance = np.full(len(own), np.nan)
    for treaty in own["treaty"].unique():
        held = (own["treaty"] == treaty).to_numpy()
        moved = _shift(values[~held], outcome[~held], given[~held])
        chance[held] = expit(given[held] + values[held] @ moved)
    return own.assign(covariates=chance)


def _shift(values: Numbers, outcome: Numbers, given: Numbers) -> Numbers:
    """Return the coefficients of a ridge logit beside given log odds."""
    found = np.zeros(values.shape[1])
    for _ in range(STEPS):
        chance = expit(given + values @ found)
        slope = values.T @ (outcome - chance) - RIDGE * found
        bend = (values * (chance * (1 - chance))[:, None]).T @ values
        found += np.linalg.solve(bend + RIDGE * np.eye(len(found)), slope)
    return found
