"""The states and what is known of them; two tables must not tell different regions."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.ingest.states import known_codes
from tests.conftest import DataTree, people, raw_table

COVARIATES = "raw/covariates/covariates.csv"
LABELS = "reference/geometry/labels.csv"
VOTES = "raw/unga-votes/votes.csv"
ACTS = "raw/acts-cybercrime/acts.csv"
AFGHANISTAN = "AFG,Afghanistan,1,1946,Asia,Southern Asia,Asia-Pacific Group,"


def test_states_are_members_observers_others_and_the_union(built: dict[str, pd.DataFrame]) -> None:
    states = built["states"].set_index("iso3")
    assert states["kind"].value_counts().to_dict() == {
        "member": 193,
        "observer": 2,
        "other state": 2,
        "organization": 1,
    }
    assert set(states.index[states["kind"] == "observer"]) == {"PSE", "VAT"}
    assert (states["un_member"] == (states["kind"] == "member")).all()
    assert states.loc["NAM", "name"] == "Namibia"
    union = states.loc["EUE"]
    assert union["source"] == "untc-xml"
    assert union[["population", "gdp_per_capita", "label_lon"]].isna().all()


def test_votes_agree_with_the_published_totals(built: dict[str, pd.DataFrame]) -> None:
    votes = built["votes"]
    counts = pd.crosstab(votes["resolution"], votes["vote"]).to_dict("index")
    assert counts == {
        "A/RES/73/187": {"yes": 94, "no": 59, "abstain": 33, "absent": 7},
        "A/RES/74/247": {"yes": 79, "no": 60, "abstain": 33, "absent": 21},
    }
    inferred = votes[votes["grade"] == "inferred"]
    assert set(inferred["vote"]) == {"absent"}
    assert len(inferred) == 28
    assert set(votes["source"]) == {"unvotes"}


def test_codes_must_be_known_and_be_those_of_their_names() -> None:
    sound = raw_table("iso3,country", "QAT,Qatar", "OMN,", "HKG,Hong Kong")
    assert known_codes(sound, people(), not_states=True).tolist() == ["QAT", "OMN", "HKG"]
    with pytest.raises(AdoptionError, match="row 4, column iso3: 'HKG' is not one of QAT, OMN"):
        known_codes(sound, people())
    with pytest.raises(AdoptionError, match="row 3, column iso3: 'QTR' is not one of QAT, OMN"):
        known_codes(raw_table("iso3,country", "QAT,Qatar", "QTR,Qatar"), people())
    with pytest.raises(AdoptionError, match="row 2, column country: unknown participant 'Omann'"):
        known_codes(raw_table("iso3,country", "OMN,Omann"), people())


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "problem"),
    [
        (
            COVARIATES,
            AFGHANISTAN,
            AFGHANISTAN.replace("Afghanistan", "Oman"),
            "country",
            "'Oman' is",
        ),
        (VOTES, "AGO,A/RES/73/187,2018-12-17,yes", "AGO,A/RES/73/187,2018-12-17,aye", "vote", "'a"),
        (LABELS, "ALB,", "AFG,", "iso3", "'AFG' is duplicated"),
        (
            "raw/acts-comparison/totals.csv",
            "budapest,2008-04-26",
            "budapesst,2008-04-26",
            "convention",
            "'budapesst' is not one of hanoi",
        ),
        (
            "raw/acts-comparison/entry-into-force.csv",
            "ALB,Albania",
            "ALB,Andorra",
            "iso3",
            "'ALB', but 'Andorra' is 'AND'",
        ),
        (ACTS, "hanoi,DZA,", "hanoy,DZA,", "convention", "'hanoy' is not in conventions.conven"),
    ],
)
def test_a_wrong_cell_stops_the_build(
    tree: DataTree, file: str, old: str, new: str, column: str, problem: str
) -> None:
    row = tree.replace(file, old, new)
    message = tree.refusal()
    assert message.startswith(f"{tree.shown(file)}: row {row}, column {column}: {problem}"), message
