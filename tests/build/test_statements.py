"""Declarations and other texts of a list, as a table."""

from __future__ import annotations

import hashlib
import io

import pandas as pd

from adoption.data.dictionary import TABLES
from adoption.data.readers.listed import statement
from adoption.data.readers.statements import KINDS, OTHER
from adoption.data.schemas import conform
from adoption.data.statements import statements_table
from adoption.data.write import to_csv, to_parquet
from tests.build.listing import participants, published


def test_each_text_is_a_row_with_its_checksum_and_its_list() -> None:
    said = (
        statement("declaration", "AAA", "Subject to article 3.\nAnd to article 4."),
        statement("declaration", "AAA", "Subject to article 3.\nAnd to article 4."),
        statement("objection", "Mu", "Not at all."),
        statement("end note", "", "See volume 2."),
    )
    lists = [published("2002-01-01", "AAA signature 2001-02-01", statements=said)]
    frame = conform("statements", statements_table(lists, participants()))
    assert frame[["iso3", "participant", "kind"]].fillna("").to_numpy().tolist() == [
        ["AAA", "AAA", "declaration"],
        ["", "", "end note"],
        ["BBB", "Mu", "objection"],
    ]
    assert frame.loc[0, "text"] == said[0].text
    assert frame.loc[0, "sha256"] == said[0].sha256
    assert set(frame["source"]) == {"untc-atlantis"}


def test_whoever_is_unknown_or_no_state_is_kept_without_a_code() -> None:
    said = tuple(statement("notification", who, "Moved.") for who in ("Nobody", "Reef", "Bank"))
    lists = [published("2002-01-01", "AAA signature 2001-02-01", statements=said)]
    frame = conform("statements", statements_table(lists, participants()))
    assert frame["participant"].tolist() == ["Bank", "Nobody", "Reef"]
    assert frame["iso3"].isna().all()


def test_without_lists_there_is_none() -> None:
    assert conform("statements", statements_table([], participants())).empty


def test_every_kind_that_is_read_has_its_word() -> None:
    (table,) = (table for table in TABLES if table.name == "statements")
    (kind,) = (column for column in table.columns if column.name == "kind")
    assert {*KINDS.values(), OTHER} == set(kind.allowed)


def test_a_checksum_is_that_of_the_text_in_both_files() -> None:
    text = 'R\u00e9serve \u0645\u06cc\u200c\u062f, "3" < 4 & 5 > 4.\nAnd;\nso on,'
    said = (statement(OTHER, "AAA", text),)
    lists = [published("2002-01-01", "AAA signature 2001-02-01", statements=said)]
    frame = conform("statements", statements_table(lists, participants()))
    for read in (
        pd.read_parquet(io.BytesIO(to_parquet(frame))),
        pd.read_csv(io.BytesIO(to_csv(frame))),
    ):
        assert read["kind"].tolist() == ["other text"]
        assert read["text"].tolist() == [text]
        assert hashlib.sha256(read["text"][0].encode()).hexdigest() == read["sha256"][0]
