"""Who has acted, by what is known of the states: shares, gaps beyond chance, the logit of 05."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import mannwhitneyu

import adoption as ad
from adoption.core.errors import AdoptionError
from adoption.countries.association import (
    UNKNOWN,
    Adopters,
    thirds,
    variables,
    widest_by_chance,
    wilson,
)
from adoption.countries.capacity import PILLARS
from adoption.countries.merged import (
    CONSENTED,
    CONTEXT_COLUMNS,
    HIGHEST,
    LOWEST,
    MIDDLE,
    NO_CONSENT,
)
from adoption.show.association import association_answer
from tests.adopting import CASES, adopters, measured, rows
from tests.cells import run_cells

HANOI = "the Convention"

# Wilson


@pytest.mark.parametrize(
    ("successes", "states", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0000, 0.1611),
        (29, 29, 1 - 0.1170, 1.0000),
    ],
)
def test_the_published_intervals(successes: int, states: int, low: float, high: float) -> None:
    assert wilson(successes, states) == pytest.approx((low, high), abs=5e-5)


# Thirds


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0, 1.0, 2.0, 6.0, 5.0, 4.0], [MIDDLE, LOWEST, LOWEST, HIGHEST, HIGHEST, MIDDLE]),
        # Mean rank 3.5 of four: place 0.75. Values that are the same stay together.
        ([0.0, 9.0, 20.0, 20.0], [LOWEST, MIDDLE, HIGHEST, HIGHEST]),
        ([5.0, 5.0, 5.0], [MIDDLE] * 3),
    ],
)
def test_thirds(values: list[float], expected: list[str]) -> None:
    assert thirds(pd.Series(values)).tolist() == expected


def test_what_is_missing_has_no_third_and_moves_no_other() -> None:
    found = thirds(pd.Series([1.0, None, 2.0, 3.0]))
    assert found.dropna().tolist() == [LOWEST, MIDDLE, HIGHEST]
    assert found.isna().tolist() == [False, True, False, False]


# Shares


def hand_count(category_of: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Return (signed, states) of each category, counted from the files alone."""
    members = [row["iso3"] for row in rows("states") if row["kind"] == "member"]
    acts = [row for row in rows("acts") if row["convention"] == "hanoi"]
    signed = {row["iso3"] for row in acts if row["act"] == "signature"}
    counts: dict[str, tuple[int, int]] = {}
    for iso3 in members:
        category = category_of.get(iso3) or UNKNOWN
        acted, states = counts.get(category, (0, 0))
        counts[category] = (acted + (iso3 in signed), states + 1)
    return counts


def categories(variable: str) -> dict[str, str]:
    if variable != "vote":
        return {row["iso3"]: row[variable] for row in rows("states")}
    return {
        row["iso3"]: row["vote"] + (" (inferred)" if row["grade"] == "inferred" else "")
        for row in rows("votes")
        if row["resolution"] == "A/RES/74/247"
    }


@pytest.mark.parametrize("variable", ["vote", "income_group"])
def test_shares_are_a_hand_count(variable: str) -> None:
    found = measured("hanoi")
    own = found[found["variable"] == variable]
    counted = {row["category"]: (row["acted"], row["states"]) for row in own.to_dict("records")}
    assert counted == hand_count(categories(variable))
    assert own["share"].tolist() == pytest.approx((own["acted"] / own["states"]).tolist())


