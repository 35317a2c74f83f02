"""The settings of a whole report: read from its plan, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.settings import Settings, read_settings

PAGE = '[[page]]\nslug = "one"\nnotebook = "n"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "reports.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_are_those_of_the_plan_or_the_usual_ones(tmp_path: Path) -> None:
    site = "https://example.org/hanoi/"
    told = written(tmp_path, f'stale_after = 30\nsite = "{site}"\n{PAGE}')
    assert read_settings(told).model_dump() == {"stale_after": 30, "site": site}
    assert Settings(site=site[:-1]).site == site
    assert read_settings(project_root() / "reports.toml") == Settings(stale_after=45, site="")


@pytest.mark.parametrize(
    ("written_as", "line"),
    [
        ("stale_after = 0", "stale_after: 0 is not a number of days (whole, 1 or more)"),
        ("stale_after = true", "stale_after: True is not a number of days (whole, 1 or more)"),
        ('site = "example.org"', "site: 'example.org' is not the address of a folder on the web "
         "(as https://example.org/hanoi/)"),
        ('site = "https://example.org/?a"', "site: 'https://example.org/?a' is not the "
         "address of a folder on the web (as https://example.org/hanoi/)"),
        ("stale_afer = 1", "no setting 'stale_afer'; did you mean stale_after? (or else [[page]])"),
        ("pages = 45", "no setting 'pages'; did you mean page? (or else [[page]])"),
    ],
)  # fmt: skip
def test_what_is_no_setting_is_refused_in_one_line(
    tmp_path: Path, written_as: str, line: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        read_settings(written(tmp_path, f"{written_as}\n{PAGE}"))
    assert str(caught.value) == f"reports.toml: {line}"
