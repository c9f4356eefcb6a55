"""Books for the tests, and `generate`, which writes more of them."""
