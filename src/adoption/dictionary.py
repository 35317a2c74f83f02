"""The data dictionary: every processed table and column, said once.

The pandera schemas, the Frictionless `datapackage.json` and the reading of tables
are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "day", "boolean"]

DTYPES: dict[Kind, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "day": "datetime64[us]",
    "boolean": "bool",
}

CONSENTS = (
    "ratification", "acceptance", "approval", "formal confirmation", "accession", "succession",
    "definitive signature", "consent to be bound",
)  # fmt: skip
SIGNATURES = ("signature", "succession to signature", "confirmation of signature")
WITHDRAWAL = "withdrawal"
ACTS = (*SIGNATURES, *CONSENTS, WITHDRAWAL)
GRADES = ("confirmed", "reported", "inferred")
STATE_KINDS = ("member", "observer", "other state", "organization")


@dataclass(frozen=True)
class Column:
    """A column of a processed table.

    Attributes
    ----------
    name : str
        Its name.
    kind : Kind
        What it holds; `DTYPES` gives the pandas dtype.
    means : str
        What a value says, with its unit.
    missing : bool
        Whether a value may be empty, which always means "not known".
    allowed : tuple of str
        The only words allowed; empty where any are.
    refers : str
        `table.column` that must hold each value; several keys stand with `;` between them.
    """

    name: str
    kind: Kind
    means: str
    missing: bool = False
    allowed: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """A processed table.

    Attributes
    ----------
    name : str
        Its name; the files are `name.csv` and `name.parquet`.
    row : str
        What one row is.
    key : tuple of str
        The columns that together identify a row.
    columns : tuple of Column
        In order.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def dtypes(self) -> dict[str, str]:
        """Return the pandas dtype of each column."""
        return {column.name: DTYPES[column.kind] for column in self.columns}


def _iso3(missing: bool = False) -> Column:
    return Column(
        "iso3", "text", "ISO 3166-1 alpha-3 code; EUE is the European Union", missing,
        refers="states.iso3",
    )  # fmt: skip


def _source(means: str = "Key of the source") -> Column:
    return Column("source", "text", means, refers="sources.source")


def _crps(way: str, how: str) -> Column:
    return Column(
        f"crps_{way}", "number", f"CRPS on log days, 0 is perfect; {how}",
        missing=way.endswith("then"),
    )  # fmt: skip


def _pit(way: str, how: str) -> Column:
    return Column(
        f"pit_{way}", "number",
        f"Probability given to a wait as long as it was, or as the list lasts; {how}",
        missing=way.endswith("then"),
    )  # fmt: skip


# Ways of learning and plain forecasts in the back-test, and what each is; the ways that end
# in `then` are missing where nothing was known yet to learn from.
LEARNT = (
    ("model", "learnt from all other treaties"),
    ("apart", "learnt from all others but protocols, amendments and what opened within 30 days"),
    ("then", "learnt from what was known at the beginning of the year"),
)
BASELINES = (
    ("climatology", "Kaplan-Meier of the waits of the other treaties that are tried"),
    ("climatology_then", "the same over all treaties, as known at the beginning of the year"),
    ("pace", "constant pace of the last 12 months"),
    ("bass", "Bass curve"),
)

CONVENTION = Column(
    "convention", "text", "Id of the convention in the registry", refers="conventions.convention"
)
GRADE = Column("grade", "text", "How well the act is supported", allowed=GRADES)

