"""All that is known of the layout engine: HTML → laid-out boxes → PDF. Alone imports WeasyPrint."""
