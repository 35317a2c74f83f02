"""Acts that a user adds: the acts of a convention's file, and the act of `adoption add act`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pandas as pd

from adoption import tables
from adoption.adding.save import ProjectInputs, changing, save_addition, sidecar
from adoption.adding.user_files import (
    Problems,
    Rules,
    UserSource,
    check_key,
    checked_by,
    parse_user_csv,
    states_of,
)
from adoption.core.acts import (
    ACTS,
    CONSENTS,
    SHOWS_SIGNATURE,
    SIGNED_BY_CLOSING,
    SIGNING_ACTS,
    WITHDRAWAL,
    kind_of_act,
)
from adoption.core.files import Say
from adoption.core.text import slug, when_long
from adoption.core.vocabulary import GRADES
from adoption.ingest.acts import ACT_COLUMNS, parse_acts, repeated
from adoption.ingest.additions import ACTS_FILE, Addition
from adoption.law.conventions import find_convention
from adoption.refresh.project import DataFolders
from adoption.tables.csvfile import AT, RawTable, allowed_words, dates
from adoption.tables.write import to_csv

REQUIRED = ("participant", "act", "date", "source")
OPTIONAL = ("iso3", "earliest", "latest", "grade", "note")
COMMAND = "adoption add act"
NEW_SOURCE = "by --title, --publisher and --url, without --source"


def add_act(
    project: DataFolders,
    convention: str,
    act: Mapping[str, str],
    source: Mapping[str, str],
    say: Say,
    *,
    replace: bool = False,
) -> tuple[str, str]:
    """Check an act, save it with its source and build the tables.

    Parameters
    ----------
    project : DataFolders
        The folders of the data.
    convention : str
        Its id or name.
    act : mapping of str to str
        The cells by column: participant, act, date and any column of `OPTIONAL`. The column source
        has the key of a source of the project, or is empty if `source` describes one.
    source : mapping of str to str
        A new source: title, publisher, url, licence, accessed.
    say : callable
        Receives each line for the user.
    replace : bool
        Whether the act replaces the same act, added before.

    Returns
    -------
    tuple of str and str
        A line for the user, and the folder of the act in `data/raw`.
    """
    problems = Problems()
    with changing(project, say) as inputs:
        treaty = inputs.conventions[find_convention(convention).convention]
        table = _one_row(act, problems)
        code = states_of(table, problems, inputs.participants).get(table.frame.index[0])
        problems.stop()
        state = str(code).lower()
        name = f"{treaty.convention}-{state}-{slug(act['act'])}"
        folder = f"act-{name}"
        inputs.check_free(folder, name, replace=replace)
        described = checked_by(UserSource, source, problems, _option) if source else None
        problems.stop()
        sources = {folder: described} if described else {}
        table.frame["source"] = table.frame["source"].replace("", folder)
        rules = Rules(COMMAND, treaty.convention, treaty.model_dump(), sources, "")
        frame = checked_acts(table, rules, inputs, problems, _listed(rules.id, str(code), folder))
        problems.stop()
        row = frame.iloc[0]
        record = {column: str(table.frame[column].iloc[0]) for column in ACT_COLUMNS}
        models = {key: new.model_dump(mode="json") for key, new in sources.items()}
        addition = Addition(kind="act", id=name, entry=record, sources=models)
        last = row["latest"] if pd.isna(row["date"]) else row["date"]
        today = datetime.now(UTC).date()
        act_text = f"{row['act']}, {row['participant']}"
        shows = f"One act on the {treaty.short_title}: {act_text}."
        of = inputs.source(row["source"].split(";")[0], sources)
        accessed = described.accessed if described else today
        sidecar_record = sidecar(
            of, shows, min(last.date(), today), accessed, "None: one row was entered."
        )
        save_addition(
            inputs,
            folder,
            addition,
            {ACTS_FILE: to_csv(frame[list(ACT_COLUMNS)])},
            sidecar_record,
            say,
        )
    when = _window({"earliest": row["date"], "latest": row["date"]} if row["date"] == last else row)
    act_text = f"{row['act']} of {row['participant']}"
    line = f"{act_text}, {when}, {row['grade']}, is added: adoption status {treaty.convention}"
    return line, folder


def _one_row(act: Mapping[str, str], problems: Problems) -> RawTable:
    """Return the act as a table of one row; note a problem if it has neither day nor window."""
    cells = dict.fromkeys((*REQUIRED, *OPTIONAL), "") | dict(act)
    if cells["earliest"] and not cells["latest"]:
        cells["latest"] = f"{datetime.now(UTC).date()}"
    if not cells["date"] and not cells["earliest"]:
        problems.add(COMMAND, "no day; allowed: --date, or --earliest and --latest")
    content = to_csv(pd.DataFrame([cells]))
    table = parse_user_csv(content, COMMAND, problems, REQUIRED, OPTIONAL)
    table.frame[AT] = COMMAND
    return table


def _option(field: str) -> str:
    return f"{COMMAND}: --{field}"


def _listed(convention: str, code: str, folder: str) -> pd.DataFrame:
    """Return the participant's acts in the tables, without the act to replace."""
    acts = tables.read("acts")
    is_theirs = (acts["convention"] == convention) & (acts["iso3"] == code)
    return acts[is_theirs & (acts["source"] != folder)]


def _window(act: Mapping[str, Any] | pd.Series[Any]) -> str:
    return when_long(act["earliest"].date(), act["latest"].date())


