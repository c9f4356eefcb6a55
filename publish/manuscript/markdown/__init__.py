"""The dialect: CommonMark with attributes, notes, tables, definition lists and containers.

`parser` sets markdown-it up and keeps positions; `inlines`, `blocks` and `containers` turn its
tokens into the model, each block by way of `reading`; `html` cleans what HTML a book lets through.
"""

from publish.manuscript.markdown.blocks import Content, Read, read_blocks, read_inlines

__all__ = ["Content", "Read", "read_blocks", "read_inlines"]
