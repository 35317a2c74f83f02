"""The command: what it prints, where, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import termios
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption import __version__
from adoption.cli import COMMANDS, main
from adoption.cli.kept import keeping, kept_answer
from adoption.core.paths import project_root
from adoption.tables import read_build
from adoption.tables.dictionary import TABLES, files_of
from adoption.tables.write import encode
from tests.adopting import rows
from tests.conftest import BEFORE, FROZEN, contents
from tests.sources.mtdsg import mtdsg, row


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command in this process; return its exit status and what it printed where."""
    try:
        status = main(words)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, *capsys.readouterr()


def assert_understood(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """Check that a command of a page is one, with its options and values, without running it."""
    words = shlex.split(command)[1:]
    text = "adoption: unrecognized arguments: --no-such-option\n"
    assert run(capsys, *words, "--no-such-option") == (2, "", text), command


def as_json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    status, out, err = run(capsys, "status", *words, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_list_names_every_signatory_and_party(capsys: pytest.CaptureFixture[str]) -> None:
    status, text, err = run(capsys, "status", "hanoi", "--as-of", "2026-11-24", "--list")
    figures, _, listed = text.partition("\n\n")
    assert (status, err) == (0, "")
    assert run(capsys, "status", "hanoi", "--as-of", "2026-11-24")[1] == f"{figures}\n"
    lines = [re.split(" {2,}", line) for line in listed.splitlines()]
    assert lines[0] == ["participant", "act", "day", "grade", "region"]
    assert ["Qatar", "signature", "25 Oct 2025", "confirmed", "Asia"] in lines
    assert [
        "Azerbaijan",
        "ratification",
        "between 23 Feb and 31 May 2026",
        "reported",
        "Asia",
    ] in lines
    assert ["European Union", "signature", "25 Oct 2025", "confirmed", "organisation"] in lines
    names = [name for name, act, *_ in lines if act == "signature"]
    counts = as_json(capsys, "hanoi")
    assert len(set(names)) == len(names) == counts["bounds_with_reports"]["signatories"][0]
    assert counts["signatories"] + counts["reported"]["signatories"] == len(names)
    assert names.index("Costa Rica") < names.index("Côte d'Ivoire") < names.index("Cuba")


def test_the_list_is_that_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "status", "hanoi", "--as-of", "2026-02-05", "--list")[1]
    *listed, last = text.splitlines()
    assert not [line for line in listed if re.match("Canada|United Arab|.* ratification ", line)]
    assert last == (
        "possible by then: Qatar (ratification), United Arab Emirates (signature) and Viet Nam "
        "(ratification)"
    )


def test_the_list_as_csv_has_a_row_for_every_act(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("status", "arab-2010", "--as-of", "2026-11-24", "--list", "--csv")
    status, text, err = run(capsys, *words)
    assert (status, err) == (0, "")
    found = list(csv.DictReader(io.StringIO(text)))
    kept = ["iso3", "act", "date", "earliest", "latest", "grade", "source"]
    assert list(found[0]) == ["iso3", "name", *kept[1:6], "region", "source"]
    acts = [row for row in rows("acts") if row["convention"] == "arab-2010"]
    assert sorted([row[k] for k in kept] for row in found) == sorted(
        [row[k] for k in kept] for row in acts if row["latest"] <= "2026-11-24"
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["status", "hanoy"],
            "adoption: convention: there is no 'hanoy' in the registry; did you"
            " mean hanoi? (all: hanoi, untoc, ",
        ),
        (
            ["status", "a\nb"],
            "adoption: convention: there is no 'a\\nb' in the registry; no close match",
        ),
        (
            ["status", "hanoi", "--as-of", "2025-02-29"],
            "adoption status: argument --as-of: "
            "'2025-02-29' is not a day of the calendar (as 2025-10-25)",
        ),
        (["status"], "adoption status: the following arguments are required: convention"),
        (["status", "hanoi", "--csv"], "adoption: --csv: is a form of the list; add --list"),
        (
            ["status", "hanoi", "--list", "--json"],
            "adoption status: argument --json: not allowed with argument --list",
        ),
        (["forecast", "hanoi", "--as-of", "2025-10-24"], "adoption: as_of: 2025-10-24 is outside "),
        (
            ["backtest", "--check", "--force"],
            "adoption backtest: argument --force: not allowed with argument --check",
        ),
        (["diff", "away"], "adoption: away: there is no such folder"),
        (["bild"], "adoption: no command 'bild'; did you mean build?"),
        ([], "adoption: the following arguments are required: command"),
    ],
)
def test_bad_input_is_one_line_and_exit_status_two(
    capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith(line), err
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    for command, text in COMMANDS.items():
        assert text in " ".join(out.split())
        assert run(capsys, command, "--help")[1].startswith(f"usage: adoption {command} ")
    assert run(capsys, "--version") == (0, f"adoption {__version__}\n", "")


def test_build_and_check(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tiny: Path, tmp_path: Path
) -> None:
    shutil.copytree(tiny / "data", tmp_path / "data")
    processed = tmp_path / "data" / "processed"
    shutil.rmtree(processed)
    processed.mkdir()
    for name, content in BEFORE.items():
        (processed / name).write_bytes(content)
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    status, out, err = run(capsys, "build", "--check")
    assert (status, err) == (1, "")
    for found in ("acts.csv is out of date", "acts.parquet is missing", "datapackage.json is mis"):
        assert f"data/processed: {found}" in out
    assert "data/processed: gone.csv does not belong there\n" in out
    files = [file for table in TABLES for file in files_of(table.name)]
    assert len(out.splitlines()) == 2 * len(files) + 4
    assert out.endswith("data/processed is out of date: run `adoption build`\n")
    assert contents(processed) == BEFORE
    text = f"{len(TABLES)} tables built in {processed.resolve()}\n"
    assert run(capsys, "build") == (0, text, "")
    assert run(capsys, "build", "--check") == (0, "data/processed is current\n", "")


def test_a_forecast_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "forecast", "untoc", "--as-of", "2004-01-01", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert found["convention"] == "untoc"
    assert found["answer"]["reached"] == "2003-07-01"


def test_the_saved_scores_are_those_of_method_and_data(capsys: pytest.CaptureFixture[str]) -> None:
    """If this fails, run `adoption backtest` and look at what has become of the scores."""
    status, out, err = run(capsys, "backtest", "--check")
    assert (status, err) == (0, "")
    assert out.startswith("the saved scores are current\nScores of forecasts of the past")
    assert "The forecast 0.406 0.59 (0.52 to 0.70)" in out
    assert run(capsys, "backtest") == (0, out, "")


@pytest.fixture
def printed_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A status that is kept: to print it takes a process no second."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with keeping(["status", "hanoi"]):
        print("75 signatories")


@pytest.mark.usefixtures("printed_before")
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "adoption", "status", "hanoi"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("printed_before")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_what_broke_off_is_told_from_a_page_that_failed() -> None:
    command = [sys.executable, "-m", "adoption", "status", "hanoi"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        70,
        "OSError: [Errno 28] No space left on device",
    )


def test_a_place_for_a_report_that_cannot_be_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, err = run(capsys, "report", "--output", str(tmp_path / ("n" * 300)))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.endswith(": cannot be written: File name too long\n")


@pytest.mark.parametrize(
    "damage", ["edited or damaged, but its Parquet is what is read", "missing"]
)
def test_a_report_of_damaged_tables_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    for folder in ("reference", "processed"):
        shutil.copytree(FROZEN / "data" / folder, tmp_path / "data" / folder)
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    acts = tmp_path / "data" / "processed" / "acts.csv"
    acts.write_bytes(acts.read_bytes()[:-100])
    if damage == "missing":
        acts.unlink()
    line = f"adoption: data/processed/acts.csv: {damage}; run `adoption build`\n"
    assert run(capsys, "report") == (2, "", line)
    assert not (tmp_path / "reports").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_only_the_owner_of_the_data_may_change_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(FROZEN / "data" / "reference", tmp_path / "data" / "reference")
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["adoption", "refresh", "--source", "untc-hanoi"])
    for uid, owner, *words in ((1, "daemon", "build"), (54321, "#54321", "refresh")):
        os.chown(tmp_path / "data", uid, -1)
        status, out, err = run(capsys, *words)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"adoption: {tmp_path}: belongs to {owner}, and so must")
        again = f"{sys.executable} -m adoption refresh --source untc-hanoi"
        assert err.endswith(f"sudo -u {shlex.quote(owner)} ADOPTION_HOME={tmp_path} {again}\n")


