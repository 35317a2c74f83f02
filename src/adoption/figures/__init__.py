"""Figures and tables: what they look like, and nothing of what they say."""
