"""`adoption report`: what is due is made, one failure stops nothing, what was good stays."""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.press.current import is_report_current
from adoption.press.plan import Choice
from adoption.press.run import run_report, why
from adoption.press.store import read_executed
from adoption.site.project import PROJECT
from tests.reports import publishing
from tests.reports.conftest import ANSWER, SHOW, Page, Project, code, make_project, parameters, text
from tests.reports.publishing import assert_tidy, assert_whole, runs
from tests.test_cli import SAYS_PANDAS

PLAN = """
[[page]]
slug = "good-oman"
notebook = "good"
parameters = { country = "OMN" }

[[page]]
slug = "of-acts"
notebook = "acts"

[[page]]
slug = "of-states"
notebook = "states"

[[page]]
slug = "bad"
notebook = "bad"
"""
READ = "from adoption import tables\nlen(tables.read({!r}))"
# Fails as soon as the file `broken` is there.
FAILS = "import pathlib\nassert not pathlib.Path('../broken').exists(), 'it is <broken>'"


def only(*slugs: str) -> Choice:
    return Choice(only=slugs)


@pytest.fixture(scope="module")
def module_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of four notebooks with its own copy of the tables."""
    made = make_project(tmp_path_factory.mktemp("run") / "project", own_tables=True)
    cells = {"acts": READ.format("acts"), "states": READ.format("states"), "bad": FAILS}
    for name, last in {"good": "1", **cells}.items():
        made.write(name, text(f"# {name}\n\nWhat?"), parameters(), code(SHOW), code(last))
    made.plan(PLAN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(made.root))
        yield made


@pytest.fixture
def project(module_project: Project) -> Iterator[Project]:
    """The project, with a good report of all four pages; afterwards as it was."""
    broken = module_project.root / "broken"
    assert module_project.report() == 0
    yield module_project
    broken.unlink(missing_ok=True)
    module_project.plan(PLAN)


def made(project: Project) -> set[str]:
    """Return the pages that the last run made itself."""
    return set(project.manifest()["work"])


def test_a_report(project: Project) -> None:
    found = project.page("good-oman")
    assert found.texts["h1"] == [ANSWER["title"]]
    assert "country = OMN" in found.texts["code"]
    assert project.manifest()["pages"]["good-oman"]["answer"]["key_figure"] == "OMN"
    assert not found.all("div", role="alert")
    links = [a["href"] for a in project.page("analyses").all("a")]
    assert {"good-oman.html", "of-acts.html", "of-states.html", "bad.html"} <= set(links)
    for link in links:
        assert link.startswith("#") or (project.latest / link.split("#")[0]).is_file(), link


def test_the_manifest_is_true(project: Project) -> None:
    found = project.manifest()
    assert assert_whole(project.root / "out") == found["run"]
    of_acts = found["pages"]["of-acts"]
    assert of_acts["parameters"] == {"country": "QAT", "edition": 2024}
    numbers = of_acts["inputs"]["files"]
    tables = {Path(found["read"][number][0]).stem for number in numbers}
    assert "acts" in tables
    assert "states" not in tables
    assert found["failures"] == {}
    assert {"Python", "plotly", "adoption"} <= set(found["versions"])


def test_nothing_changed_starts_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(forkserver, "ensure_running", refuse)
    before = project.latest.resolve()
    assert project.report() == 0
    assert capsys.readouterr().out.startswith("nothing changed: ")
    assert project.latest.resolve() == before
    assert why("of-acts", project.options(), PROJECT) == []
    with pytest.raises(AdoptionError, match="http://host: is not an address of a scheduler"):
        project.report(scheduler="http://host")


def test_where_a_stamp_differs_the_content_decides_and_is_noted_with_the_new_one(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    output = project.root / "out"

    def is_current() -> bool:
        return is_report_current(project.root, PROJECT, output)

    def report() -> None:
        capsys.readouterr()
        assert project.report() == 0
        assert capsys.readouterr().out == f"nothing changed: {project.latest / 'index.html'}\n"

    acts = project.root / "data" / "processed" / "acts.parquet"
    before = acts.stat().st_mtime
    for path in (project.root / "reports.toml", *project.root.glob("notebooks/*")):
        os.utime(path, (before, before))  # else they are younger than what can be noted
    report()
    assert is_current()
    os.utime(acts, (before - 10, before - 10))
    assert not is_current()
    report()
    assert is_current()
    left = output / "runs" / ".building-killed"
    left.mkdir()
    assert not is_current(), "what a kill left is swept"
    report()
    assert not left.exists()
    assert is_current()
    index = project.latest / "index.html"
    content = index.read_bytes()
    index.unlink()
    index.write_bytes(content)
    assert not is_current()
    soon = time.time() + 60
    os.utime(acts, (soon, soon))  # it may change again within the same moment
    report()
    assert not is_current()
    os.utime(acts, (before, before))


def test_a_report_of_files_with_the_same_stamps_imports_no_pandas(project: Project) -> None:
    before = (project.root / "data" / "processed" / "acts.parquet").stat().st_mtime
    for path in (project.root / "reports.toml", *project.root.glob("notebooks/*")):
        os.utime(path, (before, before))  # else they are younger than what can be noted
    answers = []
    for _ in range(2):  # whoever noted it before may have had another path of modules
        words = ["-c", SAYS_PANDAS, "report", "--output", str(project.root / "out")]
        done = subprocess.run([sys.executable, *words], stdout=subprocess.PIPE, check=True)
        said, answer = done.stdout.decode().splitlines()
        assert said == f"nothing changed: {project.latest / 'index.html'}"
        answers.append(answer)
    assert answers == ["True", "False"]


@pytest.mark.parametrize(
    ("table", "column", "pages"),
    [
        ("acts", "note", {"of-acts"}),
        # Of the state that a page is about, its head tells the Arabic name.
        ("names", "name", {"good-oman", "of-acts", "of-states", "bad"}),
    ],
)
def test_a_changed_row_makes_the_pages_that_read_its_table_and_no_others(
    project: Project, table: str, column: str, pages: set[str]
) -> None:
    path = project.root / "data" / "processed" / f"{table}.parquet"
    before = path.read_bytes()
    rows = pd.read_parquet(path)
    rows.loc[0, column] = "corrected"
    rows.to_parquet(path)
    try:
        due_to = {
            name: why(name, project.options(), PROJECT) for name in project.manifest()["pages"]
        }
        changed = [f"data/processed/{table}.parquet changed"]
        assert due_to == {name: changed if name in pages else [] for name in due_to}
        assert project.report() == 0
        assert made(project) == pages
    finally:
        path.write_bytes(before)
    assert project.report() == 0
    assert made(project) == pages


def test_a_page_that_is_kept_loses_links_to_pages_that_are_gone(project: Project) -> None:
    links = [a.get("href") for a in project.page("of-states").all("a")]
    assert "bad.html" in links
    project.plan(PLAN.partition('[[page]]\nslug = "bad"')[0])
    assert project.report() == 0
    assert made(project) == set(), "no notebook runs"
    assert "bad.html" not in [a.get("href") for a in project.page("of-states").all("a")]


def test_a_page_that_cannot_be_planned_fails_alone(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.plan(f'{PLAN}\n[[page]]\nslug = "mine"\nnotebook = "good"\nparameters = {{ x = 1 }}\n')
    assert project.report() == 1
    line = "page mine: good has no parameter 'x'; no close match (all: country, edition)"
    printed = capsys.readouterr().out
    assert f"mine failed: {line}" in printed
    assert "0 pages made, 1 failed, 4 current: " in printed
    assert any(line in words for words in project.page("mine").texts["pre"])
    assert project.manifest()["failures"] == {"mine": line}


def test_a_change_of_style_runs_no_notebook(project: Project, tmp_path: Path) -> None:
    package = tmp_path / "adoption"
    shutil.copytree(PROJECT.package, package, ignore=shutil.ignore_patterns("__pycache__"))
    other, options = replace(PROJECT, package=package), project.options(output=tmp_path / "out")
    latest = tmp_path / "out" / "latest"

    def work() -> set[str]:
        assert run_report(options, other) == 0
        return set(json.loads((latest / "manifest.json").read_bytes())["work"])

    def pages() -> set[int]:
        return {path.stat().st_ino for path in latest.glob("*.html")}

    assert len(work()) == 4
    before = pages()
    with (package / "site" / "templates" / "page.html.j2").open("a") as template:
        template.write("{# changed #}")
    assert work() == set()
    assert not before & pages(), "every page is made of its document"
    with (package / "law" / "rules.py").open("a") as source:
        source.write("# changed")
    assert len(work()) == 4


def test_no_page_is_read_again(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its bytes are, for the digests of the manifest; nothing looks for anything in it."""
    opened, read, open_file = list[str](), list[str](), io.open

    def see(file: Any, *args: Any, **kwargs: Any) -> Any:
        stream = open_file(file, *args, **kwargs)
        if str(file).endswith(".html"):
            opened.append(str(file))
            callers = {frame.f_code.co_name for frame, _ in traceback.walk_stack(None)}
            if stream.readable() and callers.isdisjoint({"publish", "file_digest"}):
                read.append(str(file))
        return stream

    monkeypatch.setattr(io, "open", see)
    monkeypatch.setattr(builtins, "open", see)
    options = project.options(output=tmp_path / "out", jobs=1)
    assert run_report(options, PROJECT) == 0
    assert run_report(replace(options, choice=only("of-acts"), force=True), PROJECT) == 0
    assert "1 page made, 0 failed, 3 current" in capsys.readouterr().out
    assert {Path(file).name for file in opened} >= {"of-acts.html", "index.html"}
    assert read == []


