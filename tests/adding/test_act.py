"""An act that a source tells: checked with what is listed already, shown, and taken out again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from adoption import evidence
from adoption.site.subjects import facts_of
from tests.adding.home import Home, new_home

NEWS = ("--title", "Kuwait signs", "--publisher", "A newspaper", "--url", "https://example.org/a")
LISTED = ("--source", "nl-verdragen")
SIGNED = ["Kuwait", "signature", "14 Sep 2026"]
KUWAIT = ("add", "act", "hanoi", "Kuwait", "signature", "--date", "2026-09-14", *NEWS)


@pytest.fixture
def home(tiny: Path, tmp_path: Path) -> Home:
    return new_home(tiny, tmp_path)


def test_it_is_an_act_by_report_until_its_folder_is_removed(
    home: Home, tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(home.root))
    before = json.loads(home.run(capsys, "status", "hanoi", "--json")[1])
    of_qatar = {"country": "QAT", "convention": "hanoi", "as_of": "2026-11-24"}
    strip = facts_of(of_qatar)["reach"]["data"]["parts"]
    status, printed, errors = home.run(capsys, *KUWAIT)
    assert (status, errors) == (0, "")
    assert "signature of Kuwait, on 14 September 2026, reported, is added" in printed
    after = json.loads(home.run(capsys, "status", "hanoi", "--json")[1])
    differing = {name for name in after if after[name] != before[name]}
    assert after["reach"] == before["reach"], "it is said on every page, and names nobody"
    assert facts_of(of_qatar)["reach"]["data"]["parts"] == strip, "nor does any other page"
    later = evidence("hanoi").table("later").frame
    assert later[["Participant", "Act", "Day"]].to_numpy().tolist().count(SIGNED) == 1
    assert "signatories" not in differing, "a report is counted apart"
    acts = (home.root / "data/processed/acts.csv").read_text("utf-8")
    assert "hanoi,KWT,Kuwait,signature,2026-09-14" in acts
    assert "Kuwait" in (home.root / "data/feed.xml").read_text("utf-8")
    folder = home.root / "data/raw/act-hanoi-kwt-signature"
    assert {path.name for path in next(folder.iterdir()).iterdir()} == {
        "acts.csv",
        "acts.csv.meta.json",
        "added.json",
        "added.json.meta.json",
    }
    shutil.rmtree(folder)
    assert home.run(capsys, "build")[0] == 0
    for name in ("acts", "conventions", "sources"):
        file = f"data/processed/{name}.csv"
        assert (home.root / file).read_bytes() == (tiny / file).read_bytes()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("Angola", "signature", "--date", "2025-11-01", *LISTED), "is a second signature, beside"),
        (("Kuwait", "signature", "--date", "2025-10-01", *LISTED), "act, column date: 2025-10-01"),
        (("Kuwait", "signature", *LISTED), "no day; allowed: --date, or --earliest and --latest"),
        (("Kuwait", "withdrawal", "--date", "2026-01-01", *LISTED), "has not consented to"),
        (("Kuweit", "signature", "--date", "2026-01-01", *LISTED), "nearest: Kuwait, West African"),
        (("Kuwait", "signatur", "--date", "2026-01-01", *LISTED), "did you mean signature"),
        (
            ("Kuwait", "signature", "--date", "2026-01-01", "--source", "nl-verdrage"),
            "nl-verdragen? (or describe it by --title, --publisher and --url, without --source)",
        ),
        (("Kuwait", "signature", "--date", "2026-01-01"), "needs one source"),
        (("Kuwait", "signature", "--date", "2026-01-01", *NEWS[:4], "--url", "a"), "--url"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    home: Home, words: tuple[str, ...], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = home.files()
    status, _, errors = home.run(capsys, "add", "act", "hanoi", *words)
    assert (status, len(errors.splitlines()), problem in errors) == (2, 1, True), errors
    assert home.files() == before


def test_a_consent_that_follows_a_signature_needs_no_second_one(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    window = ("--earliest", "2026-09-01", "--latest", "2026-09-30", "--note", "day not seen")
    words = ("add", "act", "hanoi", "Angola", "ratification", *window, *LISTED)
    status, printed, errors = home.run(capsys, *words)
    assert errors == ""
    assert (status, "ratification of Angola, in September 2026, reported" in printed) == (0, True)
