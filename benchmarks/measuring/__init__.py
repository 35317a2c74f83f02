"""What the benchmark of the report engine measures with."""
