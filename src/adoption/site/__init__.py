"""What a page looks like: from an executed notebook to HTML, and the index of all pages."""
