"""National cyber-capacity: indices and their parts, values by state, and one beside another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.core.text import fixed
from adoption.tables import built_additions
from adoption.tables.choices import check_choice

PILLARS = {
    "legal": "Legal",
    "technical": "Technical",
    "organizational": "Organizational",
    "capacity_development": "Capacity development",
    "cooperation": "Cooperation",
}
FULL_NAMES = {"GCI": "Global Cybersecurity Index", "EGDI": "E-Government Development Index"}
PILLAR_MAXIMUM = 20
OVERALL = "overall"
PARTS: Mapping[str, Mapping[str, str]] = {
    "GCI": PILLARS,
    "EGDI": {
        "online_services": "Online services",
        "telecommunication": "Telecommunication",
        "human_capital": "Human capital",
    },
}


def added_index(index: str) -> dict[str, Any]:
    """Return the rules of an index that `adoption add` has put beside these; none of these."""
    return built_additions("index").get(index, {})


def parts_of_index(index: str) -> Mapping[str, str]:
    """Return the parts of an index: the name of each by its id, in the publisher's order.

    Examples
    --------
    >>> list(parts_of_index("EGDI"))
    ['online_services', 'telecommunication', 'human_capital']
    """
    return PARTS[index] if index in PARTS else added_index(index)["parts"]


def indices() -> list[str]:
    """Return the ids of the indices, those that were added at the end.

    Examples
    --------
    >>> indices()[:2]
    ['GCI', 'EGDI']
    """
    return [*PARTS, *built_additions("index")]


def find_index(text: str, parameter: str = "index") -> str:
    """Return the id of an index, whatever the letter case.

    Examples
    --------
    >>> find_index("gci")
    'GCI'
    """
    by_folded_name = {index.casefold(): index for index in indices()}
    return check_choice(parameter, by_folded_name.get(str(text).casefold(), text), indices())


@remembered
def load_wide(index: str, *editions: int) -> pd.DataFrame:
    """Return one row a state and edition of an index, and one column a part; see `api.capacity`."""
    rows = tables.of_index(tables.read("capacity"), index)
    rows = rows[rows["edition"].isin(editions)]
    row = ["iso3", "edition"]
    wide = rows.pivot(index=row, columns="component", values="value")  # noqa: PD010  no means
    overall = rows[rows["component"] == OVERALL].set_index(row)
    frame = wide[[OVERALL, *parts_of_index(index)]].join(overall["tier"])
    frame["capacity_grade"], frame["capacity_source"] = overall["grade"], overall["source"]
    frame = frame.rename_axis(columns=None).reset_index()
    edition_of = frame.pop("edition").astype("int64")
    return frame.assign(capacity_edition=edition_of, capacity_index=index)


@dataclass(frozen=True)
class Indicator:
    """A component of an index in an edition.

    Attributes
    ----------
    index : str
        GCI, EGDI or one that was added.
    edition : int
        Year of the edition.
    component : str
        `overall` or one of the index's `PARTS`.
    """

    index: str
    edition: int
    component: str = OVERALL

    @property
    def name(self) -> str:
        """The index and edition, and the part where it is one: GCI 2024 legal pillar."""
        return f"{self.index} {self.edition} {self.part}".strip()

    @property
    def full_name(self) -> str:
        """The same without an abbreviation: Global Cybersecurity Index 2024 legal pillar."""
        return self.name.replace(self.index, FULL_NAMES.get(self.index, self.index), 1)

    @property
    def part(self) -> str:
        """The part in a sentence, no text for the whole: legal pillar, human capital part."""
        if self.component == OVERALL:
            return ""
        return f"{parts_of_index(self.index)[self.component].lower()} {self.kind_of_part}"

    @property
    def kind_of_part(self) -> str:
        """What the index calls its parts."""
        return "pillar" if self.index == "GCI" else "part"

    @property
    def value(self) -> str:
        """What a state has: overall value, value of the legal pillar."""
        return f"value of the {self.part}" if self.part else "overall value"

    @property
    def maximum(self) -> float:
        """The highest value that the scale allows."""
        if added := added_index(self.index):
            of_parts = added["part_scale"] or added["scale"]
            _, most = added["scale"] if self.component == OVERALL else of_parts
            return int(most) if most == int(most) else float(most)
        if self.index == "EGDI":
            return 1
        return 100 if self.component == OVERALL else PILLAR_MAXIMUM

    def rows(self, capacity: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the table `capacity`, one a state."""
        return tables.of_index(capacity, self.index, self.edition, self.component)

    @property
    def decimals(self) -> int:
        """How many decimals of a value are shown: those that the publisher prints."""
        return int(added_index(self.index).get("decimals", 4 if self.index == "EGDI" else 2))

    @property
    def lower_is_better(self) -> bool:
        """Whether a low value is a good one."""
        return added_index(self.index).get("direction") == "lower is better"

    def rounded(self, value: float) -> str:
        """Return a value for a sentence, with one decimal less.

        Examples
        --------
        >>> Indicator("GCI", 2024).rounded(70.25), Indicator("EGDI", 2022).rounded(0.5)
        ('70.3', '0.500')
        """
        return fixed(value, self.decimals - 1)


