"""What a hostile or careless person may give: one line, no code is run, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.adding.home import HEAD, Home, new_home, rules

pytestmark = pytest.mark.slow

RULE = rules()
ROW = "Qatar,signature,2001-01-01,untc-mtdsg-2018"
# The code would leave a file called run beside what is given.
TEXTS = {
    "quotes": '"\'`""\'',
    "newline": "two\nlines",
    "code": "__import__('pathlib').Path('run').touch()",
    "template": "{{ 7 * 7 }} {0.__class__} %(x)s ${HOME} $(touch run)",
    "path": "../../../../run",
    "zero byte": "run\0",
    "other script": "اتفاقية 公约 \u202eobmirc",
    "formula": '=HYPERLINK("https://example.org")',
    "markup": "<script>alert(1)</script>",
    "long": "x" * 10_000_000,
    "empty": "",
}
COMMANDS: dict[str, Sequence[str]] = {
    "convention": ("status", "TEXT"),
    "day": ("status", "hanoi", "--as-of", "TEXT"),
    "forecast": ("forecast", "TEXT"),
    "state": ("report", "--country", "TEXT"),
    "group": ("report", "--group", "TEXT"),
    "source": ("refresh", "--source", "TEXT"),
    "name of a group": ("add", "group", "members.csv", "--name", "TEXT"),
    "address": ("add", "convention", "acts.csv", "--rules", "rules.toml", "--address", "TEXT"),
    "file": ("add", "convention", "TEXT", "--rules", "rules.toml"),
}
ADDED = ("add", "convention", "acts.csv", "--rules", "rules.toml")


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\u202e", "\\u202e")


# What the files hold that a command reads: the act, and so on.
FILES: dict[str, Callable[[str], dict[str, str]]] = {
    "act": lambda text: {"acts.csv": f"{HEAD}\nQatar,{cell(text)},2001-01-01,untc-mtdsg-2018\n"},
    "participant": lambda text: {
        "acts.csv": f"{HEAD}\n{cell(text)},signature,2001-01-01,untc-mtdsg-2018\n"
    },
    "source of an act": lambda text: {
        "acts.csv": f"{HEAD}\nQatar,signature,2001-01-01,{cell(text)}\n"
    },
    "column": lambda text: {"acts.csv": f"{HEAD},{cell(text)}\n{ROW},\n"},
    "title": lambda text: {"rules.toml": rules({"title": toml(text)})},
    "rule": lambda text: {"rules.toml": rules({toml(text): "1"})},
    "id": lambda text: {"rules.toml": rules(name=toml(text))},
    "whole file": lambda text: {"rules.toml": text},
}


@pytest.fixture(scope="module")
def home(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return new_home(tiny, tmp_path_factory.mktemp("hostile"))


def given(home: Home, where: str, text: str) -> Sequence[str]:
    """Write the files that a command is given; return the command."""
    files = {"acts.csv": f"{HEAD}\n{ROW}\n", "rules.toml": RULE, "members.csv": "iso3\nQATAR\n"}
    for name, content in (files | (FILES[where](text) if where in FILES else {})).items():
        home.file(name, content)
    return ADDED if where in FILES else [w.replace("TEXT", text) for w in COMMANDS[where]]


@pytest.mark.parametrize("where", [*COMMANDS, *FILES])
def test_one_line_and_nothing_else(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.chdir(home.work)
    outside = set(home.root.parents[1].iterdir())
    for name, text in TEXTS.items():
        words = given(home, where, text)
        before = home.files()
        status, printed, errors = home.run(capsys, *words)
        assert status == 2, (name, printed[:300], errors[:300])
        assert home.files() == before, name
        lines = errors.splitlines()
        assert printed == "", name
        assert len(lines) == 1, (name, errors[:1000])
        assert len(lines[0]) <= 600, (name, errors[:1000])
        assert lines[0].isprintable(), name
        assert not (home.work / "run").exists(), name
    assert set(home.root.parents[1].iterdir()) == outside
