"""A book watched: what is saved is on the page at once, and the whole of it confirmed behind."""
