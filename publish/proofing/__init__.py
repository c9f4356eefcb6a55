"""Marked-up PDFs read back: annotations → the characters under them → places in the manuscript.

`annotations` reads what reviewers put, `groups` what of it belongs together, `glyphs` where the
characters of a page stand, `register` finds the pages in the map, `placing` ties marks to the
manuscript, `searching` does where no map helps, `printed` reads the words under them. `queue` puts
the notes of all reviewers in order, `leaving` says which are not plain, `telling` writes them down
and `applying` makes a patch, which `writing` writes. `kept` is the file of a round's notes,
`rounds` what is done with it.
"""
