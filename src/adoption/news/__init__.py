"""What changed in the data, as people and machines read it."""
