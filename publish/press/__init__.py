"""A laid-out PDF made ready for the printer: inks, marks, PDF/X, a plate for each ink."""
