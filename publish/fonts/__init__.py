"""Fonts: which files, which characters they have, what a book brings of its own."""
