"""The paged editions: their markup, pages measured and arranged, the map back to the manuscript."""
