"""Statements held against the data."""
