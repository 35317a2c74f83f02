"""The public functions, which `import adoption as ad` gives: each analysis with what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from adoption import tables
from adoption.choices import LATEST, one_of, to_day
from adoption.countries.groups import Group, load_groups
from adoption.countries.names import find_country
from adoption.errors import AdoptionError
from adoption.law.conventions import Convention, find_convention, load_conventions
from adoption.results import Result, Sources

Day = date | str
Names = str | Sequence[str]
Measure = Literal["signatories", "parties"]


def conventions() -> pd.DataFrame:
    """Return the registry: one row a convention, with its rules and how far its list reaches.

    Returns
    -------
    DataFrame
        The table `conventions`: convention (id), title, opens, closes, threshold, complete_to
        and others, as docs/data.md describes them.

    Examples
    --------
    >>> conventions().set_index("convention").at["hanoi", "threshold"]
    np.int64(40)
    """
    return tables.read("conventions")


def convention(name: str) -> Convention:
    """Return one convention with its rules.

    Parameters
    ----------
    name : str
        Its id, reference, title, short title or label, in any case.

    Raises
    ------
    AdoptionError
        If there is none; the line names the nearest.

    Examples
    --------
    >>> convention("UNTC XVIII-16").threshold, convention("Budapest Convention").convention
    (40, 'budapest')
    """
    return find_convention(name)


def table(name: str) -> pd.DataFrame:
    """Return a processed table with its dtypes.

    Parameters
    ----------
    name : str
        Such as acts, states, capacity, memberships, totals or sources.

    Examples
    --------
    >>> table("memberships")["organisation"].nunique() > 5
    True
    """
    return tables.read(name)


def acts(convention: Names | None = None, as_of: Day = LATEST) -> pd.DataFrame:
    """Return the acts on one or several conventions that can have happened by a day.

    Parameters
    ----------
    convention : str or sequence of str, optional
        Which; all by default.
    as_of : date or str
        The day.

    Returns
    -------
    DataFrame
        The table `acts` (convention, iso3, participant, act, date, earliest, latest, open_ended,
        grade, source, note), with certain (bool): whether it certainly happened by the day.

    Examples
    --------
    >>> acts("hanoi", "2025-10-26").query("certain and act == 'signature'")["iso3"].nunique()
    72
    """
    day, rows = pd.Timestamp(to_day(as_of)), tables.read("acts")
    if convention is not None:
        rows = rows[rows["convention"].isin([one.convention for one in _several(convention)])]
    rows = rows[rows["earliest"] <= day]
    return rows.assign(certain=rows["latest"] <= day).reset_index(drop=True)


def states() -> pd.DataFrame:
    """Return states, observers and the European Union, with codes, groups and covariates.

    Returns
    -------
    DataFrame
        The table `states`: iso3, name (official), kind, region, un_group, income_group,
        gdp_per_capita (US dollars) and others.

    Examples
    --------
    >>> states()["un_member"].sum()
    np.int64(193)
    """
    return tables.read("states")


def world(
    convention: str | None = None,
    as_of: Day = LATEST,
    layer: Literal["states", "other land", "disputed borders"] = "states",
) -> Any:
    """Return the states as a GeoDataFrame, with the status of a convention joined.

    Parameters
    ----------
    convention : str, optional
        Whose status on `as_of` is joined.
    as_of : date or str
        The day.
    layer : str
        Land without a status of its own, and disputed borders, are layers of their own.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, valid polygons cut at the antimeridian; one row a state, with the table
        `states`, label points, the overall GCI of its newest edition (gci, 0 to 100), and
        status, act, grade and days of the convention.

    Examples
    --------
    >>> shown = world("hanoi", "2025-10-26")
    >>> int((shown["status"] == "signed").sum())
    71
    """
    from adoption.geography import world as drawn  # geopandas takes a second to import
    from adoption.law.status import load_status

    found = drawn(None if convention is None else load_status(convention, to_day(as_of)), layer)
    if layer == "states":
        newest = capacity().set_index("iso3")["overall"]
        found.insert(len(found.columns) - 1, "gci", found["iso3"].map(newest))
    return found


def groups() -> pd.DataFrame:
    """Return all groups of states.

    Returns
    -------
    DataFrame
        group (id), name, kind (M49 region, M49 sub-region, UN regional group, organisation),
        members (int).

    Examples
    --------
    >>> groups().set_index("group").at["league-of-arab-states", "members"]
    np.int64(22)
    """
    found = load_groups().values()
    rows = [(g.group, g.name, g.kind, len(g.members)) for g in found]
    return pd.DataFrame(rows, columns=["group", "name", "kind", "members"])


def group(name: str | Sequence[str]) -> Group:
    """Return one group.

    Parameters
    ----------
    name : str or sequence of str
        Its id, name or alias, in any case; or the states of an ad hoc group.

    Examples
    --------
    >>> group("Arab League").name, sorted(group(["fji", "Samoa"]).members)
    ('League of Arab States', ['FJI', 'WSM'])
    """
    if isinstance(name, str):
        return load_groups()[name]
    members = frozenset(find_country(each, "group") for each in name)
    if not members:
        raise AdoptionError("group: no state is named")
    names = tables.read("states").set_index("iso3")["name"]
    return Group("own", ", ".join(sorted(names[list(members)])), "list of states", members)


def status(convention: str, as_of: Day = LATEST) -> Result:
    """Return who has signed and who is bound on a day, and entry into force.

    Parameters
    ----------
    convention : str
        Which convention.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `signatories`, `parties`, `counted` (each with lower, upper, by_grade and `rows()`),
        `remaining`, `nth_instrument`, `entry_into_force`; `frame` has one row a state or
        organisation, those without a known act included. Charts: map, curve. The rule on
        counting is article 65 of the Convention, and that of each other in the registry.

    Examples
    --------
    >>> found = status("hanoi", "2025-10-25")
    >>> found.signatories.lower, found.remaining, len(found.signatories.rows().query("certain"))
    (69, 40, 69)
    """
    from adoption.figures.maps import status_map
    from adoption.figures.timelines import adoption_curve
    from adoption.law.status import load_status
    from adoption.sentences.status import curve_title, status_answer, status_sentence, status_title

    found = load_status(convention, to_day(as_of))
    table = tables.read("acts")
    return Result(
        found,
        found.participants.copy(),
        status_sentence(found),
        status_answer(found),
        Sources.of(found.participants["source"]),
        {
            "map": lambda: status_map(found, tables.read("states"), status_title(found)),
            "curve": lambda: adoption_curve(
                found.convention, table, found.as_of, curve_title(found)
            ),
        },
    )


def curve(
    convention: str,
    of: Measure = "parties",
    by: Literal["day", "age"] = "day",
    as_of: Day = LATEST,
) -> pd.DataFrame:
    """Return cumulative counts with bounds.

    Parameters
    ----------
    convention : str
        Which convention.
    of : {"signatories", "parties"}
        What is counted.
    by : {"day", "age"}
        Whether the first column is `day` or `age`, in days since opening for signature.
    as_of : date or str
        The last day.

    Returns
    -------
    DataFrame
        day (datetime64) or age (int), lower, upper (Int64), complete (bool). After the last day
        for which the list is complete, complete is False, upper is missing, and lower is what
        is known: at least so many.

    Examples
    --------
    >>> found = curve("uncac")
    >>> bool(found["complete"].iloc[-1]), found["upper"].isna().iloc[-1]
    (False, np.True_)
    """
    from adoption.law.curves import cumulative, events

    subject, day = find_convention(convention), to_day(as_of)
    one_of("of", of, ("signatories", "parties"))
    one_of("by", by, ("day", "age"))
    rows = events(subject, tables.read("acts"), of)
    found = cumulative(rows, subject.opens, max(day, subject.opens))
    found = found.astype({"lower": "Int64", "upper": "Int64"})
    reach = pd.Timestamp(subject.complete_to) if subject.complete_to else pd.NaT
    found["complete"] = found["day"] <= reach
    found.loc[~found["complete"], "upper"] = pd.NA
    if of == "signatories" and not subject.signatories_listed:
        found[["lower", "upper"]], found["complete"] = pd.NA, False
    if by == "age":
        ages = (found.pop("day") - pd.Timestamp(subject.opens)).dt.days
        found.insert(0, "age", ages)
    return found


def compare(conventions: Sequence[str], age: int | None = None, as_of: Day = LATEST) -> Result:
    """Compare conventions at the same age.

    Parameters
    ----------
    conventions : sequence of str
        Which, the subject first.
    age : int, optional
        Days since opening for signature; by default the subject's on the day.
    as_of : date or str
        The day: a convention that was younger then has no counts.

    Returns
    -------
    Result
        `frame`: one row a convention, with lower and upper counts of signatories and parties
        (Int64), complete (bool) and days_to_force (Int64). Charts: signatories, parties.

    Examples
    --------
    >>> found = compare(["hanoi", "uncac"], age=365, as_of="2026-11-24").frame
    >>> found["signatories_lower"].tolist()
    [75, 114]
    """
    from adoption.figures.ages import curves_by_age
    from adoption.law.curves import compare_at_age
    from adoption.law.status import load_status
    from adoption.sentences.pace import pace_answer, pace_sentence, pace_title

    subject, *others = chosen = _several(conventions)
    day, table = to_day(as_of), tables.read("acts")
    days = (day - subject.opens).days if age is None else age
    found = compare_at_age(chosen, table, days, day)
    shown = table[table["convention"].isin([c.convention for c in chosen])]

    def chart(measure: Measure) -> Any:
        title = pace_title(found, days, measure)
        return curves_by_age(subject, others, table, day, measure, title)

    return Result(
        found,
        found.copy(),
        pace_sentence(found, days),
        pace_answer(load_status(subject.convention, day), found, days),
        Sources.of(shown["source"]),
        {"signatories": lambda: chart("signatories"), "parties": lambda: chart("parties")},
    )


def capacity(index: str = "GCI", edition: int = 2024) -> pd.DataFrame:
    """Return an index of national cyber-capacity, one row a state and one column a part.

    Parameters
    ----------
    index : {"GCI", "EGDI"}
        ITU Global Cybersecurity Index (pillars 0 to 20) or UN E-Government Development Index
        (0 to 1).
    edition : int
        The year of an edition with its parts.

    Returns
    -------
    DataFrame
        iso3, overall, the parts (float), tier (str, GCI from 2024), capacity_grade and
        capacity_source. A state without a value has no row; a missing part is missing, not 0.

    Examples
    --------
    >>> capacity("GCI", 2024).set_index("iso3").at["QAT", "overall"]
    np.float64(100.0)
    """
    from adoption.countries.indices import PARTS, editions_of

    one_of("index", index, PARTS)
    if edition not in editions_of(index):
        known = ", ".join(map(str, editions_of(index)))
        raise AdoptionError(f"edition: {edition!r} is not one of the {index}; there are {known}")
    rows = tables.read("capacity")
    rows = rows[(rows["index"] == index) & (rows["edition"] == edition)]
    wide = rows.pivot(index="iso3", columns="component", values="value")  # noqa: PD010  no means
    whole = rows[rows["component"] == "overall"].set_index("iso3")
    found = wide[["overall", *PARTS[index]]].join(whole["tier"])
    found["capacity_grade"], found["capacity_source"] = whole["grade"], whole["source"]
    return found.rename_axis(columns=None).reset_index()


def profile(country: str, convention: str = "hanoi", as_of: Day = LATEST) -> Result:
    """Return what is known of one state.

    Parameters
    ----------
    country : str
        ISO3 code or a name of the state, in any case.
    convention : str
        The convention that the sentence is about.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `frame`: one row an act on a convention that is open to the state; `pillars`: the GCI
        beside region and world. Charts: acts, pillars.

    Examples
    --------
    >>> profile("qatar").frame.query("convention == 'hanoi'")["act"].tolist()
    ['signature', 'ratification']
    """
    from adoption.countries.profiles import acts_of, open_to, pillar_profile
    from adoption.figures.profiles import acts_chart, pillar_chart
    from adoption.law.status import load_status
    from adoption.sentences.state import acts_title, brief_answer, pillar_title

    code, day = find_country(country), to_day(as_of)
    subject = find_convention(convention)
    state: Any = tables.read("states").set_index("iso3").loc[code]
    registry = sorted(load_conventions().values(), key=lambda c: c is not subject)
    all_acts, members = tables.read("acts"), tables.read("memberships")
    is_state = state["kind"] != "organization"
    joinable = open_to(code, registry, members, all_acts, is_state=bool(is_state))
    first, *others = [load_status(c.convention, day) for c in joinable]
    own = acts_of(code, joinable, all_acts, day)
    pillars = pillar_profile(code, tables.read("capacity"), tables.read("states"), 2024)
    answer = brief_answer(code, first, others)
    region, name = state["region"], state["name"]
    return Result(
        {"acts": own, "pillars": pillars, "state": state},
        own.copy(),
        answer.text,
        answer,
        Sources.of([*own["source"], state["source"]]),
        {
            "acts": lambda: acts_chart(own, day, acts_title(own, state, day)),
            "pillars": lambda: pillar_chart(
                pillars, name, region, 2024, pillar_title(pillars, state)
            ),
        },
    )


def association(frame: pd.DataFrame) -> Result:
    """Compare the share of states that have acted by capacity and covariates.

    It is computed from the frame alone: change the frame, and the answer changes.

    Parameters
    ----------
    frame : DataFrame
        One row a state, such as `status.frame.merge(capacity, on="iso3")`: iso3, and signed or
        acted (bool); any of tier, overall, the pillars of the GCI (float), income_group,
        un_group, budapest, vote, regime (str).

    Returns
    -------
    Result
        `frame`: variable, category, states, acted (int), share, low, high (0 to 1; Wilson's
        95 % interval, Wilson 1927).

    Examples
    --------
    >>> merged = status("hanoi", "2025-10-26").frame.merge(capacity("GCI", 2024), on="iso3")
    >>> found = association(merged).frame.query("variable == 'tier'")
    >>> found["acted"].sum() == merged["signed"].sum()
    np.True_
    """
    from adoption.countries.association import CAPACITY, CONTEXT, shares_by
    from adoption.sentences.association import gap_sentence

    for column in ("iso3",):
        if column not in frame:
            raise AdoptionError(f"frame: there is no column {column!r}")
    if frame["iso3"].duplicated().any():
        twice = frame.loc[frame["iso3"].duplicated(), "iso3"].iloc[0]
        raise AdoptionError(f"frame: {twice} has two rows; one row a state is allowed")
    did = "acted" if "acted" in frame else "signed"
    if did not in frame:
        raise AdoptionError("frame: there is no column 'signed' or 'acted'")
    by = {name: label for name, label in {**CAPACITY, **CONTEXT}.items() if name in frame}
    if not by:
        raise AdoptionError(f"frame: none of the columns {', '.join({**CAPACITY, **CONTEXT})}")
    reported = frame["grade"].eq("reported") if "grade" in frame else False
    asked = frame.assign(acted=frame[did].astype(bool))
    asked["by_report"] = asked["acted"] & reported
    found = shares_by(asked, by)
    done = int(asked["acted"].sum())
    sentence = f"{done} of {len(asked)} states have {did}. {gap_sentence(found)}"
    keys = [c for c in ("source", "capacity_source") if c in frame]
    sources = Sources.of(pd.concat([frame[c] for c in keys]) if keys else [])
    return Result(found, found.copy(), sentence, sentence, sources)


def inequality(group: str | Sequence[str] | Group, edition: int = 2024) -> Result:
    """Measure how unequal cyber-capacity is inside a group, pillar by pillar of the GCI.

    Parameters
    ----------
    group : str, Group or sequence of str
        A group, or the states of an ad hoc one.
    edition : int
        Of the GCI.

    Returns
    -------
    Result
        `frame`: one row a pillar: component, states, lowest, median, highest, iqr (points of
        20), gini, theil (Theil's T), the same for the other states, and theil_between.
        Chart: strip.

    Examples
    --------
    >>> inequality("gcc").frame.set_index("component").at["legal", "states"]
    np.int64(6)
    """
    from adoption.countries.dispersion import dispersion, pillar_values
    from adoption.figures.dispersion import strip_chart
    from adoption.sentences.inequality import dispersion_sentence, dispersion_title

    members = group if isinstance(group, Group) else _group(group)
    rows, named = tables.read("capacity"), tables.read("states").set_index("iso3")["name"]
    own = rows[(rows["index"] == "GCI") & (rows["edition"] == edition)]
    values = pillar_values(rows, edition)
    found = dispersion(values, members.members)
    said = dispersion_sentence(found, members)
    title = dispersion_title(found, members)

    def strip() -> Any:
        return strip_chart(values, dict(named), members, None, edition, title)

    return Result(found, found.copy(), said, said, Sources.of(own["source"]), {"strip": strip})


def network(conventions: Sequence[str], as_of: Day = LATEST) -> Result:
    """Return which pairs of states share a convention in force between them.

    Parameters
    ----------
    conventions : sequence of str
        Which.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `frame`: one row a pair: iso3, partner, certain (bool: without reports and undated
        acts), instruments (labels; of a pair that is not certain, of those that may be);
        `least`, `most`, `of` (numbers of pairs), `within(members)`; `to_networkx()`.

    Examples
    --------
    >>> joined = network(["budapest", "malabo"], "2024-10-09")
    >>> joined.to_networkx().edges["FRA", "JPN"]["instruments"]
    ['Budapest']
    """
    from adoption.law.network import Linked
    from adoption.law.webs import load_webs
    from adoption.sentences.cooperation import network_sentence
    from adoption.words import long_day

    day, chosen = to_day(as_of), _several(conventions)
    nodes = tables.read("states").query("kind != 'organization'")["iso3"].tolist()
    found = Linked.of(load_webs(chosen, day), nodes)
    table = tables.read("acts")
    own = table[table["convention"].isin([c.convention for c in chosen])]
    said = network_sentence(found.network, found.webs, long_day(day))
    return Result(found, found.pairs(), said, said, Sources.of(own["source"]))


def survival(
    convention: str,
    of: Literal["signature", "consent"] = "consent",
    by: Literal["un_group"] | None = None,
    as_of: Day = LATEST,
) -> Result:
    """Estimate how long states took: from opening to signature, or from signature to consent.

    Parameters
    ----------
    convention : str
        Which convention.
    of : {"signature", "consent"}
        The step.
    by : {"un_group"}, optional
        One curve a United Nations regional group.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `frame`: group (where asked for), day, at_risk, acted (int), share, low, high (0 to 1):
        Kaplan and Meier 1958, with Greenwood's bands on the log-log scale; states without a
        known act are followed to the last day of a complete list. Charts: waiting, groups.

    Examples
    --------
    >>> survival("uncac", of="consent", by="un_group").frame["group"].nunique()
    5
    """
    from adoption.figures.survival import waiting_chart
    from adoption.figures.survival_groups import group_chart
    from adoption.forecasting.survival.groups import waiting
    from adoption.forecasting.survival.risk_sets import read_tables
    from adoption.sentences import survival as say

    one_of("of", of, ("signature", "consent"))
    subject, day, data = find_convention(convention), to_day(as_of), read_tables()
    if day < subject.opens:
        raise AdoptionError(f"as_of: {day} is before the opening on {subject.opens}")
    found = waiting(subject, data, day, of)
    if by is None:
        frame = found.main.curve.copy()
    else:
        one_of("by", by, ("un_group",))
        parts = {name: one.main.curve for name, one in found.groups().items()}
        frame = pd.concat(parts, names=["group", None]).reset_index(0).reset_index(drop=True)
    said = (say.signing_sentence if of == "signature" else say.consent_sentence)(found)
    title = say.signing_title(found) if of == "signature" else say.consent_title([found])
    own = data["acts"][data["acts"]["convention"] == subject.convention]
    charts = {
        "waiting": lambda: waiting_chart([found], title),
        "groups": lambda: group_chart(found, say.group_title(found)),
    }
    return Result(found, frame, said, said, Sources.of(own["source"]), charts)


def forecast(convention: str, as_of: Day = LATEST, seed: int = 0) -> Result:
    """Forecast when the instrument that brings a convention into force is deposited.

    Parameters
    ----------
    convention : str
        Which convention.
    as_of : date or str
        The day asked about; the forecast starts where the list is last nearly complete.
    seed : int
        The same seed gives the same forecast.

    Returns
    -------
    Result
        `quantile(q)` (date or None), `cdf(day)` (0 to 1), `summary()` (plain values), without
        reported acts; `frame`: one row a reading (not counted, counted) and probability.
        Entry into force follows from the deposit: `in_force(day)`. Chart: fan.

    Raises
    ------
    AdoptionError
        If it had not opened by the day, or the day is after that of the data.

    Examples
    --------
    >>> found = forecast("hanoi", "2026-11-24")
    >>> found.made_on, found.quantile(0.1) < found.quantile(0.5) < found.quantile(0.9)
    (datetime.date(2026, 2, 10), True)
    """
    from adoption.figures.fan import fan_chart
    from adoption.forecasting.convention import forecast_convention
    from adoption.forecasting.fan import fans
    from adoption.law.status import load_status
    from adoption.sentences import entry_into_force as say

    subject, day = find_convention(convention), to_day(as_of)
    found = forecast_convention(subject, day, seed=seed)
    now = load_status(subject.convention, day)
    shares = np.arange(5, 100, 5) / 100
    frame = pd.DataFrame(
        [
            (reading, q, found.forecasts[reading].quantile(q))
            for reading in found.readings
            for q in shares
        ],
        columns=["reported_acts", "probability", "deposit"],
    ).astype({"deposit": "datetime64[us]"})
    said = say.forecast_sentence(found, now)
    table = tables.read("acts")
    keys = [*table.loc[table["convention"] == subject.convention, "source"].unique()]
    keys += tables.read("base_treaties")["source"].unique().tolist()

    def fan() -> Any:
        condition = say.condition(found, now)
        return fan_chart(found, found, fans(found), condition, say.fan_title(found, now))

    return Result(found, frame, said, said, Sources.of(keys), {"fan": fan})


def forecast_threshold(
    acts: pd.DataFrame,
    *,
    opened: Day,
    threshold: int,
    as_of: Day,
    base_acts: pd.DataFrame | None = None,
    seed: int = 0,
) -> Any:
    """Forecast when any treaty has a number of parties, from a list of acts.

    Parameters
    ----------
    acts : DataFrame
        iso3 (codes of the table `states`), act, date (datetime64); earliest and latest if a day
        is not known.
    opened, as_of : date or str
        First day for signature, and the day of the forecast.
    threshold : int
        Number of parties.
    base_acts : DataFrame, optional
        The acts to learn from; by default the base set.
    seed : int
        The same seed gives the same forecast.

    Returns
    -------
    Forecast
        `.quantile(q)`, `.cdf(day)`, `.summary()`.

    Raises
    ------
    AdoptionError
        For unknown acts, codes or days, all named in one line.

    Examples
    --------
    >>> own = table("base_acts").query("treaty == 'XVIII-12'")
    >>> forecast_threshold(own, opened="2000-12-12", threshold=40, as_of="2004-01-01").quantile(0.5)
    datetime.date(2003, 7, 1)
    """
    from adoption.forecasting.threshold import forecast_threshold as forecasting

    return forecasting(
        acts,
        opened=to_day(opened, "opened"),
        threshold=threshold,
        as_of=to_day(as_of),
        base_acts=base_acts,
        seed=seed,
    )


def next_movers(
    convention: str, group: str | Sequence[str] | None = None, as_of: Day = LATEST
) -> Result:
    """Return the chances that each state consents within a year, or signs before the close.

    Parameters
    ----------
    convention : str
        Which convention.
    group : str or sequence of str, optional
        Only these states.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `frame`: one row a state: iso3, name, status, consent, consent_if_reports, sign (chances
        0 to 1; missing where not asked), the reasons, highest chance first.
        Chart: calibration.

    Examples
    --------
    >>> set(next_movers("hanoi", "gcc").frame["iso3"]) <= set(load_groups()["gcc"].members)
    True
    """
    from adoption.figures.movers import calibration_figure
    from adoption.forecasting.propensity.chances import load_next_movers
    from adoption.law.status import load_status
    from adoption.sentences.movers import movers_answer
    from adoption.sentences.movers_scores import calibration_title

    found = load_next_movers(load_status(convention, to_day(as_of)))
    frame = found.frame.sort_values(["consent", "iso3"], ascending=[False, True])
    if group is not None:
        frame = frame[frame["iso3"].isin(_group(group).members)]
    answer = movers_answer(found)
    keys = tables.read("base_treaties")["source"].unique()
    charts = {"calibration": lambda: calibration_figure(found, calibration_title(found))}
    frame = frame.reset_index(drop=True)
    return Result(found, frame, answer.text, answer, Sources.of(keys), charts)


def check_claims(path: str | Path = "claims.toml", as_of: Day = LATEST) -> Result:
    """Hold statements against the data.

    Parameters
    ----------
    path : str or Path
        A TOML file of statements; `claims.toml` is the project's own.
    as_of : date or str
        The day of the data.

    Returns
    -------
    Result
        `frame`: id, statement, verdict (supported, contradicted, outdated, too early, not
        measurable), why; `verdicts`, each with the rows that decide it.

    Examples
    --------
    >>> check_claims().frame["verdict"].iloc[0]
    'contradicted'
    """
    from adoption.claims.check import check_claims as check
    from adoption.claims.check import read_claims
    from adoption.claims.data import load_claim_data
    from adoption.notebook_parameters import check_parameters
    from adoption.sentences.claims import claims_answer, verdicts_sentence

    day = to_day(as_of)
    claims = read_claims(check_parameters(claims=str(path)).claims)
    found = check(claims, load_claim_data(day))
    frame = pd.DataFrame(
        {
            "id": [claim.id for claim in claims],
            "statement": [claim.statement for claim in claims],
            "verdict": [verdict.verdict for verdict in found],
            "why": [verdict.why for verdict in found],
        }
    )
    answer = claims_answer(claims, found, day)
    keys = [key for verdict in found for key in verdict.sources]
    return Result(found, frame, verdicts_sentence(found), answer, Sources.of(keys))


def evidence(convention: str, as_of: Day = LATEST) -> Result:
    """Return how well a convention's acts are supported, and where sources disagree.

    Parameters
    ----------
    convention : str
        Which convention.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `frame`: one row an act (kind "act": iso3, about, grade, source, note) or disagreement
        (kind "total", "entry into force" or "conflict": about, found, source).

    Examples
    --------
    >>> sorted(evidence("hanoi").frame.query("kind == 'total'")["found"].unique())
    ['agrees', 'differs', 'the source gives no day']
    """
    from adoption.law.conflicts import entries_compared, load_oddities, totals_compared
    from adoption.law.evidence import known_acts, tally
    from adoption.sentences.evidence import evidence_answer

    subject, day = find_convention(convention), to_day(as_of)
    names = ("acts", "states", "memberships", "totals", "entries_into_force")
    data = {name: tables.read(name) for name in names}
    known = known_acts(subject, data["acts"], data["states"], day)
    totals = totals_compared(subject, data, day)
    entries = entries_compared(subject, data, day)
    odd = load_oddities(subject)
    of_acts = known[["iso3", "grade", "certain", "source", "note"]]
    parts = [
        of_acts.assign(kind="act", about=known["act"]),
        pd.DataFrame(
            {"kind": "total", "about": totals["measure"], "found": totals["result"],
             "note": totals["wording"], "source": totals["source"]}
        ),
        pd.DataFrame(
            {"kind": "entry into force", "iso3": entries["iso3"], "about": entries["published"]
             .dt.strftime("%Y-%m-%d"), "found": entries["result"], "source": entries["source"]}
        ),
        pd.DataFrame(
            {"kind": "conflict", "about": odd["subject"], "found": odd["found"],
             "note": odd["why"]}
        ),
    ]  # fmt: skip
    columns = ["kind", "iso3", "about", "certain", "grade", "found", "source", "note"]
    frame = pd.concat(parts, ignore_index=True).reindex(columns=columns)
    answer = evidence_answer(subject, tally(known), day)
    return Result(known, frame, answer.text, answer, Sources.of(frame["source"]))


def sources(frame: pd.DataFrame) -> Sources:
    """Return the sources of the rows of a frame.

    Parameters
    ----------
    frame : DataFrame
        With a column source: keys with `;` between several.

    Returns
    -------
    Sources
        `.frame` (source, title, publisher, url, licence, accessed) and `.to_bibtex()`.

    Examples
    --------
    >>> sources(acts("malabo")).frame["source"].is_unique
    True
    """
    columns = [name for name in frame if str(name).endswith("source") or "source_of" in str(name)]
    if not columns:
        raise AdoptionError("frame: there is no column 'source'")
    return Sources.of(pd.concat([frame[name] for name in columns]))


def parameters(**given: Any) -> Any:
    """Return a notebook's parameters, validated; figures then need no network.

    Parameters
    ----------
    **given
        The values of the notebook's parameters cell by name: convention, as_of, country,
        compare, conventions, horizon, index, component, edition, group, inner, claims, before.

    Returns
    -------
    adoption.notebook_parameters.Parameters
        With the convention, day, group and others in place of their names.

    Raises
    ------
    AdoptionError
        For a value that is not allowed, or a name that papermill set and the notebook lacks.

    Examples
    --------
    >>> parameters(convention="hanoi", as_of="2025-10-25").as_of
    datetime.date(2025, 10, 25)
    """
    from adoption.notebook import start

    return start(**given)


def build() -> int:
    """Build data/processed from data/raw and data/reference.

    Returns
    -------
    int
        How many tables were written.

    Raises
    ------
    AdoptionError
        For the first fault of the data, in one line; then nothing was written.
    """
    from adoption.data import run
    from adoption.paths import processed_folder, project_root, raw_folder, reference_folder
    from adoption.refresh.place import Place, nobody_else

    with nobody_else(Place(project_root()), print):
        return run.build(raw_folder(), reference_folder(), processed_folder())


def report(output: str | Path | None = None) -> int:
    """Make the pages of the plan that are due, and publish them.

    Parameters
    ----------
    output : str or Path, optional
        Where; by default `reports` in the project.

    Returns
    -------
    int
        0 if every page was made.
    """
    from adoption.report_options import whole_report
    from adoption.reports.run import run_report

    return run_report(whole_report(None if output is None else str(output)))


def _several(names: Names) -> list[Convention]:
    given = [names] if isinstance(names, str) else list(names)
    if not given:
        raise AdoptionError("convention: none is named")
    return [find_convention(name) for name in given]


def _group(name: str | Sequence[str]) -> Group:
    return group(name)
