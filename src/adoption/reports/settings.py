"""What a plan says of the whole report: when its data are old, and where it is published.

A page is made once and read for months. It holds the day of its data, and a script works out
their age. The number of days stands in a script of its own, so that pages do not change with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt, ValidationError

from adoption.errors import AdoptionError, did_you_mean
from adoption.tomlfile import read_toml

SETTINGS_SCRIPT = "settings.js"


class Settings(BaseModel):
    """The settings of a report.

    Attributes
    ----------
    stale_after : int
        After how many days its pages tell the age of their data.
    site : str
        The address at which it is published; no text where that is not known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    stale_after: Annotated[
        PositiveInt, Field(description="a number of days (whole, 1 or more)")
    ] = 45
    site: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s/?#\"'<>&@]+(/[^\s?#\"'<>&@]*)?)?$",
            description="the address of a folder on the web (as https://example.org/hanoi/)",
        ),
        AfterValidator(lambda site: site and f"{site.rstrip('/')}/"),
    ] = ""

    def script(self) -> str:
        """Return the script that tells the settings to the pages."""
        return f'document.documentElement.dataset.staleAfter = "{self.stale_after}";\n'


def read_settings(path: Path) -> Settings:
    """Return the settings of a plan."""
    given = {name: value for name, value in read_toml(path).items() if name != "page"}
    fields = Settings.model_fields
    for name in given:
        if name not in fields:
            near = did_you_mean(name, [*fields, "page"], 1)
            raise AdoptionError(f"{path.name}: no setting {name!r}; {near} (or else [[page]])")
    try:
        return Settings(**given)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        wanted = fields[name].description
        raise AdoptionError(f"{path.name}: {name}: {given[name]!r} is not {wanted}") from None
