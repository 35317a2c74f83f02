"""The parameters of the notebooks: typed, and checked before anything runs."""

from __future__ import annotations

from datetime import date
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
from adoption.conventions import Convention, find_convention, load_conventions
from adoption.errors import AdoptionError, did_you_mean, nearest
from adoption.groups import Group, all_groups, find_group

LATEST = "latest"


class Parameters(BaseModel):
    """What a notebook may be asked, in checked form.

    Attributes
    ----------
    convention : Convention
        From an id or reference.
    as_of : date
        From a day as text, or `latest`, the day of the data.
    country : str
        ISO3 code of a state in the table `states`; not an organization.
    compare : tuple of Convention
        From ids with commas between them.
    edition : int
        Edition of the GCI.
    group, inner : Group
        From names, ids or nicknames: a group, and one inside it to set apart.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    convention: Convention = Field(default="hanoi", validate_default=True)
    as_of: date = Field(default=LATEST, validate_default=True)
    country: str = "QAT"
    compare: tuple[Convention, ...] = ()
    edition: int = 2024
    group: Group | None = None
    inner: Group | None = None

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

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_of(cls, value: object) -> date:
        text = _text("as_of", value)
        if text == LATEST:
            return tables.data_day()
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise AdoptionError(
                f"as_of: {text!r} is neither a day of the calendar (as 2025-10-25) nor 'latest'"
            ) from None

    @field_validator("country", mode="before")
    @classmethod
    def _country(cls, value: object) -> str:
        text = _text("country", value)
        states = tables.read("states")
        kinds = dict(zip(states["iso3"], states["kind"], strict=True))
        if kinds.get(text) == "organization":
            raise AdoptionError(f"country: {text!r} is an organization; a brief is about a state")
        if text in kinds:
            return text
        named = nearest(text, [*states["iso3"], *states["name"]], 1)[0]
        code = states.set_index("name")["iso3"].get(named, named)
        name = states.set_index("iso3")["name"].get(code)
        raise AdoptionError(
            f"country: {text!r} is not an ISO3 code of the table states; "
            f"did you mean {code} ({name})?"
        )

    @field_validator("edition", mode="before")
    @classmethod
    def _edition(cls, value: object) -> int:
        capacity = tables.read("capacity")
        with_pillars = capacity[(capacity["index"] == "GCI") & (capacity["component"] == "legal")]
        editions = sorted(int(edition) for edition in with_pillars["edition"].unique())
        if not isinstance(value, int) or isinstance(value, bool) or value not in editions:
            raise AdoptionError(
                f"edition: {value!r} is not an edition of the GCI with pillars; "
                f"there are {', '.join(map(str, editions))}"
            )
        return value

    @field_validator("group", "inner", mode="before")
    @classmethod
    def _group(cls, value: object, info: ValidationInfo) -> Group:
        parameter = str(info.field_name)
        groups = all_groups(tables.read("states"), tables.read("memberships"))
        return find_group(_text(parameter, value), groups, parameter)

    @model_validator(mode="after")
    def _day_in_range(self) -> Parameters:
        newest = tables.data_day()
        if not self.convention.opens <= self.as_of <= newest:
            raise AdoptionError(
                f"as_of: {self.as_of} is outside {self.convention.opens} (the opening of "
                f"{self.convention.convention}) to {newest} (the day of the data)"
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

    Raises
    ------
    AdoptionError
        For an unknown name or a value that is not allowed: one line with the name,
        what is allowed and the nearest match.

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
