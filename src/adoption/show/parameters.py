"""The parameters of the notebooks: typed, and checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import pandas as pd
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from adoption.core.errors import AdoptionError, did_you_mean, first_fault
from adoption.countries.capacity import components_of, find_edition, find_index
from adoption.countries.groups import USER_GROUP, Group, find_country, group_or_states
from adoption.law.conventions import day_of, load_conventions
from adoption.law.held import find_treaty
from adoption.law.rules import end_of
from adoption.law.treaties import Treaty
from adoption.press.parameters import INJECTED, Parameter, cell_parameters
from adoption.tables.choices import LATEST, check_choice, check_range, to_day

MAX_YEARS = 30


def _text(name: str, value: object) -> str:
    if isinstance(value, (date, pd.Timestamp)):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        raise AdoptionError(f"{name}: {value!r} is not text")
    return value


def _of_text(find: Callable[[str, str], object]) -> BeforeValidator:
    """Return a validator that finds what a text means, given it and the parameter's name."""

    def validate(value: object, info: ValidationInfo) -> object:
        name = str(info.field_name)
        return find(_text(name, value), name)

    return BeforeValidator(validate)


def _conventions(text: str, parameter: str) -> tuple[Treaty, ...]:
    names = filter(None, map(str.strip, text.split(",")))
    return tuple(find_treaty(name, parameter) for name in names)


def _each_once_or_all(text: str, parameter: str) -> tuple[Treaty, ...]:
    named = dict.fromkeys(_conventions(text, parameter))
    return tuple(named or load_conventions().values())


def _component(value: object, info: ValidationInfo) -> str:
    index = info.data["index"]
    return check_choice(
        "component", _text("component", value), components_of(index), f"of the {index}"
    )


def _edition(value: object, info: ValidationInfo) -> int:
    return find_edition(info.data["index"], value)


def _within(value: object, info: ValidationInfo) -> str:
    text = str(value)
    end_of(text, info.data["as_of"])
    return text


def _number(low: float, high: float) -> BeforeValidator:
    return BeforeValidator(lambda value, info: check_range(str(info.field_name), value, low, high))


SomeConvention = Annotated[Treaty, _of_text(find_treaty)]
OneOrMore = Annotated[tuple[Treaty, ...], _of_text(_each_once_or_all)]
SomeGroup = Annotated[Group | None, _of_text(group_or_states)]
NoGroup = Annotated[
    Group | None, _of_text(lambda text, name: group_or_states(text, name) if text.strip() else None)
]


