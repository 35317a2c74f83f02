"""A worker: a fork of the template that makes one page after another.

It runs no notebook itself; for each it has the template fork a child. So it stays clean, and
rendering goes on in as many processes as there are workers.
"""

from __future__ import annotations

import json
import socket

from adoption.engine.spawner import Spawner, TemplateError
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.page import make_page


def serve(sock: socket.socket, asking: socket.socket) -> None:
    """Make the pages that are asked for, until whoever asks is gone."""
    spawner = Spawner(asking)
    with sock.makefile("rw", encoding="utf-8") as lines:
        for line in lines:
            job = Job.of(json.loads(line))
            try:
                made = make_page(job, spawner)
            except TemplateError:  # whoever asks sees this process end, and knows why
                return
            except Exception as error:  # a fault of ours: this page fails, the others go on
                made = Made.broken(job.slug, f"{type(error).__name__}: {error}")
            lines.write(json.dumps(made.plain()) + "\n")
            lines.flush()
