"""A laid-out PDF made ready for the screen: its tags, for screen readers and the archive."""
