"""What the notebooks say in words: answers, titles and notes, computed and never typed."""
