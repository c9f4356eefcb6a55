"""`book.toml`: TOML read with its places, and the settings of a book as frozen data."""
