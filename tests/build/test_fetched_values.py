"""Fetched values through the whole build of the real data: guards that speak, and that do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pytest

from adoption.countries.indices import PARTS
from adoption.data import run
from adoption.data.fetched_values import FetchedValues, put_over, value_violations
from adoption.data.snapshots import SnapshotStore
from tests.build import fetched
from tests.conftest import DataTree
from tests.sources import figures

GCI, EGDI, BANK, VOTES = "data360-gci", "egovkb-2024", "worldbank-indicators", "undl-votes"
LETTERS = {"yes": "Y", "no": "N", "abstain": "A", "absent": "X"}
SYMBOL = "A/RES/74/247"


def texts(column: pd.Series[str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in column.items()}


@dataclass(frozen=True)
class Played:
    """The publishers, who give what the tables of the real data have.

    Attributes
    ----------
    built : dict of str to DataFrame
        The tables.
    """

    built: dict[str, pd.DataFrame]

    def states(self) -> pd.DataFrame:
        return self.built["states"].set_index("iso3")

    def wide(self, index: str, edition: int) -> pd.DataFrame:
        frame = self.built["capacity"]
        own = frame[(frame["index"] == index) & (frame["edition"] == edition)]
        return own.pivot_table(index="iso3", columns="component", values="value")

    def gci(self, later: float | None = None) -> dict[str, bytes]:
        """Return the six files with the edition of 2024 and, moved by points, one of 2028."""
        order = ["overall", *PARTS["GCI"]]
        wide = self.wide("GCI", 2024)[order]
        rows = [(iso3, 2024, list(row)) for iso3, *row in wide.itertuples()]
        if later is not None:
            parts = (wide[list(PARTS["GCI"])] + later).clip(0, 20).round(3)
            new = parts.assign(overall=parts.sum(axis=1))[order]
            rows += [(iso3, 2028, list(row)) for iso3, *row in new.itertuples()]
        return fetched.gci_files(rows)

    def egdi(self, swap: bool = False) -> dict[str, bytes]:
        """Return the survey of 2024, with two columns in each other's place if wanted."""
        parts = ["online_services", "human_capital", "telecommunication"]
        if swap:
            parts[:2] = parts[1::-1]
        wide = self.wide("EGDI", 2024)[["overall", *parts]]
        names = self.states()["name"]
        rows = [(str(names[iso3]), *row) for iso3, *row in wide.itertuples()]
        return {"EGOV_DATA_2024.csv": figures.egov(2024, rows)}

    def bank(self, swap: bool = False, later: float | None = None) -> dict[str, bytes]:
        """Return the World Bank's five files; the two kinds of GDP swapped if wanted."""
        states = self.states().drop(index=["EUE", "VAT", "COK", "NIU"])
        pairs = [
            ("population", "population_year"),
            ("gdp_per_capita", "gdp_year"),
            ("gdp_per_capita_ppp", "gdp_ppp_year"),
            ("internet_users_pct", "internet_year"),
        ]
        if swap:
            pairs[1:3] = pairs[2:0:-1]
        values = {
            indicator: [
                (str(iso3), int(year), float(value))
                for iso3, year, value in states[[year_of, column]].dropna().itertuples()
            ]
            for indicator, (column, year_of) in zip(fetched.INDICATORS, pairs, strict=True)
        }
        if later is not None:
            for rows in values.values():
                rows += [(iso3, year + 1, min(value * later, 1e11)) for iso3, year, value in rows]
            values["IT.NET.USER.ZS"] = [(c, y, min(v, 100)) for c, y, v in values["IT.NET.USER.ZS"]]
        groups = texts(states["income_group"].fillna("Not classified"))
        names = texts(states["name"]) | {"HKG": "Hong Kong SAR, China", "ABW": "Aruba"}
        areas = groups | {"HKG": "High income", "ABW": "High income"}
        return fetched.indicator_files(values, areas, names)

    def votes(self, **other: str) -> dict[str, bytes]:
        """Return the roll call on one resolution, Serbia under its old code."""
        table = self.built["votes"]
        cast = texts(table[table["resolution"] == SYMBOL].set_index("iso3")["vote"]) | other
        names = texts(self.states()["name"].str.upper())
        rows = [
            ("YUG" if iso3 == "SRB" else iso3, names[iso3], LETTERS[vote])
            for iso3, vote in cast.items()
        ]
        totals = {
            "total_yes": "79.0",
            "total_no": "60.0",
            "total_abstentions": "33.0",
            "total_non_voting": "21.0",
        }
        return {"votes.csv": figures.votes(SYMBOL, "2019-12-27", rows, **totals)}


@pytest.fixture(scope="module")
def played(built: dict[str, pd.DataFrame]) -> Played:
    return Played(built)


def put(tree: DataTree, source: str, *snapshots: dict[str, bytes]) -> None:
    for stamp, files in zip((fetched.FIRST, fetched.SECOND), snapshots, strict=False):
        fetched.put_snapshot(tree.raw, source, stamp, files)


