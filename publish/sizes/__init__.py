"""What is how large: the page, its margins and grid, pictures and tables on it. Numbers only."""
