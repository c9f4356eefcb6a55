"""The e-book: its documents, its navigation, what it says of itself, and its package."""
