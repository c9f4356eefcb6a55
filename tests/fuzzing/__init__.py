"""Manuscripts made by chance, and what must hold of each: see `judging`."""
