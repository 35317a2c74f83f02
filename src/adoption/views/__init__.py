"""Tables as notebooks show them: the analysis' frames with heads, words and marks."""
