"""Runs notebooks by papermill, in forked processes, and makes their pages."""
