"""The book as frozen data, and what holds it together."""
