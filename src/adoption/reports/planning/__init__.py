"""Which pages there are: `reports.toml`, expanded from the data, and what is chosen of it."""