def test_tables_can_be_read_whatever_the_mask(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny / "data", tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "processed")
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    before = os.umask(0o077)
    try:
        assert main(["build"]) == 0
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "data/processed").iterdir()}
    assert modes == {0o644}


MOVED = "Algeria: signature of 26 October 2025 (was 25 October 2025)"


@pytest.fixture
def folders(tiny: Path, tmp_path: Path) -> tuple[str, str]:
    """Two builds: in the later one Algeria has signed a day later."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(tiny / "data" / "processed", folder)
    acts = pd.read_parquet(new / "acts.parquet")
    own = (acts["convention"] == "hanoi") & (acts["iso3"] == "DZA") & (acts["act"] == "signature")
    for column in ("date", "earliest", "latest"):
        acts.loc[own, column] += pd.Timedelta(days=1)
    for name, data in encode(read_build(new) | {"acts": acts}).items():
        (new / name).write_bytes(data)
    return str(old), str(new)


def test_diff_text_and_json(capsys: pytest.CaptureFixture[str], folders: tuple[str, str]) -> None:
    status, text, err = run(capsys, "diff", *folders)
    assert (status, err) == (0, "")
    assert text.startswith("1 signature of Hanoi corrected\ndata of 24 November 2026 on both sides")
    assert f"\nUN Convention against Cybercrime: changed records\n  ~ {MOVED}\n" in text
    _, printed, _ = run(capsys, "diff", *folders, "--json")
    found = json.loads(printed)
    assert (found["schema"], found["old_day"]) == (2, "2026-11-24")
    assert found["events"] == [
        {
            "kind": "act",
            "convention": "hanoi",
            "participant": "DZA",
            "act": "signature",
            "number": "",
            "before": "2025-10-25 confirmed",
            "after": "2025-10-26 confirmed",
            "source": found["events"][0]["source"],
            "text": MOVED,
            "change": "changed",
        }
    ]
    assert text.startswith(f"{found['summary']}\n")
    same = (folders[0], folders[0])
    assert run(capsys, "diff", *same) == (0, "nothing has changed\n", "")
    assert json.loads(run(capsys, "diff", *same, "--json")[1])["events"] == []


def test_a_table_of_another_version(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str]
) -> None:
    old = Path(folders[0])
    acts = pd.read_parquet(old / "acts.parquet").rename(columns={"open_ended": "open"})
    acts.to_parquet(old / "acts.parquet")
    line = "table acts: of another version: the column open_ended is missing; did you mean open?"
    assert run(capsys, "diff", *folders) == (2, "", f"adoption: {old}: {line}\n")


TITLE = "Convention on Invented Things"
ROWS = [
    row("Kenya", "2 Jan 2030", "14 Feb 2031"),
    row("European Union", "", "3 Mar 2031 c"),
    row("Singapore<superscript>1</superscript>", "", "[22 Nov 2030 d]"),
    row("West African Economic and Monetary Union", "2 Jan 2030"),
]


def test_read_of_a_depositarys_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "XI-A-6.en.xml"
    sections = {"Declarations": [("Kenya", ["Subject to article 3."])]}
    file.write_bytes(mtdsg(TITLE, ROWS, 2, 2, sections=sections, number="XI-A-6"))
    status, printed, _ = run(capsys, "read", str(file), "--json")
    found = json.loads(printed)
    assert status == 0
    names = ["treaty", "title", "signatories", "parties", "in_force_on"]
    force = ["provisionally_in_force_on", "not_in_force", "columns_not_read"]
    assert list(found) == [*names, *force, "acts", "statements"]
    assert (found["treaty"], found["title"]) == ("XI-A-6", TITLE)
    assert (found["signatories"], found["parties"]) == (2, 2)
    assert found["acts"][0] == {
        "participant": "Kenya",
        "iso3": "KEN",
        "act": "signature",
        "date": "2030-01-02",
        "bracketed": False,
    }
    assert [(act["iso3"], act["act"], act["bracketed"]) for act in found["acts"][2:]] == [
        ("EUE", "formal confirmation", False),
        ("SGP", "succession", True),
        (None, "signature", False),
    ]
    assert found["statements"][0]["participant"] == "Kenya"
    status, printed, _ = run(capsys, "read", str(file))
    assert status == 0
    assert printed.startswith(
        f"XI-A-6: {TITLE}\nprinted: 2 signatories, 2 parties, not yet in force\n"
    )
    assert "[2030-11-22]" in printed
    assert printed.endswith("\n5 acts, 1 statement\n")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (mtdsg(TITLE, ROWS, 3, 2), "prints 3 signatories, but its rows have 2"),
        (mtdsg(TITLE, ROWS).replace(b"Participants", b"Notes"), "no element Participants"),
        (b"iso3,name\nKEN,Kenya\n", "begins with 'iso3,name"),
        (b'[[{"NumSTE": "185"}]]', "begins with '[[{"),
        (b"", "has 0 bytes; allowed: a file of 1 to 20,000,000 bytes"),
        (None, "cannot be read: No such file or directory"),
    ],
    ids=range(6),
)
def test_read_of_what_is_not_understood_is_one_line(
    content: bytes | None, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.xml"
    if content is not None:
        file.write_bytes(content)
    status, printed, error = run(capsys, "read", str(file))
    assert (status, printed, error.count("\n")) == (2, "", 1)
    assert error.startswith(f"adoption: {file}: {line}")


def test_a_bar_stands_on_a_terminal_alone(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tiny: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tiny))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    words = ["export", "Algeria", "algeria.xlsx"]
    command = [sys.executable, "-m", "adoption", *words]
    subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # the other end is closed
        pass
    assert b"export |" in seen
    assert main(words) == 0
    assert "export |" not in "".join(capfd.readouterr())


SAYS_PANDAS = """
import sys
from adoption.cli import main
status = main()
print("pandas" in sys.modules)
sys.exit(status)
"""


def test_the_same_status_needs_no_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, cache = tmp_path / "home", tmp_path / "cache"
    home.mkdir()
    (home / "data").symlink_to(project_root() / "data")
    monkeypatch.setenv("ADOPTION_HOME", str(home))

    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    asked = ["status", "hanoi"]

    def answer() -> tuple[str, bool]:
        words = [sys.executable, "-c", SAYS_PANDAS, *asked]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
        text, _, has_pandas = done.stdout.removesuffix("\n").rpartition("\n")
        return text, has_pandas == "True"

    text, slow = answer()
    assert "ratification" in text
    assert slow
    assert answer() == (text, False)
    assert kept_answer(asked) == f"{text}\n"
    plan = home / "reports.toml"
    plan.touch()
    os.utime(plan, (1e9, 1e9))  # it may have another text with its next stamp
    assert kept_answer(asked) is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(plan))  # where nothing can be kept
    with keeping(asked):
        print(text)
    assert kept_answer(asked) is None


def test_a_status_of_another_day_of_its_reader_is_not_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Later:
            return cls(2027, 1, 2, tzinfo=tz)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with keeping(["status", "hanoi"]):
        print("open for signature")
    assert kept_answer(["status", "hanoi"]) == "open for signature\n"
    monkeypatch.setattr("adoption.cli.kept.datetime", Later)
    assert kept_answer(["status", "hanoi"]) is None
