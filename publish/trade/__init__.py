"""What the book trade is told: ONIX."""
