"""Building the processed tables from raw snapshots: read, harmonise, check, write."""
