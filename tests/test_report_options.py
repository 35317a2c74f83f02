"""The options of `adoption report`, and the whole report that a refresh asks for."""

from __future__ import annotations

import argparse
import os
from dataclasses import fields, replace
from datetime import date

from adoption import report_options
from adoption.reports.plan import Choice


def test_the_whole_report_is_that_of_no_options() -> None:
    parser = argparse.ArgumentParser()
    report_options.add(parser, date.fromisoformat)
    usual = report_options.options(parser.parse_args([]))
    assert report_options.whole_report(None) == replace(usual, choice=Choice())
    assert not any(getattr(usual.choice, field.name) for field in fields(Choice)), "every page"
    assert usual.jobs == os.cpu_count()
