"""Pages on sheets: imposition in numbers, then in ink."""
