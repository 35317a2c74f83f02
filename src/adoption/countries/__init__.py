"""States and their groups: capacity, covariates, and who adopts."""
