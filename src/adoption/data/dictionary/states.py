"""The tables of states and of the base set: who and what is measured; treaties, acts, forecasts."""

from __future__ import annotations

from adoption.data.dictionary.columns import (
    ACTS,
    STATE_KINDS,
    Column,
    Table,
    iso3_column,
    source_column,
)

WAYS = (
    ("forecast", "known then, calibrated by other treaties"),
    ("climatology", "the usual wait of treaties that 30 states had signed at the age, known then"),
    ("pace", "constant pace of the last 365 days"),
)

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

TABLES: tuple[Table, ...] = (
    Table(
        "states", "a UN member, an observer, another state, or the European Union", ("iso3",),
        (
            Column("iso3", "text", "ISO 3166-1 alpha-3 code; EUE is the European Union"),
            Column("m49", "text", "UN M49 code, three digits", missing=True),
            Column("name", "text", "Official UN name"),
            Column("article", "text", "The article that the name has in a sentence; empty where it has none", missing=True, allowed=("the",)),
            Column("kind", "text", "Kind of participant", allowed=STATE_KINDS),
            Column("un_member", "boolean", "Member of the United Nations"),
            Column("un_member_since", "integer", "Year of admission", missing=True),
            Column("region", "text", "M49 region", missing=True),
            Column("subregion", "text", "M49 sub-region", missing=True),
            Column("un_group", "text", "United Nations regional group", missing=True),
            Column("income_group", "text", "World Bank income group", missing=True),
            Column("population", "integer", "Persons", missing=True),
            Column("population_year", "integer", "Year of the population", missing=True),
            Column("gdp_per_capita", "number", "US dollars of the year", missing=True),
            Column("gdp_year", "integer", "Year of the GDP per capita", missing=True),
            Column("gdp_per_capita_basis", "text", "How the GDP per capita was obtained", missing=True),
            Column("gdp_per_capita_ppp", "number", "International dollars of the year", missing=True),
            Column("gdp_ppp_year", "integer", "Year of the GDP per capita in international dollars", missing=True),
            Column("internet_users_pct", "number", "Share of people using the Internet, per cent", missing=True),
            Column("internet_year", "integer", "Year of the share of Internet users", missing=True),
            Column("label_lon", "number", "Longitude of the label point, degrees east", missing=True),
            Column("label_lat", "number", "Latitude of the label point, degrees north", missing=True),
            Column("small", "boolean", "Under 3,000 square kilometres: drawn as a marker"),
            Column("marker_lon", "number", "Longitude of the marker, moved where markers would overlap", missing=True),
            Column("marker_lat", "number", "Latitude of the marker", missing=True),
            source_column("Keys of the sources, with ; between them"),
        ),
    ),
    Table(
        "memberships", "a state in an organisation", ("iso3", "organisation"),
        (
            iso3_column(),
            Column("organisation", "text", "Name of the organisation"),
            Column("since", "text", "Year or day of joining, where a source gives it", missing=True),
            source_column(),
            Column("note", "text", "What a reader should know of this row", missing=True),
        ),
    ),
    Table(
        "names", "the name of a state in an official language of the United Nations", ("iso3", "language"),
        (
            iso3_column(),
            Column("language", "text", "ISO 639-1 code of the language", allowed=LANGUAGES),
            Column("name", "text", "The name"),
            source_column(),
            Column("note", "text", "What a reader should know of this row", missing=True),
        ),
    ),
    Table(
        "aliases", "a further name of a state, for recognition only", ("alias", "language"),
        (
            iso3_column(),
            Column("alias", "text", "The name; some former names cover a part of the state, or more than it"),
            Column("language", "text", "ISO 639-1 code of the language; und where it is not known"),
            source_column(),
        ),
    ),
    Table(
        "treaty_titles", "the title of a convention in another language", ("convention", "language"),
        (
            Column("convention", "text", "Id of the convention in the registry", refers="conventions.convention"),
            Column("language", "text", "ISO 639-1 code of the language", allowed=LANGUAGES),
            Column("title", "text", "The title"),
            Column("status", "text", "Whether the language is an authentic one of the text, as far as known"),
            source_column(),
            Column("note", "text", "What a reader should know of this row", missing=True),
        ),
    ),
    Table(
        "capacity", "a value of an index for a state", ("iso3", "index", "edition", "component"),
        (
            iso3_column(),
            Column("index", "text", "Index"),
            Column("edition", "integer", "Year of the edition"),
            Column("component", "text", "Part of the index; overall is the whole"),
            Column("value", "number", "GCI overall: 0 to 100; its pillars: 0 to 20; EGDI: 0 to 1; rank: 1 is best"),
            Column("tier", "text", "GCI 2024 tier, T1 is best; only on the overall value", missing=True),
            Column("grade", "text", "high: two copies or a sum agree; medium: one copy, or a repair; empty: not assessed", missing=True, allowed=("high", "medium")),
            source_column(),
            Column("note", "text", "What a reader should know; only on the overall value", missing=True),
        ),
    ),
    Table(
        "votes", "a vote of a state on a General Assembly resolution", ("iso3", "resolution"),
        (
            iso3_column(),
            Column("resolution", "text", "Symbol of the resolution"),
            Column("date", "day", "Day of the vote"),
            Column("vote", "text", "The vote; absence and not-voting are not told apart", allowed=("yes", "no", "abstain", "absent")),
            Column("grade", "text", "confirmed: recorded; inferred: no recorded vote, so absent", allowed=("confirmed", "inferred")),
            source_column(),
        ),
    ),
    Table(
        "regimes", "a state's political regime", ("iso3",),
        (
            iso3_column(),
            Column("index", "text", "Index"),
            Column("edition", "text", "Edition of the data set"),
            Column("year_covered", "integer", "Year described"),
            Column("score", "integer", "0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy"),
            Column("status", "text", "The score in words"),
            source_column(),
            Column("grade", "text", "Confidence in the copy", allowed=("high", "medium")),
        ),
    ),
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
