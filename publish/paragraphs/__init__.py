"""Paragraphs broken into lines, and lines into pages, as well as they can be. Numbers only."""
