"""The manuscript folder: its Markdown, captions and running order → a book."""
