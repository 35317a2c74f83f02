"""The API reference and the guide: whole, without network, and with no link into nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import adoption


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    from tools.reference import build  # slow to import

    out = tmp_path_factory.mktemp("reference")
    build(out)
    paths = [path for path in out.rglob("*.*") if path.suffix != ".png"]
    found = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in paths}
    for name, text in found.items():
        for link in re.findall(r'(?:href|img src)="(?!https?:|#|data:|[$])([^"#]+)', text):
            assert (out / Path(name).parent / link).is_file(), f"{name}: {link}"
    return found


def test_every_public_function_is_there_with_its_example(pages: dict[str, str]) -> None:
    text = pages["adoption.html"]
    for name in adoption.__all__:
        assert f'<section id="{name}">' in text
    assert text.count("&gt;&gt;&gt;") + text.count(">>> ") > len(adoption.__all__)


def test_the_first_page_leads_to_all_and_loads_nothing_foreign(pages: dict[str, str]) -> None:
    shown = {name for name in pages if name.endswith(".html")} - {"index.html"}
    assert shown <= set(re.findall(r'href="([^"#]+)', pages["index.html"]))
    loaded = [
        address
        for text in pages.values()
        for address in re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)', text)
    ]
    assert loaded == []
