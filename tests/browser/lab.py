"""A JupyterLab of the tests' own: its notebooks are copies, its settings are nobody's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adoption.core.paths import project_root

# Where Jupyter and IPython would otherwise read and write what is the user's.
OWN_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)
# Every cell is in the page, also one that is out of sight; no note on news covers a part of it.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false"},
}
SETTING_OF_MAKE_LAB = Path(__file__).parents[2] / "tools" / "jupyter"
SERVED = ("notebooks", "data/reference/geometry")
SECONDS_TO_START = 60
SECONDS_TO_END = 20


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab, at an address of this machine."""

    url: str
    token: str

    def address(self, notebook: str) -> str:
        """Return where a notebook is opened."""
        return f"{self.url}lab/tree/notebooks/{notebook}.ipynb?token={self.token}&reset"


@contextmanager
def jupyterlab(home: Path) -> Iterator[Lab]:
    """Serve copies of the notebooks from a folder of its own; end it, and its kernels, after."""
    root, runtime = home / "root", home / "jupyter_runtime_dir"
    for folder in SERVED:
        shutil.copytree(project_root() / folder, root / folder)
    for name, settings in SETTINGS.items():
        path = home / "jupyterlab_settings_dir" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    environment = os.environ | {name: str(home / name.lower()) for name in OWN_FOLDERS}
    environment["ADOPTION_HOME"] = str(project_root())
    environment["JUPYTER_CONFIG_PATH"] = str(SETTING_OF_MAKE_LAB)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--ServerApp.root_dir={root}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--LabApp.news_url=",
        "--LabApp.custom_css=True",
        f"--ServerApp.static_custom_path={SETTING_OF_MAKE_LAB / 'custom'}",
    ]
    with (home / "jupyterlab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=root)
        try:
            described = _wait_for(server, runtime)
            yield Lab(described["url"], described["token"])
        finally:
            server.terminate()  # it ends its kernels, and then itself
            try:
                server.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                server.kill()  # its kernels end when they find it gone
                server.wait()


def _wait_for(server: subprocess.Popen[bytes], runtime: Path) -> dict[str, Any]:
    """Return what the server notes of itself once it listens."""
    path = runtime / f"jpserver-{server.pid}.json"
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.1)
        else:
            return described
    raise AssertionError(f"JupyterLab did not start: {runtime.parent / 'jupyterlab.log'}")
