"""Reports on the disk: what a page was made from, runs side by side, and switching between them."""