@pytest.mark.parametrize(("name", "day", "edition"), CASES[::3])
def test_no_state_is_lost_in_any_variable(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    table = measured(name, day, edition)
    assert set(table["variable"]) == set(variables(found.frame))
    for _, own in table.groupby("variable"):
        assert own["states"].sum() == len(found.frame)
        assert own["acted"].sum() == found.acted
        assert own["by_report"].sum() == found.frame["by_report"].sum()
        assert own["category"].is_unique
        assert UNKNOWN not in own["category"].tolist()[:-1], "what is not known stands last"
    assert ((table["lower"] <= table["share"]) & (table["share"] <= table["upper"])).all()


def test_a_third_says_its_range() -> None:
    table = measured("hanoi")
    values = adopters("hanoi").frame["technical"].dropna()
    own = table[(table["variable"] == "technical") & (table["category"] != UNKNOWN)]
    high, middle, low = own.to_dict("records")
    assert (high["category"], middle["category"], low["category"]) == (HIGHEST, MIDDLE, LOWEST)
    assert (low["least"], high["most"]) == (values.min(), values.max())
    assert low["most"] < middle["least"] <= middle["most"] < high["least"]
    assert table.loc[table["variable"] == "vote", "least"].isna().all()


def test_what_is_not_sure_carries_no_finding() -> None:
    sure = {"a": ["x"] * 60 + ["y"] * 60}
    for category in ("not known", "absent (inferred)", "consent reported"):
        own = merged().head(120).assign(a=["x"] * 60 + [category] * 60)
        assert ad.association(own, by="a").tests.empty, category
    own = merged().head(120).assign(a=["x"] * 60 + ["y"] * 9 + ["z"] * 51)
    assert ad.association(own, by="a").tests[["most", "least"]].to_numpy().tolist() in (
        [["x", "z"]],
        [["z", "x"]],
    ), "of nine states none is compared"
    assert len(ad.association(merged().head(120).assign(**sure), by="a").tests) == 1


def of(found: Adopters, iso3: str, column: str) -> Any:
    return found.frame.set_index("iso3").at[iso3, column]


@pytest.mark.parametrize(
    ("name", "organisation", "states"),
    [("malabo", "African Union", 54), ("arab-2010", "League of Arab States", 22)],
)
def test_a_convention_made_for_an_organisation(name: str, organisation: str, states: int) -> None:
    found = adopters(name)
    belong = {r["iso3"] for r in rows("memberships") if r["organisation"] == organisation}
    assert set(found.frame["iso3"]) <= belong
    assert len(found.frame) == states
    assert found.population == f"members of the {organisation} in these tables"


def test_an_accession_without_a_signature_counts_as_an_act() -> None:
    found = adopters("untoc")
    assert not found.by_signature
    assert found.verb == "signed or joined"
    assert found.acted == 188 > found.frame["signed"].sum()
    assert adopters("untoc", date(2000, 12, 12)).by_signature


def test_budapest_is_that_of_the_day() -> None:
    assert of(adopters("hanoi"), "JPN", "budapest") == CONSENTED
    assert of(adopters("untoc", date(2005, 1, 1)), "JPN", "budapest") == NO_CONSENT
    assert "budapest" in adopters("hanoi").frame
    assert "budapest" not in adopters("budapest").frame
    assert "budapest" not in adopters("untoc", date(2001, 11, 22)).frame
    assert "budapest" in adopters("untoc", date(2001, 11, 23)).frame


def test_what_a_frame_must_have() -> None:
    frame = adopters("hanoi").frame
    for wrong, says in (
        (frame.drop(columns="status"), "no column 'status'; merge with status.frame"),
        (frame.assign(as_of=pd.date_range("2026-01-01", periods=len(frame))), "one convention on"),
        (
            frame[
                [
                    "iso3",
                    "name",
                    "kind",
                    "status",
                    "grade",
                    "signed",
                    "consented",
                    "convention",
                    "as_of",
                ]
            ],
            "none of the columns tier, overall",
        ),
    ):
        with pytest.raises(AdoptionError, match=says):
            Adopters.of(wrong)


def test_without_a_column_for_it_the_grade_is_the_report() -> None:
    frame = adopters("hanoi").frame.drop(columns=["acted", "by_report"])
    assert Adopters.of(frame).frame["by_report"].sum() == (frame["grade"] == "reported").sum()


def merged(**columns: Any) -> pd.DataFrame:
    """Return the states with the GCI beside their status, and some columns set anew."""
    status = ad.status("hanoi", "2025-10-26").frame
    return status.merge(ad.capacity("GCI"), on="iso3", how="left").assign(**columns)


def test_a_score_is_called_by_its_index_or_by_its_column() -> None:
    status = ad.status("hanoi", "2025-10-26").frame
    egdi = status.merge(ad.capacity("EGDI", "latest"), on="iso3", how="left")
    ten = status.assign(overall=merged()["overall"] / 10)
    gci = merged(tier=None)
    for frame, label in ((gci, "GCI score"), (egdi, "EGDI score"), (ten, "overall")):
        found = ad.association(frame.drop(columns="un_group"))
        assert found.frame.query("variable == 'overall'")["label"].unique().tolist() == [label]
        called, sentence = label.replace("overall", "overall value"), found.sentence
        assert label == "EGDI score" or f" Their {called}s are clearly higher than " in sentence


def test_an_own_column_is_compared_under_its_own_name() -> None:
    own = merged(mine=merged()["overall"] / 10, many=range(197 + 1), Kind="x", here=True)
    found = ad.association(own, by=["mine", "many", "Kind", "here", "tier"])
    counts = found.frame.groupby("variable")["category"].agg(list).to_dict()
    assert counts["mine"] == [HIGHEST, MIDDLE, LOWEST, UNKNOWN]
    assert counts["many"] == [HIGHEST, MIDDLE, LOWEST]
    assert (counts["Kind"], counts["here"]) == (["x"], ["True"])
    assert " Shares differ by mine more than " in ad.association(own, by="mine").sentence
    assert found.frame.groupby("variable")["states"].sum().eq(197).all()
    assert "mine, as merged" in ad.association(own, by="mine").chart().layout.meta["source"]
    with pytest.raises(AdoptionError, match="by: the frame has no column 'yours'"):
        ad.association(own, by=["yours"])


def test_who_acted_is_read_from_the_flags_alone() -> None:
    # 72 had signed, the European Union among them.
    assert ad.association(merged()).acted == 71
    none = ad.association(merged(signed=pd.NA))
    assert (none.acted, none.sentence[:4]) == (0, "None")
    frame = merged()
    frame.loc[frame["iso3"] == "QAT", "signed"] = pd.NA
    assert ad.association(frame).acted == 70
    frame.loc[frame["iso3"] == "QAT", "consented"] = True
    assert ad.association(frame).verb == "signed or joined"


# What is more than chance


def test_small_categories_do_not_set_the_noise_of_all() -> None:
    """By another program, with p-values compared: tier and pillars, and nothing else."""
    found = adopters("hanoi")
    tests = found.tests.set_index("variable")
    clear = tests.index[tests["adjusted"] < 0.05]
    assert {"tier", "capacity_development", "technical"} <= set(clear) <= {"tier", *PILLARS}
    assert tests["adjusted"].min() == tests["adjusted"]["capacity_development"] < 0.005
    assert tests.loc[["vote", "regime", "income_group", "un_group"], "adjusted"].min() > 0.3
    assert (tests["adjusted"] >= tests["p"]).all()
    assert association_answer(found).text.endswith("clearly higher than others'.")


def test_the_ranks_are_those_of_mann_and_whitney() -> None:
    found, frame = adopters("hanoi"), adopters("hanoi").frame.dropna(subset="overall")
    acted, others = (frame.loc[frame["acted"] == did, "overall"] for did in (True, False))
    expected = mannwhitneyu(acted, others)
    assert found.by_index is not None
    assert found.by_index.higher == pytest.approx(expected.statistic / (len(acted) * len(others)))
    assert found.by_index.p == pytest.approx(expected.pvalue, abs=5e-4)
    assert found.by_index.inside is not None
    assert found.by_index.inside < 0.01, "neighbours are not all of it"
    for signed in (True, False):
        assert ad.association(merged(acted=signed)).by_index is None


def test_a_single_gap_has_the_chance_of_a_table() -> None:
    # Ten of ten against none of ten: of all 184,756 tables two are as extreme.
    acted = [True] * 10 + [False] * 10
    frame = merged().head(20).assign(two=["a"] * 10 + ["b"] * 10, acted=acted)
    sure = ad.association(frame, by="two")
    assert sure.tests[["most_share", "least_share"]].to_numpy().tolist() == [[1, 0]]
    assert sure.tests["p"].item() == sure.tests["adjusted"].item() < 0.001
    assert sure.sentence.endswith("Shares differ by two more than by chance.")
    mixed = ad.association(frame.assign(acted=[True, False] * 10), by="two")
    assert mixed.tests["p"].item() == 1
    assert mixed.sentence.endswith("No characteristic sets them apart beyond chance.")
    assert ad.association(frame.assign(two="a"), by="two").tests.empty


def test_of_many_characteristics_without_a_difference_few_are_called_clear() -> None:
    """Of 40 sets of ten random characteristics, two are expected to have one below 0.05."""
    random, frame = np.random.default_rng(1), merged(acted=merged()["iso3"] < "I")
    names = [f"c{number}" for number in range(10)]
    found = 0
    for _ in range(40):
        own = frame.assign(**{name: random.choice(list("abcd"), len(frame)) for name in names})
        tests = widest_by_chance(Adopters.of(own, names), draws=499)
        found += bool((tests["adjusted"] < 0.05).any())
    assert found <= 6


@pytest.mark.parametrize(
    ("by", "values", "title"),
    [
        ("vote", ["yes", "no"], "100% of states voting yes signed {it}, 0% voting no"),
        ("tier", ["T1", "T5"], "100% of first-tier states signed {it}, 0% of fifth-tier"),
        (
            "income_group",
            ["Upper middle income", "Low income"],
            "100% of upper-middle-income states signed {it}, 0% of low-income",
        ),
        (
            "regime",
            ["Closed autocracy", "Liberal democracy"],
            "100% of closed autocracies signed {it}, 0% of liberal democracies",
        ),
        ("region", ["Asia", "Africa"], "100% of states with region Asia signed {it}, 0% with"),
        ("mine", [9.5, 1.5], "100% of the highest mine third signed {it}, lowest: 0%"),
        ("budapest", [CONSENTED, NO_CONSENT], "100% of states joining Budapest signed {it}, 0%"),
    ],
)
def test_the_title_of_a_chart_is_a_sentence_on_states(
    by: str, values: list[Any], title: str
) -> None:
    acted = [True] * 20 + [False] * 20
    frame = merged().head(40).assign(acted=acted, signed=acted, consented=False)
    frame[by] = [values[0]] * 20 + [values[1]] * 20
    found = ad.association(frame, by=by)
    chart = found.chart("context" if by in CONTEXT_COLUMNS else "capacity")
    assert chart.layout.meta["title"].startswith(title.format(it=HANOI))
    assert "reports included" not in chart.layout.meta["subtitle"], "none is in the count"
    labels = [*map(str, chart.layout.yaxis.ticktext)]
    assert any(label.startswith("T1, highest") for label in labels) == (by == "tier")


# The logit, in sight in notebook 05


def test_whom_the_logit_is_of_and_what_is_clear() -> None:
    """Its ratios are counted again by tests/referee.py."""
    scope = run_cells("05_capacity_and_adoption", "clear", as_of="2026-11-24")
    numbers, odds = scope["numbers"], scope["odds"]
    assert (len(numbers), numbers["acted"].sum(), scope["rarer"]) == (191, 71, 71)
    assert set(scope["merged"]["name"]) - set(scope["cases"]["name"]) == {
        "Democratic People's Republic of Korea",
        "Palau",
    }
    assert (numbers["budapest"].sum(), numbers["eu"].sum(), numbers["yes"].sum()) == (76, 27, 78)
    assert odds.loc["no"].round(2).tolist()[0] == 0.15
    assert list(scope["clear"].index) == ["gci", "no"]
    assert scope["title"] == f"GCI 94 against 39: 4.3 times the odds of signing {HANOI}"


def test_the_ratio_of_the_vote_says_what_carries_it() -> None:
    scope = run_cells("05_capacity_and_adoption", "text", as_of="2026-11-24")
    assert scope.shown["05-votes"].frame.query("Vote == 'no'")["States"].tolist() == [27, 33]
    assert "13 of 27 EU members and 5 of 33 other states are known or reported" in scope["text"]
    assert "0.83 with the votes alone, 0.40 with the GCI too, 0.15 with all" in scope["text"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"convention": "budapest"}, "one answer of “EU member” goes with one outcome alone"),
        ({"convention": "untoc"}, "5 of the rarer outcome are too few for 6 terms"),
        ({"convention": "malabo", "as_of": "2014-06-27"}, "0 of the rarer outcome are too few"),
    ],
)
def test_where_there_can_be_no_logit(given: dict[str, Any], why: str) -> None:
    scope = run_cells("05_capacity_and_adoption", **{"as_of": "2026-11-24", **given})
    assert why in scope["why"]
    assert scope.shown["05-22"] == scope["why"]
    assert scope.shown["05-chart"] is None
    assert scope.shown["05-auc"] is None
