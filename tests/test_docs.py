"""README.md and docs/ agree with the program: commands, sources, rejections and examples."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tools.bench import BENCHMARKS, RESULTS, SCRIPTS, older

from adoption import tables
from adoption.core.paths import reference_folder
from adoption.ingest import guards, list_guards
from adoption.ingest.acts import read_added
from adoption.ingest.readers.publishers import read_publishers
from adoption.law.conventions import load_conventions
from adoption.tables.names import read_participants
from tests.conftest import FROZEN, ROOT
from tests.test_cli import assert_understood

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GUIDE = sorted((ROOT / "docs" / "research").glob("*.md"))
OTHER_PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "notebooks" / "README.md"]
WHOLE = (ROOT / "docs" / "refresh.md").read_text(encoding="utf-8")
REJECTED = (ROOT / "docs" / "rejected.md").read_text(encoding="utf-8")
LINE = r"(?m)^ {4}(?:\$ )?(?:\w+=\S+ )*(?:\.venv/bin/)?(adoption [a-z][^#|\n]*)"
WITH_OPTION = r"`(adoption [a-z][^`]* --[^`]*)`"


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading."""
    part = WHOLE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_commands_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    found = [c for text in texts for kind in (LINE, WITH_OPTION) for c in re.findall(kind, text)]
    assert len(found) > 30
    for command in found:
        assert_understood(capsys, command.split(" && ")[0])


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return words.replace(" ", "-")


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    broken = []
    for page in [*PAGES, *GUIDE, *OTHER_PAGES]:
        text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
            name, _, heading = target.partition("#")
            file = (page.parent / name) if name else page
            headings = re.findall(r"(?m)^#+ (.+)$", file.read_text("utf-8")) if heading else []
            if not file.exists() or (heading and heading not in map(anchor, headings)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_index_lists_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    links = re.findall(r"\]\(([^)#\s]+)", index.read_text(encoding="utf-8"))
    listed = {(index.parent / link).resolve() for link in links}
    assert {page.resolve() for page in [*PAGES, *GUIDE]} - {index} <= listed


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.stem)
def test_what_the_guide_for_researchers_types_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of its own; R as well, where there is R with its package survival."""
    (tmp_path / "data").symlink_to(FROZEN / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    parts = re.findall(
        r"^```(python|r)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    python, r = ("\n".join(code for of, code in parts if of == name) for name in ("python", "r"))
    exec(compile(python, page.name, "exec"), {"__name__": page.stem})
    if r and shutil.which("Rscript"):
        done = subprocess.run(["Rscript", "-e", r], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_page_on_refreshing_names_every_source_and_says_which_are_asked() -> None:
    registry = read_publishers(reference_folder() / "publishers.toml", load_conventions())
    values = {
        name: how
        for names, _, how in rows("Sources")
        for name in re.findall(r"`([a-z0-9-]+)`", names)
    }
    asked = {name for name, how in values.items() if how == "asked"}
    untc = {name for name in registry.sources if name.startswith("untc-")}
    assert len(untc) == 7
    assert "`untc-hanoi` and six more" in WHOLE
    assert values.keys() | untc == registry.sources.keys()
    assert asked | untc == {name for name, one in registry.sources.items() if not one.by_hand}


def test_the_withdrawal_of_the_example_is_one_that_can_be_added(tmp_path: Path) -> None:
    header, row = re.findall(r"^ {4}((?:convention|hanoi),.+)$", REJECTED, re.MULTILINE)
    path = tmp_path / "acts.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    added = read_added(path, read_participants(reference_folder()))
    assert added[["convention", "iso3", "act"]].to_numpy().tolist() == [
        ["hanoi", "QAT", "withdrawal"]
    ]
    assert set(added["source"]) <= set(tables.read("sources")["source"])
    assert header == (reference_folder() / "acts.csv").read_text(encoding="utf-8").splitlines()[0]


def test_the_page_on_rejected_data_names_every_rule_of_the_guards() -> None:
    """The rules that a publisher's file can break, each with its cause and the next step."""
    modules = (guards, list_guards)
    texts = [value for module in modules for value in vars(module).values()]
    rules = {
        text for text in texts if isinstance(text, str) and re.fullmatch("[a-z]+(-[a-z]+)+", text)
    }
    assert len(rules) > 10
    first_cells = [line.split("|")[1] for line in REJECTED.splitlines() if line.startswith("|")]
    assert rules <= set(re.findall(r"`([a-z-]+)`", " ".join(first_cells)))


def test_a_benchmark_of_what_has_changed_since_is_named() -> None:
    """Expected until it is run again; `make release` runs this with --runxfail."""
    named = older() if (ROOT / ".git").exists() else []
    if named:
        pytest.xfail("; ".join(named))
    assert not named
    assert {path.stem for path in RESULTS.glob("*.txt")} == {*BENCHMARKS}


def test_every_benchmark_is_run_and_told() -> None:
    scripts = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    assert scripts | {*SCRIPTS} == {*BENCHMARKS}
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert all(f"[{name}.py]" in told or f"[{name}](" in told for name in BENCHMARKS)
