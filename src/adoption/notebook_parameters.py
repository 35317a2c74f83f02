"""The parameters of the notebooks: typed, and checked before anything runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from adoption import tables
from adoption.choices import LATEST, country_code, first_there, one_of, to_day
from adoption.claims.check import first_day, read_claims
from adoption.countries.capacity import components_of, editions_of, indices
from adoption.countries.groups import Group, find_group, load_groups
from adoption.errors import AdoptionError, did_you_mean
from adoption.law.conventions import Convention, find_convention, load_conventions
from adoption.paths import project_root, reference_folder

MOST_YEARS = 30


class Parameters(BaseModel):
    """What a notebook may be asked, in checked form.

    Attributes
    ----------
    convention : Convention
        From an id or reference.
    as_of : date
        From a day as text, or `latest`, the day of the data.
    country : str
        ISO3 code of a state in the table `states`, or EUE for the European Union.
    compare : tuple of Convention
        From ids with commas between them.
    conventions : tuple of Convention
        From ids with commas between them; every convention of the registry without any.
    horizon : int
        Years, 1 to 30.
    index : str
        GCI or EGDI.
    component : str
        `overall` or a part of the index.
    edition : int
        Edition of the index; one with its parts.
    group, inner : Group
        From names, ids or nicknames: a group, and one inside it to set apart.
    claims : Path
        A file of claims: a path, or a name in the project or in `data/reference`.
    reports_true : float
        The chance, 0 to 1, that acts which are only reported, or have no day, are true.
    before : Path or None
        The folder of an earlier build to compare with, or no text for none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    convention: Convention = Field(default="hanoi", validate_default=True)
    as_of: date = Field(default=LATEST, validate_default=True)
    country: str = "QAT"
    compare: tuple[Convention, ...] = ()
    conventions: tuple[Convention, ...] = Field(default="", validate_default=True)
    horizon: int = 10
    index: str = "GCI"
    component: str = "overall"
    edition: int = 2024
    group: Group | None = None
    inner: Group | None = None
    claims: Path = Path("claims.toml")
    before: Path | None = None
    reports_true: float = Field(default=0.8, ge=0, le=1)

    def others(self) -> tuple[Convention, ...]:
        """Return the conventions to set beside the subject, without the subject."""
        return tuple(c for c in self.compare if c is not self.convention)

    def registry(self) -> list[Convention]:
        """Return every convention of the registry, the subject first."""
        return sorted(load_conventions().values(), key=lambda c: c is not self.convention)

    @field_validator("convention", mode="before")
    @classmethod
    def _convention(cls, value: object) -> Convention:
        return find_convention(_text("convention", value))

    @field_validator("compare", mode="before")
    @classmethod
    def _compare(cls, value: object) -> tuple[Convention, ...]:
        names = [name.strip() for name in _text("compare", value).split(",")]
        return tuple(find_convention(name, "compare") for name in names if name)

    @field_validator("conventions", mode="before")
    @classmethod
    def _conventions(cls, value: object) -> tuple[Convention, ...]:
        names = [name.strip() for name in _text("conventions", value).split(",")]
        found = [find_convention(name, "conventions") for name in names if name]
        return tuple(dict.fromkeys(found)) or tuple(load_conventions().values())

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_of(cls, value: object) -> date:
        return to_day(_text("as_of", value))

    @field_validator("country", mode="before")
    @classmethod
    def _country(cls, value: object) -> str:
        return country_code(_text("country", value))

    @field_validator("index", mode="before")
    @classmethod
    def _index(cls, value: object) -> str:
        return one_of("index", _text("index", value), indices())

    @field_validator("component", mode="before")
    @classmethod
    def _component(cls, value: object, info: ValidationInfo) -> str:
        index = info.data["index"]
        allowed = components_of(index)
        return one_of("component", _text("component", value), allowed, f"of the {index}")

    @field_validator("edition", mode="before")
    @classmethod
    def _edition(cls, value: object, info: ValidationInfo) -> int:
        index = info.data["index"]
        editions = editions_of(index)
        if not isinstance(value, int) or isinstance(value, bool) or value not in editions:
            raise AdoptionError(
                f"edition: {value!r} is not an edition of the {index} with its parts; "
                f"there are {', '.join(map(str, editions))}"
            )
        return value

    @field_validator("horizon", mode="before")
    @classmethod
    def _horizon(cls, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_YEARS:
            raise AdoptionError(f"horizon: {value!r} is not a number of years, 1 to {MOST_YEARS}")
        return value

    @field_validator("claims", mode="before")
    @classmethod
    def _claims(cls, value: object) -> Path:
        text = _text("claims", value)
        path = first_there(text, (Path(), project_root(), reference_folder()), Path.is_file)
        if path is None:
            raise AdoptionError(f"claims: there is no file {text!r}, nor in data/reference")
        read_claims(path)
        return path

    @field_validator("before", mode="before")
    @classmethod
    def _before(cls, value: object) -> Path | None:
        from adoption.builds import read_build  # seldom asked for, and slow to import

        text = _text("before", value)
        if not text:
            return None
        path = first_there(text, (Path(), project_root()), Path.is_dir)
        if path is None:
            raise AdoptionError(f"before: there is no folder {text!r} with an earlier build")
        read_build(path)
        return path

    @field_validator("group", "inner", mode="before")
    @classmethod
    def _group(cls, value: object, info: ValidationInfo) -> Group:
        parameter = str(info.field_name)
        groups = load_groups()
        return find_group(_text(parameter, value), groups, parameter)

    @property
    def subject(self) -> Convention | None:
        """The convention asked about: the one named, or the first of several that are."""
        if "convention" in self.model_fields_set:
            return self.convention
        return self.conventions[0] if "conventions" in self.model_fields_set else None

    @model_validator(mode="after")
    def _day_in_range(self) -> Parameters:
        newest = tables.data_day()
        opened = min(load_conventions().values(), key=lambda c: c.opens)
        first = self.subject or opened
        begins, why = first.opens, f"the opening of {first.convention}"
        if "claims" in self.model_fields_set:
            begins = first_day(read_claims(self.claims)) or opened.opens
            why = "the opening of the first convention that a claim is about"
        if not begins <= self.as_of <= newest:
            raise AdoptionError(
                f"as_of: {self.as_of} is outside {begins} ({why}) to {newest} (the day of the data)"
            )
        return self


def _text(name: str, value: object) -> str:
    if isinstance(value, (date, pd.Timestamp)):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        raise AdoptionError(f"{name}: {value!r} is not text")
    return value


def check_parameters(**given: Any) -> Parameters:
    """Check the parameters of a notebook.

    Examples
    --------
    >>> check_parameters(convention="hanoi", as_of="2025-10-25").as_of
    datetime.date(2025, 10, 25)
    """
    for name in given:
        if name not in Parameters.model_fields:
            raise AdoptionError(
                f"no parameter {name!r}; {did_you_mean(name, Parameters.model_fields, 1)} "
                f"(all: {', '.join(Parameters.model_fields)})"
            )
    try:
        return Parameters(**given)
    except ValidationError as error:
        first = error.errors()[0]
        raise AdoptionError(f"{first['loc'][0]}: {first['msg']}") from None
