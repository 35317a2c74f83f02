"""From the notebooks to published pages: plan, run, render, publish."""
