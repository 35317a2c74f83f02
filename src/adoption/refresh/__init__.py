"""Bringing the data up to the day from the publishers: fetch, judge, accept, tell."""