def test_news_and_the_age_of_data_are_published_without_making_pages(project: Project) -> None:
    data = project.root / "data"
    for name in ("changes.html", "data/CHANGES.md"):
        assert not (project.latest / name).exists()
    assert "<entry>" not in (project.latest / "feed.xml").read_text(encoding="utf-8")
    shutil.copy(Path(__file__).parents[2] / "data" / "events.csv", data)
    (data / "CHANGES.md").write_text("# Changes\n\n## 1 May 2026\n", encoding="utf-8")
    project.plan(f"stale_after = 10\n{PLAN}")
    try:
        assert project.report() == 0
    finally:
        for name in ("events.csv", "CHANGES.md"):
            (data / name).unlink()
    assert made(project) == set()
    settings = project.latest / "assets" / "settings.js"
    assert '"10"' in settings.read_text(encoding="utf-8")
    assert "<entry>" in (project.latest / "feed.xml").read_text(encoding="utf-8")
    page = project.page("changes")
    assert "Bahrain" in page.texts["th"], "who has done what, before the log of files"
    assert "1 May 2026" in page.texts["summary"]
    links = [a["href"] for a in project.page("data").all("a")]
    assert {"changes.html", "feed.xml"} <= set(links)
    assert project.report() == 0
    assert not (project.latest / "changes.html").exists()
    assert "changes.html" not in [a["href"] for a in project.page("data").all("a")]


