"""Where figures come from: acts by grade and source, where sources disagree, the reach of lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from textwrap import shorten
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adoption.core.acts import OTHER_ACTS, act_in_words
from adoption.core.text import (
    NOT_KNOWN,
    capitalised,
    counted,
    is_are,
    listed,
    long_day,
    messages,
    numeral,
    short_day,
    span,
)
from adoption.core.vocabulary import GRADES
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import Style, rows_axis, striped, wrapped
from adoption.figures.theme import PAPER, SUBJECT
from adoption.law.conventions import Convention
from adoption.law.status import Row
from adoption.show.answers import Answer
from adoption.show.classes import BOUND_REPORTED, STATUS_COLOURS
from adoption.show.table import (
    Table,
    linked_text,
    publisher_alone,
    source_links,
    table_of_rows,
    when,
    with_publishers,
)
from adoption.tables import read
from adoption.tables.rows import records

GRADE_COLOURS = {
    "confirmed": SUBJECT,
    "reported": STATUS_COLOURS[BOUND_REPORTED],
    "inferred": SUBJECT,
}
# A reported act is striped as everywhere; an inferred one is outlined, for its fact is sourced and
# only its day is derived or open.
GRADE_MARKS: Mapping[str, dict[str, Any]] = {
    "confirmed": {"color": SUBJECT},
    "reported": striped(STATUS_COLOURS[BOUND_REPORTED]),
    "inferred": {"color": PAPER},
}
LEADING_SOURCES = 2  # which the title of the chart names together
MAX_SOURCES = 12  # of the chart; the table below it has all
ROW_HEIGHT = 38  # pixels
MAX_LINKED = 100  # a longer table names its few sources without an address in each row
MAX_NAMES = 10  # a longer list of states tells nobody more than its length
# A notebook stays below 150 kB with all its figures and tables; a list may have longer texts.
MAX_TEXTS, MAX_TEXT_LETTERS, MAX_NAME_LETTERS = 40, 300, 100  # rows, letters
CORRECTION, CONFLICT = "correction", "conflict"
POSSIBLY = ", possibly by then"
SAID = ["rule", "subject", "found", "why"]  # of what was reviewed, in words


def grades_title(grades: Mapping[str, int], name: str) -> str:
    """Return the finding: how many acts on a convention are confirmed.

    Examples
    --------
    >>> grades_title({"confirmed": 65, "reported": 10, "inferred": 3}, "Atlantis Convention")
    '65 of 78 acts known or reported on the Atlantis Convention are confirmed'
    >>> grades_title({"confirmed": 0, "reported": 9, "inferred": 31}, "Atlantis Convention")
    'None of 40 acts known or reported on the Atlantis Convention is confirmed'
    """
    acts, number = sum(grades.values()), grades["confirmed"]
    if not acts:
        return f"No act on the {name} is known"
    if acts == grades["reported"]:
        return f"{counted(acts, 'act')} on the {name} {is_are(acts)} reported, none confirmed"
    noun = "acts known or reported" if grades["reported"] else "known acts"
    if number not in (0, acts):
        return f"{number} of {acts} {noun} on the {name} {is_are(number)} confirmed"
    if not number and grades["reported"]:
        return f"None of {acts} {noun} on the {name} is confirmed"
    what = f"All {acts} known acts" if acts > 1 else "The one known act"
    return f"{what} on the {name} {is_are(acts)} {_grades(grades)}"


def _grades(grades: Mapping[str, int], *, but: str = "") -> str:
    return listed([grade for grade, acts in grades.items() if acts and grade != but], "or")


def evidence_answer(convention: Convention, grades: Mapping[str, int], as_of: date) -> Answer:
    """Answer how sure the acts on a convention are, and which may be missing."""
    complete, acts = convention.complete_to, sum(grades.values())
    text = grades_title(grades, convention.short_title)
    if 0 < grades["confirmed"] < acts:
        text += f"; the others are {_grades(grades, but='confirmed')}"
    missing = "Acts of any day may be missing."
    if complete is not None and complete < as_of:
        missing = f"Acts after {long_day(complete)} may be missing."
    elif complete is not None:
        missing = "Their list is complete."
    unlisted = "" if convention.signatories_listed else " No source seen names the signatories."
    text = f"{text}. {missing}{unlisted}"
    key, label = ("0", "acts known")
    if acts:
        key = f"{grades['confirmed']} of {acts}"
        label = "acts confirmed"
    return Answer.of(convention, "where the figures come from", as_of, text, key, label)


def sources_title(sources: Sequence[Collection[str]]) -> str:
    """Return the finding: how many acts the sources with most of them carry.

    Examples
    --------
    >>> sources_title([{"a"}, {"a"}, {"b"}, {"a", "c"}, {"d"}])
    'Two of four sources carry four of five acts'
    >>> sources_title([{"a"}, {"a"}])
    'One source carries all two acts'
    """
    acts = Counter(source for of_act in sources for source in of_act)
    most = [source for source, _ in acts.most_common(LEADING_SOURCES)]
    number = sum(not of_act.isdisjoint(most) for of_act in map(set, sources))
    is_part = len(acts) > len(most)
    of = f" of {numeral(len(acts))}" if is_part else ""
    carry = "source carries" if len(most) == 1 else "sources carry"
    carried = "all" if number == len(sources) else f"{numeral(number)} of"
    which = f"{numeral(len(most))}{of}"
    if of:
        carry = "sources carry"
    noun = "act" if len(sources) == 1 else "acts"
    return capitalised(f"{which} {carry} {carried} {numeral(len(sources))} {noun}")


def grades_by_source(
    acts_by_day: pd.DataFrame, convention: Convention, as_of: date
) -> go.Figure | None:
    """Draw how many acts rest on each source, by grade; None where no act is certain.

    An act counts for each source that it names, so the bars add up to more than the acts.

    Parameters
    ----------
    known : DataFrame
        From `adoption.law.evidence.acts_by_day`.
    convention : Convention
        The one they are on.
    as_of : date
        The day.
    """
    acts, figure = acts_by_day[acts_by_day["certain"]], Figure()
    by_source = acts.assign(source=acts["source"].str.split(";")).explode("source")
    counts = pd.crosstab(by_source["source"], by_source["grade"])
    counts = counts.reindex(columns=[*GRADES], fill_value=0)
    if counts.empty:
        return None
    totals = counts.sum(axis=1).sort_values(ascending=False, kind="stable").head(MAX_SOURCES)
    counts, left = counts.loc[totals.index], len(counts) - len(totals)
    publishers = read("sources").set_index("source")["publisher"].map(publisher_alone)
    names = [f"{publishers[key]}, {key}" for key in totals.index]
    for grade in counts.columns[counts.any()]:
        fill: Style = {"line": {"width": 2, "color": GRADE_COLOURS[grade]}} | GRADE_MARKS[grade]
        hover = "%{customdata}: %{x}<extra>" + grade + "</extra>"
        y = [*np.flatnonzero(counts[grade])]  # a bar of none would have an outline
        x = counts[grade].iloc[y].tolist()
        hovered = [names[number] for number in y]
        style = {"orientation": "h", "marker": fill, "customdata": hovered, "hovertemplate": hover}
        numbers = [int(number) for number in y]
        figure.add_trace(go.Bar(x=x, y=numbers, name=grade, **style))
    labels = [wrapped(shorten(publishers[key], 60, placeholder="…"), 34) for key in totals.index]
    rows_axis(figure, range(len(counts)), labels, showgrid=False)
    figure.update_xaxes(range=[0, 1.06 * float(totals.max())], title="acts", nticks=6)
    further = f"{counted(left, 'further source')} with no more acts {is_are(left)} left out"
    more = f"; {further}" if left else ""
    for kind in OTHER_ACTS:
        number = int((acts["act"] == kind.name).sum())
        more += f"; {counted(number, kind.name)} included" if number else ""
    texts = [f"{name}: {number}" for name, number in zip(names, totals, strict=True)]
    publisher = [shorten(publishers[key], 60, placeholder="…") for key in totals.index]
    of_source = counts.assign(source=totals.index, publisher=publisher)
    rows = of_source.melt(["source", "publisher"], var_name="grade", value_name="acts")
    title = sources_title(acts["source"].str.split(";").tolist())
    subtitle = (
        f"Acts on the {convention.short_title} to {long_day(as_of)}, by source and grade; "
        f"an act counts for each source that it names{more}"
    )
    alternative = f"Bars by source. {'; '.join(texts)}."
    height = ROW_HEIGHT * len(counts) + 140
    figure = finish(
        figure,
        rows=rows[rows["acts"] > 0],
        title=title,
        subtitle=subtitle,
        alternative=alternative,
        height=height,
    )
    return figure.update_layout(barmode="stack", legend_traceorder="normal")


def open_acts_table(acts: pd.DataFrame) -> Table | None:
    """Show the acts of `known_acts` that are not confirmed or have no known day, if there are."""
    rows = acts[~_settled(acts)].fillna({"note": ""})
    columns = {**_columns_of_acts(), "Note": lambda row: with_publishers(row["note"])}
    caption = "Acts that are not confirmed, or whose day is not known"
    return table_of_rows(rows, columns, caption) if len(rows) else None


def later_acts_table(acts: pd.DataFrame, convention: Convention) -> Table | None:
    """Show the acts of `acts_by_day` that were done after the end of a complete list, if any."""
    if convention.complete_to is None:
        return None
    rows = acts[acts["earliest"] > pd.Timestamp(convention.complete_to)]
    caption = f"Acts known after {long_day(convention.complete_to)}, the end of the complete list"
    return table_of_rows(rows, _columns_of_acts(), caption) if len(rows) else None


def _columns_of_acts() -> dict[str, Any]:
    """Return the columns of a table of acts, each with what stands in it."""
    return {
        "Participant": "name",
        "Act": lambda row: act_in_words(row["act"]) + ("" if row["certain"] else POSSIBLY),
        "Day": when,
        "Grade": "grade",
        "Source": lambda row: source_links(row["source"]),
    }


def settled_acts_table(acts_by_day: pd.DataFrame, also: pd.Series[str]) -> Table:
    """Show the confirmed acts of `known_acts` that have a day, one row a participant.

    Parameters
    ----------
    known : DataFrame
        From `adoption.law.evidence.acts_by_day`.
    also : Series of str
        From `adoption.law.evidence.also_named`, for the same rows.
    """
    publisher = read("sources").set_index("source")["publisher"]
    settled = acts_by_day.assign(also=also)[_settled(acts_by_day)]
    linked = settled["iso3"].nunique() <= MAX_LINKED
    rows = []
    acts_of: dict[str, list[dict[Any, Any]]] = {}
    for act in records(settled):
        acts_of.setdefault(act["name"], []).append(act)
    for name, acts in acts_of.items():
        keys = list(dict.fromkeys(act["source"] for act in acts))
        further = [key for act in acts for key in act["also"].split(";") if key]
        publishers = dict.fromkeys(publisher[key] for key in further if key not in keys)
        days = "; ".join(f"{act['act']} {when(act)}" for act in acts)
        cited = source_links(";".join(keys), is_linked=linked)
        rows.append((name, days, cited, "; ".join(publishers)))
    frame = pd.DataFrame(rows, columns=["Participant", "Acts", "Source", "Also named in the note"])
    frame = frame if settled["also"].any() else frame.iloc[:, :-1]
    return Table(frame, "Confirmed acts with a day, by participant")


def _settled(acts: pd.DataFrame) -> pd.Series[bool]:
    return (acts["grade"] == "confirmed") & acts["date"].notna()


def further_sources_table(also: pd.Series[str]) -> Table:
    """Show what the sources say that notes name beside the row's own.

    Parameters
    ----------
    also : Series of str
        From `adoption.law.evidence.also_named`.
    """
    sources = read("sources")
    named = {key for keys in also for key in keys.split(";")}
    columns = {
        "Source": lambda row: linked_text(row["source"], row["url"]),
        "Publisher": "publisher",
    }
    caption = "Further sources that the notes name, and what each gives"
    return table_of_rows(
        sources[sources["source"].isin(named)], columns | {"Gives": "gives"}, caption
    )


def totals_table(compared: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.totals_compared`."""

    def our_count(row: Row) -> str:
        return NOT_KNOWN if row["lower"] is None else span(row["lower"], row["upper"])

    def difference(row: Row) -> str:
        return f"{row['difference']:+d}" if row["difference"] else ""

    columns = {
        "Day": lambda row: _day(row["as_of"], "no day given"),
        "Measure": "measure",
        "Published": "published",
        "Our count": our_count,
        "Difference": difference,
        "Result": "result",
        "Grade": "grade",
        "Source": lambda row: source_links(row["source"]),
    }
    rows = compared.astype(object).where(compared.notna(), None)
    return table_of_rows(
        rows, columns, "Published totals beside the count of the acts on their day"
    )