def checked_acts(
    table: RawTable,
    rules: Rules,
    inputs: ProjectInputs,
    problems: Problems,
    listed: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the acts with the columns of `data/raw`, after noting every problem.

    `listed` has the acts of the same participants that are already in the tables.
    """
    frame = table.frame
    frame["convention"] = rules.id
    frame["iso3"] = states_of(table, problems, inputs.participants)
    frame["grade"] = frame["grade"].where(frame["grade"] != "", "confirmed")
    act = problems.each(table, lambda part: allowed_words(part, "act", ACTS))
    grade = problems.each(table, lambda part: allowed_words(part, "grade", GRADES))
    keys = {*inputs.sources["source"], *rules.sources}
    options = NEW_SOURCE if table.name == COMMAND else "in [sources.KEY]"
    for row, key in frame["source"].items():
        for source in key.split(";"):
            check_key(source, keys, problems, table.location(row, "source"), described_by=options)
    days = _days(table, act, rules, problems)
    dated = frame.assign(**days)
    good = dated[dated["iso3"].notna()]
    read: list[pd.Series[Any]] = [act, grade, *days.values()]
    for column in read:
        good = good[good.index.isin(column.index)]
    _check_repeated(good, listed, table.name, problems)
    _check_order(pd.concat([good, listed]), rules, problems)
    as_text = RawTable(table.name, frame.loc[good.index])
    today = pd.Timestamp(datetime.now(UTC).date())
    problems.each(as_text, lambda part: parse_acts(part, inputs.participants, today))
    return dated


def _check_repeated(
    acts: pd.DataFrame, listed: pd.DataFrame | None, name: str, problems: Problems
) -> None:
    """Note each act that its participant has already done and not withdrawn since."""
    earliest = acts["date"] if listed is None else acts["date"].fillna(acts["earliest"])
    windows = acts.assign(earliest=earliest, latest=earliest)
    for pair in repeated(pd.concat([windows, listed]), kind_of_act):
        first, again = pair if isinstance(pair[1][AT], str) else pair[::-1]
        if not isinstance(again[AT], str):
            continue
        kind = kind_of_act(again["act"])
        second = f"{again['act']!r} of {again['participant']} is a second {kind}"
        if isinstance(first[AT], str):
            after = f"after {first[AT].removeprefix(f'{name}: ')}"
            allowed = "allowed: one, and a consent again after a withdrawal"
        else:
            after = f"beside {first['act']!r} {_window(first)} by {first['source']}"
            allowed = "allowed: what is not listed; data/reference/corrections.csv corrects an act"
        location = f"{again[AT]}, column act"
        problems.add(location, f"{second}, {after}; {allowed}")


def _check_order(acts: pd.DataFrame, rules: Rules, problems: Problems) -> None:
    """Note withdrawals without a consent, and late ratifications without a signature."""
    consents = acts[acts["act"].isin(CONSENTS)]
    first = consents["date"].fillna(consents["earliest"]).fillna(pd.Timestamp.min)
    earliest = first.groupby(consents["iso3"]).min()
    consented = earliest.reindex(acts["iso3"]).set_axis(acts.index)
    last = acts["date"].fillna(acts["latest"]).fillna(pd.Timestamp.max)
    is_new = acts[AT].notna()
    left = acts[is_new & (acts["act"] == WITHDRAWAL) & ~(consented <= last)]
    for row in left.to_dict("records"):
        problem = f"{row['participant']} withdraws from what it has not consented to"
        problems.add(f"{row[AT]}, column act", f"{problem}; allowed: after a consent of its own")
    closes = rules.entry.get("closes")
    if not isinstance(closes, date) or rules.entry.get("signatories_listed") is False:
        return
    signed = acts.loc[acts["act"].isin(SIGNING_ACTS), "iso3"]
    late = acts["date"].fillna(acts["earliest"]) > pd.Timestamp(closes)
    unsigned = acts["act"].isin(SHOWS_SIGNATURE) & ~acts["iso3"].isin(signed)
    for row in acts[is_new & late & unsigned].to_dict("records"):
        problem = f"{row['participant']} ratifies after {closes} (closes) and has not signed"
        allowed = "allowed: accession, or its signature in a row of its own"
        problems.add(f"{row[AT]}, column act", f"{problem}; {allowed}")


def _days(
    table: RawTable, act: pd.Series[str], rules: Rules, problems: Problems
) -> dict[str, pd.Series[pd.Timestamp]]:
    """Return the days of the acts, after noting each day on which the act is impossible."""
    ends = [rules.entry.get(end) for end in ("opens", "closes")]
    opens, closes = (end if isinstance(end, date) else None for end in ends)
    first = pd.Timestamp(opens or date.min)
    last = pd.Timestamp(closes or date.max)
    if last < first:  # the check of the rules reports this error
        last = pd.Timestamp(date.max)
    today = pd.Timestamp(datetime.now(UTC).date())
    signed = act.index[act.isin(SIGNED_BY_CLOSING)]
    left = act.index[act == WITHDRAWAL]
    days = {}
    for name in ("date", "earliest", "latest"):
        days[name] = day = problems.each(table, partial(dates, column=name))
        late = (day > last) & day.index.isin(signed) & (name != "latest")
        in_future = (day > today) & ~day.index.isin(left)
        wrong = late | (day < first) | in_future
        faults = zip(day[wrong].items(), late[wrong], strict=True)
        for (row, value), is_late in faults:
            to = f"{closes} (closes)" if is_late else "today"
            allowed = f"allowed: {opens or 'any day'} (opens) to {to}"
            problem = f"{value:%Y-%m-%d} is no day on which it can be done; {allowed}"
            problems.add(table.location(row, name), problem)
    return days
