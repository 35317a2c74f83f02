"""What every part uses: errors, paths, files, text and the vocabulary of treaty law."""
