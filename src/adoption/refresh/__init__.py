"""Bringing the data up to date from the publishers: fetch, validate, accept, publish."""
