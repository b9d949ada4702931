"""The chat page's own files: HTML, styles and modules that a browser runs as they are."""
