"""A group of states: who signed, who is a party, and how unequal its cyber-capacity is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.text import (
    capitalised,
    has_have,
    is_are,
    listed,
    long_day,
    lower_bound,
    messages,
    numeral,
)
from adoption.countries.capacity import PILLAR_MAXIMUM, PILLARS
from adoption.countries.groups import USER_GROUP, Group
from adoption.countries.inequality import spread_between
from adoption.countries.profiles import acts_by_convention
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import Style, points, rows_axis, write_words
from adoption.figures.theme import (
    CONTEXT,
    GRID,
    INK,
    MARGINS,
    SUBJECT,
)
from adoption.law.held import limits_in_words
from adoption.law.panel import NO_ACT, SIGNED, WITHDRAWN
from adoption.show.answers import Answer
from adoption.show.capacity import source_of
from adoption.show.classes import (
    BOUND,
    BOUND_REPORTED,
    SIGNATURE_REPORTED,
    rows_of_bars,
    status_bars,
)
from adoption.show.table import Table

if TYPE_CHECKING:
    from adoption.law.status import Row, Status
    from adoption.law.treaties import Treaty

BAR_HEIGHT, PILLAR_HEIGHT = 34, 74
MAJORITY = 0.55  # of the resamples: more than half, whichever are drawn
TIE_SHARE = 0.05  # of the resamples: two shares as near as that are a tie
MAX_PILLARS = 3  # named in a title
MIN_STATES = 5  # with a value: fewer are not called unequal
MAX_TITLE_WORDS = 12
PAIR = 2  # members
MAX_NAMED_CONVENTIONS = 2  # conventions in a title; of more it has their number
# Left to right as a state goes: consented, reported, signed, nothing known.
STATUS_OF_COLUMN = {
    "bound": BOUND,
    "bound_reported": BOUND_REPORTED,
    "signed": SIGNED,
    "signed_reported": SIGNATURE_REPORTED,
    "withdrawn": WITHDRAWN,
    "no_act": NO_ACT,
}
OPEN_TO_NONE = "not known to be open"


def _acted(row: Row, group: Group, inside: str | None = None) -> str:
    """Say how many are known to have acted: at least 12 of 22 states, all 6 UN members, both."""
    members, acted = row["members"], _known(row)
    if members == 1:
        return _one_state(group) or f"the one {_noun(row, group)}{inside or ''}"
    who = "" if inside is None else f" {_who(row, group, inside)}"
    if acted == members:
        return f"{'both' if members == 2 else f'all {members}'}{who}"
    return f"{lower_bound(acted, not row['partial'])} of {members}{who}"


def _noun(row: Row, group: Group) -> str:
    return group.noun if row["members"] == len(group.members) else "eligible state"


def _who(row: Row, group: Group, inside: str) -> str:
    """Return the members after their number: UN members in the GCC, or Nordic countries."""
    if inside and group.names_members and row["members"] == len(group.members):
        return group.name
    return f"{_noun(row, group)}s{inside}"


def _none_of(row: Row, group: Group, inside: str) -> str:
    """Say of how many members none has acted: none of 22 states, neither of the two UN members."""
    members = row["members"]
    if members == 2:
        return f"Neither of the two {_who(row, group, inside)}"
    return f"None of {members} {_who(row, group, inside)}"


def _known(row: Row) -> int:
    """Return how many members have acted, those that are only reported to have left out."""
    return int(row["members"] - row["no_act"] - row["by_report"])


def _one_state(group: Group) -> str:
    """Return the name of the state that somebody has made a group of."""
    return group.in_sentence if group.kind == USER_GROUP and len(group.members) == 1 else ""


def _none_known(group: Group, none: str) -> str:
    state = _one_state(group)
    return f"{capitalised(state)} is not known" if state else f"{none} is known"


def acted_title(counts: pd.DataFrame, group: Group) -> str:
    """Return the finding of the bars: on which conventions most have acted, and how many.

    The subtitle has the name of the group.

    Parameters
    ----------
    counts : DataFrame
        From `adoption.countries.profiles.acts_by_convention`, without that of the page.
    group : Group
        The group.
    """
    rows = counts.to_dict("records")
    best = max(rows, key=_known)
    if not _known(best):
        none = _none_known(group, f"No state in {group.in_sentence}")
        return f"{none} to have signed any of these conventions"
    acted = _acted(best, group, "" if _one_state(group) else None)
    alike = [row["label"] for row in rows if _acted(row, group) == _acted(best, group)]
    several = f"each of {numeral(len(alike))} treaties"
    which = listed(alike) if len(alike) <= MAX_NAMED_CONVENTIONS else several
    return capitalised(f"{acted} signed or joined {which}")


def group_answer(counts: pd.DataFrame, status: Status, group: Group, edition: int) -> Answer:
    """Answer what is known of a group of states: who has acted as title, who is bound as lead."""
    convention, row = status.convention, counts.to_dict("records")[0]
    acted, reported = _known(row), row["by_report"]
    number = lower_bound(acted, not row["partial"] or acted == row["members"], is_short=True)
    key = f"{number} of {row['members']}" if acted else "none known"
    key += f", {reported} reported" if reported else ""
    label = "members known to have signed or joined"
    if not row["members"]:
        key, label = "not open", "to a member:"
    label = f"{label} the {convention.short_title}"
    reach = f"{convention.reach} GCI {edition}"
    day = long_day(status.as_of)
    title, text = group_title(row, group), _group_lead(row, status, group)
    return Answer(title, text, key, label, day, f"{reach}, as published.")


def group_title(row: Row, group: Group) -> str:
    """Return the finding of a group's page, as long as a title may be.

    `row` is one of `adoption.countries.profiles.acts_by_convention`.

    Examples
    --------
    >>> from adoption.countries.groups import find_group
    >>> row = {"members": 6, "no_act": 4, "by_report": 1, "bound": 0, "withdrawn": 0}
    >>> group_title(row | {"partial": True}, find_group("gcc"))
    'GCC: at least 1 of 6 have signed, one more by report'
    """
    findings = [f"{group.name}: {finding}" for finding in findings_of(row)]
    short = (text for text in findings if len(text.split()) <= MAX_TITLE_WORDS)
    return next(short, findings[-1])


def findings_of(row: Row) -> list[str]:
    """Return what can be said of the members of a group that acted, the longest first."""
    members, acted, reported = row["members"], _known(row), row["by_report"]
    did = "signed or joined" if row["bound"] or row["withdrawn"] else "signed"
    if not members:
        return ["no member is known to be able to join", "none known to be able"]
    if not acted and reported:
        of_reports = f"{numeral(reported)} reported"
        return [f"no signature is confirmed, {of_reports}", f"none confirmed, {of_reports}"]
    if not acted and members == 1:
        return ["no act is known"]
    if not acted:
        return [f"no member is known to have {did}", f"none known to have {did}", "no act known"]
    if acted == members:
        who = {1: "has", 2: "both members have"}.get(members, f"all {members} have")
        return [f"{who} {did}", f"all {did}"]
    is_exact = not row["partial"]
    number, short = (lower_bound(acted, is_exact, is_short=is_short) for is_short in (False, True))
    have = "has" if acted == 1 and is_exact else "have"
    finding = f"{number} of {members} {have} {did}"
    shorter = [f"{short} of {members} {have} {did}", f"{short} of {members} {did}"]
    more = [f"{finding}, {numeral(reported)} more by report"] if reported else []
    return [*more, finding, *shorter]


def _group_lead(row: Row, status: Status, group: Group) -> str:
    """Say how many members are bound, or who can join where no act is known."""
    convention, bound, reported = status.convention, row["bound"], row["bound_reported"]
    if not row["members"]:
        return f"The {convention.short_title} is {limits_in_words(convention)}."
    if not (_known(row) or row["by_report"]):
        return _acted_sentence(row, convention, group, f" in {group.in_sentence}")
    treaty = f"the {convention.short_title}"
    where = f"In {group.in_sentence}"
    if not bound:
        known = "confirmed" if reported else "known"
        also = f", {numeral(reported)} {is_are(reported)} reported" if reported else ""
        return f"{where}, no ratification of {treaty} is {known}{also}."
    number = lower_bound(numeral(bound), not row["partial"])
    number = numeral(bound) if bound == row["members"] > PAIR else number
    have = messages()["parties" if status.in_force else "consents"]
    verb = have["has" if bound == 1 and not row["partial"] else "have"].format(subject=treaty)
    noun = _noun(row, group)
    return f"{where}, {number} {noun if bound == 1 else noun + 's'} {verb}."


def _acted_sentence(row: Row, convention: Treaty, group: Group, inside: str | None = None) -> str:
    """Say how many members of a group have acted on a convention.

    `row` is one of `adoption.countries.profiles.acts_by_convention`; `inside` names the group
    where no sentence before does.
    """
    title = f"the {convention.short_title}"
    none = f"No state{inside}" if inside else "No member"
    if inside and row["members"]:
        none = _none_of(row, group, inside)
    if not row["members"]:
        state = _one_state(group)
        can = f"{capitalised(state)} cannot" if state else f"{none} can"
        if convention.parties_of:  # the list of these parties may end before the day
            who = f"{capitalised(state)} is not" if state else f"{none} is"
            can = f"{who} known to be able to"
        return f"{can} join {title}: it is {limits_in_words(convention)}."
    acted, reported = _known(row), row["by_report"]
    if not acted and not reported:
        sentence = _none_known(group, none)
        if row["members"] == 1 and not _one_state(group):
            sentence = f"{capitalised(_acted(row, group, inside))} is not known"
        return f"{sentence} to have signed or joined {title}."
    if not acted and (state := _one_state(group)):
        return f"{capitalised(state)} is reported to have signed or joined {title}."
    if not acted:
        by_report = f"{numeral(reported)} reportedly {has_have(reported)}"
        return f"{none} is known to have signed or joined {title}; {by_report}."
    joined = " or joined" if row["bound"] + row["withdrawn"] else ""
    did = f"{has_have(acted)} signed{joined}"
    excluded = ", reports excluded" if reported else ""
    which = capitalised(_acted(row, group, inside))
    return f"{which} {did} {title}{excluded}."


def acts_bars(counts: pd.DataFrame, group: Group, as_of: date) -> go.Figure | None:
    """Draw how many members have signed and consented to be bound, a bar a convention.

    None where no convention is open to the group beside that of the page.

    Parameters
    ----------
    counts : DataFrame
        From `adoption.countries.profiles.acts_by_convention`; a bar is as long as there are
        members that can join.
    group : Group
        The group.
    as_of : date
        The day.
    """
    if counts.empty:
        return None
    stars = ["*" if partial else "" for partial in counts["partial"]]
    reach = "; *: acts may be missing from the list" if any(stars) else ""
    if counts["members"].min() < counts["members"].max():
        reach += "; a shorter bar: not open, or not known to be open, to the other members"
    texts = []
    for row in counts.to_dict("records"):
        numbers = [
            f"{row[column]} {name}" for column, name in STATUS_OF_COLUMN.items() if row[column]
        ]
        texts.append(f"{row['short_title']}: {', '.join(numbers) or OPEN_TO_NONE}")
    text = "; ".join(texts)
    marked = counts.set_index(counts["label"] + stars)
    bars = marked[[*STATUS_OF_COLUMN]].rename(columns=STATUS_OF_COLUMN)
    subtitle = (
        f"Members of {group.in_sentence} by status on each convention, {long_day(as_of)}{reach}"
    )
    height = MARGINS + BAR_HEIGHT * len(counts) + 46
    figure = status_bars(bars)
    for label in bars.index[counts["members"].eq(0)]:
        write_words(figure, 0, label, OPEN_TO_NONE, xanchor="left")
    return finish(
        figure,
        rows=rows_of_bars(bars[counts["members"].gt(0).to_numpy()], "convention", "members"),
        title=acted_title(counts, group),
        subtitle=subtitle,
        alternative=f"Stacked bars. {text}.",
        height=height,
    )


def dispersion_sentence(measured: pd.DataFrame, group: Group) -> str:
    """Say in which pillar a group is most unequal, if it is so in most resamples of its members.

    It is called unequal only where its Gini coefficient, as printed, is above that of all others.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.countries.inequality.pillar_dispersion`.
    group : Group
        The group.
    """
    spread = measured[measured["states"] >= MIN_STATES].dropna(subset=["gini"])
    spread = spread.loc[
        (-spread["gini"].round(9)).sort_values(kind="stable").index
    ]  # ties keep order
    if spread.empty:
        return "Too few states have a value to compare"
    spread["printed"] = spread["gini"].map("{:.2f}".format)
    row, *further = spread.to_dict("records")
    pillar = row["label"].lower()
    text = f"Cybersecurity scores in {group.in_sentence}"
    equal = [other for other in further if other["printed"] == row["printed"]]
    if further and (equal or row["most_often"] < MAJORITY):
        candidates = equal or further
        second = max(other["most_often"] for other in candidates)
        near = [other for other in candidates if other["most_often"] > second - TIE_SHARE]
        pillars = [pillar, *(other["label"].lower() for other in near)]
        if len(pillars) > MAX_PILLARS:
            return f"{text} vary most in no single pillar"
        if len(pillars) > 2:
            text = f"Cyber-capacity in {group.in_sentence} varies most in"
            return f"{text} {listed(pillars)} pillars"
        return f"{text} vary most in {listed(pillars)} pillars"
    most = "are most unequal" if row["printed"] > f"{row['others_gini']:.2f}" else "vary most"
    return f"{text} {most} in the {pillar} pillar"


def inequality_answer(
    measured: pd.DataFrame, status: Status | None, group: Group, edition: int, as_of: date
) -> Answer:
    """Answer how unequal cyber-capacity is inside a group, and how many members have acted."""
    title = f"{group.name}: how unequal is cyber-capacity"
    gini = measured["gini"].max()
    key = "not measurable" if pd.isna(gini) else f"{gini:.2f}"
    label = f"highest Gini coefficient of the five pillars, GCI {edition}"
    text = f"{dispersion_sentence(measured, group)}."
    reach = f"GCI {edition}, as published."
    if status is not None:
        row, *_ = acts_by_convention(group, [status]).to_dict("records")
        text += f" {_acted_sentence(row, status.convention, group)}"
        reach += f" Acts: {status.convention.reach}"
    return Answer(title, text, key, label, long_day(as_of), reach)


def strip_chart(
    values: pd.DataFrame,
    group: Group,
    inner: Group | None,
    edition: int,
    measured: pd.DataFrame,
) -> go.Figure:
    """Draw every state's pillars as marks on a line: the group, a part of it, the others.

    Parameters
    ----------
    values : DataFrame
        Index iso3; one float column a pillar of the GCI.
    group, inner : Group
        The group, and the part of it that is set apart.
    edition : int
        Edition of the GCI.
    measured : DataFrame
        From `adoption.countries.inequality.pillar_dispersion`.
    """
    inner_members = inner.members & group.members if inner else frozenset()
    inner_members = frozenset() if inner_members == group.members else inner_members
    is_member = values.index.isin(list(group.members))
    is_inner = values.index.isin(list(inner_members))
    other_mark = {"symbol": "line-ns", "size": 9, "line": {"width": 1, "color": CONTEXT}}
    member_mark = {"size": 9, "symbol": "circle-open", "color": SUBJECT, "line": {"width": 2}}
    median_mark = {"symbol": "line-ns", "size": 22, "line": {"width": 2.5, "color": INK}}
    inner_mark = {"size": 11, "symbol": "diamond", "color": SUBJECT}
    lane_name = f"{group.name}, other members" if inner_members else group.name
    lanes = [
        ("other states", ~is_member, -0.24, other_mark),
        (lane_name, is_member & ~is_inner, 0.0, member_mark),
    ]
    lanes += [(inner.name, is_inner, 0.24, inner_mark)] if inner else []
    names = tables.read("states").set_index("iso3")["name"]
    figure, labels = Figure(), list(PILLARS.values())
    drawn = []
    for name, rows_of_lane, shift, marker in lanes:
        if not rows_of_lane.any():
            continue
        frame = values.loc[rows_of_lane, [*PILLARS]]
        long = frame.T.reset_index(names="pillar").melt("pillar").dropna()
        y_values = long["pillar"].map([*PILLARS].index) + shift
        x = long["value"].round(2)
        text = long.iloc[:, 1].map(names)
        style: Style = {"marker": marker, "hover": "%{text}: %{x:.2f}"}
        figure.add_trace(points(x, y_values, name=name, text=text, **style))
        pillar = long["pillar"].map(PILLARS)
        drawn.append(pd.DataFrame({"group": name, "state": text, "pillar": pillar, "points": x}))
        middle = {"pillar": labels, "points": frame.median().to_numpy()}
        drawn.append(pd.DataFrame({"group": f"{name}, median"} | middle))
        rows = [row + shift for row in range(len(labels))]
        figure.add_trace(points(frame.median(), rows, marker=median_mark, meta=f"{name}, median"))
    rows_axis(figure, range(len(labels)), labels, gridcolor=GRID, title=None)
    figure.update_xaxes(range=[-0.5, PILLAR_MAXIMUM + 0.5], dtick=5, title="points of 20")
    subtitle = (
        f"GCI {edition} by pillar, points of {PILLAR_MAXIMUM}; a mark is a state, "
        "a tall line the median"
    )
    source = f"Source: {source_of('GCI')}"
    height = MARGINS + PILLAR_HEIGHT * len(labels) + 40
    return finish(
        figure,
        rows=pd.concat(drawn, ignore_index=True) if drawn else None,
        title=dispersion_sentence(measured, group),
        subtitle=subtitle,
        source=source,
        alternative="Strip plot of the five pillars; the table below has the medians.",
        height=height,
    )


def dispersion_table(measured: pd.DataFrame, group: Group) -> Table:
    """Show `adoption.countries.inequality.pillar_dispersion`."""
    heads = {"label": "Pillar", "states": "Members with a value", "lowest": "Lowest"}
    heads |= {"median": "Median", "highest": "Highest", "iqr": "Interquartile range"}
    heads |= {"gini": "Gini", "theil": "Theil's T", "most_often": "Highest Gini in resamples"}
    heads |= {"others_median": "Others, median", "others_gini": "Others, Gini"}
    caption = f"Dispersion of the GCI pillars inside {group.in_sentence}, points of 20"
    rows = measured[[*heads]].assign(most_often=_measurable(measured["most_often"], "{:.0%}"))
    for name in ("iqr", "gini", "theil", "others_gini"):
        if measured[name].isna().any():
            rows[name] = _measurable(measured[name])
    return Table(rows.rename(columns=heads), caption)


def _measurable(values: pd.Series[float], form: str = "{:.2f}") -> pd.Series[str]:
    return values.map(form.format).where(values.notna(), "not measurable")


def split_table(values: pd.DataFrame, group: Group, inner: Group) -> Table | None:
    """Show `adoption.countries.inequality.spread_between`, unless a group is no part of another."""
    split = spread_between(values, group.members, inner.members)
    if split.empty:
        return None
    heads = {"label": "Pillar", "inner_median": f"Median of {inner.in_sentence}"}
    heads |= {"outer_median": "Median of the other members", "within": "Theil's T within the two"}
    heads |= {"between": "Between them", "between_share": "Share between them"}
    heads |= {"random_share": "95% of random groups, at most"}
    names = ("between_share", "random_share")
    rows = split.assign(**{name: _measurable(split[name], "{:.0%}") for name in names})
    for name in ("inner_median", "outer_median"):
        rows[name] = _measurable(split[name])
    caption = f"{capitalised(inner.in_sentence)} inside {group.in_sentence}"
    return Table(rows[[*heads]].rename(columns=heads), caption, decimals=3)
