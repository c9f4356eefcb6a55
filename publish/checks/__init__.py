"""Checks of what was made, a module each; every one returns a list of problems."""
