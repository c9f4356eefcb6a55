"""What everything stands on: files and places in them, problems, words, units. Knows no book."""