@remembered
def components_of(index: str) -> tuple[str, ...]:
    """Return the components of an index in alphabetical order, `overall` among them.

    Examples
    --------
    >>> components_of("EGDI")
    ('human_capital', 'online_services', 'overall', 'telecommunication')
    """
    rows = tables.of_index(tables.read("capacity"), index)
    return tuple(sorted(set(rows["component"]) - {"rank"}))


@remembered
def editions_of(index: str) -> tuple[int, ...]:
    """Return the editions of an index that have its parts, the oldest first.

    Examples
    --------
    >>> editions_of("GCI")
    (2020, 2024)
    """
    part = next(iter(parts_of_index(index)), OVERALL)  # any of them: an edition has all or none
    rows = tables.of_index(tables.read("capacity"), index, component=part)
    return tuple(sorted(int(edition) for edition in rows["edition"].unique()))


def find_edition(index: str, edition: object, further: Sequence[str] = ()) -> int:
    """Return an edition of an index by its year, also as text, or the latest.

    A line about another names what else a caller allows.

    Examples
    --------
    >>> find_edition("GCI", "2020"), find_edition("GCI", "latest")
    (2020, 2024)
    """
    by_text = {str(year): year for year in editions_of(index)}
    years = by_text | {"latest": max(by_text.values())}
    if str(edition) not in years:
        allowed = ", ".join([*years, *further])
        raise AdoptionError(f"edition: {edition!r} is not one of the {index}; there are {allowed}")
    return years[str(edition)]


# Where ITU's tiers of the GCI 2024 begin, as the notes of its rows give them.
TIERS = {"T1": 95.0, "T2": 85.0, "T3": 55.0, "T4": 20.0, "T5": 0.0}
NUMBER_OF_CLASSES = 5


@dataclass(frozen=True)
class Class:
    """A class of a scale: its name, and the values from `low` to below `high`."""

    name: str
    low: float
    high: float


def values_by_state(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator
) -> pd.DataFrame:
    """Return the value of every state; where none is known it is missing, never zero.

    Parameters
    ----------
    capacity, states : DataFrame
        The tables of those names; an organization has no row.
    indicator : Indicator
        What is asked.

    Returns
    -------
    DataFrame
        One row a state, best value first, equal ones by name, those without at the end:
        iso3, name, article, kind, region (str), value (float), tier, grade, source and note
        (str, missing where there are none).
    """
    rows = indicator.rows(capacity)
    people = tables.only_states(states)[["iso3", "name", "article", "kind", "region"]]
    columns = ["iso3", "value", "tier", "grade", "source", "note"]
    frame = people.merge(rows[columns], on="iso3", how="left")
    order = [indicator.lower_is_better, True]
    return frame.sort_values(["value", "name"], ascending=order, ignore_index=True)


def classes(indicator: Indicator, values: pd.DataFrame) -> list[Class]:
    """Return the classes of a scale, the highest first.

    An indicator whose rows name a tier has the publisher's tiers; any other has five classes
    of equal width. A value on a border belongs to the class above it.

    Parameters
    ----------
    indicator : Indicator
        What is shown.
    values : DataFrame
        From `values_by_state`.

    Examples
    --------
    >>> untiered = pd.DataFrame({"tier": [None]})
    >>> [c.name for c in classes(Indicator("EGDI", 2024), untiered)][:2]
    ['0.8 to 1', '0.6 to under 0.8']
    """
    top = indicator.maximum
    if values["tier"].notna().any():
        floors = TIERS
    else:
        # top * k / 5, not k * (top / 5): 0.6 is then the very number that the data have.
        floors = {str(k): top * k / NUMBER_OF_CLASSES for k in range(NUMBER_OF_CLASSES - 1, -1, -1)}
    scale: list[Class] = []
    high = float("inf")
    for tier, low in floors.items():
        end = f"under {high:g}" if scale else f"{top:g}"
        bounds = f"{low:g} to {end}"
        name = f"{tier}: {bounds}" if floors is TIERS else bounds
        scale.append(Class(name, low, high))
        high = low
    return scale


def class_names(values: Sequence[float], scale: Sequence[Class]) -> list[str | None]:
    """Return the name of each value's class; None for a missing value.

    Examples
    --------
    >>> class_names([4.0, 3.99, float("nan")], [Class("high", 4, 9), Class("low", 0, 4)])
    ['high', 'low', None]
    """

    def name_of(value: float) -> str | None:
        return next((c.name for c in scale if c.low <= value < c.high), None)

    return [name_of(value) for value in values]


