"""`adoption report`: one notebook may fail, the others are published all the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from adoption.errors import AdoptionError
from adoption.reports import run
from adoption.reports.execute import Execution
from adoption.reports.run import run_report
from tests.reports.conftest import ANSWER, SHOW, Page, code, make_project, parameters, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reports.conftest import Project

PLAN = """
[[page]]
slug = "good-oman"
notebook = "good"
parameters = { country = "OMN" }

[[page]]
slug = "bad"
notebook = "bad"
"""


def with_notebooks(project: Project) -> Project:
    project.write("good", text("# Good kind\n\nWhat?"), parameters(), code(SHOW))
    project.write("bad", text("# Bad kind"), parameters(), code(SHOW), code("1 / 0"))
    project.plan(PLAN)
    return project


@pytest.fixture(scope="module")
def reported(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[int, Path, str, Any]:
    """Run the plan once: its exit status, the report, and what was printed."""
    project = with_notebooks(make_project(tmp_path_factory.mktemp("run") / "project"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(project.root))
        lines: list[str] = []
        patch.setattr("builtins.print", lambda *parts, **_: lines.append(" ".join(map(str, parts))))
        exit_status = run_report()
    return exit_status, project.root / "reports" / "latest", "\n".join(lines), project


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_a_failure_gives_exit_status_one_and_is_named(reported: Any) -> None:
    exit_status, latest, printed, _ = reported
    assert exit_status == 1
    assert "[1/2] good-oman ..." in printed
    assert "ZeroDivisionError: division by zero" in printed
    assert f"2 notebooks ran, 1 failed: {latest / 'index.html'}" in printed


def test_the_page_of_the_failed_notebook_shows_the_error_and_the_other_is_fine(
    reported: Any,
) -> None:
    _, latest, _, _ = reported
    bad, good = Page(read(latest, "bad.html")), Page(read(latest, "good-oman.html"))
    assert len(bad.all("div", role="alert")) == 1
    assert "division by zero" in bad.texts["pre"][0]
    assert ANSWER["text"] in bad.texts["p"], "what it gave before is kept"
    assert not good.all("div", role="alert")
    assert good.texts["h1"] == [ANSWER["title"]]
    assert "country = OMN" in good.texts["code"]
    assert "edition = 2024" in good.texts["code"]
    assert "country = QAT" in bad.texts["code"]


def test_the_executed_notebooks_are_kept_with_the_failed_one(reported: Any) -> None:
    _, latest, _, project = reported
    kept = {path.name: json.loads(path.read_text()) for path in (latest / "notebooks").iterdir()}
    assert set(kept) == {"good-oman.ipynb", "bad.ipynb"}
    assert '"ename": "ZeroDivisionError"' in json.dumps(kept["bad.ipynb"])
    assert str(project.root) not in json.dumps([n["metadata"] for n in kept.values()])


def test_the_index_has_both_pages_and_the_figure_of_each(reported: Any) -> None:
    _, latest, _, _ = reported
    index = Page(read(latest, "index.html"))
    links = [a["href"] for a in index.all("a")]
    assert links[1:3] == ["good-oman.html", "bad.html"]
    assert index.texts["strong"] == ["OMN", "QAT"]
    assert sum("failed: cell" in text for text in index.texts["span"]) == 1
    for link in links:
        assert link.startswith("#") or (latest / link).is_file(), link


def test_the_manifest_is_true(reported: Any) -> None:
    _, latest, _, _ = reported
    manifest = json.loads(read(latest, "manifest.json"))
    assert latest.resolve().name == manifest["run"]
    files = {
        path.relative_to(latest.resolve()).as_posix()
        for path in latest.resolve().rglob("*")
        if path.is_file()
    }
    assert set(manifest["files"]) == files - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((latest / name).read_bytes()).hexdigest() == digest
    assert manifest["pages"]["good-oman"] == {
        "notebook": "good",
        "parameters": {"country": "OMN", "edition": 2024},
    }
    assert list(manifest["failures"]) == ["bad"]
    assert {"python", "plotly", "adoption"} <= set(manifest["versions"])


# Without a kernel


@pytest.fixture
def asked(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notebooks are taken as they are instead of being run; the names that were asked for."""
    with_notebooks(project)
    names: list[str] = []

    def execute(source: Path, target: Path, _: dict[str, Any]) -> Execution:
        names.append(source.stem)
        target.write_bytes(source.read_bytes())
        notebook = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
        return Execution(notebook, 0.1, None)

    monkeypatch.setattr(run, "execute", execute)
    return names


def test_only_the_chosen_pages_run(asked: list[str], tmp_path: Path) -> None:
    output = tmp_path / "elsewhere"
    assert run_report(only=["bad"], output=str(output)) == 0
    assert asked == ["bad"]
    assert (output / "latest" / "bad.html").is_file()
    assert not (output / "latest" / "good-oman.html").exists()


def test_the_same_report_twice_is_the_same_run(asked: list[str], project: Project) -> None:
    reports = project.root / "reports"
    assert run_report() == 0
    first = {p.name: p.read_bytes() for p in (reports / "latest").glob("*.html")}
    assert run_report() == 0
    assert {p.name: p.read_bytes() for p in (reports / "latest").glob("*.html")} == first
    assert len(list((reports / "runs").iterdir())) == 1
    assert asked == ["good", "bad"] * 2


@pytest.mark.parametrize(
    ("plan", "only", "says"),
    [
        (PLAN, ["god-oman"], "did you mean good-oman"),
        (PLAN.replace("OMN", "OMX"), None, "page good-oman: country: 'OMX'"),
        (PLAN.replace('"bad"\n', '"bat"\n'), ["bad"], "no page 'bad'"),
        (PLAN.replace('notebook = "bad"', 'notebook = "bat"'), None, "no notebook 'bat'"),
        (PLAN + "[[page]]", None, "page 3, slug"),
    ],
)
def test_nothing_runs_and_nothing_is_written_where_the_plan_is_wrong(
    asked: list[str], project: Project, plan: str, only: list[str] | None, says: str
) -> None:
    project.plan(plan)
    with pytest.raises(AdoptionError) as caught:
        run_report(only=only)
    assert says in str(caught.value)
    assert asked == []
    assert not (project.root / "reports").exists()


@pytest.mark.usefixtures("asked")
def test_a_failure_in_rendering_leaves_the_last_report(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_report() == 0
    latest = project.root / "reports" / "latest"
    before, target = read(latest, "index.html"), latest.resolve()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(run, "page_html", fail)
    with pytest.raises(ZeroDivisionError):
        run_report()
    assert latest.resolve() == target
    assert read(latest, "index.html") == before
    assert len(list((project.root / "reports" / "runs").iterdir())) == 1
