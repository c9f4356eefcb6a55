"""Covers: a picture for the shops, a sheet for the printer."""
