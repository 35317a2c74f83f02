"""Addition of a convention, an act, an index or a group as data, checked before it is saved."""