def values_by_region(values: pd.DataFrame) -> pd.DataFrame:
    """Summarise the values of each M49 region.

    Returns
    -------
    DataFrame
        One row a region, highest median first, one without a value at the end: region,
        states, known (states with a value), lowest, median and highest.
    """
    grouped = values.groupby("region")["value"]
    frame = grouped.agg(
        states="size", known="count", lowest="min", median="median", highest="max"
    ).reset_index()
    frame["median"] = frame["median"].round(9)  # equal ones stay equal
    return frame.sort_values(["median", "region"], ascending=[False, True], ignore_index=True)


MIN_STATES = 3  # with fewer, an order says nothing


@dataclass(frozen=True)
class Pair:
    """Two indicators of the same states.

    Attributes
    ----------
    indicator, beside : Indicator
        The one asked about, and the one it is set beside.
    frame : DataFrame
        One row a state with both: iso3, name, article, region (str), value, beside (float)
        and difference (value minus beside, to the decimals that are shown), in the order of
        `adoption.countries.capacity.values_by_state`.
    """

    indicator: Indicator
    beside: Indicator
    frame: pd.DataFrame


def pair(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator, other: Indicator
) -> Pair:
    """Compare an indicator with another, state by state."""
    frame = values_by_state(capacity, states, indicator)
    frame = frame[["iso3", "name", "article", "region", "value"]]
    values_beside = values_by_state(capacity, states, other).set_index("iso3")["value"]
    frame = frame.assign(beside=frame["iso3"].map(values_beside))
    frame["difference"] = (frame["value"] - frame["beside"]).round(indicator.decimals)
    with_both = frame.dropna(subset=["value", "beside"]).reset_index(drop=True)
    return Pair(indicator, other, with_both)


def earlier_edition(capacity: pd.DataFrame, indicator: Indicator) -> Indicator | None:
    """Return the same component in the edition before; None if the data have no such one.

    An edition of which the data have the overall value only is none for a part.
    """
    rows = tables.of_index(capacity, indicator.index, component=indicator.component)
    earlier = rows.loc[rows["edition"] < indicator.edition, "edition"]
    if earlier.empty:
        return None
    return Indicator(indicator.index, int(earlier.max()), indicator.component)


def since_earlier(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator
) -> Pair | None:
    """Compare an indicator with its `earlier_edition`; None if there is none."""
    earlier = earlier_edition(capacity, indicator)
    return pair(capacity, states, indicator, earlier) if earlier else None


def other_index(capacity: pd.DataFrame, indicator: Indicator) -> Indicator:
    """Return the other index's overall value in its nearest edition.

    If two are equally near, take the earlier, whose values were known by then.
    """
    other = "EGDI" if indicator.index == "GCI" else "GCI"
    editions = [int(year) for year in tables.of_index(capacity, other)["edition"].unique()]
    nearest = min(editions, key=lambda year: (abs(year - indicator.edition), year))
    return Indicator(other, nearest)


def beside_other(capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator) -> Pair:
    """Compare an indicator with `other_index`."""
    return pair(capacity, states, indicator, other_index(capacity, indicator))


def capacity_sources(
    capacity: pd.DataFrame, indicator: Indicator, moves: Pair | None, other: Pair
) -> list[str]:
    """Return the keys of the sources of an edition, of the one before and of the other index."""
    used = [indicator, other.beside, *([moves.beside] if moves else [])]
    rows = [tables.of_index(capacity, i.index, i.edition) for i in used]
    return sorted({str(key) for frame in rows for key in frame["source"]})


def rank_correlation(frame: pd.DataFrame) -> float:
    """Return Spearman's rank correlation of the columns value and beside.

    It is Pearson's correlation of the ranks, equal values sharing their mean rank (Spearman
    1904).

    Examples
    --------
    >>> frame = pd.DataFrame({"value": [1.0, 2.0, 3.0], "beside": [0.1, 0.9, 0.2]})
    >>> round(rank_correlation(frame), 6)
    0.5
    """
    if len(frame) < MIN_STATES:
        return float("nan")
    return float(frame["value"].corr(frame["beside"], method="spearman"))


def rank_gaps(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the states whose places in the two orders lie furthest apart."""
    gap = frame["value"].rank(pct=True) - frame["beside"].rank(pct=True)
    return _ends(frame.assign(gap=gap.round(9)), "gap", count)  # equal gaps stay equal


def largest_moves(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the largest rises and the largest falls, at most `count` of each."""
    return _ends(frame, "difference", count)


def _ends(frame: pd.DataFrame, column: str, count: int) -> pd.DataFrame:
    ordered = frame.sort_values([column, "name"], ascending=[False, True], ignore_index=True)
    rises = ordered[ordered[column] > 0].head(count)
    falls = ordered.sort_values([column, "name"])
    falls = falls[falls[column] < 0].head(count)
    return pd.concat([rises, falls.iloc[::-1]], ignore_index=True)
