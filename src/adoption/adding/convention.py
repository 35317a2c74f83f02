"""A user's own convention: its rules, and its acts as CSV or as a depositary's list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.adding.acts import OPTIONAL, REQUIRED, checked_acts
from adoption.adding.save import ProjectInputs, changing, save_addition, sidecar
from adoption.adding.user_files import (
    MAX_LETTERS_OF_NAME,
    MAX_LETTERS_OF_TEXT,
    Problems,
    Rules,
    check_key,
    checked_by,
    read_rules,
    read_user_csv,
    why_not_text,
)
from adoption.core.decode import quoted
from adoption.core.files import Say, read_named
from adoption.ingest.acts import ACT_COLUMNS
from adoption.ingest.readers.untc import read_untc
from adoption.law.conventions import REACH_DAYS, Convention
from adoption.refresh.project import DataFolders
from adoption.tables.write import to_csv

NOT_GIVEN = ("convention", "acts", "base_treaty", "acts_list")  # fields that the command fills
TEXT_FIELDS = (
    "title",
    "short_title",
    "label",
    "depositary",
    "reference",
    "opens_at",
    "threshold_article",
    "later_article",
    "withdrawal_article",
    "adopted_by",
)
# File name of a list, and the publisher of the lists in the registry.
LIST_FILE, DEPOSITARY = "list.xml", "untc"
TOTALS = b"convention,as_of,signatories,parties,grade,source\n"  # an empty table of totals


def add_convention(
    project: DataFolders,
    acts: Path,
    rules: Path,
    say: Say,
    *,
    address: str = "",
    replace: bool = False,
) -> tuple[str, str]:
    """Check a convention, save it and build the tables with it.

    Return a line for the user, and the folder of the convention in `data/raw`.
    """
    problems = Problems()
    parsed = read_rules(rules, problems, "my-convention")
    content = read_named(acts)
    # A list begins with a tag, possibly after a byte-order mark.
    start = content[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    is_list = start.startswith(b"<")
    # Reading the list before it is copied lets an error name the user's file.
    if is_list and (left_out := read_untc(content, acts.name).left_out):
        say(left_out)
    with changing(project, say) as inputs:
        folder = f"{DEPOSITARY if is_list else 'acts'}-{parsed.id}"
        inputs.check_free(folder, parsed.id, replace=replace)
        from_list = {"source": folder} | parsed.entry | {"acts_list": folder}
        entry = from_list if is_list else parsed.entry | {"acts": folder}
        convention = _checked(parsed, entry, inputs, problems, folder)
        listed = _listed(parsed, inputs, is_list, address, problems)
        frame = pd.DataFrame(columns=["date", "iso3", "act"])
        if not is_list:
            table = read_user_csv(acts, problems, REQUIRED, OPTIONAL)
            frame = checked_acts(table, parsed, inputs, problems)
        problems.stop()
        assert convention is not None
        days = [getattr(convention, name) for name in REACH_DAYS]
        if not frame.empty:
            last = frame[["date", "latest", "earliest"]].max().max()
            days.append(last.date())
        today = datetime.now(UTC).date()
        to = min(max([day for day in days if day] or [today]), today)
        entry = convention.model_dump(mode="json", exclude={"convention"}, exclude_none=True)
        addition = parsed.addition("convention", entry, listed)
        shows = f"Acts on the {convention.short_title}"
        if is_list:
            publisher = inputs.registry.publishers[DEPOSITARY]
            of = (shows, publisher.name, address or publisher.base, publisher.licence)
            sidecar_record = sidecar(of, shows, to, None, "None but the file name.")
            files = {LIST_FILE: content}
        else:
            seen = parsed.sources.get(convention.source)
            changes = "Columns convention and iso3, and the grade where it was empty, are added."
            of = inputs.source(convention.source, parsed.sources)
            sidecar_record = sidecar(of, shows, to, seen.accessed if seen else None, changes)
            files = {"acts.csv": to_csv(frame[list(ACT_COLUMNS)]), "totals.csv": TOTALS}
        save_addition(inputs, folder, addition, files, sidecar_record, say)
    if convention.later is None:
        say(
            f"{parsed.place('later')}: none, so the general rule dates a later party: from its own "
            f"day, certainly from the {convention.delay}; if the treaty has a rule, give it with "
            "later_article, and --replace"
        )
    return f"{convention.short_title} is added: adoption status {parsed.id}", folder


def _checked(
    rules: Rules, entry: dict[str, Any], inputs: ProjectInputs, problems: Problems, folder: str
) -> Convention | None:
    """Return the convention that the rules describe, after noting every invalid field."""
    for name in NOT_GIVEN:
        if name in rules.entry:
            problems.add(rules.place(name), "leave it out: the file given holds the acts")
    problems.texts(rules.place, {n: rules.entry.get(n) for n in TEXT_FIELDS}, MAX_LETTERS_OF_NAME)
    problems.texts(rules.place, {"reach": rules.entry.get("reach")}, MAX_LETTERS_OF_TEXT)
    _check_free(rules, inputs, problems, folder)
    convention = checked_by(Convention, entry | {"convention": rules.id}, problems, rules.place)
    special = entry.get("special")
    special = special if isinstance(special, dict) else {}
    keys = {*inputs.sources["source"], *rules.sources, folder}
    organisations = inputs.organisations()
    of_sources = ("source", "law_source", "not_in_force_source")
    fields = [
        *((name, entry.get(name), keys, "source") for name in of_sources),
        ("special.organisation", special.get("organisation"), organisations, "organisation"),
        ("made_for", entry.get("made_for"), organisations, "organisation"),
    ]
    for name, value, allowed, what in fields:
        if isinstance(value, str):
            check_key(value, allowed, problems, rules.place(name), what)
    return convention


def _check_free(rules: Rules, inputs: ProjectInputs, problems: Problems, folder: str) -> None:
    """Note an id, a number or a title that another convention has."""
    is_replaced = folder in inputs.added
    conventions = {n: c for n, c in inputs.conventions.items() if n != rules.id or not is_replaced}
    if rules.id in conventions:
        problems.add(rules.place(), "this id is in the registry already; allowed: another one")
    for name in ("reference", "title", "short_title", "label"):
        text = str(rules.entry.get(name, ""))
        folded = text.casefold()
        taken = [n for n, c in conventions.items() if getattr(c, name).casefold() == folded]
        if taken:
            problem = f"{quoted(text)} is already that of [{taken[0]}]"
            problems.add(rules.place(name), problem)


def _listed(
    rules: Rules, inputs: ProjectInputs, is_list: bool, address: str, problems: Problems
) -> dict[str, Any] | None:
    """Return the depositary's list as an entry of the registry of publishers; None without one."""
    reference = str(rules.entry.get("reference", ""))
    base = inputs.registry.publishers[DEPOSITARY].base
    if address and (not address.startswith(f"{base}/") or why_not_text(address, markup=True)):
        problems.add("--address", f"{quoted(address)}; allowed: {base}/...")
        return None
    if not (is_list or address or reference.startswith("UNTC ")):
        return None
    return {
        "source": f"{DEPOSITARY}-{rules.id}",
        "publisher": DEPOSITARY,
        "reader": "untc",
        "convention": rules.id,
        "title": f"Status list, {reference}",
        "by_hand": not address,
        "files": {LIST_FILE: address.removeprefix(base) or "/"},
    }
