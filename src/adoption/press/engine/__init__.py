"""Runs notebooks by papermill, each in a forked process, and makes their pages."""
