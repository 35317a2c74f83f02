"""The place among treaties: ties by hand, and counts made again from the CSV file alone."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pandas as pd
import pytest

from adoption import tables
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.law.curves import Measure
from adoption.law.placement import Known, age_on, known_counts, treaties_at_age
from adoption.paths import processed_folder
from tests.conftest import Act, acts_of, bound, made_up, states_of

STATES = states_of(["AAA", "BBB", "CCC", "EUE"])
AGE = 395
SIGNED = {
    "signature",
    "succession to signature",
    "confirmation of signature",
    "definitive signature",
}


def real(days: int = AGE, subject: str = "XVIII-16") -> pd.DataFrame:
    treaties, acts = tables.read("base_treaties"), tables.read("base_acts")
    return treaties_at_age(treaties, acts, tables.read("states"), days, subject)


@pytest.mark.parametrize(
    ("treaty", "days"), [("XVIII-12", 0), ("IV-9", AGE), ("XXVII-14", AGE), ("VI-13", 3650)]
)
def test_four_treaties_counted_again_from_the_csv_file(treaty: str, days: int) -> None:
    with (processed_folder() / "states.csv").open(encoding="utf-8", newline="") as file:
        states = {row["iso3"] for row in csv.DictReader(file) if row["kind"] != "organization"}
    with (processed_folder() / "base_acts.csv").open(encoding="utf-8", newline="") as file:
        acts = [row for row in csv.DictReader(file) if row["treaty"] == treaty]
    first = min(date.fromisoformat(row["date"]) for row in acts if row["act"] in SIGNED)
    signed: set[str] = set()
    consented: set[str] = set()
    for row in acts:
        if row["iso3"] in states and date.fromisoformat(row["date"]) <= first + timedelta(days):
            if row["act"] in SIGNED:
                signed.add(row["iso3"])
            if row["act"] not in SIGNED or row["act"] == "definitive signature":
                consented.add(row["iso3"])
    frame = real(days)
    (found,) = frame[frame["treaty"] == treaty].to_dict("records")
    assert found["first_signature"] == pd.Timestamp(first)
    assert (found["signatories"], found["parties"]) == (len(signed), len(consented))


def test_only_treaties_that_were_open_as_long_since_1946_and_not_the_subject() -> None:
    frame = real(AGE, "XVIII-12")
    treaties = tables.read("base_treaties").set_index("treaty")
    assert "XVIII-12" not in set(frame["treaty"])
    assert "XVIII-12" in set(real(AGE)["treaty"])
    chosen = treaties.loc[frame["treaty"]]
    assert (chosen["first_signature"] >= "1946-01-01").all()
    assert (chosen["first_signature"] + pd.Timedelta(days=AGE) <= chosen["as_of"]).all()
    left = treaties.drop([*frame["treaty"], "XVIII-12"])
    young = left["first_signature"] + pd.Timedelta(days=AGE) > left["as_of"]
    assert (left["first_signature"].isna() | young | (left["first_signature"] < "1946")).all()
    # The Framework Agreement of 29 August 2017 was not yet that old on 15 January 2018.
    assert "X-20" in left.index
    assert len(real(90 * 365)) == 0


def made_treaties(*acts: tuple[str, str, str]) -> pd.DataFrame:
    """Return treaty I-1, opened on 1 January 2001, at the age of ten days."""
    treaties = pd.DataFrame(
        {"treaty": ["I-1"], "title": ["T"], "first_signature": pd.to_datetime(["2001-01-01"]),
         "as_of": pd.to_datetime(["2018-01-15"])}
    )  # fmt: skip
    rows = pd.DataFrame(acts, columns=["iso3", "act", "date"]).assign(treaty="I-1")
    rows["date"] = pd.to_datetime(rows["date"])
    groups = STATES.assign(un_group=pd.Series(["One", "Two", None, None], dtype="str"))
    return treaties_at_age(treaties, rows, groups, 10, "I-2")


def test_a_state_counts_once_an_organisation_never_and_the_last_day_counts() -> None:
    (row,) = made_treaties(
        ("AAA", "signature", "2001-01-01"), ("AAA", "ratification", "2001-01-05"),
        ("AAA", "accession", "2001-01-06"), ("BBB", "accession", "2001-01-11"),
        ("CCC", "accession", "2001-01-12"), ("EUE", "approval", "2001-01-02"),
        ("EUE", "signature", "2001-01-02"), ("HKG", "accession", "2001-01-02"),
    ).to_dict("records")  # fmt: skip
    assert (row["signatories"], row["parties"], row["everywhere"]) == (1, 2, True)
    (row,) = made_treaties(
        ("AAA", "signature", "2001-01-01"), ("AAA", "definitive signature", "2001-01-02")
    ).to_dict("records")  # fmt: skip
    assert (row["signatories"], row["parties"], row["everywhere"]) == (1, 1, False)
    late = made_treaties(("AAA", "signature", "2001-01-01"), ("BBB", "accession", "2009-01-01"))
    assert late["everywhere"].tolist() == [True]


def count(*rows: Act, day: str = "2001-12-31", measure: Measure = "parties") -> Known | None:
    return known_counts(made_up(), acts_of(rows), STATES, date.fromisoformat(day))[measure]


def test_what_is_known_of_the_subject() -> None:
    rows = [
        bound("AAA", "2001-01-11"), ("BBB", "accession", "2001-01-12", "", "reported"),
        bound("CCC", "2001-06-01", "2002-06-01"), bound("EUE", "2001-01-02"),
    ]  # fmt: skip
    assert count(*rows) == Known(firm=1, with_reports=2, most=3, complete=True)
    assert count(*rows, day="2021-01-01") == Known(2, 3, 3, complete=False)
    assert count(*rows, day="2001-01-10") == Known(0, 0, 0, complete=True)
    assert count(*rows, measure="signatories") == Known(0, 0, 0, complete=True)


def test_a_subject_that_had_not_opened_is_refused_in_one_line() -> None:
    with pytest.raises(AdoptionError) as caught:
        age_on(load_conventions()["hanoi"], date(2025, 10, 24))
    assert str(caught.value) == (
        "as_of: on 2025-10-24 hanoi, the first of conventions, had not opened; it opened on "
        "2025-10-25"
    )
    assert age_on(load_conventions()["hanoi"], date(2025, 10, 25)) == 0