class Parameters(BaseModel):
    """What a notebook may be asked, in checked form.

    Attributes
    ----------
    convention : Treaty
        From an id, number or usual name; of the registry or held.
    as_of : date
        From a day as text, or `latest`, the day of the data.
    country : str
        ISO3 code, from any usual name or code of a state or of the European Union.
    compare : tuple of Treaty
        From ids with commas between them.
    conventions : tuple of Treaty
        From ids with commas between them; every convention of the registry without any.
    horizon : int
        Years, 1 to 30.
    index : str
        GCI, EGDI, or one that was added.
    component : str
        `overall` or a part of the index.
    edition : int
        Edition of the index; one with its parts: a year, or `latest`.
    group, inner : Group
        From names, ids or nicknames: a group, and one inside it to set apart (no text: none).
        Names or codes of states with commas between them are a group as well.
    reports_true : float
        The chance, 0 to 1, that acts which are only reported, or have no day, are true.
    reports_seen : float
        The chance, 0 to 1, that a consent which no list has yet was reported.
    within : str
        A time such as "1 year".
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    convention: SomeConvention = Field(default="hanoi", validate_default=True)
    as_of: Annotated[date, _of_text(to_day)] = Field(default=LATEST, validate_default=True)
    country: Annotated[str, _of_text(find_country)] = "QAT"
    compare: Annotated[tuple[Treaty, ...], _of_text(_conventions)] = ()
    conventions: OneOrMore = Field(default="", validate_default=True)
    horizon: Annotated[int, _number(1, MAX_YEARS)] = 10
    index: Annotated[str, _of_text(find_index)] = "GCI"
    component: Annotated[str, BeforeValidator(_component)] = "overall"
    edition: Annotated[int, BeforeValidator(_edition)] = 2024
    group: SomeGroup = None
    inner: NoGroup = None
    reports_true: Annotated[float, _number(0, 1)] = 0.8
    reports_seen: Annotated[float, _number(0, 1)] = 0.5
    within: Annotated[str, BeforeValidator(_within)] = "1 year"

    def others(self) -> tuple[Treaty, ...]:
        """Return the conventions to set beside the subject, without the subject."""
        return tuple(c for c in self.compare if c is not self.convention)

    def spelt(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that were checked, with the data's codes and ids in place of names.

        Examples
        --------
        >>> values = {"country": "Qatar", "group": "Arab League", "as_of": "latest"}
        >>> check_parameters(**values).spelt(values)
        {'country': 'QAT', 'group': 'league-of-arab-states', 'as_of': 'latest'}
        """
        named = {"group": self.group, "inner": self.inner}
        ids = {
            name: group.group for name, group in named.items() if group and group.kind != USER_GROUP
        }
        ids |= {"country": self.country, "convention": self.convention.convention}
        return {name: ids.get(name, value) for name, value in values.items()}

    @property
    def subject(self) -> Treaty | None:
        """The convention asked about: the one named, or the first of several that are."""
        if "convention" in self.model_fields_set:
            return self.convention
        return self.conventions[0] if "conventions" in self.model_fields_set else None

    @model_validator(mode="after")
    def _day_in_range(self) -> Parameters:
        day_of(self.as_of, self.subject)
        return self


def check_parameters(**values: Any) -> Parameters:
    """Check the parameters of a notebook.

    Examples
    --------
    >>> check_parameters(convention="hanoi", as_of="2025-10-25").as_of
    datetime.date(2025, 10, 25)
    """
    for name in values:
        _refuse_unknown(name, Parameters.model_fields)
    try:
        return Parameters(**values)
    except ValidationError as error:
        raise AdoptionError(first_fault(error, Parameters)) from None


def start_notebook(**values: Any) -> Parameters:
    """Check a notebook's parameters and make its figures drawable without a network.

    Figures are shown by their data, a picture and words, the same on every run and machine. A
    map brings its geometry with it, so that it is drawn wherever JupyterLab was started.

    Takes the values of the notebook's parameters cell by name, and returns them checked.

    Raises
    ------
    AdoptionError
        For a value that is not allowed, or if papermill was given a name that is no parameter.
    """
    import plotly.io as pio  # not needed where parameters are only checked, and slow to import

    from adoption.figures.notebook import FigureRenderer

    _check_injected(values)
    pio.renderers["adoption"] = FigureRenderer()
    pio.renderers.default = "adoption"
    return check_parameters(**values)


def _refuse_unknown(name: str, names: Collection[str], where: str = "") -> None:
    if name not in names:
        hint = did_you_mean(name, names, 1)
        raise AdoptionError(f"no parameter {name!r}{where}; {hint} (all: {', '.join(names)})")


def _check_injected(values: dict[str, Any]) -> None:
    """Compare what papermill set with the notebook's own parameters: of others it only warns.

    A parameter that is the notebook's alone is checked by its type in the tagged cell.
    """
    from IPython import get_ipython

    shell: Any = get_ipython()
    cells = shell.user_ns["In"] if shell else []
    # Papermill's cell, the imports and the one that calls: none of an earlier run in a session.
    latest = [index for index in range(len(cells))[-3:] if cells[index].startswith(INJECTED)]
    if not latest:
        return
    of_notebook: dict[str, Parameter] = {}
    with suppress(AdoptionError):  # the cell before is no tagged one
        of_notebook = cell_parameters(cells[latest[-1] - 1])
    for name, injected in cell_parameters(cells[latest[-1]]).items():
        _refuse_unknown(name, {**values, **of_notebook}, " in this notebook")
        if name not in values:
            of_notebook[name].checked(name, injected.default)
