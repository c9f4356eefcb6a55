"""The text of a book made ready: typography, notes, names, index, contents, edition by edition."""
