"""What stands of an earlier build, told without loading anything that makes it."""
