"""What a researcher may write on held treaties; test_versions runs it and has mypy look at it."""

from datetime import date

import pandas as pd

import adoption as ad

every: pd.DataFrame = ad.conventions(held=True)
asked = every[every["kind"] == "other treaty"].nlargest(5, "bound")["convention"].tolist()
torture, children = ad.convention("CAT"), ad.convention("CRC")
opened_by: date = children.opening.latest
needed: int | None = torture.threshold

# The pace of two treaties by region: the days by which half of the states had consented.
regions = ad.states().set_index("iso3")["region"]
pace = {name: ad.survival(name, of="any consent", by=regions) for name in ("CRC", "CAT")}
halves: dict[str, pd.Series] = {
    name: result.frame[result.frame["share"] >= 0.5].groupby("group")["day"].first()
    for name, result in pace.items()
}
table = pd.DataFrame(halves)

# Landmines among neighbours: pairs of a sub-region between which the treaty is in force.
network = ad.network(["Landmines"], "2017-12-31")
subregion = ad.states().set_index("iso3")["subregion"]
pairs = network.frame.query("certain")
near = pairs[pairs["iso3"].map(subregion) == pairs["partner"].map(subregion)]
joined: int = network.lower

status = ad.status(torture, "1997-12-05")
had_consented: int | None = status.parties.upper
apart: pd.DataFrame = ad.status("XXIII-3", "2018-01-15").outside
panel = ad.panel(["CAT", "CRC", "CERD"], "1966/2013")
able = panel[panel["can_join"].fillna(value=True)]
window = {end: ad.panel("budapest", "2001/2012", bounds=end) for end in ("earliest", "latest")}
sources = ad.sources(panel).to_bibtex()
