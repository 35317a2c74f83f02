"""Figures of any subject: maps, steps, dots and labels that plotly does not draw alone."""