def test_a_page_that_fails_is_told_and_its_last_good_one_stays(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "broken").touch()
    assert project.report(choice=only("bad"), force=True) == 1
    printed = capsys.readouterr().out
    assert "[1/1] bad failed: cell " in printed
    assert "AssertionError: it is <broken>" in printed
    assert "0 pages made, 1 failed, 3 current: " in printed
    stays, shows = project.page("bad"), project.page("bad-failed")
    assert stays.texts["strong"][0].startswith("This page was made on ")
    assert not stays.all("div", role="alert")
    assert "AssertionError" not in stays.texts["body"][0]
    assert "bad-failed.html" in [a["href"] for a in stays.all("a")]
    assert ANSWER["text"] in stays.texts["p"]
    assert shows.texts["strong"][0] == "This notebook failed."
    assert any("it is <broken>" in line for line in shows.texts["pre"])
    assert not re.search("\x1b|An Exception was encountered", shows.texts["body"][0])
    assert [s for s in shows.all("section") if s["class"] == "cell failing"]
    kept = read_executed(project.latest / "notebooks" / "bad-failed.zip")
    assert "AssertionError" in {o.get("ename") for c in kept.cells for o in c.get("outputs", [])}
    assert str(project.root) not in json.dumps(kept["metadata"])
    assert list(project.manifest()["failures"]) == ["bad"]
    assert why("bad", project.options(), PROJECT) == ["its last run failed"]
    (project.root / "broken").unlink()
    assert project.report() == 0
    assert not (project.latest / "bad-failed.html").exists()
    assert not project.page("bad").all("div", role="alert")


