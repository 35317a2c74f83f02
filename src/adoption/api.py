"""The public functions, which `import adoption as ad` gives: each analysis with what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from adoption import tables
from adoption.core.days import on_or_before
from adoption.core.errors import AdoptionError, names_extra
from adoption.core.reading import remembered
from adoption.core.vocabulary import CODE_SYSTEMS
from adoption.countries.groups import Group, ad_hoc_group, find_country, find_group, load_groups
from adoption.law.conventions import base_treaty, day_of, load_conventions
from adoption.law.held import HeldTreaty, find_registered, find_treaty, held_acts
from adoption.law.rules import ENDS, End
from adoption.law.treaties import Treaty
from adoption.show.answers import Answer
from adoption.show.results import (
    AssociationResult,
    ForecastResult,
    FrameResult,
    NetworkResult,
    NextStatesResult,
    ProfileResult,
    Result,
    Sources,
    StatusResult,
    SurvivalResult,
    attach_metadata,
)
from adoption.show.results import cite as cite
from adoption.tables.choices import (
    LATEST,
    Day,
    check_choice,
    flag,
    missing_columns,
    names_of,
    parse_days,
    to_day,
    unknown_values,
    whole_number,
    years_of,
)
from adoption.tables.dictionary import FRAMES, describe_columns

if TYPE_CHECKING:
    import geopandas as gpd

    from adoption.explore.page import Explore
    from adoption.forecasting.forecast import Forecast
    from adoption.law.spells import History
    from adoption.show.parameters import Parameters

Names = str | Treaty | Iterable[str | Treaty]
Measure = Literal["signatories", "parties"]
MAX_CLASSES = 30  # of states, each with a curve
# Columns of `status.frame` that a brief speaks of, beside those of every analysis.
BRIEF = (
    "article",
    "region",
    "act",
    "earliest",
    "latest",
    "open_ended",
    "possible",
    "signed_on",
    "consented_on",
    "in_force_on",
    "in_force_why",
)
EVIDENCE = (
    "kind",
    "iso3",
    "about",
    "certain",
    "grade",
    "found",
    "published",
    "computed",
    "source",
    "note",
)


def conventions(held: bool = False) -> pd.DataFrame:
    """Return the registry: one row a convention, with its rules and how far its list reaches.

    Parameters
    ----------
    held : bool
        Whether to return every treaty: those of the registry, then the held ones, of which there
        is one list each of the depositary's.

    Returns
    -------
    DataFrame
        The table `conventions`: convention (id), title, opens, closes, threshold, complete_to
        and others, as data/processed/datapackage.json describes them. Of every treaty:
        convention (id or number), title, label (a short name), kind (registry, amendment,
        constitution, regional or other treaty), subject (chapter of the depositary's list),
        opened_by, entered_into_force and complete_to (days), threshold, signed and bound (Int64:
        how many states and organisations had by complete_to; of a registered one by the day of
        the data, at least, without reports), withdrawals_known and learnt_from (bool),
        coverage (why a list is partial), source.

    Examples
    --------
    >>> conventions().set_index("convention").at["hanoi", "threshold"]
    np.int64(40)
    >>> every = conventions(held=True).set_index("convention")
    >>> every.loc["IV-9", ["label", "kind"]].tolist(), every.at["IV-9", "bound"]
    (['CAT', 'other treaty'], np.int64(157))
    """
    return _every_treaty() if flag("held", held) else _registry()


@attach_metadata("conventions")
def _registry() -> pd.DataFrame:
    return tables.read("conventions")


@attach_metadata("treaties")
def _every_treaty() -> pd.DataFrame:
    from adoption.law.catalogue import every_treaty

    return every_treaty()


def convention(name: str) -> Treaty:
    """Return one treaty with its rules.

    Parameters
    ----------
    name : str
        Its id, reference, title, short title or label, in any case; of a held treaty its number
        ("IV-9"), title or usual short name ("CAT").

    Returns
    -------
    Treaty
        With opens, closes, threshold, the delay to entry into force and how far its list reaches.
        Of a held one what its list and its text do not say is None; `opening` is a window.

    Raises
    ------
    AdoptionError
        If there is none; the line names the nearest, three at most.

    Examples
    --------
    >>> convention("UNTC XVIII-16").threshold, convention("Budapest Convention").convention
    (40, 'budapest')
    >>> convention("CRC").convention, convention("Landmines").entered_into_force.isoformat()
    ('IV-11', '1999-03-01')
    """
    return find_treaty(name)


def table(name: str) -> pd.DataFrame:
    """Return a processed table with its dtypes.

    Parameters
    ----------
    name : str
        Such as acts, states, capacity, memberships, votes, regimes, totals or sources; the line
        about a name that is none has them all.

    Returns
    -------
    DataFrame
        A copy; data/processed/datapackage.json describes its columns with their units (which no
        `attrs` carry: a merge would lose them).

    Examples
    --------
    >>> table("memberships")["organisation"].nunique() > 5
    True
    """
    return attach_metadata(name)(tables.read)(name)


@attach_metadata("acts")
def acts(convention: Names | None = None, as_of: Day = LATEST) -> pd.DataFrame:
    """Return the acts on one or several conventions that can have happened by a day.

    Parameters
    ----------
    convention : str, Treaty or sequence of either, optional
        Which; all of the registry by default.
    as_of : date or str
        The day.

    Returns
    -------
    DataFrame
        The table `acts` (convention, iso3, participant, act, date, earliest, latest, open_ended,
        grade, source, note), with certain (bool): whether it happened by the day if its source
        is right. An act that is only reported can be certain in that sense; its grade says so.

    Examples
    --------
    >>> acts("hanoi", "2025-10-26").query("certain and act == 'signature'")["iso3"].nunique()
    72
    """
    treaties = [] if convention is None else _several(convention)
    day = day_of(as_of, min(treaties, key=lambda c: c.opening.earliest, default=None))
    rows = tables.known_by(_acts_of(*treaties) if treaties else tables.read("acts"), day)
    return rows.assign(certain=on_or_before(rows["latest"], day)).reset_index(drop=True)


@attach_metadata("states")
def states(codes: bool = False) -> pd.DataFrame:
    """Return states, observers and the European Union, with codes, groups and covariates.

    Parameters
    ----------
    codes : bool
        Whether to add the codes of other lists on the day of the data: iso2, cow, gw, vdem,
        un_m49 (str, with their zeros; missing where a list has none). `table("codes")` has
        each with its days; `panel` those of its own days.

    Returns
    -------
    DataFrame
        The table `states`: iso3, name (official), kind, region, un_group, income_group,
        gdp_per_capita (US dollars) and others.

    Examples
    --------
    >>> states()["un_member"].sum()
    np.int64(193)
    >>> states(codes=True).set_index("iso3").loc["SRB", ["iso2", "cow", "gw", "vdem"]].tolist()
    ['RS', '345', '340', '198']
    """
    frame = tables.read("states")
    if flag("codes", codes):
        from adoption.countries.codes import codes_on

        today = frame.assign(day=pd.Timestamp(tables.data_day()))
        frame = frame.join(codes_on(today, CODE_SYSTEMS))
    return frame


@attach_metadata("world")
def world(
    convention: str | None = None,
    as_of: Day = LATEST,
    layer: Literal["states", "land borders", "other land", "disputed borders"] = "states",
) -> gpd.GeoDataFrame:
    """Return the states as a GeoDataFrame, with the status of a convention joined.

    `plot()` draws it without a network. `explore()` makes a page whose script a browser loads from
    the network. Both need the extra `geo`.

    Parameters
    ----------
    convention : str, optional
        Whose status on `as_of` is joined.
    as_of : date or str
        The day.
    layer : str
        The land borders, land without a status of its own, and disputed borders are layers of
        their own. "land borders" has the pairs of states (left, right) whose areas on the map meet
        along a line, and that line. It is what the map of Natural Earth shows at 1:50 million, and
        no list of borders by law: an area far away counts with its state (France borders on
        Brazil), what is too small is not drawn (the Holy See, Ceuta), and land without a status of
        its own is in no pair (Western Sahara, Kosovo). docs/research/map.md has more.

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
    >>> borders = world(layer="land borders")
    >>> len(borders), sources(borders).frame["source"].tolist()
    (310, ['natural-earth-50m'])
    """
    from adoption.law.status import load_status
    from adoption.show.geodata import world as drawn  # geopandas takes a second to import

    subject = None if convention is None else find_treaty(convention)
    day = day_of(as_of, subject)
    frame = drawn(None if subject is None else load_status(subject, day), layer)
    if layer == "states":
        newest = capacity("GCI", LATEST).set_index("iso3")["overall"]
        frame.insert(len(frame.columns) - 1, "gci", frame["iso3"].map(newest))
    else:
        frame.attrs["sources"] = "natural-earth-50m"
    return frame


@attach_metadata("groups")
def groups() -> pd.DataFrame:
    """Return all groups of states; `sources` takes the frame.

    Returns
    -------
    DataFrame
        group (id), name, kind (M49 region, M49 sub-region, UN regional group, list of the United
        Nations, organisation, other region), members (int: those of the table of states, whose
        codes `group` has).

    Examples
    --------
    >>> groups().set_index("group").at["league-of-arab-states", "members"]
    np.int64(22)
    """
    return _every_group().copy()


@remembered
def _every_group() -> pd.DataFrame:
    registered = load_groups().values()
    rows = [(g.group, g.name, g.kind, len(g.members)) for g in registered]
    frame = pd.DataFrame(rows, columns=["group", "name", "kind", "members"])
    keys = [tables.read(name)["source"] for name in ("memberships", "states")]
    frame.attrs["sources"] = ";".join(pd.concat(keys).unique())
    return frame


def group(name: str | Iterable[str]) -> Group:
    """Return one group.

    Parameters
    ----------
    name : str or iterable of str
        Its id, name or alias, in any case; or the states of an ad hoc group.

    Returns
    -------
    Group
        With `name` and `members`, a frozenset of ISO3 codes.

    Examples
    --------
    >>> group("Arab League").name, sorted(group(["fji", "Samoa"]).members)
    ('League of Arab States', ['FJI', 'WSM'])
    """
    return _group(name)


def iso3(
    names: Iterable[Any],
    on: Day | pd.Series[Any] | None = None,
    system: Literal["iso2", "cow", "gw", "vdem", "un_m49"] | None = None,
    unmatched: Literal["error", "missing"] = "error",
) -> pd.Series[str]:
    """Return the ISO3 code of each name or code of a column, with what did not match.

    Parameters
    ----------
    names : Series or other iterable
        Names of states in any language that the package knows, or codes; of a `system` also
        numbers. A missing one stays missing. A name of two states ("Korea") does not match;
        "Congo", the United Nations' name of one, does where the other is in the column too.
    on : date, str or Series of datetime64, optional
        The day, or the day of each row with the same index: a code stands for the state that
        has it then, and one that was not yet a state does not match. By default any day.
    system : {"iso2", "cow", "gw", "vdem", "un_m49"}, optional
        The list that all of them are codes of. Without it a code that means different states in
        different lists does not match.
    unmatched : {"error", "missing"}
        Whether what does not match is an error, or missing.

    Returns
    -------
    Series of str
        ISO3 codes, with the index of the names. Its `attrs` have `unmatched`: a list of the names
        that match no state, in their order.

    Raises
    ------
    AdoptionError
        If a name matches no state: how many, the first three, and the nearest to each.

    Examples
    --------
    >>> iso3(["Viet Nam", "Cote d'Ivoire", "QAT"]).tolist()
    ['VNM', 'CIV', 'QAT']
    >>> iso3(pd.Series([2, 255, 260]), system="cow", on="2020-12-31", unmatched="missing").tolist()
    ['USA', 'DEU', nan]
    >>> iso3(["Kenya", "Atlantis"], unmatched="missing").attrs["unmatched"]
    ['Atlantis']
    """
    from adoption.countries.iso3 import iso3_of, unmatched_line

    check_choice("unmatched", unmatched, ("error", "missing"))
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise AdoptionError(f"names: {names!r} is not a column of names; one is `ad.group([name])`")
    values = names if isinstance(names, pd.Series) else pd.Series([*names], dtype="object")
    if isinstance(on, pd.Series):
        if not on.index.equals(values.index) or not is_datetime64_any_dtype(on):
            raise AdoptionError("on: the Series has not the index of the names, or holds no days")
        days = on
    else:
        day = pd.NaT if on is None else pd.Timestamp(to_day(on, "on"))
        days = pd.Series(day, values.index, dtype="datetime64[us]")
    codes = iso3_of(values, days, system)
    if unmatched == "error" and (line := unmatched_line(values, codes, system)):
        raise AdoptionError(line)
    lacking = values[codes.isna() & values.notna()]
    codes.attrs = {"unmatched": [*lacking.unique()]}
    return codes.rename("iso3")


@attach_metadata("status")
def status(convention: str | Treaty, as_of: Day = LATEST) -> StatusResult:
    """Return who has signed and who has consented to be bound by a day, and entry into force.

    Parameters
    ----------
    convention : str or Treaty
        Which convention or held treaty.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `signatories`, `parties`, `counted` (each with lead, the number to state first; lower,
        without those that are only reported; with_reports, upper, published and remark, by_grade
        and `rows()`), `remaining`, `remaining_with_reports`, `nth_instrument`,
        `entry_into_force`; `frame` has one row a state or
        organisation, those without a known act included, with convention and as_of. After the
        last day of a complete list (`beyond_reach`) an upper count is None: not known, and a flag
        of the frame is True or missing: for rates see `panel`. Of a held treaty what its rules
        would decide is None, `outside` has the acts of organisations and territories, and where
        its withdrawals are not known, `parties` counts those that had consented. Charts:
        map, curve; table: doubtful; note: participants. The rule on counting is article 65 of the
        Convention, and that of each other in the registry.

    Examples
    --------
    >>> found = status("hanoi", "2025-10-25")
    >>> found.signatories.lower, found.signatories.with_reports, found.remaining
    (69, 69, 40)
    """
    from adoption.law.status import load_status
    from adoption.show import status as show
    from adoption.show.curve import adoption_curve, timeline_title
    from adoption.show.maps import status_map
    from adoption.show.world import with_days

    subject = find_treaty(convention)
    now = load_status(subject.convention, day_of(as_of, subject))
    answer = show.load_status_answer(subject.convention, now.as_of)
    day = pd.Timestamp(now.as_of).as_unit("us")
    frame = now.participants.assign(convention=subject.convention, as_of=day)

    def map_of_status() -> Any:
        return with_days(status_map(now, show.status_title(now)), now)

    def curve_of_status() -> Any:
        title, name = timeline_title(now), subject.short_title
        return adoption_curve(now.history, now.as_of, title, about=name)

    charts = {"map": map_of_status, "curve": curve_of_status}
    views = {"doubtful": lambda: show.doubtful_table(now)}
    notes = {"participants": lambda: show.participants_sentence(now)}
    sources = Sources.of(frame["source"].unique())
    return StatusResult(now, frame, answer, sources, charts, views, notes)


@attach_metadata("spells")
def spells(convention: Names | None = None) -> pd.DataFrame:
    """Return the periods for which signatures and consents to be bound stood: event-history data.

    What is known now about a past day is used; what was known on that day is not told.

    Parameters
    ----------
    convention : str, Treaty or sequence of either, optional
        Which; all of the registry by default.

    Returns
    -------
    DataFrame
        The table `spells`, one row a period: convention, iso3, kind (signature or consent), act;
        windows of days begins_earliest, begins_latest, ends_earliest, ends_latest (equal where
        the day is known; the end is missing while the period lasts) and in_force_earliest,
        in_force_latest (missing where in_force_why says why; where it is "general rule", the
        convention's own rule for a later party was not seen; where it is "rule not seen", no
        rule was); counts (bool: whether the
        instrument counts towards entry into force); grade, source and note.

    Examples
    --------
    >>> rows = spells("uncac").query("kind == 'consent' and iso3 == 'ARM'")
    >>> rows[["begins_latest", "in_force_latest"]].iloc[0].dt.date.tolist()
    [datetime.date(2007, 3, 8), datetime.date(2007, 4, 7)]
    """
    rows = tables.read("spells")
    if convention is None:
        return rows
    treaties = _several(convention)
    rows = tables.of_convention(rows, *(c.convention for c in treaties))
    held = [treaty for treaty in treaties if isinstance(treaty, HeldTreaty)]
    parts = [rows, *(history.spells[list(rows)] for history in _histories(held))]
    return pd.concat(parts, ignore_index=True).astype(rows.dtypes)


@attach_metadata("panel")
def panel(
    conventions: Names,
    days: str | Sequence[Day] | pd.DatetimeIndex,
    freq: str = "YE",
    beyond: Literal["missing", "known"] = "missing",
    codes: Sequence[str] = (),
    dtype: Literal["boolean", "float"] = "boolean",
    bounds: End | None = None,
) -> pd.DataFrame:
    """Return the status of each state under each convention on each of some days.

    Parameters
    ----------
    conventions : str, Treaty or sequence of either
        Which, of the registry or held.
    days : str or sequence of days
        A range as "2001/2025" or "2001-06-30/2005-12-31", of which `freq` takes days; or the days
        themselves, each once. None after the day of the data.
    freq : str
        An offset alias of pandas: "YE" (the ends of years), "QE", "MS", "W" and others.
    beyond : {"missing", "known"}
        What the flags are where the list of acts is not complete to the day in their measure:
        all missing, or True where an act is known. With "known" they are never False there
        (unless the state cannot join), so a mean or `dropna()` would choose by the outcome.
    codes : str or sequence of {"iso2", "cow", "gw", "vdem", "un_m49"}
        Codes of other lists to add as columns of text, each as it is valid on the row's day.
    dtype : {"boolean", "float"}
        What the flags are: nullable booleans, or 1.0, 0.0 and NaN, which formulas take.
    bounds : {"earliest", "latest"}, optional
        To see how much depends on windows: every act on the first, or on the last, of the days
        on which it can have been done. A consent of which no withdrawal is known stands then. A
        successor is bound from the succession with "earliest", from its notification with "latest"
        (Vienna Convention on Succession of States in respect of Treaties, arts. 23 and 34).

    Returns
    -------
    DataFrame
        One row a convention, participant and day, in that order, those before the opening
        included: convention, iso3 (category), day (datetime64), year (int), status (category:
        not open, cannot join, not yet a state, not known, no act known, signed, consented, in
        force, possibly withdrawn, withdrawn, had consented), signed, consented, in_force,
        can_join (boolean), grade (category: of the act that decides the status),
        signed_complete, consented_complete and in_force_complete
        (bool: whether the list of acts is complete to the day in that measure, or the convention
        had not opened, or could not be in force yet).

        A flag is True where it certainly holds, if its source is right: a report can be True,
        and its grade says so. It is False where no act that is known can make it true and the
        list is complete to the day in that measure, the convention had not opened, or the state
        cannot join; in_force also where the convention cannot be in force yet. It is missing
        where nobody can know, before the participant was a state (`state_since` of
        `states()`; where no list has that day, before its first act on any treaty, `first_act`:
        its status is then "not known") and, as `beyond` says, of all states where the list does
        not reach the day; so is in_force of a successor that has not notified yet. The status is
        always that of
        the acts that are known: "no act known" does not say that there is none.

        can_join says whether it could join on the day, or had: False before the opening, before
        it was a state, of whoever is no member of the organisation that a convention is for, and
        of whoever was no party to the convention to whose parties alone a protocol is open; where
        it is not known whether it was one, can_join is missing and the status "not known".
        Of a held treaty it is True of who had acted, and else not known: nobody is left out of
        its flags. Where the withdrawals of a held treaty are not known, consented is True on the
        day of the consent and then missing, and the status "had consented".

    Raises
    ------
    AdoptionError
        For an unknown convention; no day, one twice, or one after that of the data.

    Examples
    --------
    >>> rows = panel(["uncac", "budapest"], "2001/2010")
    >>> len(rows) == 2 * 10 * len(states())
    True
    >>> int(rows.query("convention == 'uncac' and iso3 == 'FRA' and in_force")["day"].dt.year.min())
    2005
    >>> now = panel("uncac", "latest")  # its list of consents ends in 2014
    >>> now["consented"].count(), panel("uncac", "latest", beyond="known")["consented"].all()
    (np.int64(0), np.True_)
    >>> coded = panel("uncac", ["2010-12-31"], codes=["cow", "gw"], dtype="float")
    >>> coded.set_index("iso3").loc["DEU", ["cow", "gw"]].tolist(), str(coded["consented"].dtype)
    (['255', '260'], 'float64')
    """
    from adoption.countries.codes import codes_on
    from adoption.law.panel import FLAGS, NO_ACT
    from adoption.law.panel import panel as spells_on_days

    check_choice("beyond", beyond, ("missing", "known"))
    histories = _histories(_several(conventions), bounds)
    participants, memberships = states().set_index("iso3"), tables.read("memberships")
    frame = spells_on_days(histories, participants, parse_days(days, freq), memberships, beyond)
    organizations = participants.index[participants["kind"] == "organization"]
    # Whether a convention is open to an organisation that has not acted is not recorded.
    unclear = frame["iso3"].isin(organizations) & (frame["status"] == NO_ACT)
    frame["can_join"] = frame["can_join"].mask(unclear)
    if check_choice("dtype", dtype, ("boolean", "float")) == "float":
        frame = frame.astype(dict.fromkeys(FLAGS, "float64"))
    frame = frame.join(codes_on(frame, codes)) if codes else frame
    frame.attrs["sources"] = _keys_of_acts(*(history.convention for history in histories))
    return frame


@attach_metadata("episodes")
def episodes(
    convention: str | Treaty,
    of: Literal["signature", "consent"] = "consent",
    split: str | None = "YE",
    covariates: pd.DataFrame | Sequence[str] | None = None,
    bounds: bool | End = True,
    as_of: Day = LATEST,
) -> pd.DataFrame:
    """Return for how long each state could have acted and had not: start, stop and event.

    A state is at risk from the opening for signature, or from its first day as a state where that
    is later; until its first act, the end of the list of acts, the day asked about or, for a
    signature, the closing. One that has acted does not come back, also where it withdrew later.

    Parameters
    ----------
    convention : str or Treaty
        Which, of the registry or held; one made for an organisation is for its members of today
        alone, and a protocol open to the parties of another convention for these, each from the
        day on which that binds it. Of a held treaty the clock starts by its first act: it was open
        by then.
    of : {"signature", "consent"}
        The act; a definitive signature is both.
    split : str or None
        An offset alias of pandas: an episode ends at each of its days, and the next one begins.
        "YE" gives one row a state and year, None one row a state.
    covariates : DataFrame or sequence of str, optional
        Rows with iso3 and year, as `adoption.covariates` gives, or its names; or with iso3 and
        day, one a year, as a panel has. A row has the values of the year before its own, so
        never one from after its first day.
    bounds : bool or {"earliest", "latest"}
        Whether to add left and right, for estimators that know intervals; or every act on the
        first, or on the last, of the days on which it can have been done, without them.
    as_of : date or str
        The last day. Nothing after it is used, but for what is known now of the days before it.

    Returns
    -------
    DataFrame
        One row an episode, by iso3 and start: convention, iso3; start, stop (int: days, the day
        of the opening is 1; the row is about the days after start up to stop); event (int: 1 if
        the act was done on the last of them); left, right (int, float: the first and the last
        day, so counted, on which the state can have acted; of one that is not known to have, the
        last stop, and missing; the same in all rows of a state); year (of the first day), begins,
        ends (the first and the last day, datetime64); can_join (boolean: whether it could join,
        or did; of a held treaty True of who did, and else not known); act, grade and source (of
        an event).

        An act without a day counts on the last on which it can have been done. Where that is
        after the end, the state is followed until it may have acted. Some events are no decision
        of their day, such as a succession: `act` says so.

    Raises
    ------
    AdoptionError
        For a convention of which no list is complete on any day; a frequency that is none; other
        covariates than these.

    Examples
    --------
    >>> rows = episodes("uncac", as_of="2010-12-31")
    >>> rows.query("iso3 == 'MNE'")[["start", "stop", "event"]].to_numpy().tolist()
    [[907, 1050, 1]]
    >>> rows.query("iso3 == 'KEN'")[["start", "stop", "event", "act"]].to_numpy().tolist()
    [[0, 1, 1, 'ratification']]
    """
    from adoption.countries.covariates import lagged, yearly_values
    from adoption.law.episodes import MEASURE
    from adoption.law.episodes import episodes as at_risk
    from adoption.law.panel import members_for

    subject = find_treaty(convention)
    check_choice("of", of, MEASURE)
    participants = tables.only_states(tables.read("states")).set_index("iso3")
    members = members_for(subject, tables.read("memberships"))
    if not isinstance(bounds, bool) and bounds not in ENDS:
        allowed = "True, False, 'earliest' or 'latest'"
        raise AdoptionError(f"bounds: {bounds!r} is none of the values allowed: {allowed}")
    [history] = _histories([subject], None if isinstance(bounds, bool) else bounds)
    frame = at_risk(history, participants, members, of, day_of(as_of, subject), split)
    if bounds is not True:
        frame = frame.drop(columns=["left", "right"])
    if covariates is None:
        return frame
    if not isinstance(covariates, pd.DataFrame):
        years = range(int(frame["year"].min()) - 1, int(frame["year"].max()))
        names = names_of("covariates", covariates)
        for name in names:
            check_choice("covariates", name, yearly_values())
        covariates = yearly_covariates(names, years)
    return lagged(frame, covariates)


@attach_metadata("covariates")
def covariates(
    names: str | Sequence[str], years: str | int | Sequence[int], carry: int = 0
) -> pd.DataFrame:
    """Return covariates of states by year, each value with its source.

    A value stands for the year that it describes, and for no other unless `carry` says so: never
    for an earlier one. Covariates of your own join them by iso3 and year.

    Parameters
    ----------
    names : str or sequence of str
        Any of GCI (0 to 100; 2020 and 2024), EGDI (0 to 1; every second year from 2018), regime
        (0 closed autocracy to 3 liberal democracy, V-Dem; 2023), population, gdp_per_capita (US
        dollars of the year), gdp_per_capita_ppp and internet_users_pct (of the newest year of
        each state), and indices that were added.
    years : str, int or sequence of int
        A range as "2018/2024", or the years.
    carry : int
        For how many later years a value stands where there is no newer one.

    Returns
    -------
    DataFrame
        One row a state and year: iso3, year (int), and for each name the value (float), the year
        that it describes (NAME_year) and the keys of its sources (NAME_source). What there is
        none of is missing.

    Raises
    ------
    AdoptionError
        For a name that is none, or of which there is no value in any of the years.

    Examples
    --------
    >>> rows = covariates(["GCI", "EGDI"], "2020/2021", carry=1).query("iso3 == 'QAT'")
    >>> rows[["year", "GCI", "GCI_year"]].to_numpy().tolist()
    [[2020, 94.5, 2020], [2021, 94.5, 2020]]
    """
    from adoption.countries.covariates import covariates as by_year

    return by_year(names_of("names", names), years_of(years), whole_number("carry", carry, 0, 10))


yearly_covariates = covariates  # `episodes` has a parameter of that name


@attach_metadata("curve")
def curve(
    convention: str | Treaty,
    of: Measure = "parties",
    by: Literal["day", "age"] = "day",
    as_of: Day = LATEST,
) -> pd.DataFrame:
    """Return cumulative counts with bounds.

    Parameters
    ----------
    convention : str or Treaty
        Which, of the registry or held.
    of : {"signatories", "parties"}
        What is counted. Of a held treaty whose withdrawals are not known the second are those
        that had consented, whether or not they withdrew.
    by : {"day", "age"}
        Whether the first column is `day` or `age`, in days since opening for signature; of a
        held treaty since its first act.
    as_of : date or str
        The last day.

    Returns
    -------
    DataFrame
        day (datetime64) or age (int), lower (without those that are only reported), with_reports
        and upper (int64; float64 with NaN where some are not known), complete (bool). After the
        last day for which the list is complete, complete is False, upper is missing, and lower
        is what is known: at least so many.

    Examples
    --------
    >>> found = curve("uncac")
    >>> bool(found["complete"].iloc[-1]), found["upper"].isna().iloc[-1]
    (False, np.True_)
    """
    from adoption.law.curves import COUNT_KINDS, counts_by_day
    from adoption.law.spells import load_history

    subject = find_treaty(convention)
    day = day_of(as_of, subject)
    check_choice("of", of, ("signatories", "parties"))
    check_choice("by", by, ("day", "age"))
    frame = counts_by_day(load_history(subject.convention), None, of, day)
    until = subject.complete_until(of)
    frame["complete"] = [until is not None and d.date() <= until for d in frame["day"]]
    if of == "signatories" and not subject.signatories_listed:
        frame["lower"], frame["with_reports"], frame["complete"] = np.nan, np.nan, False
    if not frame["complete"].all():
        frame["upper"] = frame["upper"].where(frame["complete"])
    frame = frame[[by, *COUNT_KINDS, "complete"]]
    frame.attrs["sources"] = _keys_of_acts(subject)
    return frame


@attach_metadata("compare")
def compare(
    conventions: Iterable[str | Treaty],
    age: int | None = None,
    as_of: Day = LATEST,
    of: Literal["counts", "shares"] = "counts",
    years: int | None = None,
) -> FrameResult:
    """Compare conventions at the same age.

    Parameters
    ----------
    conventions : sequence of str or Treaty
        Which, of the registry or held, the subject first.
    age : int, optional
        Days since opening for signature, of a held treaty since its first act; by default the
        subject's on the day.
    as_of : date or str
        The day: a convention that was younger then has no counts.
    of : {"counts", "shares"}
        Counts; or shares of the states that could join, days to the nth instrument and the
        place among the treaties of the base set, as the depositary's lists showed them.
    years : int, optional
        Length of the charts' axis; shares are compared within it. By default up to the
        subject's age, and five years at least; five for shares.

    Returns
    -------
    Result
        `frame`: one row a convention. Of counts: signatories and parties with bounds
        (Int64): `_lower` leaves out those that are only reported, `_with_reports` does not,
        `_upper` is missing where the list is not complete to the age; complete (of
        parties), signatories_complete (bool), days_to_force (Int64), not_in_force_on (the last
        day for which a source has it not in force), not_in_force_by_report (boolean, whether
        that is no list or total of the depositary); charts: signatories, parties.
        Of shares: states (that could join), signatories and parties with the same bounds; charts:
        signatories, parties, signature places, consent places; tables: shares, milestones,
        places.

    Examples
    --------
    >>> found = compare(["hanoi", "uncac"], age=365, as_of="2026-11-24").frame
    >>> found["signatories_with_reports"].tolist()
    [75, 114]
    """
    treaties = _several(conventions)
    day = day_of(as_of, treaties[0])
    oldest = (day - treaties[0].opening.latest).days
    days = oldest if age is None else whole_number("age", age, 0, oldest)
    if years is not None:
        whole_number("years", years, 1, 100)
    if check_choice("of", of, ("counts", "shares")) == "shares":
        return _shares(treaties, days, day, 5 if years is None else years)
    return _counts(treaties, days, day, years)


def _counts(treaties: Sequence[Treaty], days: int, day: date, years: int | None) -> FrameResult:
    from adoption.law.curves import compare_at_age, without_open_bounds
    from adoption.law.evidence import last_not_in_force
    from adoption.law.spells import load_history
    from adoption.law.status import load_status
    from adoption.show import timeline as show

    histories = [load_history(c.convention) for c in treaties]
    counts = compare_at_age(histories, days, day, tables.read("totals"))
    ages = {c.convention: c.opening.latest + timedelta(days=days) for c in treaties}
    at_age = [load_status(name, then) for name, then in ages.items() if then <= day]

    def chart(measure: Measure) -> Any:
        title = show.pace_title([getattr(at_age[0], measure).listed], days)
        return show.curves_by_age(histories, day, measure, title, years)

    charts = {"signatories": lambda: chart("signatories"), "parties": lambda: chart("parties")}
    today = [load_status(c.convention, day) for c in treaties]
    seen = [last_not_in_force(status) for status in today]
    days_seen = [last.day if last else None for last in seen]
    by_report = [last.by_report if last else None for last in seen]
    counts["not_in_force_on"] = pd.Series(days_seen, counts.index, dtype="datetime64[us]")
    counts["not_in_force_by_report"] = pd.Series(by_report, counts.index, dtype="boolean")
    frame = without_open_bounds(counts)
    sources = Sources.of([_keys_of_acts(*treaties)])
    answer = show.pace_answer(today[0], at_age, days)
    return Result(counts, frame, answer, sources, charts)


def _shares(conventions: Sequence[Treaty], days: int, day: date, years: int) -> FrameResult:
    from adoption.core.text import DAYS_A_YEAR
    from adoption.law import curves as law
    from adoption.law.evidence import NotInForce, last_not_in_force
    from adoption.law.placement import known_counts, treaties_at_age, un_members_on
    from adoption.law.spells import load_history
    from adoption.law.status import load_status
    from adoption.law.thresholds import milestones
    from adoption.show import comparison as show
    from adoption.show.timeline import curves_by_age

    names = ("states", "memberships", "base_treaties", "base_acts")
    world, memberships, treaties, base_acts = (tables.read(name) for name in names)
    subject, horizon = conventions[0], round(years * DAYS_A_YEAR)
    at = subject.opening.latest + timedelta(days=days)
    within = min(days, horizon)
    histories = [load_history(c.convention) for c in conventions]
    rows = law.shares_at_age(histories, world, memberships, within, day)
    treaties = treaties[treaties["learnt_from"]]
    old = treaties_at_age(treaties, base_acts, world, days, base_treaty(subject))
    alike = old[old["everywhere"]]
    counts = known_counts(histories[0], world, at)
    un_members = int(un_members_on(pd.Series([pd.Timestamp(at)]), world).item())
    reached = milestones(histories, world, day)
    compared = law.acts_compared(_acts_of(*conventions), conventions, horizon, day)
    in_both = treaties[treaties["treaty"].isin(old["treaty"])]
    same_age = (
        within == (day - subject.opening.latest).days
    )  # else the two counts are of different ages
    compared_with = alike if same_age else None
    answer = show.comparison_answer(subject, rows, counts, compared_with, day, within)

    def who(history: History) -> pd.DataFrame:
        return law.eligible_states(history, world, memberships)

    def curves(measure: Measure) -> Any:
        title = show.share_title(rows, measure, within)
        return curves_by_age(histories, day, measure, title, years, who)

    def places(measure: Measure) -> Any:
        return show.place_chart(alike, counts, conventions, measure, days)

    def not_in_force() -> dict[str, NotInForce | None]:
        return {c.convention: last_not_in_force(load_status(c, day)) for c in conventions}

    charts = {
        "signatories": lambda: curves("signatories"),
        "parties": lambda: curves("parties"),
        "signature places": lambda: places("signatories"),
        "consent places": lambda: places("parties"),
    }
    views = {
        "shares": lambda: show.shares_at_age_table(rows, within),
        "milestones": lambda: show.milestones_table(reached, day, not_in_force()),
        "places": lambda: show.places_table(counts, alike, subject.short_title, un_members),
    }
    frame = law.without_open_bounds(rows)
    sources = Sources.of([*compared["source"], *in_both["source"]])
    return Result(rows, frame, answer, sources, charts, views)


@attach_metadata("capacity")
def capacity(index: str = "GCI", edition: int | str = 2024) -> pd.DataFrame:
    """Return an index of national cyber-capacity, one row a state and one column a part.

    Parameters
    ----------
    index : {"GCI", "EGDI"}
        ITU Global Cybersecurity Index (pillars 0 to 20) or UN E-Government Development Index
        (0 to 1).
    edition : int or str
        The year of an edition with its parts; "latest"; or "all": one row a state and edition.

    Returns
    -------
    DataFrame
        iso3, overall, the parts (float), tier (str, GCI from 2024), capacity_grade,
        capacity_source, capacity_edition and capacity_index. A state without a value has no
        row; a missing part is missing, not 0.

    Examples
    --------
    >>> capacity("GCI", 2024).set_index("iso3").at["QAT", "overall"]
    np.float64(100.0)
    """
    from adoption.countries.capacity import editions_of, find_edition, find_index, load_wide

    index = find_index(index)
    years = editions_of(index) if edition == "all" else [find_edition(index, edition, ["all"])]
    return load_wide(index, *years).copy()


@attach_metadata("profile")
def profile(
    country: str | Group,
    convention: str | Treaty = "hanoi",
    as_of: Day = LATEST,
    edition: int | str = 2024,
    frame: pd.DataFrame | None = None,
) -> ProfileResult:
    """Return what is known of one state, or of a group.

    Parameters
    ----------
    country : str or Group
        ISO3 code or a name of the state, in any case; or a group.
    convention : str
        The convention that the sentence is about.
    as_of : date or str
        The day.
    edition : int or str
        Of the GCI: a year, or "latest".
    frame : DataFrame, optional
        One row a state, as `status.frame.merge(capacity, on="iso3", how="left")`, of the same
        convention, day and edition: what is said of them is computed from it.

    Returns
    -------
    Result
        `conventions`: ids of those open to it by the day, the subject first. Of a state,
        `frame`: one row an act on one of them; `statuses`: one row a convention, with what is
        left to do to be a party; `steps`: one row a convention and step (signed, ratified or
        acceded, in force for it); `pillars`: the GCI beside its region; tables: treaties (the
        steps as a matrix), pillars. Of a group,
        `frame`: one row a member and convention (convention, label, iso3, status, grade);
        `counts`: members by status, one row a convention; chart: acts.

    Examples
    --------
    >>> profile("qatar").frame.query("convention == 'hanoi'")["act"].tolist()
    ['signature', 'ratification']
    """
    from adoption.countries.capacity import PILLARS, find_edition
    from adoption.countries.merged import ALLOWED_WORDS, STATUS_COLUMNS, check_merged
    from adoption.law.status import load_status
    from adoption.show.profile import group_profile, state_profile

    subject = find_registered(convention, "a profile compares the conventions of the registry")
    edition = find_edition("GCI", edition)
    day = day_of(as_of, subject)
    codes = country.members if isinstance(country, Group) else {find_country(country)}
    if frame is None:
        participants = load_status(subject, day).participants
        frame = participants.merge(capacity("GCI", edition), on="iso3", how="left")
    else:
        of, words = (subject.convention, day), {**ALLOWED_WORDS, "capacity_edition": [edition]}
        check_merged(
            frame, (*STATUS_COLUMNS, *BRIEF, *PILLARS, "capacity_source"), words, of, codes
        )
    registry = sorted(load_conventions().values(), key=lambda c: c is not subject)
    if isinstance(country, Group):
        return group_profile(country, registry, day, edition, frame)
    return state_profile(min(codes), registry, day, edition, frame)


@attach_metadata("association")
def association(frame: pd.DataFrame, by: str | Sequence[str] = ()) -> AssociationResult:
    """Compare the share of states that have acted by capacity and covariates.

    It is computed from the frame alone: change the frame, and the answer changes.

    Parameters
    ----------
    frame : DataFrame
        One row a state, merged from `status.frame` by iso3: acted, by_report (bool; by default
        whether signed or consented is True, and whether the grade is reported); any of tier (T1
        to T5), overall (called by the index of capacity_index, which `ad.capacity` gives; without
        that "overall"), the pillars of the GCI (0 to 20), income_group and un_group (as in
        `states()`), budapest (consent known, consent reported or no consent known; or a status as
        in `status.frame`, where what is only reported does not stand apart), vote (yes, abstain,
        no, absent) and regime (as in the table `regimes`). What is not known is missing.
    by : str or sequence of str
        Columns by which states are compared, your own among them: thirds of a number, else the
        words themselves. By default those of the list above that the frame has.

    Returns
    -------
    Result
        `frame`: variable, category, states, acted (int), share, lower, upper (0 to 1; Wilson's
        95 % interval, Wilson 1927). `tests` sets the widest gap of each characteristic beside
        those of 9,999 shuffles of who acted: variable, label, most, least (categories),
        most_share, least_share, p, adjusted (for their number: the minimum-p method of Westfall
        and Young 1993). `by_index` is the rank test of the overall value: higher, p and inside
        (by shuffles inside sub-regions), or None. Charts: capacity, context; tables: capacity,
        context, chance; note: chance. A logit of the same frame is a formula of statsmodels:
        notebook 05.

    Raises
    ------
    AdoptionError
        For a frame that lacks a column, or has two rows of a state, or other values than these.

    Examples
    --------
    >>> merged = status("hanoi", "2025-10-26").frame.merge(capacity("GCI", 2024), on="iso3")
    >>> found = association(merged).frame.query("variable == 'tier'")
    >>> found["acted"].sum() == merged["signed"].sum()
    np.True_
    >>> own = merged.assign(mine=merged["overall"] / 10)
    >>> set(association(own, by=["mine", "tier"]).frame["variable"]) == {"mine", "tier"}
    True
    """
    from adoption.countries.association import Adopters
    from adoption.countries.merged import CONTEXT_COLUMNS
    from adoption.show import association as show

    adopters = Adopters.of(frame, names_of("by", by))
    answer = show.association_answer(adopters)

    def part(context: bool) -> pd.DataFrame:
        """Return the shares by context, or by capacity and by own columns."""
        return adopters.shares[adopters.shares["variable"].isin(list(CONTEXT_COLUMNS)) == context]

    charts = {
        "capacity": lambda: show.shares_chart(part(False), adopters),
        "context": lambda: show.shares_chart(part(True), adopters),
    }
    views = {
        "capacity": lambda: show.shares_by_category_table(part(False), adopters, "capacity"),
        "context": lambda: show.shares_by_category_table(part(True), adopters, "context"),
        "chance": lambda: show.chance_table(adopters),
    }
    shares = adopters.shares.copy()
    notes = {"chance": lambda: show.chance_note(adopters)}
    return AssociationResult(adopters, shares, answer, sources(frame), charts, views, notes)


@attach_metadata("inequality")
def inequality(
    group: str | Iterable[str] | Group,
    edition: int | str = 2024,
    inner: str | Iterable[str] | Group | None = None,
    convention: str | Treaty | None = None,
    as_of: Day = LATEST,
    frame: pd.DataFrame | None = None,
) -> FrameResult:
    """Measure how unequal cyber-capacity is inside a group, pillar by pillar of the GCI.

    Parameters
    ----------
    group : str, Group or sequence of str
        A group, or the states of an ad hoc one.
    edition : int or str
        Of the GCI: a year, or "latest".
    inner : str, Group or sequence of str, optional
        A part of the group to set apart: those of its members that are of the group.
    convention : str, optional
        Of which the answer says how many members have acted.
    as_of : date or str
        The day of their acts.
    frame : DataFrame, optional
        One row a state, as `status.frame.merge(capacity, on="iso3", how="left")`, of the same
        convention, day and edition: everything is computed from it.

    Returns
    -------
    Result
        `frame`: one row a pillar: component, states, lowest, median, highest, iqr (points of
        20), gini, theil (Theil's T), most_often (share of resamples in which its Gini is the
        highest); others, others_median and others_gini of the other states.
        Chart: strip; tables: dispersion, and split, None where there is no part to compare.

    Examples
    --------
    >>> inequality("gcc").frame.set_index("component").at["legal", "states"]
    np.int64(6)
    """
    from adoption.countries.capacity import PILLARS, find_edition
    from adoption.countries.inequality import pillar_dispersion
    from adoption.countries.merged import ALLOWED_WORDS, STATUS_COLUMNS, check_merged
    from adoption.law.status import load_status
    from adoption.show import groups as show

    edition = find_edition("GCI", edition)
    members = _group(group)
    part = None if inner is None else _group(inner)
    if part is not None and not part.members & members.members:
        raise AdoptionError(f"inner: {part.name} has no member in common with {members.name}")
    day = to_day(as_of) if convention is None else day_of(as_of, find_treaty(convention))
    if frame is not None:
        words = {**ALLOWED_WORDS, "capacity_edition": [edition]}
        columns = ("iso3", *PILLARS, "capacity_source")
        of = None
        codes = frozenset[str]()
        if convention is not None:
            columns, codes = (*STATUS_COLUMNS, "act", *columns), members.members
            of = find_treaty(convention).convention, day
        check_merged(frame, columns, words, of, codes)
    merged = capacity("GCI", edition) if frame is None else frame
    values = merged.set_index("iso3")[list(PILLARS)].dropna(how="all").sort_index()
    dispersions = pillar_dispersion(values, members.members)
    now = None if convention is None else load_status(convention, day)
    if now is not None and frame is not None:
        now = replace(now, participants=frame)
    answer = show.inequality_answer(dispersions, now, members, edition, day)
    charts = {"strip": lambda: show.strip_chart(values, members, part, edition, dispersions)}
    views = {
        "dispersion": lambda: show.dispersion_table(dispersions, members),
        "split": lambda: part and show.split_table(values, members, part),
    }
    of_groups = [key for side in (members, part) if side is not None for key in side.sources]
    sources = Sources.of([*merged["capacity_source"], *of_groups])
    return Result(dispersions, dispersions.copy(), answer, sources, charts, views)


@attach_metadata("network")
def network(
    conventions: Iterable[str | Treaty],
    as_of: Day = LATEST,
    adding: str | Treaty | None = None,
    among: Iterable[str] | str | Group | None = None,
) -> NetworkResult:
    """Return which pairs of states share a convention in force between them.

    Parameters
    ----------
    conventions : sequence of str or Treaty
        Which, of the registry or held. Where it is not known since when a held treaty is in force
        for a state, or whether the state stayed, a pair is not certain.
    as_of : date or str
        The day.
    adding : str or Treaty, optional
        A further convention: what it would join, if all who signed it became parties; of one that
        is among the conventions, what its signatories would add.
    among : str, Group or iterable of str, optional
        The states whose pairs are counted: a group, or codes or names; by default all. One that
        was not yet a state on the day is left out, or is not known to have been one.

    Returns
    -------
    Result
        `frame`: one row a pair that is joined, or may be: iso3, partner, certain (bool: unlike
        that of `acts`, never by reports; by an act without a day from the last on which it can
        have been done), instruments (labels; if not certain, of those that may be). A pair may be
        joined wherever `in_force` of `panel` is False for neither, so after the end of a list
        every pair may;
        `lower`, `upper` and `total_pairs` (numbers of pairs), `within(members)`,
        `to_networkx()`. Tables: instruments, parts. With `adding`, `after` is the network with
        it, which has the same methods, and there are charts: states, regions.

    Examples
    --------
    >>> joined = network(["budapest", "malabo"], "2024-10-09")
    >>> joined.to_networkx().edges["FRA", "JPN"]["instruments"]
    ['Budapest']
    >>> then = network(["budapest", "malabo"], "2025-10-26", adding="hanoi").after
    >>> then.to_networkx().edges["FRA", "GBR"]["instruments"]
    ['Budapest', 'Hanoi']
    """
    from adoption.countries import network as law
    from adoption.law.status import load_status
    from adoption.show import network as show

    day, treaties = day_of(as_of), _several(conventions)
    states, group = _states_among(among), None
    if isinstance(among, str | Group):
        group = _group(among, "among")
    every = _every_state()
    of_un_members = {*states["iso3"].tolist()} == {*every.loc[every["un_member"], "iso3"].tolist()}
    since = states["state_since"].fillna(states["first_act"])
    states = states[~(since > pd.Timestamp(day))]
    cliques = law.load_cliques(treaties, day)
    joined, pairs = law.load_network(tuple(treaties), day, tuple(states["iso3"]))
    title = show.network_sentence(joined, cliques, day, group, of_un_members)
    answer: Answer | str = f"{title}."
    charts: dict[str, Any] = dict.fromkeys(("states", "regions"), _nothing_added)
    if adding is not None:
        further = load_status(adding, day)
        signed = law.signed_or_consented(further)
        after = law.with_convention(joined, further.convention, signed)
        joined = replace(joined, after=after)
        answer = show.cooperation_answer(joined, cliques, signed, further, title)
        treaties = [*treaties, further.convention]
        charts = {
            "states": lambda: show.instruments_chart(
                law.instruments_of(cliques, joined.states), further, title
            ),
            "regions": lambda: show.region_matrix(joined, after, states, further.convention),
        }
    names = dict(zip(states["iso3"], states["name"], strict=True))
    views = {
        "instruments": lambda: show.cliques_table(joined),
        "parts": lambda: show.parts_table(joined, names),
    }
    sources = Sources.of([_keys_of_acts(*treaties), *(group.sources if group else ())])
    return NetworkResult(joined, pairs.copy(), answer, sources, charts, views)


@attach_metadata("dyads")
def dyads(
    conventions: Names,
    days: str | Day | Sequence[Day] | pd.DatetimeIndex = LATEST,
    freq: str = "YE",
    directed: bool = False,
    among: Iterable[str] | str | Group | None = None,
    bounds: End | None = None,
) -> pd.DataFrame:
    """Return every pair of states on each of some days, with the treaties in force between them.

    Parameters
    ----------
    conventions : str, Treaty or sequence of either
        Which, of the registry or held.
    days : str, date or sequence of days
        A day; or days, or a range as "2001/2025" of which `freq` takes days, as in `panel`.
    freq : str
        An offset alias of pandas: "YE" (the ends of years), "QE", "MS", "W" and others.
    directed : bool
        Whether each pair has two rows, from either state; or one, in the order of the codes.
    among : str, Group or iterable of str, optional
        The states: a group, or codes or names; by default all. One that was not yet a state on
        a day, or is not known to have been one, has no pair on it.
    bounds : {"earliest", "latest"}, optional
        To see how much depends on windows, as in `panel`: every act on the first, or on the last,
        of the days on which it can have been done. A consent of which no withdrawal is known
        stands then.

    Returns
    -------
    DataFrame
        One row a day and pair, in that order: iso3, partner (str), day (datetime64), in_force
        (boolean: whether any of the treaties is in force between them; missing where nobody can
        know), lower, upper (int: how many certainly are, and how many may be), instruments (str:
        the labels of those that certainly are, with a plus sign between them; missing where there
        is none), since_earliest and since_latest (datetime64: the day since which the first of
        them is in force between both; equal where it is known).

        A treaty is in force between two states where `in_force` of `panel` is True for both, and
        is not where it is False for one. As in `network`, what rests on a report alone is never
        certain. Of a held treaty whose withdrawals are not known (`withdrawals_known` of
        `conventions(held=True)`) no pair is, since either state may have left after the day of
        its consent: in_force is missing, and with `bounds` every consent stands.

    Raises
    ------
    AdoptionError
        For an unknown convention or state; no day, one twice, or one after that of the data.

    Examples
    --------
    >>> pairs = dyads(["budapest", "uncac"], "2010-12-31", among=["FRA", "USA", "Kenya"])
    >>> pairs[["iso3", "partner", "instruments"]].to_numpy().tolist()
    [['FRA', 'KEN', 'UNCAC'], ['FRA', 'USA', 'Budapest + UNCAC'], ['KEN', 'USA', 'UNCAC']]
    >>> pairs["since_latest"].dt.date.astype(str).tolist()
    ['2005-12-14', '2006-11-29', '2006-11-29']
    >>> len(dyads("uncac", "2009/2010", directed=True, among="gcc"))
    60
    """
    from adoption.countries.dyads import dyads as pairs_on_days

    flag("directed", directed)
    histories = _histories(_several(conventions), bounds)
    frame = pairs_on_days(
        histories,
        tables.read("states").set_index("iso3"),
        [*_states_among(among)["iso3"]],
        parse_days(days, freq),
        tables.read("memberships"),
        directed=directed,
    )
    acts = _keys_of_acts(*(history.convention for history in histories))
    frame.attrs["sources"] = ";".join([acts, *_sources_of_group(among)])
    return frame


@attach_metadata("borders")
def borders(
    directed: bool = False, among: Iterable[str] | str | Group | None = None
) -> pd.DataFrame:
    """Return the pairs of states that share a land border, by the map: neighbours as dyads.

    It needs the extra `geo`. The lines themselves are `world(layer="land borders")`.

    Parameters
    ----------
    directed : bool
        Whether each pair has two rows, from either state; or one, in the order of the codes.
    among : str, Group or iterable of str, optional
        The states: a group, or codes or names; by default all.

    Returns
    -------
    DataFrame
        One row a pair, in order: iso3, partner (str, as `dyads` has them), length_km (float: of
        the line on the map of Natural Earth at 1:50 million, made simpler, so shorter than a
        survey has it). It is what that map shows, and no list of borders by law:
        docs/research/map.md says what is in it. Of today's states alone; no border has a day.

    Raises
    ------
    AdoptionError
        For an unknown state, or without the extra.

    Examples
    --------
    >>> borders(among=["KEN", "Uganda", "TZA", "RWA"])[["iso3", "partner"]].to_numpy().tolist()
    [['KEN', 'TZA'], ['KEN', 'UGA'], ['RWA', 'TZA'], ['RWA', 'UGA'], ['TZA', 'UGA']]
    >>> pairs = dyads("uncac", "2010-12-31").merge(borders(), on=["iso3", "partner"])
    >>> int(pairs["in_force"].sum()), len(pairs)
    (213, 301)
    """
    from adoption.show.geodata import borders as on_the_map

    frame = on_the_map(directed=flag("directed", directed))
    codes = _states_among(among)["iso3"]
    frame = frame[frame["iso3"].isin(codes) & frame["partner"].isin(codes)].reset_index(drop=True)
    frame.attrs["sources"] = ";".join(["natural-earth-50m", *_sources_of_group(among)])
    return frame


@attach_metadata("survival")
def survival(
    convention: str | Treaty,
    of: Literal["signature", "consent", "any consent"] = "consent",
    by: str | pd.Series[Any] | None = None,
    as_of: Day = LATEST,
) -> SurvivalResult:
    """Estimate how long states took to sign, or to consent.

    Parameters
    ----------
    convention : str or Treaty
        Which, of the registry or held; the clock of a held one starts by its first act.
    of : {"signature", "consent", "any consent"}
        The step: from opening to signature; from each state's own signature to its consent; or
        from opening to consent, with those that consented without having signed.
    by : str or Series, optional
        One curve a class of states: a column of words of `states()`, such as un_group or region,
        or a Series of your own by iso3, of at most 30 classes. A state without a class is in no
        curve: the `attrs` of the frame have them as `without_class`.
    as_of : date or str
        The day.

    Returns
    -------
    Result
        `frame`: group (where asked for), day, at_risk, acted (int); share, lower, upper (float,
        0 to 1): the share of all states that had acted by the day, which is one minus Kaplan
        and Meier's product (1958) from the first day on, and its 95 % band, Greenwood's on the
        log-log scale, missing while nobody had acted. States without a known act are followed to
        the last day of a complete list; where there is none the frame has no rows, and `why_none`
        says why. Of signature the share is a cumulative incidence: a state that acceded without
        having signed stays at risk. Of any consent, share_unsigned is the part of the share that
        had not signed when it consented: the two ways compete (Aalen and Johansen 1978). `median`
        is the first day by which half of all had acted, with its 95 % interval (Brookmeyer and
        Crowley 1982), infinite where that was not observed; `medians` is a frame with that of
        each class: group, states, acted, median, lower, upper. Where the curve stays at exactly
        one half, R's `survfit` has the middle of that time instead; lifelines has the first day.

        At risk of a signature or of any consent are the members of the United Nations, or of the
        organisation that the convention is for, and any other state that acted. `episodes` has
        every state of `states()` that existed, also one that did not act.

        Chart: curve, a line a class, with the number at risk below.

        `waits(reading)` has the waiting times, of which the frame is made: one row a state,
        iso3, un_group (str), entry, time (float: days, counted as in `episodes`: the first day of
        the clock is 1, and a state is at risk after entry up to time), acted (bool; False:
        censored at `time`), of any consent also signed (bool). `followed` is how many states
        they are, and of how many whose clock had started; `not_followed` names the others.
        `sources` takes the waits.
        Its readings of what is not known are "lower" (reports left out), "with_reports" and
        "upper"; without one, that of the frame: of signatures with reports, of consents without.
        statsmodels and lifelines read them as they are; R needs `acted == "True"` of a CSV, in
        `Surv(entry, time, acted)`. The day of the frame is the time that had gone by, one less.
        Notebook 13 makes the same from `spells` in sight, and draws it.

    Examples
    --------
    >>> survival("uncac", of="consent", by="un_group").frame["group"].nunique()
    5
    >>> survival("uncac", by="un_group").medians.set_index("group").at["African Group", "median"]
    np.float64(748.0)
    >>> frame = survival("uncac", of="signature").frame
    >>> float(frame.loc[frame["day"] <= 365, "share"].max().round(3))  # 114 of 191
    0.597
    >>> last = survival("uncac", of="any consent").frame.iloc[-1]
    >>> last[["share", "share_unsigned"]].round(3).tolist()
    [0.874, 0.194]
    >>> waits = survival("uncac", of="consent").waits("lower")
    >>> waits["iso3"].is_unique, bool((waits["entry"] < waits["time"]).all())
    (True, True)
    >>> signing = survival("uncac", of="signature")
    >>> signing.followed, signing.not_followed
    ((191, 193), ['MNE', 'SSD'])
    """
    from adoption.forecasting.survival import Waiting
    from adoption.law.spells import load_history
    from adoption.show.survival import survival_answer, survival_chart

    check_choice("of", of, ("signature", "consent", "any consent"))
    subject = find_treaty(convention)
    data = {name: tables.read(name) for name in ("states", "memberships")}
    day = day_of(as_of, subject)
    classes = None if by is None else _classes(by)
    waiting = Waiting(load_history(subject.convention), of, day, data, classes)
    frame = waiting.curve.copy()
    classed_by = ""
    if by is not None:
        classed_by = by if isinstance(by, str) else str(by.name or "own class")
        rows = waiting.curves or {"": frame}  # of none, a frame without rows
        frame = pd.concat(rows, names=["group", None]).reset_index(0).reset_index(drop=True)
        frame.attrs["without_class"] = waiting.without_class
    acts = tables.known_by(_acts_of(subject), day)
    charts = {"curve": lambda: survival_chart(waiting, waiting.curves, classed_by)}
    answer, sources = survival_answer(waiting), Sources.of(acts["source"])
    return SurvivalResult(waiting, frame, answer, sources, charts)


@attach_metadata("forecast")
def forecast(
    convention: str | Treaty,
    as_of: Day = LATEST,
    *,
    reports_true: float = 0.8,
    reports_seen: float = 0.5,
) -> ForecastResult:
    """Forecast when the instrument that brings a convention into force is deposited.

    Parameters
    ----------
    convention : str or Convention
        Which convention.
    as_of : date or str
        The day asked about; the forecast starts with the last published total of consents, or
        where the list is last nearly complete.
    reports_true : float
        The chance, 0 to 1, that acts or a total of consents are right that somebody else than the
        depositary reports. A total that the text of a machine relays does not count.
    reports_seen : float
        The chance, 0 to 1, that a consent since the total was reported: silence counts as well.

    Returns
    -------
    Result
        `quantile(q)` (date or None), `cdf(day)` (0 to 1), `summary()` (plain values); `counts`: how
        the consents are known. `frame`: one row a probability; no rows where nothing is forecast.
        Entry into force follows from the deposit: `in_force(day)`. Charts: chances, fan,
        reliability; tables: listed (the forecast by what a complete list would have), skill,
        masked, reports, outside, outside states, outside cases (on treaties that it did not
        learn from); notes: check (what treaties like it did), expected, later (than
        these, and why), skill, start.

    Raises
    ------
    AdoptionError
        If it had not opened by the day, or the day is after that of the data; where nothing can
        be said of the deposit (no signatories named, a partial list), on any question about it,
        with the reason. Where the instruments are there already, their day is the answer: each
        quantile is it, and `cdf` is 0 before it and 1 from it on.

    Examples
    --------
    >>> found = forecast("hanoi")
    >>> found.quantile(0.1) < found.quantile(0.5) < found.quantile(0.9)
    True
    """
    from adoption.forecasting import convention as conventions
    from adoption.forecasting.skill import saved, saved_reliability, skill
    from adoption.forecasting.treaties import outside_treaties
    from adoption.law.status import load_status
    from adoption.show import entry_into_force as show
    from adoption.show.table import Table

    subject = find_registered(
        convention, "of a held treaty nothing is forecast: its list has ended"
    )
    day = to_day(as_of)
    forecast_of = partial(conventions.forecast_convention, subject, day, reports_true=reports_true)
    outlook = forecast_of(reports_seen=reports_seen)
    now = load_status(subject.convention, day)
    rows = [(q, outlook.quantile(q)) for q in np.arange(5, 100, 5) / 100 if outlook.forecast]
    frame = pd.DataFrame(rows, columns=["probability", "deposit"])
    frame = frame.astype({"probability": "float64", "deposit": "datetime64[us]"})
    treaties, tried = map(tables.read, ("base_treaties", "backtest"))
    outside = partial(saved, "outside")
    totals = tables.read_of("totals", subject.convention).dropna(subset="parties")
    keys = [*tables.read_of("acts", subject.convention)["source"], *totals["source"]]

    charts = {
        "chances": lambda: show.chance_bars(outlook),
        "fan": lambda: show.fan_chart(outlook, now),
        "reliability": lambda: show.reliability_chart(saved_reliability()),
    }
    past_views = {
        "skill": lambda: show.skill_view(skill(tried)),
        "masked": lambda: show.masked_view(saved("masked")),
        "reports": lambda: show.reports_view(conventions.reports_seen_before()),
        "listed": lambda: show.listed_view(outlook),
    }
    outside_views = {
        "outside": lambda: show.skill_view(skill(outside(), outside_treaties()), show.OUTSIDE),
        "outside states": lambda: show.states_view(saved("outside_states")),
        "outside cases": lambda: Table(outside(), "Each case outside the base set"),
    }
    views = past_views | outside_views

    def check() -> str:
        all_named = forecast_of(reports_seen=0.0)
        return show.check_sentence(outlook, all_named, tried, outside())

    notes = {
        "check": check,
        "later": lambda: show.later_sentence(outlook, forecast_of(reports_seen=0.0)),
        "expected": lambda: show.expected_sentence(outlook),
        "skill": lambda: show.skill_sentence(tried) if outlook.is_open else "",
        "start": lambda: show.start_sentence(outlook),
    }
    answer = show.entry_answer(outlook, now)
    sources = Sources.of([*keys, subject.source, *treaties["source"].unique()])
    return ForecastResult(outlook, frame, answer, sources, charts, views, notes)


@attach_metadata("next_states")
def next_states(
    convention: str | Treaty,
    group: str | Group | Iterable[str] | None = None,
    within: str = "1 year",
    as_of: Day = LATEST,
) -> NextStatesResult:
    """Return the chance of each state that has not consented to do so soon, and why.

    Parameters
    ----------
    convention : str or Convention
        Which convention.
    group : str, Group or sequence of str, optional
        Only the states of a group.
    within : str
        A time from `as_of`: a number of days, months or years, 30 days to 5 years.
    as_of : date or str
        The day asked about.

    Returns
    -------
    Result
        `frame`: one row a state: iso3, name (str), chance (float, 0 to 1, missing for those set
        apart, which stand first), one_in (Int64: its band, about one in so many), reasons (str),
        and what they rest on, as `adoption.forecasting.next_states.NextStates` says.
        Chart: chances; tables: states, tenths; note: past.

    Raises
    ------
    AdoptionError
        Where nothing is forecast, with the reason; for a time that is not allowed.

    Examples
    --------
    >>> next_states("hanoi", "gcc").frame["chance"].count()
    np.int64(5)
    """
    from adoption.countries.groups import group_or_states
    from adoption.forecasting import next_states as chances
    from adoption.forecasting.skill import saved
    from adoption.show import next_states as show

    subject = find_registered(
        convention, "of a held treaty nothing is forecast: its list has ended"
    )
    day = to_day(as_of)
    outlook = chances.next_states(subject.convention, day, within)
    frame = show.load_rows(subject.convention, day, within).copy()
    whose, of_group = "", list[str]()
    if group is not None:
        chosen = group_or_states(group) if isinstance(group, str) else _group(group)
        of_group = chosen.sources
        frame = frame[frame["iso3"].isin(chosen.members)].reset_index(drop=True)
        whose = f" of {chosen.in_sentence}"
    answer = show.next_answer(outlook, frame, whose)
    used = tables.read("base_treaties")["source"].unique()
    charts = {"chances": lambda: show.next_chart(outlook, frame, whose)}
    views = {
        "states": lambda: show.next_view(outlook, frame, whose),
        "tenths": lambda: show.tenths_view(saved("tenths")) if len(frame) else None,
    }

    def past() -> str:
        return show.past_sentence(saved("states"), saved("tenths")) if len(frame) else ""

    sources = Sources.of([_keys_of_acts(subject), *used, *of_group])
    return NextStatesResult(outlook, frame, answer, sources, charts, views, {"past": past})


@names_extra
def forecast_threshold(
    acts: pd.DataFrame,
    *,
    opened: Day,
    threshold: int,
    as_of: Day,
    base_acts: pd.DataFrame | None = None,
) -> Forecast:
    """Forecast when any treaty has a number of consents, from a list of acts.

    Parameters
    ----------
    acts : DataFrame
        iso3 (codes of the table `states`), act, date (datetime64); earliest and latest if a day
        is not known.
    opened, as_of : date or str
        First day for signature, and the day of the forecast: the last that the list of acts
        covers, since later days without data would count as days without acts.
    threshold : int
        Number of parties.
    base_acts : DataFrame, optional
        The acts to learn from, with treaty; by default the base set, `table("base_acts")`.
        Where the newest of the base set is not among them, nothing is known after their newest.

    Returns
    -------
    Forecast
        `.quantile(q)`, `.cdf(day)`, `.summary()`.

    Raises
    ------
    AdoptionError
        For unknown or missing acts, codes or days, all named in one line; where nobody is known
        to have signed by the day, or there are not as many states: the method does not apply.

    Examples
    --------
    >>> own = table("base_acts").query("treaty == 'XVIII-12'")
    >>> forecast_threshold(own, opened="2000-12-12", threshold=40, as_of="2004-01-01").quantile(0.5)
    datetime.date(2003, 7, 1)
    """
    from adoption.forecasting.forecast import forecast_threshold as forecasting

    return forecasting(acts, opened=opened, threshold=threshold, as_of=as_of, base_acts=base_acts)


@attach_metadata("evidence")
def evidence(convention: str | Treaty, as_of: Day = LATEST) -> FrameResult:
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
        `frame`: one row an act (kind "act": iso3, about, certain, grade, source, note),
        disagreement (kind "total", "entry into force" or "conflict": about, found, source; what
        is published and what follows from the acts: published, computed, both text) or
        day to which the list reaches (kind "list": about, found). Chart: grades; tables: open,
        settled, later, texts, further, totals, force, exceptions, reach, coverage, gaps, files.

    Examples
    --------
    >>> sorted(evidence("hanoi").frame.query("kind == 'total'")["found"].unique())
    ['agrees', 'differs', 'the source gives no day']
    """
    from adoption.law import evidence as law
    from adoption.show import evidence as show

    lacks = "of a held treaty there is one list, and nothing to compare it with"
    subject, data = find_registered(convention, lacks), law.load_tables()
    day = day_of(as_of, subject)
    acts = law.acts_by_day(subject, data["acts"], data["states"], day)
    disagreements = law.disagreements(subject, data, day)
    of_acts = acts.assign(kind="act", about=acts["act"])
    parts = [of_acts, *show.disagreement_rows(disagreements), law.list_days(subject)]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.reindex(columns=list(EVIDENCE)).astype({"certain": "boolean"})
    texts, snapshots = data["statements"], data["snapshots"]
    also = law.also_named(acts, data["sources"]["source"])
    lists = law.reach(load_conventions().values(), snapshots, day, tables.data_day())
    grades = tables.count_by_grade(acts.loc[acts["certain"], "grade"])
    answer = show.evidence_answer(subject, grades, day)
    charts = {"grades": partial(show.grades_by_source, acts, subject, day)}
    act_views = {
        "open": partial(show.open_acts_table, acts),
        "settled": partial(show.settled_acts_table, acts, also),
        "later": partial(show.later_acts_table, acts, subject),
        "texts": partial(show.statements_table, texts, subject, snapshots),
        "further": partial(show.further_sources_table, also),
    }
    reviewed = show.oddities(disagreements)
    difference_views = {
        "totals": partial(show.totals_table, disagreements["totals"]),
        "force": partial(show.force_table, disagreements["force"]),
        "exceptions": partial(show.oddities_table, reviewed, subject),
    }
    data_views = {
        "reach": partial(show.reach_table, lists, day),
        "coverage": lambda: show.coverage_table(law.covered(data)),
        "gaps": lambda: show.gaps_table(law.gaps(data)),
        "files": partial(show.snapshots_table, snapshots),
    }
    views: dict[str, Any] = {**act_views, **difference_views, **data_views}
    sources = Sources.of(frame["source"])
    return Result(acts, frame, answer, sources, charts, views)


def sources(frame: pd.DataFrame | Result[Any] | Group) -> Sources:
    """Return the sources of the rows of a frame, or of who belongs to a group.

    Parameters
    ----------
    frame : DataFrame, Result or Group
        With columns of keys (source, state_source, GCI_source and others), `;` between several;
        else those of the acts that a frame of this package, such as a panel, is made of, while
        its `attrs` have them. Of a result its `sources`, those of a group that it is about among
        them; a frame with a column made of a group (`isin(group.members)`) has these not.

    Returns
    -------
    Sources
        `.frame` (source, title, publisher, url, licence, accessed) and `.to_bibtex()`.

    Examples
    --------
    >>> sources(acts("malabo")).frame["source"].is_unique
    True
    >>> sources(group("SIDS")).frame["source"].tolist()
    ['countrygroups', 'unsd-m49']
    >>> len(sources(panel("uncac", "2001/2005")).frame) == len(sources(acts("uncac")).frame)
    True
    """
    if isinstance(frame, Result):
        return frame.sources
    if isinstance(frame, Group):
        return Sources.of(frame.sources)
    missing_columns("frame", frame, ())
    columns = [name for name in frame if str(name).endswith("source") or "source_of" in str(name)]
    if columns:
        return Sources.of(pd.concat([frame[name] for name in columns]))
    if "sources" not in frame.attrs:
        raise AdoptionError("frame: there is no column 'source', nor are they in its attrs")
    return Sources.of([frame.attrs["sources"]])


@attach_metadata("codebook")
def codebook(about: str | pd.DataFrame | Result[Any]) -> pd.DataFrame:
    """Return what the columns of a table, or of what a function returns, mean.

    Parameters
    ----------
    about : str, DataFrame or Result
        The name of a table or of a function, such as "acts" or "panel"; or what one returned,
        while the `attrs` of the frame say which it is.

    Returns
    -------
    DataFrame
        One row a column: name, type (text, integer, number, day, boolean or shape), unit,
        meaning, missing (bool: whether a value may be missing). What is said of a column that
        the package does not have is missing.

    Raises
    ------
    AdoptionError
        For a name that is none, or a frame of which nothing says which it is.

    Examples
    --------
    >>> codebook("episodes").set_index("name").at["stop", "unit"]
    'days; that of the opening is 1'
    >>> codebook(curve("uncac"))["name"].tolist()
    ['day', 'lower', 'with_reports', 'upper', 'complete']
    """
    names, word = None, about
    if not isinstance(about, str):
        frame = about.frame if isinstance(about, Result) else about
        missing_columns("about", frame, ())
        if "frame" not in frame.attrs:
            raise AdoptionError("about: its frame is not known; name it: codebook('panel')")
        word = frame.attrs["frame"]
        names = [str(name) for name in frame]
    columns = describe_columns(check_choice("about", str(word), FRAMES), names)
    rows = list[tuple[object, ...]]()
    for name, column in zip(names or len(columns) * [""], columns, strict=True):
        if column is None:
            rows.append((name, *4 * [None]))
        else:
            unit = column.unit or None
            rows.append((column.name, column.kind, unit, column.means, column.missing))
    kinds = dict.fromkeys(("name", "type", "unit", "meaning"), "str") | {"missing": "boolean"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


@names_extra
def parameters(**values: Any) -> Parameters:
    """Return a notebook's parameters, validated; figures then need no network.

    Parameters
    ----------
    **values
        The values of the notebook's parameters cell by name: convention, as_of, country,
        compare, conventions, horizon, index, component, edition, group, inner,
        reports_true, reports_seen, within.

    Returns
    -------
    adoption.show.parameters.Parameters
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
    from adoption.show.parameters import start_notebook

    return start_notebook(**values)


@names_extra
def explorer(selected: Parameters) -> Explore:
    """Return controls over a map, a curve and a table; where nobody can use them, a still view.

    Parameters
    ----------
    selected : adoption.show.parameters.Parameters
        From `parameters`, with a group, and what is selected at first.

    Returns
    -------
    Explore
        To be the last value of a cell; `sources` are those of what is shown.

    Examples
    --------
    >>> len(explorer(parameters(convention="hanoi", group="gcc")).still())
    5
    """
    from adoption.explore.controls import look_up
    from adoption.explore.page import Explore, selection_of
    from adoption.show.parameters import Parameters

    if not isinstance(selected, Parameters):
        raise AdoptionError(
            f"selected: {selected!r} is not what `parameters` returns, as in "
            "ad.explorer(ad.parameters(convention='hanoi', group='gcc'))"
        )
    return Explore(look_up(selection_of(selected)))


@names_extra
def export(about: str | Iterable[str] | Group, path: str | Path) -> int:
    """Write everything about a state or a group as an Excel workbook.

    Parameters
    ----------
    about : str, sequence of str or Group
        A state or a group, by any usual name; or the states of an ad hoc group.
    path : str or Path
        The workbook, which ends in .xlsx; one that is there is replaced in one step.

    Returns
    -------
    int
        How many sheets it has: about, status (one row a state and convention), one for each
        table with rows about states, and the sources of all rows. No text is a formula.

    Raises
    ------
    AdoptionError
        For an unknown name, another ending, a folder that is not there, or without openpyxl
        (the extra `xlsx`); then nothing was written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export("Kenya", f"{folder}/kenya.xlsx")
    17
    """
    from adoption.show.workbook import export

    return export(about if isinstance(about, str) else _group(about), Path(path))


@names_extra
def build() -> int:
    """Build data/processed from data/raw and data/reference.

    Returns
    -------
    int
        How many tables were written.

    Raises
    ------
    AdoptionError
        For the first fault of the data, in one line, or for the data of an installed package;
        then nothing was written.
    """
    from adoption.core.paths import writable_root
    from adoption.refresh.publish import build_and_publish

    return build_and_publish(writable_root(), print)


@names_extra
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
    from adoption.press.run import ReportOptions, run_report
    from adoption.site.project import PROJECT

    if not isinstance(output, str | Path | None):
        raise AdoptionError(f"output: {output!r} is not a folder")
    return run_report(ReportOptions(output=None if output is None else Path(output)), PROJECT)


def _acts_of(*treaties: Treaty) -> pd.DataFrame:
    """Return the acts on treaties, of the registry and held."""
    held = [treaty for treaty in treaties if isinstance(treaty, HeldTreaty)]
    names = [treaty.convention for treaty in treaties if not isinstance(treaty, HeldTreaty)]
    rows = tables.read_of("acts", *names)
    return pd.concat([rows, held_acts(held)], ignore_index=True) if held else rows


@remembered
def _keys_of_acts(*treaties: Treaty) -> str:
    return ";".join(_acts_of(*treaties)["source"].unique())


def _histories(treaties: Iterable[Treaty], bounds: End | None = None) -> list[History]:
    """Return the histories of treaties; with bounds, every act at that end of its window."""
    from adoption.law.spells import load_history, read_at

    histories = [load_history(treaty.convention) for treaty in treaties]
    if bounds is None:
        return histories
    check_choice("bounds", bounds, ENDS)
    return [read_at(history, bounds) for history in histories]


def _classes(by: str | pd.Series[Any]) -> pd.Series[Any]:
    """Return the class of each state by iso3: of a column of `states()`, or somebody's own."""
    states = tables.read("states").set_index("iso3")
    if isinstance(by, pd.Series):
        if not by.index.is_unique:
            raise AdoptionError("by: the index of the Series is not iso3, each once")
        keys = pd.DataFrame({"iso3": by.index})
        if wrong := unknown_values(keys, {"iso3": states.index}):
            raise AdoptionError(f"by: the index of the Series is not iso3, each once: {wrong[0]}")
        if by.isna().all():
            raise AdoptionError("by: the Series has no value")
        if (number := by.nunique()) > MAX_CLASSES:
            raise AdoptionError(
                f"by: {number} classes are more than {MAX_CLASSES}; pd.qcut makes a few of a number"
            )
        return by
    numbers = states.select_dtypes("number")
    if isinstance(by, str) and by in numbers:
        raise AdoptionError(
            f"by: {by!r} is a number; a few classes of it are a Series: "
            f"pd.qcut(ad.states().set_index('iso3')[{by!r}], 3)"
        )
    table = states.select_dtypes(["string", "bool"])
    words = [str(name) for name in table if table[name].nunique() <= MAX_CLASSES]
    return table[check_choice("by", by, words)]


def _nothing_added() -> None:
    raise AdoptionError("chart: it shows what a convention adds; name one with adding, in network")


def _states_among(among: Iterable[str] | str | Group | None) -> pd.DataFrame:
    """Return the rows of the table of states, or those of a group, codes or names."""
    states = _every_state()
    if among is None:
        return states.copy()
    if isinstance(among, str | Group):
        among = _group(among, "among").members
    if not isinstance(among, Iterable):
        raise AdoptionError(f"among: {among!r} is neither a group nor a list of states")
    codes = {find_country(name, "among") for name in among}
    if not codes:
        raise AdoptionError("among: no state is named")
    if apart := sorted(codes - set(states["iso3"])):
        raise AdoptionError(f"among: {apart[0]} is an organization, not a state")
    return states[states["iso3"].isin(codes)]


def _sources_of_group(among: Iterable[str] | str | Group | None) -> list[str]:
    """Return the sources that say who the states are, where they are named as a group."""
    return _group(among, "among").sources if isinstance(among, str | Group) else []


@remembered
def _every_state() -> pd.DataFrame:
    """Return the rows of the table of states that are no organizations, for who changes nothing."""
    return tables.only_states(tables.read("states"))


def _several(names: Names) -> list[Treaty]:
    if not isinstance(names, str | Treaty | Iterable):
        raise AdoptionError(f"convention: {names!r} is neither a name nor a list of names")
    requested = [names] if isinstance(names, str | Treaty) else list(names)
    if not requested:
        raise AdoptionError("convention: none is named")
    treaties = list[Treaty]()
    for name in requested:
        treaty = find_treaty(name)
        if treaty in treaties:
            raise AdoptionError(f"convention: {treaty.convention} is named twice; once is allowed")
        treaties.append(treaty)
    return treaties


def _group(name: str | Iterable[str] | Group, field: str = "group") -> Group:
    if isinstance(name, str):
        return find_group(name, field)
    if not isinstance(name, Iterable | Group):
        raise AdoptionError(f"{field}: {name!r} is neither a group nor a list of states")
    return name if isinstance(name, Group) else ad_hoc_group(name)
