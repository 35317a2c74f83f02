"""Adding a convention, an index or a group as data: checked whole, saved in one step."""