@pytest.mark.slow
def test_the_last_good_page_keeps_the_parameters_that_it_was_made_with(project: Project) -> None:
    toggle = '[[page]]\nslug = "toggle"\nnotebook = "bad"\nparameters = {{ country = "{}" }}\n'
    project.plan(toggle.format("OMN"))
    assert project.report() == 0
    (project.root / "broken").touch()
    project.plan(toggle.format("FRA"))
    for _ in range(2):  # the second knows of the good page from a run that failed
        assert project.report() == 1
        stays, shows, index = (project.page(n) for n in ("toggle", "toggle-failed", "index"))
        assert stays.texts["strong"][0].startswith("This page was made on ")
        assert "country = OMN" in stays.texts["code"]
        assert "country = FRA" not in stays.texts["code"]
        assert "country = FRA" in shows.texts["code"]
        assert any("Oman" in line for line in index.texts["a"])
        assert "France" not in index.texts["body"][0]
        found = project.manifest()["pages"]["toggle"]
        assert found["parameters"] == {"country": "FRA", "edition": 2024}
        assert found["shown"] == {"country": "OMN", "edition": 2024}
        assert found["answer"]["key_figure"] == "OMN"
    (project.root / "broken").unlink()
    assert project.report() == 0
    assert "country = FRA" in project.page("toggle").texts["code"]
    assert project.manifest()["pages"]["toggle"]["shown"] is None


def test_a_page_that_fails_and_never_was_good(project: Project, tmp_path: Path) -> None:
    (project.root / "broken").touch()
    there = project.options(output=tmp_path / "new", choice=only("bad", "of-states"))
    assert run_report(there, PROJECT) == 1
    found = Page((tmp_path / "new" / "latest" / "bad.html").read_text(encoding="utf-8"))
    assert found.texts["strong"][0] == "This notebook failed."
    assert ANSWER["text"] in found.texts["p"], "what it gave before is kept"
    assert not (tmp_path / "new" / "latest" / "bad-failed.html").exists()
    assert (tmp_path / "new" / "latest" / "of-states.html").is_file()


def test_a_choice_keeps_other_pages_and_the_plan_drops_what_it_lacks(project: Project) -> None:
    written = project.latest / "api" / "v1" / "conventions.json"
    before = written.stat().st_ino
    assert project.report(choice=only("of-states"), force=True) == 0
    assert made(project) == {"of-states"}
    assert written.stat().st_ino == before, "what has not changed is not written again"
    assert (project.latest / "good-oman.html").is_file()
    project.plan(PLAN.split('[[page]]\nslug = "bad"')[0])
    assert project.report() == 0
    assert made(project) == set()
    assert not (project.latest / "bad.html").exists()
    assert (project.latest / "of-states.html").is_file()


def test_nothing_runs_and_nothing_is_written_where_the_plan_is_wrong(
    project: Project, tmp_path: Path
) -> None:
    project.plan(PLAN.replace("of-states", "of-acts"))
    with pytest.raises(AdoptionError, match=r"slug: 'of-acts' appears twice$"):
        project.report(output=tmp_path / "none")
    assert not (tmp_path / "none").exists()


BRIEFS = """
[[page]]
slug = "qatar"
notebook = "brief"
parameters = { country = "Qatar" }

[[page]]
slug = "brief-omn"
notebook = "brief"
section = "States"
parameters = { country = "OMN" }

[[page]]
slug = "map"
notebook = "map"

[[page]]
slug = "league"
notebook = "map"
section = "Groups"
parameters = { convention = "budapest" }
"""


def files(output: Path) -> dict[str, bytes]:
    """Return the files of the latest report, but those that tell when each page was made."""
    every = publishing.files(output / "latest")
    return {name: data for name, data in every if not name.startswith(("manifest", "notebooks/"))}


