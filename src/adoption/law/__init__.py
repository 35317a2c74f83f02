"""The law and its data: conventions, acts, status, curves, thresholds, evidence."""
