"""The tables of where the data come from: sources and raw files."""

from __future__ import annotations

from adoption.data.dictionary.columns import Column, Table

TABLES: tuple[Table, ...] = (
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
