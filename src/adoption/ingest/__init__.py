"""From raw snapshots to the processed tables: read, harmonise, check, write."""
