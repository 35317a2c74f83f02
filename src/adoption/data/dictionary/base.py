"""The tables of the base set: treaties, acts on them, and forecasts tried on them."""

from __future__ import annotations

from adoption.data.dictionary.columns import Column, Table, source_column
from adoption.data.dictionary.words import ACTS


WAYS = (
    ("forecast", "known then, calibrated by other treaties"),
    ("climatology", "the usual wait of treaties that 30 states had signed at the age, known then"),
    ("pace", "constant pace of the last 365 days"),
)

TABLES: tuple[Table, ...] = (
    Table(
        "base_treaties", "a treaty deposited with the UN Secretary-General", ("treaty",),
        (
            Column("treaty", "text", "Number of chapter and treaty, such as XVIII-12"),
            Column("title", "text", "Title"),
            Column("chapter", "text", "Chapter of the depositary's list"),
            Column("concluded", "day", "Day of conclusion"),
            Column("first_signature", "day", "First signature in the table", missing=True),
            Column("entry_into_force", "day", "Published day of entry into force", missing=True),
            Column("days_conclusion_to_force", "integer", "Days from conclusion to entry into force", missing=True),
            Column("threshold", "integer", "Instruments needed, where the clause states them", missing=True),
            Column("delay_days", "integer", "Days from the last of them, where the clause states them", missing=True),
            Column("nth_instrument_date", "day", "Day of the nth instrument by a plain count of every row, organisations included", missing=True),
            Column("computed_entry_into_force", "day", "That day plus the delay; wrong where an organisation must not be counted", missing=True),
            Column("instruments_by_entry_into_force", "integer", "Rows of consent up to the published day", missing=True),
            Column("signatures_counted", "integer", "Signatories in the table"),
            Column("participants_bound_counted", "integer", "Participants with a consent in the table"),
            Column("signatories_official", "integer", "Signatories by the file's own header", missing=True),
            Column("parties_official", "integer", "Parties by the file's own header", missing=True),
            Column("rows", "integer", "Acts in the table"),
            source_column(),
            Column("as_of", "day", "Day whose state the table shows"),
        ),
    ),
    Table(
        "base_acts", "an act on a treaty of the base set", ("treaty", "participant", "act"),
        (
            Column("treaty", "text", "Number of chapter and treaty", refers="base_treaties.treaty"),
            Column("participant", "text", "Name as the depositary prints it"),
            Column("iso3", "text", "ISO3 code; empty for an international organisation", missing=True),
            Column("act", "text", "What was done; the day of a withdrawal is the day on which it takes effect", allowed=ACTS),
            Column("date", "day", "The day"),
            source_column(),
        ),
    ),
    Table(
        "backtest", "a forecast of the past: a treaty of the base set, its age and a number of parties", ("treaty", "age", "target"),
        (
            Column("treaty", "text", "Number of chapter and treaty", refers="base_treaties.treaty"),
            Column("age", "integer", "Days since the first signature"),
            Column("target", "integer", "Number of consents by states that is asked about"),
            Column("consents", "integer", "Consents by states at the age"),
            Column("signatories", "integer", "States that had signed at the age"),
            Column("followed", "integer", "Days from the age to the end of the list"),
            Column("wait", "integer", "Days from the age to the target; empty where it was not reached by the end of the list", missing=True),
            Column("peers", "integer", "Treaties that the usual wait rests on"),
            *(column for way, how in WAYS for column in (
                Column(f"crps_{way}", "number", f"CRPS on log days, 0 is perfect; {how}"),
                Column(f"pit_{way}", "number", f"Probability given to a wait as long as it was, or as the list lasts; {how}"),
            )),
            Column("median_forecast", "number", "Forecast median of the wait, days; empty beyond 30 years", missing=True),
        ),
    ),
)  # fmt: skip
