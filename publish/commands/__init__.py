"""The verbs of the command, a file each.

A verb's file has `add`, which tells the parser of it, and the function that runs it: in are the
options of the command line, out is the exit status. `speaking` is how verbs speak to a person.
"""
