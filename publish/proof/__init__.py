"""What stands around the pages of a proof: where they came from, what changed, what is wrong."""
