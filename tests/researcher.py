"""What a researcher may write; test_versions runs it, and mypy --strict finds no fault in it."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

import adoption as ad

OPENED: date = ad.convention("uncac").opening.latest
names: list[str] = ad.conventions()["convention"].tolist()
status = ad.status("uncac", np.datetime64("2010-12-31"))
signed: int = status.signatories.lower
upper: int | None = status.parties.upper
days = pd.date_range("2004-12-31", "2013-12-31", freq="YE")
panel = ad.panel(["uncac", "untoc"], days, codes=["cow", "gw"], dtype="float")
mine = pd.DataFrame({"cow": ["255"], "year": [2005], "x": [1.0]})
merged = panel.merge(mine, on=["cow", "year"], how="left")
lagged = panel.loc[panel["convention"] == "uncac", ["iso3", "day", "signed"]]
rows = ad.episodes("uncac", covariates=lagged).fillna({"signed": 0.0})
rows = rows.merge(ad.states(codes=True)[["iso3", "region", "cow"]], on="iso3")
values = ad.covariates(["GCI", "EGDI"], "2018/2024", carry=1)
regions = ad.states().set_index("iso3")["region"]
survival = ad.survival("uncac", of="any consent", by=regions)
middle, low, high = survival.median
waits: pd.DataFrame = survival.waits("lower")
forecast = ad.forecast("hanoi", pd.Timestamp("2026-06-30"))
chance: float = forecast.cdf("2027-01-01")
chances: list[float] = forecast.cdf(["2027-01-01", "2028-01-01"]).tolist()
half: date | None = forecast.quantile(0.5)
frame = status.frame.merge(ad.capacity(), on="iso3", how="left")
shares: pd.DataFrame = ad.association(frame, by=["tier"]).to_frame()
gulf = sorted(ad.group("gcc").members)
some = ad.group(ad.states()["iso3"].head(3))
pairs: int = ad.network(["budapest"], among=pd.Series(gulf)).lower
pillars = ad.profile("QAT").pillars
counts = ad.profile(ad.group("gcc")).counts
keys: list[str] = ad.sources(panel).frame["source"].tolist()
Path("cite.bib").write_text(status.cite() + ad.sources(rows).to_bibtex(), encoding="utf-8")
meaning = ad.codebook(survival).set_index("name")["meaning"]
print(ad.data_version, OPENED, signed, half, len(survival), survival["share"].max())
status.chart("map").write_html("map.html")
