"""The command's verbs: a manuscript folder → its editions, and what is done with them after."""