def force_table(compared: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.force_compared`."""

    def computed(row: Row) -> str:
        return when(row) if pd.notna(row["earliest"]) else "none follows"

    columns = {
        "Published": lambda row: _day(row["published"], "none"),
        "By the rule and the acts": computed,
        "Result": lambda row: "" if pd.isna(row["result"]) else row["result"],
    }
    caption = "Entry into force of the convention, published and computed"
    return table_of_rows(compared.assign(open_ended=False), columns, caption)


def oddities(compared: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Say in words what has been reviewed, and where sources disagree.

    Parameters
    ----------
    compared : mapping of str to DataFrame
        From `adoption.law.evidence.disagreements`.

    Returns
    -------
    DataFrame
        rule (of the check, `CORRECTION` or `CONFLICT`), subject, found, why (all str).
    """
    rows = compared["corrections"]
    corrections = rows.assign(
        rule=CORRECTION,
        subject=rows["convention"] + " " + rows["iso3"] + " " + rows["field"],
        found=rows["expect"] + " in the source, " + rows["value"] + " here",
    )
    parts = [compared["exceptions"], corrections, describe_conflicts(compared["conflicts"])]
    return pd.concat(parts, ignore_index=True)[SAID]


def describe_conflicts(conflicts: pd.DataFrame) -> pd.DataFrame:
    """Say in words what other sources say otherwise than the acts that are kept.

    Examples
    --------
    >>> row = {"convention": "hanoi", "iso3": "QAT", "kind": "consent", "about": "day",
    ...        "kept": "2026-03-03", "kept_source": "untc-hanoi",
    ...        "other": "2026-02-05", "other_source": "press", "other_grade": "reported",
    ...        "note": None}
    >>> describe_conflicts(pd.DataFrame([row])).loc[0, "found"]
    '2026-03-03 by untc-hanoi, 2026-02-05 by press (reported)'
    """
    rows = []
    for row in conflicts.to_dict("records"):
        other = f"{row['other']} by {row['other_source']}"
        both = f"{row['kept']} by {row['kept_source']}, {other}"
        both += f" ({row['other_grade']})" if pd.notna(row["other_grade"]) else ""
        if row["about"] == "total":
            both = f"published {other}, counted {row['kept']}"
        names = (row[name] for name in ("convention", "iso3", "kind") if pd.notna(row[name]))
        has_note = pd.notna(row["note"])
        why = row["note"] if has_note else messages()["kept"][row["about"]]
        rows.append((CONFLICT, " ".join(names), both, why))
    return pd.DataFrame(rows, columns=SAID, dtype="str")


def disagreement_rows(compared: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Return `adoption.law.evidence.disagreements` as rows of evidence.

    Returns
    -------
    list of DataFrame
        kind, iso3, about, found, published, computed (text), note and source.
    """
    totals = compared["totals"]
    reviewed = oddities(compared)
    conflicts = compared["conflicts"]
    # Conflicts and totals have rows of their own.
    reviewed = reviewed[~reviewed["rule"].isin((CONFLICT, "total-differs"))]
    other = describe_conflicts(conflicts).join(conflicts.drop(columns=["about", "note"]))
    other = other[conflicts["about"] != "total"]
    ends = zip(totals["lower"], totals["upper"], strict=True)
    computed = pd.array([None if pd.isna(low) else span(low, high) for low, high in ends], "str")
    days = pd.concat([compared["force"], compared["entries"]], ignore_index=True)
    days = days.dropna(subset=["published"])
    one_day = days["earliest"].where(days["earliest"] == days["latest"])
    days["computed"] = days["computed"].fillna(one_day).dt.strftime("%Y-%m-%d")
    days["published"] = days["about"] = days["published"].dt.strftime("%Y-%m-%d")
    published = totals["published"].astype("str")
    parts = {
        "total": totals.assign(published=published, computed=computed),
        "entry into force": days,
        "conflict": pd.concat([reviewed, other]),
    }
    heads = {"measure": "about", "subject": "about", "result": "found", "wording": "note"}
    heads |= {"why": "note", "other": "published", "kept": "computed", "other_source": "source"}
    return [part.rename(columns=heads).assign(kind=kind) for kind, part in parts.items()]


def oddities_table(reviewed: pd.DataFrame, convention: Convention) -> Table:
    """Show `oddities`, with the states by name."""
    names = read("states").set_index("iso3")["name"].to_dict()
    rules = messages()["rules"]

    def where(row: Row) -> str:
        codes = row["subject"].split()[1:]
        return " ".join(names.get(code, code) for code in codes) or row["subject"]

    columns = {
        "What": lambda row: rules.get(row["rule"], row["rule"]),
        "Where": where,
        "Found": "found",
        "Why it stands": "why",
    }
    conflicts = ", and conflicts" if (reviewed["rule"] == CONFLICT).any() else ""
    title = f"Reviewed exceptions and corrections{conflicts}: {convention.short_title}"
    return table_of_rows(reviewed, columns, title)


def reach_table(reach: pd.DataFrame, as_of: date) -> Table:
    """Show `adoption.law.evidence.reach`."""

    def beyond(row: Row) -> str:
        return f"{row['beyond']:,}" if pd.notna(row["beyond"]) else "all"

    def day_of(column: str, otherwise: str = NOT_KNOWN) -> Callable[[Row], str]:
        return lambda row: _day(row[column], otherwise)

    days = {
        "Opened": day_of("opens"),
        "Complete to": day_of("complete_to", "no day"),
        "Nearly to": day_of("nearly_complete_to", "no day"),
        "Partial to": day_of("partial_to"),
    }
    columns = {
        "Convention": "label",
        **days,
        "Days beyond": beyond,
        "Snapshot taken": day_of("taken"),
        "Its age, days": "age",
    }
    title = f"Reach of the list of acts of each convention; days beyond it by {long_day(as_of)}"
    return table_of_rows(reach, columns, title)


def _day(day: Any, otherwise: str = NOT_KNOWN) -> str:
    """Return a day that a narrow column does not break."""
    return short_day(day).replace(" ", "\N{NO-BREAK SPACE}") if pd.notna(day) else otherwise


def coverage_table(covered: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.covered`."""

    def names(named: Sequence[str], noun: str) -> str:
        if len(named) <= MAX_NAMES:
            return listed(named)
        return f"{len(named)} {noun}"

    def part(row: Row) -> str:
        return f"{row['table']}, {row['part']}" if row["part"] else row["table"]

    def members(row: Row) -> str:
        return f"{row['members']}" if pd.notna(row["members"]) else "not by state"

    columns = {
        "Table": part,
        "Rows": "rows",
        "UN members": members,
        "Members without a row": lambda row: names(row["absent"], "members"),
        "Others with a row": lambda row: names(row["others"], "participants"),
    }
    caption = "Rows and members of the United Nations in each table"
    return table_of_rows(covered, columns, caption)


def gaps_table(gaps: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.gaps`."""
    heads = {"table": "Table", "column": "Column", "missing": "Missing", "rows": "Of rows"}
    caption = "Values that are not known, in the columns that results rest on"
    return Table(gaps[[*heads]].rename(columns=heads), caption)


def snapshots_table(snapshots: pd.DataFrame) -> Table:
    """Show the raw files with their licence and days."""
    columns = {
        "Raw file": "title",
        "Licence": "licence",
        "Taken": lambda row: _day(row["accessed"]),
        "Unchanged to": lambda row: _day(row["unchanged_until"]),
        "Shows to": lambda row: _day(row["complete_to"]),
    }
    return table_of_rows(snapshots, columns, "Raw files and their licences")


def statements_table(
    statements: pd.DataFrame, convention: Convention, snapshots: pd.DataFrame
) -> Table:
    """Show the beginnings of the first texts on a convention, or why there is none.

    Parameters
    ----------
    statements, snapshots : DataFrame
        The tables.
    convention : Convention
        Which convention.
    """
    texts = statements[statements["convention"] == convention.convention]
    caption = "Reservations and other texts beside the acts"
    if texts.empty:
        why = "The depositary's list, which has them, has not been fetched: they are not known."
        if snapshots["file"].str.startswith(f"data/raw/{convention.source}/").any():
            why = "The depositary's list that was fetched holds none."
        return Table(pd.DataFrame({"Text": [why]}), caption)
    columns = {
        "Participant": lambda row: _begin(row["participant"], MAX_NAME_LETTERS),
        "Kind": "kind",
        "Text": lambda row: _begin(row["text"], MAX_TEXT_LETTERS),
        "SHA-256 begins": lambda row: row["sha256"][:16],
    }
    caption += f"; the first {MAX_TEXTS} of {len(texts):,}" if len(texts) > MAX_TEXTS else ""
    caption += "; full text in the table statements"
    return table_of_rows(texts.head(MAX_TEXTS), columns, caption)


def _begin(text: Any, letters: int) -> str:
    if pd.isna(text):
        return "none named"
    return text if len(text) <= letters else f"{text[:letters]}…"
