"""Marked-up PDFs read back: annotations → the characters under them → places in the manuscript.

`annotations` reads what reviewers put, `glyphs` where the characters of a page stand, `placing`
ties both to the manuscript, `searching` does where no map of the pages helps, `queue` puts the
notes of all reviewers in order, `telling` writes them down and `applying` makes a patch of the
plain ones.
"""
