"""The tables of the registry and of provenance: conventions, acts, totals; sources, raw files."""

from __future__ import annotations

from adoption.data.dictionary.columns import (
    ACTS,
    GRADES,
    STATEMENTS,
    Column,
    Table,
    iso3_column,
    source_column,
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
            Column("nearly_complete_to", "day", "Day up to which few acts can be missing from it, by a published total; empty where nothing shows it", missing=True),
            Column("partial_to", "day", "Last day on which anything is known", missing=True),
            Column("reach", "text", "What is known and what is not"),
            source_column("Key of the source of the list of acts"),
            Column("law_source", "text", "Key of the source of the rules", missing=True, refers="sources.source"),
        ),
    ),
    Table(
        "acts", "an act of a participant on a convention of the registry", ("convention", "iso3", "act"),
        (
            CONVENTION,
            iso3_column(),
            Column("participant", "text", "Name as the source prints it"),
            Column("act", "text", "What was done; the day of a withdrawal is the day on which it takes effect", allowed=ACTS),
            Column("date", "day", "The day, where it is known; never filled in", missing=True),
            Column("earliest", "day", "First day on which it can have happened; equals date where that is known"),
            Column("latest", "day", "Last day on which it can have happened: by its source; for a signature by the same state's ratification; else the end of what is known of its convention (partial_to), or the day of the first record with it"),
            Column("open_ended", "boolean", "Whether no source sets latest, so that it is an end of the record"),
            GRADE,
            source_column(),
            Column("note", "text", "What a reader should know of this row", missing=True),
        ),
        apart=("earliest",),  # a participant may do again what it has withdrawn from
    ),
    Table(
        "conflicts", "a difference between the acts that are kept and another source",
        ("convention", "iso3", "kind", "about", "other", "other_source"),
        (
            CONVENTION,
            iso3_column(missing=True),
            Column("kind", "text", "Which act, the day of entry into force for the state, or what a total counts", allowed=("signature", "consent", "withdrawal", "entry into force", "signatories", "parties")),
            Column("about", "text", "On what they differ; listed: whether it was done at all; total: how many there are", allowed=("day", "act", "listed", "total")),
            Column("kept", "text", "What the depositary's list says, which is kept in the other tables; of a total, our count of the acts on its day"),
            source_column("Key of the list", "kept_source"),
            Column("other", "text", "What the other source says; of a total, with its day"),
            source_column("Key of the other source", "other_source"),
            Column("other_grade", "text", "How well the other is supported; empty for a day of entry into force and a total, which have no grade", missing=True, allowed=GRADES),
        ),
    ),
    Table(
        "statements", "a text that stands beside the acts in a depositary's list",
        ("convention", "kind", "participant", "sha256"),
        (
            CONVENTION,
            iso3_column(missing=True),
            Column("participant", "text", "Whose it is, as the list prints it; empty where it prints nobody", missing=True),
            Column("kind", "text", "What it is; other text is one from a section that is not known", allowed=STATEMENTS),
            Column("text", "text", "Its paragraphs as they were given, one a line, with single blanks and without footnote marks and other markup; the first line of an other text is the name of its section"),
            Column("sha256", "text", "SHA-256 of the column text as it stands here, in UTF-8 with one line feed between lines and none at the end"),
            source_column("Key of the list"),
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
            source_column(),
        ),
    ),
    Table(
        "entries_into_force", "the published day of entry into force for a state", ("convention", "iso3"),
        (
            CONVENTION,
            iso3_column(),
            Column("date", "day", "Day of entry into force for the state"),
            source_column(),
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
            Column("unchanged_until", "day", "Last day on which its publisher was asked and still had it so; if it was not asked again, the day on which it was taken"),
            Column("shows", "text", "What it shows"),
            Column("complete_to", "day", "Day up to which it shows it"),
            Column("changes", "text", "What was changed in its layout when it was brought in"),
            Column("sha256", "text", "SHA-256 of the file"),
            Column("bytes", "integer", "Size of the file"),
        ),
    ),
)  # fmt: skip