TABLES: tuple[Table, ...] = (
    Table(
        "conventions", "a convention of the registry", ("convention",),
        (
            Column("convention", "text", "Id"),
            Column("title", "text", "Official title"),
            Column("short_title", "text", "Title for tables and sentences"),
            Column("label", "text", "Name beside a line of a chart"),
            Column("depositary", "text", "Who receives the instruments"),
            Column("made_for", "text", "Organisation for whose members it is made; empty where it is open to all states", missing=True),
            Column("reference", "text", "Number with the depositary"),
            Column("adopted", "day", "Day of adoption", missing=True),
            Column("opens", "day", "First day for signature"),
            Column("closes", "day", "Last day for signature; empty where there is none or it was not seen", missing=True),
            Column("threshold", "integer", "Instruments needed for entry into force"),
            Column("threshold_rule", "text", "The rule of entry into force in words, with its article"),
            Column("delay_rule", "text", "From the decisive deposit to entry into force"),
            Column("later_rule", "text", "The same for a state that joins later; empty where the text was not seen", missing=True),
            Column("excludes_reio", "boolean", "Whether an instrument of a regional economic integration organization does not add"),
            Column("entered_into_force", "day", "Published day of entry into force", missing=True),
            Column("complete_to", "day", "Day up to which the list of acts is known to be complete", missing=True),
            Column("known_to", "day", "Last day on which anything is known", missing=True),
            Column("reach", "text", "What is known and what is not"),
            _source("Key of the source of the list of acts"),
            Column("law_source", "text", "Key of the source of the rules", missing=True, refers="sources.source"),
        ),
    ),
    Table(
        "acts", "an act of a participant on a convention of the registry", ("convention", "iso3", "act"),
        (
            CONVENTION,
            _iso3(),
            Column("participant", "text", "Name as the source prints it"),
            Column("act", "text", "What was done; the day of a withdrawal is the day on which it takes effect", allowed=ACTS),
            Column("date", "day", "The day, where it is known; never filled in", missing=True),
            Column("earliest", "day", "First day on which it can have happened; equals date where that is known"),
            Column("latest", "day", "Last day on which it can have happened: by its source; for a signature by the same state's ratification; else the day the record was compiled"),
            Column("open_ended", "boolean", "Whether latest is only the day the record was compiled"),
            GRADE,
            _source(),
            Column("note", "text", "What a reader should know of this row", missing=True),
        ),
    ),
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
            _source("Keys of the sources, with ; between them"),
        ),
    ),
    Table(
        "memberships", "a state in an organisation", ("iso3", "organisation"),
        (
            _iso3(),
            Column("organisation", "text", "Name of the organisation"),
            Column("since", "text", "Year or day of joining, where a source gives it", missing=True),
            _source(),
            Column("note", "text", "What a reader should know of this row", missing=True),
        ),
    ),
    Table(
        "capacity", "a value of an index for a state", ("iso3", "index", "edition", "component"),
        (
            _iso3(),
            Column("index", "text", "Index", allowed=("GCI", "EGDI")),
            Column("edition", "integer", "Year of the edition"),
            Column("component", "text", "Part of the index", allowed=(
                "overall", "rank", "legal", "technical", "organizational", "capacity_development",
                "cooperation", "online_services", "telecommunication", "human_capital",
            )),
            Column("value", "number", "GCI overall: 0 to 100; its pillars: 0 to 20; EGDI: 0 to 1; rank: 1 is best"),
            Column("tier", "text", "GCI 2024 tier, T1 is best; only on the overall value", missing=True),
            Column("grade", "text", "high: two copies or a sum agree; medium: one copy, or a repair; empty: not assessed", missing=True, allowed=("high", "medium")),
            _source(),
            Column("note", "text", "What a reader should know; only on the overall value", missing=True),
        ),
    ),
    Table(
        "votes", "a vote of a state on a General Assembly resolution", ("iso3", "resolution"),
        (
            _iso3(),
            Column("resolution", "text", "Symbol of the resolution"),
            Column("date", "day", "Day of the vote"),
            Column("vote", "text", "The vote; absence and not-voting are not told apart", allowed=("yes", "no", "abstain", "absent")),
            Column("grade", "text", "confirmed: recorded; inferred: no recorded vote, so absent", allowed=("confirmed", "inferred")),
            _source(),
        ),
    ),
    Table(
        "regimes", "a state's political regime", ("iso3",),
        (
            _iso3(),
            Column("index", "text", "Index"),
            Column("edition", "text", "Edition of the data set"),
            Column("year_covered", "integer", "Year described"),
            Column("score", "integer", "0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy"),
            Column("status", "text", "The score in words"),
            _source(),
            Column("grade", "text", "Confidence in the copy", allowed=("high", "medium")),
        ),
    ),
    Table(
        "totals", "a published total of signatories or parties", ("convention", "as_of", "source"),
        (
            CONVENTION,
            Column("as_of", "day", "Day of the total; empty where the source gives none", missing=True),
            Column("signatories", "integer", "Published number of signatories", missing=True),
            Column("parties", "integer", "Published number of parties", missing=True),
            Column("wording", "text", "The source's words, where it gives more than a number", missing=True),
            _source(),
        ),
    ),
    Table(
        "entries_into_force", "the published day of entry into force for a state", ("convention", "iso3"),
        (
            CONVENTION,
            _iso3(),
            Column("date", "day", "Day of entry into force for the state"),
            _source(),
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
            _source(),
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
            _source(),
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
            Column("signatories_first_days", "integer", "States that had signed in the first ten days"),
            Column("followed", "integer", "Days from the age to the end of the list"),
            Column("wait", "integer", "Days from the age to the target; empty where it was not reached by the end of the list", missing=True),
            *(column for way, learnt in LEARNT for column in (
                _crps(way, learnt), _pit(way, learnt),
                Column(f"median_{way}", "number", f"Forecast median of the wait, days; empty beyond 30 years; {learnt}", missing=True),
            )),
            *(column for way, how in BASELINES for column in (_crps(way, how), _pit(way, how))),
        ),
    ),
    Table(
        "sources", "a source", ("source",),
        (
            Column("source", "text", "Key"),
            Column("title", "text", "Title"),
            Column("publisher", "text", "Publisher"),
            Column("url", "text", "Address", missing=True),
            Column("licence", "text", "Licence, where one is stated", missing=True),
            Column("accessed", "text", "Day, or state, in which it was seen", missing=True),
            Column("gives", "text", "What it gives"),
            Column("rows", "integer", "Rows of the processed tables that name it; 0: named in notes only"),
        ),
    ),
    Table(
        "snapshots", "a raw file", ("file",),
        (
            Column("file", "text", "Path in the repository"),
            Column("publisher", "text", "Publisher"),
            Column("title", "text", "Title"),
            Column("address", "text", "Address"),
            Column("licence", "text", "Licence"),
            Column("accessed", "day", "Day on which it was taken"),
            Column("shows", "text", "What it shows"),
            Column("complete_to", "day", "Day up to which it shows it"),
            Column("changes", "text", "What was changed in its layout when it was brought in"),
            Column("sha256", "text", "SHA-256 of the file"),
            Column("bytes", "integer", "Size of the file"),
        ),
    ),
)  # fmt: skip


def table(name: str) -> Table:
    """Return a table of the dictionary.

    Raises
    ------
    KeyError
        If there is none of that name.

    Examples
    --------
    >>> table("acts").key
    ('convention', 'iso3', 'act')
    """
    for entry in TABLES:
        if entry.name == name:
            return entry
    raise KeyError(name)