def test_what_publishers_confirm_changes_sources_only(
    tree: DataTree, played: Played, built: dict[str, pd.DataFrame]
) -> None:
    for source, files in (
        (GCI, played.gci()), (EGDI, played.egdi()), (BANK, played.bank()), (VOTES, played.votes())
    ):  # fmt: skip
        put(tree, source, files)
    made = run.build_tables(tree.raw, tree.reference)
    mostly = {
        "capacity": ["source"],
        "votes": ["source"],
        "states": ["source", "gdp_per_capita_basis", "income_group"],
    }
    for name, columns in mostly.items():
        pd.testing.assert_frame_equal(
            made[name].drop(columns=columns), built[name].drop(columns=columns)
        )
    used = made["sources"].set_index("source")["rows"]
    assert used[[GCI, EGDI, BANK, VOTES]].to_dict() == {
        GCI: 6 * 194, EGDI: 4 * 193, BANK: 194, VOTES: 193,
    }  # fmt: skip
    qatar = made["states"].set_index("iso3").loc["QAT"]
    assert qatar["source"].endswith(";internacia;worldbank-indicators")
    assert qatar["gdp_per_capita_basis"] == "published: WDI NY.GDP.PCAP.CD"
    groups = [frame["income_group"].dropna() for frame in (built["states"], made["states"])]
    assert groups[1].equals(groups[0][groups[0] != "Not classified"])


def test_thousands_of_new_values_are_silent(tree: DataTree, played: Played) -> None:
    put(tree, GCI, played.gci(), played.gci(later=1.5))
    put(tree, BANK, played.bank(), played.bank(later=1.1))
    made = run.build_tables(tree.raw, tree.reference)
    capacity = made["capacity"]
    new = capacity[(capacity["index"] == "GCI") & (capacity["edition"] == 2028)]
    assert len(new) == 6 * 194
    assert set(new["grade"]) == {"high"}
    assert set(new.loc[new["component"] == "overall", "tier"]) == {"T1", "T2", "T3", "T4", "T5"}
    assert made["states"].set_index("iso3").at["QAT", "population_year"] == 2025


@pytest.mark.parametrize(
    ("source", "give", "line"),
    [
        (EGDI, lambda p: [p.egdi(swap=True)], "value-differs: EGDI human_capital 2024 AFG: "),
        (BANK, lambda p: [p.bank(swap=True)], "value-"),
        (BANK, lambda p: [p.bank(), p.bank(later=1e-3)], "year-leapt: gdp_per_capita "),
        (VOTES, lambda p: [p.votes(QAT="no")], f"vote-differs: {SYMBOL} QAT: "),
        (GCI, lambda p: [p.gci(later=0), p.gci()], "value-vanished: GCI capacity_development 2028"),
    ],
)
def test_a_swapped_column_or_a_lost_value_stops_the_build(
    tree: DataTree,
    played: Played,
    source: str,
    give: Callable[[Played], list[dict[str, bytes]]],
    line: str,
) -> None:
    snapshots = give(played)
    put(tree, source, *snapshots)
    message = tree.refusal()
    place, _, told = message.partition(": ")
    stamp = (fetched.FIRST, fetched.SECOND)[len(snapshots) - 1]
    assert place.startswith(f"data/raw/{source}/{stamp}")
    assert told.startswith(line), message


def test_what_a_person_lists_is_let_through(tree: DataTree, played: Played) -> None:
    put(tree, VOTES, played.votes(QAT="no"))
    _, found = run.make_tables(tree.raw, tree.reference)
    ours = [v for v in found if v.rule.startswith("vote-")]
    assert [v.rule for v in ours] == ["vote-differs", "vote-total-differs", "vote-total-differs"]
    for violation in ours:
        tree.append(
            "reference/exceptions.csv",
            f'{violation.rule},{violation.subject},"{violation.found}",why',
        )
    votes = run.build_tables(tree.raw, tree.reference)["votes"]
    own = votes[(votes["resolution"] == SYMBOL) & (votes["iso3"] == "QAT")]
    assert own[["vote", "grade", "source"]].to_numpy().tolist() == [["no", "confirmed", VOTES]]


def test_an_edited_snapshot_stops_the_build(tree: DataTree, played: Played) -> None:
    put(tree, VOTES, played.votes())
    path = tree.raw / VOTES / fetched.FIRST / "votes.csv"
    path.write_bytes(path.read_bytes().replace(b",Y,", b",N,", 1))
    name = SnapshotStore(tree.raw).name(path)
    assert tree.refusal().startswith(f"{name}: rows 2 to 1, any column: wrong checksum")


def test_nothing_fetched_changes_nothing(built: dict[str, pd.DataFrame]) -> None:
    nothing = FetchedValues([], [], [])
    made = put_over(built, nothing)
    assert made.keys() == {"capacity", "states", "votes"}
    assert all(made[name] is built[name] for name in made)
    assert value_violations(built, built, nothing) == []
