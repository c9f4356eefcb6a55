"""Katern: an edited manuscript in, an EPUB, print PDFs and a booklet out."""

__version__ = "0.1.0"
