"""What the server of pages does once for this project, so that no page has to."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from adoption.core.errors import AdoptionError
from adoption.core.paths import project_root
from adoption.press.engine import warm as press
from adoption.tables.strings import keep_strings_in_python

BRIEF = "03_country_brief"  # of which a report has the most pages
OF_BRIEFS = ("adoption.show.scale", "adoption.show.standing")  # imported by what is not rehearsed
LIBRARIES = ("adoption.show.parameters", "adoption.forecasting")


def warm_site() -> None:
    """Import what notebooks and pages use; make the shell, a first figure and a first page."""
    keep_strings_in_python()
    press.warm_engine(*LIBRARIES)
    _draw()
    _render()


def _draw() -> None:
    """Draw a figure with what most have, each of which plotly imports when it is first used."""
    import plotly.graph_objects as go
    import plotly.io as pio

    from adoption.figures.finishing import finish

    pio.renderers.default = "plotly_mimetype"
    line = {"color": "black", "width": 1.0}
    marker = {"color": "black", "size": [1, 2], "symbol": "circle", "line": line}
    words = {"text": ["one", "two"], "hovertemplate": "%{text}", "mode": "lines+markers+text"}
    figure = go.Figure(go.Scatter(x=[0, 1], y=["a", "b"], line=line, marker=marker, **words))
    figure.add_bar(x=[1], y=["a"], marker={"color": "black", "line": line})
    figure.update_xaxes(title="x", tickvals=[0, 1], range=[0, 1])
    finish(figure, title="first", subtitle="first", source="first", alternative="first")
    figure.to_json()


def _render(outputs: Sequence[Any] = (), day: date = date.min, **parameters: Any) -> None:
    """Make a page with some outputs; its notebook is not one of the project's."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from adoption.press.plan import UNSET
    from adoption.press.printing import Order
    from adoption.press.reader import read_notebook
    from adoption.site.links import Links
    from adoption.site.render import page_html, picture_of, view_of
    from adoption.site.subjects import facts_of

    code = new_code_cell("1", outputs=[*outputs])  # type: ignore[no-untyped-call]
    cells = [new_markdown_cell("## A part\n\nText."), code]  # type: ignore[no-untyped-call]
    first = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    facts = facts_of(parameters)
    document = read_notebook(
        first, slug="first", name="first", parameters=parameters, data_day=str(day), facts=facts
    )
    links = Links([]).of_page("first")
    view = view_of(document, links, {})
    page_html(document, view, Order("first", links), UNSET)
    picture_of(document, view)


def import_all() -> None:
    """Import what any notebook of a whole plan does; statsmodels alone takes a quarter second."""
    from adoption import countries, forecasting, law, show

    for package in (countries, forecasting, law, show):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    importlib.import_module("plotly.express")  # with which notebooks of others draw


def share_work() -> None:
    """Do once what many pages would each do: work out what is the same for all, rehearse a brief.

    What is remembered here is there in every child that is forked afterwards, as long as
    the files that it was made from are the same.
    """
    from adoption.press.parameters import notebook_parameters

    share_results()
    with suppress(AdoptionError):  # where there is no such notebook
        parameters = notebook_parameters(project_root() / "notebooks" / f"{BRIEF}.ipynb")
        _rehearse({name: parameter.default for name, parameter in parameters.items()})


def share_results() -> None:
    """Read the tables, and work out what is the same for all pages."""
    import adoption as ad
    from adoption import tables
    from adoption.countries.groups import recognised
    from adoption.countries.network import load_cliques
    from adoption.law.conventions import load_conventions
    from adoption.law.status import status_to_read
    from adoption.tables.dictionary import TABLES

    for table in TABLES:
        tables.read(table.name)
    conventions = tuple(load_conventions().values())
    day = tables.data_day()
    for convention in conventions:
        status = ad.status(convention, day)
        participants = status.participants["iso3"].tolist()
        status_to_read(convention.convention, day).rows_of(participants[:1])  # makes those of all
        with suppress(AdoptionError):  # where no chances are given, each page says why
            if not status.in_force:
                ad.next_states(convention, as_of=day)
    load_cliques(conventions, day)
    recognised("a name")  # every spelling of every state's name


def _rehearse(parameters: dict[str, Any]) -> None:
    """Do once what a brief does, by the functions that its notebook calls; it is not run itself."""
    from nbformat.v4 import new_output

    import adoption as ad
    from adoption.figures.notebook import as_output
    from adoption.press.document import begin_page
    from adoption.press.engine.papermill import kernel
    from adoption.press.figures import PLOTLY
    from adoption.show.parameters import check_parameters

    for module in OF_BRIEFS:
        importlib.import_module(module)
    begin_page()  # whatever is forked of this server makes pages
    checked = check_parameters(**parameters)
    brief = ad.profile(checked.country, checked.convention, checked.as_of, checked.edition)
    joined = ad.network(checked.conventions, checked.as_of)
    status = ad.status(checked.convention, checked.as_of)
    for counted in (status.signatories, status.parties):
        counted.rows()
    ad.groups()
    views = [brief.table(name) for name in brief.tables]
    values = [brief.answer, *views, joined.table(), brief.sources, brief.frame]
    bundles = [kernel().shell.display_formatter.format(value)[0] for value in values]
    bundles += [{PLOTLY: as_output(brief.chart(name).to_dict())} for name in brief.charts]
    outputs = [new_output("display_data", data) for data in bundles]  # type: ignore[no-untyped-call]
    _render(outputs, checked.as_of, **parameters)
