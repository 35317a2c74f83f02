"""Making pages: by processes of this machine, or by those of a Dask scheduler."""
