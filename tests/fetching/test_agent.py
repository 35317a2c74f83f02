"""The name under which publishers are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption import __version__
from adoption.fetching.agent import user_agent

NAME = f"adoption/{__version__}"


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("repository-code: https://example.org/a", f"{NAME} (+https://example.org/a)"),
        ("repository-code: https://example.org/\x1b[31m", NAME),
        ("  repository-code: https://example.org/of/a/reference", NAME),
    ],
)  # fmt: skip
def test_it_says_where_the_project_is_if_that_is_known(
    tmp_path: Path, text: str, agent: str
) -> None:
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    assert user_agent(tmp_path) == agent


def test_without_a_file_it_is_the_plain_name(tmp_path: Path) -> None:
    assert user_agent(tmp_path) == NAME
    (tmp_path / "CITATION.cff").write_bytes(b"\xff")
    assert user_agent(tmp_path) == NAME
