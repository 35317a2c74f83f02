"""Fetching from publishers, politely and within limits, into snapshots that nobody changes."""
