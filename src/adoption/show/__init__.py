"""What a reader sees: sentences, charts and tables, one module per subject."""
