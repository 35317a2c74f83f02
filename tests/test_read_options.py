"""`adoption read`: what a publisher's file contains, or what was not understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adoption import cli
from tests.sources.mtdsg import mtdsg, row

TITLE = "Convention on Invented Things"
ROWS = [
    row("Kenya", "2 Jan 2030", "14 Feb 2031"),
    row("European Union", "", "3 Mar 2031 c"),
    row("Singapore<superscript>1</superscript>", "", "[22 Nov 2030 d]"),
    row("West African Economic and Monetary Union", "2 Jan 2030"),
]


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    return cli.main(["read", *map(str, words)]), *capsys.readouterr()


def test_a_list_of_the_depositary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "XI-A-6.en.xml"
    sections = {"Declarations": [("Kenya", ["Subject to article 3."])]}
    file.write_bytes(mtdsg(TITLE, ROWS, 2, 2, sections=sections, number="XI-A-6"))
    status, printed, _ = run(capsys, file, "--json")
    found = json.loads(printed)
    assert status == 0
    assert list(found) == ["treaty", "title", "signatories", "parties", "acts", "statements"]
    assert (found["treaty"], found["title"]) == ("XI-A-6", TITLE)
    assert (found["signatories"], found["parties"]) == (2, 2)
    assert found["acts"][0] == {
        "participant": "Kenya", "iso3": "KEN", "act": "signature", "date": "2030-01-02",
        "bracketed": False,
    }  # fmt: skip
    assert [(act["iso3"], act["act"], act["bracketed"]) for act in found["acts"][2:]] == [
        ("EUE", "formal confirmation", False), ("SGP", "succession", True),
        (None, "signature", False),
    ]  # fmt: skip
    assert found["statements"][0]["participant"] == "Kenya"
    status, printed, _ = run(capsys, file)
    assert status == 0
    assert printed.startswith(f"XI-A-6: {TITLE}\nprinted: 2 signatories, 2 parties\n")
    assert "[2030-11-22]" in printed
    assert printed.endswith("\n5 acts, 1 statements\n")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (mtdsg(TITLE, ROWS, 3, 2), "prints 3 signatories, but its rows have 2"),
        (mtdsg(TITLE, ROWS, 2, 3), "prints 3 parties, but its rows have 2"),
        (mtdsg(TITLE, [("Mu", "1 Jan 2030")], headings=("Participant", "Application")),
         "table 1: unknown heading 'Application'"),
        (mtdsg(TITLE, ROWS).replace(b"Participants", b"Notes"), "no element Participants"),
        (b"iso3,name\nKEN,Kenya\n", "begins with 'iso3,name"),
        (b'[[{"NumSTE": "185"}]]', "begins with '[[{"),
        (b"", "has 0 bytes; allowed: a file of 1 to 20,000,000 bytes"),
    ],
    ids=range(7),
)  # fmt: skip
def test_what_is_not_understood_is_one_line(
    content: bytes, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes(content)
    status, printed, error = run(capsys, file)
    assert (status, printed, error.count("\n")) == (2, "", 1)
    assert error.startswith(f"adoption: {file}: {line}")


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = run(capsys, tmp_path / "none.xml")
    assert status == 2
    assert error.endswith("none.xml: cannot be read: No such file or directory\n")
