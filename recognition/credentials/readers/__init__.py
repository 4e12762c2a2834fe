"""One module for each format: from content to findings and claims."""
