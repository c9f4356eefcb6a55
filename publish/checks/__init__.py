"""Checks of a manuscript and of what was made of it; `checking` has the list of them."""
