"""Which states may sign next, and which may consent next: a model that is scored."""
