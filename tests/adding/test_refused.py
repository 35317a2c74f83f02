"""What is wrong is shown all at once, by file and row, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption import tables
from adoption.core.acts import ACTS
from tests.adding.home import HEAD, Home, new_home, rules

GOOD = "untc-mtdsg-2018"
NAMES = tables.read("states").query("un_member")["name"][:148]
WRONG_RULES: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "threshold zero": ({"threshold": "0"}, ["row 10, [trafficking] threshold: '0'"]),
    "closing before opening": (
        {"closes": "1999-01-01"},
        ["closes: 1999-01-01 is before opens, 2000-12-12"],
    ),
    "unknown rule": ({"treshold": "40"}, ["treshold: unknown; did you mean threshold?"]),
    "unknown kind of delay": ({"delay": "{ weeks = 3 }"}, ["weeks: unknown; allowed: days, mont"]),
    "no delay": ({"delay": "{ days = -1 }"}, ["delay: ", "0 to 3660 days"]),
    "more of some than of all": (
        {"special": '{ organisation = "Council of Europe", instruments = 41 }'},
        ["special: 41 instruments; allowed: 1 to the threshold, 40"],
    ),
    "organisation": (
        {"made_for": '"African Onion"'},
        ["made_for: no organisation 'African Onion'", "did you mean African Union?"],
    ),
    "missing": ({"opens_at": None}, ["opens_at: missing"]),
    "source": ({"source": '"untc-2018"'}, ["source: no source 'untc-2018'; did you mean untc-"]),
    "another's number": ({"reference": '"UNTC XVIII-16"'}, ["is already that of [hanoi]"]),
    "where the acts are": ({"acts": '"acts-comparison"'}, ["acts: leave it out"]),
    "several": (
        {"threshold": "0", "label": '"<b>"', "opens": '"soon"'},
        ["threshold", "label: '<b>' holds '<'", "opens: 'soon'"],
    ),
}
WRONG_ACTS = {
    "act that is none here": (
        f"Qatar,provisional application,2001-01-01,{GOOD}",
        [f"row 2, column act: 'provisional application' is not one of {', '.join(ACTS)}; "],
    ),
    "before opening": (
        f"Qatar,signature,2000-12-11,{GOOD}",
        ["row 2, column date: 2000-12-11", "allowed: 2000-12-12 (opens)"],
    ),
    "after closing": (
        f"Qatar,signature,2002-12-13,{GOOD}",
        ["row 2, column date: 2002-12-13", "allowed: 2000-12-12 (opens) to 2002-12-12 (closes)"],
    ),
    "in the future": (f"Qatar,signature,2999-01-01,{GOOD}", ["row 2, column date: 2999-01-01"]),
    "twice": (
        f"Qatar,ratification,2001-01-01,{GOOD}\nQatar,accession,2002-01-01,{GOOD}",
        ["row 3, column act: 'accession' of Qatar is a second consent, after row 2"],
    ),
    "leaves what it never joined": (
        f"Qatar,withdrawal,2005-01-01,{GOOD}",
        ["row 2, column act: Qatar withdraws from what it has not consented to; allowed: after"],
    ),
    "leaves before it joins": (
        f"Qatar,withdrawal,2005-01-01,{GOOD}\nQatar,accession,2006-01-01,{GOOD}",
        ["row 2, column act: Qatar withdraws from what it has not consented to"],
    ),
    "ratifies late without a signature": (
        f"Qatar,ratification,2003-01-01,{GOOD}",
        [
            "row 2, column act: Qatar ratifies after 2002-12-12 (closes) and has not signed",
            "allowed: accession, or its signature",
        ],
    ),
    "a state that ended": (
        f"Yugoslavia,signature,2001-01-01,{GOOD}",
        ["row 2, column participant: 'Yugoslavia' is a state that ended, and none such is held"],
    ),
    "no state": (f"United Nations,accession,2001-01-01,{GOOD}", ["is no state"]),
    "source of many": (
        "\n".join(f"{name},signature,2001-01-01,nobody" for name in NAMES),
        ["row 2, column source: no source 'nobody'", "(and 147 rows like it)"],
    ),
    "three rows": (
        f"Quatar,signature,2001-01-01,{GOOD}\nOman,signatur,2001-01-01,{GOOD}\n"
        f"Kenya,signature,1.1.2001,{GOOD}",
        [
            "row 2, column participant: unknown participant 'Quatar'; nearest: Qatar",
            "row 3, column act: 'signatur' is not one of",
            "did you mean signature?",
            "row 4, column date: '1.1.2001' is not",
        ],
    ),
}


@pytest.fixture(scope="module")
def home(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return new_home(tiny, tmp_path_factory.mktemp("refused"))


def refused(home: Home, capsys: pytest.CaptureFixture[str], toml: str, acts: str) -> list[str]:
    """Return the lines of the refusal, having checked that nothing else happened."""
    files = home.file("acts.csv", acts), home.file("rules.toml", toml)
    before = home.files()
    status, printed, errors = home.run(capsys, "add", "convention", files[0], "--rules", files[1])
    assert (status, printed) == (2, "")
    assert home.files() == before
    return errors.splitlines()


@pytest.mark.parametrize("name", WRONG_RULES)
def test_wrong_rules(home: Home, capsys: pytest.CaptureFixture[str], name: str) -> None:
    changes, expected = WRONG_RULES[name]
    acts = f"{HEAD}\nQatar,signature,2001-01-01,{GOOD}\n"
    found = refused(home, capsys, rules(changes), acts)
    assert len(found) == (3 if name == "several" else 1), found
    assert [text for text in expected if text not in "\n".join(found)] == []


@pytest.mark.parametrize("name", WRONG_ACTS)
def test_wrong_acts(home: Home, capsys: pytest.CaptureFixture[str], name: str) -> None:
    rows, expected = WRONG_ACTS[name]
    toml = rules({"closes": "2002-12-12"})
    found = refused(home, capsys, toml, f"{HEAD}\n{rows}\n")
    assert len(found) == (3 if name == "three rows" else 1), found
    assert "nearest" not in found[0] or name != "a state that ended"
    assert [text for text in expected if text not in "\n".join(found)] == []


def test_a_known_id_and_a_disagreement(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    acts = f"{HEAD}\nQatar,signature,2001-01-01,{GOOD}\n"
    (line,) = refused(home, capsys, rules(name="uncac"), acts)
    assert "[uncac]: this id is in the registry already" in line
    acts = f"{HEAD}\nOman,accession,2001-01-01,{GOOD}\nOman,signature,2002-01-01,{GOOD}\n"
    assert [line.split(": ", 1)[1] for line in refused(home, capsys, rules(), acts)] == [
        "consent-before-signature: trafficking OMN: 2001-01-01",
        "entry-into-force-differs: trafficking: published 2003-12-25, computed none",
    ]


def test_values_and_members(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    toml = """[NCSI]
title = "N"
scale = [0, 10]
parts = { law = "Law" }
direction = "up"
licence = "none"
source = "nobody"
"""
    index = home.file("index.toml", toml)
    values = home.file("values.csv", "iso3,edition,component,value\nQAT,2024,overall,10\n")
    _, _, errors = home.run(capsys, "add", "index", values, "--rules", index)
    assert "row 5, [NCSI] direction: 'up'" in errors
    index.write_text(index.read_text().replace('"up"', '"higher is better"'))
    rows = "QAT,2024,overall,11\nQQQ,2024,overall,1\nOMN,24,overall,\nOMN,2024,lau,1\n"
    values = home.file("values.csv", f"iso3,edition,component,value\n{rows}")
    before = home.files()
    status, printed, errors = home.run(capsys, "add", "index", values, "--rules", index)
    assert (status, printed, home.files() == before) == (2, "", True)
    expected = (
        "no source 'nobody'",
        "row 2, column value: '11' is not from 0 to 10",
        "row 3, column participant",
        "row 4, column edition: '24' is not a year",
        "row 4, column value: '' is empty; leave the row out",
        "row 5, column component: 'lau'",
    )
    assert [text for text in expected if text not in errors] == []
    members = home.file("members.csv", "participant,since\nQatar,81\nOmen,\nQatar,\n")
    _, _, errors = home.run(capsys, "add", "group", members, "--name", "Coast")
    places = [line.split(": ")[2].split(",")[0] for line in errors.splitlines()]
    assert places == ["row 3", "row 4", "row 2"]
    _, _, errors = home.run(capsys, "add", "group", members, "--name", "Arab League")
    assert "is the group 'League of Arab States' already" in errors
    _, _, errors = home.run(capsys, "add", "group", members, "--name", "kenya")
    assert "--name: 'kenya' is a state; allowed: a name that no state has" in errors
