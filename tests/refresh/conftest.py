"""Shared by the tests of refreshing: no proxy of this machine, publishers, a small project."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made_once import make_tables_once, read_compiled_once
from tests.refresh.life import Depositary, Project
from tests.refresh.publisher_server import Publisher

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def _same_files_are_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused list leaves data as they were, and most tests begin with the same."""
    read_compiled_once(monkeypatch)
    make_tables_once(monkeypatch)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key in one file, trusted by nobody."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no command openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=publisher",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[Publisher]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Publisher(context) as server:
        yield server


def copied(
    folder: Path, tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """Return a copy of a project, whose publisher is asked."""
    root = tmp_path / "project"
    shutil.copytree(folder, root)
    monkeypatch.setenv("ADOPTION_HOME", str(root))
    return Project(root, publisher.base)


@pytest.fixture
def project(
    tiny: Path, tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A copy of the small project."""
    return copied(tiny, tmp_path, publisher, monkeypatch)


@pytest.fixture
def depositary(tiny: Path, publisher: Publisher) -> Depositary:
    return Depositary.of_record(Project(tiny), publisher)


@pytest.fixture(scope="session")
def used(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a first list in use; it is copied before it is changed."""
    root = tmp_path_factory.mktemp("used") / "project"
    shutil.copytree(tiny, root)
    with pytest.MonkeyPatch.context() as patch, Publisher() as server:
        patch.setenv("ADOPTION_HOME", str(root))
        project = Project(root, server.base)
        Depositary.of_record(project, server).publish()
        assert project.refresh("2026-12-01").status == 0, project.said
    return root


@pytest.fixture
def second(
    used: Path, tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A copy of the project with a first list in use."""
    return copied(used, tmp_path, publisher, monkeypatch)
