"""Tables on the acts of a convention, their sources, and where sources disagree."""

from __future__ import annotations

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Table
from adoption.law.conventions import Convention
from adoption.law.evidence import CONFLICT, CORRECTION
from adoption.law.status import Row
from adoption.views.sources import source_links, when
from adoption.words import short_day

# The rules of `adoption.data.checks`, `headers` and `successive`, the corrections and the
# conflicts, as a reader understands them.
RULES = {
    "act-before-opening": "act before the opening for signature",
    "act-in-the-future": "act after the day of the data",
    "act-before-conclusion": "act before the treaty was concluded",
    "consent-before-signature": "consent before the signature",
    "code-of-another": "code of another participant in the raw file",
    "total-differs": "published total outside our count",
    "header-differs": "header of the copy differs from its rows",
    "entry-into-force-differs": "published entry into force differs from the acts",
    "state-entry-into-force-differs": "published day for a state differs from the rule",
    "pillars-differ-from-overall": "overall value differs from the sum of its parts",
    "act-after-list": "act after the day of the depositary's list",
    "act-vanished": "act that is gone from the depositary's list",
    "act-day-changed": "day that the depositary's list has changed",
    "act-renamed": "act that the depositary's list has renamed",
    "act-superseded": "act that has come into brackets",
    "bound-again": "consent given again after a withdrawal",
    "act-not-in-list": "act that the depositary's list does not have",
    "act-day-differs": "day differs from that of the depositary's list",
    "list-older": "list of an earlier day than the one before it",
    "list-title-differs": "title of a list that is not quite that of its convention",
    "list-total-differs": "total of a list differs from its rows, or is gone",
    "in-force-by-rule-only": "in force by the acts, not by the depositary's list",
    "withdrawal-without-day": "withdrawal whose day is not known",
    "withdrawn-but-listed": "withdrawal that the depositary's list does not show",
    CORRECTION: "correction of a source",
    CONFLICT: "sources say otherwise",
}


# A longer table names its few sources without an address in each row: `by_source_view` has it.
MOST_LINKED = 100


def open_acts_view(known: pd.DataFrame, sources: pd.DataFrame) -> Table:
    """Show the acts of `known_acts` that are not confirmed or have no known day."""
    links = source_links(sources)
    rows = [
        {
            "Participant": row["name"],
            "Act": row["act"] if row["certain"] else f"{row['act']}, possibly by then",
            "Day": when(row),
            "Grade": row["grade"],
            "Source": links(row["source"]),
            "Note": row["note"] if pd.notna(row["note"]) else "",
        }
        for row in known[~_settled(known)].to_dict("records")
    ]
    columns = ["Participant", "Act", "Day", "Grade", "Source", "Note"]
    caption = "Acts that are not confirmed, or whose day is not known"
    return Table(pd.DataFrame(rows, columns=columns), caption)


def settled_acts_view(known: pd.DataFrame, also: pd.Series[str], sources: pd.DataFrame) -> Table:
    """Show the confirmed acts of `known_acts` that have a day, one row a participant.

    Parameters
    ----------
    known : DataFrame
        From `adoption.law.evidence.known_acts`.
    also : Series of str
        From `adoption.law.evidence.also_named`, for the same rows.
    sources : DataFrame
        The table `sources`.
    """
    links = source_links(sources)
    settled = known.assign(also=also)[_settled(known)]
    linked = settled["iso3"].nunique() <= MOST_LINKED
    rows = []
    for name, acts in settled.groupby("name", sort=False):
        own = list(dict.fromkeys(acts["source"]))
        further = dict.fromkeys(key for keys in acts["also"] for key in keys.split(";") if key)
        rows.append(
            {
                "Participant": name,
                "Acts": "; ".join(_act_and_day(row) for row in acts.to_dict("records")),
                "Source": links(";".join(own)) if linked else ", ".join(own),
                "Also named in the note": ", ".join(key for key in further if key not in own),
            }
        )
    columns = ["Participant", "Acts", "Source", "Also named in the note"]
    frame = pd.DataFrame(rows, columns=columns if settled["also"].any() else columns[:-1])
    return Table(frame, "Confirmed acts with a day, by participant")


def _settled(known: pd.DataFrame) -> pd.Series[bool]:
    return (known["grade"] == "confirmed") & known["date"].notna()


def _act_and_day(row: Row) -> str:
    return f"{row['act']} {when(row)}"


def further_sources_view(also: pd.Series[str], sources: pd.DataFrame) -> Table:
    """Show what the sources say that notes name beside the row's own.

    Parameters
    ----------
    also : Series of str
        From `adoption.law.evidence.also_named`.
    sources : DataFrame
        The table `sources`.
    """
    named = {key for keys in also for key in keys.split(";") if key}
    chosen = sources[sources["source"].isin(named)]
    links = source_links(sources)
    rows = [
        {
            "Source": links(row["source"]),
            "Publisher": row["publisher"],
            "Gives": row["gives"],
        }
        for row in chosen.to_dict("records")
    ]
    caption = "Further sources that the notes name, and what each gives"
    return Table(pd.DataFrame(rows, columns=["Source", "Publisher", "Gives"]), caption)


def totals_view(compared: pd.DataFrame, sources: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.totals_compared`."""
    links = source_links(sources)
    rows = [
        {
            "Day": short_day(row["as_of"]) if pd.notna(row["as_of"]) else "no day given",
            "Measure": row["measure"],
            "Published": row["published"],
            "Our count": _bounds(row),
            "Difference": f"{row['difference']:+d}" if row["difference"] else "",
            "Result": row["result"],
            "Source": links(row["source"]),
        }
        for row in compared.astype(object).where(compared.notna(), None).to_dict("records")
    ]
    columns = ["Day", "Measure", "Published", "Our count", "Difference", "Result", "Source"]
    caption = "Published totals beside the count of the acts on their day"
    return Table(pd.DataFrame(rows, columns=columns), caption)


def force_view(compared: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.force_compared`."""
    (row,) = compared.to_dict("records")
    computed = when(row | {"open_ended": False}) if pd.notna(row["earliest"]) else "none follows"
    frame = pd.DataFrame(
        {
            "Published": [short_day(row["published"]) if pd.notna(row["published"]) else "none"],
            "By the rule and the acts": [computed],
            "Result": ["" if pd.isna(row["result"]) else row["result"]],
        }
    )
    return Table(frame, "Entry into force of the convention, published and computed")


def _bounds(row: Row) -> str:
    if row["lower"] is None:
        return NOT_KNOWN
    same = row["lower"] == row["upper"]
    return f"{row['lower']}" if same else f"{row['lower']} to {row['upper']}"


def oddities_view(oddities: pd.DataFrame, convention: Convention) -> Table:
    """Show `adoption.law.evidence.load_oddities`."""
    frame = pd.DataFrame(
        {
            "What": oddities["rule"].map(lambda rule: RULES.get(rule, rule)),
            "Where": oddities["subject"].str.split(" ", n=1).str[-1],
            "Found": oddities["found"],
            "Why it stands": oddities["why"],
        }
    )
    conflicts = ", and conflicts" if (oddities["rule"] == CONFLICT).any() else ""
    title = f"Reviewed exceptions and corrections{conflicts}: {convention.short_title}"
    return Table(frame, title)
