"""The tables of states: who they are, where they belong, and what is measured of them."""

from __future__ import annotations

from adoption.data.dictionary.columns import Column, Table, iso3_column, source_column
from adoption.data.dictionary.words import STATE_KINDS

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
        "capacity", "a value of an index for a state", ("iso3", "index", "edition", "component"),
        (
            iso3_column(),
            Column("index", "text", "Index", allowed=("GCI", "EGDI")),
            Column("edition", "integer", "Year of the edition"),
            Column("component", "text", "Part of the index", allowed=(
                "overall", "rank", "legal", "technical", "organizational", "capacity_development",
                "cooperation", "online_services", "telecommunication", "human_capital",
            )),
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
)  # fmt: skip
