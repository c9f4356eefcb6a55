"""Blocks and inlines → XHTML, and the style sheets over it; what all outputs share."""
