"""Problems told: in the terminal, as JSON, and as one page for a person."""
