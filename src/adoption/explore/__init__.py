"""The controls of the notebook Explore."""