def plan_briefs(project: Project, plan: str) -> None:
    """Plan pages about states and conventions."""
    about = 'country: str = "QAT"\nconvention: str = "hanoi"'
    project.write("brief", text("# Brief"), parameters(about), code(SHOW))
    project.write(
        "map",
        text("# Status map"),
        parameters('convention: str = "hanoi"'),
        code(SHOW.replace("country", "convention")),
    )
    project.plan(plan)


def test_made_in_steps_a_report_is_the_one_made_at_once(project: Project, tmp_path: Path) -> None:
    """Each page is about the first of its notebook's parameters that can say so."""
    plan_briefs(project, BRIEFS)
    outputs = tmp_path / "once", tmp_path / "steps"
    once, steps = (project.options(output=output) for output in outputs)
    assert run_report(once, PROJECT) == 0
    for slug in ("map", "qatar", "brief-omn"):
        assert run_report(replace(steps, choice=only(slug)), PROJECT) == 0
    assert run_report(steps, PROJECT) == 0
    assert "api/v1/states/QAT.json" in files(outputs[0])
    assert files(outputs[1]) == files(outputs[0])
    index = (outputs[1] / "latest" / "index.html").stat()
    assert run_report(replace(steps, choice=only("map"), force=True), PROJECT) == 0
    assert files(outputs[1]) == files(outputs[0])
    assert (outputs[1] / "latest" / "index.html").stat().st_ino == index.st_ino, "brought over"


def test_of_many_pages_the_index_is_published_before_the_lists_of_states(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = ["ALB", "AUT", "BEL", "BRA", "CAN", "CHL", "DEU", "EGY", "FRA", "GBR", "IND", "ITA"]
    states = '[[page]]\nslug = "brief-{country}"\nnotebook = "brief"\nsection = "States"\n'
    plan_briefs(project, f"{BRIEFS}\n{states}each = {{ country = {codes} }}\n")
    outputs = tmp_path / "once", tmp_path / "steps"
    once, steps = (project.options(output=output) for output in outputs)
    slugs = ["qatar", "brief-omn", "map", "league", *(f"brief-{c.lower()}" for c in codes)]
    assert run_report(replace(once, choice=only(*slugs)), PROJECT) == 0
    capsys.readouterr()
    assert run_report(steps, PROJECT) == 0
    index = outputs[1] / "latest" / "index.html"
    said = [line for line in capsys.readouterr().out.splitlines() if line[0].isdigit()]
    assert said == [
        f"3 pages made, 0 failed, 0 current: {index}",
        "13 more pages to make",
        f"13 pages made, 0 failed, 3 current: {index}",
    ]
    assert files(outputs[1]) == files(outputs[0])


# `latest` leads nowhere


@pytest.mark.slow
def test_where_latest_does_not_lead_to_the_last_run_it_is_put_in_place(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    output = project.root / "out"
    before = runs(output)
    project.latest.unlink()
    project.latest.symlink_to("runs/none")
    capsys.readouterr()
    assert project.report() == 0
    assert capsys.readouterr().out == f"nothing changed: {project.latest / 'index.html'}\n"
    assert (project.latest / "index.html").is_file()
    assert runs(output) == before, "nothing was made"
    assert assert_whole(output) == before[-1]
    assert_tidy(output)


# No place for it


def test_a_page_has_parameters_of_every_kind_and_is_current_with_them(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "msg = None\nstates: list = ['QAT']\nby = {'k': (1, 2)}\nsize = float('inf')"
    project.write("n", text("# Title\n\nWhich?"), parameters(own), code("(msg, states, by, size)"))
    plain = '[[page]]\nslug = "plain"\nnotebook = "n"\n'
    given = "parameters = { msg = [1, { a = 2.5 }], states = [], by = { k = [] }, size = 3 }\n"
    project.plan(f"{plain}{plain.replace('plain', 'given')}{given}")
    assert project.report() == 0
    files = {name: project.latest / f"{name}.html" for name in ("plain", "given")}
    pages = {name: unescape(file.read_text(encoding="utf-8")) for name, file in files.items()}
    assert "(None, ['QAT'], {'k': (1, 2)}, inf)" in pages["plain"]
    assert "([1, {'a': 2.5}], [], {'k': []}, 3)" in pages["given"]
    assert project.report() == 0
    assert "nothing changed" in capsys.readouterr().out
